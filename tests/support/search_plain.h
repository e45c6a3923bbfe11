/* search_plain.h -- what one future of a search run by hand (search_bench.h) is to the
 * reference (reference_experiments.h): the same settings, the same luck. Include it in one
 * file of a test program, instead of search_bench.h. */
#ifndef ROADCAST_TESTS_SEARCH_PLAIN_H
#define ROADCAST_TESTS_SEARCH_PLAIN_H

#include "search_bench.h"
#include "reference_experiments.h"

static inline double plain_draw(const void *self, const char *what, int lever, int k)
{
    const future *f = self;
    const rc_experiments *s = &f->own->s;
    char name[128];
    if (strcmp(what, "test") == 0)
        return word_of(f, "experiments.test_set", 0);
    if (lever < 0)
        return word_of(f, "experiments.seed", 0);
    const rc_lever *v = f->own->lever + lever;
    if (strcmp(what, "takes") == 0)
        return each_of(f, &v->try_takes, (uint32_t)k);
    if (strcmp(what, "cost") == 0)
        return v->gpu_hours.given ? each_of(f, &v->gpu_hours, (uint32_t)k) *
                                        f->own->plan->rate_per_hour
                                  : 0;
    if (strcmp(what, "gain") == 0)
        return each_of(f, s->levers.n && v->gain.given ? &v->gain : &v->log_gain,
                       (uint32_t)k);
    snprintf(name, sizeof name, "experiments.levers.%s.%s", v->head.id, what);
    return word_of(f, name, (uint32_t)k);
}

static inline double plain_mean(const rc_estimate *e, double absent)
{
    return e->given ? rc_law_mean(&e->law) : absent;
}

static inline void plain_lever(const bench *own, uint32_t lane, int l,
                               reference_lever *out)
{
    const rc_lever *v = own->lever + l;
    const future f = {own, lane};
    char name[128];
    snprintf(name, sizeof name, "experiments.levers.%s.feasible", v->head.id);
    *out = (reference_lever){
        .feasible = word_of(&f, name, 0) < drawn(own, &v->reachable, lane, 1),
        .p = drawn(own, &v->works, lane, 0),
        .decay = drawn(own, &v->decay, lane, 1),
        .crash = drawn(own, &v->crash, lane, 0),
        .raises = drawn(own, &v->raises_ceiling, lane, 0),
        .available = -INFINITY,
        .in_points = v->gain.given,
        .tries = v->tries ? (int)v->tries : 10000,
        .repeats = v->repeats       ? (int)v->repeats
                   : own->s.repeats ? (int)own->s.repeats
                                    : 1,
        .a = plain_mean(&v->works, 0),
        .b = INFINITY,
        .pi = plain_mean(&v->reachable, 1),
        .mean_days = plain_mean(&v->try_takes, 1),
        .mean_decay = plain_mean(&v->decay, 1),
    };
    const double variance = rc_law_variance(&v->works.law);
    if (variance > 0) { /* Beta of the same mean and variance */
        const double sum = out->a * (1 - out->a) / variance - 1;
        out->b = (1 - out->a) * sum;
        out->a *= sum;
    }
    const double excess =
        rc_law_mean(&own->s.ceiling.law) - rc_law_mean(&own->s.baseline.law);
    out->mean_gain = v->gain.given ? plain_mean(&v->gain, 0)
                                   : excess * (1 - exp(-plain_mean(&v->log_gain, 0)));
    out->mean_gain *= 1 - plain_mean(&v->crash, 0);
    for (uint32_t i = 0; i < v->needs.n; i++) {
        char task[64];
        snprintf(task, sizeof task, "finish %s", v->needs.at[i]);
        const double finish = row(own, task, lane);
        out->available = fmax(
            out->available, isnan(finish) ? INFINITY : finish - own->plan->start[lane]);
    }
}

/* f stays where it is while the reference runs. */
static inline reference_search plain_search(const future *f)
{
    const bench *own = f->own;
    const rc_experiments *s = &own->s;
    const uint32_t lane = f->lane;
    reference_search plain = {
        .before = drawn(own, &s->baseline, lane, 0),
        .ceiling =
            fmax(drawn(own, &s->ceiling, lane, 0), drawn(own, &s->baseline, lane, 0)),
        .aim = drawn(own, &s->aim, lane, own->plan->goals.target.value),
        .gamma = drawn(own, &s->gains_shrink, lane, 0),
        .team_gamma = plain_mean(&s->gains_shrink, 0),
        .seed_sd = drawn(own, &s->seed_sd, lane, 0),
        .test_size = (double)s->test_size,
        .r = drawn(own, &s->paired_tries_correlate, lane, 0),
        .slower = own->plan->slower[lane],
        .at_once = (int)s->at_once,
        .limit = drawn(own, &s->give_up_after, lane, INFINITY),
        .budget = drawn(own, &s->budget, lane, INFINITY),
        .failures_in_a_row = (int)s->failures_in_a_row,
        .most_tries = own->bound->most_tries > 600 ? 600 : (int)own->bound->most_tries,
        .policy = s->policy == RC_IN_ORDER      ? REFERENCE_IN_ORDER
                  : s->policy == RC_ROUND_ROBIN ? REFERENCE_ROUND_ROBIN
                                                : REFERENCE_BEST,
        .levers = (int)s->levers.n,
        .self = f,
        .draw = plain_draw,
    };
    for (int l = 0; l < plain.levers; l++)
        plain_lever(own, lane, l, plain.lever + l);
    return plain;
}

#endif
