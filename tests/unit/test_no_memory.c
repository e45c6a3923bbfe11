/* test_no_memory.c -- memory runs out at every place in turn where a plan, its tables and
 * its correlations ask for some: it is said, nothing is left behind, nothing is half made.
 *
 * The Makefile links this program so that its calls of malloc, calloc, realloc and of
 * rc_arena_alloc come here first: the N-th fails, once. (What happens to a whole run is
 * seen in tests/faults.) */
#include "base/arena.h"
#include "rand/correlate.h"
#include "rand/table.h"
#include "stats/histogram.h"
#include "suite.h"
#include <roadcast.h>
#include <roadcast/stream.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static long calls, fails_at; /* 0: none fails */
static bool only_heap;       /* arenas get what they ask for, while the heap has it */

static bool fails(void)
{
    return ++calls == fails_at;
}

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t n);
void *__real_rc_arena_alloc(rc_arena *arena, size_t n, size_t size);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t n);
char *__real_rc_arena_text(rc_arena *arena, const char *text);
void *__wrap_rc_arena_alloc(rc_arena *arena, size_t n, size_t size);
char *__wrap_rc_arena_text(rc_arena *arena, const char *text);
char *__real_rc_arena_print(rc_arena *arena, const char *format, ...);
char *__wrap_rc_arena_print(rc_arena *arena, const char *format, ...);

void *__wrap_malloc(size_t n)
{
    return fails() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *old, size_t n)
{
    return fails() ? NULL : __real_realloc(old, n);
}

void *__wrap_rc_arena_alloc(rc_arena *arena, size_t n, size_t size)
{
    return !only_heap && fails() ? NULL : __real_rc_arena_alloc(arena, n, size);
}

char *__wrap_rc_arena_text(rc_arena *arena, const char *text)
{
    return !only_heap && fails() ? NULL : __real_rc_arena_text(arena, text);
}

char *__wrap_rc_arena_print(rc_arena *arena, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return __wrap_rc_arena_text(arena, text);
}

static rc_scenario *read_scenario(const char *path)
{
    rc_scenario *scenario = NULL;
    rc_faults *faults = NULL;
    rc_error err = {0};
    const rc_scenario_options options = {.models = rc_models};
    ck_assert_int_eq(rc_scenario_read(&scenario, &faults, path, &options, &err), RC_OK);
    rc_faults_free(faults);
    return scenario;
}

/* Fails one call after the other until a whole compilation gets by; returns how many. */
static long compile_until_it_gets_by(const rc_scenario *scenario)
{
    for (fails_at = 1;; fails_at++) {
        rc_error err = {0};
        rc_plan *plan = NULL;
        calls = 0;
        rc_status status = rc_plan_compile(&plan, scenario, &err);
        const long made = calls;
        if (made < fails_at) {
            fails_at = 0;
            ck_assert_msg(status == RC_OK, "%s", err.text);
            rc_plan_free(plan);
            return made;
        }
        const bool said = strncmp(err.text, "out of memory for the ", 22) == 0;
        if (status != RC_IO || plan || !said)
            ck_abort_msg("call %ld: %d, '%s'", fails_at, (int)status, err.text);
    }
}

START_TEST(a_plan_for_which_memory_runs_out_says_so_wherever_it_does)
{
    static const char *const paths[] = {"scenarios/people_bottleneck.cfg",
                                        "tests/unit/no_memory.cfg"};
    for (int i = 0; i < 2; i++) {
        rc_scenario *scenario = read_scenario(paths[i]);
        ck_assert_int_gt(compile_until_it_gets_by(scenario), 100);
        rc_scenario_free(scenario);
    }
}
END_TEST

START_TEST(an_arena_for_which_memory_runs_out_says_so_and_goes_on)
{
    only_heap = true;
    calls = 0, fails_at = 1;
    const rc_arena *none = rc_arena_new();
    rc_arena *arena = rc_arena_new();
    ck_assert_ptr_null(none);
    char large[20000]; /* more than an arena takes at first */
    memset(large, 'x', sizeof large);
    large[sizeof large - 1] = '\0';
    for (int kind = 0; kind < 3; kind++) {
        calls = 0, fails_at = 1;
        const void *got = kind == 0   ? rc_arena_text(arena, large)
                          : kind == 1 ? __real_rc_arena_print(arena, "%s", large)
                                      : rc_arena_alloc(arena, 3, sizeof large);
        fails_at = 0; /* of the assertions' own */
        ck_assert_ptr_null(got);
        ck_assert(strcmp(rc_arena_slice(arena, large, sizeof large), large) == 0);
    }
    rc_arena_free(arena);
}
END_TEST

START_TEST(a_histogram_for_which_memory_runs_out_says_so_and_keeps_what_it_has)
{
    static const double values[] = {1, 1e9, -5};
    only_heap = true;
    for (long n = 1; n <= 4; n++) { /* its table, and a page for each power of two */
        rc_bins bins = {0};
        calls = 0, fails_at = n;
        const bool had = rc_bins_add(&bins, values, 3);
        fails_at = 0;
        ck_assert(!had && bins.n == 0);
        rc_bins_free(&bins);
        ck_assert(rc_bins_add(&bins, values, 3) && bins.n == 3);
        rc_bins_free(&bins);
    }
}
END_TEST

START_TEST(a_text_for_which_memory_runs_out_is_none_even_if_there_is_some_later)
{
    rc_stream stream;
    ck_assert(rc_stream_open(&stream));
    setvbuf(stream.out, NULL, _IONBF, 0);
    fputs("kept", stream.out);
    calls = 0, fails_at = 1;
    const int lost = fprintf(stream.out, "%1000s", "");
    fails_at = 0;
    ck_assert_int_lt(lost, 1000);
    fputs("too late", stream.out);
    ck_assert(!rc_stream_close(&stream));
    free(stream.text);
    ck_assert(rc_stream_open(&stream)); /* all of it goes at the end */
    fputs("never kept", stream.out);
    calls = 0, fails_at = 1;
    const bool whole = rc_stream_close(&stream);
    fails_at = 0;
    ck_assert(!whole);
    free(stream.text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("no memory");
    TCase *tcase = tcase_create("no memory");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_plan_for_which_memory_runs_out_says_so_wherever_it_does);
    tcase_add_test(tcase, an_arena_for_which_memory_runs_out_says_so_and_goes_on);
    tcase_add_test(tcase,
                   a_histogram_for_which_memory_runs_out_says_so_and_keeps_what_it_has);
    tcase_add_test(tcase,
                   a_text_for_which_memory_runs_out_is_none_even_if_there_is_some_later);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
