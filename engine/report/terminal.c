/* terminal.c -- rc_print_terminal: the answer on a screen, verdict first.
 *
 * Everything goes through put(): it makes user text harmless, counts columns, and in
 * the ASCII variant translates the few signs that we use.
 */
#include "report/human.h"
#include "report/verdict.h"
#include "base/date.h"
#include <roadcast/report.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WIDTH = 100,
    WIDTH_MIN = 48,
    WIDTH_MAX = 132,
    INDENT = 3,
    TEXT_AT = 10, /* where sentences begin */
    TABLE_AT = 13,
    MOVE = 13, /* "-2.1 .. +3.0 w" */
    HELP = 22, /* "52 -> 58 %  (+6 +- 0.5)" */
    GUTTER = 3,
    LISTED = 5, /* rows of drivers and of options */
    BARS = 40
};

typedef enum look { PLAIN, BOLD, DIM, GOOD, BAD } look;
static const char *const codes[] = {"\033[0m", "\033[1m", "\033[2m", "\033[34m",
                                    "\033[33m"};

typedef struct sheet {
    FILE *out;
    bool ascii, colour;
    unsigned width, at;
} sheet;

/* ------------------------------------------------------------------- writing */

static const struct {
    const char *sign, *ascii;
} translations[] = {
    {"\xe2\x88\x92", "-"},  {"\xc2\xb1", "+-"},     {"\xc2\xb7", "|"},
    {"\xe2\x80\xa6", ".."}, {"\xe2\x86\x92", "->"}, {"\xe2\x82\xac", "EUR"},
    {"\xc2\xa3", "GBP"},    {"\xe2\x80\x93", "-"},  {"\xe2\x80\x94", "-"},
    {"\xe2\x89\xa4", "<="}, {"\xe2\x89\xa5", ">="}, {"\xc3\x97", "x"},
};

static const char *translated(const char *sign, size_t n)
{
    for (size_t i = 0; i < sizeof translations / sizeof translations[0]; i++)
        if (strlen(translations[i].sign) == n && !memcmp(sign, translations[i].sign, n))
            return translations[i].ascii;
    return "?";
}

static size_t sequence(const char *s)
{
    size_t n = 1;
    while (((unsigned char)s[n] & 0xc0) == 0x80)
        n++;
    return n;
}

/* Columns that text takes; written to f as well where there is one. */
static unsigned flow(const sheet *s, FILE *f, const char *text)
{
    char clean[1024];
    unsigned columns = 0;
    rc_human_name(clean, sizeof clean, text, SIZE_MAX);
    for (const char *c = clean; *c; c += sequence(c)) {
        size_t n = sequence(c);
        const char *piece = c;
        if (s->ascii && n > 1) {
            piece = translated(c, n);
            /* "190 k€" -> "190 k EUR" */
            if (strlen(piece) == 3 && columns && c[-1] != ' ') {
                columns++;
                if (f)
                    fputc(' ', f);
            }
            n = strlen(piece);
            columns += (unsigned)n;
        } else {
            columns++;
        }
        if (f)
            fwrite(piece, 1, n, f);
    }
    return columns;
}

static unsigned columns_of(const sheet *s, const char *text)
{
    return flow(s, NULL, text);
}

static void put(sheet *s, const char *text)
{
    s->at += flow(s, s->out, text);
}

static void put_in(sheet *s, look style, const char *text)
{
    if (s->colour)
        fputs(codes[style], s->out);
    put(s, text);
    if (s->colour)
        fputs(codes[PLAIN], s->out);
}

static void newline(sheet *s)
{
    fputc('\n', s->out);
    s->at = 0;
}

/* To a column; two blanks where the text before has already passed it. */
static void to(sheet *s, unsigned column)
{
    unsigned n = s->at < column ? column - s->at : s->at ? 2 : 0;
    fprintf(s->out, "%*s", (int)n, "");
    s->at += n;
}

