/* Value against a plain reference, future by future, and against closed forms. */
#include "by_hand.h"
#include "production.h"
#include "reference_value.h"
#include "suite.h"
#include "value.h"

enum { MONTHS = 24, SEGMENTS = 3 };

/* A plan's value with everything in it; parts are taken out by the tests. */
typedef struct bench {
    rc_binder *plan;
    rc_drift drift;
    rc_production life;
    rc_value_rival rival;
    rc_value_segment segment[SEGMENTS];
    rc_value settings;
    double plan_cost[HAND_LANES];
    void *bound;
    rc_step step;
} bench;

static void bench_segments(bench *own)
{
    rc_binder *b = own->plan;
    own->segment[0] = (rc_value_segment){
        .head = {.id = "shops", .name = "Shops"},
        .share = 0.3,
        .growth = hand_estimate(b, "value.segments.shops.growth", 0, 0.05),
        .quality = hand_estimate(b, "value.segments.shops.quality", -0.04, 0),
        .needs = {.metric = "recall",
                  .op = RC_AT_LEAST,
                  .value = 0.78,
                  .text = "recall >= 78 %"}};
    own->segment[1] = (rc_value_segment){.head = {.id = "banks", .name = "Banks"},
                                         .share = 0.2,
                                         .needs = {.metric = "recall",
                                                   .op = RC_ABOVE,
                                                   .value = 0.81,
                                                   .text = "recall > 81 %"}};
    own->segment[2] = (rc_value_segment){
        .head = {.id = "new", .name = "New customers"},
        .share = 0.1,
        .quality = hand_estimate(b, "value.segments.new.quality", -0.02, 0.01)};
    own->settings.segments = (rc_list){own->segment, SEGMENTS};
}

static bench *bench_new(void)
{
    bench *own = calloc(1, sizeof *own);
    rc_binder *b = own->plan = hand_plan();
    b->goals.target = (rc_target){
        .given = true, .metric = "recall", .up = true, .value = 0.82, .unit = "%"};
    own->drift.loss = hand_estimate(b, "production.drift.loss", 0.001, 0.004);
    own->life = (rc_production){
        .head = {.id = "production"}, .watch_for = 12, .drift = &own->drift};
    own->rival = (rc_value_rival){hand_estimate(b, "value.rival.arrives", 6, 30),
                                  hand_estimate(b, "value.rival.takes", 0.1, 0.4)};
    own->settings =
        (rc_value){.head = {.id = "value", .name = "value"},
                   .per_month = hand_estimate(b, "value.per_month", 9e4, 14e4),
                   .nothing_at = hand_estimate(b, "value.nothing_at", 0.68, 0.72),
                   .today = hand_estimate(b, "value.today", 0.78, 0.81),
                   .growth = hand_estimate(b, "value.growth", -0.01, 0.04),
                   .adoption = hand_estimate(b, "value.adoption", 0.4, 0.9),
                   .adopted_after = hand_estimate(b, "value.adopted_after", 0, 9),
                   .discount = 0.08,
                   .horizon = MONTHS - 0.6,
                   .rival = &own->rival,
                   .right_problem = hand_estimate(b, "value.right_problem", 0.7, 0.9)};
    bench_segments(own);
    return own;
}

/* Rows that production would have written; every seventh future never launches. */
static void bench_life(bench *own)
{
    rc_binder *b = own->plan;
    double *after = hand_at(b, "after_launch.cost");
    uint32_t quality = hand_find(b, "production.quality"),
             spent = hand_find(b, "production.spent");
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double at_launch = 0.79 + 0.05 * rc_uniform(hand_hash("at launch", 0, i));
        hand_at(b, "metric.recall")[i] = at_launch;
        own->plan_cost[i] = 2e5 * rc_uniform(hand_hash("cost", 0, i));
        after[i] = 1e4 * rc_uniform(hand_hash("after", 0, i));
        b->launched_on[i] =
            i % 7 == 0 ? INFINITY : 30 * rc_uniform(hand_hash("launch", 0, i));
        if (quality != UINT32_MAX && i % 7) /* every third is taken back at first */
            hand_at(b, "production.waits")[i] =
                i % 3 ? 0 : 2 * rc_uniform(hand_hash("waits", 0, i));
        for (uint32_t k = 0; k < MONTHS && quality != UINT32_MAX; k++) {
            b->row[quality + k][i] =
                at_launch - 0.04 * rc_uniform(hand_hash("online", k, i));
            b->row[spent + k][i] = 5e3 * rc_uniform(hand_hash("spent", k, i));
        }
    }
}

