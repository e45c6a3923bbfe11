/* chart_models.c -- figures of what models report as outputs: the search for quality,
 * and life after the launch. */
#include "report/chart.h"
#include "report/searching.h"
#include <math.h>
#include <string.h>

static const rc_output_result *series_of(const rc_result *r, const char *path)
{
    const rc_output_result *o = rc_result_output(r, path);
    return o && o->output.series > 1 ? o : NULL;
}

static const rc_spread *spread_of(const rc_result *r, const char *path)
{
    const rc_output_result *o = rc_result_output(r, path);
    return o && o->spread ? &o->spread[0] : NULL;
}

/* In which unit the metric is written: the target's where it is of the target. */
static const char *unit_of(const rc_result *r, const rc_output_result *o)
{
    return r->target.given ? r->target.unit : o->output.unit;
}

static void metric_name(char out[4 * RC_NAME], const rc_result *r, bool capital)
{
    const char *name = r->target.given ? r->target.metric
                       : r->metrics_n  ? r->metrics[0].id
                                       : "quality";
    rc_metric_words(out, name, capital);
}

typedef struct band {
    double low, middle, high;
} band;

static band band_at(const rc_result *r, const rc_spread *s)
{
    return (band){rc_spread_at(r, s, 10), rc_spread_at(r, s, 50),
                  rc_spread_at(r, s, 90)};
}

/* Bands of a series into <figure>.fan.tsv, and the range that they and `also` take. */
static void fan(rc_chart *c, const rc_output_result *o, uint32_t n, double step,
                double also)
{
    FILE *out = rc_chart_table_of(c, "fan", "x\tp10\tmedian\tp90");
    double low = isnan(also) ? INFINITY : also, high = isnan(also) ? -INFINITY : also;
    if (!out)
        return;
    for (uint32_t i = 0; i < n; i++) {
        band b = band_at(c->result, &o->spread[i]);
        if (isnan(b.middle))
            continue;
        fprintf(out, "%.9g\t%.9g\t%.9g\t%.9g\n", i * step, b.low, b.middle, b.high);
        low = fmin(low, b.low);
        high = fmax(high, b.high);
    }
    const char *unit = unit_of(c->result, o);
    double room = 0.04 * (high - low), top = high + room;
    if (rc_human_scale(unit) == 100 && high <= 1)
        top = fmin(top, 1); /* nothing above 100 % */
    rc_chart_value_ticks(c, low - room, top, rc_human_scale(unit),
                         rc_human_suffix(unit));
}

/* Names of the band's ends and the median beside the last point, not over each other.
 */
static void fan_ends(rc_chart *c, const rc_output_result *o, uint32_t last)
{
    band b = band_at(c->result, &o->spread[last]);
    char value[RC_HUMAN], text[2 * RC_HUMAN];
    double x = c->x_max + rc_chart_across(c, 8), line = rc_chart_up(c, 21);
    if (isnan(b.middle))
        return;
    snprintf(text, sizeof text, "median %s",
             rc_human_metric(value, b.middle, unit_of(c->result, o), 1));
    rc_chart_label(c, x, b.middle, RC_LEFT, "good", true, text);
    rc_chart_label(c, x, fmax(b.high, b.middle + line), RC_LEFT, "muted", false, "P90");
    rc_chart_label(c, x, fmin(b.low, b.middle - line), RC_LEFT, "muted", false, "P10");
}

/* Whether the median comes near y between two places of x. */
static bool is_crossed(const rc_chart *c, const rc_output_result *o, double from,
                       double until, double y)
{
    double near = rc_chart_up(c, 15);
    for (int k = 0; k <= 20; k++) {
        double x = from + (until - from) * k / 20;
        uint32_t i = x < 0 ? 0 : (uint32_t)x;
        if (i + 1 >= o->output.series)
            i = o->output.series - 2;
        double a = rc_spread_at(c->result, &o->spread[i], 50),
               b = rc_spread_at(c->result, &o->spread[i + 1], 50);
        if (fabs(a + (b - a) * (x - i) - y) < near)
            return true;
    }
    return false;
}

