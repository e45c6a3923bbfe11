/* reference_online_test.h -- a test on users in one future, told plainly from the equations of
 * models/README.md, to hold models/online_test.c against.
 *
 * Rounds are told one after the other: a new test, or one that runs on.
 */
#ifndef ROADCAST_TESTS_REFERENCE_ONLINE_TEST_H
#define ROADCAST_TESTS_REFERENCE_ONLINE_TEST_H

#include <stdbool.h>

typedef struct reference_test_plan {
    double per_day, arms;
    double mean, sd;                   /* of the measure, of one unit */
    double smallest, bar, sure, power; /* relative; bar: what must be exceeded */
    double at_least, at_most;          /* days; 0: no limit */
} reference_test_plan;

typedef struct reference_test_state {
    double sum, units; /* of an arm: measured effect times units, units */
} reference_test_state;

typedef struct reference_test_seen {
    double days, measured;
    bool ships;
} reference_test_seen;

/* Standard normal quantile by bisection of erfc. */
double reference_quantile(double p);

/* Days of a new test. */
double reference_test_days(const reference_test_plan *plan);
/* `days` more of a test; luck: a standard normal. State of a new test: { 0 }. */
reference_test_seen reference_test_run(const reference_test_plan *plan,
                                       reference_test_state *state, double days,
                                       double truth, double luck);

#endif
