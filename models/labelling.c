#include "labelling.h"
#include "idle.h"
#include "labels.h"
#include <math.h>

/* As in base/units.h, which a model may not include. */
#define WORKDAYS_PER_WEEK 5.0

/* ----------------------------------------------------------------- equations */

double rc_votes(double items, double votes_per_item, double rework, double disagreement)
{
    return items * votes_per_item / (1.0 - rework) + items * disagreement;
}

double rc_labelling_days(double votes, double labellers, double speed, double ramp_up)
{
    const double full = labellers * speed;
    if (votes < full * ramp_up / 2.0)
        return sqrt(2.0 * ramp_up * votes / full);
    return votes / full + ramp_up / 2.0;
}

static double binomial_chance(uint32_t r, uint32_t k, double a)
{
    double chance =
        1.0; /* C(r, k) a^k (1 - a)^(r - k), small factors with large ones */
    for (uint32_t i = 1; i <= k; i++)
        chance *= (double)(r - k + i) / (double)i * a;
    for (uint32_t i = k; i < r; i++)
        chance *= 1.0 - a;
    return chance;
}

double rc_majority(uint32_t r, double a)
{
    double right = 0.0;
    for (uint32_t k = r / 2 + 1; k <= r; k++)
        right += binomial_chance(r, k, a);
    return right;
}

double rc_majority_adjudicated(uint32_t r, double a, double rho)
{
    double right = rc_majority(r, a);
    if (r % 2 == 0)
        right += binomial_chance(r, r / 2, a) * a;
    return rho * a + (1.0 - rho) * right;
}

double rc_label_worth(double positives, double missed, double false_alarms)
{
    const double seen = positives * (1.0 - missed) + (1.0 - positives) * false_alarms;
    const double told = 1.0 - missed - false_alarms;
    if (!(told > 0.0 && seen > 0.0 && seen < 1.0))
        return 0.0; /* labels that tell nothing about the class */
    return told * told * positives * (1.0 - positives) / (seen * (1.0 - seen));
}

double rc_label_worth_of_classes(double classes, double wrong)
{
    const double told = 1.0 - wrong * classes / (classes - 1.0);
    return told > 0.0 ? told * told : 0.0;
}

/* ------------------------------------------------------------------ settings */

#define AT(member) .offset = offsetof(rc_labelling, member)

static const rc_setting settings[] = {
    {.key = "items",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_COUNT,
     AT(items),
     .required = true,
     .low = 1.0,
     .high = 1e12,
     .help = "how many examples are to be labelled"},
    {.key = "votes_per_item",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(votes_per_item),
     .fallback = "1",
     .low = 1.0,
     .high = 101.0,
     .help = "independent votes on each item"},
    {.key = "labellers",
     .kind = RC_REAL,
     .dimension = RC_NUMBER,
     AT(labellers),
     .fallback = "1",
     .low = 0.01,
     .high = 1e6,
     .help = "how many people label"},
    {.key = "ramp_up",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_TIME,
     AT(ramp_up),
     .low = 0.0,
     .high = 5000.0,
     .help =
         "until a new labeller is at full speed, rising linearly; without it at once"},
    {.key = "speed",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_COUNT_PER_DAY,
     AT(speed),
     .required = true,
     .low = 1e-6,
     .high = 1e9,
     .help = "votes per labeller and day at full speed"},
    {.key = "disagreement",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     AT(disagreement),
     .low = 0.0,
     .high = 1.0,
     .help = "share of items that go to adjudication, which is one more vote; default "
             "none"},
    {.key = "rework",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     AT(rework),
     .low = 0.0,
     .high = 0.99,
     .help =
         "share of votes that fail the gold-set check and are redone; default none"},
    {.key = "cost_per_vote",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_MONEY,
     AT(cost_per_vote),
     .low = 0.0,
     .high = 1e6,
     .help = "price of one vote; default nothing"},
    {.key = "positives",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     AT(positives),
     .low = 0.0,
     .high = 1.0,
     .help = "share of items that are positive: needed with missed or false_alarms"},
    {.key = "missed",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     AT(missed),
     .low = 0.0,
     .high = 1.0,
     .help = "share of positives labelled negative, after adjudication; default none"},
    {.key = "false_alarms",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     AT(false_alarms),
     .low = 0.0,
     .high = 1.0,
     .help = "share of negatives labelled positive, after adjudication; default none"},
    {.key = "classes",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(classes),
     .fallback = "2",
     .low = 2.0,
     .high = 1e6,
     .help = "classes that a label chooses from, for `wrong` and `accuracy`"},
    {.key = "wrong",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     AT(wrong),
     .low = 0.0,
     .high = 1.0,
     .help =
         "share of final labels that are wrong, evenly over the classes; default none"},
    {.key = "accuracy",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     AT(accuracy),
     .low = 0.0,
     .high = 1.0,
     .help = "chance that one vote is right; what a majority leaves is wrong"},
    {.key = "votes_correlate",
     .kind = RC_REAL,
     .dimension = RC_NUMBER,
     AT(votes_correlate),
     .fallback = "0.3",
     .low = 0.0,
     .high = 1.0,
     .help = "correlation of two votes on an item, for `accuracy` (our judgement: real "
             "crowds gain far less than independent votes would)"},
    {.key = "systematic",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     AT(systematic),
     .low = 0.0,
     .high = 1.0,
     .help =
         "share of labels that are wrong in the same way each time: no model trained "
         "on them gets below this error"},
    {0},
};

