/* A search against exact answers, against a plain reference future by future, and
 * against what every search must do. */
#include "by_hand.h"
#include "experiments.h"
#include "labelling.h"
#include "reference_experiments.h"
#include "search.h"
#include <check.h>

enum { LEVERS = 4 };

typedef struct bench {
    rc_binder *plan;
    rc_experiments s;
    rc_lever lever[LEVERS];
    const rc_search_plan *bound;
    rc_step step;
    double rework[HAND_LANES];
} bench;

static rc_estimate uniform(bench *own, const char *name, double low, double high)
{
    return hand_estimate(own->plan, name, low, high);
}

static rc_estimate point(bench *own, const char *name, double value)
{
    return hand_point(own->plan, name, value);
}

/* A search for 82 % from 79.5 % under a ceiling of 84 to 88 %, measured exactly. */
static bench *bench_new(void)
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
        .try_takes = uniform(own, "experiments.try_takes", 1, 5),
        .seed_sd = point(own, "experiments.seed_sd", 0),
        .paired_tries_correlate = point(own, "experiments.paired", 0.95),
        .gains_shrink = point(own, "experiments.gains_shrink", 0.8),
        .alone = {.weight = 1},
    };
    return own;
}

static rc_lever *add_lever(bench *own, const char *id, double works, double low,
                           double high, int64_t tries)
{
    rc_lever *v = own->lever + own->s.levers.n++;
    char name[64];
    own->s.levers.at = own->lever;
    *v = (rc_lever){.head = {.id = id, .name = id}, .tries = tries, .weight = 1};
    snprintf(name, sizeof name, "%s.works", id);
    v->works = point(own, strdup(name), works);
    snprintf(name, sizeof name, "%s.gain", id);
    v->gain = uniform(own, strdup(name), low, high);
    return v;
}

static void bench_bind(bench *own)
{
    own->bound = hand_bind(own->plan, &rc_model_experiments, &own->s);
    own->step = hand_step(own->plan, &own->s, own->bound, 1);
    own->step.memory = calloc(HAND_LANES, rc_model_experiments.memory_per_lane);
}

static void bench_place(bench *own)
{
    rc_model_experiments.place(&own->step, own->plan->lane, HAND_LANES);
}

static void bench_run(bench *own)
{
    bench_bind(own);
    bench_place(own);
}

static void bench_next(bench *own)
{
    hand_next_block(own->plan);
    memset(own->step.memory, 0, HAND_LANES * rc_model_experiments.memory_per_lane);
    bench_place(own);
}

static const rc_search *search_of(const bench *own, uint32_t lane)
{
    return (const rc_search *)own->step.memory + lane;
}

static double row(const bench *own, const char *name, uint32_t lane)
{
    return hand_at(own->plan, name)[lane];
}

static double drawn(const bench *own, const rc_estimate *e, uint32_t lane,
                    double absent)
{
    return e->given ? own->plan->row[e->index][lane] : absent;
}

static void bench_free(bench *own)
{
    free(own->step.memory);
    hand_free(own->plan);
    free(own);
}

/* --------------------------------------------------------------- exact answers */

/* P(more than ten tries) of a lever whose first success reaches the aim. */
static double more_than_ten(rc_law works, double *out_n)
{
    bench *own = bench_new();
    own->s.alone.works = hand_law(own->plan, "experiments.works", works);
    own->s.alone.log_gain = point(own, "experiments.log_gain", 60);
    own->s.aim = point(own, "experiments.aim", 0.83);
    own->s.try_takes = point(own, "experiments.try_takes", 1);
    bench_bind(own);
    const uint32_t blocks = 400;
    uint32_t more = 0;
    for (uint32_t block = 0; block < blocks; block++) {
        bench_next(own);
        for (uint32_t i = 0; i < HAND_LANES; i++)
            more += search_of(own, i)->tries > 10;
    }
    *out_n = (double)blocks * HAND_LANES;
    bench_free(own);
    return more / *out_n;
}

static void check_share(double seen, double p, double n)
{
    ck_assert_double_eq_tol(seen, p, 4.5 * sqrt(p * (1 - p) / n));
}

START_TEST(tries_until_the_first_success_are_geometric)
{
    const rc_law law = {.kind = RC_CONSTANT, .p = {0.15}, .floor_at = -INFINITY};
    double n;
    const double seen = more_than_ten(law, &n);
    check_share(seen, 0.196874, n);
}
END_TEST

START_TEST(an_unknown_chance_makes_droughts_longer)
{
    const rc_law law = {.kind = RC_BETA, .p = {1.5, 8.5, 0, 1}, .floor_at = -INFINITY};
    double n;
    const double seen = more_than_ten(law, &n);
    check_share(seen, 0.318540, n);
}
END_TEST

