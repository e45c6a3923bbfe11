/* A submission against exact answers and against a reference, future by future. */
#include "by_hand.h"
#include "reference_submission.h"
#include "submission.h"
#include "suite.h"

typedef struct bench {
    rc_binder *plan;
    rc_pre_submission pre;
    rc_submission s;
    void *bound;
} bench;

static rc_estimate calendar(rc_estimate e)
{
    e.calendar = true;
    return e;
}

static bench *bench_new(void)
{
    bench *own = calloc(1, sizeof *own);
    rc_binder *b = own->plan = hand_plan();
    own->pre = (rc_pre_submission){
        .meeting = "advice",
        .fewer_questions = hand_estimate(b, "pre.fewer", 0.1, 0.5),
    };
    own->s = (rc_submission){
        .head = {.id = "fda", .name = "FDA"},
        .clock = calendar(hand_estimate(b, "clock", 70, 95)),
        .asks = hand_estimate(b, "asks", 0.4, 0.9),
        .asks_again = hand_estimate(b, "asks_again", 0.1, 0.5),
        .answers = calendar(hand_estimate(b, "answers", 20, 200)),
        .answer_cost = hand_estimate(b, "answer_cost", 1000, 9000),
        .fee = hand_point(b, "fee", 24000),
    };
    for (uint32_t i = 0; i < HAND_LANES; i++)
        b->start[i] = i * 0.37;
    return own;
}

static void bench_free(bench *own)
{
    hand_free(own->plan);
    free(own);
}

static double u(uint32_t index, uint32_t lane)
{
    return rc_uniform(hand_hash("words fda.asks", index, lane));
}

static double out(const bench *own, const char *what, uint32_t lane)
{
    char path[64];
    snprintf(path, sizeof path, "submission[fda].%s", what);
    return hand_at(own->plan, path)[lane];
}

static reference_review told(const bench *own, uint32_t lane, uint32_t round,
                             double *cost)
{
    const rc_binder *b = own->plan;
    const rc_submission *s = &own->s;
    reference_review r = {.start = b->start[lane],
                          .clock = b->row[s->clock.index][lane],
                          .answer_calendar = s->answers.calendar,
                          .within = s->answers_within.given
                                        ? b->row[s->answers_within.index][lane]
                                        : INFINITY};
    double chance = b->row[s->asks.index][lane];
    *cost = 24000;
    if (s->pre_submission && lane % 3 == 0)
        chance *= 1 - b->row[own->pre.fewer_questions.index][lane];
    while (r.questions < 50 && u(round * 64 + r.questions, lane) < chance) {
        const uint32_t k = round * 64 + r.questions;
        r.answer[r.questions++] = hand_each(b, s->answers.index, k, lane);
        chance = b->row[s->asks_again.index][lane];
    }
    return r;
}

