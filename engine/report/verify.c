/* verify.c -- a finished run, read from its folder and compared with the same run anew. */
#include "report/charts.h"
#include "report/csv.h"
#include "report/folder.h"
#include "report/kept_file.h"
#include "report/walk.h"
#include "base/arena.h"
#include "base/text.h"
#include <roadcast/report.h>
#include <roadcast/stream.h>
#include <roadcast/version.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    LAYERS = 16,
    FUTURES = 1000000000,
    RUN_BYTES = 16 << 20,
    SCENARIO_BYTES = LAYERS * (4 << 20), /* a layer has no more than these */
    BATCH_BYTES = 256 << 20,
};

typedef struct kept_run {
    rc_kept_run run; /* first: what is shown of it */
    rc_arena *arena;
    int folder;
    char name[512];
    const char *schema, *sha256; /* of the scenario */
    const char **set;
    uint64_t layers[LAYERS];
    uint32_t layers_n;
    const char *extends[LAYERS];
    const char *digests[RC_RUN_FILES]; /* NULL: not written */
    const char **digest;               /* that comes next; NULL: of no file that counts */
    struct chart {
        const char *name, *sha256;
    } *charts; /* files in charts/ */
    uint32_t charts_n;
    bool told;                         /* of what-ifs */
} kept_run;

/* ------------------------------------------------------------------- run.json */

static bool whole(uint64_t *out, const char *text)
{
    char *end;
    errno = 0;
    *out = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && errno == 0;
}

static const char charts_folder[] = "charts/";
enum { CHARTS = sizeof charts_folder - 1 };

static bool take_file(kept_run *k, const char *name)
{
    k->digest = NULL;
    for (uint32_t i = 0; i < RC_RUN_FILES; i++)
        if (strcmp(rc_run_files[i].name, name) == 0)
            k->digest = &k->digests[i];
    if (strncmp(name, charts_folder, CHARTS) == 0) {
        struct chart *chart = &k->charts[k->charts_n++];
        chart->name = name + CHARTS;
        k->digest = &chart->sha256;
    }
    return true;
}

static bool take(void *self, const char *path, const char *text, bool number)
{
    kept_run *k = self;
    const struct {
        const char *path, **text;
    } texts[] = {
        {"schema", &k->schema},
        {"tool.version", &k->run.version},
        {"file", &k->run.file},
        {"scenario_sha256", &k->sha256},
        {"files[].sha256", k->digest},
        {"set[]", &k->set[k->run.set_n]},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!number && texts[i].text && strcmp(path, texts[i].path) == 0)
            *texts[i].text = text;
    if (strcmp(path, "set[]") == 0)
        return !number && ++k->run.set_n;
    if (strcmp(path, "seed") == 0)
        return whole(&k->run.seed, text);
    if (strcmp(path, "futures") == 0)
        return whole(&k->run.futures, text) && k->run.futures <= FUTURES;
    if (strcmp(path, "files[].name") == 0)
        return take_file(k, text);
    if (strcmp(path, "layers[]") == 0)
        return k->layers_n < LAYERS && whole(&k->layers[k->layers_n++], text);
    if (strcmp(path, "what_if") == 0) {
        k->run.what_if = strcmp(text, "true") == 0;
        k->told = number;
    }
    return true;
}

static const char *reason(int error)
{
    return error == EINVAL   ? "it is not a regular file"
           : error == ELOOP  ? "symbolic links are not followed"
           : error == EFBIG  ? "it is larger than any that a run writes"
           : error == ENOMEM ? "out of memory"
                             : strerror(error);
}

static rc_status cannot_read(const kept_run *k, const char *file, rc_error *err)
{
    return rc_fail(err, RC_IO, "cannot read %s/%s: %s", k->name, file, reason(errno));
}

static rc_status read_run(kept_run *k, rc_error *err)
{
    char hex[65];
    size_t n;
    char *text = rc_kept_file_text(k->arena, k->folder, "run.json", RUN_BYTES, &n, hex);
    if (!text)
        return cannot_read(k, "run.json", err);
    /* an entry of a list has two quotes and a comma or an end */
    k->set = rc_arena_alloc(k->arena, n / 3 + 1, sizeof *k->set);
    /* and one of files a name of more than these bytes */
    k->charts = rc_arena_alloc(k->arena, n / CHARTS + 1, sizeof *k->charts);
    if (!k->set || !k->charts)
        return rc_fail(err, RC_IO, "out of memory");
    bool read = rc_walk_json(text, take, k);
    if (!read || !k->schema || strcmp(k->schema, RC_RUN_SCHEMA) != 0)
        return rc_fail(err, RC_IO, "%s/run.json is not that of a finished run", k->name);
    if (!k->run.version || !k->run.file || !k->sha256 || !k->layers_n || !k->told ||
        !k->run.futures)
        return rc_fail(err, RC_IO,
                       "%s/run.json does not say what was run: an earlier roadcast "
                       "wrote it, or it was changed",
                       k->name);
    k->run.set = k->set;
    for (uint32_t i = 0; i < RC_RUN_FILES; i++)
        k->run.samples |= rc_run_files[i].samples && k->digests[i];
    return RC_OK;
}

