/* verify.c -- a finished run, read from its folder and compared with the same run anew. */
#include "report/folder.h"
#include "report/walk.h"
#include "base/arena.h"
#include "base/hash.h"
#include <roadcast/report.h>
#include <roadcast/version.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LAYERS = 16, RUN_BYTES = 16 << 20, FUTURES = 1000000000 };

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
    uint32_t file;                     /* whose digest comes next */
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

static bool take_file(kept_run *k, const char *name)
{
    k->file = 0;
    while (k->file < RC_RUN_FILES && strcmp(rc_run_files[k->file].name, name) != 0)
        k->file++;
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
        {"files[].sha256", k->file < RC_RUN_FILES ? &k->digests[k->file] : NULL},
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

static rc_status cannot_read(const kept_run *k, const char *file, rc_error *err)
{
    return rc_fail(err, RC_IO, "cannot read %s/%s: %s", k->name, file,
                   errno == EINVAL  ? "it is not a regular file"
                   : errno == ELOOP ? "symbolic links are not followed"
                                    : strerror(errno));
}

static rc_status read_run(kept_run *k, rc_error *err)
{
    rc_mapped bytes;
    if (!rc_mapped_open(&bytes, k->folder, "run.json"))
        return cannot_read(k, "run.json", err);
    bool fits = bytes.n <= RUN_BYTES;
    char *text = fits ? rc_arena_slice(k->arena, bytes.at, bytes.n) : NULL;
    /* an entry of a list has two quotes and a comma or an end */
    k->set = text ? rc_arena_alloc(k->arena, bytes.n / 3 + 1, sizeof *k->set) : NULL;
    rc_mapped_close(&bytes);
    if (fits && !k->set)
        return rc_fail(err, RC_IO, "out of memory");
    k->file = RC_RUN_FILES;
    bool read = fits && rc_walk_json(text, take, k);
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
    rc_mapped bytes;
    if (!rc_mapped_open(&bytes, k->folder, RC_SCENARIO_KEPT))
        return cannot_read(k, RC_SCENARIO_KEPT, err);
    char hex[65];
    rc_sha256(hex, bytes.at, bytes.n);
    rc_status status = RC_OK;
    if (strcmp(hex, k->sha256) != 0)
        status = rc_fail(err, RC_NO,
                         RC_SCENARIO_KEPT " was changed after the run: its digest is "
                                          "not the scenario_sha256 of run.json");
    else
        status = cut_layers(k, bytes.at, bytes.n, err);
    rc_mapped_close(&bytes);
    return status;
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
    rc_mapped old;
    size_t at;
    bool differs;
} against;

/* Takes what is written and compares it with the old file. */
static ssize_t compare(void *self, const char *bytes, size_t n)
{
    against *a = self;
    a->differs |= n > a->old.n - a->at || memcmp(a->old.at + a->at, bytes, n) != 0;
    a->at += a->differs ? 0 : n;
    return (ssize_t)n;
}

static bool is_same(const rc_mapped *old, const rc_run_file *file,
                    const rc_result *result, bool *failed)
{
    against a = {.old = *old};
    FILE *out = fopencookie(&a, "w", (cookie_io_functions_t){.write = compare});
    if (!out) {
        *failed = true;
        return false;
    }
    file->write(out, result);
    *failed |= ferror(out) != 0;
    *failed |= fclose(out) != 0;
    return !a.differs && a.at == a.old.n;
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

static finding find(const kept_run *k, uint32_t i, const rc_result *result,
                    bool *failed)
{
    rc_mapped old;
    char hex[65];
    if (!rc_mapped_open(&old, k->folder, rc_run_files[i].name))
        return errno == ENOENT ? MISSING : UNREADABLE;
    bool same = is_same(&old, &rc_run_files[i], result, failed);
    rc_sha256(hex, old.at, old.n);
    rc_mapped_close(&old);
    bool named = k->digests[i] && strcmp(hex, k->digests[i]) == 0;
    return same ? (named ? SAME : UNNAMED) : named ? OTHERWISE : CHANGED;
}

rc_status rc_kept_run_compare(const rc_kept_run *kept, const rc_result *result,
                              FILE *out, rc_error *err)
{
    const kept_run *k = (const kept_run *)kept;
    finding found[RC_RUN_FILES];
    uint32_t count[FINDINGS] = {0}, files_n = 0;
    bool failed = false;
    for (uint32_t i = 0; i < RC_RUN_FILES; i++) {
        bool wanted = kept->samples || !rc_run_files[i].samples;
        found[i] = wanted ? find(k, i, result, &failed) : FINDINGS;
        if (wanted)
            count[found[i]]++;
        files_n += wanted;
    }
    if (failed)
        return rc_fail(err, RC_IO, "out of memory");
    const char *between = "";
    for (uint32_t f = 0; f < FINDINGS; f++) {
        if (!count[f])
            continue;
        fprintf(out, "%s%s (", between, findings[f]);
        for (uint32_t i = 0, n = 0; i < RC_RUN_FILES; i++)
            if (found[i] == f)
                fprintf(out, "%s%s", n++ ? ", " : "", rc_run_files[i].name);
        fputs(")", out);
        between = "; ";
    }
    if (count[SAME] == files_n)
        return RC_OK;
    if (strcmp(kept->version, RC_VERSION) != 0)
        fprintf(out, "; roadcast %.40s ran it, this is " RC_VERSION, kept->version);
    return RC_NO;
}
