#include "fixture.h"
#include "base/arena.h"
#include "base/date.h"
#include "stats/sample.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct fixture {
    rc_result result; /* first: a result is its fixture */
    rc_arena *arena;
    fixture_kind kind;
} fixture;

enum { FUTURES = 20000, DATES = 420 };

static const double percents[] = {10, 50, 80, 90, 95};
static const double normal[] = {-1.2816, 0, 0.8416, 1.2816, 1.6449};
enum { PERCENTS = sizeof percents / sizeof *percents };

static void *take(fixture *f, size_t count, size_t size)
{
    void *memory = rc_arena_alloc(f->arena, count, size);
    if (!memory)
        abort();
    return memory;
}

/* ------------------------------------------------------------------- pieces */

static rc_spread spread(fixture *f, double middle, double sd)
{
    sd = f->kind == FIXTURE_ONE_DATE ? 0 : sd;
    double *p = take(f, PERCENTS, sizeof *p);
    double *low = take(f, PERCENTS, sizeof *low),
           *high = take(f, PERCENTS, sizeof *high);
    for (int i = 0; i < PERCENTS; i++) {
        p[i] = middle + sd * normal[i];
        low[i] = p[i] - 0.02 * sd;
        high[i] = p[i] + 0.025 * sd;
    }
    return (rc_spread){FUTURES, middle + 0.05 * sd, sd, p, low, high};
}

/* What only futures that launch have. */
static rc_spread spread_launched(fixture *f, double middle, double sd)
{
    rc_spread s = spread(f, middle, sd);
    s.n = (uint64_t)(FUTURES * 0.92);
    if (f->kind != FIXTURE_NOTHING_LAUNCHED)
        return s;
    double *none = take(f, PERCENTS, sizeof *none);
    for (int i = 0; i < PERCENTS; i++)
        none[i] = NAN;
    return (rc_spread){0, NAN, NAN, none, none, none};
}

static rc_share share(double p)
{
    return rc_wilson((uint64_t)(p * FUTURES + 0.5), FUTURES);
}

static const rc_share no_share = {NAN, NAN, NAN};

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

static rc_verdict verdict_of(fixture_kind kind)
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

/* -------------------------------------------------------------- tasks, inputs */

