#include "scenario/fill.h"
#include "base/date.h"
#include "base/text.h"
#include "scenario/estimate_text.h"
#include "scenario/faults.h"
#include "scenario/schema.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------- members */

/* One setting on its way from a node into a member. */
typedef struct passage {
    rc_filling *f;
    const rc_setting *row;
    const rc_node *node;
    void *member;
    const char *path; /* of the setting */
} passage;

const char *rc_near(const rc_faults *faults, rc_arena *arena, const char *word,
                    const char *const *candidates, size_t n)
{
    if (rc_faults_errors(faults) >= 200 || strlen(word) > 64)
        return NULL; /* a file of rubbish is refused in time */
    const char *near = rc_did_you_mean(word, candidates, n);
    for (size_t i = 0; !near && strlen(word) >= 3 && i < n; i++)
        if (strncmp(word, candidates[i], strlen(word)) == 0)
            near = candidates[i];
    return near ? rc_arena_print(arena, "did you mean '%s'?", near) : NULL;
}

const rc_setting *rc_setting_row(const rc_group *group, const char *key)
{
    for (const rc_setting *row = group->settings; row->key; row++)
        if (strcmp(row->key, key) == 0)
            return row;
    return NULL;
}

static const char *const example_of[] = {
    [RC_NUMBER] = "0.5",
    [RC_COUNT] = "\"40k\"",
    [RC_TIME] = "\"3 to 12 days\"",
    [RC_EFFORT] = "\"3 to 12 person-days\"",
    [RC_SHARE] = "\"55 %\"",
    [RC_CHANGE] = "\"-5 to 10 %\"",
    [RC_POINTS] = "\"0.6 to 1.8 points\"",
    [RC_POINTS_PER_MONTH] = "\"0.2 to 0.6 points/month\"",
    [RC_MONEY] = "\"220k EUR\"",
    [RC_MONEY_PER_DAY] = "\"780 EUR/day\"",
    [RC_MONEY_PER_HOUR] = "\"2.10 EUR/hour\"",
    [RC_MONEY_PER_MONTH] = "\"90k EUR/month\"",
    [RC_COUNT_PER_MONTH] = "\"1.2M /month\"",
    [RC_CHANGE_PER_MONTH] = "\"0 to 4 %/month\"",
    [RC_COUNT_PER_DAY] = "\"420 to 640 /day\"",
    [RC_COUNT_PER_YEAR] = "\"0.5 to 2\"",
    [RC_HOURS] = "\"60 to 400\"",
    [RC_METRIC] = "\"82 %\"",
    [RC_MONTHS] = "\"12 months\"",
};

static const char *expectation(const rc_setting *row, rc_arena *arena)
{
    switch (row->kind) {
    case RC_TEXT:
    case RC_ID:
    case RC_TASK:
        return "a text in quotes";
    case RC_WORD:
        return rc_arena_print(arena, "a word in quotes, as \"%s\"", row->words[0]);
    case RC_BOOL:
        return "true or false";
    case RC_INT:
        return "a whole number";
    case RC_REAL:
        return rc_arena_print(arena, "a number, as %s", example_of[row->dimension]);
    case RC_DATE:
        return "a date in quotes, as \"2026-07-31\"";
    case RC_ESTIMATE_ONCE:
    case RC_ESTIMATE_EACH:
        return rc_arena_print(arena, "an estimate in quotes, as %s%s%s",
                              *example_of[row->dimension] == '"' ? "" : "\"",
                              example_of[row->dimension],
                              *example_of[row->dimension] == '"' ? "" : "\"");
    case RC_TEXTS:
    case RC_CONDITIONS:
        return "an array of texts, as [ \"a\", \"b\" ]";
    case RC_EFFECTS:
        return "an array of texts, as [ \"latency +10 to 30 %\" ]";
    case RC_CONDITION:
        return "a condition in quotes, as \"recall < 80 %\"";
    case RC_CURVE_POINTS:
        return "a list of points, as ( ( 5000, \"74 %\" ), ( 10000, \"76 %\" ) )";
    case RC_GROUP:
        return "a group { … }";
    case RC_LIST:
        return "a list of groups ( { … }, { … } )";
    }
    return "something else";
}

