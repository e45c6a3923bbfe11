#include "report/terminal.h"
#include "report/human.h"
#include "report/verdict.h"
#include "report/what_if.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOVE = 13, /* "-2.1 .. +3.0 w" */
    GUTTER = 3,
    LISTED = 5, /* rows of drivers and of options */
    FIRST = 3,  /* rows of drivers where they stand alone, without details */
    BARS = 40
};

/* ----------------------------------------------------------------- histogram */

void rc_terminal_histogram(rc_sheet *s, const rc_result *r)
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
    rc_sheet_newline(s);
    /* whole groups from the deadline, so that no block is on both sides of it */
    /* beside the blocks stand two dates, and the share of never where it fits */
    unsigned indent = s->width < 80 ? RC_SHEET_INDENT : s->table, ends = 0;
    char text[RC_HUMAN], never[RC_HUMAN] = "";
    for (int end = 0; end < 2; end++) {
        int32_t date = (int32_t)h->edges[end ? last : first];
        ends += 1 + rc_sheet_columns(
                        s, rc_human_date(text, date, rc_year_differs(r, date)));
    }
    uint32_t room = s->width - indent - ends - 3, most_bars = room < BARS ? room : BARS;
    uint32_t at = first, group = (last - first + most_bars - 1) / most_bars;
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
    int32_t date = (int32_t)h->edges[first];
    rc_sheet_to(s, indent);
    rc_sheet_put_in(s, RC_DIM, rc_human_date(text, date, rc_year_differs(r, date)));
    rc_sheet_put(s, " ");
    uint32_t i = first;
    for (uint32_t k = 0; k < n; k++) {
        if (r->verdict.has_deadline && i == at && k > 0)
            rc_sheet_put(s, "\xe2\x94\x82");
        uint64_t level = bars[k] ? 1 + (bars[k] * 7 + most / 2) / most : 0;
        rc_sheet_put_in(s,
                        !r->verdict.has_deadline ? RC_PLAIN
                        : i < at                 ? RC_GOOD
                                                 : RC_BAD,
                        blocks[level]);
        i = i < at && at < i + group ? at : i + group;
    }
    date = (int32_t)h->edges[last];
    rc_sheet_put(s, " ");
    rc_sheet_put_in(s, RC_DIM, rc_human_date(text, date, rc_year_differs(r, date)));
    if (h->never) {
        double p = (double)h->never / (double)r->futures;
        rc_share share = {p, p, p};
        rc_human_share(never, share);
        if (s->at + 9 + rc_sheet_columns(s, never) > s->width) {
            rc_sheet_newline(s);
            rc_sheet_to(s, indent);
        } else {
            rc_sheet_put(s, "   ");
        }
        rc_sheet_put_in(s, RC_DIM, "never ");
        rc_sheet_put_in(s, RC_DIM, never);
    }
    rc_sheet_newline(s);
}

/* ----------------------------------------------------- what moves, what helps */

/* A name as shown; its columns are what the widest of its list is found by. */
static unsigned named(const rc_sheet *s, char out[4 * RC_NAME], const char *name,
                      const char *id)
{
    return rc_sheet_columns(
        s, rc_human_name(out, 4 * RC_NAME, name && name[0] ? name : id, RC_NAME));
}

static void mover(rc_sheet *s, const rc_driver *d, unsigned column, bool weeks)
{
    char name[4 * RC_NAME], low[RC_HUMAN], high[RC_HUMAN], line[2 * RC_HUMAN + 16];
    rc_sheet_to(s, RC_SHEET_INDENT);
    rc_sheet_put(s, rc_human_name(name, sizeof name,
                                  d->name && d->name[0] ? d->name : d->id,
                                  column - RC_SHEET_INDENT - 2));
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
    rc_sheet_to(s, column);
    rc_sheet_put(s, line);
}

static double swing(const rc_driver *d)
{
    return fmax(fabs(d->low_days), fabs(d->high_days));
}

static void helper(rc_sheet *s, const rc_result *r, const rc_what_if_result *w,
                   unsigned column, unsigned at)
{
    char name[4 * RC_NAME], line[4 * RC_HUMAN];
    named(s, name, w->name, w->id);
    rc_what_if_change(line, r, w, s->verbose);
    rc_sheet_to(s, column);
    rc_sheet_put(s, name);
    if (at + rc_sheet_columns(s, line) > s->width) {
        rc_sheet_newline(s);
        at = RC_SHEET_INDENT + 2;
    }
    rc_sheet_to(s, at);
    rc_sheet_put(s, line);
}

static int by_gain(const void *a, const void *b)
{
    const rc_what_if_result *x = *(const rc_what_if_result *const *)a;
    const rc_what_if_result *y = *(const rc_what_if_result *const *)b;
    double d = (isnan(y->gain) ? 0 : y->gain) - (isnan(x->gain) ? 0 : x->gain);
    return d > 0 ? 1 : d < 0 ? -1 : x < y ? -1 : x > y;
}

