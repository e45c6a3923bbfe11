/* progress.h -- what a person sees on stderr while futures are simulated, and Ctrl-C.
 *
 * On a terminal one line, drawn again; elsewhere a line every ten seconds; with quiet
 * none.  The first Ctrl-C asks the run to stop, the second ends the program.
 */
#ifndef ROADCAST_CLI_PROGRESS_H
#define ROADCAST_CLI_PROGRESS_H

#include <roadcast/report.h>
#include <roadcast/run.h>

typedef struct cli_progress {
    const char *name;    /* what is being forecast */
    char title[256];     /* and which what-if of it, as last told */
    const rc_plan *plan; /* for dates; NULL: none */
    bool quiet, verbose;
    double begun, told; /* clock; told 0: nothing yet */
    double from;        /* clock when something was told of first */
    uint64_t from_done; /* and what was done by then, what-ifs and all */
    bool drawn;
    uint64_t done; /* futures, as last told */
} cli_progress;

void cli_progress_begin(cli_progress *progress, const char *name, const rc_plan *plan,
                        bool quiet);
void cli_progress_needs(void *progress, const rc_needs *needs);
bool cli_progress_tell(void *progress, const rc_progress *now); /* for rc_run_options */
void cli_progress_end(cli_progress *progress);                  /* the line goes away */

void cli_interrupt_listen(void);
bool cli_interrupted(void);
extern const rc_halt cli_halt; /* the same question, for those who draw */

#endif
