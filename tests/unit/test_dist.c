/* test_dist.c -- every law against itself, against closed forms, and against fits. */
#include "laws.h"
#include "rand/law.h"
#include "suite.h"
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
}
END_TEST

/* ------------------------------------------------------------------------ fits */

typedef struct fit_case {
    rc_law law; /* what is held before: bounds, floor */
    uint32_t n;
    rc_law_point point[3];
    bool gives_way;
} fit_case;

#define OPEN .floor_at = -INFINITY

static const fit_case fits[] = {
    {{.kind = RC_NORMAL, OPEN}, 2, {{0.9, 5}, {0.1, -20}}, false},
    {{.kind = RC_NORMAL, OPEN}, 2, {{NAN, 5}, {0.05, 1}}, false},
    {{.kind = RC_LOGNORMAL, OPEN}, 2, {{0.1, 5}, {0.9, 20}}, false},
    {{.kind = RC_LOGNORMAL, OPEN}, 2, {{0.25, 3}, {0.95, 40}}, false},
    {{.kind = RC_LOGNORMAL, OPEN}, 2, {{NAN, 5}, {0.9, 20}}, false},
    {{.kind = RC_LOGNORMAL, OPEN}, 2, {{NAN, 5}, {0.1, 4.5}}, false},
    {{.kind = RC_GAMMA, OPEN}, 2, {{0.1, 5}, {0.9, 20}}, false},
    {{.kind = RC_GAMMA, OPEN}, 2, {{0.1, 0.001}, {0.9, 20}}, false},
    {{.kind = RC_GAMMA, OPEN}, 2, {{0.05, 19}, {0.95, 20}}, false},
    {{.kind = RC_GAMMA, OPEN}, 2, {{NAN, 5}, {0.9, 20}}, false},
    {{.kind = RC_GAMMA, OPEN}, 2, {{NAN, 5}, {0.1, 4}}, false},
    {{.kind = RC_WEIBULL, OPEN}, 2, {{0.1, 5}, {0.9, 20}}, false},
    {{.kind = RC_WEIBULL, OPEN}, 2, {{NAN, 5}, {0.75, 20}}, false},
    {{.kind = RC_TRIANGULAR, OPEN}, 3, {{0.1, 3}, {0.5, 7}, {0.9, 12}}, false},
    {{.kind = RC_TRIANGULAR, OPEN}, 3, {{0.1, 3}, {NAN, 5}, {0.9, 12}}, false},
    {{.kind = RC_PERT, OPEN}, 3, {{0.1, 3}, {NAN, 5}, {0.9, 12}}, false},
    {{.kind = RC_PERT, OPEN}, 3, {{0.05, 3}, {NAN, 3}, {0.95, 12}}, false},
    {{.kind = RC_PERT, OPEN}, 3, {{0.1, -3}, {NAN, 12}, {0.9, 12}}, false},
    {{.kind = RC_PERT, .floor_at = 0}, 3, {{0.1, 3}, {NAN, 5}, {0.9, 12}}, false},
    {{.kind = RC_PERT, .floor_at = 0}, 3, {{0.1, 1}, {NAN, 3}, {0.9, 8}}, true},
    {{.kind = RC_PERT, .floor_at = 0}, 3, {{0.1, 1}, {NAN, 4}, {0.9, 9}}, true},
    {{.kind = RC_BETA, .p = {0, 0, 0, 1}, OPEN}, 2, {{0.1, 0.55}, {0.9, 0.7}}, false},
    {{.kind = RC_BETA, .p = {0, 0, 0, 1}, OPEN}, 2, {{0.1, 0.01}, {0.9, 0.99}}, false},
    {{.kind = RC_BETA, .p = {0, 0, 0, 1}, OPEN}, 2, {{0.1, 0.98}, {0.9, 0.995}}, false},
    {{.kind = RC_BETA, .p = {0, 0, 0, 1}, OPEN},
     2,
     {{0.05, 0.001}, {0.95, 0.002}},
     false},
    {{.kind = RC_BETA, .p = {0, 0, -5, 20}, OPEN}, 2, {{0.1, -4}, {0.9, 19}}, false},
    {{.kind = RC_METALOG, .p = {0, 0, 0, -INFINITY, INFINITY}, OPEN},
     3,
     {{0.1, 3}, {0.5, 5}, {0.9, 12}},
     false},
    {{.kind = RC_METALOG, .p = {0, 0, 0, 0, INFINITY}, OPEN},
     3,
     {{0.1, 3}, {0.5, 5}, {0.9, 12}},
     false},
    {{.kind = RC_METALOG, .p = {0, 0, 0, -INFINITY, 20}, OPEN},
     3,
     {{0.1, 3}, {0.5, 7}, {0.9, 12}},
     false},
    {{.kind = RC_METALOG, .p = {0, 0, 0, 0, 20}, OPEN},
     3,
     {{0.1, 3}, {0.5, 5}, {0.9, 12}},
     false},
};

