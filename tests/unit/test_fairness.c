/* Audits and mitigation against a plain reference, future by future. */
#include "by_hand.h"
#include "experiments.h"
#include "fairness.h"
#include "reference_fairness.h"
#include "suite.h"

enum { GROUPS = 3 };
static const char *const ids[GROUPS] = {"young", "new", "abroad"};

typedef struct bench {
    rc_binder *plan;
    rc_experiments search;
    rc_fairness_group groups[GROUPS];
    rc_mitigation mitigation;
    rc_fairness settings;
    void *bound;
    rc_step step;
} bench;

/* A search has its rows already when fairness binds: here its settings are enough. */
static bench *bench_new(void)
{
    static const double share[GROUPS] = {0.14, 0.09, 0.11};
    static const double gap[GROUPS][2] = {{0, 0.07}, {0.01, 0.08}, {-0.02, 0.05}};
    bench *own = calloc(1, sizeof *own);
    rc_binder *b = own->plan = hand_plan();
    b->goals.target =
        (rc_target){.given = true, .metric = "recall", .up = true, .value = 0.82};
    own->search.head.id = "experiments";
    own->search.test_size = 4000;
    own->search.paired_tries_correlate = hand_estimate(b, "pair", 0.95, 0.95);
    b->group[b->groups_n].model = "experiments";
    b->group[b->groups_n++].settings = &own->search;
    for (int i = 0; i < GROUPS; i++) {
        char name[64];
        own->groups[i].head.id = own->groups[i].head.name = ids[i];
        snprintf(name, sizeof name, "fairness.groups.%s.share", ids[i]);
        own->groups[i].share = hand_estimate(b, name, share[i], share[i]);
        snprintf(name, sizeof name, "fairness.groups.%s.gap", ids[i]);
        own->groups[i].gap = hand_estimate(b, name, gap[i][0], gap[i][1]);
    }
    own->mitigation.duration = hand_estimate(b, "fairness.mitigation.duration", 4, 18);
    own->mitigation.closes = hand_estimate(b, "fairness.mitigation.closes", 0.4, 0.9);
    own->mitigation.costs = hand_estimate(b, "fairness.mitigation.costs", 0.001, 0.006);
    own->settings = (rc_fairness){
        .head = {.id = "fairness", .name = "fairness"},
        .measure = RC_EQUAL_OPPORTUNITY,
        .limit = 0.04,
        .sure = 0.9,
        .groups = {own->groups, GROUPS},
        .mitigation = &own->mitigation,
    };
    return own;
}

static void bench_bind(bench *own)
{
    own->bound = hand_bind(own->plan, &rc_model_fairness, &own->settings);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        hand_at(own->plan, "metric.recall")[i] =
            0.8 + 0.05 * rc_uniform(hand_hash("recall", 0, i));
        hand_at(own->plan, "metric.recall.seed")[i] = 0.001;
        own->plan->slower[i] = 1.25;
    }
}

static void bench_place(bench *own, uint32_t round)
{
    own->step = hand_step(own->plan, &own->settings, own->bound, round);
    rc_model_fairness.place(&own->step, own->plan->lane, HAND_LANES);
}

static void bench_free(bench *own)
{
    hand_free(own->plan);
    free(own);
}

static double row_of(const bench *own, const char *format, const char *id,
                     uint32_t lane)
{
    char name[64];
    snprintf(name, sizeof name, format, id);
    return hand_at(own->plan, name)[lane];
}

/* The audit of one future as the test set with this index shows it. */
static reference_audit audit_of(const bench *own, uint32_t lane, uint32_t index,
                                double accuracy)
{
    reference_audit a = {.four_fifths = own->settings.measure == RC_FOUR_FIFTHS,
                         .groups = GROUPS,
                         .accuracy = accuracy,
                         .examples = (double)own->search.test_size,
                         .limit = own->settings.limit,
                         .sure_z = 1.2815515655446004};
    for (int i = 0; i < GROUPS; i++) {
        char name[64];
        snprintf(name, sizeof name, "words fairness.groups.%s.audit", ids[i]);
        a.share[i] = own->plan->row[own->groups[i].share.index][lane];
        a.luck[i] = rc_normal_quantile(rc_uniform(hand_hash(name, index, lane)));
    }
    return a;
}

/* Whether a group is over the limit as it is, whatever an audit shows. */
static bool truly_over(reference_audit audit, int group)
{
    audit.examples = 0;
    return reference_unfair(&audit, group) > audit.limit;
}

