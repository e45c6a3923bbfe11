/* schema_work.c -- settings of tasks, gates, metrics, risks and what moves them together. */
#include "scenario/schema.h"
#include <stddef.h>

static const char *const then_words[] = {"stop", "launch anyway", NULL};

static const rc_setting task_settings[] = {
    RC_HEAD_ROWS(rc_task),
    {.key = "phase",
     .kind = RC_TEXT,
     .offset = offsetof(rc_task, phase),
     .help = "one of the scenario's phases, for tables and charts"},
    {.key = "duration",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_TIME,
     .offset = offsetof(rc_task, duration),
     .help = "elapsed time, with the people of who"},
    {.key = "effort",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_EFFORT,
     .offset = offsetof(rc_task, effort),
     .help = "work of the first team of who: it takes longer with fewer or "
             "half-available people"},
    {.key = "plan",
     .kind = RC_TEXT,
     .offset = offsetof(rc_task, plan),
     .help = "id of the group that says how long it takes, as \"experiments\""},
    {.key = "cost",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONEY,
     .offset = offsetof(rc_task, cost),
     .help = "fixed cost besides people; default none"},
    {.key = "who",
     .kind = RC_TEXT,
     .offset = offsetof(rc_task, who_text),
     .help = "who is held from start to finish, as \"1 ds, 0.2 risk\"; default nobody"},
    {.key = "after",
     .kind = RC_TEXTS,
     .offset = offsetof(rc_task, after_texts),
     .help = "what it waits for: \"id\", \"id + 3 days\", \"start of id\", "
             "\"50 % of id\"; default it starts on day one"},
    {.key = "not_before",
     .kind = RC_DATE,
     .offset = offsetof(rc_task, not_before),
     .help = "day before which it cannot start"},
    {.key = "milestone",
     .kind = RC_TEXT,
     .offset = offsetof(rc_task, milestone),
     .help = "name of its finish; \"launch\" is the launch, by default the finish of "
             "the last task"},
    {.key = "priority",
     .kind = RC_INT,
     .dimension = RC_NUMBER,
     .offset = offsetof(rc_task, priority),
     .low = 1,
     .high = 1e6,
     .help = "1 is served before 2 where people are short; default what has least time "
             "to spare"},
    {.key = "optional",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_task, optional),
     .low = 0,
     .high = 1,
     .help = "chance that it occurs at all; default it does"},
    {.key = "one_of",
     .kind = RC_TEXT,
     .offset = offsetof(rc_task, one_of),
     .help = "name of a choice: of all tasks with this name exactly one occurs"},
    {.key = "weight",
     .kind = RC_REAL,
     .dimension = RC_NUMBER,
     .offset = offsetof(rc_task, weight),
     .fallback = "1",
     .low = 1e-6,
     .high = 1e6,
     .help = "how likely it is to be the one, against the weights of the choice's "
             "other tasks"},
    {.key = "gate",
     .kind = RC_TEXT,
     .offset = offsetof(rc_task, gate_id),
     .help = "id of the gate that it must pass when it is done"},
    {0}};

const rc_group rc_task_group = {"tasks", sizeof(rc_task), task_settings, "the work"};

static const rc_setting metric_settings[] = {
    RC_HEAD_ROWS(rc_metric),
    {.key = "value",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_METRIC,
     .offset = offsetof(rc_metric, value),
     .required = true,
     .help = "its value when a gate first looks at it"},
    {.key = "each_round",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_CHANGE,
     .offset = offsetof(rc_metric, each_round),
     .help = "how it changes with each further round, as \"-25 to -5 %\"; default not "
             "at all"},
    {0}};

const rc_group rc_metric_group = {"metrics", sizeof(rc_metric), metric_settings,
                                  "what gates ask for besides the target"};

static const rc_setting on_fail_settings[] = {
    {.key = "back_to",
     .kind = RC_TEXT,
     .offset = offsetof(rc_on_fail, back_to),
     .required = true,
     .help = "id of the task that the work goes back to"},
    {.key = "rework",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_TIME,
     .offset = offsetof(rc_on_fail, rework),
     .help = "what that task takes in a further round; default its duration again"},
    {.key = "at_most",
     .kind = RC_INT,
     .dimension = RC_NUMBER,
     .offset = offsetof(rc_on_fail, at_most),
     .fallback = "3",
     .low = 0,
     .high = 50,
     .help = "how often the work may go back: the attempts are one more"},
    {.key = "then",
     .kind = RC_WORD,
     .offset = offsetof(rc_on_fail, then),
     .fallback = "stop",
     .words = then_words,
     .help = "what follows when that is used up: the future stops, or launches all the "
             "same"},
    {0}};

static const rc_group on_fail_group = {"on_fail", sizeof(rc_on_fail), on_fail_settings,
                                       "what a failure leads to"};

static const rc_setting gate_settings[] = {
    RC_HEAD_ROWS(rc_gate),
    {.key = "needs",
     .kind = RC_CONDITIONS,
     .may_be_sure = true,
     .offset = offsetof(rc_gate, needs),
     .help = "all that must hold: \"target\", \"fairness\", \"latency <= 40 ms\""},
    {.key = "chance_to_pass",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_gate, chance_to_pass),
     .low = 0,
     .high = 1,
     .help = "chance to pass, the same in each round, where people decide"},
    {.key = "on_fail",
     .kind = RC_GROUP,
     .offset = offsetof(rc_gate, on_fail),
     .of = &on_fail_group,
     .help = "what a failure leads to; default the future stops"},
    {0}};

