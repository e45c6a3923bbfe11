/* Checkpoints: what they see is what was measured last by their evening, and they stop
 * what has not launched. */
#include "search_plain.h"
#include "checkpoints.h"
#include "gate.h"
#include "reference_checkpoints.h"
#include "reference_gate.h"
#include "suite.h"

enum { POINTS = 4 };

/* Evenings by hand: date + 1. */
static rc_checkpoint checkpoint(const char *id, int32_t on, const char *metric,
                                unsigned op, double value)
{
    rc_checkpoint c = {.head = {.id = id, .name = id}, .on = on};
    c.stop_if = (rc_condition){.metric = metric, .value = value, .unit = "%"};
    c.stop_if.op = op;
    return c;
}

/* The group is there when the search binds, as in a scenario. */
static void place_groups(bench *own, rc_checkpoint *points, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        own->plan->group[own->plan->groups_n].model = "checkpoints";
        own->plan->group[own->plan->groups_n++].settings = &points[i];
    }
}

/* The search that is cut at an evening has then measured what the whole one had by then. */
START_TEST(what_is_seen_is_what_a_search_cut_on_that_evening_has_measured)
{
    static const int32_t on[POINTS] = {3, 9, 17, 40};
    static const char *const ids[POINTS] = {"a", "b", "c", "d"};
    rc_checkpoint points[POINTS];
    for (int i = 0; i < POINTS; i++)
        points[i] = checkpoint(ids[i], on[i], "recall", RC_BELOW, 0.8);
    bench *whole = three_levers();
    whole->s.test_size = 4000;
    for (uint32_t i = 0; i < HAND_LANES; i++)
        whole->plan->start[i] = 0.001 * i;
    place_groups(whole, points, POINTS);
    bench_run(whole);
    uint32_t differ = 0;
    for (int p = 0; p < POINTS; p++) {
        bench *cut = three_levers();
        cut->s.test_size = 4000;
        for (uint32_t i = 0; i < HAND_LANES; i++)
            cut->plan->start[i] = 0.001 * i;
        bench_bind(cut);
        cut->step.round = 1;
        for (uint32_t i = 0; i < HAND_LANES; i++) /* so long may it go on */
            cut->rework[i] = on[p] + 1.0 - 0.001 * i;
        cut->step.rework = cut->rework;
        bench_place(cut);
        char seen[40];
        snprintf(seen, sizeof seen, "checkpoint.%s.seen", ids[p]);
        for (uint32_t i = 0; i < HAND_LANES; i++) {
            ck_assert_double_eq(row(whole, seen, i),
                                row(cut, "metric.recall.measured", i));
            differ += row(whole, seen, i) != row(whole, "metric.recall.measured", i);
        }
        bench_free(cut);
    }
    ck_assert_uint_gt(differ, HAND_LANES); /* the whole search went on */
    bench_free(whole);
}
END_TEST

START_TEST(before_anything_is_measured_todays_model_is_seen)
{
    rc_checkpoint early = checkpoint("early", 5, "recall", RC_BELOW, 0.794);
    bench *own = three_levers();
    own->s.test_size = 4000;
    for (uint32_t i = 0; i < HAND_LANES; i++)
        own->plan->start[i] = 30;
    place_groups(own, &early, 1);
    bench_bind(own);
    void *bound = rc_model_checkpoints.bind(&early, own->plan);
    bench_next(own);
    rc_step step = hand_step(own->plan, &early, bound, 1);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        own->plan->launch[i] = 80, own->plan->stop_at[i] = INFINITY;
    rc_model_checkpoints.stop(&step);
    uint32_t stopped = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double today = drawn(own, &own->s.baseline, i, 0);
        ck_assert_double_eq(row(own, "checkpoint.early.seen", i), today);
        ck_assert_double_eq(own->plan->stop_at[i], today < 0.794 ? 6 : INFINITY);
        stopped += today < 0.794;
    }
    ck_assert_uint_gt(stopped, HAND_LANES / 4); /* uniform from 79.0 to 79.8 % */
    ck_assert_uint_lt(stopped, HAND_LANES * 3 / 4);
    bench_free(own);
}
END_TEST

static double fixed_money(const void *self, double until, uint32_t lane)
{
    (void)self;
    return until * 100 + lane;
}

/* A step over a checkpoint of money, 100 a day and one for each lane more. */
typedef struct money_bench {
    rc_binder *plan;
    rc_checkpoint c;
    rc_ledger ledger;
    rc_step step;
} money_bench;

static void money_new(money_bench *own, unsigned op, double value)
{
    own->plan = hand_plan();
    own->c = checkpoint("c", 9, "cost", op, value);
    own->c.stop_if.unit = "EUR";
    void *bound = rc_model_checkpoints.bind(&own->c, own->plan);
    own->ledger = (rc_ledger){fixed_money, NULL};
    own->step = hand_step(own->plan, &own->c, bound, 1);
    own->step.ledger = &own->ledger;
    for (uint32_t i = 0; i < HAND_LANES; i++)
        own->plan->launch[i] = 80, own->plan->stop_at[i] = INFINITY;
}

