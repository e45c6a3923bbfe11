/* One search in one future: an event loop over the tries that run. */
#include "search.h"
#include <math.h>

/* As in base/units.h, which a model may not include. */
#define WORKDAYS_PER_WEEK 5.0
#define WORKDAYS_PER_MONTH 21.75

#define NO_LEVER UINT32_MAX
#define CLOSE 1e-12 /* two ways to compute the same share differ by less */

static double uniform(const rc_step *step, uint32_t quantity, uint32_t index,
                      uint32_t lane)
{
    return rc_uniform(rc_word(step, quantity, index, lane));
}

static double normal(const rc_step *step, uint32_t quantity, uint32_t index,
                     uint32_t lane)
{
    return rc_normal_quantile(uniform(step, quantity, index, lane));
}

static double seed_sd(const rc_search_plan *b, const rc_step *step, uint32_t lane)
{
    const rc_estimate *e = &b->s->seed_sd;
    if (!b->share && e->origin == RC_DEFAULT)
        return 0.0; /* the default is in points */
    return rc_row_or(step, e, lane, 0.0);
}

/* A try that does not work leaves e where it was: the test set errs as before. */
static double measure(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                      rc_search *s, double e, double seed, double pair_z)
{
    const double truth = rc_search_mirror(b, e);
    if (e != s->tested) {
        const uint32_t index = rc_test_index(b->s->fresh_test, step->round, false);
        s->tested = e;
        s->off =
            rc_test_error(&s->test, truth, rc_word(step, b->test_set, index, lane));
    }
    return rc_measured_off(&s->test, truth, s->off, seed, pair_z);
}

static double aim(const rc_search_plan *b, const rc_step *step, uint32_t lane)
{
    return rc_row_or(step, &b->s->aim, lane, b->target);
}

bool rc_search_at_aim(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                      double measured)
{
    const double wanted = aim(b, step, lane);
    if (isnan(wanted))
        return false;
    return b->up ? measured >= wanted - CLOSE : measured <= wanted + CLOSE;
}

/* ------------------------------------------------------------ before the tries */

/* The error that the ceiling leaves.  Without a stated one, the distance to the target
 * is stretched by LN(m, .5), m such that the target is reachable with the chance
 * wanted. */
static double draw_floor(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                         double e)
{
    const rc_estimate *stated = rc_experiments_ceiling(b->s);
    if (stated)
        return fmin(rc_search_mirror(b, rc_row(step, stated)[lane]), e);
    const double wanted = isnan(b->target) ? aim(b, step, lane) : b->target;
    if (isnan(wanted))
        return fmin(0.0, e);
    const rc_lever_plan *only = b->levers;
    double reach = rc_row(step, &b->s->reachable)[lane];
    if (b->s->levers.n == 0 && !only->worked_before)
        reach = rc_belief_feasible(reach, only->so_far_fail);
    reach = fmin(fmax(reach, 1e-9), 1.0 - 1e-9); /* "100 %": as good as certain */
    const double stretch =
        rc_exp(0.5 * (rc_normal_quantile(reach) + normal(step, b->ceiling, 0, lane)));
    const double floor = e - fabs(e - rc_search_mirror(b, wanted)) * stretch;
    return b->share ? fmax(floor, 0.0) : floor;
}

void rc_search_curve(const rc_search_plan *b, double e, double floor, double exponent,
                     double *q, double *c)
{
    const rc_learning_curve *curve = b->s->learning_curve;
    if (b->fit) {
        rc_learning_solve(b->fit, floor, q, c);
        return;
    }
    const rc_curve_point today = {curve->labels_now, e};
    const bool measured = curve->points.n > 0;
    *c = exponent;
    *q = rc_pow3_scale(measured ? b->errors : &today, measured ? curve->points.n : 1,
                       floor, exponent);
}

/* What more labels take from the error. */
static double labels_gain(const rc_search *s, double labels)
{
    const double now = rc_pow3(s->labels, 0.0, s->q, s->c);
    const double then = rc_pow3(s->labels + labels, 0.0, s->q, s->c);
    return (now - then) * s->surprise;
}

/* The learning curve of this future, from the model of labels_now on. */
static void draw_curve(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                       rc_search *s)
{
    const rc_learning_curve *curve = b->s->learning_curve;
    double exponent = NAN;
    if (curve->exponent.given)
        exponent = rc_row(step, &curve->exponent)[lane];
    else if (!b->fit)
        exponent = rc_learning_exponent(uniform(step, b->exponent, 0, lane));
    rc_search_curve(b, s->e, s->floor, exponent, &s->q, &s->c);
    s->surprise =
        rc_learning_surprise_of(&b->surprise_law, uniform(step, b->surprise, 0, lane));
    s->labels = curve->labels_now;
}

