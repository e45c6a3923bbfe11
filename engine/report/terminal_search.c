/* terminal_search.c -- a line for each search for quality: what the next tries and weeks
 * bring, which approach it ends with, and what gains most. */
#include "report/human.h"
#include "report/line.h"
#include "report/searching.h"
#include "report/terminal.h"
#include <math.h>
#include <stdio.h>

enum { SEARCHES = 3 }; /* lines at the most: the answer fits one screen */

static void approach(rc_line *t, const rc_result *r, const char *group)
{
    char path[2 * RC_GROUP_NAME], name[4 * RC_NAME], share[RC_HUMAN];
    snprintf(path, sizeof path, "%s.approach", group);
    const rc_output_result *o = rc_result_output(r, path);
    if (!o || !o->share || o->classes < 2 || isnan(o->share[0].p))
        return;
    uint32_t best = 0;
    for (uint32_t i = 1; i < o->classes; i++)
        if (o->share[i].p > o->share[best].p)
            best = i;
    const char *id = o->output.labels[best];
    snprintf(path, sizeof path, "%s.by_approach[%.100s].tries", group, id);
    const rc_output_result *its = rc_result_output(r, path);
    rc_line_say(t, "; ends with %s in %s",
                rc_human_name(name, sizeof name,
                              its && its->output.name ? its->output.name : id, RC_NAME),
                rc_human_share(share, o->share[best]));
}

void rc_terminal_search(rc_sheet *s, const rc_result *r)
{
    char group[RC_GROUP_NAME], other[RC_GROUP_NAME], words[256], name[4 * RC_NAME],
        share[RC_HUMAN];
    const char *human, *ignored;
    const bool several = rc_searching_group(other, &ignored, r, 1);
    for (uint32_t i = 0; i < SEARCHES && rc_searching_group(group, &human, r, i); i++) {
        const rc_share *first = rc_searching_next(r, group, 0);
        if (!first)
            continue; /* in no future is there a try */
        rc_line t = {.n = 0};
        rc_line_say(&t, "the first try works in %s", rc_human_share(share, *first));
        if (rc_searching_weeks(words, sizeof words, r, group)[0])
            rc_line_say(&t, "; %s", words);
        approach(&t, r, group);
        if (rc_searching_gains(words, sizeof words, r, group)[0])
            rc_line_say(&t, "; %s", words);
        rc_line_put(s,
                    several && human ? rc_human_name(name, sizeof name, human, 14)
                                     : "Search",
                    &t);
    }
}
