/* warnings.c -- what shows only when a plan is compiled, and a user should know before
 * believing an answer. */
#include "plan/passes.h"
#include <math.h>

enum { WARNINGS_MOST = 8 };

static bool add(rc_plan *plan, rc_position at, const char *text)
{
    if (text && plan->warnings_n < WARNINGS_MOST)
        plan->warnings[plan->warnings_n++] = (rc_plan_warning){text, at};
    return text != NULL;
}

/* A day after which a launch is worth less: the deadline, what models bind. */
static bool warn_of_due(rc_plan *plan, const rc_due *due)
{
    const double finish = plan->typical_finish;
    if (!isfinite(finish) ||
        finish <= rc_calendar_evening(&plan->calendar, due->date) + 1e-9)
        return true;
    char date[12], by[12];
    rc_date_human(date, rc_calendar_finish_date(&plan->calendar, finish), true);
    rc_date_human(by, due->date, true);
    return add(
        plan, due->at,
        rc_arena_print(plan->arena,
                       "with every estimate at its median, and nobody short, the "
                       "plan ends on %s, after %s, %s",
                       date, due->what, by));
}

/* A task may be left without people: some have gone for good before it could begin. */
static bool warn_of_starving(rc_plan *plan, const rc_activity *node)
{
    for (uint32_t i = 0; i < node->who_n; i++) {
        const rc_team_clock *clock = &plan->teams[node->who[i].team];
        const rc_heads_step *last = &clock->steps[clock->steps_n - 1];
        if (node->heads[i] <= last->heads)
            continue;
        char date[12];
        rc_date_human(date, rc_calendar_start_date(&plan->calendar, last->at), true);
        return add(plan, node->task->head.at,
                   rc_arena_print(
                       plan->arena,
                       "'%s' needs %g of '%s', which has %g from %s on: where it has "
                       "not begun by then it never does",
                       node->task->head.id, node->who[i].people, clock->team->head.id,
                       (double)last->heads / 1000.0, date));
    }
    return true;
}

rc_status rc_plan_warn(rc_plan *plan, rc_error *err)
{
    const rc_scenario *s = plan->scenario;
    bool failed = false;
    plan->warnings = rc_plan_take(plan, WARNINGS_MOST, sizeof *plan->warnings, &failed);
    if (!failed && s->deadline != RC_DATE_NONE)
        failed =
            !warn_of_due(plan, &(rc_due){s->deadline, s->deadline_at, "the deadline"});
    for (uint32_t i = 0; i < plan->dues_n && !failed; i++)
        failed = !warn_of_due(plan, &plan->dues[i]);
    for (uint32_t t = 0; t < plan->nodes_n && !failed; t++)
        failed = !warn_of_starving(plan, &plan->nodes[t]);
    return failed ? rc_fail(err, RC_IO, "out of memory for the plan") : RC_OK;
}
