/* estimate.c -- the grammar of estimates, plain values and conditions.
 *
 *   estimate = [N %] number [to number | / number / number] | law(…) | mix(…)
 *
 * Recursive descent over one cursor; the only recursion is through mixtures, whose
 * depth and parts are limited.
 */
#include "scenario/estimate.h"
#include "scenario/estimate_grammar.h"
#include "scenario/estimate_laws.h"
#include "base/text.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_MAX = 65536 };

void rc_assume(rc_reading *reading, const char *format, ...)
{
    char sentence[512];
    va_list rest;
    va_start(rest, format);
    vsnprintf(sentence, sizeof sentence, format, rest);
    va_end(rest);
    if (reading->assumed_n == reading->assumed_room) {
        uint32_t room = reading->assumed_room ? 2 * reading->assumed_room : 16;
        const char **more = rc_arena_alloc(reading->arena, room, sizeof *more);
        if (!more)
            return;
        if (reading->assumed_n)
            memcpy(more, reading->assumed, reading->assumed_n * sizeof *more);
        reading->assumed = more;
        reading->assumed_room = room;
    }
    const char *kept = rc_arena_text(reading->arena, sentence);
    if (kept)
        reading->assumed[reading->assumed_n++] = kept;
}

/* Units stand after each quantity, or after the last one, or behind the parenthesis. */
bool rc_units_spread(rc_cursor *c, rc_quantity *q, uint32_t n, rc_span outer)
{
    uint32_t own = 0;
    for (uint32_t i = 0; i < n; i++)
        own += !rc_span_empty(q[i].unit);
    if (own == n)
        return true;
    if (own > 1 || (own == 1 && rc_span_empty(q[n - 1].unit)))
        return rc_complain(c, (rc_span){q[0].where.from, q[n - 1].where.to}, NULL,
                           "write the unit after the last number, or after each");
    rc_span unit = own ? q[n - 1].unit : outer;
    for (uint32_t i = 0; i < n; i++)
        q[i].unit = unit;
    return true;
}

/* ------------------------------------------------- point, range, three points */

enum { RANGE_WORD = 't', SLASH = '/', STOP = 0, WRONG = '?' };

static int separator(rc_cursor *c, const rc_quantity *before)
{
    char x = rc_cursor_next(c);
    uint32_t from = c->at;
    bool dash = x == '-' || (!rc_span_empty(before->unit) &&
                             memcmp(c->text + before->unit.from, "\xE2\x80", 2) == 0);
    if (dash) {
        rc_complain(
            c, (rc_span){x == '-' ? from : before->unit.from, from + (x == '-')},
            "write low to high: 3 to 12 days", "expected 'to' between two numbers");
        return WRONG;
    }
    if (x == '/') {
        c->at++;
        return SLASH;
    }
    if (x == ',' && c->depth == 0 && c->at + 1 < c->n) {
        rc_span rest = {c->at + 1, c->at + 1};
        while (rest.to < c->n && c->text[rest.to] >= '0' && c->text[rest.to] <= '9')
            rest.to++;
        rc_span all = {before->where.from, rest.to};
        if (!rc_span_empty(rest)) {
            rc_complain(c, all, "write a point: 3.5 instead of 3,5",
                        "expected a number without a comma, found '%.*s'",
                        (int)(all.to - all.from < 40 ? all.to - all.from : 40),
                        c->text + all.from);
            return WRONG;
        }
    }
    rc_span word = rc_cursor_word(c);
    if (rc_span_is(c, word, "to"))
        return RANGE_WORD;
    c->at = from;
    return STOP;
}

bool rc_in_order(rc_cursor *c, const double *x, uint32_t n, rc_span where)
{
    if (n == 2 && x[0] < x[1])
        return true;
    if (n == 3 && x[0] <= x[1] && x[1] <= x[2] && x[0] < x[2])
        return true;
    if (x[0] == x[n - 1])
        return rc_complain(c, where, "write one number for what is certain",
                           "the ends are the same");
    return rc_complain(c, where, "write the smallest first",
                       n == 2 ? "low and high out of order"
                              : "best over likely over worst out of order");
}

