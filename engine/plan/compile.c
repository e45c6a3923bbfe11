/* compile.c -- from a scenario to a plan: one pass per concern, in this order. */
#include "plan/binder.h"
#include "plan/network.h"
#include "plan/plan.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *take(rc_plan *plan, size_t n, size_t size, bool *failed)
{
    void *memory = rc_arena_alloc(plan->arena, n ? n : 1, size);
    *failed |= memory == NULL;
    return memory;
}

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
    uint32_t *list = take(plan, n, sizeof *list, failed);
    named *item = take(plan, n, sizeof *item, failed);
    if (*failed)
        return NULL;
    for (uint32_t i = 0; i < n; i++)
        item[i] = (named){ ((const rc_head *)((const char *)items + i * size))->id, i };
    qsort(item, n, sizeof *item, by_name);
    for (uint32_t i = 0; i < n; i++)
        list[i] = item[i].index;
    return list;
}

/* ------------------------------------------------------------------- tasks */

static void node_freezes(rc_plan *plan, rc_activity *node, bool *failed)
{
    const rc_scenario *s = plan->scenario;
    const rc_freeze *freeze = s->calendar.freezes.at;
    rc_interval *blocked = take(plan, s->calendar.freezes.n, sizeof *blocked, failed);
    if (*failed)
        return;
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->calendar.freezes.n; i++)
        for (uint32_t k = 0; k < freeze[i].blocks.n; k++)
            if (strcmp(freeze[i].blocks.at[k], node->task->head.id) == 0) {
                rc_interval at = { rc_calendar_morning(&plan->calendar, freeze[i].from),
                                   rc_calendar_evening(&plan->calendar, freeze[i].to) };
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
    rc_who *who = take(plan, task->who_n + 1u, sizeof *who, failed);
    int64_t *heads = take(plan, task->who_n + 1u, sizeof *heads, failed);
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
            if (rc_teams(s)[i].is_capacity && strcmp(rc_teams(s)[i].head.id, "gpu") == 0)
                who[n++] = (rc_who){ i, machines };
    for (uint32_t i = 0; i < n; i++)
        heads[i] = rc_heads(who[i].people);
    node->who = who;
    node->heads = heads;
    node->who_n = n;
}

static bool lists(const uint32_t *list, uint32_t n, uint32_t item)
{
    for (uint32_t i = 0; i < n; i++)
        if (list[i] == item)
            return true;
    return false;
}

static bool is_nothing(const rc_estimate *e)
{
    return e->law.kind == RC_CONSTANT && e->law.p[0] == 0.0;
}

static void node_influences(rc_plan *plan, rc_activity *node, uint32_t t, bool *failed)
{
    const rc_scenario *s = plan->scenario;
    const rc_shared_factor *factor = s->shared_factors.at;
    const rc_risk *risk = s->risks.at;
    uint32_t *factors = take(plan, s->shared_factors.n, sizeof *factors, failed);
    uint32_t *risks = take(plan, s->risks.n, sizeof *risks, failed);
    bool delayed = false;
    if (*failed)
        return;
    const uint32_t *factors_by_id =
        by_id(plan, factor, s->shared_factors.n, sizeof *factor, failed);
    if (*failed)
        return;
    for (uint32_t k = 0; k < s->shared_factors.n; k++) {
        uint32_t i = factors_by_id[k];
        bool by_people = factor[i].affects_text && strncmp(factor[i].affects_text, "who", 3) == 0;
        bool spared = node->work == RC_WORK_CALENDAR ||
                      (by_people && node->work == RC_WORK_MODEL && node->task->model->own_workers);
        if (!spared && lists(factor[i].tasks, factor[i].tasks_n, t))
            factors[node->factors_n++] = factor[i].slower.index;
    }
    for (uint32_t k = 0; k < s->risks.n; k++) {
        uint32_t i = plan->risks_by_id[k];
        if (lists(risk[i].hits, risk[i].hits_n, t)) {
            risks[node->risks_n++] = i;
            delayed |= risk[i].delay.given;
        }
    }
    node->instant = (node->work == RC_WORK_NONE ||
                     (node->work == RC_WORK_DURATION && is_nothing(&node->task->duration))) &&
                    !delayed;
    node->factors = factors;
    node->risks = risks;
}

