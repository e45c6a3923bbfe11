/* arena.h -- memory that lives exactly as long as one object.
 *
 * Each long-lived object (scenario, plan, result) owns one arena, so that its _free
 * is one call.  Allocation returns zeroed memory, aligned to 64 bytes for arrays of
 * RC_LANES doubles and to 16 otherwise.
 *
 * Errors   NULL when memory runs out; nothing else can fail.  count * size is checked.
 * Threads  one arena, one thread at a time.
 */
#ifndef ROADCAST_BASE_ARENA_H
#define ROADCAST_BASE_ARENA_H

#include <stddef.h>

/* Defined in a build with AddressSanitizer: it sees who touches more than was asked for. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RC_ARENA_FENCED
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define RC_ARENA_FENCED
#endif

typedef struct rc_arena rc_arena;

rc_arena *rc_arena_new(void);
void rc_arena_free(rc_arena *arena);
size_t rc_arena_bytes(const rc_arena *arena); /* taken from the machine so far */
void *rc_arena_alloc(rc_arena *arena, size_t count, size_t size);
char *rc_arena_text(rc_arena *arena, const char *text);            /* a copy */
char *rc_arena_slice(rc_arena *arena, const char *text, size_t n); /* first n bytes */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
char *
rc_arena_print(rc_arena *arena, const char *format, ...);

#endif
