#include "stats/sample.h"
#include "suite.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A small generator of the test's own: xorshift64*, fixed seed. */
static uint64_t state = 0x9e3779b97f4a7c15;
static double uniform(void)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (double)((state * 0x2545f4914f6cdd1d) >> 11) * 0x1p-53;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Shapes of columns that occur: spread, ties, never, zeros beside large, signs,
 * outliers, the smallest doubles, all doubles. */
enum { SHAPES = 11 };
static double shaped(int shape, uint64_t i)
{
    double u = uniform();
    switch (shape) {
    case 0:
        return 60 + 200 * u;
    case 1:
        return floor(5 * u);
    case 2:
        return u < 0.3 ? (double)INFINITY : 100 + 80 * u * u;
    case 3:
        return u < 0.5 ? 0 : 12 * u;
    case 4:
        return u - 0.5;
    case 5:
        return u < 1e-3 ? 1e300 * u : u * 1e-300;
    case 6:
        return 7;
    case 7:
        return (double)i;
    case 8:
        return floor(1000 * u) * 0x1p-1074;
    case 9:
        return (2 * u - 1) * 0x1.fffffffffffffp1023;
    default:
        return (double)INFINITY;
    }
}

START_TEST(percentiles_are_those_of_the_definition_for_every_n_to_200_and_every_tenth)
{
    static double sorted[200], values[200], scratch[200];
    for (uint64_t n = 1; n <= 200; n++) {
        for (uint64_t i = 0; i < n; i++) {
            values[i] = (double)((i * 7919 + 13) % n);
        }
        memcpy(sorted, values, n * sizeof *values);
        qsort(sorted, n, sizeof *sorted, ascending);
        for (uint64_t tenth = 0; tenth <= 1000; tenth++) {
            /* the smallest value that p percent of all do not exceed */
            uint64_t k = 1;
            while (k * 1000 < tenth * n)
                k++;
            double percent = (double)tenth / 10, found;
            ck_assert_uint_eq(rc_rank(percent, n), k);
            if (tenth % 25 == 0) {
                rc_percentiles(&found, NULL, NULL, &percent, 1, values, n, scratch);
                ck_assert_double_eq(found, sorted[k - 1]);
            }
        }
    }
    ck_assert_uint_eq(rc_rank(99.999, 100000), 99999);
    ck_assert_uint_eq(rc_rank(0.001, 100000), 1);
    ck_assert_uint_eq(rc_rank(0.002, 100000), 2);
    ck_assert_uint_eq(rc_rank(50, UINT64_C(1) << 60), UINT64_C(1) << 59);
}
END_TEST

/* Counting, in integers: at least p percent are no larger, and of no smaller value. */
START_TEST(percentiles_are_those_of_the_definition_in_a_million_random_cases)
{
    enum { MOST = 12 };
    double values[MOST], scratch[MOST], found;
    for (int i = 0; i < 1000000; i++) {
        const uint64_t n = 1 + (uint64_t)(uniform() * MOST);
        const uint64_t milli = 1 + (uint64_t)(uniform() * 99999);
        const double percent = (double)milli / 1000;
        uint64_t upto = 0, below = 0;
        for (uint64_t k = 0; k < n; k++)
            values[k] = floor(uniform() * 9) - 4;
        rc_percentiles(&found, NULL, NULL, &percent, 1, values, n, scratch);
        for (uint64_t k = 0; k < n; k++) {
            upto += values[k] <= found;
            below += values[k] < found;
        }
        if (upto * 100000 < milli * n || below * 100000 >= milli * n || upto == below)
            ck_abort_msg("P%.17g of %d values: %g", percent, (int)n, found);
        const uint64_t many = 1 + (uint64_t)(uniform() * 0x1p30);
        const uint64_t rank = rc_rank(percent, many);
        if (rank * 100000 < milli * many || (rank - 1) * 100000 >= milli * many)
            ck_abort_msg("P%.17g of %d values: rank %d", percent, (int)many, (int)rank);
    }
}
END_TEST

START_TEST(order_statistics_are_those_of_a_sorted_column_of_any_shape)
{
    const uint64_t sizes[] = {1, 2, 31, 33, 255, 1000, 65536, 100003};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        uint64_t n = sizes[s];
        double *values = malloc(n * sizeof *values),
               *sorted = malloc(n * sizeof *sorted);
        double *scratch = malloc(n * sizeof *scratch);
        ck_assert(values && sorted && scratch);
        for (int shape = 0; shape < SHAPES; shape++) {
            for (uint64_t i = 0; i < n; i++)
                sorted[i] = values[i] = shaped(shape, i);
            qsort(sorted, n, sizeof *sorted, ascending);
            uint64_t ranks[600];
            double found[600];
            for (uint64_t r = 0; r < 600; r++)
                ranks[r] = 1 + r * (n - 1) / 599;
            rc_order_statistics(found, ranks, 600, values, n, scratch);
            for (uint64_t r = 0; r < 600; r++)
                ck_assert_msg(found[r] == sorted[ranks[r] - 1],
                              "shape %d n %lu rank %lu", shape, (unsigned long)n,
                              (unsigned long)ranks[r]);
            rc_order_statistics(found, ranks + 300, 1, values, n, scratch);
            ck_assert(found[0] == sorted[ranks[300] - 1]);
        }
        free(values);
        free(sorted);
        free(scratch);
    }
}
END_TEST

