/* production_life.h -- one product in one future, from its first day in service on:
 * what happens to it, event by event.
 *
 *   events   a shock, the start and the end of a retraining, the end of a bad release, a
 *            false alarm, a change from elsewhere, the start of a month
 *
 * Units    months of service; losses; money.
 * Errors   none; no memory of its own.  Threads: no state.
 */
#ifndef ROADCAST_MODELS_PRODUCTION_LIFE_H
#define ROADCAST_MODELS_PRODUCTION_LIFE_H

#include "production_bound.h"

/* What one future brings, drawn or known before its life begins. */
typedef struct rc_life {
    const rc_step *step;
    const rc_production *settings;
    const rc_production_bound *bound;
    uint32_t lane;
    rc_world world;
    double m0;                 /* online, at the start of service */
    double first_day;          /* lost at once */
    double evades;             /* E before the first release */
    double to_floor, to_alarm; /* losses from which on it is below */
    double shocks_a_month;
    double noise_sd, noise_stays;
    const rc_retrain *retrain; /* NULL: never */
    double every, delay, fails, bad, false_alarms_a_month;
    double watch;    /* months that count */
    uint32_t months; /* whole months that are lived, at least as many */
    double a_month;  /* money that each month costs */
    bool brief;      /* only quality and money by month are asked for */
} rc_life;

/* Of a lane that launches; `floor`: the metric's. */
rc_life rc_life_of(const rc_step *step, uint32_t lane, double floor);

/* What is told of it. */
typedef struct rc_tale {
    double months_below, months_bad, cost;
    double retrains, bad_releases, false_alarms;
    /* largest cause when it first fell below the floor; RC_CAUSES: nothing was lost yet;
     * -1: never */
    int pushed_by;
    double at_end; /* loss after `watch` */
    uint32_t points;
    double lost[RC_MONTHS_MOST + 1]; /* at months 0, 1, … up to `watch` */
    double by[RC_MONTHS_MOST + 1][RC_CAUSES];
    uint32_t drawn;
    double course[RC_COURSE_MOST]; /* lost at points of the course */
    double mean[RC_MONTHS_MOST], spent[RC_MONTHS_MOST]; /* in each month */
} rc_tale;

void rc_live_by_events(const rc_life *life, rc_tale *tale);

/* What both ways of telling have in common. */
typedef struct rc_clock {
    const rc_life *life;
    rc_tale *tale;
    rc_losses l;
    uint32_t month; /* of l.at */
    uint32_t shocks, shifts;
    double next_shock;
    rc_shift next_shift;
    double noise;
} rc_clock;

rc_clock rc_clock_start(const rc_life *life, rc_tale *tale);
/* The next moment at which something happens that no retraining brings about. */
double rc_clock_next(const rc_clock *c);
/* Time goes on to t <= rc_clock_next, and is counted. */
void rc_clock_go(rc_clock *c, double t);
/* What rc_clock_next announced for now, if it is now. */
void rc_clock_happen(rc_clock *c);
/* Which has lost most; RC_CAUSES: none has lost anything. */
int rc_largest_cause(const double by[RC_CAUSES]);
double rc_sum_of_causes(const double by[RC_CAUSES]);
void rc_clock_spend(rc_clock *c, double money);

#endif
