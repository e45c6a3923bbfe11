#include "experiments.h"
#include "search.h"
#include <math.h>

rc_test_set rc_experiments_test(const rc_experiments *s, const rc_step *step,
                                uint32_t lane)
{
    return (rc_test_set){(double)s->test_size,
                         rc_row(step, &s->paired_tries_correlate)[lane]};
}

static void *bind(const void *at, rc_binder *b)
{
    (void)at;
    return rc_bind_alloc(b, 1, 1);
}

static void place(const rc_step *step, const uint32_t *lane, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        step->duration[lane[i]] = 0.0;
}

const rc_model rc_model_experiments = {
    .id = "experiments",
    .group = &rc_experiments_group,
    .is_plan = true,
    .cost_kind = "compute",
    .check = rc_experiments_check,
    .gpus = rc_experiments_gpus,
    .typical = rc_experiments_typical,
    .bind = bind,
    .place = place,
};
