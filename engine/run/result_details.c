/* result_details.c -- tasks, drivers and the outputs of models, from the columns of the
 * detail futures. Each column is independent of the others: they are spread over threads,
 * each with scratch space of its own. */
#include "run/result.h"
#include "run/tuning.h"
#include "stats/knowing.h"
#include "stats/sample.h"
#include "stats/sensitivity.h"
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

/* Scratch of one thread. */
typedef struct bench {
    float *column;
    double *values, *select;
    uint32_t *order;
    uint64_t *keys;
} bench;

typedef struct details {
    rc_making *m;
    uint32_t n;         /* detail futures */
    uint32_t *launched; /* which of them launch */
    uint32_t launched_n;
    rc_response response;
    const double *gain; /* [n] of the plan over the other choice; NULL: no value */
    bench *benches;
} details;

static bool take_bench(const details *d, bench *b)
{
    rc_arena *arena = d->m->scratch;
    b->column = rc_arena_alloc(arena, d->n, sizeof *b->column);
    b->values = rc_arena_alloc(arena, d->n, sizeof *b->values);
    b->select = rc_arena_alloc(arena, d->n, sizeof *b->select);
    b->order = rc_arena_alloc(arena, d->n, sizeof *b->order);
    b->keys = rc_arena_alloc(arena, 2 * (size_t)d->n, sizeof *b->keys);
    return b->column && b->values && b->select && b->order && b->keys;
}

double rc_details_bytes(uint64_t futures, uint32_t threads, bool verdict_only)
{
    const size_t each = sizeof(float) + 2 * sizeof(double) + sizeof(uint32_t) +
                        2 * sizeof(uint64_t); /* of take_bench */
    const size_t once = sizeof(double) + sizeof(rc_response_point) + sizeof(uint32_t);
    uint64_t n = verdict_only ? 0 : futures;
    n = n < RC_DETAIL_FUTURES ? n : RC_DETAIL_FUTURES;
    return (double)n * ((double)threads * (double)each + (double)once);
}

/* --------------------------------------------------------------- summaries */

/* Around the first value, so that the mean of equal values is that value. */
static double mean_of(const double *values, uint32_t n)
{
    double sum = 0.0;
    for (uint32_t i = 0; i < n; i++)
        sum += values[i] - values[0];
    return n ? values[0] + sum / n : NAN;
}

/* What a column holds; how many these are. */
static uint32_t gather(double *values, const double *column, uint32_t n)
{
    uint32_t used = 0;
    for (uint32_t i = 0; i < n; i++) {
        values[used] = column[i];
        used += isnan(column[i]) ? 0 : 1;
    }
    return used;
}

static double sd_of(const double *values, uint32_t n, double mean)
{
    double squares = 0.0;
    for (uint32_t i = 0; i < n; i++)
        squares += (values[i] - mean) * (values[i] - mean);
    return n > 1 ? sqrt(squares / (n - 1)) : n == 1 ? 0.0 : NAN;
}

/* Of a column, or as it is where there is none. */
static void mean_in(const details *d, const double *column, double *mean, double *error)
{
    if (!column)
        return;
    double *values = d->benches[0].values;
    const uint32_t n = gather(values, column, d->n);
    *mean = mean_of(values, n);
    *error = rc_mean_error(sd_of(values, n, *mean), n);
}

/* The arrays of a spread are taken before the threads start. */
typedef struct slot {
    rc_spread *spread;
    const double *column;
    double *p, *low, *high;
} slot;

static void summarise(const details *d, const slot *s, bench *b)
{
    const rc_result *r = d->m->r;
    const uint32_t n = gather(b->values, s->column, d->n);
    const double mean = mean_of(b->values, n);
    *s->spread = (rc_spread){.n = n,
                             .mean = mean,
                             .sd = sd_of(b->values, n, mean),
                             .p = s->p,
                             .p_low = s->low,
                             .p_high = s->high};
    for (uint32_t i = 0; i < r->percentiles_n; i++)
        s->p[i] = s->low[i] = s->high[i] = NAN;
    if (n > 0)
        rc_percentiles(s->p, s->low, s->high, r->percentiles, r->percentiles_n,
                       b->values, n, b->select);
}

