#include "scenario/faults.h"
#include "base/text.h"
#include "scenario/scenario.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { WINDOW = 100 }; /* code points of a source line that a message shows */

typedef struct source {
    char *name, *text;
    size_t n;
    bool has_lines;
} source;

typedef struct fault {
    rc_position at;
    bool error;
    uint32_t sequence;
    char *text, *hint;
} fault;

struct rc_faults {
    source *sources;
    fault *faults;
    uint32_t sources_n, sources_room, faults_n, faults_room;
    uint32_t errors, warnings;
    char lost[320];             /* why; empty: nothing was */
    const rc_scenario *checked; /* NULL: none yet */
    bool (*had_use)(const void *self); /* NULL: may_be_unused says it */
    const void *self;
    bool may_be_unused;
};

/* More than this many faults of a file are counted and not kept. */
enum { FAULTS_KEPT = 1000 };

void rc_faults_check(rc_faults *faults, const rc_scenario *scenario)
{
    faults->checked = scenario;
}

void rc_faults_may_be_unused(rc_faults *faults, bool (*had_use)(const void *self),
                             const void *self)
{
    faults->had_use = had_use;
    faults->self = self;
}

static bool may_be_unused(rc_faults *faults)
{
    if (faults->had_use)
        faults->may_be_unused = faults->had_use(faults->self);
    faults->had_use = NULL;
    return faults->may_be_unused;
}

const void *rc_check_group(const rc_faults *faults, const char *model, uint32_t i)
{
    const rc_scenario *s = faults->checked;
    for (uint32_t m = 0; s && m < s->models_n; m++) {
        const rc_model_groups *g = &s->models[m];
        if (g->given && i < g->n && strcmp(g->model->id, model) == 0)
            return (const char *)g->at + i * g->model->group->size;
    }
    return NULL;
}

const rc_metric *rc_check_metric(const rc_faults *faults, const char *id)
{
    const rc_metric *at = faults->checked ? faults->checked->metrics.at : NULL;
    for (uint32_t i = 0; at && i < faults->checked->metrics.n; i++)
        if (strcmp(at[i].head.id, id) == 0)
            return &at[i];
    return NULL;
}

bool rc_check_at_gates(const rc_faults *faults, const char *metric)
{
    const rc_scenario *s = faults->checked;
    for (uint32_t t = 0; s && t < s->tasks.n; t++) {
        const rc_gate *gate = rc_tasks(s)[t].gate;
        for (uint32_t i = 0; gate && i < gate->needs.n; i++) {
            const char *its = gate->needs.at[i].metric;
            if (strcmp(its, metric) == 0 ||
                (strcmp(its, "target") == 0 && rc_target_of(&s->goals, metric)))
                return true;
        }
    }
    return false;
}

const char *rc_check_currency(const rc_faults *faults)
{
    return faults->checked && faults->checked->currency ? faults->checked->currency
                                                        : "";
}

rc_faults *rc_faults_new(void)
{
    return calloc(1, sizeof(rc_faults));
}

void rc_faults_free(rc_faults *faults)
{
    if (!faults)
        return;
    for (uint32_t i = 0; i < faults->sources_n; i++) {
        free(faults->sources[i].name);
        free(faults->sources[i].text);
    }
    for (uint32_t i = 0; i < faults->faults_n; i++) {
        free(faults->faults[i].text);
        free(faults->faults[i].hint);
    }
    free(faults->sources);
    free(faults->faults);
    free(faults);
}

void rc_faults_lose(rc_faults *faults, const char *format, ...)
{
    if (faults->lost[0])
        return;
    va_list args;
    va_start(args, format);
    vsnprintf(faults->lost, sizeof faults->lost, format, args);
    va_end(args);
}

const char *rc_faults_lost(const rc_faults *faults)
{
    return faults->lost[0] ? faults->lost : NULL;
}

uint32_t rc_faults_errors(const rc_faults *faults)
{
    return faults->errors;
}

uint32_t rc_faults_warnings(const rc_faults *faults)
{
    return faults->warnings;
}

static bool make_room(void **at, uint32_t *room, uint32_t n, size_t size)
{
    if (n < *room)
        return true;
    uint32_t more = *room ? *room * 2 : 8;
    void *grown = realloc(*at, more * size);
    if (!grown)
        return false;
    *at = grown;
    *room = more;
    return true;
}

