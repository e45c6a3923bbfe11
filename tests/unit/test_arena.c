#include "base/arena.h"
#include "suite.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef RC_ARENA_FENCED
#include <sanitizer/asan_interface.h>

START_TEST(a_sanitizer_sees_who_touches_more_than_was_asked_for)
{
    rc_arena *arena = rc_arena_new();
    for (size_t n = 1; n < 20000; n = n * 5 / 4 + 1) {
        char *at = rc_arena_alloc(arena, n, 1), *next = rc_arena_alloc(arena, 1, 1);
        ck_assert_ptr_null(__asan_region_is_poisoned(at, n));
        ck_assert_int_eq(__asan_address_is_poisoned(at + n), 1);
        ck_assert_int_eq(__asan_address_is_poisoned(next + 1), 1);
    }
    rc_arena_free(arena);
}
END_TEST
#endif

START_TEST(memory_is_zeroed_aligned_and_never_shared)
{
    rc_arena *arena = rc_arena_new();
    size_t taken = 0;
    for (size_t i = 1; i < 3000; i++) {
        size_t n = i % 977, size = 1 + i % 7;
        unsigned char *at = rc_arena_alloc(arena, n, size);
        ck_assert_ptr_nonnull(at);
        ck_assert(((uintptr_t)at & (n * size >= 512 ? 63u : 15u)) == 0);
        size_t used = 0; /* a byte given twice would be 1 */
        for (size_t j = 0; j < n * size; j++)
            used += at[j];
        ck_assert_uint_eq(used, 0);
        memset(at, 1, n * size);
        taken += n * size;
    }
    ck_assert(taken > 1 << 20);
    rc_arena_free(arena);
}
END_TEST

START_TEST(a_row_of_lanes_starts_a_cache_line)
{
    rc_arena *arena = rc_arena_new();
    for (int i = 0; i < 50; i++) {
        rc_arena_text(arena, "x");
        ck_assert(((uintptr_t)rc_arena_alloc(arena, 512, sizeof(double)) & 63) == 0);
    }
    rc_arena_free(arena);
}
END_TEST

START_TEST(large_blocks_between_small_ones_are_kept_too)
{
    rc_arena *arena = rc_arena_new();
    char *small = rc_arena_text(arena, "small");
    char *large = rc_arena_alloc(arena, 3 << 20, 1);
    memset(large, 7, 3 << 20);
    char *next = rc_arena_text(arena, "next");
    ck_assert_str_eq(small, "small");
    ck_assert_str_eq(next, "next");
    ck_assert(large[0] == 7 && large[(3 << 20) - 1] == 7);
    rc_arena_free(arena);
}
END_TEST

START_TEST(a_size_that_overflows_is_refused)
{
    rc_arena *arena = rc_arena_new();
    ck_assert_ptr_null(rc_arena_alloc(arena, SIZE_MAX / 2, 4));
    ck_assert_ptr_null(
        rc_arena_alloc(arena, SIZE_MAX / 4 + 2, 4)); /* would wrap to 4 */
    ck_assert_ptr_null(rc_arena_alloc(arena, SIZE_MAX, 1));
    ck_assert_ptr_null(rc_arena_alloc(arena, 1, SIZE_MAX - 8));
    ck_assert_ptr_null(rc_arena_slice(arena, "", SIZE_MAX));
    ck_assert_ptr_nonnull(rc_arena_alloc(arena, 1, 1));
    rc_arena_free(arena);
}
END_TEST

START_TEST(nothing_asked_for_is_still_an_address)
{
    rc_arena *arena = rc_arena_new();
    ck_assert_ptr_nonnull(rc_arena_alloc(arena, 0, 8));
    ck_assert_ptr_nonnull(rc_arena_alloc(arena, 8, 0));
    rc_arena_free(arena);
    rc_arena_free(NULL);
}
END_TEST

START_TEST(texts_are_copied_cut_and_formatted)
{
    rc_arena *arena = rc_arena_new();
    char original[] = "labelling";
    char *copy = rc_arena_text(arena, original);
    original[0] = 'X';
    ck_assert_str_eq(copy, "labelling");
    ck_assert_str_eq(rc_arena_slice(arena, copy, 5), "label");
    ck_assert_str_eq(rc_arena_slice(arena, copy, 0), "");
    ck_assert_str_eq(rc_arena_print(arena, "tasks.%s[%d]", copy, 3),
                     "tasks.labelling[3]");
    rc_arena_free(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("arena");
    TCase *c = tcase_create("arena");
    tcase_add_test(c, memory_is_zeroed_aligned_and_never_shared);
    tcase_add_test(c, a_row_of_lanes_starts_a_cache_line);
    tcase_add_test(c, large_blocks_between_small_ones_are_kept_too);
    tcase_add_test(c, a_size_that_overflows_is_refused);
    tcase_add_test(c, nothing_asked_for_is_still_an_address);
    tcase_add_test(c, texts_are_copied_cut_and_formatted);
#ifdef RC_ARENA_FENCED
    tcase_add_test(c, a_sanitizer_sees_who_touches_more_than_was_asked_for);
#endif
    suite_add_tcase(suite, c);
    return suite_run(suite);
}
