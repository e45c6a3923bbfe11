/* team.h -- who is there, and how fast they are.
 *
 * Heads are counted in thousandths. Joining heads add capacity from their date and work
 * at a speed rising linearly from 0 to 1 over full_speed_after (drawn once per future);
 * who leaves takes full-speed heads away until the return. Mean speed of a team is
 * sum(heads x speed) / sum(heads), piecewise linear in time; an effort task ends where
 * the integral of the mean speed since its start reaches its days at full speed.
 *
 * Memory   in the plan's arena. Threads: const.
 */
#ifndef ROADCAST_PLAN_TEAM_H
#define ROADCAST_PLAN_TEAM_H

#include "plan/calendar.h"
#include "scenario/scenario.h"

typedef struct rc_heads_step {
    double at;     /* from this time on */
    int64_t heads; /* thousandths */
} rc_heads_step;

typedef struct rc_team_change {
    double at;
    double people;     /* signed */
    uint32_t ramp_row; /* estimate of full_speed_after, UINT32_MAX: at once */
} rc_team_change;

typedef struct rc_team_clock {
    const rc_team *team;
    const rc_team_change *changes; /* ascending in time */
    uint32_t changes_n;
    const rc_heads_step *steps; /* capacity over time, first at 0 */
    uint32_t steps_n;
    int64_t least, most; /* heads over all time */
} rc_team_clock;

int64_t rc_heads(double people); /* 0.2 -> 200 */

rc_status rc_team_clock_make(rc_team_clock *out, const rc_team *team,
                             const rc_calendar *calendar, rc_arena *arena,
                             rc_error *err);

/* Finish of work that takes `days` at full speed, started at `start`, in one lane. */
double rc_team_finish(const rc_team_clock *clock, double *const *row, uint32_t lane,
                      double start, double days);
/* Head-days present between 0 and `until`: what an always-paid team costs. */
double rc_team_head_days(const rc_team_clock *clock, double until);

#endif
