#include "stats/sample.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* --------------------------------------------------------------- selection */

static inline uint64_t key_of(double x)
{
    uint64_t b;
    memcpy(&b, &x, sizeof b);
    return b ^ ((uint64_t)((int64_t)b >> 63) | UINT64_C(1) << 63);
}

static inline double value_of(uint64_t key)
{
    uint64_t b = key ^ (((key >> 63) - 1) | UINT64_C(1) << 63);
    double x;
    memcpy(&x, &b, sizeof x);
    return x;
}

uint64_t rc_order_key(double x)
{
    return key_of(x);
}

double rc_order_value(uint64_t key)
{
    return value_of(key);
}

static unsigned width_of(uint64_t x)
{
    return x ? 64 - (unsigned)__builtin_clzll(x) : 0;
}

static void sort_few(uint64_t *key, uint64_t n)
{
    for (uint64_t i = 1; i < n; i++) {
        uint64_t k = key[i], j = i;
        for (; j > 0 && key[j - 1] > k; j--)
            key[j] = key[j - 1];
        key[j] = k;
    }
}

/* Of keys that may be moved: ranks count from first + 1. Digits of 8 bits below the
 * highest bit in which the keys differ, permuted in place (American flag; McIlroy,
 * Bostic & McIlroy 1993), then only digits that hold a wanted rank are looked into. */
static void select_moving(double *out, const uint64_t *ranks, uint32_t ranks_n,
                          uint64_t first, uint64_t *key, uint64_t n)
{
    uint64_t low = key[0], high = key[0];
    for (uint64_t i = 1; i < n; i++) {
        low = key[i] < low ? key[i] : low;
        high = key[i] > high ? key[i] : high;
    }
    if (n <= 32 || low == high) {
        if (low != high)
            sort_few(key, n);
        for (uint32_t r = 0; r < ranks_n; r++)
            out[r] = value_of(key[ranks[r] - first - 1]);
        return;
    }
    unsigned width = width_of(high - low), shift = width > 8 ? width - 8 : 0;
    uint64_t end[256] = {0}, next[256];
    for (uint64_t i = 0; i < n; i++)
        end[(key[i] - low) >> shift]++;
    for (uint64_t d = 0, sum = 0; d < 256; d++) {
        next[d] = sum;
        end[d] = sum += end[d];
    }
    for (uint64_t d = 0; d < 256; d++) {
        while (next[d] < end[d]) {
            uint64_t k = key[next[d]], to = (k - low) >> shift;
            while (to != d) {
                uint64_t displaced = key[next[to]];
                key[next[to]++] = k;
                k = displaced;
                to = (k - low) >> shift;
            }
            key[next[d]++] = k;
        }
    }
    for (uint32_t d = 0, r = 0; r < ranks_n; d++) {
        uint32_t wanted = 0;
        while (r + wanted < ranks_n && ranks[r + wanted] - first <= end[d])
            wanted++;
        uint64_t begin = d ? end[d - 1] : 0;
        if (wanted)
            select_moving(out + r, ranks + r, wanted, first + begin, key + begin,
                          end[d] - begin);
        r += wanted;
    }
}

/* Buckets of equal widths between two values; what lies beyond joins the outermost, and
 * one more is for what never comes. Any two values will do, and any rounding, for it
 * keeps the order: they decide the speed only. */
typedef struct cut {
    double low, scale, last;
    uint32_t never;
} cut;

/* Some eight values in a bucket: clearing and reading histograms costs less than the
 * column, and what is gathered is little. 2^16 counters live in a second-level cache. */
#define WIDEST_DIGIT 16
static unsigned digit_width(uint64_t n)
{
    unsigned width = width_of(n / 8);
    return width < 4 ? 4 : width > WIDEST_DIGIT ? WIDEST_DIGIT : width;
}

/* The range of a few hundred values: an outlier that they miss costs nothing. */
static cut cut_of(const double *values, uint64_t n)
{
    const uint64_t step = n / 512 + 1;
    double low = INFINITY, high = -INFINITY;
    for (uint64_t i = 0; i < n; i += step)
        if (isfinite(values[i])) {
            low = values[i] < low ? values[i] : low;
            high = values[i] > high ? values[i] : high;
        }
    uint32_t buckets = UINT32_C(1) << digit_width(n);
    double last = buckets - 1, scale = last / (high - low);
    return (cut){low, isfinite(scale) ? scale : 0, last, buckets};
}

