/* What answers cost, against a reference, future by future, and against paper. */
#include "by_hand.h"
#include "decisions.h"
#include "production.h"
#include "provider.h"
#include "reference_serving.h"
#include "serving.h"
#include "suite.h"
#include "value.h"

enum { MONTHS = 24 };

typedef struct bench {
    rc_binder *plan;
    rc_drift drift;
    rc_production production;
    rc_provider provider;
    bool upgraded, sold, decided;
    rc_value value;
    rc_decisions decisions;
    rc_serving settings;
    double launched_on[HAND_LANES];
    rc_step step;
    void *bound;
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
                        .drift = &own->drift};
    own->provider = (rc_provider){
        .head = {.id = "provider", .name = "provider"},
        .every = hand_estimate(b, "provider.every", 1, 6),
        .shifts = hand_estimate(b, "provider.shifts", -0.06, 0.08),
        .price = hand_estimate(b, "provider.price", -0.9, 0.4),
    };
    own->value = (rc_value){
        .head = {.id = "value", .name = "value"},
        .growth = hand_estimate(b, "value.growth", -0.02, 0.08),
        .adoption = hand_estimate(b, "value.adoption", 0.3, 0.9),
        .adopted_after = hand_estimate(b, "value.adopted_after", 2, 9),
    };
    own->decisions =
        (rc_decisions){.head = {.id = "decisions", .name = "decisions"},
                       .volume = hand_estimate(b, "decisions.volume", 1e5, 3e6)};
    own->settings = (rc_serving){
        .head = {.id = "serving", .name = "serving"},
        .requests = hand_estimate(b, "serving.requests", 1e6, 3e6),
        .growth = hand_estimate(b, "serving.growth", -0.01, 0.05),
        .tokens = hand_estimate(b, "serving.tokens", 1200, 2500),
        .price = hand_estimate(b, "serving.price", 2, 3),
    };
    return own;
}

/* A group that others may ask for; it is not bound. */
static void there_is(rc_binder *b, const char *model, const void *settings)
{
    b->group[b->groups_n].model = model;
    b->group[b->groups_n++].settings = settings;
}

static void bench_run(bench *own)
{
    rc_binder *b = own->plan;
    double *metric = b->row[rc_bind_state(b, "metric.solved", NAN)];
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        metric[i] = 0.7 + 0.25 * rc_uniform(hand_hash("at launch", 0, i));
        b->launch[i] = 100;
        own->launched_on[i] = 3 + 9 * rc_uniform(hand_hash("on", 0, i));
    }
    void *life = hand_bind(b, &rc_model_production, &own->production);
    void *versions =
        own->upgraded ? hand_bind(b, &rc_model_provider, &own->provider) : NULL;
    if (own->sold)
        there_is(b, "value", &own->value);
    if (own->decided)
        there_is(b, "decisions", &own->decisions);
    own->bound = hand_bind(b, &rc_model_serving, &own->settings);
    const rc_model *const models[] = {&rc_model_production, &rc_model_provider,
                                      &rc_model_serving};
    const void *const settings[] = {&own->production, &own->provider, &own->settings};
    const void *const bounds[] = {life, versions, own->bound};
    for (int i = 0; i < 3; i++) {
        own->step = hand_step(b, settings[i], bounds[i], 1);
        own->step.launched_on = own->launched_on;
        if (bounds[i])
            models[i]->live(&own->step);
    }
}

static void bench_free(bench *own)
{
    hand_free(own->plan);
    free(own);
}

/* ------------------------------------------------------ the same to the reference */

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
    return each_of(self, &((const future *)self)->own->provider.every, k);
}
static double shift(const void *self, uint32_t k)
{
    return each_of(self, &((const future *)self)->own->provider.shifts, k);
}
static double price(const void *self, uint32_t k)
{
    return each_of(self, &((const future *)self)->own->provider.price, k);
}
static double nothing(const void *self, uint32_t k)
{
    (void)self, (void)k;
    return 0;
}

static double drawn(const future *f, const rc_estimate *e)
{
    return f->own->plan->row[e->index][f->lane];
}

static reference_serving serving_of(const future *f, reference_diary *diary)
{
    const bench *own = f->own;
    const rc_serving *s = &own->settings;
    *diary = reference_versions(&(reference_provider){
        .quality = hand_at(own->plan, "metric.solved")[f->lane],
        .months = MONTHS,
        .agreement = 1,
        .correlate = 1,
        .self = f,
        .every = every,
        .shift = shift,
        .price = price,
        .takes = nothing,
        .costs = nothing,
        .forced_uniform = nothing,
        .retest_normal = nothing,
    });
    return (reference_serving){
        .requests = drawn(f, own->decided ? &own->decisions.volume : &s->requests),
        .growth = drawn(f, own->sold ? &own->value.growth : &s->growth),
        .since = own->launched_on[f->lane],
        .adoption = own->sold ? drawn(f, &own->value.adoption) : 1,
        .adopted_after = own->sold ? drawn(f, &own->value.adopted_after) : 0,
        .tokens = drawn(f, &s->tokens),
        .price = drawn(f, &s->price),
        .diary = own->upgraded ? diary : NULL,
    };
}

