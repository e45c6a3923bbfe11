/* online_test.c -- the settings of a test on users, and what it measures. */
#include "online_test.h"
#include "production.h"
#include "test_set.h"
#include <math.h>
#include <string.h>

static const rc_setting effect_settings[] = {
    {.key = "per_point",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_CHANGE,
     .offset = offsetof(rc_online_effect, per_point),
     .low = -1,
     .high = 10,
     .help = "relative change of the measure for each point by which quality is better "
             "online than today's model; positive is for the better"},
    {.key = "middle",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_CHANGE,
     .offset = offsetof(rc_online_effect, middle),
     .low = -1,
     .high = 10,
     .help =
         "instead of per_point: relative change of the measure, whatever quality is"},
    {.key = "scale",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_CHANGE,
     .offset = offsetof(rc_online_effect, scale),
     .low = 0,
     .high = 10,
     .help = "how far true effects lie around that: scale of a Student t; default 0, "
             "and half of smallest_effect where nothing else is said (our judgement)"},
    {.key = "tails",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_NUMBER,
     .offset = offsetof(rc_online_effect, tails),
     .low = .5,
     .high = 1e6,
     .help = "degrees of freedom of that Student t, the fewer the more giants; default "
             "between 1.3 and 3 (Azevedo 2020; 30 and more: a normal law)"},
    {.key = "each_round",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_CHANGE,
     .offset = offsetof(rc_online_effect, each_round),
     .low = -1,
     .high = 10,
     .help = "what each further round adds to the true effect; default nothing"},
    {0}};

static const rc_group effect_group = {"effect", sizeof(rc_online_effect),
                                      effect_settings,
                                      "what the new model truly does to the measure"};

static const rc_setting settings[] = {
    RC_OWN_HEAD_ROWS(rc_online_test,
                     "what a task's plan calls it; default online_test"),
    {.key = "traffic",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_COUNT_PER_MONTH,
     .offset = offsetof(rc_online_test, traffic),
     .required = true,
     .low = 1e-6,
     .high = 1e15,
     .help = "units (visitors, cards, calls) that enter the test, all arms together: "
             "\"50k /day\"; weekends count"},
    {.key = "base_rate",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_online_test, base_rate),
     .low = 1e-9,
     .high = 1 - 1e-9,
     .help = "share of units that count in the measure today: a conversion, a loss"},
    {.key = "sd_over_mean",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_NUMBER,
     .offset = offsetof(rc_online_test, sd_over_mean),
     .low = 1e-6,
     .high = 1e6,
     .help =
         "instead of base_rate: standard deviation of the measure between units over "
         "its mean, as of money spent"},
    {.key = "smallest_effect",
     .kind = RC_REAL,
     .dimension = RC_CHANGE,
     .offset = offsetof(rc_online_test, smallest_effect),
     .required = true,
     .low = 1e-6,
     .high = 10,
     .help = "relative change that the test is made long enough to show"},
    {.key = "ship_above",
     .kind = RC_REAL,
     .dimension = RC_CHANGE,
     .offset = offsetof(rc_online_test, ship_above),
     .fallback = "0 %",
     .low = -1,
     .high = 10,
     .help =
         "it ships when the effect is shown to be above this; below 0 % it need only "
         "be shown that little is lost"},
    {.key = "sure",
     .kind = RC_REAL,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_online_test, sure),
     .fallback = "95 %",
     .low = .5,
     .high = .999999,
     .help =
         "confidence with which an effect is shown, two-sided: at 95 % 1 in 40 tests "
         "of nothing at all ships (usual practice)"},
    {.key = "power",
     .kind = RC_REAL,
     .dimension = RC_SHARE,
     .offset = offsetof(rc_online_test, power),
     .fallback = "80 %",
     .low = .5,
     .high = .999999,
     .help = "chance that the smallest effect is shown (usual practice)"},
    {.key = "at_least",
     .kind = RC_REAL,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_online_test, at_least),
     .fallback = "2 weeks",
     .low = 1 / 30.4375, /* a day */
     .high = 120,
     .help = "shortest test, whole weeks so that each weekday counts alike (usual "
             "practice); calendar time"},
    {.key = "at_most",
     .kind = RC_REAL,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_online_test, at_most),
     .low = 1 / 30.4375,
     .high = 120,
     .help = "longest test: what the smallest effect would need beyond it is done "
             "without; default no limit"},
    {.key = "arms",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     .offset = offsetof(rc_online_test, arms),
     .fallback = "2",
     .low = 2,
     .high = 100,
     .help = "models that share the traffic, the one in service included"},
    {.key = "waits",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_MONTHS,
     .offset = offsetof(rc_online_test, waits),
     .low = 0,
     .high = 120,
     .help = "calendar time until a slot for tests is free; default none"},
    {.key = "effect",
     .kind = RC_GROUP,
     .offset = offsetof(rc_online_test, effect),
     .of = &effect_group,
     .help = "what the new model truly does to the measure; default a Student t around "
             "no change, its scale half of smallest_effect (our judgement)"},
    {0}};

