/* experiments_settings.c -- the settings of a search, as written in a scenario, and what
 * the planner asks of them. */
#include "experiments.h"
#include "search.h"
#include <math.h>
#include <string.h>

#define SHARE .dimension = RC_SHARE, .low = 0.0, .high = 1.0

static const rc_setting approach_settings[] = {
#define AT(member) .offset = offsetof(rc_approach, member)
    RC_HEAD_ROWS(rc_approach),
    {.key = "baseline",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_METRIC,
     AT(baseline),
     .help =
         "true value of its first model, before any success; without it the search's"},
    {.key = "ceiling",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_METRIC,
     AT(ceiling),
     .help = "best value that it can reach; without it the search's"},
    {.key = "try_takes",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_TIME,
     AT(try_takes),
     .low = 0.0,
     .high = 5000.0,
     .help =
         "elapsed time of a try on it; without it the search's. A lever's own counts "
         "before it"},
    {.key = "gpu_hours",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_HOURS,
     AT(gpu_hours),
     .low = 0.0,
     .high = 1e9,
     .help =
         "machine hours paid by a training on it; without it the search's. A lever's "
         "own count before it"},
    {.key = "also",
     .kind = RC_EFFECTS,
     AT(also),
     .help =
         "what its model does to other metrics if it is what the search ends with, as "
         "\"latency_p99 +20 to 80 %\" or \"faithfulness -1 to 2 points\""},
    {.key = "explainable",
     .kind = RC_BOOL,
     AT(explainable),
     .fallback = "false",
     .help = "its decisions can be explained, as must_be_explainable may ask"},
    {0},
#undef AT
};

static const rc_group approach_group = {
    .name = "approaches",
    .size = sizeof(rc_approach),
    .settings = approach_settings,
    .help = "one way to solve the problem, with a ceiling of its own",
};

static const rc_setting lever_settings[] = {
#define AT(member) .offset = offsetof(rc_lever, member)
    RC_HEAD_ROWS(rc_lever),
    {.key = "approach",
     .kind = RC_TEXT,
     AT(approach),
     .help = "the one approach that it can be tried on, and helps; without it all"},
    {.key = "also",
     .kind = RC_EFFECTS,
     AT(also),
     .help = "what each kept success does to other metrics, as \"latency_p99 +5 to 15 "
             "%\": these multiply, points and units add"},
    {.key = "works",
     .kind = RC_ESTIMATE_ONCE,
     SHARE,
     AT(works),
     .help = "chance that a try works; without it beta(2.5, 6.3), from six public logs "
             "of tries, drawn once per future"},
    {.key = "gain",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_POINTS,
     AT(gain),
     .help = "points that the first success adds; shrinks towards the ceiling and with "
             "each further success"},
    {.key = "log_gain",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_NUMBER,
     AT(log_gain),
     .help =
         "instead of gain: log units of the distance to the ceiling, ln(before/after); "
         "without either lognormal(0.55, 0.9), from nanoGPT's records"},
    {.key = "labels",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_COUNT,
     AT(labels),
     .low = 0.0,
     .high = 1e12,
     .help =
         "instead of gain: clean labels that a success adds; the learning curve says "
         "what they bring. Works for certain unless works is stated"},
    {.key = "reachable",
     .kind = RC_ESTIMATE_ONCE,
     SHARE,
     AT(reachable),
     .help = "chance that there is anything to find here; certain unless given"},
    {.key = "decay",
     .kind = RC_ESTIMATE_ONCE,
     SHARE,
     AT(decay),
     .help = "each further try works with this share of the chance of the one before"},
    {.key = "fatigue",
     .kind = RC_BOOL,
     AT(fatigue),
     .fallback = "false",
     .help = "chance of try i (from 0) is .05 + .50 / (1 + i/12), from logs of tries, "
             "instead of works"},
    {.key = "crash",
     .kind = RC_ESTIMATE_ONCE,
     SHARE,
     AT(crash),
     .help = "chance that a try ends without a result; 0 where works is stated, else "
             "1 to 10 %, from logs of tries"},
    {.key = "raises_ceiling",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_POINTS,
     AT(raises_ceiling),
     .low = 0.0,
     .high = 1.0,
     .help = "points by which the first success lifts the ceiling"},
    {.key = "try_takes",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_TIME,
     AT(try_takes),
     .low = 0.0,
     .high = 5000.0,
     .help = "elapsed time of a try; without it the search's"},
    {.key = "gpu_hours",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_HOURS,
     AT(gpu_hours),
     .low = 0.0,
     .high = 1e9,
     .help = "machine hours paid by a training; without it the search's"},
    {.key = "repeats",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(repeats),
     .low = 1.0,
     .high = RC_REPEATS_MOST,
     .help = "trainings of each try; without it as many as the search says"},
    {.key = "tries",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(tries),
     .low = 1.0,
     .high = RC_TRIES_MOST,
     .help = "most tries of this lever; without it unlimited"},
    {.key = "needs",
     .kind = RC_TEXTS,
     AT(needs),
     .help = "tasks that must have finished before this lever can be tried"},
    {.key = "weight",
     .kind = RC_REAL,
     .dimension = RC_NUMBER,
     AT(weight),
     .fallback = "1",
     .low = 0.0,
     .high = 1e9,
     .help = "how often it is tried under policy \"weighted\", against the others' "
             "weights"},
    {.key = "so_far",
     .kind = RC_TEXT,
     AT(so_far),
     .help = "tries already made: \"11 tries, 2 worked, best +0.9 points\""},
    {0},
#undef AT
};

