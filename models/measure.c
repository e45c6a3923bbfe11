#include "measure.h"
#include <math.h>

static bool noisy(const rc_test_set *test, double truth)
{
    return test->size > 0.0 && truth > 0.0 && truth < 1.0;
}

double rc_test_sd(const rc_test_set *test, double truth)
{
    return noisy(test, truth) ? sqrt(truth * (1.0 - truth) / test->size) : 0.0;
}

double rc_test_error(const rc_test_set *test, double truth, uint32_t word)
{
    if (!noisy(test, truth))
        return 0.0;
    return rc_binomial_quantile(rc_uniform(word), test->size, truth) / test->size -
           truth;
}

double rc_measured_off(const rc_test_set *test, double truth, double b, double seed,
                       double pair_z)
{
    const double pair =
        pair_z * rc_test_sd(test, truth) * sqrt(2.0 * (1.0 - test->correlate));
    return truth + b + seed + pair;
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
