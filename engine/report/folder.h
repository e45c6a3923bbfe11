/* folder.h -- the files in the folder of a run, for who writes and who verifies them.
 *
 * All but run.json depend on scenario, seed, futures and version alone.
 */
#ifndef ROADCAST_REPORT_FOLDER_H
#define ROADCAST_REPORT_FOLDER_H

#include <roadcast/result.h>
#include <stdbool.h>
#include <stdio.h>

#define RC_RUN_SCHEMA "roadcast.run"
/* The text whose digest is scenario_sha256: includes in place, what it extends first. */
#define RC_SCENARIO_KEPT "scenario.cfg"

typedef struct rc_run_file {
    const char *name;
    void (*write)(FILE *, const rc_result *);
    bool samples; /* written where they are asked for */
} rc_run_file;

enum { RC_RUN_FILES = 7 };
extern const rc_run_file rc_run_files[RC_RUN_FILES]; /* the scenario first */

#endif
