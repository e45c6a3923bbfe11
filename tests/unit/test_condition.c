/* Values, conditions and effects. */
#include "desk.h"
#include "suite.h"

/* ---------------------------------------------------------- values and conditions */

START_TEST(a_value_is_one_number_with_its_unit)
{
    desk d = desk_new("");
    rc_setting metric = row_of(RC_METRIC), share = row_of(RC_SHARE);
    double x;
    const char *unit;
    ck_assert(rc_value_unit_parse(&x, &unit, &d.reading, &metric, "24 ms", d.at));
    ck_assert(x == 24);
    ck_assert_str_eq(unit, "ms");
    ck_assert(rc_value_unit_parse(&x, &unit, &d.reading, &metric, "82 %", d.at));
    ck_assert(x == 0.82);
    ck_assert_str_eq(unit, "%");
    ck_assert(rc_value_unit_parse(&x, &unit, &d.reading, &metric, "5", d.at));
    ck_assert_ptr_null(unit);
    static const char *const wrong[] = {"1 to 2 %", "1 / 2 / 3 %", "beta(2, 3)",
                                        "5 % 6",    "101 %",       "5"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_msg(!rc_value_parse(&x, &d.reading, &share, wrong[i], d.at), "%s",
                      wrong[i]);
        ck_assert_uint_eq(rc_faults_errors(d.faults), i + 1);
    }
    desk_free(&d);
}
END_TEST

static const rc_setting measured_by_gates = {.key = "needs", .may_be_sure = true};

START_TEST(a_condition_may_ask_for_confidence_where_something_is_measured)
{
    static const rc_setting nothing_measured = {.key = "or_when"};
    rc_condition c;
    desk d = desk_new("");
    ck_assert(rc_condition_parse(&c, &d.reading, &measured_by_gates,
                                 "sensitivity >= 90 %, 95 % sure", d.at));
    ck_assert_str_eq(c.metric, "sensitivity");
    ck_assert(c.sure == 0.95 && c.value == 0.9 && c.op == RC_AT_LEAST);
    ck_assert(rc_condition_parse(&c, &d.reading, &measured_by_gates,
                                 "target , 97.5% sure ", d.at));
    ck_assert(c.sure == 0.975 && c.op == RC_ANY);
    ck_assert(rc_condition_parse(&c, &d.reading, &measured_by_gates, "a > 3 ms", d.at));
    ck_assert(c.sure == 0);
    desk_free(&d);
    static const char *const wrong[] = {"a > 1 %, 50 % sure",   "a > 1 %, 100 % sure",
                                        "a > 1 %, sure",        "a > 1 %, 95 sure",
                                        "a > 1 %, 95 % surely", "fairness, 95 % sure",
                                        "a > 1 %, 95 % sure 2"};
    for (size_t i = 0; i <= sizeof wrong / sizeof *wrong; i++) {
        const bool row = i < sizeof wrong / sizeof *wrong;
        const char *text = row ? wrong[i] : "a > 1 %, 95 % sure";
        d = desk_new(text);
        ck_assert_msg(!rc_condition_parse(&c, &d.reading,
                                          row ? &measured_by_gates : &nothing_measured,
                                          text, d.at),
                      "%s", text);
        ck_assert_uint_eq(rc_faults_errors(d.faults), 1);
        desk_free(&d);
    }
}
END_TEST

START_TEST(an_effect_is_a_metric_and_how_it_changes)
{
    static const struct {
        const char *text, *metric;
        bool relative;
        double p10, p90;
        const char *unit;
    } rows[] = {{"latency_p99 +10 to 30 %", "latency_p99", true, 0.1, 0.3, ""},
                {"latency_p99 +10 to +30 %", "latency_p99", true, 0.1, 0.3, ""},
                {"faithfulness -1 to 2 points", "faithfulness", false, -0.01, 0.02, ""},
                {"latency 5 to 8 ms", "latency", false, 5, 8, "ms"},
                {" recall  -20 to -5 %", "recall", true, -0.2, -0.05, ""}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        desk d = desk_new("");
        rc_effect e;
        ck_assert_msg(rc_effect_parse(&e, &d.reading, rows[i].text, d.at), "%s",
                      rows[i].text);
        ck_assert_str_eq(e.metric, rows[i].metric);
        ck_assert(e.relative == rows[i].relative);
        near(rc_law_quantile(&e.change.law, 0.1), rows[i].p10);
        near(rc_law_quantile(&e.change.law, 0.9), rows[i].p90);
        ck_assert_str_eq(e.change.unit ? e.change.unit : "", rows[i].unit);
        desk_free(&d);
    }
    static const char *const wrong[] = {"", "latency", "+10 %", "latency up",
                                        "latency 3 to 2 %"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        desk d = desk_new(wrong[i]);
        rc_effect e;
        ck_assert_msg(!rc_effect_parse(&e, &d.reading, wrong[i], d.at), "%s", wrong[i]);
        ck_assert_uint_eq(rc_faults_errors(d.faults), 1);
        desk_free(&d);
    }
}
END_TEST

START_TEST(a_condition_is_a_metric_a_sign_and_a_value)
{
    static const struct {
        const char *text, *metric;
        int op;
        double value;
        const char *unit;
    } rows[] = {{"recall < 80.5 %", "recall", RC_BELOW, 0.805, "%"},
                {"latency_p99 <= 40 ms", "latency_p99", RC_AT_MOST, 40, "ms"},
                {"alerts<=1200 /day", "alerts", RC_AT_MOST, 1200, "/day"},
                {"auc > 0.8", "auc", RC_ABOVE, 0.8, NULL},
                {"recall \xE2\x89\xA5 82 %", "recall", RC_AT_LEAST, 0.82, "%"},
                {"target", "target", RC_ANY, 0, NULL},
                {" fairness ", "fairness", RC_ANY, 0, NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        desk d = desk_new("");
        rc_condition c;
        ck_assert_msg(
            rc_condition_parse(&c, &d.reading, &measured_by_gates, rows[i].text, d.at),
            "%s", rows[i].text);
        ck_assert_str_eq(c.metric, rows[i].metric);
        ck_assert_int_eq((int)c.op, rows[i].op);
        ck_assert(c.value == rows[i].value);
        ck_assert_str_eq(c.unit ? c.unit : "", rows[i].unit ? rows[i].unit : "");
        desk_free(&d);
    }
    static const char *const wrong[] = {"",       "recall",      "recall == 3",
                                        "< 3",    "recall <",    "recall < 3 to 4 %",
                                        "a =< 3", "recall << 3", "recall < 120 %"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        desk d = desk_new(wrong[i]);
        rc_condition c;
        ck_assert_msg(
            !rc_condition_parse(&c, &d.reading, &measured_by_gates, wrong[i], d.at),
            "%s", wrong[i]);
        ck_assert_uint_eq(rc_faults_errors(d.faults), 1);
        desk_free(&d);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("condition");
    TCase *t = tcase_create("condition");
    tcase_add_test(t, a_value_is_one_number_with_its_unit);
    tcase_add_test(t, a_condition_may_ask_for_confidence_where_something_is_measured);
    tcase_add_test(t, an_effect_is_a_metric_and_how_it_changes);
    tcase_add_test(t, a_condition_is_a_metric_a_sign_and_a_value);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
