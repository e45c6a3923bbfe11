/* activities.c -- tasks as the schedule sees them: how their time comes about, who they
 * hold and what that costs, what slows and delays them, who waits at which gate. */
#include "plan/passes.h"
#include <stdlib.h>
#include <string.h>

typedef struct named {
    const char *id;
    uint32_t index;
} named;

static int by_name(const void *a, const void *b)
{
    return strcmp(((const named *)a)->id, ((const named *)b)->id);
}

/* Indices of n structs that begin with an rc_head, by id: what is summed or multiplied in
 * this order does not depend on the order of the file. */
static const uint32_t *by_id(rc_plan *plan, const void *items, uint32_t n, size_t size,
                             bool *failed)
{
    uint32_t *list = rc_plan_take(plan, n, sizeof *list, failed);
    named *item = rc_plan_take(plan, n, sizeof *item, failed);
    if (*failed)
        return NULL;
    for (uint32_t i = 0; i < n; i++)
        item[i] = (named){((const rc_head *)((const char *)items + i * size))->id, i};
    qsort(item, n, sizeof *item, by_name);
    for (uint32_t i = 0; i < n; i++)
        list[i] = item[i].index;
    return list;
}

static void node_freezes(rc_plan *plan, rc_activity *node, bool *failed)
{
    const rc_scenario *s = plan->scenario;
    const rc_freeze *freeze = s->calendar.freezes.at;
    rc_interval *blocked =
        rc_plan_take(plan, s->calendar.freezes.n, sizeof *blocked, failed);
    if (*failed)
        return;
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->calendar.freezes.n; i++)
        for (uint32_t k = 0; k < freeze[i].blocks.n; k++)
            if (strcmp(freeze[i].blocks.at[k], node->task->head.id) == 0) {
                rc_interval at = {rc_calendar_morning(&plan->calendar, freeze[i].from),
                                  rc_calendar_evening(&plan->calendar, freeze[i].to)};
                if (at.to > at.from)
                    blocked[n++] = at;
                break;
            }
    for (uint32_t i = 1; i < n; i++) /* ascending: a handful */
        for (uint32_t j = i; j > 0 && blocked[j].from < blocked[j - 1].from; j--) {
            rc_interval t = blocked[j];
            blocked[j] = blocked[j - 1];
            blocked[j - 1] = t;
        }
    node->freeze = blocked;
    node->freeze_n = n;
}

/* Who a task holds, and what that costs. Machines of a model are held and not paid by
 * elapsed time: the model pays for what it computes. */
static void node_people(rc_plan *plan, rc_activity *node, bool *failed)
{
    const rc_task *task = node->task;
    const rc_scenario *s = plan->scenario;
    double machines = node->work == RC_WORK_MODEL && task->model->gpus
                          ? task->model->gpus(task->settings)
                          : 0.0;
    rc_who *who = rc_plan_take(plan, task->who_n + 1u, sizeof *who, failed);
    int64_t *heads = rc_plan_take(plan, task->who_n + 1u, sizeof *heads, failed);
    if (*failed)
        return;
    uint32_t n = 0;
    for (uint32_t i = 0; i < task->who_n; i++) {
        const rc_team *team = &rc_teams(s)[task->who[i].team];
        who[n++] = task->who[i];
        double day = task->who[i].people * team->availability * team->cost_per_day;
        if (node->work == RC_WORK_EFFORT && i == 0) {
            node->effort_speed = task->who[0].people * team->availability;
            node->effort_rate = team->paid_always ? 0.0 : team->cost_per_day;
            node->effort_team = task->who[0].team;
        } else if (!team->paid_always) {
            node->people_rate += day;
        }
        node->delay_rate += team->paid_always ? 0.0 : day;
    }
    if (machines > 0)
        for (uint32_t i = 0; i < s->team.n; i++)
            if (rc_teams(s)[i].is_capacity &&
                strcmp(rc_teams(s)[i].head.id, "gpu") == 0)
                who[n++] = (rc_who){i, machines};
    for (uint32_t i = 0; i < n; i++)
        heads[i] = rc_heads(who[i].people);
    node->who = who;
    node->heads = heads;
    node->who_n = n;
}