/* Where the density is highest, by its slope on both sides: the mode that was asked for. */
static bool is_mode(const rc_law *law, double x)
{
    double h = 1e-3 * sqrt(rc_law_variance(law));
    double left = rc_law_cdf(law, x - h) - rc_law_cdf(law, x - 3 * h);
    double here = rc_law_cdf(law, x + h) - rc_law_cdf(law, x - h);
    double right = rc_law_cdf(law, x + 3 * h) - rc_law_cdf(law, x + h);
    return here >= left * (1 - 1e-9) && here >= right * (1 - 1e-9);
}

START_TEST(fitted_laws_pass_through_their_points)
{
    for (size_t i = 0; i < sizeof fits / sizeof *fits; ++i) {
        rc_law law = fits[i].law;
        rc_error err;
        bool gave_way = !fits[i].gives_way;
        ck_assert_msg(rc_law_fit(&law, fits[i].point, fits[i].n, &gave_way, &err) ==
                          RC_OK,
                      "fit %zu: %s", i, err.text);
        ck_assert_int_eq(gave_way, fits[i].gives_way);
        for (uint32_t j = 0; j < fits[i].n; ++j) {
            double at = fits[i].point[j].at, value = fits[i].point[j].value;
            if (!isnan(at))
                ck_assert_msg(fabs(rc_law_quantile(&law, at) - value) <=
                                  1e-11 * (1 + fabs(value)),
                              "fit %zu: %.15g", i, rc_law_quantile(&law, at));
            else if (!gave_way)
                ck_assert_msg(is_mode(&law, value), "fit %zu: the mode is elsewhere",
                              i);
        }
        if (gave_way)
            ck_assert(law.p[0] == law.floor_at && law.p[1] >= law.p[0]);
    }
}
END_TEST

