/* dictionary.c -- words of the language for fuzzers, from the tables of the reader: every
 * key, every word and default, every unit and law. */
#include "base/units.h"
#include "schema_rows.h"
#include <roadcast/dist.h>
#include <stdio.h>

static void entry(const char *word)
{
    putchar('"');
    for (; *word; word++)
        if (*word == '"' || *word == '\\' || *word < 0x20 || *word > 0x7e)
            printf("\\x%02x", (unsigned char)*word);
        else
            putchar(*word);
    puts("\"");
}

int main(void)
{
    static const char *const grammar[] = {
        " to ",     " / ",         "mix(",         "p5=",          "p10=",
        "p25=",     "p50=",        "p75=",         "p90=",         "p95=",
        "mode=",    "low=",        "high=",        "mean=",        "sd=",
        "lambda=",  "median=",     "shape=",       "scale=",       "50 % ",
        "EUR",      "USD",         "/hour",        "/day",         "/month",
        "%/month",  " points",     "points/month", "ms",           ", 95 % sure",
        " < ",      " <= ",        " > ",          " >= ",         "target",
        "fairness", " + 3 days",   "start of ",    "50 % of ",     " calendar days",
        "extends",  "@include \"", "/*",           "*/",           "//",
        "( { ",     " } )",        "[ \"",         "\xe2\x88\x92", "1e308",
        "1e-308",   "2147483647",  "-1",           "0x7fffffff",
    };
    const schema_rows *rows = every_setting();
    for (size_t i = 0; i < rows->n; i++) {
        const rc_setting *row = rows->at[i].row;
        char text[300];
        snprintf(text, sizeof text, "%s = ", row->key);
        entry(text);
        if (row->fallback)
            entry(row->fallback);
        for (const char *const *w = row->words; w && *w; w++)
            entry(*w);
    }
    for (size_t i = 0; i < rc_units_n; i++)
        entry(rc_units[i].plural);
    for (int kind = 0; kind < RC_LAW_KINDS; kind++) {
        char text[40];
        snprintf(text, sizeof text, "%s(", rc_law_name((rc_law_kind)kind));
        entry(text);
    }
    for (size_t i = 0; i < sizeof grammar / sizeof *grammar; i++)
        entry(grammar[i]);
    return 0;
}
