#include "fixture.h"
#include "base/text.h"
#include "report/charts.h"
#include "report/gnuplot.h"
#include "report/sandbox.h"
#include "report/scripts.h"
#include "scenario/schema.h"
#include <roadcast/report.h>
#include "suite.h"
#include "on_disk.h"
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const figures[] = {
    "finish",   "tornado",    "gantt", "cost_and_date", "hit_map",  "search",
    "fairness", "production", "value", "segments",      "learning", "labelling"};
enum { FIGURES = sizeof figures / sizeof figures[0] };

static char folder[] = "/tmp/roadcast_charts_XXXXXX";

static void make_folder(void)
{
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static int remove_one(const char *path, const struct stat *st, int kind,
                      struct FTW *ftw)
{
    (void)st;
    (void)kind;
    (void)ftw;
    return remove(path);
}

static void remove_folder(void)
{
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static bool has_gnuplot(void)
{
    char path[4096];
    return rc_gnuplot_find(path, sizeof path);
}

/* The text of a file in charts/, or NULL; yours to free. */
static char *read_chart(const char *name, size_t *n)
{
    char path[256];
    snprintf(path, sizeof path, "%s/charts/%s", folder, name);
    FILE *in = fopen(path, "rb");
    if (!in)
        return NULL;
    char *text = calloc(1, 4 << 20);
    ck_assert_ptr_nonnull(text);
    size_t got = fread(text, 1, (4 << 20) - 1, in);
    fclose(in);
    if (n)
        *n = got;
    return text;
}

static bool is_there(const char *name)
{
    char *text = read_chart(name, NULL);
    free(text);
    return text != NULL;
}

static rc_status charts_of(rc_result *r, const char *only, uint32_t *drawn,
                           rc_error *err)
{
    int at = open(folder, O_RDONLY | O_DIRECTORY);
    rc_status status = rc_charts_draw(r, at, folder, only, NULL, drawn, err);
    close(at);
    return status;
}

static void draw(rc_result *r, uint32_t expected)
{
    rc_error err = {RC_OK, ""};
    uint32_t drawn = 0;
    rc_status status = charts_of(r, NULL, &drawn, &err);
    ck_assert_msg(status == RC_OK, "%s", err.text);
    ck_assert_uint_eq(drawn, expected);
}

START_TEST(a_scenario_may_ask_for_every_figure_and_no_other)
{
    const rc_setting *output = rc_root_group.settings;
    while (strcmp(output->key, "output") != 0)
        output++;
    const rc_setting *charts = output->of->settings;
    while (strcmp(charts->key, "charts") != 0)
        charts++;
    uint32_t n = 0;
    for (; charts->words[n]; n++)
        ck_assert_str_eq(charts->words[n], figures[n]);
    ck_assert_uint_eq(n, FIGURES);
}
END_TEST

START_TEST(every_figure_draws_from_every_kind_of_result)
{
    for (int kind = 0; kind < FIXTURE_KINDS; kind++) {
        rc_result *r = fixture_new((fixture_kind)kind);
        bool target = r->target.given, outputs = kind != FIXTURE_NO_OUTPUTS;
        uint32_t wanted =
            4u + (target && r->hit_map.days_n ? 1 : 0) + (outputs ? 7 : 0);
        draw(r, wanted);
        for (size_t i = 0; i < FIGURES; i++) {
            char name[64];
            snprintf(name, sizeof name, "%s.gp", figures[i]);
            bool made = is_there(name);
            snprintf(name, sizeof name, "%s.png", figures[i]);
            ck_assert_int_eq(is_there(name), made);
            snprintf(name, sizeof name, "%s.svg", figures[i]);
            ck_assert_int_eq(is_there(name), made);
            snprintf(name, sizeof name, "%s.svg.part", figures[i]);
            ck_assert(!is_there(name));
        }
        fixture_free(r);
    }
}
END_TEST

START_TEST(what_a_result_lacks_is_left_out_and_does_not_linger)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    draw(r, FIGURES);
    fixture_free(r);
    ck_assert(is_there("search.svg"));
    r = fixture_new(FIXTURE_NO_OUTPUTS);
    draw(r, 4 + (r->hit_map.days_n > 0));
    fixture_free(r);
    ck_assert(!is_there("search.svg"));
    ck_assert(!is_there("fairness.png"));
    ck_assert(!is_there("production.gp"));
    ck_assert(is_there("gantt.svg"));
}
END_TEST

static bool says(const char *figure, const char *part)
{
    char name[64];
    snprintf(name, sizeof name, "%s.chart.tsv", figure);
    char *text = read_chart(name, NULL);
    bool found = text && strstr(text, part);
    free(text);
    return found;
}

START_TEST(a_title_says_no_more_than_its_chart)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    rc_driver *drivers = calloc(r->drivers_n, sizeof *drivers);
    rc_error err;
    ck_assert_uint_ge(r->drivers_n, 2);
    memcpy(drivers, r->drivers, r->drivers_n * sizeof *drivers);
    drivers[0].low_days = -25; /* the wider row, but not the largest bar */
    drivers[0].high_days = 20;
    drivers[1].name = "Regulator";
    drivers[1].low_days = -1;
    drivers[1].high_days = 30;
    r->drivers = drivers;
    charts_of(r, NULL, NULL, &err);
    ck_assert(says("tornado", "Regulator in its worst tenth: launch 6.0 weeks later"));
    ck_assert(says("tornado", "futures that launch"));
    ck_assert(says("finish", "not to the scale of the curve"));
    ck_assert(
        says("fairness",
             "Under 90 days old fails most: over 4 points in 16 %, 57 % before."));
    ck_assert(says("search", "half of these"));
    r->futures = 19;
    r->finish_launched.n = 15;
    charts_of(r, NULL, NULL, &err);
    ck_assert(says("tornado", "What moves the launch takes more futures."));
    ck_assert(!says("finish", "Promise"));
    free(drivers);
    fixture_free(r);
}
END_TEST