uint32_t rc_faults_source(rc_faults *faults, const char *name, const char *text,
                          size_t n, bool has_lines)
{
    void *sources = faults->sources;
    if (!make_room(&sources, &faults->sources_room, faults->sources_n,
                   sizeof(source))) {
        rc_faults_lose(faults, "out of memory");
        return UINT32_MAX;
    }
    faults->sources = sources;
    source s = {strdup(name), malloc(n + 1), n, has_lines};
    if (!s.name || !s.text) {
        free(s.name);
        free(s.text);
        rc_faults_lose(faults, "out of memory");
        return UINT32_MAX;
    }
    memcpy(s.text, text, n);
    s.text[n] = '\0';
    faults->sources[faults->sources_n] = s;
    return faults->sources_n++;
}

#if defined(__GNUC__)
__attribute__((format(printf, 5, 0)))
#endif
static void
record(rc_faults *faults, bool error, rc_position at, const char *hint,
       const char *format, va_list args)
{
    if (error)
        faults->errors++;
    else
        faults->warnings++;
    if (faults->faults_n >= FAULTS_KEPT)
        return;
    void *list = faults->faults;
    char *text = NULL;
    bool roomy =
        make_room(&list, &faults->faults_room, faults->faults_n, sizeof(fault));
    faults->faults = list;
    if (!roomy || vasprintf(&text, format, args) < 0) {
        rc_faults_lose(faults, "out of memory");
        return;
    }
    char *copy = hint ? strdup(hint) : NULL;
    if (hint && !copy)
        rc_faults_lose(faults, "out of memory");
    faults->faults[faults->faults_n] = (fault){at, error, faults->faults_n, text, copy};
    faults->faults_n++;
}

void rc_fault(rc_faults *faults, rc_position at, const char *hint, const char *format,
              ...)
{
    va_list args;
    va_start(args, format);
    record(faults, true, at, hint, format, args);
    va_end(args);
}

void rc_warn(rc_faults *faults, rc_position at, const char *hint, const char *format,
             ...)
{
    va_list args;
    va_start(args, format);
    record(faults, false, at, hint, format, args);
    va_end(args);
}

void rc_unused(rc_faults *faults, rc_position at, const char *hint, const char *format,
               ...)
{
    va_list args;
    va_start(args, format);
    record(faults, !may_be_unused(faults), at, hint, format, args);
    va_end(args);
}

/* ------------------------------------------------------------------ printing */

static bool is_hidden(uint32_t c)
{
    return c == RC_BROKEN || rc_is_harmful(c);
}

/* Columns that a terminal gives a code point. */
static uint32_t width_of(uint32_t c)
{
    static const uint32_t wide[][2] = {
        {0x1100, 0x115f}, {0x2e80, 0xa4cf}, {0xac00, 0xd7a3},   {0xf900, 0xfaff},
        {0xfe30, 0xfe6f}, {0xff00, 0xff60}, {0x1f300, 0x1faff}, {0x20000, 0x3fffd},
    };
    if (c >= 0x300 && c < 0x370)
        return 0;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (c >= wide[i][0] && c <= wide[i][1])
            return 2;
    return 1;
}

/* Text of a message: what is dangerous is shown by its number. */
static void print_safely(FILE *out, const char *text)
{
    for (size_t n = strlen(text), took; n; text += took, n -= took) {
        uint32_t c;
        took = rc_character(&c, text);
        if (c == '\t')
            fputc(' ', out);
        else if (c < 0x100 && is_hidden(c))
            fprintf(out, "\\x%02X", c);
        else if (is_hidden(c))
            fprintf(out, "\\u%04X", c);
        else
            fwrite(text, 1, took, out);
    }
}

static const char *line_of(const source *s, uint32_t line, size_t *n)
{
    const char *at = s->text, *end = s->text + s->n;
    for (uint32_t i = 1; i < line; i++) {
        const char *next = memchr(at, '\n', (size_t)(end - at));
        if (!next)
            return NULL;
        at = next + 1;
    }
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    *n = (size_t)((stop ? stop : end) - at);
    return at;
}

static void print_repeated(FILE *out, char c, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        fputc(c, out);
}

/* The line with what stands before and after its window cut off, and the caret below.
 */
