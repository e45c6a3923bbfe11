#include "report/searching.h"
#include "report/human.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static const rc_output_result *of_group(const rc_result *r, const char *group,
                                        const char *what)
{
    char path[2 * RC_GROUP_NAME];
    snprintf(path, sizeof path, "%s.%s", group, what);
    return rc_result_output(r, path);
}

static const rc_share *share_of(const rc_result *r, const char *group, const char *what)
{
    const rc_output_result *o = of_group(r, group, what);
    return o && o->share && !isnan(o->share[0].p) ? &o->share[0] : NULL;
}

bool rc_searching_group(char out[RC_GROUP_NAME], const char **name, const rc_result *r,
                        uint32_t i)
{
    for (uint32_t k = 0; k < r->outputs_n; k++) {
        const char *path = r->outputs[k].output.path, *end = strstr(path, "].tries");
        if (strncmp(path, "experiments[", 12) != 0 || !end ||
            strcmp(end, "].tries") != 0 || strchr(path + 12, '[') || i-- > 0)
            continue;
        snprintf(out, RC_GROUP_NAME, "%.*s", (int)(end + 1 - path), path);
        *name = r->outputs[k].output.name;
        return true;
    }
    return false;
}

const rc_share *rc_searching_next(const rc_result *r, const char *group, unsigned n)
{
    char what[64];
    snprintf(what, sizeof what, "next.try_after_%u_failure%s", n, n == 1 ? "" : "s");
    return share_of(r, group, what);
}

const rc_share *rc_searching_within(const rc_result *r, const char *group, unsigned w,
                                    unsigned h)
{
    char what[64];
    snprintf(what, sizeof what, "next.after_%u_week%s.in_%u_week%s", w,
             w == 1 ? "" : "s", h, h == 1 ? "" : "s");
    return share_of(r, group, what);
}

char *rc_searching_weeks(char *out, size_t size, const rc_result *r, const char *group)
{
    static const unsigned spans[] = {4, 2, 1};
    char first[RC_HUMAN], then[RC_HUMAN];
    out[0] = 0;
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        const unsigned w = spans[i];
        const rc_share *now = rc_searching_within(r, group, 0, w),
                       *later = rc_searching_within(r, group, w, w);
        if (!now)
            return out; /* no aim */
        /* of enough futures, or of a shorter while */
        const bool known = later && later->high - later->low < 0.1;
        if (!known && w > 1)
            continue;
        size_t used = (size_t)snprintf(out, size, "%u week%s bring%s the aim in %s", w,
                                       w == 1 ? "" : "s", w == 1 ? "s" : "",
                                       rc_human_share(first, *now));
        if (known && used < size)
            snprintf(out + used, size - used,
                     "; after %u week%s without it, %u more do%s in %s", w,
                     w == 1 ? "" : "s", w, w == 1 ? "es" : "",
                     rc_human_share(then, *later));
        return out;
    }
    return out;
}

/* The human name of what a label of largest_gain stands for. */
static const char *lever_name(const rc_result *r, const char *group, const char *id)
{
    char what[RC_GROUP_NAME];
    snprintf(what, sizeof what, "by_lever[%.120s].tries", id);
    const rc_output_result *o = of_group(r, group, what);
    return o && o->output.name ? o->output.name : id;
}

char *rc_searching_gains(char *out, size_t size, const rc_result *r, const char *group)
{
    const rc_output_result *o = of_group(r, group, "largest_gain");
    char share[RC_HUMAN], name[4 * RC_NAME];
    out[0] = 0;
    if (!o || !o->share || o->classes < 3 || isnan(o->share[0].p))
        return out; /* nothing to compare */
    uint32_t none = o->classes - 1, best = 0;
    for (uint32_t i = 1; i < none; i++)
        if (o->share[i].p > o->share[best].p)
            best = i;
    if (!(o->share[best].p > 0))
        return out;
    size_t used = (size_t)snprintf(
        out, size, "largest gain: %s in %s",
        rc_human_name(name, sizeof name, lever_name(r, group, o->output.labels[best]),
                      RC_NAME),
        rc_human_share(share, o->share[best]));
    if (o->share[none].p >= 0.005 && used < size)
        snprintf(out + used, size - used, ", none in %s",
                 rc_human_share(share, o->share[none]));
    return out;
}
