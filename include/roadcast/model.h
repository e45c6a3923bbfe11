/* model.h -- what a model of AI work is: the contract between engine/ and models/.
 *
 * The engine knows time, chance and tasks; a model knows one stage of AI work.  A model
 * is one const rc_model: the settings of its group in a scenario (a table of rows), how
 * it checks them, what it binds when a plan is compiled, and two verbs:
 *
 *   place   given the lanes whose step starts now (and when): how long it takes, what it
 *           costs, and what it does to the state of these futures
 *   live    given the launch date: the life of the product after it
 *
 * and, where a plan may be given up, a third: stop, when all tasks have been placed.
 *
 * A lane is one future's slot in a block of RC_LANES.  A row is double[RC_LANES].
 *
 *   once-per-future estimates   drawn by the engine before any step: rc_row(step, &s->x)
 *   per-use estimates           each try, success, round, shock…: rc_each(step, &s->x, k, lane)
 *   raw words                   a Bernoulli, a choice: rc_word(step, quantity, k, lane)
 *
 * All three are pure functions of (seed, name, index, future): neither the order in which
 * a model asks nor what other models do changes an answer.
 *
 * Models are pure: no globals, no allocation after bind, no files, no threads, no
 * generator of their own.  Nothing in place, stop or live can fail.  Time is in working days
 * from the start of the calendar, money in the scenario's currency, shares are 0 to 1.
 */
#ifndef ROADCAST_MODEL_H
#define ROADCAST_MODEL_H

#include <roadcast/dist.h>
#include <roadcast/error.h>
#include <roadcast/math.h>
#include <roadcast/version.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* ------------------------------------------------------------------ settings */

/* What an estimate or a number measures; decides which units it may be written in and
 * what it is converted to. */
typedef enum rc_dimension {
    RC_NUMBER, /* no unit: 0.5 */
    RC_COUNT,  /* "40k" items */
    RC_TIME,   /* working days; "calendar days" sets estimate.calendar */
    RC_EFFORT, /* person-days */
    RC_SHARE,  /* "55 %" -> 0.55, within 0 to 1 */
    /* "-12 to 15 %", "-8 to 0 %" -> signed share; a range is normal */
    RC_CHANGE,
    RC_POINTS, /* "0.6 to 1.8 points" -> 0.006 to 0.018 */
    RC_POINTS_PER_MONTH,
    RC_MONEY,          /* "220k EUR" */
    RC_MONEY_PER_DAY,  /* "780 EUR/day", "2.10 EUR/hour" (x 8 for people) */
    RC_MONEY_PER_HOUR, /* of a machine: 24 hours a day */
    /* of what never rests, by calendar months: "90k to 140k EUR/month", "1.2M /month" */
    RC_MONEY_PER_MONTH,
    RC_COUNT_PER_MONTH,
    RC_CHANGE_PER_MONTH, /* "0 to 4 %/month": signed share a month; a range is normal */
    RC_COUNT_PER_DAY,    /* "420 to 640 /day" */
    RC_COUNT_PER_YEAR,   /* "0.5 to 2": a plain number of events a year */
    RC_HOURS,            /* machine hours: "60 to 400" */
    /* whatever unit the metric has: "82 %", "24 to 38 ms", "800 /day" */
    RC_METRIC,
    /* of production, which never rests: calendar months of 30.4375 days of 24 hours; a week
     * is 7/30.4375, "days" and "calendar days" alike are 1/30.4375 */
    RC_MONTHS
} rc_dimension;

typedef enum rc_origin { RC_STATED, RC_DEFAULT, RC_FITTED } rc_origin;

/* Where something was written, for messages: line and column count from 1. */
typedef struct rc_position {
    uint32_t file, line, column, length;
} rc_position;

/* An uncertain quantity, as read. */
typedef struct rc_estimate {
    bool given;    /* false: absent, and without a default */
    bool calendar; /* a time in calendar days */
    rc_origin origin;
    rc_dimension dimension;
    uint32_t index;   /* which estimate of the scenario: its row while a plan runs */
    const char *name; /* "tasks.label.duration": its random numbers hang on this */
    /* human name of the item or named group that holds it, or NULL */
    const char *of;
    const char *key;  /* the end of name, within that: "gap", "speed_curve.ceiling" */
    const char *text; /* as written */
    const char *unit; /* of a metric: "%", "ms", "/day"; of money: "EUR"; else NULL */
    rc_law law;
    rc_position at;
} rc_estimate;

