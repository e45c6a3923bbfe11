#include "reference_experiments.h"
#include "reference_gate.h"
#include <math.h>

double reference_normal(double u)
{
    double low = -40, high = 40;
    for (int i = 0; i < 200; i++) {
        const double z = (low + high) / 2;
        if (erfc(-z / M_SQRT2) / 2 < u)
            low = z;
        else
            high = z;
    }
    return (low + high) / 2;
}

static double measured(const reference_search *s, double truth, double seed,
                       double pair_z)
{
    const double u = s->test_size == 0 ? NAN : s->draw(s->self, "test", -1, 0);
    return reference_test(truth, s->test_size, u, s->r, seed, pair_z);
}

typedef struct attempt {
    int lever, k;
    double start, end, cost;
    bool done, kept, success;
} attempt;

typedef struct story {
    const reference_search *s;
    attempt tries[REFERENCE_TRIES];
    int n;
} story;

typedef enum { STARTED, RUNNING, ENDED, KEPT, SUCCESSES } what;

static int count(const story *t, int lever, what of)
{
    int n = 0;
    for (int i = 0; i < t->n; i++) {
        const attempt *a = t->tries + i;
        if (lever >= 0 && a->lever != lever)
            continue;
        n += of == STARTED || (of == RUNNING && !a->done) || (of == ENDED && a->done) ||
             (of == KEPT && a->kept) || (of == SUCCESSES && a->success);
    }
    return n;
}

/* Posterior chance that the next try of a lever works, as the team sees it: the ratio
 * of two integrals over p, each by the midpoint rule (Beta) or exactly (known p). */
static double believed(const story *t, int l)
{
    const reference_lever *v = t->s->lever + l;
    const int ended = count(t, l, ENDED), kept = count(t, l, KEPT);
    double exposure = 0;
    for (int i = 0; i < ended; i++)
        exposure += pow(v->mean_decay, i);
    const double next = pow(v->mean_decay, ended + count(t, l, RUNNING));
    if (isinf(v->b)) {
        double fail = 1;
        for (int i = 0; i < ended; i++)
            fail *= 1 - v->a * pow(v->mean_decay, i);
        const double there = kept > 0 ? 1 : v->pi * fail / (v->pi * fail + 1 - v->pi);
        return there * v->a * next;
    }
    double fail = 1; /* B(a, b + m) / B(a, b), factor by factor; decay: not here */
    for (int i = 0; i < ended; i++)
        fail *= (v->b + i) / (v->a + v->b + i);
    const double there = kept > 0 ? 1 : v->pi * fail / (v->pi * fail + 1 - v->pi);
    return there * (v->a + kept) / (v->a + v->b + fmax(exposure, kept)) * next;
}

static double score(const story *t, int l)
{
    const reference_lever *v = t->s->lever + l;
    return believed(t, l) * v->mean_gain *
           pow(count(t, l, KEPT) + 1, -t->s->team_gamma) / v->mean_days;
}

static bool open(const story *t, int l, double now)
{
    const reference_lever *v = t->s->lever + l;
    return v->available <= now && count(t, l, ENDED) + count(t, l, RUNNING) < v->tries;
}

static int choose(const story *t, double now)
{
    const reference_search *s = t->s;
    int best = -1;
    const int last = t->n > 0 ? t->tries[t->n - 1].lever : -1;
    for (int i = 0; i < s->levers; i++) {
        const int l =
            s->policy == REFERENCE_ROUND_ROBIN ? (last + 1 + i) % s->levers : i;
        if (!open(t, l, now))
            continue;
        if (s->policy != REFERENCE_BEST)
            return l;
        if (best < 0 || score(t, l) > score(t, best))
            best = l;
    }
    return best;
}

static void tell(reference_found *out, double at, double measured)
{
    out->told[out->told_n].at = at;
    out->told[out->told_n++].measured = measured;
}

