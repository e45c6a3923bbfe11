#include "reference_approaches.h"
#include "reference_experiments.h"
#include <math.h>

typedef struct attempt {
    int approach, lever, k;
    double start, end;
    bool done, success;
    int rank;  /* success so many of its lever */
    int order; /* kept as the so manieth of all; 0: not kept */
    bool raises;
} attempt;

typedef struct story {
    const plain_search *s;
    attempt tries[ITS_TRIES];
    int n, kept, now_at;
    bool built[APPROACHES];
    double seed[APPROACHES], pair[APPROACHES]; /* parts of what was measured last */
} story;

static bool concerns(const story *t, const attempt *x, int approach)
{
    const int its = t->s->lever[x->lever].approach;
    return x->success && (its < 0 || its == approach);
}

static void tell(const story *t, const attempt *x, int a, double *truth,
                 double *ceiling)
{
    const plain_lever *v = &t->s->lever[x->lever];
    if (!concerns(t, x, a))
        return;
    if (x->raises && *ceiling < 1)
        *ceiling = fmin(*ceiling + v->raises, 1);
    const double gain = t->s->draw(t->s->self, "gain", x->lever, x->k, 0);
    const double shrink = pow(x->rank, -t->s->gamma);
    const double left = *ceiling - *truth, room = *ceiling - t->s->approach[a].before;
    if (!v->in_points)
        *truth = *ceiling - left * exp(-gain * shrink);
    else if (room > 0)
        *truth += fmin(gain, room) * left / room * shrink;
}

/* The true value of an approach's model, from all that was kept, and one more try. */
static double truth_of(const story *t, int a, const attempt *more)
{
    double truth = t->s->approach[a].before;
    double ceiling = fmax(t->s->approach[a].ceiling, truth);
    for (int order = 1; order <= t->kept; order++)
        for (int i = 0; i < t->n; i++)
            if (t->tries[i].order == order)
                tell(t, &t->tries[i], a, &truth, &ceiling);
    if (more)
        tell(t, more, a, &truth, &ceiling);
    return truth;
}

static double test_error(const story *t, double truth)
{
    const plain_search *s = t->s;
    if (s->test_size == 0 || truth <= 0 || truth >= 1)
        return 0;
    const double u = s->draw(s->self, "test", -1, 0, 0);
    double term = pow(1 - truth, s->test_size), sum = term, k = 0;
    for (; sum < u && k < s->test_size; k++, sum += term)
        term *= (s->test_size - k) / (k + 1) * truth / (1 - truth);
    return k / s->test_size - truth;
}

static double pair_of(const story *t, double truth, double z)
{
    const plain_search *s = t->s;
    if (s->test_size == 0)
        return 0;
    return z * sqrt(truth * (1 - truth) / s->test_size * 2 * (1 - s->r));
}

static double shown(const story *t, int a)
{
    const double truth = truth_of(t, a, 0);
    return truth + test_error(t, truth) + t->seed[a] + t->pair[a];
}

static void change(double *times, double *plus, side_change c, double by)
{
    if (!c.given)
        return;
    if (c.relative)
        *times *= 1 + by;
    else
        *plus += by;
}

static double side_of(const story *t, int a, int side, const attempt *more)
{
    const plain_search *s = t->s;
    double times = 1, plus = 0;
    change(&times, &plus, s->approach[a].also[side],
           s->draw(s->self, "approach also", a, 0, side));
    for (int i = 0; i < t->n; i++) {
        const attempt *x = &t->tries[i];
        if ((x->order > 0 || x == more) && concerns(t, x, a))
            change(&times, &plus, s->lever[x->lever].also[side],
                   s->draw(s->self, "also", x->lever, x->k, side));
    }
    const double value = s->side[side] * times + plus;
    return s->is_share[side] ? fmin(fmax(value, 0), 1) : value;
}

static double breach(const story *t, int a, const attempt *more)
{
    double sum = 0;
    for (int i = 0; i < t->s->limits; i++) {
        const double limit = t->s->limits_at[i].value;
        const double is = side_of(t, a, t->s->limits_at[i].side, more);
        const double over = t->s->limits_at[i].at_most ? is - limit : limit - is;
        sum += fmax(over, 0) / fabs(limit);
    }
    return sum;
}

/* The best of those that are built, among all or among the open ones left. */
static int best(const story *t, bool all, const bool *passed)
{
    int out = -1;
    for (int a = 0; a < t->s->approaches; a++) {
        const bool may =
            all ? (a > 0 || t->s->todays_ships) : t->s->approach[a].open && !passed[a];
        if (!may || !t->built[a])
            continue;
        const double less = out < 0 ? -1 : breach(t, a, 0) - breach(t, out, 0);
        if (less < 0 || (less == 0 && shown(t, a) > shown(t, out)))
            out = a;
    }
    return out;
}

