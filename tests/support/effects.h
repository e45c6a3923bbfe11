/* effects.h -- every setting of a scenario does what it says: one is changed, and the output
 * that it is about moves the right way. Names, questions and reasons move nothing.
 *
 * Common random numbers: EFFECTS_FUTURES futures of the same seed, so that small effects
 * show, and what is not touched stays the same to the bit.
 */
#ifndef ROADCAST_TESTS_EFFECTS_H
#define ROADCAST_TESTS_EFFECTS_H

#include <roadcast/result.h>

enum {
    EFFECTS_FUTURES = 4000,
    EFFECTS_TOGETHER =
        8 /* rows of a test: they share the run that they are compared with */
};

/* '+' more, '-' less, '=' no future changes, '0' the output stays though futures may
 * change: that something moves is not enough, where it is to go is known from what the
 * setting means. set: "a=b", or "a=b | c=d"; output: "samples", a part of the verdict,
 * "finish", "width", "cost", "tasks.ID.…", "kinds.KIND", "metrics.ID.true", a path of result.json,
 * with @k of a series, and "sd of " before it. */
typedef struct effects_row {
    const char *set, *output;
    char way;
} effects_row;

/* How many of rows[from], … of one test are wrong, each told on stdout. never: days that a
 * future counts in the mean finish which does not finish. */
int effects_wrong(const char *scenario, const effects_row *rows, int n, int from,
                  double never);

/* A scenario's text with some of its settings changed; NULL: none. */
rc_result *effects_of(const char *text, const char *set);
/* An output; *error: its Monte Carlo error, one sd, 0 where there is no chance. */
double effects_value(const rc_result *r, const char *output, double never,
                     double *error);

#endif
