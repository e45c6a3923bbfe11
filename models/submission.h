/* submission.h -- a review by an authority: its clock runs in its own time, and stands
 * while questions are answered.
 *
 *   asked        questions come with chance asks, after each answer again with chance
 *                asks_again: k times with chance asks asks_again^(k - 1) (1 - asks_again)
 *   clock        what is left of it is cut evenly by the questions to come; it stands from
 *                a question to its answer
 *   decision     when the clock has run off; whether it is a yes says the gate of the task
 *   withdrawn    an answer that takes longer than answers_within ends the submission, and
 *                the plan
 *
 * Advice sought before (pre_submission) makes questions rarer, where its task has finished
 * when the submission is made.  A further round is a new submission: clock, questions and
 * fee.
 *
 * Times may be in calendar days (an authority's mostly are) or working time; slower, of
 * the task, stretches them all.
 *
 * Words    "<id>.asks" (index: round x 64 + how manieth question)
 * Units    working days, money; outputs in calendar days.  Memory: none.
 * Source   models/README.md, section Submission.
 */
#ifndef ROADCAST_MODELS_SUBMISSION_H
#define ROADCAST_MODELS_SUBMISSION_H

#include <roadcast/model.h>

enum { RC_QUESTIONS_MAX = 50 }; /* in one submission */

typedef struct rc_pre_submission {
    const char *meeting;         /* task */
    rc_estimate fewer_questions; /* once: asks x (1 - this) */
} rc_pre_submission;

typedef struct rc_submission {
    rc_head head;
    rc_estimate clock;          /* once */
    rc_estimate asks;           /* once: chance of questions */
    rc_estimate asks_again;     /* once: chance of more after an answer */
    rc_estimate answers;        /* each: time to answer */
    rc_estimate answer_cost;    /* each */
    rc_estimate answers_within; /* once: longest lawful answer */
    rc_estimate fee;            /* once: of each submission */
    const rc_pre_submission *pre_submission;
} rc_submission;

extern const rc_model rc_model_submission;

#endif
