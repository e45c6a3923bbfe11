#include "reference_sites.h"
#include <stdbool.h>

static double at_site(const reference_site_need *need, int site, double spread)
{
    const double there = need->metric + spread * need->z[site];
    return there < 0 ? 0 : there > 1 ? 1 : there;
}

static bool misses(const reference_site_need *need, double there)
{
    switch (need->sign) {
    case '<':
        return there >= need->limit;
    case '>':
        return there <= need->limit;
    case 'l':
        return there > need->limit;
    default:
        return there < need->limit;
    }
}

int reference_sites_below(const reference_site_need *needs, int n, int sites,
                          double spread, double *worst)
{
    const bool more_is_better = needs[0].sign == '>' || needs[0].sign == 'g';
    int below = 0;
    *worst = more_is_better ? 2 : -2;
    for (int k = 0; k < sites; k++) {
        bool any = false;
        for (int i = 0; i < n; i++)
            any |= misses(&needs[i], at_site(&needs[i], k, spread));
        const double first = at_site(&needs[0], k, spread);
        if (more_is_better ? first < *worst : first > *worst)
            *worst = first;
        below += any;
    }
    return below;
}
