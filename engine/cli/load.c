#include "cli/load.h"
#include "cli/screen.h"
#include <roadcast.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 1 << 16, MOST = (4 << 20) + 1 }; /* one byte over the limit of a file */

rc_status cli_source_open(cli_source *source, const char *file)
{
    *source = (cli_source){.file = file};
    if (strcmp(file, "-") != 0)
        return RC_OK;
    size_t room = 0;
    for (;;) {
        if (source->n + CHUNK > room) {
            room = room ? 2 * room : 2 * CHUNK;
            char *grown = realloc(source->text, room);
            if (!grown) {
                cli_complain("out of memory for standard input");
                return RC_IO;
            }
            source->text = grown;
        }
        ssize_t took = read(STDIN_FILENO, source->text + source->n, CHUNK);
        if (took < 0 && errno == EINTR)
            continue;
        if (took < 0) {
            cli_complain("standard input cannot be read: %s", strerror(errno));
            return RC_IO;
        }
        source->n += (size_t)took;
        if (took == 0 || source->n >= MOST)
            return RC_OK;
    }
}

void cli_source_close(cli_source *source)
{
    free(source->text);
}

rc_status cli_load(rc_scenario **out, const cli_source *source,
                   const cli_arguments *arguments, const char *what_if,
                   uint32_t *warnings)
{
    rc_error err = {RC_OK, ""};
    rc_faults *faults = NULL;
    rc_scenario_options options = {.models = rc_models,
                                   .set = arguments->set.at,
                                   .set_n = arguments->set.n,
                                   .what_if = what_if,
                                   .extends = source->extends,
                                   .extends_n = source->extends_n};
    rc_status status =
        source->text ? rc_scenario_read_text(out, &faults, source->file, source->text,
                                             source->n, &options, &err)
                     : rc_scenario_read(out, &faults, source->file, &options, &err);
    /* where memory or the disk failed, faults may be of that making */
    bool telling = faults && status != RC_IO;
    uint32_t errors = telling ? rc_faults_errors(faults) : 0;
    uint32_t warned = telling ? rc_faults_warnings(faults) : 0;
    if (errors || (warned && !arguments->quiet && !arguments->unwarned && !what_if)) {
        if (what_if)
            cli_complain("%s with what_if '%s':", source->file, what_if);
        rc_faults_print(faults, stderr, cli_colour(arguments, stderr));
    }
    if (warnings)
        *warnings = warned;
    if (status != RC_OK && !errors)
        cli_complain("%s", err.text);
    rc_faults_free(faults);
    return status;
}

uint32_t cli_warn(const char *file, const rc_plan *plan, bool quiet)
{
    uint32_t n;
    const rc_plan_warning *warnings = rc_plan_warnings(plan, &n);
    const char *name = strcmp(file, "-") == 0 ? "standard input" : file;
    for (uint32_t i = 0; i < n && !quiet; i++)
        if (warnings[i].at.line && warnings[i].at.file == 0)
            cli_complain("%s:%u:%u: warning: %s", name, warnings[i].at.line,
                         warnings[i].at.column, warnings[i].text);
        else
            cli_complain("%s: warning: %s", name, warnings[i].text);
    return n;
}
