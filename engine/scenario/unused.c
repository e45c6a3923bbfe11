/* unused.c -- what a scenario says and nothing in it can use: told, with a way out. */
#include "scenario/build.h"
#include "scenario/faults.h"
#include <string.h>

/* ------------------------------------------------------------------- settings */

/* Whether some row of a group, or of what stands in it, is of a kind. */
typedef bool row_test(const rc_setting *row, const void *member, const void *what);

static bool any_row(const rc_group *group, const char *at, row_test *test,
                    const void *what)
{
    for (const rc_setting *row = group->settings; row->key; row++) {
        const void *member = at + row->offset;
        const rc_list *list = member;
        if (test(row, member, what))
            return true;
        if (row->kind == RC_GROUP && *(const char *const *)member &&
            any_row(row->of, *(const char *const *)member, test, what))
            return true;
        for (uint32_t i = 0; row->kind == RC_LIST && i < list->n; i++)
            if (any_row(row->of, (const char *)list->at + i * row->of->size, test,
                        what))
                return true;
    }
    return false;
}

static bool any_group(const rc_model_groups *m, row_test *test, const void *what)
{
    for (uint32_t k = 0; m->given && k < m->n; k++)
        if (any_row(m->model->group, (const char *)m->at + k * m->model->group->size,
                    test, what))
            return true;
    return false;
}

/* --------------------------------------------------------------------- budget */

static bool is_money(const rc_setting *row, const void *member, const void *what)
{
    (void)what;
    const rc_estimate *e = member;
    const double *real = member;
    if (row->dimension < RC_MONEY || row->dimension > RC_MONEY_PER_MONTH)
        return false;
    return row->kind == RC_REAL                                             ? *real > 0
           : row->kind == RC_ESTIMATE_ONCE || row->kind == RC_ESTIMATE_EACH ? e->given
                                                                            : false;
}

/* Whether anything is paid before the launch. */
static bool anything_costs(const rc_building *b)
{
    const rc_team *teams = rc_teams(b->s);
    const rc_task *tasks = rc_tasks(b->s);
    const rc_risk *risks = b->s->risks.at;
    bool any = false;
    for (uint32_t i = 0; i < b->s->team.n; i++)
        any |= teams[i].cost_per_day > 0;
    for (uint32_t i = 0; i < b->s->tasks.n; i++)
        any |= tasks[i].cost.given;
    for (uint32_t i = 0; i < b->s->risks.n; i++)
        any |= risks[i].cost.given ||
               (risks[i].mitigation && risks[i].mitigation->cost.given);
    for (uint32_t i = 0; i < b->s->models_n; i++)
        any |= b->s->models[i].model->cost_kind &&
               any_group(&b->s->models[i], is_money, NULL);
    return any;
}

static void check_budget(rc_building *b)
{
    const rc_goals_read *goals = b->read.goals;
    if (goals && rc_is_given(&b->fill, &goals->budget) && !anything_costs(b))
        rc_warn(rc_faults_of(b),
                rc_place_of(&b->fill, &goals->budget, (rc_position){0}),
                "cost = \"780 EUR/day\" of a team, or cost of a task",
                "nothing in this plan costs anything: any budget is kept");
}

/* -------------------------------------------------------------------- metrics */

static bool asks(const rc_condition *condition, const char *metric)
{
    return condition->text && strcmp(condition->metric, metric) == 0;
}

/* What is moved by an effect is not asked for by it. */
static bool is_asked(const rc_setting *row, const void *member, const void *metric)
{
    const char *const *text = member;
    const rc_texts *texts = member;
    const rc_conditions *all = member;
    bool any = false;
    switch ((int)row->kind) {
    case RC_TEXT:
        return *text && strcmp(*text, metric) == 0;
    case RC_TEXTS:
        for (uint32_t i = 0; i < texts->n; i++)
            any |= strcmp(texts->at[i], metric) == 0;
        return any;
    case RC_CONDITION:
        return asks(member, metric);
    case RC_CONDITIONS:
        for (uint32_t i = 0; i < all->n; i++)
            any |= asks(&all->at[i], metric);
        return any;
    default:
        return false;
    }
}

/* A what-if may ask for what the plan itself does not. */
static bool is_in_what_if(const rc_building *b, const char *metric)
{
    const rc_what_if *all = b->s->what_if.at;
    bool any = false;
    for (uint32_t i = 0; i < b->s->what_if.n; i++)
        for (uint32_t k = 0; k < all[i].set.n; k++)
            any |= strstr(all[i].set.at[k], metric) != NULL;
    return any;
}

static bool is_wanted(const rc_building *b, const char *metric)
{
    const rc_gate *gates = b->s->gates.at;
    bool any = rc_target_of(&b->s->goals, metric) != NULL;
    for (uint32_t g = 0; g < b->s->gates.n; g++)
        for (uint32_t i = 0; i < gates[g].needs.n; i++)
            any |= asks(&gates[g].needs.at[i], metric);
    for (uint32_t i = 0; i < b->s->models_n && !any; i++)
        any = any_group(&b->s->models[i], is_asked, metric);
    return any || is_in_what_if(b, metric);
}

/* A failure that sends work back makes further rounds. */
static bool goes_back(const rc_gate *gate)
{
    return gate->on_fail && gate->on_fail->at_most > 0;
}

