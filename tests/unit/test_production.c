/* Production against itself told twice by plain references, future by future, and
 * against closed forms. */
#include "by_hand.h"
#include "production_cycles.h"
#include "production_upkeep.h"
#include "reference_production.h"
#include "suite.h"

enum { MONTHS = 12 };

/* A production with everything in it; parts are taken out by the tests. */
typedef struct bench {
    rc_binder *plan;
    rc_drift drift;
    rc_shocks shocks;
    rc_retrain retrain;
    rc_monitoring monitoring;
    rc_noise noise;
    rc_population population;
    rc_adversary adversary;
    rc_feedback feedback;
    bool shifts;
    rc_production settings;
    void *bound;
} bench;

static bench *bench_new(void)
{
    bench *own = calloc(1, sizeof *own);
    rc_binder *b = own->plan = hand_plan();
    b->goals.target = (rc_target){
        .given = true, .metric = "recall", .up = true, .value = 0.82, .unit = "%"};
    own->drift.loss = hand_estimate(b, "production.drift.loss", 0.002, 0.006);
    own->shocks.per_year = hand_estimate(b, "production.shocks.per_year", 0.5, 4);
    own->shocks.loss = hand_estimate(b, "production.shocks.loss", 0.006, 0.022);
    own->retrain.every = hand_estimate(b, "production.retrain.every", 2.5, 3.5);
    own->retrain.or_when = (rc_condition){
        .metric = "recall", .op = RC_BELOW, .value = 0.805, .text = "recall < 80.5 %"};
    own->retrain.takes = hand_estimate(b, "production.retrain.takes", 0.2, 0.9);
    own->retrain.recovers = hand_estimate(b, "production.retrain.recovers", 0.8, 0.98);
    own->retrain.cost = hand_estimate(b, "production.retrain.cost", 8000, 20000);
    own->monitoring.label_delay =
        hand_estimate(b, "production.monitoring.label_delay", 0.1, 0.8);
    own->settings = (rc_production){
        .head = {.id = "production", .name = "production"},
        .watch_for = MONTHS,
        .floor = hand_estimate(b, "production.floor", 0.80, 0.80),
        .drift = &own->drift,
        .shocks = &own->shocks,
        .retrain = &own->retrain,
    };
    return own;
}

/* Everything that can happen, as a product manager could state it. */
static bench *bench_full(void)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    own->noise.sd = hand_estimate(b, "production.noise.sd", 0.001, 0.004);
    own->noise.correlate = hand_estimate(b, "production.noise.correlate", 0.3, 0.8);
    own->population.newcomers = hand_estimate(b, "newcomers", 0.1, 0.6);
    own->population.over = hand_estimate(b, "over", 3, 12);
    own->population.quality = hand_estimate(b, "quality", -0.06, -0.01);
    own->adversary.evades = hand_estimate(b, "evades", 0.01, 0.05);
    own->adversary.adapts_in = hand_estimate(b, "adapts_in", 1, 6);
    own->adversary.grows = hand_estimate(b, "grows", -0.1, 0.2);
    own->feedback.labelled = hand_estimate(b, "labelled", 0.5, 0.9);
    own->feedback.explores = hand_estimate(b, "explores", 0, 0.1);
    own->feedback.costs = hand_estimate(b, "costs", 0, 5000);
    own->retrain.fails = hand_estimate(b, "fails", 0.1, 0.3);
    own->retrain.bad = hand_estimate(b, "bad", 0.1, 0.5);
    own->retrain.loses = hand_estimate(b, "loses", 0.01, 0.03);
    own->retrain.noticed_after = hand_estimate(b, "noticed_after", 0.05, 0.3);
    own->retrain.rollback = hand_estimate(b, "rollback", 0.01, 0.05);
    own->retrain.approval = hand_estimate(b, "approval", 0.05, 0.1);
    own->monitoring.outcomes = hand_estimate(b, "outcomes", 100, 1000);
    own->monitoring.false_alarm_every = hand_estimate(b, "false_alarm_every", 2, 6);
    own->settings.first_day_drop = hand_estimate(b, "first_day_drop", 0, 0.01);
    own->settings.monitoring = &own->monitoring;
    own->settings.noise = &own->noise;
    own->settings.population = &own->population;
    own->settings.adversary = &own->adversary;
    own->settings.feedback = &own->feedback;
    own->shifts = true;
    return own;
}