static const rc_group group = {
    .name = "labelling",
    .size = sizeof(rc_labelling),
    .settings = settings,
    .help = "a pool of labellers: time, money, and what noisy labels are worth",
};

static void check(const void *at, const rc_goals *goals, rc_faults *faults)
{
    (void)goals;
    const rc_labelling *s = at;
    const bool by_class = s->missed.given || s->false_alarms.given;
    if (by_class && !s->positives.given)
        rc_fault(faults, s->head.at, "add positives = \"6 to 11 %\"",
                 "missed and false_alarms need the share of positives");
    if (by_class + s->wrong.given + s->accuracy.given > 1)
        rc_fault(faults, s->head.at,
                 "keep missed and false_alarms, or wrong, or accuracy",
                 "label noise is described twice");
    const bool counts_classes = s->wrong.given || s->accuracy.given;
    const rc_idle idle[] = {
        {s->positives.given && !by_class, s->positives.at,
         "'positives' says nothing without 'missed' or 'false_alarms'",
         "add missed = \"2 to 6 %\""},
        {s->classes != 2 && !counts_classes, s->head.at,
         "'classes' says nothing without 'wrong' or 'accuracy'",
         "add wrong = \"3 to 8 %\""},
        {s->votes_correlate != RC_VOTES_CORRELATE &&
             !(s->accuracy.given && s->votes_per_item > 1),
         s->head.at,
         "'votes_correlate' is of several votes on an item, each with its 'accuracy'",
         "add votes_per_item = 3 and accuracy = \"85 %\""},
    };
    rc_refuse_idle(faults, idle, sizeof idle / sizeof *idle);
    if (s->ramp_up.calendar)
        rc_fault(faults, s->ramp_up.at, "write days or weeks",
                 "ramp_up is working time, not calendar days");
}

/* --------------------------------------------------------------------- place */

typedef struct bound {
    uint32_t labels, systematic; /* state row shared with searches */
    rc_label_source source;
    /* rows of the data that there are to label; UINT32_MAX: nothing is said about them */
    uint32_t data_items, data_until;
    uint32_t days, votes, effective, labelled; /* state rows of outputs */
    /* figures.labelling: working days of a step; 0: another pool's */
    double step_days;
    uint32_t burn_up, step_row, wanted_row; /* a series, and rows of outputs */
    uint32_t from, took, ramp, items;       /* state rows: the first round */
} bound;

static double median_or(const rc_estimate *e, double absent)
{
    return e->given ? rc_median(e) : absent;
}

static double typical(const void *at)
{
    const rc_labelling *s = at;
    const double votes =
        rc_votes(rc_median(&s->items), (double)s->votes_per_item,
                 median_or(&s->rework, 0.0), median_or(&s->disagreement, 0.0));
    return rc_labelling_days(votes, s->labellers, rc_median(&s->speed),
                             median_or(&s->ramp_up, 0.0));
}

