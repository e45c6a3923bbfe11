/* chart_value.c -- figures of what a plan is worth: money over time against its reference,
 * and who is served when. */
#include "report/chart.h"
#include <math.h>
#include <string.h>

static const double month_days = 30.4375;

static const rc_output_result *series_of(const rc_result *r, const char *path)
{
    const rc_output_result *o = rc_result_output(r, path);
    return o && o->output.series > 1 ? o : NULL;
}

static double x_of_month(const rc_result *r, double month)
{
    return r->start_date + month * month_days;
}

/* "Jan 2029" */
static char *month_words(char out[RC_HUMAN], const rc_result *r, double month)
{
    char date[RC_HUMAN];
    rc_human_date(date, (int32_t)x_of_month(r, month), true);
    const char *name = strchr(date, ' ');
    snprintf(out, RC_HUMAN, "%s", name ? name + 1 : date);
    return out;
}

/* ----------------------------------------------------------------------- value */

typedef struct fan_row {
    double low, middle, high;
} fan_row;

static fan_row row_of(const rc_result *r, const rc_output_result *o, uint32_t i)
{
    const rc_spread *s = &o->spread[i];
    return (fan_row){rc_spread_at(r, s, 10), rc_spread_at(r, s, 50),
                     rc_spread_at(r, s, 90)};
}

static void put_row(FILE *fan, double x, fan_row b)
{
    fprintf(fan, "%.4f\t%.9g\t%.9g\t%.9g\n", x, b.low, b.middle, b.high);
}

/* Where something between a and b crosses the reference, as a part of the way; 2: nowhere
 * in between. */
static double crossing(double a, double b)
{
    return a * b < 0 ? a / (a - b) : 2;
}

/* Between a and b, and exactly 0 where that is the crossing. */
static double between(double a, double b, double part)
{
    return crossing(a, b) == part ? 0 : a + (b - a) * part;
}

/* The fan month by month, with a row of its own where one of its lines crosses the
 * reference: there it changes its colour. */
static void put_fan(rc_chart *c, const rc_output_result *o)
{
    FILE *fan = rc_chart_table_of(c, "fan", "x\tp10\tmedian\tp90");
    if (!fan)
        return;
    for (uint32_t i = 0; i < o->output.series; i++) {
        const fan_row b = row_of(c->result, o, i);
        put_row(fan, x_of_month(c->result, i), b);
        if (i + 1 == o->output.series)
            break;
        const fan_row n = row_of(c->result, o, i + 1);
        double at[] = {crossing(b.low, n.low), crossing(b.middle, n.middle),
                       crossing(b.high, n.high)};
        for (double last = 0;;) { /* in their order */
            double next = 2;
            for (int k = 0; k < 3; k++)
                if (at[k] > last && at[k] < next)
                    next = at[k];
            if (next > 1)
                break;
            put_row(fan, x_of_month(c->result, i + next),
                    (fan_row){between(b.low, n.low, next),
                              between(b.middle, n.middle, next),
                              between(b.high, n.high, next)});
            last = next;
        }
    }
}

/* What the title speaks of, beside the middle of the futures. */
static void put_mean(rc_chart *c, const rc_output_result *o)
{
    FILE *mean = rc_chart_table_of(c, "mean", "x\ty");
    for (uint32_t i = 0; mean && i < o->output.series; i++)
        fprintf(mean, "%.4f\t%.9g\n", x_of_month(c->result, i), o->spread[i].mean);
}

static void money_ticks(rc_chart *c, double low, double high)
{
    char text[RC_HUMAN];
    double step = rc_chart_step(high - low, 7);
    c->y_min = floor(low / step + 1e-9) * step;
    c->y_max = ceil(high / step - 1e-9) * step;
    for (double y = c->y_min; y <= c->y_max + step / 2; y += step)
        rc_chart_y_tick(
            c, y,
            rc_human_money(text, fabs(y) < step / 2 ? 0 : y, c->result->currency));
}

static void value_range(rc_chart *c, const rc_output_result *o)
{
    double low = 0, high = 0;
    for (uint32_t i = 0; i < o->output.series; i++) {
        fan_row b = row_of(c->result, o, i);
        low = fmin(low, fmin(b.low, o->spread[i].mean));
        high = fmax(high, fmax(b.high, o->spread[i].mean));
    }
    if (!(high > low))
        high = low + 1;
    money_ticks(c, low - 0.02 * (high - low), high + 0.02 * (high - low));
}