START_TEST(outliers_that_the_first_look_misses_are_still_in_their_place)
{
    /* neighbouring doubles fill every bucket; two more lie outside, where none looks */
    enum { N = 65536 };
    static double values[N], sorted[N], scratch[N], found[N];
    static uint64_t ranks[N];
    for (int i = 0; i < N; i++) {
        values[i] = 1 + i * 0x1p-52;
        ranks[i] = (uint64_t)i + 1;
    }
    double last = values[N - 1];
    values[N - 1] =
        values[N / 2]; /* the ends stand where every sample looks: first and */
    values[N / 2] = values[129 * 2]; /* at a multiple of its step */
    values[129 * 2] = last;
    values[1] = 2;
    values[2] = 0.5;
    memcpy(sorted, values, sizeof sorted);
    qsort(sorted, N, sizeof *sorted, ascending);
    rc_order_statistics(found, ranks, N, values, N, scratch);
    ck_assert(memcmp(found, sorted, sizeof sorted) == 0);
}
END_TEST

START_TEST(a_million_values_find_their_place_in_the_widest_buckets)
{
    enum { N = 1 << 20 };
    static double values[N], scratch[N];
    for (uint64_t i = 0; i < N; i++)
        values[i] = i % 4 == 3 ? (double)INFINITY : (double)(i * 7919 % N);
    const uint64_t ranks[] = {1, 2, 500000, 786432, 786433, N};
    double found[6];
    rc_order_statistics(found, ranks, 6, values, N, scratch);
    /* 7919 is 3 mod 4, so what is 1 mod 4 is away: 0, 2, 3, 4, 6, 7, 8 … */
    ck_assert(found[0] == 0 && found[1] == 2);
    ck_assert(found[2] == 666666 && found[3] == N - 1);
    ck_assert(isinf(found[4]) && isinf(found[5]));
}
END_TEST

START_TEST(an_interval_of_a_percentile_lies_about_two_standard_errors_of_rank_away)
{
    enum { N = 10000 };
    static double values[N], scratch[N];
    for (int i = 0; i < N; i++)
        values[i] = (i * 7919) % N + 1; /* 1 … N: a value is its rank */
    const double percents[] = {10, 50, 80, 99.9};
    double p[4], low[4], high[4];
    rc_percentiles(p, low, high, percents, 4, values, N, scratch);
    for (int i = 0; i < 4; i++) {
        double q = percents[i] / 100, half = ceil(1.959964 * sqrt(N * q * (1 - q)));
        ck_assert_double_eq_tol(p[i], N * q, 1e-9);
        ck_assert_double_eq_tol(low[i], N * q - half, 1e-9);
        ck_assert_double_eq_tol(high[i], fmin(N, N * q + half), 1e-9);
    }
    rc_percentiles(p, low, high, percents, 4, values, 1, scratch);
    for (int i = 0; i < 4; i++)
        ck_assert(p[i] == values[0] && low[i] == values[0] && high[i] == values[0]);
    rc_percentiles(p, low, high, percents, 4, values, 0, scratch);
    ck_assert(isnan(p[0]) && isnan(low[3]) && isnan(high[3]));
    p[0] = 1;
    rc_percentiles(p, NULL, NULL, percents, 1, values, 0, scratch);
    ck_assert(isnan(p[0]));
}
END_TEST

START_TEST(a_stopped_future_counts_as_never_in_every_percentile)
{
    double values[] = {3, INFINITY, 1, INFINITY, 2, 5, 4, INFINITY, 6, 7}, scratch[10];
    const double percents[] = {10, 70, 71, 90};
    double p[4], low[4], high[4];
    rc_percentiles(p, low, high, percents, 4, values, 10, scratch);
    ck_assert(p[0] == 1 && p[1] == 7 && isinf(p[2]) && isinf(p[3]) && isinf(high[1]));
}
END_TEST

START_TEST(more_percentiles_than_fit_one_pass_are_the_same_as_one_by_one)
{
    enum { N = 5000, P = 999 };
    static double values[N], scratch[N], percents[P], p[P], low[P], high[P];
    for (int i = 0; i < N; i++)
        values[i] = shaped(2, 0);
    for (int i = 0; i < P; i++)
        percents[i] = (i + 1) / 10.0;
    rc_percentiles(p, low, high, percents, P, values, N, scratch);
    for (int i = 0; i < P; i++) {
        double one, one_low, one_high;
        rc_percentiles(&one, &one_low, &one_high, percents + i, 1, values, N, scratch);
        ck_assert(p[i] == one && low[i] == one_low && high[i] == one_high);
    }
}
END_TEST

