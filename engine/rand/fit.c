/* fit.c -- the law that passes through stated points, exactly.
 *
 * Normal and metalog are linear in their parameters; lognormal and Weibull after a
 * logarithm. Triangular and pert are a location and a scale around one shape number,
 * the place of the mode between low and high; gamma has one shape too, beta two: these
 * are found by a bracketed root. Points are sorted first; the mode, if given, stands
 * apart.
 */
#include "rand/law.h"
#include <assert.h>
#include <math.h>
#include <roadcast/math.h>

typedef struct points {
    double at[3], value[3]; /* percentiles, rising */
    uint32_t n;
    double mode; /* NAN: not given */
} points;

typedef double equation(double s, const void *with);

/* A root between a and b of an equation that changes sign there: false position with
 * halved weights (Illinois), and a plain halving when three steps have not done much.
 */
static bool root(double *out, equation *f, const void *with, double a, double b)
{
    double fa = f(a, with), fb = f(b, with), wide = INFINITY;
    if (fabs(fa) <= 1e-13 || fabs(fb) <= 1e-13) {
        *out = fabs(fa) <= 1e-13 ? a : b;
        return true;
    }
    if (!(fa * fb < 0))
        return false;
    for (int i = 0; i < 200; ++i) {
        double middle = a + (b - a) / 2, s = (a * fb - b * fa) / (fb - fa);
        if (i % 3 == 2) {
            if (fabs(b - a) > wide / 4)
                s = middle;
            wide = fabs(b - a);
        }
        if (!(fmin(a, b) < s && s < fmax(a, b)))
            s = middle;
        double fs = f(s, with);
        if (isnan(fs))
            return false;
        bool done = fs == 0 || fabs(s - b) <= 4e-16 * fabs(s);
        if ((fs < 0) == (fb < 0)) {
            fa /= 2;
        } else {
            a = b;
            fa = fb;
        }
        b = s;
        fb = fs;
        if (done)
            break;
    }
    *out = b;
    return true;
}

/* The first root met on the way from one end to the other, for equations with several.
 */
static bool first_root(double *out, equation *f, const void *with, double from,
                       double to)
{
    const int steps = 64;
    double a = from, fa = f(a, with);
    for (int i = 1; i <= steps; ++i) {
        double b = from + (to - from) * i / steps, fb = f(b, with);
        if ((fa < 0) != (fb < 0))
            return root(out, f, with, a, b);
        a = b, fa = fb;
    }
    return false;
}

/* --------------------------------------------------------- one line per parameter */

static bool fit_normal(rc_law *law, const points *given)
{
    double at[2] = {given->at[0], given->n > 1 ? given->at[1] : 0.5};
    double value[2] = {given->value[0], given->n > 1 ? given->value[1] : given->mode};
    double z0 = rc_normal_quantile(at[0]), z1 = rc_normal_quantile(at[1]);
    law->p[1] = (value[1] - value[0]) / (z1 - z0);
    law->p[0] = value[0] - law->p[1] * z0;
    return law->p[1] > 0;
}

static bool fit_lognormal(rc_law *law, const points *given)
{
    if (given->value[0] <= 0 || given->mode <= 0)
        return false;
    double z0 = rc_normal_quantile(given->at[0]), sigma;
    if (given->n > 1) {
        sigma = rc_log(given->value[1] / given->value[0]) /
                (rc_normal_quantile(given->at[1]) - z0);
    } else { /* ln value = ln mode + sigma^2 + sigma z */
        double rise = rc_log(given->value[0] / given->mode),
               square = z0 * z0 + 4 * rise;
        if (square < 0)
            return false;
        sigma = rise >= 0 ? (-z0 + sqrt(square)) / 2 : (-z0 - sqrt(square)) / 2;
    }
    law->p[1] = sigma;
    law->p[0] = given->value[0] / rc_exp(sigma * z0);
    return sigma > 0;
}

static bool fit_metalog(rc_law *law, const points *given)
{
    if (given->n != 3)
        return false;
    double low = law->p[3], high = law->p[4], row[3][3];
    for (int i = 0; i < 3; ++i) {
        double x = given->value[i], y = given->at[i], odds = rc_log(y) - rc_log1p(-y);
        if (x <= low || x >= high)
            return false;
        row[i][0] = odds;
        row[i][1] = (y - 0.5) * odds;
        row[i][2] = isfinite(low) && isfinite(high) ? rc_log((x - low) / (high - x))
                    : isfinite(low)                 ? rc_log(x - low)
                    : isfinite(high)                ? -rc_log(high - x)
                                                    : x;
    }
    for (int i = 1; i < 3; ++i) /* a1 goes by subtraction */
        for (int j = 0; j < 3; ++j)
            row[i][j] -= row[0][j];
    double determinant = row[1][0] * row[2][1] - row[1][1] * row[2][0];
    law->p[1] = (row[1][2] * row[2][1] - row[1][1] * row[2][2]) / determinant;
    law->p[2] = (row[1][0] * row[2][2] - row[1][2] * row[2][0]) / determinant;
    law->p[0] = row[0][2] - row[0][0] * law->p[1] - row[0][1] * law->p[2];
    return isfinite(law->p[0]);
}

