/* gate.c -- what a gate measures, and whom it lets pass. */
#include "gate.h"
#include "checkpoints.h"
#include "condition.h"
#include "fairness.h"
#include "online_test.h"
#include "test_set.h"
#include <math.h>
#include <string.h>

/* A metric that some need looks at, measured once a round. */
typedef struct watched {
    rc_tested_metric metric;
    const rc_metric
        *drawn; /* of the scenario's metrics; NULL: one that a search moves */
    uint32_t pair_words;
    rc_told told; /* checkpoints that look at it */
} watched;

/* Other stages that judge for themselves: all groups of a model are asked. */
typedef bool passes_fn(const void *settings, const void *bound, const rc_step *step,
                       uint32_t lane);

static const struct {
    const char *model;
    passes_fn *passes;
} judges[] = {{"fairness", rc_fairness_passes}, {"online_test", rc_online_test_passes}};
enum { JUDGES = sizeof judges / sizeof *judges };

typedef struct judged {
    const void *settings, *bound;
} judged;

typedef struct need {
    enum { MEETS_VALUE, IS_JUDGED } kind;
    uint32_t watched;  /* or which of judges */
    rc_condition asks; /* op and value, those of the target filled in */
    double z;          /* normal quantile of the confidence asked for; 0: none was */
    bool has_truth;    /* held against the truth: the target, or with z */
} need;

typedef struct bound {
    uint32_t watched_n, needs_n, judged_n[JUDGES];
    watched *watched;
    need *needs; /* as written; "target" is one for each target */
    judged *judged[JUDGES];
    bool has_truth; /* some need is held against the truth */
    bool proves;    /* some need asks for confidence */
    uint32_t pass_words;
    uint32_t first_pass, rounds, exhausted, false_go, false_no_go, failed_on, proved;
} bound;

static uint32_t watch(bound *own, rc_binder *b, const rc_gate *gate, const char *id)
{
    for (uint32_t i = 0; i < own->watched_n; i++)
        if (strcmp(own->watched[i].metric.id, id) == 0)
            return i;
    watched *w = &own->watched[own->watched_n];
    w->metric = rc_bind_tested_metric(b, id);
    w->pair_words =
        rc_bind_words(b, rc_bind_print(b, "gates.%s.%s.pair", gate->head.id, id));
    w->told = rc_bind_told(b, id);
    uint32_t n;
    const rc_metric *metrics = rc_bind_metrics(b, &n);
    for (uint32_t i = 0; i < n && !w->metric.search; i++)
        if (strcmp(metrics[i].head.id, id) == 0)
            w->drawn = &metrics[i];
    return own->watched_n++;
}

static void bind_judge(bound *own, rc_binder *b, uint32_t which)
{
    const char *model = judges[which].model;
    uint32_t n = 0;
    while (rc_bind_group(b, model, n))
        n++;
    own->judged_n[which] = n;
    own->judged[which] = rc_bind_alloc(b, n, sizeof *own->judged[which]);
    for (uint32_t i = 0; i < n; i++)
        own->judged[which][i] =
            (judged){rc_bind_group(b, model, i), rc_bind_bound(b, model, i)};
}

static uint32_t judge_of(const char *metric)
{
    uint32_t i = 0;
    while (i < JUDGES && strcmp(judges[i].model, metric) != 0)
        i++;
    return i;
}