/* -------------------------------------------------------------- the reference */

typedef struct future {
    const bench *own;
    uint32_t lane;
} future;

static double word_of(const future *f, const char *name, uint32_t k)
{
    char its[160];
    snprintf(its, sizeof its, "words %s", name);
    return rc_uniform(hand_mix(rc_hash_text(its), k,
                               (uint64_t)f->own->plan->block * HAND_LANES + f->lane));
}

static double each_of(const future *f, const rc_estimate *e, uint32_t k)
{
    return hand_each(f->own->plan, e->index, k, f->lane);
}

static double draw(const void *self, const char *what, int lever, int k)
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

static double mean(const rc_estimate *e, double absent)
{
    return e->given ? rc_law_mean(&e->law) : absent;
}

static void refer_lever(const bench *own, uint32_t lane, int l, reference_lever *out)
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
        .a = mean(&v->works, 0),
        .b = INFINITY,
        .pi = mean(&v->reachable, 1),
        .mean_days = mean(&v->try_takes, 1),
        .mean_decay = mean(&v->decay, 1),
    };
    const double variance = rc_law_variance(&v->works.law);
    if (variance > 0) { /* Beta of the same mean and variance */
        const double sum = out->a * (1 - out->a) / variance - 1;
        out->b = (1 - out->a) * sum;
        out->a *= sum;
    }
    const double excess =
        rc_law_mean(&own->s.ceiling.law) - rc_law_mean(&own->s.baseline.law);
    out->mean_gain =
        v->gain.given ? mean(&v->gain, 0) : excess * (1 - exp(-mean(&v->log_gain, 0)));
    out->mean_gain *= 1 - mean(&v->crash, 0);
    for (uint32_t i = 0; i < v->needs.n; i++) {
        char task[64];
        snprintf(task, sizeof task, "finish %s", v->needs.at[i]);
        const double finish = row(own, task, lane);
        out->available = fmax(
            out->available, isnan(finish) ? INFINITY : finish - own->plan->start[lane]);
    }
}

static void compare(bench *own)
{
    bench_run(own);
    const rc_experiments *s = &own->s;
    for (uint32_t lane = 0; lane < HAND_LANES; lane++) {
        const future f = {own, lane};
        reference_search plain = {
            .before = drawn(own, &s->baseline, lane, 0),
            .ceiling = fmax(drawn(own, &s->ceiling, lane, 0),
                            drawn(own, &s->baseline, lane, 0)),
            .aim = drawn(own, &s->aim, lane, own->plan->goals.target.value),
            .gamma = drawn(own, &s->gains_shrink, lane, 0),
            .team_gamma = mean(&s->gains_shrink, 0),
            .seed_sd = drawn(own, &s->seed_sd, lane, 0),
            .test_size = (double)s->test_size,
            .r = drawn(own, &s->paired_tries_correlate, lane, 0),
            .slower = own->plan->slower[lane],
            .at_once = (int)s->at_once,
            .limit = drawn(own, &s->give_up_after, lane, INFINITY),
            .budget = drawn(own, &s->budget, lane, INFINITY),
            .failures_in_a_row = (int)s->failures_in_a_row,
            .most_tries =
                own->bound->most_tries > 600 ? 600 : (int)own->bound->most_tries,
            .policy = s->policy == RC_IN_ORDER      ? REFERENCE_IN_ORDER
                      : s->policy == RC_ROUND_ROBIN ? REFERENCE_ROUND_ROBIN
                                                    : REFERENCE_BEST,
            .levers = (int)s->levers.n,
            .self = &f,
            .draw = draw,
        };
        for (int l = 0; l < plain.levers; l++)
            refer_lever(own, lane, l, plain.lever + l);
        const reference_found found = reference_experiments(&plain);
        const rc_search *search = search_of(own, lane);
        ck_assert_msg((int)search->tries == found.tries,
                      "lane %u: %u tries, reference %d", lane, search->tries,
                      found.tries);
        ck_assert_double_eq_tol(own->plan->duration[lane], found.days, 1e-9);
        ck_assert_double_eq_tol(own->plan->cost[lane], found.cost, 1e-6);
        ck_assert_double_eq_tol(row(own, "metric.recall", lane), found.truth, 1e-9);
        ck_assert_double_eq_tol(row(own, "metric.recall.measured", lane),
                                found.measured, 1e-9);
        ck_assert_double_eq_tol(row(own, "metric.recall.seed", lane), found.seed, 1e-9);
        for (int l = 0; l < plain.levers; l++) {
            ck_assert_int_eq(search->lever[l].ended, found.lever_tries[l]);
            ck_assert_int_eq(search->lever[l].successes, found.successes[l]);
        }
        const double largest = row(own, "experiments[experiments].largest_gain", lane);
        if (found.largest_lever < 0)
            ck_assert(isnan(largest));
        else if (found.largest > 1e-12)
            ck_assert_double_eq(largest, found.largest_lever);
    }
}

