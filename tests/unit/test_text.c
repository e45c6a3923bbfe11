#include "base/text.h"
#include "base/hash.h"
#include "suite.h"
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

START_TEST(slices_are_trimmed_and_compared)
{
    ck_assert(rc_slice_is(rc_slice_trim(rc_slice_of(" \t5 days \t")), "5 days"));
    ck_assert(rc_slice_is(rc_slice_trim(rc_slice_of(" \t ")), ""));
    ck_assert(!rc_slice_is(rc_slice_of("day"), "days"));
    ck_assert(!rc_slice_is(rc_slice_of("days"), "day"));
}
END_TEST

START_TEST(a_number_ends_where_its_grammar_ends)
{
    static const struct {
        const char *text;
        size_t n;
        double value;
    } cases[] = {{"12k EUR", 2, 12},    {"0.55 %", 4, 0.55},
                 {"5. days", 1, 5},     {"3e", 1, 3},          {"3ex", 1, 3},
                 {"3e+", 1, 3},         {"3e2x", 3, 300},
                 {"-12 to 15", 3, -12}, {"+4", 2, 4},
                 {"1,000", 1, 1},       {"0x10", 1, 0},
                 {"007", 3, 7},         {"1e-400", 6, 0},
                 {"1.5E+3", 6, 1500},   {"0e99999999", 10, 0},
                 {"2.50.1", 4, 2.5},    {"1e-99999999999", 14, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double x = -1;
        ck_assert_uint_eq(rc_number_read(&x, rc_slice_of(cases[i].text)), cases[i].n);
        ck_assert_msg(x == cases[i].value, "%s: %g", cases[i].text, x);
    }
    double x = 17;
    static const char *const bad[] = {"",    "-",     ".5",  "e5",  "nan",
                                      "inf", "1e999", "- 1", "k12", "-1e400"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(rc_number_read(&x, rc_slice_of(bad[i])) == 0, "%s", bad[i]);
    ck_assert(x == 17);
    ck_assert(rc_number_read(&x, (rc_slice){"12345", 2}) == 2 && x == 12);
    x = 7;
    ck_assert(!rc_number_is(&x, rc_slice_of("")) && x == 7);
    ck_assert(!rc_number_is(&x, rc_slice_of("3 ")) && x == 7);
    ck_assert(rc_number_is(&x, rc_slice_of("-3")) && x == -3);
}
END_TEST

START_TEST(reading_rounds_correctly_even_halfway)
{
    static const struct {
        const char *text;
        double value;
    } cases[] = {{"9007199254740993", 9007199254740992},
                 {"9007199254740993.00000000000000000000000000000000000000000000001",
                  9007199254740994},
                 {"9007199254740991", 9007199254740991},
                 {"2.2250738585072011e-308", 2.2250738585072011e-308},
                 {"2.2250738585072014e-308", DBL_MIN},
                 {"4.9406564584124654e-324", 0x1p-1074},
                 {"2.4703282292062327e-324", 0},
                 {"2.4703282292062328e-324", 0x1p-1074},
                 {"1.7976931348623157e308", DBL_MAX},
                 {"123456789012345678901234567890", 123456789012345678901234567890.0},
                 {"0.000000000000000000000000000000000000000000000000000001", 1e-54},
                 {"8.5e22", 8.5e22},
                 {"1e23", 1e23}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double x = -1;
        ck_assert(rc_number_read(&x, rc_slice_of(cases[i].text)) ==
                  strlen(cases[i].text));
        ck_assert_msg(x == cases[i].value, "%s: %.17g", cases[i].text, x);
    }
    /* 1 + 2^-53 written out, then a thousand zeros, then a digit that breaks the tie */
    char text[1200];
    memset(text, '0', sizeof text);
    const char *tie = "1.00000000000000011102230246251565404236316680908203125";
    memcpy(text, tie, strlen(tie));
    double x;
    rc_number_read(&x, (rc_slice){text, sizeof text});
    ck_assert(x == 1);
    text[sizeof text - 1] = '1';
    rc_number_read(&x, (rc_slice){text, sizeof text});
    ck_assert(x == 1 + 0x1p-52);
}
END_TEST

START_TEST(a_number_is_printed_in_the_fewest_digits_that_read_back)
{
    static const struct {
        double x;
        const char *text;
    } cases[] = {{0.1, "0.1"},
                 {1e30, "1e+30"},
                 {-3.5, "-3.5"},
                 {20000, "20000"},
                 {1e15, "1000000000000000"},
                 {1e16, "1e+16"},
                 {0.0001, "0.0001"},
                 {0.00001, "1e-05"},
                 {2.0 / 3, "0.6666666666666666"},
                 {123456.789, "123456.789"},
                 {0x1p-1074, "5e-324"},
                 {DBL_MAX, "1.7976931348623157e+308"},
                 {0, "0"},
                 {-0.0, "-0"},
                 {(double)NAN, "nan"},
                 {-(double)INFINITY, "-inf"}};
    char out[32];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rc_number_print(out, cases[i].x);
        ck_assert_str_eq(out, cases[i].text);
    }
    for (uint64_t i = 0; i < 50000; i++) {
        uint64_t bits = rc_mix64(i);
        double x, y;
        memcpy(&x, &bits, sizeof x);
        if (!isfinite(x))
            continue;
        rc_number_print(out, x);
        ck_assert(rc_number_read(&y, rc_slice_of(out)) == strlen(out) && x == y);
        double share = (double)(bits >> 40) / 1000; /* few digits: few are printed */
        rc_number_print(out, share);
        ck_assert(strlen(out) <= 9);
    }
}
END_TEST

START_TEST(a_locale_with_a_comma_changes_nothing)
{
    if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "fr_FR.UTF-8"))
        printf("skipped: no locale with a decimal comma is installed\n");
    double x;
    char out[32];
    ck_assert(rc_number_read(&x, rc_slice_of("0.12345678901234567890123")) == 25);
    ck_assert(x == 0x1.f9add3746f65fp-4);
    rc_number_print(out, 1234.5);
    ck_assert_str_eq(out, "1234.5");
    setlocale(LC_ALL, "C");
}
END_TEST

