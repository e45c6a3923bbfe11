/* A file of a run's folder as it is, and as others make it while it is read. */
#include "report/kept_file.h"
#include "suite.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BYTES = 140000 }; /* more than two parts of 64 KiB */

static char room[32], bytes[BYTES];
static int folder;

static int written(const char *name, size_t n)
{
    int file = openat(folder, name, O_RDWR | O_CREAT | O_TRUNC, 0600);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, bytes, n), (ssize_t)n);
    return file;
}

static void a_folder(void)
{
    strcpy(room, "/tmp/kept_file.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(room));
    folder = open(room, O_RDONLY | O_DIRECTORY);
    for (size_t i = 0; i < BYTES; i++)
        bytes[i] = (char)(i * i >> 7);
}

static void no_folder(void)
{
    static const char *const names[] = {"it", "link", "pipe"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlinkat(folder, names[i], 0);
    close(folder);
    rmdir(room);
}

START_TEST(however_much_was_read_the_digest_is_that_of_all)
{
    static const size_t sizes[] = {0, 1, 65535, 65536, 65537, BYTES};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (size_t part = 0; part <= sizes[i]; part = 3 * part + 1) {
            char hex[65], want[65], read[BYTES];
            rc_kept_file f;
            close(written("it", sizes[i]));
            rc_sha256(want, bytes, sizes[i]);
            ck_assert(rc_kept_file_open(&f, folder, "it"));
            ck_assert_uint_eq(f.size, sizes[i]);
            ck_assert_int_eq(rc_kept_file_next(&f, read, part), (ssize_t)part);
            ck_assert_mem_eq(read, bytes, part);
            ck_assert(rc_kept_file_close(&f, hex));
            ck_assert_str_eq(hex, want);
            ck_assert_uint_eq(f.size, sizes[i]);
        }
}
END_TEST

START_TEST(a_file_that_is_cut_while_it_is_read_ends_there)
{
    char hex[65], want[65], read[BYTES];
    rc_kept_file f;
    int file = written("it", BYTES);
    ck_assert(rc_kept_file_open(&f, folder, "it"));
    ck_assert_int_eq(rc_kept_file_next(&f, read, 1000), 1000);
    ck_assert_int_eq(ftruncate(file, 5000), 0);
    ck_assert_int_eq(rc_kept_file_next(&f, read, BYTES), 4000);
    ck_assert_mem_eq(read, bytes + 1000, 4000);
    ck_assert_int_eq(rc_kept_file_next(&f, read, 1), 0);
    ck_assert(rc_kept_file_close(&f, hex));
    rc_sha256(want, bytes, 5000);
    ck_assert_str_eq(hex, want);
    close(file);
}
END_TEST

START_TEST(a_text_has_an_end_and_at_most_what_is_taken)
{
    rc_arena *arena = rc_arena_new();
    char hex[65], want[65];
    size_t n;
    close(written("it", 5000));
    const char *text = rc_kept_file_text(arena, folder, "it", 5000, &n, hex);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(n, 5000);
    ck_assert_mem_eq(text, bytes, n);
    ck_assert_int_eq(text[n], '\0');
    rc_sha256(want, bytes, n);
    ck_assert_str_eq(hex, want);
    ck_assert_ptr_null(rc_kept_file_text(arena, folder, "it", 4999, &n, hex));
    ck_assert_int_eq(errno, EFBIG);
    close(written("it", 0));
    ck_assert_str_eq(rc_kept_file_text(arena, folder, "it", 0, &n, hex), "");
    rc_arena_free(arena);
}
END_TEST

START_TEST(only_a_regular_file_is_opened_and_no_link_followed)
{
    rc_kept_file f;
    int before = dup(0);
    close(before);
    close(written("it", 1));
    ck_assert_int_eq(symlinkat("it", folder, "link"), 0);
    ck_assert_int_eq(mkfifoat(folder, "pipe", 0600), 0);
    const struct {
        const char *name;
        int why;
    } none[] = {{"link", ELOOP}, {"pipe", EINVAL}, {".", EINVAL}, {"missing", ENOENT}};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        ck_assert(!rc_kept_file_open(&f, folder, none[i].name));
        ck_assert_msg(errno == none[i].why, "%s: %s", none[i].name, strerror(errno));
    }
    int after = dup(0);
    ck_assert_int_eq(after, before); /* nothing is left open */
    close(after);
}
END_TEST

START_TEST(what_cannot_be_read_is_not_taken_for_an_end)
{
    rc_kept_file f;
    char hex[65], read[10];
    close(written("it", 100));
    ck_assert(rc_kept_file_open(&f, folder, "it"));
    ck_assert_int_eq(rc_kept_file_next(&f, read, sizeof read), sizeof read);
    ck_assert_int_eq(dup2(folder, f.file), f.file); /* a folder has no bytes */
    ck_assert_int_eq(rc_kept_file_next(&f, read, sizeof read), -1);
    ck_assert(!rc_kept_file_close(&f, hex));
    ck_assert_int_eq(errno, EISDIR);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kept_file");
    TCase *c = tcase_create("kept_file");
    tcase_add_checked_fixture(c, a_folder, no_folder);
    tcase_add_test(c, however_much_was_read_the_digest_is_that_of_all);
    tcase_add_test(c, a_file_that_is_cut_while_it_is_read_ends_there);
    tcase_add_test(c, a_text_has_an_end_and_at_most_what_is_taken);
    tcase_add_test(c, only_a_regular_file_is_opened_and_no_link_followed);
    tcase_add_test(c, what_cannot_be_read_is_not_taken_for_an_end);
    suite_add_tcase(suite, c);
    return suite_run(suite);
}
