/* tally.h -- what is kept of the futures while blocks run.
 *
 * Samples   finish, cost and the targets' metrics (true, measured) of every future, at
 *           its own place: samples[column][future].
 * Details   everything else (tasks, drivers, outputs of models) of the first
 *           RC_DETAIL_FUTURES futures, columns[column][future].
 * Counts    integers per thread, added up at the end: order does not matter.
 * Sums      money by kind per block, added up in block order.
 *
 * Memory    samples in the arena of the result, the rest in a scratch arena.
 * Threads   blocks write at their own places.
 */
#ifndef ROADCAST_RUN_TALLY_H
#define ROADCAST_RUN_TALLY_H

#include "run/block.h"

/* Columns of samples; after the first ones two for each target. */
enum { RC_SAMPLE_FINISH, RC_SAMPLE_COST, RC_SAMPLES_FIRST };

static inline uint32_t rc_sample_true(uint32_t target)
{
    return RC_SAMPLES_FIRST + 2 * target;
}
static inline uint32_t rc_sample_measured(uint32_t target)
{
    return RC_SAMPLES_FIRST + 2 * target + 1;
}
/* Behind those of so many targets: what a future earns, where that is asked. */
static inline uint32_t rc_sample_value(uint32_t targets)
{
    return rc_sample_true(targets);
}

/* Detail columns of a task; those of outputs (by series) and drivers follow all tasks'. */
enum {
    RC_TASK_START,
    RC_TASK_FINISH,
    RC_TASK_WORK,
    RC_TASK_PAID,
    RC_TASK_ROUNDS,
    RC_TASK_COLUMNS
};

/* Outcome of a future: what became of the targets, all of them. */
enum { RC_REACHED, RC_NOT_POSSIBLE, RC_STOPPED_THOUGH_GOOD, RC_NOT_FOUND };

typedef struct rc_counts {
    uint64_t *critical;     /* [tasks] */
    uint64_t *stopped_need; /* [loops][256] of the gate, by the need that failed last */
} rc_counts;

typedef struct rc_tally {
    const rc_plan *plan;
    uint64_t futures, blocks;
    /* futures in detail columns; 0: only the verdict is asked for */
    uint32_t detail;
    double **samples;
    uint32_t samples_n;
    uint8_t *outcome; /* [futures] what became of the targets */
    double *stop;     /* [futures] when it was stopped */
    uint16_t *cause;  /* [futures] 1 + what stopped it, 0: nothing; NULL: nothing can */
    double **columns; /* NULL: constant (0 paid, 1 round) */
    uint32_t columns_n, outputs_at, drivers_at;
    double *kinds;     /* [blocks][cost_kinds_n] sums */
    rc_counts *counts; /* [threads] */
    uint32_t threads;
    const char **bad; /* [threads] quantity that was not finite, NULL */
} rc_tally;

rc_status rc_tally_make(rc_tally *out, const rc_plan *plan, uint64_t futures,
                        bool verdict_only, uint32_t threads, rc_arena *arena,
                        rc_arena *scratch, rc_error *err);
void rc_tally_block(rc_tally *tally, const rc_block *block, uint32_t thread);

#endif
