/* test_correlate.c -- a copula keeps the marginals and brings the stated dependence. */
#include "rand/correlate.h"
#include "rand/rng.h"
#include "rand/table.h"
#include "suite.h"
#include <math.h>
#include <stdbool.h>
#include <roadcast/math.h>
#include <stdlib.h>

#define LANES 200000

static rc_arena *arena;

static void setup(void)
{
    arena = rc_arena_new();
}

static void teardown(void)
{
    rc_arena_free(arena);
}

static rc_status make(rc_copula *out, const double *rho, uint32_t n, uint32_t *i,
                      uint32_t *j, double *largest)
{
    rc_error err;
    return rc_copula_make(out, rho, n, arena, i, j, largest, &err);
}

static void two_rows(uint32_t *rows[2], double rho)
{
    rc_copula copula;
    uint32_t i, j;
    double largest;
    ck_assert_int_eq(make(&copula, (double[]){1, rho, rho, 1}, 2, &i, &j, &largest),
                     RC_OK);
    for (uint32_t r = 0; r < 2; ++r) {
        rows[r] = malloc(LANES * sizeof **rows);
        rc_rng_fill(rows[r], rc_rng_block(rc_quantity_key(42, r ? "b" : "a"), 0),
                    LANES);
    }
    rc_copula_apply(&copula, rows, LANES);
}

static double pearson(const double *x, const double *y, uint32_t n)
{
    double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
    for (uint32_t i = 0; i < n; ++i)
        mx += x[i] / n, my += y[i] / n;
    for (uint32_t i = 0; i < n; ++i) {
        xx += (x[i] - mx) * (x[i] - mx);
        yy += (y[i] - my) * (y[i] - my);
        xy += (x[i] - mx) * (y[i] - my);
    }
    return xy / sqrt(xx * yy);
}

START_TEST(a_normal_correlation_of_three_tenths_is_a_spearman_of_0_2876)
{
    /* Spearman's correlation is Pearson's of the words; standard error (1 - r^2) / sqrt
     * n */
    uint32_t *rows[2];
    double *x = malloc(2 * LANES * sizeof *x), *y = x + LANES;
    two_rows(rows, 0.3);
    for (uint32_t i = 0; i < LANES; ++i)
        x[i] = rows[0][i], y[i] = rows[1][i];
    ck_assert_double_eq_tol(pearson(x, y, LANES), 0.28756422, 4.89 / sqrt(LANES));
    free(rows[0]), free(rows[1]), free(x);
}
END_TEST

START_TEST(lognormals_of_spread_one_half_correlate_by_0_2742)
{
    uint32_t *rows[2];
    double *x = malloc(2 * LANES * sizeof *x), *y = x + LANES;
    const rc_table *table;
    rc_law law = {.kind = RC_LOGNORMAL, .p = {1, 0.5}, .floor_at = -INFINITY};
    const rc_law *laws = &law;
    ck_assert_int_eq(rc_tables_build(&table, &laws, 1, arena, NULL), RC_OK);
    two_rows(rows, 0.3);
    rc_table_fill(x, table, rows[0], LANES);
    rc_table_fill(y, table, rows[1], LANES);
    ck_assert_double_eq_tol(pearson(x, y, LANES), 0.27421543, 1.6 * 4.89 / sqrt(LANES));
    free(rows[0]), free(rows[1]), free(x);
}
END_TEST

START_TEST(risks_of_a_quarter_and_two_fifths_at_two_tenths_fire_together_by_0_124)
{
    uint32_t *rows[2];
    double *x = malloc(2 * LANES * sizeof *x), *y = x + LANES;
    two_rows(rows, rc_copula_rho(0.2));
    for (uint32_t i = 0; i < LANES; ++i) {
        x[i] = rows[0][i] >= 0.75 * 0x1p32;
        y[i] = rows[1][i] >= 0.6 * 0x1p32;
    }
    ck_assert_double_eq_tol(pearson(x, y, LANES), 0.124, 0.0005 + 4.89 / sqrt(LANES));
    free(rows[0]), free(rows[1]), free(x);
}
END_TEST

