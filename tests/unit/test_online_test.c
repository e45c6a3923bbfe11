/* A test on users against a plain reference, future by future, and its formulas against
 * published numbers. */
#include "by_hand.h"
#include "experiments.h"
#include "gate.h"
#include "online_test.h"
#include "production.h"
#include "reference_online_test.h"
#include "suite.h"

typedef struct bench {
    rc_binder *plan;
    rc_experiments search;
    rc_online_effect effect;
    rc_online_test s;
    void *bound;
    double rework[HAND_LANES];
} bench;

static bench *bench_new(void)
{
    bench *own = calloc(1, sizeof *own);
    rc_binder *b = own->plan = hand_plan();
    b->goals.target = (rc_target){
        .given = true, .metric = "recall", .up = true, .value = 0.82, .unit = "%"};
    own->search.head.id = "experiments";
    own->search.baseline = hand_estimate(b, "experiments.baseline", 0.79, 0.80);
    own->search.paired_tries_correlate = hand_point(b, "pair", 0.95);
    b->group[b->groups_n].model = "experiments";
    b->group[b->groups_n++].settings = &own->search;
    own->effect.middle = hand_estimate(b, "online_test.effect.middle", -0.02, 0.05);
    own->s = (rc_online_test){
        .head = {.id = "ab", .name = "Test"},
        .traffic = hand_estimate(b, "online_test.traffic", 20000, 60000),
        .base_rate = hand_estimate(b, "online_test.base_rate", 0.015, 0.03),
        .smallest_effect = 0.03,
        .sure = 0.95,
        .power = 0.8,
        .at_least = 14 / 30.4375,
        .arms = 2,
        .waits = hand_estimate(b, "online_test.waits", 0, 1),
        .effect = &own->effect,
    };
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        b->start[i] = 3.25 + i % 11;
        b->slower[i] = i % 3 ? 1 : 1.25;
        own->rework[i] = 2 + i % 9;
    }
    return own;
}

static void bench_bind(bench *own)
{
    own->bound = hand_bind(own->plan, &rc_model_online_test, &own->s);
    double *recall = own->plan->row[rc_bind_state(own->plan, "metric.recall", NAN)];
    for (uint32_t i = 0; i < HAND_LANES; i++)
        recall[i] = 0.78 + 0.06 * rc_uniform(hand_hash("recall", 0, i));
}

static rc_step bench_place(bench *own, uint32_t round, bool goes_on)
{
    rc_step step = hand_step(own->plan, &own->s, own->bound, round);
    step.rework = goes_on ? own->rework : NULL;
    rc_model_online_test.place(&step, own->plan->lane, HAND_LANES);
    return step;
}

static void bench_free(bench *own)
{
    hand_free(own->plan);
    free(own);
}

static double out(const bench *own, const char *what, uint32_t lane)
{
    char path[64];
    snprintf(path, sizeof path, "online_test[ab].%s", what);
    return hand_at(own->plan, path)[lane];
}

static reference_test_plan plan_of(const bench *own, uint32_t lane)
{
    const rc_online_test *s = &own->s;
    reference_test_plan plan = {
        .per_day = own->plan->row[s->traffic.index][lane] / 30.4375,
        .arms = (double)s->arms,
        .mean = 1,
        .smallest = s->smallest_effect,
        .bar = s->ship_above,
        .sure = s->sure,
        .power = s->power,
        .at_least = round(s->at_least * 30.4375),
        .at_most = round(s->at_most * 30.4375),
    };
    if (s->base_rate.given) {
        plan.mean = own->plan->row[s->base_rate.index][lane];
        plan.sd = sqrt(plan.mean * (1 - plan.mean));
    } else {
        plan.sd = own->plan->row[s->sd_over_mean.index][lane];
    }
    return plan;
}

static double luck(uint32_t round, uint32_t lane)
{
    return reference_quantile(rc_uniform(hand_hash("words ab.noise", round, lane)));
}

