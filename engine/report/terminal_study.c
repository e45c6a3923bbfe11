/* terminal_study.c -- a line each of what a regulated product waits for: the study, the
 * authority, and the sites that will use it. */
#include "report/human.h"
#include "report/line.h"
#include "report/terminal.h"
#include "report/verdict.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* What the study shows besides luck, where sites or readers move it: the metric that they
 * move most. */
static void shown(rc_line *t, const rc_result *r)
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
    rc_line_say(t, "; shows %s %s too %s",
                rc_metric_words(name, most->output.name, false),
                rc_human_gap(gap, fabs(most->spread[0].mean), "%", 1),
                most->spread[0].mean < 0 ? "low" : "high");
}

/* Of the first gate that asks for confidence. */
static const rc_share *first_proof(const rc_result *r)
{
    for (uint32_t i = 0; i < r->outputs_n; i++) {
        const char *path = r->outputs[i].output.path, *end = strstr(path, "].p_proved");
        if (strncmp(path, "gates[", 6) == 0 && end && !isnan(r->outputs[i].share[0].p))
            return &r->outputs[i].share[0];
    }
    return NULL;
}

static void study(rc_sheet *s, const rc_result *r)
{
    const rc_spread *days = rc_first_spread(r, "enrolment", "days");
    const rc_spread *positives = rc_first_spread(r, "enrolment", "positives");
    const rc_spread *negatives = rc_first_spread(r, "enrolment", "negatives");
    const rc_share *enough = rc_first_share(r, "enrolment", "p_enough");
    if (!days || !positives || !negatives)
        return;
    char a[RC_HUMAN], b[RC_HUMAN];
    rc_line t = {.n = 0};
    rc_line_say(&t, "on average %s with the disease, %s without, %.0f weeks (P80 %.0f)",
                rc_human_count_known(a, positives->mean,
                                     1.96 * positives->sd / sqrt((double)positives->n)),
                rc_human_count_known(b, negatives->mean,
                                     1.96 * negatives->sd / sqrt((double)negatives->n)),
                days->mean / 5, rc_spread_at(r, days, 80) / 5);
    if (enough && enough->p < 0.99)
        rc_line_say(&t, ", enough in %s", rc_human_share(a, *enough));
    shown(&t, r);
    const rc_share *proved = first_proof(r);
    if (proved)
        rc_line_say(&t, "; proves what it must in %s", rc_human_share(a, *proved));
    rc_line_put(s, "Study", &t);
}

static void review(rc_sheet *s, const rc_result *r)
{
    const rc_spread *days = rc_first_spread(r, "submission", "days");
    const rc_spread *clock = rc_first_spread(r, "submission", "clock_days");
    const rc_output_result *asked = rc_first_output(r, "submission", "questions");
    const rc_share *withdrawn = rc_first_share(r, "submission", "p_withdrawn");
    if (!days || !clock)
        return;
    char a[RC_HUMAN];
    rc_line t = {.n = 0};
    rc_line_say(
        &t,
        "on average %.0f calendar days to the decision (P80 %.0f), %.0f on its clock",
        days->mean, rc_spread_at(r, days, 80), clock->mean);
    if (asked && asked->share && asked->classes > 1)
        rc_line_say(&t, "; no question in %s", rc_human_share(a, asked->share[0]));
    if (withdrawn && withdrawn->p >= 0.005)
        rc_line_say(&t, ", withdrawn in %s", rc_human_share(a, *withdrawn));
    rc_line_put(s, "Review", &t);
}

static void sites(rc_sheet *s, const rc_result *r)
{
    const rc_spread *below = rc_first_spread(r, "sites", "below");
    const rc_output_result *n = rc_first_output(r, "sites", "after_launch");
    const rc_share *all = rc_first_share(r, "sites", "p_all_meet");
    if (!below || !n || !all)
        return;
    char a[RC_HUMAN];
    rc_line t = {.n = 0};
    rc_line_say(&t,
                "on average %.1f of %.0f below what a site needs (P80 %.0f); every "
                "site meets it in %s",
                below->mean, n->spread[0].mean, rc_spread_at(r, below, 80),
                rc_human_share(a, *all));
    rc_line_put(s, "Sites", &t);
}

void rc_terminal_study(rc_sheet *s, const rc_result *r)
{
    study(s, r);
    review(s, r);
    sites(s, r);
}
