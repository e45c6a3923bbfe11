/* Versions of a provider's model against a diary, future by future, and against what a
 * noisy test lets through on average. */
#include "by_hand.h"
#include "evals.h"
#include "experiments.h"
#include "production.h"
#include "provider.h"
#include "reference_provider.h"
#include "suite.h"

enum { MONTHS = 24 };

enum { EXACT, JUDGED, ON_A_TEST_SET }; /* how */

typedef struct bench {
    rc_binder *plan;
    rc_drift drift;
    rc_production production;
    rc_evals evals;
    rc_experiments search;
    int measured;
    rc_retest retest;
    rc_provider settings;
    void *bound;
    rc_step step;
} bench;

static bench *bench_new(void)
{
    bench *own = calloc(1, sizeof *own);
    rc_binder *b = own->plan = hand_plan();
    b->goals.target = (rc_target){
        .given = true, .metric = "solved", .up = true, .value = 0.8, .unit = "%"};
    own->drift.loss = hand_point(b, "production.drift.loss", 0);
    own->production =
        (rc_production){.head = {.id = "production", .name = "production"},
                        .watch_for = MONTHS - 0.5,
                        .floor = hand_point(b, "production.floor", 0.78),
                        .drift = &own->drift};
    own->evals = (rc_evals){
        .head = {.id = "evals", .name = "evals"},
        .items = 300,
        .raters = 1,
        .judge_agrees = hand_estimate(b, "evals.judge_agrees", 0.7, 0.95),
        .judge_bias = hand_estimate(b, "evals.judge_bias", -0.05, 0.05),
    };
    own->search = (rc_experiments){
        .head = {.id = "experiments", .name = "experiments"},
        .test_size = 150,
        .paired_tries_correlate = hand_estimate(b, "experiments.paired", 0.7, 0.95)};
    own->retest =
        (rc_retest){.takes = hand_estimate(b, "provider.retest.takes", 0.2, 3),
                    .costs = hand_estimate(b, "provider.retest.costs", 4e3, 9e3)};
    own->settings = (rc_provider){
        .head = {.id = "provider", .name = "provider"},
        .every = hand_estimate(b, "provider.every", 1, 6),
        .forced = hand_estimate(b, "provider.forced", 0.1, 0.5),
        .shifts = hand_estimate(b, "provider.shifts", -0.06, 0.08),
        .price = hand_estimate(b, "provider.price", -0.6, 0.1),
        .adopted_from = 0.005,
        .retest = &own->retest,
    };
    return own;
}

static void bench_run(bench *own)
{
    rc_binder *b = own->plan;
    double *metric = b->row[rc_bind_state(b, "metric.solved", NAN)];
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        metric[i] = 0.7 + 0.25 * rc_uniform(hand_hash("at launch", 0, i));
        b->launch[i] = 100;
    }
    if (own->measured == JUDGED)
        hand_bind(b, &rc_model_evals, &own->evals);
    if (own->measured == ON_A_TEST_SET) {
        b->group[b->groups_n].model = "experiments";
        b->group[b->groups_n++].settings = &own->search;
    }
    void *life = hand_bind(b, &rc_model_production, &own->production);
    own->bound = hand_bind(b, &rc_model_provider, &own->settings);
    rc_step step = hand_step(b, &own->production, life, 1);
    rc_model_production.live(&step);
    own->step = hand_step(b, &own->settings, own->bound, 1);
    rc_model_provider.live(&own->step);
}

static void bench_free(bench *own)
{
    hand_free(own->plan);
    free(own);
}

/* -------------------------------------------------------------- the same as a diary */

typedef struct future {
    const bench *own;
    uint32_t lane;
} future;