/* --------------------------------------------------------------- the scenario */

/* The text of the scenario comes last, behind what it extends. */
static rc_status cut_layers(kept_run *k, const char *text, size_t n, rc_error *err)
{
    for (uint32_t i = 0; i < k->layers_n && k->layers[i] <= n; i++) {
        char *layer = rc_arena_slice(k->arena, text, k->layers[i]);
        if (!layer)
            return rc_fail(err, RC_IO, "out of memory");
        if (i + 1 < k->layers_n)
            k->extends[k->layers_n - 2 - i] = layer;
        k->run.text = layer;
        text += k->layers[i];
        n -= k->layers[i];
        k->run.extends_n = i;
    }
    k->run.extends = k->extends;
    if (n == 0 && k->run.text && k->run.extends_n == k->layers_n - 1)
        return RC_OK;
    return rc_fail(err, RC_NO, "run.json was changed after the run: its layers are not "
                               "those of " RC_SCENARIO_KEPT);
}

static rc_status read_scenario(kept_run *k, rc_error *err)
{
    char hex[65];
    size_t n;
    const char *text =
        rc_kept_file_text(k->arena, k->folder, RC_SCENARIO_KEPT, SCENARIO_BYTES, &n,
                          hex);
    if (!text)
        return cannot_read(k, RC_SCENARIO_KEPT, err);
    if (strcmp(hex, k->sha256) != 0)
        return rc_fail(err, RC_NO,
                       RC_SCENARIO_KEPT " was changed after the run: its digest is "
                                        "not the scenario_sha256 of run.json");
    return cut_layers(k, text, n, err);
}

rc_status rc_kept_run_read(rc_kept_run **out, const char *folder, rc_error *err)
{
    *out = NULL;
    rc_arena *arena = rc_arena_new();
    kept_run *k = arena ? rc_arena_alloc(arena, 1, sizeof *k) : NULL;
    if (!k) {
        rc_arena_free(arena);
        return rc_fail(err, RC_IO, "out of memory");
    }
    k->arena = arena;
    snprintf(k->name, sizeof k->name, "%s", folder);
    k->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    rc_status status = RC_OK;
    if (k->folder < 0)
        status = rc_fail(err, RC_IO, "cannot read %s: %s", folder, strerror(errno));
    if (status == RC_OK)
        status = read_run(k, err);
    if (status == RC_OK)
        status = read_scenario(k, err);
    if (status == RC_OK)
        *out = &k->run;
    else
        rc_kept_run_free(&k->run);
    return status;
}

void rc_kept_run_free(rc_kept_run *kept)
{
    kept_run *k = (kept_run *)kept;
    if (!k)
        return;
    if (k->folder >= 0)
        close(k->folder);
    rc_arena_free(k->arena);
}

/* ------------------------------------------------------------------ comparing */

typedef struct against {
    rc_kept_file *old;
    bool differs;
} against;

/* Takes what is written and compares it with the old file. */
static ssize_t compare(void *self, const char *bytes, size_t n)
{
    against *a = self;
    char old[1 << 16];
    for (size_t at = 0, part; at < n && !a->differs; at += part) {
        part = n - at < sizeof old ? n - at : sizeof old;
        a->differs = rc_kept_file_next(a->old, old, part) != (ssize_t)part ||
                     memcmp(old, bytes + at, part) != 0;
    }
    return (ssize_t)n;
}

static bool is_at_end(rc_kept_file *old)
{
    char byte;
    return rc_kept_file_next(old, &byte, 1) == 0;
}

static bool is_same(rc_kept_file *old, const rc_run_file *file, const rc_result *result,
                    bool *failed)
{
    against a = {.old = old};
    FILE *out = fopencookie(&a, "w", (cookie_io_functions_t){.write = compare});
    if (!out) {
        *failed = true;
        return false;
    }
    file->write(out, result);
    *failed |= ferror(out) != 0;
    *failed |= fclose(out) != 0;
    return !a.differs && is_at_end(old);
}

