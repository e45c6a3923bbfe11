/* run.json and the kept scenario as somebody else may have left them: whatever stands in
 * them is read or refused with a reason, and nothing but what was written passes. */
#include "base/hash.h"
#include "report/walk.h"
#include "suite.h"
#include <roadcast/report.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ------------------------------------------------------------------- JSON, walked */

static char seen[4096];

static bool note(void *self, const char *path, const char *text, bool number)
{
    uint32_t *left = self;
    size_t n = strlen(seen);
    snprintf(seen + n, sizeof seen - n, "%s%s%s;", path, number ? "#" : "=", text);
    return left == NULL || (*left)-- > 1;
}

static bool walks(const char *text)
{
    char *tight = strdup(text); /* so that a sanitizer sees who reads beyond */
    seen[0] = '\0';
    bool fine = rc_walk_json(tight, note, NULL);
    free(tight);
    return fine;
}

START_TEST(every_value_is_met_with_its_path)
{
    ck_assert(walks(" {\"a\": {\"b\": \"x\", \"c\" : 1e3}, \"d\":[true,null, {\"e\": -0.5}], "
                    "\"f\": [], \"g\": {}, \"\": \"\"}\n"));
    ck_assert_str_eq(seen, "a.b=x;a.c#1e3;d[]#true;d[]#null;d[].e#-0.5;=;");
    ck_assert(walks("\"\\u00e9\\ud83d\\ude00\\\"\\\\\\/\\b\\f\\n\\r\\t\""));
    ck_assert_str_eq(seen, "=\xc3\xa9\xf0\x9f\x98\x80\"\\/\b\f\n\r\t;");
}
END_TEST

START_TEST(what_is_no_document_is_refused)
{
    static const char *const bad[] = {
        "", " ", "{", "}", "[", "{]", "[}", "[1", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}",
        "{\"a\":1,}", "{a:1}", "{1:1}", "\"", "\"a", "\"\\\"", "\"\\x\"", "\"\\u12\"",
        "\"\\u12g4\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"",
        "1 2", "[1] x", "{\"a\":1 \"b\":2}", "\"a\"b\"", "\"\\"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!walks(bad[i]), "%s", bad[i]);
}
END_TEST

START_TEST(depth_and_paths_have_an_end_and_a_visitor_may_stop)
{
    char text[600];
    for (int depth = RC_WALK_DEPTH - 1; depth <= RC_WALK_DEPTH + 1; depth++) {
        memset(text, '[', (size_t)depth);
        sprintf(text + depth, "1");
        memset(text + depth + 1, ']', (size_t)depth);
        text[2 * depth + 1] = '\0';
        ck_assert_msg(walks(text) == (depth <= RC_WALK_DEPTH), "%d", depth);
    }
    for (int length = RC_WALK_PATH - 2; length <= RC_WALK_PATH; length++) {
        snprintf(text, sizeof text, "{\"%0*d\": 1}", length, 7);
        ck_assert_msg(walks(text) == (length < RC_WALK_PATH), "%d", length);
    }
    char three[] = "[1, 2, 3]";
    uint32_t left = 2;
    seen[0] = '\0';
    ck_assert(!rc_walk_json(three, note, &left));
    ck_assert_str_eq(seen, "[]#1;[]#2;");
}
END_TEST

/* ------------------------------------------------------------------- a kept run */

static const char scenario[] = "format = 1; calendar = { start = \"2026-02-02\"; };\n"
                               "tasks = ({ id = \"a\"; duration = \"3 days\"; });\n";
static char folder[64], run[4096];

static void put(const char *name, const char *text, size_t n)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    ck_assert_ptr_nonnull(out);
    ck_assert_uint_eq(fwrite(text, 1, n, out), n);
    ck_assert_int_eq(fclose(out), 0);
}

