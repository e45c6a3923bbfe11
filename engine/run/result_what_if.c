/* result_what_if.c -- what a change of the plan brings, under the same random numbers. */
#include "run/result.h"
#include <math.h>
#include <string.h>

static bool hit(const rc_making *m, uint64_t i)
{
    const rc_window *w = m->y->window;
    const rc_verdict *v = &m->r->verdict;
    double finish = w->samples[RC_SAMPLE_FINISH][i];
    return !isinf(finish) && (!v->has_deadline || rc_on_time(m->r, finish)) &&
           (!v->has_budget || w->samples[RC_SAMPLE_COST][i] <= m->r->budget) &&
           (!v->has_target || w->outcome[i] == RC_REACHED);
}

/* The futures' values, NULL: nobody asks. */
static const double *values_of(const rc_making *m)
{
    return m->y->plan->value_row == RC_NONE
               ? NULL
               : m->y->window->samples[rc_sample_value(m->r->targets_n)];
}

void rc_pair_window(rc_pairing *p, const rc_making *was, const rc_making *is)
{
    const double *earned = values_of(was), *earns = values_of(is);
    const double *cost = was->y->window->samples[RC_SAMPLE_COST],
                 *its_cost = is->y->window->samples[RC_SAMPLE_COST];
    for (uint64_t i = 0; i < was->y->window->n; i++) {
        bool before = hit(was, i), now = hit(is, i);
        p->better += now && !before;
        p->worse += before && !now;
        if (earned && earns)
            rc_running_add(&p->value, earns[i] - earned[i]);
        rc_running_add(&p->cost, its_cost[i] - cost[i]);
        p->together += (double)(now - before) * (its_cost[i] - cost[i]);
    }
}

static void put_mean(double *mean, double *error, const rc_running *change)
{
    *mean = change->n > 1 ? change->mean : NAN;
    *error = rc_running_error(change);
}

/* Gain for each unit of money: the ratio of two means and its interval (Fieller 1954),
 * which is finite where the money is known to rise. */
static void price(rc_what_if_result *w, double together, double n)
{
    const double coin = 0.005; /* less is rounding, not money */
    const double cost = w->cost_change, error = w->cost_change_error;
    w->per_money = w->per_money_low = w->per_money_high = NAN;
    if (!(cost > fmax(error, coin)))
        return;
    double both = RC_Z95 * RC_Z95 * (together / n - w->gain * cost) / (n - 1);
    double a = cost * cost - error * error, b = w->gain * cost - both;
    double c = w->gain * w->gain - w->gain_error * w->gain_error;
    double half = sqrt(fmax(b * b - a * c, 0.0));
    w->per_money = w->gain / cost;
    w->per_money_low = (b - half) / a;
    w->per_money_high = (b + half) / a;
}

static bool same_goals(const rc_result *r, const rc_result *other)
{
    if (r->deadline_date != other->deadline_date || r->targets_n != other->targets_n ||
        r->budget != other->budget)
        return false;
    for (uint32_t i = 0; i < r->targets_n; i++) {
        const rc_target *was = &r->targets[i], *is = &other->targets[i];
        if (strcmp(was->metric, is->metric) != 0 || was->up != is->up ||
            was->value != is->value)
            return false;
    }
    return true;
}

/* Every result keeps it. */
static uint32_t percentile_80(const rc_result *r)
{
    uint32_t i = 0;
    while (r->percentiles[i] != 80)
        i++;
    return i;
}

rc_status rc_make_what_if(rc_making *m, const rc_variant *variant, const rc_pairing *p,
                          const rc_result *other, rc_error *err)
{
    rc_result *r = m->r;
    rc_what_if_result *list = rc_making_take(m, r->what_if_n + 1u, sizeof *list);
    const char *id = rc_making_text(m, variant->id);
    const char *name = rc_making_text(m, variant->name);
    if (m->failed)
        return rc_fail(err, RC_IO, "out of memory for a what-if");
    if (r->what_if_n)
        memcpy(list, r->what_if, r->what_if_n * sizeof *list);
    double n = (double)r->futures;
    double gain = ((double)p->better - (double)p->worse) / n;
    double variance = ((double)p->better + (double)p->worse) / n - gain * gain;
    rc_what_if_result *w = &list[r->what_if_n];
    *w = (rc_what_if_result){.id = id,
                             .name = name,
                             .verdict = other->verdict,
                             .gain = gain,
                             .gain_error = RC_Z95 * sqrt(fmax(variance, 0.0) / n),
                             .same_goals = same_goals(r, other)};
    const uint32_t p80 = percentile_80(other);
    const rc_spread *finish = &other->finish, *cost = &other->cost;
    w->finish_p80_days = finish->p[p80];
    w->finish_p80_low = finish->p_low[p80];
    w->finish_p80_high = finish->p_high[p80];
    w->cost_p80 = cost->p[p80];
    w->cost_p80_low = cost->p_low[p80];
    w->cost_p80_high = cost->p_high[p80];
    put_mean(&w->value_gain, &w->value_gain_error, &p->value);
    put_mean(&w->cost_change, &w->cost_change_error, &p->cost);
    price(w, p->together, n);
    w->verdict.stops = NULL; /* belong to the other's result */
    w->verdict.stops_n = 0;
    w->verdict.targets = NULL;
    w->verdict.targets_n = 0;
    r->what_if = list;
    r->what_if_n++;
    return RC_OK;
}
