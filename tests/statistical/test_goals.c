/* Several promises at once, against exact answers: independent targets multiply.
 *
 * A million futures, one seed; a share may be off by what exact.h allows. */
#include "exact.h"
#include "forecast.h"
#include "suite.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { FUTURES = 1000000 };

/* recall is at its target in Phi(1) of futures, latency in 2/3, the price in 1/3, the
 * date in 0.8: all independent. */
static const double at_recall = 0.8413447460685429, at_latency = 2 / 3.0,
                    at_price = 1 / 3.0, in_time = 0.8;

static rc_result *three_targets(const char *gate)
{
    char text[2000];
    snprintf(
        text, sizeof text,
        "format = 1; calendar = { start = \"2026-02-02\"; };"
        "goals = { deadline = \"2026-02-13\"; confidence = \"15 %%\"; targets = ("
        "{ metric = \"recall\"; at_least = \"80 %%\"; },"
        "{ metric = \"latency\"; at_most = \"40 ms\"; },"
        "{ metric = \"price\"; at_most = \"3 cent\"; } ); };"
        "metrics = ( { id = \"recall\"; value = \"normal(81 %%, 1 %%)\"; },"
        "{ id = \"latency\"; value = \"uniform(30, 45) ms\"; },"
        "{ id = \"price\"; value = \"uniform(2, 5) cent\"; } );"
        "tasks = ( { id = \"build\"; duration = \"uniform(6, 11) days\"; %s } );%s",
        gate, *gate ? "gates = ( { id = \"all\"; needs = [ \"target\" ]; } );" : "");
    return forecast(text, &(forecast_options){.futures = FUTURES});
}

static void near_share(double p, double exact, const char *what)
{
    exact_holds(exact_share(p, exact, FUTURES), "%s", what);
}

/* exactly: plan */
START_TEST(the_chance_of_independent_targets_is_the_product_of_theirs)
{
    rc_result *r = three_targets("");
    const rc_verdict *v = &r->verdict;
    const double all = at_recall * at_latency * at_price;
    ck_assert_uint_eq(v->targets_n, 3);
    near_share(v->targets[0].p.p, at_recall, "recall");
    near_share(v->targets[1].p.p, at_latency, "latency");
    near_share(v->targets[2].p.p, at_price, "price");
    near_share(v->target.p, all, "all targets");
    near_share(v->deadline.p, in_time, "in time");
    near_share(v->all.p, all * in_time, "all");
    ck_assert(v->launch.p == 1);
    /* 15 % of all futures are launched on target when 15 / all % of launches have been */
    const double promise = 6 + 5 * 0.15 / all;
    ck_assert_double_eq_tol(v->promise_days, promise, 0.02);
    rc_result_free(r);
}
END_TEST

START_TEST(the_cell_of_the_promise_in_the_hit_map_is_the_chance_of_all)
{
    rc_result *r = three_targets("");
    const rc_hit_map *map = &r->hit_map;
    ck_assert_uint_lt(map->promise_day, map->days_n);
    const double cell =
        map->chance[map->promise_target * map->days_n + map->promise_day].p;
    ck_assert_double_eq_tol(cell, r->verdict.all.p, 1e-12);
    rc_result_free(r);
}
END_TEST

/* exactly: gate */
START_TEST(a_gate_that_needs_the_target_lets_pass_what_meets_all_of_them)
{
    rc_result *r = three_targets("gate = \"all\";");
    const double all = at_recall * at_latency * at_price;
    near_share(r->verdict.launch.p, all, "launched");
    near_share(r->verdict.target.p, all, "all targets");
    ck_assert_uint_eq(r->verdict.stops_n, 1);
    near_share(r->verdict.stops[0].p.p, 1 - all, "stopped");
    ck_assert_str_eq(r->verdict.stops[0].mostly, "price");
    /* the first need that fails: recall, else latency, else the price */
    const rc_output_result *failed = rc_result_output(r, "gates[all].failed_on");
    ck_assert_ptr_nonnull(failed);
    ck_assert_str_eq(failed->output.labels[2], "price");
    const double fails = 1 - all;
    const double by[] = {(1 - at_recall) / fails, at_recall * (1 - at_latency) / fails,
                         at_recall * at_latency * (1 - at_price) / fails};
    for (int i = 0; i < 3; i++)
        exact_holds(
            exact_share(failed->share[i].p, by[i], fails * (double)r->detail_futures),
            "fails on %s", failed->output.labels[i]);
    rc_result_free(r);
}
END_TEST

START_TEST(a_metric_of_each_target_has_its_spread)
{
    rc_result *r = three_targets("");
    ck_assert_uint_eq(r->metrics_n, 3);
    ck_assert_str_eq(r->metrics[1].id, "latency");
    ck_assert_double_eq_tol(rc_spread_at(r, &r->metrics[1].true_value, 80), 42, 0.03);
    exact_holds(exact_mean(&r->metrics[2].true_value, 3.5), "price");
    const char *name;
    const double *values;
    ck_assert(rc_result_samples(r, 4, &name, &values));
    ck_assert_str_eq(name, "true.latency");
    ck_assert(rc_result_samples(r, 7, &name, &values));
    ck_assert(!rc_result_samples(r, 8, &name, &values));
    rc_result_free(r);
}
END_TEST

