#include "report/json.h"
#include "report/verdict.h"
#include "base/date.h"
#include <roadcast/report.h>
#include <roadcast/version.h>
#include <math.h>
#include <string.h>

/* --------------------------------------------------------------------- dates */

/* Years of more than four digits are no date: null, as for what never comes. */
static void put_date(rc_json *json, const char *key, int32_t date)
{
    char text[11];
    if (date == RC_DATE_NONE || date > rc_date_from(9999, 12, 31)) {
        rc_json_null(json, key);
        return;
    }
    rc_date_print(text, date);
    rc_json_text(json, key, text);
}

static void put_day(rc_json *json, const char *key, const rc_result *result,
                    double days, int32_t (*date_of)(const rc_result *, double))
{
    put_date(json, key, isfinite(days) ? date_of(result, days) : RC_DATE_NONE);
}

static void put_day_percentiles(rc_json *json, const rc_result *result,
                                const double *days,
                                int32_t (*date_of)(const rc_result *, double))
{
    rc_json_object_line(json, "percentiles");
    for (uint32_t i = 0; i < result->percentiles_n; i++) {
        char percent[32];
        rc_json_percent(percent, result->percentiles[i]);
        put_day(json, percent, result, days[i], date_of);
    }
    rc_json_end(json);
    rc_json_percentiles(json, "percentiles_days", result, days);
}

static void put_texts(rc_json *json, const char *key, const char *const *texts,
                      uint32_t n)
{
    rc_json_array(json, key);
    for (uint32_t i = 0; i < n; i++)
        rc_json_text(json, NULL, texts[i]);
    rc_json_end(json);
}

static void put_numbers(rc_json *json, const char *key, const double *x, uint32_t n)
{
    rc_json_array_line(json, key);
    for (uint32_t i = 0; i < n; i++)
        rc_json_number(json, NULL, x[i]);
    rc_json_end(json);
}

/* --------------------------------------------------------------- run, verdict */

static void put_run(rc_json *json, const rc_result *r)
{
    char seed[24];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)r->seed);
    rc_json_object(json, "tool");
    rc_json_text(json, "name", "roadcast");
    rc_json_text(json, "version", RC_VERSION);
    rc_json_end(json);
    rc_json_object(json, "run");
    rc_json_text(json, "scenario", r->scenario);
    rc_json_text(json, "question", r->question);
    rc_json_text(json, "owner", r->owner);
    rc_json_text(json, "scenario_sha256", r->sha256);
    rc_json_text(json, "seed", seed);
    rc_json_text(json, "rng", RC_RNG);
    rc_json_count(json, "futures", r->futures);
    rc_json_count(json, "detail_futures", r->detail_futures);
    rc_json_text(json, "sampling", "independent");
    rc_json_bool(json, "exact_quantiles", r->exact_quantiles);
    if (!r->exact_quantiles)
        rc_json_number(json, "quantile_resolution", r->quantile_resolution);
    rc_json_bool(json, "resource_limited", r->resource_limited);
    put_texts(json, "set", r->set, r->set_n);
    rc_json_end(json);
}

static void put_target(rc_json *json, const char *key, const rc_result *r,
                       const rc_target *target)
{
    rc_json_object_line(json, key);
    rc_json_text(json, "metric", target->metric);
    rc_json_text(json, "direction", target->up ? "up" : "down");
    rc_json_number(json, "value", target->value);
    rc_json_text(json, "unit", rc_unit_kept(r, target->unit));
    rc_json_end(json);
}