static const rc_group group = {
    "online_test", sizeof(rc_online_test), settings,
    "a test on users: how long it takes, and whether what it measures lets it ship"};

static const double days_per_month = 30.4375;
static const double least_tails = 1.3, most_tails = 3;

/* ------------------------------------------------------------------- checking */

/* Points are counted from today's model, which a search starts from. */
static void check_per_point(const rc_estimate *per_point, const rc_goals *goals,
                            rc_faults *faults)
{
    static const char *const instead = "write middle = \"1 to 3 %\" instead";
    if (!goals->target.given) {
        rc_fault(faults, per_point->at, instead,
                 "'per_point' counts points of the target's metric, and no target is "
                 "set");
        return;
    }
    const rc_experiments *search;
    for (uint32_t i = 0; (search = rc_check_group(faults, "experiments", i)); i++)
        if (strcmp(rc_experiments_metric(search, goals), goals->target.metric) == 0)
            return;
    rc_fault(
        faults, per_point->at, instead,
        "'per_point' counts points above today's model, and no search of '%s' says "
        "how good that is",
        goals->target.metric);
}

static void check_effect(const rc_online_test *s, const rc_goals *goals,
                         rc_faults *faults)
{
    const rc_online_effect *e = s->effect;
    if (!e)
        return;
    if (e->per_point.given && e->middle.given)
        rc_fault(faults, e->middle.at, "drop one of them",
                 "an effect is per_point of quality or has a middle, not both");
    if (e->per_point.given)
        check_per_point(&e->per_point, goals, faults);
    if (e->tails.given && !e->scale.given && (e->per_point.given || e->middle.given))
        rc_fault(faults, e->tails.at, "add scale = \"0.5 to 1 %\"",
                 "'tails' are of what 'scale' spreads");
}

static void check(const void *settings_, const rc_goals *goals, rc_faults *faults)
{
    const rc_online_test *s = settings_;
    if (s->base_rate.given == s->sd_over_mean.given)
        rc_fault(faults, s->base_rate.given ? s->sd_over_mean.at : s->head.at,
                 s->base_rate.given ? "drop one of them"
                                    : "add base_rate = \"2 %\", or sd_over_mean",
                 "a test needs to know how much its measure varies: base_rate or "
                 "sd_over_mean");
    if (!(s->smallest_effect > s->ship_above))
        rc_fault(faults, s->head.at, NULL,
                 "the smallest effect, %g %%, is not above what ships, %g %%",
                 100 * s->smallest_effect, 100 * s->ship_above);
    if (s->at_most > 0 && s->at_most < s->at_least - 1e-12)
        rc_fault(faults, s->head.at, "at_least is 2 weeks unless given",
                 "a test of at most %g days cannot run for at least %g",
                 s->at_most * days_per_month, s->at_least * days_per_month);
    check_effect(s, goals, faults);
}

/* -------------------------------------------------------------------- length */

double rc_online_test_size(double cv, double effect, double sure, double power)
{
    const double z = rc_normal_quantile(1 - (1 - sure) / 2) + rc_normal_quantile(power);
    return 2 * z * z * cv * cv / (effect * effect);
}

static double cv_of_share(double p)
{
    return sqrt((1 - p) / p);
}

/* Whole days; the hair is what a rate per month costs in digits. */
static double whole_days(double days)
{
    return ceil(days - 1e-9 * fmax(1, days));
}

static double days_of(const rc_online_test *s, double cv, double per_day)
{
    const double n =
        rc_online_test_size(cv, s->smallest_effect - s->ship_above, s->sure, s->power);
    double days = whole_days(n * (double)s->arms / per_day);
    if (s->at_most > 0)
        days = fmin(days, whole_days(s->at_most * days_per_month));
    return fmax(days, whole_days(s->at_least * days_per_month));
}

/* Working days: for priorities weeks have five of them. */
static double typical(const void *settings_)
{
    const rc_online_test *s = settings_;
    const double cv = s->base_rate.given ? cv_of_share(rc_median(&s->base_rate))
                                         : rc_median(&s->sd_over_mean);
    const double days = days_of(s, cv, rc_median(&s->traffic) / days_per_month);
    const double waits = s->waits.given ? rc_median(&s->waits) * days_per_month : 0;
    return (waits + days) * 5 / 7;
}

/* ---------------------------------------------------------------------- bind */