START_TEST(money_spent_by_the_evening_is_compared_by_each_sign)
{
    static const struct {
        unsigned op;
        uint32_t from, until; /* lanes that are stopped */
    } signs[] = {{RC_ABOVE, 8, HAND_LANES},
                 {RC_AT_LEAST, 7, HAND_LANES},
                 {RC_BELOW, 0, 7},
                 {RC_AT_MOST, 0, 8}};
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++) {
        money_bench own;
        money_new(&own, signs[k].op, 1007);
        rc_model_checkpoints.stop(&own.step);
        for (uint32_t i = 0; i < HAND_LANES; i++) {
            const bool stops = i >= signs[k].from && i < signs[k].until;
            ck_assert_double_eq(own.plan->stop_at[i], stops ? 10 : INFINITY);
            ck_assert_double_eq(hand_at(own.plan, "checkpoints[c].seen")[i], 1000 + i);
        }
        hand_free(own.plan);
    }
}
END_TEST

START_TEST(what_has_launched_or_was_stopped_by_then_is_not_asked)
{
    money_bench own;
    money_new(&own, RC_ABOVE, 0);
    own.plan->launch[0] = 10; /* on that very evening */
    own.plan->launch[1] = 10.01;
    own.plan->stop_at[2] = 9.5;
    own.plan->stop_at[3] = 11;
    rc_model_checkpoints.stop(&own.step);
    ck_assert_double_eq(own.plan->stop_at[0], INFINITY);
    ck_assert_double_eq(own.plan->stop_at[1], 10);
    ck_assert_double_eq(own.plan->stop_at[2], 9.5);
    ck_assert_double_eq(own.plan->stop_at[3], 10);
    own.plan->launch[1] = own.plan->launch[2] = INFINITY; /* as the engine says then */
    rc_model_checkpoints.live(&own.step);
    const double asked[] = {0, 1, 0, 1};
    for (uint32_t i = 0; i < 4; i++) {
        ck_assert_double_eq(hand_at(own.plan, "checkpoints[c].p_asked")[i], asked[i]);
        ck_assert(isnan(hand_at(own.plan, "checkpoints[c].seen")[i]) == (asked[i] == 0));
    }
    hand_free(own.plan);
}
END_TEST

START_TEST(what_nobody_has_measured_stops_nothing)
{
    rc_binder *plan = hand_plan();
    rc_checkpoint c = checkpoint("c", 9, "latency", RC_BELOW, 1000);
    void *bound = rc_model_checkpoints.bind(&c, plan);
    rc_step step = hand_step(plan, &c, bound, 1);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        plan->launch[i] = 80, plan->stop_at[i] = INFINITY;
    rc_model_checkpoints.stop(&step);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_double_eq(plan->stop_at[i], INFINITY);
    hand_free(plan);
}
END_TEST

/* -------------------------------------------------------------- the reference */

static double money_by_pace(const void *self, double until, uint32_t lane)
{
    (void)self;
    return until * (500 + lane);
}

/* A search told try by try, a gate that measures once more, and then? */
static int measurements_of(const bench *own, uint32_t lane, double gate_at,
                           reference_measurement *out)
{
    const future f = {own, lane};
    const reference_search plain = plain_search(&f);
    const reference_found found = reference_experiments(&plain);
    for (int i = 0; i < found.told_n; i++)
        out[i] = (reference_measurement){own->plan->start[lane] + found.told[i].at,
                                         found.told[i].measured};
    const double u = word_of(&f, "experiments.test_set", 0);
    const double z = reference_normal(word_of(&f, "gates.offline.recall.pair", 1));
    out[found.told_n] =
        (reference_measurement){gate_at, reference_test(found.truth, plain.test_size, u,
                                                        plain.r, found.seed, z)};
    return found.told_n + 1;
}

/* In the order of the file, which is not that of the calendar. */
static const struct look_at {
    const char *id;
    int32_t on;
    unsigned op;
    char sign;
    const char *metric;
    double value;
} looks_at[] = {{"late", 44, RC_BELOW, '<', "recall", 0.816},
                {"early", 7, RC_AT_MOST, 'l', "recall", 0.7925},
                {"money", 33, RC_AT_LEAST, 'g', "cost", 34 * (500 + HAND_LANES / 2)},
                {"good", 21, RC_ABOVE, '>', "recall", 0.822},
                {"never", 60, RC_BELOW, '<', "recall", 0.5}};
enum { LOOKS = sizeof looks_at / sizeof *looks_at };

