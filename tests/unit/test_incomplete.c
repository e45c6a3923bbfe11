/* Reference values: the series of positive terms for the incomplete beta, summed with
 * 40 digits and more, its inverse by bisection; likewise for gamma. */
#include <roadcast/math.h>
#include "base/hash.h"
#include "suite.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

static void close_to(double got, double wanted, double tolerance, const char *what,
                     size_t i)
{
    ck_assert_msg(got == wanted || fabs(got - wanted) <= tolerance * fabs(wanted),
                  "%s, row %zu: %.17g, wanted %.17g, relative error %g", what, i, got,
                  wanted, fabs(got - wanted) / fabs(wanted));
}

#define ROWS(table) (sizeof(table) / sizeof *(table))

static double uniform(uint64_t i)
{
    return ((double)(rc_mix64(i) >> 11) + 0.5) * 0x1p-53;
}

static const double beta_values[][5] = {
    {0.5, 0.5, 0.5, 0.5, 0.5},
    {0.1, 0.05, 0.1, 0.6012909738554212, 0.3987090261445788},
    {1e-10, 0.3, 2.0, 0.0012999999999700003, 0.99870000000003},
    {0.2, 1.0, 3.0, 0.48800000000000004, 0.512},
    {0.3, 2.0, 5.0, 0.5798249999999999, 0.420175},
    {0.9, 2.0, 5.0, 0.999945, 5.499999999999994e-05},
    {0.7, 1.4, 4.6, 0.992285593634116, 0.007714406365884077},
    {1e-05, 3.0, 3.0, 9.999850000600003e-15, 0.99999999999999},
    {0.45, 40.0, 60.0, 0.8462247976813987, 0.15377520231860128},
    {0.6, 40.0, 60.0, 0.9999721885677186, 2.7811432281368103e-05},
    {0.49, 2000.0, 2000.0, 0.10294309833522894, 0.897056901664771},
    {0.53, 2000.0, 2000.0, 0.9999270416598418, 7.295834015822384e-05},
    {0.001, 1.0, 5000.0, 0.9932788880401344, 0.006721111959865617},
    {0.82, 3280.0, 720.0, 0.4964972144030401, 0.5035027855969598},
    {0.99, 30.0, 0.7, 0.5795736702413183, 0.42042632975868166},
    {0.3, 100000.0, 200000.0, 0.0, 1.0}};

static const double gamma_values[][4] = {
    {0.1, 0.05, 0.9112576252375196, 0.08874237476248042},
    {1e-08, 0.5, 0.00011283791633342487, 0.9998871620836666},
    {0.7, 1.0, 0.5034146962085905, 0.4965853037914095},
    {50.0, 1.0, 1.0, 1.9287498479639178e-22},
    {2.0, 3.0, 0.32332358381693654, 0.6766764161830635},
    {0.01, 3.0, 1.654216528074877e-07, 0.9999998345783472},
    {30.0, 3.0, 0.9999999999549898, 4.501016648012124e-11},
    {9.5, 10.0, 0.4781739777627926, 0.5218260222372074},
    {30.0, 10.0, 0.9999928782491372, 7.121750862815577e-06},
    {100.0, 100.0, 0.5132987982791487, 0.48670120172085135},
    {60.0, 100.0, 1.4815276326460468e-06, 0.9999985184723673},
    {180.0, 100.0, 0.999999999970517, 2.948294557648285e-11},
    {5000.0, 5100.0, 0.08003099915657269, 0.9199690008434273},
    {100000.0, 100000.0, 0.5004205221103651, 0.4995794778896348}};

static const double beta_quantile_values[][4] = {
    {0.5, 2.0, 3.0, 0.38572756813238956},
    {0.1, 1.4, 4.6, 0.05079277566596267},
    {0.9, 1.4, 4.6, 0.46232974996146625},
    {1e-12, 2.5, 3.5, 6.1036603959574065e-06},
    {0.001, 0.3, 0.4, 4.1597398600756454e-10},
    {0.75, 0.3, 0.4, 0.8295105484731504},
    {1e-30, 5.0, 1.0, 1e-06},
    {0.2, 300.0, 700.0, 0.28776565010537014},
    {0.025, 81.0, 21.0, 0.7108771018049233}};

static const double gamma_quantile_values[][3] = {
    {0.5, 1.5, 1.182986942187669},      {0.1, 3.0, 1.1020653282493211},
    {0.999, 3.0, 11.228872242412661},   {1e-20, 2.5, 1.6167038977593683e-08},
    {0.01, 0.2, 6.525480843812091e-11}, {0.9, 0.2, 0.604902320986574},
    {0.5, 1000.0, 999.6666864269652},   {1e-06, 1000.0, 856.8146512793919}};

