/* run: forecast scenarios, write what they give, print the answers. */
#include "cli/commands.h"
#include "cli/forecast.h"
#include "cli/progress.h"
#include "cli/require.h"
#include "cli/screen.h"
#include <roadcast/report.h>
#include <stdlib.h>
#include <string.h>

typedef struct batch {
    const cli_arguments *arguments;
    cli_forecast *forecasts;
    uint32_t n;
    cli_requirement *requirements;
} batch;

/* -------------------------------------------------- before anything is simulated */

static rc_status contradiction(const cli_arguments *a, rc_error *err)
{
    uint32_t standard = 0;
    for (uint32_t i = 0; i < a->operands.n; i++)
        standard += strcmp(a->operands.at[i], "-") == 0;
    if (standard > 1)
        return rc_fail(err, RC_USAGE, "standard input (-) can be read once only");
    if (a->charts && a->no_charts)
        return rc_fail(err, RC_USAGE, "--charts and --no-charts contradict each other");
    if ((a->charts || a->samples || a->checkpoint || a->resume) && !a->output)
        return rc_fail(err, RC_USAGE, "--%s needs a folder to write to: --output DIR",
                       a->charts       ? "charts"
                       : a->samples    ? "samples"
                       : a->checkpoint ? "checkpoint"
                                       : "resume");
    if (a->resume && a->force)
        return rc_fail(err, RC_USAGE, "--resume and --force contradict each other");
    return RC_OK;
}

static rc_status shared_folder(const batch *b, rc_error *err)
{
    for (uint32_t i = 0; b->arguments->output && i < b->n; i++)
        for (uint32_t k = 0; k < i; k++)
            if (b->forecasts[i].scenario && b->forecasts[k].scenario &&
                strcmp(b->forecasts[i].folder, b->forecasts[k].folder) == 0)
                return rc_fail(err, RC_USAGE,
                               "%s and %s would both write to %s: give one of them "
                               "another output.folder",
                               b->forecasts[k].source.file, b->forecasts[i].source.file,
                               b->forecasts[i].folder);
    return RC_OK;
}

static rc_status read_requirements(batch *b, rc_error *err)
{
    rc_status status = RC_OK;
    const cli_list *texts = &b->arguments->require;
    for (uint32_t i = 0; i < texts->n && status == RC_OK; i++)
        status = cli_require_read(&b->requirements[i], texts->at[i], err);
    return status;
}

static void fit_requirements(const batch *b, cli_forecast *f)
{
    rc_error err = {RC_OK, ""};
    for (uint32_t i = 0; i < b->arguments->require.n && f->status == RC_OK; i++) {
        f->status =
            cli_require_fits(&b->requirements[i], f->source.file, f->scenario, &err);
        if (f->status != RC_OK)
            cli_fail(&err);
    }
}

/* ------------------------------------------------------------------ one scenario */

/* Writes the folder; wrote says what is in it now. */
static void write_folder(cli_forecast *f, const cli_arguments *a, char *wrote,
                         size_t size)
{
    rc_error err = {RC_OK, ""};
    uint32_t charts = 0;
    rc_write_options options = {.charts = !a->no_charts,
                                .samples = a->samples,
                                .force = a->force,
                                .arguments = (const char *const *)a->all,
                                .seconds = f->seconds,
                                .halt = &cli_halt};
    rc_status status = rc_write_all(f->result, f->folder, &options, &charts, &err);
    bool whole = status == RC_OK || status == RC_CHARTS || status == RC_INTERRUPTED;
    if (!whole) {
        f->status = cli_fail(&err);
        return;
    }
    if (f->checkpoint && rc_checkpoint_remove(f->checkpoint, &err) != RC_OK)
        f->status = cli_fail(&err);
    if (status == RC_INTERRUPTED || (status == RC_CHARTS && a->charts))
        f->status = cli_fail(&err);
    else if (status == RC_CHARTS && !a->quiet)
        cli_complain("note: charts are not drawn: %s", err.text);
    char drawn[32] = "";
    if (charts)
        snprintf(drawn, sizeof drawn, ", %u chart%s", charts, charts == 1 ? "" : "s");
    snprintf(wrote, size, "Wrote %s/: result.json, tables%s%s.", f->folder,
             a->samples ? ", samples" : "", drawn);
    cli_sanitise(wrote);
}

static rc_status print(const cli_forecast *f, const cli_arguments *a, const char *wrote,
                       bool first)
{
    rc_error err = {RC_OK, ""};
    cli_answer answer;
    if (cli_answer_begin(&answer) != RC_OK)
        return RC_IO;
    rc_status status;
    if (a->json) {
        status = rc_print_json(f->result, answer.out, &err);
    } else {
        rc_terminal_options options = {.colour = cli_colour(a, stdout),
                                       .ascii = cli_ascii(a),
                                       .verbose = a->verbose,
                                       .columns = cli_columns(stdout),
                                       .seconds = f->seconds,
                                       .wrote = *wrote ? wrote : NULL};
        if (!first)
            fputc('\n', answer.out);
        status = rc_print_terminal(f->result, &options, answer.out, &err);
    }
    if (status != RC_OK) {
        cli_answer_drop(&answer);
        return cli_fail(&err);
    }
    return cli_answer_end(&answer);
}

