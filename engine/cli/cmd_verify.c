/* verify: run what a folder says was run, and compare the bytes. */
#include "cli/commands.h"
#include "cli/forecast.h"
#include "cli/screen.h"
#include <roadcast/report.h>
#include <roadcast/stream.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct search {
    const cli_arguments *arguments;
    uint32_t found, depth;
    char **rows; /* of batch.csv, of the runs that were found */
    uint32_t rows_n;
} search;

/* ---------------------------------------------------------------------- one run */

static rc_status say(const char *folder, const char *text, const cli_arguments *a)
{
    return a->quiet ? RC_OK : cli_say("%s: %s", folder, text);
}

/* What was run, as if it were asked for on the command line. */
static rc_status run_again(cli_forecast *f, const rc_kept_run *kept,
                           const cli_arguments *a)
{
    cli_arguments again = {
        .set = {(const char **)(uintptr_t)kept->set, kept->set_n},
        .futures = {true, kept->futures},
        .seed = {true, kept->seed},
        .threads = a->threads,
        .max_memory = a->max_memory,
        .samples = kept->samples,
        .no_what_if = !kept->what_if,
        .unwarned = true, /* they were told when it was run */
        .quiet = a->quiet,
    };
    f->source = (cli_source){.file = kept->file,
                             .text = strdup(kept->text),
                             .n = strlen(kept->text),
                             .extends = kept->extends,
                             .extends_n = kept->extends_n};
    if (!f->source.text) {
        cli_complain("out of memory");
        return RC_IO;
    }
    f->status = cli_load(&f->scenario, &f->source, &again, NULL, NULL);
    if (f->status == RC_OK)
        cli_forecast_run(f, &again);
    return f->status;
}

static rc_status compare(const char *folder, const rc_kept_run *kept,
                         const rc_result *result, const cli_arguments *a)
{
    rc_error err = {RC_OK, ""};
    rc_stream told;
    rc_status status = RC_IO;
    bool whole = rc_stream_open(&told);
    if (whole)
        status = rc_kept_run_compare(kept, result, told.out, &err);
    if (whole)
        fputc('\0', told.out);
    whole = whole && rc_stream_close(&told);
    if (whole && (status == RC_OK || status == RC_NO))
        status = cli_worst(status, say(folder, told.text, a));
    else
        cli_complain("%s: %s", folder, whole ? err.text : "out of memory");
    free(told.text);
    return whole ? status : RC_IO;
}

static rc_status keep_row(search *s, const rc_kept_run *kept, const rc_result *result)
{
    rc_stream row;
    char **rows = realloc(s->rows, (s->rows_n + 1) * sizeof *rows);
    bool whole = rows && rc_stream_open(&row);
    s->rows = rows ? rows : s->rows;
    if (whole) {
        rc_kept_run_row(kept, result, row.out);
        fputc('\0', row.out);
        whole = rc_stream_close(&row);
        if (whole)
            s->rows[s->rows_n++] = row.text;
        else
            free(row.text);
    }
    if (whole)
        return RC_OK;
    cli_complain("out of memory");
    return RC_IO;
}

static rc_status verify(search *s, const char *folder)
{
    const cli_arguments *a = s->arguments;
    rc_error err = {RC_OK, ""};
    rc_kept_run *kept = NULL;
    cli_forecast f = {0};
    rc_status status = rc_kept_run_read(&kept, folder, &err);
    if (status == RC_NO)
        return cli_worst(status, say(folder, err.text, a));
    if (status != RC_OK)
        return cli_fail(&err);
    status = run_again(&f, kept, a);
    if (status == RC_OK)
        status =
            cli_worst(compare(folder, kept, f.result, a), keep_row(s, kept, f.result));
    else if (status != RC_INTERRUPTED)
        cli_complain("%s: it could not be run again", folder);
    cli_forecast_close(&f);
    rc_kept_run_free(kept);
    return status;
}

/* ------------------------------------------------------------ runs in a folder */

