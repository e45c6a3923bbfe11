/* terminal.c -- rc_print_terminal: the answer on a screen, verdict first. */
#include "report/human.h"
#include "report/terminal.h"
#include "report/verdict.h"
#include "base/date.h"
#include <roadcast/report.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ------------------------------------------------------------------- verdict */

static void header(rc_sheet *s, const rc_result *r, const rc_terminal_options *o)
{
    char name[256], right[128], count[RC_HUMAN];
    rc_human_count(count, r->futures);
    snprintf(right, sizeof right, "%s future%s \xc2\xb7 seed %llu", count,
             r->futures == 1 ? "" : "s", (unsigned long long)r->seed);
    if (!isnan(o->seconds)) {
        size_t used = strlen(right);
        snprintf(right + used, sizeof right - used,
                 o->seconds < 10 ? " \xc2\xb7 %.1f s" : " \xc2\xb7 %.0f s", o->seconds);
    }
    rc_human_name(name, sizeof name, r->scenario, s->width < 60 ? s->width : 60);
    rc_sheet_put_in(s, RC_BOLD, name);
    unsigned width = rc_sheet_columns(s, right);
    if (s->at + 2 + width > s->width)
        rc_sheet_newline(s);
    rc_sheet_to(s, s->width > width ? s->width - width : 0);
    rc_sheet_put_in(s, RC_DIM, right);
    rc_sheet_newline(s);
}

static void chance(rc_sheet *s, rc_share share, rc_look style)
{
    char text[RC_HUMAN];
    rc_human_share(text, share);
    unsigned n = rc_sheet_columns(s, text);
    rc_sheet_to(s, n < RC_SHEET_INDENT + 4 ? RC_SHEET_INDENT + 4 - n : 1);
    rc_sheet_put_in(s, style, text);
    rc_sheet_to(s, RC_SHEET_TEXT);
}

static void stopped(rc_sheet *s, const rc_result *r, unsigned column)
{
    const rc_verdict *v = &r->verdict;
    char text[RC_HUMAN], where[768], name[4 * RC_NAME], line[1024];
    if (!(v->launch.p < 1))
        return;
    where[0] = 0;
    /* the one that stops most, and a second where it matters */
    const double matters = s->verbose ? 0.01 : 0.05;
    const rc_stop *stop;
    for (uint32_t i = 0; i < 2 && (stop = rc_verdict_stop(v, i)); i++) {
        if (i > 0 && stop->p.p < matters)
            break;
        size_t used = strlen(where);
        char why[4 * RC_NAME];
        char spent[RC_HUMAN] = "", cost[RC_HUMAN];
        if (stop->cost > 0)
            snprintf(spent, sizeof spent, ", after %.40s",
                     rc_human_money(cost, stop->cost, r->currency));
        snprintf(where + used, sizeof where - used, "; %s %s%s %s%s%s%s%s",
                 rc_human_share_of(text, stop->p, r->futures), i ? "" : "stopped ",
                 strcmp(stop->kind, "gate") == 0 ? "at" : "by",
                 rc_human_name(name, sizeof name, stop->name, RC_NAME),
                 stop->mostly ? " (" : "",
                 stop->mostly ? rc_metric_words(why, stop->mostly, false) : "",
                 stop->mostly ? ", mostly)" : "", spent);
    }
    snprintf(line, sizeof line, "%s %s at all%s",
             rc_human_share_of(text, v->launch, r->futures), rc_verdict_done(r), where);
    rc_sheet_remark(s, column, RC_PLAIN, line);
}

/* All that is not truly there at launch: the parts add up to it. */
static void missed(rc_sheet *s, const rc_result *r, unsigned column)
{
    const rc_verdict *v = &r->verdict;
    char found[RC_HUMAN], possible[RC_HUMAN], line[256];
    double rest = 1 - v->target.p - v->not_found.p - v->not_possible.p;
    snprintf(line, sizeof line, "%s not found in time; %s not possible",
             rc_human_share_of(found, v->not_found, r->futures),
             rc_human_share_of(possible, v->not_possible, r->futures));
    if (rest >= 0.005) {
        const double wide = v->target.high - v->target.low;
        const rc_share good = {rest, fmax(rest - wide, 0), fmin(rest + wide, 1)};
        size_t used = strlen(line);
        snprintf(line + used, sizeof line - used, "; %s good but stopped",
                 rc_human_share(found, good));
    }
    rc_sheet_remark(s, column, RC_PLAIN, line);
}

