#include "stats/knowing.h"
#include "stats/sensitivity.h"
#include "suite.h"
#include <math.h>
#include <stdlib.h>

enum { N = 20000 };

static float x[N];
static double y[N];
static uint32_t order[N];
static uint64_t scratch[2 * N];

static uint64_t state;
static double uniform(void)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (double)((state * 0x2545f4914f6cdd1d) >> 11) * 0x1p-53;
}

static void setup(void)
{
    state = 0x9e3779b97f4a7c15;
}

/* y = mean + x + noise, x uniform on -1 to 1: knowing x, one does it where x > -mean; what
 * is saved by it is the triangle beyond: (1 - |mean|)^2/4. */
static double triangle(double mean)
{
    return (1 - fabs(mean)) * (1 - fabs(mean)) / 4;
}

static rc_worth known(double mean, double noise)
{
    for (int i = 0; i < N; i++) {
        x[i] = (float)(2 * uniform() - 1);
        y[i] = mean + (double)x[i] + noise * (2 * uniform() - 1);
    }
    return rc_worth_of(x, y, N, order, scratch);
}

START_TEST(what_a_uniform_input_is_worth_is_a_triangle)
{
    for (double mean = -0.6; mean < 0.7; mean += 0.3) {
        /* a bin hides what lies on both sides of the turning point: 1/27 of the width */
        rc_worth w = known(mean, 0);
        ck_assert_double_eq_tol(w.worth, triangle(mean), 0.006);
        w = known(mean, 2);
        ck_assert_double_eq_tol(w.worth, triangle(mean), 0.006 + 3.3 / 1.96 * w.error);
        ck_assert_double_gt(w.error, 0);
    }
}
END_TEST

START_TEST(knowing_everything_is_worth_what_is_never_done_in_vain)
{
    known(0.3, 0);
    ck_assert_double_eq_tol(rc_worth_of_all(y, N), triangle(0.3), 0.01);
    for (int i = 0; i < N; i++)
        y[i] = i % 4 ? 2 : -1;
    ck_assert_double_eq(rc_worth_of_all(y, N), 0.25);
    for (int i = 0; i < N; i++)
        y[i] = -y[i]; /* better left: 1 in a quarter is missed */
    ck_assert_double_eq(rc_worth_of_all(y, N), 0.25);
    ck_assert_double_eq(rc_worth_of_all(y, 0), 0);
}
END_TEST

START_TEST(an_event_that_decides_everything_is_worth_as_much)
{
    for (int i = 0; i < N; i++) {
        x[i] = i % 11 == 0; /* 1 819 futures, of both halves */
        y[i] = i % 11 == 0 ? -10 : 2;
    }
    const double saved = 10. * 1819 / N;
    ck_assert_double_eq_tol(rc_worth_of(x, y, N, order, scratch).worth, saved, 1e-12);
    ck_assert_double_eq_tol(rc_worth_of_all(y, N), saved, 1e-12);
}
END_TEST

START_TEST(what_has_no_effect_is_worth_nothing_on_average_even_where_nothing_is_clear)
{
    /* means of bins lie around 0: taken each for what it seems they would be worth .4 of
     * their standard error, 0.0085 here */
    double sum = 0;
    int beyond = 0;
    for (int k = 0; k < 50; k++) {
        for (int i = 0; i < N; i++) {
            x[i] = (float)uniform();
            y[i] = 2 * uniform() - 1;
        }
        rc_worth w = rc_worth_of(x, y, N, order, scratch);
        sum += w.worth;
        beyond += w.worth > w.error;
    }
    ck_assert_double_lt(sum / 50, 0.003);
    ck_assert_int_le(beyond, 5); /* 2.5 % of 50, and chance */
}
END_TEST

START_TEST(bins_keep_what_shares_a_value_together)
{
    static const float at[] = {1, 1, 2, 2, 2, 2, 2, 3, 4, 5};
    const uint32_t in_order[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    ck_assert_uint_eq(rc_bin_end(at, in_order, 10, 0, 4),
                      2); /* the 2s fill one alone */
    ck_assert_uint_eq(rc_bin_end(at, in_order, 10, 2, 4), 7);
    ck_assert_uint_eq(rc_bin_end(at, in_order, 10, 7, 4), 10);
    ck_assert_uint_eq(rc_bin_end(at, in_order, 10, 0, 6), 7);
    ck_assert_uint_eq(rc_bin_size(20000), 741); /* 27 bins */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("knowing");
    TCase *tcase = tcase_create("knowing");
    tcase_add_checked_fixture(tcase, setup, NULL);
    tcase_add_test(tcase, what_a_uniform_input_is_worth_is_a_triangle);
    tcase_add_test(tcase, knowing_everything_is_worth_what_is_never_done_in_vain);
    tcase_add_test(tcase, an_event_that_decides_everything_is_worth_as_much);
    tcase_add_test(
        tcase,
        what_has_no_effect_is_worth_nothing_on_average_even_where_nothing_is_clear);
    tcase_add_test(tcase, bins_keep_what_shares_a_value_together);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
