/* test_dist.c -- every law against itself and against closed forms. */
#include "bits.h"
#include "laws.h"
#include "rand/law.h"
#include "suite.h"
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double shares[] = {1e-9, 1e-4, 0.01, 0.1, 0.25, 0.3,
                                0.5,  0.6,  0.75, 0.9, 0.99, 1 - 1e-4};
#define SHARES (sizeof shares / sizeof *shares)

#define about(i, x, y, tolerance)                                                      \
    ck_assert_msg(fabs((x) - (y)) <= (tolerance),                                      \
                  "example %u, %s: %.12g, expected %.12g", i,                          \
                  rc_law_name(law_examples[i].law.kind), (double)(x), (double)(y))

START_TEST(every_kind_of_law_has_a_lawful_example_and_a_name_of_its_own)
{
    bool seen[RC_LAW_KINDS] = {false};
    for (uint32_t i = 0; i < law_examples_n; ++i) {
        rc_error err;
        ck_assert_msg(rc_law_check(&law_examples[i].law, &err) == RC_OK, "%u: %s", i,
                      err.text);
        seen[law_examples[i].law.kind] = true;
    }
    for (int a = 0; a < RC_LAW_KINDS; ++a) {
        ck_assert_msg(seen[a], "%s has no example", rc_law_name((rc_law_kind)a));
        for (int b = 0; b < a; ++b)
            ck_assert_str_ne(rc_law_name((rc_law_kind)a), rc_law_name((rc_law_kind)b));
    }
}
END_TEST

START_TEST(means_variances_and_medians_are_those_of_the_books)
{
    for (uint32_t i = 0; i < law_examples_n; ++i) {
        const law_example *e = &law_examples[i];
        if (!isnan(e->mean))
            about(i, rc_law_mean(&e->law), e->mean, 1e-8 * (1 + fabs(e->mean)));
        if (!isnan(e->variance))
            about(i, rc_law_variance(&e->law), e->variance, 1e-8 * (1 + e->variance));
        if (!isnan(e->median))
            about(i, rc_law_quantile(&e->law, 0.5), e->median,
                  1e-8 * (1 + fabs(e->median)));
    }
}
END_TEST

START_TEST(the_cdf_undoes_the_quantile)
{
    for (uint32_t i = 0; i < law_examples_n; ++i)
        for (size_t j = 0; j < SHARES; ++j) {
            const rc_law *law = &law_examples[i].law;
            double u = shares[j], x = rc_law_quantile(law, u), at = rc_law_cdf(law, x);
            double slack =
                1e-11 + 1e-13 * fabs(x) / sqrt(rc_law_variance(law) + 1e-300);
            if (rc_law_continuous(law) && x > law->floor_at) {
                about(i, at, u, slack);
            } else { /* the smallest value that reaches u */
                ck_assert(at >= u - slack);
                ck_assert(rc_law_cdf(law, x - 1e-9 * (1 + fabs(x))) <= u);
            }
        }
}
END_TEST

START_TEST(both_tails_tell_the_same)
{
    for (uint32_t i = 0; i < law_examples_n; ++i)
        for (size_t j = 0; j < SHARES; ++j) {
            const rc_law *law = &law_examples[i].law;
            double u = shares[j], low = rc_law_quantile(law, u);
            double x = low + 1e-7 * (1 + fabs(low));
            about(i, rc_law_tail(law, x, false) + rc_law_tail(law, x, true), 1, 1e-12);
            if (u >= 0.01 && u <= 0.99 && rc_law_continuous(law))
                about(i, rc_law_quantile_upper(law, 1 - u), low,
                      1e-10 * (1 + fabs(low)));
        }
}
END_TEST

START_TEST(quantiles_rise_and_stay_within_the_support)
{
    for (uint32_t i = 0; i < law_examples_n; ++i) {
        const rc_law *law = &law_examples[i].law;
        double low, high, before = -INFINITY;
        rc_law_ops_of(law->kind)->support(law, &low, &high);
        for (int k = 1; k < 1000; ++k) {
            double x = rc_law_quantile(law, k / 1000.0);
            ck_assert(x >= before && x >= law->floor_at);
            ck_assert(x >= low && (x <= high || x <= law->floor_at));
            before = x;
        }
        ck_assert(isfinite(rc_law_quantile(law, 0x1p-33)));
        ck_assert(isfinite(rc_law_quantile_upper(law, 0x1p-33)));
    }
}
END_TEST

static double one_moment(double x, const double *about_and_power)
{
    double away = x - about_and_power[0];
    return about_and_power[1] > 1 ? away * away : away;
}

