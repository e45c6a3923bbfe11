/* What an answer counts, and what it warns of. */
#include "forecast.h"
#include "suite.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define HEAD                                                                           \
    "format = 1; calendar = { start = \"2026-08-03\"; };"                              \
    "goals = { deadline = \"2026-08-07\"; budget = \"600 EUR\"; };"                    \
    "team = ( { id = \"ds\"; people = 2; cost = \"100 EUR/day\"; } );"

START_TEST(what_follows_the_launch_is_paid_but_not_from_the_budget)
{
    rc_result *r = forecast(HEAD "tasks = ( { id = \"a\"; duration = \"5 days\"; who = "
                                 "\"1 ds\"; milestone = \"launch\"; },"
                                 "{ id = \"b\"; duration = \"20 days\"; who = \"1 "
                                 "ds\"; cost = \"7k EUR\"; after = [ \"a\" ]; } );",
                            &(forecast_options){.futures = 10});
    ck_assert_double_eq(forecast_cost(r)[0], 500.0);
    ck_assert_double_eq(r->verdict.budget.p, 1.0);
    const rc_output_result *after = rc_result_output(r, "after_launch.cost");
    ck_assert_ptr_nonnull(after);
    ck_assert_double_eq(after->spread[0].mean, 9000.0);
    ck_assert_double_eq(forecast_task(r, "b")->cost_mean, 9000.0);
    rc_result_free(r);
}
END_TEST

START_TEST(work_that_runs_at_the_launch_is_paid_from_the_budget_until_then)
{
    rc_result *r =
        forecast(HEAD "tasks = ( { id = \"a\"; duration = \"5 days\"; who = \"1 ds\"; "
                      "milestone = \"launch\"; },"
                      "{ id = \"b\"; duration = \"20 days\"; who = \"1 ds\"; } );",
                 &(forecast_options){.futures = 10});
    ck_assert_double_eq(forecast_cost(r)[0], 1000.0);
    ck_assert_double_eq(rc_result_output(r, "after_launch.cost")->spread[0].mean,
                        1500.0);
    rc_result_free(r);
}
END_TEST

START_TEST(a_plan_that_ends_with_its_launch_has_no_money_after_it)
{
    rc_result *r = forecast(
        HEAD "tasks = ( { id = \"a\"; duration = \"5 days\"; who = \"1 ds\"; },"
             "{ id = \"b\"; duration = \"2 days\"; who = \"1 ds\"; after = [ \"a\" ]; "
             "milestone = \"launch\"; } );",
        &(forecast_options){.futures = 10});
    ck_assert_double_eq(forecast_cost(r)[0], 700.0);
    ck_assert_ptr_null(rc_result_output(r, "after_launch.cost"));
    rc_result_free(r);
}
END_TEST

START_TEST(a_deadline_before_the_finish_at_medians_is_a_warning_of_the_result)
{
    rc_result *late = forecast(
        HEAD "tasks = ( { id = \"a\"; duration = \"6 days\"; who = \"1 ds\"; } );",
        &(forecast_options){.futures = 10});
    rc_result *right = forecast(
        HEAD "tasks = ( { id = \"a\"; duration = \"5 days\"; who = \"1 ds\"; } );",
        &(forecast_options){.futures = 10});
    ck_assert_uint_eq(late->warnings_n, 1);
    ck_assert_ptr_nonnull(strstr(late->warnings[0], "10 Aug 2026"));
    ck_assert_uint_eq(right->warnings_n, 0);
    rc_result_free(late);
    rc_result_free(right);
}
END_TEST

START_TEST(a_task_whose_people_leave_for_good_is_a_warning_of_the_result)
{
    rc_result *r = forecast(
        "format = 1; calendar = { start = \"2026-08-03\"; };"
        "team = ( { id = \"ds\"; people = 2; leaves = ( { id = \"v\"; on = "
        "\"2026-08-05\"; people = 1; } ); } );"
        "tasks = ( { id = \"a\"; duration = \"5 days\"; who = \"1 ds\"; },"
        "{ id = \"b\"; duration = \"1 day\"; who = \"2 ds\"; after = [ \"a\" ]; } );",
        &(forecast_options){.futures = 10});
    ck_assert_double_eq(r->verdict.launch.p, 0.0);
    ck_assert_uint_eq(r->warnings_n, 1);
    ck_assert_ptr_nonnull(strstr(
        r->warnings[0], "'b' needs 2 of 'ds', which has 1 from 5 Aug 2026"));
    rc_result_free(r);
}
END_TEST

