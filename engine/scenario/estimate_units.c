/* estimate_units.c -- which units each dimension takes, and what to write instead.
 *
 * A unit is a head and, after a "/", a time: "EUR/day", "points/month", "/day". What
 * each is worth is known to base/units.
 */
#include "scenario/estimate_text.h"
#include "base/text.h"
#include "base/units.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* What people write instead, and what to write. */
static const char *const habits[][2] = {
    {"h", "write hours"},
    {"hr", "write hours"},
    {"hrs", "write hours"},
    {"d", "write days"},
    {"w", "write weeks"},
    {"wk", "write weeks"},
    {"wks", "write weeks"},
    {"mos", "write months"},
    {"mth", "write months"},
    {"mths", "write months"},
    {"yr", "write 12 months"},
    {"yrs", "write 12 months"},
    {"sprint", "write its weeks"},
    {"sprints", "write their weeks"},
    {"business day", "write days: they are working days"},
    {"working day", "write days: they are working days"},
    {"man days", "write person-days"},
    {"mandays", "write person-days"},
    {"PD", "write person-days"},
    {"pds", "write person-days"},
    {"PT", "write person-days"},
    {"FTE", "write person-months"},
    {"ppt", "write points"},
    {"pts", "write points"},
    {"bps", "write points: 100 of them are 1"},
    {"k\u20ac", "write the k at the number: 90k EUR"},
    {"K\u20ac", "write the k at the number: 90k EUR"},
    {"M\u20ac", "write the M at the number: 2M EUR"},
    {"MEUR", "write the M at the number: 2M EUR"},
    {"Mio EUR", "write the M at the number: 2M EUR"},
    {"million EUR", "write the M at the number: 2M EUR"},
    {"thousand EUR", "write the k at the number: 90k EUR"},
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
    {"kEUR", "write the k at the number: 90k EUR"},
    {"kUSD", "write the k at the number: 90k USD"},
    {"kGBP", "write the k at the number: 90k GBP"},
    {"TEUR", "write 90k EUR"},
    {"T\u20ac", "write 90k EUR"},
    {"EURO", "write EUR"},
    {"Euro", "write EUR"},
    {"euro", "write EUR"},
    {"euros", "write EUR"},
    {"dollars", "write USD"},
    {"eur", "write EUR"},
    {"usd", "write USD"},
    {"gbp", "write GBP"},
};

/* Signs that stand for a currency, as answers print them. */
static const char *const currencies[][2] = {
    {"\u20ac", "EUR"}, {"$", "USD"}, {"\u00a3", "GBP"}};

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
    [RC_MONEY_PER_MONTH] = {"money per month", "90k EUR/month"},
    [RC_COUNT_PER_MONTH] = {"a rate per month", "1.2M /month"},
    [RC_CHANGE_PER_MONTH] = {"a percentage per month", "0 to 4 %/month"},
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
    rc_unit_family what; /* of the head */
    bool rate;           /* a "/" is there */
    const rc_unit *word; /* the head, or NULL */
    const rc_unit *span; /* a time after the "/", or NULL */
} unit;

static const rc_unit *time_find(const char *word)
{
    const rc_unit *u = rc_unit_find(word);
    return u && u->machine_hours > 0 ? u : NULL;
}

/* Working days in it; 0 where people do not count so. */
static double people_days(const rc_unit *span)
{
    return span->family == RC_UNIT_CALENDAR_TIME ? 0 : span->times / span->over;
}

/* false: longer than any unit. */
static bool unit_split(unit *u, const char *s, uint32_t n)
{
    *u = (unit){0};
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
    for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++)
        if (strcmp(u->head, currencies[i][0]) == 0)
            snprintf(u->head, sizeof u->head, "%s", currencies[i][1]);
    u->word = rc_unit_find(u->head);
    u->span = u->rate ? time_find(u->per) : NULL;
    u->what = rc_unit_family_of(u->head);
    if (u->what == RC_UNIT_LONG_TIME)
        u->what = RC_UNIT_UNKNOWN; /* nobody plans in years */
    return true;
}

