/* idle.h -- what a group says and nothing would use: refused, a row each.
 *
 * A plain number that equals its default says nothing new and is let pass.
 */
#ifndef ROADCAST_MODELS_IDLE_H
#define ROADCAST_MODELS_IDLE_H

#include <roadcast/model.h>

typedef struct rc_idle {
    bool idle;
    rc_position at;
    const char *text, *hint;
} rc_idle;

static inline void rc_refuse_idle(rc_faults *faults, const rc_idle *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].idle)
            rc_unused(faults, list[i].at, list[i].hint, "%s", list[i].text);
}

static inline bool rc_same_unit(const char *one, const char *other)
{
    return strcmp(one ? one : "", other ? other : "") == 0;
}

#endif
