/* Gates: who passes, on what was measured; exact answers of a binomial test. */
#include "by_hand.h"
#include "condition.h"
#include "experiments.h"
#include "fairness.h"
#include "gate.h"
#include "reference_fairness.h"
#include "reference_gate.h"
#include "suite.h"

typedef struct bench {
    rc_binder *plan;
    rc_experiments search;
    rc_condition needs[4];
    rc_on_fail on_fail;
    rc_gate gate;
    rc_metric metrics[2];
    rc_fairness_group group;
    rc_fairness fairness;
    void *bound;
} bench;

/* recall truly at .80 .. .84 against .82, 4000 examples; alerts and latency drawn. */
static bench *bench_new(void)
{
    bench *own = calloc(1, sizeof *own);
    rc_binder *b = own->plan = hand_plan();
    b->goals.target =
        (rc_target){.given = true, .metric = "recall", .up = true, .value = 0.82};
    own->search.head.id = "experiments";
    own->search.test_size = 4000;
    own->search.paired_tries_correlate = hand_estimate(b, "pair", 0.95, 0.95);
    b->group[b->groups_n].model = "experiments";
    b->group[b->groups_n++].settings = &own->search;

    own->metrics[0] = (rc_metric){.head = {.id = "alerts"}};
    own->metrics[0].value = hand_estimate(b, "metrics.alerts.value", 800, 1300);
    own->metrics[0].each_round = hand_estimate(b, "metrics.alerts.each", -0.08, 0);
    own->metrics[1] = (rc_metric){.head = {.id = "latency"}};
    own->metrics[1].value = hand_estimate(b, "metrics.latency.value", 24, 44);
    own->metrics[1].each_round = hand_estimate(b, "metrics.latency.each", -0.25, -0.05);
    b->metrics = own->metrics;
    b->metrics_n = 2;

    own->group = (rc_fairness_group){.head = {.id = "new", .name = "new"}};
    own->group.share = hand_estimate(b, "share", 0.1, 0.1);
    own->group.gap = hand_estimate(b, "gap", 0, 0.1);
    own->fairness = (rc_fairness){.head = {.id = "fairness"},
                                  .limit = 0.04,
                                  .sure = 0.9,
                                  .groups = {&own->group, 1}};
    hand_bind(b, &rc_model_fairness, &own->fairness);

    own->needs[0] = (rc_condition){.metric = "target"};
    own->needs[1] = (rc_condition){.metric = "alerts", .op = RC_AT_MOST, .value = 1200};
    own->needs[2] = (rc_condition){.metric = "latency", .op = RC_BELOW, .value = 40};
    own->needs[3] = (rc_condition){.metric = "fairness"};
    own->on_fail.at_most = 3;
    own->gate = (rc_gate){.head = {.id = "offline", .name = "Offline gate"},
                          .needs = {own->needs, 4},
                          .on_fail = &own->on_fail};
    return own;
}

static void bench_bind(bench *own)
{
    own->bound = hand_bind(own->plan, &rc_model_gate, &own->gate);
    const uint32_t recall = rc_bind_state(own->plan, "metric.recall", NAN);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        own->plan->row[recall][i] = 0.80 + 0.04 * rc_uniform(hand_hash("recall", 0, i));
}

static void bench_place(bench *own, uint32_t round)
{
    const rc_step step = hand_step(own->plan, &own->gate, own->bound, round);
    rc_model_gate.place(&step, own->plan->lane, HAND_LANES);
}

static void bench_free(bench *own)
{
    hand_free(own->plan);
    free(own);
}

static double at(const bench *own, const char *name, uint32_t lane)
{
    return hand_at(own->plan, name)[lane];
}