enum { DEEPEST = 16 }; /* folders in folders */

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && strcmp(entry->d_name, "charts") != 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static rc_status look(search *s, const char *folder);

/* 0: it is not there; -1: that cannot be known. */
static int is_there(const char *path, struct stat *about)
{
    if (lstat(path, about) == 0)
        return 1;
    if (errno == ENOENT || errno == ENOTDIR)
        return 0;
    cli_complain("cannot read %s: %s", path, strerror(errno));
    return -1;
}

static rc_status look_below(search *s, const char *folder)
{
    struct dirent **entries;
    int n = s->depth < DEEPEST ? scandir(folder, &entries, is_shown, by_bytes) : 0;
    if (n < 0) {
        cli_complain("cannot read %s: %s", folder, strerror(errno));
        return RC_IO;
    }
    rc_status worst = RC_OK;
    s->depth++;
    for (int i = 0; i < n; i++) {
        char path[512];
        struct stat about;
        int length = snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        free(entries[i]);
        if (length < 0 || (size_t)length >= sizeof path || worst == RC_INTERRUPTED)
            continue;
        int there = is_there(path, &about);
        if (there < 0)
            worst = cli_worst(worst, RC_IO);
        else if (there && S_ISDIR(about.st_mode))
            worst = cli_worst(worst, look(s, path));
    }
    s->depth--;
    if (n > 0)
        free(entries);
    return worst;
}

/* The table of the runs below; `found` others were found before them, `before` of these
 * with a row. */
static rc_status verify_batch(const search *s, const char *folder, uint32_t found,
                              uint32_t before)
{
    rc_error err = {RC_OK, ""};
    rc_stream told;
    const bool all = s->rows_n - before == s->found - found;
    rc_status status = RC_IO;
    bool whole = rc_stream_open(&told);
    if (whole) {
        status = rc_kept_batch_compare(folder, s->rows + before, s->rows_n - before,
                                       all, told.out, &err);
        fputc('\0', told.out);
        whole = rc_stream_close(&told);
    }
    if (!whole || status == RC_IO)
        cli_complain("%s", err.status == RC_OK ? "out of memory" : err.text);
    else if (*told.text)
        status = cli_worst(status, say(folder, told.text, s->arguments));
    free(told.text);
    return whole ? status : RC_IO;
}

static rc_status look(search *s, const char *folder)
{
    char path[600];
    struct stat about;
    rc_status status = RC_OK;
    snprintf(path, sizeof path, "%s/run.json", folder);
    int there = is_there(path, &about);
    if (there < 0)
        return RC_IO;
    if (there) {
        s->found++;
        status = verify(s, folder);
    }
    const uint32_t found = s->found, before = s->rows_n;
    if (status != RC_INTERRUPTED)
        status = cli_worst(status, look_below(s, folder));
    return status == RC_INTERRUPTED
               ? status
               : cli_worst(status, verify_batch(s, folder, found, before));
}

rc_status cli_verify(const cli_arguments *arguments)
{
    rc_status worst = RC_OK;
    for (uint32_t i = 0; i < arguments->operands.n && worst != RC_INTERRUPTED; i++) {
        search s = {.arguments = arguments};
        char folder[512];
        const char *given = arguments->operands.at[i];
        size_t n = strlen(given);
        while (n > 1 && given[n - 1] == '/')
            n--;
        if (snprintf(folder, sizeof folder, "%.*s", (int)n, given) >=
            (int)sizeof folder) {
            cli_complain("the name of the folder is longer than %zu bytes",
                         sizeof folder - 1);
            worst = cli_worst(worst, RC_USAGE);
            continue;
        }
        rc_status status = look(&s, folder);
        while (s.rows_n)
            free(s.rows[--s.rows_n]);
        free(s.rows);
        if (!s.found && status == RC_OK) {
            cli_complain("%s holds no finished run (no run.json)", folder);
            status = RC_IO;
        }
        worst = cli_worst(worst, status);
    }
    return worst;
}