static void bench_bind(bench *own)
{
    rc_binder *b = own->plan;
    if (own->life.watch_for > 0) {
        b->group[b->groups_n].model = "value"; /* production looks at its horizon */
        b->group[b->groups_n++].settings = &own->settings;
        hand_bind(b, &rc_model_production, &own->life);
    }
    own->bound = hand_bind(b, &rc_model_value, &own->settings);
    own->step = hand_step(b, &own->settings, own->bound, 1);
    own->step.plan_cost = own->plan_cost;
}

static void bench_run(bench *own)
{
    bench_bind(own);
    bench_life(own);
    rc_model_value.live(&own->step);
}

static void bench_free(bench *own)
{
    hand_free(own->plan);
    free(own);
}

static double drawn(const bench *own, const rc_estimate *e, uint32_t lane, double other)
{
    return e->given ? own->plan->row[e->index][lane] : other;
}

/* ----------------------------------------------- the same to the reference */

static bool is_wrong(const bench *own, uint32_t lane)
{
    return own->settings.right_problem.given &&
           rc_uniform(hand_hash("words value.right_problem", 0, lane)) >=
               drawn(own, &own->settings.right_problem, lane, 1);
}

static reference_value told(const bench *own, uint32_t lane)
{
    const rc_value *s = &own->settings;
    const rc_target *target = &own->plan->goals.target;
    const double growth = drawn(own, &s->growth, lane, 0);
    reference_value v = {
        .rated = target->given,
        .up = target->up,
        .per_month = drawn(own, &s->per_month, lane, NAN),
        .nothing = drawn(own, &s->nothing_at, lane, 0),
        .at = drawn(own, &s->at, lane, target->value),
        .adoption = drawn(own, &s->adoption, lane, 1),
        .adopted_after = drawn(own, &s->adopted_after, lane, 0),
        .discount = s->discount,
        .horizon = s->horizon,
        .rival_at = s->rival ? drawn(own, &s->rival->arrives, lane, 0) : INFINITY,
        .rival_takes = s->rival ? drawn(own, &s->rival->takes, lane, 0) : 0,
        .launch = own->plan->launched_on[lane],
        .wrong_problem = is_wrong(own, lane),
        .today = drawn(own, &s->today, lane, NAN),
        .loses =
            own->life.watch_for > 0 ? drawn(own, &own->drift.loss, lane, NAN) : NAN,
        .tau = drawn(own, &own->drift.tau, lane, NAN),
        .floor_below = drawn(own, &own->drift.floor_below, lane, NAN),
        .sunk = own->plan_cost[lane] + hand_at(own->plan, "after_launch.cost")[lane],
    };
    const uint32_t quality = hand_find(own->plan, "production.quality");
    const uint32_t spent = hand_find(own->plan, "production.spent");
    if (quality != UINT32_MAX && v.launch < INFINITY)
        v.launch += hand_at(own->plan, "production.waits")[lane];
    for (uint32_t k = 0; k < MONTHS; k++) {
        v.online[k] = quality != UINT32_MAX ? own->plan->row[quality + k][lane]
                                            : hand_at(own->plan, "metric.recall")[lane];
        v.spent[k] = spent != UINT32_MAX ? own->plan->row[spent + k][lane] : 0;
    }
    double left = 1;
    for (uint32_t k = 0; k < s->segments.n; k++) {
        const rc_value_segment *its = &own->segment[k];
        v.segment[v.segments_n++] =
            (reference_segment){.share = its->share,
                                .growth = drawn(own, &its->growth, lane, growth),
                                .above = drawn(own, &its->quality, lane, 0),
                                .asks = its->needs.text != NULL,
                                .needs = its->needs.value};
        left -= its->share;
    }
    v.segment[v.segments_n++] = (reference_segment){.share = left, .growth = growth};
    return v;
}

