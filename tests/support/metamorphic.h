/* metamorphic.h -- what must not change a bit of a result, and what may only change it
 * one way: relations between two tellings of a scenario made at random.
 *
 * test_metamorphic asks each of some scenarios, long_metamorphic of a thousand. There is
 * no tolerance where bits are promised. Every other scenario has few people, except
 * where people must not bind.
 *
 * A relation ends the test where it does not hold, with both numbers and the text told.
 */
#ifndef ROADCAST_TESTS_METAMORPHIC_H
#define ROADCAST_TESTS_METAMORPHIC_H

#include <roadcast/result.h>

typedef struct metamorphic {
    const char *says;
    void (*holds)(uint64_t seed); /* for the scenario of this seed */
} metamorphic;

extern const metamorphic metamorphic_relations[];
extern const int metamorphic_relations_n;

/* Finish, cost, tasks, drivers, metrics, outputs of a are those of b to the bit; b may
 * have more. */
void metamorphic_same(const rc_result *a, const rc_result *b, const char *told);

/* The scenarios 1 … n through the kernels of an instruction set, in a process of its own:
 * a hash of each one's finishes and costs. */
void metamorphic_hashes(uint64_t *out, uint64_t n, const char *simd);

#endif
