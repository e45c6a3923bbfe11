/* provider.c -- versions that a provider offers or forces. */
#include "provider.h"
#include "production.h"
#include "test_set.h"
#include <math.h>
#include <string.h>

/* ------------------------------------------------------------------ settings */

static const rc_setting retest_settings[] = {
    {.key = "takes",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_retest, takes),
     .low = 0,
     .high = 120,
     .help = "from the day a version is offered until it is adopted; default no time"},
    {.key = "costs",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_MONEY,
     .offset = offsetof(rc_retest, costs),
     .low = 0,
     .high = 1e12,
     .help = "price of testing one version, forced ones too; default nothing"},
    {0}};

static const rc_group retest_group = {"retest", sizeof(rc_retest), retest_settings,
                                      "what it takes to test a new version"};

#define AT(member) .offset = offsetof(rc_provider, member)

static const rc_setting settings[] = {
    {.key = "name", .kind = RC_TEXT, AT(head.name), .help = "what people call it"},
    {.key = "every",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_MONTHS,
     AT(every),
     .required = true,
     .low = 7 / 30.4375, /* a week: what comes more often is no version */
     .high = 1200,
     .help = "time from one new version of the model to the next, after the launch"},
    {.key = "forced",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     AT(forced),
     .low = 0,
     .high = 1,
     .help = "chance that a new version replaces the old one whether wanted or not; "
             "default none"},
    {.key = "shifts",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_POINTS,
     AT(shifts),
     .required = true,
     .low = -1,
     .high = 1,
     .help =
         "what a new version does to the quality of the product as it is, in points "
         "of the target's metric; above 0 is better"},
    {.key = "price",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_CHANGE,
     AT(price),
     .low = -1,
     .high = 100,
     .help =
         "what a new version does to the price of tokens (serving); default nothing"},
    {.key = "adopted_from",
     .kind = RC_REAL,
     .dimension = RC_POINTS,
     AT(adopted_from),
     .fallback = "0 points",
     .low = -1,
     .high = 1,
     .help = "an offered version is adopted where the measured shift is at least this: "
             "below 0 where some quality is given up for the price"},
    {.key = "retest",
     .kind = RC_GROUP,
     AT(retest),
     .of = &retest_group,
     .help = "what it takes to test a new version; default no time and no money"},
    {0},
};

static const rc_group group = {
    .name = "provider",
    .size = sizeof(rc_provider),
    .settings = settings,
    .help = "new versions of a model behind an API, after the launch",
};

static void check(const void *at, const rc_goals *goals, rc_faults *faults)
{
    const rc_provider *s = at;
    const rc_target *target = &goals->target;
    if (!rc_check_group(faults, "production", 0))
        rc_fault(
            faults, s->head.at, "add production = { watch_for = \"12 months\"; };",
            "new versions of a provider come after the launch, and nothing follows "
            "the product then");
    if (target->given && target->unit && strcmp(target->unit, "%") != 0)
        rc_fault(faults, s->shifts.at, "the first of the targets must be a share",
                 "'shifts' are points, but %s is measured in %s", target->metric,
                 target->unit);
    if (s->price.given && !rc_check_group(faults, "serving", 0))
        rc_warn(faults, s->price.at, "add serving, or drop it",
                "the price of tokens changes nothing: there is no serving");
}

/* ----------------------------------------------------------------------- bind */

typedef struct bound {
    bool followed; /* production follows the product */
    bool up;       /* more of the metric is better */
    rc_tested_metric metric;
    uint32_t forced_words, retest_words;
    rc_service service;
    uint32_t points, online, floor; /* production's: first of `points` rows; a row */
    /* outputs */
    uint32_t versions, forced, declined, shift, price, cost, p_below;
} bound;

static rc_shift next_shift(const rc_step *step, const void *self, uint32_t k,
                           uint32_t lane);

/* What is asked for in production's step. */
typedef struct shifter {
    const rc_provider *settings;
    const bound *bound;
} shifter;

static uint32_t output(rc_binder *b, const char *what, const char *unit,
                       rc_output_kind kind)
{
    return rc_bind_shown(b, rc_bind_print(b, "provider.%s", what), kind, unit, NULL);
}

static void *bind(const void *at, rc_binder *b)
{
    const rc_provider *s = at;
    const rc_target *target = &rc_bind_goals(b)->target;
    bound *own = rc_bind_alloc(b, 1, sizeof *own);
    own->followed = rc_production_service(b, &own->service);
    if (!own->followed)
        return own;
    own->up = target->up;
    own->metric = rc_bind_tested_metric(b, target->metric);
    own->forced_words = rc_bind_words(b, "provider.forced");
    own->retest_words = rc_bind_words(b, "provider.retest");
    own->versions = output(b, "versions", "versions", RC_OUT_SPREAD);
    own->forced = output(b, "forced", "versions", RC_OUT_SPREAD);
    own->declined = output(b, "declined", "versions", RC_OUT_SPREAD);
    own->shift = output(b, "shift", "points", RC_OUT_SPREAD);
    own->price = output(b, "price", "share", RC_OUT_SPREAD);
    own->cost = output(b, "cost", "money", RC_OUT_SPREAD);
    own->p_below = output(b, "p_below", "share", RC_OUT_SHARE);
    own->points = (uint32_t)(own->service.watched + 1e-9) + 1;
    own->online = rc_bind_series(b, "production.metric", own->points, NAN);
    own->floor = rc_bind_state(b, "production.floor", NAN);
    shifter *self = rc_bind_alloc(b, 1, sizeof *self);
    *self = (shifter){s, own};
    const rc_shifts shifts = {"provider", self, next_shift};
    rc_production_shifts(b, &shifts);
    return own;
}

