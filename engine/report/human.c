#include "report/human.h"
#include "base/date.h"
#include "base/text.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MINUS "\xe2\x88\x92"
#define REPLACEMENT "\xef\xbf\xbd"
#define ELLIPSIS "\xe2\x80\xa6"

/* snprintf rounds halves by their binary value and may say "-0.0": neither is wanted.
 */
static double rounded(double x, int digits)
{
    static const double power[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    double y = floor(fabs(x) * power[digits] + 0.5 + 1e-9) / power[digits];
    return y == 0.0 ? 0.0 : x < 0 ? -y : y;
}

static char *number(char out[RC_HUMAN], double x, int digits, const char *plus)
{
    double y = rounded(x, digits);
    snprintf(out, RC_HUMAN, "%s%.*f",
             y < 0   ? MINUS
             : y > 0 ? plus
                     : "",
             digits, fabs(y));
    return out;
}

/* As few digits as show x, three at most. */
static int digits_of(double x)
{
    for (int d = 0; d < 3; d++)
        if (fabs(rounded(x, d) - x) < 1e-6 * (1 + fabs(x)))
            return d;
    return 3;
}

static char *copy(char out[RC_HUMAN], const char *text)
{
    snprintf(out, RC_HUMAN, "%s", text);
    return out;
}

char *rc_human_percent(char out[RC_HUMAN], double p)
{
    if (isnan(p))
        return copy(out, "-");
    if (p == 0.0 || p == 1.0)
        return copy(out, p == 0.0 ? "0 %" : "100 %");
    if (p < 0.0005)
        return copy(out, "<0.1 %");
    if (p >= 0.9995)
        return copy(out, ">99.9 %");
    double shown = 100 * p;
    /* whole percent unless that would say 0, 100, or hide what a tail is about */
    int digits = rounded(shown, 1) < 1 || rounded(shown, 1) > 99;
    snprintf(out, RC_HUMAN, "%.*f %%", digits, rounded(shown, digits));
    return out;
}

char *rc_human_share(char out[RC_HUMAN], rc_share s)
{
    if (isnan(s.p))
        return copy(out, "-");
    /* the sample is too small for one decimal: say what it does support */
    if (s.p < 0.0005 || (s.p < 0.01 && s.high - s.low > 0.01)) {
        double bound = fmax(1, ceil(1000 * s.high - 1e-9)) / 10;
        int digits = bound < 1;
        snprintf(out, RC_HUMAN, "<%.*f %%", digits, digits ? bound : ceil(bound));
        return out;
    }
    if (s.p >= 0.9995 || (s.p > 0.99 && s.high - s.low > 0.01)) {
        double bound = floor(1000 * s.low + 1e-9) / 10;
        int digits = bound > 99;
        if (bound > 99.9)
            bound = 99.9;
        snprintf(out, RC_HUMAN, ">%.*f %%", digits, digits ? bound : floor(bound));
        return out;
    }
    return rc_human_percent(out, s.p);
}

char *rc_human_share_of(char out[RC_HUMAN], rc_share s, uint64_t futures)
{
    char count[RC_HUMAN], bound[RC_HUMAN];
    if (s.p == 0.0) {
        rc_human_count(count, futures);
        double high = 100 * s.high;
        int digits = high < 0.01 ? 4 : high < 0.1 ? 2 : high < 1 ? 1 : 0;
        number(bound, high, digits, "");
        snprintf(out, RC_HUMAN, "0 of %.20s (below %.16s %%)", count, bound);
        return out;
    }
    return rc_human_share(out, s);
}

char *rc_human_points(char out[RC_HUMAN], double share, int digits)
{
    return number(out, 100 * share, digits, "+");
}

char *rc_human_signed(char out[RC_HUMAN], double x, int digits)
{
    return number(out, x, digits, "+");
}

static const struct {
    const char *code, *sign;
} currencies[] = {{"EUR", "\xe2\x82\xac"}, {"GBP", "\xc2\xa3"}, {"USD", "$"}};

const char *rc_human_currency(const char *currency)
{
    for (size_t i = 0; i < sizeof currencies / sizeof currencies[0]; i++)
        if (currency && strcmp(currency, currencies[i].code) == 0)
            return currencies[i].sign;
    return currency ? currency : "";
}

char *rc_human_money(char out[RC_HUMAN], double amount, const char *currency)
{
    static const char *const thousands[] = {"", "k", "M", "G"};
    if (isnan(amount))
        return copy(out, "-");
    const char *sign = rc_human_currency(currency);
    bool code = currency && sign == currency && sign[0];
    bool first = strcmp(sign, "$") == 0 || strcmp(sign, "\xc2\xa3") == 0;
    double x = fabs(amount);
    unsigned step = 0;
    /* 999.5 k is a million: three digits are shown */
    while (step < 3 && rounded(x, 0) >= 1000) {
        x /= 1000;
        step++;
    }
    /* 2.50 for a million tokens is not 3; from ten on money has no cents */
    int digits = x >= 99.95 || (step == 0 && x >= 9.995) ? 0 : x >= 9.995 ? 1 : 2;
    double shown = rounded(x, digits);
    digits = digits_of(shown);
    if (first)
        snprintf(out, RC_HUMAN, "%s%s%.*f%s", amount < 0 && shown > 0 ? MINUS : "",
                 sign, digits, shown, thousands[step]);
    else
        snprintf(out, RC_HUMAN, "%s%.*f%s%s%s%.16s",
                 amount < 0 && shown > 0 ? MINUS : "", digits, shown,
                 step || sign[0] ? " " : "", thousands[step], code && step ? " " : "",
                 sign);
    return out;
}

/* 1, 10, 100 …: what the last digit counts that an error supports, which is then said in 2
 * to 20 of them; 1 at the least. */
static double last_digit(double error)
{
    double digit = 1;
    while (digit * 20 <= error)
        digit *= 10;
    return digit;
}

char *rc_human_money_known(char out[RC_HUMAN], double amount, double error,
                           const char *currency)
{
    const double digit = last_digit(error);
    double shown = floor(fabs(amount) / digit + 0.5) * digit;
    return rc_human_money(out, amount < 0 ? -shown : shown, currency);
}

char *rc_human_money_error(char out[RC_HUMAN], double error, const char *currency)
{
    const double digit = last_digit(error);
    return rc_human_money(out, ceil(error / digit) * digit, currency);
}

char *rc_human_date(char out[RC_HUMAN], int32_t date, bool with_year)
{
    if (date == RC_DATE_NONE)
        return copy(out, "-");
    if (date == INT32_MAX)
        return copy(out, "never");
    char text[12];
    rc_date_human(text, date, with_year);
    return copy(out, text);
}

char *rc_human_weeks(char out[RC_HUMAN], double days)
{
    return number(out, days / 5, 1, "+");
}

char *rc_human_months(char out[RC_HUMAN], double months)
{
    static const struct {
        const char *name;
        double in_a_month, from; /* from so many months on */
    } spans[] = {
        {"months", 1, 0.095}, {"days", 30.4375, 0.95 / 30.4375}, {"hours", 730.5, 0}};
    int i = 0;
    while (months < spans[i].from)
        i++;
    double x = months * spans[i].in_a_month;
    snprintf(out, RC_HUMAN, "%.*f %s", x < 9.95, x, spans[i].name);
    return out;
}

char *rc_human_count(char out[RC_HUMAN], uint64_t n)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n), at = 0;
    for (int i = 0; i < length; i++) {
        /* 20 000, but 2026: four digits stay together only below 10 000 */
        if (i > 0 && (length - i) % 3 == 0 && length > 4)
            out[at++] = ' ';
        out[at++] = digits[i];
    }
    out[at] = 0;
    return out;
}

