/* experiments_check.c -- what of a search's settings contradicts itself, or says nothing. */
#include "experiments.h"
#include "belief.h"
#include "idle.h"
#include "search.h"
#include "test_set.h"
#include <string.h>

static const rc_approach *approach_named(const rc_experiments *s, const char *id)
{
    const rc_approach *approaches = s->approaches.at;
    for (uint32_t a = 0; a < s->approaches.n; a++)
        if (strcmp(approaches[a].head.id, id) == 0)
            return approaches + a;
    return NULL;
}

static void check_effects(const rc_effects *also, const char *metric, rc_faults *faults)
{
    for (uint32_t i = 0; i < also->n; i++)
        if (metric && strcmp(also->at[i].metric, metric) == 0)
            rc_fault(faults, also->at[i].change.at, "also names other metrics",
                     "'%s' is what these tries improve: gain says by how much", metric);
}

/* Which approach a lever is for. */
static void check_lever_approach(const rc_experiments *s, const rc_lever *v,
                                 rc_faults *faults)
{
    if (!v->approach)
        return;
    const rc_approach *its = approach_named(s, v->approach);
    if (!its)
        rc_fault(faults, v->head.at, "the id of one of approaches",
                 "there is no approach '%s'", v->approach);
    else if (!rc_approach_open(s,
                               (uint32_t)(its - (const rc_approach *)s->approaches.at)))
        rc_warn(faults, v->head.at, NULL,
                "'%s' is never tried: its approach '%s' is not", v->head.id,
                v->approach);
}

static void check_lever(const rc_experiments *s, const rc_lever *v,
                        const rc_goals *goals, rc_faults *faults)
{
    const rc_position at = v->head.at.line ? v->head.at : s->head.at;
    rc_so_far seen;
    check_lever_approach(s, v, faults);
    check_effects(&v->also, rc_experiments_metric(s, goals), faults);
    if (v->gain.given && v->log_gain.given)
        rc_fault(faults, v->log_gain.at, "keep one of them",
                 "gain and log_gain say the same in two ways");
    if (v->labels.given && (v->gain.given || v->log_gain.given))
        rc_fault(faults, v->labels.at, "keep one of them",
                 "labels gain what the learning curve says, not gain or log_gain");
    if (v->labels.given && !s->learning_curve)
        rc_fault(faults, v->labels.at,
                 "add learning_curve = { labels_now = \"20k\"; … }",
                 "a lever of labels needs a learning curve");
    if (v->gain.given && !rc_experiments_is_share(s))
        rc_fault(faults, v->gain.at, "write log_gain, the log of before / after",
                 "gain is in points, but the metric is no percentage");
    if (v->fatigue && (v->works.given || v->decay.given))
        rc_fault(faults, at, "keep one of them", "fatigue replaces works and decay");
    if (s->levers.n && strcmp(v->head.id, RC_NO_GAIN) == 0)
        rc_fault(faults, at, "call it otherwise",
                 "no lever can be called \"" RC_NO_GAIN
                 "\": results say that where nothing was gained");
    if (v->try_takes.calendar)
        rc_fault(faults, v->try_takes.at, "write days or hours",
                 "try_takes is working time, not calendar days");
    if (v->so_far && !rc_so_far_read(v->so_far, &seen))
        rc_fault(faults, at, "write so_far = \"11 tries, 2 worked, best +0.9 points\"",
                 "cannot read so_far \"%s\"", v->so_far);
    else if (v->so_far && seen.worked > seen.tries)
        rc_fault(faults, at, NULL, "so_far tells more successes than tries");
    else if (v->so_far && v->works.given)
        rc_warn(faults, v->works.at, "leave works out to have it judged by so_far",
                "works is stated, so the successes of so_far do not change it");
}

static void check_approach(const rc_approach *a, const char *metric, rc_faults *faults)
{
    if (a->try_takes.calendar)
        rc_fault(faults, a->try_takes.at, "write days or hours",
                 "try_takes is working time, not calendar days");
    check_effects(&a->also, metric, faults);
}

/* Which approaches there are, and that some are left to try. */
static void check_approaches(const rc_experiments *s, const rc_goals *goals,
                             rc_faults *faults)
{
    const rc_approach *approaches = s->approaches.at;
    const uint32_t n = s->approaches.n;
    if (n == 0 && (s->approach || s->must_be_explainable || s->choose != 0 ||
                   s->tries_each != RC_TRIES_EACH))
        rc_fault(faults, s->head.at,
                 "approaches = ( { id = \"…\"; }, { id = \"…\"; } )",
                 "how approaches are tried is said, and there are none");
    if (n > RC_APPROACHES_MAX)
        rc_fault(faults, s->head.at, "join similar ones, or compare them by what_if",
                 "%u approaches, at most %d are tried", n, RC_APPROACHES_MAX);
    for (uint32_t a = 0; a < n; a++)
        check_approach(approaches + a, rc_experiments_metric(s, goals), faults);
    if (n > 0 && s->approach && !approach_named(s, s->approach))
        rc_fault(faults, s->head.at, "the id of one of approaches",
                 "there is no approach '%s'", s->approach);
    bool any = n == 0;
    for (uint32_t a = 0; a < n; a++)
        any |= rc_approach_open(s, a) || (s->approach && !s->must_be_explainable);
    if (!any)
        rc_fault(faults, s->head.at, "explainable = true, where that is so",
                 "must_be_explainable leaves no approach to try");
}

