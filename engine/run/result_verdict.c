#include "run/result.h"
#include "stats/sample.h"
#include <math.h>
#include <string.h>

/* Counts behind the verdict, all over all futures. */
typedef struct tallied {
    uint64_t launch, deadline, budget, target, all, stopped, not_possible, not_found;
} tallied;

static tallied count(const rc_making *m)
{
    const rc_tally *y = m->y;
    const rc_verdict *v = &m->r->verdict;
    tallied c = {0};
    for (uint64_t i = 0; i < y->futures; i++) {
        double finish = y->samples[RC_SAMPLE_FINISH][i];
        bool launch = !isinf(finish), in_time = launch && rc_on_time(m->r, finish);
        bool paid = y->samples[RC_SAMPLE_COST][i] <= m->r->budget;
        bool reached = y->outcome[i] == RC_REACHED;
        c.launch += launch;
        c.deadline += in_time;
        c.budget += paid;
        c.stopped += !launch && !isinf(y->stop[i]);
        if (v->has_target) {
            c.target += reached;
            c.not_possible += y->outcome[i] == RC_NOT_POSSIBLE;
            c.not_found += y->outcome[i] == RC_NOT_FOUND;
        }
        c.all += launch && (!v->has_deadline || in_time) && (!v->has_budget || paid) &&
                 (!v->has_target || reached);
    }
    return c;
}

/* First day by which `confidence` of all futures have launched, truly on target. */
static double promise(rc_making *m)
{
    const rc_tally *y = m->y;
    bool target = m->r->verdict.has_target;
    double percent = 100.0 * m->r->verdict.confidence, at = NAN;
    for (uint64_t i = 0; i < y->futures; i++)
        m->values[i] = target && y->outcome[i] != RC_REACHED
                           ? INFINITY
                           : y->samples[RC_SAMPLE_FINISH][i];
    rc_percentiles(&at, NULL, NULL, &percent, 1, m->values, y->futures, m->select);
    return at;
}

/* The best (first) target that would be met, truly, with the others as they are, and by
 * the deadline where there is one, with the wanted confidence; in half points, below the
 * one asked for. */
static void fall_back(rc_making *m)
{
    const rc_tally *y = m->y;
    rc_verdict *v = &m->r->verdict;
    double sign = m->r->target.up ? 1.0 : -1.0;
    uint64_t n = 0;
    for (uint64_t i = 0; i < y->futures; i++) {
        double finish = y->samples[RC_SAMPLE_FINISH][i],
               truth = y->samples[rc_sample_true(0)][i];
        bool counts = !isinf(finish) && !isnan(truth) && rc_others_met(m, i) &&
                      (!v->has_deadline || rc_on_time(m->r, finish));
        m->values[n++] = counts ? -sign * truth : INFINITY;
    }
    double percent = 100.0 * v->confidence, at;
    rc_percentiles(&at, NULL, NULL, &percent, 1, m->values, n, m->select);
    if (isinf(at))
        return;
    bool share = m->r->target.unit && strcmp(m->r->target.unit, "%") == 0;
    double step = share ? 200.0 : 1.0 / (fabs(m->r->target.value) * 0.005);
    double reach = floor(-at * step) / step; /* a round one that is met */
    uint64_t met = 0;
    for (uint64_t i = 0; i < n; i++)
        met += rc_reaches(-m->values[i], reach, true);
    v->fallback_target = sign * reach;
    v->fallback_chance = (double)met / (double)n;
}

/* The metric of a gate's need, as the gate counts them: "target" is one for each target. */
static const char *need_metric(const rc_plan *plan, const rc_gate *gate, uint32_t need)
{
    for (uint32_t i = 0; i < gate->needs.n; i++) {
        const char *metric = gate->needs.at[i].metric;
        bool all = strcmp(metric, "target") == 0;
        uint32_t n = all ? plan->goals.targets_n : 1;
        if (need < n)
            return all ? plan->goals.targets[need].metric : metric;
        need -= n;
    }
    return NULL;
}

