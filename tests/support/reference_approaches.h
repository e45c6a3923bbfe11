/* reference_approaches.h -- a search over several approaches in one future, with what its
 * successes do to other metrics, told slowly from the equations of models/README.md: it
 * keeps the list of all tries, and tells every model anew from those that were kept.
 * Levers are tried in the order of the list; the metric is a share of which more is
 * better.
 */
#ifndef ROADCAST_TESTS_REFERENCE_APPROACHES_H
#define ROADCAST_TESTS_REFERENCE_APPROACHES_H

#include <stdbool.h>

enum { APPROACHES = 4, ITS_LEVERS = 4, SIDES = 2, ITS_TRIES = 400 };

/* One change of a side metric. */
typedef struct side_change {
    bool given, relative;
} side_change;

typedef struct plain_approach {
    double before, ceiling;
    bool open;
    side_change also[SIDES];
} plain_approach;

typedef struct plain_lever {
    int approach; /* -1: all */
    double p, raises;
    bool in_points;
    int tries;
    side_change also[SIDES];
} plain_lever;

/* "success", "seed", "pair", "test", "today" (k: approach) are uniforms; "takes" (of a
 * lever on an approach), "gain", "also" (k: try, side), "approach also" (k: side) values. */
typedef double (*plain_draw)(const void *self, const char *what, int of, int k,
                             int side);

typedef struct plain_search {
    plain_approach approach[APPROACHES];
    plain_lever lever[ITS_LEVERS];
    int approaches, levers, at_once, tries_each, limits;
    bool one_by_one, todays_ships;
    double aim, limit, seed_sd, gamma, test_size, r;
    double side[SIDES]; /* true values before the search */
    bool is_share[SIDES];
    struct {
        int side;
        bool at_most;
        double value;
    } limits_at[SIDES];
    const void *self;
    plain_draw draw;
} plain_search;

typedef struct plain_found {
    int tries, at, begun[APPROACHES];
    bool built[APPROACHES];
    double days, truth[APPROACHES], measured[APPROACHES], side[SIDES];
} plain_found;

plain_found reference_approaches(const plain_search *search);

#endif
