/* What a result says is what its futures are: every share, promise, bar and cell counted
 * again, slowly, from the samples. */
#include "forecast.h"
#include <check.h>
#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FUTURES = 3000 };

enum { TARGETS = 8 };

typedef struct futures {
    const double *finish, *cost;
    const double *truth[TARGETS]; /* of each target; NULL without one */
} futures;

static futures samples(const rc_result *r)
{
    futures f = {.finish = forecast_finish(r), .cost = forecast_cost(r)};
    const char *name;
    const double *values;
    ck_assert_uint_le(r->targets_n, TARGETS);
    for (uint32_t i = 0; rc_result_samples(r, i, &name, &values); i++)
        for (uint32_t t = 0; t < r->targets_n; t++) {
            char its[64];
            snprintf(its, sizeof its, t ? "true.%s" : "true", r->targets[t].metric);
            if (strcmp(name, its) == 0)
                f.truth[t] = values;
        }
    return f;
}

static bool launched(const futures *f, int i)
{
    return isfinite(f->finish[i]);
}

static bool on_time(const rc_result *r, const futures *f, int i)
{
    return launched(f, i) && rc_result_finish_date(r, f->finish[i]) <= r->deadline_date;
}

static bool reaches(const rc_target *target, double value, double wanted)
{
    return target->up ? value >= wanted : value <= wanted;
}

/* All targets, the first of them at `wanted`. */
static bool reaches_all(const rc_result *r, const futures *f, int i, double wanted)
{
    bool all = r->targets_n > 0 && reaches(&r->target, f->truth[0][i], wanted);
    for (uint32_t t = 1; t < r->targets_n; t++)
        all = all && reaches(&r->targets[t], f->truth[t][i], r->targets[t].value);
    return all;
}

static bool on_target(const rc_result *r, const futures *f, int i)
{
    return launched(f, i) && reaches_all(r, f, i, r->target.value);
}

static void is_share(const char *what, rc_share share, int n)
{
    ck_assert_msg(share.p == (double)n / FUTURES, "%s: %g, counted %g", what, share.p,
                  (double)n / FUTURES);
    ck_assert(share.low <= share.p && share.p <= share.high);
}

static void check_verdict(const rc_result *r, const futures *f)
{
    const rc_verdict *v = &r->verdict;
    int launch = 0, deadline = 0, budget = 0, target = 0, all = 0;
    for (int i = 0; i < FUTURES; i++) {
        const bool paid = f->cost[i] <= r->budget;
        launch += launched(f, i);
        deadline += v->has_deadline && on_time(r, f, i);
        budget += v->has_budget && paid;
        target += v->has_target && on_target(r, f, i);
        all += launched(f, i) && (!v->has_deadline || on_time(r, f, i)) &&
               (!v->has_budget || paid) && (!v->has_target || on_target(r, f, i));
    }
    is_share("launch", v->launch, launch);
    if (v->has_deadline)
        is_share("deadline", v->deadline, deadline);
    if (v->has_budget)
        is_share("budget", v->budget, budget);
    if (v->has_target)
        is_share("target", v->target, target);
    for (uint32_t t = 0; t < v->targets_n; t++) {
        int met = 0;
        for (int i = 0; i < FUTURES; i++)
            met += launched(f, i) &&
                   reaches(&r->targets[t], f->truth[t][i], r->targets[t].value);
        is_share(r->targets[t].metric, v->targets[t].p, met);
    }
    if (v->has_deadline || v->has_budget || v->has_target)
        is_share("all", v->all, all);
}

/* Enough futures have launched by its day, truly on the lower target. */
static void check_fallback(const rc_result *r, const futures *f,
                           const rc_fallback *less)
{
    if (isnan(less->target))
        return;
    int met = 0;
    for (int i = 0; i < FUTURES; i++)
        met += launched(f, i) && f->finish[i] <= less->days + 1e-9 &&
               reaches_all(r, f, i, less->target);
    ck_assert_double_eq_tol(less->chance.p, (double)met / FUTURES, 1.5 / FUTURES);
    ck_assert(less->chance.p >= r->verdict.confidence);
}

/* The first finish by which enough futures have launched, truly on target. */
static void check_promise(const rc_result *r, const futures *f)
{
    const rc_verdict *v = &r->verdict;
    if (isnan(v->promise_days))
        return;
    int before = 0, by = 0;
    for (int i = 0; i < FUTURES; i++) {
        const bool counts = launched(f, i) && (!v->has_target || on_target(r, f, i));
        before += counts && f->finish[i] < v->promise_days;
        by += counts && f->finish[i] <= v->promise_days;
    }
    const double wanted = ceil(v->confidence * FUTURES - 1e-9);
    ck_assert(before < wanted);
    ck_assert(isinf(v->promise_days) || by >= wanted);
    check_fallback(r, f, &v->fallback);
    check_fallback(r, f, &v->fallback_later);
}