/* Of a gate, the need that failed last in most of the futures that it stopped. */
static const char *mostly_on(rc_making *m, uint32_t loop)
{
    const rc_tally *y = m->y;
    const rc_gate *gate = y->plan->loops[loop].gate;
    uint64_t most = 0;
    const char *mostly = NULL;
    for (uint32_t need = 0; need < 255 && need_metric(y->plan, gate, need); need++) {
        uint64_t n = 0;
        for (uint32_t i = 0; i < y->threads; i++)
            n += y->counts[i].stopped_need[256 * (size_t)loop + need + 1];
        if (n > most) {
            most = n;
            mostly = need_metric(y->plan, gate, need);
        }
    }
    return rc_making_text(m, mostly);
}

static void each_target(rc_making *m)
{
    const rc_tally *y = m->y;
    uint32_t targets_n = m->r->targets_n;
    const double *finish = y->samples[RC_SAMPLE_FINISH];
    rc_target_chance *list = rc_making_take(m, targets_n, sizeof *list);
    for (uint32_t t = 0; t < targets_n && !m->failed; t++) {
        const double *truth = y->samples[rc_sample_true(t)];
        uint64_t n = 0;
        for (uint64_t i = 0; i < y->futures; i++)
            n += !isinf(finish[i]) && rc_target_met(&m->r->targets[t], truth[i]);
        list[t] = (rc_target_chance){m->r->targets[t].metric, rc_wilson(n, y->futures)};
    }
    m->r->verdict.targets = list;
    m->r->verdict.targets_n = targets_n;
}

/* What the futures cost that a cause has stopped, and its interval. */
static void sunk(rc_making *m, rc_stop *stop, uint32_t cause)
{
    const rc_tally *y = m->y;
    const double *cost = y->samples[RC_SAMPLE_COST];
    double mean = 0.0, squares = 0.0;
    uint64_t n = 0;
    for (uint64_t i = 0; i < y->futures; i++) {
        if (y->cause[i] != cause + 1)
            continue;
        double off = cost[i] - mean; /* Welford */
        mean += off / (double)++n;
        squares += off * (cost[i] - mean);
    }
    double error =
        n > 1 ? RC_Z95 * sqrt(squares / ((double)(n - 1) * (double)n)) : NAN;
    stop->p = rc_wilson(n, y->futures);
    stop->cost = n ? mean : NAN;
    stop->cost_low = stop->cost - error;
    stop->cost_high = stop->cost + error;
}

static void blame(rc_making *m)
{
    const rc_plan *plan = m->y->plan;
    rc_stop *list = rc_making_take(m, plan->causes_n, sizeof *list);
    for (uint32_t c = 0; c < plan->causes_n && !m->failed; c++) {
        const rc_cause *cause = &plan->causes[c];
        list[c] = (rc_stop){.id = rc_making_text(m, cause->id),
                            .name = rc_making_text(m, cause->name),
                            .kind = rc_making_text(m, cause->kind)};
        sunk(m, &list[c], c);
        if (c < plan->loops_n && list[c].p.p > 0)
            list[c].mostly = mostly_on(m, c);
    }
    m->r->verdict.stops = list;
    m->r->verdict.stops_n = plan->causes_n;
}

void rc_make_verdict(rc_making *m)
{
    rc_result *r = m->r;
    rc_verdict *v = &r->verdict;
    uint64_t n = m->y->futures;
    *v = (rc_verdict){.confidence = m->y->plan->goals.confidence,
                      .promise_days = NAN,
                      .has_deadline = !isinf(r->deadline_days),
                      .has_budget = !isinf(r->budget),
                      .has_target = r->target.given,
                      .fallback_target = NAN,
                      .fallback_chance = NAN};
    tallied c = count(m);
    v->launch = rc_wilson(c.launch, n);
    v->deadline = rc_wilson(c.deadline, n);
    v->budget = rc_wilson(c.budget, n);
    v->target = rc_wilson(c.target, n);
    v->all = rc_wilson(c.all, n);
    v->stopped = rc_wilson(c.stopped, n);
    v->not_possible = rc_wilson(c.not_possible, n);
    v->not_found = rc_wilson(c.not_found, n);
    rc_share none = {NAN, NAN, NAN};
    if (!v->has_deadline)
        v->deadline = none;
    if (!v->has_budget)
        v->budget = none;
    if (!v->has_target)
        v->target = v->not_possible = v->not_found = none;
    if (v->has_deadline || v->has_budget || v->has_target)
        v->promise_days = promise(m);
    else
        v->all = none;
    if (isinf(v->promise_days) && v->has_target)
        fall_back(m);
    each_target(m);
    blame(m);
}
