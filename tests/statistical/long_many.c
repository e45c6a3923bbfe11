/* More futures than are kept at once: the answer is counted window by window, and is still
 * that of all its futures, counted again here from samples that are kept on request. */
#include "forecast.h"
#include "stats/sample.h"
#include "suite.h"
#include <math.h>
#include <roadcast/report.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N = 1200000 }; /* above RC_EXACT_FUTURES, no whole window, no whole block */

/* Two targets, a gate that stops, a deadline, a budget: everything that is counted of all
 * futures. Too few reach both targets to be promised anything. */
static const char plan[] =
    "format = 1; calendar = { start = \"2026-02-02\"; };"
    "goals = { deadline = \"2026-05-29\"; budget = \"60k EUR\"; confidence = \"50 %\";"
    "  targets = ( { metric = \"accuracy\"; at_least = \"76 %\"; },"
    "              { metric = \"latency\"; at_most = \"90 ms\"; } ); };"
    "metrics = ( { id = \"accuracy\"; value = \"normal(75 %, 1 %)\"; },"
    "            { id = \"latency\"; value = \"60 to 90 ms\"; } );"
    "team = ( { id = \"ds\"; people = 3; cost = \"500 EUR/day\"; } );"
    "gates = ( { id = \"review\"; needs = [ \"latency <= 95 ms\" ]; } );"
    "tasks = ( { id = \"data\"; duration = \"3 to 8 weeks\"; who = \"1 ds\"; },"
    "  { id = \"build\"; duration = \"2 to 6 weeks\"; who = \"1 ds\"; after = [ "
    "\"data\" "
    "]; gate = \"review\"; },"
    "  { id = \"ship\"; duration = \"1 to 5 weeks\"; who = \"1 ds\"; after = [ "
    "\"build\" "
    "]; cost = \"8k to 12k EUR\"; } );";

static const char *const cheaper[] = {"tasks.ship.duration=1 to 3 weeks", NULL};

static const double *sample(const rc_result *r, const char *wanted)
{
    const char *name;
    const double *values;
    for (uint32_t i = 0; rc_result_samples(r, i, &name, &values); i++)
        if (strcmp(name, wanted) == 0)
            return values;
    ck_abort_msg("no samples of '%s'", wanted);
    return NULL;
}

static bool launched(const rc_result *r, uint64_t i)
{
    return isfinite(sample(r, "finish_days")[i]);
}

/* The samples of a result, looked up once. */
typedef struct seen {
    const double *finish, *cost, *accuracy, *latency;
} seen;

static seen look(const rc_result *r)
{
    return (seen){sample(r, "finish_days"), sample(r, "cost"), sample(r, "true"),
                  sample(r, "true.latency")};
}

static bool in_time(const rc_result *r, const seen *s, uint64_t i)
{
    return isfinite(s->finish[i]) && s->finish[i] <= r->deadline_days + 1e-9;
}

static bool reached(const rc_result *r, const seen *s, uint64_t i)
{
    return isfinite(s->finish[i]) && rc_target_met(&r->targets[0], s->accuracy[i]) &&
           rc_target_met(&r->targets[1], s->latency[i]);
}

static bool kept_all(const rc_result *r, const seen *s, uint64_t i)
{
    return in_time(r, s, i) && reached(r, s, i) && s->cost[i] <= r->budget;
}

static rc_result *base, *bare;
static seen of;
static double *values, *scratch;

static void simulate(void)
{
    values = malloc(N * sizeof *values);
    scratch = malloc(N * sizeof *scratch);
    base = forecast(
        plan, &(forecast_options){
                  .futures = N, .samples = true, .threads = 2, .what_if = cheaper});
    of = look(base);
}

static void tidy(void)
{
    rc_result_free(base);
    free(values);
    free(scratch);
}

static void is_share(const char *what, rc_share share, uint64_t n)
{
    ck_assert_msg(share.p == (double)n / N, "%s: %.9g, counted %.9g", what, share.p,
                  (double)n / N);
}