START_TEST(moments_are_the_integrals_of_the_quantile)
{
    for (uint32_t i = 0; i < law_examples_n; ++i) {
        const rc_law *law = &law_examples[i].law;
        if (!rc_law_continuous(law) || law->floor_at > -INFINITY)
            continue;
        double mean = rc_law_mean(law), variance = rc_law_variance(law), m[2] = {0, 0};
        for (int k = 1; k <= 2; ++k)
            for (int upper = 0; upper < 2; ++upper)
                m[k - 1] +=
                    rc_law_integral(law, 0.5, upper, one_moment, (double[]){mean, k});
        double slack = law->kind == RC_MIXTURE      ? 0.02 /* the rule sees jumps, */
                       : law->kind == RC_TRIANGULAR ? 1e-5 /* and bends */
                                                    : 1e-7;
        about(i, m[0], 0, slack * sqrt(variance) + 1e-9);
        about(i, m[1], variance, slack * variance);
    }
}
END_TEST

START_TEST(even_shares_have_the_mean_and_variance)
{
    /* The middle of each share stands for it: exact but for the tails, and atoms cut by a
     * share's edge. */
    const int n = 100000;
    for (uint32_t i = 0; i < law_examples_n; ++i) {
        const rc_law *law = &law_examples[i].law;
        int every = law->kind == RC_MIXTURE || law->kind == RC_POISSON ? 50 : 10;
        double mean = rc_law_mean(law), sum = 0, square = 0,
               sd = sqrt(rc_law_variance(law));
        for (int k = every / 2; k < n; k += every) {
            double away = rc_law_quantile(law, (k + 0.5) / n) - mean;
            sum += away, square += away * away;
        }
        sum /= n / every, square /= n / every;
        double edge = 20.0 * every / n;
        about(i, sum, 0, edge * sd + 1e-12);
        about(i, square, sd * sd, 30 * edge * sd * sd + 1e-12);
    }
}
END_TEST

#define NEVER INFINITY

