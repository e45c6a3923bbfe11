/* tree.h -- one scenario laid over another: `extends` and `remove`.
 *
 *   groups                    setting by setting
 *   lists of groups with ids  item by item, by id; new ones go to the end
 *   anything else             replaced
 *
 * Memory   nodes move from `over` into `base`; both live in one arena.
 */
#ifndef ROADCAST_SCENARIO_TREE_H
#define ROADCAST_SCENARIO_TREE_H

#include "scenario/node.h"

void rc_tree_merge(rc_node *base, const rc_node *over);

/* Takes list items away: each text of `remove` is an id, or a path ("tasks.label"). */
void rc_tree_remove(rc_node *root, const rc_node *remove, rc_faults *faults);

#endif
