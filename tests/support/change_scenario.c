#include "change_scenario.h"
#include "schema_rows.h"
#include <stdio.h>
#include <string.h>

typedef struct text {
    uint8_t *at;
    size_t n, room;
    uint32_t word;
} text;

static size_t any(text *t, size_t n)
{
    t->word = t->word * 1664525 + 1013904223;
    return n ? (t->word >> 8) % n : 0;
}

static void replace(text *t, size_t from, size_t to, const char *with, size_t length)
{
    if (t->n - (to - from) + length > t->room)
        return;
    memmove(t->at + from + length, t->at + to, t->n - to);
    memcpy(t->at + from, with, length);
    t->n += length - (to - from);
}

static bool is_key(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || c == '_';
}

typedef struct span {
    size_t from, to;
} span;

/* The value behind some '=', as far as it is one text or number. */
static bool any_value(text *t, span *out)
{
    size_t start = any(t, t->n);
    for (size_t i = 0; i < t->n; i++) {
        size_t at = (start + i) % t->n;
        if (t->at[at] != '=')
            continue;
        for (at++; at < t->n && t->at[at] == ' ';)
            at++;
        size_t end = at;
        if (at < t->n && t->at[at] == '"') {
            for (end = at + 1; end < t->n && t->at[end] != '"';)
                end++;
            end += end < t->n;
        } else {
            while (end < t->n && !strchr(" ;,\n(){}[]", t->at[end]))
                end++;
        }
        if (end > at) {
            *out = (span){at, end};
            return true;
        }
    }
    return false;
}

static void put_value(text *t)
{
    static const char *const odd[] = {
        "\"0 days\"",
        "\"0 to 0 days\"",
        "\"1e6 days\"",
        "\"0 %\"",
        "\"100 %\"",
        "\"0.0001 %\"",
        "\"99.99 %\"",
        "\"1 minutes\"",
        "\"500 months\"",
        "\"0 to 1e5 days\"",
        "\"-50 to 50 %\"",
        "0",
        "1",
        "50",
        "1000",
        "\"0 EUR\"",
        "\"1bn EUR\"",
        "\"0 points\"",
        "\"0.01 to 90 points\"",
        "\"1\"",
        "\"exponential(20) days\"",
        "\"weibull(0.5, 20) days\"",
        "\"2026-02-02\"",
        "\"2027-12-31\"",
        "\"mix(1 %: 900 days, 99 %: 0 days)\"",
        "\"0\"",
        "false",
        "\"discrete(0: 50 %, 90: 50 %) days\"",
        "\"1 to 99 %\"",
        "\"1M\"",
    };
    span old, other;
    char value[200];
    if (!any_value(t, &old) || !any_value(t, &other))
        return;
    size_t n = other.to - other.from;
    if (any(t, 3) && n < sizeof value) {
        memcpy(value, t->at + other.from, n);
    } else {
        const char *chosen = odd[any(t, sizeof odd / sizeof *odd)];
        n = strlen(chosen);
        memcpy(value, chosen, n);
    }
    replace(t, old.from, old.to, value, n);
}

/* Only the inside of one value changes. */
static void bend_value(text *t, change_bytes *any_bytes)
{
    span old;
    uint8_t value[256];
    if (!any_value(t, &old) || old.to - old.from > 128)
        return;
    size_t n = old.to - old.from;
    memcpy(value, t->at + old.from, n);
    n = any_bytes(value, n, sizeof value);
    replace(t, old.from, old.to, (const char *)value, n);
}

/* Behind some setting, another of a table that has both. */
static void put_neighbour(text *t)
{
    const schema_rows *rows = every_setting();
    size_t start = any(t, t->n), first = any(t, rows->n);
    for (size_t i = 0; i < t->n; i++) {
        size_t at = (start + i) % t->n, end = at;
        if (!is_key(t->at[at]) || (at > 0 && is_key(t->at[at - 1])))
            continue;
        while (end < t->n && is_key(t->at[end]))
            end++;
        const rc_group *group = NULL;
        for (size_t k = 0; k < rows->n && !group; k++) {
            size_t r = (first + k) % rows->n;
            const char *key = rows->at[r].row->key;
            if (strlen(key) == end - at && !memcmp(key, t->at + at, end - at))
                group = rows->at[r].group;
        }
        for (size_t k = 0; group && k < rows->n; k++) {
            size_t r = (first + any(t, rows->n)) % rows->n;
            char line[600];
            if (rows->at[r].group != group)
                continue;
            const char *value = some_value(rows->at[r].row);
            bool bare = !strchr("\"([{0123456789-tf", *value) ||
                        (rows->at[r].row->kind == RC_WORD) ||
                        (rows->at[r].row->fallback == value);
            int n = snprintf(line, sizeof line, bare ? "%s = \"%s\"; " : "%s = %s; ",
                             rows->at[r].row->key, value);
            replace(t, at, at, line, (size_t)n);
            return;
        }
    }
}

size_t change_scenario(uint8_t *bytes, size_t n, size_t room, unsigned seed,
                       change_bytes *any_bytes)
{
    text t = {bytes, n, room, seed};
    switch (any(&t, 8)) {
    case 0:
    case 1:
    case 2:
        put_value(&t);
        break;
    case 3:
    case 4:
        bend_value(&t, any_bytes);
        break;
    case 5:
        put_neighbour(&t);
        break;
    default:
        return any_bytes(bytes, n, room);
    }
    return t.n ? t.n : any_bytes(bytes, n, room);
}
