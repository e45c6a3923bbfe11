/* line.h -- one line of the answer on a screen, as it grows, and the outputs of models that
 * it speaks of.
 *
 *   rc_line t = {.n = 0};
 *   rc_line_say(&t, "%.0f weeks", days->mean / 5);
 *   rc_line_put(sheet, "Study", &t);
 *
 * Memory   plain values; what is found belongs to the result.
 * Errors   none: what does not fit is left out.
 */
#ifndef ROADCAST_REPORT_LINE_H
#define ROADCAST_REPORT_LINE_H

#include <roadcast/result.h>
#include "report/sheet.h"

typedef struct rc_line {
    char at[1024];
    size_t n;
} rc_line;

__attribute__((format(printf, 2, 3))) void rc_line_say(rc_line *line,
                                                       const char *format, ...);
/* Under a name in the margin, behind the table's column. */
void rc_line_put(rc_sheet *s, const char *name, const rc_line *line);

/* Of the first group of a model, an output by its end: "days" of "enrolment[…].days"; of a
 * model without ids by its path, "provider.cost". NULL: not there, or of no future. */
const rc_output_result *rc_first_output(const rc_result *r, const char *model,
                                        const char *what);
const rc_spread *rc_first_spread(const rc_result *r, const char *model,
                                 const char *what);
const rc_share *rc_first_share(const rc_result *r, const char *model, const char *what);

#endif
