#include "reference_serving.h"
#include <math.h>
#include <stdlib.h>

static int by_time(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Users who have come, summed from 0 to t. */
static double users(const reference_serving *s, double t)
{
    const double ramp = s->adopted_after;
    if (t < ramp)
        return s->adoption * t * t / (2 * ramp);
    return s->adoption * (t - ramp / 2);
}

double reference_serving_cost(const reference_serving *s, double from, double until)
{
    double moment[512] = {from, until};
    uint32_t n = 2;
    for (int i = 0; i < 256; i++) {
        const double border = i + ceil(s->since + from) - s->since;
        if (border > from && border < until)
            moment[n++] = border;
    }
    for (uint32_t k = 0; s->diary && k < s->diary->n; k++)
        if (s->diary->version[k].in && s->diary->version[k].at > from &&
            s->diary->version[k].at < until)
            moment[n++] = s->diary->version[k].at;
    qsort(moment, n, sizeof *moment, by_time);
    double sum = 0;
    for (uint32_t i = 0; i + 1 < n; i++) {
        const double a = moment[i], b = moment[i + 1], middle = (a + b) / 2;
        const double grown = pow(1 + s->growth, floor(s->since + middle));
        const double factor = s->diary ? reference_price_at(s->diary, middle) : 1;
        sum += s->requests * grown * (users(s, b) - users(s, a)) * factor;
    }
    return sum * s->tokens * s->price / 1e6;
}
