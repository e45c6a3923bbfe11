/* reference_production.h -- production of one future told twice, slowly and plainly, to
 * hold models/production*.c against: by small steps of time, which converge, and by
 * events whose times are found by bisection and whose means are summed by Simpson's
 * rule. Written from the equations of models/README.md, in terms of quality.
 */
#ifndef ROADCAST_TESTS_REFERENCE_PRODUCTION_H
#define ROADCAST_TESTS_REFERENCE_PRODUCTION_H

#include <stdbool.h>
#include <stdint.h>

/* Parts that are 0 are not there. */
typedef struct reference_life {
    double at_launch; /* online, before anything is lost */
    bool up;
    double floor, watch;
    bool linear;
    double rate, lowest, tau; /* lowest: what exponential drift ends at */
    double first_day;
    double shocks_per_month;
    double newcomers, newcomers_lose, over; /* share, loss of each of them, months */
    double evades, adapts_in, grows;
    double labels; /* share of the labels there to learn from; 1: all */
    double noise_sd, noise_stays;
    double every, delay, fails, bad;
    double false_alarms_per_month;
    bool has_trigger;
    double trigger;
    bool retrains;
    double each_month; /* money */
    const void *self;
    double (*shock_uniform)(const void *self, uint32_t k);
    double (*shock_loss)(const void *self, uint32_t k);
    double (*takes)(const void *self, uint32_t k);
    double (*recovers)(const void *self, uint32_t k);
    double (*price)(const void *self, uint32_t k);
    double (*fail_uniform)(const void *self, uint32_t k);
    double (*bad_uniform)(const void *self, uint32_t k);
    double (*bad_loss)(const void *self, uint32_t k);
    double (*bad_for)(const void *self, uint32_t k); /* noticed and rolled back */
    double (*noise_uniform)(const void *self, uint32_t k);
    double (*alarm_uniform)(const void *self, uint32_t k);
    void (*shift)(const void *self, uint32_t k, double *at, double *by);
} reference_life;

/* What has been lost, in the order of rc_cause. */
enum { REFERENCE_CAUSES = 9 };

typedef struct reference_tale {
    double at_month[121], by[121][REFERENCE_CAUSES];
    double mean[120], spent[120]; /* in each whole month up to `watch` */
    double months_below, months_bad, cost, at_end;
    uint32_t retrainings, bad_releases, false_alarms;
    int first_below_by; /* a cause, REFERENCE_CAUSES: from the launch on; -1: never */
} reference_tale;

reference_tale reference_by_steps(const reference_life *life, double step);
reference_tale reference_by_events(const reference_life *life);

#endif