/* In time or not, within the budget or not: every future once. */
static void check_quarters(const rc_result *r, const futures *f)
{
    int n[2][2] = {{0}};
    for (int i = 0; i < FUTURES; i++)
        n[r->verdict.has_deadline && !(launched(f, i) && on_time(r, f, i))]
         [r->verdict.has_budget && f->cost[i] > r->budget]++;
    for (int q = 0; q < 4; q++)
        ck_assert_double_eq(r->quarters[q / 2][q % 2],
                            (double)n[q / 2][q % 2] / FUTURES);
}

static void check_bars(const rc_result *r, const futures *f)
{
    const rc_histogram *h = &r->finish_histogram;
    uint64_t in_bars = h->never, never = 0;
    for (uint32_t k = 0; k < h->n; k++) {
        uint64_t n = 0;
        for (int i = 0; i < FUTURES; i++) {
            const int32_t date =
                launched(f, i) ? rc_result_finish_date(r, f->finish[i]) : 0;
            n += launched(f, i) && date >= h->edges[k] && date < h->edges[k + 1];
        }
        ck_assert_uint_eq(h->counts[k], n);
        in_bars += n;
    }
    for (int i = 0; i < FUTURES; i++)
        never += !launched(f, i);
    ck_assert_uint_eq(h->never, never);
    ck_assert_uint_eq(in_bars, FUTURES);
    h = &r->cost_histogram;
    in_bars = 0;
    for (uint32_t k = 0; k < h->n; k++)
        in_bars += h->counts[k];
    ck_assert_uint_eq(in_bars, FUTURES);
    ck_assert(h->edges[0] <= r->cost.p[0]);
}

static void check_cells(const rc_result *r, const futures *f)
{
    const rc_hit_map *map = &r->hit_map;
    for (uint32_t t = 0; t < map->targets_n; t++)
        for (uint32_t d = 0; d < map->days_n; d++) {
            int n = 0;
            for (int i = 0; i < FUTURES; i++)
                n += launched(f, i) && f->finish[i] <= map->days[d] + 1e-9 &&
                     (!f->truth[0] || reaches_all(r, f, i, map->targets[t]));
            ck_assert_msg(
                fabs(map->chance[t * map->days_n + d].p - (double)n / FUTURES) < 1e-9,
                "target %g by day %g: %g, counted %g", map->targets[t], map->days[d],
                map->chance[t * map->days_n + d].p, (double)n / FUTURES);
        }
}

/* With the chance of percentile i the metric is at least (up) this. */
static void check_metric(const rc_result *r, const futures *f)
{
    if (!f->truth[0])
        return;
    const rc_metric_result *m = &r->metrics[0];
    int n = 0;
    for (int i = 0; i < FUTURES; i++)
        n += launched(f, i);
    for (uint32_t k = 0; k < r->percentiles_n && n > 0; k++) {
        int met = 0;
        for (int i = 0; i < FUTURES; i++)
            met += launched(f, i) && (m->up ? f->truth[0][i] >= m->chance_of_more[k]
                                            : f->truth[0][i] <= m->chance_of_more[k]);
        ck_assert_msg(met >= r->percentiles[k] / 100 * n - 1e-9 &&
                          met <= r->percentiles[k] / 100 * n + 0.01 * n + 1,
                      "%g %% chance of %g: counted %g %%", r->percentiles[k],
                      m->chance_of_more[k], 100.0 * met / n);
    }
}

/* Money by kind adds up to money. */
static void check_money(const rc_result *r, const futures *f)
{
    double kinds = 0, sum = 0;
    for (uint32_t k = 0; k < r->cost_kinds_n; k++)
        kinds += r->cost_by_kind[k];
    for (int i = 0; i < FUTURES; i++)
        sum += f->cost[i] / FUTURES;
    ck_assert_double_eq_tol(kinds, r->cost.mean, 1e-9 * fmax(1, sum));
    ck_assert_double_eq_tol(sum, r->cost.mean, 1e-9 * fmax(1, sum));
}

static glob_t files;

START_TEST(a_result_says_what_its_futures_are)
{
    ck_assert_int_eq(glob("scenarios/*.cfg", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        rc_result *r =
            forecast_file(files.gl_pathv[i], &(forecast_options){.futures = FUTURES});
        const futures f = samples(r);
        check_verdict(r, &f);
        check_promise(r, &f);
        check_bars(r, &f);
        check_quarters(r, &f);
        check_cells(r, &f);
        check_metric(r, &f);
        check_money(r, &f);
        rc_result_free(r);
    }
    globfree(&files);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("verdict");
    TCase *tcase = tcase_create("verdict");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_result_says_what_its_futures_are);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
