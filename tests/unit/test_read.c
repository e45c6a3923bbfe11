/* Scenarios as read: values where the structs say, files laid over files, changes from
 * outside, and that no input whatever does harm. */
#include "models.h"
#include "base/date.h"
#include "base/hash.h"
#include "said.h"
#include "scenario/fill.h"
#include "scenario/scenario.h"
#include "scenario/schema.h"
#include "suite.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char fraud[] = "scenarios/fraud_v2.cfg";
static char *fraud_text;
static size_t fraud_n;

static char *load(const char *path, size_t *n)
{
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1 << 20);
    *n = file && text ? fread(text, 1, (1 << 20) - 1, file) : 0;
    if (file)
        fclose(file);
    return text;
}

/* One scenario with its faults. */
typedef struct desk {
    rc_scenario *s;
    rc_faults *faults;
    rc_error err;
    rc_status status;
} desk;

static void desk_free(desk *d)
{
    rc_scenario_free(d->s);
    rc_faults_free(d->faults);
}

static desk read_file(const char *path, const char *set, const char *what_if)
{
    desk d = {0};
    const rc_scenario_options o = {
        .models = rc_models, .set = &set, .set_n = set != NULL, .what_if = what_if};
    d.status = rc_scenario_read(&d.s, &d.faults, path, &o, &d.err);
    return d;
}

static desk read_text(const char *text, size_t n, const char *set)
{
    desk d = {0};
    const rc_scenario_options o = {
        .models = rc_models, .set = &set, .set_n = set != NULL};
    d.status = rc_scenario_read_text(&d.s, &d.faults, "t.cfg", text, n, &o, &d.err);
    return d;
}

static desk lawful(const char *text)
{
    desk d = read_text(text, strlen(text), NULL);
    if (d.status != RC_OK)
        rc_faults_print(d.faults, stderr, false);
    ck_assert_int_eq(d.status, RC_OK);
    return d;
}

static rc_date day(const char *text)
{
    rc_date date;
    ck_assert(rc_date_parse(&date, text));
    return date;
}

static void near(double x, double want)
{
    ck_assert_msg(fabs(x - want) <= 1e-12 * fabs(want), "%.17g, not %.17g", x, want);
}

#define HEAD "format = 1; calendar = { start = \"2026-02-02\"; };\n"

/* ---------------------------------------------------------------- what is read */

START_TEST(every_group_of_the_worked_example_arrives_in_base_units)
{
    desk d = read_file(fraud, NULL, NULL);
    const rc_scenario *s = d.s;
    ck_assert_int_eq(d.status, RC_OK);
    ck_assert_uint_eq(rc_faults_errors(d.faults) + rc_faults_warnings(d.faults), 0);
    ck_assert_str_eq(s->name, "Fraud model v2");
    ck_assert_str_eq(s->currency, "EUR");
    ck_assert_str_eq(s->output_folder, "fraud_v2");
    ck_assert_uint_eq(s->futures, 20000);
    ck_assert_uint_eq(s->seed, 42);
    ck_assert_int_eq(s->deadline, day("2026-07-31"));
    near(s->goals.budget, 220000);
    near(s->goals.confidence, .8);
    ck_assert(s->goals.target.given && s->goals.target.up);
    near(s->goals.target.value, .82);
    ck_assert_str_eq(s->goals.target.unit, "%");
    ck_assert_uint_eq(s->calendar.workdays, 0x1f);
    ck_assert_uint_eq(s->calendar.holidays_n, 4);
    ck_assert_int_eq(s->calendar.holidays[3], day("2026-05-25"));
    const rc_freeze *freeze = s->calendar.freezes.at;
    ck_assert_int_eq(freeze->to, day("2026-07-03"));
    const rc_team *gpu = &rc_teams(s)[3], *mle = &rc_teams(s)[1];
    ck_assert(gpu->is_capacity && !mle->is_capacity);
    near(gpu->cost_per_day, 2.10 * 24);
    near(mle->cost_per_day, 820);
    near(mle->availability, .85);
    const rc_join *join = mle->joins.at;
    ck_assert_int_eq(join->on, day("2026-03-16"));
    near(join->people, 1);
    ck_assert_uint_eq(s->tasks.n, 16);
    const rc_task *policy = &rc_tasks(s)[0], *label = &rc_tasks(s)[3];
    ck_assert_uint_eq(policy->who_n, 2);
    ck_assert_uint_eq(policy->who[1].team, 2);
    near(policy->who[1].people, .2);
    ck_assert_str_eq(label->model->id, "labelling");
    ck_assert_uint_eq(label->after_n, 2);
    ck_assert_uint_eq(label->after[0].task, 2);
    const rc_task *offline = &rc_tasks(s)[9];
    ck_assert_str_eq(offline->gate->head.id, "offline_gate");
    ck_assert_uint_eq(offline->gate->needs.n, 4);
    near(offline->gate->needs.at[2].value, 40);
    ck_assert_int_eq((int)offline->gate->on_fail->at_most, 3);
    const rc_shared_factor *factor = s->shared_factors.at;
    ck_assert_uint_eq(factor->tasks_n, 15); /* all but mrr */
    ck_assert_uint_eq(factor[1].tasks_n, 3);
    const rc_correlation *c = s->correlations.at;
    ck_assert_str_eq(s->estimates[c->between[0]]->name, "tasks.features.effort");
    ck_assert_str_eq(s->estimates[c[1].between[1]]->name, "risks.gpu_squeeze.chance");
    static const double percents[] = {10, 50, 80, 90, 95};
    ck_assert_uint_eq(s->percentiles_n, 5);
    for (int i = 0; i < 5; i++)
        near(s->percentiles[i], percents[i]);
    desk_free(&d);
}
END_TEST

