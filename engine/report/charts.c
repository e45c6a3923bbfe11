#include "report/charts.h"
#include "base/text.h"
#include "report/chart.h"
#include "report/gnuplot.h"
#include "report/outbox.h"
#include "report/sandbox.h"
#include "report/scripts.h"
#include <roadcast/report.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name;
    bool (*make)(rc_chart *c);
} figures[] = {
    {"finish", rc_chart_finish},     {"tornado", rc_chart_tornado},
    {"gantt", rc_chart_gantt},       {"cost_and_date", rc_chart_cost_and_date},
    {"hit_map", rc_chart_hit_map},   {"search", rc_chart_search},
    {"fairness", rc_chart_fairness}, {"production", rc_chart_production},
    {"value", rc_chart_value},       {"segments", rc_chart_segments},
    {"learning", rc_chart_learning}, {"labelling", rc_chart_labelling},
};
enum { FIGURES = sizeof figures / sizeof figures[0] };

static const char style[] = "style.gp";

static const rc_script *script_of(const char *name)
{
    for (const rc_script *s = rc_scripts; s->name; s++)
        if (strcmp(s->name, name) == 0)
            return s;
    return NULL;
}

static rc_status check_name(const char *only, rc_error *err)
{
    const char *names[FIGURES];
    for (size_t i = 0; i < FIGURES; i++) {
        names[i] = figures[i].name;
        if (!only || strcmp(only, names[i]) == 0)
            return RC_OK;
    }
    const char *meant = rc_did_you_mean(only, names, FIGURES);
    return rc_fail(err, RC_USAGE, "no chart is called \"%.60s\"%s%s%s", only,
                   meant ? "; did you mean \"" : "", meant ? meant : "",
                   meant ? "\"?" : "");
}

static bool is_wanted(const rc_result *r, const char *name, const char *only)
{
    if (only)
        return strcmp(only, name) == 0;
    if (r->charts_n == 0) /* the scenario leaves it to us: those that apply */
        return true;
    for (uint32_t i = 0; i < r->charts_n; i++)
        if (strcmp(r->charts[i], name) == 0)
            return true;
    return false;
}

const char *rc_charts_lack(void)
{
    return rc_sandbox_text(~rc_sandbox_kinds());
}

/* ------------------------------------------------------------------- writing */

static rc_status put_file(void *box, const char *name, const char *text, size_t n,
                          rc_error *err)
{
    FILE *out = rc_outbox_file(box, name, err);
    if (!out)
        return err ? err->status : RC_IO;
    fwrite(text, 1, n, out); /* an error stays with the file: asked for at commit */
    return RC_OK;
}

static rc_status put_script(rc_chart_file put, void *self, const char *name,
                            rc_error *err)
{
    const rc_script *s = script_of(name);
    if (!s)
        return rc_fail(err, RC_DEFECT, "%s is missing in this program", name);
    return put(self, name, s->text, s->n, err);
}

/* <figure>.chart.tsv: what style.gp reads. */
static void words(rc_chart *c)
{
    const rc_result *r = c->result;
    /* numbers first: a title that begins with # would be a comment */
    FILE *out = rc_chart_table_of(c, "chart",
                                  "left\tright\tx_min\tx_max\ty_min\ty_max\ttitle\t"
                                  "subtitle\tfooter\tnote");
    if (!out)
        return;
    char title[sizeof c->title], footer[128];
    rc_human_name(title, sizeof title, c->title, CHART_TITLE);
    snprintf(footer, sizeof footer,
             "roadcast " RC_VERSION " \xc2\xb7 seed %llu \xc2\xb7 scenario %.7s",
             (unsigned long long)r->seed, r->sha256 ? r->sha256 : "");
    fprintf(out, "%d\t%d\t%.6f\t%.6f\t%.9g\t%.9g", c->left, c->right, c->x_min,
            c->x_max, c->y_min, c->y_max);
    const char *texts[] = {title, c->subtitle, footer, c->note};
    for (int i = 0; i < 4; i++) {
        fputc('\t', out);
        rc_chart_text(out, texts[i]);
    }
    fputc('\n', out);
}

static rc_status put_chart(rc_chart_file put, void *self, rc_chart *c, rc_error *err)
{
    char name[RC_OUTBOX_NAME];
    words(c);
    rc_chart_table_of(c, "xticks", "at\ttext");
    rc_chart_table_of(c, "yticks", "at\ttext");
    rc_chart_table_of(c, "labels", "x\ty\ttext\talign\tcolour\tweight");
    for (uint32_t i = 0; i < c->tables_n; i++)
        c->failed |= !rc_stream_close(&c->tables[i].stream);
    if (c->failed)
        return rc_fail(err, RC_IO, "out of memory for the chart %s", c->figure);
    snprintf(name, sizeof name, "%s.gp", c->figure);
    rc_status status = put_script(put, self, name, err);
    for (uint32_t i = 0; i < c->tables_n && status == RC_OK; i++) {
        snprintf(name, sizeof name, "%s.%s.tsv", c->figure, c->tables[i].name);
        status = put(self, name, c->tables[i].stream.text, c->tables[i].stream.n, err);
    }
    return status;
}

/* A figure that this result does not have must not linger from an earlier one. */
static void remove_old(int charts, const char *figure)
{
    static const char *const ends[] = {".gp", ".svg", ".png"};
    for (int i = 0; i < 3; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s%s", figure, ends[i]);
        unlinkat(charts, name, 0);
    }
}

/* Which figures there are to draw, and which there are not. */
typedef struct gallery {
    const char *made[FIGURES], *left_out[FIGURES];
    uint32_t made_n, left_out_n;
} gallery;

