#include "run/result.h"
#include "base/hash.h"
#include "stats/sample.h"
#include <math.h>
#include <string.h>

void *rc_making_take(rc_making *m, size_t n, size_t size)
{
    void *memory = rc_arena_alloc(m->arena, n ? n : 1, size);
    m->failed |= memory == NULL;
    return memory;
}

static rc_spread empty_spread(rc_making *m, uint64_t n)
{
    uint32_t p = m->r->percentiles_n;
    rc_spread s = {.n = n, .mean = NAN, .sd = NAN};
    double *at = rc_making_take(m, p, sizeof *at);
    double *low = rc_making_take(m, p, sizeof *low);
    double *high = rc_making_take(m, p, sizeof *high);
    for (uint32_t i = 0; i < p && !m->failed; i++)
        at[i] = low[i] = high[i] = NAN;
    s.p = at;
    s.p_low = low;
    s.p_high = high;
    return s;
}

static void put_moments(rc_spread *s, const rc_moments *moments)
{
    if (moments->n == 0)
        return;
    s->mean = moments->mean;
    s->sd = rc_moments_sd(moments);
}

rc_spread rc_making_spread(rc_making *m, const double *values, uint64_t n)
{
    rc_spread s = empty_spread(m, n);
    if (m->failed || n == 0)
        return s;
    rc_percentiles((double *)s.p, (double *)s.p_low, (double *)s.p_high,
                   m->r->percentiles, m->r->percentiles_n, values, n, m->select);
    rc_moments moments = {0};
    for (uint64_t i = 0; i < n; i += RC_LANES) {
        rc_moments block = {0};
        rc_moments_add(&block, values + i,
                       (uint32_t)(n - i < RC_LANES ? n - i : RC_LANES));
        rc_moments_merge(&moments, &block);
    }
    put_moments(&s, &moments);
    return s;
}

rc_spread rc_making_watched(rc_making *m, rc_watched what)
{
    const rc_fold *f = &m->fold;
    if (f->exact) {
        uint32_t n = rc_fold_take(f, what, 0, m->y->window->n, m->values);
        return rc_making_spread(m, m->values, n);
    }
    const rc_pile *pile = &f->piles[what];
    rc_spread s = empty_spread(m, pile->bins.n);
    if (!m->failed)
        rc_bins_percentiles((double *)s.p, (double *)s.p_low, (double *)s.p_high,
                            m->r->percentiles, m->r->percentiles_n, &pile->bins);
    put_moments(&s, &pile->moments);
    return s;
}

void rc_making_percentiles(rc_making *m, double *out, double *low, double *high,
                           const double *percents, uint32_t n, rc_watched what)
{
    const rc_fold *f = &m->fold;
    if (!f->exact) {
        rc_bins_percentiles(out, low, high, percents, n, &f->piles[what].bins);
        return;
    }
    uint32_t values_n = rc_fold_take(f, what, 0, m->y->window->n, m->values);
    rc_percentiles(out, low, high, percents, n, m->values, values_n, m->select);
}

/* Percentiles asked for, and those that every answer shows. */
static void make_percentiles(rc_making *m)
{
    const rc_scenario *s = m->y->plan->scenario;
    static const double always[] = {10, 50, 80, 90};
    double *list = rc_making_take(m, s->percentiles_n + 5u, sizeof *list);
    uint32_t n = 0;
    if (m->failed)
        return;
    for (uint32_t i = 0; i < s->percentiles_n + 5u; i++) {
        double p = i < s->percentiles_n       ? s->percentiles[i]
                   : i < s->percentiles_n + 4 ? always[i - s->percentiles_n]
                                              : 100.0 * s->goals.confidence;
        uint32_t at = 0;
        while (at < n && list[at] < p)
            at++;
        if (!(p > 0 && p < 100) || (at < n && list[at] == p))
            continue;
        memmove(list + at + 1, list + at, (n - at) * sizeof *list);
        list[at] = p;
        n++;
    }
    m->r->percentiles = list;
    m->r->percentiles_n = n;
}

