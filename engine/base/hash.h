/* hash.h -- names to keys, files to digests, blocks to checksums.
 *
 *   rc_mix64      finaliser of SplitMix64 (Stafford's variant 13): a bijection on 64 bits
 *   rc_hash_text  64-bit hash of a text, FNV-1a folded through rc_mix64
 *   rc_crc32      of Ethernet, zip and PNG (polynomial 0xedb88320)
 *   rc_sha256     FIPS 180-4, as 64 hexadecimal digits and a NUL
 *
 * Endianness and word size do not matter.  No memory, no errors, any thread.
 */
#ifndef ROADCAST_BASE_HASH_H
#define ROADCAST_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* Inline: twice in every word that a model asks for. */
static inline uint64_t rc_mix64(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}
uint64_t rc_hash_text(const char *text);
/* crc of what came before, 0: nothing did */
uint32_t rc_crc32(uint32_t crc, const void *bytes, size_t n);
void rc_sha256(char hex[65], const void *bytes, size_t n);

/* The same of bytes that come in parts:
 *
 *   rc_digest d = rc_digest_begin();
 *   while ((n = read(file, bytes, sizeof bytes)) > 0)
 *       rc_digest_add(&d, bytes, n);
 *   rc_digest_end(&d, hex);
 */
typedef struct rc_digest {
    uint32_t state[8];
    uint64_t n;              /* bytes so far */
    unsigned char block[64]; /* the last n % 64 of them */
} rc_digest;

rc_digest rc_digest_begin(void);
void rc_digest_add(rc_digest *digest, const void *bytes, size_t n);
void rc_digest_end(rc_digest *digest, char hex[65]);

#endif