/* From here on, word by word; lines after the first begin at `hang`. */
static void paragraph(sheet *s, unsigned hang, look style, const char *text)
{
    bool first = true;
    while (*text) {
        char word[256];
        size_t n = strcspn(text, " ");
        snprintf(word, sizeof word, "%.*s", (int)n, text);
        if (!first && s->at + 1 + columns_of(s, word) > s->width) {
            newline(s);
            to(s, hang);
            first = true;
        }
        if (!first)
            put(s, " ");
        put_in(s, style, word);
        first = false;
        text += n;
        text += strspn(text, " ");
    }
}

/* A remark to the right of a line, or below it where it does not fit. */
static void remark(sheet *s, unsigned column, look style, const char *text)
{
    unsigned start = s->at < column ? column : s->at + 2;
    if (start + columns_of(s, text) > s->width && start + 36 > s->width) {
        newline(s);
        start = TEXT_AT;
    }
    to(s, start);
    paragraph(s, start, style, text);
}

/* ------------------------------------------------------------------- verdict */

static void header(sheet *s, const rc_result *r, const rc_terminal_options *o)
{
    char name[256], right[128], count[RC_HUMAN];
    rc_human_count(count, r->futures);
    snprintf(right, sizeof right, "%s futures \xc2\xb7 seed %llu", count,
             (unsigned long long)r->seed);
    if (!isnan(o->seconds)) {
        size_t used = strlen(right);
        snprintf(right + used, sizeof right - used,
                 o->seconds < 10 ? " \xc2\xb7 %.1f s" : " \xc2\xb7 %.0f s", o->seconds);
    }
    rc_human_name(name, sizeof name, r->scenario, 60);
    put_in(s, BOLD, name);
    unsigned width = columns_of(s, right);
    to(s, s->width > width ? s->width - width : 0);
    put_in(s, DIM, right);
    newline(s);
}

static void chance(sheet *s, rc_share share, look style)
{
    char text[RC_HUMAN];
    rc_human_share(text, share);
    unsigned n = columns_of(s, text);
    to(s, n < INDENT + 4 ? INDENT + 4 - n : 1);
    put_in(s, style, text);
    to(s, TEXT_AT);
}

static void stopped(sheet *s, const rc_result *r)
{
    const rc_verdict *v = &r->verdict;
    char text[RC_HUMAN], where[384], name[4 * RC_NAME], line[512];
    if (!(v->launch.p < 1))
        return;
    where[0] = 0;
    if (v->stopped.p > 0 && v->stopped_mostly_at < r->tasks_n) {
        const char *need = v->stopped_mostly_need;
        char why[4 * RC_NAME];
        snprintf(where, sizeof where, "; %s stopped at %s%s%s%s",
                 rc_human_share_of(text, v->stopped, r->futures),
                 rc_human_name(name, sizeof name, r->tasks[v->stopped_mostly_at].name,
                               RC_NAME),
                 need ? " (" : "",
                 need ? rc_human_name(why, sizeof why, need, RC_NAME) : "",
                 need ? ", mostly)" : "");
    }
    snprintf(line, sizeof line, "%s %s at all%s",
             rc_human_share_of(text, v->launch, r->futures), rc_verdict_done(r), where);
    remark(s, 37, PLAIN, line);
}

static void missed(sheet *s, const rc_result *r)
{
    const rc_verdict *v = &r->verdict;
    char found[RC_HUMAN], possible[RC_HUMAN], line[256];
    snprintf(line, sizeof line, "%s not found in time; %s not possible",
             rc_human_share_of(found, v->not_found, r->futures),
             rc_human_share_of(possible, v->not_possible, r->futures));
    remark(s, 37, PLAIN, line);
}

