/* fold.h -- windows of futures, one after the other, become counts and sums.
 *
 * Everything that the answer needs of all futures: how many keep which promise, what was
 * in vain, the cells of the hit map, means in the order of the futures. Of a run that is
 * one window percentiles are then taken from its columns; of a longer one what is watched
 * is also counted in the bins of stats/histogram.h while the windows pass.
 *
 * Memory   rc_fold_free; rc_fold_bytes says beforehand what is taken at the most.
 * Threads  what is watched is spread over threads; each is folded by one, in order.
 */
#ifndef ROADCAST_RUN_FOLD_H
#define ROADCAST_RUN_FOLD_H

#include <roadcast/result.h>
#include "run/tally.h"
#include "stats/histogram.h"
#include "stats/sample.h"

/* What percentiles are asked of; behind these, of each target, true and measured. */
typedef enum rc_watched {
    RC_WATCH_FINISH,   /* of all futures */
    RC_WATCH_LAUNCHED, /* of those that launch */
    RC_WATCH_PROMISE,  /* finish, INFINITY where a target is missed */
    RC_WATCH_FALLBACK, /* less is better: the first target, INFINITY: missed otherwise */
    RC_WATCH_LATER,    /* the same by another day than the deadline */
    RC_WATCH_COST,
    RC_WATCHES_FIRST
} rc_watched;

static inline rc_watched rc_watch_true(uint32_t target)
{
    return (rc_watched)(RC_WATCHES_FIRST + 2 * target);
}
static inline rc_watched rc_watch_measured(uint32_t target)
{
    return (rc_watched)(RC_WATCHES_FIRST + 2 * target + 1);
}

/* Mean and spread of a few, in their order (Welford 1962). */
typedef struct rc_running {
    uint64_t n;
    double mean, squares;
} rc_running;
void rc_running_add(rc_running *r, double x);
double rc_running_error(const rc_running *r); /* half the 95 % interval of the mean */

typedef struct rc_pile {
    rc_moments moments;
    rc_bins bins;
} rc_pile;

/* How far the hit map looks, and its cells [targets][days], each counted alone: chances
 * add up to the right of and below it. */
enum { RC_MAP_DAYS = 9, RC_MAP_TARGETS = 7, RC_MAP_ASKED = 4 };
typedef struct rc_map_counts {
    bool given;
    double days[RC_MAP_DAYS], targets[RC_MAP_TARGETS];
    uint64_t cells[RC_MAP_TARGETS][RC_MAP_DAYS];
} rc_map_counts;

typedef struct rc_fold {
    const rc_tally *y;
    const rc_result *r; /* its goals */
    bool exact;         /* one window */
    uint64_t launch, deadline, budget, target, all, stopped, not_possible, not_found;
    uint64_t quarter[2][2]; /* [late or never][over the budget] */
    uint64_t *targets;      /* [targets_n] launch truly on it */
    rc_running *sunk;       /* [causes_n] cost of what each has stopped */
    uint64_t *needs;        /* [loops][256] of the gate, by the need that failed last */
    rc_paid *kinds;         /* [cost_kinds_n] */
    uint64_t *critical;     /* [nodes_n] */
    rc_pile *piles;         /* [watches]; NULL: exact */
    uint32_t watches_n;
    double *first_finish; /* [detail] of the first futures */
    double later;         /* that day; NAN: not known, nothing is watched */
    rc_map_counts map;
} rc_fold;

bool rc_fold_make(rc_fold *out, const rc_tally *y, const rc_result *r,
                  rc_arena *scratch);
void rc_fold_free(rc_fold *fold);
double rc_fold_bytes(const rc_plan *plan, uint64_t futures);

/* The window, now full. False: out of memory. */
bool rc_fold_window(rc_fold *fold, uint32_t threads);
bool rc_on_time(const rc_result *r, double finish);
/* Cells of the futures in the window; the grid is given. */
void rc_fold_map(rc_fold *fold);
/* RC_WATCH_LATER of the window, which passed before the day was known. */
bool rc_fold_later(rc_fold *fold);

/* What is watched of the window's futures from … until - 1, those that it is not of left
 * out. */
uint32_t rc_fold_take(const rc_fold *fold, rc_watched what, uint64_t from,
                      uint64_t until, double *out);

/* Each value that is watched, with how often it occurs: exact ones, or edges of bins. */
typedef struct rc_fold_walk {
    const rc_fold *fold;
    rc_watched what;
    double *values; /* exact: scratch */
    uint64_t next, n;
    rc_bins_walk bins;
} rc_fold_walk;
rc_fold_walk rc_fold_values(const rc_fold *fold, rc_watched what, double *scratch);
bool rc_fold_next(rc_fold_walk *walk, double *value, uint64_t *count);

#endif