START_TEST(strength_is_spearman_between_continuous_laws)
{
    for (int i = -9; i <= 9; ++i) {
        double strength = i / 10.0, rho = rc_copula_rho(strength);
        ck_assert_double_eq_tol(6 / M_PI * asin(rho / 2), strength, 1e-14);
    }
}
END_TEST

START_TEST(the_marginals_stay_uniform)
{
    uint32_t *rows[2], counts[64] = {0};
    two_rows(rows, -0.8);
    for (uint32_t i = 0; i < LANES; ++i)
        ++counts[rows[1][i] >> 26];
    double expected = LANES / 64.0, square = 0;
    for (int i = 0; i < 64; ++i)
        square += (counts[i] - expected) * (counts[i] - expected) / expected;
    ck_assert_double_lt(square, 63 + 4.89 * sqrt(2 * 63.0));
    free(rows[0]), free(rows[1]);
}
END_TEST

START_TEST(without_correlation_every_word_comes_back)
{
    uint32_t words[3][1000], kept[3][1000], *rows[3] = {words[0], words[1], words[2]},
                                            i, j;
    double largest, one[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    rc_copula copula;
    for (uint32_t r = 0; r < 3; ++r) {
        rc_rng_fill(words[r], rc_rng_block(r, 7), 1000);
        words[r][0] = 0, words[r][1] = UINT32_MAX, words[r][2] = 0x80000000u;
        for (uint32_t k = 0; k < 1000; ++k)
            kept[r][k] = words[r][k];
    }
    ck_assert_int_eq(make(&copula, one, 3, &i, &j, &largest), RC_OK);
    rc_copula_apply(&copula, rows, 1000);
    for (uint32_t r = 0; r < 3; ++r)
        for (uint32_t k = 0; k < 1000; ++k)
            ck_assert_uint_eq(words[r][k], kept[r][k]);
}
END_TEST

START_TEST(a_contradiction_names_the_pair_and_its_largest_lawful_strength)
{
    /* a-b .9, b-c .9, a-c -.2: the last may be no lower than .62, so a-b has to give */
    double rho[9] = {1, 0.9, -0.2, 0.9, 1, 0.8, -0.2, 0.8, 1}, largest;
    rc_copula copula;
    uint32_t i, j;
    ck_assert_int_eq(make(&copula, rho, 3, &i, &j, &largest), RC_REFUSED);
    ck_assert(i < j && j < 3);
    double stated = rho[i * 3 + j];
    ck_assert(fabs(largest) < fabs(stated) && largest * stated > 0);
    rho[i * 3 + j] = rho[j * 3 + i] = largest * (1 - 1e-6);
    ck_assert_int_eq(make(&copula, rho, 3, &i, &j, &largest), RC_OK);
    rho[i * 3 + j] = rho[j * 3 + i] = largest;

    double perfect[4] = {1, -1, -1, 1};
    ck_assert_int_eq(make(&copula, perfect, 2, &i, &j, &largest), RC_REFUSED);
    ck_assert(i == 0 && j == 1 && largest == -1);
}
END_TEST

START_TEST(of_two_that_are_one_and_the_same_that_pair_is_named)
{
    /* with the others kept they may be correlated by 1 at most, or by sqrt(.99) */
    static const struct {
        double rho[16];
        uint32_t i, j;
        double largest;
    } cases[] = {
        {{1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0.5, 0, 0, 0.5, 1}, 0, 1, 1},
        {{1, 0, 0.1, 0, 0, 1, 0, 0, 0.1, 0, 1, 1, 0, 0, 1, 1}, 2, 3, 0.99498743710662},
    };
    for (int c = 0; c < 2; ++c) {
        rc_copula copula;
        uint32_t i, j;
        double largest;
        ck_assert_int_eq(make(&copula, cases[c].rho, 4, &i, &j, &largest), RC_REFUSED);
        ck_assert_uint_eq(i, cases[c].i);
        ck_assert_uint_eq(j, cases[c].j);
        ck_assert_double_eq_tol(largest, cases[c].largest, 1e-12);
    }
}
END_TEST

START_TEST(of_pairs_that_would_give_equally_the_first_is_named)
{
    /* three at -.6: the others kept, .36 - .64 is the least of each */
    const double rho[9] = {1, -0.6, -0.6, -0.6, 1, -0.6, -0.6, -0.6, 1};
    rc_copula copula;
    uint32_t i, j;
    double largest;
    ck_assert_int_eq(make(&copula, rho, 3, &i, &j, &largest), RC_REFUSED);
    ck_assert(i == 0 && j == 1);
    ck_assert_double_eq_tol(largest, -0.28, 1e-15);
}
END_TEST

START_TEST(more_than_a_thousand_and_24_quantities_are_refused)
{
    rc_copula copula;
    rc_error err;
    uint32_t i, j;
    double largest;
    ck_assert_int_eq(rc_copula_make(&copula, NULL, 1025, arena, &i, &j, &largest, &err),
                     RC_REFUSED);
    ck_assert_str_eq(err.text, "at most 1024 quantities may be correlated, found 1025");
}
END_TEST

START_TEST(what_lies_beyond_the_last_word_is_the_last_word)
{
    /* normals of 6.2 both, mixed: 8.8, of which no double says how far it is from 1 */
    uint32_t one[1] = {UINT32_MAX}, other[1] = {UINT32_MAX}, *rows[2] = {one, other}, i,
             j;
    double largest;
    rc_copula copula;
    ck_assert_int_eq(
        make(&copula, (double[]){1, M_SQRT1_2, M_SQRT1_2, 1}, 2, &i, &j, &largest),
        RC_OK);
    rc_copula_apply(&copula, rows, 1);
    ck_assert_uint_eq(one[0], UINT32_MAX);
    ck_assert_uint_eq(other[0], UINT32_MAX);
}
END_TEST

START_TEST(a_knot_that_one_pair_cannot_untie_says_nought)
{
    double rho[16] = {1,    -0.9, -0.9, -0.9, -0.9, 1,    -0.9, -0.9,
                      -0.9, -0.9, 1,    -0.9, -0.9, -0.9, -0.9, 1},
           largest;
    rc_copula copula;
    uint32_t i, j;
    ck_assert_int_eq(make(&copula, rho, 4, &i, &j, &largest), RC_REFUSED);
    ck_assert(i == 0 && j == 1 && largest == 0); /* the first of equals */
}
END_TEST

/* ------------------------------------------------- small ones, by elimination */

enum { FEW = 5 };

static uint64_t state = 42;

static double some(double from, double to)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return from + (to - from) * (double)(state >> 11) * 0x1p-53;
}