START_TEST(each_estimate_has_a_name_of_its_own_and_its_place)
{
    desk d = read_file(fraud, NULL, NULL);
    for (uint32_t i = 0; i < d.s->estimates_n; i++) {
        const rc_estimate *e = d.s->estimates[i];
        ck_assert_uint_eq(e->index, i);
        ck_assert(e->given && e->name && e->law.kind < RC_LAW_KINDS);
        ck_assert(e->at.line > 0);
        for (uint32_t k = 0; k < i; k++)
            ck_assert_str_ne(e->name, d.s->estimates[k]->name);
    }
    desk_free(&d);
}
END_TEST

START_TEST(the_digest_is_that_of_the_file)
{
    desk d = read_file(fraud, NULL, NULL);
    char hex[65];
    rc_sha256(hex, fraud_text, fraud_n);
    ck_assert_str_eq(rc_scenario_sha256(d.s), hex);
    desk_free(&d);
}
END_TEST

START_TEST(a_mark_and_foreign_line_ends_change_nothing)
{
    char *other = calloc(2, fraud_n + 8);
    size_t n = 3;
    memcpy(other, "\xef\xbb\xbf", 3);
    for (size_t i = 0; i < fraud_n; i++) {
        if (fraud_text[i] == '\n')
            other[n++] = '\r';
        other[n++] = fraud_text[i];
    }
    desk a = read_text(fraud_text, fraud_n, NULL), b = read_text(other, n, NULL);
    ck_assert_int_eq(b.status, RC_OK);
    ck_assert_str_eq(a.s->sha256, b.s->sha256);
    ck_assert_uint_eq(a.s->estimates_n, b.s->estimates_n);
    free(other);
    desk_free(&a);
    desk_free(&b);
}
END_TEST

START_TEST(workdays_may_cross_the_end_of_the_week)
{
    static const struct {
        const char *text;
        int days;
    } cases[] = {{"\"Mon-Fri\"", 0x1f},
                 {"\"Sun-Thu\"", 0x4f},
                 {"[ \"Mon\", \"Wed-Thu\" ]", 0x0d},
                 {"\"Sat, Sun\"", 0x60},
                 {"\"Monday-Sunday\"", 0x7f}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[200];
        snprintf(text, sizeof text,
                 "format = 1; calendar = { start = \"2026-02-02\"; workdays = %s; };"
                 "tasks = ( { id = \"a\"; duration = \"1 days\"; } );",
                 cases[i].text);
        desk d = lawful(text);
        ck_assert_int_eq(d.s->calendar.workdays, cases[i].days);
        desk_free(&d);
    }
}
END_TEST

START_TEST(what_comes_before_may_be_a_start_and_may_lag)
{
    desk d = lawful(
        HEAD "tasks = ( { id = \"a\"; duration = \"1 days\"; },"
             "{ id = \"b\"; duration = \"1 days\"; after = [ \"a\", \"a + 3 days\", "
             "\"start of a\", \"start of a + 2 weeks\", \"a + 4 calendar days\", "
             "\"37.5% of a + 1 days\" ]; } );");
    const rc_after *after = rc_tasks(d.s)[1].after;
    ck_assert_uint_eq(rc_tasks(d.s)[1].after_n, 6);
    near(after[5].done, 0.375);
    near(after[5].lag_days, 1);
    ck_assert(after[5].start && after[2].done == 0);
    near(after[1].lag_days, 3);
    ck_assert(!after[1].start && after[2].start && after[3].start);
    near(after[3].lag_days, 10);
    ck_assert(after[4].lag_calendar);
    near(after[4].lag_days, 4);
    desk_free(&d);
}
END_TEST