static void bind_outputs(bound *own, rc_binder *b, const rc_gate *gate,
                         const char *const *labels)
{
    const bool truth = own->has_truth;
    const rc_shown_row rows[] = {
        {&own->first_pass, "p_first_pass", RC_OUT_SHARE, "share"},
        {&own->rounds, "rounds", RC_OUT_SPREAD, "rounds"},
        {&own->exhausted, "p_exhausted", RC_OUT_SHARE, "share"},
        {truth ? &own->false_go : NULL, "false_go", RC_OUT_SHARE, "share"},
        {truth ? &own->false_no_go : NULL, "false_no_go", RC_OUT_SHARE, "share"},
    };
    const char *path = rc_bind_print(b, "gates[%s]", gate->head.id);
    rc_bind_table(b, path, gate->head.name, rows, sizeof rows / sizeof *rows);
    own->failed_on =
        rc_bind_watched(b,
                        (rc_output){.path = rc_bind_print(b, "%s.failed_on", path),
                                    .kind = RC_OUT_CATEGORY,
                                    .unit = "share",
                                    .labels = labels,
                                    .name = gate->head.name},
                        NAN);
    if (own->proves)
        own->proved = rc_bind_shown(b, rc_bind_print(b, "%s.p_proved", path),
                                    RC_OUT_SHARE, "share", gate->head.name);
}

/* One need of the gate, looked at by what it names; "target" is as many as there are
 * targets. */
static void bind_need(bound *own, rc_binder *b, const rc_gate *gate,
                      const rc_condition *asks, const rc_target *target,
                      const char **labels)
{
    need *it = &own->needs[own->needs_n];
    it->asks = *asks;
    if (target) {
        it->has_truth = own->has_truth = true;
        it->asks = rc_target_asks(target);
        it->asks.sure = asks->sure;
    } else if (judge_of(asks->metric) < JUDGES) {
        it->kind = IS_JUDGED;
        it->watched = judge_of(asks->metric);
        bind_judge(own, b, it->watched);
    }
    if (it->asks.sure > 0) {
        it->z = rc_normal_quantile(it->asks.sure);
        it->has_truth = own->has_truth = own->proves = true;
    }
    labels[own->needs_n++] = it->asks.metric;
    if (it->kind == MEETS_VALUE)
        it->watched = watch(own, b, gate, it->asks.metric);
}

static void *bind(const void *settings, rc_binder *b)
{
    const rc_gate *gate = settings;
    const rc_goals *goals = rc_bind_goals(b);
    bound *own = rc_bind_alloc(b, 1, sizeof *own);
    const uint32_t room = gate->needs.n + goals->targets_n;
    const char **labels = rc_bind_alloc(b, room + 2, sizeof *labels);
    own->needs = rc_bind_alloc(b, room, sizeof *own->needs);
    own->watched = rc_bind_alloc(b, room, sizeof *own->watched);
    for (uint32_t i = 0; i < gate->needs.n; i++) {
        const rc_condition *asks = &gate->needs.at[i];
        const bool all = strcmp(asks->metric, "target") == 0;
        for (uint32_t k = 0; k < (all ? goals->targets_n : 1); k++)
            bind_need(own, b, gate, asks, all ? &goals->targets[k] : NULL, labels);
    }
    if (gate->chance_to_pass.given)
        labels[own->needs_n] = "chance_to_pass";
    own->pass_words =
        rc_bind_words(b, rc_bind_print(b, "gates.%s.passing", gate->head.id));
    bind_outputs(own, b, gate, labels);
    return own;
}

/* ------------------------------------------------------------------ judging */

static void measure(const rc_step *step, const watched *w, uint32_t lane)
{
    const rc_tested_metric *m = &w->metric;
    double *truth = &step->row[m->truth][lane];
    if (w->drawn) {
        if (step->round > 1 && w->drawn->each_round.given)
            *truth *= 1 + rc_each(step, &w->drawn->each_round, step->round, lane);
    }
    const double measured = rc_tested_metric_measure(m, step, lane, w->pair_words);
    step->row[m->measured][lane] = measured;
    rc_tell(&w->told, step, lane, step->start[lane], measured);
}

/* What was measured meets a need; with a confidence, the end of its interval does. */
static bool is_shown(const rc_step *step, const bound *own, const need *it,
                     uint32_t lane)
{
    const rc_tested_metric *m = &own->watched[it->watched].metric;
    const double measured = step->row[m->measured][lane];
    if (it->z == 0)
        return rc_condition_met(&it->asks, measured);
    const double n = rc_tested_metric_set(m, step, lane).size;
    const double z = rc_condition_up(&it->asks) ? -it->z : it->z;
    return n > 0 && rc_condition_met(&it->asks, rc_wilson_end(measured, n, z));
}