/* Gaussian elimination: all pivots above zero, by this much. */
static bool definite(const double *rho, uint32_t n)
{
    double a[FEW][FEW];
    for (uint32_t i = 0; i < n; ++i)
        for (uint32_t j = 0; j < n; ++j)
            a[i][j] = rho[i * n + j];
    for (uint32_t k = 0; k < n; ++k) {
        if (a[k][k] <= 1e-12)
            return false;
        for (uint32_t i = k + 1; i < n; ++i)
            for (uint32_t j = n; j-- > k;)
                a[i][j] -= a[i][k] / a[k][k] * a[k][j];
    }
    return true;
}

/* The largest correlation of the sign of the stated one, not beyond it, that the others
 * allow, to 1e-9; 0: none. The lawful ones are an interval. */
static double most_lawful(const double *rho, uint32_t n, uint32_t i, uint32_t j)
{
    double other[FEW * FEW], stated = rho[i * n + j];
    for (uint32_t k = 0; k < n * n; ++k)
        other[k] = rho[k];
    for (int step = 4000; step > 0; --step) {
        double at = stated * step / 4000;
        other[i * n + j] = other[j * n + i] = at;
        if (!definite(other, n))
            continue;
        double below = at, above = stated * (step + 1) / 4000;
        for (int halvings = 0; halvings < 40; ++halvings) {
            double middle = (below + above) / 2;
            other[i * n + j] = other[j * n + i] = middle;
            if (definite(other, n))
                below = middle;
            else
                above = middle;
        }
        return below;
    }
    return 0;
}

