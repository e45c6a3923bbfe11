#include "reference_safety.h"
#include <math.h>
#include <stdbool.h>

uint32_t reference_poisson(double mean, double u)
{
    double sum = 0;
    for (uint32_t k = 0;; k++) {
        sum += mean > 0 ? exp(k * log(mean) - mean - lgamma(k + 1.0)) : k == 0;
        if (sum >= u || k > 100 + 20 * mean)
            return k;
    }
}

uint32_t reference_binomial(uint32_t n, double p, double u)
{
    double sum = 0;
    for (uint32_t k = 0; k < n; k++) {
        const double ways = lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0);
        const double never = k == 0 ? 0 : k * log(p);
        sum += exp(ways + never + (n - k) * log1p(-p));
        if (sum >= u)
            return k;
    }
    return n;
}

/* Fixers take problems off a pile, whoever is free, as time goes by. */
static double pile_done(const reference_team *team, uint32_t first, uint32_t n)
{
    double left[64] = {0}, now = 0; /* work that each fixer still has in hand */
    uint32_t taken = 0;
    for (;;) {
        double soonest = INFINITY;
        for (uint32_t f = 0; f < team->fixers; f++) {
            if (left[f] <= 0 && taken < n)
                left[f] = team->fix_takes(team->self, first + taken++);
            if (left[f] > 0)
                soonest = fmin(soonest, left[f]);
        }
        if (soonest == INFINITY && taken == n)
            return now;
        now += soonest;
        for (uint32_t f = 0; f < team->fixers; f++)
            left[f] = left[f] > soonest * (1 + 1e-12) ? left[f] - soonest : 0;
    }
}

reference_findings reference_safety(const reference_team *team)
{
    reference_findings out = {.rounds = team->rounds_before,
                              .fixes = team->fixes_before};
    out.problems = reference_poisson(team->expected, team->problems_uniform);
    out.left = team->hidden + out.problems;
    bool clean = false, first = true;
    while (!clean && (first || out.days < team->most_days)) {
        const uint32_t k = out.rounds++;
        out.days += team->round_takes(team->self, k);
        out.cost += team->round_costs(team->self, k);
        const uint32_t found = reference_binomial(out.left, team->finds,
                                                  team->found_uniform(team->self, k));
        clean = found == 0;
        if (!clean)
            out.days += pile_done(team, out.fixes, found);
        out.fixes += found;
        out.left += reference_binomial(found, team->brings_new,
                                       team->new_uniform(team->self, k));
        out.left -= found;
        first = false;
    }
    out.days *= team->slower;
    return out;
}
