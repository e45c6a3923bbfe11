/* reference_data.h -- how data come in, told day by day from the equations of
 * models/README.md, to hold models/data_supply.c against. */
#ifndef ROADCAST_TESTS_REFERENCE_DATA_H
#define ROADCAST_TESTS_REFERENCE_DATA_H

typedef struct reference_source {
    double items, have, a_day, in_all; /* in_all INFINITY: without end */
    double usable, consent;
    double outcome_after; /* days; 0: at once */
    double give_up;       /* days; INFINITY: never */
    double price, licence;
    double slower;
} reference_source;

typedef struct reference_delivery {
    double days; /* of the calendar */
    double items, cost;
} reference_delivery;

reference_delivery reference_data(const reference_source *source);

#endif
