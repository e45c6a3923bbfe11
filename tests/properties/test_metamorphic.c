/* What must not change a bit of a result, and what may only change it one way, of some
 * scenarios made at random (support/metamorphic.h; long_metamorphic asks a thousand) and
 * of every scenario of scenarios/. */
#include "forecast.h"
#include "metamorphic.h"
#include "random_scenario.h"
#include "suite.h"
#include <glob.h>
#include <stdio.h>
#include <string.h>

enum { SCENARIOS = 60 };

START_TEST(a_relation_holds)
{
    for (uint64_t seed = 1; seed <= SCENARIOS; seed++)
        metamorphic_relations[_i].holds(seed);
}
END_TEST

START_TEST(the_hard_cases_of_two_schedulers_are_one)
{
    for (int i = 0; i < metamorphic_relations_n; i++)
        if (strstr(metamorphic_relations[i].says, "by events")) {
            for (uint64_t seed = 1; seed <= 4 * SCENARIOS; seed++)
                metamorphic_relations[i].holds(seed);
            return;
        }
    ck_abort_msg("no relation of two schedulers");
}
END_TEST

START_TEST(instruction_sets_change_nothing)
{
    uint64_t base[SCENARIOS], other[SCENARIOS];
    metamorphic_hashes(base, SCENARIOS, "base");
    metamorphic_hashes(other, SCENARIOS, "avx2");
    ck_assert(memcmp(base, other, sizeof base) == 0);
    metamorphic_hashes(other, SCENARIOS, "avx512");
    ck_assert(memcmp(base, other, sizeof base) == 0);
}
END_TEST

START_TEST(another_seed_is_another_run)
{
    const random_scenario scenario = random_scenario_make(1);
    forecast_text text = {0};
    random_scenario_tell(&text, &scenario, &(random_telling){0});
    rc_result *a = forecast(text.at, &(forecast_options){.futures = 100, .seed = 1});
    rc_result *b = forecast(text.at, &(forecast_options){.futures = 100, .seed = 2});
    ck_assert(memcmp(forecast_finish(a), forecast_finish(b), 100 * sizeof(double)) !=
              0);
    rc_result_free(a);
    rc_result_free(b);
    free(text.at);
}
END_TEST

/* The planted fault: each of some threads adds up its share of the futures. */
static double sum_by_threads(const double *cost, int n, int threads)
{
    double all = 0;
    for (int t = 0; t < threads; t++) {
        double own = 0;
        for (int i = n * t / threads; i < n * (t + 1) / threads; i++)
            own += cost[i];
        all += own;
    }
    return all;
}

START_TEST(a_sum_by_threads_would_be_seen)
{
    enum { FUTURES = 2048 };
    for (uint64_t seed = 1; seed <= 8; seed++) {
        const random_scenario scenario = random_scenario_make(seed);
        forecast_text text = {0};
        random_scenario_tell(&text, &scenario, &(random_telling){0});
        rc_result *r = forecast(text.at, &(forecast_options){.futures = FUTURES});
        const double one = sum_by_threads(forecast_cost(r), FUTURES, 1);
        bool seen = false;
        for (int threads = 2; threads <= 7; threads++)
            seen |= one != sum_by_threads(forecast_cost(r), FUTURES, threads);
        ck_assert(seen);
        rc_result_free(r);
        free(text.at);
    }
}
END_TEST

/* Priorities and machines decide, but that somebody is there for every task at any time
 * must not: the queue is the way of such scenarios, rows of the others. */
START_TEST(scenarios_that_people_cannot_bind_go_both_ways)
{
    glob_t files;
    ck_assert_int_eq(glob("scenarios/*.cfg", 0, NULL, &files), 0);
    int tried = 0;
    for (size_t i = 0; i < files.gl_pathc; i++) {
        const forecast_options o = {.futures = 600};
        rc_result *rows = forecast_file(files.gl_pathv[i], &o);
        if (!rows->resource_limited) {
            rc_result *events = forecast_file(
                files.gl_pathv[i], &(forecast_options){.futures = 600, .queue = true});
            metamorphic_same(rows, events, files.gl_pathv[i]);
            rc_result_free(events);
            tried++;
        }
        rc_result_free(rows);
    }
    globfree(&files);
    ck_assert_int_gt(tried, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("metamorphic");
    TCase *tcase = tcase_create("metamorphic");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, a_relation_holds, 0, metamorphic_relations_n);
    tcase_add_test(tcase, the_hard_cases_of_two_schedulers_are_one);
    tcase_add_test(tcase, instruction_sets_change_nothing);
    tcase_add_test(tcase, another_seed_is_another_run);
    tcase_add_test(tcase, a_sum_by_threads_would_be_seen);
    tcase_add_test(tcase, scenarios_that_people_cannot_bind_go_both_ways);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
