#include "report/chart.h"
#include "base/date.h"
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { TOP = 150, BOTTOM = 96 }; /* pixels above and below the axes, as in style.gp */

/* -------------------------------------------------------------------- tables */

FILE *rc_chart_table_of(rc_chart *c, const char *name, const char *columns)
{
    for (uint32_t i = 0; i < c->tables_n; i++)
        if (strcmp(c->tables[i].name, name) == 0)
            return c->tables[i].stream.out;
    if (c->tables_n == CHART_TABLES) {
        c->failed = true;
        return NULL;
    }
    rc_chart_table *t = &c->tables[c->tables_n];
    t->name = name;
    if (!rc_stream_open(&t->stream)) {
        c->failed = true;
        return NULL;
    }
    c->tables_n++;
    fprintf(t->stream.out, "# %s\n", columns);
    return t->stream.out;
}

void rc_chart_text(FILE *out, const char *text)
{
    char clean[512];
    rc_human_name(clean, sizeof clean, text, SIZE_MAX);
    if (!clean[0])
        snprintf(clean, sizeof clean, " "); /* an empty cell is a missing one */
    for (const char *s = clean; *s; s++) {
        /* gnuplot takes double quotes in tables for its own, and a backslash for a
         * start; what it writes of ]]> is no XML */
        if (*s == '"')
            fputs("\xe2\x80\x9d", out);
        else if (*s == '\\')
            fputs("\xe2\x88\x96", out);
        else if (*s == '>' && s >= clean + 2 && s[-1] == ']' && s[-2] == ']')
            fputs("\xe2\x80\xba", out);
        else
            fputc(*s, out);
    }
}

void rc_chart_free(rc_chart *c)
{
    for (uint32_t i = 0; i < c->tables_n; i++) {
        rc_stream_close(&c->tables[i].stream);
        free(c->tables[i].stream.text);
    }
    c->tables_n = 0;
}

/* --------------------------------------------------------------------- words */

