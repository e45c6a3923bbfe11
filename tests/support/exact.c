#include "exact.h"
#include <check.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

static char said[160];

static const char *judge(const char *what, double found, double exact, double error)
{
    const double room = EXACT_LIMIT * error + 1e-9 * (1 + fabs(exact));
    if (fabs(found - exact) <= room)
        return NULL;
    snprintf(said, sizeof said, "%s%.9g, exactly %.9g ± %.3g", what, found, exact,
             room);
    return said;
}

const char *exact_near(double found, double exact, double error)
{
    return judge("", found, exact, error);
}

static double share_error(double p, double n)
{
    return sqrt(p * (1 - p) / n);
}

const char *exact_share(double found, double exact, double n)
{
    return exact_near(found, exact, share_error(exact, n));
}

const char *exact_mean(const rc_spread *found, double exact)
{
    return exact_near(found->mean, exact, found->sd / sqrt((double)found->n));
}

exact_moments exact_moments_of(const double *x, uint32_t n)
{
    exact_moments m = {0, 0, 0};
    for (uint32_t i = 0; i < n; i++)
        m.mean += x[i] / n;
    for (uint32_t i = 0; i < n; i++) {
        const double square = (x[i] - m.mean) * (x[i] - m.mean);
        m.variance += square / n;
        m.fourth += square * square / n;
    }
    return m;
}

double exact_below(const double *x, uint32_t n, double at)
{
    uint32_t below = 0;
    for (uint32_t i = 0; i < n; i++)
        below += x[i] <= at;
    return (double)below / n;
}

const char *exact_of_law(const double *x, uint32_t n, const exact_law *law)
{
    const exact_moments m = exact_moments_of(x, n);
    const double of_mean = sqrt(m.variance / n),
                 of_variance = sqrt((m.fourth - m.variance * m.variance) / n);
    const char *wrong = NULL;
    if (!isnan(law->mean))
        wrong = judge("mean ", m.mean, law->mean, of_mean);
    if (!wrong && !isnan(law->variance))
        wrong = judge("variance ", m.variance, law->variance, of_variance);
    for (int i = 0; !wrong && i < EXACT_POINTS && law->point[i].chance > 0; i++) {
        const exact_point *p = &law->point[i];
        char what[40];
        snprintf(what, sizeof what, "at most %g: ", p->at);
        wrong =
            judge(what, exact_below(x, n, p->at), p->chance, share_error(p->chance, n));
    }
    return wrong;
}

const char *exact_rank(const double *x, uint32_t n, double percent, double p)
{
    const double rank = ceil(percent * n / 100);
    double less = 0, most = 0;
    for (uint32_t i = 0; i < n; i++) {
        less += x[i] < p;
        most += x[i] <= p;
    }
    if (less < rank && rank <= most)
        return NULL;
    snprintf(said, sizeof said, "P%g is %.17g: %.0f below it, %.0f not above, of %.0f",
             percent, p, less, most, rank);
    return said;
}

void exact_holds(const char *wrong, const char *name, ...)
{
    char text[160];
    va_list list;
    va_start(list, name);
    vsnprintf(text, sizeof text, name, list);
    va_end(list);
    ck_assert_msg(!wrong, "%s: %s", text, wrong);
}
