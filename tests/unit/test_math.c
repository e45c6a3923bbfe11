/* The reference values were computed with 60 digits (erfc, log-gamma); elsewhere libm
 * in long double is the reference. Ulp: a unit in the last place of the true value. */
#include <roadcast/math.h>
#include "base/hash.h"
#include "suite.h"
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static void close_to(double got, double wanted, double tolerance, const char *what,
                     size_t i)
{
    ck_assert_msg(got == wanted || fabs(got - wanted) <= tolerance * fabs(wanted),
                  "%s, row %zu: %.17g, wanted %.17g, relative error %g", what, i, got,
                  wanted, fabs(got - wanted) / fabs(wanted));
}

#define ROWS(table) (sizeof(table) / sizeof *(table))

/* n points from low to high, equidistant but for a fixed jitter */
static double point(uint64_t i, uint64_t n, double low, double high)
{
    double jitter = (double)(rc_mix64(i) >> 11) * 0x1p-53;
    return low + (high - low) * (((double)i + jitter) / (double)n);
}

enum { POINTS = 200000 };

static double ulps(double got, long double wanted)
{
    int exponent;
    frexpl(wanted, &exponent);
    long double ulp = ldexpl(1, (exponent < -1021 ? -1021 : exponent) - 53);
    return (double)(fabsl((long double)got - wanted) / ulp);
}

typedef struct claim {
    const char *name;
    double (*ours)(double);
    long double (*reference)(long double);
    double low, high, limit;
} claim;

static long double sin_pi_l(long double x)
{
    return sinl(x * 3.141592653589793238462643383279502884L);
}

static const claim claims[] = {{"exp", rc_exp, expl, -708, 709.7, 0.9},
                               {"exp", rc_exp, expl, -1, 1, 0.9},
                               {"exp", rc_exp, expl, -745.1, -708, 0.9},
                               {"expm1", rc_expm1, expm1l, -45, 45, 1.3},
                               {"expm1", rc_expm1, expm1l, -1.5, 1.5, 1.3},
                               {"expm1", rc_expm1, expm1l, -1e-9, 1e-9, 1.3},
                               {"log", rc_log, logl, 0x1p-1070, 1e-300, 0.9},
                               {"log", rc_log, logl, 0.3, 3, 0.9},
                               {"log", rc_log, logl, 0.9999, 1.0001, 0.9},
                               {"log", rc_log, logl, 1, 1e300, 0.9},
                               {"log1p", rc_log1p, log1pl, -0.9999, 5, 1.3},
                               {"log1p", rc_log1p, log1pl, -1e-6, 1e-6, 1.3},
                               {"log1p", rc_log1p, log1pl, 1, 1e20, 1.3},
                               {"sin_pi", rc_sin_pi, sin_pi_l, -0.9, 0.9, 1.7}};

START_TEST(elementary_functions_keep_their_stated_errors)
{
    for (size_t c = 0; c < ROWS(claims); c++) {
        double worst = 0, where = 0;
        for (uint64_t i = 0; i < POINTS; i++) {
            double x = point(i, POINTS, claims[c].low, claims[c].high);
            double off = ulps(claims[c].ours(x), claims[c].reference(x));
            if (!(off <= worst))
                worst = off, where = x;
        }
        ck_assert_msg(worst <= claims[c].limit, "%s: %g ulp at %.17g", claims[c].name,
                      worst, where);
        if (getenv("VERBOSE"))
            printf("%s on %g to %g: %.3f ulp\n", claims[c].name, claims[c].low,
                   claims[c].high, worst);
    }
}
END_TEST

START_TEST(a_power_keeps_its_error_up_to_the_largest_exponents)
{
    double worst = 0;
    for (uint64_t i = 0; i < POINTS; i++) {
        double x = rc_exp(point(i, POINTS, -300, 300)), size = fabs(rc_log(x));
        double y = point(rc_mix64(i) % POINTS, POINTS, -1, 1) * 700 / (size + 1e-3);
        double off = ulps(rc_pow(x, y), powl(x, y));
        worst = off > worst ? off : worst;
    }
    ck_assert_msg(worst <= 1, "%g ulp", worst);
    for (int k = -20; k <= 22; k++) /* the true ones are doubles or their neighbours */
        ck_assert(ulps(rc_pow(10, k), powl(10, k)) <= 0.9);
}
END_TEST