static void verdict(sheet *s, const rc_result *r)
{
    const rc_verdict *v = &r->verdict;
    uint32_t goals = rc_verdict_goals_n(r);
    char text[RC_HUMAN], line[512], words[384];
    if (goals > 1) {
        chance(s, v->all, BOLD);
        snprintf(line, sizeof line, "chance of %s: %s",
                 goals == 3 ? "all three" : "both",
                 rc_verdict_goals(words, sizeof words, r));
        paragraph(s, TEXT_AT, BOLD, line);
        newline(s);
    }
    rc_verdict_promise(line, sizeof line, r);
    if (goals > 1 && line[0]) {
        to(s, TEXT_AT);
        paragraph(s, TEXT_AT, BOLD, line);
        newline(s);
    }
    look style = goals == 1 ? BOLD : PLAIN;
    if (v->has_deadline) {
        chance(s, v->deadline, style);
        bool year = goals == 1 || rc_year_differs(r, r->start_date);
        snprintf(words, sizeof words, "%s by %s", rc_verdict_done(r),
                 rc_human_date(text, r->deadline_date, year));
        put_in(s, style, words);
        stopped(s, r);
        newline(s);
    }
    if (v->has_target) {
        chance(s, v->target, style);
        snprintf(words, sizeof words, "truly at %s at launch",
                 rc_target_words(text, r, r->target.value));
        put_in(s, style, words);
        if (v->target.p < 1)
            missed(s, r);
        newline(s);
    }
    if (v->has_budget && goals == 1) {
        chance(s, v->budget, style);
        snprintf(words, sizeof words, "within %s",
                 rc_human_money(text, r->budget, r->currency));
        put_in(s, style, words);
        newline(s);
    }
    if (!v->has_deadline && v->launch.p < 1) {
        chance(s, v->launch, PLAIN);
        snprintf(words, sizeof words, "%s at all", rc_verdict_done(r));
        put(s, words);
        newline(s);
    }
    if (goals <= 1 && line[0]) {
        to(s, TEXT_AT);
        paragraph(s, TEXT_AT, BOLD, line);
        newline(s);
    }
    if (goals || v->launch.p < 1)
        newline(s);
}

/* --------------------------------------------------------------------- table */

static const double shown[] = {10, 50, 80, 90};
enum { SHOWN = sizeof shown / sizeof shown[0] };

typedef struct row {
    char cell[SHOWN][RC_HUMAN];
} cells;

static void table_row(sheet *s, const char *name, const cells *row, unsigned step,
                      look style, const char *note)
{
    to(s, INDENT);
    put(s, name);
    for (unsigned i = 0; i < SHOWN; i++) {
        to(s, TABLE_AT + i * step);
        put_in(s, style, row->cell[i]);
    }
    if (note[0])
        remark(s, TABLE_AT + SHOWN * step, DIM, note);
    newline(s);
}

static unsigned widest(const sheet *s, const cells *row)
{
    unsigned width = 0;
    for (unsigned i = 0; i < SHOWN; i++) {
        unsigned n = columns_of(s, row->cell[i]);
        width = n > width ? n : width;
    }
    return width;
}

/* Where the sample does not support the day that is shown. */
static void date_error(sheet *s, const rc_result *r)
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
    to(s, TABLE_AT);
    paragraph(s, TABLE_AT, DIM, line);
    newline(s);
}

static void table(sheet *s, const rc_result *r)
{
    cells head, dates, costs;
    char note[128], text[RC_HUMAN], chance_text[RC_HUMAN];
    for (unsigned i = 0; i < SHOWN; i++) {
        snprintf(head.cell[i], RC_HUMAN, "P%.0f", shown[i]);
        rc_finish_words(dates.cell[i], r, rc_spread_at(r, &r->finish, shown[i]));
        rc_human_money(costs.cell[i], rc_spread_at(r, &r->cost, shown[i]), r->currency);
    }
    unsigned step =
        widest(s, &dates) > widest(s, &costs) ? widest(s, &dates) : widest(s, &costs);
    step = step + 2 > 11 ? step + 2 : 11;
    table_row(s, "", &head, step, DIM, "");
    snprintf(note, sizeof note, "all futures; a stopped one never %s",
             rc_verdict_noun(r)[0] == 'L' ? "launches" : "finishes");
    table_row(s, rc_verdict_noun(r), &dates, step, BOLD,
              r->verdict.launch.p < 1 ? note : "");
    date_error(s, r);
    note[0] = 0;
    if (r->verdict.has_budget)
        snprintf(note, sizeof note, "%s: %s",
                 rc_human_money(text, r->budget, r->currency),
                 rc_human_share(chance_text, r->verdict.budget));
    if (r->cost.n && rc_spread_at(r, &r->cost, 90) > 0)
        table_row(s, "Cost", &costs, step, PLAIN, note);
}