static rc_work work_of(const rc_task *task)
{
    if (task->model)
        return RC_WORK_MODEL;
    if (task->effort.given)
        return RC_WORK_EFFORT;
    if (!task->duration.given)
        return RC_WORK_NONE;
    return task->duration.calendar ? RC_WORK_CALENDAR : RC_WORK_DURATION;
}

static void make_node(rc_plan *plan, uint32_t t, bool *failed)
{
    const rc_task *task = &rc_tasks(plan->scenario)[t];
    rc_activity *node = &plan->nodes[t];
    *node = (rc_activity){ .task = task, .work = work_of(task), .estimate = RC_NONE,
                       .cost = task->cost.given ? task->cost.index : RC_NONE,
                       .step = RC_NONE, .loop = RC_NONE, .occurs = RC_NONE,
                       .choice = RC_NONE, .finish_row = RC_NONE };
    if (node->work == RC_WORK_EFFORT)
        node->estimate = task->effort.index;
    else if (node->work == RC_WORK_DURATION || node->work == RC_WORK_CALENDAR)
        node->estimate = task->duration.index;
    if (task->not_before != RC_DATE_NONE)
        node->not_before = rc_calendar_morning(&plan->calendar, task->not_before);
    node_freezes(plan, node, failed);
    node_people(plan, node, failed);
    node_influences(plan, node, t, failed);
    if (task->milestone && strcmp(task->milestone, "launch") == 0)
        plan->launch = t;
}

static rc_status make_nodes(rc_plan *plan, rc_error *err)
{
    const rc_scenario *s = plan->scenario;
    bool failed = false;
    plan->teams_n = s->team.n;
    plan->teams = take(plan, s->team.n, sizeof *plan->teams, &failed);
    plan->nodes_n = s->tasks.n;
    plan->nodes = take(plan, s->tasks.n, sizeof *plan->nodes, &failed);
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
    return failed ? rc_fail(err, RC_IO, "out of memory for the tasks") : RC_OK;
}

static uint32_t task_index(const rc_plan *plan, const char *id)
{
    for (uint32_t t = 0; t < plan->nodes_n; t++)
        if (strcmp(plan->nodes[t].task->head.id, id) == 0)
            return t;
    return RC_NONE;
}

static rc_status make_loops(rc_plan *plan, rc_error *err)
{
    bool failed = false;
    plan->loops = take(plan, plan->nodes_n, sizeof *plan->loops, &failed);
    if (failed)
        return rc_fail(err, RC_IO, "out of memory for the gates");
    for (uint32_t t = 0; t < plan->nodes_n; t++) {
        const rc_gate *gate = plan->nodes[t].task->gate;
        if (!gate)
            continue;
        rc_loop *loop = &plan->loops[plan->loops_n];
        *loop = (rc_loop){ .gate = gate, .task = t, .back_to = RC_NONE };
        if (gate->on_fail) {
            loop->back_to = gate->on_fail->back_to ? task_index(plan, gate->on_fail->back_to)
                                                   : RC_NONE;
            loop->at_most = loop->back_to == RC_NONE ? 0 : (uint32_t)gate->on_fail->at_most;
            loop->launch_anyway = gate->on_fail->then == 1;
        }
        plan->nodes[t].loop = plan->loops_n++;
    }
    return RC_OK;
}

/* ------------------------------------------------------------------- draws */

/* An estimate of an inactive mitigation has no say. */
static bool idle(const rc_scenario *s, uint32_t estimate)
{
    const rc_risk *risk = s->risks.at;
    for (uint32_t i = 0; i < s->risks.n; i++) {
        const rc_risk_mitigation *m = risk[i].mitigation;
        if (!m)
            continue;
        const rc_estimate *own[] = { &m->cost, &m->chance, &m->delay, &m->slower, &m->impact };
        for (uint32_t k = 0; k < 5; k++)
            if (own[k]->given && own[k]->index == estimate)
                return !(m->active && k == 0);
    }
    return false;
}

static uint32_t draw_of(const rc_plan *plan, uint32_t estimate)
{
    const rc_risk *risk = plan->scenario->risks.at;
    for (uint32_t i = 0; i < plan->draws_n; i++) {
        const rc_draw *draw = &plan->draws[i];
        if (draw->event < plan->scenario->risks.n && draw->estimate == RC_NONE &&
            risk[draw->event].chance.index == estimate)
            return i; /* a correlated risk means its firing */
    }
    for (uint32_t i = 0; i < plan->draws_n; i++)
        if (plan->draws[i].estimate == estimate)
            return i;
    return RC_NONE;
}

