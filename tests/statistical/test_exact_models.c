/* One scenario after the other whose answer is known in closed form, for every model: from
 * its text to the result.
 *
 * 32 768 futures, one seed: as many as outputs of models are kept of. A mean, a spread or a
 * share may be off by what exact.h allows. */
#include "effects.h"
#include "exact.h"
#include "forecast.h"
#include "suite.h"
#include <math.h>

enum { FUTURES = 32768 };

#define HEAD "format = 1; calendar = { start = \"2026-02-02\"; };"
#define TASK(id, rest) "{ id = \"" id "\"; " rest " }"
#define TASKS(list) "tasks = (" list ");"

typedef struct figure {
    const char *path;
    double exact;
} figure;

typedef struct known {
    const char *name, *text;
    figure figure[6];
} known;

/* ------------------------------------------------------------------- raters */

#define JUDGED(more)                                                                   \
    HEAD "metrics = ({ id = \"helpful\"; value = \"80 %\"; });"                        \
         "evals = { metric = \"helpful\"; items = 400; judge_agrees = \"90 %\"; " more \
         " }; gates = ({ id = \"g\"; needs = [\"helpful >= 1 %\"]; });" TASKS(         \
             TASK("a", "duration = \"1 days\"; gate = \"g\";"))
#define JUDGE "evals[evals].judge"
#define LUCK "evals[evals].luck"

/* ----------------------------------------------------------------- red team */

/* Poisson(4) blocking problems, Poisson(6) others. */
#define RED(more)                                                                      \
    HEAD "safety = { findings = \"10\"; blocks = \"40 %\"; round_takes = \"1 days\"; " \
         "fix_takes = \"0 days\"; round_costs = \"1k EUR\"; " more                     \
         " };" TASKS(TASK("red", "plan = \"safety\";"))
#define SAFETY(what) "safety[safety]." what

/* ------------------------------------------------- what is in service, and its price */

/* In service for a year from the end of month 26/30.4375; 2M requests of 1 000 tokens at
 * 2.50 for a million: 5 000 a month. */
#define SERVED(more)                                                                   \
    HEAD "goals = { target = { metric = \"solved\"; at_least = \"70 %\"; }; };"        \
         "metrics = ({ id = \"solved\"; value = \"80 %\"; });"                         \
         "production = { watch_for = \"12 months\"; drift = { loss = \"0 "             \
         "points/month\"; }; };" more                                                  \
         TASKS(TASK("ship", "duration = \"20 days\"; milestone = \"launch\";"))
#define SERVING(more) "serving = { requests = \"2M /month\"; " more " };"
#define PLAIN_PRICE "tokens = \"1000\"; price = \"2.50 EUR\";"
/* A version every two months: forced in 4 of 10 cases, else adopted where it is better, as
 * half of them are. */
#define VERSIONS                                                                       \
    "provider = { every = \"2 months\"; forced = \"40 %\"; shifts = \"discrete(-2: "   \
    "50 %, 3: 50 %) points\"; price = \"-10 %\"; retest = { costs = \"1k EUR\"; }; };"

/* ---------------------------------------------------------- a product that is locked */

#define LOCKED(drift)                                                                  \
    HEAD "goals = { target = { metric = \"recall\"; at_least = \"72 %\"; }; };"        \
         "metrics = ({ id = \"recall\"; value = \"80 %\"; });"                         \
         "production = { locked = true; " drift                                        \
         "retrain = { every = \"1 months\"; recovers = \"99 %\"; cost = \"1k EUR\"; "  \
         "}; };" TASKS(TASK("ship", "duration = \"1 weeks\";"))

/* --------------------------------------------------------------------- compliance */

/* 10k for the papers, paid once though they come back once, then 100k of work. */
#define COMPLIANCE(chance)                                                             \
    HEAD                                                                               \
        "gates = ({ id = \"law\"; chance_to_pass = \"" chance                          \
        "\"; on_fail = { back_to = \"papers\"; rework = \"10 days\"; at_most = 1; }; " \
        "});" TASKS(TASK(                                                              \
            "papers", "duration = \"5 days\"; cost = \"10k EUR\"; gate "               \
                      "= \"law\";") "," TASK("work", "duration = \"20 days\"; cost = " \
                                                     "\"100k EUR\"; after = [ "        \
                                                     "\"papers\" ];"))

