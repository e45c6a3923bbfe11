/* Life after the launch, cause by cause, where its answer is known: from a scenario's text
 * to its result.
 *
 * What is certain agrees to 1e-9. Means over the futures that outputs are made of may be
 * off by what exact.h allows, seed fixed. */
#include "exact.h"
#include "forecast.h"
#include "suite.h"
#include <math.h>

/* Launched at 80 % exactly; nothing is lost but to what a case is about. */
#define LIFE(rest)                                                                     \
    "format = 1; calendar = { start = \"2026-02-02\"; };"                              \
    "goals = { target = { metric = \"recall\"; at_least = \"70 %\"; }; };"             \
    "metrics = ({ id = \"recall\"; value = \"80 %\"; });"                              \
    "tasks = ({ id = \"ship\"; duration = \"1 weeks\"; });"                            \
    "production = { " rest " };"
#define STILL "drift = { loss = \"0 points/month\"; }; "
#define CYCLES                                                                         \
    "drift = { loss = \"3 points/month\"; };"                                          \
    "retrain = { every = \"20 minutes\"; takes = \"10 minutes\"; recovers = \"40 %\";" \
    " cost = \"2 EUR\"; "

enum { FUTURES = 32768 };
static const double cycle = 0.5 / (24 * 30.4375), week = 7 / 30.4375;

typedef struct known {
    const char *text, *output;
    uint32_t at;
    double mean, sd; /* sd of a future about that mean; 0: it is certain */
} known;

static rc_result *run(const char *text)
{
    return forecast(text, &(forecast_options){.futures = FUTURES});
}

static double mean_of(const rc_result *r, const char *path, uint32_t at)
{
    const rc_output_result *o = rc_result_output(r, path);
    ck_assert_msg(o != NULL, "no output %s", path);
    return o->share ? o->share[at].p : o->spread[at].mean;
}

static void check(const known *c)
{
    rc_result *r = run(c->text);
    exact_holds(
        exact_near(mean_of(r, c->output, c->at), c->mean, c->sd / sqrt(FUTURES)),
        "%s@%u", c->output, c->at);
    rc_result_free(r);
}