bool rc_numbers_take(rc_cursor *c, rc_outcome *out, rc_span outer)
{
    rc_quantity q[3];
    rc_stated s = {
        0, {0}, c->reading->low_p, c->reading->high_p, c->reading->min_max, {0, 0}};
    if (!rc_quantity_take(c, &q[0]))
        return false;
    bool interval = rc_span_is(c, q[0].unit, "%") && rc_starts_number(c);
    rc_quantity level = q[0];
    if (interval) {
        if (!(level.number > 0 && level.number < 100))
            return rc_complain(c, level.where, "80 % 3 to 12 days",
                               "a central interval holds between 0 and 100 %%");
        s.low_p = (1 - level.number / 100) / 2;
        s.high_p = (1 + level.number / 100) / 2;
        s.ends = false;
        if (!rc_quantity_take(c, &q[0]))
            return false;
    }
    int first = separator(c, &q[0]);
    if (first == WRONG)
        return false;
    s.n = 1;
    for (int next = first; next != STOP; s.n++) {
        if (s.n == 3 || next != first || (first == RANGE_WORD && s.n == 2))
            return rc_complain(c, (rc_span){q[0].where.from, c->at}, NULL,
                               "expected low to high, or best / likely / worst");
        if (!rc_quantity_take(c, &q[s.n]))
            return false;
        next = separator(c, &q[s.n]);
        if (next == WRONG)
            return false;
    }
    if (s.n == 2 && first == SLASH)
        return rc_complain(c, (rc_span){q[0].where.from, q[1].where.to},
                           "a range is written low to high",
                           "expected three numbers: best / likely / worst");
    if (s.n == 1 && interval)
        return rc_complain(c, q[0].where, "80 % 3 to 12 days",
                           "expected a range after the share of its interval");
    s.where = (rc_span){q[0].where.from, q[s.n - 1].where.to};
    if (!rc_units_spread(c, q, s.n, outer))
        return false;
    for (uint32_t i = 0; i < s.n; i++)
        if (!rc_quantity_convert(c, &s.x[i], &q[i], true))
            return false;
    out->check_reach = s.n == 1;
    if (s.n > 1)
        return rc_in_order(c, s.x, s.n, s.where) && rc_stated_law(c, out->law, &s);
    *out->law = (rc_law){.kind = RC_CONSTANT, .p = {s.x[0]}, .floor_at = -INFINITY};
    return true;
}

static bool opens(rc_cursor *c, rc_reading *reading, const rc_setting *row,
                  const char *text, rc_position at)
{
    size_t n = strlen(text);
    if (n > TEXT_MAX) {
        rc_fault(reading->faults, at, NULL, "a text of more than 64 KiB");
        return false;
    }
    rc_cursor_open(c, reading, row, text, at);
    return true;
}

bool rc_estimate_parse(rc_estimate *out, rc_reading *reading, const rc_setting *row,
                       const char *text, rc_position at)
{
    rc_cursor c;
    rc_law law = {0};
    rc_outcome o = {&law, true};
    out->given = false;
    if (!opens(&c, reading, row, text, at) ||
        !rc_estimate_take(&c, &o, (rc_span){0, 0}) || !rc_cursor_end(&c) ||
        !rc_law_accept(&c, &law, (rc_span){0, c.n}, o.check_reach))
        return false;
    out->text = rc_arena_text(reading->arena, text);
    if (!out->text)
        return false;
    out->given = true;
    out->calendar = c.calendar;
    out->dimension = row->dimension;
    out->unit = c.unit;
    out->law = law;
    out->at = at;
    return true;
}

/* ------------------------------------------------------- values and conditions */