START_TEST(what_is_unlawful_is_refused_with_its_name_and_why)
{
    static const rc_law odd = {.kind = RC_NORMAL, .p = {0, -1}},
                        one = {.kind = RC_CONSTANT, .p = {1}};
    static const rc_law_part light[] = {{0.5, 1, &one}, {0.4, 2, &one}},
                             endless[] = {{0.5, 1, 0}, {0.5, NEVER, 0}},
                             idle[] = {{1, 1, &one}, {0, 2, &one}},
                             broken[] = {{0.5, 0, &one}, {0.5, 0, &odd}};
    static const struct {
        rc_law law;
        const char *why;
    } wrong[] = {
        {{.kind = RC_CONSTANT, .p = {NEVER}}, "the value must be finite"},
        {{.kind = RC_UNIFORM, .p = {2, 2}}, "low must be below high"},
        {{.kind = RC_UNIFORM, .p = {-NEVER, 2}}, "both ends must be finite"},
        {{.kind = RC_UNIFORM, .p = {2, NEVER}}, "both ends must be finite"},
        {{.kind = RC_TRIANGULAR, .p = {2, 1, 3}}, "low <= mode <= high and low < high"},
        {{.kind = RC_TRIANGULAR, .p = {2, 4, 3}}, "low <= mode <= high and low < high"},
        {{.kind = RC_TRIANGULAR, .p = {2, 2, 2}}, "low <= mode <= high and low < high"},
        {{.kind = RC_TRIANGULAR, .p = {-NEVER, 1, 2}}, "must be finite"},
        {{.kind = RC_TRIANGULAR, .p = {0, NEVER, NEVER}}, "must be finite"},
        {{.kind = RC_TRIANGULAR, .p = {0, 1, NEVER}}, "must be finite"},
        {{.kind = RC_NORMAL, .p = {0, 0}}, "the sd must be above zero"},
        {{.kind = RC_NORMAL, .p = {0, NEVER}}, "the sd must be above zero"},
        {{.kind = RC_NORMAL, .p = {NEVER, 1}}, "the mean must be finite"},
        {{.kind = RC_NORMAL, .p = {NAN, 1}}, "every parameter must be a number"},
        {{.kind = RC_NORMAL, .p = {0, 1}, .floor_at = NAN}, "floor must be a number"},
        {{.kind = RC_LOGNORMAL, .p = {-1, 1}}, "the median must be above zero"},
        {{.kind = RC_LOGNORMAL, .p = {NEVER, 1}}, "the median must be above zero"},
        {{.kind = RC_LOGNORMAL, .p = {1, 0}}, "sigma must be above zero, at most 20"},
        {{.kind = RC_LOGNORMAL, .p = {1, 21}}, "sigma must be above zero, at most 20"},
        {{.kind = RC_EXPONENTIAL, .p = {0}}, "the mean must be above zero"},
        {{.kind = RC_EXPONENTIAL, .p = {NEVER}}, "the mean must be above zero"},
        {{.kind = RC_GAMMA, .p = {0, 1}}, "the shape must lie between 0.01 and 1e8"},
        {{.kind = RC_GAMMA, .p = {2e8, 1}}, "the shape must lie between 0.01 and 1e8"},
        {{.kind = RC_GAMMA, .p = {1, 0}}, "the scale must be above zero"},
        {{.kind = RC_WEIBULL, .p = {1, -1}}, "the scale must be above zero"},
        {{.kind = RC_WEIBULL, .p = {0.01, 1}}, "the shape must lie between 0.05 and"},
        {{.kind = RC_WEIBULL, .p = {2e6, 1}}, "the shape must lie between 0.05 and"},
        {{.kind = RC_BETA, .p = {1, 1, 1, 0}}, "low must be below high"},
        {{.kind = RC_BETA, .p = {1, 1, -NEVER, 0}}, "low and high must be finite"},
        {{.kind = RC_BETA, .p = {1, 1, 0, NEVER}}, "low and high must be finite"},
        {{.kind = RC_BETA, .p = {0, 1, 0, 1}}, "a and b must lie between 0.01 and 1e7"},
        {{.kind = RC_BETA, .p = {2e7, 1, 0, 1}}, "a and b must lie between 0.01"},
        {{.kind = RC_BETA, .p = {1, 0, 0, 1}}, "a and b must lie between 0.01"},
        {{.kind = RC_BETA, .p = {1, 2e7, 0, 1}}, "a and b must lie between 0.01"},
        {{.kind = RC_PERT, .p = {0, 5, 4, 4}}, "the mode must lie between low and"},
        {{.kind = RC_PERT, .p = {0, -1, 4, 4}}, "the mode must lie between low and"},
        {{.kind = RC_PERT, .p = {3, 3, 3, 4}}, "low must be below high"},
        {{.kind = RC_PERT, .p = {0, 1, NEVER, 4}}, "low and high must be finite"},
        {{.kind = RC_PERT, .p = {0, 1, 2, -1}}, "lambda must lie between 0 and 1e6"},
        {{.kind = RC_PERT, .p = {0, 1, 2, 2e6}}, "lambda must lie between 0 and 1e6"},
        {{.kind = RC_BERNOULLI, .p = {1.01}}, "the chance must lie between 0 and 1"},
        {{.kind = RC_BERNOULLI, .p = {-0.01}}, "the chance must lie between 0 and 1"},
        {{.kind = RC_POISSON, .p = {-1}}, "the mean must lie between 0 and 1e6"},
        {{.kind = RC_POISSON, .p = {2e6}}, "the mean must lie between 0 and 1e6"},
        {{.kind = RC_DISCRETE}, "it needs at least one value"},
        {{.kind = RC_DISCRETE, .parts_n = 2, .parts = light}, "sum to 100 %"},
        {{.kind = RC_DISCRETE, .parts_n = 2, .parts = endless}, "must be finite"},
        {{.kind = RC_DISCRETE, .parts_n = 2, .parts = idle}, "must be above zero"},
        {{.kind = RC_METALOG, .p = {1, 1, 2, -NEVER, NEVER}}, "would not rise"},
        {{.kind = RC_METALOG, .p = {1, 0, 0, -NEVER, NEVER}}, "would not rise"},
        {{.kind = RC_METALOG, .p = {NEVER, 1, 0, 0, 1}}, "must be finite"},
        {{.kind = RC_METALOG, .p = {1, NEVER, 0, 0, 1}}, "must be finite"},
        {{.kind = RC_METALOG, .p = {1, 1, -NEVER, 0, 1}}, "must be finite"},
        {{.kind = RC_METALOG, .p = {1, 1, 0, 2, 1}}, "low must be below high"},
        {{.kind = RC_MIXTURE}, "it needs at least one law"},
        {{.kind = RC_MIXTURE, .parts_n = 2, .parts = light}, "sum to 100 %"},
        {{.kind = RC_MIXTURE, .parts_n = 2, .parts = idle}, "must be above zero"},
        {{.kind = RC_MIXTURE, .parts_n = 2, .parts = broken}, "one of its laws is"},
    };
    bool seen[RC_LAW_KINDS] = {false};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; ++i) {
        rc_error err;
        const char *name = rc_law_name(wrong[i].law.kind);
        ck_assert_int_eq(rc_law_check(&wrong[i].law, &err), RC_REFUSED);
        ck_assert_msg(strncmp(err.text, name, strlen(name)) == 0 &&
                          strstr(err.text, wrong[i].why),
                      "%zu: %s, not for: %s", i, err.text, wrong[i].why);
        seen[wrong[i].law.kind] = true;
    }
    for (int kind = 0; kind < RC_LAW_KINDS; ++kind)
        ck_assert_msg(seen[kind], "nothing is unlawful in %s",
                      rc_law_name((rc_law_kind)kind));
}
END_TEST

