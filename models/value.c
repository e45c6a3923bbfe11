/* value.c -- value bound to a plan, and one future of it. */
#include "value.h"
#include "condition.h"
#include "earning.h"
#include "production.h"
#include <math.h>
#include <string.h>

/* A week in months of 30.4375 days: how much later a launch is for the cost of delay. */
static const double week = 7 / 30.4375;
static const double days_per_month = 30.4375;

#define NONE UINT32_MAX

typedef struct segment_bound {
    const rc_value_segment *own; /* NULL: everybody else */
    double share;
    bool needs_target; /* its need is of the metric whose quality is followed */
    uint32_t needs;    /* state row of another metric; NONE */
    uint32_t served;   /* series of state rows */
    uint32_t served_from, ever, value, share_of_value;
} segment_bound;

typedef struct bound {
    bool rated; /* there is a target, and quality brings more or less */
    bool up;
    double target, month_later;
    uint32_t metric; /* state row: true value at the launch */
    bool followed;   /* by production, month by month */
    rc_service service;
    uint32_t after_launch;     /* state row: money of tasks that follow the launch */
    const rc_production *life; /* NULL: nothing is said about it */
    const void *life_bound;
    uint32_t months;
    segment_bound *segment; /* those of the settings, and everybody else */
    uint32_t segments_n;
    uint32_t problem_words, known_at; /* NONE */
    uint32_t npv, pays, over_today, beats_today, today, launched, delay, paid_back,
        pays_back, right;
    uint32_t now, start; /* with another start: today's model, the search's */
    const rc_estimate *other_start;
    uint32_t by_month, today_by_month, cumulative, today_cumulative, gain; /* series */
} bound;

/* ------------------------------------------------------------------ binding */

static uint32_t bind_series(rc_binder *b, const char *path, rc_output_kind kind,
                            const char *unit, uint32_t n, const char *name)
{
    uint32_t row = rc_bind_series(b, path, n, NAN);
    rc_bind_output(b, (rc_output){.path = path,
                                  .kind = kind,
                                  .unit = unit,
                                  .row = row,
                                  .series = n,
                                  .name = name});
    return row;
}

static void bind_segment(rc_binder *b, const bound *own, segment_bound *out,
                         const rc_value_segment *segment, double share)
{
    const rc_target *target = &rc_bind_goals(b)->target;
    const char *id = segment ? segment->head.id : "everybody_else";
    const char *name = segment ? segment->head.name : "Everybody else";
    *out = (segment_bound){.own = segment, .share = share, .needs = NONE};
    if (segment && segment->needs.text) {
        const char *metric = segment->needs.metric;
        out->needs_target = target->given && strcmp(metric, target->metric) == 0;
        if (!out->needs_target)
            out->needs = rc_bind_state(b, rc_bind_print(b, "metric.%s", metric), NAN);
    }
    const rc_shown_row rows[] = {
        {&out->ever, "p_served", RC_OUT_SHARE, "share"},
        {&out->served_from, "served_from", RC_OUT_SPREAD, "months"},
        {&out->value, "value", RC_OUT_MEAN, "money"},
        {&out->share_of_value, "share_of_value", RC_OUT_MEAN, "share"},
    };
    const char *path = rc_bind_print(b, "value.segments[%s]", id);
    rc_bind_table(b, path, name, rows, sizeof rows / sizeof *rows);
    out->served = bind_series(b, rc_bind_print(b, "%s.served", path), RC_OUT_SHARE,
                              "share", own->months, name);
}

static void bind_segments(rc_binder *b, bound *own, const rc_value *s)
{
    const rc_value_segment *segment = s->segments.at;
    double left = 1;
    own->segment = rc_bind_alloc(b, s->segments.n + 1u, sizeof *own->segment);
    for (uint32_t i = 0; i < s->segments.n; i++) {
        bind_segment(b, own, &own->segment[own->segments_n++], &segment[i],
                     segment[i].share);
        left -= segment[i].share;
    }
    if (left > 1e-9 && s->segments.n)
        bind_segment(b, own, &own->segment[own->segments_n++], NULL, left);
    if (!s->segments.n) /* nobody needs anything of their own: nothing to tell */
        own->segment[own->segments_n++] = (segment_bound){.share = 1, .needs = NONE};
}