static void put_goals(rc_json *json, const rc_result *r)
{
    rc_json_object(json, "goals");
    put_date(json, "start", r->start_date);
    put_date(json, "deadline",
             r->verdict.has_deadline ? r->deadline_date : RC_DATE_NONE);
    rc_json_number(json, "deadline_days",
                   r->verdict.has_deadline ? r->deadline_days : NAN);
    rc_json_number(json, "budget", r->verdict.has_budget ? r->budget : NAN);
    if (r->verdict.has_target)
        put_target(json, "target", r, &r->target);
    else
        rc_json_null(json, "target");
    rc_json_array(json, "targets");
    for (uint32_t i = 0; i < r->targets_n; i++)
        put_target(json, NULL, r, &r->targets[i]);
    rc_json_end(json);
    if (r->hypothesis)
        rc_json_text(json, "hypothesis", r->hypothesis);
    if (r->supports.measure) {
        rc_json_object_line(json, "supports");
        rc_json_text(json, "measure", r->supports.measure);
        rc_json_number(json, r->supports.up ? "at_least" : "at_most",
                       r->supports.wanted);
        rc_json_text(json, "unit", rc_unit_kept(r, r->supports.unit));
        put_date(json, "by", r->supports.by);
        rc_json_end(json);
    }
    rc_json_end(json);
}

static void put_chances(rc_json *json, const rc_result *r, const rc_verdict *v)
{
    rc_json_share(json, "p_launch", v->launch);
    rc_json_share(json, "p_deadline", v->deadline);
    rc_json_share(json, "p_budget", v->budget);
    rc_json_share(json, "p_target", v->target);
    rc_json_share(json, "p_all", v->all);
    rc_json_share(json, "p_stopped", v->stopped);
    rc_json_share(json, "p_not_possible", v->not_possible);
    rc_json_share(json, "p_not_found", v->not_found);
    double promise = rc_verdict_can_promise(r) ? v->promise_days : NAN;
    put_day(json, "promise", r, promise, rc_result_finish_date);
    rc_json_between(json, "promise_days", promise, v->promise_low, v->promise_high);
    rc_json_number(json, "confidence", v->confidence);
}

static void put_fallback(rc_json *json, const char *key, const rc_result *r,
                         const rc_fallback *less)
{
    if (!isfinite(less->target)) {
        rc_json_null(json, key);
        return;
    }
    rc_json_object_line(json, key);
    rc_json_number(json, "target", less->target);
    rc_json_share(json, "chance", less->chance);
    put_day(json, "by", r, isfinite(less->days) ? less->days : NAN,
            rc_result_finish_date);
    rc_json_end(json);
}

static void put_verdict(rc_json *json, const rc_result *r)
{
    char headline[1024];
    const rc_verdict *v = &r->verdict;
    rc_json_object(json, "verdict");
    rc_json_text(json, "headline", rc_verdict_headline(headline, sizeof headline, r));
    put_chances(json, r, v);
    put_fallback(json, "fallback", r, &v->fallback);
    put_fallback(json, "fallback_later", r, &v->fallback_later);
    rc_json_array(json, "targets");
    for (uint32_t i = 0; i < v->targets_n; i++) {
        rc_json_object_line(json, NULL);
        rc_json_text(json, "metric", v->targets[i].metric);
        rc_json_share(json, "p", v->targets[i].p);
        rc_json_end(json);
    }
    rc_json_end(json);
    const rc_stop *most = rc_verdict_stop(v, 0);
    rc_json_text(json, "stopped_mostly_at", most ? most->id : NULL);
    rc_json_text(json, "stopped_mostly_by", most ? most->mostly : NULL);
    rc_json_array(json, "stops");
    for (uint32_t i = 0; i < v->stops_n; i++) {
        rc_json_object_line(json, NULL);
        rc_json_text(json, "id", v->stops[i].id);
        rc_json_text(json, "kind", v->stops[i].kind);
        rc_json_text(json, "name", v->stops[i].name);
        rc_json_share(json, "p", v->stops[i].p);
        rc_json_text(json, "mostly", v->stops[i].mostly);
        rc_json_number(json, "cost_mean", v->stops[i].cost);
        rc_json_array(json, "cost_mean_interval");
        rc_json_number(json, NULL, v->stops[i].cost_low);
        rc_json_number(json, NULL, v->stops[i].cost_high);
        rc_json_end(json);
        rc_json_end(json);
    }
    rc_json_end(json);
    rc_json_end(json);
}

/* --------------------------------------------------------------- finish, cost */

