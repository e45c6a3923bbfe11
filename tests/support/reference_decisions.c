#include "reference_decisions.h"

static double lawful(double metric)
{
    return metric < 0 ? 0 : metric > 1 ? 1 : metric;
}

double reference_wrong(double cases, bool up, double m)
{
    return up ? cases - cases * m : cases * m;
}

/* Everyone else has the metric e, the group e - gap (e + gap where less is better), and
 * together they have m = share (e -+ gap) + (1 - share) e. */
double reference_wrong_in_group(bool up, double m, double share, double gap,
                                double *elsewhere)
{
    const double worse = up ? -gap : gap;
    const double others = m - share * worse, own = others + worse;
    *elsewhere = reference_wrong(1, up, lawful(others));
    return reference_wrong(1, up, lawful(own));
}
