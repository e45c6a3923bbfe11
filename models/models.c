#include "models.h"
#include "checkpoints.h"
#include "data_supply.h"
#include "decisions.h"
#include "enrolment.h"
#include "evals.h"
#include "experiments.h"
#include "fairness.h"
#include "gate.h"
#include "hypothesis.h"
#include "labelling.h"
#include "online_test.h"
#include "production.h"
#include "provider.h"
#include "safety.h"
#include "serving.h"
#include "sites.h"
#include "submission.h"
#include "value.h"

const rc_model *const rc_models[] = {
    &rc_model_labelling,
    &rc_model_data,
    &rc_model_evals,
    &rc_model_experiments,
    &rc_model_enrolment,
    &rc_model_safety,
    &rc_model_fairness,
    &rc_model_online_test,
    &rc_model_gate,
    &rc_model_checkpoints,
    &rc_model_submission,
    &rc_model_production,
    &rc_model_sites,
    &rc_model_provider,
    &rc_model_decisions,
    &rc_model_serving,
    &rc_model_value,
    &rc_model_hypothesis,
    NULL,
};
