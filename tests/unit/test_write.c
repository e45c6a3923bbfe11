#include "fixture.h"
#include "base/hash.h"
#include "suite.h"
#include <dirent.h>
#include <jansson.h>
#include <math.h>
#include <roadcast/report.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char root[64];
static rc_result *result;
static rc_error err;

static void setup(void)
{
    strcpy(root, "/tmp/roadcast-write-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(root));
    result = fixture_new(FIXTURE_FRAUD_V2);
    err = (rc_error){RC_OK, ""};
}

static void teardown(void)
{
    char line[128];
    snprintf(line, sizeof line, "rm -r %s", root);
    ck_assert_int_eq(system(line), 0);
    fixture_free(result);
}

static const char *at(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", root, name);
    return path;
}

static rc_status write_into(const char *name, const rc_write_options *options)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", root, name);
    return rc_write_all(result, path, options, NULL, &err);
}

static char *content(const char *name, size_t *n)
{
    FILE *in = fopen(at(name), "r");
    ck_assert_msg(in, "no file %s", name);
    char *text = malloc(1 << 20);
    ck_assert_ptr_nonnull(text);
    *n = fread(text, 1, (1 << 20) - 1, in);
    text[*n] = '\0';
    fclose(in);
    return text;
}

static void put(const char *name, const char *text)
{
    FILE *out = fopen(at(name), "w");
    ck_assert_ptr_nonnull(out);
    fputs(text, out);
    fclose(out);
}

static bool exists(const char *name)
{
    return access(at(name), F_OK) == 0;
}

static uint32_t entries(const char *name)
{
    uint32_t n = 0;
    DIR *dir = opendir(at(name));
    ck_assert_ptr_nonnull(dir);
    for (struct dirent *e; (e = readdir(dir));)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(dir);
    return n;
}

START_TEST(run_json_names_every_file_with_its_digest)
{
    const char *const arguments[] = {"roadcast", "run", "fraud_v2.cfg", NULL};
    rc_write_options options = {
        .samples = true, .arguments = arguments, .seconds = 0.25};
    ck_assert_int_eq(write_into("out/fraud_v2", &options), RC_OK);
    ck_assert_uint_eq(entries("out/fraud_v2"), 8);
    json_t *run =
        json_load_file(at("out/fraud_v2/run.json"), JSON_REJECT_DUPLICATES, NULL);
    ck_assert_ptr_nonnull(run);
    ck_assert_str_eq(json_string_value(json_object_get(run, "schema")), "roadcast.run");
    ck_assert_uint_eq(json_array_size(json_object_get(run, "arguments")), 3);
    json_t *files = json_object_get(run, "files"), *file;
    ck_assert_uint_eq(json_array_size(files), 7);
    size_t i;
    json_array_foreach(files, i, file)
    {
        char name[128], hex[65];
        size_t n;
        snprintf(name, sizeof name, "out/fraud_v2/%s",
                 json_string_value(json_object_get(file, "name")));
        char *bytes = content(name, &n);
        rc_sha256(hex, bytes, n);
        ck_assert_str_eq(json_string_value(json_object_get(file, "sha256")), hex);
        ck_assert_uint_eq((size_t)json_integer_value(json_object_get(file, "bytes")),
                          n);
        free(bytes);
    }
    json_decref(run);
}
END_TEST

START_TEST(only_run_json_differs_between_two_runs_of_the_same)
{
    static const char *const names[] = {"result.json", "percentiles.csv", "tasks.csv",
                                        "drivers.csv"};
    rc_write_options options = {.seconds = 0.25};
    ck_assert_int_eq(write_into("a", &options), RC_OK);
    options.seconds = 7;
    ck_assert_int_eq(write_into("b", &options), RC_OK);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char name[64];
        size_t n[2];
        snprintf(name, sizeof name, "a/%s", names[i]);
        char *first = content(name, &n[0]);
        name[0] = 'b';
        char *second = content(name, &n[1]);
        ck_assert(n[0] == n[1] && memcmp(first, second, n[0]) == 0);
        free(first);
        free(second);
    }
}
END_TEST

