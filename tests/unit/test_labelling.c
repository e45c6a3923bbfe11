/* Labelling against exact answers and against a reference, future by future. */
#include "by_hand.h"
#include "labelling.h"
#include "reference_labelling.h"
#include "suite.h"

START_TEST(majorities_of_independent_votes)
{
    ck_assert_double_eq_tol(rc_majority(1, 0.8), 0.8, 1e-15);
    ck_assert_double_eq_tol(rc_majority(3, 0.8), 0.896, 1e-14);
    ck_assert_double_eq_tol(rc_majority(5, 0.8), 0.94208, 1e-14);
    ck_assert_double_eq_tol(rc_majority(101, 0.5), 0.5, 1e-12);
}
END_TEST

/* Two votes of .8: .64 both right, .32 tied and settled by one more of .8. */
START_TEST(ties_go_to_adjudication_and_correlated_votes_add_less)
{
    ck_assert_double_eq_tol(rc_majority(2, 0.8), 0.64, 1e-15);
    ck_assert_double_eq_tol(rc_majority_adjudicated(2, 0.8, 0), 0.64 + 0.32 * 0.8,
                            1e-15);
    ck_assert_double_eq_tol(rc_majority_adjudicated(3, 0.8, 0), 0.896, 1e-14);
    ck_assert_double_eq_tol(rc_majority_adjudicated(3, 0.8, 1), 0.8, 1e-15);
    ck_assert_double_eq_tol(rc_majority_adjudicated(3, 0.8, 0.3),
                            0.3 * 0.8 + 0.7 * 0.896, 1e-14);
}
END_TEST

START_TEST(noise_by_class_is_worth_the_squared_correlation)
{
    ck_assert_double_eq_tol(rc_label_worth(0.3, 0, 0), 1, 1e-14);
    for (double eta = 0; eta < 0.5;
         eta += 0.07) /* balanced, symmetric: (1 - 2 eta)^2 */
        ck_assert_double_eq_tol(rc_label_worth(0.5, eta, eta), pow(1 - 2 * eta, 2),
                                1e-13);
    ck_assert_double_eq(rc_label_worth(0.3, 0.6, 0.4), 0);
    ck_assert_double_eq_tol(rc_label_worth_of_classes(2, 0.1), 0.64, 1e-14);
    ck_assert_double_eq_tol(rc_label_worth_of_classes(10, 0.18), 0.64, 1e-14);
    ck_assert_double_eq(rc_label_worth_of_classes(2, 0.5), 0);
}
END_TEST

/* 6 labellers at 500 a day; half of the ramp's 15 days is lost. */
START_TEST(a_ramp_costs_half_its_length)
{
    ck_assert_double_eq_tol(rc_labelling_days(60000, 6, 500, 0), 20, 1e-12);
    ck_assert_double_eq_tol(rc_labelling_days(60000, 6, 500, 15), 27.5, 1e-12);
    ck_assert_double_eq_tol(rc_labelling_days(22500, 6, 500, 15), 15, 1e-12);
    ck_assert_double_eq_tol(rc_labelling_days(2500, 6, 500, 15), 5, 1e-12);
    ck_assert_double_eq_tol(rc_votes(40000, 2, 0.1, 0.1), 80000 / 0.9 + 4000, 1e-9);
}
END_TEST

static rc_labelling pool(rc_binder *b)
{
    return (rc_labelling){
        .head = {.id = "labelling", .name = "labelling"},
        .items = hand_point(b, "labelling.items", 40000),
        .votes_per_item = 2,
        .labellers = 6,
        .ramp_up = hand_estimate(b, "labelling.ramp_up", 8, 17),
        .speed = hand_estimate(b, "labelling.speed", 400, 660),
        .disagreement = hand_estimate(b, "labelling.disagreement", 0.05, 0.15),
        .rework = hand_estimate(b, "labelling.rework", 0.04, 0.16),
        .cost_per_vote = hand_point(b, "labelling.cost_per_vote", 0.21),
        .positives = hand_estimate(b, "labelling.positives", 0.05, 0.12),
        .missed = hand_estimate(b, "labelling.missed", 0.04, 0.16),
        .false_alarms = hand_estimate(b, "labelling.false_alarms", 0.0002, 0.001),
        .classes = 2,
        .votes_correlate = 0.3,
    };
}

START_TEST(every_future_agrees_with_the_reference)
{
    rc_binder *b = hand_plan();
    const rc_labelling s = pool(b);
    void *bound = hand_bind(b, &rc_model_labelling, &s);
    const rc_step step = hand_step(b, &s, bound, 1);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        b->slower[i] = 1 + 0.3 * rc_uniform(hand_hash("slower", 0, i));
    rc_model_labelling.place(&step, b->lane, HAND_LANES);
    for (uint32_t i = 0; i < HAND_LANES; i += 7) {
        const reference_labels plain = reference_label(&(reference_pool){
            .items = 40000,
            .votes_per_item = 2,
            .rework = b->row[s.rework.index][i],
            .disagreement = b->row[s.disagreement.index][i],
            .labellers = 6,
            .speed = b->row[s.speed.index][i],
            .ramp_up = b->row[s.ramp_up.index][i],
            .slower = b->slower[i],
            .cost_per_vote = 0.21,
            .positives = b->row[s.positives.index][i],
            .missed = b->row[s.missed.index][i],
            .false_alarms = b->row[s.false_alarms.index][i],
        });
        ck_assert_double_eq_tol(b->duration[i], plain.days, 1e-6);
        ck_assert_double_eq_tol(b->cost[i], plain.cost, 1e-6);
        ck_assert_double_eq_tol(hand_at(b, "labels")[i], plain.effective, 1e-6);
        ck_assert_double_eq_tol(hand_at(b, "labelling[labelling].votes")[i],
                                plain.votes, 1e-6);
    }
    hand_free(b);
}
END_TEST

