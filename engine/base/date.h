/* date.h -- calendar dates as day numbers.
 *
 * A date is the number of days since 1970-01-01 (proleptic Gregorian), a plain int32.
 * Lawful years are 1900 to 2199; anything else is refused by rc_date_parse.
 *
 *   rc_date_parse   "2026-07-31", followed by nothing or by a blank and free text
 *   rc_date_print   "2026-07-31"
 *   rc_date_human   "31 Jul" (year 0) or "31 Jul 2026"
 *
 * No memory, no locale, no time zone; any thread.
 */
#ifndef ROADCAST_BASE_DATE_H
#define ROADCAST_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t rc_date;

#define RC_DATE_NONE INT32_MIN

typedef struct rc_ymd {
    int year, month, day; /* month and day count from 1 */
} rc_ymd;

bool rc_date_parse(rc_date *out,
                   const char *text); /* false: not a date of a calendar */
rc_date rc_date_from(int year, int month, int day);
rc_ymd rc_date_ymd(rc_date date);
int rc_date_weekday(rc_date date); /* 0 Monday … 6 Sunday */
void rc_date_print(char out[11], rc_date date);
void rc_date_human(char out[12], rc_date date, bool with_year);
rc_date rc_date_add_months(rc_date date,
                           int months); /* clipped to the month's last day */

#endif
