/* enrolment.h -- a study: cases with and without the disease come in at sites until there
 * are enough of both, and the gates behind it measure on them.
 *
 *   people come in  Poisson, a rate for each site from the day on which it opens
 *   of these        drop_out is lost; of the rest prevalence has the disease
 *   enough          after Lambda = G / share of a kind, G ~ Gamma(cases wanted), where
 *                   Lambda(t) = sum over sites of rate x max(0, t - opens)
 *   the study ends  when both are enough, or after give_up_after
 *   counted         wanted + Poisson(what came while the other kind was waited for);
 *                   when given up, Binomial(wanted - 1, Lambda so far/Lambda needed):
 *                   earlier arrivals lie evenly before the one that was waited for
 *
 * Readers: where nobody knows the truth, a panel's majority stands for it.  Of positives
 * it misses U, of negatives it calls V positive; prevalence as read is Q = q (1 - U) +
 * (1 - q) V, and the study shows (readers and model wrong independently)
 *
 *   of positives    [q (1 - U) m + (1 - q) V (1 - w)] / Q         w: a metric of negatives
 *   of negatives    [(1 - q) (1 - V) w + q U (1 - m)] / (1 - Q)   m: a metric of positives
 *
 * where m and w are the averages over the sites of the study (sites.h).
 *
 * A further round is a new study of fresh cases at the sites that are open by then; sent
 * back to it, it enrols for as long as the rework lasts.
 *
 * State    study.<metric>.size, .bias, .loses, .round, .until, read by test_set.h
 * Words    "<id>.positives", "<id>.negatives", both with ".more", "<id>.drop_out"
 *          (index: round); those of sites.h
 * Units    working days, people, money.  Memory: none.
 * Source   models/README.md, section Enrolment.
 */
#ifndef ROADCAST_MODELS_ENROLMENT_H
#define ROADCAST_MODELS_ENROLMENT_H

#include <roadcast/model.h>

enum { RC_STUDY_SITES_MAX = 64 };

typedef struct rc_study_site {
    rc_head head;
    rc_estimate opens;    /* once: days after the start of the study */
    rc_estimate recruits; /* once: people a day */
    rc_estimate cost;     /* once: to open it */
} rc_study_site;

typedef struct rc_readers {
    int64_t panel;
    rc_estimate missed, false_alarms; /* once: of one reader */
    double votes_correlate;
    rc_estimate cost_per_read; /* once */
} rc_readers;

typedef struct rc_enrolment {
    rc_head head;
    int64_t positives, negatives; /* cases wanted */
    rc_estimate prevalence;       /* once */
    rc_estimate drop_out;         /* once */
    rc_list sites;
    rc_estimate cost_per_person; /* once */
    rc_texts of_positives, of_negatives;
    const rc_readers *readers; /* NULL: the truth is known */
    rc_estimate give_up_after; /* once: days */
} rc_enrolment;

extern const rc_model rc_model_enrolment;

/* Whether a study measures this metric: 0 no, 1 of positives, 2 of negatives. */
int rc_enrolment_measures(const rc_enrolment *s, const char *metric);

/* Smallest k with P(Poisson(mean) <= k) >= u. */
double rc_poisson_quantile(double u, double mean);

/* What a reference that errs makes of a metric: shown = bias + (1 - loses) true, where
 * `share` of the cases are of the metric's kind, of which the reference loses `lost`, and
 * `other` is the metric of the other kind, of which it gains `gained`.  Prevalence .2, u .1,
 * v .02, sensitivity .9, specificity .8: .842857 and .782587. */
typedef struct rc_shown {
    double bias, loses;
} rc_shown;
rc_shown rc_shown_by(double share, double lost, double gained, double other);

#endif