char *rc_human_count_known(char out[RC_HUMAN], double x, double error)
{
    const double digit = last_digit(error);
    return rc_human_count(out, (uint64_t)(floor(x / digit + 0.5) * digit));
}

char *rc_human_mean(char out[RC_HUMAN], const rc_spread *s)
{
    if (s->mean < 9.95)
        return number(out, s->mean, 1, "");
    return rc_human_count_known(out, s->mean, 1.96 * s->sd / sqrt((double)s->n));
}

static bool is_share(const char *unit)
{
    return unit && (strcmp(unit, "%") == 0 || strcmp(unit, "share") == 0 ||
                    strcmp(unit, "points") == 0);
}

double rc_human_scale(const char *unit)
{
    return is_share(unit) ? 100 : 1;
}

const char *rc_human_suffix(const char *unit)
{
    return is_share(unit) ? "%" : unit ? unit : "";
}

const char *rc_unit_kept(const rc_result *result, const char *unit)
{
    if (unit && strcmp(unit, "money") == 0)
        return result->currency;
    return is_share(unit) ? "share" : unit;
}

static char *with_unit(char out[RC_HUMAN], double shown, const char *suffix, int digits)
{
    if (isnan(shown))
        return copy(out, "-");
    if (digits < 0)
        digits = digits_of(shown);
    char text[RC_HUMAN];
    number(text, shown, digits, "");
    snprintf(out, RC_HUMAN, "%.40s%s%.16s", text, suffix[0] ? " " : "", suffix);
    return out;
}

/* Four digits of a latency say more than is known: none behind the point from 10 on. */
static int digits_for(double value, const char *unit, int digits)
{
    return digits > 0 && !is_share(unit) && fabs(value) >= 10 ? 0 : digits;
}

char *rc_human_metric(char out[RC_HUMAN], double value, const char *unit, int digits)
{
    return with_unit(out, value * rc_human_scale(unit), rc_human_suffix(unit),
                     digits_for(value, unit, digits));
}

char *rc_human_gap(char out[RC_HUMAN], double value, const char *unit, int digits)
{
    return with_unit(out, value * rc_human_scale(unit),
                     is_share(unit) ? "points" : rc_human_suffix(unit),
                     digits_for(value, unit, digits));
}

char *rc_human_name(char *out, size_t size, const char *text, size_t columns)
{
    const char *s = text ? text : "";
    size_t used = 0, shown = 0,
           last = 0; /* last: where the last column that may stay ends */
    while (*s) {
        uint32_t c;
        size_t n = rc_character(&c, s);
        bool blank = c == '\t' || c == '\n' || c == '\r';
        const char *piece = blank                                ? " "
                            : c == RC_BROKEN || rc_is_harmful(c) ? REPLACEMENT
                                                                 : s;
        size_t bytes = piece == s ? n : strlen(piece);
        if (shown == columns || used + bytes + sizeof ELLIPSIS > size) {
            used = last;
            while (used > 0 && out[used - 1] == ' ')
                used--;
            memcpy(out + used, ELLIPSIS, sizeof ELLIPSIS - 1);
            used += sizeof ELLIPSIS - 1;
            break;
        }
        if (shown + 1 < columns)
            last = used + bytes;
        memcpy(out + used, piece, bytes);
        used += bytes;
        shown++;
        s += n;
    }
    out[used] = 0;
    return out;
}

void rc_append(char *out, size_t size, const char *format, ...)
{
    size_t used = strlen(out);
    va_list args;
    va_start(args, format);
    vsnprintf(out + used, size - used, format, args);
    va_end(args);
}
