/* Settings in plans made for them, whose output is known before and after the change: by
 * hand where there is no chance, else in closed form, within 4.5 standard errors. */
#include "effects.h"
#include "forecast.h"
#include "suite.h"
#include <math.h>

#define HEAD "format = 1; calendar = { start = \"2026-02-02\"; };"

/* Two levers that work for certain: 1 point in 4 days, and 4 points in one. */
#define LEVERS(settings)                                                               \
    HEAD "goals = { target = { metric = \"accuracy\"; at_least = \"74 %\"; }; };"      \
         "experiments = { baseline = \"70 %\"; ceiling = \"90 %\"; seed_sd = \"0 "     \
         "points\"; gains_shrink = \"0\"; levers = ("                                  \
         "{ id = \"slow\"; works = \"100 %\"; gain = \"1 points\"; try_takes = \"4 "   \
         "days\"; tries = 2; }, { id = \"quick\"; works = \"100 %\"; gain = \"4 "      \
         "points\"; try_takes = \"1 days\"; tries = 2; }); " settings " };"            \
         "tasks = ({ id = \"search\"; plan = \"experiments\"; });"
#define DAYS "experiments[experiments].days"
#define TRIES "experiments[experiments].tries"

/* One lever, its chance unsaid: Beta(2.5, 6.3). */
#define TRYING(settings)                                                               \
    HEAD "goals = { deadline = \"2026-02-13\"; target = { metric = \"accuracy\"; "     \
         "at_least = \"99 %\"; }; };"                                                  \
         "experiments = { baseline = \"70 %\"; ceiling = \"99.5 %\"; seed_sd = \"0 "   \
         "points\"; try_takes = \"1 days\"; tries = 20; crash = \"0 %\"; "             \
         "gain = \"0.1 points\"; " settings " };"                                      \
         "tasks = ({ id = \"search\"; plan = \"experiments\"; });"
#define NEXT(m) "experiments[experiments].next.try_after_" m

/* Six successes of half a log unit: from 70 % under 80 %, or from 68 % under 90 %. */
#define APPROACHES(settings)                                                           \
    HEAD "goals = { target = { metric = \"accuracy\"; at_least = \"99 %\"; }; };"      \
         "experiments = { baseline = \"70 %\"; ceiling = \"80 %\"; seed_sd = \"0 "     \
         "points\"; gains_shrink = \"0\"; try_takes = \"1 days\"; tries_each = 2; "    \
         "approaches = ({ id = \"trees\"; explainable = true; }, { id = \"deep\"; "    \
         "baseline = \"68 %\"; ceiling = \"90 %\"; }); levers = ({ id = \"only\"; "    \
         "works = \"100 %\"; log_gain = \"0.5\"; tries = 6; }); " settings " };"       \
         "tasks = ({ id = \"search\"; plan = \"experiments\"; });"
#define TREES 0.79502129316321362 /* .8 - .1 exp(-3) */
#define DEEP 0.88904684495906993  /* .9 - .22 exp(-3) */

/* Votes of one labeller, 100 a day. */
static const char two_plans[] =
    HEAD "labelling = ({ id = \"few\"; items = \"100\"; labellers = 1; speed = \"100 "
         "/day\"; }, { id = \"many\"; items = \"300\"; labellers = 1; speed = \"100 "
         "/day\"; });"
         "tasks = ({ id = \"a\"; plan = \"few\"; }, { id = \"b\"; plan = \"many\"; });";

/* 8 days of work for one person, or machine; what follows a takes 3 days more. */
static const char shared[] =
    HEAD "team = ({ id = \"me\"; people = 1; }, { id = \"gpu\"; capacity = 1; });"
         "tasks = ("
         "{ id = \"a\"; duration = \"4 days\"; who = \"1 me\"; phase = \"first\"; "
         "priority = 1; },"
         "{ id = \"b\"; duration = \"6 days\"; who = \"1 me\"; phase = \"last\"; "
         "priority = 2; },"
         "{ id = \"c\"; duration = \"3 days\"; after = [ \"a\" ]; phase = \"last\"; },"
         "{ id = \"train\"; duration = \"9 days\"; who = \"1 gpu\"; },"
         "{ id = \"again\"; duration = \"9 days\"; who = \"1 gpu\"; });";