static rc_status make_draws(rc_plan *plan, rc_error *err)
{
    const rc_scenario *s = plan->scenario;
    const rc_risk *risk = s->risks.at;
    bool failed = false;
    uint32_t room = s->estimates_n + s->risks.n + 2 * s->tasks.n;
    plan->draws = take(plan, room, sizeof *plan->draws, &failed);
    for (uint32_t i = 0; i < s->estimates_n && !failed; i++)
        if (s->estimate_rows[i]->kind == RC_ESTIMATE_ONCE && !idle(s, i))
            plan->draws[plan->draws_n++] =
                (rc_draw){ s->estimates[i]->name, i, RC_NONE, RC_NONE };
    for (uint32_t i = 0; i < s->risks.n && !failed; i++) {
        char *name = rc_arena_print(plan->arena, "risks.%s.fires", risk[i].head.id);
        failed |= name == NULL;
        plan->draws[plan->draws_n++] = (rc_draw){ name, RC_NONE, plan->events_n++, RC_NONE };
    }
    for (uint32_t t = 0; t < plan->nodes_n && !failed; t++) {
        rc_activity *node = &plan->nodes[t];
        if (!node->task->optional.given)
            continue;
        char *name = rc_arena_print(plan->arena, "tasks.%s.occurs", node->task->head.id);
        failed |= name == NULL;
        node->occurs = plan->events_n;
        plan->draws[plan->draws_n++] = (rc_draw){ name, RC_NONE, plan->events_n++, RC_NONE };
    }
    for (uint32_t t = 0; t < plan->nodes_n && !failed; t++) {
        const char *choice = plan->nodes[t].task->one_of;
        if (!choice || plan->nodes[t].choice != RC_NONE)
            continue;
        char *name = rc_arena_print(plan->arena, "one_of.%s", choice);
        failed |= name == NULL;
        double sum = 0.0, at = 0.0;
        for (uint32_t u = 0; u < plan->nodes_n; u++)
            if (plan->nodes[u].task->one_of && strcmp(plan->nodes[u].task->one_of, choice) == 0)
                sum += plan->nodes[u].task->weight;
        /* by the order of ids, so that the file's order decides nothing */
        const char *last = "";
        for (;;) {
            rc_activity *next = NULL;
            for (uint32_t u = 0; u < plan->nodes_n; u++) {
                rc_activity *node = &plan->nodes[u];
                if (node->task->one_of && strcmp(node->task->one_of, choice) == 0 &&
                    strcmp(node->task->head.id, last) > 0 &&
                    (!next || strcmp(node->task->head.id, next->task->head.id) < 0))
                    next = node;
            }
            if (!next)
                break;
            next->choice = plan->events_n;
            next->choice_low = at / sum;
            at += next->task->weight;
            next->choice_high = at / sum;
            last = next->task->head.id;
        }
        plan->draws[plan->draws_n++] = (rc_draw){ name, RC_NONE, plan->events_n++, RC_NONE };
    }
    return failed ? rc_fail(err, RC_IO, "out of memory for the draws") : RC_OK;
}

static bool same_law(const rc_law *a, const rc_law *b)
{
    for (int i = 0; i < 5; i++)
        if (a->p[i] != b->p[i])
            return false;
    return a->kind == b->kind && a->floor_at == b->floor_at && !a->parts_n && !b->parts_n;
}

/* The table of the same estimate in the base plan, where its law is the same. */
static const rc_table *borrowed(const rc_plan *base, const rc_estimate *e)
{
    for (uint32_t i = 0; base && i < base->scenario->estimates_n; i++) {
        const rc_estimate *other = base->scenario->estimates[i];
        if (base->tables[i] && same_law(&other->law, &e->law) &&
            strcmp(other->name, e->name) == 0)
            return base->tables[i];
    }
    return NULL;
}

static rc_status make_tables(rc_plan *plan, rc_error *err)
{
    const rc_scenario *s = plan->scenario;
    bool failed = false;
    const rc_law **laws = take(plan, s->estimates_n, sizeof *laws, &failed);
    const rc_table **own = take(plan, s->estimates_n, sizeof *own, &failed);
    plan->tables = take(plan, s->estimates_n, sizeof *plan->tables, &failed);
    if (failed)
        return rc_fail(err, RC_IO, "out of memory for the tables");
    for (uint32_t i = 0; i < s->estimates_n; i++) {
        plan->tables[i] = borrowed(plan->base, s->estimates[i]);
        laws[i] = plan->tables[i] || idle(s, i) ? NULL : &s->estimates[i]->law;
    }
    rc_status status = rc_tables_build(own, laws, s->estimates_n, plan->arena, err);
    for (uint32_t i = 0; i < s->estimates_n && status == RC_OK; i++)
        if (laws[i])
            plan->tables[i] = own[i];
    return status;
}