static void refuse_kind(const passage *p)
{
    rc_fault(p->f->reading.faults, p->node->at, NULL, "'%s' expects %s, found %s",
             p->row->key, expectation(p->row, p->f->reading.arena),
             rc_node_kind_name(p->node->kind));
}

static void check_limits(const passage *p, double value)
{
    const rc_setting *row = p->row;
    if (row->low == row->high || (value >= row->low && value <= row->high))
        return;
    char is[32], limit[32];
    rc_number_print(is, value);
    rc_number_print(limit, value < row->low ? row->low : row->high);
    rc_fault(p->f->reading.faults, p->node->at, NULL, "%s must be at %s %s, found %s",
             row->key, value < row->low ? "least" : "most", limit, is);
}

/* Numbers may stand bare where no unit is missing. */
static bool may_be_bare(rc_dimension d)
{
    return d == RC_NUMBER || d == RC_COUNT || d == RC_COUNT_PER_YEAR || d == RC_HOURS;
}

static bool number_of(const passage *p, double *value)
{
    const rc_node *n = p->node;
    bool is_number = n->kind == RC_NODE_INT || n->kind == RC_NODE_REAL;
    if (n->kind == RC_NODE_TEXT)
        return rc_value_parse(value, &p->f->reading, p->row, n->text, n->at);
    if (is_number && !may_be_bare(p->row->dimension)) {
        rc_fault(p->f->reading.faults, n->at, NULL,
                 "'%s' is written in quotes with its unit, as %s", p->row->key,
                 example_of[p->row->dimension]);
        return false;
    }
    if (!is_number) {
        refuse_kind(p);
        return false;
    }
    const char *hint;
    if (n->kind == RC_NODE_REAL && n->text && p->row->dimension == RC_COUNT &&
        rc_is_thousands(n->text, strlen(n->text), &hint, p->f->reading.arena)) {
        rc_fault(p->f->reading.faults, n->at,
                 rc_arena_print(p->f->reading.arena, "%s; in quotes", hint),
                 "'%s' could be %g or %g thousand", n->text, n->real, n->real);
        return false;
    }
    *value = n->kind == RC_NODE_INT ? (double)n->integer : n->real;
    check_limits(p, *value);
    return true;
}

static void put_int(const passage *p)
{
    int64_t *out = p->member;
    double value;
    if (p->node->kind == RC_NODE_INT) {
        *out = p->node->integer;
        check_limits(p, (double)*out);
    } else if (p->node->kind == RC_NODE_TEXT && number_of(p, &value)) {
        if (value == floor(value) && fabs(value) <= 0x1p53)
            *out = (int64_t)value;
        else
            rc_fault(p->f->reading.faults, p->node->at, NULL,
                     "'%s' expects a whole number", p->row->key);
    } else if (p->node->kind != RC_NODE_TEXT) {
        refuse_kind(p);
    }
}

/* Which of the row's words a text is; refused if none, and then how many there are. */
static uint32_t find_word(const passage *p, const rc_node *node)
{
    uint32_t n = 0;
    for (; p->row->words[n]; n++)
        if (strcmp(node->text, p->row->words[n]) == 0)
            return n;
    rc_arena *arena = p->f->reading.arena;
    const char *hint =
        rc_near(p->f->reading.faults, arena, node->text, p->row->words, n);
    const char *all = "";
    for (uint32_t i = 0; i < n && all; i++)
        all = rc_arena_print(arena, "%s%s\"%s\"", all, i ? ", " : "", p->row->words[i]);
    rc_fault(p->f->reading.faults, node->at, hint, "'%s' knows no \"%s\": lawful is %s",
             p->row->key, node->text, all ? all : "");
    return n;
}

static void put_word(const passage *p)
{
    uint32_t n = find_word(p, p->node);
    if (p->row->words[n])
        *(int *)p->member = (int)n;
}

