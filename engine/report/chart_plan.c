/* chart_plan.c -- figures of the plan: what moves the date (tornado), what the plan is
 * and where it has slack (gantt). */
#include "report/chart.h"
#include "base/date.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool launches(const rc_result *r)
{
    return rc_verdict_noun(r)[0] == 'L';
}

/* ------------------------------------------------------------------- tornado */

enum { BARS = 10 };

static double early(const rc_driver *d)
{
    return fmin(0, fmin(d->low_days, d->high_days));
}

static double late(const rc_driver *d)
{
    return fmax(0, fmax(d->low_days, d->high_days));
}

static const char *name_of(const rc_driver *d)
{
    return d->name && d->name[0] ? d->name : d->id;
}

/* The largest bar, and what a bar is: the mean of a tenth, no bound. */
static void tornado_title(rc_chart *c, uint32_t n, bool weeks)
{
    const rc_driver *d = c->result->drivers, *most = d;
    char name[4 * RC_NAME], size[RC_HUMAN];
    for (uint32_t i = 1; i < n; i++)
        if (fmax(late(&d[i]), -early(&d[i])) > fmax(late(most), -early(most)))
            most = &d[i];
    bool worst = late(most) >= -early(most);
    double days = worst ? late(most) : -early(most);
    rc_human_signed(size, weeks ? days / 5 : days, 1);
    rc_human_name(name, sizeof name, name_of(most), 27);
    const char *tenth = worst ? "worst" : "best", *unit = weeks ? "weeks" : "days",
               *side = worst ? "later" : "earlier";
    rc_chart_title(c, "%s in its %s tenth: %s %s %s %s on average.", name, tenth,
                   launches(c->result) ? "launch" : "finish", size + 1, unit, side);
    rc_chart_title(c, "%s, %s tenth: %s %s %s on average.", name, tenth, size + 1, unit,
                   side);
    rc_chart_title(c, "%s, %s tenth: %s %s %s.", name, tenth, size + 1, unit, side);
}

bool rc_chart_tornado(rc_chart *c)
{
    const rc_result *r = c->result;
    uint32_t n = rc_drivers_seen(r, BARS);
    double low = 0, high = 0, widest = 0;
    bool known = rc_drivers_are_known(r);
    FILE *bars = rc_chart_table_of(c, "bars", "earlier\tlater\trow");
    if (!bars)
        return true;
    char text[2 * RC_HUMAN], name[4 * RC_NAME];
    if (n == 0 || r->finish_launched.n == 0) {
        bool none = r->finish_launched.n == 0;
        if (!none && !known)
            rc_chart_title(c, "What moves the %s takes more futures.",
                           launches(r) ? "launch" : "finish");
        else
            rc_chart_title(c,
                           none ? "Nothing moves a date that is never reached."
                                : "Nothing that is uncertain moves the %s.",
                           launches(r) ? "launch" : "finish");
        rc_chart_subtitle(c, "what each input does to the expected date");
        snprintf(text, sizeof text, "Fewer than %d futures %s.", RC_DRIVER_FUTURES,
                 launches(r) ? "launch" : "finish");
        rc_chart_message(c, none     ? "No future gets there."
                            : !known ? text
                                     : "No input changes the expected date.");
        return true;
    }
    for (uint32_t i = 0; i < n; i++) {
        low = fmin(low, early(&r->drivers[i]));
        high = fmax(high, late(&r->drivers[i]));
        rc_human_name(name, sizeof name, name_of(&r->drivers[i]), RC_NAME);
        widest = fmax(widest, rc_chart_pixels(name));
    }
    bool weeks = fmax(high, -low) >= 5;
    double unit = weeks ? 5 : 1;
    tornado_title(c, n, weeks);
    rc_chart_subtitle(c,
                      "change of the expected %s, in %s, when one input is in its best "
                      "or worst tenth",
                      launches(r) ? "launch" : "finish", weeks ? "weeks" : "days");
    if (r->verdict.launch.p < 1)
        snprintf(c->note, sizeof c->note, "futures that %s",
                 launches(r) ? "launch" : "finish");
    c->left = rc_chart_margin(widest);
    c->right = 96;
    low /= unit;
    high /= unit;
    double step = rc_chart_step(high - low, 10);
    step = step < 1 && weeks ? (high - low > 3 ? 1 : 0.5) : step;
    /* room for the figures beside the bars */
    c->x_min = floor(low / step) * step;
    c->x_max = ceil(high / step) * step;
    /* figures beside the bars: on the right they may stand in the margin */
    while (low - rc_chart_across(c, 58) < c->x_min)
        c->x_min -= step;
    c->y_min = -0.2;
    c->y_max = n;
    for (double k = ceil(c->x_min / step - 1e-9); k * step <= c->x_max + 1e-9; k++) {
        char figure[RC_HUMAN];
        bool last = (k + 1) * step > c->x_max + 1e-9;
        snprintf(text, sizeof text, "%s%s",
                 rc_human_signed(figure, k * step, step < 1 && fabs(k) > 0.5),
                 !last   ? ""
                 : weeks ? " weeks"
                         : " days");
        rc_chart_x_tick(c, k * step, text);
    }
    /* the zero line is the expected date */
    double off = rc_chart_across(c, 9), top = c->y_max + rc_chart_up(c, 16);
    char date[RC_HUMAN];
    rc_finish_words(date, r, r->finish_launched.mean);
    snprintf(text, sizeof text, "expected %s", date);
    double half = rc_chart_across(c, rc_chart_pixels(text) / 2 + 14);
    rc_chart_label(c, 0, top, RC_CENTRE, "ink", false, text);
    rc_chart_label(c, -half, top, RC_RIGHT, "good", true, "earlier");
    rc_chart_label(c, half, top, RC_LEFT, "bad", true, "later");
    for (uint32_t i = 0; i < n; i++) {
        const rc_driver *d = &r->drivers[i];
        double row = n - 1 - i + 0.4, a = early(d) / unit, b = late(d) / unit;
        fprintf(bars, "%.4f\t%.4f\t%.2f\n", a, b, row);
        rc_human_name(name, sizeof name, name_of(d), RC_NAME);
        rc_chart_y_tick(c, row, name);
        if (a < -0.0499)
            rc_chart_label(c, a - off, row, RC_RIGHT, "good", false,
                           rc_human_signed(text, a, 1));
        if (b > 0.0499)
            rc_chart_label(c, b + off, row, RC_LEFT, "bad", false,
                           rc_human_signed(text, b, 1));
    }
    return true;
}

