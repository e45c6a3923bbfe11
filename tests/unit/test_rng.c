/* test_rng.c -- pcg32 is pcg32, whichever way it is reached. */
#include "rand/rng.h"
#include "rand/kernels.h"
#include "suite.h"
#include <stdlib.h>

START_TEST(the_published_words_of_pcg32_come_out)
{
    static const uint32_t known[] = {0xa15c02b7, 0x7b47f409, 0xba1d3330,
                                     0x83d2f293, 0xbfa4784b, 0xcbed606e};
    rc_rng rng = rc_rng_seeded(42, 54);
    for (int i = 0; i < 6; ++i)
        ck_assert_uint_eq(rc_rng_next(&rng), known[i]);
}
END_TEST

START_TEST(a_jump_is_as_many_steps)
{
    for (uint64_t steps = 0; steps < 10000; steps = steps * 3 + 1) {
        rc_rng walked = rc_rng_seeded(7, 9), jumped = rc_rng_jumped(walked, steps);
        for (uint64_t i = 0; i < steps; ++i)
            rc_rng_next(&walked);
        ck_assert(jumped.state == walked.state && jumped.increment == walked.increment);
    }
    rc_rng whole = rc_rng_jumped(rc_rng_seeded(1, 2), 1u << 31);
    rc_rng halves =
        rc_rng_jumped(rc_rng_jumped(rc_rng_seeded(1, 2), 1u << 30), 1u << 30);
    ck_assert(whole.state == halves.state);
}
END_TEST

START_TEST(every_kernel_writes_the_scalar_sequence)
{
    void (*const fill[])(uint32_t *, uint64_t, uint64_t, uint32_t) =
        RC_KERNELS(rc_rng_fill);
    uint32_t out[201];
    for (int level = 0; level <= (int)rc_simd_level(); ++level)
        for (uint32_t n = 0; n <= 200; ++n) {
            rc_rng rng = rc_rng_block(rc_quantity_key(n, "label.duration"), n);
            out[n] = 4711;
            fill[level](out, rng.state, rng.increment, n);
            ck_assert_uint_eq(out[n], 4711); /* not one word too many */
            for (uint32_t i = 0; i < n; ++i)
                ck_assert_uint_eq(out[i], rc_rng_next(&rng));
        }
}
END_TEST

START_TEST(words_by_index_follow_one_stream)
{
    uint64_t key = rc_quantity_key(3, "lever.tries");
    rc_rng rng = rc_rng_future(key, 5);
    for (uint32_t i = 0; i < 9000; ++i)
        ck_assert_uint_eq(rc_rng_word(key, 5, i), rc_rng_next(&rng));
    for (uint32_t bit = 0; bit < 32; bit += 3) /* every line of the table of jumps */
        for (uint64_t digit = 1; digit < 8 && digit << bit <= UINT32_MAX; ++digit) {
            rng = rc_rng_jumped(rc_rng_future(key, 6), digit << bit);
            ck_assert_uint_eq(rc_rng_word(key, 6, (uint32_t)(digit << bit)),
                              rc_rng_next(&rng));
        }
}
END_TEST

START_TEST(names_seeds_blocks_and_futures_all_matter)
{
    uint64_t a = rc_quantity_key(1, "a"), b = rc_quantity_key(1, "b"),
             c = rc_quantity_key(2, "a");
    ck_assert(a != b && a != c && b != c);
    ck_assert(rc_rng_block(a, 0).state != rc_rng_block(a, 1).state);
    ck_assert(rc_rng_block(a, 0).increment != rc_rng_block(a, 1).increment);
    ck_assert(rc_rng_block(a, 0).state != rc_rng_block(b, 0).state);
    ck_assert(rc_rng_word(a, 0, 0) != rc_rng_word(a, 1, 0));
    ck_assert(rc_rng_word(a, 0, 0) != rc_rng_word(b, 0, 0));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rng");
    TCase *tcase = tcase_create("rng");
    tcase_add_test(tcase, the_published_words_of_pcg32_come_out);
    tcase_add_test(tcase, a_jump_is_as_many_steps);
    tcase_add_test(tcase, every_kernel_writes_the_scalar_sequence);
    tcase_add_test(tcase, words_by_index_follow_one_stream);
    tcase_add_test(tcase, names_seeds_blocks_and_futures_all_matter);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
