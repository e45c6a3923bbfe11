#include "stats/sensitivity.h"
#include "suite.h"
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum { N = 20000 };

static float x[N], other[N];
static double y[N];
static rc_response_point points[N];
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

static rc_sensitivity sensitivity_of(const float *input, uint32_t n)
{
    rc_response response;
    rc_response_prepare(&response, points, y, n, order, scratch);
    return rc_sensitivity_of(input, &response, order, scratch);
}

START_TEST(a_uniform_input_has_the_tenths_and_the_share_that_algebra_gives)
{
    /* y = 10 x + e with x uniform on 0 to 1 and e uniform of twice that spread: tenths
     * end at mean x 0.05 and 0.95, E changes by 4.5, share (10^2 / 12) / (10^2 / 12 +
     * 20^2 / 12) */
    for (int i = 0; i < N; i++) {
        x[i] = (float)uniform();
        y[i] = 100 + 10 * (double)x[i] + 20 * uniform();
    }
    rc_sensitivity s = sensitivity_of(x, N);
    ck_assert_uint_eq(s.low_n, N / 10);
    ck_assert_uint_eq(s.high_n, N / 10);
    double error = 4.89 * 20 / sqrt(12.0 * N / 10); /* of a mean of 2 000 */
    ck_assert_double_eq_tol(s.low, -4.5, error);
    ck_assert_double_eq_tol(s.high, 4.5, error);
    ck_assert_double_eq_tol(s.low_at, 0.05, 4.89 * 0.1 / sqrt(12.0 * N / 10) + 0.005);
    ck_assert_double_eq_tol(s.high_at, 0.95, 4.89 * 0.1 / sqrt(12.0 * N / 10) + 0.005);
    ck_assert_double_eq_tol(s.variance, 0.2, 0.03);
    ck_assert(s.rank > 0.4 && s.rank < 0.5);
}
END_TEST

START_TEST(an_input_without_effect_has_a_share_near_zero_on_average_not_above)
{
    /* without the correction for noise the share would average (B - 1) / n = 0.0013 */
    double sum = 0;
    enum { INPUTS = 60 };
    for (int i = 0; i < N; i++)
        y[i] = uniform();
    for (int k = 0; k < INPUTS; k++) {
        for (int i = 0; i < N; i++)
            other[i] = (float)uniform();
        rc_sensitivity s = sensitivity_of(other, N);
        ck_assert(s.variance >= 0);
        ck_assert(fabs(s.rank) < 4.89 / sqrt(N));
        sum += s.variance;
    }
    ck_assert_double_lt(sum / INPUTS,
                        0.0004); /* half of its spread of sqrt(2 B) / n, and some */
}
END_TEST

START_TEST(the_futures_in_which_a_rare_event_fired_are_its_highest_tenth)
{
    for (int i = 0; i < N; i++) {
        x[i] = i % 20 == 0; /* 5 % */
        y[i] = 100 + 8 * (double)x[i] + uniform();
    }
    rc_sensitivity s = sensitivity_of(x, N);
    ck_assert_uint_eq(s.high_n, N / 20);
    ck_assert_uint_eq(s.low_n, N - N / 20);
    ck_assert(s.high_at == 1 && s.low_at == 0);
    ck_assert_double_eq_tol(s.high, 8 * 0.95, 0.1);
    ck_assert_double_eq_tol(s.low, -8 * 0.05, 0.1);
    double between = 64 * 0.05 * 0.95;
    ck_assert_double_eq_tol(s.variance, between / (between + 1.0 / 12), 0.01);
    for (int i = 0; i < N; i++)
        x[i] = i % 200 == 0; /* 0.5 %: too rare to be looked at alone */
    s = sensitivity_of(x, N);
    ck_assert(s.high == 0 && s.high_n == N && s.low_n == N - N / 200);
}
END_TEST

