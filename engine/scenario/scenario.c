/* scenario.c -- rc_scenario_read from end to end, and what is asked of a scenario. */
#include "scenario/scenario.h"
#include "base/hash.h"
#include "base/text.h"
#include "scenario/build.h"
#include "scenario/faults.h"
#include "scenario/override.h"
#include "scenario/tree.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct reading {
    rc_arena *arena;
    rc_faults *faults;
    const rc_scenario_options *options;
    rc_scenario *s;
    const rc_source *source;
    rc_node *root;
    const char **set; /* overrides applied, as given */
    uint32_t set_n;
} reading;

static void put_layer(rc_scenario *s, size_t n)
{
    assert(s->layers_n < RC_LAYERS);
    memmove(s->layers + 1, s->layers, s->layers_n++ * sizeof *s->layers);
    s->layers[0] = n;
}

/* ------------------------------------------------------------------- extends */

static char *joined(rc_arena *arena, const rc_source *first, const char *then, size_t n)
{
    char *text = rc_arena_alloc(arena, first->n + n + 1, 1);
    if (text) {
        memcpy(text, first->text, first->n);
        memcpy(text + first->n, then, n);
    }
    return text;
}

/* The file that a source extends: of those that the caller holds, or beside it. */
static rc_status read_base(reading *r, rc_source *base, const rc_source *source,
                           const rc_node *extends)
{
    const rc_scenario_options *o = r->options;
    uint32_t held = r->s->layers_n - 1; /* as many are taken */
    if (held >= o->extends_n)
        return rc_source_beside(base, r->faults, r->arena, source, extends->text,
                                extends->at);
    const char *text = o->extends[held];
    return rc_source_from_text(base, r->faults, r->arena, extends->text, text,
                               strlen(text));
}

/* The tree of a source, laid over the file that it extends. *text and *n grow by that
 * file's text, in front. */
static rc_status read_over_base(reading *r, const rc_source *source, rc_node **out,
                                const char **text, size_t *n)
{
    rc_status status = rc_node_read(out, source, r->faults, r->arena);
    if (status != RC_OK)
        return status;
    put_layer(r->s, source->n);
    const rc_node *extends = rc_node_child(*out, "extends");
    const rc_node *remove = rc_node_child(*out, "remove");
    if (!extends || extends->kind != RC_NODE_TEXT) {
        if (remove)
            rc_fault(
                r->faults, remove->key_at, NULL,
                "'remove' takes from the file that 'extends' names; there is none");
        return remove ? RC_REFUSED : RC_OK;
    }
    rc_source base;
    rc_node *under = NULL;
    status = read_base(r, &base, source, extends);
    if (status == RC_OK) {
        *text = joined(r->arena, &base, *text, *n);
        *n += base.n;
        status = *text ? read_over_base(r, &base, &under, text, n) : RC_IO;
    }
    rc_source_close(&base);
    if (status != RC_OK)
        return status;
    if (remove)
        rc_tree_remove(under, remove, r->faults);
    rc_tree_merge(under, *out);
    *out = under;
    return RC_OK;
}

/* ------------------------------------------------------------------ overrides */

static rc_status keep_set(reading *r, const char *text)
{
    r->set[r->set_n] = rc_arena_text(r->arena, text);
    return r->set[r->set_n++] ? RC_OK : RC_IO;
}

static const rc_node *what_if_item(reading *r, const char *id, rc_error *err)
{
    const rc_node *list = rc_node_child(r->root, "what_if");
    const rc_node *item = list ? rc_node_item(list, id) : NULL;
    if (!item)
        rc_fail(err, RC_USAGE, "there is no what_if '%s' in this scenario", id);
    return item;
}

/* Applies what one entry of what_if sets; dry: looks whether its paths lead somewhere.
 */
static rc_status apply_what_if(reading *r, const rc_node *item, bool dry)
{
    const rc_node *set = rc_node_child(item, "set");
    rc_status status = RC_OK;
    if (!set)
        return RC_OK; /* the schema says that it is missing */
    bool alone = set->kind == RC_NODE_TEXT;
    for (const rc_node *t = alone ? set : set->first; t && status != RC_IO;
         t = alone ? NULL : t->next) {
        if (t->kind != RC_NODE_TEXT)
            continue;
        rc_status one = rc_override(r->root, r->options->models, t->text, t->at, dry,
                                    r->faults, r->arena);
        status = one == RC_OK ? status : one;
        if (!dry && one == RC_OK && keep_set(r, t->text) != RC_OK)
            return RC_IO;
    }
    return status;
}