/* --------------------------------------------------------------- what if, in money */

/* What-ifs are run for the verdict alone: their value is that of a whole run all the same,
 * and the difference is taken future by future. */
START_TEST(a_what_if_changes_the_value_by_the_mean_of_its_changes)
{
    static const char file[] = "scenarios/stop_wisely.cfg";
    enum { FEW = 2000 };
    const char *const later[] = {"checkpoints.summer.on=2026-09-04", NULL};
    const char *const nothing[] = {NULL};
    rc_result *same =
        forecast_file(file, &(forecast_options){.futures = FEW, .what_if = nothing});
    rc_result *base =
        forecast_file(file, &(forecast_options){.futures = FEW, .what_if = later});
    rc_result *whole =
        forecast_file(file, &(forecast_options){.futures = FEW, .set = later});
    ck_assert(same->what_if[0].value_gain == 0 &&
              same->what_if[0].value_gain_error == 0);
    const rc_output_result *was = rc_result_output(base, "value.npv");
    const rc_output_result *is = rc_result_output(whole, "value.npv");
    const rc_what_if_result *w = &base->what_if[0];
    ck_assert(w->value_gain != 0);
    ck_assert_double_eq_tol(w->value_gain, is->spread->mean - was->spread->mean,
                            1e-9 * fabs(was->spread->mean));
    /* paired: known better than two means of independent futures would be */
    ck_assert(w->value_gain_error > 0);
    ck_assert(w->value_gain_error < 1.96 * was->spread->sd * sqrt(2.0 / FEW));
    rc_result_free(base);
    rc_result_free(same);
    rc_result_free(whole);
}
END_TEST

/* ------------------------------------------------------------- a share of a task */

/* 10 labellers at 100 votes a day who learn for 4 days: 125 t^2 votes by day t < 4, then
 * 1000 (t - 2). Of 12 000 votes 1 500 are there after sqrt(12) days, 6 000 after 8, 11 880
 * after 13.88, all after 14. */
/* exactly: labelling */
START_TEST(a_share_of_labelling_is_done_when_so_many_votes_are_cast)
{
    static const struct {
        const char *share;
        double start;
    } shares[] = {{"12.5 %", 3.4641016151377544}, {"50 %", 8}, {"99 %", 13.88}};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        char text[1000];
        snprintf(text, sizeof text,
                 "format = 1; calendar = { start = \"2026-02-02\"; };"
                 "labelling = { items = \"12k\"; labellers = 10; speed = \"100 /day\"; "
                 "ramp_up = \"4 days\"; };"
                 "tasks = ( { id = \"label\"; plan = \"labelling\"; },"
                 "{ id = \"look\"; duration = \"1 days\"; "
                 "after = [ \"%s of label\" ]; } );",
                 shares[i].share);
        rc_result *r = forecast(text, &(forecast_options){.futures = 100});
        ck_assert_double_eq_tol(forecast_task(r, "label")->finish.mean, 14, 1e-9);
        ck_assert_double_eq_tol(forecast_task(r, "look")->start.mean, shares[i].start,
                                1e-9);
        rc_result_free(r);
    }
}
END_TEST

/* ------------------------------------------------------------------ checkpoints */

/* Built and measured within U(5, 15) days at 100 a day, shipped within 20 days by two at
 * 200 a day; latency U(30, 50) ms passes any gate. */
static rc_result *looked_at(const char *checkpoints)
{
    char text[2000];
    snprintf(text, sizeof text,
             "format = 1; calendar = { start = \"2026-02-02\"; };"
             "team = ( { id = \"dev\"; people = 2; cost = \"100 EUR/day\"; } );"
             "metrics = ( { id = \"latency\"; value = \"uniform(30, 50) ms\"; } );"
             "gates = ( { id = \"fast\"; needs = [ \"latency <= 90 ms\" ]; } );"
             "tasks = ( { id = \"build\"; duration = \"uniform(5, 15) days\"; "
             "who = \"1 dev\"; gate = \"fast\"; },"
             "{ id = \"ship\"; duration = \"20 days\"; who = \"2 dev\"; "
             "after = [ \"build\" ]; } );"
             "checkpoints = ( %s );",
             checkpoints);
    return forecast(text, &(forecast_options){.futures = FUTURES});
}

static const rc_stop *stop_of(const rc_result *r, const char *id)
{
    for (uint32_t i = 0; i < r->verdict.stops_n; i++)
        if (strcmp(r->verdict.stops[i].id, id) == 0)
            return &r->verdict.stops[i];
    ck_abort_msg("no %s", id);
    return NULL;
}