/* "recall < 80.5 %", "latency_p99 <= 40 ms", "target", "fairness" */
typedef struct rc_condition {
    const char *metric; /* id; "target" and "fairness" stand for themselves */
    /* RC_ANY: no value */
    enum { RC_ANY, RC_BELOW, RC_AT_MOST, RC_ABOVE, RC_AT_LEAST } op;
    double value;
    const char *unit;
    /* "sensitivity >= 90 %, 95 % sure": the confidence asked for; 0: none was */
    double sure;
    const char *text;
    rc_position at;
} rc_condition;

/* Whether a value is as good as asked: the one rule for needs, targets, aims, limits and
 * checkpoints. On the threshold it is, within 1e-12 of it (of one, where that is more): two
 * ways to compute the same share differ by less. NAN is nowhere. */
static inline double rc_hair(double asked)
{
    return 1e-12 * rc_max(1, rc_max(asked, -asked));
}
static inline bool rc_reaches(double value, double asked, bool up)
{
    return up ? value >= asked - rc_hair(asked) : value <= asked + rc_hair(asked);
}

/* "latency_p99 +10 to 30 %", "faithfulness -1 to 2 points": what else moves. */
typedef struct rc_effect {
    const char *metric;
    bool relative;      /* "%": times 1 + change; else change is added */
    rc_estimate change; /* each: "<path of the list>.<metric>" */
} rc_effect;

typedef struct rc_effects {
    const rc_effect *at;
    uint32_t n;
} rc_effects;

typedef struct rc_texts {
    const char *const *at;
    uint32_t n;
    const rc_position *where;
} rc_texts;

typedef struct rc_conditions {
    const rc_condition *at;
    uint32_t n;
} rc_conditions;

/* Lists of groups: n structs of the group's size. */
typedef struct rc_list {
    void *at;
    uint32_t n;
} rc_list;

/* A point of a learning curve: ( 5000, "74.1 %" ). */
typedef struct rc_curve_point {
    double n, value;
} rc_curve_point;

typedef struct rc_curve_points {
    const rc_curve_point *at;
    uint32_t n;
    const char *unit;  /* of the values, all the same */
    rc_position where; /* the first value */
} rc_curve_points;

/* What a setting holds, and the C type of the struct member that receives it. */
typedef enum rc_setting_kind {
    RC_TEXT, /* const char *            shown, never a number */
    RC_ID,   /* const char *            unique within its list */
    RC_TASK, /* const char *            id of a task, which there must be */
    RC_WORD, /* int                     index into `words` */
    RC_BOOL, /* bool */
    /* int64_t                 libconfig integer, or "40k" with RC_COUNT */
    RC_INT,
    /* double                  a plain number, or text with a unit (dimension) */
    RC_REAL,
    /* int32_t                 days since 1970-01-01, RC_DATE_NONE if absent */
    RC_DATE,
    RC_ESTIMATE_ONCE, /* rc_estimate             drawn once per future: a row */
    RC_ESTIMATE_EACH, /* rc_estimate             drawn at each use: rc_each */
    /* rc_texts                array of strings (ids, dates with text) */
    RC_TEXTS,
    RC_CONDITION,    /* rc_condition */
    RC_CONDITIONS,   /* rc_conditions */
    RC_CURVE_POINTS, /* rc_curve_points */
    RC_EFFECTS,      /* rc_effects              array of strings */
    /* const struct *          NULL if absent; `of` says which group */
    RC_GROUP,
    RC_LIST /* rc_list                 list of groups `of`; one group is taken as a list of one
                                                  where `single` is set */
} rc_setting_kind;

typedef struct rc_group rc_group;

/* One setting. A scenario is parsed, checked, documented, completed and tested from
 * these rows. low and high are lawful limits in the base unit, checked against a point,
 * and against what an estimate can reach where the law is bounded. */
typedef struct rc_setting {
    const char *key;
    rc_setting_kind kind;
    rc_dimension dimension;
    size_t offset;        /* of the member in the group's struct */
    const char *fallback; /* default, as it would be written; NULL: none */
    bool required;
    double low, high; /* low == high: no limits */
    /* RC_WORD, and RC_TEXTS where only these are known: NULL-terminated */
    const char *const *words;
    const rc_group *of; /* RC_GROUP, RC_LIST */
    /* RC_CONDITION, RC_CONDITIONS: a confidence may be asked for, ", 95 % sure" */
    bool may_be_sure;
    /* default: the first target's value as the file says it, whatever --set or a what_if
     * makes of the target; of a group of its own at the root */
    bool of_target;
    const char *help; /* one line: meaning, unit, source of the default */
} rc_setting;