typedef struct bound {
    bool by_quality; /* per_point */
    rc_tested_metric metric;
    double points; /* of quality, in a unit of the metric: 100 of a share */
    const rc_estimate *transfer; /* NULL: all of a gain arrives online */
    double sure_z;
    uint32_t effect_words, tails_words, noise_words;
    /* state */
    uint32_t ships, units, measured, added;
    /* outputs */
    uint32_t days, waited, per_arm, false_ship, missed, truth, seen, shipped, shown,
        curse;
} bound;

static void bind_outputs(bound *own, rc_binder *b, const rc_online_test *s)
{
    const rc_shown_row rows[] = {
        {&own->days, "days", RC_OUT_SPREAD, "calendar days"},
        {&own->waited, "waited", RC_OUT_SPREAD, "calendar days"},
        {&own->per_arm, "per_arm", RC_OUT_SPREAD, "units"},
        {&own->ships, "p_ship", RC_OUT_SHARE, "share"},
        {&own->false_ship, "p_false_ship", RC_OUT_SHARE, "share"},
        {&own->missed, "p_missed", RC_OUT_SHARE, "share"},
        {&own->truth, "true_effect", RC_OUT_SPREAD, "change"},
        {&own->seen, "measured_effect", RC_OUT_SPREAD, "change"},
        {&own->shipped, "shipped_effect", RC_OUT_SPREAD, "change"},
        {&own->shown, "shipped_measured", RC_OUT_SPREAD, "change"},
        {&own->curse, "winners_curse", RC_OUT_SPREAD, "change"},
    };
    rc_bind_table(b, rc_bind_print(b, "online_test[%s]", s->head.id), s->head.name,
                  rows, sizeof rows / sizeof *rows);
}

static bool spreads(const rc_online_test *s)
{
    const rc_online_effect *e = s->effect;
    return !e || e->scale.given || !(e->per_point.given || e->middle.given);
}

static void assume(const rc_online_test *s, rc_binder *b)
{
    const rc_online_effect *e = s->effect;
    if (spreads(s) && !(e && e->scale.given))
        rc_bind_assumed(b, "true effects online lie around %s with a scale of %g %%",
                        e && (e->per_point.given || e->middle.given) ? "it" : "0 %",
                        50 * (s->smallest_effect - s->ship_above));
    if (spreads(s) && !(e && e->tails.given))
        rc_bind_assumed(b, "true effects online have tails of 1.3 to 3 degrees of "
                           "freedom");
}

static void *bind(const void *settings_, rc_binder *b)
{
    const rc_online_test *s = settings_;
    const rc_target *target = &rc_bind_goals(b)->target;
    bound *own = rc_bind_alloc(b, 1, sizeof *own);
    own->by_quality = s->effect && s->effect->per_point.given && target->given;
    if (own->by_quality) {
        own->metric = rc_bind_tested_metric(b, target->metric);
        own->points =
            (rc_target_is_share(target) ? 100 : 1) * (own->metric.up ? 1 : -1);
        const rc_production *production = rc_bind_group(b, "production", 0);
        if (production && production->transfer.given)
            own->transfer = &production->transfer;
    }
    own->sure_z = rc_normal_quantile(1 - (1 - s->sure) / 2);
    own->effect_words = rc_bind_words(b, rc_bind_print(b, "%s.effect", s->head.id));
    own->tails_words = rc_bind_words(b, rc_bind_print(b, "%s.tails", s->head.id));
    own->noise_words = rc_bind_words(b, rc_bind_print(b, "%s.noise", s->head.id));
    own->units =
        rc_bind_state(b, rc_bind_print(b, "online_test.%s.units", s->head.id), 0);
    own->measured =
        rc_bind_state(b, rc_bind_print(b, "online_test.%s.measured", s->head.id), 0);
    own->added =
        rc_bind_state(b, rc_bind_print(b, "online_test.%s.added", s->head.id), 0);
    bind_outputs(own, b, s);
    assume(s, b);
    return own;
}

/* --------------------------------------------------------------- one future */

/* Points of quality by which the new model is better online than today's. */
static double points_online(const rc_step *step, const bound *own, uint32_t lane)
{
    const rc_tested_metric *m = &own->metric;
    const double baseline = rc_row(step, &m->search->baseline)[lane];
    const double gain = own->points * (step->row[m->truth][lane] - baseline);
    return own->transfer ? rc_row(step, own->transfer)[lane] * gain : gain;
}

static double student(const rc_step *step, const rc_online_test *s, const bound *own,
                      uint32_t lane)
{
    const rc_online_effect *e = s->effect;
    double tails = least_tails;
    if (e && e->tails.given)
        tails = rc_row(step, &e->tails)[lane];
    else
        tails += (most_tails - least_tails) *
                 rc_uniform(rc_word(step, own->tails_words, 0, lane));
    const double u = rc_uniform(rc_word(step, own->effect_words, 0, lane));
    return rc_student_quantile(u, tails);
}

