/* dist_beta.c -- beta on low .. high, and PERT, which is a beta named by its mode:
 * a = 1 + lambda (mode - low) / (high - low), b = 1 + lambda (high - mode) / (high -
 * low); Malcolm et al. 1959, lambda 4 unless said. */
#include "rand/law.h"
#include <math.h>
#include <roadcast/math.h>

static const char *bounds_wrong(double low, double high)
{
    if (!isfinite(low) || !isfinite(high))
        return "low and high must be finite";
    return low < high ? NULL : "low must be below high";
}

static const char *beta_wrong(const rc_law *law)
{
    if (!(law->p[0] >= 0.01 && law->p[0] <= 1e7 && law->p[1] >= 0.01 &&
          law->p[1] <= 1e7))
        return "a and b must lie between 0.01 and 1e7";
    return bounds_wrong(law->p[2], law->p[3]);
}

static double beta_quantile(const rc_law *law, double p, bool upper)
{
    double a = law->p[0], b = law->p[1], low = law->p[2], high = law->p[3];
    double share = upper ? rc_beta_quantile_upper(p, a, b) : rc_beta_quantile(p, a, b);
    return low + (high - low) * share;
}

static double beta_tail(const rc_law *law, double x, bool upper)
{
    double share = (x - law->p[2]) / (law->p[3] - law->p[2]);
    return upper ? rc_beta_ccdf(share, law->p[0], law->p[1])
                 : rc_beta_cdf(share, law->p[0], law->p[1]);
}

static double beta_mean(const rc_law *law)
{
    double a = law->p[0], b = law->p[1];
    return law->p[2] + (law->p[3] - law->p[2]) * (a / (a + b));
}

static double beta_variance(const rc_law *law)
{
    double a = law->p[0], b = law->p[1], n = a + b, width = law->p[3] - law->p[2];
    return width * width * (a / n) * (b / n) / (n + 1);
}

static void beta_support(const rc_law *law, double *low, double *high)
{
    *low = law->p[2];
    *high = law->p[3];
}

static rc_law beta_standard(const rc_law *law, double *location, double *scale)
{
    *location = law->p[2];
    *scale = law->p[3] - law->p[2];
    return (rc_law){.kind = RC_BETA, .p = {law->p[0], law->p[1], 0, 1}};
}

const rc_law_ops rc_law_beta = {
    .name = "beta",
    .parameters = 4,
    .wrong = beta_wrong,
    .quantile = beta_quantile,
    .tail = beta_tail,
    .mean = beta_mean,
    .variance = beta_variance,
    .support = beta_support,
    .standard = beta_standard,
};

/* ---------------------------------------------------------------------- PERT */

static const char *pert_wrong(const rc_law *law)
{
    double low = law->p[0], mode = law->p[1], high = law->p[2];
    if (!(law->p[3] >= 0 && law->p[3] <= 1e6))
        return "lambda must lie between 0 and 1e6";
    if (bounds_wrong(low, high))
        return bounds_wrong(low, high);
    return low <= mode && mode <= high ? NULL
                                       : "the mode must lie between low and high";
}

static rc_law as_beta(const rc_law *law)
{
    double low = law->p[0], mode = law->p[1], high = law->p[2], lambda = law->p[3];
    return (rc_law){.kind = RC_BETA,
                    .p = {1 + lambda * ((mode - low) / (high - low)),
                          1 + lambda * ((high - mode) / (high - low)), low, high},
                    .floor_at = law->floor_at};
}

static double pert_quantile(const rc_law *law, double p, bool upper)
{
    rc_law beta = as_beta(law);
    return beta_quantile(&beta, p, upper);
}

static double pert_tail(const rc_law *law, double x, bool upper)
{
    rc_law beta = as_beta(law);
    return beta_tail(&beta, x, upper);
}

static double pert_mean(const rc_law *law)
{
    rc_law beta = as_beta(law);
    return beta_mean(&beta);
}

static double pert_variance(const rc_law *law)
{
    rc_law beta = as_beta(law);
    return beta_variance(&beta);
}

static void pert_support(const rc_law *law, double *low, double *high)
{
    *low = law->p[0];
    *high = law->p[2];
}

static rc_law pert_standard(const rc_law *law, double *location, double *scale)
{
    rc_law beta = as_beta(law);
    return beta_standard(&beta, location, scale);
}

const rc_law_ops rc_law_pert = {
    .name = "pert",
    .parameters = 4,
    .wrong = pert_wrong,
    .quantile = pert_quantile,
    .tail = pert_tail,
    .mean = pert_mean,
    .variance = pert_variance,
    .support = pert_support,
    .standard = pert_standard,
};
