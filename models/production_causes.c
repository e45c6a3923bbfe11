/* production_causes.c -- losses by cause: growth, sums and crossings in closed form. */
#include "production_causes.h"
#include <math.h>
#include <roadcast/model.h>

/* ------------------------------------------------------------ cause by cause */

static double drifted(const rc_world *w, double lost, double months)
{
    return w->linear ? lost + w->rate * months
                     : w->a - (w->a - lost) * rc_exp(-months / w->tau);
}

static double drift_sum(const rc_world *w, double lost, double months)
{
    return w->linear
               ? months * (lost + w->rate * months / 2)
               : w->a * months + (w->a - lost) * w->tau * rc_expm1(-months / w->tau);
}

/* 10 % at the launch, 90 % after `over`. */
static const double ln_9 = 2.1972245773362196;

double rc_newcomers(const rc_world *w, double t)
{
    double f = 1 / (1 + rc_exp(ln_9 * (1 - 2 * t / w->over)));
    return (f - 0.1) / 0.9;
}

/* Integral of F from minus infinity. */
static double come_sum(const rc_world *w, double t)
{
    double k = 2 * ln_9 / w->over, x = k * t - ln_9;
    return (fmax(x, 0) + rc_log1p(rc_exp(-fabs(x)))) / k;
}

static double newcomers_sum(const rc_world *w, const rc_losses *l, double until)
{
    return (come_sum(w, until) - l->came_sum - 0.1 * (until - l->at)) / 0.9;
}

/* Part of the newcomers who come from now to t. */
static double coming(const rc_world *w, const rc_losses *l, double t)
{
    return t == l->at ? 0 : rc_newcomers(w, t) - l->came;
}

static double evaded(const rc_world *w, const rc_losses *l, double t)
{
    return -w->right * l->evaded * rc_expm1(-(t - l->released) / w->adapts_in);
}

double rc_losses_evaded(const rc_world *w, const rc_losses *l)
{
    return w->right > 0 ? evaded(w, l, l->at) : 0;
}

static double evaded_sum(const rc_world *w, const rc_losses *l, double until)
{
    double now = rc_exp(-(l->at - l->released) / w->adapts_in);
    return w->right * l->evaded *
           (until - l->at +
            w->adapts_in * now * rc_expm1(-(until - l->at) / w->adapts_in));
}

/* -------------------------------------------------------------------- in all */

/* What does not grow by itself. */
static double standing(const rc_losses *l)
{
    return l->lost[RC_BY_FIRST_DAY] + l->lost[RC_BY_SHOCKS] +
           l->lost[RC_BY_POPULATION] + l->bad + l->elsewhere + l->noise;
}

static double total(const rc_world *w, const rc_losses *l, double stands, double t)
{
    double sum = drifted(w, l->lost[RC_BY_DRIFT], t - l->at) + stands;
    if (w->step != 0)
        sum += w->step * coming(w, l, t);
    return w->right > 0 ? sum + evaded(w, l, t) : sum;
}

double rc_losses_total(const rc_world *w, const rc_losses *l, double t)
{
    return total(w, l, standing(l), t);
}

uint32_t rc_losses_course(const rc_world *w, const rc_losses *l, double until,
                          double *course, uint32_t i, uint32_t n, double a_month)
{
    const double stands = standing(l);
    for (double t; i < n && (t = i / a_month) < until;)
        course[i++] = total(w, l, stands, t);
    return i;
}

double rc_losses_sum(const rc_world *w, const rc_losses *l, double t)
{
    double months = t - l->at,
           sum = drift_sum(w, l->lost[RC_BY_DRIFT], months) + months * standing(l);
    if (w->step != 0)
        sum += w->step * (newcomers_sum(w, l, t) - months * l->came);
    return w->right > 0 ? sum + evaded_sum(w, l, t) : sum;
}

void rc_losses_set_time(const rc_world *w, rc_losses *l, double t)
{
    l->at = t;
    if (w->step != 0) {
        l->came = rc_newcomers(w, t);
        l->came_sum = come_sum(w, t);
    }
}

