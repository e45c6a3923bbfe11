/* Whether the hypothesis holds, told again plainly, future by future. */
#include "by_hand.h"
#include "experiments.h"
#include "hypothesis.h"
#include "production.h"
#include "suite.h"
#include "value.h"

enum { MONTHS = 12 };

typedef struct bench {
    rc_binder *plan;
    rc_target targets[2];
    rc_supports supports;
    rc_production life;
    rc_value value;
    rc_experiments search;
    rc_step step;
} bench;

static bench *bench_new(void)
{
    bench *own = calloc(1, sizeof *own);
    rc_binder *b = own->plan = hand_plan();
    own->targets[0] = (rc_target){
        .given = true, .metric = "recall", .up = true, .value = 0.82, .unit = "%"};
    own->targets[1] =
        (rc_target){.given = true, .metric = "latency", .value = 40, .unit = "ms"};
    own->supports = (rc_supports){
        .measure = "Fraud losses",
        .today = hand_estimate(b, "goals.supports.today", 1.0e6, 1.2e6),
        .per_point = hand_estimate(b, "goals.supports.per_point", -0.03, -0.01),
        .wanted = 1.05e6,
        .unit = "EUR/month",
        .by_months = 10.5};
    own->search = (rc_experiments){
        .metric = "recall", .baseline = hand_estimate(b, "baseline", 0.79, 0.80)};
    b->goals.target = own->targets[0];
    b->goals.targets = own->targets;
    b->goals.targets_n = 2;
    b->goals.supports = &own->supports;
    b->goals.hypothesis = "Graph features will do it";
    return own;
}

static void *bench_bind(bench *own)
{
    void *bound = hand_bind(own->plan, &rc_model_hypothesis, NULL);
    own->step = hand_step(own->plan, NULL, bound, 1);
    return bound;
}

static void give(bench *own, const char *model, const void *settings)
{
    own->plan->group[own->plan->groups_n].model = model;
    own->plan->group[own->plan->groups_n++].settings = settings;
}

static double u(const char *what, uint32_t k, uint32_t lane)
{
    return rc_uniform(hand_hash(what, k, lane));
}

/* Every fifth future never launches. */
static void bench_rows(bench *own)
{
    rc_binder *b = own->plan;
    const uint32_t quality = hand_find(b, "production.quality");
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const bool launched = i % 5 > 0;
        b->launched_on[i] = launched ? 14 * u("launch", 0, i) : INFINITY;
        b->launch[i] = launched ? 100 : INFINITY;
        hand_at(b, "metric.recall")[i] = 0.80 + 0.04 * u("recall", 0, i);
        hand_at(b, "metric.latency")[i] = 30 + 12 * u("latency", 0, i);
        for (uint32_t k = 0; k < MONTHS && quality != UINT32_MAX; k++)
            b->row[quality + k][i] = launched ? 0.78 + 0.06 * u("online", k, i) : NAN;
        if (quality != UINT32_MAX)
            hand_at(b, "production.waits")[i] =
                launched ? (i % 3 ? 0 : 2 * u("waits", 0, i)) : NAN;
    }
}

static double told_measure(const bench *own, uint32_t i, const rc_estimate *base)
{
    const rc_binder *b = own->plan;
    const rc_supports *s = &own->supports;
    const uint32_t quality = hand_find(b, "production.quality"),
                   right = hand_find(b, "value.p_right_problem");
    const double today = b->row[s->today.index][i];
    double start = b->launched_on[i];
    if (isinf(start) || b->row[right][i] == 0)
        return today;
    if (quality != UINT32_MAX)
        start += hand_at(b, "production.waits")[i];
    if (start > s->by_months)
        return today;
    const double q = quality == UINT32_MAX
                         ? hand_at(b, "metric.recall")[i]
                         : b->row[quality + (uint32_t)(s->by_months - start)][i];
    const double more = q - (base ? b->row[base->index][i] : own->targets[0].value);
    const double moved = 1 + b->row[s->per_point.index][i] * 100 * more;
    return today * (moved > 0 ? moved : 0);
}

