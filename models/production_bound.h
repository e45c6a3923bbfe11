/* production_bound.h -- what the files of production share: its settings as a table, and
 * the rows, words and figures that it bound for a plan.
 */
#ifndef ROADCAST_MODELS_PRODUCTION_BOUND_H
#define ROADCAST_MODELS_PRODUCTION_BOUND_H

#include "production.h"
#include "production_causes.h"
#include <string.h>

enum {
    RC_MONTHS_MOST = 120, /* longest life that is followed */
    RC_COURSE_MOST = 61,  /* points of the course that is drawn */
    /* more retrainings in a life are not told one by one */
    RC_CYCLES_TOLD = 1000
};

/* Retrained more often than this, alarms hasten nothing: a day, in months. */
#define RC_TOO_OFTEN_FOR_ALARMS (1 / 30.4375)

/* What is assumed about decay where nothing is said, by domain; sources: README.md. */
typedef struct rc_domain_decay {
    double tau_low, tau_high; /* months: P10 and P90 of a log-normal */
    double floor_below, noise_sd, noise_stays;
} rc_domain_decay;
extern const rc_domain_decay rc_domains[]; /* by rc_domain */

static inline bool rc_drift_is_stated(const rc_production *s)
{
    return s->drift && (s->drift->loss.given || s->drift->tau.given);
}

extern const rc_group rc_production_group;
void rc_production_check(const void *settings, const rc_goals *goals,
                         rc_faults *faults);

typedef struct rc_production_bound {
    struct rc_production_bound *self; /* for who adds to it while a plan is bound */
    bool followed;                    /* there is a metric to follow */
    const char *unit;                 /* of outputs: "share", "ms" */
    double worse;                 /* -1: a loss lowers the metric; +1: it raises it */
    double most;                  /* of a share: 1 */
    double target;                /* the floor where none is given */
    bool noisy;                   /* there is noise, stated or of the domain */
    rc_shifts shifts;             /* next NULL: nothing comes from elsewhere */
    const rc_estimate *base;      /* with transfer: today's model of the search */
    uint32_t metric;              /* state row: true value at the launch */
    struct {
        uint32_t shocks, fails, bad, noise, rollback, tau, false_alarms;
    } words;
    double mean_takes, mean_recovers,
        mean_cost;   /* of a retraining, approval included */
    uint32_t points; /* of the series at months 0 .. watch_for */
    uint32_t a_month,
        drawn; /* points of the course: in a month, in all; 0: monthly do */
    uint32_t course;
    /* first rows of series */
    uint32_t values, below, by[RC_CAUSES]; /* UINT32_MAX: no such cause */
    rc_service service;
    bool serves; /* somebody asks for its quality and money by month */
    /* rows */
    uint32_t months_below, retrains, at_end, floor, at_launch, pushed_by, bad_releases,
        months_bad, false_alarms, rolled_back;
    const char **causes; /* labels of pushed_by, NULL-terminated */
    /* RC_CAUSES: nothing was lost yet, the launch itself was below */
    int label_of[RC_CAUSES + 1];
} rc_production_bound;

#endif