START_TEST(a_folder_that_is_not_ours_is_refused_without_force)
{
    rc_write_options options = {.seconds = 1};
    ck_assert_int_eq(mkdir(at("home"), 0777), 0);
    put("home/thesis.txt", "years of work");
    ck_assert_int_eq(write_into("home", &options), RC_IO);
    ck_assert_ptr_nonnull(strstr(err.text, "is not a roadcast folder: use --force"));
    ck_assert_uint_eq(entries("home"), 1);
    put("home/run.json", "{ \"schema\": \"somebody else's\" }");
    ck_assert_int_eq(write_into("home", &options), RC_IO);
    ck_assert_uint_eq(entries("home"), 2);
    options.force = true;
    ck_assert_int_eq(write_into("home", &options), RC_OK);
    ck_assert(exists("home/thesis.txt") && exists("home/result.json"));
    options.force = false;
    ck_assert_int_eq(write_into("home", &options), RC_OK); /* now it is ours */
}
END_TEST

START_TEST(what_a_killed_run_left_does_not_keep_the_next_one_out)
{
    rc_write_options options = {.seconds = 1};
    ck_assert_int_eq(mkdir(at("new"), 0777), 0);
    put("new/.result.json.123-0.tmp", "half");
    ck_assert_int_eq(write_into("new", &options), RC_OK);
    ck_assert(!exists("new/.result.json.123-0.tmp"));
}
END_TEST

START_TEST(a_file_that_cannot_be_replaced_brings_the_others_back)
{
    rc_write_options options = {.seconds = 1};
    ck_assert_int_eq(write_into("x", &options), RC_OK);
    size_t n, m;
    char *old = content("x/tasks.csv", &n), *run = content("x/run.json", &m);
    ck_assert_int_eq(unlink(at("x/result.json")), 0);
    ck_assert_int_eq(mkdir(at("x/result.json"), 0777), 0); /* renamed as the last */
    ck_assert_int_eq(unlink(at("x/drivers.csv")), 0);
    uint32_t before = entries("x");
    result->seed = 44;
    ck_assert_int_eq(write_into("x", &options), RC_IO);
    ck_assert_uint_eq(entries("x"), before);
    ck_assert(!exists("x/drivers.csv"));
    size_t now_n, now_m;
    char *now = content("x/tasks.csv", &now_n),
         *now_run = content("x/run.json", &now_m);
    ck_assert(now_n == n && memcmp(now, old, n) == 0);
    ck_assert(now_m == m && memcmp(now_run, run, m) == 0);
    free(old);
    free(run);
    free(now);
    free(now_run);
}
END_TEST

START_TEST(samples_of_an_earlier_run_go_when_a_new_one_keeps_none)
{
    rc_write_options options = {.samples = true};
    ck_assert_int_eq(write_into("x", &options), RC_OK);
    ck_assert(exists("x/samples.npy") && exists("x/samples.columns.json"));
    options.samples = false;
    ck_assert_int_eq(write_into("x", &options), RC_OK);
    ck_assert(!exists("x/samples.npy") && !exists("x/samples.columns.json"));
}
END_TEST

START_TEST(a_disk_that_fills_up_anywhere_leaves_the_old_results_whole)
{
    rc_write_options options = {.seconds = 1};
    ck_assert_int_eq(write_into("x", &options), RC_OK);
    uint32_t before = entries("x");
    size_t n, m;
    char *old = content("x/result.json", &n);
    result->seed = 43;
    signal(SIGXFSZ, SIG_IGN);
    uint32_t failed = 0;
    for (rlim_t size = 100; size < 200000; size += size / 3 + 50) {
        struct rlimit limit = {size, RLIM_INFINITY};
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
        rc_status status = write_into("x", &options);
        limit.rlim_cur = RLIM_INFINITY;
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
        if (status == RC_OK)
            break;
        failed++;
        ck_assert_int_eq(status, RC_IO);
        char *now = content("x/result.json", &m);
        ck_assert(n == m && memcmp(old, now, n) == 0);
        ck_assert_uint_eq(entries("x"), before);
        free(now);
    }
    ck_assert_uint_gt(failed, 5);
    free(old);
}
END_TEST

START_TEST(a_scenarios_folder_may_not_lead_out_of_the_one_given)
{
    rc_write_options options = {.seconds = 1};
    result->folder = "../stolen";
    ck_assert_int_eq(mkdir(at("out"), 0777), 0);
    ck_assert_int_eq(write_into("out/../stolen", &options), RC_REFUSED);
    ck_assert(!exists("stolen"));
    result->folder = "link";
    ck_assert_int_eq(mkdir(at("elsewhere"), 0777), 0);
    ck_assert_int_eq(symlink("../elsewhere", at("out/link")), 0);
    ck_assert_int_eq(write_into("out/link", &options), RC_IO);
    ck_assert_uint_eq(entries("elsewhere"), 0);
}
END_TEST

