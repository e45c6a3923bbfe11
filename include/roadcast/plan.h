/* plan.h -- a scenario compiled for simulation: names to indices, estimates to tables,
 * tasks to an order.
 *
 * Memory   yours to free with rc_plan_free; it borrows the scenario, which must outlive it.
 * Errors   RC_REFUSED for what only shows when compiled; RC_IO when memory runs out.
 * Threads  const after it was compiled: any number of runs may share it.
 */
#ifndef ROADCAST_PLAN_H
#define ROADCAST_PLAN_H

#include <roadcast/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rc_plan rc_plan;

rc_status rc_plan_compile(rc_plan **out, const rc_scenario *scenario, rc_error *err);
/* The same for a scenario that differs little from that of `base` (a what-if): tables of
 * equal laws are borrowed from it, so base must outlive the plan. The same bits. */
rc_status rc_plan_compile_like(rc_plan **out, const rc_scenario *scenario,
                               const rc_plan *base, rc_error *err);
void rc_plan_free(rc_plan *plan);

/* Whether a head count can ever bind: then futures run through the event queue. */
bool rc_plan_is_resource_limited(const rc_plan *plan);

/* Finish with every estimate at its median and unlimited people, in working days since
 * the start of the calendar. */
double rc_plan_typical_finish(const rc_plan *plan);
/* Date of a finish, in days since 1970-01-01. */
int32_t rc_plan_finish_date(const rc_plan *plan, double days);

/* What a user should know before believing an answer; results hold the texts, too. */
typedef struct rc_plan_warning {
    const char *text;
    rc_position at; /* of the scenario: line 0, nowhere */
} rc_plan_warning;
const rc_plan_warning *rc_plan_warnings(const rc_plan *plan, uint32_t *n);

#ifdef __cplusplus
}
#endif
#endif
