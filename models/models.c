#include "models.h"
#include "experiments.h"
#include "labelling.h"

const rc_model *const rc_models[] = {
    &rc_model_labelling,
    &rc_model_experiments,
    NULL,
};
