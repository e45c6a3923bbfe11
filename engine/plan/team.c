#include "plan/team.h"
#include <assert.h>
#include <math.h>

int64_t rc_heads(double people)
{
    return (int64_t)floor(people * 1000.0 + 0.5);
}

/* Insertion sort by time, ties in the order given: lists of a few changes. */
static void sort_changes(rc_team_change *change, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++)
        for (uint32_t j = i; j > 0 && change[j].at < change[j - 1].at; j--) {
            rc_team_change t = change[j];
            change[j] = change[j - 1];
            change[j - 1] = t;
        }
}

rc_status rc_team_clock_make(rc_team_clock *out, const rc_team *team,
                             const rc_calendar *calendar, rc_arena *arena,
                             rc_error *err)
{
    const rc_join *join = team->joins.at;
    const rc_leave *leave = team->leaves.at;
    uint32_t room = team->joins.n + 2 * team->leaves.n, n = 0;
    rc_team_change *change = rc_arena_alloc(arena, room + 1, sizeof *change);
    rc_heads_step *step = rc_arena_alloc(arena, room + 1, sizeof *step);
    if (!change || !step)
        return rc_fail(err, RC_IO, "out of memory for the team");
    for (uint32_t i = 0; i < team->joins.n; i++) {
        const rc_estimate *ramp = &join[i].full_speed_after;
        change[n++] =
            (rc_team_change){rc_calendar_morning(calendar, join[i].on), join[i].people,
                             ramp->given ? ramp->index : UINT32_MAX};
    }
    for (uint32_t i = 0; i < team->leaves.n; i++) {
        change[n++] = (rc_team_change){rc_calendar_morning(calendar, leave[i].on),
                                       -leave[i].people, UINT32_MAX};
        if (leave[i].back_on != RC_DATE_NONE)
            change[n++] =
                (rc_team_change){rc_calendar_morning(calendar, leave[i].back_on),
                                 leave[i].people, UINT32_MAX};
    }
    sort_changes(change, n);
    int64_t heads = rc_heads(team->people), least = INT64_MAX, most = 0;
    uint32_t steps = 0;
    step[steps++] = (rc_heads_step){0.0, heads};
    for (uint32_t i = 0; i < n; i++) {
        heads += rc_heads(change[i].people);
        if (step[steps - 1].at <
            change[i].at) /* else somebody comes as another one goes */
            steps++;
        step[steps - 1] = (rc_heads_step){change[i].at, heads};
    }
    for (uint32_t i = 0; i < steps; i++) {
        least = step[i].heads < least ? step[i].heads : least;
        most = step[i].heads > most ? step[i].heads : most;
    }
    if (least < 0)
        return rc_fail(err, RC_REFUSED, "more people leave team '%s' than it has",
                       team->head.id);
    *out = (rc_team_clock){.team = team,
                           .changes = change,
                           .changes_n = n,
                           .steps = step,
                           .steps_n = steps,
                           .least = least,
                           .most = most};
    return RC_OK;
}

#define NOBODY 0.0005 /* heads: less than half a thousandth is rounding */

/* Mean speed at t; *slope is its change a day, valid until *next, where something
 * changes. A change at t itself has happened. Who leaves finishes what runs: with nobody
 * left, at the speed of those who were there. */
static double speed_at(const rc_team_clock *clock, double *const *row, uint32_t lane,
                       double t, double *slope, double *next)
{
    double heads = clock->team->people, effective = heads, last = 1.0, last_slope = 0.0;
    *slope = 0.0;
    *next = INFINITY;
    for (uint32_t i = 0; i < clock->changes_n; i++) {
        const rc_team_change *c = &clock->changes[i];
        if (c->at > t) {
            *next = fmin(*next, c->at);
            break;
        }
        if (heads > NOBODY && heads + c->people <= NOBODY) {
            last = effective / heads;
            last_slope = *slope / heads;
        }
        heads += c->people;
        double ramp = c->ramp_row == UINT32_MAX ? 0.0 : row[c->ramp_row][lane];
        if (t < c->at + ramp) {
            effective += c->people * ((t - c->at) / ramp);
            *slope += c->people / ramp;
            *next = fmin(*next, c->at + ramp);
        } else {
            effective += c->people;
        }
    }
    if (heads <= NOBODY) {
        *slope = last_slope;
        return last;
    }
    if (effective < 0.0) { /* only those are left who have yet to learn that much */
        assert(*slope > 0.0);
        *next = fmin(*next, t - effective / *slope);
        *slope = 0.0;
        return 0.0;
    }
    *slope /= heads;
    return effective / heads;
}

double rc_team_finish(const rc_team_clock *clock, double *const *row, uint32_t lane,
                      double start, double days)
{
    double t = start, left = days;
    while (left > 0.0) {
        double slope, next;
        double speed = speed_at(clock, row, lane, t, &slope, &next);
        double span = next - t;
        bool last = isinf(span);
        double done = last ? INFINITY : span * (speed + 0.5 * slope * span);
        if (done > left) {
            if (slope == 0.0)
                return t + left / speed;
            /* speed dt + slope dt^2 / 2 = left, in the form without cancellation */
            return t + 2.0 * left / (speed + sqrt(speed * speed + 2.0 * slope * left));
        }
        left -= done;
        t = next;
    }
    return t;
}

double rc_team_head_days(const rc_team_clock *clock, double until)
{
    double sum = 0.0;
    for (uint32_t i = 0; i < clock->steps_n; i++) {
        double from = clock->steps[i].at;
        double to = i + 1 < clock->steps_n ? clock->steps[i + 1].at : until;
        to = fmin(to, until);
        if (to > from)
            sum += (to - from) * (double)clock->steps[i].heads / 1000.0;
    }
    return sum;
}
