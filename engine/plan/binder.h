/* binder.h -- what a model may ask for when a plan is compiled (model.h: rc_bind_…).
 *
 * Memory   asked of the plan's arena; when it runs out the binder jumps back to compile,
 *          so that no model has to check.
 */
#ifndef ROADCAST_PLAN_BINDER_H
#define ROADCAST_PLAN_BINDER_H

#include "plan/plan.h"
#include <setjmp.h>

struct rc_binder {
    rc_plan *plan;
    jmp_buf *out_of_memory;
};

/* The row of a state by its name; RC_NONE: nobody has asked for it. */
uint32_t rc_binder_row(const rc_binder *b, const char *name);
uint32_t rc_binder_cost_kind(rc_binder *b, const char *kind);

#endif
