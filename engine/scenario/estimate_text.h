/* estimate_text.h -- the words of the estimate language: numbers, units, places of
 * faults.
 *
 * A cursor walks over the text of one setting; what is taken from it remembers its
 * span, so that a fault can point at the very characters.
 *
 *   number   -digits[.digits], then k, M or bn
 *   unit     everything up to "to", a "/" before a number, "," ":" "(" ")" or the end
 *
 * Memory   units are copied into reading->arena; a cursor owns nothing.
 * Errors   false after one fault was recorded; see estimate.h.
 */
#ifndef ROADCAST_SCENARIO_ESTIMATE_TEXT_H
#define ROADCAST_SCENARIO_ESTIMATE_TEXT_H

#include "scenario/estimate.h"

typedef struct rc_span {
    uint32_t from, to; /* bytes */
} rc_span;

typedef struct rc_cursor {
    rc_reading *reading;
    const rc_setting *row;
    rc_dimension dimension;
    const char *text;
    uint32_t n, at;    /* bytes; the next one */
    rc_position where; /* of the text's first character */
    uint32_t depth;    /* of mixtures */
    const char *unit;  /* of a metric ("%", "ms"), of money ("EUR"); else NULL */
    bool unit_known;   /* one quantity has been converted: the others must agree */
    bool calendar;     /* in calendar days */
    bool share;        /* lies within 0 and 1: a share, or a metric in % */
} rc_cursor;

/* A number with the unit that was written after it, if any. */
typedef struct rc_quantity {
    double number;
    rc_span where, unit;
} rc_quantity;

void rc_cursor_open(rc_cursor *c, rc_reading *reading, const rc_setting *row,
                    const char *text, rc_position at);
char rc_cursor_next(rc_cursor *c);    /* past blanks; 0 at the end */
bool rc_cursor_end(rc_cursor *c);     /* a fault when something is left */
rc_span rc_cursor_word(rc_cursor *c); /* letters, digits, _; empty when there is none */
bool rc_span_is(const rc_cursor *c, rc_span s, const char *word);
bool rc_span_empty(rc_span s);

/* Records a fault at span; always false. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
bool
rc_complain(rc_cursor *c, rc_span span, const char *hint, const char *format, ...);

/* "EUR 90k", the cursor behind the word: what to write instead; NULL: no currency. */
const char *rc_currency_hint(rc_cursor *c, rc_span word);
bool rc_starts_number(rc_cursor *c);
bool rc_number_take(rc_cursor *c, rc_quantity *out);
/* "90.000", "1.200": three decimals behind one to three digits, which half of Europe
 * writes for thousands; not "0.125". *hint, in the arena: what to write instead. */
bool rc_is_thousands(const char *number, size_t n, const char **hint, rc_arena *arena);
rc_span rc_unit_take(rc_cursor *c);
bool rc_quantity_take(rc_cursor *c, rc_quantity *out); /* number, then unit */

/* The quantity in base units. in_limits: against the row's limits and 0 to 100 %. */
bool rc_quantity_convert(rc_cursor *c, double *out, const rc_quantity *q,
                         bool in_limits);

/* "55 %", "12k EUR", "1.2 points": x as a reader would write it, three digits. */
void rc_quantity_print(char *out, size_t n, double x, rc_dimension dimension,
                       const char *unit, bool calendar);
/* "1.2", "12k", "3.4M": three significant digits. */
void rc_figure_print(char out[32], double x);
/* What stands behind such a figure (" days"), and the factor from base units to it. */
void rc_figure_unit(char out[48], double *factor, double largest,
                    rc_dimension dimension, const char *unit, bool calendar);

#endif