/* Of several targets, the chance of each: "recall 82 %: 89 %; latency 40 ms or less: 75 %" */
static void each_target(rc_sheet *s, const rc_result *r)
{
    char line[1024] = "", name[4 * RC_NAME], value[RC_HUMAN], share[RC_HUMAN];
    if (r->verdict.targets_n < 2)
        return;
    for (uint32_t i = 0; i < r->verdict.targets_n; i++) {
        const rc_target *t = &r->targets[i];
        size_t used = strlen(line);
        snprintf(line + used, sizeof line - used, "%s%s %s: %s", i ? "; " : "",
                 rc_metric_words(name, t->metric, false),
                 rc_target_words_of(value, t, t->value),
                 rc_human_share(share, r->verdict.targets[i].p));
    }
    rc_sheet_to(s, RC_SHEET_TEXT);
    rc_sheet_paragraph(s, RC_SHEET_TEXT, RC_PLAIN, line);
    rc_sheet_newline(s);
}

static void verdict(rc_sheet *s, const rc_result *r)
{
    const rc_verdict *v = &r->verdict;
    uint32_t goals = rc_verdict_goals_n(r);
    char text[RC_HUMAN], line[512], in_time[128] = "", at_target[128] = "";
    char words[512];
    unsigned column = 37;
    if (v->has_deadline)
        snprintf(in_time, sizeof in_time, "%s by %s", rc_verdict_done(r),
                 rc_human_date(text, r->deadline_date,
                               goals == 1 || rc_year_differs(r, r->start_date)));
    const char *when = rc_verdict_noun(r)[0] == 'L' ? "launch" : "the finish";
    if (r->targets_n > 1)
        snprintf(at_target, sizeof at_target, "truly on %s targets at %s",
                 rc_count_words(text, r->targets_n), when);
    else if (v->has_target)
        snprintf(at_target, sizeof at_target, "truly at %s at %s",
                 rc_target_words(text, r, r->target.value), when);
    unsigned wide = rc_sheet_columns(s, in_time),
             other = rc_sheet_columns(s, at_target);
    wide = RC_SHEET_TEXT + 3 + (wide > other ? wide : other);
    column = wide > column ? wide : column;
    if (goals > 1) {
        chance(s, v->all, RC_BOLD);
        snprintf(line, sizeof line, "chance of %s: %s", rc_count_words(text, goals),
                 rc_verdict_goals(words, sizeof words, r));
        rc_sheet_paragraph(s, RC_SHEET_TEXT, RC_BOLD, line);
        rc_sheet_newline(s);
    }
    rc_verdict_promise(line, sizeof line, r);
    if (goals > 1 && line[0]) {
        rc_sheet_to(s, RC_SHEET_TEXT);
        rc_sheet_paragraph(s, RC_SHEET_TEXT, RC_BOLD, line);
        rc_sheet_newline(s);
    }
    rc_look style = goals == 1 ? RC_BOLD : RC_PLAIN;
    if (v->has_deadline) {
        chance(s, v->deadline, style);
        rc_sheet_put_in(s, style, in_time);
        stopped(s, r, column);
        rc_sheet_newline(s);
    }
    if (v->has_target) {
        chance(s, v->target, style);
        rc_sheet_put_in(s, style, at_target);
        if (v->target.p < 1)
            missed(s, r, column);
        rc_sheet_newline(s);
        each_target(s, r);
    }
    if (v->has_budget && goals == 1) {
        chance(s, v->budget, style);
        snprintf(words, sizeof words, "within %s",
                 rc_human_money(text, r->budget, r->currency));
        rc_sheet_put_in(s, style, words);
        rc_sheet_newline(s);
    }
    if (!v->has_deadline && v->launch.p < 1) {
        chance(s, v->launch, RC_PLAIN);
        snprintf(words, sizeof words, "%s at all", rc_verdict_done(r));
        rc_sheet_put(s, words);
        rc_sheet_newline(s);
    }
    if (goals <= 1 && line[0]) {
        rc_sheet_to(s, RC_SHEET_TEXT);
        rc_sheet_paragraph(s, RC_SHEET_TEXT, RC_BOLD, line);
        rc_sheet_newline(s);
    }
    if (goals || v->launch.p < 1)
        rc_sheet_newline(s);
}

/* --------------------------------------------------------------------- table */

static const double shown[] = {10, 50, 80, 90};
enum { SHOWN = sizeof shown / sizeof shown[0] };

typedef struct row {
    char cell[SHOWN][RC_HUMAN];
} cells;

/* On a narrow screen P90 gives way, then P10: never the middle, nor P80. */
static bool has_room(const rc_sheet *s, unsigned i, unsigned step)
{
    static const unsigned wanted[SHOWN] = {3, 1, 2, 4};
    return s->table + wanted[i] * step <= s->width + 2;
}