/* As dist.h lists them; a parameter too many would be shown, and asked to be a number. */
START_TEST(every_parameter_counts_and_nothing_else)
{
    static const uint32_t parameters[RC_LAW_KINDS] = {
        [RC_CONSTANT] = 1,  [RC_UNIFORM] = 2,     [RC_TRIANGULAR] = 3, [RC_NORMAL] = 2,
        [RC_LOGNORMAL] = 2, [RC_EXPONENTIAL] = 1, [RC_GAMMA] = 2,      [RC_WEIBULL] = 2,
        [RC_BETA] = 4,      [RC_PERT] = 4,        [RC_BERNOULLI] = 1,  [RC_POISSON] = 1,
        [RC_METALOG] = 5};
    for (uint32_t i = 0; i < law_examples_n; ++i)
        for (uint32_t k = 0; k < 5; ++k) {
            rc_law law = law_examples[i].law;
            rc_error err;
            law.p[k] = NAN;
            if (k >= parameters[law.kind]) {
                ck_assert_int_eq(rc_law_check(&law, &err), RC_OK);
                continue;
            }
            char wanted[160];
            int n = snprintf(wanted, sizeof wanted, "%s(", rc_law_name(law.kind));
            for (uint32_t j = 0; j < parameters[law.kind]; ++j)
                n += snprintf(wanted + n, sizeof wanted - (size_t)n, "%.6g%s", law.p[j],
                              j + 1 < parameters[law.kind] ? ", " : "");
            snprintf(wanted + n, sizeof wanted - (size_t)n,
                     "): every parameter must be a number");
            ck_assert_int_eq(rc_law_check(&law, &err), RC_REFUSED);
            ck_assert_str_eq(err.text, wanted);
        }
}
END_TEST

/* A limit is lawful itself; the next double beyond it is not. */
START_TEST(what_is_lawful_ends_where_it_says)
{
    static const double tiny = 0x1p-1074; /* above zero, and nothing between */
    static const struct {
        rc_law law;
        int parameter;
        double beyond;
    } at_the_limit[] = {
        {{.kind = RC_UNIFORM, .p = {1, 1 + 0x1p-52}}, 1, 0},
        {{.kind = RC_TRIANGULAR, .p = {1, 1, 3}}, 1, 0},
        {{.kind = RC_TRIANGULAR, .p = {1, 3, 3}}, 1, 4},
        {{.kind = RC_NORMAL, .p = {1, tiny}}, 1, 0},
        {{.kind = RC_LOGNORMAL, .p = {tiny, 1}}, 0, 0},
        {{.kind = RC_LOGNORMAL, .p = {1, tiny}}, 1, 0},
        {{.kind = RC_LOGNORMAL, .p = {1, 20}}, 1, 21},
        {{.kind = RC_EXPONENTIAL, .p = {tiny}}, 0, 0},
        {{.kind = RC_GAMMA, .p = {0.01, 1}}, 0, 0},
        {{.kind = RC_GAMMA, .p = {1e8, 1}}, 0, 2e8},
        {{.kind = RC_GAMMA, .p = {1, tiny}}, 1, 0},
        {{.kind = RC_WEIBULL, .p = {0.05, 1}}, 0, 0},
        {{.kind = RC_WEIBULL, .p = {1e6, 1}}, 0, 2e6},
        {{.kind = RC_WEIBULL, .p = {1, tiny}}, 1, 0},
        {{.kind = RC_BETA, .p = {0.01, 1, 0, 1}}, 0, 0},
        {{.kind = RC_BETA, .p = {1e7, 1, 0, 1}}, 0, 2e7},
        {{.kind = RC_BETA, .p = {1, 0.01, 0, 1}}, 1, 0},
        {{.kind = RC_BETA, .p = {1, 1e7, 0, 1}}, 1, 2e7},
        {{.kind = RC_BETA, .p = {1, 1, 1, 1 + 0x1p-52}}, 3, 0},
        {{.kind = RC_PERT, .p = {1, 1, 3, 4}}, 1, 0},
        {{.kind = RC_PERT, .p = {1, 3, 3, 4}}, 1, 4},
        {{.kind = RC_PERT, .p = {1, 2, 3, 0}}, 3, -1},
        {{.kind = RC_PERT, .p = {1, 2, 3, 1e6}}, 3, 2e6},
        {{.kind = RC_BERNOULLI, .p = {0}}, 0, -1},
        {{.kind = RC_BERNOULLI, .p = {1}}, 0, 2},
        {{.kind = RC_POISSON, .p = {0}}, 0, -1},
        {{.kind = RC_POISSON, .p = {1e6}}, 0, 2e6},
        {{.kind = RC_METALOG, .p = {1, 1, 1.66711, 0, 1}}, 2, 2},
        {{.kind = RC_METALOG, .p = {1, 1, -1.66711, 0, 1}}, 2, -2},
        {{.kind = RC_METALOG, .p = {1, tiny, 0, 0, 1}}, 1, 0},
        {{.kind = RC_METALOG, .p = {1, 1, 0, 1, 1 + 0x1p-52}}, 4, 0},
    };
    for (size_t i = 0; i < sizeof at_the_limit / sizeof *at_the_limit; ++i) {
        rc_law law = at_the_limit[i].law;
        double *p = &law.p[at_the_limit[i].parameter];
        rc_error err;
        ck_assert_msg(rc_law_check(&law, &err) == RC_OK, "%zu: %s", i, err.text);
        *p = nextafter(*p, at_the_limit[i].beyond);
        ck_assert_msg(rc_law_check(&law, &err) == RC_REFUSED, "%zu", i);
    }
    /* weights: rounding of a sum is forgiven, a part of a billion is not */
    static const rc_law one = {.kind = RC_CONSTANT, .p = {1}};
    for (int kind = RC_DISCRETE; kind <= RC_MIXTURE; kind += RC_MIXTURE - RC_DISCRETE)
        for (int sign = -1; sign <= 1; sign += 2)
            for (int far = 0; far < 2; ++far) {
                rc_law_part parts[] = {
                    {0.25, 1, &one}, {0.75 + sign * (far ? 1.5e-9 : 0.9e-9), 2, &one}};
                const rc_law law = {
                    .kind = (rc_law_kind)kind, .parts_n = 2, .parts = parts};
                ck_assert_int_eq(rc_law_check(&law, NULL), far ? RC_REFUSED : RC_OK);
            }
}
END_TEST