START_TEST(what_is_lost_after_launch_stands_below_its_course_by_cause)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    rc_error err;
    charts_of(r, NULL, NULL, &err);
    char *labels = read_chart("production.labels.tsv", NULL),
         *causes = read_chart("production.causes.tsv", NULL);
    ck_assert_ptr_nonnull(strstr(labels, "drift 1.2"));
    ck_assert_ptr_nonnull(strstr(labels, "shocks 0.6"));
    ck_assert_ptr_nonnull(strstr(labels, "provider gains 0.4"));
    ck_assert_ptr_null(strstr(labels, "noise")); /* nothing, on average */
    /* one layer on the other: shocks begin where drift ends, a gain is on the other side */
    double drift[2], shocks[2], provider[2], *layers[] = {drift, shocks, provider};
    const char *at = causes;
    for (unsigned layer = 0; layer < 3; layer++) {
        double from, until;
        unsigned month, which;
        for (bool found = false; !found; at = strchr(at, '\n') + 1) {
            found = sscanf(at, "%u %lf %lf %u", &month, &from, &until, &which) == 4 &&
                    month == 12 && which == layer;
            layers[layer][0] = from;
            layers[layer][1] = until;
        }
    }
    ck_assert_double_eq_tol(drift[1], shocks[0], 1e-9);
    ck_assert_double_eq_tol(drift[0], provider[0], 1e-9);
    ck_assert_double_eq_tol((drift[0] - drift[1]) / (shocks[0] - shocks[1]), 2, 1e-6);
    ck_assert_double_eq_tol((provider[1] - provider[0]) / (shocks[0] - shocks[1]),
                            4. / 6, 1e-6);
    free(labels);
    free(causes);
    fixture_free(r);
}
END_TEST

/* There are at most 3 000 dots, of any number of futures. */
START_TEST(the_quarters_are_of_all_futures_not_of_the_dots)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    rc_error err;
    r->quarters[0][0] = .23;
    r->quarters[1][1] = .41;
    charts_of(r, NULL, NULL, &err);
    ck_assert(
        says("cost_and_date",
             "23 % of futures meet both the date and the budget; 41 % miss both."));
    fixture_free(r);
}
END_TEST

