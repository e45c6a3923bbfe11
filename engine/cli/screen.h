/* screen.h -- the two streams: the answer on stdout, everything else on stderr.
 *
 * An answer is put together in memory and written at once, so that a full disk or a
 * closed pipe is noticed and an error leaves no half of an answer.  A reader that has
 * closed the pipe wants no more: that is no error and says nothing.
 */
#ifndef ROADCAST_CLI_SCREEN_H
#define ROADCAST_CLI_SCREEN_H

#include "cli/args.h"
#include <roadcast/error.h>
#include <roadcast/stream.h>
#include <stdio.h>

typedef rc_stream cli_answer; /* write to its out */

rc_status cli_answer_begin(cli_answer *answer);
/* Writes it to stdout; says on stderr why it cannot. */
rc_status cli_answer_end(cli_answer *answer);
void cli_answer_drop(cli_answer *answer);

/* One line on stdout, without control characters. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
rc_status
cli_say(const char *format, ...);

/* "roadcast: …" on stderr; control characters never reach the terminal. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
void
cli_complain(const char *format, ...);
/* err as a complaint; returns its status. */
rc_status cli_fail(const rc_error *err);

bool cli_colour(const cli_arguments *arguments, FILE *stream);
bool cli_ascii(const cli_arguments *arguments);
/* Columns of the terminal behind stream, else COLUMNS, else 0. */
uint32_t cli_columns(FILE *stream);
/* A terminal whose line can be drawn again? */
bool cli_redraws(FILE *stream);

/* "20 000" */
const char *cli_thousands(char out[32], uint64_t n);
/* "640 MB", "1.2 GB" */
const char *cli_bytes(char out[32], double bytes);
/* "31 Aug 2026" of days since 1970-01-01 */
const char *cli_date(char out[32], int32_t days);
/* Makes text harmless for a terminal, in place. */
void cli_sanitise(char *text);
double cli_clock(void); /* seconds, monotonic */

/* The worst of two exit codes: 130, 70, 4, 3, 2, 5, 1, 0. */
rc_status cli_worst(rc_status a, rc_status b);

#endif
