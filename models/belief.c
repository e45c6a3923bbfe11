#include "belief.h"
#include <math.h>
#include <string.h>

rc_belief rc_belief_from_law(const rc_law *law)
{
    const double mean = fmin(fmax(rc_law_mean(law), 0.0), 1.0);
    const double variance = rc_law_variance(law);
    const double room = mean * (1.0 - mean);
    if (!(variance > 1e-12 && variance < room))
        return (rc_belief){mean, INFINITY};
    const double sum = room / variance - 1.0;
    return (rc_belief){mean * sum, (1.0 - mean) * sum};
}

double rc_belief_mean(rc_belief p, double kept, double tried)
{
    if (isinf(p.b))
        return p.a;
    return (p.a + kept) / (p.a + p.b + fmax(tried, kept));
}

double rc_belief_all_fail(rc_belief p, double m)
{
    if (isinf(p.b))
        return p.a < 1.0 ? rc_exp(m * rc_log1p(-p.a)) : (m > 0.0 ? 0.0 : 1.0);
    return rc_exp(rc_log_gamma(p.a + p.b) + rc_log_gamma(p.b + m) - rc_log_gamma(p.b) -
                  rc_log_gamma(p.a + p.b + m));
}

double rc_belief_feasible(double pi, double all_fail)
{
    if (pi <= 0.0 || pi >= 1.0)
        return pi; /* certain: no failure changes that */
    return pi * all_fail / (pi * all_fail + (1.0 - pi));
}

double rc_belief_quantile(rc_belief p, double kept, double tried, double u)
{
    if (isinf(p.b))
        return p.a;
    return rc_beta_quantile(u, p.a + kept, p.b + fmax(tried - kept, 0.0));
}

/* ------------------------------------------------------- tries already made */

static void skip_blanks(const char **at)
{
    while (**at == ' ')
        ++*at;
}

static bool take_number(const char **at, double *out)
{
    const char *p = *at;
    double value = 0.0, unit = 1.0;
    if (*p == '+')
        p++;
    if (*p < '0' || *p > '9')
        return false;
    for (; *p >= '0' && *p <= '9'; p++)
        value = value * 10.0 + (double)(*p - '0');
    if (*p == '.')
        for (p++; *p >= '0' && *p <= '9'; p++) {
            unit *= 10.0;
            value = value * 10.0 + (double)(*p - '0');
        }
    *out = value / unit;
    *at = p;
    return true;
}

static bool take_word(const char **at, const char *word)
{
    const size_t n = strlen(word);
    if (strncmp(*at, word, n) != 0)
        return false;
    *at += n;
    return true;
}

static bool take_part(const char **at, rc_so_far *out)
{
    double value;
    skip_blanks(at);
    if (take_word(at, "best")) {
        skip_blanks(at);
        if (!take_number(at, &value))
            return false;
        skip_blanks(at);
        out->best = value / 100.0;
        return take_word(at, "points") || take_word(at, "point");
    }
    if (!take_number(at, &value) || value != floor(value))
        return false;
    skip_blanks(at);
    if (take_word(at, "tries") || take_word(at, "try"))
        out->tries = value;
    else if (take_word(at, "worked"))
        out->worked = value;
    else
        return false;
    return true;
}

bool rc_so_far_read(const char *text, rc_so_far *out)
{
    *out = (rc_so_far){0};
    do {
        if (!take_part(&text, out))
            return false;
        skip_blanks(&text);
    } while (*text == ',' && text++);
    return *text == '\0' && out->tries > 0.0;
}
