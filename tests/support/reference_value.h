/* reference_value.h -- what one future is worth, told plainly: the flow of money at a
 * moment, from the equations of models/README.md, summed between all moments at which it
 * may change its course, sorted. libm, no state.
 */
#ifndef ROADCAST_TESTS_REFERENCE_VALUE_H
#define ROADCAST_TESTS_REFERENCE_VALUE_H

#include <stdbool.h>
#include <stdint.h>

enum { REFERENCE_MONTHS = 121, REFERENCE_SEGMENTS = 6 };

typedef struct reference_segment {
    double share, growth, above;
    bool asks; /* more than `needs` (less, where less is better) is needed */
    double needs;
} reference_segment;

typedef struct reference_value {
    bool rated, up;
    double per_month, nothing, at;
    double adoption, adopted_after, discount, horizon;
    double rival_at, rival_takes;
    double launch; /* months; INFINITY: never */
    bool wrong_problem;
    double online[REFERENCE_MONTHS]; /* by month after the launch */
    double spent[REFERENCE_MONTHS];
    double today;            /* NAN: no model is in service */
    double loses;            /* today's model, a month; NAN: as below */
    double tau, floor_below; /* NAN: it keeps its quality */
    double sunk;             /* what plan and tasks after it cost */
    reference_segment segment[REFERENCE_SEGMENTS];
    uint32_t segments_n;
} reference_value;

double reference_npv(const reference_value *v);
/* What today's model brings alone. */
double reference_today_alone(const reference_value *v);
/* What segment s brings, discounted, before what running the product costs. */
double reference_segment_brings(const reference_value *v, uint32_t s);
/* Net money that comes in calendar month i, not discounted. */
double reference_month(const reference_value *v, uint32_t i);
/* The same of today's model alone. */
double reference_todays_month(const reference_value *v, uint32_t i);
/* Whether segment s is served at a moment. */
bool reference_is_served(const reference_value *v, uint32_t s, double t);

#endif
