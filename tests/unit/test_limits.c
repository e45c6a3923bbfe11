/* Limits of a scenario: each is held exactly, says so one above, and stands in the table of
 * scenarios/README.md. */
#include "models.h"
#include "forecast.h"
#include "said.h"
#include "suite.h"
#include <roadcast/scenario.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char folder[64];

static void setup(void)
{
    strcpy(folder, "/tmp/roadcast-limits-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void teardown(void)
{
    char line[128];
    snprintf(line, sizeof line, "rm -r %s", folder);
    ck_assert_int_eq(system(line), 0);
}

/* ------------------------------------------------------------ texts of a size n */

#define HEAD "format = 1; calendar = { start = \"2026-02-02\"; };\n"
#define WORK "tasks = ( { id = \"a\"; duration = \"1 days\"; } );\n"
#define SEARCH                                                                         \
    HEAD "goals = { target = { metric = \"m\"; at_least = \"74 %\"; }; };\n"           \
         "tasks = ( { id = \"a\"; plan = \"experiments\"; } );\n"                      \
         "experiments = { baseline = \"70 %\"; try_takes = \"5 days\"; "

static void repeat(forecast_text *t, const char *piece, size_t n)
{
    for (size_t i = 0; i < n; i++)
        forecast_add(t, "%s", piece);
}

/* piece holds one %zu */
static void count(forecast_text *t, const char *open, const char *piece, size_t n,
                  const char *close)
{
    forecast_add(t, "%s", open);
    for (size_t i = 0; i < n; i++) {
        char item[200];
        const char *number = strstr(piece, "%zu");
        snprintf(item, sizeof item, "%.*s%zu%s", (int)(number - piece), piece, i,
                 number + 3);
        forecast_add(t, "%s%s", i ? ", " : "", item);
    }
    forecast_add(t, "%s", close);
}

static void whole(forecast_text *t, size_t n)
{
    forecast_add(t, HEAD WORK "#");
    size_t left = n - t->n - 1;
    char *filler = malloc(left + 1);
    memset(filler, 'x', left);
    filler[left] = '\0';
    forecast_add(t, "%s\n", filler);
    free(filler);
}

static void nested(forecast_text *t, size_t n)
{
    forecast_add(t, HEAD WORK "x = ");
    repeat(t, "(", n);
    repeat(t, ")", n);
    forecast_add(t, ";\n");
}

static void settings(forecast_text *t, size_t n)
{
    forecast_add(t, HEAD WORK); /* three of them */
    for (size_t i = 3; i < n; i++)
        forecast_add(t, "x%zu = 1;\n", i);
}

static void items(forecast_text *t, size_t n)
{
    forecast_add(t, HEAD WORK "x = ( 1");
    repeat(t, ",1", n - 1);
    forecast_add(t, " );\n");
}

static void text(forecast_text *t, size_t n)
{
    forecast_add(t, HEAD WORK "scenario = { name = \"");
    repeat(t, "x", n);
    forecast_add(t, "\"; };\n");
}

static void estimate(forecast_text *t, size_t n)
{
    forecast_add(t, HEAD "tasks = ( { id = \"a\"; duration = \"1");
    repeat(t, " ", n - 5);
    forecast_add(t, "days\"; } );\n");
}

static void id(forecast_text *t, size_t n)
{
    forecast_add(t, HEAD "tasks = ( { duration = \"1 days\"; id = \"");
    repeat(t, "x", n);
    forecast_add(t, "\"; } );\n");
}

static void phase(forecast_text *t, size_t n)
{
    forecast_add(t, HEAD WORK "phases = [ \"");
    repeat(t, "x", n);
    forecast_add(t, "\" ];\n");
}

static void digits(forecast_text *t, size_t n)
{
    forecast_add(t, HEAD "tasks = ( { id = \"a\"; duration = \"1.");
    repeat(t, "0", n - 2);
    forecast_add(t, " days\"; } );\n");
}

static void parts(forecast_text *t, size_t n)
{
    forecast_add(t, HEAD "tasks = ( { id = \"a\"; duration = \"discrete(");
    for (size_t i = 0; i + 1 < n; i++)
        forecast_add(t, "%zu: 1 %%, ", i + 1);
    forecast_add(t, "90: %zu %%) days\"; } );\n", 101 - n);
}

static void mixtures(forecast_text *t, size_t n)
{
    forecast_add(t, HEAD "tasks = ( { id = \"a\"; duration = \"");
    repeat(t, "mix(50 %: 1 days, 50 %: ", n);
    forecast_add(t, "2 days");
    repeat(t, ")", n);
    forecast_add(t, "\"; } );\n");
}

static void names(forecast_text *t, size_t n)
{
    forecast_add(t, HEAD "team = ( { id = \"t\"; people = 2000; } );\n"
                         "tasks = ( { id = \"a\"; duration = \"1 days\"; who = \"1 t");
    repeat(t, ",1 t", n - 1);
    forecast_add(t, "\"; } );\n");
}

static void correlated(forecast_text *t, size_t n)
{
    count(t, HEAD "tasks = ( ", "{ id = \"t%zu\"; duration = \"1 to 2 days\"; }", n,
          " );\ncorrelations = ( { id = \"c\"; strength = 0.1; ");
    count(t, "between = [ ", "\"t%zu\"", n, " ]; } );\n");
}

static void levers(forecast_text *t, size_t n)
{
    count(t, SEARCH "levers = ( ", "{ id = \"l%zu\"; works = \"20 %\"; }", n,
          " ); };\n");
}

static void approaches(forecast_text *t, size_t n)
{
    count(t, SEARCH "approaches = ( ", "{ id = \"p%zu\"; }", n, " ); };\n");
}

static void segments(forecast_text *t, size_t n)
{
    count(t, SEARCH "};\nvalue = { per_month = \"90k EUR/month\"; segments = ( ",
          "{ id = \"s%zu\"; share = \"1 %\"; }", n, " ); };\n");
}

static void sites(forecast_text *t, size_t n)
{
    count(t,
          HEAD "goals = { target = { metric = \"m\"; at_least = \"74 %\"; }; };\n"
               "experiments = { baseline = \"70 %\"; try_takes = \"5 days\"; };\n"
               "tasks = ( { id = \"a\"; plan = \"experiments\"; }, "
               "{ id = \"b\"; plan = \"enrolment\"; after = [ \"a\" ]; } );\n"
               "enrolment = { positives = 20; prevalence = \"20 %\"; "
               "of_positives = [ \"m\" ]; sites = ( ",
          "{ id = \"s%zu\"; recruits = \"5 /month\"; }", n, " ); };\n");
}

static void write_file(const char *name, const char *content)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    ck_assert(out && fputs(content, out) >= 0 && fclose(out) == 0);
}

/* n files below the first, which is read from its folder */
static void files(forecast_text *t, size_t n)
{
    for (size_t i = 1; i <= n; i++) {
        char name[32], content[100];
        snprintf(name, sizeof name, "%zu.cfg", i);
        snprintf(content, sizeof content, i < n ? "@include \"%zu.cfg\"\n" : WORK,
                 i + 1);
        write_file(name, content);
    }
    forecast_add(t, HEAD "@include \"1.cfg\"\n");
}

/* ------------------------------------------------------------------------ limits */

static const struct limit {
    const char *of, *shown;
    size_t most;
    void (*make)(forecast_text *, size_t);
    const char *message;
    bool unknown; /* nothing lawful is so large: only this fault must be missing */
} limits[] = {
    {"a scenario, with the files that it includes", "4 MiB", 4 << 20, whole,
     "is larger than 4 MiB", false},
    {"files that include one another", "8 deep", 8, files,
     "files may be read in one another 8 deep", false},
    {"groups and lists in one another", "32 deep", 32, nested,
     "groups and lists may be nested 32 deep", true},
    {"settings of a group", "1 000", 1000, settings, "a group may have 1 000 settings",
     true},
    {"items of a list: tasks, risks, …", "100 000", 100000, items,
     "a list may have 100 000 items", true},
    {"a text", "64 KiB", 65536, text, "a text may have 64 KiB", false},
    {"an estimate", "64 KiB", 65536, estimate, "a text may have 64 KiB", false},
    {"an id", "64 characters", 64, id, "64 at most", false},
    {"a phase", "100 bytes", 100, phase, "a phase is named in at most 100 bytes",
     false},
    {"digits of a number", "40", 40, digits, "a number of more than 40 digits", false},
    {"parts of a law", "64", 64, parts, "more than 64 parts", false},
    {"mixtures in mixtures", "4 deep", 4, mixtures,
     "mixtures in mixtures: at most 4 deep", false},
    {"names in one text, as in `who`", "1 000", 1000, names,
     "more than 1000 names in one text", true},
    {"quantities that are correlated", "256", 256, correlated,
     "more than 256 quantities are correlated", false},
    {"levers of a search", "24", 24, levers, "levers, at most 24 are tried", false},
    {"approaches of a search", "6", 6, approaches, "approaches, at most 6 are tried",
     false},
    {"sites of a study", "64", 64, sites, "a study has at most 64 sites", false},
    {"segments of the audience", "12", 12, segments, "segments, value takes 12 at most",
     false},
};
enum { LIMITS = sizeof limits / sizeof *limits };

/* The faults of a text of this size, as printed; yours to free. */
static char *faults_at(const struct limit *l, size_t n, rc_status *status)
{
    forecast_text t = {0};
    char path[100];
    const rc_scenario_options options = {.models = rc_models};
    rc_scenario *scenario = NULL;
    rc_faults *faults = NULL;
    rc_error err;
    l->make(&t, n);
    write_file("it.cfg", t.at);
    snprintf(path, sizeof path, "%s/it.cfg", folder);
    *status = rc_scenario_read(&scenario, &faults, path, &options, &err);
    char *said = *status == RC_IO ? strdup(err.text) : said_by(faults, false);
    rc_scenario_free(scenario);
    rc_faults_free(faults);
    free(t.at);
    return said;
}

START_TEST(each_limit_is_taken_and_one_above_is_refused_with_its_message)
{
    const struct limit *l = &limits[_i];
    rc_status status;
    char *said = faults_at(l, l->most, &status);
    ck_assert_msg(!strstr(said, l->message) && (l->unknown || status == RC_OK),
                  "%s at the edge: %.600s", l->of, said);
    free(said);
    said = faults_at(l, l->most + 1, &status);
    ck_assert_msg(status != RC_OK && strstr(said, l->message), "%s above: %.600s",
                  l->of, said);
    free(said);
}
END_TEST

START_TEST(each_limit_stands_in_the_reference)
{
    char *page = calloc(1, 1 << 18), row[200];
    FILE *in = fopen("scenarios/README.md", "r");
    ck_assert(page && in && fread(page, 1, (1 << 18) - 1, in) > 0);
    fclose(in);
    for (size_t i = 0; i < LIMITS; i++) {
        snprintf(row, sizeof row, "| %s | %s |\n", limits[i].of, limits[i].shown);
        ck_assert_msg(strstr(page, row), "scenarios/README.md lacks: %s", row);
    }
    free(page);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("limits");
    TCase *tcase = tcase_create("limits");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase,
                        each_limit_is_taken_and_one_above_is_refused_with_its_message,
                        0, LIMITS);
    tcase_add_test(tcase, each_limit_stands_in_the_reference);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
