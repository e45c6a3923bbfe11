/* What a plan is compiled to: rows that are drawn, tables that are shared, groups that move
 * together, and what the binder answers to a model that asks. */
#include "plan/binder.h"
#include "plan/network.h"
#include "plan/team.h"
#include "forecast.h"
#include "suite.h"
#include <math.h>
#include <roadcast.h>
#include <stdio.h>
#include <string.h>

#define PLAN "format = 1; calendar = { start = \"2026-02-02\"; }; "

static rc_scenario *read_text(const char *text, const char *set)
{
    rc_scenario *scenario = NULL;
    rc_faults *faults = NULL;
    rc_error err = {0};
    const rc_scenario_options options = {
        .models = rc_models, .set = &set, .set_n = set != NULL};
    if (rc_scenario_read_text(&scenario, &faults, "test.cfg", text, strlen(text),
                              &options, &err) != RC_OK) {
        rc_faults_print(faults, stderr, false);
        ck_abort_msg("%s\n%s", err.text, text);
    }
    rc_faults_free(faults);
    return scenario;
}

static rc_plan *compile(const rc_scenario *scenario, const rc_plan *base)
{
    rc_plan *plan = NULL;
    rc_error err = {0};
    ck_assert_msg(rc_plan_compile_like(&plan, scenario, base, &err) == RC_OK, "%s",
                  err.text);
    return plan;
}

/* The text of the refusal. */
/* ---------------------------------------------------------------- what is drawn */

static bool draws(const rc_plan *plan, const char *name)
{
    for (uint32_t i = 0; i < plan->draws_n; i++)
        if (strcmp(plan->draws[i].name, name) == 0)
            return true;
    return false;
}

START_TEST(what_a_mitigation_would_cost_is_drawn_where_it_is_active)
{
    static const char text[] =
        PLAN "risks = ({ id = \"late\"; chance = \"25 %\"; hits = \"a\"; delay = \"2 "
             "weeks\"; mitigation = { chance = \"5 to 10 %\"; cost = \"5k to 9k EUR\"; "
             "}; }); tasks = ({ id = \"a\"; duration = \"3 to 12 days\"; });";
    for (int active = 0; active < 2; active++) {
        rc_scenario *scenario =
            read_text(text, active ? "risks.late.mitigation.active = true" : NULL);
        rc_plan *plan = compile(scenario, NULL);
        ck_assert(draws(plan, "tasks.a.duration") && draws(plan, "risks.late.chance"));
        ck_assert(draws(plan, "risks.late.mitigation.cost") == active);
        ck_assert(!draws(plan, "risks.late.mitigation.chance"));
        rc_plan_free(plan);
        rc_scenario_free(scenario);
    }
}
END_TEST

/* Whether the duration of "a" has the table that it has in the plan before the change. */
static bool borrows(const char *before, const char *after)
{
    static const char format[] = PLAN
        "tasks = ({ id = \"a\"; duration = \"%s\"; }, { id = \"b\"; duration = \"1 "
        "to 2 days\"; });";
    char text[2][400];
    rc_scenario *scenario[2];
    rc_plan *plan[2] = {NULL, NULL};
    uint32_t at[2] = {0, 0};
    for (int i = 0; i < 2; i++) {
        snprintf(text[i], sizeof text[i], format, i ? after : before);
        scenario[i] = read_text(text[i], NULL);
        plan[i] = compile(scenario[i], plan[0]);
        at[i] = rc_tasks(scenario[i])[0].duration.index;
        ck_assert(plan[i]->tables[rc_tasks(scenario[i])[1].duration.index] ==
                  plan[0]->tables[rc_tasks(scenario[0])[1].duration.index]);
    }
    const bool same = plan[1]->tables[at[1]] == plan[0]->tables[at[0]];
    for (int i = 2; i--;) {
        rc_plan_free(plan[i]);
        rc_scenario_free(scenario[i]);
    }
    return same;
}

START_TEST(a_what_if_borrows_the_tables_of_laws_that_are_the_same)
{
    ck_assert(borrows("3 to 8 days", "3 to 8 days"));
    ck_assert(!borrows("3 to 8 days", "3 to 9 days"));
    ck_assert(!borrows("uniform(2, 4) days", "lognormal(2, 4) days"));
    ck_assert(borrows("uniform(2, 4) days", "uniform(2, 4) days"));
    /* laws of parts are not compared */
    ck_assert(
        !borrows("mix(70 %: 2 days, 30 %: 5 days)", "mix(70 %: 2 days, 30 %: 5 days)"));
    ck_assert(!borrows("2 days", "discrete(2: 50 %, 4: 50 %) days"));
    ck_assert(!borrows("discrete(0: 50 %, 4: 50 %) days", "0 days"));
}
END_TEST

