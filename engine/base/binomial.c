/* Binomial quantile, called once per simulated measurement.
 *
 * Wide laws: the expansion of Cornish & Fisher in the cumulants, corrected for the
 * lattice by Sheppard (variance - 1/12), gives the place x where a smooth curve through
 * (k + 1/2, F(k)) takes the value u; the answer is ceil(x - 1/2). Its error is known
 * well enough to say when x is too near an edge to be trusted: then, in less than 1 of
 * 100 calls, F itself is asked. Narrow laws: the masses are summed from the nearer end.
 */
#include <roadcast/math.h>
#include <assert.h>
#include <math.h>

#define WIDE 20.0 /* variance from which the expansion is used */

/* Smallest k with F(k) >= u; guess lies near it. F from the tail that keeps its digits.
 */
static double search(double u, double n, double p, double guess)
{
    double k = fmin(fmax(guess, 0), n - 1);
    /* P(X <= k) = 1 - I_p(k + 1, n - k) */
    while (k >= 0 && (u <= 0.5 ? rc_beta_ccdf(p, k + 1, n - k) >= u
                               : rc_beta_cdf(p, k + 1, n - k) <= 1 - u))
        k--;
    k++;
    while (k < n && !(u <= 0.5 ? rc_beta_ccdf(p, k + 1, n - k) >= u
                               : rc_beta_cdf(p, k + 1, n - k) <= 1 - u))
        k++;
    return k;
}

/* Sums from 0; p <= 1/2. Smallest k with P(X <= k) >= u, or largest with P(X < k) <= u.
 */
static double sum_up(double u, double n, double p, int largest)
{
    double mass = rc_exp(n * rc_log1p(-p)), odds = p / (1 - p);
    double k = 0, sum = mass;
    while (k < n && (largest ? sum <= u : sum < u)) {
        k++;
        mass *= odds * (n - k + 1) / k;
        sum += mass;
    }
    return k;
}

double rc_binomial_quantile(double u, double n, double p)
{
    assert(u >= 0 && u <= 1 && p >= 0 && p <= 1 && n >= 0 && n == floor(n));
    if (u == 0 || p == 0)
        return 0;
    if (u == 1 || p == 1)
        return n;
    double pq = p * (1 - p), variance = n * pq;
    if (variance < WIDE)
        return p <= 0.5 ? sum_up(u, n, p, 0) : n - sum_up(1 - u, n, 1 - p, 1);

    double k2 = variance - 1.0 / 12, k3 = variance * (1 - 2 * p);
    double k4 = variance * (1 - 6 * pq) + 1.0 / 120, k5 = k3 * (1 - 12 * pq);
    double sd = sqrt(k2), g1 = k3 / (k2 * sd), g2 = k4 / (k2 * k2),
           g3 = k5 / (k2 * k2 * sd);
    double z = rc_normal_quantile(u), zz = z * z;
    double h = z + g1 * (zz - 1) / 6 + g2 * z * (zz - 3) / 24 -
               g1 * g1 * z * (2 * zz - 5) / 36 + g3 * (zz * (zz - 6) + 3) / 120 -
               g1 * g2 * (zz * (zz - 5) + 2) / 24 +
               g1 * g1 * g1 * (zz * (12 * zz - 53) + 17) / 324;
    double edge = n * p + sd * h - 0.5;
    double k = ceil(edge);
    double doubt = 0.01 * (1 + zz * zz * fabs(z)) / (k2 * sd) + n * 4e-16;
    if (k - edge > doubt && k - edge < 1 - doubt)
        return fmin(fmax(k, 0), n);
    return search(u, n, p, k - 1);
}
