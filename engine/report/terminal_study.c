/* terminal_study.c -- a line each of what a regulated product waits for: the study, the
 * authority, and the sites that will use it. */
#include "report/human.h"
#include "report/terminal.h"
#include "report/verdict.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* One line, as it grows. */
typedef struct text {
    char at[512];
    size_t n;
} text;

__attribute__((format(printf, 2, 3))) static void say(text *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(t->at + t->n, sizeof t->at - t->n, format, args);
    va_end(args);
    if (n > 0 && (size_t)n < sizeof t->at - t->n)
        t->n += (size_t)n;
}

/* Of the first group of a model, an output by its end: "days" of "enrolment[…].days". */
static const rc_output_result *output_of(const rc_result *r, const char *model,
                                         const char *what)
{
    const size_t n = strlen(model), m = strlen(what);
    for (uint32_t i = 0; i < r->outputs_n; i++) {
        const char *path = r->outputs[i].output.path;
        const char *end = strstr(path, "].");
        if (strncmp(path, model, n) == 0 && path[n] == '[' && end &&
            strlen(end + 2) == m && strcmp(end + 2, what) == 0)
            return &r->outputs[i];
    }
    return NULL;
}

static const rc_spread *spread_of(const rc_result *r, const char *model,
                                  const char *what)
{
    const rc_output_result *o = output_of(r, model, what);
    return o && o->spread && o->spread[0].n ? &o->spread[0] : NULL;
}

static const rc_share *share_of(const rc_result *r, const char *model, const char *what)
{
    const rc_output_result *o = output_of(r, model, what);
    return o && o->share && !isnan(o->share[0].p) ? &o->share[0] : NULL;
}

static void line(rc_sheet *s, const char *name, const text *t)
{
    unsigned column = s->table > RC_SHEET_INDENT + 15 ? s->table : RC_SHEET_INDENT + 15;
    rc_sheet_to(s, RC_SHEET_INDENT);
    rc_sheet_put(s, name);
    rc_sheet_to(s, column);
    rc_sheet_paragraph(s, column, RC_PLAIN, t->at);
    rc_sheet_newline(s);
}

/* What the study shows besides luck, where sites or readers move it: the metric that they
 * move most. */
static void shown(text *t, const rc_result *r)
{
    const rc_output_result *most = NULL;
    for (uint32_t i = 0; i < r->outputs_n; i++) {
        const rc_output_result *o = &r->outputs[i];
        const char *end = strstr(o->output.path, "].shown_off");
        if (strncmp(o->output.path, "enrolment[", 10) != 0 || !end || !o->spread[0].n)
            continue;
        if (!most || fabs(o->spread[0].mean) > fabs(most->spread[0].mean))
            most = o;
    }
    if (!most || fabs(most->spread[0].mean) < 0.0005)
        return;
    char name[4 * RC_NAME], gap[RC_HUMAN];
    say(t, "; shows %s %s %s than it is",
        rc_metric_words(name, most->output.name, false),
        rc_human_gap(gap, fabs(most->spread[0].mean), "%", 1),
        most->spread[0].mean < 0 ? "lower" : "higher");
}

static void study(rc_sheet *s, const rc_result *r)
{
    const rc_spread *days = spread_of(r, "enrolment", "days");
    const rc_spread *positives = spread_of(r, "enrolment", "positives");
    const rc_spread *negatives = spread_of(r, "enrolment", "negatives");
    const rc_share *enough = share_of(r, "enrolment", "p_enough");
    if (!days || !positives || !negatives)
        return;
    char a[RC_HUMAN], b[RC_HUMAN];
    text t = {.n = 0};
    say(&t, "%s with the disease, %s without in %.0f weeks (P80 %.0f)",
        rc_human_count(a, (uint64_t)(positives->mean + 0.5)),
        rc_human_count(b, (uint64_t)(negatives->mean + 0.5)), days->mean / 5,
        rc_spread_at(r, days, 80) / 5);
    if (enough && enough->p < 0.995)
        say(&t, ", enough in %s", rc_human_share(a, *enough));
    shown(&t, r);
    line(s, "Study", &t);
}

static void review(rc_sheet *s, const rc_result *r)
{
    const rc_spread *days = spread_of(r, "submission", "days");
    const rc_spread *clock = spread_of(r, "submission", "clock_days");
    const rc_output_result *asked = output_of(r, "submission", "questions");
    const rc_share *withdrawn = share_of(r, "submission", "p_withdrawn");
    if (!days || !clock)
        return;
    char a[RC_HUMAN];
    text t = {.n = 0};
    say(&t, "%.0f calendar days to the decision (P80 %.0f), %.0f of them on its clock",
        days->mean, rc_spread_at(r, days, 80), clock->mean);
    if (asked && asked->share && asked->classes > 1)
        say(&t, "; no questions in %s", rc_human_share(a, asked->share[0]));
    if (withdrawn && withdrawn->p >= 0.005)
        say(&t, "; withdrawn in %s", rc_human_share(a, *withdrawn));
    line(s, "Review", &t);
}

static void sites(rc_sheet *s, const rc_result *r)
{
    const rc_spread *below = spread_of(r, "sites", "below");
    const rc_output_result *n = output_of(r, "sites", "after_launch");
    const rc_share *all = share_of(r, "sites", "p_all_meet");
    if (!below || !n || !all)
        return;
    char a[RC_HUMAN];
    text t = {.n = 0};
    say(&t,
        "%.1f of %.0f below what a site needs (P80 %.0f); every site meets it in %s",
        below->mean, n->spread[0].mean, rc_spread_at(r, below, 80),
        rc_human_share(a, *all));
    line(s, "Sites", &t);
}

void rc_terminal_study(rc_sheet *s, const rc_result *r)
{
    study(s, r);
    review(s, r);
    sites(s, r);
}
