/* character.h -- text that other people wrote, a character at a time, and which of them
 * may be shown.
 *
 *   for (size_t n; *text; text += n) {
 *       uint32_t c;
 *       n = rc_character(&c, text);
 *       if (c == RC_BROKEN || rc_is_harmful(c)) …
 *   }
 *
 * harmful   what would move a cursor, hide itself or turn the direction of writing: control
 *           characters (tab and newline too), marks and isolates of direction, separators of
 *           lines, invisible signs and tags, annotations; and what is no character by
 *           definition, which no XML may hold. Joiners of letters are invisible as well.
 * broken    a byte that is no UTF-8 (Unicode 15, table 3-7): taken alone
 *
 * Memory   none. Threads: no state.
 */
#ifndef ROADCAST_CHARACTER_H
#define ROADCAST_CHARACTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RC_BROKEN UINT32_C(0xfffd)

/* The bytes that the first character of text takes; text ends with a zero byte. */
size_t rc_character(uint32_t *out, const char *text);
bool rc_is_harmful(uint32_t character);

#ifdef __cplusplus
}
#endif
#endif
