#include "plan/binder.h"
#include "base/units.h"
#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void *must(rc_binder *b, void *memory)
{
    if (!memory)
        longjmp(*b->out_of_memory, 1);
    return memory;
}

/* Room for one more item at the end of a list that grows by doubling in the arena. */
static void *one_more(rc_binder *b, void *list, uint32_t n, size_t size)
{
    if (n != 0 && (n & (n - 1)) != 0)
        return list;
    void *larger =
        must(b, rc_arena_alloc(b->plan->arena, n == 0 ? 1 : 2 * (size_t)n, size));
    if (n > 0)
        memcpy(larger, list, n * size);
    return larger;
}

void *rc_bind_alloc(rc_binder *b, size_t count, size_t size)
{
    return must(b, rc_arena_alloc(b->plan->arena, count, size));
}

const char *rc_bind_print(rc_binder *b, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return must(b, rc_arena_text(b->plan->arena, text));
}

static uint32_t add_state(rc_binder *b, const char *name, double initial)
{
    rc_plan *plan = b->plan;
    plan->state = one_more(b, plan->state, plan->state_n, sizeof *plan->state);
    plan->state[plan->state_n] =
        (rc_state_row){must(b, rc_arena_text(plan->arena, name)), initial, RC_NONE, 1};
    return plan->scenario->estimates_n + plan->state_n++;
}

/* The row of that name, as a state index; RC_NONE: nobody has asked for it yet. */
static uint32_t find_state(const rc_binder *b, const char *name)
{
    for (uint32_t i = 0; i < b->plan->state_n; i++)
        if (b->plan->state[i].series && strcmp(b->plan->state[i].name, name) == 0)
            return i;
    return RC_NONE;
}

uint32_t rc_binder_row(const rc_binder *b, const char *name)
{
    uint32_t i = find_state(b, name);
    return i == RC_NONE ? RC_NONE : b->plan->scenario->estimates_n + i;
}

uint32_t rc_bind_state(rc_binder *b, const char *name, double initial)
{
    uint32_t i = find_state(b, name);
    return i == RC_NONE ? add_state(b, name, initial)
                        : b->plan->scenario->estimates_n + i;
}

uint32_t rc_bind_state_from(rc_binder *b, const char *name, const rc_estimate *from)
{
    uint32_t row = rc_bind_state(b, name, NAN);
    b->plan->state[row - b->plan->scenario->estimates_n].from = from->index;
    return row;
}

uint32_t rc_bind_series(rc_binder *b, const char *name, uint32_t n, double initial)
{
    uint32_t i = find_state(b, name);
    if (i != RC_NONE) {
        assert(n <= b->plan->state[i].series);
        return b->plan->scenario->estimates_n + i;
    }
    uint32_t first = add_state(b, name, initial);
    for (uint32_t k = 1; k < n; k++) {
        add_state(b, name, initial);
        b->plan->state[b->plan->state_n - 1].series = 0; /* a part of the first */
    }
    b->plan->state[first - b->plan->scenario->estimates_n].series = n;
    return first;
}

uint32_t rc_bind_words(rc_binder *b, const char *name)
{
    rc_plan *plan = b->plan;
    for (uint32_t i = 0; i < plan->words_n; i++)
        if (strcmp(plan->words[i], name) == 0)
            return i;
    plan->words = one_more(b, plan->words, plan->words_n, sizeof *plan->words);
    plan->words[plan->words_n] = must(b, rc_arena_text(plan->arena, name));
    return plan->words_n++;
}

void rc_bind_output(rc_binder *b, rc_output output)
{
    rc_plan *plan = b->plan;
    plan->outputs = one_more(b, plan->outputs, plan->outputs_n, sizeof *plan->outputs);
    output.series = output.series ? output.series : 1;
    plan->outputs[plan->outputs_n++] = output;
}

void rc_bind_driver(rc_binder *b, uint32_t row, const char *id, const char *name,
                    rc_origin origin)
{
    rc_plan *plan = b->plan;
    plan->drivers = one_more(b, plan->drivers, plan->drivers_n, sizeof *plan->drivers);
    plan->drivers[plan->drivers_n++] = (rc_plan_driver){row, id, name, origin};
}

