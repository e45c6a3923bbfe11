/* ask.h -- what is asked of any input whatever, by fuzzers and by the replay of what
 * they found (tests/fuzz/).
 *
 *   reader     a scenario read from memory: refused with a message, or taken and said again
 *   scenario   the same; one that is taken is simulated: 10 futures whose every value is
 *              finite, said on a screen, as JSON, in tables and charts
 *   estimate   one text of a setting; the first two bytes say what it measures and which
 *              limits its row has
 *
 * Errors   anything but a refusal that says why ends the process with a line on stderr.
 */
#ifndef ROADCAST_TESTS_ASK_H
#define ROADCAST_TESTS_ASK_H

#include <stddef.h>
#include <stdint.h>

void ask_reader(const uint8_t *text, size_t n);
void ask_scenario(const uint8_t *text, size_t n);
void ask_estimate(const uint8_t *text, size_t n);

#endif
