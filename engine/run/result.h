/* result.h -- from what was tallied to what is reported.
 *
 * Everything is computed from columns in the order of the futures, so that no sum depends
 * on threads.
 */
#ifndef ROADCAST_RUN_RESULT_H
#define ROADCAST_RUN_RESULT_H

#include <roadcast/run.h>
#include "run/fold.h"

typedef struct rc_result_owner {
    rc_arena *arena;
    double *const *samples;   /* [samples_n][futures] */
    const char *const *names; /* of samples */
    uint32_t samples_n;       /* 0: they are not kept */
    rc_calendar calendar;
} rc_result_owner;

/* ---- state while a result is made, also for the files result_*.c */
typedef struct rc_making {
    rc_result *r;
    const rc_tally *y;
    rc_fold fold;
    rc_arena *arena;   /* of the result */
    rc_arena *scratch; /* gone when the result is made */
    uint32_t threads;
    bool failed;    /* memory ran out */
    double *values; /* [room of the window] scratch, maybe shared */
    double *select; /* the same, of rc_percentiles */
} rc_making;

/* Goals, percentiles, names: what is known before the first future. `arena` is the
 * result's from then on; values and select are given before. */
rc_status rc_making_begin(rc_making *m, uint64_t seed, rc_error *err);
/* The window of the tally, full: called for each. */
rc_status rc_making_window(rc_making *m, rc_error *err);
/* After the last window, while it is still there. */
rc_status rc_making_end(rc_making *m, rc_error *err);
void rc_making_free(rc_making *m); /* not the result */

void *rc_making_take(rc_making *m, size_t n, size_t size);
/* Summary of n values without NAN; INFINITY counts in percentiles, not in mean and sd. */
rc_spread rc_making_spread(rc_making *m, const double *values, uint64_t n);
/* The same of what is watched in all futures. */
rc_spread rc_making_watched(rc_making *m, rc_watched what);
/* low, high: ends of the intervals, or NULL. */
void rc_making_percentiles(rc_making *m, double *out, double *low, double *high,
                           const double *percents, uint32_t n, rc_watched what);
/* A text of the result's own; NULL stays NULL. */
const char *rc_making_text(rc_making *m, const char *text);

void rc_make_goals(rc_making *m); /* what of the verdict is known beforehand */
void rc_make_verdict(rc_making *m);
/* The day of rc_verdict's fallback_later, of so many futures. */
void rc_make_later(rc_making *m, uint64_t futures);
void rc_make_map(rc_making *m, const rc_spread *finish, const rc_spread *truth);
void rc_make_dots(rc_making *m);
void rc_make_figures(rc_making *m); /* histograms, hit map */
void rc_make_details(rc_making *m); /* tasks, drivers, outputs: of the detail futures */
double rc_details_bytes(uint64_t futures, uint32_t threads, bool verdict_only);

/* A what-if beside the plan, window by window: only futures whose answer changed tell of
 * the difference. */
typedef struct rc_pairing {
    uint64_t better, worse;
    rc_running value; /* change of what a future earns */
    rc_running cost;  /* and of what it costs */
    double together;  /* sum of change of the answer times change of the cost */
} rc_pairing;
void rc_pair_window(rc_pairing *pairing, const rc_making *was, const rc_making *is);
rc_status rc_make_what_if(rc_making *m, const rc_variant *variant,
                          const rc_pairing *pairing, const rc_result *other,
                          rc_error *err);

#endif
