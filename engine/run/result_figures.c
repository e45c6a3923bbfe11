/* result_figures.c -- what charts need beyond the answer, so that they can be drawn
 * without simulating. */
#include "run/result.h"
#include "run/tuning.h"
#include <math.h>

/* 1, 2, 2.5 or 5 times a power of ten, at least x. */
static double nice(double x)
{
    static const double steps[] = {1, 2, 2.5, 5, 10};
    double ten = 1.0;
    if (!(x > 0) || isinf(x))
        return 1.0;
    while (ten * 10.0 <= x)
        ten *= 10.0;
    while (ten > x)
        ten /= 10.0;
    for (int i = 0; i < 5; i++)
        if (steps[i] * ten >= x * (1 - 1e-12))
            return steps[i] * ten;
    return 10.0 * ten;
}

/* Weeks of dates of finish; one edge is the day after the deadline, so that no bar is
 * both in time and late. */
static void finish_histogram(rc_making *m)
{
    enum { BARS = 40 };
    rc_result *r = m->r;
    const double *finish = m->y->samples[RC_SAMPLE_FINISH];
    int32_t first = INT32_MAX, last = INT32_MIN;
    uint64_t never = 0;
    for (uint64_t i = 0; i < m->y->futures; i++) {
        if (isinf(finish[i])) {
            never++;
            continue;
        }
        int32_t date = rc_result_finish_date(r, finish[i]);
        first = date < first ? date : first;
        last = date > last ? date : last;
    }
    r->finish_histogram.never = never;
    if (first > last)
        return;
    int32_t anchor =
        (r->deadline_date != RC_DATE_NONE ? r->deadline_date : r->start_date - 1) + 1;
    int64_t week = 7, from, n;
    for (;; week *= 2) {
        from = anchor + (int64_t)floor((double)(first - anchor) / (double)week) * week;
        n = (last - from) / week + 1;
        if (n <= BARS)
            break;
    }
    double *edges = rc_making_take(m, (size_t)n + 1, sizeof *edges);
    uint64_t *counts = rc_making_take(m, (size_t)n, sizeof *counts);
    if (m->failed)
        return;
    for (int64_t i = 0; i <= n; i++)
        edges[i] = (double)(from + i * week);
    for (uint64_t i = 0; i < m->y->futures; i++)
        if (!isinf(finish[i]))
            counts[(rc_result_finish_date(r, finish[i]) - from) / week]++;
    r->finish_histogram.edges = edges;
    r->finish_histogram.counts = counts;
    r->finish_histogram.n = (uint32_t)n;
}

static void cost_histogram(rc_making *m)
{
    enum { BARS = 30 };
    const double *cost = m->y->samples[RC_SAMPLE_COST];
    double low = INFINITY, high = -INFINITY;
    for (uint64_t i = 0; i < m->y->futures; i++) {
        low = fmin(low, cost[i]);
        high = fmax(high, cost[i]);
    }
    double step = nice((high - low) / BARS);
    double from = floor(low / step) * step;
    uint32_t n = (uint32_t)((high - from) / step) + 1;
    double *edges = rc_making_take(m, n + 1u, sizeof *edges);
    uint64_t *counts = rc_making_take(m, n, sizeof *counts);
    if (m->failed)
        return;
    for (uint32_t i = 0; i <= n; i++)
        edges[i] = from + i * step;
    for (uint64_t i = 0; i < m->y->futures; i++) {
        uint32_t at = (uint32_t)((cost[i] - from) / step);
        counts[at < n ? at : n - 1]++;
    }
    m->r->cost_histogram = (rc_histogram){edges, counts, n, 0};
}

enum { DAYS = 9, TARGETS = 7, TARGET_ASKED = 4 };

/* Fortnights around the deadline (or the median), longer steps where dates spread widely. */
static void hit_map_days(const rc_result *r, double *days)
{
    const rc_spread *finish = &r->finish_launched;
    int32_t low = rc_result_finish_date(r, rc_spread_at(r, finish, 10));
    int32_t middle = rc_result_finish_date(r, rc_spread_at(r, finish, 50));
    int32_t high = rc_result_finish_date(r, rc_spread_at(r, finish, 90));
    int32_t centre = r->verdict.has_deadline ? r->deadline_date : middle, from = centre;
    int32_t step = high - low > 240 ? 56 : high - low > 120 ? 28 : 14;
    /* begin so that the deadline is on the grid and the middle of the futures inside */
    while (from > middle - 3 * step)
        from -= step;
    while (from + step <= middle - 3 * step)
        from += step;
    if (from > centre)
        from = centre;
    if (from + (DAYS - 1) * step < centre)
        from = centre - (DAYS - 1) * step;
    for (int i = 0; i < DAYS; i++)
        days[i] = rc_calendar_evening(&r->owner_->calendar, from + i * step);
}