/* Deadline in the middle; a what-if halves the second task. */
#define TWO                                                                            \
    "format = 1; calendar = { start = \"2026-08-03\"; };"                              \
    "goals = { deadline = \"2026-08-21\"; };"                                          \
    "tasks = ( { id = \"a\"; duration = \"5 to 10 days\"; },"                          \
    "{ id = \"b\"; duration = \"4 to 12 days\"; after = [ \"a\" ]; } );"

START_TEST(the_gain_of_a_what_if_and_its_error_are_of_paired_futures)
{
    enum { N = 4000 };
    const char *set[] = {"tasks.b.duration=2 to 6 days", NULL};
    rc_result *was = forecast(TWO, &(forecast_options){.futures = N, .what_if = set});
    rc_result *is = forecast(TWO, &(forecast_options){.futures = N, .set = set});
    double sum = 0.0, squares = 0.0;
    for (int i = 0; i < N; i++) {
        double change = (forecast_finish(is)[i] <= is->deadline_days + 1e-9) -
                        (forecast_finish(was)[i] <= was->deadline_days + 1e-9);
        sum += change;
        squares += change * change;
    }
    double mean = sum / N, variance = squares / N - mean * mean;
    ck_assert(mean > 0.1);
    ck_assert_double_eq_tol(was->what_if[0].gain, mean, 1e-12);
    ck_assert_double_eq_tol(was->what_if[0].gain_error, 1.959964 * sqrt(variance / N),
                            1e-9);
    rc_result_free(was);
    rc_result_free(is);
}
END_TEST

/* A week too late and within the budget, for 1000 EUR. */
#define LATE                                                                           \
    "format = 1; calendar = { start = \"2026-08-03\"; };"                              \
    "goals = { deadline = \"2026-08-07\"; budget = \"2000 EUR\"; };"                   \
    "team = ( { id = \"ds\"; people = 2; cost = \"100 EUR/day\"; } );"                 \
    "tasks = ( { id = \"a\"; effort = \"10 person-days\"; who = \"1 ds\"; cost = \"0 " \
    "EUR\"; } );"

START_TEST(what_a_point_costs_is_exact_in_a_plan_without_chance)
{
    static const struct {
        const char *set[3];
        double gain, change, price; /* of a share, for one EUR; NAN: none */
        bool same_goals;
    } cases[] = {
        /* in time for 500 EUR more: 100 points for 500 EUR */
        {{"tasks.a.who=2 ds", "tasks.a.cost=500 EUR"}, 1, 500, 1.0 / 500, true},
        {{"tasks.a.who=2 ds"}, 1, 0, NAN, true},
        {{"tasks.a.effort=4 person-days"}, 1, -600, NAN, true},
        {{"tasks.a.cost=300 EUR"}, 0, 300, 0, true},
        {{"goals.deadline=2026-08-31"}, 1, 0, NAN, false},
        {{"goals.budget=3000 EUR"}, 0, 0, NAN, false},
    };
    rc_result *was = forecast(LATE, &(forecast_options){.futures = 100});
    ck_assert_double_eq(forecast_cost(was)[0], 1000.0);
    for (uint32_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rc_result *both = forecast(
            LATE, &(forecast_options){.futures = 100, .what_if = cases[i].set});
        const rc_what_if_result *w = &both->what_if[0];
        ck_assert_double_eq(w->gain, cases[i].gain);
        ck_assert_double_eq(w->cost_change, cases[i].change);
        ck_assert_double_eq(w->cost_change_error, 0.0);
        ck_assert_int_eq(w->same_goals, cases[i].same_goals);
        if (isnan(cases[i].price)) {
            ck_assert_double_nan(w->per_money);
            ck_assert_double_nan(w->per_money_low);
            ck_assert_double_nan(w->per_money_high);
        } else {
            ck_assert_double_eq_tol(w->per_money, cases[i].price, 1e-15);
            ck_assert_double_eq_tol(w->per_money_low, cases[i].price, 1e-9);
            ck_assert_double_eq_tol(w->per_money_high, cases[i].price, 1e-9);
        }
        rc_result_free(both);
    }
    rc_result_free(was);
}
END_TEST

