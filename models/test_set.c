#include "test_set.h"
#include "evals.h"
#include <math.h>
#include <string.h>

const char *rc_bind_main_metric(rc_binder *b)
{
    const rc_goals *goals = rc_bind_goals(b);
    if (goals->target.given)
        return goals->target.metric;
    const rc_experiments *first = rc_bind_group(b, "experiments", 0);
    return first ? rc_experiments_metric(first, goals) : NULL;
}

/* Groups that say how a metric is measured, the first one counts. */
static const struct {
    const char *model;
    /* which metric the group speaks of */
    const char *(*metric)(const void *settings, const rc_goals *goals);
    void (*change)(rc_test_set *test, const rc_measured_by *by, const rc_step *step,
                   uint32_t lane);
} measurers[] = {
    {"evals", rc_evals_metric, rc_evals_change},
    {0},
};

rc_measured_by rc_bind_measured_by(rc_binder *b, const char *id)
{
    const rc_goals *goals = rc_bind_goals(b);
    for (size_t m = 0; measurers[m].model; m++) {
        const void *group;
        for (uint32_t i = 0; (group = rc_bind_group(b, measurers[m].model, i)); i++) {
            const char *its = measurers[m].metric(group, goals);
            if (its && strcmp(its, id) == 0)
                return (rc_measured_by){measurers[m].change, group,
                                        rc_bind_bound(b, measurers[m].model, i)};
        }
    }
    return (rc_measured_by){0};
}

rc_tested_metric rc_bind_tested_metric(rc_binder *b, const char *id)
{
    const rc_goals *goals = rc_bind_goals(b);
    const bool is_target = goals->target.given && strcmp(goals->target.metric, id) == 0;
    rc_tested_metric metric = {.id = id, .up = is_target ? goals->target.up : true};
    const rc_experiments *s;
    for (uint32_t i = 0; (s = rc_bind_group(b, "experiments", i)) != NULL; i++) {
        const char *its = rc_experiments_metric(s, goals);
        if (!its || strcmp(its, id) != 0)
            continue;
        metric.search = s;
        metric.up = rc_experiments_up(s, goals);
        metric.words = rc_bind_words(b, rc_bind_print(b, "%s.test_set", s->head.id));
        break;
    }
    metric.by = rc_bind_measured_by(b, id);
    if (!metric.search && metric.by.change)
        metric.words = rc_bind_words(b, rc_bind_print(b, "metric.%s.test_set", id));
    metric.truth = rc_bind_state(b, rc_bind_print(b, "metric.%s", id), NAN);
    metric.measured = rc_bind_state(b, rc_bind_print(b, "metric.%s.measured", id), NAN);
    metric.seed = rc_bind_state(b, rc_bind_print(b, "metric.%s.seed", id), 0);
    return metric;
}

rc_test_set rc_tested_metric_set(const rc_tested_metric *metric, const rc_step *step,
                                 uint32_t lane)
{
    return rc_test_set_of(metric->search, metric->by, step, lane);
}

rc_test_set rc_test_set_of(const rc_experiments *search, rc_measured_by by,
                           const rc_step *step, uint32_t lane)
{
    rc_test_set test = search ? rc_experiments_test(search, step, lane)
                              : (rc_test_set){.correlate = 1};
    if (by.change)
        by.change(&test, &by, step, lane);
    return test;
}

uint32_t rc_tested_metric_index(const rc_tested_metric *metric, const rc_step *step,
                                bool at_gate)
{
    return rc_test_index(metric->search && metric->search->fresh_test, step->round,
                         at_gate);
}
