/* chart_causes.c -- below the course of a product: what it has lost by then on average,
 * cause by cause, one layer on the other.
 *
 * The panel has a scale of its own and stands in the axes of the figure: they are made
 * longer for it. What has cost most comes first; what brought quality up stands above
 * nothing at all. Noise is left out: on average it is nothing. */
#include "report/chart.h"
#include <math.h>
#include <string.h>

enum { CAUSES_MOST = 16, LAYERS = 5 };

typedef struct layer {
    char name[RC_HUMAN];
    double size; /* mean over the months */
    const rc_output_result *of[CAUSES_MOST];
    uint32_t n;
} layer;

static double lost(const layer *l, uint32_t month)
{
    double sum = 0;
    for (uint32_t i = 0; i < l->n; i++) {
        double mean = l->of[i]->spread[month].mean;
        sum += isnan(mean) ? 0 : mean;
    }
    return sum;
}

/* All causes but noise, the largest first. */
static uint32_t find_layers(layer out[CAUSES_MOST], const rc_result *r, uint32_t months)
{
    static const char prefix[] = "production.loss_by.";
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->outputs_n && n < CAUSES_MOST; i++) {
        const rc_output_result *o = &r->outputs[i];
        const char *path = o->output.path, *id = path + sizeof prefix - 1;
        if (strncmp(path, prefix, sizeof prefix - 1) != 0 || strcmp(id, "noise") == 0 ||
            o->output.series != months + 1 || !o->spread)
            continue;
        layer next = {.of = {o}, .n = 1};
        rc_human_name(next.name, sizeof next.name, id, 20);
        for (char *p = next.name; *p; p++)
            *p = *p == '_' ? ' ' : *p;
        for (uint32_t m = 0; m <= months; m++)
            next.size += fabs(lost(&next, m)) / (months + 1);
        uint32_t at = n++;
        for (; at > 0 && out[at - 1].size < next.size; at--)
            out[at] = out[at - 1];
        out[at] = next;
    }
    return n;
}

/* Small ones become one: below a fiftieth of the largest, and all beyond the fourth; left
 * out where together they are no more. */
static uint32_t merge(layer *l, uint32_t n)
{
    uint32_t kept = 0;
    while (kept < n && kept < LAYERS - 1 && l[kept].size > l[0].size / 50)
        kept++;
    for (uint32_t i = kept + 1; i < n; i++) {
        l[kept].of[l[kept].n++] = l[i].of[0];
        l[kept].size += l[i].size;
    }
    if (kept + 1 < n)
        strcpy(l[kept].name, "other");
    return kept < n && l[kept].size > l[0].size / 50 ? kept + 1 : kept;
}

typedef struct panel {
    double zero,
        up; /* where nothing is lost; y of the axes per unit of loss, downwards */
    double least, most;
} panel;

static panel make_panel(rc_chart *c, const layer *l, uint32_t n, uint32_t months)
{
    panel p = {0};
    for (uint32_t m = 0; m <= months; m++) {
        double down = 0, up = 0;
        for (uint32_t i = 0; i < n; i++) {
            double x = lost(&l[i], m);
            down += fmax(x, 0);
            up += fmin(x, 0);
        }
        p.most = fmax(p.most, down);
        p.least = fmin(p.least, up);
    }
    double height = (c->y_max - c->y_min) / 0.62;
    c->y_min = c->y_max - height;
    p.up = 0.26 * height / (p.most - p.least);
    p.zero = c->y_min + 0.01 * height + p.most * p.up;
    return p;
}

static void ticks(rc_chart *c, const panel *p)
{
    const rc_result *r = c->result;
    const char *unit = r->target.given ? r->target.unit : "%";
    double scale = rc_human_scale(unit),
           step = rc_chart_step((p->most - p->least) * scale, 3) / scale;
    bool points = scale == 100;
    for (double x = 0; x <= p->most + 1e-9 * step; x += step) {
        char text[RC_HUMAN];
        if (x == 0)
            snprintf(text, sizeof text, "nothing");
        else
            snprintf(text, sizeof text, "%.3g %s", x * scale,
                     points ? (x * scale == 1 ? "point" : "points")
                            : rc_human_suffix(unit));
        rc_chart_y_tick(c, p->zero - x * p->up, text);
    }
}

static void names(rc_chart *c, const panel *p, const layer *l, uint32_t n,
                  uint32_t months)
{
    static const char *const colours[LAYERS] = {"amber", "pink", "muted", "ink",
                                                "muted"};
    const char *unit = c->result->target.given ? c->result->target.unit : "%";
    double x = c->x_max + rc_chart_across(c, 8), line = rc_chart_up(c, 20),
           last = INFINITY, down = 0, up = 0;
    for (uint32_t i = 0; i < n; i++) {
        double size = lost(&l[i], months), from = size < 0 ? up : down;
        char text[2 * RC_HUMAN];
        *(size < 0 ? &up : &down) += size;
        double y = fmin(p->zero - (from + size / 2) * p->up, last - line);
        double shown = size * rc_human_scale(unit);
        snprintf(text, sizeof text, "%.24s%s %.*f", l[i].name,
                 shown <= -0.005 ? " gains" : "",
                 fabs(shown) < 0.005   ? 0
                 : fabs(shown) < 0.095 ? 2
                                       : 1,
                 fabs(shown) < 0.005 ? 0 : fabs(shown));
        rc_chart_label(c, x, y, RC_LEFT, colours[i], false, text);
        last = y;
    }
}

void rc_chart_causes(rc_chart *c, uint32_t months)
{
    layer l[CAUSES_MOST];
    uint32_t n = find_layers(l, c->result, months);
    FILE *out = rc_chart_table_of(c, "causes", RC_CAUSES_COLUMNS);
    if (!out || n < 2 || !(l[1].size > 0))
        return; /* one cause alone is the course itself */
    n = merge(l, n);
    panel p = make_panel(c, l, n, months);
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t m = 0; m <= months; m++) {
            double size = lost(&l[i], m), from = 0;
            for (uint32_t k = 0; k < i; k++) {
                double before = lost(&l[k], m);
                from += (before < 0) == (size < 0) ? before : 0;
            }
            fprintf(out, "%u\t%.9g\t%.9g\t%u\n", m, p.zero - from * p.up,
                    p.zero - (from + size) * p.up, i);
        }
        fprintf(out, "\n\n");
    }
    ticks(c, &p);
    names(c, &p, l, n, months);
    rc_chart_label(c, c->x_min + rc_chart_across(c, 8),
                   p.zero - p.least * p.up + rc_chart_up(c, 15), RC_LEFT, "muted", true,
                   p.least < -0.01 * p.most
                       ? "lost and gained by then on average, and through what"
                       : "lost by then on average, and to what");
}
