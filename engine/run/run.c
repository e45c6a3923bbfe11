/* run.c -- blocks of futures over threads, windows of blocks after one another, what-ifs
 * beside their plan. What is computed does not depend on how many threads there are. */
#include "run/checkpoint.h"
#include "run/memory.h"
#include "run/queue.h"
#include "run/result.h"
#include "run/schedule.h"
#include "run/tuning.h"
#include <math.h>
#include <omp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static void run_block(rc_block *block, uint64_t index, uint64_t futures)
{
    bool queue = block->plan->by_events;
    rc_block_fill(block, index, futures);
    if (queue)
        rc_queue_schedule(block);
    else
        rc_schedule(block);
    rc_block_close(block);
    if (!queue && block->detail > 0)
        rc_schedule_critical(block);
}

/* ------------------------------------------------------------------- progress */

/* What progress is told: the running P80 is of finishes that the telling thread has
 * itself placed, at most WATCHED of them, so that nobody waits. */
enum { WATCHED = 1 << 16 };
static const double first_look = 0.25; /* seconds: short runs never need a P80 */

typedef struct watch {
    const rc_run_options *options;
    const rc_variant *what_if; /* NULL: the plan itself */
    uint64_t futures, all;     /* all: of the plan and its what-ifs */
    uint64_t elsewhere;        /* done of all the others */
    _Atomic uint64_t done;
    _Atomic bool stop;
    double *finishes, *scratch; /* [WATCHED], only where there is progress */
    uint32_t seen, looked;      /* finishes kept, and how many the P80 is of */
    double begun, p80, p80_error;
} watch;

static void look(watch *w)
{
    double low, high;
    rc_percentiles(&w->p80, &low, &high, &(double){80}, 1, w->finishes, w->seen,
                   w->scratch);
    w->p80_error = isfinite(high) ? (high - low) / 2 : NAN;
    w->looked = w->seen;
}

static void tell(watch *w, const double *finishes, uint32_t lanes)
{
    uint32_t n = WATCHED - w->seen < lanes ? WATCHED - w->seen : lanes;
    memcpy(w->finishes + w->seen, finishes, n * sizeof *w->finishes);
    w->seen += n;
    /* again only when there is a tenth more to see */
    if (w->seen > w->looked + w->looked / 10 && omp_get_wtime() - w->begun > first_look)
        look(w);
    rc_progress p = {.what_if = w->what_if,
                     .done = atomic_load(&w->done),
                     .futures = w->futures,
                     .all_done = w->elsewhere + atomic_load(&w->done),
                     .all = w->all,
                     .p80_days = w->p80,
                     .p80_error_days = w->p80_error};
    if (!w->options->progress(w->options->self, &p))
        atomic_store(&w->stop, true);
}

/* ---------------------------------------------------------------------- plans */

/* The plan itself, or a what-if beside it. */
typedef struct side {
    const rc_plan *plan;
    rc_keys keys;
    rc_tally tally;
    rc_making making;
    rc_pairing pairing; /* with the plan itself */
    watch watch;
} side;

typedef struct running {
    const rc_run_options *options;
    uint64_t futures, seed;
    uint32_t threads;
    side *sides; /* the plan itself first */
    const rc_plan **plans;
    uint32_t n;
    rc_window own, others; /* of the plan, of what-ifs in turns */
    rc_checkpoint checkpoint;
    bool *done;    /* blocks of the window that a journal held */
    double **kept; /* samples of all futures, where the window holds fewer */
    rc_arena *scratch;
} running;

/* Blocks that a journal holds are put back instead of simulated. */
static rc_status find_kept(running *run, side *s, int64_t blocks, rc_error *err)
{
    memset(run->done, 0, (size_t)blocks * sizeof *run->done);
    if (!run->options->journal)
        return RC_OK;
    rc_status status = rc_checkpoint_find(&run->checkpoint, (uint32_t)(s - run->sides),
                                          &s->tally, run->done, err);
    const rc_window *w = s->tally.window;
    for (int64_t i = 0; i < blocks; i++)
        if (run->done[i]) {
            uint64_t left = w->n - (uint64_t)i * RC_LANES;
            s->watch.done += left < RC_LANES ? left : RC_LANES;
        }
    return status;
}

