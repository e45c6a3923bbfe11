/* serving.c -- requests, tokens and their price, month by month of service. */
#include "serving.h"
#include "decisions.h"
#include "production.h"
#include "provider.h"
#include "value.h"
#include <math.h>

/* ------------------------------------------------------------------ settings */

#define AT(member) .offset = offsetof(rc_serving, member)

static const rc_setting settings[] = {
    {.key = "name", .kind = RC_TEXT, AT(head.name), .help = "what people call it"},
    {.key = "requests",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_COUNT_PER_MONTH,
     AT(requests),
     .low = 0,
     .high = 1e15,
     .help = "today's volume, all of it adopted; default decisions.volume"},
    {.key = "growth",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_CHANGE_PER_MONTH,
     AT(growth),
     .low = -1,
     .high = 1,
     .help = "of the volume; with value it is value.growth, else none by default"},
    {.key = "tokens",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_COUNT,
     AT(tokens),
     .required = true,
     .low = 0,
     .high = 1e12,
     .help = "of one request, with all that is sent along and all calls that it takes"},
    {.key = "price",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONEY,
     AT(price),
     .required = true,
     .low = 0,
     .high = 1e9,
     .help = "of 1M tokens at the launch; versions of the provider move it"},
    {0},
};

static const rc_group group = {
    .name = "serving",
    .size = sizeof(rc_serving),
    .settings = settings,
    .help = "what it costs to answer requests, by tokens",
};

/* The volume of the market is said once. */
static const rc_estimate *volume_of(const rc_serving *s, const rc_decisions *decisions)
{
    return s->requests.given || !decisions ? &s->requests : &decisions->volume;
}

static const rc_estimate *growth_of(const rc_serving *s, const rc_value *value)
{
    return s->growth.given || !value ? &s->growth : &value->growth;
}

static void check(const void *at, const rc_goals *goals, rc_faults *faults)
{
    (void)goals;
    const rc_serving *s = at;
    const rc_decisions *decisions = rc_check_group(faults, "decisions", 0);
    const rc_value *value = rc_check_group(faults, "value", 0);
    if (!rc_check_group(faults, "production", 0))
        rc_fault(
            faults, s->head.at, "add production = { watch_for = \"12 months\"; };",
            "serving costs money after the launch, and nothing follows the product "
            "then");
    if (!volume_of(s, decisions)->given)
        rc_fault(faults, s->head.at, "add requests = \"2M /month\"",
                 "serving does not say how many requests come");
    if (s->requests.given && decisions && decisions->volume.given)
        rc_fault(faults, s->requests.at, "drop one of them",
                 "the volume is said twice: serving.requests and decisions.volume");
    if (s->growth.given && value && value->growth.given)
        rc_fault(faults, s->growth.at, "drop one of them",
                 "growth is said twice: of serving and of value");
}

/* ----------------------------------------------------------------------- bind */

typedef struct bound {
    bool followed;
    rc_service service;
    const rc_estimate *volume, *growth;
    const rc_value *value;       /* NULL: everybody uses it at once */
    const rc_provider *provider; /* NULL: the price stays */
    const void *provider_bound;
    uint32_t cost, price_at_end; /* outputs */
} bound;

static void *bind(const void *at, rc_binder *b)
{
    const rc_serving *s = at;
    bound *own = rc_bind_alloc(b, 1, sizeof *own);
    own->followed = rc_production_service(b, &own->service);
    if (!own->followed)
        return own;
    own->value = rc_bind_group(b, "value", 0);
    own->volume = volume_of(s, rc_bind_group(b, "decisions", 0));
    own->growth = growth_of(s, own->value);
    own->provider = rc_bind_group(b, "provider", 0);
    own->provider_bound = rc_bind_bound(b, "provider", 0);
    own->cost = rc_bind_shown(b, "serving.cost", RC_OUT_SPREAD, "money", NULL);
    own->price_at_end =
        rc_bind_shown(b, "serving.price_at_end", RC_OUT_SPREAD, "money", NULL);
    return own;
}

