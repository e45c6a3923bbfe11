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
    if (n == 0 || week == 0)
        return rc_fail(err, RC_REFUSED, "the calendar has no working day");
    *out = (rc_calendar){ .start = settings->start, .dates = dates, .days_n = n,
                          .index = index, .works = works, .week = week };
    return RC_OK;
}

double rc_calendar_morning(const rc_calendar *c, rc_date date)
{
    int64_t at = (int64_t)date - c->start;
    if (at <= 0)
        return 0.0;
    if (at < RC_HORIZON_DAYS)
        return c->index[at];
    return c->days_n + floor((double)(at - RC_HORIZON_DAYS) * c->week / RC_CALENDAR_DAYS_PER_WEEK);
}

double rc_calendar_evening(const rc_calendar *c, rc_date date)
{
    return date < c->start ? 0.0 : rc_calendar_morning(c, date + 1);
}

rc_date rc_calendar_date(const rc_calendar *c, double day_index)
{
    if (day_index < 0)
        day_index = 0;
    if (day_index < c->days_n)
        return c->dates[(uint32_t)day_index];
    double past = floor(day_index) - (c->days_n - 1);
    double days = ceil(past * RC_CALENDAR_DAYS_PER_WEEK / c->week);
    return days < 1e8 ? c->dates[c->days_n - 1] + (rc_date)days : INT32_MAX;
}

rc_date rc_calendar_start_date(const rc_calendar *c, double start)
{
    return rc_calendar_date(c, floor(start));
}

rc_date rc_calendar_finish_date(const rc_calendar *c, double finish)
{
    return rc_calendar_date(c, fmax(0.0, ceil(finish - 1e-9) - 1.0));
}

double rc_calendar_add(const rc_calendar *c, double start, double days)
{
    double day = floor(start);
    if (day >= c->days_n)
        return start + days * c->week / RC_CALENDAR_DAYS_PER_WEEK;
    double at = (double)(c->dates[(uint32_t)day] - c->start) + (start - day) + days;
    double whole = floor(at);
    if (whole >= RC_HORIZON_DAYS)
        return c->days_n + (at - RC_HORIZON_DAYS) * c->week / RC_CALENDAR_DAYS_PER_WEEK;
    uint32_t i = (uint32_t)whole;
    return c->works[i] ? c->index[i] + (at - whole) : (double)c->index[i];
}

double rc_calendar_work(const rc_interval *blocked, uint32_t n, double *start, double work)
{
    double at = *start, left = work;
    bool begun = false;
    for (uint32_t i = 0; i < n; i++) {
        if (blocked[i].to <= at)
            continue;
        if (blocked[i].from <= at) {
            if (!begun && left <= 0 && blocked[i].from == at)
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