struct rc_group {
    const char *name;           /* "experiments" */
    size_t size;                /* of the struct; zeroed before it is filled */
    const rc_setting *settings; /* ends with key == NULL */
    const char *help;
};

/* Every group's struct that stands in a list, and every model's, starts with this. */
typedef struct rc_head {
    const char *id;   /* a single group without an id has its group's name */
    const char *name; /* human; the id where absent */
    rc_position at;   /* of the group */
} rc_head;

/* The first rows of its settings: of a group in a list; of one that may go without an id,
 * where `what` says how it is called then. */
#define RC_NAME_ROW(type)                                                              \
    {                                                                                  \
        .key = "name", .kind = RC_TEXT, .offset = offsetof(type, head.name),           \
        .help = "what people call it; default its id"                                  \
    }
#define RC_HEAD_ROWS(type)                                                             \
    {.key = "id",                                                                      \
     .kind = RC_ID,                                                                    \
     .offset = offsetof(type, head.id),                                                \
     .required = true,                                                                 \
     .help = "what other settings call it"},                                           \
        RC_NAME_ROW(type)
#define RC_OWN_HEAD_ROWS(type, what)                                                   \
    {.key = "id", .kind = RC_ID, .offset = offsetof(type, head.id), .help = what},     \
        RC_NAME_ROW(type)

/* For models' own checks: a fault with its place; hint may be NULL. */
typedef struct rc_faults rc_faults;
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
void
rc_fault(rc_faults *faults, rc_position at, const char *hint, const char *format, ...);
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
void
rc_warn(rc_faults *faults, rc_position at, const char *hint, const char *format, ...);
/* For what is said and nothing uses: a fault; a warning where a change (--set, what_if)
 * has taken the use away, for what is not needed any more may be asked. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
void
rc_unused(rc_faults *faults, rc_position at, const char *hint, const char *format, ...);
/* For a check that looks at other stages too: settings of the i-th group of a model, NULL
 * past the end; what `metrics` says of one of this id, NULL: nothing. */
const void *rc_check_group(const rc_faults *faults, const char *model, uint32_t i);
typedef struct rc_metric rc_metric;
const rc_metric *rc_check_metric(const rc_faults *faults, const char *id);
/* Whether a gate at some task measures a metric; the scenario's currency, "EUR", or "". */
bool rc_check_at_gates(const rc_faults *faults, const char *metric);
const char *rc_check_currency(const rc_faults *faults);

/* ------------------------------------------- what engine and models both know */

/* What a gate asks for besides the target: `metrics = ( { id; value; each_round; } )`. */
struct rc_metric {
    rc_head head;
    rc_estimate value;      /* once: its value in round 1 */
    rc_estimate each_round; /* each: in each further round times 1 + this */
};

typedef struct rc_on_fail {
    const char *back_to; /* task id */
    rc_estimate rework;  /* each round >= 2: duration of back_to */
    int64_t at_most;     /* times the work may go back: at_most + 1 attempts */
    int then;            /* 0 "stop", 1 "launch anyway": when attempts are used up */
    rc_position at;
} rc_on_fail;

/* A gate: the engine walks its loop, the model `gate` says who passes. */
typedef struct rc_gate {
    rc_head head;
    rc_conditions needs;
    rc_estimate chance_to_pass; /* once */
    const rc_on_fail *on_fail;  /* NULL: a failure stops the future */
} rc_gate;

/* --------------------------------------------------------------------- goals */

typedef struct rc_target {
    bool given;
    const char *metric;
    bool up; /* at_least: more is better; else at_most */
    double value;
    const char *unit;
    rc_position at, metric_at; /* of the value, of the metric's name */
} rc_target;

/* "82 %", of at most 100: right or wrong can be counted. */
static inline bool rc_target_is_share(const rc_target *target)
{
    return !target->unit || strcmp(target->unit, "%") == 0;
}

/* What the product is to move in the business: "Fraud losses", at most 1.0M EUR/month by
 * the end of the year. */
