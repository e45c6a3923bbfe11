#include "run/result.h"
#include "stats/sample.h"
#include <math.h>
#include <string.h>

/* First day by which `confidence` of all futures have launched, truly on target. */
static void promise(rc_making *m)
{
    rc_verdict *v = &m->r->verdict;
    const double percent = 100.0 * v->confidence;
    rc_making_percentiles(m, &v->promise_days, &v->promise_low, &v->promise_high,
                          &percent, 1, RC_WATCH_PROMISE);
}

/* The best (first) target that would be met, truly, with the others as they are, and by
 * some day, with the wanted confidence; in half points, below the one asked for. */
static rc_fallback fall_back(rc_making *m, rc_watched what, double by)
{
    const rc_verdict *v = &m->r->verdict;
    double sign = m->r->target.up ? 1.0 : -1.0;
    double percent = 100.0 * v->confidence, at;
    rc_fallback none = {.target = NAN, .days = NAN};
    rc_making_percentiles(m, &at, NULL, NULL, &percent, 1, what);
    if (isinf(at))
        return none;
    bool share = m->r->target.unit && strcmp(m->r->target.unit, "%") == 0;
    double step = share ? 200.0 : 1.0 / (fabs(m->r->target.value) * 0.005);
    double reach = floor(-at * step) / step; /* a round one that is met */
    uint64_t met = 0, n;
    rc_fold_walk walk = rc_fold_values(&m->fold, what, m->values);
    for (double value; rc_fold_next(&walk, &value, &n);)
        met += rc_reaches(-value, reach, true) ? n : 0;
    return (rc_fallback){sign * reach, rc_wilson(met, m->y->futures), by};
}

/* Of those that launch more than asked for, half have launched by then. */
void rc_make_later(rc_making *m, uint64_t futures)
{
    const rc_result *r = m->r;
    double launched = (double)m->fold.launch / (double)futures,
           percent = 50.0 * (r->verdict.confidence + launched), at;
    if (!(launched > r->verdict.confidence))
        return;
    rc_making_percentiles(m, &at, NULL, NULL, &percent, 1, RC_WATCH_FINISH);
    m->fold.later =
        rc_calendar_evening(&r->owner_->calendar, rc_result_finish_date(r, at));
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
    const rc_plan *plan = m->y->plan;
    const rc_gate *gate = plan->loops[loop].gate;
    const uint64_t *needs = &m->fold.needs[256 * (size_t)loop];
    uint64_t most = 0;
    const char *mostly = NULL;
    for (uint32_t need = 0; need < 255 && need_metric(plan, gate, need); need++)
        if (needs[need + 1] > most) {
            most = needs[need + 1];
            mostly = need_metric(plan, gate, need);
        }
    return rc_making_text(m, mostly);
}

static void each_target(rc_making *m)
{
    uint32_t targets_n = m->r->targets_n;
    rc_target_chance *list = rc_making_take(m, targets_n, sizeof *list);
    for (uint32_t t = 0; t < targets_n && !m->failed; t++)
        list[t] = (rc_target_chance){m->r->targets[t].metric,
                                     rc_wilson(m->fold.targets[t], m->y->futures)};
    m->r->verdict.targets = list;
    m->r->verdict.targets_n = targets_n;
}

/* What the futures cost that a cause has stopped, and its interval. */
static void sunk(const rc_making *m, rc_stop *stop, uint32_t cause)
{
    const rc_running *money = &m->fold.sunk[cause];
    double error = rc_running_error(money);
    stop->p = rc_wilson(money->n, m->y->futures);
    stop->cost = money->n ? money->mean : NAN;
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

void rc_make_goals(rc_making *m)
{
    rc_result *r = m->r;
    r->verdict = (rc_verdict){.confidence = m->y->plan->goals.confidence,
                              .promise_days = NAN,
                              .promise_low = NAN,
                              .promise_high = NAN,
                              .has_deadline = !isinf(r->deadline_days),
                              .has_budget = !isinf(r->budget),
                              .has_target = r->target.given,
                              .fallback = {.target = NAN, .days = NAN},
                              .fallback_later = {.target = NAN, .days = NAN}};
}

void rc_make_verdict(rc_making *m)
{
    rc_verdict *v = &m->r->verdict;
    const rc_fold *f = &m->fold;
    uint64_t n = m->y->futures;
    v->launch = rc_wilson(f->launch, n);
    v->deadline = rc_wilson(f->deadline, n);
    v->budget = rc_wilson(f->budget, n);
    v->target = rc_wilson(f->target, n);
    v->all = rc_wilson(f->all, n);
    v->stopped = rc_wilson(f->stopped, n);
    v->not_possible = rc_wilson(f->not_possible, n);
    v->not_found = rc_wilson(f->not_found, n);
    rc_share none = {NAN, NAN, NAN};
    if (!v->has_deadline)
        v->deadline = none;
    if (!v->has_budget)
        v->budget = none;
    if (!v->has_target)
        v->target = v->not_possible = v->not_found = none;
    if (v->has_deadline || v->has_budget || v->has_target)
        promise(m);
    else
        v->all = none;
    if (isinf(v->promise_days) && v->has_target) {
        v->fallback = fall_back(m, RC_WATCH_FALLBACK, m->r->deadline_days);
        if (m->fold.exact)
            rc_make_later(m, m->y->futures);
        if (!isnan(m->fold.later))
            v->fallback_later = fall_back(m, RC_WATCH_LATER, m->fold.later);
    }
    each_target(m);
    blame(m);
}