static void check_metrics(rc_building *b)
{
    const rc_metric *metrics = b->s->metrics.at;
    const rc_gate *gates = b->s->gates.at;
    bool further = false;
    for (uint32_t g = 0; g < b->s->gates.n; g++)
        further |= goes_back(&gates[g]);
    for (uint32_t i = 0; i < b->s->metrics.n; i++) {
        if (!is_wanted(b, metrics[i].head.id))
            rc_warn(rc_faults_of(b), metrics[i].head.at,
                    "a target, the needs of a gate or limits may ask for it",
                    "nobody asks for the metric '%s': it changes nothing",
                    metrics[i].head.id);
        else if (metrics[i].each_round.given && !further)
            rc_warn(rc_faults_of(b), metrics[i].each_round.at,
                    "on_fail = { back_to = \"…\"; rework = \"…\"; at_most = 3; } of a "
                    "gate",
                    "'each_round' is of further rounds, and no gate sends work back");
    }
}

/* ---------------------------------------------------------------------- gates */

static void check_failures(rc_building *b)
{
    const rc_gate *gates = b->s->gates.at;
    for (uint32_t g = 0; g < b->s->gates.n; g++) {
        const rc_gate *gate = &gates[g];
        const rc_law *chance = &gate->chance_to_pass.law;
        if (!gate->on_fail)
            continue;
        const rc_position at =
            rc_place_of(&b->fill, &gate->on_fail->at_most, gate->head.at);
        if (gate->needs.n == 0 && gate->chance_to_pass.given &&
            chance->kind == RC_CONSTANT && chance->p[0] >= 1)
            rc_warn(rc_faults_of(b), at, NULL,
                    "the gate '%s' never fails: on_fail changes nothing",
                    gate->head.id);
        else if (!goes_back(gate) && gate->on_fail->then == 0)
            rc_warn(rc_faults_of(b), at, "at_most = 2, or no on_fail",
                    "what fails at '%s' is never sent back: on_fail changes nothing",
                    gate->head.id);
    }
}

/* --------------------------------------------------------------------- people */

static void check_learners(rc_building *b)
{
    const rc_team *teams = rc_teams(b->s);
    const rc_task *tasks = rc_tasks(b->s);
    for (uint32_t i = 0; i < b->s->team.n; i++) {
        const rc_join *joins = teams[i].joins.at;
        bool effort = false;
        for (uint32_t t = 0; t < b->s->tasks.n; t++)
            effort |=
                tasks[t].effort.given && tasks[t].who_n && tasks[t].who[0].team == i;
        for (uint32_t k = 0; k < teams[i].joins.n && !effort; k++)
            if (joins[k].full_speed_after.given)
                rc_warn(rc_faults_of(b), joins[k].full_speed_after.at,
                        "effort = \"20 person-days\" instead of a duration",
                        "who learns is slower at an 'effort', and no task of '%s' has "
                        "one",
                        teams[i].head.id);
    }
}

/* --------------------------------------------------------------------- charts */

/* The group that a figure is of, and what within it; of others all plans have one. */
static const struct {
    const char *figure, *group, *within;
} figures[] = {
    {"search", "experiments", NULL},    {"learning", "experiments", "learning_curve"},
    {"labelling", "labelling", NULL},   {"fairness", "fairness", NULL},
    {"production", "production", NULL}, {"value", "value", NULL},
    {"segments", "value", "segments"},
};

static bool has_within(const rc_model_groups *m, const char *key)
{
    const rc_setting *row = key ? rc_setting_row(m->model->group, key) : NULL;
    for (uint32_t k = 0; m->given && k < m->n; k++) {
        const char *at = (const char *)m->at + k * m->model->group->size;
        const rc_list *list = row ? (const void *)(at + row->offset) : NULL;
        if (!row ||
            (row->kind == RC_LIST ? list->n > 0
                                  : *(const void *const *)(at + row->offset) != NULL))
            return true;
    }
    return false;
}

static const char *lacks(const rc_building *b, const char *figure)
{
    if (strcmp(figure, "hit_map") == 0 && !b->s->goals.target.given)
        return "goals.target";
    if (strcmp(figure, "cost_and_date") == 0 && !anything_costs(b))
        return "cost";
    for (size_t f = 0; f < sizeof figures / sizeof *figures; f++) {
        bool there = strcmp(figures[f].figure, figure) != 0;
        for (uint32_t i = 0; i < b->s->models_n && !there; i++)
            there = strcmp(b->s->models[i].model->id, figures[f].group) == 0 &&
                    has_within(&b->s->models[i], figures[f].within);
        if (!there)
            return figures[f].within ? figures[f].within : figures[f].group;
    }
    return NULL;
}

static void check_charts(rc_building *b)
{
    const rc_texts *charts = &b->s->charts;
    for (uint32_t i = 0; i < charts->n; i++) {
        const char *lack = lacks(b, charts->at[i]);
        if (lack)
            rc_warn(rc_faults_of(b), charts->where[i], "leave it out",
                    "the chart '%s' is not drawn: this plan has no '%s'", charts->at[i],
                    lack);
    }
}

void rc_check_unused(rc_building *b)
{
    if (rc_faults_errors(rc_faults_of(b)))
        return;
    check_budget(b);
    check_metrics(b);
    check_failures(b);
    check_learners(b);
    check_charts(b);
}