static void metric(sheet *s, const rc_result *r, const rc_metric_result *m)
{
    char name[4 * RC_NAME], sure[RC_HUMAN], middle[RC_HUMAN], line[256], gap[RC_HUMAN];
    rc_human_name(name, sizeof name, m->id, RC_NAME);
    if (name[0] >= 'a' && name[0] <= 'z')
        name[0] = (char)(name[0] - 'a' + 'A');
    uint32_t i = rc_percentile_index(r, 80);
    const char *unit = r->target.given && strcmp(m->id, r->target.metric) == 0
                           ? r->target.unit
                           : m->unit;
    to(s, INDENT);
    put(s, name);
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
    to(s, TABLE_AT);
    paragraph(s, TABLE_AT, PLAIN, line);
    newline(s);
}

static void metrics(sheet *s, const rc_result *r)
{
    bool found = false;
    for (uint32_t i = 0; i < r->metrics_n && r->target.given; i++)
        if (strcmp(r->metrics[i].id, r->target.metric) == 0) {
            metric(s, r, &r->metrics[i]);
            found = true;
        }
    for (uint32_t i = 0; i < r->metrics_n && !found; i++)
        metric(s, r, &r->metrics[i]);
}

static const rc_spread *spread_of(const rc_result *r, const char *path)
{
    const rc_output_result *o = rc_result_output(r, path);
    return o && o->spread && o->spread[0].n ? &o->spread[0] : NULL;
}

static void after_launch(sheet *s, const rc_result *r)
{
    const rc_output_result *months = rc_result_output(r, "production.metric");
    if (!months)
        return;
    to(s, INDENT);
    put(s, "After launch");
    to(s, INDENT + 15);
    const rc_spread *below = spread_of(r, "production.months_below_floor");
    const rc_spread *floor_at = spread_of(r, "production.floor");
    const rc_spread *retrains = spread_of(r, "production.retrains");
    const rc_spread *cost = spread_of(r, "production.cost");
    char line[384], text[RC_HUMAN], span[RC_HUMAN], money[RC_HUMAN];
    unsigned n = months->output.series > 0 ? months->output.series - 1 : 0;
    if (n == 12)
        snprintf(span, sizeof span, "the first year");
    else
        snprintf(span, sizeof span, "%u months", n);
    line[0] = 0;
    size_t used = 0;
    if (below && floor_at) {
        double p80 = rc_spread_at(r, below, 80);
        if (p80 < 0.05)
            snprintf(money, sizeof money, "none");
        else
            snprintf(money, sizeof money, "%.1f", p80);
        const char *unit = r->target.given ? r->target.unit : months->output.unit;
        snprintf(line, sizeof line, "%.1f months below %s in %s (P80 %s)", below->mean,
                 rc_human_metric(text, floor_at->mean, unit, -1), span, money);
        used = strlen(line);
    }
    if (retrains) {
        snprintf(line + used, sizeof line - used, "%s%.*f retrainings",
                 used ? ", " : "", retrains->mean < 2, retrains->mean);
        used = strlen(line);
    }
    if (cost)
        snprintf(line + used, sizeof line - used, "%s%s", used ? ", " : "",
                 rc_human_money(money, cost->mean, r->currency));
    if (!line[0])
        snprintf(line, sizeof line, "nothing launched");
    paragraph(s, INDENT + 15, PLAIN, line);
    newline(s);
}

/* ----------------------------------------------------------------- histogram */

