/* error.h -- how every function of roadcast says that it could not do its work.
 *
 * A function that can fail returns an rc_status and describes the failure in the
 * caller's rc_error: what was expected, what was found, where, in one line.  The
 * values of rc_status are the exit codes of the program.
 *
 * Memory   rc_error is a plain value; nothing to free.  err may be NULL.
 * Threads  no globals; each caller brings its own rc_error.
 */
#ifndef ROADCAST_ERROR_H
#define ROADCAST_ERROR_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum rc_status {
    RC_OK = 0,           /* done */
    RC_NO = 1,           /* the answer is no: a requirement is not met */
    RC_USAGE = 2,        /* the command line is wrong */
    RC_REFUSED = 3,      /* a scenario or an import is refused */
    RC_IO = 4,           /* input, output or memory */
    RC_CHARTS = 5,       /* charts were asked for and could not be drawn */
    RC_DEFECT = 70,      /* a defect of roadcast itself */
    RC_INTERRUPTED = 130 /* stopped by the user */
} rc_status;

typedef struct rc_error {
    rc_status status;
    char text[512]; /* one line, UTF-8, no newline at its end */
} rc_error;

#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
rc_status
rc_fail(rc_error *err, rc_status status, const char *format, ...);

/* For messages: of n candidates the one nearest to word by edit distance (transpositions
 * count one), or NULL when none is near enough to be what was meant. */
const char *rc_did_you_mean(const char *word, const char *const *candidates, size_t n);

#ifdef __cplusplus
}
#endif
#endif
