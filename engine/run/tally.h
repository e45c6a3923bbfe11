/* tally.h -- what is kept of the futures while blocks run.
 *
 * Window    the futures that are being simulated: finish, cost, the targets' metrics (true,
 *           measured) and value of each, what became of it, and of each block its money by
 *           kind and how often a task was critical. Up to RC_EXACT_FUTURES are one window,
 *           so that percentiles are exact; of more, RC_WINDOW_FUTURES at a time, and
 *           fold.h counts them before the next ones take their place.
 * Details   everything else (tasks, drivers, outputs of models) of the first
 *           RC_DETAIL_FUTURES futures, columns[column][future].
 *
 * Memory    rc_window_bytes and rc_tally_bytes say beforehand what is taken.
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
uint32_t rc_samples_of(const rc_plan *plan);

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

/* Money of one kind in a block of futures. */
typedef struct rc_paid {
    double sum, squares;
} rc_paid;

/* Futures first … first + n - 1, each at its place; all arrays have room for `room`. */
typedef struct rc_window {
    uint64_t first, n, room;
    double **samples;
    double *stop;       /* when it was stopped */
    uint8_t *outcome;   /* what became of the targets */
    uint16_t *cause;    /* 1 + what stopped it, 0: nothing */
    uint8_t *need;      /* of the gate that stopped it, the need that failed last */
    rc_paid *kinds;     /* [blocks][cost_kinds_n] */
    uint16_t *critical; /* [blocks][nodes_n] futures in which a task was critical */
} rc_window;

/* Futures that stand in a window at once. */
uint64_t rc_window_room(uint64_t futures);
/* One that any of the plans can use, one after another. */
bool rc_window_make(rc_window *out, const rc_plan *const *plans, uint32_t plans_n,
                    uint64_t room, rc_arena *arena);
double rc_window_bytes(const rc_plan *const *plans, uint32_t plans_n, uint64_t room);

typedef struct rc_tally {
    const rc_plan *plan;
    uint64_t futures;
    rc_window *window; /* maybe shared with other plans, in turns */
    /* futures in detail columns; 0: only the verdict is asked for */
    uint32_t detail;
    double **columns; /* NULL: constant (0 paid, 1 round) */
    uint32_t columns_n, outputs_at, drivers_at;
} rc_tally;

bool rc_tally_make(rc_tally *out, const rc_plan *plan, uint64_t futures,
                   bool verdict_only, rc_window *window, rc_arena *scratch);
double rc_tally_bytes(const rc_plan *plan, uint64_t futures, bool verdict_only);

void rc_tally_block(rc_tally *tally, rc_block *block);

/* All that a block (of the run) has put down, piece by piece, in fixed order. */
typedef void (*rc_piece)(void *self, void *at, size_t n);
void rc_tally_pieces(const rc_tally *tally, uint64_t index, rc_piece visit, void *self);

#endif
