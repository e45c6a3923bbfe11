/* path.h -- kernels of the schedule: whole rows of RC_LANES at a time.
 *
 *   forward   start = max(not_before, finishes of the predecessors), finish = start + work
 *   tight     a critical task makes a predecessor critical where start == its finish
 *   count     lanes below n in which a mask is set
 *
 * A mask is 0 or ~0 in each lane. The same bits at every SIMD level.
 */
#ifndef ROADCAST_RUN_PATH_H
#define ROADCAST_RUN_PATH_H

#include <stdint.h>

typedef struct rc_path_kernels {
    void (*forward)(double *start, double *finish, const double *work,
                    const double *const *before, uint32_t before_n, double not_before);
    void (*tight)(uint64_t *from, const uint64_t *to, const double *start_to,
                  const double *finish_from);
    uint32_t (*count)(const uint64_t *mask, uint32_t n);
} rc_path_kernels;

const rc_path_kernels *rc_path_kernels_here(void); /* for this machine's SIMD level */

#endif
