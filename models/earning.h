/* earning.h -- what a product brings in one future, month by month of the calendar.
 *
 * Time t in months of 30.4375 days from calendar.start, L the launch, i the calendar
 * month that t lies in, k the month since the launch. Each segment s brings
 *
 *   flow(t) = per_month (1 + growth_s)^i rival(t) [a(t) product_s(k) + (1 - a(t)) today_s(i)]
 *   a(t)    = adoption min(1, (t - L)/adopted_after) from L on, 0 before
 *   rival   = 1 before it arrives, 1 - takes from then on
 *
 * and running it costs spent(k) a month from L on. What comes in calendar month i counts
 * (1 + discount)^(-i/12). Nothing is stepped: the flow is a broken line between months of
 * the calendar, months since the launch, the end of the ramp and the rival's arrival, and
 * is summed piece by piece, each by its middle, which is exact. So the month of the launch
 * counts by its share.
 *
 * Shape    product[k], spent[k] and today[i]: `months` values each, the horizon rounded up.
 * Errors   none; no state, no allocation.
 */
#ifndef ROADCAST_MODELS_EARNING_H
#define ROADCAST_MODELS_EARNING_H

#include <roadcast/model.h>

/* Longest horizon, and most segments with everybody else among them. */
enum { RC_EARNING_MONTHS = 120, RC_EARNING_SEGMENTS = 13 };

/* What one segment brings at today's volume, all of it adopted, as a share of per_month. */
typedef struct rc_earning_segment {
    double growth;         /* volume of a month over that of the month before */
    const double *product; /* 0: it is not served */
    const double *today;   /* of the model in service before; 0 where there is none */
} rc_earning_segment;

/* One future of the market. */
typedef struct rc_market {
    double horizon;
    uint32_t months;
    double per_month;
    double
        month_later; /* worth of money that comes a month later: (1 + discount)^(-1/12) */
    double rival_arrives, rival_takes; /* INFINITY: none comes */
    double adoption, adopted_after;    /* 0: nobody ever adopts it */
    const rc_earning_segment *segment;
    uint32_t segments_n;
    const double *spent; /* NULL: running it costs nothing */
} rc_market;

typedef struct rc_earned {
    double worth[RC_EARNING_MONTHS];     /* [i] net of spent, discounted */
    double money[RC_EARNING_MONTHS];     /* [i] the same, as it comes */
    double segment[RC_EARNING_SEGMENTS]; /* discounted, before what running it costs */
    double served_from[RC_EARNING_SEGMENTS]; /* INFINITY: never */
    /* whether it is served at the end of month i: bit s */
    uint16_t served[RC_EARNING_MONTHS];
} rc_earned;

/* launch: INFINITY: today's model goes on to the horizon. */
void rc_earn(rc_earned *out, const rc_market *market, double launch);

/* Sum of worth, over the horizon. */
double rc_earned_total(const rc_earned *earned, const rc_market *market);

#endif
