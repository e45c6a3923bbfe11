/* simd.h -- which build of the kernels runs on this machine.
 *
 * A file *.simd.c is compiled once per level; RC_SIMD_NAME(f) gives its functions a
 * name per level. The bits are the same from each. ROADCAST_SIMD=base|avx2|avx512 in
 * the environment lowers the level; it never raises it above what the CPU can do.
 */
#ifndef ROADCAST_BASE_SIMD_H
#define ROADCAST_BASE_SIMD_H

typedef enum rc_simd { RC_SIMD_BASE, RC_SIMD_AVX2, RC_SIMD_AVX512 } rc_simd;

rc_simd rc_simd_level(void); /* read once; any thread */
const char *rc_simd_text(rc_simd level);

#define RC_SIMD_PASTE2(f, level) f##_##level
#define RC_SIMD_PASTE(f, level) RC_SIMD_PASTE2(f, level)
#define RC_SIMD_NAME(f) RC_SIMD_PASTE(f, RC_SIMD)

#endif
