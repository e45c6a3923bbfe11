/* production_settings.c -- what a scenario may say about life after the launch, and what
 * of it contradicts itself. */
#include "experiments.h"
#include "condition.h"
#include "idle.h"
#include "production_bound.h"

static const rc_setting drift_settings[] = {
    {.key = "loss",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_POINTS_PER_MONTH,
     .offset = offsetof(rc_drift, loss),
     .low = -1,
     .high = 1,
     .help = "quality lost per month, the same in each"},
    {.key = "tau",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_drift, tau),
     .low = 0,
     .high = 1200,
     .help =
         "instead of loss: time in which quality falls by 63 % of what it can fall; "
         "default as the domain says"},
    {.key = "floor_below",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_drift, floor_below),
     .low = 0,
     .high = 1,
     .help =
         "with tau: how far it can fall, as a share of the quality at launch; default "
         "as the domain says"},
    {0}};

static const rc_group drift_group = {"drift", sizeof(rc_drift), drift_settings,
                                     "how quality is lost as the world moves on"};

static const rc_setting shocks_settings[] = {
    {.key = "per_year",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_COUNT_PER_YEAR,
     .offset = offsetof(rc_shocks, per_year),
     .required = true,
     .low = 0,
     .high = 1000,
     .help = "how many in a year, at random times"},
    {.key = "loss",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_POINTS,
     .offset = offsetof(rc_shocks, loss),
     .required = true,
     .low = -1,
     .high = 1,
     .help = "quality that one of them costs"},
    {0}};

static const rc_group shocks_group = {"shocks", sizeof(rc_shocks), shocks_settings,
                                      "sudden losses: new attacks, new behaviour"};

static const rc_setting noise_settings[] = {
    {.key = "sd",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_POINTS,
     .offset = offsetof(rc_noise, sd),
     .required = true,
     .low = 0,
     .high = 1,
     .help = "standard deviation of a month's quality about its course"},
    {.key = "correlate",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_NUMBER,
     .offset = offsetof(rc_noise, correlate),
     .fallback = "0.55",
     .low = 0,
     .high = 0.999,
     .help =
         "how much of it stays from a month to the next; the default as measured on "
         "a malware detector"},
    {0}};

static const rc_group noise_group = {
    "noise", sizeof(rc_noise), noise_settings,
    "good and bad months, which no retraining cures; they follow each other"};

static const rc_setting population_settings[] = {
    {.key = "newcomers",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_population, newcomers),
     .required = true,
     .low = 0,
     .high = 1,
     .help = "share of users, in the end, who are not like the early adopters"},
    {.key = "over",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_population, over),
     .required = true,
     .low = 0,
     .high = 1200,
     .help = "time from the launch until nine in ten of them have come, along a "
             "logistic"},
    {.key = "quality",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_POINTS,
     .offset = offsetof(rc_population, quality),
     .required = true,
     .low = -1,
     .high = 1,
     .help = "quality for them compared with early adopters: \"-6 to -1 points\""},
    {0}};

static const rc_group population_group = {
    "population", sizeof(rc_population), population_settings,
    "later users differ from those that the model was trained on"};

static const rc_setting adversary_settings[] = {
    {.key = "evades",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_adversary, evades),
     .required = true,
     .low = 0,
     .high = 1,
     .help = "share of what the model has right that adversaries learn to get past it"},
    {.key = "adapts_in",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_adversary, adapts_in),
     .required = true,
     .low = 0,
     .high = 1200,
     .help = "time after a release in which they learn 63 % of it"},
    {.key = "grows",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_CHANGE,
     .offset = offsetof(rc_adversary, grows),
     .low = -1,
     .high = 10,
     .help = "how much better they are after each release than after the one before: "
             "\"0 to 20 %\"; default not at all"},
    {0}};

static const rc_group adversary_group = {
    "adversary", sizeof(rc_adversary), adversary_settings,
    "people who adapt to the model until its next release"};

static const rc_setting feedback_settings[] = {
    {.key = "labelled",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_feedback, labelled),
     .required = true,
     .low = 0,
     .high = 1,
     .help =
         "share of cases whose outcome is ever known: those that the model accepted"},
    {.key = "explores",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_feedback, explores),
     .low = 0,
     .high = 1,
     .help =
         "share of the others that is accepted all the same, to learn from; default "
         "none"},
    {.key = "costs",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONEY_PER_MONTH,
     .offset = offsetof(rc_feedback, costs),
     .help = "price of exploring: \"4k EUR/month\"; default nothing"},
    {0}};

static const rc_group feedback_group = {
    "feedback", sizeof(rc_feedback), feedback_settings,
    "the model decides what is learnt: a retraining recovers less"};

