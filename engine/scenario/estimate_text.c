/* estimate_text.c -- the cursor, its faults, and numbers. Units are in
 * estimate_units.c. */
#include "scenario/estimate_text.h"
#include "base/text.h"
#include "base/units.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void rc_cursor_open(rc_cursor *c, rc_reading *reading, const rc_setting *row,
                    const char *text, rc_position at)
{
    *c = (rc_cursor){.reading = reading,
                     .row = row,
                     .dimension = row->dimension,
                     .text = text,
                     .n = (uint32_t)strlen(text),
                     .where = at,
                     .share = row->dimension == RC_SHARE};
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static char peek(const rc_cursor *c, uint32_t at)
{
    return at < c->n ? c->text[at] : '\0';
}

char rc_cursor_next(rc_cursor *c)
{
    while (is_blank(peek(c, c->at)))
        c->at++;
    return peek(c, c->at);
}

rc_span rc_cursor_word(rc_cursor *c)
{
    rc_cursor_next(c);
    rc_span s = {c->at, c->at};
    if (is_letter(peek(c, s.to)))
        while (is_letter(peek(c, s.to)) || is_digit(peek(c, s.to)) ||
               peek(c, s.to) == '_')
            s.to++;
    c->at = s.to;
    return s;
}

bool rc_span_empty(rc_span s)
{
    return s.from == s.to;
}

bool rc_span_is(const rc_cursor *c, rc_span s, const char *word)
{
    return rc_slice_is((rc_slice){c->text + s.from, s.to - s.from}, word);
}

bool rc_complain(rc_cursor *c, rc_span span, const char *hint, const char *format, ...)
{
    char message[400];
    va_list rest;
    va_start(rest, format);
    vsnprintf(message, sizeof message, format, rest);
    va_end(rest);
    rc_position at = c->where;
    at.column += (uint32_t)rc_utf8_columns(c->text, span.from);
    at.length = (uint32_t)rc_utf8_columns(c->text + span.from, span.to - span.from);
    at.length += at.length == 0;
    rc_fault(c->reading->faults, at, hint, "%s", message);
    return false;
}

bool rc_cursor_end(rc_cursor *c)
{
    if (rc_cursor_next(c) == '\0')
        return true;
    uint32_t shown = c->n - c->at < 40 ? c->n - c->at : 40;
    return rc_complain(c, (rc_span){c->at, c->n}, NULL,
                       "expected the end of the text, found '%.*s'", (int)shown,
                       c->text + c->at);
}

/* ------------------------------------------------------------------- numbers */

bool rc_starts_number(rc_cursor *c)
{
    char x = rc_cursor_next(c);
    return is_digit(x) || ((x == '-' || x == '+' || x == '.') &&
                           (is_digit(peek(c, c->at + 1)) || peek(c, c->at + 1) == '.'));
}

/* The letters that follow a number at once or after blanks. */
static rc_span letters_after(const rc_cursor *c, uint32_t at)
{
    rc_span s = {at, at};
    while (is_letter(peek(c, s.to)))
        s.to++;
    return s;
}

typedef struct suffix_row {
    const char *word;
    int exponent; /* 0: refused */
    const char *hint;
} suffix_row;

static const suffix_row suffixes[] = {
    {"k", 3, NULL},
    {"M", 6, NULL},
    {"bn", 9, NULL},
    {"m", 0, "write months, minutes or M"},
    {"K", 0, "write k for a thousand"},
    {"B", 0, "write bn for a thousand millions"},
    {"b", 0, "write bn for a thousand millions"},
    {"mn", 0, "write M for a million"},
    {"mio", 0, "write M for a million"},
    {"MM", 0, "write M for a million"},
    {"million", 0, "write M for a million"},
    {"thousand", 0, "write k for a thousand"},
};

/* k, M or bn; *exponent stays 0 where something else follows. A metric may have a unit
 * of one letter, so there k must touch its number; m is refused everywhere. */
static bool suffix_take(rc_cursor *c, int *exponent)
{
    uint32_t at = c->at;
    while (is_blank(peek(c, at)))
        at++;
    bool apart = at > c->at, metric = c->dimension == RC_METRIC;
    rc_span word = letters_after(c, at);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        const suffix_row *s = &suffixes[i];
        if (!rc_span_is(c, word, s->word))
            continue;
        if (strcmp(s->word, "m") == 0)
            return rc_complain(c, word, s->hint,
                               "a bare 'm' could be minutes, months or millions");
        if (metric && (apart || s->exponent == 0))
            return true;
        if (s->exponent == 0)
            return rc_complain(c, word, s->hint, "expected a unit, found '%s'",
                               s->word);
        *exponent = s->exponent;
        c->at = word.to;
        return true;
    }
    return true;
}

