#include "base/simd.h"
#include "run/path.h"
#include <roadcast/version.h>

static void forward(double *restrict start, double *restrict finish,
                    const double *restrict work, const double *const *before,
                    uint32_t before_n, double not_before)
{
    if (before_n == 0) {
        for (uint32_t i = 0; i < RC_LANES; i++)
            start[i] = not_before;
    } else {
        const double *restrict first = before[0];
        for (uint32_t i = 0; i < RC_LANES; i++)
            start[i] = first[i] > not_before ? first[i] : not_before;
    }
    for (uint32_t k = 1; k < before_n; k++) {
        const double *restrict next = before[k];
        for (uint32_t i = 0; i < RC_LANES; i++)
            start[i] = next[i] > start[i] ? next[i] : start[i];
    }
    for (uint32_t i = 0; i < RC_LANES; i++)
        finish[i] = start[i] + work[i];
}

static void tight(uint64_t *restrict from, const uint64_t *restrict to,
                  const double *restrict start_to, const double *restrict finish_from)
{
    for (uint32_t i = 0; i < RC_LANES; i++)
        from[i] |= start_to[i] == finish_from[i] ? to[i] : 0;
}

static uint32_t count(const uint64_t *mask, uint32_t n)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += mask[i] & 1;
    return (uint32_t)sum;
}

extern const rc_path_kernels RC_SIMD_NAME(rc_path);
const rc_path_kernels RC_SIMD_NAME(rc_path) = {forward, tight, count};
