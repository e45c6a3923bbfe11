#include "run/fold.h"
#include "run/tuning.h"
#include <math.h>
#include <string.h>

/* ------------------------------------------------------------------- running */

void rc_running_add(rc_running *r, double x)
{
    double off = x - r->mean;
    r->mean += off / (double)++r->n;
    r->squares += off * (x - r->mean);
}

double rc_running_error(const rc_running *r)
{
    double n = (double)r->n;
    return r->n > 1 ? RC_Z95 * sqrt(r->squares / ((n - 1) * n)) : NAN;
}

/* ------------------------------------------------------------------- watched */

bool rc_on_time(const rc_result *r, double finish)
{
    return finish <= r->deadline_days + 1e-9;
}

/* Whether a future truly meets all targets but the first. */
static bool others_met(const rc_fold *f, uint64_t i)
{
    bool met = true;
    for (uint32_t t = 1; t < f->r->targets_n; t++)
        met &= rc_target_met(&f->r->targets[t],
                             f->y->window->samples[rc_sample_true(t)][i]);
    return met;
}

static double fallback(const rc_fold *f, uint64_t i, double by)
{
    const rc_window *w = f->y->window;
    double finish = w->samples[RC_SAMPLE_FINISH][i],
           truth = w->samples[rc_sample_true(0)][i];
    bool counts =
        !isinf(finish) && !isnan(truth) && others_met(f, i) && finish <= by + 1e-9;
    return !counts ? INFINITY : f->r->target.up ? -truth : truth;
}

uint32_t rc_fold_take(const rc_fold *f, rc_watched what, uint64_t from, uint64_t until,
                      double *out)
{
    const rc_window *w = f->y->window;
    const double *finish = w->samples[RC_SAMPLE_FINISH];
    const bool target = f->r->verdict.has_target;
    uint32_t n = 0;
    switch (what) {
    case RC_WATCH_FINISH:
        memcpy(out, finish + from, (until - from) * sizeof *out);
        return (uint32_t)(until - from);
    case RC_WATCH_COST:
        memcpy(out, w->samples[RC_SAMPLE_COST] + from, (until - from) * sizeof *out);
        return (uint32_t)(until - from);
    case RC_WATCH_PROMISE:
        for (uint64_t i = from; i < until; i++)
            out[n++] = target && w->outcome[i] != RC_REACHED ? INFINITY : finish[i];
        return n;
    case RC_WATCH_FALLBACK:
        for (uint64_t i = from; i < until && target; i++)
            out[n++] = fallback(f, i, f->r->deadline_days);
        return n;
    case RC_WATCH_LATER:
        for (uint64_t i = from; i < until && target && !isnan(f->later); i++)
            out[n++] = fallback(f, i, f->later);
        return n;
    case RC_WATCH_LAUNCHED:
        for (uint64_t i = from; i < until; i++)
            if (!isinf(finish[i]))
                out[n++] = finish[i];
        return n;
    default: { /* the targets' samples stand in the same order */
        const double *sample = w->samples[RC_SAMPLES_FIRST + (what - RC_WATCHES_FIRST)];
        for (uint64_t i = from; i < until; i++)
            if (!isinf(finish[i]) && !isnan(sample[i]))
                out[n++] = sample[i];
        return n;
    }
    }
}

/* A finish within this of an evening is that evening's (rc_calendar_finish_date); it must
 * not cross into the next bin, which may be the next day. */
static const double same_evening = 1e-9;

static bool pile_up(rc_fold *f, rc_watched what)
{
    rc_pile *pile = &f->piles[what];
    double values[RC_LANES];
    for (uint64_t from = 0; from < f->y->window->n; from += RC_LANES) {
        uint64_t until = from + RC_LANES;
        until = until < f->y->window->n ? until : f->y->window->n;
        uint32_t n = rc_fold_take(f, what, from, until, values);
        rc_moments_add(&pile->moments, values, n);
        for (uint32_t i = 0; i < n && what <= RC_WATCH_PROMISE; i++)
            values[i] -= same_evening;
        if (!rc_bins_add(&pile->bins, values, n))
            return false;
    }
    return true;
}

rc_fold_walk rc_fold_values(const rc_fold *f, rc_watched what, double *scratch)
{
    rc_fold_walk walk = {.fold = f, .what = what, .values = scratch};
    if (f->exact)
        walk.n = rc_fold_take(f, what, 0, f->y->window->n, scratch);
    else
        walk.bins.bins = &f->piles[what].bins;
    return walk;
}

bool rc_fold_next(rc_fold_walk *walk, double *value, uint64_t *count)
{
    if (!walk->fold->exact) {
        bool found = rc_bins_next(&walk->bins);
        *value = walk->bins.high;
        *count = walk->bins.count;
        return found;
    }
    if (walk->next == walk->n)
        return false;
    *value = walk->values[walk->next++];
    *count = 1;
    return true;
}

/* -------------------------------------------------------------------- counts */

static void count(rc_fold *f)
{
    const rc_window *w = f->y->window;
    const rc_verdict *v = &f->r->verdict;
    for (uint64_t i = 0; i < w->n; i++) {
        double finish = w->samples[RC_SAMPLE_FINISH][i],
               cost = w->samples[RC_SAMPLE_COST][i];
        bool launch = !isinf(finish), in_time = launch && rc_on_time(f->r, finish);
        bool paid = cost <= f->r->budget;
        bool reached = w->outcome[i] == RC_REACHED;
        f->launch += launch;
        f->deadline += in_time;
        f->budget += paid;
        f->quarter[v->has_deadline && !in_time][!paid]++;
        f->stopped += !launch && !isinf(w->stop[i]);
        if (v->has_target) {
            f->target += reached;
            f->not_possible += w->outcome[i] == RC_NOT_POSSIBLE;
            f->not_found += w->outcome[i] == RC_NOT_FOUND;
        }
        f->all += launch && (!v->has_deadline || in_time) && (!v->has_budget || paid) &&
                  (!v->has_target || reached);
        for (uint32_t t = 0; t < f->r->targets_n; t++)
            f->targets[t] += launch && rc_target_met(&f->r->targets[t],
                                                     w->samples[rc_sample_true(t)][i]);
    }
}