/* ------------------------------------------------------- one shape, by its logarithm
 */

/* ln of the quantile and of the mode at scale one */
static double log_quantile(rc_law_kind kind, double shape, double at)
{
    return kind == RC_GAMMA ? rc_log(rc_gamma_quantile(at, shape))
                            : rc_log(-rc_log1p(-at)) / shape;
}

static double log_mode(rc_law_kind kind, double shape)
{
    return kind == RC_GAMMA ? rc_log(shape - 1) : rc_log((shape - 1) / shape) / shape;
}

typedef struct spread {
    rc_law_kind kind;
    const points *given;
} spread;

static double spread_off(double log_shape, const void *with)
{
    const spread *s = with;
    double shape = rc_exp(log_shape);
    const points *given = s->given;
    double first = log_quantile(s->kind, shape, given->at[0]);
    if (given->n > 1)
        return log_quantile(s->kind, shape, given->at[1]) - first -
               rc_log(given->value[1] / given->value[0]);
    return first - log_mode(s->kind, shape) - rc_log(given->value[0] / given->mode);
}

static bool fit_shape_and_scale(rc_law *law, const points *given)
{
    spread with = {law->kind, given};
    double log_shape;
    if (given->value[0] <= 0 || given->mode <= 0)
        return false;
    bool found = given->n > 1 ? root(&log_shape, spread_off, &with, 14, -4.6)
                              : first_root(&log_shape, spread_off, &with, 14, 1e-6);
    if (!found)
        return false;
    law->p[0] = rc_exp(log_shape);
    law->p[1] =
        given->value[0] / rc_exp(log_quantile(law->kind, law->p[0], given->at[0]));
    return true;
}

/* ------------------------------------- one shape between a location and a scale */

#define LAMBDA 4

/* Quantile on 0..1 with the mode at c. */
static double unit_quantile(rc_law_kind kind, double c, double at)
{
    rc_law unit = {.kind = kind, .p = {0, c, 1, LAMBDA}, .floor_at = -INFINITY};
    return rc_law_quantile(&unit, at);
}

static double place_off(double c, const void *with)
{
    const spread *s = with;
    const points *given = s->given;
    uint32_t last = given->n - 1;
    double q0 = unit_quantile(s->kind, c, given->at[0]);
    double q1 = unit_quantile(s->kind, c, given->at[last]);
    bool three = given->n == 3;
    double inner = three ? unit_quantile(s->kind, c, given->at[1]) : c;
    double value = three ? given->value[1] : given->mode;
    return (value - given->value[0]) / (given->value[last] - given->value[0]) -
           (inner - q0) / (q1 - q0);
}

typedef struct anchored {
    spread s;
    double low;
} anchored;

static double anchored_off(double c, const void *with)
{
    const anchored *a = with;
    const points *given = a->s.given;
    uint32_t last = given->n - 1;
    return unit_quantile(a->s.kind, c, given->at[0]) /
               unit_quantile(a->s.kind, c, given->at[last]) -
           (given->value[0] - a->low) / (given->value[last] - a->low);
}

static bool fit_place_of_mode(rc_law *law, const points *given, bool *gave_way)
{
    anchored with = {{law->kind, given}, law->floor_at};
    uint32_t last = given->n - 1;
    double c;
    if (!root(&c, place_off, &with.s, 0, 1))
        return false;
    double q0 = unit_quantile(law->kind, c, given->at[0]);
    double q1 = unit_quantile(law->kind, c, given->at[last]);
    double width = (given->value[last] - given->value[0]) / (q1 - q0);
    double low = given->value[0] - q0 * width;

    if (law->kind == RC_PERT && low < law->floor_at) {
        *gave_way = low < law->floor_at - 1e-9 * width;
        low = law->floor_at;
        if (*gave_way) {
            if (given->value[0] <= low || !root(&c, anchored_off, &with, 0, 1))
                return false;
            width = (given->value[last] - low) /
                    unit_quantile(law->kind, c, given->at[last]);
        }
    }
    law->p[0] = low;
    law->p[1] = low + c * width;
    law->p[2] = low + width;
    if (law->kind == RC_PERT)
        law->p[3] = LAMBDA;
    return true;
}

/* ------------------------------------------------- two shapes: beta by mean and size
 */

typedef struct sized {
    double at[2], share[2];
    double size; /* a + b */
    double mean;
} sized;

static double odds(double p, double rest)
{
    return rc_log(p) - rc_log(rest);
}

