#include "scenario/node.h"
#include "base/text.h"
#include "scenario/faults.h"
#include <limits.h>

#include <stdlib.h>
#include <string.h>

/* The grammar of libconfig 1.5, without what it reads wrong:
 *
 *   settings  { NAME ("=" | ":") value [";" | ","] }
 *   value     "{" settings "}" | "(" [value {"," value}] ")" | "[" [scalar {","
 * scalar}] "]" | scalar scalar    TEXT {TEXT} | INTEGER | HEX | FLOAT | true | false
 */
typedef struct reader {
    const rc_source *source;
    rc_faults *faults;
    rc_arena *arena;
    size_t at;         /* next byte */
    uint32_t line;     /* index into source->lines */
    size_t line_start; /* byte */
    size_t counted_to; /* columns of this line are known up to here … */
    uint32_t columns;  /* … so many */
    uint32_t depth;
    bool torn;   /* a text was not closed: what follows may be part of it */
    bool broken; /* the structure is lost: stop */
    bool refused;
    bool no_memory;
} reader;

/* -------------------------------------------------------------------- places */

static rc_position place(reader *r, size_t from, size_t to)
{
    const char *text = r->source->text;
    if (from < r->line_start)
        from = r->line_start;
    if (from < r->counted_to) {
        r->counted_to = r->line_start;
        r->columns = 0;
    }
    r->columns += (uint32_t)rc_utf8_columns(text + r->counted_to, from - r->counted_to);
    r->counted_to = from;
    if (!r->source->lines_n)
        return (rc_position){0, 1, 1, 1};
    uint32_t last = r->source->lines_n - 1;
    rc_source_line l = r->source->lines[r->line < last ? r->line : last];
    return (rc_position){l.file, l.line, r->columns + 1,
                         (uint32_t)rc_utf8_columns(text + from, to - from)};
}

static void refuse(reader *r, rc_position at, const char *hint, const char *text)
{
    rc_fault(r->faults, at, hint, "%s", text);
    r->refused = true;
}

/* A fault after which nothing can be made of the rest. */
static void give_up(reader *r, rc_position at, const char *hint, const char *text)
{
    if (!r->broken && !r->torn)
        refuse(r, at, hint, text);
    r->broken = true;
}

static int peek(const reader *r, size_t ahead)
{
    size_t i = r->at + ahead;
    return i < r->source->n ? (unsigned char)r->source->text[i] : -1;
}

static void next_line(reader *r)
{
    r->line++;
    r->line_start = r->counted_to = r->at;
    r->columns = 0;
}

/* Blanks and comments; comments are known to be closed. Next byte, or -1 at the end. */
static int skip(reader *r)
{
    for (;;) {
        int c = peek(r, 0);
        if (c == '\n') {
            r->at++;
            next_line(r);
        } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v') {
            r->at++;
        } else if (c == '#' || (c == '/' && peek(r, 1) == '/')) {
            while (peek(r, 0) >= 0 && peek(r, 0) != '\n')
                r->at++;
        } else if (c == '/' && peek(r, 1) == '*') {
            r->at += 2;
            while (peek(r, 0) >= 0 && !(peek(r, 0) == '*' && peek(r, 1) == '/')) {
                bool ends = peek(r, 0) == '\n';
                r->at++;
                if (ends)
                    next_line(r);
            }
            r->at += peek(r, 0) >= 0 ? 2 : 0;
        } else {
            return c;
        }
    }
}

static bool is_letter(int c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}
static bool is_word(int c)
{
    return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '*';
}

/* --------------------------------------------------------------------- nodes */

static rc_node *new_node(reader *r, rc_node *parent, rc_node_kind kind)
{
    rc_node *node = rc_arena_alloc(r->arena, 1, sizeof *node);
    if (!node) {
        r->no_memory = r->broken = true;
        return NULL;
    }
    node->kind = kind;
    if (parent)
        rc_node_append(parent, node);
    return node;
}