static void table_row(rc_sheet *s, const char *name, const cells *row, unsigned step,
                      rc_look style, const char *note)
{
    unsigned column = s->table;
    rc_sheet_to(s, RC_SHEET_INDENT);
    rc_sheet_put(s, name);
    for (unsigned i = 0; i < SHOWN; i++) {
        if (!has_room(s, i, step))
            continue;
        rc_sheet_to(s, column);
        rc_sheet_put_in(s, style, row->cell[i]);
        column += step;
    }
    if (note[0])
        rc_sheet_remark(s, column, RC_DIM, note);
    rc_sheet_newline(s);
}

static unsigned widest(const rc_sheet *s, const cells *row)
{
    unsigned width = 0;
    for (unsigned i = 0; i < SHOWN; i++) {
        unsigned n = rc_sheet_columns(s, row->cell[i]);
        width = n > width ? n : width;
    }
    return width;
}

/* Where the sample does not support the day that is shown. */
static void date_error(rc_sheet *s, const rc_result *r)
{
    uint32_t i = rc_percentile_index(r, 80);
    if (i == UINT32_MAX || !r->finish.p_low || !r->finish.p_high ||
        !isfinite(r->finish.p[i]) || r->finish.p_high[i] - r->finish.p_low[i] < 5)
        return;
    char low[RC_HUMAN], high[RC_HUMAN], line[256];
    snprintf(line, sizeof line,
             "P80 is only known to lie between %s and %s: more futures narrow it.",
             rc_finish_words(low, r, r->finish.p_low[i]),
             rc_finish_words(high, r, r->finish.p_high[i]));
    rc_sheet_to(s, s->table);
    rc_sheet_paragraph(s, s->table, RC_DIM, line);
    rc_sheet_newline(s);
}

static void table(rc_sheet *s, const rc_result *r)
{
    cells head, dates, costs;
    char note[128], text[RC_HUMAN], chance_text[RC_HUMAN];
    for (unsigned i = 0; i < SHOWN; i++) {
        snprintf(head.cell[i], RC_HUMAN, "P%.0f", shown[i]);
        (rc_year_differs(r, r->start_date) ? rc_finish_words_year : rc_finish_words)(
            dates.cell[i], r, rc_spread_at(r, &r->finish, shown[i]));
        rc_human_money(costs.cell[i], rc_spread_at(r, &r->cost, shown[i]), r->currency);
    }
    unsigned step =
        widest(s, &dates) > widest(s, &costs) ? widest(s, &dates) : widest(s, &costs);
    step += 2;
    snprintf(note, sizeof note, "all futures; a stopped one never %s",
             rc_verdict_noun(r)[0] == 'L' ? "launches" : "finishes");
    unsigned wide = step < 11 ? 11 : step;
    while (wide > step &&
           s->table + SHOWN * wide + rc_sheet_columns(s, note) > s->width)
        wide--;
    step = wide;
    table_row(s, "", &head, step, RC_DIM, "");
    table_row(s, rc_verdict_noun(r), &dates, step, RC_BOLD,
              r->verdict.launch.p < 1 ? note : "");
    date_error(s, r);
    note[0] = 0;
    if (r->verdict.has_budget)
        snprintf(note, sizeof note, "%s: %s",
                 rc_human_money(text, r->budget, r->currency),
                 rc_human_share(chance_text, r->verdict.budget));
    if (r->cost.n && rc_spread_at(r, &r->cost, 90) > 0)
        table_row(s, "Cost", &costs, step, RC_PLAIN, note);
}

static void metric(rc_sheet *s, const rc_result *r, const rc_metric_result *m)
{
    char name[4 * RC_NAME], sure[RC_HUMAN], middle[RC_HUMAN], line[256], gap[RC_HUMAN];
    rc_metric_words(name, m->id, true);
    uint32_t i = rc_percentile_index(r, 80);
    const char *unit = m->unit;
    for (uint32_t t = 0; t < r->targets_n; t++)
        if (strcmp(m->id, r->targets[t].metric) == 0)
            unit = r->targets[t].unit;
    rc_sheet_to(s, RC_SHEET_INDENT);
    rc_sheet_put(s, name);
    if (m->true_value.n == 0 || i == UINT32_MAX) {
        snprintf(line, sizeof line, "not known: nothing %s", rc_verdict_done(r));
    } else {
        rc_human_metric(middle, rc_spread_at(r, &m->true_value, 50), unit, 1);
        rc_human_metric(sure, m->chance_of_more ? m->chance_of_more[i] : NAN, unit, 1);
        double off = m->measured.n ? m->measured.mean - m->true_value.mean : NAN;
        double digit = 0.05 / rc_human_scale(unit);
        if (isnan(off) || fabs(off) < digit)
            gap[0] = 0;
        else
            rc_human_gap(gap, fabs(off), unit, 1);
        snprintf(line, sizeof line, "80 %% chance of at %s %s, middle %s%s%s%s",
                 m->up ? "least" : "most", sure, middle, gap[0] ? ", measured " : "",
                 gap,
                 !gap[0]   ? ""
                 : off > 0 ? " higher"
                           : " lower");
    }
    rc_sheet_to(s, s->table);
    rc_sheet_paragraph(s, s->table, RC_PLAIN, line);
    rc_sheet_newline(s);
}

