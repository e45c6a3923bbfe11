/* Which what-if buys most, and how it is said. */
#include "report/what_if.h"
#include "fixture.h"
#include "suite.h"
#include <math.h>
#include <string.h>

/* Of 5 points, or as given, for so much money; NAN: no price. */
static rc_what_if_result offer(const char *name, double gain, double change,
                               double spread)
{
    rc_what_if_result w = {.id = name, .name = name, .gain = gain, .gain_error = 0.004};
    w.verdict = (rc_verdict){.has_deadline = true, .deadline = {0.5 + gain, 0, 1}};
    w.cost_change = change;
    w.cost_change_error = 50;
    w.value_gain = w.value_gain_error = NAN;
    w.per_money = change > 50 ? gain / change : NAN;
    w.per_money_low = w.per_money * (1 - spread);
    w.per_money_high = w.per_money * (1 + spread);
    w.same_goals = true;
    return w;
}

static const char *most(char out[512], rc_what_if_result *offers, uint32_t n)
{
    rc_result r = {.currency = "EUR", .what_if = offers, .what_if_n = n};
    r.verdict = (rc_verdict){.has_deadline = true, .deadline = {0.5, 0, 1}};
    r.cost.mean = 200000;
    return rc_what_if_most(out, 512, &r);
}

START_TEST(what_has_no_price_comes_before_what_has_one)
{
    char out[512];
    rc_what_if_result offers[] = {offer("dear", 0.09, 14000, 0.1),
                                  offer("free", 0.02, 20, 0)};
    ck_assert_str_eq(most(out, offers, 2),
                     "Most for the money: free (+2 points at no cost); "
                     "then dear (+9 points for 14 k€, 6.4 per 10 k€)");
    offers[0] = offer("cheaper", 0.05, -12340, 0);
    ck_assert_str_eq(most(out, offers, 2),
                     "Most for the money: cheaper (+5 points, saves 12.3 k€); free (+2 "
                     "points at no cost)");
}
END_TEST

START_TEST(prices_are_compared_and_overlapping_ones_are_said_to_be_as_good)
{
    char out[512];
    rc_what_if_result offers[] = {offer("many", 0.09, 18000, 0.1),
                                  offer("few", 0.04, 4000, 0.1)};
    ck_assert_str_eq(most(out, offers, 2),
                     "Most for the money: few (+4 points for 4 k€, 1.0 per 1 k€); then "
                     "many (+9 points for 18 k€, 0.50 per 1 k€)");
    offers[0] = offer("many", 0.09, 10000, 0.3);
    ck_assert_str_eq(
        most(out, offers, 2),
        "Most for the money: few (+4 points for 4 k€, 1.0 per 1 k€); as "
        "good within the error: many (+9 points for 10 k€, 0.63 to 1.17 per "
        "1 k€)");
}
END_TEST

START_TEST(a_dear_point_is_priced_by_a_sum_that_leaves_something_of_it)
{
    char out[512];
    rc_what_if_result offers[] = {offer("cheap", 0.02, 580, 0),
                                  offer("dear", 0.01, 42100, 0)};
    ck_assert_str_eq(most(out, offers, 2),
                     "Most for the money: cheap (+2 points for 580 €, 34 per 10 k€); "
                     "then dear (+1 points for 42.1 k€, 0.24 per 10 k€)");
}
END_TEST

START_TEST(what_gains_nothing_or_promises_something_else_buys_nothing)
{
    char out[512];
    rc_what_if_result offers[] = {offer("unseen", 0.003, 4000, 0.1),
                                  offer("worse", -0.1, -4000, 0.1),
                                  offer("lower target", 0.2, 100, 0.1)};
    offers[2].same_goals = false;
    ck_assert_str_eq(most(out, offers, 3), "");
    offers[2].same_goals = true;
    ck_assert_str_eq(most(out, offers, 3),
                     "Most for the money: lower target (+20 points for 100 €, 20 per "
                     "100 €)");
}
END_TEST

START_TEST(a_gain_that_costs_value_says_so)
{
    char out[512];
    rc_what_if_result offers[] = {offer("go on", 0.05, 5000, 0.1)};
    offers[0].value_gain = -30000;
    offers[0].value_gain_error = 40000;
    ck_assert_ptr_null(strstr(most(out, offers, 1), "worth less"));
    offers[0].value_gain_error = 4000;
    ck_assert_str_eq(most(out, offers, 1),
                     "Most for the money: go on (+5 points for 5 k€, 1.0 per 1 k€"
                     ", but worth less)");
}
END_TEST

START_TEST(what_is_saved_until_the_launch_may_be_spent_after_it)
{
    char out[512];
    rc_what_if_result offers[] = {offer("others later", 0.14, -93000, 0)};
    const rc_task_result tasks[] = {{.id = "ship", .milestone = "launch"}};
    rc_result r = {.currency = "EUR",
                   .what_if = offers,
                   .what_if_n = 1,
                   .tasks = tasks,
                   .tasks_n = 1,
                   .cost = {.mean = 200000}};
    r.verdict = (rc_verdict){.has_deadline = true, .deadline = {0.5, 0, 1}};
    ck_assert_str_eq(rc_what_if_most(out, sizeof out, &r),
                     "Most for the money until the launch: others later (+14 points, "
                     "saves 93 k€)");
}
END_TEST

START_TEST(a_plan_without_money_buys_nothing)
{
    char out[512];
    rc_what_if_result offers[] = {offer("free", 0.05, 0, 0)};
    rc_result r = {.what_if = offers, .what_if_n = 1};
    ck_assert_str_eq(rc_what_if_most(out, sizeof out, &r), "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("what_if");
    TCase *c = tcase_create("what buys most");
    tcase_add_test(c, what_has_no_price_comes_before_what_has_one);
    tcase_add_test(c, prices_are_compared_and_overlapping_ones_are_said_to_be_as_good);
    tcase_add_test(c, a_dear_point_is_priced_by_a_sum_that_leaves_something_of_it);
    tcase_add_test(c, what_gains_nothing_or_promises_something_else_buys_nothing);
    tcase_add_test(c, a_gain_that_costs_value_says_so);
    tcase_add_test(c, what_is_saved_until_the_launch_may_be_spent_after_it);
    tcase_add_test(c, a_plan_without_money_buys_nothing);
    suite_add_tcase(suite, c);
    return suite_run(suite);
}