/* ------------------------------------------------------------------------- gates */

/* Nothing works: the model is as it was, and measured on 500 examples. */
#define TESTED(truth)                                                                  \
    HEAD "goals = { target = { metric = \"accuracy\"; at_least = \"72 %\"; }; };"      \
         "experiments = { baseline = \"" truth "\"; ceiling = \"90 %\"; aim = \"89 "   \
         "%\"; seed_sd = \"0 points\"; works = \"0 %\"; gain = \"1 points\"; tries = " \
         "1; try_takes = \"1 days\"; test_size = 500; paired_tries_correlate = "       \
         "\"1\"; }; gates = ({ id = \"g\"; needs = [ \"target\" ]; });" TASKS(         \
             TASK("search", "plan = \"experiments\"; gate = \"g\";"))

/* ------------------------------------------------------------------------ labels */

#define LABELLED(more)                                                                 \
    HEAD "labelling = { items = \"1000\"; labellers = 5; speed = \"100 /day\"; " more  \
         " };" TASKS(TASK("label", "plan = \"labelling\";"))
#define LABELS(what) "labelling[labelling]." what

/* e(n) = .10 + A n^-.35, e(1000) = .30: .26 at n = 1 891.846. */
#define LEARNT(at_least)                                                               \
    HEAD "goals = { target = { metric = \"accuracy\"; at_least = \"" at_least          \
         "\"; }; }; experiments = { baseline = \"70 %\"; aim = \"89 %\"; seed_sd = "   \
         "\"0 points\"; works = \"0 %\"; gain = \"1 points\"; tries = 1; try_takes = " \
         "\"1 days\"; learning_curve = { labels_now = \"1000\"; ceiling = \"90 %\"; "  \
         "exponent = \"0.35\"; }; };"                                                  \
         "labelling = { items = \"891.8460\"; speed = \"100 /day\"; };" TASKS(         \
             TASK("label", "plan = \"labelling\";") "," TASK(                          \
                 "search", "plan = \"experiments\"; after = [ \"label\" ];"))

/* ---------------------------------------------------------------------- fairness */

#define AUDITED(examples, fairness)                                                    \
    HEAD "goals = { target = { metric = \"accuracy\"; at_least = \"70 %\"; }; };"      \
         "experiments = { baseline = \"80 %\"; ceiling = \"90 %\"; aim = \"89 %\"; "   \
         "seed_sd = \"0 points\"; works = \"0 %\"; gain = \"1 points\"; tries = 1; "   \
         "try_takes = \"1 days\"; test_size = " examples "; };"                        \
         "fairness = { limit = \"4 points\"; sure = \"90 %\"; " fairness               \
         " };" TASKS(TASK("search", "plan = \"experiments\";") "," TASK(               \
             "audit", "plan = \"fairness\"; after = [ \"search\" ];"))
#define YOUNG(gap)                                                                     \
    "groups = ({ id = \"young\"; share = \"20 %\"; gap = \"" gap "\"; });"
#define FAIR(what) "fairness[young]." what

