/* data_supply.c -- data that come in, and what leaks. */
#include "data_supply.h"
#include "labels.h"
#include <math.h>
#include <string.h>

/* As in base/units.h, which a model may not include. */
#define DAYS_PER_MONTH 30.4375
#define WORKDAYS_PER_WEEK 5.0
#define WORKDAYS_PER_MONTH 21.75

/* ------------------------------------------------------------------ settings */

#define SHARE .dimension = RC_SHARE, .low = 0.0, .high = 1.0

static const rc_setting leak_settings[] = {
#define AT(member) .offset = offsetof(rc_leak, member)
    {.key = "chance",
     .kind = RC_ESTIMATE_ONCE,
     SHARE,
     AT(chance),
     .required = true,
     .help = "chance that the data hold something from which the answer can be told, "
             "and which will not be known in service"},
    {.key = "loses",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_POINTS,
     AT(loses),
     .required = true,
     .low = 0.0,
     .high = 1.0,
     .help = "points that are lost when it is taken out; until then all that is "
             "measured is better by so much than what is true"},
    {.key = "found_at",
     .kind = RC_TASK,
     AT(found_at),
     .help = "the task that finds it, when it has finished: its own gate measures "
             "without the leak; without one it shows after the launch"},
    {0},
#undef AT
};

static const rc_group leak_group = {
    .name = "leak",
    .size = sizeof(rc_leak),
    .settings = leak_settings,
    .help = "something in the data that tells the answer and will not be known in "
            "service",
};

static const rc_setting settings[] = {
#define AT(member) .offset = offsetof(rc_data, member)
    RC_OWN_HEAD_ROWS(rc_data, "what `plan` calls it; default data"),
    {.key = "items",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_COUNT,
     AT(items),
     .required = true,
     .low = 0.0,
     .high = 1e12,
     .help = "items wanted that are usable and may be used"},
    {.key = "have",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_COUNT,
     AT(have),
     .low = 0.0,
     .high = 1e12,
     .help =
         "items on hand when the task starts, not all of them usable; default none"},
    {.key = "arrives",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_COUNT_PER_MONTH,
     AT(arrives),
     .low = 0.0,
     .high = 1e15,
     .help =
         "items that come in from the start of the task on, usable or not, on every "
         "day of the calendar; default none"},
    {.key = "in_all",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_COUNT,
     AT(in_all),
     .low = 0.0,
     .high = 1e15,
     .help = "no more items than these can ever be had, those on hand included, usable "
             "or not; default without end"},
    {.key = "usable",
     .kind = RC_ESTIMATE_ONCE,
     SHARE,
     AT(usable),
     .help = "share of them that is complete, readable and of the right kind; default "
             "all"},
    {.key = "consent",
     .kind = RC_ESTIMATE_ONCE,
     SHARE,
     AT(consent),
     .help = "share of these that may be used: consent, licence, law; default all"},
    {.key = "label_delay",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONTHS,
     AT(label_delay),
     .low = 0.0,
     .high = 1200.0,
     .help =
         "the items come with their labels, so much later (\"0 days\": at once), as "
         "chargebacks do; those on hand have theirs. Without it they are to be "
         "labelled"},
    {.key = "give_up_after",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONTHS,
     AT(give_up_after),
     .low = 0.0,
     .high = 1200.0,
     .help = "longest wait; the plan goes on with what is there then"},
    {.key = "cost_per_item",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONEY,
     AT(cost_per_item),
     .low = 0.0,
     .high = 1e9,
     .help = "price of each item that comes in, usable or not; default nothing"},
    {.key = "licence",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONEY,
     AT(licence),
     .low = 0.0,
     .high = 1e15,
     .help = "paid once, when the task starts; default nothing"},
    {.key = "leak",
     .kind = RC_GROUP,
     AT(leak),
     .of = &leak_group,
     .help = "something in the data that tells the answer and will not be known in "
             "service"},
    {0},
#undef AT
};

