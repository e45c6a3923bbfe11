/* forecast.h -- one scenario of `run`, from its file to its result and what-ifs.
 *
 * Everything that can be wrong with the scenario and its what-ifs is refused before the
 * first future is simulated.
 *
 * Errors   said on stderr; the status is returned.
 */
#ifndef ROADCAST_CLI_FORECAST_H
#define ROADCAST_CLI_FORECAST_H

#include "cli/args.h"
#include "cli/load.h"
#include <roadcast/result.h>

typedef struct cli_forecast {
    cli_source source;
    rc_scenario *scenario; /* NULL: refused */
    rc_result *result;     /* NULL: none */
    char folder[512];      /* where it is written with -o */
    struct rc_checkpoint_file *checkpoint; /* NULL: nobody asked for one */
    double seconds;
    rc_status status;
} cli_forecast;

void cli_forecast_open(cli_forecast *forecast, const char *file,
                       const cli_arguments *arguments);
void cli_forecast_run(cli_forecast *forecast, const cli_arguments *arguments);
void cli_forecast_close(cli_forecast *forecast);

#endif
