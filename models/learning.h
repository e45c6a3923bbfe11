/* learning.h -- learning curves: quality as a function of the number of labelled
 * examples.
 *
 * e is an error (what is left to the best possible value 1, or a value of which less is
 * better), n the labelled examples, p the error that no amount of data removes.
 *
 *   pow3   e(n) = p + q n^-c
 *   pow4   e(n) = p + q (n + s)^-c
 *   mmf4   e(n) = p + q / (1 + (n/m)^d)
 *   wbl4   e(n) = p + q exp(-(n/m)^d)
 *
 * A search fits pow3 to the measured points once per future, with p the drawn ceiling:
 * least squares, q in closed form on a grid of the exponent c.  With fewer than three
 * points the exponent is drawn: Weibull(1.35, 0.47), the spread of 432 tabular curves.
 * What labels add is never certain: the predicted change is multiplied by 1 + .45 t,
 * t Student with 3 degrees of freedom scaled to sd 1.
 *
 * Units    e, p, q in the unit of the metric; n, m, s examples; c, d plain numbers.
 * Memory   plain values; the grid belongs to the plan.
 * Errors   none; n > 0, q >= 0.
 * Threads  no state.
 * Source   LCDB 1.1 (Yan, Mohr, Viering 2025), as measured on its public data.
 */
#ifndef ROADCAST_MODELS_LEARNING_H
#define ROADCAST_MODELS_LEARNING_H

#include <roadcast/model.h>

typedef struct rc_learning_curve {
    double labels_now;
    rc_estimate ceiling;    /* once: best value that any amount of data reaches */
    rc_curve_points points; /* measured, more labels last */
    rc_estimate exponent;   /* once: c of pow3 */
    rc_position at;
} rc_learning_curve;

extern const rc_group rc_learning_group;

double rc_pow3(double n, double p, double q, double c);
double rc_pow4(double n, double p, double q, double c, double s);
double rc_mmf4(double n, double p, double q, double m, double d);
double rc_wbl4(double n, double p, double q, double m, double d);

/* The scale q >= 0 of pow3 through n points, given p and c: least squares. */
double rc_pow3_scale(const rc_curve_point *error, uint32_t n, double p, double c);

/* A default exponent from a uniform: Weibull(1.35, 0.47). */
double rc_learning_exponent(double u);

/* 1 + .45 t: what the change that a curve predicts is multiplied by. */
double rc_learning_surprise(double u);
/* The same for many: law = rc_student_of(RC_SURPRISE_FREEDOM). */
#define RC_SURPRISE_FREEDOM 3.0
double rc_learning_surprise_of(const rc_student *law, double u);

/* Points prepared once for fits with many ceilings. */
enum { RC_LEARNING_GRID = 200 };
typedef struct rc_learning_fit rc_learning_fit;
/* Points as errors, n > 0 of them. */
rc_learning_fit *rc_learning_prepare(rc_binder *b, const rc_curve_point *error,
                                     uint32_t n);
/* Exponent and scale of pow3 for the floor p: the least squares of the grid
 * c = 0.01, 0.02, … 2.00; the smallest c among equals. */
void rc_learning_solve(const rc_learning_fit *fit, double p, double *q, double *c);

/* Faults of the settings alone. */
void rc_learning_check(const rc_learning_curve *s, bool up, rc_faults *faults);

#endif
