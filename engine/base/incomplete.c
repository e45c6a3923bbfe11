/* Regularised incomplete beta and gamma, both tails, and their inverses.
 *
 * Everything is written in w, the logarithm of the odds x / (1 - x) or of x itself:
 * there both laws have log-concave densities, far tails are straight lines in log F,
 * and x keeps all its digits at both ends. The prefactor is Loader's (2000): exponents
 * stay small near the mean for any size of the parameters. */
#include <roadcast/math.h>
#include "base/special.h"
#include <assert.h>
#include <math.h>
#include <stdbool.h>

typedef struct shape {
    double a, b;
    double log_norm; /* of the prefactor at the mean */
    bool is_beta;
} shape;

/* Both tails at w, the density there (of w), and d log density / dw. */
typedef struct tails {
    double lower, upper, density, slope;
} tails;

static shape beta_shape(double a, double b)
{
    assert(a > 0 && b > 0);
    double n = a + b;
    double error = rc_stirling_error(n) - rc_stirling_error(a) - rc_stirling_error(b);
    double size = 0.5 * (rc_log(a) + rc_log(b / n)) - RC_HALF_LOG_2PI;
    return (shape){.a = a, .b = b, .log_norm = error + size, .is_beta = true};
}

static shape gamma_shape(double a)
{
    assert(a > 0);
    return (shape){
        .a = a, .log_norm = 0.5 * rc_log(a) - RC_HALF_LOG_2PI - rc_stirling_error(a)};
}

/* ------------------------------------------------------------------------ tails */

/* x^a y^b / B(a,b) times this is I_x(a,b), for x up to about a / (a + b): continued
 * fraction of DiDonato & Morris 1992 (BFRAC), by its recurrence, scaled to B_n = 1. */
static double beta_fraction(double a, double b, double x, double y)
{
    double excess = a * y - b * x;
    double below = 1 / (a + 1);
    double r = 1 / (a * below * (excess + 1)), was;
    double before_a = 0, before_b = r;
    double n = 0;
    do {
        n++;
        double above = below; /* 1 / (a + 2n - 1) */
        below = 1 / (a + 2 * n + 1);
        double nb = n * (b - n) * x * above;
        double alpha = (a + n - 1) * (a + b + n - 1) * x * above * nb;
        double beta = n + nb + (a + n) * below * (excess + 1 + n * (1 + y));
        double next_a = beta * r + alpha * before_a;
        double next_b = beta + alpha * before_b;
        double scale = 1 / next_b;
        before_a = r * scale;
        before_b = scale;
        was = r;
        r = next_a * scale;
    } while (fabs(r - was) > 3e-16 * r && n < 1e6);
    return r;
}

static tails beta_tails(const shape *s, double x, double y)
{
    double a = s->a, b = s->b, n = a + b;
    double excess = a * y - b * x; /* n times (mean - x) */
    double power = s->log_norm - a * rc_log_ratio_excess(-excess / a, n * x / a) -
                   b * rc_log_ratio_excess(excess / b, n * y / b);
    tails t = {.density = rc_exp(power), .slope = excess};
    if (x * (n + 2) < a + 1) {
        t.lower = t.density * beta_fraction(a, b, x, y);
        t.upper = 1 - t.lower;
    } else {
        t.upper = t.density * beta_fraction(b, a, y, x);
        t.lower = 1 - t.upper;
    }
    return t;
}

/* P / prefactor: 1/a (1 + x/(a+1) + x^2/((a+1)(a+2)) + …) */
static double gamma_series(double a, double x)
{
    double term = 1 / a, sum = term;
    for (double n = a + 1; term > 1e-17 * sum; n++) {
        term *= x / n;
        sum += term;
    }
    return sum;
}

/* Q / prefactor: 1 / (x+1-a - 1(1-a)/(x+3-a - 2(2-a)/(x+5-a - …))), scaled likewise. */
static double gamma_fraction(double a, double x)
{
    double beta = x + 1 - a;
    double before_a = 0, before_b = 1 / beta, r = 1 / beta, was;
    double n = 0;
    do {
        n++;
        double alpha = n * (a - n);
        beta += 2;
        double scale = 1 / (beta + alpha * before_b);
        double next = (beta * r + alpha * before_a) * scale;
        before_a = r * scale;
        before_b = scale;
        was = r;
        r = next;
    } while (fabs(r - was) > 3e-16 * r && n < 1e6);
    return r;
}