static double true_effect(const rc_step *step, const rc_online_test *s,
                          const bound *own, uint32_t lane)
{
    const rc_online_effect *e = s->effect;
    double effect = step->row[own->added][lane];
    if (own->by_quality)
        effect += rc_row(step, &e->per_point)[lane] * points_online(step, own, lane);
    else if (e)
        effect += rc_row_or(step, &e->middle, lane, 0);
    if (spreads(s)) {
        const double unsaid = .5 * (s->smallest_effect - s->ship_above);
        const double scale = e ? rc_row_or(step, &e->scale, lane, unsaid) : unsaid;
        effect += scale * student(step, s, own, lane);
    }
    return fmax(effect, -1); /* nothing is left of a measure */
}

/* One test, or the days by which it runs on. */
typedef struct run {
    double days;
    double takes; /* working days, from the start of the task */
    double waited;
    bool goes_on;
} run;

static run run_of(const rc_step *step, const rc_online_test *s, double cv,
                  double per_day, uint32_t lane)
{
    const double start = step->start[lane], slower = step->slower[lane];
    run it = {0};
    if (step->rework) {
        it.goes_on = true;
        it.takes = step->rework[lane] * slower;
        it.days = rc_calendar_between(step, start, start + it.takes);
        return it;
    }
    if (s->waits.given)
        it.waited = rc_each(step, &s->waits, step->round, lane) * days_per_month;
    it.days = days_of(s, cv, per_day) * slower;
    it.takes = rc_calendar_after(step, start, it.waited + it.days) - start;
    return it;
}

static void add(double *row, double value)
{
    *row = isnan(*row) ? value : *row + value;
}

/* What is known at its end: measured on all units of this test, n in each arm. */
static void conclude(const rc_step *step, const rc_online_test *s, const bound *own,
                     uint32_t lane, double n, double cv, double truth)
{
    const double measured = step->row[own->measured][lane];
    const bool ships = measured - own->sure_z * cv * sqrt(2 / n) > s->ship_above;
    step->row[own->per_arm][lane] = n;
    step->row[own->ships][lane] = ships;
    step->row[own->false_ship][lane] = ships && truth <= s->ship_above;
    step->row[own->missed][lane] = !ships && truth >= s->smallest_effect;
    step->row[own->truth][lane] = truth;
    step->row[own->seen][lane] = measured;
    step->row[own->shipped][lane] = ships ? truth : NAN;
    step->row[own->shown][lane] = ships ? measured : NAN;
    step->row[own->curse][lane] = ships ? measured - truth : NAN;
}

static void test(const rc_step *step, const rc_online_test *s, const bound *own,
                 uint32_t lane)
{
    const double cv = s->base_rate.given
                          ? cv_of_share(rc_row(step, &s->base_rate)[lane])
                          : rc_row(step, &s->sd_over_mean)[lane];
    const double per_day = rc_row(step, &s->traffic)[lane] / days_per_month;
    const run it = run_of(step, s, cv, per_day, lane);
    const rc_online_effect *e = s->effect;
    if (step->round > 1 && !it.goes_on && e && e->each_round.given)
        step->row[own->added][lane] += rc_each(step, &e->each_round, step->round, lane);
    const double truth = true_effect(step, s, own, lane);

    double *units = &step->row[own->units][lane];
    double *measured = &step->row[own->measured][lane];
    const double n = it.days * per_day / (double)s->arms;
    if (n > 0) {
        const double z = rc_normal_quantile(
            rc_uniform(rc_word(step, own->noise_words, step->round, lane)));
        const double before = it.goes_on ? *units : 0;
        const double seen = truth + z * cv * sqrt(2 / n);
        *measured = (before * *measured + n * seen) / (before + n);
        *units = before + n;
    }
    conclude(step, s, own, lane, *units, cv, truth);
    add(&step->row[own->days][lane], it.days);
    add(&step->row[own->waited][lane], it.waited);
    step->duration[lane] = it.takes;
}

static void place(const rc_step *step, const uint32_t *lane, uint32_t n)
{
    for (uint32_t j = 0; j < n; j++)
        test(step, step->settings, step->bound, lane[j]);
}

bool rc_online_test_passes(const void *settings_, const void *bound_,
                           const rc_step *gate_step, uint32_t lane)
{
    (void)settings_;
    const bound *own = bound_;
    return !(gate_step->row[own->ships][lane] == 0); /* not run: nothing against it */
}

const rc_model rc_model_online_test = {
    .id = "online_test",
    .group = &group,
    .is_plan = true,
    .own_workers = true,
    .check = check,
    .typical = typical,
    .bind = bind,
    .place = place,
};