static const rc_setting retrain_settings[] = {
    {.key = "every",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_retrain, every),
     .low = 0,
     .high = 1200,
     .help = "time from the launch, or from the end of the last retraining, to the "
             "next; default never. Which pays best is told by what_ifs of it"},
    {.key = "or_when",
     .kind = RC_CONDITION,
     .offset = offsetof(rc_retrain, or_when),
     .help = "retrain as soon as this is seen: \"recall < 80.5 %\""},
    {.key = "takes",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_retrain, takes),
     .fallback = "1 / 2 / 4 weeks",
     .low = 0,
     .high = 1200,
     .help =
         "from its start to the new model in service; the default is our judgement"},
    {.key = "approval",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_retrain, approval),
     .low = 0,
     .high = 1200,
     .help =
         "time for a new approval of each new model, on top of takes; default none"},
    {.key = "recovers",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_retrain, recovers),
     .fallback = "80 to 98 %",
     .low = 0,
     .high = 1,
     .help =
         "share of what was lost since the launch that comes back; the default is our "
         "judgement"},
    {.key = "cost",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_MONEY,
     .offset = offsetof(rc_retrain, cost),
     .help = "price of one retraining; default nothing"},
    {.key = "fails",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_retrain, fails),
     .low = 0,
     .high = 1,
     .help =
         "chance that a new model fails its gate and the old one stays; default none"},
    {.key = "bad",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_retrain, bad),
     .low = 0,
     .high = 1,
     .help =
         "chance that a new model passes its gate and is worse all the same; default "
         "none"},
    {.key = "loses",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_POINTS,
     .offset = offsetof(rc_retrain, loses),
     .low = 0,
     .high = 1,
     .help = "with bad: how much worse than the model that it replaced"},
    {.key = "noticed_after",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_retrain, noticed_after),
     .low = 0,
     .high = 1200,
     .help = "with bad: time until somebody sees it"},
    {.key = "rollback",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_retrain, rollback),
     .low = 0,
     .high = 1200,
     .help = "with bad: time from then until the old model serves again; default none"},
    {0}};

static const rc_group retrain_group = {"retrain", sizeof(rc_retrain), retrain_settings,
                                       "when the model is trained again"};

static const rc_setting monitoring_settings[] = {
    {.key = "label_delay",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_monitoring, label_delay),
     .low = 0,
     .high = 1200,
     .help = "time until the outcome of a case is known; default none"},
    {.key = "outcomes",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_COUNT_PER_DAY,
     .offset = offsetof(rc_monitoring, outcomes),
     .low = 0,
     .high = 1e12,
     .help = "known outcomes a day on which a control chart (CUSUM) looks for or_when; "
             "default so many that it is seen at once"},
    {.key = "false_alarm_every",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_monitoring, false_alarm_every),
     .low = 0,
     .high = 1200,
     .help =
         "with outcomes: mean time between its false alarms, each of which starts a "
         "retraining; rarer ones make it slower"},
    {0}};

static const rc_group monitoring_group = {
    "monitoring", sizeof(rc_monitoring), monitoring_settings,
    "how late or_when is seen to hold; without it at once"};

static const rc_setting rollback_settings[] = {
    {.key = "chance",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_rollback, chance),
     .required = true,
     .low = 0,
     .high = 1,
     .help = "chance that the launch is taken back at once"},
    {.key = "takes",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_rollback, takes),
     .required = true,
     .low = 0,
     .high = 120,
     .help = "time until it is launched again, for good"},
    {.key = "costs",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONEY,
     .offset = offsetof(rc_rollback, costs),
     .help = "what that costs, once; default nothing"},
    {0}};

static const rc_group rollback_group = {
    "rollback", sizeof(rc_rollback), rollback_settings,
    "the launch may be taken back: months of service are lost"};

static const char *const domains[] = {"stable", "consumer", "adversarial", NULL};

