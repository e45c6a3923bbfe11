/* read.c -- the one place that knows libconfig: values come through here, typed. */
#include "scenario/node.h"
#include "scenario/faults.h"
#include <libconfig.h>
#include <string.h>

/* Brings the value of a setting into its node, and those below it. false: the layout
 * and libconfig do not agree, or memory ran out (node->text is NULL then). */
static bool bring(rc_node *node, const config_setting_t *s, rc_arena *arena)
{
    const char *name = config_setting_name(s);
    if (node->key && (!name || strcmp(name, node->key) != 0))
        return false;
    static const int types[] = {
        [RC_NODE_GROUP] = CONFIG_TYPE_GROUP, [RC_NODE_LIST] = CONFIG_TYPE_LIST,
        [RC_NODE_ARRAY] = CONFIG_TYPE_ARRAY, [RC_NODE_TEXT] = CONFIG_TYPE_STRING,
        [RC_NODE_INT] = CONFIG_TYPE_INT,     [RC_NODE_REAL] = CONFIG_TYPE_FLOAT,
        [RC_NODE_BOOL] = CONFIG_TYPE_BOOL,
    };
    int type = config_setting_type(s);
    if (type != types[node->kind] &&
        !(type == CONFIG_TYPE_INT64 && node->kind == RC_NODE_INT))
        return false;
    switch (node->kind) {
    case RC_NODE_TEXT:
        node->text = rc_arena_text(arena, config_setting_get_string(s));
        return node->text != NULL;
    case RC_NODE_INT:
        node->integer = type == CONFIG_TYPE_INT64 ? config_setting_get_int64(s)
                                                  : config_setting_get_int(s);
        return true;
    case RC_NODE_REAL:
        node->real = config_setting_get_float(s);
        return true;
    case RC_NODE_BOOL:
        node->boolean = config_setting_get_bool(s) != 0;
        return true;
    default:
        break;
    }
    if (config_setting_length(s) != (int)node->n)
        return false;
    unsigned i = 0;
    for (rc_node *c = node->first; c; c = c->next, i++) {
        const config_setting_t *child = config_setting_get_elem(s, i);
        if (!child || !bring(c, child, arena))
            return false;
    }
    return true;
}

rc_status rc_node_read(rc_node **out, const rc_source *source, rc_faults *faults,
                       rc_arena *arena)
{
    rc_status status = rc_lint(out, source, faults, arena);
    if (status != RC_OK)
        return status;
    /* libconfig takes a comment for one only where a line end follows it */
    char *text = rc_arena_alloc(arena, source->n + 2, 1);
    if (!text)
        return RC_IO;
    memcpy(text, source->text, source->n);
    text[source->n] = '\n';
    config_t config;
    config_init(&config);
    config_set_auto_convert(&config, CONFIG_FALSE);
    if (!config_read_string(&config, text)) {
        /* lint.c is to see it first; this is the net below it */
        int line = config_error_line(&config);
        rc_position at = (*out)->at;
        if (line > 0 && (uint32_t)line <= source->lines_n) {
            const rc_source_line *l = &source->lines[line - 1];
            at = (rc_position){l->file, l->line, 1, 1};
        }
        rc_fault(faults, at, NULL, "libconfig refuses this: %s",
                 config_error_text(&config));
        status = RC_REFUSED;
    } else if (!bring(*out, config_root_setting(&config), arena)) {
        rc_fault(faults, (*out)->at, NULL,
                 "libconfig reads this file otherwise than roadcast does");
        status = RC_REFUSED;
    }
    config_destroy(&config);
    return status;
}
