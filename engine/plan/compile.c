/* compile.c -- from a scenario to a plan: one pass per concern, in this order. */
#include "plan/network.h"
#include "plan/passes.h"
#include <math.h>

static rc_status compile(rc_plan *plan, rc_error *err)
{
    const rc_scenario *s = plan->scenario;
    rc_status status =
        rc_calendar_make(&plan->calendar, &s->calendar, plan->arena, err);
    if (status != RC_OK)
        return status;
    plan->goals = s->goals;
    plan->goals.deadline_days = s->deadline == RC_DATE_NONE
                                    ? INFINITY
                                    : rc_calendar_evening(&plan->calendar, s->deadline);
    rc_status (*const passes[])(rc_plan *, rc_error *) = {
        rc_plan_activities,    rc_network_edges, rc_network_order,  rc_network_ends,
        rc_plan_gates,         rc_network_loops, rc_plan_draws,     rc_plan_tables,
        rc_plan_copulas,       rc_plan_bind,     rc_network_limits, rc_network_clock,
        rc_network_priorities, rc_plan_plain,    rc_plan_warn,
    };
    for (size_t i = 0; i < sizeof passes / sizeof passes[0] && status == RC_OK; i++)
        status = passes[i](plan, err);
    return status;
}

rc_status rc_plan_compile(rc_plan **out, const rc_scenario *scenario, rc_error *err)
{
    return rc_plan_compile_like(out, scenario, NULL, err);
}

rc_status rc_plan_compile_like(rc_plan **out, const rc_scenario *scenario,
                               const rc_plan *base, rc_error *err)
{
    *out = NULL;
    rc_arena *arena = rc_arena_new();
    rc_plan *plan = arena ? rc_arena_alloc(arena, 1, sizeof *plan) : NULL;
    if (!plan) {
        rc_arena_free(arena);
        return rc_fail(err, RC_IO, "out of memory for the plan");
    }
    *plan = (rc_plan){.arena = arena,
                      .scenario = scenario,
                      .base = base,
                      .launch = RC_NONE,
                      .after_row = RC_NONE,
                      .possible_row = RC_NONE,
                      .value_row = RC_NONE};
    rc_status status = compile(plan, err);
    if (status != RC_OK) {
        rc_plan_free(plan);
        return status;
    }
    *out = plan;
    return RC_OK;
}

void rc_plan_free(rc_plan *plan)
{
    if (plan)
        rc_arena_free(plan->arena);
}

bool rc_plan_is_resource_limited(const rc_plan *plan)
{
    return plan->resource_limited;
}

double rc_plan_typical_finish(const rc_plan *plan)
{
    return plan->typical_finish;
}

const rc_plan_warning *rc_plan_warnings(const rc_plan *plan, uint32_t *n)
{
    *n = plan->warnings_n;
    return plan->warnings;
}

int32_t rc_plan_finish_date(const rc_plan *plan, double days)
{
    return rc_calendar_finish_date(&plan->calendar, days);
}
