/* choice.h -- inside the model experiments: which lever is tried next, on which approach.
 *
 *   in order              the first that may start: its needs have finished, tries are left
 *   round robin           the next one after the last that was started
 *   weighted              by chance, as the levers' weights say
 *   best gain per day     of what the team believes: chance that there is anything to find,
 *                         that a try works, tires, shrinks; gain over days
 *   thompson              the same with a chance drawn from what the team believes
 *
 * The team believes from what has ended and was kept, never from the truth.  Where all that
 * may start promise less than give_up_below, nothing is chosen.
 *
 * Errors   none.  Threads: no state.
 */
#ifndef ROADCAST_MODELS_CHOICE_H
#define ROADCAST_MODELS_CHOICE_H

#include "search.h"

#define RC_NO_LEVER UINT32_MAX

/* The lever, and its approach in *approach; RC_NO_LEVER: none for now.  running: tries
 * under way; failures: in a row; *wake: when a lever comes within reach, INFINITY: never
 * (working days since the search began its round). */
uint32_t rc_choice(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                   const rc_search *s, uint32_t running, uint32_t failures, double now,
                   double *wake, uint32_t *approach);

#endif
