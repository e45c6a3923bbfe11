/* fixture.h -- results made by hand, for tests of reports and charts.
 *
 * Every member is filled with numbers that fraud_v2 could have given; they agree with
 * each other well enough to be read, and come from no simulation.  Variants take away
 * what a real result may lack.
 *
 * Memory   yours to free with fixture_free, never with rc_result_free.
 */
#ifndef ROADCAST_TESTS_FIXTURE_H
#define ROADCAST_TESTS_FIXTURE_H

#include <roadcast/result.h>

typedef enum fixture_kind {
    FIXTURE_FRAUD_V2,
    FIXTURE_NOTHING_LAUNCHED, /* every future is stopped: finish is never */
    FIXTURE_NO_GOALS,         /* no deadline, budget or target */
    FIXTURE_ONE_DATE,         /* nothing is uncertain: every future is the same */
    FIXTURE_NO_OUTPUTS,       /* a plan of tasks alone: no metric, no model's outputs */
    FIXTURE_KINDS
} fixture_kind;

rc_result *fixture_new(fixture_kind kind);
void fixture_free(rc_result *result);

/* Text as an enemy would write it, in every text that a user can set. */
rc_result *fixture_hostile(const char *text);

#endif
