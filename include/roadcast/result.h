/* result.h -- what a run found out.
 *
 * Plain arrays, read-only.  Whatever depends on models (experiments, gates, fairness,
 * production…) is a list of outputs named by their path in result.json; what every plan
 * has (verdict, finish, cost, metrics, tasks, drivers) has a struct.
 *
 * Units    days are working days since the start of the calendar, unrounded; money in
 *          the scenario's currency; probabilities 0 to 1.
 * Never    a future that is stopped never finishes: INFINITY in percentiles of the finish.
 *          NAN: not applicable (no deadline, nobody launched).
 * Intervals are 95 %, of the Monte Carlo error; an error is half the width of one.
 * Shape    percentile arrays run parallel to result->percentiles.
 * Memory   everything belongs to the result; rc_result_free frees it.
 */
#ifndef ROADCAST_RESULT_H
#define ROADCAST_RESULT_H

#include <roadcast/model.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RC_Z95 1.959963984540054 /* 95 % of a normal law lie within so many of its sd */

/* Error of a mean of n values; of one value nothing is known: NAN. */
static inline double rc_mean_error(double sd, uint64_t n)
{
    return n > 1 ? RC_Z95 * sd / sqrt((double)n) : (double)NAN;
}

typedef struct rc_share {
    double p, low, high; /* Wilson interval */
} rc_share;

/* A distribution over futures, summarised. */
typedef struct rc_spread {
    uint64_t n; /* futures it is of */
    double mean, sd;
    const double *p;     /* [percentiles_n] nearest rank */
    const double *p_low; /* [percentiles_n] order-statistic interval, or NULL */
    const double *p_high;
} rc_spread;

/* What stops futures before they launch: a gate that is not passed, or a part of the plan
 * that gives it up. */
typedef struct rc_stop {
    const char *id, *name; /* of the gated task, of the group */
    const char *kind;      /* "gate", or the name of the group's list: "checkpoints" */
    rc_share p;
    const char *mostly; /* of a gate: what fails most, "recall", "fairness"; NULL */
    /* money spent in vain: mean over the futures that it stops; NAN: none */
    double cost, cost_low, cost_high;
} rc_stop;

/* One of several targets: chance to launch truly on it. */
typedef struct rc_target_chance {
    const char *metric;
    rc_share p;
} rc_target_chance;

/* Less that can be promised: the best target, in half points, that is sure by a day. */
typedef struct rc_fallback {
    double target; /* NAN: none */
    rc_share chance;
    double days;
} rc_fallback;

typedef struct rc_verdict {
    rc_share launch, deadline, budget, target, all, stopped, not_possible, not_found;
    /* first day by which `confidence` of futures launched truly on target; INFINITY:
     * none; NAN: no goals */
    double promise_days, promise_low, promise_high; /* by order statistics */
    double confidence;
    bool has_deadline, has_budget, has_target; /* target, all: on all of the targets */
    const rc_target_chance *targets;
    uint32_t targets_n;
    /* when there is no promise: by the deadline (without one at any time); and by the day
     * half-way, in futures, from the wanted confidence to all that ever launch */
    rc_fallback fallback, fallback_later;
    const rc_stop *stops; /* all that may stop a future, whether any does or not */
    uint32_t stops_n;
} rc_verdict;

typedef struct rc_histogram {
    const double *edges;    /* [n + 1] */
    const uint64_t *counts; /* [n] */
    uint32_t n;
    uint64_t never;
} rc_histogram;

typedef struct rc_task_result {
    const char *id, *name, *phase, *milestone;
    rc_share criticality, occurs;
    /* indices: size of a rank correlation, with its interval, NAN: constant duration; and
     * criticality by the share of the duration's sd, of which no error is known */
    double cruciality, cruciality_low, cruciality_high, ssi;
    double rounds, rounds_error;
    /* finish: of the last round; of futures in which it occurs */
    rc_spread duration, start, finish;
    double cost_mean, cost_error;
} rc_task_result;

typedef struct rc_driver {
    const char *id;   /* "experiments.levers.graph.successes" */
    const char *name; /* human */
    const char *method;
    /* change of the expected finish when the input lands in its best, worst tenth */
    double low_days, high_days, days_error;
    double low_at, high_at; /* mean of the input there */
    double share_of_variance;
    double rank_correlation, rank_low, rank_high;
    rc_origin origin;
} rc_driver;

/* What it would be worth to know an input before deciding for the plan or against it. */
typedef struct rc_knowing {
    const char *id, *name;
    double worth, error; /* money; half the width of the 95 % interval */
    rc_origin origin;
} rc_knowing;

typedef struct rc_metric_result {
    const char *id, *unit;
    bool up;
    rc_spread true_value, measured; /* at launch, of futures that launch */
    /* [percentiles_n]: with chance percentiles[i] the true value is at least (up)
     * this */
    const double *chance_of_more, *chance_of_more_low, *chance_of_more_high;
} rc_metric_result;

typedef struct rc_output_result {
    rc_output output; /* path, kind, unit, labels */
    /* [series]; of RC_OUT_MEAN and RC_OUT_SHARE without percentiles */
    const rc_spread *spread;
    /* [series], RC_OUT_SHARE; for COUNTS and CATEGORY: [classes] */
    const rc_share *share;
    uint32_t classes; /* COUNTS and CATEGORY */
} rc_output_result;