static const rc_group group = {
    .name = "data",
    .size = sizeof(rc_data),
    .settings = settings,
    .help =
        "where the data come from: arrival, consent, delay of outcomes, cost, leaks",
};

static bool all_come_labelled(const rc_faults *faults)
{
    bool all = true;
    const rc_data *s;
    for (uint32_t i = 0; (s = rc_check_group(faults, "data", i)); i++)
        all &= s->label_delay.given;
    return all;
}

static void check(const void *at, const rc_goals *goals, rc_faults *faults)
{
    (void)goals;
    const rc_data *s = at;
    if (!s->have.given && !s->arrives.given)
        rc_fault(faults, s->head.at, "add arrives = \"2k /day\", or have = \"40k\"",
                 "'%s' has nothing on hand and nothing that arrives", s->head.id);
    if (s->give_up_after.given && !s->arrives.given)
        rc_fault(faults, s->give_up_after.at, "drop it, or add arrives",
                 "give_up_after ends a wait, but nothing arrives");
    if (s->cost_per_item.given && !s->arrives.given)
        rc_fault(faults, s->cost_per_item.at,
                 "use licence for what is paid once, or add arrives",
                 "cost_per_item is paid for what comes in, but nothing arrives");
    if (s->label_delay.given && rc_check_group(faults, "labelling", 0) &&
        all_come_labelled(faults))
        rc_warn(faults, s->label_delay.at,
                "leave label_delay out where people label these items; others need a "
                "data of their own",
                "these items come with their labels, and labelling labels them again: "
                "each counts twice");
    if (s->leak && !rc_check_group(faults, "experiments", 0))
        rc_fault(faults, s->leak->chance.at, "describe the search in experiments",
                 "a leak changes what is measured, but no search measures anything");
}

/* ------------------------------------------------------------------ equations */

double rc_data_days(double items, double have, double arrives, double in_all,
                    double usable, double *got)
{
    const double needed = fmin(items / usable, fmax(in_all, have));
    const double days = needed > have ? (needed - have) / arrives : 0.0;
    if (usable > 0.0 && days < INFINITY) {
        *got = fmin(items, usable * fmax(needed, have));
        return days;
    }
    *got = fmin(items, usable * have); /* nothing comes, or nothing of it is usable */
    return 0.0;
}

/* ----------------------------------------------------------------------- bind */

typedef struct bound {
    uint32_t items, until, labels; /* state rows shared with others */
    rc_label_source source;
    uint32_t finish; /* of the task; UINT32_MAX: none */
    /* rows of the present run: share of its items that is there at its start; share of
     * its time before which no more come */
    uint32_t on_hand, quiet;
    bool labelled;
    uint32_t got, days, enough;             /* outputs */
    uint32_t leak_word, leak_points;        /* UINT32_MAX: no leak */
    uint32_t found, since;                  /* state rows */
    uint32_t leaks, hopes, weeks, launched; /* outputs */
} bound;

static double median_or(const rc_estimate *e, double absent)
{
    return e->given ? rc_median(e) : absent;
}

static double typical(const void *at)
{
    const rc_data *s = at;
    double got;
    const double days = rc_data_days(
        rc_median(&s->items), median_or(&s->have, 0.0),
        median_or(&s->arrives, 0.0) / DAYS_PER_MONTH, median_or(&s->in_all, INFINITY),
        median_or(&s->usable, 1.0) * median_or(&s->consent, 1.0), &got);
    const double delay = days > 0.0 ? median_or(&s->label_delay, 0.0) : 0.0;
    return fmin(days / DAYS_PER_MONTH + delay, median_or(&s->give_up_after, INFINITY)) *
           WORKDAYS_PER_MONTH;
}

static const char *path_of(rc_binder *b, const rc_data *s)
{
    return strcmp(s->head.id, "data") == 0 ? "data"
                                           : rc_bind_print(b, "data.%s", s->head.id);
}