static void takes(bench *own, rc_lever *v, double low, double high)
{
    char name[64];
    snprintf(name, sizeof name, "%s.try_takes", v->head.id);
    v->try_takes = uniform(own, strdup(name), low, high);
    snprintf(name, sizeof name, "%s.gpu_hours", v->head.id);
    v->gpu_hours = uniform(own, strdup(name), 60, 400);
}

static bench *three_levers(void)
{
    bench *own = bench_new();
    takes(own, add_lever(own, "graph", 0.65, 0.003, 0.012, 4), 1, 5);
    takes(own, add_lever(own, "seq", 0.45, 0.002, 0.015, 6), 2, 8);
    takes(own, add_lever(own, "hard", 0.70, 0.001, 0.005, 3), 1, 2);
    return own;
}

START_TEST(simple_levers_agree_with_the_reference)
{
    bench *own = three_levers();
    compare(own);
    bench_free(own);
}
END_TEST

START_TEST(parallel_noisy_tries_agree_with_the_reference)
{
    bench *own = three_levers();
    own->s.at_once = 3;
    own->s.test_size = 300;
    own->s.seed_sd = uniform(own, "experiments.seed_sd", 0.001, 0.004);
    own->s.give_up_after = uniform(own, "experiments.give_up_after", 10, 30);
    own->s.aim = point(own, "experiments.aim", 0.829);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        own->plan->slower[i] = 1 + 0.3 * rc_uniform(hand_hash("slower", 0, i));
    compare(own);
    bench_free(own);
}
END_TEST

START_TEST(unknown_chances_decay_and_crashes_agree_with_the_reference)
{
    bench *own = three_levers();
    own->s.aim = point(own, "experiments.aim", 0.86);
    own->s.gains_shrink = uniform(own, "experiments.gains_shrink", 0.7, 0.9);
    for (int i = 0; i < 3; i++)
        own->lever[i].tries = 12;
    own->lever[0].works = hand_law(
        own->plan, "a.works",
        (rc_law){.kind = RC_BETA, .p = {2.5, 6.3, 0, 1}, .floor_at = -INFINITY});
    own->lever[0].crash = uniform(own, "a.crash", 0.01, 0.10);
    own->lever[1].reachable = point(own, "b.reachable", 0.6);
    own->lever[1].decay = point(own, "b.decay", 0.9);
    own->lever[2].raises_ceiling = uniform(own, "c.raises", 0.005, 0.03);
    own->lever[2].gain.given = false;
    own->lever[2].log_gain = uniform(own, "c.log_gain", 0.05, 0.4);
    own->s.at_once = 2;
    compare(own);
    bench_free(own);
}
END_TEST

START_TEST(needs_budgets_and_failures_agree_with_the_reference)
{
    bench *own = three_levers();
    static const char *const feature[] = {"features", "data"};
    own->lever[0].needs = (rc_texts){.at = feature, .n = 2};
    own->lever[1].needs = (rc_texts){.at = feature, .n = 1};
    for (int i = 0; i < 2; i++) {
        char name[64];
        snprintf(name, sizeof name, "finish %s", feature[i]);
        const uint32_t r = hand_row(own->plan, name, NAN);
        for (uint32_t lane = 0; lane < HAND_LANES; lane++)
            if (lane % 5 != 0)
                own->plan->row[r][lane] =
                    20 + 20 * rc_uniform(hand_hash(name, 0, lane));
    }
    for (uint32_t lane = 0; lane < HAND_LANES; lane++)
        own->plan->start[lane] = 25;
    own->s.aim = point(own, "experiments.aim", 0.87);
    own->s.budget = uniform(own, "experiments.budget", 1000, 5000);
    own->s.failures_in_a_row = 4;
    own->s.at_once = 2;
    compare(own);
    bench_free(own);
}
END_TEST

START_TEST(plain_policies_agree_with_the_reference)
{
    const int policies[] = {RC_IN_ORDER, RC_ROUND_ROBIN};
    for (int i = 0; i < 2; i++) {
        bench *own = three_levers();
        own->s.policy = policies[i];
        own->s.at_once = 2;
        own->s.aim = point(own, "experiments.aim", 0.84);
        compare(own);
        bench_free(own);
    }
}
END_TEST

