/* terminal.h -- parts of the answer on a screen that stand beside or below its table.
 *
 *   search      what the next tries and weeks of a search bring, what gains most
 *   users       the online test and wrong decisions
 *   production  how long a product is below its floor, what keeps it up, what that costs
 *   histogram   weeks of the finish as blocks, the deadline between two of them
 *   study       what a regulated product waits for, a line each
 *   judged      who judges quality, and what the red team takes
 *   rented      versions of a provider's model, and what tokens cost
 *   sides       what moves the date, beside what would help
 *
 *   advice      first of all, where it is wiser not to go on
 *   value       what the plan is worth, and whether the hypothesis holds
 *
 * Errors   RC_IO when memory runs out.
 */
#ifndef ROADCAST_REPORT_TERMINAL_H
#define ROADCAST_REPORT_TERMINAL_H

#include "report/sheet.h"
#include <roadcast/result.h>

/* Lines of the data that come in, and of what labels alone would bring. */
void rc_terminal_labels(rc_sheet *s, const rc_result *r);
/* Lines of a study, a review and the sites; nothing where there are none. */
void rc_terminal_study(rc_sheet *s, const rc_result *r);
/* A line for each of the first searches. */
void rc_terminal_search(rc_sheet *s, const rc_result *r);
/* What a test on users shows, whose decisions go wrong: a line each, where a plan asks. */
void rc_terminal_users(rc_sheet *s, const rc_result *r);
void rc_terminal_production(rc_sheet *s, const rc_result *r);
void rc_terminal_judged(rc_sheet *s, const rc_result *r);
void rc_terminal_rented(rc_sheet *s, const rc_result *r);
void rc_terminal_histogram(rc_sheet *s, const rc_result *r);
rc_status rc_terminal_sides(rc_sheet *s, const rc_result *r, rc_error *err);

void rc_terminal_advice(rc_sheet *s, const rc_result *r);
void rc_terminal_value(rc_sheet *s, const rc_result *r);
void rc_terminal_hypothesis(rc_sheet *s, const rc_result *r);

/* Whether the plan brings less than the better other choice, beyond the simulation's error;
 * the sentence that says so, or ""; what to find out first, false: nothing. */
bool rc_value_is_negative(const rc_result *r);
char *rc_value_advice(char *out, size_t size, const rc_result *r);
bool rc_value_knowing(char *out, size_t size, const rc_result *r);

#endif
