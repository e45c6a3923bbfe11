/* test_correlate.c -- a copula keeps the marginals and brings the stated dependence. */
#include "rand/correlate.h"
#include "rand/rng.h"
#include "rand/table.h"
#include "suite.h"
#include <math.h>
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

START_TEST(a_knot_that_one_pair_cannot_untie_says_nought)
{
    double rho[16] = {1,    -0.9, -0.9, -0.9, -0.9, 1,    -0.9, -0.9,
                      -0.9, -0.9, 1,    -0.9, -0.9, -0.9, -0.9, 1},
           largest;
    rc_copula copula;
    uint32_t i, j;
    ck_assert_int_eq(make(&copula, rho, 4, &i, &j, &largest), RC_REFUSED);
    ck_assert(i != j && largest == 0);
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
    tcase_add_test(tcase, a_knot_that_one_pair_cannot_untie_says_nought);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
