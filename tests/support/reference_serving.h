/* reference_serving.h -- what a month of requests costs in one future: all moments at
 * which volume or price may bend are listed and sorted, and between two of them the ramp
 * is integrated as the parabola that it is; to hold models/serving.c against. */
#ifndef ROADCAST_TESTS_REFERENCE_SERVING_H
#define ROADCAST_TESTS_REFERENCE_SERVING_H

#include "reference_provider.h"

typedef struct reference_serving {
    double requests, growth, since; /* since: months from calendar.start to service */
    double adoption, adopted_after;
    double tokens, price;
    const reference_diary *diary; /* NULL: the price stays */
} reference_serving;

/* Money from month `from` to `until` of service. */
double reference_serving_cost(const reference_serving *s, double from, double until);

#endif
