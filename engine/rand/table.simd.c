/* table.simd.c -- rows of words through a table. A row of cells goes in three strides:
 * where each word's cell is, fetching it, its line. Copies of eight bytes keep the fetch
 * scalar, which beats the gathers of one loop over everything (2.5 cycles a draw against
 * 3.6 on Zen 4). */
#include "rand/table_word.h"

#define STRIDE 128

static void fetch(rc_cell *restrict out, const rc_cell *restrict cells,
                  const uint32_t *restrict at, uint32_t n)
{
    for (uint32_t i = 0; i < n; ++i)
        memcpy(out + i, cells + at[i], sizeof *out); /* one load, one store */
}

static void fill_cells(double *restrict out, const rc_table *table,
                       const uint32_t *restrict words, uint32_t n)
{
    uint32_t at[STRIDE];
    int32_t away[STRIDE];
    rc_cell cell[STRIDE];
    const rc_table t = *table;
    for (; n; out += STRIDE, words += STRIDE) {
        uint32_t now = n < STRIDE ? n : STRIDE;
        for (uint32_t i = 0; i < now; ++i)
            at[i] = word_cell(words[i], &away[i]);
        fetch(cell, t.cells, at, now);
        for (uint32_t i = 0; i < now; ++i)
            out[i] = cell_value(&t, cell[i].at, cell[i].slope, away[i]);
        n -= now;
    }
}

void RC_SIMD_NAME(rc_table_fill)(double *out, const rc_table *table,
                                 const uint32_t *words, uint32_t n)
{
    const rc_table t = *table;
    switch (t.form) {
    case RC_FORM_CONSTANT:
        for (uint32_t i = 0; i < n; ++i)
            out[i] = t.low;
        break;
    case RC_FORM_EVENT:
        for (uint32_t i = 0; i < n; ++i)
            out[i] = event_value(&t, words[i]);
        break;
    case RC_FORM_LINE:
        for (uint32_t i = 0; i < n; ++i)
            out[i] = line_value(&t, words[i]);
        break;
    case RC_FORM_TRIANGLE:
        for (uint32_t i = 0; i < n; ++i)
            out[i] = triangle_value(&t, words[i]);
        break;
    case RC_FORM_CELLS:
        fill_cells(out, table, words, n);
        break;
    case RC_FORM_STEPS:
        for (uint32_t i = 0; i < n; ++i)
            out[i] = step_value(&t, words[i]);
        break;
    }
}
