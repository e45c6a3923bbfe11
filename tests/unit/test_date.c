#include "base/date.h"
#include "suite.h"
#include <stdlib.h>
#include <string.h>

/* The calendar told day by day, from a Monday: 1 January 1900. */
START_TEST(three_centuries_day_by_day_agree_with_the_rules_of_the_calendar)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    rc_date date = rc_date_from(1900, 1, 1);
    int weekday = 0;
    ck_assert_int_eq(date, -25567);
    for (int year = 1900; year < 2200; year++)
        for (int month = 1; month <= 12; month++) {
            int leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            int last = lengths[month - 1] + (month == 2 && leap);
            for (int day = 1; day <= last; day++, date++, weekday = (weekday + 1) % 7) {
                rc_ymd ymd = rc_date_ymd(date);
                ck_assert(ymd.year == year && ymd.month == month && ymd.day == day);
                ck_assert(rc_date_from(year, month, day) == date);
                ck_assert(rc_date_weekday(date) == weekday);
                char text[11];
                rc_date read = 0;
                rc_date_print(text, date);
                ck_assert(rc_date_parse(&read, text) && read == date);
            }
        }
}
END_TEST

START_TEST(what_is_no_date_of_the_calendar_is_refused)
{
    static const char *const bad[] = {
        "",           "2026",       "2026-7-31",   "2026-07-32", "2026-02-29",
        "1900-02-29", "2026-00-10", "2026-13-01",  "2026-01-00", "1899-12-31",
        "2200-01-01", "26-01-01",   "2026/01/01",  "2026-01-0a", "2026-01-01T00:00",
        "2026-01-1",  "-026-01-01", " 2026-01-01", "2026-01-011",
        "2026-01/01"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        rc_date date = 17;
        ck_assert_msg(!rc_date_parse(&date, bad[i]), "%s", bad[i]);
        ck_assert_int_eq(date, 17);
    }
}
END_TEST

START_TEST(a_date_may_be_followed_by_a_blank_and_free_text)
{
    rc_date date;
    ck_assert(rc_date_parse(&date, "2026-05-01 Labour Day"));
    ck_assert_int_eq(date, rc_date_from(2026, 5, 1));
    ck_assert(rc_date_parse(&date, "2024-02-29\tleap"));
    ck_assert(rc_date_parse(&date, "2000-02-29"));
}
END_TEST

START_TEST(a_date_is_shown_as_people_write_it)
{
    char text[12];
    rc_date_human(text, rc_date_from(2026, 7, 31), true);
    ck_assert_str_eq(text, "31 Jul 2026");
    rc_date_human(text, rc_date_from(2026, 1, 2), false);
    ck_assert_str_eq(text, "2 Jan");
    rc_date_print(text, rc_date_from(1900, 1, 2));
    ck_assert_str_eq(text, "1900-01-02");
}
END_TEST

START_TEST(months_are_added_and_clipped_to_the_last_day)
{
    static const int cases[][7] = {
        {2026, 1, 31, 1, 2026, 2, 28},    {2024, 1, 31, 1, 2024, 2, 29},
        {2026, 3, 31, -1, 2026, 2, 28},   {2026, 11, 15, 2, 2027, 1, 15},
        {2026, 1, 15, -1, 2025, 12, 15},  {2026, 5, 31, 12, 2027, 5, 31},
        {2024, 2, 29, 12, 2025, 2, 28},   {2026, 12, 1, 0, 2026, 12, 1},
        {2026, 1, 31, -25, 2023, 12, 31}, {2026, 6, 30, 30, 2028, 12, 30}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int *c = cases[i];
        ck_assert_int_eq(rc_date_add_months(rc_date_from(c[0], c[1], c[2]), c[3]),
                         rc_date_from(c[4], c[5], c[6]));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("date");
    TCase *c = tcase_create("date");
    tcase_add_test(c, three_centuries_day_by_day_agree_with_the_rules_of_the_calendar);
    tcase_add_test(c, what_is_no_date_of_the_calendar_is_refused);
    tcase_add_test(c, a_date_may_be_followed_by_a_blank_and_free_text);
    tcase_add_test(c, a_date_is_shown_as_people_write_it);
    tcase_add_test(c, months_are_added_and_clipped_to_the_last_day);
    suite_add_tcase(suite, c);
    return suite_run(suite);
}
