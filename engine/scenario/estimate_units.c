/* estimate_units.c -- which units each dimension takes, and what they are in base
 * units.
 *
 * A unit is a head and, after a "/", a time: "EUR/day", "points/month", "/day". Every
 * row is a multiplier and a divisor, so that 55 % is exactly 55/100.
 */
#include "scenario/estimate_text.h"
#include "base/text.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define WORK_MONTH 21.75   /* working days: 261 / 12 */
#define MONTH_DAYS 30.4375 /* calendar days: 365.25 / 12 */

typedef enum measure {
    NOTHING,
    TIME,
    CALENDAR_TIME,
    EFFORT,
    PERCENT,
    POINTS,
    MONEY,
    OTHER
} measure;

typedef struct word_row {
    const char *word, *plural;
    measure what;
    double times, over; /* to days, person-days, shares */
} word_row;

static const word_row words[] = {
    {"minute", "minutes", TIME, 1, 480},
    {"hour", "hours", TIME, 1, 8},
    {"day", "days", TIME, 1, 1},
    {"week", "weeks", TIME, 5, 1},
    {"month", "months", TIME, WORK_MONTH, 1},
    {"calendar day", "calendar days", CALENDAR_TIME, 1, 1},
    {"person-hour", "person-hours", EFFORT, 1, 8},
    {"person-day", "person-days", EFFORT, 1, 1},
    {"person-week", "person-weeks", EFFORT, 5, 1},
    {"person-month", "person-months", EFFORT, WORK_MONTH, 1},
    {"%", "%", PERCENT, 1, 100},
    {"point", "points", POINTS, 1, 100},
};
enum { WORDS = sizeof words / sizeof *words };

/* Where a dimension counts time otherwise: machines and production never rest. */
typedef struct span_row {
    const char *word, *plural;
    double people_days, machine_hours, calendar_months;
} span_row;

static const span_row spans[] = {
    {"minute", "minutes", 1.0 / 480, 1.0 / 60, 1 / (MONTH_DAYS * 24 * 60)},
    {"hour", "hours", 1.0 / 8, 1, 1 / (MONTH_DAYS * 24)},
    {"day", "days", 1, 24, 1 / MONTH_DAYS},
    {"calendar day", "calendar days", 0, 24, 1 / MONTH_DAYS},
    {"week", "weeks", 5, 168, 7 / MONTH_DAYS},
    {"month", "months", WORK_MONTH, MONTH_DAYS * 24, 1},
    {"year", "years", 12 * WORK_MONTH, MONTH_DAYS * 24 * 12, 12},
};
enum { SPANS = sizeof spans / sizeof *spans };

/* ISO 4217, three letters each. */
static const char currencies[] = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT "
                                 "BGN BHD BIF BMD BND BOB BRL BSD "
                                 "BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE "
                                 "CZK DJF DKK DOP DZD EGP ERN ETB "
                                 "EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL "
                                 "HTG HUF IDR ILS INR IQD IRR ISK "
                                 "JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK "
                                 "LBP LKR LRD LSL LYD MAD MDL MGA "
                                 "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN "
                                 "NIO NOK NPR NZD OMR PAB PEN PGK "
                                 "PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG "
                                 "SEK SGD SHP SLE SOS SRD SSP STN "
                                 "SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH "
                                 "UGX USD UYU UZS VES VND VUV WST "
                                 "XAF XCD XOF XPF YER ZAR ZMW ZWL ";

static bool is_currency(const char *word)
{
    if (strlen(word) != 3)
        return false;
    for (const char *p = currencies; *p; p += 4)
        if (memcmp(p, word, 3) == 0)
            return true;
    return false;
}