/* The labels that have come since today's model; counted: an earlier search has them in
 * its model. */
static void begin_curve(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                        rc_search *s, bool counted)
{
    if (!b->s->learning_curve)
        return;
    const double labels = rc_labels_there(&b->labels, step, lane, step->start[lane]);
    s->joined = labels;
    if (!(labels > 0.0 || b->data_lever))
        return;
    draw_curve(b, step, lane, s);
    if (!counted)
        s->e = fmax(s->e - labels_gain(s, labels), s->floor);
    s->labels += labels;
}

/* What has come by working time t and is not in the kept model: it is trained again with
 * that, and measured on the same test set. */
static bool join_labels(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                        rc_search *s, double t)
{
    if (b->labels.n == 0)
        return false;
    const double there = rc_labels_there(&b->labels, step, lane, t);
    const double more = there - s->joined;
    if (!(more > 0.0))
        return false;
    if (!(s->labels > 0.0))
        draw_curve(b, step, lane, s);
    const double before = measure(b, step, lane, s, s->e, s->seed, 0.0);
    s->e = fmax(s->e - labels_gain(s, more), s->floor);
    s->labels += more;
    s->joined = there;
    s->measured += measure(b, step, lane, s, s->e, s->seed, 0.0) - before;
    return true;
}

/* When the next source of labels has finished; INFINITY: none is under way. */
static double labels_come(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                          double t)
{
    return b->labels.n == 0 ? INFINITY : rc_labels_next(&b->labels, step, lane, t);
}

static void begin_lever(const rc_lever_plan *p, const rc_step *step, uint32_t lane,
                        rc_lever_state *v)
{
    const rc_lever *lever = p->lever;
    double works = 1.0; /* labels come for certain; fatigue says the rest */
    if (lever->works.given)
        works = rc_row(step, &lever->works)[lane];
    else if (rc_lever_is_judged(lever))
        works =
            rc_belief_quantile(p->prior, 0.0, 0.0, uniform(step, p->works, 0, lane));
    if (p->p_row != UINT32_MAX)
        step->row[p->p_row][lane] = works;
    if (lever->reachable.given && !p->worked_before) {
        const double pi =
            rc_belief_feasible(rc_row(step, &lever->reachable)[lane], p->so_far_fail);
        if (!(uniform(step, p->feasible, 0, lane) < pi))
            works = 0.0;
    }
    v->p = works;
}

void rc_search_begin(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                     rc_search *s)
{
    s->begun = true;
    s->first_start = step->start[lane];
    const double before = step->row[b->metric][lane]; /* of an earlier search, if any */
    s->e = rc_search_mirror(b, isnan(before) ? rc_row(step, &b->s->baseline)[lane]
                                             : before);
    s->floor =
        fmin(draw_floor(b, step, lane, s->e) + step->row[b->systematic][lane], s->e);
    begin_curve(b, step, lane, s, !isnan(before));
    s->e_start = s->e;
    s->seed = seed_sd(b, step, lane) * normal(step, b->seed, 0, lane);
    s->test = rc_test_set_of(b->s, b->by, step, lane);
    s->tested = NAN;
    s->measured = measure(b, step, lane, s, s->e, s->seed, 0.0);
    for (uint32_t i = 0; i < b->levers_n; i++)
        begin_lever(b->levers + i, step, lane, s->lever + i);
}

/* -------------------------------------------------------------- the next lever */

/* When all that the lever needs has finished; INFINITY: not known. */
static double available(const rc_lever_plan *p, const rc_step *step, uint32_t lane)
{
    double from = -INFINITY;
    for (uint32_t i = 0; i < p->lever->needs.n; i++) {
        if (p->needs[i] == UINT32_MAX)
            return INFINITY;
        const double finish = step->row[p->needs[i]][lane];
        if (isnan(finish))
            return INFINITY;
        from = fmax(from, finish);
    }
    return from;
}

static double known(const double *table, const rc_lever_plan *p, uint32_t index)
{
    return table[index < p->known ? index : p->known];
}

/* Expected gain per day of the next try, from what has been measured so far; works:
 * E[p] of the team, or a value drawn from its belief. */