START_TEST(a_test_of_500_examples_lets_pass_with_the_binomial_chance)
{
    ck_assert_double_eq_tol(rc_gate_pass_chance(0.71, 500, 0.72), 0.330735, 5e-7);
    ck_assert_double_eq_tol(1 - rc_gate_pass_chance(0.74, 500, 0.72), 0.142421, 5e-7);
    ck_assert_double_eq(rc_gate_pass_chance(0.7, 500, 0), 1);
    ck_assert_double_eq_tol(rc_gate_pass_chance(0.7, 10, 1), pow(0.7, 10), 1e-15);
}
END_TEST

/* Every lane by its word: passes when the word is above P(k < 360). */
static void binomial_gate(double truth, double go)
{
    bench *own = bench_new();
    own->plan->goals.target.value = 0.72;
    own->gate.needs.n = 1;
    own->search.test_size = 500;
    own->search.paired_tries_correlate = hand_estimate(own->plan, "same", 1, 1);
    bench_bind(own);
    uint32_t passed = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++)
        hand_at(own->plan, "metric.recall")[i] = truth;
    bench_place(own, 1);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double u = rc_uniform(hand_hash("words experiments.test_set", 0, i));
        ck_assert_int_eq(own->plan->verdict[i] == 0, u > 1 - go);
        ck_assert_double_eq(at(own, "gates[offline].p_first_pass", i),
                            own->plan->verdict[i] == 0);
        ck_assert_double_eq(at(own, "gates[offline].false_go", i),
                            truth < 0.72 && own->plan->verdict[i] == 0);
        ck_assert_double_eq(at(own, "gates[offline].false_no_go", i),
                            truth > 0.72 && own->plan->verdict[i] != 0);
        passed += own->plan->verdict[i] == 0;
    }
    ck_assert_double_eq_tol(passed, go * HAND_LANES,
                            4.89 * sqrt(go * (1 - go) * HAND_LANES));
    bench_free(own);
}

START_TEST(a_gate_of_500_examples_passes_the_futures_whose_word_says_so)
{
    binomial_gate(0.71, 0.330735);
    binomial_gate(0.74, 1 - 0.142421);
}
END_TEST

START_TEST(what_was_measured_is_kept_and_has_error_seed_and_a_new_pair_each_round)
{
    bench *own = bench_new();
    bench_bind(own);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        hand_at(own->plan, "metric.recall.seed")[i] = 0.002;
    for (uint32_t round = 1; round <= 2; round++) {
        bench_place(own, round);
        for (uint32_t i = 0; i < HAND_LANES; i++) {
            const double truth = at(own, "metric.recall", i);
            const double u = rc_uniform(hand_hash("words experiments.test_set", 0, i));
            const double z = rc_normal_quantile(
                rc_uniform(hand_hash("words gates.offline.recall.pair", round, i)));
            const double want = rc_binomial_quantile(u, 4000, truth) / 4000 + 0.002 +
                                z * sqrt(truth * (1 - truth) / 4000) * sqrt(0.1);
            ck_assert_double_eq_tol(at(own, "metric.recall.measured", i), want, 1e-12);
        }
    }
    bench_free(own);
}
END_TEST

START_TEST(a_fresh_test_set_is_another_one_in_each_round)
{
    bench *own = bench_new();
    own->search.fresh_test = true;
    own->search.paired_tries_correlate = hand_estimate(own->plan, "same", 1, 1);
    bench_bind(own);
    for (uint32_t round = 1; round <= 2; round++) {
        bench_place(own, round);
        for (uint32_t i = 0; i < HAND_LANES; i++) {
            const uint32_t index = rc_test_index(true, round, true);
            const double u =
                rc_uniform(hand_hash("words experiments.test_set", index, i));
            ck_assert_double_eq_tol(
                at(own, "metric.recall.measured", i),
                rc_binomial_quantile(u, 4000, at(own, "metric.recall", i)) / 4000,
                1e-12);
        }
    }
    bench_free(own);
}
END_TEST

/* -------------------------------------------------------------- the reference */

