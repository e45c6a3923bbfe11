/* production_upkeep.c -- control charts and labels: closed forms. */
#include "production_upkeep.h"
#include <math.h>
#include <roadcast/model.h>

static double divergence(double p, double q) /* Kullback-Leibler, of two outcomes */
{
    return p * rc_log(p / q) + (1 - p) * rc_log((1 - p) / (1 - q));
}

double rc_cusum_threshold(double p0, double p1, double outcomes_between_alarms)
{
    const double c = outcomes_between_alarms * divergence(p0, p1);
    /* Newton from the right of the root of a convex function: falls until it is there
     */
    double h = rc_log(2 * c + 4);
    for (;;) {
        double next = h - (rc_expm1(h) - h - c) / rc_expm1(h);
        if (!(next < h))
            return h;
        h = next;
    }
}

double rc_cusum_delay(double p0, double p1, double threshold)
{
    return (threshold + rc_expm1(-threshold)) / divergence(p1, p0);
}

double rc_months_to_alarm(double p0, double p1, double outcomes_a_month,
                          double months_between_alarms)
{
    if (!(p1 > p0))
        return 0; /* known from the day of the launch */
    /* never wrong so far, or always wrong then: as good as */
    const double least = 1e-9;
    p0 = fmax(p0, least);
    p1 = fmin(p1, 1 - least);
    double outcomes = fmax(outcomes_a_month, least);
    double h = rc_cusum_threshold(p0, p1, months_between_alarms * outcomes);
    return rc_cusum_delay(p0, p1, h) / outcomes;
}

double rc_labels_to_learn_from(double labelled, double explores)
{
    const double exponent = 0.36;
    return labelled + (1 - labelled) * rc_pow(explores, exponent);
}
