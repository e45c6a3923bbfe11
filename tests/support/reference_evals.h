/* reference_evals.h -- what raters make of a true share, vote by vote, to hold
 * models/evals.c against. */
#ifndef ROADCAST_TESTS_REFERENCE_EVALS_H
#define ROADCAST_TESTS_REFERENCE_EVALS_H

#include <stdint.h>

/* Chance that a majority says what is true: every course of the votes is gone through. */
double reference_agreement(uint32_t raters, double agrees, double correlate);
/* Mean of what is shown, from the four kinds of item: true or not, seen as such or not. */
double reference_shown(double truth, double agreement, double bias);
/* Share that `items` show where u is the luck of the test set. */
double reference_share(uint32_t items, double shown, double u);

#endif
