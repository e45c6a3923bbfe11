/* bits.h -- one number for many doubles: the same one only for the same bits, the sign of a
 * zero apart. For results whose bytes are a promise, and whose value a choice of ours. */
#ifndef ROADCAST_TESTS_BITS_H
#define ROADCAST_TESTS_BITS_H

#include "base/hash.h"
#include <string.h>

static inline uint64_t bits_digest(uint64_t so_far, double value)
{
    uint64_t bits;
    value += 0.0;
    memcpy(&bits, &value, sizeof bits);
    return rc_mix64(so_far ^ bits);
}

#endif
