/* production.h -- the life of a model after the launch: what it loses, and to what; what
 * watching and retraining bring back, and what they cost.
 *
 * m0 is the metric at launch as it shows online, m = m0 - loss (plus, where less is
 * better), and the loss is a sum of causes that are kept apart:
 *
 *   m0           base + transfer (m - base), base today's model of the search
 *   first day    first_day_drop, from the start
 *   drift        linear: loss' = r; or towards a = m0 floor_below as exp(-t/tau)
 *   shocks       at exponential waits (per_year / 12 a month), each takes its loss
 *   population   newcomers x their quality x (F(t) - F(0))/(1 - F(0)),
 *                F(t) = 1/(1 + 9^(1 - 2 t/over)): a logistic, 10 % to 90 % within `over`
 *   adversary    right E (1 - exp(-s/adapts_in)), s the time since the last good
 *                release, right what the model has right at launch (m0, or 1 - m0), E
 *                evades, times (1 + grows) with each good release, at most 1
 *   feedback     what a retraining would have brought back with a label for every case
 *   bad releases each takes `loses` while it serves
 *   noise        in month k: x_k = c x_(k-1) + sqrt(1 - c^2) sd z, x_0 = sd z
 *   elsewhere    changes that another model brings (rc_production_shifts)
 *
 *   retraining   starts `every` after the start of service or after the end of the last
 *                one, or as soon as or_when is seen to hold, or at a false alarm; the
 *                old model serves on for takes + approval. Then, with chance `fails`, it
 *                stays; else, with chance `bad`, a bad release serves for noticed_after +
 *                rollback, and the old one again; else first day, drift, shocks and
 *                population <- (1 - recovers a) of themselves, a the share of labels
 *                there to learn from. Counted and paid when it starts; two starts are at
 *                least a minute apart. A locked model is not retrained
 *   a            labelled + (1 - labelled) explores^.36
 *   or_when      is seen label_delay after it begins to hold, and later by the outcomes
 *                that a CUSUM needs (production_upkeep.h), tuned to a false alarm in
 *                false_alarm_every
 *   rollback     with its chance the product is taken back at once and serves only
 *                `takes` later: everything here counts from then
 *
 * Between events everything is a closed form: crossings of or_when and of the floor are
 * solved, not searched for by steps. Where more than RC_CYCLES_TOLD retrainings fit into
 * a life they are not told one by one (production_cycles.h).
 *
 * Units    months of 30.4375 days; the metric's base unit; losses are shares.
 * State    reads metric.<target metric> at the launch; writes what
 *          rc_production_service names.
 * Where    the future never launches, all outputs are NAN.
 */
#ifndef ROADCAST_MODELS_PRODUCTION_H
#define ROADCAST_MODELS_PRODUCTION_H

#include <roadcast/model.h>

typedef struct rc_drift {
    rc_estimate loss;        /* once; points a month */
    rc_estimate tau;         /* once; months */
    rc_estimate floor_below; /* once; share of the value at launch */
} rc_drift;

typedef struct rc_shocks {
    rc_estimate per_year; /* once */
    rc_estimate loss;     /* each shock */
} rc_shocks;

typedef struct rc_noise {
    rc_estimate sd;        /* once; points */
    rc_estimate correlate; /* once; from a month to the next */
} rc_noise;

typedef struct rc_population {
    rc_estimate newcomers; /* once; share of users in the end */
    rc_estimate over;      /* once; months */
    rc_estimate quality;   /* once; points, signed */
} rc_population;

typedef struct rc_adversary {
    rc_estimate evades;    /* once; share */
    rc_estimate adapts_in; /* once; months */
    rc_estimate grows;     /* once; change per good release */
} rc_adversary;

typedef struct rc_feedback {
    rc_estimate labelled; /* once; share of cases */
    rc_estimate explores; /* once; share of the others */
    rc_estimate costs;    /* once; money a month */
} rc_feedback;

