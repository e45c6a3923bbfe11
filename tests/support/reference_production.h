/* reference_production.h -- production of one future told twice, slowly and plainly, to
 * hold models/production.c against: by small steps of time, which converge, and by
 * events whose times are found by bisection.
 */
#ifndef ROADCAST_TESTS_REFERENCE_PRODUCTION_H
#define ROADCAST_TESTS_REFERENCE_PRODUCTION_H

#include <stdbool.h>
#include <stdint.h>

typedef struct reference_life {
    double at_launch;
    bool up;
    double floor, watch;
    bool linear;
    double rate, lowest, tau; /* lowest: what exponential drift ends at */
    double shocks_per_month;  /* 0: none */
    double every, delay, fails;
    bool has_trigger;
    double trigger;
    bool retrains;
    const void *self;
    double (*shock_uniform)(const void *self, uint32_t k);
    double (*shock_loss)(const void *self, uint32_t k);
    double (*takes)(const void *self, uint32_t k);
    double (*recovers)(const void *self, uint32_t k);
    double (*price)(const void *self, uint32_t k);
    double (*fail_uniform)(const void *self, uint32_t k);
} reference_life;

typedef struct reference_tale {
    double at_month[121];
    double months_below, cost, at_end;
    uint32_t retrainings;
} reference_tale;

reference_tale reference_by_steps(const reference_life *life, double step);
reference_tale reference_by_events(const reference_life *life);

#endif