/* Weeks of the finish as blocks, the deadline as a bar between two of them. */
static void histogram(sheet *s, const rc_result *r)
{
    static const char *const blocks[] = {" ",
                                         "\xe2\x96\x81",
                                         "\xe2\x96\x82",
                                         "\xe2\x96\x83",
                                         "\xe2\x96\x84",
                                         "\xe2\x96\x85",
                                         "\xe2\x96\x86",
                                         "\xe2\x96\x87",
                                         "\xe2\x96\x88"};
    const rc_histogram *h = &r->finish_histogram;
    uint32_t first = 0, last = h->n;
    /* a tail of one future in 400 is left out on either side */
    uint64_t tail = (r->futures - h->never) / 400;
    for (uint64_t n = 0; first < last && (n += h->counts[first]) <= tail;)
        first++;
    for (uint64_t n = 0; last > first && (n += h->counts[last - 1]) <= tail;)
        last--;
    if (s->ascii || last - first < 3)
        return;
    newline(s);
    /* whole groups from the deadline, so that no block is on both sides of it */
    uint32_t at = first, group = (last - first + BARS - 1) / BARS;
    if (r->verdict.has_deadline) {
        while (at < last && h->edges[at] <= r->deadline_date)
            at++;
        while (first % group != at % group)
            first = first ? first - 1 : first + group;
        if (first > h->n)
            first = 0;
    }
    uint64_t bars[2 * BARS + 2] = {0}, most = 1;
    uint32_t n = 0;
    for (uint32_t i = first; i < last && n < 2 * BARS; n++) {
        uint32_t end = i + group < last ? i + group : last;
        if (i < at && at < end)
            end = at;
        for (; i < end; i++)
            bars[n] += h->counts[i];
        most = bars[n] > most ? bars[n] : most;
    }
    char text[RC_HUMAN], never[RC_HUMAN];
    int32_t date = (int32_t)h->edges[first];
    to(s, TABLE_AT);
    put_in(s, DIM, rc_human_date(text, date, rc_year_differs(r, date)));
    put(s, " ");
    uint32_t i = first;
    for (uint32_t k = 0; k < n; k++) {
        if (r->verdict.has_deadline && i == at && k > 0)
            put(s, "\xe2\x94\x82");
        uint64_t level = bars[k] ? 1 + (bars[k] * 7 + most / 2) / most : 0;
        put_in(s,
               !r->verdict.has_deadline ? PLAIN
               : i < at                 ? GOOD
                                        : BAD,
               blocks[level]);
        i = i < at && at < i + group ? at : i + group;
    }
    date = (int32_t)h->edges[last];
    put(s, " ");
    put_in(s, DIM, rc_human_date(text, date, rc_year_differs(r, date)));
    if (h->never) {
        double p = (double)h->never / (double)r->futures;
        rc_share share = {p, p, p};
        rc_human_share(never, share);
        put_in(s, DIM, "   never ");
        put_in(s, DIM, never);
    }
    newline(s);
}

/* ----------------------------------------------------- what moves, what helps */

/* A name as shown; its columns are what the widest of its list is found by. */
static unsigned named(const sheet *s, char out[4 * RC_NAME], const char *name,
                      const char *id)
{
    return columns_of(
        s, rc_human_name(out, 4 * RC_NAME, name && name[0] ? name : id, RC_NAME));
}

static void mover(sheet *s, const rc_driver *d, unsigned column, bool weeks)
{
    char name[4 * RC_NAME], low[RC_HUMAN], high[RC_HUMAN], line[2 * RC_HUMAN + 16];
    to(s, INDENT);
    put(s, rc_human_name(name, sizeof name, d->name && d->name[0] ? d->name : d->id,
                         column - INDENT - 2));
    double early = fmin(d->low_days, d->high_days),
           late = fmax(d->low_days, d->high_days);
    if (weeks) {
        rc_human_weeks(low, early);
        rc_human_weeks(high, late);
    } else {
        rc_human_signed(low, early, 1);
        rc_human_signed(high, late, 1);
    }
    snprintf(line, sizeof line, "%s \xe2\x80\xa6 %s %s", low, high, weeks ? "w" : "d");
    to(s, column);
    put(s, line);
}