static void put_finish(rc_json *json, const rc_result *r)
{
    const rc_spread *launched = &r->finish_launched;
    const rc_histogram *h = &r->finish_histogram;
    rc_json_object(json, "finish");
    rc_json_text(json, "unit", "date");
    put_day_percentiles(json, r, r->finish.p, rc_result_finish_date);
    rc_json_intervals(json, "percentiles_days_interval", r, r->finish.p_low,
                      r->finish.p_high);
    rc_json_object(json, "launched");
    rc_json_count(json, "n", launched->n);
    put_day(json, "mean", r, launched->mean, rc_result_finish_date);
    rc_json_number(json, "mean_days", launched->mean);
    rc_json_number(json, "sd_days", launched->sd);
    rc_json_percentiles(json, "percentiles_days", r, launched->p);
    rc_json_intervals(json, "percentiles_days_interval", r, launched->p_low,
                      launched->p_high);
    rc_json_end(json);
    rc_json_object(json, "histogram");
    rc_json_array_line(json, "edges");
    for (uint32_t i = 0; h->n && i <= h->n; i++)
        put_date(json, NULL, (int32_t)h->edges[i]);
    rc_json_end(json);
    rc_json_array_line(json, "counts");
    for (uint32_t i = 0; i < h->n; i++)
        rc_json_count(json, NULL, h->counts[i]);
    rc_json_end(json);
    rc_json_count(json, "never", h->never);
    rc_json_end(json);
    rc_json_end(json);
}

static void put_cost(rc_json *json, const rc_result *r)
{
    rc_json_object(json, "cost");
    rc_json_text(json, "unit", r->currency);
    rc_json_number(json, "mean", r->cost.mean);
    rc_json_number(json, "sd", r->cost.sd);
    rc_json_percentiles(json, "percentiles", r, r->cost.p);
    rc_json_intervals(json, "percentiles_interval", r, r->cost.p_low, r->cost.p_high);
    rc_json_object_line(json, "by_kind");
    for (uint32_t i = 0; i < r->cost_kinds_n; i++)
        rc_json_number(json, r->cost_kinds[i], r->cost_by_kind[i]);
    rc_json_end(json);
    rc_json_object_line(json, "by_kind_error");
    for (uint32_t i = 0; i < r->cost_kinds_n; i++)
        rc_json_number(json, r->cost_kinds[i], r->cost_by_kind_error[i]);
    rc_json_end(json);
    rc_json_object(json, "histogram");
    put_numbers(json, "edges", r->cost_histogram.edges,
                r->cost_histogram.n ? r->cost_histogram.n + 1 : 0);
    rc_json_array_line(json, "counts");
    for (uint32_t i = 0; i < r->cost_histogram.n; i++)
        rc_json_count(json, NULL, r->cost_histogram.counts[i]);
    rc_json_end(json);
    rc_json_end(json);
    rc_json_end(json);
}

/* ------------------------------------------------------ metrics, tasks, drivers */

static void put_metric_value(rc_json *json, const char *key, const rc_result *r,
                             const rc_spread *s, const rc_metric_result *with)
{
    rc_json_object(json, key);
    rc_json_count(json, "n", s->n);
    rc_json_number(json, "mean", s->mean);
    rc_json_number(json, "sd", s->sd);
    rc_json_percentiles(json, "percentiles", r, s->p);
    rc_json_intervals(json, "percentiles_interval", r, s->p_low, s->p_high);
    if (with) {
        rc_json_percentiles(json, "with_chance", r, with->chance_of_more);
        rc_json_intervals(json, "with_chance_interval", r, with->chance_of_more_low,
                          with->chance_of_more_high);
    }
    rc_json_end(json);
}

static void put_metrics(rc_json *json, const rc_result *r)
{
    rc_json_object(json, "metrics");
    for (uint32_t i = 0; i < r->metrics_n; i++) {
        const rc_metric_result *m = &r->metrics[i];
        rc_json_object(json, m->id);
        rc_json_text(json, "unit", rc_unit_kept(r, m->unit));
        rc_json_text(json, "direction", m->up ? "up" : "down");
        put_metric_value(json, "true", r, &m->true_value, m);
        put_metric_value(json, "measured", r, &m->measured, NULL);
        rc_json_end(json);
    }
    rc_json_end(json);
}