static tails gamma_tails(const shape *s, double x)
{
    double a = s->a;
    double power = s->log_norm - a * rc_log_ratio_excess((x - a) / a, x / a);
    tails t = {.density = rc_exp(power), .slope = a - x};
    if (x < a + 1) {
        t.lower = t.density * gamma_series(a, x);
        t.upper = 1 - t.lower;
    } else {
        t.upper = t.density * gamma_fraction(a, x);
        t.lower = 1 - t.upper;
    }
    return t;
}

/* x and 1 - x of w, each with all its digits. */
static void odds_parts(double w, double *x, double *y)
{
    double e = rc_exp(-fabs(w));
    double small = e / (1 + e), large = 1 / (1 + e);
    *x = w < 0 ? small : large;
    *y = w < 0 ? large : small;
}

static tails tails_at(const shape *s, double w)
{
    if (!s->is_beta)
        return gamma_tails(s, rc_exp(w));
    double x, y;
    odds_parts(w, &x, &y);
    return beta_tails(s, x, y);
}

double rc_beta_cdf(double x, double a, double b)
{
    shape s = beta_shape(a, b);
    if (!(x > 0 && x < 1))
        return x >= 1 ? 1 : x <= 0 ? 0 : x;
    return beta_tails(&s, x, 1 - x).lower;
}

double rc_beta_ccdf(double x, double a, double b)
{
    shape s = beta_shape(a, b);
    if (!(x > 0 && x < 1))
        return x >= 1 ? 0 : x <= 0 ? 1 : x;
    return beta_tails(&s, x, 1 - x).upper;
}

double rc_gamma_cdf(double x, double a)
{
    shape s = gamma_shape(a);
    if (!(x > 0 && x < (double)INFINITY))
        return x > 0 ? 1 : x <= 0 ? 0 : x;
    return gamma_tails(&s, x).lower;
}

double rc_gamma_ccdf(double x, double a)
{
    shape s = gamma_shape(a);
    if (!(x > 0 && x < (double)INFINITY))
        return x > 0 ? 0 : x <= 0 ? 1 : x;
    return gamma_tails(&s, x).upper;
}

/* -------------------------------------------------------------------- quantiles */

/* w where the tail (lower or upper) is p: Halley's step on log F, in a bracket. log F
 * is concave, so steps from anywhere lead to the root; from a fair start three do. */
static double solve(const shape *s, double p, bool upper, double w)
{
    double low = -(double)INFINITY, high = (double)INFINITY;
    for (int i = 0; i < 200; i++) {
        tails t = tails_at(s, w);
        double tail = upper ? t.upper : t.lower;
        bool past = upper ? tail < p : tail > p;
        *(past ? &high : &low) = w;
        double hazard = t.density / tail;
        double step = (tail > p / 16 && tail < p * 16 ? rc_log(tail / p)
                                                      : rc_log(tail) - rc_log(p)) /
                      (upper ? hazard : -hazard);
        double bend = 1 + 0.5 * step * (t.slope + (upper ? hazard : -hazard));
        double next = w + step / (bend > 0.5 ? bend : 0.5);
        if (fabs(next - w) * (1 + hazard) <= 1e-5)
            return next;
        if (!(next > low && next < high)) { /* also where the tail was not to be seen */
            if (low == -(double)INFINITY)
                next = high - 2;
            else if (high == (double)INFINITY)
                next = low + 2;
            else
                next = 0.5 * (low + high);
        }
        w = next;
    }
    return w;
}

/* What solving for a quantile takes of the law: F(x) = x^a / (a B) at the left end, and
 * the masses left and right of the mean if both sides were power laws. */
static struct rc_beta_law beta_law(double a, double b)
{
    double n = a + b, log_norm = beta_shape(a, b).log_norm;
    double to_a = a * rc_log(a / n), to_b = b * rc_log(b / n);
    struct rc_beta_law law = {.a = a,
                              .b = b,
                              .log_norm = log_norm,
                              .log_a = rc_log(a),
                              .log_beta = to_a + to_b - log_norm};
    if (!(a > 1 && b > 1)) {
        law.left = rc_exp(to_a) / a;
        law.right = rc_exp(to_b) / b;
    }
    return law;
}

