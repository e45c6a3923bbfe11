#include "plan/calendar.h"
#include "base/units.h"
#include <math.h>

rc_status rc_calendar_make(rc_calendar *out, const rc_calendar_settings *settings,
                           rc_arena *arena, rc_error *err)
{
    rc_date *dates = rc_arena_alloc(arena, RC_HORIZON_DAYS, sizeof *dates);
    uint32_t *index = rc_arena_alloc(arena, RC_HORIZON_DAYS, sizeof *index);
    bool *works = rc_arena_alloc(arena, RC_HORIZON_DAYS, sizeof *works);
    if (!dates || !index || !works)
        return rc_fail(err, RC_IO, "out of memory for the calendar");
    for (int i = 0; i < RC_HORIZON_DAYS; i++)
        works[i] = settings->workdays >> rc_date_weekday(settings->start + i) & 1;
    for (uint32_t h = 0; h < settings->holidays_n; h++) {
        int64_t at = (int64_t)settings->holidays[h] - settings->start;
        if (at >= 0 && at < RC_HORIZON_DAYS)
            works[at] = false;
    }
    uint32_t n = 0, week = 0;
    for (int i = 0; i < RC_HORIZON_DAYS; i++) {
        index[i] = n;
        if (works[i])
            dates[n++] = settings->start + i;
    }
    for (int i = 0; i < 7; i++)
        week += settings->workdays >> i & 1;
    if (n == 0)
        return rc_fail(err, RC_REFUSED, "the calendar has no working day");
    *out = (rc_calendar){.start = settings->start,
                         .dates = dates,
                         .days_n = n,
                         .index = index,
                         .works = works,
                         .week = week,
                         .workdays = settings->workdays};
    return RC_OK;
}

/* Day offsets count from the start; past the tables, weeks of workdays go on. */

static bool works_on(const rc_calendar *c, int64_t offset)
{
    if (offset < RC_HORIZON_DAYS)
        return c->works[offset];
    return c->workdays >> rc_date_weekday((rc_date)(c->start + offset % 7)) & 1;
}

static double index_at(const rc_calendar *c, int64_t offset)
{
    if (offset < RC_HORIZON_DAYS)
        return c->index[offset];
    int64_t past = offset - RC_HORIZON_DAYS, index = c->days_n + past / 7 * c->week;
    for (int64_t at = offset - past % 7; at < offset; at++)
        index += works_on(c, at);
    return (double)index;
}

/* index: a whole number */
static int64_t offset_of(const rc_calendar *c, double index)
{
    if (index < c->days_n)
        return (int64_t)c->dates[(uint32_t)index] - c->start;
    int64_t past = (int64_t)index - c->days_n;
    int64_t offset = RC_HORIZON_DAYS + past / c->week * 7;
    for (int64_t left = past % c->week;; offset++)
        if (works_on(c, offset) && left-- == 0)
            return offset;
}

/* Later than any date that is ever shown. */
#define FAR_DAYS 1e8

double rc_calendar_morning(const rc_calendar *c, rc_date date)
{
    return date <= c->start ? 0.0 : index_at(c, (int64_t)date - c->start);
}

double rc_calendar_evening(const rc_calendar *c, rc_date date)
{
    return date < c->start ? 0.0 : rc_calendar_morning(c, date + 1);
}

rc_date rc_calendar_date(const rc_calendar *c, double day_index)
{
    if (day_index < 0)
        day_index = 0;
    return day_index < FAR_DAYS ? (rc_date)(c->start + offset_of(c, floor(day_index)))
                                : INT32_MAX;
}

rc_date rc_calendar_start_date(const rc_calendar *c, double start)
{
    return rc_calendar_date(c, floor(start));
}

rc_date rc_calendar_finish_date(const rc_calendar *c, double finish)
{
    return rc_calendar_date(c, fmax(0.0, ceil(finish - 1e-9) - 1.0));
}

double rc_calendar_months(const rc_calendar *c, double finish)
{
    return isinf(finish) ? INFINITY
                         : (double)(rc_calendar_finish_date(c, finish) + 1 - c->start) /
                               RC_CALENDAR_DAYS_PER_MONTH;
}

double rc_calendar_add(const rc_calendar *c, double start, double days)
{
    double day = floor(start), part = start - day + days, whole = floor(part);
    if (!(day < FAR_DAYS) || !(whole < FAR_DAYS))
        return start + days * c->week / 7.0;
    int64_t at = offset_of(c, day) + (int64_t)whole;
    return works_on(c, at) ? index_at(c, at) + (part - whole) : index_at(c, at);
}

double rc_calendar_span(const rc_calendar *c, double from, double until)
{
    const double a = floor(from), b = floor(until);
    if (!(fmax(a, b) < FAR_DAYS))
        return (until - from) * 7.0 / c->week;
    return (double)(offset_of(c, b) - offset_of(c, a)) + (until - b) - (from - a);
}

double rc_calendar_work(const rc_interval *blocked, uint32_t n, double *start,
                        double work)
{
    const double due = *start;
    double at = due, left = work;
    bool begun = false;
    for (uint32_t i = 0; i < n; i++) {
        if (blocked[i].to <= at)
            continue;
        if (blocked[i].from <= at) {
            if (!begun && left <= 0 && blocked[i].from == due && at == due)
                break; /* nothing to do, and due the evening before */
            at = blocked[i].to;
            if (!begun)
                *start = at;
            continue;
        }
        if (at + left <= blocked[i].from)
            break;
        left -= blocked[i].from - at;
        at = blocked[i].to;
        begun = true;
    }
    return at + left;
}

double rc_calendar_wait(const rc_calendar *c, const rc_interval *blocked, uint32_t n,
                        double start, double days)
{
    double at = start, left = days, work = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (blocked[i].from < at)
            continue;
        const double until = rc_calendar_span(c, at, blocked[i].from);
        if (left <= until)
            break;
        left -= until;
        work += blocked[i].from - at;
        at = blocked[i].to;
    }
    return work + (rc_calendar_add(c, at, left) - at);
}