/* What limits ask for is measured somewhere, and is no business of this search's gains. */
static void check_limit(const rc_experiments *s, const rc_condition *asks,
                        const rc_goals *goals, rc_faults *faults)
{
    const char *metric = rc_experiments_metric(s, goals);
    const rc_experiments *other;
    bool produced = rc_check_metric(faults, asks->metric) != NULL;
    for (uint32_t i = 0; (other = rc_check_group(faults, "experiments", i)); i++) {
        const char *its = rc_experiments_metric(other, goals);
        produced |= its && strcmp(its, asks->metric) == 0;
    }
    if (asks->op == RC_ANY)
        rc_fault(faults, asks->at, "write \"latency <= 40 ms\"",
                 "a limit compares a metric with a value");
    else if (metric && strcmp(metric, asks->metric) == 0)
        rc_fault(faults, asks->at, "aim says how far the search goes",
                 "'%s' is what this search improves: limits are on others", metric);
    else if (!produced)
        rc_fault(faults, asks->at, "a search moves its metric; others stand in metrics",
                 "there is a limit on '%s', which nothing produces", asks->metric);
}

/* Of every approach. */
static bool says_ceiling(const rc_experiments *s)
{
    bool all = true;
    for (uint32_t a = 0; a < rc_approaches_n(s); a++)
        all &= rc_approach_ceiling(s, a) != NULL;
    return all;
}

static bool pays_for_hours(const rc_experiments *s)
{
    bool any = s->gpu_hours.given;
    const rc_lever *levers = s->levers.at;
    const rc_approach *approaches = s->approaches.at;
    for (uint32_t i = 0; i < s->levers.n; i++)
        any |= levers[i].gpu_hours.given;
    for (uint32_t i = 0; i < s->approaches.n; i++)
        any |= approaches[i].gpu_hours.given;
    return any;
}

static void check_idle(const rc_experiments *s, const rc_goals *goals,
                       rc_faults *faults)
{
    const bool alone = s->levers.n <= 1, counted = rc_check_counted(faults),
               one_way = s->approaches.n == 1;
    const rc_estimate *reachable = &s->reachable, *pair = &s->paired_tries_correlate;
    const rc_idle list[] = {
        {reachable->given && reachable->origin == RC_STATED && says_ceiling(s),
         reachable->at, "'reachable' says nothing where the ceiling is stated",
         "keep one of them"},
        {s->fresh_test && !counted, s->head.at,
         "a 'fresh_test' needs the test_size of it", "add test_size = 2000"},
        {pair->given && pair->origin == RC_STATED && !counted, pair->at,
         "'paired_tries_correlate' is of errors on a test set, and without test_size "
         "there are none",
         "add test_size = 2000"},
        {s->stop_at_deadline && goals->deadline_date == INT32_MIN, s->head.at,
         "the search is to stop at the deadline, and there is none",
         "add goals.deadline, or give_up_after"},
        {s->budget.given && !pays_for_hours(s), s->budget.at,
         "'budget' ends a search by what it paid for compute, and it pays nothing",
         "add gpu_hours"},
        {s->policy != RC_BEST_GAIN_PER_DAY && alone, s->head.at,
         "'policy' chooses between levers, and there is only one", "add levers"},
        {one_way && (s->choose != 0 || s->tries_each != RC_TRIES_EACH), s->head.at,
         "'choose' and 'tries_each' say nothing where one approach is tried",
         "drop them, or add approaches"},
    };
    rc_refuse_idle(faults, list, sizeof list / sizeof *list);
    const rc_lever *levers = s->levers.at;
    for (uint32_t i = 0; i < s->levers.n && s->policy != RC_WEIGHTED; i++)
        if (levers[i].weight != 1)
            rc_unused(faults, levers[i].head.at, "policy = \"weighted\" of the search",
                      "'weight' of a lever counts under policy \"weighted\" only");
}

/* Whether nine futures in ten have all ceilings short of a value: a range shall reach what
 * is wanted, and what lifts it may do the rest. */
static bool hardly_reached(const rc_experiments *s, double value, const char *unit,
                           bool up)
{
    const rc_lever *levers = s->levers.at;
    bool all = says_ceiling(s);
    for (uint32_t i = 0; i < s->levers.n; i++)
        all &= !levers[i].raises_ceiling.given;
    for (uint32_t a = 0; a < rc_approaches_n(s) && all; a++) {
        const rc_estimate *best = rc_approach_ceiling(s, a);
        const double most = rc_law_quantile(&best->law, up ? .9 : .1);
        all &= rc_same_unit(best->unit, unit) && !rc_reaches(most, value, up) &&
               rc_reaches(rc_median(best), rc_median(&s->baseline), up);
    }
    return all;
}