static uint32_t output(rc_binder *b, const rc_labelling *s, const char *what,
                       const char *unit)
{
    return rc_bind_shown(b, rc_bind_print(b, "labelling[%s].%s", s->head.id, what),
                         RC_OUT_SPREAD, unit, s->head.name);
}

static uint32_t row_of(rc_binder *b, const rc_labelling *s, const char *what)
{
    return rc_bind_state(b, rc_bind_print(b, "labelling.%s.first.%s", s->head.id, what),
                         NAN);
}

static void bind_figure(bound *own, rc_binder *b, const rc_labelling *s)
{
    const void *first = rc_bind_group(b, "labelling", 0);
    if (first && first != s)
        return;
    const double deadline = rc_bind_goals(b)->deadline_days;
    const double until = isinf(deadline) ? 4.0 * typical(s) : 1.5 * deadline;
    own->step_days =
        WORKDAYS_PER_WEEK *
        fmax(ceil(until / WORKDAYS_PER_WEEK / (RC_LABELLING_STEPS - 1)), 1.0);
    own->burn_up = rc_bind_series(b, "figures.labelling.done", RC_LABELLING_STEPS, NAN);
    rc_bind_output(b, (rc_output){.path = "figures.labelling.done",
                                  .kind = RC_OUT_SPREAD,
                                  .unit = "items",
                                  .row = own->burn_up,
                                  .series = RC_LABELLING_STEPS,
                                  .name = s->head.name});
    own->step_row = rc_bind_watched(b,
                                    (rc_output){.path = "figures.labelling.step_days",
                                                .kind = RC_OUT_MEAN,
                                                .unit = "days",
                                                .name = s->head.name},
                                    NAN);
    own->wanted_row = rc_bind_watched(b,
                                      (rc_output){.path = "figures.labelling.wanted",
                                                  .kind = RC_OUT_SPREAD,
                                                  .unit = "items",
                                                  .name = s->head.name},
                                      NAN);
    own->from = row_of(b, s, "from");
    own->took = row_of(b, s, "took");
    own->ramp = row_of(b, s, "ramp");
    own->items = row_of(b, s, "items");
}

static void *bind(const void *at, rc_binder *b)
{
    const rc_labelling *s = at;
    bound *own = rc_bind_alloc(b, 1, sizeof *own);
    own->labels = rc_bind_state(b, "labels", 0.0);
    own->systematic = rc_bind_state(b, "labels.systematic", 0.0);
    own->source = rc_bind_label_source(b, "labelling", s);
    own->data_items = own->data_until = UINT32_MAX;
    if (rc_bind_group(b, "data", 0)) {
        own->data_items = rc_bind_state(b, "data.items", INFINITY);
        own->data_until = rc_bind_state(b, "data.until", -INFINITY);
    }
    own->days = output(b, s, "days", "days");
    own->votes = output(b, s, "votes", "votes");
    own->effective = output(b, s, "effective", "labels");
    own->labelled = output(b, s, "items", "items");
    bind_figure(own, b, s);
    if (s->accuracy.given)
        rc_bind_assumed(b, "votes on an item correlate %.2g", s->votes_correlate);
    return own;
}

static double worth(const rc_labelling *s, const rc_step *step, uint32_t lane)
{
    if (s->missed.given || s->false_alarms.given)
        return rc_label_worth(rc_row(step, &s->positives)[lane],
                              rc_row_or(step, &s->missed, lane, 0.0),
                              rc_row_or(step, &s->false_alarms, lane, 0.0));
    double wrong = rc_row_or(step, &s->wrong, lane, 0.0);
    if (s->accuracy.given)
        wrong = 1.0 - rc_majority_adjudicated((uint32_t)s->votes_per_item,
                                              rc_row(step, &s->accuracy)[lane],
                                              s->votes_correlate);
    return rc_label_worth_of_classes((double)s->classes, wrong);
}

static void keep_first_round(const bound *own, const rc_step *step, uint32_t lane,
                             double items, double ramp)
{
    step->row[own->from][lane] = step->start[lane];
    step->row[own->took][lane] = step->duration[lane];
    step->row[own->ramp][lane] = ramp;
    step->row[own->items][lane] = items;
}