static void fill_tasks(fixture *f)
{
    static const struct {
        const char *id, *name, *phase, *milestone;
        double start, days, sd, criticality, cruciality, occurs, rounds, cost;
    } rows[] = {
        {"policy", "Policy & target metric", "Scoping", NULL, 0, 5.4, 2, 1, 0.09, 1, 1,
         4100},
        {"pull", "Pull 24 months of transactions", "Data", NULL, 5.4, 9, 4, 0.31, 0.12,
         1, 1, 69500},
        {"guide", "Labelling guideline & pilot", "Data", NULL, 5.4, 6.5, 2.3, 0.01,
         0.02, 1, 1, 4300},
        {"label", "Label 40 k transactions", "Data", NULL, 14.4, 33, 6, 0.18, 0.19, 1,
         1, 24900},
        {"label_qa", "Label QA & adjudication", "Data", NULL, 47.4, 7, 3, 0.18, 0.13, 1,
         1, 4400},
        {"features", "Feature store & graph features", "Data", NULL, 14.4, 34, 13, 0.82,
         0.43, 1, 1, 47000},
        {"baseline", "Baseline refresh", "Modelling", NULL, 48.4, 6.5, 2.3, 0.82, 0.1,
         1, 1, 4200},
        {"modelling", "Experiments to gate", "Modelling", NULL, 55, 21, 11, 1, 0.61, 1,
         1.24, 30500},
        {"fair_fix", "Fairness mitigation", "Modelling", NULL, 76, 4.5, 5.5, 0.7, 0.28,
         1, 1.2, 3300},
        {"offline", "Offline validation", "Validation", NULL, 80.5, 3.2, 1, 1, 0.05, 1,
         1.24, 2300},
        {"mrr", "Model-risk review", "Validation", NULL, 85, 13.5, 7, 0.66, 0.3, 1,
         1.19, 5400},
        {"serving", "Serving & latency work", "Deployment", NULL, 55, 26, 10, 0.02,
         0.11, 1, 1, 36000},
        {"shadow", "Shadow run", "Deployment", NULL, 85, 10, 2.6, 0.34, 0.08, 1, 1,
         2400},
        {"canary", "Canary, 5 % of traffic", "Deployment", NULL, 101, 5.8, 2.2, 1, 0.12,
         1, 1, 4600},
        {"rollout", "Full roll-out", "Deployment", "launch", 107, 5, 2.3, 1, NAN, 0.92,
         1, 6900},
    };
    enum { N = sizeof rows / sizeof *rows };
    rc_task_result *tasks = take(f, N, sizeof *tasks);
    for (int i = 0; i < N; i++) {
        double wander = 2 + rows[i].start * 0.15;
        tasks[i] = (rc_task_result){
            .id = rows[i].id,
            .name = rows[i].name,
            .phase = rows[i].phase,
            .milestone = rows[i].milestone,
            .criticality = share(rows[i].criticality),
            .cruciality = f->kind == FIXTURE_ONE_DATE ? NAN : rows[i].cruciality,
            .cruciality_low =
                f->kind == FIXTURE_ONE_DATE ? NAN : fmax(rows[i].cruciality - 0.02, 0),
            .cruciality_high =
                f->kind == FIXTURE_ONE_DATE ? NAN : fmin(rows[i].cruciality + 0.02, 1),
            .ssi = rows[i].criticality * rows[i].sd / 21.7,
            .occurs = share(rows[i].occurs),
            .rounds = rows[i].rounds,
            .duration = spread(f, rows[i].days, rows[i].sd),
            .start = spread(f, rows[i].start, i ? wander : 0),
            .finish = spread(f, rows[i].start + rows[i].days, wander + rows[i].sd / 2),
            .cost_mean = rows[i].cost,
            .cost_error = 0.01 * rows[i].cost,
        };
    }
    f->result.tasks = tasks;
    f->result.tasks_n = N;
    if (f->kind ==
        FIXTURE_NOTHING_LAUNCHED) { /* what comes after the gate never occurs */
        for (int i = 10; i < N; i++) {
            tasks[i].occurs = share(0), tasks[i].rounds = 0;
            tasks[i].criticality = no_share, tasks[i].cruciality = tasks[i].ssi = NAN;
            tasks[i].cruciality_low = tasks[i].cruciality_high = NAN;
            tasks[i].duration = tasks[i].start = tasks[i].finish =
                spread_launched(f, 1, 1);
        }
    }
}

