/* random_plan.h -- plans made at random, to be told in several ways.
 *
 * A plan of 4 to 15 tasks with most of what a scenario can say: durations of many laws,
 * efforts, calendar days, lags, links from starts, optional tasks, choices, freezes,
 * dates, joining people with a ramp, leaves, loops over several tasks and over one, risks,
 * shared factors, correlations, costs. The same seed gives the same plan on any machine.
 *
 * The text of a plan can be written in ways that must not change a bit of it.
 *
 * Memory   plain values; the text grows in the buffer given.
 */
#ifndef ROADCAST_TESTS_RANDOM_PLAN_H
#define ROADCAST_TESTS_RANDOM_PLAN_H

#include "forecast.h"

enum { RANDOM_TASKS = 15, RANDOM_LINKS = 4, RANDOM_NONE = -1 };

typedef struct random_link {
    int from;
    int lag; /* days */
    bool start, calendar;
    int done; /* percent of `from`, in place of its start; 0: none */
} random_link;

typedef enum random_work {
    RANDOM_DURATION,
    RANDOM_CALENDAR,
    RANDOM_EFFORT,
    RANDOM_NOTHING
} random_work;

typedef struct random_task {
    char id[16];
    random_work work;
    int law;
    double size; /* days */
    random_link link[RANDOM_LINKS];
    int links;
    int devs, ops;  /* who */
    int optional;   /* percent, 0: certain */
    int choice;     /* of one_of, RANDOM_NONE */
    int not_before; /* weekdays after the start, 0: none */
    bool frozen, costs;
    int back_to; /* gate, RANDOM_NONE: no gate */
    int chance, at_most;
    bool anyway;
} random_task;

typedef struct random_plan {
    random_task task[RANDOM_TASKS];
    int tasks;
    bool risks, factors, correlated;
} random_plan;

typedef struct random_telling {
    uint64_t order; /* seed of the order in which lists are written; 0: as made */
    bool zero;      /* a task of no duration between two that wait for each other */
    bool redundant; /* a link that follows from two others */
    bool renamed;   /* other names, questions, reasons */
    bool stranger;  /* a short task that nobody waits for, and a risk of it */
    int weeks;      /* everything later by so many weeks */
    int longer;     /* 1 + task that takes longer; 0: none */
    int heads;      /* people of each team; 0: enough for everybody */
} random_telling;

random_plan random_plan_make(uint64_t seed);
void random_plan_tell(forecast_text *text, const random_plan *plan,
                      const random_telling *telling);

#endif
