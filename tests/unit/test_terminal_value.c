/* What the answer says of value and of the hypothesis, from the text of a scenario. */
#include "forecast.h"
#include "suite.h"
#include "report/terminal.h"
#include <roadcast/report.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLAN(groups)                                                                   \
    "format = 1; calendar = { start = \"2026-02-02\"; }; goals = { deadline = "        \
    "\"2026-12-31\"; " groups "tasks = ( { id = \"build\"; duration = \"20 days\"; "   \
    "cost = \"60k EUR\"; milestone = \"launch\"; } );"
#define CLICKS "target = { metric = \"clicks\"; at_least = \"80 %\"; }; "
#define METRIC "metrics = ( { id = \"clicks\"; value = \"uniform(70, 90) %\"; } ); "

static char *answer(const char *text)
{
    rc_result *r = forecast(text, &(forecast_options){.futures = 2000, .seed = 7});
    char *out = NULL;
    size_t n = 0;
    FILE *stream = open_memstream(&out, &n);
    rc_error err = {0};
    const rc_terminal_options plain = {.seconds = NAN};
    ck_assert_int_eq(rc_print_terminal(r, &plain, stream, &err), RC_OK);
    fclose(stream);
    rc_result_free(r);
    return out;
}

static bool holds(const char *text, const char *part)
{
    bool found = strstr(text, part) != NULL;
    if (!found)
        fprintf(stderr, "\"%s\" is not in:\n%s\n", part, text);
    return found;
}

START_TEST(that_a_plan_does_not_pay_is_said_before_everything_else)
{
    char *text = answer(PLAN("};") "value = { per_month = \"1k EUR/month\"; };");
    ck_assert(holds(text, "Better not to start: this plan loses 24.9 k\xe2\x82\xac on "
                          "average, and pays in 0 of 2000"));
    ck_assert(strstr(text, "Better not") < strstr(text, "launched by 31 Dec"));
    ck_assert(holds(text, "24.9 k\xe2\x82\xac lost, all costs paid, in 36 months"));
    free(text);
}
END_TEST

START_TEST(against_todays_model_it_is_that_which_is_kept)
{
    char *text = answer(PLAN(CLICKS "};") METRIC
                        "value = { per_month = \"100k EUR/month\"; nothing_at = \"60 "
                        "%\"; today = \"86 %\"; };");
    ck_assert(holds(text, "Better to keep today's model: this plan brings "));
    ck_assert(holds(text, " less than today's model in 36 months (P10 "));
    free(text);
}
END_TEST

START_TEST(todays_model_is_told_from_the_one_that_a_search_starts_from)
{
#define SEARCH(today)                                                                  \
    "format = 1; calendar = { start = \"2026-02-02\"; }; goals = { " CLICKS "};"       \
    "experiments = { baseline = \"70 to 74 %\"; works = \"50 %\"; tries = 3; };"       \
    "value = { per_month = \"100k EUR/month\"; today = \"" today "\"; };"              \
    "tasks = ( { id = \"build\"; plan = \"experiments\"; } );"
    char *text = answer(SEARCH("60 %"));
    ck_assert(
        holds(text, " than today's model (60 %; the search starts from one of\n"));
    ck_assert(holds(text, "   72.0 %) in 36 months"));
    free(text);
    text = answer(SEARCH("71 %"));
    ck_assert(holds(text, " than today's model in 36 months"));
    ck_assert_ptr_null(strstr(text, "search starts"));
    free(text);
}
END_TEST

START_TEST(a_plan_that_pays_is_given_no_advice_but_its_figures)
{
    char *text = answer(PLAN("};") "value = { per_month = \"100k EUR/month\"; };");
    ck_assert_ptr_null(strstr(text, "Better"));
    /* 100k a month from the 27th day on, less 60k */
    ck_assert(holds(text, "3.45 M\xe2\x82\xac earned, all costs paid, in 36 months"));
    ck_assert(holds(text, "A week later costs 23 k\xe2\x82\xac."));
    ck_assert_ptr_null(strstr(text, "Least served"));
    ck_assert_ptr_null(strstr(text, "Worth knowing"));
    free(text);
}
END_TEST

START_TEST(what_lies_within_the_noise_is_no_advice_and_has_its_error)
{
    /* 0 on average: 34.6 months of 0 to 3 468 euros a month, against 60k */
    char *text =
        answer(PLAN("};") "value = { per_month = \"uniform(0, 3427) EUR/month\"; };");
    ck_assert_ptr_null(strstr(text, "Better"));
    ck_assert(holds(text, " (\xc2\xb1 "));
    ck_assert(holds(text, "Worth knowing before deciding: Value per month ("));
    free(text);
}
END_TEST

START_TEST(who_is_served_least_is_named)
{
    char *text = answer(PLAN(CLICKS "};") METRIC
                        "value = { per_month = \"100k EUR/month\"; segments = ( { id = "
                        "\"shops\"; name = \"Shops\"; share = \"30 %\"; needs = "
                        "\"clicks >= 85 %\"; } ); };");
    ck_assert(holds(text, "Least served: Shops, at some time in 2"));
    free(text);
}
END_TEST

START_TEST(the_hypothesis_and_its_measure_stand_in_one_sentence)
{
    char *text = answer(
        PLAN(CLICKS "supports = { measure = \"Returns\"; today = \"200k EUR/month\"; "
                    "per_point = \"-2 %\"; at_most = \"180k EUR/month\"; by = "
                    "\"2026-06-30\"; }; };") METRIC);
    ck_assert(holds(text, "Hypothesis     holds in 2"));
    ck_assert(holds(text, "Returns by 30 Jun 2026: "));
    ck_assert(holds(text, " k\xe2\x82\xac/month in the middle,"));
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value on a screen");
    TCase *tcase = tcase_create("value on a screen");
    tcase_add_test(tcase, that_a_plan_does_not_pay_is_said_before_everything_else);
    tcase_add_test(tcase, against_todays_model_it_is_that_which_is_kept);
    tcase_add_test(tcase, todays_model_is_told_from_the_one_that_a_search_starts_from);
    tcase_add_test(tcase, a_plan_that_pays_is_given_no_advice_but_its_figures);
    tcase_add_test(tcase, what_lies_within_the_noise_is_no_advice_and_has_its_error);
    tcase_add_test(tcase, who_is_served_least_is_named);
    tcase_add_test(tcase, the_hypothesis_and_its_measure_stand_in_one_sentence);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
