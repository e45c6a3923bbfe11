/* production.c -- the settings of production, and its life between events. */
#include "production.h"
#include <math.h>
#include <string.h>

static const rc_setting drift_settings[] = {
    {.key = "loss",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_POINTS_PER_MONTH,
     .offset = offsetof(rc_drift, loss),
     .low = -1,
     .high = 1,
     .help = "quality lost per month, the same in each"},
    {.key = "tau",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_drift, tau),
     .low = 0,
     .high = 1200,
     .help =
         "instead of loss: time in which quality falls by 63 % of what it can fall; "
         "36 months in a stable domain, 12 of consumers, 4 to 8 with adversaries"},
    {.key = "floor_below",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_drift, floor_below),
     .low = 0,
     .high = 1,
     .help =
         "with tau: how far it can fall, as a share of the quality at launch; 10 % in "
         "a stable domain, 30 % with adversaries"},
    {0}};

static const rc_group drift_group = {"drift", sizeof(rc_drift), drift_settings,
                                     "how quality is lost as the world moves on"};

static const rc_setting shocks_settings[] = {
    {.key = "per_year",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_COUNT_PER_YEAR,
     .offset = offsetof(rc_shocks, per_year),
     .required = true,
     .low = 0,
     .high = 1000,
     .help = "how many in a year, at random times"},
    {.key = "loss",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_POINTS,
     .offset = offsetof(rc_shocks, loss),
     .required = true,
     .low = -1,
     .high = 1,
     .help = "quality that one of them costs"},
    {0}};

static const rc_group shocks_group = {"shocks", sizeof(rc_shocks), shocks_settings,
                                      "sudden losses: new attacks, new behaviour"};

static const rc_setting retrain_settings[] = {
    {.key = "every",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_retrain, every),
     .low = 0,
     .high = 1200,
     .help = "time from the launch, or from the end of the last retraining, to the "
             "next; default never"},
    {.key = "or_when",
     .kind = RC_CONDITION,
     .offset = offsetof(rc_retrain, or_when),
     .help = "retrain as soon as this is seen: \"recall < 80.5 %\""},
    {.key = "takes",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_retrain, takes),
     .fallback = "1 / 2 / 4 weeks",
     .low = 0,
     .high = 1200,
     .help =
         "from its start to the new model in service; the default is our judgement"},
    {.key = "recovers",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_retrain, recovers),
     .fallback = "80 to 98 %",
     .low = 0,
     .high = 1,
     .help =
         "share of what was lost since the launch that comes back; the default is our "
         "judgement"},
    {.key = "cost",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_MONEY,
     .offset = offsetof(rc_retrain, cost),
     .help = "price of one retraining; default nothing"},
    {.key = "fails",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_retrain, fails),
     .low = 0,
     .high = 1,
     .help =
         "chance that a new model fails its gate and the old one stays; default none"},
    {0}};

static const rc_group retrain_group = {"retrain", sizeof(rc_retrain), retrain_settings,
                                       "when the model is trained again"};

static const rc_setting monitoring_settings[] = {
    {.key = "delay",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_monitoring, delay),
     .required = true,
     .low = 0,
     .high = 1200,
     .help = "time until or_when is seen to hold, label delay included"},
    {0}};

static const rc_group monitoring_group = {
    "monitoring", sizeof(rc_monitoring), monitoring_settings,
    "how late a loss is seen; without it at once"};

static const rc_setting settings[] = {
    {.key = "id",
     .kind = RC_ID,
     .offset = offsetof(rc_production, head.id),
     .help = "what other settings call it; default production"},
    {.key = "name",
     .kind = RC_TEXT,
     .offset = offsetof(rc_production, head.name),
     .help = "what people call it; default its id"},
    {.key = "watch_for",
     .kind = RC_REAL,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_production, watch_for),
     .fallback = "12 months",
     .low = 1 / 30.4375, /* a day */
     .high = 120,
     .help = "how long after the launch the model is followed"},
    {.key = "floor",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_METRIC,
     .offset = offsetof(rc_production, floor),
     .help =
         "value of the target's metric that it must keep; default the target itself"},
    {.key = "drift",
     .kind = RC_GROUP,
     .offset = offsetof(rc_production, drift),
     .of = &drift_group,
     .help = "how quality is lost; default a stable domain: tau 36 months, 10 % below"},
    {.key = "shocks",
     .kind = RC_GROUP,
     .offset = offsetof(rc_production, shocks),
     .of = &shocks_group,
     .help = "sudden losses; default none"},
    {.key = "retrain",
     .kind = RC_GROUP,
     .offset = offsetof(rc_production, retrain),
     .of = &retrain_group,
     .help = "when the model is trained again; default never"},
    {.key = "monitoring",
     .kind = RC_GROUP,
     .offset = offsetof(rc_production, monitoring),
     .of = &monitoring_group,
     .help = "how late a loss is seen; default at once"},
    {0}};