/* What each thread has: a block, and room for its record where one is kept. */
typedef struct worker {
    rc_block *block;
    unsigned char *record;
} worker;

static bool make_worker(worker *w, const running *run, const side *s)
{
    *w = (worker){0};
    if (run->options->journal)
        w->record =
            malloc(rc_checkpoint_room(&s->tally, s->tally.window->first / RC_LANES));
    return (w->record || !run->options->journal) &&
           rc_block_make(&w->block, s->plan, &s->keys, s->tally.detail, NULL) == RC_OK;
}

static void free_worker(worker *w)
{
    rc_block_free(w->block);
    free(w->record);
}

/* Keeps a finished block; the first failure is told when all threads have stopped. */
static bool keep_block(running *run, const side *s, const worker *w, rc_error *unkept)
{
    bool kept;
    size_t n = rc_checkpoint_pack(w->record, (uint32_t)(s - run->sides), &s->tally,
                                  w->block->index);
#pragma omp critical(checkpoint)
    kept = unkept->status == RC_OK &&
           rc_checkpoint_keep(&run->checkpoint, w->record, n, unkept) == RC_OK;
    return kept;
}

static rc_status simulate(running *run, side *s, rc_error *err)
{
    const rc_window *window = s->tally.window;
    const uint64_t from = window->first / RC_LANES;
    const int64_t blocks = (int64_t)((window->n + RC_LANES - 1) / RC_LANES);
    const double *finishes = window->samples[RC_SAMPLE_FINISH];
    rc_error unkept = {RC_OK, ""};
    _Atomic bool failed = false;
    rc_unfinite bad = {0};
    watch *w = &s->watch;
    rc_status status = find_kept(run, s, blocks, err);
    if (status != RC_OK)
        return status;
    w->elsewhere = 0;
    for (uint32_t i = 0; i < run->n; i++)
        w->elsewhere += &run->sides[i] == s ? 0 : run->sides[i].watch.done;
#pragma omp parallel num_threads((int)run->threads)
    {
        worker me;
        uint32_t thread = (uint32_t)omp_get_thread_num();
        if (!make_worker(&me, run, s))
            atomic_store(&failed, true);
#pragma omp for schedule(dynamic, 1)
        for (int64_t i = 0; i < blocks; i++) {
            if (run->done[i] || atomic_load(&failed) || atomic_load(&w->stop))
                continue;
            run_block(me.block, from + (uint64_t)i, run->futures);
            rc_tally_block(&s->tally, me.block);
            if (me.record && !me.block->bad.what && !keep_block(run, s, &me, &unkept))
                atomic_store(&w->stop, true);
            atomic_fetch_add(&w->done, me.block->lanes);
            if (thread == 0 && run->options->progress)
                tell(w, finishes + i * RC_LANES, me.block->lanes);
        }
        if (me.block && me.block->bad.what)
#pragma omp critical
            bad = me.block->bad;
        free_worker(&me);
    }
    if (failed)
        return rc_fail(err, RC_IO, "out of memory for a block of futures");
    if (unkept.status != RC_OK)
        return rc_fail(err, unkept.status, "%s", unkept.text);
    if (w->stop)
        return rc_fail(err, RC_INTERRUPTED, "stopped after %llu of %llu futures",
                       (unsigned long long)w->done, (unsigned long long)run->futures);
    if (bad.what)
        return rc_fail(err, RC_DEFECT,
                       "%s%s came out as no finite number; please report this",
                       bad.what, bad.id);
    return RC_OK;
}

/* -------------------------------------------------------------------- windows */

static void keep_samples(running *run)
{
    const rc_window *w = &run->own;
    for (uint32_t c = 0; run->kept && c < rc_samples_of(run->plans[0]); c++)
        memcpy(run->kept[c] + w->first, w->samples[c], w->n * sizeof **run->kept);
}