/* ----------------------------------------------------------------------- live */

/* The volume of one future; times are months of service. */
typedef struct demand {
    double requests, growth;
    double since; /* calendar.start lies so many months before service */
    double adoption, adopted_after;
} demand;

static demand demand_of(const rc_step *step, const bound *own, uint32_t lane)
{
    const rc_value *value = own->value;
    demand d = {.requests = rc_row(step, own->volume)[lane],
                .growth = rc_row_or(step, own->growth, lane, 0),
                .since = step->launched_on[lane] + step->row[own->service.waits][lane],
                .adoption = 1};
    if (value) {
        d.adoption = rc_row_or(step, &value->adoption, lane, 1);
        d.adopted_after = rc_row_or(step, &value->adopted_after, lane, 0);
    }
    return d;
}

/* The first moment after t at which the volume steps or its ramp ends. */
static double bend(const demand *d, double t)
{
    const double month = floor(d->since + t + 1e-9) + 1 - d->since;
    return t < d->adopted_after ? fmin(month, d->adopted_after) : month;
}

/* Requests from t to until, between two bends. */
static double requests(const demand *d, double t, double until)
{
    const double middle = (t + until) / 2;
    const double ramp = middle < d->adopted_after ? middle / d->adopted_after : 1;
    const double grown = rc_pow(1 + d->growth, floor(d->since + middle));
    return d->requests * grown * d->adoption * ramp * (until - t);
}

/* The price, from version to version. */
typedef struct tariff {
    rc_upgrades versions;
    bool moves;
    double factor; /* of the price at launch */
    rc_upgrade next;
} tariff;

static void look_ahead(tariff *p, double months)
{
    do
        p->next = rc_upgrades_next(&p->versions);
    while (isinf(p->next.at) && p->versions.arrives < months);
}

static tariff tariff_of(const rc_step *step, const bound *own, uint32_t lane)
{
    tariff p = {.moves = own->provider != NULL, .factor = 1, .next.at = INFINITY};
    if (p.moves) {
        p.versions = rc_upgrades_of(step, own->provider, own->provider_bound, lane);
        look_ahead(&p, own->service.months);
    }
    return p;
}

static void live_one(const rc_step *step, const bound *own, uint32_t lane)
{
    const rc_serving *s = step->settings;
    const rc_service *service = &own->service;
    const double a_request =
        rc_row(step, &s->tokens)[lane] * rc_row(step, &s->price)[lane] / 1e6;
    const demand d = demand_of(step, own, lane);
    tariff price = tariff_of(step, own, lane);
    double watched = 0, at_end = 1, t = 0;
    for (uint32_t k = 0; k < service->months; k++) {
        double *spent = &step->row[service->spent + k][lane];
        while (t < k + 1) {
            double until = fmin(fmin(bend(&d, t), k + 1), price.next.at);
            if (t < service->watched)
                until = fmin(until, service->watched);
            const double cost = requests(&d, t, until) * a_request * price.factor;
            *spent += cost;
            if (t < service->watched) {
                watched += cost;
                at_end = price.factor;
            }
            t = until;
            while (t >= price.next.at) {
                price.factor *= 1 + price.next.price;
                look_ahead(&price, service->months);
            }
        }
    }
    step->row[service->cost][lane] += watched;
    step->row[own->cost][lane] = watched;
    step->row[own->price_at_end][lane] = rc_row(step, &s->price)[lane] * at_end;
}

static void live(const rc_step *step)
{
    const bound *own = step->bound;
    for (uint32_t lane = 0; own->followed && lane < step->lanes; lane++)
        if (!isnan(step->row[own->service.cost][lane]))
            live_one(step, own, lane);
}

const rc_model rc_model_serving = {
    .id = "serving", .group = &group, .check = check, .bind = bind, .live = live};
