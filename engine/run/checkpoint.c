#include "run/checkpoint.h"
#include "base/hash.h"
#include "run/memory.h"
#include "run/tuning.h"
#include <roadcast/version.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

static const char magic[24] = "roadcast checkpoint\n";
enum { FORMAT = 2 };

typedef struct head {
    char magic[24], version[24];
    char scenario[64], settings[64]; /* digests */
    uint64_t seed, futures;
    uint32_t format, crc;
} head;

typedef struct record {
    uint64_t index; /* of the block */
    uint32_t of;    /* which plan of the run */
    uint32_t bytes; /* that follow */
    uint32_t crc, none;
} record;

/* ---------------------------------------------------------------------- head */

static uint32_t head_crc(const head *h)
{
    return rc_crc32(0, h, offsetof(head, crc));
}

/* What decides a run besides its scenario's text: --set, what-ifs, the shape of blocks. */
static bool digest_settings(char hex[65], const rc_plan *const *plans,
                            const rc_variant *what_if, uint32_t plans_n,
                            rc_arena *arena)
{
    char *text = rc_arena_print(arena, "%s %d", RC_RNG, RC_LANES);
    for (uint32_t i = 0; i < plans_n && text; i++) {
        const rc_scenario *s = plans[i]->scenario;
        text =
            rc_arena_print(arena, "%s\n%s %u %u %u %u", text,
                           i ? what_if[i - 1].id : "", rc_samples_of(plans[i]),
                           plans[i]->nodes_n, plans[i]->outputs_n, plans[i]->drivers_n);
        for (uint32_t k = 0; k < s->set_n && text; k++)
            text = rc_arena_print(arena, "%s\n--set %s", text, s->set[k]);
    }
    if (text)
        rc_sha256(hex, text, strlen(text));
    return text != NULL;
}

/* Why a journal is not of this run; NULL: it is. */
static rc_status compare(const head *found, const head *wanted, rc_error *err)
{
    static const char help[] =
        "resume as it was begun, or start anew with --checkpoint "
        "--force";
    if (memcmp(found->magic, magic, sizeof magic) != 0)
        return rc_fail(err, RC_REFUSED, "this is no checkpoint of roadcast");
    if (found->format != FORMAT ||
        memcmp(found->version, wanted->version, sizeof found->version) != 0)
        return rc_fail(
            err, RC_REFUSED,
            "the checkpoint is of roadcast %.23s (format %u), this is " RC_VERSION
            " (format %d): finish it there, or start anew with --checkpoint "
            "--force",
            found->version, found->format, FORMAT);
    if (found->crc != head_crc(found))
        return rc_fail(err, RC_REFUSED,
                       "the head of the checkpoint is damaged: start anew with "
                       "--checkpoint --force");
    if (memcmp(found->scenario, wanted->scenario, sizeof found->scenario) != 0)
        return rc_fail(
            err, RC_REFUSED,
            "the checkpoint is of another scenario, or of this one before it "
            "was changed: %s",
            help);
    if (found->seed != wanted->seed)
        return rc_fail(err, RC_REFUSED, "the checkpoint is of seed %llu, not %llu: %s",
                       (unsigned long long)found->seed,
                       (unsigned long long)wanted->seed, help);
    if (found->futures != wanted->futures)
        return rc_fail(err, RC_REFUSED,
                       "the checkpoint is of %llu futures, not %llu: %s",
                       (unsigned long long)found->futures,
                       (unsigned long long)wanted->futures, help);
    if (memcmp(found->settings, wanted->settings, sizeof found->settings) != 0)
        return rc_fail(err, RC_REFUSED,
                       "the checkpoint was begun with other settings or what-ifs: %s",
                       help);
    return RC_OK;
}

/* A disk that would be full after hours is refused at once. */
static rc_status has_room(const rc_journal *journal, double bytes, rc_error *err)
{
    char needs[32], has[32];
    const uint64_t room = journal->room(journal->self);
    if (room == UINT64_MAX || bytes <= (double)room)
        return RC_OK;
    return rc_fail(
        err, RC_IO,
        "the checkpoint would come to about %s, and there is room for %s: ask "
        "for fewer futures (-n), leave what-ifs out (--no-what-if), or go "
        "without it",
        rc_memory_text(needs, bytes), rc_memory_text(has, (double)room));
}

rc_status rc_checkpoint_begin(rc_checkpoint *out, const rc_journal *journal,
                              const rc_plan *const *plans, const rc_variant *what_if,
                              uint32_t plans_n, uint64_t futures, uint64_t seed,
                              double bytes, rc_arena *arena, rc_error *err)
{
    *out = (rc_checkpoint){
        .journal = journal, .good = sizeof(head), .synced = omp_get_wtime()};
    head wanted = {.seed = seed, .futures = futures, .format = FORMAT}, found;
    char settings[65];
    if (!digest_settings(settings, plans, what_if, plans_n, arena))
        return rc_fail(err, RC_IO, "out of memory");
    memcpy(wanted.magic, magic, sizeof magic);
    strncpy(wanted.version, RC_VERSION, sizeof wanted.version - 1);
    memcpy(wanted.scenario, plans[0]->scenario->sha256, sizeof wanted.scenario);
    memcpy(wanted.settings, settings, sizeof wanted.settings);
    wanted.crc = head_crc(&wanted);
    out->reading = journal->read(journal->self, &found, sizeof found) == sizeof found;
    rc_status status = out->reading ? compare(&found, &wanted, err) : RC_OK;
    if (status == RC_OK)
        status = has_room(journal, bytes, err);
    if (status != RC_OK || out->reading)
        return status;
    /* nothing yet, or killed while it was written */
    status = journal->cut(journal->self, 0, err);
    if (status == RC_OK)
        status = journal->write(journal->self, &wanted, sizeof wanted, err);
    return status == RC_OK ? rc_checkpoint_sync(out, err) : status;
}

