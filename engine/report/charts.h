/* charts.h -- figures of a result: tables and scripts in folder/charts, then gnuplot.
 *
 * Every chart that the result asks for is written as <figure>.gp and its .tsv files;
 * what gnuplot draws from them (.svg, .png) gets its final name only when it is whole.
 *
 * folder   the folder of the run, existing; charts/ is made if missing
 * only     name of one figure, or NULL for all that the result asks for
 * drawn    how many figures were drawn; may be NULL
 * Errors   RC_IO with the path; RC_CHARTS when gnuplot is missing or fails: scripts and
 *          tables are written all the same.
 */
#ifndef ROADCAST_REPORT_CHARTS_H
#define ROADCAST_REPORT_CHARTS_H

#include <roadcast/result.h>

rc_status rc_charts_draw(const rc_result *result, const char *folder, const char *only,
                         uint32_t *drawn, rc_error *err);

#endif
