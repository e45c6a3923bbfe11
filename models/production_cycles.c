/* production_cycles.c -- stretches of equal cycles between the events that are rare. */
#include "production_cycles.h"
#include <math.h>

/* What all cycles of a future have in common. */
typedef struct rhythm {
    double months; /* c */
    double good;   /* g, of the cycles whose release is not bad */
    double kappa[2], alpha[RC_CURABLE],
        grown[RC_CURABLE]; /* grown: beta, but newcomers */
    double evades; /* share of E that is reached in the mean, in the metric's unit */
    double still;  /* what is left, a cycle later, of anything beyond that mean */
    double cost;
    double log_not_bad; /* ln(1 - chance that a cycle ends in a bad release) */
} rhythm;

/* As it is, and as if every case had a label. */
enum { AS_IS, LEARNABLE };

static double cycle_months(const rc_life *f)
{
    return fmax(f->every + f->bound->mean_takes, RC_MONTHS_PER_MINUTE);
}

bool rc_life_is_cycles(const rc_life *f)
{
    return f->retrain && f->to_alarm == INFINITY &&
           f->watch / cycle_months(f) > RC_CYCLES_TOLD;
}

static rhythm cycle_of(const rc_life *f)
{
    const rc_world *w = &f->world;
    rhythm c = {.months = cycle_months(f), .cost = f->bound->mean_cost};
    double bad = (1 - f->fails) * f->bad;
    c.log_not_bad = rc_log1p(-bad);
    c.good = bad < 1 ? (1 - f->fails) * (1 - f->bad) / (1 - bad) : 0;
    c.kappa[AS_IS] = c.good * f->bound->mean_recovers * w->labelled;
    c.kappa[LEARNABLE] = c.good * f->bound->mean_recovers;
    for (int i = 0; i < RC_CURABLE; i++)
        c.alpha[i] = 1;
    if (w->linear) {
        c.grown[RC_BY_DRIFT] = w->rate * c.months;
    } else {
        c.alpha[RC_BY_DRIFT] = rc_exp(-c.months / w->tau);
        c.grown[RC_BY_DRIFT] = -w->a * rc_expm1(-c.months / w->tau);
    }
    if (w->right > 0) {
        double gone = -rc_expm1(-c.months / w->adapts_in), y = 1 - gone;
        double stays = c.good > 0 ? c.good / (1 - (1 - c.good) * y) : 0;
        c.still = y;
        c.evades = w->right * (1 - w->adapts_in / c.months * gone * stays);
    }
    return c;
}

/* ---------------------------------------------------------- one cause, j cycles on */

typedef struct course {
    double x0, alpha, beta, kappa;
    double log_q, rest; /* rest: x*; not used where nothing is brought back */
    bool straight;      /* q = 1 */
} course;

static course course_of(double x0, double alpha, double beta, double kappa)
{
    course s = {.x0 = x0, .alpha = alpha, .beta = beta, .kappa = kappa};
    double q = (1 - kappa) * alpha;
    s.straight = !(1 - q > 1e-13);
    if (!s.straight) {
        s.log_q = q > 0 ? rc_log(q) : -INFINITY;
        s.rest = (1 - kappa) * beta / (1 - q);
    }
    return s;
}

static double low_at(const course *s, double j)
{
    if (s->straight)
        return s->x0 + j * s->beta;
    double gone = j > 0 ? rc_exp(j * s->log_q) : 1;
    return s->rest + (s->x0 - s->rest) * gone;
}

static double high_of(const course *s, double low)
{
    return s->alpha * low + s->beta;
}

/* Sum over n cycles of the mean in each. */
static double sum_of(const course *s, double n)
{
    double lows = s->straight
                      ? n * (s->x0 + s->beta * (n - 1) / 2)
                      : n * s->rest + (s->x0 - s->rest) * -rc_expm1(n * s->log_q) /
                                          (1 - (1 - s->kappa) * s->alpha);
    return ((1 + s->alpha) * lows + n * s->beta) / 2;
}

/* ------------------------------------------------------------------ a stretch */

/* From now until something rare happens, all causes together. */
typedef struct stretch {
    rc_clock *c;
    const rhythm *cycle;
    course is[RC_CURABLE], learnable[RC_CURABLE];
    course excess; /* what adversaries have over the mean, until a good release */
    double steady; /* what no retraining brings back, the adversary apart */
    double n;      /* cycles */
} stretch;

static stretch stretch_of(rc_clock *c, const rhythm *cycle, double excess, double until)
{
    const rc_world *w = &c->life->world;
    stretch s = {.c = c, .cycle = cycle, .n = (until - c->l.at) / cycle->months};
    double all = 0;
    for (int i = 0; i < RC_CURABLE; i++) {
        double beta = cycle->grown[i];
        if (i == RC_BY_POPULATION && w->step != 0 && s.n > 0)
            beta = w->step * (rc_newcomers(w, until) - c->l.came) / s.n;
        s.is[i].beta = beta;
        all += cycle->alpha[i] * c->l.lost[i] + beta;
    }
    for (int i = 0; i < RC_CURABLE; i++) {
        /* a world that gets better by itself is not undone */
        double heals = all > 0, beta = s.is[i].beta;
        s.is[i] =
            course_of(c->l.lost[i], cycle->alpha[i], beta, heals * cycle->kappa[AS_IS]);
        s.learnable[i] = course_of(c->l.learnable[i], cycle->alpha[i], beta,
                                   heals * cycle->kappa[LEARNABLE]);
    }
    s.excess = course_of(excess, cycle->still, 0, cycle->good);
    s.steady = c->l.elsewhere + c->l.noise;
    return s;
}

