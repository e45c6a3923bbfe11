#include "report/emit.h"
#include "base/text.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* ------------------------------------------------------------------- escapes */

static void put_point(FILE *out, uint32_t point)
{
    char bytes[4];
    size_t n = 0;
    if (point < 0x80) {
        bytes[n++] = (char)point;
    } else if (point < 0x800) {
        bytes[n++] = (char)(0xc0 | point >> 6);
    } else if (point < 0x10000) {
        bytes[n++] = (char)(0xe0 | point >> 12);
        bytes[n++] = (char)(0x80 | (point >> 6 & 0x3f));
    } else {
        bytes[n++] = (char)(0xf0 | point >> 18);
        bytes[n++] = (char)(0x80 | (point >> 12 & 0x3f));
        bytes[n++] = (char)(0x80 | (point >> 6 & 0x3f));
    }
    if (point >= 0x80)
        bytes[n++] = (char)(0x80 | (point & 0x3f));
    fwrite(bytes, 1, n, out);
}

static uint32_t harmless(const char **text)
{
    uint32_t point;
    *text += rc_character(&point, *text);
    if (point == '\t' || point == '\n' || point == '\r')
        return ' ';
    return rc_is_harmful(point) ? RC_BROKEN : point;
}

void rc_emit_plain(FILE *out, const char *text)
{
    while (*text)
        put_point(out, harmless(&text));
}

void rc_emit_csv(FILE *out, const char *text)
{
    bool formula = *text && strchr("=+-@\t\r", *text);
    bool quoted = formula || strpbrk(text, ",\"\r\n\t;") || *text == ' ';
    if (quoted)
        fputc('"', out);
    if (formula)
        fputc('\'', out);
    while (*text) {
        uint32_t point = harmless(&text);
        if (point == '"')
            fputc('"', out);
        put_point(out, point);
    }
    if (quoted)
        fputc('"', out);
}

void rc_emit_html(FILE *out, const char *text)
{
    while (*text) {
        uint32_t point = harmless(&text);
        switch (point) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        case '\'':
            fputs("&#39;", out);
            break;
        default:
            put_point(out, point);
        }
    }
}

static void put_escaped(FILE *out, uint32_t point)
{
    if (point > 0xffff) {
        fprintf(out, "\\u%04x", 0xd7c0u + (unsigned)(point >> 10));
        point = 0xdc00 | (point & 0x3ff);
    }
    fprintf(out, "\\u%04x", (unsigned)point);
}

void rc_emit_json(FILE *out, const char *text)
{
    fputc('"', out);
    while (*text) {
        uint32_t point;
        text += rc_character(&point, text);
        if (point == '"' || point == '\\')
            fprintf(out, "\\%c", (char)point);
        else if (point == '\n')
            fputs("\\n", out);
        else if (point == '\t')
            fputs("\\t", out);
        else if (rc_is_harmful(point))
            put_escaped(out, point);
        else
            put_point(out, point);
    }
    fputc('"', out);
}

void rc_emit_number(FILE *out, double x)
{
    char digits[32];
    if (isnan(x))
        return;
    if (isinf(x)) {
        fputs(x > 0 ? "never" : "-never", out);
        return;
    }
    rc_number_print(digits, x == 0 ? 0 : x); /* no minus before a zero */
    fputs(digits, out);
}

/* ---------------------------------------------------------------------- JSON */

static void lead(rc_json *json, const char *key)
{
    if (json->depth > 0) {
        bool line = json->level[json->depth - 1].one_line;
        bool *filled = &json->level[json->depth - 1].filled;
        if (*filled)
            fputs(line ? ", " : ",", json->out);
        if (!line)
            fprintf(json->out, "\n%*s", (int)(2 * json->depth), "");
        *filled = true;
    }
    if (key) {
        rc_emit_json(json->out, key);
        fputs(": ", json->out);
    }
}

static void begin(rc_json *json, const char *key, const char brackets[2], bool one_line)
{
    assert(json->depth < RC_JSON_DEPTH);
    lead(json, key);
    fputc(brackets[0], json->out);
    if (json->depth > 0)
        one_line = one_line || json->level[json->depth - 1].one_line;
    json->level[json->depth].close = brackets[1];
    json->level[json->depth].one_line = one_line;
    json->level[json->depth].filled = false;
    json->depth++;
}

void rc_json_object(rc_json *json, const char *key)
{
    begin(json, key, "{}", false);
}

void rc_json_array(rc_json *json, const char *key)
{
    begin(json, key, "[]", false);
}

void rc_json_object_line(rc_json *json, const char *key)
{
    begin(json, key, "{}", true);
}

void rc_json_array_line(rc_json *json, const char *key)
{
    begin(json, key, "[]", true);
}

void rc_json_end(rc_json *json)
{
    assert(json->depth > 0);
    json->depth--;
    if (json->level[json->depth].filled && !json->level[json->depth].one_line)
        fprintf(json->out, "\n%*s", (int)(2 * json->depth), "");
    fputc(json->level[json->depth].close, json->out);
    if (json->depth == 0)
        fputc('\n', json->out);
}

void rc_json_text(rc_json *json, const char *key, const char *text)
{
    lead(json, key);
    if (text)
        rc_emit_json(json->out, text);
    else
        fputs("null", json->out);
}

void rc_json_number(rc_json *json, const char *key, double x)
{
    lead(json, key);
    if (isfinite(x))
        rc_emit_number(json->out, x);
    else
        fputs("null", json->out);
}

void rc_json_count(rc_json *json, const char *key, uint64_t n)
{
    lead(json, key);
    fprintf(json->out, "%llu", (unsigned long long)n);
}

void rc_json_bool(rc_json *json, const char *key, bool yes)
{
    lead(json, key);
    fputs(yes ? "true" : "false", json->out);
}

void rc_json_null(rc_json *json, const char *key)
{
    lead(json, key);
    fputs("null", json->out);
}
