/* bind.c -- models meet their plan: each group of settings asks the binder for rows, words
 * and outputs; then the engine's own outputs and the drivers. */
#include "plan/binder.h"
#include "plan/passes.h"
#include <ctype.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

static void bind_one(rc_binder *b, const rc_model *model, const void *settings)
{
    rc_plan *plan = b->plan;
    rc_plan_step *step = &plan->steps[plan->steps_n];
    *step = (rc_plan_step){.model = model,
                           .settings = settings,
                           .memory_at = plan->memory,
                           .cost_kind = model->cost_kind
                                            ? rc_binder_cost_kind(b, model->cost_kind)
                                            : RC_NONE};
    const size_t memory =
        model->memory ? model->memory(settings) : model->memory_per_lane;
    plan->memory += (memory * RC_LANES + 63) / 64 * 64;
    step->bound = model->bind(settings, b);
    plan->lives |= model->live != NULL;
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
        if (!groups->model->group) {
            bind_one(b, groups->model, NULL);
            plan->steps_n -= !plan->steps[plan->steps_n - 1].bound;
            continue;
        }
        for (uint32_t g = 0; groups->given && g < groups->n; g++) {
            const void *settings =
                (const char *)groups->at + g * groups->model->group->size;
            bind_one(b, groups->model, settings);
            for (uint32_t t = 0; t < plan->nodes_n; t++)
                if (plan->nodes[t].task->settings == settings)
                    plan->nodes[t].step = plan->steps_n - 1;
        }
    }
}

/* What may stop a future, for counts and words. */
static void bind_causes(rc_binder *b)
{
    rc_plan *plan = b->plan;
    plan->causes =
        rc_bind_alloc(b, plan->loops_n + (size_t)plan->steps_n, sizeof *plan->causes);
    for (uint32_t l = 0; l < plan->loops_n; l++) {
        const rc_task *task = plan->nodes[plan->loops[l].task].task;
        plan->causes[plan->causes_n++] =
            (rc_cause){task->head.id, task->head.name, "gate", plan->loops[l].step};
    }
    for (uint32_t i = 0; i < plan->steps_n; i++) {
        const rc_plan_step *step = &plan->steps[i];
        const rc_head *head = step->settings;
        if (!step->model->stop)
            continue;
        const char *name = step->model->stopped_by
                               ? step->model->stopped_by(step->settings, b)
                               : head->name;
        plan->causes[plan->causes_n++] = (rc_cause){head->id, name, step->model->id, i};
    }
}

/* The scenario's metrics are there from the start: what moves them besides gates finds
 * them, and so does a target. */
static void bind_metrics(rc_binder *b)
{
    const rc_scenario *s = b->plan->scenario;
    const rc_metric *metric = s->metrics.at;
    for (uint32_t i = 0; i < s->metrics.n; i++)
        rc_bind_state_from(b, rc_bind_print(b, "metric.%s", metric[i].head.id),
                           &metric[i].value);
}

/* Whether the launch is the one task that nothing waits for: then nothing follows it. */
static bool launch_is_last(rc_binder *b)
{
    const rc_plan *plan = b->plan;
    bool *waited = rc_bind_alloc(b, plan->nodes_n, sizeof *waited);
    for (uint32_t e = 0; e < plan->edges_n; e++)
        waited[plan->edges[e].from] = true;
    for (uint32_t t = 0; t < plan->nodes_n; t++)
        if (waited[t] == (t == plan->launch))
            return false;
    return true;
}

static void bind_targets(rc_binder *b)
{
    rc_plan *plan = b->plan;
    const rc_goals *goals = &plan->goals;
    rc_target_rows *rows = rc_bind_alloc(b, goals->targets_n, sizeof *rows);
    plan->target_rows = rows;
    for (uint32_t i = 0; i < goals->targets_n; i++) {
        const char *metric = goals->targets[i].metric;
        rows[i].truth = rc_bind_state(b, rc_bind_print(b, "metric.%s", metric), NAN);
        rows[i].measured =
            rc_bind_state(b, rc_bind_print(b, "metric.%s.measured", metric), NAN);
    }
    if (goals->targets_n)
        plan->possible_row = rc_bind_state(b, "possible", 1.0);
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
        } own[] = {{&rows[i].fired, "fired", "share", RC_OUT_SHARE},
                   {&rows[i].delay, "mean_delay_days", "days", RC_OUT_MEAN},
                   {&rows[i].cost, "cost", s->currency, RC_OUT_MEAN}};
        for (uint32_t k = 0; k < 3; k++) {
            const char *path = rc_bind_print(b, "risks[%s].%s", head->id, own[k].what);
            *own[k].row = rc_bind_state(b, path, 0.0);
            rc_bind_output(b, (rc_output){.path = path,
                                          .kind = own[k].kind,
                                          .unit = own[k].unit,
                                          .row = *own[k].row,
                                          .series = 1,
                                          .name = head->name});
        }
        const char *id = rc_bind_print(b, "risks.%s", head->id);
        rows[i].impact = rc_bind_state(b, id, 0.0);
        rc_bind_driver(b, rows[i].impact, id, rc_bind_print(b, "Risk: %s", head->name),
                       RC_STATED);
    }
    for (uint32_t i = 0; i < s->phases.n; i++) {
        const char *path = rc_bind_print(b, "phases[%s].finish", s->phases.at[i]);
        phase_rows[i] = rc_bind_state(b, path, NAN);
        rc_bind_output(b, (rc_output){.path = path,
                                      .kind = RC_OUT_SPREAD,
                                      .unit = "days",
                                      .row = phase_rows[i],
                                      .series = 1,
                                      .name = s->phases.at[i]});
    }
    if (plan->launch != RC_NONE && !launch_is_last(b)) {
        plan->after_row = rc_bind_state(b, "after_launch.cost", 0.0);
        rc_bind_output(b, (rc_output){.path = "after_launch.cost",
                                      .kind = RC_OUT_SPREAD,
                                      .unit = s->currency,
                                      .row = plan->after_row,
                                      .series = 1});
    }
    bind_targets(b);
}

