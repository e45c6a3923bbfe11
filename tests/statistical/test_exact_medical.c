/* Studies, gates with confidence, panels, sites and submissions whose answer is known
 * exactly, from their text to the result.
 *
 * A million futures, one seed; 65 536 where an output of a model is looked at. A mean
 * or a share may be off by what exact.h allows.
 *
 * Sources: sums and maxima of exponentials; a gamma-mixed Poisson process (negative
 * binomial); binomial sums; compound geometric sums. Numbers that are no closed form here
 * were summed in Python. */
#include "exact.h"
#include "forecast.h"
#include "suite.h"
#include <math.h>
#include <string.h>

enum { FUTURES = 1000000, DETAIL = 65536 };

#define HEAD "format = 1; calendar = { start = \"2026-02-02\"; };"
#define STUDY(more)                                                                    \
    HEAD "enrolment = { " more " };"                                                   \
         "tasks = ({ id = \"study\"; plan = \"enrolment\"; });"
#define SITE(rate, opens)                                                              \
    "{ id = \"site_" opens "\"; recruits = \"" rate " /day\"; opens = \"" opens        \
    " days\"; }"
#define REVIEW(more)                                                                   \
    HEAD "submission = { " more " };"                                                  \
         "tasks = ({ id = \"review\"; plan = \"submission\"; });"
#define METRICS                                                                        \
    "metrics = ({ id = \"sensitivity\"; value = \"90 %\"; },"                          \
    "           { id = \"specificity\"; value = \"80 %\"; },"                          \
    "           { id = \"miss\"; value = \"12 %\"; });"
/* A study of 100 positives and 80 negatives at one site, and a gate at its end. */
#define GATED(need, more)                                                              \
    HEAD METRICS                                                                       \
        "enrolment = { positives = 100; negatives = 80; prevalence = \"20 %\";"        \
        " of_positives = [ \"sensitivity\" ]; of_negatives = [ \"specificity\", "      \
        "\"miss\" ]; sites = (" SITE("100", "0") "); " more " };"                      \
                                                 "gates = ({ id = \"g\"; needs = [ "   \
                                                 "\"" need "\" ]; });"                 \
                                                 "tasks = ({ id = \"study\"; plan = "  \
                                                 "\"enrolment\"; gate = \"g\"; });"

/* ------------------------------------------------------------ how long it takes */

typedef struct known {
    const char *name, *text;
    exact_law law;
} known;

static const known waits[] = {
    /* exactly: enrolment */
    {.name = "five cases at half a case a day: Gamma(5, 2 days)",
     .text = STUDY("positives = 5; prevalence = \"25 %\"; drop_out = \"50 %\"; sites = "
                   "(" SITE("4", "0") ");"),
     .law.mean = 10,
     .law.variance = 20,
     .law.point =
         {{.1, 4.8651821}, {.5, 9.3418178}, {.8, 13.4419576}, {.9, 15.9871792}}},
    /* exactly: enrolment */
    {.name = "three cases at a rate that is itself gamma: negative binomial",
     .text = STUDY("positives = 3; prevalence = \"50 %\"; sites = ({ id = \"a\"; "
                   "recruits = \"gamma(4, 0.25) /day\"; });"),
     .law.mean = NAN,
     .law.variance = NAN,
     .law.point = {{.31961591220850494, 4}, {.65625, 8}, {.8998628257887518, 16}}},
    /* exactly: enrolment */
    {.name = "one of each kind: the longer of two exponentials of mean 2",
     .text =
         STUDY("positives = 1; negatives = 1; prevalence = \"50 %\"; sites = (" SITE(
             "1", "0") ");"),
     .law.mean = 3,
     .law.variance = 5,
     .law.point = {{.3995764009, 2}, {.7476450724, 4}}},
    /* exactly: enrolment */
    {.name = "a second site that opens after ten days",
     .text = STUDY("positives = 1; prevalence = \"50 %\"; sites = (" SITE(
         "0.1", "0") "," SITE("0.4", "10") ");"),
     .law.mean = NAN,
     .law.variance = NAN,
     /* 1 - exp(-.05 t - .2 (t - 10)+) */
     .law.point = {{.2591817793, 6}, {.3934693403, 10}, {.7768698399, 14}}},
    /* exactly: submission */
    {.name = "questions: 20 days, 10 more for each round of answers",
     .text = REVIEW("clock = \"20 days\"; asks = \"60 %\"; asks_again = \"25 %\"; "
                    "answers = \"10 days\";"),
     .law.mean = 28,
     .law.variance = 100 * (4 / 3. - .64),
     .law.point = {{.4, 21}, {.85, 31}, {.9625, 41}}},
    /* exactly: submission */
    {.name = "advice in time halves the chance of questions",
     .text = HEAD
     "submission = { clock = \"20 days\"; asks = \"60 %\"; answers = \"10 days\";"
     " pre_submission = { meeting = \"advice\"; fewer_questions = \"50 %\"; }; };"
     "tasks = ({ id = \"advice\"; duration = \"5 days\"; },"
     "{ id = \"review\"; plan = \"submission\"; after = [ \"advice\" ]; });",
     .law.mean = 28,
     .law.variance = 21,
     .law.point = {{.7, 26}}},
    /* exactly: submission */
    {.name = "answers of exponential length",
     .text = REVIEW("clock = \"8 days\"; asks = \"100 %\"; answers = \"exponential(10) "
                    "days\";"),
     .law.mean = 18,
     .law.variance = 100,
     .law.point = {{.5, 8 + 6.931471806}, {.9, 8 + 23.02585093}}},
};
enum { WAITS = sizeof waits / sizeof *waits };