static const rc_group group = {"production", sizeof(rc_production), settings,
                               "life after the launch"};

/* A stable domain, where nothing is said about drift. */
static const double stable_tau = 36, stable_floor_below = .10;

/* Two retrainings start at least a minute apart, or one that takes no time and does not
 * help would be started for ever at the same moment. (Models may include model.h alone:
 * the length of a month is also in base/units.h.) */
static const double months_per_minute = 1 / (30.4375 * 24 * 60);

static void check(const void *settings_, const rc_goals *goals, rc_faults *faults)
{
    const rc_production *s = settings_;
    const rc_target *target = &goals->target;
    if (!target->given)
        rc_warn(faults, s->head.at, "add goals.target",
                "production is not followed: without a target there is no metric to "
                "follow");
    if (s->drift && s->drift->loss.given && s->drift->tau.given)
        rc_fault(faults, s->drift->tau.at, "drop one of them",
                 "drift is linear with 'loss' or exponential with 'tau', not both");
    if (s->drift && s->drift->floor_below.given && !s->drift->tau.given)
        rc_fault(faults, s->drift->floor_below.at, "add tau",
                 "'floor_below' of drift needs 'tau'");
    const rc_retrain *retrain = s->retrain;
    if (!retrain)
        return;
    const rc_condition *when = &retrain->or_when;
    if (!retrain->every.given && !when->text) {
        rc_fault(faults, s->head.at, "say when: every = \"13 weeks\"",
                 "retrain needs 'every', 'or_when', or both");
    } else if (when->text && target->given) {
        bool falls = when->op == RC_BELOW || when->op == RC_AT_MOST;
        if (strcmp(when->metric, target->metric) != 0)
            rc_fault(faults, when->at, NULL,
                     "or_when looks at '%s', but production follows '%s'", when->metric,
                     target->metric);
        else if (when->op == RC_ANY || falls != target->up)
            rc_fault(faults, when->at, NULL, "or_when expects '%s %s' and a value",
                     target->metric, target->up ? "<" : ">");
    }
}

typedef struct bound {
    bool followed;   /* there is a metric to follow */
    double worse;    /* -1: a loss lowers the metric; +1: it raises it */
    double target;   /* the floor where none is given */
    uint32_t metric; /* state row: true value at the launch */
    uint32_t shock_words, fail_words;
    uint32_t months;        /* length of the series: 0 .. watch_for */
    uint32_t values, below; /* series of state rows */
    uint32_t months_below, retrains, cost, at_end, floor;
} bound;

static void *bind(const void *settings_, rc_binder *b)
{
    const rc_production *s = settings_;
    const rc_target *target = &rc_bind_goals(b)->target;
    bound *own = rc_bind_alloc(b, 1, sizeof *own);
    if (!target->given)
        return own;
    const char *unit =
        target->unit && strcmp(target->unit, "%") != 0 ? target->unit : "share";
    own->followed = true;
    own->worse = target->up ? -1 : 1;
    own->target = target->value;
    own->metric = rc_bind_state(b, rc_bind_print(b, "metric.%s", target->metric), NAN);
    own->shock_words = rc_bind_words(b, "production.shocks.wait");
    own->fail_words = rc_bind_words(b, "production.retrain.bad");
    own->months = (uint32_t)(s->watch_for + 1e-9) + 1;
    own->values = rc_bind_series(b, "production.metric", own->months, NAN);
    own->below = rc_bind_series(b, "production.p_below_floor", own->months, NAN);
    const struct {
        uint32_t *row;
        const char *path;
        rc_output_kind kind;
        const char *unit;
    } outputs[] = {
        {&own->months_below, "production.months_below_floor", RC_OUT_SPREAD, "months"},
        {&own->retrains, "production.retrains", RC_OUT_SPREAD, "retrainings"},
        {&own->cost, "production.cost", RC_OUT_SPREAD, "money"},
        {&own->at_end, "production.quality_at_end", RC_OUT_SPREAD, unit},
        {&own->floor, "production.floor", RC_OUT_MEAN, unit},
    };
    rc_bind_output(b, (rc_output){.path = "production.metric",
                                  .kind = RC_OUT_SPREAD,
                                  .unit = unit,
                                  .row = own->values,
                                  .series = own->months});
    rc_bind_output(b, (rc_output){.path = "production.p_below_floor",
                                  .kind = RC_OUT_SHARE,
                                  .unit = "share",
                                  .row = own->below,
                                  .series = own->months});
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++) {
        *outputs[i].row = rc_bind_watched(b,
                                          (rc_output){.path = outputs[i].path,
                                                      .kind = outputs[i].kind,
                                                      .unit = outputs[i].unit},
                                          NAN);
    }
    if (!s->floor.given)
        rc_bind_assumed(b, "the floor of production is the target itself");
    if (!s->drift || (!s->drift->loss.given && !s->drift->tau.given))
        rc_bind_assumed(b, "after launch a stable domain: quality falls towards 10 %% "
                           "below its start, with a time constant of 36 months");
    else if (s->drift->tau.given && !s->drift->floor_below.given)
        rc_bind_assumed(b, "drift ends 10 %% below the quality at launch");
    if (s->retrain && s->retrain->takes.origin == RC_DEFAULT)
        rc_bind_assumed(b, "a retraining takes %s", s->retrain->takes.text);
    if (s->retrain && s->retrain->recovers.origin == RC_DEFAULT)
        rc_bind_assumed(b, "a retraining recovers %s of what was lost",
                        s->retrain->recovers.text);
    return own;
}

