#include "report/npy.h"
#include <assert.h>
#include <stddef.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "columns are written as they lie");

void rc_npy_head(FILE *out, uint64_t rows, uint32_t columns)
{
    /* magic, version 1.0, length of what follows; all of it a multiple of 64 bytes */
    enum { SIZE = 128, BEFORE = 10 };
    char head[SIZE];
    int n = snprintf(head, sizeof head,
                     "{'descr': '<f8', 'fortran_order': True, 'shape': (%llu, %lu), }",
                     (unsigned long long)rows, (unsigned long)columns);
    assert(n > 0 && n < SIZE - BEFORE);
    for (int i = n; i < SIZE - BEFORE; i++)
        head[i] = ' ';
    head[SIZE - BEFORE - 1] = '\n';
    const unsigned char before[BEFORE] = {0x93, 'N', 'U', 'M',           'P',
                                          'Y',  1,   0,   SIZE - BEFORE, 0};
    fwrite(before, 1, BEFORE, out);
    fwrite(head, 1, SIZE - BEFORE, out);
}

void rc_npy_column(FILE *out, const double *values, uint64_t rows)
{
    fwrite(values, sizeof *values, (size_t)rows, out);
}
