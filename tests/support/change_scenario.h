/* change_scenario.h -- another text from the text of a scenario, for fuzzers. Bytes changed
 * at random are mostly refused by the reader of the text; so most changes keep its grammar:
 * a value gives way to another, a setting gets a neighbour of the same table.
 *
 *   bytes, n, room   the text, changed where it stands; its new length is returned
 *   seed             the same one changes the same text in the same way
 *   any_bytes        what changes bytes without knowing what they mean
 */
#ifndef ROADCAST_TESTS_CHANGE_SCENARIO_H
#define ROADCAST_TESTS_CHANGE_SCENARIO_H

#include <stddef.h>
#include <stdint.h>

typedef size_t change_bytes(uint8_t *bytes, size_t n, size_t room);

size_t change_scenario(uint8_t *bytes, size_t n, size_t room, unsigned seed,
                       change_bytes *any_bytes);

#endif
