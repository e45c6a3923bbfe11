/* network.h -- the order of tasks, the loops of gates, and whether people can bind.
 *
 *   order      topological, ties by id: Kahn 1962 with the smallest id first
 *   ends       tasks that may finish the project
 *   loops      span of a gate: every task after back_to and before the gated task
 *   bind       per team the heaviest set of tasks that may run at the same time (a
 *              maximum-weight antichain: Dilworth by minimum flow) against its least heads
 *   clock      whether a model's task or a gate on metrics may find what another one left
 *              sooner or later, as it happens: then the plan is placed by events, too
 *   priority   latest finish time when every estimate is at its median and people are
 *              unlimited, ties by id; explicit priorities come first
 *
 * Memory   in the plan's arena. Errors: RC_REFUSED where a task needs more people
 *          than there ever are; that links and loops are lawful is known before.
 */
#ifndef ROADCAST_PLAN_NETWORK_H
#define ROADCAST_PLAN_NETWORK_H

#include "plan/plan.h"

rc_status rc_network_edges(rc_plan *plan, rc_error *err);
rc_status rc_network_order(rc_plan *plan, rc_error *err);
rc_status rc_network_ends(rc_plan *plan, rc_error *err);
rc_status rc_network_loops(rc_plan *plan, rc_error *err);
rc_status rc_network_limits(rc_plan *plan, rc_error *err);
rc_status rc_network_clock(rc_plan *plan, rc_error *err);
rc_status rc_network_priorities(rc_plan *plan, rc_error *err);

#endif
