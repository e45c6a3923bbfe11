#include "reference_provider.h"
#include <math.h>

static double shows(const reference_provider *p, double quality)
{
    const double seen = quality * p->agreement + (1 - quality) * (1 - p->agreement);
    return fmin(1, fmax(0, seen + p->bias));
}

static double between_none_and_all(double quality)
{
    return quality < 0 ? 0 : quality > 1 ? 1 : quality;
}

reference_diary reference_versions(const reference_provider *p)
{
    reference_diary d = {0};
    double t = 0, busy_until = 0, quality = p->quality;
    for (uint32_t k = 0; k < DIARY; k++) {
        reference_version v = {0};
        v.arrives = t += p->every(p->self, k);
        if (v.arrives >= p->months)
            return d;
        v.shift = p->shift(p->self, k);
        v.price = p->price(p->self, k);
        v.costs = p->costs(p->self, k);
        v.forced = p->forced_uniform(p->self, k) < p->forced;
        const double with = between_none_and_all(quality + v.shift);
        const double shown = shows(p, with);
        const double variance = p->items > 0 ? shown * (1 - shown) / p->items : 0;
        const double seen =
            shown +
            p->retest_normal(p->self, k) * sqrt(variance * 2 * (1 - p->correlate)) -
            shows(p, quality);
        v.in = v.forced || seen >= p->adopted_from;
        if (v.in) {
            v.at = v.arrives + (v.forced ? 0 : p->takes(p->self, k));
            v.at = v.at < busy_until ? busy_until : v.at; /* one after the other */
            busy_until = v.at;
            quality = with;
        }
        d.version[d.n++] = v;
    }
    return d;
}

double reference_shift_at(const reference_diary *d, double t)
{
    double sum = 0;
    for (uint32_t k = 0; k < d->n; k++)
        sum += d->version[k].in && d->version[k].at <= t ? d->version[k].shift : 0;
    return sum;
}

double reference_price_at(const reference_diary *d, double t)
{
    double factor = 1;
    for (uint32_t k = 0; k < d->n; k++)
        if (d->version[k].in && d->version[k].at <= t)
            factor *= fmax(0, 1 + d->version[k].price);
    return factor;
}
