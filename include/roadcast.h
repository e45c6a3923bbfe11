/* roadcast.h -- forecast when an AI roadmap lands, what it costs and how good the model
 * will be, before you promise it.
 *
 * A complete program:
 *
 *   #include <roadcast.h>
 *   int main(void)
 *   {
 *       rc_error err = { RC_OK, "" };
 *       rc_faults *faults = NULL;
 *       rc_scenario *scenario = NULL;
 *       rc_plan *plan = NULL;
 *       rc_result *result = NULL;
 *       rc_scenario_options options = { .models = rc_models };
 *       if (rc_scenario_read(&scenario, &faults, "fraud_v2.cfg", &options, &err) == RC_OK &&
 *           rc_plan_compile(&plan, scenario, &err) == RC_OK &&
 *           rc_run(&result, plan, &(rc_run_options){ .futures = 20000 }, &err) == RC_OK)
 *           rc_print_json(result, stdout, &err);
 *       if (err.status != RC_OK)
 *           fprintf(stderr, "%s\n", err.text);
 *       rc_result_free(result);
 *       rc_plan_free(plan);
 *       rc_scenario_free(scenario);
 *       rc_faults_free(faults);
 *       return err.status;
 *   }
 */
#ifndef ROADCAST_H
#define ROADCAST_H

#include <roadcast/character.h>
#include <roadcast/dist.h>
#include <roadcast/error.h>
#include <roadcast/math.h>
#include <roadcast/model.h>
#include <roadcast/plan.h>
#include <roadcast/report.h>
#include <roadcast/result.h>
#include <roadcast/run.h>
#include <roadcast/scenario.h>
#include <roadcast/stream.h>
#include <roadcast/version.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The models of AI work that come with roadcast, NULL-terminated. */
extern const rc_model *const rc_models[];

#ifdef __cplusplus
}
#endif
#endif