/* A horizontal line, its name at that end and on that side where the median is not. */
static void level(rc_chart *c, const rc_output_result *o, double y, bool above,
                  const char *text)
{
    FILE *out = rc_chart_table_of(c, "lines", "y");
    if (!out)
        return;
    fprintf(out, "%.9g\n", y);
    double width = rc_chart_across(c, rc_chart_pixels(text) * 1.1 + 10),
           pad = rc_chart_across(c, 8), off = rc_chart_up(c, above ? 14 : -14);
    bool left = true;
    for (int k = 0; k < 4; k++) {
        double at = y + (k % 2 ? -off : off),
               from = k < 2 ? c->x_min : c->x_max - width;
        if (is_crossed(c, o, from, from + width, at))
            continue;
        left = k < 2;
        off = k % 2 ? -off : off;
        break;
    }
    rc_chart_label(c, left ? c->x_min + pad : c->x_max - pad, y + off,
                   left ? RC_LEFT : RC_RIGHT, "bad", false, text);
}

/* Figures in a row above the axes: what share of futures, at whole steps of x. */
static void shares_above(rc_chart *c, const rc_output_result *o, uint32_t from,
                         uint32_t until, uint32_t every, const char *colour)
{
    char text[RC_HUMAN];
    double y = c->y_max + rc_chart_up(c, 16);
    for (uint32_t i = from; i <= until && i < o->output.series; i += every)
        if (!isnan(o->share[i].p))
            rc_chart_label(c, i, y, RC_CENTRE, colour, false,
                           rc_human_share(text, o->share[i]));
}

/* -------------------------------------------------------------------- search */

enum { LEVERS = 8 };

/* "experiments[modelling].by_lever[graph].tries" -> its sibling ".successes" */
static const rc_spread *sibling(const rc_result *r, const char *path, const char *end)
{
    char other[256];
    const char *dot = strrchr(path, '.');
    if (!dot || snprintf(other, sizeof other, "%.*s.%s", (int)(dot - path), path,
                         end) >= (int)sizeof other)
        return NULL;
    return spread_of(r, other);
}

static bool is_lever(const rc_output_result *o)
{
    const char *path = o->output.path, *dot = strrchr(path, '.');
    return strstr(path, "].by_lever[") && dot && strcmp(dot, ".tries") == 0 &&
           o->spread;
}

static uint32_t levers_n(const rc_result *r)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->outputs_n; i++)
        n += is_lever(&r->outputs[i]);
    return n;
}

/* The search that a figure is of; false: nothing is told of its next tries. */
static bool search_group(char group[RC_GROUP_NAME], const rc_result *r,
                         const rc_output_result *best)
{
    const char *name;
    for (uint32_t i = 0; rc_searching_group(group, &name, r, i); i++)
        if (name && best->output.name && strcmp(name, best->output.name) == 0)
            return rc_searching_next(r, group, 0) != NULL;
    return false;
}

enum { COLUMN = 54, LINE = 25 }; /* pixels */

/* One row of shares that end at the right, COLUMN apart. */
static void row_of(rc_chart *c, double y, const char *name,
                   const rc_share *const *share, int n)
{
    const double left = c->x_max + rc_chart_across(c, 162);
    char text[RC_HUMAN];
    rc_chart_label(c, left, y, RC_LEFT, "ink", false, name);
    for (int k = 0; k < n; k++)
        rc_chart_label(
            c, c->x_max + rc_chart_across(c, c->right - 46 - (n - 1 - k) * COLUMN), y,
            RC_RIGHT, "ink", false, rc_human_share(text, *share[k]));
}

/* Of enough futures to say so. */
static bool is_known(const rc_share *share)
{
    return share && share->high - share->low < 0.1;
}

/* How often so many more weeks bring the aim, and how often the next try works, below the
 * levers. */