static const char *found(const unit *u)
{
    static const char *const plain[] = {[RC_UNIT_NONE] = "a plain number",
                                        [RC_UNIT_TIME] = "time",
                                        [RC_UNIT_CALENDAR_TIME] = "calendar days",
                                        [RC_UNIT_EFFORT] = "person-days",
                                        [RC_UNIT_PERCENT] = "a percentage",
                                        [RC_UNIT_POINTS] = "points",
                                        [RC_UNIT_MONEY] = "money"};
    static const char *const rates[] = {[RC_UNIT_NONE] = "a rate",
                                        [RC_UNIT_TIME] = "time per time",
                                        [RC_UNIT_CALENDAR_TIME] = "time per time",
                                        [RC_UNIT_EFFORT] = "person-days per time",
                                        [RC_UNIT_PERCENT] = "a percentage per time",
                                        [RC_UNIT_POINTS] = "points per time",
                                        [RC_UNIT_MONEY] = "money per time"};
    return u->rate ? rates[u->what] : plain[u->what];
}

/* ---------------------------------------------------------------- conversion */

/* Base units per unit as *times / *over; false: this dimension does not take it. */
static bool factor(const unit *u, rc_dimension d, double *times, double *over)
{
    *times = u->word ? u->word->times : 1;
    *over = u->word ? u->word->over : 1;
    const rc_unit *head = u->rate ? NULL : time_find(u->head);
    bool plain = !u->rate && u->what == RC_UNIT_NONE;
    switch (d) {
    case RC_NUMBER:
    case RC_COUNT:
        return plain;
    case RC_TIME:
        return !u->rate &&
               (u->what == RC_UNIT_TIME || u->what == RC_UNIT_CALENDAR_TIME);
    case RC_EFFORT:
        return !u->rate && u->what == RC_UNIT_EFFORT;
    case RC_SHARE:
    case RC_CHANGE:
        return !u->rate && u->what == RC_UNIT_PERCENT;
    case RC_POINTS:
        return !u->rate && u->what == RC_UNIT_POINTS;
    case RC_POINTS_PER_MONTH:
        if (u->what != RC_UNIT_POINTS || !u->span)
            return false;
        *over *= u->span->calendar_months;
        return true;
    case RC_MONEY:
        return !u->rate && u->what == RC_UNIT_MONEY;
    case RC_MONEY_PER_DAY:
        *over = u->span ? people_days(u->span) : 1;
        return u->what == RC_UNIT_MONEY && u->span && *over > 0;
    case RC_MONEY_PER_HOUR:
        *over = u->span ? u->span->machine_hours : 1;
        return u->what == RC_UNIT_MONEY && u->span;
    case RC_MONEY_PER_MONTH:
        *over = u->span ? u->span->calendar_months : 1;
        return u->what == RC_UNIT_MONEY && u->span;
    case RC_COUNT_PER_MONTH:
        *over = u->span ? u->span->calendar_months : 1;
        return u->what == RC_UNIT_NONE && u->span;
    case RC_CHANGE_PER_MONTH: /* it compounds: a change per year is no twelfth of it */
        return u->what == RC_UNIT_PERCENT && u->span && u->span->calendar_months == 1;
    case RC_COUNT_PER_DAY:
        *over = u->span ? people_days(u->span) : 1;
        return u->what == RC_UNIT_NONE && u->span && *over > 0;
    case RC_COUNT_PER_YEAR:
        *times = u->span ? RC_MONTHS_PER_YEAR : 1;
        *over = u->span ? u->span->calendar_months : 1;
        return plain || (u->what == RC_UNIT_NONE && u->span);
    case RC_HOURS:
        *times = head ? head->machine_hours : 1;
        *over = 1;
        return plain || (u->what == RC_UNIT_TIME && head && head->machine_hours <= 1);
    case RC_METRIC:
        if (u->rate || (u->what != RC_UNIT_PERCENT && u->what != RC_UNIT_POINTS))
            *times = *over = 1; /* a unit of its own */
        return true;
    case RC_MONTHS:
        *times = head ? head->calendar_months : 1;
        *over = 1;
        return head != NULL;
    }
    return false;
}

