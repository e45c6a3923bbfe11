/* measure.h -- from the true value of a metric to what a test set shows.
 *
 *   measured = true + b + seed + pair
 *   b        = Q(u; n, true) / n - true          Q the binomial quantile
 *   pair     = z s sqrt(2 (1 - r))               s = sqrt(true (1 - true) / n)
 *
 * u is one uniform per test set and future, so that b is the same luck for every model
 * that is measured on this test set; z is a standard normal of each measurement.
 *
 * Search, gate and audit all measure through rc_measured.  Without a test size (n = 0),
 * or for a metric that is no share, b and pair are 0.
 *
 * Units    true and measured in the unit of the metric (share 0 to 1); n examples.
 * Errors   none.  Threads: no state.
 * Source   models/README.md, sections Experiments and Gates.
 */
#ifndef ROADCAST_MODELS_MEASURE_H
#define ROADCAST_MODELS_MEASURE_H

#include <roadcast/model.h>

typedef struct rc_test_set {
    double size;      /* examples that count (positives for recall); 0: exact */
    double correlate; /* r of two models on the same test set */
} rc_test_set;

/* Binomial sd of the metric on this test set. */
double rc_test_sd(const rc_test_set *test, double truth);
/* Error b of the test set, from the word of "<group id>.test_set". */
double rc_test_error(const rc_test_set *test, double truth, uint32_t word);
/* seed: the model's own seed part; pair_z: a standard normal of this measurement. */
double rc_measured(const rc_test_set *test, double truth, uint32_t word, double seed,
                   double pair_z);
/* The same where the error b of the test set is known. */
double rc_measured_off(const rc_test_set *test, double truth, double b, double seed,
                       double pair_z);
/* Index of the word "<group id>.test_set": one test set for all, or with fresh_test a
 * new one for every gate measurement (the search that follows a gate goes on with the
 * gate's). */
uint32_t rc_test_index(bool fresh, uint32_t round, bool at_gate);

#endif
