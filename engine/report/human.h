/* human.h -- numbers, dates and names as people say them, for screen, charts and
 * report.
 *
 *   rc_human_percent   "49 %", "0.4 %", "99.3 %", ">99.9 %", "<0.1 %"
 *   rc_human_share     the same of a sampled share, which never says "0 %" or "100 %":
 *                      none of them "<0.1 %", in full "0 of 20 000 (below 0.1 %)"
 *   rc_human_points    0.0312 -> "+3.1", signed, percentage points without their name
 *   rc_human_money     "2.5 €", "850 €", "8.5 k€", "190 k€", "1.25 M€", "190 k CHF",
 *                      "$190k": three digits, cents below ten
 *   rc_human_money_known  the same with no digit that its error does not support; _error:
 *                      the error itself, rounded up so
 *   rc_human_date      "31 Jul", or "31 Jul 2026"
 *   rc_human_weeks     working days as weeks, signed: "+3.0", "−2.1"
 *   rc_human_metric    a value with its unit: "82.3 %", "36 ms", "980 /day"
 *   rc_human_count     "20 000"
 *   rc_human_count_known  the same with no digit that its error does not support: "18 200"
 *   rc_human_mean      so of a mean; "5.7" below ten
 *   rc_human_name      user text made harmless and cut to a width: "Feature store & gra…"
 *
 * Text is UTF-8; who cannot show it translates on the way out (terminal.c).
 * Memory   each writes into the caller's char[RC_HUMAN] and returns it.
 * Errors   none; a NAN is "-", an infinite date is "never".
 * Threads  no state, no locale, no time zone.
 */
#ifndef ROADCAST_REPORT_HUMAN_H
#define ROADCAST_REPORT_HUMAN_H

#include <roadcast/result.h>
#include <stddef.h>

#define RC_HUMAN 64
#define RC_NAME 30 /* columns that a name may take in a chart or a table */

char *rc_human_percent(char out[RC_HUMAN], double p);
char *rc_human_share(char out[RC_HUMAN], rc_share share);
char *rc_human_share_of(char out[RC_HUMAN], rc_share share, uint64_t futures);
char *rc_human_points(char out[RC_HUMAN], double share, int digits);
/* "€" of "EUR"; what has no sign of its own stays as it is. */
const char *rc_human_currency(const char *currency);
char *rc_human_money(char out[RC_HUMAN], double amount, const char *currency);
char *rc_human_money_known(char out[RC_HUMAN], double amount, double error,
                           const char *currency);
char *rc_human_money_error(char out[RC_HUMAN], double error, const char *currency);
char *rc_human_date(char out[RC_HUMAN], int32_t date, bool with_year);
char *rc_human_weeks(char out[RC_HUMAN], double days);
/* "0.2 months", "2.5 days", "14 hours": where it is a number that one can see. */
char *rc_human_months(char out[RC_HUMAN], double months);
char *rc_human_count(char out[RC_HUMAN], uint64_t n);
char *rc_human_count_known(char out[RC_HUMAN], double x, double error);
char *rc_human_mean(char out[RC_HUMAN], const rc_spread *s);
char *rc_human_signed(char out[RC_HUMAN], double x, int digits);

/* digits < 0: as few as show the value as it was written ("82 %", "82.5 %"). */
char *rc_human_metric(char out[RC_HUMAN], double value, const char *unit, int digits);
/* The same for a difference: "0.3 points", "2 ms". */
char *rc_human_gap(char out[RC_HUMAN], double value, const char *unit, int digits);
/* What a value is multiplied with to be shown: 100 for shares, and what stands behind
 * it. */
double rc_human_scale(const char *unit);
const char *rc_human_suffix(const char *unit);
/* Unit of a value as it is kept, for machines to read: 0.82 is no "%" but a "share". */
const char *rc_unit_kept(const rc_result *result, const char *unit);

/* Control characters, bidirectional marks and broken UTF-8 become U+FFFD; longer than
 * `columns` code points: cut, with an ellipsis. size is that of out. */
char *rc_human_name(char *out, size_t size, const char *text, size_t columns);

/* More words behind those that out holds; what does not fit into size is left out. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void rc_append(char *out, size_t size, const char *format, ...);

#endif
