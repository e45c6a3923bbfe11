/* read.c -- the one place that knows libconfig: values come through here, typed. */
#include "scenario/node.h"
#include "scenario/faults.h"
#include <libconfig.h>
#include <stdlib.h>
#include <string.h>

static size_t nodes_of(const rc_node *node)
{
    size_t n = 1;
    for (const rc_node *c = node->first; c; c = c->next)
        n += nodes_of(c);
    return n;
}

/* libconfig 1.5 writes through the NULL of an allocation that failed. So what it will
 * take is taken before it starts, in pieces that malloc does not map one by one, and
 * given back to the heap for it to find; the last piece stays behind them, or free would
 * give them back to the system. NULL: memory ran out. */
enum { PIECE = 32 << 10, SETTING = 256, PARSER = 128 << 10 };

typedef struct piece {
    struct piece *before;
} piece;

static piece *reserve(size_t n)
{
    piece *last = NULL, *one = NULL;
    for (size_t got = 0; got < n + PIECE && (one = malloc(PIECE)); got += PIECE) {
        one->before = last;
        last = one;
    }
    piece *kept = one ? last : NULL;
    for (piece *p = kept ? last->before : last, *before; p; p = before) {
        before = p->before;
        free(p);
    }
    return kept;
}

/* Brings the value of a setting into its node, and those below it. RC_REFUSED: the
 * layout and libconfig do not agree. */
static rc_status bring(rc_node *node, const config_setting_t *s, rc_arena *arena)
{
    const char *name = config_setting_name(s);
    if (node->key && (!name || strcmp(name, node->key) != 0))
        return RC_REFUSED;
    static const int types[] = {
        [RC_NODE_GROUP] = CONFIG_TYPE_GROUP, [RC_NODE_LIST] = CONFIG_TYPE_LIST,
        [RC_NODE_ARRAY] = CONFIG_TYPE_ARRAY, [RC_NODE_TEXT] = CONFIG_TYPE_STRING,
        [RC_NODE_INT] = CONFIG_TYPE_INT,     [RC_NODE_REAL] = CONFIG_TYPE_FLOAT,
        [RC_NODE_BOOL] = CONFIG_TYPE_BOOL,
    };
    int type = config_setting_type(s);
    if (type != types[node->kind] &&
        !(type == CONFIG_TYPE_INT64 && node->kind == RC_NODE_INT))
        return RC_REFUSED;
    switch (node->kind) {
    case RC_NODE_TEXT:
        node->text = rc_arena_text(arena, config_setting_get_string(s));
        return node->text ? RC_OK : RC_IO;
    case RC_NODE_INT:
        node->integer = type == CONFIG_TYPE_INT64 ? config_setting_get_int64(s)
                                                  : config_setting_get_int(s);
        return RC_OK;
    case RC_NODE_REAL:
        node->real = config_setting_get_float(s);
        return RC_OK;
    case RC_NODE_BOOL:
        node->boolean = config_setting_get_bool(s) != 0;
        return RC_OK;
    default:
        break;
    }
    if (config_setting_length(s) != (int)node->n)
        return RC_REFUSED;
    unsigned i = 0;
    rc_status status = RC_OK;
    for (rc_node *c = node->first; c && status == RC_OK; c = c->next, i++) {
        const config_setting_t *child = config_setting_get_elem(s, i);
        status = child ? bring(c, child, arena) : RC_REFUSED;
    }
    return status;
}

rc_status rc_node_read(rc_node **out, const rc_source *source, rc_faults *faults,
                       rc_arena *arena)
{
    rc_status status = rc_lint(out, source, faults, arena);
    if (status != RC_OK)
        return status;
    /* libconfig takes a comment for one only where a line end follows it */
    char *text = rc_arena_alloc(arena, source->n + 2, 1);
    size_t need = PARSER + 4 * source->n + SETTING * nodes_of(*out);
    piece *reserved = text ? reserve(need) : NULL;
    if (!reserved)
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
    } else {
        status = bring(*out, config_root_setting(&config), arena);
        if (status == RC_REFUSED)
            rc_fault(faults, (*out)->at, NULL,
                     "libconfig reads this file otherwise than roadcast does");
    }
    config_destroy(&config);
    free(reserved);
    return status;
}
