/* search.h -- inside the model experiments: its parts, and one search in one future.
 *
 * rc_search_plan is what bind prepares and every future shares; rc_search is one
 * future's search, kept from round to round.  Errors are counted downwards throughout:
 * e is 1 - metric, or the metric itself where less is better.
 */
#ifndef ROADCAST_MODELS_SEARCH_H
#define ROADCAST_MODELS_SEARCH_H

#include "also.h"
#include "belief.h"
#include "checkpoints.h"
#include "experiments.h"
#include "labels.h"
#include "learning_figure.h"
#include "next_try.h"
#include "test_set.h"

/* ---------------------------------------------- shared by all futures (bind) */

#define RC_ALL_APPROACHES UINT32_MAX

typedef struct rc_lever_plan {
    const rc_lever *lever;
    uint32_t works, feasible, success, crash, gain, seed, pair, thompson; /* words */
    uint32_t *needs;   /* [lever->needs.n] rows with finishes */
    uint32_t approach; /* the one that it belongs to; RC_ALL_APPROACHES */
    const rc_estimate *takes[RC_APPROACHES_MAX], *hours[RC_APPROACHES_MAX];
    uint32_t each;              /* added to k where an estimate is shared by levers */
    uint32_t most;              /* tries */
    double repeats, seed_scale; /* 1 / sqrt(repeats) */

    double typical_gain; /* where no gain is stated: the median of its LN(…, .9) */
    bool in_points;      /* simple form */
    bool worked_before;  /* so_far tells a success: there is something to find */
    double so_far_fail;  /* chance that all tries of so_far fail: 1 without them */

    /* what the team believes, from the tries that have ended */
    rc_belief prior;
    double gain_per_day[RC_APPROACHES_MAX]; /* of a success, first of its lever */
    uint32_t known;                         /* last index of the tables */
    double *again;    /* [i] chance of try i relative to p: decay, fatigue */
    double *exposure; /* [m] sum of again over the first m */
    double *anything; /* [m] P(there is anything to find | m straight failures) */
    double *shrink;   /* [k] (k + 1)^-gamma */

    uint32_t p_row, tries_row, successes_row; /* state rows; UINT32_MAX: none */
    uint32_t luck_row;                        /* the lever's driver */
} rc_lever_plan;

typedef struct rc_search_plan {
    const rc_experiments *s;
    bool data_lever;       /* one of the levers brings labels */
    bool up, share, first; /* first: owns figures.search */
    size_t size;           /* of a search in memory */
    uint32_t levers_n;
    rc_lever_plan *levers;
    uint32_t approaches_n;                  /* 1 where none are named */
    const rc_approach *approaches;          /* NULL: none are named */
    bool open[RC_APPROACHES_MAX];           /* may be tried */
    uint32_t first_seed[RC_APPROACHES_MAX]; /* words: of each one's first model */
    bool lifted; /* another search may take the metric beyond this one's ceiling */
    bool todays_ships; /* the first may be what the search ends with */
    rc_also_plan also;
    double target, deadline_days; /* target of this metric; NAN: none */
    double rate_per_hour;
    int64_t most_tries;
    bool until_deadline;
    rc_learning_fit *fit; /* three points or more and no stated exponent */
    rc_curve_point *errors;
    rc_student surprise_law;
    rc_measured_by by;
    uint32_t hope_row; /* state: since when there is hope that only a leak gives */
    uint32_t test_set, choice, ceiling, exponent, surprise; /* words */
    rc_learning_figure *shown; /* NULL: not in this search */
    rc_labels labels;          /* of the scenario, as they come */
    uint32_t metric, measured, seed_row, systematic, possible; /* state rows */
    uint32_t tries_row, days_row, largest_row, curse_row;      /* outputs */
    uint32_t best_row, reached_row, ceiling_row;
    uint32_t
        searched; /* 1: a search has moved the metric; UINT32_MAX: nobody else does */
    uint32_t drawn_ceiling; /* approach whose ceiling ceiling_row tells */
    /* which approach (UINT32_MAX: none are named), and what each has come to */
    uint32_t approach_row, *approach_tries, *approach_value;
    rc_next_plan next;
    rc_told told; /* checkpoints that look at this metric */
} rc_search_plan;

/* ------------------------------------------------------ one future's (memory) */

typedef struct rc_lever_state {
    double p;      /* feasible x p */
    double gained; /* error taken away by kept tries */
    uint16_t number, running, ended, kept, successes;
    bool raised;
} rc_lever_state;