/* -------------------------------------------------------------------- decay */

/* How the drifting part of a loss grows when nothing happens. */
typedef struct decay {
    bool linear;
    double rate;   /* linear: a month */
    double a, tau; /* exponential: towards a */
} decay;

static double decayed(const decay *d, double loss, double months)
{
    return d->linear ? loss + d->rate * months
                     : d->a - (d->a - loss) * rc_exp(-months / d->tau);
}

/* Months until the loss is over `limit`: 0 where it is, INFINITY where it never will
 * be. */
static double months_until(const decay *d, double loss, double limit)
{
    if (loss > limit)
        return 0;
    if (d->linear)
        return d->rate > 0 ? (limit - loss) / d->rate : INFINITY;
    return limit < d->a ? d->tau * rc_log((d->a - loss) / (d->a - limit)) : INFINITY;
}

/* How long within the next `months` the loss is over `limit`. */
static double months_over(const decay *d, double loss, double limit, double months)
{
    if (loss > limit && d->linear && d->rate < 0)
        return fmin(months, (limit - loss) / d->rate);
    return fmax(0, months - months_until(d, loss, limit));
}

/* --------------------------------------------------------------- one future */

static double each(const rc_step *step, const rc_estimate *e, uint32_t index,
                   uint32_t lane, double otherwise)
{
    return e->given ? rc_each(step, e, index, lane) : otherwise;
}

static decay decay_of(const rc_step *step, const rc_drift *drift, double m0,
                      uint32_t lane)
{
    if (drift && drift->loss.given)
        return (decay){.linear = true, .rate = rc_row(step, &drift->loss)[lane]};
    double tau = stable_tau, below = stable_floor_below;
    if (drift) {
        tau = rc_row_or(step, &drift->tau, lane, tau);
        below = rc_row_or(step, &drift->floor_below, lane, below);
    }
    /* a law that touches zero: as good as at once, without 0 / 0 */
    return (decay){.a = m0 * below, .tau = fmax(tau, months_per_minute)};
}

static double shock_wait(const rc_step *step, const bound *own, double per_month,
                         uint32_t k, uint32_t lane)
{
    if (!(per_month > 0))
        return INFINITY;
    return -rc_log(rc_uniform(rc_word(step, own->shock_words, k, lane))) / per_month;
}

/* Loss since the launch: what drifts, and what shocks took. */
typedef struct loss {
    double drifted, shocked;
} loss;

typedef struct tale {
    double months_below, cost;
    uint32_t retrains;
    loss at_end;
} tale;