/* Money of each month as it comes, and what there is of it by its end, discounted from what
 * was spent on. */
static void months_agree(const bench *own, const char *by_month, const char *cumulative,
                         double (*month)(const reference_value *v, uint32_t i),
                         double spent, const reference_value *v, uint32_t lane)
{
    const rc_binder *b = own->plan;
    const uint32_t money = hand_find(b, by_month), sums = hand_find(b, cumulative);
    const double small = 1e-9 * v->per_month;
    double sum = -spent;
    ck_assert_double_eq_tol(b->row[sums][lane], sum, small);
    for (uint32_t m = 0; m < MONTHS; m++) {
        const double its = month(v, m);
        sum += its * pow(1 + v->discount, -(m / 12.0));
        ck_assert_double_eq_tol(b->row[money + m][lane], its, small);
        ck_assert_double_eq_tol(b->row[sums + m + 1][lane], sum, small);
    }
}

static void agrees(const bench *own)
{
    const rc_binder *b = own->plan;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const reference_value v = told(own, i);
        const double npv = reference_npv(&v), small = 1e-9 * v.per_month;
        ck_assert_double_eq_tol(hand_at(b, "value.npv")[i], npv, small);
        ck_assert_double_eq(hand_at(b, "value.p_pays")[i], npv > 0);
        if (isinf(v.launch)) {
            ck_assert_double_nan(hand_at(b, "value.cost_of_delay")[i]);
            ck_assert_double_nan(hand_at(b, "value.npv_launched")[i]);
        } else {
            reference_value late = v;
            late.launch += 7 / 30.4375;
            ck_assert_double_eq_tol(hand_at(b, "value.cost_of_delay")[i],
                                    npv - reference_npv(&late), small);
            ck_assert_double_eq_tol(hand_at(b, "value.npv_launched")[i], npv, small);
        }
        months_agree(own, "value.by_month", "value.cumulative", reference_month, v.sunk,
                     &v, i);
        if (isnan(v.today))
            continue;
        const double alone = reference_today_alone(&v);
        ck_assert_double_eq_tol(hand_at(b, "value.today")[i], alone, small);
        ck_assert_double_eq_tol(hand_at(b, "value.npv_over_today")[i], npv - alone,
                                small);
        ck_assert_double_eq(hand_at(b, "value.p_beats_today")[i], npv > alone);
        months_agree(own, "value.today_by_month", "value.today_cumulative",
                     reference_todays_month, 0, &v, i);
        const uint32_t gain = hand_find(b, "value.gain"),
                       with = hand_find(b, "value.cumulative"),
                       without = hand_find(b, "value.today_cumulative");
        for (uint32_t m = 0; m <= MONTHS; m++)
            ck_assert_double_eq_tol(b->row[gain + m][i],
                                    b->row[with + m][i] - b->row[without + m][i],
                                    small);
        const double back = hand_at(b, "value.paid_back")[i];
        for (uint32_t m = 1; m <= MONTHS && !(m >= back); m++)
            ck_assert(b->row[gain + m][i] <= 0);
        ck_assert_double_eq(hand_at(b, "value.p_paid_back")[i], !isnan(back));
        if (!isnan(back))
            ck_assert(b->row[gain + (uint32_t)ceil(back)][i] > 0);
    }
}