/* The kept model of one approach. */
typedef struct rc_kept {
    double e, floor, e_start; /* e_start: before the first try */
    double q, c;              /* of its learning curve */
    double measured, seed;
    double tested, off; /* error b of the test set where e is `tested`, in this round */
    uint16_t begun, barren; /* tries; tries in a row that were not kept */
    bool built;             /* there is a model: today's, or a try has ended */
} rc_kept;

/* A search, its models and its levers stand one behind another: rc_search_size bytes. */
typedef struct rc_search {
    bool begun;
    uint8_t at; /* approach of the best model that is built */
    double first_start;
    double labels, surprise; /* where on the learning curve, and how far off that is */
    double
        joined; /* labels that have come since today's model, and are in the kept one */
    rc_kept *kept;         /* [approaches_n] */
    rc_lever_state *lever; /* [levers_n] */
    rc_test_set test;
    double days, cost;
    uint32_t starts, tries, turn;
    uint32_t barren; /* tries before the first success; UINT32_MAX: it has come */
} rc_search;

size_t rc_search_size(const void *settings);
/* That of a lane, in a step's memory of so many bytes a lane. */
static inline rc_search *rc_search_of(const rc_step *step, size_t size, uint32_t lane)
{
    return (rc_search *)((char *)step->memory + lane * size);
}

/* Draw what is drawn once: ceiling, labels, levers; the model before the first try. */
void rc_search_begin(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                     rc_search *s);
/* Scale and exponent of the learning curve under a floor. e: of today's model; exponent:
 * where it is not fitted. */
void rc_search_curve(const rc_search_plan *b, double e, double floor, double exponent,
                     double *q, double *c);
/* Search for at most `limit` days; returns the days that it took. */
double rc_search_run(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                     rc_search *s, double limit);
/* Whether so much is what it aims for. */
bool rc_search_at_aim(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                      double measured);
/* Its aim is measured, within its limits. */
bool rc_search_done(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                    const rc_search *s);
/* The model that it has come to. */
static inline const rc_kept *rc_search_best(const rc_search *s)
{
    return &s->kept[s->at];
}
/* Successes that the first tries of a lever hold, made or not: all it may have, RC_LUCK_TRIES
 * at the most. An input, unlike the successes that were had: a long search has more. */
#define RC_LUCK_TRIES 6
uint32_t rc_search_luck(const rc_lever_plan *p, const rc_lever_state *v,
                        const rc_step *step, uint32_t lane);
/* Error and metric are one another's mirror image, or the same. */
static inline double rc_search_mirror(const rc_search_plan *b, double value)
{
    return b->up ? 1.0 - value : value;
}

/* ------------------------ settings (experiments_settings.c, experiments_check.c) */

extern const rc_group rc_experiments_group;
void rc_experiments_check(const void *at, const rc_goals *goals, rc_faults *faults);
double rc_experiments_gpus(const void *at);
double rc_experiments_typical(const void *at);
const rc_lever *rc_experiments_levers(const rc_experiments *s, uint32_t *n);
/* Most tries of the search; 0: unlimited. */
int64_t rc_experiments_tries(const rc_experiments *s);
/* The target that its metric has, or NULL. */
const rc_target *rc_experiments_target(const rc_experiments *s, const rc_goals *goals);
/* Trainings of each try. */
int64_t rc_lever_repeats(const rc_experiments *s, const rc_lever *lever);
bool rc_experiments_is_share(const rc_experiments *s);
/* The stated ceiling, or NULL; of an approach, which may have its own. */
const rc_estimate *rc_experiments_ceiling(const rc_experiments *s);
const rc_estimate *rc_approach_ceiling(const rc_experiments *s, uint32_t approach);
const rc_estimate *rc_approach_baseline(const rc_experiments *s, uint32_t approach);
/* Whether a try may be made on it: as `approach` and must_be_explainable say. */
bool rc_approach_open(const rc_experiments *s, uint32_t approach);
uint32_t rc_approaches_n(const rc_experiments *s);

/* Whether p is judged from a default and from so_far: nothing states it. */
static inline bool rc_lever_is_judged(const rc_lever *lever)
{
    return !lever->works.given && !lever->fatigue && !lever->labels.given;
}

/* Chance of try i under fatigue. */
static inline double rc_fatigue(double i)
{
    return 0.05 + 0.50 / (1.0 + i / 12.0);
}

#define RC_NO_GAIN                                                                     \
    "none" /* label of largest_gain where nothing was gained; no lever's id */
#define RC_GAIN_SIGMA 0.9       /* log-sd of a gain where none is stated */
#define RC_LOG_GAIN_MEDIAN 0.55 /* exp(-.60): nanoGPT's records */

#endif
