/* dist_flat.c -- laws of straight lines: constant, uniform, triangular. */
#include "rand/law.h"
#include <math.h>

/* ------------------------------------------------------------------ constant */

static const char *constant_wrong(const rc_law *law)
{
    return isfinite(law->p[0]) ? NULL : "the value must be finite";
}

static double constant_quantile(const rc_law *law, double p, bool upper)
{
    (void)p, (void)upper;
    return law->p[0];
}

static double constant_tail(const rc_law *law, double x, bool upper)
{
    return (x >= law->p[0]) != upper;
}

static double constant_mean(const rc_law *law)
{
    return fmax(law->p[0], law->floor_at);
}

static double constant_variance(const rc_law *law)
{
    (void)law;
    return 0;
}

static void constant_support(const rc_law *law, double *low, double *high)
{
    *low = *high = law->p[0];
}

static bool constant_continuous(const rc_law *law)
{
    (void)law;
    return false;
}

const rc_law_ops rc_law_constant = {
    .name = "constant",
    .parameters = 1,
    .wrong = constant_wrong,
    .quantile = constant_quantile,
    .tail = constant_tail,
    .mean = constant_mean,
    .variance = constant_variance,
    .support = constant_support,
    .continuous = constant_continuous,
    .cuts = true,
};

/* ------------------------------------------------------------------- uniform */

static const char *uniform_wrong(const rc_law *law)
{
    if (!isfinite(law->p[0]) || !isfinite(law->p[1]))
        return "both ends must be finite";
    return law->p[0] < law->p[1] ? NULL : "low must be below high";
}

static double uniform_quantile(const rc_law *law, double p, bool upper)
{
    double width = law->p[1] - law->p[0];
    return upper ? law->p[1] - width * p : law->p[0] + width * p;
}

static double uniform_tail(const rc_law *law, double x, bool upper)
{
    double share = (upper ? law->p[1] - x : x - law->p[0]) / (law->p[1] - law->p[0]);
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

static double uniform_mean(const rc_law *law)
{
    return law->p[0] + (law->p[1] - law->p[0]) / 2;
}

static double uniform_variance(const rc_law *law)
{
    double width = law->p[1] - law->p[0];
    return width * width / 12;
}

static void uniform_support(const rc_law *law, double *low, double *high)
{
    *low = law->p[0];
    *high = law->p[1];
}

const rc_law_ops rc_law_uniform = {
    .name = "uniform",
    .parameters = 2,
    .wrong = uniform_wrong,
    .quantile = uniform_quantile,
    .tail = uniform_tail,
    .mean = uniform_mean,
    .variance = uniform_variance,
    .support = uniform_support,
};

/* ---------------------------------------------------------------- triangular */

static const char *triangular_wrong(const rc_law *law)
{
    const double *p = law->p;
    if (!isfinite(p[0]) || !isfinite(p[1]) || !isfinite(p[2]))
        return "low, mode and high must be finite";
    return p[0] <= p[1] && p[1] <= p[2] && p[0] < p[2]
               ? NULL
               : "it must be that low <= mode <= high and low < high";
}

static double triangular_quantile(const rc_law *law, double p, bool upper)
{
    double low = law->p[0], mode = law->p[1], high = law->p[2];
    double left = (mode - low) / (high - low);
    bool rising = upper ? p > 1 - left : p < left;
    if (rising)
        return low + sqrt((upper ? 1 - p : p) * (high - low) * (mode - low));
    return high - sqrt((upper ? p : 1 - p) * (high - low) * (high - mode));
}

static double triangular_tail(const rc_law *law, double x, bool upper)
{
    double low = law->p[0], mode = law->p[1], high = law->p[2];
    if (x <= low)
        return upper;
    if (x >= high)
        return !upper;
    double share = x < mode ? (x - low) * (x - low) / ((high - low) * (mode - low))
                            : (high - x) * (high - x) / ((high - low) * (high - mode));
    return (x < mode) != upper ? share : 1 - share;
}

static double triangular_mean(const rc_law *law)
{
    return (law->p[0] + law->p[1] + law->p[2]) / 3;
}

static double triangular_variance(const rc_law *law)
{
    double a = law->p[1] - law->p[0], b = law->p[2] - law->p[1];
    return (a * a + a * b + b * b) / 18;
}

static void triangular_support(const rc_law *law, double *low, double *high)
{
    *low = law->p[0];
    *high = law->p[2];
}

const rc_law_ops rc_law_triangular = {
    .name = "triangular",
    .parameters = 3,
    .wrong = triangular_wrong,
    .quantile = triangular_quantile,
    .tail = triangular_tail,
    .mean = triangular_mean,
    .variance = triangular_variance,
    .support = triangular_support,
};