static void setup(void)
{
    char hex[65];
    strcpy(folder, "/tmp/roadcast-verify-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    rc_sha256(hex, scenario, strlen(scenario));
    snprintf(run, sizeof run,
             "{\n  \"schema\": \"roadcast.run\",\n  \"tool\": {\"name\": \"roadcast\", "
             "\"version\": \"0.1.0\"},\n  \"scenario_sha256\": \"%s\",\n"
             "  \"seed\": \"7\",\n  \"futures\": 600,\n  \"what_if\": false,\n"
             "  \"set\": [\"a.b=\\\"c\\\"\", \"d=\\u00e9\"],\n  \"file\": \"x.cfg\",\n"
             "  \"layers\": [%zu],\n  \"files\": [\n    {\"name\": \"result.json\", "
             "\"sha256\": \"00\"},\n    {\"name\": \"charts/finish.gp\", \"sha256\": "
             "\"11\"},\n    {\"name\": \"samples.npy\", \"sha256\": \"22\"}\n  ]\n}\n",
             hex, strlen(scenario));
    put("scenario.cfg", scenario, strlen(scenario));
}

static void teardown(void)
{
    char line[128];
    snprintf(line, sizeof line, "rm -r %s", folder);
    ck_assert_int_eq(system(line), 0);
}

static rc_status reads(const char *text, size_t n, rc_kept_run **kept, rc_error *err)
{
    put("run.json", text, n);
    return rc_kept_run_read(kept, folder, err);
}

START_TEST(a_kept_run_is_what_was_kept)
{
    rc_error err = {RC_OK, ""};
    rc_kept_run *kept;
    ck_assert_int_eq(reads(run, strlen(run), &kept, &err), RC_OK);
    ck_assert_str_eq(kept->version, "0.1.0");
    ck_assert_str_eq(kept->file, "x.cfg");
    ck_assert_str_eq(kept->text, scenario);
    ck_assert_uint_eq(kept->set_n, 2);
    ck_assert_str_eq(kept->set[0], "a.b=\"c\"");
    ck_assert_str_eq(kept->set[1], "d=\xc3\xa9");
    ck_assert(kept->seed == 7 && kept->futures == 600);
    ck_assert(!kept->what_if && kept->samples && kept->extends_n == 0);
    rc_kept_run_free(kept);
}
END_TEST

/* Any other document is a run that can be shown, or is refused in words. */
static void no_harm(const char *text, size_t n)
{
    rc_error err = {RC_OK, ""};
    rc_kept_run *kept;
    rc_status status = reads(text, n, &kept, &err);
    if (status == RC_OK) {
        size_t all = strlen(kept->version) + strlen(kept->file);
        for (uint32_t i = 0; i < kept->set_n; i++)
            all += strlen(kept->set[i]);
        ck_assert(all <= n && strcmp(kept->text, scenario) == 0);
        ck_assert(kept->futures > 0 && kept->extends_n == 0);
    } else {
        ck_assert(status == RC_IO || status == RC_NO);
        ck_assert(strlen(err.text) > 10);
    }
    rc_kept_run_free(kept);
}

START_TEST(a_run_json_that_is_cut_anywhere_does_no_harm)
{
    for (size_t n = 0; n < strlen(run); n++)
        no_harm(run, n);
}
END_TEST

START_TEST(a_run_json_with_bytes_changed_does_no_harm)
{
    static const char pieces[] = "{}[]\",:\\u0dD8c9e-+. \n\t\x01\xff\x80truefalsn";
    uint64_t word = 20261122;
    for (int i = 0; i < 3000; i++) {
        char text[sizeof run];
        size_t n = strlen(run);
        memcpy(text, run, n);
        for (uint64_t k = 0; k < 1 + (word >> 60); k++) {
            word = rc_mix64(word + k + 1);
            size_t at = (size_t)(word % n), length = (size_t)(word >> 40) % 9;
            char piece = pieces[(word >> 20) % sizeof pieces]; /* the zero byte too */
            if (word & 1 << 19)
                text[at] = piece;
            else if (at + 2 * length < n) /* a part of it once more */
                memcpy(text + at + length, text + at, length);
        }
        no_harm(text, n);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("verify");
    TCase *tcase = tcase_create("walk");
    tcase_add_test(tcase, every_value_is_met_with_its_path);
    tcase_add_test(tcase, what_is_no_document_is_refused);
    tcase_add_test(tcase, depth_and_paths_have_an_end_and_a_visitor_may_stop);
    suite_add_tcase(suite, tcase);
    TCase *kept = tcase_create("a kept run");
    tcase_add_checked_fixture(kept, setup, teardown);
    tcase_set_timeout(kept, 60);
    tcase_add_test(kept, a_kept_run_is_what_was_kept);
    tcase_add_test(kept, a_run_json_that_is_cut_anywhere_does_no_harm);
    tcase_add_test(kept, a_run_json_with_bytes_changed_does_no_harm);
    suite_add_tcase(suite, kept);
    return suite_run(suite);
}
