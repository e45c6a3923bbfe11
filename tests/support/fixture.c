#include "fixture_parts.h"
#include "base/date.h"
#include <stdio.h>

/* ----------------------------------------------------------------- calendar */

static bool is_worked(rc_date date)
{
    static const char *const holidays[] = {"2026-04-03", "2026-04-06", "2026-05-01",
                                           "2026-05-25"};
    for (size_t i = 0; i < sizeof holidays / sizeof *holidays; i++) {
        rc_date holiday;
        if (rc_date_parse(&holiday, holidays[i]) && holiday == date)
            return false;
    }
    return rc_date_weekday(date) < 5;
}

static void fill_calendar(fixture *f)
{
    rc_result *r = &f->result;
    int32_t *dates = take(f, DATES, sizeof *dates);
    r->start_date = rc_date_from(2026, 2, 2);
    for (rc_date day = r->start_date; r->dates_n < DATES; day++)
        if (is_worked(day))
            dates[r->dates_n++] = day;
    r->dates = dates;
    r->deadline_date = rc_date_from(2026, 7, 31);
    while (r->dates[(int)r->deadline_days] <= r->deadline_date)
        r->deadline_days++;
}

/* ------------------------------------------------------------------- finish */

static void fill_finish(fixture *f)
{
    rc_result *r = &f->result;
    bool none = f->kind == FIXTURE_NOTHING_LAUNCHED, one = f->kind == FIXTURE_ONE_DATE;
    static const double days[] = {98.2, 120, 144.3, 173.6, 0};
    r->finish_launched = spread_launched(f, 117.5, 21.7);
    r->finish = spread(f, 120, 0);
    double *p = take(f, PERCENTS, sizeof *p), *low = take(f, PERCENTS, sizeof *low),
           *high = take(f, PERCENTS, sizeof *high);
    for (int i = 0; i < PERCENTS; i++) {
        bool never = none || (i == PERCENTS - 1 && !one);
        p[i] = never ? (double)INFINITY : one ? 117.5 : days[i];
        low[i] = never ? (double)INFINITY : p[i] - (one ? 0 : 0.4);
        high[i] = never ? (double)INFINITY : p[i] + (one ? 0 : 0.5);
    }
    r->finish.p = p;
    r->finish.p_low = low;
    r->finish.p_high = high;
    r->finish.mean = r->finish_launched.mean; /* of the finite ones */
    r->finish.sd = r->finish_launched.sd;

    /* calendar weeks that end with the deadline's evening */
    enum { WEEKS = 44, BEFORE = 14 };
    double *edges = take(f, WEEKS + 1, sizeof *edges);
    uint64_t *counts = take(f, WEEKS, sizeof *counts);
    uint64_t left = none ? 0 : one ? FUTURES : (uint64_t)(FUTURES * 0.92), all = left;
    for (int i = 0; i <= WEEKS; i++)
        edges[i] = r->deadline_date + 1 + 7.0 * (i - BEFORE);
    for (int i = 0; i < WEEKS && left > 0; i++) {
        double x = (i - 12.5) / (i < 12 ? 2.8 : 5.2), mass = 1 / (1 + x * x * x * x);
        uint64_t n = (uint64_t)((double)all * 0.1129 * mass);
        n = one ? (i == 12 ? FUTURES : 0) : n > left || i == WEEKS - 1 ? left : n;
        counts[i] = n;
        left -= n;
    }
    r->finish_histogram = (rc_histogram){edges, counts, WEEKS, FUTURES - all};
}

static void fill_cost(fixture *f)
{
    rc_result *r = &f->result;
    enum { BINS = 30 };
    r->cost = spread(f, 190000, 19500);
    double *edges = take(f, BINS + 1, sizeof *edges);
    uint64_t *counts = take(f, BINS, sizeof *counts), left = FUTURES;
    for (int i = 0; i <= BINS; i++)
        edges[i] = 130000 + 5000.0 * i;
    for (int i = 0; i < BINS; i++) {
        double x = (edges[i] + 2500 - 190000) / 19500, mass = 1 / (1 + x * x * x * x);
        uint64_t n = (uint64_t)(FUTURES * 0.115 * mass);
        counts[i] = n > left || i == BINS - 1 ? left : n;
        left -= counts[i];
    }
    r->cost_histogram = (rc_histogram){edges, counts, BINS, 0};
    static const char *const kinds[] = {"people", "fixed", "labelling", "compute",
                                        "risks"};
    static const double by_kind[] = {96500.5, 61800, 21400, 8200.25, 3500};
    r->cost_kinds = kinds;
    static const double by_kind_error[] = {410, 0, 95.5, 120, NAN};
    r->cost_by_kind = by_kind;
    r->cost_by_kind_error = by_kind_error;
    r->cost_kinds_n = 5;
}