static double once(const bench *own, const rc_estimate *e, uint32_t lane)
{
    return own->plan->row[e->index][lane];
}

static void agrees(const bench *own, const reference_test_plan *plan,
                   const reference_test_seen *seen, double truth, uint32_t lane)
{
    ck_assert_double_eq_tol(out(own, "true_effect", lane), truth, 1e-12);
    ck_assert_double_eq_tol(out(own, "measured_effect", lane), seen->measured, 1e-9);
    ck_assert_double_eq(out(own, "p_ship", lane), seen->ships);
    ck_assert_double_eq(out(own, "p_false_ship", lane),
                        seen->ships && truth <= plan->bar);
    ck_assert_double_eq(out(own, "p_missed", lane),
                        !seen->ships && truth >= plan->smallest);
    if (seen->ships) {
        ck_assert_double_eq_tol(out(own, "shipped_effect", lane), truth, 1e-12);
        ck_assert_double_eq_tol(out(own, "shipped_measured", lane), seen->measured,
                                1e-9);
        ck_assert_double_eq_tol(out(own, "winners_curse", lane), seen->measured - truth,
                                1e-9);
    } else {
        ck_assert(isnan(out(own, "shipped_effect", lane)));
        ck_assert(isnan(out(own, "shipped_measured", lane)));
        ck_assert(isnan(out(own, "winners_curse", lane)));
    }
}

/* Rounds of one plan: a new test, another one, and that one running on. */
static void agrees_with_the_reference(bench *own)
{
    bench_bind(own);
    reference_test_state state[HAND_LANES];
    double days[HAND_LANES] = {0}, waited[HAND_LANES] = {0};
    double added[HAND_LANES] = {0};
    uint32_t shipped = 0;
    for (uint32_t round = 1; round <= 3; round++) {
        const bool goes_on = round == 3;
        const rc_step step = bench_place(own, round, goes_on);
        for (uint32_t i = 0; i < HAND_LANES; i++) {
            const reference_test_plan plan = plan_of(own, i);
            double takes = reference_test_days(&plan) * step.slower[i], waits = 0;
            if (goes_on) {
                const double end = step.start[i] + own->rework[i] * step.slower[i];
                takes = step.dates->between(NULL, step.start[i], end);
                ck_assert_double_eq_tol(step.duration[i], end - step.start[i], 1e-12);
            } else {
                state[i] = (reference_test_state){0};
                if (own->s.waits.given)
                    waits =
                        30.4375 * hand_each(own->plan, own->s.waits.index, round, i);
                const double end =
                    step.dates->after(NULL, step.start[i], waits + takes);
                ck_assert_double_eq_tol(step.start[i] + step.duration[i], end, 1e-9);
                if (round > 1 && own->effect.each_round.given)
                    added[i] +=
                        hand_each(own->plan, own->effect.each_round.index, round, i);
            }
            days[i] += takes;
            waited[i] += waits;
            double truth = added[i];
            if (own->effect.per_point.given)
                truth += 100 * once(own, &own->effect.per_point, i) *
                         (hand_at(own->plan, "metric.recall")[i] -
                          once(own, &own->search.baseline, i));
            else
                truth += once(own, &own->effect.middle, i);
            truth = truth > -1 ? truth : -1;
            const reference_test_seen seen =
                reference_test_run(&plan, &state[i], takes, truth, luck(round, i));
            agrees(own, &plan, &seen, truth, i);
            ck_assert_double_eq_tol(out(own, "days", i), days[i], 1e-9);
            ck_assert_double_eq_tol(out(own, "waited", i), waited[i], 1e-9);
            ck_assert_double_eq_tol(out(own, "per_arm", i), state[i].units,
                                    1e-9 * state[i].units);
            shipped += seen.ships;
        }
    }
    /* neither all nor none: both ways are held */
    ck_assert_uint_gt(shipped, 100);
    ck_assert_uint_lt(shipped, 3 * HAND_LANES - 100);
    bench_free(own);
}