/* The metrics of the targets; where there are none, all. */
static bool is_shown(const rc_result *r, uint32_t metric)
{
    bool any = false;
    for (uint32_t t = 0; t < r->targets_n; t++)
        for (uint32_t i = 0; i < r->metrics_n; i++) {
            bool same = strcmp(r->metrics[i].id, r->targets[t].metric) == 0;
            if (same && i == metric)
                return true;
            any |= same;
        }
    return !any;
}

/* The column of the table, behind the widest name of a row. */
static unsigned table_column(const rc_sheet *s, const rc_result *r)
{
    char name[4 * RC_NAME];
    unsigned column = RC_SHEET_TABLE, most = s->width / 4;
    for (uint32_t i = 0; i < r->metrics_n; i++) {
        if (!is_shown(r, i))
            continue;
        unsigned n = RC_SHEET_INDENT + 2 +
                     rc_sheet_columns(s, rc_metric_words(name, r->metrics[i].id, true));
        if (n > column && n <= most)
            column = n;
    }
    return column;
}

static void metrics(rc_sheet *s, const rc_result *r)
{
    for (uint32_t i = 0; i < r->metrics_n; i++)
        if (is_shown(r, i))
            metric(s, r, &r->metrics[i]);
}

/* What stands above and below is of those futures alone. */
static void of_launched(rc_sheet *s, const rc_result *r)
{
    const rc_verdict *v = &r->verdict;
    char share[RC_HUMAN], line[256];
    bool quality = r->metrics_n > 0, moves = r->drivers_n && rc_drivers_are_known(r);
    if (!(v->launch.p < 1) || !(v->launch.p > 0) || !(quality || moves))
        return;
    snprintf(line, sizeof line, "%s%s%s: of the %s of futures that %s.",
             quality ? "Quality" : "What moves the date",
             quality && moves ? " and " : "",
             quality && moves ? "what moves the date" : "",
             rc_human_share_of(share, v->launch, r->futures),
             rc_verdict_noun(r)[0] == 'L' ? "launch" : "finish");
    rc_sheet_to(s, s->table);
    rc_sheet_paragraph(s, s->table, RC_DIM, line);
    rc_sheet_newline(s);
}

/* ---------------------------------------------------------------------- foot */

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

/* What chance alone decides (how many tries succeed, whether a risk fires) cannot be
 * refined by asking again. */
static const rc_driver *refine_first(const rc_result *r)
{
    const rc_driver *best = NULL;
    for (uint32_t i = 0; rc_drivers_are_known(r) && i < r->drivers_n; i++) {
        const rc_driver *d = &r->drivers[i];
        if (ends_with(d->id, ".successes") || ends_with(d->id, ".fired") ||
            ends_with(d->id, ".problems"))
            continue;
        if (d->share_of_variance >= 0.01 &&
            (!best || d->share_of_variance > best->share_of_variance))
            best = d;
    }
    return best;
}

/* "labelling.classes is 2": a default of a setting; else a sentence about a model. */
static bool is_default(const char *line)
{
    return memchr(line, '.', strcspn(line, " ")) != NULL;
}

/* Sentences about models first, then defaults, one a line. */
static void all_assumed(rc_sheet *s, const rc_result *r)
{
    rc_sheet_put_in(s, RC_DIM, "Assumed by roadcast:");
    rc_sheet_newline(s);
    for (int defaults = 0; defaults < 2; defaults++)
        for (uint32_t i = 0; i < r->assumed_n; i++) {
            if (is_default(r->assumed[i]) != defaults)
                continue;
            rc_sheet_to(s, RC_SHEET_INDENT);
            rc_sheet_paragraph(s, RC_SHEET_INDENT + 2, RC_DIM, r->assumed[i]);
            rc_sheet_newline(s);
        }
}

