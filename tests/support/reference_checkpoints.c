#include "reference_checkpoints.h"
#include <math.h>

double reference_seen(const reference_measurement *all, int n, double evening,
                      double today)
{
    double last = -INFINITY, seen = today;
    for (int i = 0; i < n; i++)
        if (all[i].at <= evening && all[i].at >= last) {
            last = all[i].at;
            seen = all[i].value;
        }
    return seen;
}

static bool holds(const reference_look *look)
{
    switch (look->sign) {
    case '<':
        return look->seen < look->limit;
    case '>':
        return look->seen > look->limit;
    case 'l':
        return look->seen <= look->limit;
    default:
        return look->seen >= look->limit;
    }
}

double reference_ends(const reference_look *looks, int n, double launch, double stopped)
{
    double evening = -INFINITY;
    for (;;) {
        double next = INFINITY;
        for (int i = 0; i < n; i++)
            if (looks[i].evening > evening && looks[i].evening < next)
                next = looks[i].evening;
        if (isinf(next) || launch <= next || stopped <= next)
            return stopped;
        for (int i = 0; i < n; i++)
            if (looks[i].evening == next && holds(&looks[i]))
                return next;
        evening = next;
    }
}
