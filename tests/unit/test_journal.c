/* Runs beside a journal that fails, forgets and is too small: nothing is lost that was
 * safe, and whoever goes on comes to the same bytes. */
#include "suite.h"
#include <roadcast.h>
#include <roadcast/stream.h>
#include <stdlib.h>
#include <string.h>

static const char text[] =
    "format = 1; calendar = { start = \"2026-02-02\"; };\n"
    "goals = { target = { metric = \"accuracy\"; at_least = \"71 %\"; }; };\n"
    "experiments = { metric = \"accuracy\"; baseline = \"70 %\"; ceiling = \"80 %\";\n"
    "  tries = 3; levers = ({ id = \"l\"; gain = \"1 to 2 points\"; }); };\n"
    "tasks = ({ id = \"search\"; plan = \"experiments\"; },\n"
    "  { id = \"ship\"; duration = \"3 to 9 days\"; after = [\"search\"]; });\n";
enum { FUTURES = 1500, RECORDS = 2 * ((FUTURES + RC_LANES - 1) / RC_LANES) };

/* ------------------------------------------------------------ a journal in memory */

typedef struct memory {
    unsigned char bytes[4 << 20];
    size_t n, at, safe; /* held; where it is read or written; what outlives a loss of power */
    uint64_t room;
    uint32_t calls, fails_at; /* of those that can fail; 0: none does */
    char log[64];             /* c w s, in their order */
} memory;

static rc_status count(memory *m, char what, rc_error *err)
{
    if (m->calls + 1 < sizeof m->log)
        m->log[m->calls] = what;
    return ++m->calls == m->fails_at ? rc_fail(err, RC_IO, "planted: %c", what) : RC_OK;
}

static size_t take(void *self, void *bytes, size_t n)
{
    memory *m = self;
    n = n < m->n - m->at ? n : m->n - m->at;
    memcpy(bytes, m->bytes + m->at, n);
    m->at += n;
    return n;
}

static rc_status cut(void *self, uint64_t at, rc_error *err)
{
    memory *m = self;
    m->n = m->at = at;
    m->safe = m->safe < at ? m->safe : at;
    return count(m, 'c', err);
}

/* One that fails has done half. */
static rc_status put(void *self, const void *bytes, size_t n, rc_error *err)
{
    memory *m = self;
    rc_status status = count(m, 'w', err);
    n = status == RC_OK ? n : n / 2;
    ck_assert_uint_le(m->at + n, sizeof m->bytes);
    memcpy(m->bytes + m->at, bytes, n);
    m->n = m->at += n;
    return status;
}

static rc_status sync_all(void *self, rc_error *err)
{
    memory *m = self;
    rc_status status = count(m, 's', err);
    if (status == RC_OK)
        m->safe = m->n;
    return status;
}

static uint64_t room(void *self)
{
    return ((memory *)self)->room;
}

/* -------------------------------------------------------------------------- a run */

static memory m;
static rc_scenario *scenario, *changed;
static rc_plan *plan, *other;
static char *wanted; /* result.json of a run without a journal */
static rc_needs needs;
static uint64_t stop_after;

static void told(void *self, const rc_needs *of)
{
    (void)self;
    needs = *of;
}

static bool go_on(void *self, const rc_progress *now)
{
    (void)self;
    return now->what_if || now->done < stop_after;
}

/* The result as text, NULL where there is none. */
static char *run(bool kept, rc_status status, rc_error *err)
{
    const rc_journal journal = {&m, take, cut, put, sync_all, room};
    const rc_variant what_if = {"later", "Later", other};
    rc_run_options options = {.futures = FUTURES,
                              .threads = 1,
                              .what_if = &what_if,
                              .what_if_n = 1,
                              .journal = kept ? &journal : NULL,
                              .begin = told,
                              .progress = go_on};
    rc_result *result = NULL;
    rc_stream out;
    m.at = m.calls = 0;
    memset(m.log, 0, sizeof m.log);
    ck_assert_int_eq(rc_run(&result, plan, &options, err), status);
    if (status != RC_OK)
        return NULL;
    ck_assert(rc_stream_open(&out));
    ck_assert_int_eq(rc_print_json(result, out.out, err), RC_OK);
    fputc('\0', out.out);
    ck_assert(rc_stream_close(&out));
    rc_result_free(result);
    return out.text;
}

static void comes_to_the_same(void)
{
    rc_error err = {RC_OK, ""};
    m.fails_at = 0;
    char *now = run(true, RC_OK, &err);
    ck_assert_msg(strcmp(now, wanted) == 0, "other bytes");
    free(now);
}

