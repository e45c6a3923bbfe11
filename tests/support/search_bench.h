/* search_bench.h -- a search for 82 % from 79.5 % under a ceiling of 84 to 88 %, run by
 * hand: include it in one file of a test program, after nothing else that binds. */
#ifndef ROADCAST_TESTS_SEARCH_BENCH_H
#define ROADCAST_TESTS_SEARCH_BENCH_H

#include "by_hand.h"
#include "experiments.h"
#include "search.h"

enum { LEVERS = 4 };

typedef struct bench {
    rc_binder *plan;
    rc_experiments s;
    rc_lever lever[LEVERS];
    const rc_search_plan *bound;
    rc_step step;
    double rework[HAND_LANES];
} bench;

static inline rc_estimate uniform(bench *own, const char *name, double low, double high)
{
    return hand_estimate(own->plan, name, low, high);
}

static inline rc_estimate point(bench *own, const char *name, double value)
{
    return hand_point(own->plan, name, value);
}

/* A search for 82 % from 79.5 % under a ceiling of 84 to 88 %, measured exactly. */
static inline bench *bench_new(void)
{
    bench *own = calloc(1, sizeof *own);
    own->plan = hand_plan();
    own->plan->goals.target = (rc_target){
        .given = true, .metric = "recall", .up = true, .value = 0.82, .unit = "%"};
    own->plan->rate_per_hour = 2;
    own->s = (rc_experiments){
        .head = {.id = "experiments", .name = "Experiments"},
        .baseline = uniform(own, "experiments.baseline", 0.790, 0.798),
        .ceiling = uniform(own, "experiments.ceiling", 0.84, 0.88),
        .at_once = 1,
        .tries_each = RC_TRIES_EACH,
        .try_takes = uniform(own, "experiments.try_takes", 1, 5),
        .seed_sd = point(own, "experiments.seed_sd", 0),
        .paired_tries_correlate = point(own, "experiments.paired", 0.95),
        .gains_shrink = point(own, "experiments.gains_shrink", 0.8),
        .alone = {.weight = 1},
    };
    own->s.paired_tries_correlate.origin = RC_DEFAULT;
    return own;
}

static inline rc_lever *add_lever(bench *own, const char *id, double works, double low,
                                  double high, int64_t tries)
{
    rc_lever *v = own->lever + own->s.levers.n++;
    own->s.levers.at = own->lever;
    *v = (rc_lever){.head = {.id = id, .name = id}, .tries = tries, .weight = 1};
    v->works = point(own, rc_bind_print(own->plan, "%s.works", id), works);
    v->gain = uniform(own, rc_bind_print(own->plan, "%s.gain", id), low, high);
    return v;
}

static inline void bench_bind(bench *own)
{
    own->bound = hand_bind(own->plan, &rc_model_experiments, &own->s);
    own->step = hand_step(own->plan, &own->s, own->bound, 1);
    own->step.memory = calloc(HAND_LANES, own->bound->size);
}

static inline void bench_place(bench *own)
{
    rc_model_experiments.place(&own->step, own->plan->lane, HAND_LANES);
}

static inline void bench_run(bench *own)
{
    bench_bind(own);
    bench_place(own);
}

static inline void bench_next(bench *own)
{
    hand_next_block(own->plan);
    memset(own->step.memory, 0, HAND_LANES * own->bound->size);
    bench_place(own);
}

static inline const rc_search *search_of(const bench *own, uint32_t lane)
{
    return rc_search_of(&own->step, own->bound->size, lane);
}

static inline double row(const bench *own, const char *name, uint32_t lane)
{
    return hand_at(own->plan, name)[lane];
}

static inline double drawn(const bench *own, const rc_estimate *e, uint32_t lane,
                           double absent)
{
    return e->given ? own->plan->row[e->index][lane] : absent;
}

static inline void bench_free(bench *own)
{
    free(own->step.memory);
    hand_free(own->plan);
    free(own);
}

typedef struct future {
    const bench *own;
    uint32_t lane;
} future;

static inline double word_of(const future *f, const char *name, uint32_t k)
{
    char its[160];
    snprintf(its, sizeof its, "words %s", name);
    return rc_uniform(hand_mix(rc_hash_text(its), k,
                               (uint64_t)f->own->plan->block * HAND_LANES + f->lane));
}

static inline double each_of(const future *f, const rc_estimate *e, uint32_t k)
{
    return hand_each(f->own->plan, e->index, k, f->lane);
}

static inline void takes(bench *own, rc_lever *v, double low, double high)
{
    rc_binder *b = own->plan;
    v->try_takes =
        uniform(own, rc_bind_print(b, "%s.try_takes", v->head.id), low, high);
    v->gpu_hours = uniform(own, rc_bind_print(b, "%s.gpu_hours", v->head.id), 60, 400);
}

static inline bench *three_levers(void)
{
    bench *own = bench_new();
    takes(own, add_lever(own, "graph", 0.65, 0.003, 0.012, 4), 1, 5);
    takes(own, add_lever(own, "seq", 0.45, 0.002, 0.015, 6), 2, 8);
    takes(own, add_lever(own, "hard", 0.70, 0.001, 0.005, 3), 1, 2);
    return own;
}

#endif