/* ------------------------------------------------------------------- versions */

rc_upgrades rc_upgrades_of(const rc_step *step, const rc_provider *s,
                           const void *bound_, uint32_t lane)
{
    const bound *own = bound_;
    return (rc_upgrades){.step = step,
                         .settings = s,
                         .bound = bound_,
                         .lane = lane,
                         .quality = step->row[own->metric.truth][lane]};
}

static double within_a_share(double quality)
{
    return fmin(fmax(quality, 0), 1);
}

/* What the test set shows of it: the old version is measured on the same items. */
static double measured_shift(const rc_upgrades *u, double shift)
{
    const bound *own = u->bound;
    const rc_test_set test = rc_tested_metric_set(&own->metric, u->step, u->lane);
    const double z = rc_normal_quantile(
        rc_uniform(rc_word(u->step, own->retest_words, u->k, u->lane)));
    const double after = within_a_share(u->quality + shift);
    return rc_measured_off(&test, after, 0, 0, z) - rc_test_shows(&test, u->quality);
}

rc_upgrade rc_upgrades_next(rc_upgrades *u)
{
    const rc_provider *s = u->settings;
    const bound *own = u->bound;
    const double forced = rc_row_or(u->step, &s->forced, u->lane, 0);
    const double better = rc_each(u->step, &s->shifts, u->k, u->lane);
    rc_upgrade v = {.at = INFINITY, .shift = own->up ? better : -better};
    u->arrives += rc_each(u->step, &s->every, u->k, u->lane);
    v.arrives = u->arrives;
    v.forced = rc_uniform(rc_word(u->step, own->forced_words, u->k, u->lane)) < forced;
    v.price = s->price.given ? rc_each(u->step, &s->price, u->k, u->lane) : 0;
    double takes = 0;
    if (s->retest) {
        takes = s->retest->takes.given
                    ? rc_each(u->step, &s->retest->takes, u->k, u->lane)
                    : 0;
        v.costs = s->retest->costs.given
                      ? rc_each(u->step, &s->retest->costs, u->k, u->lane)
                      : 0;
    }
    const double seen = (own->up ? 1 : -1) * measured_shift(u, v.shift);
    if (v.forced || seen >= s->adopted_from) {
        v.at = fmax(u->in_effect, v.arrives + (v.forced ? 0 : takes));
        u->in_effect = v.at;
        u->quality = within_a_share(u->quality + v.shift);
    }
    u->k++;
    return v;
}

/* The k-th that takes effect; asked for in order, and there are few of them. */
static rc_shift next_shift(const rc_step *step, const void *self, uint32_t k,
                           uint32_t lane)
{
    const shifter *of = self;
    const double months = of->bound->service.months;
    rc_upgrades u = rc_upgrades_of(step, of->settings, of->bound, lane);
    while (u.arrives < months) {
        const rc_upgrade v = rc_upgrades_next(&u);
        if (v.at < INFINITY && k-- == 0)
            return (rc_shift){v.at, v.shift};
    }
    return (rc_shift){.at = INFINITY};
}

/* ----------------------------------------------------------------------- live */

/* Months *point … until: is the product below its floor in one of them, and would it not
 * be without what the versions moved? */
static bool below(const rc_step *step, const bound *own, uint32_t lane, uint32_t *point,
                  double until, double moved)
{
    const double floor = step->row[own->floor][lane];
    bool found = false;
    for (; *point < own->points && *point < until; ++*point) {
        const double is = step->row[own->online + *point][lane], was = is - moved;
        found |= own->up ? is < floor && was >= floor : is > floor && was <= floor;
    }
    return found;
}

static void live_one(const rc_step *step, const bound *own, uint32_t lane)
{
    const rc_service *service = &own->service;
    double in_effect = 0, forced = 0, declined = 0, moved = 0, price = 1, cost = 0;
    uint32_t point = 0;
    bool was_below = false;
    rc_upgrades u = rc_upgrades_of(step, step->settings, own, lane);
    for (;;) {
        const rc_upgrade v = rc_upgrades_next(&u);
        if (v.arrives >= service->months)
            break;
        step->row[service->spent + (uint32_t)v.arrives][lane] += v.costs;
        if (v.arrives >= service->watched)
            continue;
        cost += v.costs;
        declined += isinf(v.at);
        if (v.at >= service->watched)
            continue;
        was_below |= below(step, own, lane, &point, v.at, moved);
        in_effect++;
        forced += v.forced;
        moved += v.shift;
        price *= 1 + v.price;
    }
    was_below |= below(step, own, lane, &point, INFINITY, moved);
    step->row[service->cost][lane] += cost;
    step->row[own->versions][lane] = in_effect;
    step->row[own->forced][lane] = forced;
    step->row[own->declined][lane] = declined;
    step->row[own->shift][lane] = own->up ? moved : -moved;
    step->row[own->price][lane] = price;
    step->row[own->cost][lane] = cost;
    step->row[own->p_below][lane] = was_below;
}

static void live(const rc_step *step)
{
    const bound *own = step->bound;
    for (uint32_t lane = 0; own->followed && lane < step->lanes; lane++)
        if (!isnan(step->row[own->service.cost][lane]))
            live_one(step, own, lane);
}

const rc_model rc_model_provider = {
    .id = "provider", .group = &group, .check = check, .bind = bind, .live = live};
