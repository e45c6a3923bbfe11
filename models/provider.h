/* provider.h -- upgrades of the model behind an API, once the product is in service.
 *
 *   a new version   arrives `every` after the start of service, or after the last one;
 *                   is forced with chance `forced`: the old one is withdrawn that day;
 *                   moves quality by `shifts` (+ is better) and the price of tokens by
 *                   `price`, as the product is prompted today
 *   it is tested    on the test set of the target's metric, for retest.costs;
 *                   an offered one is adopted retest.takes later where the measured
 *                   shift is at least adopted_from
 *   measured shift  what the test set shows of the shift + z s sqrt(2 (1 - r))
 *                   (measure.h: paired, a judge pales it)
 *
 * What is declined changes nothing; the next version is compared with what is in service.
 * Versions take effect in the order in which they came.
 *
 * Words    "provider.forced", "provider.retest", index: how manieth version
 * Units    months of service (production.h), shares, money.
 * State    reads metric.<target metric>; adds to production's series of money.
 * Errors   none after check.  Threads: no state.
 */
#ifndef ROADCAST_MODELS_PROVIDER_H
#define ROADCAST_MODELS_PROVIDER_H

#include <roadcast/model.h>

typedef struct rc_retest {
    rc_estimate takes; /* each; months */
    rc_estimate costs; /* each */
} rc_retest;

typedef struct rc_provider {
    rc_head head;
    rc_estimate every;   /* each; months */
    rc_estimate forced;  /* once; chance per version */
    rc_estimate shifts;  /* each; points */
    rc_estimate price;   /* each; change */
    double adopted_from; /* points, measured */
    const rc_retest *retest;
} rc_provider;

extern const rc_model rc_model_provider;

/* One version of many. */
typedef struct rc_upgrade {
    double arrives;
    double at; /* when it takes effect; INFINITY: it is declined */
    bool forced;
    double shift,
        price;    /* shift in the metric's own direction; price: a change, >= -1 */
    double costs; /* of the test, when it arrives */
} rc_upgrade;

/* The versions of one future, one after the other; any step of the plan will do. */
typedef struct rc_upgrades {
    const rc_step *step;
    const rc_provider *settings;
    const void *bound;
    uint32_t lane, k;
    double arrives, in_effect, quality;
} rc_upgrades;

/* bound: of the provider (rc_bind_bound). */
rc_upgrades rc_upgrades_of(const rc_step *step, const rc_provider *settings,
                           const void *bound, uint32_t lane);
rc_upgrade rc_upgrades_next(rc_upgrades *u);

#endif