/* As it is; with advice beforehand; answers in working days; answers too late. */
START_TEST(every_future_agrees_with_the_reference)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    if (_i == 1) { /* there in time, too late, not at all */
        own->s.pre_submission = &own->pre;
        const uint32_t row = hand_row(b, "finish advice", NAN);
        for (uint32_t i = 0; i < HAND_LANES; i++)
            b->row[row][i] = i % 3 == 0   ? b->start[i]
                             : i % 3 == 1 ? b->start[i] + 1
                                          : NAN;
    }
    if (_i == 2)
        own->s.answers.calendar = false;
    if (_i == 3)
        own->s.answers_within = calendar(hand_estimate(b, "within", 120, 190));
    own->bound = hand_bind(b, &rc_model_submission, &own->s);
    double days[HAND_LANES] = {0};
    uint32_t withdrawn = 0, asked[3] = {0};
    for (uint32_t round = 1; round <= 2; round++) {
        const rc_step step = hand_step(b, &own->s, own->bound, round);
        rc_model_submission.place(&step, b->lane, HAND_LANES);
        for (uint32_t i = 0; i < HAND_LANES; i++) {
            double cost;
            const reference_review r = told(own, i, round, &cost);
            const reference_decision d = reference_submit(&r);
            ck_assert_double_eq_tol(b->start[i] + b->duration[i], d.finish, 1e-9);
            days[i] += d.days;
            ck_assert_double_eq_tol(out(own, "days", i), days[i], 1e-9);
            ck_assert_double_eq(out(own, "p_withdrawn", i), d.withdrawn);
            withdrawn += d.withdrawn;
            asked[r.questions < 2 ? r.questions : 2]++;
            if (d.withdrawn)
                continue;
            for (uint32_t k = 0; k < r.questions; k++)
                cost += hand_each(b, own->s.answer_cost.index, round * 64 + k, i);
            ck_assert_double_eq_tol(b->cost[i], cost, 1e-6);
            if (round == 1) {
                ck_assert_double_eq_tol(out(own, "clock_days", i), d.clock, 1e-9);
                ck_assert_double_eq_tol(out(own, "answer_days", i), d.answering, 1e-9);
                ck_assert_double_eq(out(own, "questions", i), r.questions);
            }
        }
    }
    for (int k = 0; k < 3; k++)
        ck_assert_uint_gt(asked[k], HAND_LANES / 20);
    if (_i == 3)
        ck_assert_uint_gt(withdrawn, HAND_LANES / 20);
    else
        ck_assert_uint_eq(withdrawn, 0);
    bench_free(own);
}
END_TEST

START_TEST(what_is_withdrawn_stops_the_plan_there_and_what_is_slower_takes_longer)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    own->s.answers_within = calendar(hand_point(b, "within", 100));
    own->bound = hand_bind(b, &rc_model_submission, &own->s);
    rc_step step = hand_step(b, &own->s, own->bound, 1);
    rc_model_submission.place(&step, b->lane, HAND_LANES);
    double stop_at[HAND_LANES];
    for (uint32_t i = 0; i < HAND_LANES; i++)
        stop_at[i] = i % 2 ? INFINITY : 3; /* some gate was before it */
    step.stop_at = stop_at;
    rc_model_submission.stop(&step);
    uint32_t stopped = 0;
    double once[HAND_LANES];
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        once[i] = b->duration[i];
        const bool withdrawn = out(own, "p_withdrawn", i) == 1;
        const double ends = withdrawn ? b->start[i] + b->duration[i] - 1e-9 : INFINITY;
        if (isinf(ends) && i % 2)
            ck_assert(isinf(stop_at[i]));
        else
            ck_assert_double_eq_tol(stop_at[i], i % 2 ? ends : fmin(3, ends), 1e-12);
        stopped += i % 2 && withdrawn;
        b->slower[i] = 1.5;
    }
    ck_assert_uint_gt(stopped, 10);
    rc_model_submission.place(&step, b->lane, HAND_LANES);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        if (out(own, "p_withdrawn", i) == 0)
            ck_assert_double_gt(b->duration[i], once[i] * 1.4);
    bench_free(own);
}
END_TEST

START_TEST(questions_without_a_chance_and_a_chance_without_answers_are_refused)
{
    bench *own = bench_new();
    rc_faults faults = {0};
    rc_model_submission.check(&own->s, &own->plan->goals, &faults);
    ck_assert_uint_eq(faults.errors, 0);
    own->s.answers.given = false;
    rc_model_submission.check(&own->s, &own->plan->goals, &faults);
    ck_assert_uint_eq(faults.errors, 1);
    own->s.answers.given = true;
    own->s.asks.given = false;
    own->s.pre_submission = &own->pre;
    faults.errors = 0;
    rc_model_submission.check(&own->s, &own->plan->goals, &faults);
    ck_assert_uint_eq(faults.errors, 4); /* again, answers, their cost, the advice */
    bench_free(own);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("submission");
    TCase *t = tcase_create("submission");
    tcase_add_loop_test(t, every_future_agrees_with_the_reference, 0, 4);
    tcase_add_test(
        t, what_is_withdrawn_stops_the_plan_there_and_what_is_slower_takes_longer);
    tcase_add_test(t,
                   questions_without_a_chance_and_a_chance_without_answers_are_refused);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
