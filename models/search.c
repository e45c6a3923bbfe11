/* One search in one future: an event loop over the tries that run. */
#include "approach.h"
#include "choice.h"
#include <math.h>

#define WORKDAYS_PER_WEEK 5.0 /* as in base/units.h, which a model may not include */
#define CLOSE 1e-12           /* weeks */

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
                      const rc_search *s, rc_kept *m, double e, double seed,
                      double pair_z)
{
    const double truth = rc_search_mirror(b, e);
    if (e != m->tested) {
        const uint32_t index = rc_test_index(b->s->fresh_test, step->round, false);
        m->tested = e;
        m->off =
            rc_test_error(&s->test, truth, rc_word(step, b->test_set, index, lane));
    }
    return rc_measured_off(&s->test, truth, m->off, seed, pair_z);
}

/* The kept model is trained again on what has come, to an error of e, and measured with
 * the luck that it had. */
static void train_again(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                        const rc_search *s, rc_kept *m, double e)
{
    const double before = measure(b, step, lane, s, m, m->e, m->seed, 0.0);
    m->e = e;
    m->measured += measure(b, step, lane, s, m, e, m->seed, 0.0) - before;
}

static double aim(const rc_search_plan *b, const rc_step *step, uint32_t lane)
{
    return rc_row_or(step, &b->s->aim, lane, b->target);
}

bool rc_search_at_aim(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                      double measured)
{
    return rc_reaches(measured, aim(b, step, lane), b->up); /* never an unknown one */
}

bool rc_search_done(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                    const rc_search *s)
{
    const rc_kept *m = rc_search_best(s);
    return m->built && rc_search_at_aim(b, step, lane, m->measured) &&
           (b->also.limits_n == 0 ||
            !(rc_also_breach(&b->also, step, lane, s->at, NULL, 0) > 0.0));
}

/* ------------------------------------------------------------ before the tries */

/* The error that the ceiling leaves.  Without a stated one, the distance to the target
 * is stretched by LN(m, .5), m such that the target is reachable with the chance
 * wanted. */