typedef struct rc_supports {
    const char *measure;   /* what people call it */
    rc_estimate today;     /* once; in a unit of its own */
    rc_estimate per_point; /* once; change of it for each point of quality more */
    bool up;               /* at_least: more is better; else at_most */
    double wanted;
    const char *unit;
    /* calendar months (30.4375 days) from the morning of the start to the end of the day
     * by which */
    double by_months;
    int32_t by; /* that day: days since 1970-01-01 */
    rc_position at;
} rc_supports;

/* What the plan tells a model when it binds. */
typedef struct rc_goals {
    /* the first of targets; given is false where there is none */
    rc_target target;
    /* all that must be met: "target" as a need of a gate means each of them */
    const rc_target *targets;
    uint32_t targets_n;
    /* days since 1970-01-01; INT32_MIN: none */
    int32_t start_date, deadline_date;
    /* working time at the evening of the deadline; INFINITY: none */
    double deadline_days;
    double budget; /* INFINITY: none */
    double confidence;
    const rc_supports *supports; /* NULL: none */
    const char *hypothesis;      /* of the scenario; NULL: none is stated */
} rc_goals;

/* The target that asks for a metric, or NULL. */
static inline const rc_target *rc_target_of(const rc_goals *goals, const char *metric)
{
    for (uint32_t i = 0; i < goals->targets_n; i++)
        if (strcmp(goals->targets[i].metric, metric) == 0)
            return &goals->targets[i];
    return NULL;
}
static inline bool rc_target_met(const rc_target *target, double value)
{
    return rc_reaches(value, target->value, target->up);
}

/* --------------------------------------------------------------------- steps */

/* Where words come from; filled in by the engine, or by a test. */
typedef struct rc_chance {
    uint32_t (*word)(const void *self, uint32_t quantity, uint32_t index,
                     uint32_t lane);
    double (*each)(const void *self, uint32_t estimate, uint32_t index, uint32_t lane);
    const void *self;
} rc_chance;

/* The calendar, for what never rests; filled in by the engine, or by a test. */
typedef struct rc_dates {
    double (*after)(const void *self, double start, double calendar_days);
    double (*between)(const void *self, double from, double until);
    const void *self;
} rc_dates;

/* What has been spent by a working time; filled in by the engine, or by a test. */
typedef struct rc_ledger {
    double (*spent)(const void *self, double until, uint32_t lane);
    const void *self;
} rc_ledger;

typedef struct rc_step {
    const void *settings; /* the model's group, as read */
    const void *bound;    /* what bind returned */
    double *const *row;   /* [estimate index or state row][lane] */
    /* memory_per_lane (or `memory`) x RC_LANES, zeroed before each block, this step's own */
    void *memory;
    const rc_chance *chance;
    const rc_dates *dates;
    uint32_t lanes; /* futures in this block: the last block may be short */
    /* nobody looks at outputs and drivers: they may be left out */
    bool verdict_only;

    /* place */
    uint32_t round;      /* 1 first; 2, 3… when a gate sends the work back */
    const double *start; /* [lane] working days */
    /* [lane] product of shared factors and risks on this task */
    const double *slower;
    /* [lane] round >= 2 of the task sent back to: its rework, not yet slowed, else
     * NULL */
    const double *rework;
    double *duration; /* [lane] out: working days of work */
    /* [lane] out: money besides people, of the model's cost kind */
    double *cost;
    /* [lane] gates only, out: 0 passed, else 1 + index of the first need that failed,
     * where "target" counts once for each target */
    uint8_t *verdict;

    /* stop */
    /* [lane] in: where a gate or another model has stopped the plan, INFINITY: nowhere;
     * out: the working day on which this model stops it, left as it is otherwise. The
     * earliest counts, and nothing is stopped that has launched by then. In live: where
     * it was stopped; only to be read */
    double *stop_at;
    const rc_ledger *ledger;

    /* live; and stop, where it is the launch of a future that nothing more stops */
    const double *launch; /* [lane] working days; INFINITY: never launched */
    /* [lane] calendar months (30.4375 days) from the morning of calendar.start to the end
     * of the launch day; INFINITY: never launched */
    const double *launched_on;
    /* [lane] money of the plan until the launch, or until it was stopped */
    const double *plan_cost;
} rc_step;

