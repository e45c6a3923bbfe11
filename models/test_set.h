/* test_set.h -- the test set of a metric, where gates and audits look at it.
 *
 * A search (experiments.h) moves a metric and owns its test set; whoever else measures
 * that metric binds it here and so meets the same luck.  A metric that no search moves,
 * and of which nobody says how it is measured, is measured exactly.
 *
 * How a metric is measured may be said by a group of its own: raters and a judge, expert
 * readers.  Such a group writes a function that changes the test set of a future (size,
 * loses, bias, noise; from rc_row of its estimates) and stands in the list `measurers` of
 * test_set.c.  Search, gate and audit follow.
 *
 * A study (enrolment.h) measures a metric on fresh cases of its own: whoever asks after it
 * has ended sees these instead. What it measures is the model itself, so the seed part of
 * its training is in what is counted, and there is no pair: k right ones of n cases.
 *
 * State    metric.<id>, metric.<id>.measured, metric.<id>.seed, study.<id>.…
 * Words    "<id of the search>.test_set", without a search "metric.<id>.test_set"; index
 *          by rc_test_index
 */
#ifndef ROADCAST_MODELS_TEST_SET_H
#define ROADCAST_MODELS_TEST_SET_H

#include "experiments.h"
#include "data_supply.h"
#include "measure.h"

/* State rows that a study leaves behind. until: working time of its end, NAN: none has
 * ended; size: cases; what it shows is bias + (1 - loses) true. */
typedef struct rc_study_rows {
    uint32_t until, size, bias, loses, round;
} rc_study_rows;

/* Who says how a metric is measured: a group of the scenario. `change` NULL: nobody.
 * Leaks show in shares that a search moves. */
typedef struct rc_measured_by {
    /* from the test set of the search, or { 0 }, to what this group makes of it */
    void (*change)(rc_test_set *test, const struct rc_measured_by *by,
                   const rc_step *step, uint32_t lane);
    const void *settings, *bound; /* bound: its model stands before experiments */
    rc_leaks leaks;
    bool leaks_up;       /* what leaks makes the metric higher */
    uint32_t leaked_row; /* state: the leak that is in what was measured last */
} rc_measured_by;

/* Whether what is measured is not just true, seed and test set. */
static inline bool rc_measured_otherwise(const rc_measured_by *by)
{
    return by->change || by->leaks.n > 0;
}

typedef struct rc_tested_metric {
    const char *id;
    const rc_experiments *search; /* NULL: none moves it */
    rc_measured_by by;
    bool studied; /* some study measures it */
    rc_study_rows study;
    bool up;                        /* more is better */
    uint32_t words;                 /* of its test set */
    uint32_t truth, measured, seed; /* state rows */
} rc_tested_metric;

/* The metric that a roadmap is about: the target's, else that of the first search; NULL
 * where there is neither. */
const char *rc_bind_main_metric(rc_binder *b);
rc_tested_metric rc_bind_tested_metric(rc_binder *b, const char *id);
rc_study_rows rc_bind_study(rc_binder *b, const char *metric);
/* Who says how this metric is measured. */
rc_measured_by rc_bind_measured_by(rc_binder *b, const char *id);

/* What a gate at step->start sees of it; pair_words: of the pair of each round. */
double rc_tested_metric_measure(const rc_tested_metric *metric, const rc_step *step,
                                uint32_t lane, uint32_t pair_words);

/* For checks: what a metric is measured in, "" where it has no unit; NULL: nothing
 * produces it. */
const char *rc_check_unit(const rc_faults *faults, const rc_goals *goals,
                          const char *id);

/* For checks: whether anything says on how many cases a metric is measured. */
bool rc_check_counted(const rc_faults *faults);

/* Its test set in one future, that of a study once one has ended; { 0 }: exact. */
rc_test_set rc_tested_metric_set(const rc_tested_metric *metric, const rc_step *step,
                                 uint32_t lane);
/* The same from its parts; search may be NULL. */
rc_test_set rc_test_set_of(const rc_experiments *search, const rc_measured_by *by,
                           const rc_step *step, uint32_t lane);
/* Index of its words in this round: rc_test_index, or that of a study. */
uint32_t rc_tested_metric_index(const rc_tested_metric *metric, const rc_step *step,
                                uint32_t lane, bool at_gate);

#endif
