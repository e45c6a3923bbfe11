/* Estimates: what is refused, in which words, and where the caret stands. */
#include "desk.h"
#include "suite.h"

START_TEST(limits_of_a_row_are_kept)
{
    rc_setting row = {.key = "votes", .dimension = RC_COUNT, .low = 1, .high = 50};
    static const struct {
        const char *text;
        bool lawful;
    } rows[] = {{"1", true},
                {"50", true},
                {"51", false},
                {"0.5", false},
                {"2 to 49", true},
                {"2 to 60", false},
                {"uniform(1, 50)", true},
                {"uniform(1, 51)", false},
                {"beta(2, 2, 0, 50)", false},
                {"discrete(1: 50 %, 60: 50 %)", false},
                {"lognormal(5, 2)", true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        desk d = desk_new(rows[i].text);
        rc_estimate e = {0};
        ck_assert_msg(rc_estimate_parse(&e, &d.reading, &row, rows[i].text, d.at) ==
                          rows[i].lawful,
                      "%s", rows[i].text);
        desk_free(&d);
    }
}
END_TEST

/* ------------------------------------------------------------------------ faults */

START_TEST(faults_say_what_was_expected_and_where)
{
    static const struct {
        rc_dimension dimension;
        const char *text;
        unsigned column, length;
        const char *says, *hint;
    } rows[] = {
        {RC_SHARE, "45 days", 4, 4, "expected a percentage, found time", "55 %"},
        {RC_TIME, "45 %", 4, 1, "expected time, found a percentage", ""},
        {RC_TIME, "5", 1, 1, "expected time, found a plain number", "days"},
        {RC_EFFORT, "5 days", 3, 4, "expected person-days, found time", "duration"},
        {RC_TIME, "5 person-days", 3, 11, "expected time, found person-days", ""},
        {RC_POINTS, "3 %", 3, 1, "expected points, found a percentage", "write points"},
        {RC_SHARE, "3 points", 3, 6, "expected a percentage, found points", ""},
        {RC_SHARE, "120 %", 1, 3, "a share over 100 %", ""},
        {RC_SHARE, "50 to 120 %", 7, 3, "a share over 100 %", ""},
        {RC_SHARE, "0 to 10 %", 1, 7, "cannot end at 0 %", "write 1 %"},
        {RC_SHARE, "10 to 100 %", 1, 9, "cannot end at 100 %", "write 99 %"},
        {RC_MONEY, "5 days", 3, 4, "expected money, found time", "EUR"},
        {RC_MONEY, "5 EUR/day", 3, 7, "expected money, found money per time", ""},
        {RC_MONEY, "5 euro", 3, 4, "unknown unit 'euro'", "write EUR"},
        {RC_MONEY_PER_DAY, "5 EUR", 3, 3, "expected money per day, found money", ""},
        {RC_MONEY_PER_MONTH, "5 EUR", 3, 3, "expected money per month, found money",
         "90k EUR/month"},
        {RC_COUNT_PER_MONTH, "5", 1, 1, "expected a rate per month", "1.2M /month"},
        {RC_CHANGE_PER_MONTH, "5 %", 3, 1,
         "expected a percentage per month, found a percentage", "0 to 4 %/month"},
        {RC_CHANGE_PER_MONTH, "5 %/year", 3, 6, "expected a percentage per month",
         "0 to 4 %/month"},
        {RC_MONEY, "1,000 EUR", 1, 5, "1,000", "write 1k EUR"},
        {RC_MONEY, "2.000.000 EUR", 1, 9, "2.000.000", "write 2M EUR"},
        {RC_MONEY, "2,150,000 EUR", 1, 9, "2,150,000", "write 2.15M EUR"},
        {RC_COUNT, "12'500", 1, 6, "12'500", "write 12.5k"},
        {RC_COUNT, "1 200 000 000", 1, 13, "1 200 000 000", "write 1.2bn"},
        {RC_MONEY, "3,5 EUR", 1, 3, "3,5", "3.5"},
        {RC_MONEY, "5m EUR", 2, 1, "minutes, months or millions",
         "write months, minutes or M"},
        {RC_TIME, "5 m", 3, 1, "minutes, months or millions", ""},
        {RC_METRIC, "5 m", 3, 1, "minutes, months or millions", ""},
        {RC_TIME, "5 dyas", 3, 4, "unknown unit 'dyas'", "did you mean 'days'?"},
        {RC_TIME, "5 working days", 3, 12, "unknown unit", "they are working days"},
        {RC_TIME, "lognorml(3, 0.5) days", 1, 8, "unknown law 'lognorml'",
         "did you mean 'lognormal('?"},
        {RC_TIME, "about 5 days", 1, 5, "found 'about'", ""},
        {RC_TIME, "3-12 days", 2, 1, "expected 'to'", "3 to 12 days"},
        {RC_TIME, "3 / 12 days", 1, 6, "best / likely / worst", "low to high"},
        {RC_TIME, "12 to 3 days", 1, 7, "out of order", "write the smallest first"},
        {RC_TIME, "5 / 3 / 12 days", 1, 10, "best over likely over worst out of order",
         "write the smallest first"},
        {RC_TIME, "5 to 5 days", 1, 6, "the same", "one number"},
        {RC_TIME, "3 days to 12", 1, 12, "unit after the last number", ""},
        {RC_TIME, "0 to 10 days", 1, 12, "below 0 days with a chance of 10 %", ""},
        {RC_TIME, "normal(10, 5) days", 1, 18, "with a chance of 2.28 %", ""},
        {RC_TIME, "-3 days", 1, 7, "at least 0 days", ""},
        {RC_SHARE, "normal(50, 20) %", 1, 16, "below 0 %", "beta"},
        {RC_TIME, "2 days to 3 calendar days", 13, 13, "expected working days", ""},
        {RC_TIME, "history(sprints)", 1, 7, "history(...) is not read by this version",
         ""},
        {RC_TIME, "lognormal(3) days", 1, 9, "needs its parameter 'sigma'", ""},
        {RC_TIME, "lognormal(3, 4, 5) days", 17, 1, "at most 2 parameters", ""},
        {RC_TIME, "lognormal(p10=3, sigma=2) days", 18, 5, "not both", ""},
        {RC_TIME, "pert(3, 5, 12 days", 5, 1, "never closed", ""},
        {RC_TIME, "mix(70 %: 2 days, 20 %: 9 days)", 1, 3, "90 %", "100 %"},
        {RC_TIME, "poisson(3) weeks", 1, 7, "poisson counts", ""},
        {RC_TIME, "bernoulli(0.5) weeks", 1, 9, "0 or 1", "discrete"},
        {RC_TIME, "beta(2, 5, low=3) days", 1, 4, "both low and high", ""},
        {RC_TIME, "pert(low=3, 5, 12) days", 13, 1, "expected a name", ""},
        {RC_TIME, "pert(3, low=5, mode=4, high=9) days", 13, 1, "'low' is given twice",
         ""},
        {RC_TIME, "pert(3, mod=5, 9) days", 9, 3, "no parameter 'mod'", "'mode'"},
        {RC_TIME, "gamma(p10=3, p10=9) days", 14, 3, "given twice", ""},
        {RC_TIME, "gamma(p10=3) days", 1, 5, "gamma takes two of", ""},
        {RC_TIME, "pert(high=12, mode=5 days, low=3)", 11, 22, "after the last", ""},
        {RC_NUMBER, "", 1, 1, "found nothing", ""},
        {RC_NUMBER, ".5", 1, 1, "digit before the point", "0.5"},
        {RC_NUMBER, "5.", 1, 2, "digits after the point", ""},
        {RC_NUMBER, "007", 1, 3, "leading zeros", ""},
        {RC_COUNT, "5 \xC2\xB5s", 3, 2, "expected a plain count", ""},
        {RC_TIME, "\xE2\x88\x92 5 days", 1, 0, "expected a number",
         "write - for minus"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        desk d = desk_new(rows[i].text);
        rc_setting row = row_of(rows[i].dimension);
        rc_estimate e = {0};
        ck_assert_msg(!rc_estimate_parse(&e, &d.reading, &row, rows[i].text, d.at),
                      "accepted: %s", rows[i].text);
        ck_assert(!e.given);
        ck_assert_uint_eq(rc_faults_errors(d.faults), 1);
        char text[1000], place[40], carets[40];
        printed(text, sizeof text, d.faults);
        snprintf(place, sizeof place, "t.cfg:1:%u: error: ", rows[i].column);
        ck_assert_msg(strstr(text, place) && strstr(text, rows[i].says) &&
                          strstr(text, rows[i].hint),
                      "%s", text);
        snprintf(carets, sizeof carets, "%.*s", (int)rows[i].length,
                 "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^");
        char *found = strchr(text, '^');
        ck_assert_msg(rows[i].length == 0 ||
                          (found && strspn(found, "^") == rows[i].length),
                      "%s", text);
        desk_free(&d);
    }
}
END_TEST

START_TEST(a_text_too_long_or_too_deep_is_refused)
{
    size_t n = 70000;
    char *text = malloc(n + 1);
    ck_assert_ptr_nonnull(text);
    memset(text, '1', n);
    text[n] = '\0';
    desk d = desk_new("");
    rc_setting row = row_of(RC_NUMBER);
    rc_estimate e = {0};
    ck_assert(!rc_estimate_parse(&e, &d.reading, &row, text, d.at));
    text[60000] = '\0';
    ck_assert(!rc_estimate_parse(&e, &d.reading, &row, text, d.at));
    size_t k = 0;
    for (int i = 0; i < 5000; i++)
        k += (size_t)sprintf(text + k, "mix(1 %%:");
    ck_assert(!rc_estimate_parse(&e, &d.reading, &row, text, d.at));
    k = (size_t)sprintf(text, "discrete(");
    for (int i = 0; i < 65; i++)
        k += (size_t)sprintf(text + k, "%d: 1 %%, ", i);
    sprintf(text + k, "99: 35 %%)");
    ck_assert(!rc_estimate_parse(&e, &d.reading, &row, text, d.at));
    ck_assert_uint_eq(rc_faults_errors(d.faults), 4);
    free(text);
    desk_free(&d);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("estimate faults");
    TCase *t = tcase_create("estimate faults");
    tcase_add_test(t, limits_of_a_row_are_kept);
    tcase_add_test(t, faults_say_what_was_expected_and_where);
    tcase_add_test(t, a_text_too_long_or_too_deep_is_refused);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
