/* build.h -- from what was read to a scenario: the steps of rc_scenario_read.
 *
 *   rc_build   structs of the schema -> rc_scenario; ids -> indices (links.c)
 *   rc_check   what the settings must not say together (check.c, agree.c, loops.c), and
 *              what nothing uses (unused.c)
 *
 * Each records faults and goes on where it can; what cannot be resolved stays empty.
 */
#ifndef ROADCAST_SCENARIO_BUILD_H
#define ROADCAST_SCENARIO_BUILD_H

#include "scenario/fill.h"
#include "scenario/scenario.h"
#include "scenario/schema.h"

/* What the steps share. */
typedef struct rc_building {
    rc_scenario *s;
    rc_filling fill;
    rc_root_read read;
    const struct rc_names *tasks, *teams; /* id -> index */
    const struct rc_names *quantities;    /* names of estimates -> index */
    bool *touched;                        /* [task] all false between uses */
    bool target_unclear;                  /* faults stand in goals.target or targets */
    bool who_unclear;  /* faults stand in who or plan: whether a team or metric */
    bool plan_unclear; /* is used is not known then */
} rc_building;

#define rc_arena_of(b) ((b)->s->arena)
#define rc_faults_of(b) ((b)->fill.reading.faults)

void rc_build(rc_building *b, const rc_node *root, const rc_model *const *models);
typedef struct rc_network rc_network;
void rc_link(rc_building *b);
void rc_check(rc_building *b);
int rc_by_date(const void *a, const void *b); /* of rc_date, for qsort and bsearch */
/* n + 1 of them, zeroed; NULL: b->fill.no_memory is set. */
void *rc_room(rc_building *b, size_t n, size_t size);
void rc_check_agreement(rc_building *b);
/* network NULL: tasks wait for each other */
void rc_check_gates(rc_building *b, const rc_network *network);
void rc_check_unused(rc_building *b);
void rc_check_loops(rc_building *b, const rc_network *network);
void rc_check_correlations(rc_building *b);

/* The metric that a plan of tasks moves: `metric` of its group, else the target's, where
 * a model has such a setting; or NULL. */
const char *rc_metric_of(const rc_building *b, const rc_task *task);
/* What a metric is measured in; NULL: nobody says. */
const char *rc_unit_of(const rc_building *b, const char *metric);

/* Whether a value of the metric is in that unit: refused if not. */
bool rc_check_unit_of(rc_building *b, rc_position at, const char *metric,
                      const char *unit);

/* Place of n bytes of a text whose first character is at `at`. */
rc_position rc_inside(rc_position at, const char *text, const char *part, size_t n);

/* Names with their index, looked up by hash. */
typedef struct rc_names rc_names;
const rc_names *rc_names_of(rc_arena *arena, const rc_list *list, size_t size);
const rc_names *rc_names_from(rc_arena *arena, const char *const *ids, uint32_t n);
uint32_t rc_names_find(const rc_names *names, const char *id); /* UINT32_MAX: none */
const char *rc_names_near(const rc_building *b, const rc_names *names, const char *id);

/* Successors of each task, for walks through the plan. */
struct rc_network {
    uint32_t n;
    const uint32_t *first; /* [n + 1] into next */
    const uint32_t *next;
};
/* reached[i] = task i comes after `from` (from itself too). queue: n. */
void rc_network_reach(const rc_network *network, uint32_t from, bool *reached,
                      uint32_t *queue);

#endif