static void add(double *row, double value)
{
    *row = isnan(*row) ? value : *row + value;
}

/* No more than there are data. */
static double items_of(const rc_labelling *s, const bound *own, const rc_step *step,
                       uint32_t lane)
{
    const double items = rc_row(step, &s->items)[lane];
    return own->data_items == UINT32_MAX
               ? items
               : fmin(items, step->row[own->data_items][lane]);
}

/* A further round of which labelling is the start labels for its rework's length, by
 * people at full speed; as a later part of a loop it labels as many items again. */
static void place(const rc_step *step, const uint32_t *lane, uint32_t n)
{
    const rc_labelling *s = step->settings;
    const bound *own = step->bound;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t l = lane[i];
        const double items = items_of(s, own, step, l);
        const double speed = rc_row(step, &s->speed)[l];
        const double all = rc_votes(items, (double)s->votes_per_item,
                                    rc_row_or(step, &s->rework, l, 0.0),
                                    rc_row_or(step, &s->disagreement, l, 0.0));
        const double ramp_up =
            step->round == 1 ? rc_row_or(step, &s->ramp_up, l, 0.0) : 0.0;
        double days = rc_labelling_days(all, s->labellers, speed, ramp_up);
        double part = 1.0;
        if (step->rework && step->rework[l] < days) {
            part = step->rework[l] / days;
            days = step->rework[l];
        }
        const double effective = part * items * worth(s, step, l);
        step->duration[l] = days * step->slower[l];
        if (own->data_until != UINT32_MAX && step->round == 1) /* the last comes late */
            step->duration[l] =
                fmax(step->duration[l], step->row[own->data_until][l] - step->start[l]);
        step->cost[l] = part * all * rc_row_or(step, &s->cost_per_vote, l, 0.0);
        step->row[own->labels][l] += effective;
        rc_label_source_place(&own->source, step, l, effective, step->start[l],
                              step->duration[l], ramp_up * step->slower[l]);
        step->row[own->systematic][l] = fmax(step->row[own->systematic][l],
                                             rc_row_or(step, &s->systematic, l, 0.0));
        if (own->step_days > 0.0 && step->round == 1 && !step->verdict_only)
            keep_first_round(own, step, l, items, ramp_up * step->slower[l]);
        add(&step->row[own->labelled][l], part * items);
        add(&step->row[own->days][l], step->duration[l]);
        add(&step->row[own->votes][l], part * all);
        add(&step->row[own->effective][l], effective);
    }
}

/* Labels come slowly while people learn. */
static double done_after(const rc_step *step, uint32_t lane, double share)
{
    const bound *own = step->bound;
    return rc_labels_done_after(share, step->row[own->source.days][lane],
                                step->row[own->source.ramp][lane]);
}

/* The figure: items labelled by each of its days. */
static void live(const rc_step *step)
{
    const rc_labelling *s = step->settings;
    const bound *own = step->bound;
    if (!(own->step_days > 0.0))
        return;
    for (uint32_t l = 0; l < step->lanes; l++) {
        const double from = step->row[own->from][l];
        if (isnan(from))
            continue; /* never began: the rows are NAN */
        const double took = step->row[own->took][l];
        const double finish =
            own->source.finish == UINT32_MAX ? NAN : step->row[own->source.finish][l];
        const double end = isnan(finish) ? from + took : finish;
        for (uint32_t k = 0; k < RC_LABELLING_STEPS; k++) {
            const double t = k * own->step_days;
            const double done = t >= end
                                    ? 1.0
                                    : rc_labels_done((t - from) / (end - from), took,
                                                     step->row[own->ramp][l]);
            step->row[own->burn_up + k][l] = done * step->row[own->items][l];
        }
        step->row[own->step_row][l] = own->step_days;
        step->row[own->wanted_row][l] = rc_row(step, &s->items)[l];
    }
}

const rc_model rc_model_labelling = {
    .id = "labelling",
    .group = &group,
    .is_plan = true,
    .own_workers = true,
    .cost_kind = "labelling",
    .check = check,
    .typical = typical,
    .bind = bind,
    .place = place,
    .done_after = done_after,
    .live = live,
};