rc_status rc_checkpoint_sync(rc_checkpoint *c, rc_error *err)
{
    c->synced = omp_get_wtime();
    return c->journal->sync(c->journal->self, err);
}

void rc_checkpoint_end(rc_checkpoint *c)
{
    free(c->record);
    c->record = NULL;
}

/* ------------------------------------------------------------------- records */

static void measure(void *self, void *at, size_t n)
{
    (void)at;
    *(size_t *)self += n;
}

static void copy_out(void *self, void *at, size_t n)
{
    unsigned char **to = self;
    if (n)
        memcpy(*to, at, n);
    *to += n;
}

static void copy_in(void *self, void *at, size_t n)
{
    const unsigned char **from = self;
    if (n)
        memcpy(at, *from, n);
    *from += n;
}

size_t rc_checkpoint_room(const rc_tally *y, uint64_t index)
{
    size_t n = sizeof(record);
    rc_tally_pieces(y, index, measure, &n);
    return n;
}

double rc_checkpoint_bytes(const rc_tally *y)
{
    const uint64_t blocks = (y->futures + RC_LANES - 1) / RC_LANES;
    const uint64_t detailed = (y->detail + RC_LANES - 1) / RC_LANES;
    double bytes = (double)detailed * (double)rc_checkpoint_room(y, 0);
    if (blocks > detailed)
        bytes += (double)(blocks - detailed) * (double)rc_checkpoint_room(y, detailed);
    return bytes;
}

static uint32_t record_crc(const record *r, const unsigned char *bytes)
{
    return rc_crc32(rc_crc32(0, r, offsetof(record, crc)), bytes, r->bytes);
}

size_t rc_checkpoint_pack(unsigned char *out, uint32_t of, const rc_tally *y,
                          uint64_t index)
{
    unsigned char *to = out + sizeof(record);
    rc_tally_pieces(y, index, copy_out, &to);
    size_t n = (size_t)(to - out);
    record r = {.index = index, .of = of, .bytes = (uint32_t)(n - sizeof(record))};
    r.crc = record_crc(&r, out + sizeof r);
    memcpy(out, &r, sizeof r);
    return n;
}

rc_status rc_checkpoint_keep(rc_checkpoint *c, const unsigned char *bytes, size_t n,
                             rc_error *err)
{
    rc_status status = c->journal->write(c->journal->self, bytes, n, err);
    if (status == RC_OK && omp_get_wtime() - c->synced > RC_SYNC_SECONDS)
        status = rc_checkpoint_sync(c, err);
    return status;
}

/* The next record into c->record; false: there is no whole one. */
static bool read_record(rc_checkpoint *c, size_t most)
{
    record r;
    if (c->journal->read(c->journal->self, &r, sizeof r) != sizeof r ||
        r.bytes > most - sizeof r)
        return false;
    memcpy(c->record, &r, sizeof r);
    return c->journal->read(c->journal->self, c->record + sizeof r, r.bytes) ==
               r.bytes &&
           r.crc == record_crc(&r, c->record + sizeof r);
}

/* No more of it is read: what follows is written. */
static rc_status go_on(rc_checkpoint *c, rc_error *err)
{
    c->reading = c->ahead = false;
    return c->journal->cut(c->journal->self, c->good, err);
}

static bool whole(const bool *done, uint64_t n)
{
    return memchr(done, false, n) == NULL;
}

rc_status rc_checkpoint_find(rc_checkpoint *c, uint32_t of, const rc_tally *y,
                             bool *done, rc_error *err)
{
    const rc_window *w = y->window;
    const uint64_t first = w->first / RC_LANES, n = (w->n + RC_LANES - 1) / RC_LANES;
    while (c->reading) {
        /* no record is larger than that of the run's first block, with all its details */
        size_t most = rc_checkpoint_room(y, first);
        if (c->room < most) {
            unsigned char *grown = realloc(c->record, most);
            if (!grown)
                return rc_fail(err, RC_IO, "out of memory for the checkpoint");
            c->record = grown;
            c->room = most;
        }
        if (!c->ahead && !read_record(c, c->room))
            return go_on(c, err);
        record r;
        memcpy(&r, c->record, sizeof r);
        c->ahead = r.of != of || r.index < first || r.index - first >= n;
        if (c->ahead) /* only behind all of this window */
            return whole(done, n) ? RC_OK : go_on(c, err);
        if (r.bytes + sizeof r != rc_checkpoint_room(y, r.index))
            return go_on(c, err);
        const unsigned char *from = c->record + sizeof r;
        rc_tally_pieces(y, r.index, copy_in, &from);
        done[r.index - first] = true;
        c->good += sizeof r + r.bytes;
    }
    return RC_OK;
}
