#include "reference_production.h"
#include <math.h>

/* What a product has lost, as it is and as it would be had every case a label. */
typedef struct lost {
    double first_day, drift, shocks, newcomers;
} lost;

typedef struct product {
    lost is, labelled;
    double evades;   /* E of the release in service */
    double released; /* when */
    double bad, elsewhere, noise;
} product;

static double sum(const lost *l)
{
    return l->first_day + l->drift + l->shocks + l->newcomers;
}

/* Share of the newcomers who are there, of those who come after the launch. */
static double there(const reference_life *life, double t)
{
    const double f = 1 / (1 + pow(9, 1 - 2 * t / life->over));
    return life->over > 0 ? (f - 0.1) / (1 - 0.1) : 0;
}

static double evaded(const reference_life *life, const product *p, double t)
{
    const double right = life->up ? life->at_launch : 1 - life->at_launch;
    return life->evades > 0
               ? right * p->evades * (1 - exp(-(t - p->released) / life->adapts_in))
               : 0;
}

/* The same product, undisturbed, after dt. */
static double drifts(const reference_life *life, double from, double dt)
{
    const double least = fabs(life->at_launch - life->lowest);
    return life->linear ? from + life->rate * dt
                        : least + (from - least) * exp(-dt / life->tau);
}

static product later(const reference_life *life, product p, double t, double dt)
{
    const double come =
        life->newcomers * life->newcomers_lose * (there(life, t + dt) - there(life, t));
    p.is.drift = drifts(life, p.is.drift, dt);
    p.labelled.drift = drifts(life, p.labelled.drift, dt);
    p.is.newcomers += come;
    p.labelled.newcomers += come;
    return p;
}

static double quality(const reference_life *life, const product *p, double t)
{
    const double all =
        sum(&p->is) + evaded(life, p, t) + p->bad + p->elsewhere + p->noise;
    return life->up ? life->at_launch - all : life->at_launch + all;
}

static void name_causes(const reference_life *life, const product *p, double t,
                        double by[REFERENCE_CAUSES])
{
    const double all[REFERENCE_CAUSES] = {p->labelled.first_day,
                                          p->labelled.drift,
                                          p->labelled.shocks,
                                          p->labelled.newcomers,
                                          evaded(life, p, t),
                                          sum(&p->is) - sum(&p->labelled),
                                          p->bad,
                                          p->elsewhere,
                                          p->noise};
    for (int i = 0; i < REFERENCE_CAUSES; i++)
        by[i] = all[i];
}

static int worst_cause(const reference_life *life, const product *p, double t)
{
    double by[REFERENCE_CAUSES], most = 0;
    int worst = REFERENCE_CAUSES;
    name_causes(life, p, t, by);
    for (int i = 0; i < REFERENCE_CAUSES; i++)
        if (by[i] > most) {
            most = by[i];
            worst = i;
        }
    return worst;
}

static bool worse(const reference_life *life, double value, double than)
{
    return life->up ? value < than : value > than;
}

static void keep(lost *l, double share)
{
    l->first_day *= share;
    l->drift *= share;
    l->shocks *= share;
    l->newcomers *= share;
}

static void release(const reference_life *life, product *p, double t, double recovers)
{
    if (sum(&p->is) > 0) {
        keep(&p->is, 1 - recovers * life->labels);
        keep(&p->labelled, 1 - recovers);
    }
    p->evades = fmin(1, p->evades * (1 + life->grows));
    p->released = t;
}

static void hit(product *p, double loss)
{
    p->is.shocks += loss;
    p->labelled.shocks += loss;
}

static product launched(const reference_life *life)
{
    product p = {.evades = life->evades};
    p.is.first_day = p.labelled.first_day = life->first_day;
    return p;
}

static double next_noise(const reference_life *life, double now, uint32_t month)
{
    if (!(life->noise_sd > 0))
        return 0;
    /* the normal quantile by bisection of erfc */
    const double u = life->noise_uniform(life->self, month);
    double low = -9, high = 9;
    for (int i = 0; i < 100; i++) {
        const double z = (low + high) / 2;
        if (erfc(-z / sqrt(2)) / 2 < u)
            low = z;
        else
            high = z;
    }
    const double z = (low + high) / 2, c = life->noise_stays;
    return month == 0 ? -life->noise_sd * z
                      : c * now - sqrt(1 - c * c) * life->noise_sd * z;
}

static double waits(const reference_life *life, double per_month,
                    double (*uniform)(const void *, uint32_t), uint32_t k)
{
    return per_month > 0 ? -log(uniform(life->self, k)) / per_month : INFINITY;
}

static void ask_shift(const reference_life *life, uint32_t k, double *at, double *by)
{
    *at = INFINITY;
    if (life->shift)
        life->shift(life->self, k, at, by);
}