/* Of the values from `first` on, STRETCH of them or what is left, by plain vector code;
 * how many these are. */
enum { STRETCH = 512 };
static uint32_t find_buckets(int32_t bucket[STRETCH], cut c, const double *values,
                             uint64_t first, uint64_t n)
{
    const double never = c.never;
    const uint32_t some = n - first < STRETCH ? (uint32_t)(n - first) : STRETCH;
    values += first;
    for (uint32_t i = 0; i < some; i++) {
        double at = (values[i] - c.low) * c.scale;
        at = at > 0 ? at : 0; /* so is 0 * INFINITY */
        at = at < c.last ? at : c.last;
        at = values[i] < (double)INFINITY ? at : never;
        bucket[i] = (int32_t)at;
    }
    return some;
}

#define RANKS_AT_ONCE 256
static void select_some(double *out, const uint64_t *ranks, uint32_t ranks_n,
                        const double *values, uint64_t n, uint64_t *gathered)
{
    const cut by = cut_of(values, n);
    uint32_t at[(1 << WIDEST_DIGIT) + 1]; /* counts, then where the next key goes */
    memset(at, 0, (by.never + 1) * sizeof *at);
    int32_t to[STRETCH];
    for (uint64_t first = 0, some; first < n; first += some) {
        some = find_buckets(to, by, values, first, n);
        for (uint32_t i = 0; i < some; i++)
            at[to[i]]++;
    }
    while (ranks_n > 0 && ranks[ranks_n - 1] > n - at[by.never])
        out[--ranks_n] = INFINITY;
    at[by.never] = UINT32_MAX;

    /* Only buckets that hold a wanted rank are gathered, each into its own stretch. */
    struct {
        uint64_t below;
        uint32_t begin, count, rank, ranks_n;
    } bucket[RANKS_AT_ONCE];
    uint32_t wanted = 0, total = 0, r = 0;
    uint64_t below = 0;
    for (uint32_t b = 0; b < by.never; b++) {
        uint32_t count = at[b], first = r;
        while (r < ranks_n && ranks[r] <= below + count)
            r++;
        at[b] = UINT32_MAX;
        if (r > first) {
            bucket[wanted].below = below;
            bucket[wanted].begin = at[b] = total;
            bucket[wanted].count = count;
            bucket[wanted].rank = first;
            bucket[wanted++].ranks_n = r - first;
            total += count;
        }
        below += count;
    }
    for (uint64_t first = 0, some; first < n; first += some) {
        some = find_buckets(to, by, values, first, n);
        for (uint32_t i = 0; i < some; i++)
            if (at[to[i]] != UINT32_MAX)
                gathered[at[to[i]]++] = key_of(values[first + i]);
    }
    for (uint32_t w = 0; w < wanted; w++)
        select_moving(out + bucket[w].rank, ranks + bucket[w].rank, bucket[w].ranks_n,
                      bucket[w].below, gathered + bucket[w].begin, bucket[w].count);
}

void rc_order_statistics(double *out, const uint64_t *ranks, uint32_t ranks_n,
                         const double *values, uint64_t n, double *scratch)
{
    assert(n < UINT32_MAX);
    for (uint32_t r = 0; r < ranks_n; r += RANKS_AT_ONCE) {
        uint32_t some = ranks_n - r < RANKS_AT_ONCE ? ranks_n - r : RANKS_AT_ONCE;
        select_some(out + r, ranks + r, some, values, n, (uint64_t *)scratch);
    }
}

/* -------------------------------------------------------------- percentiles */

/* Percents as whole thousandths, so that no rounding of p n / 100 moves a rank. */
static uint64_t thousandths_of(double percent)
{
    assert(percent >= 0 && percent <= 100);
    return (uint64_t)(percent * 1000 + 0.5);
}

uint64_t rc_rank(double percent, uint64_t n)
{
    const uint64_t whole = 100000;
    uint64_t p = thousandths_of(percent);
    uint64_t rank = n / whole * p + (n % whole * p + whole - 1) / whole;
    return rank > 0 ? rank : 1;
}

