/* fairness.h -- are groups served equally, and what does it take to serve them so?
 *
 *   gap        of a group against everyone else, in the target's metric: drawn once
 *   audit      measured = gap + z SE,  SE = sqrt(A (1 - A) / (n share))
 *              A: true value of the metric now; n: size of the test set; z: one word
 *              per test set, group and future (a new one each round with fresh_test)
 *   counts     measured - z(sure) SE > limit: shown with confidence `sure`
 *   mitigation is spent where the worst measured gap is over the limit: it takes time,
 *              closes a share of every gap and costs quality
 *
 * "four-fifths" compares 0.8 - ratio with the limit instead of the gap: ratio is the
 * group's rate A - gap over the best of the others, everyone else (A) among them; its
 * SE is that of the gap over the best rate.
 *
 * Units    gaps, limits, costs are shares (4 points = 0.04); days are working days.
 * State    gap.<group>; reads and lowers metric.<target metric>.
 * Without experiments of the target's metric, or without their test_size, an audit is
 * exact.
 * Source   Feldman 2015 and 29 CFR 1607.4 D for four-fifths; Hardt 2016 for equal
 *          opportunity.
 */
#ifndef ROADCAST_MODELS_FAIRNESS_H
#define ROADCAST_MODELS_FAIRNESS_H

#include <roadcast/model.h>

typedef enum rc_fairness_measure {
    RC_EQUAL_OPPORTUNITY,
    RC_FOUR_FIFTHS
} rc_fairness_measure;

typedef struct rc_fairness_group {
    rc_head head;
    rc_estimate share; /* once; of the test set */
    rc_estimate gap;   /* once; positive: the group is served worse */
} rc_fairness_group;

typedef struct rc_mitigation {
    rc_estimate duration; /* each round; working days */
    rc_estimate closes;   /* each round; share of every gap */
    rc_estimate costs;    /* each round; quality lost */
} rc_mitigation;

#define RC_AUDIT_SURE 0.9 /* unless stated */

typedef struct rc_fairness {
    rc_head head;
    int measure; /* rc_fairness_measure */
    double limit;
    double sure;
    rc_list groups; /* rc_fairness_group */
    const rc_mitigation *mitigation;
} rc_fairness;

extern const rc_model rc_model_fairness;

/* What a gate asks: is no gap shown to be over the limit? bound: of this group's bind;
 * step: the gate's. Draws the true gaps where no audit was made before. */
bool rc_fairness_passes(const void *settings, const void *bound,
                        const rc_step *gate_step, uint32_t lane);

/* Examples per group that show a gap p1 - p2 at 5 % (two-sided) in 80 % of audits:
 * (1.96 + .84)^2 (p1 (1 - p1) + p2 (1 - p2)) / (p1 - p2)^2. */
double rc_audit_size(double p1, double p2);

/* max - min of equally served groups, expected, in standard errors of one group:
 * 1.128 of 2 groups, 1.693 of 3, 2.326 of 5. */
double rc_range_of_equals(uint32_t groups);

#endif
