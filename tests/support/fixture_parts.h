/* fixture_parts.h -- inside fixture*.c: the pieces that results made by hand are put together
 * from, and who fills what. Memory is the fixture's; what cannot be had ends the program. */
#ifndef ROADCAST_TESTS_FIXTURE_PARTS_H
#define ROADCAST_TESTS_FIXTURE_PARTS_H

#include "fixture.h"
#include "base/arena.h"
#include "stats/sample.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct fixture {
    rc_result result; /* first: a result is its fixture */
    rc_arena *arena;
    fixture_kind kind;
} fixture;

enum { FUTURES = 20000, DATES = 420 };

static const double percents[] = {10, 50, 80, 90, 95};
static const double normal[] = {-1.2816, 0, 0.8416, 1.2816, 1.6449};
enum { PERCENTS = sizeof percents / sizeof *percents };

static inline void *take(fixture *f, size_t count, size_t size)
{
    void *memory = rc_arena_alloc(f->arena, count, size);
    if (!memory)
        abort();
    return memory;
}

/* ------------------------------------------------------------------- pieces */

static inline rc_spread spread(fixture *f, double middle, double sd)
{
    sd = f->kind == FIXTURE_ONE_DATE ? 0 : sd;
    double *p = take(f, PERCENTS, sizeof *p);
    double *low = take(f, PERCENTS, sizeof *low),
           *high = take(f, PERCENTS, sizeof *high);
    for (int i = 0; i < PERCENTS; i++) {
        p[i] = middle + sd * normal[i];
        low[i] = p[i] - 0.02 * sd;
        high[i] = p[i] + 0.025 * sd;
    }
    return (rc_spread){FUTURES, middle + 0.05 * sd, sd, p, low, high};
}

/* What only futures that launch have. */
static inline rc_spread spread_launched(fixture *f, double middle, double sd)
{
    rc_spread s = spread(f, middle, sd);
    s.n = (uint64_t)(FUTURES * 0.92);
    if (f->kind != FIXTURE_NOTHING_LAUNCHED)
        return s;
    double *none = take(f, PERCENTS, sizeof *none);
    for (int i = 0; i < PERCENTS; i++)
        none[i] = NAN;
    return (rc_spread){0, NAN, NAN, none, none, none};
}

static inline rc_share share(double p)
{
    return rc_wilson((uint64_t)(p * FUTURES + 0.5), FUTURES);
}

static const rc_share no_share = {NAN, NAN, NAN};

/* ------------------------------------------------------------- who fills what */

rc_verdict fixture_verdict(fixture_kind kind);
void fixture_tasks(fixture *f);
void fixture_drivers(fixture *f);
void fixture_metrics(fixture *f);
void fixture_outputs(fixture *f);
void fixture_hit_map(fixture *f);
void fixture_dots(fixture *f);
void fixture_what_if(fixture *f);

#endif
