#include "measure.h"
#include <math.h>

static bool noisy(const rc_test_set *test, double shown)
{
    return test->size > 0.0 && shown > 0.0 && shown < 1.0;
}

static double sd(const rc_test_set *test, double shown)
{
    return noisy(test, shown) ? sqrt(shown * (1.0 - shown) / test->size) : 0.0;
}

double rc_test_sd(const rc_test_set *test, double truth)
{
    return sd(test, rc_test_shows(test, truth));
}

double rc_test_error(const rc_test_set *test, double truth, uint32_t word)
{
    const double shown = rc_test_shows(test, truth);
    if (!noisy(test, shown))
        return 0.0;
    return rc_binomial_quantile(rc_uniform(word), test->size, shown) / test->size -
           shown;
}

double rc_measured_off(const rc_test_set *test, double truth, double b, double seed,
                       double pair_z)
{
    const double shown = rc_test_shows(test, truth);
    double spread = sd(test, shown) * sqrt(2.0 * (1.0 - test->correlate));
    if (test->noise > 0.0)
        spread = sqrt(spread * spread + test->noise * test->noise);
    return shown + b + seed + pair_z * spread;
}

double rc_measured(const rc_test_set *test, double truth, uint32_t word, double seed,
                   double pair_z)
{
    return rc_measured_off(test, truth, rc_test_error(test, truth, word), seed, pair_z);
}

uint32_t rc_test_index(bool fresh, uint32_t round, bool at_gate)
{
    return fresh ? round - (at_gate ? 0 : 1) : 0;
}