static const known answers[] = {
    /* exactly: evals */
    {"a single judge shows 80 % as 74, and the items' luck is binomial",
     JUDGED(""),
     {{JUDGE, -.06}, {LUCK, 0}, {"sd of " LUCK, 0.021931712199461309}}},
    /* exactly: evals */
    {"the majority of three judges who vote on their own",
     JUDGED("raters = 3; votes_correlate = 0;"),
     {{JUDGE, .8 * .972 + .2 * .028 - .8}}},
    /* exactly: evals */
    {"people take the judge's bias off, and leave the error of their sample",
     JUDGED("calibrated = 50;"),
     {{JUDGE, 0},
      {"sd of " JUDGE, 0.041833001326703777}, /* sqrt(.1 (1/50 - 1/400)) */
      {"sd of " LUCK, 0.0198903243}}},        /* sqrt((.16 - .00175)/400) */
    /* exactly: evals */
    {"people correct a bias, and its size is in their error",
     JUDGED("judge_bias = \"6 points\"; calibrated = 100;"),
     {{JUDGE, 0}, {"sd of " JUDGE, 0.034641016151377546}}}, /* sqrt(.16 .75/100) */

    /* exactly: safety */
    {"chains of fixes: how many, and what their rounds cost",
     RED("finds = \"100 %\"; brings_new = \"30 %\";"),
     {{SAFETY("fixes"), 4 / .7},
      {"sd of " SAFETY("fixes"), 3.2576440717}, /* sqrt(4 1.3/.49) */
      /* 1 + sum of 1 - exp(-4 .3^(r - 1)) */
      {SAFETY("rounds"), 3.1309009298},
      {"cost", 3130.9009298},
      {SAFETY("others"), 6}}},
    /* exactly: safety */
    {"a round that finds nothing is the last, and leaves what it overlooked",
     RED("finds = \"60 %\";"),
     /* over rounds r: P(no earlier one was the last) exp(-2.4 .4^(r - 1)), and 4 .4^r left */
     {{SAFETY("unfound"), 0.4825316537}, {SAFETY("rounds"), 2.6763629992}}},

    /* exactly: serving */
    {"tokens and their price are drawn once, and apart",
     SERVED(
         SERVING("tokens = \"uniform(1000, 3000)\"; price = \"uniform(2, 4) EUR\";")),
     {{"serving.cost", 2e6 * 12 * 2000 * 3 / 1e6},
      {"sd of serving.cost", 50596.442563}}}, /* 24 sqrt(13e6/3 28/3 - 36e6) */
    /* exactly: serving */
    {"growth is a sum of whole months, from the day of the launch",
     SERVED(SERVING(PLAIN_PRICE "growth = \"2 %/month\";")),
     {{"serving.cost", 68206.12201371662}}},
    /* exactly: provider, serving */
    {"versions that are forced, or adopted where they are better",
     SERVED(VERSIONS SERVING(PLAIN_PRICE)),
     {{"provider.versions", 5 * .7},
      {"sd of provider.versions", 1.0246950765959599}, /* binomial */
      {"provider.forced", 5 * .4},
      {"provider.declined", 5 * .3},
      {"provider.shift", 5 * .011},
      {"provider.cost", 5000}}},
    /* exactly: provider, serving */
    {"what each version takes off the price is paid from its month on",
     SERVED(VERSIONS SERVING(PLAIN_PRICE)),
     {{"provider.price", .93 * .93 * .93 * .93 * .93},
      {"serving.cost", 10000 * (1 - .93 * .93 * .93 * .93 * .93 * .93) / .07}}},

    /* exactly: provider */
    {"a version in the last fortnight of the year takes the product below its floor",
     HEAD
     "goals = { target = { metric = \"solved\"; at_least = \"70 %\"; }; };"
     "metrics = ({ id = \"solved\"; value = \"80 %\"; });"
     "production = { floor = \"79.5 %\"; drift = { loss = \"0 points/month\"; }; };"
     "provider = { every = \"350 calendar days\"; forced = \"100 %\"; shifts = \"-1 "
     "points\"; };" TASKS(TASK("ship", "duration = \"20 days\";")),
     {{"provider.versions", 1},
      {"provider.p_below", 1},
      {"production.metric@11", .80},
      {"production.metric@12", .79},
      {"production.months_below_floor", 12 - 350 / 30.4375}}},
    /* exactly: production */
    {"a locked model is not retrained: it is below from month 8 on",
     LOCKED("drift = { loss = \"1 points/month\"; };"),
     {{"production.months_below_floor", 4},
      {"production.retrains", 0},
      {"production.cost", 0},
      {"production.quality_at_end", .8 - .12}}},
    /* exactly: production */
    {"a locked model that falls towards its floor: tau ln(3/2) months above",
     LOCKED("drift = { tau = \"6 months\"; floor_below = \"30 %\"; };"),
     {{"production.months_below_floor", 12 - 6 * 0.40546510810816438},
      {"production.quality_at_end", .8 * (.7 + .3 * 0.13533528323661270)}}},

    /* exactly: gate */
    {"compliance: .6, and .6 once more; what it cost where it ends there",
     COMPLIANCE("60 %"),
     {{"launch", .84},
      {"cost", .84 * 110e3 + .16 * 10e3},
      {"gates[law].p_first_pass", .6},
      {"gates[law].p_exhausted", .16}}},
    /* exactly: gate */
    {"compliance whose chance is beta(3, 2): drawn once, asked twice",
     COMPLIANCE("beta(3, 2)"),
     {{"launch", 1 - 2 * 3 / 30.},
      {"cost", .8 * 110e3 + .2 * 10e3},
      {"gates[law].rounds", 1.4}}},
    /* exactly: gate */
    {"71 % passes a test of 500 for 72 % one time in three",
     TESTED("71 %"),
     {{"launch", .330735}, {"gates[g].false_go", .330735}}},
    /* exactly: gate */
    {"74 % fails a test of 500 for 72 % one time in seven",
     TESTED("74 %"),
     {{"stopped", .142421}, {"gates[g].false_no_go", .142421}}},

    /* exactly: labelling */
    {"votes that are redone: 3/(1 - U(0, 1/2)) for each item, and one in ten more",
     LABELLED("votes_per_item = 3; disagreement = \"10 %\"; rework = \"uniform(0, 50) "
              "%\"; cost_per_vote = \"0.50 EUR\";"),
     {{LABELS("votes"), 3000 * 2 * 0.69314718055994531 + 100},
      {LABELS("days"), (3000 * 2 * 0.69314718055994531 + 100) / 500},
      {"cost", (3000 * 2 * 0.69314718055994531 + 100) / 2}}},
    /* exactly: labelling */
    {"learners reach full speed in four days: 250 t votes a day",
     LABELLED("ramp_up = \"4 days\";"),
     {{LABELS("days"), 4}, {"tasks.label.duration", 4}}},
    /* exactly: labelling */
    {"a share U(0, .3) of four classes wrong",
     LABELLED("classes = 4; wrong = \"uniform(0, 30) %\";"),
     {{LABELS("effective"), 1000 * (1 - .4 + 16 / 9. * .03)}}},
    /* exactly: labelling */
    {"the majority of three votes of .8 is right in .896",
     LABELLED("votes_per_item = 3; accuracy = \"80 %\"; votes_correlate = 0;"),
     {{LABELS("effective"), 1000 * .792 * .792}}},
    /* exactly: labelling */
    {"positives missed and false alarms, by class",
     LABELLED("positives = \"25 %\"; missed = \"10 %\"; false_alarms = \"2 %\";"),
     {{LABELS("effective"), 1000 * .88 * .88 * .1875 / (.24 * .76)}}},

    /* exactly: learning */
    {"892 labels more bring 4 points, or more, in half of the futures",
     LEARNT("74 %"),
     {{"target", .5}}},
    /* exactly: learning */
    {"a quarter more than the curve says: Student's .96 of 3 degrees of freedom",
     LEARNT("75 %"),
     {{"target", 0.2034539773}}},

    /* exactly: fairness */
    {"a group of 80 that is served as well as others passes: Phi(1.2816 + .04/SE)",
     AUDITED("400", YOUNG("0 points")),
     {{FAIR("p_pass"), 0.9852215755}, {FAIR("p_over"), 0}}},
    /* exactly: fairness */
    {"mitigation closes U(0, 1) of 6 points: at most 4 are left in two thirds",
     AUDITED("0", YOUNG("6 points") "mitigation = { duration = \"3 days\"; closes = "
                                    "\"uniform(0, 100) %\"; costs = \"1 points\"; };"),
     {{FAIR("gap_after"), .03},
      {FAIR("p_pass"), 2 / 3.},
      {FAIR("p_over_before"), 1},
      {"metrics.accuracy.true", .79},
      {"tasks.audit.duration", 3}}},
};
enum { ANSWERS = sizeof answers / sizeof *answers };

START_TEST(what_a_model_says_is_its_closed_form)
{
    const known *a = &answers[_i];
    rc_result *r =
        forecast(a->text, &(forecast_options){.futures = FUTURES, .seed = 7});
    for (const figure *f = a->figure; f < a->figure + 6 && f->path; f++) {
        double error;
        const double found = effects_value(r, f->path, INFINITY, &error);
        exact_holds(exact_near(found, f->exact, error), "%s: %s", a->name, f->path);
    }
    rc_result_free(r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exact models");
    TCase *tcase = tcase_create("exact models");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, what_a_model_says_is_its_closed_form, 0, ANSWERS);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
