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
} jumps[11][8] = {
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
    {
        {UINT64_C(0x0000000000000001), UINT64_C(0x0000000000000000)},
        {UINT64_C(0x469c6146fd364001), UINT64_C(0x5eeb75973616b000)},
        {UINT64_C(0x1dd8088d0a6c8001), UINT64_C(0x7c7aad6d382d6000)},
        {UINT64_C(0x8dd019d227a2c001), UINT64_C(0x1a18628206441000)},
        {UINT64_C(0x7fa1b91654d90001), UINT64_C(0x19ef4fd5a05ac000)},
        {UINT64_C(0xbd6a0a59920f4001), UINT64_C(0x7eea306806717000)},
        {UINT64_C(0xf246319bdf458001), UINT64_C(0x6cb3bf3938882000)},
        {UINT64_C(0xaa5352dd3c7bc001), UINT64_C(0x27b6b749369ed000)},
    },
    {
        {UINT64_C(0x0000000000000001), UINT64_C(0x0000000000000000)},
        {UINT64_C(0x52ae921da9b20001), UINT64_C(0x151dd39800b58000)},
        {UINT64_C(0x902da3ff53640001), UINT64_C(0x39f376e3016b0000)},
        {UINT64_C(0xf2c535a4fd160001), UINT64_C(0x03f6e9e102208000)},
        {UINT64_C(0xb4bd470ea6c80001), UINT64_C(0x089e2c9202d60000)},
        {UINT64_C(0x105dd83c507a0001), UINT64_C(0xdd5f3ef6038b8000)},
        {UINT64_C(0x3feee92dfa2c0001), UINT64_C(0x17b0210d04410000)},
        {UINT64_C(0x7db879e3a3de0001), UINT64_C(0x4d06d2d704f68000)},
    },
    {
        {UINT64_C(0x0000000000000001), UINT64_C(0x0000000000000000)},
        {UINT64_C(0x04028a5d4d900001), UINT64_C(0x12d9545405ac0000)},
        {UINT64_C(0xba2505ba9b200001), UINT64_C(0xa22695680b580000)},
        {UINT64_C(0xb2677217e8b00001), UINT64_C(0x99e7c33c11040000)},
        {UINT64_C(0x7cc9cf7536400001), UINT64_C(0xe61cddd016b00000)},
        {UINT64_C(0xa94c1dd283d00001), UINT64_C(0x72c5e5241c5c0000)},
        {UINT64_C(0xc7ee5d2fd1600001), UINT64_C(0x2be2d93822080000)},
        {UINT64_C(0x68b08d8d1ef00001), UINT64_C(0xfd73ba0c27b40000)},
    },
    {
        {UINT64_C(0x0000000000000001), UINT64_C(0x0000000000000000)},
        {UINT64_C(0x1b92aeea6c800001), UINT64_C(0xd37887a02d600000)},
        {UINT64_C(0xbf219dd4d9000001), UINT64_C(0xc3ec3f405ac00000)},
        {UINT64_C(0xeaacccbf45800001), UINT64_C(0xd15b26e088200000)},
        {UINT64_C(0x9e343ba9b2000001), UINT64_C(0xfbc53e80b5800000)},
        {UINT64_C(0xd9b7ea941e800001), UINT64_C(0x432a8620e2e00000)},
        {UINT64_C(0x9d37d97e8b000001), UINT64_C(0xa78afdc110400000)},
        {UINT64_C(0xe8b40868f7800001), UINT64_C(0x28e6a5613da00000)},
    },
    {
        {UINT64_C(0x0000000000000001), UINT64_C(0x0000000000000000)},
        {UINT64_C(0xbc2c775364000001), UINT64_C(0xc73d7d016b000000)},
        {UINT64_C(0x7768eea6c8000001), UINT64_C(0xcd46fa02d6000000)},
        {UINT64_C(0x31b565fa2c000001), UINT64_C(0x121c770441000000)},
        {UINT64_C(0xeb11dd4d90000001), UINT64_C(0x95bdf405ac000000)},
        {UINT64_C(0xa37e54a0f4000001), UINT64_C(0x582b710717000000)},
        {UINT64_C(0x5afacbf458000001), UINT64_C(0x5964ee0882000000)},
        {UINT64_C(0x11874347bc000001), UINT64_C(0x996a6b09ed000000)},
    },
    {
        {UINT64_C(0x0000000000000001), UINT64_C(0x0000000000000000)},
        {UINT64_C(0xc723ba9b20000001), UINT64_C(0x183be80b58000000)},
        {UINT64_C(0x5247753640000001), UINT64_C(0xe377d016b0000000)},
        {UINT64_C(0xa16b2fd160000001), UINT64_C(0x61b3b82208000000)},
        {UINT64_C(0xb48eea6c80000001), UINT64_C(0x92efa02d60000000)},
        {UINT64_C(0x8bb2a507a0000001), UINT64_C(0x772b8838b8000000)},
        {UINT64_C(0x26d65fa2c0000001), UINT64_C(0x0e67704410000000)},
        {UINT64_C(0x85fa1a3de0000001), UINT64_C(0x58a3584f68000000)},
    },
    {
        {UINT64_C(0x0000000000000001), UINT64_C(0x0000000000000000)},
        {UINT64_C(0xa91dd4d900000001), UINT64_C(0x55df405ac0000000)},
        {UINT64_C(0x523ba9b200000001), UINT64_C(0x6bbe80b580000000)},
        {UINT64_C(0xfb597e8b00000001), UINT64_C(0x419dc11040000000)},
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
    for (int digit = 0; index; ++digit, index >>= 3)
        rng.state = rng.state * jumps[digit][index & 7].power +
                    rng.increment * jumps[digit][index & 7].sum;
    return output(rng.state);
}

void rc_rng_fill(uint32_t *out, rc_rng rng, uint32_t n)
{
    static void (*const fill[])(uint32_t *, uint64_t, uint64_t, uint32_t) =
        RC_KERNELS(rc_rng_fill);
    fill[rc_simd_level()](out, rng.state, rng.increment, n);
}