static void slot_for(rc_making *m, slot *s, rc_spread *spread, const double *column)
{
    uint32_t p = m->r->percentiles_n;
    double *room = rc_making_take(m, 3 * (size_t)p, sizeof *room);
    if (!m->failed)
        *s = (slot){spread, column, room, room + p, room + 2 * p};
}

/* ----------------------------------------------------------------- outputs */

static void make_classes(rc_making *m, rc_output_result *o, const double *column,
                         uint32_t n)
{
    enum { CLASSES_MOST = 512 };
    uint64_t count[CLASSES_MOST] = {0}, all = 0;
    uint32_t classes = 0;
    for (uint32_t i = 0; o->output.labels && o->output.labels[i]; i++)
        classes = i + 1;
    for (uint32_t i = 0; i < n; i++) {
        if (isnan(column[i]) || column[i] < 0)
            continue;
        uint32_t k = column[i] < CLASSES_MOST ? (uint32_t)column[i] : CLASSES_MOST - 1;
        count[k]++;
        all++;
        if (!o->output.labels && k >= classes)
            classes = k + 1;
    }
    rc_share *share = rc_making_take(m, classes, sizeof *share);
    for (uint32_t k = 0; k < classes && !m->failed; k++)
        share[k] = rc_wilson(count[k], all);
    o->share = share;
    o->classes = classes;
}

static void own_texts(rc_making *m, rc_output *o)
{
    uint32_t n = 0;
    o->path = rc_making_text(m, o->path);
    o->unit = rc_making_text(m, o->unit);
    o->name = rc_making_text(m, o->name);
    while (o->labels && o->labels[n])
        n++;
    if (!o->labels)
        return;
    const char **labels = rc_making_take(m, n + 1u, sizeof *labels);
    for (uint32_t i = 0; i < n && !m->failed; i++)
        labels[i] = rc_making_text(m, o->labels[i]);
    o->labels = labels;
}

static uint32_t make_outputs(details *d, slot *slots)
{
    rc_making *m = d->m;
    const rc_plan *plan = m->y->plan;
    uint32_t used = 0, column = m->y->outputs_at;
    rc_output_result *list = rc_making_take(m, plan->outputs_n, sizeof *list);
    for (uint32_t i = 0; i < plan->outputs_n && !m->failed; i++) {
        rc_output_result *o = &list[i];
        o->output = plan->outputs[i];
        own_texts(m, &o->output);
        double *const *columns = &m->y->columns[column];
        uint32_t series = o->output.series;
        column += series;
        if (o->output.kind == RC_OUT_COUNTS || o->output.kind == RC_OUT_CATEGORY) {
            make_classes(m, o, columns[0], d->n);
            continue;
        }
        rc_spread *spread = rc_making_take(m, series, sizeof *spread);
        rc_share *share = rc_making_take(m, series, sizeof *share);
        o->spread = spread;
        o->share = o->output.kind == RC_OUT_SHARE ? share : NULL;
        for (uint32_t k = 0; k < series && !m->failed; k++) {
            if (o->output.kind == RC_OUT_SPREAD) {
                slot_for(m, &slots[used++], &spread[k], columns[k]);
                continue;
            }
            double *values = d->benches[0].values;
            const uint32_t all = gather(values, columns[k], d->n);
            uint64_t yes = 0;
            for (uint32_t f = 0; f < all && o->share; f++)
                yes += values[f] != 0.0;
            const double mean = mean_of(values, all);
            spread[k] =
                (rc_spread){.n = all, .mean = mean, .sd = sd_of(values, all, mean)};
            share[k] = rc_wilson(yes, all);
        }
    }
    m->r->outputs = list;
    m->r->outputs_n = plan->outputs_n;
    return used;
}

/* ------------------------------------------------------------------- tasks */

