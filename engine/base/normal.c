/* The normal law and the gamma function. */
#include <roadcast/math.h>
#include "base/special.h"
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#define ROOT_2PI_INVERSE 0x1.9884533d43651p-2

static double horner(const double *c, int n, double x)
{
    double y = c[n - 1];
    for (int i = n - 2; i >= 0; i--)
        y = y * x + c[i];
    return y;
}

/* ---------------------------------------------------------------------- normal */

/* exp(-z^2/2) / sqrt(2 pi): z is cut at half its bits, so that its square is exact and
 * the rest of the exponent small. */
double rc_normal_pdf(double z)
{
    double size = fabs(z);
    if (!(size < 40))
        return size - size; /* 0; not a number if z is not */
    uint64_t bits;
    memcpy(&bits, &size, sizeof bits);
    bits &= ~(uint64_t)0x7ffffff;
    double cut;
    memcpy(&cut, &bits, sizeof cut);
    return ROOT_2PI_INVERSE *
           rc_exp_sum(-0.5 * cut * cut, -0.5 * (size - cut) * (size + cut));
}

/* (1 + z) (1 - Phi(z)) / phi(z) for z >= 0 as a polynomial in (z - 5) / (z + 5), after
 * Shepherd & Laframboise 1981, who did this for erfc: Chebyshev interpolation at 60
 * points with 50 digits, cut at degree 24 (1e-18) and written in powers. */
static const double mills[25] = {
    1.1568486282918946,     -0.22948753825211315,    0.07778159886873554,
    0.0250721793016388,     -0.0661776007789934,     0.0615050458401865,
    -0.038026592187762366,  0.01634823128102938,     -0.004201290310663574,
    1.9530638370790786e-05, 0.00045704381820007954,  -0.0001343742785571135,
    -2.48054584472145e-05,  2.270961270923768e-05,   -1.7723438185601556e-07,
    -3.277287633208865e-06, 3.2197131609042185e-07,  4.91996233147834e-07,
    -6.738323465177047e-08, -7.758520236786343e-08,  1.0082895646260188e-08,
    1.1032071151574336e-08, -1.0846925288860795e-09, -9.564832934712551e-10,
    6.288377855498677e-11};

/* (Phi(z) - 1/2) / phi(0) / z as a series in z^2, for |z| <= 1/2: cut at 1e-18. */
static const double centre_series[11] = {
    1.0 / 1,         -1.0 / 6,          1.0 / 40,         -1.0 / 336,
    1.0 / 3456,      -1.0 / 42240,      1.0 / 599040,     -1.0 / 9676800,
    1.0 / 175472640, -1.0 / 3530096640, 1.0 / 78033715200};

double rc_normal_cdf(double z)
{
    double size = fabs(z);
    if (size < 0.5)
        return 0.5 + ROOT_2PI_INVERSE * z * horner(centre_series, 11, z * z);
    double tail = 0;
    if (!(size >= 40))
        tail = rc_normal_pdf(size) * horner(mills, 25, (size - 5) / (size + 5)) /
               (1 + size);
    return z > 0 ? 1 - tail : tail;
}

/* Wichura 1988, algorithm AS 241, PPND16: three ratios of polynomials. */
typedef struct ratio {
    double above[8], below[8];
} ratio;

static const ratio centre = {
    {3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
     1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
     3.3430575583588128105e+4, 2.5090809287301226727e+3},
    {1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
     2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
     5.2264952788528545610e+3}};
static const ratio tail_near = {
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
     3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
     2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
     1.05075007164441684324e-9}};
static const ratio tail_far = {
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
     2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
     2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15}};

static double ratio_at(const ratio *r, double x)
{
    double above = r->above[7], below = r->below[7]; /* side by side: neither waits */
    for (int i = 6; i >= 0; i--) {
        above = above * x + r->above[i];
        below = below * x + r->below[i];
    }
    return above / below;
}

double rc_normal_quantile(double p)
{
    assert(p >= 0 && p <= 1);
    double q = p - 0.5;
    if (fabs(q) <= 0.425)
        return q * ratio_at(&centre, 0.180625 - q * q);
    double tail = q < 0 ? p : 1 - p;
    if (tail == 0)
        return q < 0 ? -(double)INFINITY : (double)INFINITY;
    double r = sqrt(-rc_log(tail));
    double z = r <= 5 ? ratio_at(&tail_near, r - 1.6) : ratio_at(&tail_far, r - 5);
    return q < 0 ? -z : z;
}

/* ----------------------------------------------------------------------- gamma */

/* The series of Stirling, eight terms, for x >= 10: cut at 2e-18. */
static double stirling_series(double x)
{
    static const double c[8] = {1.0 / 12,    -1.0 / 360,      1.0 / 1260,
                                -1.0 / 1680, 1.0 / 1188,      -691.0 / 360360,
                                1.0 / 156,   -3617.0 / 122400};
    return horner(c, 8, 1 / (x * x)) / x;
}

/* log Gamma(2 + e) = (1 - Euler) e + sum (-1)^k (zeta(k) - 1) e^k / k, |e| <= 1/2. */
static double log_gamma_near_two(double e)
{
    static const double c[27] = {
        0.42278433509846713,     0.3224670334241132,     -0.0673523010531981,
        0.020580808427784546,    -0.007385551028673986,  0.0028905103307415234,
        -0.001192753911703261,   0.0005096695247430425,  -0.00022315475845357939,
        9.945751278180853e-05,   -4.492623673813314e-05, 2.050721277567069e-05,
        -9.439488275268397e-06,  4.374866789907488e-06,  -2.039215753801366e-06,
        9.55141213040742e-07,    -4.492469198764566e-07, 2.1207184805554665e-07,
        -1.0043224823968099e-07, 4.7698101693639804e-08, -2.2711094608943164e-08,
        1.0838659214896955e-08,  -5.183475041970047e-09, 2.4836745438024785e-09,
        -1.1921401405860912e-09, 5.731367241678862e-10,  -2.7595228851242334e-10};
    return e * horner(c, 27, e);
}

double rc_log_gamma(double x)
{
    assert(x > 0);
    if (x >= 10)
        return (x - 0.5) * rc_log(x) - x + (RC_HALF_LOG_2PI + stirling_series(x));
    if (x < 0.5)
        return log_gamma_near_two(x) - rc_log1p(x) - rc_log(x);
    if (x < 1.5)
        return log_gamma_near_two(x - 1) - rc_log1p(x - 1);
    double product = 1;
    for (; x > 2.5; x--)
        product *= x - 1;
    double near = log_gamma_near_two(x - 2);
    return product > 1 ? near + rc_log(product) : near;
}

double rc_stirling_error(double x)
{
    if (x >= 10)
        return stirling_series(x);
    return rc_log_gamma(x) - ((x - 0.5) * rc_log(x) - x + RC_HALF_LOG_2PI);
}
