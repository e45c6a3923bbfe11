/* sandbox.h -- what a program that draws may do: read its fonts, write one folder.
 *
 *   calls   seccomp: threads, but no other process; no socket, no hand on other processes
 *   files   Landlock: read what its program and its fonts need, write in one folder only
 *
 * kinds    which of these this kernel has. Where it has none the program still runs: with
 *          an environment made from nothing, scripts of ours and limits (gnuplot.c).
 * open     in the parent: rules for one program and one folder
 * enter    in the child, before it becomes that program: async-signal-safe, for good
 *
 * Errors   enter is false where what was asked for could not be had: do not go on then.
 * Memory   a descriptor, closed by rc_sandbox_close and by exec. Threads: no state.
 */
#ifndef ROADCAST_REPORT_SANDBOX_H
#define ROADCAST_REPORT_SANDBOX_H

#include <stdbool.h>

enum { RC_SANDBOX_CALLS = 1, RC_SANDBOX_FILES = 2 };

typedef struct rc_sandbox {
    unsigned kinds;
    int rules; /* of files; -1: none */
} rc_sandbox;

unsigned rc_sandbox_kinds(void);
/* "seccomp and Landlock"; NULL: neither */
const char *rc_sandbox_text(unsigned kinds);
void rc_sandbox_open(rc_sandbox *out, unsigned kinds, const char *program, int folder);
bool rc_sandbox_enter(const rc_sandbox *sandbox);
void rc_sandbox_close(rc_sandbox *sandbox);

#endif
