/* stream.h -- a FILE that writes into memory, to be written out once it is whole.
 *
 * As open_memstream, but that of glibc 2.36 leaves out what found no memory, and tells
 * nobody.
 *
 *   rc_stream s;
 *   if (rc_stream_open(&s)) {
 *       rc_print_json(result, s.out, &err);
 *       if (rc_stream_close(&s))
 *           use(s.text, s.n);
 *       free(s.text);
 *   }
 *
 * Memory   text is yours to free after closing, whole or not; the struct must stay
 *          where it is while the stream is open.
 * Errors   false: memory ran out, and text is not all of it.
 */
#ifndef ROADCAST_STREAM_H
#define ROADCAST_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rc_stream {
    FILE *out; /* NULL: closed */
    char *text;
    size_t n, room;
    bool failed;
} rc_stream;

bool rc_stream_open(rc_stream *stream);
bool rc_stream_close(rc_stream *stream); /* fine where it is closed already */

#ifdef __cplusplus
}
#endif
#endif
