/* plan.h -- a scenario compiled: everything that the futures share.
 *
 * Rows     a row is double[RC_LANES] of a block's workspace. Rows 0 .. estimates_n - 1
 *          belong to the scenario's estimates (by rc_estimate.index), the rest are state
 *          rows that models asked for by name.
 * Order    tasks are indexed as in the scenario; `order` lists them topologically, ties by
 *          id, so that nothing depends on where a task stands in the file.
 * Time     working days from the start of the calendar.
 * Memory   all in plan->arena; const after rc_plan_compile.
 */
#ifndef ROADCAST_ENGINE_PLAN_H
#define ROADCAST_ENGINE_PLAN_H

#include <roadcast/plan.h>
#include "plan/calendar.h"
#include "plan/team.h"
#include "rand/correlate.h"
#include "rand/table.h"
#include "scenario/scenario.h"

#define RC_NONE UINT32_MAX

/* A link of the network: `to` waits for `from`. */
typedef struct rc_edge {
    uint32_t from, to;
    bool start;    /* waits for the start of `from`, or for a share of it */
    double done;   /* the share of its work; 0: its start, or its finish */
    uint32_t part; /* which of the parts of `from` that is */
    bool lag_calendar;
    double lag;
} rc_edge;

/* How a task's time comes about. */
typedef enum rc_work {
    RC_WORK_DURATION,
    RC_WORK_CALENDAR, /* duration in calendar days */
    RC_WORK_EFFORT,
    RC_WORK_MODEL
} rc_work;

/* A gate's loop: which tasks run again when it fails. */
typedef struct rc_loop {
    const rc_gate *gate;
    uint32_t task;    /* the gated task */
    uint32_t back_to; /* RC_NONE: a failure stops the future at once */
    uint32_t at_most;
    bool launch_anyway;
    /* tasks in topological order, from back_to to the gated task */
    const uint32_t *span;
    uint32_t span_n;
    uint32_t step; /* of the model `gate` */
} rc_loop;

typedef struct rc_activity {
    const rc_task *task;
    rc_work work;
    uint32_t estimate; /* row of its duration or effort; RC_NONE: a model's */
    uint32_t cost;     /* row of its fixed cost, RC_NONE */
    uint32_t step;     /* of its model, RC_NONE */
    uint32_t loop;     /* of its gate, RC_NONE */
    const rc_edge *in; /* links to it */
    uint32_t in_n;
    const uint32_t *parts; /* links that wait for a share of it, as indices of edges */
    uint32_t parts_n;
    double not_before;         /* 0: none */
    bool instant;              /* nothing to do: due at the end of what it waits for */
    const rc_interval *freeze; /* blocked intervals, ascending */
    uint32_t freeze_n;
    const rc_who *who;    /* what it holds, its model's machines included */
    const int64_t *heads; /* the same in thousandths */
    uint32_t who_n;
    /* money per elapsed working day of those paid by elapsed time */
    double people_rate;
    double effort_rate;  /* money per person-day of effort */
    double delay_rate;   /* money per day that a risk delays the task */
    double effort_speed; /* person-days done in a day at full speed */
    uint32_t effort_team;
    const uint32_t *factors; /* estimates: duration or effort times 1 + value */
    uint32_t factors_n;
    const uint32_t *risks; /* risks that hit it */
    uint32_t risks_n;
    uint32_t occurs; /* event of its optional chance, RC_NONE: certain */
    uint32_t choice; /* event of one_of, RC_NONE */
    double choice_low, choice_high;
    uint32_t rank;       /* priority: 0 is served first */
    uint32_t finish_row; /* state row that models asked for, RC_NONE */
    bool repeats;        /* some gate's loop runs it again */
    /* finish = max of links + drawn duration: the fast path */
    bool plain;
} rc_activity;

/* One model's group (or one gate), bound. */
typedef struct rc_plan_step {
    const rc_model *model;
    const void *settings;
    const void *bound;
    size_t memory_at;   /* offset of its memory in the workspace */
    uint32_t cost_kind; /* RC_NONE: costs nothing */
} rc_plan_step;

typedef struct rc_state_row {
    const char *name;
    double initial;
    uint32_t from;   /* estimate whose row it begins as, RC_NONE: initial */
    uint32_t series; /* of the first of a series: its rows; else 1 */
} rc_state_row;

