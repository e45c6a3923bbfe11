#include "report/charts.h"
#include "report/csv.h"
#include "report/emit.h"
#include "report/folder.h"
#include "report/npy.h"
#include "report/outbox.h"
#include "report/kept_file.h"
#include "report/sandbox.h"
#include "base/hash.h"
#include "base/simd.h"
#include <roadcast/report.h>
#include <roadcast/version.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

/* ------------------------------------------------------------- whose folder? */

#define TRIAL ".roadcast-" /* a folder that is made and removed, to see whether it can be */

static bool is_empty(int folder)
{
    int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = again < 0 ? NULL : fdopendir(again);
    if (!dir) {
        if (again >= 0)
            close(again);
        return false;
    }
    bool empty = true;
    for (struct dirent *e; empty && (e = readdir(dir));)
        empty = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
                strcmp(e->d_name, RC_CHECKPOINT) == 0 ||
                strncmp(e->d_name, TRIAL, sizeof TRIAL - 1) == 0 ||
                rc_outbox_left_over(e->d_name);
    closedir(dir);
    return empty;
}

static bool is_ours(int folder)
{
    char head[256];
    int file = openat(folder, "run.json", O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0)
        return false;
    ssize_t n = read(file, head, sizeof head - 1);
    close(file);
    head[n > 0 ? n : 0] = '\0';
    return strstr(head, "\"" RC_RUN_SCHEMA "\"") != NULL;
}

static rc_status not_ours(const char *folder, rc_error *err)
{
    return rc_fail(err, RC_IO, "%s is not a roadcast folder: use --force", folder);
}

/* Opens the folder of a run. The part that the scenario names may not leave the rest.
 */
static rc_status open_folder(rc_outbox *box, const rc_result *result,
                             const char *folder, bool force, rc_error *err)
{
    rc_status status = rc_outbox_open_within(box, folder, result->folder, err);
    if (status != RC_OK || force || is_empty(box->folder) || is_ours(box->folder))
        return status;
    rc_outbox_drop(box);
    return not_ours(folder, err);
}

/* Asks by trying: permissions alone do not tell of a full or a read-only disk. */
static bool can_make_folder(int at)
{
    char trial[64];
    int made = -1;
    for (int try = 0; try < 100 && made != 0 && (try == 0 || errno == EEXIST); try++) {
        snprintf(trial, sizeof trial, TRIAL "%ld-%d", (long)getpid(), try);
        made = mkdirat(at, trial, 0700);
    }
    return made == 0 && unlinkat(at, trial, AT_REMOVEDIR) == 0;
}

rc_status rc_write_check(const char *folder, const char *below, bool force,
                         rc_error *err)
{
    bool missing;
    int at = rc_outbox_reach(folder, below, &missing);
    if (at < 0 || !can_make_folder(at)) {
        rc_fail(err, RC_IO, "cannot write to %s: %s", folder, strerror(errno));
        if (at >= 0)
            close(at);
        return RC_IO;
    }
    bool fine = force || missing || is_empty(at) || is_ours(at);
    close(at);
    return fine ? RC_OK : not_ours(folder, err);
}

/* ------------------------------------------------------------------ run.json */