/* The audit as one future sees it; its examples are those of the test set. */
static bool is_fair(const bench *own, uint32_t lane, uint32_t index)
{
    const reference_audit a = {.groups = 1,
                               .accuracy = at(own, "metric.recall", lane),
                               .examples = (double)own->search.test_size,
                               .share = {0.1},
                               .gap = {own->plan->row[own->group.gap.index][lane]},
                               .luck = {rc_normal_quantile(rc_uniform(hand_hash(
                                   "words fairness.groups.new.audit", index, lane)))},
                               .limit = own->fairness.limit,
                               .sure_z = 1.2815515655446004};
    return reference_group_passes(&a, 0);
}

/* What a future is told to the reference as: target, recall with confidence, alerts,
 * latency, fairness. other: values of alerts and latency in this round. */
static void needs_of(const bench *own, uint32_t lane, uint32_t round,
                     const double *other, reference_need *out)
{
    const uint32_t index = own->search.fresh_test ? round : 0;
    const double truth = at(own, "metric.recall", lane);
    const double measured = reference_test(
        truth, (double)own->search.test_size,
        rc_uniform(hand_hash("words experiments.test_set", index, lane)),
        own->plan->row[own->search.paired_tries_correlate.index][lane], 0.002,
        rc_normal_quantile(
            rc_uniform(hand_hash("words gates.offline.recall.pair", round, lane))));
    const reference_need all[] = {
        {.sign = 'g',
         .limit = 0.82,
         .truth = truth,
         .measured = measured,
         .has_truth = true},
        {.sign = '>',
         .limit = 0.81,
         .truth = truth,
         .measured = measured,
         .sure_z = 1.2815515655446004,
         .cases = (double)own->search.test_size},
        {.sign = 'l', .limit = 1200, .measured = other[0]},
        {.sign = '<', .limit = 40, .measured = other[1]},
        {.judged = true, .lets_pass = is_fair(own, lane, index)}};
    memcpy(out, all, sizeof all);
}

static void compare_attempt(const bench *own, uint32_t lane, uint32_t round,
                            const reference_passing *now,
                            const reference_passing *first, bool no_go)
{
    const int failed = now->failed_on;
    ck_assert_int_eq(own->plan->verdict[lane], failed + 1);
    ck_assert_double_eq(at(own, "gates[offline].rounds", lane), round);
    ck_assert_double_eq(at(own, "gates[offline].p_first_pass", lane),
                        first->failed_on < 0);
    ck_assert_double_eq(at(own, "gates[offline].p_proved", lane), first->proved);
    ck_assert_double_eq(at(own, "gates[offline].p_exhausted", lane),
                        failed >= 0 && round == 4);
    ck_assert_double_eq(at(own, "gates[offline].false_go", lane), now->false_go);
    ck_assert_double_eq(at(own, "gates[offline].false_no_go", lane), no_go);
    const double named = at(own, "gates[offline].failed_on", lane);
    if (first->failed_on < 0)
        ck_assert(isnan(named));
    else
        ck_assert_double_eq(named, first->failed_on);
}

