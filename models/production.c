/* production.c -- what production binds for a plan, and the rows that it fills. */
#include "experiments.h"
#include "production_cycles.h"
#include "value.h"
#include <math.h>
#include <string.h>

/* ------------------------------------------------------------------ binding */

static bool is_there(const rc_production *s, bool noisy, int cause)
{
    const rc_retrain *retrain = s->locked ? NULL : s->retrain;
    switch (cause) {
    case RC_BY_FIRST_DAY:
        return s->first_day_drop.given;
    case RC_BY_DRIFT:
        return true;
    case RC_BY_SHOCKS:
        return s->shocks != NULL;
    case RC_BY_POPULATION:
        return s->population != NULL;
    case RC_BY_ADVERSARY:
        return s->adversary != NULL;
    case RC_BY_FEEDBACK:
        return retrain && s->feedback;
    case RC_BY_RELEASES:
        return retrain && retrain->bad.given;
    case RC_BY_NOISE:
        return noisy;
    default:
        return false;
    }
}

/* The series of the loss by a cause, which may also push the product below its floor. */
static void bind_cause(rc_binder *b, rc_production_bound *own, int cause,
                       const char *id)
{
    const char *path = rc_bind_print(b, "production.loss_by.%s", id);
    own->by[cause] = rc_bind_series(b, path, own->points, NAN);
    rc_bind_output(b, (rc_output){.path = path,
                                  .kind = RC_OUT_MEAN,
                                  .unit = own->unit,
                                  .row = own->by[cause],
                                  .series = own->points});
    int n = 0;
    while (own->causes[n])
        n++;
    own->causes[n] = id;
    own->label_of[cause] = n;
}

static void bind_causes(rc_binder *b, const rc_production *s, rc_production_bound *own)
{
    static const char *const ids[RC_CAUSES] = {
        [RC_BY_FIRST_DAY] = "first_day",   [RC_BY_DRIFT] = "drift",
        [RC_BY_SHOCKS] = "shocks",         [RC_BY_POPULATION] = "population",
        [RC_BY_ADVERSARY] = "adversary",   [RC_BY_FEEDBACK] = "feedback",
        [RC_BY_RELEASES] = "bad_releases", [RC_BY_NOISE] = "noise",
    };
    own->causes = rc_bind_alloc(b, RC_CAUSES + 2, sizeof *own->causes);
    own->causes[0] = "launch";
    for (int cause = 0; cause < RC_CAUSES; cause++)
        own->by[cause] = UINT32_MAX;
    for (int cause = 0; cause < RC_CAUSES; cause++)
        if (is_there(s, own->noisy, cause))
            bind_cause(b, own, cause, ids[cause]);
}

/* Today's model, where a search of the followed metric says how good it is. */
static const rc_estimate *base_of(const rc_experiments *search, const rc_goals *goals)
{
    const char *metric = rc_experiments_metric(search, goals);
    return search->baseline.given && metric && strcmp(metric, goals->target.metric) == 0
               ? &search->baseline
               : NULL;
}

static const rc_estimate *find_base(rc_binder *b)
{
    const rc_experiments *search;
    const rc_estimate *base = NULL;
    for (uint32_t i = 0; !base && (search = rc_bind_group(b, "experiments", i)); i++)
        base = base_of(search, rc_bind_goals(b));
    return base;
}

/* What a retraining comes to on average, for cycles that are not told one by one. */
static void bind_means(const rc_production *s, rc_production_bound *own)
{
    const rc_retrain *retrain = s->retrain;
    if (!retrain)
        return;
    own->mean_takes = rc_law_mean(&retrain->takes.law);
    if (retrain->approval.given)
        own->mean_takes += rc_law_mean(&retrain->approval.law);
    own->mean_recovers = rc_law_mean(&retrain->recovers.law);
    own->mean_cost = retrain->cost.given ? rc_law_mean(&retrain->cost.law) : 0;
}

