/* histogram.h -- a column of any length in a few hundred KiB: integer counts in fixed bins.
 *
 *   bins       between neighbouring powers of two 8192 of equal width, (low, high]: the
 *              same for every column, so that counts of parts add up to those of the whole
 *   resolution a bin is at most 1/8192 of its value wide (0.012 %); zero, INFINITY and
 *              numbers of up to 13 binary digits (whole days below 8192) are met exactly
 *   percentile the upper edge of the bin in which the rank lies: in at least p % of the
 *              column the value does not exceed it. Its interval reaches from the lower
 *              edge of one bin to the upper edge of another
 *
 * Units    those of the column.
 * Memory   32 KiB, and 32 KiB for each power of two that occurs; rc_bins_free. { 0 } is a
 *          valid empty one. At most 2^32 - 1 values.
 * Errors   NAN may not be added; rc_bins_add is false where memory runs out.
 * Threads  one at a time; the order of values does not matter.
 */
#ifndef ROADCAST_STATS_HISTOGRAM_H
#define ROADCAST_STATS_HISTOGRAM_H

#include <stdbool.h>
#include <stdint.h>

#define RC_BINS_RESOLUTION (1.0 / 8192)

typedef struct rc_bins {
    uint32_t **pages; /* [4096], one for each power of two of each sign; NULL: empty */
    uint64_t n;
} rc_bins;

bool rc_bins_add(rc_bins *bins, const double *values, uint32_t n);
void rc_bins_free(rc_bins *bins);

/* Of an upper edge the lower one: what more is better than is at least this. */
double rc_bins_below(double edge);

/* As rc_percentiles of sample.h. */
void rc_bins_percentiles(double *out, double *low, double *high, const double *percents,
                         uint32_t percents_n, const rc_bins *bins);

/* The bins that hold something, ascending: { .bins = … } before the first. */
typedef struct rc_bins_walk {
    const rc_bins *bins;
    uint32_t next;
    double low, high; /* of the bin found, low itself not in it */
    uint32_t count;
} rc_bins_walk;
bool rc_bins_next(rc_bins_walk *walk);

#endif
