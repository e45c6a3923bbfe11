/* reference_decisions.h -- the wrong decisions of one month of one future, counted plainly
 * from the equations of models/README.md, to hold models/decisions.c against.
 */
#ifndef ROADCAST_TESTS_REFERENCE_DECISIONS_H
#define ROADCAST_TESTS_REFERENCE_DECISIONS_H

#include <stdbool.h>

/* Wrong ones among `cases`, where the metric is m. */
double reference_wrong(double cases, bool up, double m);
/* Chance that a case goes wrong in a group with this share of all and this gap to everyone
 * else; elsewhere: the chance for everyone else. */
double reference_wrong_in_group(bool up, double m, double share, double gap,
                                double *elsewhere);

#endif
