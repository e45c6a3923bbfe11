#include "also.h"
#include "condition.h"
#include "search.h"
#include <math.h>
#include <string.h>

/* -------------------------------------------------------------------------- bind */

static bool speaks_of(const rc_effects *effects, const char *metric)
{
    for (uint32_t i = 0; i < effects->n; i++)
        if (strcmp(effects->at[i].metric, metric) == 0)
            return true;
    return false;
}

bool rc_also_touches(const rc_experiments *s, const char *metric)
{
    const rc_lever *levers = s->levers.at;
    const rc_approach *approaches = s->approaches.at;
    for (uint32_t i = 0; i < s->levers.n; i++)
        if (speaks_of(&levers[i].also, metric))
            return true;
    for (uint32_t i = 0; i < s->approaches.n; i++)
        if (speaks_of(&approaches[i].also, metric))
            return true;
    return false;
}

static bool better(const rc_effects *effects, const char *metric, bool up)
{
    for (uint32_t i = 0; i < effects->n; i++)
        if (strcmp(effects->at[i].metric, metric) == 0 &&
            (up ? rc_law_quantile(&effects->at[i].change.law, 0.99) > 0.0
                : rc_law_quantile(&effects->at[i].change.law, 0.01) < 0.0))
            return true;
    return false;
}

bool rc_also_improves(const rc_experiments *s, const char *metric, bool up)
{
    const rc_lever *levers = s->levers.at;
    const rc_approach *approaches = s->approaches.at;
    for (uint32_t i = 0; i < s->levers.n; i++)
        if (better(&levers[i].also, metric, up))
            return true;
    for (uint32_t i = 0; i < s->approaches.n; i++)
        if (better(&approaches[i].also, metric, up))
            return true;
    return false;
}

/* The search that moves a metric, NULL: none. */
static const rc_experiments *search_of(rc_binder *b, const char *metric)
{
    const rc_goals *goals = rc_bind_goals(b);
    const rc_experiments *s;
    for (uint32_t i = 0; (s = rc_bind_group(b, "experiments", i)) != NULL; i++)
        if (strcmp(rc_experiments_metric(s, goals), metric) == 0)
            return s;
    return NULL;
}

static bool drawn_as_share(rc_binder *b, const char *metric)
{
    uint32_t n;
    const rc_metric *metrics = rc_bind_metrics(b, &n);
    for (uint32_t i = 0; i < n; i++)
        if (strcmp(metrics[i].head.id, metric) == 0)
            return metrics[i].value.unit && strcmp(metrics[i].value.unit, "%") == 0;
    return false;
}

static uint32_t touch(rc_also_plan *also, rc_binder *b, const char *path,
                      const char *metric)
{
    for (uint32_t i = 0; i < also->n; i++)
        if (strcmp(also->touched[i].metric, metric) == 0)
            return i;
    const rc_experiments *search = search_of(b, metric);
    also->touched[also->n] = (rc_touched){
        .metric = metric,
        .truth = rc_bind_state(b, rc_bind_print(b, "metric.%s", metric), NAN),
        .measured =
            rc_bind_state(b, rc_bind_print(b, "metric.%s.measured", metric), NAN),
        .times = rc_bind_series(b, rc_bind_print(b, "%s.also.%s.times", path, metric),
                                also->slots, 1.0),
        .plus = rc_bind_series(b, rc_bind_print(b, "%s.also.%s.plus", path, metric),
                               also->slots, 0.0),
        .baseline = search ? &search->baseline : NULL,
        .share = search ? rc_experiments_is_share(search) : drawn_as_share(b, metric)};
    return also->n++;
}

static void touch_all(rc_also_plan *also, rc_binder *b, const char *path,
                      const rc_effects *effects)
{
    for (uint32_t i = 0; i < effects->n; i++)
        touch(also, b, path, effects->at[i].metric);
}

