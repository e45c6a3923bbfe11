#include "rand/correlate.h"
#include <assert.h>
#include <math.h>
#include <roadcast/math.h>

#define MOST 1024      /* quantities of one copula */
#define SCRATCH 2048   /* normals at a time; room for one lane of the largest copula */
#define SMALLEST 1e-12 /* pivot of a matrix that still counts as positive definite */

double rc_copula_rho(double strength)
{
    return 2 * rc_sin_pi(strength / 6);
}

/* Cholesky factor of the first n rows and columns in place; rows beyond them, up to
 * all, are solved against it. False: not positive definite. */
static bool factored(double *a, uint32_t n, uint32_t all)
{
    for (uint32_t i = 0; i < all; ++i)
        for (uint32_t j = 0; j <= i && j < n; ++j) {
            double sum = a[i * all + j];
            for (uint32_t k = 0; k < j; ++k)
                sum -= a[i * all + k] * a[j * all + k];
            if (i > j)
                a[i * all + j] = sum / a[j * all + j];
            else if (sum > SMALLEST)
                a[i * all + i] = sqrt(sum);
            else
                return false;
        }
    return true;
}

/* With all others kept, the correlation of i and j must lie within c ± sqrt(u v), where
 * c is what the others explain of it and u, v what they leave of each. False: the
 * others alone contradict each other, or allow nothing of this sign. */
static bool lawful(double *largest, double *scratch, const double *rho, uint32_t n,
                   uint32_t i, uint32_t j)
{
    for (uint32_t r = 0; r < n; ++r)
        for (uint32_t c = 0; c < n; ++c) { /* i and j go last */
            uint32_t rest = n - 2, row = r == i   ? rest
                                         : r == j ? rest + 1
                                                  : r - (r > i) - (r > j);
            uint32_t column = c == i ? rest : c == j ? rest + 1 : c - (c > i) - (c > j);
            scratch[row * n + column] = rho[r * n + c];
        }
    if (!factored(scratch, n - 2, n))
        return false;
    double u = 1, v = 1, c = 0;
    for (uint32_t k = 0; k + 2 < n; ++k) {
        double a = scratch[(n - 2) * n + k], b = scratch[(n - 1) * n + k];
        u -= a * a;
        v -= b * b;
        c += a * b;
    }
    if (u <= SMALLEST || v <= SMALLEST)
        return false;
    double sign = rho[i * n + j] < 0 ? -1 : 1, reach = sqrt(u * v);
    *largest = sign * c + reach;
    return *largest > 0 && *largest <= fabs(rho[i * n + j]);
}

/* The pair whose correlation has to give least. */
static void blame(double *scratch, const double *rho, uint32_t n, uint32_t *bad_i,
                  uint32_t *bad_j, double *largest)
{
    double least = INFINITY, strongest = 0;
    for (uint32_t i = 0; i < n; ++i)
        for (uint32_t j = i + 1; j < n; ++j) {
            double stated = rho[i * n + j], most;
            if (stated == 0)
                continue;
            if (lawful(&most, scratch, rho, n, i, j) && fabs(stated) - most < least) {
                least = fabs(stated) - most;
                *bad_i = i, *bad_j = j;
                *largest = stated < 0 ? -most : most;
            } else if (isinf(least) && fabs(stated) > strongest) {
                strongest = fabs(stated);
                *bad_i = i, *bad_j = j;
                *largest = 0;
            }
        }
}

rc_status rc_copula_make(rc_copula *out, const double *rho, uint32_t n, rc_arena *arena,
                         uint32_t *bad_i, uint32_t *bad_j, double *largest,
                         rc_error *err)
{
    *bad_i = *bad_j = 0;
    *largest = 0;
    if (n > MOST)
        return rc_fail(err, RC_REFUSED,
                       "at most %d quantities may be correlated, found %u", MOST, n);
    double *factor = rc_arena_alloc(arena, (size_t)n * n, sizeof *factor);
    if (!factor)
        return rc_fail(err, RC_IO, "out of memory for the correlation of %u quantities",
                       n);
    for (uint32_t i = 0; i < n; ++i)
        for (uint32_t j = 0; j <= i; ++j)
            factor[i * n + j] = rho[i * n + j];
    if (!factored(factor, n, n)) {
        blame(factor, rho, n, bad_i, bad_j, largest);
        return rc_fail(
            err, RC_REFUSED,
            "the correlations contradict each other: that of %u and %u may be "
            "at most %.4g, the others kept",
            *bad_i + 1, *bad_j + 1, *largest);
    }
    *out = (rc_copula){n, factor};
    return RC_OK;
}

static uint32_t word_of(double z)
{
    double words = floor(rc_normal_cdf(z) * 0x1p32);
    return words >= 0x1p32 ? UINT32_MAX : (uint32_t)words;
}

void rc_copula_apply(const rc_copula *copula, uint32_t *const *words, uint32_t lanes)
{
    double z[SCRATCH];
    assert(copula->n > 0);
    uint32_t n = copula->n, stride = SCRATCH / n;
    for (uint32_t from = 0; from < lanes; from += stride) {
        uint32_t now = lanes - from < stride ? lanes - from : stride;
        for (uint32_t i = 0; i < n; ++i)
            for (uint32_t lane = 0; lane < now; ++lane)
                z[i * stride + lane] =
                    rc_normal_quantile((words[i][from + lane] + 0.5) * 0x1p-32);
        for (uint32_t i = 1; i < n; ++i) /* the first row stays what it is */
            for (uint32_t lane = 0; lane < now; ++lane) {
                double mixed = 0;
                for (uint32_t j = 0; j <= i; ++j)
                    mixed += copula->factor[i * n + j] * z[j * stride + lane];
                words[i][from + lane] = word_of(mixed);
            }
    }
}