START_TEST(two_values_with_no_double_between_them_stay_two)
{
    const double first = 1 + 0x1p-52, second = 1 + 0x1p-51; /* the middle rounds up */
    const rc_law_part parts[] = {{0.5, first, 0}, {0.5, second, 0}};
    const rc_law law = {
        .kind = RC_DISCRETE, .floor_at = -INFINITY, .parts_n = 2, .parts = parts};
    ck_assert(rc_law_quantile(&law, 0.25) == first);
    ck_assert(rc_law_quantile(&law, 0.75) == second);
    ck_assert(rc_law_quantile_upper(&law, 0.25) == second);
    ck_assert(rc_law_quantile_upper(&law, 0.75) == first);
}
END_TEST

START_TEST(an_atom_is_found_again_from_its_own_tail)
{
    for (uint32_t i = 0; i < law_examples_n; ++i) {
        const rc_law *law = &law_examples[i].law;
        if (rc_law_continuous(law) || law->kind == RC_MIXTURE)
            continue;
        for (size_t j = 0; j < SHARES; ++j) {
            const double x = rc_law_quantile(law, shares[j]);
            const double below = rc_law_tail(law, x, false),
                         above = rc_law_tail(law, x, true);
            ck_assert(below <= 0 || below >= 1 || rc_law_quantile(law, below) == x);
            ck_assert(above <= 0 || above >= 1 ||
                      rc_law_quantile_upper(law, above) == x);
        }
    }
}
END_TEST

START_TEST(listed_values_need_no_order)
{
    static const rc_law_part listed[] = {
        {0.1, 1, 0}, {0.2, 2, 0}, {0.3, 4, 0}, {0.4, 8, 0}};
    for (int turn = 0; turn < 8; ++turn) {
        rc_law_part parts[4];
        for (int i = 0; i < 4; ++i) /* four turns, and their mirror images */
            parts[turn < 4 ? i : 3 - i] = listed[(i + turn) % 4];
        const rc_law law = {
            .kind = RC_DISCRETE, .floor_at = -INFINITY, .parts_n = 4, .parts = parts};
        static const double chance[] = {0.05, 0.2, 0.45, 0.8}, value[] = {1, 2, 4, 8};
        for (int i = 0; i < 4; ++i) {
            ck_assert(rc_law_quantile(&law, chance[i]) == value[i]);
            ck_assert(rc_law_quantile_upper(&law, 1 - chance[i]) == value[i]);
        }
    }
}
END_TEST

START_TEST(outside_of_the_support_lies_nothing)
{
    for (uint32_t i = 0; i < law_examples_n; ++i) {
        const rc_law *law = &law_examples[i].law;
        double low, high;
        rc_law_ops_of(law->kind)->support(law, &low, &high);
        for (double away = 0.5; away < 1e4; away *= 3) {
            if (isfinite(low)) {
                ck_assert(rc_law_tail(law, low - away, false) == 0);
                about(i, rc_law_tail(law, low - away, true), 1, 1e-15);
            }
            if (isfinite(high)) {
                const double beyond = fmax(high, law->floor_at) + away;
                ck_assert(rc_law_tail(law, beyond, true) == 0);
                about(i, rc_law_tail(law, beyond, false), 1, 1e-15);
            }
        }
        if (law->floor_at > -INFINITY) {
            ck_assert(rc_law_tail(law, law->floor_at - 1, true) == 1);
            ck_assert(rc_law_tail(law, law->floor_at - 1, false) == 0);
        }
    }
}
END_TEST

START_TEST(the_support_ends_where_the_law_does)
{
    for (uint32_t i = 0; i < law_examples_n; ++i) {
        const rc_law *law = &law_examples[i].law;
        double low, high;
        rc_law_ops_of(law->kind)->support(law, &low, &high);
        if (rc_law_continuous(law)) { /* nothing at the very end */
            ck_assert(rc_law_tail(law, low, false) == 0);
            ck_assert(rc_law_tail(law, low, true) == 1);
            ck_assert(high <= law->floor_at || rc_law_tail(law, high, true) == 0);
            ck_assert(high <= law->floor_at || rc_law_tail(law, high, false) == 1);
        } else { /* something there */
            const double first = rc_law_ops_of(law->kind)->quantile(law, 1e-300, false),
                         last = rc_law_ops_of(law->kind)->quantile(law, 1e-300, true);
            ck_assert(first == low || isinf(low) || law->kind == RC_POISSON);
            ck_assert(last == high || (last < high && isinf(high)));
        }
    }
}
END_TEST

