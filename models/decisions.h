/* decisions.h -- how many decisions are wrong in a month of service, and whose.
 *
 * A share of all decisions is wrong, w = 1 - m (m where less is better); m is the target's
 * metric.  With `positives` q the metric is a share of the positives (recall), and those
 * that it gets wrong are misses:
 *
 *   misses        volume q w                  a month
 *   false alarms  volume (1 - q) false_alarms
 *   wrong         volume w                    without positives
 *   cost          misses x miss_costs + false alarms x false_alarm_costs
 *
 *   of a group    its share s of the decisions, and its gap g to everyone else as audits
 *                 and mitigation left it:  w_g = w + (1 - s) g,  w_e = w - s g for everyone
 *                 else, so that s w_g + (1 - s) w_e = w;  both within 0 and 1
 *   times as often    w_g over w_e, each averaged over the months
 *
 * m is production's quality, month by month of its watch, where the product is followed;
 * else the true metric at the launch, which stays.  What is said to be wrong in a month is
 * the mean of these months.  Groups are those of fairness, and as common among positives
 * and decisions as in its test set.
 *
 * What wrong decisions cost is no money that the product spends, and no part of value:
 * value says what quality is worth to the business, this whom it hits.
 *
 * Units    decisions and money a calendar month; shares.
 * State    reads metric.<target metric>, gap.<group>, and what production serves.
 * Where    the future never launches, all outputs are NAN.
 */
#ifndef ROADCAST_MODELS_DECISIONS_H
#define ROADCAST_MODELS_DECISIONS_H

#include <roadcast/model.h>

typedef struct rc_decisions {
    rc_head head;
    rc_estimate volume;       /* once; a calendar month */
    rc_estimate positives;    /* once; share of the volume; absent: all count alike */
    rc_estimate false_alarms; /* once; share of the negatives */
    rc_estimate miss_costs, false_alarm_costs; /* once; money each */
} rc_decisions;

extern const rc_model rc_model_decisions;

#endif