static void blame(rc_fold *f)
{
    const rc_window *w = f->y->window;
    const rc_plan *plan = f->y->plan;
    for (uint64_t i = 0; i < w->n && plan->causes_n; i++) {
        if (w->cause[i] == 0)
            continue;
        uint32_t cause = w->cause[i] - 1u;
        rc_running_add(&f->sunk[cause], w->samples[RC_SAMPLE_COST][i]);
        if (cause < plan->loops_n)
            f->needs[256 * (size_t)cause + w->need[i]]++;
    }
}

static void sum_blocks(rc_fold *f)
{
    const rc_window *w = f->y->window;
    const rc_plan *plan = f->y->plan;
    for (uint64_t b = 0; b * RC_LANES < w->n; b++) {
        const rc_paid *paid = &w->kinds[b * plan->cost_kinds_n];
        for (uint32_t k = 0; k < plan->cost_kinds_n; k++) {
            f->kinds[k].sum += paid[k].sum;
            f->kinds[k].squares += paid[k].squares;
        }
        for (uint32_t t = 0; t < plan->nodes_n; t++)
            f->critical[t] += w->critical[b * plan->nodes_n + t];
    }
}

/* A future counts in the last row of targets that it meets, easiest first, and in the
 * first column of days. */
void rc_fold_map(rc_fold *f)
{
    const rc_window *w = f->y->window;
    rc_map_counts *map = &f->map;
    for (uint64_t i = 0; i < w->n; i++) {
        double finish = w->samples[RC_SAMPLE_FINISH][i],
               value = w->samples[rc_sample_true(0)][i];
        if (isinf(finish) || isnan(value) || !others_met(f, i))
            continue;
        uint32_t met = 0, day = 0;
        while (met < RC_MAP_TARGETS &&
               rc_reaches(value, map->targets[met], f->r->target.up))
            met++;
        while (day < RC_MAP_DAYS && finish > map->days[day] + 1e-9)
            day++;
        if (met > 0 && day < RC_MAP_DAYS)
            map->cells[met - 1][day]++;
    }
}

bool rc_fold_later(rc_fold *f)
{
    return pile_up(f, RC_WATCH_LATER);
}

/* ---------------------------------------------------------------- life cycle */

static uint32_t watches_of(const rc_plan *plan)
{
    return rc_watch_true(plan->goals.targets_n);
}

bool rc_fold_make(rc_fold *out, const rc_tally *y, const rc_result *r,
                  rc_arena *scratch)
{
    const rc_plan *plan = y->plan;
    rc_fold f = {.y = y,
                 .r = r,
                 .exact = y->futures <= y->window->room,
                 .later = NAN,
                 .watches_n = watches_of(plan)};
    const size_t targets_n = plan->goals.targets_n, loops_n = plan->loops_n;
    f.targets = rc_arena_alloc(scratch, targets_n, sizeof *f.targets);
    f.sunk = rc_arena_alloc(scratch, plan->causes_n, sizeof *f.sunk);
    f.needs = rc_arena_alloc(scratch, 256 * loops_n, sizeof *f.needs);
    f.kinds = rc_arena_alloc(scratch, plan->cost_kinds_n, sizeof *f.kinds);
    f.critical = rc_arena_alloc(scratch, plan->nodes_n, sizeof *f.critical);
    bool whole = f.targets && f.sunk && f.needs && f.kinds && f.critical;
    if (f.exact) {
        f.first_finish = y->window->samples[RC_SAMPLE_FINISH];
    } else {
        f.piles = rc_arena_alloc(scratch, f.watches_n, sizeof *f.piles);
        f.first_finish = rc_arena_alloc(scratch, y->detail, sizeof *f.first_finish);
        whole &= f.piles && f.first_finish;
    }
    *out = f;
    return whole;
}

void rc_fold_free(rc_fold *f)
{
    for (uint32_t i = 0; f->piles && i < f->watches_n; i++)
        rc_bins_free(&f->piles[i].bins);
}

/* Columns spread over eight powers of two; that of wider ones grows by 32 KiB each. */
double rc_fold_bytes(const rc_plan *plan, uint64_t futures)
{
    const double page = 32768.0;
    if (futures <= RC_EXACT_FUTURES)
        return 0;
    return watches_of(plan) * 9 * page + RC_DETAIL_FUTURES * 8.0;
}

bool rc_fold_window(rc_fold *f, uint32_t threads)
{
    const rc_window *w = f->y->window;
    bool whole = true;
    if (!f->exact && w->first == 0 && f->y->detail > 0)
        memcpy(f->first_finish, w->samples[RC_SAMPLE_FINISH],
               f->y->detail * sizeof *f->first_finish);
    sum_blocks(f);
    blame(f);
    if (f->exact) {
        count(f);
        return true;
    }
    int64_t jobs = (int64_t)f->watches_n + 1;
#pragma omp parallel for schedule(dynamic, 1) num_threads((int)threads) reduction(&& : whole)
    for (int64_t i = 0; i < jobs; i++) {
        if (i == 0)
            count(f);
        else
            whole = pile_up(f, (rc_watched)(i - 1)) && whole;
    }
    return whole;
}