/* Writes the loss at months 0, 1, … into loss_at[month][lane]. */
static tale live_on(const rc_step *step, const bound *own, double m0, double floor,
                    double *const *loss_at, uint32_t lane)
{
    const rc_production *s = step->settings;
    const rc_retrain *retrain = s->retrain;
    const decay drift = decay_of(step, s->drift, m0, lane);
    const double watch = s->watch_for;
    const double to_floor = (floor - m0) * own->worse;
    double per_month = s->shocks ? rc_row(step, &s->shocks->per_year)[lane] / 12 : 0;
    double to_alarm = INFINITY, every = INFINITY, delay = 0, fails = 0;
    if (retrain) {
        every = rc_row_or(step, &retrain->every, lane, INFINITY);
        fails = rc_row_or(step, &retrain->fails, lane, 0);
        if (retrain->or_when.text)
            to_alarm = (retrain->or_when.value - m0) * own->worse;
    }
    if (s->monitoring)
        delay = rc_row(step, &s->monitoring->delay)[lane];

    tale told = {0};
    loss l = {0};
    double t = 0;
    uint32_t month = 0, shocks = 0;
    double shock = shock_wait(step, own, per_month, shocks, lane);
    double due = every,
           alarm = INFINITY; /* the next retraining, when none is under way */
    double last = -INFINITY; /* start of the last one */
    bool training = false;
    double done = INFINITY; /* its end */

    while (t < watch) {
        double next = fmin(watch, shock);
        if (training) {
            next = fmin(next, done);
        } else {
            double seen = t + months_until(&drift, l.drifted, to_alarm - l.shocked);
            if (alarm == INFINITY && seen <= fmin(next, due))
                alarm = seen + delay;
            next = fmin(next, fmax(fmin(due, alarm), last + months_per_minute));
        }
        for (; month < own->months && month < next; month++)
            loss_at[month][lane] = decayed(&drift, l.drifted, month - t) + l.shocked;
        told.months_below +=
            months_over(&drift, l.drifted, to_floor - l.shocked, next - t);
        l.drifted = decayed(&drift, l.drifted, next - t);
        t = next;
        if (t >= watch)
            break;
        if (training && t == done) {
            uint32_t k = told.retrains - 1;
            bool bad = rc_uniform(rc_word(step, own->fail_words, k, lane)) < fails;
            if (!bad && l.drifted + l.shocked > 0) {
                double left = 1 - rc_each(step, &retrain->recovers, k, lane);
                l.drifted *= left;
                l.shocked *= left;
            }
            training = false;
            due = t + every;
            alarm = INFINITY;
        } else if (t == shock) {
            l.shocked += rc_each(step, &s->shocks->loss, shocks, lane);
            shock = t + shock_wait(step, own, per_month, ++shocks, lane);
        } else {
            uint32_t k = told.retrains++;
            told.cost += each(step, &retrain->cost, k, lane, 0);
            done = t + rc_each(step, &retrain->takes, k, lane);
            last = t;
            training = true;
        }
    }
    for (; month < own->months; month++)
        loss_at[month][lane] = l.drifted + l.shocked;
    told.at_end = l;
    return told;
}

static void live(const rc_step *step)
{
    const rc_production *s = step->settings;
    const bound *own = step->bound;
    if (!own->followed)
        return;
    const double *metric = step->row[own->metric];
    double *const *values = &step->row[own->values];
    double *const *below = &step->row[own->below];
    for (uint32_t lane = 0; lane < step->lanes; lane++) {
        double m0 = metric[lane];
        if (!(step->launch[lane] < INFINITY) || isnan(m0))
            continue; /* the rows are NAN: not applicable */
        double floor = rc_row_or(step, &s->floor, lane, own->target);
        tale told = live_on(step, own, m0, floor, values, lane);
        for (uint32_t i = 0; i < own->months; i++) {
            double lost = values[i][lane];
            /* no metric falls below nothing at all */
            values[i][lane] = fmax(0, m0 + own->worse * lost);
            below[i][lane] = lost > (floor - m0) * own->worse;
        }
        step->row[own->months_below][lane] = told.months_below;
        step->row[own->retrains][lane] = told.retrains;
        step->row[own->cost][lane] = told.cost;
        step->row[own->at_end][lane] =
            fmax(0, m0 + own->worse * (told.at_end.drifted + told.at_end.shocked));
        step->row[own->floor][lane] = floor;
    }
}

const rc_model rc_model_production = {
    .id = "production", .group = &group, .check = check, .bind = bind, .live = live};

/* ------------------------------------------------- planning of maintenance */

static double divergence(double p, double q) /* Kullback-Leibler, of two outcomes */
{
    return p * rc_log(p / q) + (1 - p) * rc_log((1 - p) / (1 - q));
}

double rc_cusum_threshold(double p0, double p1, double outcomes_between_alarms)
{
    const double c = outcomes_between_alarms * divergence(p0, p1);
    /* Newton from the right of the root of a convex function: falls until it is there
     */
    double h = rc_log(2 * c + 4);
    for (;;) {
        double next = h - (rc_expm1(h) - h - c) / rc_expm1(h);
        if (!(next < h))
            return h;
        h = next;
    }
}

double rc_cusum_delay(double p0, double p1, double threshold)
{
    return (threshold + rc_expm1(-threshold)) / divergence(p1, p0);
}

double rc_retrain_period(double cost, double value, double rate)
{
    return sqrt(2 * cost / (value * rate));
}

double rc_retrain_cost_per_month(double cost, double value, double rate, double period)
{
    return cost / period + value * rate * period / 2;
}

double rc_retrain_period_exponential(double cost, double value, double a, double tau)
{
    const double need = cost / (value * a);
    if (need >= tau)
        return INFINITY;
    double low = 0, high = tau;
    while (tau - (high + tau) * rc_exp(-high / tau) < need)
        high *= 2;
    for (;;) { /* until no number lies between them */
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            return middle;
        if (tau - (middle + tau) * rc_exp(-middle / tau) < need)
            low = middle;
        else
            high = middle;
    }
}
