/* What a plan is worth, from the text of a scenario to the result, where that is known
 * exactly: closed forms of one launch, and of laws that are drawn once.
 *
 * 32 768 futures, one seed: as many as outputs of models are kept of. A mean or a share may
 * be off by what exact.h allows. */
#include "exact.h"
#include "forecast.h"
#include "suite.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { FUTURES = 32768 };

/* 20 working days from Monday, 2 February: the launch is on Friday the 27th, after 26
 * calendar days. */
#define MONTH 30.4375
static const double launch = 26 / MONTH;

#define PLAN(groups)                                                                   \
    "format = 1; calendar = { start = \"2026-02-02\"; };"                              \
    "tasks = ( { id = \"find\"; duration = \"5 days\"; cost = \"10k EUR\"; },"         \
    "{ id = \"build\"; duration = \"15 days\"; cost = \"50k EUR\"; after = [ "         \
    "\"find\" ]; milestone = \"launch\"; } );" groups

static rc_result *of(const char *text)
{
    return forecast(text, &(forecast_options){.futures = FUTURES, .seed = 7});
}

static const rc_spread *spread(const rc_result *r, const char *path)
{
    const rc_output_result *o = rc_result_output(r, path);
    ck_assert_msg(o && o->spread, "no output %s", path);
    return &o->spread[0];
}

static double share(const rc_result *r, const char *path)
{
    const rc_output_result *o = rc_result_output(r, path);
    ck_assert_msg(o && o->share, "no output %s", path);
    return o->share[0].p;
}

static void near_mean(const rc_result *r, const char *path, double mean)
{
    exact_holds(exact_mean(spread(r, path), mean), "%s", path);
}

static void near_share(const rc_result *r, const char *path, double p)
{
    exact_holds(exact_share(share(r, path), p, FUTURES), "%s", path);
}

/* exactly: value */
START_TEST(constant_quality_brings_its_months)
{
    rc_result *r = of(PLAN("value = { per_month = \"100k EUR/month\"; };"));
    const double npv = 1e5 * (36 - launch) - 6e4;
    ck_assert_double_eq_tol(spread(r, "value.npv")->mean, npv, 1e-6);
    ck_assert_double_eq_tol(spread(r, "value.npv")->sd, 0, 1e-6);
    ck_assert_double_eq_tol(spread(r, "value.cost_of_delay")->mean, 1e5 * 7 / MONTH,
                            1e-6);
    ck_assert_double_eq(share(r, "value.p_pays"), 1);
    /* the month of the launch counts by its share */
    const rc_output_result *months = rc_result_output(r, "value.by_month");
    ck_assert_double_eq_tol(months->spread[0].mean, 1e5 * (1 - launch), 1e-6);
    ck_assert_double_eq_tol(months->spread[1].mean, 1e5, 1e-6);
    rc_result_free(r);
}
END_TEST

/* exactly: value */
START_TEST(growth_and_discount_are_geometric_sums)
{
    rc_result *r =
        of(PLAN("value = { per_month = \"100k EUR/month\"; growth = \"2 "
                "%/month\"; discount = \"8 %\"; horizon = \"24 months\"; };"));
    const double q = 1.02 * pow(1.08, -1 / 12.);
    ck_assert_double_eq_tol(spread(r, "value.npv")->mean,
                            1e5 * ((1 - pow(q, 24)) / (1 - q) - launch) - 6e4, 1e-4);
    /* a week later the first month is without it, and nothing else changes: 26 + 7 days
     * are 2.5625 more than a month */
    const double lost = (MONTH - 26) + q * (26 + 7 - MONTH);
    ck_assert_double_eq_tol(spread(r, "value.cost_of_delay")->mean, 1e5 * lost / MONTH,
                            1e-4);
    rc_result_free(r);
}
END_TEST

/* exactly: value */
START_TEST(a_ramp_and_a_rival_take_their_months)
{
    rc_result *r =
        of(PLAN("value = { per_month = \"100k EUR/month\"; adoption = \"60 %\"; "
                "adopted_after = \"4 months\"; horizon = \"24 months\"; rival = { "
                "arrives = \"12 months\"; takes = \"25 %\"; }; };"));
    /* half of the ramp's four months, and a quarter of the second year */
    ck_assert_double_eq_tol(spread(r, "value.npv")->mean,
                            6e4 * (24 - launch - 2 - 0.25 * 12) - 6e4, 1e-6);
    rc_result_free(r);
}
END_TEST

/* exactly: value */
START_TEST(the_wrong_problem_costs_what_was_spent_until_it_is_known)
{
    rc_result *r = of(PLAN("value = { per_month = \"100k EUR/month\"; right_problem = "
                           "\"80 %\"; known_at = \"find\"; };"));
    const double good = 1e5 * (36 - launch) - 6e4;
    near_share(r, "value.p_right_problem", 0.8);
    ck_assert_double_eq_tol(r->verdict.stopped.p, 1 - share(r, "value.p_right_problem"),
                            1e-12);
    near_mean(r, "value.npv", 0.8 * good - 0.2 * 1e4);
    ck_assert_double_eq_tol(spread(r, "value.npv_launched")->mean, good, 1e-4);
    rc_result_free(r);
    /* where it never shows, all is spent, and nobody adopts it */
    r = of(
        PLAN("value = { per_month = \"100k EUR/month\"; right_problem = \"80 %\"; };"));
    ck_assert_double_eq(r->verdict.stopped.p, 0);
    near_mean(r, "value.npv", 0.8 * good - 0.2 * 6e4);
    rc_result_free(r);
}
END_TEST

