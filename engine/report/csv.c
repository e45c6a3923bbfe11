#include "report/csv.h"
#include "report/emit.h"
#include "report/verdict.h"
#include "base/date.h"
#include "base/text.h"
#include <math.h>

/* --------------------------------------------------------------------- cells */

static void text(FILE *out, const char *s, char after)
{
    if (s)
        rc_emit_csv(out, s);
    fputc(after, out);
}

static void number(FILE *out, double x, char after)
{
    rc_emit_number(out, x);
    fputc(after, out);
}

static void date(FILE *out, const rc_result *r, double days,
                 int32_t (*date_of)(const rc_result *, double))
{
    char iso[11];
    if (isinf(days)) {
        fputs("never", out);
    } else if (!isnan(days)) {
        rc_date of = date_of(r, days);
        rc_date_print(iso, of);
        fputs(of > rc_date_from(9999, 12, 31) ? "after 9999" : iso, out);
    }
}

/* ",duration_p10,duration_p50,…" */
static void percentile_heads(FILE *out, const rc_result *r, const char *what)
{
    for (uint32_t i = 0; i < r->percentiles_n; i++) {
        char percent[32];
        rc_number_print(percent, r->percentiles[i]);
        fprintf(out, ",%s_p%s", what, percent);
    }
}

static void percentile_cells(FILE *out, const rc_result *r, const double *values)
{
    for (uint32_t i = 0; i < r->percentiles_n; i++) {
        fputc(',', out);
        rc_emit_number(out, values[i]);
    }
}

static void percentile_dates(FILE *out, const rc_result *r, const double *days,
                             int32_t (*date_of)(const rc_result *, double))
{
    for (uint32_t i = 0; i < r->percentiles_n; i++) {
        fputc(',', out);
        date(out, r, days[i], date_of);
    }
}

/* With the ends of its interval. */
static void share(FILE *out, rc_share share)
{
    number(out, share.p, ',');
    number(out, share.low, ',');
    number(out, share.high, ',');
}

/* --------------------------------------------------------------- percentiles */

static void spread_rows(FILE *out, const rc_result *r, const char *quantity,
                        const char *unit, const rc_spread *s, bool is_date)
{
    for (uint32_t i = 0; s->p && i < r->percentiles_n; i++) {
        text(out, quantity, ',');
        text(out, rc_unit_kept(r, unit), ',');
        number(out, r->percentiles[i], ',');
        number(out, s->p[i], ',');
        number(out, s->p_low ? s->p_low[i] : NAN, ',');
        number(out, s->p_high ? s->p_high[i] : NAN, ',');
        date(out, r, is_date ? s->p[i] : NAN, rc_result_finish_date);
        fputc('\n', out);
    }
}

void rc_csv_percentiles(FILE *out, const rc_result *r)
{
    char quantity[160];
    fputs("quantity,unit,percentile,value,low,high,date\n", out);
    spread_rows(out, r, "finish", "days", &r->finish, true);
    spread_rows(out, r, "finish.launched", "days", &r->finish_launched, true);
    spread_rows(out, r, "cost", r->currency, &r->cost, false);
    for (uint32_t i = 0; i < r->metrics_n; i++) {
        const rc_metric_result *m = &r->metrics[i];
        snprintf(quantity, sizeof quantity, "metrics.%s.true", m->id);
        spread_rows(out, r, quantity, m->unit, &m->true_value, false);
        snprintf(quantity, sizeof quantity, "metrics.%s.measured", m->id);
        spread_rows(out, r, quantity, m->unit, &m->measured, false);
    }
    for (uint32_t i = 0; i < r->outputs_n; i++) {
        const rc_output_result *o = &r->outputs[i];
        if (o->output.kind == RC_OUT_SPREAD && o->output.series == 1)
            spread_rows(out, r, o->output.path, o->output.unit, o->spread, false);
    }
}

/* --------------------------------------------------------- tasks and drivers */