/* All kinds of needs, and a chance, in four rounds of every future. */
START_TEST(every_attempt_of_every_future_agrees_with_the_reference)
{
    enum { NEEDS = 5, ROUNDS = 4 };
    bench *own = bench_new();
    const rc_condition sure = {
        .metric = "recall", .op = RC_ABOVE, .value = 0.81, .sure = 0.9};
    const rc_condition needs[NEEDS] = {own->needs[0], sure, own->needs[1],
                                       own->needs[2], own->needs[3]};
    own->gate.needs = (rc_conditions){needs, NEEDS};
    own->gate.chance_to_pass = hand_estimate(own->plan, "chance", 0.6, 0.95);
    own->search.test_size = 1500;
    own->search.fresh_test = _i == 1;
    bench_bind(own);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        hand_at(own->plan, "metric.recall.seed")[i] = 0.002;
    static double other[HAND_LANES][2];
    static reference_passing first[HAND_LANES];
    static bool no_go[HAND_LANES];
    uint32_t seen[NEEDS + 2] = {0}, false_go = 0;
    memset(no_go, 0, sizeof no_go);
    for (uint32_t round = 1; round <= ROUNDS; round++) {
        for (uint32_t i = 0; i < HAND_LANES; i++)
            for (int k = 0; k < 2; k++) {
                const rc_metric *m = &own->metrics[k];
                if (round == 1)
                    other[i][k] = own->plan->row[m->value.index][i];
                else
                    other[i][k] *=
                        1 + hand_each(own->plan, m->each_round.index, round, i);
            }
        bench_place(own, round);
        for (uint32_t i = 0; i < HAND_LANES; i++) {
            reference_need told[NEEDS];
            needs_of(own, i, round, other[i], told);
            ck_assert_double_eq_tol(at(own, "metric.recall.measured", i),
                                    told[0].measured, 1e-12);
            const reference_passing now = reference_gate(
                told, NEEDS, own->plan->row[own->gate.chance_to_pass.index][i],
                rc_uniform(hand_hash("words gates.offline.passing", round, i)));
            if (round == 1)
                first[i] = now;
            no_go[i] |= now.false_no_go;
            compare_attempt(own, i, round, &now, &first[i], no_go[i]);
            seen[now.failed_on + 1]++;
            false_go += now.false_go;
        }
    }
    for (int k = 0; k < NEEDS + 2; k++)
        ck_assert_msg(seen[k] > 0, "nobody fails on %d", k - 1);
    ck_assert_uint_gt(false_go, 0);
    bench_free(own);
}
END_TEST

START_TEST(other_metrics_are_drawn_once_and_change_with_each_round)
{
    bench *own = bench_new();
    bench_bind(own);
    double want[2][HAND_LANES];
    for (uint32_t round = 1; round <= 3; round++) {
        bench_place(own, round);
        for (uint32_t k = 0; k < 2; k++)
            for (uint32_t i = 0; i < HAND_LANES; i++) {
                const rc_metric *m = &own->metrics[k];
                if (round == 1)
                    want[k][i] = own->plan->row[m->value.index][i];
                else
                    want[k][i] *=
                        1 + hand_each(own->plan, m->each_round.index, round, i);
                ck_assert_double_eq(at(own, k ? "metric.latency" : "metric.alerts", i),
                                    want[k][i]);
                ck_assert_double_eq(
                    at(own, k ? "metric.latency.measured" : "metric.alerts.measured",
                       i),
                    want[k][i]);
            }
    }
    bench_free(own);
}
END_TEST

START_TEST(the_verdict_names_the_first_need_that_failed)
{
    bench *own = bench_new();
    bench_bind(own);
    uint32_t seen[6] = {0};
    bench_place(own, 1);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        uint32_t want = 0;
        if (at(own, "metric.recall.measured", i) < 0.82)
            want = 1;
        else if (at(own, "metric.alerts", i) > 1200)
            want = 2;
        else if (at(own, "metric.latency", i) >= 40)
            want = 3;
        else if (at(own, "fairness[new].p_pass", i) == 0)
            want = 4;
        ck_assert_uint_eq(own->plan->verdict[i], want);
        seen[want]++;
        if (want == 0)
            ck_assert(isnan(at(own, "gates[offline].failed_on", i)));
        else
            ck_assert_double_eq(at(own, "gates[offline].failed_on", i), want - 1);
    }
    for (uint32_t k = 0; k <= 4; k++)
        ck_assert_uint_gt(seen[k], 0);
    static const char *const labels[] = {"recall", "alerts", "latency", "fairness"};
    for (uint32_t k = 0; k < own->plan->outputs_n; k++) {
        const rc_output *out = &own->plan->output[k];
        if (strcmp(out->path, "gates[offline].failed_on") == 0) {
            for (uint32_t i = 0; i < 4; i++)
                ck_assert_str_eq(out->labels[i], labels[i]);
            ck_assert_ptr_null(out->labels[4]);
            ck_assert_str_eq(out->name, "Offline gate");
        }
    }
    bench_free(own);
}
END_TEST