static uint32_t output(rc_binder *b, const rc_data *s, const char *what,
                       rc_output_kind kind, const char *unit)
{
    return rc_bind_shown(b, rc_bind_print(b, "data[%s].%s", s->head.id, what), kind,
                         unit, s->head.name);
}

static uint32_t bind_points(rc_binder *b, const rc_data *s)
{
    return rc_bind_state(b, rc_bind_print(b, "%s.leak", path_of(b, s)), 0.0);
}

static void bind_leak(bound *own, rc_binder *b, const rc_data *s)
{
    own->leak_points = UINT32_MAX;
    if (!s->leak)
        return;
    const char *id = rc_bind_print(b, "%s.leak", path_of(b, s));
    own->leak_word = rc_bind_words(b, id);
    own->leak_points = bind_points(b, s);
    own->found = s->leak->found_at ? rc_bind_finish(b, s->leak->found_at) : UINT32_MAX;
    own->since = rc_bind_state(b, "leak.since", NAN);
    own->leaks = output(b, s, "leak.chance", RC_OUT_SHARE, "share");
    own->hopes = output(b, s, "leak.false_hope", RC_OUT_SHARE, "share");
    own->weeks = output(b, s, "leak.weeks_of_false_hope", RC_OUT_SPREAD, "weeks");
    own->launched = output(b, s, "leak.shows_after_launch", RC_OUT_SHARE, "share");
    rc_bind_driver(
        b, own->leak_points, id,
        rc_bind_print(b, "A leak in %s",
                      s->head.name != s->head.id ? s->head.name : "the data"),
        RC_STATED);
}

static void assume(const rc_data *s, rc_binder *b)
{
    if (!s->usable.given)
        rc_bind_assumed(b, "all items of %s are usable", s->head.name);
    if (!s->consent.given)
        rc_bind_assumed(b, "all items of %s may be used", s->head.name);
    if (s->leak && !s->leak->found_at)
        rc_bind_assumed(b, "nothing finds a leak before the launch");
}

static void *bind(const void *at, rc_binder *b)
{
    const rc_data *s = at;
    bound *own = rc_bind_alloc(b, 1, sizeof *own);
    own->labelled = s->label_delay.given;
    own->finish = rc_bind_own_finish(b, s);
    own->items = rc_bind_state(b, "data.items", INFINITY);
    own->until = rc_bind_state(b, "data.until", -INFINITY);
    own->labels = rc_bind_state(b, "labels", 0.0);
    if (own->labelled)
        own->source = rc_bind_label_source(b, "data", s);
    own->on_hand = rc_bind_state(b, rc_bind_print(b, "%s.on_hand", path_of(b, s)), 0.0);
    own->quiet = rc_bind_state(b, rc_bind_print(b, "%s.quiet", path_of(b, s)), 0.0);
    own->got = output(b, s, "items", RC_OUT_SPREAD, "items");
    own->days = output(b, s, "days", RC_OUT_SPREAD, "days");
    own->enough = output(b, s, "p_enough", RC_OUT_SHARE, "share");
    bind_leak(own, b, s);
    assume(s, b);
    return own;
}

/* ---------------------------------------------------------------------- place */

static double usable_of(const rc_data *s, const rc_step *step, uint32_t lane)
{
    return rc_row_or(step, &s->usable, lane, 1.0) *
           rc_row_or(step, &s->consent, lane, 1.0);
}

/* What one run brings in. */
typedef struct supply {
    double days, delay; /* of the calendar: in all, of these until outcomes are known */
    double got, at_once, raw; /* usable in all, of these on hand; raw that came in */
} supply;