static void segments_agree(const bench *own)
{
    const rc_binder *b = own->plan;
    static const char *const ids[] = {"shops", "banks", "new", "everybody_else"};
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const reference_value v = told(own, i);
        double all = 0;
        for (uint32_t s = 0; s < v.segments_n; s++)
            all += reference_segment_brings(&v, s);
        for (uint32_t s = 0; s < v.segments_n; s++) {
            char path[96];
            const double its = reference_segment_brings(&v, s);
            snprintf(path, sizeof path, "value.segments[%s].value", ids[s]);
            ck_assert_double_eq_tol(hand_at(b, path)[i], its, 1e-9 * v.per_month);
            snprintf(path, sizeof path, "value.segments[%s].share_of_value", ids[s]);
            if (all > 0)
                ck_assert_double_eq_tol(hand_at(b, path)[i], its / all, 1e-9);
            bool ever = false;
            snprintf(path, sizeof path, "value.segments[%s].served", ids[s]);
            for (uint32_t m = 0; m < MONTHS; m++) {
                const double end = fmin(m + 1.0, v.horizon) - 1e-9;
                const bool served = reference_is_served(&v, s, end);
                ck_assert_double_eq(b->row[hand_find(b, path) + m][i], served);
                ever |= served;
            }
            snprintf(path, sizeof path, "value.segments[%s].served_from", ids[s]);
            const double from = hand_at(b, path)[i];
            if (ever)
                ck_assert(!isnan(from));
            if (isnan(from))
                continue;
            /* from then on and not before, at the moments in between that matter */
            ck_assert(reference_is_served(&v, s, from + 1e-9));
            for (double t = 1e-9; t < from; t += 0.05)
                ck_assert(!reference_is_served(&v, s, t));
        }
    }
}

START_TEST(every_future_is_that_of_the_reference)
{
    bench *own = bench_new();
    bench_run(own);
    agrees(own);
    segments_agree(own);
    bench_free(own);
}
END_TEST

START_TEST(without_today_rival_problem_and_segments_too)
{
    bench *own = bench_new();
    own->settings.today.given = false;
    own->settings.right_problem.given = false;
    own->settings.rival = NULL;
    own->settings.segments.n = 0;
    own->settings.adoption.given = false;
    bench_run(own);
    agrees(own);
    ck_assert_uint_eq(hand_find(own->plan, "value.today"), UINT32_MAX);
    ck_assert_uint_eq(hand_find(own->plan, "value.p_right_problem"), UINT32_MAX);
    bench_free(own);
}
END_TEST

START_TEST(for_a_comparison_of_plans_npv_is_told_alone)
{
    bench *own = bench_new();
    bench_bind(own);
    bench_life(own);
    own->step.verdict_only = true;
    rc_model_value.live(&own->step);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const reference_value v = told(own, i);
        ck_assert_double_eq_tol(hand_at(own->plan, "value.npv")[i], reference_npv(&v),
                                1e-9 * v.per_month);
        ck_assert_double_nan(hand_at(own->plan, "value.today")[i]);
    }
    bench_free(own);
}
END_TEST

START_TEST(where_less_is_better_it_is_the_mirror_image)
{
    bench *own = bench_new();
    own->plan->goals.target.up = false;
    own->settings.nothing_at = hand_estimate(own->plan, "nothing at", 0.9, 0.95);
    own->segment[0].needs.op = RC_AT_MOST;
    own->segment[0].needs.value = 0.8;
    own->segment[1].needs.op = RC_BELOW;
    own->segment[1].needs.value = 0.79;
    bench_run(own);
    agrees(own);
    segments_agree(own);
    bench_free(own);
}
END_TEST

START_TEST(today_falls_towards_a_floor_where_drift_says_so)
{
    bench *own = bench_new();
    own->drift.loss.given = false;
    own->drift.tau = hand_estimate(own->plan, "production.drift.tau", 4, 12);
    own->drift.floor_below =
        hand_estimate(own->plan, "production.drift.floor_below", 0.05, 0.3);
    bench_run(own);
    agrees(own);
    bench_free(own);
}
END_TEST

