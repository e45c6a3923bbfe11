/* terminal_users.c -- lines about those whom the product meets: what a test on users shows,
 * and whose decisions go wrong. */
#include "report/human.h"
#include "report/line.h"
#include "report/terminal.h"
#include "report/verdict.h"
#include <math.h>
#include <string.h>

static void line_of(rc_sheet *s, const char *name, const char *text)
{
    rc_line line = {.n = 0};
    rc_line_say(&line, "%s", text);
    rc_line_put(s, name, &line);
}

static const rc_spread *spread_of(const rc_result *r, const char *path)
{
    const rc_output_result *o = rc_result_output(r, path);
    return o && o->spread && o->spread[0].n ? &o->spread[0] : NULL;
}

/* --------------------------------------------------------------- online test */

static const rc_output_result *of_test(const rc_result *r, const rc_output_result *days,
                                       const char *what)
{
    char path[256];
    const char *end = strstr(days->output.path, "].");
    snprintf(path, sizeof path, "%.*s.%s", (int)(end + 1 - days->output.path),
             days->output.path, what);
    return rc_result_output(r, path);
}

/* "+2.4 %", the middle of a relative change. */
static const char *change_of(char out[RC_HUMAN], const rc_result *r,
                             const rc_output_result *o)
{
    const double middle = rc_spread_at(r, &o->spread[0], 50);
    rc_human_points(out, middle, fabs(middle) < 0.00995 ? 2 : 1);
    return strcat(out, " %");
}

static void online_test(rc_sheet *s, const rc_result *r, const rc_output_result *days)
{
    const rc_output_result *ships = of_test(r, days, "p_ship"),
                           *falsely = of_test(r, days, "p_false_ship"),
                           *truth = of_test(r, days, "shipped_effect"),
                           *shown = of_test(r, days, "shipped_measured"),
                           *waited = of_test(r, days, "waited");
    char line[384] = "in no future does it take place", name[4 * RC_NAME],
         share[RC_HUMAN], seen[RC_HUMAN], really[RC_HUMAN];
    const rc_spread *d = &days->spread[0];
    if (d->n) {
        const double middle = rc_spread_at(r, d, 50), p80 = rc_spread_at(r, d, 80);
        size_t used = (size_t)snprintf(line, sizeof line, "%.0f days", middle);
        if (p80 - middle >= .5)
            used +=
                (size_t)snprintf(line + used, sizeof line - used, " (P80 %.0f)", p80);
        if (waited->spread[0].mean >= .5)
            used += (size_t)snprintf(line + used, sizeof line - used,
                                     ", %.0f more of waiting", waited->spread[0].mean);
        used += (size_t)snprintf(line + used, sizeof line - used, "; %s ship",
                                 rc_human_share(share, ships->share[0]));
        if (shown->spread[0].n)
            used += (size_t)snprintf(
                line + used, sizeof line - used, ": they show %s, truly %s",
                change_of(seen, r, shown), change_of(really, r, truth));
        const double of_them = falsely->share[0].p / ships->share[0].p;
        if (of_them >= .995)
            snprintf(line + used, sizeof line - used, ", none of them better");
        else if (of_them > 0)
            snprintf(line + used, sizeof line - used, ", %s of them no better",
                     rc_human_percent(share, of_them));
    }
    const bool unnamed = strcmp(days->output.name, "online_test") == 0;
    line_of(s,
            unnamed ? "Online test"
                    : rc_human_name(name, sizeof name, days->output.name, RC_NAME),
            line);
}

/* ----------------------------------------------------------------- decisions */

/* Two digits: more are not known. */
static const char *roughly(char out[RC_HUMAN], double n)
{
    double unit = 1;
    while (n / unit >= 99.5)
        unit *= 10;
    return rc_human_count(out, (uint64_t)(floor(n / unit + .5) * unit));
}

/* The group that is hit most often. */
static const rc_output_result *hit_most(const rc_result *r)
{
    const rc_output_result *worst = NULL;
    for (uint32_t i = 0; i < r->outputs_n; i++) {
        const rc_output_result *o = &r->outputs[i];
        const char *path = o->output.path, *end = strstr(path, "].times_as_often");
        if (strncmp(path, "decisions.groups[", 17) == 0 && end && o->spread[0].n &&
            (!worst || rc_spread_at(r, &o->spread[0], 50) >
                           rc_spread_at(r, &worst->spread[0], 50)))
            worst = o;
    }
    return worst;
}

static void decisions(rc_sheet *s, const rc_result *r)
{
    const bool misses = rc_result_output(r, "decisions.misses");
    if (!misses && !rc_result_output(r, "decisions.wrong"))
        return;
    const rc_spread *wrong =
        spread_of(r, misses ? "decisions.misses" : "decisions.wrong");
    char line[512] = "none: nothing launched", text[RC_HUMAN], name[4 * RC_NAME];
    if (wrong) {
        size_t used =
            (size_t)snprintf(line, sizeof line, "%s %s", roughly(text, wrong->mean),
                             misses ? "misses" : "wrong ones");
        const rc_spread *alarms = spread_of(r, "decisions.false_alarms"),
                        *cost = spread_of(r, "decisions.cost");
        if (alarms)
            used += (size_t)snprintf(line + used, sizeof line - used,
                                     ", %s false alarms", roughly(text, alarms->mean));
        used += (size_t)snprintf(line + used, sizeof line - used, " a month");
        if (cost)
            used += (size_t)snprintf(line + used, sizeof line - used, ", %s",
                                     rc_human_money(text, cost->mean, r->currency));
        const rc_output_result *worst = hit_most(r);
        const double times = worst ? rc_spread_at(r, &worst->spread[0], 50) : 0;
        if (times >= 1.05)
            snprintf(line + used, sizeof line - used, "; %s: %.1fx as often",
                     rc_human_name(name, sizeof name, worst->output.name, RC_NAME),
                     times);
    }
    line_of(s, "Decisions", line);
}

void rc_terminal_users(rc_sheet *s, const rc_result *r)
{
    for (uint32_t i = 0; i < r->outputs_n; i++) {
        const char *path = r->outputs[i].output.path, *end = strstr(path, "].days");
        if (strncmp(path, "online_test[", 12) == 0 && end && !end[6])
            online_test(s, r, &r->outputs[i]);
    }
    decisions(s, r);
}