static void fill_drivers(fixture *f)
{
    static const struct {
        const char *id, *name;
        double low, high, low_at, high_at, variance, rank;
        rc_origin origin;
    } rows[] = {
        {"experiments.levers.graph.successes", "Successes of graph features", 15.2,
         -10.4, 0.6, 3.7, 0.11, -0.33, RC_STATED},
        {"shared_factors.productivity.slower", "Team productivity", -9.8, 12.4, -0.17,
         0.22, 0.13, 0.36, RC_STATED},
        {"learning_curve.ceiling", "Ceiling of the learning curve", 11.8, -6.2, 0.839,
         0.896, 0.18, -0.3, RC_STATED},
        {"tasks.features.effort", "Feature store & graph features", -8.1, 9.7, 16, 52,
         0.1, 0.31, RC_STATED},
        {"risks.vendor_api.fired", "Data vendor changes its API", -1.6, 6.4, 0, 1, 0.03,
         0.16, RC_STATED},
        {"fairness.mitigation.duration", "Fairness mitigation", -3, 4.9, 3.1, 19, 0.02,
         0.15, RC_STATED},
        {"experiments.try_takes", "How long a try takes", -3.4, 4.4, 0.9, 5.3, 0.02,
         0.14, RC_STATED},
        {"shared_factors.platform.slower", "Data-platform health", -3.1, 4.2, -0.09,
         0.3, 0.02, 0.14, RC_STATED},
        {"risks.gpu_squeeze.fired", "GPU pool shared with LLM project", -1.6, 2.4, 0, 1,
         0.01, 0.08, RC_STATED},
        {"labelling.speed", "Labelling speed", 2.2, -1.3, 388, 690, 0.01, -0.06,
         RC_FITTED},
        {"learning_curve.shrink", "How gains shrink", -0.4, 0.9, 0.6, 1, 0, 0.01,
         RC_DEFAULT},
        {"tasks.guide.duration", "Labelling guideline & pilot", -0.2, 0.3, 3.5, 11, 0,
         0.005, RC_STATED},
    };
    enum { N = sizeof rows / sizeof *rows };
    if (f->kind == FIXTURE_ONE_DATE || f->kind == FIXTURE_NOTHING_LAUNCHED)
        return;
    rc_driver *drivers = take(f, N, sizeof *drivers);
    for (int i = 0; i < N; i++)
        drivers[i] = (rc_driver){
            rows[i].id,
            rows[i].name,
            "change of the expected finish when the input lands in its lowest or "
            "highest tenth",
            rows[i].low,
            rows[i].high,
            0.4,
            rows[i].low_at,
            rows[i].high_at,
            rows[i].variance,
            rows[i].rank,
            rows[i].rank - 0.02,
            rows[i].rank + 0.02,
            rows[i].origin,
        };
    f->result.drivers = drivers;
    f->result.drivers_n = N;
}

static void fill_metrics(fixture *f)
{
    static const struct {
        const char *id, *unit;
        bool up;
        double value, sd;
    } rows[] = {{"recall", "share", true, 0.828, 0.0042},
                {"alerts_per_day", "/day", false, 955, 110},
                {"latency_p99", "ms", false, 30.4, 4.6}};
    enum { N = sizeof rows / sizeof *rows };
    rc_metric_result *metrics = take(f, N, sizeof *metrics);
    for (int i = 0; i < N; i++) {
        double *more = take(f, PERCENTS, sizeof *more);
        for (int k = 0; k < PERCENTS; k++)
            more[k] =
                f->kind == FIXTURE_NOTHING_LAUNCHED ? (double)NAN
                : f->kind == FIXTURE_ONE_DATE
                    ? rows[i].value
                    : rows[i].value + (rows[i].up ? -1 : 1) * rows[i].sd * normal[k];
        metrics[i] = (rc_metric_result){
            rows[i].id,
            rows[i].unit,
            rows[i].up,
            spread_launched(f, rows[i].value, rows[i].sd),
            spread_launched(f, rows[i].value * 1.0036, rows[i].sd * 1.4),
            more,
            more,
            more};
    }
    f->result.metrics = metrics;
    f->result.metrics_n = N;
}

/* ------------------------------------------------------------------- outputs */

enum { OUTPUTS = 160 };

static rc_output_result *output(fixture *f, rc_output_result *list, const char *path,
                                rc_output_kind kind, const char *unit, const char *name)
{
    rc_output_result *o = &list[f->result.outputs_n++];
    if (f->result.outputs_n > OUTPUTS)
        abort();
    *o = (rc_output_result){
        .output = {
            .path = path, .kind = kind, .unit = unit, .series = 1, .name = name}};
    return o;
}

static void out_spread(fixture *f, rc_output_result *list, const char *path,
                       const char *unit, const char *name, double middle, double sd)
{
    rc_spread *s = take(f, 1, sizeof *s);
    *s = spread(f, middle, sd);
    output(f, list, path, RC_OUT_SPREAD, unit, name)->spread = s;
}

static void out_mean(fixture *f, rc_output_result *list, const char *path,
                     const char *unit, const char *name, double mean)
{
    rc_spread *s = take(f, 1, sizeof *s);
    *s = (rc_spread){.n = FUTURES, .mean = mean};
    output(f, list, path, RC_OUT_MEAN, unit, name)->spread = s;
}