START_TEST(the_interval_of_a_share_is_wilsons)
{
    /* 2 of 10: 0.0567 to 0.5098 (Brown, Cai & DasGupta 2001, formula 4, by hand) */
    rc_share s = rc_wilson(2, 10);
    ck_assert_double_eq(s.p, 0.2);
    ck_assert_double_eq_tol(s.low, 0.05668, 1e-5);
    ck_assert_double_eq_tol(s.high, 0.50984, 1e-5);
    s = rc_wilson(0, 20000);
    ck_assert(s.p == 0 && s.low == 0);
    ck_assert_double_eq_tol(s.high, 3.841459 / 20003.841459, 1e-9);
    s = rc_wilson(20000, 20000);
    ck_assert(s.p == 1 && s.high == 1 && s.low < 1);
    s = rc_wilson(0, 0);
    ck_assert(isnan(s.p) && isnan(s.low) && isnan(s.high));
}
END_TEST

START_TEST(moments_of_blocks_merge_to_those_of_the_whole_and_skip_what_is_not_finite)
{
    enum { N = 4099 };
    static double values[N];
    double sum = 0, m2 = 0;
    uint32_t n = 0;
    for (int i = 0; i < N; i++) {
        values[i] = i % 7 == 3    ? (double)NAN
                    : i % 11 == 5 ? (double)INFINITY
                                  : 1e6 + uniform();
        if (isfinite(values[i]))
            sum += values[i] - 1e6, n++; /* exact: the sum of all would not be */
    }
    const double mean = 1e6 + sum / n;
    for (int i = 0; i < N; i++)
        if (isfinite(values[i]))
            m2 += (values[i] - mean) * (values[i] - mean);
    rc_moments all = {0}, blocks = {0};
    rc_moments_add(&all, values, N);
    for (uint32_t i = 0; i < N; i += 512) {
        rc_moments one = {0};
        rc_moments_add(&one, values + i, N - i < 512 ? N - i : 512);
        rc_moments_merge(&blocks, &one);
    }
    ck_assert(all.n == n && blocks.n == n);
    ck_assert_double_eq_tol(all.mean, mean, 1e-9);
    ck_assert_double_eq_tol(blocks.mean, mean, 1e-9);
    ck_assert_double_eq_tol(rc_moments_sd(&all), sqrt(m2 / (n - 1)), 1e-9);
    ck_assert_double_eq_tol(rc_moments_sd(&blocks), sqrt(m2 / (n - 1)), 1e-9);
    rc_moments none = {0};
    rc_moments_add(&none, (double[]){NAN, INFINITY}, 2);
    ck_assert(none.n == 0 && rc_moments_sd(&none) == 0);
}
END_TEST

START_TEST(an_order_of_floats_is_ascending_and_keeps_ties_in_place)
{
    enum { N = 20000 };
    static float values[N], rank[N];
    static uint32_t order[N];
    static uint64_t scratch[2 * N];
    for (int i = 0; i < N; i++)
        values[i] = i % 3 == 0 ? (float)floor(uniform() * 5 - 2) * (i % 2 ? 1.f : -1.f)
                               : (float)(uniform() * 8 - 4);
    rc_order_floats(order, values, N, scratch);
    for (int i = 1; i < N; i++) {
        float a = values[order[i - 1]], b = values[order[i]];
        ck_assert(a < b || (a == b && order[i - 1] < order[i]));
    }
    rc_centred_ranks(rank, order, values, N);
    double sum = 0;
    for (int i = 0; i < N; i++)
        sum += rank[i];
    ck_assert_double_eq(sum, 0);
    const float few[] = {5, 1, 5, 2};
    uint32_t few_order[4];
    float few_rank[4];
    rc_order_floats(few_order, few, 4, scratch);
    rc_centred_ranks(few_rank, few_order, few, 4);
    ck_assert(few_rank[0] == 1 && few_rank[1] == -1.5f && few_rank[2] == 1 &&
              few_rank[3] == -.5f);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sample");
    TCase *tcase = tcase_create("sample");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(
        tcase,
        percentiles_are_those_of_the_definition_for_every_n_to_200_and_every_tenth);
    tcase_add_test(tcase,
                   percentiles_are_those_of_the_definition_in_a_million_random_cases);
    tcase_add_test(tcase, order_statistics_are_those_of_a_sorted_column_of_any_shape);
    tcase_add_test(tcase, a_million_values_find_their_place_in_the_widest_buckets);
    tcase_add_test(tcase, outliers_that_the_first_look_misses_are_still_in_their_place);
    tcase_add_test(
        tcase, an_interval_of_a_percentile_lies_about_two_standard_errors_of_rank_away);
    tcase_add_test(tcase, a_stopped_future_counts_as_never_in_every_percentile);
    tcase_add_test(tcase,
                   more_percentiles_than_fit_one_pass_are_the_same_as_one_by_one);
    tcase_add_test(tcase, the_interval_of_a_share_is_wilsons);
    tcase_add_test(
        tcase,
        moments_of_blocks_merge_to_those_of_the_whole_and_skip_what_is_not_finite);
    tcase_add_test(tcase, an_order_of_floats_is_ascending_and_keeps_ties_in_place);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
