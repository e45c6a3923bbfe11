/* estimate_grammar.h -- the rules of the estimate language that call each other.
 *
 * Each takes its text from the cursor and leaves it behind what it took. `outer` is the
 * unit behind the parenthesis around, for numbers that bring none.
 *
 * Errors   false after one fault; see estimate.h.
 */
#ifndef ROADCAST_SCENARIO_ESTIMATE_GRAMMAR_H
#define ROADCAST_SCENARIO_ESTIMATE_GRAMMAR_H

#include "scenario/estimate_text.h"

typedef struct rc_outcome {
    rc_law *law;      /* out; its parts live in reading->arena */
    bool check_reach; /* false: a range or three points, whose numbers were checked */
} rc_outcome;

bool rc_estimate_take(rc_cursor *c, rc_outcome *out, rc_span outer);
bool rc_numbers_take(rc_cursor *c, rc_outcome *out, rc_span outer);

/* Units stand after each quantity, or after the last one, or behind the parenthesis:
 * each q gets its unit, or it is a fault. */
bool rc_units_spread(rc_cursor *c, rc_quantity *q, uint32_t n, rc_span outer);
/* Two or three numbers, smallest first, not all the same. */
bool rc_in_order(rc_cursor *c, const double *x, uint32_t n, rc_span where);

#endif
