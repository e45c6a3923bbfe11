#include "fixture.h"
#include "base/text.h"
#include "report/verdict.h"
#include <roadcast/report.h>
#include "suite.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The answer as one string; yours to free. */
static char *answer(const rc_result *r, rc_terminal_options options)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    rc_error err;
    ck_assert_ptr_nonnull(out);
    ck_assert_int_eq(rc_print_terminal(r, &options, out, &err), RC_OK);
    fclose(out);
    return text;
}

static char *answer_of(fixture_kind kind, rc_terminal_options options)
{
    rc_result *r = fixture_new(kind);
    char *text = answer(r, options);
    fixture_free(r);
    return text;
}

static const rc_terminal_options plain = {.seconds = NAN};

static bool holds(const char *text, const char *part)
{
    bool found = strstr(text, part) != NULL;
    if (!found)
        fprintf(stderr, "\"%s\" is not in:\n%s\n", part, text);
    return found;
}

START_TEST(the_verdict_comes_first_and_the_promise_next)
{
    static const char *const lines[] = {
        ("   49 %   chance of all three: launched by 31 Jul 2026, within 220 "
         "k\xe2\x82\xac, recall truly 82 %\n"),
        "          Promise ",
        ": launched with 82 % in 80 % of futures.\n",
        "   57 %   launched by 31 Jul",
        "   83 %   truly at 82 % at launch",
        "   Launch ",
        "   Cost ",
        "   Recall ",
        "   After launch ",
        "   What moves the launch date",
        "What would help",
        "Assumed by roadcast: ",
        "Refine first: ",
        "Wrote out/x/: result.json.\n"};
    rc_terminal_options options = plain;
    options.wrote = "Wrote out/x/: result.json.";
    char *text = answer_of(FIXTURE_FRAUD_V2, options);
    const char *at = text;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        ck_assert(holds(at, lines[i]));
        at = strstr(at, lines[i]);
    }
    free(text);
}
END_TEST

START_TEST(no_line_is_wider_than_the_screen)
{
    static const uint32_t widths[] = {40, 60, 80, 100, 120};
    for (int kind = 0; kind < FIXTURE_KINDS; kind++)
        for (size_t i = 0; i < 5; i++) {
            rc_terminal_options options = plain;
            options.columns = widths[i];
            options.ascii = i == 3;
            char *text = answer_of((fixture_kind)kind, options);
            for (const char *line = text; *line;) {
                size_t n = strcspn(line, "\n");
                ck_assert_msg(rc_utf8_columns(line, n) <= widths[i], "%u: %.*s",
                              widths[i], (int)n, line);
                ck_assert_msg(n == 0 || line[n - 1] != ' ', "blank at the end: %.*s|",
                              (int)n, line);
                line += n + (line[n] == '\n');
            }
            free(text);
        }
}
END_TEST

START_TEST(ascii_is_ascii)
{
    for (int kind = 0; kind < FIXTURE_KINDS; kind++) {
        rc_terminal_options options = plain;
        options.ascii = true;
        char *text = answer_of((fixture_kind)kind, options);
        for (const char *c = text; *c; c++)
            ck_assert_msg(*c == '\n' || (*c >= ' ' && *c < 127), "byte %d",
                          (unsigned char)*c);
        if (kind == FIXTURE_FRAUD_V2)
            ck_assert(holds(text, "220 k EUR"));
        free(text);
    }
}
END_TEST

START_TEST(only_what_is_given_is_shown)
{
    char *text = answer_of(FIXTURE_NO_GOALS, plain);
    ck_assert_ptr_null(strstr(text, "chance of all"));
    ck_assert_ptr_null(strstr(text, "Promise"));
    ck_assert_ptr_null(strstr(text, "truly"));
    ck_assert(holds(text, "   Launch "));
    ck_assert(holds(text, "   Cost "));
    ck_assert(holds(text, "   Recall "));
    free(text);
    text = answer_of(FIXTURE_NO_OUTPUTS, plain);
    ck_assert(holds(text, "chance of both: launched by 31 Jul 2026, within 220 k"));
    ck_assert_ptr_null(strstr(text, "After launch"));
    ck_assert_ptr_null(strstr(text, "truly"));
    free(text);
}
END_TEST

START_TEST(what_never_happens_is_called_never)
{
    char *text = answer_of(FIXTURE_NOTHING_LAUNCHED, plain);
    ck_assert(holds(text, "never      never      never      never"));
    ck_assert(holds(text, "No date is 80 % sure: "));
    ck_assert(holds(text, "of 20 000 (below 0.02 %) launched at all"));
    ck_assert(holds(text, "nothing launched"));
    ck_assert_ptr_null(strstr(text, " 0 %"));
    ck_assert_ptr_null(strstr(text, "100 %"));
    ck_assert_ptr_null(strstr(text, "nan"));
    free(text);
}
END_TEST

