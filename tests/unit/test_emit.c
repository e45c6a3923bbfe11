#include "base/text.h"
#include "report/emit.h"
#include "report/human.h"
#include "report/outbox.h"
#include "suite.h"
#include "on_disk.h"
#include <dirent.h>
#include <fcntl.h>
#include <jansson.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* ------------------------------------------------------------------- escapes */

static char emitted[4096];
static const char *after(void (*emit)(FILE *, const char *), const char *text)
{
    FILE *out = fmemopen(emitted, sizeof emitted, "w");
    ck_assert_ptr_nonnull(out);
    emitted[0] = 0;
    emit(out, text);
    fclose(out);
    return emitted;
}

START_TEST(a_cell_that_a_spreadsheet_would_execute_is_text)
{
    ck_assert_str_eq(after(rc_emit_csv, "plain"), "plain");
    ck_assert_str_eq(after(rc_emit_csv, "=1+1"), "\"'=1+1\"");
    ck_assert_str_eq(after(rc_emit_csv, "+1"), "\"'+1\"");
    ck_assert_str_eq(after(rc_emit_csv, "-1"), "\"'-1\"");
    ck_assert_str_eq(after(rc_emit_csv, "@x"), "\"'@x\"");
    ck_assert_str_eq(after(rc_emit_csv, "\tx"), "\"' x\"");
    ck_assert_str_eq(after(rc_emit_csv, "\rx"), "\"' x\"");
    ck_assert_str_eq(after(rc_emit_csv, "a,\"b\"\nc"), "\"a,\"\"b\"\" c\"");
    ck_assert_str_eq(after(rc_emit_csv, ""), "");
}
END_TEST

START_TEST(no_control_character_or_bidirectional_mark_reaches_a_terminal)
{
    ck_assert_str_eq(after(rc_emit_plain, "a\x1b[31mb"), "a\xef\xbf\xbd[31mb");
    ck_assert_str_eq(after(rc_emit_plain, "\x7f\xc2\x9b"), "\xef\xbf\xbd\xef\xbf\xbd");
    ck_assert_str_eq(after(rc_emit_plain, "\xe2\x80\xae"), "\xef\xbf\xbd");
    ck_assert_str_eq(after(rc_emit_plain, "\xe2\x81\xa6\xe2\x81\xa9"),
                     "\xef\xbf\xbd\xef\xbf\xbd");
    ck_assert_str_eq(after(rc_emit_plain, "\xef\xbf\xbf\xf4\x8f\xbf\xbf"),
                     "\xef\xbf\xbd\xef\xbf\xbd"); /* U+FFFF is in no SVG */
    ck_assert_str_eq(after(rc_emit_plain, "tab\tline\nend"), "tab line end");
    ck_assert_str_eq(after(rc_emit_plain, "k€ Größe 模型 😀"), "k€ Größe 模型 😀");
}
END_TEST

static void emit_name(FILE *out, const char *text)
{
    char name[64];
    fputs(rc_human_name(name, sizeof name, text, 9), out);
}

START_TEST(every_reader_is_spared_the_same_characters)
{
    static void (*const emitters[])(FILE *, const char *) = {rc_emit_plain, rc_emit_csv,
                                                             rc_emit_html, emit_name};
    for (uint32_t c = 1, seen; c < 0x110000; c++) {
        static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
        char text[7] = "a";
        size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        for (size_t i = n, rest = c; i-- > 0; rest >>= 6)
            text[1 + i] = (char)(i ? 0x80 | (rest & 0x3f) : lead[n] | rest);
        if (!rc_is_harmful(c))
            continue;
        bool blank = strchr("\t\n\r", text[1]) != NULL;
        for (size_t i = 0; i < sizeof emitters / sizeof *emitters; i++)
            ck_assert_msg(
                strstr(after(emitters[i], text), blank ? "a " : "a\xef\xbf\xbd"),
                "U+%04X by %zu: %s", c, i, emitted);
        json_t *back = json_loads(after(rc_emit_json, text), JSON_DECODE_ANY, NULL);
        ck_assert_str_eq(json_string_value(back), text);
        json_decref(back);
        for (const char *at = emitted; *at;) {
            at += rc_character(&seen, at);
            ck_assert(!rc_is_harmful(seen));
        }
    }
}
END_TEST

START_TEST(broken_utf8_becomes_the_replacement_character)
{
    const char *const broken[] = {
        "\xff",             /* never a byte of UTF-8 */
        "\x80",             /* a continuation alone */
        "\xc3",             /* cut */
        "\xe2\x82",         /* cut */
        "\xc0\x80",         /* overlong NUL */
        "\xed\xa0\x80",     /* surrogate */
        "\xf4\x90\x80\x80", /* above U+10FFFF */
        "\xf8\x88\x80\x80\x80",
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        json_error_t error;
        after(rc_emit_json, broken[i]);
        json_t *text = json_loads(emitted, JSON_DECODE_ANY, &error);
        ck_assert_msg(text, "case %zu: %s", i, error.text);
        ck_assert(strncmp(json_string_value(text), "\xef\xbf\xbd", 3) == 0);
        json_decref(text);
    }
}
END_TEST