/* One of the plans, in one window; the last one ends its result. */
static rc_status pass(running *run, uint32_t i, rc_error *err)
{
    side *s = &run->sides[i], *base = run->sides;
    rc_status status = simulate(run, s, err);
    if (status == RC_OK)
        status = rc_making_window(&s->making, err);
    if (status != RC_OK)
        return status;
    if (i == 0)
        keep_samples(run);
    else
        rc_pair_window(&s->pairing, &base->making, &s->making);
    const rc_window *w = s->tally.window;
    if (w->first + w->n < run->futures)
        return RC_OK;
    status = rc_making_end(&s->making, err);
    if (status == RC_OK && i > 0)
        status = rc_make_what_if(&base->making, &run->options->what_if[i - 1],
                                 &s->pairing, s->making.r, err);
    return status;
}

static rc_status pass_all(running *run, rc_error *err)
{
    rc_status status = RC_OK;
    const uint64_t room = run->own.room;
    for (uint64_t first = 0; first < run->futures && status == RC_OK; first += room) {
        uint64_t left = run->futures - first;
        run->own.first = run->others.first = first;
        run->own.n = run->others.n = left < room ? left : room;
        for (uint32_t i = 0; i < run->n && status == RC_OK; i++)
            status = pass(run, i, err);
    }
    return status;
}

/* ---------------------------------------------------------------------- before */

static rc_status make_sides(running *run, rc_arena *arena, rc_error *err)
{
    const rc_run_options *o = run->options;
    const uint64_t room = rc_window_room(run->futures);
    const bool exact = room >= run->futures;
    double *values = rc_arena_alloc(run->scratch, 2 * room, sizeof *values);
    bool whole =
        values &&
        rc_window_make(&run->own, run->plans, 1, room, exact ? arena : run->scratch) &&
        (run->n == 1 ||
         rc_window_make(&run->others, run->plans + 1, run->n - 1, room, run->scratch));
    double *told = NULL;
    if (o->progress) {
        told =
            rc_arena_alloc(run->scratch, (run->n + 1u) * (size_t)WATCHED, sizeof *told);
        whole &= told != NULL;
    }
    rc_status status = RC_OK;
    for (uint32_t i = 0; i < run->n && whole && status == RC_OK; i++) {
        side *s = &run->sides[i];
        s->plan = run->plans[i];
        s->watch = (watch){.options = o,
                           .what_if = i ? &o->what_if[i - 1] : NULL,
                           .futures = run->futures,
                           .all = run->n * run->futures,
                           .finishes = told ? told + (i + 1u) * (size_t)WATCHED : NULL,
                           .scratch = told,
                           .begun = omp_get_wtime(),
                           .p80 = NAN,
                           .p80_error = NAN};
        whole =
            rc_tally_make(&s->tally, s->plan, run->futures, i > 0 || o->verdict_only,
                          i ? &run->others : &run->own, run->scratch);
        /* of a what-if nothing but its verdict is kept */
        s->making = (rc_making){.y = &s->tally,
                                .arena = i ? run->scratch : arena,
                                .scratch = run->scratch,
                                .threads = run->threads,
                                .values = values,
                                .select = values + room};
        if (whole)
            status = rc_keys_make(&s->keys, s->plan, run->seed, run->scratch, err);
        if (whole && status == RC_OK)
            status = rc_making_begin(&s->making, run->seed, err);
    }
    if (!whole)
        status =
            rc_fail(err, RC_IO, "out of memory for %llu futures: ask for fewer with -n",
                    (unsigned long long)run->futures);
    return status;
}