static void bind_outputs(rc_binder *b, bound *own, const rc_value *s)
{
    const bool today = s->today.given, problem = s->right_problem.given,
               two = own->other_start;
    const rc_target *target = &rc_bind_goals(b)->target;
    const char *unit = rc_target_is_share(target) ? "share" : target->unit;
    const rc_shown_row rows[] = {
        {&own->npv, "npv", RC_OUT_SPREAD, "money"},
        {&own->pays, "p_pays", RC_OUT_SHARE, "share"},
        {&own->launched, "npv_launched", RC_OUT_SPREAD, "money"},
        {&own->delay, "cost_of_delay", RC_OUT_SPREAD, "money a week"},
        {&own->paid_back, "paid_back", RC_OUT_SPREAD, "months"},
        {&own->pays_back, "p_paid_back", RC_OUT_SHARE, "share"},
        {today ? &own->over_today : NULL, "npv_over_today", RC_OUT_SPREAD, "money"},
        {today ? &own->beats_today : NULL, "p_beats_today", RC_OUT_SHARE, "share"},
        {today ? &own->today : NULL, "today", RC_OUT_SPREAD, "money"},
        {two ? &own->now : NULL, "today_quality", RC_OUT_MEAN, unit},
        {two ? &own->start : NULL, "search_starts_at", RC_OUT_MEAN, unit},
        {problem ? &own->right : NULL, "p_right_problem", RC_OUT_SHARE, "share"},
    };
    rc_bind_table(b, "value", NULL, rows, sizeof rows / sizeof *rows);
    own->by_month =
        bind_series(b, "value.by_month", RC_OUT_SPREAD, "money", own->months, NULL);
    own->cumulative = bind_series(b, "value.cumulative", RC_OUT_SPREAD, "money",
                                  own->months + 1, NULL);
    if (!s->today.given)
        return;
    own->today_by_month = bind_series(b, "value.today_by_month", RC_OUT_SPREAD, "money",
                                      own->months, NULL);
    own->today_cumulative = bind_series(b, "value.today_cumulative", RC_OUT_SPREAD,
                                        "money", own->months + 1, NULL);
    own->gain =
        bind_series(b, "value.gain", RC_OUT_SPREAD, "money", own->months + 1, NULL);
}

static void tell_assumed(rc_binder *b, const bound *own, const rc_value *s)
{
    if (!own->rated)
        rc_bind_assumed(b, "whatever is launched brings value.per_month: there is no "
                           "target");
    else if (!s->nothing_at.given)
        rc_bind_assumed(b,
                        "value is in proportion to the quality, down to nothing at 0");
    if (!s->adoption.given)
        rc_bind_assumed(b, "all take the product up%s",
                        s->adopted_after.given ? "" : " at the launch");
    if (!(s->discount > 0))
        rc_bind_assumed(b, "money that comes later is worth as much (value.discount)");
    if (s->horizon == 36)
        rc_bind_assumed(b, "value counts for 36 months from the start of the plan");
    if (s->today.given && !own->life)
        rc_bind_assumed(b, "today's model keeps its quality: no production says how it "
                           "is lost");
    if (own->rated && !own->life)
        rc_bind_assumed(b, "the product keeps the quality of its launch: no production "
                           "says how it is lost");
}

static const rc_estimate *find_other_start(rc_binder *b, const rc_value *s)
{
    const rc_experiments *search;
    const rc_estimate *start = NULL;
    for (uint32_t i = 0; !start && (search = rc_bind_group(b, "experiments", i)); i++)
        start = rc_value_other_start(s, search, rc_bind_goals(b));
    return start;
}