START_TEST(text_comes_back_from_json_as_it_was)
{
    char all[512], *end = all;
    for (int c = 1; c < 128; c++)
        *end++ = (char)c;
    strcpy(end, "ü € 😀 \xe2\x80\xae \xc2\x85 </script>");
    json_t *text = json_loads(after(rc_emit_json, all), JSON_DECODE_ANY, NULL);
    ck_assert_ptr_nonnull(text);
    ck_assert_str_eq(json_string_value(text), all);
    json_decref(text);
    for (const char *p = emitted; *p; p++)
        ck_assert((unsigned char)*p >= 0x20 && *p != 0x7f);
}
END_TEST

START_TEST(markup_is_text_in_a_report)
{
    ck_assert_str_eq(after(rc_emit_html, "<a href=\"x\" id='y'>&\x01"),
                     "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;\xef\xbf\xbd");
}
END_TEST

START_TEST(a_document_keeps_the_order_of_its_keys_and_never_holds_nan)
{
    FILE *out = fmemopen(emitted, sizeof emitted, "w");
    rc_json json = {.out = out};
    rc_json_object(&json, NULL);
    rc_json_number(&json, "z", 0.1);
    rc_json_object(&json, "empty");
    rc_json_end(&json);
    rc_json_array_line(&json, "a");
    rc_json_number(&json, NULL, NAN);
    rc_json_number(&json, NULL, INFINITY);
    rc_json_number(&json, NULL, -0.0);
    rc_json_object(&json, NULL);
    rc_json_count(&json, "n", UINT64_MAX);
    rc_json_end(&json);
    rc_json_end(&json);
    rc_json_text(&json, "t", "x\"y");
    rc_json_text(&json, "u", NULL);
    rc_json_bool(&json, "yes", true);
    rc_json_end(&json);
    fclose(out);
    ck_assert_str_eq(emitted,
                     "{\n  \"z\": 0.1,\n  \"empty\": {},\n"
                     "  \"a\": [null, null, 0, {\"n\": 18446744073709551615}],\n"
                     "  \"t\": \"x\\\"y\",\n  \"u\": null,\n  \"yes\": true\n}\n");
}
END_TEST

/* -------------------------------------------------------------------- outbox */

