/* sample.h -- exact statistics of a column of numbers, independent of threads.
 *
 *   rank      percentile p of n values by integer nearest rank: the ceil(p n / 100)-th
 *             smallest, 1 at least; p in percent with up to 3 decimals, computed in
 *             integers
 *   interval  of a percentile by order statistics: ranks r - 1.96 s and r + 1.96 s with
 *             s = sqrt(n q (1 - q)), 95 % of the Monte Carlo error
 *   wilson    interval of a probability k of n (Wilson 1927), z = 1.959964
 *
 * INFINITY (never) sorts last; NAN (not applicable) must be taken out before.
 * Units    those of the column.
 * Memory   callers bring scratch space where it is asked for; n < 2^32.
 * Errors   none: what may not be is asserted.
 * Threads  no state.
 */
#ifndef ROADCAST_STATS_SAMPLE_H
#define ROADCAST_STATS_SAMPLE_H

#include <roadcast/result.h>
#include <stdint.h>

uint64_t rc_rank(double percent, uint64_t n); /* 1-based */
/* Of a percentile and of the ends of its interval. */
typedef struct rc_ranks {
    uint64_t rank, low, high;
} rc_ranks;
rc_ranks rc_ranks_of(double percent, uint64_t n);

/* Integers that order as the doubles do (-0 before +0), and back. */
uint64_t rc_order_key(double x);
double rc_order_value(uint64_t key);

/* Exact order statistics: ranks[i] (1-based, ascending) -> out[i]. Radix select; values
 * are not changed. scratch: n doubles. */
void rc_order_statistics(double *out, const uint64_t *ranks, uint32_t ranks_n,
                         const double *values, uint64_t n, double *scratch);

/* Percentiles and, where low and high are not NULL, their intervals. */
void rc_percentiles(double *out, double *low, double *high, const double *percents,
                    uint32_t percents_n, const double *values, uint64_t n,
                    double *scratch);

rc_share rc_wilson(uint64_t k, uint64_t n); /* n == 0: all NAN */
/* Interval of a rank correlation of n pairs, by Fisher's z with Bonett's and Wright's
 * variance, (1 + r^2 / 2) / (n - 3) (Psychometrika 65, 2000); n < 4 or r NAN: NAN. */
void rc_rank_interval(double *low, double *high, double r, uint64_t n);

/* Running moments of finite values; blocks merge in block order. */
typedef struct rc_moments {
    uint64_t n;
    double mean, m2;
} rc_moments;
void rc_moments_add(rc_moments *m, const double *values,
                    uint32_t n); /* skips NAN and INFINITY */
void rc_moments_merge(rc_moments *into, const rc_moments *from);
double rc_moments_sd(const rc_moments *m); /* of the sample, n - 1; 0 for n < 2 */

/* Ascending order of n floats (NAN not allowed): order[i] is the index of the i-th
 * smallest, ties by index. scratch: 2n uint64_t. */
void rc_order_floats(uint32_t *order, const float *values, uint32_t n,
                     uint64_t *scratch);
/* Mid-ranks (ties share their mean rank), centred at 0, from values and their order. */
void rc_centred_ranks(float *rank, const uint32_t *order, const float *values,
                      uint32_t n);

#endif
