/* estimate_laws.h -- from what somebody stated to a law that passes through it.
 *
 *   two ends     shares: beta on 0 to 1; changes, or a low end that is not positive:
 *                normal; else lognormal. With simulation.ranges "min-max": uniform
 *   three        pert (lambda 4) with these P10, mode, P90; "min-max": pert on them
 *   at a limit   a pert that would reach below zero (changes: -100 %; shares: 0 or
 *                100 %) gets its minimum there, keeps P10 and P90, and its mode gives
 *                way. Where no such pert exists: gamma (shares: beta; changes: normal)
 *                through P10 and P90. The answer says so.
 *   widen        stated points move away from the median of the law that fits them, by
 *                this factor: in the logit for shares, in the logarithm where all are
 *                positive, else (and for changes) as they are; then it is fitted again
 *
 * Memory   laws made here have no parts. Sentences go to reading->assumed.
 * Errors   false after one fault.
 */
#ifndef ROADCAST_SCENARIO_ESTIMATE_LAWS_H
#define ROADCAST_SCENARIO_ESTIMATE_LAWS_H

#include "scenario/estimate_text.h"

/* What was stated, in base units: two ends, or low, mode, high. */
typedef struct rc_stated {
    uint32_t n;
    double x[3];
    double low_p, high_p;
    bool ends; /* they are the ends of the law, not percentiles */
    rc_span where;
} rc_stated;

bool rc_stated_law(rc_cursor *c, rc_law *out, const rc_stated *stated);

/* Whether a law may stand for this quantity: lawful, finite, within what the quantity
 * can be, and within the row's limits where the law is bounded. Sets floor_at.
 * check_reach: false where the stated numbers were checked and the ends of the law are
 * only implied. */
bool rc_law_accept(rc_cursor *c, rc_law *law, rc_span where, bool check_reach);

#endif