static void next_tries(rc_chart *c, const char *group, double y)
{
    static const unsigned after[] = {0, 1, 2, 4, 8}, within[] = {2, 4, 8},
                          failures[] = {0, 2, 4, 8};
    const rc_result *r = c->result;
    const double left = c->x_max + rc_chart_across(c, 162);
    char text[RC_HUMAN];
    if (is_known(rc_searching_within(r, group, 0, 1))) {
        rc_chart_label(c, left, y, RC_LEFT, "muted", true, "aim within weeks:");
        for (int k = 0; k < 3; k++) {
            snprintf(text, sizeof text, "%u", within[k]);
            rc_chart_label(
                c, c->x_max + rc_chart_across(c, c->right - 46 - (2 - k) * COLUMN), y,
                RC_RIGHT, "muted", true, text);
        }
    }
    for (int i = 0; i < 5 && is_known(rc_searching_within(r, group, after[i], 1));
         i++) {
        const rc_share *share[3];
        for (int k = 0; k < 3; k++)
            share[k] = rc_searching_within(r, group, after[i], within[k]);
        y -= rc_chart_up(c, LINE);
        snprintf(text, sizeof text, after[i] ? "after %u week%s" : "from the start",
                 after[i], after[i] == 1 ? "" : "s");
        row_of(c, y, text, share, 3);
        if (i == 4 || !is_known(rc_searching_within(r, group, after[i + 1], 1)))
            y -= rc_chart_up(c, LINE + 8);
    }
    rc_chart_label(c, left, y, RC_LEFT, "muted", true, "the next try works");
    for (int i = 0; i < 4 && is_known(rc_searching_next(r, group, failures[i])); i++) {
        const rc_share *share = rc_searching_next(r, group, failures[i]);
        y -= rc_chart_up(c, LINE);
        snprintf(text, sizeof text, failures[i] ? "after %u failure%s" : "at first",
                 failures[i], failures[i] == 1 ? "" : "s");
        row_of(c, y, text, &share, 1);
    }
}

/* "tries, of these successes" beside the fan, lever by lever; the height where they end. */
static double levers(rc_chart *c)
{
    const rc_result *r = c->result;
    double right = c->x_max + rc_chart_across(c, c->right - 46),
           up = rc_chart_up(c, 27);
    double left = c->x_max + rc_chart_across(c, 162);
    double y = c->y_max - rc_chart_up(c, 10);
    uint32_t n = 0;
    char name[4 * RC_NAME], text[3 * RC_HUMAN];
    rc_chart_label(c, right, y, RC_RIGHT, "muted", true, "tries (successes)");
    for (uint32_t i = 0; i < r->outputs_n && n < LEVERS; i++) {
        const rc_output_result *o = &r->outputs[i];
        if (!is_lever(o))
            continue;
        const rc_spread *hits = sibling(r, o->output.path, "successes");
        y -= up;
        n++;
        rc_human_name(name, sizeof name,
                      o->output.name ? o->output.name : o->output.path, 20);
        rc_chart_label(c, left, y, RC_LEFT, "ink", false, name);
        if (hits && !isnan(hits->mean))
            snprintf(text, sizeof text, "%.1f (%.1f)", o->spread[0].mean, hits->mean);
        else
            snprintf(text, sizeof text, "%.1f", o->spread[0].mean);
        rc_chart_label(c, right, y, RC_RIGHT, "ink", false, text);
    }
    return y - rc_chart_up(c, LINE + 8);
}