START_TEST(the_pair_that_has_to_give_least_is_blamed)
{
    int untied = 0, knots = 0;
    for (int k = 0; k < 400; ++k) {
        const uint32_t n = 3 + (uint32_t)k % 3;
        double rho[FEW * FEW], largest;
        for (uint32_t i = 0; i < n; ++i)
            for (uint32_t j = 0; j <= i; ++j)
                rho[i * n + j] = rho[j * n + i] = i == j ? 1
                                                  : k % 4 && some(0, 1) < 0.2
                                                      ? 0
                                                      : some(-1, 1);
        rc_copula copula;
        uint32_t bad_i, bad_j;
        const bool lawful = definite(rho, n);
        ck_assert_int_eq(make(&copula, rho, n, &bad_i, &bad_j, &largest),
                         lawful ? RC_OK : RC_REFUSED);
        if (lawful) {
            ck_assert(bad_i == 0 && bad_j == 0 && largest == 0);
            continue;
        }
        double least = INFINITY, strongest = 0;
        for (uint32_t i = 0; i < n; ++i)
            for (uint32_t j = i + 1; j < n; ++j) {
                double most = most_lawful(rho, n, i, j);
                if (most != 0)
                    least = fmin(least, fabs(rho[i * n + j]) - fabs(most));
                strongest = fmax(strongest, fabs(rho[i * n + j]));
            }
        ck_assert(bad_i < bad_j && bad_j < n);
        if (isinf(least) && largest != 0) { /* narrower than the steps of the search */
            rho[bad_i * n + bad_j] = rho[bad_j * n + bad_i] = largest * (1 - 1e-7);
            ck_assert(definite(rho, n));
        } else if (isinf(least)) {
            ck_assert(largest == 0 && fabs(rho[bad_i * n + bad_j]) == strongest);
            ++knots;
        } else {
            double most = most_lawful(rho, n, bad_i, bad_j);
            ck_assert_double_eq_tol(largest, most, 1e-6);
            ck_assert_double_eq_tol(fabs(rho[bad_i * n + bad_j]) - fabs(most), least,
                                    1e-6);
            ++untied;
        }
    }
    ck_assert(untied > 100 && knots > 20);
}
END_TEST

START_TEST(words_are_those_of_the_triangle_of_square_roots)
{
    /* a b c with b = .6 a + .8 e, c = .5 a + .5 e + sqrt(.5) f: .6, .5 and .7 */
    const double rho[9] = {1, 0.6, 0.5, 0.6, 1, 0.7, 0.5, 0.7, 1};
    static uint32_t words[3][1000], kept[3][1000];
    uint32_t *rows[3] = {words[0], words[1], words[2]}, i, j;
    double largest;
    rc_copula copula;
    ck_assert_int_eq(make(&copula, rho, 3, &i, &j, &largest), RC_OK);
    for (uint32_t r = 0; r < 3; ++r) {
        rc_rng_fill(words[r], rc_rng_block(r, 7), 1000);
        for (uint32_t k = 0; k < 1000; ++k)
            kept[r][k] = words[r][k];
    }
    rc_copula_apply(&copula, rows, 1000);
    for (uint32_t k = 0; k < 1000; ++k) {
        double z[3];
        for (uint32_t r = 0; r < 3; ++r)
            z[r] = rc_normal_quantile((kept[r][k] + 0.5) * 0x1p-32);
        ck_assert_uint_eq(words[0][k], kept[0][k]);
        ck_assert_double_eq_tol(
            words[1][k], rc_normal_cdf(0.6 * z[0] + 0.8 * z[1]) * 0x1p32 - 0.5, 0.6);
        ck_assert_double_eq_tol(
            words[2][k],
            rc_normal_cdf(0.5 * z[0] + 0.5 * z[1] + sqrt(0.5) * z[2]) * 0x1p32 - 0.5,
            0.6);
    }
}
END_TEST