static const rc_group lever_group = {
    .name = "levers",
    .size = sizeof(rc_lever),
    .settings = lever_settings,
    .help = "one kind of thing to try",
};

static const char *const policies[] = {"best gain per day", "in order", "round robin",
                                       "weighted",          "thompson", NULL};
static const char *const chooses[] = {"best measured", "one by one", NULL};

static const rc_setting settings[] = {
#define AT(member) .offset = offsetof(rc_experiments, member)
    {.key = "metric",
     .kind = RC_TEXT,
     AT(metric),
     .help = "what the tries improve; the target's metric unless given"},
    {.key = "baseline",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_METRIC,
     AT(baseline),
     .required = true,
     .help = "true value of today's model; labels add what the learning curve says"},
    {.key = "aim",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_METRIC,
     AT(aim),
     .help = "search on until this is measured; the target unless given"},
    {.key = "ceiling",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_METRIC,
     AT(ceiling),
     .help = "best value that these levers can reach; without it drawn so that "
             "`reachable` holds"},
    {.key = "reachable",
     .kind = RC_ESTIMATE_ONCE,
     SHARE,
     AT(reachable),
     .fallback = "70 %",
     .help = "chance that the target can be reached at all, where no ceiling is stated "
             "(our judgement)"},
    {.key = "at_once",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(at_once),
     .low = 1.0,
     .high = RC_AT_ONCE_MAX,
     .help = "tries that run in parallel, with whatever people the task has; default 1, "
             "one after the other (and the answer says so)"},
    {.key = "try_takes",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_TIME,
     AT(try_takes),
     .fallback = "lognormal(3, 0.7) days",
     .low = 0.0,
     .high = 5000.0,
     .help = "elapsed time of a try, waiting for compute included (spread measured on "
             "logs of tries, median our judgement)"},
    {.key = "gpus",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(gpus),
     .fallback = "0",
     .low = 0.0,
     .high = 1e6,
     .help = "machines of team \"gpu\" held by each training"},
    {.key = "gpu_hours",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_HOURS,
     AT(gpu_hours),
     .low = 0.0,
     .high = 1e9,
     .help = "machine hours paid by each training, at the rate of team \"gpu\""},
    {.key = "repeats",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(repeats),
     .fallback = "1",
     .low = 1.0,
     .high = RC_REPEATS_MOST,
     .help =
         "trainings of each try, side by side, of which the mean is compared: machines "
         "and hours times this, seed_sd divided by its root"},
    {.key = "test_size",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(test_size),
     .fallback = "0",
     .low = 0.0,
     .high = 1e12,
     .help = "examples of the test set that count for the metric, as positives for "
             "recall; 0: measured exactly"},
    {.key = "fresh_test",
     .kind = RC_BOOL,
     AT(fresh_test),
     .fallback = "false",
     .help = "each gate measures on a new test set of that size"},
    {.key = "seed_sd",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_POINTS,
     AT(seed_sd),
     .fallback = "0.06 to 0.55 points",
     .low = 0.0,
     .high = 1.0,
     .help = "spread between trainings that differ in the seed only (23 145 scores of "
             "TabR, by model family)"},
    {.key = "paired_tries_correlate",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_NUMBER,
     AT(paired_tries_correlate),
     .fallback = "0.95",
     .low = 0.0,
     .high = 1.0,
     .help = "correlation of two models' results on the same test set (our judgement)"},
    {.key = "gains_shrink",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_NUMBER,
     AT(gains_shrink),
     .fallback = "0.8",
     .low = 0.0,
     .high = 5.0,
     .help = "diminishing returns: the k-th success of a lever brings its gain times "
             "k^-this (logs of tries)"},
    {.key = "learning_curve",
     .kind = RC_GROUP,
     AT(learning_curve),
     .of = &rc_learning_group,
     .help = "how the metric rises with labels"},
    {.key = "levers",
     .kind = RC_LIST,
     AT(levers),
     .of = &lever_group,
     .help = "what can be tried; without it one lever, described here"},
    {.key = "approaches",
     .kind = RC_LIST,
     AT(approaches),
     .of = &approach_group,
     .help = "ways to solve the problem, the first is today's; without it one"},
    {.key = "approach",
     .kind = RC_TEXT,
     AT(approach),
     .help = "the only approach that is tried; without it several are, as choose says"},
    {.key = "choose",
     .kind = RC_WORD,
     AT(choose),
     .fallback = "best measured",
     .words = chooses,
     .help =
         "each approach gets tries_each tries (\"best measured\"), or is tried until "
         "so "
         "many in a row were not kept (\"one by one\"), in the order of the list; then "
         "the one that measures best goes on"},
    {.key = "tries_each",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(tries_each),
     .fallback = "3",
     .low = 1.0,
     .high = RC_TRIES_MOST,
     .help = "tries of each approach before the best goes on (our judgement)"},
    {.key = "must_be_explainable",
     .kind = RC_BOOL,
     AT(must_be_explainable),
     .fallback = "false",
     .help = "only approaches that are explainable are tried"},
    {.key = "limits",
     .kind = RC_CONDITIONS,
     AT(limits),
     .help =
         "on other metrics, as \"latency_p99 <= 40 ms\": a try that breaks one, or "
         "takes a broken one further away, is not kept; the search goes on until all "
         "hold, too"},
    {.key = "works",
     .kind = RC_ESTIMATE_ONCE,
     SHARE,
     AT(alone.works),
     .help = "without levers: chance that a try works"},
    {.key = "gain",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_POINTS,
     AT(alone.gain),
     .help = "without levers: points that the first success adds; shrinks towards the "
             "ceiling"},
    {.key = "log_gain",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_NUMBER,
     AT(alone.log_gain),
     .help = "without levers, instead of gain: ln(before/after) of the distance to the "
             "ceiling"},
    {.key = "decay",
     .kind = RC_ESTIMATE_ONCE,
     SHARE,
     AT(alone.decay),
     .help = "without levers: each further try works with this share of the chance"},
    {.key = "fatigue",
     .kind = RC_BOOL,
     AT(alone.fatigue),
     .fallback = "false",
     .help = "without levers: chance of try i (from 0) is .05 + .50 / (1 + i/12), from "
             "logs of tries"},
    {.key = "crash",
     .kind = RC_ESTIMATE_ONCE,
     SHARE,
     AT(alone.crash),
     .help = "without levers: chance that a try ends without a result"},
    {.key = "so_far",
     .kind = RC_TEXT,
     AT(alone.so_far),
     .help = "tries already made: \"11 tries, 2 worked, best +0.9 points\""},
    {.key = "tries",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(alone.tries),
     .low = 1.0,
     .high = RC_TRIES_MOST,
     .help = "most tries of the whole search; without it unlimited"},
    {.key = "policy",
     .kind = RC_WORD,
     AT(policy),
     .fallback = "best gain per day",
     .words = policies,
     .help = "which lever is tried next, by what has been measured so far"},
    {.key = "give_up_after",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_TIME,
     AT(give_up_after),
     .low = 0.0,
     .high = 50000.0,
     .help = "longest search; without it and without tries until the deadline, else "
             "200 tries"},
    {.key = "stop_at_deadline",
     .kind = RC_BOOL,
     AT(stop_at_deadline),
     .fallback = "false",
     .help = "end the search at the deadline of the goals"},
    {.key = "budget",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONEY,
     AT(budget),
     .low = 0.0,
     .high = 1e15,
     .help = "start no try when this much was paid for compute"},
    {.key = "failures_in_a_row",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(failures_in_a_row),
     .fallback = "0",
     .low = 0.0,
     .high = RC_TRIES_MOST,
     .help = "start no try after so many in a row that were not kept; 0: never mind"},
    {.key = "give_up_below",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_POINTS_PER_MONTH,
     AT(give_up_below),
     .help = "start no try when the best lever promises less than this"},
    {0},
#undef AT
};

