/* Parallel schedule generation on the 480 projects of 30 jobs of PSPLIB, by three rules of
 * priority, against an independent program: each makespan, and their sums. */
#include "psplib.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char reference[] = "../shared/data/psplib/sgs_ref_j30.csv";

/* Makespan of the reference, NULL-terminated rules as in its file. */
static int makespan(const char *name, const char *rule)
{
    char line[128], start[48];
    int serial, parallel, found = -1;
    FILE *in = fopen(reference, "r");
    ck_assert_msg(in != NULL, "no %s", reference);
    snprintf(start, sizeof start, "%s,", name);
    while (found < 0 && fgets(line, sizeof line, in)) {
        const char *at =
            strncmp(line, start, strlen(start)) == 0 ? strstr(line, rule) : NULL;
        if (at && sscanf(at + strlen(rule), ",%d,%d", &serial, &parallel) == 2)
            found = parallel;
    }
    fclose(in);
    return found;
}

static const struct {
    const char *rule;
    int sum;
} rules[] = {{"LFT", 29688}, {"LST", 29757}, {"MTS", 29865}};

START_TEST(makespans_are_those_of_an_independent_program)
{
    psplib_project *projects = calloc(PSPLIB_PROJECTS, sizeof *projects);
    forecast_text text = {0};
    int sum = 0;
    if (!psplib_read(projects)) {
        free(projects);
        return;
    }
    for (int i = 0; i < PSPLIB_PROJECTS; i++) {
        const psplib_project *p = &projects[i];
        int urgency[PSPLIB_JOBS + 1];
        for (int j = 1; j <= PSPLIB_JOBS; j++)
            urgency[j] = _i == 1 ? p->latest_start[j] : -p->successors[j];
        /* latest finish is what the engine does of itself */
        psplib_tell(&text, p, PSPLIB_EXACT, _i == 0 ? NULL : urgency);
        rc_result *r = forecast(text.at, &(forecast_options){.futures = 1});
        const double finish = forecast_finish(r)[0];
        ck_assert_msg(finish == makespan(p->name, rules[_i].rule),
                      "%s by %s: %g, not %d\n%s", p->name, rules[_i].rule, finish,
                      makespan(p->name, rules[_i].rule), text.at);
        ck_assert(finish >= p->critical_path);
        sum += (int)finish;
        rc_result_free(r);
    }
    ck_assert_int_eq(sum, rules[_i].sum);
    free(text.at);
    free(projects);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("psplib");
    TCase *tcase = tcase_create("psplib");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, makespans_are_those_of_an_independent_program, 0, 3);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
