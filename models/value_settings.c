/* value_settings.c -- the settings of value, and what they must not say together. */
#include "earning.h"
#include "experiments.h"
#include "idle.h"
#include "value.h"
#include <math.h>
#include <string.h>

static const rc_setting rival_settings[] = {
    {.key = "arrives",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_value_rival, arrives),
     .required = true,
     .low = 0,
     .high = 1200,
     .help = "when it comes, counted from calendar.start"},
    {.key = "takes",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_value_rival, takes),
     .required = true,
     .low = 0,
     .high = 1,
     .help = "share of the value that is lost to it from then on"},
    {0}};

static const rc_group rival_group = {"rival", sizeof(rc_value_rival), rival_settings,
                                     "somebody else who offers the same"};

static const rc_setting segment_settings[] = {
    RC_HEAD_ROWS(rc_value_segment),
    {.key = "share",
     .kind = RC_REAL,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_value_segment, share),
     .required = true,
     .low = 0,
     .high = 1,
     .help =
         "its share of per_month today; what all shares leave is everybody else, who "
         "needs nothing special"},
    {.key = "growth",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_CHANGE_PER_MONTH,
     .offset = offsetof(rc_value_segment, growth),
     .low = -1,
     .high = 10,
     .help = "how its volume grows; default as value.growth"},
    {.key = "needs",
     .kind = RC_CONDITION,
     .offset = offsetof(rc_value_segment, needs),
     .help = "true quality below which it brings nothing: \"recall >= 78 %\"; default "
             "nothing is needed"},
    {.key = "quality",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_POINTS,
     .offset = offsetof(rc_value_segment, quality),
     .low = -1,
     .high = 1,
     .help = "how far quality lies above the average for these users, below it with a "
             "minus; default as for everybody"},
    {0}};

static const rc_group segment_group = {"segments", sizeof(rc_value_segment),
                                       segment_settings,
                                       "users who need something of their own"};

static const rc_setting settings[] = {
    RC_OWN_HEAD_ROWS(rc_value, "what other settings call it; default value"),
    {.key = "per_month",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONEY_PER_MONTH,
     .offset = offsetof(rc_value, per_month),
     .required = true,
     .low = 0,
     .high = 1e15,
     .help = "what a product brings that has the quality `at`, at today's volume, when "
             "all have adopted it; without a target: any product that is launched"},
    {.key = "at",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_METRIC,
     .offset = offsetof(rc_value, at),
     .of_target = true,
     .help =
         "quality that brings per_month; default the first target's as the file says "
         "it: a what_if or --set that moves the target does not change what a "
         "product is worth"},
    {.key = "nothing_at",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_METRIC,
     .offset = offsetof(rc_value, nothing_at),
     .help = "quality that brings nothing: from there to `at` value rises in a "
             "straight line, and beyond it; default 0, so in proportion to the metric"},
    {.key = "today",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_METRIC,
     .offset = offsetof(rc_value, today),
     .help = "quality of the model that is in service until the launch, at "
             "calendar.start; it loses what production.drift says and is not trained "
             "again; where a search starts from another one (its baseline) the answer "
             "says so; default none is in service"},
    {.key = "growth",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_CHANGE_PER_MONTH,
     .offset = offsetof(rc_value, growth),
     .low = -1,
     .high = 10,
     .help = "how the volume grows from month to month; default not at all"},
    {.key = "adoption",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_value, adoption),
     .low = 0,
     .high = 1,
     .help =
         "share of the volume that takes the product up in the end; default all. Who "
         "does not stays with today's model"},
    {.key = "adopted_after",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_value, adopted_after),
     .low = 0,
     .high = 1200,
     .help = "time from the launch until that share is reached, rising in a straight "
             "line; default at once"},
    {.key = "discount",
     .kind = RC_REAL,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_value, discount),
     .fallback = "0 %",
     .low = 0,
     .high = 1,
     .help =
         "how much less money is worth that comes a year later; by whole months from "
         "calendar.start. What the plan costs is not discounted"},
    {.key = "horizon",
     .kind = RC_REAL,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_value, horizon),
     .fallback = "36 months",
     .low = 1,
     .high = RC_EARNING_MONTHS,
     .help =
         "time from calendar.start in which value counts: a later launch has less of "
         "it; the default is our judgement"},
    {.key = "rival",
     .kind = RC_GROUP,
     .offset = offsetof(rc_value, rival),
     .of = &rival_group,
     .help = "somebody else who takes a share; default nobody"},
    {.key = "right_problem",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_value, right_problem),
     .low = 0,
     .high = 1,
     .help = "chance that this is the right problem to solve: else nobody adopts the "
             "product; default certain"},
    {.key = "known_at",
     .kind = RC_TASK,
     .offset = offsetof(rc_value, known_at),
     .help =
         "task that shows whether it is: with the wrong problem the plan stops when "
         "that task is done, and its money is sunk; default it never shows"},
    {.key = "segments",
     .kind = RC_LIST,
     .offset = offsetof(rc_value, segments),
     .of = &segment_group,
     .help = "users who need something of their own; default all are alike"},
    {0}};

const rc_group rc_value_group = {"value", sizeof(rc_value), settings,
                                 "what the product is worth, and to whom"};

/* ------------------------------------------------------------------- checks */

/* Without a target there is no metric whose quality could bring more or less. */
static void check_no_target(const rc_value *s, rc_faults *faults)
{
    static const char *const hint =
        "add goals.target: per_month is what its quality brings";
    const rc_value_segment *segment = s->segments.at;
    const rc_estimate *quality[] = {&s->at, &s->nothing_at, &s->today};
    for (size_t i = 0; i < sizeof quality / sizeof *quality; i++)
        if (quality[i]->given)
            rc_fault(faults, quality[i]->at, hint, "'%s' needs a target",
                     quality[i]->key);
    for (uint32_t i = 0; i < s->segments.n; i++)
        if (segment[i].quality.given || segment[i].needs.text)
            rc_fault(faults, segment[i].head.at, hint,
                     "the segment '%s' speaks of quality, and there is no target",
                     segment[i].head.id);
}

