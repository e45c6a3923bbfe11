/* places.c -- where each setting was written, by the address of its member; and the
 * names and numbers of estimates. */
#include "scenario/fill.h"
#include "base/hash.h"
#include <string.h>

typedef struct rc_place {
    const void *member;
    rc_position at;
    bool changed;
} rc_place;

static rc_place *slot(const rc_filling *f, const void *member)
{
    uint32_t mask = f->places_room - 1;
    uint32_t i = (uint32_t)rc_mix64((uint64_t)(uintptr_t)member) & mask;
    while (f->places[i].member && f->places[i].member != member)
        i = (i + 1) & mask;
    return &f->places[i];
}

void rc_keep_place(rc_filling *f, const void *member, rc_position at, bool changed)
{
    if (f->places_n * 2 >= f->places_room) {
        uint32_t old_room = f->places_room;
        rc_place *old = f->places;
        uint32_t room = old_room ? old_room * 2 : 1024;
        rc_place *places = rc_arena_alloc(f->reading.arena, room, sizeof *places);
        if (!places) {
            f->no_memory = true;
            return;
        }
        f->places = places;
        f->places_room = room;
        for (uint32_t i = 0; i < old_room; i++)
            if (old[i].member)
                *slot(f, old[i].member) = old[i];
    }
    rc_place *p = slot(f, member);
    f->places_n += p->member == NULL;
    *p = (rc_place){member, at, changed};
}

bool rc_is_given(const rc_filling *f, const void *member)
{
    return f->places_room && slot(f, member)->member;
}

rc_position rc_place_of(const rc_filling *f, const void *member, rc_position otherwise)
{
    return rc_is_given(f, member) ? slot(f, member)->at : otherwise;
}

bool rc_place_of_change(rc_position *at, const rc_filling *f,
                        const void *const *members, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (rc_is_given(f, members[i]) && slot(f, members[i])->changed) {
            *at = slot(f, members[i])->at;
            return true;
        }
    return false;
}

void rc_number_estimate(rc_filling *f, rc_estimate *e, const rc_setting *row,
                        const char *name)
{
    if (f->estimates_n == f->estimates_room) {
        uint32_t room = f->estimates_room ? f->estimates_room * 2 : 256;
        const rc_estimate **list =
            rc_arena_alloc(f->reading.arena, room, sizeof(*list));
        const rc_setting **rows = rc_arena_alloc(f->reading.arena, room, sizeof(*rows));
        if (!list || !rows) {
            f->no_memory = true;
            return;
        }
        if (f->estimates_n) {
            memcpy(list, f->estimates, f->estimates_n * sizeof(*list));
            memcpy(rows, f->rows, f->estimates_n * sizeof(*rows));
        }
        f->estimates = list;
        f->rows = rows;
        f->estimates_room = room;
    }
    e->name = name;
    e->index = f->estimates_n;
    f->estimates[f->estimates_n] = e;
    f->rows[f->estimates_n++] = row;
}
