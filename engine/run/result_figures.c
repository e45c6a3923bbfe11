/* result_figures.c -- what charts need beyond the answer, so that they can be drawn
 * without simulating. */
#include "run/result.h"
#include "run/tuning.h"
#include "stats/sample.h"
#include <math.h>
#include <string.h>

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
    int32_t first = INT32_MAX, last = INT32_MIN;
    double finish;
    uint64_t times;
    rc_fold_walk look = rc_fold_values(&m->fold, RC_WATCH_FINISH, m->values),
                 again = look;
    while (rc_fold_next(&look, &finish, &times)) {
        if (isinf(finish)) {
            r->finish_histogram.never += times;
            continue;
        }
        int32_t date = rc_result_finish_date(r, finish);
        first = date < first ? date : first;
        last = date > last ? date : last;
    }
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
    while (rc_fold_next(&again, &finish, &times))
        if (!isinf(finish))
            counts[(rc_result_finish_date(r, finish) - from) / week] += times;
    r->finish_histogram.edges = edges;
    r->finish_histogram.counts = counts;
    r->finish_histogram.n = (uint32_t)n;
}

static void cost_histogram(rc_making *m)
{
    enum { BARS = 30 };
    double low = INFINITY, high = -INFINITY, cost;
    uint64_t times;
    rc_fold_walk look = rc_fold_values(&m->fold, RC_WATCH_COST, m->values),
                 again = look;
    while (rc_fold_next(&look, &cost, &times)) {
        low = fmin(low, cost);
        high = fmax(high, cost);
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
    while (rc_fold_next(&again, &cost, &times)) {
        uint32_t at = (uint32_t)((cost - from) / step);
        counts[at < n ? at : n - 1] += times;
    }
    m->r->cost_histogram = (rc_histogram){edges, counts, n, 0};
}

enum { DAYS = RC_MAP_DAYS, TARGETS = RC_MAP_TARGETS, TARGET_ASKED = RC_MAP_ASKED };

/* Fortnights around the deadline (or the median), longer steps where dates spread widely. */
static void hit_map_days(const rc_result *r, const rc_spread *finish, double *days)
{
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
static void hit_map_targets(const rc_result *r, const rc_spread *truth, double *targets)
{
    double reach = rc_spread_at(r, truth, 90) - rc_spread_at(r, truth, 10);
    double by = nice(fmax(reach / 3.0, 1e-6 * fabs(r->target.value)));
    if (r->target.unit && r->target.unit[0] == '%' && by < 0.005)
        by = 0.005;
    double sign = r->target.up ? 1.0 : -1.0;
    for (int i = 0; i < TARGETS; i++)
        targets[i] =
            floor((r->target.value + sign * (i - TARGET_ASKED) * by) * 1e9 + 0.5) / 1e9;
}

void rc_make_map(rc_making *m, const rc_spread *finish, const rc_spread *truth)
{
    rc_map_counts *map = &m->fold.map;
    hit_map_days(m->r, finish, map->days);
    hit_map_targets(m->r, truth, map->targets);
    map->given = true;
}

/* Whoever launches by a date launches by later ones, and meets all easier targets. */
static void hit_map_chance(const rc_making *m, rc_share *chance)
{
    uint64_t sum[TARGETS + 1][DAYS + 1] = {{0}};
    for (int t = TARGETS - 1; t >= 0; t--)
        for (int d = 0; d < DAYS; d++) {
            sum[t][d + 1] =
                m->fold.map.cells[t][d] + sum[t + 1][d + 1] + sum[t][d] - sum[t + 1][d];
            chance[t * DAYS + d] = rc_wilson(sum[t][d + 1], m->y->futures);
        }
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
            if (map->chance[t * DAYS + d].p >= r->verdict.confidence && away < best) {
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
    if (m->fold.exact && r->verdict.has_target && r->finish_launched.n > 0) {
        rc_make_map(m, &r->finish_launched, &r->metrics[0].true_value);
        rc_fold_map(&m->fold);
    }
    if (!m->fold.map.given)
        return;
    double *days = rc_making_take(m, DAYS, sizeof *days);
    double *targets = rc_making_take(m, TARGETS, sizeof *targets);
    rc_share *chance = rc_making_take(m, DAYS * TARGETS, sizeof *chance);
    if (m->failed)
        return;
    memcpy(days, m->fold.map.days, DAYS * sizeof *days);
    memcpy(targets, m->fold.map.targets, TARGETS * sizeof *targets);
    hit_map_chance(m, chance);
    map->days = days;
    map->targets = targets;
    map->chance = chance;
    map->days_n = DAYS;
    map->targets_n = TARGETS;
    hit_map_marks(map, r);
}

void rc_make_dots(rc_making *m)
{
    const rc_window *w = m->y->window;
    rc_dot *dot = rc_making_take(m, RC_DOTS, sizeof *dot);
    if (m->failed)
        return;
    uint32_t n = 0;
    for (uint64_t i = 0; i < w->n && n < RC_DOTS; i++)
        dot[n++] = (rc_dot){w->samples[RC_SAMPLE_FINISH][i],
                            w->samples[RC_SAMPLE_COST][i], w->outcome[i] == RC_REACHED};
    m->r->dots = dot;
    m->r->dots_n = n;
}

void rc_make_figures(rc_making *m)
{
    for (int late = 0; late < 2; late++)
        for (int over = 0; over < 2; over++)
            m->r->quarters[late][over] =
                (double)m->fold.quarter[late][over] / (double)m->y->futures;
    finish_histogram(m);
    if (!m->failed)
        cost_histogram(m);
    if (!m->failed)
        hit_map(m);
}
