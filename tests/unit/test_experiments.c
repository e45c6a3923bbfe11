/* A search against exact answers, and against a plain reference future by future; what
 * stands before the first try: defaults, ceilings, labels. */
#include "search_plain.h"
#include "labelling.h"
#include "reference_next_try.h"
#include "suite.h"

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

/* What a test adds to what is told to the reference; NULL: nothing. */
static void (*also)(const bench *own, uint32_t lane, reference_search *plain);

static double next_of(const bench *own, uint32_t lane, const char *format, int a, int b)
{
    char what[64], name[128];
    snprintf(what, sizeof what, format, a, a == 1 ? "" : "s", b, b == 1 ? "" : "s");
    snprintf(name, sizeof name, "experiments[experiments].next.%s", what);
    return row(own, name, lane);
}

static void same(double seen, reference_answer known)
{
    if (known == REFERENCE_NOT_ASKED)
        ck_assert(isnan(seen));
    else
        ck_assert_double_eq(seen, known == REFERENCE_YES);
}

static void compare_next(const bench *own, uint32_t lane, const reference_found *found)
{
    const int failures[] = {0, 1, 2, 4, 6, 8}, after[] = {0, 1, 2, 4, 8},
              within[] = {1, 2, 4, 8};
    for (int i = 0; i < 6; i++)
        same(next_of(own, lane, "try_after_%d_failure%s", failures[i], 0),
             reference_next_try(found->worked, found->tries, failures[i]));
    for (int i = 0; i < 5; i++)
        for (int k = 0; k < 4; k++)
            same(
                next_of(own, lane, "after_%d_week%s.in_%d_week%s", after[i], within[k]),
                reference_next_weeks(found->days, found->at_aim, after[i], within[k]));
}

static void compare(bench *own)
{
    bench_run(own);
    for (uint32_t lane = 0; lane < HAND_LANES; lane++) {
        const future f = {own, lane};
        reference_search plain = plain_search(&f);
        if (also)
            also(own, lane, &plain);
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
            ck_assert_double_eq(largest, plain.levers); /* none */
        else if (found.largest > 1e-12)
            ck_assert_double_eq(largest, found.largest_lever);
        compare_next(own, lane, &found);
    }
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

START_TEST(repeated_trainings_agree_with_the_reference)
{
    bench *own = three_levers();
    own->s.repeats = 3;
    own->lever[1].repeats = 5;
    own->lever[2].repeats = 1;
    own->s.at_once = 2;
    own->s.gpus = 4;
    own->s.test_size = 350;
    own->s.seed_sd = uniform(own, "experiments.seed_sd", 0.001, 0.006);
    compare(own);
    ck_assert_double_eq(rc_model_experiments.gpus(&own->s), 2 * 4 * 5);
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

START_TEST(a_metric_that_is_no_target_goes_the_way_of_its_aim)
{
    bench *own = bench_new();
    own->s.metric = "latency";
    ck_assert(rc_experiments_up(&own->s, &own->plan->goals));
    own->s.aim = point(own, "experiments.aim", 0.7);
    ck_assert(!rc_experiments_up(&own->s, &own->plan->goals));
    bench_free(own);
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
        .points = {.at = points, .n = 3},
    };
    own->s.learning_curve = &curve;
    bench_bind(own);
    int hurt = 0;
    for (int block = 0; block < 10; block++) {
        hand_next_block(own->plan);
        memset(own->step.memory, 0, HAND_LANES * own->bound->size);
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
            ck_assert_double_eq_tol(1 - search_of(own, i)->kept[0].e_start, wanted,
                                    1e-9);
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
        ck_assert_double_eq_tol(search_of(own, 0)->kept[0].floor, wrong ? 0.181 : 0.17,
                                1e-12);
        ck_assert_double_eq(row(own, "possible", 0), !wrong);
        bench_free(own);
    }
}
END_TEST

/* A search that starts on a part of the labels: 6 000 items at 200 a day from day 0, ten
 * days until full speed, so all are labelled on day 35; the task ends seven days later. */
static double labelled_by(double t)
{
    t *= 35.0 / 42.0;
    return t < 10 ? 200 * t * t / 20 : fmin(200 * (t - 5), 6000);
}

static void labels_for_reference(const bench *own, uint32_t lane,
                                 reference_search *plain)
{
    const future f = {own, lane};
    const double there = labelled_by(own->plan->start[lane]);
    const double a = (plain->ceiling - plain->before) * sqrt(20000);
    const double surprise =
        rc_learning_surprise(word_of(&f, "experiments.learning_curve.error", 0));
    plain->before += surprise * a * (1 / sqrt(20000) - 1 / sqrt(20000 + there));
    plain->before = fmin(plain->before, plain->ceiling);
    plain->labels_come = 42 - own->plan->start[lane];
    plain->labels_bring = surprise * a * (1 / sqrt(20000 + there) - 1 / sqrt(26000));
}

START_TEST(labels_that_are_under_way_join_the_search_when_they_are_done)
{
    bench *own = three_levers();
    own->s.test_size = 300;
    own->s.aim = point(own, "experiments.aim", 0.86);
    own->s.give_up_after = uniform(own, "experiments.give_up_after", 10, 60);
    const rc_learning_curve curve = {.labels_now = 20000,
                                     .exponent = point(own, "curve.exponent", 0.5)};
    own->s.learning_curve = &curve;
    const rc_labelling pool = {
        .head = {.id = "labelling", .name = "labelling"},
        .items = point(own, "labelling.items", 6000),
        .votes_per_item = 1,
        .classes = 2,
        .labellers = 1,
        .ramp_up = point(own, "labelling.ramp_up", 10),
        .speed = point(own, "labelling.speed", 200),
    };
    const uint32_t finish = rc_bind_state(own->plan, "finish labelling", NAN);
    void *bound = hand_bind(own->plan, &rc_model_labelling, &pool);
    const rc_step label = hand_step(own->plan, &pool, bound, 1);
    rc_model_labelling.place(&label, own->plan->lane, HAND_LANES);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        ck_assert_double_eq_tol(own->plan->duration[i], 35, 1e-9);
        own->plan->row[finish][i] = 42; /* a risk delays it */
        own->plan->start[i] = 42 * rc_uniform(hand_hash("start", 0, i));
    }
    also = labels_for_reference;
    compare(own);
    also = NULL;
    bench_free(own);
}
END_TEST