static double promise(const rc_lever_plan *p, const rc_lever_state *v, double works)
{
    const double anything = v->kept ? 1.0 : known(p->anything, p, v->ended);
    return anything * works * known(p->again, p, (uint32_t)v->ended + v->running) *
           known(p->shrink, p, v->kept) * p->gain_per_day;
}

static double believed(const rc_lever_plan *p, const rc_lever_state *v)
{
    return rc_belief_mean(p->prior, v->kept, known(p->exposure, p, v->ended));
}

static double imagined(const rc_lever_plan *p, const rc_lever_state *v,
                       const rc_step *step, uint32_t lane, uint32_t index)
{
    return rc_belief_quantile(p->prior, v->kept, known(p->exposure, p, v->ended),
                              uniform(step, p->thompson, index, lane));
}

/* May a try of this lever start at time `now`?  Else *wake is when it may, if sooner.
 */
static bool may_start(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                      const rc_search *s, uint32_t l, double now, double *wake)
{
    const rc_lever_plan *p = b->levers + l;
    const rc_lever_state *v = s->lever + l;
    if ((uint32_t)v->ended + v->running >= p->most)
        return false;
    const double from = available(p, step, lane) - step->start[lane];
    if (from > now) {
        *wake = fmin(*wake, from);
        return false;
    }
    return true;
}

static uint32_t by_score(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                         const rc_search *s, const bool *may)
{
    double most = -INFINITY;
    uint32_t best = NO_LEVER;
    for (uint32_t l = 0; l < b->levers_n; l++) {
        if (!may[l])
            continue;
        const rc_lever_plan *p = b->levers + l;
        const rc_lever_state *v = s->lever + l;
        const double works = b->s->policy == RC_THOMPSON
                                 ? imagined(p, v, step, lane, s->starts)
                                 : believed(p, v);
        const double score = promise(p, v, works);
        if (score > most) {
            most = score;
            best = l;
        }
    }
    return best;
}

static uint32_t by_weight(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                          const rc_search *s, const bool *may)
{
    double sum = 0.0;
    for (uint32_t l = 0; l < b->levers_n; l++)
        sum += may[l] ? b->levers[l].lever->weight : 0.0;
    double left = sum * uniform(step, b->choice, s->starts, lane);
    uint32_t last = NO_LEVER;
    for (uint32_t l = 0; l < b->levers_n; l++) {
        const double weight = may[l] ? b->levers[l].lever->weight : 0.0;
        if (weight <= 0.0)
            continue;
        last = l;
        if (left < weight)
            break;
        left -= weight;
    }
    return last;
}

static uint32_t in_turn(const rc_search_plan *b, uint32_t from, const bool *may)
{
    for (uint32_t i = 0; i < b->levers_n; i++) {
        const uint32_t l = (from + i) % b->levers_n;
        if (may[l])
            return l;
    }
    return NO_LEVER;
}

/* Nothing worth trying is left: of all levers that may start, the best promises less
 * than the threshold. */
static bool hopeless(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                     const rc_search *s, const bool *may)
{
    if (!b->s->give_up_below.given)
        return false;
    const double per_month = rc_row(step, &b->s->give_up_below)[lane];
    for (uint32_t l = 0; l < b->levers_n; l++)
        if (may[l] && promise(b->levers + l, s->lever + l,
                              believed(b->levers + l, s->lever + l)) *
                              WORKDAYS_PER_MONTH >=
                          per_month)
            return false;
    return true;
}

/* The lever of the next try, NO_LEVER: none for now; *wake: when one comes within
 * reach. */
static uint32_t choose(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                       const rc_search *s, uint32_t running, uint32_t failures,
                       double now, double *wake)
{
    bool may[RC_LEVERS_MAX], any = false;
    *wake = INFINITY;
    if ((int64_t)s->tries + running >= b->most_tries ||
        s->cost >= rc_row_or(step, &b->s->budget, lane, INFINITY) ||
        (b->s->failures_in_a_row > 0 && failures >= b->s->failures_in_a_row))
        return NO_LEVER;
    for (uint32_t l = 0; l < b->levers_n; l++) {
        may[l] = may_start(b, step, lane, s, l, now, wake);
        any |= may[l];
    }
    if (!any || hopeless(b, step, lane, s, may))
        return NO_LEVER;
    switch ((rc_policy)b->s->policy) {
    case RC_IN_ORDER:
        return in_turn(b, 0, may);
    case RC_ROUND_ROBIN:
        return in_turn(b, s->turn, may);
    case RC_WEIGHTED:
        return by_weight(b, step, lane, s, may);
    case RC_BEST_GAIN_PER_DAY:
    case RC_THOMPSON:
        break;
    }
    return by_score(b, step, lane, s, may);
}