START_TEST(both_schedules_stop_the_same_futures)
{
    static const char text[] =
        PLAN("value = { per_month = \"90k to 140k EUR/month\"; right_problem = \"60 to "
             "90 %\"; known_at = \"find\"; };");
    rc_result *a = forecast(text, &(forecast_options){.futures = 4000, .seed = 7});
    rc_result *b =
        forecast(text, &(forecast_options){.futures = 4000, .seed = 7, .queue = true});
    ck_assert_double_eq(a->verdict.stopped.p, b->verdict.stopped.p);
    ck_assert_double_eq(spread(a, "value.npv")->mean, spread(b, "value.npv")->mean);
    ck_assert(a->verdict.stopped.p > 0.2 && a->verdict.stopped.p < 0.3);
    rc_result_free(a);
    rc_result_free(b);
}
END_TEST

/* X uniform between 0 and 100k a month, the plan costs 1.26M: it pays where X > C/T. */
/* exactly: value */
START_TEST(what_the_only_unknown_is_worth_is_what_everything_is_worth)
{
    rc_result *r = of(
        PLAN("value = { per_month = \"uniform(0, 100k) EUR/month\"; }; risks = ( { id "
             "= \"tax\"; chance = \"uniform(99, 100) %\"; hits = [ \"find\" ]; cost = "
             "\"1.2M EUR\"; } );"));
    const double months = 36 - launch, cost = 1.26e6;
    near_mean(r, "value.npv", 5e4 * months - 0.995 * 1.2e6 - 6e4);
    /* the risk that nearly always fires is left out of the closed form: 0.5 % of it */
    const double worth = cost * cost / (2 * 1e5 * months);
    ck_assert_double_eq_tol(r->knowing_all, worth, 0.02 * worth);
    ck_assert_uint_ge(r->knowing_n, 1);
    ck_assert_str_eq(r->knowing[0].id, "value.per_month");
    ck_assert_double_eq_tol(r->knowing[0].worth, worth,
                            r->knowing[0].error + 0.02 * worth);
    rc_result_free(r);
}
END_TEST

START_TEST(a_plan_that_always_pays_leaves_nothing_worth_knowing)
{
    rc_result *r =
        of(PLAN("value = { per_month = \"uniform(50k, 100k) EUR/month\"; };"));
    ck_assert_double_eq(r->knowing_all, 0);
    ck_assert_uint_eq(r->knowing_n, 0);
    rc_result_free(r);
    r = of(PLAN(""));
    ck_assert(isnan(r->knowing_all));
    rc_result_free(r);
}
END_TEST

#define LATENCY                                                                        \
    "goals = { target = { metric = \"latency\"; at_most = \"40 ms\"; }; };"            \
    "metrics = ( { id = \"latency\"; value = \"uniform(30, 50) ms\"; } );"

/* exactly: value */
START_TEST(quality_brings_in_a_straight_line_and_segments_what_they_need)
{
    rc_result *r =
        of(PLAN(LATENCY "value = { per_month = \"100k EUR/month\"; nothing_at = \"60 "
                        "ms\"; horizon = \"24 months\"; segments = ( { id = \"games\"; "
                        "share = \"40 %\"; needs = \"latency <= 36 ms\"; } ); };"));
    /* f = (60 - q)/20: 1 on average; of the 30 % with at most 36 ms: (30 + 24)/2/20 */
    const double months = 24 - launch;
    near_share(r, "value.segments[games].p_served", 0.3);
    const double games = 0.4 * 0.3 * 1.35, others = 0.6;
    near_mean(r, "value.npv", 1e5 * months * (games + others) - 6e4);
    const double sd = 4e4 * months * 0.65; /* an upper bound of a segment's spread */
    exact_holds(exact_near(spread(r, "value.segments[games].value")->mean,
                           1e5 * months * games, sd / sqrt(FUTURES)),
                "games");
    const rc_spread *from = spread(r, "value.segments[games].served_from");
    ck_assert_double_eq_tol(from->mean, launch, 1e-9);
    rc_result_free(r);
}
END_TEST

#define AT(at)                                                                         \
    LATENCY "value = { per_month = \"100k EUR/month\"; nothing_at = \"60 ms\"; "       \
            "horizon = \"24 months\"; " at "};"

static double npv_of(const char *text, const char *set)
{
    rc_result *r = forecast(
        text, &(forecast_options){
                  .futures = FUTURES, .seed = 7, .set = (const char *[]){set, NULL}});
    double mean = spread(r, "value.npv")->mean;
    rc_result_free(r);
    return mean;
}

