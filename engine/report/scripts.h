/* scripts.h -- the gnuplot scripts of plots/, part of the program.
 *
 * The Makefile writes the table from plots/ (*.gp); it ends with a name of NULL.
 * What a run writes into charts/ are copies, so that a user can redraw and restyle.
 */
#ifndef ROADCAST_REPORT_SCRIPTS_H
#define ROADCAST_REPORT_SCRIPTS_H

#include <stddef.h>

typedef struct rc_script {
    const char *name; /* "finish.gp" */
    const char *text;
    size_t n;
} rc_script;

extern const rc_script rc_scripts[];

#endif
