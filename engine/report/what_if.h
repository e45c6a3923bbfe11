/* what_if.h -- what a what-if changes, in words.
 *
 *   change   "52 → 58 %  (+6 ± 0.5); value +27 k€ ± 2 k€"; without goals the P80 dates;
 *            in detail what it costs, too
 *   most     "Most for the money until the launch: two more annotators (+9 points for 14 k€,
 *            6 per 10 k€); then …": of those that promise the same and gain beyond their error, first what
 *            costs no more money or saves some, by gain; then by points for the money.
 *            Where the intervals of two overlap, neither is called better
 *
 * Money is that of the plan, until the launch, and says so where something is launched.
 * Memory   texts go into the caller's.
 * Errors   none: "" where nothing is bought, or nobody says what anything costs.
 */
#ifndef ROADCAST_REPORT_WHAT_IF_H
#define ROADCAST_REPORT_WHAT_IF_H

#include "report/human.h"

char *rc_what_if_change(char out[4 * RC_HUMAN], const rc_result *r,
                        const rc_what_if_result *w, bool detail);
char *rc_what_if_most(char *out, size_t size, const rc_result *r);

#endif