START_TEST(the_nearest_word_is_offered_when_it_is_near_enough)
{
    static const char *const words[] = {"availability", "people", "capacity", "cost",
                                        "pert",         "normal", "days",     "id"};
    static const struct {
        const char *word, *meant;
    } cases[] = {{"availabilty", "availability"},
                 {"avialability", "availability"},
                 {"poeple", "people"},
                 {"PERT", "pert"},
                 {"cots", "cost"},
                 {"day", "days"},
                 {"lognormal", "normal"},
                 {"dI", "id"},
                 {"xyz", NULL},
                 {"", NULL},
                 {"x", NULL},
                 {"budget", NULL}};
    size_t n = sizeof words / sizeof *words;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *found = rc_did_you_mean(cases[i].word, words, n);
        ck_assert_msg(found == cases[i].meant ||
                          (found && cases[i].meant && !strcmp(found, cases[i].meant)),
                      "%s: %s", cases[i].word, found ? found : "nothing");
    }
    ck_assert_ptr_null(rc_did_you_mean("cost", words, 0));
    char *endless = malloc(100000);
    memset(endless, 'a', 99999);
    endless[99999] = 0;
    ck_assert_ptr_null(rc_did_you_mean(endless, words, n));
    const char *const among[] = {endless, "aaaa"};
    ck_assert_str_eq(rc_did_you_mean("aaa", among, 2), "aaaa");
    free(endless);
}
END_TEST

