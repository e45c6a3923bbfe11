/* serving.h -- what it costs to answer: requests, tokens and their price.
 *
 *   volume(t)  requests (1 + growth)^i a(t), i the month since calendar.start; a(t) the
 *              adoption of `value`, growth its too, where there is such a group (the
 *              same market is not described twice)
 *   cost(k)    integral over month k of service: volume x tokens x price / 1e6, the
 *              price moved by each version of the provider from the day it takes effect
 *
 * Adoption ramps linearly, months and versions are steps: between them the volume is a
 * straight line, and is summed by its middle, which is exact.
 *
 * Units    months of 30.4375 days; money for 1M tokens.
 * State    adds to production's series of money spent, and within watch_for to its cost.
 * Errors   none after check.  Threads: no state.
 */
#ifndef ROADCAST_MODELS_SERVING_H
#define ROADCAST_MODELS_SERVING_H

#include <roadcast/model.h>

typedef struct rc_serving {
    rc_head head;
    rc_estimate requests; /* once; a month */
    rc_estimate growth;   /* once; a month */
    rc_estimate tokens;   /* once; a request */
    rc_estimate price;    /* once; of 1M tokens */
} rc_serving;

extern const rc_model rc_model_serving;

#endif
