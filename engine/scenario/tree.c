#include "scenario/tree.h"
#include "base/text.h"
#include <string.h>

rc_node *rc_node_child(const rc_node *group, const char *key)
{
    for (rc_node *c = group->first; c; c = c->next)
        if (c->key && strcmp(c->key, key) == 0)
            return c;
    return NULL;
}

const rc_node *rc_node_id_node(const rc_node *group)
{
    const rc_node *id = rc_node_child(group, "id");
    bool target = rc_node_child(group, "at_least") || rc_node_child(group, "at_most");
    return id || !target ? id : rc_node_child(group, "metric");
}

const char *rc_node_id(const rc_node *group)
{
    if (group->kind != RC_NODE_GROUP)
        return NULL;
    const rc_node *id = rc_node_id_node(group);
    return id && id->kind == RC_NODE_TEXT ? id->text : NULL;
}

rc_node *rc_node_item(const rc_node *list, const char *id)
{
    for (rc_node *c = list->first; c; c = c->next) {
        const char *own = rc_node_id(c);
        if (own && strcmp(own, id) == 0)
            return c;
    }
    return NULL;
}

void rc_node_append(rc_node *parent, rc_node *child)
{
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->n++;
}

void rc_node_remove(rc_node *parent, const rc_node *child)
{
    rc_node *before = NULL, **link = &parent->first;
    while (*link && *link != child) {
        before = *link;
        link = &before->next;
    }
    if (!*link)
        return;
    *link = child->next;
    if (parent->last == child)
        parent->last = before;
    parent->n--;
}

bool rc_node_is_value(const rc_node *node)
{
    return node->kind >= RC_NODE_TEXT;
}

const char *rc_node_kind_name(rc_node_kind kind)
{
    static const char *const names[] = {
        "a group { … }",  "a list ( … )", "an array [ … ]", "a text",
        "a whole number", "a number",     "true or false",
    };
    return names[kind];
}

/* ------------------------------------------------------------------- extends */

static void replace(rc_node *old, const rc_node *by)
{
    rc_node *next = old->next;
    *old = *by;
    old->next = next;
}

static bool has_ids(const rc_node *list)
{
    for (const rc_node *c = list->first; c; c = c->next)
        if (!rc_node_id(c))
            return false;
    return list->kind == RC_NODE_LIST && list->n > 0;
}

void rc_tree_merge(rc_node *base, const rc_node *over)
{
    for (rc_node *c = over->first, *next; c; c = next) {
        next = c->next;
        rc_node *old = over->kind == RC_NODE_GROUP ? rc_node_child(base, c->key)
                                                   : rc_node_item(base, rc_node_id(c));
        if (!old)
            rc_node_append(base, c);
        else if ((old->kind == RC_NODE_GROUP && c->kind == RC_NODE_GROUP) ||
                 (has_ids(old) && has_ids(c)))
            rc_tree_merge(old, c);
        else
            replace(old, c);
    }
    if (over->kind == RC_NODE_GROUP) {
        base->at = over->at;
        base->key_at = over->key_at;
    }
}

/* Every list item below node with this id: how many, and the last one seen. */
static uint32_t find_id(rc_node *node, const char *id, rc_node **list, rc_node **item)
{
    uint32_t n = 0;
    for (rc_node *c = node->first; c; c = c->next) {
        const char *own = node->kind == RC_NODE_LIST ? rc_node_id(c) : NULL;
        if (own && strcmp(own, id) == 0) {
            *list = node;
            *item = c;
            n++;
        }
        n += find_id(c, id, list, item);
    }
    return n;
}

/* "tasks.label": names of groups and ids of items, from the root. */
static uint32_t find_path(rc_node *root, const char *path, rc_node **list,
                          rc_node **item)
{
    rc_node *here = root;
    for (rc_slice rest = rc_slice_of(path);;) {
        const char *dot = memchr(rest.at, '.', rest.n);
        size_t n = dot ? (size_t)(dot - rest.at) : rest.n;
        rc_node *next = NULL;
        for (rc_node *c = here->first; c && !next; c = c->next) {
            const char *name = here->kind == RC_NODE_LIST ? rc_node_id(c) : c->key;
            if (name && rc_slice_is((rc_slice){rest.at, n}, name))
                next = c;
        }
        if (!next)
            return 0;
        if (!dot) {
            *list = here;
            *item = next;
            return here->kind == RC_NODE_LIST;
        }
        here = next;
        rest = (rc_slice){dot + 1, rest.n - n - 1};
    }
}

static void collect_ids(const rc_node *node, const char **ids, size_t room, size_t *n)
{
    for (const rc_node *c = node->first; c; c = c->next) {
        const char *id = node->kind == RC_NODE_LIST ? rc_node_id(c) : NULL;
        if (id && *n < room)
            ids[(*n)++] = id;
        collect_ids(c, ids, room, n);
    }
}

void rc_tree_remove(rc_node *root, const rc_node *remove, rc_faults *faults)
{
    for (const rc_node *r = remove->first; r; r = r->next) {
        rc_node *list = NULL, *item = NULL;
        if (r->kind != RC_NODE_TEXT)
            continue; /* the schema says what is wrong */
        uint32_t n = strchr(r->text, '.') ? find_path(root, r->text, &list, &item)
                                          : find_id(root, r->text, &list, &item);
        if (n == 1) {
            rc_node_remove(list, item);
        } else if (n > 1) {
            rc_fault(faults, r->at, "say which, as in \"tasks.label\"",
                     "'%s' is the id of several things", r->text);
        } else {
            enum { ROOM = 1000 };
            const char *ids[ROOM];
            size_t ids_n = 0;
            collect_ids(root, ids, ROOM, &ids_n);
            const char *near = rc_did_you_mean(r->text, ids, ids_n);
            char hint[160];
            snprintf(hint, sizeof hint, "did you mean '%.100s'?", near ? near : "");
            rc_fault(faults, r->at, near ? hint : NULL,
                     "there is no '%s' to be removed", r->text);
        }
    }
}