START_TEST(a_sample_is_never_sure)
{
    for (int kind = 0; kind < FIXTURE_KINDS; kind++) {
        char *text = answer_of((fixture_kind)kind, plain);
        ck_assert_ptr_null(strstr(text, " 100 %"));
        ck_assert_ptr_null(strstr(text, " 0 %"));
        ck_assert_ptr_null(strstr(text, "inf"));
        free(text);
    }
}
END_TEST

START_TEST(few_futures_support_no_certainty)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    rc_what_if_result what_if = r->what_if[0];
    r->verdict.promise_days = INFINITY;
    r->verdict.target = (rc_share){0, 0, 0.0383}; /* none of 100 */
    what_if.verdict.all = (rc_share){1, 0.9617, 1};
    r->what_if = &what_if;
    r->what_if_n = 1;
    char *text = answer(r, plain);
    ck_assert(
        holds(text, "No date is 80 % sure: >96 % of futures never launch with 82 %."));
    ck_assert(holds(text, "49 \xe2\x86\x92 >96 %"));
    free(text);
    fixture_free(r);
}
END_TEST

START_TEST(hostile_names_reach_no_terminal)
{
    rc_result *r = fixture_hostile("\033]0;owned\007\033[2J\r\xe2\x80\xae\xff tail");
    char *text = answer(r, plain);
    for (const char *c = text; *c; c++)
        ck_assert(*c == '\n' || ((unsigned char)*c >= ' ' && *c != 127));
    ck_assert_ptr_null(strstr(text, "\xe2\x80\xae"));
    free(text);
    fixture_free(r);
}
END_TEST

START_TEST(colour_only_adds)
{
    rc_terminal_options options = plain;
    options.colour = true;
    char *with = answer_of(FIXTURE_FRAUD_V2, options),
         *without = answer_of(FIXTURE_FRAUD_V2, plain);
    ck_assert_ptr_null(strstr(without, "\033"));
    ck_assert_ptr_nonnull(strstr(with, "\033[1m"));
    char *to = with;
    for (const char *c = with; *c;)
        if (*c == '\033')
            c += strcspn(c, "m") + 1;
        else
            *to++ = *c++;
    *to = 0;
    ck_assert_str_eq(with, without);
    free(with);
    free(without);
}
END_TEST

START_TEST(few_futures_say_how_little_they_know)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    r->futures = 200;
    r->verdict.all.low = 0.42;
    r->verdict.all.high = 0.56;
    char *text = answer(r, plain);
    ck_assert(
        holds(text, "Percentages of 200 futures are known to \xc2\xb1 7 points."));
    free(text);
    fixture_free(r);
}
END_TEST

START_TEST(a_future_that_is_good_but_stopped_is_named)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    r->verdict.target.p = 0.83;
    r->verdict.not_found.p = 0.1;
    r->verdict.not_possible.p = 0.03;
    char *text = answer(r, plain);
    ck_assert(holds(text, "10 % not found in time; 3 % not possible; 4 % good but"));
    free(text);
    r->verdict.not_found.p = 0.138;
    text = answer(r, plain);
    ck_assert_ptr_null(strstr(text, "good but"));
    free(text);
    fixture_free(r);
}
END_TEST

START_TEST(too_few_futures_promise_nothing_and_blame_nothing)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    r->futures = 19;
    r->finish_launched.n = 17;
    char *text = answer(r, plain);
    ck_assert(holds(text, "19 futures are too few for a promise"));
    ck_assert(holds(text, "What moves the launch date takes more futures: 17 of them"));
    ck_assert_ptr_null(strstr(text, "Promise "));
    ck_assert_ptr_null(strstr(text, "Refine first"));
    ck_assert_ptr_null(strstr(text, "Team productivity"));
    free(text);
    r->futures = r->finish_launched.n = 1;
    text = answer(r, plain);
    ck_assert(holds(text, " 1 future \xc2\xb7 "));
    ck_assert_ptr_null(strstr(text, "1 futures"));
    free(text);
    fixture_free(r);
}
END_TEST

START_TEST(a_gain_is_what_its_two_chances_differ_by)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    rc_what_if_result what_if = r->what_if[0];
    r->what_if = &what_if;
    r->what_if_n = 1;
    r->verdict.all = (rc_share){0.9366, 0.93, 0.94};
    what_if.verdict.all = (rc_share){0.9624, 0.96, 0.97};
    what_if.gain = 0.0258;
    char *text = answer(r, plain);
    ck_assert(holds(text, "93.7 \xe2\x86\x92 96.2 %  (+2.5 "));
    free(text);
    what_if.verdict.all.p = 0.9766;
    what_if.gain = 0.04;
    text = answer(r, plain);
    ck_assert(holds(text, "94 \xe2\x86\x92 98 %  (+4 "));
    free(text);
    fixture_free(r);
}
END_TEST

