/* table.c -- which form a law takes, and the sharing of equal shapes. */
#include "rand/table_word.h"
#include "rand/law.h"
#include "base/hash.h"
#include <stdlib.h>

typedef struct shape {
    rc_law law; /* standard */
    double centre, spread;
    rc_cell *cells;
} shape;

typedef struct shapes {
    shape *at;
    uint32_t n;
} shapes;

/* ------------------------------------------------------------- finding shapes */

static uint64_t shape_hash(const rc_law *law)
{
    uint64_t hash = law->kind, bits;
    for (int i = 0; i < 5; ++i) {
        double p = law->p[i] + 0.0; /* minus zero is zero */
        memcpy(&bits, &p, sizeof bits);
        hash = rc_mix64(hash ^ bits);
    }
    return hash;
}

static bool same_shape(const rc_law *a, const rc_law *b)
{
    for (int i = 0; i < 5; ++i)
        if (a->p[i] != b->p[i])
            return false;
    return a->kind == b->kind;
}

/* Index of the law's shape; slots is an open-addressed table of index + 1. */
static uint32_t shape_of(shapes *set, uint32_t *slots, uint32_t mask,
                         const rc_law *standard)
{
    uint32_t slot = (uint32_t)shape_hash(standard) & mask;
    for (; slots[slot]; slot = (slot + 1) & mask)
        if (same_shape(&set->at[slots[slot] - 1].law, standard))
            return slots[slot] - 1;
    slots[slot] = ++set->n;
    shape *s = &set->at[set->n - 1];
    const rc_law_ops *ops = rc_law_ops_of(standard->kind);
    s->law = *standard;
    s->centre = ops->quantile(standard, 0.5, false);
    s->spread =
        ops->quantile(standard, 0.1, true) - ops->quantile(standard, 0.1, false);
    return set->n - 1;
}

/* --------------------------------------------------------------------- forms */

static void event(rc_table *table, double chance, double low, double high)
{
    double from = ceil((1 - chance) * 0x1p32 - 0.5);
    table->form = from >= 0x1p32 || from <= 0 ? RC_FORM_CONSTANT : RC_FORM_EVENT;
    table->from = table->form == RC_FORM_EVENT ? (uint32_t)from : 0;
    table->low = from <= 0 ? high : low;
    table->high = from >= 0x1p32 ? low : high;
}

/* Forms that need no table; false: the law needs one. */
static bool direct(rc_table *table, const rc_law *law)
{
    const double *p = law->p, floor_at = law->floor_at;
    switch (law->kind) {
    case RC_CONSTANT:
        table->form = RC_FORM_CONSTANT;
        table->low = table->high = fmax(p[0], floor_at);
        return true;
    case RC_BERNOULLI:
        event(table, p[0], fmax(0, floor_at), fmax(1, floor_at));
        return true;
    case RC_UNIFORM:
        table->form = RC_FORM_LINE;
        table->location = p[0];
        table->scale = p[1] - p[0];
        return true;
    case RC_TRIANGULAR:
        table->form = RC_FORM_TRIANGLE;
        table->location = p[0];
        table->scale = p[2];
        table->mode = p[1];
        table->left = (p[1] - p[0]) / (p[2] - p[0]);
        table->rising = (p[2] - p[0]) * (p[1] - p[0]);
        table->falling = (p[2] - p[0]) * (p[2] - p[1]);
        return true;
    default:
        return false;
    }
}

static void bound(rc_table *table, const rc_law *law)
{
    rc_law_ops_of(law->kind)->support(law, &table->low, &table->high);
    table->low = fmax(table->low, law->floor_at);
    table->high = fmax(table->high, law->floor_at);
}

/* --------------------------------------------------------------------- a set */

/* Cells of every shape, by which the tables that have it draw. */
static bool build_cells(const shapes *set, rc_arena *arena)
{
    const rc_grid *grid = rc_grid_new(arena);
    for (uint32_t i = 0; i < set->n && grid; ++i) {
        const shape *s = &set->at[i];
        rc_cells_build(s->cells, grid, &s->law, s->centre, s->spread);
    }
    return grid != NULL;
}

/* The form of one law; of cells, *shape_at gets the index of its shape. */
static bool take_form(rc_table *table, const rc_law *law, shapes *set, uint32_t *slots,
                      uint32_t mask, uint32_t *shape_at, rc_arena *arena)
{
    bound(table, law);
    if (direct(table, law))
        return true;
    const rc_law_ops *ops = rc_law_ops_of(law->kind);
    if (!ops->standard) {
        table->form = RC_FORM_STEPS;
        return (table->steps = rc_steps_build(law, arena)) != NULL;
    }
    double location, scale;
    rc_law standard = ops->standard(law, &location, &scale);
    *shape_at = shape_of(set, slots, mask, &standard);
    const shape *s = &set->at[*shape_at];
    table->form = RC_FORM_CELLS;
    table->location = location + scale * s->centre;
    table->scale = scale * s->spread;
    return true;
}

rc_status rc_tables_build(const rc_table **out, const rc_law *const *laws, uint32_t n,
                          rc_arena *arena, rc_error *err)
{
    uint32_t mask = 15;
    while (mask / 2 < n)
        mask = 2 * mask + 1;
    rc_table *tables = rc_arena_alloc(arena, n, sizeof *tables);
    uint32_t *slots = calloc((size_t)mask + 1, sizeof *slots);
    uint32_t *shape_at = calloc((size_t)n + 1, sizeof *shape_at);
    shapes set = {calloc((size_t)n + 1, sizeof *set.at), 0};
    bool enough = tables && slots && shape_at && set.at;
    for (uint32_t i = 0; i < n && enough; ++i) {
        out[i] = laws[i] ? &tables[i] : NULL;
        if (laws[i])
            enough =
                take_form(&tables[i], laws[i], &set, slots, mask, &shape_at[i], arena);
    }
    if (enough && set.n > 0) {
        rc_cell *cells =
            rc_arena_alloc(arena, (size_t)set.n * 2 * RC_CELLS, sizeof *cells);
        for (uint32_t s = 0; s < set.n && cells; ++s)
            set.at[s].cells = cells + (size_t)s * 2 * RC_CELLS;
        for (uint32_t i = 0; i < n && cells; ++i)
            if (laws[i] && tables[i].form == RC_FORM_CELLS)
                tables[i].cells = set.at[shape_at[i]].cells;
        enough = cells && build_cells(&set, arena);
    }
    free(slots);
    free(shape_at);
    free(set.at);
    return enough ? RC_OK
                  : rc_fail(err, RC_IO, "out of memory for the tables of %u laws", n);
}

/* -------------------------------------------------------------------- drawing */

double rc_table_value(const rc_table *table, uint32_t word)
{
    int32_t away;
    switch (table->form) {
    case RC_FORM_EVENT:
        return event_value(table, word);
    case RC_FORM_LINE:
        return line_value(table, word);
    case RC_FORM_TRIANGLE:
        return triangle_value(table, word);
    case RC_FORM_CELLS: {
        const rc_cell *cell = table->cells + word_cell(word, &away);
        return cell_value(table, cell->at, cell->slope, away);
    }
    case RC_FORM_STEPS:
        return step_value(table, word);
    case RC_FORM_CONSTANT:
        break;
    }
    return table->low;
}

void rc_table_fill(double *out, const rc_table *table, const uint32_t *words,
                   uint32_t n)
{
    static void (*const fill[])(double *, const rc_table *, const uint32_t *,
                                uint32_t) = RC_KERNELS(rc_table_fill);
    fill[rc_simd_level()](out, table, words, n);
}
