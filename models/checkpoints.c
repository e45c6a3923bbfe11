#include "checkpoints.h"
#include "condition.h"
#include "experiments.h"
#include <math.h>
#include <stddef.h>
#include <string.h>

static const rc_setting settings[] = {
    {.key = "id",
     .kind = RC_ID,
     .offset = offsetof(rc_checkpoint, head.id),
     .required = true,
     .help = "what other settings call it"},
    {.key = "name",
     .kind = RC_TEXT,
     .offset = offsetof(rc_checkpoint, head.name),
     .help = "what people call it; default \"the checkpoint of\" its date"},
    {.key = "on",
     .kind = RC_DATE,
     .offset = offsetof(rc_checkpoint, on),
     .required = true,
     .help = "day on whose evening the plan is looked at"},
    {.key = "stop_if",
     .kind = RC_CONDITION,
     .offset = offsetof(rc_checkpoint, stop_if),
     .required = true,
     .help = "what ends the plan there, of a metric as it was last measured or of the "
             "money spent by then, as \"recall < 80 %\" or \"cost > 150k EUR\""},
    {0}};

static const rc_group group = {
    .name = "checkpoints",
    .size = sizeof(rc_checkpoint),
    .settings = settings,
    .help = "days on which the plan is given up if it looks bad by then"};

typedef struct bound {
    double evening;
    uint32_t seen;         /* row; UINT32_MAX: money */
    uint32_t shown, asked; /* outputs */
} bound;

static bool is_of_money(const rc_checkpoint *c)
{
    return strcmp(c->stop_if.metric, "cost") == 0;
}

/* ------------------------------------------------------------------- checking */

static bool is_measured(const rc_faults *faults, const rc_goals *goals,
                        const char *metric)
{
    const rc_experiments *s;
    for (uint32_t i = 0; (s = rc_check_group(faults, "experiments", i)); i++)
        if (strcmp(rc_experiments_metric(s, goals), metric) == 0)
            return true;
    return rc_check_metric(faults, metric) && rc_check_at_gates(faults, metric);
}

static void check_money(const rc_condition *stop, const char *currency,
                        rc_faults *faults)
{
    const char *its = stop->unit ? stop->unit : "";
    if (strcmp(currency, its) != 0)
        rc_fault(faults, stop->at, *its ? NULL : "write the unit behind the number",
                 "'%s' is measured in '%s', not in '%s'", stop->metric, currency, its);
    if (stop->op == RC_BELOW || stop->op == RC_AT_MOST)
        rc_fault(faults, stop->at, "stop_if = \"cost > …\"",
                 "this stops a plan that has spent little");
}

/* It is to stop what does badly. */
static void check_side(const rc_condition *stop, const rc_target *target,
                       rc_faults *faults)
{
    const bool above = stop->op == RC_ABOVE || stop->op == RC_AT_LEAST;
    const bool strict = stop->op == RC_ABOVE || stop->op == RC_BELOW;
    if (above == target->up)
        rc_fault(faults, stop->at,
                 target->up ? "where more is better, stop where it is less: \"<\""
                            : "where less is better, stop where it is more: \">\"",
                 "this stops a plan that does well: the target asks for %s of '%s'",
                 target->up ? "more" : "less", stop->metric);
    else if (rc_target_met(target, stop->value) &&
             !(strict && stop->value == target->value))
        rc_warn(faults, stop->at, "stop below the target, for there is time left to it",
                "this stops a plan that has reached the target, too");
}

static void check(const void *settings_at, const rc_goals *goals, rc_faults *faults)
{
    const rc_checkpoint *c = settings_at;
    const rc_condition *stop = &c->stop_if;
    if (c->on < goals->start_date)
        rc_fault(faults, c->head.at, NULL,
                 "the checkpoint '%s' is before the plan starts", c->head.id);
    else if (goals->deadline_date != INT32_MIN && c->on > goals->deadline_date)
        rc_warn(
            faults, c->head.at, NULL,
            "the checkpoint '%s' is after the deadline: what launches in time never "
            "meets it",
            c->head.id);
    if (stop->op == RC_ANY) {
        rc_fault(faults, stop->at, "stop_if = \"recall < 80 %\"",
                 "the checkpoint '%s' asks for a metric and a value", c->head.id);
        return;
    }
    if (is_of_money(c) && !*rc_check_currency(faults)) {
        rc_fault(faults, stop->at, "cost = \"780 EUR/day\" of a team, for example",
                 "the checkpoint '%s' asks for cost, and nothing costs money",
                 c->head.id);
        return;
    }
    if (is_of_money(c)) {
        check_money(stop, rc_check_currency(faults), faults);
        return;
    }
    const rc_target *target = rc_target_of(goals, stop->metric);
    if (target)
        check_side(stop, target, faults);
    if (!is_measured(faults, goals, stop->metric))
        rc_fault(faults, stop->at,
                 "a search measures its metric, a gate what it needs; or ask for cost",
                 "the checkpoint '%s' asks for '%s', which nothing measures",
                 c->head.id, stop->metric);
}