/* What the first target asks for, as written; NULL: there is none. */
static const rc_node *target_value(const rc_node *root)
{
    const rc_node *goals = rc_node_child(root, "goals");
    const rc_node *target = goals ? rc_node_child(goals, "target") : NULL;
    const rc_node *list = goals && !target ? rc_node_child(goals, "targets") : NULL;
    if (list)
        target = list->kind == RC_NODE_LIST ? list->first : list;
    const rc_node *value = target ? rc_node_child(target, "at_least") : NULL;
    return value || !target ? value : rc_node_child(target, "at_most");
}

/* Before anything is changed: settings that belong to the file's target stay with it. */
static rc_status hold_target(reading *r)
{
    const rc_node *value = target_value(r->root);
    for (const rc_model *const *m = r->options->models; value && m && *m; m++) {
        rc_node *group = (*m)->group ? rc_node_child(r->root, (*m)->id) : NULL;
        if (!group || group->kind != RC_NODE_GROUP)
            continue;
        for (const rc_setting *row = (*m)->group->settings; row->key; row++) {
            if (!row->of_target || rc_node_child(group, row->key))
                continue;
            rc_node *held = rc_arena_alloc(r->arena, 1, sizeof *held);
            if (!held)
                return RC_IO;
            *held = *value;
            held->key = row->key;
            held->next = NULL;
            rc_node_append(group, held);
        }
    }
    return RC_OK;
}

static rc_status apply_overrides(reading *r, rc_error *err)
{
    const rc_scenario_options *o = r->options;
    const rc_node *what_if = NULL;
    rc_status status = RC_OK;
    if (o->what_if) {
        what_if = what_if_item(r, o->what_if, err);
        if (!what_if)
            return RC_USAGE;
    }
    const rc_node *changes = what_if ? rc_node_child(what_if, "set") : NULL;
    r->set = rc_arena_alloc(r->arena, o->set_n + (changes ? changes->n : 0) + 2,
                            sizeof *r->set);
    if (!r->set)
        return RC_IO;
    if (what_if || o->set_n)
        status = hold_target(r);
    for (uint32_t i = 0; i < o->set_n && status != RC_IO; i++) {
        size_t n = strlen(o->set[i]);
        uint32_t file = rc_faults_source(r->faults, "--set", o->set[i], n, false);
        rc_position at = {file, 1, 1, 1};
        rc_status one =
            rc_override(r->root, o->models, o->set[i], at, false, r->faults, r->arena);
        status = one == RC_OK ? status : one;
        if (keep_set(r, o->set[i]) != RC_OK)
            return RC_IO;
    }
    if (what_if && status == RC_OK)
        status = apply_what_if(r, what_if, false);
    /* entries that are not taken must still lead somewhere */
    const rc_node *list = rc_node_child(r->root, "what_if");
    bool is_list = list && list->kind == RC_NODE_LIST;
    for (const rc_node *c = is_list ? list->first : NULL; c && status != RC_IO;
         c = c->next)
        if (c->kind == RC_NODE_GROUP && c != what_if)
            if (apply_what_if(r, c, true) == RC_IO)
                status = RC_IO;
    return status;
}

/* ------------------------------------------------------------------ the whole */

/* Format N came with roadcast N.0 (1 with 0.1): a newer file is not read at all. */
static bool is_lawful_format(reading *r)
{
    const rc_node *format = rc_node_child(r->root, "format");
    if (!format) {
        rc_position at = r->root->at;
        rc_fault(r->faults, at, "begin the file with format = 1;",
                 "'format' is missing: the version of the language");
        return true; /* the rest is still looked at */
    }
    if (format->kind != RC_NODE_INT) {
        rc_fault(r->faults, format->at, "format = 1;",
                 "'format' expects a whole number");
        return true;
    }
    if (format->integer <= RC_FORMAT)
        return true;
    rc_fault(r->faults, format->at, NULL,
             "this file needs roadcast >= %lld.0: it is of format %lld, and "
             "roadcast " RC_VERSION " reads format %d",
             (long long)format->integer, (long long)format->integer, RC_FORMAT);
    return false;
}

