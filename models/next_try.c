#include "next_try.h"
#include <math.h>

#define DAYS_PER_WEEK 5.0
#define CLOSE 1e-9 /* days: sums of the same tries differ by less */

static const uint32_t failures_of[RC_NEXT_FAILURES] = {0, 1, 2, 4, 6, 8};
static const uint32_t after_of[RC_NEXT_AFTER] = {0, 1, 2, 4, 8};
static const uint32_t within_of[RC_NEXT_WITHIN] = {1, 2, 4, 8};

static uint32_t share(rc_binder *b, const char *name, const char *path)
{
    return rc_bind_shown(b, path, RC_OUT_SHARE, "share", name);
}

static const char *plural(uint32_t n)
{
    return n == 1 ? "" : "s";
}

void rc_next_bind(rc_next_plan *next, rc_binder *b, const char *id, const char *name,
                  bool has_aim)
{
    for (uint32_t i = 0; i < RC_NEXT_FAILURES; i++)
        next->try_after[i] =
            share(b, name,
                  rc_bind_print(b, "experiments[%s].next.try_after_%u_failure%s", id,
                                failures_of[i], plural(failures_of[i])));
    next->has_aim = has_aim;
    for (uint32_t i = 0; has_aim && i < RC_NEXT_AFTER; i++)
        for (uint32_t k = 0; k < RC_NEXT_WITHIN; k++)
            next->weeks[i][k] = share(
                b, name,
                rc_bind_print(b, "experiments[%s].next.after_%u_week%s.in_%u_week%s",
                              id, after_of[i], plural(after_of[i]), within_of[k],
                              plural(within_of[k])));
}

void rc_next_try(const rc_next_plan *next, const rc_step *step, uint32_t lane,
                 uint32_t failures, bool works)
{
    for (uint32_t i = 0; i < RC_NEXT_FAILURES; i++)
        if (failures_of[i] == failures)
            step->row[next->try_after[i]][lane] = works ? 1.0 : 0.0;
}

void rc_next_weeks(const rc_next_plan *next, const rc_step *step, uint32_t lane,
                   double days, bool at_aim)
{
    for (uint32_t i = 0; next->has_aim && i < RC_NEXT_AFTER; i++) {
        const double after = DAYS_PER_WEEK * after_of[i];
        if (after > 0.0 && !(days > after + CLOSE))
            return; /* it does not search any more */
        for (uint32_t k = 0; k < RC_NEXT_WITHIN; k++) {
            const double until = after + DAYS_PER_WEEK * within_of[k];
            step->row[next->weeks[i][k]][lane] =
                at_aim && days <= until + CLOSE ? 1.0 : 0.0;
        }
    }
}