rc_ranks rc_ranks_of(double percent, uint64_t n)
{
    const double q = percent / 100;
    const uint64_t rank = rc_rank(percent, n);
    const uint64_t half = (uint64_t)ceil(RC_Z95 * sqrt((double)n * q * (1 - q)));
    return (rc_ranks){rank, rank > half ? rank - half : 1,
                      n - rank > half ? rank + half : n};
}

void rc_percentiles(double *out, double *low, double *high, const double *percents,
                    uint32_t percents_n, const double *values, uint64_t n,
                    double *scratch)
{
    enum { AT_ONCE = RANKS_AT_ONCE / 3 };
    for (uint32_t i = 0; i < percents_n && n == 0; i++) {
        out[i] = NAN;
        if (low)
            low[i] = high[i] = NAN;
    }
    for (uint32_t first = 0; first < percents_n && n > 0; first += AT_ONCE) {
        uint32_t some = percents_n - first < AT_ONCE ? percents_n - first : AT_ONCE;
        uint64_t ranks[RANKS_AT_ONCE];
        double found[RANKS_AT_ONCE];
        uint32_t ranks_n = 0, slot[3][AT_ONCE];
        for (uint32_t i = 0; i < some; i++) {
            const rc_ranks r = rc_ranks_of(percents[first + i], n);
            const uint64_t of[3] = {r.rank, r.low, r.high};
            for (uint32_t k = 0; k < (low ? 3u : 1u); k++)
                ranks[ranks_n++] = of[k];
        }
        /* Selection wants ascending ranks; there are few, and most are in order. */
        uint32_t order[RANKS_AT_ONCE];
        for (uint32_t i = 0; i < ranks_n; i++) {
            uint32_t j = i;
            for (; j > 0 && ranks[order[j - 1]] > ranks[i]; j--)
                order[j] = order[j - 1];
            order[j] = i;
        }
        uint64_t ascending[RANKS_AT_ONCE];
        for (uint32_t i = 0; i < ranks_n; i++) {
            ascending[i] = ranks[order[i]];
            uint32_t kinds = low ? 3 : 1;
            slot[order[i] % kinds][order[i] / kinds] = i;
        }
        rc_order_statistics(found, ascending, ranks_n, values, n, scratch);
        for (uint32_t i = 0; i < some; i++) {
            out[first + i] = found[slot[0][i]];
            if (low) {
                low[first + i] = found[slot[1][i]];
                high[first + i] = found[slot[2][i]];
            }
        }
    }
}

rc_share rc_wilson(uint64_t k, uint64_t n)
{
    if (n == 0)
        return (rc_share){NAN, NAN, NAN};
    const double z2 = RC_Z95 * RC_Z95;
    double p = (double)k / (double)n, m = (double)n;
    double middle = (p + z2 / (2 * m)) / (1 + z2 / m);
    double half = RC_Z95 * sqrt(p * (1 - p) / m + z2 / (4 * m * m)) / (1 + z2 / m);
    return (rc_share){p, k == 0 ? 0 : middle - half, k == n ? 1 : middle + half};
}

void rc_rank_interval(double *low, double *high, double r, uint64_t n)
{
    *low = *high = n < 4 ? NAN : r;
    if (n < 4 || !(fabs(r) < 1))
        return; /* every pair in order: any sample of more would be, too */
    const double z = 0.5 * (rc_log1p(r) - rc_log1p(-r));
    const double error = RC_Z95 * sqrt((1 + r * r / 2) / (double)(n - 3));
    *low = 1 - 2 / (rc_exp(2 * (z - error)) + 1);
    *high = 1 - 2 / (rc_exp(2 * (z + error)) + 1);
}

/* ------------------------------------------------------------------ moments */

/* Two passes over the block in eight fixed lanes: the order of additions is part of the
 * result, and the plain loop becomes vector code. */
enum { LANES = 8 };

