/* reference_labelling.h -- labelling of one future, told day by day and formula by
 * formula, to hold models/labelling.c against. */
#ifndef ROADCAST_TESTS_REFERENCE_LABELLING_H
#define ROADCAST_TESTS_REFERENCE_LABELLING_H

typedef struct reference_pool {
    double items, votes_per_item, rework, disagreement;
    double labellers, speed, ramp_up, slower;
    double cost_per_vote;
    double positives, missed, false_alarms;
} reference_pool;

typedef struct reference_labels {
    double days, votes, cost, effective;
} reference_labels;

reference_labels reference_label(const reference_pool *pool);

#endif