START_TEST(a_bare_milestone_takes_no_time)
{
    desk d = lawful(HEAD "tasks = ( { id = \"a\"; milestone = \"launch\"; } );");
    const rc_task *a = rc_tasks(d.s);
    ck_assert(a->duration.given);
    ck_assert_int_eq(a->duration.law.kind, RC_CONSTANT);
    ck_assert_double_eq(a->duration.law.p[0], 0);
    desk_free(&d);
}
END_TEST

START_TEST(defaults_are_marked)
{
    desk d = read_file("scenarios/five_lines.cfg", NULL, NULL);
    ck_assert_int_eq(d.status, RC_OK);
    uint32_t defaults = 0;
    for (uint32_t i = 0; i < d.s->estimates_n; i++)
        defaults += d.s->estimates[i]->origin == RC_DEFAULT;
    ck_assert_uint_gt(defaults, 0);
    ck_assert_str_eq(d.s->output_folder, "five_lines");
    desk_free(&d);
}
END_TEST

/* Fills each group of a table from nothing: only what is required may be missing. */
static void fill_from_nothing(rc_filling *f, const rc_group *group, uint32_t *rows)
{
    void *out = rc_arena_alloc(f->reading.arena, 1, group->size);
    const rc_node empty = {.kind = RC_NODE_GROUP, .at = {0, 1, 1, 1}};
    uint32_t before = rc_faults_errors(f->reading.faults), required = 0;
    rc_fill_group(f, out, group, &empty, group->name, false);
    for (const rc_setting *row = group->settings; row->key; row++, ++*rows) {
        required += row->required;
        ck_assert_msg(row->help && *row->help, "%s.%s has no help", group->name,
                      row->key);
        ck_assert_msg(row->words ? row->kind == RC_WORD || row->kind == RC_TEXTS
                                 : row->kind != RC_WORD,
                      "%s", row->key);
        ck_assert_msg(rc_setting_row(group, row->key) == row, "%s twice", row->key);
        ck_assert(row->low <= row->high && row->offset < group->size);
    }
    if (rc_faults_errors(f->reading.faults) != before + required)
        rc_faults_print(f->reading.faults, stderr, false);
    ck_assert_uint_eq(rc_faults_errors(f->reading.faults), before + required);
    for (const rc_setting *row = group->settings; row->key; row++)
        if (row->kind == RC_GROUP || row->kind == RC_LIST)
            fill_from_nothing(f, row->of, rows);
}

START_TEST(every_row_of_every_table_is_sound_and_its_default_lawful)
{
    rc_filling f = {.in = ""};
    f.reading = (rc_reading){.arena = rc_arena_new(),
                             .faults = rc_faults_new(),
                             .low_p = .1,
                             .high_p = .9,
                             .widen = 1};
    uint32_t rows = 0;
    fill_from_nothing(&f, &rc_root_group, &rows);
    for (uint32_t i = 0; rc_models[i]; i++)
        if (rc_models[i]->group)
            fill_from_nothing(&f, rc_models[i]->group, &rows);
    ck_assert_uint_gt(rows, 150);
    rc_arena_free(f.reading.arena);
    rc_faults_free(f.reading.faults);
}
END_TEST

/* ------------------------------------------------------------- changes, files */

START_TEST(a_change_from_outside_is_as_if_it_were_written)
{
    desk d = read_file(fraud, "tasks.policy.duration=4 days", NULL);
    ck_assert_int_eq(d.status, RC_OK);
    near(rc_median(&rc_tasks(d.s)[0].duration), 4);
    ck_assert_uint_eq(d.s->set_n, 1);
    ck_assert_str_eq(d.s->set[0], "tasks.policy.duration=4 days");
    desk_free(&d);
    d = read_file(fraud, "tasks.label.after = [ \"policy\" ]", NULL);
    ck_assert_int_eq(d.status, RC_OK);
    ck_assert_uint_eq(rc_tasks(d.s)[3].after_n, 1);
    desk_free(&d);
    d = read_file(fraud, "simulation.seed=3000000000", NULL);
    ck_assert_uint_eq(d.s->seed, 3000000000);
    desk_free(&d);
    d = read_file(fraud, "scenario.name=\"A name\"", NULL);
    ck_assert_str_eq(d.s->name, "A name");
    desk_free(&d);
    d = read_file("scenarios/00_smallest.cfg", "goals.deadline=2026-09-01", NULL);
    ck_assert_int_eq(d.s->deadline, day("2026-09-01"));
    desk_free(&d);
}
END_TEST

