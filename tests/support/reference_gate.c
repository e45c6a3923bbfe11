#include "reference_gate.h"
#include <math.h>

double reference_test(double truth, double n, double u, double r, double seed, double z)
{
    if (n <= 0)
        return truth + seed;
    /* what is 12 deviations below the mean has no chance to speak of */
    double right = fmax(floor(n * truth - 12 * sqrt(n * truth * (1 - truth))), 0);
    double term = exp(lgamma(n + 1) - lgamma(right + 1) - lgamma(n - right + 1) +
                      right * log(truth) + (n - right) * log1p(-truth));
    double sum = term;
    while (sum < u && right < n) { /* smallest number whose chance, summed, reaches u */
        term *= (n - right) / (right + 1) * truth / (1 - truth);
        right += 1;
        sum += term;
    }
    const double variance = truth * (1 - truth) / n; /* of two results: 2 (1 - r) */
    return right / n + seed + z * sqrt(2 * variance - 2 * r * variance);
}

static bool meets(char sign, double value, double limit)
{
    switch (sign) {
    case '<':
        return value < limit;
    case '>':
        return value > limit;
    case 'l':
        return value <= limit + 1e-12;
    default:
        return value >= limit - 1e-12;
    }
}

/* The truth, below (or above) what was measured, from which that is z deviations away. */
static double as_far_away(double measured, double n, double z, bool below)
{
    const double share = fmin(fmax(measured, 0), 1);
    double near = share, far = below ? 0 : 1;
    for (int i = 0; i < 200; i++) {
        const double p = (near + far) / 2;
        if (fabs(share - p) < z * sqrt(p * (1 - p) / n))
            near = p;
        else
            far = p;
    }
    return (near + far) / 2;
}

static bool is_met(const reference_need *need)
{
    if (need->judged)
        return need->lets_pass;
    if (need->sure_z == 0)
        return meets(need->sign, need->measured, need->limit);
    const bool low = need->sign == '>' || need->sign == 'g';
    return meets(need->sign,
                 as_far_away(need->measured, need->cases, need->sure_z, low),
                 need->limit);
}

reference_passing reference_gate(const reference_need *needs, int n, double chance,
                                 double u)
{
    reference_passing out = {.failed_on = -1, .proved = true};
    bool truly_on_all = true;
    for (int i = n - 1; i >= 0; i--) { /* the first that fails is named: asked last */
        const reference_need *need = &needs[i];
        const bool met = is_met(need), asks_truth = need->has_truth || need->sure_z > 0;
        const bool truly = meets(need->sign, need->truth, need->limit);
        if (!met)
            out.failed_on = i;
        if (asks_truth && truly && !met)
            out.false_no_go = true;
        if (asks_truth && !truly)
            truly_on_all = false;
        if (need->sure_z > 0 && !met)
            out.proved = false;
    }
    if (out.failed_on < 0 && !isnan(chance) && u >= chance)
        out.failed_on = n;
    out.false_go = out.failed_on < 0 && !truly_on_all;
    return out;
}
