/* production_life.c -- events after the launch, in the order in which they happen. */
#include "production_life.h"
#include <math.h>

static double each(const rc_life *f, const rc_estimate *e, uint32_t k)
{
    return e->given ? rc_each(f->step, e, k, f->lane) : 0;
}

static double word(const rc_life *f, uint32_t quantity, uint32_t k)
{
    return rc_uniform(rc_word(f->step, quantity, k, f->lane));
}

/* Until the next of events that come at random, so many a month. */
static double wait(const rc_life *f, double a_month, uint32_t words, uint32_t k)
{
    return a_month > 0 ? -rc_log(word(f, words, k)) / a_month : INFINITY;
}

/* ------------------------------------------------------------------- the clock */

/* The month's noise, once its number is reached. */
static void noise(rc_clock *c)
{
    const rc_life *f = c->life;
    if (!(f->noise_sd > 0))
        return;
    double z = rc_normal_quantile(word(f, f->bound->words.noise, c->month)),
           stays = f->noise_stays;
    c->noise = c->month ? stays * c->noise + sqrt(1 - stays * stays) * f->noise_sd * z
                        : f->noise_sd * z;
    /* good months are good whichever way the metric goes */
    c->l.noise = -c->noise;
}

static rc_shift next_shift(const rc_clock *c)
{
    const rc_life *f = c->life;
    const rc_shifts *from = &f->bound->shifts;
    return from->next ? from->next(f->step, from->self, c->shifts, f->lane)
                      : (rc_shift){.at = INFINITY};
}

rc_clock rc_clock_start(const rc_life *life, rc_tale *tale)
{
    tale->months_below = tale->months_bad = tale->cost = 0;
    tale->retrains = tale->bad_releases = tale->false_alarms = 0;
    tale->pushed_by = -1;
    tale->points = tale->drawn = 0;
    for (uint32_t k = 0; k < life->months; k++)
        tale->mean[k] = tale->spent[k] = 0;
    rc_clock c = {.life = life, .tale = tale};
    rc_losses_set_time(&life->world, &c.l, 0);
    c.l.lost[RC_BY_FIRST_DAY] = c.l.learnable[RC_BY_FIRST_DAY] = life->first_day;
    c.l.evaded = life->evades;
    c.next_shock = wait(life, life->shocks_a_month, life->bound->words.shocks, 0);
    c.next_shift = next_shift(&c);
    noise(&c);
    return c;
}

double rc_clock_next(const rc_clock *c)
{
    double next = rc_min(c->next_shock, c->next_shift.at);
    next = rc_min(next, c->month + 1.0);
    if (c->l.at < c->life->watch)
        next = rc_min(next, c->life->watch);
    return next;
}

/* Points of the series that have been passed, before anything happens now. */
static void note(rc_clock *c, double until)
{
    rc_tale *tale = c->tale;
    const rc_production_bound *own = c->life->bound;
    tale->drawn = rc_losses_course(&c->life->world, &c->l, until, tale->course,
                                   tale->drawn, own->drawn, own->a_month);
    while (tale->points < own->points && tale->points < until) {
        uint32_t k = tale->points++;
        tale->lost[k] = own->drawn ? tale->course[k * own->a_month]
                                   : rc_losses_total(&c->life->world, &c->l, k);
        rc_losses_by(&c->life->world, &c->l, k, tale->by[k]);
    }
}

int rc_largest_cause(const double by[RC_CAUSES])
{
    int most = RC_CAUSES;
    double lost = 0;
    for (int i = 0; i < RC_CAUSES; i++)
        if (by[i] > lost) {
            most = i;
            lost = by[i];
        }
    return most;
}

double rc_sum_of_causes(const double by[RC_CAUSES])
{
    double sum = 0;
    for (int i = 0; i < RC_CAUSES; i++)
        sum += by[i];
    return sum;
}

/* What it has lost, and to what, when it falls below its floor. */
static int pushed_by(const rc_clock *c, double t)
{
    double by[RC_CAUSES];
    rc_losses_by(&c->life->world, &c->l, t, by);
    return rc_largest_cause(by);
}

void rc_clock_go(rc_clock *c, double t)
{
    const rc_life *f = c->life;
    rc_tale *tale = c->tale;
    bool watched = c->l.at < f->watch && !f->brief;
    if (!f->brief)
        note(c, t);
    if (watched) {
        double from;
        tale->months_below += rc_losses_over(&f->world, &c->l, f->to_floor, t, &from);
        if (tale->pushed_by < 0 && from < t)
            tale->pushed_by = pushed_by(c, from);
        tale->months_bad += c->l.bad > 0 ? t - c->l.at : 0;
        tale->cost += f->a_month * (t - c->l.at);
    }
    if (f->bound->serves)
        tale->mean[c->month] += rc_losses_sum(&f->world, &c->l, t);
    tale->spent[c->month] += f->a_month * (t - c->l.at);
    rc_losses_move(&f->world, &c->l, t);
    if (watched && t == f->watch) {
        tale->at_end = rc_losses_total(&f->world, &c->l, t);
        note(c, t + 1);
    }
}