/* Round steps around the target asked for, the easiest first. */
static void hit_map_targets(const rc_result *r, double *targets)
{
    const rc_spread *truth = &r->metrics[0].true_value;
    double reach = rc_spread_at(r, truth, 90) - rc_spread_at(r, truth, 10);
    double by = nice(fmax(reach / 3.0, 1e-6 * fabs(r->target.value)));
    if (r->target.unit && r->target.unit[0] == '%' && by < 0.005)
        by = 0.005;
    double sign = r->target.up ? 1.0 : -1.0;
    for (int i = 0; i < TARGETS; i++)
        targets[i] =
            floor((r->target.value + sign * (i - TARGET_ASKED) * by) * 1e9 + 0.5) / 1e9;
}

static void hit_map_chance(const rc_making *m, const double *days,
                           const double *targets, double *chance)
{
    const rc_tally *y = m->y;
    const rc_result *r = m->r;
    for (uint64_t i = 0; i < y->futures; i++) {
        double finish = y->samples[RC_SAMPLE_FINISH][i],
               value = y->samples[rc_sample_true(0)][i];
        if (isinf(finish) || isnan(value) || !rc_others_met(m, i))
            continue;
        for (int t = 0; t < TARGETS; t++) {
            if (!rc_reaches(value, targets[t], r->target.up))
                break;
            for (int d = DAYS - 1; d >= 0 && finish <= days[d] + 1e-9; d--)
                chance[t * DAYS + d] += 1.0;
        }
    }
    for (int i = 0; i < DAYS * TARGETS; i++)
        chance[i] /= (double)y->futures;
}

/* The promise, and the cell nearest to it at the wanted confidence: fewest steps, rather
 * later than lower. */
static void hit_map_marks(rc_hit_map *map, const rc_result *r)
{
    for (uint32_t d = 0; d < DAYS; d++)
        if (r->verdict.has_deadline && map->days[d] == r->deadline_days) {
            map->promise_day = d;
            map->promise_target = TARGET_ASKED;
        }
    double best = INFINITY;
    uint32_t at_day = map->promise_day == UINT32_MAX ? 3 : map->promise_day;
    for (uint32_t t = 0; t < TARGETS; t++)
        for (uint32_t d = 0; d < DAYS; d++) {
            double away =
                fabs((double)d - at_day) + 1.01 * fabs((double)t - TARGET_ASKED);
            if (map->chance[t * DAYS + d] >= r->verdict.confidence && away < best) {
                best = away;
                map->nearest_day = d;
                map->nearest_target = t;
            }
        }
}

/* Chance of launching truly at each of some targets by each of some dates. */
static void hit_map(rc_making *m)
{
    rc_result *r = m->r;
    rc_hit_map *map = &r->hit_map;
    map->promise_day = map->promise_target = map->nearest_day = map->nearest_target =
        UINT32_MAX;
    if (!r->verdict.has_target || r->finish_launched.n == 0)
        return;
    double *days = rc_making_take(m, DAYS, sizeof *days);
    double *targets = rc_making_take(m, TARGETS, sizeof *targets);
    double *chance = rc_making_take(m, DAYS * TARGETS, sizeof *chance);
    if (m->failed)
        return;
    hit_map_days(r, days);
    hit_map_targets(r, targets);
    hit_map_chance(m, days, targets, chance);
    map->days = days;
    map->targets = targets;
    map->chance = chance;
    map->days_n = DAYS;
    map->targets_n = TARGETS;
    hit_map_marks(map, r);
}

static void dots(rc_making *m)
{
    const rc_tally *y = m->y;
    rc_dot *dot = rc_making_take(m, RC_DOTS, sizeof *dot);
    if (m->failed)
        return;
    uint32_t n = 0;
    for (uint64_t i = 0; i < y->futures && n < RC_DOTS; i++)
        dot[n++] = (rc_dot){y->samples[RC_SAMPLE_FINISH][i],
                            y->samples[RC_SAMPLE_COST][i], y->outcome[i] == RC_REACHED};
    m->r->dots = dot;
    m->r->dots_n = n;
}

void rc_make_figures(rc_making *m)
{
    finish_histogram(m);
    if (!m->failed)
        cost_histogram(m);
    if (!m->failed)
        hit_map(m);
    if (!m->failed)
        dots(m);
}