/* A risk that always fires, 5 days and 10k, or what its mitigation makes of it. */
#define RISK(active)                                                                   \
    HEAD "risks = ({ id = \"r\"; chance = \"100 %\"; hits = [ \"a\" ]; delay = \"5 "   \
         "days\"; cost = \"10k EUR\"; mitigation = { active = " active                 \
         "; cost = \"2k EUR\"; chance = \"100 %\"; delay = \"1 days\"; impact = \"3k " \
         "EUR\"; }; });"                                                               \
         "tasks = ({ id = \"a\"; duration = \"10 days\"; });"

/* Two risks of 50 % that delay work beyond its day; they fire together. */
static const char fire[] =
    HEAD "goals = { deadline = \"2026-02-03\"; };"
         "risks = ({ id = \"r\"; chance = \"50 %\"; hits = [ \"a\" ]; delay = \"2 "
         "days\"; }, { id = \"s\"; chance = \"50 %\"; hits = [ \"b\" ]; delay = \"2 "
         "days\"; }, { id = \"t\"; chance = \"50 %\"; hits = [ \"b\" ]; cost = \"1 "
         "EUR\"; });"
         "correlations = ({ id = \"c\"; between = [ \"r\", \"s\" ]; strength = 0.5; });"
         "tasks = ({ id = \"a\"; duration = \"1 days\"; }, { id = \"b\"; duration = "
         "\"1 days\"; after = [ \"a\" ]; });";

static const char factor[] =
    HEAD "team = ({ id = \"ds\"; people = 1; }, { id = \"mle\"; people = 1; });"
         "shared_factors = ({ id = \"f\"; slower = \"20 %\"; affects = \"who: ds\"; });"
         "tasks = ({ id = \"a\"; duration = \"10 days\"; who = \"1 ds\"; }, { id = "
         "\"b\"; duration = \"10 days\"; who = \"1 mle\"; });";

static const char which_target[] = HEAD
    "goals = { target = { metric = \"accuracy\"; at_least = \"80 %\"; }; };"
    "metrics = ({ id = \"accuracy\"; value = \"70 %\"; }, { id = \"recall\"; value "
    "= \"90 %\"; });"
    "gates = ({ id = \"g\"; needs = [ \"accuracy >= 1 %\", \"recall >= 1 %\" ]; });"
    "tasks = ({ id = \"a\"; duration = \"1 days\"; gate = \"g\"; });";

/* A reader misses one case in ten: of 82 cases called healthy 2 are not. */
static const char study[] =
    HEAD "metrics = ({ id = \"sensitivity\"; value = \"95 %\"; },"
         "           { id = \"specificity\"; value = \"60 %\"; });"
         "enrolment = { positives = 50; negatives = 50; prevalence = \"20 %\";"
         " of_positives = [ \"sensitivity\" ]; of_negatives = [ \"specificity\" ];"
         " readers = { panel = 1; missed = \"10 %\"; false_alarms = \"0 %\"; };"
         " sites = ({ id = \"s\"; recruits = \"100 /day\"; }); };"
         "gates = ({ id = \"g\"; needs = [ \"sensitivity >= 1 %\", \"specificity >= 1 "
         "%\" ]; });"
         "tasks = ({ id = \"study\"; plan = \"enrolment\"; gate = \"g\"; });";
#define SHOWN(metric) "enrolment[enrolment].metrics[" metric "].shown_off"

static const char review[] =
    HEAD "submission = { clock = \"14 calendar days\"; };"
         "tasks = ({ id = \"review\"; plan = \"submission\"; });";

/* 80 % on 400 examples: of 80 a group's 0.0447, of 4 its 0.2; limit 4 points, 90 % sure. */
#define AUDITED(gap)                                                                   \
    HEAD "goals = { target = { metric = \"accuracy\"; at_least = \"80 %\"; }; };"      \
         "experiments = { baseline = \"80 %\"; ceiling = \"90 %\"; aim = \"89 %\"; "   \
         "seed_sd = \"0 points\"; works = \"0 %\"; gain = \"1 points\"; tries = 1; "   \
         "try_takes = \"1 days\"; test_size = 400; };"                                 \
         "fairness = { limit = \"4 points\"; sure = \"90 %\"; groups = ({ id = "       \
         "\"young\"; share = \"20 %\"; gap = \"" gap " points\"; }); };"               \
         "tasks = ({ id = \"search\"; plan = \"experiments\"; }, { id = \"audit\"; "   \
         "plan = \"fairness\"; after = [ \"search\" ]; });"