/* ---------------------------------------------------- what every search must do */

START_TEST(no_success_leads_beyond_the_ceiling_or_keeps_what_measures_worse)
{
    bench *own = three_levers();
    own->s.aim = point(own, "experiments.aim", 0.99);
    own->s.test_size = 2000;
    own->s.seed_sd = point(own, "experiments.seed_sd", 0.002);
    bench_bind(own);
    for (int block = 0; block < 4; block++) {
        bench_next(own);
        for (uint32_t i = 0; i < HAND_LANES; i++) {
            const rc_search *s = search_of(own, i);
            ck_assert_double_ge(s->e, s->floor - 1e-12);
            ck_assert_double_le(s->e, s->e_start);
            ck_assert_uint_eq(s->tries, 13); /* all of them */
            ck_assert(!isnan(row(own, "experiments[experiments].winners_curse", i)));
        }
    }
    bench_free(own);
}
END_TEST

START_TEST(parallel_tries_share_a_lever_and_the_clock)
{
    bench *own = bench_new();
    add_lever(own, "only", 0.0, 0.003, 0.012, 5);
    own->s.at_once = 2;
    own->s.try_takes = point(own, "experiments.try_takes", 2);
    bench_run(own);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_double_eq(own->plan->duration[i], 6); /* 2 + 2 + 1 */
    ck_assert_double_eq(rc_model_experiments.typical(&own->s), 2.5 * 2 / 2);
    own->s.gpus = 4;
    ck_assert_double_eq(rc_model_experiments.gpus(&own->s), 8);
    bench_free(own);
}
END_TEST

START_TEST(the_clock_cuts_what_runs_and_it_pays_its_share)
{
    bench *own = bench_new();
    own->lever[0].crash = point(own, "crash", 0);
    add_lever(own, "only", 0.0, 0.003, 0.012, 0);
    own->s.try_takes = point(own, "experiments.try_takes", 4);
    own->s.gpu_hours = point(own, "experiments.gpu_hours", 100);
    own->s.give_up_after = point(own, "experiments.give_up_after", 10);
    bench_run(own);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        ck_assert_double_eq(own->plan->duration[i], 10);
        ck_assert_double_eq_tol(own->plan->cost[i], 2.5 * 100 * 2, 1e-9);
        ck_assert_uint_eq(search_of(own, i)->tries, 2);
    }
    bench_free(own);
}
END_TEST

START_TEST(without_tries_or_clock_a_search_ends_at_the_deadline_or_after_200)
{
    bench *own = bench_new();
    add_lever(own, "only", 0.0, 0.003, 0.012, 0);
    own->s.try_takes = point(own, "experiments.try_takes", 1);
    bench_run(own);
    ck_assert_double_eq(own->plan->duration[0], 200);
    bench_free(own);

    own = bench_new();
    add_lever(own, "only", 0.0, 0.003, 0.012, 0);
    own->plan->goals.deadline_days = 62.5;
    for (uint32_t i = 0; i < HAND_LANES; i++)
        own->plan->start[i] = i % 2 ? 40 : 70;
    bench_run(own);
    ck_assert_double_eq(own->plan->duration[1], 22.5);
    ck_assert_double_eq(own->plan->duration[0], 0);
    ck_assert_uint_eq(search_of(own, 0)->lever[0].number, 0); /* none was begun */
    bench_free(own);
}
END_TEST

START_TEST(a_search_never_starts_more_tries_than_it_has)
{
    bench *own = bench_new();
    add_lever(own, "a", 0.1, 0.0003, 0.0012, 0);
    own->s.alone.tries = 5;
    own->s.at_once = 3;
    bench_run(own);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_uint_eq(search_of(own, i)->tries, 5);
    bench_free(own);
}
END_TEST

START_TEST(a_gain_beyond_the_ceiling_ends_at_the_ceiling)
{
    bench *own = bench_new();
    add_lever(own, "a", 1.0, 0.2, 0.4, 1);
    own->s.aim = point(own, "experiments.aim", 0.99);
    bench_run(own);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_double_eq_tol(row(own, "metric.recall", i),
                                drawn(own, &own->s.ceiling, i, 0), 1e-12);
    bench_free(own);
}
END_TEST