rc_status rc_terminal_sides(rc_sheet *s, const rc_result *r, rc_error *err)
{
    uint32_t movers = rc_drivers_seen(r, s->verbose ? r->drivers_n : LISTED);
    uint32_t helpers = s->verbose || r->what_if_n < LISTED ? r->what_if_n : LISTED;
    bool known = rc_drivers_are_known(r),
         missing = !known && (r->drivers_n || r->futures < RC_DRIVER_FUTURES);
    bool weeks = movers && swing(&r->drivers[0]) >= 5;
    const rc_what_if_result **sorted =
        calloc((size_t)r->what_if_n + 1, sizeof(const rc_what_if_result *));
    if (!sorted)
        return rc_fail(err, RC_IO, "out of memory");
    for (uint32_t i = 0; i < r->what_if_n; i++)
        sorted[i] = &r->what_if[i];
    qsort(sorted, r->what_if_n, sizeof *sorted, by_gain);
    char title[64], name[4 * RC_NAME];
    char line[4 * RC_HUMAN];
    unsigned moves = 0, helps = 0, changes = 0;
    for (uint32_t i = 0; i < movers; i++) {
        unsigned n = named(s, name, r->drivers[i].name, r->drivers[i].id);
        moves = n > moves ? n : moves;
    }
    for (uint32_t i = 0; i < helpers; i++) {
        unsigned n = named(s, name, sorted[i]->name, sorted[i]->id);
        helps = n > helps ? n : helps;
        rc_what_if_change(line, r, sorted[i], s->verbose);
        n = rc_sheet_columns(s, line);
        changes = n > changes ? n : changes;
    }
    moves += RC_SHEET_INDENT + 2;
    if (moves + MOVE + s->ascii > s->width)
        moves = s->width - MOVE - s->ascii;
    unsigned right = moves + MOVE + s->ascii + GUTTER;
    unsigned wanted = right + helps + 2 + changes;
    unsigned cut =
        wanted > s->width ? wanted - s->width : 0; /* off the longest names */
    bool beside = movers && helpers && cut <= 5;
    if (beside) {
        moves -= cut;
        right -= cut;
    } else {
        right = RC_SHEET_INDENT;
    }
    helps += right + 2;
    if (!beside && !s->verbose && movers > FIRST && helpers)
        movers = FIRST;
    snprintf(title, sizeof title, "What moves the %s",
             rc_verdict_noun(r)[0] == 'L' ? "launch date" : "finish");
    uint32_t rows = beside ? (movers > helpers ? movers : helpers) : movers;
    if (movers || helpers || missing)
        rc_sheet_newline(s);
    if (missing) {
        char count[RC_HUMAN], many[256];
        snprintf(many, sizeof many,
                 "%s takes more futures: %s of them %s%s, and %d are needed.", title,
                 rc_human_count(count, r->finish_launched.n),
                 rc_verdict_noun(r)[0] == 'L' ? "launch" : "finish",
                 r->finish_launched.n == 1 ? "es" : "", RC_DRIVER_FUTURES);
        rc_sheet_to(s, RC_SHEET_INDENT);
        rc_sheet_paragraph(s, RC_SHEET_INDENT, RC_PLAIN, many);
        rc_sheet_newline(s);
        if (helpers)
            rc_sheet_newline(s);
    }
    if (movers) {
        rc_sheet_to(s, RC_SHEET_INDENT);
        rc_sheet_put_in(s, RC_BOLD, title);
    }
    if (beside) {
        rc_sheet_to(s, right);
        rc_sheet_put_in(s, RC_BOLD, "What would help");
    }
    if (movers)
        rc_sheet_newline(s);
    for (uint32_t i = 0; i < rows; i++) {
        if (i < movers)
            mover(s, &r->drivers[i], moves, weeks);
        if (beside && i < helpers)
            helper(s, r, sorted[i], right, helps);
        rc_sheet_newline(s);
    }
    if (helpers && !beside) {
        if (movers)
            rc_sheet_newline(s);
        rc_sheet_to(s, RC_SHEET_INDENT);
        rc_sheet_put_in(s, RC_BOLD, "What would help");
        rc_sheet_newline(s);
        for (uint32_t i = 0; i < helpers; i++) {
            helper(s, r, sorted[i], right, helps);
            rc_sheet_newline(s);
        }
    }
    free(sorted);
    if (helpers < r->what_if_n) {
        snprintf(line, sizeof line, "and %u more (-v lists them)",
                 r->what_if_n - helpers);
        rc_sheet_to(s, right);
        rc_sheet_put(s, line);
        rc_sheet_newline(s);
    }
    char most[512];
    if (rc_what_if_most(most, sizeof most, r)[0]) {
        rc_sheet_to(s, RC_SHEET_INDENT);
        rc_sheet_paragraph(s, RC_SHEET_INDENT + 2, RC_PLAIN, most);
        rc_sheet_newline(s);
    }
    return RC_OK;
}