START_TEST(the_mean_that_the_title_speaks_of_is_drawn)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    const rc_output_result *gain = rc_result_output(r, "value.gain");
    const uint32_t last = gain->output.series - 1;
    rc_error err;
    charts_of(r, NULL, NULL, &err);
    char *mean = read_chart("value.mean.tsv", NULL);
    ck_assert_ptr_nonnull(mean);
    double x, y = NAN;
    for (char *at = mean; (at = strchr(at, '\n')) && at[1];)
        ck_assert_int_eq(sscanf(++at, "%lf %lf", &x, &y), 2);
    ck_assert_double_eq_tol(y, gain->spread[last].mean, 1e-6 * fabs(y));
    free(mean);
    fixture_free(r);
}
END_TEST

/* With another target the map holds it, and the dates are those of both. */
START_TEST(of_several_targets_the_titles_speak_of_all)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    rc_target targets[2] = {r->target, r->target};
    rc_error err;
    targets[1].metric = "latency";
    r->verdict.promise_days = INFINITY;
    charts_of(r, NULL, NULL, &err);
    ck_assert(says("finish", "No date is 80 % sure of 82 %."));
    ck_assert(!says("hit_map", "target"));
    r->targets = targets;
    r->targets_n = 2;
    charts_of(r, NULL, NULL, &err);
    ck_assert(says("finish", "No date is 80 % sure of both targets."));
    ck_assert(says("hit_map", "Recall 82 % by "));
    ck_assert(says("hit_map", ", the other target met"));
    fixture_free(r);
}
END_TEST

START_TEST(titles_are_sentences_that_fit)
{
    for (int kind = 0; kind <= FIXTURE_KINDS; kind++) {
        rc_result *r =
            kind < FIXTURE_KINDS
                ? fixture_new((fixture_kind)kind)
                : fixture_hostile("A name so long that nothing fits beside it");
        rc_error err;
        charts_of(r, NULL, NULL, &err); /* tables are there without gnuplot too */
        for (size_t i = 0; i < FIGURES; i++) {
            char name[64];
            snprintf(name, sizeof name, "%s.chart.tsv", figures[i]);
            char *text = read_chart(name, NULL);
            if (!text)
                continue;
            char *title = strchr(text, '\n') + 1;
            for (int column = 0; column < 6; column++)
                title = strchr(title, '\t') + 1;
            size_t n = strcspn(title, "\t");
            ck_assert_msg(rc_utf8_columns(title, n) <= 70 && title[n - 1] == '.',
                          "%s: %.*s", figures[i], (int)n, title);
            ck_assert_msg(!strstr(text, "nan") && !strstr(text, "inf\t"), "%s", text);
            free(text);
        }
        fixture_free(r);
    }
}
END_TEST

START_TEST(text_of_a_scenario_executes_nothing)
{
    static const char *const attacks[] = {
        "`touch pwned` $(touch pwned) {/Bold x}_2^3",
        ("# \"; system('touch pwned'); \" <script>alert(1)</script>]]>&amp;<b "
         "onclick=x>"),
        "|touch pwned\n!touch pwned\n'touch pwned'\nEOD\n$data << EOD",
        "<touch pwned @pwned %s %n %d \\n \\\\ \t tab",
    };
    for (size_t i = 0; i < sizeof attacks / sizeof attacks[0]; i++) {
        rc_result *r = fixture_hostile(attacks[i]);
        draw(r, FIGURES);
        fixture_free(r);
        ck_assert(!is_there("pwned"));
        ck_assert_int_ne(access("pwned", F_OK), 0);
        for (size_t k = 0; k < FIGURES; k++) {
            char name[64];
            snprintf(name, sizeof name, "%s.svg", figures[k]);
            char *svg = read_chart(name, NULL);
            ck_assert_ptr_nonnull(svg);
            ck_assert_ptr_null(strstr(svg, "<script"));
            ck_assert_ptr_null(strstr(svg, "<b "));
            free(svg);
            snprintf(name, sizeof name, "%s.gp", figures[k]);
            char *script = read_chart(name, NULL);
            ck_assert_ptr_null(strstr(script, "pwned"));
            free(script);
        }
    }
}
END_TEST

