/* hypothesis.c -- targets truly met, and the measure of the business by its day. */
#include "hypothesis.h"
#include "experiments.h"
#include "production.h"
#include "value.h"
#include <math.h>
#include <string.h>

typedef struct bound {
    const rc_goals *goals;
    uint32_t *metric;        /* [targets] state rows */
    const rc_estimate *base; /* NULL: the first target itself */
    bool followed;           /* by production, month by month */
    rc_service service;
    uint32_t right;                  /* row of value: NAN where it does not ask */
    uint32_t holds, measure, wanted; /* outputs; the last two with supports */
} bound;

static const rc_estimate *base_of(rc_binder *b, const char *metric)
{
    const rc_value *value = rc_bind_group(b, "value", 0);
    const rc_experiments *search;
    if (value && value->today.given)
        return &value->today;
    for (uint32_t i = 0; (search = rc_bind_group(b, "experiments", i)); i++)
        if (search->metric && strcmp(search->metric, metric) == 0 &&
            search->baseline.given)
            return &search->baseline;
    return NULL;
}

static void *bind(const void *settings, rc_binder *b)
{
    (void)settings;
    const rc_goals *goals = rc_bind_goals(b);
    const rc_supports *supports = goals->supports;
    if (!supports && (!goals->hypothesis || !goals->targets_n))
        return NULL;
    bound *own = rc_bind_alloc(b, 1, sizeof *own);
    own->goals = goals;
    own->metric = rc_bind_alloc(b, goals->targets_n, sizeof *own->metric);
    for (uint32_t i = 0; i < goals->targets_n; i++)
        own->metric[i] = rc_bind_state(
            b, rc_bind_print(b, "metric.%s", goals->targets[i].metric), NAN);
    own->right = rc_bind_state(b, "value.p_right_problem", NAN);
    own->holds =
        rc_bind_shown(b, "hypothesis.holds", RC_OUT_SHARE, "share", goals->hypothesis);
    if (!supports)
        return own;
    own->followed = rc_production_service(b, &own->service);
    rc_bind_due(
        b, supports->by, supports->at,
        rc_bind_print(b, "the day on which %s is looked at", supports->measure));
    own->base = base_of(b, goals->target.metric);
    own->measure = rc_bind_shown(b, "hypothesis.measure", RC_OUT_SPREAD, supports->unit,
                                 supports->measure);
    own->wanted = rc_bind_shown(b, "hypothesis.p_measure", RC_OUT_SHARE, "share",
                                supports->measure);
    if (!own->base)
        rc_bind_assumed(b,
                        "today's %s belongs to the target's quality: no baseline is "
                        "known",
                        supports->measure);
    return own;
}

/* Online quality on the day of the measure; NAN: today's model is in service still. */
static double quality_then(const rc_step *step, uint32_t lane)
{
    const bound *own = step->bound;
    double since = own->goals->supports->by_months - step->launched_on[lane];
    if (own->followed)
        since -= step->row[own->service.waits][lane];
    if (!(since >= 0) || step->row[own->right][lane] == 0)
        return NAN;
    if (!own->followed)
        return step->row[own->metric[0]][lane];
    uint32_t last = own->service.months - 1;
    uint32_t month = since < last ? (uint32_t)since : last;
    return step->row[own->service.quality + month][lane];
}

static double measure_then(const rc_step *step, uint32_t lane)
{
    const bound *own = step->bound;
    const rc_supports *s = own->goals->supports;
    double today = rc_row(step, &s->today)[lane], q = quality_then(step, lane);
    double base = own->base ? rc_row(step, own->base)[lane] : own->goals->target.value;
    double moved = rc_row(step, &s->per_point)[lane] * 100 * (q - base);
    return isnan(q) ? today : today * fmax(0, 1 + moved);
}

static void live(const rc_step *step)
{
    const bound *own = step->bound;
    const rc_supports *s = own->goals->supports;
    for (uint32_t lane = 0; lane < step->lanes && !step->verdict_only; lane++) {
        bool holds = step->launch[lane] < INFINITY;
        for (uint32_t i = 0; i < own->goals->targets_n; i++)
            holds = holds && rc_target_met(&own->goals->targets[i],
                                           step->row[own->metric[i]][lane]);
        if (s) {
            double measure = measure_then(step, lane);
            bool wanted = rc_reaches(measure, s->wanted, s->up);
            step->row[own->measure][lane] = measure;
            step->row[own->wanted][lane] = wanted;
            holds = holds && wanted;
        }
        step->row[own->holds][lane] = holds;
    }
}

const rc_model rc_model_hypothesis = {.id = "hypothesis", .bind = bind, .live = live};
