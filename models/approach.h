/* approach.h -- inside the model experiments: which approach the next try is made on, and
 * which model is the best.
 *
 *   at first   in the order of the list: each for tries_each tries ("best measured"), or
 *              until tries_each in a row were not kept ("one by one")
 *   then       the one that measures best, of those that a lever can still be tried on
 *
 * The best model is the one least beyond the limits, of these the one that measures best,
 * of these the first in the list.  Only what is built counts: today's model (where it may
 * ship), and approaches of which a try has ended without a crash.  After its first round
 * a search stays with the approach that it has come to.
 *
 * Errors   none.  Threads: no state.
 */
#ifndef ROADCAST_MODELS_APPROACH_H
#define ROADCAST_MODELS_APPROACH_H

#include "search.h"

#define RC_NO_APPROACH UINT32_MAX

/* Of several. passed: bit a is set where approach a has no lever to offer. */
uint32_t rc_approach_next(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                          const rc_search *s, uint32_t passed);
/* Of all that are built; s->at where none is. */
uint32_t rc_approach_best(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                          const rc_search *s);

#endif