static int begun(const story *t, int a)
{
    int n = 0;
    for (int i = 0; i < t->n; i++)
        n += t->tries[i].approach == a;
    return n;
}

/* Tries of this approach that have ended since one of them was last kept. */
static int barren(const story *t, int a)
{
    double last = -1;
    int n = 0;
    for (int i = 0; i < t->n; i++)
        if (t->tries[i].approach == a && t->tries[i].order > 0)
            last = fmax(last, t->tries[i].end);
    for (int i = 0; i < t->n; i++)
        n += t->tries[i].approach == a && t->tries[i].done && t->tries[i].end > last;
    return n;
}

static int next_approach(const story *t, const bool *passed)
{
    const plain_search *s = t->s;
    for (int a = 0; a < s->approaches; a++)
        if (s->approach[a].open && !passed[a] &&
            (s->one_by_one ? barren(t, a) : begun(t, a)) < s->tries_each)
            return a;
    const int of_built = best(t, false, passed);
    for (int a = 0; of_built < 0 && a < s->approaches; a++)
        if (s->approach[a].open && !passed[a])
            return a;
    return of_built;
}

static int first_lever(const story *t, int a)
{
    for (int l = 0; l < t->s->levers; l++) {
        int used = 0;
        for (int i = 0; i < t->n; i++)
            used += t->tries[i].lever == l;
        const int its = t->s->lever[l].approach;
        if ((its < 0 || its == a) && used < t->s->lever[l].tries)
            return l;
    }
    return -1;
}

static bool start(story *t, double now)
{
    bool passed[APPROACHES] = {false};
    for (int a; (a = next_approach(t, passed)) >= 0; passed[a] = true) {
        const int l = first_lever(t, a);
        if (l < 0)
            continue;
        int k = 1;
        for (int i = 0; i < t->n; i++)
            k += t->tries[i].lever == l;
        attempt *x = &t->tries[t->n++];
        *x = (attempt){.approach = a, .lever = l, .k = k, .start = now};
        x->end = now + t->s->draw(t->s->self, "takes", l, k, a);
        return true;
    }
    return false;
}

static void end(story *t, attempt *x)
{
    const plain_search *s = t->s;
    const int a = x->approach, l = x->lever;
    x->done = t->built[a] = true;
    x->success = s->draw(s->self, "success", l, x->k, 0) < s->lever[l].p;
    x->rank = 1;
    x->raises = true;
    for (int i = 0; i < t->n; i++) {
        const attempt *y = &t->tries[i];
        if (y == x || y->lever != l || !y->done || !y->success)
            continue;
        x->rank++;
        x->raises &= y->order == 0;
    }
    const double truth = truth_of(t, a, x->success ? x : 0);
    const double seed =
        s->seed_sd * reference_normal(s->draw(s->self, "seed", l, x->k, 0));
    const double pair =
        pair_of(t, truth, reference_normal(s->draw(s->self, "pair", l, x->k, 0)));
    const double measured = truth + test_error(t, truth) + seed + pair;
    const double before = breach(t, a, 0), after = breach(t, a, x);
    if (after > before ||
        !(measured > shown(t, a) || (after < before && measured >= s->aim - 1e-12)))
        return;
    x->order = ++t->kept;
    t->seed[a] = seed;
    t->pair[a] = pair;
}

plain_found reference_approaches(const plain_search *s)
{
    static story t; /* one test at a time */
    t = (story){.s = s};
    plain_found out = {0};
    double now = 0;
    for (int a = 0; a < s->approaches; a++)
        t.seed[a] = s->seed_sd * reference_normal(s->draw(s->self, "today", -1, a, 0));
    t.built[0] = s->todays_ships;
    for (;;) {
        const int at = best(&t, true, 0);
        t.now_at = at < 0 ? t.now_at : at;
        if (at >= 0 && shown(&t, at) >= s->aim - 1e-12 && !(breach(&t, at, 0) > 0))
            break;
        int running = 0;
        attempt *next = 0;
        for (int i = 0; i < t.n; i++)
            running += !t.tries[i].done;
        while (running < s->at_once && t.n < ITS_TRIES && start(&t, now))
            running++;
        for (int i = 0; i < t.n; i++)
            if (!t.tries[i].done && (!next || t.tries[i].end < next->end))
                next = &t.tries[i];
        if (!next)
            break;
        if (next->end > s->limit) {
            now = s->limit;
            break;
        }
        now = next->end;
        end(&t, next);
    }
    for (int i = 0; i < t.n; i++)
        out.tries += t.tries[i].done;
    out.at = t.now_at;
    out.days = now;
    for (int a = 0; a < s->approaches; a++) {
        out.begun[a] = begun(&t, a);
        out.built[a] = t.built[a];
        out.truth[a] = truth_of(&t, a, 0);
        out.measured[a] = shown(&t, a);
    }
    for (int i = 0; i < SIDES; i++)
        out.side[i] = side_of(&t, out.at, i, 0);
    return out;
}
