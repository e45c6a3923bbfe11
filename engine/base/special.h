/* special.h -- what the files behind roadcast/math.h share.
 *
 *   rc_exp_sum            exp(hi + lo), |lo| small beside hi: an exponent with more digits
 *   rc_log_ratio_excess   u - log(1 + u) >= 0 without cancellation, where u = x/y - 1 and
 *                         ratio = x/y are both at hand (deviance of Loader 2000)
 *   rc_stirling_error     log Gamma(x) - ((x - 1/2) log x - x + log(2 pi) / 2), x > 0;
 *                         absolute error about 3e-15
 *
 * No state, any thread.
 */
#ifndef ROADCAST_BASE_SPECIAL_H
#define ROADCAST_BASE_SPECIAL_H

#define RC_HALF_LOG_2PI 0x1.d67f1c864beb5p-1

double rc_exp_sum(double hi, double lo);
double rc_log_ratio_excess(double u, double ratio);
double rc_stirling_error(double x);

#endif