/* log odds of the lower tail p <= 1/2 */
static double beta_solve(double p, const struct rc_beta_law *law)
{
    double a = law->a, b = law->b;
    shape s = {.a = a, .b = b, .log_norm = law->log_norm, .is_beta = true};
    double left = (rc_log(p) + law->log_a + law->log_beta) / a;
    double w;
    if (a > 1 && b > 1) { /* Abramowitz & Stegun 26.5.22 */
        double z = -rc_normal_quantile(p), l = (z * z - 3) / 6;
        double ra = 1 / (2 * a - 1), rb = 1 / (2 * b - 1), h = 2 / (ra + rb);
        double half = z * sqrt(h + l) / h - (rb - ra) * (l + 5.0 / 6 - 2 / (3 * h));
        w = rc_log(a / b) - 2 * half;
    } else { /* two power laws that meet at the mean */
        double t = law->left, u = law->right;
        bool is_left = p * (t + u) < t;
        double l =
            is_left ? rc_log(a * (t + u) * p) / a : rc_log(b * (t + u) * (1 - p)) / b;
        l = l < -1e-3 ? l : -1e-3;
        w = l - rc_log(-rc_expm1(l));
        w = is_left ? w : -w;
    }
    if (w < left && b >= 1) /* x is never less than by the left end's law */
        w = left;
    return solve(&s, p, false, w);
}

/* log odds: of the lower tail where p says so, else of the upper */
static double beta_log_odds(double p, bool upper, double a, double b)
{
    assert(p >= 0 && p <= 1);
    if (p == 0 || p == 1)
        return (p == 0) == upper ? (double)INFINITY : -(double)INFINITY;
    bool flip = p > 0.5;
    double tail = flip ? 1 - p : p;
    struct rc_beta_law law = upper != flip ? beta_law(b, a) : beta_law(a, b);
    double w = beta_solve(tail, &law);
    return upper != flip ? -w : w;
}

static double of_log_odds(double w)
{
    double x, y;
    odds_parts(w, &x, &y);
    return x;
}

double rc_beta_quantile(double p, double a, double b)
{
    return of_log_odds(beta_log_odds(p, false, a, b));
}

double rc_beta_quantile_upper(double q, double a, double b)
{
    return of_log_odds(beta_log_odds(q, true, a, b));
}

static double gamma_solve(double p, bool upper, double a)
{
    shape s = gamma_shape(a);
    double z = rc_normal_quantile(p), c = 1 / (9 * a);
    double root = 1 - c + (upper ? -z : z) * sqrt(c); /* Wilson & Hilferty 1931 */
    double log_gamma = rc_log_gamma(a);
    double w = root > 0.05 ? rc_log(a) + 3 * rc_log(root) : -(double)INFINITY;
    if (upper && a < 1) { /* Q = x^(a-1) e^-x / Gamma(a) far out */
        double far = -rc_log(p) - log_gamma;
        if (far > 1.5)
            return solve(&s, p, upper, rc_log(far - (1 - a) * rc_log(far)));
    }
    /* P = x^a / (a Gamma(a)) at the left end, and x is never less */
    double left = ((upper ? rc_log1p(-p) : rc_log(p)) + rc_log(a) + log_gamma) / a;
    if (w < left || a < 1)
        w = left;
    return solve(&s, p, upper, w);
}

static double gamma_tail_quantile(double p, bool upper, double a)
{
    assert(p >= 0 && p <= 1);
    if (p == 0 || p == 1)
        return (p == 0) == upper ? (double)INFINITY : 0;
    bool flip = p > 0.5;
    return rc_exp(gamma_solve(flip ? 1 - p : p, upper != flip, a));
}

double rc_gamma_quantile(double p, double a)
{
    return gamma_tail_quantile(p, false, a);
}

double rc_gamma_quantile_upper(double q, double a)
{
    return gamma_tail_quantile(q, true, a);
}

/* T^2 / freedom has the odds of beta(1/2, freedom/2), its inverse the mirrored ones. */
rc_student rc_student_of(double freedom)
{
    assert(freedom > 0);
    return (rc_student){freedom, beta_law(0.5, 0.5 * freedom),
                        beta_law(0.5 * freedom, 0.5)};
}

double rc_student_value(const rc_student *law, double p)
{
    assert(p >= 0 && p <= 1);
    if (p == 0.5)
        return 0;
    if (p == 0 || p == 1)
        return p == 0 ? -(double)INFINITY : (double)INFINITY;
    if (law->freedom > 1e15) /* beyond what a double can tell apart */
        return rc_normal_quantile(p);
    bool is_left = p < 0.5;
    double tail = is_left ? p : 1 - p;
    double w = tail < 0.25 ? -beta_solve(2 * tail, &law->inverse)
                           : beta_solve(1 - 2 * tail, &law->square);
    double t = sqrt(law->freedom) * rc_exp(0.5 * w);
    return is_left ? -t : t;
}

double rc_student_quantile(double p, double freedom)
{
    rc_student law = rc_student_of(freedom);
    return rc_student_value(&law, p);
}