/* Changes from elsewhere: every two to four months, up or down. */
static rc_shift hand_shift(const rc_step *step, const void *self, uint32_t k,
                           uint32_t lane)
{
    (void)step, (void)self;
    double at = 0;
    for (uint32_t i = 0; i <= k; i++)
        at += 2 + 2 * rc_uniform(hand_hash("shift at", i, lane));
    return (rc_shift){at, 0.02 * (rc_uniform(hand_hash("shift by", k, lane)) - 0.5)};
}

static void bench_exponential(bench *own)
{
    own->drift.loss.given = false;
    own->drift.tau = hand_estimate(own->plan, "production.drift.tau", 4, 12);
    own->drift.floor_below =
        hand_estimate(own->plan, "production.drift.floor_below", 0.1, 0.3);
}

static void bench_run(bench *own)
{
    rc_binder *b = own->plan;
    double *metric = b->row[rc_bind_state(b, "metric.recall", NAN)];
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        metric[i] = 0.81 + 0.03 * rc_uniform(hand_hash("at launch", 0, i));
        b->launch[i] = 100;
    }
    own->bound = hand_bind(b, &rc_model_production, &own->settings);
    rc_production_service(b, &(rc_service){0}); /* somebody asks for it by month */
    if (own->shifts)
        rc_production_shifts(b, &(rc_shifts){.cause = "provider", .next = hand_shift});
    const rc_step step = hand_step(b, &own->settings, own->bound, 1);
    rc_model_production.live(&step);
}

static void bench_free(bench *own)
{
    hand_free(own->plan);
    free(own);
}

/* ------------------------------------------------ the same to the references */

typedef struct future {
    const bench *own;
    uint32_t lane;
} future;

static double word_of(const void *self, const char *name, uint32_t k)
{
    return rc_uniform(hand_hash(name, k, ((const future *)self)->lane));
}
static double each_of(const void *self, const rc_estimate *e, uint32_t k)
{
    const future *f = self;
    return hand_each(f->own->plan, e->index, k, f->lane);
}
static double shock_uniform(const void *self, uint32_t k)
{
    return word_of(self, "words production.shocks.wait", k);
}
static double fail_uniform(const void *self, uint32_t k)
{
    return word_of(self, "words production.retrain.failed", k);
}
static double bad_uniform(const void *self, uint32_t k)
{
    return word_of(self, "words production.retrain.was_bad", k);
}
static double noise_uniform(const void *self, uint32_t k)
{
    return word_of(self, "words production.noise", k);
}
static double alarm_uniform(const void *self, uint32_t k)
{
    return word_of(self, "words production.monitoring.false_alarm", k);
}
static double shock_loss(const void *self, uint32_t k)
{
    return each_of(self, &((const future *)self)->own->shocks.loss, k);
}
static double takes(const void *self, uint32_t k)
{
    const rc_retrain *retrain = &((const future *)self)->own->retrain;
    return each_of(self, &retrain->takes, k) +
           (retrain->approval.given ? each_of(self, &retrain->approval, k) : 0);
}
static double recovers(const void *self, uint32_t k)
{
    return each_of(self, &((const future *)self)->own->retrain.recovers, k);
}
static double price(const void *self, uint32_t k)
{
    return each_of(self, &((const future *)self)->own->retrain.cost, k);
}
static double bad_loss(const void *self, uint32_t k)
{
    return each_of(self, &((const future *)self)->own->retrain.loses, k);
}
static double bad_for(const void *self, uint32_t k)
{
    const rc_retrain *retrain = &((const future *)self)->own->retrain;
    return each_of(self, &retrain->noticed_after, k) +
           (retrain->rollback.given ? each_of(self, &retrain->rollback, k) : 0);
}
static void shift(const void *self, uint32_t k, double *at, double *by)
{
    const rc_shift next = hand_shift(NULL, NULL, k, ((const future *)self)->lane);
    *at = next.at;
    *by = next.by;
}

static double drawn(const future *f, const rc_estimate *e, double otherwise)
{
    return e->given ? f->own->plan->row[e->index][f->lane] : otherwise;
}

