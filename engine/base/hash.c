#include "base/hash.h"
#include <string.h>

uint64_t rc_hash_text(const char *text)
{
    uint64_t h = 0xcbf29ce484222325;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 0x100000001b3;
    return rc_mix64(h);
}

/* ---- SHA-256 (FIPS 180-4): K are cube roots, START square roots of the first primes
 */

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
    0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
    0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
    0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
    0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
    0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
    0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2,
};
static const uint32_t START[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static uint32_t turn(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}

/* The words A … H move up by one place in each round; here they stay, and A is found one
 * place further down each time. Eight rounds bring all back; inlined, they are registers.
 */
static inline void round_of(uint32_t s[8], unsigned i, uint32_t word)
{
    enum { A, B, C, D, E, F, G, H };
#define AT(x) s[((x) - i) & 7]
    uint32_t choice = (AT(E) & AT(F)) ^ (~AT(E) & AT(G));
    uint32_t majority = (AT(A) & AT(B)) ^ (AT(A) & AT(C)) ^ (AT(B) & AT(C));
    uint32_t t = AT(H) + (turn(AT(E), 6) ^ turn(AT(E), 11) ^ turn(AT(E), 25)) + choice +
                 word;
    AT(D) += t;
    AT(H) = t + (turn(AT(A), 2) ^ turn(AT(A), 13) ^ turn(AT(A), 22)) + majority;
#undef AT
}

static void digest_block(uint32_t state[8], const unsigned char block[64])
{
    uint32_t w[64];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | (uint32_t)block[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ a >> 3) + w[i - 7] +
               (turn(b, 17) ^ turn(b, 19) ^ b >> 10);
    }
    uint32_t s[8];
    memcpy(s, state, sizeof s);
    for (int i = 0; i < 64; i += 8) {
        round_of(s, 0, K[i] + w[i]);
        round_of(s, 1, K[i + 1] + w[i + 1]);
        round_of(s, 2, K[i + 2] + w[i + 2]);
        round_of(s, 3, K[i + 3] + w[i + 3]);
        round_of(s, 4, K[i + 4] + w[i + 4]);
        round_of(s, 5, K[i + 5] + w[i + 5]);
        round_of(s, 6, K[i + 6] + w[i + 6]);
        round_of(s, 7, K[i + 7] + w[i + 7]);
    }
    for (int i = 0; i < 8; i++)
        state[i] += s[i];
}

rc_digest rc_digest_begin(void)
{
    rc_digest d = {.n = 0};
    memcpy(d.state, START, sizeof START);
    return d;
}

void rc_digest_add(rc_digest *d, const void *bytes, size_t n)
{
    const unsigned char *at = bytes;
    size_t kept = d->n % 64;
    d->n += n;
    if (kept + n < 64) {
        if (n)
            memcpy(d->block + kept, at, n);
        return;
    }
    if (kept) {
        memcpy(d->block + kept, at, 64 - kept);
        digest_block(d->state, d->block);
        at += 64 - kept;
        n -= 64 - kept;
    }
    for (; n >= 64; at += 64, n -= 64)
        digest_block(d->state, at);
    if (n)
        memcpy(d->block, at, n);
}

void rc_digest_end(rc_digest *d, char hex[65])
{
    /* a one bit, zeros up to the end of a block, and the length in bits */
    unsigned char tail[72] = {0x80};
    const size_t zeros = (119 - d->n % 64) % 64;
    const uint64_t bits = d->n * 8;
    for (size_t i = 0; i < 8; i++)
        tail[zeros + 1 + i] = (unsigned char)(bits >> (56 - 8 * i));
    rc_digest_add(d, tail, zeros + 9);
    for (int i = 0; i < 64; i++)
        hex[i] = "0123456789abcdef"[d->state[i / 8] >> (28 - 4 * (i % 8)) & 15];
    hex[64] = 0;
}

void rc_sha256(char hex[65], const void *bytes, size_t n)
{
    rc_digest d = rc_digest_begin();
    rc_digest_add(&d, bytes, n);
    rc_digest_end(&d, hex);
}

/* Four bits at a time: a table that fits a cache line, and fast enough beside a disk. */
uint32_t rc_crc32(uint32_t crc, const void *bytes, size_t n)
{
    static const uint32_t table[16] = {
        0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
        0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
        0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
    const unsigned char *at = bytes;
    crc = ~crc;
    for (size_t i = 0; i < n; i++) {
        crc ^= at[i];
        crc = table[crc & 15] ^ crc >> 4;
        crc = table[crc & 15] ^ crc >> 4;
    }
    return ~crc;
}
