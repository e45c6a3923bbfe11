/* fairness.c -- the settings of fairness, and audits of gaps between groups. */
#include "fairness.h"
#include "test_set.h"
#include <math.h>

static const rc_setting group_settings[] = {
    RC_HEAD_ROWS(rc_fairness_group),
    {.key = "share",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_fairness_group, share),
     .required = true,
     .low = 1e-6, /* an audit of nobody would show nothing */
     .high = 1,
     .help = "share of the test set that belongs to the group"},
    {.key = "gap",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_POINTS,
     .offset = offsetof(rc_fairness_group, gap),
     .required = true,
     .low = -1,
     .high = 1,
     .help = "how much worse the group is served than everyone else, today"},
    {0}};

static const rc_group group_group = {"groups", sizeof(rc_fairness_group),
                                     group_settings,
                                     "groups that are to be served equally"};

static const rc_setting mitigation_settings[] = {
    {.key = "duration",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_TIME,
     .offset = offsetof(rc_mitigation, duration),
     .required = true,
     .help = "working time, spent only where a measured gap is over the limit"},
    {.key = "closes",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_mitigation, closes),
     .required = true,
     .low = 0,
     .high = 1,
     .help = "share of every gap that it closes"},
    {.key = "costs",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_POINTS,
     .offset = offsetof(rc_mitigation, costs),
     .low = -1,
     .high = 1,
     .help = "quality that it costs, in points of the target's metric; default none"},
    {0}};

static const rc_group mitigation_group = {"mitigation", sizeof(rc_mitigation),
                                          mitigation_settings,
                                          "what is done about gaps that are too large"};

static const char *const measures[] = {"equal opportunity", "four-fifths", NULL};

static const rc_setting settings[] = {
    RC_OWN_HEAD_ROWS(rc_fairness, "what a task's plan calls it; default fairness"),
    {.key = "measure",
     .kind = RC_WORD,
     .offset = offsetof(rc_fairness, measure),
     .fallback = "equal opportunity",
     .words = measures,
     .help = "equal opportunity: the gap between a group and everyone else; "
             "four-fifths: 0.8 minus its rate over the best of the others"},
    {.key = "limit",
     .kind = RC_REAL,
     .dimension = RC_POINTS,
     .offset = offsetof(rc_fairness, limit),
     .fallback = "0 points",
     .low = 0,
     .high = 1,
     .help = "how large a gap may be; with 0 points any gap that the audit is sure of "
             "is too large"},
    {.key = "sure",
     .kind = RC_REAL,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_fairness, sure),
     .fallback = "90 %",
     .low = .5,
     .high = .999,
     .help = "a gap counts when the audit shows it with this confidence"},
    {.key = "groups",
     .kind = RC_LIST,
     .offset = offsetof(rc_fairness, groups),
     .required = true,
     .of = &group_group,
     .help = "groups that are to be served equally"},
    {.key = "mitigation",
     .kind = RC_GROUP,
     .offset = offsetof(rc_fairness, mitigation),
     .of = &mitigation_group,
     .help = "what is done about gaps that are too large; default nothing"},
    {0}};

static const rc_group group = {"fairness", sizeof(rc_fairness), settings,
                               "groups, audits and what closes gaps"};

static void check(const void *settings_, const rc_goals *goals, rc_faults *faults)
{
    const rc_fairness *s = settings_;
    if (s->measure == RC_FOUR_FIFTHS && !goals->target.given)
        rc_fault(faults, s->head.at, "add goals.target",
                 "four-fifths compares rates: it needs the metric of a target");
    if (s->sure != RC_AUDIT_SURE && !rc_check_counted(faults))
        rc_unused(faults, s->head.at, "add the test_size of the target's search",
                  "'sure' of an audit that sees every gap exactly: nothing says on how "
                  "many cases it looks");
    if (s->mitigation && s->mitigation->duration.calendar)
        rc_fault(faults, s->mitigation->duration.at, "write \"days\"",
                 "mitigation is work: its duration counts working days");
}

static double typical(const void *settings_)
{
    const rc_fairness *s = settings_;
    return s->mitigation ? rc_median(&s->mitigation->duration) : 0;
}

typedef struct group_rows {
    uint32_t gap;                        /* now; shared state */
    uint32_t before, after;              /* the first time and now, as outputs */
    uint32_t passes, over;               /* at the last audit: as measured, and truly */
    uint32_t passes_before, over_before; /* at the first one */
    uint32_t words;                      /* error of the audit */
} group_rows;

typedef struct bound {
    bool has_metric; /* else audits are exact */
    rc_tested_metric metric;
    double sure_z; /* standard errors that a gap must be over the limit */
    group_rows *groups;
} bound;