static void agrees(const bench *own, const rc_estimate *base)
{
    const rc_binder *b = own->plan;
    uint32_t held = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double measure = told_measure(own, i, base);
        const bool wanted = own->supports.up ? measure >= own->supports.wanted
                                             : measure <= own->supports.wanted;
        const bool holds = !isinf(b->launch[i]) && wanted &&
                           hand_at(b, "metric.recall")[i] >= 0.82 &&
                           hand_at(b, "metric.latency")[i] <= 40;
        ck_assert_double_eq_tol(hand_at(b, "hypothesis.measure")[i], measure,
                                1e-9 * measure);
        ck_assert_double_eq(hand_at(b, "hypothesis.p_measure")[i], wanted);
        ck_assert_double_eq(hand_at(b, "hypothesis.holds")[i], holds);
        held += holds;
    }
    ck_assert(held > 10 && held < HAND_LANES - 10); /* both happen */
}

START_TEST(in_every_future_it_holds_where_the_reference_says_so)
{
    for (int up = 0; up < 2; up++) {
        bench *own = bench_new();
        own->supports.up = up;
        own->life = (rc_production){.head = {.id = "production"}, .watch_for = MONTHS};
        give(own, "experiments", &own->search);
        hand_bind(own->plan, &rc_model_production, &own->life);
        bench_bind(own);
        bench_rows(own);
        rc_model_hypothesis.live(&own->step);
        agrees(own, &own->search.baseline);
        hand_free(own->plan);
        free(own);
    }
}
END_TEST

START_TEST(without_production_quality_stays_as_at_the_launch)
{
    bench *own = bench_new();
    give(own, "experiments", &own->search);
    bench_bind(own);
    bench_rows(own);
    rc_model_hypothesis.live(&own->step);
    agrees(own, &own->search.baseline);
    hand_free(own->plan);
    free(own);
}
END_TEST

START_TEST(todays_model_of_value_is_the_base_and_the_wrong_problem_moves_nothing)
{
    bench *own = bench_new();
    own->value.today = hand_estimate(own->plan, "value.today", 0.78, 0.79);
    give(own, "experiments", &own->search);
    give(own, "value", &own->value);
    bench_bind(own);
    bench_rows(own);
    double *right = hand_at(own->plan, "value.p_right_problem");
    for (uint32_t i = 0; i < HAND_LANES; i++)
        right[i] = i % 4 != 0;
    rc_model_hypothesis.live(&own->step);
    agrees(own, &own->value.today);
    hand_free(own->plan);
    free(own);
}
END_TEST

START_TEST(without_a_baseline_the_measure_belongs_to_the_target)
{
    bench *own = bench_new();
    own->search.metric = "precision"; /* of another search */
    give(own, "experiments", &own->search);
    bench_bind(own);
    bench_rows(own);
    rc_model_hypothesis.live(&own->step);
    agrees(own, NULL);
    hand_free(own->plan);
    free(own);
}
END_TEST

START_TEST(with_nothing_to_support_it_is_about_the_targets_alone)
{
    bench *own = bench_new();
    own->plan->goals.supports = NULL;
    bench_bind(own);
    bench_rows(own);
    rc_model_hypothesis.live(&own->step);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_double_eq(hand_at(own->plan, "hypothesis.holds")[i],
                            i % 5 > 0 &&
                                hand_at(own->plan, "metric.recall")[i] >= 0.82 &&
                                hand_at(own->plan, "metric.latency")[i] <= 40);
    ck_assert_uint_eq(hand_find(own->plan, "hypothesis.measure"), UINT32_MAX);
    hand_free(own->plan);
    free(own);
}
END_TEST

START_TEST(a_plan_without_a_hypothesis_has_nothing_of_it)
{
    bench *own = bench_new();
    own->plan->goals.supports = NULL;
    own->plan->goals.hypothesis = NULL;
    ck_assert_ptr_null(bench_bind(own));
    ck_assert_uint_eq(own->plan->outputs_n, 0);
    own->plan->goals.hypothesis = "It works";
    own->plan->goals.targets_n = 0; /* nothing to hold it against */
    ck_assert_ptr_null(bench_bind(own));
    hand_free(own->plan);
    free(own);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hypothesis");
    TCase *tcase = tcase_create("hypothesis");
    tcase_add_test(tcase, in_every_future_it_holds_where_the_reference_says_so);
    tcase_add_test(tcase, without_production_quality_stays_as_at_the_launch);
    tcase_add_test(
        tcase, todays_model_of_value_is_the_base_and_the_wrong_problem_moves_nothing);
    tcase_add_test(tcase, without_a_baseline_the_measure_belongs_to_the_target);
    tcase_add_test(tcase, with_nothing_to_support_it_is_about_the_targets_alone);
    tcase_add_test(tcase, a_plan_without_a_hypothesis_has_nothing_of_it);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
