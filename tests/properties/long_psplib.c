/* The 480 projects of 30 jobs of PSPLIB with uncertain durations, served in the order of
 * the latest finish of the expected ones: how far the mean makespan lies above the
 * critical path of expected durations, against an independent program. */
#include "psplib.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { FUTURES = 1000 };

static const struct {
    const char *name;
    psplib_law law;
    double above, room; /* percent */
} laws[] = {{"U(d - sqrt d, d + sqrt d)", PSPLIB_NARROW, 21.605, .15},
            {"U(0, 2d)", PSPLIB_WIDE, 30.921, .3},
            {"Exp(mean d)", PSPLIB_EXPONENTIAL, 46.509, .3}};

START_TEST(uncertain_projects_take_as_long_as_an_independent_program_says)
{
    psplib_project *projects = calloc(PSPLIB_PROJECTS, sizeof *projects);
    forecast_text text = {0};
    double sum = 0;
    if (!psplib_read(projects)) {
        free(projects);
        return;
    }
    for (int i = 0; i < PSPLIB_PROJECTS; i++) {
        psplib_tell(&text, &projects[i], laws[_i].law, projects[i].latest_finish);
        rc_result *r = forecast(
            text.at, &(forecast_options){.futures = FUTURES, .seed = 1 + (uint64_t)i});
        sum += 100 * (r->finish.mean / projects[i].critical_path - 1) / PSPLIB_PROJECTS;
        rc_result_free(r);
    }
    printf("%s: %.3f %% above the critical path (%.3f ± %.2f)\n", laws[_i].name, sum,
           laws[_i].above, laws[_i].room);
    ck_assert(fabs(sum - laws[_i].above) <= laws[_i].room);
    free(text.at);
    free(projects);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("psplib, uncertain");
    TCase *tcase = tcase_create("psplib, uncertain");
    tcase_set_timeout(tcase, 600);
    tcase_add_loop_test(
        tcase, uncertain_projects_take_as_long_as_an_independent_program_says, 0, 3);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