static inline const double *rc_row(const rc_step *step, const rc_estimate *e)
{
    return step->row[e->index];
}
/* Where an estimate may be left out. */
static inline double rc_row_or(const rc_step *step, const rc_estimate *e, uint32_t lane,
                               double absent)
{
    return e->given ? step->row[e->index][lane] : absent;
}
static inline uint32_t rc_word(const rc_step *step, uint32_t quantity, uint32_t index,
                               uint32_t lane)
{
    return step->chance->word(step->chance->self, quantity, index, lane);
}
static inline double rc_each(const rc_step *step, const rc_estimate *e, uint32_t index,
                             uint32_t lane)
{
    return step->chance->each(step->chance->self, e->index, index, lane);
}
/* Working time when so many calendar days after working time `start` are over; what ends
 * off work ends on the next working morning. */
static inline double rc_calendar_after(const rc_step *step, double start,
                                       double calendar_days)
{
    return step->dates->after(step->dates->self, start, calendar_days);
}
/* Calendar days from one working time to a later one, each at its morning: 7 from Monday
 * to Monday. */
static inline double rc_calendar_between(const rc_step *step, double from, double until)
{
    return step->dates->between(step->dates->self, from, until);
}
/* Money of the plan that has been spent by a working time; of the verb stop. */
static inline double rc_spent_by(const rc_step *step, double until, uint32_t lane)
{
    return step->ledger->spent(step->ledger->self, until, lane);
}
/* What an effect makes of a value: its use `index` in this lane. */
static inline double rc_affected(const rc_step *step, const rc_effect *effect,
                                 double value, uint32_t index, uint32_t lane)
{
    double change = rc_each(step, &effect->change, index, lane);
    return effect->relative ? value * (1 + change) : value + change;
}
/* The open interval (0, 1) from a word: (w + 1/2) / 2^32. */
static inline double rc_uniform(uint32_t word)
{
    return ((double)word + 0.5) * 0x1p-32;
}

/* ------------------------------------------------------------------- binding */

/* How an output is summarised. A lane where the row is NAN does not count. */
typedef enum rc_output_kind {
    RC_OUT_SPREAD,  /* mean, sd, percentiles */
    RC_OUT_SHARE,   /* row is 0 or 1: a probability */
    RC_OUT_MEAN,    /* mean only */
    RC_OUT_COUNTS,  /* row is 0, 1, 2 …: share of futures for each */
    RC_OUT_CATEGORY /* row is an index into labels: share of futures for each */
} rc_output_kind;

typedef struct rc_output {
    /* "experiments[modelling].by_lever[graph].tries": where it stands in result.json */
    const char *path;
    rc_output_kind kind;
    const char *unit; /* "share", "points", "days", "EUR", "tries", … */
    uint32_t row;     /* state row; first of `series` rows */
    /* 1, or the length of a series (rows row .. row + series - 1) */
    uint32_t series;
    const char *const *labels; /* RC_OUT_CATEGORY, NULL-terminated */
    /* human name of the innermost [id], for charts; may be NULL */
    const char *name;
} rc_output;

typedef struct rc_binder rc_binder;

void *rc_bind_alloc(rc_binder *b, size_t count,
                    size_t size); /* plan's memory, zeroed; never NULL */
const char *rc_bind_print(rc_binder *b, const char *format, ...);
/* State row shared by all who ask for the same name; set to `initial` before each block. */
uint32_t rc_bind_state(rc_binder *b, const char *name, double initial);
/* The same, but each block begins with a copy of what was drawn for a once-estimate. */
uint32_t rc_bind_state_from(rc_binder *b, const char *name, const rc_estimate *from);
/* `n` rows in a sequence (a series), shared by all who ask for the name and for no more
 * rows than the first did. */
uint32_t rc_bind_series(rc_binder *b, const char *name, uint32_t n, double initial);
uint32_t rc_bind_words(rc_binder *b, const char *name); /* a quantity for rc_word */
void rc_bind_output(rc_binder *b, rc_output output);
/* A state row that is an output of the same path; row and series are set here. */
static inline uint32_t rc_bind_watched(rc_binder *b, rc_output output, double initial)
{
    output.row = rc_bind_state(b, output.path, initial);
    output.series = 1;
    rc_bind_output(b, output);
    return output.row;
}
/* The same of what a model sets in futures that come so far: NAN before. */
static inline uint32_t rc_bind_shown(rc_binder *b, const char *path,
                                     rc_output_kind kind, const char *unit,
                                     const char *name)
{
    rc_output output;
    memset(&output, 0, sizeof output);
    output.path = path;
    output.kind = kind;
    output.unit = unit;
    output.name = name;
    return rc_bind_watched(b, output, NAN);
}
/* A table of them, "path.what" each; row NULL: left out. */
typedef struct rc_shown_row {
    uint32_t *row; /* set by rc_bind_table */
    const char *what;
    rc_output_kind kind;
    const char *unit;
} rc_shown_row;
static inline void rc_bind_table(rc_binder *b, const char *path, const char *name,
                                 const rc_shown_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (rows[i].row)
            *rows[i].row =
                rc_bind_shown(b, rc_bind_print(b, "%s.%s", path, rows[i].what),
                              rows[i].kind, rows[i].unit, name);
}
/* An input that is no estimate (successes of a lever): shown as a driver of the finish. */
void rc_bind_driver(rc_binder *b, uint32_t row, const char *id, const char *name,
                    rc_origin origin);
