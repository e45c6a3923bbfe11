#include "learning_figure.h"
#include <math.h>

#define NEVER 1e12 /* more labels than this nobody has */

struct rc_learning_figure {
    double now, from, until, target;
    double fit_step, curve_step; /* of ln n */
    bool up;
    const rc_learning_curve *settings;
    uint32_t curve, at_target, fit, points_n, points_value; /* series */
    uint32_t ends[3], come, suffice, ever, needed;
};

static uint32_t series(rc_binder *b, const rc_learning_shown *s, const char *path,
                       rc_output_kind kind, const char *unit, uint32_t n)
{
    const uint32_t row = rc_bind_series(b, path, n, NAN);
    rc_bind_output(b, (rc_output){.path = path,
                                  .kind = kind,
                                  .unit = unit,
                                  .row = row,
                                  .series = n,
                                  .name = s->name});
    return row;
}

static void bind_target(rc_learning_figure *f, rc_binder *b, const rc_learning_shown *s)
{
    f->at_target = series(b, s, "figures.learning.at_target", RC_OUT_SHARE, "share",
                          RC_LEARNING_CURVE_STEPS);
    f->suffice = series(b, s, "figures.learning.suffice", RC_OUT_SHARE, "share", 1);
    f->ever = series(b, s, "figures.learning.ever", RC_OUT_SHARE, "share", 1);
    f->needed = series(b, s, "figures.learning.needed", RC_OUT_SPREAD, "labels", 1);
}

rc_learning_figure *rc_bind_learning_figure(rc_binder *b, const rc_learning_shown *s)
{
    const rc_learning_curve *curve = s->curve;
    const uint32_t n = curve->points.n;
    rc_learning_figure *f = rc_bind_alloc(b, 1, sizeof *f);
    f->settings = curve;
    f->up = s->up;
    f->target = s->target;
    f->now = curve->labels_now;
    f->from = n > 0 ? fmin(curve->points.at[0].n, f->now) : f->now;
    f->until = fmax(4.0 * (f->now + s->planned), 10.0 * f->now);
    f->fit_step = rc_log(f->now / f->from) / (RC_LEARNING_FIT_STEPS - 1);
    f->curve_step = rc_log(f->until / f->now) / (RC_LEARNING_CURVE_STEPS - 1);
    static const char *const ends[] = {"figures.learning.from",
                                       "figures.learning.labels_now",
                                       "figures.learning.until"};
    for (int i = 0; i < 3; i++)
        f->ends[i] = series(b, s, ends[i], RC_OUT_MEAN, "labels", 1);
    f->come = series(b, s, "figures.learning.labels_come", RC_OUT_MEAN, "labels", 1);
    f->curve = series(b, s, "figures.learning.curve", RC_OUT_SPREAD, s->unit,
                      RC_LEARNING_CURVE_STEPS);
    if (!isnan(s->target))
        bind_target(f, b, s);
    if (n == 0)
        return f;
    f->fit = series(b, s, "figures.learning.fit", RC_OUT_SPREAD, s->unit,
                    RC_LEARNING_FIT_STEPS);
    f->points_n =
        series(b, s, "figures.learning.points.labels", RC_OUT_MEAN, "labels", n);
    f->points_value =
        series(b, s, "figures.learning.points.value", RC_OUT_MEAN, s->unit, n);
    return f;
}

double rc_learning_needed(const rc_learning_future *w, double labels_now, double wanted)
{
    const double now = rc_pow3(labels_now, 0.0, w->q, w->c);
    if (rc_reaches(w->e, wanted, false))
        return labels_now;
    if (!(w->surprise > 0.0) || !rc_reaches(w->floor, wanted, false))
        return INFINITY;
    const double left = now - (w->e - wanted) / w->surprise; /* q n^-c then */
    if (!(left > 0.0))
        return INFINITY;
    const double n = rc_pow(left / w->q, -1.0 / w->c);
    return n < NEVER ? n : INFINITY;
}

static void fill_points(const rc_learning_figure *f, const rc_step *step, uint32_t lane,
                        const rc_learning_future *w)
{
    const rc_curve_points *points = &f->settings->points;
    /* equal steps of ln n are equal factors of n^-c */
    const double factor = rc_exp(-w->c * f->fit_step);
    double power = rc_pow3(f->from, 0.0, w->q, w->c);
    for (uint32_t i = 0; i < RC_LEARNING_FIT_STEPS; i++, power *= factor) {
        const double e = w->floor + power;
        step->row[f->fit + i][lane] = f->up ? 1.0 - e : e;
    }
    for (uint32_t i = 0; i < points->n; i++) {
        step->row[f->points_n + i][lane] = points->at[i].n;
        step->row[f->points_value + i][lane] = points->at[i].value;
    }
}

void rc_learning_figure_fill(const rc_learning_figure *f, const rc_step *step,
                             uint32_t lane, const rc_learning_future *w)
{
    const double wanted = f->up ? 1.0 - f->target : f->target;
    const double now = rc_pow3(f->now, 0.0, w->q, w->c);
    const double factor = rc_exp(-w->c * f->curve_step);
    double power = now;
    for (uint32_t i = 0; i < RC_LEARNING_CURVE_STEPS; i++, power *= factor) {
        const double e = fmax(w->e - (now - power) * w->surprise, w->floor);
        step->row[f->curve + i][lane] = f->up ? 1.0 - e : e;
        if (!isnan(f->target))
            step->row[f->at_target + i][lane] = rc_reaches(e, wanted, false);
    }
    step->row[f->ends[0]][lane] = f->from;
    step->row[f->ends[1]][lane] = f->now;
    step->row[f->ends[2]][lane] = f->until;
    step->row[f->come][lane] = w->labels;
    if (!isnan(f->target)) {
        const double needed = rc_learning_needed(w, f->now, wanted);
        step->row[f->suffice][lane] = needed <= f->now + w->labels;
        step->row[f->ever][lane] = needed < INFINITY;
        step->row[f->needed][lane] = needed < INFINITY ? needed : NAN;
    }
    if (f->settings->points.n > 0)
        fill_points(f, step, lane, w);
}
