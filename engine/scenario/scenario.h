/* scenario.h -- what a scenario holds: plain structs, owned by one arena.
 *
 * The schema (schema.c) says which setting fills which member; read.c fills them; a plan
 * is compiled from them.  The engine knows tasks, teams, gates, risks and shared causes;
 * every other group belongs to a model and is known here by its struct's address only.
 *
 * Units    base units of model.h: working days, shares, the scenario's currency.
 * Memory   everything lives in scenario->arena.
 */
#ifndef ROADCAST_ENGINE_SCENARIO_H
#define ROADCAST_ENGINE_SCENARIO_H

#include <roadcast/model.h>
#include <roadcast/scenario.h>
#include "base/arena.h"
#include "base/date.h"

typedef struct rc_freeze {
    rc_head head;
    rc_date from, to; /* both included */
    rc_texts blocks;  /* task ids */
} rc_freeze;

typedef struct rc_calendar_settings {
    rc_date start;
    uint8_t workdays; /* bit i: weekday i (0 Monday) is worked; from "Mon-Fri" */
    const rc_date *holidays;
    uint32_t holidays_n;
    rc_list freezes; /* rc_freeze */
    rc_position at;
} rc_calendar_settings;

typedef struct rc_join {
    rc_head head;
    rc_date on;
    double people;
    rc_estimate full_speed_after; /* once; absent: at once */
} rc_join;

typedef struct rc_leave {
    rc_head head;
    rc_date on;
    double people;
    rc_date back_on; /* RC_DATE_NONE: for good */
} rc_leave;

typedef struct rc_team {
    rc_head head;
    double people; /* heads, or capacity of a pool of machines */
    /* written as capacity: machines, 24 hours of each working day */
    bool is_capacity;
    double availability; /* 0 to 1 */
    double cost_per_day; /* of a head (x availability), or of a unit of capacity */
    /* paid = "always": from start to finish of the plan; default: while it works */
    bool paid_always;
    rc_list joins;  /* rc_join */
    rc_list leaves; /* rc_leave */
} rc_team;

typedef struct rc_who {
    uint32_t team;
    double people;
} rc_who;

typedef struct rc_after {
    uint32_t task;   /* index of the predecessor */
    bool start;      /* "start of id": from its start, not its finish */
    double done;     /* "50 % of id": from when so much of it is done; start is set too */
    double lag_days; /* "id + 3 days" */
    bool lag_calendar;
} rc_after;

typedef struct rc_task {
    rc_head head;
    const char *phase;
    rc_estimate duration;  /* once; elapsed */
    rc_estimate effort;    /* once; person-days of the first team of who */
    rc_estimate cost;      /* once; fixed */
    const char *plan;      /* id of a model's group, or NULL */
    const rc_model *model; /* of plan */
    const void *settings;  /* the model's group */
    const char *who_text;
    const rc_who *who;
    uint32_t who_n;
    rc_texts after_texts;
    const rc_after *after;
    uint32_t after_n;
    rc_date not_before;
    const char *milestone;
    int64_t priority;     /* 0: none given */
    rc_estimate optional; /* once; chance that it occurs; absent: certain */
    const char *one_of;   /* name of an exclusive choice */
    double weight;        /* in the choice; default 1 */
    const char *gate_id;
    const rc_gate *gate;
} rc_task;

typedef struct rc_risk_mitigation {
    const char *name;
    bool active;
    rc_estimate cost, chance, delay, slower, impact; /* given ones replace the risk's */
    rc_position at;
} rc_risk_mitigation;

typedef struct rc_risk {
    rc_head head;
    rc_estimate chance; /* once */
    rc_texts hits_texts;
    const uint32_t *hits; /* task indices */
    uint32_t hits_n;
    rc_estimate delay;  /* once; working days */
    rc_estimate slower; /* once; change */
    rc_estimate cost;   /* once; money */
    /* if active, already applied to the above; its cost: mitigation->cost */
    const rc_risk_mitigation *mitigation;
} rc_risk;

typedef struct rc_shared_factor {
    rc_head head;
    rc_estimate slower;       /* once; change: -0.12 is 12 % faster */
    const char *affects_text; /* "who: ds, mle" or "tasks: pull, features" */
    const uint32_t *tasks;    /* resolved */
    uint32_t tasks_n;
} rc_shared_factor;

typedef struct rc_correlation {
    rc_head head;
    rc_texts between_texts;
    /* estimate indices: a task's duration or effort, a risk's chance (firing), or a
     * named estimate */
    const uint32_t *between;
    uint32_t between_n; /* every pair of them */
    double strength;
    const char *because;
} rc_correlation;

typedef struct rc_what_if {
    rc_head head;
    rc_texts set;
} rc_what_if;

/* The groups of one model in this scenario: n structs of model->group->size. */
typedef struct rc_model_groups {
    const rc_model *model;
    void *at;
    uint32_t n;
    bool given; /* false: absent, nothing of it applies */
} rc_model_groups;

enum { RC_LAYERS = 9 }; /* files may be read in one another 8 deep */

struct rc_scenario {
    rc_arena *arena;
    char sha256[65];
    const char *file; /* as given */
    const char *text; /* includes in place, after the text of what it extends */
    uint64_t layers[RC_LAYERS]; /* bytes of each of these, its own last */
    uint32_t layers_n;

    const char *name, *question, *hypothesis, *owner, *updated;
    const char *currency; /* "EUR"; "" when no money is named */

    rc_goals goals;   /* deadline_days is filled by the plan */
    rc_date deadline; /* RC_DATE_NONE: none */
    rc_position deadline_at;

    uint64_t futures, seed;
    rc_calendar_settings calendar;
    rc_list team; /* rc_team */
    rc_texts phases;
    rc_list tasks;          /* rc_task, in file order */
    rc_list metrics;        /* rc_metric */
    rc_list gates;          /* rc_gate */
    rc_list risks;          /* rc_risk */
    rc_list shared_factors; /* rc_shared_factor */
    rc_list correlations;   /* rc_correlation */
    rc_list what_if;        /* rc_what_if */

    const rc_model_groups *models;
    uint32_t models_n;

    /* every given estimate, by index */
    const rc_estimate *const *estimates;
    const rc_setting *const *estimate_rows; /* the schema row of each: once or each */
    uint32_t estimates_n;

    const char *output_folder;
    rc_texts charts;
    const double *percentiles; /* ascending, in percent */
    uint32_t percentiles_n;

    /* "Assumed by roadcast": sentences about defaults and conflicts */
    const char *const *assumed;
    uint32_t assumed_n;
    const char *const *set; /* overrides applied, as given */
    uint32_t set_n;
};

static inline rc_task *rc_tasks(const rc_scenario *s)
{
    return s->tasks.at;
}
static inline rc_team *rc_teams(const rc_scenario *s)
{
    return s->team.at;
}

#endif