START_TEST(what_no_double_holds_is_infinite_at_the_edge_too)
{
    ck_assert(rc_exp(709) < (double)INFINITY && rc_exp(710) == (double)INFINITY);
    for (int x = 2; x < 1000; x++) { /* e^710, by every exponent that comes near it */
        double y = 710 / rc_log(x);
        ck_assert(rc_pow(x, y) == (double)INFINITY);
        ck_assert(rc_pow(x, 2 * y) == (double)INFINITY && rc_pow(x, -2 * y) == 0);
        ck_assert(rc_pow(x, 0.99 * y) < (double)INFINITY && rc_pow(x, -y) > 0);
    }
}
END_TEST

START_TEST(ends_and_special_values_are_those_of_the_limit)
{
    ck_assert(isnan(rc_pow((double)NAN, 2)) && isnan(rc_pow(2, (double)NAN)));
    ck_assert(rc_pow((double)NAN, 0) == 1 && rc_pow(1, (double)NAN) == 1);
    ck_assert(rc_log1p((double)INFINITY) == (double)INFINITY);
    ck_assert(isnan(rc_log1p((double)NAN)));
    ck_assert(rc_sin_pi(0x1p60) == 0 && rc_sin_pi(-0x1p60) == 0);
    ck_assert(isnan(rc_sin_pi((double)INFINITY)) && isnan(rc_sin_pi((double)NAN)));
    ck_assert(rc_exp(0) == 1 && rc_exp(-800) == 0 && rc_exp(800) == (double)INFINITY);
    ck_assert(rc_exp(-(double)INFINITY) == 0 && isnan(rc_exp((double)NAN)));
    ck_assert(rc_exp((double)INFINITY) == (double)INFINITY);
    ck_assert(rc_expm1(-100) == -1 && rc_expm1(0) == 0);
    ck_assert(rc_expm1(800) == (double)INFINITY);
    ck_assert(rc_log(1) == 0 && rc_log(0) == -(double)INFINITY);
    ck_assert(rc_log((double)INFINITY) == (double)INFINITY &&
              isnan(rc_log((double)NAN)));
    ck_assert(rc_log1p(0) == 0 && rc_log1p(-1) == -(double)INFINITY);
    ck_assert(rc_pow(0, 2) == 0 && rc_pow(0, -1) == (double)INFINITY);
    ck_assert(rc_pow(0, 0) == 1 && rc_pow(1, 1e300) == 1 && rc_pow(2, 10) == 1024);
    ck_assert(rc_pow(2, 2000) == (double)INFINITY && rc_pow(2, -2000) == 0);
    ck_assert(rc_pow((double)INFINITY, -1) == 0);
    ck_assert(rc_sin_pi(0.5) == 1 && rc_sin_pi(1) == 0 && rc_sin_pi(-0.5) == -1);
    ck_assert(rc_sin_pi(1e15) == 0 && rc_sin_pi(2.5) == 1);
    ck_assert(rc_normal_cdf(0) == 0.5 && rc_normal_cdf(50) == 1);
    ck_assert(rc_normal_cdf(-(double)INFINITY) == 0 && rc_normal_pdf(100) == 0);
    ck_assert(rc_normal_quantile(0.5) == 0);
    ck_assert(rc_normal_quantile(0) == -(double)INFINITY);
    ck_assert(rc_log_gamma(1) == 0 && rc_log_gamma(2) == 0);
}
END_TEST

static const double normal_cdf_values[][2] = {{-37.5, 4.605353009581955e-308},
                                              {-30.0, 4.906713927148187e-198},
                                              {-20.0, 2.7536241186062337e-89},
                                              {-10.0, 7.619853024160525e-24},
                                              {-5.5, 1.8989562465887718e-08},
                                              {-3.0, 0.0013498980316300946},
                                              {-1.7, 0.04456546275854304},
                                              {-1.0, 0.15865525393145705},
                                              {-0.3, 0.3820885778110474},
                                              {-1e-08, 0.4999999960105772},
                                              {0.0, 0.5},
                                              {0.1, 0.539827837277029},
                                              {0.6744897501960817, 0.75},
                                              {1.0, 0.8413447460685429},
                                              {2.5, 0.9937903346742238},
                                              {6.0, 0.9999999990134123}};

static const double normal_quantile_values[][2] = {
    {1e-300, -37.0470962993612},   {1e-200, -30.20559417957964},
    {1e-100, -21.273453560965326}, {1e-50, -14.933337534788489},
    {1e-20, -9.262340089798407},   {1e-10, -6.361340902404057},
    {1e-05, -4.264890793922825},   {0.001, -3.0902323061678136},
    {0.01, -2.326347874040841},    {0.0751, -1.43882539275254},
    {0.1, -1.2815515655446004},    {0.25, -0.6744897501960817},
    {0.4, -0.2533471031357997},    {0.49999, -2.5066282748960008e-05},
    {0.6, 0.2533471031357997},     {0.9, 1.2815515655446006},
    {0.925, 1.4395314709384561},   {0.975, 1.9599639845400538},
    {0.999999, 4.753424308817087}};