/* Keys that are short in a file and odd in a sentence. */
static const char *const keys_in_words[][2] = {
    {"seed_sd", "seed noise"},
    {"full_speed_after", "ramp-up"},
    {"ramp_up", "ramp-up"},
    {"tau", "days to set in"},
};

/* "seed_sd" -> "seed noise", "chance_to_pass" -> "chance to pass" */
static char *put_key(char *out, const char *key, size_t n)
{
    for (size_t i = 0; i < sizeof keys_in_words / sizeof *keys_in_words; i++)
        if (strlen(keys_in_words[i][0]) == n &&
            strncmp(keys_in_words[i][0], key, n) == 0)
            return stpcpy(out, keys_in_words[i][1]);
    for (size_t i = 0; i < n; i++)
        *out++ = key[i] == '_' ? ' ' : key[i];
    *out = '\0';
    return out;
}

/* What an estimate is called: the last two parts of its key in words, and then the item
 * that it belongs to, which may be long and is cut where room is short.
 *
 *   fairness.groups.age_18_25.gap    "Gap: Customers 18-25"
 *   metrics.latency_p99.value        "Latency p99"
 *   experiments.seed_sd              "Experiments seed noise" */
static const char *in_words(rc_binder *b, const rc_estimate *e)
{
    const char *last = strrchr(e->key, '.'), *from = e->key;
    for (const char *p = from; last && p < last; p++)
        if (*p == '.')
            from = p + 1;
    size_t n = strlen(e->key), of_n = e->of ? strlen(e->of) : 0;
    char *text = rc_bind_alloc(b, n + of_n + 32, 1), *at = text;
    bool itself = e->of && strcmp(e->key, "value") == 0;
    if (last) {
        at = put_key(at, from, (size_t)(last - from));
        *at++ = ' ';
        from = last + 1;
    }
    if (!itself)
        at = put_key(at, from, strlen(from));
    if (e->of) {
        /* an id stands in for a name that was not given */
        bool id = e->key - e->name > (ptrdiff_t)of_n &&
                  strncmp(e->key - 1 - of_n, e->of, of_n) == 0;
        at = stpcpy(at, itself ? "" : ": ");
        if (id)
            put_key(at, e->of, of_n);
        else
            strcpy(at, e->of);
    }
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
                           name[e] ? name[e] : in_words(b, estimate), estimate->origin);
    }
}

rc_status rc_plan_bind(rc_plan *plan, rc_error *err)
{
    const rc_scenario *s = plan->scenario;
    jmp_buf out_of_memory;
    rc_binder binder = {plan, &out_of_memory};
    bool failed = false;
    uint32_t room = s->gates.n;
    for (uint32_t i = 0; i < s->models_n; i++)
        room += s->models[i].model->group ? s->models[i].n : 1;
    plan->steps = rc_plan_take(plan, room, sizeof *plan->steps, &failed);
    if (failed || setjmp(out_of_memory))
        return rc_fail(err, RC_IO, "out of memory for the models");
    static const char *const kinds[RC_COST_KINDS] = {"people", "fixed", "risks",
                                                     "mitigation"};
    for (uint32_t i = 0; i < RC_COST_KINDS; i++)
        rc_binder_cost_kind(&binder, kinds[i]);
    bind_metrics(&binder);
    bind_models(&binder);
    bind_causes(&binder);
    plan->value_row = rc_binder_row(&binder, "value.npv");
    bind_own(&binder);
    bind_drivers(&binder);
    return RC_OK;
}
