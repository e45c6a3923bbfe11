#include "ask.h"
#include "report/chart.h"
#include "report/csv.h"
#include <jansson.h>
#include <math.h>
#include <roadcast.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FUTURES = 10 };

static _Noreturn void wrong(const char *what)
{
    fprintf(stderr, "wrong: %s\n", what);
    abort();
}

/* ------------------------------------------------------------ what is written */

typedef struct paper {
    char *text;
    size_t n;
    FILE *out;
} paper;

static FILE *begin(paper *p)
{
    *p = (paper){0};
    p->out = open_memstream(&p->text, &p->n);
    if (!p->out)
        wrong("memory");
    return p->out;
}

static void end(paper *p)
{
    fclose(p->out);
    free(p->text);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_';
}

/* Whether printf has written a number that is none. */
static bool has_word(const char *text, size_t n, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = text;
         (at = memmem(at, n - (size_t)(at - text), word, length)); at += length)
        if ((at == text || !is_letter(at[-1])) &&
            (at + length == text + n || !is_letter(at[length])))
            return true;
    return false;
}

/* Control characters but line ends and tabs, and numbers that are none, which a text of
 * the scenario may hold too. */
static void ask_text(paper *p, const char *scenario, size_t n, const char *where)
{
    static const char *const none[] = {"nan", "inf"};
    fflush(p->out);
    for (size_t i = 0; i < p->n; i++) {
        unsigned char c = (unsigned char)p->text[i];
        if (c == 0x7f || (c < 0x20 && c != '\n' && c != '\t'))
            wrong(where);
    }
    for (int i = 0; i < 2; i++)
        if (has_word(p->text, p->n, none[i]) && !memmem(scenario, n, none[i], 3)) {
            fwrite(p->text, 1, p->n, stderr);
            wrong(where);
        }
}

static bool (*const figures[])(rc_chart *) = {
    rc_chart_finish,  rc_chart_tornado,  rc_chart_gantt,    rc_chart_cost_and_date,
    rc_chart_hit_map, rc_chart_search,   rc_chart_fairness, rc_chart_production,
    rc_chart_value,   rc_chart_segments, rc_chart_learning, rc_chart_labelling,
};

static void ask_charts(const rc_result *r, const char *text, size_t n)
{
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        rc_chart c = {.result = r, .figure = "any", .left = 100, .right = 46};
        if (figures[i](&c) && !(c.x_min < c.x_max && c.y_min < c.y_max &&
                                isfinite(c.x_max - c.x_min + c.y_max - c.y_min)))
            wrong("an axis");
        for (uint32_t t = 0; t < c.tables_n; t++) {
            const rc_stream *table = &c.tables[t].stream;
            fflush(table->out);
            paper p = {table->text, table->n, table->out};
            ask_text(&p, text, n, c.tables[t].name);
        }
        rc_chart_free(&c);
    }
}

static void ask_report(const rc_result *r, const char *text, size_t n)
{
    paper p;
    rc_error err = {0};
    if (rc_print_terminal(r, &(rc_terminal_options){.verbose = true}, begin(&p),
                          &err) != RC_OK)
        wrong(err.text);
    ask_text(&p, text, n, "the answer");
    end(&p);
    if (rc_print_json(r, begin(&p), &err) != RC_OK)
        wrong(err.text);
    ask_text(&p, text, n, "result.json");
    json_error_t no_json;
    json_t *json = json_loadb(p.text, p.n, JSON_REJECT_DUPLICATES, &no_json);
    if (!json)
        wrong(no_json.text);
    json_decref(json);
    end(&p);
    rc_csv_percentiles(begin(&p), r);
    rc_csv_tasks(p.out, r);
    rc_csv_drivers(p.out, r);
    rc_csv_batch(p.out, &(rc_batch_row){.file = r->scenario, .result = r});
    ask_text(&p, text, n, "tables");
    end(&p);
    ask_charts(r, text, n);
}

/* ------------------------------------------------------------------- futures */

/* Never is infinite, and what is not measured in a future is no number there. */
static void ask_samples(const rc_result *r)
{
    const char *name;
    const double *values;
    for (uint32_t c = 0; rc_result_samples(r, c, &name, &values); c++) {
        bool finish = strcmp(name, "finish_days") == 0;
        bool metric = !strncmp(name, "true", 4) || !strncmp(name, "measured", 8);
        for (uint64_t i = 0; i < r->futures; i++)
            if ((isnan(values[i]) && !metric) || (isinf(values[i]) && !finish))
                wrong(name);
    }
    if (!isfinite(r->cost.mean) || !isfinite(r->cost.sd))
        wrong("the cost");
}

static void ask_run(const rc_scenario *scenario, const char *text, size_t n)
{
    rc_plan *plan = NULL;
    rc_result *result = NULL;
    rc_error err = {0};
    const rc_run_options options = {.futures = FUTURES, .threads = 1};
    rc_status status = rc_plan_compile(&plan, scenario, &err);
    if (status == RC_OK)
        status = rc_run(&result, plan, &options, &err);
    if (status != RC_OK && status != RC_REFUSED)
        wrong(err.text);
    if (status == RC_REFUSED && !err.text[0])
        wrong("refused without a word");
    if (result) {
        ask_samples(result);
        ask_report(result, text, n);
    }
    rc_result_free(result);
    rc_plan_free(plan);
}

/* Refused with messages, or taken and said again. */
static rc_scenario *ask_reading(const char *text, size_t n)
{
    const rc_scenario_options options = {.models = rc_models};
    rc_scenario *scenario = NULL;
    rc_faults *faults = NULL;
    rc_error err = {0};
    rc_status status =
        rc_scenario_read_text(&scenario, &faults, "any.cfg", text, n, &options, &err);
    if (status != RC_OK && status != RC_REFUSED)
        wrong(err.text);
    if ((status == RC_OK) != (scenario != NULL) ||
        (status == RC_OK) != (rc_faults_errors(faults) == 0))
        wrong("a refusal without a word");
    paper p;
    rc_faults_print(faults, begin(&p), false);
    if (scenario) {
        rc_scenario_echo(scenario, p.out);
        rc_scenario_outline(scenario, p.out);
    }
    ask_text(&p, text, n, "messages");
    end(&p);
    rc_faults_free(faults);
    return scenario;
}

void ask_reader(const uint8_t *bytes, size_t n)
{
    rc_scenario_free(ask_reading((const char *)bytes, n));
}

void ask_scenario(const uint8_t *bytes, size_t n)
{
    const char *text = (const char *)bytes;
    rc_scenario *scenario = ask_reading(text, n);
    if (scenario)
        ask_run(scenario, text, n);
    rc_scenario_free(scenario);
}