START_TEST(a_change_of_the_target_leaves_what_a_quality_is_worth)
{
    static const char open[] = PLAN(AT("")), said[] = PLAN(AT("at = \"40 ms\"; ")),
                      other[] = PLAN(AT("at = \"50 ms\"; "));
    rc_result *r = of(open);
    const double npv = spread(r, "value.npv")->mean, cost = 6e4;
    rc_result_free(r);
    r = of(said);
    ck_assert_double_eq(spread(r, "value.npv")->mean, npv);
    rc_result_free(r);
    static const char *const targets[] = {"goals.target.at_most=50 ms",
                                          "goals.target.at_most=36 ms",
                                          ("goals.target={ metric = \"latency\"; "
                                           "at_most = \"45 ms\"; }"),
                                          "calendar.start=2026-02-02"};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        ck_assert_double_eq(npv_of(open, targets[i]), npv);
        ck_assert_double_eq(npv_of(said, targets[i]), npv);
    }
    /* 60 to 50 ms bring what 60 to 40 did: everything brings twice as much */
    ck_assert_double_eq_tol(npv_of(open, "value.at=50 ms"), 2 * (npv + cost) - cost,
                            1e-6);
    ck_assert_double_eq(npv_of(other, "goals.target.at_most=36 ms"),
                        npv_of(open, "value.at=50 ms"));
}
END_TEST

/* exactly: value */
START_TEST(todays_model_is_the_other_choice)
{
    rc_result *r =
        of(PLAN(LATENCY "value = { per_month = \"100k EUR/month\"; nothing_at = \"60 "
                        "ms\"; today = \"50 ms\"; horizon = \"24 months\"; };"));
    /* it brings half; the product 1 on average, from the launch on */
    ck_assert_double_eq_tol(spread(r, "value.today")->mean, 5e4 * 24, 1e-6);
    near_mean(r, "value.npv_over_today", 5e4 * (24 - launch) - 6e4);
    near_mean(r, "value.npv", 5e4 * launch + 1e5 * (24 - launch) - 6e4);
    /* more than today's: f - 1/2 > 60k/(100k months) */
    const double least = 0.5 + 0.6 / (24 - launch);
    near_share(r, "value.p_beats_today", (60 - 20 * least - 30) / 20);
    rc_result_free(r);
}
END_TEST

/* exactly: hypothesis */
START_TEST(the_hypothesis_holds_where_target_and_measure_do)
{
    rc_result *r = of(PLAN(
        "goals = { target = { metric = \"clicks\"; at_least = \"80 %\"; }; supports = "
        "{ "
        "measure = \"Returns\"; today = \"200 /day\"; per_point = \"-2 %\"; at_most = "
        "\"180 /day\"; by = \"2026-12-31\"; }; }; scenario = { hypothesis = \"h\"; };"
        "metrics = ( { id = \"clicks\"; value = \"uniform(70, 90) %\"; } );"));
    /* 200 (1 - .02 points above 80 %): uniform between 160 and 240; 180 at 85 % */
    near_mean(r, "hypothesis.measure", 200);
    near_share(r, "hypothesis.p_measure", 0.25);
    near_share(r, "hypothesis.holds", 0.25);
    rc_result_free(r);
    r = of(
        PLAN("goals = { target = { metric = \"clicks\"; at_least = \"80 %\"; }; }; "
             "scenario = { hypothesis = \"h\"; }; metrics = ( { id = \"clicks\"; value "
             "= \"uniform(70, 90) %\"; } );"));
    near_share(r, "hypothesis.holds", 0.5);
    rc_result_free(r);
}
END_TEST

START_TEST(a_plan_without_value_has_nothing_of_it)
{
    rc_result *r = of(PLAN(""));
    ck_assert_ptr_null(rc_result_output(r, "value.npv"));
    ck_assert_ptr_null(rc_result_output(r, "hypothesis.holds"));
    ck_assert_uint_eq(r->outputs_n, 0);
    rc_result_free(r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value exact");
    TCase *tcase = tcase_create("value exact");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, constant_quality_brings_its_months);
    tcase_add_test(tcase, growth_and_discount_are_geometric_sums);
    tcase_add_test(tcase, a_ramp_and_a_rival_take_their_months);
    tcase_add_test(tcase, the_wrong_problem_costs_what_was_spent_until_it_is_known);
    tcase_add_test(tcase, both_schedules_stop_the_same_futures);
    tcase_add_test(tcase, what_the_only_unknown_is_worth_is_what_everything_is_worth);
    tcase_add_test(tcase, a_plan_that_always_pays_leaves_nothing_worth_knowing);
    tcase_add_test(tcase,
                   quality_brings_in_a_straight_line_and_segments_what_they_need);
    tcase_add_test(tcase, a_change_of_the_target_leaves_what_a_quality_is_worth);
    tcase_add_test(tcase, todays_model_is_the_other_choice);
    tcase_add_test(tcase, the_hypothesis_holds_where_target_and_measure_do);
    tcase_add_test(tcase, a_plan_without_value_has_nothing_of_it);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