static void retrain_of(reference_life *life, const future *f)
{
    const rc_production *s = &f->own->settings;
    life->retrains = true;
    life->every = drawn(f, &s->retrain->every, INFINITY);
    life->fails = drawn(f, &s->retrain->fails, 0);
    life->bad = drawn(f, &s->retrain->bad, 0);
    life->has_trigger = s->retrain->or_when.text != NULL;
    life->trigger = s->retrain->or_when.value;
    if (!s->monitoring)
        return;
    life->delay = drawn(f, &s->monitoring->label_delay, 0);
    if (!s->monitoring->outcomes.given)
        return;
    /* CUSUM from the equations: threshold by bisection */
    const double p0 = life->up ? 1 - life->at_launch : life->at_launch;
    const double p1 = life->up ? 1 - life->trigger : life->trigger;
    const double a_month = 30.4375 * drawn(f, &s->monitoring->outcomes, 0);
    const double apart = drawn(f, &s->monitoring->false_alarm_every, 0);
    life->false_alarms_per_month = 1 / apart;
    if (p1 <= p0)
        return;
    const double kl01 = p0 * log(p0 / p1) + (1 - p0) * log((1 - p0) / (1 - p1));
    const double kl10 = p1 * log(p1 / p0) + (1 - p1) * log((1 - p1) / (1 - p0));
    double low = 0, high = 60;
    for (int i = 0; i < 200; i++) {
        const double h = (low + high) / 2;
        if ((exp(h) - h - 1) / kl01 < apart * a_month)
            low = h;
        else
            high = h;
    }
    life->delay += (low - 1 + exp(-low)) / kl10 / a_month;
}

static reference_life life_of(const future *f)
{
    const rc_production *s = &f->own->settings;
    reference_life life = {
        .at_launch = hand_at(f->own->plan, "metric.recall")[f->lane],
        .up = f->own->plan->goals.target.up,
        .watch = s->watch_for,
        .linear = s->drift->loss.given,
        .labels = 1,
        .every = INFINITY,
        .self = f,
        .shock_uniform = shock_uniform,
        .shock_loss = shock_loss,
        .takes = takes,
        .recovers = recovers,
        .price = price,
        .fail_uniform = fail_uniform,
        .bad_uniform = bad_uniform,
        .bad_loss = bad_loss,
        .bad_for = bad_for,
        .noise_uniform = noise_uniform,
        .alarm_uniform = alarm_uniform,
        .shift = f->own->shifts ? shift : NULL,
    };
    life.floor = drawn(f, &s->floor, f->own->plan->goals.target.value);
    life.rate = drawn(f, &s->drift->loss, 0);
    life.tau = drawn(f, &s->drift->tau, 1);
    life.lowest = life.at_launch * (1 - drawn(f, &s->drift->floor_below, 0));
    life.first_day = drawn(f, &s->first_day_drop, 0);
    if (s->shocks)
        life.shocks_per_month = drawn(f, &s->shocks->per_year, 0) / 12;
    if (s->noise) {
        life.noise_sd = drawn(f, &s->noise->sd, 0);
        life.noise_stays = drawn(f, &s->noise->correlate, 0);
    }
    if (s->population) {
        life.newcomers = drawn(f, &s->population->newcomers, 0);
        life.newcomers_lose = (life.up ? -1 : 1) * drawn(f, &s->population->quality, 0);
        life.over = drawn(f, &s->population->over, 0);
    }
    if (s->adversary) {
        life.evades = drawn(f, &s->adversary->evades, 0);
        life.adapts_in = drawn(f, &s->adversary->adapts_in, 0);
        life.grows = drawn(f, &s->adversary->grows, 0);
    }
    if (s->feedback) {
        const double labelled = drawn(f, &s->feedback->labelled, 1);
        life.labels =
            labelled + (1 - labelled) * pow(drawn(f, &s->feedback->explores, 0), 0.36);
        life.each_month = drawn(f, &s->feedback->costs, 0);
    }
    if (s->retrain && !s->locked)
        retrain_of(&life, f);
    return life;
}

static const char *const causes[REFERENCE_CAUSES] = {
    "first_day", "drift",        "shocks",   "population", "adversary",
    "feedback",  "bad_releases", "provider", "noise"};

