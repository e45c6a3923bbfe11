#include "scenario/override.h"
#include "base/text.h"
#include "scenario/faults.h"
#include "scenario/fill.h"
#include "scenario/schema.h"
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct walk {
    rc_node *root;
    const rc_model *const *models;
    rc_faults *faults;
    rc_arena *arena;
    const char *text;
    rc_position at;
    bool dry, no_memory;
} walk;

static rc_position inside(const walk *w, rc_slice s)
{
    rc_position p = w->at;
    p.column += (uint32_t)rc_utf8_columns(w->text, (size_t)(s.at - w->text));
    p.length = (uint32_t)rc_utf8_columns(s.at, s.n);
    return p;
}

static char *copy(walk *w, rc_slice s)
{
    char *text = rc_arena_slice(w->arena, s.at, s.n);
    w->no_memory |= !text;
    return text;
}

static rc_node *new_child(walk *w, rc_node *parent, rc_node_kind kind, const char *key)
{
    rc_node *node = rc_arena_alloc(w->arena, 1, sizeof *node);
    if (!node) {
        w->no_memory = true;
        return NULL;
    }
    node->kind = kind;
    node->key = key;
    node->at = node->key_at = w->at;
    if (!w->dry)
        rc_node_append(parent, node);
    return node;
}

/* Row of a setting; at the root a model's group counts as one. */
static bool row_of(const walk *w, const rc_group *group, const char *key,
                   rc_setting *out)
{
    const rc_setting *row = rc_setting_row(group, key);
    if (row) {
        *out = *row;
        return true;
    }
    for (const rc_model *const *m = w->models; group == &rc_root_group && m && *m; m++)
        if ((*m)->group && strcmp((*m)->id, key) == 0) {
            *out = (rc_setting){.key = (*m)->id, .kind = RC_LIST, .of = (*m)->group};
            return true;
        }
    return false;
}

static void refuse_unknown(walk *w, const rc_group *group, const char *key,
                           rc_slice part)
{
    const char *keys[256];
    size_t n = 0;
    for (const rc_setting *row = group->settings; row->key && n < 200; row++)
        keys[n++] = row->key;
    for (const rc_model *const *m = w->models;
         group == &rc_root_group && m && *m && n < 256; m++)
        if ((*m)->group)
            keys[n++] = (*m)->id;
    size_t before = (size_t)(part.at - w->text);
    char *in = copy(w, rc_slice_trim((rc_slice){w->text, before ? before - 1 : 0}));
    rc_fault(w->faults, inside(w, part), rc_near(w->faults, w->arena, key, keys, n),
             in && *in ? "unknown setting '%s' in '%s'" : "unknown setting '%s'", key,
             in);
}

static void refuse_id(walk *w, const rc_node *list, const char *id, rc_slice part)
{
    const char *ids[1000];
    size_t n = 0;
    for (const rc_node *c = list->first; c && n < 1000; c = c->next)
        if (rc_node_id(c))
            ids[n++] = rc_node_id(c);
    size_t before = (size_t)(part.at - w->text);
    char *in = copy(w, rc_slice_trim((rc_slice){w->text, before ? before - 1 : 0}));
    rc_fault(w->faults, inside(w, part), rc_near(w->faults, w->arena, id, ids, n),
             "there is no '%s' in '%s'", id, in ? in : "");
}

/* An array, list or group, read by the grammar of the file, at its own columns. */
static rc_node *read_structure(walk *w, rc_slice value)
{
    rc_position at = inside(w, value);
    size_t pad = at.column - 1;
    char *text = rc_arena_alloc(w->arena, pad + value.n + 1, 1);
    rc_source_line *line = rc_arena_alloc(w->arena, 1, sizeof *line);
    if (!text || !line || pad < 2) {
        w->no_memory = true;
        return NULL;
    }
    memset(text, ' ', pad);
    memcpy(text, "v=", 2);
    memcpy(text + pad, value.at, value.n);
    *line = (rc_source_line){at.file, at.line};
    rc_source source = {
        .text = text, .n = pad + value.n, .lines = line, .lines_n = 1, .folder = -1};
    rc_node *root;
    if (rc_node_read(&root, &source, w->faults, w->arena) != RC_OK)
        return NULL;
    return root->first;
}

static bool is_one_of(char c, const char *set)
{
    return c && strchr(set, c);
}

static void read_number(rc_node *node, rc_slice value, bool whole)
{
    double x;
    if (!rc_number_is(&x, value))
        return;
    node->kind = RC_NODE_REAL;
    node->real = x;
    bool plain = !memchr(value.at, '.', value.n) && !memchr(value.at, 'e', value.n) &&
                 !memchr(value.at, 'E', value.n);
    if (plain && fabs(x) < 0x1p53 && (whole || fabs(x) <= INT_MAX)) {
        node->kind = RC_NODE_INT;
        node->integer = (int64_t)x;
    }
}

