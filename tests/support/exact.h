/* exact.h -- is what many futures say what is known exactly? One judge for all tests.
 *
 *   near    |found - exact| <= EXACT_LIMIT error + 1e-9 (1 + |exact|)
 *   share   error sqrt(p (1 - p)/n), p the exact chance
 *   mean    error sd/sqrt(n), sd as found
 *   law     mean, variance (its error from the fourth moment), the chance below points
 *   rank    the nearest rank, by counting: as many below it, as many not above it
 *
 * Limit    4.89 standard errors: of a thousand checks one is wrong by chance once in a
 *          thousand seeds. What is certain has the error 0.
 * Errors   each answers NULL: so it is; else what is wrong, in words that stand until the
 *          next answer. NAN is never right.
 */
#ifndef ROADCAST_TESTS_EXACT_H
#define ROADCAST_TESTS_EXACT_H

#include <roadcast/result.h>

#define EXACT_LIMIT 4.89

const char *exact_near(double found, double exact, double error);
const char *exact_share(double found, double exact, double n);
const char *exact_mean(const rc_spread *found, double exact);

enum { EXACT_POINTS = 5 };
typedef struct exact_point {
    double chance, at; /* P(x <= at) = chance; the points end where chance is 0 */
} exact_point;

typedef struct exact_law {
    double mean, variance; /* NAN: not known */
    exact_point point[EXACT_POINTS];
} exact_law;

/* Are these n values of that law, as far as it is known? */
const char *exact_of_law(const double *x, uint32_t n, const exact_law *law);
/* Is p their nearest rank of so many percent? */
const char *exact_rank(const double *x, uint32_t n, double percent, double p);

typedef struct exact_moments {
    double mean, variance, fourth; /* about the mean */
} exact_moments;

exact_moments exact_moments_of(const double *x, uint32_t n);
double exact_below(const double *x, uint32_t n, double at); /* share of x <= at */

/* Fails the test with a name, by printf's rules, and what is wrong; NULL: nothing is. */
__attribute__((format(printf, 2, 3))) void exact_holds(const char *wrong,
                                                       const char *name, ...);

#endif