static double beta_off(const sized *s, int i, double mean)
{
    double a = mean * s->size, b = (1 - mean) * s->size;
    double below = rc_beta_cdf(s->share[i], a, b),
           above = rc_beta_ccdf(s->share[i], a, b);
    return odds(fmax(below, 1e-300), fmax(above, 1e-300)) -
           odds(s->at[i], 1 - s->at[i]);
}

static double mean_off(double mean_odds, const void *with)
{
    return beta_off(with, 0, 1 / (1 + rc_exp(-mean_odds)));
}

static bool mean_for_size(sized *s)
{
    double mean_odds;
    if (!root(&mean_odds, mean_off, s, -20, 20))
        return false;
    s->mean = 1 / (1 + rc_exp(-mean_odds));
    return true;
}

static double size_off(double log_size, const void *with)
{
    sized s = *(const sized *)with;
    s.size = rc_exp(log_size);
    return mean_for_size(&s) ? beta_off(&s, 1, s.mean) : NAN;
}

static bool fit_beta(rc_law *law, const points *given)
{
    if (given->n != 2)
        return false;
    double width = law->p[3] - law->p[2], log_size;
    sized s = {.size = 1};
    for (int i = 0; i < 2; ++i) {
        s.at[i] = given->at[i];
        s.share[i] = (given->value[i] - law->p[2]) / width;
    }
    if (!root(&log_size, size_off, &s, -3, 16)) /* no share outside of 0..1 has one */
        return false;
    s.size = rc_exp(log_size);
    bool found = mean_for_size(&s);
    assert(found); /* as it was on the way to this size */
    (void)found;
    law->p[0] = s.mean * s.size;
    law->p[1] = (1 - s.mean) * s.size;
    return true;
}

/* ----------------------------------------------------------------------- the door */

static rc_status sorted(points *out, const rc_law *law, const rc_law_point *from,
                        uint32_t n, rc_error *err)
{
    *out = (points){.mode = NAN};
    const char *name = rc_law_name(law->kind);
    uint32_t wanted =
        law->kind == RC_TRIANGULAR || law->kind == RC_PERT || law->kind == RC_METALOG
            ? 3
            : 2;
    if (n != wanted)
        return rc_fail(err, RC_REFUSED, "%s needs %s points, found %u", name,
                       wanted == 3 ? "three" : "two", n);
    for (uint32_t i = 0; i < n; ++i) {
        if (!isfinite(from[i].value))
            return rc_fail(err, RC_REFUSED, "%s: every point must be finite", name);
        if (isnan(from[i].at)) {
            if (!isnan(out->mode))
                return rc_fail(err, RC_REFUSED, "%s: the mode is given twice", name);
            out->mode = from[i].value;
            continue;
        }
        if (!(from[i].at > 0 && from[i].at < 1))
            return rc_fail(err, RC_REFUSED, "%s: a percentile lies between 0 and 100",
                           name);
        uint32_t j = out->n++;
        for (; j && out->at[j - 1] > from[i].at; --j) {
            out->at[j] = out->at[j - 1];
            out->value[j] = out->value[j - 1];
        }
        out->at[j] = from[i].at;
        out->value[j] = from[i].value;
    }
    for (uint32_t j = 1; j < out->n; ++j)
        if (!(out->at[j - 1] < out->at[j] && out->value[j - 1] < out->value[j]))
            return rc_fail(err, RC_REFUSED, "%s: P%g must be below P%g", name,
                           100 * out->at[j - 1], 100 * out->at[j]);
    return RC_OK;
}

rc_status rc_law_fit(rc_law *law, const rc_law_point *from, uint32_t n,
                     bool *mode_gave_way, rc_error *err)
{
    points given;
    rc_status status = sorted(&given, law, from, n, err);
    bool gave_way = false, found = false;
    if (status != RC_OK)
        return status;
    switch (law->kind) {
    case RC_NORMAL:
        found = fit_normal(law, &given);
        break;
    case RC_LOGNORMAL:
        found = fit_lognormal(law, &given);
        break;
    case RC_METALOG:
        found = fit_metalog(law, &given);
        break;
    case RC_GAMMA:
    case RC_WEIBULL:
        found = fit_shape_and_scale(law, &given);
        break;
    case RC_TRIANGULAR:
    case RC_PERT:
        found = fit_place_of_mode(law, &given, &gave_way);
        break;
    case RC_BETA:
        found = fit_beta(law, &given);
        break;
    default:
        return rc_fail(err, RC_REFUSED,
                       "%s is not fitted to points; write its parameters",
                       rc_law_name(law->kind));
    }
    if (mode_gave_way)
        *mode_gave_way = gave_way;
    if (!found && gave_way)
        return rc_fail(
            err, RC_REFUSED,
            "no pert begins at %g and passes through these percentiles: they "
            "lie too far apart; write a range",
            law->floor_at);
    if (!found)
        return rc_fail(err, RC_REFUSED, "no %s passes through these points",
                       rc_law_name(law->kind));
    return rc_law_check(law, err);
}