START_TEST(each_cause_alone_is_its_closed_form)
{
    const known cases[] = {
        /* exactly: production: drift towards a floor */
        {LIFE("drift = { tau = \"12 months\"; floor_below = \"30 %\"; };"),
         "production.metric", 12, .8 * (.7 + .3 * exp(-1)), 0},
        /* exactly: production: the drift assumed for consumers */
        {LIFE("domain = \"consumer\";"), "production.metric", 6,
         .8 * (.9 + .1 * exp(-.5)), 0},
        /* exactly: production: the drift assumed where little changes */
        {LIFE("domain = \"stable\";"), "production.metric", 12,
         .8 * (.9 + .1 * exp(-12. / 36)), 0},
        /* exactly: production: newcomers along a logistic */
        {LIFE(STILL "population = { newcomers = \"50 %\"; over = \"9 months\";"
                    " quality = \"-4 points\"; };"),
         "production.metric", 9, .8 - .5 * .04 * (.9 - .1) / .9, 0},
        /* exactly: production: an adversary who adapts */
        {LIFE(STILL "adversary = { evades = \"20 %\"; adapts_in = \"2 months\"; };"),
         "production.loss_by.adversary", 12, .8 * .2 * (1 - exp(-6)), 0},
        /* better after each of three releases, which it has adapted to for 4 months */
        /* exactly: production: adversaries who grow with each release */
        {LIFE(STILL "adversary = { evades = \"20 %\"; adapts_in = \"2 months\";"
                    " grows = \"50 %\"; }; watch_for = \"16 months\";"
                    "retrain = { every = \"4 months\"; takes = \"0 days\"; };"),
         "production.loss_by.adversary", 15,
         .8 * .2 * 1.5 * 1.5 * 1.5 * (1 - exp(-1.5)), 0},
        /* half of it comes back in months 3, 6 and 9 */
        /* exactly: production: half of a first day comes back three times */
        {LIFE(STILL "first_day_drop = \"1 points\"; retrain = { every = \"3 months\";"
                    " takes = \"0 days\"; recovers = \"50 %\"; };"),
         "production.quality_at_end", 0, .8 - .01 / 8, 0},
        /* a share of labels of .6 + .4 x .01^.36 */
        /* exactly: production: a share of labels to learn from */
        {LIFE(STILL "first_day_drop = \"1 points\"; feedback = { labelled = \"60 %\";"
                    " explores = \"1 %\"; }; retrain = { every = \"7 months\";"
                    " takes = \"0 days\"; recovers = \"90 %\"; };"),
         "production.loss_by.feedback", 12, .01 * .9 * (.4 - .4 * pow(.01, .36)), 0},
        /* the first retraining ends two weeks after month 5 */
        /* exactly: production: retraining that takes two weeks */
        {LIFE(
             "drift = { loss = \"1 points/month\"; }; retrain = { every = \"5 months\";"
             " takes = \"1 weeks\"; approval = \"1 weeks\"; recovers = \"99.9999 %\"; "
             "};"
             " watch_for = \"10 months\"; floor = \"70 %\";"),
         "production.quality_at_end", 0,
         .8 - .01 * (5 - 2 * week) - 1e-8 * (5 + 2 * week), 0},
        /* exactly: production: a locked model */
        {LIFE("drift = { loss = \"1 points/month\"; }; locked = true;"
              "retrain = { every = \"1 months\"; cost = \"1 EUR\"; };"),
         "production.quality_at_end", 0, .8 - .12, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(&cases[i]);
}
END_TEST

START_TEST(what_comes_by_chance_comes_as_often_as_it_should)
{
    const double below = erfc(1 / sqrt(2)) / 2; /* a month 1 sd below, or worse */
    const known cases[] = {
        /* exactly: production: months a deviation below */
        {LIFE(STILL
              "noise = { sd = \"2 points\"; correlate = \"0.5\"; }; floor = \"78 %\";"),
         "production.months_below_floor", 0, 12 * below,
         12 * sqrt(below * (1 - below))}, /* at the most: months go together */
        /* exactly: production: a month a deviation below */
        {LIFE(STILL
              "noise = { sd = \"2 points\"; correlate = \"0.5\"; }; floor = \"78 %\";"),
         "production.p_below_floor", 7, below, sqrt(below * (1 - below))},
        /* exactly: production: Poisson shocks */
        {LIFE(STILL "shocks = { per_year = \"6\"; loss = \"1 points\"; };"),
         "production.quality_at_end", 0, .8 - .06, .01 * sqrt(6)},
        /* exactly: production: the wait for a first shock */
        {LIFE(STILL "shocks = { per_year = \"6\"; loss = \"1 points\"; };"
                    " floor = \"79.5 %\";"),
         "production.months_below_floor", 0, 12 - (1 - exp(-6)) / .5, 2},
        /* exactly: production: what rollbacks cost */
        {LIFE(STILL "rollback = { chance = \"30 %\"; takes = \"3 weeks\";"
                    " costs = \"10k EUR\"; };"),
         "production.cost", 0, 3000, 10000 * sqrt(.21)},
        /* exactly: production: what rollbacks wait */
        {LIFE(STILL "rollback = { chance = \"30 %\"; takes = \"3 weeks\";"
                    " costs = \"10k EUR\"; };"),
         "production.waits", 0, .3 * 3 * week, 3 * week * sqrt(.21)},
        /* alarms of a chart that has nothing to see */
        /* exactly: production: false alarms of a chart */
        {LIFE(STILL "retrain = { or_when = \"recall < 10 %\"; takes = \"0 days\"; };"
                    "monitoring = { outcomes = \"400 /day\"; false_alarm_every ="
                    " \"2 months\"; };"),
         "production.false_alarms", 0, 6, sqrt(6)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(&cases[i]);
}
END_TEST

/* exactly: production */
START_TEST(noise_has_its_sd_in_the_first_month_and_in_all_others)
{
    rc_result *r =
        run(LIFE(STILL "noise = { sd = \"2 points\"; correlate = \"0.5\"; };"));
    const rc_output_result *o = rc_result_output(r, "production.metric");
    for (uint32_t m = 0; m < 12; m++)
        exact_holds(exact_near(o->spread[m].sd, .02, .02 / sqrt(2. * FUTURES)),
                    "month %u", m);
    rc_result_free(r);
}
END_TEST

START_TEST(adversaries_are_assumed_as_a_malware_detector_had_them)
{
    /* tau log-normal, P10 4 and P90 8; noise with sd 10 points, cut at 100 % */
    rc_result *r =
        run(LIFE("domain = \"adversarial\"; noise = { sd = \"0 points\"; };"));
    const rc_spread *end = rc_result_output(r, "production.quality_at_end")->spread;
    const double tau[] = {4, sqrt(32), 8}, percent[] = {10, 50, 90};
    for (int i = 0; i < 3; i++)
        ck_assert_double_eq_tol(rc_spread_at(r, end, percent[i]),
                                .8 * (.7 + .3 * exp(-12 / tau[i])), .002);
    rc_result_free(r);
    r = run(LIFE("domain = \"adversarial\"; " STILL));
    const rc_output_result *o = rc_result_output(r, "production.p_below_floor");
    const double z = 1; /* the floor is the target, 10 points below */
    exact_holds(exact_share(o->share[9].p, erfc(z / sqrt(2)) / 2, FUTURES),
                "below the floor");
    rc_result_free(r);
}
END_TEST

/* exactly: production, value */
START_TEST(what_ifs_find_the_square_root_rule_where_it_holds)
{
    /* Worth 100k a month and unit, .02 lost a month, 16k a retraining: sqrt(2 C/(V r)) is
     * 4 months. n cycles in the year after the day of the launch are n - 1 retrainings. */
    static const char text[] =
        "format = 1; calendar = { start = \"2026-02-02\"; };"
        "goals = { target = { metric = \"recall\"; at_least = \"70 %\"; }; };"
        "metrics = ({ id = \"recall\"; value = \"80 %\"; });"
        "tasks = ({ id = \"ship\"; duration = \"0 days\"; });"
        "production = { drift = { loss = \"2 points/month\"; }; retrain = {"
        " every = \"4 months\"; takes = \"0 days\"; recovers = \"constant(100) %\";"
        " cost = \"16k EUR\"; }; };"
        "value = { per_month = \"70k EUR/month\"; horizon = \"366.25 days\"; };";
    static const char *const every[][2] = {{"production.retrain.every=6 months", NULL},
                                           {"production.retrain.every=3 months", NULL}};
    double costs[5];
    for (int n = 2; n <= 4; n++)
        costs[n] = 100e3 * .02 * 12 * 12 / (2 * n) + 16e3 * (n - 1);
    for (int i = 0; i < 2; i++) {
        rc_result *r =
            forecast(text, &(forecast_options){.futures = 100, .what_if = every[i]});
        ck_assert_double_eq_tol(mean_of(r, "value.npv", 0), 960e3 - costs[3], 1e-6);
        ck_assert_double_eq_tol(r->what_if[0].value_gain, costs[3] - costs[2 + 2 * i],
                                1e-6);
        ck_assert_double_lt(r->what_if[0].value_gain, 0);
        rc_result_free(r);
    }
}
END_TEST

/* exactly: production */
START_TEST(half_of_an_offline_gain_is_half_online)
{
    rc_result *r =
        run("format = 1; calendar = { start = \"2026-02-02\"; };"
            "goals = { target = { metric = \"recall\"; at_least = \"70 %\"; }; };"
            "experiments = { baseline = \"70 %\"; aim = \"90 %\"; works = \"60 %\";"
            " gain = \"1 to 3 points\"; tries = 9; ceiling = \"90 %\"; };"
            "tasks = ({ id = \"search\"; plan = \"experiments\"; });"
            "production = { " STILL "transfer = \"50 %\"; };");
    const double offline = r->metrics[0].true_value.mean;
    ck_assert_double_gt(offline, .73);
    ck_assert_double_eq_tol(mean_of(r, "production.quality_at_launch", 0),
                            .70 + (offline - .70) / 2, 1e-9);
    rc_result_free(r);
}
END_TEST

/* exactly: production */
START_TEST(a_loss_is_seen_as_late_as_a_control_chart_needs)
{
    /* .20 -> .25 wrong, 400 a day, a false alarm in 100 years: from the equations */
    const double p = .2, q = .25, between = 1200 * 30.4375 * 400;
    const double kl = p * log(p / q) + (1 - p) * log((1 - p) / (1 - q));
    const double back = q * log(q / p) + (1 - q) * log((1 - q) / (1 - p));
    double h = 1;
    for (int i = 0; i < 200; i++)
        h = log(1 + h + between * kl);
    const double delay = (h - 1 + exp(-h)) / back / (400 * 30.4375);
    rc_result *r = run(LIFE(
        "drift = { loss = \"1 points/month\"; }; watch_for = \"10 months\";"
        "retrain = { or_when = \"recall < 75 %\"; takes = \"0 days\"; recovers ="
        " \"99.999999 %\"; }; monitoring = { outcomes = \"400 /day\"; label_delay ="
        " \"3 weeks\"; false_alarm_every = \"1200 months\"; };"));
    const rc_output_result *o = rc_result_output(r, "production.quality_at_end");
    /* in the middle of the futures, of which 1 in 100 has a false alarm */
    ck_assert_double_eq_tol(rc_spread_at(r, o->spread, 50),
                            .8 - .01 * (10 - 5 - 3 * week - delay), 1e-8);
    ck_assert_double_gt(delay, .02);
    rc_result_free(r);
}
END_TEST

START_TEST(thousands_of_cycles_are_their_closed_form)
{
    /* r c (1/2 + (1 - kappa)/kappa), and a bad release in 1 000 for 5 hours */
    const double saw = .03 * cycle, hours = 1 / (24 * 30.4375), bad = 1e-3,
                 apart = cycle / bad + 5 * hours;
    const known cases[] = {
        /* exactly: production: thousands of cycles */
        {LIFE(CYCLES "};"), "production.loss_by.drift", 6, saw * (.5 + .6 / .4), 0},
        /* exactly: production: cycles of which half fail */
        {LIFE(CYCLES "fails = \"50 %\"; };"), "production.loss_by.drift", 6,
         saw * (.5 + .8 / .2), 0},
        /* exactly: production: cycles with a share of labels */
        {LIFE(CYCLES "}; feedback = { labelled = \"25 %\"; };"),
         "production.loss_by.feedback", 6, saw * (.9 / .1 - .6 / .4), 0},
        /* exactly: production: how many cycles */
        {LIFE(CYCLES "};"), "production.retrains", 0, 12 / cycle, 0},
        /* exactly: production: what cycles cost */
        {LIFE(CYCLES "};"), "production.cost", 0, 24 / cycle, 0},
        /* exactly: production: bad releases among cycles */
        {LIFE(CYCLES "bad = \"0.1 %\"; loses = \"5 points\"; noticed_after ="
                     " \"4 hours\"; rollback = \"1 hours\"; };"),
         "production.bad_releases", 0, 12 / apart, sqrt(12 / apart)},
        /* exactly: production: hours in bad releases */
        {LIFE(CYCLES "bad = \"0.1 %\"; loses = \"5 points\"; noticed_after ="
                     " \"4 hours\"; rollback = \"1 hours\"; }; floor = \"79 %\";"),
         "production.months_below_floor", 0, 12 / apart * 5 * hours,
         sqrt(12 / apart) * 5 * hours},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(&cases[i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exact_production");
    TCase *tcase = tcase_create("exact_production");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, each_cause_alone_is_its_closed_form);
    tcase_add_test(tcase, what_comes_by_chance_comes_as_often_as_it_should);
    tcase_add_test(tcase, noise_has_its_sd_in_the_first_month_and_in_all_others);
    tcase_add_test(tcase, adversaries_are_assumed_as_a_malware_detector_had_them);
    tcase_add_test(tcase, what_ifs_find_the_square_root_rule_where_it_holds);
    tcase_add_test(tcase, half_of_an_offline_gain_is_half_online);
    tcase_add_test(tcase, a_loss_is_seen_as_late_as_a_control_chart_needs);
    tcase_add_test(tcase, thousands_of_cycles_are_their_closed_form);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