/* What people write instead, and what to write. */
static const char *const habits[][2] = {
    {"h", "write hours"},
    {"hr", "write hours"},
    {"hrs", "write hours"},
    {"d", "write days"},
    {"w", "write weeks"},
    {"wk", "write weeks"},
    {"mo", "write months"},
    {"min", "write minutes"},
    {"mins", "write minutes"},
    {"y", "write 12 months"},
    {"year", "write 12 months"},
    {"years", "write 12 months"},
    {"quarter", "write 3 months"},
    {"quarters", "write 3 months"},
    {"business days", "write days: they are working days"},
    {"working days", "write days: they are working days"},
    {"work days", "write days: they are working days"},
    {"workdays", "write days: they are working days"},
    {"calendar weeks", "write calendar days"},
    {"calendar months", "write calendar days"},
    {"person days", "write person-days"},
    {"pd", "write person-days"},
    {"man-days", "write person-days"},
    {"pp", "write points"},
    {"percentage points", "write points"},
    {"percent", "write %"},
    {"per cent", "write %"},
    {"pct", "write %"},
    {"\u20ac", "write EUR"},
    {"$", "write USD"},
    {"\u00a3", "write GBP"},
    {"EURO", "write EUR"},
    {"Euro", "write EUR"},
    {"euro", "write EUR"},
    {"euros", "write EUR"},
    {"dollars", "write USD"},
    {"eur", "write EUR"},
    {"usd", "write USD"},
    {"gbp", "write GBP"},
};

/* What a dimension expects, as a message says it, and an example. */
static const struct {
    const char *expected, *example;
} dimensions[] = {
    [RC_NUMBER] = {"a plain number", "0.5"},
    [RC_COUNT] = {"a plain count", "40k"},
    [RC_TIME] = {"time", "3 to 12 days"},
    [RC_EFFORT] = {"person-days", "3 / 5 / 10 person-days"},
    [RC_SHARE] = {"a percentage", "55 %"},
    [RC_CHANGE] = {"a percentage", "-12 to 15 %"},
    [RC_POINTS] = {"points", "0.6 to 1.8 points"},
    [RC_POINTS_PER_MONTH] = {"points/month", "0.2 to 0.6 points/month"},
    [RC_MONEY] = {"money", "12k EUR"},
    [RC_MONEY_PER_DAY] = {"money per day", "780 EUR/day"},
    [RC_MONEY_PER_HOUR] = {"money per hour", "2.10 EUR/hour"},
    [RC_COUNT_PER_DAY] = {"a rate per day", "420 to 640 /day"},
    [RC_COUNT_PER_YEAR] = {"a number a year", "0.5 to 2"},
    [RC_HOURS] = {"hours", "60 to 400"},
    [RC_METRIC] = {"a value of the metric", "82 %"},
    [RC_MONTHS] = {"time", "12 months"},
};

/* ------------------------------------------------------------- taking it apart */

typedef struct unit {
    char text[64]; /* single blanks, none around "/" */
    char head[64], per[64];
    measure what;         /* of the head */
    bool rate;            /* a "/" is there */
    const word_row *word; /* of the head, or NULL */
    const span_row *span; /* of per, or NULL */
    bool per_known;
} unit;

static const word_row *word_find(const char *head)
{
    for (size_t i = 0; i < WORDS; i++)
        if (strcmp(head, words[i].word) == 0 || strcmp(head, words[i].plural) == 0)
            return &words[i];
    return NULL;
}

static const span_row *span_find(const char *word)
{
    for (size_t i = 0; i < SPANS; i++)
        if (strcmp(word, spans[i].word) == 0 || strcmp(word, spans[i].plural) == 0)
            return &spans[i];
    return NULL;
}

/* false: longer than any unit. */
static bool unit_split(unit *u, const char *s, uint32_t n)
{
    *u = (unit){.what = NOTHING};
    size_t k = 0;
    for (uint32_t i = 0; i < n; i++) {
        char x = s[i] == '\t' ? ' ' : s[i];
        if (x == ' ' && (k == 0 || u->text[k - 1] == ' ' || u->text[k - 1] == '/'))
            continue;
        if (x == '/' && k && u->text[k - 1] == ' ')
            k--;
        if (k + 1 >= sizeof u->text)
            return false;
        u->text[k++] = x;
    }
    u->text[k] = '\0';
    const char *slash = strchr(u->text, '/');
    size_t head = slash ? (size_t)(slash - u->text) : k;
    memcpy(u->head, u->text, head);
    u->rate = slash != NULL;
    if (slash)
        memcpy(u->per, slash + 1, k - head - 1);
    u->word = word_find(u->head);
    u->span = u->rate ? span_find(u->per) : NULL;
    u->what = u->word                ? u->word->what
              : head == 0            ? NOTHING
              : is_currency(u->head) ? MONEY
                                     : OTHER;
    return true;
}