/* Runs the task through `rounds` and compares every lane with the reference. */
static void agrees(bench *own, uint32_t rounds)
{
    bench_bind(own);
    double gap[HAND_LANES][GROUPS], recall[HAND_LANES];
    bool passed_first[HAND_LANES][GROUPS], over_first[HAND_LANES][GROUPS];
    uint32_t mitigated = 0, passed = 0, over = 0;
    for (uint32_t lane = 0; lane < HAND_LANES; lane++) {
        recall[lane] = hand_at(own->plan, "metric.recall")[lane];
        for (int i = 0; i < GROUPS; i++)
            gap[lane][i] = own->plan->row[own->groups[i].gap.index][lane];
    }
    for (uint32_t round = 1; round <= rounds; round++) {
        const uint32_t index = own->search.fresh_test ? round - 1 : 0;
        bench_place(own, round);
        for (uint32_t lane = 0; lane < HAND_LANES; lane++) {
            reference_audit a = audit_of(own, lane, index, recall[lane]);
            memcpy(a.gap, gap[lane], sizeof gap[lane]);
            double days = 0;
            for (int i = 0; i < GROUPS && round == 1; i++) {
                passed_first[lane][i] = reference_group_passes(&a, i);
                over_first[lane][i] = truly_over(a, i);
            }
            if (own->settings.mitigation && reference_needs_mitigation(&a)) {
                const rc_mitigation *m = &own->mitigation;
                days = 1.25 * hand_each(own->plan, m->duration.index, round, lane);
                for (int i = 0; i < GROUPS; i++)
                    a.gap[i] = gap[lane][i] *=
                        1 - hand_each(own->plan, m->closes.index, round, lane);
                recall[lane] -= (own->plan->goals.target.up ? 1 : -1) *
                                hand_each(own->plan, m->costs.index, round, lane);
                a.accuracy = recall[lane];
                mitigated++;
            }
            ck_assert_double_eq_tol(own->plan->duration[lane], days, 1e-12);
            ck_assert_double_eq(own->plan->cost[lane], 0);
            ck_assert_double_eq_tol(hand_at(own->plan, "metric.recall")[lane],
                                    recall[lane], 1e-12);
            ck_assert_double_eq(hand_at(own->plan, "metric.recall.seed")[lane], 0.001);
            for (int i = 0; i < GROUPS; i++) {
                ck_assert_double_eq_tol(row_of(own, "gap.%s", ids[i], lane),
                                        gap[lane][i], 1e-12);
                ck_assert_double_eq(
                    row_of(own, "fairness[%s].gap_before", ids[i], lane),
                    own->plan->row[own->groups[i].gap.index][lane]);
                ck_assert_double_eq(row_of(own, "fairness[%s].gap_after", ids[i], lane),
                                    row_of(own, "gap.%s", ids[i], lane));
                const bool passes = reference_group_passes(&a, i);
                ck_assert_double_eq(row_of(own, "fairness[%s].p_pass", ids[i], lane),
                                    passes);
                passed += passes;
                over += truly_over(a, i);
                ck_assert_double_eq(row_of(own, "fairness[%s].p_over", ids[i], lane),
                                    truly_over(a, i));
                ck_assert_double_eq(
                    row_of(own, "fairness[%s].p_pass_before", ids[i], lane),
                    passed_first[lane][i]);
                ck_assert_double_eq(
                    row_of(own, "fairness[%s].p_over_before", ids[i], lane),
                    over_first[lane][i]);
            }
        }
    }
    /* the comparison is of both kinds of lanes */
    ck_assert_uint_lt(passed, rounds * HAND_LANES * GROUPS);
    ck_assert_uint_gt(passed, 0);
    ck_assert_uint_gt(over, 0);
    ck_assert_uint_lt(mitigated, rounds * HAND_LANES);
    ck_assert_int_eq(mitigated > 0, own->settings.mitigation != NULL);
}

START_TEST(every_future_of_equal_opportunity_is_that_of_the_reference)
{
    bench *own = bench_new();
    agrees(own, 3);
    bench_free(own);
}
END_TEST

START_TEST(every_future_of_four_fifths_is_that_of_the_reference)
{
    bench *own = bench_new();
    own->settings.measure = RC_FOUR_FIFTHS;
    own->settings.limit = 0.01;
    for (int i = 0; i < GROUPS; i++)
        own->groups[i].gap = hand_estimate(own->plan, ids[i], -0.05, 0.6);
    agrees(own, 2);
    bench_free(own);
}
END_TEST

START_TEST(a_fresh_test_set_brings_new_luck_to_each_round)
{
    bench *own = bench_new();
    own->search.fresh_test = true;
    agrees(own, 3);
    bench_free(own);
}
END_TEST

START_TEST(without_mitigation_gaps_stay_and_no_time_is_spent)
{
    bench *own = bench_new();
    own->settings.mitigation = NULL;
    agrees(own, 1);
    bench_free(own);
}
END_TEST

START_TEST(without_a_test_size_an_audit_is_exact)
{
    bench *own = bench_new();
    own->search.test_size = 0;
    agrees(own, 1);
    bench_free(own);

    own = bench_new();
    own->plan->groups_n = 0; /* no search at all */
    own->search.test_size = 0;
    agrees(own, 1);
    bench_free(own);
}
END_TEST

START_TEST(where_less_is_better_mitigation_raises_the_metric)
{
    bench *own = bench_new();
    own->plan->goals.target.up = false;
    agrees(own, 1);
    bench_free(own);
}
END_TEST

