#include "run/result.h"
#include "base/hash.h"
#include "stats/sample.h"
#include <math.h>
#include <roadcast/run.h>
#include <string.h>

void *rc_making_take(rc_making *m, size_t n, size_t size)
{
    void *memory = rc_arena_alloc(m->arena, n ? n : 1, size);
    m->failed |= memory == NULL;
    return memory;
}

rc_spread rc_making_spread(rc_making *m, const double *values, uint64_t n)
{
    uint32_t p = m->r->percentiles_n;
    rc_spread s = {.n = n, .mean = NAN, .sd = NAN};
    double *at = rc_making_take(m, p, sizeof *at);
    double *low = rc_making_take(m, p, sizeof *low);
    double *high = rc_making_take(m, p, sizeof *high);
    if (m->failed)
        return s;
    for (uint32_t i = 0; i < p; i++)
        at[i] = low[i] = high[i] = NAN;
    s.p = at;
    s.p_low = low;
    s.p_high = high;
    if (n == 0)
        return s;
    rc_percentiles(at, low, high, m->r->percentiles, p, values, n, m->select);
    rc_moments moments = {0};
    for (uint64_t i = 0; i < n; i += RC_LANES) {
        rc_moments block = {0};
        rc_moments_add(&block, values + i,
                       (uint32_t)(n - i < RC_LANES ? n - i : RC_LANES));
        rc_moments_merge(&moments, &block);
    }
    if (moments.n > 0) {
        s.mean = moments.mean;
        s.sd = rc_moments_sd(&moments);
    }
    return s;
}

bool rc_on_time(const rc_result *r, double finish)
{
    return finish <= r->deadline_days + 1e-9;
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
    r->futures = m->y->futures;
    r->detail_futures = m->y->detail;
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
    const rc_tally *y = m->y;
    rc_result *r = m->r;
    uint32_t kinds = y->plan->cost_kinds_n;
    double *mean = rc_making_take(m, kinds, sizeof *mean);
    r->cost = rc_making_spread(m, y->samples[RC_SAMPLE_COST], y->futures);
    r->cost_kinds = copy_all(m, y->plan->cost_kinds, kinds, NULL, 0);
    r->cost_kinds_n = kinds;
    r->cost_by_kind = mean;
    if (m->failed)
        return;
    for (uint64_t b = 0; b < y->blocks; b++)
        for (uint32_t k = 0; k < kinds; k++)
            mean[k] += y->kinds[b * kinds + k];
    for (uint32_t k = 0; k < kinds; k++)
        mean[k] /= (double)y->futures;
}

/* Values of the futures that launch, NAN left out. */
static uint64_t launched(const rc_making *m, const double *values)
{
    const double *finish = m->y->samples[RC_SAMPLE_FINISH];
    uint64_t n = 0;
    for (uint64_t i = 0; i < m->y->futures; i++)
        if (!isinf(finish[i]) && !isnan(values[i]))
            m->values[n++] = values[i];
    return n;
}

static void make_finish(rc_making *m)
{
    const double *finish = m->y->samples[RC_SAMPLE_FINISH];
    m->r->finish = rc_making_spread(m, finish, m->y->futures);
    uint64_t n = launched(m, finish);
    m->r->finish_launched = rc_making_spread(m, m->values, n);
}