/* Once a folder is synced, somebody puts a link in its place. */
static bool is_exchanged;

int fsync(int file)
{
    struct stat about;
    long failed = syscall(SYS_fsync, file);
    if (is_exchanged && fstat(file, &about) == 0 && S_ISDIR(about.st_mode)) {
        char own[256];
        is_exchanged = false;
        snprintf(own, sizeof own, "%s/a", root);
        if (rename(own, at("moved")) != 0 || symlink("victim", own) != 0)
            abort();
    }
    return (int)failed;
}

START_TEST(a_folder_that_is_exchanged_for_a_link_meanwhile_leads_nowhere)
{
    static const rc_write_options charts = {.charts = true};
    static const char *const one[] = {"finish"};
    result->charts = one;
    result->charts_n = 1;
    ck_assert_int_eq(mkdir(at("victim"), 0700), 0);
    is_exchanged = true; /* when the data are in place, and charts are to come */
    ck_assert_int_eq(write_into("a", &charts), RC_OK);
    ck_assert(!is_exchanged);
    ck_assert_uint_eq(entries("victim"), 0);
    ck_assert(exists("moved/result.json") && exists("moved/charts/finish.svg"));
}
END_TEST

START_TEST(a_look_at_where_it_will_be_written_leaves_no_trace)
{
    char path[256];
    struct stat before, after;
    snprintf(path, sizeof path, "%s/a", root);
    ck_assert_int_eq(mkdir(at("victim"), 0700), 0);
    ck_assert_int_eq(stat(at("victim"), &before), 0);
    usleep(20000); /* the clock of files ticks slowly */
    ck_assert_int_eq(rc_write_check(path, "a", false, &err), RC_OK);
    ck_assert(!exists("a"));
    ck_assert_int_eq(symlink("victim", path), 0);
    ck_assert_int_eq(rc_write_check(path, "a", true, &err), RC_IO);
    ck_assert_int_eq(stat(at("victim"), &after), 0);
    ck_assert(before.st_ctim.tv_nsec == after.st_ctim.tv_nsec);
    ck_assert_int_eq(unlink(path), 0);
    /* what a killed one left keeps nobody out, and is not in the way */
    ck_assert_int_eq(mkdir(path, 0700), 0);
    char left[300];
    snprintf(left, sizeof left, "%s/.roadcast-%d-0", path, getpid());
    ck_assert_int_eq(mkdir(left, 0700), 0);
    ck_assert_int_eq(rc_write_check(path, "a", false, &err), RC_OK);
}
END_TEST

START_TEST(a_batch_has_a_row_for_each_scenario)
{
    rc_result *other = fixture_new(FIXTURE_NO_GOALS);
    const rc_batch_row rows[] = {{"fraud_v2.cfg", RC_OK, result},
                                 {"refused.cfg", RC_REFUSED, NULL},
                                 {"no_goals.cfg", RC_OK, other}};
    ck_assert_int_eq(rc_write_batch(rows, 3, root, &err), RC_OK);
    size_t n;
    char *text = content("batch.csv", &n);
    uint32_t lines = 0;
    for (const char *p = text; *p; p++)
        lines += *p == '\n';
    ck_assert_uint_eq(lines, 4);
    free(text);
    fixture_free(other);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("write");
    TCase *tcase = tcase_create("write");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, run_json_names_every_file_with_its_digest);
    tcase_add_test(tcase, only_run_json_differs_between_two_runs_of_the_same);
    tcase_add_test(tcase, a_folder_that_is_not_ours_is_refused_without_force);
    tcase_add_test(tcase, what_a_killed_run_left_does_not_keep_the_next_one_out);
    tcase_add_test(tcase, a_file_that_cannot_be_replaced_brings_the_others_back);
    tcase_add_test(tcase, samples_of_an_earlier_run_go_when_a_new_one_keeps_none);
    tcase_add_test(tcase, a_disk_that_fills_up_anywhere_leaves_the_old_results_whole);
    tcase_add_test(tcase, a_scenarios_folder_may_not_lead_out_of_the_one_given);
    tcase_add_test(tcase,
                   a_folder_that_is_exchanged_for_a_link_meanwhile_leads_nowhere);
    tcase_add_test(tcase, a_look_at_where_it_will_be_written_leaves_no_trace);
    tcase_add_test(tcase, a_batch_has_a_row_for_each_scenario);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