static void check_reach(const rc_experiments *s, const rc_target *target, bool up,
                        rc_faults *faults)
{
    const rc_estimate *best = rc_approach_ceiling(s, 0);
    if (s->aim.given && hardly_reached(s, rc_median(&s->aim), s->aim.unit, up))
        rc_warn(
            faults, s->aim.at, "an aim within what the ceiling leaves",
            "the ceiling, %s, hardly ever leaves this aim: the search goes on until "
            "its tries or its time are used up",
            best->text);
    if (target && best && best->law.kind != RC_CONSTANT &&
        hardly_reached(s, target->value, target->unit, up))
        rc_warn(faults, best->at, "a lower target, or what raises_ceiling",
                "with this ceiling '%s' reaches its target in less than one future of "
                "ten",
                target->metric);
}

/* Today's model, what is aimed at and what can be reached, in this order. */
static void check_order(const rc_experiments *s, const rc_goals *goals,
                        rc_faults *faults)
{
    const rc_target *target = rc_experiments_target(s, goals);
    const bool up = rc_experiments_up(s, goals);
    const double base = rc_median(&s->baseline), sign = up ? 1 : -1;
    for (uint32_t a = 0; a < rc_approaches_n(s); a++) {
        const rc_estimate *best = rc_approach_ceiling(s, a);
        if (!best || !rc_same_unit(best->unit, s->baseline.unit))
            continue;
        if (sign * (rc_median(best) - base) < 0)
            rc_fault(faults, best->at, "the best value that these levers can reach",
                     "this ceiling is worse than today's model, the baseline");
        else if (target && best->law.kind == RC_CONSTANT &&
                 rc_same_unit(best->unit, target->unit) &&
                 sign * (best->law.p[0] - target->value) < 0)
            rc_warn(faults, best->at, "write a range: nobody knows it to the point",
                    "with this ceiling '%s' never reaches its target", target->metric);
    }
    const bool own = s->aim.given;
    const char *unit = own ? s->aim.unit : target ? target->unit : NULL;
    if ((!own && !target) || !rc_same_unit(unit, s->baseline.unit))
        return;
    check_reach(s, target, up, faults);
    const double end = own ? rc_median(&s->aim) : target->value;
    if (sign * (base - end) >= 0 && s->limits.n == 0)
        rc_warn(faults, s->baseline.at, NULL,
                "today's model, the baseline, is at the %s already: there is nothing "
                "to search for",
                own ? "aim" : "target");
    else if (own && target && rc_same_unit(unit, target->unit) &&
             sign * (end - target->value) < 0)
        rc_warn(faults, s->aim.at,
                "leave aim out to search until the target is measured",
                "the search ends at its aim, and that misses the target");
}

void rc_experiments_check(const void *at, const rc_goals *goals, rc_faults *faults)
{
    const rc_experiments *s = at;
    uint32_t n;
    const rc_lever *levers = rc_experiments_levers(s, &n);
    for (uint32_t i = 0; i < n; i++)
        check_lever(s, levers + i, goals, faults);
    check_approaches(s, goals, faults);
    check_idle(s, goals, faults);
    check_order(s, goals, faults);
    for (uint32_t i = 0; i < s->limits.n; i++)
        check_limit(s, &s->limits.at[i], goals, faults);
    if (n > RC_LEVERS_MAX)
        rc_fault(faults, s->head.at, "join similar ones",
                 "%u levers, at most %d are tried", n, RC_LEVERS_MAX);
    if (s->levers.n && (s->alone.works.given || s->alone.gain.given ||
                        s->alone.log_gain.given || s->alone.decay.given ||
                        s->alone.crash.given || s->alone.fatigue || s->alone.so_far))
        rc_fault(faults, s->head.at, "write works, gain, so_far … in each lever",
                 "the search has levers, and is described as a single one too");
    if (!s->metric && !goals->target.given)
        rc_fault(faults, s->head.at, "add metric = \"accuracy\"",
                 "what do the experiments improve? There is no metric and no target");
    if (s->learning_curve)
        rc_learning_check(s->learning_curve, rc_experiments_up(s, goals), faults);
    if (s->ceiling.given && s->learning_curve && s->learning_curve->ceiling.given)
        rc_fault(faults, s->ceiling.at, "keep one of them",
                 "the ceiling is stated twice: here and in the learning curve");
    if (s->test_size > 0 && !rc_experiments_is_share(s))
        rc_fault(faults, s->head.at, "leave test_size out",
                 "test_size counts right and wrong, but the metric is no percentage");
    if (!rc_experiments_is_share(s) && !says_ceiling(s) &&
        !rc_experiments_target(s, goals) && !s->aim.given)
        rc_fault(
            faults, s->head.at, "add ceiling = \"the best value that can be reached\"",
            "nothing says how good %s can become", rc_experiments_metric(s, goals));
    if (s->try_takes.calendar)
        rc_fault(faults, s->try_takes.at, "write days or hours",
                 "try_takes is working time, not calendar days");
    if (s->give_up_after.calendar)
        rc_fault(faults, s->give_up_after.at, "write days or weeks",
                 "give_up_after is working time, not calendar days");
}
