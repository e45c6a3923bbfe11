/* dist_gamma.c -- waiting times: exponential, gamma, Weibull. */
#include "rand/law.h"
#include <math.h>
#include <roadcast/math.h>

static void positive_support(const rc_law *law, double *low, double *high)
{
    (void)law;
    *low = 0;
    *high = INFINITY;
}

static bool above_zero(double x)
{
    return x > 0 && isfinite(x);
}

/* Waiting time in units of the mean whose chance to be less (more) is p. */
static double wait(double p, bool upper)
{
    return upper ? -rc_log(p) : -rc_log1p(-p);
}

/* --------------------------------------------------------------- exponential */

static const char *exponential_wrong(const rc_law *law)
{
    return above_zero(law->p[0]) ? NULL : "the mean must be above zero";
}

static double exponential_quantile(const rc_law *law, double p, bool upper)
{
    return law->p[0] * wait(p, upper);
}

static double exponential_tail(const rc_law *law, double x, bool upper)
{
    if (x <= 0)
        return upper;
    return upper ? rc_exp(-x / law->p[0]) : -rc_expm1(-x / law->p[0]);
}

static double exponential_mean(const rc_law *law)
{
    return law->p[0];
}

static double exponential_variance(const rc_law *law)
{
    return law->p[0] * law->p[0];
}

static rc_law exponential_standard(const rc_law *law, double *location, double *scale)
{
    *location = 0;
    *scale = law->p[0];
    return (rc_law){.kind = RC_EXPONENTIAL, .p = {1}};
}

const rc_law_ops rc_law_exponential = {
    .name = "exponential",
    .parameters = 1,
    .wrong = exponential_wrong,
    .quantile = exponential_quantile,
    .tail = exponential_tail,
    .mean = exponential_mean,
    .variance = exponential_variance,
    .support = positive_support,
    .standard = exponential_standard,
};

/* --------------------------------------------------------------------- gamma */

static const char *gamma_wrong(const rc_law *law)
{
    if (!(law->p[0] >= 0.01 && law->p[0] <= 1e8))
        return "the shape must lie between 0.01 and 1e8";
    return above_zero(law->p[1]) ? NULL : "the scale must be above zero";
}

static double gamma_quantile(const rc_law *law, double p, bool upper)
{
    return law->p[1] * (upper ? rc_gamma_quantile_upper(p, law->p[0])
                              : rc_gamma_quantile(p, law->p[0]));
}

static double gamma_tail(const rc_law *law, double x, bool upper)
{
    x /= law->p[1];
    return upper ? rc_gamma_ccdf(x, law->p[0]) : rc_gamma_cdf(x, law->p[0]);
}

static double gamma_mean(const rc_law *law)
{
    return law->p[0] * law->p[1];
}

static double gamma_variance(const rc_law *law)
{
    return law->p[0] * law->p[1] * law->p[1];
}

static rc_law gamma_standard(const rc_law *law, double *location, double *scale)
{
    *location = 0;
    *scale = law->p[1];
    return (rc_law){.kind = RC_GAMMA, .p = {law->p[0], 1}};
}

const rc_law_ops rc_law_gamma = {
    .name = "gamma",
    .parameters = 2,
    .wrong = gamma_wrong,
    .quantile = gamma_quantile,
    .tail = gamma_tail,
    .mean = gamma_mean,
    .variance = gamma_variance,
    .support = positive_support,
    .standard = gamma_standard,
};

/* ------------------------------------------------------------------- Weibull */

static const char *weibull_wrong(const rc_law *law)
{
    if (!(law->p[0] >= 0.05 && law->p[0] <= 1e6))
        return "the shape must lie between 0.05 and 1e6";
    return above_zero(law->p[1]) ? NULL : "the scale must be above zero";
}

static double weibull_quantile(const rc_law *law, double p, bool upper)
{
    return law->p[1] * rc_pow(wait(p, upper), 1 / law->p[0]);
}

static double weibull_tail(const rc_law *law, double x, bool upper)
{
    if (x <= 0)
        return upper;
    double waits = rc_pow(x / law->p[1], law->p[0]);
    return upper ? rc_exp(-waits) : -rc_expm1(-waits);
}

/* E[(X / scale)^k] = Gamma(1 + k / shape) */
static double weibull_moment(const rc_law *law, double k)
{
    return rc_exp(rc_log_gamma(1 + k / law->p[0]));
}

static double weibull_mean(const rc_law *law)
{
    return law->p[1] * weibull_moment(law, 1);
}

static double weibull_variance(const rc_law *law)
{
    double mean = weibull_mean(law), log1 = rc_log_gamma(1 + 1 / law->p[0]);
    return mean * mean * rc_expm1(rc_log_gamma(1 + 2 / law->p[0]) - 2 * log1);
}

static rc_law weibull_standard(const rc_law *law, double *location, double *scale)
{
    *location = 0;
    *scale = law->p[1];
    return (rc_law){.kind = RC_WEIBULL, .p = {law->p[0], 1}};
}

const rc_law_ops rc_law_weibull = {
    .name = "weibull",
    .parameters = 2,
    .wrong = weibull_wrong,
    .quantile = weibull_quantile,
    .tail = weibull_tail,
    .mean = weibull_mean,
    .variance = weibull_variance,
    .support = positive_support,
    .standard = weibull_standard,
};
