/* check.c -- what settings must not say together: order, gates, metrics, people. */
#include "scenario/build.h"
#include "scenario/faults.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *room(rc_building *b, size_t n, size_t size)
{
    void *at = rc_arena_alloc(rc_arena_of(b), n + 1, size);
    b->fill.no_memory |= !at;
    return at;
}

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
    uint32_t *first = room(b, n + 1, sizeof *first),
             *next = room(b, edges, sizeof *next);
    uint32_t *at = room(b, n, sizeof *at);
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
    uint8_t *state = room(b, n, 1);
    uint32_t *stack = room(b, n, sizeof *stack), *edge = room(b, n, sizeof *edge);
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

/* Ids of `metrics`, then the metrics of plans, in one list of names. */
static const rc_names *produced_metrics(rc_building *b)
{
    const rc_metric *metrics = b->s->metrics.at;
    const char **names = room(b, b->s->metrics.n + b->s->tasks.n, sizeof *names);
    uint32_t n = 0;
    for (uint32_t i = 0; names && i < b->s->metrics.n; i++)
        names[n++] = metrics[i].head.id;
    for (uint32_t i = 0; names && i < b->s->tasks.n; i++)
        if (rc_metric_of(b, &rc_tasks(b->s)[i]))
            names[n++] = rc_metric_of(b, &rc_tasks(b->s)[i]);
    const rc_names *produced = names ? rc_names_from(rc_arena_of(b), names, n) : NULL;
    b->fill.no_memory |= !produced;
    return produced;
}

static const char *near_metric(rc_building *b, const rc_names *produced,
                               const char *metric)
{
    const char *near = rc_names_near(b, produced, metric);
    return near ? near
                : "a plan of experiments produces its metric; others stand in metrics";
}

/* Whether a plan's settings are those of a task that is gated, or comes before it. */
static bool comes_before(rc_building *b, const rc_network *network,
                         const void *settings, const rc_gate *gate)
{
    const rc_task *tasks = rc_tasks(b->s);
    bool *reached = room(b, b->s->tasks.n, sizeof *reached);
    uint32_t *queue = room(b, b->s->tasks.n, sizeof *queue);
    if (!reached || !queue)
        return true;
    for (uint32_t i = 0; i < b->s->tasks.n; i++) {
        if (tasks[i].settings != settings)
            continue;
        rc_network_reach(network, i, reached, queue);
        for (uint32_t k = 0; k < b->s->tasks.n; k++)
            if (reached[k] && tasks[k].gate == gate)
                return true;
    }
    return false;
}

/* What is asked for with confidence is counted on cases: somebody says on how many, and
 * before the gate asks. */
static void check_sure(rc_building *b, const rc_network *network, const rc_gate *gate,
                       const rc_condition *need, const char *metric, const char *unit)
{
    bool counted = false, before = !network;
    for (uint32_t i = 0; i < b->s->models_n; i++) {
        const rc_model_groups *m = &b->s->models[i];
        for (uint32_t k = 0; m->model->counts && m->given && k < m->n; k++) {
            const void *settings = (const char *)m->at + k * m->model->group->size;
            if (!m->model->counts(settings, &b->s->goals, metric))
                continue;
            counted = true;
            before = before || !m->model->is_plan ||
                     comes_before(b, network, settings, gate);
        }
    }
    if (unit && strcmp(unit, "%") != 0)
        rc_fault(rc_faults_of(b), need->at, NULL,
                 "only a share of cases has a confidence, and '%s' is measured in '%s'",
                 metric, unit);
    else if (!counted && !b->plan_unclear)
        rc_fault(rc_faults_of(b), need->at,
                 "add the test_size of its search, or a study: enrolment = { … }",
                 "nothing says on how many cases '%s' is measured: it cannot be sure",
                 metric);
    else if (!before && !b->plan_unclear)
        rc_fault(rc_faults_of(b), need->at,
                 "let the task of the gate come after the one that counts them",
                 "the gate '%s' asks before any cases of '%s' are counted",
                 gate->head.id, metric);
}

/* A gate sees what a search has found once that has ended, and not before. */
static void warn_of_order(rc_building *b, const rc_network *network,
                          const rc_gate *gate, const rc_condition *need,
                          const char *metric)
{
    const rc_task *measures = NULL;
    for (uint32_t i = 0; i < b->s->tasks.n && network; i++) {
        const rc_task *t = &rc_tasks(b->s)[i];
        const char *its = rc_metric_of(b, t);
        if (!its || strcmp(its, metric) != 0)
            continue;
        if (comes_before(b, network, t->settings, gate))
            return;
        measures = t;
    }
    if (measures && !b->plan_unclear)
        rc_warn(rc_faults_of(b), need->at, "let the task of the gate come after it",
                "the gate '%s' asks for '%s', and '%s', which measures it, need not "
                "have ended by then",
                gate->head.id, metric, measures->head.id);
}

