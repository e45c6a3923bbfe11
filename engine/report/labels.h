/* labels.h -- how many labels it would take, for the chart and for the answer.
 *
 * Threads  no state.
 */
#ifndef ROADCAST_REPORT_LABELS_H
#define ROADCAST_REPORT_LABELS_H

#include <roadcast/result.h>

/* Labels with which half of all futures are on target by labels alone, read off the curve
 * between its steps; INFINITY: more than four times those of the plan, or never. */
double rc_labels_of_half(const rc_result *r);

/* Two digits that count: nobody knows labels needed to the last one. */
double rc_labels_roundly(double n);

#endif