/* The value as a node of the kind that its row asks for. */
static rc_node *read_value(walk *w, const rc_setting *row, rc_slice value)
{
    bool structure = row->kind == RC_GROUP || row->kind == RC_LIST ||
                     row->kind == RC_CURVE_POINTS || row->kind == RC_TEXTS ||
                     row->kind == RC_CONDITIONS || row->kind == RC_EFFECTS;
    if (structure && value.n && is_one_of(value.at[0], "[({"))
        return read_structure(w, value);
    rc_node *node = rc_arena_alloc(w->arena, 1, sizeof *node);
    if (!node) {
        w->no_memory = true;
        return NULL;
    }
    if (value.n >= 2 && value.at[0] == '"' && value.at[value.n - 1] == '"')
        value = (rc_slice){value.at + 1, value.n - 2};
    else if (row->kind == RC_INT || row->kind == RC_REAL)
        read_number(node, value, row->kind == RC_INT);
    if (node->kind != RC_NODE_INT && node->kind != RC_NODE_REAL)
        node->kind = RC_NODE_TEXT;
    if (row->kind == RC_BOOL &&
        (rc_slice_is(value, "true") || rc_slice_is(value, "false"))) {
        node->kind = RC_NODE_BOOL;
        node->boolean = value.at[0] == 't';
    }
    node->text = copy(w, value);
    node->at = inside(w, value);
    return node;
}

static void set_child(rc_node *group, const char *key, rc_node *value)
{
    value->changed = true;
    rc_node *old = rc_node_child(group, key);
    if (!old) {
        value->key = key;
        value->key_at = value->at;
        rc_node_append(group, value);
        return;
    }
    rc_node *next = old->next;
    rc_position key_at = old->key_at;
    *old = *value;
    old->next = next;
    old->key = key;
    old->key_at = key_at;
}

/* Settings that were used up while the file was read. */
static bool is_of_the_file(const char *key)
{
    return strcmp(key, "format") == 0 || strcmp(key, "extends") == 0 ||
           strcmp(key, "remove") == 0;
}

/* Follows the path from the root; at its end the value is put. */
static void follow(walk *w, rc_slice path, rc_slice value)
{
    const rc_group *group = &rc_root_group;
    rc_node *here = w->root;
    bool in_list = false;
    for (;;) {
        const char *dot = memchr(path.at, '.', path.n);
        rc_slice part =
            rc_slice_trim((rc_slice){path.at, dot ? (size_t)(dot - path.at) : path.n});
        char *key = copy(w, part);
        if (!key)
            return;
        if (in_list) {
            rc_node *item = rc_node_item(here, key);
            if (!item || !dot) {
                if (!item)
                    refuse_id(w, here, key, part);
                else
                    rc_fault(w->faults, inside(w, part), NULL,
                             "which setting of '%s' is to be changed?", key);
                return;
            }
            here = item;
            in_list = false;
        } else {
            rc_setting row;
            if (!row_of(w, group, key, &row)) {
                refuse_unknown(w, group, key, part);
                return;
            }
            bool opens = row.kind == RC_GROUP || row.kind == RC_LIST;
            if (!dot && opens && !(value.n && is_one_of(value.at[0], "({"))) {
                rc_fault(w->faults, inside(w, part), NULL,
                         "'%s' is a group: name the setting in it", key);
                return;
            }
            if (group == &rc_root_group && is_of_the_file(key)) {
                rc_fault(w->faults, inside(w, part), NULL,
                         "'%s' says how a file is read: write it there", key);
                return;
            }
            if (!dot) {
                rc_node *node = w->dry ? NULL : read_value(w, &row, value);
                if (node)
                    set_child(here, key, node);
                return;
            }
            if (!opens) {
                rc_fault(w->faults, inside(w, part), NULL, "'%s' has no settings in it",
                         key);
                return;
            }
            rc_node *child = rc_node_child(here, key);
            if (!child)
                child = new_child(
                    w, here, row.kind == RC_GROUP ? RC_NODE_GROUP : RC_NODE_LIST, key);
            if (!child)
                return;
            in_list = row.kind == RC_LIST && child->kind != RC_NODE_GROUP;
            group = row.of;
            here = child;
        }
        path = (rc_slice){dot + 1, path.n - (size_t)(dot - path.at) - 1};
    }
}

rc_status rc_override(rc_node *root, const rc_model *const *models, const char *text,
                      rc_position at, bool dry, rc_faults *faults, rc_arena *arena)
{
    walk w = {root, models, faults, arena, text, at, dry, false};
    uint32_t before = rc_faults_errors(faults);
    const char *equals = strchr(text, '=');
    rc_slice path =
        rc_slice_trim((rc_slice){text, equals ? (size_t)(equals - text) : 0});
    size_t bad_at;
    if (!rc_utf8_valid(text, strlen(text), &bad_at)) {
        rc_fault(faults, at, NULL, "this is no UTF-8");
    } else if (strpbrk(
                   text,
                   "\x01\x02\x03\x04\x05\x06\x07\b\n\v\f\r\x0e\x0f\x10\x11\x12\x13\x14"
                   "\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f")) {
        rc_fault(faults, at, NULL, "a control character in a change");
    } else if (!equals || !path.n) {
        at.length = (uint32_t)rc_utf8_columns(text, strlen(text));
        rc_fault(faults, at, "as in tasks.label.duration=3 / 5 / 9 days",
                 "a change is written setting=value");
    } else {
        follow(&w, path, rc_slice_trim(rc_slice_of(equals + 1)));
    }
    if (w.no_memory)
        return RC_IO;
    return rc_faults_errors(faults) == before ? RC_OK : RC_REFUSED;
}