/* Two tries of U(1, 5) days: variance 8/3 apart, 16/3 if both were the same draw. */
START_TEST(levers_that_share_an_estimate_draw_from_it_apart)
{
    bench *own = bench_new();
    add_lever(own, "a", 0.0, 0.003, 0.012, 1);
    add_lever(own, "b", 0.0, 0.003, 0.012, 1);
    bench_run(own);
    double sum = 0, squares = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        sum += own->plan->duration[i];
        squares += own->plan->duration[i] * own->plan->duration[i];
    }
    const double middle = sum / HAND_LANES;
    ck_assert_double_eq_tol(squares / HAND_LANES - middle * middle, 8 / 3.0, 0.8);
    bench_free(own);
}
END_TEST

START_TEST(a_further_round_goes_on_from_what_the_gate_measured)
{
    bench *own = three_levers();
    own->s.give_up_after = point(own, "experiments.give_up_after", 6);
    bench_run(own);
    double first[HAND_LANES];
    uint32_t tries[HAND_LANES];
    double *truth = hand_at(own->plan, "metric.recall");
    double *measured = hand_at(own->plan, "metric.recall.measured");
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        tries[i] = search_of(own, i)->tries;
        truth[i] -= 0.002; /* a mitigation has cost quality */
        measured[i] = i % 2 ? 0.8205 : 0.80;
        first[i] = truth[i];
        own->rework[i] = 5;
    }
    own->step.round = 2;
    own->step.rework = own->rework;
    bench_place(own);
    bool more = false;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        if (i % 2) { /* that reaches the aim */
            ck_assert_double_eq(own->plan->duration[i], 0);
            ck_assert_double_eq(own->plan->cost[i], 0);
            ck_assert_double_eq(truth[i], first[i]);
        } else {
            ck_assert_double_le(own->plan->duration[i], 5);
            ck_assert_double_ge(truth[i], first[i]);
            more |= search_of(own, i)->tries > tries[i];
        }
        ck_assert_double_eq_tol(row(own, "experiments[experiments].days", i),
                                search_of(own, i)->days, 1e-12);
    }
    ck_assert(more);
    bench_free(own);
}
END_TEST

START_TEST(a_further_round_without_levers_takes_no_time)
{
    bench *own = bench_new();
    add_lever(own, "only", 0.3, 0.001, 0.002, 3);
    bench_run(own);
    own->step.round = 2;
    for (uint32_t i = 0; i < HAND_LANES; i++)
        own->rework[i] = 5;
    own->step.rework = own->rework;
    bench_place(own);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_double_eq(own->plan->duration[i], 0);
    bench_free(own);
}
END_TEST

/* Try k of a lever has the same luck and takes as long, whoever stands beside it. */
START_TEST(an_added_lever_changes_no_others_luck)
{
    bench *before = three_levers(), *after = three_levers();
    static const char *const never[] = {"no such task"};
    for (int i = 0; i < 3; i++) { /* estimates shared by all levers */
        before->lever[i].try_takes.given = after->lever[i].try_takes.given = false;
        before->lever[i].gpu_hours.given = after->lever[i].gpu_hours.given = false;
    }
    before->s.gpu_hours = uniform(before, "experiments.gpu_hours", 60, 400);
    after->s.gpu_hours = uniform(after, "experiments.gpu_hours", 60, 400);
    rc_lever *added = add_lever(after, "aaa", 0.9, 0.01, 0.02, 5);
    added->needs = (rc_texts){.at = never, .n = 1};
    const rc_lever last = after->lever[3];
    for (int i = 3; i > 0; i--)
        after->lever[i] = after->lever[i - 1];
    after->lever[0] = last; /* and it stands first */
    bench_run(before);
    bench_run(after);
    bool varied = false;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        ck_assert_double_eq(before->plan->duration[i], after->plan->duration[i]);
        ck_assert_double_eq(before->plan->cost[i], after->plan->cost[i]);
        ck_assert_double_eq(row(before, "metric.recall", i),
                            row(after, "metric.recall", i));
        varied |= before->plan->duration[i] != before->plan->duration[0];
    }
    ck_assert(varied);
    bench_free(before);
    bench_free(after);
}
END_TEST

START_TEST(where_less_is_better_the_search_is_a_mirror_image)
{
    bench *up = three_levers(), *down = three_levers();
    down->plan->goals.target =
        (rc_target){.given = true, .metric = "recall", .up = false, .value = 0.18};
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        double **r = down->plan->row;
        r[down->s.baseline.index][i] = 1 - r[down->s.baseline.index][i];
        r[down->s.ceiling.index][i] = 1 - r[down->s.ceiling.index][i];
    }
    /* the team's view of the distances stays: both laws mirrored */
    down->s.baseline.law.p[0] = 0.202, down->s.baseline.law.p[1] = 0.210;
    down->s.ceiling.law.p[0] = 0.12, down->s.ceiling.law.p[1] = 0.16;
    bench_run(up);
    bench_run(down);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        ck_assert_double_eq_tol(up->plan->duration[i], down->plan->duration[i], 1e-12);
        ck_assert_double_eq_tol(row(up, "metric.recall", i),
                                1 - row(down, "metric.recall", i), 1e-12);
    }
    bench_free(up);
    bench_free(down);
}
END_TEST