static void put_tasks(rc_json *json, const rc_result *r)
{
    rc_json_array(json, "tasks");
    for (uint32_t i = 0; i < r->tasks_n; i++) {
        const rc_task_result *t = &r->tasks[i];
        rc_json_object(json, NULL);
        rc_json_text(json, "id", t->id);
        rc_json_text(json, "name", t->name);
        rc_json_text(json, "phase", t->phase);
        rc_json_text(json, "milestone", t->milestone);
        rc_json_share(json, "criticality", t->criticality);
        rc_json_between(json, "cruciality", t->cruciality, t->cruciality_low,
                        t->cruciality_high);
        rc_json_number(json, "ssi", t->ssi);
        rc_json_share(json, "p_occurs", t->occurs);
        rc_json_mean(json, "rounds", t->rounds, t->rounds_error);
        rc_json_object_line(json, "duration");
        rc_json_number(json, "mean", t->duration.mean);
        rc_json_number(json, "sd", t->duration.sd);
        rc_json_percentiles(json, "percentiles", r, t->duration.p);
        rc_json_intervals(json, "percentiles_interval", r, t->duration.p_low,
                          t->duration.p_high);
        rc_json_end(json);
        rc_json_object_line(json, "start");
        put_day_percentiles(json, r, t->start.p, rc_task_start_date(t));
        rc_json_intervals(json, "percentiles_days_interval", r, t->start.p_low,
                          t->start.p_high);
        rc_json_end(json);
        rc_json_object_line(json, "finish");
        put_day_percentiles(json, r, t->finish.p, rc_result_finish_date);
        rc_json_intervals(json, "percentiles_days_interval", r, t->finish.p_low,
                          t->finish.p_high);
        rc_json_end(json);
        rc_json_object_line(json, "cost");
        rc_json_mean(json, "mean", t->cost_mean, t->cost_error);
        rc_json_end(json);
        rc_json_end(json);
    }
    rc_json_end(json);
}

static void put_drivers(rc_json *json, const rc_result *r)
{
    rc_json_array(json, "drivers");
    for (uint32_t i = 0; i < r->drivers_n; i++) {
        const rc_driver *d = &r->drivers[i];
        rc_json_object(json, NULL);
        rc_json_text(json, "id", d->id);
        rc_json_text(json, "name", d->name);
        rc_json_text(json, "method", d->method);
        rc_json_number(json, "low_days", d->low_days);
        rc_json_number(json, "high_days", d->high_days);
        rc_json_number(json, "days_error", d->days_error);
        rc_json_number(json, "low_at", d->low_at);
        rc_json_number(json, "high_at", d->high_at);
        rc_json_number(json, "share_of_variance", d->share_of_variance);
        rc_json_between(json, "rank_correlation", d->rank_correlation, d->rank_low,
                        d->rank_high);
        rc_json_text(json, "origin", rc_origin_word(d->origin));
        rc_json_end(json);
    }
    rc_json_end(json);
}

/* ---------------------------------------------------------- sections of models */

/* Sections of the contract that models fill, in its order; what a model adds beyond
 * them follows as it comes. */
static const struct section {
    const char *name, *prefix,
        *steps; /* steps: what counts a series, before its members */
    bool is_object;
} sections[] = {
    {"labelling", "labelling", NULL, false},
    {"experiments", "experiments", NULL, false},
    {"gates", "gates", NULL, false},
    {"fairness", "fairness", NULL, false},
    {"risks", "risks", NULL, false},
    {"production", "production.", "months", true},
    {"value", "value.", NULL, true},
};
enum { SECTIONS = sizeof sections / sizeof *sections };

static void put_steps(rc_json *json, const rc_result *r, const char *key,
                      const char *prefix)
{
    uint32_t n = rc_json_series_below(r, prefix);
    if (n == 0)
        return;
    rc_json_array_line(json, key);
    for (uint32_t i = 0; i < n; i++)
        rc_json_count(json, NULL, i);
    rc_json_end(json);
}