/* By the position of its name in the output's labels. */
static double label_of(const rc_binder *b, int cause)
{
    const char *name = cause == REFERENCE_CAUSES ? "launch" : causes[cause];
    for (uint32_t i = 0; i < b->outputs_n; i++)
        if (b->output[i].kind == RC_OUT_CATEGORY)
            for (uint32_t k = 0; b->output[i].labels[k]; k++)
                if (strcmp(b->output[i].labels[k], name) == 0)
                    return k;
    return NAN;
}

static void agrees_by_month(const rc_binder *b, uint32_t lane,
                            const reference_tale *tale)
{
    const uint32_t quality = hand_find(b, "production.quality"),
                   spent = hand_find(b, "production.spent");
    for (uint32_t m = 0; m < MONTHS; m++) {
        ck_assert_double_eq_tol(b->row[quality + m][lane], tale->mean[m], 1e-9);
        ck_assert_double_eq_tol(b->row[spent + m][lane], tale->spent[m], 1e-6);
    }
    for (int cause = 0; cause < REFERENCE_CAUSES; cause++) {
        char name[64];
        snprintf(name, sizeof name, "production.loss_by.%s", causes[cause]);
        const uint32_t row = hand_find(b, name);
        for (uint32_t m = 0; m <= MONTHS; m++)
            ck_assert_double_eq_tol(row == UINT32_MAX ? 0 : b->row[row + m][lane],
                                    tale->by[m][cause], 1e-9);
    }
}

static void agrees_with_events(const bench *own)
{
    const rc_binder *b = own->plan;
    const uint32_t series = hand_find(b, "production.metric");
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const future f = {own, i};
        const reference_life life = life_of(&f);
        const reference_tale tale = reference_by_events(&life);
        for (uint32_t m = 0; m <= MONTHS; m++) {
            ck_assert_double_eq_tol(b->row[series + m][i], tale.at_month[m], 1e-9);
        }
        ck_assert_double_eq_tol(hand_at(b, "production.months_below_floor")[i],
                                tale.months_below, 1e-9);
        ck_assert_double_eq(hand_at(b, "production.retrains")[i], tale.retrainings);
        ck_assert_double_eq_tol(hand_at(b, "production.cost")[i], tale.cost, 1e-6);
        ck_assert_double_eq_tol(hand_at(b, "production.quality_at_end")[i], tale.at_end,
                                1e-9);
        const double pushed = hand_at(b, "production.first_below_by")[i];
        if (tale.first_below_by < 0)
            ck_assert(isnan(pushed));
        else
            ck_assert_double_eq(pushed, label_of(b, tale.first_below_by));
        agrees_by_month(b, i, &tale);
    }
}

/* ------------------------------------------------------------------- tests */

START_TEST(every_future_of_linear_drift_is_that_of_the_reference_by_events)
{
    bench *own = bench_new();
    bench_run(own);
    agrees_with_events(own);
    bench_free(own);
}
END_TEST

START_TEST(every_future_of_exponential_drift_is_that_of_the_reference_by_events)
{
    bench *own = bench_new();
    bench_exponential(own);
    bench_run(own);
    agrees_with_events(own);
    bench_free(own);
}
END_TEST

START_TEST(monitoring_delay_and_failed_retrainings_agree_with_the_reference)
{
    bench *own = bench_new();
    own->settings.monitoring = &own->monitoring;
    own->retrain.fails = hand_estimate(own->plan, "production.retrain.fails", 0.1, 0.6);
    bench_run(own);
    agrees_with_events(own);
    bench_free(own);

    own = bench_new();
    bench_exponential(own);
    own->settings.monitoring = &own->monitoring;
    own->retrain.every.given = false;
    bench_run(own);
    agrees_with_events(own);
    bench_free(own);
}
END_TEST

START_TEST(a_product_that_gets_better_by_itself_agrees_with_the_reference)
{
    bench *own = bench_new();
    own->drift.loss = hand_estimate(own->plan, "drift.better", -0.004, 0.002);
    bench_run(own);
    agrees_with_events(own);
    bench_free(own);
}
END_TEST