START_TEST(a_table_is_found_again_wherever_it_stands)
{
    static const char *const texts[] = {
        PLAN "tasks = ({ id = \"b\"; duration = \"1 to 2 days\"; });", PLAN
        "tasks = ({ id = \"a\"; duration = \"3 days\"; cost = \"1k to 2k EUR\"; }, "
        "{ id = \"b\"; duration = \"1 to 2 days\"; });"};
    for (int first = 0; first < 2; first++) {
        rc_scenario *base = read_text(texts[first], NULL);
        rc_scenario *other = read_text(texts[!first], NULL);
        rc_plan *plan = compile(base, NULL), *changed = compile(other, plan);
        const uint32_t was = rc_tasks(base)[!!first].duration.index;
        const uint32_t is = rc_tasks(other)[!first].duration.index;
        ck_assert_uint_ne(was, is);
        ck_assert_ptr_nonnull(changed->tables[is]);
        ck_assert_ptr_eq(changed->tables[is], plan->tables[was]);
        rc_plan_free(changed);
        rc_plan_free(plan);
        rc_scenario_free(other);
        rc_scenario_free(base);
    }
}
END_TEST

START_TEST(correlations_that_share_a_task_make_one_group_whichever_comes_first)
{
    static const char *const links[][3] = {
        {"\"a\", \"b\"", "\"b\", \"c\"", "\"d\", \"e\""},
        {"\"b\", \"a\"", "\"c\", \"b\"", "\"e\", \"d\""},
        {"\"c\", \"d\"", "\"a\", \"b\"", "\"c\", \"e\""},
        {"\"a\", \"b\"", "\"c\", \"d\"", "\"d\", \"a\""}};
    static const uint32_t groups[] = {2, 2, 2, 1}, first[] = {3, 3, 2, 4};
    for (int i = 0; i < 4; i++) {
        char text[1000];
        snprintf(text, sizeof text,
                 PLAN
                 "correlations = ({ id = \"x\"; between = [%s]; strength = 0.4; }, "
                 "{ id = \"y\"; between = [%s]; strength = 0.4; }, "
                 "{ id = \"z\"; between = [%s]; strength = 0.4; }); "
                 "tasks = ({ id = \"a\"; duration = \"1 to 2 days\"; }, "
                 "{ id = \"b\"; duration = \"1 to 2 days\"; }, "
                 "{ id = \"c\"; duration = \"1 to 2 days\"; }, "
                 "{ id = \"d\"; duration = \"1 to 2 days\"; }, "
                 "{ id = \"e\"; duration = \"1 to 2 days\"; });",
                 links[i][0], links[i][1], links[i][2]);
        rc_scenario *scenario = read_text(text, NULL);
        rc_plan *plan = compile(scenario, NULL);
        ck_assert_uint_eq(plan->groups_n, groups[i]);
        ck_assert_uint_eq(plan->groups[0].n, first[i]);
        for (uint32_t k = 1; k < plan->groups[0].n; k++) /* by name */
            ck_assert_str_lt(plan->draws[plan->groups[0].draws[k - 1]].name,
                             plan->draws[plan->groups[0].draws[k]].name);
        rc_plan_free(plan);
        rc_scenario_free(scenario);
    }
}
END_TEST

/* ---------------------------------------------------------- what is on its way */

START_TEST(freezes_stand_in_the_order_of_time_and_none_on_days_off)
{
    rc_scenario *scenario =
        read_text("format = 1; calendar = { start = \"2026-02-02\"; freezes = ("
                  "{ id = \"later\"; from = \"2026-03-02\"; to = \"2026-03-03\"; "
                  "blocks = [\"a\"]; },"
                  "{ id = \"weekend\"; from = \"2026-02-14\"; to = \"2026-02-15\"; "
                  "blocks = [\"a\"]; },"
                  "{ id = \"early\"; from = \"2026-02-09\"; to = \"2026-02-10\"; "
                  "blocks = [\"a\"]; },"
                  "{ id = \"between\"; from = \"2026-02-16\"; to = \"2026-02-16\"; "
                  "blocks = [\"a\"]; });"
                  "}; tasks = ({ id = \"a\"; duration = \"3 days\"; });",
                  NULL);
    rc_plan *plan = compile(scenario, NULL);
    const rc_activity *a = &plan->nodes[0];
    static const double from[] = {5, 10, 20}, to[] = {7, 11, 22};
    ck_assert_uint_eq(a->freeze_n, 3);
    for (int i = 0; i < 3; i++) {
        ck_assert_double_eq(a->freeze[i].from, from[i]);
        ck_assert_double_eq(a->freeze[i].to, to[i]);
    }
    rc_plan_free(plan);
    rc_scenario_free(scenario);
}
END_TEST

