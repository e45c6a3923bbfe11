/* math.h -- elementary and special functions with the same bits on every machine.
 *
 * libm differs between CPUs and versions; these use + - * / and sqrt only, in one order
 * of operations (with -ffp-contract=off).  Stated error is the largest seen against a
 * higher-precision reference over the whole range.
 *
 *   rc_exp, rc_log, rc_log1p, rc_expm1, rc_pow(x >= 0)    <= 2 ulp (pow <= 4)
 *   rc_normal_cdf, rc_normal_quantile                      <= 1e-15 relative, tails included
 *   rc_log_gamma (x > 0)                                   <= 1e-14 relative
 *   rc_beta_cdf, rc_gamma_cdf   regularised incomplete beta, gamma (upper: _ccdf)  <= 1e-13
 *   rc_beta_quantile, rc_gamma_quantile                    <= 1e-12 relative
 *
 * Quantiles also take the upper tail directly (_upper: argument q = 1 - p), so that no
 * digit is lost near one.  Domain violations are asserted.  No state, any thread.
 */
#ifndef ROADCAST_MATH_H
#define ROADCAST_MATH_H

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

/* Smallest k with P(Binomial(n, p) <= k) >= u. */
double rc_binomial_quantile(double u, double n, double p);

#endif