static void *bind(const void *settings_, rc_binder *b)
{
    const rc_value *s = settings_;
    const rc_target *target = &rc_bind_goals(b)->target;
    bound *own = rc_bind_alloc(b, 1, sizeof *own);
    *own = (bound){.rated = target->given,
                   .up = target->up,
                   .target = target->value,
                   .month_later = rc_pow(1 + s->discount, -1 / 12.0),
                   .metric = NONE,
                   .problem_words = NONE,
                   .known_at = NONE,
                   .life = rc_bind_group(b, "production", 0),
                   .life_bound = rc_bind_bound(b, "production", 0),
                   .months = (uint32_t)ceil(s->horizon - 1e-9)};
    if (target->given)
        own->metric =
            rc_bind_state(b, rc_bind_print(b, "metric.%s", target->metric), NAN);
    own->followed = rc_production_service(b, &own->service);
    own->after_launch = rc_bind_state(b, "after_launch.cost", 0);
    if (s->right_problem.given) {
        own->problem_words = rc_bind_words(b, "value.right_problem");
        if (s->known_at)
            own->known_at = rc_bind_finish(b, s->known_at);
    }
    rc_bind_due(
        b, rc_bind_goals(b)->start_date + (int32_t)floor(s->horizon * days_per_month),
        s->head.at, "the horizon of value");
    own->other_start = find_other_start(b, s);
    bind_outputs(b, own, s);
    bind_segments(b, own, s);
    if (s->right_problem.given)
        rc_bind_driver(b, own->right, "value.is_right_problem",
                       "Whether it is the right problem", s->right_problem.origin);
    tell_assumed(b, own, s);
    return own;
}

/* ------------------------------------------------------------- one future */

static bool is_right(const rc_step *step, uint32_t lane)
{
    const rc_value *s = step->settings;
    const bound *own = step->bound;
    return own->problem_words == NONE ||
           rc_uniform(rc_word(step, own->problem_words, 0, lane)) <
               rc_row(step, &s->right_problem)[lane];
}

static const char *stopped_by(const void *settings, rc_binder *b)
{
    (void)settings, (void)b;
    return "the wrong problem";
}

static void stop(const rc_step *step)
{
    const bound *own = step->bound;
    if (own->known_at == NONE)
        return;
    const double *known = step->row[own->known_at];
    for (uint32_t lane = 0; lane < step->lanes; lane++)
        if (known[lane] < step->stop_at[lane] && !is_right(step, lane))
            step->stop_at[lane] = known[lane];
}

/* What quality brings: 0 at nothing_at, 1 where it brings per_month, and on in a straight
 * line. */
typedef struct worth {
    bool rated, up;
    double nothing, full;
} worth;

static double brings(const worth *w, double quality)
{
    if (!w->rated)
        return 1;
    double room = w->full - w->nothing;
    if (w->up ? room > 0 : room < 0)
        return fmax(0, (quality - w->nothing) / room);
    /* nothing_at drawn beyond it: all or nothing */
    return rc_reaches(quality, w->full, w->up) ? 1 : 0;
}

/* What a segment brings at a quality of the target's metric; other: value of the metric
 * that it needs, NAN where that is not known or not asked for. */
static double segment_brings(const segment_bound *segment, const worth *w,
                             double quality, double above, double other)
{
    const rc_value_segment *own = segment->own;
    if (own && segment->needs_target && !rc_condition_met(&own->needs, quality + above))
        return 0;
    if (own && !isnan(other) && !rc_condition_met(&own->needs, other))
        return 0;
    return segment->share * brings(w, quality + above);
}

/* Room for one future. */
typedef struct future {
    double product[RC_EARNING_SEGMENTS][RC_EARNING_MONTHS];
    double today[RC_EARNING_SEGMENTS][RC_EARNING_MONTHS];
    double spent[RC_EARNING_MONTHS];
    rc_earning_segment segment[RC_EARNING_SEGMENTS];
    rc_market market;
    rc_earned plan, other;
    double launch;
} future;

/* Whether production tells what becomes of the product in this future. */
static bool is_followed(const rc_step *step, uint32_t lane)
{
    const bound *own = step->bound;
    return own->followed && !isnan(step->row[own->service.waits][lane]);
}