static char folder[64];
static void make_folder(void)
{
    strcpy(folder, "/tmp/roadcast-emit-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static const char *at(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static uint32_t entries(const char *path)
{
    uint32_t n = 0;
    DIR *dir = opendir(path);
    ck_assert_ptr_nonnull(dir);
    for (struct dirent *e; (e = readdir(dir));)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(dir);
    return n;
}

static const char *content(const char *name)
{
    static char text[4096];
    FILE *in = fopen(at(name), "r");
    ck_assert_ptr_nonnull(in);
    text[fread(text, 1, sizeof text - 1, in)] = '\0';
    fclose(in);
    return text;
}

static void remove_folder(void)
{
    char line[128];
    snprintf(line, sizeof line, "rm -r %s", folder);
    ck_assert_int_eq(system(line), 0);
}

static void put_old(void)
{
    rc_outbox box;
    rc_error err;
    ck_assert_int_eq(rc_outbox_open(&box, folder, "a/b", &err), RC_OK);
    fputs("old", rc_outbox_file(&box, "x", &err));
    fputs("old", rc_outbox_file(&box, "y", &err));
    ck_assert_int_eq(rc_outbox_commit(&box, &err), RC_OK);
}

START_TEST(files_appear_only_when_all_of_them_are_whole)
{
    make_folder();
    put_old();
    rc_outbox box;
    rc_error err;
    ck_assert_int_eq(rc_outbox_open(&box, folder, "a/b", &err), RC_OK);
    fputs("new", rc_outbox_file(&box, "x", &err));
    fputs("new", rc_outbox_file(&box, "y", &err));
    ck_assert_str_eq(content("a/b/x"), "old");
    ck_assert_int_eq(rc_outbox_commit(&box, &err), RC_OK);
    ck_assert_str_eq(content("a/b/x"), "new");
    ck_assert_str_eq(content("a/b/y"), "new");
    ck_assert_uint_eq(entries(at("a/b")), 2);

    ck_assert_int_eq(rc_outbox_open(&box, folder, "a/b", &err), RC_OK);
    fputs("dropped", rc_outbox_file(&box, "x", &err));
    rc_outbox_drop(&box);
    ck_assert_str_eq(content("a/b/x"), "new");
    ck_assert_uint_eq(entries(at("a/b")), 2);
    remove_folder();
}
END_TEST

START_TEST(a_full_disk_leaves_the_old_files_and_no_stump)
{
    make_folder();
    put_old();
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {5000, 5000}; /* the second file no longer fits */
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    for (int length = 4000; length <= 20000; length += 4000) {
        rc_outbox box;
        rc_error err = {RC_OK, ""};
        ck_assert_int_eq(rc_outbox_open(&box, folder, "a/b", &err), RC_OK);
        fputs("new", rc_outbox_file(&box, "x", &err));
        FILE *out = rc_outbox_file(&box, "y", &err);
        for (int i = 0; i < length; i++)
            fputc('y', out);
        rc_status expected = length > 5000 ? RC_IO : RC_OK;
        ck_assert_int_eq(rc_outbox_commit(&box, &err), expected);
        if (expected == RC_OK) {
            put_old();
            continue;
        }
        ck_assert_ptr_nonnull(strstr(err.text, "/a/b/y"));
        ck_assert_str_eq(content("a/b/x"), "old");
        ck_assert_str_eq(content("a/b/y"), "old");
        ck_assert_uint_eq(entries(at("a/b")), 2);
    }
    remove_folder();
}
END_TEST

START_TEST(no_path_of_a_scenario_leaves_the_output_folder)
{
    make_folder();
    rc_outbox box;
    rc_error err = {RC_OK, ""};
    const char *const out[] = {"..", "../x", "a/../../x", "/tmp", "", "a/.."};
    for (size_t i = 0; i < sizeof out / sizeof *out; i++)
        ck_assert_int_eq(rc_outbox_open(&box, folder, out[i], &err), RC_REFUSED);
    ck_assert_uint_eq(entries(folder), 0);
    ck_assert_int_eq(symlink("/tmp", at("link")), 0);
    ck_assert_int_eq(rc_outbox_open(&box, folder, "link", &err), RC_IO);
    ck_assert_int_eq(rc_outbox_open(&box, folder, "link/deeper", &err), RC_IO);
    ck_assert_int_eq(rc_outbox_open(&box, at("link"), NULL, &err),
                     RC_OK); /* the user's own */
    rc_outbox_drop(&box);
    ck_assert_int_eq(rc_outbox_open(&box, folder, "a..b/..c", &err), RC_OK);
    rc_outbox_drop(&box);
    remove_folder();
}
END_TEST

START_TEST(two_writers_of_one_folder_do_not_mix)
{
    make_folder();
    rc_outbox first, second;
    rc_error err = {RC_OK, ""};
    ck_assert_int_eq(rc_outbox_open(&first, folder, NULL, &err), RC_OK);
    ck_assert_int_eq(rc_outbox_open(&second, folder, NULL, &err), RC_IO);
    ck_assert_ptr_nonnull(strstr(err.text, "another roadcast"));
    rc_outbox_drop(&first);
    ck_assert_int_eq(rc_outbox_open(&second, folder, NULL, &err), RC_OK);
    rc_outbox_drop(&second);
    remove_folder();
}
END_TEST

START_TEST(a_file_is_on_the_disk_before_it_takes_its_name_and_the_folder_after_all)
{
    make_folder();
    for (int again = 0; again < 2; again++) { /* new ones, and in place of old ones */
        disk_begin();
        put_old();
        ck_assert_uint_eq(renamed, 2);
        ck_assert_uint_eq(too_early, 0);
        ck_assert(folder_synced);
    }
    remove_folder();
}
END_TEST

START_TEST(a_temporary_name_that_is_taken_is_left_alone)
{
    make_folder();
    rc_outbox box;
    rc_error err;
    char name[64];
    snprintf(name, sizeof name, ".x.%ld-0.tmp", (long)getpid());
    FILE *victim = fopen(at("victim"), "w");
    ck_assert(victim && fputs("mine", victim) >= 0 && fclose(victim) == 0);
    char of[256];
    snprintf(of, sizeof of, "%s", at("victim"));
    ck_assert_int_eq(link(of, at(name)), 0);
    ck_assert_int_eq(rc_outbox_open(&box, folder, NULL, &err), RC_OK);
    fputs("new", rc_outbox_file(&box, "x", &err));
    ck_assert_int_eq(rc_outbox_commit(&box, &err), RC_OK);
    ck_assert_str_eq(content("victim"), "mine");
    ck_assert_str_eq(content("x"), "new");
    remove_folder();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("emit");
    TCase *tcase = tcase_create("emit");
    tcase_add_test(tcase, a_cell_that_a_spreadsheet_would_execute_is_text);
    tcase_add_test(tcase,
                   no_control_character_or_bidirectional_mark_reaches_a_terminal);
    tcase_add_test(tcase, every_reader_is_spared_the_same_characters);
    tcase_add_test(tcase, broken_utf8_becomes_the_replacement_character);
    tcase_add_test(tcase, text_comes_back_from_json_as_it_was);
    tcase_add_test(tcase, markup_is_text_in_a_report);
    tcase_add_test(tcase, a_document_keeps_the_order_of_its_keys_and_never_holds_nan);
    tcase_add_test(tcase, files_appear_only_when_all_of_them_are_whole);
    tcase_add_test(tcase, a_full_disk_leaves_the_old_files_and_no_stump);
    tcase_add_test(tcase, no_path_of_a_scenario_leaves_the_output_folder);
    tcase_add_test(tcase, two_writers_of_one_folder_do_not_mix);
    tcase_add_test(
        tcase, a_file_is_on_the_disk_before_it_takes_its_name_and_the_folder_after_all);
    tcase_add_test(tcase, a_temporary_name_that_is_taken_is_left_alone);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
