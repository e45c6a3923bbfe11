/* units.h -- every unit that a scenario may be written in, and what it is worth.
 *
 *   value in the base unit = number * times / over      so that 55 % is exactly 55/100
 *
 *   family          base unit                words
 *   time            working day              minutes hours days weeks months
 *   calendar time   calendar day             calendar days
 *   long time       working day              years
 *   effort          person-day               person-hours -days -weeks -months
 *   percent         1                        %
 *   points          1 (a hundredth each)     points
 *   money           the currency itself      EUR USD … (ISO 4217)
 *
 * A word is known in its singular too ("1 day"). Machines work 24 hours a day, and a
 * product in production never rests: what a time is for these stands beside it. Years
 * are a family of their own, because nobody plans work in them: they serve rates and
 * production. Which quantity takes which unit is not known here.
 *
 * No memory, no errors but NULL for an unknown word, any thread.
 */
#ifndef ROADCAST_BASE_UNITS_H
#define ROADCAST_BASE_UNITS_H

#include <stdbool.h>
#include <stddef.h>

#define RC_MINUTES_PER_HOUR 60.0
#define RC_HOURS_PER_WORKDAY 8.0
#define RC_WORKDAYS_PER_WEEK 5.0
#define RC_WORKDAYS_PER_MONTH 21.75 /* 261 / 12 */
#define RC_MONTHS_PER_YEAR 12.0
#define RC_MACHINE_HOURS_PER_DAY 24.0
#define RC_CALENDAR_DAYS_PER_WEEK 7.0
#define RC_CALENDAR_DAYS_PER_MONTH 30.4375 /* 365.25 / 12 */

typedef enum rc_unit_family {
    RC_UNIT_NONE, /* no word at all */
    RC_UNIT_TIME,
    RC_UNIT_CALENDAR_TIME,
    RC_UNIT_LONG_TIME,
    RC_UNIT_EFFORT,
    RC_UNIT_PERCENT,
    RC_UNIT_POINTS,
    RC_UNIT_MONEY,
    RC_UNIT_UNKNOWN
} rc_unit_family;

typedef struct rc_unit {
    const char *word, *plural; /* the same where there is only one */
    rc_unit_family family;
    double times, over;
    double machine_hours;   /* of a time, for machines; else 0 */
    double calendar_months; /* of a time, in production; else 0 */
} rc_unit;

extern const rc_unit rc_units[]; /* all but money */
extern const size_t rc_units_n;

const rc_unit *rc_unit_find(const char *word); /* NULL: none of rc_units */
rc_unit_family rc_unit_family_of(const char *word);

#endif
