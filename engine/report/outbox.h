/* outbox.h -- files that replace old ones only when all of them are whole.
 *
 *   open      the folder: made if missing, locked against another writer
 *   file      a temporary file in it (O_EXCL); one at a time is written
 *   commit    flush, fsync and close each, put them in place of the old ones, the last
 *             one first (it may tell whose folder it is), fsync the folder. Where one
 *             cannot be put in place the others go back: old and new are never mixed
 *             (but on file systems that cannot exchange two files, NFS say)
 *   drop      remove every temporary file; what was there before stays as it was
 *   left over a temporary file that a killed run could not remove: the next commit of
 *             a file of that name does
 *
 * below is a path inside root: no "..", no absolute path, and no symbolic link is
 * followed in it, so that a planted link leads nowhere. root is the user's own and may
 * be anything. The steps go from folder to folder by descriptors, and who has a folder
 * goes on from its descriptor: exchanging a part for a link meanwhile leads nowhere either.
 *
 * Memory   a plain value; after open, end it by commit or drop. drop after commit is
 * fine. Errors   RC_IO with the path and the reason; RC_REFUSED for a path that leaves
 * root.
 */
#ifndef ROADCAST_REPORT_OUTBOX_H
#define ROADCAST_REPORT_OUTBOX_H

#include <roadcast/error.h>
#include <stdint.h>
#include <stdbool.h>
#include <stdio.h>

#define RC_OUTBOX_FILES 128
#define RC_OUTBOX_NAME 64

typedef struct rc_outbox {
    char path[512]; /* of the folder, for messages */
    int folder;
    FILE *out; /* the file being written, the last of the list */
    uint32_t files_n;
    struct {
        char name[RC_OUTBOX_NAME], temporary[RC_OUTBOX_NAME + 32];
        enum { RC_OUTBOX_WAITS, RC_OUTBOX_SWAPPED, RC_OUTBOX_ADDED } state;
    } files[RC_OUTBOX_FILES];
} rc_outbox;

/* below may be NULL: root itself. */
rc_status rc_outbox_open(rc_outbox *box, const char *root, const char *below,
                         rc_error *err);
/* In a folder that is open and locked, or below it. name: of the folder, for messages. */
rc_status rc_outbox_open_at(rc_outbox *box, int folder, const char *name,
                            const char *below, rc_error *err);
/* Where folder ends with `own`, that part is below the rest. */
rc_status rc_outbox_open_within(rc_outbox *box, const char *folder, const char *own,
                                rc_error *err);
/* The same way, making nothing: the deepest folder that is there (O_PATH), -1: errno says
 * why not. missing: some of the path is. */
int rc_outbox_reach(const char *folder, const char *own, bool *missing);
/* Ends the file before it. NULL: err says why, and only drop is left to do. */
FILE *rc_outbox_file(rc_outbox *box, const char *name, rc_error *err);
/* Ends the file being written: its temporary name then holds all of it. */
rc_status rc_outbox_end_file(rc_outbox *box, rc_error *err);
rc_status rc_outbox_commit(rc_outbox *box, rc_error *err);
void rc_outbox_drop(rc_outbox *box);
/* ".result.json.123-0.tmp": the length of "result.json"; 0: another sort of name. */
size_t rc_outbox_left_over(const char *name);

#endif