/* One "…": true when it was closed on its line. */
static bool read_one_text(reader *r, rc_position *inside)
{
    size_t quote = r->at++, first = r->at;
    for (;; r->at++) {
        int c = peek(r, 0);
        if (c < 0 || c == '\n') {
            rc_position at = place(r, quote, r->at);
            refuse(r, at, "close it with \" on its line",
                   "this text is not closed on its line");
            *inside = at;
            r->torn = true;
            return false;
        }
        if (c == '"')
            break;
        if (c == '\\' && (peek(r, 1) == '"' || peek(r, 1) == '\\')) {
            r->at++;
        } else if (c == '\\') {
            refuse(r, place(r, r->at, r->at + 1), "write \\\\ for a backslash",
                   "a backslash stands before \" or \\ only");
        } else if ((c < 0x20 && c != '\t') || c == 0x7f) {
            refuse(r, place(r, r->at, r->at + 1), NULL,
                   "a control character in a text");
        }
    }
    *inside = place(r, first, r->at);

    r->at++;
    return true;
}

static void read_text(reader *r, rc_node *parent)
{
    rc_node *node = new_node(r, parent, RC_NODE_TEXT);
    if (!node)
        return;
    size_t from = r->at, bytes = 0;
    bool closed = read_one_text(r, &node->at);
    for (bytes = r->at - from - 2; closed && skip(r) == '"';
         bytes += r->at - from - 2) {
        rc_position more; /* neighbours are joined */
        from = r->at;
        closed = read_one_text(r, &more);
    }
    if (closed && bytes > RC_NODE_TEXT_BYTES)
        refuse(r, node->at, NULL, "a text may have 64 KiB");
}

static void check_integer(reader *r, rc_position at, const char *digits, bool is_long)
{
    bool hex = strncmp(digits, "0x", 2) == 0 || strncmp(digits, "0X", 2) == 0;
    const char *d = digits + (hex ? 2 : *digits == '-' || *digits == '+');
    const uint64_t limit = is_long ? INT64_MAX : INT_MAX, base = hex ? 16 : 10;
    uint64_t value = 0;
    bool fits = *d != '\0';
    for (; fits && *d && *d != 'L'; d++) {
        uint64_t digit = (uint64_t)(*d <= '9' ? *d - '0' : (*d | 0x20) - 'a' + 10);
        fits = value <= (limit - digit) / base;
        value = value * base + digit;
    }
    if (!fits && is_long)
        refuse(r, at, NULL, "a whole number of more than 63 bits");
    else if (!fits)
        refuse(
            r, at,
            "write it in quotes, as \"3bn\" or \"3000000000\", or with an L at its end",
            "this whole number is beyond 2147483647");
}

/* digits[.digits][e[+-]digits] */
static bool looks_like_number(const char *word)
{
    word += *word == '-' || *word == '+';
    size_t whole = strspn(word, "0123456789"), part = 0;
    word += whole;
    if (*word == '.') {
        part = strspn(word + 1, "0123456789");
        word += 1 + part;
    }
    if (whole + part && (*word | 0x20) == 'e') {
        word += 1 + (word[1] == '-' || word[1] == '+');
        size_t power = strspn(word, "0123456789");
        if (!power)
            return false;
        word += power;
    }
    return whole + part > 0 && !*word;
}

/* Quotes that word processors put in place of \" */
static bool is_typographic(const reader *r)
{
    static const char *const quotes[] = {"\u201c", "\u201d", "\u201e",
                                         "\u2018", "\u2019", "\u201a",
                                         "\u00ab", "\u00bb", "'"};
    rc_slice rest = {r->source->text + r->at, r->source->n - r->at};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        size_t n = strlen(quotes[i]);
        if (rest.n >= n && memcmp(rest.at, quotes[i], n) == 0)
            return true;
    }
    return false;
}

