/* dist.c -- the list of laws, and what holds for all of them: bounds, floor_at,
 * moments. */
#include "rand/law.h"
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <roadcast/math.h>

static const rc_law_ops *const laws[RC_LAW_KINDS] = {
    [RC_CONSTANT] = &rc_law_constant,
    [RC_UNIFORM] = &rc_law_uniform,
    [RC_TRIANGULAR] = &rc_law_triangular,
    [RC_NORMAL] = &rc_law_normal,
    [RC_LOGNORMAL] = &rc_law_lognormal,
    [RC_EXPONENTIAL] = &rc_law_exponential,
    [RC_GAMMA] = &rc_law_gamma,
    [RC_WEIBULL] = &rc_law_weibull,
    [RC_BETA] = &rc_law_beta,
    [RC_PERT] = &rc_law_pert,
    [RC_BERNOULLI] = &rc_law_bernoulli,
    [RC_POISSON] = &rc_law_poisson,
    [RC_DISCRETE] = &rc_law_discrete,
    [RC_METALOG] = &rc_law_metalog,
    [RC_MIXTURE] = &rc_law_mixture,
};

const rc_law_ops *rc_law_ops_of(rc_law_kind kind)
{
    assert(kind < RC_LAW_KINDS);
    return laws[kind];
}

const char *rc_law_name(rc_law_kind kind)
{
    return rc_law_ops_of(kind)->name;
}

rc_status rc_law_check(const rc_law *law, rc_error *err)
{
    const rc_law_ops *ops = rc_law_ops_of(law->kind);
    const char *wrong = isnan(law->floor_at) ? "its floor must be a number" : NULL;
    for (uint32_t i = 0; i < ops->parameters && !wrong; ++i)
        if (isnan(law->p[i]))
            wrong = "every parameter must be a number";
    if (!wrong)
        wrong = ops->wrong(law);
    if (!wrong)
        return RC_OK;

    char list[160];
    int at = 0;
    list[0] = '\0';
    for (uint32_t i = 0; i < ops->parameters; ++i)
        at += snprintf(list + at, sizeof list - (size_t)at, "%s%.6g", i ? ", " : "",
                       law->p[i]);
    return rc_fail(err, RC_REFUSED, "%s(%s): %s", ops->name, list, wrong);
}

static double cut(const rc_law *law, double x)
{
    return x < law->floor_at ? law->floor_at : x;
}

double rc_law_quantile(const rc_law *law, double u)
{
    assert(u > 0 && u < 1);
    return cut(law, rc_law_ops_of(law->kind)->quantile(law, u, false));
}

double rc_law_quantile_upper(const rc_law *law, double q)
{
    assert(q > 0 && q < 1);
    return cut(law, rc_law_ops_of(law->kind)->quantile(law, q, true));
}

double rc_law_tail(const rc_law *law, double x, bool upper)
{
    if (x < law->floor_at)
        return upper ? 1 : 0;
    return rc_law_ops_of(law->kind)->tail(law, x, upper);
}

double rc_law_cdf(const rc_law *law, double x)
{
    return rc_law_tail(law, x, false);
}

bool rc_law_continuous(const rc_law *law)
{
    const rc_law_ops *ops = rc_law_ops_of(law->kind);
    return !ops->continuous || ops->continuous(law);
}

double rc_law_integral(const rc_law *law, double upto, bool upper,
                       double (*f)(double x, const double *with), const double *with)
{
    /* p = upto e^-t makes every tail of ours smooth in t; panels of half a unit, eight
     * Gauss-Legendre points each; beyond t = 50 lies less than 1e-21 of the chance. */
    static const double at[4] = {0.18343464249564980, 0.52553240991632899,
                                 0.79666647741362674, 0.96028985649753623};
    static const double weight[4] = {0.36268378337836198, 0.31370664587788729,
                                     0.22238103445337447, 0.10122853629037626};
    const rc_law_ops *ops = rc_law_ops_of(law->kind);
    double sum = 0;
    for (int panel = 99; panel >= 0; --panel)
        for (int i = 0; i < 8; ++i) {
            double side = i < 4 ? -at[i] : at[i - 4];
            double p = upto * rc_exp(-0.5 * panel - 0.25 - 0.25 * side);
            sum += 0.25 * weight[i & 3] * p * f(ops->quantile(law, p, upper), with);
        }
    return sum;
}

/* What cutting adds to the first moment, and to the second about the mean, where x lies
 * below the floor: with[] is the floor and the mean. */
static double lifted(double x, const double *with)
{
    return with[0] - x;
}

static double squared(double x, const double *with)
{
    double a = with[0] - with[1], b = x - with[1];
    return a * a - b * b;
}

static double below_floor(const rc_law *law)
{
    const rc_law_ops *ops = rc_law_ops_of(law->kind);
    double low, high;
    ops->support(law, &low, &high);
    if (ops->cuts || low >= law->floor_at)
        return 0;
    return high <= law->floor_at ? 1 : ops->tail(law, law->floor_at, false);
}

double rc_law_mean(const rc_law *law)
{
    double mean = rc_law_ops_of(law->kind)->mean(law), below = below_floor(law);
    if (below <= 0)
        return mean;
    if (below >= 1)
        return law->floor_at;
    return mean +
           rc_law_integral(law, below, false, lifted, (double[]){law->floor_at, mean});
}

double rc_law_variance(const rc_law *law)
{
    double variance = rc_law_ops_of(law->kind)->variance(law), below = below_floor(law);
    if (below <= 0)
        return variance;
    if (below >= 1)
        return 0;
    double with[2] = {law->floor_at, rc_law_ops_of(law->kind)->mean(law)};
    double shift = rc_law_integral(law, below, false, lifted, with);
    return variance + rc_law_integral(law, below, false, squared, with) - shift * shift;
}