static bool value(rc_cursor *c, double *out)
{
    rc_quantity q;
    rc_span name = rc_cursor_word(c);
    if (!rc_span_empty(name))
        return rc_complain(c, name, rc_currency_hint(c, name),
                           "expected one number, found '%.*s'",
                           (int)(name.to - name.from < 24 ? name.to - name.from : 24),
                           c->text + name.from);
    if (!rc_quantity_take(c, &q))
        return false;
    int next = separator(c, &q);
    if (next == WRONG)
        return false;
    if (next != STOP)
        return rc_complain(c, (rc_span){q.where.from, c->at}, NULL,
                           "expected one number, found a range");
    double x;
    if (!rc_quantity_convert(c, &x, &q, true) || !rc_cursor_end(c))
        return false;
    *out = x;
    return true;
}

bool rc_value_unit_parse(double *out, const char **unit, rc_reading *reading,
                         const rc_setting *row, const char *text, rc_position at)
{
    rc_cursor c;
    if (!opens(&c, reading, row, text, at) || !value(&c, out))
        return false;
    *unit = c.unit;
    return true;
}

bool rc_value_parse(double *out, rc_reading *reading, const rc_setting *row,
                    const char *text, rc_position at)
{
    const char *unit;
    return rc_value_unit_parse(out, &unit, reading, row, text, at);
}

static const char *const signs[][2] = {
    [RC_BELOW] = {"<", "<"},
    [RC_AT_MOST] = {"<=", "\u2264"},
    [RC_ABOVE] = {">", ">"},
    [RC_AT_LEAST] = {">=", "\u2265"},
};

/* The longest sign at the cursor; 0: none. */
static unsigned sign_take(rc_cursor *c)
{
    unsigned op = RC_ANY;
    size_t longest = 0;
    for (unsigned i = RC_BELOW; i <= RC_AT_LEAST; i++)
        for (int j = 0; j < 2; j++) {
            size_t n = strlen(signs[i][j]);
            if (n > longest && c->n - c->at >= n &&
                memcmp(c->text + c->at, signs[i][j], n) == 0)
                op = i, longest = n;
        }
    c->at += (uint32_t)longest;
    return op;
}

/* ", 95 % sure" at the end of a condition: where it begins; RC_NONE there is none. The
 * comma of "3,5 %" is none. */
static uint32_t sure_begins(const char *text)
{
    const char *comma = strrchr(text, ',');
    return comma && strstr(comma, "sure") ? (uint32_t)(comma - text) : UINT32_MAX;
}

static bool sure_take(rc_condition *out, rc_cursor *c, bool lawful)
{
    static const rc_setting row = {.key = "the confidence", .dimension = RC_SHARE};
    rc_cursor s;
    rc_quantity q;
    rc_cursor_open(&s, c->reading, &row, c->text, c->where);
    s.at = c->n + 1;
    rc_cursor_next(&s);
    const rc_span whole = {s.at, s.n};
    if (!lawful)
        return rc_complain(
            &s, whole, "leave it out here",
            "only what a gate measures can be asked for with confidence");
    if (!rc_number_take(&s, &q))
        return false;
    rc_cursor_next(&s);
    q.unit = (rc_span){s.at, s.at + (s.at < s.n && s.text[s.at] == '%')};
    s.at = q.unit.to;
    if (!rc_quantity_convert(&s, &out->sure, &q, true))
        return false;
    if (!(out->sure > 0.5 && out->sure < 1))
        return rc_complain(&s, q.where, "95 % sure",
                           "a confidence lies above 50 %% and below 100 %%");
    const rc_span word = rc_cursor_word(&s);
    if (!rc_span_is(&s, word, "sure"))
        return rc_complain(&s, word, "95 % sure",
                           "expected 'sure' after the confidence");
    return rc_cursor_end(&s);
}

/* Needs that have no value: what judges for itself. */
static bool judges_alone(const rc_cursor *c, rc_span name)
{
    return rc_span_is(c, name, "fairness") || rc_span_is(c, name, "online_test");
}

/* Of words that stand alone, the one that was meant; or NULL. */
static const char *near_word(const rc_cursor *c, const char *word)
{
    static const char *const alone[] = {"target", "fairness", "online_test"};
    const char *near = rc_did_you_mean(word, alone, sizeof alone / sizeof *alone);
    return near ? rc_arena_print(c->reading->arena, "did you mean '%s'?", near) : NULL;
}

