/* dist_discrete.c -- laws of atoms: Bernoulli, Poisson, listed values.
 *
 * A quantile is the smallest value x with P(X <= x) >= u, or P(X > x) <= q. */
#include "rand/law.h"
#include <math.h>
#include <roadcast/math.h>

static bool has_atoms(const rc_law *law)
{
    (void)law;
    return false;
}

/* ----------------------------------------------------------------- Bernoulli */

static const char *bernoulli_wrong(const rc_law *law)
{
    return law->p[0] >= 0 && law->p[0] <= 1 ? NULL
                                            : "the chance must lie between 0 and 1";
}

static double bernoulli_quantile(const rc_law *law, double p, bool upper)
{
    return upper ? p < law->p[0] : p > 1 - law->p[0];
}

static double bernoulli_tail(const rc_law *law, double x, bool upper)
{
    double above = x < 0 ? 1 : x < 1 ? law->p[0] : 0;
    return upper ? above : 1 - above;
}

static double bernoulli_mean(const rc_law *law)
{
    return law->p[0] * fmax(1, law->floor_at) +
           (1 - law->p[0]) * fmax(0, law->floor_at);
}

static double bernoulli_variance(const rc_law *law)
{
    double step = fmax(1, law->floor_at) - fmax(0, law->floor_at);
    return law->p[0] * (1 - law->p[0]) * step * step;
}

static void bernoulli_support(const rc_law *law, double *low, double *high)
{
    *low = law->p[0] < 1 ? 0 : 1;
    *high = law->p[0] > 0 ? 1 : 0;
}

const rc_law_ops rc_law_bernoulli = {
    .name = "bernoulli",
    .parameters = 1,
    .wrong = bernoulli_wrong,
    .quantile = bernoulli_quantile,
    .tail = bernoulli_tail,
    .mean = bernoulli_mean,
    .variance = bernoulli_variance,
    .support = bernoulli_support,
    .continuous = has_atoms,
    .cuts = true,
};

/* ------------------------------------------------------------------- Poisson */

static const char *poisson_wrong(const rc_law *law)
{
    return law->p[0] >= 0 && law->p[0] <= 1e6 ? NULL
                                              : "the mean must lie between 0 and 1e6";
}

static double poisson_tail(const rc_law *law, double x, bool upper)
{
    if (x < 0)
        return upper;
    double next = floor(x) + 1; /* P(N < next) is P(Gamma(next) > mean) */
    return upper ? rc_gamma_cdf(law->p[0], next) : rc_gamma_ccdf(law->p[0], next);
}

static bool poisson_reaches(const rc_law *law, double k, double p, bool upper)
{
    double tail = poisson_tail(law, k, upper);
    return upper ? tail <= p : tail >= p;
}

static double poisson_quantile(const rc_law *law, double p, bool upper)
{
    double mean = law->p[0], z = rc_normal_quantile(p);
    double low = -1, high = floor(fmax(0, mean + (upper ? -z : z) * sqrt(mean)));
    for (double step = 1; !poisson_reaches(law, high, p, upper); step *= 2) {
        low = high;
        high += step;
    }
    while (high - low > 1) {
        double middle = floor((low + high) / 2);
        if (poisson_reaches(law, middle, p, upper))
            high = middle;
        else
            low = middle;
    }
    return high;
}

/* A floor f lifts what lies below it, where for m = ceil(f)
 *   E[N; N < f] = lambda P(N < m - 1)
 *   E[N^2; N < f] = lambda^2 P(N < m - 2) + lambda P(N < m - 1) */
static double poisson_mean(const rc_law *law)
{
    double lambda = law->p[0], floor_at = law->floor_at, last = ceil(floor_at) - 1;
    if (floor_at <= 0)
        return lambda;
    return lambda + floor_at * poisson_tail(law, last, false) -
           lambda * poisson_tail(law, last - 1, false);
}

static double poisson_variance(const rc_law *law)
{
    double lambda = law->p[0], floor_at = law->floor_at, last = ceil(floor_at) - 1;
    if (floor_at <= 0)
        return lambda;
    double mean = poisson_mean(law);
    double second = lambda + lambda * lambda +
                    floor_at * floor_at * poisson_tail(law, last, false) -
                    lambda * poisson_tail(law, last - 1, false) -
                    lambda * lambda * poisson_tail(law, last - 2, false);
    return second - mean * mean;
}

static void poisson_support(const rc_law *law, double *low, double *high)
{
    *low = 0;
    *high = law->p[0] > 0 ? INFINITY : 0;
}

const rc_law_ops rc_law_poisson = {
    .name = "poisson",
    .parameters = 1,
    .wrong = poisson_wrong,
    .quantile = poisson_quantile,
    .tail = poisson_tail,
    .mean = poisson_mean,
    .variance = poisson_variance,
    .support = poisson_support,
    .continuous = has_atoms,
    .cuts = true,
};

/* ------------------------------------------------------------- listed values */

static const char *discrete_wrong(const rc_law *law)
{
    double sum = 0;
    for (uint32_t i = 0; i < law->parts_n; ++i) {
        if (!isfinite(law->parts[i].value))
            return "every value must be finite";
        if (!(law->parts[i].weight > 0))
            return "every weight must be above zero";
        sum += law->parts[i].weight;
    }
    if (!law->parts_n)
        return "it needs at least one value";
    return fabs(sum - 1) < 1e-9 ? NULL : "the weights must sum to 100 %";
}

static double discrete_tail(const rc_law *law, double x, bool upper)
{
    double sum = 0;
    for (uint32_t i = 0; i < law->parts_n; ++i)
        if ((law->parts[i].value > x) == upper)
            sum += law->parts[i].weight;
    return sum < 1 ? sum : 1;
}

static double discrete_quantile(const rc_law *law, double p, bool upper)
{
    /* The parts need no order: halve the span of candidates, keeping high lawful. */
    double low, high;
    rc_law_discrete.support(law, &low, &high);
    while (low < high) {
        double middle = low + (high - low) / 2, near = low, next = high;
        if (middle >= high)
            middle = low;
        for (uint32_t i = 0; i < law->parts_n;
             ++i) { /* the values on both sides of it */
            double value = law->parts[i].value;
            if (value <= middle)
                near = fmax(near, value);
            else
                next = fmin(next, value);
        }
        double tail = discrete_tail(law, near, upper);
        if (upper ? tail <= p : tail >= p)
            high = near;
        else
            low = next;
    }
    return high;
}

static double discrete_mean(const rc_law *law)
{
    double sum = 0;
    for (uint32_t i = 0; i < law->parts_n; ++i)
        sum += law->parts[i].weight * fmax(law->parts[i].value, law->floor_at);
    return sum;
}

static double discrete_variance(const rc_law *law)
{
    double mean = discrete_mean(law), sum = 0;
    for (uint32_t i = 0; i < law->parts_n; ++i) {
        double away = fmax(law->parts[i].value, law->floor_at) - mean;
        sum += law->parts[i].weight * away * away;
    }
    return sum;
}

static void discrete_support(const rc_law *law, double *low, double *high)
{
    *low = *high = law->parts[0].value;
    for (uint32_t i = 1; i < law->parts_n; ++i) {
        *low = fmin(*low, law->parts[i].value);
        *high = fmax(*high, law->parts[i].value);
    }
}

const rc_law_ops rc_law_discrete = {
    .name = "discrete",
    .wrong = discrete_wrong,
    .quantile = discrete_quantile,
    .tail = discrete_tail,
    .mean = discrete_mean,
    .variance = discrete_variance,
    .support = discrete_support,
    .continuous = has_atoms,
    .cuts = true,
};