static supply supply_of(const rc_data *s, const rc_step *step, uint32_t lane)
{
    const double usable = usable_of(s, step, lane);
    const double items = rc_row(step, &s->items)[lane];
    const double have = rc_row_or(step, &s->have, lane, 0.0);
    const double arrives =
        rc_row_or(step, &s->arrives, lane, 0.0) / DAYS_PER_MONTH / step->slower[lane];
    const double in_all = rc_row_or(step, &s->in_all, lane, INFINITY);
    const double limit =
        rc_row_or(step, &s->give_up_after, lane, INFINITY) * DAYS_PER_MONTH;
    supply out = {.at_once = fmin(items, usable * have)};
    double days = rc_data_days(items, have, arrives, in_all, usable, &out.got);
    if (days > 0.0)
        out.delay = rc_row_or(step, &s->label_delay, lane, 0.0) * DAYS_PER_MONTH;
    if (days + out.delay > limit) {
        days = fmax(limit - out.delay, 0.0);
        out.got = fmin(items, usable * (have + arrives * days));
        out.raw = arrives * limit; /* those without an outcome are paid too */
        out.days = limit;
        return out;
    }
    out.raw = arrives * days;
    out.days = days + out.delay;
    return out;
}

/* A further round that starts here goes on collecting for the rework's length; as a later
 * part of a loop there is nothing to do: the data are there. */
static supply more_of(const rc_data *s, const rc_step *step, uint32_t lane)
{
    supply out = {0};
    if (!step->rework)
        return out;
    const double start = step->start[lane];
    const double arrives = rc_row_or(step, &s->arrives, lane, 0.0) / DAYS_PER_MONTH;
    out.days = rc_calendar_between(step, start,
                                   start + step->rework[lane] * step->slower[lane]);
    out.raw = arrives / step->slower[lane] * out.days;
    out.got = usable_of(s, step, lane) * out.raw;
    return out;
}

/* What "50 % of collect" needs to know. */
static void keep_pace(const bound *own, const rc_step *step, uint32_t lane,
                      const supply *in)
{
    const double start = step->start[lane], days = step->duration[lane];
    const double quiet =
        in->delay > 0.0 ? rc_calendar_after(step, start, in->delay) - start : 0.0;
    step->row[own->on_hand][lane] = in->got > 0.0 ? in->at_once / in->got : 1.0;
    step->row[own->quiet][lane] = days > 0.0 ? fmin(quiet / days, 1.0) : 0.0;
}

/* What is on hand at once, the rest evenly from when the first outcomes are known. */
static double done_after(const rc_step *step, uint32_t lane, double share)
{
    const bound *own = step->bound;
    const double on_hand = step->row[own->on_hand][lane];
    const double quiet = step->row[own->quiet][lane];
    if (share <= on_hand)
        return 0.0;
    return quiet + (1.0 - quiet) * (share - on_hand) / (1.0 - on_hand);
}

static void tell_labels(const bound *own, const rc_step *step, uint32_t lane,
                        const supply *in)
{
    const double start = step->start[lane], end = start + step->duration[lane];
    const double from =
        in->delay < in->days ? rc_calendar_after(step, start, in->delay) : start;
    step->row[own->labels][lane] += in->got;
    rc_label_source_place(&own->source, step, lane, in->got - in->at_once,
                          fmin(from, end), fmax(end - from, 0.0), 0.0);
}

static void tell_labellers(const bound *own, const rc_step *step, uint32_t lane,
                           const supply *in)
{
    double *items = &step->row[own->items][lane];
    *items = isinf(*items) ? in->got : *items + in->got;
    step->row[own->until][lane] =
        fmax(step->row[own->until][lane], step->start[lane] + step->duration[lane]);
}

static void place_leak(const rc_data *s, const bound *own, const rc_step *step,
                       uint32_t lane)
{
    const bool leaks = rc_uniform(rc_word(step, own->leak_word, 0, lane)) <
                       rc_row(step, &s->leak->chance)[lane];
    step->row[own->leak_points][lane] =
        leaks ? rc_row(step, &s->leak->loses)[lane] : 0.0;
}