static double draw_floor(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                         uint32_t approach, double e)
{
    const rc_estimate *stated = rc_approach_ceiling(b->s, approach);
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
static double labels_gain(const rc_search *s, const rc_kept *m, double labels)
{
    const double now = rc_pow3(s->labels, 0.0, m->q, m->c);
    const double then = rc_pow3(s->labels + labels, 0.0, m->q, m->c);
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
    for (uint32_t a = 0; a < b->approaches_n; a++) {
        rc_kept *m = &s->kept[a];
        rc_search_curve(b, m->e, m->floor, exponent, &m->q, &m->c);
    }
    s->surprise =
        rc_learning_surprise_of(&b->surprise_law, uniform(step, b->surprise, 0, lane));
    s->labels = curve->labels_now;
}

/* Where labels alone would bring today's model. */
static void show_curve(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                       const rc_search *s)
{
    const rc_kept *m = rc_search_best(s);
    rc_learning_figure_fill(b->shown, step, lane,
                            &(rc_learning_future){
                                .e = m->e,
                                .floor = m->floor,
                                .q = m->q,
                                .c = m->c,
                                .surprise = s->surprise,
                                .labels = step->row[b->labels.all][lane],
                            });
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
    if (b->shown && !counted && !step->verdict_only)
        show_curve(b, step, lane, s);
    for (uint32_t a = 0; a < b->approaches_n && !counted; a++) {
        rc_kept *m = &s->kept[a];
        m->e = fmax(m->e - labels_gain(s, m, labels), m->floor);
    }
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
    for (uint32_t a = 0; a < b->approaches_n; a++) {
        rc_kept *m = &s->kept[a];
        train_again(b, step, lane, s, m,
                    fmax(m->e - labels_gain(s, m, more), m->floor));
    }
    s->labels += more;
    s->joined = there;
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

/* The model of each approach before anything has come or worked; before: what an earlier
 * search has made of the metric, NAN: none. */
static void begin_models(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                         rc_search *s, double before)
{
    for (uint32_t a = 0; a < b->approaches_n; a++) {
        rc_kept *m = &s->kept[a];
        const rc_estimate *baseline = rc_approach_baseline(b->s, a);
        const bool own = baseline != &b->s->baseline;
        m->e = rc_search_mirror(b, own || isnan(before) ? rc_row(step, baseline)[lane]
                                                        : before);
        m->floor = fmin(
            draw_floor(b, step, lane, a, m->e) + step->row[b->systematic][lane], m->e);
    }
}

size_t rc_search_size(const void *settings)
{
    uint32_t levers;
    rc_experiments_levers(settings, &levers);
    return sizeof(rc_search) + rc_approaches_n(settings) * sizeof(rc_kept) +
           levers * sizeof(rc_lever_state);
}

void rc_search_begin(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                     rc_search *s)
{
    s->begun = true;
    s->kept = (rc_kept *)(s + 1);
    s->lever = (rc_lever_state *)(s->kept + b->approaches_n);
    s->first_start = step->start[lane];
    const double before = step->row[b->metric][lane]; /* of an earlier search, if any */
    bool counted = !isnan(before);
    if (b->searched != UINT32_MAX) { /* else it may be what another search did to it */
        counted = step->row[b->searched][lane] > 0.0;
        step->row[b->searched][lane] = 1.0;
    }
    begin_models(b, step, lane, s, before);
    begin_curve(b, step, lane, s, counted);
    s->test = rc_test_set_of(b->s, &b->by, step, lane);
    for (uint32_t a = 0; a < b->approaches_n; a++) {
        rc_kept *m = &s->kept[a];
        m->e_start = m->e;
        m->seed = seed_sd(b, step, lane) * normal(step, b->first_seed[a], 0, lane);
        m->tested = NAN;
        m->measured = measure(b, step, lane, s, m, m->e, m->seed, 0.0);
    }
    s->kept[0].built = b->todays_ships;
    for (uint32_t i = 0; i < b->levers_n; i++)
        begin_lever(b->levers + i, step, lane, s->lever + i);
}

/* ---------------------------------------------------------------------- a try */

typedef struct running_try {
    uint32_t approach, lever, k;
    double start, end, cost;
} running_try;

static running_try start_try(const rc_search_plan *b, const rc_step *step,
                             uint32_t lane, rc_search *s, uint32_t a, uint32_t l,
                             double now)
{
    const rc_lever_plan *p = b->levers + l;
    rc_lever_state *v = s->lever + l;
    const uint32_t k = ++v->number;
    v->running++;
    s->kept[a].begun++;
    s->starts++;
    s->turn = (l + 1) % b->levers_n;
    const rc_estimate *takes = p->takes[a], *hours = p->hours[a];
    const uint32_t takes_at = takes == &p->lever->try_takes ? k : p->each + k;
    const uint32_t hours_at = hours == &p->lever->gpu_hours ? k : p->each + k;
    const double days =
        fmax(rc_each(step, takes, takes_at, lane), 0.0) * step->slower[lane];
    const double cost =
        hours ? rc_each(step, hours, hours_at, lane) * p->repeats * b->rate_per_hour
              : 0.0;
    s->cost += cost;
    return (running_try){a, l, k, now, now + days, cost};
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

/* What a success brings, drawn before anybody knows on which model it shows. */
typedef struct advance {
    double gain, shrink; /* s^-gamma */
    double labels;       /* of a data lever */
    double raise;        /* of the ceiling, by its first kept one */
} advance;

static advance draw_advance(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                            const rc_search *s, const running_try *t)
{
    const rc_lever_plan *p = b->levers + t->lever;
    const rc_lever_state *v = s->lever + t->lever;
    advance it = {0};
    if (!v->raised)
        it.raise = rc_row_or(step, &p->lever->raises_ceiling, lane, 0.0);
    if (p->lever->labels.given) {
        it.labels = rc_each(step, &p->lever->labels, t->k, lane);
        return it;
    }
    it.gain = draw_gain(p, step, lane, t->k);
    it.shrink = v->successes == 1
                    ? 1.0
                    : rc_pow(v->successes, -rc_row(step, &b->s->gains_shrink)[lane]);
    return it;
}

static double raised(const rc_search_plan *b, const rc_kept *m, double raise)
{
    const double floor = m->floor - raise;
    return b->share ? fmax(floor, fmin(m->floor, 0.0)) : floor;
}

/* The error of a kept model after one more success of this lever, under its floor. */
static double improve(const rc_lever_plan *p, const rc_search *s, const rc_kept *m,
                      const advance *it, double floor)
{
    if (p->lever->labels.given)
        return fmax(m->e - labels_gain(s, m, it->labels), floor);
    const double excess = m->e - floor, room = m->e_start - floor;
    if (!p->in_points)
        return floor + excess * rc_exp(-it->gain * it->shrink);
    return room > 0.0 ? m->e - fmin(it->gain, room) * (excess / room) * it->shrink
                      : m->e;
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
    const rc_estimate *decay = &p->lever->decay;
    double again = 1.0;
    if (p->lever->fatigue)
        again = rc_fatigue((double)(k - 1));
    else if (decay->given)
        again = rc_pow(rc_row(step, decay)[lane], (double)(k - 1));
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

/* What worked on one approach works on the others: their models are trained again. */
static void share(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                  rc_search *s, const running_try *t, const advance *it)
{
    const rc_lever_plan *p = b->levers + t->lever;
    for (uint32_t a = 0; a < b->approaches_n; a++) {
        rc_kept *m = &s->kept[a];
        if (a == t->approach || p->approach != RC_ALL_APPROACHES)
            continue;
        const double floor = raised(b, m, it->raise);
        train_again(b, step, lane, s, m, improve(p, s, m, it, floor));
        m->floor = floor;
    }
}

/* Whether a try that measured so is kept: it beats the kept model, and takes no other
 * metric (further) beyond its limit; or it brings one that is there back, at the aim. */
static bool keeps(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                  const rc_search *s, const running_try *t, bool success,
                  double measured)
{
    const double was = s->kept[t->approach].measured;
    const bool beats = b->up ? measured > was : measured < was;
    if (b->also.limits_n == 0)
        return beats;
    const rc_effects *more = success ? &b->levers[t->lever].lever->also : NULL;
    const double now = rc_also_breach(&b->also, step, lane, t->approach, NULL, 0);
    const double then = rc_also_breach(&b->also, step, lane, t->approach, more, t->k);
    if (then > now)
        return false;
    return beats || (then < now && rc_search_at_aim(b, step, lane, measured));
}

/* Whether the try is kept. */
static bool end_try(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                    rc_search *s, const running_try *t)
{
    const rc_lever_plan *p = b->levers + t->lever;
    rc_lever_state *v = s->lever + t->lever;
    rc_kept *m = &s->kept[t->approach];
    v->running--;
    v->ended++;
    s->tries++;
    m->barren++;
    const double crash = crash_chance(p, step, lane);
    const bool crashed = crash > 0.0 && uniform(step, p->crash, t->k, lane) < crash;
    const bool success = !crashed && works(p, v, step, lane, t->k);
    if (!step->verdict_only && s->barren != UINT32_MAX) {
        rc_next_try(&b->next, step, lane, s->barren, success);
        s->barren = success ? UINT32_MAX : s->barren + 1;
    }
    if (crashed)
        return false;

    m->built = true;
    double e = m->e, floor = m->floor;
    advance it = {0};
    if (success) {
        v->successes++;
        it = draw_advance(b, step, lane, s, t);
        floor = raised(b, m, it.raise);
        e = improve(p, s, m, &it, floor);
    }
    const double seed =
        seed_sd(b, step, lane) * p->seed_scale * normal(step, p->seed, t->k, lane);
    const double measured =
        measure(b, step, lane, s, m, e, seed, normal(step, p->pair, t->k, lane));
    if (!keeps(b, step, lane, s, t, success, measured))
        return false;
    v->kept++;
    v->gained += m->e - e;
    v->raised |= floor < m->floor;
    m->e = e;
    m->floor = floor;
    m->measured = measured;
    m->seed = seed;
    m->barren = 0;
    if (success && b->approaches_n > 1)
        share(b, step, lane, s, t, &it);
    if (success && b->also.n > 0)
        rc_also_keep(&b->also, step, lane,
                     p->approach == RC_ALL_APPROACHES ? b->approaches_n : p->approach,
                     &p->lever->also, t->k);
    s->labels += it.labels;
    return true;
}

/* ----------------------------------------------------------------- the search */

/* The kept model from this moment on, in the weeks of figures.search. */
static void record(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                   const rc_search *s, double now)
{
    if (rc_search_best(s)->built)
        rc_tell(&b->told, step, lane, step->start[lane] + now,
                rc_search_best(s)->measured);
    if (!b->first || step->verdict_only)
        return;
    const double value = rc_search_mirror(b, rc_search_best(s)->e);
    const double wanted = isnan(b->target) ? aim(b, step, lane) : b->target;
    const bool there = rc_reaches(value, wanted, b->up);
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

/* Whether another approach has the best model now. A further round stays with the one
 * that the first has come to, if tries are made on it at all. */
static bool take_best(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                      rc_search *s)
{
    if (b->approaches_n == 1 || (step->round > 1 && b->open[s->at]))
        return false;
    const uint8_t was = s->at;
    s->at = (uint8_t)rc_approach_best(b, step, lane, s);
    return s->at != was;
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
    while (!rc_search_done(b, step, lane, s)) {
        double wake = INFINITY;
        while (n < (uint32_t)rc_experiments_at_once(b->s)) {
            uint32_t a = 0;
            const uint32_t l = rc_choice(b, step, lane, s, n, failures, now, &wake, &a);
            if (l == RC_NO_LEVER)
                break;
            run[n++] = start_try(b, step, lane, s, a, l, now);
        }
        if (n == (uint32_t)rc_experiments_at_once(b->s))
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
        const bool kept = end_try(b, step, lane, s, &ended);
        failures = kept ? 0 : failures + 1;
        if (take_best(b, step, lane, s) || kept)
            record(b, step, lane, s, now);
    }
    for (uint32_t i = 0; i < n; i++)
        drop(s, run + i, now);
    return now;
}