static bool is_nothing(const rc_estimate *e)
{
    return e->law.kind == RC_CONSTANT && e->law.p[0] == 0.0;
}

/* Whether a shared factor leaves a task alone that it names: calendar time, and factors of
 * people where a model brings its own. */
static bool spared(const rc_activity *node, const rc_shared_factor *factor)
{
    const char *affects = factor->affects_text + strspn(factor->affects_text, " \t");
    bool by_people = strncmp(affects, "who", 3) == 0;
    return node->work == RC_WORK_CALENDAR ||
           (by_people && node->work == RC_WORK_MODEL && node->task->model->own_workers);
}

/* What slows and delays each task: two walks over factors and risks in the order of their
 * ids, one that counts and one that lists. */
static void all_influences(rc_plan *plan, bool *failed)
{
    const rc_scenario *s = plan->scenario;
    const rc_shared_factor *factor = s->shared_factors.at;
    const rc_risk *risk = s->risks.at;
    const uint32_t *by =
        by_id(plan, factor, s->shared_factors.n, sizeof *factor, failed);
    uint32_t **factors = rc_plan_take(plan, plan->nodes_n, sizeof *factors, failed);
    uint32_t **risks = rc_plan_take(plan, plan->nodes_n, sizeof *risks, failed);
    if (*failed)
        return;
    for (uint32_t i = 0; i < s->shared_factors.n; i++)
        for (uint32_t k = 0; k < factor[i].tasks_n; k++)
            plan->nodes[factor[i].tasks[k]].factors_n++;
    for (uint32_t i = 0; i < s->risks.n; i++)
        for (uint32_t k = 0; k < risk[i].hits_n; k++)
            plan->nodes[risk[i].hits[k]].risks_n++;
    for (uint32_t t = 0; t < plan->nodes_n; t++) {
        rc_activity *node = &plan->nodes[t];
        node->factors = factors[t] =
            rc_plan_take(plan, node->factors_n, sizeof **factors, failed);
        node->risks = risks[t] =
            rc_plan_take(plan, node->risks_n, sizeof **risks, failed);
        node->factors_n = node->risks_n = 0;
    }
    for (uint32_t i = 0; i < s->shared_factors.n && !*failed; i++) {
        const rc_shared_factor *f = &factor[by[i]];
        for (uint32_t k = 0; k < f->tasks_n; k++) {
            rc_activity *node = &plan->nodes[f->tasks[k]];
            if (!spared(node, f))
                factors[f->tasks[k]][node->factors_n++] = f->slower.index;
        }
    }
    for (uint32_t i = 0; i < s->risks.n && !*failed; i++) {
        const rc_risk *r = &risk[plan->risks_by_id[i]];
        for (uint32_t k = 0; k < r->hits_n; k++) {
            rc_activity *node = &plan->nodes[r->hits[k]];
            risks[r->hits[k]][node->risks_n++] = plan->risks_by_id[i];
            node->instant &= !r->delay.given;
        }
    }
}

static rc_work work_of(const rc_task *task)
{
    if (task->model)
        return RC_WORK_MODEL;
    if (task->effort.given)
        return RC_WORK_EFFORT;
    return task->duration.calendar ? RC_WORK_CALENDAR : RC_WORK_DURATION;
}

