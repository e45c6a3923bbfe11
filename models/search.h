/* search.h -- inside the model experiments: its parts, and one search in one future. */
#ifndef ROADCAST_MODELS_SEARCH_H
#define ROADCAST_MODELS_SEARCH_H

#include "belief.h"
#include "experiments.h"

/* experiments_settings.c */
extern const rc_group rc_experiments_group;
void rc_experiments_check(const void *at, const rc_goals *goals, rc_faults *faults);
double rc_experiments_gpus(const void *at);
double rc_experiments_typical(const void *at);
const rc_lever *rc_experiments_levers(const rc_experiments *s, uint32_t *n);
/* Most tries of the search; 0: unlimited. */
int64_t rc_experiments_tries(const rc_experiments *s);
bool rc_experiments_has_target(const rc_experiments *s, const rc_goals *goals);
bool rc_experiments_is_share(const rc_experiments *s);

#endif
