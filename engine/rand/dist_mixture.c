/* dist_mixture.c -- one of several laws, by weight. The quantile is that of the whole,
 * so that a larger word never gives a smaller value. */
#include "rand/law.h"
#include <math.h>

static const char *mixture_wrong(const rc_law *law)
{
    double sum = 0;
    for (uint32_t i = 0; i < law->parts_n; ++i) {
        if (!(law->parts[i].weight > 0))
            return "every weight must be above zero";
        if (rc_law_check(law->parts[i].law, NULL) != RC_OK)
            return "one of its laws is unlawful";
        sum += law->parts[i].weight;
    }
    if (!law->parts_n)
        return "it needs at least one law";
    return fabs(sum - 1) < 1e-9 ? NULL : "the weights must sum to 100 %";
}

static double mixture_tail(const rc_law *law, double x, bool upper)
{
    double sum = 0;
    for (uint32_t i = 0; i < law->parts_n; ++i)
        sum += law->parts[i].weight * rc_law_tail(law->parts[i].law, x, upper);
    return sum < 1 ? sum : 1;
}

static double mixture_quantile(const rc_law *law, double p, bool upper)
{
    double low = INFINITY, high = -INFINITY;
    for (uint32_t i = 0; i < law->parts_n; ++i) {
        const rc_law *part = law->parts[i].law;
        double at = upper ? rc_law_quantile_upper(part, p) : rc_law_quantile(part, p);
        low = fmin(low, at);
        high = fmax(high, at);
    }
    /* The smallest double that is far enough: atoms come out exactly. */
    for (;;) {
        double middle = low + (high - low) / 2;
        if (!(low < middle && middle < high))
            break;
        double tail = mixture_tail(law, middle, upper);
        if (upper ? tail <= p : tail >= p)
            high = middle;
        else
            low = middle;
    }
    double tail = mixture_tail(law, low, upper);
    return (upper ? tail <= p : tail >= p) ? low : high;
}

/* Cutting the whole is cutting every part. */
static rc_law cut_part(const rc_law *law, uint32_t i)
{
    rc_law part = *law->parts[i].law;
    part.floor_at = fmax(part.floor_at, law->floor_at);
    return part;
}

static double mixture_mean(const rc_law *law)
{
    double sum = 0;
    for (uint32_t i = 0; i < law->parts_n; ++i) {
        rc_law part = cut_part(law, i);
        sum += law->parts[i].weight * rc_law_mean(&part);
    }
    return sum;
}

static double mixture_variance(const rc_law *law)
{
    double mean = mixture_mean(law), sum = 0;
    for (uint32_t i = 0; i < law->parts_n; ++i) {
        rc_law part = cut_part(law, i);
        double away = rc_law_mean(&part) - mean;
        sum += law->parts[i].weight * (rc_law_variance(&part) + away * away);
    }
    return sum;
}

static void mixture_support(const rc_law *law, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (uint32_t i = 0; i < law->parts_n; ++i) {
        double from, to;
        const rc_law *part = law->parts[i].law;
        rc_law_ops_of(part->kind)->support(part, &from, &to);
        *low = fmin(*low, fmax(from, part->floor_at));
        *high = fmax(*high, fmax(to, part->floor_at));
    }
}

static bool mixture_continuous(const rc_law *law)
{
    for (uint32_t i = 0; i < law->parts_n; ++i)
        if (!rc_law_continuous(law->parts[i].law))
            return false;
    return true;
}

const rc_law_ops rc_law_mixture = {
    .name = "mixture",
    .wrong = mixture_wrong,
    .quantile = mixture_quantile,
    .tail = mixture_tail,
    .mean = mixture_mean,
    .variance = mixture_variance,
    .support = mixture_support,
    .continuous = mixture_continuous,
    .cuts = true,
};
