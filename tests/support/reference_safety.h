/* reference_safety.h -- red teaming of one future, told problem by problem and fixer by
 * fixer, to hold models/safety.c against. */
#ifndef ROADCAST_TESTS_REFERENCE_SAFETY_H
#define ROADCAST_TESTS_REFERENCE_SAFETY_H

#include <stdint.h>

typedef struct reference_team {
    double expected, finds, brings_new; /* expected: blocking problems */
    double slower, most_days;           /* most_days: INFINITY, or a rework's length */
    uint32_t fixers;
    /* what an earlier round of the plan left */
    uint32_t hidden, rounds_before, fixes_before;
    const void *self;
    double problems_uniform;
    double (*found_uniform)(const void *self, uint32_t k);
    double (*new_uniform)(const void *self, uint32_t k);
    double (*round_takes)(const void *self, uint32_t k);
    double (*round_costs)(const void *self, uint32_t k);
    double (*fix_takes)(const void *self, uint32_t k);
} reference_team;

typedef struct reference_findings {
    uint32_t problems, rounds, fixes, left;
    double days, cost;
} reference_findings;

reference_findings reference_safety(const reference_team *team);

/* Smallest k with P(K <= k) >= u, terms added one by one. */
uint32_t reference_poisson(double mean, double u);
uint32_t reference_binomial(uint32_t n, double p, double u);

#endif