START_TEST(weights_that_sum_to_a_little_more_than_one_give_no_more_than_one)
{
    static const rc_law one = {.kind = RC_CONSTANT, .p = {1}},
                        two = {.kind = RC_CONSTANT, .p = {2}};
    static const rc_law_part parts[] = {{0.5, 1, &one}, {0.5 + 9e-10, 2, &two}};
    for (int kind = RC_DISCRETE; kind <= RC_MIXTURE; kind += RC_MIXTURE - RC_DISCRETE) {
        const rc_law law = {.kind = (rc_law_kind)kind,
                            .floor_at = -INFINITY,
                            .parts_n = 2,
                            .parts = parts};
        ck_assert(rc_law_tail(&law, 0, true) == 1);
        ck_assert(rc_law_tail(&law, 1, false) == 0.5);
        ck_assert(rc_law_tail(&law, 2, false) == 1);
    }
}
END_TEST

START_TEST(a_metalog_whose_tail_is_too_heavy_has_no_moments)
{
    /* ln X is logistic of scale s: E X is pi s / sin(pi s), and infinite from s = 1 on */
    rc_law law = {
        .kind = RC_METALOG, .p = {0, 0.25, 0, 0, INFINITY}, .floor_at = -INFINITY};
    const double quarter = M_PI / 4 / sin(M_PI / 4);
    ck_assert_double_eq_tol(rc_law_mean(&law), quarter, 1e-7);
    ck_assert_double_eq_tol(rc_law_variance(&law), M_PI / 2 - quarter * quarter, 1e-6);
    law.p[1] = 0.5;
    ck_assert_double_eq_tol(rc_law_mean(&law), M_PI / 2, 1e-6);
    ck_assert(rc_law_variance(&law) == (double)INFINITY);
    law.p[1] = 1;
    ck_assert(rc_law_mean(&law) == (double)INFINITY);
    law.p[3] = -INFINITY, law.p[4] = 0;
    ck_assert(rc_law_mean(&law) == -(double)INFINITY);
    ck_assert(rc_law_variance(&law) == (double)INFINITY);
    /* far out z grows by a2 + a3 / 2 a unit of log-odds, or by a2 - a3 / 2 below */
    for (int sign = -1; sign <= 1; sign += 2) {
        const double to[2] = {sign > 0 ? 0 : -INFINITY, sign > 0 ? INFINITY : 0};
        rc_law edge = {.kind = RC_METALOG,
                       .p = {0, 0.75, sign * 0.5, to[0], to[1]},
                       .floor_at = -INFINITY};
        ck_assert(rc_law_mean(&edge) == sign * (double)INFINITY);
        edge.p[2] = sign * (0.5 - 0x1p-50);
        ck_assert(isfinite(rc_law_mean(&edge)));
        edge.p[1] = 0.375, edge.p[2] = sign * 0.25;
        ck_assert(rc_law_variance(&edge) == (double)INFINITY);
        edge.p[2] = sign * (0.25 - 0x1p-50);
        ck_assert(isfinite(rc_law_variance(&edge)));
    }
    const rc_law between = {
        .kind = RC_METALOG, .p = {0, 3, 0, 0, 20}, .floor_at = -INFINITY};
    ck_assert_double_eq_tol(rc_law_mean(&between), 10, 1e-12);
    ck_assert_double_lt(rc_law_variance(&between), 100);
}
END_TEST

/* Atoms by counting: a floor lifts what lies below it. */
START_TEST(atoms_cut_at_a_floor_have_the_moments_that_counting_gives)
{
    for (int k = 0; k <= 40; ++k) {
        const double floor_at = k / 4.0 - 1, lambda = 3.5;
        double mean = 0, square = 0, chance = exp(-lambda);
        for (int n = 0; n < 80; chance *= lambda / ++n) {
            mean += chance * fmax(n, floor_at);
            square += chance * fmax(n, floor_at) * fmax(n, floor_at);
        }
        const rc_law poisson = {
            .kind = RC_POISSON, .p = {lambda}, .floor_at = floor_at};
        ck_assert_double_eq_tol(rc_law_mean(&poisson), mean, 1e-10);
        ck_assert_double_eq_tol(rc_law_variance(&poisson), square - mean * mean, 1e-9);

        const rc_law event = {.kind = RC_BERNOULLI, .p = {0.3}, .floor_at = floor_at};
        const double no = fmax(0, floor_at), yes = fmax(1, floor_at);
        ck_assert_double_eq_tol(rc_law_mean(&event), 0.7 * no + 0.3 * yes, 1e-14);
        ck_assert_double_eq_tol(rc_law_variance(&event), 0.21 * (yes - no) * (yes - no),
                                1e-14);

        const rc_law_part parts[] = {{0.5, 1, 0}, {0.2, 4, 0}, {0.3, 2, 0}};
        const rc_law listed = {
            .kind = RC_DISCRETE, .floor_at = floor_at, .parts_n = 3, .parts = parts};
        mean = square = 0;
        for (int i = 0; i < 3; ++i) {
            double value = fmax(parts[i].value, floor_at);
            mean += parts[i].weight * value;
            square += parts[i].weight * value * value;
        }
        ck_assert_double_eq_tol(rc_law_mean(&listed), mean, 1e-13);
        ck_assert_double_eq_tol(rc_law_variance(&listed), square - mean * mean, 1e-12);
    }
}
END_TEST