/* Row with the finish of a task's first round (NAN until it has finished); UINT32_MAX: no such task. */
uint32_t rc_bind_finish(rc_binder *b, const char *task);
/* The same of the task whose plan these settings are. */
uint32_t rc_bind_own_finish(rc_binder *b, const void *settings);
const rc_goals *rc_bind_goals(rc_binder *b);
/* Working time at the evening of a date; and the date in words, "15 May", with its year
 * where that is not the year of the start. */
double rc_bind_evening(rc_binder *b, int32_t date);
const char *rc_bind_date(rc_binder *b, int32_t date);
/* A day after which a launch is worth less: a plan that typically ends later is warned
 * of, "… the plan ends on 3 May, after <what>, 1 May". */
void rc_bind_due(rc_binder *b, int32_t date, rc_position at, const char *what);
/* The settings of the i-th group of a model, NULL past the end; and what its bind returned
 * (models bind in the order of the list in models.h). */
const void *rc_bind_group(rc_binder *b, const char *model, uint32_t i);
const void *rc_bind_bound(rc_binder *b, const char *model, uint32_t i);
/* The `metrics` of the scenario: n structs. */
const rc_metric *rc_bind_metrics(rc_binder *b, uint32_t *n);
/* Money per hour of a unit of a capacity team ("gpu"); 0 when there is no such team or it is free. */
double rc_bind_rate_per_hour(rc_binder *b, const char *team);
/* A line for "Assumed by roadcast". */
void rc_bind_assumed(rc_binder *b, const char *format, ...);

/* --------------------------------------------------------------------- model */

typedef struct rc_model {
    /* group NULL: it has no settings of its own and binds once in every plan, with NULL; where
     * bind returns NULL it has nothing to do there. Else: name of its group (or list of groups) in a scenario, and of `plan` */
    const char *id;
    const rc_group *group;
    bool is_plan; /* a task may say plan = id */
    bool several; /* a scenario may have more than one, as it may of plans */
    /* its people are not the team's: a shared factor of people does not touch it, one that
     * names the task does */
    bool own_workers;
    /* a gate that needs it judges by it though no task has this plan */
    bool judged_at_gates;
    /* "labelling", "compute": row of by_kind; NULL: costs nothing */
    const char *cost_kind;
    size_t memory_per_lane;
    /* instead of memory_per_lane, where it depends on what is set; may be NULL */
    size_t (*memory)(const void *settings);
    /* faults of this stage alone; may be NULL */
    void (*check)(const void *settings, const rc_goals *goals, rc_faults *faults);
    /* whether this group says on how many cases a metric is measured; may be NULL: no */
    bool (*counts)(const void *settings, const rc_goals *goals, const char *metric);
    /* heads of the capacity team "gpu" that a task with this plan holds; may be NULL: 0 */
    double (*gpus)(const void *settings);
    /* of a plan: duration in working days when every estimate is at its median */
    double (*typical)(const void *settings);
    void *(*bind)(const void *settings, rc_binder *b);
    void (*place)(const rc_step *step, const uint32_t *lane, uint32_t n);
    /* share of its duration, just placed, after which that share of its work is done, for
     * "50 % of label"; NULL: the same */
    double (*done_after)(const rc_step *step, uint32_t lane, double share);
    /* may be NULL; asked in runs for the verdict alone too */
    void (*stop)(const rc_step *step);
    /* how a sentence names what stops it, "stopped by …"; NULL: by the group's name */
    const char *(*stopped_by)(const void *settings, rc_binder *b);
    void (*live)(const rc_step *step);
} rc_model;

static inline double rc_median(const rc_estimate *e)
{
    return rc_law_quantile(&e->law, 0.5);
}

#endif
