/* scenario.h -- a scenario file, read and checked.
 *
 * rc_scenario_read reads a libconfig file, resolves @include and extends, applies
 * overrides, checks every setting against the schema and the settings against each
 * other, and collects all faults, not the first.
 *
 * Memory   what comes through *out is yours to free with rc_scenario_free; texts and
 *          faults asked from it are borrowed and live as long as it does.
 * Errors   RC_REFUSED with the faults in *faults (never NULL then); RC_IO for files and
 *          memory.  A scenario with warnings only is read, and its faults are kept too.
 * Threads  a scenario is const after it was read.
 */
#ifndef ROADCAST_SCENARIO_H
#define ROADCAST_SCENARIO_H

#include <roadcast/error.h>
#include <roadcast/model.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rc_scenario rc_scenario;

typedef struct rc_scenario_options {
    /* NULL-terminated: the set that the program brings */
    const rc_model *const *models;
    const char *const *set; /* "tasks.label.duration=3 / 5 / 9 days" */
    uint32_t set_n;
    const char *what_if; /* id of an entry of what_if to apply, or NULL */
    /* texts that stand for the files that it extends, its own base first */
    const char *const *extends;
    uint32_t extends_n;
} rc_scenario_options;

/* path "-" reads standard input. */
rc_status rc_scenario_read(rc_scenario **out, rc_faults **faults, const char *path,
                           const rc_scenario_options *options, rc_error *err);
/* The same from memory: name is what messages call it ("-": standard input); includes
 * are refused. */
rc_status rc_scenario_read_text(rc_scenario **out, rc_faults **faults, const char *name,
                                const char *text, size_t n,
                                const rc_scenario_options *options, rc_error *err);
void rc_scenario_free(rc_scenario *scenario);

uint32_t rc_faults_errors(const rc_faults *faults);
uint32_t rc_faults_warnings(const rc_faults *faults);
/* gcc-like messages with the source line, a caret and a hint; then a count.  At most 20. */
void rc_faults_print(const rc_faults *faults, FILE *out, bool colour);
void rc_faults_free(rc_faults *faults);

const char *rc_scenario_name(const rc_scenario *scenario);
const char *
rc_scenario_sha256(const rc_scenario *scenario); /* of the text, includes in place */
uint64_t rc_scenario_seed(const rc_scenario *scenario);
uint64_t rc_scenario_futures(const rc_scenario *scenario);
const char *
rc_scenario_folder(const rc_scenario *scenario); /* output.folder, or the file's stem */
/* what_if entries: id and name of the i-th, false past the end */
bool rc_scenario_what_if(const rc_scenario *scenario, uint32_t i, const char **id,
                         const char **name);
/* Whether it promises a "deadline", a "budget" or a "target". */
bool rc_scenario_has_goal(const rc_scenario *scenario, const char *goal);
/* What it holds, in a line without its end: "15 tasks, 4 teams, 2 gates, 4 risks" */
void rc_scenario_outline(const rc_scenario *scenario, FILE *out);
/* Every estimate in words: "tasks.label.duration: 1 in 10 below 3 days, 1 in 10 above 12" */
void rc_scenario_echo(const rc_scenario *scenario, FILE *out);

#ifdef __cplusplus
}
#endif
#endif