START_TEST(many_are_cut_at_a_floor_as_few_are)
{
    static const double known[][2] = {
        {20000, 19990.5}, {20000, 20000}, {20000, 20300}, {2e5, 2e5}, {5, 20000}};
    for (size_t k = 0; k < sizeof known / sizeof *known; ++k) {
        const double lambda = known[k][0], floor_at = known[k][1];
        const double wide = 15 * sqrt(lambda);
        double mean = 0, square = 0; /* from lambda on, where little cancels */
        for (double n = fmax(0, floor(lambda - wide)); n < lambda + wide + 30; ++n) {
            const double chance = exp(n * log(lambda) - lambda - lgamma(n + 1));
            const double off = fmax(n, floor_at) - lambda;
            mean += chance * off;
            square += chance * off * off;
        }
        const rc_law law = {.kind = RC_POISSON, .p = {lambda}, .floor_at = floor_at};
        ck_assert_double_eq_tol(rc_law_mean(&law) - lambda, mean, 1e-8 * floor_at);
        ck_assert_double_eq_tol(rc_law_variance(&law), square - mean * mean,
                                1e-12 * floor_at * floor_at);
    }
}
END_TEST

START_TEST(percentiles_of_the_worked_examples)
{
    static const struct {
        rc_law law;
        double at, value;
    } known[] = {
        {{.kind = RC_PERT, .p = {2, 5, 14, 4}, .floor_at = -INFINITY}, 0.1, 3.3468195},
        {{.kind = RC_PERT, .p = {2, 5, 14, 4}, .floor_at = -INFINITY}, 0.5, 5.7657220},
        {{.kind = RC_PERT, .p = {2, 5, 14, 4}, .floor_at = -INFINITY}, 0.8, 7.8823081},
        {{.kind = RC_PERT, .p = {2, 5, 14, 4}, .floor_at = -INFINITY}, 0.95, 9.8888998},
        {{.kind = RC_GAMMA, .p = {4, 3}, .floor_at = -INFINITY}, 0.1, 5.2343087},
        {{.kind = RC_GAMMA, .p = {4, 3}, .floor_at = -INFINITY}, 0.8, 16.5451371},
        {{.kind = RC_GAMMA, .p = {5, 2}, .floor_at = -INFINITY}, 0.9, 15.9871792},
        {{.kind = RC_NORMAL, .p = {0, 1}, .floor_at = -INFINITY}, 0.975, 1.95996398454},
        {{.kind = RC_WEIBULL, .p = {1.35, 0.47}, .floor_at = -INFINITY},
         0.9,
         0.87177774},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; ++i)
        ck_assert_double_eq_tol(rc_law_quantile(&known[i].law, known[i].at),
                                known[i].value, 6e-8);
}
END_TEST

/* Texts, verdicts and reports hold medians, moments and shares of laws: the same by any
 * compiler, today and ever. Of the examples of laws.h, in their order. */
