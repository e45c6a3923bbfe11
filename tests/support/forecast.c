#include "forecast.h"
#include <check.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <roadcast.h>
#include "plan/plan.h"

/* Ends a test whose scenario was refused; its warnings are nobody's here. */
static void lawful(rc_status status, rc_faults *faults, const rc_error *err,
                   const char *text)
{
    if (status == RC_OK) {
        rc_faults_free(faults);
        return;
    }
    if (faults)
        rc_faults_print(faults, stderr, false);
    fprintf(stderr, "%s\n", text); /* longer than a message may be */
    ck_abort_msg("%s", err->text);
}

/* A text, or the file of that name. */
typedef struct source {
    const char *text, *path;
} source;

static rc_scenario *read_scenario(const source *from, const char *const *set)
{
    rc_scenario_options options = {.models = rc_models, .set = set};
    while (set && set[options.set_n])
        options.set_n++;
    rc_scenario *scenario = NULL;
    rc_faults *faults = NULL;
    rc_error err = {0};
    const rc_status status =
        from->text ? rc_scenario_read_text(&scenario, &faults, "test.cfg", from->text,
                                           strlen(from->text), &options, &err)
                   : rc_scenario_read(&scenario, &faults, from->path, &options, &err);
    lawful(status, faults, &err, from->text ? from->text : from->path);
    return scenario;
}

static rc_plan *compile(const rc_scenario *scenario, const forecast_options *o)
{
    rc_error err = {0};
    rc_plan *plan = NULL;
    ck_assert_msg(rc_plan_compile(&plan, scenario, &err) == RC_OK, "%s", err.text);
    if (o->queue)
        plan->by_events = true;
    return plan;
}

static rc_result *run(const source *from, const forecast_options *options)
{
    const forecast_options o = options ? *options : (forecast_options){0};
    rc_scenario *scenario = read_scenario(from, o.set);
    rc_scenario *changed = o.what_if ? read_scenario(from, o.what_if) : NULL;
    rc_plan *plan = compile(scenario, &o);
    rc_plan *other = changed ? compile(changed, &o) : NULL;
    const rc_variant what_if = {"other", "Other", other};
    const rc_run_options asked = {.futures = o.futures,
                                  .seed_given = o.seed != 0,
                                  .seed = o.seed,
                                  .verdict_only = o.verdict_only,
                                  .what_if = &what_if,
                                  .what_if_n = other != NULL,
                                  .samples = o.samples,
                                  .threads = o.threads ? o.threads : 1};
    rc_error err = {0};
    rc_result *result = NULL;
    ck_assert_msg(rc_run(&result, plan, &asked, &err) == RC_OK, "%s", err.text);
    rc_plan_free(other);
    rc_plan_free(plan);
    rc_scenario_free(changed);
    rc_scenario_free(scenario);
    return result;
}

rc_result *forecast(const char *text, const forecast_options *options)
{
    return run(&(source){.text = text}, options);
}

rc_result *forecast_file(const char *path, const forecast_options *options)
{
    return run(&(source){.path = path}, options);
}

static const double *column(const rc_result *result, const char *wanted)
{
    const char *name;
    const double *values;
    for (uint32_t i = 0; rc_result_samples(result, i, &name, &values); i++)
        if (strcmp(name, wanted) == 0)
            return values;
    ck_abort_msg("no samples of '%s'", wanted);
    return NULL;
}

const double *forecast_finish(const rc_result *result)
{
    return column(result, "finish_days");
}

const double *forecast_cost(const rc_result *result)
{
    return column(result, "cost");
}

const rc_task_result *forecast_task(const rc_result *result, const char *id)
{
    for (uint32_t i = 0; i < result->tasks_n; i++)
        if (strcmp(result->tasks[i].id, id) == 0)
            return &result->tasks[i];
    ck_abort_msg("no task '%s'", id);
    return NULL;
}

void forecast_add(forecast_text *text, const char *format, ...)
{
    va_list list;
    for (;;) {
        va_start(list, format);
        const size_t left = text->room - text->n;
        const int n =
            vsnprintf(text->at ? text->at + text->n : NULL, left, format, list);
        va_end(list);
        if (n < 0)
            abort();
        if ((size_t)n < left) {
            text->n += (size_t)n;
            return;
        }
        text->room = 2 * text->room + (size_t)n + 1024;
        text->at = realloc(text->at, text->room);
        if (!text->at)
            abort();
    }
}