START_TEST(where_nothing_is_said_of_drift_today_falls_as_in_its_domain)
{
    bench *own = bench_new();
    own->life.drift = NULL;
    own->life.domain = RC_CONSUMER;
    own->settings.segments.n = 0;
    own->settings.rival = NULL;
    own->settings.growth.given = false;
    own->settings.discount = 0;
    own->settings.horizon = 2;
    bench_run(own);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double q = drawn(own, &own->settings.today, i, 0),
                     nothing = drawn(own, &own->settings.nothing_at, i, 0);
        double sum = 0; /* two months, each by its middle: 10 % below, tau 12 months */
        for (int m = 0; m < 2; m++)
            sum += (q * (1 - 0.1 * (1 - exp(-(m + .5) / 12))) - nothing) /
                   (0.82 - nothing);
        ck_assert_double_eq_tol(hand_at(own->plan, "value.today")[i],
                                sum * drawn(own, &own->settings.per_month, i, 0), 1e-4);
    }
    bench_free(own);
}
END_TEST

START_TEST(without_production_quality_stays_as_it_was)
{
    bench *own = bench_new();
    own->life.watch_for = 0;
    bench_run(own);
    ck_assert_uint_eq(hand_find(own->plan, "production.quality"), UINT32_MAX);
    agrees(own);
    bench_free(own);
}
END_TEST

START_TEST(without_a_target_the_launch_alone_brings_it)
{
    bench *own = bench_new();
    own->plan->goals.target.given = false;
    own->settings.nothing_at.given = own->settings.today.given = false;
    own->settings.segments.n = 0;
    bench_bind(own);
    rc_bind_state(own->plan, "metric.recall", NAN);
    bench_life(own);
    rc_model_value.live(&own->step);
    agrees(own);
    bench_free(own);
}
END_TEST

/* ------------------------------------------------------------ closed forms */

/* Everything exact: 100k a month, launched after 5.25 months at the target. */
static bench *bench_plain(void)
{
    bench *own = bench_new();
    own->life.watch_for = 0;
    own->settings = (rc_value){.head = {.id = "value", .name = "value"},
                               .per_month = hand_point(own->plan, "money", 1e5),
                               .horizon = 36};
    bench_bind(own);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        hand_at(own->plan, "metric.recall")[i] = 0.82;
        own->plan->launched_on[i] = 5.25;
        own->plan_cost[i] = 3e5;
    }
    return own;
}

static double plain_npv(bench *own)
{
    rc_model_value.live(&own->step);
    return hand_at(own->plan, "value.npv")[0];
}

START_TEST(constant_quality_brings_its_months)
{
    bench *own = bench_plain();
    ck_assert_double_eq_tol(plain_npv(own), 1e5 * (36 - 5.25) - 3e5, 1e-6);
    ck_assert_double_eq_tol(hand_at(own->plan, "value.cost_of_delay")[0],
                            1e5 * 7 / 30.4375, 1e-6);
    /* 300k at 100k a month from 5.25 on: more than nothing after 8.25, told at 9 */
    ck_assert_double_eq(hand_at(own->plan, "value.paid_back")[0], 9);
    hand_at(own->plan, "metric.recall")[0] = 0.41; /* half of the target */
    ck_assert_double_eq_tol(plain_npv(own), 0.5e5 * (36 - 5.25) - 3e5, 1e-6);
    own->plan->launched_on[0] = 40; /* behind the horizon */
    ck_assert_double_eq_tol(plain_npv(own), -3e5, 1e-6);
    ck_assert_double_nan(hand_at(own->plan, "value.paid_back")[0]);
    bench_free(own);
}
END_TEST