START_TEST(shares_are_counted_of_all_futures)
{
    uint64_t launch = 0, deadline = 0, budget = 0, target = 0, all = 0, each[2] = {0},
             quarter[2][2] = {{0}};
    for (uint64_t i = 0; i < N; i++) {
        quarter[!in_time(base, &of, i)][of.cost[i] > base->budget]++;
        launch += isfinite(of.finish[i]) != 0;
        deadline += in_time(base, &of, i);
        budget += of.cost[i] <= base->budget;
        target += reached(base, &of, i);
        all += kept_all(base, &of, i);
        each[0] +=
            launched(base, i) && rc_target_met(&base->targets[0], of.accuracy[i]);
        each[1] += launched(base, i) && rc_target_met(&base->targets[1], of.latency[i]);
    }
    const rc_verdict *v = &base->verdict;
    ck_assert(launch < N && all > 0);
    is_share("launch", v->launch, launch);
    is_share("deadline", v->deadline, deadline);
    is_share("budget", v->budget, budget);
    is_share("target", v->target, target);
    is_share("all", v->all, all);
    is_share("accuracy", v->targets[0].p, each[0]);
    is_share("latency", v->targets[1].p, each[1]);
    for (int q = 0; q < 4; q++) {
        const double its = base->quarters[q / 2][q % 2];
        is_share("quarter", (rc_share){its, its, its}, quarter[q / 2][q % 2]);
    }
    ck_assert_uint_eq(v->stops_n, 1);
    is_share("review", v->stops[0].p, N - launch);
    double sunk = 0;
    for (uint64_t i = 0; i < N; i++)
        sunk += isfinite(of.finish[i]) ? 0 : of.cost[i] / (double)(N - launch);
    ck_assert_double_eq_tol(v->stops[0].cost, sunk, 1e-6 * sunk);
}
END_TEST

/* At most a bin above the exact one; an interval holds the exact one's. */
static void check_spread(const char *what, const rc_spread *s, uint64_t n)
{
    double mean = 0, squares = 0, finite = 0;
    ck_assert_uint_eq(s->n, n);
    for (uint32_t k = 0; k < base->percentiles_n; k++) {
        double exact, low, high;
        rc_percentiles(&exact, &low, &high, &base->percentiles[k], 1, values, n,
                       scratch);
        double room = fabs(exact) * base->quantile_resolution + 1e-9;
        ck_assert_msg(
            s->p[k] == exact || (s->p[k] >= exact - 1e-9 && s->p[k] <= exact + room),
            "P%g of %s: %.9g, exact %.9g", base->percentiles[k], what, s->p[k], exact);
        ck_assert(s->p_low[k] <= low && s->p_high[k] >= high - 1e-9);
    }
    for (uint64_t i = 0; i < n; i++)
        if (isfinite(values[i])) {
            finite++;
            double off = values[i] - mean;
            mean += off / finite;
            squares += off * (values[i] - mean);
        }
    ck_assert_double_eq_tol(s->mean, mean, 1e-9 * fabs(mean));
    ck_assert_double_eq_tol(s->sd, sqrt(squares / (finite - 1)), 1e-6 * s->sd);
}

START_TEST(percentiles_are_right_to_within_the_resolution_that_is_said)
{
    ck_assert(!base->exact_quantiles);
    ck_assert_double_eq(base->quantile_resolution, 1.0 / 8192);
    memcpy(values, of.finish, N * sizeof *values);
    check_spread("finish", &base->finish, N);
    memcpy(values, of.cost, N * sizeof *values);
    check_spread("cost", &base->cost, N);
    uint64_t n = 0;
    for (uint64_t i = 0; i < N; i++)
        if (isfinite(of.finish[i]))
            values[n++] = of.finish[i];
    check_spread("finish of those that launch", &base->finish_launched, n);
    n = 0;
    for (uint64_t i = 0; i < N; i++)
        if (isfinite(of.finish[i]))
            values[n++] = of.accuracy[i];
    check_spread("accuracy", &base->metrics[0].true_value, n);
    for (uint32_t k = 0; k < base->percentiles_n; k++) {
        uint64_t met = 0;
        for (uint64_t i = 0; i < n; i++)
            met += values[i] >= base->metrics[0].chance_of_more[k];
        ck_assert((double)met >= base->percentiles[k] / 100 * (double)n - 1);
    }
}
END_TEST

START_TEST(a_percentile_of_the_finish_has_the_exact_ones_date)
{
    for (uint32_t k = 0; k < base->percentiles_n; k++) {
        double exact;
        rc_percentiles(&exact, NULL, NULL, &base->percentiles[k], 1, of.finish, N,
                       scratch);
        ck_assert_int_eq(rc_result_finish_date(base, base->finish.p[k]),
                         rc_result_finish_date(base, exact));
    }
}
END_TEST

START_TEST(the_promise_or_what_is_in_its_place_is_of_all_futures)
{
    const rc_verdict *v = &base->verdict;
    ck_assert(isinf(v->promise_days));
    const rc_fallback *either[] = {&v->fallback, &v->fallback_later};
    for (int k = 0; k < 2; k++) {
        const rc_fallback *less = either[k];
        ck_assert(!isnan(less->target));
        uint64_t met = 0;
        for (uint64_t i = 0; i < N; i++)
            met += of.finish[i] <= less->days + 1e-9 &&
                   of.accuracy[i] >= less->target &&
                   rc_target_met(&base->targets[1], of.latency[i]);
        ck_assert((double)met / N >= less->chance.p);
        ck_assert_double_eq_tol((double)met / N, less->chance.p, 0.005);
    }
    ck_assert_double_eq(v->fallback.days, base->deadline_days);
    /* half-way from half of the futures to all that launch */
    uint64_t by = 0;
    for (uint64_t i = 0; i < N; i++)
        by += of.finish[i] <= v->fallback_later.days + 1e-9;
    ck_assert_double_eq_tol((double)by / N, (.5 + v->launch.p) / 2, .02);
}
END_TEST