rc_verdict fixture_verdict(fixture_kind kind)
{
    static const rc_stop stops[] = {{"legal",
                                     "Legal review",
                                     "gate",
                                     {0.005, 0.004, 0.006},
                                     NULL,
                                     21000,
                                     20000,
                                     22000},
                                    {"gate",
                                     "Offline gate",
                                     "gate",
                                     {0.08, 0.078, 0.082},
                                     "recall",
                                     143000,
                                     141000,
                                     145000}};
    rc_verdict v = {
        .launch = share(0.92),
        .deadline = share(0.57),
        .budget = share(0.88),
        .target = share(0.83),
        .all = share(0.49),
        .stopped = share(0.08),
        .not_possible = share(0),
        .not_found = share(0.17),
        .promise_days = 165.2,
        .confidence = 0.8,
        .has_deadline = true,
        .has_budget = true,
        .has_target = true,
        .fallback = {.target = NAN, .days = NAN},
        .fallback_later = {.target = NAN, .days = NAN},
        .stops = stops,
        .stops_n = 2,
    };
    switch (kind) {
    case FIXTURE_NOTHING_LAUNCHED:
        v.launch = v.deadline = v.target = v.all = share(0);
        v.stopped = share(1);
        v.not_found = share(0.4);
        v.not_possible = share(0.6);
        v.promise_days = INFINITY;
        v.fallback = (rc_fallback){0.79, share(0.81), 125};
        break;
    case FIXTURE_NO_GOALS:
        v.deadline = v.budget = v.target = v.all = no_share;
        v.not_found = v.not_possible = no_share;
        v.has_deadline = v.has_budget = v.has_target = false;
        v.promise_days = NAN;
        break;
    case FIXTURE_ONE_DATE:
        v.launch = v.deadline = v.budget = v.target = v.all = share(1);
        v.stopped = v.not_found = share(0);
        v.promise_days = 117.5;
        v.stops_n = 0;
        break;
    case FIXTURE_NO_OUTPUTS:
        v.target = v.not_found = v.not_possible = no_share;
        v.has_target = false;
        v.stopped = share(0);
        v.stops_n = 0;
        break;
    default:
        break;
    }
    v.promise_low = v.promise_days - 2.5; /* never stays never */
    v.promise_high = v.promise_days + 3;
    return v;
}

/* --------------------------------------------------------------------- whole */

rc_result *fixture_new(fixture_kind kind)
{
    static const char *const set[] = {"labelling.labellers = 8"};
    static const char *const assumed[] = {"gains shrink as k^-0.8 (experiments.levers)",
                                          "paired tries correlate 0.95"};
    static const char *const warnings[] = {
        "tasks.serving has 41 days of slack in half of the futures"};
    static const char *const charts[] = {
        "finish",   "tornado",    "gantt", "hit_map",  "cost_and_date", "search",
        "fairness", "production", "value", "segments", "learning",      "labelling"};
    fixture *f = calloc(1, sizeof *f);
    if (!f || !(f->arena = rc_arena_new()))
        abort();
    f->kind = kind;
    rc_result *r = &f->result;
    r->scenario = "Fraud model v2";
    r->question = "Can we launch at 82 % recall by 31 July for under 220 k€?";
    r->owner = "Payments Risk ML";
    r->sha256 = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";
    r->currency = "EUR";
    r->folder = "fraud_v2";
    r->set = set;
    r->set_n = 1;
    r->seed = 42;
    r->futures = r->detail_futures = FUTURES;
    r->exact_quantiles = true;
    r->percentiles = percents;
    r->percentiles_n = PERCENTS;
    fill_calendar(f);
    r->budget = 220000;
    r->target = (rc_target){true, "recall", true, 0.82, "%", {0}, {0}};
    r->targets = &r->target;
    r->targets_n = 1;
    r->verdict = fixture_verdict(kind);
    fill_finish(f);
    fill_cost(f);
    fixture_tasks(f);
    fixture_drivers(f);
    if (kind != FIXTURE_NO_OUTPUTS) {
        fixture_metrics(f);
        fixture_outputs(f);
    }
    if (r->verdict.has_target && r->verdict.has_deadline)
        fixture_hit_map(f);
    else
        r->hit_map.promise_day = r->hit_map.promise_target = r->hit_map.nearest_day =
            r->hit_map.nearest_target = UINT32_MAX;
    fixture_dots(f);
    if (kind != FIXTURE_ONE_DATE)
        fixture_what_if(f);
    if (!r->verdict.has_deadline) {
        r->deadline_date = RC_DATE_NONE;
        r->deadline_days = INFINITY;
    }
    if (!r->verdict.has_budget)
        r->budget = INFINITY;
    for (uint32_t i = 0; i < r->dots_n; i++) {
        const bool late = r->verdict.has_deadline &&
                          !(r->dots[i].finish_days <= r->deadline_days),
                   over = r->dots[i].cost > r->budget;
        r->quarters[late][over] += 1.0 / r->dots_n;
    }
    if (!r->verdict.has_target) {
        r->target = (rc_target){0};
        r->targets_n = 0;
    }
    r->assumed = assumed;
    r->assumed_n = 2;
    r->warnings = warnings;
    r->warnings_n = 1;
    r->charts = charts;
    r->charts_n = sizeof charts / sizeof *charts;
    return r;
}