/* Where samples of the result are; none of a long run that was not asked for them. */
static rc_status place_samples(running *run, rc_arena *arena, rc_error *err)
{
    rc_result_owner *owner = run->sides[0].making.r->owner_;
    const uint32_t n = rc_samples_of(run->plans[0]);
    if (run->own.room >= run->futures) {
        owner->samples = run->own.samples;
        owner->samples_n = n;
    } else if (run->options->samples) {
        run->kept = rc_arena_alloc(arena, n, sizeof *run->kept);
        for (uint32_t c = 0; run->kept && c < n; c++) {
            run->kept[c] = rc_arena_alloc(arena, run->futures, sizeof **run->kept);
            if (!run->kept[c])
                run->kept = NULL;
        }
        if (!run->kept)
            return rc_fail(err, RC_IO, "out of memory for the samples of %llu futures",
                           (unsigned long long)run->futures);
        owner->samples = run->kept;
        owner->samples_n = n;
    }
    return RC_OK;
}

static rc_status prepare(running *run, const rc_plan *plan, rc_arena *arena,
                         rc_error *err)
{
    const rc_run_options *o = run->options;
    run->n = 1 + o->what_if_n;
    run->sides = rc_arena_alloc(run->scratch, run->n, sizeof *run->sides);
    run->plans = rc_arena_alloc(run->scratch, run->n, sizeof *run->plans);
    run->done = rc_arena_alloc(
        run->scratch, rc_window_room(run->futures) / RC_LANES + 1, sizeof *run->done);
    if (!run->sides || !run->plans || !run->done)
        return rc_fail(err, RC_IO, "out of memory");
    for (uint32_t i = 0; i < run->n; i++)
        run->plans[i] = i ? o->what_if[i - 1].plan : plan;
    const rc_memory asked = {.plans = run->plans,
                             .plans_n = run->n,
                             .futures = run->futures,
                             .threads = run->threads,
                             .verdict_only = o->verdict_only,
                             .samples = o->samples};
    rc_status status = rc_memory_check(&asked, o->max_memory, err);
    if (status == RC_OK)
        status = make_sides(run, arena, err);
    if (status == RC_OK)
        status = place_samples(run, arena, err);
    rc_needs needs = {.memory = rc_memory_bytes(&asked)};
    for (uint32_t i = 0; i < run->n && o->journal && status == RC_OK; i++)
        needs.journal += rc_checkpoint_bytes(&run->sides[i].tally);
    if (status == RC_OK && o->journal)
        status = rc_checkpoint_begin(&run->checkpoint, o->journal, run->plans,
                                     o->what_if, run->n, run->futures, run->seed,
                                     needs.journal, run->scratch, err);
    if (status == RC_OK && o->begin)
        o->begin(o->self, &needs);
    return status;
}

rc_status rc_run(rc_result **out, const rc_plan *plan, const rc_run_options *options,
                 rc_error *err)
{
    *out = NULL;
    const rc_run_options o = options ? *options : (rc_run_options){0};
    running run = {.options = &o,
                   .futures = o.futures ? o.futures : plan->scenario->futures,
                   .seed = o.seed_given ? o.seed : plan->scenario->seed,
                   .threads = o.threads ? o.threads : (uint32_t)omp_get_num_procs(),
                   .scratch = rc_arena_new()};
    const uint64_t blocks = (run.futures + RC_LANES - 1) / RC_LANES;
    run.threads = run.threads > blocks ? (uint32_t)blocks : run.threads;
    rc_arena *arena = rc_arena_new();
    rc_status status = RC_OK;
    if (!arena || !run.scratch)
        status = rc_fail(err, RC_IO, "out of memory");
    if (status == RC_OK)
        status = prepare(&run, plan, arena, err);
    if (status == RC_OK)
        status = pass_all(&run, err);
    if (status == RC_INTERRUPTED && o.journal) {
        rc_status synced = rc_checkpoint_sync(&run.checkpoint, err);
        status = synced == RC_OK ? status : synced;
    }
    if (status == RC_OK)
        *out = run.sides[0].making.r;
    else
        rc_arena_free(arena);
    for (uint32_t i = 0; run.sides && i < run.n; i++)
        rc_making_free(&run.sides[i].making);
    rc_checkpoint_end(&run.checkpoint);
    rc_arena_free(run.scratch);
    return status;
}
