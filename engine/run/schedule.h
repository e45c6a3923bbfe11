/* schedule.h -- the schedule of a block where people cannot bind: one max-plus pass.
 *
 * Tasks are placed in topological order, whole rows at a time. Futures whose gate fails
 * leave the row and go round their loop one by one.
 *
 * Criticality: tight links in working time, traced back from the finish, all ties. A
 * chain ends where a task waited for a freeze or a date. Absent tasks pass it on and are
 * not counted.
 */
#ifndef ROADCAST_RUN_SCHEDULE_H
#define ROADCAST_RUN_SCHEDULE_H

#include "run/block.h"

void rc_schedule(rc_block *block);
/* After rc_block_close: rows->critical of all tasks. */
void rc_schedule_critical(rc_block *block);

#endif
