/* dist_metalog.c -- the three-term metalog, Keelin 2016: a law given by its quantile
 *
 *   z(y) = a1 + a2 L + a3 (y - 1/2) L,  L = ln(y / (1 - y))
 *
 *   x = z · low + e^z · high - e^-z · (low + high e^z) / (1 + e^z)
 *
 * without bounds, with a lower, an upper, both. z rises everywhere when |a3| < 1.66711
 * a2.
 */
#include "rand/law.h"
#include <math.h>
#include <roadcast/math.h>

#define STEEPEST 1.66711

static double z_at(const rc_law *law, double p, bool upper)
{
    double half = upper ? 0.5 - p : p - 0.5;
    double rest = rc_log1p(-p), odds = rc_log(p) - rest;
    if (upper)
        odds = -odds;
    return law->p[0] + (law->p[1] + law->p[2] * half) * odds;
}

static double x_of(const rc_law *law, double z)
{
    double low = law->p[3], high = law->p[4];
    bool from = isfinite(low), to = isfinite(high);
    if (from && to) {
        double e = rc_exp(-fabs(z)), share = e / (1 + e);
        return z < 0 ? low + (high - low) * share : high - (high - low) * share;
    }
    return from ? low + rc_exp(z) : to ? high - rc_exp(-z) : z;
}

static double z_of(const rc_law *law, double x)
{
    double low = law->p[3], high = law->p[4];
    bool from = isfinite(low), to = isfinite(high);
    if (from && to)
        return rc_log((x - low) / (high - x));
    return from ? rc_log(x - low) : to ? -rc_log(high - x) : x;
}

static const char *metalog_wrong(const rc_law *law)
{
    const double *p = law->p;
    if (!isfinite(p[0]) || !isfinite(p[1]) || !isfinite(p[2]))
        return "a1, a2 and a3 must be finite";
    if (!(p[1] > 0) || fabs(p[2]) > STEEPEST * p[1])
        return "its quantiles would not rise: |a3| must be below 1.66711 a2";
    return p[3] < p[4] ? NULL : "low must be below high";
}

static double metalog_quantile(const rc_law *law, double p, bool upper)
{
    return x_of(law, z_at(law, p, upper));
}

static double metalog_tail(const rc_law *law, double x, bool upper)
{
    if (x <= law->p[3])
        return upper;
    if (x >= law->p[4])
        return !upper;
    /* bisect the smaller tail in its logarithm, so that it keeps its digits */
    double z = z_of(law, x);
    bool above = z > law->p[0]; /* beyond the median */
    double near = -0.6931471805599453, far = -745;
    for (int i = 0; i < 64 && near - far > 1e-15; ++i) {
        double middle = (near + far) / 2, at = z_at(law, rc_exp(middle), above);
        if (above ? at < z : at > z)
            near = middle;
        else
            far = middle;
    }
    double tail = rc_exp((near + far) / 2);
    return above == upper ? tail : 1 - tail;
}

static double identity(double x, const double *with)
{
    return x - with[0];
}

static double square(double x, const double *with)
{
    return (x - with[0]) * (x - with[0]);
}

static double both_halves(const rc_law *law, double (*f)(double, const double *),
                          double about)
{
    return rc_law_integral(law, 0.5, false, f, &about) +
           rc_law_integral(law, 0.5, true, f, &about);
}

/* The k-th moment is infinite when e^(k z) grows as fast as 1 / p in an open tail, of a
 * law that has another end. */
static bool heavy(const rc_law *law, double k)
{
    bool from = isfinite(law->p[3]), to = isfinite(law->p[4]);
    double growth = law->p[1] + (from ? law->p[2] : -law->p[2]) / 2;
    return !(from && to) && k * growth >= 1;
}

static double metalog_mean(const rc_law *law)
{
    if (!isfinite(law->p[3]) && !isfinite(law->p[4]))
        return law->p[0] + law->p[2] / 2;
    if (heavy(law, 1))
        return isfinite(law->p[3]) ? INFINITY : -INFINITY;
    double median = x_of(law, law->p[0]);
    return median + both_halves(law, identity, median);
}

static double metalog_variance(const rc_law *law)
{
    const double pi2 = 9.869604401089358, a2 = law->p[1], a3 = law->p[2];
    if (!isfinite(law->p[3]) && !isfinite(law->p[4]))
        return a2 * a2 * pi2 / 3 + a3 * a3 * (1 / 12.0 + pi2 / 36);
    if (heavy(law, 2))
        return INFINITY;
    return both_halves(law, square, metalog_mean(law));
}

static void metalog_support(const rc_law *law, double *low, double *high)
{
    *low = law->p[3];
    *high = law->p[4];
}

static rc_law metalog_standard(const rc_law *law, double *location, double *scale)
{
    const double *p = law->p;
    rc_law standard = *law;
    if (isfinite(p[3]) && isfinite(p[4])) {
        *location = p[3], *scale = p[4] - p[3];
        standard.p[3] = 0, standard.p[4] = 1;
    } else if (isfinite(p[3])) {
        *location = p[3], *scale = rc_exp(p[0]);
        standard.p[0] = 0, standard.p[3] = 0;
    } else if (isfinite(p[4])) {
        *location = p[4], *scale = rc_exp(-p[0]);
        standard.p[0] = 0, standard.p[4] = 0;
    } else {
        *location = p[0], *scale = p[1];
        standard.p[0] = 0, standard.p[1] = 1, standard.p[2] = p[2] / p[1];
    }
    return standard;
}

const rc_law_ops rc_law_metalog = {
    .name = "metalog",
    .parameters = 5,
    .wrong = metalog_wrong,
    .quantile = metalog_quantile,
    .tail = metalog_tail,
    .mean = metalog_mean,
    .variance = metalog_variance,
    .support = metalog_support,
    .standard = metalog_standard,
};
