#include "report/what_if.h"
#include "report/verdict.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* -------------------------------------------------------------------- change */

/* A chance in percent, rounded as it is shown. */
static double tenths(double p, int digits)
{
    double unit = digits ? 10 : 1;
    return floor(100 * p * unit + 0.5 + 1e-9) / unit;
}

static bool is_seen(const rc_what_if_result *w)
{
    return fabs(w->gain) > w->gain_error;
}

/* The gain is what the two chances differ by, as they are shown: if whole percents do not
 * show it, one decimal. */
static void chances(char from[RC_HUMAN], char until[RC_HUMAN], char gain[RC_HUMAN],
                    const rc_result *r, const rc_what_if_result *w)
{
    rc_share before = rc_verdict_chance(&r->verdict),
             after = rc_verdict_chance(&w->verdict);
    rc_human_share(from, before);
    rc_human_share(until, after);
    rc_human_points(gain, w->gain, fabs(w->gain) < 0.01);
    bool bounded = strpbrk(from, "<>") || strpbrk(until, "<>");
    double whole = tenths(before.p, 0) - tenths(after.p, 0);
    if (!bounded && (strchr(from, '.') || strchr(until, '.') || strchr(gain, '.') ||
                     fabs(whole + floor(100 * w->gain + 0.5)) > 0.5)) {
        double a = tenths(before.p, 1), b = tenths(after.p, 1);
        snprintf(from, RC_HUMAN, "%.1f %%", a);
        snprintf(until, RC_HUMAN, "%.1f %%", b);
        rc_human_signed(gain, b - a, 1);
    }
    if (strlen(from) > 2 && from[0] != '<' && from[0] != '>')
        from[strlen(from) - 2] = 0; /* "49 -> 55 %" */
}

/* What follows a launch may cost more where the plan costs less. */
static const char *counted_until(const rc_result *r)
{
    return rc_verdict_noun(r)[0] == 'L' ? " until the launch" : "";
}

/* "; value +120 k€ ± 8 k€", where that is seen. */
static void money(char *out, size_t size, const rc_result *r, const char *name,
                  const char *when, double change, double half)
{
    char gain[RC_HUMAN], error[RC_HUMAN];
    if (!(fabs(change) > half))
        return;
    rc_append(out, size, "; %s%s %s%.40s \xc2\xb1 %.40s", name, when,
              change < 0 ? "\xe2\x88\x92" : "+",
              rc_human_money_known(gain, fabs(change), half, r->currency),
              rc_human_money_error(error, half, r->currency));
}

char *rc_what_if_change(char out[4 * RC_HUMAN], const rc_result *r,
                        const rc_what_if_result *w, bool detail)
{
    char from[RC_HUMAN], until[RC_HUMAN], gain[RC_HUMAN], error[RC_HUMAN];
    const size_t size = 4 * RC_HUMAN;
    if (isnan(w->gain)) {
        snprintf(out, size, "P80 %s \xe2\x86\x92 %s",
                 rc_finish_words(from, r, rc_spread_at(r, &r->finish, 80)),
                 rc_finish_words(until, r, w->finish_p80_days));
    } else if (!is_seen(w)) {
        snprintf(out, size, "no change seen (\xc2\xb1 %.1f)",
                 fmax(0.1, 100 * w->gain_error));
    } else {
        chances(from, until, gain, r, w);
        rc_human_signed(error, fmax(0.1, 100 * w->gain_error), w->gain_error < 0.00995);
        snprintf(out, size, "%.60s \xe2\x86\x92 %.60s  (%.50s \xc2\xb1 %.50s)", from,
                 until, gain, error + (error[0] == '+'));
    }
    if (detail)
        money(out, size, r, "cost", counted_until(r), w->cost_change,
              w->cost_change_error);
    money(out, size, r, "value", "", w->value_gain, w->value_gain_error);
    return out;
}

/* ------------------------------------------------------------ for the money */

static bool buys(const rc_what_if_result *w)
{
    return w->same_goals && w->gain > 0 && is_seen(w) && !isnan(w->cost_change);
}

static bool is_paid(const rc_what_if_result *w)
{
    return !isnan(w->per_money);
}

