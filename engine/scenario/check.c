/* check.c -- what settings must not say together: order, times, people, models. */
#include "scenario/build.h"
#include "scenario/faults.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------- network */

static rc_position place_of_after(const rc_task *task, uint32_t i)
{
    return task->after_n == task->after_texts.n ? task->after_texts.where[i]
                                                : task->head.at;
}

static bool make_network(rc_building *b, rc_network *out)
{
    uint32_t n = b->s->tasks.n, edges = 0;
    const rc_task *tasks = rc_tasks(b->s);
    for (uint32_t i = 0; i < n; i++)
        edges += tasks[i].after_n;
    uint32_t *first = rc_room(b, n + 1, sizeof *first),
             *next = rc_room(b, edges, sizeof *next);
    uint32_t *at = rc_room(b, n, sizeof *at);
    if (!first || !next || !at)
        return false;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < tasks[i].after_n; k++)
            first[tasks[i].after[k].task + 1]++;
    for (uint32_t i = 0; i < n; i++) {
        first[i + 1] += first[i];
        at[i] = first[i];
    }
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < tasks[i].after_n; k++)
            next[at[tasks[i].after[k].task]++] = i;
    *out = (rc_network){n, first, next};
    return true;
}

void rc_network_reach(const rc_network *network, uint32_t from, bool *reached,
                      uint32_t *queue)
{
    memset(reached, 0, network->n * sizeof *reached);
    uint32_t head = 0, tail = 0;
    queue[tail++] = from;
    reached[from] = true;
    while (head < tail) {
        uint32_t i = queue[head++];
        for (uint32_t k = network->first[i]; k < network->first[i + 1]; k++) {
            uint32_t j = network->next[k];
            if (!reached[j]) {
                reached[j] = true;
                queue[tail++] = j;
            }
        }
    }
}

/* "pull -> features -> baseline -> pull" */
static void spell_cycle(rc_building *b, const uint32_t *stack, uint32_t from,
                        uint32_t n)
{
    const rc_task *tasks = rc_tasks(b->s);
    char text[1024] = "";
    size_t used = 0;
    for (uint32_t i = n; i-- > from && used < sizeof text;)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s -> ",
                                 tasks[stack[i]].head.id);
    if (used >= sizeof text) /* a long way round: its end is left out */
        snprintf(text + sizeof text - 8, 8, "... -> ");
    const rc_task *last = &tasks[stack[n - 1]];
    rc_position at = last->head.at;
    for (uint32_t k = 0; k < last->after_n; k++)
        if (last->after[k].task == stack[from])
            at = place_of_after(last, k);
    rc_fault(rc_faults_of(b), at, "no task can wait for itself",
             "tasks wait for each other: %s%s", text, last->head.id);
}

/* Walks from each task to those it waits for; the first way that closes is told. */
static bool is_ordered(rc_building *b)
{
    const rc_task *tasks = rc_tasks(b->s);
    uint32_t n = b->s->tasks.n;
    enum { NEW, OPEN, DONE };
    uint8_t *state = rc_room(b, n, 1);
    uint32_t *stack = rc_room(b, n, sizeof *stack), *edge = rc_room(b, n, sizeof *edge);
    if (!state || !stack || !edge)
        return false;
    for (uint32_t root = 0; root < n; root++) {
        if (state[root] != NEW)
            continue;
        uint32_t depth = 1;
        stack[0] = root;
        edge[0] = 0;
        state[root] = OPEN;
        while (depth) {
            uint32_t i = stack[depth - 1];
            if (edge[depth - 1] == tasks[i].after_n) {
                state[i] = DONE;
                depth--;
                continue;
            }
            uint32_t j = tasks[i].after[edge[depth - 1]++].task;
            if (state[j] == OPEN) {
                uint32_t from = depth - 1;
                while (stack[from] != j)
                    from--;
                spell_cycle(b, stack, from, depth);
                return false;
            }
            if (state[j] == NEW) {
                state[j] = OPEN;
                stack[depth] = j;
                edge[depth++] = 0;
            }
        }
    }
    return true;
}

