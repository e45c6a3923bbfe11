/* walk.h -- a JSON document read from front to back.
 *
 *   {"tool": {"version": "0.1.0"}, "set": ["a", "b"]}
 *
 * gives "tool.version", "set[]" and "set[]" with their texts: strings without quotes and
 * escapes, numbers and words as they stand. Whoever asks takes what he knows.
 *
 * Memory   the document is changed in place, and texts live as long as it does; of a
 *          path only the call is given.
 * Errors   false: no JSON document, deeper than RC_WALK_DEPTH, a path of more than
 *          RC_WALK_PATH bytes, \u0000, or visit said so.
 */
#ifndef ROADCAST_REPORT_WALK_H
#define ROADCAST_REPORT_WALK_H

#include <stdbool.h>

enum { RC_WALK_DEPTH = 16, RC_WALK_PATH = 128 };

/* number: written without quotes */
typedef bool (*rc_walk_visit)(void *self, const char *path, const char *text,
                              bool number);

bool rc_walk_json(char *document, rc_walk_visit visit, void *self);

#endif
