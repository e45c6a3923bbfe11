/* reference_gate.h -- one attempt of one future at a gate, need by need, to hold
 * models/gate.c against. Laws from their terms, ends of intervals from what they mean. */
#ifndef ROADCAST_TESTS_REFERENCE_GATE_H
#define ROADCAST_TESTS_REFERENCE_GATE_H

#include <stdbool.h>

/* A test set of n examples: u is its luck, shared by all that are measured on it; seed, and
 * the luck z of this measurement. n 0: exact but for the seed. */
double reference_test(double truth, double n, double u, double r, double seed,
                      double z);

typedef struct reference_need {
    bool judged, lets_pass; /* somebody else has judged */
    char sign;              /* '<', '>', 'l' at most, 'g' at least */
    double limit, truth, measured;
    bool has_truth; /* it asks for a target */
    double sure_z;  /* normal quantile of the confidence asked for; 0: none */
    double cases;
} reference_need;

typedef struct reference_passing {
    int failed_on;              /* which need, n: the chance; -1: passed */
    bool false_go, false_no_go; /* no_go: some need failed that is truly met */
    bool proved;                /* all needs with confidence */
} reference_passing;

/* chance: of being let pass, NAN: all that meet the needs; u: the luck of it. */
reference_passing reference_gate(const reference_need *needs, int n, double chance,
                                 double u);

#endif
