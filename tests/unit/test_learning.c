/* Learning curves against exact answers and against the points that they were made of.
 */
#include "by_hand.h"
#include "learning.h"
#include "suite.h"

START_TEST(a_power_law_through_one_measured_error)
{
    const rc_curve_point today = {1000, 0.30};
    const double scale = rc_pow3_scale(&today, 1, 0.10, 0.35);
    ck_assert_double_eq_tol(scale, 2.244037, 5e-7);
    ck_assert_double_eq_tol(rc_pow3(1891.846, 0.10, scale, 0.35), 0.26, 5e-9);
    ck_assert_double_eq_tol(rc_pow3(1000, 0.10, scale, 0.35), 0.30, 1e-14);
}
END_TEST

START_TEST(every_family_starts_high_and_ends_at_its_floor)
{
    ck_assert_double_eq_tol(rc_pow4(1, 0.1, 2, 0.5, 3), 0.1 + 2 / 2.0, 1e-14);
    ck_assert_double_eq_tol(rc_mmf4(700, 0.1, 0.4, 700, 1.3), 0.1 + 0.2, 1e-14);
    ck_assert_double_eq_tol(rc_wbl4(700, 0.1, 0.4, 700, 1.3), 0.1 + 0.4 / M_E, 1e-14);
    ck_assert_double_eq_tol(rc_pow3(1e30, 0.1, 2, 0.5), 0.1, 1e-12);
    ck_assert_double_eq_tol(rc_mmf4(1e30, 0.1, 2, 10, 0.9), 0.1, 1e-12);
    ck_assert_double_eq_tol(rc_wbl4(1e6, 0.1, 2, 10, 0.9), 0.1, 1e-12);
}
END_TEST

START_TEST(the_fit_finds_the_curve_that_made_the_points)
{
    rc_binder *b = hand_plan();
    const double exponents[] = {0.07, 0.35, 0.90, 1.60};
    for (int k = 0; k < 4; k++) {
        rc_curve_point error[5];
        for (int i = 0; i < 5; i++) {
            error[i].n = 500 * pow(2, i);
            error[i].value = rc_pow3(error[i].n, 0.12, 1.7, exponents[k]);
        }
        const rc_learning_fit *fit = rc_learning_prepare(b, error, 5);
        double q, c;
        rc_learning_solve(fit, 0.12, &q, &c);
        ck_assert_double_eq_tol(c, exponents[k], 1e-12);
        ck_assert_double_eq_tol(q, 1.7, 1e-9);
    }
    hand_free(b);
}
END_TEST

/* Independent: the same grid, but the sum of squares evaluated from its definition. */
START_TEST(no_exponent_of_the_grid_fits_noisy_points_better)
{
    rc_binder *b = hand_plan();
    const rc_curve_point error[] = {{5000, 0.259}, {10000, 0.236}, {20000, 0.218}};
    const rc_learning_fit *fit = rc_learning_prepare(b, error, 3);
    for (double floor = 0.05; floor < 0.21; floor += 0.01) {
        double q, c, found = 0;
        rc_learning_solve(fit, floor, &q, &c);
        for (int i = 0; i < 3; i++)
            found += pow(error[i].value - rc_pow3(error[i].n, floor, q, c), 2);
        for (int g = 1; g <= RC_LEARNING_GRID; g++) {
            const double scale = rc_pow3_scale(error, 3, floor, g / 100.0);
            double squares = 0;
            for (int i = 0; i < 3; i++)
                squares += pow(
                    error[i].value - rc_pow3(error[i].n, floor, scale, g / 100.0), 2);
            ck_assert_double_ge(squares, found - 1e-15);
        }
    }
    hand_free(b);
}
END_TEST

START_TEST(errors_below_the_floor_give_a_flat_curve_not_a_rising_one)
{
    const rc_curve_point error[] = {{100, 0.05}, {200, 0.04}};
    ck_assert_double_eq(rc_pow3_scale(error, 2, 0.2, 0.5), 0);
}
END_TEST

START_TEST(default_exponents_have_the_measured_spread)
{
    ck_assert_double_eq_tol(rc_learning_exponent(0.1), 0.09, 0.005);
    ck_assert_double_eq_tol(rc_learning_exponent(0.5), 0.36, 0.005);
    ck_assert_double_eq_tol(rc_learning_exponent(0.9), 0.87, 0.005);
}
END_TEST

START_TEST(labels_hurt_in_at_most_one_future_in_twenty)
{
    int hurt = 0;
    const int n = 20000;
    double last = -INFINITY;
    for (int i = 0; i < n; i++) {
        const double times = rc_learning_surprise((i + 0.5) / n);
        ck_assert_double_gt(times, last);
        last = times;
        hurt += times < 0;
    }
    ck_assert_int_gt(hurt, 0);
    ck_assert_int_le(hurt, n / 20);
    ck_assert_double_eq_tol(rc_learning_surprise(0.5), 1, 1e-12);
}
END_TEST

/* Quartile of Student 3 is .764892; scaled to sd 1 it is divided by sqrt 3. */
START_TEST(the_surprise_is_scaled_to_its_sd)
{
    ck_assert_double_eq_tol(rc_learning_surprise(0.75), 1 + 0.45 * 0.7648923 / sqrt(3),
                            1e-7);
}
END_TEST

START_TEST(points_out_of_order_are_a_fault_and_a_fall_is_a_warning)
{
    const rc_curve_point fall[] = {{100, 0.70}, {200, 0.69}, {150, 0.75}};
    const rc_learning_curve s = {.labels_now = 200, .points = {.at = fall, .n = 3}};
    rc_faults faults = {0};
    rc_learning_check(&s, true, &faults);
    ck_assert_uint_eq(faults.errors, 1);
    ck_assert_uint_eq(faults.warnings, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("learning");
    TCase *t = tcase_create("curves");
    tcase_add_test(t, a_power_law_through_one_measured_error);
    tcase_add_test(t, every_family_starts_high_and_ends_at_its_floor);
    tcase_add_test(t, the_fit_finds_the_curve_that_made_the_points);
    tcase_add_test(t, no_exponent_of_the_grid_fits_noisy_points_better);
    tcase_add_test(t, errors_below_the_floor_give_a_flat_curve_not_a_rising_one);
    tcase_add_test(t, default_exponents_have_the_measured_spread);
    tcase_add_test(t, labels_hurt_in_at_most_one_future_in_twenty);
    tcase_add_test(t, the_surprise_is_scaled_to_its_sd);
    tcase_add_test(t, points_out_of_order_are_a_fault_and_a_fall_is_a_warning);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