const rc_group rc_gate_group = {"gates", sizeof(rc_gate), gate_settings,
                                "what must hold before work goes on"};

static const rc_setting mitigation_settings[] = {
    {.key = "name",
     .kind = RC_TEXT,
     .offset = offsetof(rc_risk_mitigation, name),
     .help = "what people call it"},
    {.key = "active",
     .kind = RC_BOOL,
     .offset = offsetof(rc_risk_mitigation, active),
     .fallback = "false",
     .help = "whether it is done; if not, a what_if may still do it"},
    {.key = "cost",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONEY,
     .offset = offsetof(rc_risk_mitigation, cost),
     .help = "what doing it costs, whether the risk happens or not"},
    {.key = "chance",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_risk_mitigation, chance),
     .low = 0,
     .high = 1,
     .help = "chance of the risk when it is done; default unchanged"},
    {.key = "delay",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_TIME,
     .offset = offsetof(rc_risk_mitigation, delay),
     .help = "delay by the risk when it is done; default unchanged"},
    {.key = "slower",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_CHANGE,
     .offset = offsetof(rc_risk_mitigation, slower),
     .help = "change of durations by the risk when it is done; default unchanged"},
    {.key = "impact",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONEY,
     .offset = offsetof(rc_risk_mitigation, impact),
     .help = "money lost by the risk when it is done; default unchanged"},
    {0}};

const rc_group rc_mitigation_group = {"mitigation", sizeof(rc_risk_mitigation),
                                      mitigation_settings,
                                      "what may be done about a risk"};

static const rc_setting risk_settings[] = {
    RC_HEAD_ROWS(rc_risk),
    {.key = "chance",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_risk, chance),
     .required = true,
     .low = 0,
     .high = 1,
     .help = "chance that it happens"},
    {.key = "hits",
     .kind = RC_TEXTS,
     .offset = offsetof(rc_risk, hits_texts),
     .help = "ids of the tasks that it delays or slows"},
    {.key = "delay",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_TIME,
     .offset = offsetof(rc_risk, delay),
     .help = "time added to each task that it hits, in the first round"},
    {.key = "slower",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_CHANGE,
     .offset = offsetof(rc_risk, slower),
     .help = "change of the durations of these tasks, as \"10 to 35 %\" longer"},
    {.key = "cost",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONEY,
     .offset = offsetof(rc_risk, cost),
     .help = "money lost if it happens"},
    {.key = "mitigation",
     .kind = RC_GROUP,
     .offset = offsetof(rc_risk, mitigation),
     .of = &rc_mitigation_group,
     .help = "what may be done about it beforehand"},
    {0}};

const rc_group rc_risk_group = {"risks", sizeof(rc_risk), risk_settings,
                                "what may happen, and what it does then"};

static const rc_setting factor_settings[] = {
    RC_HEAD_ROWS(rc_shared_factor),
    {.key = "slower",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_CHANGE,
     .offset = offsetof(rc_shared_factor, slower),
     .required = true,
     .help = "change of durations and efforts, the same for all it touches, as \"-12 "
             "to 15 %\""},
    {.key = "affects",
     .kind = RC_TEXT,
     .offset = offsetof(rc_shared_factor, affects_text),
     .required = true,
     .help = "what it touches: \"who: ds, mle\" or \"tasks: pull, features\""},
    {0}};

const rc_group rc_factor_group = {"shared_factors", sizeof(rc_shared_factor),
                                  factor_settings,
                                  "causes that move many tasks together"};

static const rc_setting correlation_settings[] = {
    RC_HEAD_ROWS(rc_correlation),
    {.key = "between",
     .kind = RC_TEXTS,
     .offset = offsetof(rc_correlation, between_texts),
     .required = true,
     .help = "ids of tasks or risks, or full names of estimates"},
    {.key = "strength",
     .kind = RC_REAL,
     .dimension = RC_NUMBER,
     .offset = offsetof(rc_correlation, strength),
     .required = true,
     .low = -0.999,
     .high = 0.999,
     .help = "rank correlation, from -0.999 (opposite) over 0 (no link) to 0.999 (in "
             "step)"},
    {.key = "because",
     .kind = RC_TEXT,
     .offset = offsetof(rc_correlation, because),
     .help = "the reason, for whoever reads the file"},
    {0}};

const rc_group rc_correlation_group = {"correlations", sizeof(rc_correlation),
                                       correlation_settings,
                                       "quantities that move together"};

static const rc_setting what_if_settings[] = {
    RC_HEAD_ROWS(rc_what_if),
    {.key = "set",
     .kind = RC_TEXTS,
     .offset = offsetof(rc_what_if, set),
     .required = true,
     .help = "settings changed, as \"labelling.labellers = 10\""},
    {0}};

const rc_group rc_what_if_group = {"what_if", sizeof(rc_what_if), what_if_settings,
                                   "changes that are forecast beside the plan"};
