#include "reference_online_test.h"
#include <math.h>

double reference_quantile(double p)
{
    double low = -40, high = 40;
    for (int i = 0; i < 200; i++) {
        const double middle = (low + high) / 2;
        if (erfc(-middle / sqrt(2)) / 2 < p)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

/* sigma and delta in the unit of the measure, as in the rule of 16 sigma^2/delta^2. */
double reference_test_days(const reference_test_plan *plan)
{
    const double delta = (plan->smallest - plan->bar) * plan->mean;
    const double z =
        reference_quantile(.5 + plan->sure / 2) + reference_quantile(plan->power);
    const double per_arm = 2 * z * z * plan->sd * plan->sd / (delta * delta);
    double days = 1;
    while (days * plan->per_day < per_arm * plan->arms * (1 - 1e-9))
        days++;
    if (plan->at_most > 0 && days > plan->at_most)
        days = plan->at_most;
    return days > plan->at_least ? days : plan->at_least;
}

/* Mean of the new arm over that of the old one, less one: each arm has its own error. */
reference_test_seen reference_test_run(const reference_test_plan *plan,
                                       reference_test_state *state, double days,
                                       double truth, double luck)
{
    const double units = days * plan->per_day / plan->arms;
    if (units > 0) {
        const double of_an_arm = plan->sd * plan->sd / units; /* variance of its mean */
        const double error = sqrt(of_an_arm + of_an_arm) / plan->mean;
        state->sum += units * (truth + luck * error);
        state->units += units;
    }
    const double error = sqrt(2 / state->units) * plan->sd / plan->mean;
    reference_test_seen seen = {.days = days, .measured = state->sum / state->units};
    seen.ships =
        seen.measured - reference_quantile(.5 + plan->sure / 2) * error > plan->bar;
    return seen;
}
