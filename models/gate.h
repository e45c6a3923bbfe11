/* gate.h -- who may pass: decided on what was measured, not on what is true.
 *
 *   target       measured = true + b + seed + pair against the goal (measure.h); a new
 *                pair in each round; the measurement is kept, and the search goes on
 *                from it
 *   metric op v  a metric of the target's search as measured; one of `metrics` is drawn
 *                in round 1 and times 1 + each_round in each further round
 *   …, p sure    instead of what was measured the end of its one-sided interval of
 *                confidence p meets v: the lower end for >= and >, the upper for < and <=
 *                (rc_wilson_end). p one-sided is 2p - 1 two-sided: 97.5 % here is what a
 *                regulator's two-sided 95 % asks
 *   fairness     no group's gap is shown to be over the limit (fairness.h)
 *   chance_to_pass   drawn once per future, passing drawn in each round
 *
 * The engine walks the loop; the settings of this model are one rc_gate (model.h), and
 * step->verdict gets 0 or 1 + the index of the first need that failed, needs.n standing
 * for the chance.
 *
 *   false go     passed though truly off the target, or off a need with confidence
 *   false no-go  failed for one of these in some round though truly on it
 */
#ifndef ROADCAST_MODELS_GATE_H
#define ROADCAST_MODELS_GATE_H

#include <roadcast/model.h>

extern const rc_model rc_model_gate;

/* Accuracy that a test set shows whose labels are wrong with chance eta, evenly among
 * the other classes: A (1 - eta) + (1 - A) eta / (classes - 1). */
double rc_noisy_label_accuracy(double accuracy, double eta, double classes);

/* P(k / n >= threshold), k ~ Binomial(n, p): the chance to pass a test of n examples.
 * n 500, threshold .72: .330735 at p .71, 1 - .142421 at p .74. */
double rc_gate_pass_chance(double p, double n, double threshold);

/* End of Wilson's interval of a share measured on n cases, z > 0 the upper one, z < 0 the
 * lower one: the true share at which the measured one is z standard deviations away.
 * 81 of 90, z 1.96: 0.820756 and 0.946494.  Wilson 1927. */
double rc_wilson_end(double measured, double n, double z);

#endif