const char *rc_making_text(rc_making *m, const char *text)
{
    if (!text)
        return NULL;
    char *own = rc_arena_text(m->arena, text);
    m->failed |= own == NULL;
    return own;
}

static const char *const *copy_all(rc_making *m, const char *const *a, uint32_t a_n,
                                   const char *const *b, uint32_t b_n)
{
    const char **list = rc_making_take(m, a_n + b_n, sizeof *list);
    for (uint32_t i = 0; i < a_n + b_n && !m->failed; i++)
        list[i] = rc_making_text(m, i < a_n ? a[i] : b[i - a_n]);
    return list;
}

static void make_header(rc_making *m)
{
    const rc_plan *plan = m->y->plan;
    const rc_scenario *s = plan->scenario;
    rc_result *r = m->r;
    r->scenario = rc_making_text(m, s->name);
    r->question = rc_making_text(m, s->question);
    r->owner = rc_making_text(m, s->owner);
    r->sha256 = rc_making_text(m, s->sha256);
    r->currency = rc_making_text(m, s->currency ? s->currency : "");
    r->folder = rc_making_text(m, rc_scenario_folder(s));
    r->set = copy_all(m, s->set, s->set_n, NULL, 0);
    r->set_n = s->set_n;
    r->file = rc_making_text(m, s->file);
    r->text = rc_making_text(m, s->text);
    uint64_t *layers = rc_making_take(m, s->layers_n, sizeof *layers);
    if (!m->failed && s->layers_n)
        memcpy(layers, s->layers, s->layers_n * sizeof *layers);
    r->layers = layers;
    r->layers_n = s->layers_n;
    r->futures = m->y->futures;
    r->detail_futures = m->y->detail;
    r->exact_quantiles = m->y->futures <= m->y->window->room;
    r->quantile_resolution = r->exact_quantiles ? 0.0 : RC_BINS_RESOLUTION;
    r->resource_limited = plan->resource_limited;
    r->start_date = s->calendar.start;
    r->deadline_date = s->deadline;
    r->deadline_days = plan->goals.deadline_days;
    r->budget = plan->goals.budget;
    r->targets_n = plan->goals.targets_n;
    rc_target *targets = rc_making_take(m, r->targets_n, sizeof *targets);
    for (uint32_t i = 0; i < r->targets_n && !m->failed; i++) {
        targets[i] = plan->goals.targets[i];
        targets[i].metric = rc_making_text(m, targets[i].metric);
        targets[i].unit = rc_making_text(m, targets[i].unit);
    }
    r->targets = targets;
    if (r->targets_n && !m->failed)
        r->target = targets[0];
    r->hypothesis = rc_making_text(m, s->hypothesis);
    const rc_supports *supports = plan->goals.supports;
    if (supports) {
        r->supports.measure = rc_making_text(m, supports->measure);
        r->supports.unit = rc_making_text(m, supports->unit);
        r->supports.up = supports->up;
        r->supports.wanted = supports->wanted;
        r->supports.by = supports->by;
    }
    r->assumed_n = s->assumed_n + plan->assumed_n;
    r->assumed = copy_all(m, s->assumed, s->assumed_n, plan->assumed, plan->assumed_n);
    r->charts = copy_all(m, s->charts.at, s->charts.n, NULL, 0);
    r->charts_n = s->charts.n;
    rc_date *dates = rc_making_take(m, plan->calendar.days_n, sizeof *dates);
    bool *works = rc_making_take(m, RC_HORIZON_DAYS, sizeof *works);
    uint32_t *index = rc_making_take(m, RC_HORIZON_DAYS, sizeof *index);
    if (m->failed)
        return;
    memcpy(dates, plan->calendar.dates, plan->calendar.days_n * sizeof *dates);
    memcpy(works, plan->calendar.works, RC_HORIZON_DAYS * sizeof *works);
    memcpy(index, plan->calendar.index, RC_HORIZON_DAYS * sizeof *index);
    r->dates = dates;
    r->dates_n = plan->calendar.days_n;
    r->owner_->calendar = plan->calendar;
    r->owner_->calendar.dates = dates;
    r->owner_->calendar.works = works;
    r->owner_->calendar.index = index;
}

