/* random_told.h -- what the files share that tell a random scenario.
 *
 * random_told.c tells the plan and a search, random_told_products.c what only some
 * products have.
 *
 * Memory   the teller borrows the text, the scenario and the telling.
 */
#ifndef ROADCAST_TESTS_RANDOM_TOLD_H
#define ROADCAST_TESTS_RANDOM_TOLD_H

#include "random_scenario.h"

typedef struct random_teller {
    forecast_text *text;
    const random_scenario *p;
    const random_telling *how;
    int order[RANDOM_TASKS];
    int zero_from, zero_to; /* RANDOM_NONE: none */
    int extra_from, extra_to;
} random_teller;

/* The day so many days after the start: room for 16 bytes. */
const char *random_tell_date(const random_teller *w, int days, char *room);

/* Lists that are no tasks are told from their ends. */
bool random_tells_turned(const random_teller *w);

/* A fixed sum, or one between two ends: laws that scale without rounding. */
void random_tell_money(const random_teller *w, const char *key, double low, double high,
                       const char *per);

void random_tell_products(const random_teller *w);

#endif
