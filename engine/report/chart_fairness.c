/* chart_fairness.c -- which group fails? The gap of each, before and after mitigation, how
 * often its audit passes, how often it is truly over the limit, and how much more often a
 * decision about it is wrong. */
#include "report/chart.h"
#include <math.h>
#include <string.h>

enum {
    GROUPS = 10,
    /* columns of figures: their right edges, in pixels from the axes */
    PASSES_AT = 142,
    OVER_AT = 246,
    WRONG_AT = 362
};

typedef struct band {
    double low, middle, high;
} band;

typedef struct row {
    char name[4 * RC_NAME];
    band was, is;
    rc_share passed, passes, was_over, is_over; /* p NAN: not known */
    double limit, times_as_often;               /* NAN: not known */
} row;

static const rc_output_result *of_group(const rc_result *r, const char *list, int n,
                                        const char *id, const char *what)
{
    char path[256];
    snprintf(path, sizeof path, "%s[%.*s].%s", list, n, id, what);
    return rc_result_output(r, path);
}

static band band_of(const rc_result *r, const rc_output_result *o)
{
    if (!o || !o->spread)
        return (band){NAN, NAN, NAN};
    const rc_spread *s = &o->spread[0];
    return (band){rc_spread_at(r, s, 10), rc_spread_at(r, s, 50),
                  rc_spread_at(r, s, 90)};
}

static rc_share share_of(const rc_output_result *o)
{
    return o && o->share ? o->share[0] : (rc_share){NAN, NAN, NAN};
}

/* From "fairness[<id>].gap_before" on; false: another output. */
static bool row_of(row *out, const rc_result *r, const rc_output_result *o)
{
    const char *path = o->output.path, *end = strstr(path, "].gap_before");
    if (strncmp(path, "fairness[", 9) != 0 || !end || end[12] || !o->spread)
        return false;
    const char *id = path + 9;
    const int n = (int)(end - id);
    const rc_output_result *limit = of_group(r, "fairness", n, id, "limit"),
                           *times =
                               of_group(r, "decisions.groups", n, id, "times_as_often");
    *out = (row){.was = band_of(r, o),
                 .is = band_of(r, of_group(r, "fairness", n, id, "gap_after")),
                 .passed = share_of(of_group(r, "fairness", n, id, "p_pass_before")),
                 .passes = share_of(of_group(r, "fairness", n, id, "p_pass")),
                 .was_over = share_of(of_group(r, "fairness", n, id, "p_over_before")),
                 .is_over = share_of(of_group(r, "fairness", n, id, "p_over")),
                 .limit = limit && limit->spread ? limit->spread[0].mean : NAN,
                 .times_as_often =
                     times && times->spread ? band_of(r, times).middle : NAN};
    rc_human_name(out->name, sizeof out->name, o->output.name ? o->output.name : path,
                  RC_NAME);
    return true;
}

static void title(rc_chart *c, const row *worst, uint32_t n)
{
    char limit[RC_HUMAN], now[RC_HUMAN], before[RC_HUMAN];
    const char *most = n > 1 ? " fails most" : "";
    rc_human_gap(limit, worst->limit, "%", -1);
    rc_human_share(now, worst->is_over);
    rc_human_share(before, worst->was_over);
    if (!(worst->is_over.p > 0)) {
        rc_chart_title(c, "No group ends up over the limit of %s.", limit);
        return;
    }
    if (strcmp(now, before) != 0) {
        rc_chart_title(c, "%s%s: over %s in %s of futures, %s before mitigation.",
                       worst->name, most, limit, now, before);
        rc_chart_title(c, "%s%s: over %s in %s of futures, %s before.", worst->name,
                       most, limit, now, before);
        rc_chart_title(c, "%s%s: over %s in %s, %s before.", worst->name, most, limit,
                       now, before);
    }
    rc_chart_title(c, "%s%s: over %s in %s of futures.", worst->name, most, limit, now);
    rc_chart_title(c, "%s: over %s in %s of futures.", worst->name, limit, now);
}

/* The axis of gaps is x: ticks in points. */
static void axis(rc_chart *c, double low, double high)
{
    const double scale = 100, step = rc_chart_step((high - low) * scale, 9);
    char text[2 * RC_HUMAN];
    c->x_min = floor(low * scale / step + 1e-9) * step / scale;
    c->x_max = ceil(high * scale / step - 1e-9) * step / scale;
    for (double k = c->x_min * scale; k <= c->x_max * scale + 1e-6; k += step) {
        snprintf(text, sizeof text,
                 k + step > c->x_max * scale + 1e-6 ? "%.*f points" : "%.*f", step < 1,
                 k + 0.0);
        rc_chart_x_tick(c, k / scale, text);
    }
}

static void figure(rc_chart *c, double pixels, double y, const char *colour,
                   rc_share share)
{
    char text[RC_HUMAN];
    if (!isnan(share.p))
        rc_chart_label(c, c->x_max + rc_chart_across(c, pixels), y, RC_RIGHT, colour,
                       false, rc_human_share(text, share));
}