START_TEST(a_wait_whose_law_is_known_has_it)
{
    const known *a = &waits[_i];
    rc_result *r =
        forecast(a->text, &(forecast_options){.futures = FUTURES, .seed = 11});
    exact_holds(exact_of_law(forecast_finish(r), FUTURES, &a->law), "%s", a->name);
    rc_result_free(r);
}
END_TEST

/* -------------------------------------------------------- what is counted and shown */

/* A mean (with its variance) or a chance (variance NAN) of an output. */
typedef struct figure {
    const char *name, *text, *path;
    double exact, variance;
} figure;

#define LOW "sensitivity >= 82 %, 95 % sure"
#define HIGH "miss < 20 %, 90 % sure"
#define PANEL "readers = { panel = 1; missed = \"10 %\"; false_alarms = \"2 %\"; };"
#define SITES                                                                          \
    "sites = { spread = \"2 points\"; after_launch = 10; needs = [ \"sensitivity >= "  \
    "89 %\" ]; };"

static const figure figures[] = {
    /* exactly: enrolment */
    {"negatives until the first positive are geometric",
     STUDY("positives = 1; prevalence = \"20 %\"; sites = (" SITE("4", "0") ");"),
     "enrolment[enrolment].negatives", 4, 20},
    /* exactly: enrolment */
    {"people enrolled until ten cases of one in twenty",
     STUDY("positives = 10; prevalence = \"10 %\"; drop_out = \"50 %\"; sites = (" SITE(
         "4", "0") ");"),
     "enrolment[enrolment].enrolled", 200, 10 * .95 / (.05 * .05)},
    /* exactly: enrolment */
    {"ten cases within ten days, of five expected",
     STUDY(
         "positives = 10; prevalence = \"50 %\"; give_up_after = \"10 days\"; sites = "
         "(" SITE("1", "0") ");"),
     "enrolment[enrolment].p_enough", .03182805730620475, NAN},
    /* exactly: enrolment */
    {"cases when it is given up: the lesser of ten and a Poisson of five",
     STUDY(
         "positives = 10; prevalence = \"50 %\"; give_up_after = \"10 days\"; sites = "
         "(" SITE("1", "0") ");"),
     "enrolment[enrolment].positives", 4.977812399452804, 4.729429421},
    /* 89 of 100: its lower end is .8279, that of 88 .8163 */
    /* exactly: gate */
    {"82 % shown with 95 % confidence at a truth of 90 %: P(K >= 89)", GATED(LOW, ""),
     "gates[g].p_first_pass", .7030331002887541, NAN},
    /* exactly: gate */
    {"what is truly there and not shown is a false no-go", GATED(LOW, ""),
     "gates[g].false_no_go", 1 - .7030331002887541, NAN},
    /* exactly: gate, enrolment */
    {"without confidence a panel that errs: P(K >= 80) at 84.2857 %",
     GATED("sensitivity >= 80 %", PANEL), "gates[g].p_first_pass", .9026112056311029,
     NAN},
    /* exactly: enrolment */
    {"what a panel shows of the sensitivity", GATED("sensitivity >= 80 %", PANEL),
     "enrolment[enrolment].metrics[sensitivity].shown_off", .8428571428571431 - .9, 0},
    /* exactly: enrolment */
    {"what a panel shows of the specificity", GATED("sensitivity >= 80 %", PANEL),
     "enrolment[enrolment].metrics[specificity].shown_off", .782587064676617 - .8, 0},
    /* exactly: sites, enrolment */
    {"a study at one site shows that site", SITES GATED("sensitivity >= 1 %", ""),
     "enrolment[enrolment].metrics[specificity].shown_off", 0, .02 * .02},
    /* exactly: sites */
    {"sites below: Binomial(10, Phi(-1/2))", SITES GATED("sensitivity >= 1 %", ""),
     "sites[sites].below", 3.085375387259869, 10 * .3085375387 * .6914624613},
    /* exactly: sites */
    {"no site below", SITES GATED("sensitivity >= 1 %", ""), "sites[sites].p_all_meet",
     .024985386803259735, NAN},
    /* exactly: submission */
    {"an answer of exponential length is late",
     REVIEW("clock = \"8 days\"; asks = \"100 %\"; answers = \"exponential(10) days\"; "
            "answers_within = \"20 days\";"),
     "submission[submission].p_withdrawn", .1353352832366127, NAN},
};
enum { FIGURES = sizeof figures / sizeof *figures };