/* Mean of gain - price x cost over futures, in its standard errors. */
static double off_by(const rc_result *was, const rc_result *is, double price)
{
    double sum = 0.0, squares = 0.0, n = (double)was->futures;
    for (uint64_t i = 0; i < was->futures; i++) {
        double gain = (forecast_finish(is)[i] <= is->deadline_days + 1e-9) -
                      (forecast_finish(was)[i] <= was->deadline_days + 1e-9);
        double x = gain - price * (forecast_cost(is)[i] - forecast_cost(was)[i]);
        sum += x;
        squares += x * x;
    }
    double mean = sum / n;
    return mean / sqrt((squares / n - mean * mean) / n);
}

START_TEST(the_interval_of_what_a_point_costs_ends_where_the_futures_refuse_it)
{
    enum { N = 4000 };
    static const char *const prices[] = {"30 to 900 EUR", "500 to 520 EUR"};
    for (uint32_t i = 0; i < 2; i++) {
        char cost[64];
        snprintf(cost, sizeof cost, "tasks.b.cost=%s", prices[i]);
        const char *set[] = {"tasks.b.duration=2 to 6 days", cost, NULL};
        rc_result *was =
            forecast(TWO, &(forecast_options){.futures = N, .what_if = set});
        rc_result *is = forecast(TWO, &(forecast_options){.futures = N, .set = set});
        const rc_what_if_result *w = &was->what_if[0];
        double change = 0.0;
        for (int k = 0; k < N; k++)
            change += (forecast_cost(is)[k] - forecast_cost(was)[k]) / N;
        ck_assert_double_eq_tol(w->cost_change, change, 1e-9 * change);
        ck_assert_double_eq_tol(w->per_money, w->gain / change, 1e-12);
        ck_assert_double_eq_tol(off_by(was, is, w->per_money_low), 1.959964, 0.002);
        ck_assert_double_eq_tol(off_by(was, is, w->per_money_high), -1.959964, 0.002);
        rc_result_free(is);
        rc_result_free(was);
    }
}
END_TEST

START_TEST(a_risk_that_goes_with_a_task_fires_where_the_task_is_long)
{
    rc_result *r = forecast(
        "format = 1; calendar = { start = \"2026-08-03\"; };"
        "team = ( { id = \"ds\"; people = 2; cost = \"100 EUR/day\"; } );"
        "tasks = ( { id = \"a\"; duration = \"5 to 10 days\"; who = \"1 ds\"; } );"
        "risks = ( { id = \"late\"; chance = \"50 %\"; hits = [ \"a\" ]; cost = \"1M "
        "EUR\"; } );"
        "correlations = ( { id = \"c\"; between = [ \"a\", \"late\" ]; strength = 0.8; "
        "} );",
        &(forecast_options){.futures = 4000});
    double days[2] = {0, 0};
    int n[2] = {0, 0};
    for (int i = 0; i < 4000; i++) {
        int fired = forecast_cost(r)[i] > 5e5;
        days[fired] += forecast_finish(r)[i];
        n[fired]++;
    }
    ck_assert_int_gt(n[0], 1800);
    ck_assert_int_gt(n[1], 1800);
    ck_assert(days[1] / n[1] > days[0] / n[0] + 1.0);
    rc_result_free(r);
}
END_TEST

START_TEST(one_task_of_a_choice_takes_place_as_often_as_its_weight_says)
{
    rc_result *r = forecast(
        "format = 1; calendar = { start = \"2026-08-03\"; };"
        "tasks = ( { id = \"a\"; duration = \"1 day\"; one_of = \"way\"; weight = 3.0; "
        "},"
        "{ id = \"b\"; duration = \"10 days\"; one_of = \"way\"; weight = 1.0; } );",
        &(forecast_options){.futures = 20000});
    double a = forecast_task(r, "a")->occurs.p, b = forecast_task(r, "b")->occurs.p;
    ck_assert_double_eq_tol(a + b, 1.0, 1e-12);
    ck_assert_double_eq_tol(a, 0.75, 4.89 * sqrt(0.75 * 0.25 / 20000));
    ck_assert_double_eq_tol(r->finish.mean, 1.0 * a + 10.0 * b, 1e-9);
    rc_result_free(r);
}
END_TEST

