/* fairness.c -- the settings of fairness, and audits of gaps between groups. */
#include "fairness.h"

static const rc_setting group_settings[] = {
    {.key = "id",
     .kind = RC_ID,
     .offset = offsetof(rc_fairness_group, head.id),
     .required = true,
     .help = "what the group is called elsewhere"},
    {.key = "name",
     .kind = RC_TEXT,
     .offset = offsetof(rc_fairness_group, head.name),
     .help = "what people call the group"},
    {.key = "share",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_fairness_group, share),
     .required = true,
     .low = 0,
     .high = 1,
     .help = "share of the test set that belongs to the group"},
    {.key = "gap",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_POINTS,
     .offset = offsetof(rc_fairness_group, gap),
     .required = true,
     .low = -1,
     .high = 1,
     .help = "how much worse the group is served than everyone else, today"},
    {0}};

static const rc_group group_group = {"groups", sizeof(rc_fairness_group),
                                     group_settings,
                                     "groups that are to be served equally"};

static const rc_setting mitigation_settings[] = {
    {.key = "duration",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_TIME,
     .offset = offsetof(rc_mitigation, duration),
     .required = true,
     .help = "working time, spent only where a measured gap is over the limit"},
    {.key = "closes",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_mitigation, closes),
     .required = true,
     .low = 0,
     .high = 1,
     .help = "share of every gap that it closes"},
    {.key = "costs",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_POINTS,
     .offset = offsetof(rc_mitigation, costs),
     .low = -1,
     .high = 1,
     .help = "quality that it costs, in points of the target's metric; default none"},
    {0}};

static const rc_group mitigation_group = {"mitigation", sizeof(rc_mitigation),
                                          mitigation_settings,
                                          "what is done about gaps that are too large"};

static const char *const measures[] = {"equal opportunity", "four-fifths", NULL};

static const rc_setting settings[] = {
    {.key = "id",
     .kind = RC_ID,
     .offset = offsetof(rc_fairness, head.id),
     .help = "what a task's plan calls it"},
    {.key = "name",
     .kind = RC_TEXT,
     .offset = offsetof(rc_fairness, head.name),
     .help = "what people call it"},
    {.key = "measure",
     .kind = RC_WORD,
     .offset = offsetof(rc_fairness, measure),
     .fallback = "equal opportunity",
     .words = measures,
     .help = "equal opportunity: the gap between a group and everyone else; "
             "four-fifths: 0.8 minus its rate over the best of the others"},
    {.key = "limit",
     .kind = RC_REAL,
     .dimension = RC_POINTS,
     .offset = offsetof(rc_fairness, limit),
     .fallback = "0 points",
     .low = 0,
     .high = 1,
     .help = "how large a gap may be"},
    {.key = "sure",
     .kind = RC_REAL,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_fairness, sure),
     .fallback = "90 %",
     .low = .5,
     .high = .9999,
     .help = "a gap counts when the audit shows it with this confidence"},
    {.key = "groups",
     .kind = RC_LIST,
     .offset = offsetof(rc_fairness, groups),
     .required = true,
     .of = &group_group,
     .help = "groups that are to be served equally"},
    {.key = "mitigation",
     .kind = RC_GROUP,
     .offset = offsetof(rc_fairness, mitigation),
     .of = &mitigation_group,
     .help = "what is done about gaps that are too large; default nothing"},
    {0}};

static const rc_group group = {"fairness", sizeof(rc_fairness), settings,
                               "groups, audits and what closes gaps"};

const rc_model rc_fairness_model = {.id = "fairness", .group = &group, .is_plan = true};
