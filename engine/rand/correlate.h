/* correlate.h -- Gaussian copula between named quantities.
 *
 * Strength is Spearman's, rho = 2 sin(pi rs / 6): of the values between continuous laws,
 * of what lies behind them between laws with atoms (0.2 between events of 25 % and 40 %
 * makes them happen together with correlation .124). Words of the
 * quantities become normal, are mixed by the Cholesky factor, and become words again;
 * the marginals stay exactly what they were.
 *
 * Errors   a matrix that is not positive definite after the transform is refused: which
 *          pair, and the largest lawful strength for it.
 */
#ifndef ROADCAST_RAND_CORRELATE_H
#define ROADCAST_RAND_CORRELATE_H

#include <roadcast/error.h>
#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"

typedef struct rc_copula {
    uint32_t n;
    const double *factor; /* [n][n] lower triangle */
} rc_copula;

double rc_copula_rho(double strength); /* strength -> normal correlation */

/* rho: [n][n] symmetric with ones. On failure *bad_i, *bad_j name the pair that has to give
 * least, and *largest bounds its normal correlation, all others kept (signed like the
 * stated one; the bound itself is not lawful). 0: dropping one pair would not be enough. */
rc_status rc_copula_make(rc_copula *out, const double *rho, uint32_t n, rc_arena *arena,
                         uint32_t *bad_i, uint32_t *bad_j, double *largest,
                         rc_error *err);

/* words: n rows of `lanes` words, replaced in place. */
void rc_copula_apply(const rc_copula *copula, uint32_t *const *words, uint32_t lanes);

#endif