START_TEST(attempts_are_used_up_at_the_round_after_at_most)
{
    bench *own = bench_new();
    own->on_fail.at_most = 2;
    bench_bind(own);
    uint32_t exhausted = 0;
    double first[HAND_LANES];
    for (uint32_t round = 1; round <= 3; round++) {
        bench_place(own, round);
        for (uint32_t i = 0; i < HAND_LANES; i++) {
            if (round == 1)
                first[i] = own->plan->verdict[i] == 0;
            const bool failed = own->plan->verdict[i] != 0;
            ck_assert_double_eq(at(own, "gates[offline].rounds", i), round);
            ck_assert_double_eq(at(own, "gates[offline].p_first_pass", i), first[i]);
            ck_assert_double_eq(at(own, "gates[offline].p_exhausted", i),
                                round == 3 ? failed : 0);
            exhausted += round == 3 && failed;
        }
    }
    ck_assert_uint_gt(exhausted, 0);
    ck_assert_uint_lt(exhausted, HAND_LANES);

    own->gate.on_fail = NULL; /* no way back: the first failure is the last */
    bench_place(own, 1);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_double_eq(at(own, "gates[offline].p_exhausted", i),
                            own->plan->verdict[i] != 0);
    bench_free(own);
}
END_TEST

START_TEST(a_chance_to_pass_is_drawn_once_and_passing_in_each_round)
{
    bench *own = bench_new();
    own->gate.needs.n = 0;
    own->gate.chance_to_pass = hand_estimate(own->plan, "chance", 0.75, 0.92);
    bench_bind(own);
    double passed = 0, again = 0, p_sum = 0;
    for (uint32_t round = 1; round <= 2; round++) {
        bench_place(own, round);
        for (uint32_t i = 0; i < HAND_LANES; i++) {
            const double p = own->plan->row[own->gate.chance_to_pass.index][i];
            const double u =
                rc_uniform(hand_hash("words gates.offline.passing", round, i));
            ck_assert_uint_eq(own->plan->verdict[i], u < p ? 0U : 1U);
            p_sum += p / (2 * HAND_LANES);
            if (round == 1)
                passed += own->plan->verdict[i] == 0;
            else
                again += own->plan->verdict[i] == 0 &&
                         at(own, "gates[offline].p_first_pass", i) == 1;
        }
    }
    /* a need of the target is not asked: nothing to be false about */
    for (uint32_t k = 0; k < own->plan->outputs_n; k++)
        ck_assert_ptr_null(strstr(own->plan->output[k].path, "false"));
    ck_assert_double_eq_tol(passed / HAND_LANES, p_sum,
                            4.89 * sqrt(0.835 * 0.165 / HAND_LANES));
    ck_assert_double_lt(again, passed);
    bench_free(own);
}
END_TEST

START_TEST(a_false_go_is_of_the_round_that_passed_a_false_no_go_of_any)
{
    bench *own = bench_new();
    own->gate.needs.n = 1;
    own->search.test_size = 300;
    bench_bind(own);
    double no_go[HAND_LANES] = {0};
    uint32_t counted[2] = {0};
    for (uint32_t round = 1; round <= 3; round++) {
        bench_place(own, round);
        for (uint32_t i = 0; i < HAND_LANES; i++) {
            const bool truly = at(own, "metric.recall", i) >= 0.82;
            const bool go = own->plan->verdict[i] == 0;
            if (truly && !go)
                no_go[i] = 1;
            ck_assert_double_eq(at(own, "gates[offline].false_go", i), go && !truly);
            ck_assert_double_eq(at(own, "gates[offline].false_no_go", i), no_go[i]);
            counted[0] += go && !truly;
            counted[1] += no_go[i] > 0;
        }
    }
    ck_assert_uint_gt(counted[0], 0);
    ck_assert_uint_gt(counted[1], 0);
    bench_free(own);
}
END_TEST

