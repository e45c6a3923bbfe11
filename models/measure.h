/* measure.h -- from the true value of a metric to what a test set shows.
 *
 *   shown    = bias + (1 - loses) true + leak    who labels the test set, who judges
 *   measured = shown + b + seed + pair
 *   b        = Q(u; n, shown) / n - shown        Q the binomial quantile
 *   pair     = z sqrt(2 (1 - r) s^2 + noise^2)   s = sqrt(shown (1 - shown) / n)
 *
 * u is one uniform per test set and future, so that b is the same luck for every model
 * that is measured on this test set; z is a standard normal of each measurement.
 *
 * Search, gate and audit all measure through rc_measured, so bias, loss and noise enter
 * here alone.  Without a test size (n = 0), or where what is shown is no share, b and the
 * part of s are 0.  An audit compares groups: of a gap it sees (1 - loses), no bias.
 *
 * Raters, judges, readers: a group of a scenario that says how a metric is measured fills
 * the members in, from its rows, in a function of its own that test_set.c lists.  A judge
 * that is right with chance a: loses = 2 (1 - a), bias = 1 - a.
 *
 * A leak in the data (data_supply.h) shows everywhere by as much until it is found, within
 * 0 and 1.
 *
 * Units    true and measured in the unit of the metric (share 0 to 1); n examples.
 * Errors   none.  Threads: no state.
 * Source   models/README.md, sections Experiments and Gates.
 */
#ifndef ROADCAST_MODELS_MEASURE_H
#define ROADCAST_MODELS_MEASURE_H

#include <roadcast/model.h>
#include <math.h>

typedef struct rc_test_set {
    double size;      /* examples that count (positives for recall); 0: b is 0 */
    double correlate; /* r of two models on the same test set */
    double loses;     /* share of every difference that does not show */
    double bias;      /* in the unit of the metric */
    double noise;     /* sd of each measurement, beside the test set's */
    double leak;      /* what a leak in the data adds, in the unit of the metric */
    bool is_share;    /* what is shown stays within 0 and 1 */
} rc_test_set;

/* What a test set without end shows on average. */
static inline double rc_test_shows(const rc_test_set *test, double truth)
{
    const double shown = test->bias + (1.0 - test->loses) * truth + test->leak;
    return test->is_share ? fmin(fmax(shown, 0.0), 1.0) : shown;
}

/* Binomial sd of what this test set shows. */
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