static const double log_gamma_values[][2] = {
    {1e-300, 690.7755278982137},
    {1e-10, 23.025850929882736},
    {0.01, 4.599479878042022},
    {0.3, 1.0957979948180756},
    {0.5, 0.5723649429247001},
    {0.75, 0.20328095143129538},
    {1.00001, -5.7720744027504825e-06},
    {1.2, -0.08537409000331583},
    {1.4616, -0.12148629003589732},
    {1.9, -0.03898427592308336},
    {1.9999999, -4.2278430309861296e-08},
    {2.1, 0.04543773854448518},
    {2.5, 0.2846828704729192},
    {3.0, 0.6931471805599453},
    {4.7, 2.7364051463155667},
    {9.99, 12.779315214350193},
    {10.0, 12.801827480081469},
    {25.0, 54.78472939811232},
    {171.5, 709.1431630309282},
    {100000.0, 1051287.7089736569},
    {1000000000000000.0, 3.3538776394910668e+16},
    {1e+300, 6.897755278982137e+302}};

START_TEST(the_normal_law_agrees_with_sixty_digits_tails_included)
{
    for (size_t i = 0; i < ROWS(normal_cdf_values); i++)
        close_to(rc_normal_cdf(normal_cdf_values[i][0]), normal_cdf_values[i][1], 6e-16,
                 "cdf", i);
    for (size_t i = 0; i < ROWS(normal_quantile_values); i++)
        close_to(rc_normal_quantile(normal_quantile_values[i][0]),
                 normal_quantile_values[i][1], 8e-16, "quantile", i);
}
END_TEST

START_TEST(the_normal_quantile_inverts_the_cdf)
{
    for (uint64_t i = 0; i < POINTS; i++) {
        double p = rc_exp(point(i, POINTS, -690, -0.7)), z = rc_normal_quantile(p);
        close_to(rc_normal_cdf(z), p, 1e-15 * (1 + z * z), "tail", i);
        double u = point(i, POINTS, 0, 1);
        z = rc_normal_quantile(u);
        ck_assert(fabs(rc_normal_cdf(z) - u) <= 4e-16);
        ck_assert(rc_normal_quantile(1 - u) == -rc_normal_quantile(1 - (1 - u)));
    }
}
END_TEST

START_TEST(the_normal_density_is_the_slope_of_the_cdf)
{
    for (double z = -36; z <= 8; z += 0.37) {
        double h = 1e-5 / (1 + fabs(z));
        double slope = (rc_normal_cdf(z + h) - rc_normal_cdf(z - h)) / (2 * h);
        if (z < 3)
            close_to(slope, rc_normal_pdf(z), 1e-7, "density", (size_t)(z + 36));
        long double square = (long double)z * z / 2;
        long double root = sqrtl(2 * 3.141592653589793238462643383279502884L);
        close_to(rc_normal_pdf(z), (double)(expl(-square) / root), 5e-16, "pdf", 0);
    }
}
END_TEST

START_TEST(log_gamma_agrees_with_sixty_digits_and_its_recurrence)
{
    for (size_t i = 0; i < ROWS(log_gamma_values); i++)
        close_to(rc_log_gamma(log_gamma_values[i][0]), log_gamma_values[i][1], 1e-15,
                 "log-gamma", i);
    for (uint64_t i = 0; i < POINTS; i++) {
        double x = point(i, POINTS, 0.01, 40);
        double sum = rc_log_gamma(x) + rc_log(x), next = rc_log_gamma(x + 1);
        ck_assert(fabs(sum - next) <= 2e-15 * (1 + fabs(next)));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("math");
    TCase *c = tcase_create("math");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, elementary_functions_keep_their_stated_errors);
    tcase_add_test(c, a_power_keeps_its_error_up_to_the_largest_exponents);
    tcase_add_test(c, what_no_double_holds_is_infinite_at_the_edge_too);
    tcase_add_test(c, ends_and_special_values_are_those_of_the_limit);
    tcase_add_test(c, the_normal_law_agrees_with_sixty_digits_tails_included);
    tcase_add_test(c, the_normal_quantile_inverts_the_cdf);
    tcase_add_test(c, the_normal_density_is_the_slope_of_the_cdf);
    tcase_add_test(c, log_gamma_agrees_with_sixty_digits_and_its_recurrence);
    suite_add_tcase(suite, c);
    return suite_run(suite);
}
