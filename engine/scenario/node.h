/* node.h -- a scenario as a tree: what libconfig read, with the place of every word.
 *
 * lint.c walks the text by the grammar of libconfig, refuses what libconfig would get
 * wrong in silence, and lays out this tree with positions; read.c brings the values
 * from libconfig itself, in the same order. extends, --set and what_if change the tree;
 * fill.c fills structs from it.
 *
 * Memory   nodes and texts live in the arena.
 */
#ifndef ROADCAST_SCENARIO_NODE_H
#define ROADCAST_SCENARIO_NODE_H

#include <roadcast/error.h>
#include <roadcast/model.h>
#include "base/arena.h"
#include "scenario/source.h"

typedef enum rc_node_kind {
    RC_NODE_GROUP, /* { a = 1; } */
    RC_NODE_LIST,  /* ( … ) */
    RC_NODE_ARRAY, /* [ … ] */
    RC_NODE_TEXT,
    RC_NODE_INT,
    RC_NODE_REAL,
    RC_NODE_BOOL
} rc_node_kind;

typedef struct rc_node {
    rc_node_kind kind;
    const char *key; /* NULL for an item of a list or array */
    rc_position key_at;
    rc_position at; /* a text: of its first character, inside the quotes */
    const char *text;
    int64_t integer;
    double real;
    bool boolean;
    struct rc_node *first, *last, *next;
    uint32_t n;   /* children */
    bool changed; /* comes from --set or what_if */
} rc_node;

enum {
    RC_NODE_DEPTH = 32,
    RC_NODE_KEYS = 1000,
    RC_NODE_ITEMS = 100000,
    RC_NODE_TEXT_BYTES = 64 << 10
};

/* The layout of a text: kinds, keys and positions, no values yet. RC_REFUSED: faults.
 */
rc_status rc_lint(rc_node **out, const rc_source *source, rc_faults *faults,
                  rc_arena *arena);

/* rc_lint, then the values through libconfig. */
rc_status rc_node_read(rc_node **out, const rc_source *source, rc_faults *faults,
                       rc_arena *arena);

rc_node *rc_node_child(const rc_node *group, const char *key); /* NULL: none */
rc_node *rc_node_item(const rc_node *list, const char *id); /* the group with this id */
/* What an item of a list goes by: its id; a target by its metric where it has none. */
const rc_node *rc_node_id_node(const rc_node *group); /* NULL: nothing */
const char *rc_node_id(const rc_node *group);         /* NULL: none */
void rc_node_append(rc_node *parent, rc_node *child);
void rc_node_remove(rc_node *parent, const rc_node *child);
bool rc_node_is_value(const rc_node *node);       /* a text, a number, true or false */
const char *rc_node_kind_name(rc_node_kind kind); /* "a text", "a list", … */

#endif