/* --------------------------------------------------------------------- plan */

static void check_tasks(rc_building *b)
{
    const rc_task *tasks = rc_tasks(b->s);
    uint32_t n = b->s->tasks.n, free_n = 0, launch = UINT32_MAX;
    if (!n && rc_is_given(&b->fill, &b->read.tasks))
        rc_fault(rc_faults_of(b),
                 rc_place_of(&b->fill, &b->read.tasks, (rc_position){0}), NULL,
                 "at least one task is needed");
    char names[300] = "";
    size_t used = 0;
    for (uint32_t i = 0; i < n; i++) {
        const rc_task *t = &tasks[i];
        if (t->milestone && strcmp(t->milestone, "launch") == 0) {
            if (launch != UINT32_MAX)
                rc_fault(rc_faults_of(b),
                         rc_place_of(&b->fill, &t->milestone, t->head.at), NULL,
                         "the milestone \"launch\" stands at '%s' and at '%s'",
                         tasks[launch].head.id, t->head.id);
            launch = i;
        }
        if (rc_is_given(&b->fill, &t->weight) && !t->one_of)
            rc_fault(rc_faults_of(b), rc_place_of(&b->fill, &t->weight, t->head.at),
                     NULL,
                     "the weight of '%s' needs the choice that it is of: 'one_of'",
                     t->head.id);
        if (t->after_texts.n)
            continue;
        if (used < sizeof names)
            used += (size_t)snprintf(names + used, sizeof names - used, "%s%s",
                                     free_n ? ", " : "", t->head.id);
        free_n++;
    }
    if (free_n > 1 && used < sizeof names)
        rc_assume(&b->fill.reading,
                  "%s start on day one: nothing is said to come before", names);
    else if (free_n > 1)
        rc_assume(&b->fill.reading,
                  "%u tasks start on day one: nothing is said to come before", free_n);
}

/* --------------------------------------------------------------------- times */

static void refuse_calendar_days(rc_building *b, const rc_estimate *e, const char *what)
{
    if (e->calendar)
        rc_fault(rc_faults_of(b), e->at, "write days: 5 of them are a week",
                 "%s is working time, not calendar days", what);
}

/* Only what a task takes, and a lag, can run on while nobody works. */
static void check_times(rc_building *b)
{
    const rc_risk *risks = b->s->risks.at;
    const rc_gate *gates = b->s->gates.at;
    const rc_team *teams = rc_teams(b->s);
    for (uint32_t i = 0; i < b->s->risks.n; i++) {
        refuse_calendar_days(b, &risks[i].delay, "a delay");
        if (risks[i].mitigation && !risks[i].mitigation->active)
            refuse_calendar_days(b, &risks[i].mitigation->delay, "a delay");
    }
    for (uint32_t i = 0; i < b->s->gates.n; i++)
        if (gates[i].on_fail)
            refuse_calendar_days(b, &gates[i].on_fail->rework, "rework");
    for (uint32_t i = 0; i < b->s->team.n; i++) {
        const rc_join *joins = teams[i].joins.at;
        for (uint32_t k = 0; k < teams[i].joins.n; k++)
            refuse_calendar_days(b, &joins[k].full_speed_after, "full_speed_after");
    }
}

/* -------------------------------------------------------------------- people */

typedef struct change {
    rc_date on;
    double people;
} change;

static int by_day(const void *a, const void *b)
{
    const change *x = a, *y = b;
    return (x->on > y->on) - (x->on < y->on);
}

/* That day or the first one after it that is worked: what changes on a weekend changes
 * then. */
static rc_date workday(const rc_calendar_settings *c, rc_date day)
{
    while (!(c->workdays >> rc_date_weekday(day) & 1) ||
           (c->holidays_n &&
            bsearch(&day, c->holidays, c->holidays_n, sizeof day, rc_by_date)))
        day++;
    return day;
}

