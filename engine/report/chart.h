/* chart.h -- one figure on its way to gnuplot: words, axes and tables, worked out here
 * so that the scripts in plots/ only draw.
 *
 * A figure is <figure>.gp with <figure>.chart.tsv (title, subtitle, footer, axes: one
 * row), ticks.tsv, labels.tsv and tables of its own; plots/README.md lists the columns.
 * All text that a user may have written travels in tables, made harmless, never in a
 * script.  x of a date is days since 1970-01-01.
 *
 * Memory   tables grow in memory until charts.c writes them; rc_chart_free.
 * Errors   memory: sticky in `failed`.
 */
#ifndef ROADCAST_REPORT_CHART_H
#define ROADCAST_REPORT_CHART_H

#include "report/human.h"
#include "report/verdict.h"
#include <roadcast/result.h>
#include <roadcast/stream.h>
#include <stdio.h>

enum {
    CHART_TABLES = 12,
    CHART_TITLE = 70, /* columns of a title */
    CHART_WIDTH = 1280,
    CHART_HEIGHT = 720
};

typedef struct rc_chart_table {
    const char *name;
    rc_stream stream;
} rc_chart_table;

typedef struct rc_chart {
    const rc_result *result;
    const char *figure;
    char title[4 * CHART_TITLE + 8], subtitle[560], note[128];
    int left, right; /* margins in pixels */
    double x_min, x_max, y_min, y_max;
    rc_chart_table tables[CHART_TABLES];
    uint32_t tables_n;
    bool failed;
} rc_chart;

/* Tables: columns is the comment at their top. A table is there from the first call on.
 */
FILE *rc_chart_table_of(rc_chart *c, const char *name, const char *columns);
void rc_chart_text(FILE *out, const char *text); /* one cell, harmless */
void rc_chart_free(rc_chart *c);

/* The first title that fits; the last is cut if it must be. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void
rc_chart_title(rc_chart *c, const char *format, ...);
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void
rc_chart_subtitle(rc_chart *c, const char *format, ...);

typedef enum rc_align { RC_LEFT, RC_CENTRE, RC_RIGHT } rc_align;

/* A direct label; colour is a name of style.gp, "ink", "good", … */
void rc_chart_label(rc_chart *c, double x, double y, rc_align align, const char *colour,
                    bool bold, const char *text);
/* No axes, one sentence in the middle. */
void rc_chart_message(rc_chart *c, const char *text);

void rc_chart_x_tick(rc_chart *c, double x, const char *text);
void rc_chart_y_tick(rc_chart *c, double y, const char *text);
/* Days, fortnights, months or quarters, from x_min to x_max: whichever gives 4 to 12.
 */
void rc_chart_date_ticks(rc_chart *c);
/* Round steps over a range, widened to whole ones; scale: shown = value * scale. */
void rc_chart_value_ticks(rc_chart *c, double low, double high, double scale,
                          const char *suffix);
double rc_chart_step(double range, int most);

/* Pixels that text takes in the size of labels, and those in units of an axis. */
double rc_chart_pixels(const char *text);
double rc_chart_across(const rc_chart *c, double pixels);
double rc_chart_up(const rc_chart *c, double pixels);

/* "31 July" */
char *rc_chart_long_date(char out[RC_HUMAN], const rc_result *r, int32_t date);
/* Left margin, in pixels, for names of rows of which the widest takes so many. */
int rc_chart_margin(double widest);

/* Below a figure over the months after launch: what is lost, by cause (chart_causes.c). */
#define RC_CAUSES_COLUMNS "x\tfrom\tuntil\tlayer"
void rc_chart_causes(rc_chart *c, uint32_t months);

/* The figures; false: the result has nothing that it could show. */
bool rc_chart_finish(rc_chart *c);
bool rc_chart_cost_and_date(rc_chart *c);
bool rc_chart_hit_map(rc_chart *c);
bool rc_chart_tornado(rc_chart *c);
bool rc_chart_gantt(rc_chart *c);
bool rc_chart_search(rc_chart *c);
bool rc_chart_fairness(rc_chart *c);
bool rc_chart_production(rc_chart *c);
bool rc_chart_value(rc_chart *c);
bool rc_chart_segments(rc_chart *c);
bool rc_chart_learning(rc_chart *c);
bool rc_chart_labelling(rc_chart *c);

#endif
