/* memory.h -- what a run will take, known before its first future.
 *
 *   bytes = windows + scratch + details + histograms + workspaces x threads + samples
 *
 * each as the file that takes it says (rc_window_bytes, rc_tally_bytes, rc_fold_bytes,
 * rc_block_bytes). What the program and its plans already hold is not in it.
 */
#ifndef ROADCAST_RUN_MEMORY_H
#define ROADCAST_RUN_MEMORY_H

#include "plan/plan.h"

typedef struct rc_memory {
    const rc_plan *const *plans; /* the plan itself, then its what-ifs */
    uint32_t plans_n;
    uint64_t futures;
    uint32_t threads;
    bool verdict_only, samples;
} rc_memory;

double rc_memory_bytes(const rc_memory *asked);
/* "640 MB", "1.2 GB" */
const char *rc_memory_text(char out[32], double bytes);

/* RC_IO: more than `most` bytes (0: what this machine has, or allows the program), and
 * what would help. */
rc_status rc_memory_check(const rc_memory *asked, uint64_t most, rc_error *err);

#endif
