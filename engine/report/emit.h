/* emit.h -- text for other readers: one escape for each, and JSON as a stream.
 *
 *   rc_emit_plain   terminals, tables with tabs: control bytes, bidirectional marks,
 *                   noncharacters and broken UTF-8 become U+FFFD, tab and newline a blank
 *   rc_emit_csv     a cell of RFC 4180; one that starts with = + - @ tab or CR gets a '
 *                   in front, because spreadsheets execute it
 *   rc_emit_html    element content and quoted attributes
 *   rc_emit_json    a quoted string; control characters and bidirectional marks as
 *                   \uXXXX, broken UTF-8 as U+FFFD
 *   rc_emit_number  shortest decimal that reads back the same; nothing for NAN; "never"
 *                   for INFINITY
 *
 * rc_json_*  writes a document from front to back: keys in the order of the calls,
 * never NaN or infinity (null), containers indented or on one line.
 *
 * Errors   those of the FILE: sticky, asked for once by whoever opened it.
 * Memory   none. Threads: no state.
 */
#ifndef ROADCAST_REPORT_EMIT_H
#define ROADCAST_REPORT_EMIT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

void rc_emit_plain(FILE *out, const char *text);
void rc_emit_csv(FILE *out, const char *text);
void rc_emit_html(FILE *out, const char *text);
void rc_emit_json(FILE *out, const char *text);
void rc_emit_number(FILE *out, double x);

#define RC_JSON_DEPTH 16
typedef struct rc_json {
    FILE *out;
    uint32_t depth;
    struct {
        char close;
        bool one_line, filled;
    } level[RC_JSON_DEPTH];
} rc_json;

/* key: NULL inside arrays and for the document itself. */
void rc_json_object(rc_json *json, const char *key);
void rc_json_array(rc_json *json, const char *key);
void rc_json_object_line(rc_json *json, const char *key); /* all of it on one line */
void rc_json_array_line(rc_json *json, const char *key);
void rc_json_end(rc_json *json); /* of the innermost container */

void rc_json_text(rc_json *json, const char *key, const char *text); /* NULL: null */
void rc_json_number(rc_json *json, const char *key, double x);
void rc_json_count(rc_json *json, const char *key, uint64_t n);
void rc_json_bool(rc_json *json, const char *key, bool yes);
void rc_json_null(rc_json *json, const char *key);

#endif
