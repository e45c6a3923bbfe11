/* production.c -- what production binds for a plan, what one future brings, and its rows. */
#include "experiments.h"
#include "production_life.h"
#include "production_upkeep.h"
#include "value.h"
#include <math.h>
#include <string.h>

/* What is assumed about decay where nothing is said, by domain; sources: README.md. */
static const struct domain {
    double tau_low, tau_high; /* months: P10 and P90 of a log-normal */
    double floor_below, noise_sd, noise_stays;
} domains[] = {
    [RC_STABLE] = {36, 36, .10, 0, 0},
    [RC_CONSUMER] = {12, 12, .10, 0, 0},
    [RC_ADVERSARIAL] = {4, 8, .30, .10, .55},
};

static bool drift_is_stated(const rc_production *s)
{
    return s->drift && (s->drift->loss.given || s->drift->tau.given);
}

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
    bool bad = retrain && retrain->bad.given,
         false_alarms = s->monitoring && s->monitoring->outcomes.given;
    const struct {
        uint32_t *row;
        const char *path;
        rc_output_kind kind;
        const char *unit;
        bool there;
    } outputs[] = {
        {&own->months_below, "months_below_floor", RC_OUT_SPREAD, "months", true},
        {&own->retrains, "retrains", RC_OUT_SPREAD, "retrainings", true},
        {&own->service.cost, "cost", RC_OUT_SPREAD, "money", true},
        {&own->at_end, "quality_at_end", RC_OUT_SPREAD, own->unit, true},
        {&own->floor, "floor", RC_OUT_MEAN, own->unit, true},
        {&own->at_launch, "quality_at_launch", RC_OUT_SPREAD, own->unit,
         s->transfer.given || s->first_day_drop.given},
        {&own->rolled_back, "rolled_back", RC_OUT_SHARE, "share", s->rollback != NULL},
        {&own->bad_releases, "bad_releases", RC_OUT_SPREAD, "releases", bad},
        {&own->months_bad, "months_in_bad_releases", RC_OUT_SPREAD, "months", bad},
        {&own->false_alarms, "false_alarms", RC_OUT_SPREAD, "alarms", false_alarms},
    };
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++) {
        const char *path = rc_bind_print(b, "production.%s", outputs[i].path);
        *outputs[i].row = outputs[i].there
                              ? rc_bind_watched(b,
                                                (rc_output){.path = path,
                                                            .kind = outputs[i].kind,
                                                            .unit = outputs[i].unit},
                                                NAN)
                              : UINT32_MAX;
    }
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
    rc_service *service = &own->service;
    const rc_value *value = rc_bind_group(b, "value", 0);
    double months = fmax(s->watch_for, value ? value->horizon : 0);
    service->watched = s->watch_for;
    service->months = (uint32_t)ceil(months - 1e-9);
    service->waits = rc_bind_state(b, "production.waits", NAN);
    service->quality = rc_bind_series(b, "production.quality", service->months, NAN);
    service->spent = rc_bind_series(b, "production.spent", service->months, NAN);
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
    if (!drift_is_stated(s))
        rc_bind_assumed(b, "after launch %s", decays[s->domain]);
    else if (s->drift->tau.given && !s->drift->floor_below.given)
        rc_bind_assumed(b, "drift ends %.0f %% below the quality at launch",
                        100 * domains[s->domain].floor_below);
    if (!s->noise && own->noisy)
        rc_bind_assumed(b,
                        "months are good and bad by %.0f points about the course, as "
                        "with a malware detector",
                        100 * domains[s->domain].noise_sd);
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
    if (!target->given)
        return own;
    bool is_share = rc_target_is_share(target);
    own->unit = is_share ? "share" : target->unit;
    own->followed = true;
    own->worse = target->up ? -1 : 1;
    own->most = is_share ? 1 : INFINITY;
    own->target = target->value;
    own->noisy = s->noise || (is_share && domains[s->domain].noise_sd > 0);
    own->base = s->transfer.given ? find_base(b) : NULL;
    own->metric = rc_bind_state(b, rc_bind_print(b, "metric.%s", target->metric), NAN);
    bind_words(b, own);
    bind_series(b, s, own);
    bind_causes(b, s, own);
    bind_outputs(b, s, own);
    tell_assumed(b, s, own);
    return own;
}

