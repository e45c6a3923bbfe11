/* Every setting of what an authority clears does what it says, in
 * scenarios/medical_imaging.cfg (effects.h). */
#include "effects.h"
#include "suite.h"

#define STUDY "enrolment[enrolment]."
#define REVIEW "submission[submission]."
#define SITES "sites[sites]."

static const effects_row rows[] = {
    /* confidence of a gate */
    {"gates.pivotal.needs=[ \"sensitivity >= 80 %\" ]", "gates[pivotal].p_first_pass",
     '+'},
    {"gates.pivotal.needs=[ \"sensitivity >= 80 %, 99.9 % sure\" ]",
     "gates[pivotal].p_first_pass", '-'},
    {"gates.pivotal.needs=[ \"specificity >= 80 %, 97.5 % sure\" ]",
     "gates[pivotal].p_first_pass", '+'},

    /* enrolment */
    {"enrolment.name=Another", "samples", '='},
    {"enrolment.sites.north.name=Another", "samples", '='},
    {"enrolment.positives=400", STUDY "days", '+'},
    {"enrolment.positives=400", STUDY "positives", '+'},
    {"enrolment.positives=400", "gates[pivotal].p_first_pass", '+'},
    {"enrolment.negatives=2000", STUDY "days", '+'},
    {"enrolment.negatives=2000", STUDY "negatives", '+'},
    {"enrolment.prevalence=30 to 40 %", STUDY "days", '-'},
    {"enrolment.prevalence=30 to 40 %", STUDY "metrics[sensitivity].shown_off", '+'},
    {"enrolment.drop_out=30 to 40 %", STUDY "days", '+'},
    {"enrolment.drop_out=30 to 40 %", STUDY "enrolled", '+'},
    {"enrolment.cost_per_person=700 USD", "kinds.enrolment", '+'},
    {"enrolment.give_up_after=30 weeks", STUDY "p_enough", '-'},
    {"enrolment.give_up_after=30 weeks", STUDY "days", '-'},
    {"enrolment.give_up_after=30 weeks", STUDY "positives", '-'},
    {"enrolment.sites.city.opens=30 to 40 weeks", STUDY "days", '+'},
    {"enrolment.sites.city.recruits=16 to 48 /week", STUDY "days", '-'},
    {"enrolment.sites.city.cost=155k USD", "kinds.enrolment", '+'},
    {"enrolment.readers.panel=1", STUDY "metrics[sensitivity].shown_off", '-'},
    {"enrolment.readers.panel=5", STUDY "metrics[sensitivity].shown_off", '+'},
    {"enrolment.readers.panel=5", "kinds.enrolment", '+'},
    {"enrolment.readers.missed=20 to 30 %", STUDY "metrics[specificity].shown_off",
     '-'},
    {"enrolment.readers.false_alarms=5 to 9 %", STUDY "metrics[sensitivity].shown_off",
     '-'},
    {"enrolment.readers.false_alarms=5 to 9 %", STUDY "days",
     '-'}, /* more are called so */
    {"enrolment.readers.votes_correlate=0.9", STUDY "metrics[sensitivity].shown_off",
     '-'},
    {"enrolment.readers.cost_per_read=40 USD", "kinds.enrolment", '+'},
    {"risks.slow_site.chance=95 %", STUDY "days", '+'},

    /* sites */
    {"sites.name=Another", "samples", '='},
    {"sites.spread=4 to 6 points", SITES "below", '+'},
    {"sites.spread=4 to 6 points", SITES "worst", '-'},
    {"sites.spread=4 to 6 points", "gates[pivotal].false_no_go", '+'},
    {"production.first_day_drop=2 to 3 points", SITES "below", '+'},
    {"sites.after_launch=120", SITES "below", '+'},
    {"sites.after_launch=120", "samples", '='},
    {"sites.needs=[ \"sensitivity >= 88 %\" ]", SITES "below", '+'},
    {"sites.needs=[ \"sensitivity >= 88 %\" ]", SITES "p_all_meet", '-'},

    /* submission */
    {"submission.name=Another", "samples", '='},
    {"submission.clock=150 calendar days", REVIEW "clock_days", '+'},
    {"submission.clock=150 calendar days", "finish", '+'},
    {"submission.asks=20 to 30 %", REVIEW "answer_days", '-'},
    {"submission.asks_again=40 to 60 %", REVIEW "answer_days", '+'},
    {"submission.answers=15 / 38 / 75 calendar days", REVIEW "answer_days", '-'},
    {"submission.answers=15 / 38 / 75 calendar days", REVIEW "p_withdrawn", '-'},
    {"submission.answer_cost=100k USD", "kinds.submission", '+'},
    {"submission.answers_within=120 calendar days", REVIEW "p_withdrawn", '+'},
    {"submission.answers_within=120 calendar days", "stopped", '+'},
    {"submission.fee=126k USD", "kinds.submission", '+'},
    {"submission.pre_submission.fewer_questions=60 to 80 %", REVIEW "answer_days", '-'},
    {"submission.pre_submission.meeting=sale", REVIEW "answer_days",
     '+'}, /* too late */
};
enum { ROWS = sizeof rows / sizeof *rows };

START_TEST(settings_move_what_they_are_about)
{
    ck_assert_int_eq(effects_wrong("scenarios/medical_imaging.cfg", rows, ROWS,
                                   _i * EFFECTS_TOGETHER, 1300),
                     0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("settings of a medical product");
    TCase *tcase = tcase_create("settings");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, settings_move_what_they_are_about, 0,
                        (ROWS + EFFECTS_TOGETHER - 1) / EFFECTS_TOGETHER);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