void rc_also_bind(rc_also_plan *also, rc_binder *b, const rc_experiments *s,
                  const char *path)
{
    const rc_lever *levers = s->levers.at;
    const rc_approach *approaches = s->approaches.at;
    uint32_t most = s->limits.n;
    for (uint32_t i = 0; i < s->levers.n; i++)
        most += levers[i].also.n;
    for (uint32_t i = 0; i < s->approaches.n; i++)
        most += approaches[i].also.n;
    if (most == 0)
        return;
    also->slots = (s->approaches.n ? s->approaches.n : 1) + 1;
    also->touched = rc_bind_alloc(b, most, sizeof *also->touched);
    for (uint32_t i = 0; i < s->levers.n; i++)
        touch_all(also, b, path, &levers[i].also);
    for (uint32_t i = 0; i < s->approaches.n; i++)
        touch_all(also, b, path, &approaches[i].also);
    also->limits = rc_bind_alloc(b, s->limits.n + 1, sizeof *also->limits);
    for (uint32_t i = 0; i < s->limits.n; i++) {
        const rc_condition *asks = &s->limits.at[i];
        also->limits[also->limits_n++] =
            (rc_limit){.touched = touch(also, b, path, asks->metric),
                       .at_most = !rc_condition_up(asks),
                       .value = asks->value};
    }
}

/* ------------------------------------------------------------------------- place */

void rc_also_begin(const rc_also_plan *also, const rc_step *step, uint32_t lane,
                   bool again)
{
    for (uint32_t i = 0; i < also->n; i++) {
        const rc_touched *t = &also->touched[i];
        double *truth = &step->row[t->truth][lane];
        if (isnan(*truth) && t->baseline)
            *truth = rc_row(step, t->baseline)[lane];
        for (uint32_t k = 0; k < also->slots && again; k++) {
            step->row[t->times + k][lane] = 1.0;
            step->row[t->plus + k][lane] = 0.0;
        }
    }
}

static double factor(double change)
{
    return fmax(1.0 + change, 0.0);
}

void rc_also_keep(const rc_also_plan *also, const rc_step *step, uint32_t lane,
                  uint32_t slot, const rc_effects *effects, uint32_t index)
{
    for (uint32_t e = 0; e < effects->n; e++)
        for (uint32_t i = 0; i < also->n; i++) {
            const rc_touched *t = &also->touched[i];
            if (strcmp(t->metric, effects->at[e].metric) != 0)
                continue;
            const double change = rc_each(step, &effects->at[e].change, index, lane);
            if (effects->at[e].relative)
                step->row[t->times + slot][lane] *= factor(change);
            else
                step->row[t->plus + slot][lane] += change;
        }
}

/* A metric under an approach's model. */
static double value(const rc_also_plan *also, const rc_step *step, uint32_t lane,
                    uint32_t touched, uint32_t approach, const rc_effects *more,
                    uint32_t index)
{
    const rc_touched *t = &also->touched[touched];
    const uint32_t all = also->slots - 1;
    double times =
        step->row[t->times + approach][lane] * step->row[t->times + all][lane];
    double plus = step->row[t->plus + approach][lane] + step->row[t->plus + all][lane];
    for (uint32_t e = 0; more && e < more->n; e++) {
        if (strcmp(t->metric, more->at[e].metric) != 0)
            continue;
        const double change = rc_each(step, &more->at[e].change, index, lane);
        if (more->at[e].relative)
            times *= factor(change);
        else
            plus += change;
    }
    const double is = step->row[t->truth][lane] * times + plus;
    return t->share ? fmin(fmax(is, 0.0), 1.0) : is;
}

double rc_also_breach(const rc_also_plan *also, const rc_step *step, uint32_t lane,
                      uint32_t approach, const rc_effects *more, uint32_t index)
{
    double breach = 0.0;
    for (uint32_t i = 0; i < also->limits_n; i++) {
        const rc_limit *limit = &also->limits[i];
        const double is =
            value(also, step, lane, limit->touched, approach, more, index);
        const double over = limit->at_most ? is - limit->value : limit->value - is;
        const double unit = fmax(fabs(limit->value), 1e-12);
        if (over > rc_hair(limit->value))
            breach += over / unit;
    }
    return breach;
}

void rc_also_apply(const rc_also_plan *also, const rc_step *step, uint32_t lane,
                   uint32_t approach)
{
    for (uint32_t i = 0; i < also->n; i++) {
        const rc_touched *t = &also->touched[i];
        const double is = value(also, step, lane, i, approach, NULL, 0);
        double *truth = &step->row[t->truth][lane];
        double *measured = &step->row[t->measured][lane];
        if (!isnan(*measured))
            *measured += is - *truth;
        *truth = is;
    }
}
