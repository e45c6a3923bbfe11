/* decisions.c -- the settings of decisions, and how many of them are wrong. */
#include "decisions.h"
#include "fairness.h"
#include "production.h"
#include <math.h>

static const rc_setting settings[] = {
    RC_OWN_HEAD_ROWS(rc_decisions, "what other settings call it; default decisions"),
    {.key = "volume",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_COUNT_PER_MONTH,
     .offset = offsetof(rc_decisions, volume),
     .required = true,
     .low = 0,
     .high = 1e15,
     .help = "decisions that the model makes: \"1.2M /month\""},
    {.key = "positives",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_decisions, positives),
     .low = 0,
     .high = 1,
     .help = "share of them that is to be found (frauds, defects), where the target's "
             "metric is a share of these, as recall is; default: the metric is a share "
             "of all decisions"},
    {.key = "false_alarms",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_decisions, false_alarms),
     .low = 0,
     .high = 1,
     .help = "share of the others that is flagged all the same; default they are not "
             "counted"},
    {.key = "miss_costs",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONEY,
     .offset = offsetof(rc_decisions, miss_costs),
     .low = 0,
     .high = 1e12,
     .help = "what a miss costs whom it hits (any wrong decision, without positives); "
             "shown, no part of the plan's cost or its value"},
    {.key = "false_alarm_costs",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONEY,
     .offset = offsetof(rc_decisions, false_alarm_costs),
     .low = 0,
     .high = 1e12,
     .help = "what a false alarm costs; shown, like miss_costs"},
    {0}};

static const rc_group group = {"decisions", sizeof(rc_decisions), settings,
                               "how many decisions are wrong in a month, and whose"};

static void check(const void *settings_, const rc_goals *goals, rc_faults *faults)
{
    const rc_decisions *s = settings_;
    const rc_target *target = &goals->target;
    if (!target->given)
        rc_fault(
            faults, s->head.at, "add goals.target",
            "decisions are right or wrong by the target's metric, and no target is "
            "set");
    else if (!rc_target_is_share(target))
        rc_fault(faults, s->head.at, NULL,
                 "decisions count what a share gets wrong, and '%s' is no share",
                 target->metric);
    if (s->false_alarms.given && !s->positives.given)
        rc_fault(
            faults, s->false_alarms.at, "add positives = \"0.4 %\"",
            "'false_alarms' are a share of what is not positive, and 'positives' is "
            "missing");
    if (s->false_alarm_costs.given && !s->false_alarms.given)
        rc_fault(faults, s->false_alarm_costs.at, "add false_alarms = \"1 %\"",
                 "'false_alarm_costs' need 'false_alarms'");
}

/* ---------------------------------------------------------------------- bind */

typedef struct of_group {
    const rc_fairness_group *settings;
    uint32_t gap; /* state row */
    uint32_t share, wrong, times_as_often;
} of_group;

typedef struct bound {
    bool up;
    uint32_t metric;
    /* rows of the quality in `months` months; 0: the product is not followed */
    uint32_t quality, months;
    of_group *groups;
    uint32_t groups_n;
    uint32_t wrong, false_alarms, cost;
    uint32_t by_month; /* first of `months` rows */
} bound;

static void bind_groups(bound *own, rc_binder *b, const char *wrong)
{
    const rc_fairness *f;
    for (uint32_t i = 0; (f = rc_bind_group(b, "fairness", i)) != NULL; i++)
        own->groups_n += f->groups.n;
    own->groups = rc_bind_alloc(b, own->groups_n, sizeof *own->groups);
    uint32_t n = 0;
    for (uint32_t i = 0; (f = rc_bind_group(b, "fairness", i)) != NULL; i++) {
        const rc_fairness_group *whom = f->groups.at;
        for (uint32_t k = 0; k < f->groups.n; k++) {
            const rc_head *head = &whom[k].head;
            const char *at = rc_bind_print(b, "decisions.groups[%s]", head->id);
            own->groups[n++] = (of_group){
                .settings = &whom[k],
                .gap = rc_bind_state(b, rc_bind_print(b, "gap.%s", head->id), NAN),
                .share = rc_bind_shown(b, rc_bind_print(b, "%s.share", at), RC_OUT_MEAN,
                                       "share", head->name),
                .wrong = rc_bind_shown(b, rc_bind_print(b, "%s.%s", at, wrong),
                                       RC_OUT_SPREAD, "/month", head->name),
                .times_as_often =
                    rc_bind_shown(b, rc_bind_print(b, "%s.times_as_often", at),
                                  RC_OUT_SPREAD, "times", head->name)};
        }
    }
}

