/* csv.h -- tables of a result for spreadsheets: RFC 4180, UTF-8, one head line.
 *
 * Numbers are unrounded with a decimal point; dates ISO; "never" for what does not
 * come, an empty cell for what does not apply.  Text of users cannot become a formula.
 *
 * Errors   those of the FILE.
 */
#ifndef ROADCAST_REPORT_CSV_H
#define ROADCAST_REPORT_CSV_H

#include <roadcast/report.h>
#include <roadcast/result.h>
#include <stdio.h>

void rc_csv_percentiles(FILE *out, const rc_result *result);
void rc_csv_tasks(FILE *out, const rc_result *result);
void rc_csv_drivers(FILE *out, const rc_result *result);
/* One row per scenario of a batch, empty cells where it gave nothing; row NULL: the head
 * line. */
void rc_csv_batch(FILE *out, const rc_batch_row *row);

#endif
