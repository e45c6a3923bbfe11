/* The judge of all exact answers (support/exact): what is true is let go, what is planted is
 * convicted. It is wrong about the truth as seldom as its limit says. */
#include "exact.h"
#include "rand/rng.h"
#include "suite.h"
#include <math.h>

enum { N = 20000 };
static double x[N];

static const exact_law exponential = {
    .mean = 1, .variance = 1, .point = {{.5, 0.69314718055994531}, {.9, 2.3025850930}}};
static const exact_law shape = {/* the same, with points alone */
                                .mean = NAN,
                                .variance = NAN,
                                .point = {{.1, 0.10536051566},
                                          {.5, 0.69314718055994531},
                                          {.9, 2.3025850930}}};

static void draw(uint64_t seed)
{
    rc_rng rng = rc_rng_block(seed, 0);
    for (uint32_t i = 0; i < N; i++)
        x[i] = -log((rc_rng_next(&rng) + .5) / 4294967296.);
}

static void spread_by(double factor, double shift)
{
    const double mean = exact_moments_of(x, N).mean;
    for (uint32_t i = 0; i < N; i++)
        x[i] = mean + factor * (x[i] - mean) + shift;
}

START_TEST(a_share_and_a_mean_may_be_off_by_the_limit_and_no_more)
{
    static const double off[] = {0, 4.8, -4.8, 5, -5, 6, -6};
    for (int i = 0; i < 7; i++) {
        const bool guilty = fabs(off[i]) > 4.89;
        const double p = .3 + off[i] * sqrt(.3 * .7 / 1e6);
        const rc_spread found = {.n = 1000000, .mean = 40 + off[i] * .003, .sd = 3};
        ck_assert_msg(!exact_share(p, .3, 1e6) != guilty, "share, %g off", off[i]);
        ck_assert_msg(!exact_mean(&found, 40) != guilty, "mean, %g off", off[i]);
    }
}
END_TEST

START_TEST(what_is_certain_is_met_to_a_billionth)
{
    ck_assert_ptr_null(exact_share(1, 1, 100));
    ck_assert_ptr_nonnull(exact_share(.99, 1, 100));
    ck_assert_ptr_nonnull(exact_share(1e-6, 0, 1e6));
    ck_assert_ptr_null(exact_near(1000 + .9e-6, 1000, 0));
    ck_assert_ptr_nonnull(exact_near(1000 + 1.1e-6, 1000, 0));
    ck_assert_ptr_nonnull(exact_near(NAN, 1, .1));
    ck_assert_ptr_nonnull(exact_near(1, 1, NAN));
}
END_TEST

START_TEST(a_law_is_known_again_and_a_narrower_wider_or_later_one_is_not)
{
    for (uint64_t seed = 1; seed <= 50; seed++) {
        draw(seed);
        exact_holds(exact_of_law(x, N, &exponential), "seed %d", (int)seed);
        exact_holds(exact_of_law(x, N, &shape), "seed %d, points", (int)seed);
    }
    static const struct {
        double factor, shift;
    } planted[] = {{.8, 0}, {1.25, 0}, {1, 11 / 141.42}, {1, -11 / 141.42}};
    for (int i = 0; i < 4; i++) {
        draw(1);
        spread_by(planted[i].factor, planted[i].shift);
        ck_assert_msg(exact_of_law(x, N, &exponential), "moments, fault %d", i);
        ck_assert_msg(exact_of_law(x, N, &shape), "points, fault %d", i);
    }
    exact_law only = {.mean = NAN, .variance = 1};
    draw(1);
    ck_assert_ptr_null(exact_of_law(x, N, &only));
    spread_by(.8, 0);
    ck_assert_ptr_nonnull(exact_of_law(x, N, &only));
    only = (exact_law){.mean = 1 + 6 * .8 / 141.42, .variance = NAN};
    spread_by(1, 1 - exact_moments_of(x, N).mean);
    ck_assert_ptr_nonnull(exact_of_law(x, N, &only));
}
END_TEST

/* 1 … 9 and four times 5: of 13 the ranks 5 to 9 are 5. */
START_TEST(a_percentile_is_its_rank_and_those_beside_it_are_not)
{
    static const double some[] = {9, 5, 1, 5, 2, 8, 5, 3, 7, 4, 6, 5, 5};
    static const struct {
        double percent, p;
    } right[] = {{0.1, 1}, {100 / 13., 1}, {100 / 12., 2}, {30, 4}, {38, 5}, {50, 5},
                 {69, 5},  {70, 6},        {92, 8},        {93, 9}, {100, 9}};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        for (int p = 1; p <= 9; p++)
            ck_assert_msg(!exact_rank(some, 13, right[i].percent, p) ==
                              (p == right[i].p),
                          "P%g, %d", right[i].percent, p);
    ck_assert_ptr_nonnull(exact_rank(some, 13, 50, 5.5)); /* no value at all */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exact judge");
    TCase *tcase = tcase_create("exact judge");
    tcase_add_test(tcase, a_share_and_a_mean_may_be_off_by_the_limit_and_no_more);
    tcase_add_test(tcase, what_is_certain_is_met_to_a_billionth);
    tcase_add_test(tcase,
                   a_law_is_known_again_and_a_narrower_wider_or_later_one_is_not);
    tcase_add_test(tcase, a_percentile_is_its_rank_and_those_beside_it_are_not);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