typedef struct rc_what_if_result {
    const char *id, *name;
    rc_verdict verdict;
    double finish_p80_days, finish_p80_low, finish_p80_high;
    double cost_p80, cost_p80_low, cost_p80_high;
    /* change of verdict.all (or of the strongest goal given), 95 % half-width,
     * paired futures */
    double gain, gain_error;
    /* the same of the mean of what futures earn (NPV); NAN: nobody asks what */
    double value_gain, value_gain_error;
    /* of the mean cost until the launch, NAN: of one future nothing is known */
    double cost_change, cost_change_error;
    /* gain for each unit of money more, and its interval; NAN: the cost falls, or does not
     * rise beyond its error */
    double per_money, per_money_low, per_money_high;
    bool same_goals; /* else it promises something else, and buys nothing */
} rc_what_if_result;

/* Chance of launching truly at target t by date d: rows targets, columns dates. */
typedef struct rc_hit_map {
    const double *days;     /* [days_n] */
    const double *targets;  /* [targets_n] in the metric's base unit */
    const rc_share *chance; /* [targets_n][days_n] */
    uint32_t days_n, targets_n;
    uint32_t promise_day, promise_target; /* the current promise; UINT32_MAX none */
    /* nearest cell at the wanted confidence; UINT32_MAX none */
    uint32_t nearest_day, nearest_target;
} rc_hit_map;

/* One future; INFINITY: it never launches. */
typedef struct rc_dot {
    double finish_days, cost;
    bool reached;
} rc_dot;

typedef struct rc_result {
    /* run */
    const char *scenario, *question, *owner, *sha256, *currency, *folder;
    const char *const *set;
    uint32_t set_n;
    /* The scenario's file as given, and what was read, includes in place: layers are the
     * bytes of each text, what is extended first. NULL: not known. */
    const char *file, *text;
    const uint64_t *layers;
    uint32_t layers_n;
    /* tasks, drivers and outputs are of the first detail_futures */
    uint64_t seed, futures, detail_futures;
    /* percentiles of all futures are order statistics, else upper edges of bins: too high
     * by at most this share of themselves */
    bool exact_quantiles;
    double quantile_resolution;
    bool resource_limited;
    const double *percentiles; /* ascending, percent; always holds 10, 50, 80, 90 */
    uint32_t percentiles_n;

    /* calendar: date of working day i, for i < dates_n (days since 1970-01-01); past the end: add weeks */
    const int32_t *dates;
    uint32_t dates_n;
    int32_t start_date, deadline_date; /* INT32_MIN: none */
    double deadline_days, budget;
    rc_target target; /* the first of targets */
    const rc_target *targets;
    uint32_t targets_n;
    const char *hypothesis; /* of the scenario; NULL: none */
    /* goals.supports: what is wanted of a measure of the business, and by when */
    struct {
        const char *measure, *unit; /* measure NULL: none */
        bool up;
        double wanted;
        int32_t by;
    } supports;

    rc_verdict verdict;
    rc_spread finish;          /* of all futures; INFINITY = never */
    rc_spread finish_launched; /* of futures that launch */
    /* calendar weeks anchored on the deadline; edges in days since 1970 */
    rc_histogram finish_histogram;
    rc_spread cost;
    rc_histogram cost_histogram;
    const char *const *cost_kinds;
    const double *cost_by_kind,
        *cost_by_kind_error; /* means; NAN: of too few futures */
    uint32_t cost_kinds_n;
    const rc_metric_result *metrics;
    uint32_t metrics_n;
    const rc_task_result *tasks; /* file order */
    uint32_t tasks_n;
    const rc_driver *drivers; /* sorted, largest swing first */
    uint32_t drivers_n;
    /* of a plan with value: inputs worth knowing beyond the noise, most first; and what
     * knowing everything would be worth. NAN: the plan has no value */
    const rc_knowing *knowing;
    uint32_t knowing_n;
    double knowing_all, knowing_all_error;
    const rc_output_result *outputs;
    uint32_t outputs_n;
    const rc_what_if_result *what_if;
    uint32_t what_if_n;
    rc_hit_map hit_map;
    const rc_dot *dots;
    uint32_t dots_n;
    /* shares of all futures [late or never][over the budget] */
    double quarters[2][2];
    const char *const *assumed;
    uint32_t assumed_n;
    const char *const *warnings;
    uint32_t warnings_n;
    const char *const *charts; /* charts that the scenario asks for */
    uint32_t charts_n;

    struct rc_result_owner *owner_; /* samples and memory, private */
} rc_result;

void rc_result_free(rc_result *result);

/* Percentile of a spread of this result; NAN: it has none, or the percentile is not kept. */
static inline double rc_spread_at(const rc_result *result, const rc_spread *spread,
                                  double percent)
{
    for (uint32_t i = 0; i < result->percentiles_n && spread->p && spread->n; i++)
        if (result->percentiles[i] == percent)
            return spread->p[i];
    return (double)NAN;
}

/* The output at a path, or NULL. */
const rc_output_result *rc_result_output(const rc_result *result, const char *path);

/* Dates of working days: of a finish (the last working day it touches), and of a start. */
int32_t rc_result_finish_date(const rc_result *result, double days);
int32_t rc_result_start_date(const rc_result *result, double days);

/* Samples, one column per kept quantity; false past the end. Values [futures]. Where
 * quantiles are not exact there are none unless they were asked for. */
bool rc_result_samples(const rc_result *result, uint32_t column, const char **name,
                       const double **values);

#ifdef __cplusplus
}
#endif
#endif