const rc_group rc_experiments_group = {
    .name = "experiments",
    .size = sizeof(rc_experiments),
    .settings = settings,
    .help = "a search for quality: tries whose success is uncertain",
};

const char *rc_experiments_metric(const rc_experiments *s, const rc_goals *goals)
{
    if (s->metric)
        return s->metric;
    return goals->target.given ? goals->target.metric : "quality";
}

const rc_target *rc_experiments_target(const rc_experiments *s, const rc_goals *goals)
{
    return rc_target_of(goals, rc_experiments_metric(s, goals));
}

const rc_estimate *rc_experiments_ceiling(const rc_experiments *s)
{
    if (s->ceiling.given)
        return &s->ceiling;
    return s->learning_curve && s->learning_curve->ceiling.given
               ? &s->learning_curve->ceiling
               : NULL;
}

bool rc_experiments_up(const rc_experiments *s, const rc_goals *goals)
{
    const rc_target *target = rc_experiments_target(s, goals);
    if (target)
        return target->up;
    const rc_estimate *ceiling = rc_approach_ceiling(s, 0);
    const rc_estimate *wanted = s->aim.given ? &s->aim : ceiling;
    return !wanted || rc_median(wanted) >= rc_median(&s->baseline);
}

uint32_t rc_approaches_n(const rc_experiments *s)
{
    return s->approaches.n ? s->approaches.n : 1;
}