bool rc_production_service(rc_binder *b, rc_service *out)
{
    const rc_production_bound *own = rc_bind_bound(b, "production", 0);
    if (!own || !own->followed)
        return false;
    *out = own->service;
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

/* ------------------------------------------------------------ one future's life */

/* A row of an estimate that may be left out, or whose group may. */
static double drawn(const rc_life *f, const rc_estimate *e, double otherwise)
{
    return rc_row_or(f->step, e, f->lane, otherwise);
}

/* What is right at launch: what adversaries can turn, and outcomes can tell. */
static double right_at(const rc_life *f, double metric)
{
    return f->bound->worse < 0 ? metric : 1 - metric;
}

static void set_drift(rc_life *f)
{
    const rc_production *s = f->settings;
    const struct domain *domain = &domains[s->domain];
    rc_world *w = &f->world;
    if (s->drift && s->drift->loss.given) {
        w->linear = true;
        w->rate = drawn(f, &s->drift->loss, 0);
        return;
    }
    double below = domain->floor_below;
    if (drift_is_stated(s)) {
        w->tau = drawn(f, &s->drift->tau, 0);
        below = drawn(f, &s->drift->floor_below, below);
    } else {
        double half = rc_log(domain->tau_high / domain->tau_low) / 2;
        double z = half > 0 ? rc_normal_quantile(rc_uniform(
                                  rc_word(f->step, f->bound->words.tau, 0, f->lane)))
                            : 0;
        w->tau = domain->tau_low * rc_exp(half + half / rc_normal_quantile(0.9) * z);
    }
    w->tau = fmax(w->tau, RC_MONTHS_PER_MINUTE);
    w->a = f->m0 * below;
}

rc_fading rc_production_fading(const rc_step *step, const rc_production *settings,
                               const void *bound, double m0, uint32_t lane)
{
    rc_life f = {
        .step = step, .settings = settings, .bound = bound, .lane = lane, .m0 = m0};
    set_drift(&f);
    return (rc_fading){f.world.linear, f.world.rate, f.world.a, f.world.tau};
}

double rc_faded(const rc_fading *fading, double months)
{
    return fading->linear ? fading->rate * months
                          : -fading->a * rc_expm1(-months / fading->tau);
}

static void set_people(rc_life *f)
{
    const rc_production *s = f->settings;
    rc_world *w = &f->world;
    w->labelled = 1;
    if (s->population) {
        w->over = fmax(drawn(f, &s->population->over, 0), RC_MONTHS_PER_MINUTE);
        w->step = f->bound->worse * drawn(f, &s->population->newcomers, 0) *
                  drawn(f, &s->population->quality, 0);
    }
    if (s->adversary) {
        w->right = right_at(f, f->m0);
        w->adapts_in =
            fmax(drawn(f, &s->adversary->adapts_in, 0), RC_MONTHS_PER_MINUTE);
        w->grows = drawn(f, &s->adversary->grows, 0);
        f->evades = drawn(f, &s->adversary->evades, 0);
    }
    if (s->feedback) {
        double labelled = drawn(f, &s->feedback->labelled, 1);
        w->labelled =
            rc_labels_to_learn_from(labelled, drawn(f, &s->feedback->explores, 0));
        f->a_month = drawn(f, &s->feedback->costs, 0);
    }
}

static void set_monitoring(rc_life *f)
{
    const rc_monitoring *m = f->settings->monitoring;
    double trigger = f->retrain->or_when.value;
    f->to_alarm = (trigger - f->m0) * f->bound->worse;
    if (!m)
        return;
    f->delay = drawn(f, &m->label_delay, 0);
    if (!m->outcomes.given)
        return;
    double every = fmax(drawn(f, &m->false_alarm_every, 0), RC_MONTHS_PER_MINUTE);
    f->false_alarms_a_month = 1 / every;
    f->delay += rc_months_to_alarm(1 - right_at(f, f->m0), 1 - right_at(f, trigger),
                                   drawn(f, &m->outcomes, 0) * 30.4375, every);
}

static void set_retraining(rc_life *f)
{
    const rc_production *s = f->settings;
    f->to_alarm = f->every = INFINITY;
    if (!s->retrain || s->locked)
        return;
    f->retrain = s->retrain;
    f->every = drawn(f, &s->retrain->every, INFINITY);
    f->fails = drawn(f, &s->retrain->fails, 0);
    f->bad = drawn(f, &s->retrain->bad, 0);
    if (s->retrain->or_when.text)
        set_monitoring(f);
}

static void set_noise(rc_life *f)
{
    const rc_noise *noise = f->settings->noise;
    if (!f->bound->noisy)
        return;
    f->noise_sd =
        noise ? drawn(f, &noise->sd, 0) : domains[f->settings->domain].noise_sd;
    f->noise_stays = noise ? drawn(f, &noise->correlate, 0)
                           : domains[f->settings->domain].noise_stays;
}

static rc_life life_of(const rc_step *step, uint32_t lane, double floor)
{
    const rc_production *s = step->settings;
    const rc_production_bound *own = step->bound;
    rc_life f = {.step = step,
                 .settings = s,
                 .bound = own,
                 .lane = lane,
                 .m0 = step->row[own->metric][lane],
                 .watch = s->watch_for,
                 .months = own->service.months};
    if (own->base) {
        double base = rc_row(step, own->base)[lane];
        f.m0 = base + rc_row(step, &s->transfer)[lane] * (f.m0 - base);
    }
    f.to_floor = (floor - f.m0) * own->worse;
    f.first_day = drawn(&f, &s->first_day_drop, 0);
    f.shocks_a_month = s->shocks ? rc_row(step, &s->shocks->per_year)[lane] / 12 : 0;
    set_drift(&f);
    set_people(&f);
    set_retraining(&f);
    set_noise(&f);
    return f;
}

/* ------------------------------------------------------------------- outputs */

static double quality(const rc_life *f, double lost)
{
    return fmin(f->bound->most, fmax(0, f->m0 + f->bound->worse * lost));
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
    for (uint32_t k = 0; k < own->service.months; k++) {
        put(f, own->service.quality + k, quality(f, tale->mean[k]));
        put(f, own->service.spent + k, tale->spent[k]);
    }
}

static void put_tale(const rc_life *f, const rc_tale *tale, double floor)
{
    const rc_production_bound *own = f->bound;
    put(f, own->months_below, tale->months_below);
    put(f, own->retrains, tale->retrains);
    put(f, own->service.cost, tale->cost);
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
    put(f, own->service.waits, back ? drawn(f, &rollback->takes, 0) : 0);
    if (!back)
        return;
    double costs = drawn(f, &rollback->costs, 0);
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
        rc_life life = life_of(step, lane, floor);
        rc_tale tale;
        rc_live_by_events(&life, &tale);
        put_rollback(&life, &tale);
        put_tale(&life, &tale, floor);
    }
}

const rc_model rc_model_production = {.id = "production",
                                      .group = &rc_production_group,
                                      .check = rc_production_check,
                                      .bind = bind,
                                      .live = live};
