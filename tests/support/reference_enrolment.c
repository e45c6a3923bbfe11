#include "reference_enrolment.h"
#include <math.h>

double reference_panel(int panel, double errs, double correlate, double *reads)
{
    double wrong = 0, tied = 0;
    for (uint32_t votes = 0; votes < 1U << panel; votes++) {
        double chance = 1;
        int against = 0;
        for (int i = 0; i < panel; i++) {
            const int errs_here = votes >> i & 1;
            chance *= errs_here ? errs : 1 - errs;
            against += errs_here;
        }
        wrong += 2 * against > panel ? chance : 0;
        tied += 2 * against == panel ? chance : 0;
    }
    *reads = panel + (1 - correlate) * tied;
    return correlate * errs + (1 - correlate) * (wrong + tied * errs);
}

static double people_by(const reference_study *s, double day)
{
    double people = 0;
    for (uint32_t i = 0; i < s->sites; i++)
        if (day > s->opens[i])
            people += s->recruits[i] * (day - s->opens[i]);
    return people;
}

/* P(Poisson(mean) < n), in logarithms where it is small. */
static double fewer(double mean, double n)
{
    double sum = 0;
    for (double k = 0; k < n; k++)
        sum += exp(k * log(mean) - mean - lgamma(k + 1));
    return sum;
}

/* x at which P(Gamma(n) <= x) = 1 - P(Poisson(x) < n) is u. */
static double wait_for(double n, double u)
{
    double low = 0, high = n + 20 * sqrt(n) + 50;
    for (int i = 0; i < 200; i++) {
        const double middle = (low + high) / 2;
        if (1 - fewer(middle, n) < u)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

static double poisson(double u, double mean)
{
    double k = 0;
    while (mean > 0 && fewer(mean, k + 1) < u)
        k++;
    return k;
}

static double binomial(double u, double n, double p)
{
    double sum = 0;
    if (!(p > 0))
        return 0; /* nobody came yet */
    for (double k = 0; k < n; k++) {
        sum += exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) +
                   (n - k) * log1p(-p));
        if (sum >= u)
            return k;
    }
    return n;
}

reference_cases reference_enrol(const reference_study *s)
{
    reference_cases out = {0};
    double reads[2] = {0, 0};
    if (s->panel) {
        out.panel_misses =
            reference_panel(s->panel, s->missed, s->correlate, &reads[0]);
        out.panel_alarms =
            reference_panel(s->panel, s->false_alarms, s->correlate, &reads[1]);
    }
    const double q = s->prevalence, stays = 1 - s->drop_out;
    const double called = q * (1 - out.panel_misses) + (1 - q) * out.panel_alarms;
    const double share[2] = {stays * called, stays * (1 - called)};
    double needed[2] = {0, 0}, people = 0;
    for (int k = 0; k < 2; k++) {
        if (s->wanted[k] > 0)
            needed[k] = wait_for(s->wanted[k], s->wait[k]) / share[k];
        people = fmax(people, needed[k]);
    }
    double low = 0, high = 1;
    while (people_by(s, high) < people)
        high *= 2;
    for (int i = 0; i < 200; i++) {
        const double middle = (low + high) / 2;
        if (people_by(s, middle) < people)
            low = middle;
        else
            high = middle;
    }
    double days = high;
    if (days > s->limit) {
        days = s->limit;
        people = people_by(s, days);
    }
    for (int k = 0; k < 2; k++)
        out.cases[k] =
            needed[k] <= people * (1 + 1e-12)
                ? s->wanted[k] +
                      poisson(s->more[k], share[k] * fmax(0, people - needed[k]))
                : binomial(s->more[k], s->wanted[k] - 1, people / needed[k]);
    out.lost = poisson(s->lost, s->drop_out * people);
    out.days = days * s->slower;
    const double usable = out.cases[0] + out.cases[1];
    out.cost = (usable + out.lost) * s->cost_per_person +
               usable * (q * reads[0] + (1 - q) * reads[1]) * s->cost_per_read;
    for (uint32_t i = 0; i < s->sites; i++) {
        if (s->opens[i] <= days)
            out.cost += s->site_cost[i];
        out.weight[i] = people > 0 && days > s->opens[i]
                            ? s->recruits[i] * (days - s->opens[i]) / people
                            : 0;
    }
    return out;
}
