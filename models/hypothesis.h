/* hypothesis.h -- whether what the team believes comes true.
 *
 *   holds     the product is launched, all targets are truly met at the launch and, where
 *             goals.supports is given, the measure is by its day as it is wanted
 *   measure   today x max(0, 1 + per_point x 100 (q - base)), q the online quality in the
 *             month of service that the day lies in (without production: at the launch),
 *             base that of today's model: value.today, else the search's baseline, else the
 *             target. Before the launch, and with the wrong problem, it is as today
 *
 * It has no group of its own: goals.supports and scenario.hypothesis are the settings.
 * State    reads metric.<id> of the targets, production.quality, value.p_right_problem.
 */
#ifndef ROADCAST_MODELS_HYPOTHESIS_H
#define ROADCAST_MODELS_HYPOTHESIS_H

#include <roadcast/model.h>

extern const rc_model rc_model_hypothesis;

#endif
