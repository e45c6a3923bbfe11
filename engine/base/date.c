#include "base/date.h"
#include <stdio.h>

/* Years run from March here, so that the leap day is a year's last day; 400 years are
 * 146 097 days; 719 468 days lie between 0000-03-01 and 1970-01-01. */
enum { DAYS_400 = 146097, DAYS_BEFORE_1970 = 719468 };

static int floor_div(int a, int b)
{
    return a / b - (a % b < 0);
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

rc_date rc_date_from(int year, int month, int day)
{
    int y = month > 2 ? year : year - 1;
    int m = month > 2 ? month - 3 : month + 9; /* 0 March … 11 February */
    int era = floor_div(y, 400);
    int of_era = y - era * 400;
    int of_year = (153 * m + 2) / 5 + day - 1;
    return era * DAYS_400 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           DAYS_BEFORE_1970;
}

rc_ymd rc_date_ymd(rc_date date)
{
    int days = date + DAYS_BEFORE_1970;
    int era = floor_div(days, DAYS_400);
    int of_era = days - era * DAYS_400; /* 0 … 146 096 */
    int y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * y + y / 4 - y / 100);
    int m = (5 * of_year + 2) / 153;
    return (rc_ymd){.year = era * 400 + y + (m >= 10),
                    .month = m < 10 ? m + 3 : m - 9,
                    .day = of_year - (153 * m + 2) / 5 + 1};
}

int rc_date_weekday(rc_date date)
{
    return (date % 7 + 10) % 7; /* 1970-01-01 was a Thursday */
}

static bool digits_read(int *out, const char *text, int n)
{
    int x = 0;
    for (int i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        x = x * 10 + (text[i] - '0');
    }
    *out = x;
    return true;
}

bool rc_date_parse(rc_date *out, const char *text)
{
    int year, month, day;
    /* each test stops at a NUL before the next one looks further */
    if (!digits_read(&year, text, 4) || text[4] != '-' ||
        !digits_read(&month, text + 5, 2) || text[7] != '-' ||
        !digits_read(&day, text + 8, 2))
        return false;
    if (text[10] != 0 && text[10] != ' ' && text[10] != '\t')
        return false;
    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 ||
        day > month_days(year, month))
        return false;
    *out = rc_date_from(year, month, day);
    return true;
}

void rc_date_print(char out[11], rc_date date)
{
    rc_ymd d = rc_date_ymd(date);
    unsigned year = (unsigned)d.year % 10000u;
    unsigned month = (unsigned)d.month % 100u, day = (unsigned)d.day % 100u;
    snprintf(out, 11, "%04u-%02u-%02u", year, month, day);
}

void rc_date_human(char out[12], rc_date date, bool with_year)
{
    static const char *const months[12] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    rc_ymd d = rc_date_ymd(date);
    unsigned year = (unsigned)d.year % 10000u, day = (unsigned)d.day % 100u;
    if (with_year)
        snprintf(out, 12, "%u %.3s %04u", day, months[d.month - 1], year);
    else
        snprintf(out, 12, "%u %.3s", day, months[d.month - 1]);
}

rc_date rc_date_add_months(rc_date date, int months)
{
    rc_ymd d = rc_date_ymd(date);
    int count = d.year * 12 + d.month - 1 + months;
    int year = floor_div(count, 12), month = count - year * 12 + 1;
    int last = month_days(year, month);
    return rc_date_from(year, month, d.day < last ? d.day : last);
}