/* Of a month of service; what production no longer follows stays as it was. */
static double in_month(const rc_step *step, uint32_t series, uint32_t k, uint32_t lane)
{
    const bound *own = step->bound;
    uint32_t last = own->service.months - 1;
    return step->row[series + (k < last ? k : last)][lane];
}

static void fill_quality(const rc_step *step, future *f, uint32_t lane)
{
    const rc_value *s = step->settings;
    const bound *own = step->bound;
    const worth w = {own->rated, own->up, rc_row_or(step, &s->nothing_at, lane, 0),
                     rc_row_or(step, &s->at, lane, own->target)};
    double at_launch = own->metric != NONE ? step->row[own->metric][lane] : 1;
    double now = s->today.given ? rc_row(step, &s->today)[lane] : NAN;
    const bool followed = is_followed(step, lane);
    rc_fading fading = {0};
    if (s->today.given && own->life)
        fading = rc_production_fading(step, own->life, own->life_bound, now, lane);
    double above[RC_EARNING_SEGMENTS], other[RC_EARNING_SEGMENTS];
    for (uint32_t k = 0; k < own->segments_n; k++) {
        const segment_bound *segment = &own->segment[k];
        above[k] = segment->own ? rc_row_or(step, &segment->own->quality, lane, 0) : 0;
        other[k] = segment->needs != NONE ? step->row[segment->needs][lane] : NAN;
    }
    for (uint32_t i = 0; i < own->months; i++) {
        double q = followed ? in_month(step, own->service.quality, i, lane) : at_launch;
        double lost = own->life ? rc_faded(&fading, i + .5) : 0;
        double old = fmax(0, own->up ? now - lost : now + lost);
        f->spent[i] = followed ? in_month(step, own->service.spent, i, lane) : 0;
        for (uint32_t k = 0; k < own->segments_n; k++) {
            const segment_bound *segment = &own->segment[k];
            /* no metric where nothing is launched: nothing is brought either */
            f->product[k][i] =
                isnan(q) ? 0 : segment_brings(segment, &w, q, above[k], other[k]);
            f->today[k][i] =
                s->today.given ? segment_brings(segment, &w, old, above[k], NAN) : 0;
        }
    }
}

static void fill_market(const rc_step *step, future *f, uint32_t lane)
{
    const rc_value *s = step->settings;
    const bound *own = step->bound;
    double growth = rc_row_or(step, &s->growth, lane, 0);
    for (uint32_t k = 0; k < own->segments_n; k++) {
        const rc_value_segment *segment = own->segment[k].own;
        double its = segment ? rc_row_or(step, &segment->growth, lane, growth) : growth;
        f->segment[k] =
            (rc_earning_segment){fmax(0, 1 + its), f->product[k], f->today[k]};
    }
    f->market = (rc_market){
        .horizon = s->horizon,
        .months = own->months,
        .per_month = rc_row(step, &s->per_month)[lane],
        .month_later = own->month_later,
        .rival_arrives = s->rival ? rc_row(step, &s->rival->arrives)[lane] : INFINITY,
        .rival_takes = s->rival ? rc_row(step, &s->rival->takes)[lane] : 0,
        .adoption = is_right(step, lane) ? rc_row_or(step, &s->adoption, lane, 1) : 0,
        .adopted_after = rc_row_or(step, &s->adopted_after, lane, 0),
        .segment = f->segment,
        .segments_n = own->segments_n,
        .spent = own->followed ? f->spent : NULL,
    };
    f->launch = step->launched_on[lane];
    if (is_followed(step, lane))
        f->launch += step->row[own->service.waits][lane];
}

/* --------------------------------------------------------------- what it tells */

static void tell_segments(const rc_step *step, const future *f, uint32_t lane)
{
    const bound *own = step->bound;
    double sum = 0;
    for (uint32_t k = 0; k < own->segments_n; k++)
        sum += f->plan.segment[k];
    for (uint32_t k = 0; k < own->segments_n; k++) {
        const segment_bound *segment = &own->segment[k];
        bool ever = f->plan.served_from[k] < INFINITY;
        step->row[segment->ever][lane] = ever;
        step->row[segment->served_from][lane] = ever ? f->plan.served_from[k] : NAN;
        step->row[segment->value][lane] = f->plan.segment[k];
        step->row[segment->share_of_value][lane] =
            sum > 0 ? f->plan.segment[k] / sum : NAN;
        for (uint32_t i = 0; i < own->months; i++)
            step->row[segment->served + i][lane] = f->plan.served[i] >> k & 1;
    }
}