static void check_quality(const rc_value *s, const rc_target *target, rc_faults *faults)
{
    const double full = s->at.given ? rc_median(&s->at) : target->value;
    if (!s->nothing_at.given && !target->up)
        rc_fault(faults, s->head.at, "nothing_at = \"…\": where it brings nothing",
                 "value needs 'nothing_at', for less of '%s' is better",
                 target->metric);
    else if (!s->nothing_at.given && !(full > 0))
        rc_fault(faults, s->head.at, "nothing_at = \"…\": where it brings nothing",
                 "value needs 'nothing_at', for what brings per_month is not above 0");
    if (!s->nothing_at.given)
        return;
    double nothing = rc_median(&s->nothing_at);
    if (target->up ? nothing >= full : nothing <= full)
        rc_fault(
            faults, s->nothing_at.at,
            "the quality `at` brings per_month, by default the target's; nothing_at "
            "brings nothing",
            "nothing_at must be worse than what brings per_month");
}

/* Whether a metric has a true value at the launch. */
static bool is_known(const char *metric, const rc_goals *goals, const rc_faults *faults)
{
    const rc_experiments *search;
    for (uint32_t i = 0; i < goals->targets_n; i++)
        if (strcmp(goals->targets[i].metric, metric) == 0)
            return true;
    for (uint32_t i = 0; (search = rc_check_group(faults, "experiments", i)); i++)
        if (search->metric && strcmp(search->metric, metric) == 0)
            return true;
    return (goals->target.given && strcmp(goals->target.metric, metric) == 0) ||
           rc_check_metric(faults, metric) != NULL;
}

static void check_need(const rc_condition *needs, const rc_goals *goals,
                       rc_faults *faults)
{
    if (!needs->text)
        return;
    if (needs->op == RC_ANY)
        rc_fault(faults, needs->at, "as in \"recall >= 78 %\"",
                 "a segment needs a metric and a value, found '%s'", needs->text);
    else if (!is_known(needs->metric, goals, faults))
        rc_fault(faults, needs->at, "name the target's metric, or one of metrics",
                 "a segment needs '%s', which nothing produces", needs->metric);
}

static void check_segments(const rc_value *s, const rc_goals *goals, rc_faults *faults)
{
    const rc_target *target = &goals->target;
    const rc_value_segment *segment = s->segments.at;
    double shares = 0;
    if (s->segments.n >= RC_EARNING_SEGMENTS)
        rc_fault(faults, segment[RC_EARNING_SEGMENTS - 1].head.at,
                 "join those that need the same", "%u segments, value takes %d at most",
                 s->segments.n, RC_EARNING_SEGMENTS - 1);
    for (uint32_t i = 0; i < s->segments.n; i++) {
        shares += segment[i].share;
        if (strcmp(segment[i].head.id, "everybody_else") == 0)
            rc_fault(faults, segment[i].head.at, "give it another id",
                     "'everybody_else' are those whom no segment names");
        check_need(&segment[i].needs, goals, faults);
        if (segment[i].quality.given && target->given &&
            (!target->unit || strcmp(target->unit, "%") != 0))
            rc_fault(faults, segment[i].quality.at, "leave it out",
                     "quality of a segment is in points, but %s is not in %%",
                     target->metric);
    }
    if (shares > 1 + 1e-9)
        rc_fault(faults, s->head.at, "what they leave of 100 % is everybody else",
                 "the shares of all segments add up to %.6g %%", 100 * shares);
}

const rc_estimate *rc_value_other_start(const rc_value *s, const rc_experiments *search,
                                        const rc_goals *goals)
{
    const rc_target *target = &goals->target;
    const rc_estimate *base = &search->baseline;
    const char *metric = rc_experiments_metric(search, goals);
    if (!s->today.given || !base->given || !target->given || !metric ||
        strcmp(metric, target->metric) != 0 || !rc_same_unit(base->unit, s->today.unit))
        return NULL;
    const double now = rc_median(&s->today), hair = rc_hair(now);
    const bool within = now >= rc_law_quantile(&base->law, .1) - hair &&
                        now <= rc_law_quantile(&base->law, .9) + hair;
    return within ? NULL : base;
}

/* Of a worse one the answer says it: what is searched for may start from a prototype. */
static void check_today(const rc_value *s, const rc_goals *goals, rc_faults *faults)
{
    const rc_experiments *search;
    for (uint32_t i = 0; (search = rc_check_group(faults, "experiments", i)); i++) {
        const rc_estimate *start = rc_value_other_start(s, search, goals);
        if (start && (rc_median(&s->today) > rc_median(start)) == goals->target.up)
            rc_warn(faults, s->today.at, "both say how good today's model is",
                    "today's model, %s, is better than the one that the search starts "
                    "from, its baseline, %s",
                    s->today.text, start->text);
    }
}

void rc_value_check(const void *settings_, const rc_goals *goals, rc_faults *faults)
{
    const rc_value *s = settings_;
    if (goals->target.given)
        check_quality(s, &goals->target, faults);
    else
        check_no_target(s, faults);
    check_segments(s, goals, faults);
    check_today(s, goals, faults);
    if (s->known_at && !s->right_problem.given)
        rc_fault(faults, s->head.at, "right_problem = \"80 %\"",
                 "'known_at' of value needs 'right_problem'");
}
