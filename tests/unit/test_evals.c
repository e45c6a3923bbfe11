/* What raters show of a metric, against a reference, against votes cast one by one, and
 * against closed forms. */
#include "by_hand.h"
#include "evals.h"
#include "reference_evals.h"
#include "suite.h"

enum { ITEMS = 250 };

typedef struct bench {
    rc_binder *plan;
    rc_evals settings;
    void *bound;
    rc_tested_metric metric;
    rc_step step;
} bench;

static bench *bench_new(void)
{
    bench *own = calloc(1, sizeof *own);
    rc_binder *b = own->plan = hand_plan();
    b->goals.target = (rc_target){
        .given = true, .metric = "helpful", .up = true, .value = 0.8, .unit = "%"};
    own->settings = (rc_evals){
        .head = {.id = "evals", .name = "evals"},
        .items = ITEMS,
        .raters = 3,
        .judge_agrees = hand_estimate(b, "evals.judge_agrees", 0.7, 0.98),
        .judge_bias = hand_estimate(b, "evals.judge_bias", -0.08, 0.12),
        .votes_correlate = 0.3,
    };
    return own;
}

static void bench_bind(bench *own)
{
    rc_binder *b = own->plan;
    own->bound = hand_bind(b, &rc_model_evals, &own->settings);
    own->metric = rc_bind_tested_metric(b, "helpful");
    own->step = hand_step(b, &own->settings, own->bound, 1);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        hand_at(b, "metric.helpful")[i] = 0.6 + 0.4 * rc_uniform(hand_hash("is", 0, i));
}

static void bench_free(bench *own)
{
    hand_free(own->plan);
    free(own);
}

static double truth_of(const bench *own, uint32_t lane)
{
    return hand_at(own->plan, "metric.helpful")[lane];
}
static double drawn(const bench *own, const rc_estimate *e, uint32_t lane)
{
    return e->given ? own->plan->row[e->index][lane] : 0;
}

static double measured(const bench *own, uint32_t lane, double pair_z)
{
    const rc_test_set test = rc_tested_metric_set(&own->metric, &own->step, lane);
    return rc_measured(&test, truth_of(own, lane),
                       rc_word(&own->step, own->metric.words, 0, lane), 0, pair_z);
}

static double agreement_of(const bench *own, uint32_t lane)
{
    return reference_agreement((uint32_t)own->settings.raters,
                               drawn(own, &own->settings.judge_agrees, lane),
                               own->settings.votes_correlate);
}

START_TEST(every_future_shows_what_the_reference_shows)
{
    bench *own = bench_new();
    own->settings.raters = _i + 1;
    own->settings.judge_bias.given = _i != 3;
    bench_bind(own);
    uint32_t cut = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double shown = reference_shown(truth_of(own, i), agreement_of(own, i),
                                             drawn(own, &own->settings.judge_bias, i));
        const double u = rc_uniform(hand_hash("words metric.helpful.test_set", 0, i));
        ck_assert_double_eq_tol(measured(own, i, 0), reference_share(ITEMS, shown, u),
                                1e-9);
        cut += shown >= 1;
    }
    ck_assert(_i != 4 || cut > 0); /* some see nothing but good */
    bench_free(own);
}
END_TEST

/* People correct the judge: what is left is an error of the size of their sample. */
START_TEST(calibrated_judges_err_by_the_people_s_sample_alone)
{
    bench *own = bench_new();
    own->settings.calibrated = 100;
    bench_bind(own);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double a = agreement_of(own, i);
        const double bias = drawn(own, &own->settings.judge_bias, i);
        const double z =
            rc_normal_quantile(rc_uniform(hand_hash("words evals.calibration", 0, i)));
        const double shown = fmin(
            truth_of(own, i) + z * sqrt((1 - a + fabs(bias)) * (1. / 100 - 1. / ITEMS)),
            1);
        const double u = rc_uniform(hand_hash("words metric.helpful.test_set", 0, i));
        ck_assert_double_eq_tol(measured(own, i, 0), reference_share(ITEMS, shown, u),
                                1e-9);
    }
    bench_free(own);
}
END_TEST