/* What can be said of a file, in this order. */
typedef enum finding {
    CHANGED,
    MISSING,
    UNREADABLE,
    OTHERWISE,
    UNNAMED,
    SAME,
    FINDINGS
} finding;
static const char *const findings[FINDINGS] = {
    [CHANGED] = "changed after the run, not the digest in run.json",
    [MISSING] = "missing",
    [UNREADABLE] = "cannot be read",
    [OTHERWISE] = "untouched by the digest, but this roadcast gives other bytes",
    [UNNAMED] = "the same bytes, but another digest in run.json",
    [SAME] = "the same bytes",
};

static finding find(bool same, const char *hex, const char *digest)
{
    bool named = digest && strcmp(hex, digest) == 0;
    return same ? (named ? SAME : UNNAMED) : named ? OTHERWISE : CHANGED;
}

/* What was found of how many files, and their names; of charts, where they are the same,
 * their number alone. */
typedef struct report {
    const kept_run *k;
    int charts; /* their folder */
    uint32_t count[FINDINGS], files_n, charts_same;
    rc_stream names[FINDINGS];
} report;

static void note(report *r, finding f, const char *folder, const char *name)
{
    r->files_n++;
    if (f == SAME && *folder)
        r->charts_same++;
    else
        fprintf(r->names[f].out, "%s%s%s", r->count[f]++ ? ", " : "", folder, name);
}

/* What a file that cannot be opened is; FINDINGS: nothing can be said, the fault is ours. */
static finding unopened(void)
{
    return errno == ENOENT || errno == ENOTDIR                     ? MISSING
           : errno == ELOOP || errno == EINVAL || errno == EACCES ? UNREADABLE
                                                                   : FINDINGS;
}

static rc_status find_file(report *r, uint32_t i, const rc_result *result, rc_error *err)
{
    rc_kept_file old;
    char hex[65];
    const rc_run_file *file = &rc_run_files[i];
    if (!rc_kept_file_open(&old, r->k->folder, file->name)) {
        finding f = unopened();
        if (f == FINDINGS)
            return cannot_read(r->k, file->name, err);
        note(r, f, "", file->name);
        return RC_OK;
    }
    bool failed = false, same = is_same(&old, file, result, &failed);
    if (!rc_kept_file_close(&old, hex))
        return cannot_read(r->k, file->name, err);
    if (failed)
        return rc_fail(err, RC_IO, "out of memory");
    note(r, find(same, hex, r->k->digests[i]), "", file->name);
    return RC_OK;
}

static rc_status find_chart(void *self, const char *name, const char *text, size_t n,
                            rc_error *err)
{
    report *r = self;
    rc_kept_file old;
    char hex[65];
    const char *digest = NULL;
    for (uint32_t i = 0; i < r->k->charts_n; i++)
        if (strcmp(r->k->charts[i].name, name) == 0)
            digest = r->k->charts[i].sha256;
    finding f = MISSING;
    if (r->charts >= 0 && rc_kept_file_open(&old, r->charts, name)) {
        against a = {.old = &old};
        compare(&a, text, n);
        bool same = !a.differs && is_at_end(&old);
        f = rc_kept_file_close(&old, hex) ? find(same, hex, digest) : FINDINGS;
    } else if (r->charts >= 0) {
        f = unopened();
    }
    if (f == FINDINGS)
        return cannot_read(r->k, name, err);
    note(r, f, charts_folder, name);
    return RC_OK;
}

