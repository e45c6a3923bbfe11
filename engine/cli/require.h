/* require.h -- "P(date) >= 80 %": what an answer must be for exit code 0.
 *
 *   P(date)    launched by the deadline       P(budget)   within the budget
 *   P(target)  truly on target at launch, also P(quality) P(launch)  launched at all
 *   P(all)     all goals at once
 */
#ifndef ROADCAST_CLI_REQUIRE_H
#define ROADCAST_CLI_REQUIRE_H

#include <roadcast/result.h>
#include <roadcast/scenario.h>

typedef struct cli_requirement {
    const char *text;  /* as given */
    uint32_t quantity; /* index into a table of require.c */
    bool above;        /* ">", not ">=" */
    double share;
} cli_requirement;

rc_status cli_require_read(cli_requirement *out, const char *text, rc_error *err);
/* RC_USAGE where the scenario has no such goal. */
rc_status cli_require_fits(const cli_requirement *requirement, const char *file,
                           const rc_scenario *scenario, rc_error *err);
/* RC_NO, and why, where it is not met. */
rc_status cli_require_met(const cli_requirement *requirement, const rc_result *result,
                          rc_error *err);

#endif
