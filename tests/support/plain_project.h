/* plain_project.h -- small projects made at random, and what happens to them by another
 * program: one loop over tasks, libm, Box & Muller, a generator of its own. Nothing of the
 * engine is used.
 *
 * A project has 3 to 8 tasks: durations by five laws, efforts of half-available people,
 * links, a risk that delays, a task that may not occur, a review that may send a task
 * back, people who are paid. Time in working days from the start.
 *
 * Memory   plain values; the text grows in the buffer given.
 */
#ifndef ROADCAST_TESTS_PLAIN_PROJECT_H
#define ROADCAST_TESTS_PLAIN_PROJECT_H

#include "forecast.h"

enum { PLAIN_TASKS = 8 };

typedef struct plain_task {
    int law;
    double size; /* days, or person-days */
    bool effort;
    int optional;   /* percent, 100: certain */
    unsigned after; /* bit i: waits for task i */
} plain_task;

typedef struct plain_project {
    plain_task task[PLAIN_TASKS];
    int tasks;
    int risk;     /* percent; hits the first task */
    int reviewed; /* task that a review may send back, -1: none */
    int pass, at_most;
} plain_project;

typedef struct plain_course {
    double finish, cost;
} plain_course;

plain_project plain_project_make(uint64_t seed);
void plain_project_tell(forecast_text *text, const plain_project *project);

/* One course of events. in_step: the planted fault of streams that know of each other --
 * all tasks are as lucky as the first. */
plain_course plain_project_happens(const plain_project *project, uint64_t seed,
                                   bool in_step);

#endif
