#include "stats/sensitivity.h"
#include "stats/sample.h"
#include <math.h>

void rc_response_prepare(rc_response *out, rc_response_point *at, const double *y,
                         uint32_t n, uint32_t *order, uint64_t *scratch)
{
    rc_moments moments = {0};
    rc_moments_add(&moments, y, n);
    *out = (rc_response){.at = at, .n = n, .mean = moments.mean};
    /* rc_order_floats needs its scratch whole, so the plain column of y and then that
     * of its ranks live in the points themselves until they are joined. */
    float *plain = (float *)at, *rank = plain + n;
    for (uint32_t i = 0; i < n; i++)
        plain[i] = (float)(y[i] - moments.mean);
    rc_order_floats(order, plain, n, scratch);
    rc_centred_ranks(rank, order, plain, n);
    rc_response_point *joined = (rc_response_point *)scratch;
    for (uint32_t i = 0; i < n; i++)
        joined[i] = (rc_response_point){plain[i], rank[i]};
    for (uint32_t i = 0; i < n; i++) {
        at[i] = joined[i];
        out->squares += (double)at[i].y * at[i].y;
        out->rank_squares += (double)at[i].rank * at[i].rank;
    }
}

/* The tenth at one end of the order: from its first future on, in steps of +1 or -1. */
static void extreme(double *change, double *x_mean, uint32_t *count, const float *x,
                    const rc_response *r, const uint32_t *first, int step)
{
    double y_sum = 0, x_sum = 0;
    uint32_t n = 0;
    while (n < r->n) {
        float value = x[first[(int64_t)n * step]];
        double atom_sum = 0;
        uint32_t with = n;
        while (with < r->n && x[first[(int64_t)with * step]] == value)
            atom_sum += r->at[first[(int64_t)with++ * step]].y;
        bool joins = n == 0 || (uint64_t)n * 100 < r->n ||
                     ((uint64_t)n * 10 < r->n && (uint64_t)with * 5 <= r->n);
        if (!joins)
            break;
        y_sum += atom_sum;
        x_sum += (double)value * (with - n);
        n = with;
    }
    *change = n < r->n ? y_sum / n : 0;
    *x_mean = x_sum / n;
    *count = n;
}

/* Bins of equal count: n^(1/3), which balances what a bin hides and how noisy its mean
 * is. */
static uint32_t bins_for(uint32_t n)
{
    uint32_t bins = 1;
    while (bins < 64 && (uint64_t)(bins + 1) * (bins + 1) * (bins + 1) <= n)
        bins++;
    return bins;
}

uint32_t rc_bin_size(uint32_t n)
{
    return (n + bins_for(n) - 1) / bins_for(n);
}

uint32_t rc_bin_end(const float *x, const uint32_t *order, uint32_t n, uint32_t from,
                    uint32_t size)
{
    uint32_t end = from;
    while (end < n && end - from < size) {
        uint32_t atom = end;
        while (end < n && x[order[end]] == x[order[atom]])
            end++;
        if (end - atom >= size && atom > from)
            return atom;
    }
    return end;
}

rc_sensitivity rc_sensitivity_of(const float *x, const rc_response *r, uint32_t *order,
                                 uint64_t *scratch)
{
    rc_sensitivity s = {.low_at = NAN, .high_at = NAN, .rank = NAN};
    if (r->n == 0)
        return s;
    rc_order_floats(order, x, r->n, scratch);
    extreme(&s.low, &s.low_at, &s.low_n, x, r, order, 1);
    extreme(&s.high, &s.high_at, &s.high_n, x, r, order + r->n - 1, -1);

    uint32_t bins = 0, full = rc_bin_size(r->n);
    double between = 0, ranks = 0, rank_squares = 0, bin_sum = 0;
    uint32_t bin_n = 0;
    for (uint32_t i = 0, end; i < r->n; i = end) {
        float value = x[order[i]];
        double sum = 0, rank_sum = 0;
        for (end = i; end < r->n && x[order[end]] == value; end++) {
            sum += r->at[order[end]].y;
            rank_sum += r->at[order[end]].rank;
        }
        double middle = (double)(i + end - 1) / 2 - ((double)r->n - 1) / 2;
        ranks += middle * rank_sum;
        rank_squares += middle * middle * (end - i);
        if (end - i >= full &&
            bin_n > 0) { /* a bin of its own: end the one before it */
            between += bin_sum * bin_sum / bin_n;
            bins++;
            bin_sum = 0;
            bin_n = 0;
        }
        bin_sum += sum;
        bin_n += end - i;
        if (bin_n >= full || end == r->n) {
            between += bin_sum * bin_sum / bin_n;
            bins++;
            bin_sum = 0;
            bin_n = 0;
        }
    }
    if (bins > 1 && r->squares > 0) { /* every second one is full: bins < n */
        double noise = (r->squares - between) / (r->n - bins);
        s.variance = fmax(0, (between - (bins - 1) * noise) / r->squares);
    }
    if (rank_squares > 0 && r->rank_squares > 0)
        s.rank = ranks / sqrt(rank_squares * r->rank_squares);
    return s;
}