/* --------------------------------------------------------------------- gantt */

enum { ROWS = 25 };

typedef struct row {
    const char *name;
    double start, finish, early, late, critical;
    bool occurs;
} row;

static row row_of(const rc_result *r, const rc_task_result *t)
{
    return (row){
        .name = t->name && t->name[0] ? t->name : t->id,
        .start = rc_spread_at(r, &t->start, 50),
        .finish = rc_spread_at(r, &t->finish, 50),
        .early = rc_spread_at(r, &t->finish, 10),
        .late = rc_spread_at(r, &t->finish, 90),
        .critical = t->criticality.p,
        .occurs = t->start.n > 0 && t->finish.n > 0,
    };
}

/* A phase lasts from its first start to its last finish; its whiskers are those of the
 * task that ends it, and it is as critical as its most critical task. */
static uint32_t rows_by_phase(const rc_result *r, row *rows)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->tasks_n; i++) {
        const rc_task_result *t = &r->tasks[i];
        row one = row_of(r, t);
        one.name = t->phase && t->phase[0] ? t->phase : "Other";
        uint32_t k = 0;
        while (k < n && strcmp(rows[k].name, one.name) != 0)
            k++;
        if (k == n) {
            if (n < ROWS)
                rows[n++] = one;
            continue;
        }
        if (!one.occurs)
            continue;
        row *p = &rows[k];
        if (!p->occurs) {
            *p = one;
            continue;
        }
        p->start = fmin(p->start, one.start);
        p->critical = fmax(p->critical, one.critical);
        if (one.finish > p->finish) {
            p->finish = one.finish;
            p->early = one.early;
            p->late = one.late;
        }
    }
    return n;
}

/* The task that is critical most often, but for those that always are: what is last on
 * every path says nothing. alike: how many others are so as often, in whole percent. */
static const rc_task_result *decisive(const rc_result *r, uint32_t *alike)
{
    const rc_task_result *best = NULL;
    *alike = 0;
    for (uint32_t i = 0; i < r->tasks_n; i++) {
        const rc_task_result *t = &r->tasks[i];
        if (t->criticality.p > 0 && t->criticality.p < 0.99 &&
            (!best || t->criticality.p > best->criticality.p))
            best = t;
    }
    for (uint32_t i = 0; best && i < r->tasks_n; i++)
        *alike += &r->tasks[i] != best &&
                  fabs(r->tasks[i].criticality.p - best->criticality.p) < 0.005;
    return best;
}

static void gantt_title(rc_chart *c)
{
    const rc_result *r = c->result;
    uint32_t alike;
    const rc_task_result *t = decisive(r, &alike);
    char name[4 * RC_NAME], share[RC_HUMAN], date[RC_HUMAN];
    double middle = rc_spread_at(r, &r->finish, 50);
    const char *noun = launches(r) ? "Launch" : "Finish";
    if (!isfinite(middle)) {
        rc_chart_title(c, "More than half of all futures never %s.",
                       launches(r) ? "launch" : "finish");
        return;
    }
    rc_chart_long_date(date, r, rc_result_finish_date(r, middle));
    if (t) {
        rc_human_name(name, sizeof name, t->name && t->name[0] ? t->name : t->id,
                      RC_NAME);
        rc_human_share(share, t->criticality);
        char others[32] = " is";
        if (alike)
            snprintf(others, sizeof others, " and %u more are", alike);
        rc_chart_title(c, "%s %s in the middle; %s%s critical in %s of futures.", noun,
                       date, name, others, share);
        rc_chart_title(c, "Median %s %s; %s%s critical in %s.",
                       launches(r) ? "launch" : "finish", date, name, others, share);
        rc_chart_title(c, "Median %s %s; %s%s critical.",
                       launches(r) ? "launch" : "finish", date, name, others);
        rc_chart_title(c, "%s %s in the middle of all futures.", noun, date);
    } else {
        rc_chart_title(c, "%s on %s in the middle of all futures.", noun, date);
    }
}

