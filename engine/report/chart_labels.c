/* chart_labels.c -- figures about labels: what they bring (learning), and when they are
 * there (labelling). */
#include "report/chart.h"
#include "report/labels.h"
#include <math.h>
#include <roadcast/math.h>
#include <string.h>

static const rc_output_result *output_of(const rc_result *r, const char *path)
{
    const rc_output_result *o = rc_result_output(r, path);
    return o && (o->spread || o->share) ? o : NULL;
}

static double mean_of(const rc_result *r, const char *path)
{
    const rc_output_result *o = rc_result_output(r, path);
    return o && o->spread ? o->spread[0].mean : NAN;
}

static const char *count(char out[RC_HUMAN], double n)
{
    return rc_human_count(out, (uint64_t)(n + 0.5));
}

double rc_labels_roundly(double n)
{
    double unit = 1; /* of the second digit */
    while (n >= 100 * unit)
        unit *= 10;
    return n >= 10 ? floor(n / unit + 0.5) * unit : n;
}

double rc_labels_of_half(const rc_result *r)
{
    const rc_output_result *on = output_of(r, "figures.learning.at_target");
    const double now = mean_of(r, "figures.learning.labels_now"),
                 until = mean_of(r, "figures.learning.until");
    for (uint32_t i = 0; on && i < on->output.series; i++) {
        const double p = on->share[i].p, last = on->output.series - 1;
        if (!(p >= 0.5))
            continue;
        const double before = i > 0 ? on->share[i - 1].p : 0;
        const double at = i > 0 ? i - 1 + (0.5 - before) / (p - before) : 0;
        return now * rc_pow(until / now, at / last);
    }
    return INFINITY;
}

/* ------------------------------------------------------------------ learning */

static double decimal_log(double x)
{
    return rc_log(x) / rc_log(10);
}

/* x is the decimal logarithm of labels: the ticks say the real numbers. */
static void label_ticks(rc_chart *c)
{
    static const double steps[] = {1, 2, 5};
    char text[2 * RC_HUMAN], n[RC_HUMAN];
    const double decades = c->x_max - c->x_min;
    bool first = true;
    for (int d = (int)floor(c->x_min) - 1; d <= (int)ceil(c->x_max); d++)
        for (int i = 0; i < 3; i++) {
            const double x = d + decimal_log(steps[i]);
            if (x < c->x_min - 1e-9 || x > c->x_max + 1e-9 || (decades > 3 && i > 0))
                continue;
            snprintf(text, sizeof text, first ? "%s labels" : "%s",
                     count(n, rc_pow(10, x)));
            rc_chart_x_tick(c, x, text);
            first = false;
        }
}

typedef struct curve {
    const rc_output_result *values, *at_target, *fit, *labels, *points;
    double from, now, until, come;
    const char *unit;
} curve;

static double curve_x(const curve *k, uint32_t i)
{
    return decimal_log(k->now) + (decimal_log(k->until) - decimal_log(k->now)) * i /
                                     (k->values->output.series - 1);
}