START_TEST(every_future_with_all_causes_is_that_of_the_reference_by_events)
{
    for (int kind = 0; kind < 2; kind++) {
        bench *own = bench_full();
        if (kind)
            bench_exponential(own);
        bench_run(own);
        agrees_with_events(own);
        const rc_binder *b = own->plan;
        for (uint32_t i = 0; i < HAND_LANES; i++) {
            const future f = {own, i};
            const reference_life life = life_of(&f);
            const reference_tale tale = reference_by_events(&life);
            ck_assert_double_eq(hand_at(b, "production.bad_releases")[i],
                                tale.bad_releases);
            ck_assert_double_eq_tol(hand_at(b, "production.months_in_bad_releases")[i],
                                    tale.months_bad, 1e-9);
            ck_assert_double_eq(hand_at(b, "production.false_alarms")[i],
                                tale.false_alarms);
        }
        bench_free(own);
    }
}
END_TEST

START_TEST(small_steps_of_time_converge_to_it)
{
    for (int kind = 0; kind < 3; kind++) {
        bench *own = kind == 2 ? bench_full() : bench_new();
        if (kind == 1) {
            own->settings.monitoring = &own->monitoring;
            bench_exponential(own);
        }
        bench_run(own);
        double off = 0, off_coarse = 0;
        uint32_t other_path = 0;
        for (uint32_t i = 0; i < 100; i++) {
            const future f = {own, i};
            const reference_life life = life_of(&f);
            const double below = hand_at(own->plan, "production.months_below_floor")[i];
            const reference_tale fine = reference_by_steps(&life, 0x1p-15);
            const reference_tale coarse = reference_by_steps(&life, 0x1p-6);
            off += fabs(fine.months_below - below) / 100;
            off_coarse += fabs(coarse.months_below - below) / 100;
            /* steps may take two events of one moment in the other order */
            other_path +=
                fine.retrainings != hand_at(own->plan, "production.retrains")[i] ||
                fabs(fine.at_end - hand_at(own->plan, "production.quality_at_end")[i]) >
                    1e-4;
        }
        ck_assert_uint_le(other_path, 2);
        ck_assert_double_lt(off, 0.005);
        ck_assert_double_lt(off, off_coarse / 4);
        bench_free(own);
    }
}
END_TEST

START_TEST(linear_loss_without_anything_else_is_a_straight_line)
{
    bench *own = bench_new();
    own->settings.shocks = NULL;
    own->settings.retrain = NULL;
    own->drift.loss = hand_estimate(own->plan, "loss", 0.005, 0.005);
    bench_run(own);
    const rc_binder *b = own->plan;
    const uint32_t series = hand_find(b, "production.metric");
    const uint32_t below = hand_find(b, "production.p_below_floor");
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double m0 = hand_at(b, "metric.recall")[i];
        for (uint32_t m = 0; m <= MONTHS; m++) {
            ck_assert_double_eq_tol(b->row[series + m][i], m0 - 0.005 * m, 1e-12);
            ck_assert_double_eq(b->row[below + m][i], m0 - 0.005 * m < 0.80);
        }
        const double crossed = fmin(MONTHS, (m0 - 0.80) / 0.005);
        ck_assert_double_eq_tol(hand_at(b, "production.months_below_floor")[i],
                                MONTHS - crossed, 1e-9);
        ck_assert_double_eq(hand_at(b, "production.floor")[i], 0.80);
    }
    bench_free(own);
}
END_TEST

START_TEST(a_metric_that_should_be_low_is_the_mirror_image)
{
    bench *own = bench_new();
    bench_run(own);
    bench *mirror = bench_new();
    rc_binder *b = mirror->plan;
    b->goals.target.up = false;
    b->goals.target.value = 0.18;
    mirror->retrain.or_when.op = RC_ABOVE;
    mirror->retrain.or_when.value = 1 - 0.805;
    mirror->settings.floor = hand_estimate(b, "ceiling", 0.20, 0.20);
    mirror->bound = hand_bind(b, &rc_model_production, &mirror->settings);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        hand_at(b, "metric.recall")[i] = 1 - hand_at(own->plan, "metric.recall")[i];
        b->launch[i] = 0;
    }
    const rc_step step = hand_step(b, &mirror->settings, mirror->bound, 1);
    rc_model_production.live(&step);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        ck_assert_double_eq_tol(hand_at(b, "production.quality_at_end")[i],
                                1 - hand_at(own->plan, "production.quality_at_end")[i],
                                1e-9);
        ck_assert_double_eq_tol(hand_at(b, "production.months_below_floor")[i],
                                hand_at(own->plan, "production.months_below_floor")[i],
                                1e-9);
    }
    bench_free(own);
    bench_free(mirror);
}
END_TEST