START_TEST(an_entry_of_what_if_is_applied_by_its_id)
{
    desk d = read_file(fraud, NULL, "lower_target");
    ck_assert_int_eq(d.status, RC_OK);
    near(d.s->goals.target.value, .81);
    ck_assert_uint_eq(d.s->set_n, 2);
    desk_free(&d);
    d = read_file(fraud, NULL, "no_such_entry");
    ck_assert_int_eq(d.status, RC_USAGE);
    ck_assert_ptr_null(d.s);
    desk_free(&d);
}
END_TEST

START_TEST(an_active_mitigation_stands_in_under_the_names_of_the_risk)
{
    desk plain = read_file(fraud, "risks.regulator.mitigation.active=false", NULL),
         read = read_file(fraud, NULL, "pre_read");
    const rc_risk *before = (const rc_risk *)plain.s->risks.at + 1;
    const rc_risk *after = (const rc_risk *)read.s->risks.at + 1;
    ck_assert(!before->mitigation->active && after->mitigation->active);
    near(before->chance.law.p[0], .15);
    near(after->chance.law.p[0], .06);
    ck_assert_str_eq(after->chance.name, "risks.regulator.chance");
    ck_assert_uint_eq(after->chance.index, before->chance.index);
    ck_assert(after->mitigation->cost.given);
    ck_assert_ptr_eq(read.s->estimates[after->mitigation->cost.index],
                     &after->mitigation->cost);
    ck_assert_uint_eq(read.s->estimates_n, plain.s->estimates_n + 1);
    desk_free(&plain);
    desk_free(&read);
}
END_TEST

static void write_file(const char *folder, const char *name, const char *text)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

START_TEST(a_file_may_extend_another_and_include_parts)
{
    char folder[] = "/tmp/roadcast-read-XXXXXX", path[300], command[300];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/sub", folder);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    write_file(folder, "sub/tasks.cfg",
               "tasks = ( { id = \"a\"; name = \"A\"; duration = \"5 days\"; },\n"
               " { id = \"b\"; duration = \"6 days\"; after = [ \"a\" ]; },\n"
               " { id = \"c\"; duration = \"7 days\"; } );");
    write_file(folder, "sub/base.cfg",
               HEAD "@include \"tasks.cfg\" // the work\n"
                    "goals = { deadline = \"2026-08-01\"; };\n");
    write_file(folder, "top.cfg",
               "extends = \"sub/base.cfg\"; remove = [ \"c\" ];\n"
               "tasks = ( { id = \"b\"; duration = \"9 days\"; }, "
               "{ id = \"d\"; duration = \"1 days\"; after = [ \"b\" ]; } );\n"
               "goals = { budget = \"5k EUR\"; };\n");
    snprintf(path, sizeof path, "%s/top.cfg", folder);
    desk d = read_file(path, NULL, NULL);
    if (d.status != RC_OK)
        rc_faults_print(d.faults, stderr, false);
    ck_assert_int_eq(d.status, RC_OK);
    ck_assert_uint_eq(d.s->tasks.n, 3);
    const rc_task *t = rc_tasks(d.s);
    ck_assert_str_eq(t[0].head.name, "A");
    near(rc_median(&t[1].duration), 9);
    ck_assert_uint_eq(t[1].after_n, 1);
    ck_assert_str_eq(t[2].head.id, "d");
    near(d.s->goals.budget, 5000);
    ck_assert_int_eq(d.s->deadline, day("2026-08-01"));
    desk_free(&d);
    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}
END_TEST

