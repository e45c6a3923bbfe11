#include "sites.h"
#include "condition.h"
#include "production.h"
#include "test_set.h"
#include <math.h>
#include <string.h>

double rc_at_site(double metric, double spread, double z)
{
    return fmin(fmax(metric + spread * z, 0.0), 1.0);
}

/* ------------------------------------------------------------------ settings */

#define AT(member) .offset = offsetof(rc_sites, member)

static const rc_setting settings[] = {
    RC_OWN_HEAD_ROWS(rc_sites, "what other settings call it; default sites"),
    {.key = "spread",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_POINTS,
     AT(spread),
     .required = true,
     .low = 0.0,
     .high = 1.0,
     .help = "how far the quality at one site lies from the average of all, as a "
             "standard deviation; each metric has a luck of its own at each site"},
    {.key = "after_launch",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(after_launch),
     .required = true,
     .low = 1.0,
     .high = 1000.0,
     .help = "how many sites use it after the launch, none of them of the study"},
    {.key = "needs",
     .kind = RC_CONDITIONS,
     AT(needs),
     .help = "what the quality at each site must be, as \"sensitivity >= 80 %\"; "
             "default the targets"},
    {0}};

static const rc_group group = {"sites", sizeof(rc_sites), settings,
                               "how quality differs between the sites that use it"};

static bool is_share(const char *unit)
{
    return unit && strcmp(unit, "%") == 0;
}

static void check_need(const rc_sites *s, uint32_t i, const rc_goals *goals,
                       rc_faults *faults)
{
    const rc_condition *need = &s->needs.at[i];
    const char *unit = rc_check_unit(faults, goals, need->metric);
    if (need->op == RC_ANY)
        rc_fault(faults, need->at, "sensitivity >= 80 %",
                 "what a site needs is a metric and its value");
    else if (!unit)
        rc_fault(faults, need->at,
                 "a search produces its metric; others stand in metrics",
                 "a site needs '%s', which nothing produces", need->metric);
    else if (!is_share(unit) || !is_share(need->unit))
        rc_fault(faults, need->at, NULL,
                 "sites differ in shares in %%, and '%s' is none", need->metric);
    for (uint32_t k = 0; k < i; k++)
        if (strcmp(need->metric, s->needs.at[k].metric) == 0)
            rc_fault(faults, need->at, "keep the stricter one",
                     "'%s' stands twice in the needs of a site", need->metric);
}

static void check(const void *at, const rc_goals *goals, rc_faults *faults)
{
    const rc_sites *s = at;
    bool has_need = s->needs.n > 0;
    for (uint32_t i = 0; i < goals->targets_n; i++)
        has_need |= is_share(goals->targets[i].unit);
    if (!has_need)
        rc_fault(
            faults, s->head.at, "needs = [ \"sensitivity >= 80 %\" ]",
            "nothing says what the quality at a site must be: 'needs', or a target "
            "in %%");
    for (uint32_t i = 0; i < s->needs.n; i++)
        check_need(s, i, goals, faults);
}

/* ---------------------------------------------------------------------- live */

typedef struct needed {
    uint32_t metric, words; /* row of its value; luck of the sites */
    rc_condition asks;
} needed;

typedef struct bound {
    needed *needs;
    uint32_t needs_n;
    uint32_t below, all_meet, worst;
} bound;

/* The metric that production follows is met as it is online, in the first month. */
static uint32_t metric_at_sites(rc_binder *b, const char *metric)
{
    const rc_target *target = &rc_bind_goals(b)->target;
    rc_service service;
    if (target->given && strcmp(target->metric, metric) == 0 &&
        rc_production_service(b, &service))
        return service.quality;
    return rc_bind_state(b, rc_bind_print(b, "metric.%s", metric), NAN);
}

static needed need_of(rc_binder *b, rc_condition asks)
{
    const char *words = rc_bind_print(b, "sites.after.%s", asks.metric);
    return (needed){metric_at_sites(b, asks.metric), rc_bind_words(b, words), asks};
}

static uint32_t output(rc_binder *b, const rc_sites *s, const char *what,
                       rc_output_kind kind, const char *unit)
{
    return rc_bind_shown(b, rc_bind_print(b, "sites[%s].%s", s->head.id, what), kind,
                         unit, s->head.name);
}

static void *bind(const void *at, rc_binder *b)
{
    const rc_sites *s = at;
    const rc_goals *goals = rc_bind_goals(b);
    bound *own = rc_bind_alloc(b, 1, sizeof *own);
    own->needs = rc_bind_alloc(b, s->needs.n + goals->targets_n, sizeof *own->needs);
    for (uint32_t i = 0; i < s->needs.n; i++)
        own->needs[own->needs_n++] = need_of(b, s->needs.at[i]);
    for (uint32_t i = 0; i < goals->targets_n && s->needs.n == 0; i++)
        if (is_share(goals->targets[i].unit))
            own->needs[own->needs_n++] = need_of(b, rc_target_asks(&goals->targets[i]));
    own->below = output(b, s, "below", RC_OUT_SPREAD, "sites");
    own->all_meet = output(b, s, "p_all_meet", RC_OUT_SHARE, "share");
    own->worst = output(b, s, "worst", RC_OUT_SPREAD, "share");
    rc_bind_output(
        b,
        (rc_output){.path = rc_bind_print(b, "sites[%s].after_launch", s->head.id),
                    .kind = RC_OUT_MEAN,
                    .unit = "sites",
                    .row = rc_bind_state(b, rc_bind_print(b, "sites[%s].n", s->head.id),
                                         (double)s->after_launch),
                    .series = 1,
                    .name = s->head.name});
    return own;
}

/* Sites below any of their needs; *worst: the first need's metric where it is worst. */
static uint32_t below(const rc_sites *s, const bound *own, const rc_step *step,
                      uint32_t lane, double *worst)
{
    const double spread = rc_row(step, &s->spread)[lane];
    const bool up = rc_condition_up(&own->needs[0].asks);
    uint32_t n = 0;
    *worst = up ? INFINITY : -INFINITY;
    for (uint32_t k = 0; k < s->after_launch; k++) {
        bool meets = true;
        for (uint32_t i = 0; i < own->needs_n; i++) {
            const needed *need = &own->needs[i];
            const double z =
                rc_normal_quantile(rc_uniform(rc_word(step, need->words, k, lane)));
            const double here = rc_at_site(step->row[need->metric][lane], spread, z);
            meets = meets && rc_condition_met(&need->asks, here);
            if (i == 0)
                *worst = up ? fmin(*worst, here) : fmax(*worst, here);
        }
        n += !meets;
    }
    return n;
}

static void live(const rc_step *step)
{
    const rc_sites *s = step->settings;
    const bound *own = step->bound;
    for (uint32_t lane = 0; lane < step->lanes && !step->verdict_only; lane++) {
        bool known = step->launch[lane] < INFINITY;
        for (uint32_t i = 0; i < own->needs_n; i++)
            known = known && !isnan(step->row[own->needs[i].metric][lane]);
        if (!known)
            continue;
        const uint32_t n = below(s, own, step, lane, &step->row[own->worst][lane]);
        step->row[own->below][lane] = n;
        step->row[own->all_meet][lane] = n == 0;
    }
}

const rc_model rc_model_sites = {
    .id = "sites", .group = &group, .check = check, .bind = bind, .live = live};
