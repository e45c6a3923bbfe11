// pcg.cpp -- our streams beside those of the authors of PCG (libpcg-cpp-dev), word by word.
#include <pcg_random.hpp>
#include <cstdio>
#include <sstream>
extern "C" {
#include "rand/rng.h"
}

static unsigned long words, wrong;

static void same(uint32_t ours, uint32_t theirs, const char *what)
{
    words++;
    if (ours != theirs && !wrong++)
        std::printf("FAILED: %s: %08x, theirs %08x\n", what, ours, theirs);
}

// At any place of any stream: theirs can be set from text alone.
static pcg32 placed(rc_rng at)
{
    pcg32 rng;
    std::stringstream text;
    uint64_t multiplier;
    text << rng;
    text >> multiplier;
    text.str("");
    text << multiplier << ' ' << at.increment << ' ' << at.state;
    text >> rng;
    if (!text && !wrong++)
        std::printf("FAILED: theirs cannot be set to a place\n");
    return rng;
}

int main()
{
    pcg32 any(2026, 11); // where to look
    for (int i = 0; i < 2000; i++) {
        uint64_t a = any() | (uint64_t)any() << 32, b = any() | (uint64_t)any() << 32;
        rc_rng ours = rc_rng_seeded(a, b);
        pcg32 theirs(a, b);
        for (int k = 0; k < 100; k++)
            same(rc_rng_next(&ours), theirs(), "a seeded stream");
        ours = rc_rng_jumped(ours, a);
        theirs.advance(a);
        same(rc_rng_next(&ours), theirs(), "a jump");

        const uint32_t n = i % 600 + 1, index = (uint32_t)b;
        uint32_t row[600];
        const rc_rng block = rc_rng_block(a, (uint64_t)i);
        theirs = placed(block);
        rc_rng_fill(row, block, n);
        for (uint32_t k = 0; k < n; k++)
            same(row[k], theirs(), "a row");
        theirs = placed(rc_rng_future(a, (uint64_t)i));
        theirs.advance(index);
        same(rc_rng_word(a, (uint64_t)i, index), theirs(), "a word by its index");
    }
    std::printf("%lu of %lu words are others\n", wrong, words);
    std::printf("%d%%: Checks: 1, Failures: %d, Errors: 0\n", wrong ? 0 : 100, wrong != 0);
    return wrong != 0;
}