static void make_warnings(rc_making *m)
{
    uint32_t n;
    const rc_plan_warning *warnings = rc_plan_warnings(m->y->plan, &n);
    const char **list = rc_making_take(m, n, sizeof *list);
    for (uint32_t i = 0; i < n && !m->failed; i++) {
        list[i] = rc_arena_text(m->arena, warnings[i].text);
        m->failed |= list[i] == NULL;
    }
    m->r->warnings = list;
    m->r->warnings_n = n;
}

static void make_cost(rc_making *m)
{
    const rc_plan *plan = m->y->plan;
    rc_result *r = m->r;
    uint32_t kinds = plan->cost_kinds_n;
    double *mean = rc_making_take(m, kinds, sizeof *mean);
    double *error = rc_making_take(m, kinds, sizeof *error);
    r->cost = rc_making_watched(m, RC_WATCH_COST);
    r->cost_kinds = copy_all(m, plan->cost_kinds, kinds, NULL, 0);
    r->cost_kinds_n = kinds;
    r->cost_by_kind = mean;
    r->cost_by_kind_error = error;
    for (uint32_t k = 0; k < kinds && !m->failed; k++) {
        const rc_paid paid = m->fold.kinds[k];
        const double n = (double)m->y->futures;
        const double squares = fmax(0.0, paid.squares - paid.sum * paid.sum / n);
        mean[k] = paid.sum / n;
        error[k] = rc_mean_error(sqrt(squares / (n - 1)), m->y->futures);
    }
}

static void make_finish(rc_making *m)
{
    m->r->finish = rc_making_watched(m, RC_WATCH_FINISH);
    m->r->finish_launched = rc_making_watched(m, RC_WATCH_LAUNCHED);
}

/* What columns of samples are called; of one target its own are just "true". */
static void make_names(rc_making *m)
{
    const rc_result *r = m->r;
    const char **names = rc_making_take(m, rc_samples_of(m->y->plan), sizeof *names);
    if (m->failed)
        return;
    names[RC_SAMPLE_FINISH] = "finish_days";
    names[RC_SAMPLE_COST] = "cost";
    for (uint32_t t = 0; t < r->targets_n; t++) {
        const char *metric = r->targets[t].metric;
        names[rc_sample_true(t)] =
            t ? rc_arena_print(m->arena, "true.%s", metric) : "true";
        names[rc_sample_measured(t)] =
            t ? rc_arena_print(m->arena, "measured.%s", metric) : "measured";
        m->failed |= !names[rc_sample_true(t)] || !names[rc_sample_measured(t)];
    }
    if (m->y->plan->value_row != RC_NONE)
        names[rc_sample_value(r->targets_n)] = "value";
    r->owner_->names = names;
}

static void make_metric(rc_making *m, rc_metric_result *out, uint32_t t)
{
    const rc_result *r = m->r;
    const rc_target *target = &r->targets[t];
    double *chance = rc_making_take(m, r->percentiles_n, sizeof *chance);
    double *low = rc_making_take(m, r->percentiles_n, sizeof *low);
    double *high = rc_making_take(m, r->percentiles_n, sizeof *high);
    double *other = rc_making_take(m, r->percentiles_n, sizeof *other);
    if (m->failed)
        return;
    *out = (rc_metric_result){.id = target->metric,
                              .unit = target->unit,
                              .up = target->up,
                              .chance_of_more = chance,
                              .chance_of_more_low = low,
                              .chance_of_more_high = high,
                              .true_value = rc_making_watched(m, rc_watch_true(t)),
                              .measured = rc_making_watched(m, rc_watch_measured(t))};
    for (uint32_t i = 0; i < r->percentiles_n; i++)
        other[i] = target->up ? 100.0 - r->percentiles[i] : r->percentiles[i];
    rc_making_percentiles(m, chance, low, high, other, r->percentiles_n,
                          rc_watch_true(t));
    for (uint32_t i = 0; i < r->percentiles_n && target->up && !m->fold.exact; i++)
        low[i] = rc_bins_below(low[i]), chance[i] = rc_bins_below(chance[i]);
}