START_TEST(broken_utf8_is_found_at_its_first_byte)
{
    static const struct {
        const char *text;
        size_t n, bad_at;
    } cases[] = {
        {"ab\xff", 3, 2},           {"a\xc3", 2, 1},         {"\x80", 1, 0},
        {"\xc0\xaf", 2, 0},         {"\xe0\x80\x80", 3, 0},  {"\xed\xa0\x80", 3, 0},
        {"\xf4\x90\x80\x80", 4, 0}, {"x\xf0\x9f\x98", 4, 1}, {"\xf5\x80\x80\x80", 4, 0},
        {"\xe2\x28\xa1", 3, 0},    {"k\xe2\x82\xc3", 4, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t at = 99;
        ck_assert(!rc_utf8_valid(cases[i].text, cases[i].n, &at));
        ck_assert_uint_eq(at, cases[i].bad_at);
        ck_assert(!rc_utf8_valid(cases[i].text, cases[i].n, NULL));
    }
    const char *good = "k€ Größe 模型 😀 \xed\x9f\xbf \xf4\x8f\xbf\xbf";
    ck_assert(rc_utf8_valid(good, strlen(good), NULL));
    ck_assert(rc_utf8_valid("", 0, NULL));
    ck_assert_uint_eq(rc_utf8_columns("220 k€", strlen("220 k€")), 6);
}
END_TEST

START_TEST(every_character_is_read_as_it_was_written)
{
    for (uint32_t c = 1; c < 0x110000; c++) {
        char text[5] = {0};
        size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
        for (size_t i = n, rest = c; i-- > 0; rest >>= 6)
            text[i] = (char)(i ? 0x80 | (rest & 0x3f) : lead[n] | rest);
        uint32_t read;
        bool surrogate = c >= 0xd800 && c < 0xe000;
        bool fine = rc_character(&read, text) == (surrogate ? 1 : n) &&
                    read == (surrogate ? RC_BROKEN : c);
        text[n - 1] = '\0'; /* cut off */
        fine &= n == 1 || (rc_character(&read, text) == 1 && read == RC_BROKEN);
        if (!fine)
            ck_abort_msg("U+%04X", c);
    }
}
END_TEST

/* By Unicode 15: Cc, Zl, Zp, noncharacters, Bidi_Control, and of Cf and the tags what is
 * not seen. Each range with what stands around it. */
START_TEST(what_moves_hides_or_turns_is_harmful_and_nothing_else)
{
    static const uint32_t edges[] = {
        0x00, 0x1f, 0x7f, 0x9f, 0x61c, 0x61c, 0x200b, 0x200f, 0x2028, 0x202e, 0x2060,
        0x206f, 0xfdd0, 0xfdef, 0xfeff, 0xfeff, 0xfff9, 0xfffb, 0xfffe, 0xffff, 0xe0000,
        0xe0fff};
    uint32_t found = 0, wanted = 2 * 16; /* the last two of each plane but the first */
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i += 2) {
        ck_assert(rc_is_harmful(edges[i]) && rc_is_harmful(edges[i + 1]));
        bool apart = edges[i] != 0 && edges[i] != 0xe0000; /* no end of a plane below */
        ck_assert_msg(!apart || !rc_is_harmful(edges[i] - 1), "%x", edges[i]);
        ck_assert_msg(!rc_is_harmful(edges[i + 1] + 1), "%x", edges[i + 1]);
        wanted += edges[i + 1] - edges[i] + 1;
    }
    for (uint32_t c = 0; c < 0x110000; c++)
        found += rc_is_harmful(c);
    ck_assert_uint_eq(found, wanted);
    for (const char *fine = "Größe 220 k€ 模型 😀 é ع ש", *at = fine; *at;) {
        uint32_t c;
        at += rc_character(&c, at);
        ck_assert(!rc_is_harmful(c) && c != RC_BROKEN);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *c = tcase_create("text");
    tcase_add_test(c, slices_are_trimmed_and_compared);
    tcase_add_test(c, a_number_ends_where_its_grammar_ends);
    tcase_add_test(c, reading_rounds_correctly_even_halfway);
    tcase_add_test(c, a_number_is_printed_in_the_fewest_digits_that_read_back);
    tcase_add_test(c, a_locale_with_a_comma_changes_nothing);
    tcase_add_test(c, the_nearest_word_is_offered_when_it_is_near_enough);
    tcase_add_test(c, broken_utf8_is_found_at_its_first_byte);
    tcase_add_test(c, every_character_is_read_as_it_was_written);
    tcase_add_test(c, what_moves_hides_or_turns_is_harmful_and_nothing_else);
    suite_add_tcase(suite, c);
    return suite_run(suite);
}