/* Most heads that a team has at any time of the plan. */
static double most_heads(rc_building *b, const rc_team *team)
{
    const rc_join *joins = team->joins.at;
    const rc_leave *leaves = team->leaves.at;
    const rc_calendar_settings *calendar = &b->s->calendar;
    const rc_date first = workday(calendar, calendar->start);
    change *list = rc_room(b, team->joins.n + 2 * team->leaves.n, sizeof *list);
    uint32_t n = 0;
    if (!list)
        return INFINITY;
    for (uint32_t i = 0; i < team->joins.n; i++)
        list[n++] = (change){workday(calendar, joins[i].on), joins[i].people};
    for (uint32_t i = 0; i < team->leaves.n; i++) {
        list[n++] = (change){workday(calendar, leaves[i].on), -leaves[i].people};
        if (leaves[i].back_on != RC_DATE_NONE)
            list[n++] =
                (change){workday(calendar, leaves[i].back_on), leaves[i].people};
    }
    if (n)
        qsort(list, n, sizeof *list, by_day);
    double now = team->people, most = -INFINITY;
    for (uint32_t i = 0; i < n; i++) {
        if (list[i].on > first &&
            (i == 0 || list[i].on != list[i - 1].on))
            most = fmax(most, now);
        now += list[i].people;
    }
    return fmax(most, now);
}

static void check_need_of(rc_building *b, const rc_task *task, rc_position at,
                          double people, const rc_team *team, double most)
{
    if (people <= most + .0005 || !(team->people > 0))
        return;
    rc_fault(rc_faults_of(b), at, NULL,
             "'%s' can never start: it needs %g of '%s', who are never more than %g",
             task->head.id, people, team->head.id, most);
}

/* Whether a plan's settings speak of machine hours, which the team "gpu" is paid for. */
static const rc_estimate *machine_hours(const rc_group *group, const char *at)
{
    const rc_estimate *found = NULL;
    for (const rc_setting *row = group->settings; row->key && !found; row++) {
        const void *member = at + row->offset;
        const rc_list *list = member;
        const rc_estimate *hours = member;
        if (row->dimension == RC_HOURS && hours->given)
            found = hours;
        for (uint32_t i = 0; row->kind == RC_LIST && i < list->n && !found; i++)
            found = machine_hours(row->of, (const char *)list->at + i * row->of->size);
    }
    return found;
}

/* A plan that needs machines: of the team "gpu", which must be there and have a price. */
static void check_machines(rc_building *b, const rc_task *t, const rc_team *gpu,
                           double most, bool *used)
{
    const double gpus = t->model->gpus ? t->model->gpus(t->settings) : 0;
    const rc_estimate *hours = machine_hours(t->model->group, t->settings);
    const rc_position at = rc_place_of(&b->fill, &t->plan, t->head.at);
    *used = gpus > 0 || hours;
    if (!*used)
        return;
    if (!gpu || !gpu->is_capacity) {
        rc_fault(
            rc_faults_of(b), at,
            "team = ( …, { id = \"gpu\"; capacity = 4; cost = \"2.10 EUR/hour\"; } )",
            gpu ? "'%s' needs machines, and the team 'gpu' has people, no capacity"
                : "'%s' needs machines of the team 'gpu', and there is none",
            t->head.id);
        return;
    }
    if (gpus > 0)
        check_need_of(b, t, at, gpus, gpu, most);
    const bool priced = gpu->cost_per_day > 0;
    if (hours && !priced)
        rc_warn(rc_faults_of(b), hours->at, "cost = \"2.10 EUR/hour\" of that team",
                "these machine hours cost nothing: the team 'gpu' has no price");
    else if (!hours && priced)
        rc_warn(rc_faults_of(b), at, "say gpu_hours, as \"60 to 400\"",
                "the machines that '%s' holds cost nothing: it says not how many hours "
                "are paid",
                t->head.id);
}

