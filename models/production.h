/* production.h -- the life of a model after the launch: decay, shocks, retraining.
 *
 * m0 is the metric at launch, loss(t) what has been lost since, m = m0 - loss (plus,
 * where less is better):
 *
 *   drift        linear: loss' = r;  or m -> m_inf = m0 (1 - floor_below) as exp(-t/tau)
 *   shocks       at exponential waits (per_year / 12 a month), each takes its loss
 *   retraining   starts `every` after launch or after the end of the last one, or as soon
 *                as or_when is seen to hold (`monitoring.delay` late); the old
 *                model serves on for `takes`; then `recovers` of the loss comes back,
 *                unless it fails its gate with chance `fails`. Counted and paid when it
 *                starts; two starts are at least a minute apart
 *
 * Between events everything is a closed form: crossings of or_when and of the floor are
 * solved, not searched for by steps.
 *
 * Units    months of 30.4375 days; the metric's base unit; losses are shares.
 * State    reads metric.<target metric> at the launch.
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

typedef struct rc_retrain {
    rc_estimate every;    /* once; months */
    rc_condition or_when; /* text NULL: absent */
    rc_estimate takes;    /* each; months */
    rc_estimate recovers; /* each; share of the loss */
    rc_estimate cost;     /* each */
    rc_estimate fails;    /* once; chance per retraining */
} rc_retrain;

typedef struct rc_monitoring {
    rc_estimate delay; /* once; months until or_when is seen */
} rc_monitoring;

typedef struct rc_production {
    rc_head head;
    double watch_for; /* months */
    rc_estimate floor;
    const rc_drift *drift; /* NULL: a stable domain, tau 36 months, 10 % below */
    const rc_shocks *shocks;
    const rc_retrain *retrain;
    const rc_monitoring *monitoring;
} rc_production;

extern const rc_model rc_model_production;

/* CUSUM of labelled outcomes, failure rate p0 -> p1: threshold h, in units of the log
 * likelihood ratio, with (e^h - h - 1) / KL(p0||p1) = outcomes between false alarms,
 * and outcomes until the change is seen, (h - 1 + e^-h) / KL(p1||p0). Siegmund 1985;
 * within 10 % of simulation. */
double rc_cusum_threshold(double p0, double p1, double outcomes_between_alarms);
double rc_cusum_delay(double p0, double p1, double threshold);

/* Months between retrainings that cost least: each costs `cost`, a unit of loss costs
 * `value` a month, loss grows by `rate` a month: sqrt(2 cost / (value rate)). C 20 000,
 * V 100 000, r .02: 4.472136, at 8 944.27 a month. */
double rc_retrain_period(double cost, double value, double rate);
double rc_retrain_cost_per_month(double cost, double value, double rate, double period);
/* The same where loss grows as a (1 - e^(-t/tau)): root of
 * cost / (value a) = tau - (T + tau) e^(-T/tau); INFINITY: never pays. */
double rc_retrain_period_exponential(double cost, double value, double a, double tau);

#endif