START_TEST(a_need_of_a_searched_metric_is_judged_as_measured)
{
    bench *own = bench_new();
    own->gate.needs.n = 2;
    own->needs[1] = (rc_condition){.metric = "recall", .op = RC_ABOVE, .value = 0.825};
    bench_bind(own);
    bench_place(own, 1);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double measured = at(own, "metric.recall.measured", i);
        ck_assert_uint_eq(own->plan->verdict[i], measured < 0.82     ? 1
                                                 : measured <= 0.825 ? 2
                                                                     : 0);
    }
    bench_free(own);
}
END_TEST

START_TEST(a_value_on_its_threshold_meets_at_least_and_at_most_but_not_below_or_above)
{
    static const struct {
        rc_condition need;
        uint8_t verdict;
    } cases[] = {{{.op = RC_AT_LEAST}, 0},
                 {{.op = RC_AT_MOST}, 0},
                 {{.op = RC_BELOW}, 1},
                 {{.op = RC_ABOVE}, 1}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        bench *own = bench_new();
        own->gate.needs.n = 1;
        own->needs[0] = cases[k].need;
        own->needs[0].metric = "alerts";
        own->needs[0].value = 1000;
        own->metrics[0].value = hand_estimate(own->plan, "thousand", 1000, 1000);
        bench_bind(own);
        bench_place(own, 1);
        for (uint32_t i = 0; i < HAND_LANES; i++)
            ck_assert_uint_eq(own->plan->verdict[i], cases[k].verdict);
        bench_free(own);
    }
}
END_TEST

/* One bit less than asked for, as 1 - (1 - .82) may be, is asked for; whoever asks. */
START_TEST(a_threshold_has_the_same_hair_for_needs_and_targets_in_any_unit)
{
    static const double thresholds[] = {0, 0.82, 38, 1200, -3};
    for (size_t i = 0; i < sizeof thresholds / sizeof *thresholds; i++) {
        const double asked = thresholds[i];
        const double near[] = {asked, nextafter(asked, -1e9), nextafter(asked, 1e9)};
        const double far = 1e-9 * fmax(1, fabs(asked));
        for (int up = 0; up < 2; up++) {
            const rc_target target = {.value = asked, .up = up};
            const rc_condition asks = rc_target_asks(&target),
                               strict = {.op = up ? RC_ABOVE : RC_BELOW,
                                         .value = asked};
            for (int k = 0; k < 3; k++) {
                ck_assert(rc_target_met(&target, near[k]));
                ck_assert(rc_condition_met(&asks, near[k]));
                ck_assert(!rc_condition_met(&strict, near[k]));
            }
            const double beyond = up ? asked + far : asked - far,
                         short_of = up ? asked - far : asked + far;
            ck_assert(rc_target_met(&target, beyond));
            ck_assert(rc_condition_met(&asks, beyond));
            ck_assert(rc_condition_met(&strict, beyond));
            ck_assert(!rc_target_met(&target, short_of));
            ck_assert(!rc_condition_met(&asks, short_of));
            ck_assert(!rc_condition_met(&strict, short_of));
            ck_assert(!rc_target_met(&target, NAN) && !rc_condition_met(&asks, NAN) &&
                      !rc_condition_met(&strict, NAN));
        }
    }
}
END_TEST

