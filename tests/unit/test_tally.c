/* What is no finite number is an error that names it, never a part of an average: models
 * that go wrong on purpose, in one future of a thousand. */
#include "models.h"
#include "safety.h"
#include "suite.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <roadcast.h>

static const char text[] =
    "format = 1; calendar = { start = \"2026-02-02\"; };\n"
    "goals = { target = { metric = \"accuracy\"; at_least = \"71 %\"; }; };\n"
    "safety = { findings = \"5\"; };\n"
    "experiments = { metric = \"accuracy\"; baseline = \"70 %\"; ceiling = \"80 %\";\n"
    "  tries = 3; levers = ({ id = \"l\"; gain = \"1 to 2 points\"; }); };\n"
    "value = { per_month = \"10k EUR/month\"; };\n"
    "tasks = ({ id = \"search\"; plan = \"experiments\"; },\n"
    "  { id = \"attack\"; plan = \"safety\"; },\n"
    "  { id = \"ship\"; duration = \"100 days\"; after = [\"search\"]; });\n";

static const struct {
    const char *says;
    enum { FINE, DAYS, MONEY, METRIC, VALUE, OUTPUT, PLACES } place;
    double with;
} wrong[] = {
    {"the duration of the task attack", DAYS, NAN},
    {"the cost of the plan", MONEY, NAN},
    {"the cost of the plan", MONEY, INFINITY},
    {"the metric accuracy", METRIC, INFINITY},
    {"what the plan earns", VALUE, NAN},
    {"what the plan earns", VALUE, -INFINITY},
    {"wrong.output", OUTPUT, INFINITY},
    {NULL, OUTPUT, NAN}, /* a future that does not count */
    {NULL, FINE, 0},
};
static int now;
static uint32_t row[PLACES];

static void go_wrong(const rc_step *step)
{
    const uint32_t at = row[wrong[now].place];
    for (uint32_t l = 0; l < step->lanes && wrong[now].place == OUTPUT; l++)
        step->row[at][l] = 1;
    if (wrong[now].place >= METRIC && step->lanes > 499)
        step->row[at][499] = wrong[now].with;
}

static void *bind(const void *settings, rc_binder *b)
{
    (void)settings;
    row[METRIC] = rc_bind_state(b, "metric.accuracy", NAN);
    row[VALUE] = rc_bind_state(b, "value.npv", NAN);
    row[OUTPUT] = rc_bind_watched(
        b, (rc_output){.path = "wrong.output", .kind = RC_OUT_SPREAD, .unit = "days"},
        NAN);
    return rc_bind_alloc(b, 1, 1);
}

static void place(const rc_step *step, const uint32_t *lane, uint32_t n)
{
    rc_model_safety.place(step, lane, n);
    for (uint32_t i = 0; i < n; i++)
        if (lane[i] == 499 && wrong[now].place == DAYS)
            step->duration[499] = wrong[now].with;
        else if (lane[i] == 499 && wrong[now].place == MONEY)
            step->cost[499] = wrong[now].with;
}

START_TEST(what_is_no_number_is_refused_by_its_name)
{
    rc_model attack = rc_model_safety;
    const rc_model last = {.id = "wrong", .bind = bind, .live = go_wrong};
    const rc_model *models[32] = {NULL};
    int n = 0;
    attack.place = place;
    for (; rc_models[n]; n++)
        models[n] = rc_models[n] == &rc_model_safety ? &attack : rc_models[n];
    models[n] = &last;
    now = _i;

    const rc_scenario_options reading = {.models = models};
    rc_scenario *scenario = NULL;
    rc_faults *faults = NULL;
    rc_plan *plan = NULL;
    rc_result *result = NULL;
    rc_error err = {0};
    ck_assert_msg(rc_scenario_read_text(&scenario, &faults, "t.cfg", text, strlen(text),
                                        &reading, &err) == RC_OK,
                  "%s", err.text);
    ck_assert(rc_plan_compile(&plan, scenario, &err) == RC_OK);
    const rc_status status =
        rc_run(&result, plan, &(rc_run_options){.futures = 1000, .threads = 1}, &err);
    if (wrong[now].says) {
        char expected[128];
        snprintf(expected, sizeof expected,
                 "%s came out as no finite number; please report this",
                 wrong[now].says);
        ck_assert_int_eq(status, RC_DEFECT);
        ck_assert_str_eq(err.text, expected);
        ck_assert_ptr_null(result);
    } else {
        ck_assert_msg(status == RC_OK, "%s", err.text);
    }
    rc_result_free(result);
    rc_plan_free(plan);
    rc_scenario_free(scenario);
    rc_faults_free(faults);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tally");
    TCase *tcase = tcase_create("tally");
    tcase_add_loop_test(tcase, what_is_no_number_is_refused_by_its_name, 0,
                        sizeof wrong / sizeof *wrong);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