/* So many users that the test sees the true effect, t with so many degrees of freedom:
 * shipped above 1 %. */
static const char tested[] = HEAD
    "online_test = { traffic = \"1bn /day\"; base_rate = \"50 %\"; at_least = \"2 "
    "weeks\"; smallest_effect = \"2 %\"; ship_above = \"1 %\"; effect = { middle = "
    "\"0 %\"; scale = \"1 %\"; tails = \"3\"; }; };"
    "gates = ({ id = \"g\"; needs = [ \"online_test\" ]; });"
    "tasks = ({ id = \"test\"; plan = \"online_test\"; gate = \"g\"; });";
#define SHIPS "online_test[online_test].p_ship"

static const char noisy[] =
    HEAD "goals = { target = { metric = \"recall\"; at_least = \"70 %\"; }; };"
         "metrics = ({ id = \"recall\"; value = \"80 %\"; });"
         "tasks = ({ id = \"ship\"; duration = \"1 weeks\"; });"
         "production = { watch_for = \"2 months\"; "
         "drift = { loss = \"0 points/month\"; "
         "}; floor = \"78 %\"; noise = { sd = \"2 "
         "points\"; correlate = \"0\"; }; };";

static const struct {
    const char *text, *set, *output;
    double before, after; /* NAN: there is no such output */
} rows[] = {
    /* the quick one reaches the aim; in order: 4 + 4 + 1 days; in turns: 4 + 1 */
    {LEVERS(""), "experiments.policy=in order", DAYS, 1, 9},
    {LEVERS(""), "experiments.policy=round robin", DAYS, 1, 5},
    {LEVERS("policy = \"weighted\";"), "experiments.levers.slow.weight=0", TRIES, 1.75,
     1}, /* quick at once, or after one or two slow ones: 1/2, 1/4, 1/4 */
    {TRYING("works = \"0 %\";"), "experiments.stop_at_deadline=true", TRIES, 20, 10},
    {TRYING(""), "experiments.fatigue=true", NEXT("0_failures"), 2.5 / 8.8, .55},
    {TRYING(""), "experiments.fatigue=true", NEXT("1_failure"), 2.5 / 9.8,
     .05 + .5 / (1 + 1 / 12.)},
    {APPROACHES(""), "experiments.choose=one by one", "metrics.accuracy.true", DEEP,
     TREES},
    {APPROACHES(""), "experiments.approach=trees", "metrics.accuracy.true", DEEP,
     TREES},
    {APPROACHES(""), "experiments.must_be_explainable=true", "metrics.accuracy.true",
     DEEP, TREES},
    {APPROACHES("must_be_explainable = true;"),
     "experiments.approaches.deep.explainable=true", "metrics.accuracy.true", TREES,
     DEEP},
    {two_plans, "tasks.a.plan=many", "tasks.a.duration", 1, 3},

    /* a, b on one person and c after a; b, a and then c; each machine task 9 days */
    {shared, "team.gpu.capacity=2", "finish", 18, 10},
    {shared, "team.gpu.capacity=2 | tasks.a.priority=3", "finish", 18, 13},
    {shared, "phases=[ \"first\", \"last\" ]", "phases[first].finish", NAN, 4},
    {shared, "phases=[ \"first\", \"last\" ]", "phases[last].finish", NAN, 10},
    {shared, "phases=[ \"first\", \"last\" ] | tasks.b.phase=first",
     "phases[first].finish", NAN, 10},

    {RISK("false"), "risks.r.mitigation.active=true", "finish", 15, 11},
    {RISK("false"), "risks.r.mitigation.active=true", "kinds.risks", 10000, 3000},
    {RISK("true"), "risks.r.mitigation.cost=9k EUR", "kinds.mitigation", 2000, 9000},
    {RISK("true"), "risks.r.mitigation.chance=0 %", "risks[r].fired", 1, 0},
    {RISK("true"), "risks.r.mitigation.delay=2 days", "finish", 11, 12},
    {RISK("true"), "risks.r.mitigation.impact=1k EUR", "kinds.risks", 3000, 1000},
    {RISK("true"), "risks.r.mitigation.slower=50 %", "finish", 11, 16},
    {factor, "shared_factors.f.affects=who: mle", "tasks.a.duration", 12, 10},
    {factor, "shared_factors.f.affects=who: mle", "tasks.b.duration", 10, 12},
    {factor, "shared_factors.f.affects=tasks: a, b", "tasks.b.duration", 10, 12},
    /* on time where neither fires: 1/4 + asin(strength)/2 pi */
    {fire, "correlations.c.strength=0.9", "deadline", 1 / 3., 0.42821685344},
    {fire, "correlations.c.between=[ \"r\", \"t\" ]", "deadline", 1 / 3., .25},

    {which_target, "goals.target.metric=recall", "target", 0, 1},
    {study,
     "enrolment.of_positives=[ \"specificity\" ] | "
     "enrolment.of_negatives=[ \"sensitivity\" ]",
     SHOWN("sensitivity"), 0, (.8 * .95 + .02 * .4) / .82 - .95},
    {study,
     "enrolment.of_positives=[ \"specificity\" ] | "
     "enrolment.of_negatives=[ \"sensitivity\" ]",
     SHOWN("specificity"), (.8 * .6 + .02 * .05) / .82 - .6, 0},
    {review, "submission.clock=14 days", "submission[submission].clock_days", 14, 18},
    /* Phi(1.2816 + .04/SE) */
    {AUDITED("0"), "fairness.groups.young.share=1 %", "fairness[young].p_pass",
     0.98522158, 0.93077017},
    /* .74 of .8 and 0.6 of .8: 0.925 and 0.75 against 0.8 - 4 points */
    {AUDITED("6"), "experiments.test_size=0 | fairness.measure=four-fifths",
     "fairness[young].p_over", 1, 0},
    {AUDITED("20"), "experiments.test_size=0 | fairness.measure=four-fifths",
     "fairness[young].p_over", 1, 1},
    {tested, "online_test.effect.tails=1", SHIPS, 0.19550110948, .25},
    {tested, "online_test.effect.scale=2 %", SHIPS, 0.19550110948, 0.32572394},
    {noisy, "production.noise.sd=4 points", "production.p_below_floor@1", 0.15865525,
     0.30853754},
    {noisy, "production.floor=80 % | production.noise.correlate=0.5",
     "production.months_below_floor", 2 * 0.15865525, 1},
};
enum { ROWS = sizeof rows / sizeof *rows };

