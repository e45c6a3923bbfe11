#include "effects.h"
#include "forecast.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What follows a prefix, or NULL. */
static const char *after(const char *text, const char *prefix)
{
    const size_t n = strlen(prefix);
    return strncmp(text, prefix, n) == 0 ? text + n : NULL;
}

static double of_task(const rc_result *r, const char *id_and_what)
{
    char id[32];
    const char *dot = strchr(id_and_what, '.'), *what = dot + 1;
    snprintf(id, sizeof id, "%.*s", (int)(dot - id_and_what), id_and_what);
    const rc_task_result *t = forecast_task(r, id);
    const struct {
        const char *what;
        double value;
    } known[] = {{"duration", t->duration.mean}, {"start", t->start.mean},
                 {"finish", t->finish.mean},     {"cost", t->cost_mean},
                 {"occurs", t->occurs.p},          {"rounds", t->rounds}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].what, what) == 0)
            return known[i].value;
    ck_abort_msg("no %s of a task", what);
    return NAN;
}

static double of_path(const rc_result *r, const char *path, double *error)
{
    char name[96];
    const char *sd = after(path, "sd of "), *rest = sd ? sd : path;
    const char *at = strchr(rest, '@');
    snprintf(name, sizeof name, "%.*s", at ? (int)(at - rest) : (int)strlen(rest),
             rest);
    const uint32_t k = at ? (uint32_t)atoi(at + 1) : 0;
    const rc_output_result *o = rc_result_output(r, name);
    ck_assert_msg(o != NULL, "no output %s", name);
    if (o->share) {
        const double p = o->share[k].p;
        *error = sqrt(p * (1 - p) / (double)r->detail_futures);
        return p;
    }
    const rc_spread *x = &o->spread[k];
    *error = x->sd / sqrt((double)x->n * (sd ? 2 : 1));
    return sd ? x->sd : x->mean;
}

static double of_metric(const rc_result *r, const char *id_and_what, double *error)
{
    for (uint32_t i = 0; i < r->metrics_n; i++) {
        const char *what = after(id_and_what, r->metrics[i].id);
        const rc_spread *x = &r->metrics[i].true_value;
        *error = x->sd / sqrt((double)x->n);
        if (what && strcmp(what, ".true") == 0)
            return x->mean;
    }
    ck_abort_msg("no metric %s", id_and_what);
    return NAN;
}

static double mean_finish(const rc_result *r, double never)
{
    const double *finish = forecast_finish(r);
    double sum = 0;
    for (uint64_t i = 0; i < r->futures; i++)
        sum += fmin(finish[i], never);
    return sum / (double)r->futures;
}

static double width(const rc_result *r)
{
    double p10 = NAN, p80 = NAN;
    for (uint32_t i = 0; i < r->percentiles_n; i++) {
        p10 = r->percentiles[i] == 10 ? r->finish.p[i] : p10;
        p80 = r->percentiles[i] == 80 ? r->finish.p[i] : p80;
    }
    return p80 - p10;
}

double effects_value(const rc_result *r, const char *output, double never,
                     double *error)
{
    const rc_verdict *v = &r->verdict;
    const struct {
        const char *name;
        double value;
    } known[] = {{"deadline", v->deadline.p},       {"budget", v->budget.p},
                 {"launch", v->launch.p},           {"target", v->target.p},
                 {"stopped", v->stopped.p},         {"promise", v->promise_days},
                 {"finish", mean_finish(r, never)}, {"width", width(r)}};
    const char *rest;
    *error = 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, output) == 0) {
            const double p = known[i].value;
            if (p > 0 && p < 1) /* a part of the verdict */
                *error = sqrt(p * (1 - p) / (double)r->futures);
            return p;
        }
    if (strcmp(output, "cost") == 0) {
        *error = r->cost.sd / sqrt((double)r->futures);
        return r->cost.mean;
    }
    if ((rest = after(output, "tasks.")))
        return of_task(r, rest);
    if ((rest = after(output, "kinds."))) {
        for (uint32_t i = 0; i < r->cost_kinds_n; i++)
            if (strcmp(r->cost_kinds[i], rest) == 0)
                return r->cost_by_kind[i];
        ck_abort_msg("no cost of kind %s", rest);
    }
    if ((rest = after(output, "metrics.")))
        return of_metric(r, rest, error);
    return of_path(r, output, error);
}

static bool same_samples(const rc_result *a, const rc_result *b)
{
    const char *name;
    const double *x, *y;
    bool same = true;
    for (uint32_t c = 0; rc_result_samples(a, c, &name, &x); c++)
        same = same && rc_result_samples(b, c, &name, &y) &&
               memcmp(x, y, EFFECTS_FUTURES * sizeof *x) == 0;
    return same;
}

/* "a=b | c=d" -> its parts, within room, and NULL. */
static void parts_of(const char *set, char *room, size_t size, const char *list[5])
{
    snprintf(room, size, "%s", set);
    list[0] = room;
    for (size_t n = 1; n < 4; n++) {
        char *bar = strstr(list[n - 1], " | ");
        if (!bar)
            break;
        *bar = 0;
        list[n] = bar + 3;
    }
}

rc_result *effects_of(const char *text, const char *set)
{
    char room[512];
    const char *list[5] = {NULL};
    if (set)
        parts_of(set, room, sizeof room, list);
    return forecast(text, &(forecast_options){.futures = EFFECTS_FUTURES, .set = list});
}

static rc_result *changed(const char *scenario, const char *set)
{
    char room[512];
    const char *list[5] = {NULL};
    parts_of(set, room, sizeof room, list);
    const bool own_futures = after(set, "simulation.futures") != NULL;
    return forecast_file(
        scenario,
        &(forecast_options){.futures = own_futures ? 0 : EFFECTS_FUTURES, .set = list});
}

static bool moves_samples(const rc_result *a, const rc_result *b, const effects_row *w)
{
    const bool right = same_samples(a, b) == (w->way == '=');
    if (!right)
        printf("%s: futures %s\n", w->set, w->way == '=' ? "change" : "stay");
    return right;
}

static bool moves(const rc_result *a, const rc_result *b, const effects_row *w,
                  double never)
{
    double error;
    const double x = effects_value(a, w->output, never, &error);
    const double y = effects_value(b, w->output, never, &error);
    const bool right = w->way == '+' ? y > x : w->way == '-' ? y < x : y == x;
    if (!right)
        printf("%s: %s was %.8g, is %.8g, expected %c\n", w->set, w->output, x, y,
               w->way);
    return right;
}

int effects_wrong(const char *scenario, const effects_row *rows, int n, int from,
                  double never)
{
    rc_result *a =
        forecast_file(scenario, &(forecast_options){.futures = EFFECTS_FUTURES});
    int wrong = 0;
    for (int i = from; i < from + EFFECTS_TOGETHER && i < n; i++) {
        rc_result *b = changed(scenario, rows[i].set);
        wrong += strcmp(rows[i].output, "samples") == 0 ? !moves_samples(a, b, &rows[i])
                                                        : !moves(a, b, &rows[i], never);
        rc_result_free(b);
    }
    rc_result_free(a);
    fflush(stdout); /* a failed check ends the process without */
    return wrong;
}
