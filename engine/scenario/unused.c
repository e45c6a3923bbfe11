/* unused.c -- what a scenario says and nothing in it can use: told, with a way out. */
#include "scenario/build.h"
#include "scenario/faults.h"
#include <string.h>

/* ------------------------------------------------------------------- settings */

/* What is done at each row of a group, and of what stands in it. */
typedef void row_visit(const rc_setting *row, const void *member, void *self);

static void visit_rows(const rc_group *group, const char *at, row_visit *visit,
                       void *self)
{
    for (const rc_setting *row = group->settings; row->key; row++) {
        const void *member = at + row->offset;
        const rc_list *list = member;
        visit(row, member, self);
        if (row->kind == RC_GROUP && *(const char *const *)member)
            visit_rows(row->of, *(const char *const *)member, visit, self);
        for (uint32_t i = 0; row->kind == RC_LIST && i < list->n; i++)
            visit_rows(row->of, (const char *)list->at + i * row->of->size, visit,
                       self);
    }
}

static void visit_groups(const rc_model_groups *m, row_visit *visit, void *self)
{
    for (uint32_t k = 0; m->given && k < m->n; k++)
        visit_rows(m->model->group, (const char *)m->at + k * m->model->group->size,
                   visit, self);
}

/* --------------------------------------------------------------------- budget */

static void see_money(const rc_setting *row, const void *member, void *any)
{
    const rc_estimate *e = member;
    const double *real = member;
    if (row->dimension < RC_MONEY || row->dimension > RC_MONEY_PER_MONTH)
        return;
    if (row->kind == RC_REAL)
        *(bool *)any |= *real > 0;
    else if (row->kind == RC_ESTIMATE_ONCE || row->kind == RC_ESTIMATE_EACH)
        *(bool *)any |= e->given;
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
        if (b->s->models[i].model->cost_kind)
            visit_groups(&b->s->models[i], see_money, &any);
    return any;
}

static void check_budget(rc_building *b, bool costs)
{
    const rc_goals_read *goals = b->read.goals;
    if (goals && rc_is_given(&b->fill, &goals->budget) && !costs)
        rc_warn(rc_faults_of(b),
                rc_place_of(&b->fill, &goals->budget, (rc_position){0}),
                "cost = \"780 EUR/day\" of a team, or cost of a task",
                "nothing in this plan costs anything: any budget is kept");
}

/* -------------------------------------------------------------------- metrics */

/* Metrics by their index, and who of them is asked for. */
typedef struct wanted {
    const rc_names *names;
    bool *is;
} wanted;

static void want(wanted *w, const char *metric)
{
    const uint32_t i = metric ? rc_names_find(w->names, metric) : UINT32_MAX;
    if (i != UINT32_MAX)
        w->is[i] = true;
}

static void want_all(wanted *w, const rc_condition *asks, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (asks[i].text)
            want(w, asks[i].metric);
}

/* What is moved by an effect is not asked for by it. */
static void see_asked(const rc_setting *row, const void *member, void *self)
{
    const rc_texts *texts = member;
    const rc_conditions *all = member;
    if (row->kind == RC_TEXT)
        want(self, *(const char *const *)member);
    for (uint32_t i = 0; row->kind == RC_TEXTS && i < texts->n; i++)
        want(self, texts->at[i]);
    if (row->kind == RC_CONDITION)
        want_all(self, member, 1);
    else if (row->kind == RC_CONDITIONS)
        want_all(self, all->at, all->n);
}

/* A what-if may ask for what the plan itself does not: every word in it. */
static void want_words(wanted *w, const char *text)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    for (size_t n; *text; text += n) {
        char word[65];
        n = strspn(text, letters);
        if (n > 0 && n < sizeof word) {
            memcpy(word, text, n);
            word[n] = '\0';
            want(w, word);
        }
        n += n == 0;
    }
}

static bool find_wanted(rc_building *b, wanted *out)
{
    const rc_gate *gates = b->s->gates.at;
    const rc_what_if *what_if = b->s->what_if.at;
    out->names = rc_names_of(rc_arena_of(b), &b->s->metrics, sizeof(rc_metric));
    out->is = rc_arena_alloc(rc_arena_of(b), b->s->metrics.n + 1u, sizeof *out->is);
    b->fill.no_memory |= !out->names || !out->is;
    if (!out->names || !out->is)
        return false;
    for (uint32_t i = 0; i < b->s->goals.targets_n; i++)
        want(out, b->s->goals.targets[i].metric);
    for (uint32_t g = 0; g < b->s->gates.n; g++)
        want_all(out, gates[g].needs.at, gates[g].needs.n);
    for (uint32_t i = 0; i < b->s->models_n; i++)
        visit_groups(&b->s->models[i], see_asked, out);
    for (uint32_t i = 0; i < b->s->what_if.n; i++)
        for (uint32_t k = 0; k < what_if[i].set.n; k++)
            want_words(out, what_if[i].set.at[k]);
    return true;
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
    wanted w;
    if (!find_wanted(b, &w))
        return;
    for (uint32_t g = 0; g < b->s->gates.n; g++)
        further |= goes_back(&gates[g]);
    for (uint32_t i = 0; i < b->s->metrics.n; i++) {
        if (!w.is[i])
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
    bool *effort = rc_arena_alloc(rc_arena_of(b), b->s->team.n + 1u, sizeof *effort);
    b->fill.no_memory |= !effort;
    for (uint32_t i = 0; i < b->s->tasks.n && effort; i++)
        if (tasks[i].effort.given && tasks[i].who_n)
            effort[tasks[i].who[0].team] = true;
    for (uint32_t i = 0; i < b->s->team.n && effort; i++) {
        const rc_join *joins = teams[i].joins.at;
        for (uint32_t k = 0; k < teams[i].joins.n && !effort[i]; k++)
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

enum { CHARTS_LOOKED_AT = 100 }; /* more than there are */

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

static const char *lacks(const rc_building *b, const char *figure, bool costs)
{
    if (strcmp(figure, "hit_map") == 0 && !b->s->goals.target.given)
        return "goals.target";
    if (strcmp(figure, "cost_and_date") == 0 && !costs)
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

static void check_charts(rc_building *b, bool costs)
{
    const rc_texts *charts = &b->s->charts;
    for (uint32_t i = 0; i < charts->n && i < CHARTS_LOOKED_AT; i++) {
        const char *lack = lacks(b, charts->at[i], costs);
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
    const bool costs = anything_costs(b);
    check_budget(b, costs);
    check_metrics(b);
    check_failures(b);
    check_learners(b);
    check_charts(b, costs);
}