START_TEST(only_regular_files_below_the_folder_are_opened)
{
    char folder[] = "/tmp/roadcast-read-XXXXXX", path[300], command[300];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/fifo", folder);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    desk d = read_file(path, NULL, NULL);
    ck_assert_int_eq(d.status, RC_IO);
    desk_free(&d);
    snprintf(path, sizeof path, "%s/link.cfg", folder);
    ck_assert_int_eq(symlink("/etc/passwd", path), 0);
    snprintf(path, sizeof path, "%s/out", folder);
    ck_assert_int_eq(symlink("/etc", path), 0);
    static const char *const names[] = {"fifo", "link.cfg",      "out/passwd",
                                        "..",   "../etc/passwd", "/etc/passwd",
                                        ".",    "a//b",          "out/"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char text[200];
        snprintf(text, sizeof text, "@include \"%s\"\n" HEAD, names[i]);
        write_file(folder, "top.cfg", text);
        snprintf(path, sizeof path, "%s/top.cfg", folder);
        d = read_file(path, NULL, NULL);
        ck_assert_int_eq(d.status, RC_REFUSED);
        ck_assert_uint_eq(rc_faults_errors(d.faults), 1);
        desk_free(&d);
    }
    d = read_file(folder, NULL, NULL);
    ck_assert_int_eq(d.status, RC_IO);
    desk_free(&d);
    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}
END_TEST

START_TEST(includes_from_memory_are_refused)
{
    static const char text[] = "@include \"scenarios/00_smallest.cfg\"\n";
    desk d = read_text(text, sizeof text - 1, NULL);
    ck_assert_int_eq(d.status, RC_REFUSED);
    desk_free(&d);
}
END_TEST

/* ----------------------------------------------------------------- hostile */

START_TEST(a_file_cut_anywhere_is_refused_or_read_but_does_no_harm)
{
    /* a step that visits every byte over the 7 runs of this test */
    for (size_t n = (size_t)_i; n <= fraud_n; n += 7) {
        desk d = read_text(fraud_text, n, NULL);
        ck_assert(d.status == RC_OK || d.status == RC_REFUSED);
        ck_assert_int_eq(d.s != NULL, d.status == RC_OK);
        ck_assert_int_eq(rc_faults_errors(d.faults) != 0, d.status == RC_REFUSED);
        desk_free(&d);
    }
}
END_TEST

START_TEST(a_file_with_bytes_changed_does_no_harm)
{
    char *text = malloc(2 * fraud_n);
    uint64_t word = 20260202 + (uint64_t)_i;
    static const char odd[] =
        "(){}[]\"\\;,=@#/*\n\r\t -+.0123456789eELxXabcd\xff\xc3\x80\x01%";
    for (int round = 0; round < 150; round++) {
        size_t n = fraud_n;
        memcpy(text, fraud_text, n);
        for (int k = 0; k < 1 + round % 12; k++) {
            word = rc_mix64(word + 1);
            size_t at = word % n, what = (word >> 32) % 4;
            if (what == 0) {
                memmove(text + at, text + at + 1, n - at - 1);
                n--;
            } else if (what == 1) {
                memmove(text + at + 1, text + at, n - at);
                text[at] = odd[(word >> 40) % (sizeof odd - 1)];
                n++;
            } else {
                text[at] = odd[(word >> 40) % (sizeof odd - 1)];
            }
        }
        desk d = read_text(text, n, NULL);
        char *said = said_by(d.faults, false);
        for (const char *c = said; *c; c++)
            ck_assert((unsigned char)*c >= 0x20 || *c == '\n');
        free(said);
        desk_free(&d);
    }
    free(text);
}
END_TEST

START_TEST(a_change_of_any_form_does_no_harm)
{
    static const char *const sets[] = {
        "",
        "=",
        "=1",
        "a",
        "a=",
        ".=1",
        "tasks=",
        "tasks.=1",
        "tasks..duration=1",
        "tasks.policy=",
        "tasks.policy.=",
        "tasks.policy.duration",
        "tasks.policy.duration=",
        "tasks=(",
        "tasks=( )",
        "tasks={ }",
        "goals={ deadline = \"2026-08-01\"; }",
        "labelling=( )",
        "labelling.x.y=3",
        "labelling.labellers=",
        "team.ds.joins=( { } )",
        "experiments.learning_curve.points=( ( 1, \"50 %\" ) )",
        "experiments.learning_curve.points=5",
        "tasks.policy.after=[",
        "tasks.policy.id=pull",
        "format=2",
        "format=x",
        "extends=/etc/passwd",
        "remove=[ \"a\" ]",
        "what_if.pre_read.set=[ \"what_if.pre_read.set=x\" ]",
        "goals.target=5",
        "output.percentiles=[ 1, 2 ]",
        "output.percentiles=5",
        "simulation.futures=1e999",
        "simulation.seed=99999999999999999999",
        "scenario.name=\x1b[31m",
        "scenario.name=\xff",
        "calendar.holidays=2026-05-01",
        "calendar=( )",
        "tasks.policy.who=",
        "a=@include \"x\"",
    };
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        desk d = read_text(fraud_text, fraud_n, sets[i]);
        ck_assert_int_eq(d.s != NULL, d.status == RC_OK);
        ck_assert(d.status == RC_OK || rc_faults_errors(d.faults));
        desk_free(&d);
    }
}
END_TEST