/* False: the file cannot be read, errno says why. */
static bool put_digest(rc_json *json, int folder, const char *file, const char *name)
{
    rc_kept_file f;
    char hex[65];
    if (!rc_kept_file_open(&f, folder, file) || !rc_kept_file_close(&f, hex))
        return false;
    rc_json_object_line(json, NULL);
    rc_json_text(json, "name", name);
    rc_json_count(json, "bytes", f.size);
    rc_json_text(json, "sha256", hex);
    rc_json_end(json);
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static bool put_chart_digests(rc_json *json, int folder)
{
    enum { MOST = 512 };
    int charts =
        openat(folder, "charts", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (charts < 0)
        return errno == ENOENT; /* none could be made: charts say so themselves */
    DIR *dir = fdopendir(charts);
    char(*names)[RC_OUTBOX_NAME] = calloc(MOST, sizeof *names);
    size_t n = 0;
    bool whole = dir && names;
    for (struct dirent *e; whole && n < MOST && (e = readdir(dir));)
        if (e->d_name[0] != '.' && strlen(e->d_name) < sizeof *names)
            strcpy(names[n++], e->d_name);
    if (whole)
        qsort(names, n, sizeof *names, by_name);
    for (size_t i = 0; i < n && whole; i++) {
        char path[RC_OUTBOX_NAME + 8];
        snprintf(path, sizeof path, "charts/%s", names[i]);
        whole = put_digest(json, charts, names[i], path);
    }
    int why = errno;
    free(names);
    if (dir)
        closedir(dir);
    else
        close(charts);
    errno = why;
    return whole;
}

static void put_host(rc_json *json)
{
    struct utsname host;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    rc_json_object_line(json, "host");
    rc_json_count(json, "cores", cores > 0 ? (uint64_t)cores : 1);
    rc_json_text(json, "simd", rc_simd_text(rc_simd_level()));
    if (uname(&host) == 0) {
        rc_json_text(json, "system", host.sysname);
        rc_json_text(json, "machine", host.machine);
    }
    rc_json_text(json, "sandbox", rc_sandbox_text(rc_sandbox_kinds())); /* of gnuplot */
    rc_json_end(json);
}

/* What this folder is, how it came about, and what it should hold. It is the only file
 * that may differ between two runs of the same scenario. */
static bool put_run(FILE *out, const rc_result *r, const rc_write_options *options,
                    const rc_outbox *box, const char *const *files)
{
    char text[32];
    rc_json json = {.out = out};
    rc_json_object(&json, NULL);
    rc_json_text(&json, "schema", RC_RUN_SCHEMA);
    rc_json_text(&json, "schema_version", RC_RESULT_SCHEMA);
    rc_json_object_line(&json, "tool");
    rc_json_text(&json, "name", "roadcast");
    rc_json_text(&json, "version", RC_VERSION);
    rc_json_end(&json);
    rc_json_array_line(&json, "arguments");
    for (const char *const *a = options->arguments; a && *a; a++)
        rc_json_text(&json, NULL, *a);
    rc_json_end(&json);
    rc_json_text(&json, "scenario", r->scenario);
    rc_json_text(&json, "scenario_sha256", r->sha256);
    snprintf(text, sizeof text, "%llu", (unsigned long long)r->seed);
    rc_json_text(&json, "seed", text);
    rc_json_count(&json, "futures", r->futures);
    rc_json_bool(&json, "what_if", r->what_if_n > 0);
    rc_json_array_line(&json, "set");
    for (uint32_t i = 0; i < r->set_n; i++)
        rc_json_text(&json, NULL, r->set[i]);
    rc_json_end(&json);
    rc_json_text(&json, "file", r->file);
    rc_json_array_line(&json, "layers"); /* of scenario.cfg, in bytes */
    for (uint32_t i = 0; i < r->layers_n; i++)
        rc_json_count(&json, NULL, r->layers[i]);
    rc_json_end(&json);
    rc_json_number(&json, "seconds", options->seconds);
    time_t now = time(NULL);
    struct tm utc;
    bool known = gmtime_r(&now, &utc) &&
                 strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc) > 0;
    rc_json_text(&json, "date", known ? text : NULL);
    put_host(&json);
    bool whole = true;
    rc_json_array(&json, "files");
    for (; *files && whole; files++) {
        const char *at = *files; /* or where it still waits for its name */
        for (uint32_t i = 0; i < box->files_n; i++)
            if (strcmp(box->files[i].name, *files) == 0)
                at = box->files[i].temporary;
        whole = put_digest(&json, box->folder, at, *files);
    }
    if (options->charts && whole)
        whole = put_chart_digests(&json, box->folder);
    int why = errno;
    rc_json_end(&json);
    rc_json_end(&json);
    errno = why;
    return whole;
}

static rc_status write_run(rc_outbox *box, const rc_result *result,
                           const rc_write_options *options, const char *const *files,
                           rc_error *err)
{
    rc_status status = rc_outbox_end_file(box, err);
    FILE *out = status == RC_OK ? rc_outbox_file(box, "run.json", err) : NULL;
    if (!out) {
        rc_outbox_drop(box);
        return RC_IO;
    }
    if (!put_run(out, result, options, box, files)) {
        rc_fail(err, RC_IO, "cannot read back what was written to %s: %s", box->path,
                strerror(errno));
        rc_outbox_drop(box);
        return RC_IO;
    }
    return rc_outbox_commit(box, err);
}

/* ---------------------------------------------------------------- everything */

static void write_result(FILE *out, const rc_result *result)
{
    rc_error ignored; /* the file's own error is asked for when it is ended */
    rc_print_json(result, out, &ignored);
}

static uint32_t columns_of(const rc_result *result)
{
    const char *name;
    const double *values;
    uint32_t n = 0;
    while (rc_result_samples(result, n, &name, &values))
        n++;
    return n;
}

static void write_samples(FILE *out, const rc_result *result)
{
    const char *name;
    const double *values;
    rc_npy_head(out, result->futures, columns_of(result));
    for (uint32_t c = 0; rc_result_samples(result, c, &name, &values); c++)
        rc_npy_column(out, values, result->futures);
}

/* The path that a column has in result.json: of the metric of the target, its own. */
static void put_column(rc_json *json, const rc_result *result, const char *name)
{
    char path[256];
    bool of_metric = strcmp(name, "true") == 0 || strcmp(name, "measured") == 0;
    snprintf(path, sizeof path, "metrics.%.150s.%.50s", result->target.metric, name);
    rc_json_text(json, NULL, of_metric ? path : name);
}

static void write_columns(FILE *out, const rc_result *result)
{
    const char *name;
    const double *values;
    rc_json json = {.out = out};
    rc_json_object(&json, NULL);
    rc_json_text(&json, "schema", "roadcast.samples");
    rc_json_text(&json, "file", "samples.npy");
    rc_json_count(&json, "futures", result->futures);
    rc_json_array(&json, "columns");
    for (uint32_t c = 0; rc_result_samples(result, c, &name, &values); c++)
        put_column(&json, result, name);
    rc_json_end(&json);
    rc_json_end(&json);
}

static void write_scenario(FILE *out, const rc_result *result)
{
    fputs(result->text ? result->text : "", out);
}

const rc_run_file rc_run_files[RC_RUN_FILES] = {
    {RC_SCENARIO_KEPT, write_scenario, false},
    {"result.json", write_result, false},
    {"percentiles.csv", rc_csv_percentiles, false},
    {"tasks.csv", rc_csv_tasks, false},
    {"drivers.csv", rc_csv_drivers, false},
    {"samples.npy", write_samples, true},
    {"samples.columns.json", write_columns, true},
};

/* Data and run.json, put in place together; their names in written. */
static rc_status write_data(rc_outbox *box, const rc_result *result,
                            const rc_write_options *options,
                            const char *written[RC_RUN_FILES + 1], rc_error *err)
{
    rc_write_options without = *options;
    without.charts = false;
    uint32_t n = 0;
    for (size_t i = 0; i < RC_RUN_FILES; i++) {
        if (rc_run_files[i].samples && !options->samples)
            continue;
        FILE *out = rc_outbox_file(box, rc_run_files[i].name, err);
        if (!out) {
            rc_outbox_drop(box);
            return RC_IO;
        }
        rc_run_files[i].write(out, result);
        written[n++] = rc_run_files[i].name;
    }
    return write_run(box, result, &without, written, err);
}

/* Samples of an earlier run would speak of other futures than this result. */
static void remove_samples(int at)
{
    for (size_t i = 0; i < RC_RUN_FILES; i++)
        if (rc_run_files[i].samples)
            unlinkat(at, rc_run_files[i].name, 0);
}

/* at: the folder, still locked. run.json is written again, with their digests. */
static rc_status write_charts(int at, const rc_result *result, const char *folder,
                              const rc_write_options *options,
                              const char *const *written, uint32_t *drawn,
                              rc_error *err)
{
    rc_outbox box;
    rc_error run_err;
    rc_status charts =
        rc_charts_draw(result, at, folder, NULL, options->halt, drawn, err);
    rc_status status = rc_outbox_open_at(&box, at, folder, NULL, &run_err);
    if (status == RC_OK)
        status = write_run(&box, result, options, written, &run_err);
    if (charts != RC_OK)
        return charts;
    if (status != RC_OK && err)
        *err = run_err;
    return status;
}

rc_status rc_write_all(const rc_result *result, const char *folder,
                       const rc_write_options *options, uint32_t *charts_drawn,
                       rc_error *err)
{
    rc_outbox box;
    const char *written[RC_RUN_FILES + 1] = {NULL};
    if (charts_drawn)
        *charts_drawn = 0;
    rc_status status = open_folder(&box, result, folder, options->force, err);
    if (status != RC_OK)
        return status;
    int at = fcntl(box.folder, F_DUPFD_CLOEXEC, 3);
    if (at < 0) {
        rc_outbox_drop(&box);
        return rc_fail(err, RC_IO, "cannot write to %s: %s", folder, strerror(errno));
    }
    status = write_data(&box, result, options, written, err);
    if (status == RC_OK && !options->samples)
        remove_samples(at);
    if (status == RC_OK && options->charts)
        status = write_charts(at, result, folder, options, written, charts_drawn, err);
    close(at);
    return status;
}

rc_status rc_write_batch(const rc_batch_row *rows, uint32_t n, const char *root,
                         rc_error *err)
{
    rc_outbox box;
    rc_status status = rc_outbox_open(&box, root, NULL, err);
    if (status != RC_OK)
        return status;
    FILE *out = rc_outbox_file(&box, "batch.csv", err);
    if (!out) {
        rc_outbox_drop(&box);
        return RC_IO;
    }
    rc_csv_batch(out, NULL);
    for (uint32_t i = 0; i < n; i++)
        rc_csv_batch(out, &rows[i]);
    return rc_outbox_commit(&box, err);
}