void rc_clock_happen(rc_clock *c)
{
    const rc_life *f = c->life;
    if (c->l.at == c->month + 1.0) {
        c->month++;
        noise(c);
    }
    if (c->l.at == c->next_shock) {
        double loss = each(f, &f->settings->shocks->loss, c->shocks);
        c->l.lost[RC_BY_SHOCKS] += loss;
        c->l.learnable[RC_BY_SHOCKS] += loss;
        c->next_shock +=
            wait(f, f->shocks_a_month, f->bound->words.shocks, ++c->shocks);
    }
    if (c->l.at == c->next_shift.at) {
        c->l.elsewhere += f->bound->worse * c->next_shift.by;
        c->shifts++;
        c->next_shift = next_shift(c);
    }
}

void rc_clock_spend(rc_clock *c, double money)
{
    if (c->l.at < c->life->watch)
        c->tale->cost += money;
    c->tale->spent[c->month] += money;
}

/* ------------------------------------------------------- retraining by events */

typedef enum phase { WAITING, TRAINING, SERVING_BAD } phase;

typedef struct upkeep {
    rc_clock c;
    phase phase;
    double due, alarm;  /* WAITING: the next start */
    double done;        /* TRAINING, SERVING_BAD: its end */
    double last;        /* start of the last retraining */
    double false_alarm; /* the next one */
    uint32_t started, false_alarms;
} upkeep;

static void wait_again(upkeep *u)
{
    u->phase = WAITING;
    u->due = u->c.l.at + u->c.life->every;
    u->alarm = u->done = INFINITY;
}

static void start_training(upkeep *u)
{
    const rc_life *f = u->c.life;
    uint32_t k = u->started++;
    u->c.tale->retrains += u->c.l.at < f->watch;
    rc_clock_spend(&u->c, each(f, &f->retrain->cost, k));
    u->phase = TRAINING;
    u->last = u->c.l.at;
    u->done =
        u->c.l.at + each(f, &f->retrain->takes, k) + each(f, &f->retrain->approval, k);
}

static void end_training(upkeep *u)
{
    const rc_life *f = u->c.life;
    const rc_retrain *retrain = f->retrain;
    uint32_t k = u->started - 1;
    bool stays = f->fails > 0 && word(f, f->bound->words.fails, k) < f->fails;
    if (!stays && f->bad > 0 && word(f, f->bound->words.bad, k) < f->bad) {
        u->phase = SERVING_BAD;
        u->c.l.bad = each(f, &retrain->loses, k);
        u->c.tale->bad_releases += u->c.l.at < f->watch;
        u->done = u->c.l.at + each(f, &retrain->noticed_after, k) +
                  each(f, &retrain->rollback, k);
        return;
    }
    if (!stays)
        rc_losses_release(&f->world, &u->c.l, each(f, &retrain->recovers, k));
    wait_again(u);
}

/* Where nothing else happens before `until`, when the next retraining starts. */
static double next_start(upkeep *u, double until)
{
    const rc_life *f = u->c.life;
    if (u->alarm == INFINITY) {
        double seen =
            rc_losses_when(&f->world, &u->c.l, f->to_alarm, rc_min(until, u->due));
        u->alarm = seen + f->delay;
    }
    return rc_max(rc_min(u->due, u->alarm), u->last + RC_MONTHS_PER_MINUTE);
}

static void hear_false_alarm(upkeep *u)
{
    const rc_life *f = u->c.life;
    if (u->phase == WAITING) {
        u->c.tale->false_alarms += u->alarm == INFINITY && u->c.l.at < f->watch;
        u->alarm = rc_min(u->alarm, u->c.l.at);
    }
    u->false_alarm += wait(f, f->false_alarms_a_month, f->bound->words.false_alarms,
                           ++u->false_alarms);
}

/* What there is to do now, in the order in which it can follow from each other. */
static void attend(upkeep *u, double start)
{
    double now = u->c.l.at;
    if (u->phase == TRAINING && now == u->done) {
        end_training(u);
    } else if (u->phase == SERVING_BAD && now == u->done) {
        u->c.l.bad = 0;
        wait_again(u);
    } else if (now == u->false_alarm) {
        hear_false_alarm(u);
    } else if (u->phase == WAITING && now == start) {
        start_training(u);
    }
}

void rc_live_by_events(const rc_life *f, rc_tale *tale)
{
    upkeep u = {.c = rc_clock_start(f, tale),
                .due = f->every,
                .alarm = INFINITY,
                .done = INFINITY,
                .last = -INFINITY,
                .false_alarm = INFINITY};
    /* causes of both signs: a crossing that turns back within an eighth of a month is
     * not seen */
    const double glance = rc_losses_one_way(&f->world) ? INFINITY : 0.125;
    if (f->retrain)
        u.false_alarm =
            wait(f, f->false_alarms_a_month, f->bound->words.false_alarms, 0);
    while (u.c.l.at < f->months) {
        double next = rc_min(rc_clock_next(&u.c), u.c.l.at + glance), start = INFINITY;
        next = rc_min(next, rc_min(u.done, u.false_alarm));
        if (f->retrain && u.phase == WAITING)
            start = next_start(&u, next);
        next = rc_min(next, start);
        rc_clock_go(&u.c, next);
        rc_clock_happen(&u.c);
        attend(&u, start);
    }
}
