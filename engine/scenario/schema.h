/* schema.h -- what a scenario may say, as far as the engine knows it.
 *
 * One table of rows (rc_setting) per group: key, kind, dimension, default, limits,
 * help. They feed reader, checker, help and reference alike. Groups of models come from
 * the models' own tables.
 *
 * The structs here hold what is read but not kept as it stands; scenario.c turns them
 * into rc_scenario. Tasks, gates, metrics, risks, freezes, joins, leaves, shared
 * factors, correlations and what_if fill the structs of scenario.h directly.
 */
#ifndef ROADCAST_SCENARIO_SCHEMA_H
#define ROADCAST_SCENARIO_SCHEMA_H

#include "scenario/scenario.h"

typedef struct rc_about_read {
    const char *name, *question, *hypothesis, *owner, *updated;
} rc_about_read;

typedef struct rc_target_read {
    rc_head head; /* of goals.targets */
    const char *metric, *at_least, *at_most;
} rc_target_read;

typedef struct rc_supports_read {
    const char *measure, *at_least, *at_most;
    rc_estimate today, per_point;
    rc_date by;
} rc_supports_read;

typedef struct rc_goals_read {
    rc_date deadline;
    double budget, confidence;
    const rc_target_read *target;
    rc_list targets; /* rc_target_read */
    const rc_supports_read *supports;
} rc_goals_read;

enum { RC_RANGES_P10_P90, RC_RANGES_P5_P95, RC_RANGES_MIN_MAX };

typedef struct rc_simulation_read {
    int64_t futures, seed;
    int ranges, sampling;
    double widen;
} rc_simulation_read;

typedef struct rc_calendar_read {
    rc_date start;
    rc_texts workdays, holidays;
    rc_list freezes;
} rc_calendar_read;

typedef struct rc_team_read {
    rc_head head;
    double people, capacity, availability;
    const char *cost;
    int paid;
    rc_list joins, leaves;
} rc_team_read;

typedef struct rc_output_read {
    const char *folder;
    rc_texts charts, percentiles;
} rc_output_read;

typedef struct rc_root_read {
    int64_t format;
    const char *extends;
    rc_texts remove;
    const rc_about_read *about;
    const rc_goals_read *goals;
    const rc_simulation_read *simulation;
    const rc_calendar_read *calendar;
    rc_list team; /* rc_team_read */
    rc_texts phases;
    rc_list tasks, metrics, gates, risks, shared_factors, correlations, what_if;
    const rc_output_read *output;
} rc_root_read;

extern const rc_group rc_root_group;
extern const rc_group rc_target_group; /* goes by its metric where it has no id */
extern const rc_group rc_simulation_group;
extern const rc_group rc_task_group;
extern const rc_group rc_metric_group;
extern const rc_group rc_gate_group;
extern const rc_group rc_risk_group;
extern const rc_group rc_mitigation_group; /* of a risk */
extern const rc_group rc_factor_group;
extern const rc_group rc_correlation_group;
extern const rc_group rc_what_if_group;

#endif
