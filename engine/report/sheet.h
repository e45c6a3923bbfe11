/* sheet.h -- text laid out on a screen.
 *
 *   put, put_in   text as it is, or bold, dim…; user text is made harmless on the way, and
 *                 in the ASCII variant the few signs that we use are translated
 *   to            to a column; two blanks where the text before has already passed it
 *   paragraph     from here on, word by word; lines after the first begin at `hang`
 *   remark        to the right of a line, or below it where it does not fit
 *   columns       how many columns a text takes
 *
 * Colour is never alone in what it says.
 * Memory   a plain value, borrows the FILE. Errors: those of the FILE. Threads: no state.
 */
#ifndef ROADCAST_REPORT_SHEET_H
#define ROADCAST_REPORT_SHEET_H

#include <stdbool.h>
#include <stdio.h>

/* Columns that the answer is laid out on. */
enum {
    RC_SHEET_WIDTH = 100,
    RC_SHEET_WIDTH_MIN = 40,
    RC_SHEET_WIDTH_MAX = 132,
    RC_SHEET_INDENT = 3,
    RC_SHEET_TEXT = 10, /* where sentences begin */
    RC_SHEET_TABLE = 13
};

typedef enum rc_look { RC_PLAIN, RC_BOLD, RC_DIM, RC_GOOD, RC_BAD } rc_look;

typedef struct rc_sheet {
    FILE *out;
    bool ascii, colour, verbose; /* verbose: details too, beyond one screen */
    unsigned width, at, table; /* table: where its first column stands */
} rc_sheet;

void rc_sheet_put(rc_sheet *s, const char *text);
void rc_sheet_put_in(rc_sheet *s, rc_look style, const char *text);
void rc_sheet_newline(rc_sheet *s);
void rc_sheet_to(rc_sheet *s, unsigned column);
void rc_sheet_paragraph(rc_sheet *s, unsigned hang, rc_look style, const char *text);
void rc_sheet_remark(rc_sheet *s, unsigned column, rc_look style, const char *text);
unsigned rc_sheet_columns(const rc_sheet *s, const char *text);

#endif
