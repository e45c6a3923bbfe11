/* by_hand.h -- a plan made by hand, to run one model without the engine.
 *
 * Defines what a plan gives to a model when it binds (rc_bind_*) and the chance that it
 * asks for while it runs: include it in one file of a test program. Estimates are
 * uniform between two ends, or of any law. Words are a hash of (quantity's name, index,
 * lane): they hang on names, as in a real run. Also counts what a model's check finds
 * (rc_fault).
 */
#ifndef ROADCAST_TESTS_BY_HAND_H
#define ROADCAST_TESTS_BY_HAND_H

#include <roadcast/model.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/hash.h"

enum { HAND_ROWS = 1000, HAND_OWNED = 4000, HAND_LANES = RC_LANES };

struct rc_binder {
    double *row[HAND_ROWS];
    char *name[HAND_ROWS]; /* of estimates, state rows and quantities alike */
    uint64_t hash[HAND_ROWS];
    double initial[HAND_ROWS]; /* of state rows */
    uint32_t
        from[HAND_ROWS];   /* the estimate that a state row begins as, or UINT32_MAX */
    rc_law law[HAND_ROWS]; /* of estimates */
    bool is_estimate[HAND_ROWS];
    uint32_t n, block;    /* lane l of this block is future block x HAND_LANES + l */
    double rate_per_hour; /* of every team of machines */
    rc_output output[HAND_ROWS];
    uint32_t outputs_n;
    rc_goals goals;
    const rc_metric *metrics;
    uint32_t metrics_n;
    struct {
        const char *model;
        const void *settings;
        const void *bound;
    } group[8];
    uint32_t groups_n;
    rc_chance chance;
    rc_dates dates; /* weeks of five days from a Monday, no holidays */
    double start[HAND_LANES], slower[HAND_LANES], duration[HAND_LANES],
        cost[HAND_LANES];
    double launch[HAND_LANES], launched_on[HAND_LANES], stop_at[HAND_LANES];
    uint8_t verdict[HAND_LANES];
    uint32_t lane[HAND_LANES];
    void *owned[HAND_OWNED]; /* what models asked for while they bound */
    uint32_t owned_n;
};

static uint32_t hand_row(rc_binder *b, const char *name, double initial)
{
    if (b->n == HAND_ROWS)
        abort();
    b->name[b->n] = strdup(name);
    b->hash[b->n] = rc_hash_text(name);
    b->initial[b->n] = initial;
    b->from[b->n] = UINT32_MAX;
    b->row[b->n] = malloc(HAND_LANES * sizeof(double));
    for (uint32_t i = 0; i < HAND_LANES; i++)
        b->row[b->n][i] = initial;
    return b->n++;
}

static inline uint32_t hand_find(const rc_binder *b, const char *name)
{
    for (uint32_t i = 0; i < b->n; i++)
        if (strcmp(b->name[i], name) == 0)
            return i;
    return UINT32_MAX;
}

static inline double *hand_at(const rc_binder *b, const char *name)
{
    uint32_t i = hand_find(b, name);
    if (i == UINT32_MAX) {
        fprintf(stderr, "no row '%s'\n", name);
        abort();
    }
    return b->row[i];
}

static uint32_t hand_mix(uint64_t hash, uint32_t index, uint64_t future)
{
    return (uint32_t)(rc_mix64(hash ^ rc_mix64(((uint64_t)index << 32) + future + 1)) >>
                      32);
}

static inline uint32_t hand_hash(const char *name, uint32_t index, uint32_t lane)
{
    return hand_mix(rc_hash_text(name), index, lane);
}

static uint32_t hand_word(const void *self, uint32_t quantity, uint32_t index,
                          uint32_t lane)
{
    const rc_binder *b = self;
    return hand_mix(b->hash[quantity], index, (uint64_t)b->block * HAND_LANES + lane);
}

static double hand_each(const void *self, uint32_t estimate, uint32_t index,
                        uint32_t lane)
{
    const rc_binder *b = self;
    const rc_law *law = b->law + estimate;
    const double u = rc_uniform(hand_word(b, estimate, index, lane));
    if (law->kind == RC_CONSTANT)
        return law->p[0];
    if (law->kind == RC_UNIFORM)
        return law->p[0] + (law->p[1] - law->p[0]) * u;
    return rc_law_quantile(law, u);
}

/* Day of the calendar on which a working time falls, Monday to Friday. */
static double hand_day(double t)
{
    const double day = floor(t);
    return floor(day / 5) * 7 + (day - floor(day / 5) * 5) + (t - day);
}

static double hand_between(const void *self, double from, double until)
{
    (void)self;
    return hand_day(until) - hand_day(from);
}

static double hand_after(const void *self, double start, double calendar_days)
{
    (void)self;
    const double at = hand_day(start) + calendar_days, week = floor(at / 7);
    return week * 5 + fmin(at - week * 7, 5);
}