static double swing(const rc_driver *d)
{
    return fmax(fabs(d->low_days), fabs(d->high_days));
}

static void helper(sheet *s, const rc_result *r, const rc_what_if_result *w,
                   unsigned column, unsigned change)
{
    char name[4 * RC_NAME], from[RC_HUMAN], until[RC_HUMAN], gain[RC_HUMAN],
        error[RC_HUMAN], line[4 * RC_HUMAN];
    named(s, name, w->name, w->id);
    to(s, column);
    put(s, name);
    to(s, change);
    if (isnan(w->gain)) {
        snprintf(line, sizeof line, "P80 %s \xe2\x86\x92 %s",
                 rc_finish_words(from, r, rc_spread_at(r, &r->finish, 80)),
                 rc_finish_words(until, r, w->finish_p80_days));
        put(s, line);
        return;
    }
    rc_share base = rc_verdict_chance(r);
    if (fabs(w->gain) <= w->gain_error) {
        snprintf(line, sizeof line, "no change seen (\xc2\xb1 %.1f)",
                 fmax(0.1, 100 * w->gain_error));
        put(s, line);
        return;
    }
    rc_human_share(from, base);
    rc_human_percent(until, base.p + w->gain);
    if (strlen(from) > 2 && from[0] != '<' && from[0] != '>')
        from[strlen(from) - 2] = 0; /* "49 → 55 %" */
    rc_human_points(gain, w->gain, fabs(w->gain) < 0.01);
    rc_human_signed(error, fmax(0.1, 100 * w->gain_error), w->gain_error < 0.00995);
    snprintf(line, sizeof line, "%s \xe2\x86\x92 %s  (%s \xc2\xb1 %s)", from, until,
             gain, error + (error[0] == '+'));
    put(s, line);
}

static int by_gain(const void *a, const void *b)
{
    const rc_what_if_result *x = *(const rc_what_if_result *const *)a;
    const rc_what_if_result *y = *(const rc_what_if_result *const *)b;
    double d = (isnan(y->gain) ? 0 : y->gain) - (isnan(x->gain) ? 0 : x->gain);
    return d > 0 ? 1 : d < 0 ? -1 : x < y ? -1 : x > y;
}

