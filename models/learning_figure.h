/* learning_figure.h -- what the figure `learning` shows: today's model moved along the
 * learning curve of each future, by labels alone.
 *
 *   e(n) = e_today - (curve(labels_now) - curve(n)) (1 + .45 t), never below the ceiling
 *
 * at n = labels_now … until in equal steps of ln n; and the curve itself below labels_now,
 * from the first measured point on.  until is four times the labels that the plan brings
 * at its medians, ten times those of today at the least.
 *
 * Outputs  figures.learning.curve, .at_target (share of futures on target), .fit; .from,
 *          .labels_now, .until (ends of the axis); .labels_come: clean ones that the plan
 *          brings; .points.labels, .points.value;
 *          .suffice: the labels of this plan reach the target without any try;
 *          .ever: some number of labels does; .needed: how many then
 * Memory   in the plan.  Errors none.  Threads: no state.
 */
#ifndef ROADCAST_MODELS_LEARNING_FIGURE_H
#define ROADCAST_MODELS_LEARNING_FIGURE_H

#include "learning.h"

enum {
    RC_LEARNING_FIT_STEPS = 5,   /* first point … labels_now */
    RC_LEARNING_CURVE_STEPS = 11 /* labels_now … until */
};

typedef struct rc_learning_figure rc_learning_figure;

/* A curve of a metric; target NAN: none; planned: labels that the plan brings. */
typedef struct rc_learning_shown {
    const rc_learning_curve *curve;
    const char *name, *unit; /* of the search; of the metric in result.json */
    bool up;
    double target, planned;
} rc_learning_shown;

rc_learning_figure *rc_bind_learning_figure(rc_binder *b,
                                            const rc_learning_shown *shown);

/* One future: e of today's model, floor and curve as drawn, surprise = 1 + .45 t, labels
 * that come in all. */
typedef struct rc_learning_future {
    double e, floor, q, c, surprise, labels;
} rc_learning_future;

void rc_learning_figure_fill(const rc_learning_figure *figure, const rc_step *step,
                             uint32_t lane, const rc_learning_future *future);

/* Labels at which e(n) is `wanted`; INFINITY: none are enough. */
double rc_learning_needed(const rc_learning_future *future, double labels_now,
                          double wanted);

#endif