/* Numbers, true and false: a run of characters up to a blank or mark. */
static void read_bare(reader *r, rc_node *parent)
{
    size_t from = r->at;
    while (peek(r, 0) >= 0 && (is_word(peek(r, 0)) || strchr("+.%", peek(r, 0))))
        r->at++;
    rc_slice s = {r->source->text + from, r->at - from};
    rc_position at = place(r, from, r->at);
    rc_node *node = new_node(r, parent, RC_NODE_BOOL);
    char word[400];
    if (!node)
        return;
    node->at = at;
    if (s.n == 0 && is_typographic(r)) {
        give_up(r, place(r, from, from + 1),
                "write \"…\" with the double quotes of the keyboard",
                "a text stands in double quotes, not in these");
        return;
    }
    if (s.n == 0 || s.n >= sizeof word) {
        give_up(r, s.n ? at : place(r, from, from + 1), NULL,
                s.n ? "a number with so many digits" : "a value is missing here");
        return;
    }
    memcpy(word, s.at, s.n);
    word[s.n] = '\0';
    if (strcasecmp(word, "true") == 0 || strcasecmp(word, "false") == 0)
        return;
    size_t sign = *word == '-' || *word == '+', digits = sign, i;
    bool hex = !sign && (strncmp(word, "0x", 2) == 0 || strncmp(word, "0X", 2) == 0);
    if (hex) {
        for (i = 2;
             is_digit(word[i]) || (is_letter(word[i]) && (word[i] | 0x20) <= 'f');)
            i++;
        digits = i - 2;
    } else {
        for (i = sign; is_digit(word[i]);)
            i++;
        digits = i - sign;
    }
    size_t whole_end = i;
    while (word[i] == 'L' && i < whole_end + 2)
        i++;
    if (digits && !word[i]) {
        node->kind = RC_NODE_INT;
        check_integer(r, at, word, i > whole_end);
        return;
    }
    double value = 0;
    if (!hex && rc_number_is(&value, s) && (digits || is_digit(word[sign + 1]))) {
        node->kind = RC_NODE_REAL;
        node->text = rc_arena_slice(r->arena, s.at, s.n);
        r->no_memory |= !node->text;
        return;
    }
    if (looks_like_number(word)) {
        node->kind = RC_NODE_REAL;
        refuse(r, at, NULL, "this number is beyond what a computer can hold");
        return;
    }
    give_up(r, at, "texts and numbers with a unit are written in quotes: \"80 %\"",
            is_digit(word[sign]) || word[sign] == '.' ? "this is no number"
                                                      : "this is no value");
}

static void read_value(reader *r, rc_node *parent, const char *key, rc_position key_at);

static void read_items(reader *r, rc_node *list, int close)
{
    size_t open_at = r->at;
    list->at = place(r, open_at, open_at + 1);
    r->at++;
    if (++r->depth > RC_NODE_DEPTH) {
        give_up(r, list->at, NULL, "groups and lists may be nested 32 deep");
        return;
    }
    bool first = true;
    for (int c; !r->broken && (c = skip(r)) != close; first = false) {
        if (c < 0) {
            give_up(r, list->at, NULL,
                    close == ')' ? "this ( is never closed" : "this [ is never closed");
        } else if (!first && c != ',') {
            give_up(r, place(r, r->at, r->at + 1),
                    close == ')'
                        ? "items of a list stand between commas; is a ')' missing?"
                        : "items of an array stand between commas; is a ']' missing?",
                    "a ',' is missing here");
        } else {
            rc_position comma = place(r, r->at, r->at + 1);
            if (!first) {
                r->at++;
                if (skip(r) == close) {
                    refuse(r, comma, "leave it out", "a comma after the last item");
                    break;
                }
            }
            read_value(r, list, NULL, (rc_position){0});
            if (list->n > RC_NODE_ITEMS)
                give_up(r, list->at, NULL, "a list may have 100 000 items");
        }
    }
    r->depth--;
    if (!r->broken)
        r->at++;
}

