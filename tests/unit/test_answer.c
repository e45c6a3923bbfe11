/* What an answer counts, and what it warns of. */
#include "forecast.h"
#include "suite.h"
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
        r->warnings[0], "'b' needs 2 of 'ds', of whom 1 are left from 5 Aug 2026"));
    rc_result_free(r);
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
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
