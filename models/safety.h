/* safety.h -- red teaming before the launch: what it finds blocks until it is fixed.
 *
 *   problems   blocking ~ Poisson(findings x blocks), others ~ Poisson(findings x
 *              (1 - blocks)): others are noted and do not hold up the launch
 *   a round    takes round_takes, pays round_costs, finds ~ Binomial(blocking problems
 *              that are there, finds); where it finds none, the red team is done
 *   a fix      takes fix_takes, fixed_at_once of them in parallel; brings a new
 *              blocking problem with chance brings_new, for the next round to find;
 *              and does to metrics what `also` says (refusing more than it should)
 *
 * State    `also` changes row metric.<id>, where it has a value by then.
 *
 * What no round has found is there at the launch: `unfound`.  In a further round of a
 * gate's loop the red team comes again: to what was not found it adds
 * Poisson(findings x blocks x again); as the task gone back to it starts no round of its
 * own after the rework's length.
 *
 * Closed forms, problems ~ Poisson(m), a fix holds for certain or q is its chance to
 * bring a new one, f the share found:
 *
 *   f = 1    P(rounds <= r) = exp(-m q^(r-1)), fixes m / (1 - q) on average
 *   q = 0    round i finds Poisson(m f (1-f)^(i-1)), independent of the others
 *
 * Words    "<path>.problems", "<path>.others" (index: round of the plan),
 *          "<path>.found", "<path>.new" (index: how manieth round of red teaming)
 * Units    working days, money of kind "safety", shares 0 to 1.
 * Memory   one rc_red_team a lane.
 * Errors   none after check.  Threads: no state.
 * Source   models/README.md, section Safety.
 */
#ifndef ROADCAST_MODELS_SAFETY_H
#define ROADCAST_MODELS_SAFETY_H

#include <roadcast/model.h>

enum {
    RC_FIXERS_MAX = 16,
    RC_RED_TEAM_ROUNDS_MOST = 200 /* guard against fixes that always bring new ones */
};

typedef struct rc_safety {
    rc_head head;
    rc_estimate findings;    /* once: how many to expect, blocking or not */
    rc_estimate blocks;      /* once; absent: all */
    rc_estimate finds;       /* once: share of what is there that a round finds */
    rc_estimate round_takes; /* each */
    rc_estimate round_costs; /* each */
    rc_estimate fix_takes;   /* each */
    int64_t fixed_at_once;
    rc_estimate brings_new; /* once: chance per fix */
    rc_effects also;        /* each fix */
    rc_estimate again;      /* once: share that shows anew in a further round */
} rc_safety;

extern const rc_model rc_model_safety;

#endif