START_TEST(every_future_is_given_up_where_the_reference_gives_it_up)
{
    bench *own = three_levers();
    rc_binder *b = own->plan;
    rc_checkpoint points[LOOKS];
    rc_step step[LOOKS];
    const rc_ledger ledger = {money_by_pace, NULL};
    double gate_at[HAND_LANES], launch[HAND_LANES], before[HAND_LANES];
    own->s.test_size = 1000;
    own->s.give_up_after = uniform(own, "experiments.give_up_after", 10, 40);
    own->s.aim = point(own, "experiments.aim", 0.829);
    for (int p = 0; p < LOOKS; p++) {
        const struct look_at *it = &looks_at[p];
        points[p] = checkpoint(it->id, it->on, it->metric, it->op, it->value);
    }
    place_groups(own, points, LOOKS);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        b->start[i] = 20 * rc_uniform(hand_hash("start", 0, i));
    bench_bind(own);
    for (int p = 0; p < LOOKS; p++) {
        void *bound = rc_model_checkpoints.bind(&points[p], b);
        step[p] = hand_step(b, &points[p], bound, 1);
        step[p].ledger = &ledger;
    }
    bench_place(own);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        gate_at[i] = b->start[i] + b->duration[i] + 3;
        b->start[i] = gate_at[i];
    }
    const rc_condition target = {.metric = "target"};
    const rc_gate gate = {.head = {.id = "offline", .name = "offline"},
                          .needs = {&target, 1}};
    void *at_gate = hand_bind(b, &rc_model_gate, &gate);
    const rc_step passing = hand_step(b, &gate, at_gate, 1);
    rc_model_gate.place(&passing, b->lane, HAND_LANES);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        b->start[i] = 20 * rc_uniform(hand_hash("start", 0, i));
        const bool stops = rc_uniform(hand_hash("stops", 0, i)) < 0.1;
        before[i] = stops ? 80 * rc_uniform(hand_hash("stop", 0, i)) : INFINITY;
        launch[i] = stops ? INFINITY : gate_at[i] + 20;
        b->stop_at[i] = before[i];
        b->launch[i] = launch[i];
    }
    for (int p = 0; p < LOOKS; p++)
        rc_model_checkpoints.stop(&step[p]);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        if (b->stop_at[i] < launch[i])
            b->launch[i] = INFINITY; /* as the engine says then */
    for (int p = 0; p < LOOKS; p++)
        rc_model_checkpoints.live(&step[p]);

    uint32_t ended_at[LOOKS + 1] = {0};
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        static reference_measurement all[REFERENCE_TRIES + 3];
        const int n = measurements_of(own, i, gate_at[i], all);
        reference_look looks[LOOKS];
        for (int p = 0; p < LOOKS; p++) {
            const struct look_at *it = &looks_at[p];
            const double evening = it->on + 1;
            looks[p] = (reference_look){
                evening, it->sign, it->value,
                strcmp(it->metric, "cost") == 0
                    ? money_by_pace(NULL, evening, i)
                    : reference_seen(all, n, evening,
                                     drawn(own, &own->s.baseline, i, 0))};
        }
        const double ends = reference_ends(looks, LOOKS, launch[i], before[i]);
        ck_assert_double_eq(b->stop_at[i], ends);
        for (int p = 0; p < LOOKS; p++) {
            char path[64];
            const bool asked = launch[i] > looks[p].evening && ends >= looks[p].evening;
            snprintf(path, sizeof path, "checkpoints[%s].p_asked", looks_at[p].id);
            ck_assert_double_eq(row(own, path, i), asked);
            snprintf(path, sizeof path, "checkpoints[%s].seen", looks_at[p].id);
            if (asked)
                ck_assert_double_eq_tol(row(own, path, i), looks[p].seen, 1e-9);
            else
                ck_assert(isnan(row(own, path, i)));
            ended_at[p] += ends == looks[p].evening;
        }
        ended_at[LOOKS] += ends == INFINITY;
    }
    for (int p = 0; p <= LOOKS; p++) /* each ends some, but for the last */
        ck_assert_msg((ended_at[p] > 0) == (p != 4), "%d ends %u", p, ended_at[p]);
    bench_free(own);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("checkpoints");
    TCase *tcase = tcase_create("checkpoints");
    tcase_add_test(tcase,
                   what_is_seen_is_what_a_search_cut_on_that_evening_has_measured);
    tcase_add_test(tcase, before_anything_is_measured_todays_model_is_seen);
    tcase_add_test(tcase, money_spent_by_the_evening_is_compared_by_each_sign);
    tcase_add_test(tcase, what_has_launched_or_was_stopped_by_then_is_not_asked);
    tcase_add_test(tcase, what_nobody_has_measured_stops_nothing);
    tcase_add_test(tcase, every_future_is_given_up_where_the_reference_gives_it_up);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