/* Connected components of the correlations, each with its normal correlation matrix. */
static rc_status make_groups(rc_plan *plan, rc_error *err)
{
    const rc_scenario *s = plan->scenario;
    const rc_correlation *link = s->correlations.at;
    bool failed = false, merged;
    uint32_t *component = take(plan, plan->draws_n, sizeof *component, &failed);
    plan->groups = take(plan, s->correlations.n, sizeof *plan->groups, &failed);
    if (failed)
        return rc_fail(err, RC_IO, "out of memory for the correlations");
    for (uint32_t i = 0; i < plan->draws_n; i++)
        component[i] = RC_NONE;
    for (uint32_t c = 0; c < s->correlations.n; c++)
        for (uint32_t k = 0; k < link[c].between_n; k++) {
            uint32_t d = draw_of(plan, link[c].between[k]);
            if (d != RC_NONE && component[d] == RC_NONE)
                component[d] = d;
        }
    do {
        merged = false;
        for (uint32_t c = 0; c < s->correlations.n; c++)
            for (uint32_t k = 0; k + 1 < link[c].between_n; k++) {
                uint32_t a = draw_of(plan, link[c].between[k]);
                uint32_t b = draw_of(plan, link[c].between[k + 1]);
                if (a == RC_NONE || b == RC_NONE || component[a] == component[b])
                    continue;
                uint32_t low = component[a] < component[b] ? component[a] : component[b];
                component[a] = component[b] = low;
                merged = true;
            }
    } while (merged);
    for (uint32_t root = 0; root < plan->draws_n; root++) {
        if (component[root] != root)
            continue;
        uint32_t n = 0;
        uint32_t *member = take(plan, plan->draws_n, sizeof *member, &failed);
        if (failed)
            return rc_fail(err, RC_IO, "out of memory for the correlations");
        for (uint32_t i = 0; i < plan->draws_n; i++)
            if (component[i] == root) { /* by name: the factor's rows have an order */
                uint32_t at = n++;
                for (; at > 0 && strcmp(plan->draws[i].name, plan->draws[member[at - 1]].name) < 0; at--)
                    member[at] = member[at - 1];
                member[at] = i;
            }
        double *rho = take(plan, (size_t)n * n, sizeof *rho, &failed);
        if (failed)
            return rc_fail(err, RC_IO, "out of memory for the correlations");
        for (uint32_t i = 0; i < n; i++)
            rho[i * n + i] = 1.0;
        for (uint32_t c = 0; c < s->correlations.n; c++)
            for (uint32_t x = 0; x < link[c].between_n; x++)
                for (uint32_t y = 0; y < link[c].between_n; y++) {
                    uint32_t a = draw_of(plan, link[c].between[x]);
                    uint32_t b = draw_of(plan, link[c].between[y]);
                    for (uint32_t i = 0; i < n && x != y; i++)
                        for (uint32_t j = 0; j < n; j++)
                            if (member[i] == a && member[j] == b)
                                rho[i * n + j] = rc_copula_rho(link[c].strength);
                }
        rc_draw_group *group = &plan->groups[plan->groups_n];
        uint32_t bad_i, bad_j;
        double largest;
        rc_status status = rc_copula_make(&group->copula, rho, n, plan->arena, &bad_i, &bad_j,
                                          &largest, err);
        if (status != RC_OK)
            return status;
        group->draws = member;
        group->n = n;
        for (uint32_t i = 0; i < n; i++)
            plan->draws[member[i]].group = plan->groups_n;
        plan->groups_n++;
    }
    return RC_OK;
}

/* ------------------------------------------------------------------ models */

static void bind_one(rc_binder *b, const rc_model *model, const void *settings)
{
    rc_plan *plan = b->plan;
    rc_plan_step *step = &plan->steps[plan->steps_n];
    *step = (rc_plan_step){ .model = model, .settings = settings, .memory_at = plan->memory,
                            .cost_kind = model->cost_kind
                                             ? rc_binder_cost_kind(b, model->cost_kind)
                                             : RC_NONE };
    plan->memory += (model->memory_per_lane * RC_LANES + 63) / 64 * 64;
    step->bound = model->bind ? model->bind(settings, b) : NULL;
    plan->steps_n++;
}