/* Money month by month, and summed up from what was spent on the plan. */
static void tell_months(const rc_step *step, const rc_earned *earned, uint32_t by_month,
                        uint32_t cumulative, double from, uint32_t lane)
{
    const bound *own = step->bound;
    double sum = from;
    step->row[cumulative][lane] = sum;
    for (uint32_t i = 0; i < own->months; i++) {
        sum += earned->worth[i];
        step->row[by_month + i][lane] = earned->money[i];
        step->row[cumulative + i + 1][lane] = sum;
    }
}

/* What the plan has brought more than today's model alone, by the end of each month. */
static void tell_gain(const rc_step *step, uint32_t lane)
{
    const bound *own = step->bound;
    for (uint32_t i = 0; i <= own->months; i++)
        step->row[own->gain + i][lane] = step->row[own->cumulative + i][lane] -
                                         step->row[own->today_cumulative + i][lane];
}

/* End of the first month by which it has brought in more than it cost, and more than
 * today's model alone; NAN: not within the horizon. */
static double paid_back(const rc_step *step, const rc_value *s, uint32_t lane)
{
    const bound *own = step->bound;
    const uint32_t series = s->today.given ? own->gain : own->cumulative;
    for (uint32_t i = 1; i <= own->months; i++)
        if (step->row[series + i][lane] > 0)
            return fmin(i, s->horizon);
    return NAN;
}

static void live_one(const rc_step *step, future *f, uint32_t lane)
{
    const rc_value *s = step->settings;
    const bound *own = step->bound;
    fill_quality(step, f, lane);
    fill_market(step, f, lane);
    double cost = step->plan_cost[lane] + step->row[own->after_launch][lane];
    rc_earn(&f->plan, &f->market, f->launch);
    double npv = rc_earned_total(&f->plan, &f->market) - cost;
    step->row[own->npv][lane] = npv;
    if (step->verdict_only) /* plans are compared by it: the rest nobody looks at */
        return;
    step->row[own->pays][lane] = npv > 0;
    if (f->launch < INFINITY) {
        rc_earn(&f->other, &f->market, f->launch + week);
        step->row[own->delay][lane] =
            npv + cost - rc_earned_total(&f->other, &f->market);
        step->row[own->launched][lane] = npv;
    }
    tell_months(step, &f->plan, own->by_month, own->cumulative, -cost, lane);
    if (s->right_problem.given)
        step->row[own->right][lane] = is_right(step, lane);
    if (s->today.given) {
        rc_earn(&f->other, &f->market, INFINITY);
        double today = rc_earned_total(&f->other, &f->market);
        step->row[own->today][lane] = today;
        step->row[own->over_today][lane] = npv - today;
        step->row[own->beats_today][lane] = npv > today;
        if (own->other_start) {
            step->row[own->now][lane] = rc_row(step, &s->today)[lane];
            step->row[own->start][lane] = rc_row(step, own->other_start)[lane];
        }
        tell_months(step, &f->other, own->today_by_month, own->today_cumulative, 0,
                    lane);
        tell_gain(step, lane);
    }
    double back = paid_back(step, s, lane);
    step->row[own->paid_back][lane] = back;
    step->row[own->pays_back][lane] = !isnan(back);
    if (s->segments.n)
        tell_segments(step, f, lane);
}

static void live(const rc_step *step)
{
    future f;
    for (uint32_t lane = 0; lane < step->lanes; lane++)
        live_one(step, &f, lane);
}

const rc_model rc_model_value = {.id = "value",
                                 .group = &rc_value_group,
                                 .check = rc_value_check,
                                 .bind = bind,
                                 .stop = stop,
                                 .stopped_by = stopped_by,
                                 .live = live};
