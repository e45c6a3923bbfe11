#include <roadcast/math.h>
#include "base/hash.h"
#include "suite.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum { N_MAX = 20000 };

/* Both tails of a binomial law by summing its masses in long double from either end. */
static long double lower[N_MAX + 1], upper[N_MAX + 1];
static void sum_masses(int n, double p)
{
    static long double mass[N_MAX + 1];
    int mode = (int)(n * p);
    long double odds = p / (1.0L - p), total = 0;
    mass[mode] = 1;
    for (int k = mode + 1; k <= n; k++)
        mass[k] = mass[k - 1] * (n - k + 1) / k * odds;
    for (int k = mode - 1; k >= 0; k--)
        mass[k] = mass[k + 1] * (k + 1) / (n - k) / odds;
    for (int k = 0; k <= n; k++)
        total += mass[k];
    long double sum = 0;
    for (int k = 0; k <= n; k++)
        lower[k] = (sum += mass[k] / total);
    sum = 0;
    for (int k = n; k >= 0; k--) {
        upper[k] = sum; /* P(X > k) */
        sum += mass[k] / total;
    }
}

static void must_be(int n, double p, double u, int wanted)
{
    double k = rc_binomial_quantile(u, n, p);
    ck_assert_msg(k == wanted, "binomial(%d, %g) at %.17g: %g, wanted %d", n, p, u, k,
                  wanted);
}

static const int sizes[] = {1, 2, 7, 30, 79, 80, 81, 100, 300, 1000, 4000, N_MAX};
static const double chances[] = {0.5,  0.4,  0.3,   0.2,    0.1, 0.05,
                                 0.02, 0.01, 0.003, 0.0002, 0.7, 0.97};

START_TEST(the_quantile_jumps_exactly_where_the_cdf_says)
{
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (size_t j = 0; j < sizeof chances / sizeof *chances; j++) {
            int n = sizes[i];
            sum_masses(n, chances[j]);
            for (int k = 0; k < n; k++) {
                if (lower[k] < 1e-10L || upper[k] < 1e-10L)
                    continue;
                double shift = upper[k] < 1e-3L ? 1e-4 * (double)upper[k]
                                                : 1e-12 * (double)lower[k] + 1e-14;
                must_be(n, chances[j], (double)lower[k] - shift, k);
                must_be(n, chances[j], (double)lower[k] + shift, k + 1);
            }
        }
}
END_TEST

START_TEST(words_of_a_run_give_the_smallest_count_that_covers_them)
{
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (size_t j = 0; j < sizeof chances / sizeof *chances; j++) {
            int n = sizes[i];
            sum_masses(n, chances[j]);
            for (uint64_t w = 0; w < 2000; w++) {
                double u = ((double)(rc_mix64(w) >> 32) + 0.5) * 0x1p-32;
                int k = (int)rc_binomial_quantile(u, n, chances[j]);
                ck_assert(k >= 0 && k <= n && lower[k] >= u - 1e-15L);
                ck_assert(k == 0 || lower[k - 1] < u + 1e-15L);
            }
        }
}
END_TEST

START_TEST(certain_outcomes_need_no_chance)
{
    must_be(10, 0, 0.7, 0);
    must_be(10, 1, 0.7, 10);
    must_be(0, 0.3, 0.7, 0);
    must_be(10, 0.3, 0, 0);
    must_be(10, 0.3, 1, 10);
    must_be(4000, 0.3, 1, 4000);
    must_be(1000, 0.0205, 1e-10, 0); /* P(X = 0) is 1.01e-9 */
    must_be(1000, 0.9795, 1 - 1e-10, 1000);
    must_be(1000, 0.9795, 1 - 1.1e-9, 999);
    must_be(1, 0.3, 0.69, 0);
    must_be(1, 0.3, 0.71, 1);
}
END_TEST

START_TEST(mean_and_variance_over_equidistant_words_are_those_of_the_law)
{
    for (size_t j = 0; j < sizeof chances / sizeof *chances; j++) {
        double n = 4000, p = chances[j], mean = 0, square = 0;
        for (int i = 0; i < 20000; i++) {
            double k = rc_binomial_quantile((i + 0.5) / 20000, n, p) - n * p;
            mean += k / 20000, square += k * k / 20000;
        }
        double variance = n * p * (1 - p);
        ck_assert(fabs(mean) <= 0.002 * sqrt(variance));
        ck_assert(fabs(square / variance - 1) <= 0.003);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("binomial");
    TCase *c = tcase_create("binomial");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, the_quantile_jumps_exactly_where_the_cdf_says);
    tcase_add_test(c, words_of_a_run_give_the_smallest_count_that_covers_them);
    tcase_add_test(c, certain_outcomes_need_no_chance);
    tcase_add_test(c, mean_and_variance_over_equidistant_words_are_those_of_the_law);
    suite_add_tcase(suite, c);
    return suite_run(suite);
}
