#include "cli/progress.h"
#include "cli/screen.h"
#include <math.h>
#include <signal.h>
#include <stdio.h>

static volatile sig_atomic_t interrupted; /* the only state a signal can reach */

static void on_interrupt(int signal)
{
    (void)signal;
    interrupted = 1;
}

void cli_interrupt_listen(void)
{
    struct sigaction now = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    struct sigaction before;
    /* who starts us with SIGINT ignored (nohup, a shell's &) means it */
    if (sigaction(SIGINT, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(SIGINT, &now, NULL);
    if (sigaction(SIGTERM, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(SIGTERM, &now, NULL);
}

bool cli_interrupted(void)
{
    return interrupted != 0;
}

static bool is_asked(void *self)
{
    (void)self;
    return cli_interrupted();
}

const rc_halt cli_halt = {is_asked, NULL};

/* ----------------------------------------------------------------------- line */

enum { EVERY_LINE = 10 };                     /* seconds between lines of a log */
static const double first = 0.4, again = 0.1; /* seconds: of a line drawn again */

void cli_progress_begin(cli_progress *progress, const char *name, const rc_plan *plan,
                        bool quiet)
{
    *progress = (cli_progress){
        .name = name, .plan = plan, .quiet = quiet, .begun = cli_clock()};
    snprintf(progress->title, sizeof progress->title, "%s", name);
}

void cli_progress_needs(void *self, const rc_needs *needs)
{
    const cli_progress *p = self;
    char memory[32], journal[32] = "";
    cli_bytes(memory, needs->memory);
    if (needs->journal > 0)
        cli_bytes(journal, needs->journal);
    cli_complain("note: %s takes about %s of memory%s%s%s", p->title, memory,
                 *journal ? ", and " : "", journal,
                 *journal ? " of disk for its checkpoint until it is written" : "");
}

static void put_p80(char *out, size_t size, const cli_progress *p,
                    const rc_progress *now)
{
    out[0] = '\0';
    if (isnan(now->p80_days) || !p->plan)
        return;
    if (isinf(now->p80_days)) {
        snprintf(out, size, ", P80 never");
        return;
    }
    char date[32];
    int n = snprintf(out, size, ", P80 %s",
                     cli_date(date, rc_plan_finish_date(p->plan, now->p80_days)));
    if (n > 0 && (size_t)n < size && isfinite(now->p80_error_days))
        snprintf(out + n, size - (size_t)n, " +- %.1f days", now->p80_error_days);
}

/* Of a plan with what-ifs: how far it all is, and how long that may still take. */
static void put_all(char *out, size_t size, cli_progress *p, const rc_progress *now)
{
    out[0] = '\0';
    if (now->all <= now->futures)
        return;
    const double clock = cli_clock();
    if (!(p->from > 0)) {
        p->from = clock;
        p->from_done = now->all_done;
    }
    const unsigned percent =
        (unsigned)(100.0 * (double)now->all_done / (double)now->all);
    int n = snprintf(out, size, ", %u %% of all", percent);
    const double done = (double)(now->all_done - p->from_done);
    if (n < 0 || !(done > 0))
        return;
    const double left = (clock - p->from) * (double)(now->all - now->all_done) / done;
    const char *unit = left < 90 ? "s" : left < 5400 ? "min" : "h";
    snprintf(out + n, size - (size_t)n, ", about %.0f %s left",
             ceil(left / (left < 90     ? 1
                          : left < 5400 ? 60
                                        : 3600)),
             unit);
}

/* Cut to the columns of the terminal: a line that wraps is not drawn over. */
static void cut(char *text, uint32_t columns)
{
    if (!columns)
        columns = 80;
    for (uint32_t at = 0; *text; text++)
        if ((*text & 0xc0) != 0x80 && ++at >= columns) {
            *text = '\0';
            return;
        }
}

bool cli_progress_tell(void *self, const rc_progress *now)
{
    cli_progress *p = self;
    p->done = now->done;
    snprintf(p->title, sizeof p->title, "%s%s%s", p->name,
             now->what_if ? ", what if: " : "", now->what_if ? now->what_if->name : "");
    if (cli_interrupted())
        return false;
    if (p->quiet)
        return true;
    char rest[64];
    put_all(rest, sizeof rest, p, now);
    bool redraws = cli_redraws(stderr);
    double clock = cli_clock();
    double wait = !redraws ? EVERY_LINE : p->drawn ? again : first;
    if (clock - (p->told > 0 ? p->told : p->begun) < wait)
        return true;
    p->told = clock;
    char done[32], all[32], p80[96], line[512];
    put_p80(p80, sizeof p80, p, now);
    snprintf(line, sizeof line, "%.200s: %s of %s futures%s%s", p->title,
             cli_thousands(done, now->done), cli_thousands(all, now->futures), rest,
             p80);
    cli_sanitise(line);
    if (redraws)
        cut(line, cli_columns(stderr));
    fprintf(stderr, redraws ? "\r%s\033[K" : "%s\n", line);
    fflush(stderr);
    p->drawn = redraws;
    return true;
}

void cli_progress_end(cli_progress *progress)
{
    if (progress->drawn)
        fputs("\r\033[K", stderr);
    progress->drawn = false;
}
