/* evals.c -- the settings of evals; what a judge makes of a test set. */
#include "evals.h"
#include "idle.h"
#include "labelling.h"
#include <math.h>
#include <string.h>

#define AT(member) .offset = offsetof(rc_evals, member)

static const rc_setting settings[] = {
    RC_OWN_HEAD_ROWS(rc_evals, "what other settings call it; default evals"),
    {.key = "metric",
     .kind = RC_TEXT,
     AT(metric),
     .help = "the share that is judged, as \"helpful\"; default that of the target"},
    {.key = "items",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(items),
     .required = true,
     .low = 1,
     .high = 1e9,
     .help = "how many answers are judged each time"},
    {.key = "raters",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(raters),
     .fallback = "1",
     .low = 1,
     .high = 101,
     .help = "how many people or models judge each item; the majority counts"},
    {.key = "judge_agrees",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     AT(judge_agrees),
     .fallback = "75 to 90 %",
     .low = 0.5,
     .high = 1,
     .help = "chance that one rater says what is true of an item; the default is our "
             "judgement (people agree with each other in about 80 % of cases)"},
    {.key = "judge_bias",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_POINTS,
     AT(judge_bias),
     .low = -1,
     .high = 1,
     .help =
         "points by which all of them see more (or, below 0, less) of the metric than "
         "there is, the same each time: a taste for long answers; default none"},
    {.key = "votes_correlate",
     .kind = RC_REAL,
     .dimension = RC_NUMBER,
     AT(votes_correlate),
     .fallback = "0.3",
     .low = 0,
     .high = 1,
     .help = "correlation of two votes on an item (our judgement)"},
    {.key = "calibrated",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(calibrated),
     .low = 0,
     .high = 1e9,
     .help =
         "how many of the items people judge too, each time, to correct the judge by; "
         "default none"},
    {0},
};

static const rc_group group = {
    .name = "evals",
    .size = sizeof(rc_evals),
    .settings = settings,
    .help = "how a metric is measured without a known truth: raters who may be wrong",
};

static bool judges(const rc_evals *s, const rc_goals *goals, const char *metric)
{
    const char *its = rc_evals_metric(s, goals);
    return its && strcmp(its, metric) == 0;
}

static bool is_share(const rc_estimate *value)
{
    return value->unit && strcmp(value->unit, "%") == 0;
}

/* What moves or draws the metric is there, it is a share, and nobody else says how it is
 * measured. */
static void check_metric(const rc_evals *s, const char *metric, const rc_goals *goals,
                         rc_faults *faults)
{
    const rc_metric *drawn = rc_check_metric(faults, metric);
    const rc_estimate *value = drawn ? &drawn->value : NULL;
    const rc_experiments *search;
    for (uint32_t i = 0; (search = rc_check_group(faults, "experiments", i)); i++) {
        const char *its = rc_experiments_metric(search, goals);
        if (!its || strcmp(its, metric) != 0)
            continue;
        value = &search->baseline;
        if (search->test_size > 0)
            rc_fault(faults, s->head.at, "drop test_size: `items` says how many",
                     "what measures %s is described twice: test_size of %s, and evals",
                     metric, search->head.id);
    }
    const rc_evals *other;
    for (uint32_t i = 0; (other = rc_check_group(faults, "evals", i)) != s && other;
         i++)
        if (judges(other, goals, metric))
            rc_fault(faults, s->head.at, "keep one of them",
                     "%s is judged twice: by %s and by %s", metric, other->head.id,
                     s->head.id);
    if (!value)
        rc_fault(faults, s->head.at, "add it to metrics, or search for it",
                 "evals judge '%s', and nothing produces it", metric);
    else if (!is_share(value))
        rc_fault(faults, s->head.at, "raters say yes or no: judge a share",
                 "evals judge '%s', which is no share", metric);
}

static void check(const void *at, const rc_goals *goals, rc_faults *faults)
{
    const rc_evals *s = at;
    const char *metric = rc_evals_metric(s, goals);
    if (metric)
        check_metric(s, metric, goals, faults);
    else
        rc_fault(faults, s->head.at, "add metric = \"helpful\", or goals.target",
                 "evals judge a metric, and none is named");
    if (s->votes_correlate != RC_VOTES_CORRELATE && s->raters == 1)
        rc_unused(faults, s->head.at, "raters = 3",
                  "'votes_correlate' is of several votes on an item, and there is one");
    if (s->calibrated > s->items)
        rc_fault(faults, s->head.at, "people judge some of the items, or all",
                 "calibrated is %lld, more than the %lld items",
                 (long long)s->calibrated, (long long)s->items);
}