static bool is_let_pass(const rc_step *step, const bound *own, uint32_t which,
                        uint32_t lane)
{
    bool all = true; /* all are asked: each keeps what it saw */
    for (uint32_t i = 0; i < own->judged_n[which]; i++) {
        const judged *it = &own->judged[which][i];
        all &= judges[which].passes(it->settings, it->bound, step, lane);
    }
    return all;
}

/* 0: passed, else 1 + the first need that failed. */
static uint8_t judge(const rc_step *step, const bound *own, const rc_gate *gate,
                     uint32_t lane)
{
    uint8_t verdict = 0;
    if (own->has_truth)
        step->row[own->false_go][lane] = 0;
    for (uint32_t i = 0; i < own->needs_n; i++) {
        const need *it = &own->needs[i];
        bool ok;
        if (it->kind == IS_JUDGED) {
            ok = is_let_pass(step, own, it->watched, lane);
        } else {
            ok = is_shown(step, own, it, lane);
            if (it->z != 0 && !ok && step->round == 1)
                step->row[own->proved][lane] = 0;
            if (it->has_truth) {
                const rc_tested_metric *m = &own->watched[it->watched].metric;
                const bool truly =
                    rc_condition_met(&it->asks, step->row[m->truth][lane]);
                if (!ok && truly)
                    step->row[own->false_no_go][lane] = 1;
                if (!truly)
                    step->row[own->false_go][lane] = 1;
            }
        }
        if (!ok && verdict == 0)
            verdict = (uint8_t)(1 + i);
    }
    if (gate->chance_to_pass.given && verdict == 0) {
        const double u = rc_uniform(rc_word(step, own->pass_words, step->round, lane));
        if (!(u < rc_row(step, &gate->chance_to_pass)[lane]))
            verdict = (uint8_t)(1 + own->needs_n);
    }
    return verdict;
}

static void place(const rc_step *step, const uint32_t *lane, uint32_t n)
{
    const rc_gate *gate = step->settings;
    const bound *own = step->bound;
    const uint32_t attempts = gate->on_fail ? (uint32_t)gate->on_fail->at_most + 1 : 1;
    for (uint32_t j = 0; j < n; j++) {
        const uint32_t at = lane[j];
        for (uint32_t i = 0; i < own->watched_n; i++)
            measure(step, &own->watched[i], at);
        if (step->round == 1 && own->has_truth)
            step->row[own->false_no_go][at] = 0;
        if (step->round == 1 && own->proves)
            step->row[own->proved][at] = 1;
        const uint8_t verdict = judge(step, own, gate, at);
        if (step->round == 1) {
            step->row[own->first_pass][at] = verdict == 0;
            step->row[own->failed_on][at] = verdict == 0 ? NAN : verdict - 1;
        }
        if (verdict != 0 && own->has_truth)
            step->row[own->false_go][at] = 0; /* not a go at all */
        step->row[own->rounds][at] = step->round;
        step->row[own->exhausted][at] = verdict != 0 && step->round >= attempts;
        step->verdict[at] = verdict;
    }
}

const rc_model rc_model_gate = {.id = "gate", .bind = bind, .place = place};

double rc_noisy_label_accuracy(double accuracy, double eta, double classes)
{
    return accuracy * (1 - eta) + (1 - accuracy) * eta / (classes - 1);
}

double rc_gate_pass_chance(double p, double n, double threshold)
{
    const double least = ceil(n * threshold - 1e-9);
    return least <= 0 ? 1 : rc_beta_cdf(p, least, n - least + 1);
}

double rc_wilson_end(double measured, double n, double z)
{
    const double share = fmin(fmax(measured, 0), 1), half = z * z / (2 * n);
    const double root = sqrt(share * (1 - share) / n + half / (2 * n));
    return fmin(fmax((share + half + z * root) / (1 + 2 * half), 0), 1);
}