static void draw_row(rc_chart *c, const row *w, double y, bool first, FILE *before,
                     FILE *after)
{
    const double up = y + 0.14, down = y - 0.14;
    char text[RC_HUMAN];
    rc_chart_y_tick(c, y, w->name);
    if (!isnan(w->was.middle)) {
        fprintf(before, "%.6g\t%.6g\t%.6g\t%.3f\n", w->was.low, w->was.middle,
                w->was.high, up);
        if (first)
            rc_chart_label(c, w->was.high + rc_chart_across(c, 10), up, RC_LEFT,
                           "muted", false, "before");
    }
    if (!isnan(w->is.middle)) {
        fprintf(after, "%.6g\t%.6g\t%.6g\t%.3f\n", w->is.low, w->is.middle, w->is.high,
                down);
        if (first)
            rc_chart_label(c, w->is.high + rc_chart_across(c, 10), down, RC_LEFT,
                           "good", false, "after");
    }
    figure(c, PASSES_AT, up, "muted", w->passed);
    figure(c, PASSES_AT, down, w->passes.p < 0.5 ? "bad" : "ink", w->passes);
    figure(c, OVER_AT, up, "muted", w->was_over);
    figure(c, OVER_AT, down, w->is_over.p > 0.5 ? "bad" : "ink", w->is_over);
    if (!isnan(w->times_as_often)) {
        snprintf(text, sizeof text, "%.1fx", w->times_as_often);
        rc_chart_label(c, c->x_max + rc_chart_across(c, WRONG_AT), down, RC_RIGHT,
                       "ink", false, text);
    }
}

static void heads(rc_chart *c, double y, bool decides)
{
    const struct {
        double at;
        const char *text;
    } columns[] = {{PASSES_AT, "audit passes"},
                   {OVER_AT, "truly over"},
                   {WRONG_AT, rc_result_output(c->result, "decisions.misses")
                                  ? "missed"
                                  : "goes wrong"}};
    for (int i = 0; i < 2 + decides; i++)
        rc_chart_label(c, c->x_max + rc_chart_across(c, columns[i].at), y, RC_RIGHT,
                       "muted", false, columns[i].text);
}

bool rc_chart_fairness(rc_chart *c)
{
    const rc_result *r = c->result;
    row rows[GROUPS];
    uint32_t n = 0, worst = 0;
    double widest = 0, low = 0, high = 0, limit = NAN;
    bool audited = false, decides = false;
    for (uint32_t i = 0; i < r->outputs_n && n < GROUPS; i++)
        n += row_of(&rows[n], r, &r->outputs[i]);
    if (n == 0)
        return false; /* no group is audited */
    FILE *before = rc_chart_table_of(c, "before", "p10\tmedian\tp90\trow");
    FILE *after = rc_chart_table_of(c, "after", "p10\tmedian\tp90\trow");
    FILE *lines = rc_chart_table_of(c, "lines", "x");
    if (!before || !after || !lines)
        return true;
    for (uint32_t i = 0; i < n; i++) {
        const row *w = &rows[i];
        audited = audited || !isnan(w->was.middle);
        decides = decides || !isnan(w->times_as_often);
        limit = isnan(limit) ? w->limit : limit;
        low = fmin(low, fmin(w->was.low, w->is.low)); /* fmin passes NAN by */
        high = fmax(high, fmax(w->was.high, w->is.high));
        worst = w->is_over.p > rows[worst].is_over.p ? i : worst;
        widest = fmax(widest, rc_chart_pixels(w->name));
    }
    if (!isnan(limit))
        high = fmax(high, 1.15 * limit);
    rc_chart_subtitle(c,
                      "true gap in points to everyone else, P10 to P90; grey: before "
                      "mitigation, colour: after");
    if (!audited) {
        rc_chart_title(c, "In no future does the fairness audit take place.");
        rc_chart_message(c, "No future gets as far as the audit.");
        return true;
    }
    title(c, &rows[worst], n);
    c->left = rc_chart_margin(widest);
    c->right = decides ? WRONG_AT + 44 : OVER_AT + 44;
    axis(c, low, high);
    c->y_min = -0.1;
    c->y_max = n;
    const double top = c->y_max + rc_chart_up(c, 16);
    heads(c, top, decides);
    for (uint32_t i = 0; i < n; i++)
        draw_row(c, &rows[i], n - 1 - i + 0.5, i == 0, before, after);
    if (!isnan(limit)) {
        char text[2 * RC_HUMAN], points[RC_HUMAN];
        fprintf(lines, "%.6g\n", limit);
        snprintf(text, sizeof text, "limit %s", rc_human_gap(points, limit, "%", -1));
        rc_chart_label(c, limit, top, RC_CENTRE, "bad", false, text);
    }
    return true;
}
