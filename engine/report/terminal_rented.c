/* terminal_rented.c -- a line each of what is special to a product on a rented language
 * model: who judges it, the red team, the provider's versions, the tokens. */
#include "report/human.h"
#include "report/line.h"
#include "report/terminal.h"
#include "report/verdict.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Of the gates, the chance that is said to be wrong most often. */
static rc_share largest(const rc_result *r, const char *what)
{
    rc_share most = {0, 0, 0};
    for (uint32_t i = 0; i < r->outputs_n; i++) {
        const rc_output_result *o = &r->outputs[i];
        const char *end = strstr(o->output.path, "].");
        if (strncmp(o->output.path, "gates[", 6) == 0 && end &&
            strcmp(end + 2, what) == 0 && o->share && o->share[0].p >= most.p)
            most = o->share[0];
    }
    return most;
}

/* What was measured at the launch, against the truth: the judges' part, and luck. */
static void judged(rc_sheet *s, const rc_result *r)
{
    const rc_spread *off = rc_first_spread(r, "evals", "off");
    const rc_spread *judge = rc_first_spread(r, "evals", "judge");
    const rc_spread *luck = rc_first_spread(r, "evals", "luck");
    if (!off || !judge || !luck)
        return;
    char a[RC_HUMAN], b[RC_HUMAN];
    rc_line t = {.n = 0};
    rc_line_say(&t, "%s points by the judges, %s by luck",
                rc_human_points(a, judge->mean, 1), rc_human_points(b, luck->mean, 1));
    const rc_share go = largest(r, "false_go"), no_go = largest(r, "false_no_go");
    if (go.p >= 0.0005 || no_go.p >= 0.0005)
        rc_line_say(&t, "; wrongly passed in %s, sent back in %s",
                    rc_human_share(a, go), rc_human_share(b, no_go));
    rc_line_put(s, "Measured off", &t);
}

static void red_team(rc_sheet *s, const rc_result *r)
{
    const rc_spread *rounds = rc_first_spread(r, "safety", "rounds");
    const rc_spread *fixes = rc_first_spread(r, "safety", "fixes");
    const rc_spread *days = rc_first_spread(r, "safety", "days");
    const rc_share *unfound = rc_first_share(r, "safety", "p_unfound");
    if (!rounds || !fixes || !days)
        return;
    char a[RC_HUMAN];
    rc_line t = {.n = 0};
    rc_line_say(&t, "on average ");
    if (s->verbose)
        rc_line_say(&t, "%.1f rounds, ", rounds->mean);
    rc_line_say(&t, "%.0f fixes in %.0f days (P80 %.0f)", fixes->mean, days->mean,
                rc_spread_at(r, days, 80));
    if (unfound && unfound->p >= 0.0005)
        rc_line_say(&t, "; a blocking problem stays unfound in %s",
                    rc_human_share(a, *unfound));
    rc_line_put(s, "Red team", &t);
}

void rc_terminal_judged(rc_sheet *s, const rc_result *r)
{
    judged(s, r);
    red_team(s, r);
}

static void provider(rc_sheet *s, const rc_result *r)
{
    const rc_spread *versions = rc_first_spread(r, "provider", "versions");
    const rc_spread *forced = rc_first_spread(r, "provider", "forced");
    const rc_spread *declined = rc_first_spread(r, "provider", "declined");
    const rc_spread *shift = rc_first_spread(r, "provider", "shift");
    if (!versions || !forced || !declined || !shift)
        return;
    char a[RC_HUMAN], b[RC_HUMAN], c[RC_HUMAN];
    rc_line t = {.n = 0};
    rc_line_say(&t, "on average %.1f versions, %.1f of them forced, %.1f declined: ",
                versions->mean, forced->mean, declined->mean);
    rc_line_say(&t, "%s points (P10 %s, P90 %s)", rc_human_points(a, shift->mean, 1),
                rc_human_points(b, rc_spread_at(r, shift, 10), 1),
                rc_human_points(c, rc_spread_at(r, shift, 90), 1));
    const rc_share *below = rc_first_share(r, "provider", "p_below");
    if (below && below->p >= 0.0005)
        rc_line_say(&t, "; below the floor because of them in %s",
                    rc_human_share(a, *below));
    rc_line_put(s, "Provider", &t);
}

static void tokens(rc_sheet *s, const rc_result *r)
{
    const rc_spread *cost = rc_first_spread(r, "serving", "cost");
    const rc_spread *price = rc_first_spread(r, "serving", "price_at_end");
    if (!cost || !price)
        return;
    char a[RC_HUMAN], b[RC_HUMAN], c[RC_HUMAN];
    rc_line t = {.n = 0};
    rc_line_say(&t,
                "on average %s of what running it costs (P80 %s), in the end %s for 1M",
                rc_human_money(a, cost->mean, r->currency),
                rc_human_money(b, rc_spread_at(r, cost, 80), r->currency),
                rc_human_money(c, price->mean, r->currency));
    rc_line_put(s, "Tokens", &t);
}

void rc_terminal_rented(rc_sheet *s, const rc_result *r)
{
    if (!s->verbose) /* parts of what the line about life after launch says */
        return;
    tokens(s, r);
    provider(s, r);
}