/* ---------------------------------------------------------------------- a try */

typedef struct running_try {
    uint32_t lever, k;
    double start, end, cost;
} running_try;

static running_try start_try(const rc_search_plan *b, const rc_step *step,
                             uint32_t lane, rc_search *s, uint32_t l, double now)
{
    const rc_lever_plan *p = b->levers + l;
    rc_lever_state *v = s->lever + l;
    const uint32_t k = ++v->number;
    v->running++;
    s->starts++;
    s->turn = (l + 1) % b->levers_n;
    const uint32_t takes_at = p->takes == &p->lever->try_takes ? k : p->each + k;
    const uint32_t hours_at = p->hours == &p->lever->gpu_hours ? k : p->each + k;
    const double days =
        fmax(rc_each(step, p->takes, takes_at, lane), 0.0) * step->slower[lane];
    const double cost = p->hours ? rc_each(step, p->hours, hours_at, lane) *
                                       p->repeats * b->rate_per_hour
                                 : 0.0;
    s->cost += cost;
    return (running_try){l, k, now, now + days, cost};
}

static double draw_gain(const rc_lever_plan *p, const rc_step *step, uint32_t lane,
                        uint32_t k)
{
    if (p->lever->gain.given)
        return rc_each(step, &p->lever->gain, k, lane);
    if (p->lever->log_gain.given)
        return rc_each(step, &p->lever->log_gain, k, lane);
    return p->typical_gain * rc_exp(RC_GAIN_SIGMA * normal(step, p->gain, k, lane));
}

/* The error of the kept model after one more success of this lever; labels: what a data
 * lever brings. */
static double improve(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                      const rc_search *s, const running_try *t, double floor,
                      double labels)
{
    const rc_lever_plan *p = b->levers + t->lever;
    if (p->lever->labels.given)
        return fmax(s->e - labels_gain(s, labels), floor);
    const double gain = draw_gain(p, step, lane, t->k);
    const double shrink =
        rc_pow(s->lever[t->lever].successes, -rc_row(step, &b->s->gains_shrink)[lane]);
    const double excess = s->e - floor, room = s->e_start - floor;
    if (!p->in_points)
        return floor + excess * rc_exp(-gain * shrink);
    return room > 0.0 ? s->e - fmin(gain, room) * (excess / room) * shrink : s->e;
}

static double crash_chance(const rc_lever_plan *p, const rc_step *step, uint32_t lane)
{
    const rc_lever *lever = p->lever;
    if (lever->crash.given)
        return rc_row(step, &lever->crash)[lane];
    if (lever->works.given || lever->labels.given)
        return 0.0;
    return 0.01 + 0.09 * uniform(step, p->crash, 0, lane);
}

/* The k-th try of a lever is a success: its own word, whenever it is made. */
static bool works(const rc_lever_plan *p, const rc_lever_state *v, const rc_step *step,
                  uint32_t lane, uint32_t k)
{
    const double decay = rc_row_or(step, &p->lever->decay, lane, 1.0);
    const double again = p->lever->fatigue ? rc_fatigue((double)(k - 1))
                                           : rc_pow(decay, (double)(k - 1));
    return uniform(step, p->success, k, lane) < v->p * again;
}

uint32_t rc_search_luck(const rc_lever_plan *p, const rc_lever_state *v,
                        const rc_step *step, uint32_t lane)
{
    uint32_t n = 0;
    for (uint32_t k = 1; k <= p->most && k <= RC_LUCK_TRIES; k++)
        n += works(p, v, step, lane, k);
    return n;
}