/* -------------------------------------------------------------------- binding */

static uint32_t seen_row(rc_binder *b, const rc_checkpoint *c)
{
    return rc_bind_state(b, rc_bind_print(b, "checkpoint.%s.seen", c->head.id), NAN);
}

rc_told rc_bind_told(rc_binder *b, const char *metric)
{
    uint32_t all = 0, n = 0;
    const rc_checkpoint *c;
    while (rc_bind_group(b, "checkpoints", all))
        all++;
    rc_told_day *day = all ? rc_bind_alloc(b, all, sizeof *day) : NULL;
    for (uint32_t i = 0; i < all; i++) {
        c = rc_bind_group(b, "checkpoints", i);
        if (strcmp(c->stop_if.metric, metric) == 0)
            day[n++] = (rc_told_day){rc_bind_evening(b, c->on), seen_row(b, c)};
    }
    return (rc_told){day, n};
}

/* Before a search has measured anything its baseline is what is known. */
static void begin_as_today(rc_binder *b, const rc_checkpoint *c)
{
    const rc_experiments *s;
    for (uint32_t i = 0; (s = rc_bind_group(b, "experiments", i)); i++)
        if (strcmp(rc_experiments_metric(s, rc_bind_goals(b)), c->stop_if.metric) == 0)
            rc_bind_state_from(b, rc_bind_print(b, "checkpoint.%s.seen", c->head.id),
                               &s->baseline);
}

static void *bind(const void *settings_at, rc_binder *b)
{
    const rc_checkpoint *c = settings_at;
    bound *own = rc_bind_alloc(b, 1, sizeof *own);
    const bool percent = c->stop_if.unit && strcmp(c->stop_if.unit, "%") == 0;
    own->evening = rc_bind_evening(b, c->on);
    own->seen = UINT32_MAX;
    if (!is_of_money(c)) {
        own->seen = seen_row(b, c);
        begin_as_today(b, c);
    }
    const rc_output asked = {
        .path = rc_bind_print(b, "checkpoints[%s].p_asked", c->head.id),
        .kind = RC_OUT_SHARE,
        .unit = "share",
        .name = c->head.name};
    const rc_output shown = {.path =
                                 rc_bind_print(b, "checkpoints[%s].seen", c->head.id),
                             .kind = RC_OUT_SPREAD,
                             .unit = percent           ? "share"
                                     : c->stop_if.unit ? c->stop_if.unit
                                                       : "",
                             .name = c->head.name};
    own->asked = rc_bind_watched(b, asked, NAN);
    own->shown = rc_bind_watched(b, shown, NAN);
    return own;
}

static const char *stopped_by(const void *settings_at, rc_binder *b)
{
    const rc_checkpoint *c = settings_at;
    if (strcmp(c->head.name, c->head.id) != 0)
        return c->head.name;
    return rc_bind_print(b, "the checkpoint of %s", rc_bind_date(b, c->on));
}

/* ------------------------------------------------------------------- stopping */

static void stop(const rc_step *step)
{
    const rc_checkpoint *c = step->settings;
    const bound *own = step->bound;
    for (uint32_t l = 0; l < step->lanes; l++) {
        if (step->launch[l] <= own->evening || step->stop_at[l] <= own->evening)
            continue;
        const double seen = own->seen == UINT32_MAX ? rc_spent_by(step, own->evening, l)
                                                    : step->row[own->seen][l];
        if (!step->verdict_only)
            step->row[own->shown][l] = seen;
        if (rc_condition_met(&c->stop_if, seen))
            step->stop_at[l] = own->evening;
    }
}

/* Whether it was reached at all: of the others nobody looks at what they would have shown. */
static void live(const rc_step *step)
{
    const bound *own = step->bound;
    for (uint32_t l = 0; l < step->lanes; l++) {
        const bool asked =
            step->launch[l] > own->evening && step->stop_at[l] >= own->evening;
        step->row[own->asked][l] = asked;
        if (!asked)
            step->row[own->shown][l] = NAN;
    }
}

const rc_model rc_model_checkpoints = {.id = "checkpoints",
                                       .group = &group,
                                       .several = true,
                                       .check = check,
                                       .bind = bind,
                                       .stop = stop,
                                       .stopped_by = stopped_by,
                                       .live = live};
