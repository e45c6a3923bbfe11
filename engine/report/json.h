/* json.h -- parts of result.json that other files of a run share.
 *
 * Memory   none. Threads: no state. Errors: those of the FILE.
 */
#ifndef ROADCAST_REPORT_JSON_H
#define ROADCAST_REPORT_JSON_H

#include "report/emit.h"
#include <roadcast/result.h>

/* Outputs of models as sections by their path: "gates[offline_gate].rounds" is member
 * rounds of the object with that id in the array gates. */

/* The member `name` below prefix ("" or "figures."): what the outputs make of it, or
 * nothing and false where there is none. */
bool rc_json_section(rc_json *json, const rc_result *result, const char *prefix,
                     const char *name);
/* All members below a prefix that ends with a point. */
void rc_json_members(rc_json *json, const rc_result *result, const char *prefix);
/* Of the first series below a prefix; 0: none. */
uint32_t rc_json_series_below(const rc_result *result, const char *prefix);

/* "10", "99.9": the key of a percentile. */
void rc_json_percent(char out[32], double percent);
/* One number for each percentile, on one line. */
void rc_json_percentiles(rc_json *json, const char *key, const rc_result *result,
                         const double *values);
void rc_json_intervals(rc_json *json, const char *key, const rc_result *result,
                       const double *low, const double *high);
/* key and key_interval */
void rc_json_share(rc_json *json, const char *key, rc_share share);
void rc_json_between(rc_json *json, const char *key, double value, double low,
                     double high);
/* key and key_error */
void rc_json_mean(rc_json *json, const char *key, double mean, double error);
/* Chances in a row, and their intervals. */
void rc_json_chances(rc_json *json, const char *key, const rc_share *share, uint32_t n);
void rc_json_ends(rc_json *json, const char *key, const rc_share *share, uint32_t n);

#endif