static const rc_setting settings[] = {
    RC_OWN_HEAD_ROWS(rc_production, "what other settings call it; default production"),
    {.key = "watch_for",
     .kind = RC_REAL,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_production, watch_for),
     .fallback = "12 months",
     .low = 1 / 30.4375, /* a day */
     .high = 120,
     .help = "how long after the launch the model is followed"},
    {.key = "floor",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_METRIC,
     .offset = offsetof(rc_production, floor),
     .help =
         "value of the target's metric that it must keep; default the target itself"},
    {.key = "domain",
     .kind = RC_WORD,
     .offset = offsetof(rc_production, domain),
     .fallback = "stable",
     .words = domains,
     .help =
         "what is assumed where drift or noise is not stated: stable, tau 36 months, "
         "to 10 % below; consumer, 12 months, 10 %; adversarial, 4 to 8 months, 30 %, "
         "noise with sd 10 points (as measured on a malware detector)"},
    {.key = "locked",
     .kind = RC_BOOL,
     .offset = offsetof(rc_production, locked),
     .help = "true: the model may not be changed, and nothing is retrained; default "
             "false"},
    {.key = "transfer",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_production, transfer),
     .low = 0,
     .high = 1,
     .help =
         "share of the offline gain over today's model (baseline of the search) that "
         "arrives online; default all of it"},
    {.key = "first_day_drop",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_POINTS,
     .offset = offsetof(rc_production, first_day_drop),
     .low = -1,
     .high = 1,
     .help =
         "quality lost when the model meets live traffic, until a retraining; default "
         "none"},
    {.key = "rollback",
     .kind = RC_GROUP,
     .offset = offsetof(rc_production, rollback),
     .of = &rollback_group,
     .help = "the launch may be taken back; default it is not"},
    {.key = "drift",
     .kind = RC_GROUP,
     .offset = offsetof(rc_production, drift),
     .of = &drift_group,
     .help = "how quality is lost; default as the domain says"},
    {.key = "shocks",
     .kind = RC_GROUP,
     .offset = offsetof(rc_production, shocks),
     .of = &shocks_group,
     .help = "sudden losses; default none"},
    {.key = "noise",
     .kind = RC_GROUP,
     .offset = offsetof(rc_production, noise),
     .of = &noise_group,
     .help = "good and bad months; default as the domain says"},
    {.key = "population",
     .kind = RC_GROUP,
     .offset = offsetof(rc_production, population),
     .of = &population_group,
     .help = "later users differ; default they do not"},
    {.key = "adversary",
     .kind = RC_GROUP,
     .offset = offsetof(rc_production, adversary),
     .of = &adversary_group,
     .help = "people who adapt to the model; default none"},
    {.key = "feedback",
     .kind = RC_GROUP,
     .offset = offsetof(rc_production, feedback),
     .of = &feedback_group,
     .help = "only some cases get a label to learn from; default all"},
    {.key = "retrain",
     .kind = RC_GROUP,
     .offset = offsetof(rc_production, retrain),
     .of = &retrain_group,
     .help = "when the model is trained again; default never"},
    {.key = "monitoring",
     .kind = RC_GROUP,
     .offset = offsetof(rc_production, monitoring),
     .of = &monitoring_group,
     .help = "how late a loss is seen; default at once"},
    {0}};

const rc_group rc_production_group = {"production", sizeof(rc_production), settings,
                                      "life after the launch"};

/* ------------------------------------------------------------------- checks */

static void check_drift(const rc_drift *drift, rc_faults *faults)
{
    if (drift->loss.given && drift->tau.given)
        rc_fault(faults, drift->tau.at, "drop one of them",
                 "drift is linear with 'loss' or exponential with 'tau', not both");
    if (drift->floor_below.given && !drift->tau.given)
        rc_fault(faults, drift->floor_below.at, "add tau",
                 "'floor_below' of drift needs 'tau'");
}

static void check_when(const rc_condition *when, const rc_target *target,
                       rc_faults *faults)
{
    if (strcmp(when->metric, target->metric) != 0)
        rc_fault(faults, when->at, NULL,
                 "or_when looks at '%s', but production follows '%s'", when->metric,
                 target->metric);
    else if (when->op == RC_ANY || rc_condition_up(when) == target->up)
        rc_fault(faults, when->at, NULL, "or_when expects '%s %s' and a value",
                 target->metric, target->up ? "<" : ">");
}

/* What goes with `bad`, and says nothing without it. */
static void check_bad(const rc_retrain *retrain, rc_faults *faults)
{
    const struct {
        const rc_estimate *e;
        const char *key;
        bool needed;
    } with[] = {{&retrain->loses, "loses", true},
                {&retrain->noticed_after, "noticed_after", true},
                {&retrain->rollback, "rollback", false}};
    for (size_t i = 0; i < sizeof with / sizeof *with; i++) {
        if (with[i].e->given && !retrain->bad.given)
            rc_fault(faults, with[i].e->at, "add bad: the chance of a bad release",
                     "'%s' of retrain needs 'bad'", with[i].key);
        if (retrain->bad.given && with[i].needed && !with[i].e->given)
            rc_fault(faults, retrain->bad.at,
                     "loses = \"3 points\"; noticed_after = "
                     "\"2 hours\"",
                     "'bad' of retrain needs '%s'", with[i].key);
    }
}

/* What just meets the target shall not need help on its first day. */
static void check_beyond_target(const rc_production *s, const rc_target *target,
                                rc_faults *faults)
{
    const rc_condition *when = s->retrain ? &s->retrain->or_when : NULL;
    const double sign = target->up ? 1 : -1;
    if (s->floor.given && rc_same_unit(s->floor.unit, target->unit) &&
        sign * (rc_median(&s->floor) - target->value) > 0)
        rc_warn(faults, s->floor.at, "a floor at the target, or worse than it",
                "the floor is beyond the target: what just meets the target is below "
                "its floor from the first day on");
    if (when && when->text && rc_same_unit(when->unit, target->unit) &&
        sign * (when->value - target->value) > 0)
        rc_warn(faults, when->at, "retrain at the target, or worse than it",
                "or_when is beyond the target: what just meets the target is retrained "
                "again and again");
}

