/* check: is a scenario right? Reads and compiles it with each of its what-ifs. */
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/screen.h"
#include <roadcast/plan.h>
#include <math.h>

static rc_status compile(rc_plan **out, const char *file, const rc_scenario *scenario)
{
    rc_error err = {RC_OK, ""};
    rc_status status = rc_plan_compile(out, scenario, &err);
    if (status != RC_OK)
        cli_complain("%s: %s", file, err.text);
    return status;
}

static rc_status check_what_ifs(const rc_scenario *scenario, const cli_source *source,
                                const cli_arguments *arguments)
{
    rc_status worst = RC_OK;
    const char *id, *name;
    for (uint32_t i = 0; rc_scenario_what_if(scenario, i, &id, &name); i++) {
        rc_scenario *changed = NULL;
        rc_plan *plan = NULL;
        rc_status status = cli_load(&changed, source, arguments, id, NULL);
        if (status == RC_OK)
            status = compile(&plan, source->file, changed);
        rc_plan_free(plan);
        rc_scenario_free(changed);
        worst = cli_worst(worst, status);
    }
    return worst;
}

static rc_status answer(const cli_source *source, const rc_scenario *scenario,
                        const rc_plan *plan, uint32_t warnings, bool verbose)
{
    cli_answer a;
    rc_status status = cli_answer_begin(&a);
    if (status != RC_OK)
        return status;
    fprintf(a.out, "%s: right", source->text ? "standard input" : source->file);
    if (warnings)
        fprintf(a.out, ", with %u warning%s", warnings, warnings == 1 ? "" : "s");
    fputs(". ", a.out);
    rc_scenario_outline(scenario, a.out);
    fputs(".\n", a.out);
    double typical = rc_plan_typical_finish(plan);
    char date[32];
    if (isfinite(typical))
        fprintf(
            a.out,
            "With every estimate at its median, and nobody short, it finishes on %s.\n",
            cli_date(date, rc_plan_finish_date(plan, typical)));
    if (verbose)
        rc_scenario_echo(scenario, a.out);
    return cli_answer_end(&a);
}

static rc_status check(const char *file, const cli_arguments *arguments)
{
    cli_source source;
    rc_scenario *scenario = NULL;
    rc_plan *plan = NULL;
    uint32_t warnings = 0;
    rc_status status = cli_source_open(&source, file);
    if (status == RC_OK)
        status = cli_load(&scenario, &source, arguments, NULL, &warnings);
    if (status == RC_OK)
        status = compile(&plan, file, scenario);
    if (status == RC_OK) {
        warnings += cli_warn(file, plan, arguments->quiet);
        status = check_what_ifs(scenario, &source, arguments);
    }
    if (status == RC_OK && !arguments->quiet)
        status = answer(&source, scenario, plan, warnings, arguments->verbose);
    rc_plan_free(plan);
    rc_scenario_free(scenario);
    cli_source_close(&source);
    return status;
}

rc_status cli_check(const cli_arguments *arguments)
{
    rc_status worst = RC_OK;
    for (uint32_t i = 0; i < arguments->operands.n; i++)
        worst = cli_worst(worst, check(arguments->operands.at[i], arguments));
    return worst;
}