START_TEST(a_rework_labels_for_as_long_as_it_lasts)
{
    rc_binder *b = hand_plan();
    const rc_labelling s = pool(b);
    void *bound = hand_bind(b, &rc_model_labelling, &s);
    rc_step step = hand_step(b, &s, bound, 1);
    rc_model_labelling.place(&step, b->lane, 8);
    double once[8], paid[8], rework[HAND_LANES];
    for (int i = 0; i < 8; i++) {
        once[i] = hand_at(b, "labels")[i];
        paid[i] = b->cost[i];
        rework[i] = 4;
    }
    step.round = 2;
    step.rework = rework;
    rc_model_labelling.place(&step, b->lane, 8);
    for (int i = 0; i < 8; i++) {
        const double part = 4 * 6 * b->row[s.speed.index][i] /
                            rc_votes(40000, 2, b->row[s.rework.index][i],
                                     b->row[s.disagreement.index][i]);
        ck_assert_double_eq_tol(b->duration[i], 4, 1e-12);
        ck_assert_double_eq_tol(b->cost[i], paid[i] * part, 1e-6);
        ck_assert_double_eq_tol(hand_at(b, "labels")[i], once[i] * (1 + part), 1e-6);
    }
    hand_free(b);
}
END_TEST

/* Votes cast by six people after t days of work, without what slows or delays them. */
static double cast(double t, double speed, double ramp_up)
{
    double votes = 0;
    const int n = 20000;
    for (int i = 0; i < n; i++) {
        const double at = t * (i + 0.5) / n;
        votes += 6 * speed * fmin(at / ramp_up, 1) * t / n;
    }
    return votes;
}

/* A fifth longer than the labelling itself: a risk delays it. */
START_TEST(the_figure_counts_items_as_their_votes_are_cast)
{
    rc_binder *b = hand_plan();
    const rc_labelling s = pool(b);
    const uint32_t finish = rc_bind_state(b, "finish labelling", NAN);
    void *bound = hand_bind(b, &rc_model_labelling, &s);
    const rc_step step = hand_step(b, &s, bound, 1);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        b->slower[i] = 1 + 0.3 * rc_uniform(hand_hash("slower", 0, i));
        b->start[i] = 3.5;
    }
    rc_model_labelling.place(&step, b->lane, HAND_LANES);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        b->row[finish][i] = 3.5 + 1.2 * b->duration[i];
    rc_model_labelling.live(&step);
    ck_assert_double_eq(hand_at(b, "figures.labelling.step_days")[0], 5);
    const uint32_t first = hand_find(b, "figures.labelling.done");
    for (uint32_t i = 0; i < HAND_LANES; i += 50)
        for (uint32_t k = 0; k < RC_LABELLING_STEPS; k++) {
            const double worked = (5.0 * k - 3.5) / 1.2 / b->slower[i];
            const double share = cast(fmax(worked, 0), b->row[s.speed.index][i],
                                      b->row[s.ramp_up.index][i]) /
                                 rc_votes(40000, 2, b->row[s.rework.index][i],
                                          b->row[s.disagreement.index][i]);
            ck_assert_double_eq_tol(b->row[first + k][i], 40000 * fmin(share, 1), 0.1);
        }
    ck_assert_double_eq(hand_at(b, "figures.labelling.wanted")[0], 40000);
    hand_free(b);
}
END_TEST

START_TEST(noise_described_twice_and_prevalence_forgotten_are_faults)
{
    rc_binder *b = hand_plan();
    rc_labelling s = pool(b);
    rc_faults faults = {0};
    rc_model_labelling.check(&s, &b->goals, &faults);
    ck_assert_uint_eq(faults.errors, 0);
    s.wrong = hand_point(b, "labelling.wrong", 0.1);
    s.positives.given = false;
    rc_model_labelling.check(&s, &b->goals, &faults);
    ck_assert_uint_eq(faults.errors, 2);
    hand_free(b);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("labelling");
    TCase *t = tcase_create("labelling");
    tcase_add_test(t, majorities_of_independent_votes);
    tcase_add_test(t, ties_go_to_adjudication_and_correlated_votes_add_less);
    tcase_add_test(t, noise_by_class_is_worth_the_squared_correlation);
    tcase_add_test(t, a_ramp_costs_half_its_length);
    tcase_add_test(t, every_future_agrees_with_the_reference);
    tcase_add_test(t, a_rework_labels_for_as_long_as_it_lasts);
    tcase_add_test(t, the_figure_counts_items_as_their_votes_are_cast);
    tcase_add_test(t, noise_described_twice_and_prevalence_forgotten_are_faults);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
