/* production_causes.h -- what a product in service has lost, cause by cause, and how that
 * grows while nothing happens.
 *
 *   drift        linear r t; or a - (a - lost) exp(-t/tau)
 *   population   + step (F(t2) - F(t1))/(1 - F(0)), F(t) = 1/(1 + 9^(1 - 2 t/over))
 *   adversary    right E (1 - exp(-s/adapts_in)), s since the last good release
 *   all others   stay until something happens
 *
 * What a retraining brings back is followed twice: as it is, and as it would be if every
 * case had a label (`learnable`); the difference is what feedback costs.
 *
 * Units    months of service; losses are positive where quality is worse.
 * Errors   none.  Threads: no state.
 */
#ifndef ROADCAST_MODELS_PRODUCTION_CAUSES_H
#define ROADCAST_MODELS_PRODUCTION_CAUSES_H

#include <stdbool.h>
#include <stdint.h>

typedef enum rc_cause {
    /* a retraining brings these back */
    RC_BY_FIRST_DAY,
    RC_BY_DRIFT,
    RC_BY_SHOCKS,
    RC_BY_POPULATION,
    RC_CURABLE, /* how many these are */
    /* a release resets the adversary; the others it does not touch */
    RC_BY_ADVERSARY = RC_CURABLE,
    RC_BY_FEEDBACK,
    RC_BY_RELEASES,
    RC_BY_ELSEWHERE,
    RC_BY_NOISE,
    RC_CAUSES
} rc_cause;

/* What does not change in one future. */
typedef struct rc_world {
    bool linear;
    double rate;             /* linear drift: a month */
    double a, tau;           /* exponential drift: towards a */
    double step, over;       /* population: loss in the end (either sign), months */
    double right, adapts_in; /* adversary; right 0: none */
    double grows;
    double labelled; /* share of labels there to learn from: 1 without feedback */
} rc_world;

typedef struct rc_losses {
    double at; /* the moment at which the following hold: rc_losses_set_time */
    double came, came_sum; /* rc_newcomers then, and its antiderivative: asked for often */
    double lost[RC_CURABLE], learnable[RC_CURABLE];
    double evaded;   /* E of this release */
    double released; /* when it was */
    double bad, elsewhere, noise;
} rc_losses;

/* Two events of one kind are at least a minute apart, and no time constant is shorter:
 * nothing happens for ever at one moment. */
#define RC_MONTHS_PER_MINUTE (1 / (30.4375 * 24 * 60))

/* In all, and by cause, at t >= l->at, if nothing happens until then. */
double rc_losses_total(const rc_world *w, const rc_losses *l, double t);
void rc_losses_by(const rc_world *w, const rc_losses *l, double t,
                  double out[RC_CAUSES]);
/* In all, at the i-th … (n-1)-th point of a course of so many a month, as far as they lie
 * before `until`; the first that does not. */
uint32_t rc_losses_course(const rc_world *w, const rc_losses *l, double until,
                          double *course, uint32_t i, uint32_t n, double a_month);
/* Integral of the total from l->at to t. */
double rc_losses_sum(const rc_world *w, const rc_losses *l, double t);
/* Whether the total only grows, or only falls, while nothing happens. */
bool rc_losses_one_way(const rc_world *w);
/* First moment from l->at to `until` at which the total is over `limit`; INFINITY: none.
 * Exact where the total goes one way. */
double rc_losses_when(const rc_world *w, const rc_losses *l, double limit,
                      double until);
/* How long it is over `limit` from l->at to `until`; and from when (INFINITY: never). */
double rc_losses_over(const rc_world *w, const rc_losses *l, double limit, double until,
                      double *from);

/* Time is t; nothing is lost by that. All start with it. */
void rc_losses_set_time(const rc_world *w, rc_losses *l, double t);
/* Time goes on to t, and what grows by itself has grown. */
void rc_losses_move(const rc_world *w, rc_losses *l, double t);
/* A good release now, trained with all labels to recover that share. */
void rc_losses_release(const rc_world *w, rc_losses *l, double recovers);

/* What adversaries take now. */
double rc_losses_evaded(const rc_world *w, const rc_losses *l);

/* Part of the newcomers of the end who have come by t: 0 at the launch. */
double rc_newcomers(const rc_world *w, double t);

#endif