static size_t columns_of(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

void rc_chart_title(rc_chart *c, const char *format, ...)
{
    if (c->title[0] && columns_of(c->title) <= CHART_TITLE)
        return;
    va_list args;
    va_start(args, format);
    vsnprintf(c->title, sizeof c->title, format, args);
    va_end(args);
    /* a sentence may begin with a name or a unit: "<0.1 %" or "graph features" */
    if (c->title[0] >= 'a' && c->title[0] <= 'z')
        c->title[0] = (char)(c->title[0] - 'a' + 'A');
}

void rc_chart_subtitle(rc_chart *c, const char *format, ...)
{
    char name[256], rest[300];
    va_list args;
    va_start(args, format);
    vsnprintf(rest, sizeof rest, format, args);
    va_end(args);
    /* the name gives way: a line has room for some 115 letters */
    size_t taken = columns_of(rest) + 3, room = taken + 12 < 112 ? 112 - taken : 12;
    rc_human_name(name, sizeof name, c->result->scenario, room < 40 ? room : 40);
    snprintf(c->subtitle, sizeof c->subtitle, "%s \xe2\x80\x94 %s", name, rest);
}

char *rc_chart_long_date(char out[RC_HUMAN], const rc_result *r, int32_t date)
{
    static const char *const months[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    rc_ymd d = rc_date_ymd(date);
    int n = snprintf(out, RC_HUMAN, "%d %s", d.day, months[(d.month - 1) % 12]);
    if (rc_year_differs(r, date))
        snprintf(out + n, RC_HUMAN - (size_t)n, " %d", d.year);
    return out;
}

/* -------------------------------------------------------------------- labels */

void rc_chart_label(rc_chart *c, double x, double y, rc_align align, const char *colour,
                    bool bold, const char *text)
{
    static const char *const aligns[] = {"left", "centre", "right"};
    FILE *out = rc_chart_table_of(c, "labels", "x\ty\ttext\talign\tcolour\tweight");
    if (!out)
        return;
    fprintf(out, "%.6f\t%.6f\t", x, y);
    rc_chart_text(out, text);
    fprintf(out, "\t%s\t%s\t%s\n", aligns[align], colour, bold ? "bold" : "plain");
}

void rc_chart_message(rc_chart *c, const char *text)
{
    c->x_min = c->y_min = 0;
    c->x_max = c->y_max = 1;
    c->left = c->right = 40;
    c->note[0] = 0;
    rc_chart_label(c, 0.5, 0.5, RC_CENTRE, "muted", false, text);
}

/* Average advance of a letter in the sans serif of the labels (17 pixels high); names
 * need room, so the estimate is on the wide side. */
double rc_chart_pixels(const char *text)
{
    return 9.6 * (double)columns_of(text);
}

int rc_chart_margin(double widest)
{
    int pixels = 50 + (int)widest;
    return pixels < 140 ? 140 : pixels > 380 ? 380 : pixels;
}

double rc_chart_across(const rc_chart *c, double pixels)
{
    return pixels * (c->x_max - c->x_min) / (CHART_WIDTH - c->left - c->right);
}

double rc_chart_up(const rc_chart *c, double pixels)
{
    return pixels * (c->y_max - c->y_min) / (CHART_HEIGHT - TOP - BOTTOM);
}

/* --------------------------------------------------------------------- ticks */

static void tick(rc_chart *c, const char *axis, double at, const char *text)
{
    FILE *out = rc_chart_table_of(c, axis, "at\ttext");
    if (!out)
        return;
    fprintf(out, "%.6f\t", at);
    rc_chart_text(out, text);
    fputc('\n', out);
}

void rc_chart_x_tick(rc_chart *c, double x, const char *text)
{
    tick(c, "xticks", x, text);
}

void rc_chart_y_tick(rc_chart *c, double y, const char *text)
{
    tick(c, "yticks", y, text);
}

double rc_chart_step(double range, int most)
{
    if (!(range > 0))
        return 1;
    double step = 1;
    while (range / step > most)
        step *= 10;
    while (range / step <= most / 10.0)
        step /= 10;
    static const double finer[] = {0.1, 0.2, 0.5, 1};
    for (int i = 0; i < 4; i++)
        if (range / (step * finer[i]) <= most)
            return step * finer[i];
    return step;
}

void rc_chart_value_ticks(rc_chart *c, double low, double high, double scale,
                          const char *suffix)
{
    low *= scale;
    high *= scale;
    /* what differs by rounding alone has no steps between */
    if (!(high - low > 1e-9 * fmax(fabs(low), fabs(high)))) {
        double half = fmax(0.5, fabs(low) * 0.02);
        low -= half;
        high += half;
    }
    double step = rc_chart_step(high - low, 8);
    int digits = step >= 1 ? 0 : step >= 0.1 ? 1 : step >= 0.01 ? 2 : 3;
    double first = floor(low / step + 1e-9), last = ceil(high / step - 1e-9);
    c->y_min = first * step / scale;
    c->y_max = last * step / scale;
    for (double k = first; k <= last; k++) {
        char text[RC_HUMAN];
        snprintf(text, sizeof text, "%.*f%s%.16s", digits, k * step + 0.0,
                 suffix[0] ? " " : "", suffix);
        rc_chart_y_tick(c, k * step / scale, text);
    }
}

/* Fortnights are the 1st and the 15th: dates that people name. */
void rc_chart_date_ticks(rc_chart *c)
{
    static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    double days = c->x_max - c->x_min;
    char text[RC_HUMAN];
    if (days <= 24) {
        int every = days <= 9 ? 1 : days <= 16 ? 2 : 7;
        for (int32_t d = (int32_t)ceil(c->x_min); d <= c->x_max; d++)
            if (every < 7 ? d % every == 0 : rc_date_weekday(d) == 0)
                rc_chart_x_tick(c, d, rc_human_date(text, d, false));
        return;
    }
    /* a name takes 60 pixels, a day with its month 72 */
    double width = CHART_WIDTH - c->left - c->right, room = width / 62,
           months = days / 30.44;
    bool fortnights = days <= 190 && 2 * months * 72 <= width;
    int every = months <= room       ? 1
                : months <= 3 * room ? 3
                : months <= 6 * room ? 6
                                     : 12;
    rc_ymd first = rc_date_ymd((int32_t)floor(c->x_min));
    const bool years = rc_date_ymd((int32_t)floor(c->x_max)).year != first.year;
    int year = 0;
    for (int k = 0; k < 1200; k++) {
        int month = first.month - 1 + k, y = first.year + month / 12;
        int32_t d = rc_date_from(y, month % 12 + 1, 1), middle = d + 14;
        if (d > c->x_max)
            break;
        if (month % 12 % every)
            continue;
        if (d >= c->x_min) {
            bool new_year = year ? y != year : years || rc_year_differs(c->result, d);
            if (fortnights)
                snprintf(text, sizeof text, "1 %s", names[month % 12]);
            else
                snprintf(text, sizeof text, "%s", names[month % 12]);
            size_t n = strlen(text);
            if (new_year)
                snprintf(text + n, sizeof text - n, " %d", y);
            rc_chart_x_tick(c, d, text);
            year = y;
        }
        if (fortnights && middle >= c->x_min && middle <= c->x_max)
            rc_chart_x_tick(c, middle, rc_human_date(text, middle, false));
    }
}