static uint32_t make_tasks(details *d, rc_task_result *list, slot *slots)
{
    rc_making *m = d->m;
    const rc_tally *y = m->y;
    uint32_t used = 0;
    for (uint32_t t = 0; t < y->plan->nodes_n && !m->failed; t++) {
        const rc_task *task = y->plan->nodes[t].task;
        double *const *column = &y->columns[t * RC_TASK_COLUMNS];
        uint64_t launched = m->r->finish_launched.n, here = 0;
        for (uint32_t i = 0; i < d->n; i++)
            here +=
                !isnan(column[RC_TASK_START][i]) && !isinf(column[RC_TASK_START][i]);
        list[t] = (rc_task_result){
            .id = rc_making_text(m, task->head.id),
            .name = rc_making_text(m, task->head.name),
            .phase = rc_making_text(m, task->phase),
            .milestone = rc_making_text(m, task->milestone),
            .criticality = rc_wilson(m->fold.critical[t], launched),
            .occurs = rc_wilson(here, d->n),
            .rounds = 1.0,
        };
        mean_in(d, column[RC_TASK_ROUNDS], &list[t].rounds, &list[t].rounds_error);
        mean_in(d, column[RC_TASK_PAID], &list[t].cost_mean, &list[t].cost_error);
        slot_for(m, &slots[used++], &list[t].start, column[RC_TASK_START]);
        slot_for(m, &slots[used++], &list[t].finish, column[RC_TASK_FINISH]);
        slot_for(m, &slots[used++], &list[t].duration, column[RC_TASK_WORK]);
    }
    m->r->tasks = list;
    m->r->tasks_n = y->plan->nodes_n;
    return used;
}

/* ----------------------------------------------------------------- drivers */

/* A column in the futures that launch; what did not take place counts as nothing. */
static rc_sensitivity sensitivity(const details *d, const double *column, bench *b)
{
    for (uint32_t i = 0; i < d->launched_n; i++) {
        float x = (float)column[d->launched[i]];
        b->column[i] = isfinite(x) ? x : 0.0f;
    }
    return rc_sensitivity_of(b->column, &d->response, b->order, b->keys);
}

static void make_driver(const details *d, rc_driver *out, uint32_t i, bench *b)
{
    const rc_plan_driver *driver = &d->m->y->plan->drivers[i];
    rc_sensitivity s = sensitivity(d, d->m->y->columns[d->m->y->drivers_at + i], b);
    *out = (rc_driver){.id = driver->id,
                       .name = driver->name,
                       .origin = driver->origin,
                       .method = "expected finish in the input's best and worst tenth",
                       .low_days = fmin(s.low, s.high),
                       .high_days = fmax(s.low, s.high),
                       .low_at = s.low <= s.high ? s.low_at : s.high_at,
                       .high_at = s.low <= s.high ? s.high_at : s.low_at,
                       .share_of_variance = s.variance,
                       .rank_correlation = s.rank};
    const double finish_sd = d->m->r->finish_launched.sd;
    out->days_error = rc_mean_error(finish_sd, s.low_n < s.high_n ? s.low_n : s.high_n);
    rc_rank_interval(&out->rank_low, &out->rank_high, s.rank, d->launched_n);
}

/* ----------------------------------------------------------- worth knowing */

enum { KNOWING_MOST = 5 };

/* What the plan brings more than not doing it: than today's model where there is one, for
 * that may be kept, and else than nothing. */
static const double *gain_of(const rc_tally *y)
{
    static const char *const paths[] = {"value.npv_over_today", "value.npv"};
    for (uint32_t p = 0; p < 2; p++)
        for (uint32_t i = 0, column = y->outputs_at; i < y->plan->outputs_n; i++) {
            if (strcmp(y->plan->outputs[i].path, paths[p]) == 0)
                return y->columns[column];
            column += y->plan->outputs[i].series;
        }
    return NULL;
}