static void check_retrain(const rc_production *s, const rc_target *target,
                          rc_faults *faults)
{
    const rc_retrain *retrain = s->retrain;
    const rc_condition *when = &retrain->or_when;
    if (!retrain->every.given && !when->text)
        rc_fault(faults, s->head.at, "say when: every = \"13 weeks\"",
                 "retrain needs 'every', 'or_when', or both");
    else if (when->text && target->given)
        check_when(when, target, faults);
    check_bad(retrain, faults);
    if (s->locked)
        rc_warn(faults, s->head.at,
                "drop locked and say how long a new approval takes: retrain.approval",
                "the model is locked: what 'retrain' says is not done");
    /* what starts within the day anyway is not hastened */
    if (when->text && retrain->every.given &&
        rc_median(&retrain->every) < RC_TOO_OFTEN_FOR_ALARMS)
        rc_fault(faults, when->at, "drop or_when, or every",
                 "retrained every %s, nothing is gained by 'or_when'",
                 retrain->every.text);
}

static void check_monitoring(const rc_production *s, const rc_target *target,
                             rc_faults *faults)
{
    const rc_monitoring *m = s->monitoring;
    if (!s->retrain || !s->retrain->or_when.text)
        rc_fault(faults, s->head.at, "add retrain.or_when",
                 "monitoring says how late 'or_when' of retrain is seen, and there is "
                 "none");
    if (!m->label_delay.given && !m->outcomes.given)
        rc_fault(faults, s->head.at, "label_delay = \"3 weeks\"",
                 "monitoring needs 'label_delay', 'outcomes', or both");
    if (m->outcomes.given && target->given && !rc_target_is_share(target))
        rc_fault(faults, m->outcomes.at, "label_delay alone says how late it is seen",
                 "outcomes are right or wrong: %s is no share", target->metric);
    if (m->outcomes.given != m->false_alarm_every.given)
        rc_fault(faults, (m->outcomes.given ? &m->outcomes : &m->false_alarm_every)->at,
                 m->outcomes.given ? "false_alarm_every = \"6 months\""
                                   : "outcomes = \"400 /day\"",
                 "'outcomes' and 'false_alarm_every' of monitoring need each other");
}

static void check_feedback(const rc_production *s, rc_faults *faults)
{
    const rc_feedback *f = s->feedback;
    if (!s->retrain)
        rc_fault(faults, f->labelled.at, "add retrain",
                 "feedback limits what a retraining recovers, and there is none");
    if (f->costs.given && !f->explores.given)
        rc_fault(faults, f->costs.at, "add explores",
                 "'costs' of feedback needs "
                 "'explores'");
}

static void check_transfer(const rc_production *s, const rc_goals *goals,
                           rc_faults *faults)
{
    const rc_experiments *search;
    for (uint32_t i = 0; (search = rc_check_group(faults, "experiments", i)); i++)
        if (strcmp(rc_experiments_metric(search, goals), goals->target.metric) == 0 &&
            search->baseline.given)
            return;
    rc_fault(faults, s->transfer.at, "add experiments with a baseline: today's model",
             "'transfer' is a share of the gain over today's model, and no search of "
             "'%s' says how good that is",
             goals->target.metric);
}

void rc_production_check(const void *settings_, const rc_goals *goals,
                         rc_faults *faults)
{
    const rc_production *s = settings_;
    const rc_target *target = &goals->target;
    if (!target->given)
        rc_warn(faults, s->head.at, "add goals.target",
                "production is not followed: without a target there is no metric to "
                "follow");
    if (s->transfer.given && target->given)
        check_transfer(s, goals, faults);
    if (s->adversary && target->given && !rc_target_is_share(target))
        rc_fault(faults, s->adversary->evades.at, "say it as drift",
                 "adversaries turn what is right into wrong: %s is no share",
                 target->metric);
    if (s->adversary && s->domain == RC_ADVERSARIAL && !rc_drift_is_stated(s))
        rc_warn(faults, s->adversary->evades.at, "say drift as well, or drop adversary",
                "the drift assumed in an adversarial domain is of adversaries already: "
                "they count twice");
    if (target->given)
        check_beyond_target(s, target, faults);
    if (s->drift)
        check_drift(s->drift, faults);
    if (s->retrain)
        check_retrain(s, target, faults);
    if (s->monitoring)
        check_monitoring(s, target, faults);
    if (s->feedback)
        check_feedback(s, faults);
}