START_TEST(few_values_make_whole_groups_of_the_extreme_ones)
{
    /* successes 0 … 4 in 2, 7, 31, 57 and 3 of 100 futures */
    for (int i = 0; i < N; i++) {
        int k = i % 100;
        x[i] = k < 2 ? 0 : k < 9 ? 1 : k < 40 ? 2 : k < 97 ? 3 : 4;
        y[i] = 100 - 5 * (double)x[i];
    }
    rc_sensitivity s = sensitivity_of(x, N);
    ck_assert_uint_eq(s.low_n, N * 9 / 100);  /* 0 and 1: with 2 it would be 40 % */
    ck_assert_uint_eq(s.high_n, N * 3 / 100); /* 4 alone: with 3 it would be 60 % */
    double mean = 0.07 + 2 * 0.31 + 3 * 0.57 + 4 * 0.03;
    ck_assert_double_eq_tol(s.low_at, 7.0 / 9, 1e-6);
    ck_assert_double_eq_tol(s.low, 5 * (mean - 7.0 / 9), 1e-4);
    ck_assert_double_eq_tol(s.high, 5 * (mean - 4), 1e-4);
    ck_assert_double_eq_tol(s.variance, 1, 0.05); /* 0 and 1 share a bin */
    ck_assert_double_eq_tol(s.rank, -1, 1e-12);
}
END_TEST

START_TEST(an_input_that_goes_up_and_down_has_a_share_but_no_rank_correlation)
{
    for (int i = 0; i < N; i++) {
        x[i] = (float)(2 * uniform() - 1);
        y[i] = 50 + (double)x[i] * (double)x[i];
    }
    rc_sensitivity s = sensitivity_of(x, N);
    ck_assert(fabs(s.rank) < 0.05);
    ck_assert(s.variance > 0.97);
}
END_TEST

START_TEST(constants_and_single_futures_have_no_effect)
{
    for (int i = 0; i < N; i++) {
        x[i] = 3;
        other[i] = (float)i;
        y[i] = uniform();
    }
    rc_sensitivity s = sensitivity_of(x, N);
    ck_assert(s.low == 0 && s.high == 0 && s.variance == 0 && isnan(s.rank));
    ck_assert(s.low_at == 3 && s.high_at == 3);
    s = sensitivity_of(other, 1);
    ck_assert(s.low == 0 && s.variance == 0 && isnan(s.rank));
    s = sensitivity_of(other, 0);
    ck_assert(s.low == 0 && isnan(s.low_at));
    for (int i = 0; i < N; i++)
        y[i] = 7;
    s = sensitivity_of(other, N);
    ck_assert(s.low == 0 && s.high == 0 && s.variance == 0 && isnan(s.rank));
}
END_TEST

START_TEST(signs_swap_with_the_input_and_nothing_else_changes)
{
    for (int i = 0; i < N; i++) {
        x[i] = (float)uniform();
        other[i] = -x[i];
        y[i] = (double)x[i] * (double)x[i] + uniform();
    }
    rc_sensitivity s = sensitivity_of(x, N), t = sensitivity_of(other, N);
    ck_assert_double_eq_tol(s.low, t.high, 1e-12);
    ck_assert_double_eq_tol(s.high, t.low, 1e-12);
    ck_assert_double_eq_tol(s.rank, -t.rank, 1e-12);
}
END_TEST

/* The tenth at one end, group by group: from the lowest value on, or (down) the highest. */
static void plain_tenth(double *change, double *at, uint32_t *count, uint32_t n,
                        bool down)
{
    const double beyond = down ? (double)-INFINITY : (double)INFINITY;
    double y_all = 0, y_sum = 0, x_sum = 0, last = -beyond;
    uint32_t in = 0;
    for (uint32_t i = 0; i < n; i++)
        y_all += y[i];
    while (in < n) {
        double next = beyond, y_group = 0;
        uint32_t group = 0;
        for (uint32_t i = 0; i < n; i++)
            if (down ? x[i] < last && x[i] > next : x[i] > last && x[i] < next)
                next = x[i];
        for (uint32_t i = 0; i < n; i++)
            if (x[i] == next) {
                y_group += y[i];
                group++;
            }
        if (in > 0 && in * 100 >= n && (in * 10 >= n || (in + group) * 5 > n))
            break;
        in += group;
        y_sum += y_group;
        x_sum += next * group;
        last = next;
    }
    *change = in < n ? y_sum / in - y_all / n : 0;
    *at = x_sum / in;
    *count = in;
}

/* Twice the mid-rank, from 0: twice how many lie below, and once those that tie. */
static double plain_rank(double (*of)(uint32_t), uint32_t i, uint32_t n)
{
    double twice = -1;
    for (uint32_t k = 0; k < n; k++)
        twice += 2 * (of(k) < of(i)) + (of(k) == of(i));
    return twice;
}