static inline void hand_draw(rc_binder *b, uint32_t estimate)
{
    for (uint32_t i = 0; i < HAND_LANES; i++)
        b->row[estimate][i] = hand_each(b, estimate, UINT32_MAX, i);
}

/* An estimate of any law; its row is what once-per-future gives. */
static inline rc_estimate hand_law(rc_binder *b, const char *name, rc_law law)
{
    rc_estimate e = {.given = true, .name = name, .text = name, .law = law};
    char its[128]; /* a state row may have the same name */
    snprintf(its, sizeof its, "estimate %s", name);
    e.index = hand_row(b, its, 0);
    b->law[e.index] = law;
    b->is_estimate[e.index] = true;
    hand_draw(b, e.index);
    return e;
}

/* Uniform between low and high. */
static inline rc_estimate hand_estimate(rc_binder *b, const char *name, double low,
                                        double high)
{
    return hand_law(
        b, name, (rc_law){.kind = RC_UNIFORM, .p = {low, high}, .floor_at = -INFINITY});
}

/* Exactly this. */
static inline rc_estimate hand_point(rc_binder *b, const char *name, double value)
{
    return hand_law(b, name,
                    (rc_law){.kind = RC_CONSTANT, .p = {value}, .floor_at = -INFINITY});
}

/* The next HAND_LANES futures: estimates drawn anew, state as before the first step. */
static inline void hand_next_block(rc_binder *b)
{
    b->block++;
    for (uint32_t r = 0; r < b->n; r++) {
        if (b->is_estimate[r])
            hand_draw(b, r);
        else
            for (uint32_t i = 0; i < HAND_LANES; i++)
                b->row[r][i] =
                    b->from[r] == UINT32_MAX ? b->initial[r] : b->row[b->from[r]][i];
    }
}

static inline rc_binder *hand_plan(void)
{
    rc_binder *b = calloc(1, sizeof *b);
    b->chance = (rc_chance){hand_word, hand_each, b};
    b->dates = (rc_dates){hand_after, hand_between, b};
    b->goals.deadline_days = b->goals.budget = INFINITY;
    b->goals.start_date = b->goals.deadline_date = INT32_MIN;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        b->slower[i] = 1;
        b->lane[i] = i;
    }
    return b;
}

static inline void hand_free(rc_binder *b)
{
    for (uint32_t i = 0; i < b->n; i++) {
        free(b->row[i]);
        free(b->name[i]);
    }
    for (uint32_t i = 0; i < b->owned_n; i++)
        free(b->owned[i]);
    free(b);
}

/* Binds a model; later ones may ask for it. As in a real plan the metrics are there. */
static inline void *hand_bind(rc_binder *b, const rc_model *model, const void *settings)
{
    for (uint32_t i = 0; i < b->metrics_n; i++) {
        char its[128];
        snprintf(its, sizeof its, "metric.%s", b->metrics[i].head.id);
        rc_bind_state_from(b, its, &b->metrics[i].value);
    }
    const uint32_t k = b->groups_n++;
    b->group[k].model = model->id;
    b->group[k].settings = settings;
    void *bound = model->bind(settings, b);
    b->group[k].bound = bound;
    return bound;
}

static inline rc_step hand_step(rc_binder *b, const void *settings, const void *bound,
                                uint32_t round)
{
    return (rc_step){.settings = settings,
                     .bound = bound,
                     .row = b->row,
                     .chance = &b->chance,
                     .dates = &b->dates,
                     .lanes = HAND_LANES,
                     .round = round,
                     .start = b->start,
                     .slower = b->slower,
                     .duration = b->duration,
                     .cost = b->cost,
                     .verdict = b->verdict,
                     .stop_at = b->stop_at,
                     .launch = b->launch,
                     .launched_on = b->launched_on};
}