START_TEST(scripts_in_a_run_are_those_of_the_program)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    rc_error err;
    charts_of(r, NULL, NULL, &err);
    fixture_free(r);
    for (const rc_script *s = rc_scripts; s->name; s++) {
        size_t n = 0;
        char *text = read_chart(s->name, &n);
        ck_assert_msg(text, "%s", s->name);
        ck_assert_uint_eq(n, s->n);
        ck_assert_mem_eq(text, s->text, n);
        free(text);
    }
}
END_TEST

START_TEST(no_script_holds_what_could_execute_a_text)
{
    static const char *const harmful[] = {"`",  "@",   "!",   "eval",  "system", "'<",
                                          "'|", "\"<", "\"|", "call ", "shell"};
    for (const rc_script *s = rc_scripts; s->name; s++) {
        char *text = strndup(s->text, s->n);
        for (size_t i = 0; i < sizeof harmful / sizeof harmful[0]; i++)
            ck_assert_msg(!strstr(text, harmful[i]), "%s: %s", s->name, harmful[i]);
        const char *load = text;
        while ((load = strstr(load, "load "))) {
            ck_assert(strncmp(load, "load 'style.gp'\n", 16) == 0);
            load++;
        }
        free(text);
    }
}
END_TEST

/* The Makefile links this program so that gnuplot is asked for here first. */
static unsigned entered;
rc_status __real_rc_gnuplot_draw(const rc_drawing *drawing, const char *const *names,
                                 uint32_t n, uint32_t *drawn, rc_error *err);
rc_status __wrap_rc_gnuplot_draw(const rc_drawing *drawing, const char *const *names,
                                 uint32_t n, uint32_t *drawn, rc_error *err);

rc_status __wrap_rc_gnuplot_draw(const rc_drawing *drawing, const char *const *names,
                                 uint32_t n, uint32_t *drawn, rc_error *err)
{
    entered = drawing->sandbox;
    return __real_rc_gnuplot_draw(drawing, names, n, drawn, err);
}

START_TEST(all_of_the_sandbox_that_there_is_is_entered)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    rc_error err;
    entered = ~0u;
    charts_of(r, "finish", NULL, &err);
    ck_assert_uint_eq(entered, rc_sandbox_kinds());
    entered = ~0u;
    rc_plot_folder(folder, NULL, NULL, NULL, &err);
    ck_assert_uint_eq(entered, rc_sandbox_kinds());
    fixture_free(r);
}
END_TEST

START_TEST(pictures_are_on_the_disk_before_their_names_and_their_folder_after_all)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    rc_error err;
    charts_of(r, "finish", NULL, &err);
    disk_begin();
    rc_plot_folder(folder, NULL, NULL, NULL, &err);
    ck_assert_uint_ge(renamed, 2);
    ck_assert_uint_eq(too_early, 0);
    ck_assert(folder_synced);
    fixture_free(r);
}
END_TEST

START_TEST(redrawing_gives_the_same_bytes)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    draw(r, FIGURES);
    fixture_free(r);
    size_t before_n, after_n;
    char *before = read_chart("finish.png", &before_n);
    rc_error err;
    uint32_t drawn;
    ck_assert_int_eq(rc_plot_folder(folder, "finish", NULL, &drawn, &err), RC_OK);
    ck_assert_uint_eq(drawn, 1);
    char *after = read_chart("finish.png", &after_n);
    ck_assert_uint_eq(before_n, after_n);
    ck_assert_mem_eq(before, after, after_n);
    free(before);
    free(after);
    ck_assert_int_eq(rc_plot_folder(folder, NULL, NULL, &drawn, &err), RC_OK);
    ck_assert_uint_eq(drawn, FIGURES);
}
END_TEST