static void check_array(reader *r, const rc_node *array)
{
    for (const rc_node *item = array->first; item; item = item->next) {
        if (item->kind <= RC_NODE_ARRAY)
            refuse(r, item->at, "write a list: ( … )",
                   "an array [ … ] holds texts or numbers only");
        else if (item->kind != array->first->kind)
            refuse(r, item->at, "all texts, or all whole numbers, or all with a point",
                   "the items of an array [ … ] are of one kind");
        else
            continue;
        return;
    }
}

static void read_settings(reader *r, rc_node *group, int close)
{
    for (int c; !r->broken && (c = skip(r)) != close;) {
        if (c < 0) {
            give_up(r, group->at, NULL, "this { is never closed");
            return;
        }
        size_t from = r->at;
        if (!is_letter(c) && c != '*') {
            give_up(r, place(r, from, from + 1),
                    is_digit(c) ? "numbers have no blanks or marks inside: 40000"
                    : c == ';'  ? "one ; is enough"
                    : strchr(")]", c) && close == '}'
                        ? "a '}' may be missing: the group before it is still open"
                        : NULL,
                    c == '@'           ? "@include stands on a line of its own"
                    : c == '%'         ? "a '%' outside of quotes"
                    : strchr("})]", c) ? "this closes nothing"
                                       : "the name of a setting was expected here");
            return;
        }
        while (is_word(peek(r, 0)))
            r->at++;
        rc_position at = place(r, from, r->at);
        const char *key =
            rc_arena_slice(r->arena, r->source->text + from, r->at - from);
        if (!key) {
            r->no_memory = r->broken = true;
            return;
        }
        if (strcasecmp(key, "true") == 0 || strcasecmp(key, "false") == 0) {
            give_up(r, at, NULL, "true and false cannot be the name of a setting");
            return;
        }
        c = skip(r);
        if (c != '=' && c != ':') {
            char text[160];
            snprintf(text, sizeof text, "after '%.64s' a '=' was expected", key);
            give_up(r, at,
                    "texts, and numbers with a unit, are written in quotes: \"5 days\"",
                    text);
            return;
        }
        r->at++;
        skip(r);
        const rc_node *twin = rc_node_child(group, key);
        if (twin) {
            char text[160];
            snprintf(text, sizeof text, "'%.64s' is set twice in this group", key);
            refuse(r, at, NULL, text);
        }
        read_value(r, group, key, at);
        if (group->n > RC_NODE_KEYS)
            give_up(r, at, NULL, "a group may have 1 000 settings");
        c = r->broken ? 0 : skip(r);
        if (c == ';' || c == ',')
            r->at++;
    }
}

static void read_value(reader *r, rc_node *parent, const char *key, rc_position key_at)
{
    int c = peek(r, 0);
    rc_node *node = NULL;
    if (c == '"') {
        read_text(r, parent);
    } else if (c == '{' || c == '(' || c == '[') {
        node = new_node(r, parent,
                        c == '{'   ? RC_NODE_GROUP
                        : c == '(' ? RC_NODE_LIST
                                   : RC_NODE_ARRAY);
    } else {
        read_bare(r, parent);
    }
    if (parent->last) {
        parent->last->key = key;
        parent->last->key_at = key_at;
    }
    if (!node)
        return;
    if (c != '{') {
        read_items(r, node, c == '(' ? ')' : ']');
        if (c == '[')
            check_array(r, node);
        return;
    }
    node->at = place(r, r->at, r->at + 1);
    r->at++;
    if (++r->depth > RC_NODE_DEPTH)
        give_up(r, node->at, NULL, "groups and lists may be nested 32 deep");
    read_settings(r, node, '}');
    r->depth--;
    if (!r->broken)
        r->at++;
}

rc_status rc_lint(rc_node **out, const rc_source *source, rc_faults *faults,
                  rc_arena *arena)
{
    reader r = {.source = source, .faults = faults, .arena = arena};
    rc_node *root = new_node(&r, NULL, RC_NODE_GROUP);
    if (root) {
        root->at = place(&r, 0, 0);
        read_settings(&r, root, -1);
    }
    *out = root;
    return r.no_memory ? RC_IO : r.refused ? RC_REFUSED : RC_OK;
}
