/* override.h -- settings changed from outside: --set and what_if.
 *
 *   tasks.label.duration=3 / 5 / 9 days       ids address items of lists
 *   risks.regulator.mitigation.active = true
 *   tasks.label.after = [ "guide" ]           arrays, lists and groups as in a file
 *
 * What is to be a text may stand bare or in quotes. The tree changes; the schema then
 * reads it like anything else, so that a wrong value is told with its place.
 */
#ifndef ROADCAST_SCENARIO_OVERRIDE_H
#define ROADCAST_SCENARIO_OVERRIDE_H

#include "scenario/node.h"

/* at: of the text's first character. dry: only look whether the path leads somewhere.
 */
rc_status rc_override(rc_node *root, const rc_model *const *models, const char *text,
                      rc_position at, bool dry, rc_faults *faults, rc_arena *arena);

#endif
