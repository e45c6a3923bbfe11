#include "base/units.h"
#include <string.h>

#define HOURS_PER_MONTH (RC_CALENDAR_DAYS_PER_MONTH * RC_MACHINE_HOURS_PER_DAY)
#define MINUTES_PER_WORKDAY (RC_HOURS_PER_WORKDAY * RC_MINUTES_PER_HOUR)

const rc_unit rc_units[] = {
    {"minute", "minutes", RC_UNIT_TIME, 1, MINUTES_PER_WORKDAY, 1 / RC_MINUTES_PER_HOUR,
     1 / (HOURS_PER_MONTH * RC_MINUTES_PER_HOUR)},
    {"hour", "hours", RC_UNIT_TIME, 1, RC_HOURS_PER_WORKDAY, 1, 1 / HOURS_PER_MONTH},
    {"day", "days", RC_UNIT_TIME, 1, 1, RC_MACHINE_HOURS_PER_DAY,
     1 / RC_CALENDAR_DAYS_PER_MONTH},
    {"week", "weeks", RC_UNIT_TIME, RC_WORKDAYS_PER_WEEK, 1,
     RC_CALENDAR_DAYS_PER_WEEK *RC_MACHINE_HOURS_PER_DAY,
     RC_CALENDAR_DAYS_PER_WEEK / RC_CALENDAR_DAYS_PER_MONTH},
    {"month", "months", RC_UNIT_TIME, RC_WORKDAYS_PER_MONTH, 1, HOURS_PER_MONTH, 1},
    {"calendar day", "calendar days", RC_UNIT_CALENDAR_TIME, 1, 1,
     RC_MACHINE_HOURS_PER_DAY, 1 / RC_CALENDAR_DAYS_PER_MONTH},
    {"year", "years", RC_UNIT_LONG_TIME, RC_MONTHS_PER_YEAR *RC_WORKDAYS_PER_MONTH, 1,
     HOURS_PER_MONTH *RC_MONTHS_PER_YEAR, RC_MONTHS_PER_YEAR},
    {"person-hour", "person-hours", RC_UNIT_EFFORT, 1, RC_HOURS_PER_WORKDAY, 0, 0},
    {"person-day", "person-days", RC_UNIT_EFFORT, 1, 1, 0, 0},
    {"person-week", "person-weeks", RC_UNIT_EFFORT, RC_WORKDAYS_PER_WEEK, 1, 0, 0},
    {"person-month", "person-months", RC_UNIT_EFFORT, RC_WORKDAYS_PER_MONTH, 1, 0, 0},
    {"%", "%", RC_UNIT_PERCENT, 1, 100, 0, 0},
    {"point", "points", RC_UNIT_POINTS, 1, 100, 0, 0},
};

const size_t rc_units_n = sizeof rc_units / sizeof *rc_units;

const rc_unit *rc_unit_find(const char *word)
{
    for (size_t i = 0; i < rc_units_n; i++)
        if (strcmp(word, rc_units[i].word) == 0 ||
            strcmp(word, rc_units[i].plural) == 0)
            return &rc_units[i];
    return NULL;
}

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

rc_unit_family rc_unit_family_of(const char *word)
{
    const rc_unit *unit = rc_unit_find(word);
    return !*word              ? RC_UNIT_NONE
           : unit              ? unit->family
           : is_currency(word) ? RC_UNIT_MONEY
                               : RC_UNIT_UNKNOWN;
}