static void learning_title(rc_chart *c, const curve *k)
{
    const rc_result *r = c->result;
    const rc_output_result *ever = output_of(r, "figures.learning.ever"),
                           *suffice = output_of(r, "figures.learning.suffice");
    char target[RC_HUMAN], share[RC_HUMAN], n[RC_HUMAN];
    if (!k->at_target || !ever || !suffice || !r->target.given) {
        const uint32_t last = k->values->output.series - 1;
        const rc_spread *now = &k->values->spread[0], *then = &k->values->spread[last];
        char a[RC_HUMAN], b[RC_HUMAN];
        rc_human_metric(a, rc_spread_at(r, now, 50), k->unit, 1);
        rc_human_metric(b, rc_spread_at(r, then, 50), k->unit, 1);
        rc_chart_title(c, "%s labels bring %s to %s in the middle.",
                       count(n, rc_labels_roundly(k->until)), a, b);
        return;
    }
    rc_target_words(target, r, r->target.value);
    const double half = rc_labels_of_half(r);
    if (!(ever->share[0].p > 0)) {
        rc_chart_title(c, "No number of labels alone brings %s.", target);
        return;
    }
    rc_human_share(share, suffice->share[0]);
    if (ever->share[0].p < 0.5) {
        const rc_share never = {1 - ever->share[0].p, 1 - ever->share[0].high,
                                1 - ever->share[0].low};
        rc_chart_title(c, "In %s of futures no number of labels alone brings %s.",
                       rc_human_share(share, never), target);
        return;
    }
    char name[4 * RC_NAME], more[RC_HUMAN + 8];
    rc_metric_words(name, r->target.metric, false);
    snprintf(more, sizeof more, isfinite(half) ? "%s" : "over %s",
             count(n, rc_labels_roundly(isfinite(half) ? half : k->until)));
    rc_chart_title(c,
                   "Planned labels alone bring %s %s in %s of futures; half need %s.",
                   target, name, share, more);
    rc_chart_title(c, "Planned labels alone bring %s in %s of futures; half need %s.",
                   target, share, more);
    rc_chart_title(c, "Labels alone bring %s in %s of futures; half need %s.", target,
                   share, more);
    rc_chart_title(c, "Labels alone bring %s in %s of futures.", target, share);
}

static void put_range(double *low, double *high, double value)
{
    if (isnan(value))
        return;
    *low = fmin(*low, value);
    *high = fmax(*high, value);
}

/* Tables of the curve; the range that they take. */
static void learning_tables(rc_chart *c, const curve *k, double *low, double *high)
{
    const rc_result *r = c->result;
    FILE *fan = rc_chart_table_of(c, "fan", "x\tp10\tmedian\tp90"),
         *fit = rc_chart_table_of(c, "fit", "x\tmedian"),
         *points = rc_chart_table_of(c, "points", "x\tvalue"),
         *lines = rc_chart_table_of(c, "lines", "y"),
         *come = rc_chart_table_of(c, "come", "x");
    if (!fan || !fit || !points || !lines || !come)
        return;
    for (uint32_t i = 0; i < k->values->output.series; i++) {
        const rc_spread *s = &k->values->spread[i];
        const double p10 = rc_spread_at(r, s, 10), p90 = rc_spread_at(r, s, 90);
        fprintf(fan, "%.6f\t%.9g\t%.9g\t%.9g\n", curve_x(k, i), p10,
                rc_spread_at(r, s, 50), p90);
        put_range(low, high, p10);
        put_range(low, high, p90);
    }
    const uint32_t n = k->fit ? k->fit->output.series : 0;
    for (uint32_t i = 0; i < n; i++) {
        const double x = decimal_log(k->from) +
                         (decimal_log(k->now) - decimal_log(k->from)) * i / (n - 1);
        const double y = rc_spread_at(r, &k->fit->spread[i], 50);
        fprintf(fit, "%.6f\t%.9g\n", x, y);
        put_range(low, high, y);
    }
    for (uint32_t i = 0; k->points && i < k->points->output.series; i++) {
        const double y = k->points->spread[i].mean;
        fprintf(points, "%.6f\t%.9g\n", decimal_log(k->labels->spread[i].mean), y);
        put_range(low, high, y);
    }
    if (k->at_target) {
        fprintf(lines, "%.9g\n", r->target.value);
        put_range(low, high, r->target.value);
    }
    if (k->come > 0)
        fprintf(come, "%.6f\n", decimal_log(k->now + k->come));
}

