#include "reference_production.h"
#include <math.h>

/* Quality as a sum of parts: fresh is what drift left of it, taken what shocks took. */

static double quality(const reference_life *life, double fresh, double taken)
{
    return life->up ? fresh - taken : fresh + taken;
}

static bool worse(const reference_life *life, double value, double than)
{
    return life->up ? value < than : value > than;
}

/* A retrained model: a share of the way back to what was launched. */
static void come_back(const reference_life *life, double share, double *fresh,
                      double *taken)
{
    if (!worse(life, quality(life, *fresh, *taken), life->at_launch))
        return;
    *fresh += share * (life->at_launch - *fresh);
    *taken -= share * *taken;
}

reference_tale reference_by_steps(const reference_life *life, double step)
{
    reference_tale tale = {0};
    double fresh = life->at_launch, taken = 0, since = 0, seen_for = -1,
           busy_until = -1;
    double next_shock = INFINITY, loses = life->up ? -1 : 1;
    uint32_t shocks = 0;
    if (life->shocks_per_month > 0)
        next_shock = -log(life->shock_uniform(life->self, 0)) / life->shocks_per_month;
    const uint64_t steps = (uint64_t)llround(life->watch / step);
    uint32_t month = 0;
    for (uint64_t i = 0; i < steps; i++) {
        const double t = (double)i * step;
        double now = quality(life, fresh, taken);
        if (t >= month - step / 2)
            tale.at_month[month++] = now;
        if (worse(life, now, life->floor))
            tale.months_below += step;
        if (busy_until >= 0) {
            if (t >= busy_until) {
                const uint32_t k = tale.retrainings - 1;
                if (life->fail_uniform(life->self, k) >= life->fails)
                    come_back(life, life->recovers(life->self, k), &fresh, &taken);
                busy_until = -1;
                since = t;
                seen_for = -1;
            }
        } else if (life->retrains) {
            if (life->has_trigger && seen_for < 0 && worse(life, now, life->trigger))
                seen_for = t;
            if (t - since >= life->every ||
                (seen_for >= 0 && t - seen_for >= life->delay)) {
                const uint32_t k = tale.retrainings++;
                tale.cost += life->price(life->self, k);
                busy_until = t + life->takes(life->self, k);
            }
        }
        if (t >= next_shock) {
            taken += life->shock_loss(life->self, shocks++);
            next_shock -=
                log(life->shock_uniform(life->self, shocks)) / life->shocks_per_month;
        }
        if (life->linear)
            fresh += loses * life->rate * step;
        else
            fresh += (life->lowest - fresh) * step / life->tau;
    }
    tale.at_end = quality(life, fresh, taken);
    if (month <= (uint32_t)life->watch)
        tale.at_month[month] = tale.at_end;
    return tale;
}

/* ----------------------------------------------------------------- by events */

typedef struct course { /* from a moment on, if nothing happens */
    double from, fresh, taken;
} course;

static double value_at(const reference_life *life, const course *c, double t)
{
    const double dt = t - c->from;
    double fresh =
        life->linear ? c->fresh + (life->up ? -1 : 1) * life->rate * dt
                     : life->lowest + (c->fresh - life->lowest) * exp(-dt / life->tau);
    return quality(life, fresh, c->taken);
}

/* First moment up to `until` at which the value is worse than `than`; INFINITY: none.
 * The course is monotone. */
static double when_worse(const reference_life *life, const course *c, double until,
                         double than)
{
    if (worse(life, value_at(life, c, c->from), than))
        return c->from;
    if (!worse(life, value_at(life, c, until), than))
        return INFINITY;
    double low = c->from, high = until;
    for (int i = 0; i < 200; i++) {
        const double middle = (low + high) / 2;
        if (worse(life, value_at(life, c, middle), than))
            high = middle;
        else
            low = middle;
    }
    return high;
}

static void move_on(const reference_life *life, course *c, double t)
{
    const double now = value_at(life, c, t);
    c->fresh = life->up ? now + c->taken : now - c->taken;
    c->from = t;
}

reference_tale reference_by_events(const reference_life *life)
{
    reference_tale tale = {0};
    course c = {0, life->at_launch, 0};
    double shock = INFINITY, due = life->retrains ? life->every : INFINITY;
    double alarm = INFINITY, done = INFINITY;
    uint32_t shocks = 0, month = 0;
    if (life->shocks_per_month > 0)
        shock = -log(life->shock_uniform(life->self, 0)) / life->shocks_per_month;
    for (;;) {
        const bool busy = done < INFINITY;
        const double horizon = fmin(life->watch, fmin(shock, busy ? done : due));
        if (!busy && life->retrains && life->has_trigger && alarm == INFINITY)
            alarm = when_worse(life, &c, horizon, life->trigger) + life->delay;
        const double next = busy ? horizon : fmin(horizon, alarm);
        while (month < next && month <= life->watch) {
            tale.at_month[month] = value_at(life, &c, month);
            month++;
        }
        /* worse at the end of a falling course, or at the start of a rising one */
        if (worse(life, value_at(life, &c, c.from), life->floor) &&
            !worse(life, value_at(life, &c, next), life->floor)) {
            reference_life upside = *life;
            upside.up = !life->up;
            course mirrored = c;
            mirrored.taken = -c.taken;
            if (life->linear)
                upside.rate = -life->rate;
            tale.months_below +=
                fmin(next, when_worse(&upside, &mirrored, next, life->floor)) - c.from;
        } else {
            const double from = when_worse(life, &c, next, life->floor);
            if (from < next)
                tale.months_below += next - from;
        }
        move_on(life, &c, next);
        if (next >= life->watch)
            break;
        if (busy && next == done) {
            const uint32_t k = tale.retrainings - 1;
            if (life->fail_uniform(life->self, k) >= life->fails)
                come_back(life, life->recovers(life->self, k), &c.fresh, &c.taken);
            done = INFINITY;
            due = next + life->every;
            alarm = INFINITY;
        } else if (next == shock) {
            c.taken += life->shock_loss(life->self, shocks++);
            shock -=
                log(life->shock_uniform(life->self, shocks)) / life->shocks_per_month;
        } else {
            const uint32_t k = tale.retrainings++;
            tale.cost += life->price(life->self, k);
            done = next + life->takes(life->self, k);
        }
    }
    tale.at_end = value_at(life, &c, life->watch);
    while (month <= life->watch)
        tale.at_month[month++] = tale.at_end;
    return tale;
}
