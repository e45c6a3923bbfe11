/* kept_file.h -- a file in the folder of a run, read from front to back, with its digest.
 *
 * In parts: samples are as large as memory, and a file that somebody cuts meanwhile ends
 * there. No link is followed, and nothing but a regular file is opened.
 *
 *   rc_kept_file f;
 *   char hex[65];
 *   if (rc_kept_file_open(&f, folder, "samples.npy")) {
 *       while (rc_kept_file_next(&f, bytes, sizeof bytes) > 0) ...
 *       whole = rc_kept_file_close(&f, hex);
 *   }
 *
 * Memory   a text lives in the arena.
 * Errors   false, NULL: errno says why it cannot be read (EINVAL: no regular file, EFBIG:
 *          more bytes than are taken); what failed once fails until it is closed.
 */
#ifndef ROADCAST_REPORT_KEPT_FILE_H
#define ROADCAST_REPORT_KEPT_FILE_H

#include "base/arena.h"
#include "base/hash.h"
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

typedef struct rc_kept_file {
    int file, failed; /* errno of the first failure; 0: none */
    size_t size;      /* when it was opened; closed: what was read */
    rc_digest digest; /* of what was read so far */
} rc_kept_file;

bool rc_kept_file_open(rc_kept_file *file, int folder, const char *name);
/* n bytes, fewer at the end of the file alone; -1: a failure. */
ssize_t rc_kept_file_next(rc_kept_file *file, void *bytes, size_t n);
/* Reads what is left of it, for the digest of all. */
bool rc_kept_file_close(rc_kept_file *file, char hex[65]);

/* All of a file of at most `most` bytes, ended by '\0', and its digest. */
char *rc_kept_file_text(rc_arena *arena, int folder, const char *name, size_t most,
                      size_t *n, char hex[65]);

#endif
