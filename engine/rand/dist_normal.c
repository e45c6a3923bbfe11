/* dist_normal.c -- normal, and lognormal: median * exp(sigma * standard normal). */
#include "rand/law.h"
#include <math.h>
#include <roadcast/math.h>

static double z_of(double p, bool upper)
{
    double z = rc_normal_quantile(p);
    return upper ? -z : z;
}

static const char *normal_wrong(const rc_law *law)
{
    if (!isfinite(law->p[0]))
        return "the mean must be finite";
    return law->p[1] > 0 && isfinite(law->p[1]) ? NULL : "the sd must be above zero";
}

static double normal_quantile(const rc_law *law, double p, bool upper)
{
    return law->p[0] + law->p[1] * z_of(p, upper);
}

static double normal_tail(const rc_law *law, double x, bool upper)
{
    double z = (x - law->p[0]) / law->p[1];
    return rc_normal_cdf(upper ? -z : z);
}

static double normal_mean(const rc_law *law)
{
    return law->p[0];
}

static double normal_variance(const rc_law *law)
{
    return law->p[1] * law->p[1];
}

static void normal_support(const rc_law *law, double *low, double *high)
{
    (void)law;
    *low = -INFINITY;
    *high = INFINITY;
}

static rc_law normal_standard(const rc_law *law, double *location, double *scale)
{
    *location = law->p[0];
    *scale = law->p[1];
    return (rc_law){.kind = RC_NORMAL, .p = {0, 1}};
}

const rc_law_ops rc_law_normal = {
    .name = "normal",
    .parameters = 2,
    .wrong = normal_wrong,
    .quantile = normal_quantile,
    .tail = normal_tail,
    .mean = normal_mean,
    .variance = normal_variance,
    .support = normal_support,
    .standard = normal_standard,
};

/* ----------------------------------------------------------------- lognormal */

static const char *lognormal_wrong(const rc_law *law)
{
    if (!(law->p[0] > 0 && isfinite(law->p[0])))
        return "the median must be above zero";
    return law->p[1] > 0 && law->p[1] <= 20 ? NULL
                                            : "sigma must be above zero, at most 20";
}

static double lognormal_quantile(const rc_law *law, double p, bool upper)
{
    return law->p[0] * rc_exp(law->p[1] * z_of(p, upper));
}

static double lognormal_tail(const rc_law *law, double x, bool upper)
{
    if (x <= 0)
        return upper;
    double z = rc_log(x / law->p[0]) / law->p[1];
    return rc_normal_cdf(upper ? -z : z);
}

static double lognormal_mean(const rc_law *law)
{
    return law->p[0] * rc_exp(law->p[1] * law->p[1] / 2);
}

static double lognormal_variance(const rc_law *law)
{
    double mean = lognormal_mean(law);
    return mean * mean * rc_expm1(law->p[1] * law->p[1]);
}

static void lognormal_support(const rc_law *law, double *low, double *high)
{
    (void)law;
    *low = 0;
    *high = INFINITY;
}

static rc_law lognormal_standard(const rc_law *law, double *location, double *scale)
{
    *location = 0;
    *scale = law->p[0];
    return (rc_law){.kind = RC_LOGNORMAL, .p = {1, law->p[1]}};
}

const rc_law_ops rc_law_lognormal = {
    .name = "lognormal",
    .parameters = 2,
    .wrong = lognormal_wrong,
    .quantile = lognormal_quantile,
    .tail = lognormal_tail,
    .mean = lognormal_mean,
    .variance = lognormal_variance,
    .support = lognormal_support,
    .standard = lognormal_standard,
};