enum { NUMBER_MAX = 40 };

/* Signs that word processors and keyboards offer instead. */
static const char *sign_hint(const char *text)
{
    static const char *const signs[][2] = {{"\u2212", "write - for minus"},
                                           {"\u2013", "write - for minus"},
                                           {"\u20ac", "write 12k EUR"},
                                           {"$", "write 12k USD"},
                                           {"\u00a3", "write 12k GBP"},
                                           {"~", "write a range: 4 to 6 days"},
                                           {"\u2248", "write a range: 4 to 6 days"},
                                           {"\u201c", "leave these quotes out"},
                                           {"\u201d", "leave these quotes out"},
                                           {"\u201e", "leave these quotes out"}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strncmp(text, signs[i][0], strlen(signs[i][0])) == 0)
            return signs[i][1];
    return NULL;
}

const char *rc_currency_hint(rc_cursor *c, rc_span word)
{
    rc_slice s = {c->text + word.from, word.to - word.from};
    char name[8];
    if (s.n != 3 || !rc_starts_number(c))
        return NULL;
    snprintf(name, sizeof name, "%.3s", s.at);
    if (rc_unit_family_of(name) != RC_UNIT_MONEY)
        return NULL;
    return rc_arena_print(c->reading->arena, "write the currency last: 90k %s", name);
}

/* "2.000.000", "220'000", "2 000 000", and outside of laws "2,000,000": how many bytes;
 * 0: no such number. */
static uint32_t grouped(const rc_cursor *c, uint32_t from, double *value)
{
    static const char *const marks[] = {".", ",",      "'",      "_",
                                        " ", "\u2019", "\u00a0", "\u202f"};
    const bool in_law = memchr(c->text, '(', from) != NULL; /* its parameters */
    uint32_t at = from, digits = 0;
    for (*value = 0; is_digit(peek(c, at)); at++, digits++)
        *value = *value * 10 + (peek(c, at) - '0');
    if (digits < 1 || digits > 3)
        return 0;
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
        const uint32_t n = (uint32_t)strlen(marks[m]);
        uint32_t end = at, groups = 0;
        double all = *value;
        while (c->n - end > n && memcmp(c->text + end, marks[m], n) == 0 &&
               is_digit(peek(c, end + n)) && is_digit(peek(c, end + n + 1)) &&
               is_digit(peek(c, end + n + 2)) && !is_digit(peek(c, end + n + 3))) {
            for (uint32_t k = 0; k < 3; k++)
                all = all * 10 + (peek(c, end + n + k) - '0');
            end += n + 3;
            groups++;
        }
        const bool enough = m == 0 ? groups > 1 : m == 1 ? groups && !in_law : groups;
        if (!enough)
            continue;
        *value = all;
        return end - from;
    }
    return 0;
}

/* "2M", "220k", "1.5k" */
static const char *short_number(rc_arena *arena, double x)
{
    static const struct {
        double of;
        const char *letter;
    } scales[] = {{1e9, "bn"}, {1e6, "M"}, {1e3, "k"}, {1, ""}};
    size_t i = 0;
    while (x < scales[i].of && scales[i].of > 1)
        i++;
    char text[32];
    rc_number_print(text, x / scales[i].of);
    return rc_arena_print(arena, "%s%s", text, scales[i].letter);
}

static bool refuse_grouped(rc_cursor *c, uint32_t from)
{
    double value;
    const uint32_t n = grouped(c, from, &value);
    if (!n)
        return false;
    const uint32_t at = c->at;
    c->at = from + n;
    const rc_span unit = rc_unit_take(c);
    c->at = at;
    rc_complain(c, (rc_span){from, from + n},
                rc_arena_print(c->reading->arena, "write %s%s%.*s",
                               short_number(c->reading->arena, value),
                               rc_span_empty(unit) ? "" : " ",
                               (int)(unit.to - unit.from), c->text + unit.from),
                "expected a number without marks between thousands, found '%.*s'",
                (int)n, c->text + from);
    return true;
}