START_TEST(a_second_gate_finds_metrics_as_the_first_left_them)
{
    bench *own = bench_new();
    bench_bind(own);
    rc_gate review = own->gate;
    review.head.id = "review";
    void *bound = hand_bind(own->plan, &rc_model_gate, &review);
    bench_place(own, 1);
    bench_place(own, 2);
    double left[HAND_LANES];
    memcpy(left, hand_at(own->plan, "metric.latency"), sizeof left);
    rc_step step = hand_step(own->plan, &review, bound, 1);
    rc_model_gate.place(&step, own->plan->lane, HAND_LANES);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        ck_assert_double_eq(at(own, "metric.latency", i), left[i]);
        ck_assert_double_eq(at(own, "gates[offline].rounds", i), 2);
        ck_assert_double_eq(at(own, "gates[review].rounds", i), 1);
    }
    bench_free(own);
}
END_TEST

START_TEST(lanes_that_do_not_reach_a_gate_keep_their_rows)
{
    bench *own = bench_new();
    bench_bind(own);
    const rc_step step = hand_step(own->plan, &own->gate, own->bound, 1);
    uint32_t some[HAND_LANES / 2];
    for (uint32_t i = 0; i < HAND_LANES / 2; i++)
        some[i] = 2 * i + 1;
    rc_model_gate.place(&step, some, HAND_LANES / 2);
    for (uint32_t k = 0; k < own->plan->outputs_n; k++) {
        const rc_output *out = &own->plan->output[k];
        if (strncmp(out->path, "gates", 5) != 0)
            continue;
        for (uint32_t i = 0; i < HAND_LANES; i += 2)
            ck_assert(isnan(own->plan->row[out->row][i]));
    }
    bench_free(own);
}
END_TEST

START_TEST(wrong_labels_of_a_test_set_pull_accuracy_towards_chance)
{
    ck_assert_double_eq_tol(rc_noisy_label_accuracy(0.9, 0.1, 2), 0.82, 1e-15);
    ck_assert_double_eq_tol(rc_noisy_label_accuracy(0.9, 0.1, 11), 0.811, 1e-15);
    ck_assert_double_eq(rc_noisy_label_accuracy(0.9, 0, 5), 0.9);
    /* labels drawn at random: one in K, whatever the model */
    ck_assert_double_eq_tol(rc_noisy_label_accuracy(0.9, 0.75, 4), 0.25, 1e-15);
    ck_assert_double_eq_tol(rc_noisy_label_accuracy(0.3, 0.75, 4), 0.25, 1e-15);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gate");
    TCase *tcase = tcase_create("gate");
    tcase_add_loop_test(tcase, every_attempt_of_every_future_agrees_with_the_reference,
                        0, 2);
    tcase_add_test(tcase, a_test_of_500_examples_lets_pass_with_the_binomial_chance);
    tcase_add_test(tcase, a_gate_of_500_examples_passes_the_futures_whose_word_says_so);
    tcase_add_test(
        tcase, what_was_measured_is_kept_and_has_error_seed_and_a_new_pair_each_round);
    tcase_add_test(tcase, a_fresh_test_set_is_another_one_in_each_round);
    tcase_add_test(tcase, other_metrics_are_drawn_once_and_change_with_each_round);
    tcase_add_test(tcase, the_verdict_names_the_first_need_that_failed);
    tcase_add_test(tcase, attempts_are_used_up_at_the_round_after_at_most);
    tcase_add_test(tcase, a_chance_to_pass_is_drawn_once_and_passing_in_each_round);
    tcase_add_test(tcase, a_false_go_is_of_the_round_that_passed_a_false_no_go_of_any);
    tcase_add_test(tcase, a_need_of_a_searched_metric_is_judged_as_measured);
    tcase_add_test(
        tcase,
        a_value_on_its_threshold_meets_at_least_and_at_most_but_not_below_or_above);
    tcase_add_test(tcase,
                   a_threshold_has_the_same_hair_for_needs_and_targets_in_any_unit);
    tcase_add_test(tcase, a_second_gate_finds_metrics_as_the_first_left_them);
    tcase_add_test(tcase, lanes_that_do_not_reach_a_gate_keep_their_rows);
    tcase_add_test(tcase, wrong_labels_of_a_test_set_pull_accuracy_towards_chance);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
