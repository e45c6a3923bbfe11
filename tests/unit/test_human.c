#include "report/human.h"
#include "base/date.h"
#include "suite.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

START_TEST(percent_is_whole_with_one_decimal_in_the_tails)
{
    static const struct {
        double p;
        const char *text;
    } cases[] = {{0.494, "49 %"},     {0.495, "50 %"},    {0.5, "50 %"},
                 {0.0094, "0.9 %"},   {0.01, "1 %"},      {0.0096, "1 %"},
                 {0.004, "0.4 %"},    {0.0004, "<0.1 %"}, {0.99, "99 %"},
                 {0.9904, "99 %"},    {0.9936, "99.4 %"}, {0.9994, "99.9 %"},
                 {0.9996, ">99.9 %"}, {NAN, "-"}};
    char out[RC_HUMAN];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_str_eq(rc_human_percent(out, cases[i].p), cases[i].text);
}
END_TEST

START_TEST(a_sampled_share_never_says_none_or_all)
{
    static const struct {
        rc_share share;
        const char *text, *full;
    } cases[] = {
        {{0, 0, 0.000192}, "<0.1 %", "0 of 20 000 (below 0.02 %)"},
        {{1, 0.99981, 1}, ">99.9 %", ">99.9 %"},
        {{1, 0.963, 1}, ">96 %", ">96 %"},
        {{0.002, 0.0001, 0.021}, "<3 %", "<3 %"},
        {{0.49, 0.483, 0.497}, "49 %", "49 %"},
        {{0.004, 0.003, 0.005}, "0.4 %", "0.4 %"},
    };
    char out[RC_HUMAN];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_str_eq(rc_human_share(out, cases[i].share), cases[i].text);
        ck_assert_str_eq(rc_human_share_of(out, cases[i].share, 20000), cases[i].full);
    }
}
END_TEST

START_TEST(money_has_three_digits_and_the_sign_of_its_currency)
{
    static const struct {
        double amount;
        const char *currency, *text;
    } cases[] = {{190000, "EUR", "190 k\xe2\x82\xac"},
                 {1200000, "EUR", "1.2 M\xe2\x82\xac"},
                 {1250000, "GBP",
                  "\xc2\xa3"
                  "1.25M"},
                 {999600, "USD", "$1M"},
                 {999400, "USD", "$999k"},
                 {850, "EUR", "850 \xe2\x82\xac"},
                 {8500, "EUR", "8.5 k\xe2\x82\xac"},
                 {0, "EUR", "0 \xe2\x82\xac"},
                 {2.5, "EUR", "2.5 \xe2\x82\xac"},
                 {1.476, "USD", "$1.48"},
                 {9.996, "EUR", "10 \xe2\x82\xac"},
                 {12.4, "EUR", "12 \xe2\x82\xac"},
                 {-12345, "EUR",
                  "\xe2\x88\x92"
                  "12.3 k\xe2\x82\xac"},
                 {190000, "CHF", "190 k CHF"},
                 {850, "CHF", "850 CHF"},
                 {2.5e9, "EUR", "2.5 G\xe2\x82\xac"},
                 {NAN, "EUR", "-"}};
    char out[RC_HUMAN];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_str_eq(rc_human_money(out, cases[i].amount, cases[i].currency),
                         cases[i].text);
}
END_TEST

START_TEST(weeks_points_and_counts_read_as_people_write_them)
{
    char out[RC_HUMAN];
    ck_assert_str_eq(rc_human_weeks(out, 15), "+3.0");
    ck_assert_str_eq(rc_human_weeks(out, -10.5), "\xe2\x88\x92"
                                                 "2.1");
    ck_assert_str_eq(rc_human_weeks(out, -0.1), "0.0");
    ck_assert_str_eq(rc_human_points(out, 0.0612, 0), "+6");
    ck_assert_str_eq(rc_human_points(out, -0.0005, 1), "\xe2\x88\x92"
                                                       "0.1");
    ck_assert_str_eq(rc_human_share_of(out, (rc_share){0, 0, 3.84e-5}, 100000),
                     "0 of 100 000 (below 0.0038 %)");
    ck_assert_str_eq(rc_human_count(out, 20000), "20 000");
    ck_assert_str_eq(rc_human_count(out, 2048), "2048");
    ck_assert_str_eq(rc_human_count(out, 12345678), "12 345 678");
    ck_assert_str_eq(rc_human_count(out, 0), "0");
    ck_assert_str_eq(rc_human_count_known(out, 15538, 40), "15 540");
    ck_assert_str_eq(rc_human_count_known(out, 15538, 300), "15 500");
    ck_assert_str_eq(rc_human_count_known(out, 15538, 0), "15 538");
    ck_assert_str_eq(
        rc_human_mean(out, &(rc_spread){.n = 400, .mean = 15538, .sd = 3000}),
        "15 500");
    ck_assert_str_eq(rc_human_mean(out, &(rc_spread){.n = 400, .mean = 5.72, .sd = 9}),
                     "5.7");
}
END_TEST

