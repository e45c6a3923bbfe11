/* test_set.h -- the test set of a metric, where gates and audits look at it.
 *
 * A search (experiments.h) moves a metric and owns its test set; whoever else measures
 * that metric binds it here and so meets the same luck.  A metric that no search moves
 * is measured exactly.
 *
 * State    metric.<id>, metric.<id>.measured, metric.<id>.seed
 * Words    "<id of the search>.test_set", index by rc_test_index
 */
#ifndef ROADCAST_MODELS_TEST_SET_H
#define ROADCAST_MODELS_TEST_SET_H

#include "experiments.h"
#include "measure.h"

typedef struct rc_tested_metric {
    const char *id;
    const rc_experiments *search;   /* NULL: none moves it */
    bool up;                        /* more is better */
    uint32_t words;                 /* of its test set */
    uint32_t truth, measured, seed; /* state rows */
} rc_tested_metric;

/* The metric that a roadmap is about: the target's, else that of the first search; NULL
 * where there is neither. */
const char *rc_bind_main_metric(rc_binder *b);
rc_tested_metric rc_bind_tested_metric(rc_binder *b, const char *id);

/* Its test set in one future; { 0 }: exact. */
rc_test_set rc_tested_metric_set(const rc_tested_metric *metric, const rc_step *step,
                                 uint32_t lane);
/* Index of its words (rc_test_index) in this round. */
uint32_t rc_tested_metric_index(const rc_tested_metric *metric, const rc_step *step,
                                bool at_gate);

#endif