static const double student_values[][3] = {
    {0.975, 1.0, 12.706204736174694},         {0.975, 2.0, 4.302652729749462},
    {0.975, 5.0, 2.5705818356363146},         {0.9, 30.0, 1.3104150253913958},
    {0.01, 3.5, -4.060711359300083},          {1e-10, 4.0, -416.1751403296041},
    {0.5000001, 7.0, 2.5974602742784954e-07}, {0.3, 0.7, -0.8354411557069624},
    {0.8, 1000.0, 0.8419808221624288}};

START_TEST(incomplete_beta_and_gamma_agree_with_forty_digits_in_both_tails)
{
    for (size_t i = 0; i < ROWS(beta_values); i++) {
        const double *v = beta_values[i];
        close_to(rc_beta_cdf(v[0], v[1], v[2]), v[3], 1e-13, "beta", i);
        close_to(rc_beta_ccdf(v[0], v[1], v[2]), v[4], 1e-13, "beta, upper", i);
    }
    for (size_t i = 0; i < ROWS(gamma_values); i++) {
        const double *v = gamma_values[i];
        close_to(rc_gamma_cdf(v[0], v[1]), v[2], 1e-13, "gamma", i);
        close_to(rc_gamma_ccdf(v[0], v[1]), v[3], 1e-13, "gamma, upper", i);
    }
}
END_TEST

START_TEST(quantiles_agree_with_bisection_in_forty_digits)
{
    for (size_t i = 0; i < ROWS(beta_quantile_values); i++) {
        const double *v = beta_quantile_values[i];
        close_to(rc_beta_quantile(v[0], v[1], v[2]), v[3], 2e-14, "beta", i);
    }
    for (size_t i = 0; i < ROWS(gamma_quantile_values); i++) {
        const double *v = gamma_quantile_values[i];
        close_to(rc_gamma_quantile(v[0], v[1]), v[2], 2e-14, "gamma", i);
    }
    for (size_t i = 0; i < ROWS(student_values); i++) {
        const double *v = student_values[i];
        close_to(rc_student_quantile(v[0], v[1]), v[2], 2e-14, "student", i);
    }
}
END_TEST

START_TEST(laws_that_have_a_closed_form_agree_with_it)
{
    for (uint64_t i = 1; i < 1000; i++) {
        double u = uniform(i), a = 0.1 + 20 * uniform(i + 5000);
        close_to(rc_beta_quantile(u, 1, 1), u, 1e-14, "uniform", i);
        close_to(rc_beta_cdf(u, a, 1), rc_pow(u, a), 1e-13, "power", i);
        close_to(rc_beta_quantile(u, a, 1), rc_pow(u, 1 / a), 1e-13, "power", i);
        close_to(rc_beta_quantile_upper(u, 1, a), -rc_expm1(rc_log(u) / a), 1e-13,
                 "power", i);
        close_to(rc_gamma_quantile(u, 1), -rc_log1p(-u), 1e-14, "exponential", i);
        close_to(rc_gamma_quantile_upper(u, 1), -rc_log(u), 1e-14, "exponential", i);
        double z = rc_normal_quantile(0.5 + 0.5 * u); /* chi square, one degree */
        close_to(2 * rc_gamma_quantile(u, 0.5), z * z, 1e-13 / (1e-3 + z), "chi", i);
        double sine = rc_sin_pi(0.5 * u);
        close_to(rc_beta_quantile(u, 0.5, 0.5), sine * sine, 1e-13, "arcsine", i);
        double t = rc_sin_pi(u - 0.5) / rc_sin_pi(u);
        close_to(rc_student_quantile(u, 1), t, 1e-13, "Cauchy", i);
    }
}
END_TEST

