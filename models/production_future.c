/* production_future.c -- what one future brings to a product, as it was drawn. */
#include "production_life.h"
#include "production_upkeep.h"
#include <math.h>

const rc_domain_decay rc_domains[] = {
    [RC_STABLE] = {36, 36, .10, 0, 0},
    [RC_CONSUMER] = {12, 12, .10, 0, 0},
    [RC_ADVERSARIAL] = {4, 8, .30, .10, .55},
};

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
    const rc_domain_decay *domain = &rc_domains[s->domain];
    rc_world *w = &f->world;
    if (s->drift && s->drift->loss.given) {
        w->linear = true;
        w->rate = drawn(f, &s->drift->loss, 0);
        return;
    }
    double below = domain->floor_below;
    if (rc_drift_is_stated(s)) {
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
        noise ? drawn(f, &noise->sd, 0) : rc_domains[f->settings->domain].noise_sd;
    f->noise_stays = noise ? drawn(f, &noise->correlate, 0)
                           : rc_domains[f->settings->domain].noise_stays;
}

rc_life rc_life_of(const rc_step *step, uint32_t lane, double floor)
{
    const rc_production *s = step->settings;
    const rc_production_bound *own = step->bound;
    rc_life f = {.step = step,
                 .brief = step->verdict_only,
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