static void bind_words(rc_binder *b, rc_production_bound *own)
{
    const struct {
        uint32_t *at;
        const char *name;
    } words[] = {
        {&own->words.shocks, "production.shocks.wait"},
        {&own->words.fails, "production.retrain.failed"},
        {&own->words.bad, "production.retrain.was_bad"},
        {&own->words.noise, "production.noise"},
        {&own->words.rollback, "production.rollback"},
        {&own->words.tau, "production.domain.tau"},
        {&own->words.false_alarms, "production.monitoring.false_alarm"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        *words[i].at = rc_bind_words(b, words[i].name);
}

static void bind_outputs(rc_binder *b, const rc_production *s, rc_production_bound *own)
{
    const rc_retrain *retrain = s->locked ? NULL : s->retrain;
    const bool bad = retrain && retrain->bad.given,
               alarms = s->monitoring && s->monitoring->outcomes.given;
    const bool drops = s->transfer.given || s->first_day_drop.given;
    own->at_launch = own->rolled_back = own->bad_releases = own->months_bad =
        own->false_alarms = UINT32_MAX;
    const rc_shown_row rows[] = {
        {&own->months_below, "months_below_floor", RC_OUT_SPREAD, "months"},
        {&own->retrains, "retrains", RC_OUT_SPREAD, "retrainings"},
        {&own->service.cost, "cost", RC_OUT_SPREAD, "money"},
        {&own->at_end, "quality_at_end", RC_OUT_SPREAD, own->unit},
        {&own->floor, "floor", RC_OUT_MEAN, own->unit},
        {drops ? &own->at_launch : NULL, "quality_at_launch", RC_OUT_SPREAD, own->unit},
        {s->rollback ? &own->rolled_back : NULL, "rolled_back", RC_OUT_SHARE, "share"},
        {bad ? &own->bad_releases : NULL, "bad_releases", RC_OUT_SPREAD, "releases"},
        {bad ? &own->months_bad : NULL, "months_in_bad_releases", RC_OUT_SPREAD,
         "months"},
        {alarms ? &own->false_alarms : NULL, "false_alarms", RC_OUT_SPREAD, "alarms"},
    };
    rc_bind_table(b, "production", NULL, rows, sizeof rows / sizeof *rows);
    if (s->rollback)
        rc_bind_output(b, (rc_output){.path = "production.waits",
                                      .kind = RC_OUT_MEAN,
                                      .unit = "months",
                                      .row = own->service.waits,
                                      .series = 1});
    const char *path = "production.first_below_by";
    own->pushed_by = rc_bind_watched(
        b, (rc_output){.path = path, .kind = RC_OUT_CATEGORY, .labels = own->causes},
        NAN);
}

static void bind_series(rc_binder *b, const rc_production *s, rc_production_bound *own)
{
    own->points = (uint32_t)(s->watch_for + 1e-9) + 1;
    own->values = rc_bind_series(b, "production.metric", own->points, NAN);
    own->below = rc_bind_series(b, "production.p_below_floor", own->points, NAN);
    rc_bind_output(b, (rc_output){.path = "production.metric",
                                  .kind = RC_OUT_SPREAD,
                                  .unit = own->unit,
                                  .row = own->values,
                                  .series = own->points});
    rc_bind_output(b, (rc_output){.path = "production.p_below_floor",
                                  .kind = RC_OUT_SHARE,
                                  .unit = "share",
                                  .row = own->below,
                                  .series = own->points});
    own->a_month = s->watch_for <= 15 ? 4 : s->watch_for <= 30 ? 2 : 1;
    if (own->a_month > 1) {
        own->drawn = (uint32_t)(s->watch_for * own->a_month + 1e-9) + 1;
        own->course = rc_bind_series(b, "figures.production.course", own->drawn, NAN);
        rc_bind_output(b, (rc_output){.path = "figures.production.course",
                                      .kind = RC_OUT_SPREAD,
                                      .unit = own->unit,
                                      .row = own->course,
                                      .series = own->drawn});
    }
    rc_service *service = &own->service;
    const rc_value *value = rc_bind_group(b, "value", 0);
    double months = fmax(s->watch_for, value ? value->horizon : 0);
    service->watched = s->watch_for;
    service->months = (uint32_t)ceil(months - 1e-9);
    service->waits = rc_bind_state(b, "production.waits", NAN);
}

static void tell_assumed(rc_binder *b, const rc_production *s,
                         const rc_production_bound *own)
{
    static const char *const decays[] = {
        [RC_STABLE] =
            "a stable domain: quality falls towards 10 % below its start, with a "
            "time constant of 36 months",
        [RC_CONSUMER] =
            "consumers: quality falls towards 10 % below its start, with a time "
            "constant of 12 months",
        [RC_ADVERSARIAL] =
            "adversaries: quality falls towards 30 % below its start, with a "
            "time constant of 4 to 8 months",
    };
    if (!s->floor.given)
        rc_bind_assumed(b, "the floor of production is the target itself");
    if (!rc_drift_is_stated(s))
        rc_bind_assumed(b, "after launch %s", decays[s->domain]);
    else if (s->drift->tau.given && !s->drift->floor_below.given)
        rc_bind_assumed(b, "drift ends %.0f %% below the quality at launch",
                        100 * rc_domains[s->domain].floor_below);
    if (!s->noise && own->noisy)
        rc_bind_assumed(b,
                        "months are good and bad by %.0f points about the course, as "
                        "with a malware detector",
                        100 * rc_domains[s->domain].noise_sd);
    const rc_retrain *retrain = s->locked ? NULL : s->retrain;
    if (retrain && retrain->takes.origin == RC_DEFAULT)
        rc_bind_assumed(b, "a retraining takes %s", retrain->takes.text);
    if (retrain && retrain->recovers.origin == RC_DEFAULT)
        rc_bind_assumed(b, "a retraining recovers %s of what was lost",
                        retrain->recovers.text);
}

static void *bind(const void *settings_, rc_binder *b)
{
    const rc_production *s = settings_;
    const rc_target *target = &rc_bind_goals(b)->target;
    rc_production_bound *own = rc_bind_alloc(b, 1, sizeof *own);
    own->self = own;
    bind_words(b, own);
    if (!target->given)
        return own;
    bool is_share = rc_target_is_share(target);
    own->unit = is_share ? "share" : target->unit;
    own->followed = true;
    own->worse = target->up ? -1 : 1;
    own->most = is_share ? 1 : INFINITY;
    own->target = target->value;
    own->noisy = s->noise || (is_share && rc_domains[s->domain].noise_sd > 0);
    own->base = s->transfer.given ? find_base(b) : NULL;
    own->metric = rc_bind_state(b, rc_bind_print(b, "metric.%s", target->metric), NAN);
    bind_means(s, own);
    bind_series(b, s, own);
    bind_causes(b, s, own);
    bind_outputs(b, s, own);
    tell_assumed(b, s, own);
    return own;
}

bool rc_production_service(rc_binder *b, rc_service *out)
{
    const rc_production_bound *found = rc_bind_bound(b, "production", 0);
    if (!found || !found->followed)
        return false;
    rc_production_bound *own = found->self;
    rc_service *service = &own->service;
    own->serves = true;
    service->quality = rc_bind_series(b, "production.quality", service->months, NAN);
    service->spent = rc_bind_series(b, "production.spent", service->months, NAN);
    *out = *service;
    return true;
}

bool rc_production_shifts(rc_binder *b, const rc_shifts *shifts)
{
    const rc_production_bound *found = rc_bind_bound(b, "production", 0);
    if (!found || !found->followed)
        return false;
    rc_production_bound *own = found->self;
    own->shifts = *shifts;
    bind_cause(b, own, RC_BY_ELSEWHERE, shifts->cause);
    return true;
}

/* ------------------------------------------------------------------- outputs */

static double quality(const rc_life *f, double lost)
{
    return rc_min(f->bound->most, rc_max(0, f->m0 + f->bound->worse * lost));
}

static void put(const rc_life *f, uint32_t row, double value)
{
    if (row != UINT32_MAX)
        f->step->row[row][f->lane] = value;
}

static void put_series(const rc_life *f, const rc_tale *tale)
{
    const rc_production_bound *own = f->bound;
    for (uint32_t k = 0; k < own->points; k++) {
        put(f, own->values + k, quality(f, tale->lost[k]));
        put(f, own->below + k, tale->lost[k] > f->to_floor);
        for (int cause = 0; cause < RC_CAUSES; cause++)
            if (own->by[cause] != UINT32_MAX)
                put(f, own->by[cause] + k, tale->by[k][cause]);
    }
    for (uint32_t k = 0; k < own->drawn; k++)
        put(f, own->course + k, quality(f, tale->course[k]));
}

/* What others go on from. */
static void put_service(const rc_life *f, const rc_tale *tale)
{
    const rc_service *service = &f->bound->service;
    put(f, service->cost, tale->cost);
    for (uint32_t k = 0; k < service->months && f->bound->serves; k++) {
        put(f, service->quality + k, quality(f, tale->mean[k]));
        put(f, service->spent + k, tale->spent[k]);
    }
}

static void put_tale(const rc_life *f, const rc_tale *tale, double floor)
{
    const rc_production_bound *own = f->bound;
    put(f, own->months_below, tale->months_below);
    put(f, own->retrains, tale->retrains);
    put(f, own->at_end, quality(f, tale->at_end));
    put(f, own->floor, floor);
    put(f, own->at_launch, quality(f, f->first_day));
    put(f, own->bad_releases, tale->bad_releases);
    put(f, own->months_bad, tale->months_bad);
    put(f, own->false_alarms, tale->false_alarms);
    if (tale->pushed_by >= 0)
        put(f, own->pushed_by, own->label_of[tale->pushed_by]);
    put_series(f, tale);
}

/* The launch may be taken back: everything starts later, and that costs. */
static void put_rollback(const rc_life *f, rc_tale *tale)
{
    const rc_rollback *rollback = f->settings->rollback;
    const rc_production_bound *own = f->bound;
    bool back =
        rollback && rc_uniform(rc_word(f->step, own->words.rollback, 0, f->lane)) <
                        rc_row(f->step, &rollback->chance)[f->lane];
    put(f, own->rolled_back, back);
    put(f, own->service.waits, back ? rc_row(f->step, &rollback->takes)[f->lane] : 0);
    if (!back)
        return;
    double costs = rc_row_or(f->step, &rollback->costs, f->lane, 0);
    tale->spent[0] += costs;
    tale->cost += costs;
}

static void live(const rc_step *step)
{
    const rc_production *s = step->settings;
    const rc_production_bound *own = step->bound;
    if (!own->followed)
        return;
    for (uint32_t lane = 0; lane < step->lanes; lane++) {
        if (!(step->launch[lane] < INFINITY) || isnan(step->row[own->metric][lane]))
            continue; /* the rows are NAN: not applicable */
        double floor = rc_row_or(step, &s->floor, lane, own->target);
        rc_life life = rc_life_of(step, lane, floor);
        rc_tale tale;
        if (rc_life_is_cycles(&life))
            rc_live_by_cycles(&life, &tale);
        else
            rc_live_by_events(&life, &tale);
        put_rollback(&life, &tale);
        put_service(&life, &tale);
        if (!life.brief)
            put_tale(&life, &tale, floor);
    }
}

const rc_model rc_model_production = {.id = "production",
                                      .group = &rc_production_group,
                                      .check = rc_production_check,
                                      .bind = bind,
                                      .live = live};
