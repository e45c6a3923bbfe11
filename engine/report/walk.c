#include "report/walk.h"
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct walk {
    char *at;
    char path[RC_WALK_PATH];
    uint32_t depth;
    rc_walk_visit visit;
    void *self;
} walk;

static void skip(walk *w)
{
    w->at += strspn(w->at, " \t\r\n");
}

static bool take(walk *w, char c)
{
    skip(w);
    bool there = *w->at == c;
    w->at += there;
    return there;
}

/* ------------------------------------------------------------------- strings */

static bool hex(const char *at, uint32_t *out)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    *out = 0;
    for (int i = 0; i < 4; i++) {
        const char *digit = at[i] ? strchr(digits, at[i]) : NULL;
        if (!digit)
            return false;
        uint32_t d = (uint32_t)(digit - digits);
        *out = 16 * *out + (d < 16 ? d : d - 6);
    }
    return true;
}

static char *put_utf8(char *to, uint32_t c)
{
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    int n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (int i = n; --i > 0; c >>= 6)
        to[i] = (char)(0x80 | (c & 0x3f));
    *to = (char)(n == 1 ? c : lead[n] | c);
    return to + n;
}

/* Behind the backslash; what it stands for is never longer. */
static bool escape(walk *w, char **to)
{
    static const char names[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    char c = *w->at;
    const char *name = c ? strchr(names, c) : NULL;
    uint32_t code, low;
    if (name)
        *(*to)++ = means[name - names];
    w->at += name != NULL;
    if (name || c != 'u')
        return name != NULL;
    if (!hex(w->at + 1, &code))
        return false;
    w->at += 5;
    if (code >= 0xd800 && code < 0xdc00 && w->at[0] == '\\' && w->at[1] == 'u' &&
        hex(w->at + 2, &low) && low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        w->at += 6;
    }
    *to = put_utf8(*to, code);
    return code && (code < 0xd800 || code >= 0xe000);
}

static bool string(walk *w, const char **out)
{
    if (!take(w, '"'))
        return false;
    char *to = w->at;
    *out = to;
    while (*w->at && *w->at != '"') {
        if (*w->at != '\\') {
            *to++ = *w->at++;
            continue;
        }
        w->at++;
        if (!escape(w, &to))
            return false;
    }
    bool ended = *w->at == '"';
    w->at += ended;
    *to = '\0';
    return ended;
}

/* -------------------------------------------------------------------- values */

static bool value(walk *w);

static bool member(walk *w, bool named)
{
    const char *key = "[]";
    if (named && !(string(w, &key) && take(w, ':')))
        return false;
    size_t n = strlen(w->path);
    int more = snprintf(w->path + n, sizeof w->path - n, "%s%s", named && n ? "." : "",
                        key);
    bool fine = more >= 0 && (size_t)more < sizeof w->path - n && value(w);
    w->path[n] = '\0';
    return fine;
}

static bool container(walk *w, bool named)
{
    char close = named ? '}' : ']';
    w->at++;
    if (take(w, close))
        return true;
    if (++w->depth > RC_WALK_DEPTH)
        return false;
    do {
        if (!member(w, named))
            return false;
    } while (take(w, ','));
    w->depth--;
    return take(w, close);
}

static bool word(walk *w)
{
    char text[32];
    size_t n = strcspn(w->at, " \t\r\n,]}:\"[{");
    if (n == 0 || n >= sizeof text)
        return false;
    memcpy(text, w->at, n);
    text[n] = '\0';
    w->at += n;
    return w->visit(w->self, w->path, text, true);
}

static bool value(walk *w)
{
    const char *text;
    skip(w);
    if (*w->at == '{' || *w->at == '[')
        return container(w, *w->at == '{');
    if (*w->at == '"')
        return string(w, &text) && w->visit(w->self, w->path, text, false);
    return word(w);
}

bool rc_walk_json(char *document, rc_walk_visit visit, void *self)
{
    walk w = {.at = document, .visit = visit, .self = self};
    if (!value(&w))
        return false;
    skip(&w);
    return *w.at == '\0';
}