START_TEST(a_lane_does_not_hear_of_the_others)
{
    /* 7 rows go 292 lanes at a time, the most there may be, two: the same as one by one */
    static uint32_t words[1024][5], single[1024];
    static double rho[1024 * 1024];
    const uint32_t sizes[] = {7, 1024};
    for (size_t s = 0; s < 2; ++s) {
        const uint32_t n = sizes[s];
        uint32_t *rows[1024], *one[1024], i, j;
        double largest;
        rc_copula copula;
        for (uint32_t k = 0; k < n * n; ++k)
            rho[k] = k % (n + 1) == 0 ? 1 : 0.3;
        ck_assert_int_eq(make(&copula, rho, n, &i, &j, &largest), RC_OK);
        for (uint32_t r = 0; r < n; ++r) {
            rc_rng_fill(words[r], rc_rng_block(r, 3), 5);
            single[r] = words[r][4];
            rows[r] = words[r], one[r] = &single[r];
        }
        rc_copula_apply(&copula, rows, 5);
        rc_copula_apply(&copula, one, 1);
        for (uint32_t r = 0; r < n; ++r)
            ck_assert_uint_eq(words[r][4], single[r]);
    }
}
END_TEST

START_TEST(who_contradicts_whom_is_said_counting_from_one)
{
    rc_error err;
    rc_copula copula;
    uint32_t i, j;
    double largest;
    const double rho[9] = {1, 0, 0, 0, 1, -1, 0, -1, 1};
    ck_assert_int_eq(rc_copula_make(&copula, rho, 3, arena, &i, &j, &largest, &err),
                     RC_REFUSED);
    ck_assert_str_eq(err.text,
                     "the correlations contradict each other: that of 2 and 3 "
                     "may be at most -1, the others kept");
    ck_assert_int_eq(rc_copula_make(&copula, rho, 1025, arena, &i, &j, &largest, &err),
                     RC_REFUSED);
    ck_assert_str_eq(err.text, "at most 1024 quantities may be correlated, found 1025");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("correlate");
    TCase *tcase = tcase_create("correlate");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_normal_correlation_of_three_tenths_is_a_spearman_of_0_2876);
    tcase_add_test(tcase, lognormals_of_spread_one_half_correlate_by_0_2742);
    tcase_add_test(
        tcase, risks_of_a_quarter_and_two_fifths_at_two_tenths_fire_together_by_0_124);
    tcase_add_test(tcase, strength_is_spearman_between_continuous_laws);
    tcase_add_test(tcase, the_marginals_stay_uniform);
    tcase_add_test(tcase, without_correlation_every_word_comes_back);
    tcase_add_test(tcase,
                   a_contradiction_names_the_pair_and_its_largest_lawful_strength);
    tcase_add_test(tcase, of_two_that_are_one_and_the_same_that_pair_is_named);
    tcase_add_test(tcase, of_pairs_that_would_give_equally_the_first_is_named);
    tcase_add_test(tcase, more_than_a_thousand_and_24_quantities_are_refused);
    tcase_add_test(tcase, what_lies_beyond_the_last_word_is_the_last_word);
    tcase_add_test(tcase, a_knot_that_one_pair_cannot_untie_says_nought);
    tcase_add_test(tcase, the_pair_that_has_to_give_least_is_blamed);
    tcase_add_test(tcase, words_are_those_of_the_triangle_of_square_roots);
    tcase_add_test(tcase, a_lane_does_not_hear_of_the_others);
    tcase_add_test(tcase, who_contradicts_whom_is_said_counting_from_one);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
