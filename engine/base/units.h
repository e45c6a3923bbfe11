/* units.h -- every unit that a scenario may be written in, and what it is worth.
 *
 *   value in the base unit = number * factor
 *
 *   family          base unit                words
 *   time            working day              minutes hours days weeks months
 *   calendar time   calendar day             calendar days
 *   effort          person-day               person-days
 *   share           1                        %
 *   points          1 (a hundredth each)     points
 *   money           the currency itself      EUR USD … (ISO 4217)
 *   rate            one per working day      /hour /day /week /month /year
 *   latency         millisecond              ms
 *   magnitude       1                        k M bn
 *
 * A word is known in its singular too ("1 day"). Compound units are two words:
 * "EUR/hour" is EUR and /hour. A factor of rate holds for people; machines work 24
 * hours a day.
 *
 * No memory, no errors but NULL for an unknown word, any thread.
 */
#ifndef ROADCAST_BASE_UNITS_H
#define ROADCAST_BASE_UNITS_H

#include "base/text.h"

#define RC_MINUTES_PER_HOUR 60.0
#define RC_HOURS_PER_WORKDAY 8.0
#define RC_WORKDAYS_PER_WEEK 5.0
#define RC_WORKDAYS_PER_MONTH 21.75
#define RC_MONTHS_PER_YEAR 12.0
#define RC_MACHINE_HOURS_PER_DAY 24.0
#define RC_CALENDAR_DAYS_PER_WEEK 7.0
#define RC_CALENDAR_DAYS_PER_MONTH 30.4375 /* 365.25 / 12 */

typedef enum rc_unit_family {
    RC_UNIT_TIME,
    RC_UNIT_CALENDAR_TIME,
    RC_UNIT_EFFORT,
    RC_UNIT_SHARE,
    RC_UNIT_POINTS,
    RC_UNIT_MONEY,
    RC_UNIT_RATE,
    RC_UNIT_LATENCY,
    RC_UNIT_MAGNITUDE
} rc_unit_family;

typedef struct rc_unit {
    const char *word;     /* "days": as it is listed and printed */
    const char *singular; /* "day"; the word itself where there is none */
    rc_unit_family family;
    double factor;
} rc_unit;

extern const rc_unit rc_units[];
extern const size_t rc_units_n;

const rc_unit *rc_unit_find(rc_slice word);             /* NULL: not a unit */
const char *rc_unit_family_name(rc_unit_family family); /* "time": for messages */

#endif