static void is_known(int row, const char *set, double exact)
{
    double error;
    rc_result *r = effects_of(rows[row].text, set);
    if (isnan(exact)) {
        ck_assert_ptr_null(rc_result_output(r, rows[row].output));
        rc_result_free(r);
        return;
    }
    const double found = effects_value(r, rows[row].output, INFINITY, &error);
    ck_assert_msg(fabs(found - exact) <= 4.5 * error + 1e-9 * (1 + fabs(exact)),
                  "%s: %s is %.9g, known to be %.9g +- %.3g", set ? set : rows[row].set,
                  rows[row].output, found, exact, 4.5 * error);
    rc_result_free(r);
}

START_TEST(a_setting_moves_its_output_from_one_known_value_to_another)
{
    is_known(_i, NULL, rows[_i].before);
    is_known(_i, rows[_i].set, rows[_i].after);
}
END_TEST

/* Every future is another one, knows nothing of its namesake, and the mean is no further
 * off than by chance. */
START_TEST(another_seed_changes_luck_and_nothing_else)
{
    static const char plan[] =
        HEAD "tasks = ({ id = \"a\"; duration = \"3 to 8 weeks\"; });";
    rc_result *a = effects_of(plan, NULL), *b = effects_of(plan, "simulation.seed=43");
    const double *x = forecast_finish(a), *y = forecast_finish(b);
    const double n = EFFECTS_FUTURES, sd = a->finish.sd;
    double together = 0;
    for (uint32_t i = 0; i < EFFECTS_FUTURES; i++) {
        ck_assert_double_ne(x[i], y[i]);
        together += (x[i] - a->finish.mean) * (y[i] - b->finish.mean) / (sd * sd * n);
    }
    ck_assert_double_eq_tol(a->finish.mean, b->finish.mean, 4.5 * sd * sqrt(2 / n));
    ck_assert_double_eq_tol(together, 0, 4.5 / sqrt(n));
    rc_result_free(a);
    rc_result_free(b);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("settings known");
    TCase *tcase = tcase_create("settings known");
    tcase_add_loop_test(
        tcase, a_setting_moves_its_output_from_one_known_value_to_another, 0, ROWS);
    tcase_add_test(tcase, another_seed_changes_luck_and_nothing_else);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
