/* reference_checkpoints.h -- the days on which one future of a plan is looked at, told in
 * the order of the calendar, to hold models/checkpoints.c against. */
#ifndef ROADCAST_TESTS_REFERENCE_CHECKPOINTS_H
#define ROADCAST_TESTS_REFERENCE_CHECKPOINTS_H

#include <stdbool.h>

typedef struct reference_measurement {
    double at, value;
} reference_measurement;

typedef struct reference_look {
    double evening;
    /* '<', '>', 'l' at most, 'g' at least */
    char sign;
    double limit;
    double seen; /* NAN: nothing is known */
} reference_look;

/* What was measured last by an evening; `today` where nothing was. */
double reference_seen(const reference_measurement *all, int n, double evening,
                      double today);
/* When a plan ends that launches, or else was stopped, at these times (INFINITY: never);
 * looks in any order. */
double reference_ends(const reference_look *looks, int n, double launch,
                      double stopped);

#endif
