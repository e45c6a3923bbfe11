/* Every setting of value, of goals.supports and of the hypothesis does what it says, in the
 * plan beside this file (effects.h). */
#include "effects.h"
#include "suite.h"

static const effects_row rows[] = {
    {"value.name=Losses avoided", "value.npv", '0'},
    {"value.per_month=200k to 300k EUR/month", "value.npv", '+'},
    {"value.per_month=200k to 300k EUR/month", "finish", '0'},
    {"value.at=80 %", "value.npv", '+'},
    {"value.at=80 %", "finish", '0'},
    {"goals.target.at_least=81 %", "value.today", '0'}, /* a promise, not a worth */
    {"value.nothing_at=75 %", "value.today", '-'},
    {"value.today=77 %", "value.today", '-'},
    {"value.today=77 %", "value.npv_over_today", '+'},
    {"value.growth=4 to 6 %/month", "value.npv", '+'},
    {"value.adoption=95 to 99 %", "value.npv_over_today", '+'},
    {"value.adopted_after=1 to 2 months", "value.npv_over_today", '+'},
    {"value.adopted_after=1 to 2 months", "value.today", '0'},
    {"value.discount=20 %", "value.npv", '-'},
    {"value.discount=20 %", "value.by_month@12", '0'},
    {"value.horizon=20 months", "value.npv", '-'},
    {"value.rival.arrives=3 to 5 months", "value.npv", '-'},
    {"value.rival.takes=50 to 60 %", "value.npv", '-'},
    {"value.rival.takes=50 to 60 %", "value.by_month@2", '0'},
    {"value.right_problem=50 %", "value.p_right_problem", '-'},
    {"value.right_problem=50 %", "stopped", '+'},
    {"value.known_at=search", "finish", '0'},
    {"value.known_at=search", "tasks.search.cost", '+'},
    {"value.known_at=search", "stopped", '0'},
    {"value.segments.shops.name=Small shops", "value.npv", '0'},
    {"value.segments.shops.share=50 %", "value.segments[shops].share_of_value", '+'},
    {"value.segments.shops.share=50 %", "value.segments[everybody_else].value", '-'},
    {"value.segments.shops.growth=8 to 10 %/month", "value.segments[shops].value", '+'},
    {"value.segments.shops.growth=8 to 10 %/month", "value.segments[banks].value", '0'},
    {"value.segments.shops.needs=recall >= 81 %", "value.segments[shops].p_served",
     '-'},
    {"value.segments.shops.needs=recall >= 81 %", "value.segments[shops].served@20",
     '-'},
    {"value.segments.shops.quality=1 to 2 points", "value.segments[shops].value", '+'},

    {"scenario.hypothesis=Something else", "samples", '='},
    {"scenario.hypothesis=Something else", "hypothesis.holds", '0'},
    {"goals.supports.measure=Losses", "hypothesis.measure", '0'},
    {"goals.supports.today=170k to 180k EUR/month", "hypothesis.measure", '+'},
    {"goals.supports.today=170k to 180k EUR/month", "samples", '='},
    {"goals.supports.per_point=-12 to -8 %", "hypothesis.measure", '-'},
    {"goals.supports.per_point=-12 to -8 %", "hypothesis.holds", '+'},
    {"goals.supports.at_most=130k EUR/month", "hypothesis.p_measure", '-'},
    {"goals.supports.at_most=130k EUR/month", "hypothesis.holds", '-'},
    {"goals.supports.by=2026-03-20", "hypothesis.p_measure", '-'},
    {"goals.target.at_least=83 %", "hypothesis.holds", '-'},
    {"value.today=77 %", "hypothesis.measure", '-'}, /* more points above it */
    {"value.right_problem=50 %", "hypothesis.measure", '+'},
};
enum { ROWS = sizeof rows / sizeof *rows };

START_TEST(settings_move_what_they_are_about)
{
    ck_assert_int_eq(effects_wrong("tests/properties/settings_value.cfg", rows, ROWS,
                                   _i * EFFECTS_TOGETHER, 300),
                     0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("settings of value");
    TCase *tcase = tcase_create("settings of value");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, settings_move_what_they_are_about, 0,
                        (ROWS + EFFECTS_TOGETHER - 1) / EFFECTS_TOGETHER);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