static void *bind(const void *settings_, rc_binder *b)
{
    const rc_fairness *s = settings_;
    const rc_fairness_group *groups = s->groups.at;
    bound *own = rc_bind_alloc(b, 1, sizeof *own);
    own->groups = rc_bind_alloc(b, s->groups.n, sizeof *own->groups);
    own->sure_z = rc_normal_quantile(s->sure);
    const char *metric = rc_bind_main_metric(b);
    own->has_metric = metric != NULL;
    if (metric)
        own->metric = rc_bind_tested_metric(b, metric);
    for (uint32_t i = 0; i < s->groups.n; i++) {
        const char *id = groups[i].head.id;
        group_rows *rows = &own->groups[i];
        rows->gap = rc_bind_state(b, rc_bind_print(b, "gap.%s", id), NAN);
        rows->words =
            rc_bind_words(b, rc_bind_print(b, "%s.groups.%s.audit", s->head.id, id));
        const rc_shown_row shown[] = {
            {&rows->before, "gap_before", RC_OUT_SPREAD, "points"},
            {&rows->after, "gap_after", RC_OUT_SPREAD, "points"},
            {&rows->passes, "p_pass", RC_OUT_SHARE, "share"},
            {&rows->passes_before, "p_pass_before", RC_OUT_SHARE, "share"},
            {&rows->over_before, "p_over_before", RC_OUT_SHARE, "share"},
            {&rows->over, "p_over", RC_OUT_SHARE, "share"},
        };
        const char *path = rc_bind_print(b, "fairness[%s]", id);
        rc_bind_table(b, path, groups[i].head.name, shown,
                      sizeof shown / sizeof *shown);
        rc_bind_watched(b,
                        (rc_output){.path = rc_bind_print(b, "%s.limit", path),
                                    .kind = RC_OUT_MEAN,
                                    .unit = "points",
                                    .name = groups[i].head.name},
                        s->limit);
    }
    return own;
}

/* What is compared with the limit. gaps are read from the state, each plus its error.
 */
typedef struct audited {
    double unfair; /* measured gap, or 0.8 - ratio */
    double error;  /* its standard error */
} audited;

typedef struct audit {
    const rc_fairness *settings;
    const bound *own;
    const rc_step *step;
    uint32_t lane;
    double accuracy;
    rc_test_set test;
    uint32_t index; /* of the words: which test set */
} audit;

static audit audit_of(const rc_fairness *s, const bound *own, const rc_step *step,
                      uint32_t lane, bool at_gate)
{
    audit a = {.settings = s, .own = own, .step = step, .lane = lane};
    if (own->has_metric) {
        a.accuracy = step->row[own->metric.truth][lane];
        a.test = rc_tested_metric_set(&own->metric, step, lane);
        a.index = rc_tested_metric_index(&own->metric, step, lane, at_gate);
    }
    return a;
}

static audited measured_gap(const audit *a, uint32_t i)
{
    const group_rows *rows = &a->own->groups[i];
    const rc_fairness_group *whom =
        (const rc_fairness_group *)a->settings->groups.at + i;
    rc_test_set its = a->test;
    its.size *= rc_row(a->step, &whom->share)[a->lane];
    audited seen = {.unfair = (1.0 - its.loses) * a->step->row[rows->gap][a->lane],
                    .error = rc_test_sd(&its, a->accuracy)};
    if (seen.error > 0)
        seen.unfair += seen.error * rc_normal_quantile(rc_uniform(rc_word(
                                        a->step, rows->words, a->index, a->lane)));
    return seen;
}

static audited audit_group(const audit *a, uint32_t i)
{
    const audited gap = measured_gap(a, i);
    if (a->settings->measure == RC_EQUAL_OPPORTUNITY)
        return gap;
    const double sign = a->own->metric.up ? 1 : -1;
    const double shown = rc_test_shows(&a->test, a->accuracy);
    double best = shown; /* everyone else */
    for (uint32_t k = 0; k < a->settings->groups.n; k++) {
        if (k != i) {
            const double rate = shown - sign * measured_gap(a, k).unfair;
            best = a->own->metric.up ? fmax(best, rate) : fmin(best, rate);
        }
    }
    const double rate = shown - sign * gap.unfair;
    /* where less is better the rates that are compared are those of getting it right */
    const double own_rate = a->own->metric.up ? rate : 1 - rate;
    const double best_rate = a->own->metric.up ? best : 1 - best;
    return (audited){.unfair = 0.8 - own_rate / best_rate,
                     .error = gap.error / best_rate};
}

