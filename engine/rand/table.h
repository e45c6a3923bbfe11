/* table.h -- a law compiled for sampling by inversion: word in, value out.
 *
 * Continuous laws become a tail-refined piecewise-linear quantile table; uniform,
 * triangular and constant are computed directly; laws with atoms by cumulative search.
 * One table serves all laws of equal shape: location and scale stand outside.
 *
 * Accuracy  stated in cells.c (1e-5 sd rms for shapes of 0.5 and more) and tested against
 *           rc_law_quantile.
 * Units     those of the law.
 * Errors    RC_IO when memory runs out.
 * Memory    tables live in the arena given; const after building.
 * Threads   building is independent per table; reading from any thread.
 */
#ifndef ROADCAST_RAND_TABLE_H
#define ROADCAST_RAND_TABLE_H

#include <roadcast/dist.h>
#include "base/arena.h"

typedef struct rc_table rc_table;

/* A set of n tables, equal shapes built once. NULL entries of laws are skipped. */
rc_status rc_tables_build(const rc_table **out, const rc_law *const *laws, uint32_t n,
                          rc_arena *arena, rc_error *err);

double rc_table_value(const rc_table *table, uint32_t word);
/* out[i] = rc_table_value(table, words[i]), the same bits, by the vector kernel */
void rc_table_fill(double *out, const rc_table *table, const uint32_t *words,
                   uint32_t n);

#endif
