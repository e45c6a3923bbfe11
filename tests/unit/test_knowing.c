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
    ck_assert_double_eq_tol(rc_worth_of_all(y, N).worth, triangle(0.3), 0.01);
    for (int i = 0; i < N; i++)
        y[i] = i % 4 ? 2 : -1;
    ck_assert_double_eq(rc_worth_of_all(y, N).worth, 0.25);
    for (int i = 0; i < N; i++)
        y[i] = -y[i]; /* better left: 1 in a quarter is missed */
    ck_assert_double_eq(rc_worth_of_all(y, N).worth, 0.25);
    ck_assert_double_eq(rc_worth_of_all(y, 0).worth, 0);
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
    ck_assert_double_eq_tol(rc_worth_of_all(y, N).worth, saved, 1e-12);
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

START_TEST(one_future_tells_nothing_of_what_it_is_worth_to_know)
{
    x[0] = 1, y[0] = -5;
    for (uint32_t n = 0; n < 2; n++) {
        rc_worth w = rc_worth_of(x, y, n, order, scratch);
        ck_assert(w.worth == 0 && w.error == 0);
    }
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

START_TEST(as_many_bins_as_the_cube_root_64_at_most)
{
    for (uint32_t n = 1; n < 400000; n += 1 + n / 7) {
        uint32_t bins = 0;
        while (bins < 64 && (bins + 1) * (bins + 1) * (bins + 1) <= n)
            bins++;
        ck_assert_uint_eq(rc_bin_size(n), n / bins + (n % bins > 0));
    }
    ck_assert_uint_eq(rc_bin_size(8), 4);
    ck_assert_uint_eq(rc_bin_size(7), 7);
    ck_assert_uint_eq(rc_bin_size(1000000), 15625);
}
END_TEST

/* Where the bin ends, value by value: whole groups, until it is full; one that fills a
 * bin alone begins its own. column: ascending. */
static uint32_t plain_end(const float *column, uint32_t n, uint32_t from, uint32_t size)
{
    uint32_t end = from;
    do {
        uint32_t group = 0;
        while (end + group < n && column[end + group] == column[end])
            group++;
        if (group >= size && end > from)
            break;
        end += group;
    } while (end < n && end - from < size);
    return end;
}

/* A few futures, whole numbers, so that sums are exact in any order. */
START_TEST(few_futures_are_worth_what_counting_says)
{
    for (int k = 0; k < 3000; k++) {
        const uint32_t n = 2 + (uint32_t)(60 * uniform()),
                       values = 1 + (uint32_t)(40 * uniform());
        float column[64];
        double sum = 0;
        const double shift = floor(9 * uniform()) - 4;
        for (uint32_t i = 0; i < n; i++) {
            x[i] = (float)floor(values * uniform());
            y[i] = floor(11 * uniform()) - 5 + shift;
            sum += y[i];
            uint32_t j = i;
            for (; j > 0 && column[j - 1] > x[i]; j--)
                column[j] = column[j - 1];
            column[j] = x[i];
        }
        /* what is gained by the other decision: by doing it, or by leaving it */
        const double sign = sum > 0 ? -1 : 1, size = rc_bin_size(n);
        double gained = 0, squares = 0, all = 0;
        for (uint32_t i = 0; i < n; i++)
            all += sign * y[i] > 0 ? sign * y[i] : 0;
        for (uint32_t from = 0, end; from < n; from = end) {
            end = plain_end(column, n, from, (uint32_t)size);
            double half[2] = {0, 0}, mean = 0, spread = 0;
            for (uint32_t i = 0; i < n; i++)
                if (x[i] >= column[from] && x[i] <= column[end - 1])
                    half[i % 2] += sign * y[i];
            const uint32_t m = end - from;
            mean = (half[0] + half[1]) / m;
            for (uint32_t i = 0; i < n; i++)
                if (x[i] >= column[from] && x[i] <= column[end - 1])
                    spread += (sign * y[i] - mean) * (sign * y[i] - mean);
            for (int h = 0; h < 2; h++)
                if (half[h] > 0) {
                    gained += half[1 - h];
                    squares += m > 1 ? spread * m / (m - 1) / 2 : 0;
                }
        }
        ck_assert_double_eq_tol(rc_worth_of_all(y, n).worth, all / n, 1e-12);
        const rc_worth w = rc_worth_of(x, y, n, order, scratch);
        ck_assert_double_eq_tol(w.worth, gained > 0 ? gained / n : 0, 1e-12);
        ck_assert_double_eq_tol(w.error, 1.96 * sqrt(squares) / n, 1e-9);
    }
}
END_TEST

START_TEST(of_one_future_nothing_can_be_known)
{
    x[0] = 5, y[0] = 5;
    const rc_worth w = rc_worth_of(x, y, 1, order, scratch);
    ck_assert(w.worth == 0 && w.error == 0);
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
    tcase_add_test(tcase, one_future_tells_nothing_of_what_it_is_worth_to_know);
    tcase_add_test(tcase, bins_keep_what_shares_a_value_together);
    tcase_add_test(tcase, as_many_bins_as_the_cube_root_64_at_most);
    tcase_add_test(tcase, few_futures_are_worth_what_counting_says);
    tcase_add_test(tcase, of_one_future_nothing_can_be_known);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