static void search_title(rc_chart *c, const rc_output_result *best,
                         const rc_output_result *reached, uint32_t last)
{
    const rc_result *r = c->result;
    char name[4 * RC_NAME], target[RC_HUMAN], share[RC_HUMAN], value[RC_HUMAN];
    metric_name(name, r, false);
    if (reached && r->target.given) {
        uint32_t end = reached->output.series - 1, half = 0;
        rc_share s = reached->share[end];
        rc_target_words(target, r, r->target.value);
        if (!(s.p > 0)) {
            rc_chart_title(c, "No search reaches %s %s within %u weeks.", target, name,
                           end);
            rc_chart_title(c, "No search reaches %s within %u weeks.", target, end);
            return;
        }
        while (half < end && reached->share[half].p < s.p / 2)
            half++;
        rc_human_share(share, s);
        char when[32] = "at the start";
        if (half)
            snprintf(when, sizeof when, "by week %u", half);
        rc_chart_title(c,
                       "The search reaches %s %s in %s of futures, half of these %s.",
                       target, name, share, when);
        rc_chart_title(c, "%s %s is reached in %s of futures, half of these %s.",
                       target, name, share, when);
        rc_chart_title(c, "The search reaches %s in %s of futures, half of these %s.",
                       target, share, when);
        rc_chart_title(c, "%s is reached in %s of futures, half of these %s.", target,
                       share, when);
        return;
    }
    rc_human_metric(value, rc_spread_at(r, &best->spread[last], 50), unit_of(r, best),
                    1);
    rc_chart_title(c, "After %u weeks half of all searches have %s %s or better.", last,
                   value, name);
    rc_chart_title(c, "After %u weeks half of all searches have %s or better.", last,
                   value);
}

/* Where nothing changes any more the rest is left out. */
static uint32_t settled(const rc_result *r, const rc_output_result *o)
{
    uint32_t last = o->output.series - 1;
    band end = band_at(r, &o->spread[last]);
    double small = 0.02 * (end.high - end.low);
    while (last > 8) {
        band b = band_at(r, &o->spread[last - 1]);
        if (fabs(b.low - end.low) > small || fabs(b.middle - end.middle) > small ||
            fabs(b.high - end.high) > small)
            break;
        last--;
    }
    uint32_t even = last + last % 2;
    return even < o->output.series ? even : last;
}

bool rc_chart_search(rc_chart *c)
{
    const rc_result *r = c->result;
    const rc_output_result *best = series_of(r, "figures.search.best"),
                           *reached = series_of(r, "figures.search.reached");
    if (!best)
        return false; /* a plan without experiments */
    char text[2 * RC_HUMAN], count[RC_HUMAN], name[4 * RC_NAME];
    rc_chart_table_of(c, "fan", "x\tp10\tmedian\tp90");
    rc_chart_table_of(c, "lines", "y");
    uint32_t last = settled(r, best);
    search_title(c, best, reached, last);
    rc_human_count(count, r->futures);
    rc_chart_subtitle(c,
                      "the kept model, true %s, week by week of the search, P10 to P90",
                      (metric_name(name, r, false), name));
    if (isnan(rc_spread_at(r, &best->spread[last], 50))) {
        rc_chart_message(c, "In no future does the search begin.");
        return true;
    }
    bool given = r->target.given;
    if (given && reached)
        snprintf(c->note, sizeof c->note, "truly there:");
    c->left = 110;
    char group[RC_GROUP_NAME];
    const bool told = search_group(group, r, best);
    c->right = levers_n(r) || told ? 530 : 170;
    c->x_min = 0;
    c->x_max = last;
    fan(c, best, last + 1, 1, given ? r->target.value : NAN);
    uint32_t every = last <= 10 ? 2 : last <= 16 ? 2 : 4;
    for (uint32_t i = 0; i <= last; i += every) {
        snprintf(text, sizeof text,
                 i == 0             ? "start"
                 : i + every > last ? "week %u"
                                    : "%u",
                 i);
        rc_chart_x_tick(c, i, text);
    }
    if (given && reached)
        shares_above(c, reached, every, last, every, "ink");
    if (given) {
        char target[RC_HUMAN];
        snprintf(text, sizeof text, "target %s",
                 rc_target_words(target, r, r->target.value));
        level(c, best, r->target.value, r->target.up, text);
    }
    fan_ends(c, best, last);
    double y = c->y_max - rc_chart_up(c, 10);
    if (levers_n(r))
        y = levers(c);
    if (told)
        next_tries(c, group, y);
    return true;
}

/* ---------------------------------------------------------------- production */