/* ------------------------------------------------------------ defaults, labels */

/* The five-line scenario: nothing stated but what was seen so far. */
static bench *shortest(const char *so_far)
{
    bench *own = bench_new();
    own->s.ceiling.given = false;
    own->s.reachable = point(own, "experiments.reachable", 0.70);
    own->s.alone.so_far = so_far;
    own->plan->goals.deadline_days = 120;
    return own;
}

static double share_possible(bench *own, double *n, double *mean_tries)
{
    double possible = 0;
    *n = *mean_tries = 0;
    bench_bind(own);
    for (int block = 0; block < 40; block++) {
        bench_next(own);
        for (uint32_t i = 0; i < HAND_LANES; i++) {
            possible += row(own, "possible", i);
            *mean_tries += search_of(own, i)->tries;
            *n += 1;
        }
    }
    *mean_tries /= *n;
    bench_free(own);
    return possible / *n;
}

START_TEST(an_unstated_ceiling_reaches_the_target_as_often_as_wanted)
{
    double n = 0, tries = 0;
    check_share(
        share_possible(shortest("11 tries, 2 worked, best +0.9 points"), &n, &tries),
        0.70, n);
    ck_assert_double_gt(tries, 5);
    /* failures alone: pi F / (pi F + 1 - pi), F = B(2.5, 6.3 + 11) / B(2.5, 6.3) */
    double fail = 1;
    for (int i = 0; i < 11; i++)
        fail *= (6.3 + i) / (8.8 + i);
    check_share(share_possible(shortest("11 tries"), &n, &tries),
                0.7 * fail / (0.7 * fail + 0.3), n);
}
END_TEST

START_TEST(a_raise_that_could_happen_makes_the_target_possible)
{
    bench *own = three_levers();
    own->s.ceiling = point(own, "experiments.ceiling", 0.81);
    bench_run(own);
    ck_assert_double_eq(row(own, "possible", 0), 0);
    bench_free(own);
    own = three_levers();
    own->s.ceiling = point(own, "experiments.ceiling", 0.81);
    own->lever[1].raises_ceiling = point(own, "raise", 0.011);
    bench_run(own);
    ck_assert_double_eq(row(own, "possible", 0), 1);
    bench_free(own);
}
END_TEST

START_TEST(labels_move_the_start_along_the_curve_and_seldom_hurt)
{
    bench *own = three_levers();
    static const rc_curve_point points[] = {
        {5000, 0.741}, {10000, 0.764}, {20000, 0.782}};
    own->s.ceiling.given = false;
    const rc_learning_curve curve = {
        .labels_now = 20000,
        .ceiling = uniform(own, "experiments.learning_curve.ceiling", 0.845, 0.89),
        .points = {points, 3},
    };
    own->s.learning_curve = &curve;
    bench_bind(own);
    int hurt = 0;
    for (int block = 0; block < 10; block++) {
        hand_next_block(own->plan);
        memset(own->step.memory, 0, HAND_LANES * rc_model_experiments.memory_per_lane);
        for (uint32_t i = 0; i < HAND_LANES; i++)
            hand_at(own->plan, "labels")[i] = 30000;
        bench_place(own);
        for (uint32_t i = 0; i < HAND_LANES; i++) {
            const double ceiling = drawn(own, &curve.ceiling, i, 0);
            const double base = drawn(own, &own->s.baseline, i, 0);
            double least = INFINITY, best_a = 0, best_b = 0;
            for (int g = 1; g <= 200; g++) { /* the definition of least squares */
                const double b = g / 100.0;
                double up = 0, down = 0, squares = 0;
                for (int k = 0; k < 3; k++) {
                    up += (ceiling - points[k].value) * pow(points[k].n, -b);
                    down += pow(points[k].n, -2 * b);
                }
                for (int k = 0; k < 3; k++)
                    squares += pow(ceiling - points[k].value -
                                       up / down * pow(points[k].n, -b),
                                   2);
                if (squares < least)
                    least = squares, best_a = up / down, best_b = b;
            }
            const double change = best_a * (pow(20000, -best_b) - pow(50000, -best_b));
            const future f = {own, i};
            const double u = word_of(&f, "experiments.learning_curve.error", 0);
            const double wanted =
                fmin(base + change * (1 + 0.45 * rc_student_quantile(u, 3) / sqrt(3)),
                     ceiling);
            ck_assert_double_eq_tol(1 - search_of(own, i)->e_start, wanted, 1e-9);
            hurt += wanted < base;
        }
    }
    ck_assert_int_gt(hurt, 0);
    ck_assert_int_le(hurt, 10 * HAND_LANES / 20);
    bench_free(own);
}
END_TEST