static double each_of(const void *self, const rc_estimate *e, uint32_t k)
{
    const future *f = self;
    return hand_each(f->own->plan, e->index, k, f->lane);
}
static double every(const void *self, uint32_t k)
{
    return each_of(self, &((const future *)self)->own->settings.every, k);
}
static double shift(const void *self, uint32_t k)
{
    return each_of(self, &((const future *)self)->own->settings.shifts, k);
}
static double price(const void *self, uint32_t k)
{
    return each_of(self, &((const future *)self)->own->settings.price, k);
}
static double takes(const void *self, uint32_t k)
{
    return each_of(self, &((const future *)self)->own->retest.takes, k);
}
static double costs(const void *self, uint32_t k)
{
    return each_of(self, &((const future *)self)->own->retest.costs, k);
}
static double forced_uniform(const void *self, uint32_t k)
{
    return rc_uniform(
        hand_hash("words provider.forced", k, ((const future *)self)->lane));
}
static double retest_normal(const void *self, uint32_t k)
{
    return rc_normal_quantile(rc_uniform(
        hand_hash("words provider.retest", k, ((const future *)self)->lane)));
}

static reference_diary diary_of(const future *f)
{
    const bench *own = f->own;
    const rc_binder *b = own->plan;
    const double truth = hand_at(b, "metric.solved")[f->lane];
    const reference_provider p = {
        /* a metric of which less is better, as what is left of it */
        .quality = b->goals.target.up ? truth : 1 - truth,
        .forced = b->row[own->settings.forced.index][f->lane],
        .adopted_from = own->settings.adopted_from,
        .months = MONTHS,
        .items = own->measured == JUDGED          ? 300
                 : own->measured == ON_A_TEST_SET ? 150
                                                  : 0,
        .agreement = own->measured == JUDGED
                         ? b->row[own->evals.judge_agrees.index][f->lane]
                         : 1,
        .bias =
            own->measured == JUDGED ? b->row[own->evals.judge_bias.index][f->lane] : 0,
        /* two versions that are judged anew have no pair */
        .correlate = own->measured == ON_A_TEST_SET
                         ? b->row[own->search.paired_tries_correlate.index][f->lane]
                         : 1,
        .self = f,
        .every = every,
        .shift = shift,
        .price = price,
        .takes = takes,
        .costs = costs,
        .forced_uniform = forced_uniform,
        .retest_normal = retest_normal,
    };
    return reference_versions(&p);
}

static void agrees_with_the_diary(const bench *own)
{
    const rc_binder *b = own->plan;
    const double watched = own->production.watch_for;
    const uint32_t spent = hand_find(b, "production.spent");
    const uint32_t metric = hand_find(b, "production.metric");
    double declined_in_all = 0, forced_in_all = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const future f = {own, i};
        const reference_diary d = diary_of(&f);
        double in = 0, forced = 0, declined = 0, cost = 0, by_month[MONTHS] = {0};
        for (uint32_t k = 0; k < d.n; k++) {
            const reference_version *v = &d.version[k];
            by_month[(int)floor(v->arrives)] += v->costs;
            if (v->arrives < watched) {
                cost += v->costs;
                declined += !v->in;
            }
            in += v->in && v->at < watched;
            forced += v->in && v->forced && v->at < watched;
        }
        ck_assert_double_eq(hand_at(b, "provider.versions")[i], in);
        ck_assert_double_eq(hand_at(b, "provider.forced")[i], forced);
        ck_assert_double_eq(hand_at(b, "provider.declined")[i], declined);
        ck_assert_double_eq_tol(hand_at(b, "provider.shift")[i],
                                reference_shift_at(&d, watched), 1e-12);
        ck_assert_double_eq_tol(hand_at(b, "provider.price")[i],
                                reference_price_at(&d, watched), 1e-12);
        ck_assert_double_eq_tol(hand_at(b, "provider.cost")[i], cost, 1e-6);
        ck_assert_double_eq_tol(hand_at(b, "production.cost")[i], cost, 1e-6);
        for (uint32_t m = 0; m < MONTHS; m++)
            ck_assert_double_eq_tol(b->row[spent + m][i], by_month[m], 1e-6);
        const double way = b->goals.target.up ? 1 : -1;
        const double at_launch = hand_at(b, "metric.solved")[i];
        bool below = false;
        for (uint32_t m = 0; m < MONTHS; m++) {
            const double is =
                fmin(1, fmax(0, at_launch + way * reference_shift_at(&d, m)));
            ck_assert_double_eq_tol(b->row[metric + m][i], is, 1e-9);
            const double without = is - way * reference_shift_at(&d, m);
            below |= way * is < way * 0.78 && way * without >= way * 0.78;
        }
        ck_assert_double_eq(hand_at(b, "provider.p_below")[i], below);
        declined_in_all += declined;
        forced_in_all += forced;
    }
    ck_assert_double_gt(declined_in_all, 100);
    ck_assert_double_gt(forced_in_all, 100);
}

