#include "cli/forecast.h"
#include "cli/progress.h"
#include "cli/screen.h"
#include <roadcast/report.h>
#include <roadcast/run.h>
#include <stdlib.h>
#include <string.h>

void cli_forecast_open(cli_forecast *f, const char *file,
                       const cli_arguments *arguments)
{
    *f = (cli_forecast){0};
    f->status = cli_source_open(&f->source, file);
    if (f->status == RC_OK)
        f->status = cli_load(&f->scenario, &f->source, arguments, NULL, NULL);
    if (f->status != RC_OK || !arguments->output)
        return;
    size_t n = strlen(arguments->output);
    while (n > 1 && arguments->output[n - 1] == '/')
        n--;
    int length = snprintf(f->folder, sizeof f->folder, "%.*s/%s", (int)n,
                          arguments->output, rc_scenario_folder(f->scenario));
    if (length < 0 || (size_t)length >= sizeof f->folder) {
        cli_complain("the name of the output folder is longer than %zu bytes",
                     sizeof f->folder - 1);
        f->status = RC_USAGE;
        return;
    }
    rc_error err = {RC_OK, ""};
    f->status = rc_write_check(f->folder, rc_scenario_folder(f->scenario),
                               arguments->force, &err);
    if (f->status != RC_OK)
        cli_fail(&err);
}

void cli_forecast_close(cli_forecast *f)
{
    rc_checkpoint_close(f->checkpoint);
    rc_result_free(f->result);
    rc_scenario_free(f->scenario);
    cli_source_close(&f->source);
}

/* --------------------------------------------------------------------- plans */

/* The scenario itself, or one of its what-ifs, ready to run. */
typedef struct variant {
    const char *id, *name;
    rc_scenario *scenario; /* of a what-if: its own */
    rc_plan *plan;
} variant;

static void free_variants(variant *variants, uint32_t n)
{
    for (uint32_t i = n; i-- > 0;) { /* the base, whose tables are borrowed, last */
        rc_plan_free(variants[i].plan);
        rc_scenario_free(variants[i].scenario);
    }
    free(variants);
}

/* base: the plan of the scenario itself, whose tables a what-if may borrow. */
static rc_status prepare(variant *v, const rc_plan *base, const cli_forecast *f,
                         const cli_arguments *arguments)
{
    rc_error err = {RC_OK, ""};
    rc_status status = RC_OK;
    if (v->id)
        status = cli_load(&v->scenario, &f->source, arguments, v->id, NULL);
    if (status != RC_OK)
        return status;
    status =
        rc_plan_compile_like(&v->plan, v->id ? v->scenario : f->scenario, base, &err);
    if (status != RC_OK)
        cli_complain("%s%s%s: %s", f->source.file, v->id ? " with what_if " : "",
                     v->id ? v->id : "", err.text);
    return status;
}

/* ------------------------------------------------------------------------ run */

static rc_status open_checkpoint(cli_forecast *f, const cli_arguments *a)
{
    rc_error err = {RC_OK, ""};
    if (!a->checkpoint && !a->resume) {
        if (a->output && !a->quiet && rc_checkpoint_waits(f->folder))
            cli_complain("note: %s has the checkpoint of a run that did not end: --resume "
                         "goes on from it; this run leaves it there",
                         f->folder);
        return RC_OK;
    }
    rc_status status =
        rc_checkpoint_open(&f->checkpoint, f->folder, rc_scenario_folder(f->scenario),
                           a->resume  ? RC_CHECKPOINT_RESUME
                           : a->force ? RC_CHECKPOINT_ANEW
                                      : RC_CHECKPOINT_NEW,
                           &err);
    return status == RC_OK ? RC_OK : cli_fail(&err);
}

static rc_status simulate(cli_forecast *f, const variant *variants, uint32_t n,
                          const cli_arguments *arguments)
{
    rc_error err = {RC_OK, ""};
    rc_variant *what_if = calloc(n, sizeof *what_if);
    if (!what_if) {
        cli_complain("out of memory");
        return RC_IO;
    }
    for (uint32_t i = 1; i < n; i++)
        what_if[i - 1] =
            (rc_variant){variants[i].id, variants[i].name, variants[i].plan};
    cli_progress progress;
    cli_progress_begin(&progress, rc_scenario_name(f->scenario), variants[0].plan,
                       arguments->quiet);
    /* a what-if has the futures and the seed of its scenario, whatever it sets */
    rc_run_options options = {
        .futures = arguments->futures.given ? arguments->futures.value
                                            : rc_scenario_futures(f->scenario),
        .seed_given = true,
        .seed = arguments->seed.given ? arguments->seed.value
                                      : rc_scenario_seed(f->scenario),
        .threads = (uint32_t)arguments->threads.value,
        .what_if = what_if,
        .what_if_n = n - 1,
        .samples = arguments->samples,
        .max_memory = arguments->max_memory.value,
        .journal = f->checkpoint ? rc_checkpoint_journal(f->checkpoint) : NULL,
        .begin = arguments->verbose ? cli_progress_needs : NULL,
        .progress = cli_progress_tell,
        .self = &progress,
    };
    rc_status status = rc_run(&f->result, variants[0].plan, &options, &err);
    cli_progress_end(&progress);
    free(what_if);
    char done[32], all[32];
    if (status == RC_INTERRUPTED)
        cli_complain("%s: stopped after %s of %s futures%s", progress.title,
                     cli_thousands(done, progress.done),
                     cli_thousands(all, options.futures),
                     f->checkpoint       ? "; --resume goes on from there"
                     : arguments->output ? "; nothing of it is written"
                                         : "");
    else if (status != RC_OK)
        cli_complain("%s: %s%s", progress.title, err.text,
                     status == RC_IO && f->checkpoint && progress.done
                         ? "; --resume goes on from what is kept"
                         : "");
    return status;
}

void cli_forecast_run(cli_forecast *f, const cli_arguments *arguments)
{
    double begun = cli_clock();
    const char *id, *name;
    uint32_t n = 1;
    while (!arguments->no_what_if &&
           rc_scenario_what_if(f->scenario, n - 1, &id, &name))
        n++;
    variant *variants = calloc(n, sizeof *variants);
    if (!variants) {
        cli_complain("out of memory");
        f->status = RC_IO;
        return;
    }
    for (uint32_t i = 1; i < n; i++)
        rc_scenario_what_if(f->scenario, i - 1, &variants[i].id, &variants[i].name);
    for (uint32_t i = 0; i < n && f->status == RC_OK; i++)
        f->status = prepare(&variants[i], i ? variants[0].plan : NULL, f, arguments);
    if (f->status == RC_OK)
        f->status = open_checkpoint(f, arguments);
    if (f->status == RC_OK)
        f->status = simulate(f, variants, n, arguments);
    if (f->status == RC_OK)
        cli_warn(f->source.file, variants[0].plan,
                 arguments->quiet || arguments->unwarned);
    free_variants(variants, n);
    f->seconds = cli_clock() - begun;
}