static void put_knowing(rc_json *json, const rc_result *r)
{
    if (!rc_result_output(r, "value.npv"))
        return;
    rc_json_mean(json, "worth_knowing_everything", r->knowing_all,
                 r->knowing_all_error);
    rc_json_array(json, "worth_knowing");
    for (uint32_t i = 0; i < r->knowing_n; i++) {
        const rc_knowing *k = &r->knowing[i];
        rc_json_object_line(json, NULL);
        rc_json_text(json, "id", k->id);
        rc_json_text(json, "name", k->name);
        rc_json_number(json, "worth", k->worth);
        rc_json_number(json, "error", k->error);
        rc_json_text(json, "origin", rc_origin_word(k->origin));
        rc_json_end(json);
    }
    rc_json_end(json);
}

static void put_object(rc_json *json, const rc_result *r, const struct section *s)
{
    rc_json_object(json, s->name);
    if (s->steps)
        put_steps(json, r, s->steps, s->prefix);
    rc_json_members(json, r, s->prefix);
    if (strcmp(s->name, "value") == 0)
        put_knowing(json, r);
    rc_json_end(json);
}

/* What outputs add below a prefix beyond the names that have their place already. */
static void put_others(rc_json *json, const rc_result *r, const char *prefix,
                       const char *const *known)
{
    size_t before = strlen(prefix);
    for (uint32_t i = 0; i < r->outputs_n; i++) {
        const char *path = r->outputs[i].output.path;
        if (strncmp(path, prefix, before) != 0)
            continue;
        size_t n = strcspn(path + before, ".[");
        char name[128];
        if (n >= sizeof name)
            continue;
        memcpy(name, path + before, n);
        name[n] = '\0';
        bool seen = false;
        for (const char *const *k = known; *k && !seen; k++)
            seen = strcmp(*k, name) == 0;
        for (uint32_t k = 0; k < i && !seen; k++)
            seen = strncmp(r->outputs[k].output.path, path, before + n + 1) == 0;
        if (!seen)
            rc_json_section(json, r, prefix, name);
    }
}

static void put_sections(rc_json *json, const rc_result *r)
{
    const char *known[SECTIONS + 2] = {"figures"};
    for (size_t s = 0; s < SECTIONS; s++) {
        known[s + 1] = sections[s].name;
        if (sections[s].is_object) {
            put_object(json, r, &sections[s]);
        } else if (!rc_json_section(json, r, "", sections[s].name)) {
            rc_json_array(json, sections[s].name);
            rc_json_end(json);
        }
    }
    put_others(json, r, "", known);
}

/* ------------------------------------------------------------ what_if, figures */

static void put_what_if(rc_json *json, const rc_result *r)
{
    rc_json_array(json, "what_if");
    for (uint32_t i = 0; i < r->what_if_n; i++) {
        const rc_what_if_result *w = &r->what_if[i];
        rc_json_object(json, NULL);
        rc_json_text(json, "id", w->id);
        rc_json_text(json, "name", w->name);
        rc_json_number(json, "gain", w->gain);
        rc_json_number(json, "gain_error", w->gain_error);
        rc_json_number(json, "value_gain", w->value_gain);
        rc_json_number(json, "value_gain_error", w->value_gain_error);
        rc_json_bool(json, "same_goals", w->same_goals);
        rc_json_number(json, "cost_change", w->cost_change);
        rc_json_number(json, "cost_change_error", w->cost_change_error);
        rc_json_number(json, "gain_per_money", w->per_money);
        rc_json_array_line(json, "gain_per_money_interval");
        rc_json_number(json, NULL, w->per_money_low);
        rc_json_number(json, NULL, w->per_money_high);
        rc_json_end(json);
        put_day(json, "finish_p80", r, w->finish_p80_days, rc_result_finish_date);
        rc_json_between(json, "finish_p80_days", w->finish_p80_days, w->finish_p80_low,
                        w->finish_p80_high);
        rc_json_between(json, "cost_p80", w->cost_p80, w->cost_p80_low,
                        w->cost_p80_high);
        rc_json_object(json, "verdict");
        put_chances(json, r, &w->verdict);
        rc_json_end(json);
        rc_json_end(json);
    }
    rc_json_end(json);
}

