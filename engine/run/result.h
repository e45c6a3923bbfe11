/* result.h -- from what was tallied to what is reported.
 *
 * Everything is computed from columns in the order of the futures, so that no sum depends
 * on threads.
 */
#ifndef ROADCAST_RUN_RESULT_H
#define ROADCAST_RUN_RESULT_H

#include <roadcast/result.h>
#include "run/tally.h"

typedef struct rc_result_owner {
    rc_arena *arena;
    double *const *samples;
    const char *const *names; /* of samples */
    uint32_t samples_n;
    uint8_t *outcome;
    rc_calendar calendar;
} rc_result_owner;

/* The result owns `arena` from then on. */
rc_status rc_result_make(rc_result **out, const rc_tally *tally, uint64_t seed,
                         rc_arena *arena, rc_arena *scratch, rc_error *err);

/* ---- for the files result_*.c: state while a result is made */
typedef struct rc_making {
    rc_result *r;
    const rc_tally *y;
    rc_arena *arena;   /* of the result */
    rc_arena *scratch; /* gone when the result is made */
    bool failed;       /* memory ran out */
    double *values;    /* [futures] scratch */
    double *select;    /* [futures] scratch of rc_percentiles */
} rc_making;

void *rc_making_take(rc_making *m, size_t n, size_t size);
/* Summary of n values without NAN; INFINITY counts in percentiles, not in mean and sd. */
rc_spread rc_making_spread(rc_making *m, const double *values, uint64_t n);
/* A text of the result's own; NULL stays NULL. */
const char *rc_making_text(rc_making *m, const char *text);
bool rc_on_time(const rc_result *r, double finish);
/* Whether a future truly meets all targets but the first. */
static inline bool rc_others_met(const rc_making *m, uint64_t future)
{
    bool met = true;
    for (uint32_t t = 1; t < m->r->targets_n; t++)
        met &=
            rc_target_met(&m->r->targets[t], m->y->samples[rc_sample_true(t)][future]);
    return met;
}

void rc_make_verdict(rc_making *m);
void rc_make_figures(rc_making *m); /* histograms, hit map, dots */
void rc_make_details(rc_making *m); /* tasks, drivers, outputs: of the detail futures */

#endif