static void out_share(fixture *f, rc_output_result *list, const char *path,
                      const char *name, double p)
{
    rc_share *s = take(f, 1, sizeof *s);
    *s = share(p);
    output(f, list, path, RC_OUT_SHARE, "share", name)->share = s;
}

static void out_category(fixture *f, rc_output_result *list, const char *path,
                         const char *name, const char *const *labels, const double *p)
{
    rc_output_result *o = output(f, list, path, RC_OUT_CATEGORY, "share", name);
    while (labels[o->classes])
        o->classes++;
    rc_share *s = take(f, o->classes, sizeof *s);
    for (uint32_t i = 0; i < o->classes; i++)
        s[i] = share(p[i]);
    o->share = s;
    o->output.labels = labels;
}

static void out_series(fixture *f, rc_output_result *list, const char *path,
                       const char *unit, uint32_t n, double from, double to, double sd)
{
    rc_spread *s = take(f, n, sizeof *s);
    for (uint32_t i = 0; i < n; i++) {
        double t = i / (n - 1.0);
        s[i] = spread(f, from + (to - from) * t * (2 - t), sd * (0.3 + 0.7 * t));
    }
    rc_output_result *o = output(f, list, path, RC_OUT_SPREAD, unit, NULL);
    o->output.series = n;
    o->spread = s;
}

static void out_share_series(fixture *f, rc_output_result *list, const char *path,
                             uint32_t n, double from, double to)
{
    rc_share *s = take(f, n, sizeof *s);
    for (uint32_t i = 0; i < n; i++)
        s[i] = share(from + (to - from) * i / (n - 1.0));
    rc_output_result *o = output(f, list, path, RC_OUT_SHARE, "share", NULL);
    o->output.series = n;
    o->share = s;
}

static void add_next(fixture *f, rc_output_result *list)
{
    static const struct {
        const char *what;
        double p;
    } next[] = {{"try_after_0_failures", 0.62},     {"try_after_1_failure", 0.58},
                {"try_after_2_failures", 0.53},     {"try_after_4_failures", 0.46},
                {"try_after_6_failures", 0.40},     {"try_after_8_failures", 0.36},
                {"after_0_weeks.in_1_week", 0.34},  {"after_0_weeks.in_2_weeks", 0.60},
                {"after_0_weeks.in_4_weeks", 0.79}, {"after_0_weeks.in_8_weeks", 0.86},
                {"after_1_week.in_1_week", 0.36},   {"after_1_week.in_2_weeks", 0.55},
                {"after_1_week.in_4_weeks", 0.72},  {"after_1_week.in_8_weeks", 0.78},
                {"after_4_weeks.in_1_week", 0.15},  {"after_4_weeks.in_2_weeks", 0.24},
                {"after_4_weeks.in_4_weeks", 0.31}, {"after_4_weeks.in_8_weeks", 0.33}};
    for (size_t i = 0; i < sizeof next / sizeof *next; i++) {
        char *path = take(f, 96, 1);
        snprintf(path, 96, "experiments[experiments].next.%s", next[i].what);
        out_share(f, list, path, "Experiments to gate", next[i].p);
    }
}

static void out_mean_series(fixture *f, rc_output_result *list, const char *path,
                            const char *unit, uint32_t n, double from, double to)
{
    rc_spread *s = take(f, n, sizeof *s);
    for (uint32_t i = 0; i < n; i++)
        s[i] = (rc_spread){.n = FUTURES, .mean = from + (to - from) * i / (n - 1.0)};
    rc_output_result *o = output(f, list, path, RC_OUT_MEAN, unit, NULL);
    o->output.series = n;
    o->spread = s;
}