static const rc_approach *approach_at(const rc_experiments *s, uint32_t a)
{
    return a < s->approaches.n ? (const rc_approach *)s->approaches.at + a : NULL;
}

const rc_estimate *rc_approach_ceiling(const rc_experiments *s, uint32_t approach)
{
    const rc_approach *its = approach_at(s, approach);
    return its && its->ceiling.given ? &its->ceiling : rc_experiments_ceiling(s);
}

const rc_estimate *rc_approach_baseline(const rc_experiments *s, uint32_t approach)
{
    const rc_approach *its = approach_at(s, approach);
    return its && its->baseline.given ? &its->baseline : &s->baseline;
}

bool rc_approach_open(const rc_experiments *s, uint32_t approach)
{
    const rc_approach *its = approach_at(s, approach);
    return !its || ((!s->approach || strcmp(s->approach, its->head.id) == 0) &&
                    (!s->must_be_explainable || its->explainable));
}

bool rc_experiments_is_share(const rc_experiments *s)
{
    const char *unit = s->baseline.unit;
    return !unit || strcmp(unit, "%") == 0;
}

const rc_lever *rc_experiments_levers(const rc_experiments *s, uint32_t *n)
{
    *n = s->levers.n ? s->levers.n : 1;
    return s->levers.n ? s->levers.at : &s->alone;
}

/* ----------------------------------------------------------- for the planner */

double rc_experiments_gpus(const void *at)
{
    const rc_experiments *s = at;
    uint32_t n;
    const rc_lever *levers = rc_experiments_levers(s, &n);
    int64_t most = 1;
    for (uint32_t i = 0; i < n; i++)
        most = rc_lever_repeats(s, levers + i) > most ? rc_lever_repeats(s, levers + i)
                                                      : most;
    return (double)(rc_experiments_at_once(s) * s->gpus * most);
}

int64_t rc_lever_repeats(const rc_experiments *s, const rc_lever *lever)
{
    if (lever->repeats > 0)
        return lever->repeats;
    return s->repeats > 0 ? s->repeats : 1;
}

int64_t rc_experiments_tries(const rc_experiments *s)
{
    int64_t sum = 0;
    uint32_t n;
    const rc_lever *levers = rc_experiments_levers(s, &n);
    for (uint32_t i = 0; s->levers.n && i < n; i++) {
        if (levers[i].tries == 0)
            return s->alone.tries;
        sum += levers[i].tries;
    }
    if (s->levers.n == 0 || (s->alone.tries > 0 && s->alone.tries < sum))
        return s->alone.tries;
    return sum;
}

double rc_experiments_typical(const void *at)
{
    const rc_experiments *s = at;
    const int64_t most = rc_experiments_tries(s);
    const double tries = most > 0 ? (double)most / 2.0 : 20.0;
    uint32_t a = 0;
    while (a + 1 < rc_approaches_n(s) && !rc_approach_open(s, a))
        a++;
    const rc_approach *its = approach_at(s, a);
    const rc_estimate *takes =
        its && its->try_takes.given ? &its->try_takes : &s->try_takes;
    const double days =
        tries * rc_median(takes) / (double)rc_experiments_at_once(s);
    return s->give_up_after.given ? fmin(days, rc_median(&s->give_up_after)) : days;
}