START_TEST(where_per_month_belongs_to_another_quality_the_target_is_not_asked)
{
    bench *own = bench_new();
    own->settings.at = hand_estimate(own->plan, "value.at", 0.78, 0.86);
    bench_run(own);
    agrees(own);
    segments_agree(own);
    bench_free(own);
    own = bench_plain();
    own->settings.at = hand_point(own->plan, "at", 0.8);
    own->settings.nothing_at = hand_point(own->plan, "nothing", 0.78);
    /* at .82 twice what .8 brings */
    ck_assert_double_eq_tol(plain_npv(own), 2e5 * (36 - 5.25) - 3e5, 1e-6);
    bench_free(own);
}
END_TEST

START_TEST(discount_and_growth_are_geometric_sums)
{
    bench *own = bench_plain();
    const double month = pow(1.08, -1 / 12.), grow = 1.02;
    own->plan->launched_on[0] = 6;
    own->settings.discount = 0.08;
    own->settings.growth = hand_point(own->plan, "growth", 0.02);
    own->plan->groups_n = 0;
    bench *again = own;
    again->bound = hand_bind(own->plan, &rc_model_value, &own->settings);
    own->step = hand_step(own->plan, &own->settings, own->bound, 1);
    own->step.plan_cost = own->plan_cost;
    const double x = month * grow;
    ck_assert_double_eq_tol(plain_npv(own),
                            1e5 * (pow(x, 6) - pow(x, 36)) / (1 - x) - 3e5, 1e-5);
    bench_free(own);
}
END_TEST

START_TEST(adoption_rises_in_a_straight_line_and_a_rival_takes_his_share)
{
    bench *own = bench_plain();
    own->settings.adoption = hand_point(own->plan, "adoption", 0.6);
    own->settings.adopted_after = hand_point(own->plan, "adopted after", 4);
    /* half of the ramp's four months, at 60 % */
    ck_assert_double_eq_tol(plain_npv(own), 0.6e5 * (36 - 5.25 - 2) - 3e5, 1e-6);
    own->rival = (rc_value_rival){hand_point(own->plan, "arrives", 20.5),
                                  hand_point(own->plan, "takes", 0.25)};
    own->settings.rival = &own->rival;
    ck_assert_double_eq_tol(plain_npv(own),
                            0.6e5 * (36 - 5.25 - 2 - 0.25 * (36 - 20.5)) - 3e5, 1e-6);
    bench_free(own);
}
END_TEST

START_TEST(who_has_not_adopted_it_stays_with_todays_model)
{
    bench *own = bench_new();
    own->life.watch_for = 0;
    own->settings = (rc_value){.head = {.id = "value", .name = "value"},
                               .per_month = hand_point(own->plan, "money", 1e5),
                               .today = hand_point(own->plan, "today", 0.41),
                               .adoption = hand_point(own->plan, "adoption", 0.6),
                               .horizon = 30};
    bench_bind(own);
    hand_at(own->plan, "metric.recall")[0] = 0.82;
    own->plan->launched_on[0] = 10;
    rc_model_value.live(&own->step);
    ck_assert_double_eq_tol(hand_at(own->plan, "value.today")[0], 0.5e5 * 30, 1e-6);
    ck_assert_double_eq_tol(hand_at(own->plan, "value.npv_over_today")[0],
                            0.6 * 0.5e5 * 20, 1e-6);
    bench_free(own);
}
END_TEST

/* ---------------------------------------------------------------- problem */

START_TEST(the_wrong_problem_stops_the_plan_when_it_is_known)
{
    bench *own = bench_new();
    double stop_at[HAND_LANES];
    own->settings.known_at = "discovery";
    hand_row(own->plan, "finish discovery", 12.5);
    bench_bind(own);
    uint32_t stopped = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++)
        stop_at[i] = i % 2 ? INFINITY : 3;           /* a gate was before it */
    hand_at(own->plan, "finish discovery")[1] = NAN; /* never done */
    own->step.stop_at = stop_at;
    rc_model_value.stop(&own->step);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const bool wrong = is_wrong(own, i);
        const double expected = i % 2 == 0 ? 3 : wrong && i != 1 ? 12.5 : INFINITY;
        ck_assert_double_eq(stop_at[i], expected);
        stopped += wrong;
    }
    /* right in 80 %: 4.5 standard errors of 512 futures */
    ck_assert_double_eq_tol((double)stopped / HAND_LANES, 0.2,
                            4.5 * sqrt(0.2 * 0.8 / HAND_LANES));
    bench_free(own);
}
END_TEST