typedef struct rc_retrain {
    rc_estimate every;                   /* once; months */
    rc_condition or_when;                /* text NULL: absent */
    rc_estimate takes;                   /* each; months */
    rc_estimate approval;                /* each; months */
    rc_estimate recovers;                /* each; share of the loss */
    rc_estimate cost;                    /* each */
    rc_estimate fails;                   /* once; chance per retraining */
    rc_estimate bad;                     /* once; chance per release */
    rc_estimate loses;                   /* each; points */
    rc_estimate noticed_after, rollback; /* each; months */
} rc_retrain;

typedef struct rc_monitoring {
    rc_estimate label_delay;       /* once; months */
    rc_estimate outcomes;          /* once; a day */
    rc_estimate false_alarm_every; /* once; months */
} rc_monitoring;

typedef struct rc_rollback {
    rc_estimate chance; /* once */
    rc_estimate takes;  /* once; months */
    rc_estimate costs;  /* once */
} rc_rollback;

typedef enum rc_domain { RC_STABLE, RC_CONSUMER, RC_ADVERSARIAL } rc_domain;

typedef struct rc_production {
    rc_head head;
    double watch_for; /* months */
    rc_estimate floor;
    int domain;
    bool locked;
    rc_estimate transfer;       /* once; share of the offline gain */
    rc_estimate first_day_drop; /* once; points */
    const rc_rollback *rollback;
    const rc_drift *drift; /* NULL: as in the domain */
    const rc_shocks *shocks;
    const rc_noise *noise; /* NULL: as in the domain */
    const rc_population *population;
    const rc_adversary *adversary;
    const rc_feedback *feedback;
    const rc_retrain *retrain;
    const rc_monitoring *monitoring;
} rc_production;

extern const rc_model rc_model_production;

/* What others may read after production's live, in the futures that launch (NAN in the
 * others). Months count from the day on which the product serves for good, which is
 * `waits` months after the launch. */
typedef struct rc_service {
    uint32_t waits; /* row: months from the launch to service; 0 without a rollback */
    /* length of the two series: watch_for, or the horizon of value if that is longer */
    uint32_t months;
    uint32_t quality; /* first of `months` rows: mean quality online in that month */
    /* first of `months` rows: money in that month; whoever spends more adds to it, and
     * within `watched` months to `cost` */
    uint32_t spent, cost;
    double watched;
} rc_service;

/* For a model that binds after production; false: the product is not followed. Quality and
 * money by month are told where somebody asks for them. */
bool rc_production_service(rc_binder *b, rc_service *out);

/* What drift alone takes from a model that nobody retrains: linear r t, or towards a. */
typedef struct rc_fading {
    bool linear;
    double rate, a, tau;
} rc_fading;

/* For a model of quality m0 in this future, by the settings of production and what its
 * bind returned; whether there is a product to follow or not. */
rc_fading rc_production_fading(const rc_step *step, const rc_production *settings,
                               const void *bound, double m0, uint32_t lane);
double rc_faded(const rc_fading *fading, double months);

/* A change of the product's level from elsewhere: it stays, no retraining undoes it. */
typedef struct rc_shift {
    double at; /* months of service; INFINITY: no more of them */
    double by; /* in the metric's own direction: + raises it */
} rc_shift;

typedef struct rc_shifts {
    const char *cause; /* "provider": production.loss_by[provider] */
    const void *self;  /* plan's memory */
    /* The k-th in this future, k = 0, 1, …, in order of time. `step` is production's: rows
     * and words that `self` remembers may be asked for. */
    rc_shift (*next)(const rc_step *step, const void *self, uint32_t k, uint32_t lane);
} rc_shifts;

/* Called by a model that binds after production, once a plan; false: nobody follows
 * the product, next will never be called. */
bool rc_production_shifts(rc_binder *b, const rc_shifts *shifts);

#endif
