/* source.h -- the text of a scenario: read, cleaned, with its includes in place.
 *
 * A regular file (or standard input) of at most 4 MiB becomes one text: UTF-8 without a
 * byte order mark, lines ended by \n, every line `@include "name"` replaced by that
 * file's lines. A map says where each line came from, so that columns stay as written.
 *
 * Includes  relative to the including file, in its folder or below; regular files, no
 *           symbolic links, at most 8 deep; a cycle is spelled out. Nothing outside the
 *           folder is opened (each part of a name through openat, O_NOFOLLOW).
 * Memory    texts live in the arena; rc_source_close gives the folder back.
 * Errors    RC_IO for the file itself; everything else is a fault and RC_REFUSED.
 */
#ifndef ROADCAST_SCENARIO_SOURCE_H
#define ROADCAST_SCENARIO_SOURCE_H

#include <roadcast/error.h>
#include <roadcast/model.h>
#include <stdio.h>
#include <sys/types.h>
#include "base/arena.h"

enum { RC_SOURCE_BYTES = 4 << 20, RC_SOURCE_DEPTH = 8 };

typedef struct rc_source_line {
    uint32_t file, line;
} rc_source_line;

typedef struct rc_source {
    const char *name; /* as messages call it */
    const char *text; /* includes in place */
    size_t n;
    const rc_source_line *lines;
    uint32_t lines_n;

    const struct rc_source *from; /* what includes or extends this one */
    int folder; /* descriptor of its folder; -1: includes are refused */
    dev_t device;
    ino_t inode;
} rc_source;

/* path "-" is standard input. */
rc_status rc_source_read(rc_source *out, rc_faults *faults, rc_arena *arena,
                         const char *path, rc_error *err);
rc_status rc_source_from_text(rc_source *out, rc_faults *faults, rc_arena *arena,
                              const char *name, const char *text, size_t n);
/* A file named in `from`, under the rules of includes; at: where it is named. */
rc_status rc_source_beside(rc_source *out, rc_faults *faults, rc_arena *arena,
                           const rc_source *from, const char *name, rc_position at);
void rc_source_close(rc_source *source);

#endif
