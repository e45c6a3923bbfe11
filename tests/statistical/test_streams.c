/* test_streams.c -- futures do not know of each other, whatever their keys.
 *
 * 50 000 futures, 100 draw positions. For each position the sum over all futures of a
 * centred word, and of the product with that of the next future, are normal when streams
 * are independent: their squares over the positions average one. 100 of them average
 * within 0.7 .. 1.4 and each stays below 5 sd. With fresh seeds one of the eight averages
 * would leave that band in about one run in ten; these seeds are fixed. The same figures
 * must convict streams keyed without a hash.
 */
#include "rand/rng.h"
#include "suite.h"
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define FUTURES 50000u
#define POSITIONS 100u
#define BLOCK 500u

typedef struct evidence {
    double over_futures, of_neighbours; /* mean z^2 */
    double largest;                     /* |z| */
} evidence;

/* out: the row of a position, one word per future */
typedef void row_of(uint32_t *out, uint32_t position);

static evidence examine(row_of *row)
{
    uint32_t *words = malloc(FUTURES * sizeof *words);
    evidence e = {0, 0, 0};
    ck_assert_ptr_nonnull(words);
    for (uint32_t position = 0; position < POSITIONS; ++position) {
        double sum = 0, product = 0, before = 0;
        row(words, position);
        for (uint32_t i = 0; i < FUTURES; ++i) {
            double x = ((words[i] + 0.5) * 0x1p-32 - 0.5) * sqrt(12);
            sum += x;
            product += x * before;
            before = x;
        }
        double z = sum / sqrt(FUTURES), pair = product / sqrt(FUTURES - 1);
        e.over_futures += z * z / POSITIONS;
        e.of_neighbours += pair * pair / POSITIONS;
        e.largest = fmax(e.largest, fmax(fabs(z), fabs(pair)));
    }
    free(words);
    return e;
}

static bool innocent(evidence e)
{
    return e.over_futures > 0.7 && e.over_futures < 1.4 && e.of_neighbours > 0.7 &&
           e.of_neighbours < 1.4 && e.largest < 5;
}

static void of_blocks(uint32_t *out, uint32_t position)
{
    char name[8] = {'q', (char)('0' + position / 10), (char)('0' + position % 10)};
    uint64_t key = rc_quantity_key(42, name);
    for (uint32_t block = 0; block < FUTURES / BLOCK; ++block)
        rc_rng_fill(out + block * BLOCK, rc_rng_block(key, block), BLOCK);
}

static void of_words(uint32_t *out, uint32_t position)
{
    uint64_t key = rc_quantity_key(42, "lever.tries");
    for (uint32_t future = 0; future < FUTURES; ++future)
        out[future] = rc_rng_word(key, future, position);
}

/* The lane of a block is as much a position as the future. */
static void of_lanes(uint32_t *out, uint32_t position)
{
    uint64_t key = rc_quantity_key(7, "label.duration");
    uint32_t row[POSITIONS];
    for (uint32_t block = 0; block < FUTURES; ++block) {
        rc_rng_fill(row, rc_rng_block(key, block), position + 1);
        out[block] = row[position];
    }
}

static void of_seeds(uint32_t *out, uint32_t position)
{
    for (uint32_t seed = 0; seed < FUTURES; ++seed)
        out[seed] = rc_rng_word(rc_quantity_key(seed, "a"), position, 0);
}

/* The planted fault: the future as stream number, as it stands. */
static void unhashed(uint32_t *out, uint32_t position)
{
    for (uint32_t future = 0; future < FUTURES; ++future) {
        rc_rng rng = rc_rng_jumped(rc_rng_seeded(42, future), position);
        out[future] = rc_rng_next(&rng);
    }
}

#define assert_innocent(row)                                                           \
    do {                                                                               \
        evidence e = examine(row);                                                     \
        ck_assert_msg(innocent(e),                                                     \
                      #row ": z^2 %.3f over futures, %.3f of neighbours, %.2f",        \
                      e.over_futures, e.of_neighbours, e.largest);                     \
    } while (0)

START_TEST(rows_of_blocks_are_independent)
{
    assert_innocent(of_blocks);
}
END_TEST

START_TEST(words_by_future_and_index_are_independent)
{
    assert_innocent(of_words);
}
END_TEST

START_TEST(a_lane_is_independent_across_blocks)
{
    assert_innocent(of_lanes);
}
END_TEST

START_TEST(neighbouring_seeds_are_independent)
{
    assert_innocent(of_seeds);
}
END_TEST

START_TEST(streams_without_a_hash_are_convicted)
{
    ck_assert(!innocent(examine(unhashed)));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("streams");
    TCase *tcase = tcase_create("streams");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, rows_of_blocks_are_independent);
    tcase_add_test(tcase, words_by_future_and_index_are_independent);
    tcase_add_test(tcase, a_lane_is_independent_across_blocks);
    tcase_add_test(tcase, neighbouring_seeds_are_independent);
    tcase_add_test(tcase, streams_without_a_hash_are_convicted);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