START_TEST(bars_and_cells_hold_every_future)
{
    const rc_histogram *h = &base->finish_histogram;
    uint64_t never = 0, in_bars = 0;
    uint64_t *bars = calloc(h->n, sizeof *bars);
    for (uint64_t i = 0; i < N; i++) {
        if (!isfinite(of.finish[i])) {
            never++;
            continue;
        }
        double date = rc_result_finish_date(base, of.finish[i]);
        bars[(int)((date - h->edges[0]) / (h->edges[1] - h->edges[0]))]++;
    }
    ck_assert_uint_eq(h->never, never);
    for (uint32_t k = 0; k < h->n; k++)
        ck_assert_uint_eq(h->counts[k], bars[k]);
    free(bars);
    h = &base->cost_histogram;
    for (uint32_t k = 0; k < h->n; k++)
        in_bars += h->counts[k];
    ck_assert_uint_eq(in_bars, N);
    const rc_hit_map *map = &base->hit_map;
    ck_assert(map->targets_n > 0);
    for (uint32_t t = 0; t < map->targets_n; t++)
        for (uint32_t d = 0; d < map->days_n; d++) {
            uint64_t n = 0;
            for (uint64_t i = 0; i < N; i++)
                n += of.finish[i] <= map->days[d] + 1e-9 &&
                     of.accuracy[i] >= map->targets[t] &&
                     rc_target_met(&base->targets[1], of.latency[i]);
            ck_assert_double_eq(map->chance[t * map->days_n + d].p, (double)n / N);
        }
}
END_TEST

START_TEST(a_what_if_is_paired_future_by_future)
{
    rc_result *other = forecast(
        plan, &(forecast_options){
                  .futures = N, .samples = true, .threads = 2, .set = cheaper});
    const seen is = look(other);
    double sum = 0, squares = 0;
    for (uint64_t i = 0; i < N; i++) {
        double change = kept_all(other, &is, i) - kept_all(base, &of, i);
        sum += change;
        squares += change * change;
    }
    const rc_what_if_result *w = &base->what_if[0];
    const double mean = sum / N;
    ck_assert(mean > 0);
    ck_assert_double_eq_tol(w->gain, mean, 1e-12);
    ck_assert_double_eq_tol(w->gain_error,
                            1.959964 * sqrt((squares / N - mean * mean) / N), 1e-9);
    ck_assert_double_eq(w->verdict.all.p, other->verdict.all.p);
    ck_assert_double_eq(w->finish_p80_days, rc_spread_at(other, &other->finish, 80));
    rc_result_free(other);
}
END_TEST

static void print(char *out, size_t room, const rc_result *r)
{
    FILE *stream = fmemopen(out, room, "w");
    rc_error err;
    ck_assert(stream && rc_print_json(r, stream, &err) == RC_OK);
    fclose(stream);
}

START_TEST(one_thread_or_three_with_samples_or_without_the_same_bytes)
{
    static char was[1 << 18], is[1 << 18];
    print(was, sizeof was, base);
    for (uint32_t threads = 1; threads <= 3; threads += 2) {
        bare = forecast(
            plan,
            &(forecast_options){.futures = N, .threads = threads, .what_if = cheaper});
        const char *name;
        const double *column;
        ck_assert(!rc_result_samples(bare, 0, &name, &column));
        print(is, sizeof is, bare);
        ck_assert_str_eq(was, is);
        rc_result_free(bare);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("many");
    TCase *tcase = tcase_create("many");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, simulate, tidy);
    tcase_add_test(tcase, shares_are_counted_of_all_futures);
    tcase_add_test(tcase, percentiles_are_right_to_within_the_resolution_that_is_said);
    tcase_add_test(tcase, a_percentile_of_the_finish_has_the_exact_ones_date);
    tcase_add_test(tcase, the_promise_or_what_is_in_its_place_is_of_all_futures);
    tcase_add_test(tcase, bars_and_cells_hold_every_future);
    tcase_add_test(tcase, a_what_if_is_paired_future_by_future);
    tcase_add_test(tcase, one_thread_or_three_with_samples_or_without_the_same_bytes);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
