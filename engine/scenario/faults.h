/* faults.h -- every fault of a scenario, with the source texts that messages show.
 *
 * A position names a source by index: the file, an included file, or one override. The
 * texts are kept as read, so that a message can show the line and put a caret under the
 * place.
 *
 *   bad.cfg:50:59: error: unknown setting 'availabilty' in team[]
 *       50 |   { id = "mle"; people = 2;  availabilty = "85 %"; …
 *          |                              ^^^^^^^^^^^
 *          = help: did you mean 'availability'?
 *
 * Columns  count code points; control characters, bidi controls and bytes that are no
 *          UTF-8 are replaced before anything is printed.
 * Memory   yours to free with rc_faults_free; owns copies of everything.
 * Errors   what no scenario can help, memory that runs out or a disk that fails, is
 *          remembered (rc_faults_lost): faults are then worth nothing, nor is the rest.
 * Threads  one thread at a time.
 */
#ifndef ROADCAST_SCENARIO_FAULTS_H
#define ROADCAST_SCENARIO_FAULTS_H

#include <roadcast/model.h>
#include <roadcast/scenario.h>

enum { RC_FAULTS_PRINTED = 20 };

rc_faults *rc_faults_new(void);

/* Adds a source and gives its index; n bytes of text are copied. has_lines: false for
 * an override, whose messages name no line ("--set: error: …"). */
uint32_t rc_faults_source(rc_faults *faults, const char *name, const char *text,
                          size_t n, bool has_lines);

/* What models ask about while they check (rc_check_group). */
void rc_faults_check(rc_faults *faults, const rc_scenario *scenario);

/* Changed by --set or a what_if: what has no use now had one if all is right without the
 * change. That is asked where something has no use, once at most. */
void rc_faults_may_be_unused(rc_faults *faults, bool (*had_use)(const void *self),
                             const void *self);

/* The first reason is kept. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void
rc_faults_lose(rc_faults *faults, const char *format, ...);
const char *rc_faults_lost(const rc_faults *faults); /* why; NULL: nothing was lost */

#endif