START_TEST(a_future_that_never_launches_has_no_life)
{
    bench *own = bench_new();
    own->bound = hand_bind(own->plan, &rc_model_production, &own->settings);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        hand_at(own->plan, "metric.recall")[i] = 0.82;
        own->plan->launch[i] = i % 2 ? INFINITY : 10;
    }
    const rc_step step = hand_step(own->plan, &own->settings, own->bound, 1);
    rc_model_production.live(&step);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        for (uint32_t k = 0; k < own->plan->outputs_n; k++) {
            const rc_output *out = &own->plan->output[k];
            /* what first pushed it below: not in every future that launches */
            if (out->kind == RC_OUT_CATEGORY && i % 2 == 0)
                continue;
            for (uint32_t m = 0; m < out->series; m++)
                ck_assert_int_eq(isnan(own->plan->row[out->row + m][i]), i % 2);
        }
    bench_free(own);
}
END_TEST

START_TEST(retraining_that_takes_no_time_and_does_not_help_comes_to_an_end)
{
    bench *own = bench_new();
    own->settings.watch_for = 0.25;
    own->retrain.takes = hand_estimate(own->plan, "no time", 0, 0);
    own->retrain.recovers = hand_estimate(own->plan, "no help", 0, 0);
    own->retrain.or_when.value = 0.99;
    bench_run(own);
    /* once a minute */
    ck_assert_double_eq_tol(hand_at(own->plan, "production.retrains")[0],
                            0.25 * 30.4375 * 24 * 60, 2);
    bench_free(own);
}
END_TEST

START_TEST(nothing_said_about_drift_is_a_stable_domain)
{
    bench *own = bench_new();
    own->settings.drift = NULL;
    own->settings.shocks = NULL;
    own->settings.retrain = NULL;
    bench_run(own);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double m0 = hand_at(own->plan, "metric.recall")[i];
        ck_assert_double_eq_tol(hand_at(own->plan, "production.quality_at_end")[i],
                                m0 * (0.9 + 0.1 * exp(-12. / 36)), 1e-12);
    }
    bench_free(own);
}
END_TEST

START_TEST(shocks_arrive_as_often_as_stated)
{
    bench *own = bench_new();
    own->settings.retrain = NULL;
    own->drift.loss = hand_estimate(own->plan, "no drift", 0, 0);
    own->shocks.per_year = hand_estimate(own->plan, "six", 6, 6);
    own->shocks.loss = hand_estimate(own->plan, "one", 0.001, 0.001);
    bench_run(own);
    double sum = 0, squares = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double n = round((hand_at(own->plan, "metric.recall")[i] -
                                hand_at(own->plan, "production.quality_at_end")[i]) /
                               0.001);
        sum += n;
        squares += n * n;
    }
    /* Poisson(6): 512 futures, fixed words; 4.89 standard errors */
    const double mean = sum / HAND_LANES, var = squares / HAND_LANES - mean * mean;
    ck_assert_double_eq_tol(mean, 6, 4.89 * sqrt(6. / HAND_LANES));
    ck_assert_double_eq_tol(var, 6, 4.89 * 6 * sqrt((2 + 1. / 6) / HAND_LANES));
    bench_free(own);
}
END_TEST