START_TEST(every_future_is_that_of_the_diary)
{
    bench *own = bench_new();
    own->measured = _i;
    bench_run(own);
    agrees_with_the_diary(own);
    bench_free(own);
}
END_TEST

START_TEST(where_less_is_better_a_better_version_lowers_the_metric)
{
    bench *own = bench_new();
    own->plan->goals.target.up = false;
    own->plan->goals.target.value = 0.3;
    bench_run(own);
    agrees_with_the_diary(own);
    bench_free(own);
}
END_TEST

START_TEST(forced_versions_are_in_service_whatever_they_do)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    own->settings.every = hand_point(b, "quarterly", 3);
    own->settings.forced = hand_point(b, "always", 1);
    own->settings.shifts = hand_point(b, "worse", -0.01);
    own->settings.price = hand_point(b, "dearer", 0.1);
    own->settings.retest = NULL;
    bench_run(own);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        ck_assert_double_eq(hand_at(b, "provider.versions")[i], 7); /* 3, 6 … 21 */
        ck_assert_double_eq_tol(hand_at(b, "provider.shift")[i], -0.07, 1e-12);
        ck_assert_double_eq_tol(hand_at(b, "provider.price")[i], pow(1.1, 7), 1e-12);
        ck_assert_double_eq(hand_at(b, "provider.cost")[i], 0);
    }
    bench_free(own);
}
END_TEST

START_TEST(a_future_that_never_launches_sees_no_versions)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    bench_run(own);
    double *versions = hand_at(b, "provider.versions");
    double *cost = hand_at(b, "production.cost");
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        versions[i] = NAN;
        cost[i] = i % 2 ? NAN : 0;
    }
    rc_model_provider.live(&own->step);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_int_eq(isnan(versions[i]), i % 2);
    bench_free(own);
}
END_TEST

START_TEST(check_refuses_what_makes_no_sense)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    struct rc_faults faults = {.plan = b};
    own->settings.price.given = false;
    rc_model_provider.check(&own->settings, &b->goals, &faults);
    ck_assert_str_eq(faults.last,
                     "new versions of a provider come after the launch, and nothing "
                     "follows the product then");
    hand_bind(b, &rc_model_production, &own->production);
    rc_model_provider.check(&own->settings, &b->goals, &faults);
    ck_assert_uint_eq(faults.errors, 1);

    own->settings.price.given = true;
    rc_model_provider.check(&own->settings, &b->goals, &faults);
    ck_assert_str_eq(faults.last,
                     "the price of tokens changes nothing: there is no serving");
    ck_assert_uint_eq(faults.warnings, 1);
    b->goals.target.unit = "ms";
    rc_model_provider.check(&own->settings, &b->goals, &faults);
    ck_assert_uint_eq(faults.errors, 2);
    bench_free(own);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("provider");
    TCase *t = tcase_create("provider");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, every_future_is_that_of_the_diary, 0, 3);
    tcase_add_test(t, where_less_is_better_a_better_version_lowers_the_metric);
    tcase_add_test(t, forced_versions_are_in_service_whatever_they_do);
    tcase_add_test(t, a_future_that_never_launches_sees_no_versions);
    tcase_add_test(t, check_refuses_what_makes_no_sense);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
