#include "base/arena.h"
#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* In a build with AddressSanitizer nothing but what was asked for may be touched. */
#ifdef RC_ARENA_FENCED
#include <sanitizer/asan_interface.h>
#define CLOSE(at, n) __asan_poison_memory_region(at, n)
#define OPEN(at, n) __asan_unpoison_memory_region(at, n)
#else
#define CLOSE(at, n) (void)0
#define OPEN(at, n) (void)0
#endif

enum {
    CHUNK_FIRST = 1 << 13, /* small objects stay small */
    CHUNK_LAST = 1 << 20,  /* chunks double up to this */
    ROW = 512,             /* from this size on an array is worth a cache line */
#ifdef RC_ARENA_FENCED
    FENCE = 16 /* bytes that stay closed behind each allocation */
#else
    FENCE = 0
#endif
};

/* The bytes follow the head; calloc leaves large ones untouched until they are used. */
typedef struct chunk {
    struct chunk *next;
    size_t used, size;
} chunk;

struct rc_arena {
    chunk *chunks; /* the first one is being filled */
    size_t grow;
};

rc_arena *rc_arena_new(void)
{
    rc_arena *arena = calloc(1, sizeof *arena);
    if (arena)
        arena->grow = CHUNK_FIRST;
    return arena;
}

void rc_arena_free(rc_arena *arena)
{
    if (!arena)
        return;
    for (chunk *c = arena->chunks, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    free(arena);
}

size_t rc_arena_bytes(const rc_arena *arena)
{
    size_t n = 0;
    for (const chunk *c = arena->chunks; c; c = c->next)
        n += sizeof *c + c->size;
    return n;
}

/* The next aligned n bytes of c, or NULL when they do not fit. */
static void *take(chunk *c, size_t n, size_t align)
{
    uintptr_t begin = (uintptr_t)(c + 1);
    uintptr_t at = (begin + c->used + align - 1) & ~(uintptr_t)(align - 1);
    size_t before = at - begin;
    if (before > c->size || n > c->size - before)
        return NULL;
    c->used = before + n + FENCE;
    unsigned char *taken = (unsigned char *)(c + 1) + before;
    OPEN(taken, n);
    return taken;
}

static chunk *chunk_new(size_t size)
{
    chunk *c = calloc(1, sizeof *c + size);
    if (!c)
        return NULL;
    c->size = size;
    CLOSE(c + 1, size);
    return c;
}

void *rc_arena_alloc(rc_arena *arena, size_t count, size_t size)
{
    if (size && count > (SIZE_MAX / 2) / size)
        return NULL;
    size_t n = count * size;
    n += n == 0;
    size_t align = n >= ROW ? 64 : 16;
    void *at = arena->chunks ? take(arena->chunks, n, align) : NULL;
    if (at)
        return at;

    size_t room = n + align;
    bool own = room > arena->grow / 4 && arena->chunks;
    chunk *c = chunk_new(own || room > arena->grow ? room : arena->grow);
    if (!c)
        return NULL;
    if (own) { /* a large one stands behind, so that the first one is filled on */
        c->next = arena->chunks->next;
        arena->chunks->next = c;
    } else {
        c->next = arena->chunks;
        arena->chunks = c;
        if (arena->grow < CHUNK_LAST)
            arena->grow *= 2;
    }
    return take(c, n, align);
}

char *rc_arena_slice(rc_arena *arena, const char *text, size_t n)
{
    char *copy = n < SIZE_MAX ? rc_arena_alloc(arena, n + 1, 1) : NULL;
    if (copy && n)
        memcpy(copy, text, n);
    return copy;
}

char *rc_arena_text(rc_arena *arena, const char *text)
{
    return rc_arena_slice(arena, text, strlen(text));
}

char *rc_arena_print(rc_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(n >= 0);
    char *out = rc_arena_alloc(arena, (size_t)n + 1, 1);
    if (!out)
        return NULL;
    va_start(args, format);
    vsnprintf(out, (size_t)n + 1, format, args);
    va_end(args);
    return out;
}