/* The error of x, from that of F: |F(x) - p| / (x f(x)), both tails. */
START_TEST(a_quantile_inverts_its_cdf_for_any_shape_and_probability)
{
    for (uint64_t i = 0; i < 20000; i++) {
        double a = rc_exp(12 * uniform(4 * i) - 3),
               b = rc_exp(12 * uniform(4 * i + 1) - 3);
        double u = uniform(4 * i + 2), p = i % 2 ? u : rc_exp(-400 * u);
        double norm = rc_log_gamma(a + b) - rc_log_gamma(a) - rc_log_gamma(b);
        double slack = 1e-12 + 1e-14 * (a + b); /* of the density as written here */

        double x = rc_beta_quantile(p, a, b);
        double f = rc_exp(a * rc_log(x) + b * rc_log1p(-x) + norm) / (1 - x);
        if (x > 1e-290 && x < 0.999)
            ck_assert_msg(fabs(rc_beta_cdf(x, a, b) - p) <= slack * f,
                          "beta(%g, %g) at %g", a, b, p);
        x = rc_beta_quantile_upper(p, a, b);
        f = rc_exp(a * rc_log(x) + b * rc_log1p(-x) + norm) / (1 - x);
        if (x > 1e-290 && x < 0.999)
            ck_assert_msg(fabs(rc_beta_ccdf(x, a, b) - p) <= slack * f,
                          "beta(%g, %g) at 1 - %g", a, b, p);

        x = rc_gamma_quantile(p, a);
        f = rc_exp(a * rc_log(x) - x - rc_log_gamma(a));
        if (x > 1e-290)
            ck_assert_msg(fabs(rc_gamma_cdf(x, a) - p) <= slack * f, "gamma(%g) at %g",
                          a, p);
        x = rc_gamma_quantile_upper(p, a);
        f = rc_exp(a * rc_log(x) - x - rc_log_gamma(a));
        if (x > 1e-290)
            ck_assert_msg(fabs(rc_gamma_ccdf(x, a) - p) <= slack * f,
                          "gamma(%g) at 1 - %g", a, p);
    }
}
END_TEST

START_TEST(quantiles_rise_with_the_probability)
{
    static const double shapes[][2] = {{0.3, 0.4}, {1.4, 4.6}, {3, 3}, {40, 60}};
    for (size_t s = 0; s < ROWS(shapes); s++)
        for (int i = 1; i < 4000; i++) {
            double p = i / 4001.0, next = (i + 1) / 4001.0, a = shapes[s][0];
            double b = shapes[s][1];
            ck_assert(rc_beta_quantile(p, a, b) < rc_beta_quantile(next, a, b));
            ck_assert(rc_gamma_quantile(p, a) < rc_gamma_quantile(next, a));
        }
}
END_TEST

START_TEST(both_ends_are_the_ends_of_the_support)
{
    ck_assert(rc_beta_quantile(0, 2, 3) == 0 && rc_beta_quantile(1, 2, 3) == 1);
    ck_assert(rc_beta_quantile_upper(0, 2, 3) == 1 && rc_beta_cdf(0, 2, 3) == 0);
    ck_assert(rc_beta_cdf(1, 2, 3) == 1 && rc_beta_ccdf(1, 2, 3) == 0);
    ck_assert(rc_gamma_quantile(0, 2) == 0 && rc_gamma_cdf(0, 2) == 0);
    ck_assert(rc_gamma_quantile(1, 2) == (double)INFINITY);
    ck_assert(rc_gamma_ccdf((double)INFINITY, 2) == 0);
    ck_assert(rc_student_quantile(0.5, 3) == 0);
    ck_assert(rc_student_quantile(0, 3) == -(double)INFINITY);
    ck_assert(rc_student_quantile(1, 3) == (double)INFINITY);
    ck_assert(rc_beta_ccdf(0, 2, 3) == 1 && rc_beta_ccdf(-1, 2, 3) == 1);
    ck_assert(rc_gamma_cdf(-1, 2) == 0 && rc_gamma_cdf((double)INFINITY, 2) == 1);
    ck_assert(rc_gamma_ccdf(0, 2) == 1 && rc_gamma_ccdf(-1, 2) == 1);
}
END_TEST

START_TEST(what_is_no_number_stays_none)
{
    const double none = (double)NAN;
    ck_assert(isnan(rc_beta_cdf(none, 2, 3)) && isnan(rc_beta_ccdf(none, 2, 3)));
    ck_assert(isnan(rc_gamma_cdf(none, 2)) && isnan(rc_gamma_ccdf(none, 2)));
}
END_TEST

START_TEST(a_student_of_endless_freedom_is_normal)
{
    for (double p = 0.01; p < 1; p += 0.07) {
        ck_assert(rc_student_quantile(p, 1e16) == rc_normal_quantile(p));
        close_to(rc_student_quantile(p, 1e14), rc_normal_quantile(p), 1e-12, "normal", 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("incomplete beta and gamma");
    TCase *c = tcase_create("incomplete beta and gamma");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, incomplete_beta_and_gamma_agree_with_forty_digits_in_both_tails);
    tcase_add_test(c, quantiles_agree_with_bisection_in_forty_digits);
    tcase_add_test(c, laws_that_have_a_closed_form_agree_with_it);
    tcase_add_test(c, a_quantile_inverts_its_cdf_for_any_shape_and_probability);
    tcase_add_test(c, quantiles_rise_with_the_probability);
    tcase_add_test(c, both_ends_are_the_ends_of_the_support);
    tcase_add_test(c, what_is_no_number_stays_none);
    tcase_add_test(c, a_student_of_endless_freedom_is_normal);
    suite_add_tcase(suite, c);
    return suite_run(suite);
}