static void production_title(rc_chart *c, double floor_at, uint32_t months)
{
    const rc_result *r = c->result;
    const rc_spread *below = spread_of(r, "production.months_below_floor");
    const rc_output_result *o = series_of(r, "production.metric");
    char name[4 * RC_NAME], value[RC_HUMAN], span[RC_HUMAN];
    metric_name(name, r, true);
    snprintf(span, sizeof span, months == 12 ? "the first year" : "%u months", months);
    if (below && below->n && !isnan(floor_at)) {
        rc_human_metric(value, floor_at, unit_of(r, o), -1);
        if (below->mean < 0.5 / 730.5)
            rc_chart_title(c, "%s stays above %s through %s.", name, value, span);
        char time[RC_HUMAN];
        rc_human_months(time, below->mean);
        rc_chart_title(c, "%s is below %s for %s of %s on average.", name, value, time,
                       span);
        rc_chart_title(c, "%s is below %s for %s of %s.", name, value, time, span);
        rc_chart_title(c, "Below %s for %s of %s.", value, time, span);
        return;
    }
    rc_human_metric(value, rc_spread_at(r, &o->spread[months], 50), unit_of(r, o), 1);
    rc_chart_title(c, "%s stands at %s after %u months in the middle.", name, value,
                   months);
    rc_chart_title(c, "%s after %u months in the middle.", value, months);
}

/* Months between points of the course: 4, 2 or 1 in a month. */
static double step_of(const rc_output_result *course, uint32_t months)
{
    uint32_t n = course->output.series - 1;
    return n >= 4 * months ? 0.25 : n >= 2 * months ? 0.5 : 1;
}

bool rc_chart_production(rc_chart *c)
{
    const rc_result *r = c->result;
    const rc_output_result *o = series_of(r, "production.metric"),
                           *below = series_of(r, "production.p_below_floor");
    if (!o)
        return false; /* nothing is said about the time after the launch */
    uint32_t months = o->output.series - 1;
    const rc_spread *floor_of = spread_of(r, "production.floor"),
                    *retrains = spread_of(r, "production.retrains");
    double floor_at = floor_of ? floor_of->mean : NAN;
    char text[3 * RC_HUMAN], name[4 * RC_NAME], value[RC_HUMAN];
    rc_chart_table_of(c, "fan", "x\tp10\tmedian\tp90");
    rc_chart_table_of(c, "lines", "y");
    rc_chart_table_of(c, "causes", RC_CAUSES_COLUMNS);
    metric_name(name, r, false);
    text[0] = 0;
    if (retrains && retrains->n && retrains->mean > 0)
        snprintf(text, sizeof text, "; %s retrainings on average",
                 rc_human_mean(value, retrains));
    rc_chart_subtitle(c, "true %s in production, P10 to P90%s", name, text);
    if (o->spread[0].n == 0 || isnan(rc_spread_at(r, &o->spread[months], 50))) {
        rc_chart_title(c, "Nothing is in production: no future launches.");
        rc_chart_message(c, "No future launches.");
        return true;
    }
    production_title(c, floor_at, months);
    if (below && !isnan(floor_at))
        snprintf(c->note, sizeof c->note, "below floor:");
    c->left = 110;
    c->right = 190;
    c->x_min = 0;
    c->x_max = months;
    const rc_output_result *course = series_of(r, "figures.production.course");
    double step = course ? step_of(course, months) : 1;
    fan(c, course ? course : o, course ? course->output.series : months + 1, step,
        floor_at);
    rc_chart_causes(c, months);
    uint32_t every = months <= 6 ? 1 : months <= 14 ? 2 : months <= 30 ? 4 : 12;
    for (uint32_t i = 0; i <= months; i += every) {
        snprintf(text, sizeof text,
                 i == 0               ? "launch"
                 : i + every > months ? "month %u"
                                      : "%u",
                 i);
        rc_chart_x_tick(c, i, text);
    }
    if (below && !isnan(floor_at))
        shares_above(c, below, every, months, every, "bad");
    if (!isnan(floor_at)) {
        snprintf(text, sizeof text, "floor %s",
                 rc_human_metric(value, floor_at, unit_of(r, o), -1));
        level(c, o, floor_at, false, text);
    }
    fan_ends(c, o, months);
    return true;
}