/* Labels wrong in the same way take one point from a ceiling of 83 %. */
START_TEST(systematic_label_errors_lower_the_ceiling)
{
    for (int wrong = 0; wrong < 2; wrong++) {
        bench *own = three_levers();
        own->s.ceiling = point(own, "experiments.ceiling", 0.83);
        const rc_labelling pool = {
            .head = {.id = "labelling", .name = "labelling"},
            .items = point(own, "labelling.items", 1000),
            .votes_per_item = 1,
            .labellers = 1,
            .classes = 2,
            .speed = point(own, "labelling.speed", 100),
            .systematic = point(own, "labelling.systematic", wrong ? 0.011 : 0),
        };
        void *bound = hand_bind(own->plan, &rc_model_labelling, &pool);
        bench_bind(own);
        const rc_step label = hand_step(own->plan, &pool, bound, 1);
        rc_model_labelling.place(&label, own->plan->lane, HAND_LANES);
        bench_place(own);
        ck_assert_double_eq_tol(search_of(own, 0)->floor, wrong ? 0.181 : 0.17, 1e-12);
        ck_assert_double_eq(row(own, "possible", 0), !wrong);
        bench_free(own);
    }
}
END_TEST

START_TEST(one_point_or_none_takes_a_default_exponent)
{
    for (uint32_t n = 0; n < 2; n++) {
        bench *own = three_levers();
        static const rc_curve_point points[] = {{10000, 0.764}};
        const rc_learning_curve curve = {.labels_now = 20000, .points = {points, n}};
        own->s.learning_curve = &curve;
        rc_bind_state(own->plan, "labels", 0);
        for (uint32_t i = 0; i < HAND_LANES; i++)
            hand_at(own->plan, "labels")[i] = 30000;
        bench_run(own);
        for (uint32_t i = 0; i < HAND_LANES; i++) {
            const future f = {own, i};
            const double ceiling = drawn(own, &own->s.ceiling, i, 0);
            const double base = drawn(own, &own->s.baseline, i, 0);
            const double c =
                0.47 *
                pow(-log1p(-word_of(&f, "experiments.learning_curve.exponent", 0)),
                    1 / 1.35);
            const double left = n ? (ceiling - 0.764) * pow(2, -c) : ceiling - base;
            const double change = left * (1 - pow(2.5, -c));
            const double u = word_of(&f, "experiments.learning_curve.error", 0);
            const double wanted =
                fmin(base + change * (1 + 0.45 * rc_student_quantile(u, 3) / sqrt(3)),
                     ceiling);
            ck_assert_double_eq_tol(1 - search_of(own, i)->e_start, wanted, 1e-9);
        }
        bench_free(own);
    }
}
END_TEST

/* ------------------------------------------------- policies, stops, the figure */

static double mean_tries_of(bench *own, const char *lever)
{
    char name[128];
    double sum = 0;
    snprintf(name, sizeof name, "experiments[experiments].by_lever[%s].tries", lever);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        sum += row(own, name, i);
    return sum / HAND_LANES;
}

START_TEST(weights_share_the_tries_and_thompson_prefers_what_works)
{
    bench *own = bench_new();
    add_lever(own, "a", 0.0, 0.003, 0.012, 0)->weight = 3;
    add_lever(own, "b", 0.0, 0.003, 0.012, 0)->weight = 1;
    own->s.policy = RC_WEIGHTED;
    bench_run(own);
    ck_assert_double_eq_tol(mean_tries_of(own, "a"), 150,
                            4.5 * sqrt(200 * 0.75 * 0.25 / HAND_LANES));
    bench_free(own);

    own = bench_new();
    add_lever(own, "a", 0.1, 0.0003, 0.0012, 0)->works.given = false;
    add_lever(own, "b", 0.1, 0.0030, 0.0120, 0)->works.given = false;
    own->s.policy = RC_THOMPSON;
    own->s.alone.tries = 30;
    bench_run(own);
    ck_assert_double_gt(mean_tries_of(own, "b"), 3 * mean_tries_of(own, "a"));
    bench_free(own);
}
END_TEST

