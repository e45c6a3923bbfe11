/* Effort against a team that changes while the work runs: finish and cost by hand. */
#include "forecast.h"
#include "suite.h"
#include <math.h>

static const struct {
    const char *text;
    double finish, cost;
} plans[] = {
    /* half of 4 heads: a speed of 2 persons */
    {"people = 4; availability = \"50 %\"; }); tasks = ({ id = \"a\"; who = \"4 p\"; "
     "effort = \"20 person-days\"; });",
     10, 2000},
    /* the second comes on day 5 and is at full speed on day 15: the mean speed rises from
     * 1/2 to 1; 15 pair-days are 7.5 until then and 2.5 more */
    {"people = 1; joins = ({ id = \"j\"; on = \"2026-02-09\"; full_speed_after = \"10 "
     "days\"; }); }); tasks = ({ id = \"a\"; who = \"2 p\"; effort = \"20 "
     "person-days\"; "
     "});",
     17.5, 2000},
    /* who leaves finishes what runs: for good, and for a while */
    {"people = 1; leaves = ({ id = \"l\"; on = \"2026-02-09\"; }); }); tasks = ({ id = "
     "\"a\"; who = \"1 p\"; effort = \"10 person-days\"; });",
     10, 1000},
    {"people = 1; leaves = ({ id = \"l\"; on = \"2026-02-09\"; back_on = "
     "\"2026-02-16\"; "
     "}); }); tasks = ({ id = \"a\"; who = \"1 p\"; effort = \"10 person-days\"; });",
     10, 1000},
    {"people = 2; leaves = ({ id = \"l\"; on = \"2026-02-09\"; people = 2; }); }); "
     "tasks = "
     "({ id = \"a\"; who = \"2 p\"; effort = \"30 person-days\"; });",
     15, 3000},
};

START_TEST(effort_takes_what_the_people_there_can_do)
{
    char text[1000];
    snprintf(
        text, sizeof text,
        "format = 1; calendar = { start = \"2026-02-02\"; }; team = ({ id = \"p\"; "
        "cost = \"100 EUR/day\"; %s",
        plans[_i].text);
    rc_result *r = forecast(text, &(forecast_options){.futures = 10});
    ck_assert_double_eq_tol(forecast_finish(r)[0], plans[_i].finish, 1e-9);
    ck_assert_double_eq_tol(forecast_cost(r)[0], plans[_i].cost, 1e-6);
    rc_result_free(r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("team");
    TCase *tcase = tcase_create("team");
    tcase_add_loop_test(tcase, effort_takes_what_the_people_there_can_do, 0,
                        sizeof plans / sizeof *plans);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