START_TEST(a_gate_asks_the_same_audit_and_draws_gaps_that_nobody_looked_at)
{
    bench *own = bench_new();
    bench_bind(own);
    const rc_step step = hand_step(own->plan, NULL, NULL, 1);
    uint32_t passing = 0;
    for (uint32_t lane = 0; lane < HAND_LANES; lane++) {
        reference_audit a =
            audit_of(own, lane, 0, hand_at(own->plan, "metric.recall")[lane]);
        bool all = true;
        for (int i = 0; i < GROUPS; i++)
            a.gap[i] = own->plan->row[own->groups[i].gap.index][lane];
        for (int i = 0; i < GROUPS; i++)
            all = all && reference_group_passes(&a, i);
        ck_assert_int_eq(rc_fairness_passes(&own->settings, own->bound, &step, lane),
                         all);
        passing += all;
    }
    ck_assert_uint_gt(passing, 0);
    ck_assert_uint_lt(passing, HAND_LANES);
    bench_free(own);
}
END_TEST

START_TEST(an_audit_errs_by_the_binomial_error_of_the_group)
{
    bench *own = bench_new();
    own->settings.limit = 0.05;
    own->settings.sure = 0.5; /* what is measured over the limit counts */
    own->settings.mitigation = NULL;
    for (int i = 0; i < GROUPS; i++)
        own->groups[i].gap = hand_estimate(own->plan, ids[i], 0.04, 0.04);
    bench_bind(own);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        hand_at(own->plan, "metric.recall")[i] = 0.8;
    bench_place(own, 1);
    for (int i = 0; i < GROUPS; i++) {
        double pass = 0;
        for (uint32_t lane = 0; lane < HAND_LANES; lane++)
            pass += row_of(own, "fairness[%s].p_pass", ids[i], lane) / HAND_LANES;
        const double share = own->plan->row[own->groups[i].share.index][0];
        const double p = 0.5 * erfc(-0.01 / sqrt(0.8 * 0.2 / (4000 * share)) / sqrt(2));
        ck_assert_double_eq_tol(pass, p, 4.89 * sqrt(p * (1 - p) / HAND_LANES));
    }
    bench_free(own);
}
END_TEST

START_TEST(check_refuses_four_fifths_without_a_target_and_calendar_days)
{
    bench *own = bench_new();
    struct rc_faults faults = {0};
    rc_model_fairness.check(&own->settings, &own->plan->goals, &faults);
    ck_assert_uint_eq(faults.errors, 0);
    own->mitigation.duration.calendar = true;
    rc_model_fairness.check(&own->settings, &own->plan->goals, &faults);
    ck_assert_uint_eq(faults.errors, 1);
    own->settings.measure = RC_FOUR_FIFTHS;
    own->plan->goals.target.given = false;
    rc_model_fairness.check(&own->settings, &own->plan->goals, &faults);
    ck_assert_uint_eq(faults.errors, 3);
    bench_free(own);
}
END_TEST

START_TEST(an_audit_that_shows_a_gap_needs_so_many_examples)
{
    /* 80 % against 76 %: 7.84 (.16 + .1824) / .0016 */
    ck_assert_double_eq_tol(rc_audit_size(0.80, 0.76), 1677.76, 1e-6);
    ck_assert_double_eq(rc_audit_size(0.76, 0.80), rc_audit_size(0.80, 0.76));
}
END_TEST

START_TEST(equal_groups_differ_by_the_expected_range_of_normals)
{
    ck_assert_double_eq_tol(rc_range_of_equals(1), 0, 1e-14);
    ck_assert_double_eq_tol(rc_range_of_equals(2), 2 / sqrt(M_PI), 1e-13);
    ck_assert_double_eq_tol(rc_range_of_equals(3), 3 / sqrt(M_PI), 1e-13);
    ck_assert_double_eq_tol(rc_range_of_equals(5), 2.326, 5e-4);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fairness");
    TCase *tcase = tcase_create("fairness");
    tcase_add_test(tcase, every_future_of_equal_opportunity_is_that_of_the_reference);
    tcase_add_test(tcase, every_future_of_four_fifths_is_that_of_the_reference);
    tcase_add_test(tcase, a_fresh_test_set_brings_new_luck_to_each_round);
    tcase_add_test(tcase, without_mitigation_gaps_stay_and_no_time_is_spent);
    tcase_add_test(tcase, without_a_test_size_an_audit_is_exact);
    tcase_add_test(tcase, where_less_is_better_mitigation_raises_the_metric);
    tcase_add_test(tcase,
                   a_gate_asks_the_same_audit_and_draws_gaps_that_nobody_looked_at);
    tcase_add_test(tcase, an_audit_errs_by_the_binomial_error_of_the_group);
    tcase_add_test(tcase, check_refuses_four_fifths_without_a_target_and_calendar_days);
    tcase_add_test(tcase, an_audit_that_shows_a_gap_needs_so_many_examples);
    tcase_add_test(tcase, equal_groups_differ_by_the_expected_range_of_normals);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
