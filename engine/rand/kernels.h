/* kernels.h -- the functions of *.simd.c, one per instruction set, and how to choose.
 *
 *   static void (*const fill[])(…) = RC_KERNELS(rc_rng_fill);
 *   fill[rc_simd_level()](…);
 */
#ifndef ROADCAST_RAND_KERNELS_H
#define ROADCAST_RAND_KERNELS_H

#include <stdint.h>
#include "base/simd.h"

#if defined(__x86_64__)
#define RC_KERNELS(f)                                                                  \
    {                                                                                  \
        f##_base, f##_avx2, f##_avx512                                                 \
    }
#define RC_KERNELS_DECLARE(f, arguments)                                               \
    void f##_base arguments;                                                           \
    void f##_avx2 arguments;                                                           \
    void f##_avx512 arguments
#else
#define RC_KERNELS(f)                                                                  \
    {                                                                                  \
        f##_base                                                                       \
    }
#define RC_KERNELS_DECLARE(f, arguments) void f##_base arguments
#endif

RC_KERNELS_DECLARE(rc_rng_fill,
                   (uint32_t * out, uint64_t state, uint64_t increment, uint32_t n));

#endif
