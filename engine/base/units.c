#include "base/units.h"

#define WORKDAYS_PER_YEAR (RC_WORKDAYS_PER_MONTH * RC_MONTHS_PER_YEAR)
#define MONEY(code)                                                                    \
    {                                                                                  \
        code, code, RC_UNIT_MONEY, 1                                                   \
    }

const rc_unit rc_units[] = {
    {"minutes", "minute", RC_UNIT_TIME,
     1 / (RC_HOURS_PER_WORKDAY * RC_MINUTES_PER_HOUR)},
    {"hours", "hour", RC_UNIT_TIME, 1 / RC_HOURS_PER_WORKDAY},
    {"days", "day", RC_UNIT_TIME, 1},
    {"weeks", "week", RC_UNIT_TIME, RC_WORKDAYS_PER_WEEK},
    {"months", "month", RC_UNIT_TIME, RC_WORKDAYS_PER_MONTH},
    {"calendar days", "calendar day", RC_UNIT_CALENDAR_TIME, 1},
    {"person-days", "person-day", RC_UNIT_EFFORT, 1},
    {"%", "%", RC_UNIT_SHARE, 0.01},
    {"points", "point", RC_UNIT_POINTS, 0.01},
    {"ms", "ms", RC_UNIT_LATENCY, 1},
    {"/hour", "/hour", RC_UNIT_RATE, RC_HOURS_PER_WORKDAY},
    {"/day", "/day", RC_UNIT_RATE, 1},
    {"/week", "/week", RC_UNIT_RATE, 1 / RC_WORKDAYS_PER_WEEK},
    {"/month", "/month", RC_UNIT_RATE, 1 / RC_WORKDAYS_PER_MONTH},
    {"/year", "/year", RC_UNIT_RATE, 1 / WORKDAYS_PER_YEAR},
    {"k", "k", RC_UNIT_MAGNITUDE, 1e3},
    {"M", "M", RC_UNIT_MAGNITUDE, 1e6},
    {"bn", "bn", RC_UNIT_MAGNITUDE, 1e9},
    /* clang-format off */
    MONEY("EUR"), MONEY("USD"), MONEY("GBP"), MONEY("CHF"), MONEY("JPY"),
    MONEY("CNY"), MONEY("INR"), MONEY("AUD"), MONEY("CAD"), MONEY("NZD"),
    MONEY("SEK"), MONEY("NOK"), MONEY("DKK"), MONEY("ISK"), MONEY("PLN"),
    MONEY("CZK"), MONEY("HUF"), MONEY("RON"), MONEY("BGN"), MONEY("RSD"),
    MONEY("UAH"), MONEY("TRY"), MONEY("ILS"), MONEY("AED"), MONEY("SAR"),
    MONEY("QAR"), MONEY("EGP"), MONEY("MAD"), MONEY("NGN"), MONEY("KES"),
    MONEY("GHS"), MONEY("ZAR"), MONEY("BRL"), MONEY("MXN"), MONEY("ARS"),
    MONEY("CLP"), MONEY("COP"), MONEY("PEN"), MONEY("SGD"), MONEY("HKD"),
    MONEY("KRW"), MONEY("TWD"), MONEY("THB"), MONEY("IDR"), MONEY("MYR"),
    MONEY("PHP"), MONEY("VND"), MONEY("PKR"), MONEY("BDT"), MONEY("LKR"),
    MONEY("KZT"), MONEY("GEL"),
    /* clang-format on */
};

const size_t rc_units_n = sizeof rc_units / sizeof *rc_units;

const rc_unit *rc_unit_find(rc_slice word)
{
    for (size_t i = 0; i < rc_units_n; i++)
        if (rc_slice_is(word, rc_units[i].word) ||
            rc_slice_is(word, rc_units[i].singular))
            return &rc_units[i];
    return NULL;
}

const char *rc_unit_family_name(rc_unit_family family)
{
    static const char *const names[] = {[RC_UNIT_TIME] = "time",
                                        [RC_UNIT_CALENDAR_TIME] = "calendar time",
                                        [RC_UNIT_EFFORT] = "effort",
                                        [RC_UNIT_SHARE] = "a percentage",
                                        [RC_UNIT_POINTS] = "points",
                                        [RC_UNIT_MONEY] = "money",
                                        [RC_UNIT_RATE] = "a rate",
                                        [RC_UNIT_LATENCY] = "a latency",
                                        [RC_UNIT_MAGNITUDE] = "a magnitude"};
    return names[family];
}
