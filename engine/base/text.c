#include "base/text.h"
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

rc_slice rc_slice_of(const char *text)
{
    return (rc_slice){text, strlen(text)};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

rc_slice rc_slice_trim(rc_slice s)
{
    while (s.n && is_blank(s.at[0]))
        s.at++, s.n--;
    while (s.n && is_blank(s.at[s.n - 1]))
        s.n--;
    return s;
}

bool rc_slice_is(rc_slice s, const char *text)
{
    return strlen(text) == s.n && (s.n == 0 || memcmp(s.at, text, s.n) == 0);
}

/* ------------------------------------------------------------------- numbers */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A decimal taken apart: digits (no leading zeros) times ten to the exponent. */
typedef struct decimal {
    char digits[800]; /* halfway cases of doubles need up to 767 */
    int n;
    long exponent;
} decimal;

enum { DIGITS_MAX = 780, EXPONENT_MAX = 100000 };

static void decimal_digit(decimal *d, char c, bool fraction)
{
    if (d->n == 0 && c == '0') {
        d->exponent -= fraction;
    } else if (d->n < DIGITS_MAX) {
        d->digits[d->n++] = c;
        d->exponent -= fraction;
    } else {
        if (c != '0') /* beyond any halfway case only "more than" matters */
            d->digits[DIGITS_MAX - 1] = '1';
        d->exponent += !fraction;
    }
}

static size_t decimal_read(decimal *d, const char *s, size_t n)
{
    size_t i = 0;
    for (; i < n && is_digit(s[i]); i++)
        decimal_digit(d, s[i], false);
    if (i == 0)
        return 0;
    if (i + 1 < n && s[i] == '.' && is_digit(s[i + 1]))
        for (i++; i < n && is_digit(s[i]); i++)
            decimal_digit(d, s[i], true);
    if (i < n && (s[i] == 'e' || s[i] == 'E')) {
        size_t j = i + 1;
        bool down = j < n && s[j] == '-';
        j += j < n && (s[j] == '-' || s[j] == '+');
        if (j < n && is_digit(s[j])) {
            long e = 0;
            for (; j < n && is_digit(s[j]); j++)
                e = e < EXPONENT_MAX ? e * 10 + (s[j] - '0') : e;
            d->exponent += down ? -e : e;
            i = j;
        }
    }
    return i;
}

static double decimal_value(decimal *d)
{
    static const double tens[23] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (d->n == 0)
        return 0;
    /* both factors exact, so the one operation rounds correctly (Clinger 1990) */
    if (d->n <= 15 && d->exponent >= -22 && d->exponent <= 22) {
        int64_t whole = 0;
        for (int i = 0; i < d->n; i++)
            whole = whole * 10 + (d->digits[i] - '0');
        return d->exponent < 0 ? (double)whole / tens[-d->exponent]
                               : (double)whole * tens[d->exponent];
    }
    /* without a point there is nothing that a locale could change */
    snprintf(d->digits + d->n, sizeof d->digits - (size_t)d->n, "e%ld", d->exponent);
    return strtod(d->digits, NULL);
}

size_t rc_number_read(double *out, rc_slice s)
{
    decimal d;
    d.n = 0;
    d.exponent = 0;
    size_t sign = s.n && (s.at[0] == '-' || s.at[0] == '+');
    size_t n = decimal_read(&d, s.at + sign, s.n - sign);
    double x = n ? decimal_value(&d) : 0;
    if (n == 0 || x > DBL_MAX)
        return 0;
    *out = sign && s.at[0] == '-' ? -x : x;
    return sign + n;
}

bool rc_number_is(double *out, rc_slice s)
{
    double x;
    if (s.n == 0 || rc_number_read(&x, s) != s.n)
        return false;
    *out = x;
    return true;
}

/* x > 0 rounded to n digits; trailing zeros off. The point of a locale is skipped. */
static void decimal_of(decimal *d, double x, int n)
{
    char text[48];
    snprintf(text, sizeof text, "%.*e", n - 1, x);
    const char *at = text;
    d->n = 0;
    for (; *at != 'e'; at++)
        if (is_digit(*at))
            d->digits[d->n++] = *at;
    d->exponent = strtol(at + 1, NULL, 10) + 1 - d->n;
    while (d->n > 1 && d->digits[d->n - 1] == '0')
        d->n--, d->exponent++;
}

void rc_number_print(char out[32], double x)
{
    const char *sign = signbit(x) ? "-" : "";
    if (isnan(x) || isinf(x) || x == 0) {
        snprintf(out, 32, "%s%s", isnan(x) ? "" : sign,
                 isnan(x)   ? "nan"
                 : isinf(x) ? "inf"
                            : "0");
        return;
    }
    double size = fabs(x);
    decimal d, copy;
    /* 15 digits are always told apart by normal doubles, so none shorter need trying */
    int n = size < DBL_MIN ? 1 : 15;
    do { /* 17 always do */
        decimal_of(&d, size, n++);
        copy = d;
    } while (decimal_value(&copy) != size);
    long point = d.n + d.exponent; /* digits before the point */
    if (point < -3 || point > 16)
        snprintf(out, 32, "%s%c%s%.*se%+03ld", sign, d.digits[0], d.n > 1 ? "." : "",
                 d.n - 1, d.digits + 1, point - 1);
    else if (point <= 0)
        snprintf(out, 32, "%s0.%.*s%.*s", sign, (int)-point, "000", d.n, d.digits);
    else if (d.exponent >= 0)
        snprintf(out, 32, "%s%.*s%.*s", sign, d.n, d.digits, (int)d.exponent,
                 "0000000000000000");
    else
        snprintf(out, 32, "%s%.*s.%.*s", sign, (int)point, d.digits, d.n - (int)point,
                 d.digits + point);
}

/* ------------------------------------------------------------- did you mean */

enum { WORD_MAX = 63 };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Damerau-Levenshtein distance in its restricted form (no letter is moved twice). */
static size_t distance(const char *a, size_t a_n, const char *b, size_t b_n)
{
    size_t rows[3][WORD_MAX + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_n; j++)
        above[j] = j;
    for (size_t i = 1; i <= a_n; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_n; j++) {
            char x = lower(a[i - 1]), y = lower(b[j - 1]);
            size_t best = above[j - 1] + (x != y);
            if (above[j] + 1 < best)
                best = above[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            if (i > 1 && j > 1 && x == lower(b[j - 2]) && y == lower(a[i - 2]) &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
        size_t *oldest = before;
        before = above, above = row, row = oldest;
    }
    return above[b_n];
}

const char *rc_did_you_mean(const char *word, const char *const *candidates, size_t n)
{
    size_t length = strlen(word);
    if (length == 0 || length > WORD_MAX)
        return NULL;
    size_t limit = (length + 1) / 3; /* a third of the letters wrong, one of two */
    const char *best = NULL;
    for (size_t i = 0; i < n; i++) {
        size_t other = strlen(candidates[i]);
        if (other > WORD_MAX)
            continue;
        size_t d = distance(word, length, candidates[i], other);
        if (d <= limit) {
            best = candidates[i];
            if (d == 0)
                break;
            limit = d - 1;
        }
    }
    return best;
}

/* --------------------------------------------------------------------- UTF-8 */

/* Length of the well-formed sequence at s (Unicode 15, table 3-7), or 0. */
static size_t utf8_length(const unsigned char *s, size_t n)
{
    unsigned c = s[0];
    if (c < 0x80)
        return 1;
    size_t length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
    if (c < 0xc2 || c > 0xf4 || length > n)
        return 0;
    /* no longer form than needed, no surrogates, nothing above U+10FFFF */
    unsigned low = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80;
    unsigned high = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
    if (s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

bool rc_utf8_valid(const char *text, size_t n, size_t *bad_at)
{
    for (size_t i = 0, length; i < n; i += length) {
        length = utf8_length((const unsigned char *)text + i, n - i);
        if (length == 0) {
            if (bad_at)
                *bad_at = i;
            return false;
        }
    }
    return true;
}

size_t rc_character(uint32_t *out, const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    const size_t n = utf8_length(s, SIZE_MAX);
    if (n == 0) {
        *out = RC_BROKEN;
        return 1;
    }
    static const unsigned char bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    *out = s[0] & bits[n];
    for (size_t i = 1; i < n; i++)
        *out = *out << 6 | (s[i] & 0x3fu);
    return n;
}

bool rc_is_harmful(uint32_t c)
{
    static const uint32_t ranges[][2] = {
        {0x00, 0x1f},     {0x7f, 0x9f},     {0x61c, 0x61c},   {0x200b, 0x200f},
        {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfdd0, 0xfdef}, {0xfeff, 0xfeff},
        {0xfff9, 0xfffb}, {0xe0000, 0xe0fff}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i][0] && c <= ranges[i][1])
            return true;
    return (c & 0xfffe) == 0xfffe;
}

size_t rc_utf8_columns(const char *text, size_t n)
{
    size_t columns = 0;
    for (size_t i = 0; i < n; i++)
        columns += ((unsigned char)text[i] & 0xc0) != 0x80;
    return columns;
}
