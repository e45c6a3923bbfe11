/* What the answer says about users: numbers that are known beforehand. */
#include "forecast.h"
#include "suite.h"
#include <math.h>
#include <roadcast/report.h>
#include <stdio.h>
#include <string.h>

/* 14 days of 20 000; an effect that is far above what is needed, or nothing at all. */
#define TESTED(test, effect)                                                           \
    "online_test = { " test " traffic = \"20k /day\"; base_rate = \"50 %\";"           \
    " smallest_effect = \"90 %\"; effect = { " effect " }; };"
#define PLAN(more)                                                                     \
    "format = 1; calendar = { start = \"2026-02-02\"; };"                              \
    "goals = { target = { metric = \"recall\"; at_least = \"75 %\"; }; };"             \
    "metrics = ({ id = \"recall\"; value = \"80 %\"; });"                              \
    "tasks = ({ id = \"test\"; plan = \"online_test\"; },"                             \
    "{ id = \"audit\"; plan = \"fairness\"; after = [\"test\"]; });"                   \
    "fairness = { groups = ({ id = \"new\"; name = \"Newcomers\"; share = \"10 %\";"   \
    " gap = \"9 points\"; }); };" more

static const struct {
    const char *text, *line;
} known[] = {
    {PLAN(TESTED("", "middle = \"50 %\";")),
     "   Online test    14 days; >99.9 % ship: they show +50.0 %, truly +50.0 %\n"},
    {PLAN(TESTED("name = \"Pilot\"; waits = \"1 weeks\";", "middle = \"-50 %\";")),
     "   Pilot          14 days, 7 more of waiting; <0.1 % ship\n"},
    {PLAN(TESTED("", "middle = \"50 %\";")) "decisions = { volume = \"1.2M /month\";"
                                            " positives = \"0.4 %\"; };",
     "   Decisions      960 misses a month; Newcomers: 1.5x as often\n"},
    {PLAN(
         TESTED("", "middle = \"50 %\";")) "decisions = { volume = \"1.2M /month\";"
                                           " positives = \"0.4 %\"; false_alarms = \"1 "
                                           "%\"; miss_costs = \"100 EUR\";"
                                           " false_alarm_costs = \"4 EUR\"; };",
     "   Decisions      960 misses, 12 000 false alarms a month, 144 k\u20ac; "
     "Newcomers: "
     "1.5x as often\n"},
    {PLAN(
         TESTED("", "middle = \"50 %\";")) "decisions = { volume = \"1.2M /month\"; };",
     "   Decisions      240 000 wrong ones a month; Newcomers: 1.5x as often\n"},
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

START_TEST(a_line_says_what_a_test_shows_and_whose_decisions_go_wrong)
{
    rc_result *r = forecast(known[_i].text, &(forecast_options){.futures = 4096});
    char *text = answer(r);
    ck_assert_msg(strstr(text, known[_i].line), "\"%s\" is not in:\n%s", known[_i].line,
                  text);
    free(text);
    rc_result_free(r);
}
END_TEST

/* Of tests of nothing at all 2.5 % ship, and all of these have nothing. */
START_TEST(what_ships_for_nothing_is_said)
{
    rc_result *r = forecast(PLAN(TESTED("", "middle = \"0 %\";")),
                            &(forecast_options){.futures = 32768});
    char *text = answer(r);
    ck_assert_msg(strstr(text,
                         "2 % ship: they show +0.84 %, truly 0.00 %, none of them "
                         "better\n"),
                  "%s", text);
    free(text);
    rc_result_free(r);
}
END_TEST

/* Half of them gain nothing, and of these 2.5 % ship: 1.25 of 51.25. */
START_TEST(the_share_that_is_no_better_is_said)
{
    rc_result *r =
        forecast(PLAN(TESTED("", "middle = \"discrete(0: 50 %, 50: 50 %) %\";")),
                 &(forecast_options){.futures = 32768});
    char *text = answer(r);
    ck_assert_msg(strstr(text, "truly +50.0 %, 2 % of them no better\n"), "%s", text);
    free(text);
    rc_result_free(r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terminal_users");
    TCase *tcase = tcase_create("terminal_users");
    tcase_add_loop_test(tcase,
                        a_line_says_what_a_test_shows_and_whose_decisions_go_wrong, 0,
                        sizeof known / sizeof *known);
    tcase_add_test(tcase, what_ships_for_nothing_is_said);
    tcase_add_test(tcase, the_share_that_is_no_better_is_said);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