/* The file's name without folder and suffix, where that is a name of its own. */
static const char *stem(rc_arena *arena, const char *file)
{
    const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
    const char *dot = strrchr(name, '.');
    size_t n = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    if (strspn(name, ".") >= n)
        n = strlen(name);
    return n && strcmp(file, "-") ? rc_arena_slice(arena, name, n) : "scenario";
}

static bool is_right_unchanged(const void *self);

static rc_status build(reading *r)
{
    rc_building *b = rc_arena_alloc(r->arena, 1, sizeof *b);
    if (!b)
        return RC_IO;
    b->s = r->s;
    b->fill.reading.arena = r->arena;
    b->fill.reading.faults = r->faults;
    if (r->set_n > 0)
        rc_faults_may_be_unused(r->faults, is_right_unchanged, r);
    rc_build(b, r->root, r->options->models);
    if (!b->fill.no_memory)
        rc_link(b);
    if (!b->fill.no_memory)
        rc_check(b);
    if (b->fill.no_memory || rc_faults_lost(r->faults))
        return RC_IO;
    rc_scenario *s = r->s;
    s->estimates = b->fill.estimates;
    s->estimate_rows = b->fill.rows;
    s->estimates_n = b->fill.estimates_n;
    s->assumed = b->fill.reading.assumed;
    s->assumed_n = b->fill.reading.assumed_n;
    s->currency = b->fill.reading.currency ? b->fill.reading.currency : "";
    s->set = r->set;
    s->set_n = r->set_n;
    const char *own = stem(r->arena, s->file);
    if (!s->output_folder)
        s->output_folder = own;
    if (!s->name)
        s->name = own;
    return own ? RC_OK : RC_IO;
}

static rc_status read_all(reading *r, const rc_source *source, rc_error *err)
{
    const char *text = source->text;
    size_t n = source->n;
    r->source = source;
    rc_status status = read_over_base(r, source, &r->root, &text, &n);
    if (status != RC_OK)
        return status;
    if (!r->root->first) {
        rc_fault(
            r->faults, (rc_position){.file = r->root->at.file},
            "roadcast init writes one to start from",
            "the file says nothing: a scenario has a start date and a task at least");
        return RC_REFUSED;
    }
    rc_sha256(r->s->sha256, text, n);
    r->s->text = text;
    if (!is_lawful_format(r))
        return RC_REFUSED;
    status = apply_overrides(r, err);
    if (status == RC_IO || status == RC_USAGE)
        return status;
    rc_status built = build(r);
    return built != RC_OK ? built : status;
}

static rc_status finish(reading *r, rc_status status, rc_scenario **out,
                        rc_faults **faults, rc_error *err)
{
    const char *lost = rc_faults_lost(r->faults);
    if (lost)
        status = RC_IO;
    if (status == RC_OK && rc_faults_errors(r->faults))
        status = RC_REFUSED;
    if (status == RC_IO && err && err->status != RC_IO)
        rc_fail(err, RC_IO, "cannot read %s: %s", r->s->file,
                lost ? lost : "out of memory");
    if (status == RC_REFUSED)
        rc_fail(err, RC_REFUSED, "the scenario has %u error%s",
                rc_faults_errors(r->faults),
                rc_faults_errors(r->faults) == 1 ? "" : "s");
    if (status == RC_OK)
        *out = r->s;
    else
        rc_arena_free(r->arena);
    *faults = r->faults;
    return status;
}

static rc_status begin(reading *r, const rc_scenario_options *options, const char *file,
                       rc_scenario **out, rc_faults **faults, rc_error *err)
{
    static const rc_scenario_options none = {0};
    *out = NULL;
    *faults = NULL;
    if (err)
        err->status = RC_OK;
    *r = (reading){.options = options ? options : &none};
    r->faults = rc_faults_new();
    r->arena = rc_arena_new();
    r->s = r->arena ? rc_arena_alloc(r->arena, 1, sizeof *r->s) : NULL;
    if (r->s) {
        r->s->arena = r->arena;
        r->s->file = rc_arena_text(r->arena, file);
    }
    if (r->faults && r->s && r->s->file)
        return RC_OK;
    rc_faults_free(r->faults);
    rc_arena_free(r->arena);
    return rc_fail(err, RC_IO, "out of memory");
}

/* Whether a file is right without its changes: then what they leave without use has lost
 * it by them. */