/* Three certain tries of 10 k labels from 20 k, on a curve with exponent .5: e - floor falls
 * as n^-.5, and the surprise stretches every step alike. */
START_TEST(a_lever_of_labels_moves_along_the_curve)
{
    bench *own = bench_new();
    const rc_learning_curve curve = {.labels_now = 20000,
                                     .exponent = point(own, "exponent", 0.5)};
    own->s.learning_curve = &curve;
    own->s.aim = point(own, "experiments.aim", 0.99);
    rc_lever *v = add_lever(own, "data", 1, 0, 0, 3);
    v->works.given = v->gain.given = false;
    v->labels = point(own, "data.labels", 10000);
    bench_run(own);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const future f = {own, i};
        const double ceiling = drawn(own, &own->s.ceiling, i, 0);
        const double base = drawn(own, &own->s.baseline, i, 0);
        const double u = word_of(&f, "experiments.learning_curve.error", 0);
        const double times = 1 + 0.45 * rc_student_quantile(u, 3) / sqrt(3);
        const double wanted =
            base + (ceiling - base) * (1 - sqrt(20000.0 / 50000)) * times;
        ck_assert_uint_eq(search_of(own, i)->tries, 3);
        ck_assert_double_eq_tol(row(own, "metric.recall", i),
                                times > 0 ? fmin(wanted, ceiling) : base, 1e-9);
    }
    ck_assert_double_eq_tol(own->bound->levers[0].gain_per_day[0] *
                                3, /* of 86 - 79.4 % */
                            0.066 * (1 - sqrt(20.0 / 30)), 1e-9);
    bench_free(own);
}
END_TEST

START_TEST(one_point_or_none_takes_a_default_exponent)
{
    for (uint32_t n = 0; n < 2; n++) {
        bench *own = three_levers();
        static const rc_curve_point points[] = {{10000, 0.764}};
        const rc_learning_curve curve = {.labels_now = 20000,
                                         .points = {.at = points, .n = n}};
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
            ck_assert_double_eq_tol(1 - search_of(own, i)->kept[0].e_start, wanted,
                                    1e-9);
        }
        bench_free(own);
    }
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
    tcase_add_test(t, repeated_trainings_agree_with_the_reference);
    tcase_add_test(t, plain_policies_agree_with_the_reference);
    tcase_add_test(t, a_metric_that_is_no_target_goes_the_way_of_its_aim);
    tcase_add_test(t, an_unstated_ceiling_reaches_the_target_as_often_as_wanted);
    tcase_add_test(t, a_raise_that_could_happen_makes_the_target_possible);
    tcase_add_test(t, labels_move_the_start_along_the_curve_and_seldom_hurt);
    tcase_add_test(t, systematic_label_errors_lower_the_ceiling);
    tcase_add_test(t, labels_that_are_under_way_join_the_search_when_they_are_done);
    tcase_add_test(t, a_lever_of_labels_moves_along_the_curve);
    tcase_add_test(t, one_point_or_none_takes_a_default_exponent);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
