#include "base/simd.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"base", "avx2", "avx512"};

const char *rc_simd_text(rc_simd level)
{
    return names[level];
}

/* What the CPU and its operating system can do; the flags are those of the Makefile. */
static rc_simd of_this_machine(void)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    bool avx2 = __builtin_cpu_supports("avx2");
    bool avx512 = __builtin_cpu_supports("avx512f") &&
                  __builtin_cpu_supports("avx512dq") &&
                  __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
    return !avx2 ? RC_SIMD_BASE : avx512 ? RC_SIMD_AVX512 : RC_SIMD_AVX2;
#else
    return RC_SIMD_BASE;
#endif
}

rc_simd rc_simd_level(void)
{
    static atomic_int known; /* level + 1; whoever comes first finds the same */
    int level = atomic_load_explicit(&known, memory_order_relaxed) - 1;
    if (level >= 0)
        return (rc_simd)level;

    level = (int)of_this_machine();
    const char *wish = getenv("ROADCAST_SIMD");
    for (int i = 0; wish && i < level; i++)
        if (strcmp(wish, names[i]) == 0)
            level = i;
    atomic_store_explicit(&known, level + 1, memory_order_relaxed);
    return (rc_simd)level;
}
