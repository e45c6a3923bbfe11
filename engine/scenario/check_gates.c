/* check_gates.c -- what gates ask for, who measures it, and when. */
#include "scenario/build.h"
#include "scenario/faults.h"
#include <string.h>

/* Ids of `metrics`, then the metrics of plans, in one list of names. */
static const rc_names *produced_metrics(rc_building *b)
{
    const rc_metric *metrics = b->s->metrics.at;
    const char **names = rc_room(b, b->s->metrics.n + b->s->tasks.n, sizeof *names);
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

/* What cannot begin before a task has begun: asked again and again of the same one. */
typedef struct order {
    const rc_network *network; /* NULL: tasks wait for each other */
    uint32_t gated; /* the task of the gate that is looked at; UINT32_MAX: none */
    bool *behind;   /* of task `of` */
    uint32_t *queue, of, walks;
} order;

static bool gated_behind(order *o, uint32_t task)
{
    if (o->gated == UINT32_MAX)
        return false;
    if (o->of != task) {
        rc_network_reach(o->network, task, o->behind, o->queue);
        o->of = task;
        o->walks++;
    }
    return o->behind[o->gated];
}

/* Whether a plan's settings are those of the task that is gated, or of one before it. */
static bool comes_before(const rc_building *b, order *o, const void *settings)
{
    const rc_task *tasks = rc_tasks(b->s);
    for (uint32_t i = 0; i < b->s->tasks.n; i++)
        if (tasks[i].settings == settings && gated_behind(o, i))
            return true;
    return false;
}

/* What is asked for with confidence is counted on cases: somebody says on how many, and
 * before the gate asks. */
static void check_sure(rc_building *b, order *o, const rc_gate *gate,
                       const rc_condition *need, const char *metric, const char *unit)
{
    bool counted = false, before = !o->network;
    for (uint32_t i = 0; i < b->s->models_n; i++) {
        const rc_model_groups *m = &b->s->models[i];
        for (uint32_t k = 0; m->model->counts && m->given && k < m->n; k++) {
            const void *settings = (const char *)m->at + k * m->model->group->size;
            if (!m->model->counts(settings, &b->s->goals, metric))
                continue;
            counted = true;
            before = before || !m->model->is_plan || comes_before(b, o, settings);
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
static void warn_of_order(rc_building *b, order *o, const rc_gate *gate,
                          const rc_condition *need, const char *metric)
{
    enum { WALKS_MOST = 1000 };
    const rc_task *tasks = rc_tasks(b->s), *measures = NULL;
    if (!o->network || o->gated == UINT32_MAX || b->plan_unclear)
        return;
    for (uint32_t i = 0; i < b->s->tasks.n; i++) {
        const char *its = rc_metric_of(b, &tasks[i]);
        if (!its || strcmp(its, metric) != 0)
            continue;
        if (o->walks > WALKS_MOST || gated_behind(o, i))
            return;
        measures = &tasks[i];
    }
    if (measures)
        rc_warn(rc_faults_of(b), need->at, "let the task of the gate come after it",
                "the gate '%s' asks for '%s', and '%s', which measures it, need not "
                "have ended by then",
                gate->head.id, metric, measures->head.id);
}

static void check_need(rc_building *b, order *o, const rc_names *produced,
                       const rc_gate *gate, const rc_condition *need)
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
            warn_of_order(b, o, gate, need, target->metric);
            if (need->sure > 0)
                check_sure(b, o, gate, need, target->metric, target->unit);
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
    warn_of_order(b, o, gate, need, need->metric);
    const char *unit = rc_unit_of(b, need->metric);
    if (rc_check_unit_of(b, need->at, need->metric, need->unit) && need->sure > 0)
        check_sure(b, o, gate, need, need->metric,
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

static void check_needs(rc_building *b, const rc_network *network)
{
    const rc_gate *gates = b->s->gates.at;
    rc_faults *faults = rc_faults_of(b);
    const rc_names *produced = produced_metrics(b);
    const rc_task **guarded = rc_room(b, b->s->gates.n, sizeof(*guarded));
    order o = {.network = network,
               .behind = rc_room(b, b->s->tasks.n, sizeof *o.behind),
               .queue = rc_room(b, b->s->tasks.n, sizeof *o.queue),
               .of = UINT32_MAX};
    if (!produced || !guarded || !o.behind || !o.queue)
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
        o.gated = guarded[i] ? (uint32_t)(guarded[i] - rc_tasks(b->s)) : UINT32_MAX;
        if (!rc_is_given(&b->fill, &g->needs) &&
            !rc_is_given(&b->fill, &g->chance_to_pass))
            rc_fault(faults, g->head.at, "needs = [ … ], or chance_to_pass = \"80 %\"",
                     "the gate '%s' asks for nothing", g->head.id);
        for (uint32_t k = 0; k < g->needs.n; k++)
            check_need(b, &o, produced, g, &g->needs.at[k]);
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
    bool *reached = rc_room(b, n, sizeof *reached);
    bool *reached_back = rc_room(b, n, sizeof *reached_back);
    uint32_t *queue = rc_room(b, n, sizeof *queue);
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
    bool *ahead = rc_room(b, n, sizeof *ahead), *seen = rc_room(b, n, sizeof *seen);
    uint32_t *queue = rc_room(b, n, sizeof *queue);
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

void rc_check_gates(rc_building *b, const rc_network *network)
{
    if (network) {
        check_writers(b, network);
        check_audits(b, network);
    }
    check_needs(b, network);
}