START_TEST(what_is_too_large_is_refused_in_time)
{
    size_t n = 5 << 20;
    char *text = malloc(n);
    memset(text, ' ', n);
    desk d = read_text(text, n, NULL);
    ck_assert_int_eq(d.status, RC_REFUSED);
    desk_free(&d);
    static const char *const parts[] = {"(",
                                        "[",
                                        "{",
                                        "a=",
                                        "a=(",
                                        "\"",
                                        "/*",
                                        "1,",
                                        "a=1;",
                                        "\n",
                                        "@include \"a\"\n",
                                        "x = { "};
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        size_t length = strlen(parts[p]), used = 4;
        memcpy(text, "a=(\n", 4);
        while (used + length < 1 << 20) {
            memcpy(text + used, parts[p], length);
            used += length;
        }
        d = read_text(text, used, NULL);
        ck_assert_int_eq(d.status, RC_REFUSED);
        desk_free(&d);
    }
    free(text);
}
END_TEST

START_TEST(many_tasks_are_read_quickly)
{
    enum { TASKS = 20000 };
    char *text = malloc(TASKS * 100);
    size_t n = (size_t)sprintf(text, HEAD "tasks = (");
    for (int i = 0; i < TASKS; i++)
        n += (size_t)sprintf(
            text + n,
            "%s\n{ id = \"t%d\"; duration = \"%d days\"; after = [ %s%.*d%s ]; }",
            i ? "," : "", i, 1 + i % 9, i ? "\"t" : "", i ? 1 : 0, i ? i - 1 : 0,
            i ? "\"" : "");
    n += (size_t)sprintf(text + n, ");");
    desk d = read_text(text, n, NULL);
    ck_assert_int_eq(d.status, RC_OK);
    ck_assert_uint_eq(d.s->tasks.n, TASKS);
    ck_assert_uint_eq(rc_tasks(d.s)[TASKS - 1].after[0].task, TASKS - 2);
    desk_free(&d);
    free(text);
}
END_TEST

int main(void)
{
    fraud_text = load(fraud, &fraud_n);
    Suite *suite = suite_create("read");
    TCase *reads = tcase_create("reads");
    tcase_add_test(reads, every_group_of_the_worked_example_arrives_in_base_units);
    tcase_add_test(reads, each_estimate_has_a_name_of_its_own_and_its_place);
    tcase_add_test(reads, the_digest_is_that_of_the_file);
    tcase_add_test(reads, a_mark_and_foreign_line_ends_change_nothing);
    tcase_add_test(reads, workdays_may_cross_the_end_of_the_week);
    tcase_add_test(reads, what_comes_before_may_be_a_start_and_may_lag);
    tcase_add_test(reads, a_bare_milestone_takes_no_time);
    tcase_add_test(reads, defaults_are_marked);
    tcase_add_test(reads, every_row_of_every_table_is_sound_and_its_default_lawful);
    tcase_add_test(reads, a_change_from_outside_is_as_if_it_were_written);
    tcase_add_test(reads, an_entry_of_what_if_is_applied_by_its_id);
    tcase_add_test(reads, an_active_mitigation_stands_in_under_the_names_of_the_risk);
    tcase_add_test(reads, a_file_may_extend_another_and_include_parts);
    suite_add_tcase(suite, reads);
    TCase *hostile = tcase_create("hostile");
    tcase_set_timeout(hostile, 120);
    tcase_add_test(hostile, only_regular_files_below_the_folder_are_opened);
    tcase_add_test(hostile, includes_from_memory_are_refused);
    tcase_add_loop_test(hostile,
                        a_file_cut_anywhere_is_refused_or_read_but_does_no_harm, 0, 7);
    tcase_add_loop_test(hostile, a_file_with_bytes_changed_does_no_harm, 0, 4);
    tcase_add_test(hostile, a_change_of_any_form_does_no_harm);
    tcase_add_test(hostile, what_is_too_large_is_refused_in_time);
    tcase_add_test(hostile, many_tasks_are_read_quickly);
    suite_add_tcase(suite, hostile);
    const int failed = suite_run(suite);
    free(fraud_text);
    return failed;
}
