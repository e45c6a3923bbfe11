/* agree.c -- what is said of one metric in several places: in one unit, and so that all of
 * it can hold. */
#include "scenario/build.h"
#include "scenario/faults.h"
#include <math.h>
#include <string.h>

/* ------------------------------------------------------------------ of what */

/* `metric` of a model's group; NULL: it has no such setting, or it is left out. */
static const char *own_metric(const rc_group *group, const void *at)
{
    const rc_setting *row = rc_setting_row(group, "metric");
    return row && row->kind == RC_TEXT
               ? *(const char *const *)((const char *)at + row->offset)
               : NULL;
}

const char *rc_metric_of(const rc_building *b, const rc_task *task)
{
    if (!task->model || !rc_setting_row(task->model->group, "metric"))
        return NULL;
    const char *own = own_metric(task->model->group, task->settings);
    return own ? own : b->s->goals.target.metric;
}

static const char *or_none(const char *unit)
{
    return unit ? unit : "";
}

/* The first unit that is written somewhere; "" as long as none is. */
static void take_unit(const char **unit, const char *its)
{
    if (!*unit || !**unit)
        *unit = or_none(its);
}

/* Of a search: what its values of the metric are written in. */
static void take_unit_of_plan(const char **unit, const rc_task *task)
{
    const rc_setting *row = task->model->group->settings;
    for (; row->key; row++) {
        const rc_estimate *e =
            (const rc_estimate *)((const char *)task->settings + row->offset);
        if (row->kind == RC_ESTIMATE_ONCE && row->dimension == RC_METRIC && e->given)
            take_unit(unit, e->unit);
    }
}

static bool is_written(const char *unit)
{
    return unit && *unit;
}

const char *rc_unit_of(const rc_building *b, const char *metric)
{
    const rc_goals *goals = &b->s->goals;
    const rc_metric *metrics = b->s->metrics.at;
    const char *unit = NULL;
    for (uint32_t i = 0; i < b->s->metrics.n && !is_written(unit); i++)
        if (metrics[i].value.given && strcmp(metrics[i].head.id, metric) == 0)
            take_unit(&unit, metrics[i].value.unit);
    for (uint32_t i = 0; i < b->s->tasks.n && !is_written(unit); i++) {
        const char *its = rc_metric_of(b, &rc_tasks(b->s)[i]);
        if (its && strcmp(its, metric) == 0)
            take_unit_of_plan(&unit, &rc_tasks(b->s)[i]);
    }
    for (uint32_t i = 0; i < goals->targets_n; i++)
        if (strcmp(goals->targets[i].metric, metric) == 0)
            take_unit(&unit, goals->targets[i].unit);
    return unit;
}

/* -------------------------------------------------------------------- units */

bool rc_check_unit_of(rc_building *b, rc_position at, const char *metric,
                      const char *unit)
{
    const char *its = rc_unit_of(b, metric);
    if (!its || strcmp(its, or_none(unit)) == 0)
        return true;
    if (unit && *unit && *its)
        rc_fault(rc_faults_of(b), at, "one metric is written in one unit everywhere",
                 "'%s' is measured in '%s', not in '%s'", metric, its, unit);
    else if (*its)
        rc_fault(rc_faults_of(b), at,
                 strcmp(its, "%") == 0 ? "write \"82 %\", not 82 or 0.82"
                                       : "write the unit behind the number",
                 "'%s' is measured in '%s', and this has no unit", metric, its);
    else
        rc_fault(rc_faults_of(b), at, "leave it out, or write it everywhere",
                 "'%s' has no unit elsewhere, and '%s' here", metric, unit);
    return false;
}

static void check_conditions(rc_building *b, const rc_condition *asks, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (asks[i].text && asks[i].op != RC_ANY)
            rc_check_unit_of(b, asks[i].at, asks[i].metric, asks[i].unit);
}

