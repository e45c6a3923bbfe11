/* terminal_labels.c -- a line each of what models learn from: the data that come in, and
 * what labels alone would bring. */
#include "report/human.h"
#include "report/labels.h"
#include "report/line.h"
#include "report/terminal.h"
#include "report/verdict.h"
#include <math.h>

#define DAYS_PER_WEEK 7

static void leak(rc_line *t, const rc_result *r)
{
    const rc_share *chance = rc_first_share(r, "data", "leak.chance");
    const rc_share *hope = rc_first_share(r, "data", "leak.false_hope");
    const rc_spread *weeks = rc_first_spread(r, "data", "leak.weeks_of_false_hope");
    const rc_share *shows = rc_first_share(r, "data", "leak.shows_after_launch");
    char a[RC_HUMAN];
    if (!chance || isnan(chance->p) || !hope)
        return;
    rc_line_say(t, "; a leak gives false hope in %s", rc_human_share(a, *hope));
    if (weeks && weeks->n > 0)
        rc_line_say(t, ", for %.1f weeks", weeks->mean);
    if (shows && shows->p >= 0.005)
        rc_line_say(t, ", and shows after %s of launches", rc_human_share(a, *shows));
}

/* The middle, with no digit that its interval does not support. */
static char *middle_count(char out[RC_HUMAN], const rc_result *r, const rc_spread *s)
{
    const uint32_t i = rc_percentile_index(r, 50);
    const bool known = s->p_low && s->p_high && i != UINT32_MAX;
    return rc_human_count_known(out, rc_spread_at(r, s, 50),
                                known ? (s->p_high[i] - s->p_low[i]) / 2 : 0);
}

static void data(rc_sheet *s, const rc_result *r)
{
    const rc_spread *items = rc_first_spread(r, "data", "items");
    const rc_spread *days = rc_first_spread(r, "data", "days");
    const rc_share *enough = rc_first_share(r, "data", "p_enough");
    if (!items || !days || !enough || items->n == 0)
        return;
    char a[RC_HUMAN];
    rc_line t = {.n = 0};
    rc_line_say(&t, "%s that may be used, after %.0f weeks (P80 %.0f)",
                middle_count(a, r, items), rc_spread_at(r, days, 50) / DAYS_PER_WEEK,
                rc_spread_at(r, days, 80) / DAYS_PER_WEEK);
    if (enough->p < 0.99)
        rc_line_say(&t, ", as many as wanted in %s", rc_human_share(a, *enough));
    leak(&t, r);
    rc_line_put(s, "Data", &t);
}

static void labels(rc_sheet *s, const rc_result *r)
{
    const rc_output_result *suffice = rc_result_output(r, "figures.learning.suffice"),
                           *come = rc_result_output(r, "figures.learning.labels_come");
    if (!suffice || !come || !(come->spread[0].mean > 0) || !r->target.given)
        return;
    char a[RC_HUMAN], b[RC_HUMAN];
    const rc_output_result *ever = rc_result_output(r, "figures.learning.ever"),
                           *end = rc_result_output(r, "figures.learning.until");
    const double half = rc_labels_of_half(r), until = end ? end->spread[0].mean : 0;
    rc_line t = {.n = 0};
    rc_line_say(&t, "alone bring %s in %s", rc_target_words(a, r, r->target.value),
                rc_human_share(b, suffice->share[0]));
    if (isfinite(half))
        rc_line_say(&t, "; half of futures would need %s",
                    rc_human_count(a, (uint64_t)rc_labels_roundly(half)));
    else if (ever && ever->share[0].p < 0.5)
        rc_line_say(&t, "; in half of futures no number of labels does");
    else
        rc_line_say(&t, "; half of futures would need over %s",
                    rc_human_count(a, (uint64_t)rc_labels_roundly(until)));
    rc_line_put(s, "Labels", &t);
}

void rc_terminal_labels(rc_sheet *s, const rc_result *r)
{
    data(s, r);
    labels(s, r);
}
