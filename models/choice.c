#include "choice.h"
#include "approach.h"
#include <math.h>

#define WORKDAYS_PER_MONTH 21.75 /* as in base/units.h, which a model may not include */

/* When all that the lever needs has finished; INFINITY: not known. */
static double available(const rc_lever_plan *p, const rc_step *step, uint32_t lane)
{
    double from = -INFINITY;
    for (uint32_t i = 0; i < p->lever->needs.n; i++) {
        if (p->needs[i] == UINT32_MAX)
            return INFINITY;
        const double finish = step->row[p->needs[i]][lane];
        if (isnan(finish))
            return INFINITY;
        from = fmax(from, finish);
    }
    return from;
}

static double known(const double *table, const rc_lever_plan *p, uint32_t index)
{
    return table[index < p->known ? index : p->known];
}

/* Expected gain per day of the next try, from what has been measured so far; works:
 * E[p] of the team, or a value drawn from its belief. */
static double promise(const rc_lever_plan *p, const rc_lever_state *v,
                      uint32_t approach, double works)
{
    const double anything = v->kept ? 1.0 : known(p->anything, p, v->ended);
    return anything * works * known(p->again, p, (uint32_t)v->ended + v->running) *
           known(p->shrink, p, v->kept) * p->gain_per_day[approach];
}

static double believed(const rc_lever_plan *p, const rc_lever_state *v)
{
    return rc_belief_mean(p->prior, v->kept, known(p->exposure, p, v->ended));
}

static double imagined(const rc_lever_plan *p, const rc_lever_state *v,
                       const rc_step *step, uint32_t lane, uint32_t index)
{
    return rc_belief_quantile(p->prior, v->kept, known(p->exposure, p, v->ended),
                              rc_uniform(rc_word(step, p->thompson, index, lane)));
}

/* May a try of this lever start at time `now`?  Else *wake is when it may, if sooner.
 */
static bool may_start(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                      const rc_search *s, uint32_t approach, uint32_t l, double now,
                      double *wake)
{
    const rc_lever_plan *p = b->levers + l;
    const rc_lever_state *v = s->lever + l;
    if ((uint32_t)v->ended + v->running >= p->most ||
        (p->approach != RC_ALL_APPROACHES && p->approach != approach))
        return false;
    const double from = available(p, step, lane) - step->start[lane];
    if (from > now) {
        *wake = fmin(*wake, from);
        return false;
    }
    return true;
}

static uint32_t by_score(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                         const rc_search *s, uint32_t approach, const bool *may)
{
    double most = -INFINITY;
    uint32_t best = RC_NO_LEVER;
    for (uint32_t l = 0; l < b->levers_n; l++) {
        if (!may[l])
            continue;
        const rc_lever_plan *p = b->levers + l;
        const rc_lever_state *v = s->lever + l;
        const double works = b->s->policy == RC_THOMPSON
                                 ? imagined(p, v, step, lane, s->starts)
                                 : believed(p, v);
        const double score = promise(p, v, approach, works);
        if (score > most) {
            most = score;
            best = l;
        }
    }
    return best;
}

static uint32_t by_weight(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                          const rc_search *s, const bool *may)
{
    double sum = 0.0;
    for (uint32_t l = 0; l < b->levers_n; l++)
        sum += may[l] ? b->levers[l].lever->weight : 0.0;
    double left = sum * rc_uniform(rc_word(step, b->choice, s->starts, lane));
    uint32_t last = RC_NO_LEVER;
    for (uint32_t l = 0; l < b->levers_n; l++) {
        const double weight = may[l] ? b->levers[l].lever->weight : 0.0;
        if (weight <= 0.0)
            continue;
        last = l;
        if (left < weight)
            break;
        left -= weight;
    }
    return last;
}

static uint32_t in_turn(const rc_search_plan *b, uint32_t from, const bool *may)
{
    for (uint32_t i = 0; i < b->levers_n; i++) {
        const uint32_t l = (from + i) % b->levers_n;
        if (may[l])
            return l;
    }
    return RC_NO_LEVER;
}

/* Nothing worth trying is left: of all levers that may start, the best promises less
 * than the threshold. */
static bool hopeless(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                     const rc_search *s, uint32_t approach, const bool *may)
{
    if (!b->s->give_up_below.given)
        return false;
    const double per_month = rc_row(step, &b->s->give_up_below)[lane];
    for (uint32_t l = 0; l < b->levers_n; l++)
        if (may[l] && promise(b->levers + l, s->lever + l, approach,
                              believed(b->levers + l, s->lever + l)) *
                              WORKDAYS_PER_MONTH >=
                          per_month)
            return false;
    return true;
}

/* The lever of the next try on one approach, RC_NO_LEVER: none for now; *wake: when one comes
 * within reach, if sooner. */
static uint32_t choose_lever(const rc_search_plan *b, const rc_step *step,
                             uint32_t lane, const rc_search *s, uint32_t approach,
                             double now, double *wake)
{
    bool may[RC_LEVERS_MAX], any = false;
    for (uint32_t l = 0; l < b->levers_n; l++) {
        may[l] = may_start(b, step, lane, s, approach, l, now, wake);
        any |= may[l];
    }
    if (!any || hopeless(b, step, lane, s, approach, may))
        return RC_NO_LEVER;
    switch ((rc_policy)b->s->policy) {
    case RC_IN_ORDER:
        return in_turn(b, 0, may);
    case RC_ROUND_ROBIN:
        return in_turn(b, s->turn, may);
    case RC_WEIGHTED:
        return by_weight(b, step, lane, s, may);
    case RC_BEST_GAIN_PER_DAY:
    case RC_THOMPSON:
        break;
    }
    return by_score(b, step, lane, s, approach, may);
}

uint32_t rc_choice(const rc_search_plan *b, const rc_step *step, uint32_t lane,
                   const rc_search *s, uint32_t running, uint32_t failures, double now,
                   double *wake, uint32_t *approach)
{
    *wake = INFINITY;
    if ((int64_t)s->tries + running >= b->most_tries ||
        s->cost >= rc_row_or(step, &b->s->budget, lane, INFINITY) ||
        (b->s->failures_in_a_row > 0 && failures >= b->s->failures_in_a_row))
        return RC_NO_LEVER;
    if (b->approaches_n == 1)
        return choose_lever(b, step, lane, s, 0, now, wake);
    for (uint32_t passed = 0;;) {
        const uint32_t a = rc_approach_next(b, step, lane, s, passed);
        if (a == RC_NO_APPROACH)
            return RC_NO_LEVER;
        const uint32_t l = choose_lever(b, step, lane, s, a, now, wake);
        *approach = a;
        if (l != RC_NO_LEVER)
            return l;
        passed |= 1u << a;
    }
}
