/* cells.h -- the two table forms: cells for smooth quantiles, steps for broken ones.
 *
 * Cells. Bit 31 of a word tells the side of the median, the rest counts t words from
 * that end, so (t + 1/2) / 2^32 is the tail probability. A cell is an octave of t and
 * five bits of its place in it: 1/32 of the tail probability wide everywhere, so that
 * relative accuracy does not run out in the tails. In a cell the value is at + slope *
 * (t - start). Both are floats, eight bytes a cell (the footprint is what limits a plan
 * of many laws); the line itself is in double and never falls as the word rises.
 *
 * Steps. Sorted runs of words, each with a line of its own, found through the top bits
 * of the word: laws with atoms (slope 0), and mixtures, whose quantile may jump and
 * bend.
 */
#ifndef ROADCAST_RAND_CELLS_H
#define ROADCAST_RAND_CELLS_H

#include "base/arena.h"
#include "rand/kernels.h"
#include "rand/table.h"

#define RC_CELLS 993 /* a side: t = 0, then 31 octaves of 32 */

typedef struct rc_cell {
    float at, slope; /* value of the first word; per word away from the end */
} rc_cell;

typedef struct rc_step {
    uint32_t first, last; /* words */
    double at, slope, top;
} rc_step;

#define RC_GUIDE_SHIFT 22
#define RC_GUIDES (1u << (32 - RC_GUIDE_SHIFT))

typedef struct rc_steps {
    const rc_step *step;
    uint32_t guide[RC_GUIDES]; /* top bits of a word -> step of the first such word */
} rc_steps;

typedef enum rc_form {
    RC_FORM_CONSTANT,
    RC_FORM_EVENT,    /* high from the word `from` on, else low */
    RC_FORM_LINE,     /* location + scale * u */
    RC_FORM_TRIANGLE, /* two square roots */
    RC_FORM_CELLS,    /* location + scale * cell */
    RC_FORM_STEPS
} rc_form;

struct rc_table {
    rc_form form;
    uint32_t from;
    double low, high; /* no value leaves these */
    double location, scale;
    double mode, left, rising, falling; /* triangle: left = F(mode); squared widths */
    const rc_cell *cells;               /* [2][RC_CELLS] */
    const rc_steps *steps;
};

/* The grid behind all cells of a set: which linear functions of how few exact quantiles
 * give the best line pieces. Two densities of quantiles; the finer where it must be. */
typedef struct rc_grid rc_grid;
rc_grid *rc_grid_new(rc_arena *arena); /* NULL: no memory */

/* cells: [2][RC_CELLS], of (quantile(law) - centre) / spread */
void rc_cells_build(rc_cell *cells, const rc_grid *grid, const rc_law *law,
                    double centre, double spread);

/* A law with atoms or a mixture. NULL: no memory. */
const rc_steps *rc_steps_build(const rc_law *law, rc_arena *arena);

RC_KERNELS_DECLARE(rc_table_fill, (double *out, const rc_table *table,
                                   const uint32_t *words, uint32_t n));

#endif