START_TEST(a_factor_of_two_teams_slows_their_common_task_once)
{
    rc_result *r = forecast(
        PLAN
        "team = ({ id = \"ds\"; people = 1; }, { id = \"mle\"; people = 1; }); "
        "shared_factors = ({ id = \"pace\"; affects = \"who: ds, mle\"; slower = \"10 "
        "%\"; }); tasks = ({ id = \"a\"; duration = \"10 days\"; who = \"1 ds, 1 "
        "mle\"; });",
        &(forecast_options){.futures = 3});
    ck_assert_double_eq_tol(forecast_finish(r)[0], 11, 1e-12);
    rc_result_free(r);
}
END_TEST

START_TEST(two_factors_slow_a_task_twice)
{
    rc_result *r = forecast(
        PLAN "team = ({ id = \"ds\"; people = 1; }); "
             "shared_factors = ({ id = \"pace\"; affects = \"who: ds\"; slower = \"10 "
             "%\"; }, { id = \"calm\"; affects = \"tasks: a\"; slower = \"20 %\"; }); "
             "tasks = ({ id = \"a\"; duration = \"10 days\"; who = \"1 ds\"; });",
        &(forecast_options){.futures = 3});
    ck_assert_double_eq_tol(forecast_finish(r)[0], 13.2, 1e-12);
    rc_result_free(r);
}
END_TEST

/* An authority is no team of ours: it is slowed by who names it alone. */
START_TEST(a_factor_of_people_leaves_out_who_brings_its_own)
{
    static const char *const affects[] = {"who: ds", "tasks: b", " who: ds"};
    for (int i = 0; i < 3; i++) {
        forecast_text text = {0};
        forecast_add(&text,
                     PLAN
                     "team = ({ id = \"ds\"; people = 2; }); submission = { clock = "
                     "\"90 days\"; }; shared_factors = ({ id = \"pace\"; affects = "
                     "\"%s\"; slower = \"10 %%\"; }); tasks = ({ id = \"a\"; "
                     "duration = \"3 days\"; who = \"1 ds\"; }, { id = \"b\"; plan = "
                     "\"submission\"; who = \"1 ds\"; });",
                     affects[i]);
        rc_scenario *scenario = read_text(text.at, NULL);
        rc_plan *plan = compile(scenario, NULL);
        ck_assert_uint_eq(plan->nodes[0].factors_n, i != 1);
        ck_assert_uint_eq(plan->nodes[1].factors_n, i == 1);
        rc_plan_free(plan);
        rc_scenario_free(scenario);
        free(text.at);
    }
}
END_TEST

START_TEST(each_choice_shares_out_a_whole)
{
    rc_scenario *scenario = read_text(
        PLAN "tasks = ({ id = \"d\"; duration = \"1 day\"; one_of = \"y\"; }, "
             "{ id = \"b\"; duration = \"1 day\"; one_of = \"x\"; weight = 1.0; }, "
             "{ id = \"a\"; duration = \"1 day\"; one_of = \"x\"; weight = 3.0; }, "
             "{ id = \"c\"; duration = \"1 day\"; one_of = \"y\"; });",
        NULL);
    rc_plan *plan = compile(scenario, NULL);
    static const double low[] = {0.5, 0.75, 0, 0}, high[] = {1, 1, 0.75, 0.5};
    for (int t = 0; t < 4; t++) {
        ck_assert_double_eq(plan->nodes[t].choice_low, low[t]);
        ck_assert_double_eq(plan->nodes[t].choice_high, high[t]);
    }
    ck_assert_uint_eq(plan->nodes[0].choice, plan->nodes[3].choice);
    ck_assert_uint_eq(plan->nodes[1].choice, plan->nodes[2].choice);
    ck_assert_uint_ne(plan->nodes[0].choice, plan->nodes[1].choice);
    rc_plan_free(plan);
    rc_scenario_free(scenario);
}
END_TEST