reference_found reference_experiments(const reference_search *s)
{
    static story t; /* one test at a time */
    t = (story){.s = s};
    reference_found out = {.largest_lever = -1};
    double truth = s->before, ceiling = s->ceiling, now = 0, spent = 0;
    bool raised[REFERENCE_LEVERS] = {false};
    double gained[REFERENCE_LEVERS] = {0};
    int failures = 0;
    bool labels_are_there = s->labels_bring == 0;
    double seed = s->seed_sd * reference_normal(s->draw(s->self, "seed", -1, 0));
    double shown = measured(s, truth, seed, 0);
    int ended = 0;
    tell(&out, 0, shown);

    while (shown < s->aim - 1e-12 && s->limit > 0) {
        while (count(&t, -1, RUNNING) < s->at_once && t.n < REFERENCE_TRIES &&
               count(&t, -1, ENDED) + count(&t, -1, RUNNING) < s->most_tries &&
               spent < s->budget &&
               !(s->failures_in_a_row > 0 && failures >= s->failures_in_a_row)) {
            const int l = choose(&t, now);
            if (l < 0)
                break;
            const int k = count(&t, l, STARTED) + 1;
            attempt *a = t.tries + t.n++;
            *a = (attempt){.lever = l, .k = k, .start = now};
            a->end = now + s->draw(s->self, "takes", l, k) * s->slower;
            for (int i = 0; i < s->lever[l].repeats; i++)
                a->cost += s->draw(s->self, "cost", l, k);
            spent += a->cost;
        }
        attempt *next = 0;
        for (int i = 0; i < t.n; i++)
            if (!t.tries[i].done && (!next || t.tries[i].end < next->end))
                next = t.tries + i;
        double wake = INFINITY; /* a lever comes within reach */
        if (count(&t, -1, RUNNING) < s->at_once &&
            count(&t, -1, ENDED) + count(&t, -1, RUNNING) < s->most_tries &&
            spent < s->budget &&
            !(s->failures_in_a_row > 0 && failures >= s->failures_in_a_row))
            for (int l = 0; l < s->levers; l++)
                if (s->lever[l].available > now &&
                    count(&t, l, ENDED) + count(&t, l, RUNNING) < s->lever[l].tries)
                    wake = fmin(wake, s->lever[l].available);
        const double first = fmin(next ? next->end : INFINITY, wake);
        const double labels = labels_are_there ? INFINITY : s->labels_come;
        if (!next && fmin(first, labels) > fmin(s->limit, 1e300))
            break;
        if (fmin(first, labels) > s->limit) {
            now = s->limit;
            break;
        }
        if (labels <= first) {
            now = labels;
            labels_are_there = true;
            shown -= measured(s, truth, seed, 0);
            truth = fmin(truth + s->labels_bring, ceiling);
            shown += measured(s, truth, seed, 0);
            tell(&out, now, shown);
            continue;
        }
        if (!next || wake < next->end) {
            now = wake;
            continue;
        }

        now = next->end;
        next->done = true;
        const int l = next->lever, k = next->k;
        const reference_lever *v = s->lever + l;
        failures++;
        ended++;
        if (s->draw(s->self, "crash", l, k) < v->crash)
            continue;
        double try_truth = truth, try_ceiling = ceiling;
        const double chance = v->feasible ? v->p * pow(v->decay, k - 1) : 0;
        if (s->draw(s->self, "success", l, k) < chance) {
            next->success = out.worked[ended - 1] = true;
            const double shrink = pow(count(&t, l, SUCCESSES), -s->gamma);
            const double gain = s->draw(s->self, "gain", l, k);
            if (!raised[l])
                try_ceiling = fmax(fmin(ceiling + v->raises, 1), ceiling);
            const double room = try_ceiling - s->before;
            if (v->in_points)
                try_truth +=
                    room > 0 ? fmin(gain, room) * (try_ceiling - truth) / room * shrink
                             : 0;
            else
                try_truth = try_ceiling - (try_ceiling - truth) * exp(-gain * shrink);
        }
        /* the mean of so many trainings, each of variance seed_sd^2 */
        const double its_sd = sqrt(s->seed_sd * s->seed_sd / v->repeats);
        const double its_seed =
            its_sd * reference_normal(s->draw(s->self, "seed", l, k));
        const double its = measured(s, try_truth, its_seed,
                                    reference_normal(s->draw(s->self, "pair", l, k)));
        if (its > shown) {
            next->kept = true;
            gained[l] += try_truth - truth;
            raised[l] = raised[l] || try_ceiling > ceiling;
            truth = try_truth;
            ceiling = try_ceiling;
            shown = its;
            seed = its_seed;
            failures = 0;
            tell(&out, now, shown);
        }
    }
    for (int i = 0; i < t.n; i++) {
        const attempt *a = t.tries + i;
        out.cost += a->cost;
        if (!a->done && a->end > a->start)
            out.cost -= a->cost * (a->end - now) / (a->end - a->start);
    }
    for (int l = 0; l < s->levers; l++) {
        out.lever_tries[l] = count(&t, l, ENDED);
        out.successes[l] = count(&t, l, SUCCESSES);
        if (gained[l] > out.largest) {
            out.largest = gained[l];
            out.largest_lever = l;
        }
    }
    out.days = now;
    out.at_aim = shown >= s->aim - 1e-12;
    out.tries = count(&t, -1, ENDED);
    out.truth = truth;
    out.measured = shown;
    out.seed = seed;
    return out;
}
