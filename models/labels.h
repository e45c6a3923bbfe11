/* labels.h -- labels as they arrive: how many clean ones there are at a moment.
 *
 * Whoever brings labels (labelling, data that come with their outcomes) tells, when its
 * task is placed, when they begin to come, how long that takes and what they are worth:
 *
 *   there(t)  = sum of brings x done(t)
 *   done(t)   = a(days x (t - from)/(until - from)) / a(days), 0 before, 1 after
 *   a(d)      = d^2/(2 ramp) for d < ramp, else d - ramp/2       speed rising linearly
 *
 * `until` is when the task finishes, with what risks delay and freezes pause; these
 * stretch the whole of it.
 *
 * A search that starts while labels still come has those that are there; the rest of a
 * source joins when it has finished.
 *
 * State    "labels": of all sources, done or under way. Of each source
 *          "labels.<plan>.<id>.brings", ".from", ".days", ".ramp": its present run
 * Units    working days, clean labels.
 * Errors   none.  Threads: no state.
 */
#ifndef ROADCAST_MODELS_LABELS_H
#define ROADCAST_MODELS_LABELS_H

#include <roadcast/model.h>

/* The present run of one source: state rows. */
typedef struct rc_label_source {
    uint32_t brings, from, days, ramp;
    uint32_t finish; /* of its task's first round; UINT32_MAX: no task */
    uint32_t again;  /* 1 in a further round, which the first finish does not tell */
} rc_label_source;

typedef struct rc_labels {
    uint32_t all; /* state row "labels" */
    uint32_t n;
    rc_label_source *sources;
} rc_labels;

/* plan: id of the model; settings: its group. */
rc_label_source rc_bind_label_source(rc_binder *b, const char *plan,
                                     const void *settings);
/* Every source of the scenario. */
rc_labels rc_bind_labels(rc_binder *b);

/* Items that they are to label, or bring with labels, at the medians of the scenario. */
double rc_labels_planned(rc_binder *b);

/* A run that starts to bring labels: from its start `from` for `days`. */
void rc_label_source_place(const rc_label_source *source, const rc_step *step,
                           uint32_t lane, double brings, double from, double days,
                           double ramp);

/* Share of a run that is done after a share of its time. */
double rc_labels_done(double share_of_time, double days, double ramp);

/* And the other way round: share of its time after which so much is done. */
double rc_labels_done_after(double share, double days, double ramp);

/* Clean labels that are there at working time t. */
double rc_labels_there(const rc_labels *labels, const rc_step *step, uint32_t lane,
                       double t);
/* The first moment after t at which a source has finished; INFINITY: all have. */
double rc_labels_next(const rc_labels *labels, const rc_step *step, uint32_t lane,
                      double t);

#endif