START_TEST(what_no_law_can_do_is_refused)
{
    static const fit_case refused[] = {
        {{.kind = RC_LOGNORMAL, OPEN}, 2, {{0.1, -1}, {0.9, 20}}, false},
        {{.kind = RC_LOGNORMAL, OPEN}, 2, {{0.1, 5}, {0.9, 5}}, false},
        {{.kind = RC_NORMAL, OPEN}, 2, {{0.1, 5}, {0.9, 4}}, false},
        {{.kind = RC_NORMAL, OPEN}, 2, {{NAN, 5}, {0.9, 4}}, false},
        {{.kind = RC_NORMAL, OPEN}, 3, {{0.1, 1}, {0.5, 2}, {0.9, 4}}, false},
        {{.kind = RC_NORMAL, OPEN}, 2, {{NAN, 1}, {NAN, 2}}, false},
        {{.kind = RC_NORMAL, OPEN}, 2, {{0, 1}, {0.5, 2}}, false},
        {{.kind = RC_TRIANGULAR, OPEN}, 3, {{0.1, 3}, {0.5, 5}, {0.9, 12}}, false},
        {{.kind = RC_PERT, .floor_at = 0}, 3, {{0.1, 0.5}, {NAN, 4}, {0.9, 19}}, false},
        {{.kind = RC_PERT, OPEN}, 3, {{0.1, 3}, {NAN, 40}, {0.9, 19}}, false},
        {{.kind = RC_BETA, .p = {0, 0, 0, 1}, OPEN}, 2, {{0.1, 0}, {0.9, 0.5}}, false},
        {{.kind = RC_METALOG, .p = {0, 0, 0, -INFINITY, 20}, OPEN},
         3,
         {{0.1, 3}, {0.5, 3.1}, {0.9, 12}},
         false},
        {{.kind = RC_POISSON, OPEN}, 2, {{0.1, 3}, {0.9, 12}}, false},
        {{.kind = RC_PERT, OPEN}, 2, {{0.1, 3}, {0.9, 12}}, false},
        {{.kind = RC_NORMAL, OPEN}, 2, {{0.1, 3}, {0.9, INFINITY}}, false},
        {{.kind = RC_NORMAL, OPEN}, 2, {{0.1, 3}, {1, 4}}, false},
        {{.kind = RC_NORMAL, OPEN}, 2, {{0.1, 3}, {0.1, 4}}, false},
        {{.kind = RC_LOGNORMAL, OPEN}, 2, {{NAN, -1}, {0.9, 20}}, false},
        /* ln P10 = ln mode + sigma^2 - 1.28 sigma: at the least 0.41 below the mode's */
        {{.kind = RC_LOGNORMAL, OPEN}, 2, {{NAN, 5}, {0.1, 3}}, false},
        {{.kind = RC_GAMMA, OPEN}, 2, {{NAN, -1}, {0.9, 20}}, false},
        {{.kind = RC_GAMMA, OPEN}, 2, {{0.1, -1}, {0.9, 20}}, false},
        {{.kind = RC_GAMMA, OPEN}, 2, {{NAN, 5}, {0.1, 0.1}}, false},
        {{.kind = RC_PERT, .floor_at = 0}, 3, {{0.1, -1}, {NAN, 4}, {0.9, 19}}, false},
        {{.kind = RC_BETA, .p = {0, 0, 0, 1}, OPEN},
         2,
         {{NAN, 0.5}, {0.9, 0.7}},
         false},
        {{.kind = RC_BETA, .p = {0, 0, 0, 1}, OPEN}, 2, {{0.1, 0.5}, {0.9, 1}}, false},
        {{.kind = RC_BETA, .p = {0, 0, 0, 1}, OPEN}, 2, {{0.1, 0.5}, {0.9, 0.5001}}, false},
        {{.kind = RC_BETA, .p = {0, 0, 0, 1}, OPEN},
         2,
         {{1e-6, 0.9999999999534076}, {1 - 1e-6, 0.99999999999520817}},
         false},
        {{.kind = RC_BETA, .p = {0, 0, 0, 1}, OPEN},
         2,
         {{1e-6, 0.99965036471833102}, {0.05, 0.9997380791006778}},
         false},
        {{.kind = RC_METALOG, .p = {0, 0, 0, 0, 20}, OPEN},
         3,
         {{0.1, 3}, {NAN, 5}, {0.9, 12}},
         false},
        {{.kind = RC_METALOG, .p = {0, 0, 0, 0, 12}, OPEN},
         3,
         {{0.1, 3}, {0.5, 5}, {0.9, 12}},
         false},
        {{.kind = RC_METALOG, .p = {0, 0, 0, 3, 20}, OPEN},
         3,
         {{0.1, 3}, {0.5, 5}, {0.9, 12}},
         false},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; ++i) {
        rc_law law = refused[i].law;
        rc_error err;
        ck_assert_msg(rc_law_fit(&law, refused[i].point, refused[i].n, NULL, &err) ==
                          RC_REFUSED,
                      "case %zu", i);
        ck_assert_uint_gt(strlen(err.text), 0);
    }
}
END_TEST

START_TEST(a_mode_at_an_end_of_the_law_is_found_there)
{
    static const rc_law_kind kinds[] = {RC_TRIANGULAR, RC_PERT};
    for (int i = 0; i < 4; ++i) {
        const double mode = i & 1 ? 9 : 2;
        const rc_law given = {.kind = kinds[i / 2], .p = {2, mode, 9, 4}, OPEN};
        rc_law found = {.kind = given.kind, OPEN};
        const rc_law_point points[] = {{0.1, rc_law_quantile(&given, 0.1)},
                                       {NAN, mode},
                                       {0.9, rc_law_quantile(&given, 0.9)}};
        ck_assert_int_eq(rc_law_fit(&found, points, 3, NULL, NULL), RC_OK);
        for (int k = 0; k < 3; ++k)
            ck_assert_double_eq_tol(found.p[k], given.p[k], 1e-11);
    }
}
END_TEST