static double at_start(const rc_result *r, double days)
{
    return rc_result_start_date(r, days) + (days - floor(days));
}

static double at_finish(const rc_result *r, double days)
{
    double part = days - floor(days);
    return rc_result_finish_date(r, days) + (part > 0 ? part : 1);
}

bool rc_chart_gantt(rc_chart *c)
{
    const rc_result *r = c->result;
    row rows[ROWS];
    bool by_phase = r->tasks_n > ROWS;
    uint32_t n = 0;
    if (r->tasks_n == 0)
        return false;
    if (by_phase)
        n = rows_by_phase(r, rows);
    else
        for (; n < r->tasks_n; n++)
            rows[n] = row_of(r, &r->tasks[n]);
    gantt_title(c);
    rc_chart_subtitle(c,
                      "bar: median start to finish%s \xc2\xb7 line: P10 to P90 of the "
                      "finish \xc2\xb7 darker: more often critical",
                      by_phase ? " of a phase" : "");
    bool ticked = false;
    FILE *bars = rc_chart_table_of(c, "bars", "start\tfinish\tp10\tp90\trow\tcritical");
    FILE *lines = rc_chart_table_of(c, "lines", "x");
    if (!bars || !lines)
        return true;
    double widest = 0, last = r->start_date + 14;
    char name[4 * RC_NAME], text[2 * RC_HUMAN], word[RC_HUMAN];
    for (uint32_t i = 0; i < n; i++) {
        rc_human_name(name, sizeof name, rows[i].name, RC_NAME);
        widest = fmax(widest, rc_chart_pixels(name));
        if (rows[i].occurs)
            last = fmax(last, at_finish(r, rows[i].late));
    }
    bool deadline = r->verdict.has_deadline && r->deadline_date != RC_DATE_NONE;
    /* a deadline far behind everything would squeeze the plan */
    bool near = deadline && r->deadline_date < last + 0.5 * (last - r->start_date);
    c->left = rc_chart_margin(widest);
    c->right = 150;
    c->x_min = r->start_date;
    c->x_max = fmax(last, near ? r->deadline_date + 1.0 : last);
    c->x_min -= (c->x_max - c->x_min) * 0.01;
    c->x_max += (c->x_max - c->x_min) * 0.02;
    c->y_min = -0.2;
    c->y_max = n + 0.2;
    rc_chart_date_ticks(c);
    double column = c->x_max + rc_chart_across(c, 92),
           top = c->y_max + rc_chart_up(c, 16);
    for (uint32_t i = 0; i < n; i++) {
        double y = n - 1 - i + 0.5;
        rc_human_name(name, sizeof name, rows[i].name, RC_NAME);
        rc_chart_y_tick(c, y, name);
        if (!rows[i].occurs) {
            rc_chart_label(c, c->x_min + rc_chart_across(c, 10), y, RC_LEFT, "muted",
                           false, "never begins");
            continue;
        }
        double a = at_start(r, rows[i].start), b = at_finish(r, rows[i].finish);
        double p10 = at_finish(r, rows[i].early);
        ticked = ticked || (p10 > a && p10 < b);
        double critical = isnan(rows[i].critical) ? 0 : rows[i].critical;
        fprintf(bars, "%.3f\t%.3f\t%.3f\t%.3f\t%.2f\t%.4f\n", a, fmax(a, b), p10,
                at_finish(r, rows[i].late), y, critical);
        rc_share s = {rows[i].critical, rows[i].critical, rows[i].critical};
        rc_chart_label(c, column, y, RC_RIGHT, "ink", false, rc_human_share(text, s));
    }
    rc_chart_label(c, column, top, RC_RIGHT, "muted", false, "critical in");
    snprintf(c->note, sizeof c->note, "ends are medians: bars need not meet%s",
             ticked ? "; white line: P10 of the finish" : "");
    if (near) {
        fprintf(lines, "%.3f\n", r->deadline_date + 1.0);
        snprintf(text, sizeof text, "Deadline %s",
                 rc_human_date(word, r->deadline_date, false));
        double x = r->deadline_date + 1.0, edge = column - rc_chart_across(c, 110);
        double half = rc_chart_across(c, rc_chart_pixels(text) / 2);
        rc_chart_label(c, fmin(x, edge - half), top, RC_CENTRE, "bad", false, text);
    }
    return true;
}
