/* rng.simd.c -- pcg32 in 32 lanes: lane i runs 32 steps apart from its own last word,
 * so that the row is the scalar sequence. */
#include "rand/kernels.h"
#include <string.h>

#define LANES 32

/* The jumps over 1, 2, 4, 8, 16 and 32 steps: power of the multiplier, geometric sum.
 */
static const uint64_t jump[][2] = {
    {UINT64_C(0x5851f42d4c957f2d), UINT64_C(0x0000000000000001)},
    {UINT64_C(0x685f98a2018fade9), UINT64_C(0x5851f42d4c957f2e)},
    {UINT64_C(0xfb4d3ae39272be11), UINT64_C(0xcbb5f646404a560c)},
    {UINT64_C(0xb59dda5f38413d21), UINT64_C(0x9a8b7f78da6ef4d8)},
    {UINT64_C(0x8d5e2ddc895abe41), UINT64_C(0xfd8341fcddebfcb0)},
    {UINT64_C(0x96481983e5188c81), UINT64_C(0x375216576241c560)},
};

static void row(uint32_t *restrict out, uint64_t *restrict state, uint64_t step)
{
    for (uint32_t i = 0; i < LANES; ++i) {
        uint64_t s = state[i], x = (uint32_t)(((s >> 18) ^ s) >> 27);
        out[i] = (uint32_t)((x << 32 | x) >> (s >> 59)); /* a rotation without a mask */
        state[i] = s * jump[5][0] + step;
    }
}

void RC_SIMD_NAME(rc_rng_fill)(uint32_t *out, uint64_t start, uint64_t increment,
                               uint32_t n)
{
    uint64_t state[LANES];
    state[0] = start;
    for (uint32_t bit = 0, have = 1; have < LANES; ++bit, have *= 2)
        for (uint32_t i = 0; i < have; ++i)
            state[have + i] = state[i] * jump[bit][0] + increment * jump[bit][1];
    uint64_t step = increment * jump[5][1];
    for (; n >= LANES; out += LANES, n -= LANES)
        row(out, state, step);
    if (n) {
        uint32_t rest[LANES];
        row(rest, state, step);
        memcpy(out, rest, n * sizeof *out);
    }
}
