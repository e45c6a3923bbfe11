/* estimate_laws.c -- fitting what was stated, and what a quantity cannot be. */
#include "scenario/estimate_laws.h"
#include <math.h>
#include <stdio.h>

/* Below this probability a draw of 2^32 words never falls. */
#define NEVER 1e-10
#define CUT_MOST 1e-3 /* more below zero than this is refused */

/* What the quantity cannot go below; -INFINITY: nothing. */
static double hard_low(const rc_cursor *c)
{
    switch (c->dimension) {
    case RC_NUMBER:
    case RC_POINTS:
    case RC_POINTS_PER_MONTH:
        return -INFINITY;
    case RC_CHANGE:
    case RC_CHANGE_PER_MONTH:
        return -1;
    case RC_METRIC:
        return c->share ? 0 : -INFINITY;
    default:
        return 0;
    }
}

/* What may as well fall as grow: a range of it is normal. */
static bool is_change(rc_dimension d)
{
    return d == RC_CHANGE || d == RC_CHANGE_PER_MONTH;
}

static rc_law law_of(rc_law_kind kind, double a, double b, double x, double y)
{
    return (rc_law){.kind = kind, .p = {a, b, x, y}, .floor_at = -INFINITY};
}

static double logit(double p)
{
    return rc_log(p) - rc_log1p(-p);
}

static double unlogit(double y)
{
    return y < 0 ? rc_exp(y) / (1 + rc_exp(y)) : 1 / (1 + rc_exp(-y));
}

static const char *called(const rc_cursor *c)
{
    return c->reading->name ? c->reading->name
           : c->row->key    ? c->row->key
                            : "an estimate";
}

static void assume_mode(rc_cursor *c, const rc_stated *s, const rc_law *law)
{
    char here[64], least[64];
    bool pert = law->kind == RC_PERT;
    rc_quantity_print(least, sizeof least, hard_low(c), c->dimension, c->unit,
                      c->calendar);
    rc_quantity_print(here, sizeof here, pert ? law->p[1] : s->x[1], c->dimension,
                      c->unit, c->calendar);
    if (pert)
        rc_assume(
            c->reading,
            "%s: it cannot go below %s, so '%s' keeps its ends and its most likely "
            "value is %s",
            called(c), least, c->text, here);
    else
        rc_assume(
            c->reading,
            "%s: '%s' is too wide for its limits, so it keeps its ends as a %s and "
            "%s is not its most likely value",
            called(c), c->text, rc_law_name(law->kind), here);
}

/* ------------------------------------------------------------------- fitting */

static bool two_law(rc_cursor *c, rc_law *out, const rc_stated *s)
{
    rc_error err = {RC_OK, ""};
    bool normal = is_change(c->dimension) || s->x[0] <= 0;
    const rc_law_point points[] = {{s->low_p, s->x[0]}, {s->high_p, s->x[1]}};
    if (s->ends) {
        *out = law_of(RC_UNIFORM, s->x[0], s->x[1], 0, 0);
        return true;
    }
    if (c->share && !(s->x[0] > 0 && s->x[1] < 1))
        return rc_complain(c, s->where, s->x[0] > 0 ? "write 99 %" : "write 1 %",
                           "a range of shares cannot end at %s",
                           s->x[0] > 0 ? "100 %" : "0 %");
    if (c->share)
        *out = law_of(RC_BETA, 0, 0, 0, 1);
    else
        *out = law_of(normal ? RC_NORMAL : RC_LOGNORMAL, 0, 0, 0, 0);
    if (rc_law_fit(out, points, 2, NULL, &err) != RC_OK)
        return rc_complain(c, s->where, "is it too narrow, or too wide?", "%s",
                           err.text);
    return true;
}

static bool three_law(rc_cursor *c, rc_law *out, const rc_stated *s, bool *gave_way)
{
    double least = hard_low(c), most = c->share ? 1 : INFINITY;
    *out = law_of(RC_PERT, s->x[0], s->x[1], s->x[2], 4);
    if (s->ends)
        return true;
    if (!(s->x[0] > least && s->x[2] < most))
        return rc_complain(c, s->where, c->share ? "write 1 % or 99 %" : NULL,
                           "the ends are 1-in-10 cases: they cannot be the %s possible",
                           s->x[0] > least ? "most" : "least");
    rc_error err = {RC_OK, ""};
    const rc_law_point points[] = {
        {s->low_p, s->x[0]}, {NAN, s->x[1]}, {s->high_p, s->x[2]}};
    out->floor_at = least;
    bool found = rc_law_fit(out, points, 3, gave_way, &err) == RC_OK;
    out->floor_at = -INFINITY;
    if (found && out->p[2] <= most)
        return true;
    if (least == -INFINITY)
        return rc_complain(c, s->where, NULL, "%s", err.text);
    *gave_way = true;
    if (!c->share && !is_change(c->dimension)) {
        /* goes on where the pert ends: its widest is nearly an exponential too */
        const rc_law_point ends[] = {points[0], points[2]};
        *out = law_of(RC_GAMMA, 0, 0, 0, 0);
        return rc_law_fit(out, ends, 2, NULL, &err) == RC_OK ||
               rc_complain(c, s->where, NULL, "%s", err.text);
    }
    const rc_stated two = {2, {s->x[0], s->x[2]}, s->low_p, s->high_p, false, s->where};
    return two_law(c, out, &two);
}

static bool fitted(rc_cursor *c, rc_law *out, const rc_stated *s, bool *gave_way)
{
    *gave_way = false;
    return s->n == 2 ? two_law(c, out, s) : three_law(c, out, s, gave_way);
}

