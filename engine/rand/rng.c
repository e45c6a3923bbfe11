/* rng.c -- scalar pcg32, jumps and keys; the kernel of whole rows is rng.simd.c.
 *
 * k steps at once are state * A^k + increment * (1 + A + … + A^(k-1)): Brown, "Random
 * number generation with arbitrary strides", 1994.
 */
#include "rand/rng.h"
#include "rand/kernels.h"
#include "base/hash.h"

#define MULTIPLIER UINT64_C(6364136223846793005)

static uint32_t output(uint64_t state)
{
    uint32_t x = (uint32_t)(((state >> 18) ^ state) >> 27),
             turn = (uint32_t)(state >> 59);
    return x >> turn | x << (-turn & 31);
}

rc_rng rc_rng_seeded(uint64_t state, uint64_t stream)
{
    uint64_t increment = stream << 1 | 1;
    return (rc_rng){(increment + state) * MULTIPLIER + increment, increment};
}

uint32_t rc_rng_next(rc_rng *rng)
{
    uint64_t state = rng->state;
    rng->state = state * MULTIPLIER + rng->increment;
    return output(state);
}

rc_rng rc_rng_jumped(rc_rng rng, uint64_t steps)
{
    uint64_t power = MULTIPLIER, sum = 1;
    for (; steps; steps >>= 1) {
        if (steps & 1)
            rng.state = rng.state * power + rng.increment * sum;
        sum *= power + 1;
        power *= power;
    }
    return rng;
}

/* Row t, column d: the jump over d * 8^t steps. A word deep in a row costs one line per
 * octal digit of its index instead of one step per word before it. */
static const struct {
    uint64_t power, sum;
} jumps[4][8] = {
    {
        {UINT64_C(0x0000000000000001), UINT64_C(0x0000000000000000)},
        {UINT64_C(0x5851f42d4c957f2d), UINT64_C(0x0000000000000001)},
        {UINT64_C(0x685f98a2018fade9), UINT64_C(0x5851f42d4c957f2e)},
        {UINT64_C(0x0b046976f22528f5), UINT64_C(0xc0b18ccf4e252d17)},
        {UINT64_C(0xfb4d3ae39272be11), UINT64_C(0xcbb5f646404a560c)},
        {UINT64_C(0x696d29da565ad7fd), UINT64_C(0xc7033129d2bd141d)},
        {UINT64_C(0xf08d02b0115f7a79), UINT64_C(0x30705b042917ec1a)},
        {UINT64_C(0x798e21c49ff78e45), UINT64_C(0x20fd5db43a776693)},
    },
    {
        {UINT64_C(0x0000000000000001), UINT64_C(0x0000000000000000)},
        {UINT64_C(0xb59dda5f38413d21), UINT64_C(0x9a8b7f78da6ef4d8)},
        {UINT64_C(0x8d5e2ddc895abe41), UINT64_C(0xfd8341fcddebfcb0)},
        {UINT64_C(0x6ea923efda890361), UINT64_C(0x58a0df7459c07788)},
        {UINT64_C(0x96481983e5188c81), UINT64_C(0x375216576241c560)},
        {UINT64_C(0x2dd93f6e4665d9a1), UINT64_C(0x797d87a64e514638)},
        {UINT64_C(0x0f607833d1dd6ac1), UINT64_C(0xedb5055964dc5a10)},
        {UINT64_C(0x2e9487e122fbbfe1), UINT64_C(0xe931589dba5c60e8)},
    },
    {
        {UINT64_C(0x0000000000000001), UINT64_C(0x0000000000000000)},
        {UINT64_C(0x4425ebbf6f4d5901), UINT64_C(0xb5eb8df53e56bac0)},
        {UINT64_C(0x8980d00b878bb201), UINT64_C(0x76e04ee60f5a3580)},
        {UINT64_C(0x40d7e31d11bb0b01), UINT64_C(0xa2fefe0641ca7040)},
        {UINT64_C(0x02078e0dd6db6401), UINT64_C(0x41f7c92a64676b00)},
        {UINT64_C(0xc75ea5d89fecbd01), UINT64_C(0x4f7df387c5f125c0)},
        {UINT64_C(0xb6cca45935ef1601), UINT64_C(0x6f1038747527a080)},
        {UINT64_C(0x21e0e14c61e26f01), UINT64_C(0x3dd5ee2740cadb40)},
    },
    {
        {UINT64_C(0x0000000000000001), UINT64_C(0x0000000000000000)},
        {UINT64_C(0x659acb4fecc6c801), UINT64_C(0x3950e877b79ad600)},
        {UINT64_C(0xaa1421b9d5cd9001), UINT64_C(0xfe942169ea65ac00)},
        {UINT64_C(0xcc7c69cfbb145801), UINT64_C(0xdac4e23418608200)},
        {UINT64_C(0x88f21a239c9b2001), UINT64_C(0x20706e33c18b5800)},
        {UINT64_C(0xb521b9477a61e801), UINT64_C(0x4b1614c665e62e00)},
        {UINT64_C(0x9cc5ddcd5468b001), UINT64_C(0x6087314985710400)},
        {UINT64_C(0x5e272e472aaf7801), UINT64_C(0x52472b1aa02bda00)},
    },
};

/* Distinct odd offsets, so that blocks, futures and their increments never share a
 * hash. */
#define GOLDEN UINT64_C(0x9e3779b97f4a7c15)
#define BLOCKS UINT64_C(0xd1342543de82ef95)
#define FUTURES UINT64_C(0xaef17502108ef2d9)
#define INCREMENTS UINT64_C(0x632be59bd9b4e019)

static rc_rng keyed(uint64_t key, uint64_t kind, uint64_t index)
{
    uint64_t x = (key ^ kind) + index * GOLDEN; /* keys are hashes already */
    return (rc_rng){rc_mix64(x), rc_mix64(x ^ INCREMENTS) | 1};
}

uint64_t rc_quantity_key(uint64_t seed, const char *name)
{
    return rc_mix64(rc_mix64(seed + GOLDEN) ^ rc_hash_text(name));
}

rc_rng rc_rng_block(uint64_t quantity_key, uint64_t block)
{
    return keyed(quantity_key, BLOCKS, block);
}

rc_rng rc_rng_future(uint64_t quantity_key, uint64_t future)
{
    return keyed(quantity_key, FUTURES, future);
}

uint32_t rc_rng_word(uint64_t quantity_key, uint64_t future, uint32_t index)
{
    rc_rng rng = rc_rng_future(quantity_key, future);
    uint32_t left = index & 07777;
    for (int digit = 0; left; ++digit, left >>= 3)
        rng.state = rng.state * jumps[digit][left & 7].power +
                    rng.increment * jumps[digit][left & 7].sum;
    return output(index < 4096 ? rng.state : rc_rng_jumped(rng, index & ~07777u).state);
}

void rc_rng_fill(uint32_t *out, rc_rng rng, uint32_t n)
{
    static void (*const fill[])(uint32_t *, uint64_t, uint64_t, uint32_t) =
        RC_KERNELS(rc_rng_fill);
    fill[rc_simd_level()](out, rng.state, rng.increment, n);
}