static const char *found(const unit *u)
{
    static const char *const plain[] = {
        "a plain number", "time",   "calendar days", "person-days",
        "a percentage",   "points", "money"};
    static const char *const rates[] = {"a rate",
                                        "time per time",
                                        "time per time",
                                        "person-days per time",
                                        "a percentage per time",
                                        "points per time",
                                        "money per time"};
    return u->rate ? rates[u->what] : plain[u->what];
}

/* ---------------------------------------------------------------- conversion */

/* Base units per unit as *times / *over; false: this dimension does not take it. */
static bool factor(const unit *u, rc_dimension d, double *times, double *over)
{
    *times = u->word ? u->word->times : 1;
    *over = u->word ? u->word->over : 1;
    const span_row *head = u->rate ? NULL : span_find(u->head);
    bool plain = !u->rate && u->what == NOTHING;
    switch (d) {
    case RC_NUMBER:
    case RC_COUNT:
        return plain;
    case RC_TIME:
        return !u->rate && (u->what == TIME || u->what == CALENDAR_TIME);
    case RC_EFFORT:
        return !u->rate && u->what == EFFORT;
    case RC_SHARE:
    case RC_CHANGE:
        return !u->rate && u->what == PERCENT;
    case RC_POINTS:
        return !u->rate && u->what == POINTS;
    case RC_POINTS_PER_MONTH:
        if (u->what != POINTS || !u->span)
            return false;
        *over *= u->span->calendar_months;
        return true;
    case RC_MONEY:
        return !u->rate && u->what == MONEY;
    case RC_MONEY_PER_DAY:
        *over = u->span ? u->span->people_days : 1;
        return u->what == MONEY && u->span && *over > 0;
    case RC_MONEY_PER_HOUR:
        *over = u->span ? u->span->machine_hours : 1;
        return u->what == MONEY && u->span;
    case RC_COUNT_PER_DAY:
        *over = u->span ? u->span->people_days : 1;
        return u->what == NOTHING && u->span && *over > 0;
    case RC_COUNT_PER_YEAR:
        *times = u->span ? 12 : 1;
        *over = u->span ? u->span->calendar_months : 1;
        return plain || (u->what == NOTHING && u->span);
    case RC_HOURS:
        *times = head ? head->machine_hours : 1;
        *over = 1;
        return plain || (u->what == TIME && head && head->machine_hours <= 1);
    case RC_METRIC:
        if (u->rate || (u->what != PERCENT && u->what != POINTS))
            *times = *over = 1; /* a unit of its own */
        return true;
    case RC_MONTHS:
        *times = head ? head->calendar_months : 1;
        *over = 1;
        return head != NULL;
    }
    return false;
}

static const char *hint_for(rc_cursor *c, char *room, size_t n, const char *word)
{
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++)
        if (strcmp(habits[i][0], word) == 0)
            return habits[i][1];
    const char *candidates[WORDS];
    size_t k = 0;
    double times, over;
    for (size_t i = 0; i < WORDS; i++) {
        unit u;
        unit_split(&u, words[i].plural, (uint32_t)strlen(words[i].plural));
        if (factor(&u, c->dimension, &times, &over) ||
            (c->dimension == RC_POINTS_PER_MONTH && u.what == POINTS))
            candidates[k++] = words[i].plural;
    }
    const char *near = *word ? rc_did_you_mean(word, candidates, k) : NULL;
    if (near)
        snprintf(room, n, "did you mean '%s'?", near);
    else
        snprintf(room, n, "write it like \"%s\"", dimensions[c->dimension].example);
    return room;
}

static bool refuse_unit(rc_cursor *c, const rc_quantity *q, const unit *u)
{
    char room[96];
    rc_span at = rc_span_empty(q->unit) ? q->where : q->unit;
    const char *expected = dimensions[c->dimension].expected;
    if (c->dimension == RC_EFFORT && u->what == TIME && !u->rate)
        return rc_complain(c, at, "write person-days, or use duration for elapsed time",
                           "expected person-days, found time");
    if (c->dimension == RC_POINTS && u->what == PERCENT)
        return rc_complain(c, at, "write points: 1 point is 1 % of all cases",
                           "expected points, found a percentage");
    if (u->what != OTHER && !(u->rate && !u->span))
        return rc_complain(c, at, hint_for(c, room, sizeof room, ""),
                           "expected %s, found %s", expected, found(u));
    const char *odd = u->what == OTHER ? u->head : u->per;
    return rc_complain(c, at, hint_for(c, room, sizeof room, odd),
                       "expected %s, found the unknown unit '%s'", expected, u->text);
}