void rc_csv_tasks(FILE *out, const rc_result *r)
{
    fputs("id,name,phase,milestone,p_occurs,p_occurs_low,p_occurs_high,rounds,rounds_"
          "error,"
          "criticality,criticality_low,criticality_high,cruciality,cruciality_low,"
          "cruciality_high,ssi,cost_mean,cost_mean_error,duration_mean,duration_sd",
          out);
    percentile_heads(out, r, "duration");
    percentile_heads(out, r, "start_days");
    percentile_heads(out, r, "start");
    percentile_heads(out, r, "finish_days");
    percentile_heads(out, r, "finish");
    fputc('\n', out);
    for (uint32_t i = 0; i < r->tasks_n; i++) {
        const rc_task_result *t = &r->tasks[i];
        text(out, t->id, ',');
        text(out, t->name, ',');
        text(out, t->phase, ',');
        text(out, t->milestone, ',');
        share(out, t->occurs);
        number(out, t->rounds, ',');
        number(out, t->rounds_error, ',');
        share(out, t->criticality);
        share(out, (rc_share){t->cruciality, t->cruciality_low, t->cruciality_high});
        number(out, t->ssi, ',');
        number(out, t->cost_mean, ',');
        number(out, t->cost_error, ',');
        number(out, t->duration.mean, ',');
        rc_emit_number(out, t->duration.sd);
        percentile_cells(out, r, t->duration.p);
        percentile_cells(out, r, t->start.p);
        percentile_dates(out, r, t->start.p, rc_task_start_date(t));
        percentile_cells(out, r, t->finish.p);
        percentile_dates(out, r, t->finish.p, rc_result_finish_date);
        fputc('\n', out);
    }
}

void rc_csv_drivers(FILE *out, const rc_result *r)
{
    fputs("id,name,low_days,high_days,days_error,low_at,high_at,share_of_variance,"
          "rank_correlation,rank_correlation_low,rank_correlation_high,origin,method,"
          "beyond_noise\n",
          out);
    const uint32_t seen = rc_drivers_seen(r, r->drivers_n);
    for (uint32_t i = 0; i < r->drivers_n; i++) {
        const rc_driver *d = &r->drivers[i];
        text(out, d->id, ',');
        text(out, d->name, ',');
        number(out, d->low_days, ',');
        number(out, d->high_days, ',');
        number(out, d->days_error, ',');
        number(out, d->low_at, ',');
        number(out, d->high_at, ',');
        number(out, d->share_of_variance, ',');
        share(out, (rc_share){d->rank_correlation, d->rank_low, d->rank_high});
        text(out, rc_origin_word(d->origin), ',');
        text(out, d->method, ',');
        text(out, i < seen ? "yes" : "no", '\n');
    }
}

/* --------------------------------------------------------------------- batch */

/* Percentiles that every result keeps, so that rows of a batch line up. */
static const double kept[] = {10, 50, 80, 90};
enum { KEPT = sizeof kept / sizeof *kept };

enum { BATCH_CELLS = 13 + KEPT + 1 + KEPT }; /* between the file and the exit code */

void rc_csv_batch(FILE *out, const rc_batch_row *row)
{
    if (!row) {
        fputs("file,scenario,folder,scenario_sha256,seed,futures,p_launch,p_deadline,p_"
              "budget,"
              "p_target,p_all,p_stopped,promise,confidence",
              out);
        for (int i = 0; i < KEPT; i++)
            fprintf(out, ",finish_p%g", kept[i]);
        fputs(",currency", out);
        for (int i = 0; i < KEPT; i++)
            fprintf(out, ",cost_p%g", kept[i]);
        fputs(",exit_code\n", out);
        return;
    }
    const rc_result *r = row->result;
    text(out, row->file, ',');
    if (!r) {
        for (int i = 0; i < BATCH_CELLS; i++)
            fputc(',', out);
        fprintf(out, "%d\n", (int)row->status);
        return;
    }
    const rc_verdict *v = &r->verdict;
    text(out, r->scenario, ',');
    text(out, r->folder, ',');
    text(out, r->sha256, ',');
    fprintf(out, "%llu,%llu,", (unsigned long long)r->seed,
            (unsigned long long)r->futures);
    number(out, v->launch.p, ',');
    number(out, v->deadline.p, ',');
    number(out, v->budget.p, ',');
    number(out, v->target.p, ',');
    number(out, v->all.p, ',');
    number(out, v->stopped.p, ',');
    date(out, r, rc_verdict_can_promise(r) ? v->promise_days : NAN,
         rc_result_finish_date);
    fputc(',', out);
    rc_emit_number(out, v->confidence);
    for (int i = 0; i < KEPT; i++) {
        fputc(',', out);
        date(out, r, rc_spread_at(r, &r->finish, kept[i]), rc_result_finish_date);
    }
    fputc(',', out);
    rc_emit_csv(out, r->currency ? r->currency : "");
    for (int i = 0; i < KEPT; i++) {
        fputc(',', out);
        rc_emit_number(out, rc_spread_at(r, &r->cost, kept[i]));
    }
    fprintf(out, ",%d\n", (int)row->status);
}