/* ------------------------------------------------------------------ the judge */

double rc_calibration_sd(double a, double bias, double n, double items)
{
    return sqrt(fmin(1 - a + fabs(bias), 1) * (1 / n - 1 / items));
}

const char *rc_evals_metric(const void *settings_, const rc_goals *goals)
{
    const rc_evals *s = settings_;
    return s->metric ? s->metric : goals->target.given ? goals->target.metric : NULL;
}

typedef struct bound {
    uint32_t calibration;      /* words */
    uint32_t truth, measured;  /* state rows */
    uint32_t off, judge, luck; /* outputs */
} bound;

static double agreement(const rc_evals *s, const rc_step *step, uint32_t lane)
{
    return rc_majority_adjudicated(
        (uint32_t)s->raters, rc_row(step, &s->judge_agrees)[lane], s->votes_correlate);
}

void rc_evals_change(rc_test_set *test, const rc_measured_by *by, const rc_step *step,
                     uint32_t lane)
{
    const rc_evals *s = by->settings;
    const bound *own = by->bound;
    const double a = agreement(s, step, lane);
    const double bias = rc_row_or(step, &s->judge_bias, lane, 0);
    test->size = (double)s->items;
    test->is_share = true;
    if (s->calibrated > 0) {
        const double u = rc_uniform(rc_word(step, own->calibration, 0, lane));
        test->bias =
            rc_normal_quantile(u) *
            rc_calibration_sd(a, bias, (double)s->calibrated, (double)s->items);
    } else {
        test->loses = 2 * (1 - a);
        test->bias = 1 - a + bias;
    }
}

/* ------------------------------------------------------------ what came of it */

static uint32_t output(rc_binder *b, const rc_evals *s, const char *what)
{
    return rc_bind_shown(b, rc_bind_print(b, "evals[%s].%s", s->head.id, what),
                         RC_OUT_SPREAD, "points", s->head.name);
}

static void *bind(const void *at, rc_binder *b)
{
    const rc_evals *s = at;
    const bool single = strcmp(s->head.id, "evals") == 0;
    const char *path = single ? "evals" : rc_bind_print(b, "evals.%s", s->head.id);
    const char *metric = rc_evals_metric(s, rc_bind_goals(b));
    bound *own = rc_bind_alloc(b, 1, sizeof *own);
    own->calibration = rc_bind_words(b, rc_bind_print(b, "%s.calibration", path));
    own->truth = rc_bind_state(b, rc_bind_print(b, "metric.%s", metric), NAN);
    own->measured =
        rc_bind_state(b, rc_bind_print(b, "metric.%s.measured", metric), NAN);
    own->off = output(b, s, "off");
    own->judge = output(b, s, "judge");
    own->luck = output(b, s, "luck");
    if (s->judge_agrees.origin == RC_DEFAULT)
        rc_bind_assumed(b, "a rater of %s is right in %s of cases", metric,
                        s->judge_agrees.text);
    if (s->raters > 1)
        rc_bind_assumed(b, "votes of raters correlate %.2g", s->votes_correlate);
    return own;
}

static void live(const rc_step *step)
{
    const rc_evals *s = step->settings;
    const bound *own = step->bound;
    const rc_measured_by by = {.settings = s, .bound = own};
    const double *truth = step->row[own->truth], *measured = step->row[own->measured];
    for (uint32_t lane = 0; lane < step->lanes; lane++) {
        if (!(step->launch[lane] < INFINITY) || isnan(measured[lane]))
            continue; /* the rows are NAN: not applicable */
        rc_test_set test = {0};
        rc_evals_change(&test, &by, step, lane);
        const double shown = rc_test_shows(&test, truth[lane]);
        step->row[own->off][lane] = measured[lane] - truth[lane];
        step->row[own->judge][lane] = shown - truth[lane];
        step->row[own->luck][lane] = measured[lane] - shown;
    }
}

const rc_model rc_model_evals = {.id = "evals",
                                 .group = &group,
                                 .several = true,
                                 .check = check,
                                 .bind = bind,
                                 .live = live};
