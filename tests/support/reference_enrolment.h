/* reference_enrolment.h -- a study of one future told slowly, to hold models/enrolment.c
 * against: people per day are summed site by site, the day is found by bisection, laws by
 * summing their masses, panels by going through every way in which they can vote.
 */
#ifndef ROADCAST_TESTS_REFERENCE_ENROLMENT_H
#define ROADCAST_TESTS_REFERENCE_ENROLMENT_H

#include <stdint.h>

typedef struct reference_study {
    double wanted[2]; /* positives, negatives */
    double prevalence, drop_out;
    uint32_t sites;
    double opens[8], recruits[8], site_cost[8];
    double cost_per_person, cost_per_read, limit, slower;
    int panel; /* 0: the truth is known */
    double missed, false_alarms, correlate;
    double wait[2], more[2], lost; /* uniforms */
} reference_study;

typedef struct reference_cases {
    double days, cases[2], lost, cost;
    double panel_misses, panel_alarms;
    double weight[8]; /* of each site, summing to 1 */
} reference_cases;

reference_cases reference_enrol(const reference_study *study);

/* Chance that the majority of a panel is wrong where one of them is with chance `errs`;
 * with chance `correlate` all say what the first one says, an even panel asks one more.
 * *reads: reads of a case. */
double reference_panel(int panel, double errs, double correlate, double *reads);

#endif
