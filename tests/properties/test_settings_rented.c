/* Every setting of raters, of a red team, of a provider and of serving does what it says,
 * in the plan beside this file (effects.h). */
#include "effects.h"
#include "suite.h"

static const effects_row rows[] = {
    {"evals.solved_judge.name=The judge", "samples", '='},
    {"evals.solved_judge.items=100", "evals[solved_judge].luck", '+'},
    {"evals.solved_judge.raters=9", "evals[solved_judge].judge", '+'},
    {"evals.solved_judge.judge_agrees=95 to 99 %", "evals[solved_judge].judge", '+'},
    {"evals.solved_judge.judge_bias=12 to 18 points", "evals[solved_judge].off", '+'},
    {"evals.solved_judge.judge_bias=12 to 18 points", "gates[gate].false_go", '+'},
    {"evals.solved_judge.votes_correlate=0.9", "evals[solved_judge].judge", '-'},
    {"evals.solved_judge.calibrated=300", "evals[solved_judge].judge", '+'},
    {"evals.solved_judge.calibrated=300", "gates[gate].false_no_go", '-'},
    /* what was known exactly is pale now: 98 % shows as 94 */
    {"evals.faithful_judge.metric=kind", "gates[gate].p_first_pass", '-'},
    {"safety.name=Red team", "samples", '='},
    {"safety.findings=30 to 60", "safety[safety].fixes", '+'},
    {"safety.findings=30 to 60", "finish", '+'},
    {"safety.blocks=60 to 80 %", "safety[safety].fixes", '+'},
    {"safety.blocks=60 to 80 %", "safety[safety].others", '-'},
    {"safety.finds=90 to 99 %", "safety[safety].unfound", '-'},
    {"safety.round_takes=6 / 9 / 14 days", "tasks.red.duration", '+'},
    {"safety.round_costs=20k to 30k EUR", "kinds.safety", '+'},
    {"safety.fix_takes=4 / 6 / 9 days", "tasks.red.duration", '+'},
    {"safety.fixed_at_once=6", "tasks.red.duration", '-'},
    {"safety.brings_new=40 to 60 %", "safety[safety].rounds", '+'},
    {"safety.also=[ \"solved -1 to -0.5 points\" ]", "production.quality_at_end", '-'},
    {"safety.also=[ \"kind -4 to -2 %\" ]", "gates[gate].p_first_pass", '-'},
    {"safety.again=80 to 99 %", "safety[safety].fixes", '+'},
    {"provider.name=Cloud", "samples", '='},
    {"provider.every=1 to 2 months", "provider.versions", '+'},
    {"provider.forced=80 to 95 %", "provider.forced", '+'},
    {"provider.forced=80 to 95 %", "provider.declined", '-'},
    {"provider.shifts=-9 to -2 points", "production.quality_at_end", '-'},
    {"provider.shifts=-9 to -2 points", "finish", '0'},
    {"provider.price=-80 to -60 %", "serving.cost", '-'},
    {"provider.price=-80 to -60 %", "provider.price", '-'},
    {"provider.adopted_from=4 points", "provider.declined", '+'},
    {"provider.retest.takes=4 to 6 months", "provider.versions", '-'},
    {"provider.retest.costs=20k to 30k EUR", "provider.cost", '+'},
    {"provider.retest.costs=20k to 30k EUR", "production.cost", '+'},
    {"serving.name=Tokens", "samples", '='},
    {"serving.requests=900k /month", "serving.cost", '+'},
    {"serving.requests=900k /month", "value.npv", '-'},
    {"serving.growth=3 to 6 %/month", "serving.cost", '+'},
    {"value.growth=3 to 6 %/month", "serving.cost", '+'},
    {"value.adoption=20 to 30 %", "serving.cost", '-'},
    {"value.adopted_after=8 to 12 months", "serving.cost", '-'},
    {"serving.tokens=8k to 12k", "serving.cost", '+'},
    {"serving.price=10 EUR", "serving.price_at_end", '+'},
};

enum { ROWS = sizeof rows / sizeof *rows };

START_TEST(settings_move_what_they_are_about)
{
    ck_assert_int_eq(effects_wrong("tests/properties/rented.cfg", rows, ROWS,
                                   _i * EFFECTS_TOGETHER, 260),
                     0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("settings of a rented model");
    TCase *tcase = tcase_create("settings");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, settings_move_what_they_are_about, 0,
                        (ROWS + EFFECTS_TOGETHER - 1) / EFFECTS_TOGETHER);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
