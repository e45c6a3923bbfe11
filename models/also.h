/* also.h -- inside the model experiments: what tries do to other metrics.
 *
 *   value = truth x product of (1 + change) + sum of changes
 *
 * over all kept successes of this round: relative changes ("%") multiply what the metric
 * was when the round began, all others ("points", its unit) add, so that their order does
 * not matter; what multiplies never goes below nothing, a share stays within 0 and 100 %.
 * Changes belong to one approach's model, or (slot `approaches`) to every one; those of
 * the model that the search ends with are written to "metric.<id>" when its round ends,
 * and shift ".measured" where that is known.
 *
 * Limits look at the same values, as they truly are.  How far a model is beyond them:
 *
 *   breach = sum over limits of max(0, (value - limit)/|limit|), mirrored for >=
 *
 * A metric that another search moves and has not begun with stands at the baseline of
 * that search.
 *
 * Units    metric's own.  Errors none: the scenario's checks know every metric.
 * Memory   state rows, only where a scenario speaks of other metrics.
 */
#ifndef ROADCAST_MODELS_ALSO_H
#define ROADCAST_MODELS_ALSO_H

#include "experiments.h"

typedef struct rc_touched {
    const char *metric;
    uint32_t truth, measured;    /* state rows */
    uint32_t times, plus;        /* first of `slots` state rows */
    const rc_estimate *baseline; /* of the search that moves it; NULL: no search */
    bool share;
} rc_touched;

typedef struct rc_limit {
    uint32_t touched;
    bool at_most; /* else at least */
    double value;
} rc_limit;

typedef struct rc_also_plan {
    uint32_t n, limits_n, slots;
    rc_touched *touched;
    rc_limit *limits;
} rc_also_plan;

void rc_also_bind(rc_also_plan *also, rc_binder *b, const rc_experiments *s,
                  const char *path);
/* Whether this search changes that metric besides its own. */
bool rc_also_touches(const rc_experiments *s, const char *metric);
/* Whether what it does to that metric may be an improvement, by more than one chance in a
 * hundred. */
bool rc_also_improves(const rc_experiments *s, const char *metric, bool up);
/* A round begins: nothing has changed yet. again: not the first. */
void rc_also_begin(const rc_also_plan *also, const rc_step *step, uint32_t lane,
                   bool again);
/* These effects happen, use `index` of each, to a slot. */
void rc_also_keep(const rc_also_plan *also, const rc_step *step, uint32_t lane,
                  uint32_t slot, const rc_effects *effects, uint32_t index);
/* How far an approach's model is beyond the limits, with more effects (may be NULL). */
double rc_also_breach(const rc_also_plan *also, const rc_step *step, uint32_t lane,
                      uint32_t approach, const rc_effects *more, uint32_t index);
/* The round ends with this approach's model. */
void rc_also_apply(const rc_also_plan *also, const rc_step *step, uint32_t lane,
                   uint32_t approach);

#endif