START_TEST(a_driver_tells_what_its_best_and_worst_tenth_change_and_ssi_its_part)
{
    rc_result *r = forecast(
        "format = 1; calendar = { start = \"2026-08-03\"; };"
        "tasks = ( { id = \"a\"; duration = \"uniform(0, 10) days\"; },"
        "{ id = \"b\"; duration = \"uniform(0, 5) days\"; after = [ \"a\" ]; } );",
        &(forecast_options){.futures = 32768});
    ck_assert_uint_eq(r->drivers_n, 2);
    ck_assert_str_eq(r->drivers[0].id, "tasks.a.duration"); /* the larger swing first */
    ck_assert_double_eq_tol(r->drivers[0].low_days, -4.5, 0.15);
    ck_assert_double_eq_tol(r->drivers[0].high_days, 4.5, 0.15);
    ck_assert_double_eq_tol(r->drivers[0].low_at, 0.5, 0.05);
    ck_assert_double_eq_tol(r->drivers[0].high_at, 9.5, 0.05);
    ck_assert_double_eq_tol(r->drivers[0].share_of_variance, 0.8, 0.02);
    ck_assert_double_eq_tol(forecast_task(r, "a")->ssi, sqrt(0.8), 0.01);
    ck_assert_double_eq_tol(forecast_task(r, "b")->ssi, sqrt(0.2), 0.01);
    rc_result_free(r);
}
END_TEST

START_TEST(ssi_counts_only_the_futures_in_which_a_task_is_critical)
{
    rc_result *r =
        forecast("format = 1; calendar = { start = \"2026-08-03\"; };"
                 "tasks = ( { id = \"a\"; duration = \"uniform(0, 10) days\"; },"
                 "{ id = \"b\"; duration = \"uniform(0, 10) days\"; } );",
                 &(forecast_options){.futures = 32768});
    /* criticality 1/2, sd 10/sqrt 12; the larger of two has variance 100/18 */
    ck_assert_double_eq_tol(forecast_task(r, "a")->ssi, 0.5 * sqrt(18.0 / 12.0), 0.02);
    rc_result_free(r);
}
END_TEST

START_TEST(the_fallback_is_the_best_half_point_that_enough_futures_reach)
{
    rc_result *r = forecast("format = 1; calendar = { start = \"2026-08-03\"; };"
                            "goals = { target = { metric = \"accuracy\"; at_least = "
                            "\"95 %\"; }; confidence = \"80 %\"; };"
                            "experiments = { metric = \"accuracy\"; baseline = \"68 to "
                            "72 %\"; ceiling = \"80 to 85 %\";"
                            " tries = 4; levers = ( { id = \"x\"; works = \"50 %\"; "
                            "gain = \"1 to 3 points\"; } ); };"
                            "tasks = ( { id = \"search\"; plan = \"experiments\"; } );",
                            &(forecast_options){.futures = 4000});
    const rc_verdict *v = &r->verdict;
    ck_assert(isinf(v->promise_days));
    const char *name;
    const double *values, *truth = NULL;
    for (uint32_t c = 0; rc_result_samples(r, c, &name, &values); c++)
        if (strstr(name, "true"))
            truth = values;
    ck_assert_ptr_nonnull(truth);
    int met = 0, more = 0;
    for (int i = 0; i < 4000; i++) {
        met += truth[i] >= v->fallback.target;
        more += truth[i] >= v->fallback.target + 0.005 - 1e-12;
    }
    ck_assert_double_eq(v->fallback.chance.p, met / 4000.0);
    ck_assert(met >= 3200);
    ck_assert(more < 3200);
    rc_result_free(r);
}
END_TEST

/* A search that one person in three keeps waiting for; a risk that makes it longer. */
#define WAITS(risk)                                                                    \
    "format = 1; calendar = { start = \"2026-02-02\"; };"                              \
    "goals = { deadline = \"2026-03-31\"; target = { metric = \"accuracy\"; "          \
    "at_least = \"85 %\"; }; confidence = \"80 %\"; };"                                \
    "team = ( { id = \"ds\"; people = 1; } ); experiments = { baseline = \"70 %\"; "   \
    "ceiling = \"84 to 90 %\"; works = \"60 %\"; gain = \"1 to 3 points\"; tries = "   \
    "9; };"                                                                            \
    "tasks = ( { id = \"data\"; duration = \"30 to 60 days\"; who = \"1 ds\"; },"      \
    "{ id = \"other\"; duration = \"100 to 120 days\"; who = \"1 ds\"; priority = 1; " \
    "},"                                                                               \
    "{ id = \"search\"; plan = \"experiments\"; who = \"1 ds\"; after = [ \"data\" ];" \
    "} );" risk