static void put_cell(rc_json *json, const char *key, const rc_hit_map *m, uint32_t day,
                     uint32_t target)
{
    if (day >= m->days_n || target >= m->targets_n) {
        rc_json_null(json, key);
        return;
    }
    rc_json_object_line(json, key);
    rc_json_count(json, "day", day);
    rc_json_count(json, "target", target);
    rc_json_end(json);
}

static void put_hit_map(rc_json *json, const rc_result *r)
{
    const rc_hit_map *m = &r->hit_map;
    rc_json_object(json, "hit_map");
    if (m->days_n > 0 && m->targets_n > 0) {
        rc_json_array_line(json, "dates");
        for (uint32_t d = 0; d < m->days_n; d++)
            put_day(json, NULL, r, m->days[d], rc_result_finish_date);
        rc_json_end(json);
        put_numbers(json, "days", m->days, m->days_n);
        put_numbers(json, "targets", m->targets, m->targets_n);
        rc_json_array(json, "chance");
        for (uint32_t t = 0; t < m->targets_n; t++)
            rc_json_chances(json, NULL, m->chance + (size_t)t * m->days_n, m->days_n);
        rc_json_end(json);
        rc_json_array(json, "chance_interval");
        for (uint32_t t = 0; t < m->targets_n; t++)
            rc_json_ends(json, NULL, m->chance + (size_t)t * m->days_n, m->days_n);
        rc_json_end(json);
        put_cell(json, "promise", m, m->promise_day, m->promise_target);
        put_cell(json, "nearest", m, m->nearest_day, m->nearest_target);
    }
    rc_json_end(json);
}

static void put_dots(rc_json *json, const rc_result *r)
{
    rc_json_object(json, "cost_and_date");
    rc_json_array_line(json, "finish_days");
    for (uint32_t i = 0; i < r->dots_n; i++)
        rc_json_number(json, NULL, r->dots[i].finish_days);
    rc_json_end(json);
    rc_json_array_line(json, "cost");
    for (uint32_t i = 0; i < r->dots_n; i++)
        rc_json_number(json, NULL, r->dots[i].cost);
    rc_json_end(json);
    rc_json_array_line(json, "reached");
    for (uint32_t i = 0; i < r->dots_n; i++)
        rc_json_bool(json, NULL, r->dots[i].reached);
    rc_json_end(json);
    rc_json_end(json);
}

static void put_figures(rc_json *json, const rc_result *r)
{
    static const struct section search = {"search", "figures.search.", "weeks", true};
    rc_json_object(json, "figures");
    put_hit_map(json, r);
    put_dots(json, r);
    put_object(json, r, &search);
    put_others(json, r, "figures.",
               (const char *const[]){"hit_map", "cost_and_date", "search", NULL});
    rc_json_end(json);
}

rc_status rc_print_json(const rc_result *result, FILE *out, rc_error *err)
{
    rc_json json = {.out = out};
    rc_json_object(&json, NULL);
    rc_json_text(&json, "schema", "roadcast.result");
    rc_json_text(&json, "schema_version", RC_RESULT_SCHEMA);
    put_run(&json, result);
    put_goals(&json, result);
    put_verdict(&json, result);
    put_finish(&json, result);
    put_cost(&json, result);
    put_metrics(&json, result);
    put_tasks(&json, result);
    put_drivers(&json, result);
    put_sections(&json, result);
    put_what_if(&json, result);
    put_figures(&json, result);
    put_texts(&json, "assumed", result->assumed, result->assumed_n);
    put_texts(&json, "warnings", result->warnings, result->warnings_n);
    rc_json_end(&json);
    return ferror(out) ? rc_fail(err, RC_IO, "cannot write JSON: a write failed")
                       : RC_OK;
}
