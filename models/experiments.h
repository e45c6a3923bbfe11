/* experiments.h -- a search: tries of uncertain success until the metric is measured
 * where it should be, or until time, money, tries or hope run out.
 *
 * e is the error (1 - metric, or the metric itself where less is better), e_floor what
 * the ceiling leaves, x = e - e_floor.  Once per future, for each lever:
 *
 *   feasible ~ Bernoulli(reachable)     is there anything to find?
 *   p        as estimated (works), or ~ Beta(2.5, 6.3), updated by so_far
 *
 * and for the k-th try of that lever, i = k - 1, s its successes up to this one:
 *
 *   takes      as estimated x slower; its `repeats` trainings run side by side
 *   crash      ~ Bernoulli(crash): it shows nothing
 *   success    ~ Bernoulli(feasible p decay^i)
 *   gain       log form      x <- x exp(-g s^-gamma), g as estimated (log_gain)
 *              simple form   e <- e - min(g, e_0 - e_floor) x / (e_0 - e_floor) s^-gamma,
 *                            g in points (gain), e_0 before the first try, labels in
 *              data lever    e <- e - (curve(n) - curve(n + labels)) (1 + .45 t),
 *                            n <- n + labels
 *   measured   as in measure.h, the mean of its repeats: seed ~ N(0, seed_sd /
 *              sqrt(repeats)); kept only if this beats the kept model's
 *
 * Tries run at_once in parallel; each applies to, and is compared with, the model kept
 * when it ends.  A search ends at once when its aim is measured or its clock has run
 * out (give_up_after, the deadline, a rework's length): what still runs is dropped, has
 * paid the share of its GPU hours that it ran, and may be tried again.  It starts
 * nothing new, but waits for what runs, when tries or budget are used up, after so many
 * failures in a row, or when little is expected.
 *
 * A success changes other metrics too, as its lever's `also` says, and a try that takes
 * one beyond the search's `limits` is not kept (also.h).
 *
 * Approaches, where there are several, each have a model of their own: baseline, ceiling,
 * what a try takes.  The first in the list is today's.  A try is made on one of them
 * (approach.h); a success of a lever that is not bound to one approach helps all of them
 * alike, and the best model that has been measured is what the search ends with.
 *
 * Words    "<path>.levers.<id>.success", ".crash", ".gain", ".seed", ".pair" (index k),
 *          ".works", ".feasible" (index 0), ".thompson", and "<path>.choice" (index: how
 *          manieth start), "<path>.seed" (today's model), "<path>.ceiling";
 *          "<path>.approaches.<id>.seed" (its first model);
 *          "<group id>.test_set" (rc_test_index)
 * Units    days of work, shares, money; metric in its own unit.
 * Memory   RC_LEVERS_MAX levers, RC_AT_ONCE_MAX running tries.
 * Errors   none after check.  Threads: no state.
 * Source   models/README.md, section Experiments.
 */
#ifndef ROADCAST_MODELS_EXPERIMENTS_H
#define ROADCAST_MODELS_EXPERIMENTS_H

#include <roadcast/model.h>
#include "learning.h"
#include "measure.h"

enum {
    RC_LEVERS_MAX = 24,
    RC_AT_ONCE_MAX = 16,
    RC_REPEATS_MOST = 100,
    RC_APPROACHES_MAX = 6,
    RC_TRIES_EACH = 3,     /* tries_each unless stated */
    RC_TRIES_UNSAID = 200, /* where nothing else ends a search */
    RC_TRIES_MOST = 10000, /* guard against tries that take no time */
    RC_SEARCH_WEEKS = 27   /* weeks 0 to 26 of figures.search */
};

typedef enum rc_policy {
    RC_BEST_GAIN_PER_DAY,
    RC_IN_ORDER,
    RC_ROUND_ROBIN,
    RC_WEIGHTED,
    RC_THOMPSON
} rc_policy;

/* Which approach the next try is made on: each in turn at first, then the best. */
typedef enum rc_choose {
    RC_BEST_MEASURED, /* each for tries_each tries */
    RC_ONE_BY_ONE     /* each until tries_each in a row were not kept */
} rc_choose;

typedef struct rc_approach {
    rc_head head;
    rc_estimate baseline;  /* once: of its first model; absent: the search's */
    rc_estimate ceiling;   /* once; absent: the search's */
    rc_estimate try_takes; /* each; absent: the search's */
    rc_estimate gpu_hours; /* each; absent: the search's */
    rc_effects also;       /* once: of other metrics, where its model is what ships */
    bool explainable;
} rc_approach;

typedef struct rc_lever {
    rc_head head;
    const char *approach;       /* only on this one; NULL: on all */
    rc_effects also;            /* each kept success: of other metrics */
    rc_estimate works;          /* once: p */
    rc_estimate gain;           /* each: points */
    rc_estimate log_gain;       /* each: log units of the excess over the floor */
    rc_estimate labels;         /* each: the data lever: new labels along the curve */
    rc_estimate reachable;      /* once: chance that there is anything to find */
    rc_estimate decay;          /* once: chance of each further try, relative */
    bool fatigue;               /* p_i = .05 + .50 / (1 + i / 12) */
    rc_estimate crash;          /* once */
    rc_estimate raises_ceiling; /* once: points, at the first kept success */
    rc_estimate try_takes;      /* each; absent: the search's */
    rc_estimate gpu_hours;      /* each; absent: the search's */
    int64_t repeats;            /* trainings of each try; absent, 0: the search's */
    int64_t tries;              /* absent, 0: unlimited */
    rc_texts needs;             /* task ids */
    double weight;              /* policy "weighted" */
    const char *so_far;
} rc_lever;

typedef struct rc_experiments {
    rc_head head;
    const char *metric; /* NULL: the target's */
    rc_estimate baseline;
    rc_estimate aim;       /* once; absent: the target */
    rc_estimate ceiling;   /* once */
    rc_estimate reachable; /* once: P(ceiling >= target) where no ceiling is stated */
    int64_t at_once; /* absent, 0: one */
    rc_estimate try_takes;
    int64_t gpus;
    rc_estimate gpu_hours;
    int64_t repeats; /* trainings of each try */
    int64_t test_size;
    bool fresh_test;
    rc_estimate seed_sd;
    rc_estimate paired_tries_correlate; /* once: r */
    rc_estimate gains_shrink;           /* once: gamma */
    const rc_learning_curve *learning_curve;
    rc_list levers;
    rc_list approaches;
    const char *approach; /* the only one that is tried; NULL: as `choose` says */
    int choose;
    int64_t tries_each;
    bool must_be_explainable;
    rc_conditions limits; /* on other metrics: what breaks one is not kept */
    rc_lever alone; /* the one lever where none is named; its tries are those of the
                       search */
    int policy;
    rc_estimate give_up_after;
    bool stop_at_deadline;
    rc_estimate budget;
    int64_t failures_in_a_row;
    rc_estimate give_up_below; /* points per month */
} rc_experiments;

extern const rc_model rc_model_experiments;

/* Id of the metric that this search moves. */
const char *rc_experiments_metric(const rc_experiments *s, const rc_goals *goals);
static inline int64_t rc_experiments_at_once(const rc_experiments *s)
{
    return s->at_once ? s->at_once : 1;
}
/* Whether more of it is better: as the target says, else as aim or ceiling lie. */
bool rc_experiments_up(const rc_experiments *s, const rc_goals *goals);
/* Its own test set in one future: as measured by nobody else (test_set.h). */
rc_test_set rc_experiments_test(const rc_experiments *s, const rc_step *step,
                                uint32_t lane);

#endif