START_TEST(a_lower_target_is_offered_however_far_behind_the_deadline_the_plan_is)
{
    static const char *const plans[] = {
        WAITS(""), WAITS("risks = ( { id = \"away\"; chance = \"50 %\"; hits = [ "
                         "\"data\" ]; delay = \"20 to 90 days\"; } );")};
    for (int p = 0; p < 2; p++) {
        rc_result *r = forecast(plans[p], &(forecast_options){.futures = 4000});
        const rc_fallback *later = &r->verdict.fallback_later;
        ck_assert(isinf(r->verdict.promise_days));
        ck_assert(isnan(r->verdict.fallback.target)); /* nothing is done by then */
        ck_assert_double_ge(later->target, .715);
        ck_assert_double_lt(later->target, .85);
        ck_assert_double_ge(later->chance.p, .8);
        /* all launch: the day by which nine in ten have */
        const double *finish = forecast_finish(r);
        int by = 0, day_before = 0;
        for (int i = 0; i < 4000; i++) {
            by += finish[i] <= later->days + 1e-9;
            day_before += finish[i] <= later->days - 1 + 1e-9;
        }
        ck_assert_int_ge(by, 3600);
        ck_assert_int_lt(day_before, 3600);
        rc_result_free(r);
    }
}
END_TEST

START_TEST(that_tries_are_made_one_at_a_time_is_told_where_nobody_says_it)
{
#define TRIES(at_once)                                                                 \
    "format = 1; calendar = { start = \"2026-02-02\"; };"                              \
    "experiments = { metric = \"accuracy\"; baseline = \"70 %\"; ceiling = \"80 %\"; " \
    "tries = 4; " at_once "};"                                                         \
    "tasks = ( { id = \"search\"; plan = \"experiments\"; } );"
    static const char *const plans[] = {TRIES("at_once = 1; "), TRIES("")};
    for (int p = 0; p < 2; p++) {
        rc_result *r = forecast(plans[p], &(forecast_options){.futures = 64});
        int told = 0;
        for (uint32_t i = 0; i < r->assumed_n; i++)
            told += strstr(r->assumed[i], "one at a time") != NULL;
        ck_assert_int_eq(told, p);
        rc_result_free(r);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("answer");
    TCase *tcase = tcase_create("answer");
    tcase_add_test(tcase, what_follows_the_launch_is_paid_but_not_from_the_budget);
    tcase_add_test(tcase,
                   work_that_runs_at_the_launch_is_paid_from_the_budget_until_then);
    tcase_add_test(tcase, a_plan_that_ends_with_its_launch_has_no_money_after_it);
    tcase_add_test(tcase,
                   a_deadline_before_the_finish_at_medians_is_a_warning_of_the_result);
    tcase_add_test(tcase,
                   a_task_whose_people_leave_for_good_is_a_warning_of_the_result);
    tcase_add_test(tcase, the_gain_of_a_what_if_and_its_error_are_of_paired_futures);
    tcase_add_test(tcase, what_a_point_costs_is_exact_in_a_plan_without_chance);
    tcase_add_test(tcase,
                   the_interval_of_what_a_point_costs_ends_where_the_futures_refuse_it);
    tcase_add_test(tcase, a_risk_that_goes_with_a_task_fires_where_the_task_is_long);
    tcase_add_test(tcase, one_task_of_a_choice_takes_place_as_often_as_its_weight_says);
    tcase_add_test(
        tcase, a_driver_tells_what_its_best_and_worst_tenth_change_and_ssi_its_part);
    tcase_add_test(tcase, ssi_counts_only_the_futures_in_which_a_task_is_critical);
    tcase_add_test(tcase,
                   the_fallback_is_the_best_half_point_that_enough_futures_reach);
    tcase_add_test(
        tcase, a_lower_target_is_offered_however_far_behind_the_deadline_the_plan_is);
    tcase_add_test(tcase,
                   that_tries_are_made_one_at_a_time_is_told_where_nobody_says_it);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