/* ------------------------------------------------------------------- tests */

/* traffic is kept by the month */
static void by_the_day(bench *own)
{
    double *row = own->plan->row[own->s.traffic.index];
    for (uint32_t i = 0; i < HAND_LANES; i++)
        row[i] *= 30.4375;
}

START_TEST(every_future_of_a_share_is_that_of_the_reference)
{
    bench *own = bench_new();
    by_the_day(own);
    agrees_with_the_reference(own);
}
END_TEST

START_TEST(every_future_of_an_amount_is_that_of_the_reference)
{
    bench *own = bench_new();
    by_the_day(own);
    own->s.base_rate.given = false;
    own->s.sd_over_mean = hand_estimate(own->plan, "online_test.sd_over_mean", 3, 9);
    own->s.arms = 3;
    own->s.at_most = 28 / 30.4375;
    own->s.sure = 0.9;
    own->s.power = 0.9;
    own->s.ship_above = -0.01;
    own->s.waits.given = false;
    agrees_with_the_reference(own);
}
END_TEST

START_TEST(an_effect_of_quality_counts_the_points_above_todays_model)
{
    bench *own = bench_new();
    by_the_day(own);
    own->effect.middle.given = false;
    own->effect.per_point = hand_estimate(own->plan, "per_point", 0, 0.04);
    own->effect.each_round = hand_estimate(own->plan, "each_round", 0, 0.02);
    agrees_with_the_reference(own);
}
END_TEST

/* What arrives online of a gain is production's to say, and said once. */
START_TEST(points_that_do_not_arrive_online_move_nothing)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    by_the_day(own);
    own->effect.middle.given = false;
    own->effect.per_point = hand_point(b, "per_point", 0.01);
    const rc_production production = {
        .transfer = hand_estimate(b, "production.transfer", 0.3, 0.9)};
    b->group[b->groups_n].model = "production";
    b->group[b->groups_n++].settings = &production;
    bench_bind(own);
    bench_place(own, 1, false);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_double_eq_tol(
            out(own, "true_effect", i),
            once(own, &production.transfer, i) *
                (hand_at(b, "metric.recall")[i] - once(own, &own->search.baseline, i)),
            1e-12);
    bench_free(own);
}
END_TEST

START_TEST(a_metric_that_should_be_low_gains_where_it_falls)
{
    bench *own = bench_new();
    by_the_day(own);
    own->plan->goals.target.up = false;
    own->plan->goals.target.metric = own->search.metric = "recall";
    own->effect.middle.given = false;
    own->effect.per_point = hand_point(own->plan, "per_point", 0.01);
    bench_bind(own);
    bench_place(own, 1, false);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_double_eq_tol(out(own, "true_effect", i),
                                0.01 * 100 *
                                    (once(own, &own->search.baseline, i) -
                                     hand_at(own->plan, "metric.recall")[i]),
                                1e-12);
    bench_free(own);
}
END_TEST

/* P(T <= t) = 1/2 + int_0^atan(t/sqrt(v)) cos^(v - 1) / B(1/2, v/2), by Simpson. */
static double student_below(double t, double v)
{
    enum { PARTS = 20000 };
    const double end = atan(t / sqrt(v));
    double sum = 0;
    for (int i = 0; i <= PARTS; i++) {
        const double w = i == 0 || i == PARTS ? 1 : i % 2 ? 4 : 2;
        sum += w * pow(cos(end * i / PARTS), v - 1);
    }
    return .5 + sum * end / (3 * PARTS) * exp(lgamma((v + 1) / 2) - lgamma(v / 2)) /
                    sqrt(M_PI);
}

