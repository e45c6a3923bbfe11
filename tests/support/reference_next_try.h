/* reference_next_try.h -- what one future says to "will the next try work, will the next
 * weeks bring the aim?", read off the list of its tries, to hold models/next_try.c against.
 */
#ifndef ROADCAST_TESTS_REFERENCE_NEXT_TRY_H
#define ROADCAST_TESTS_REFERENCE_NEXT_TRY_H

#include <stdbool.h>

typedef enum reference_answer {
    REFERENCE_NO,
    REFERENCE_YES,
    REFERENCE_NOT_ASKED /* this future never comes to that place */
} reference_answer;

/* worked: of each try in the order in which they ended. Did the next one, where the first
 * `failures` brought nothing? */
reference_answer reference_next_try(const bool *worked, int tries, int failures);
/* A search of so many days, with or without the aim: did weeks after + 1 … after + within
 * bring it, where it was still searching after `after` weeks? */
reference_answer reference_next_weeks(double days, bool at_aim, int after, int within);

#endif
