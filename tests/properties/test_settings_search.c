/* Settings of searches, labels and choices that scenarios/fraud_v2.cfg has no use for do
 * what they say, in the plan beside this file (effects.h). */
#include "effects.h"
#include "suite.h"

#define PLAIN "experiments[plain]."
#define REACH "experiments[reach]."
#define LABELS "experiments[labels]."
#define LABELLED "labelling[crowd].effective"

static const effects_row rows[] = {
    /* which target, and which way */
    {"goals.targets.recall.at_least=81 %", "target", '+'},
    {"goals.targets.recall.at_least=81 %", PLAIN "tries", '-'},
    {"goals.targets.latency.at_most=34 ms", "target", '-'},
    {"goals.targets.accuracy.metric=f1", "target", '-'},

    {"goals.supports.at_least=65k /month", "hypothesis.p_measure", '-'},

    /* a search without levers */
    {"experiments.reach.metric=precision | goals.targets.accuracy.metric=precision",
     "target", '-'},
    {"experiments.plain.works=10 %", "metrics.recall.true", '-'},
    {"experiments.plain.gain=2 to 4 points", "metrics.recall.true", '+'},
    {"experiments.plain.ceiling=81 %", "metrics.recall.true", '-'},
    {"experiments.plain.gains_shrink=3", "metrics.recall.true", '-'},
    {"experiments.plain.decay=70 %", "metrics.recall.true", '-'},
    {"experiments.plain.crash=50 %", "metrics.recall.true", '-'},
    {"experiments.plain.tries=4", PLAIN "tries", '-'},
    {"experiments.plain.fresh_test=true", "gates[gate].false_go",
     '+'}, /* new luck for what never measured well */
    {"experiments.plain.paired_tries_correlate=0.2", PLAIN "winners_curse", '+'},
    {"experiments.plain.stop_at_deadline=true", PLAIN "tries", '-'},
    {"experiments.plain.budget=1k EUR", PLAIN "tries", '-'},
    {"experiments.plain.failures_in_a_row=3", PLAIN "tries", '-'},
    {"experiments.plain.give_up_below=2 points/month", PLAIN "tries", '-'},
    {"experiments.reach.so_far=20 tries, 0 worked", REACH "next.try_after_0_failures",
     '-'},
    {"experiments.reach.log_gain=0.4 to 0.6", REACH "tries", '-'},
    {"experiments.reach.reachable=95 %", REACH "tries", '-'},
    /* .55 at first, .31 at the twelfth, where 28 % are assumed */
    {"experiments.reach.fatigue=true", REACH "next.try_after_0_failures", '+'},
    {"experiments.reach.fatigue=true", REACH "tries", '-'},

    /* levers */
    {"experiments.labels.learning_curve.exponent=0.6", LABELS "tries", '-'},
    {"experiments.labels.levers.buy.labels=20k to 40k", LABELS "tries", '-'},
    {"experiments.labels.levers.data.log_gain=0.5 to 0.8", LABELS "tries", '-'},
    {"experiments.labels.levers.data.reachable=20 %", LABELS "tries", '+'},
    {"experiments.labels.levers.data.decay=60 %", LABELS "days", '+'},
    {"experiments.labels.levers.tired.fatigue=true", LABELS "days", '-'},
    {"experiments.labels.levers.data.crash=60 %", LABELS "days", '+'},
    {"experiments.labels.levers.data.raises_ceiling=4 points", LABELS "days", '-'},
    {"experiments.labels.levers.data.try_takes=8 / 10 / 14 days", LABELS "days", '+'},
    {"experiments.labels.levers.data.gpu_hours=400 hours", "kinds.compute", '+'},
    {"experiments.labels.levers.tired.so_far=30 tries, 0 worked", LABELS "days", '+'},
    {"experiments.labels.policy=weighted | experiments.labels.levers.data.weight=9",
     LABELS "by_lever[data].tries", '+'},

    /* labels of several classes */
    {"labelling.crowd.accuracy=90 to 95 %", LABELLED, '+'},
    {"labelling.crowd.votes_correlate=0.9", LABELLED, '-'},
    {"labelling.crowd.classes=20", LABELLED,
     '+'}, /* the same share wrong tells more of many */
    {"labelling.experts.wrong=20 to 30 %", "labelling[experts].effective", '-'},
    {"labelling.crowd.systematic=5 to 8 %", LABELS "days", '+'},

    /* one of several ways, and what a mitigation replaces */
    {"tasks.buy.weight=9", "tasks.buy.occurs", '+'},
    {"tasks.buy.one_of=another", "tasks.buy.occurs", '+'},
    {"tasks.signed.gate=board | tasks.ship.gate=other", "tasks.offline.cost", '+'},
    {"risks.vendor.mitigation.delay=5 weeks", "risks[vendor].mean_delay_days", '+'},
    {"risks.vendor.mitigation.slower=400 %", "tasks.offline.duration", '+'},
    {"risks.vendor.mitigation.impact=50k EUR", "kinds.risks", '+'},
};
enum { ROWS = sizeof rows / sizeof *rows };

START_TEST(settings_move_what_they_are_about)
{
    ck_assert_int_eq(effects_wrong("tests/properties/settings_search.cfg", rows, ROWS,
                                   _i * EFFECTS_TOGETHER, 300),
                     0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("settings of searches");
    TCase *tcase = tcase_create("settings of searches");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, settings_move_what_they_are_about, 0,
                        (ROWS + EFFECTS_TOGETHER - 1) / EFFECTS_TOGETHER);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
