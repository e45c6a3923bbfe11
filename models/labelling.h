/* labelling.h -- a pool of labellers: how fast labels come, what they cost, and how
 * many clean labels they are worth.
 *
 *   votes      = items x votes_per_item / (1 - rework) + items x disagreement
 *   votes/day  = labellers x speed x min(t / ramp_up, 1)
 *   cost       = votes x cost_per_vote
 *   effective  = items x (1 - u - v)^2 q (1 - q) / (q' (1 - q'))
 *                q' = q (1 - u) + (1 - q) v
 *
 * u missed, v false alarms, q share of positives: what a noisy label tells about the
 * class, relative to a clean one.  K classes with a share eta of wrong labels:
 * (1 - eta K / (K - 1))^2.  Where only the accuracy of one vote is known, eta is what a
 * majority of correlated votes leaves.
 *
 * The figure `labelling` is of the first pool, in its first round: items labelled by each
 * of RC_LABELLING_STEPS days that lie the same number of weeks apart from calendar.start
 * on, up to the deadline and a half again, else four times the median of labelling itself.
 *
 * Units    time in working days, votes and items are counts, shares 0 to 1.
 * State    adds the effective labels to row "labels"; the largest `systematic` stands in
 *          row "labels.systematic": labels that are wrong in the same way lift the error
 *          that no model goes below.
 * Errors   none after check.  Threads: no state.
 * Source   models/README.md, section Labelling.
 */
#ifndef ROADCAST_MODELS_LABELLING_H
#define ROADCAST_MODELS_LABELLING_H

#include <roadcast/model.h>

#define RC_VOTES_CORRELATE 0.3 /* of two votes on an item, unless stated */

typedef struct rc_labelling {
    rc_head head;
    rc_estimate items;
    int64_t votes_per_item;
    double labellers;
    rc_estimate ramp_up;
    rc_estimate speed; /* votes per labeller and day */
    rc_estimate disagreement;
    rc_estimate rework;
    rc_estimate cost_per_vote;
    rc_estimate positives;    /* q */
    rc_estimate missed;       /* u */
    rc_estimate false_alarms; /* v */
    int64_t classes;          /* K */
    rc_estimate wrong;        /* eta: share of final labels that are wrong */
    rc_estimate accuracy;     /* of one vote: eta follows from the majority */
    double votes_correlate;
    rc_estimate systematic; /* share of labels wrong in the same way */
} rc_labelling;

extern const rc_model rc_model_labelling;

enum { RC_LABELLING_STEPS = 41 };

double rc_votes(double items, double votes_per_item, double rework,
                double disagreement);
/* Working days until that many votes are cast. */
double rc_labelling_days(double votes, double labellers, double speed, double ramp_up);
/* Chance that more than half of r independent votes of accuracy a are right. */
double rc_majority(uint32_t r, double a);
/* The same where ties of even r are settled by one more vote, and where any two votes
 * correlate by rho: with chance rho all votes are copies of one. */
double rc_majority_adjudicated(uint32_t r, double a, double rho);

/* What one noisy label is worth in clean ones, 0 to 1. */
double rc_label_worth(double positives, double missed, double false_alarms);
double rc_label_worth_of_classes(double classes, double wrong);

#endif
