/* plot: draw the charts of a finished run again. */
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/screen.h"
#include <roadcast/report.h>

rc_status cli_plot(const cli_arguments *arguments)
{
    rc_error err = {RC_OK, ""};
    const char *folder = arguments->operands.at[0];
    uint32_t drawn = 0;
    rc_status status = rc_plot_folder(folder, arguments->only, &cli_halt, &drawn, &err);
    if (status != RC_OK)
        return cli_fail(&err);
    if (arguments->quiet)
        return RC_OK;
    if (rc_charts_lack())
        cli_complain("note: the sandbox of gnuplot is not whole: this kernel lacks %s",
                     rc_charts_lack());
    return cli_say("Drew %u chart%s in %s/charts.", drawn, drawn == 1 ? "" : "s",
                   folder);
}
