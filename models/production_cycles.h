/* production_cycles.h -- a product that is retrained so often that its retrainings are
 * not told one by one: thousands of cycles, each `every` + takes long, in closed form.
 *
 * x is what one cause has lost right after a release, z what it has right before the
 * next, j counts cycles; the mean over what chance does within them is exact:
 *
 *   z_j     = alpha x_j + beta     drift: alpha = e^(-c/tau), beta = a (1 - alpha), or
 *                                  alpha = 1, beta = r c; newcomers: beta, as they come;
 *                                  all others: alpha = 1, beta = 0
 *   x_j+1   = (1 - kappa) z_j      kappa = g E[recovers] a, g the chance of a good
 *                                  release, a the share of labels to learn from
 *   x_j     = x* + (x_0 - x*) q^j  q = (1 - kappa) alpha, x* = (1 - kappa) beta/(1 - q)
 *   in the mean of a cycle         (x_j + z_j)/2
 *   adversary                      right E (1 - (tau/c)(1 - y) g/(1 - (1 - g) y)),
 *                                  y = e^(-c/adapts_in)
 *   below the floor                the part of a cycle in which x .. z is over it
 *
 * What is rare is told one by one all the same: shocks, changes from elsewhere, the
 * noise of months, and bad releases: the number of cycles to the next one is geometric.
 * A retraining costs what it costs on average; alarms play no part.
 */
#ifndef ROADCAST_MODELS_PRODUCTION_CYCLES_H
#define ROADCAST_MODELS_PRODUCTION_CYCLES_H

#include "production_life.h"

/* Whether more than RC_CYCLES_TOLD retrainings fit into the months that count. */
bool rc_life_is_cycles(const rc_life *life);
void rc_live_by_cycles(const rc_life *life, rc_tale *tale);

#endif
