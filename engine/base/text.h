/* text.h -- slices of text, numbers read without a locale, and "did you mean".
 *
 * Errors   a reader that finds no number returns false and leaves *out alone.
 * Threads  no state.
 */
#ifndef ROADCAST_BASE_TEXT_H
#define ROADCAST_BASE_TEXT_H

#include <roadcast/character.h>
#include <roadcast/error.h> /* rc_did_you_mean */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct rc_slice {
    const char *at;
    size_t n;
} rc_slice;

rc_slice rc_slice_of(const char *text);
rc_slice rc_slice_trim(rc_slice s); /* blanks and tabs off both ends */
bool rc_slice_is(rc_slice s, const char *text);

/* A decimal number at the start of s: digits[.digits][e[+-]digits], sign allowed;
 * correctly rounded, never locale dependent. Returns how many bytes it took, 0: none.
 */
size_t rc_number_read(double *out, rc_slice s);
/* Whether s is such a number and nothing else; *out is only written then. */
bool rc_number_is(double *out, rc_slice s);

/* Shortest decimal that reads back as the same double ("0.1", "1e+30"). */
void rc_number_print(char out[32], double x);

bool rc_utf8_valid(const char *text, size_t n, size_t *bad_at);
size_t rc_utf8_columns(const char *text,
                       size_t n); /* code points: what a terminal shows */

#endif
