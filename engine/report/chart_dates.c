/* chart_dates.c -- figures whose axis is the calendar: finish, cost_and_date. */
#include "report/chart.h"
#include "base/date.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Working days before a date. */
static uint32_t worked_before(const rc_result *r, double date)
{
    uint32_t low = 0, high = r->dates_n;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (r->dates[mid] < date)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* A finish on an axis of dates. Its hour in the working time of its week, spread over
 * all seven days: else every weekend would be a step in the curve and a gap in the
 * dots. */
static double x_of(const rc_result *r, double days)
{
    int32_t date = rc_result_finish_date(r, days);
    double part = days - floor(days), anchor = r->start_date;
    if (r->finish_histogram.n)
        anchor = r->finish_histogram.edges[0];
    double week = anchor + 7 * floor((date - anchor) / 7);
    uint32_t first = worked_before(r, week), n = worked_before(r, week + 7) - first;
    uint32_t at = worked_before(r, date) - first;
    if (n == 0 || at >= n)
        return date + 1.0;
    return week + 7 * (at + (part > 0 ? part : 1)) / n;
}

static bool has_deadline(const rc_result *r)
{
    return r->verdict.has_deadline && r->deadline_date != RC_DATE_NONE;
}

static const char *verb(const rc_result *r) /* "launching" */
{
    return rc_verdict_noun(r)[0] == 'L' ? "launching" : "finishing";
}

static const char *verbs(const rc_result *r) /* every future "launches" */
{
    return rc_verdict_noun(r)[0] == 'L' ? "launches" : "finishes";
}

static const char *verb_plain(const rc_result *r) /* half of them "launch" */
{
    return rc_verdict_noun(r)[0] == 'L' ? "launch" : "finish";
}

/* -------------------------------------------------------------------- finish */

typedef struct weeks {
    uint32_t first, last; /* bars shown: [first, last) */
    double top;           /* share of futures in the highest */
} weeks;

static weeks shown_weeks(const rc_result *r)
{
    const rc_histogram *h = &r->finish_histogram;
    weeks w = {0, h->n, 0};
    uint64_t tail = (r->futures - h->never) / 200;
    for (uint64_t n = 0; w.first < w.last && (n += h->counts[w.first]) <= tail;)
        w.first++;
    for (uint64_t n = 0; w.last > w.first && (n += h->counts[w.last - 1]) <= tail;)
        w.last--;
    for (uint32_t i = w.first; i < w.last; i++)
        w.top = fmax(w.top, (double)h->counts[i] / (double)r->futures);
    return w;
}

static double bar_height(const rc_result *r, weeks w, uint32_t i)
{
    return 35 * (double)r->finish_histogram.counts[i] / (double)r->futures / w.top;
}

static double curve_at(const rc_result *r, double x)
{
    const rc_histogram *h = &r->finish_histogram;
    double sum = 0;
    for (uint32_t i = 0; i < h->n; i++) {
        double part = (x - h->edges[i]) / (h->edges[i + 1] - h->edges[i]);
        sum += (double)h->counts[i] * (part < 0 ? 0 : part > 1 ? 1 : part);
    }
    return 100 * sum / (double)r->futures;
}

/* The lowest height over [from, to] that is clear of the bars, and of the curve. */
static double clear_above(const rc_result *r, weeks w, double from, double to,
                          bool curve)
{
    const rc_histogram *h = &r->finish_histogram;
    double top = 0;
    for (uint32_t i = w.first; i < w.last; i++)
        if (h->edges[i + 1] > from && h->edges[i] < to)
            top = fmax(top, bar_height(r, w, i));
    return curve ? fmax(top, fmax(curve_at(r, from), curve_at(r, to))) : top;
}

static void finish_title(rc_chart *c)
{
    const rc_result *r = c->result;
    const rc_verdict *v = &r->verdict;
    char chance[RC_HUMAN], date[RC_HUMAN], promise[RC_HUMAN], sure[RC_HUMAN];
    double p10 = rc_spread_at(r, &r->finish, 10), p50 = rc_spread_at(r, &r->finish, 50),
           p80 = rc_spread_at(r, &r->finish, 80), p90 = rc_spread_at(r, &r->finish, 90);
    if (v->launch.p <= 0) {
        char count[RC_HUMAN];
        rc_chart_title(c, "None of %s futures ever %s.",
                       rc_human_count(count, r->futures), verbs(r));
        return;
    }
    if (has_deadline(r)) {
        rc_chart_long_date(date, r, r->deadline_date);
        if (v->deadline.p <= 0) {
            rc_chart_title(c, "None of %s futures %s by %s.",
                           rc_human_count(chance, r->futures), verbs(r), date);
            return;
        }
        rc_human_share_of(chance, v->deadline, r->futures);
        rc_human_percent(sure, v->confidence);
        if (isfinite(v->promise_days) && rc_verdict_can_promise(r)) {
            rc_chart_long_date(promise, r, rc_result_finish_date(r, v->promise_days));
            rc_chart_title(c, "%s chance of %s by %s. Promise %s for %s.", chance,
                           verb(r), date, promise, sure);
        } else if (isinf(v->promise_days) && rc_verdict_can_promise(r)) {
            char target[RC_HUMAN], all[RC_HUMAN];
            if (r->targets_n > 1)
                snprintf(target, sizeof target, "%.20s targets",
                         rc_count_words(all, r->targets_n));
            else
                rc_target_words(target, r, r->target.value);
            if (v->has_target) {
                rc_chart_title(c, "%s chance of %s by %s. No date is %s sure of %s.",
                               chance, verb(r), date, sure, target);
                rc_chart_title(c, "%s chance by %s. No date is %s sure of %s.", chance,
                               date, sure, target);
            }
            rc_chart_title(c, "%s chance of %s by %s. No date is %s sure.", chance,
                           verb(r), date, sure);
        }
        rc_chart_title(c, "%s chance of %s by %s.", chance, verb(r), date);
    } else if (isfinite(p90) &&
               rc_result_finish_date(r, p10) == rc_result_finish_date(r, p90)) {
        rc_chart_title(c, "Nearly every future %s on %s.", verbs(r),
                       rc_chart_long_date(date, r, rc_result_finish_date(r, p50)));
    } else if (isfinite(p80)) {
        rc_chart_title(c, "Half of all futures %s by %s, 80 %% by %s.", verb_plain(r),
                       rc_chart_long_date(date, r, rc_result_finish_date(r, p50)),
                       rc_chart_long_date(promise, r, rc_result_finish_date(r, p80)));
    } else {
        rc_human_share_of(chance, v->stopped, r->futures);
        rc_chart_title(c, "%s of futures never %s.", chance, verb_plain(r));
    }
}

/* Where a label stands. */
typedef struct spot {
    double from, until, y;
} spot;

/* y, or above what stands there already. */
static double beside(const spot *taken, uint32_t n, double from, double until, double y)
{
    for (uint32_t i = 0; i < n; i++)
        if (taken[i].from < until && taken[i].until > from && fabs(taken[i].y - y) < 6)
            y = taken[i].y + 6;
    return y;
}

/* taken: [3] where the labels stand; how many there are. */
static uint32_t finish_percentiles(rc_chart *c, weeks w, spot *taken)
{
    static const struct {
        double percent;
        rc_align side;
    } dots[] = {{10, RC_RIGHT}, {50, RC_RIGHT}, {80, RC_LEFT}};
    const rc_result *r = c->result;
    double deadline = has_deadline(r) ? r->deadline_date + 1.0 : NAN, before = -1;
    uint32_t n = 0;
    double first = rc_spread_at(r, &r->finish, 10),
           last = rc_spread_at(r, &r->finish, 80);
    bool same = isfinite(last) &&
                rc_result_finish_date(r, first) == rc_result_finish_date(r, last);
    for (size_t i = 0; i < sizeof dots / sizeof dots[0]; i++) {
        double days = rc_spread_at(r, &r->finish, dots[i].percent);
        if (!isfinite(days))
            continue;
        double x = x_of(r, days);
        if (x < c->x_min || x > c->x_max || (same && dots[i].percent != 50))
            continue;
        char date[RC_HUMAN], text[2 * RC_HUMAN];
        rc_finish_words(date, r, days);
        if (same)
            snprintf(text, sizeof text, "P10 to P80  %s", date);
        else
            snprintf(text, sizeof text, "P%.0f  %s", dots[i].percent, date);
        double width = rc_chart_across(c, rc_chart_pixels(text) + 20),
               gap = rc_chart_across(c, 14);
        /* left of the curve is free, right below it too: not across the deadline, not
         * out */
        rc_align side = dots[i].side;
        bool left_bad = x - width < c->x_min || (x > deadline && x - width < deadline);
        bool right_bad = x + width > c->x_max || (x < deadline && x + width > deadline);
        if (side == RC_RIGHT ? left_bad && !right_bad : right_bad && !left_bad)
            side = side == RC_RIGHT ? RC_LEFT : RC_RIGHT;
        double y = dots[i].percent + (side == RC_RIGHT ? 3.5 : -3);
        double from = side == RC_RIGHT ? x - width : x, until = from + width;
        if (side == RC_RIGHT) /* above the bars; the curve is lower there */
            y = fmax(y, clear_above(r, w, from, until - gap, false) + 3.5);
        if (y < before + 5)
            y = before + 5;
        taken[n++] = (spot){from, until, y};
        before = y;
        FILE *out = rc_chart_table_of(c, "dots", "");
        if (out)
            fprintf(out, "%.3f\t%.3f\t%.3f\n", x, dots[i].percent,
                    fmax(dots[i].percent, y - 2));
        rc_chart_label(c, side == RC_RIGHT ? x - gap : x + gap, y, side, "ink", false,
                       text);
    }
    return n;
}

/* "on time 54 %" over the bars of its colour. */
static void finish_shares(rc_chart *c, weeks w, const spot *taken, uint32_t taken_n)
{
    const rc_result *r = c->result;
    char text[RC_HUMAN], share[RC_HUMAN];
    double deadline = r->deadline_date + 1.0;
    if (deadline > c->x_min + rc_chart_across(c, 170) && r->verdict.deadline.p > 0) {
        snprintf(text, sizeof text, "on time %.40s",
                 rc_human_share(share, r->verdict.deadline));
        double width = rc_chart_across(c, rc_chart_pixels(text) * 1.12);
        double x = c->x_min + (deadline - c->x_min) * 0.04;
        if (x + width > deadline)
            x = c->x_min;
        double y = clear_above(r, w, x, x + width, true) + 6;
        rc_chart_label(c, x, beside(taken, taken_n, x, x + width, y), RC_LEFT, "good",
                       true, text);
    }
    rc_share late = {r->verdict.launch.p - r->verdict.deadline.p, 0, 0};
    late.low = late.high = late.p;
    if (c->x_max > deadline + rc_chart_across(c, 120) && late.p > 0) {
        snprintf(text, sizeof text, "late %.40s", rc_human_share(share, late));
        double width = rc_chart_across(c, rc_chart_pixels(text) * 1.12);
        double x = c->x_max - rc_chart_across(c, 30);
        if (x - width < deadline)
            x = c->x_max;
        double y = clear_above(r, w, x - width, x, false) + 6, curve = curve_at(r, x);
        if (fabs(curve - y) < 5)
            y = curve + 5;
        rc_chart_label(c, x, beside(taken, taken_n, x - width, x, y), RC_RIGHT, "bad",
                       true, text);
    }
}

/* Through the weekly sums; where all lies within few weeks, through the percentiles. */
static void write_curve(const rc_chart *c, weeks w, FILE *out)
{
    const rc_result *r = c->result;
    const rc_histogram *h = &r->finish_histogram;
    double end = 100 * (1 - (double)h->never / (double)r->futures), before = c->x_min;
    bool by_week = w.last - w.first > 4;
    fprintf(out, "%.4f\t%.4f\n", c->x_min, by_week ? curve_at(r, c->x_min) : 0);
    for (uint32_t i = 0; by_week && i <= h->n; i++)
        if (h->edges[i] > c->x_min && h->edges[i] < c->x_max)
            fprintf(out, "%.4f\t%.4f\n", h->edges[i], curve_at(r, h->edges[i]));
    for (uint32_t i = 0; !by_week && i < r->percentiles_n; i++) {
        double days = r->finish.p[i];
        if (!isfinite(days))
            break;
        if (i == 0)
            fprintf(out, "%.4f\t0\n", before = fmax(before, x_of(r, days) - 1));
        before = fmax(before + 0.02, x_of(r, days));
        fprintf(out, "%.4f\t%.4f\n", before, r->percentiles[i]);
    }
    if (!by_week && before + 1 < c->x_max)
        fprintf(out, "%.4f\t%.4f\n", before + 1, end);
    fprintf(out, "%.4f\t%.4f\n", c->x_max, by_week ? curve_at(r, c->x_max) : end);
}

bool rc_chart_finish(rc_chart *c)
{
    const rc_result *r = c->result;
    const rc_histogram *h = &r->finish_histogram;
    char count[RC_HUMAN], never[RC_HUMAN], text[2 * RC_HUMAN];
    rc_human_count(count, r->futures);
    finish_title(c);
    rc_human_share_of(never, r->verdict.stopped, r->futures);
    bool stopped = r->verdict.launch.p < 1;
    rc_chart_subtitle(c, "%s date across %s simulated futures%s%s%s",
                      rc_verdict_noun(r)[0] == 'L' ? "launch" : "finish", count,
                      stopped ? "; " : "", stopped ? never : "",
                      stopped ? " of them are stopped" : "");
    weeks w = shown_weeks(r);
    rc_chart_table_of(c, "bars", "from\tuntil\theight\tcolour");
    rc_chart_table_of(c, "curve", "x\tpercent");
    rc_chart_table_of(c, "dots", "x\tpercent\ttop");
    rc_chart_table_of(c, "lines", "x");
    if (w.first >= w.last || r->verdict.launch.p <= 0) {
        rc_chart_message(c, "No future gets there: there is no date to show.");
        return true;
    }
    snprintf(c->note, sizeof c->note,
             "curve: chance of being %s by this date \xc2\xb7 bars: futures per week, "
             "not to the scale of the curve",
             rc_verdict_noun(r)[0] == 'L' ? "live" : "done");
    c->left = 96;
    c->right = 46;
    c->y_min = 0;
    c->y_max = 106;
    c->x_min = h->edges[w.first];
    c->x_max = h->edges[w.last];
    double deadline = has_deadline(r) ? r->deadline_date + 1.0 : NAN;
    /* the deadline is always in the picture, and a single week gets neighbours */
    c->x_min = fmin(c->x_min, isnan(deadline) ? c->x_min : deadline) - 4;
    c->x_max = fmax(c->x_max, isnan(deadline) ? c->x_max : deadline) + 4;
    if (c->x_max - c->x_min < 42) {
        c->x_min -= 14;
        c->x_max += 14;
    }
    FILE *bars = rc_chart_table_of(c, "bars", ""),
         *curve = rc_chart_table_of(c, "curve", ""),
         *lines = rc_chart_table_of(c, "lines", "");
    if (!bars || !curve || !lines)
        return true;
    double gap = rc_chart_across(c, 2);
    for (uint32_t i = w.first; i < w.last; i++)
        if (h->counts[i])
            fprintf(bars, "%.4f\t%.4f\t%.4f\t%s\n", h->edges[i] + gap,
                    h->edges[i + 1] - gap, bar_height(r, w, i),
                    h->edges[i] >= deadline ? "bad" : "good");
    write_curve(c, w, curve);
    for (int percent = 0; percent <= 100; percent += 20) {
        snprintf(text, sizeof text, "%d %%", percent);
        rc_chart_y_tick(c, percent, text);
    }
    rc_chart_date_ticks(c);
    spot taken[3];
    uint32_t taken_n = finish_percentiles(c, w, taken);
    if (!isnan(deadline)) {
        char date[RC_HUMAN];
        fprintf(lines, "%.4f\n", deadline);
        snprintf(text, sizeof text, "Deadline %s",
                 rc_human_date(date, r->deadline_date, false));
        bool right =
            deadline + rc_chart_across(c, rc_chart_pixels(text) + 14) < c->x_max;
        double off = rc_chart_across(c, 10);
        rc_chart_label(c, right ? deadline + off : deadline - off, 103.5,
                       right ? RC_LEFT : RC_RIGHT, "bad", false, text);
        finish_shares(c, w, taken, taken_n);
    }
    return true;
}

/* ------------------------------------------------------------- cost and date */

typedef struct point {
    double x, cost;
    bool never, late, over, reached;
} point;

static int by_x(const void *a, const void *b)
{
    double x = ((const point *)a)->x, y = ((const point *)b)->x;
    return x < y ? -1 : x > y;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Where date and cost are both kept in `share` of the n points, as a line: for each
 * date the budget that it takes. No trade-off: one cannot choose a point of it. */
static void joint_line(rc_chart *c, const point *p, uint32_t n, double share,
                       double until)
{
    FILE *out = rc_chart_table_of(c, "joint", "x\tcost");
    double *kept = malloc((n + 1) * sizeof *kept);
    bool all = p[n - 1].never || !(c->result->verdict.launch.p < 1);
    /* where the dots are of those that launch, the others count all the same */
    double futures = all ? n : n / c->result->verdict.launch.p;
    uint32_t need = (uint32_t)ceil(share * futures), m = 0;
    double last = INFINITY, end_y = NAN, begin_x = NAN, words_x = NAN, words_y = NAN;
    if (!out || !kept) {
        c->failed = true;
        free(kept);
        return;
    }
    for (uint32_t i = 0; i < n && !p[i].never; i++) {
        uint32_t low = 0, high = m;
        while (low < high) {
            uint32_t mid = (low + high) / 2;
            if (kept[mid] <= p[i].cost)
                low = mid + 1;
            else
                high = mid;
        }
        memmove(kept + low + 1, kept + low, (m - low) * sizeof *kept);
        kept[low] = p[i].cost;
        m++;
        bool same_x = i + 1 < n && p[i + 1].x == p[i].x;
        if (m < need || same_x || kept[need - 1] >= last)
            continue;
        last = kept[need - 1];
        if (p[i].x <= until && last <= c->y_max) {
            fprintf(out, "%.3f\t%.6g\n", p[i].x, last);
            end_y = last;
            if (isnan(begin_x)) {
                begin_x = p[i].x;
                words_y = fmin(last, c->y_max - rc_chart_up(c, 50));
            }
            if (isnan(words_x) || last > words_y - rc_chart_up(c, 40))
                words_x = p[i].x;
        }
    }
    free(kept);
    if (isnan(begin_x))
        return;
    fprintf(out, "%.3f\t%.6g\n", until, end_y);
    /* two lines of words on the side where more than `share` are kept, beside the steep
     * end of the line: else before it */
    char text[2 * RC_HUMAN], percent[RC_HUMAN];
    snprintf(text, sizeof text, "%s keep a date and a budget",
             rc_human_percent(percent, share));
    double width = rc_chart_across(
               c, rc_chart_pixels("on this line; not a trade-off curve")),
           off = rc_chart_across(c, 10);
    bool right = words_x + off + width <= until;
    rc_align side = right ? RC_LEFT : RC_RIGHT;
    double x = right ? words_x + off : begin_x - off;
    rc_chart_label(c, x, words_y, side, "ink", false, text);
    rc_chart_label(c, x, words_y - rc_chart_up(c, 24), side, "ink", false,
                   "on this line; not a trade-off curve");
}

static void quadrant(rc_chart *c, bool late, bool over, double share, double deadline,
                     double budget)
{
    static const char *const names[2][2] = {{"both met", "on time, over budget"},
                                            {"late or never, within budget", "both missed"}};
    static const char *const hues[2][2] = {{"good", "pink"}, {"amber", "bad"}};
    char text[2 * RC_HUMAN], percent[RC_HUMAN];
    rc_share s = {share, share, share};
    snprintf(text, sizeof text, "%s  %s", names[late][over],
             rc_human_share(percent, s));
    double width = rc_chart_across(c, rc_chart_pixels(text) * 1.12);
    double room = late ? c->x_max - deadline : deadline - c->x_min;
    double height = over ? c->y_max - budget : budget - c->y_min;
    if (share <= 0 || width > room || height < rc_chart_up(c, 30))
        return;
    /* the corner farthest from where the dots are thick */
    double pad = rc_chart_across(c, 14);
    double x = late ? c->x_max - pad : c->x_min + pad;
    double y = over ? c->y_max - rc_chart_up(c, 18) : c->y_min + rc_chart_up(c, 20);
    rc_chart_label(c, x, y, late ? RC_RIGHT : RC_LEFT, hues[late][over], true, text);
}

static void cost_and_date_title(rc_chart *c, bool both)
{
    const rc_result *r = c->result;
    const double (*quarter)[2] = r->quarters;
    char a[RC_HUMAN], b[RC_HUMAN], date[RC_HUMAN], money[RC_HUMAN];
    rc_share met = {quarter[0][0], quarter[0][0], quarter[0][0]},
             missed = {quarter[1][1], quarter[1][1], quarter[1][1]};
    double p80 = rc_spread_at(r, &r->finish, 80);
    if (both) {
        rc_chart_title(c,
                       "%s of futures meet both the date and the budget; %s miss both.",
                       rc_human_share(a, met), rc_human_share(b, missed));
        rc_chart_title(c, "%s of futures meet date and budget; %s miss both.", a, b);
    } else if (r->verdict.has_budget) {
        rc_chart_title(c, "%s of futures stay within %s.",
                       rc_human_share(a, r->verdict.budget),
                       rc_human_money(money, r->budget, r->currency));
    } else if (isfinite(p80)) {
        rc_chart_title(
            c, "80 %% of futures cost at most %s; 80 %% %s by %s.",
            rc_human_money(money, rc_spread_at(r, &r->cost, 80), r->currency),
            verb_plain(r), rc_chart_long_date(date, r, rc_result_finish_date(r, p80)));
    } else {
        rc_chart_title(
            c, "80 %% of futures cost at most %s.",
            rc_human_money(money, rc_spread_at(r, &r->cost, 80), r->currency));
    }
}

bool rc_chart_cost_and_date(rc_chart *c)
{
    const rc_result *r = c->result;
    const rc_verdict *v = &r->verdict;
    uint32_t n = r->dots_n, never = 0;
    char count[RC_HUMAN], all[RC_HUMAN], text[2 * RC_HUMAN], word[RC_HUMAN];
    rc_chart_table_of(c, "dots", "x\tcost\tcolour\treached");
    rc_chart_table_of(c, "joint", "x\tcost");
    FILE *cross = rc_chart_table_of(c, "cross", "x\ty\tdx\tdy");
    if (n == 0 || !(rc_spread_at(r, &r->cost, 90) > 0))
        return false; /* a plan without money has no such chart */
    point *p = calloc(n, sizeof *p);
    double *sorted = calloc(n, sizeof *sorted);
    if (!p || !sorted || !cross) {
        c->failed = true;
        free(p);
        free(sorted);
        return true;
    }
    double deadline = has_deadline(r) ? r->deadline_date + 1.0 : INFINITY;
    uint32_t m = 0;
    for (uint32_t i = 0; i < n; i++) {
        const rc_dot *d = &r->dots[i];
        bool gone = !isfinite(d->finish_days);
        double x = gone ? INFINITY : x_of(r, d->finish_days);
        p[i] = (point){x,
                       d->cost,
                       gone,
                       x > deadline,
                       v->has_budget && d->cost > r->budget,
                       d->reached};
        if (gone && !isfinite(deadline))
            p[i].late = false;
        never += gone;
        if (!gone)
            sorted[m++] = x;
    }
    qsort(p, n, sizeof *p, by_x);
    qsort(sorted, m, sizeof *sorted, by_value);
    bool both = isfinite(deadline) && v->has_budget;
    cost_and_date_title(c, both);
    rc_human_count(count, n);
    rc_human_count(all, r->futures);
    bool stopped =
        never == 0 && v->launch.p < 1; /* the dots are of those that launch */
    rc_chart_subtitle(c, "each dot is one future (%s of %s)%s%s%s", count, all,
                      v->has_target ? "; faint: off target" : "",
                      stopped ? "; late counts the stopped, " : "",
                      stopped ? rc_human_share_of(word, v->stopped, r->futures) : "");
    c->left = 110;
    c->right = 50;
    if (m) {
        c->x_min = sorted[m / 400];
        c->x_max = sorted[m - 1 - m / 200];
    } else {
        c->x_min = r->start_date;
        c->x_max = isfinite(deadline) ? deadline : r->start_date + 90;
    }
    if (isfinite(deadline)) {
        c->x_min = fmin(c->x_min, deadline);
        c->x_max = fmax(c->x_max, deadline);
    }
    double margin = fmax(3, (c->x_max - c->x_min) * 0.03);
    c->x_min -= margin;
    c->x_max += margin;
    if (c->x_max - c->x_min < 42) {
        c->x_min -= 14;
        c->x_max += 14;
    }
    for (uint32_t i = 0; i < n; i++)
        sorted[i] = p[i].cost;
    qsort(sorted, n, sizeof *sorted, by_value);
    double low = sorted[n / 400], high = sorted[n - 1 - n / 200];
    if (v->has_budget) {
        low = fmin(low, r->budget);
        /* above the budget stand two labels */
        high = fmax(high, r->budget + 0.16 * (r->budget - low));
    }
    double unit = high >= 2e6 ? 1e-6 : high >= 2e3 ? 1e-3 : 1;
    snprintf(c->note, sizeof c->note, "cost, %s%s",
             unit < 1e-4 ? "million "
             : unit < 1  ? "thousand "
                         : "",
             rc_human_currency(r->currency));
    rc_chart_value_ticks(c, low, high, unit, "");
    rc_chart_date_ticks(c);
    double calendar = c->x_max, strip = never ? 0.08 * (c->x_max - c->x_min) : 0;
    c->x_max += strip;
    FILE *dots = rc_chart_table_of(c, "dots", "");
    for (uint32_t i = 0, k = 0; i < n && dots; i++) {
        const char *hue = !isfinite(deadline) && !v->has_budget
                              ? (p[i].reached || !v->has_target ? "good" : "bad")
                          : p[i].late ? (p[i].over || !v->has_budget ? "bad" : "amber")
                          : p[i].over ? "pink"
                                      : "good";
        /* those without a date stand beside the calendar, spread by the golden ratio */
        double x = p[i].never
                       ? calendar + strip * (0.4 + 0.55 * fmod(0.618034 * ++k, 1))
                       : p[i].x;
        if (x < c->x_min || (!p[i].never && x > calendar) || p[i].cost > c->y_max ||
            p[i].cost < c->y_min)
            continue;
        fprintf(dots, "%.3f\t%.6g\t%s\t%d\n", x, p[i].cost, hue,
                p[i].reached || !v->has_target);
    }
    if (never)
        rc_chart_x_tick(c, calendar + 0.67 * strip, "never");
    if (isfinite(deadline)) {
        fprintf(cross, "%.3f\t%.6g\t0\t%.6g\n", deadline, c->y_min,
                c->y_max - c->y_min);
        snprintf(text, sizeof text, "Deadline %s",
                 rc_human_date(word, r->deadline_date, false));
        double half = rc_chart_across(c, rc_chart_pixels(text) / 2);
        rc_chart_label(c, fmax(c->x_min + half, fmin(deadline, calendar - half)),
                       c->y_max + rc_chart_up(c, 14), RC_CENTRE, "ink", false, text);
    }
    if (v->has_budget) {
        fprintf(cross, "%.3f\t%.6g\t%.3f\t0\n", c->x_min, r->budget,
                c->x_max - c->x_min);
        snprintf(text, sizeof text, "Budget %s",
                 rc_human_money(word, r->budget, r->currency));
        double at = c->x_min, wide = rc_chart_across(c, rc_chart_pixels(text) + 20);
        at = deadline > at && deadline < at + wide ? deadline : at;
        rc_chart_label(c, at + rc_chart_across(c, 14), r->budget + rc_chart_up(c, 14),
                       RC_LEFT, "ink", false, text);
    }
    if (both) {
        for (int late = 0; late < 2; late++)
            for (int over = 0; over < 2; over++)
                quadrant(c, late, over, r->quarters[late][over], deadline, r->budget);
        joint_line(c, p, n, v->confidence, calendar);
    }
    free(p);
    free(sorted);
    return true;
}