static void *bind(const void *settings_, rc_binder *b)
{
    const rc_decisions *s = settings_;
    const rc_target *target = &rc_bind_goals(b)->target;
    bound *own = rc_bind_alloc(b, 1, sizeof *own);
    const char *wrong = s->positives.given ? "misses" : "wrong";
    own->up = target->up;
    own->metric = rc_bind_state(b, rc_bind_print(b, "metric.%s", target->metric), NAN);
    rc_service service;
    if (rc_production_service(b, &service)) {
        own->quality = service.quality;
        own->months = (uint32_t)ceil(service.watched - 1e-9);
    } else {
        rc_bind_assumed(b, "decisions stay as good as at the launch");
    }
    const char *path = rc_bind_print(b, "decisions.%s", wrong);
    own->wrong = rc_bind_shown(b, path, RC_OUT_SPREAD, "/month", NULL);
    if (s->false_alarms.given)
        own->false_alarms =
            rc_bind_shown(b, "decisions.false_alarms", RC_OUT_SPREAD, "/month", NULL);
    if (s->miss_costs.given || s->false_alarm_costs.given)
        own->cost = rc_bind_shown(b, "decisions.cost", RC_OUT_SPREAD, "money", NULL);
    if (own->months) {
        path = rc_bind_print(b, "decisions.%s_by_month", wrong);
        own->by_month = rc_bind_series(b, path, own->months, NAN);
        rc_bind_output(b, (rc_output){.path = path,
                                      .kind = RC_OUT_SPREAD,
                                      .unit = "/month",
                                      .row = own->by_month,
                                      .series = own->months});
    }
    bind_groups(own, b, wrong);
    return own;
}

/* --------------------------------------------------------------- one future */

static double within(double share)
{
    return fmin(fmax(share, 0), 1);
}

/* Share of decisions that is wrong in month k. */
static double wrong_in(const rc_step *step, const bound *own, uint32_t k, uint32_t lane)
{
    const uint32_t row = own->months ? own->quality + k : own->metric;
    const double m = step->row[row][lane];
    return own->up ? 1 - m : m;
}

static void count_group(const rc_step *step, const bound *own, const of_group *whom,
                        double volume, uint32_t lane)
{
    const double share = rc_row(step, &whom->settings->share)[lane];
    double gap = step->row[whom->gap][lane];
    if (isnan(gap)) /* nobody looked */
        gap = rc_row(step, &whom->settings->gap)[lane];
    const uint32_t months = own->months ? own->months : 1;
    double here = 0, elsewhere = 0;
    for (uint32_t k = 0; k < months; k++) {
        const double wrong = wrong_in(step, own, k, lane);
        here += within(wrong + (1 - share) * gap) / months;
        elsewhere += within(wrong - share * gap) / months;
    }
    step->row[whom->share][lane] = share;
    step->row[whom->wrong][lane] = volume * share * here;
    step->row[whom->times_as_often][lane] = elsewhere > 0 ? here / elsewhere : NAN;
}

static void count(const rc_step *step, const bound *own, uint32_t lane)
{
    const rc_decisions *s = step->settings;
    const double all = rc_row(step, &s->volume)[lane];
    const double positives = rc_row_or(step, &s->positives, lane, 1);
    const uint32_t months = own->months ? own->months : 1;
    double wrong = 0, cost = 0;
    for (uint32_t k = 0; k < months; k++) {
        const double now = all * positives * wrong_in(step, own, k, lane);
        if (own->months)
            step->row[own->by_month + k][lane] = now;
        wrong += now / months;
    }
    step->row[own->wrong][lane] = wrong;
    cost += wrong * rc_row_or(step, &s->miss_costs, lane, 0);
    if (s->false_alarms.given) {
        const double alarms =
            all * (1 - positives) * rc_row(step, &s->false_alarms)[lane];
        step->row[own->false_alarms][lane] = alarms;
        cost += alarms * rc_row_or(step, &s->false_alarm_costs, lane, 0);
    }
    if (s->miss_costs.given || s->false_alarm_costs.given)
        step->row[own->cost][lane] = cost;
    for (uint32_t i = 0; i < own->groups_n; i++)
        count_group(step, own, &own->groups[i], all * positives, lane);
}

static void live(const rc_step *step)
{
    const bound *own = step->bound;
    for (uint32_t lane = 0; lane < step->lanes && !step->verdict_only; lane++)
        if (step->launch[lane] < INFINITY && !isnan(step->row[own->metric][lane]))
            count(step, own, lane);
}

const rc_model rc_model_decisions = {
    .id = "decisions", .group = &group, .check = check, .bind = bind, .live = live};