/* metric: what values in this group are of, or NULL. */
static void check_units_in(rc_building *b, const rc_group *group, const char *at,
                           const char *metric)
{
    for (const rc_setting *row = group->settings; row->key; row++) {
        const void *member = at + row->offset;
        const rc_estimate *e = member;
        const rc_conditions *asks = member;
        const rc_list *list = member;
        const rc_curve_points *points = member;
        switch ((int)row->kind) {
        case RC_ESTIMATE_ONCE:
        case RC_ESTIMATE_EACH:
            if (metric && e->given && row->dimension == RC_METRIC)
                rc_check_unit_of(b, e->at, metric, e->unit);
            break;
        case RC_CURVE_POINTS:
            if (metric && points->n)
                rc_check_unit_of(b, points->where, metric, points->unit);
            break;
        case RC_CONDITION:
            check_conditions(b, member, 1);
            break;
        case RC_CONDITIONS:
            check_conditions(b, asks->at, asks->n);
            break;
        case RC_GROUP:
            if (*(const char *const *)member)
                check_units_in(b, row->of, *(const char *const *)member, metric);
            break;
        case RC_LIST:
            for (uint32_t i = 0; i < list->n; i++)
                check_units_in(b, row->of, (const char *)list->at + i * row->of->size,
                               metric);
            break;
        }
    }
}

/* ------------------------------------------------------------------- bounds */

/* What may not be passed on one side: of a need, a limit or a target. */
typedef struct bound {
    const char *metric, *text;
    double value;
    bool up; /* at least */
    bool strict;
    rc_position at;
} bound;

static bound bound_of(const rc_condition *c)
{
    return (bound){c->metric,
                   c->text,
                   c->value,
                   c->op == RC_ABOVE || c->op == RC_AT_LEAST,
                   c->op == RC_ABOVE || c->op == RC_BELOW,
                   c->at};
}

static bool clash(const bound *x, const bound *y)
{
    if (strcmp(x->metric, y->metric) != 0 || x->up == y->up)
        return false;
    const double least = x->up ? x->value : y->value,
                 most = x->up ? y->value : x->value;
    return least > most + 1e-12 || (least >= most && (x->strict || y->strict));
}

/* All of these are to hold, and the targets with them. */
static void check_bounds(rc_building *b, const rc_conditions *all)
{
    for (uint32_t i = 0; i < all->n; i++) {
        if (all->at[i].op == RC_ANY)
            continue;
        const bound own = bound_of(&all->at[i]);
        for (uint32_t k = 0; k < i; k++) {
            const bound other = bound_of(&all->at[k]);
            if (all->at[k].op != RC_ANY && clash(&own, &other))
                rc_fault(rc_faults_of(b), own.at,
                         "one of the two signs is the wrong way",
                         "\"%s\" and \"%s\" can never both hold", other.text, own.text);
        }
        for (uint32_t k = 0; k < b->s->goals.targets_n; k++) {
            const rc_target *t = &b->s->goals.targets[k];
            const bound wanted = {t->metric, NULL, t->value, t->up, false, t->at};
            if (clash(&own, &wanted))
                rc_fault(rc_faults_of(b), own.at,
                         t->up ? "where more is better a need says >="
                               : "where less is better a need says <=",
                         "\"%s\" holds only where the target is missed", own.text);
        }
    }
}

static void check_bounds_in(rc_building *b, const rc_group *group, const char *at)
{
    for (const rc_setting *row = group->settings; row->key; row++)
        if (row->kind == RC_CONDITIONS)
            check_bounds(b, (const rc_conditions *)(at + row->offset));
}

void rc_check_agreement(rc_building *b)
{
    const rc_gate *gates = b->s->gates.at;
    const rc_goals *goals = &b->s->goals;
    if (b->target_unclear || b->plan_unclear)
        return;
    for (uint32_t i = 0; i < goals->targets_n; i++)
        rc_check_unit_of(b, goals->targets[i].at, goals->targets[i].metric,
                         goals->targets[i].unit);
    for (uint32_t i = 0; i < b->s->gates.n; i++)
        check_bounds(b, &gates[i].needs);
    for (uint32_t i = 0; i < b->s->models_n; i++) {
        const rc_model_groups *m = &b->s->models[i];
        for (uint32_t k = 0; m->given && k < m->n; k++) {
            const char *at = (const char *)m->at + k * m->model->group->size;
            const char *own = own_metric(m->model->group, at);
            check_units_in(b, m->model->group, at, own ? own : goals->target.metric);
            check_bounds_in(b, m->model->group, at);
        }
    }
}
