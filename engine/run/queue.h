/* queue.h -- the schedule of one future where people can bind: parallel generation.
 *
 * At each completion, and whenever heads join or a date comes, every eligible task that
 * fits is started, in order of priority. The order never depends on what the future
 * holds: this is a resource-based policy of the stochastic project problem (Mohring,
 * Radermacher & Weiss 1984). Where nothing binds the times are those of schedule.h, bit
 * for bit.
 *
 * Criticality: as in schedule.h; in addition a task that waited for people makes those
 * critical whose completion, at that very moment, set free somebody of its teams.
 */
#ifndef ROADCAST_RUN_QUEUE_H
#define ROADCAST_RUN_QUEUE_H

#include "run/block.h"

typedef struct rc_queue rc_queue;

bool rc_queue_make(rc_queue **out, const rc_plan *plan,
                   rc_arena *arena); /* false: memory */
/* All lanes of the block, criticality included (of futures that are not stopped; not when
 * only the verdict is asked for). */
void rc_queue_schedule(rc_block *block);

#endif
