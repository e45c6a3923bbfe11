/* earning.c -- the walk over the pieces of time in which nothing changes. */
#include "earning.h"
#include <math.h>
#include <string.h>

/* Where the walk stands. */
typedef struct piece {
    double from, until;
    uint32_t month, since; /* of the calendar, since the launch */
    double discount;
} piece;

/* Share of all that have adopted it, in the middle of the piece. */
static double adopted(const rc_market *m, const piece *p, double launch)
{
    double since = (p->from + p->until) / 2 - launch;
    if (p->from < launch)
        return 0;
    return since < m->adopted_after ? m->adoption * since / m->adopted_after
                                    : m->adoption;
}

static double next_change(const rc_market *m, const piece *p, double launch)
{
    double next = fmin(p->month + 1.0, m->horizon);
    if (p->from < launch) {
        next = fmin(next, launch);
    } else {
        next = fmin(next, launch + p->since + 1);
        if (p->from < launch + m->adopted_after)
            next = fmin(next, launch + m->adopted_after);
    }
    return p->from < m->rival_arrives ? fmin(next, m->rival_arrives) : next;
}

static void add_piece(rc_earned *out, const rc_market *m, const piece *p,
                      const double *volume, double launch)
{
    const double length = p->until - p->from, a = adopted(m, p, launch);
    const double left = p->from < m->rival_arrives ? 1 : 1 - m->rival_takes;
    const bool live = p->from >= launch, wanted = live && m->adoption > 0;
    double money = 0;
    uint16_t served = 0;
    for (uint32_t s = 0; s < m->segments_n; s++) {
        const rc_earning_segment *own = &m->segment[s];
        double new = live ? own->product[p->since] : 0, old = own->today[p->month];
        double brings =
            m->per_month * volume[s] * left * length * (a * new + (1 - a) * old);
        money += brings;
        out->segment[s] += brings * p->discount;
        if ((wanted ? new : old) > 0) {
            served |= (uint16_t)(1u << s);
            out->served_from[s] = fmin(out->served_from[s], p->from);
        }
    }
    if (live && m->spent)
        money -= m->spent[p->since] * length;
    out->money[p->month] += money;
    out->worth[p->month] += money * p->discount;
    out->served[p->month] = served; /* the last piece of a month tells its end */
}

/* Shapes are those that value checks: at most RC_EARNING_MONTHS and RC_EARNING_SEGMENTS. */
void rc_earn(rc_earned *out, const rc_market *m, double launch)
{
    double volume[RC_EARNING_SEGMENTS];
    piece p = {.discount = 1};
    memset(out, 0, sizeof *out);
    for (uint32_t s = 0; s < m->segments_n; s++) {
        volume[s] = 1;
        out->served_from[s] = INFINITY;
    }
    while (p.from < m->horizon) {
        p.until = next_change(m, &p, launch);
        add_piece(out, m, &p, volume, launch);
        p.from = p.until;
        if (p.from >= launch + p.since + 1 && p.since + 1 < m->months)
            p.since++;
        if (p.from < p.month + 1.0)
            continue;
        p.month++;
        p.discount *= m->month_later;
        for (uint32_t s = 0; s < m->segments_n; s++)
            volume[s] *= m->segment[s].growth;
    }
}

double rc_earned_total(const rc_earned *earned, const rc_market *market)
{
    double sum = 0;
    for (uint32_t i = 0; i < market->months; i++)
        sum += earned->worth[i];
    return sum;
}