/* The evening of 13 February is that of day 10: half have built by then. */
/* exactly: checkpoints */
START_TEST(a_checkpoint_stops_what_a_gate_has_measured_to_be_bad_by_then)
{
    rc_result *r = looked_at(
        "{ id = \"c\"; on = \"2026-02-13\"; stop_if = \"latency > 40 ms\"; }");
    const rc_stop *stop = stop_of(r, "c");
    near_share(stop->p.p, 0.5 * 0.5, "stopped");
    near_share(r->verdict.launch.p, 0.75, "launched");
    ck_assert_str_eq(stop->name, "the checkpoint of 13 Feb");
    /* built by U(5, 10): spent 100 d + 200 (10 - d), 1250 on average */
    const double sd = 500 / sqrt(12.0), n = 0.25 * FUTURES;
    exact_holds(exact_near(stop->cost, 1250, sd / sqrt(n)), "spent in vain");
    ck_assert(stop->cost_low < 1250 && 1250 < stop->cost_high);
    ck_assert_double_eq_tol(stop->cost_high - stop->cost_low, 2 * 1.96 * sd / sqrt(n),
                            0.02);
    rc_result_free(r);
}
END_TEST

/* exactly: checkpoints */
START_TEST(a_checkpoint_of_money_stops_what_has_spent_more_by_then)
{
    /* 2000 - 100 d by day 10 where built by d < 10, else 1000: above 1200 for d < 8 */
    rc_result *r = looked_at(
        "{ id = \"c\"; on = \"2026-02-13\"; stop_if = \"cost > 1200 EUR\"; }");
    near_share(stop_of(r, "c")->p.p, 0.3, "stopped");
    const double *cost = forecast_cost(r), *finish = forecast_finish(r);
    for (uint64_t i = 0; i < r->futures; i++)
        if (isinf(finish[i])) /* and no more than that was spent */
            ck_assert(cost[i] > 1200 - 1e-9 && cost[i] < 1500 + 1e-9);
    rc_result_free(r);
}
END_TEST

/* exactly: checkpoints */
START_TEST(the_earliest_of_two_checkpoints_counts_wherever_it_stands)
{
    static const char *const orders[] = {
        "{ id = \"a\"; on = \"2026-02-11\"; stop_if = \"latency > 44 ms\"; },"
        "{ id = \"b\"; on = \"2026-02-13\"; stop_if = \"latency > 40 ms\"; }",
        "{ id = \"b\"; on = \"2026-02-13\"; stop_if = \"latency > 40 ms\"; },"
        "{ id = \"a\"; on = \"2026-02-11\"; stop_if = \"latency > 44 ms\"; }"};
    for (int i = 0; i < 2; i++) {
        rc_result *r = looked_at(orders[i]);
        const double early = 0.3 * 0.3; /* built by day 8, slower than 44 ms */
        near_share(stop_of(r, "a")->p.p, early, "the early one");
        near_share(stop_of(r, "b")->p.p, 0.25 - early, "the late one");
        const rc_output_result *asked = rc_result_output(r, "checkpoints[b].p_asked");
        exact_holds(
            exact_share(asked->share[0].p, 1 - early, (double)r->detail_futures),
            "asked");
        rc_result_free(r);
    }
}
END_TEST

/* exactly: checkpoints */
START_TEST(what_launches_by_the_evening_of_a_checkpoint_is_not_stopped)
{
    /* the launch is at 25 to 35 days: that of day 30 leaves half of them alone */
    rc_result *r =
        looked_at("{ id = \"c\"; on = \"2026-03-13\"; stop_if = \"latency > 0 ms\"; }");
    near_share(r->verdict.launch.p, 0.5, "launched");
    near_share(stop_of(r, "c")->p.p, 0.5, "stopped");
    rc_result_free(r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("goals");
    TCase *tcase = tcase_create("targets");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, the_chance_of_independent_targets_is_the_product_of_theirs);
    tcase_add_test(tcase, the_cell_of_the_promise_in_the_hit_map_is_the_chance_of_all);
    tcase_add_test(tcase,
                   a_gate_that_needs_the_target_lets_pass_what_meets_all_of_them);
    tcase_add_test(tcase, a_metric_of_each_target_has_its_spread);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("what if, in money");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, a_what_if_changes_the_value_by_the_mean_of_its_changes);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("shares of tasks");
    tcase_add_test(tcase, a_share_of_labelling_is_done_when_so_many_votes_are_cast);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("checkpoints");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase,
                   a_checkpoint_stops_what_a_gate_has_measured_to_be_bad_by_then);
    tcase_add_test(tcase, a_checkpoint_of_money_stops_what_has_spent_more_by_then);
    tcase_add_test(tcase, the_earliest_of_two_checkpoints_counts_wherever_it_stands);
    tcase_add_test(tcase, what_launches_by_the_evening_of_a_checkpoint_is_not_stopped);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