static void learning_labels(rc_chart *c, const curve *k)
{
    const rc_result *r = c->result;
    const uint32_t last = k->values->output.series - 1;
    char text[3 * RC_HUMAN], value[RC_HUMAN], n[RC_HUMAN];
    const double pad = rc_chart_across(c, 8), line = rc_chart_up(c, 21);
    const double today = rc_spread_at(r, &k->values->spread[0], 50);
    snprintf(text, sizeof text, "today %s", rc_human_metric(value, today, k->unit, 1));
    rc_chart_label(c, decimal_log(k->now) - pad, today + line * 0.6, RC_RIGHT, "ink",
                   true, text);
    const double p10 = rc_spread_at(r, &k->values->spread[last], 10),
                 p50 = rc_spread_at(r, &k->values->spread[last], 50),
                 p90 = rc_spread_at(r, &k->values->spread[last], 90);
    snprintf(text, sizeof text, "median %s", rc_human_metric(value, p50, k->unit, 1));
    rc_chart_label(c, c->x_max + pad, p50, RC_LEFT, "good", true, text);
    rc_chart_label(c, c->x_max + pad, fmax(p90, p50 + line), RC_LEFT, "muted", false,
                   "P90");
    rc_chart_label(c, c->x_max + pad, fmin(p10, p50 - line), RC_LEFT, "muted", false,
                   "P10");
    if (k->come > 0) {
        snprintf(text, sizeof text, "this plan: %s",
                 count(n, rc_labels_roundly(k->now + k->come)));
        rc_chart_label(c, decimal_log(k->now + k->come) + pad, c->y_min + line, RC_LEFT,
                       "muted", false, text);
    }
    if (!k->at_target)
        return;
    snprintf(text, sizeof text, "target %s",
             rc_target_words(value, r, r->target.value));
    rc_chart_label(c, c->x_min + pad, r->target.value + line * 0.7, RC_LEFT, "bad",
                   false, text);
    for (uint32_t i = 0; i <= last; i += 2)
        rc_chart_label(c, curve_x(k, i), c->y_max + rc_chart_up(c, 16), RC_CENTRE,
                       "ink", false, rc_human_share(value, k->at_target->share[i]));
}

bool rc_chart_learning(rc_chart *c)
{
    const rc_result *r = c->result;
    curve k = {.values = output_of(r, "figures.learning.curve"),
               .at_target = output_of(r, "figures.learning.at_target"),
               .fit = output_of(r, "figures.learning.fit"),
               .labels = output_of(r, "figures.learning.points.labels"),
               .points = output_of(r, "figures.learning.points.value"),
               .from = mean_of(r, "figures.learning.from"),
               .now = mean_of(r, "figures.learning.labels_now"),
               .until = mean_of(r, "figures.learning.until"),
               .come = mean_of(r, "figures.learning.labels_come")};
    if (!k.values)
        return false; /* no curve, or no labels that come */
    double low = INFINITY, high = -INFINITY;
    char n[RC_HUMAN];
    k.unit = r->target.given ? r->target.unit : k.values->output.unit;
    rc_human_count(n, r->futures);
    rc_chart_subtitle(c,
                      "today's model by labels alone, no tries: median and P10 to P90; "
                      "dots: measured");
    if (!(k.values->spread[0].n > 0)) {
        rc_chart_title(c, "In no future does the search begin.");
        for (int i = 0; i < 5; i++)
            rc_chart_table_of(
                c, (const char *[]){"fan", "fit", "points", "lines", "come"}[i], "x");
        rc_chart_message(c, "In no future does the search begin.");
        return true;
    }
    learning_title(c, &k);
    if (k.at_target)
        snprintf(c->note, sizeof c->note, "on target:");
    c->left = 120;
    c->right = 170;
    c->x_min = decimal_log(k.from) - 0.02;
    c->x_max = decimal_log(k.until);
    learning_tables(c, &k, &low, &high);
    const double room = 0.06 * (high - low);
    rc_chart_value_ticks(c, low - room, high + room, rc_human_scale(k.unit),
                         rc_human_suffix(k.unit));
    label_ticks(c);
    learning_labels(c, &k);
    return true;
}

/* ----------------------------------------------------------------- labelling */

typedef struct burn {
    const rc_output_result *done;
    double step, wanted;
    uint32_t first, last; /* shown */
} burn;

static double burn_x(const rc_result *r, const burn *b, double k)
{
    const double days = k * b->step;
    return days > 0 ? rc_result_finish_date(r, days) + 1.0 : r->start_date;
}