static double x_of(uint32_t i)
{
    return x[i];
}

static double y_of(uint32_t i)
{
    return y[i];
}

static double plain_spearman(uint32_t n)
{
    double xx = 0, yy = 0, xy = 0;
    for (uint32_t i = 0; i < n; i++) {
        double a = plain_rank(x_of, i, n) - (n - 1),
               b = plain_rank(y_of, i, n) - (n - 1);
        xx += a * a, yy += b * b, xy += a * b;
    }
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : NAN;
}

/* Kelley's epsilon squared over the bins, from sums around the mean. */
static double plain_share(uint32_t n)
{
    uint32_t ascending[400], bins = 0;
    double mean = 0, within = 0, all = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t j = i;
        for (; j > 0 && x[ascending[j - 1]] > x[i]; j--)
            ascending[j] = ascending[j - 1];
        ascending[j] = i;
        mean += y[i] / n;
    }
    for (uint32_t from = 0, end; from < n; from = end, bins++) {
        end = rc_bin_end(x, ascending, n, from, rc_bin_size(n));
        double middle = 0;
        for (uint32_t i = from; i < end; i++)
            middle += y[ascending[i]] / (end - from);
        for (uint32_t i = from; i < end; i++) {
            within += (y[ascending[i]] - middle) * (y[ascending[i]] - middle);
            all += (y[ascending[i]] - mean) * (y[ascending[i]] - mean);
        }
    }
    if (bins < 2 || n == bins || all == 0)
        return 0;
    return fmax(0, (all - within - (bins - 1) * within / (n - bins)) / all);
}

START_TEST(few_futures_have_the_effect_that_counting_says)
{
    for (int k = 0; k < 1500; k++) {
        const uint32_t n = 1 + (uint32_t)((k % 2 ? 30 : 399) * uniform());
        const double values = 1 + floor((k % 3 ? 12 : 600) * uniform());
        const double slope = floor(5 * uniform()) - 2;
        for (uint32_t i = 0; i < n; i++) {
            double u = uniform();
            x[i] = (float)floor(values * (k % 5 ? u : u * u * u));
            y[i] =
                (slope * (double)x[i] + floor(8 * uniform())) * (k % 7 ? 1 : 0x1p-10);
        }
        const rc_sensitivity s = sensitivity_of(x, n);
        double change, at, rank = plain_spearman(n);
        uint32_t count;
        plain_tenth(&change, &at, &count, n, false);
        ck_assert_uint_eq(s.low_n, count);
        ck_assert_double_eq_tol(s.low_at, at, 1e-9 * values);
        ck_assert_double_eq_tol(s.low, change, 1e-6 * values);
        plain_tenth(&change, &at, &count, n, true);
        ck_assert_uint_eq(s.high_n, count);
        ck_assert_double_eq_tol(s.high_at, at, 1e-9 * values);
        ck_assert_double_eq_tol(s.high, change, 1e-6 * values);
        ck_assert_double_eq_tol(s.variance, plain_share(n), 1e-5);
        if (isnan(rank))
            ck_assert(isnan(s.rank));
        else
            ck_assert_double_eq_tol(s.rank, rank, 1e-9);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sensitivity");
    TCase *tcase = tcase_create("sensitivity");
    tcase_add_checked_fixture(tcase, setup, NULL);
    tcase_add_test(tcase,
                   a_uniform_input_has_the_tenths_and_the_share_that_algebra_gives);
    tcase_add_test(tcase,
                   an_input_without_effect_has_a_share_near_zero_on_average_not_above);
    tcase_add_test(tcase,
                   the_futures_in_which_a_rare_event_fired_are_its_highest_tenth);
    tcase_add_test(tcase, few_values_make_whole_groups_of_the_extreme_ones);
    tcase_add_test(tcase,
                   an_input_that_goes_up_and_down_has_a_share_but_no_rank_correlation);
    tcase_add_test(tcase, constants_and_single_futures_have_no_effect);
    tcase_add_test(tcase, signs_swap_with_the_input_and_nothing_else_changes);
    tcase_add_test(tcase, few_futures_have_the_effect_that_counting_says);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