/* Of all futures, launched or not: the decision comes before that is known. */
static void make_knowing(const details *d, rc_knowing *out, uint32_t i, bench *b)
{
    const rc_plan_driver *driver = &d->m->y->plan->drivers[i];
    const double *column = d->m->y->columns[d->m->y->drivers_at + i];
    for (uint32_t f = 0; f < d->n; f++) {
        float x = (float)column[f];
        b->column[f] = isfinite(x) ? x : 0.0f;
    }
    rc_worth w = rc_worth_of(b->column, d->gain, d->n, b->order, b->keys);
    *out = (rc_knowing){driver->id, driver->name, w.worth, w.error, driver->origin};
}

static int by_worth(const void *a, const void *b)
{
    const rc_knowing *x = a, *y = b;
    if (x->worth != y->worth)
        return x->worth > y->worth ? -1 : 1;
    return strcmp(x->id, y->id);
}

/* The most worth knowing, of those that are beyond the noise. */
static void keep_knowing(rc_making *m, rc_knowing *list, uint32_t n)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++)
        if (list[i].worth > list[i].error)
            list[kept++] = list[i];
    qsort(list, kept, sizeof *list, by_worth);
    kept = kept < KNOWING_MOST ? kept : KNOWING_MOST;
    for (uint32_t i = 0; i < kept; i++) {
        list[i].id = rc_making_text(m, list[i].id);
        list[i].name = rc_making_text(m, list[i].name);
    }
    m->r->knowing = list;
    m->r->knowing_n = kept;
}

/* For each task the driver whose value is its duration as it is, RC_NONE: there is none. */
static uint32_t *drivers_of_tasks(const details *d)
{
    const rc_plan *plan = d->m->y->plan;
    uint32_t rows = rc_plan_rows(plan);
    uint32_t *of_row = rc_arena_alloc(d->m->scratch, rows + 1u, sizeof *of_row);
    uint32_t *of_task = rc_arena_alloc(d->m->scratch, plan->nodes_n, sizeof *of_task);
    if (!of_row || !of_task)
        return NULL;
    for (uint32_t i = 0; i < plan->drivers_n; i++)
        of_row[plan->drivers[i].row] = i + 1;
    for (uint32_t t = 0; t < plan->nodes_n; t++) {
        const rc_activity *node = &plan->nodes[t];
        bool as_is = node->plain && !node->factors_n && !node->risks_n &&
                     !plan->loops_n && of_row[node->estimate];
        of_task[t] = as_is ? of_row[node->estimate] - 1 : RC_NONE;
    }
    return of_task;
}

static int by_swing(const void *a, const void *b)
{
    const rc_driver *x = a, *y = b;
    double xs = x->high_days - x->low_days, ys = y->high_days - y->low_days;
    if (xs != ys)
        return xs > ys ? -1 : 1;
    return strcmp(x->id, y->id);
}

static bool prepare(details *d)
{
    const double *finish = d->m->fold.first_finish;
    rc_arena *arena = d->m->scratch;
    double *y = rc_arena_alloc(arena, d->n, sizeof *y);
    rc_response_point *points = rc_arena_alloc(arena, d->n, sizeof *points);
    d->launched = rc_arena_alloc(arena, d->n, sizeof *d->launched);
    d->benches = rc_arena_alloc(arena, d->m->threads, sizeof *d->benches);
    if (!y || !points || !d->launched || !d->benches)
        return false;
    for (uint32_t i = 0; i < d->m->threads; i++)
        if (!take_bench(d, &d->benches[i]))
            return false;
    for (uint32_t i = 0; i < d->n; i++)
        if (!isinf(finish[i])) {
            y[d->launched_n] = finish[i];
            d->launched[d->launched_n++] = i;
        }
    if (d->launched_n > 0)
        rc_response_prepare(&d->response, points, y, d->launched_n, d->benches[0].order,
                            d->benches[0].keys);
    return true;
}

