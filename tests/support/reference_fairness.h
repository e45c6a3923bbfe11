/* reference_fairness.h -- one audit and one mitigation of one future, plainly, to hold
 * models/fairness.c against.
 */
#ifndef ROADCAST_TESTS_REFERENCE_FAIRNESS_H
#define ROADCAST_TESTS_REFERENCE_FAIRNESS_H

#include <stdbool.h>

enum { REFERENCE_GROUPS = 8 };

typedef struct reference_audit {
    bool four_fifths;
    int groups;
    double accuracy, examples; /* 0: exact */
    double share[REFERENCE_GROUPS], gap[REFERENCE_GROUPS];
    double luck[REFERENCE_GROUPS]; /* standard normal error of each group's audit */
    double limit, sure_z;
} reference_audit;

/* What is compared with the limit, as measured. */
double reference_unfair(const reference_audit *audit, int group);
/* Whether the audit leaves a group alone. */
bool reference_group_passes(const reference_audit *audit, int group);
/* Whether the worst measured gap is over the limit. */
bool reference_needs_mitigation(const reference_audit *audit);

#endif
