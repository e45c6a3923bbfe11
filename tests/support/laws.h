/* laws.h -- examples of every law, with what is known of them from elsewhere. Tests loop
 * over this list; test_dist fails when a kind of law has no example here. */
#ifndef ROADCAST_TESTS_LAWS_H
#define ROADCAST_TESTS_LAWS_H

#include <roadcast/dist.h>

typedef struct law_example {
    rc_law law;
    double mean, variance, median; /* NAN: not known in closed form */
} law_example;

extern const law_example law_examples[];
extern const uint32_t law_examples_n;

#endif