START_TEST(check_refuses_what_makes_no_sense)
{
    bench *own = bench_new();
    struct rc_faults faults = {0};
    const rc_goals *goals = &own->plan->goals;
    rc_model_production.check(&own->settings, goals, &faults);
    ck_assert_uint_eq(faults.errors + faults.warnings, 0);

    own->retrain.or_when.metric = "latency";
    rc_model_production.check(&own->settings, goals, &faults);
    ck_assert_str_eq(faults.last, "or_when looks at 'latency', but production follows "
                                  "'recall'");
    own->retrain.or_when.metric = "recall";
    own->retrain.or_when.op = RC_ABOVE;
    rc_model_production.check(&own->settings, goals, &faults);
    ck_assert_str_eq(faults.last, "or_when expects 'recall <' and a value");
    own->retrain.or_when.text = NULL;
    own->retrain.every.given = false;
    rc_model_production.check(&own->settings, goals, &faults);
    ck_assert_str_eq(faults.last, "retrain needs 'every', 'or_when', or both");
    ck_assert_uint_eq(faults.errors, 3);

    own->settings.retrain = NULL;
    own->drift.floor_below = own->drift.loss;
    rc_model_production.check(&own->settings, goals, &faults);
    ck_assert_str_eq(faults.last, "'floor_below' of drift needs 'tau'");
    own->drift.tau = own->drift.loss;
    rc_model_production.check(&own->settings, goals, &faults);
    ck_assert_str_eq(faults.last,
                     "drift is linear with 'loss' or exponential with 'tau', not both");
    ck_assert_uint_eq(faults.errors, 5);
    bench_free(own);
}
END_TEST

START_TEST(without_a_target_there_is_nothing_to_follow_and_check_says_so)
{
    bench *own = bench_new();
    struct rc_faults faults = {0};
    own->plan->goals.target.given = false;
    rc_model_production.check(&own->settings, &own->plan->goals, &faults);
    ck_assert_uint_eq(faults.warnings, 1);
    ck_assert_uint_eq(faults.errors, 0);
    bench_run(own);
    ck_assert_uint_eq(own->plan->outputs_n, 0);
    bench_free(own);
}
END_TEST

/* ------------------------------------------------- many cycles in closed form */

/* Retrained twice a day, with every cause; nothing that cycles are not said to be exact
 * in: the floor is far from where the level moves within a few cycles. */
static bench *bench_cycles(int drift)
{
    bench *own = bench_full();
    rc_binder *b = own->plan;
    own->shifts = false;
    own->settings.monitoring = NULL;
    own->retrain.or_when.text = NULL;
    own->drift.loss = hand_estimate(b, "daily drift", 0.02, 0.06);
    if (drift)
        bench_exponential(own);
    own->adversary.evades = hand_estimate(b, "few evade", 0.1, 0.3);
    own->adversary.grows = hand_estimate(b, "slowly", 0, 0.002);
    own->retrain.every = hand_estimate(b, "half a day", 0.4 / 30, 0.6 / 30);
    own->retrain.takes = hand_estimate(b, "an hour", 0.02 / 30, 0.06 / 30);
    own->retrain.approval.given = false;
    own->retrain.bad = hand_estimate(b, "rarely", 0.005, 0.02);
    own->retrain.loses = hand_estimate(b, "much", 0.04, 0.06);
    own->settings.floor = hand_estimate(b, "far away", 0.78, 0.78);
    return own;
}

enum { FIGURES = 6, BLOCKS = 4 };

static void figures_of(const rc_tale *tale, double out[FIGURES])
{
    double spent = 0, mean = 0;
    for (uint32_t k = 0; k < MONTHS; k++) {
        spent += tale->spent[k];
        mean += tale->mean[k] / MONTHS;
    }
    const double all[FIGURES] = {mean,
                                 tale->months_below,
                                 tale->months_bad,
                                 tale->retrains,
                                 spent,
                                 tale->by[MONTHS / 2][RC_BY_FEEDBACK]};
    memcpy(out, all, sizeof all);
}

