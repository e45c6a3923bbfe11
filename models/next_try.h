/* next_try.h -- inside the model experiments: will the next try work, will the next weeks
 * bring the aim?  Asked of the futures themselves, given the failures so far.
 *
 *   experiments[ID].next.try_after_M_failures    share of futures in which the next try
 *       to end works, among those whose first M tries have all failed; failing is bringing
 *       nothing true, crashed or not.  For one lever, m failures and no crashes it is
 *       pi E[p (1 - p)^m] / (pi E[(1 - p)^m] + 1 - pi)              (belief.h)
 *   experiments[ID].next.after_W_weeks.in_H_weeks    share of futures that measure the aim
 *       in week W + 1 … W + H of the search, among those that still search after W weeks
 *       (after_0_weeks: all that begin).  A week is 5 working days; first round only.
 *
 * Units    shares of futures.  NAN: no future is in that place.
 * Memory   rows of outputs; nothing is written where only the verdict is asked for.
 */
#ifndef ROADCAST_MODELS_NEXT_TRY_H
#define ROADCAST_MODELS_NEXT_TRY_H

#include <roadcast/model.h>

enum { RC_NEXT_FAILURES = 6, RC_NEXT_AFTER = 5, RC_NEXT_WITHIN = 4 };

typedef struct rc_next_plan {
    uint32_t try_after[RC_NEXT_FAILURES];
    bool has_aim;
    uint32_t weeks[RC_NEXT_AFTER][RC_NEXT_WITHIN];
} rc_next_plan;

/* id, name: of the search; has_aim: else there are no weeks to ask for. */
void rc_next_bind(rc_next_plan *next, rc_binder *b, const char *id, const char *name,
                  bool has_aim);
/* A try has ended, the first ones `failures` in number having brought nothing. */
void rc_next_try(const rc_next_plan *next, const rc_step *step, uint32_t lane,
                 uint32_t failures, bool works);
/* The first round of a search is over, after so many days. */
void rc_next_weeks(const rc_next_plan *next, const rc_step *step, uint32_t lane,
                   double days, bool at_aim);

#endif
