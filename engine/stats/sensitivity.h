/* sensitivity.h -- how much one input moves the finish, from the samples of a run.
 *
 * For one input x and the finish y of n futures (those that launch):
 *
 *   low, high   E[y | x in its lowest or highest tenth] - E[y], and the mean of x there.
 *               A tenth starts with all futures that share the extreme value of x. The
 *               futures of the next value join, all of them, while the tenth holds less
 *               than 1 % of n; or less than 10 % and would hold at most 20 % with them. So
 *               of a continuous input it is ceil(n / 10) futures; of "fired" (0 or 1) with
 *               chance 5 % the high one is the futures in which it fired; an event in less
 *               than 1 % of futures shows no change at all, being too rare to see
 *   variance    share of the variance of y: first-order index Var(E[y | x]) / Var(y). x is
 *               cut into B bins of equal count, B = n^(1/3) and 64 at most; futures that
 *               share a value stay together, a value that alone fills a bin is a bin. The
 *               noise of the bins' means is taken out (epsilon squared; Kelley 1935):
 *                   (SSB - (B - 1) SSW / (n - B)) / (SSB + SSW)
 *               which can come out below 0 for an input without effect: then it is 0. As
 *               an estimator it is therefore biased upwards by up to its standard error,
 *               about sqrt(2 B) / n, near zero
 *   rank        Spearman's correlation of x and y with mid-ranks for ties; NAN where x or y
 *               is constant
 *
 * Units    low and high in those of y, low_at and high_at in those of x.
 * Memory   scratch is the caller's; nothing is allocated.
 * Threads  no state: the response may be shared, each thread brings its own scratch.
 */
#ifndef ROADCAST_STATS_SENSITIVITY_H
#define ROADCAST_STATS_SENSITIVITY_H

#include <stdint.h>

typedef struct rc_sensitivity {
    double low, high;       /* change of the expected y in x's lowest, highest tenth */
    double low_at, high_at; /* mean of x there */
    uint32_t low_n, high_n; /* futures in each */
    double variance, rank;
} rc_sensitivity;

/* One future's finish: less the mean, and its centred mid-rank. */
typedef struct rc_response_point {
    float y, rank;
} rc_response_point;

typedef struct rc_response {
    const rc_response_point *at;
    uint32_t n;
    double mean;
    double squares, rank_squares; /* sums */
} rc_response;

/* Once for all inputs. y: finite. at: n points that the response will borrow;
 * order: n, scratch: 2n, both free afterwards. Ranks are of y as floats. */
void rc_response_prepare(rc_response *out, rc_response_point *at, const double *y,
                         uint32_t n, uint32_t *order, uint64_t *scratch);

/* Bins of equal count: futures in each, and where the one ends that begins at place `from`
 * of an ascending order of x. What shares a value stays together; a value that fills a bin
 * alone is a bin of its own. */
uint32_t rc_bin_size(uint32_t n);
uint32_t rc_bin_end(const float *x, const uint32_t *order, uint32_t n, uint32_t from,
                    uint32_t size);

/* x: n values, no NAN, in the order of y. order: n, scratch: 2n, both left in any
 * state. */
rc_sensitivity rc_sensitivity_of(const float *x, const rc_response *response,
                                 uint32_t *order, uint64_t *scratch);

#endif
