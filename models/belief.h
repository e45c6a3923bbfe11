/* belief.h -- what a team believes about a lever from the tries that it has seen.
 *
 *   p ~ Beta(a, b)                      chance that a try works, if anything does
 *   pi                                  chance that there is anything to find
 *   E[p | k of n worked]                (a + k) / (a + b + n)
 *   P(anything | m straight failures)   pi F / (pi F + 1 - pi)
 *                                       F = E[(1 - p)^m] = B(a, b + m) / B(a, b)
 *
 * Where the chance falls from try to try (decay), n counts tries by their decay: exact
 * for no decay, an approximation else.
 *
 * Units    none.  Memory: plain values.  Errors: none.  Threads: no state.
 * Source   conjugate prior of the Bernoulli; default for a fresh problem Beta(2.5, 6.3),
 *          measured on six public logs of tries (averages .06 to .43).
 */
#ifndef ROADCAST_MODELS_BELIEF_H
#define ROADCAST_MODELS_BELIEF_H

#include <roadcast/model.h>

#define RC_FRESH_A 2.5
#define RC_FRESH_B 6.3

/* b = INFINITY: p is known, and a is its value. */
typedef struct rc_belief {
    double a, b;
} rc_belief;

/* The Beta law with the mean and variance of a law on 0..1. */
rc_belief rc_belief_from_law(const rc_law *law);
/* E[p] after `kept` of `tried` worked. */
double rc_belief_mean(rc_belief p, double kept, double tried);
/* E[(1 - p)^m]: chance that m tries in a row fail. */
double rc_belief_all_fail(rc_belief p, double m);
/* Chance that there is anything to find, after tries that all failed and had the chance
 * `all_fail` to do so. */
double rc_belief_feasible(double pi, double all_fail);
/* p at uniform u after `kept` of `tried` worked. */
double rc_belief_quantile(rc_belief p, double kept, double tried, double u);

/* "11 tries, 2 worked, best +0.9 points" */
typedef struct rc_so_far {
    double tries, worked;
    double best; /* share; 0: none told */
} rc_so_far;

/* false: not of this form. */
bool rc_so_far_read(const char *text, rc_so_far *out);

#endif