START_TEST(money_shows_what_its_error_supports)
{
    char out[RC_HUMAN];
    ck_assert_str_eq(rc_human_money_known(out, 24712, 7618, "USD"), "$25k");
    ck_assert_str_eq(rc_human_money_known(out, -24712, 76, "USD"),
                     "\xe2\x88\x92$24.7k");
    ck_assert_str_eq(rc_human_money_known(out, 512, 0, "USD"), "$512");
    ck_assert_str_eq(rc_human_money_error(out, 7118, "USD"), "$8k");
    ck_assert_str_eq(rc_human_money_error(out, 0.2, "USD"), "$1");
}
END_TEST

START_TEST(a_metric_is_shown_in_its_own_unit)
{
    char out[RC_HUMAN];
    ck_assert_str_eq(rc_human_metric(out, 0.82, "%", -1), "82 %");
    ck_assert_str_eq(rc_human_metric(out, 0.825, "%", -1), "82.5 %");
    ck_assert_str_eq(rc_human_metric(out, 0.8234, "share", 1), "82.3 %");
    ck_assert_str_eq(rc_human_metric(out, 36.4, "ms", 1), "36 ms");
    ck_assert_str_eq(rc_human_metric(out, 0.31, "ms", 1), "0.3 ms");
    ck_assert_str_eq(rc_human_metric(out, 980, "/day", -1), "980 /day");
    ck_assert_str_eq(rc_human_gap(out, 0.003, "%", 1), "0.3 points");
    ck_assert_str_eq(rc_human_gap(out, 2, "ms", 0), "2 ms");
    ck_assert_str_eq(rc_human_metric(out, NAN, "%", 1), "-");
}
END_TEST

START_TEST(a_date_shows_its_year_when_asked)
{
    char out[RC_HUMAN];
    int32_t date = rc_date_from(2026, 7, 31);
    ck_assert_str_eq(rc_human_date(out, date, false), "31 Jul");
    ck_assert_str_eq(rc_human_date(out, date, true), "31 Jul 2026");
    ck_assert_str_eq(rc_human_date(out, INT32_MAX, true), "never");
    ck_assert_str_eq(rc_human_date(out, RC_DATE_NONE, true), "-");
}
END_TEST

START_TEST(names_are_cut_to_columns_and_made_harmless)
{
    char out[128];
    ck_assert_str_eq(rc_human_name(out, sizeof out, "Label QA", 30), "Label QA");
    ck_assert_str_eq(rc_human_name(out, sizeof out, "abcdefghij", 10), "abcdefghij");
    ck_assert_str_eq(rc_human_name(out, sizeof out, "abcdefghijk", 10),
                     "abcdefghi\xe2\x80\xa6");
    ck_assert_str_eq(rc_human_name(out, sizeof out, "abcdefgh ijk", 10),
                     "abcdefgh\xe2\x80\xa6");
    ck_assert_str_eq(rc_human_name(out, sizeof out, "a\033[2Jb\nc\td", 30),
                     "a\xef\xbf\xbd[2Jb c d");
    /* right-to-left override, broken and overlong UTF-8, a lone surrogate */
    ck_assert_str_eq(rc_human_name(out, sizeof out, "x\xe2\x80\xaey", 30),
                     "x\xef\xbf\xbdy");
    ck_assert_str_eq(rc_human_name(out, sizeof out, "x\xff\xc0\xafy", 30),
                     "x\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdy");
    ck_assert_str_eq(rc_human_name(out, sizeof out, "\xc3\xbc\xe2\x82\xac", 30),
                     "\xc3\xbc\xe2\x82\xac");
    char small[8];
    rc_human_name(small, sizeof small, "abcdefghijkl", 30);
    ck_assert(strlen(small) < sizeof small);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("human");
    TCase *c = tcase_create("numbers as people say them");
    tcase_add_test(c, percent_is_whole_with_one_decimal_in_the_tails);
    tcase_add_test(c, a_sampled_share_never_says_none_or_all);
    tcase_add_test(c, money_has_three_digits_and_the_sign_of_its_currency);
    tcase_add_test(c, weeks_points_and_counts_read_as_people_write_them);
    tcase_add_test(c, money_shows_what_its_error_supports);
    tcase_add_test(c, a_metric_is_shown_in_its_own_unit);
    tcase_add_test(c, a_date_shows_its_year_when_asked);
    tcase_add_test(c, names_are_cut_to_columns_and_made_harmless);
    suite_add_tcase(suite, c);
    return suite_run(suite);
}
