/* place.h -- one task in one future: how long it takes, when it ends, what it costs, and
 * who passes its gate. Both schedulers use it, so that they cannot differ.
 *
 *   drawn duration     x slower + delay                       (delay in round 1 only)
 *   calendar duration  end of its calendar days, + delay
 *   effort             x slower / (people x availability x speed of the team) + delay
 *   model              what the model says, + delay
 *
 * then freezes pause it. In round >= 2 estimates are drawn anew, the task sent back to
 * takes `rework` instead of its own time.
 */
#ifndef ROADCAST_RUN_PLACE_H
#define ROADCAST_RUN_PLACE_H

#include "run/block.h"

/* Place n lanes of a task whose starts stand in rows->last_start (freezes may move them);
 * fills last_finish, and in round 1 start and finish; adds to work and money. `back`: the
 * loop that sent the work back to this task, NULL otherwise. */
void rc_place(rc_block *b, uint32_t t, const uint32_t *lane, uint32_t n, uint32_t round,
              const rc_loop *back);

/* Of a task that does not take place: all shares of it are done at `at`; first: in round 1. */
void rc_skip_parts(rc_block *b, uint32_t t, uint32_t lane, bool first, double at);

/* Ask the gate of a task about n lanes that have finished it: b->verdict[lane]. */
void rc_ask_gate(rc_block *b, const rc_loop *loop, const uint32_t *lane, uint32_t n,
                 uint32_t round);

/* End of the freeze that keeps a task from starting at `at`, or `at`. What is instant may
 * still be due the evening before. */
double rc_thawed(const rc_activity *node, double at);

/* When a link lets its task begin whose predecessor started or passed at `at`. */
double rc_link_time(const rc_block *b, const rc_edge *edge, double at);
/* The same, seen from the first round. */
double rc_edge_time(const rc_block *b, const rc_edge *edge, uint32_t lane);

/* The gate of a loop has failed for good: when the work goes on all the same; INFINITY:
 * the future is stopped. */
double rc_give_up(rc_block *b, const rc_loop *loop, uint32_t lane, double at);

#endif