static void append(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/charts/%s", folder, name);
    FILE *out = fopen(path, "a");
    ck_assert_ptr_nonnull(out);
    fputs(text, out);
    fclose(out);
}

START_TEST(a_foreign_script_is_not_run)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    rc_error err;
    draw(r, FIGURES);
    fixture_free(r);
    append("style.gp", "system 'touch pwned'\n");
    ck_assert_int_eq(rc_plot_folder(folder, "finish", NULL, NULL, &err), RC_CHARTS);
    ck_assert_ptr_nonnull(strstr(err.text, "style.gp"));
    ck_assert(!is_there("pwned"));
}
END_TEST

START_TEST(a_chart_that_fails_leaves_the_old_one_whole)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    rc_error err;
    uint32_t drawn;
    draw(r, FIGURES);
    fixture_free(r);
    char path[256];
    snprintf(path, sizeof path, "%s/charts/finish.bars.tsv", folder);
    ck_assert_int_eq(remove(path), 0);
    size_t before_n, after_n;
    char *before = read_chart("finish.svg", &before_n);
    ck_assert_int_eq(rc_plot_folder(folder, NULL, NULL, &drawn, &err), RC_CHARTS);
    ck_assert_uint_eq(drawn, FIGURES - 1);
    ck_assert_msg(strstr(err.text, "could not draw finish: "), "%s", err.text);
    char *after = read_chart("finish.svg", &after_n);
    ck_assert_uint_eq(before_n, after_n);
    ck_assert_mem_eq(before, after, after_n);
    ck_assert(!is_there("finish.svg.part"));
    free(before);
    free(after);
}
END_TEST

START_TEST(an_unknown_figure_is_refused_with_the_nearest_name)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    rc_error err;
    ck_assert_int_eq(charts_of(r, "tornadoe", NULL, &err), RC_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "did you mean \"tornado\"?"));
    ck_assert_int_eq(rc_plot_folder("/nonexistent", NULL, NULL, NULL, &err), RC_IO);
    fixture_free(r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("charts");
    TCase *words = tcase_create("tables and scripts");
    tcase_add_checked_fixture(words, make_folder, remove_folder);
    tcase_set_timeout(words, 120);
    tcase_add_test(words, of_several_targets_the_titles_speak_of_all);
    tcase_add_test(words, the_quarters_are_of_all_futures_not_of_the_dots);
    tcase_add_test(words, the_mean_that_the_title_speaks_of_is_drawn);
    tcase_add_test(words, titles_are_sentences_that_fit);
    tcase_add_test(words, what_is_lost_after_launch_stands_below_its_course_by_cause);
    tcase_add_test(words, a_title_says_no_more_than_its_chart);
    tcase_add_test(words, scripts_in_a_run_are_those_of_the_program);
    tcase_add_test(words, no_script_holds_what_could_execute_a_text);
    tcase_add_test(words, an_unknown_figure_is_refused_with_the_nearest_name);
    tcase_add_test(words, a_scenario_may_ask_for_every_figure_and_no_other);
    tcase_add_test(words, all_of_the_sandbox_that_there_is_is_entered);
    suite_add_tcase(suite, words);
    TCase *drawn = tcase_create("drawn");
    tcase_add_checked_fixture(drawn, make_folder, remove_folder);
    tcase_set_timeout(drawn, 120);
    tcase_add_test(drawn, every_figure_draws_from_every_kind_of_result);
    tcase_add_test(drawn, what_a_result_lacks_is_left_out_and_does_not_linger);
    tcase_add_test(drawn, text_of_a_scenario_executes_nothing);
    tcase_add_test(drawn, redrawing_gives_the_same_bytes);
    tcase_add_test(drawn, a_foreign_script_is_not_run);
    tcase_add_test(drawn, a_chart_that_fails_leaves_the_old_one_whole);
    tcase_add_test(
        drawn, pictures_are_on_the_disk_before_their_names_and_their_folder_after_all);
    if (has_gnuplot())
        suite_add_tcase(suite, drawn);
    else
        puts("skipped: drawing, for want of gnuplot");
    return suite_run(suite);
}
