/* rng.h -- pcg32 streams keyed by name: the only source of chance.
 *
 * The generator is pcg32 (XSH RR 64/32, O'Neill 2014). The stream of a quantity in a
 * block has its state *and* increment from a hash:
 *
 *   state = mix(seed, hash(name), block)
 *   increment = mix'(seed, hash(name), block) | 1
 *
 * and lane i of the block gets output i. So adding, removing or reordering quantities
 * leaves the draws of all others alone, and futures 0..999 of a run of 10 000 are those
 * of a run of 1 000.  Words per use (index k) of one future come from a stream keyed by
 * (seed, name, future), output k, reached by jump-ahead.
 *
 * Neighbouring keys are safe because they are hashed: raw indices in state or increment
 * correlate visibly.
 *
 * No memory, no errors, no state: any thread.
 */
#ifndef ROADCAST_RAND_RNG_H
#define ROADCAST_RAND_RNG_H

#include <stdint.h>

typedef struct rc_rng {
    uint64_t state, increment;
} rc_rng;

rc_rng rc_rng_seeded(uint64_t state,
                     uint64_t stream); /* as pcg32_srandom_r: known answers */
uint32_t rc_rng_next(rc_rng *rng);
rc_rng rc_rng_jumped(rc_rng rng, uint64_t steps);

uint64_t rc_quantity_key(uint64_t seed, const char *name); /* once per plan */
rc_rng rc_rng_block(uint64_t quantity_key, uint64_t block);
rc_rng rc_rng_future(uint64_t quantity_key, uint64_t future);
/* output `index` of that stream */
uint32_t rc_rng_word(uint64_t quantity_key, uint64_t future, uint32_t index);

/* out[i] = output i of the stream, i < n: vector kernel, equal to n calls of
 * rc_rng_next. */
void rc_rng_fill(uint32_t *out, rc_rng rng, uint32_t n);

#endif