/* What columns of samples are called; of one target its own are just "true". */
static void make_names(rc_making *m)
{
    const rc_result *r = m->r;
    const char **names = rc_making_take(m, m->y->samples_n, sizeof *names);
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
    const rc_tally *y = m->y;
    const rc_result *r = m->r;
    const rc_target *target = &r->targets[t];
    double *chance = rc_making_take(m, r->percentiles_n, sizeof *chance);
    double *other = rc_making_take(m, r->percentiles_n, sizeof *other);
    if (m->failed)
        return;
    uint64_t n = launched(m, y->samples[rc_sample_true(t)]);
    *out = (rc_metric_result){.id = target->metric,
                              .unit = target->unit,
                              .up = target->up,
                              .chance_of_more = chance,
                              .true_value = rc_making_spread(m, m->values, n)};
    for (uint32_t i = 0; i < r->percentiles_n; i++)
        other[i] = target->up ? 100.0 - r->percentiles[i] : r->percentiles[i];
    rc_percentiles(chance, NULL, NULL, other, r->percentiles_n, m->values, n,
                   m->select);
    n = launched(m, y->samples[rc_sample_measured(t)]);
    out->measured = rc_making_spread(m, m->values, n);
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

rc_status rc_result_make(rc_result **out, const rc_tally *tally, uint64_t seed,
                         rc_arena *arena, rc_arena *scratch, rc_error *err)
{
    rc_making m = {.y = tally, .arena = arena, .scratch = scratch};
    m.r = rc_making_take(&m, 1, sizeof *m.r);
    rc_result_owner *owner = rc_making_take(&m, 1, sizeof *owner);
    m.values = rc_arena_alloc(scratch, tally->futures, sizeof *m.values);
    m.select = rc_arena_alloc(scratch, tally->futures, sizeof *m.select);
    if (m.failed || !m.values || !m.select)
        return rc_fail(err, RC_IO, "out of memory for the result");
    owner->arena = arena;
    owner->samples = tally->samples;
    owner->samples_n = tally->samples_n;
    owner->outcome = tally->outcome;
    m.r->owner_ = owner;
    void (*const parts[])(rc_making *) = {
        make_percentiles, make_header,    make_names,   make_warnings,
        make_finish,      make_cost,      make_metrics, rc_make_verdict,
        rc_make_details,  rc_make_figures};
    m.r->seed = seed;
    size_t all = sizeof parts / sizeof parts[0], only_verdict = all - 2;
    for (size_t i = 0; i < (tally->detail > 0 ? all : only_verdict) && !m.failed; i++)
        parts[i](&m);
    if (m.failed)
        return rc_fail(err, RC_IO, "out of memory for the result");
    *out = m.r;
    return RC_OK;
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

/* ---------------------------------------------------------------- what if */

static bool hit(const rc_result *r, uint64_t i)
{
    const rc_result_owner *o = r->owner_;
    const rc_verdict *v = &r->verdict;
    double finish = o->samples[RC_SAMPLE_FINISH][i];
    return !isinf(finish) && (!v->has_deadline || rc_on_time(r, finish)) &&
           (!v->has_budget || o->samples[RC_SAMPLE_COST][i] <= r->budget) &&
           (!v->has_target || o->outcome[i] == RC_REACHED);
}

/* The futures' values, NULL: none are known. */
static const double *values_of(const rc_result *r)
{
    const rc_result_owner *o = r->owner_;
    uint32_t at = rc_sample_value(r->targets_n);
    return at < o->samples_n ? o->samples[at] : NULL;
}

/* Change of a mean, future by future, and half of its 95 % interval. */
static void change(double *mean, double *error, const double *was, const double *is,
                   uint64_t futures)
{
    *mean = *error = NAN;
    if (!was || !is || futures < 2)
        return;
    double at = 0.0, squares = 0.0, n = (double)futures;
    for (uint64_t i = 0; i < futures; i++) {
        double x = is[i] - was[i], off = x - at; /* Welford */
        at += off / (double)(i + 1);
        squares += off * (x - at);
    }
    *mean = at;
    *error = RC_Z95 * sqrt(squares / ((n - 1) * n));
}

/* Gain for each unit of money: the ratio of two means and its interval (Fieller 1954),
 * which is finite where the money is known to rise.  together: sum over the futures of
 * change of the answer times change of the cost. */
static void price(rc_what_if_result *w, double together, double n)
{
    const double coin = 0.005; /* less is rounding, not money */
    const double cost = w->cost_change, error = w->cost_change_error;
    w->per_money = w->per_money_low = w->per_money_high = NAN;
    if (!(cost > fmax(error, coin)))
        return;
    double both = RC_Z95 * RC_Z95 * (together / n - w->gain * cost) / (n - 1);
    double a = cost * cost - error * error, b = w->gain * cost - both;
    double c = w->gain * w->gain - w->gain_error * w->gain_error;
    double half = sqrt(fmax(b * b - a * c, 0.0));
    w->per_money = w->gain / cost;
    w->per_money_low = (b - half) / a;
    w->per_money_high = (b + half) / a;
}

static bool same_goals(const rc_result *r, const rc_result *other)
{
    if (r->deadline_date != other->deadline_date || r->targets_n != other->targets_n ||
        r->budget != other->budget)
        return false;
    for (uint32_t i = 0; i < r->targets_n; i++) {
        const rc_target *was = &r->targets[i], *is = &other->targets[i];
        if (strcmp(was->metric, is->metric) != 0 || was->up != is->up ||
            was->value != is->value)
            return false;
    }
    return true;
}

rc_status rc_result_add_what_if(rc_result *result, const char *id, const char *name,
                                const rc_result *other, rc_error *err)
{
    rc_arena *arena = result->owner_->arena;
    rc_what_if_result *list =
        rc_arena_alloc(arena, result->what_if_n + 1u, sizeof *list);
    char *own_id = rc_arena_text(arena, id), *own_name = rc_arena_text(arena, name);
    if (!list || !own_id || !own_name)
        return rc_fail(err, RC_IO, "out of memory for a what-if");
    if (result->futures != other->futures || result->seed != other->seed)
        return rc_fail(err, RC_DEFECT, "what-if '%s' was run with other futures", id);
    if (result->what_if_n)
        memcpy(list, result->what_if, result->what_if_n * sizeof *list);
    const double *cost = result->owner_->samples[RC_SAMPLE_COST],
                 *its_cost = other->owner_->samples[RC_SAMPLE_COST];
    /* paired: only futures whose answer changed tell about the difference */
    uint64_t better = 0, worse = 0;
    double together = 0.0;
    for (uint64_t i = 0; i < result->futures; i++) {
        bool was = hit(result, i), is = hit(other, i);
        better += is && !was;
        worse += was && !is;
        together += (double)(is - was) * (its_cost[i] - cost[i]);
    }
    double n = (double)result->futures;
    double gain = ((double)better - (double)worse) / n;
    double variance = ((double)better + (double)worse) / n - gain * gain;
    rc_what_if_result *w = &list[result->what_if_n];
    *w = (rc_what_if_result){.id = own_id,
                             .name = own_name,
                             .verdict = other->verdict,
                             .finish_p80_days = rc_spread_at(other, &other->finish, 80),
                             .cost_p80 = rc_spread_at(other, &other->cost, 80),
                             .gain = gain,
                             .gain_error = RC_Z95 * sqrt(fmax(variance, 0.0) / n),
                             .same_goals = same_goals(result, other)};
    change(&w->value_gain, &w->value_gain_error, values_of(result), values_of(other),
           result->futures);
    change(&w->cost_change, &w->cost_change_error, cost, its_cost, result->futures);
    price(w, together, n);
    w->verdict.stops = NULL; /* belong to the other's result */
    w->verdict.stops_n = 0;
    w->verdict.targets = NULL;
    w->verdict.targets_n = 0;
    result->what_if = list;
    result->what_if_n++;
    return RC_OK;
}
