#include "run/path.h"
#include "base/simd.h"

extern const rc_path_kernels rc_path_base;
#if defined(__x86_64__)
extern const rc_path_kernels rc_path_avx2, rc_path_avx512;
#endif

const rc_path_kernels *rc_path_kernels_here(void)
{
    switch (rc_simd_level()) {
#if defined(__x86_64__)
    case RC_SIMD_AVX512:
        return &rc_path_avx512;
    case RC_SIMD_AVX2:
        return &rc_path_avx2;
#endif
    default:
        return &rc_path_base;
    }
}