static void print_line(FILE *out, const source *s, rc_position at, const char *mark,
                       const char *plain)
{
    size_t n;
    const char *line = line_of(s, at.line, &n);
    if (!line)
        return;
    uint32_t length = at.length ? at.length : 1;
    uint32_t first = 1; /* first column shown */
    if (at.column > WINDOW - 20 && at.column + length > WINDOW)
        first = at.column - 40;
    if (s->has_lines)
        fprintf(out, "%6u | ", at.line);
    else
        fputs("       | ", out);
    if (first > 1)
        fputs("…", out);
    uint32_t column = 1, before = first > 1, under = 0;
    size_t i = 0;
    for (size_t took; i < n && column < first + WINDOW; i += took, column++) {
        uint32_t c;
        took = rc_character(&c, line + i);
        if (column < first)
            continue;
        uint32_t width = is_hidden(c) ? 1 : width_of(c);
        before += column < at.column ? width : 0;
        under += column >= at.column && column < at.column + length ? width : 0;
        if (c == '\t')
            fputc(' ', out);
        else if (is_hidden(c))
            fputs("\xef\xbf\xbd", out); /* one column wide: the caret stays right */
        else
            fwrite(line + i, 1, took, out);
    }
    if (i < n)
        fputs("…", out);
    fputs("\n       | ", out);
    print_repeated(out, ' ', before + (column < at.column ? at.column - column : 0));
    fputs(mark, out);
    print_repeated(out, '^', under ? under : 1);
    fprintf(out, "%s\n", plain);
}

static void print_fault(const rc_faults *faults, const fault *f, FILE *out, bool colour)
{
    const char *bold = colour ? "\x1b[1m" : "", *plain = colour ? "\x1b[0m" : "";
    const char *mark = !colour ? "" : f->error ? "\x1b[1;31m" : "\x1b[1;35m";
    const source *s =
        f->at.file < faults->sources_n ? &faults->sources[f->at.file] : NULL;
    fputs(bold, out);
    if (s) {
        print_safely(out, s->name);
        if (s->has_lines && f->at.line)
            fprintf(out, ":%u:%u", f->at.line, f->at.column);
        fputs(": ", out);
    }
    fprintf(out, "%s%s%s: %s", mark, f->error ? "error" : "warning", plain, bold);
    print_safely(out, f->text);
    fprintf(out, "%s\n", plain);
    if (s && f->at.line && f->at.column)
        print_line(out, s, f->at, mark, plain);
    if (f->hint) {
        fputs("       = help: ", out);
        print_safely(out, f->hint);
        fputc('\n', out);
    }
}

static int by_place(const void *a, const void *b)
{
    const fault *x = *(const fault *const *)a, *y = *(const fault *const *)b;
    const uint32_t left[] = {x->at.file, x->at.line, x->at.column, x->sequence};
    const uint32_t right[] = {y->at.file, y->at.line, y->at.column, y->sequence};
    for (int i = 0; i < 4; i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return 0;
}

void rc_faults_print(const rc_faults *faults, FILE *out, bool colour)
{
    if (!faults || (!faults->errors && !faults->warnings))
        return;
    const fault **order = malloc((faults->faults_n + 1) * sizeof *order);
    if (!order)
        return;
    for (uint32_t i = 0; i < faults->faults_n; i++)
        order[i] = &faults->faults[i];
    qsort(order, faults->faults_n, sizeof *order, by_place);
    uint32_t all = faults->errors + faults->warnings, shown = 0;
    /* errors first where not all can be shown */
    bool crowded = all > RC_FAULTS_PRINTED;
    for (uint32_t i = 0; i < faults->faults_n && shown < RC_FAULTS_PRINTED; i++) {
        if (crowded && !order[i]->error && faults->errors >= RC_FAULTS_PRINTED)
            continue;
        print_fault(faults, order[i], out, colour);
        shown++;
    }
    free(order);
    if (all > shown)
        fprintf(out, "… and %u more\n", all - shown);
    const char *between = "";
    if (faults->errors) {
        fprintf(out, "%u error%s", faults->errors, faults->errors == 1 ? "" : "s");
        between = ", ";
    }
    if (faults->warnings)
        fprintf(out, "%s%u warning%s", between, faults->warnings,
                faults->warnings == 1 ? "" : "s");
    if (faults->sources_n) {
        fputs(" in ", out);
        print_safely(out, faults->sources[0].name);
    }
    fputc('\n', out);
}