static void make_metrics(rc_making *m)
{
    rc_result *r = m->r;
    rc_metric_result *metrics = rc_making_take(m, r->targets_n, sizeof *metrics);
    for (uint32_t t = 0; t < r->targets_n && !m->failed; t++)
        make_metric(m, &metrics[t], t);
    r->metrics = metrics;
    r->metrics_n = r->targets_n;
}

static rc_status made(const rc_making *m, rc_error *err)
{
    return m->failed ? rc_fail(err, RC_IO, "out of memory for the result") : RC_OK;
}

rc_status rc_making_begin(rc_making *m, uint64_t seed, rc_error *err)
{
    m->r = rc_making_take(m, 1, sizeof *m->r);
    rc_result_owner *owner = rc_making_take(m, 1, sizeof *owner);
    if (m->failed)
        return made(m, err);
    owner->arena = m->arena;
    m->r->owner_ = owner;
    m->r->seed = seed;
    void (*const parts[])(rc_making *) = {make_percentiles, make_header, make_names,
                                          make_warnings, rc_make_goals};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && !m->failed; i++)
        parts[i](m);
    m->failed |= !m->failed && !rc_fold_make(&m->fold, m->y, m->r, m->scratch);
    return made(m, err);
}

/* The grid of the hit map, and the day of a later fallback, are laid by the first window:
 * nobody sees the others twice. */
static void map_window(rc_making *m)
{
    if (m->y->window->first == 0) {
        rc_spread finish = rc_making_watched(m, RC_WATCH_LAUNCHED);
        rc_spread truth = rc_making_watched(m, rc_watch_true(0));
        if (!m->failed && finish.n > 0)
            rc_make_map(m, &finish, &truth);
        rc_make_later(m, m->y->window->n);
        m->failed |= !rc_fold_later(&m->fold);
    }
    if (m->fold.map.given)
        rc_fold_map(&m->fold);
}

rc_status rc_making_window(rc_making *m, rc_error *err)
{
    m->failed |= !rc_fold_window(&m->fold, m->threads);
    if (m->y->detail > 0 && m->y->window->first == 0)
        rc_make_dots(m);
    if (m->y->detail > 0 && !m->fold.exact && m->r->verdict.has_target && !m->failed)
        map_window(m);
    return made(m, err);
}

rc_status rc_making_end(rc_making *m, rc_error *err)
{
    void (*const parts[])(rc_making *) = {make_finish,     make_cost,
                                          make_metrics,    rc_make_verdict,
                                          rc_make_details, rc_make_figures};
    size_t all = sizeof parts / sizeof parts[0], only_verdict = all - 2;
    for (size_t i = 0; i < (m->y->detail > 0 ? all : only_verdict) && !m->failed; i++)
        parts[i](m);
    return made(m, err);
}

void rc_making_free(rc_making *m)
{
    rc_fold_free(&m->fold);
}

/* ------------------------------------------------------------ what is asked */

void rc_result_free(rc_result *result)
{
    if (result)
        rc_arena_free(result->owner_->arena);
}

const rc_output_result *rc_result_output(const rc_result *result, const char *path)
{
    for (uint32_t i = 0; i < result->outputs_n; i++)
        if (strcmp(result->outputs[i].output.path, path) == 0)
            return &result->outputs[i];
    return NULL;
}

int32_t rc_result_finish_date(const rc_result *result, double days)
{
    return isfinite(days) ? rc_calendar_finish_date(&result->owner_->calendar, days)
                          : RC_DATE_NONE;
}

int32_t rc_result_start_date(const rc_result *result, double days)
{
    return isfinite(days) ? rc_calendar_start_date(&result->owner_->calendar, days)
                          : RC_DATE_NONE;
}

bool rc_result_samples(const rc_result *result, uint32_t column, const char **name,
                       const double **values)
{
    const rc_result_owner *o = result->owner_;
    if (column >= o->samples_n)
        return false;
    *name = o->names[column];
    *values = o->samples[column];
    return true;
}