/* ------------------------------------------------------------------ by steps */

reference_tale reference_by_steps(const reference_life *life, double step)
{
    reference_tale tale = {.first_below_by = -1};
    product p = launched(life);
    double due = life->every, seen_at = INFINITY, done = INFINITY, bad_until = INFINITY,
           by, shift_at;
    double shock = waits(life, life->shocks_per_month, life->shock_uniform, 0);
    double alarm = waits(life, life->false_alarms_per_month, life->alarm_uniform, 0);
    uint32_t shocks = 0, alarms = 0, shifts = 0, month = 0;
    ask_shift(life, 0, &shift_at, &by);
    const uint64_t steps = (uint64_t)llround(life->watch / step);
    for (uint64_t i = 0; i < steps; i++) {
        const double t = (double)i * step;
        if (t >= month - step / 2) {
            p.noise = next_noise(life, p.noise, month);
            name_causes(life, &p, t, tale.by[month]);
            tale.at_month[month++] = quality(life, &p, t);
        }
        const double now = quality(life, &p, t);
        if (worse(life, now, life->floor)) {
            tale.months_below += step;
            if (tale.first_below_by < 0)
                tale.first_below_by = worst_cause(life, &p, t);
        }
        tale.mean[month - 1] += now * step;
        tale.spent[month - 1] += life->each_month * step;
        tale.cost += life->each_month * step;
        if (bad_until < INFINITY) {
            tale.months_bad += step;
            if (t >= bad_until) {
                p.bad = 0;
                bad_until = seen_at = INFINITY;
                due = t + life->every;
            }
        } else if (done < INFINITY) {
            if (t >= done) {
                const uint32_t k = tale.retrainings - 1;
                done = seen_at = INFINITY;
                due = t + life->every;
                if (life->fail_uniform(life->self, k) < life->fails) {
                } else if (life->bad > 0 &&
                           life->bad_uniform(life->self, k) < life->bad) {
                    p.bad = life->bad_loss(life->self, k);
                    bad_until = t + life->bad_for(life->self, k);
                    tale.bad_releases++;
                } else {
                    release(life, &p, t, life->recovers(life->self, k));
                }
            }
        } else if (life->retrains) {
            if (life->has_trigger && seen_at == INFINITY &&
                worse(life, now, life->trigger))
                seen_at = t + life->delay;
            if (t >= alarm) {
                tale.false_alarms += seen_at == INFINITY;
                seen_at = fmin(seen_at, t);
            }
            if (t >= due || t >= seen_at) {
                const uint32_t k = tale.retrainings++;
                const double price = life->price(life->self, k);
                tale.cost += price;
                tale.spent[month - 1] += price;
                done = t + life->takes(life->self, k);
            }
        }
        if (t >= alarm)
            alarm += waits(life, life->false_alarms_per_month, life->alarm_uniform,
                           ++alarms);
        if (t >= shock) {
            hit(&p, life->shock_loss(life->self, shocks++));
            shock += waits(life, life->shocks_per_month, life->shock_uniform, shocks);
        }
        if (t >= shift_at) {
            p.elsewhere += life->up ? -by : by;
            ask_shift(life, ++shifts, &shift_at, &by);
        }
        p = later(life, p, t, step);
    }
    tale.at_end = quality(life, &p, life->watch);
    if (month <= (uint32_t)life->watch)
        tale.at_month[month] = tale.at_end;
    return tale;
}

/* ----------------------------------------------------------------- by events */

static double quality_later(const reference_life *life, const product *p, double t,
                            double dt)
{
    const product then = later(life, *p, t, dt);
    return quality(life, &then, t + dt);
}

/* First moment within [t, until] at which it is worse than that; INFINITY: none. It goes
 * one way meanwhile. */
static double when_worse(const reference_life *life, const product *p, double t,
                         double until, double than)
{
    if (worse(life, quality(life, p, t), than))
        return t;
    if (!worse(life, quality_later(life, p, t, until - t), than))
        return INFINITY;
    double low = t, high = until;
    for (int i = 0; i < 200; i++) {
        const double middle = (low + high) / 2;
        if (worse(life, quality_later(life, p, t, middle - t), than))
            high = middle;
        else
            low = middle;
    }
    return high;
}

/* Last moment at which it is still worse, where it is now and is not at the end. */
static double until_better(const reference_life *life, const product *p, double t,
                           double until, double than)
{
    double low = t, high = until;
    for (int i = 0; i < 200; i++) {
        const double middle = (low + high) / 2;
        if (worse(life, quality_later(life, p, t, middle - t), than))
            low = middle;
        else
            high = middle;
    }
    return low;
}