static uint32_t finish_of(rc_binder *b, uint32_t t)
{
    const char *task = b->plan->nodes[t].task->head.id;
    return b->plan->nodes[t].finish_row =
               rc_bind_state(b, rc_bind_print(b, "finish.%s", task), NAN);
}

uint32_t rc_bind_finish(rc_binder *b, const char *task)
{
    for (uint32_t t = 0; t < b->plan->nodes_n; t++)
        if (strcmp(b->plan->nodes[t].task->head.id, task) == 0)
            return finish_of(b, t);
    return UINT32_MAX;
}

uint32_t rc_bind_own_finish(rc_binder *b, const void *settings)
{
    for (uint32_t t = 0; t < b->plan->nodes_n; t++)
        if (b->plan->nodes[t].task->settings == settings)
            return finish_of(b, t);
    return UINT32_MAX;
}

const rc_goals *rc_bind_goals(rc_binder *b)
{
    return &b->plan->goals;
}

double rc_bind_evening(rc_binder *b, int32_t date)
{
    return rc_calendar_evening(&b->plan->calendar, date);
}

void rc_bind_due(rc_binder *b, int32_t date, rc_position at, const char *what)
{
    rc_plan *plan = b->plan;
    rc_due *dues = one_more(b, plan->dues, plan->dues_n, sizeof *dues);
    dues[plan->dues_n++] = (rc_due){date, at, what};
    plan->dues = dues;
}

const char *rc_bind_date(rc_binder *b, int32_t date)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    rc_ymd d = rc_date_ymd(date);
    if (d.year == rc_date_ymd(b->plan->calendar.start).year)
        return rc_bind_print(b, "%d %s", d.day, months[d.month - 1]);
    return rc_bind_print(b, "%d %s %d", d.day, months[d.month - 1], d.year);
}

static const rc_model_groups *groups_of(const rc_plan *plan, const char *model)
{
    for (uint32_t i = 0; i < plan->scenario->models_n; i++)
        if (strcmp(plan->scenario->models[i].model->id, model) == 0)
            return &plan->scenario->models[i];
    return NULL;
}

const void *rc_bind_group(rc_binder *b, const char *model, uint32_t i)
{
    const rc_model_groups *groups = groups_of(b->plan, model);
    if (!groups || !groups->given || i >= groups->n)
        return NULL;
    return (const char *)groups->at + i * groups->model->group->size;
}

const void *rc_bind_bound(rc_binder *b, const char *model, uint32_t i)
{
    const void *settings = rc_bind_group(b, model, i);
    for (uint32_t s = 0; settings && s < b->plan->steps_n; s++)
        if (b->plan->steps[s].settings == settings)
            return b->plan->steps[s].bound;
    return NULL;
}

const rc_metric *rc_bind_metrics(rc_binder *b, uint32_t *n)
{
    *n = b->plan->scenario->metrics.n;
    return b->plan->scenario->metrics.at;
}

double rc_bind_rate_per_hour(rc_binder *b, const char *team)
{
    for (uint32_t i = 0; i < b->plan->scenario->team.n; i++) {
        const rc_team *t = &rc_teams(b->plan->scenario)[i];
        if (t->is_capacity && strcmp(t->head.id, team) == 0)
            return t->cost_per_day / RC_MACHINE_HOURS_PER_DAY;
    }
    return 0.0;
}

void rc_bind_assumed(rc_binder *b, const char *format, ...)
{
    rc_plan *plan = b->plan;
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    for (uint32_t i = 0; i < plan->assumed_n; i++)
        if (strcmp(plan->assumed[i], text) == 0)
            return; /* two searches with one default */
    plan->assumed = one_more(b, plan->assumed, plan->assumed_n, sizeof *plan->assumed);
    plan->assumed[plan->assumed_n++] = must(b, rc_arena_text(plan->arena, text));
}

uint32_t rc_binder_cost_kind(rc_binder *b, const char *kind)
{
    rc_plan *plan = b->plan;
    for (uint32_t i = 0; i < plan->cost_kinds_n; i++)
        if (strcmp(plan->cost_kinds[i], kind) == 0)
            return i;
    plan->cost_kinds =
        one_more(b, plan->cost_kinds, plan->cost_kinds_n, sizeof *plan->cost_kinds);
    plan->cost_kinds[plan->cost_kinds_n] = kind;
    return plan->cost_kinds_n++;
}
