/* verdict.h -- the answer in sentences, for screen, charts, report and result.json.
 *
 *   rc_verdict_headline  "49 % chance of all three: launched by 31 Jul 2026, within
 *                        220 k€, recall truly 82 %"; without goals the middle date
 *   rc_verdict_promise   "Promise 30 Sep 2026: launched with 82 % in 80 % of futures.",
 * or why no date can be promised; "" without goals rc_verdict_chance    the chance that
 * the headline speaks of: of all goals given
 *
 * Memory   each writes into the caller's buffer of `size` bytes and returns it.
 * Errors   none. Threads: no state.
 */
#ifndef ROADCAST_REPORT_VERDICT_H
#define ROADCAST_REPORT_VERDICT_H

#include "report/human.h"
#include <roadcast/result.h>

char *rc_verdict_headline(char *out, size_t size, const rc_result *result);
char *rc_verdict_goals(char *out, size_t size,
                       const rc_result *result); /* behind its colon */
char *rc_verdict_promise(char *out, size_t size, const rc_result *result);
/* Whether there are futures enough for a date at the wanted confidence, and whether
 * enough of them launch for a tenth of them to say what an input does. */
enum { RC_PROMISE_FUTURES = 20, RC_DRIVER_FUTURES = 200 };
bool rc_verdict_can_promise(const rc_result *result);
bool rc_drivers_are_known(const rc_result *result);
/* How many drivers, largest swing first, move the date beyond what chance makes of them:
 * four standard errors of the difference of two tenths, and a twentieth of a day. */
uint32_t rc_drivers_seen(const rc_result *result, uint32_t most);
/* Whether a target asks for more than what is there when the search begins. */
bool rc_is_progress(const rc_result *result, double target);
/* What stops most futures, rank 0, or less; NULL: that many stop none. */
const rc_stop *rc_verdict_stop(const rc_verdict *verdict, uint32_t rank);
rc_share rc_verdict_chance(const rc_verdict *verdict);
uint32_t rc_verdict_goals_n(const rc_result *result);

/* "launched" where a milestone is called launch, else "finished"; "Launch" or "Finish".
 */
const char *rc_verdict_done(const rc_result *result);
const char *rc_verdict_noun(const rc_result *result);

/* Where a percentile stands in the result's arrays, UINT32_MAX: not kept. */
uint32_t rc_percentile_index(const rc_result *result, double percent);

/* "stated", "default", "fitted": where an input came from, in files. */
const char *rc_origin_word(rc_origin origin);

/* A finish as a date: with its year where that is not the year of the deadline (or
 * start). */
char *rc_finish_words(char out[RC_HUMAN], const rc_result *result, double days);
char *rc_finish_words_year(char out[RC_HUMAN], const rc_result *result, double days);
bool rc_year_differs(const rc_result *result, int32_t date);
/* Date of a task's start. What takes no time bears the date of what it waits for. */
int32_t (*rc_task_start_date(const rc_task_result *task))(const rc_result *, double);
/* An id as words: "straight_through" -> "straight through"; out[4 * RC_NAME]. */
char *rc_metric_words(char *out, const char *id, bool capital);
/* "82 %", "36 ms or less": of the first target, and of any. */
char *rc_target_words(char out[RC_HUMAN], const rc_result *result, double value);
char *rc_target_words_of(char out[RC_HUMAN], const rc_target *target, double value);
/* "both", "all three", "all 7" */
const char *rc_count_words(char out[RC_HUMAN], uint32_t n);

#endif
