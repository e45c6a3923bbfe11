/* dist.h -- probability laws: what an estimate turns into.
 *
 * One law is a kind and its parameters, in the base unit of the quantity.  All laws are
 * sampled by inversion, so each has a quantile function; each also has a cdf, mean and
 * variance, which tests, medians and re-forecasts need.
 *
 *   kind          parameters p[0..]                     support
 *   constant      value
 *   uniform       low, high
 *   triangular    low, mode, high
 *   normal        mean, sd
 *   lognormal     median, sigma (sd of the logarithm)   x > 0
 *   exponential   mean                                  x >= 0
 *   gamma         shape, scale                          x >= 0
 *   weibull       shape, scale                          x >= 0
 *   beta          a, b, low, high                       low .. high
 *   pert          low, mode, high, lambda               beta with a = 1 + lambda (mode-low)/(high-low)
 *   bernoulli     p                                     0 or 1
 *   poisson       mean                                  0, 1, …
 *   discrete      parts: value, weight                  the values
 *   metalog       a1, a2, a3, low, high                 3 terms; low, high may be infinite (Keelin 2016)
 *   mixture       parts: law, weight
 *
 * floor_at: where a quantity cannot be negative (time, money) the law is cut there: a
 * smaller value becomes floor_at exactly.  -INFINITY: not cut.
 *
 * Memory   a law borrows its parts; they live in the scenario's arena.
 * Errors   rc_law_check says what is unlawful; the others assert a lawful law.
 * Threads  no state.
 */
#ifndef ROADCAST_DIST_H
#define ROADCAST_DIST_H

#include <roadcast/error.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum rc_law_kind {
    RC_CONSTANT,
    RC_UNIFORM,
    RC_TRIANGULAR,
    RC_NORMAL,
    RC_LOGNORMAL,
    RC_EXPONENTIAL,
    RC_GAMMA,
    RC_WEIBULL,
    RC_BETA,
    RC_PERT,
    RC_BERNOULLI,
    RC_POISSON,
    RC_DISCRETE,
    RC_METALOG,
    RC_MIXTURE,
    RC_LAW_KINDS
} rc_law_kind;

typedef struct rc_law rc_law;

typedef struct rc_law_part {
    double weight;     /* > 0; weights of a law sum to 1 */
    double value;      /* discrete */
    const rc_law *law; /* mixture */
} rc_law_part;

struct rc_law {
    rc_law_kind kind;
    double p[5];
    double floor_at;
    uint32_t parts_n;
    const rc_law_part *parts;
};

/* A percentile that a law is to pass through: P(X <= value) = at; at is NAN for the mode. */
typedef struct rc_law_point {
    double at, value;
} rc_law_point;

const char *rc_law_name(rc_law_kind kind); /* "lognormal": as written in a scenario */
rc_status rc_law_check(const rc_law *law, rc_error *err);

/* Fill law->p so that the law passes through all n points exactly: two for normal,
 * lognormal, gamma, weibull, and for beta between the low and high that p[2], p[3] hold;
 * three for triangular, for pert with lambda 4 (percentile / mode / percentile), and for
 * metalog between p[3] and p[4]. Where a pert would begin below law->floor_at, it begins
 * there, passes through the percentiles, and *mode_gave_way (may be NULL) turns true.
 * Where two laws would do, the narrower. RC_REFUSED when no such law exists. */
rc_status rc_law_fit(rc_law *law, const rc_law_point *points, uint32_t n,
                     bool *mode_gave_way, rc_error *err);

double rc_law_quantile(const rc_law *law, double u); /* 0 < u < 1, lower tail */
double rc_law_quantile_upper(const rc_law *law,
                             double q);         /* q = 1 - u, exact near one */
double rc_law_cdf(const rc_law *law, double x); /* P(X <= x) */
double rc_law_mean(const rc_law *law);
double rc_law_variance(const rc_law *law);
bool rc_law_continuous(const rc_law *law); /* no atoms, floor_at apart */

#ifdef __cplusplus
}
#endif
#endif
