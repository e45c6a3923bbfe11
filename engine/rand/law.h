/* law.h -- what each law must know, and the one list of them (dist.c).
 *
 * A new law is one rc_law_ops in dist_<law>.c and one line in the list; the parser of
 * estimates, the tables and the tests walk the list.
 *
 * All functions get a lawful law and know nothing of floor_at, except where cuts is
 * set. A tail probability is counted from below, or with `upper` from above, so that no
 * digit is lost near one.
 */
#ifndef ROADCAST_RAND_LAW_H
#define ROADCAST_RAND_LAW_H

#include <roadcast/dist.h>
#include <stddef.h>

typedef struct rc_law_ops {
    const char *name;
    uint32_t parameters;                     /* how many of p[] count */
    const char *(*wrong)(const rc_law *law); /* what is unlawful; NULL: nothing */
    double (*quantile)(const rc_law *law, double p, bool upper);
    double (*tail)(const rc_law *law, double x, bool upper); /* P(X <= x) or P(X > x) */
    double (*mean)(const rc_law *law);
    double (*variance)(const rc_law *law);
    void (*support)(const rc_law *law, double *low, double *high);
    bool (*continuous)(const rc_law *law); /* NULL: it is */
    bool cuts; /* mean and variance honour floor_at themselves */

    /* law = location + scale * standard; laws of equal standard share a table. Only its
     * kind and p[] are read. NULL: sampled without a table of cells. */
    rc_law (*standard)(const rc_law *law, double *location, double *scale);
} rc_law_ops;

extern const rc_law_ops rc_law_constant, rc_law_uniform, rc_law_triangular,
    rc_law_normal, rc_law_lognormal, rc_law_exponential, rc_law_gamma, rc_law_weibull,
    rc_law_beta, rc_law_pert, rc_law_bernoulli, rc_law_poisson, rc_law_discrete,
    rc_law_metalog, rc_law_mixture;

const rc_law_ops *rc_law_ops_of(rc_law_kind kind);

double rc_law_tail(const rc_law *law, double x, bool upper); /* floor_at honoured */

/* Integral over p in (0, upto) of f(quantile(p)), from the lower or the upper end. */
double rc_law_integral(const rc_law *law, double upto, bool upper,
                       double (*f)(double x, const double *with), const double *with);

#endif