/* What is not said: a Student around nothing, its scale half of the smallest effect. */
START_TEST(true_effects_have_the_tails_of_a_student)
{
    bench *own = bench_new();
    by_the_day(own);
    own->s.effect = NULL;
    bench_bind(own);
    bench_place(own, 1, false);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double u = rc_uniform(hand_hash("words ab.effect", 0, i));
        const double v = 1.3 + 1.7 * rc_uniform(hand_hash("words ab.tails", 0, i));
        const double truth = out(own, "true_effect", i);
        if (truth > -1)
            ck_assert_double_eq_tol(student_below(truth / 0.015, v), u, 1e-5);
        else
            ck_assert_double_gt(student_below(-1 / 0.015, v), u - 1e-5);
    }
    bench_free(own);

    own = bench_new();
    by_the_day(own);
    own->effect.scale = hand_estimate(own->plan, "scale", 0.01, 0.02);
    own->effect.tails = hand_estimate(own->plan, "tails", 2, 5);
    bench_bind(own);
    bench_place(own, 1, false);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double t =
            (out(own, "true_effect", i) - once(own, &own->effect.middle, i)) /
            once(own, &own->effect.scale, i);
        ck_assert_double_eq_tol(student_below(t, once(own, &own->effect.tails, i)),
                                rc_uniform(hand_hash("words ab.effect", 0, i)), 1e-5);
    }
    bench_free(own);
}
END_TEST

START_TEST(no_more_than_all_of_a_measure_is_lost)
{
    bench *own = bench_new();
    by_the_day(own);
    own->effect.middle.given = false;
    own->effect.scale = hand_point(own->plan, "scale", 0.5);
    bench_bind(own);
    bench_place(own, 1, false);
    uint32_t lost = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        ck_assert_double_ge(out(own, "true_effect", i), -1);
        lost += out(own, "true_effect", i) == -1;
    }
    ck_assert_uint_gt(lost, 20);
    bench_free(own);
}
END_TEST

START_TEST(a_gate_lets_pass_what_ships_and_what_was_not_tested)
{
    bench *own = bench_new();
    by_the_day(own);
    bench_bind(own);
    static const rc_condition need = {.metric = "online_test", .text = "online_test"};
    const rc_gate gate = {.head = {.id = "go", .name = "Go"}, .needs = {&need, 1}};
    void *bound = hand_bind(own->plan, &rc_model_gate, &gate);
    rc_step ask = hand_step(own->plan, &gate, bound, 1);
    rc_model_gate.place(&ask, own->plan->lane, HAND_LANES);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_uint_eq(own->plan->verdict[i], 0);
    bench_place(own, 1, false);
    rc_model_gate.place(&ask, own->plan->lane, HAND_LANES);
    uint32_t failed = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        ck_assert_uint_eq(own->plan->verdict[i], out(own, "p_ship", i) == 0);
        failed += own->plan->verdict[i];
    }
    ck_assert_uint_gt(failed, 50);
    ck_assert_uint_lt(failed, HAND_LANES - 50);
    bench_free(own);
}
END_TEST

START_TEST(the_size_of_a_test_is_sixteen_sigma_squared_over_delta_squared)
{
    /* 2 % and a change of 5 % of it: 16 x .0196 / .001^2 = 313 600 a rule would say */
    const double n = rc_online_test_size(7, 0.05, 0.95, 0.8);
    ck_assert_double_eq_tol(n, 2 * 7.8488797 * 49 / 0.0025, 1);
    ck_assert_double_lt(n, 313600);
    ck_assert_double_gt(n, 0.98 * 313600);
    /* 90 % power: 21 instead of 16 */
    ck_assert_double_eq_tol(rc_online_test_size(1, 1, 0.95, 0.9), 21.0148, 1e-3);
}
END_TEST