static rc_status sides(sheet *s, const rc_result *r, rc_error *err)
{
    uint32_t movers = 0, helpers = r->what_if_n < LISTED ? r->what_if_n : LISTED;
    while (movers < r->drivers_n && movers < LISTED &&
           swing(&r->drivers[movers]) >= 0.05)
        movers++;
    bool weeks = movers && swing(&r->drivers[0]) >= 5;
    const rc_what_if_result **sorted =
        calloc((size_t)r->what_if_n + 1, sizeof(const rc_what_if_result *));
    if (!sorted)
        return rc_fail(err, RC_IO, "out of memory");
    for (uint32_t i = 0; i < r->what_if_n; i++)
        sorted[i] = &r->what_if[i];
    qsort(sorted, r->what_if_n, sizeof *sorted, by_gain);
    char title[64], name[4 * RC_NAME];
    unsigned moves = 0, helps = 0;
    for (uint32_t i = 0; i < movers; i++) {
        unsigned n = named(s, name, r->drivers[i].name, r->drivers[i].id);
        moves = n > moves ? n : moves;
    }
    for (uint32_t i = 0; i < helpers; i++) {
        unsigned n = named(s, name, sorted[i]->name, sorted[i]->id);
        helps = n > helps ? n : helps;
    }
    moves += INDENT + 2;
    unsigned right = moves + MOVE + s->ascii + GUTTER;
    unsigned wanted = right + helps + 2 + HELP;
    unsigned cut =
        wanted > s->width ? wanted - s->width : 0; /* off the longest names */
    bool beside = movers && helpers && cut <= 5;
    if (beside) {
        moves -= cut;
        right -= cut;
    } else {
        right = INDENT;
    }
    helps += right + 2;
    snprintf(title, sizeof title, "What moves the %s",
             rc_verdict_noun(r)[0] == 'L' ? "launch date" : "finish");
    uint32_t rows = beside ? (movers > helpers ? movers : helpers) : movers;
    if (movers || helpers)
        newline(s);
    if (movers) {
        to(s, INDENT);
        put_in(s, BOLD, title);
    }
    if (beside) {
        to(s, right);
        put_in(s, BOLD, "What would help");
    }
    if (movers)
        newline(s);
    for (uint32_t i = 0; i < rows; i++) {
        if (i < movers)
            mover(s, &r->drivers[i], moves, weeks);
        if (beside && i < helpers)
            helper(s, r, sorted[i], right, helps);
        newline(s);
    }
    if (helpers && !beside) {
        if (movers)
            newline(s);
        to(s, INDENT);
        put_in(s, BOLD, "What would help");
        newline(s);
        for (uint32_t i = 0; i < helpers; i++) {
            helper(s, r, sorted[i], right, helps);
            newline(s);
        }
    }
    free(sorted);
    return RC_OK;
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
    for (uint32_t i = 0; i < r->drivers_n; i++) {
        const rc_driver *d = &r->drivers[i];
        if (ends_with(d->id, ".successes") || ends_with(d->id, ".fired"))
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

/* Sentences about models first, then defaults, as much as two lines hold. */
static void assumed(sheet *s, const rc_result *r)
{
    char text[1024] = "Assumed by roadcast:";
    size_t used = strlen(text), room = 2 * s->width - 40, left = r->assumed_n;
    if (left == 0)
        return;
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
        snprintf(text + used, sizeof text - used, "%s %zu more.",
                 left < r->assumed_n ? "; and" : "", left);
    else
        snprintf(text + used, sizeof text - used, ".");
    paragraph(s, INDENT, DIM, text);
}

static void foot(sheet *s, const rc_result *r, const rc_terminal_options *o)
{
    const rc_driver *refine = refine_first(r);
    if (r->assumed_n || refine || o->wrote || r->resource_limited)
        newline(s);
    assumed(s, r);
    if (refine) {
        char line[512], share[RC_HUMAN];
        snprintf(line, sizeof line, "Refine first: %.300s (%s of the spread)",
                 refine->id, rc_human_percent(share, refine->share_of_variance));
        if (s->at && s->at + 3 + columns_of(s, line) > s->width)
            newline(s);
        if (s->at)
            put(s, "   ");
        paragraph(s, INDENT, PLAIN, line);
    }
    if (s->at)
        newline(s);
    if (o->wrote) {
        paragraph(s, INDENT, PLAIN, o->wrote);
        newline(s);
    }
}

/* The widest interval of the shares shown: said where whole percents promise too much.
 */
static void error_of_percent(sheet *s, const rc_result *r)
{
    rc_share c = rc_verdict_goals_n(r) ? rc_verdict_chance(r) : r->verdict.launch;
    double half = 100 * (c.high - c.low) / 2;
    if (!(half >= 2))
        return;
    char line[160], count[RC_HUMAN];
    rc_human_count(count, r->futures);
    snprintf(line, sizeof line,
             "Percentages of %s futures are known to \xc2\xb1 %.0f points.", count,
             half);
    to(s, TEXT_AT);
    paragraph(s, TEXT_AT, DIM, line);
    newline(s);
    newline(s);
}

rc_status rc_print_terminal(const rc_result *result, const rc_terminal_options *options,
                            FILE *out, rc_error *err)
{
    unsigned width = options->columns ? options->columns : WIDTH;
    sheet s = {.out = out, .ascii = options->ascii, .colour = options->colour};
    s.width = width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
    header(&s, result, options);
    newline(&s);
    verdict(&s, result);
    error_of_percent(&s, result);
    table(&s, result);
    metrics(&s, result);
    after_launch(&s, result);
    histogram(&s, result);
    rc_status status = sides(&s, result, err);
    if (status != RC_OK)
        return status;
    foot(&s, result, options);
    if (fflush(out) != 0 || ferror(out))
        return rc_fail(err, RC_IO, "the answer could not be written");
    return RC_OK;
}
