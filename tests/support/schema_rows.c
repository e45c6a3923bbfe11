#include "schema_rows.h"
#include "models.h"
#include "scenario/schema.h"
#include <stdlib.h>

static void add(schema_rows *rows, const rc_group *group)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->at[i].group == group)
            return;
    for (const rc_setting *row = group->settings; row->key; row++) {
        if (rows->n == SCHEMA_ROWS)
            abort();
        rows->at[rows->n].group = group;
        rows->at[rows->n++].row = row;
    }
    for (const rc_setting *row = group->settings; row->key; row++)
        if (row->of)
            add(rows, row->of);
}

const schema_rows *every_setting(void)
{
    static schema_rows rows;
    if (rows.n == 0) {
        add(&rows, &rc_root_group);
        for (size_t i = 0; rc_models[i]; i++)
            if (rc_models[i]->group)
                add(&rows, rc_models[i]->group);
    }
    return &rows;
}

const char *some_value(const rc_setting *row)
{
    static const char *const by_kind[] = {
        [RC_TEXT] = "\"text\"",
        [RC_ID] = "\"x\"",
        [RC_TASK] = "\"launch\"",
        [RC_BOOL] = "true",
        [RC_INT] = "3",
        [RC_DATE] = "\"2026-06-01\"",
        [RC_TEXTS] = "[ \"a\" ]",
        [RC_CONDITION] = "\"recall < 80 %\"",
        [RC_CONDITIONS] = "[ \"target\" ]",
        [RC_CURVE_POINTS] = "( ( 1000, \"60 %\" ), ( 4000, \"70 %\" ) )",
        [RC_EFFECTS] = "[ \"latency +10 to 30 %\" ]",
        [RC_GROUP] = "{ }",
        [RC_LIST] = "( { id = \"x\"; } )",
    };
    static const char *const by_dimension[] = {
        [RC_NUMBER] = "\"0.5\"",
        [RC_COUNT] = "\"2k to 9k\"",
        [RC_TIME] = "\"3 to 12 days\"",
        [RC_EFFORT] = "\"3 / 5 / 12 person-days\"",
        [RC_SHARE] = "\"20 to 40 %\"",
        [RC_CHANGE] = "\"-5 to 15 %\"",
        [RC_POINTS] = "\"0.5 to 2 points\"",
        [RC_POINTS_PER_MONTH] = "\"0.1 to 0.4 points/month\"",
        [RC_MONEY] = "\"10k to 40k EUR\"",
        [RC_MONEY_PER_DAY] = "\"700 EUR/day\"",
        [RC_MONEY_PER_HOUR] = "\"2.10 EUR/hour\"",
        [RC_MONEY_PER_MONTH] = "\"10k to 40k EUR/month\"",
        [RC_COUNT_PER_MONTH] = "\"100 to 300 /month\"",
        [RC_CHANGE_PER_MONTH] = "\"0 to 4 %/month\"",
        [RC_COUNT_PER_DAY] = "\"400 to 600 /day\"",
        [RC_COUNT_PER_YEAR] = "\"0.5 to 2\"",
        [RC_HOURS] = "\"60 to 400\"",
        [RC_METRIC] = "\"70 to 80 %\"",
        [RC_MONTHS] = "\"3 months\"",
    };
    if (row->kind == RC_WORD)
        return row->words[0];
    if (row->kind == RC_REAL || row->kind == RC_ESTIMATE_ONCE ||
        row->kind == RC_ESTIMATE_EACH)
        return row->fallback ? row->fallback : by_dimension[row->dimension];
    return by_kind[row->kind];
}