/* ------------------------------------------------------------------ faults */

static const char *fault(bench *own)
{
    static struct rc_faults faults;
    faults = (struct rc_faults){.plan = own->plan};
    rc_model_value.check(&own->settings, &own->plan->goals, &faults);
    ck_assert_uint_eq(faults.errors, 1);
    return faults.last;
}

START_TEST(check_refuses_what_makes_no_sense)
{
    bench *own = bench_new();
    struct rc_faults none = {0};
    own->settings.today.unit = own->settings.nothing_at.unit = "%";
    own->settings.today.key = "today";
    rc_model_value.check(&own->settings, &own->plan->goals, &none);
    ck_assert_uint_eq(none.errors + none.warnings, 0);
    own->settings.known_at = "discovery";
    own->settings.right_problem.given = false;
    ck_assert_str_eq(fault(own), "'known_at' of value needs 'right_problem'");
    own->settings.known_at = NULL;
    own->segment[1].needs.op = RC_ANY;
    ck_assert_str_eq(fault(own),
                     "a segment needs a metric and a value, found 'recall > 81 %'");
    own->segment[1].needs.op = RC_ABOVE;
    own->segment[1].needs.metric = "latency";
    ck_assert_str_eq(fault(own), "a segment needs 'latency', which nothing produces");
    own->segment[1].needs.metric = "recall";
    own->segment[0].share = 0.8;
    ck_assert_str_eq(fault(own), "the shares of all segments add up to 110 %");
    own->segment[0].share = 0.3;
    own->plan->goals.target.value = 0.6;
    ck_assert_str_eq(fault(own), "nothing_at must be worse than what brings per_month");
    own->plan->goals.target.up = false;
    own->settings.nothing_at.given = false;
    ck_assert_str_eq(fault(own),
                     "value needs 'nothing_at', for less of 'recall' is better");
    own->plan->goals.target.given = false;
    own->settings.segments.n = 0;
    ck_assert_str_eq(fault(own), "'today' needs a target");
    bench_free(own);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value");
    TCase *tcase = tcase_create("value");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, every_future_is_that_of_the_reference);
    tcase_add_test(tcase, without_today_rival_problem_and_segments_too);
    tcase_add_test(tcase, for_a_comparison_of_plans_npv_is_told_alone);
    tcase_add_test(tcase, where_less_is_better_it_is_the_mirror_image);
    tcase_add_test(tcase, today_falls_towards_a_floor_where_drift_says_so);
    tcase_add_test(tcase, where_nothing_is_said_of_drift_today_falls_as_in_its_domain);
    tcase_add_test(tcase, without_production_quality_stays_as_it_was);
    tcase_add_test(tcase, without_a_target_the_launch_alone_brings_it);
    tcase_add_test(tcase, constant_quality_brings_its_months);
    tcase_add_test(tcase,
                   where_per_month_belongs_to_another_quality_the_target_is_not_asked);
    tcase_add_test(tcase, discount_and_growth_are_geometric_sums);
    tcase_add_test(tcase,
                   adoption_rises_in_a_straight_line_and_a_rival_takes_his_share);
    tcase_add_test(tcase, who_has_not_adopted_it_stays_with_todays_model);
    tcase_add_test(tcase, the_wrong_problem_stops_the_plan_when_it_is_known);
    tcase_add_test(tcase, check_refuses_what_makes_no_sense);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