/* Who may stop a future: the gates, cause l being loop l, then what has the verb stop. */
typedef struct rc_cause {
    const char *id, *name, *kind;
    uint32_t step; /* of the model */
} rc_cause;

typedef struct rc_plan_driver {
    uint32_t row;
    const char *id, *name;
    rc_origin origin;
} rc_plan_driver;

/* What the engine itself watches of a risk: state rows. */
typedef struct rc_risk_rows {
    uint32_t fired, delay, cost, impact;
} rc_risk_rows;

/* The metric of a target: state rows. */
typedef struct rc_target_rows {
    uint32_t truth, measured;
} rc_target_rows;

/* A row filled before any step: an estimate by its table, or an event (a risk fires, an
 * optional task occurs) by its word. */
typedef struct rc_draw {
    const char *name;
    uint32_t estimate; /* RC_NONE: an event */
    uint32_t event;
    uint32_t group; /* of a copula, RC_NONE */
} rc_draw;

/* Quantities drawn together. */
typedef struct rc_draw_group {
    rc_copula copula;
    const uint32_t *draws;
    uint32_t n;
} rc_draw_group;

/* A day after which a launch is worth less; what: as in "after the deadline". */
typedef struct rc_due {
    rc_date date;
    rc_position at;
    const char *what;
} rc_due;

struct rc_plan {
    rc_arena *arena;
    const rc_scenario *scenario;
    const rc_plan *base; /* whose tables may be borrowed, or NULL */
    rc_goals goals;
    rc_calendar calendar;

    rc_team_clock *teams;
    uint32_t teams_n;

    rc_activity *nodes;
    uint32_t nodes_n;
    const uint32_t *order;                                   /* topological */
    const uint32_t *tasks_by_id, *risks_by_id, *teams_by_id; /* the order of sums */
    const rc_edge *edges;                                    /* grouped by `to` */
    uint32_t edges_n;
    rc_loop *loops;
    uint32_t loops_n;
    uint32_t launch; /* task whose finish is the project's; RC_NONE: the last */
    /* tasks that may finish the project: the launch, or all that no task waits for */
    const uint32_t *ends;
    uint32_t ends_n;
    bool resource_limited;
    bool by_events; /* so placed: people can bind, or the clock says who comes first */
    double typical_finish; /* every estimate at its median, unlimited people */
    rc_due *dues;
    uint32_t dues_n;
    rc_plan_warning *warnings;
    uint32_t warnings_n;

    rc_draw *draws;
    uint32_t draws_n;
    rc_draw_group *groups;
    uint32_t groups_n;
    const rc_table **tables; /* [estimates_n], NULL where nothing is drawn */
    uint32_t events_n;       /* event i < risks.n: risk i fires */

    rc_state_row *state; /* row estimates_n + i */
    uint32_t state_n;
    const char **words; /* names of quantities for rc_word */
    uint32_t words_n;
    rc_plan_step *steps;
    uint32_t steps_n;
    rc_cause *causes;
    uint32_t causes_n;
    bool lives;    /* some step has a life after the launch */
    size_t memory; /* bytes of all steps' memory in a workspace */
    rc_output *outputs;
    uint32_t outputs_n;
    rc_plan_driver *drivers;
    uint32_t drivers_n;
    const char **cost_kinds;
    uint32_t cost_kinds_n;
    const char **assumed;
    uint32_t assumed_n;

    const rc_risk_rows *risk_rows; /* [risks] */
    const uint32_t *phase_rows;    /* [phases] finish of each */
    /* money spent after the launch; RC_NONE: the launch is last */
    uint32_t after_row;
    const rc_target_rows *target_rows; /* [goals.targets_n] */
    uint32_t possible_row;             /* RC_NONE: no targets */
    /* "value.npv", by which futures are compared in money; RC_NONE: nobody earns any */
    uint32_t value_row;
};

/* Kinds of cost that every plan has; models' kinds follow. */
enum {
    RC_COST_PEOPLE,
    RC_COST_FIXED,
    RC_COST_RISKS,
    RC_COST_MITIGATION,
    RC_COST_KINDS
};

static inline uint32_t rc_plan_rows(const rc_plan *plan)
{
    return plan->scenario->estimates_n + plan->state_n;
}

#endif