enum { CANDIDATES = 16 };

static const char *hint_for(rc_cursor *c, char *room, size_t n, const char *word)
{
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++)
        if (strcmp(habits[i][0], word) == 0)
            return habits[i][1];
    const char *candidates[CANDIDATES];
    size_t k = 0;
    double times, over;
    for (size_t i = 0; i < rc_units_n && k < CANDIDATES; i++) {
        const char *plural = rc_units[i].plural;
        unit u;
        unit_split(&u, plural, (uint32_t)strlen(plural));
        if (factor(&u, c->dimension, &times, &over) ||
            (c->dimension == RC_POINTS_PER_MONTH && u.what == RC_UNIT_POINTS) ||
            (c->dimension == RC_CHANGE_PER_MONTH && u.what == RC_UNIT_PERCENT))
            candidates[k++] = plural;
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
    if (c->dimension == RC_EFFORT && u->what == RC_UNIT_TIME && !u->rate)
        return rc_complain(c, at, "write person-days, or use duration for elapsed time",
                           "expected person-days, found time");
    if (c->dimension == RC_POINTS && u->what == RC_UNIT_PERCENT)
        return rc_complain(c, at, "write points: 1 point is 1 % of all cases",
                           "expected points, found a percentage");
    if (u->what != RC_UNIT_UNKNOWN && !(u->rate && !u->span))
        return rc_complain(c, at, hint_for(c, room, sizeof room, ""),
                           "expected %s, found %s", expected, found(u));
    const char *odd = u->what == RC_UNIT_UNKNOWN ? u->head : u->per;
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
    r->currency_at.length =
        (uint32_t)rc_utf8_columns(c->text + q->unit.from, q->unit.to - q->unit.from);
    return r->currency != NULL;
}

/* The unit's own text for the estimate, the same for all its numbers. */
static bool units_agree(rc_cursor *c, const rc_quantity *q, const unit *u)
{
    bool calendar = c->dimension == RC_TIME && u->what == RC_UNIT_CALENDAR_TIME;
    bool metric = c->dimension == RC_METRIC;
    const char *text = u->what == RC_UNIT_MONEY && !metric ? u->head
                       : metric && u->text[0]              ? u->text
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
    c->share =
        c->dimension == RC_SHARE || (metric && u->what == RC_UNIT_PERCENT && !u->rate);
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
    /* as written: rounded it might be lawful, or another number */
    bool touches = rc_span_empty(q->unit) || q->unit.from == q->where.to;
    snprintf(here, sizeof here, "%.*s%s%.*s", (int)(q->where.to - q->where.from),
             c->text + q->where.from, touches ? "" : " ",
             (int)(q->unit.to - q->unit.from), c->text + q->unit.from);
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

/* What is often counted in thousands: there a point may have been meant to part them. */
static bool may_be_large(rc_dimension d)
{
    return d == RC_COUNT || d == RC_COUNT_PER_DAY || d == RC_HOURS || d == RC_MONEY ||
           d == RC_MONEY_PER_DAY || d == RC_MONEY_PER_HOUR || d == RC_MONEY_PER_MONTH ||
           d == RC_COUNT_PER_MONTH;
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
    const char *number = c->text + q->where.from, *hint;
    uint32_t n = q->where.to - q->where.from;
    if (may_be_large(c->dimension) &&
        rc_is_thousands(number, n, &hint, c->reading->arena))
        return rc_complain(c, q->where, hint, "'%.*s' could be %g or %g thousand",
                           (int)n, number, q->number, q->number);
    if (c->dimension != RC_METRIC && u.what == RC_UNIT_MONEY && !money_agrees(c, q, &u))
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
