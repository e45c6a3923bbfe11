/* production_upkeep.h -- planning of upkeep: when a loss is seen, what can be learnt from
 * the labels that there are.
 *
 * Units    as said at each; months of 30.4375 days where it says months.
 * Errors   none: arguments are in their ranges.  Threads: no state.
 */
#ifndef ROADCAST_MODELS_PRODUCTION_UPKEEP_H
#define ROADCAST_MODELS_PRODUCTION_UPKEEP_H

/* CUSUM of labelled outcomes, failure rate p0 -> p1: threshold h, in units of the log
 * likelihood ratio, with (e^h - h - 1) / KL(p0||p1) = outcomes between false alarms,
 * and outcomes until the change is seen, (h - 1 + e^-h) / KL(p1||p0). Siegmund 1985;
 * within 10 % of simulation. */
double rc_cusum_threshold(double p0, double p1, double outcomes_between_alarms);
double rc_cusum_delay(double p0, double p1, double threshold);
/* The same in months: how late p1 is seen where so many outcomes come in a month and so
 * many months may lie between false alarms; 0 where p1 is no worse than p0. */
double rc_months_to_alarm(double p0, double p1, double outcomes_a_month,
                          double months_between_alarms);

/* Share of all labels that the labelled cases, and a share `explores` of the others, are
 * worth: labelled + (1 - labelled) explores^.36. .36 is the median exponent of learning
 * curves on tabular data (models/README.md); that what is lost comes back along such a
 * curve is our judgement. */
double rc_labels_to_learn_from(double labelled, double explores);

#endif