static const uint64_t as_ever[] = {
    UINT64_C(0xeefbe4f61f3b1c93), /* constant */
    UINT64_C(0x9c69a89d1fc4eceb), /* uniform */
    UINT64_C(0xbe6f891bc3dac9be), /* triangular */
    UINT64_C(0x72773fa415a2cc8d), /* triangular */
    UINT64_C(0x4a50db51127967f4), /* triangular */
    UINT64_C(0xac7e15b4486f66cb), /* normal */
    UINT64_C(0xae4fdf51ef2f27cc), /* normal */
    UINT64_C(0x9f6f6095b69966e2), /* lognormal */
    UINT64_C(0x6da460c777b87796), /* lognormal */
    UINT64_C(0x59dd8eeb37117fbd), /* lognormal */
    UINT64_C(0x11d915c0658563c2), /* exponential */
    UINT64_C(0x34515ee4ad4e629c), /* gamma */
    UINT64_C(0x37f3ab132922eb53), /* gamma */
    UINT64_C(0x341031bae54ba79c), /* gamma */
    UINT64_C(0x51755526a055adab), /* gamma */
    UINT64_C(0x872fc4065c59089a), /* weibull */
    UINT64_C(0xbe7a3ee088479901), /* weibull */
    UINT64_C(0x077a131ec927e8fe), /* weibull */
    UINT64_C(0x94f46401f0751c95), /* beta */
    UINT64_C(0xdf4db048441187c1), /* beta */
    UINT64_C(0xc0cb1d765c59dfa0), /* beta */
    UINT64_C(0x213e53c6a02033e7), /* beta */
    UINT64_C(0x95cdf98818565af2), /* pert */
    UINT64_C(0x5701ab23c4fc811a), /* pert */
    UINT64_C(0x9c5ee8f38adebb69), /* bernoulli */
    UINT64_C(0xb9d5cc3dbcbbc742), /* bernoulli */
    UINT64_C(0xe6fcf43a4817c98f), /* bernoulli */
    UINT64_C(0x02c9b40952de7832), /* poisson */
    UINT64_C(0xb9d5cc3dbcbbc742), /* poisson */
    UINT64_C(0xf3aa75b044b76896), /* poisson */
    UINT64_C(0xb6e6cfbfc9ec0487), /* discrete */
    UINT64_C(0x95083692d1bb0c20), /* discrete */
    UINT64_C(0xc9e8d4a9166945f9), /* discrete */
    UINT64_C(0x65389b2ca3325429), /* metalog */
    UINT64_C(0x2aacf2d8af1bf8a7), /* metalog */
    UINT64_C(0x650ed91e25d1100d), /* metalog */
    UINT64_C(0x22530d5fc6f7b25d), /* metalog */
    UINT64_C(0xfc3768c40e078991), /* metalog */
    UINT64_C(0x53075d1db2fd125a), /* mixture */
    UINT64_C(0xe985c6b621dcd68b), /* mixture */
    UINT64_C(0xe8305acd6e941b51), /* mixture */
    UINT64_C(0x2371746dde8531da), /* mixture */
    UINT64_C(0x29234efadc0b78c7), /* mixture */
    UINT64_C(0x622c9710f3af7253), /* mixture */
    UINT64_C(0xb9d5cc3dbcbbc742), /* uniform */
    UINT64_C(0xe030137486926ed1), /* poisson */
    UINT64_C(0x770ce5450a38ca4d), /* normal */
    UINT64_C(0xd63d12895609b5ea), /* uniform */
    UINT64_C(0xa6a1bafa552ce6dc), /* metalog */
    UINT64_C(0x71ea422de197fb45), /* poisson */
    UINT64_C(0x1653d6d6938c6d80), /* mixture */
};

static uint64_t digest(const rc_law *law)
{
    uint64_t hash = bits_digest(bits_digest(0, rc_law_mean(law)), rc_law_variance(law));
    for (size_t j = 0; j < SHARES; ++j) {
        double low = rc_law_quantile(law, shares[j]),
               high = rc_law_quantile_upper(law, shares[j]);
        hash = bits_digest(bits_digest(hash, low), high);
        for (int upper = 0; upper < 2; ++upper) {
            hash = bits_digest(hash, rc_law_tail(law, low, upper));
            hash = bits_digest(hash, rc_law_tail(law, high, upper));
        }
    }
    return hash;
}

START_TEST(every_law_says_the_same_bits_as_ever)
{
    ck_assert_uint_eq(sizeof as_ever / sizeof *as_ever, law_examples_n);
    for (uint32_t i = 0; i < law_examples_n; ++i)
        ck_assert_msg(
            digest(&law_examples[i].law) == as_ever[i], "example %u, %s: 0x%016" PRIx64,
            i, rc_law_name(law_examples[i].law.kind), digest(&law_examples[i].law));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dist");
    TCase *tcase = tcase_create("dist");
    tcase_add_test(tcase, every_kind_of_law_has_a_lawful_example_and_a_name_of_its_own);
    tcase_add_test(tcase, means_variances_and_medians_are_those_of_the_books);
    tcase_add_test(tcase, the_cdf_undoes_the_quantile);
    tcase_add_test(tcase, both_tails_tell_the_same);
    tcase_add_test(tcase, quantiles_rise_and_stay_within_the_support);
    tcase_add_test(tcase, moments_are_the_integrals_of_the_quantile);
    tcase_add_test(tcase, even_shares_have_the_mean_and_variance);
    tcase_add_test(tcase, what_is_unlawful_is_refused_with_its_name_and_why);
    tcase_add_test(tcase, every_parameter_counts_and_nothing_else);
    tcase_add_test(tcase, what_is_lawful_ends_where_it_says);
    tcase_add_test(tcase, two_values_with_no_double_between_them_stay_two);
    tcase_add_test(tcase, an_atom_is_found_again_from_its_own_tail);
    tcase_add_test(tcase, listed_values_need_no_order);
    tcase_add_test(tcase, outside_of_the_support_lies_nothing);
    tcase_add_test(tcase, the_support_ends_where_the_law_does);
    tcase_add_test(tcase,
                   weights_that_sum_to_a_little_more_than_one_give_no_more_than_one);
    tcase_add_test(tcase, a_metalog_whose_tail_is_too_heavy_has_no_moments);
    tcase_add_test(tcase, atoms_cut_at_a_floor_have_the_moments_that_counting_gives);
    tcase_add_test(tcase, many_are_cut_at_a_floor_as_few_are);
    tcase_add_test(tcase, percentiles_of_the_worked_examples);
    tcase_add_test(tcase, every_law_says_the_same_bits_as_ever);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