/* True gaps, drawn the first time that anybody looks. */
static void meet_groups(const rc_fairness *s, const bound *own, const rc_step *step,
                        uint32_t lane)
{
    const rc_fairness_group *groups = s->groups.at;
    for (uint32_t i = 0; i < s->groups.n; i++) {
        const group_rows *rows = &own->groups[i];
        double *gap = &step->row[rows->gap][lane];
        if (isnan(*gap))
            *gap = rc_row(step, &groups[i].gap)[lane];
        double *before = &step->row[rows->before][lane];
        if (isnan(*before))
            *before = step->row[rows->after][lane] = *gap;
    }
}

/* What one audit finds of a group: as measured, and as it is. */
static void keep(const audit *a, uint32_t i, bool passes)
{
    audit exact = *a;
    exact.test = (rc_test_set){0};
    const bool over = audit_group(&exact, i).unfair > a->settings->limit;
    const group_rows *rows = &a->own->groups[i];
    double *const *row = a->step->row;
    row[rows->passes][a->lane] = passes;
    row[rows->over][a->lane] = over;
    if (isnan(row[rows->passes_before][a->lane])) {
        row[rows->passes_before][a->lane] = passes;
        row[rows->over_before][a->lane] = over;
    }
}

/* Keeps who passes, and says whether all do; worst: the largest of what was seen. */
static bool judge(const audit *a, double *worst)
{
    bool all = true;
    *worst = -INFINITY;
    for (uint32_t i = 0; i < a->settings->groups.n; i++) {
        const audited seen = audit_group(a, i);
        const bool counts =
            seen.unfair - a->own->sure_z * seen.error > a->settings->limit;
        if (!a->step->verdict_only)
            keep(a, i, !counts);
        all = all && !counts;
        *worst = fmax(*worst, seen.unfair);
    }
    return all;
}

bool rc_fairness_passes(const void *settings_, const void *bound_,
                        const rc_step *gate_step, uint32_t lane)
{
    const rc_fairness *s = settings_;
    const bound *own = bound_;
    meet_groups(s, own, gate_step, lane);
    const audit a = audit_of(s, own, gate_step, lane, true);
    double worst;
    return judge(&a, &worst);
}

static double mitigate(const audit *a)
{
    const rc_mitigation *m = a->settings->mitigation;
    const rc_step *step = a->step;
    const uint32_t lane = a->lane;
    const double stays = 1 - rc_each(step, &m->closes, step->round, lane);
    for (uint32_t i = 0; i < a->settings->groups.n; i++) {
        double *gap = &step->row[a->own->groups[i].gap][lane];
        *gap *= stays;
        step->row[a->own->groups[i].after][lane] = *gap;
    }
    if (m->costs.given && a->own->has_metric) {
        const double cost = rc_each(step, &m->costs, step->round, lane);
        step->row[a->own->metric.truth][lane] += a->own->metric.up ? -cost : cost;
    }
    return rc_each(step, &m->duration, step->round, lane) * step->slower[lane];
}

static void place(const rc_step *step, const uint32_t *lane, uint32_t n)
{
    const rc_fairness *s = step->settings;
    const bound *own = step->bound;
    for (uint32_t j = 0; j < n; j++) {
        meet_groups(s, own, step, lane[j]);
        const audit before = audit_of(s, own, step, lane[j], false);
        double worst;
        judge(&before, &worst);
        step->duration[lane[j]] = step->cost[lane[j]] = 0;
        if (s->mitigation && worst > s->limit) {
            step->duration[lane[j]] = mitigate(&before);
            const audit after = audit_of(s, own, step, lane[j], false);
            if (!step->verdict_only) /* it only keeps what it sees */
                judge(&after, &worst);
        }
    }
}

const rc_model rc_model_fairness = {.id = "fairness",
                                    .group = &group,
                                    .is_plan = true,
                                    .judged_at_gates = true,
                                    .check = check,
                                    .typical = typical,
                                    .bind = bind,
                                    .place = place};

double rc_audit_size(double p1, double p2)
{
    const double z = 1.96 + .84, gap = p1 - p2;
    return z * z * (p1 * (1 - p1) + p2 * (1 - p2)) / (gap * gap);
}

double rc_range_of_equals(uint32_t groups)
{
    /* E(max - min) = integral of 1 - F^k - (1 - F)^k; the trapezoid is exact to the
     * last digits for so smooth and fast a decay */
    const double step = 1.0 / 16;
    double sum = 0;
    for (int i = -160; i <= 160; i++) {
        const double below = rc_normal_cdf(i * step), above = rc_normal_cdf(-i * step);
        double all_below = 1, all_above = 1;
        for (uint32_t k = 0; k < groups; k++) {
            all_below *= below;
            all_above *= above;
        }
        sum += 1 - all_below - all_above;
    }
    return sum * step;
}
