/* value.h -- what a plan is worth: money that quality brings from the launch to the
 * horizon, against doing nothing and against today's model.
 *
 * f(q) = max(0, (q - nothing_at)/(at - nothing_at)) is what quality q brings of
 * per_month; at: that of the first target, as the file says it. The market (growth, adoption, rival, discount) and
 * the sum over time are those of earning.h.
 *
 *   product_s(k)  share_s f(q_k + quality_s), 0 where the need of s is not met;
 *                 q_k the online quality of month k of service ("production.quality"),
 *                 without production that at the launch
 *   today_s(i)    the same of today's model in the middle of calendar month i, losing
 *                 what production.drift says since calendar.start, never retrained
 *   npv           sum of both over the horizon, less "production.spent", less what the
 *                 plan cost, which counts in full, not discounted. Where the product was
 *                 taken back at first it serves from its second start on
 *   over today    npv less what today's model would bring alone
 *   a week later  npv of the same future, its launch 7/30.4375 months later
 *
 * Who has not adopted the product stays with today's model; a plan that is stopped leaves
 * it in service. The problem is the right one with chance right_problem: else nobody
 * adopts the product, and where known_at is given the plan is stopped when that task is
 * done.
 *
 * Units    months of 30.4375 days; money in the scenario's currency.
 * State    reads metric.<target metric> and those that segments need, production.quality,
 *          production.spent, after_launch.cost.
 */
#ifndef ROADCAST_MODELS_VALUE_H
#define ROADCAST_MODELS_VALUE_H

#include "experiments.h"

typedef struct rc_value_rival {
    rc_estimate arrives; /* once; months from calendar.start */
    rc_estimate takes;   /* once; share */
} rc_value_rival;

typedef struct rc_value_segment {
    rc_head head;
    double share;        /* of the value, today */
    rc_estimate growth;  /* once; a month; absent: value.growth */
    rc_condition needs;  /* text NULL: none */
    rc_estimate quality; /* once; points above the average */
} rc_value_segment;

typedef struct rc_value {
    rc_head head;
    rc_estimate per_month;     /* once */
    rc_estimate at;            /* once; quality; absent: the target's */
    rc_estimate nothing_at;    /* once; absent: 0 */
    rc_estimate today;         /* once; absent: no model is in service */
    rc_estimate growth;        /* once; a month */
    rc_estimate adoption;      /* once; share; absent: everybody */
    rc_estimate adopted_after; /* once; months; absent: at once */
    double discount;           /* a year */
    double horizon;            /* months */
    const rc_value_rival *rival;
    rc_estimate right_problem; /* once; chance; absent: it is the right one */
    const char *known_at;      /* task id */
    rc_list segments;          /* rc_value_segment */
} rc_value;

extern const rc_group rc_value_group;
void rc_value_check(const void *settings, const rc_goals *goals, rc_faults *faults);

/* Where a search of the target's metric starts elsewhere than at today's model, beyond the
 * P10 to P90 of its baseline: that baseline; else NULL. */
const rc_estimate *rc_value_other_start(const rc_value *settings,
                                        const rc_experiments *search,
                                        const rc_goals *goals);

extern const rc_model rc_model_value;

#endif