static double integral(const reference_life *life, const product *p, double t,
                       double until)
{
    enum { PARTS = 64 };
    const double h = (until - t) / PARTS;
    double all = 0;
    for (int i = 0; i <= PARTS; i++)
        all += (i == 0 || i == PARTS ? 1
                : i % 2              ? 4
                                     : 2) *
               quality_later(life, p, t, i * h);
    return all * h / 3;
}

static void count_below(const reference_life *life, reference_tale *tale,
                        const product *p, double t, double until)
{
    const double from = when_worse(life, p, t, until, life->floor);
    if (!(from < until))
        return;
    const bool still = worse(life, quality_later(life, p, t, until - t), life->floor);
    tale->months_below +=
        (still ? until : until_better(life, p, t, until, life->floor)) - from;
    if (tale->first_below_by < 0) {
        const product then = later(life, *p, t, from - t);
        tale->first_below_by = worst_cause(life, &then, from);
    }
}

reference_tale reference_by_events(const reference_life *life)
{
    reference_tale tale = {.first_below_by = -1};
    product p = launched(life);
    double t = 0, due = life->retrains ? life->every : INFINITY, alarm = INFINITY,
           done = INFINITY, bad_until = INFINITY, last = -INFINITY, by, shift_at;
    const double minute = 1 / (30.4375 * 24 * 60);
    double shock = waits(life, life->shocks_per_month, life->shock_uniform, 0);
    double false_alarm =
        waits(life, life->false_alarms_per_month, life->alarm_uniform, 0);
    uint32_t shocks = 0, alarms = 0, shifts = 0, month = 0, noted = 0;
    ask_shift(life, 0, &shift_at, &by);
    p.noise = next_noise(life, 0, 0);
    while (t < life->watch) {
        const bool free = done == INFINITY && bad_until == INFINITY;
        double next = fmin(fmin(life->watch, month + 1.0), fmin(shock, shift_at));
        next = fmin(next, fmin(fmin(done, bad_until), false_alarm));
        double start = INFINITY;
        if (free && life->retrains) {
            if (life->has_trigger && alarm == INFINITY)
                alarm = life->delay +
                        when_worse(life, &p, t, fmin(next, due), life->trigger);
            start = fmax(fmin(due, alarm), last + minute);
        }
        next = fmin(next, start);
        if (noted < next) { /* only months begin a stretch */
            name_causes(life, &p, t, tale.by[noted]);
            tale.at_month[noted++] = quality(life, &p, t);
        }
        count_below(life, &tale, &p, t, next);
        tale.mean[month] += integral(life, &p, t, next);
        tale.spent[month] += life->each_month * (next - t);
        tale.cost += life->each_month * (next - t);
        tale.months_bad += bad_until < INFINITY ? next - t : 0;
        p = later(life, p, t, next - t);
        t = next;
        if (t >= life->watch)
            break;
        if (t == month + 1.0)
            p.noise = next_noise(life, p.noise, ++month);
        if (t == shock) {
            hit(&p, life->shock_loss(life->self, shocks++));
            shock += waits(life, life->shocks_per_month, life->shock_uniform, shocks);
        }
        if (t == shift_at) {
            p.elsewhere += life->up ? -by : by;
            ask_shift(life, ++shifts, &shift_at, &by);
        }
        if (t == done) {
            const uint32_t k = tale.retrainings - 1;
            done = alarm = INFINITY;
            due = t + life->every;
            if (life->fail_uniform(life->self, k) < life->fails) {
            } else if (life->bad > 0 && life->bad_uniform(life->self, k) < life->bad) {
                p.bad = life->bad_loss(life->self, k);
                bad_until = t + life->bad_for(life->self, k);
                tale.bad_releases++;
            } else {
                release(life, &p, t, life->recovers(life->self, k));
            }
        } else if (t == bad_until) {
            p.bad = 0;
            bad_until = alarm = INFINITY;
            due = t + life->every;
        } else if (t == false_alarm) {
            if (free) {
                tale.false_alarms += alarm == INFINITY;
                alarm = fmin(alarm, t);
            }
            false_alarm += waits(life, life->false_alarms_per_month,
                                 life->alarm_uniform, ++alarms);
        } else if (t == start) {
            const uint32_t k = tale.retrainings++;
            const double price = life->price(life->self, k);
            tale.cost += price;
            tale.spent[month] += price;
            last = t;
            done = t + life->takes(life->self, k);
        }
    }
    tale.at_end = quality(life, &p, life->watch);
    for (; noted <= life->watch; noted++) {
        name_causes(life, &p, life->watch, tale.by[noted]);
        tale.at_month[noted] = tale.at_end;
    }
    return tale;
}