static void check_need(rc_building *b, const rc_network *network,
                       const rc_names *produced, const rc_gate *gate,
                       const rc_condition *need)
{
    rc_faults *faults = rc_faults_of(b);
    if (need->op == RC_ANY && strcmp(need->metric, "target") == 0) {
        if (!rc_is_given(&b->fill, &b->read.goals) || !b->read.goals ||
            (!b->read.goals->target && !b->read.goals->targets.n))
            rc_fault(faults, need->at, "add goals.target",
                     "the gate '%s' asks for the target, and none is set",
                     gate->head.id);
        for (uint32_t i = 0; i < b->s->goals.targets_n; i++) {
            const rc_target *target = &b->s->goals.targets[i];
            warn_of_order(b, network, gate, need, target->metric);
            if (need->sure > 0)
                check_sure(b, network, gate, need, target->metric, target->unit);
        }
        return;
    }
    for (uint32_t i = 0; need->op == RC_ANY && i < b->s->models_n; i++)
        if (strcmp(b->s->models[i].model->id, need->metric) == 0) {
            if (!b->s->models[i].given)
                rc_fault(
                    faults, need->at, NULL,
                    "the gate '%s' asks for '%s', and there is no group of that name",
                    gate->head.id, need->metric);
            return;
        }
    uint32_t which = rc_names_find(produced, need->metric);
    if (which == UINT32_MAX) {
        if (!b->plan_unclear)
            rc_fault(faults, need->at, near_metric(b, produced, need->metric),
                     "the gate '%s' asks for '%s', which nothing produces",
                     gate->head.id, need->metric);
        return;
    }
    warn_of_order(b, network, gate, need, need->metric);
    const char *unit = rc_unit_of(b, need->metric);
    if (rc_check_unit_of(b, need->at, need->metric, need->unit) && need->sure > 0)
        check_sure(b, network, gate, need, need->metric,
                   unit         ? unit
                   : need->unit ? need->unit
                                : "");
}

/* What is moved besides must be there, and be measured in what it is moved by. */
static void check_effects(rc_building *b, const rc_names *produced)
{
    for (const rc_effects_read *read = b->fill.effects; read; read = read->next)
        for (uint32_t i = 0; i < read->effects->n; i++) {
            const rc_effect *e = &read->effects->at[i];
            if (rc_names_find(produced, e->metric) == UINT32_MAX) {
                if (!b->plan_unclear)
                    rc_fault(rc_faults_of(b), e->change.at,
                             near_metric(b, produced, e->metric),
                             "'%s' is to change, and nothing produces it", e->metric);
                continue;
            }
            if (e->relative)
                continue;
            bool points = e->change.dimension == RC_POINTS;
            const char *unit = rc_unit_of(b, e->metric);
            const char *its = points ? "%" : e->change.unit ? e->change.unit : "";
            if (unit && strcmp(unit, its) != 0)
                rc_fault(rc_faults_of(b), e->change.at,
                         strcmp(unit, "%") == 0 ? "write points, or %"
                                                : "write its unit, or %",
                         "'%s' is measured in '%s': it cannot change by %s", e->metric,
                         unit, e->change.text);
        }
}

/* What stands in metrics is drawn there: no plan moves it, and no word of needs is it. */
static void check_metrics(rc_building *b)
{
    const rc_metric *metrics = b->s->metrics.at;
    for (uint32_t i = 0; i < b->s->metrics.n; i++) {
        const rc_head *head = &metrics[i].head;
        bool word = strcmp(head->id, "target") == 0;
        for (uint32_t k = 0; k < b->s->models_n; k++)
            word |= strcmp(b->s->models[k].model->id, head->id) == 0;
        if (word)
            rc_fault(rc_faults_of(b), head->at, "give it a name of its own",
                     "'%s' means something else where a gate needs it", head->id);
        for (uint32_t t = 0; t < b->s->tasks.n; t++) {
            const char *moved = rc_metric_of(b, &rc_tasks(b->s)[t]);
            if (moved && strcmp(moved, head->id) == 0) {
                rc_fault(rc_faults_of(b), head->at,
                         "leave it out here: a gate may ask for it all the same",
                         "the metric '%s' is moved by the plan of '%s' already",
                         head->id, rc_tasks(b->s)[t].head.id);
                break;
            }
        }
    }
}