START_TEST(cycles_in_closed_form_agree_with_the_same_told_one_by_one)
{
    static const char *const names[FIGURES] = {
        "mean loss", "months below", "months bad", "retrainings", "spent", "feedback"};
    for (int drift = 0; drift < 2; drift++) {
        bench *own = bench_cycles(drift);
        double sum[FIGURES] = {0}, squares[FIGURES] = {0}, level[FIGURES] = {0};
        bench_run(own);
        for (uint32_t block = 0; block < BLOCKS; block++) {
            const rc_step step = hand_step(own->plan, &own->settings, own->bound, 1);
            for (uint32_t i = 0; i < HAND_LANES; i++) {
                rc_life life = rc_life_of(&step, i, 0.78);
                rc_tale told, closed;
                double x[FIGURES], y[FIGURES];
                rc_live_by_events(&life, &told);
                rc_live_by_cycles(&life, &closed);
                figures_of(&told, x);
                figures_of(&closed, y);
                for (int k = 0; k < FIGURES; k++) {
                    sum[k] += y[k] - x[k];
                    squares[k] += (y[k] - x[k]) * (y[k] - x[k]);
                    level[k] += x[k];
                }
            }
            hand_next_block(own->plan);
            for (uint32_t i = 0; i < HAND_LANES; i++)
                hand_at(own->plan, "metric.recall")[i] = 0.82;
        }
        /* shocks and noise are the same in both: the error is that of the difference */
        for (int k = 0; k < FIGURES; k++) {
            const double n = BLOCKS * HAND_LANES, mean = sum[k] / n;
            const double error = sqrt((squares[k] / n - mean * mean) / n);
            ck_assert_msg(fabs(mean) < 4.5 * error + 0.001 * level[k] / n,
                          "%s: %g apart, %g known, of %g", names[k], mean, error,
                          level[k] / n);
        }
        bench_free(own);
    }
}
END_TEST

/* Mean outcomes until the CUSUM of a failure rate of p passes the threshold. */
static double simulated_cusum(double p, double p0, double p1, double threshold)
{
    const double bad = log(p1 / p0), good = log((1 - p1) / (1 - p0));
    const uint32_t runs = 400;
    uint64_t outcomes = 0;
    for (uint32_t run = 0; run < runs; run++) {
        double s = 0;
        for (uint32_t i = 0; s < threshold; i++, outcomes++)
            s = fmax(0,
                     s + (rc_uniform(hand_hash("outcome", i, run)) < p ? bad : good));
    }
    return (double)outcomes / runs;
}

START_TEST(a_cusum_alarms_as_often_as_wanted_and_as_late_as_foretold)
{
    const double h = rc_cusum_threshold(0.10, 0.13, 1e4);
    const double kl = 0.10 * log(0.10 / 0.13) + 0.90 * log(0.90 / 0.87);
    ck_assert_double_eq_tol((exp(h) - h - 1) / kl, 1e4, 1e-6);
    /* ln(outcomes) / KL would say 1 997 */
    ck_assert_double_eq_tol(rc_cusum_delay(0.10, 0.13, h), 625.2, 0.05);
    /* 10 % of the formula, 5 standard errors of 400 exponential waits */
    ck_assert_double_eq_tol(simulated_cusum(0.10, 0.10, 0.13, h), 1e4,
                            1e4 * (0.10 + 5 / sqrt(400)));
    ck_assert_double_eq_tol(simulated_cusum(0.13, 0.10, 0.13, h), 630,
                            630 * (0.10 + 5 * 0.8 / sqrt(400)));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("production");
    TCase *tcase = tcase_create("production");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase,
                   every_future_of_linear_drift_is_that_of_the_reference_by_events);
    tcase_add_test(
        tcase, every_future_of_exponential_drift_is_that_of_the_reference_by_events);
    tcase_add_test(tcase,
                   monitoring_delay_and_failed_retrainings_agree_with_the_reference);
    tcase_add_test(tcase,
                   a_product_that_gets_better_by_itself_agrees_with_the_reference);
    tcase_add_test(tcase,
                   every_future_with_all_causes_is_that_of_the_reference_by_events);
    tcase_add_test(tcase, small_steps_of_time_converge_to_it);
    tcase_add_test(tcase, linear_loss_without_anything_else_is_a_straight_line);
    tcase_add_test(tcase, a_metric_that_should_be_low_is_the_mirror_image);
    tcase_add_test(tcase, a_future_that_never_launches_has_no_life);
    tcase_add_test(tcase,
                   retraining_that_takes_no_time_and_does_not_help_comes_to_an_end);
    tcase_add_test(tcase, nothing_said_about_drift_is_a_stable_domain);
    tcase_add_test(tcase, shocks_arrive_as_often_as_stated);
    tcase_add_test(tcase, check_refuses_what_makes_no_sense);
    tcase_add_test(tcase,
                   without_a_target_there_is_nothing_to_follow_and_check_says_so);
    tcase_add_test(tcase, cycles_in_closed_form_agree_with_the_same_told_one_by_one);
    tcase_add_test(tcase, a_cusum_alarms_as_often_as_wanted_and_as_late_as_foretold);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
