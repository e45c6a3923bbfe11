/* run.c -- blocks of futures over threads. The only parallel regions of roadcast stand in
 * this folder; what they compute does not depend on how many threads there are. */
#include "run/result.h"
#include "run/schedule.h"
#include "run/queue.h"
#include "run/tally.h"
#include "stats/sample.h"
#include <math.h>
#include <omp.h>
#include <roadcast/run.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static void run_block(rc_block *block, uint64_t index, uint64_t futures)
{
    bool queue = block->plan->resource_limited;
    rc_block_fill(block, index, futures);
    if (queue)
        rc_queue_schedule(block);
    else
        rc_schedule(block);
    rc_block_close(block);
    if (!queue && block->detail > 0)
        rc_schedule_critical(block);
}

/* What progress is told: the running P80 is of finishes that the telling thread has
 * itself placed, at most WATCHED of them, so that nobody waits. */
enum { WATCHED = 1 << 16 };
static const double first_look = 0.25; /* seconds: short runs never need a P80 */

typedef struct watch {
    const rc_run_options *options;
    rc_tally *tally;
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

static void tell(watch *w, uint64_t block, uint32_t lanes)
{
    uint32_t n = WATCHED - w->seen < lanes ? WATCHED - w->seen : lanes;
    memcpy(w->finishes + w->seen,
           w->tally->samples[RC_SAMPLE_FINISH] + block * RC_LANES,
           n * sizeof *w->finishes);
    w->seen += n;
    /* again only when there is a tenth more to see */
    if (w->seen > w->looked + w->looked / 10 && omp_get_wtime() - w->begun > first_look)
        look(w);
    rc_progress p = {.done = atomic_load(&w->done),
                     .futures = w->tally->futures,
                     .p80_days = w->p80,
                     .p80_error_days = w->p80_error};
    if (!w->options->progress(w->options->self, &p))
        atomic_store(&w->stop, true);
}

static rc_status simulate(rc_tally *tally, const rc_plan *plan, const rc_keys *keys,
                          const rc_run_options *options, rc_arena *scratch,
                          rc_error *err)
{
    watch w = {.options = options,
               .tally = tally,
               .begun = omp_get_wtime(),
               .p80 = NAN,
               .p80_error = NAN};
    if (options->progress) {
        w.finishes = rc_arena_alloc(scratch, 2 * WATCHED, sizeof *w.finishes);
        if (!w.finishes)
            return rc_fail(err, RC_IO, "out of memory");
        w.scratch = w.finishes + WATCHED;
    }
    _Atomic bool failed = false;
    int64_t blocks = (int64_t)tally->blocks;
#pragma omp parallel num_threads((int)tally->threads)
    {
        rc_block *block = NULL;
        uint32_t thread = (uint32_t)omp_get_thread_num();
        if (rc_block_make(&block, plan, keys, tally->detail, NULL) != RC_OK)
            atomic_store(&failed, true);
#pragma omp for schedule(dynamic, 1)
        for (int64_t i = 0; i < blocks; i++) {
            if (atomic_load(&failed) || atomic_load(&w.stop))
                continue;
            run_block(block, (uint64_t)i, tally->futures);
            rc_tally_block(tally, block, thread);
            atomic_fetch_add(&w.done, block->lanes);
            if (thread == 0 && options->progress)
                tell(&w, (uint64_t)i, block->lanes);
        }
        rc_block_free(block);
    }
    if (failed)
        return rc_fail(err, RC_IO, "out of memory for a block of futures");
    if (w.stop)
        return rc_fail(err, RC_INTERRUPTED, "stopped after %llu of %llu futures",
                       (unsigned long long)w.done, (unsigned long long)tally->futures);
    for (uint32_t i = 0; i < tally->threads; i++)
        if (tally->bad[i])
            return rc_fail(err, RC_DEFECT,
                           "%s came out as no finite number; please report this",
                           tally->bad[i]);
    return RC_OK;
}

/* Samples are kept of every future, columns of the first ones: refused before they are
 * touched rather than killed half-way. */
static rc_status check_memory(const rc_tally *tally, rc_error *err)
{
    /* when it stopped; scratch of 2 */
    uint64_t futures = tally->futures,
             each = (tally->samples_n + 3) * sizeof(double) + 1;
    uint32_t columns = 0;
    for (uint32_t i = 0; i < tally->columns_n; i++)
        columns += tally->columns[i] != NULL;
    double need = (double)futures * (double)each +
                  (double)columns * tally->detail * sizeof(double);
    double have = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
    if (have > 0 && need > have)
        return rc_fail(err, RC_IO,
                       "%llu futures need %.0f GB of memory, and this machine has %.0f",
                       (unsigned long long)futures, ceil(need / 1e9),
                       floor(have / 1e9));
    return RC_OK;
}

rc_status rc_run(rc_result **out, const rc_plan *plan, const rc_run_options *options,
                 rc_error *err)
{
    *out = NULL;
    rc_run_options o = options ? *options : (rc_run_options){0};
    uint64_t futures = o.futures ? o.futures : plan->scenario->futures;
    uint64_t seed = o.seed_given ? o.seed : plan->scenario->seed;
    uint64_t blocks = (futures + RC_LANES - 1) / RC_LANES;
    uint32_t threads = o.threads ? o.threads : (uint32_t)omp_get_num_procs();
    threads = threads > blocks ? (uint32_t)blocks : threads;
    rc_arena *arena = rc_arena_new(), *scratch = rc_arena_new();
    rc_status status = RC_OK;
    rc_tally tally;
    rc_keys keys;
    if (!arena || !scratch)
        status = rc_fail(err, RC_IO, "out of memory");
    if (status == RC_OK)
        status = rc_keys_make(&keys, plan, seed, scratch, err);
    if (status == RC_OK)
        status = rc_tally_make(&tally, plan, futures, o.verdict_only, threads, arena,
                               scratch, err);
    if (status == RC_OK)
        status = check_memory(&tally, err);
    if (status == RC_OK)
        status = simulate(&tally, plan, &keys, &o, scratch, err);
    if (status == RC_OK)
        status = rc_result_make(out, &tally, seed, arena, scratch, err);
    if (status != RC_OK)
        rc_arena_free(arena);
    rc_arena_free(scratch);
    return status;
}