/* network NULL: tasks wait for each other */
static void check_gates(rc_building *b, const rc_network *network)
{
    const rc_gate *gates = b->s->gates.at;
    rc_faults *faults = rc_faults_of(b);
    const rc_names *produced = produced_metrics(b);
    const rc_task **guarded = room(b, b->s->gates.n, sizeof(*guarded));
    if (!produced || !guarded)
        return;
    for (uint32_t i = 0; i < b->s->tasks.n; i++) {
        const rc_task *t = &rc_tasks(b->s)[i];
        if (!t->gate)
            continue;
        const rc_task **of = &guarded[t->gate - gates];
        if (*of)
            rc_fault(faults, rc_place_of(&b->fill, &t->gate_id, t->head.at),
                     "give each task a gate of its own",
                     "the gate '%s' is at '%s' already", t->gate->head.id,
                     (*of)->head.id);
        *of = t;
    }
    for (uint32_t i = 0; i < b->s->gates.n; i++) {
        const rc_gate *g = &gates[i];
        if (!rc_is_given(&b->fill, &g->needs) &&
            !rc_is_given(&b->fill, &g->chance_to_pass))
            rc_fault(faults, g->head.at, "needs = [ … ], or chance_to_pass = \"80 %\"",
                     "the gate '%s' asks for nothing", g->head.id);
        for (uint32_t k = 0; k < g->needs.n; k++)
            check_need(b, guarded[i] ? network : NULL, produced, g, &g->needs.at[k]);
        if (!guarded[i])
            rc_warn(faults, g->head.at, "gate = \"…\" at the task that must pass it",
                    "no task has the gate '%s'", g->head.id);
    }
    check_metrics(b);
    check_effects(b, produced);
    for (uint32_t i = 0; i < b->s->goals.targets_n && !b->plan_unclear; i++) {
        const rc_target *target = &b->s->goals.targets[i];
        if (rc_names_find(produced, target->metric) == UINT32_MAX)
            rc_fault(
                faults, target->metric_at, near_metric(b, produced, target->metric),
                "the target asks for '%s', which nothing produces", target->metric);
    }
}

/* Whether a group's settings say that it changes a metric besides its own. */
static bool changes(const rc_group *group, const void *at, const char *metric)
{
    for (const rc_setting *row = group->settings; row->key; row++) {
        const char *member = (const char *)at + row->offset;
        const rc_effects *effects = (const rc_effects *)member;
        const rc_list *list = (const rc_list *)member;
        for (uint32_t i = 0; row->kind == RC_EFFECTS && i < effects->n; i++)
            if (strcmp(effects->at[i].metric, metric) == 0)
                return true;
        for (uint32_t i = 0; row->kind == RC_LIST && i < list->n; i++)
            if (changes(row->of, (const char *)list->at + i * row->of->size, metric))
                return true;
    }
    return false;
}

static bool writes(const rc_building *b, const rc_task *task, const char *metric)
{
    const char *own = rc_metric_of(b, task);
    return (own && strcmp(own, metric) == 0) ||
           (task->model && task->settings &&
            changes(task->model->group, task->settings, metric));
}

/* A metric that both write, or NULL: one that is the own of one of them, else one that
 * both change besides. */
static const char *both_write(const rc_building *b, const rc_task *one,
                              const rc_task *other)
{
    const char *metric = rc_metric_of(b, one);
    if (metric && writes(b, other, metric))
        return metric;
    metric = rc_metric_of(b, other);
    if (metric && writes(b, one, metric))
        return metric;
    for (const rc_effects_read *read = b->fill.effects; read; read = read->next)
        for (uint32_t i = 0; i < read->effects->n; i++)
            if (writes(b, one, read->effects->at[i].metric) &&
                writes(b, other, read->effects->at[i].metric))
                return read->effects->at[i].metric;
    return NULL;
}

