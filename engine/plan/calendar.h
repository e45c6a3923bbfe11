/* calendar.h -- working time and dates.
 *
 * Time is counted in working days: 0.0 is the morning of the first working day on or
 * after calendar.start, 1.0 its evening and the next working day's morning.
 *
 *   date of a start    the working day it falls in: floor
 *   date of a finish   the last working day it touches: max(0, ceil(t - 1e-9) - 1)
 *
 * Dates are tabulated for RC_HORIZON_DAYS calendar days from the start; beyond, weeks of
 * the same workdays without holidays go on.
 *
 * Memory   in the arena given. Threads: const after making.
 */
#ifndef ROADCAST_PLAN_CALENDAR_H
#define ROADCAST_PLAN_CALENDAR_H

#include "base/arena.h"
#include "base/date.h"
#include "scenario/scenario.h"

#define RC_HORIZON_DAYS 7320 /* 20 years */

typedef struct rc_interval {
    double from, to; /* working time, half open */
} rc_interval;

typedef struct rc_calendar {
    rc_date start;
    const rc_date *dates; /* [days_n] date of working day i */
    uint32_t days_n;
    /* [RC_HORIZON_DAYS] first working day on or after start + i */
    const uint32_t *index;
    const bool *works; /* [RC_HORIZON_DAYS] is start + i a working day */
    uint32_t week;     /* working days a week */
    uint8_t workdays;  /* bit i: weekday i (0 Monday) is worked */
} rc_calendar;

rc_status rc_calendar_make(rc_calendar *out, const rc_calendar_settings *settings,
                           rc_arena *arena, rc_error *err);
/* First working day on or after a date, as an index (a morning). */
double rc_calendar_morning(const rc_calendar *calendar, rc_date date);
/* Working time at the evening of a date: working days up to and including it. */
double rc_calendar_evening(const rc_calendar *calendar, rc_date date);
rc_date rc_calendar_date(const rc_calendar *calendar, double day_index);
rc_date rc_calendar_finish_date(const rc_calendar *calendar, double finish);
rc_date rc_calendar_start_date(const rc_calendar *calendar, double start);
/* Calendar months from the morning of the start to the end of the day of a finish;
 * INFINITY: never. */
double rc_calendar_months(const rc_calendar *calendar, double finish);
/* Working time when `days` calendar days after `start` are over. */
double rc_calendar_add(const rc_calendar *calendar, double start, double days);
/* Calendar days from one working time to another, an evening being the next working
 * morning: rc_calendar_add of so many leads there. */
double rc_calendar_span(const rc_calendar *calendar, double from, double until);

/* Finish of `work` working days begun at *start when the intervals are blocked: a start
 * inside one waits for its end, work that runs into one pauses. *start is moved. */
double rc_calendar_work(const rc_interval *blocked, uint32_t n, double *start,
                        double work);
/* Work that a wait of `days` calendar days comes to, begun at start, which no interval
 * blocks: it stands still in them, and goes on with the days that are left of it. */
double rc_calendar_wait(const rc_calendar *calendar, const rc_interval *blocked,
                        uint32_t n, double start, double days);

#endif
