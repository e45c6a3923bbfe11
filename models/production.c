/* production.c -- the settings of production, and its life between events. */
#include "production.h"

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
         "36 months in a stable domain, 12 of consumers, 4 to 8 with adversaries"},
    {.key = "floor_below",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_drift, floor_below),
     .low = 0,
     .high = 1,
     .help =
         "with tau: how far it can fall, as a share of the quality at launch; 10 % in "
         "a stable domain, 30 % with adversaries"},
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

static const rc_setting retrain_settings[] = {
    {.key = "every",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_retrain, every),
     .low = 0,
     .high = 1200,
     .help = "time from the launch, or the end of the last one, to the next"},
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
     .help = "money for one retraining; default none"},
    {.key = "fails",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_retrain, fails),
     .low = 0,
     .high = 1,
     .help =
         "chance that a new model fails its gate and the old one stays; default none"},
    {0}};

static const rc_group retrain_group = {"retrain", sizeof(rc_retrain), retrain_settings,
                                       "when the model is trained again"};

static const rc_setting monitoring_settings[] = {
    {.key = "delay",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_monitoring, delay),
     .required = true,
     .low = 0,
     .high = 1200,
     .help = "time until or_when is seen to hold, label delay included"},
    {0}};

static const rc_group monitoring_group = {
    "monitoring", sizeof(rc_monitoring), monitoring_settings,
    "how late a loss is seen; without it at once"};

static const rc_setting settings[] = {
    {.key = "id",
     .kind = RC_ID,
     .offset = offsetof(rc_production, head.id),
     .help = "what it is called elsewhere"},
    {.key = "name",
     .kind = RC_TEXT,
     .offset = offsetof(rc_production, head.name),
     .help = "what people call it"},
    {.key = "watch_for",
     .kind = RC_REAL,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_production, watch_for),
     .fallback = "12 months",
     .low = 0.03,
     .high = 120,
     .help = "how long after the launch the model is followed"},
    {.key = "floor",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_METRIC,
     .offset = offsetof(rc_production, floor),
     .help =
         "value of the target's metric that it must keep; default the target itself"},
    {.key = "drift",
     .kind = RC_GROUP,
     .offset = offsetof(rc_production, drift),
     .of = &drift_group,
     .help = "how quality is lost; default a stable domain: tau 36 months, 10 % below"},
    {.key = "shocks",
     .kind = RC_GROUP,
     .offset = offsetof(rc_production, shocks),
     .of = &shocks_group,
     .help = "sudden losses; default none"},
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

static const rc_group group = {"production", sizeof(rc_production), settings,
                               "life after the launch"};

const rc_model rc_production_model = {.id = "production", .group = &group};