void rc_losses_move(const rc_world *w, rc_losses *l, double t)
{
    double months = t - l->at;
    l->lost[RC_BY_DRIFT] = drifted(w, l->lost[RC_BY_DRIFT], months);
    l->learnable[RC_BY_DRIFT] = drifted(w, l->learnable[RC_BY_DRIFT], months);
    if (w->step != 0) {
        double come = w->step * coming(w, l, t);
        l->lost[RC_BY_POPULATION] += come;
        l->learnable[RC_BY_POPULATION] += come;
    }
    rc_losses_set_time(w, l, t);
}

void rc_losses_by(const rc_world *w, const rc_losses *l, double t,
                  double out[RC_CAUSES])
{
    rc_losses then = *l;
    rc_losses_move(w, &then, t);
    out[RC_BY_FEEDBACK] = 0;
    for (int c = 0; c < RC_CURABLE; c++) {
        out[c] = then.learnable[c];
        out[RC_BY_FEEDBACK] += then.lost[c] - then.learnable[c];
    }
    out[RC_BY_ADVERSARY] = w->right > 0 ? evaded(w, &then, t) : 0;
    out[RC_BY_RELEASES] = then.bad;
    out[RC_BY_ELSEWHERE] = then.elsewhere;
    out[RC_BY_NOISE] = then.noise;
}

void rc_losses_release(const rc_world *w, rc_losses *l, double recovers)
{
    double all = 0;
    for (int c = 0; c < RC_CURABLE; c++)
        all += l->lost[c];
    /* a world that got better by itself is not undone */
    for (int c = 0; all > 0 && c < RC_CURABLE; c++) {
        l->lost[c] *= 1 - recovers * w->labelled;
        l->learnable[c] *= 1 - recovers;
    }
    l->released = l->at;
    l->evaded = fmin(1, l->evaded * (1 + w->grows));
}

/* ----------------------------------------------------------------- crossings */

bool rc_losses_one_way(const rc_world *w)
{
    bool worse = (w->linear ? w->rate > 0 : w->a > 0) || w->step > 0 || w->right > 0,
         better = (w->linear && w->rate < 0) || w->step < 0;
    return !(worse && better);
}

/* The moment between the ends of a stretch at which the total passes the limit, which it
 * does once: drift alone is solved, a sum of causes halved down to neighbouring numbers
 * (secants first; an end that stays twice counts half: Dowell & Jarratt 1971). */
static double crossing(const rc_world *w, const rc_losses *l, double limit,
                       double until)
{
    double lost = l->lost[RC_BY_DRIFT];
    if (w->step == 0 && !(w->right > 0)) {
        double room = limit - standing(l);
        double months = w->linear ? (room - lost) / w->rate
                                  : w->tau * rc_log((w->a - lost) / (w->a - room));
        return fmin(until, l->at + fmax(0, months));
    }
    double a = l->at, b = until, fa = rc_losses_total(w, l, a) - limit,
           fb = rc_losses_total(w, l, b) - limit;
    for (int i = 0, side = 0; i < 200 && b - a > 1e-14 * b; i++) {
        double t = (a * fb - b * fa) / (fb - fa);
        if (i > 60 || !(t > a && t < b)) /* secants have come to rest at an end */
            t = a + (b - a) / 2;
        if (!(t > a && t < b))
            break;
        double f = rc_losses_total(w, l, t) - limit;
        if (fabs(f) <= 1e-15 * (1 + fabs(limit)))
            return t;
        if ((f > 0) == (fb > 0)) {
            b = t;
            fb = f;
            fa = side == 1 ? fa / 2 : fa;
            side = 1;
        } else {
            a = t;
            fa = f;
            fb = side == -1 ? fb / 2 : fb;
            side = -1;
        }
    }
    return b;
}

double rc_losses_when(const rc_world *w, const rc_losses *l, double limit, double until)
{
    if (!(limit < INFINITY))
        return INFINITY;
    if (rc_losses_total(w, l, l->at) > limit)
        return l->at;
    return rc_losses_total(w, l, until) > limit ? crossing(w, l, limit, until)
                                                : INFINITY;
}

double rc_losses_over(const rc_world *w, const rc_losses *l, double limit, double until,
                      double *from)
{
    bool first = rc_losses_total(w, l, l->at) > limit,
         last = rc_losses_total(w, l, until) > limit;
    *from = first ? l->at : INFINITY;
    if (first == last)
        return first ? until - l->at : 0;
    double t = crossing(w, l, limit, until);
    if (first)
        return t - l->at;
    *from = t;
    return until - t;
}