/* All that may be left out, in all combinations. */
START_TEST(every_future_costs_what_the_reference_says)
{
    bench *own = bench_new();
    const rc_binder *b = own->plan;
    own->upgraded = _i & 1;
    own->sold = _i & 2;
    own->decided = _i & 4;
    own->settings.requests.given = !own->decided;
    own->settings.growth.given = !own->sold;
    bench_run(own);
    const uint32_t spent = hand_find(b, "production.spent");
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const future f = {own, i};
        reference_diary diary;
        const reference_serving s = serving_of(&f, &diary);
        for (uint32_t m = 0; m < MONTHS; m++) {
            const double exact = reference_serving_cost(&s, m, m + 1);
            ck_assert_double_eq_tol(b->row[spent + m][i], exact, 1e-9 * exact + 1e-9);
        }
        const double watched = reference_serving_cost(&s, 0, own->production.watch_for);
        ck_assert_double_eq_tol(hand_at(b, "serving.cost")[i], watched, 1e-9 * watched);
        ck_assert_double_eq_tol(hand_at(b, "production.cost")[i], watched,
                                1e-9 * watched);
        const double factor =
            s.diary ? reference_price_at(s.diary, own->production.watch_for) : 1;
        ck_assert_double_eq_tol(hand_at(b, "serving.price_at_end")[i], s.price * factor,
                                1e-9);
    }
    bench_free(own);
}
END_TEST

/* 2M requests of 2 000 tokens at 2.50 for 1M: 10 000 a month. */
START_TEST(a_market_that_stands_still_costs_the_same_each_month)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    own->settings.requests = hand_point(b, "requests", 2e6);
    own->settings.growth.given = false;
    own->settings.tokens = hand_point(b, "tokens", 2000);
    own->settings.price = hand_point(b, "price", 2.5);
    bench_run(own);
    const uint32_t spent = hand_find(b, "production.spent");
    for (uint32_t m = 0; m < MONTHS; m++)
        ck_assert_double_eq_tol(b->row[spent + m][7], 10000, 1e-6);
    ck_assert_double_eq_tol(hand_at(b, "serving.cost")[7], 235000, 1e-6);
    bench_free(own);
}
END_TEST

START_TEST(a_future_that_never_launches_answers_nothing)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    bench_run(own);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        hand_at(b, "serving.cost")[i] = NAN;
        hand_at(b, "production.cost")[i] = i % 2 ? NAN : 0;
    }
    rc_model_serving.live(&own->step);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_int_eq(isnan(hand_at(b, "serving.cost")[i]), i % 2);
    bench_free(own);
}
END_TEST

static const char *last_of(const bench *own, const void *settings)
{
    static struct rc_faults faults;
    faults = (struct rc_faults){.plan = own->plan};
    rc_model_serving.check(settings, &own->plan->goals, &faults);
    return faults.errors ? faults.last : "";
}

START_TEST(a_volume_is_said_once)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    ck_assert_str_eq(last_of(own, &own->settings),
                     "serving costs money after the launch, and nothing follows the "
                     "product then");
    there_is(b, "production", &own->production);
    ck_assert_str_eq(last_of(own, &own->settings), "");
    there_is(b, "value", &own->value);
    ck_assert_str_eq(last_of(own, &own->settings),
                     "growth is said twice: of serving and of value");
    own->settings.growth.given = false;
    ck_assert_str_eq(last_of(own, &own->settings), "");
    there_is(b, "decisions", &own->decisions);
    ck_assert_str_eq(last_of(own, &own->settings),
                     "the volume is said twice: serving.requests and decisions.volume");
    own->settings.requests.given = false;
    ck_assert_str_eq(last_of(own, &own->settings), "");
    b->groups_n--;
    ck_assert_str_eq(last_of(own, &own->settings),
                     "serving does not say how many requests come");
    bench_free(own);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("serving");
    TCase *t = tcase_create("serving");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, every_future_costs_what_the_reference_says, 0, 8);
    tcase_add_test(t, a_market_that_stands_still_costs_the_same_each_month);
    tcase_add_test(t, a_future_that_never_launches_answers_nothing);
    tcase_add_test(t, a_volume_is_said_once);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