/* Votes that are copies of one with chance rho, items one by one; a metric of 80 %. */
static void judge_by_hand(double agrees, double rho, uint32_t runs, double *mean,
                          double *sd)
{
    double sum = 0, squares = 0;
    uint32_t word = 0;
    for (uint32_t run = 0; run < runs; run++) {
        double good = 0;
        for (uint32_t item = 0; item < ITEMS; item++) {
            const bool is_good = rc_uniform(hand_hash("item", word++, run)) < 0.8;
            const bool copies = rc_uniform(hand_hash("copy", word++, run)) < rho;
            uint32_t right = 0;
            for (uint32_t r = 0; r < 3; r++)
                right += rc_uniform(hand_hash("vote", copies ? word : word + r, run)) <
                         agrees;
            word += 3;
            good += (right >= 2) == is_good;
        }
        sum += good / ITEMS;
        squares += good / ITEMS * good / ITEMS;
    }
    *mean = sum / runs;
    *sd = sqrt(squares / runs - *mean * *mean);
}

START_TEST(votes_cast_one_by_one_show_the_same_mean_and_spread)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    own->settings.judge_agrees = hand_point(b, "agrees", 0.85);
    own->settings.judge_bias.given = false;
    bench_bind(own);
    double mean, sd, sum = 0, squares = 0;
    judge_by_hand(0.85, 0.3, 4000, &mean, &sd);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        hand_at(b, "metric.helpful")[i] = 0.8;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double x = measured(own, i, 0);
        sum += x / HAND_LANES;
        squares += x * x / HAND_LANES;
    }
    const double se = sd * sqrt(1. / HAND_LANES + 1. / 4000);
    ck_assert_double_eq_tol(sum, mean, 4.5 * se);
    ck_assert_double_eq_tol(sqrt(squares - sum * sum) / sd, 1,
                            4.5 * sqrt(0.5 / HAND_LANES + 0.5 / 4000));
    bench_free(own);
}
END_TEST

/* People and judge, item by item: 80 of 250 are judged by people, and the mean difference
 * is taken off what the judge says of all. */
START_TEST(people_who_judge_some_items_leave_the_variance_that_is_said)
{
    enum { RUNS = 20000, PEOPLE = 80 };
    const double truth = 0.6, agrees = 0.88;
    double sum = 0, squares = 0;
    uint32_t word = 0;
    for (uint32_t run = 0; run < RUNS; run++) {
        double judged = 0, difference = 0;
        for (uint32_t item = 0; item < ITEMS; item++) {
            const bool good = rc_uniform(hand_hash("item", word, run)) < truth;
            const bool right = rc_uniform(hand_hash("vote", word++, run)) < agrees;
            const double said = right == good;
            judged += said / ITEMS;
            difference += item < PEOPLE ? (good - said) / PEOPLE : 0;
        }
        const double x = judged + difference;
        sum += x / RUNS;
        squares += x * x / RUNS;
    }
    const double e = rc_calibration_sd(agrees, 0, PEOPLE, ITEMS);
    const double sd = sqrt(truth * (1 - truth) / ITEMS + e * e);
    ck_assert_double_eq_tol(sum, truth, 4.5 * sd / sqrt(RUNS));
    ck_assert_double_eq_tol(sqrt(squares - sum * sum) / sd, 1, 4.5 * sqrt(0.5 / RUNS));
}
END_TEST

/* A judge that is right in 85 % of cases shows 74.5 % of 85 %. */
START_TEST(a_single_judge_pales_the_metric)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    own->settings.raters = 1;
    own->settings.judge_agrees = hand_point(b, "agrees", 0.85);
    own->settings.judge_bias = hand_point(b, "bias", 0.05);
    bench_bind(own);
    const rc_test_set test = rc_tested_metric_set(&own->metric, &own->step, 0);
    ck_assert_double_eq_tol(rc_test_shows(&test, 0.85), 0.795, 1e-14);
    ck_assert_double_eq_tol(rc_test_shows(&test, 1), 0.9, 1e-14);
    ck_assert_double_eq_tol(rc_calibration_sd(0.84, 0, 100, 1e300), 0.04, 1e-15);
    ck_assert_double_eq_tol(rc_calibration_sd(0.84, -0.09, 100, 1e300), 0.05, 1e-15);
    ck_assert_double_eq_tol(rc_calibration_sd(0.75, -0.11, 50, 100), 0.06, 1e-15);
    ck_assert_double_eq(rc_calibration_sd(0.75, 0.1, 100, 100), 0);
    bench_free(own);
}
END_TEST