void *rc_bind_alloc(rc_binder *b, size_t count, size_t size)
{
    if (b->owned_n == HAND_OWNED)
        abort();
    return b->owned[b->owned_n++] = calloc(count ? count : 1, size);
}
const char *rc_bind_print(rc_binder *b, const char *format, ...)
{
    char *out = rc_bind_alloc(b, 256, 1);
    va_list list;
    va_start(list, format);
    vsnprintf(out, 256, format, list);
    va_end(list);
    return out;
}
uint32_t rc_bind_state(rc_binder *b, const char *name, double initial)
{
    uint32_t i = hand_find(b, name);
    return i == UINT32_MAX ? hand_row(b, name, initial) : i;
}
uint32_t rc_bind_state_from(rc_binder *b, const char *name, const rc_estimate *from)
{
    uint32_t i = rc_bind_state(b, name, NAN);
    b->from[i] = from->index;
    memcpy(b->row[i], b->row[from->index], HAND_LANES * sizeof(double));
    return i;
}
uint32_t rc_bind_series(rc_binder *b, const char *name, uint32_t n, double initial)
{
    uint32_t first = hand_find(b, name);
    if (first != UINT32_MAX)
        return first; /* of no more rows than it has: the same rows */
    first = hand_row(b, name, initial);
    for (uint32_t i = 1; i < n; i++) {
        char its[64];
        snprintf(its, sizeof its, "%s/%u", name, i);
        hand_row(b, its, initial);
    }
    return first;
}
uint32_t rc_bind_words(rc_binder *b, const char *name)
{
    char its[128];
    snprintf(its, sizeof its, "words %s", name);
    uint32_t i = hand_find(b, its);
    return i == UINT32_MAX ? hand_row(b, its, NAN) : i;
}
void rc_bind_output(rc_binder *b, rc_output output)
{
    b->output[b->outputs_n++] = output;
}
void rc_bind_driver(rc_binder *b, uint32_t row, const char *id, const char *name,
                    rc_origin origin)
{
    (void)b, (void)row, (void)id, (void)name, (void)origin;
}
uint32_t rc_bind_finish(rc_binder *b, const char *task)
{
    char its[128]; /* tasks are the rows that a test has made: "finish TASK" */
    snprintf(its, sizeof its, "finish %s", task);
    return hand_find(b, its);
}
/* The task has the name of its plan's group. */
uint32_t rc_bind_own_finish(rc_binder *b, const void *settings)
{
    return rc_bind_finish(b, ((const rc_head *)settings)->id);
}
void rc_bind_due(rc_binder *b, int32_t date, rc_position at, const char *what)
{
    (void)b, (void)date, (void)at, (void)what;
}
/* Days are counted from 1970-01-01, all of them worked. */
double rc_bind_evening(rc_binder *b, int32_t date)
{
    (void)b;
    return date + 1.0;
}
const char *rc_bind_date(rc_binder *b, int32_t date)
{
    return rc_bind_print(b, "day %d", (int)date);
}
double rc_bind_rate_per_hour(rc_binder *b, const char *team)
{
    (void)team;
    return b->rate_per_hour;
}
const rc_goals *rc_bind_goals(rc_binder *b)
{
    if (!b->goals.targets || b->goals.targets == &b->goals.target) {
        b->goals.targets = &b->goals.target; /* one, where a test lists no others */
        b->goals.targets_n = b->goals.target.given;
    }
    return &b->goals;
}
static uint32_t hand_group(const rc_binder *b, const char *model, uint32_t i)
{
    for (uint32_t k = 0; k < b->groups_n; k++)
        if (strcmp(b->group[k].model, model) == 0 && i-- == 0)
            return k;
    return UINT32_MAX;
}
const void *rc_bind_group(rc_binder *b, const char *model, uint32_t i)
{
    uint32_t k = hand_group(b, model, i);
    return k == UINT32_MAX ? NULL : b->group[k].settings;
}
const void *rc_bind_bound(rc_binder *b, const char *model, uint32_t i)
{
    uint32_t k = hand_group(b, model, i);
    return k == UINT32_MAX ? NULL : b->group[k].bound;
}
const rc_metric *rc_bind_metrics(rc_binder *b, uint32_t *n)
{
    *n = b->metrics_n;
    return b->metrics;
}
void rc_bind_assumed(rc_binder *b, const char *format, ...)
{
    (void)b, (void)format;
}

/* What a model's check finds. */
struct rc_faults {
    uint32_t errors, warnings;
    char last[256];
    const rc_binder *plan; /* other groups of it; NULL: there are none */
};
bool rc_check_at_gates(const rc_faults *faults, const char *metric)
{
    return rc_check_metric(faults, metric) != NULL; /* all of them, by hand */
}
const char *rc_check_currency(const rc_faults *faults)
{
    (void)faults;
    return "EUR";
}
const void *rc_check_group(const rc_faults *faults, const char *model, uint32_t i)
{
    return faults->plan ? rc_bind_group((rc_binder *)faults->plan, model, i) : NULL;
}
const rc_metric *rc_check_metric(const rc_faults *faults, const char *id)
{
    for (uint32_t i = 0; faults->plan && i < faults->plan->metrics_n; i++)
        if (strcmp(faults->plan->metrics[i].head.id, id) == 0)
            return &faults->plan->metrics[i];
    return NULL;
}
static void found(rc_faults *faults, uint32_t *count, const char *format, va_list list)
{
    vsnprintf(faults->last, sizeof faults->last, format, list);
    ++*count;
}
void rc_fault(rc_faults *faults, rc_position at, const char *hint, const char *format,
              ...)
{
    (void)at, (void)hint;
    va_list list;
    va_start(list, format);
    found(faults, &faults->errors, format, list);
    va_end(list);
}
void rc_warn(rc_faults *faults, rc_position at, const char *hint, const char *format,
             ...)
{
    (void)at, (void)hint;
    va_list list;
    va_start(list, format);
    found(faults, &faults->warnings, format, list);
    va_end(list);
}
void rc_unused(rc_faults *faults, rc_position at, const char *hint, const char *format,
               ...)
{
    (void)at, (void)hint;
    va_list list;
    va_start(list, format);
    found(faults, &faults->errors, format, list);
    va_end(list);
}

#endif
