/* online_test.h -- a test on users: does the new model move the business measure?
 *
 * Units (visitors, cards, calls) are spread evenly over the arms, one with the model in
 * service and one with the new one.  Effects are relative changes of the measure, and
 * positive ones are for the better.
 *
 *   cv           sd of the measure over its mean: sqrt((1 - p)/p) for a share p
 *   per arm      n = 2 (z_sure + z_power)^2 cv^2 / (smallest_effect - ship_above)^2
 *                z_sure of 1 - (1 - sure)/2: two-sided;  z_power of power
 *   days         ceil(n arms / traffic), within at_least and at_most: calendar days;
 *                before it, `waits` until a slot is free
 *   true         location + scale T + what each further round added, at least -100 %
 *                location: per_point x points of quality that arrive online, or middle
 *                T: Student with `tails` degrees of freedom, one per future
 *   measured     true + z se,  se = cv sqrt(2 / n),  n = days traffic / arms
 *   ships        measured - z_sure se > ship_above
 *
 * "16 sigma^2/delta^2 per arm", a rule for 95 % and 80 %, is 2 (1.96 + .84)^2 = 15.7
 * rounded up; the formula is used, so that the power at the smallest effect is `power`
 * where the days are whole.
 *
 * A further round is a new test of what came back; where the gate sends the work back to
 * the test itself and says for how long (rework), it runs on, and all its days count.
 *
 * Points that arrive online are transfer x (quality - baseline of the search), transfer
 * being production's: how much of a gain in quality is there online.  per_point is what a
 * point of it is worth to the measure.
 *
 * Units    shares, calendar days; units of traffic a calendar day.
 * State    online_test.<id>.ships; reads metric.<target metric>.
 * Words    "<id>.effect", "<id>.tails" (index 0), "<id>.noise" (index: round).
 * Source   Kohavi, Tang & Xu 2020, chapter 17, for 16 sigma^2/delta^2; fat tails of 1.3
 *          to 3 degrees of freedom: Azevedo et al. 2020.  models/README.md says more.
 */
#ifndef ROADCAST_MODELS_ONLINE_TEST_H
#define ROADCAST_MODELS_ONLINE_TEST_H

#include <roadcast/model.h>

typedef struct rc_online_effect {
    rc_estimate per_point;  /* once: of a point of quality that arrives online */
    rc_estimate middle;     /* once: instead of per_point */
    rc_estimate scale;      /* once: of T */
    rc_estimate tails;      /* once: degrees of freedom of T */
    rc_estimate each_round; /* each: added in each further round */
    rc_position at;
} rc_online_effect;

typedef struct rc_online_test {
    rc_head head;
    rc_estimate traffic;      /* once: units a calendar month, all arms together */
    rc_estimate base_rate;    /* once: p */
    rc_estimate sd_over_mean; /* once: cv, instead of base_rate */
    double smallest_effect, ship_above, sure, power;
    double at_least, at_most; /* calendar months; at_most 0: no limit */
    int64_t arms;
    rc_estimate waits;              /* each round: calendar months */
    const rc_online_effect *effect; /* NULL: as much is unknown as is usual */
} rc_online_test;

extern const rc_model rc_model_online_test;

/* Whether what was measured lets it ship; true where it was not tested in this future.
 * settings and bound: of this group; step: the gate's. */
bool rc_online_test_passes(const void *settings, const void *bound,
                           const rc_step *gate_step, uint32_t lane);

/* Units per arm that show a relative effect of a measure of this cv (see above). */
double rc_online_test_size(double cv, double effect, double sure, double power);

#endif