/* Scripts and tables of every figure. */
static rc_status put_charts(gallery *g, rc_chart_file put, void *self,
                            const rc_result *result, const char *only, rc_error *err)
{
    rc_status status = RC_OK;
    for (size_t i = 0; i < FIGURES && status == RC_OK; i++) {
        const char *name = figures[i].name;
        if (!is_wanted(result, name, only))
            continue;
        rc_chart chart = {.result = result, .figure = name, .left = 100, .right = 46};
        if (figures[i].make(&chart)) {
            status = put_chart(put, self, &chart, err);
            g->made[g->made_n++] = name;
        } else {
            g->left_out[g->left_out_n++] = name;
        }
        rc_chart_free(&chart);
    }
    if (status == RC_OK && g->made_n)
        status = put_script(put, self, style, err);
    return status;
}

rc_status rc_charts_files(const rc_result *result, rc_chart_file visit, void *self,
                          rc_error *err)
{
    gallery g = {0};
    return put_charts(&g, visit, self, result, NULL, err);
}

rc_status rc_charts_draw(const rc_result *result, int at, const char *folder,
                         const char *only, const rc_halt *halt, uint32_t *drawn,
                         rc_error *err)
{
    gallery g = {0};
    rc_outbox box;
    uint32_t count = 0;
    if (drawn)
        *drawn = 0;
    rc_status status = check_name(only, err);
    if (status == RC_OK)
        status = rc_outbox_open_at(&box, at, folder, "charts", err);
    if (status != RC_OK)
        return status;
    rc_drawing drawing = {.folder = fcntl(box.folder, F_DUPFD_CLOEXEC, 3),
                          .name = folder,
                          .sandbox = rc_sandbox_kinds(),
                          .halt = halt};
    if (drawing.folder < 0) {
        rc_outbox_drop(&box);
        return rc_fail(err, RC_IO, "cannot open %.300s/charts: %s", folder,
                       strerror(errno));
    }
    status = put_charts(&g, put_file, &box, result, only, err);
    if (status == RC_OK)
        status = rc_outbox_commit(&box, err);
    rc_outbox_drop(&box);
    for (uint32_t i = 0; i < g.left_out_n && status == RC_OK; i++)
        remove_old(drawing.folder, g.left_out[i]);
    if (status == RC_OK)
        status = rc_gnuplot_draw(&drawing, g.made, g.made_n, &count, err);
    close(drawing.folder);
    if (drawn)
        *drawn = count;
    return status;
}

/* ------------------------------------------------------------------ redrawing */

typedef enum found { MISSING, OURS, CHANGED } found;

static found compare(int folder, const rc_script *script)
{
    int fd =
        openat(folder, script->name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? MISSING : CHANGED;
    char buffer[4096];
    size_t at = 0;
    ssize_t n;
    bool same = true;
    while (same && (n = read(fd, buffer, sizeof buffer)) > 0) {
        same = at + (size_t)n <= script->n &&
               !memcmp(script->text + at, buffer, (size_t)n);
        at += (size_t)n;
    }
    close(fd);
    return same && at == script->n ? OURS : CHANGED;
}

/* A script is a program, and the folder may be somebody else's: only our own are run.
 */
static rc_status check_script(int folder, const char *charts, const char *name,
                              rc_error *err)
{
    const rc_script *script = script_of(name);
    if (script && compare(folder, script) == OURS)
        return RC_OK;
    return rc_fail(err, RC_CHARTS,
                   "%.300s/%s is not the one of this version: if the change is yours, "
                   "draw with gnuplot -d in that folder",
                   charts, name);
}

static rc_status no_charts(const char *folder, const char *charts, rc_error *err)
{
    const int why = errno;
    char run[4096];
    snprintf(run, sizeof run, "%s/run.json", folder);
    if (why != ENOENT)
        return rc_fail(err, RC_IO, "cannot open %.300s: %s", charts, strerror(why));
    if (access(run, F_OK) == 0)
        return rc_fail(err, RC_IO,
                       "%.300s was run without charts: run it again with --charts",
                       folder);
    return rc_fail(err, RC_IO, "%.300s is not the folder of a finished run (no charts: %s)",
                   folder, strerror(why));
}

rc_status rc_plot_folder(const char *folder, const char *only, const rc_halt *halt,
                         uint32_t *charts_drawn, rc_error *err)
{
    char charts[4096], name[64];
    const char *ready[FIGURES];
    uint32_t n = 0, count = 0;
    if (charts_drawn)
        *charts_drawn = 0;
    rc_status status = check_name(only, err);
    if (status != RC_OK)
        return status;
    snprintf(charts, sizeof charts, "%s/charts", folder);
    int at = open(charts, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (at < 0)
        return no_charts(folder, charts, err);
    for (size_t i = 0; i < FIGURES && status == RC_OK; i++) {
        snprintf(name, sizeof name, "%s.chart.tsv", figures[i].name);
        if ((only && strcmp(only, figures[i].name) != 0) ||
            faccessat(at, name, R_OK, 0) != 0)
            continue;
        snprintf(name, sizeof name, "%s.gp", figures[i].name);
        const rc_script *script = script_of(name);
        if (script && compare(at, script) == MISSING)
            continue; /* left out by the last run */
        status = check_script(at, charts, name, err);
        ready[n++] = figures[i].name;
    }
    if (status == RC_OK && n)
        status = check_script(at, charts, style, err);
    if (status == RC_OK && n == 0)
        status = rc_fail(err, RC_CHARTS, "%.300s has no tables of %s", charts,
                         only ? only : "any chart");
    const rc_drawing drawing = {at, folder, rc_sandbox_kinds(), 0, halt};
    if (status == RC_OK)
        status = rc_gnuplot_draw(&drawing, ready, n, &count, err);
    close(at);
    if (charts_drawn)
        *charts_drawn = count;
    return status;
}
