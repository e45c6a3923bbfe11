#include "reference_evals.h"
#include "reference_safety.h"
#include <math.h>

double reference_agreement(uint32_t raters, double agrees, double correlate)
{
    double right = 0;
    for (uint32_t course = 0; course < 1u << raters; course++) {
        uint32_t yes = 0;
        double chance = 1;
        for (uint32_t r = 0; r < raters; r++) {
            const uint32_t vote = course >> r & 1;
            yes += vote;
            chance *= vote ? agrees : 1 - agrees;
        }
        if (2 * yes > raters)
            right += chance;
        if (2 * yes == raters)
            right += chance * agrees; /* one more vote settles it */
    }
    return correlate * agrees + (1 - correlate) * right;
}

double reference_shown(double truth, double agreement, double bias)
{
    const double seen_of_true = truth * agreement;
    const double seen_of_others = (1 - truth) * (1 - agreement);
    const double shown = seen_of_true + seen_of_others + bias;
    return shown < 0 ? 0 : shown > 1 ? 1 : shown;
}

double reference_share(uint32_t items, double shown, double u)
{
    if (shown <= 0 || shown >= 1)
        return shown;
    return reference_binomial(items, shown, u) / (double)items;
}
