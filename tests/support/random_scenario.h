/* random_scenario.h -- scenarios made at random, to be told in several ways.
 *
 * A plan of 4 to 15 tasks with most of what the language can say: durations of many laws,
 * efforts, calendar days, lags, links from starts, optional tasks, choices, freezes,
 * dates, working weeks, holidays, joining people with a ramp, leaves, machines, loops
 * over several tasks and over one, gates on chance, metrics and audits, data that come
 * in, labelling, a search by each policy with and without a learning curve, life after
 * the launch and its value, a product on a rented model (raters, a red team, a provider,
 * tokens), one that an authority clears (a study, its sites, a review), one that is tested
 * on users (and what it decides wrongly), checkpoints, risks, shared factors,
 * correlations, costs, what-ifs. The same seed gives the same scenario on any machine.
 *
 * The text of a scenario can be written in ways that must not change a bit of it.
 *
 * Memory   plain values; the text grows in the buffer given.
 */
#ifndef ROADCAST_TESTS_RANDOM_SCENARIO_H
#define ROADCAST_TESTS_RANDOM_SCENARIO_H

#include "forecast.h"

enum { RANDOM_TASKS = 15, RANDOM_LINKS = 4, RANDOM_LEVERS = 4, RANDOM_NONE = -1 };

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
    RANDOM_NOTHING,
    RANDOM_PLANNED /* by one of the groups */
} random_work;

typedef enum random_need {
    RANDOM_CHANCE,
    RANDOM_TARGET,
    RANDOM_LATENCY,
    RANDOM_FAIRNESS, /* and the target */
    RANDOM_HELPFUL,  /* of a rented model */
    RANDOM_PROOF,    /* by a study */
    RANDOM_SHIPS     /* by a test on users */
} random_need;

typedef struct random_task {
    char id[16];
    random_work work;
    const char *plan; /* of RANDOM_PLANNED */
    int law;
    double size; /* days */
    random_link link[RANDOM_LINKS];
    int links;
    int devs, ops;  /* who */
    int optional;   /* percent, 0: certain */
    int choice;     /* of one_of, RANDOM_NONE */
    int not_before; /* days after the start, 0: none */
    bool frozen, costs;
    int back_to; /* gate, RANDOM_NONE: no gate */
    int chance, at_most;
    random_need need;
    bool anyway;
} random_task;

typedef struct random_search {
    int task; /* RANDOM_NONE: there is none */
    struct {
        int works, gain, tries; /* percent, tenths of a point; 0: without limit */
        bool log_gain, crash, also;
    } lever[RANDOM_LEVERS];
    int levers, policy, at_once, test_size, tries;
    int target; /* percent */
    bool curve, machines, approaches;
} random_search;

typedef struct random_scenario {
    random_task task[RANDOM_TASKS];
    int tasks;
    int data, label, audit; /* tasks, RANDOM_NONE: none */
    random_search search;
    bool rented;
    int red_team, study, review, user_test; /* tasks */
    int look, limit; /* checkpoints: days after the start, thousands; 0: none */
    int week, start, holidays; /* kind of working week; days after a Monday */
    int deadline, budget;      /* days after the start; thousands */
    bool risks, factors, correlated, production, value;
} random_scenario;

typedef struct random_telling {
    uint64_t order; /* seed of the order in which lists are written; 0: as made */
    bool zero;      /* a task of no duration between two that wait for each other */
    bool redundant; /* a link that follows from two others */
    bool
        renamed; /* other names, questions, reasons; other ids where no luck hangs on */
    bool stranger;  /* a short task that nobody waits for, a risk and a search of it */
    bool idle;      /* a risk that never comes, a mitigation that nobody does */
    bool said;      /* what would be assumed */
    bool doubled;   /* twice as many people and machines */
    bool no_dates;  /* nothing looks at the date: all the same when it starts */
    bool own_gates; /* gates that ask for no target */
    int weeks;      /* everything later by so many weeks */
    int longer;     /* 1 + task that takes longer; 0: none */
    int heads;      /* people of each team; 0: enough for everybody */
    int later, richer, easier; /* goals: days, thousands, tenths of a point */
    const char *currency;      /* NULL: EUR */
    int worth;                 /* so many of it for one; 0: one */
} random_telling;

/* 0 … n - 1; the state is any number. */
int random_below(uint64_t *state, int n);

random_scenario random_scenario_make(uint64_t seed);
void random_scenario_tell(forecast_text *text, const random_scenario *scenario,
                          const random_telling *telling);

/* The id that a task is told by: at most 19 bytes. */
const char *random_task_id(char *room, const random_scenario *scenario, int task,
                           const random_telling *telling);
/* The duration of the first task, which is certain and takes working days, as it is told. */
void random_first_duration(forecast_text *text, const random_scenario *scenario);

#endif
