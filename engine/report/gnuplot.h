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
 * drawn    how many figures were drawn
 * Signals  its processes are no part of the terminal's foreground: a Ctrl-C reaches the
 *          program alone, which is asked by `halt`. Should the program die they do too.
 * Errors   RC_CHARTS: gnuplot is missing, took too long, or what it said first;
 *          RC_INTERRUPTED: halt said so; RC_IO otherwise. No process and no part is left.
 * Threads  may be called beside other threads; children run only async-signal-safe
 * code.
 */
#ifndef ROADCAST_REPORT_GNUPLOT_H
#define ROADCAST_REPORT_GNUPLOT_H

#include <roadcast/report.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct rc_drawing {
    int folder;          /* where scripts and tables are, and charts will be */
    const char *name;    /* of the folder of the run, for messages */
    unsigned sandbox;    /* what it is held with: rc_sandbox_kinds() is all that there is */
    double seconds;      /* that one figure may take; 0: 30 */
    const rc_halt *halt; /* NULL: nobody asks */
} rc_drawing;

bool rc_gnuplot_find(char *path, size_t size);
rc_status rc_gnuplot_draw(const rc_drawing *drawing, const char *const *figures,
                          uint32_t n, uint32_t *drawn, rc_error *err);

#endif
