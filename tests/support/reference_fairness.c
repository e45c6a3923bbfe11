#include "reference_fairness.h"
#include <math.h>

static double error_of(const reference_audit *audit, int group)
{
    if (audit->examples <= 0 || audit->accuracy <= 0 || audit->accuracy >= 1)
        return 0;
    const double examples = audit->examples * audit->share[group];
    return sqrt(audit->accuracy * (1 - audit->accuracy) / examples);
}

static double seen(const reference_audit *audit, int group)
{
    return audit->gap[group] + audit->luck[group] * error_of(audit, group);
}

static double best_of_others(const reference_audit *audit, int group)
{
    double smallest = 0; /* everyone else has no gap */
    for (int i = 0; i < audit->groups; i++)
        if (i != group && seen(audit, i) < smallest)
            smallest = seen(audit, i);
    return audit->accuracy - smallest;
}

double reference_unfair(const reference_audit *audit, int group)
{
    if (!audit->four_fifths)
        return seen(audit, group);
    const double rate = audit->accuracy - seen(audit, group);
    return 0.8 - rate / best_of_others(audit, group);
}

bool reference_group_passes(const reference_audit *audit, int group)
{
    double error = error_of(audit, group);
    if (audit->four_fifths)
        error /= best_of_others(audit, group);
    return reference_unfair(audit, group) - audit->sure_z * error <= audit->limit;
}

bool reference_needs_mitigation(const reference_audit *audit)
{
    for (int i = 0; i < audit->groups; i++)
        if (reference_unfair(audit, i) > audit->limit)
            return true;
    return false;
}