START_TEST(a_figure_whose_value_is_known_has_it)
{
    const figure *f = &figures[_i];
    rc_result *r =
        forecast(f->text, &(forecast_options){.futures = DETAIL, .seed = 11});
    const rc_output_result *o = rc_result_output(r, f->path);
    ck_assert_msg(o != NULL, "no output %s", f->path);
    const double n = (double)r->detail_futures;
    if (isnan(f->variance)) {
        exact_holds(exact_share(o->share[0].p, f->exact, n), "%s", f->name);
    } else {
        exact_holds(exact_near(o->spread[0].mean, f->exact, sqrt(f->variance / n)),
                    "%s", f->name);
        ck_assert_msg(fabs(o->spread[0].sd - sqrt(f->variance)) <=
                          .03 * sqrt(f->variance) + 1e-12,
                      "%s: sd %.6f", f->name, o->spread[0].sd);
    }
    rc_result_free(r);
}
END_TEST

/* At most 11 of 80: the upper end of 11 is .1942, that of 12 .2082. One positive comes
 * before 80 negatives do in all but 2^-80 of futures. */
/* exactly: gate */
START_TEST(an_upper_end_is_asked_of_what_must_be_low)
{
    const char *const set[] = {"enrolment.positives=1", "enrolment.prevalence=50 %",
                               NULL};
    rc_result *r =
        forecast(GATED(HIGH, ""),
                 &(forecast_options){.futures = DETAIL, .seed = 11, .set = set});
    const rc_output_result *o = rc_result_output(r, "gates[g].p_first_pass");
    exact_holds(
        exact_share(o->share[0].p, .7513644151208253, (double)r->detail_futures),
        "below");
    rc_result_free(r);
}
END_TEST

/* What is withdrawn is stopped, and by the submission. */
/* exactly: submission */
START_TEST(a_withdrawn_submission_stops_the_plan)
{
    rc_result *r = forecast(
        REVIEW(
            "clock = \"8 days\"; asks = \"100 %\"; answers = \"exponential(10) days\"; "
            "answers_within = \"20 days\"; name = \"the review\";"),
        &(forecast_options){.futures = DETAIL, .seed = 11});
    exact_holds(exact_share(r->verdict.stopped.p, .1353352832366127, DETAIL),
                "stopped");
    ck_assert_uint_eq(r->verdict.stops_n, 1);
    ck_assert_str_eq(r->verdict.stops[0].name, "the review");
    rc_result_free(r);
}
END_TEST

/* 4 calendar days from a Friday end on Monday evening, with or without a question. */
/* exactly: submission */
START_TEST(the_clock_runs_on_weekends_and_stands_for_answers)
{
    static const char *const text[] = {
        "format = 1; calendar = { start = \"2024-03-01\"; };"
        "submission = { clock = \"4 calendar days\"; };"
        "tasks = ({ id = \"review\"; plan = \"submission\"; });",
        /* asked on Sunday, so on Monday: one day is left, after two days of answers */
        "format = 1; calendar = { start = \"2024-03-01\"; };"
        "submission = { clock = \"4 calendar days\"; asks = \"100 %\"; answers = \"2 "
        "calendar days\"; };"
        "tasks = ({ id = \"review\"; plan = \"submission\"; });"};
    static const double finish[] = {2, 4};
    static const double days[] = {4, 6};
    rc_result *r = forecast(text[_i], &(forecast_options){.futures = 100});
    ck_assert_double_eq(r->finish.p[0], finish[_i]);
    ck_assert_double_eq(
        rc_result_output(r, "submission[submission].days")->spread[0].mean, days[_i]);
    ck_assert_double_eq(
        rc_result_output(r, "submission[submission].clock_days")->spread[0].mean, 4);
    rc_result_free(r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exact medical");
    TCase *t = tcase_create("exact medical");
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, a_wait_whose_law_is_known_has_it, 0, WAITS);
    tcase_add_loop_test(t, a_figure_whose_value_is_known_has_it, 0, FIGURES);
    tcase_add_test(t, an_upper_end_is_asked_of_what_must_be_low);
    tcase_add_test(t, a_withdrawn_submission_stops_the_plan);
    tcase_add_loop_test(t, the_clock_runs_on_weekends_and_stands_for_answers, 0, 2);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
