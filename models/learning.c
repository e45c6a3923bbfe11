#include "learning.h"
#include <math.h>

static const rc_setting settings[] = {
    {.key = "labels_now",
     .kind = RC_REAL,
     .dimension = RC_COUNT,
     .offset = offsetof(rc_learning_curve, labels_now),
     .required = true,
     .low = 1.0,
     .high = 1e12,
     .help = "labelled examples that today's model has seen"},
    {.key = "ceiling",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_METRIC,
     .offset = offsetof(rc_learning_curve, ceiling),
     .help =
         "best value of the metric that any amount of labels would reach; without it "
         "drawn so that `reachable` holds (our judgement)"},
    {.key = "points",
     .kind = RC_CURVE_POINTS,
     .dimension = RC_METRIC,
     .offset = offsetof(rc_learning_curve, points),
     .help = "measured: ( labels, value ), each on a training set of that size"},
    {.key = "exponent",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_NUMBER,
     .offset = offsetof(rc_learning_curve, exponent),
     .help = "c of ceiling - a n^-c; without it fitted to three or more points, else "
             "weibull(1.35, 0.47), the spread of 432 tabular curves of LCDB 1.1"},
    {0},
};

const rc_group rc_learning_group = {
    .name = "learning_curve",
    .size = sizeof(rc_learning_curve),
    .settings = settings,
    .help = "how the metric rises with labels: ceiling - a n^-c",
};

double rc_pow3(double n, double p, double q, double c)
{
    return p + q * rc_pow(n, -c);
}

double rc_pow4(double n, double p, double q, double c, double s)
{
    return p + q * rc_pow(n + s, -c);
}

double rc_mmf4(double n, double p, double q, double m, double d)
{
    return p + q / (1.0 + rc_pow(n / m, d));
}

double rc_wbl4(double n, double p, double q, double m, double d)
{
    return p + q * rc_exp(-rc_pow(n / m, d));
}

double rc_pow3_scale(const rc_curve_point *error, uint32_t n, double p, double c)
{
    double up = 0.0, down = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        const double power = rc_pow(error[i].n, -c);
        up += (error[i].value - p) * power;
        down += power * power;
    }
    return down > 0.0 ? fmax(up / down, 0.0) : 0.0;
}

double rc_learning_exponent(double u)
{
    return 0.47 * rc_pow(-rc_log1p(-u), 1.0 / 1.35);
}

double rc_learning_surprise_of(const rc_student *law, double u)
{
    return 1.0 + 0.45 * rc_student_value(law, u) / sqrt(3.0);
}

double rc_learning_surprise(double u)
{
    const rc_student law = rc_student_of(RC_SURPRISE_FREEDOM);
    return rc_learning_surprise_of(&law, u);
}

/* Powers are relative to the last point, n / n_last, to keep them near one.  The sum of
 * squares at the best scale, up / down, is sum of y^2 - up^2 / down: the first is the
 * same for all exponents, so the largest up^2 / down wins. */
struct rc_learning_fit {
    uint32_t n;
    double last;
    double *value;   /* [n] */
    double *power;   /* [n][grid] */
    double *by_down; /* [grid] 1 / sum of power^2 */
    double *unit;    /* [grid] last^c */
};

static double exponent_at(uint32_t g)
{
    return (double)(g + 1) / 100.0;
}

rc_learning_fit *rc_learning_prepare(rc_binder *b, const rc_curve_point *error,
                                     uint32_t n)
{
    rc_learning_fit *fit = rc_bind_alloc(b, 1, sizeof *fit);
    fit->n = n;
    fit->last = error[n - 1].n;
    fit->value = rc_bind_alloc(b, n, sizeof(double));
    fit->power = rc_bind_alloc(b, (size_t)n * RC_LEARNING_GRID, sizeof(double));
    fit->by_down = rc_bind_alloc(b, RC_LEARNING_GRID, sizeof(double));
    fit->unit = rc_bind_alloc(b, RC_LEARNING_GRID, sizeof(double));
    for (uint32_t i = 0; i < n; i++)
        fit->value[i] = error[i].value;
    for (uint32_t g = 0; g < RC_LEARNING_GRID; g++) {
        double down = 0.0;
        for (uint32_t i = 0; i < n; i++) {
            const double power = rc_pow(error[i].n / fit->last, -exponent_at(g));
            fit->power[i * RC_LEARNING_GRID + g] = power;
            down += power * power;
        }
        fit->by_down[g] = 1.0 / down;
        fit->unit[g] = rc_pow(fit->last, exponent_at(g));
    }
    return fit;
}

void rc_learning_solve(const rc_learning_fit *fit, double p, double *q, double *c)
{
    double up[RC_LEARNING_GRID] = {0};
    for (uint32_t i = 0; i < fit->n; i++) {
        const double y = fit->value[i] - p;
        const double *power = fit->power + i * RC_LEARNING_GRID;
        for (uint32_t g = 0; g < RC_LEARNING_GRID; g++)
            up[g] += y * power[g];
    }
    /* below 0 where it points down; the size of the largest by plain vector code, which a
     * running maximum is not, then the first of that size */
    enum { HALF = RC_LEARNING_GRID / 2, QUARTER = HALF / 2 };
    double explained[RC_LEARNING_GRID], larger[HALF], most = 0.0;
    for (uint32_t g = 0; g < RC_LEARNING_GRID; g++)
        explained[g] = up[g] * fabs(up[g]) * fit->by_down[g];
    for (uint32_t g = 0; g < HALF; g++)
        larger[g] = rc_max(explained[g], explained[g + HALF]);
    for (uint32_t g = 0; g < QUARTER; g++)
        most = rc_max(most, rc_max(larger[g], larger[g + QUARTER]));
    uint32_t best = 0;
    while (most > 0.0 && explained[best] < most)
        best++;
    *c = exponent_at(best);
    *q = fmax(up[best], 0.0) * fit->by_down[best] * fit->unit[best];
}

void rc_learning_check(const rc_learning_curve *s, bool up, rc_faults *faults)
{
    for (uint32_t i = 0; i < s->points.n; i++) {
        const rc_curve_point *point = s->points.at + i;
        if (!(point->n > 0.0))
            rc_fault(faults, s->at, "write ( labels, \"value\" )",
                     "a point of a learning curve needs more than 0 labels");
        if (i == 0)
            continue;
        if (!(point->n > point[-1].n))
            rc_fault(faults, s->at, "smallest number of labels first",
                     "points of the learning curve are out of order");
        else if (up ? point->value < point[-1].value : point->value > point[-1].value)
            rc_warn(faults, s->at, NULL,
                    "the learning curve gets worse from %.0f to %.0f labels",
                    point[-1].n, point->n);
    }
}
