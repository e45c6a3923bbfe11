#include "stats/histogram.h"
#include "stats/sample.h"
#include "suite.h"
#include <math.h>
#include <stdlib.h>

/* A small generator of the test's own: xorshift64*, fixed seed. */
static uint64_t state = 0x9e3779b97f4a7c15;
static double uniform(void)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (double)((state * 0x2545f4914f6cdd1d) >> 11) * 0x1p-53;
}

enum { N = 20000, SHAPES = 7, PERCENTS = 9 };
static const double percents[PERCENTS] = {0.1, 1, 10, 25, 50, 80, 90, 99, 99.9};

static double shaped(int shape)
{
    double u = uniform();
    switch (shape) {
    case 0:
        return 60 + 200 * u;
    case 1:
        return floor(300 * u); /* whole days */
    case 2:
        return u < 0.3 ? (double)INFINITY : 100 + 80 * u * u;
    case 3:
        return u < 0.5 ? 0 : -12 * u;
    case 4:
        return -(0.6 + 0.3 * u); /* a quality, the better the lower */
    case 5:
        return u < 0.5 ? 1e300 * u : u * 1e-300;
    default:
        return 2e5 * u * u;
    }
}

/* Room for one bin, upwards. */
static bool in_bin(double found, double exact)
{
    return found == exact ||
           (found >= exact && found - exact <= fabs(exact) * RC_BINS_RESOLUTION);
}

START_TEST(percentiles_of_bins_lie_at_most_a_bin_above_the_exact_ones)
{
    static double values[N], scratch[N];
    for (int shape = 0; shape < SHAPES; shape++) {
        rc_bins bins = {0};
        double at[PERCENTS], low[PERCENTS], high[PERCENTS];
        double exact[PERCENTS], exact_low[PERCENTS], exact_high[PERCENTS];
        for (int i = 0; i < N; i++)
            values[i] = shaped(shape);
        for (int i = 0; i < N; i += 100)
            ck_assert(rc_bins_add(&bins, values + i, 100));
        rc_bins_percentiles(at, low, high, percents, PERCENTS, &bins);
        rc_percentiles(exact, exact_low, exact_high, percents, PERCENTS, values, N,
                       scratch);
        for (int p = 0; p < PERCENTS; p++) {
            ck_assert_msg(in_bin(at[p], exact[p]), "shape %d, P%g: %.17g for %.17g",
                          shape, percents[p], at[p], exact[p]);
            ck_assert(in_bin(high[p], exact_high[p]));
            ck_assert(low[p] <= exact_low[p]);
            ck_assert(isinf(low[p]) ||
                      exact_low[p] - low[p] <= 1.001 * fabs(exact_low[p]) / 8192 ||
                      exact_low[p] == 0);
            if (shape == 1)
                ck_assert(at[p] == exact[p] && high[p] == exact_high[p]);
        }
        rc_bins_free(&bins);
    }
}
END_TEST

START_TEST(a_walk_meets_every_value_once_and_in_order)
{
    rc_bins bins = {0};
    for (int i = 0; i < N; i++) {
        double x = shaped(i % SHAPES);
        ck_assert(rc_bins_add(&bins, &x, 1));
    }
    uint64_t seen = 0;
    double before = -INFINITY;
    for (rc_bins_walk w = {.bins = &bins}; rc_bins_next(&w); seen += w.count) {
        ck_assert(w.low < w.high && w.low >= before);
        before = w.high;
    }
    ck_assert_uint_eq(seen, N);
    ck_assert_uint_eq(bins.n, N);
    rc_bins_free(&bins);
}
END_TEST