START_TEST(who_is_paid_always_costs_nothing_by_the_task)
{
    for (int always = 0; always < 2; always++) {
        forecast_text text = {0};
        forecast_add(&text,
                     PLAN
                     "team = ({ id = \"ds\"; people = 2; cost = \"800 EUR/day\"; "
                     "%s}); tasks = ({ id = \"a\"; effort = \"4 person-days\"; who "
                     "= \"2 ds\"; }, { id = \"b\"; duration = \"4 days\"; who = "
                     "\"1 ds\"; });",
                     always ? "paid = \"always\"; " : "");
        rc_scenario *scenario = read_text(text.at, NULL);
        rc_plan *plan = compile(scenario, NULL);
        ck_assert_double_eq(plan->nodes[0].effort_rate, always ? 0 : 800);
        ck_assert_double_eq(plan->nodes[0].delay_rate, always ? 0 : 1600);
        ck_assert_double_eq(plan->nodes[1].people_rate, always ? 0 : 800);
        rc_plan_free(plan);
        rc_scenario_free(scenario);
        free(text.at);
    }
}
END_TEST

START_TEST(a_search_holds_machines_of_the_team_gpu_alone)
{
    rc_scenario *scenario = read_text(
        PLAN
        "team = ({ id = \"tpu\"; capacity = 9; cost = \"1 EUR/hour\"; }, { id = "
        "\"gpu\"; capacity = 8; cost = \"1 EUR/hour\"; }); "
        "experiments = { metric = \"m\"; baseline = \"70 %\"; gpus = 4; gpu_hours = "
        "\"10\"; give_up_after = \"20 days\"; }; goals = { target = { metric = "
        "\"m\"; at_least = \"74 %\"; }; }; "
        "tasks = ({ id = \"a\"; plan = \"experiments\"; }, { id = \"b\"; duration = "
        "\"3 days\"; who = \"1 tpu\"; });",
        NULL);
    rc_plan *plan = compile(scenario, NULL);
    ck_assert_uint_eq(plan->nodes[0].who_n, 1);
    ck_assert_uint_eq(plan->nodes[0].who[0].team, 1);
    ck_assert_int_eq(plan->nodes[0].heads[0], 4000);
    ck_assert_uint_eq(plan->nodes[1].who[0].team, 0);
    rc_plan_free(plan);
    rc_scenario_free(scenario);
}
END_TEST

/* Tasks in a row, each for one person, of one person less than tasks. */
static bool limited(int tasks)
{
    forecast_text text = {0};
    forecast_add(&text, PLAN "team = ({ id = \"ds\"; people = %d; }); tasks = (",
                 tasks - 1);
    for (int i = 0; i < tasks; i++)
        forecast_add(&text,
                     "{ id = \"t%d\"; duration = \"1 day\"; who = \"1 ds\"; after = "
                     "[%s%.*d%s]; }%s",
                     i, i ? "\"t" : "", i > 0, i ? i - 1 : 0, i ? "\"" : "",
                     i + 1 < tasks ? ", " : "");
    forecast_add(&text, ");");
    rc_scenario *scenario = read_text(text.at, NULL);
    rc_plan *plan = compile(scenario, NULL);
    const bool found = rc_plan_is_resource_limited(plan);
    rc_plan_free(plan);
    rc_scenario_free(scenario);
    free(text.at);
    return found;
}

START_TEST(of_more_than_1500_users_it_is_taken_for_granted_that_people_can_bind)
{
    ck_assert(!limited(100)); /* one after another: never two at a time */
    ck_assert(limited(1501));
}
END_TEST

START_TEST(of_many_warnings_the_first_eight_are_kept)
{
    for (int tasks = 7; tasks <= 9; tasks++) {
        forecast_text text = {0};
        forecast_add(&text, PLAN "team = ({ id = \"ds\"; people = 2; leaves = ({ id = "
                                 "\"l\"; on = \"2026-03-02\"; people = 1; }); }); "
                                 "tasks = (");
        for (int i = 0; i < tasks; i++)
            forecast_add(&text,
                         "%s{ id = \"t%d\"; duration = \"1 day\"; who = \"2 ds\"; }",
                         i ? ", " : "", i);
        forecast_add(&text, ");");
        rc_scenario *scenario = read_text(text.at, NULL);
        rc_plan *plan = compile(scenario, NULL);
        ck_assert_uint_eq(plan->warnings_n, tasks < 8 ? 7 : 8);
        ck_assert_ptr_nonnull(strstr(plan->warnings[6].text, "'t6' needs 2 of 'ds'"));
        rc_plan_free(plan);
        rc_scenario_free(scenario);
        free(text.at);
    }
}
END_TEST

/* ------------------------------------------------------------------- the binder */

