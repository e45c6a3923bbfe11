/* reference_experiments.h -- a search of one future, told slowly from the equations, to
 * hold models/experiments.c against. It keeps a list of every try and counts anew from
 * that list whatever it needs; special functions come from libm, sums and bisection.
 * The metric is a share of which more is better.
 */
#ifndef ROADCAST_TESTS_REFERENCE_EXPERIMENTS_H
#define ROADCAST_TESTS_REFERENCE_EXPERIMENTS_H

#include <stdbool.h>

enum { REFERENCE_LEVERS = 8, REFERENCE_TRIES = 600 };

typedef enum reference_policy {
    REFERENCE_BEST,
    REFERENCE_IN_ORDER,
    REFERENCE_ROUND_ROBIN
} reference_policy;

typedef struct reference_lever {
    /* this future */
    bool feasible;
    double p, decay, crash, raises;
    double available; /* days after the start of the search; INFINITY: never */
    bool in_points;
    int tries, repeats;
    /* the team */
    double a, b;      /* Beta of p; b infinite: known to be a */
    double pi;        /* believed chance that there is anything */
    double mean_gain; /* points of a first success */
    double mean_days, mean_decay;
} reference_lever;

/* What is asked for: "success", "crash", "seed", "pair", "test" are uniforms; "takes",
 * "gain", "cost" are values. lever -1: of the search; k counts from 1. */
typedef double (*reference_draw)(const void *self, const char *what, int lever, int k);

typedef struct reference_search {
    double before, ceiling, aim, gamma; /* before: true value before the first try */
    double team_gamma;                  /* as the team believes */
    double seed_sd, test_size, r, slower;
    int at_once;
    double limit, budget;
    int failures_in_a_row, most_tries;
    reference_policy policy;
    reference_lever lever[REFERENCE_LEVERS];
    int levers;
    /* labels that come while the search runs: when, and what they add to the kept model's
     * true value, at most up to the ceiling; 0: none come */
    double labels_come, labels_bring;
    const void *self;
    reference_draw draw;
} reference_search;

typedef struct reference_found {
    double days, cost, truth, measured, seed;
    int tries, lever_tries[REFERENCE_LEVERS], successes[REFERENCE_LEVERS];
    double largest; /* gained by the best lever */
    int largest_lever;
    bool worked[REFERENCE_TRIES]; /* in the order in which they ended */
    bool at_aim;
    /* what was measured of the kept model, and when: at the start, when a try was kept,
     * when labels came */
    struct {
        double at, measured;
    } told[REFERENCE_TRIES + 2];
    int told_n;
} reference_found;

reference_found reference_experiments(const reference_search *search);

double reference_normal(double u); /* quantile, by bisection on erfc */

#endif