static void make_node(rc_plan *plan, uint32_t t, bool *failed)
{
    const rc_task *task = &rc_tasks(plan->scenario)[t];
    rc_activity *node = &plan->nodes[t];
    *node = (rc_activity){.task = task,
                          .work = work_of(task),
                          .estimate = RC_NONE,
                          .cost = task->cost.given ? task->cost.index : RC_NONE,
                          .step = RC_NONE,
                          .loop = RC_NONE,
                          .occurs = RC_NONE,
                          .choice = RC_NONE,
                          .finish_row = RC_NONE};
    if (node->work == RC_WORK_EFFORT)
        node->estimate = task->effort.index;
    else if (node->work == RC_WORK_DURATION || node->work == RC_WORK_CALENDAR)
        node->estimate = task->duration.index;
    if (task->not_before != RC_DATE_NONE)
        node->not_before = rc_calendar_morning(&plan->calendar, task->not_before);
    node_freezes(plan, node, failed);
    node_people(plan, node, failed);
    node->instant = node->work == RC_WORK_DURATION && is_nothing(&task->duration);
    if (task->milestone && strcmp(task->milestone, "launch") == 0)
        plan->launch = t;
}

rc_status rc_plan_activities(rc_plan *plan, rc_error *err)
{
    const rc_scenario *s = plan->scenario;
    bool failed = false;
    plan->teams_n = s->team.n;
    plan->teams = rc_plan_take(plan, s->team.n, sizeof *plan->teams, &failed);
    plan->nodes_n = s->tasks.n;
    plan->nodes = rc_plan_take(plan, s->tasks.n, sizeof *plan->nodes, &failed);
    plan->tasks_by_id = by_id(plan, s->tasks.at, s->tasks.n, sizeof(rc_task), &failed);
    plan->risks_by_id = by_id(plan, s->risks.at, s->risks.n, sizeof(rc_risk), &failed);
    plan->teams_by_id = by_id(plan, s->team.at, s->team.n, sizeof(rc_team), &failed);
    for (uint32_t i = 0; i < s->team.n && !failed; i++) {
        rc_status status = rc_team_clock_make(&plan->teams[i], &rc_teams(s)[i],
                                              &plan->calendar, plan->arena, err);
        if (status != RC_OK)
            return status;
    }
    for (uint32_t t = 0; t < plan->nodes_n && !failed; t++)
        make_node(plan, t, &failed);
    if (!failed)
        all_influences(plan, &failed);
    return failed ? rc_fail(err, RC_IO, "out of memory for the tasks") : RC_OK;
}

/* Of a task that is there: the reader has looked. */
static uint32_t task_index(const rc_plan *plan, const char *id)
{
    uint32_t t = 0;
    while (strcmp(plan->nodes[t].task->head.id, id) != 0)
        t++;
    return t;
}

rc_status rc_plan_gates(rc_plan *plan, rc_error *err)
{
    bool failed = false;
    plan->loops = rc_plan_take(plan, plan->nodes_n, sizeof *plan->loops, &failed);
    if (failed)
        return rc_fail(err, RC_IO, "out of memory for the gates");
    for (uint32_t t = 0; t < plan->nodes_n; t++) {
        const rc_gate *gate = plan->nodes[t].task->gate;
        if (!gate)
            continue;
        rc_loop *loop = &plan->loops[plan->loops_n];
        *loop = (rc_loop){.gate = gate, .task = t, .back_to = RC_NONE};
        if (gate->on_fail) {
            loop->back_to = task_index(plan, gate->on_fail->back_to);
            loop->at_most = (uint32_t)gate->on_fail->at_most;
            loop->launch_anyway = gate->on_fail->then == 1;
        }
        plan->nodes[t].loop = plan->loops_n++;
    }
    return RC_OK;
}

/* The fast path of the schedule: nothing but links and a drawn duration. */
rc_status rc_plan_plain(rc_plan *plan, rc_error *err)
{
    (void)err;
    for (uint32_t t = 0; t < plan->nodes_n; t++) {
        rc_activity *node = &plan->nodes[t];
        bool lags = false;
        for (uint32_t e = 0; e < node->in_n; e++)
            lags |= node->in[e].start || node->in[e].lag != 0.0;
        node->plain = node->work == RC_WORK_DURATION && !lags && node->parts_n == 0 &&
                      node->freeze_n == 0 && node->loop == RC_NONE &&
                      node->occurs == RC_NONE && node->choice == RC_NONE;
    }
    return RC_OK;
}
