/* charts.h -- figures of a result: tables and scripts in folder/charts, then gnuplot.
 *
 * Every chart that the result asks for is written as <figure>.gp and its .tsv files;
 * what gnuplot draws from them (.svg, .png) gets its final name only when it is whole.
 *
 * at       the folder of the run; charts/ is made if missing
 * folder   its name, for messages
 * only     name of one figure, or NULL for all that the result asks for
 * drawn    how many figures were drawn; may be NULL
 * Errors   RC_IO with the path; RC_CHARTS when gnuplot is missing or fails, RC_INTERRUPTED
 *          when halt says so: scripts and tables are written all the same.
 */
#ifndef ROADCAST_REPORT_CHARTS_H
#define ROADCAST_REPORT_CHARTS_H

#include <roadcast/report.h>

rc_status rc_charts_draw(const rc_result *result, int at, const char *folder,
                         const char *only, const rc_halt *halt, uint32_t *drawn,
                         rc_error *err);

/* The scripts and tables that would be written, in their order; what visit says ends it. */
typedef rc_status (*rc_chart_file)(void *self, const char *name, const char *text,
                                   size_t n, rc_error *err);
rc_status rc_charts_files(const rc_result *result, rc_chart_file visit, void *self,
                          rc_error *err);

#endif
