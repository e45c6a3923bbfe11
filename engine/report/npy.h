/* npy.h -- samples for NumPy: format 1.0, float64, shape (futures, columns).
 *
 *   numpy.load("samples.npy")[:, 0]
 *
 * Columns stand one after the other (Fortran order): a column is one read. Little
 * endian. Infinity is "never", NaN "does not apply".
 *
 * Source   https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * Errors   those of the FILE.
 */
#ifndef ROADCAST_REPORT_NPY_H
#define ROADCAST_REPORT_NPY_H

#include <stdint.h>
#include <stdio.h>

void rc_npy_head(FILE *out, uint64_t rows, uint32_t columns);
void rc_npy_column(FILE *out, const double *values, uint64_t rows);

#endif
