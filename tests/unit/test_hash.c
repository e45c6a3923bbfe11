#include "base/hash.h"
#include "suite.h"
#include <stdlib.h>
#include <string.h>

START_TEST(sha256_gives_the_published_digests)
{
    char hex[65];
    rc_sha256(hex, "", 0);
    ck_assert_str_eq(
        hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    rc_sha256(hex, "abc", 3);
    ck_assert_str_eq(
        hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const char *two = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    rc_sha256(hex, two, strlen(two));
    ck_assert_str_eq(
        hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    char *million = malloc(1000000);
    memset(million, 'a', 1000000);
    rc_sha256(hex, million, 1000000);
    free(million);
    ck_assert_str_eq(
        hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
END_TEST

START_TEST(every_length_around_a_block_is_padded_on_its_own)
{
    char zeros[200] = {0}, hex[200][65];
    for (size_t n = 0; n < 200; n++) {
        rc_sha256(hex[n], zeros, n);
        for (size_t m = 0; m < n; m++)
            ck_assert_str_ne(hex[n], hex[m]);
    }
    ck_assert_str_eq(
        hex[55], "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7");
    ck_assert_str_eq(
        hex[56], "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb");
    ck_assert_str_eq(
        hex[64], "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b");
    ck_assert_str_eq(
        hex[119], "f616b0d54e78571a9611f343c9f8e022e859e920381ab0e4d3da01e193a7bd7e");
}
END_TEST

START_TEST(a_digest_does_not_know_in_which_parts_the_bytes_came)
{
    char bytes[300], whole[65], parts[65];
    for (int i = 0; i < 300; i++)
        bytes[i] = (char)(7 * i);
    for (size_t n = 0; n <= 300; n++) {
        rc_sha256(whole, bytes, n);
        for (size_t part = 1; part <= 130; part++) {
            rc_digest d = rc_digest_begin();
            for (size_t at = 0; at < n; at += part)
                rc_digest_add(&d, bytes + at, part < n - at ? part : n - at);
            rc_digest_end(&d, parts);
            ck_assert_str_eq(parts, whole);
        }
    }
}
END_TEST

/* The third word of SplitMix64 from state 0 is mix64 of three golden gammas. */
START_TEST(mix64_is_the_finaliser_of_splitmix)
{
    const uint64_t gamma = 0x9e3779b97f4a7c15;
    ck_assert(rc_mix64(gamma) == 0xe220a8397b1dcdaf);
    ck_assert(rc_mix64(2 * gamma) == 0x6e789e6aa1b965f4);
    ck_assert(rc_mix64(3 * gamma) == 0x06c45d188009454f);
    ck_assert(rc_mix64(0) == 0);
}
END_TEST

START_TEST(one_flipped_bit_flips_half_of_the_hash)
{
    int flips = 0;
    for (uint64_t x = 1; x <= 1000; x++)
        for (int bit = 0; bit < 64; bit++)
            flips += __builtin_popcountll(rc_mix64(x) ^ rc_mix64(x ^ (1ull << bit)));
    double mean = flips / 64000.0; /* binomial(64, 1/2): sd of the mean 0.016 */
    ck_assert(mean > 31.9 && mean < 32.1);
}
END_TEST

START_TEST(names_hash_apart_and_always_alike)
{
    ck_assert(rc_hash_text("") == rc_mix64(0xcbf29ce484222325));
    ck_assert(rc_hash_text("a") ==
              rc_mix64(0xaf63dc4c8601ec8c)); /* FNV-1a, published */
    ck_assert(rc_hash_text("tasks.label.duration") ==
              rc_hash_text("tasks.label.duration"));
    ck_assert(rc_hash_text("tasks.label.duration") !=
              rc_hash_text("tasks.label.duratioo"));
    ck_assert(rc_hash_text("\xc3\xa4") != rc_hash_text("\xc3\xa5"));
}
END_TEST

START_TEST(crc32_gives_the_published_number_and_may_be_taken_in_parts)
{
    static const char text[] = "123456789";
    ck_assert_uint_eq(rc_crc32(0, text, 9), 0xcbf43926);
    ck_assert_uint_eq(rc_crc32(rc_crc32(0, text, 4), text + 4, 5), 0xcbf43926);
    ck_assert_uint_eq(rc_crc32(0, "", 0), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hash");
    TCase *c = tcase_create("hash");
    tcase_add_test(c, sha256_gives_the_published_digests);
    tcase_add_test(c, every_length_around_a_block_is_padded_on_its_own);
    tcase_add_test(c, a_digest_does_not_know_in_which_parts_the_bytes_came);
    tcase_add_test(c, mix64_is_the_finaliser_of_splitmix);
    tcase_add_test(c, one_flipped_bit_flips_half_of_the_hash);
    tcase_add_test(c, crc32_gives_the_published_number_and_may_be_taken_in_parts);
    tcase_add_test(c, names_hash_apart_and_always_alike);
    suite_add_tcase(suite, c);
    return suite_run(suite);
}