static void widen(rc_cursor *c, rc_stated *s, double median)
{
    double by = c->reading->widen;
    double last = s->x[s->n - 1];
    bool in_logits = c->share && s->x[0] > 0 && last < 1;
    bool in_logs = !in_logits && !is_change(c->dimension) && s->x[0] > 0;
    for (uint32_t i = 0; i < s->n; i++) {
        double x = s->x[i];
        if (in_logits)
            x = unlogit(logit(median) + by * (logit(x) - logit(median)));
        else if (in_logs)
            x = median * rc_exp(by * rc_log(x / median));
        else
            x = median + by * (x - median);
        s->x[i] = x;
    }
}

bool rc_stated_law(rc_cursor *c, rc_law *out, const rc_stated *stated)
{
    rc_stated s = *stated;
    bool gave_way;
    if (!fitted(c, out, &s, &gave_way))
        return false;
    if (c->reading->widen > 0 && c->reading->widen != 1) {
        widen(c, &s, rc_law_quantile(out, 0.5));
        for (uint32_t i = 0; i < s.n; i++)
            if (!isfinite(s.x[i]) || (i && !(s.x[i] >= s.x[i - 1])))
                return rc_complain(c, s.where, "a smaller simulation.widen",
                                   "too wide when simulation.widen stretches it");
        if (!fitted(c, out, &s, &gave_way))
            return false;
    }
    if (gave_way)
        assume_mode(c, &s, out);
    return true;
}

/* ----------------------------------------------------------------- accepting */

/* What a law can reach; false where it has no ends. */
static bool law_reach(const rc_law *law, double *low, double *high)
{
    switch (law->kind) {
    case RC_CONSTANT:
        *low = *high = law->p[0];
        return true;
    case RC_UNIFORM:
        *low = law->p[0], *high = law->p[1];
        return true;
    case RC_TRIANGULAR:
    case RC_PERT:
        *low = law->p[0], *high = law->p[2];
        return true;
    case RC_BETA:
        *low = law->p[2], *high = law->p[3];
        return true;
    case RC_METALOG:
        *low = law->p[3], *high = law->p[4];
        return isfinite(*low) && isfinite(*high);
    case RC_BERNOULLI:
        *low = 0, *high = 1;
        return true;
    case RC_DISCRETE:
    case RC_MIXTURE:
        *low = INFINITY, *high = -INFINITY;
        for (uint32_t i = 0; i < law->parts_n; i++) {
            double a = law->parts[i].value, b = a;
            if (law->kind == RC_MIXTURE && !law_reach(law->parts[i].law, &a, &b))
                return false;
            *low = fmin(*low, a), *high = fmax(*high, b);
        }
        return true;
    default:
        return false;
    }
}

static bool accept_limits(rc_cursor *c, const rc_law *law, rc_span where)
{
    const rc_setting *row = c->row;
    double low, high;
    if (!(row->low < row->high) || !law_reach(law, &low, &high))
        return true;
    /* the rounding of a conversion is no fault of the writer's */
    double slack = 1e-12 * fmax(fabs(row->low), fabs(row->high));
    bool below = low<row->low - slack, above = high> row->high + slack;
    if (!below && !above)
        return true;
    char limit[64], here[64];
    rc_quantity_print(limit, sizeof limit, below ? row->low : row->high, c->dimension,
                      c->unit, c->calendar);
    rc_quantity_print(here, sizeof here, below ? low : high, c->dimension, c->unit,
                      c->calendar);
    return rc_complain(c, where, NULL, "%s must be at %s %s, this can reach %s",
                       row->key ? row->key : "this", below ? "least" : "most", limit,
                       here);
}

bool rc_law_accept(rc_cursor *c, rc_law *law, rc_span where, bool check_reach)
{
    rc_error err = {RC_OK, ""};
    if (rc_law_check(law, &err) != RC_OK)
        return rc_complain(c, where, NULL, "%s", err.text);
    double low = rc_law_quantile(law, NEVER), high = rc_law_quantile_upper(law, NEVER);
    if (!(fabs(low) <= 1e15 && fabs(high) <= 1e15))
        return rc_complain(c, where, NULL,
                           "too wide: one future in many would be beyond "
                           "all numbers");
    if (!isfinite(rc_law_mean(law)))
        return rc_complain(c, where, "a metalog takes high=",
                           "too wide: so much of it is so far out that it has no mean");
    if (c->share && (low < 0 || high > 1))
        return rc_complain(c, where, "write a range, or beta(a, b)",
                           "this law of a share can go %s",
                           low < 0 ? "below 0 %" : "over 100 %");
    double least = hard_low(c);
    if (low < least) {
        double just_below = least - (least < 0 ? 0x1p-50 : 0x1p-1000);
        double cut = rc_law_cdf(law, just_below);
        char text[64], share[64];
        rc_quantity_print(text, sizeof text, least, c->dimension, c->unit, c->calendar);
        bool rare = cut < 1e-5;
        rc_quantity_print(share, sizeof share, rare ? 1e-5 : cut, RC_SHARE, NULL,
                          false);
        if (law->kind == RC_CONSTANT)
            return rc_complain(c, where, NULL, "expected at least %s", text);
        if (cut > CUT_MOST)
            return rc_complain(c, where, "write a low end above it",
                               "this would be below %s with a chance of %s", text,
                               share);
        law->floor_at = least;
        rc_assume(c->reading, "%s: '%s' is cut at %s, in %s%s of draws", called(c),
                  c->text, text, rare ? "less than " : "", share);
    }
    return !check_reach || accept_limits(c, law, where);
}
