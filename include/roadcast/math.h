/* math.h -- elementary and special functions with the same bits on every machine.
 *
 * libm differs between CPUs and versions; these use + - * / and sqrt only, in one order
 * of operations (with -ffp-contract=off).  Stated error is the largest seen against a
 * higher-precision reference over the whole range.
 *
 *   rc_exp, rc_log 0.9 ulp · rc_expm1, rc_log1p 1.2 · rc_pow (x >= 0) 1 · rc_sin_pi 1.7
 *   rc_normal_pdf, rc_normal_cdf 5e-16 relative, rc_normal_quantile 6e-16 relative:
 *       for p from 1e-300 (lower tail; use -quantile(q) for the upper one)
 *   rc_log_gamma (x > 0) 1e-15 relative, zeros included
 *   rc_beta_cdf, rc_gamma_cdf   regularised incomplete beta, gamma; upper: _ccdf
 *       3e-14 for shapes up to 50, 2e-13 up to 5 000, far tails included;
 *       of the two tails the one that is nearly 1 is 1 minus the other
 *   rc_beta_quantile, rc_gamma_quantile, rc_student_quantile
 *       2e-13 for shapes >= 0.1, 3e-12 for shapes >= 0.001
 *   rc_binomial_quantile (n whole)   exact, but where u is within 1e-14 of the cdf at a jump
 *
 * Quantiles also take the upper tail directly (_upper: argument q = 1 - p), so that no
 * digit is lost near one. At p = 0 and 1 they give the ends of the support. Domain
 * violations are asserted; not a number stays so in the elementary ones. No state, any
 * thread.
 *
 * Cost in ns on one core of 2023: exp, log 10, pow 45, normal quantile 12, cdf 40, beta and
 * gamma cdf 150 to 300, quantiles 450 to 900 (shapes 0.2 to 2 000), binomial 40 to 110.
 */
#ifndef ROADCAST_MATH_H
#define ROADCAST_MATH_H

#ifdef __cplusplus
extern "C" {
#endif

/* Of two numbers (not NAN): an instruction each, where fmin and fmax are calls. */
static inline double rc_min(double a, double b)
{
    return a < b ? a : b;
}
static inline double rc_max(double a, double b)
{
    return a > b ? a : b;
}

double rc_exp(double x);
double rc_expm1(double x);
double rc_log(double x);
double rc_log1p(double x);
double rc_pow(double x, double y);
double rc_sin_pi(double x); /* sin(pi x): copula strengths */

double rc_normal_pdf(double z);
double rc_normal_cdf(double z);
double rc_normal_quantile(double p);
double rc_log_gamma(double x);

double rc_beta_cdf(double x, double a, double b);
double rc_beta_ccdf(double x, double a, double b);
double rc_beta_quantile(double p, double a, double b);
double rc_beta_quantile_upper(double q, double a, double b);

double rc_gamma_cdf(double x, double shape);
double rc_gamma_ccdf(double x, double shape);
double rc_gamma_quantile(double p, double shape);
double rc_gamma_quantile_upper(double q, double shape);

double rc_student_quantile(double p, double freedom);
/* For many quantiles of one law: what does not depend on p, half the work, done once. */
typedef struct rc_student {
    double freedom;
    struct rc_beta_law {
        double a, b, log_norm; /* of the prefactor at the mean */
        double log_a, log_beta, left, right;
    } square, inverse; /* beta(1/2, freedom/2), beta(freedom/2, 1/2) */
} rc_student;
rc_student rc_student_of(double freedom);
double rc_student_value(const rc_student *law, double p); /* the same bits */

/* Smallest k with P(Binomial(n, p) <= k) >= u; n a whole number as a double. */
double rc_binomial_quantile(double u, double n, double p);

#ifdef __cplusplus
}
#endif
#endif
