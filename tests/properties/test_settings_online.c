/* Settings of a test on users that exclude those of scenarios/fraud_v2.cfg: each moves what
 * it is about, under the same luck. */
#include "forecast.h"
#include "suite.h"
#include <stdio.h>
#include <string.h>

#define PLAN(test)                                                                     \
    "format = 1; calendar = { start = \"2026-02-02\"; };"                              \
    "goals = { target = { metric = \"recall\"; at_least = \"75 %\"; }; };"             \
    "experiments = { metric = \"recall\"; baseline = \"70 %\"; ceiling = \"80 %\";"    \
    " try_takes = \"2 days\"; works = \"60 %\"; gain = \"1 to 3 points\"; tries = 4; " \
    "};"                                                                               \
    "online_test = { traffic = \"60k /day\"; smallest_effect = \"4 %\"; " test " };"   \
    "production = { transfer = \"80 to 90 %\"; };"                                     \
    "gates = ({ id = \"go\"; needs = [\"online_test\"];"                               \
    " on_fail = { back_to = \"search\"; at_most = 2; }; });"                           \
    "tasks = ({ id = \"search\"; plan = \"experiments\"; },"                           \
    "{ id = \"test\"; plan = \"online_test\"; after = [\"search\"]; gate = \"go\"; "   \
    "});"

static const char by_points[] =
    PLAN("base_rate = \"4 %\"; effect = { per_point = \"0.4 to 0.8 %\"; };");
static const char of_money[] = PLAN(
    "sd_over_mean = \"5\"; effect = { middle = \"1 %\"; scale = \"1 to 2 %\"; tails = "
    "\"3\"; };");
static const char unsaid[] = PLAN("base_rate = \"4 %\";");

typedef struct row {
    const char *text, *set, *output;
    char way;
} row;

static const row rows[] = {
    {by_points, "online_test.effect.per_point=1 to 2 %", "true_effect", '+'},
    {by_points, "online_test.effect.per_point=1 to 2 %", "p_ship", '+'},
    {by_points, "experiments.baseline=72 %", "true_effect", '-'},
    {by_points, "production.transfer=10 to 20 %", "true_effect", '-'},
    {by_points, "online_test.effect.each_round=2 to 4 %", "true_effect", '+'},
    {of_money, "online_test.sd_over_mean=9", "days", '+'},
    {of_money, "online_test.effect.scale=4 to 5 %", "shipped_effect", '+'},
    {of_money, "production.transfer=10 to 20 %", "true_effect", '='},
    {unsaid, "online_test.smallest_effect=8 %", "p_ship", '+'}, /* and its scale */
};

static double mean(const char *text, const char *set, const char *output)
{
    const char *const list[] = {set, NULL};
    rc_result *r = forecast(
        text,
        &(forecast_options){.futures = 4096, .seed = 7, .set = set ? list : NULL});
    char path[64];
    snprintf(path, sizeof path, "online_test[online_test].%s", output);
    const rc_output_result *o = rc_result_output(r, path);
    ck_assert_msg(o != NULL, "no output %s", path);
    const double found = o->share ? o->share[0].p : o->spread[0].mean;
    rc_result_free(r);
    return found;
}

START_TEST(settings_move_what_they_are_about)
{
    const row *w = &rows[_i];
    const double x = mean(w->text, NULL, w->output),
                 y = mean(w->text, w->set, w->output);
    const bool right = w->way == '+' ? y > x : w->way == '-' ? y < x : y == x;
    ck_assert_msg(right, "%s: %s was %.8g, is %.8g, expected %c", w->set, w->output, x,
                  y, w->way);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("settings_online");
    TCase *tcase = tcase_create("settings_online");
    tcase_add_loop_test(tcase, settings_move_what_they_are_about, 0,
                        sizeof rows / sizeof *rows);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