/* Whether the try is kept: its measured value beats that of the model kept now. */
static bool end_try(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                    rc_search *s, const running_try *t)
{
    const rc_lever_plan *p = b->levers + t->lever;
    rc_lever_state *v = s->lever + t->lever;
    v->running--;
    v->ended++;
    s->tries++;
    const double crash = crash_chance(p, step, lane);
    const bool crashed = crash > 0.0 && uniform(step, p->crash, t->k, lane) < crash;
    const bool success = !crashed && works(p, v, step, lane, t->k);
    if (!step->verdict_only && s->barren != UINT32_MAX) {
        rc_next_try(&b->next, step, lane, s->barren, success);
        s->barren = success ? UINT32_MAX : s->barren + 1;
    }
    if (crashed)
        return false;

    double e = s->e, floor = s->floor, labels = 0.0;
    if (success) {
        v->successes++;
        if (!v->raised) {
            floor -= rc_row_or(step, &p->lever->raises_ceiling, lane, 0.0);
            floor = b->share ? fmax(floor, fmin(s->floor, 0.0)) : floor;
        }
        if (p->lever->labels.given)
            labels = rc_each(step, &p->lever->labels, t->k, lane);
        e = improve(b, step, lane, s, t, floor, labels);
    }
    const double seed =
        seed_sd(b, step, lane) * p->seed_scale * normal(step, p->seed, t->k, lane);
    const double measured =
        measure(b, step, lane, s, e, seed, normal(step, p->pair, t->k, lane));
    if (!(b->up ? measured > s->measured : measured < s->measured))
        return false;
    v->kept++;
    v->gained += s->e - e;
    v->raised |= floor < s->floor;
    s->e = e;
    s->floor = floor;
    s->labels += labels;
    s->measured = measured;
    s->seed = seed;
    return true;
}

/* ----------------------------------------------------------------- the search */

/* The kept model from this moment on, in the weeks of figures.search. */
static void record(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                   const rc_search *s, double now)
{
    if (!b->first || step->verdict_only)
        return;
    const double value = rc_search_mirror(b, s->e);
    const double wanted = isnan(b->target) ? aim(b, step, lane) : b->target;
    const bool there = b->up ? value >= wanted - CLOSE : value <= wanted + CLOSE;
    const double week =
        ceil((step->start[lane] + now - s->first_start) / WORKDAYS_PER_WEEK - CLOSE);
    for (double w = fmax(week, 0.0); w < RC_SEARCH_WEEKS; w += 1.0) {
        step->row[b->best_row + (uint32_t)w][lane] = value;
        if (b->reached_row != UINT32_MAX)
            step->row[b->reached_row + (uint32_t)w][lane] = there ? 1.0 : 0.0;
    }
}

/* What still runs at the end is dropped: the share that it ran is paid. */
static void drop(rc_search *s, const running_try *t, double now)
{
    s->lever[t->lever].running--;
    const double days = t->end - t->start;
    if (days > 0.0)
        s->cost -= t->cost * (t->end - now) / days;
}

static uint32_t first_to_end(const running_try *run, uint32_t n)
{
    uint32_t first = 0;
    for (uint32_t i = 1; i < n; i++)
        if (run[i].end < run[first].end)
            first = i;
    return first;
}

double rc_search_run(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                     rc_search *s, double limit)
{
    running_try run[RC_AT_ONCE_MAX]; /* in the order of their starts */
    uint32_t n = 0, failures = 0;
    const double start = step->start[lane];
    double now = 0.0;
    join_labels(b, step, lane, s, start);
    record(b, step, lane, s, now);
    if (!(limit > 0.0))
        return now;
    double labels = labels_come(b, step, lane, start);
    while (!rc_search_at_aim(b, step, lane, s->measured)) {
        double wake = INFINITY;
        while (n < (uint32_t)b->s->at_once) {
            const uint32_t l = choose(b, step, lane, s, n, failures, now, &wake);
            if (l == NO_LEVER)
                break;
            run[n++] = start_try(b, step, lane, s, l, now);
        }
        if (n == (uint32_t)b->s->at_once)
            wake = INFINITY; /* no free place: only an end brings news */
        const uint32_t next = first_to_end(run, n);
        const double end = n > 0 ? run[next].end : INFINITY;
        const double come = fmin(wake, labels - start);
        if (n == 0 && (isinf(come) || come > limit))
            break; /* nothing runs, nothing can be tried in time, no labels come */
        if (fmin(end, come) > limit) {
            now = limit;
            break;
        }
        if (labels - start <= fmin(end, wake)) {
            now = labels - start;
            if (join_labels(b, step, lane, s, labels))
                record(b, step, lane, s, now);
            labels = labels_come(b, step, lane, labels);
            continue;
        }
        now = fmin(end, wake);
        if (wake < end)
            continue;
        const running_try ended = run[next];
        for (uint32_t i = next + 1; i < n; i++)
            run[i - 1] = run[i];
        n--;
        if (end_try(b, step, lane, s, &ended)) {
            failures = 0;
            record(b, step, lane, s, now);
        } else
            failures++;
    }
    for (uint32_t i = 0; i < n; i++)
        drop(s, run + i, now);
    return now;
}