static void compile(rc_scenario **from, rc_plan **to, const char *const *set, uint32_t n)
{
    rc_error err = {RC_OK, ""};
    rc_faults *faults;
    const rc_scenario_options options = {.models = rc_models, .set = set, .set_n = n};
    ck_assert_msg(rc_scenario_read_text(from, &faults, "x.cfg", text, strlen(text),
                                        &options, &err) == RC_OK,
                  "%s", err.text);
    rc_faults_free(faults);
    ck_assert_int_eq(rc_plan_compile(to, *from, &err), RC_OK);
}

static void setup(void)
{
    static const char *const later[] = {"tasks.ship.duration=4 to 9 days"};
    rc_error err = {RC_OK, ""};
    compile(&scenario, &plan, NULL, 0);
    compile(&changed, &other, later, 1);
    m = (memory){.room = UINT64_MAX};
    stop_after = UINT64_MAX;
    wanted = run(false, RC_OK, &err);
}

static void teardown(void)
{
    free(wanted);
    rc_plan_free(other);
    rc_plan_free(plan);
    rc_scenario_free(changed);
    rc_scenario_free(scenario);
}

/* -------------------------------------------------------------------------- tests */

START_TEST(the_head_is_safe_before_the_first_record)
{
    comes_to_the_same();
    ck_assert_uint_eq(m.calls, 3 + RECORDS);
    ck_assert_int_eq(strncmp(m.log, "cwsww", 5), 0);
}
END_TEST

START_TEST(whatever_call_fails_the_run_ends_with_its_reason_and_can_go_on)
{
    for (uint32_t at = 1; at <= 3 + RECORDS; at++) {
        rc_error err = {RC_OK, ""};
        m.n = m.safe = 0;
        m.fails_at = at;
        ck_assert_ptr_null(run(true, RC_IO, &err));
        ck_assert_msg(strstr(err.text, "planted"), "%u: %s", at, err.text);
        comes_to_the_same();
        ck_assert_uint_le(m.calls, 3 + RECORDS - (at > 3 ? at - 4 : 0));
    }
}
END_TEST

START_TEST(a_run_that_is_stopped_is_safe_when_it_ends)
{
    rc_error err = {RC_OK, ""};
    stop_after = 2 * RC_LANES;
    ck_assert_ptr_null(run(true, RC_INTERRUPTED, &err));
    ck_assert_str_eq(m.log, "cwswws");
    ck_assert_uint_eq(m.safe, m.n);
    m.n = m.safe = 0;
    m.fails_at = 6;
    ck_assert_ptr_null(run(true, RC_IO, &err));
    ck_assert_str_eq(err.text, "planted: s");
    stop_after = UINT64_MAX;
    comes_to_the_same();
    ck_assert_str_eq(m.log, "cwwww"); /* the tail cut, and the others */
}
END_TEST

/* What was not safe yet may be lost, full of holes, or somebody else's. */
START_TEST(after_a_loss_of_power_it_goes_on_from_what_is_whole)
{
    static unsigned char whole[sizeof m.bytes];
    comes_to_the_same();
    const size_t n = m.n, head = m.safe;
    memcpy(whole, m.bytes, n);
    ck_assert_uint_lt(head, n / 4);
    for (size_t k = 0; k < 12; k++) {
        const size_t from = head + (n - head) * (k / 3) / 4;
        const size_t to = from + (n - from) / 2;
        memcpy(m.bytes, whole, n);
        m.n = k % 3 == 0 ? from : n;
        memset(m.bytes + from, k % 3 == 1 ? 0 : 0xa5, to - from);
        comes_to_the_same();
        ck_assert(m.n == n && memcmp(m.bytes, whole, n) == 0);
    }
}
END_TEST

START_TEST(what_it_comes_to_is_known_and_refused_where_there_is_no_room)
{
    rc_error err = {RC_OK, ""};
    comes_to_the_same();
    ck_assert_double_ge(needs.journal, (double)(m.n - m.safe));
    ck_assert_double_le(needs.journal, 1.1 * (double)m.n);
    const double all = needs.journal;
    m.n = m.safe = 0;
    m.room = (uint64_t)all - 1;
    needs = (rc_needs){0};
    ck_assert_ptr_null(run(true, RC_IO, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "the checkpoint would come to about"));
    ck_assert(m.calls == 0 && m.n == 0 && needs.journal == 0);
    m.room = (uint64_t)all + 1;
    comes_to_the_same();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("journal");
    TCase *tcase = tcase_create("journal");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, the_head_is_safe_before_the_first_record);
    tcase_add_test(tcase, whatever_call_fails_the_run_ends_with_its_reason_and_can_go_on);
    tcase_add_test(tcase, a_run_that_is_stopped_is_safe_when_it_ends);
    tcase_add_test(tcase, after_a_loss_of_power_it_goes_on_from_what_is_whole);
    tcase_add_test(tcase, what_it_comes_to_is_known_and_refused_where_there_is_no_room);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
