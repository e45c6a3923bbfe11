/* What the answer says about a search: of results whose numbers are known beforehand. */
#include "forecast.h"
#include "suite.h"
#include <math.h>
#include <roadcast/report.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLAN(experiments)                                                              \
    "format = 1; calendar = { start = \"2026-02-02\"; };"                              \
    "goals = { target = { metric = \"recall\"; at_least = \"75 %\"; }; };"             \
    "experiments = { metric = \"recall\"; baseline = \"70 %\"; ceiling = \"90 %\";"    \
    " try_takes = \"2 days\"; seed_sd = \"0 points\"; " experiments " };"              \
    "tasks = ({ id = \"search\"; plan = \"experiments\"; });"
#define NEVER(id)                                                                      \
    "{ id = \"" id "\"; works = \"0 %\"; gain = \"1 points\"; tries = 25; }"

static const struct {
    const char *text, *line;
} known[] = {
    /* over in two days */
    {PLAN("works = \"100 %\"; gain = \"8 points\";"),
     "   Search         the first try works in >99.9 %; 1 week brings the aim in >99.9 "
     "%\n"},
    /* never: 100 days of it */
    {PLAN("levers = (" NEVER("a") "," NEVER("b") ");"),
     "   Search         the first try works in <0.1 %; 4 weeks bring the aim in <0.1 "
     "%; "
     "after 4 weeks\n                  without it, 4 more do in <0.1 %\n"},
    {PLAN(
         "levers = ( { id = \"a\"; name = \"Better features\"; works = \"100 %\"; gain "
         "= \"8 points\"; tries = 1; }," NEVER(
             "b") "); approaches = ( { id = \"gbm\"; }, "
                  "{ id = \"deep\"; name = \"Deep network\"; baseline = \"74 %\"; } ); "
                  "tries_each "
                  "= 1; approach = \"deep\";"),
     "   Search         the first try works in >99.9 %; 1 week brings the aim in >99.9 "
     "%; "
     "ends with Deep\n                  network in >99.9 %; largest gain: Better "
     "features "
     "in >99.9 %\n"},
};

static char *answer(const rc_result *r)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    rc_error err;
    const rc_terminal_options plain = {.seconds = NAN};
    ck_assert_int_eq(rc_print_terminal(r, &plain, out, &err), RC_OK);
    fclose(out);
    return text;
}

static void has(const rc_result *r, const char *line)
{
    char *text = answer(r);
    ck_assert_msg(strstr(text, line) != NULL, "no '%s' in\n%s", line, text);
    free(text);
}

START_TEST(a_line_says_what_the_next_tries_and_weeks_bring)
{
    rc_result *r = forecast(known[_i].text, &(forecast_options){.futures = 4096});
    has(r, known[_i].line);
    rc_result_free(r);
}
END_TEST

START_TEST(a_plan_without_a_search_has_no_line)
{
    rc_result *r =
        forecast("format = 1; calendar = { start = \"2026-02-02\"; }; tasks = "
                 "({ id = \"a\"; duration = \"3 days\"; });",
                 &(forecast_options){.futures = 64});
    char *text = answer(r);
    ck_assert(strstr(text, "Search") == NULL);
    free(text);
    rc_result_free(r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terminal_search");
    TCase *t = tcase_create("terminal_search");
    tcase_add_loop_test(t, a_line_says_what_the_next_tries_and_weeks_bring, 0,
                        sizeof known / sizeof *known);
    tcase_add_test(t, a_plan_without_a_search_has_no_line);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
