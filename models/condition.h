/* condition.h -- whether a metric is as a condition of the scenario asks, "recall < 80.5 %":
 * the rule of rc_reaches (model.h), with < and > as its strict sides.
 *
 *   >=, <=    met on the threshold, and within its hair
 *   <, >      not met there
 *   no value  always met: something else judges
 */
#ifndef ROADCAST_MODELS_CONDITION_H
#define ROADCAST_MODELS_CONDITION_H

#include <roadcast/model.h>

/* More is better. */
static inline bool rc_condition_up(const rc_condition *asks)
{
    return asks->op == RC_AT_LEAST || asks->op == RC_ABOVE;
}

static inline bool rc_condition_met(const rc_condition *asks, double value)
{
    switch (asks->op) {
    case RC_BELOW:
        return value < asks->value - rc_hair(asks->value);
    case RC_ABOVE:
        return value > asks->value + rc_hair(asks->value);
    case RC_AT_MOST:
    case RC_AT_LEAST:
        return rc_reaches(value, asks->value, rc_condition_up(asks));
    case RC_ANY:
        break;
    }
    return true;
}

/* A target, as a gate or a site asks for it. */
static inline rc_condition rc_target_asks(const rc_target *target)
{
    return (rc_condition){.metric = target->metric,
                          .op = target->up ? RC_AT_LEAST : RC_AT_MOST,
                          .value = target->value,
                          .unit = target->unit,
                          .at = target->at};
}

#endif