static bool is_right_unchanged(const void *self)
{
    const reading *r = self;
    const rc_scenario_options plain = {.models = r->options->models,
                                       .extends = r->options->extends,
                                       .extends_n = r->options->extends_n};
    rc_scenario *scenario = NULL;
    rc_faults *faults = NULL;
    reading own;
    if (begin(&own, &plain, r->s->file, &scenario, &faults, NULL) != RC_OK)
        return false;
    rc_status status = read_all(&own, r->source, NULL);
    bool right = finish(&own, status, &scenario, &faults, NULL) == RC_OK;
    rc_scenario_free(scenario);
    rc_faults_free(faults);
    return right;
}

rc_status rc_scenario_read(rc_scenario **out, rc_faults **faults, const char *path,
                           const rc_scenario_options *options, rc_error *err)
{
    reading r;
    rc_status status = begin(&r, options, path, out, faults, err);
    if (status != RC_OK)
        return status;
    rc_source source;
    status = rc_source_read(&source, r.faults, r.arena, path, err);
    if (status == RC_OK)
        status = read_all(&r, &source, err);
    rc_source_close(&source);
    return finish(&r, status, out, faults, err);
}

rc_status rc_scenario_read_text(rc_scenario **out, rc_faults **faults, const char *name,
                                const char *text, size_t n,
                                const rc_scenario_options *options, rc_error *err)
{
    reading r;
    rc_status status = begin(&r, options, name, out, faults, err);
    if (status != RC_OK)
        return status;
    rc_source source;
    bool standard = strcmp(name, "-") == 0;
    status = rc_source_from_text(&source, r.faults, r.arena,
                                 standard ? "standard input" : name, text, n);
    if (status == RC_OK)
        status = read_all(&r, &source, err);
    return finish(&r, status, out, faults, err);
}

/* ------------------------------------------------------------------ questions */

void rc_scenario_free(rc_scenario *scenario)
{
    if (scenario)
        rc_arena_free(scenario->arena);
}

const char *rc_scenario_name(const rc_scenario *scenario)
{
    return scenario->name;
}

const char *rc_scenario_sha256(const rc_scenario *scenario)
{
    return scenario->sha256;
}

uint64_t rc_scenario_seed(const rc_scenario *scenario)
{
    return scenario->seed;
}

uint64_t rc_scenario_futures(const rc_scenario *scenario)
{
    return scenario->futures;
}

const char *rc_scenario_folder(const rc_scenario *scenario)
{
    return scenario->output_folder;
}

bool rc_scenario_what_if(const rc_scenario *scenario, uint32_t i, const char **id,
                         const char **name)
{
    if (i >= scenario->what_if.n)
        return false;
    const rc_what_if *w = (const rc_what_if *)scenario->what_if.at + i;
    *id = w->head.id;
    *name = w->head.name;
    return true;
}

bool rc_scenario_has_goal(const rc_scenario *scenario, const char *goal)
{
    return strcmp(goal, "deadline") == 0 ? scenario->deadline != RC_DATE_NONE
           : strcmp(goal, "budget") == 0 ? isfinite(scenario->goals.budget) != 0
                                         : scenario->goals.target.given;
}

void rc_scenario_outline(const rc_scenario *scenario, FILE *out)
{
    const struct {
        uint32_t n;
        const char *one, *many;
    } parts[] = {
        {scenario->tasks.n, "task", "tasks"},
        {scenario->team.n, "team", "teams"},
        {scenario->gates.n, "gate", "gates"},
        {scenario->risks.n, "risk", "risks"},
        {scenario->estimates_n, "estimate", "estimates"},
        {scenario->what_if.n, "what-if", "what-ifs"},
    };
    const char *between = "";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!parts[i].n)
            continue;
        fprintf(out, "%s%u %s", between, parts[i].n,
                parts[i].n == 1 ? parts[i].one : parts[i].many);
        between = ", ";
    }
}

void rc_scenario_echo(const rc_scenario *scenario, FILE *out)
{
    for (uint32_t i = 0; i < scenario->estimates_n; i++) {
        const rc_estimate *e = scenario->estimates[i];
        char words[256];
        rc_estimate_words(words, sizeof words, e);
        fprintf(out, "%s: %s%s\n", e->name, words,
                e->origin == RC_DEFAULT ? " (a default)" : "");
    }
}