static void fill_outputs(fixture *f)
{
    static const struct {
        const char *tries, *successes, *name;
        double mean_tries, mean_successes;
    } levers[] = {
        {"experiments[experiments].by_lever[graph].tries",
         "experiments[experiments].by_lever[graph].successes", "Graph features", 3.1,
         2.02},
        {"experiments[experiments].by_lever[seq].tries",
         "experiments[experiments].by_lever[seq].successes", "Sequence encoder", 3.4,
         1.53},
        {"experiments[experiments].by_lever[hard].tries",
         "experiments[experiments].by_lever[hard].successes", "Hard-negative mining",
         1.2, 0.85},
        {"experiments[experiments].by_lever[calib].tries",
         "experiments[experiments].by_lever[calib].successes", "Per-segment threshold",
         0.9, 0.71},
        {"experiments[experiments].by_lever[distil].tries",
         "experiments[experiments].by_lever[distil].successes", "Distil the ensemble",
         0.8, 0.4},
    };
    static const char *const lever_ids[] = {"graph",  "seq",  "hard", "calib",
                                            "distil", "none", NULL};
    static const double largest[] = {0.52, 0.31, 0.03, 0.03, 0.02, 0.09};
    static const char *const needs[] = {"recall", "alerts_per_day", "latency_p99",
                                        "fairness", NULL};
    static const double failed_on[] = {0.62, 0.06, 0.09, 0.23};
    static const char *const signoff[] = {"chance_to_pass", NULL};
    static const double signoff_failed[] = {1};
    rc_output_result *list = take(f, OUTPUTS, sizeof *list);
    f->result.outputs = list;

    out_spread(f, list, "labelling[labelling].days", "days", "Label 40 k transactions",
               33, 6);
    out_spread(f, list, "labelling[labelling].votes", "votes",
               "Label 40 k transactions", 96800, 3200);
    out_spread(f, list, "labelling[labelling].effective", "labels",
               "Label 40 k transactions", 33600, 2100);
    out_spread(f, list, "experiments[experiments].tries", "tries",
               "Experiments to gate", 9, 4.1);
    out_spread(f, list, "experiments[experiments].days", "days", "Experiments to gate",
               21, 9);
    for (size_t i = 0; i < sizeof levers / sizeof *levers; i++) {
        out_mean(f, list, levers[i].tries, "tries", levers[i].name,
                 levers[i].mean_tries);
        out_mean(f, list, levers[i].successes, "successes", levers[i].name,
                 levers[i].mean_successes);
    }
    out_category(f, list, "experiments[experiments].largest_gain",
                 "Experiments to gate", lever_ids, largest);
    out_spread(f, list, "experiments[experiments].winners_curse", "points",
               "Experiments to gate", 0.003, 0.004);
    add_next(f, list);
    out_series(f, list, "figures.search.best", "share", 27, 0.803, 0.829, 0.006);
    list[f->result.outputs_n - 1].output.name = "Experiments to gate";
    out_share_series(f, list, "figures.search.reached", 27, 0.01, 0.86);

    out_mean(f, list, "figures.learning.from", "labels", NULL, 5000);
    out_mean(f, list, "figures.learning.labels_now", "labels", NULL, 20000);
    out_mean(f, list, "figures.learning.until", "labels", NULL, 240000);
    out_mean(f, list, "figures.learning.labels_come", "labels", NULL, 36000);
    out_series(f, list, "figures.learning.curve", "share", 11, 0.794, 0.836, 0.012);
    out_share_series(f, list, "figures.learning.at_target", 11, 0.01, 0.86);
    out_share(f, list, "figures.learning.suffice", NULL, 0.26);
    out_share(f, list, "figures.learning.ever", NULL, 0.95);
    out_series(f, list, "figures.learning.fit", "share", 5, 0.741, 0.782, 0.001);
    out_series(f, list, "figures.learning.points.labels", "labels", 3, 5000, 20000, 0);
    out_series(f, list, "figures.learning.points.value", "share", 3, 0.741, 0.782, 0);
    out_mean(f, list, "figures.labelling.step_days", "days", NULL, 5);
    out_spread(f, list, "figures.labelling.wanted", "items", NULL, 40000, 0);
    out_series(f, list, "figures.labelling.done", "items", 41, 0, 40000, 900);

    out_share(f, list, "gates[offline_gate].p_first_pass", "Offline gate", 0.71);
    out_spread(f, list, "gates[offline_gate].rounds", "rounds", "Offline gate", 1, 0.6);
    out_share(f, list, "gates[offline_gate].p_exhausted", "Offline gate", 0.08);
    out_share(f, list, "gates[offline_gate].false_go", "Offline gate", 0.11);
    out_share(f, list, "gates[offline_gate].false_no_go", "Offline gate", 0.04);
    out_category(f, list, "gates[offline_gate].failed_on", "Offline gate", needs,
                 failed_on);
    out_share(f, list, "gates[risk_signoff].p_first_pass", "Model-risk sign-off", 0.84);
    out_spread(f, list, "gates[risk_signoff].rounds", "rounds", "Model-risk sign-off",
               1, 0.4);
    out_share(f, list, "gates[risk_signoff].p_exhausted", "Model-risk sign-off",
              0.0004);
    out_category(f, list, "gates[risk_signoff].failed_on", "Model-risk sign-off",
                 signoff, signoff_failed);

    static const struct {
        const char *before, *after, *pass, *limit, *passed, *was_over, *over, *name;
        double gap, sd, p, was, is;
    } groups[] = {
        {"fairness[age_18_25].gap_before", "fairness[age_18_25].gap_after",
         "fairness[age_18_25].p_pass", "fairness[age_18_25].limit",
         "fairness[age_18_25].p_pass_before", "fairness[age_18_25].p_over_before",
         "fairness[age_18_25].p_over", "Customers 18-25", 0.033, 0.017, 0.93, 0.31,
         0.07},
        {"fairness[new_cust].gap_before", "fairness[new_cust].gap_after",
         "fairness[new_cust].p_pass", "fairness[new_cust].limit",
         "fairness[new_cust].p_pass_before", "fairness[new_cust].p_over_before",
         "fairness[new_cust].p_over", "Under 90 days old", 0.044, 0.018, 0.86, 0.57,
         0.16},
        {"fairness[cross_bdr].gap_before", "fairness[cross_bdr].gap_after",
         "fairness[cross_bdr].p_pass", "fairness[cross_bdr].limit",
         "fairness[cross_bdr].p_pass_before", "fairness[cross_bdr].p_over_before",
         "fairness[cross_bdr].p_over", "Cross-border", 0.021, 0.013, 0.97, 0.08, 0.01},
    };
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        out_spread(f, list, groups[i].before, "points", groups[i].name, groups[i].gap,
                   groups[i].sd);
        out_spread(f, list, groups[i].after, "points", groups[i].name,
                   groups[i].gap * 0.6, groups[i].sd * 0.5);
        out_share(f, list, groups[i].pass, groups[i].name, groups[i].p);
        out_mean(f, list, groups[i].limit, "points", groups[i].name, 0.04);
        out_share(f, list, groups[i].passed, groups[i].name, groups[i].p - 0.3);
        out_share(f, list, groups[i].was_over, groups[i].name, groups[i].was);
        out_share(f, list, groups[i].over, groups[i].name, groups[i].is);
    }

    static const struct {
        const char *fired, *delay, *cost, *name;
        double p, days, money;
    } risks[] = {
        {"risks[vendor_api].fired", "risks[vendor_api].mean_delay_days",
         "risks[vendor_api].cost", "Data vendor changes its API", 0.25, 11.4, 0},
        {"risks[regulator].fired", "risks[regulator].mean_delay_days",
         "risks[regulator].cost", "Regulator asks for a re-review", 0.15, 18, 7300},
        {"risks[attrition].fired", "risks[attrition].mean_delay_days",
         "risks[attrition].cost", "Labelling vendor loses people", 0.3, 8.9, 0},
        {"risks[gpu_squeeze].fired", "risks[gpu_squeeze].mean_delay_days",
         "risks[gpu_squeeze].cost", "GPU pool shared with LLM project", 0.4, 0, 0},
    };
    for (size_t i = 0; i < sizeof risks / sizeof *risks; i++) {
        out_share(f, list, risks[i].fired, risks[i].name, risks[i].p);
        out_mean(f, list, risks[i].delay, "days", risks[i].name, risks[i].days);
        out_mean(f, list, risks[i].cost, "EUR", risks[i].name, risks[i].money);
    }

    out_series(f, list, "production.metric", "share", 13, 0.828, 0.806, 0.011);
    out_share_series(f, list, "production.p_below_floor", 13, 0.02, 0.31);
    out_spread(f, list, "production.months_below_floor", "months", NULL, 0.8, 0.9);
    out_spread(f, list, "production.retrains", "retrains", NULL, 4, 1.2);
    out_spread(f, list, "production.cost", "EUR", NULL, 55000, 14000);
    out_spread(f, list, "production.quality_at_end", "share", NULL, 0.806, 0.011);
    out_mean(f, list, "production.floor", "share", NULL, 0.8);
    out_mean_series(f, list, "production.loss_by.drift", "share", 13, 0, 0.012);
    out_mean_series(f, list, "production.loss_by.shocks", "share", 13, 0, 0.006);
    out_mean_series(f, list, "production.loss_by.provider", "share", 13, 0, -0.004);
    out_mean_series(f, list, "production.loss_by.noise", "share", 13, 0.001, -0.001);

    static const struct {
        const char *served, *p, *from, *value, *share, *name;
        double first, last, money;
    } segments[] = {
        {"value.segments[instant].served", "value.segments[instant].p_served",
         "value.segments[instant].served_from", "value.segments[instant].value",
         "value.segments[instant].share_of_value", "Instant transfers", 0.05, 0.81,
         940000},
        {"value.segments[everybody_else].served",
         "value.segments[everybody_else].p_served",
         "value.segments[everybody_else].served_from",
         "value.segments[everybody_else].value",
         "value.segments[everybody_else].share_of_value", "Everybody else", 0.999,
         0.999, 5200000},
    };
    out_spread(f, list, "value.npv", "money", NULL, 6100000, 900000);
    out_share(f, list, "value.p_pays", NULL, 0.999);
    out_spread(f, list, "value.npv_launched", "money", NULL, 6300000, 800000);
    out_spread(f, list, "value.cost_of_delay", "money a week", NULL, 8300, 2900);
    out_spread(f, list, "value.paid_back", "months", NULL, 11, 3);
    out_share(f, list, "value.p_paid_back", NULL, 0.94);
    out_spread(f, list, "value.npv_over_today", "money", NULL, 1720000, 950000);
    out_share(f, list, "value.p_beats_today", NULL, 0.96);
    out_spread(f, list, "value.today", "money", NULL, 4400000, 500000);
    out_series(f, list, "value.by_month", "money", 24, 150000, 320000, 60000);
    out_series(f, list, "value.cumulative", "money", 25, -210000, 6100000, 900000);
    out_series(f, list, "value.gain", "money", 25, -210000, 1720000, 950000);
    for (size_t i = 0; i < sizeof segments / sizeof *segments; i++) {
        out_share(f, list, segments[i].p, segments[i].name, segments[i].last);
        out_spread(f, list, segments[i].from, "months", segments[i].name, 5, 1);
        out_mean(f, list, segments[i].value, "money", segments[i].name,
                 segments[i].money);
        out_mean(f, list, segments[i].share, "share", segments[i].name, 0.5);
        out_share_series(f, list, segments[i].served, 24, segments[i].first,
                         segments[i].last);
        list[f->result.outputs_n - 1].output.name = segments[i].name;
    }
}

