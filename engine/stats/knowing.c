#include "stats/knowing.h"
#include "stats/sample.h"
#include "stats/sensitivity.h"
#include <math.h>

static double mean_of(const double *y, uint32_t n)
{
    rc_moments moments = {0};
    rc_moments_add(&moments, y, n);
    return moments.mean;
}

rc_worth rc_worth_of_all(const double *y, uint32_t n)
{
    double gained = 0, squares = 0;
    if (n == 0)
        return (rc_worth){0, 0};
    /* what is saved by not doing what is better on average where it is not */
    double sign = mean_of(y, n) > 0 ? -1 : 1;
    for (uint32_t i = 0; i < n; i++) {
        const double saved = fmax(sign * y[i], 0);
        gained += saved;
        squares += saved * saved;
    }
    const double worth = gained / n;
    const double variance = fmax(0, squares / n - worth * worth);
    return (rc_worth){worth, rc_mean_error(sqrt(variance), n)};
}

/* A bin in two halves: sums of what the other decision brings. */
typedef struct bin {
    double sum[2], square;
    uint32_t n[2];
} bin;

static bin bin_of(const double *y, double sign, const uint32_t *order, uint32_t n)
{
    bin b = {0};
    for (uint32_t i = 0; i < n; i++) {
        const double other = sign * y[order[i]];
        b.sum[order[i] & 1] += other;
        b.square += other * other;
        b.n[order[i] & 1]++;
    }
    return b;
}

/* Variance of the sum over a bin of n futures. */
static double variance(const bin *b)
{
    const double n = (double)b->n[0] + b->n[1], sum = b->sum[0] + b->sum[1];
    return n > 1 ? fmax(0, b->square - sum * sum / n) * n / (n - 1) : 0;
}

rc_worth rc_worth_of(const float *x, const double *y, uint32_t n, uint32_t *order,
                     uint64_t *scratch)
{
    double gained = 0, squares = 0;
    if (n < 2)
        return (rc_worth){0, 0};
    const double sign = mean_of(y, n) > 0 ? -1 : 1;
    const uint32_t size = rc_bin_size(n);
    rc_order_floats(order, x, n, scratch);
    for (uint32_t i = 0, end; i < n; i = end) {
        end = rc_bin_end(x, order, n, i, size);
        const bin b = bin_of(y, sign, order + i, end - i);
        /* decided on one half, gained on the other */
        const int both = (b.sum[0] > 0) + (b.sum[1] > 0);
        gained += (b.sum[0] > 0 ? b.sum[1] : 0) + (b.sum[1] > 0 ? b.sum[0] : 0);
        squares += variance(&b) * both / 2;
    }
    return (rc_worth){fmax(0, gained / n), 1.96 * sqrt(squares) / n};
}