START_TEST(the_binder_says_none_of_what_nobody_has)
{
    rc_scenario *scenario = read_text(
        PLAN
        "team = ({ id = \"ds\"; people = 2; cost = \"800 EUR/day\"; }, { id = \"gpu\"; "
        "capacity = 2; cost = \"3 EUR/hour\"; }); gates = ({ id = \"g\"; "
        "chance_to_pass = \"50 %\"; }); tasks = ({ id = \"a\"; duration = \"1 day\"; "
        "gate = \"g\"; who = \"1 ds, 1 gpu\"; }, { id = \"b\"; plan = "
        "\"submission\"; }); submission = { clock = \"90 days\"; };",
        NULL);
    rc_plan *plan = compile(scenario, NULL);
    jmp_buf unused;
    rc_binder b = {plan, &unused};
    ck_assert_uint_eq(rc_binder_row(&b, "nobody's"), RC_NONE);
    ck_assert_uint_eq(rc_bind_finish(&b, "nobody"), UINT32_MAX);
    ck_assert_uint_ne(rc_bind_finish(&b, "a"), UINT32_MAX);
    ck_assert_uint_eq(rc_bind_finish(&b, "a"), plan->nodes[0].finish_row);
    ck_assert_uint_eq(rc_bind_own_finish(&b, &b), UINT32_MAX);
    ck_assert_ptr_null(rc_bind_group(&b, "nobody", 0));
    ck_assert_ptr_null(rc_bind_group(&b, "experiments", 0)); /* not in this file */
    ck_assert_ptr_null(rc_bind_bound(&b, "nobody", 0));
    const void *bound = rc_bind_bound(&b, "submission", 0);
    const uint32_t steps = plan->steps_n;
    ck_assert_ptr_nonnull(bound);
    plan->steps_n = 0; /* who comes first in the list of models finds nobody yet */
    ck_assert_ptr_null(rc_bind_bound(&b, "submission", 0));
    plan->steps_n = steps;
    ck_assert_str_eq(rc_bind_date(&b, rc_date_from(2026, 12, 31)), "31 Dec");
    ck_assert_str_eq(rc_bind_date(&b, rc_date_from(2027, 1, 1)), "1 Jan 2027");
    ck_assert_double_eq(rc_bind_rate_per_hour(&b, "nobody"), 0);
    ck_assert_double_eq(rc_bind_rate_per_hour(&b, "ds"), 0); /* people have no hours */
    ck_assert_double_eq(rc_bind_rate_per_hour(&b, "gpu"), 3);
    rc_plan_free(plan);
    rc_scenario_free(scenario);
}
END_TEST

START_TEST(an_output_that_does_not_say_so_has_one_value)
{
    rc_scenario *scenario =
        read_text(PLAN "tasks = ({ id = \"a\"; duration = \"1 day\"; });", NULL);
    rc_plan *plan = compile(scenario, NULL);
    jmp_buf unused;
    rc_binder b = {plan, &unused};
    for (uint32_t series = 0; series < 4; series++) {
        rc_bind_output(&b, (rc_output){.path = "x", .unit = "share", .series = series});
        ck_assert_uint_eq(plan->outputs[plan->outputs_n - 1].series,
                          series ? series : 1);
    }
    rc_plan_free(plan);
    rc_scenario_free(scenario);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("compile");
    TCase *c = tcase_create("compile");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, what_a_mitigation_would_cost_is_drawn_where_it_is_active);
    tcase_add_test(c, a_what_if_borrows_the_tables_of_laws_that_are_the_same);
    tcase_add_test(c,
                   correlations_that_share_a_task_make_one_group_whichever_comes_first);
    tcase_add_test(c, freezes_stand_in_the_order_of_time_and_none_on_days_off);
    tcase_add_test(c, a_factor_of_two_teams_slows_their_common_task_once);
    tcase_add_test(c, two_factors_slow_a_task_twice);
    tcase_add_test(c, a_table_is_found_again_wherever_it_stands);
    tcase_add_test(c, a_factor_of_people_leaves_out_who_brings_its_own);
    tcase_add_test(c, each_choice_shares_out_a_whole);
    tcase_add_test(c, who_is_paid_always_costs_nothing_by_the_task);
    tcase_add_test(c, a_search_holds_machines_of_the_team_gpu_alone);
    tcase_add_test(
        c, of_more_than_1500_users_it_is_taken_for_granted_that_people_can_bind);
    tcase_add_test(c, of_many_warnings_the_first_eight_are_kept);
    tcase_add_test(c, the_binder_says_none_of_what_nobody_has);
    tcase_add_test(c, an_output_that_does_not_say_so_has_one_value);
    suite_add_tcase(suite, c);
    return suite_run(suite);
}