/* When a percentile of what is done reaches what is wanted: step, INFINITY never. */
static double reached(const rc_result *r, const burn *b, double percent)
{
    double before = 0;
    for (uint32_t k = 0; k < b->done->output.series; k++) {
        const double y = rc_spread_at(r, &b->done->spread[k], percent);
        if (y < b->wanted * (1 - 1e-9)) {
            before = y;
            continue;
        }
        if (k < 2)
            return k;
        /* at the pace of the step before, within this one */
        const double pace = before - rc_spread_at(r, &b->done->spread[k - 2], percent);
        return k - 1 + (pace > 0 ? fmin((b->wanted - before) / pace, 1.0) : 1.0);
    }
    return INFINITY;
}

/* Items done by a moment between two steps. */
static double done_at(const rc_result *r, const burn *b, double percent, double k)
{
    const double full = reached(r, b, percent);
    const uint32_t low = (uint32_t)k, last = b->done->output.series - 1;
    if (low >= last)
        return rc_spread_at(r, &b->done->spread[last], percent);
    const double from = rc_spread_at(r, &b->done->spread[low], percent),
                 to = rc_spread_at(r, &b->done->spread[low + 1], percent);
    if (!(full > low && full < low + 1))
        return from + (to - from) * (k - low);
    return k < full ? from + (b->wanted - from) * (k - low) / (full - low) : to;
}

static const char *day_of(char out[RC_HUMAN], const rc_result *r, const burn *b,
                          double k)
{
    return rc_chart_long_date(out, r, rc_result_finish_date(r, k * b->step));
}

static void labelling_title(rc_chart *c, const burn *b)
{
    const rc_result *r = c->result;
    const rc_spread *end = &b->done->spread[b->done->output.series - 1];
    const double half = reached(r, b, 50), sure = reached(r, b, 10);
    char n[RC_HUMAN], m[RC_HUMAN], x[RC_HUMAN], y[RC_HUMAN];
    count(n, rc_labels_roundly(b->wanted));
    if (isfinite(sure)) {
        day_of(x, r, b, half);
        day_of(y, r, b, sure);
        rc_chart_title(c, "Half of futures have all %s labels by %s, 90 %% by %s.", n,
                       x, y);
        rc_chart_title(c, "All %s labels: half of futures by %s, 90 %% by %s.", n, x,
                       y);
        return;
    }
    if (isfinite(half)) {
        rc_chart_title(c, "Half of futures have all %s labels by %s; 90 %% never have.",
                       n, day_of(x, r, b, half));
        return;
    }
    rc_chart_title(c, "Half of futures label %s of the %s items wanted, or fewer.",
                   count(m, rc_labels_roundly(rc_spread_at(r, end, 50))), n);
}

/* From the last step before anything is labelled to the first when all is. */
static void shown_steps(const rc_result *r, burn *b)
{
    const uint32_t n = b->done->output.series;
    const double end = rc_spread_at(r, &b->done->spread[n - 1], 10);
    b->first = 0;
    while (b->first + 2 < n &&
           !(rc_spread_at(r, &b->done->spread[b->first + 1], 90) > 0))
        b->first++;
    b->last = n - 1;
    while (b->last > b->first + 4 &&
           rc_spread_at(r, &b->done->spread[b->last - 2], 10) >= end * (1 - 1e-9) &&
           rc_spread_at(r, &b->done->spread[b->last - 2], 50) >=
               rc_spread_at(r, &b->done->spread[n - 1], 50) * (1 - 1e-9))
        b->last--;
}

static void labelling_dot(rc_chart *c, const burn *b, double percent, const char *name,
                          bool above)
{
    const rc_result *r = c->result;
    const double k = reached(r, b, percent);
    FILE *dots = rc_chart_table_of(c, "dots", "x\ty");
    char text[3 * RC_HUMAN], date[RC_HUMAN];
    if (!dots || !isfinite(k))
        return;
    const double x = burn_x(r, b, k);
    fprintf(dots, "%.3f\t%.9g\n", x, b->wanted);
    rc_human_date(date, rc_result_finish_date(r, k * b->step), false);
    snprintf(text, sizeof text, "%s  %s", name, date);
    const bool room = x + rc_chart_across(c, rc_chart_pixels(text) + 14) < c->x_max + 6;
    rc_chart_label(c, x + rc_chart_across(c, room ? 6 : -6),
                   b->wanted + rc_chart_up(c, above ? 20 : -22),
                   room ? RC_LEFT : RC_RIGHT, "ink", false, text);
}