START_TEST(verbose_lists_every_assumption)
{
    static const char *const many[] = {
        "a first sentence of a model, long enough to fill most of a line of text",
        "a second sentence of a model, long enough to fill most of a line as well",
        "labelling.classes is 2", "experiments.metric is accuracy"};
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    r->assumed = many;
    r->assumed_n = 4;
    rc_terminal_options options = plain;
    options.columns = 80;
    char *text = answer(r, options);
    ck_assert(holds(text, "more (-v lists them)."));
    free(text);
    options.verbose = true;
    text = answer(r, options);
    for (int i = 0; i < 4; i++)
        ck_assert(holds(text, many[i]));
    ck_assert_ptr_null(strstr(text, "more (-v"));
    free(text);
    fixture_free(r);
}
END_TEST

START_TEST(details_stand_where_they_are_asked_for)
{
    static const char cost[] =
        "(+6 \xc2\xb1 0.5); cost until the launch +1.5 k\xe2\x82\xac \xc2\xb1 100";
    rc_terminal_options options = plain;
    options.columns = 90; /* drivers and what-ifs one below the other */
    char *text = answer_of(FIXTURE_FRAUD_V2, options);
    ck_assert(holds(text, "Ceiling of the learning curve"));
    ck_assert_ptr_null(strstr(text, "Data vendor changes its API"));
    ck_assert_ptr_null(strstr(text, cost));
    free(text);
    options.verbose = true;
    text = answer_of(FIXTURE_FRAUD_V2, options);
    ck_assert(holds(text, "Data vendor changes its API"));
    ck_assert(holds(text, cost));
    free(text);
}
END_TEST

START_TEST(a_search_says_what_the_next_weeks_bring_and_what_gains_most)
{
    char *text = answer_of(FIXTURE_FRAUD_V2, plain);
    const char line[] =
        "   Search         the first try works in 62 %; 4 weeks bring the aim in 79 %; "
        "after 4 weeks without\n                  it, 4 more do in 31 %; largest gain: "
        "Graph features in 52 %, none in 9 %\n";
    ck_assert_msg(strstr(text, line) != NULL, "%s", text);
    free(text);
}
END_TEST

/* 4000 launches of 20 days: a tenth is known to 1 day, two of them to sqrt 2. */
START_TEST(what_moves_the_date_less_than_chance_does_is_no_driver)
{
    const rc_driver drivers[] = {{.low_days = -4, .high_days = 4.5},
                                 {.low_days = -3, .high_days = 2.7},
                                 {.low_days = -3, .high_days = 2.6},
                                 {.low_days = -2, .high_days = 9}};
    rc_result r = {.drivers = drivers, .drivers_n = 4};
    r.futures = r.detail_futures = 8000;
    r.finish_launched.n = 4000;
    r.finish_launched.sd = 20;
    ck_assert_uint_eq(rc_drivers_seen(&r, 10), 2);
    ck_assert_uint_eq(rc_drivers_seen(&r, 1), 1);
    r.futures = 16000; /* drivers are of half the futures: less is known of them */
    ck_assert_uint_eq(rc_drivers_seen(&r, 10), 1);
    r.finish_launched.n = RC_DRIVER_FUTURES - 1;
    ck_assert_uint_eq(rc_drivers_seen(&r, 10), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terminal");
    TCase *c = tcase_create("the answer on a screen");
    tcase_add_test(c, the_verdict_comes_first_and_the_promise_next);
    tcase_add_test(c, what_moves_the_date_less_than_chance_does_is_no_driver);
    tcase_add_test(c, no_line_is_wider_than_the_screen);
    tcase_add_test(c, ascii_is_ascii);
    tcase_add_test(c, only_what_is_given_is_shown);
    tcase_add_test(c, what_never_happens_is_called_never);
    tcase_add_test(c, a_sample_is_never_sure);
    tcase_add_test(c, few_futures_support_no_certainty);
    tcase_add_test(c, hostile_names_reach_no_terminal);
    tcase_add_test(c, colour_only_adds);
    tcase_add_test(c, few_futures_say_how_little_they_know);
    tcase_add_test(c, a_future_that_is_good_but_stopped_is_named);
    tcase_add_test(c, too_few_futures_promise_nothing_and_blame_nothing);
    tcase_add_test(c, a_gain_is_what_its_two_chances_differ_by);
    tcase_add_test(c, verbose_lists_every_assumption);
    tcase_add_test(c, details_stand_where_they_are_asked_for);
    tcase_add_test(c, a_search_says_what_the_next_weeks_bring_and_what_gains_most);
    suite_add_tcase(suite, c);
    return suite_run(suite);
}
