/* What a test set shows: exact binomial answers, one luck per test set. */
#include "by_hand.h"
#include "test_set.h"
#include "suite.h"

/* The share of words for which a model of that accuracy is measured at or above. */
static double chance_at_least(double truth, double n, double threshold)
{
    const rc_test_set test = {.size = n, .correlate = 0.95};
    const int words = 1 << 16;
    int passed = 0;
    for (int i = 0; i < words; i++) {
        const uint32_t word = ((uint32_t)i << 16) + 0x8000;
        passed += rc_measured(&test, truth, word, 0, 0) >= threshold - 1e-12;
    }
    return (double)passed / words;
}

START_TEST(a_test_of_500_lets_pass_what_the_binomial_says)
{
    ck_assert_double_eq_tol(chance_at_least(0.71, 500, 0.72), 0.330735, 2e-5);
    ck_assert_double_eq_tol(chance_at_least(0.74, 500, 0.72), 1 - 0.142421, 2e-5);
}
END_TEST

START_TEST(without_a_size_only_the_seed_is_seen)
{
    const rc_test_set exact = {.correlate = 0.95};
    ck_assert_double_eq_tol(rc_measured(&exact, 0.8, 12345, 0.002, 3), 0.802, 1e-15);
    const rc_test_set test = {.size = 400, .correlate = 0.95};
    ck_assert_double_eq(rc_measured(&test, 37.5, 12345, 0, 3), 37.5); /* no share */
}
END_TEST

START_TEST(pair_noise_has_the_sd_of_a_difference)
{
    const rc_test_set test = {.size = 400, .correlate = 0.95};
    const double s = sqrt(0.8 * 0.2 / 400);
    ck_assert_double_eq_tol(rc_test_sd(&test, 0.8), s, 1e-15);
    const double with = rc_measured(&test, 0.8, 99, 0, 1);
    const double without = rc_measured(&test, 0.8, 99, 0, 0);
    ck_assert_double_eq_tol(with - without, s * sqrt(0.1), 1e-15);
}
END_TEST

START_TEST(the_error_of_a_test_set_is_the_same_luck_for_every_model)
{
    const rc_test_set test = {.size = 4000, .correlate = 0.95};
    for (uint32_t i = 0; i < 200; i++) {
        const uint32_t word = i * 21474836u + 7;
        const double at80 = rc_test_error(&test, 0.80, word);
        const double at82 = rc_test_error(&test, 0.82, word);
        ck_assert_double_le(fabs(at80 - at82), 0.002);
    }
}
END_TEST

START_TEST(fresh_tests_are_new_at_each_gate_and_the_search_goes_on_with_them)
{
    ck_assert_uint_eq(rc_test_index(false, 3, true), 0);
    ck_assert_uint_eq(rc_test_index(true, 1, false), 0);
    ck_assert_uint_eq(rc_test_index(true, 1, true), 1);
    ck_assert_uint_eq(rc_test_index(true, 2, false), 1);
    ck_assert_uint_eq(rc_test_index(true, 2, true), 2);
}
END_TEST

/* A judge right in 90 %: .8 looks like .9 x .8 + .1 x .2 = .74, whose exact chance to
 * pass .72 with 500 examples is known. */
START_TEST(a_judge_that_errs_shows_a_paler_picture)
{
    const rc_test_set judged = {
        .size = 500, .correlate = 0.95, .loses = 0.2, .bias = 0.1};
    int passed = 0;
    for (int i = 0; i < 1 << 16; i++)
        passed += rc_measured(&judged, 0.8, ((uint32_t)i << 16) + 0x8000, 0, 0) >=
                  0.72 - 1e-12;
    ck_assert_double_eq_tol(passed / 65536.0, 1 - 0.142421, 2e-5);
    ck_assert_double_eq_tol(rc_test_sd(&judged, 0.8), sqrt(0.74 * 0.26 / 500), 1e-15);
}
END_TEST

START_TEST(the_noise_of_raters_adds_to_that_of_the_test_set)
{
    const rc_test_set test = {.size = 400, .correlate = 0.95, .noise = 0.01};
    const double s = sqrt(0.8 * 0.2 / 400);
    const double with = rc_measured(&test, 0.8, 99, 0, 1);
    const double without = rc_measured(&test, 0.8, 99, 0, 0);
    ck_assert_double_eq_tol(with - without, sqrt(0.1 * s * s + 1e-4), 1e-15);
    const rc_test_set milliseconds = {.noise = 2.0, .bias = 3.0};
    ck_assert_double_eq_tol(rc_measured(&milliseconds, 37.5, 99, 0, -1), 38.5, 1e-12);
}
END_TEST

static void by_a_judge(rc_test_set *test, const rc_measured_by *by, const rc_step *step,
                       uint32_t lane)
{
    const double *agrees = by->settings;
    (void)step;
    test->size += lane;
    test->loses = 2 * (1 - *agrees);
    test->bias = 1 - *agrees;
}

START_TEST(what_is_shown_of_a_share_is_a_share)
{
    const rc_test_set lenient = {.bias = 0.1, .is_share = true};
    ck_assert_double_eq(rc_test_shows(&lenient, 0.95), 1);
    ck_assert_double_eq_tol(rc_test_shows(&lenient, 0.85), 0.95, 1e-15);
    const rc_test_set strict = {.bias = -0.1, .is_share = true};
    ck_assert_double_eq(rc_test_shows(&strict, 0.05), 0);
    const rc_test_set milliseconds = {.bias = 3};
    ck_assert_double_eq(rc_test_shows(&milliseconds, 37.5), 40.5);
}
END_TEST

START_TEST(who_measures_changes_the_test_set)
{
    const double agrees = 0.9;
    const rc_measured_by judge = {.change = by_a_judge, .settings = &agrees};
    const rc_step step = {0};
    const rc_test_set plain = rc_test_set_of(NULL, &(rc_measured_by){0}, &step, 0);
    ck_assert_double_eq(plain.size, 0);
    ck_assert_double_eq(rc_test_shows(&plain, 0.8), 0.8);
    const rc_test_set judged = rc_test_set_of(NULL, &judge, &step, 400);
    ck_assert_double_eq(judged.size, 400);
    ck_assert_double_eq_tol(rc_test_shows(&judged, 0.8), 0.74, 1e-15);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("measure");
    TCase *t = tcase_create("measure");
    tcase_add_test(t, a_test_of_500_lets_pass_what_the_binomial_says);
    tcase_add_test(t, without_a_size_only_the_seed_is_seen);
    tcase_add_test(t, pair_noise_has_the_sd_of_a_difference);
    tcase_add_test(t, the_error_of_a_test_set_is_the_same_luck_for_every_model);
    tcase_add_test(t,
                   fresh_tests_are_new_at_each_gate_and_the_search_goes_on_with_them);
    tcase_add_test(t, a_judge_that_errs_shows_a_paler_picture);
    tcase_add_test(t, the_noise_of_raters_adds_to_that_of_the_test_set);
    tcase_add_test(t, what_is_shown_of_a_share_is_a_share);
    tcase_add_test(t, who_measures_changes_the_test_set);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
