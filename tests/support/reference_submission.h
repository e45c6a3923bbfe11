/* reference_submission.h -- a submission of one future told date by date, to hold
 * models/submission.c against. The clock counts calendar days, answers either.
 */
#ifndef ROADCAST_TESTS_REFERENCE_SUBMISSION_H
#define ROADCAST_TESTS_REFERENCE_SUBMISSION_H

#include <stdbool.h>
#include <stdint.h>

typedef struct reference_review {
    double start; /* working days, five a week from a Monday */
    double clock; /* calendar days */
    uint32_t questions;
    double answer[60]; /* in their time */
    bool answer_calendar;
    double within; /* calendar days; INFINITY: any */
} reference_review;

typedef struct reference_decision {
    double finish;                 /* working time */
    double days, clock, answering; /* calendar days */
    bool withdrawn;
} reference_decision;

reference_decision reference_submit(const reference_review *review);

#endif
