#include "approach.h"

static double breach(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                     uint32_t a)
{
    return b->also.limits_n > 0 ? rc_also_breach(&b->also, step, lane, a, NULL, 0)
                                : 0.0;
}

static bool better(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                   const rc_search *s, uint32_t a, uint32_t than)
{
    const double over = breach(b, step, lane, a), its = breach(b, step, lane, than);
    if (over != its)
        return over < its;
    const double x = s->kept[a].measured, y = s->kept[than].measured;
    return b->up ? x > y : x < y;
}

/* The best that is built among those that may be (`may`: bits). */
static uint32_t best_of(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                        const rc_search *s, uint32_t may)
{
    uint32_t best = RC_NO_APPROACH;
    for (uint32_t a = 0; a < b->approaches_n; a++)
        if (may >> a & 1 && s->kept[a].built &&
            (best == RC_NO_APPROACH || better(b, step, lane, s, a, best)))
            best = a;
    return best;
}

uint32_t rc_approach_best(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                          const rc_search *s)
{
    if (b->approaches_n == 1)
        return 0;
    uint32_t may = (1u << b->approaches_n) - 1;
    if (!b->todays_ships)
        may &= ~1u;
    const uint32_t best = best_of(b, step, lane, s, may);
    return best == RC_NO_APPROACH ? s->at : best;
}

static bool has_its_turn(const rc_search_plan *b, const rc_kept *m)
{
    return (b->s->choose == RC_ONE_BY_ONE ? m->barren : m->begun) < b->s->tries_each;
}

uint32_t rc_approach_next(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                          const rc_search *s, uint32_t passed)
{
    uint32_t may = 0;
    for (uint32_t a = 0; a < b->approaches_n; a++)
        may |= (uint32_t)(b->open[a] && !(passed >> a & 1)) << a;
    if (step->round > 1 && b->open[s->at])
        may &= 1u << s->at;
    for (uint32_t a = 0; a < b->approaches_n; a++)
        if (may >> a & 1 && has_its_turn(b, &s->kept[a]))
            return a;
    const uint32_t best = best_of(b, step, lane, s, may);
    for (uint32_t a = 0; best == RC_NO_APPROACH && a < b->approaches_n; a++)
        if (may >> a & 1)
            return a;
    return best;
}