rc_result *fixture_hostile(const char *text)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    fixture *f = (fixture *)r;
    rc_task_result *tasks = take(f, r->tasks_n, sizeof *tasks);
    memcpy(tasks, r->tasks, r->tasks_n * sizeof *tasks);
    for (uint32_t i = 0; i < r->tasks_n; i++)
        tasks[i].name = tasks[i].phase = text;
    rc_driver *drivers = take(f, r->drivers_n, sizeof *drivers);
    memcpy(drivers, r->drivers, r->drivers_n * sizeof *drivers);
    for (uint32_t i = 0; i < r->drivers_n; i++)
        drivers[i].name = text;
    rc_what_if_result *what_if = take(f, r->what_if_n, sizeof *what_if);
    memcpy(what_if, r->what_if, r->what_if_n * sizeof *what_if);
    for (uint32_t i = 0; i < r->what_if_n; i++)
        what_if[i].name = text;
    rc_output_result *outputs = take(f, r->outputs_n, sizeof *outputs);
    memcpy(outputs, r->outputs, r->outputs_n * sizeof *outputs);
    for (uint32_t i = 0; i < r->outputs_n; i++)
        outputs[i].output.name = outputs[i].output.name ? text : NULL;
    const char **texts = take(f, 1, sizeof *texts);
    texts[0] = text;
    r->tasks = tasks;
    r->drivers = drivers;
    r->what_if = what_if;
    r->outputs = outputs;
    r->scenario = r->question = r->owner = r->currency = text;
    r->set = r->assumed = r->warnings = texts;
    r->set_n = r->assumed_n = r->warnings_n = 1;
    return r;
}

void fixture_free(rc_result *result)
{
    if (!result)
        return;
    rc_arena_free(((fixture *)result)->arena);
    free(result);
}

/* ----------------------------------------------- questions to a result by hand
 *
 * The run's own functions look into what a run keeps beside its result, which these have
 * not. Weak: a test that runs a plan links the real ones instead of these. */

#define WEAK __attribute__((weak))

WEAK const rc_output_result *rc_result_output(const rc_result *result, const char *path)
{
    for (uint32_t i = 0; i < result->outputs_n; i++)
        if (strcmp(result->outputs[i].output.path, path) == 0)
            return &result->outputs[i];
    return NULL;
}

static int32_t date_of(const rc_result *result, double day)
{
    int32_t last = result->dates[result->dates_n - 1];
    double past = day - (result->dates_n - 1);
    return past <= 0 ? result->dates[day < 0 ? 0 : (int)day]
                     : last + (int32_t)(past / 5) * 7 + (int32_t)past % 5;
}

WEAK int32_t rc_result_finish_date(const rc_result *result, double days)
{
    return date_of(result, ceil(days) - 1);
}

WEAK int32_t rc_result_start_date(const rc_result *result, double days)
{
    return date_of(result, floor(days));
}

/* Two columns, so that what writes samples has some. */
WEAK bool rc_result_samples(const rc_result *result, uint32_t column, const char **name,
                            const double **values)
{
    static double samples[2][FUTURES];
    static const char *const names[] = {"finish_days", "cost"};
    for (uint32_t i = 0; i < result->futures; i++) {
        samples[0][i] = result->dots[i % result->dots_n].finish_days;
        samples[1][i] = result->dots[i % result->dots_n].cost;
    }
    if (column >= 2)
        return false;
    *name = names[column];
    *values = samples[column];
    return true;
}