static void bind_models(rc_binder *b)
{
    rc_plan *plan = b->plan;
    const rc_scenario *s = plan->scenario;
    const rc_gate *gate = s->gates.at;
    for (uint32_t i = 0; i < s->models_n; i++) {
        const rc_model_groups *groups = &s->models[i];
        if (strcmp(groups->model->id, "gate") == 0) {
            for (uint32_t g = 0; g < s->gates.n; g++) {
                bind_one(b, groups->model, &gate[g]);
                for (uint32_t l = 0; l < plan->loops_n; l++)
                    if (plan->loops[l].gate == &gate[g])
                        plan->loops[l].step = plan->steps_n - 1;
            }
            continue;
        }
        for (uint32_t g = 0; groups->given && g < groups->n; g++) {
            const void *settings = (const char *)groups->at + g * groups->model->group->size;
            bind_one(b, groups->model, settings);
            for (uint32_t t = 0; t < plan->nodes_n; t++)
                if (plan->nodes[t].task->settings == settings)
                    plan->nodes[t].step = plan->steps_n - 1;
        }
    }
}

/* Outputs that the engine itself watches: risks and phases. */
static void bind_own(rc_binder *b)
{
    rc_plan *plan = b->plan;
    const rc_scenario *s = plan->scenario;
    const rc_risk *risk = s->risks.at;
    rc_risk_rows *rows = rc_bind_alloc(b, s->risks.n + 1u, sizeof *rows);
    uint32_t *phase_rows = rc_bind_alloc(b, s->phases.n + 1u, sizeof *phase_rows);
    plan->risk_rows = rows;
    plan->phase_rows = phase_rows;
    for (uint32_t i = 0; i < s->risks.n; i++) {
        const rc_head *head = &risk[i].head;
        const struct {
            uint32_t *row;
            const char *what, *unit;
            rc_output_kind kind;
        } own[] = { { &rows[i].fired, "fired", "share", RC_OUT_SHARE },
                    { &rows[i].delay, "mean_delay_days", "days", RC_OUT_MEAN },
                    { &rows[i].cost, "cost", s->currency, RC_OUT_MEAN } };
        for (uint32_t k = 0; k < 3; k++) {
            const char *path = rc_bind_print(b, "risks[%s].%s", head->id, own[k].what);
            *own[k].row = rc_bind_state(b, path, 0.0);
            rc_bind_output(b, (rc_output){ .path = path, .kind = own[k].kind,
                                           .unit = own[k].unit, .row = *own[k].row,
                                           .series = 1, .name = head->name });
        }
        const char *id = rc_bind_print(b, "risks.%s", head->id);
        rows[i].impact = rc_bind_state(b, id, 0.0);
        rc_bind_driver(b, rows[i].impact, id, rc_bind_print(b, "Risk: %s", head->name),
                       RC_STATED);
    }
    for (uint32_t i = 0; i < s->phases.n; i++) {
        const char *path = rc_bind_print(b, "phases[%s].finish", s->phases.at[i]);
        phase_rows[i] = rc_bind_state(b, path, NAN);
        rc_bind_output(b, (rc_output){ .path = path, .kind = RC_OUT_SPREAD, .unit = "days",
                                       .row = phase_rows[i], .series = 1,
                                       .name = s->phases.at[i] });
    }
    if (plan->goals.target.given) {
        const char *metric = plan->goals.target.metric;
        plan->target_row = rc_bind_state(b, rc_bind_print(b, "metric.%s", metric), NAN);
        plan->measured_row =
            rc_bind_state(b, rc_bind_print(b, "metric.%s.measured", metric), NAN);
        plan->possible_row = rc_bind_state(b, "possible", 1.0);
    }
}

/* "a.speed_curve.ceiling" -> "Speed curve ceiling": the last two parts in words. */
static const char *in_words(rc_binder *b, const char *path)
{
    const char *last = strrchr(path, '.'), *from = path;
    for (const char *p = path; last && p < last; p++)
        if (*p == '.')
            from = p + 1;
    char *text = rc_bind_alloc(b, strlen(from) + 1, 1);
    strcpy(text, from);
    for (char *p = text; *p; p++)
        if (*p == '.' || *p == '_')
            *p = ' ';
    text[0] = (char)toupper((unsigned char)text[0]);
    return text;
}

