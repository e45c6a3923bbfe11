/* evals.h -- how a metric is measured where no test set knows the truth: by raters,
 * people or models that judge.
 *
 *   agreement   a of one rater; a_r of a majority of `raters`, any two of whose votes
 *               correlate (labelling.h)
 *   shown       A a_r + (1 - A)(1 - a_r) + judge_bias, within 0 and 1
 *   measured    as in measure.h, of `items` judged examples
 *   calibrated  people judge that many of the items too, of every version that is
 *               measured, and the mean difference is taken off: shown is A + e, one e per
 *               future (people keep their items), sd sqrt(v (1 / calibrated - 1 / items)),
 *               v = 1 - a_r + |judge_bias|
 *
 * The last is prediction-powered inference (Angelopoulos and others 2023). With h what
 * people say of an item and j what the judges say, its variance is var(h) / items +
 * var(h - j) (1 / calibrated - 1 / items): the items' own luck, and the difference on those
 * that people have not judged; where they have judged all, they are the test. v is the
 * share of items on which they differ (the square of the mean difference, some percent of
 * it, is left in).
 *
 * State    at the launch, of futures that launch: measured - true, and the part of it
 *          that a judge of infinitely many items would make; the rest is the luck of the
 *          items and the choice of the best measured (winner's curse).
 * Words    "<path>.calibration" (index 0)
 * Units    shares 0 to 1; metric as its share.
 * Source   models/README.md, section Evals.
 */
#ifndef ROADCAST_MODELS_EVALS_H
#define ROADCAST_MODELS_EVALS_H

#include <roadcast/model.h>
#include "test_set.h"

typedef struct rc_evals {
    rc_head head;
    const char *metric; /* NULL: the target's */
    int64_t items;
    int64_t raters;
    rc_estimate judge_agrees; /* once */
    rc_estimate judge_bias;   /* once */
    double votes_correlate;
    int64_t calibrated; /* 0: nobody checks the judge */
} rc_evals;

extern const rc_model rc_model_evals;

/* For the list of test_set.c. */
const char *rc_evals_metric(const void *settings, const rc_goals *goals);
void rc_evals_change(rc_test_set *test, const rc_measured_by *by, const rc_step *step,
                     uint32_t lane);

/* sd of what is left of the judges once people have judged n of the items. */
double rc_calibration_sd(double a, double bias, double n, double items);

#endif