/* A world that got better by itself is not undone by retraining: until when that is so. */
static double undone_from(rc_clock *c, const rhythm *cycle, double until)
{
    stretch s = stretch_of(c, cycle, 0, until);
    double all = 0, a = 0, b = s.n;
    for (int i = 0; i < RC_CURABLE; i++)
        all += high_of(&s.is[i], s.is[i].x0);
    if (all > 0)
        return until;
    for (int k = 0; k < 60 && b - a > 1e-3; k++) {
        double j = (a + b) / 2;
        all = 0;
        for (int i = 0; i < RC_CURABLE; i++)
            all += high_of(&s.is[i], low_at(&s.is[i], j));
        *(all > 0 ? &b : &a) = j;
    }
    return fmin(until, c->l.at + b * cycle->months);
}

/* E after j cycles, and its sum over them. */
static double evaded_at(const stretch *s, double j)
{
    double e = s->c->l.evaded, grows = 1 + s->c->life->world.grows;
    if (grows == 1 || j == 0 || e == 0)
        return e;
    return grows > 0 ? fmin(1, e * rc_exp(j * s->cycle->good * rc_log(grows))) : 0;
}

static double evaded_sum(const stretch *s, double n)
{
    double e = s->c->l.evaded, grows = 1 + s->c->life->world.grows;
    double a_cycle = grows > 0 ? s->cycle->good * rc_log(grows) : -INFINITY;
    if (e == 0 || n == 0 || a_cycle == 0)
        return n * e;
    if (!(a_cycle > -INFINITY))
        return e;
    double to_all = a_cycle > 0 ? fmin(n, -rc_log(e) / a_cycle) : n;
    return e * rc_expm1(to_all * a_cycle) / a_cycle + (n - to_all);
}

/* Losses in all after j cycles, at the start and at the end of one. */
static void range_at(const stretch *s, double j, double *low, double *high)
{
    double excess = low_at(&s->excess, j);
    *low = s->steady + s->cycle->evades * evaded_at(s, j) + excess;
    *high = *low - excess + high_of(&s->excess, excess);
    for (int i = 0; i < RC_CURABLE; i++) {
        double x = low_at(&s->is[i], j);
        *low += x;
        *high += high_of(&s->is[i], x);
    }
}

/* Part of the j-th cycle that is spent over the limit. */
static double share_over(const stretch *s, double j, double limit)
{
    double low, high;
    range_at(s, j, &low, &high);
    double least = fmin(low, high), most = fmax(low, high);
    if (least > limit)
        return 1;
    return most > limit ? (most - limit) / (most - least) : 0;
}

/* By cause, in the mean of the j-th cycle. */
static void by_at(const stretch *s, double j, double by[RC_CAUSES])
{
    for (int i = 0; i < RC_CAUSES; i++)
        by[i] = 0;
    for (int i = 0; i < RC_CURABLE; i++) {
        double x = low_at(&s->is[i], j), y = low_at(&s->learnable[i], j);
        double is = (x + high_of(&s->is[i], x)) / 2;
        by[i] = (y + high_of(&s->learnable[i], y)) / 2;
        by[RC_BY_FEEDBACK] += is - by[i];
    }
    double excess = low_at(&s->excess, j);
    by[RC_BY_ADVERSARY] =
        s->cycle->evades * evaded_at(s, j) + (excess + high_of(&s->excess, excess)) / 2;
    by[RC_BY_ELSEWHERE] = s->c->l.elsewhere;
    by[RC_BY_NOISE] = s->c->l.noise;
}

/* Cycles over the limit; the level goes one way, so it is passed once. */
static double cycles_over(const stretch *s, double limit, double *from)
{
    double first = share_over(s, 0, limit), last = share_over(s, s->n, limit), a = 0,
           b = s->n;
    *from = first > 0 ? 0 : INFINITY;
    if (fabs(first - last) < 1e-9)
        return s->n * first;
    for (int i = 0; i < 60 && b - a > 1e-9 * s->n; i++) {
        double j = (a + b) / 2, now = share_over(s, j, limit);
        if (fabs(now - first) < fabs(now - last))
            a = j;
        else
            b = j;
    }
    *from = first > 0 ? 0 : a;
    return a * first + (s->n - a) * last;
}

static void count_floor(const stretch *s)
{
    double from, over = cycles_over(s, s->c->life->to_floor, &from);
    s->c->tale->months_below += over * s->cycle->months;
    if (s->c->tale->pushed_by >= 0 || !(over > 0))
        return;
    double by[RC_CAUSES];
    by_at(s, fmin(from, s->n), by);
    s->c->tale->pushed_by = rc_largest_cause(by);
}