/* What the gate measured and what is true: the judge's part, and luck. */
START_TEST(at_the_launch_the_difference_falls_into_judge_and_luck)
{
    bench *own = bench_new();
    bench_bind(own);
    rc_binder *b = own->plan;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        hand_at(b, "metric.helpful.measured")[i] = 0.7 + 1e-4 * i;
        b->launch[i] = i % 2 ? 50 : INFINITY;
    }
    rc_model_evals.live(&own->step);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double off = hand_at(b, "evals[evals].off")[i];
        if (i % 2 == 0) {
            ck_assert(isnan(off));
            continue;
        }
        const double shown = reference_shown(truth_of(own, i), agreement_of(own, i),
                                             drawn(own, &own->settings.judge_bias, i));
        ck_assert_double_eq_tol(off, 0.7 + 1e-4 * i - truth_of(own, i), 1e-12);
        ck_assert_double_eq_tol(hand_at(b, "evals[evals].judge")[i],
                                shown - truth_of(own, i), 1e-12);
        ck_assert_double_eq_tol(hand_at(b, "evals[evals].luck")[i],
                                0.7 + 1e-4 * i - shown, 1e-12);
    }
    bench_free(own);
}
END_TEST

START_TEST(check_refuses_what_makes_no_sense)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    rc_metric metrics[] = {{.head = {.id = "helpful"}, .value.unit = "%"}};
    b->metrics = metrics;
    b->metrics_n = 1;
    bench_bind(own);
    struct rc_faults faults = {.plan = b};
    rc_model_evals.check(&own->settings, &b->goals, &faults);
    ck_assert_uint_eq(faults.errors + faults.warnings, 0);

    own->settings.calibrated = ITEMS + 1;
    rc_model_evals.check(&own->settings, &b->goals, &faults);
    ck_assert_str_eq(faults.last, "calibrated is 251, more than the 250 items");
    own->settings.calibrated = 0;

    rc_evals second = own->settings;
    second.head.id = "second";
    hand_bind(b, &rc_model_evals, &second);
    rc_model_evals.check(&second, &b->goals, &faults);
    ck_assert_str_eq(faults.last, "helpful is judged twice: by evals and by second");
    ck_assert_uint_eq(faults.errors, 2);
    b->groups_n--;

    metrics[0].value.unit = "ms";
    rc_model_evals.check(&own->settings, &b->goals, &faults);
    ck_assert_str_eq(faults.last, "evals judge 'helpful', which is no share");
    b->metrics_n = 0;
    rc_model_evals.check(&own->settings, &b->goals, &faults);
    ck_assert_str_eq(faults.last, "evals judge 'helpful', and nothing produces it");
    b->goals.target.given = false;
    rc_model_evals.check(&own->settings, &b->goals, &faults);
    ck_assert_str_eq(faults.last, "evals judge a metric, and none is named");
    ck_assert_uint_eq(faults.errors, 5);
    bench_free(own);
}
END_TEST

START_TEST(a_search_with_a_test_set_of_its_own_is_refused)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    bench_bind(own);
    const rc_experiments search = {
        .head = {.id = "modelling"}, .baseline.unit = "%", .test_size = 400};
    b->group[b->groups_n].model = "experiments";
    b->group[b->groups_n++].settings = &search;
    struct rc_faults faults = {.plan = b};
    rc_model_evals.check(&own->settings, &b->goals, &faults);
    ck_assert_str_eq(faults.last,
                     "what measures helpful is described twice: test_size of "
                     "modelling, and evals");
    ck_assert_uint_eq(faults.errors, 1);
    bench_free(own);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("evals");
    TCase *t = tcase_create("evals");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, every_future_shows_what_the_reference_shows, 0, 5);
    tcase_add_test(t, calibrated_judges_err_by_the_people_s_sample_alone);
    tcase_add_test(t, votes_cast_one_by_one_show_the_same_mean_and_spread);
    tcase_add_test(t, people_who_judge_some_items_leave_the_variance_that_is_said);
    tcase_add_test(t, a_single_judge_pales_the_metric);
    tcase_add_test(t, at_the_launch_the_difference_falls_into_judge_and_luck);
    tcase_add_test(t, check_refuses_what_makes_no_sense);
    tcase_add_test(t, a_search_with_a_test_set_of_its_own_is_refused);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
