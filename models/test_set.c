#include "test_set.h"
#include "enrolment.h"
#include "evals.h"
#include "search.h"
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

/* Whose leaks show in this metric: of all data, where a search moves a share. */
static void bind_leaks(rc_measured_by *by, rc_binder *b, const char *id)
{
    const rc_goals *goals = rc_bind_goals(b);
    const rc_experiments *s;
    for (uint32_t i = 0; (s = rc_bind_group(b, "experiments", i)) != NULL; i++) {
        const char *its = rc_experiments_metric(s, goals);
        if (!its || strcmp(its, id) != 0 || !rc_experiments_is_share(s))
            continue;
        by->leaks = rc_bind_leaks(b);
        by->leaks_up = rc_experiments_up(s, goals);
        if (by->leaks.n > 0)
            by->leaked_row =
                rc_bind_state(b, rc_bind_print(b, "metric.%s.leak", id), 0.0);
        return;
    }
}

static rc_measured_by changed_by(rc_binder *b, const char *id)
{
    const rc_goals *goals = rc_bind_goals(b);
    for (size_t m = 0; measurers[m].model; m++) {
        const void *group;
        for (uint32_t i = 0; (group = rc_bind_group(b, measurers[m].model, i)); i++) {
            const char *its = measurers[m].metric(group, goals);
            if (its && strcmp(its, id) == 0)
                return (rc_measured_by){.change = measurers[m].change,
                                        .settings = group,
                                        .bound =
                                            rc_bind_bound(b, measurers[m].model, i)};
        }
    }
    return (rc_measured_by){0};
}

rc_measured_by rc_bind_measured_by(rc_binder *b, const char *id)
{
    rc_measured_by by = changed_by(b, id);
    bind_leaks(&by, b, id);
    return by;
}

rc_tested_metric rc_bind_tested_metric(rc_binder *b, const char *id)
{
    const rc_goals *goals = rc_bind_goals(b);
    const rc_target *target = rc_target_of(goals, id);
    rc_tested_metric metric = {.id = id, .up = !target || target->up};
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
    const rc_enrolment *study;
    for (uint32_t i = 0; (study = rc_bind_group(b, "enrolment", i)) != NULL; i++)
        metric.studied |= rc_enrolment_measures(study, id) != 0;
    if (metric.studied)
        metric.study = rc_bind_study(b, id);
    if (!metric.search && (metric.by.change || metric.studied))
        metric.words = rc_bind_words(b, rc_bind_print(b, "metric.%s.test_set", id));
    metric.truth = rc_bind_state(b, rc_bind_print(b, "metric.%s", id), NAN);
    metric.measured = rc_bind_state(b, rc_bind_print(b, "metric.%s.measured", id), NAN);
    metric.seed = rc_bind_state(b, rc_bind_print(b, "metric.%s.seed", id), 0);
    return metric;
}

bool rc_check_counted(const rc_faults *faults)
{
    const rc_experiments *s;
    bool any =
        rc_check_group(faults, "evals", 0) || rc_check_group(faults, "enrolment", 0);
    for (uint32_t i = 0; (s = rc_check_group(faults, "experiments", i)); i++)
        any |= s->test_size > 0;
    return any;
}

const char *rc_check_unit(const rc_faults *faults, const rc_goals *goals,
                          const char *id)
{
    const rc_metric *metric = rc_check_metric(faults, id);
    if (metric)
        return metric->value.unit ? metric->value.unit : "";
    const rc_experiments *search;
    for (uint32_t i = 0; (search = rc_check_group(faults, "experiments", i)); i++) {
        const char *its = rc_experiments_metric(search, goals);
        if (its && strcmp(its, id) == 0)
            return search->baseline.unit ? search->baseline.unit : "";
    }
    return NULL;
}