/* Every estimate that is drawn once and can vary is an input; a risk counts as one, with
 * what it does to its tasks. */
static void bind_drivers(rc_binder *b)
{
    const rc_plan *plan = b->plan;
    const rc_scenario *s = plan->scenario;
    const rc_shared_factor *factor = s->shared_factors.at;
    const char **name = rc_bind_alloc(b, s->estimates_n + 1u, sizeof *name);
    for (uint32_t t = 0; t < s->tasks.n; t++)
        if (plan->nodes[t].estimate != RC_NONE)
            name[plan->nodes[t].estimate] = plan->nodes[t].task->head.name;
    for (uint32_t i = 0; i < s->shared_factors.n; i++)
        name[factor[i].slower.index] = factor[i].head.name;
    for (uint32_t i = 0; i < plan->draws_n; i++) {
        uint32_t e = plan->draws[i].estimate;
        if (e == RC_NONE || strncmp(plan->draws[i].name, "risks.", 6) == 0)
            continue;
        const rc_estimate *estimate = s->estimates[e];
        if (estimate->law.kind != RC_CONSTANT)
            rc_bind_driver(b, e, estimate->name,
                           name[e] ? name[e] : in_words(b, estimate->name), estimate->origin);
    }
}

static rc_status bind(rc_plan *plan, rc_error *err)
{
    const rc_scenario *s = plan->scenario;
    jmp_buf out_of_memory;
    rc_binder binder = { plan, &out_of_memory };
    bool failed = false;
    uint32_t room = s->gates.n;
    for (uint32_t i = 0; i < s->models_n; i++)
        room += s->models[i].n;
    plan->steps = take(plan, room, sizeof *plan->steps, &failed);
    if (failed || setjmp(out_of_memory))
        return rc_fail(err, RC_IO, "out of memory for the models");
    static const char *const kinds[RC_COST_KINDS] = { "people", "fixed", "risks", "mitigation" };
    for (uint32_t i = 0; i < RC_COST_KINDS; i++)
        rc_binder_cost_kind(&binder, kinds[i]);
    bind_models(&binder);
    bind_own(&binder);
    bind_drivers(&binder);
    return RC_OK;
}

/* The fast path of the schedule: nothing but links and a drawn duration. */
static void mark_plain(rc_plan *plan)
{
    for (uint32_t t = 0; t < plan->nodes_n; t++) {
        rc_activity *node = &plan->nodes[t];
        bool lags = false;
        for (uint32_t e = 0; e < node->in_n; e++)
            lags |= node->in[e].start || node->in[e].lag != 0.0;
        node->plain = (node->work == RC_WORK_DURATION || node->work == RC_WORK_NONE) && !lags && node->freeze_n == 0 &&
                      node->loop == RC_NONE && node->occurs == RC_NONE &&
                      node->choice == RC_NONE;
    }
}

/* ----------------------------------------------------------------- compile */

static rc_status compile(rc_plan *plan, rc_error *err)
{
    const rc_scenario *s = plan->scenario;
    rc_status status = rc_calendar_make(&plan->calendar, &s->calendar, plan->arena, err);
    if (status != RC_OK)
        return status;
    plan->goals = s->goals;
    plan->goals.deadline_days = s->deadline == RC_DATE_NONE
                                    ? INFINITY
                                    : rc_calendar_evening(&plan->calendar, s->deadline);
    rc_status (*const passes[])(rc_plan *, rc_error *) = {
        make_nodes,  rc_network_edges,  rc_network_order,  rc_network_ends,
        make_loops, rc_network_loops,
        make_draws,  make_tables,       make_groups,           bind,
        rc_network_limits, rc_network_priorities,
    };
    for (size_t i = 0; i < sizeof passes / sizeof passes[0] && status == RC_OK; i++)
        status = passes[i](plan, err);
    if (status == RC_OK)
        mark_plain(plan);
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
    *plan = (rc_plan){ .arena = arena, .scenario = scenario, .base = base, .launch = RC_NONE,
                       .target_row = RC_NONE, .measured_row = RC_NONE,
                       .possible_row = RC_NONE };
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

double rc_plan_deadline(const rc_plan *plan)
{
    return plan->goals.deadline_days;
}

int32_t rc_plan_finish_date(const rc_plan *plan, double days)
{
    return rc_calendar_finish_date(&plan->calendar, days);
}
