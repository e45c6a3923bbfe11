#include "models.h"
#include "experiments.h"
#include "fairness.h"
#include "gate.h"
#include "labelling.h"
#include "production.h"

const rc_model *const rc_models[] = {
    &rc_model_labelling, &rc_model_experiments, &rc_model_fairness,
    &rc_model_gate,      &rc_model_production,  NULL,
};