rc_study_rows rc_bind_study(rc_binder *b, const char *metric)
{
    rc_study_rows rows;
    const struct {
        uint32_t *row;
        const char *what;
    } all[] = {{&rows.until, "until"},
               {&rows.size, "size"},
               {&rows.bias, "bias"},
               {&rows.loses, "loses"},
               {&rows.round, "round"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        *all[i].row =
            rc_bind_state(b, rc_bind_print(b, "study.%s.%s", metric, all[i].what), NAN);
    return rows;
}

/* Whether a study of it has ended by the time that somebody looks. */
static bool is_studied(const rc_tested_metric *metric, const rc_step *step,
                       uint32_t lane)
{
    return metric->studied &&
           step->start[lane] >= step->row[metric->study.until][lane] - 1e-9;
}

static rc_test_set study_of(const rc_tested_metric *metric, const rc_step *step,
                            uint32_t lane)
{
    return (rc_test_set){.size = step->row[metric->study.size][lane],
                         .correlate = 1.0,
                         .bias = step->row[metric->study.bias][lane],
                         .loses = step->row[metric->study.loses][lane]};
}

/* k/n of the cases of a study; where it has none, what was measured before. */
static double counted(const rc_tested_metric *metric, const rc_step *step,
                      uint32_t lane, double truth, uint32_t word)
{
    rc_test_set test = study_of(metric, step, lane);
    if (!(test.size > 0.0))
        return step->row[metric->measured][lane];
    test.bias += step->row[metric->seed][lane];
    const double shown = fmin(fmax(rc_test_shows(&test, truth), 0.0), 1.0);
    return rc_binomial_quantile(rc_uniform(word), test.size, shown) / test.size;
}

double rc_tested_metric_measure(const rc_tested_metric *metric, const rc_step *step,
                                uint32_t lane, uint32_t pair_words)
{
    const double truth = step->row[metric->truth][lane];
    const double seed = step->row[metric->seed][lane];
    const bool studied = is_studied(metric, step, lane);
    if (!studied && !metric->search && !metric->by.change)
        return truth;
    const rc_test_set test = rc_tested_metric_set(metric, step, lane);
    if (metric->by.leaks.n > 0)
        step->row[metric->by.leaked_row][lane] = test.leak;
    if (!studied && !(test.size > 0.0) && !rc_measured_otherwise(&metric->by))
        return truth + seed;
    const uint32_t word = rc_word(
        step, metric->words, rc_tested_metric_index(metric, step, lane, true), lane);
    if (studied)
        return counted(metric, step, lane, truth, word);
    const double pair_z =
        rc_normal_quantile(rc_uniform(rc_word(step, pair_words, step->round, lane)));
    return rc_measured(&test, truth, word, seed, pair_z);
}

rc_test_set rc_tested_metric_set(const rc_tested_metric *metric, const rc_step *step,
                                 uint32_t lane)
{
    if (is_studied(metric, step, lane))
        return study_of(metric, step, lane);
    return rc_test_set_of(metric->search, &metric->by, step, lane);
}

rc_test_set rc_test_set_of(const rc_experiments *search, const rc_measured_by *by,
                           const rc_step *step, uint32_t lane)
{
    rc_test_set test = search ? rc_experiments_test(search, step, lane)
                              : (rc_test_set){.correlate = 1};
    if (by->change)
        by->change(&test, by, step, lane);
    if (by->leaks.n > 0) {
        const double shown = rc_leaks_show(&by->leaks, step, lane, step->start[lane]);
        test.leak = by->leaks_up ? shown : -shown;
        test.is_share = true;
    }
    return test;
}

uint32_t rc_tested_metric_index(const rc_tested_metric *metric, const rc_step *step,
                                uint32_t lane, bool at_gate)
{
    enum { STUDIES = 0x10000 }; /* beyond the test sets of any number of rounds */
    if (is_studied(metric, step, lane))
        return STUDIES + (uint32_t)step->row[metric->study.round][lane];
    return rc_test_index(metric->search && metric->search->fresh_test, step->round,
                         at_gate);
}