/* Two tasks that write one metric must come one after the other. */
static void check_writers(rc_building *b, const rc_network *network)
{
    const rc_task *tasks = rc_tasks(b->s);
    uint32_t n = b->s->tasks.n;
    bool *reached = room(b, n, sizeof *reached);
    bool *reached_back = room(b, n, sizeof *reached_back);
    uint32_t *queue = room(b, n, sizeof *queue);
    if (!reached || !reached_back || !queue)
        return;
    uint32_t last = UINT32_MAX, writers = 0;
    for (uint32_t i = 0; i < n && writers < 100; i++) {
        if (!tasks[i].model)
            continue;
        writers++;
        rc_network_reach(network, i, reached, queue);
        for (uint32_t j = 0; j < n; j++) {
            const char *metric =
                j > i && tasks[j].model ? both_write(b, &tasks[i], &tasks[j]) : NULL;
            if (!metric || reached[j])
                continue;
            rc_network_reach(network, j, reached_back, queue);
            if (!reached_back[i] && last != j) {
                rc_fault(
                    rc_faults_of(b), tasks[j].head.at,
                    "let one wait for the other: after = [ … ]",
                    "'%s' and '%s' both write the metric '%s', and neither comes first",
                    tasks[i].head.id, tasks[j].head.id, metric);
                last = j;
            }
        }
    }
}

/* Whether a task begins only when another has ended; "start of" that one is not enough. */
static bool begins_behind(const rc_task *tasks, uint32_t n, uint32_t task,
                          uint32_t other, bool *seen, uint32_t *queue)
{
    uint32_t head = 0, tail = 0;
    memset(seen, 0, n * sizeof *seen);
    queue[tail++] = task;
    seen[task] = true;
    while (head < tail) {
        const rc_task *t = &tasks[queue[head++]];
        for (uint32_t k = 0; k < t->after_n; k++) {
            const uint32_t before = t->after[k].task;
            if (before == other && !t->after[k].start)
                return true;
            if (!seen[before]) {
                seen[before] = true;
                queue[tail++] = before;
            }
        }
    }
    return false;
}

/* An audit looks at the model that is there when it begins: one beside the search of its
 * metric sees a model that is still being searched for. */
static void check_audits(rc_building *b, const rc_network *network)
{
    const rc_task *tasks = rc_tasks(b->s);
    enum { PAIRS_MOST = 1000 };
    uint32_t looked = 0;
    const uint32_t n = b->s->tasks.n;
    bool *ahead = room(b, n, sizeof *ahead), *seen = room(b, n, sizeof *seen);
    uint32_t *queue = room(b, n, sizeof *queue);
    if (!ahead || !seen || !queue || !b->s->goals.target.given)
        return;
    for (uint32_t i = 0; i < n; i++) {
        if (!tasks[i].model || !tasks[i].model->judged_at_gates || looked == PAIRS_MOST)
            continue;
        rc_network_reach(network, i, ahead, queue);
        for (uint32_t k = 0; k < n; k++) {
            const char *metric = rc_metric_of(b, &tasks[k]);
            if (!metric || strcmp(metric, b->s->goals.target.metric) != 0 || ahead[k] ||
                looked == PAIRS_MOST)
                continue;
            looked++;
            if (!begins_behind(tasks, n, i, k, seen, queue))
                rc_warn(rc_faults_of(b), tasks[i].head.at,
                        "let it come after the search: after = [ … ]",
                        "'%s' audits beside '%s': it sees a model that is still being "
                        "searched for",
                        tasks[i].head.id, tasks[k].head.id);
        }
    }
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

/* Most heads that a team has at any time of the plan. */
static double most_heads(rc_building *b, const rc_team *team)
{
    const rc_join *joins = team->joins.at;
    const rc_leave *leaves = team->leaves.at;
    change *list = room(b, team->joins.n + 2 * team->leaves.n, sizeof *list);
    uint32_t n = 0;
    if (!list)
        return INFINITY;
    for (uint32_t i = 0; i < team->joins.n; i++)
        list[n++] = (change){joins[i].on, joins[i].people};
    for (uint32_t i = 0; i < team->leaves.n; i++) {
        list[n++] = (change){leaves[i].on, -leaves[i].people};
        if (leaves[i].back_on != RC_DATE_NONE)
            list[n++] = (change){leaves[i].back_on, leaves[i].people};
    }
    if (n)
        qsort(list, n, sizeof *list, by_day);
    double now = team->people, most = -INFINITY;
    for (uint32_t i = 0; i < n; i++) {
        if (list[i].on > b->s->calendar.start &&
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
    bool *used = room(b, n, sizeof *used);
    double *most = room(b, n, sizeof *most);
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
        bool *planned = room(b, m->n, sizeof *planned);
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
        check_writers(b, &network);
        check_audits(b, &network);
    }
    check_gates(b, ordered ? &network : NULL);
    check_times(b);
    check_team(b);
    if (!rc_faults_errors(rc_faults_of(b)))
        check_models(b);
    rc_check_agreement(b);
    rc_check_correlations(b);
    rc_check_unused(b);
}