/* By hand: 2 (2.8016)^2 49 / .03^2 = 854 649 in each of 2 arms, 50 000 a day: 34.2 days. */
START_TEST(for_priorities_a_test_takes_five_of_seven_days)
{
    bench *own = bench_new();
    own->s.traffic = hand_point(own->plan, "fifty", 50000 * 30.4375);
    own->s.base_rate = hand_point(own->plan, "two", 0.02);
    own->s.waits.given = false;
    ck_assert_double_eq_tol(rc_model_online_test.typical(&own->s), 25, 1e-12);
    own->s.smallest_effect = 0.3; /* the shortest test */
    ck_assert_double_eq_tol(rc_model_online_test.typical(&own->s), 10, 1e-12);
    own->s.waits = hand_point(own->plan, "week", 7 / 30.4375);
    ck_assert_double_eq_tol(rc_model_online_test.typical(&own->s), 15, 1e-12);
    bench_free(own);
}
END_TEST

START_TEST(check_refuses_what_makes_no_sense)
{
    bench *own = bench_new();
    struct rc_faults faults = {.plan = own->plan};
    const rc_goals *goals = &own->plan->goals;
    rc_model_online_test.check(&own->s, goals, &faults);
    ck_assert_uint_eq(faults.errors + faults.warnings, 0);

    own->s.sd_over_mean = own->s.base_rate;
    rc_model_online_test.check(&own->s, goals, &faults);
    ck_assert_str_eq(faults.last, "a test needs to know how much its measure varies: "
                                  "base_rate or sd_over_mean");
    own->s.base_rate.given = own->s.sd_over_mean.given = false;
    rc_model_online_test.check(&own->s, goals, &faults);
    ck_assert_uint_eq(faults.errors, 2);
    own->s.base_rate.given = true;

    own->s.ship_above = 0.03;
    rc_model_online_test.check(&own->s, goals, &faults);
    ck_assert_str_eq(faults.last,
                     "the smallest effect, 3 %, is not above what ships, 3 %");
    own->s.ship_above = 0;
    own->s.at_most = 13 / 30.4375;
    rc_model_online_test.check(&own->s, goals, &faults);
    ck_assert_str_eq(faults.last,
                     "a test of at most 13 days cannot run for at least 14");
    own->s.at_most = 14 / 30.4375;
    own->effect.per_point = own->effect.middle;
    rc_model_online_test.check(&own->s, goals, &faults);
    ck_assert_str_eq(faults.last,
                     "an effect is per_point of quality or has a middle, not both");
    own->effect.middle.given = false;
    own->effect.tails = own->effect.per_point;
    rc_model_online_test.check(&own->s, goals, &faults);
    ck_assert_str_eq(faults.last, "'tails' are of what 'scale' spreads");
    own->effect.tails.given = false;
    own->search.metric = "precision";
    rc_model_online_test.check(&own->s, goals, &faults);
    ck_assert_str_eq(faults.last,
                     "'per_point' counts points above today's model, and no "
                     "search of 'recall' says how good that is");
    own->plan->goals.target.given = false;
    rc_model_online_test.check(&own->s, goals, &faults);
    ck_assert_str_eq(faults.last,
                     "'per_point' counts points of the target's metric, and "
                     "no target is set");
    ck_assert_uint_eq(faults.errors, 8);
    bench_free(own);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("online_test");
    TCase *tcase = tcase_create("online_test");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, every_future_of_a_share_is_that_of_the_reference);
    tcase_add_test(tcase, every_future_of_an_amount_is_that_of_the_reference);
    tcase_add_test(tcase, an_effect_of_quality_counts_the_points_above_todays_model);
    tcase_add_test(tcase, points_that_do_not_arrive_online_move_nothing);
    tcase_add_test(tcase, a_metric_that_should_be_low_gains_where_it_falls);
    tcase_add_test(tcase, true_effects_have_the_tails_of_a_student);
    tcase_add_test(tcase, no_more_than_all_of_a_measure_is_lost);
    tcase_add_test(tcase, a_gate_lets_pass_what_ships_and_what_was_not_tested);
    tcase_add_test(tcase,
                   the_size_of_a_test_is_sixteen_sigma_squared_over_delta_squared);
    tcase_add_test(tcase, for_priorities_a_test_takes_five_of_seven_days);
    tcase_add_test(tcase, check_refuses_what_makes_no_sense);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