static void check_team(rc_building *b)
{
    const rc_team *teams = rc_teams(b->s);
    uint32_t n = b->s->team.n, gpu = rc_names_find(b->teams, "gpu");
    bool *used = rc_room(b, n, sizeof *used);
    double *most = rc_room(b, n, sizeof *most);
    for (uint32_t i = 0; used && most && i < n; i++)
        most[i] = most_heads(b, &teams[i]);
    for (uint32_t k = 0; used && most && k < b->s->tasks.n; k++) {
        const rc_task *t = &rc_tasks(b->s)[k];
        rc_position at = rc_place_of(&b->fill, &t->who_text, t->head.at);
        for (uint32_t w = 0; w < t->who_n; w++) {
            uint32_t i = t->who[w].team;
            used[i] = true;
            check_need_of(b, t, at, t->who[w].people, &teams[i], most[i]);
        }
        bool machines = false;
        if (t->model && t->settings)
            check_machines(b, t, gpu < n ? &teams[gpu] : NULL, gpu < n ? most[gpu] : 0,
                           &machines);
        if (gpu < n)
            used[gpu] |= machines;
    }
    for (uint32_t i = 0; used && i < n; i++)
        if (!used[i] && !b->who_unclear && !b->plan_unclear)
            rc_unused(rc_faults_of(b), teams[i].head.at,
                      "name it in who = \"…\" of a task, or leave it out",
                      "the team '%s' is never used", teams[i].head.id);
}

/* -------------------------------------------------------------------- models */

static bool is_needed(const rc_building *b, const char *model)
{
    const rc_gate *gates = b->s->gates.at;
    for (uint32_t g = 0; g < b->s->gates.n; g++)
        for (uint32_t c = 0; c < gates[g].needs.n; c++)
            if (strcmp(gates[g].needs.at[c].metric, model) == 0)
                return true;
    return false;
}

static void check_models(rc_building *b)
{
    b->s->currency = b->fill.reading.currency ? b->fill.reading.currency : "";
    rc_faults_check(rc_faults_of(b), b->s);
    for (uint32_t i = 0; i < b->s->models_n; i++) {
        const rc_model_groups *m = &b->s->models[i];
        if (!m->n) /* absent, or without a group of its own */
            continue;
        bool *planned = rc_room(b, m->n, sizeof *planned);
        bool other = !m->model->is_plan ||
                     (m->model->judged_at_gates && is_needed(b, m->model->id));
        size_t size = m->model->group->size;
        for (uint32_t t = 0; planned && t < b->s->tasks.n; t++)
            if (rc_tasks(b->s)[t].model == m->model)
                planned[(size_t)((const char *)rc_tasks(b->s)[t].settings -
                                 (const char *)m->at) /
                        size] = true;
        for (uint32_t k = 0; planned && k < m->n; k++) {
            const rc_head *head = (const rc_head *)((const char *)m->at + k * size);
            if (!planned[k] && !other)
                rc_warn(rc_faults_of(b), head->at, NULL,
                        "no task has the plan '%s': it changes nothing", head->id);
            if (m->model->check)
                m->model->check(head, &b->s->goals, rc_faults_of(b));
        }
    }
}

static void check_what_ifs(rc_building *b)
{
    const rc_what_if *w = b->s->what_if.at;
    for (uint32_t i = 0; i < b->s->what_if.n; i++)
        if (!w[i].set.n && rc_is_given(&b->fill, &w[i].set))
            rc_warn(rc_faults_of(b), rc_place_of(&b->fill, &w[i].set, w[i].head.at),
                    "as in set = [ \"team.ds.people = 3\" ]",
                    "the what-if '%s' changes nothing", w[i].head.id);
}

void rc_check(rc_building *b)
{
    rc_network network;
    check_tasks(b);
    check_what_ifs(b);
    const bool ordered = is_ordered(b) && make_network(b, &network);
    if (ordered) {
        rc_check_loops(b, &network);
    }
    rc_check_gates(b, ordered ? &network : NULL);
    check_times(b);
    check_team(b);
    if (!rc_faults_errors(rc_faults_of(b)))
        check_models(b);
    rc_check_agreement(b);
    rc_check_correlations(b);
    rc_check_unused(b);
}