/* One currency for the whole scenario. */
static bool money_agrees(rc_cursor *c, const rc_quantity *q, const unit *u)
{
    rc_reading *r = c->reading;
    if (r->fallback)
        return true;
    if (r->currency && strcmp(r->currency, u->head) != 0)
        return rc_complain(c, q->unit, "a scenario has one currency",
                           "two currencies: %s here, %s in line %u", u->head,
                           r->currency, r->currency_at.line);
    if (r->currency)
        return true;
    r->currency = rc_arena_text(r->arena, u->head);
    r->currency_at = c->where;
    r->currency_at.column += (uint32_t)rc_utf8_columns(c->text, q->unit.from);
    r->currency_at.length = 3;
    return r->currency != NULL;
}

/* The unit's own text for the estimate, the same for all its numbers. */
static bool units_agree(rc_cursor *c, const rc_quantity *q, const unit *u)
{
    bool calendar = c->dimension == RC_TIME && u->what == CALENDAR_TIME;
    bool metric = c->dimension == RC_METRIC;
    const char *text = u->what == MONEY && !metric ? u->head
                       : metric && u->text[0]      ? u->text
                                                   : NULL;
    if (c->unit_known && calendar != c->calendar)
        return rc_complain(c, q->unit, NULL, "expected %s as for the other numbers",
                           c->calendar ? "calendar days" : "working days");
    if (c->unit_known && metric &&
        strcmp(text ? text : "", c->unit ? c->unit : "") != 0)
        return rc_complain(c, rc_span_empty(q->unit) ? q->where : q->unit, NULL,
                           "expected the unit '%s' as for the other numbers",
                           c->unit ? c->unit : "");
    c->calendar = calendar;
    c->share = c->dimension == RC_SHARE || (metric && u->what == PERCENT && !u->rate);
    if (text && !c->unit) {
        c->unit = rc_arena_text(c->reading->arena, text);
        if (!c->unit)
            return false;
    }
    c->unit_known = true;
    return true;
}

static bool within_limits(rc_cursor *c, const rc_quantity *q, double x)
{
    const rc_setting *row = c->row;
    char limit[64], here[64];
    const char *key = row->key ? row->key : "this";
    if (c->share && (x < 0 || x > 1))
        return rc_complain(c, q->where, "a share lies within 0 and 100 %",
                           x > 1 ? "a share over 100 %%" : "a share below 0 %%");
    bool low = row->low < row->high && x < row->low;
    bool high = row->low < row->high && x > row->high;
    if (!low && !high)
        return true;
    rc_quantity_print(here, sizeof here, x, c->dimension, c->unit, c->calendar);
    rc_quantity_print(limit, sizeof limit, low ? row->low : row->high, c->dimension,
                      c->unit, c->calendar);
    return rc_complain(c, q->where, NULL, "%s must be at %s %s, found %s", key,
                       low ? "least" : "most", limit, here);
}

static bool metric_unit_lawful(const char *text)
{
    for (; *text; text++) {
        unsigned char x = (unsigned char)*text;
        bool letter = (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || x >= 0x80;
        if (!letter && !(x >= '0' && x <= '9') && !strchr("%/-_ .$", x))
            return false;
    }
    return true;
}

bool rc_quantity_convert(rc_cursor *c, double *out, const rc_quantity *q,
                         bool in_limits)
{
    unit u;
    double times, over;
    if (!unit_split(&u, c->text + q->unit.from, q->unit.to - q->unit.from) ||
        (c->dimension == RC_METRIC && !metric_unit_lawful(u.text)))
        return rc_complain(c, q->unit, NULL, "expected a unit, found '%.40s'",
                           c->text + q->unit.from);
    if (!factor(&u, c->dimension, &times, &over))
        return refuse_unit(c, q, &u);
    if (c->dimension != RC_METRIC && u.what == MONEY && !money_agrees(c, q, &u))
        return false;
    if (!units_agree(c, q, &u))
        return false;
    double x = q->number * times / over;
    if (!(fabs(x) <= 1e15))
        return rc_complain(c, q->where, NULL, "expected a number below 1e15");
    if (in_limits && !within_limits(c, q, x))
        return false;
    *out = x;
    return true;
}