static void draw_course(const stretch *s, double until)
{
    const rc_production_bound *own = s->c->life->bound;
    rc_tale *tale = s->c->tale;
    for (double x; tale->drawn < own->drawn &&
                   (x = (double)tale->drawn / own->a_month) < until;) {
        double low, high;
        range_at(s, (x - s->c->l.at) / s->cycle->months, &low, &high);
        tale->course[tale->drawn++] = (low + high) / 2;
    }
}

/* Time goes on to `until`, in whole and in parts of cycles. */
static void cycle_on(rc_clock *c, const rhythm *cycle, double *excess, double until)
{
    const rc_life *f = c->life;
    rc_tale *tale = c->tale;
    stretch s = stretch_of(c, cycle, *excess, until);
    bool watched = c->l.at < f->watch;
    double months = until - c->l.at, sum = months * s.steady;
    while (tale->points < f->bound->points && tale->points < until)
        by_at(&s, 0, tale->by[tale->points++]);
    draw_course(&s, until);
    for (int i = 0; i < RC_CURABLE; i++)
        sum += cycle->months * sum_of(&s.is[i], s.n);
    sum +=
        cycle->months * (cycle->evades * evaded_sum(&s, s.n) + sum_of(&s.excess, s.n));
    if (watched) {
        count_floor(&s);
        tale->retrains += s.n;
    }
    tale->mean[c->month] += sum;
    rc_clock_spend(c, s.n * cycle->cost + f->a_month * months);
    if (watched && until == f->watch) {
        double by[RC_CAUSES];
        by_at(&s, s.n, by);
        tale->at_end = rc_sum_of_causes(by);
        while (tale->points < f->bound->points)
            by_at(&s, s.n, tale->by[tale->points++]);
        draw_course(&s, until + 1);
    }
    for (int i = 0; i < RC_CURABLE; i++) {
        c->l.lost[i] = low_at(&s.is[i], s.n);
        c->l.learnable[i] = low_at(&s.learnable[i], s.n);
    }
    c->l.evaded = evaded_at(&s, s.n);
    *excess = low_at(&s.excess, s.n);
    rc_losses_set_time(&c->life->world, &c->l, until);
}

/* -------------------------------------------------------------- bad releases */

/* When the k-th bad release comes, the cycles beginning now. */
static double next_bad(const rc_clock *c, const rhythm *cycle, uint32_t k)
{
    const rc_life *f = c->life;
    if (!(cycle->log_not_bad < 0))
        return INFINITY;
    double u = rc_uniform(rc_word(f->step, f->bound->words.bad, k, f->lane));
    return c->l.at + cycle->months * (1 + floor(rc_log(u) / cycle->log_not_bad));
}

/* The old model stays in service with what it had lost at the end of its cycle. Returns
 * when it is back. */
static double serve_bad(rc_clock *c, const rhythm *cycle, uint32_t k)
{
    const rc_life *f = c->life;
    const rc_retrain *retrain = f->retrain;
    for (int i = 0; i < RC_CURABLE; i++) {
        c->l.lost[i] = cycle->alpha[i] * c->l.lost[i] + cycle->grown[i];
        c->l.learnable[i] = cycle->alpha[i] * c->l.learnable[i] + cycle->grown[i];
    }
    c->l.released = c->l.at - cycle->months / fmax(cycle->good, 1e-9);
    c->l.bad = rc_each(f->step, &retrain->loses, k, f->lane);
    c->tale->bad_releases += c->l.at < f->watch;
    double months = rc_each(f->step, &retrain->noticed_after, k, f->lane);
    if (retrain->rollback.given)
        months += rc_each(f->step, &retrain->rollback, k, f->lane);
    return c->l.at + months;
}

void rc_live_by_cycles(const rc_life *f, rc_tale *tale)
{
    rc_clock c = rc_clock_start(f, tale);
    const rhythm cycle = cycle_of(f);
    uint32_t bad = 0;
    bool serves_bad = false;
    double excess = -cycle.evades * c.l.evaded; /* nobody has adapted yet */
    double turn = next_bad(&c, &cycle, bad);    /* into a bad release, or out of it */
    while (c.l.at < f->months) {
        double next = fmin(rc_clock_next(&c), turn);
        if (!serves_bad)
            next = undone_from(&c, &cycle, next);
        if (serves_bad)
            rc_clock_go(&c, next);
        else
            cycle_on(&c, &cycle, &excess, next);
        rc_clock_happen(&c);
        if (next != turn)
            continue;
        serves_bad = !serves_bad;
        if (serves_bad) {
            turn = serve_bad(&c, &cycle, bad++);
        } else {
            c.l.bad = 0;
            excess = rc_losses_evaded(&f->world, &c.l) - cycle.evades * c.l.evaded;
            turn = next_bad(&c, &cycle, bad);
        }
    }
    for (uint32_t k = 0; k < tale->points; k++)
        tale->lost[k] = rc_sum_of_causes(tale->by[k]);
}
