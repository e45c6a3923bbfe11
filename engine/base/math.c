/* Elementary functions. Each is a reduction to a small interval, exact or with the lost
 * part kept, and a Taylor polynomial long enough there: coefficients that anybody can
 * check, at the price of one or two terms more than a minimax fit. */
#include <roadcast/math.h>
#include "base/special.h"
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#define LOG2_E 0x1.71547652b82fep+0
#define LN2_HI                                                                         \
    0x1.62e42fef00000p-1 /* 33 bits: times a whole number below 2^20 exact             \
                          */
#define LN2_LO 0x1.473de6af278edp-34

static uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static double of_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static double two_to(int k) /* -1022 <= k <= 1023 */
{
    return of_bits((uint64_t)(k + 1023) << 52);
}

/* Nearest whole number of a small x; adding 1.5 * 2^52 leaves no bits for a fraction.
 */
static double nearest(double x)
{
    return (x + 0x1.8p52) - 0x1.8p52;
}

/* a * b = product + error, exactly (Dekker 1971), for |a|, |b| < 2^900. */
static double product_error(double a, double b, double product)
{
    double a_split = a * 134217729.0, b_split = b * 134217729.0;
    double a_hi = a_split - (a_split - a), b_hi = b_split - (b_split - b);
    double a_lo = a - a_hi, b_lo = b - b_hi;
    return ((a_hi * b_hi - product) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo;
}

/* ----------------------------------------------------------------- exponential */

/* exp(s) - 1 - s for |s| <= 0.35: s^2 (1/2! + s/3! + … + s^11/13!). */
static double exp_rest(double s)
{
    double s2 = s * s, s4 = s2 * s2;
    double p0 = (1.0 / 2 + s * (1.0 / 6)) + s2 * (1.0 / 24 + s * (1.0 / 120));
    double p1 =
        (1.0 / 720 + s * (1.0 / 5040)) + s2 * (1.0 / 40320 + s * (1.0 / 362880));
    double p2 = (1.0 / 3628800 + s * (1.0 / 39916800)) +
                s2 * (1.0 / 479001600 + s * (1.0 / 6227020800));
    return s2 * (p0 + s4 * (p1 + s4 * p2));
}

double rc_exp_sum(double hi, double lo)
{
    if (!(hi < 710))
        return hi > 0 ? (double)INFINITY : hi; /* or not a number */
    if (hi < -746)
        return 0;
    double k = nearest(hi * LOG2_E);
    double r = hi - k * LN2_HI;
    double c = lo - k * LN2_LO;
    double y = 1 + (r + (c + exp_rest(r + c)));
    int n = (int)k;
    if (n > -1022 && n < 1024)
        return y * two_to(n);
    return n > 0 ? y * two_to(n - 1) * 2 : y * two_to(n + 900) * two_to(-900);
}

double rc_exp(double x)
{
    return rc_exp_sum(x, 0);
}

double rc_expm1(double x)
{
    if (!(x < 40))
        return rc_exp(x) - 1;
    if (x < -40)
        return -1;
    double k = nearest(x * LOG2_E);
    double r = x - k * LN2_HI;
    double c = -k * LN2_LO;
    double rest = c + exp_rest(r + c);
    if (k == 0)
        return r + rest;
    /* 2^k (1 + e) - 1 = 2^k (1 - 2^-k + e) */
    int n = (int)k;
    double step = n < 53 ? (1 - two_to(-n)) + r : 1 + (r - two_to(-n));
    return (step + rest) * two_to(n);
}

/* ------------------------------------------------------------------- logarithm */

/* x = 2^k m with m in [sqrt(1/2), sqrt(2)). */
static double mantissa(double x, int *k)
{
    const uint64_t root_half = 0x3fe6a09e667f3bcd;
    int shift = 0;
    if (x < 0x1p-1022)
        x *= 0x1p54, shift = 54;
    int64_t n = ((int64_t)(bits_of(x) - root_half)) >> 52;
    *k = (int)n - shift;
    return of_bits(bits_of(x) - ((uint64_t)n << 52));
}

/* With s = f / (2 + f): log(1 + f) = 2 s + s R(s^2), R = 2/3 s^2 + 2/5 s^4 + …; as
 * 2 s = f - s f, and s f is f^2/2 to first order, the large parts are exact. */
static double log_rest(double s)
{
    double z = s * s, w = z * z, v = w * w;
    double p0 = (2.0 / 3 + z * (2.0 / 5)) + w * (2.0 / 7 + z * (2.0 / 9));
    double p1 = (2.0 / 11 + z * (2.0 / 13)) + w * (2.0 / 15 + z * (2.0 / 17));
    double p2 = (2.0 / 19 + z * (2.0 / 21)) + w * (2.0 / 23);
    return z * (p0 + v * (p1 + v * p2));
}

double rc_log(double x)
{
    if (!(x > 0 && x <= 0x1.fffffffffffffp1023)) {
        assert(!(x < 0));
        return x == 0 ? -(double)INFINITY : x;
    }
    int n;
    double f = mantissa(x, &n) - 1, k = n;
    double s = f / (2 + f), half = 0.5 * f * f;
    double rest = s * (half + log_rest(s)) + k * LN2_LO;
    return k * LN2_HI + (f - (half - rest));
}

double rc_log1p(double x)
{
    if (x > -0.29 && x < 0.41) {
        double s = x / (2 + x), half = 0.5 * x * x;
        return x - (half - s * (half + log_rest(s)));
    }
    assert(!(x < -1));
    double u = 1 + x;
    if (!(u > 0 && u <= 0x1.fffffffffffffp1023))
        return rc_log(u);
    double lost = x < 1 ? x - (u - 1) : 1 - (u - x);
    return rc_log(u) + lost / u;
}

double rc_log_ratio_excess(double u, double ratio)
{
    if (u > 0.5 || u < -0.3)
        return u - rc_log(ratio);
    double s = u / (2 + u); /* u - 2 s = u s */
    return s * (u - log_rest(s));
}

/* ----------------------------------------------------------------------- power */

typedef struct pair { /* hi + lo, |lo| <= ulp(hi) / 2 or nearly so */
    double hi, lo;
} pair;

static pair sum_of(double a, double b) /* exact for |a| >= |b| (Dekker 1971) */
{
    double hi = a + b;
    return (pair){hi, b - (hi - a)};
}

/* log x to about 2^-64 of itself: 2 s (1 + s^2/3 + s^4/5 + …), the first terms in
 * pairs. */
static pair log_pair(double x)
{
    int n;
    double m = mantissa(x, &n), k = n, f = m - 1;
    double g = m + 1, g_lo = m - (g - 1);

    double s = f / g, sg = s * g;
    double s_lo = (((f - sg) - product_error(s, g, sg)) - s * g_lo) / g;

    double t = s * s;
    double t_lo = product_error(s, s, t) + 2 * s * s_lo;
    const double third = 0x1.5555555555555p-2, third_lo = 0x1.5555555555555p-56;
    double q = t * third;
    double q_lo = product_error(t, third, q) + (t * third_lo + t_lo * third);
    double p = t * (1.0 / 7 + t * (1.0 / 9 + t * (1.0 / 11 + t * (1.0 / 13))));
    double high =
        t *
        (1.0 / 15 + t * (1.0 / 17 + t * (1.0 / 19 + t * (1.0 / 21 + t * (1.0 / 23)))));
    double t2 = t * t;
    pair series = sum_of(q, q_lo + t2 * (1.0 / 5 + (p + t2 * t2 * high)));

    double v = 2 * s * series.hi;
    double v_lo =
        product_error(2 * s, series.hi, v) + 2 * (s * series.lo + s_lo * series.hi);
    pair first = sum_of(k * LN2_HI, 2 * s); /* k = 0: the sum is exact either way */
    pair second = sum_of(first.hi, v);
    return sum_of(second.hi, (second.lo + first.lo) + (k * LN2_LO + (2 * s_lo + v_lo)));
}

double rc_pow(double x, double y)
{
    assert(!(x < 0));
    if (y == 0 || x == 1)
        return 1;
    if (x != x || y != y)
        return x + y;
    if (x == 0 || x > 0x1.fffffffffffffp1023)
        return (x == 0) == (y > 0) ? 0 : (double)INFINITY;
    pair l = log_pair(x);
    double rough = y * l.hi;
    return rc_exp_sum(rough, product_error(y, l.hi, rough) + y * l.lo);
}

/* ------------------------------------------------------------------------ sine */

static double horner(const double *c, int n, double x)
{
    double y = c[n - 1];
    for (int i = n - 2; i >= 0; i--)
        y = y * x + c[i];
    return y;
}

double rc_sin_pi(double x)
{
    static const double sine[8] = {-5.16771278004997,       2.5501640398773455,
                                   -0.5992645293207921,     0.08214588661112823,
                                   -0.0073704309457143504,  0.00046630280576761255,
                                   -2.1915353447830217e-05, 7.952054001475513e-07};
    static const double cosine[9] = {
        -4.934802200544679,     4.0587121264167685,    -1.3352627688545895,
        0.2353306303588932,     -0.02580689139001406,  0.0019295743094039231,
        -0.0001046381049248457, 4.303069587032947e-06, -1.3878952462213771e-07};
    const double pi = 0x1.921fb54442d18p+1, pi_lo = 0x1.1a62633145c07p-53;
    if (!(x > -0x1p52 && x < 0x1p52))
        return x - x; /* whole numbers from here on; not a number for infinity */
    double n = floor(2 * x + 0.5); /* half turns of a quarter: exact */
    double r = x - 0.5 * n, r2 = r * r;
    int quarter = (int)(n - 4 * floor(n / 4));
    double y = quarter % 2 ? 1 + r2 * horner(cosine, 9, r2)
                           : r * pi + r * (pi_lo + r2 * horner(sine, 8, r2));
    return quarter < 2 ? y : -y;
}