static void burn_row(rc_chart *c, const burn *b, FILE *fan, double k)
{
    const rc_result *r = c->result;
    fprintf(fan, "%.3f\t%.9g\t%.9g\t%.9g\n", burn_x(r, b, k), done_at(r, b, 10, k),
            done_at(r, b, 50, k), done_at(r, b, 90, k));
}

/* The steps shown, and the moments between them at which a percentile is complete; the
 * most that is done. */
static double burn_rows(rc_chart *c, const burn *b, FILE *fan)
{
    static const double percents[] = {90, 50, 10};
    double high = b->wanted;
    for (uint32_t k = b->first; k <= b->last; k++) {
        burn_row(c, b, fan, k);
        for (int i = 0; i < 3; i++) {
            const double full = reached(c->result, b, percents[i]);
            if (full > k && full < k + 1 && k < b->last)
                burn_row(c, b, fan, full);
        }
        high = fmax(high, rc_spread_at(c->result, &b->done->spread[k], 90));
    }
    return high;
}

/* What the sides of the fan mean, where the median is half done. */
static void pace_labels(rc_chart *c, const burn *b)
{
    const rc_result *r = c->result;
    uint32_t k = b->first;
    while (k < b->last && rc_spread_at(r, &b->done->spread[k], 50) < b->wanted / 2)
        k++;
    const double x = burn_x(r, b, k), pad = rc_chart_across(c, 10);
    const double fast = done_at(r, b, 90, k), slow = done_at(r, b, 10, k);
    rc_chart_label(c, x - pad, fmin(fast + rc_chart_up(c, 10), b->wanted * 0.93),
                   RC_RIGHT, "muted", false, "1 in 10 faster");
    rc_chart_label(c, x + pad, fmax(slow - rc_chart_up(c, 24), 0), RC_LEFT, "muted",
                   false, "1 in 10 slower");
}

bool rc_chart_labelling(rc_chart *c)
{
    const rc_result *r = c->result;
    burn b = {.done = output_of(r, "figures.labelling.done"),
              .step = mean_of(r, "figures.labelling.step_days")};
    const rc_output_result *wanted = output_of(r, "figures.labelling.wanted");
    if (!b.done || !wanted)
        return false; /* nobody labels */
    char text[3 * RC_HUMAN], n[RC_HUMAN];
    FILE *fan = rc_chart_table_of(c, "fan", "x\tp10\tmedian\tp90"),
         *lines = rc_chart_table_of(c, "lines", "y"),
         *dots = rc_chart_table_of(c, "dots", "x\ty");
    rc_chart_subtitle(c,
                      "items labelled, median and P10 to P90, against what is wanted");
    if (!fan || !lines || !dots || !(b.done->spread[0].n > 0)) {
        rc_chart_title(c, "In no future does labelling begin.");
        rc_chart_message(c, "In no future does labelling begin.");
        return true;
    }
    b.wanted = rc_spread_at(r, &wanted->spread[0], 50);
    shown_steps(r, &b);
    labelling_title(c, &b);
    c->left = 110;
    c->right = 130;
    c->x_min = burn_x(r, &b, b.first);
    c->x_max = burn_x(r, &b, b.last);
    const double high = burn_rows(c, &b, fan);
    fprintf(lines, "%.9g\n", b.wanted);
    const bool thousands = high >= 10000;
    rc_chart_value_ticks(c, 0, 1.12 * high, thousands ? 0.001 : 1,
                         thousands ? "k" : "");
    rc_chart_date_ticks(c);
    snprintf(text, sizeof text, "wanted %s", count(n, b.wanted));
    rc_chart_label(c, c->x_min + rc_chart_across(c, 8), b.wanted + rc_chart_up(c, 16),
                   RC_LEFT, "bad", false, text);
    pace_labels(c, &b);
    labelling_dot(c, &b, 50, "half of futures", true);
    labelling_dot(c, &b, 10, "90 % of futures", false);
    return true;
}
