#include "reference_value.h"
#include <math.h>
#include <stdlib.h>

/* Quality of today's model in the middle of the calendar month that t lies in. */
static double todays_quality(const reference_value *v, double t)
{
    const double middle = floor(t) + 0.5;
    double lost = 0;
    if (!isnan(v->loses))
        lost = v->loses * middle;
    else if (!isnan(v->tau))
        lost = v->today * v->floor_below * (1 - exp(-middle / v->tau));
    const double q = v->up ? v->today - lost : v->today + lost;
    return q < 0 ? 0 : q;
}

static double worth_of(const reference_value *v, const reference_segment *s,
                       double average)
{
    const double q = average + s->above;
    if (s->asks && (v->up ? q < s->needs : q > s->needs))
        return 0;
    if (!v->rated)
        return s->share;
    const double f = (q - v->nothing) / (v->at - v->nothing);
    return f > 0 ? s->share * f : 0;
}

static double of_product(const reference_value *v, uint32_t s, double t)
{
    if (t < v->launch)
        return 0;
    return worth_of(v, &v->segment[s], v->online[(int)floor(t - v->launch)]);
}

static double of_today(const reference_value *v, uint32_t s, double t)
{
    return isnan(v->today) ? 0 : worth_of(v, &v->segment[s], todays_quality(v, t));
}

static double who_has_it(const reference_value *v, double t)
{
    if (t < v->launch || v->wrong_problem)
        return 0;
    const double since = t - v->launch;
    return v->adoption * (since >= v->adopted_after ? 1 : since / v->adopted_after);
}

bool reference_is_served(const reference_value *v, uint32_t s, double t)
{
    const bool has = t >= v->launch && !v->wrong_problem && v->adoption > 0;
    return (has ? of_product(v, s, t) : of_today(v, s, t)) > 0;
}

static double segment_flow(const reference_value *v, uint32_t s, double t)
{
    const double a = who_has_it(v, t);
    const double volume = pow(1 + v->segment[s].growth, floor(t));
    const double rest = t < v->rival_at ? 1 : 1 - v->rival_takes;
    return v->per_month * volume * rest *
           (a * of_product(v, s, t) + (1 - a) * of_today(v, s, t));
}

static double spending(const reference_value *v, double t)
{
    return t < v->launch ? 0 : v->spent[(int)floor(t - v->launch)];
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef enum part { NET, ONE_SEGMENT } part;

/* Between two neighbouring moments the flow is a straight line: two points inside tell
 * its sum. */
static double sum(const reference_value *v, part of, uint32_t s, double from,
                  double until, bool discounted)
{
    double at[3 * REFERENCE_MONTHS + 4], total = 0;
    uint32_t n = 0;
    for (uint32_t i = 0; i <= (uint32_t)ceil(v->horizon); i++) {
        at[n++] = i;
        at[n++] = v->launch + i;
    }
    at[n++] = v->launch + v->adopted_after;
    at[n++] = v->rival_at;
    at[n++] = from;
    at[n++] = until;
    qsort(at, n, sizeof *at, ascending);
    for (uint32_t i = 0; i + 1 < n; i++) {
        if (at[i] < from || at[i + 1] > until || !(at[i + 1] - at[i] > 1e-12))
            continue;
        const double length = at[i + 1] - at[i];
        for (int side = 1; side <= 3; side += 2) {
            const double t = at[i] + length * side / 4;
            double flow = 0;
            for (uint32_t k = 0; k < v->segments_n; k++)
                if (of == NET || k == s)
                    flow += segment_flow(v, k, t);
            if (of == NET)
                flow -= spending(v, t);
            total += flow * length / 2 *
                     (discounted ? pow(1 + v->discount, -floor(t) / 12) : 1);
        }
    }
    return total;
}

double reference_npv(const reference_value *v)
{
    return sum(v, NET, 0, 0, v->horizon, true) - v->sunk;
}

double reference_today_alone(const reference_value *v)
{
    reference_value other = *v;
    other.launch = INFINITY;
    return sum(&other, NET, 0, 0, v->horizon, true);
}

double reference_segment_brings(const reference_value *v, uint32_t s)
{
    return sum(v, ONE_SEGMENT, s, 0, v->horizon, true);
}

double reference_month(const reference_value *v, uint32_t i)
{
    return sum(v, NET, 0, i, fmin(i + 1.0, v->horizon), false);
}

double reference_todays_month(const reference_value *v, uint32_t i)
{
    reference_value other = *v;
    other.launch = INFINITY;
    return reference_month(&other, i);
}