START_TEST(a_pert_that_begins_at_nought_but_for_rounding_has_not_given_way)
{
    for (double high = 4; high < 40; high += 0.25) {
        const rc_law given = {.kind = RC_PERT, .p = {0, 3, high, 4}, OPEN};
        rc_law found = {.kind = RC_PERT, .floor_at = 0};
        bool gave_way = true;
        const rc_law_point points[] = {{0.1, rc_law_quantile(&given, 0.1)},
                                       {NAN, 3},
                                       {0.9, rc_law_quantile(&given, 0.9)}};
        ck_assert_int_eq(rc_law_fit(&found, points, 3, &gave_way, NULL), RC_OK);
        ck_assert(!gave_way && found.p[0] >= 0);
        for (int k = 0; k < 3; ++k)
            ck_assert_double_eq_tol(found.p[k], given.p[k], 1e-9);
    }
}
END_TEST

/* From a law to its percentiles, or its mode, and back to its parameters. */
START_TEST(a_law_is_found_again_from_its_own_points)
{
    static const struct {
        rc_law law;
        double mode; /* NAN: three percentiles, or two */
    } known[] = {
        {{.kind = RC_NORMAL, .p = {3, 2}, OPEN}, NAN},
        {{.kind = RC_NORMAL, .p = {3, 2}, OPEN}, 3},
        {{.kind = RC_LOGNORMAL, .p = {10, 0.5}, OPEN}, NAN},
        {{.kind = RC_LOGNORMAL, .p = {1, 1}, OPEN}, 0.36787944117144233},
        {{.kind = RC_GAMMA, .p = {4, 3}, OPEN}, NAN},
        {{.kind = RC_GAMMA, .p = {0.5, 2}, OPEN}, NAN},
        {{.kind = RC_GAMMA, .p = {4, 3}, OPEN}, 9},
        {{.kind = RC_WEIBULL, .p = {2, 1}, OPEN}, NAN},
        {{.kind = RC_WEIBULL, .p = {0.6, 3}, OPEN}, NAN},
        {{.kind = RC_WEIBULL, .p = {2, 1}, OPEN}, 0.70710678118654752},
        {{.kind = RC_TRIANGULAR, .p = {2, 4, 9}, OPEN}, NAN},
        {{.kind = RC_TRIANGULAR, .p = {2, 4, 9}, OPEN}, 4},
        {{.kind = RC_TRIANGULAR, .p = {0, 0, 1}, OPEN}, 0},
        {{.kind = RC_TRIANGULAR, .p = {0, 1, 1}, OPEN}, 1},
        {{.kind = RC_PERT, .p = {2, 5, 14, 4}, OPEN}, NAN},
        {{.kind = RC_PERT, .p = {2, 5, 14, 4}, OPEN}, 5},
        {{.kind = RC_PERT, .p = {0, 0, 14, 4}, OPEN}, 0},
        {{.kind = RC_PERT, .p = {0, 14, 14, 4}, OPEN}, 14},
        {{.kind = RC_PERT, .p = {0, 3, 14, 4}, .floor_at = 0}, 3},
        {{.kind = RC_BETA, .p = {2.5, 6.3, 0, 1}, OPEN}, NAN},
        {{.kind = RC_BETA, .p = {40, 3, -2, 5}, OPEN}, NAN},
        {{.kind = RC_METALOG, .p = {5, 2, 1, -INFINITY, INFINITY}, OPEN}, NAN},
        {{.kind = RC_METALOG, .p = {1.6, 0.2, 0.1, 0, INFINITY}, OPEN}, NAN},
        {{.kind = RC_METALOG, .p = {0, 0.3, 0.2, -INFINITY, 9}, OPEN}, NAN},
        {{.kind = RC_METALOG, .p = {0.3, 0.5, -0.1, 2, 20}, OPEN}, NAN},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; ++i) {
        const rc_law *law = &known[i].law;
        const rc_law_kind kind = law->kind;
        const uint32_t n =
            kind == RC_TRIANGULAR || kind == RC_PERT || kind == RC_METALOG ? 3 : 2;
        rc_law_point point[3] = {{0.9, rc_law_quantile(law, 0.9)},
                                 {0.2, rc_law_quantile(law, 0.2)},
                                 {0.6, rc_law_quantile(law, 0.6)}};
        if (!isnan(known[i].mode))
            point[n - 1] = (rc_law_point){NAN, known[i].mode};
        rc_law found = *law;
        for (int k = 0; k < 5 && kind != RC_BETA && kind != RC_METALOG; ++k)
            found.p[k] = -77;
        bool gave_way = true;
        rc_error err;
        ck_assert_msg(rc_law_fit(&found, point, n, &gave_way, &err) == RC_OK, "%zu: %s",
                      i, err.text);
        ck_assert(!gave_way);
        for (uint32_t k = 0; k < rc_law_ops_of(kind)->parameters; ++k)
            ck_assert_msg(found.p[k] == law->p[k] || fabs(found.p[k] - law->p[k]) <
                                                         1e-9 * (1 + fabs(law->p[k])),
                          "%zu: parameter %u is %.15g", i, k, found.p[k]);
    }
}
END_TEST