static bool is_lawful_id(const char *id)
{
    bool lawful = (*id >= 'a' && *id <= 'z') || (*id >= 'A' && *id <= 'Z');
    for (const char *c = id; *c; c++)
        lawful &= (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                  (*c >= '0' && *c <= '9') || *c == '_' || *c == '-';
    return lawful && strlen(id) <= 64;
}

static void put_text(const passage *p)
{
    if (p->row->kind == RC_ID && !is_lawful_id(p->node->text))
        rc_fault(
            p->f->reading.faults, p->node->at,
            "an id starts with a letter; letters, digits, _ and - follow; 64 at most",
            "'%s' cannot be an id", p->node->text);
    *(const char **)p->member = p->node->text;
}

static void put_date(const passage *p)
{
    rc_date *out = p->member;
    if (!rc_date_parse(out, p->node->text)) {
        *out = RC_DATE_NONE;
        rc_fault(p->f->reading.faults, p->node->at,
                 "a date is written year-month-day, as 2026-07-31",
                 "'%s' is no date of the calendar", p->node->text);
    }
}

/* What an estimate that was read is called, and its number. */
static void call_estimate(rc_filling *f, rc_estimate *e, const rc_setting *row,
                          const char *path)
{
    e->origin = f->reading.fallback ? RC_DEFAULT : RC_STATED;
    e->name = path;
    e->of = f->holder;
    e->key = e->of ? path + f->holder_path + 1 : path;
    e->index = UINT32_MAX;
    if (!f->aside)
        rc_number_estimate(f, e, row, path);
}

static void put_estimate(const passage *p)
{
    rc_estimate *e = p->member;
    if (rc_estimate_parse(e, &p->f->reading, p->row, p->node->text, p->node->at))
        call_estimate(p->f, e, p->row, p->path);
    else
        *e = (rc_estimate){0};
}

static void put_texts(const passage *p)
{
    const rc_node *n = p->node, *one = n->kind == RC_NODE_TEXT ? n : n->first;
    uint32_t count = n->kind == RC_NODE_TEXT ? 1 : n->n, i = 0;
    const char **texts = rc_arena_alloc(p->f->reading.arena, count + 1, sizeof *texts);
    rc_position *where = rc_arena_alloc(p->f->reading.arena, count + 1, sizeof *where);
    if (!texts || !where) {
        p->f->no_memory = true;
        return;
    }
    for (; i < count; i++, one = one->next) {
        texts[i] = one->text;
        where[i] = one->at;
        char number[32];
        if (p->row->dimension == RC_COUNT && one->kind == RC_NODE_INT)
            rc_number_print(number, (double)one->integer);
        else if (p->row->dimension == RC_COUNT && one->kind == RC_NODE_REAL)
            rc_number_print(number, one->real);
        else if (one->kind != RC_NODE_TEXT) {
            rc_fault(p->f->reading.faults, one->at, NULL, "'%s' expects %s, found %s",
                     p->row->key, expectation(p->row, p->f->reading.arena),
                     rc_node_kind_name(one->kind));
            return;
        } else {
            if (p->row->words)
                find_word(p, one);
            continue;
        }
        texts[i] = rc_arena_text(p->f->reading.arena, number);
        p->f->no_memory |= !texts[i];
    }
    *(rc_texts *)p->member = (rc_texts){texts, count, where};
}

static void put_conditions(const passage *p)
{
    rc_filling *f = p->f;
    rc_texts texts = {0};
    passage as_texts = *p;
    as_texts.member = &texts;
    put_texts(&as_texts);
    rc_condition *list = rc_arena_alloc(f->reading.arena, texts.n + 1, sizeof *list);
    uint32_t n = 0;
    if (!list) {
        f->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < texts.n; i++)
        n += rc_condition_parse(&list[n], &f->reading, p->row, texts.at[i],
                                texts.where[i]);
    *(rc_conditions *)p->member = (rc_conditions){list, n};
}

/* An effect is kept where the checks find it: only they know which metrics there are. */
static void keep_effects(rc_filling *f, const rc_effects *effects)
{
    rc_effects_read *kept = rc_arena_alloc(f->reading.arena, 1, sizeof *kept);
    if (!kept) {
        f->no_memory = true;
        return;
    }
    *kept = (rc_effects_read){effects, f->effects};
    f->effects = kept;
}

static void put_effects(const passage *p)
{
    static const rc_setting row = {.key = "the change", .kind = RC_ESTIMATE_EACH};
    rc_filling *f = p->f;
    rc_texts texts = {0};
    passage as_texts = *p;
    as_texts.member = &texts;
    put_texts(&as_texts);
    rc_effect *list = rc_arena_alloc(f->reading.arena, texts.n + 1, sizeof *list);
    uint32_t n = 0;
    f->no_memory |= !list;
    for (uint32_t i = 0; i < texts.n && !f->no_memory; i++) {
        rc_effect *e = &list[n];
        if (!rc_effect_parse(e, &f->reading, texts.at[i], texts.where[i]))
            continue;
        uint32_t same = 0;
        while (strcmp(list[same].metric, e->metric) != 0)
            same++;
        const char *path =
            rc_arena_print(f->reading.arena, "%s.%s", p->path, e->metric);
        f->no_memory |= !path;
        if (same < n)
            rc_fault(f->reading.faults, texts.where[i], "write one change of it",
                     "'%s' stands in '%s' twice", e->metric, p->row->key);
        else if (path)
            call_estimate(f, &e->change, &row, path);
        n += same == n;
    }
    *(rc_effects *)p->member = (rc_effects){list, n};
    keep_effects(f, p->member);
}

static void put_curve_points(const passage *p)
{
    rc_filling *f = p->f;
    rc_curve_point *list =
        rc_arena_alloc(f->reading.arena, p->node->n + 1, sizeof *list);
    uint32_t n = 0;
    if (!list) {
        f->no_memory = true;
        return;
    }
    rc_curve_points points = {.at = list};
    const rc_setting count = {
        .key = p->row->key, .kind = RC_REAL, .dimension = RC_COUNT};
    for (const rc_node *c = p->node->first; c; c = c->next, n++) {
        if (c->kind != RC_NODE_LIST || c->n != 2 || !rc_node_is_value(c->first) ||
            c->last->kind != RC_NODE_TEXT) {
            rc_fault(f->reading.faults, c->at, NULL,
                     "a point is ( labels, \"quality\" ), as ( 5000, \"74.1 %%\" )");
            return;
        }
        passage at_n = {f, &count, c->first, NULL, p->path};
        const char *unit = NULL;
        if (!number_of(&at_n, &list[n].n) ||
            !rc_value_unit_parse(&list[n].value, &unit, &f->reading, p->row,
                                 c->last->text, c->last->at))
            return;
        if (n && strcmp(unit ? unit : "", points.unit ? points.unit : "") != 0) {
            rc_fault(f->reading.faults, c->last->at, "write all points in one unit",
                     "the first point is in '%s', this one in '%s'",
                     points.unit ? points.unit : "", unit ? unit : "");
            return;
        }
        points.unit = unit;
        points.where = n ? points.where : c->last->at;
    }
    points.n = n;
    *(rc_curve_points *)p->member = points;
}

static void put_group(const passage *p)
{
    void *group = rc_arena_alloc(p->f->reading.arena, 1, p->row->of->size);
    if (!group) {
        p->f->no_memory = true;
        return;
    }
    const char *in = p->f->in;
    bool aside = p->f->aside;
    p->f->in = p->path;
    p->f->aside = aside || p->row->of == &rc_mitigation_group;
    rc_fill_group(p->f, group, p->row->of, p->node, p->path, false);
    p->f->in = in;
    p->f->aside = aside;
    *(const void **)p->member = group;
}

static bool fits_kind(const passage *p)
{
    rc_node_kind kind = p->node->kind;
    bool items = kind == RC_NODE_LIST || kind == RC_NODE_ARRAY;
    switch (p->row->kind) {
    case RC_BOOL:
        return kind == RC_NODE_BOOL;
    case RC_INT:
    case RC_REAL:
        return true; /* asked where they are read */
    case RC_TEXTS:
    case RC_CONDITIONS:
    case RC_EFFECTS:
        return items || kind == RC_NODE_TEXT;
    case RC_CURVE_POINTS:
        return kind == RC_NODE_LIST;
    case RC_GROUP:
        return kind == RC_NODE_GROUP;
    case RC_LIST:
        return kind == RC_NODE_LIST || kind == RC_NODE_GROUP;
    default:
        return kind == RC_NODE_TEXT;
    }
}

static void put(const passage *p)
{
    p->f->reading.name = p->path;
    if (!fits_kind(p)) {
        refuse_kind(p);
        return;
    }
    switch (p->row->kind) {
    case RC_TEXT:
    case RC_ID:
    case RC_TASK:
        put_text(p);
        break;
    case RC_WORD:
        put_word(p);
        break;
    case RC_BOOL:
        *(bool *)p->member = p->node->boolean;
        break;
    case RC_INT:
        put_int(p);
        break;
    case RC_REAL:
        if (!number_of(p, p->member))
            *(double *)p->member = 0;
        break;
    case RC_DATE:
        put_date(p);
        break;
    case RC_ESTIMATE_ONCE:
    case RC_ESTIMATE_EACH:
        put_estimate(p);
        break;
    case RC_TEXTS:
        put_texts(p);
        break;
    case RC_CONDITION:
        rc_condition_parse(p->member, &p->f->reading, p->row, p->node->text,
                           p->node->at);
        break;
    case RC_CONDITIONS:
        put_conditions(p);
        break;
    case RC_EFFECTS:
        put_effects(p);
        break;
    case RC_CURVE_POINTS:
        put_curve_points(p);
        break;
    case RC_GROUP:
        put_group(p);
        break;
    case RC_LIST:
        rc_fill_list(p->f, p->member, p->row->of, p->node, p->path, false);
        break;
    }
}

/* ------------------------------------------------------------------- groups */

/* The default as a node, so that it takes the way of everything that is written. */
static void put_default(passage *p, rc_position at)
{
    const rc_setting *row = p->row;
    rc_node node = {.kind = RC_NODE_TEXT, .text = row->fallback, .at = at};
    double value;
    rc_slice text = rc_slice_of(row->fallback);
    if (row->kind == RC_BOOL) {
        node.kind = RC_NODE_BOOL;
        node.boolean = strcmp(row->fallback, "true") == 0;
    } else if ((row->kind == RC_REAL || row->kind == RC_INT) &&
               rc_number_is(&value, text) && may_be_bare(row->dimension)) {
        node.kind = row->kind == RC_INT ? RC_NODE_INT : RC_NODE_REAL;
        node.integer = row->kind == RC_INT ? (int64_t)value : 0;
        node.real = value;
    }
    p->node = &node;
    p->f->reading.fallback = true;
    put(p);
    p->f->reading.fallback = false;
}

/* What is misspelt counts as written: its absence is not told beside it. */
static void refuse_unknown(rc_filling *f, char *out, const rc_group *group,
                           const rc_node *node, bool headed)
{
    const char *keys[400];
    size_t n = 0;
    for (const rc_setting *row = group->settings; row->key && n < 300; row++)
        keys[n++] = row->key;
    if (headed) {
        keys[n++] = "id";
        keys[n++] = "name";
    }
    for (uint32_t i = 0; group == &rc_root_group && i < f->root_keys_n; i++)
        keys[n++] = f->root_keys[i];
    for (const rc_node *c = node->first; c; c = c->next) {
        size_t i = 0;
        while (i < n && strcmp(keys[i], c->key) != 0)
            i++;
        if (i < n)
            continue;
        rc_fault(f->reading.faults, c->key_at,
                 rc_near(f->reading.faults, f->reading.arena, c->key, keys, n),
                 *f->in ? "unknown setting '%s' in %s" : "unknown setting '%s'", c->key,
                 f->in);
        const char *meant =
            strlen(c->key) <= 64 ? rc_did_you_mean(c->key, keys, n) : NULL;
        const rc_setting *row = meant ? rc_setting_row(group, meant) : NULL;
        if (row)
            rc_keep_place(f, out + row->offset, c->at, c->changed);
    }
}

/* id and name of a group that has a head; a table may leave them to us. */
static void fill_head(rc_filling *f, rc_head *head, const rc_group *group,
                      const rc_node *node)
{
    static const rc_setting id_row = {.key = "id", .kind = RC_ID};
    static const rc_setting name_row = {.key = "name", .kind = RC_TEXT};
    const rc_node *id = rc_node_child(node, "id"), *name = rc_node_child(node, "name");
    if (id && !rc_setting_row(group, "id"))
        put(&(passage){f, &id_row, id, &head->id, ""});
    if (name && !rc_setting_row(group, "name"))
        put(&(passage){f, &name_row, name, &head->name, ""});
    head->at = id ? id->at : node->at;
    if (!head->id)
        head->id = group->name;
    if (!head->name)
        head->name = head->id;
}

/* What people call a group: its name, or its id. A group that stands alone may have
 * neither. */
static const char *name_in(const rc_node *group)
{
    const rc_node *name = rc_node_child(group, "name");
    return name && name->kind == RC_NODE_TEXT && *name->text ? name->text
                                                             : rc_node_id(group);
}

void rc_fill_group(rc_filling *f, void *out, const rc_group *group, const rc_node *node,
                   const char *path, bool headed)
{
    const char *holder = f->holder;
    size_t holder_path = f->holder_path;
    if (headed) {
        f->holder = name_in(node);
        f->holder_path = strlen(path);
    }
    refuse_unknown(f, out, group, node, headed);
    for (const rc_setting *row = group->settings; row->key && !f->no_memory; row++) {
        passage p = {f, row, rc_node_child(node, row->key), (char *)out + row->offset,
                     *path ? rc_arena_print(f->reading.arena, "%s.%s", path, row->key)
                           : row->key};
        if (!p.path) {
            f->no_memory = true;
            return;
        }
        if (row->kind == RC_DATE)
            *(rc_date *)p.member = RC_DATE_NONE;
        if (p.node) {
            rc_keep_place(f, p.member, p.node->at, p.node->changed);
            put(&p);
        } else if (row->required && !rc_is_given(f, p.member)) {
            rc_fault(f->reading.faults, node->at, NULL, "'%s' is missing%s%s: %s",
                     row->key, *f->in ? " in " : "", f->in,
                     row->help ? row->help : "it is required");
        } else if (row->fallback) {
            put_default(&p, node->at);
        }
    }
    if (headed)
        fill_head(f, out, group, node);
    f->holder = holder;
    f->holder_path = holder_path;
}

/* -------------------------------------------------------------------- lists */

typedef struct item_id {
    const char *id;
    const rc_node *node;
    uint32_t order;
} item_id;

static int by_id(const void *a, const void *b)
{
    const item_id *x = a, *y = b;
    int c = strcmp(x->id, y->id);
    return c ? c : (x->order > y->order) - (x->order < y->order);
}

static void refuse_twins(rc_filling *f, const rc_node *list)
{
    item_id *ids = malloc((list->n + 1) * sizeof *ids);
    uint32_t n = 0;
    if (!ids) {
        f->no_memory = true;
        return;
    }
    for (const rc_node *c = list->first; c; c = c->next) {
        const char *id = rc_node_id(c);
        if (id) {
            ids[n] = (item_id){id, rc_node_id_node(c), n};
            n++;
        }
    }
    qsort(ids, n, sizeof *ids, by_id);
    for (uint32_t i = 1; i < n; i++)
        if (strcmp(ids[i].id, ids[i - 1].id) == 0)
            rc_fault(f->reading.faults, ids[i].node->at, NULL,
                     "the id '%s' is taken: line %u has it", ids[i].id,
                     ids[i - 1].node->at.line);
    free(ids);
}

void rc_fill_list(rc_filling *f, rc_list *out, const rc_group *group,
                  const rc_node *node, const char *path, bool single)
{
    bool alone = node->kind == RC_NODE_GROUP;
    uint32_t n = alone ? 1 : node->n;
    char *items = rc_arena_alloc(f->reading.arena, n + 1, group->size);
    const char *in = f->in;
    const char *inside =
        alone && single ? path : rc_arena_print(f->reading.arena, "%s[]", path);
    if (!items || !inside) {
        f->no_memory = true;
        return;
    }
    *out = (rc_list){items, 0};
    f->in = inside;
    if (!alone)
        refuse_twins(f, node);
    for (const rc_node *c = alone ? node : node->first; c; c = alone ? NULL : c->next) {
        if (c->kind != RC_NODE_GROUP) {
            rc_fault(f->reading.faults, c->at, NULL, "%s holds groups { … }, found %s",
                     inside, rc_node_kind_name(c->kind));
            continue;
        }
        const char *id = rc_node_id(c);
        const rc_setting *id_row = rc_setting_row(group, "id");
        bool told = (id_row && id_row->required) || group == &rc_target_group;
        if (!id && !told && !(alone && single) && !rc_node_child(c, "id"))
            rc_fault(f->reading.faults, c->at, "add id = \"…\"",
                     "a group of %s has no id", inside);
        const char *own = alone && single ? path
                                          : rc_arena_print(f->reading.arena, "%s.%s",
                                                           path, id ? id : "(no id)");
        if (!own) {
            f->no_memory = true;
            break;
        }
        rc_fill_group(f, items + out->n * group->size, group, c, own, true);
        out->n++;
    }
    f->in = in;
}