bool rc_number_take(rc_cursor *c, rc_quantity *out)
{
    rc_cursor_next(c);
    uint32_t from = c->at, at = from;
    bool down = peek(c, at) == '-';
    at += peek(c, at) == '-' || peek(c, at) == '+';
    uint32_t first = at;
    if (refuse_grouped(c, first))
        return false;
    while (is_digit(peek(c, at)))
        at++;
    uint32_t whole = at - first;
    if (whole == 0 && peek(c, at) == '.')
        return rc_complain(c, (rc_span){from, at + 1}, "write 0.5, not .5",
                           "expected a digit before the point");
    if (whole == 0) {
        uint32_t shown = c->n - from < 24 ? c->n - from : 24;
        return rc_complain(c, (rc_span){from, from + shown}, sign_hint(c->text + from),
                           shown ? "expected a number, found '%.*s'"
                                 : "expected a number, found nothing%.*s",
                           (int)shown, c->text + from);
    }
    if (peek(c, at) == '.') {
        uint32_t point = at++;
        while (is_digit(peek(c, at)))
            at++;
        if (at == point + 1)
            return rc_complain(c, (rc_span){from, at},
                               peek(c, at) == '.' ? "write low to high: 3 to 12 days"
                                                  : NULL,
                               "expected digits after the point");
    }
    if (at - first > NUMBER_MAX)
        return rc_complain(c, (rc_span){from, at}, NULL,
                           "a number of more than %d digits", NUMBER_MAX);
    if (whole > 1 && peek(c, first) == '0')
        return rc_complain(c, (rc_span){from, at}, "write 1000 or 1k instead of 1,000",
                           "expected a number without leading zeros");
    c->at = at;
    int exponent = 0;
    if (!suffix_take(c, &exponent))
        return false;
    char text[NUMBER_MAX + 8];
    memcpy(text, c->text + first, at - first);
    snprintf(text + (at - first), 8, "e%d", exponent);
    double x = 0;
    if (rc_number_read(&x, rc_slice_of(text)) == 0)
        return rc_complain(c, (rc_span){from, at}, NULL, "expected a number");
    *out = (rc_quantity){down ? -x : x, {from, c->at}, {c->at, c->at}};
    return true;
}

bool rc_is_thousands(const char *number, size_t n, const char **hint, rc_arena *arena)
{
    size_t sign = n && (*number == '-' || *number == '+'), point = sign;
    while (point < n && is_digit(number[point]))
        point++;
    bool grouped = point - sign >= 1 && point - sign <= 3 && number[sign] != '0' &&
                   n == point + 4 && number[point] == '.';
    for (size_t i = point + 1; grouped && i < n; i++)
        grouped = is_digit(number[i]);
    if (!grouped)
        return false;
    size_t decimals = 3;
    while (decimals && number[point + decimals] == '0')
        decimals--;
    int shown = (int)(decimals ? point + 1 + decimals : point);
    *hint =
        rc_arena_print(arena, "write %.*sk, or %.*s%s", shown, number, shown, number,
                       decimals == 0   ? ".0"
                       : decimals == 3 ? "0"
                                       : "");
    return true;
}

/* -------------------------------------------------------------------- units */

/* A unit ends where the language goes on. */
static bool unit_ends(rc_cursor *c)
{
    char x = peek(c, c->at);
    if (x == '\0' || strchr(",:()=<>", x))
        return true;
    bool word_starts = c->at == 0 || !is_letter(peek(c, c->at - 1));
    if (word_starts && (is_digit(x) || x == '-' || x == '+'))
        return true;
    if (word_starts && rc_span_is(c, letters_after(c, c->at), "to"))
        return true;
    if (x != '/')
        return false;
    uint32_t at = c->at + 1;
    while (is_blank(peek(c, at)))
        at++;
    x = peek(c, at);
    return is_digit(x) || x == '.' || x == '-' || x == '+' || x == '\0';
}

rc_span rc_unit_take(rc_cursor *c)
{
    rc_cursor_next(c);
    rc_span s = {c->at, c->at};
    while (!unit_ends(c))
        c->at++;
    s.to = c->at;
    while (s.to > s.from && is_blank(c->text[s.to - 1]))
        s.to--;
    return s;
}

bool rc_quantity_take(rc_cursor *c, rc_quantity *out)
{
    if (!rc_number_take(c, out))
        return false;
    out->unit = rc_unit_take(c);
    return true;
}
