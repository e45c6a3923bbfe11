/* checkpoints.h -- a day on which the plan is given up if it looks bad by then.
 *
 *   seen      the metric as it was measured last by the evening of the day, by a search or
 *             a gate; before a search has measured anything, today's model. What only gates
 *             measure and none has measured by then is not known: it stops nothing.
 *             "cost": the money spent by then
 *   stopped   on that evening where stop_if holds of what is seen, unless the plan has
 *             launched by then, or was stopped before
 *
 * Whoever measures a metric tells it when it does (rc_tell): the last one by the evening
 * stands. Measurements of a search are told in working time, as if no freeze paused it.
 *
 * State     checkpoint.<id>.seen, row per checkpoint
 * Units     working days, the metric's base unit, the scenario's currency. Memory: none.
 * Source    models/README.md, section Checkpoints.
 */
#ifndef ROADCAST_MODELS_CHECKPOINTS_H
#define ROADCAST_MODELS_CHECKPOINTS_H

#include <roadcast/model.h>

typedef struct rc_checkpoint {
    rc_head head;
    int32_t on; /* date */
    rc_condition stop_if;
} rc_checkpoint;

extern const rc_model rc_model_checkpoints;

/* The checkpoints that look at one metric; n is 0 where none does. */
typedef struct rc_told_day {
    double evening;
    uint32_t row;
} rc_told_day;

typedef struct rc_told {
    const rc_told_day *day;
    uint32_t n;
} rc_told;

rc_told rc_bind_told(rc_binder *b, const char *metric);

/* A value was measured at a working time. Later ones overwrite it while it counts. */
static inline void rc_tell(const rc_told *told, const rc_step *step, uint32_t lane,
                           double time, double measured)
{
    for (uint32_t i = 0; i < told->n; i++)
        if (time <= told->day[i].evening)
            step->row[told->day[i].row][lane] = measured;
}

#endif
