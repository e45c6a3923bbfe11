#include "labels.h"
#include "data_supply.h"
#include "labelling.h"
#include <math.h>

/* Models whose groups bring labels. */
static const char *const plans[] = {"labelling", "data"};
enum { DATA = 1 };

rc_label_source rc_bind_label_source(rc_binder *b, const char *plan,
                                     const void *settings)
{
    const rc_head *head = settings;
    const char *path = rc_bind_print(b, "labels.%s.%s", plan, head->id);
    return (rc_label_source){
        .brings = rc_bind_state(b, rc_bind_print(b, "%s.brings", path), 0.0),
        .from = rc_bind_state(b, rc_bind_print(b, "%s.from", path), NAN),
        .days = rc_bind_state(b, rc_bind_print(b, "%s.days", path), NAN),
        .ramp = rc_bind_state(b, rc_bind_print(b, "%s.ramp", path), 0.0),
        .again = rc_bind_state(b, rc_bind_print(b, "%s.again", path), 0.0),
        .finish = rc_bind_own_finish(b, settings),
    };
}

rc_labels rc_bind_labels(rc_binder *b)
{
    rc_labels labels = {.all = rc_bind_state(b, "labels", 0.0)};
    const void *group;
    for (size_t m = 0; m < sizeof plans / sizeof *plans; m++)
        for (uint32_t i = 0; rc_bind_group(b, plans[m], i); i++)
            labels.n++; /* at the most: some data have no labels */
    labels.sources = rc_bind_alloc(b, labels.n, sizeof *labels.sources);
    labels.n = 0;
    for (size_t m = 0; m < sizeof plans / sizeof *plans; m++)
        for (uint32_t i = 0; (group = rc_bind_group(b, plans[m], i)) != NULL; i++)
            if (m != DATA || ((const rc_data *)group)->label_delay.given)
                labels.sources[labels.n++] = rc_bind_label_source(b, plans[m], group);
    return labels;
}

double rc_labels_planned(rc_binder *b)
{
    const rc_labelling *pool;
    const rc_data *data;
    double items = 0.0;
    for (uint32_t i = 0; (pool = rc_bind_group(b, "labelling", i)) != NULL; i++)
        items += rc_median(&pool->items);
    for (uint32_t i = 0; (data = rc_bind_group(b, "data", i)) != NULL; i++)
        if (data->label_delay.given)
            items += rc_median(&data->items);
    return items;
}

void rc_label_source_place(const rc_label_source *source, const rc_step *step,
                           uint32_t lane, double brings, double from, double days,
                           double ramp)
{
    step->row[source->brings][lane] = brings;
    step->row[source->from][lane] = from;
    step->row[source->days][lane] = days;
    step->row[source->ramp][lane] = ramp;
    step->row[source->again][lane] = step->round > 1 ? 1.0 : 0.0;
}

static double ramped(double days, double ramp)
{
    return days < ramp ? days * days / (2.0 * ramp) : days - ramp / 2.0;
}

double rc_labels_done(double share_of_time, double days, double ramp)
{
    if (!(share_of_time < 1.0))
        return 1.0;
    if (!(share_of_time > 0.0))
        return 0.0;
    return ramped(share_of_time * days, ramp) / ramped(days, ramp);
}

double rc_labels_done_after(double share, double days, double ramp)
{
    if (!(days > 0.0) || !(ramp > 0.0))
        return share;
    const double wanted = share * ramped(days, ramp);
    const double at =
        wanted < ramp / 2.0 ? sqrt(2.0 * ramp * wanted) : wanted + ramp / 2.0;
    return fmin(at / days, 1.0);
}

static double until(const rc_label_source *s, const rc_step *step, uint32_t lane)
{
    const double finish = s->finish == UINT32_MAX || step->row[s->again][lane] > 0.0
                              ? NAN
                              : step->row[s->finish][lane];
    return isnan(finish) ? step->row[s->from][lane] + step->row[s->days][lane] : finish;
}

double rc_labels_there(const rc_labels *labels, const rc_step *step, uint32_t lane,
                       double t)
{
    double there = step->row[labels->all][lane];
    for (uint32_t i = 0; i < labels->n; i++) {
        const rc_label_source *s = labels->sources + i;
        const double from = step->row[s->from][lane], end = until(s, step, lane);
        if (t >= end || isnan(from))
            continue;
        const double done =
            rc_labels_done((t - from) / (end - from), step->row[s->days][lane],
                           step->row[s->ramp][lane]);
        there -= step->row[s->brings][lane] * (1.0 - done);
    }
    return there;
}

double rc_labels_next(const rc_labels *labels, const rc_step *step, uint32_t lane,
                      double t)
{
    double next = INFINITY;
    for (uint32_t i = 0; i < labels->n; i++) {
        const rc_label_source *s = labels->sources + i;
        const double end = until(s, step, lane);
        if (end > t && end < next)
            next = end;
    }
    return next;
}