static void end_label(rc_chart *c, const char *name, double value, double y,
                      const char *hue, bool bold)
{
    char money[RC_HUMAN], text[2 * RC_HUMAN];
    snprintf(text, sizeof text, "%s %s", name,
             rc_human_money(money, value, c->result->currency));
    rc_chart_label(c, c->x_max + rc_chart_across(c, 10), y, RC_LEFT, hue, bold, text);
}

/* Names of the ends beside the last point, none over another. */
static void value_ends(rc_chart *c, const rc_output_result *o)
{
    uint32_t last = o->output.series - 1;
    const fan_row b = row_of(c->result, o, last);
    const double mean = o->spread[last].mean, line = rc_chart_up(c, 22);
    const bool above = mean > b.middle;
    double at = above ? fmax(mean, b.middle + line) : fmin(mean, b.middle - line);
    end_label(c, "median", b.middle, b.middle, b.middle < 0 ? "bad" : "good", true);
    end_label(c, "mean", mean, at, "ink", false);
    end_label(c, "P90", b.high, fmax(b.high, fmax(at, b.middle) + line), "muted",
              false);
    end_label(c, "P10", b.low, fmin(b.low, fmin(at, b.middle) - line), "muted", false);
}

/* The reference at zero; its name where the fan is not: at the left above it, while the
 * plan has only cost; else at the right end, on the side that has more room. */
static void reference_line(rc_chart *c, const rc_output_result *o, bool over_today)
{
    FILE *out = rc_chart_table_of(c, "lines", "y");
    const char *name = over_today ? "today's model kept" : "nothing done";
    if (!out)
        return;
    fprintf(out, "0\n");
    uint32_t n = o->output.series;
    double width = rc_chart_across(c, rc_chart_pixels(name));
    uint32_t under = (uint32_t)(width / month_days) + 1;
    if (row_of(c->result, o, under < n ? under : n - 1).high <= 0) {
        rc_chart_label(c, c->x_min + rc_chart_across(c, 8), rc_chart_up(c, 14), RC_LEFT,
                       "ink", true, name);
        return;
    }
    fan_row b = row_of(c->result, o, n * 4 / 5);
    bool above = b.low + b.high < 0;
    rc_chart_label(c, c->x_max - rc_chart_across(c, 8),
                   rc_chart_up(c, above ? 14 : -14), RC_RIGHT, "ink", true, name);
}

/* Where the median crosses the reference for good, and what share ever does. */
static void paid_back(rc_chart *c, const rc_output_result *o, bool over_today)
{
    const rc_result *r = c->result;
    const rc_output_result *back = rc_result_output(r, "value.paid_back");
    FILE *dot = rc_chart_table_of(c, "dots", "x\ty");
    char share[RC_HUMAN], when[RC_HUMAN];
    if (!dot || !back || !back->spread)
        return;
    const rc_output_result *p = rc_result_output(r, "value.p_paid_back");
    size_t used;
    if (back->spread[0].n == 0 || !p || !p->share)
        snprintf(c->note, sizeof c->note, "paid back in no future");
    else
        snprintf(c->note, sizeof c->note,
                 "paid back in %s of futures, half of these by %s",
                 rc_human_share_of(share, p->share[0], r->detail_futures),
                 month_words(when, r, rc_spread_at(r, &back->spread[0], 50)));
    used = strlen(c->note);
    const rc_output_result *today = rc_result_output(r, "value.today");
    if (over_today && today && today->spread)
        snprintf(c->note + used, sizeof c->note - used,
                 "; no model at all would be %s below today's",
                 rc_human_money(share, today->spread[0].mean, r->currency));
    for (uint32_t i = 1; i < o->output.series; i++) {
        double was = rc_spread_at(r, &o->spread[i - 1], 50),
               is = rc_spread_at(r, &o->spread[i], 50);
        if (was < 0 && is >= 0 &&
            rc_spread_at(r, &o->spread[o->output.series - 1], 50) > 0) {
            double x = x_of_month(r, i - 1 + was / (was - is));
            fprintf(dot, "%.4f\t0\n", x);
            break;
        }
    }
}

