#include "reference_labelling.h"

/* Votes cast up to time t, integrated in small steps of time. */
static double cast(const reference_pool *pool, double from, double to)
{
    double sum = 0;
    for (int i = 0; i < 100; i++) {
        const double t = from + (to - from) * (i + 0.5) / 100;
        double speed = pool->speed;
        if (t < pool->ramp_up)
            speed *= t / pool->ramp_up;
        sum += pool->labellers * speed * (to - from) / 100;
    }
    return sum;
}

reference_labels reference_label(const reference_pool *pool)
{
    reference_labels out;
    const double good = 1 - pool->rework;
    out.votes = pool->items * pool->votes_per_item / good;
    out.votes += pool->items * pool->disagreement;
    out.cost = out.votes * pool->cost_per_vote;

    const double step = 0.01;
    double left = out.votes, t = 0;
    for (;;) {
        const double day = cast(pool, t, t + step);
        if (day >= left)
            break;
        left -= day;
        t += step;
    }
    out.days = (t + step * left / cast(pool, t, t + step)) * pool->slower;

    /* squared correlation of the label with the class, from its four cells */
    const double q = pool->positives;
    const double both = q * (1 - pool->missed);
    const double said = both + (1 - q) * pool->false_alarms;
    const double together = both - q * said;
    out.effective =
        pool->items * together * together / (q * (1 - q) * said * (1 - said));
    return out;
}