bool rc_condition_parse(rc_condition *out, rc_reading *reading, const rc_setting *asked,
                        const char *text, rc_position at)
{
    static const rc_setting row = {.key = "the value", .dimension = RC_METRIC};
    rc_cursor c;
    *out = (rc_condition){.op = RC_ANY, .at = at};
    if (!opens(&c, reading, &row, text, at))
        return false;
    const uint32_t sure = sure_begins(text);
    c.n = sure == UINT32_MAX ? c.n : sure;
    rc_span name = rc_cursor_word(&c);
    if (rc_span_empty(name))
        return rc_complain(&c, (rc_span){c.at, c.at + 1}, "recall >= 80 %",
                           "expected the name of a metric");
    out->metric =
        rc_arena_slice(reading->arena, c.text + name.from, name.to - name.from);
    out->text = rc_arena_text(reading->arena, text);
    if (!out->metric || !out->text)
        return false;
    if (sure != UINT32_MAX &&
        !sure_take(out, &c, asked->may_be_sure && !judges_alone(&c, name)))
        return false;
    bool alone = rc_span_is(&c, name, "target") || judges_alone(&c, name);
    if (rc_cursor_next(&c) == '\0' && alone)
        return true;
    out->op = sign_take(&c);
    const bool words = asked->may_be_sure; /* needs of a gate: some stand alone */
    const char *near =
        words && out->op == RC_ANY && !alone && rc_cursor_next(&c) == '\0'
            ? near_word(&c, out->metric)
            : NULL;
    if (out->op == RC_ANY || (rc_cursor_next(&c) && strchr("<>=", c.text[c.at])))
        return rc_complain(&c, (rc_span){c.at, c.at + (c.at < c.n)},
                           near     ? near
                           : !words ? "recall >= 80 %"
                           : alone
                               ? "'target', 'fairness' and 'online_test' stand alone"
                               : "recall >= 80 %; or 'target', 'fairness', "
                                 "'online_test'",
                           "expected one of < <= > >= after '%.40s'", out->metric);
    if (!value(&c, &out->value))
        return false;
    out->unit = c.unit;
    return true;
}

/* ------------------------------------------------------------------ effects */

/* What a change is written in says what it does: "%" multiplies, all else adds. */
static rc_dimension change_of(const char *text)
{
    size_t n = strlen(text);
    while (n && strchr(" \t)", text[n - 1]))
        n--;
    if (n && text[n - 1] == '%')
        return RC_CHANGE;
    n -= n && text[n - 1] == 's';
    return n >= 5 && strncmp(text + n - 5, "point", 5) == 0 ? RC_POINTS : RC_METRIC;
}

bool rc_effect_parse(rc_effect *out, rc_reading *reading, const char *text,
                     rc_position at)
{
    rc_cursor c;
    const rc_setting row = {.key = "the change", .dimension = change_of(text)};
    *out = (rc_effect){.relative = row.dimension == RC_CHANGE};
    if (!opens(&c, reading, &row, text, at))
        return false;
    rc_span name = rc_cursor_word(&c);
    if (rc_span_empty(name))
        return rc_complain(&c, (rc_span){c.at, c.at + 1}, "latency +10 to 30 %",
                           "expected the name of a metric, and how it changes");
    if (!rc_cursor_next(&c))
        return rc_complain(&c, name, "latency +10 to 30 %",
                           "how '%.40s' changes is missing", text);
    /* the rest keeps its columns: blanks stand for the name and for plus signs */
    char *rest = rc_arena_text(reading->arena, text);
    out->metric =
        rc_arena_slice(reading->arena, c.text + name.from, name.to - name.from);
    if (!rest || !out->metric)
        return false;
    memset(rest, ' ', name.to);
    for (char *p = rest; *p; p++)
        if (*p == '+' && p[1] >= '0' && p[1] <= '9')
            *p = ' ';
    if (!rc_estimate_parse(&out->change, reading, &row, rest, at))
        return false;
    out->change.text += strspn(out->change.text, " \t");
    return true;
}