START_TEST(little_hope_ends_a_search)
{
    bench *own = bench_new();
    add_lever(own, "a", 0.5, 0.003, 0.005, 0)->reachable = point(own, "pi", 0.5);
    own->s.try_takes = point(own, "experiments.try_takes", 2);
    /* first try: .5 x .5 x .4 points in 2 days, 1.09 points a month; 0.2 left after
     * four failures: anything 1/17, .5 x .4 / 2 x 21.75 / 17 = .128 */
    own->s.give_up_below = point(own, "experiments.give_up_below", 0.0020);
    bench_run(own);
    bool four = false;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const rc_search *s = search_of(own, i);
        if (s->lever[0].kept == 0) {
            ck_assert_uint_eq(s->tries, 4);
            four = true;
        }
    }
    ck_assert(four);
    bench_free(own);
}
END_TEST

START_TEST(the_figure_follows_the_kept_model_week_by_week)
{
    bench *own = three_levers();
    bench_run(own);
    const uint32_t best = own->bound->best_row, reached = own->bound->reached_row;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const rc_search *s = search_of(own, i);
        double **r = own->plan->row;
        ck_assert_double_eq_tol(r[best][i], 1 - s->e_start, 1e-15);
        for (uint32_t w = 1; w < RC_SEARCH_WEEKS; w++) {
            ck_assert_double_ge(r[best + w][i], r[best + w - 1][i]);
            ck_assert_double_eq(r[reached + w][i], r[best + w][i] >= 0.82 - 1e-12);
            if (w * 5 >= own->plan->duration[i])
                ck_assert_double_eq_tol(r[best + w][i], 1 - s->e, 1e-15);
        }
    }
    bench_free(own);
}
END_TEST

START_TEST(what_contradicts_itself_is_a_fault)
{
    bench *own = three_levers();
    rc_faults faults = {0};
    rc_model_experiments.check(&own->s, &own->plan->goals, &faults);
    ck_assert_uint_eq(faults.errors, 0);
    own->lever[0].log_gain = point(own, "log_gain", 0.1);
    own->lever[1].so_far = "eleven tries";
    own->s.alone.so_far = "11 tries";
    own->s.give_up_after = point(own, "give_up", 30);
    own->s.give_up_after.calendar = true;
    rc_model_experiments.check(&own->s, &own->plan->goals, &faults);
    ck_assert_uint_eq(faults.errors, 4);
    bench_free(own);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("experiments");
    TCase *t = tcase_create("search");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, tries_until_the_first_success_are_geometric);
    tcase_add_test(t, an_unknown_chance_makes_droughts_longer);
    tcase_add_test(t, simple_levers_agree_with_the_reference);
    tcase_add_test(t, parallel_noisy_tries_agree_with_the_reference);
    tcase_add_test(t, unknown_chances_decay_and_crashes_agree_with_the_reference);
    tcase_add_test(t, needs_budgets_and_failures_agree_with_the_reference);
    tcase_add_test(t, plain_policies_agree_with_the_reference);
    tcase_add_test(t, no_success_leads_beyond_the_ceiling_or_keeps_what_measures_worse);
    tcase_add_test(t, parallel_tries_share_a_lever_and_the_clock);
    tcase_add_test(t, the_clock_cuts_what_runs_and_it_pays_its_share);
    tcase_add_test(t,
                   without_tries_or_clock_a_search_ends_at_the_deadline_or_after_200);
    tcase_add_test(t, a_search_never_starts_more_tries_than_it_has);
    tcase_add_test(t, a_gain_beyond_the_ceiling_ends_at_the_ceiling);
    tcase_add_test(t, levers_that_share_an_estimate_draw_from_it_apart);
    tcase_add_test(t, a_further_round_goes_on_from_what_the_gate_measured);
    tcase_add_test(t, a_further_round_without_levers_takes_no_time);
    tcase_add_test(t, an_added_lever_changes_no_others_luck);
    tcase_add_test(t, where_less_is_better_the_search_is_a_mirror_image);
    tcase_add_test(t, an_unstated_ceiling_reaches_the_target_as_often_as_wanted);
    tcase_add_test(t, a_raise_that_could_happen_makes_the_target_possible);
    tcase_add_test(t, labels_move_the_start_along_the_curve_and_seldom_hurt);
    tcase_add_test(t, systematic_label_errors_lower_the_ceiling);
    tcase_add_test(t, one_point_or_none_takes_a_default_exponent);
    tcase_add_test(t, weights_share_the_tries_and_thompson_prefers_what_works);
    tcase_add_test(t, little_hope_ends_a_search);
    tcase_add_test(t, the_figure_follows_the_kept_model_week_by_week);
    tcase_add_test(t, what_contradicts_itself_is_a_fault);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