/* ------------------------------------------------------------------- figures */

static void fill_hit_map(fixture *f)
{
    enum { DAYS = 12, TARGETS = 9 };
    double *days = take(f, DAYS, sizeof *days),
           *targets = take(f, TARGETS, sizeof *targets);
    rc_share *chance = take(f, DAYS * TARGETS, sizeof *chance);
    for (int d = 0; d < DAYS; d++)
        days[d] = f->result.deadline_days + 10.0 * (d - 4);
    for (int t = 0; t < TARGETS; t++)
        targets[t] = 0.8 + 0.005 * t;
    for (int t = 0; t < TARGETS; t++) {
        for (int d = 0; d < DAYS; d++) {
            double in_time = 1 / (1 + exp(-(days[d] - 116) / 12));
            double reached = 1 / (1 + exp((targets[t] - 0.828) / 0.0035));
            chance[t * DAYS + d] = share(0.92 * in_time * reached);
        }
    }
    f->result.hit_map = (rc_hit_map){days, targets, chance, DAYS, TARGETS, 4, 4, 8, 4};
}

static void fill_dots(fixture *f)
{
    enum { N = 1500 };
    rc_dot *dots = take(f, N, sizeof *dots);
    uint64_t state = 88172645463325252;
    for (int i = 0; i < N; i++) {
        double z[2];
        for (int k = 0; k < 2;
             k++) { /* twelve uniforms less six: near enough to normal */
            z[k] = -6;
            for (int j = 0; j < 12; j++) {
                state = state * 6364136223846793005 + 1442695040888963407;
                z[k] += (double)(state >> 11) * 0x1p-53;
            }
        }
        bool never = f->kind == FIXTURE_NOTHING_LAUNCHED || i % 25 < 2;
        double finish = 117.5 + 21.7 * z[0];
        dots[i] = (rc_dot){never ? (double)INFINITY : finish,
                           190000 + 19500 * (0.75 * z[0] + 0.66 * z[1]),
                           !never && i % 7 != 0};
        if (f->kind == FIXTURE_ONE_DATE)
            dots[i] = (rc_dot){117.5, 190000, true};
    }
    f->result.dots = dots;
    f->result.dots_n = N;
}

