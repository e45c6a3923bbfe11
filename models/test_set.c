#include "test_set.h"
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
    metric.truth = rc_bind_state(b, rc_bind_print(b, "metric.%s", id), NAN);
    metric.measured = rc_bind_state(b, rc_bind_print(b, "metric.%s.measured", id), NAN);
    metric.seed = rc_bind_state(b, rc_bind_print(b, "metric.%s.seed", id), 0);
    return metric;
}

rc_test_set rc_tested_metric_set(const rc_tested_metric *metric, const rc_step *step,
                                 uint32_t lane)
{
    return metric->search ? rc_experiments_test(metric->search, step, lane)
                          : (rc_test_set){0};
}

uint32_t rc_tested_metric_index(const rc_tested_metric *metric, const rc_step *step,
                                bool at_gate)
{
    return rc_test_index(metric->search && metric->search->fresh_test, step->round,
                         at_gate);
}
