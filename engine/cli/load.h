/* load.h -- scenarios as the command line names them: files, or "-" for standard input.
 *
 * Standard input is kept, because a what-if reads its scenario again.
 *
 * Errors   said on stderr, faults with their source lines; the status is returned.
 */
#ifndef ROADCAST_CLI_LOAD_H
#define ROADCAST_CLI_LOAD_H

#include "cli/args.h"
#include <roadcast/plan.h>

typedef struct cli_source {
    const char *file; /* as given */
    char *text;       /* of standard input, or held otherwise; NULL: in the file */
    size_t n;
    const char *const *extends; /* texts that it extends; see rc_scenario_options */
    uint32_t extends_n;
} cli_source;

/* Reads standard input where the file is "-". */
rc_status cli_source_open(cli_source *source, const char *file);
void cli_source_close(cli_source *source);

/* what_if: the id of an entry to apply, or NULL. Warnings are shown without it. */
rc_status cli_load(rc_scenario **out, const cli_source *source,
                   const cli_arguments *arguments, const char *what_if,
                   uint32_t *warnings);

/* Says what shows only when a plan is compiled; how much that is. */
uint32_t cli_warn(const char *file, const rc_plan *plan, bool quiet);

#endif