static double lanes_sum(const double lane[LANES])
{
    return ((lane[0] + lane[4]) + (lane[2] + lane[6])) +
           ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

static bool is_finite(double x)
{
    return x - x == 0;
}

static double finite_sum(double *count, const double *values, uint32_t n)
{
    double sum[LANES] = {0}, counts[LANES] = {0};
    uint32_t whole = n - n % LANES;
    for (uint32_t i = 0; i < whole; i += LANES) {
        for (uint32_t l = 0; l < LANES; l++) {
            double x = values[i + l];
            sum[l] += is_finite(x) ? x : 0;
            counts[l] += is_finite(x) ? 1 : 0;
        }
    }
    for (uint32_t i = whole; i < n; i++) {
        sum[i - whole] += is_finite(values[i]) ? values[i] : 0;
        counts[i - whole] += is_finite(values[i]) ? 1 : 0;
    }
    *count = lanes_sum(counts);
    return lanes_sum(sum);
}

static double finite_squares(const double *values, uint32_t n, double mean)
{
    double sum[LANES] = {0};
    uint32_t whole = n - n % LANES;
    for (uint32_t i = 0; i < whole; i += LANES) {
        for (uint32_t l = 0; l < LANES; l++) {
            double d = is_finite(values[i + l]) ? values[i + l] - mean : 0;
            sum[l] += d * d;
        }
    }
    for (uint32_t i = whole; i < n; i++) {
        double d = is_finite(values[i]) ? values[i] - mean : 0;
        sum[i - whole] += d * d;
    }
    return lanes_sum(sum);
}

void rc_moments_add(rc_moments *m, const double *values, uint32_t n)
{
    double count, sum = finite_sum(&count, values, n);
    if (count == 0)
        return;
    rc_moments block = {(uint64_t)count, sum / count, 0};
    block.m2 = finite_squares(values, n, block.mean);
    rc_moments_merge(m, &block);
}

void rc_moments_merge(rc_moments *into, const rc_moments *from)
{
    if (from->n == 0)
        return;
    double a = (double)into->n, b = (double)from->n, d = from->mean - into->mean;
    into->n += from->n;
    into->mean = a == 0 ? from->mean : into->mean + d * (b / (a + b));
    into->m2 += from->m2 + d * d * (a * b / (a + b));
}

double rc_moments_sd(const rc_moments *m)
{
    return m->n < 2 ? 0 : sqrt(m->m2 / (double)(m->n - 1));
}

/* -------------------------------------------------------------------- ranks */

/* Least significant digit first, 3 x 11 bits; each pass is stable, so ties stay in
 * order. */
void rc_order_floats(uint32_t *order, const float *values, uint32_t n,
                     uint64_t *scratch)
{
    enum { DIGIT = 11, DIGITS = 3, SIZE = 1 << DIGIT };
    uint32_t at[DIGITS][SIZE] = {{0}};
    uint64_t *from = scratch, *to = scratch + n;
    for (uint32_t i = 0; i < n; i++) {
        float x = values[i] + 0.0f; /* -0 becomes 0: equal values tie */
        uint32_t b;
        memcpy(&b, &x, sizeof b);
        b ^= (uint32_t)((int32_t)b >> 31) | UINT32_C(1) << 31;
        for (uint32_t d = 0; d < DIGITS; d++)
            at[d][b >> (d * DIGIT) & (SIZE - 1)]++;
        from[i] = (uint64_t)b << 32 | i;
    }
    for (uint32_t d = 0; d < DIGITS; d++) {
        for (uint32_t k = 0, sum = 0; k < SIZE; k++) {
            uint32_t count = at[d][k];
            at[d][k] = sum;
            sum += count;
        }
        for (uint32_t i = 0; i < n; i++)
            to[at[d][from[i] >> (32 + d * DIGIT) & (SIZE - 1)]++] = from[i];
        uint64_t *other = from;
        from = to;
        to = other;
    }
    for (uint32_t i = 0; i < n; i++)
        order[i] = (uint32_t)from[i];
}

void rc_centred_ranks(float *rank, const uint32_t *order, const float *values,
                      uint32_t n)
{
    for (uint32_t i = 0, end; i < n; i = end) {
        float x = values[order[i]];
        for (end = i; end < n && values[order[end]] == x;)
            end++;
        /* mean of i … end - 1, less (n - 1) / 2: whole halves, exact in a float below
         * 2^23 */
        float middle = (float)((double)(i + end - 1) / 2 - ((double)n - 1) / 2);
        for (uint32_t k = i; k < end; k++)
            rank[order[k]] = middle;
    }
}