static void fill_what_if(fixture *f)
{
    static const struct {
        const char *id, *name;
        double all, gain, finish, cost, change;
        bool same_goals;
    } rows[] = {
        {"more_labellers", "10 labellers instead of 6", 0.55, 0.06, 139.1, 211500, 1500,
         true},
        {"lower_target", "Launch at 81 %", 0.66, 0.17, 131, 203000, -7000, false},
        {"pre_read", "Early read by the regulator", 0.5, 0.01, 143, 214000, 4000,
         true}};
    enum { N = sizeof rows / sizeof *rows };
    rc_what_if_result *list = take(f, N, sizeof *list);
    for (int i = 0; i < N; i++) {
        rc_verdict v = verdict_of(f->kind);
        v.all = v.has_deadline ? share(rows[i].all) : no_share;
        double price = rows[i].change > 0 ? rows[i].gain / rows[i].change : NAN;
        list[i] = (rc_what_if_result){.id = rows[i].id,
                                      .name = rows[i].name,
                                      .verdict = v,
                                      .finish_p80_days = rows[i].finish,
                                      .finish_p80_low = rows[i].finish - 2,
                                      .finish_p80_high = rows[i].finish + 2.5,
                                      .cost_p80 = rows[i].cost,
                                      .cost_p80_low = rows[i].cost - 900,
                                      .cost_p80_high = rows[i].cost + 1100,
                                      .gain = rows[i].gain,
                                      .gain_error = 0.005,
                                      .value_gain = NAN,
                                      .value_gain_error = NAN,
                                      .cost_change = rows[i].change,
                                      .cost_change_error = 100,
                                      .per_money = price,
                                      .per_money_low = 0.9 * price,
                                      .per_money_high = 1.1 * price,
                                      .same_goals = rows[i].same_goals};
    }
    f->result.what_if = list;
    f->result.what_if_n = N;
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
    r->verdict = verdict_of(kind);
    fill_finish(f);
    fill_cost(f);
    fill_tasks(f);
    fill_drivers(f);
    if (kind != FIXTURE_NO_OUTPUTS) {
        fill_metrics(f);
        fill_outputs(f);
    }
    if (r->verdict.has_target && r->verdict.has_deadline)
        fill_hit_map(f);
    else
        r->hit_map.promise_day = r->hit_map.promise_target = r->hit_map.nearest_day =
            r->hit_map.nearest_target = UINT32_MAX;
    fill_dots(f);
    if (kind != FIXTURE_ONE_DATE)
        fill_what_if(f);
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
