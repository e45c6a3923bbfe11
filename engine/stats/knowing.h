/* knowing.h -- what it would be worth to know one input before deciding.
 *
 * The decision: do it, which brings y more than the other choice, or take the other
 * choice. Undecided one does what is better on average: max(E[y], 0). Knowing everything
 * one would do it just where y > 0:
 *
 *   perfect   E[max(y, 0)] - max(E[y], 0)
 *
 * Knowing x alone, one does it where E[y | x] > 0, x cut into the bins of sensitivity.h:
 *
 *   worth     sum over bins w max(E[y | bin], 0) - max(E[y], 0), w the bin's weight
 *
 * The noise of a bin's mean would make that too high: of means around 0 the larger part is
 * taken each time. So each bin is decided on one half of its futures (the even ones) and
 * valued on the other half, and the other way round, and the two are averaged: noise gains
 * nothing then, and on average worth is never too high. It is too low by what the halves
 * decide wrongly and by what a bin hides. Strong & Oakley 2014 compare binning with
 * regression.
 *
 *   error     half the width of the 95 % interval, by the means' standard errors in the
 *             bins in which one would decide otherwise. A worth below its error is noise
 *
 * Units    those of y. Memory: scratch is the caller's. Threads: no state.
 */
#ifndef ROADCAST_STATS_KNOWING_H
#define ROADCAST_STATS_KNOWING_H

#include <stdint.h>

typedef struct rc_worth {
    double worth, error;
} rc_worth;

rc_worth rc_worth_of_all(const double *y, uint32_t n); /* its error: of the mean */

/* x, y: n values each, no NAN, in the order of the futures. order: n, scratch: 2n, both
 * left in any state. */
rc_worth rc_worth_of(const float *x, const double *y, uint32_t n, uint32_t *order,
                     uint64_t *scratch);

#endif