static void add(double *row, double value)
{
    *row = isnan(*row) ? value : *row + value;
}

static void place(const rc_step *step, const uint32_t *lane, uint32_t n)
{
    const rc_data *s = step->settings;
    const bound *own = step->bound;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t l = lane[i];
        const bool first = step->round == 1;
        const supply in = first ? supply_of(s, step, l) : more_of(s, step, l);
        const double start = step->start[l];
        step->duration[l] =
            in.days > 0.0 ? rc_calendar_after(step, start, in.days) - start : 0.0;
        step->cost[l] = in.raw * rc_row_or(step, &s->cost_per_item, l, 0.0) +
                        (first ? rc_row_or(step, &s->licence, l, 0.0) : 0.0);
        keep_pace(own, step, l, &in);
        if (own->labelled)
            tell_labels(own, step, l, &in);
        else
            tell_labellers(own, step, l, &in);
        if (first && own->leak_points != UINT32_MAX)
            place_leak(s, own, step, l);
        add(&step->row[own->got][l], in.got);
        add(&step->row[own->days][l], in.days);
        step->row[own->enough][l] =
            step->row[own->got][l] >= rc_row(step, &s->items)[l] * (1.0 - 1e-12);
    }
}

/* ----------------------------------------------------------------------- live */

/* What became of a leak: who hoped for how long, who meets it after the launch. */
static void live(const rc_step *step)
{
    const rc_data *s = step->settings;
    const bound *own = step->bound;
    if (!s->leak)
        return;
    for (uint32_t l = 0; l < step->lanes; l++) {
        if (isnan(step->row[own->got][l]))
            continue; /* never began: the rows are NAN */
        const bool leaks = step->row[own->leak_points][l] > 0.0;
        const double since = step->row[own->since][l], launch = step->launch[l];
        double found = own->found == UINT32_MAX ? NAN : step->row[own->found][l];
        if (isnan(found) || found > launch)
            found = INFINITY;
        const bool hope = leaks && since < found;
        step->row[own->leaks][l] = leaks;
        step->row[own->hopes][l] = hope;
        if (hope && fmin(found, launch) < INFINITY)
            step->row[own->weeks][l] =
                (fmin(found, launch) - since) / WORKDAYS_PER_WEEK;
        if (launch < INFINITY)
            step->row[own->launched][l] = leaks && found == INFINITY;
    }
}

const rc_model rc_model_data = {
    .id = "data",
    .group = &group,
    .is_plan = true,
    .own_workers = true,
    .cost_kind = "data",
    .check = check,
    .typical = typical,
    .bind = bind,
    .place = place,
    .done_after = done_after,
    .live = live,
};

/* ---------------------------------------------------------------------- leaks */

rc_leaks rc_bind_leaks(rc_binder *b)
{
    rc_leaks leaks = {0};
    const rc_data *s;
    uint32_t n = 0;
    while (rc_bind_group(b, "data", n))
        n++;
    leaks.points = rc_bind_alloc(b, n, sizeof *leaks.points);
    leaks.found = rc_bind_alloc(b, n, sizeof *leaks.found);
    for (uint32_t i = 0; (s = rc_bind_group(b, "data", i)) != NULL; i++) {
        if (!s->leak)
            continue;
        leaks.points[leaks.n] = bind_points(b, s);
        leaks.found[leaks.n++] =
            s->leak->found_at ? rc_bind_finish(b, s->leak->found_at) : UINT32_MAX;
    }
    return leaks;
}

double rc_leaks_show(const rc_leaks *leaks, const rc_step *step, uint32_t lane,
                     double t)
{
    double shown = 0.0;
    for (uint32_t i = 0; i < leaks->n; i++) {
        const double found =
            leaks->found[i] == UINT32_MAX ? NAN : step->row[leaks->found[i]][lane];
        if (!(found <= t))
            shown += step->row[leaks->points[i]][lane];
    }
    return shown;
}
