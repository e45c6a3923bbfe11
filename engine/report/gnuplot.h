/* gnuplot.h -- starts gnuplot: the only place where roadcast starts another program.
 *
 * It is found at fixed places, then along PATH, and started by its absolute path with
 * an environment made from nothing, no standard input, limits on time, memory and file
 * size, and `-d`, so that no ~/.gnuplot is read.  Scripts are ours (scripts.h); they
 * read tables only; and a sandbox keeps them from more than drawing, should one be led
 * astray.  Figures are drawn several at a time, one process per processor.
 *
 * draw     every figure's script in `folder` is run there and writes <figure>.svg.part
 *          and .png.part; whole ones are renamed, the old ones stay where drawing fails
 * sandbox  what it is held with: rc_sandbox_kinds() is all that this kernel has
 * drawn    how many figures were drawn
 * Errors   RC_CHARTS: gnuplot is missing, or what it said first; RC_IO otherwise.
 * Threads  may be called beside other threads; children run only async-signal-safe
 * code.
 */
#ifndef ROADCAST_REPORT_GNUPLOT_H
#define ROADCAST_REPORT_GNUPLOT_H

#include <roadcast/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool rc_gnuplot_find(char *path, size_t size);
rc_status rc_gnuplot_draw(const char *folder, const char *const *figures, uint32_t n,
                          unsigned sandbox, uint32_t *drawn, rc_error *err);

#endif