static void judge(const batch *b, cli_forecast *f)
{
    rc_error err = {RC_OK, ""};
    for (uint32_t i = 0; i < b->arguments->require.n; i++)
        if (cli_require_met(&b->requirements[i], f->result, &err) != RC_OK) {
            f->status = cli_worst(f->status, RC_NO);
            if (b->n > 1)
                cli_complain("%s: %s", f->source.file, err.text);
            else
                cli_fail(&err);
        }
}

static void forecast(const batch *b, cli_forecast *f, bool first)
{
    const cli_arguments *a = b->arguments;
    char wrote[640] = "";
    fit_requirements(b, f);
    if (f->status != RC_OK)
        return;
    if (a->verbose)
        rc_scenario_echo(f->scenario, stderr);
    cli_forecast_run(f, a);
    if (!f->result)
        return;
    if (a->output)
        write_folder(f, a, wrote, sizeof wrote);
    if (a->json && *wrote && !a->quiet)
        fprintf(stderr, "%s\n", wrote);
    f->status = cli_worst(f->status, print(f, a, wrote, first));
    judge(b, f);
    if (cli_interrupted()) /* while it was written: charts may be missing */
        f->status = RC_INTERRUPTED;
}

/* ------------------------------------------------------------------------- batch */

static rc_status say(const char *text)
{
    cli_answer answer;
    if (cli_answer_begin(&answer) != RC_OK)
        return RC_IO;
    fputs(text, answer.out);
    return cli_answer_end(&answer);
}

static rc_status forecast_all(const batch *b)
{
    bool array = b->arguments->json && b->n > 1;
    rc_status worst = RC_OK;
    bool printed = false;
    for (uint32_t i = 0; i < b->n; i++) {
        cli_forecast *f = &b->forecasts[i];
        if (array)
            worst = cli_worst(worst, say(i ? "," : "["));
        if (f->status == RC_OK && cli_interrupted()) {
            cli_complain("stopped before %s", f->source.file);
            f->status = RC_INTERRUPTED;
        }
        if (f->status == RC_OK)
            forecast(b, f, !printed);
        printed |= f->result != NULL;
        if (array && !f->result) /* keeps the places of the others */
            worst = cli_worst(worst, say("null\n"));
        worst = cli_worst(worst, f->status);
    }
    if (array)
        worst = cli_worst(worst, say("]\n"));
    return worst;
}

/* The table of a batch says what became of each scenario. */
static rc_status write_table(const batch *b)
{
    rc_error err = {RC_OK, ""};
    rc_batch_row *rows = calloc(b->n, sizeof *rows);
    rc_status status = RC_OK;
    if (!rows)
        status = rc_fail(&err, RC_IO, "out of memory");
    for (uint32_t i = 0; rows && i < b->n; i++)
        rows[i] = (rc_batch_row){b->forecasts[i].source.file, b->forecasts[i].status,
                                 b->forecasts[i].result};
    if (status == RC_OK)
        status = rc_write_batch(rows, b->n, b->arguments->output, &err);
    free(rows);
    if (status != RC_OK)
        return cli_fail(&err);
    if (b->arguments->quiet || b->arguments->json)
        return RC_OK;
    return cli_say("Wrote batch.csv into %s: %u scenarios.", b->arguments->output,
                   b->n);
}

rc_status cli_run(const cli_arguments *arguments)
{
    rc_error err = {RC_OK, ""};
    batch b = {.arguments = arguments, .n = arguments->operands.n};
    b.forecasts = calloc(b.n, sizeof *b.forecasts);
    b.requirements = calloc(arguments->require.n + 1, sizeof *b.requirements);
    rc_status status = RC_OK;
    if (!b.forecasts || !b.requirements)
        status = rc_fail(&err, RC_IO, "out of memory");
    if (status == RC_OK)
        status = contradiction(arguments, &err);
    if (status == RC_OK)
        status = read_requirements(&b, &err);
    uint32_t opened = 0;
    for (; status == RC_OK && opened < b.n; opened++)
        cli_forecast_open(&b.forecasts[opened], arguments->operands.at[opened],
                          arguments);
    if (status == RC_OK)
        status = shared_folder(&b, &err);
    if (status != RC_OK)
        cli_fail(&err);
    else
        status = forecast_all(&b);
    const char *lack = rc_charts_lack();
    if (lack && arguments->output && !arguments->no_charts && !arguments->quiet)
        cli_complain("note: the sandbox of gnuplot is not whole: this kernel lacks %s",
                     lack);
    if (err.status == RC_OK && arguments->output && b.n > 1)
        status = cli_worst(status, write_table(&b));
    for (uint32_t i = 0; i < opened; i++)
        cli_forecast_close(&b.forecasts[i]);
    free(b.forecasts);
    free(b.requirements);
    return status;
}