static void value_title(rc_chart *c, bool over_today, uint32_t months)
{
    const rc_result *r = c->result;
    const rc_output_result *npv = rc_result_output(
                               r, over_today ? "value.npv_over_today" : "value.npv"),
                           *chance = rc_result_output(
                               r, over_today ? "value.p_beats_today" : "value.p_pays");
    char money[RC_HUMAN], share[RC_HUMAN], when[RC_HUMAN];
    double mean = npv->spread[0].mean;
    rc_human_money(money, fabs(mean), r->currency);
    rc_human_share(share, chance->share[0]);
    month_words(when, r, months);
    if (over_today) {
        const char *word = mean < 0 ? "less" : "more";
        rc_chart_title(c, "By %s the plan brings %s %s than today's model; more in %s.",
                       when, money, word, share);
        rc_chart_title(c, "On average %s %s than today's model by %s.", money, word,
                       when);
        rc_chart_title(c, "%s %s than today's model by %s.", money, word, when);
        return;
    }
    const char *word = mean < 0 ? "loses" : "earns";
    rc_chart_title(c, "On average the plan %s %s by %s; it pays in %s of futures.",
                   word, money, when, share);
    rc_chart_title(c, "On average %s %s by %s; it pays in %s of futures.",
                   mean < 0 ? "lost" : "earned", money, when, share);
    rc_chart_title(c, "The plan %s %s by %s.", word, money, when);
}

bool rc_chart_value(rc_chart *c)
{
    const rc_result *r = c->result;
    const rc_output_result *o = series_of(r, "value.gain");
    const bool over_today = o != NULL;
    if (!o)
        o = series_of(r, "value.cumulative");
    if (!o || isnan(rc_spread_at(r, &o->spread[0], 50)))
        return false; /* nothing is said about its value */
    uint32_t months = o->output.series - 1;
    value_title(c, over_today, months);
    rc_chart_subtitle(
        c, "money %s, all costs paid, month by month: median, P10 to P90; dashed: mean",
        over_today ? "beyond today's model" : "brought in so far");
    c->left = 120;
    c->right = 200;
    c->x_min = x_of_month(r, 0);
    c->x_max = x_of_month(r, months);
    value_range(c, o);
    rc_chart_date_ticks(c);
    put_fan(c, o);
    put_mean(c, o);
    reference_line(c, o, over_today);
    paid_back(c, o, over_today);
    value_ends(c, o);
    return true;
}

/* -------------------------------------------------------------------- segments */

enum { SEGMENTS = 13 };

static bool is_segment(const rc_output_result *o)
{
    const char *path = o->output.path, *end = strstr(path, "].served");
    return strncmp(path, "value.segments[", 15) == 0 && end && !end[8] && o->share;
}

/* "value.segments[shops].served" -> ".value" of the same */
static const rc_output_result *beside(const rc_result *r, const rc_output_result *o,
                                      const char *what)
{
    char path[256];
    const char *dot = strrchr(o->output.path, '.');
    if (!dot || snprintf(path, sizeof path, "%.*s.%s", (int)(dot - o->output.path),
                         o->output.path, what) >= (int)sizeof path)
        return NULL;
    return rc_result_output(r, path);
}

/* One row: a cell a month, the chance written into every sixth. */
static void segment_row(rc_chart *c, const rc_output_result *o, double y, double half)
{
    const rc_result *r = c->result;
    FILE *cells = rc_chart_table_of(c, "cells", "from\tuntil\tlow\thigh\tchance");
    FILE *figures = rc_chart_table_of(c, "figures", "x\trow\tchance\ttext");
    uint32_t n = o->output.series, every = n <= 14 ? 2 : n <= 40 ? 6 : 12;
    char text[RC_HUMAN];
    if (!cells || !figures)
        return;
    for (uint32_t i = 0; i < n; i++) {
        double p = o->share[i].p;
        /* a hair wider than the month, or the ground shows between two */
        fprintf(cells, "%.4f\t%.4f\t%.4f\t%.4f\t%.6f\n", x_of_month(r, i),
                fmin(x_of_month(r, i + 1.04), c->x_max), y - half, y + half, p);
        if (i % every == every / 2) {
            fprintf(figures, "%.4f\t%.3f\t%.6f\t", x_of_month(r, i + 0.5), y, p);
            rc_chart_text(figures, rc_human_share(text, o->share[i]));
            fputc('\n', figures);
        }
    }
}