START_TEST(what_is_refused_says_why)
{
    static const struct {
        rc_law law;
        uint32_t n;
        rc_law_point point[3];
        const char *why;
    } known[] = {
        {{.kind = RC_NORMAL, OPEN},
         3,
         {{0.1, 1}, {0.5, 2}, {0.9, 4}},
         "normal needs two points, found 3"},
        {{.kind = RC_TRIANGULAR, OPEN},
         2,
         {{0.1, 1}, {0.5, 2}},
         "triangular needs three points, found 2"},
        {{.kind = RC_PERT, OPEN},
         2,
         {{0.1, 1}, {0.5, 2}},
         "pert needs three points, found 2"},
        {{.kind = RC_METALOG, OPEN},
         2,
         {{0.1, 1}, {0.5, 2}},
         "metalog needs three points, found 2"},
        {{.kind = RC_NORMAL, OPEN},
         2,
         {{0.1, 1}, {0.5, INFINITY}},
         "normal: every point must be finite"},
        {{.kind = RC_NORMAL, OPEN},
         2,
         {{NAN, 1}, {NAN, 2}},
         "normal: the mode is given twice"},
        {{.kind = RC_NORMAL, OPEN},
         2,
         {{0, 1}, {0.5, 2}},
         "normal: a percentile lies between 0 and 100"},
        {{.kind = RC_NORMAL, OPEN},
         2,
         {{0.5, 1}, {1, 2}},
         "normal: a percentile lies between 0 and 100"},
        {{.kind = RC_NORMAL, OPEN},
         2,
         {{0.9, 4}, {0.1, 5}},
         "normal: P10 must be below P90"},
        {{.kind = RC_NORMAL, OPEN},
         2,
         {{0.1, 4}, {0.9, 4}},
         "normal: P10 must be below P90"},
        {{.kind = RC_NORMAL, OPEN},
         2,
         {{0.5, 4}, {0.5, 5}},
         "normal: P50 must be below P50"},
        {{.kind = RC_NORMAL, OPEN},
         2,
         {{NAN, 5}, {0.9, 4}},
         "no normal passes through these points"},
        {{.kind = RC_LOGNORMAL, OPEN},
         2,
         {{0.1, 0}, {0.9, 20}},
         "no lognormal passes through these points"},
        {{.kind = RC_LOGNORMAL, OPEN},
         2,
         {{NAN, 0}, {0.9, 20}},
         "no lognormal passes through these points"},
        {{.kind = RC_LOGNORMAL, OPEN},
         2,
         {{NAN, 100}, {0.1, 1}},
         "no lognormal passes through these points"},
        {{.kind = RC_GAMMA, OPEN},
         2,
         {{0.1, 0}, {0.9, 20}},
         "no gamma passes through these points"},
        {{.kind = RC_WEIBULL, OPEN},
         2,
         {{NAN, 0}, {0.9, 20}},
         "no weibull passes through these points"},
        {{.kind = RC_BETA, .p = {0, 0, 0, 1}, OPEN},
         2,
         {{0.1, 0}, {0.9, 0.5}},
         "no beta passes through these points"},
        {{.kind = RC_BETA, .p = {0, 0, 0, 1}, OPEN},
         2,
         {{0.1, 0.5}, {0.9, 1}},
         "no beta passes through these points"},
        {{.kind = RC_BETA, .p = {0, 0, 0, 1}, OPEN},
         2,
         {{0.1, 0.5}, {NAN, 0.6}},
         "no beta passes through these points"},
        {{.kind = RC_METALOG, .p = {0, 0, 0, 0, 20}, OPEN},
         3,
         {{0.1, 0}, {0.5, 4}, {0.9, 9}},
         "no metalog passes through these points"},
        {{.kind = RC_METALOG, .p = {0, 0, 0, 0, 20}, OPEN},
         3,
         {{0.1, 1}, {0.5, 4}, {0.9, 20}},
         "no metalog passes through these points"},
        {{.kind = RC_METALOG, .p = {0, 0, 0, 0, 20}, OPEN},
         3,
         {{0.1, 1}, {NAN, 4}, {0.9, 19}},
         "no metalog passes through these points"},
        {{.kind = RC_PERT, .floor_at = 0},
         3,
         {{0.1, 0.5}, {NAN, 4}, {0.9, 19}},
         "no pert begins at 0 and passes through these percentiles: they lie too far "
         "apart; write a range"},
        {{.kind = RC_POISSON, OPEN},
         2,
         {{0.1, 3}, {0.9, 12}},
         "poisson is not fitted to points; write its parameters"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; ++i) {
        rc_law law = known[i].law;
        rc_error err = {0};
        ck_assert_int_eq(rc_law_fit(&law, known[i].point, known[i].n, NULL, &err),
                         RC_REFUSED);
        ck_assert_msg(strcmp(err.text, known[i].why) == 0, "%zu: %s", i, err.text);
    }
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

START_TEST(percentiles_of_the_worked_examples)
{
    static const struct {
        rc_law law;
        double at, value;
    } known[] = {
        {{.kind = RC_PERT, .p = {2, 5, 14, 4}, OPEN}, 0.1, 3.3468195},
        {{.kind = RC_PERT, .p = {2, 5, 14, 4}, OPEN}, 0.5, 5.7657220},
        {{.kind = RC_PERT, .p = {2, 5, 14, 4}, OPEN}, 0.8, 7.8823081},
        {{.kind = RC_PERT, .p = {2, 5, 14, 4}, OPEN}, 0.95, 9.8888998},
        {{.kind = RC_GAMMA, .p = {4, 3}, OPEN}, 0.1, 5.2343087},
        {{.kind = RC_GAMMA, .p = {4, 3}, OPEN}, 0.8, 16.5451371},
        {{.kind = RC_GAMMA, .p = {5, 2}, OPEN}, 0.9, 15.9871792},
        {{.kind = RC_NORMAL, .p = {0, 1}, OPEN}, 0.975, 1.95996398454},
        {{.kind = RC_WEIBULL, .p = {1.35, 0.47}, OPEN}, 0.9, 0.8717},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; ++i)
        ck_assert_double_eq_tol(rc_law_quantile(&known[i].law, known[i].at),
                                known[i].value,
                                known[i].law.kind == RC_WEIBULL ? 1e-3 : 6e-8);
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
    tcase_add_test(tcase, two_values_with_no_double_between_them_stay_two);
    tcase_add_test(tcase, outside_of_the_support_lies_nothing);
    tcase_add_test(tcase, a_metalog_whose_tail_is_too_heavy_has_no_moments);
    tcase_add_test(tcase, fitted_laws_pass_through_their_points);
    tcase_add_test(tcase, what_no_law_can_do_is_refused);
    tcase_add_test(tcase, a_mode_at_an_end_of_the_law_is_found_there);
    tcase_add_test(tcase,
                   a_pert_that_begins_at_nought_but_for_rounding_has_not_given_way);
    tcase_add_test(tcase, a_law_is_found_again_from_its_own_points);
    tcase_add_test(tcase, what_is_refused_says_why);
    tcase_add_test(tcase, atoms_cut_at_a_floor_have_the_moments_that_counting_gives);
    tcase_add_test(tcase, percentiles_of_the_worked_examples);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