START_TEST(an_edge_ends_its_bin)
{
    static const double edges[] = {120.0, 0.0, 1.0, -1.0, 0.5, 8191.0, INFINITY};
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        rc_bins bins = {0};
        double median;
        ck_assert(rc_bins_add(&bins, &edges[i], 1));
        rc_bins_percentiles(&median, NULL, NULL, &(double){50}, 1, &bins);
        ck_assert_double_eq(median, edges[i]);
        double above = nextafter(edges[i], INFINITY);
        ck_assert(rc_bins_add(&bins, &above, 1));
        rc_bins_percentiles(&median, NULL, NULL, &(double){50}, 1, &bins);
        ck_assert_double_eq(median, edges[i]);
        ck_assert(!signbit(median) == !signbit(edges[i])); /* never "-0" */
        rc_bins_free(&bins);
        if (isinf(above))
            continue;
        ck_assert(rc_bins_add(&bins, &above, 1));
        rc_bins_walk w = {.bins = &bins};
        ck_assert(rc_bins_next(&w) && w.low == edges[i] && w.high > edges[i]);
        rc_bins_free(&bins);
    }
}
END_TEST

START_TEST(of_nothing_there_is_no_percentile)
{
    const rc_bins none = {0};
    double at, low, high;
    rc_bins_percentiles(&at, &low, &high, &(double){50}, 1, &none);
    ck_assert(isnan(at) && isnan(low) && isnan(high));
    rc_bins_walk walk = {.bins = &none};
    ck_assert(!rc_bins_next(&walk));
}
END_TEST

/* Half a day between 4096 and 8192, an eighth between 1024 and 2048. */
START_TEST(a_bin_is_an_8192nd_of_its_power_of_two)
{
    static const struct {
        double value, low, high;
    } known[] = {{8191.3, 8191, 8191.5},    {8191, 8190.5, 8191},
                 {8192.5, 8192, 8193},      {1024.1, 1024, 1024.125},
                 {-8191.3, -8191.5, -8191}, {-1024, -1024.125, -1024},
                 {1, 1 - 0x1p-14, 1},       {1.5, 1.5 - 0x1p-13, 1.5}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        rc_bins bins = {0};
        ck_assert(rc_bins_add(&bins, &known[i].value, 1));
        rc_bins_walk w = {.bins = &bins};
        ck_assert(rc_bins_next(&w));
        ck_assert_double_eq(w.low, known[i].low);
        ck_assert_double_eq(w.high, known[i].high);
        ck_assert_uint_eq(w.count, 1);
        ck_assert_double_eq(rc_bins_below(w.high), known[i].low);
        ck_assert(!rc_bins_next(&w));
        rc_bins_free(&bins);
        ck_assert(bins.pages == NULL && bins.n == 0);
    }
    ck_assert(rc_bins_below(0.0) == 0.0);
    ck_assert(rc_bins_below(0x1p-10) == 0x1p-10 * (1 - 0x1p-14));
}
END_TEST

START_TEST(percentiles_and_their_intervals_may_be_asked_for_one_by_one)
{
    rc_bins bins = {0};
    double median = 0, low = 0, high = 0;
    for (int i = 1; i <= 1000; i++)
        ck_assert(rc_bins_add(&bins, &(double){i}, 1));
    /* the 500th, and 500 -/+ 31: 1.96 sqrt(1000 / 4) upwards */
    rc_bins_percentiles(&median, &low, &high, &(double){50}, 1, &bins);
    ck_assert(median == 500 && low == 469 - 0x1p-5 && high == 531);
    median = 0;
    rc_bins_percentiles(&median, &low, NULL, &(double){10}, 1, &bins);
    ck_assert(median == 100);
    rc_bins_percentiles(&median, NULL, &high, &(double){100}, 1, &bins);
    ck_assert(median == 1000);
    rc_bins_free(&bins);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("histogram");
    TCase *tcase = tcase_create("histogram");
    tcase_add_test(tcase, percentiles_of_bins_lie_at_most_a_bin_above_the_exact_ones);
    tcase_add_test(tcase, a_walk_meets_every_value_once_and_in_order);
    tcase_add_test(tcase, an_edge_ends_its_bin);
    tcase_add_test(tcase, of_nothing_there_is_no_percentile);
    tcase_add_test(tcase, a_bin_is_an_8192nd_of_its_power_of_two);
    tcase_add_test(tcase, percentiles_and_their_intervals_may_be_asked_for_one_by_one);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