static void segment_beside(rc_chart *c, const rc_output_result *o, double y)
{
    const rc_result *r = c->result;
    const rc_output_result *from = beside(r, o, "served_from"),
                           *value = beside(r, o, "value");
    char text[2 * RC_HUMAN], when[RC_HUMAN];
    double first = c->x_max + rc_chart_across(c, 128),
           money = c->x_max + rc_chart_across(c, 232);
    double month = from && from->spread && from->spread[0].n
                       ? rc_spread_at(r, &from->spread[0], 50)
                       : NAN;
    if (isnan(month))
        snprintf(text, sizeof text, "never");
    else if (month < 1e-9)
        snprintf(text, sizeof text, "today");
    else
        snprintf(text, sizeof text, "%s", month_words(when, r, month));
    rc_chart_label(c, first, y, RC_RIGHT, isnan(month) ? "bad" : "ink", false, text);
    if (value && value->spread)
        rc_chart_label(c, money, y, RC_RIGHT, "ink", false,
                       rc_human_money(text, value->spread[0].mean, r->currency));
}

static void segments_title(rc_chart *c, const rc_output_result *const *rows, uint32_t n)
{
    const rc_result *r = c->result;
    const rc_output_result *least = rows[0];
    char name[4 * RC_NAME], share[RC_HUMAN], when[RC_HUMAN];
    uint32_t last = rows[0]->output.series - 1;
    for (uint32_t i = 1; i < n; i++)
        if (rows[i]->share[last].p < least->share[last].p)
            least = rows[i];
    rc_human_name(name, sizeof name, least->output.name, 24);
    rc_human_share(share, least->share[last]);
    month_words(when, r, last + 1);
    if (least->share[last].p >= 0.9)
        rc_chart_title(c, "In %s all are served, each in %s of futures or more.", when,
                       share);
    else
        rc_chart_title(c, "%s: served in only %s of futures in %s.", name, share, when);
    rc_chart_title(c, "%s: served in %s of futures.", name, share);
}

bool rc_chart_segments(rc_chart *c)
{
    const rc_result *r = c->result;
    const rc_output_result *rows[SEGMENTS];
    char name[4 * RC_NAME];
    uint32_t n = 0;
    double widest = 0;
    for (uint32_t i = 0; i < r->outputs_n && n < SEGMENTS; i++)
        if (is_segment(&r->outputs[i]))
            rows[n++] = &r->outputs[i];
    if (n == 0)
        return false; /* nobody needs anything of their own */
    for (uint32_t i = 0; i < n; i++)
        widest = fmax(widest, rc_chart_pixels(rc_human_name(
                                  name, sizeof name, rows[i]->output.name, RC_NAME)));
    segments_title(c, rows, n);
    rc_chart_subtitle(c,
                      "share of futures in which a segment gets what it needs, month "
                      "by month from the start");
    c->left = rc_chart_margin(widest);
    c->right = 276;
    c->x_min = x_of_month(r, 0);
    c->x_max = x_of_month(r, rows[0]->output.series);
    c->y_min = 0;
    c->y_max = n;
    rc_chart_date_ticks(c);
    double half = fmin(0.36, rc_chart_up(c, 34));
    double top = c->y_max + rc_chart_up(c, 16);
    rc_chart_label(c, c->x_max + rc_chart_across(c, 128), top, RC_RIGHT, "muted", false,
                   "first served");
    rc_chart_label(c, c->x_max + rc_chart_across(c, 232), top, RC_RIGHT, "muted", false,
                   "brings");
    for (uint32_t i = 0; i < n; i++) {
        double y = c->y_max - i - 0.5;
        rc_chart_y_tick(
            c, y, rc_human_name(name, sizeof name, rows[i]->output.name, RC_NAME));
        segment_row(c, rows[i], y, half);
        segment_beside(c, rows[i], y);
    }
    return true;
}
