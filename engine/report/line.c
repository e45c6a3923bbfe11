#include "report/line.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { NAMES = 15 }; /* columns of the margin */

void rc_line_say(rc_line *line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line->at + line->n, sizeof line->at - line->n, format, args);
    va_end(args);
    if (n > 0 && (size_t)n < sizeof line->at - line->n)
        line->n += (size_t)n;
    else
        line->at[line->n] = 0;
}

void rc_line_put(rc_sheet *s, const char *name, const rc_line *line)
{
    const unsigned least = RC_SHEET_INDENT + NAMES;
    unsigned column = s->table > least ? s->table : least;
    rc_sheet_to(s, RC_SHEET_INDENT);
    rc_sheet_put(s, name);
    rc_sheet_to(s, column);
    rc_sheet_paragraph(s, column, RC_PLAIN, line->at);
    rc_sheet_newline(s);
}

/* "what" of "model[id].what" or of "model.what". */
static bool is_of(const char *path, const char *model, const char *what)
{
    const size_t n = strlen(model);
    if (strncmp(path, model, n) != 0)
        return false;
    const char *end = path[n] == '.' ? path + n : strstr(path, "].");
    if (!end || (path[n] != '.' && path[n] != '['))
        return false;
    return strcmp(end + (*end == ']' ? 2 : 1), what) == 0;
}

const rc_output_result *rc_first_output(const rc_result *r, const char *model,
                                        const char *what)
{
    for (uint32_t i = 0; i < r->outputs_n; i++)
        if (is_of(r->outputs[i].output.path, model, what))
            return &r->outputs[i];
    return NULL;
}

const rc_spread *rc_first_spread(const rc_result *r, const char *model,
                                 const char *what)
{
    const rc_output_result *o = rc_first_output(r, model, what);
    return o && o->spread && o->spread[0].n ? &o->spread[0] : NULL;
}

const rc_share *rc_first_share(const rc_result *r, const char *model, const char *what)
{
    const rc_output_result *o = rc_first_output(r, model, what);
    return o && o->share && !isnan(o->share[0].p) ? &o->share[0] : NULL;
}
