#include "report/sheet.h"
#include "report/human.h"
#include <stdint.h>
#include <string.h>

static const char *const codes[] = {"\033[0m", "\033[1m", "\033[2m", "\033[34m",
                                    "\033[33m"};

static const struct {
    const char *sign, *ascii;
} translations[] = {
    {"\xe2\x88\x92", "-"},  {"\xc2\xb1", "+-"},     {"\xc2\xb7", "|"},
    {"\xe2\x80\xa6", ".."}, {"\xe2\x86\x92", "->"}, {"\xe2\x82\xac", "EUR"},
    {"\xc2\xa3", "GBP"},    {"\xe2\x80\x93", "-"},  {"\xe2\x80\x94", "-"},
    {"\xe2\x89\xa4", "<="}, {"\xe2\x89\xa5", ">="}, {"\xc3\x97", "x"},
};

static const char *translated(const char *sign, size_t n)
{
    for (size_t i = 0; i < sizeof translations / sizeof translations[0]; i++)
        if (strlen(translations[i].sign) == n && !memcmp(sign, translations[i].sign, n))
            return translations[i].ascii;
    return "?";
}

static size_t sequence(const char *s)
{
    size_t n = 1;
    while (((unsigned char)s[n] & 0xc0) == 0x80)
        n++;
    return n;
}

/* Columns that text takes; written to f as well where there is one. */
static unsigned flow(const rc_sheet *s, FILE *f, const char *text)
{
    char clean[1024];
    unsigned columns = 0;
    rc_human_name(clean, sizeof clean, text, SIZE_MAX);
    for (const char *c = clean; *c; c += sequence(c)) {
        size_t n = sequence(c);
        const char *piece = c;
        bool apart = false;
        if (s->ascii && n > 1) {
            piece = translated(c, n);
            /* "190 k€" -> "190 k EUR" */
            if (strlen(piece) == 3 && columns && c[-1] != ' ') {
                columns++;
                if (f)
                    fputc(' ', f);
            }
            /* "£120k" -> "GBP 120k" */
            apart = strlen(piece) == 3 && c[n] >= '0' && c[n] <= '9';
            n = strlen(piece);
            columns += (unsigned)n + apart;
        } else {
            columns++;
        }
        if (f)
            fprintf(f, "%.*s%s", (int)n, piece, apart ? " " : "");
    }
    return columns;
}

unsigned rc_sheet_columns(const rc_sheet *s, const char *text)
{
    return flow(s, NULL, text);
}

void rc_sheet_put(rc_sheet *s, const char *text)
{
    s->at += flow(s, s->out, text);
}

void rc_sheet_put_in(rc_sheet *s, rc_look style, const char *text)
{
    bool dressed = s->colour && style != RC_PLAIN;
    if (dressed)
        fputs(codes[style], s->out);
    rc_sheet_put(s, text);
    if (dressed)
        fputs(codes[RC_PLAIN], s->out);
}

void rc_sheet_newline(rc_sheet *s)
{
    fputc('\n', s->out);
    s->at = 0;
}

void rc_sheet_to(rc_sheet *s, unsigned column)
{
    unsigned n = s->at < column ? column - s->at : s->at ? 2 : 0;
    fprintf(s->out, "%*s", (int)n, "");
    s->at += n;
}

/* "%" and "€", "k€", "M€", "bn€" belong to the figure before them. */
static bool is_sign(const char *word)
{
    static const char euro[] = "\xe2\x82\xac";
    size_t scale = strspn(word, "kMbn");
    return *word == '%' || (scale <= 2 && !strncmp(word + scale, euro, strlen(euro)));
}

void rc_sheet_paragraph(rc_sheet *s, unsigned hang, rc_look style, const char *text)
{
    bool first = true;
    if (s->colour && style != RC_PLAIN)
        fputs(codes[style], s->out);
    while (*text) {
        char word[256];
        size_t n = strcspn(text, " ");
        if (text[n] == ' ' && is_sign(text + n + 1)) /* a figure keeps its sign */
            n += 1 + strcspn(text + n + 1, " ");
        snprintf(word, sizeof word, "%.*s", (int)n, text);
        if ((!first || s->at > hang) &&
            s->at + !first + rc_sheet_columns(s, word) > s->width) {
            rc_sheet_newline(s);
            rc_sheet_to(s, hang);
            first = true;
        }
        if (!first)
            rc_sheet_put(s, " ");
        rc_sheet_put(s, word);
        first = false;
        text += n;
        text += strspn(text, " ");
    }
    if (s->colour && style != RC_PLAIN)
        fputs(codes[RC_PLAIN], s->out);
}

void rc_sheet_remark(rc_sheet *s, unsigned column, rc_look style, const char *text)
{
    unsigned start = s->at < column ? column : s->at + 2;
    if (start + rc_sheet_columns(s, text) > s->width && start + 36 > s->width) {
        rc_sheet_newline(s);
        start = RC_SHEET_TEXT;
    }
    rc_sheet_to(s, start);
    rc_sheet_paragraph(s, start, style, text);
}
