/* data_supply.h -- where the data come from: how long it takes until there are enough that
 * may be used, what they cost, and whether they tell more than they will in service.
 *
 *   needed   = items/(usable consent)                         raw, of the same kind
 *   raw(t)   = min(have + arrives t, in_all)                  t calendar days
 *   items(t) = min(items, usable consent raw(t - label_delay))
 *   days     = (min(needed, in_all) - have)/arrives + label_delay, 0 where on hand is enough
 *
 * Data of users and machines come on every day of the calendar: time is counted in
 * calendar days from the start of the task, and what is complete at night or on a weekend
 * is taken up on the next working morning.  give_up_after ends the wait with what is
 * there; so does the end of all that can ever be had.  The plan goes on with fewer.
 *
 * "50 % of collect" is when so many of the items that will have come are there, their
 * outcomes known: what is on hand at once, the rest evenly.
 *
 * What `slower` stretches is the wait, not the delay of outcomes.
 *
 * With label_delay the items come with their labels (chargebacks, returns, churn): they
 * need no labellers and count on the learning curve, those on hand at once.  Without,
 * labelling that comes after has no more items than these, and ends no sooner than they.
 *
 * A leak is something in the data that will not be known in service, and that a model
 * can tell the answer from.  Until it is found, when task found_at has finished, all that
 * is measured of the metrics that searches move is better by what it loses; what is true
 * never was.
 *
 * State    "data.items" of all groups without labels (INFINITY: no limit), "data.until";
 *          "labels" and its source (labels.h); "leak.since" when a search ended that met
 *          its aim only thanks to a leak; "metric.<id>.leak" the part of the measured
 *          value that is a leak
 * Words    "<path>.leak" (index 0)
 * Units    items are counts, days of the calendar, shares, points.
 * Errors   none after check.  Threads: no state.
 * Source   models/README.md, section Data.
 */
#ifndef ROADCAST_MODELS_DATA_SUPPLY_H
#define ROADCAST_MODELS_DATA_SUPPLY_H

#include <roadcast/model.h>

typedef struct rc_leak {
    rc_estimate chance; /* once */
    rc_estimate loses;  /* once: points */
    const char *found_at;
} rc_leak;

typedef struct rc_data {
    rc_head head;
    rc_estimate items; /* once: wanted, usable and consented */
    rc_estimate have;  /* once: raw, on hand when the task starts */
    rc_estimate arrives;
    rc_estimate in_all;
    rc_estimate usable;
    rc_estimate consent;
    rc_estimate label_delay;
    rc_estimate give_up_after;
    rc_estimate cost_per_item;
    rc_estimate licence;
    const rc_leak *leak;
} rc_data;

extern const rc_model rc_model_data;

/* Calendar days until `items` may be used, arrivals alone; what there is then in *got. */
double rc_data_days(double items, double have, double arrives, double in_all,
                    double usable, double *got);

/* ---------------------------------------------------------------------- leaks */

/* Of all groups of the scenario. */
typedef struct rc_leaks {
    uint32_t n;
    uint32_t *points; /* [n] state rows: what it loses in this future, 0 without one */
    uint32_t *found;  /* [n] finish of found_at; UINT32_MAX: nothing finds it */
} rc_leaks;

rc_leaks rc_bind_leaks(rc_binder *b);
/* By how much the measured is better than the true value at working time t. */
double rc_leaks_show(const rc_leaks *leaks, const rc_step *step, uint32_t lane,
                     double t);

#endif