/* As much of it as a line holds. */
static void assumed(rc_sheet *s, const rc_result *r)
{
    char text[1024] = "Assumed by roadcast:";
    size_t used = strlen(text), room = s->width - 30, left = r->assumed_n;
    for (int defaults = 0; defaults < 2; defaults++)
        for (uint32_t i = 0; i < r->assumed_n; i++) {
            size_t n = strlen(r->assumed[i]);
            if (is_default(r->assumed[i]) != defaults || used + n + 2 > room)
                continue;
            used += (size_t)snprintf(text + used, sizeof text - used, "%s %s",
                                     left < r->assumed_n ? ";" : "", r->assumed[i]);
            left--;
        }
    if (left)
        snprintf(text + used, sizeof text - used, "%s %zu%s (-v lists them).",
                 left < r->assumed_n ? "; and" : "", left,
                 left < r->assumed_n ? " more" : "");
    else
        snprintf(text + used, sizeof text - used, ".");
    rc_sheet_paragraph(s, RC_SHEET_INDENT, RC_DIM, text);
    rc_sheet_newline(s);
}

static void foot(rc_sheet *s, const rc_result *r, const rc_terminal_options *o)
{
    const rc_driver *refine = refine_first(r);
    if (r->assumed_n || refine || o->wrote || r->resource_limited)
        rc_sheet_newline(s);
    if (r->assumed_n && o->verbose)
        all_assumed(s, r);
    else if (r->assumed_n)
        assumed(s, r);
    if (refine) {
        char line[512], share[RC_HUMAN];
        snprintf(line, sizeof line, "Refine first: %.300s (%s of the spread)",
                 refine->id, rc_human_percent(share, refine->share_of_variance));
        rc_sheet_paragraph(s, RC_SHEET_INDENT, RC_PLAIN, line);
        rc_sheet_newline(s);
    }
    char knowing[512];
    if (rc_value_knowing(knowing, sizeof knowing, r)) {
        rc_sheet_paragraph(s, RC_SHEET_INDENT, RC_PLAIN, knowing);
        rc_sheet_newline(s);
    }
    if (o->wrote) {
        rc_sheet_paragraph(s, RC_SHEET_INDENT, RC_PLAIN, o->wrote);
        rc_sheet_newline(s);
    }
}

/* The widest interval of the shares shown: said where whole percents promise too much.
 */
static void error_of_percent(rc_sheet *s, const rc_result *r)
{
    rc_share c =
        rc_verdict_goals_n(r) ? rc_verdict_chance(&r->verdict) : r->verdict.launch;
    double half = 100 * (c.high - c.low) / 2;
    if (!(half >= 2))
        return;
    char line[160], count[RC_HUMAN];
    rc_human_count(count, r->futures);
    snprintf(line, sizeof line,
             "Percentages of %s future%s are known to \xc2\xb1 %.0f points.", count,
             r->futures == 1 ? "" : "s", half);
    rc_sheet_to(s, RC_SHEET_TEXT);
    rc_sheet_paragraph(s, RC_SHEET_TEXT, RC_DIM, line);
    rc_sheet_newline(s);
    rc_sheet_newline(s);
}

rc_status rc_print_terminal(const rc_result *result, const rc_terminal_options *options,
                            FILE *out, rc_error *err)
{
    unsigned width = options->columns ? options->columns : RC_SHEET_WIDTH;
    rc_sheet s = {.out = out,
                  .ascii = options->ascii,
                  .colour = options->colour,
                  .verbose = options->verbose};
    s.width = width < RC_SHEET_WIDTH_MIN   ? RC_SHEET_WIDTH_MIN
              : width > RC_SHEET_WIDTH_MAX ? RC_SHEET_WIDTH_MAX
                                           : width;
    s.table = table_column(&s, result);
    header(&s, result, options);
    rc_sheet_newline(&s);
    rc_terminal_advice(&s, result);
    verdict(&s, result);
    error_of_percent(&s, result);
    table(&s, result);
    metrics(&s, result);
    rc_terminal_search(&s, result);
    rc_terminal_labels(&s, result);
    rc_terminal_judged(&s, result);
    rc_terminal_study(&s, result);
    rc_terminal_production(&s, result);
    rc_terminal_users(&s, result);
    rc_terminal_value(&s, result);
    rc_terminal_hypothesis(&s, result);
    rc_terminal_rented(&s, result);
    of_launched(&s, result);
    rc_terminal_histogram(&s, result);
    rc_status status = rc_terminal_sides(&s, result, err);
    if (status != RC_OK)
        return status;
    foot(&s, result, options);
    if (fflush(out) != 0 || ferror(out))
        return rc_fail(err, RC_IO, "the answer could not be written");
    return RC_OK;
}
