/* estimate.h -- the mini-language of settings: estimates, plain values, conditions.
 *
 * Each reader takes the text of one setting and its schema row, which says what it
 * measures and its lawful limits, and fills *out in base units (model.h).
 *
 * Units    units.c holds every conversion factor; a row with RC_MONEY_PER_DAY takes
 *          "EUR/hour" at 8 hours a day, RC_MONEY_PER_HOUR keeps hours.
 * Columns  a position counts code points. A fault inside a text stands at
 *          at.column + the code points before it; texts hold no escapes here.
 * Memory   what *out points to lives in reading->arena.
 * Errors   on failure one fault (or more) is recorded and false comes back; *out is then
 *          not given. Memory that runs out is a false without a fault.
 * Threads  one reading, one thread.
 */
#ifndef ROADCAST_SCENARIO_ESTIMATE_H
#define ROADCAST_SCENARIO_ESTIMATE_H

#include <roadcast/model.h>
#include "base/arena.h"

/* What all texts of one file share. { 0 } plus arena, faults, low_p, high_p, widen. */
typedef struct rc_reading {
    rc_arena *arena;
    rc_faults *faults;
    double low_p, high_p; /* simulation.ranges: 0.1, 0.9 */
    bool min_max;         /* ranges are the ends: uniform, PERT on them */
    double widen;         /* 1: as stated */
    /* reading a default: its currency is not compared or kept */
    bool fallback;
    /* path of the setting being read: "tasks.label.duration" */
    const char *name;
    /* NULL until the first money is seen; then all must agree */
    const char *currency;
    rc_position currency_at; /* of that first money */
    const char **assumed;    /* sentences for "Assumed by roadcast" */
    uint32_t assumed_n, assumed_room;
} rc_reading;

/* Adds a sentence to reading->assumed. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void
rc_assume(rc_reading *reading, const char *format, ...);

/* Sets given, calendar, dimension, text, unit, law, at; origin, name and index are the
 * caller's. at: of the text's first character. */
bool rc_estimate_parse(rc_estimate *out, rc_reading *reading, const rc_setting *row,
                       const char *text, rc_position at);

/* RC_REAL and RC_INT given as text: "80 %", "220k EUR", "780 EUR/day", "40k". */
bool rc_value_parse(double *out, rc_reading *reading, const rc_setting *row,
                    const char *text, rc_position at);

/* As rc_value_parse; *unit gets the unit as written (RC_METRIC: "%", "ms", "/day"), or NULL. */
bool rc_value_unit_parse(double *out, const char **unit, rc_reading *reading,
                         const rc_setting *row, const char *text, rc_position at);

/* "recall < 80.5 %", "latency_p99 <= 40 ms", "target", "fairness"; where the row takes
 * it, with ", 95 % sure" behind */
bool rc_condition_parse(rc_condition *out, rc_reading *reading, const rc_setting *row,
                        const char *text, rc_position at);

/* "latency_p99 +10 to 30 %", "faithfulness -1 to 2 points". As with an estimate, the name
 * and number of `change` are the caller's. */
bool rc_effect_parse(rc_effect *out, rc_reading *reading, const char *text,
                     rc_position at);

/* "1 in 10 below 3 days, 1 in 10 above 12 days" */
void rc_estimate_words(char *out, size_t n, const rc_estimate *e);

#endif