static rc_status find_all(report *r, const rc_result *result, rc_error *err)
{
    const kept_run *k = r->k;
    rc_status status = RC_OK;
    for (uint32_t i = 0; i < RC_RUN_FILES && status == RC_OK; i++)
        if (k->run.samples || !rc_run_files[i].samples)
            status = find_file(r, i, result, err);
    if (status != RC_OK || !k->charts_n) /* none were written */
        return status;
    r->charts =
        openat(k->folder, "charts", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (r->charts < 0 && unopened() == FINDINGS)
        return cannot_read(k, "charts", err);
    status = rc_charts_files(result, find_chart, r, err);
    if (r->charts >= 0)
        close(r->charts);
    return status;
}

static void say(const report *r, FILE *out)
{
    const char *between = "";
    for (uint32_t f = 0; f < FINDINGS; f++) {
        if (!r->count[f])
            continue;
        fprintf(out, "%s%s (%s", between, findings[f], r->names[f].text);
        if (f == SAME && r->charts_same)
            fprintf(out, ", %u tables and scripts of charts", r->charts_same);
        fputs(")", out);
        between = "; ";
    }
}

rc_status rc_kept_run_compare(const rc_kept_run *kept, const rc_result *result,
                              FILE *out, rc_error *err)
{
    report r = {.k = (const kept_run *)kept, .charts = -1};
    uint32_t opened = 0;
    while (opened < FINDINGS && rc_stream_open(&r.names[opened]))
        opened++;
    rc_status status = opened == FINDINGS ? find_all(&r, result, err)
                                          : rc_fail(err, RC_IO, "out of memory");
    bool whole = true;
    for (uint32_t f = 0; f < opened; f++) {
        fputc('\0', r.names[f].out);
        whole &= rc_stream_close(&r.names[f]);
    }
    if (status == RC_OK && !whole)
        status = rc_fail(err, RC_IO, "out of memory");
    if (status == RC_OK)
        say(&r, out);
    for (uint32_t f = 0; f < opened; f++)
        free(r.names[f].text);
    if (status != RC_OK || r.count[SAME] + r.charts_same == r.files_n)
        return status;
    if (strcmp(kept->version, RC_VERSION) != 0)
        fprintf(out, "; roadcast %.40s ran it, this is " RC_VERSION, kept->version);
    return RC_NO;
}

/* -------------------------------------------------------------------- batches */

static const char batch[] = "batch.csv";

void rc_kept_run_row(const rc_kept_run *kept, const rc_result *result, FILE *out)
{
    rc_csv_batch(out, &(rc_batch_row){kept->file, RC_OK, result});
}

/* A row and an exit code; both end with one. */
static bool is_row(rc_slice line, const char *row)
{
    size_t n = strlen(row) - strlen("0\n");
    bool same = line.n > n && memcmp(line.at, row, n) == 0;
    for (size_t i = n; i < line.n && same; i++)
        same = line.at[i] >= '0' && line.at[i] <= '9';
    return same;
}

/* A file, and no cell but the exit code. */
static bool is_refused(rc_slice line, size_t cells)
{
    while (line.n && line.at[line.n - 1] >= '0' && line.at[line.n - 1] <= '9')
        line.n--;
    for (; cells && line.n && line.at[line.n - 1] == ','; cells--)
        line.n--;
    return cells == 0;
}

static rc_status compare_rows(rc_slice file, const char *head, char *const *rows,
                              uint32_t n, bool all, FILE *out)
{
    if (!all) { /* a row of none of those that are known may be of one that is not */
        fprintf(out, "not compared, as not every run below it could be run again (%s)",
                batch);
        return RC_NO;
    }
    uint32_t line = 0, same = 0, bad = 0;
    size_t cells = 0;
    for (const char *c = head; *c; c++)
        cells += *c == ',';
    for (size_t at = 0; at < file.n && !bad; line++) {
        const char *end = memchr(file.at + at, '\n', file.n - at);
        rc_slice text = {file.at + at,
                         end ? (size_t)(end - file.at) - at : file.n - at};
        bool fits = false, result = line > 0 && !is_refused(text, cells);
        for (uint32_t i = 0; i < n && result && !fits; i++)
            fits = is_row(text, rows[i]);
        if (line == 0)
            fits = text.n + 1 == strlen(head) && memcmp(text.at, head, text.n) == 0;
        same += result && fits;
        bad = !end || (!fits && (line == 0 || result)) ? line + 1 : 0;
        at += text.n + 1;
    }
    if (bad || line == 0)
        fprintf(out, "not what the runs below it give (batch.csv, line %u)",
                bad ? bad : 1);
    else
        fprintf(out, "the same rows, but for exit codes (batch.csv, %u of %u scenarios)",
                same, line - 1);
    return bad || line == 0 ? RC_NO : RC_OK;
}

static rc_status compare_batch(rc_slice file, char *const *rows, uint32_t n, bool all,
                               FILE *out, rc_error *err)
{
    rc_stream head;
    rc_status status = RC_OK;
    bool whole = rc_stream_open(&head);
    if (whole) {
        rc_csv_batch(head.out, NULL);
        fputc('\0', head.out);
        whole = rc_stream_close(&head);
        if (whole)
            status = compare_rows(file, head.text, rows, n, all, out);
        free(head.text);
    }
    return whole ? status : rc_fail(err, RC_IO, "out of memory");
}

rc_status rc_kept_batch_compare(const char *folder, char *const *rows, uint32_t n,
                                bool all, FILE *out, rc_error *err)
{
    rc_arena *arena = rc_arena_new();
    if (!arena)
        return rc_fail(err, RC_IO, "out of memory");
    rc_slice file = {0};
    char hex[65];
    int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (at >= 0)
        file.at = rc_kept_file_text(arena, at, batch, BATCH_BYTES, &file.n, hex);
    int why = errno;
    if (at >= 0)
        close(at);
    rc_status status = RC_OK;
    if (file.at)
        status = compare_batch(file, rows, n, all, out, err);
    else if (why != ENOENT)
        status = rc_fail(err, RC_IO, "cannot read %.300s/%s: %s", folder, batch,
                         reason(why));
    rc_arena_free(arena);
    return status;
}