/* The columns, each on its own: over threads. */
static void measure(const details *d, const slot *slots, int64_t slots_n,
                    rc_driver *drivers, rc_knowing *knowing, rc_task_result *tasks,
                    const uint32_t *as_driver)
{
    const rc_tally *y = d->m->y;
    bool any = d->launched_n > 1;
    int64_t drivers_n = any ? y->plan->drivers_n : 0,
            tasks_n = any ? y->plan->nodes_n : 0,
            knowing_n = d->gain ? y->plan->drivers_n : 0;
#pragma omp parallel num_threads((int)d->m->threads)
    {
        bench *b = &d->benches[omp_get_thread_num()];
#pragma omp for schedule(dynamic, 4) nowait
        for (int64_t i = 0; i < slots_n; i++)
            summarise(d, &slots[i], b);
#pragma omp for schedule(dynamic, 4) nowait
        for (int64_t i = 0; i < drivers_n; i++)
            make_driver(d, &drivers[i], (uint32_t)i, b);
#pragma omp for schedule(dynamic, 4) nowait
        for (int64_t i = 0; i < knowing_n; i++)
            make_knowing(d, &knowing[i], (uint32_t)i, b);
#pragma omp for schedule(dynamic, 4)
        for (int64_t t = 0; t < tasks_n; t++)
            if (as_driver[t] == RC_NONE) {
                size_t at = (size_t)t * RC_TASK_COLUMNS + RC_TASK_WORK;
                tasks[t].cruciality = fabs(sensitivity(d, y->columns[at], b).rank);
            }
    }
}

/* What a task has of its driver, and of its summary. */
static void finish_tasks(const details *d, rc_task_result *tasks,
                         const rc_driver *drivers, const uint32_t *as_driver)
{
    double finish_sd = d->m->r->finish_launched.sd;
    for (uint32_t t = 0; t < d->m->y->plan->nodes_n; t++) {
        if (d->launched_n <= 1)
            tasks[t].cruciality = NAN;
        else if (as_driver[t] != RC_NONE)
            tasks[t].cruciality = fabs(drivers[as_driver[t]].rank_correlation);
        rc_rank_interval(&tasks[t].cruciality_low, &tasks[t].cruciality_high,
                         tasks[t].cruciality, d->launched_n);
        tasks[t].cruciality_low = fmax(tasks[t].cruciality_low, 0.0);
        tasks[t].ssi = finish_sd > 0
                           ? tasks[t].criticality.p * tasks[t].duration.sd / finish_sd
                           : NAN;
    }
}

void rc_make_details(rc_making *m)
{
    const rc_plan *plan = m->y->plan;
    details d = {.m = m, .n = m->y->detail, .gain = gain_of(m->y)};
    const uint32_t known_n = d.gain ? plan->drivers_n : 0;
    uint32_t room = 3 * plan->nodes_n;
    for (uint32_t i = 0; i < plan->outputs_n; i++)
        room += plan->outputs[i].series;
    slot *slots = rc_arena_alloc(m->scratch, room + 1u, sizeof *slots);
    rc_task_result *tasks = rc_making_take(m, plan->nodes_n, sizeof *tasks);
    rc_driver *drivers = rc_making_take(m, plan->drivers_n, sizeof *drivers);
    rc_knowing *knowing = rc_making_take(m, known_n, sizeof *knowing);
    const uint32_t *as_driver = drivers_of_tasks(&d);
    const rc_worth all = d.gain ? rc_worth_of_all(d.gain, d.n) : (rc_worth){NAN, NAN};
    m->r->knowing_all = all.worth;
    m->r->knowing_all_error = all.error;
    if (m->failed || !slots || !as_driver || !prepare(&d)) {
        m->failed = true;
        return;
    }
    uint32_t used = make_tasks(&d, tasks, slots);
    used += make_outputs(&d, slots + used);
    if (m->failed)
        return;
    measure(&d, slots, used, drivers, knowing, tasks, as_driver);
    keep_knowing(m, knowing, known_n);
    finish_tasks(&d, tasks, drivers, as_driver);
    uint32_t drivers_n = d.launched_n > 1 ? plan->drivers_n : 0;
    qsort(drivers, drivers_n, sizeof *drivers, by_swing);
    for (uint32_t i = 0; i < drivers_n; i++) {
        drivers[i].id = rc_making_text(m, drivers[i].id);
        drivers[i].name = rc_making_text(m, drivers[i].name);
    }
    m->r->drivers = drivers;
    m->r->drivers_n = drivers_n;
}