/* What has no price stands before what has one. */
static bool is_before(const rc_what_if_result *a, const rc_what_if_result *b)
{
    if (is_paid(a) != is_paid(b))
        return is_paid(b);
    double x = is_paid(a) ? a->per_money : a->gain,
           y = is_paid(b) ? b->per_money : b->gain;
    return x > y || (x == y && a < b);
}

/* The first behind `last`; NULL: none is left. */
static const rc_what_if_result *behind(const rc_result *r,
                                       const rc_what_if_result *last)
{
    const rc_what_if_result *first = NULL;
    for (uint32_t i = 0; i < r->what_if_n; i++) {
        const rc_what_if_result *w = &r->what_if[i];
        if (buys(w) && (!last || is_before(last, w)) && (!first || is_before(w, first)))
            first = w;
    }
    return first;
}

/* The round sum that prices are for: not more than the least that is paid, unless a point
 * costs so much that nothing would be left of it. */
static double round_sum(const rc_result *r)
{
    double least = INFINITY, dearest = INFINITY, sum = 1;
    for (uint32_t i = 0; i < r->what_if_n; i++)
        if (buys(&r->what_if[i]) && is_paid(&r->what_if[i])) {
            least = fmin(least, r->what_if[i].cost_change);
            dearest = fmin(dearest, 100 * r->what_if[i].per_money);
        }
    while (isfinite(least) && (sum * 10 <= least || sum * dearest < 0.1))
        sum *= 10;
    return sum;
}

/* "4 per 1 k€", "2 to 10 per 1 k€" where it is not known better. */
static void price(char *out, size_t size, const rc_result *r,
                  const rc_what_if_result *w, double sum)
{
    char money[RC_HUMAN];
    double low = 100 * sum * w->per_money_low, high = 100 * sum * w->per_money_high,
           middle = 100 * sum * w->per_money;
    int digits = middle < 1 ? 2 : middle < 10;
    if (high - low > 0.4 * middle)
        rc_append(out, size, "%.*f to %.*f", digits, low, digits, high);
    else
        rc_append(out, size, "%.*f", digits, middle);
    rc_append(out, size, " per %s", rc_human_money(money, sum, r->currency));
}

static void bought(char *out, size_t size, const rc_result *r,
                   const rc_what_if_result *w, double sum)
{
    char from[RC_HUMAN], until[RC_HUMAN], gain[RC_HUMAN], money[RC_HUMAN],
        name[4 * RC_NAME];
    chances(from, until, gain, r, w);
    rc_human_money_known(money, fabs(w->cost_change), w->cost_change_error,
                         r->currency);
    rc_append(out, size, "%s (%s points",
              rc_human_name(name, sizeof name, w->name && w->name[0] ? w->name : w->id,
                            RC_NAME),
              gain);
    if (is_paid(w)) {
        rc_append(out, size, " for %s, ", money);
        price(out, size, r, w, sum);
    } else if (w->cost_change < -w->cost_change_error) {
        rc_append(out, size, ", saves %s", money);
    } else {
        rc_append(out, size, " at no cost");
    }
    rc_append(out, size, "%s)",
              w->value_gain < -w->value_gain_error ? ", but worth less" : "");
}

/* The later of two is worse, as good as far as is known, or brings less for nothing. */
static const char *between(const rc_what_if_result *a, const rc_what_if_result *b)
{
    if (!is_paid(b))
        return "; ";
    return is_paid(a) && b->per_money_high >= a->per_money_low
               ? "; as good within the error: "
               : "; then ";
}

char *rc_what_if_most(char *out, size_t size, const rc_result *r)
{
    const double sum = round_sum(r);
    const rc_what_if_result *first = behind(r, NULL),
                            *second = first ? behind(r, first) : NULL;
    out[0] = 0;
    if (!first || !(r->cost.mean > 0))
        return out;
    rc_append(out, size, "Most for the money%s: ", counted_until(r));
    bought(out, size, r, first, sum);
    if (second) {
        rc_append(out, size, "%s", between(first, second));
        bought(out, size, r, second, sum);
    }
    return out;
}
