/* fill.h -- from a tree to structs, by the rows of a schema.
 *
 * rc_fill_group walks a group's table of settings and puts each setting of the node
 * into its member: parsed, in base units, within its limits. What the table does not
 * know is a fault with "did you mean". Absent settings take their default through the
 * same readers.
 *
 * Every setting's place is kept by the address of its member, for the checks that come
 * after; every estimate gets its name and number.
 *
 * Memory   structs and texts live in the arena.
 */
#ifndef ROADCAST_SCENARIO_FILL_H
#define ROADCAST_SCENARIO_FILL_H

#include "scenario/estimate.h"
#include "scenario/node.h"

/* Lists of effects that were read, the last first. */
typedef struct rc_effects_read {
    const rc_effects *effects;
    const struct rc_effects_read *next;
} rc_effects_read;

typedef struct rc_filling {
    rc_reading reading;
    const char *in;               /* "team[]": where unknown settings are said to be */
    const char *const *root_keys; /* names of models' groups, for "did you mean" */
    uint32_t root_keys_n;
    const char *holder; /* name of the item being filled, or NULL */
    size_t holder_path; /* bytes of its path */
    bool aside;         /* estimates are kept apart: not numbered */
    bool no_memory;

    const rc_estimate **estimates;
    const rc_setting **rows;
    uint32_t estimates_n, estimates_room;

    const rc_effects_read *effects;

    struct rc_place *places;
    uint32_t places_n, places_room;
} rc_filling;

/* headed: the struct starts with an rc_head. path: "tasks.label"; "" for the root. */
void rc_fill_group(rc_filling *f, void *out, const rc_group *group, const rc_node *node,
                   const char *path, bool headed);

/* A list of groups into *out, with ids that differ. A single group where one may stand.
 */
void rc_fill_list(rc_filling *f, rc_list *out, const rc_group *group,
                  const rc_node *node, const char *path, bool single);

/* Whether the setting of a member was written, and where (else where its group is). */
bool rc_is_given(const rc_filling *f, const void *member);
rc_position rc_place_of(const rc_filling *f, const void *member, rc_position otherwise);

void rc_keep_place(rc_filling *f, const void *member, rc_position at, bool changed);

/* Settings that do not go together meet where one of them came from --set or a what_if:
 * the file by itself was right. *at stays as it is, and false, where none did. */
bool rc_place_of_change(rc_position *at, const rc_filling *f,
                        const void *const *members, uint32_t n);

/* Gives an estimate its name and the next number. */
void rc_number_estimate(rc_filling *f, rc_estimate *e, const rc_setting *row,
                        const char *name);

/* A hint "did you mean 'x'?" in the arena, or NULL; none for the 200th fault and on. */
const char *rc_near(const rc_faults *faults, rc_arena *arena, const char *word,
                    const char *const *candidates, size_t n);

/* The row of a key, or NULL. */
const rc_setting *rc_setting_row(const rc_group *group, const char *key);

#endif
