/* terminal_production.c -- life after launch in a line or two: how long it is below its
 * floor and what brings it there, what keeps it up, what that costs. */
#include "report/human.h"
#include "report/line.h"
#include "report/terminal.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static void say_count(rc_line *t, double n)
{
    rc_line_say(t, "%.*f", n < 1.95, n);
}

/* What first brings it below, most often: "shocks, 72 %". */
static void say_cause(rc_line *t, const rc_result *r)
{
    const rc_output_result *o = rc_result_output(r, "production.first_below_by");
    const char *const *labels = o && o->share ? o->output.labels : NULL;
    uint32_t n = 0, most = 0;
    for (; labels && labels[n]; n++)
        most = o->share[n].p > o->share[most].p ? n : most;
    /* "launch" and one cause: nothing to tell */
    if (n <= 2 || !(o->share[most].p > 0))
        return;
    char name[RC_HUMAN], share[RC_HUMAN];
    snprintf(name, sizeof name, "%s", labels[most]);
    for (char *p = name; *p; p++)
        *p = *p == '_' ? ' ' : *p;
    if (strcmp(name, "launch") == 0)
        rc_line_say(t, ", from the launch on in %s",
                    rc_human_share(share, o->share[most]));
    else
        rc_line_say(t, ", by %s in %s", name, rc_human_share(share, o->share[most]));
}

static void say_below(rc_line *t, const rc_result *r, const rc_output_result *metric)
{
    const rc_spread *below = rc_first_spread(r, "production", "months_below_floor");
    const rc_spread *floor_at = rc_first_spread(r, "production", "floor");
    if (!below || !floor_at)
        return;
    char value[RC_HUMAN], year[RC_HUMAN];
    unsigned n = metric->output.series > 0 ? metric->output.series - 1 : 0;
    snprintf(year, sizeof year, n == 12 ? "the first year" : "%u months", n);
    const char *unit = r->target.given ? r->target.unit : metric->output.unit;
    rc_human_metric(value, floor_at->mean, unit, -1);
    if (!(below->mean > 0)) {
        rc_line_say(t, "never below %s in %s", value, year);
        return;
    }
    char mean[RC_HUMAN], most[RC_HUMAN];
    const double p80 = rc_spread_at(r, below, 80);
    rc_human_months(mean, below->mean);
    strcpy(most, "none");
    if (p80 > 0)
        rc_human_months(most, p80);
    char *unit_most = strchr(most, ' '), *unit_mean = strchr(mean, ' ');
    if (unit_most && strcmp(unit_most, unit_mean) == 0)
        *unit_most = 0; /* said already */
    rc_line_say(t, "on average %s below %s in %s (P80 %s)", mean, value, year, most);
    say_cause(t, r);
}

static void say_start(rc_line *t, const rc_result *r, const rc_output_result *metric)
{
    const rc_spread *online = rc_first_spread(r, "production", "quality_at_launch");
    const rc_share *back = rc_first_share(r, "production", "rolled_back");
    char value[RC_HUMAN];
    const char *unit = r->target.given ? r->target.unit : metric->output.unit;
    if (online)
        rc_line_say(t, "%sstarts at %s online", t->n ? "; " : "",
                    rc_human_metric(value, online->mean, unit, 1));
    if (back && back->p >= 0.0005)
        rc_line_say(t, "%staken back once in %s", t->n ? "; " : "",
                    rc_human_share(value, *back));
}

static void say_upkeep(rc_line *t, const rc_result *r)
{
    const rc_spread *retrains = rc_first_spread(r, "production", "retrains");
    const rc_spread *bad = rc_first_spread(r, "production", "bad_releases");
    const rc_spread *alarms = rc_first_spread(r, "production", "false_alarms");
    const rc_spread *cost = rc_first_spread(r, "production", "cost");
    char text[RC_HUMAN];
    if (retrains && retrains->mean > 0) {
        rc_line_say(t, "%s%s retrainings", t->n ? "; " : "",
                    retrains->mean < 2
                        ? rc_human_signed(text, retrains->mean, 1) + 1
                        : rc_human_count_known(text, retrains->mean,
                                               1.96 * retrains->sd /
                                                   sqrt((double)retrains->n)));
        if (bad && bad->mean >= 0.05) {
            rc_line_say(t, ", ");
            say_count(t, bad->mean);
            rc_line_say(t, " of them bad");
        }
        if (alarms && alarms->mean >= 0.05) {
            rc_line_say(t, ", ");
            say_count(t, alarms->mean);
            rc_line_say(t, " by false alarm");
        }
    }
    if (cost && cost->mean > 0)
        rc_line_say(t, "%s%s", t->n ? ", " : "",
                    rc_human_money(text, cost->mean, r->currency));
}

void rc_terminal_production(rc_sheet *s, const rc_result *r)
{
    const rc_output_result *metric = rc_result_output(r, "production.metric");
    if (!metric)
        return;
    rc_line t = {.n = 0};
    say_below(&t, r, metric);
    say_start(&t, r, metric);
    say_upkeep(&t, r);
    if (t.n == 0)
        rc_line_say(&t, "nothing launched");
    rc_line_put(s, "After launch", &t);
}
