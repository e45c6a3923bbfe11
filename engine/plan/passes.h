/* passes.h -- the passes of rc_plan_compile, in their order; each one concern.
 *
 * Memory   the plan's arena. Errors: RC_IO for memory, RC_REFUSED for what only shows here.
 */
#ifndef ROADCAST_PLAN_PASSES_H
#define ROADCAST_PLAN_PASSES_H

#include "plan/plan.h"

/* activities.c */
rc_status rc_plan_activities(rc_plan *plan, rc_error *err); /* tasks, teams, causes */
rc_status rc_plan_gates(rc_plan *plan, rc_error *err);
rc_status rc_plan_plain(rc_plan *plan, rc_error *err); /* who takes the fast path */

/* warnings.c */
rc_status rc_plan_warn(rc_plan *plan, rc_error *err);

/* draws.c */
rc_status rc_plan_draws(rc_plan *plan, rc_error *err);
rc_status rc_plan_tables(rc_plan *plan, rc_error *err);
rc_status rc_plan_copulas(rc_plan *plan, rc_error *err);

/* bind.c */
rc_status rc_plan_bind(rc_plan *plan, rc_error *err);

/* n zeroed structs of the plan's arena; *failed turns true when memory runs out. */
static inline void *rc_plan_take(rc_plan *plan, size_t n, size_t size, bool *failed)
{
    void *memory = rc_arena_alloc(plan->arena, n ? n : 1, size);
    *failed |= memory == NULL;
    return memory;
}

#endif
