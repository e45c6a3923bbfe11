#include "report/verdict.h"
#include "base/date.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static bool launches(const rc_result *r)
{
    for (uint32_t i = 0; i < r->tasks_n; i++)
        if (r->tasks[i].milestone && strcmp(r->tasks[i].milestone, "launch") == 0)
            return true;
    return false;
}

const char *rc_verdict_done(const rc_result *r)
{
    return launches(r) ? "launched" : "finished";
}

const char *rc_verdict_noun(const rc_result *r)
{
    return launches(r) ? "Launch" : "Finish";
}

uint32_t rc_percentile_index(const rc_result *r, double percent)
{
    for (uint32_t i = 0; i < r->percentiles_n; i++)
        if (fabs(r->percentiles[i] - percent) < 1e-9)
            return i;
    return UINT32_MAX;
}

const char *rc_origin_word(rc_origin origin)
{
    static const char *const words[] = {
        [RC_STATED] = "stated", [RC_DEFAULT] = "default", [RC_FITTED] = "fitted"};
    return words[origin];
}

bool rc_year_differs(const rc_result *r, int32_t date)
{
    int32_t anchor =
        r->deadline_date != RC_DATE_NONE ? r->deadline_date : r->start_date;
    return rc_date_ymd(date).year != rc_date_ymd(anchor).year;
}

static char *finish_words(char out[RC_HUMAN], const rc_result *r, double days,
                          bool year)
{
    if (isnan(days))
        return rc_human_date(out, RC_DATE_NONE, false);
    if (isinf(days))
        return rc_human_date(out, INT32_MAX, false);
    int32_t date = rc_result_finish_date(r, days);
    return rc_human_date(out, date, year || rc_year_differs(r, date));
}

char *rc_finish_words(char out[RC_HUMAN], const rc_result *r, double days)
{
    return finish_words(out, r, days, false);
}

char *rc_finish_words_year(char out[RC_HUMAN], const rc_result *r, double days)
{
    return finish_words(out, r, days, true);
}

char *rc_metric_words(char *out, const char *id, bool capital)
{
    rc_human_name(out, 4 * RC_NAME, id, RC_NAME);
    for (char *c = out; *c; c++)
        if (*c == '_')
            *c = ' ';
    if (capital && out[0] >= 'a' && out[0] <= 'z')
        out[0] = (char)(out[0] - 'a' + 'A');
    return out;
}

char *rc_target_words_of(char out[RC_HUMAN], const rc_target *target, double value)
{
    char text[RC_HUMAN];
    rc_human_metric(text, value, target->unit, -1);
    snprintf(out, RC_HUMAN, "%.50s%s", text, target->up ? "" : " or less");
    return out;
}

char *rc_target_words(char out[RC_HUMAN], const rc_result *r, double value)
{
    return rc_target_words_of(out, &r->target, value);
}

const char *rc_count_words(char out[RC_HUMAN], uint32_t n)
{
    static const char *const words[] = {"",         "",         "both",   "all three",
                                        "all four", "all five", "all six"};
    if (n < sizeof words / sizeof *words)
        return words[n];
    snprintf(out, RC_HUMAN, "all %u", (unsigned)n);
    return out;
}

uint32_t rc_verdict_goals_n(const rc_result *r)
{
    const rc_verdict *v = &r->verdict;
    return (uint32_t)v->has_deadline + v->has_budget + r->targets_n;
}

const rc_stop *rc_verdict_stop(const rc_verdict *v, uint32_t rank)
{
    for (uint32_t i = 0; i < v->stops_n; i++) {
        uint32_t before = 0;
        for (uint32_t k = 0; k < v->stops_n; k++)
            before += v->stops[k].p.p > v->stops[i].p.p ||
                      (k < i && v->stops[k].p.p == v->stops[i].p.p);
        if (before == rank)
            return v->stops[i].p.p > 0 ? &v->stops[i] : NULL;
    }
    return NULL;
}

rc_share rc_verdict_chance(const rc_verdict *v)
{
    if (v->has_deadline + v->has_budget + v->has_target != 1)
        return v->all;
    return v->has_deadline ? v->deadline : v->has_budget ? v->budget : v->target;
}

char *rc_verdict_goals(char *out, size_t size, const rc_result *r)
{
    const rc_verdict *v = &r->verdict;
    char text[RC_HUMAN], name[4 * RC_NAME];
    const char *comma = "";
    out[0] = 0;
    if (v->has_deadline) {
        rc_append(out, size, "%s by %s", rc_verdict_done(r),
                  rc_human_date(text, r->deadline_date, true));
        comma = ", ";
    }
    if (v->has_budget) {
        rc_append(out, size, "%swithin %s", comma,
                  rc_human_money(text, r->budget, r->currency));
        comma = ", ";
    }
    for (uint32_t i = 0; i < r->targets_n; i++) {
        const rc_target *t = &r->targets[i];
        rc_append(out, size, "%s%s truly %s", comma,
                  rc_metric_words(name, t->metric, false),
                  rc_target_words_of(text, t, t->value));
        comma = ", ";
    }
    return out;
}

char *rc_verdict_headline(char *out, size_t size, const rc_result *r)
{
    char chance[RC_HUMAN], date[RC_HUMAN], count[RC_HUMAN], goals[512];
    uint32_t n = rc_verdict_goals_n(r);
    if (n == 0) {
        double middle = rc_spread_at(r, &r->finish, 50);
        snprintf(out, size,
                 isinf(middle) ? "More than half of all futures are never %s"
                               : "%s in the middle by %s",
                 isinf(middle) ? rc_verdict_done(r) : rc_verdict_noun(r),
                 rc_finish_words_year(date, r, middle));
        return out;
    }
    rc_human_share(chance, rc_verdict_chance(&r->verdict));
    rc_verdict_goals(goals, sizeof goals, r);
    if (n == 1)
        snprintf(out, size, "%s chance: %s", chance, goals);
    else
        snprintf(out, size, "%s chance of %s: %s", chance, rc_count_words(count, n),
                 goals);
    return out;
}

bool rc_is_progress(const rc_result *r, double target)
{
    const rc_output_result *best = rc_result_output(r, "figures.search.best");
    double start = best && best->spread ? rc_spread_at(r, &best->spread[0], 50) : NAN;
    double more = r->target.up ? target - start : start - target;
    return !(more <= 1e-9 * (1 + fabs(start))); /* not known: it does */
}

static bool is_worth_saying(const rc_result *r, const rc_fallback *less)
{
    return isfinite(less->days) && rc_is_progress(r, less->target);
}

static void fallback(char *out, size_t size, const rc_result *r)
{
    const rc_verdict *v = &r->verdict;
    const rc_fallback *less =
        is_worth_saying(r, &v->fallback) ? &v->fallback : &v->fallback_later;
    char target[RC_HUMAN], chance[RC_HUMAN], date[RC_HUMAN], name[4 * RC_NAME] = "";
    if (!is_worth_saying(r, less))
        return;
    if (r->targets_n > 1) /* which of them gives way */
        strcat(rc_metric_words(name, r->target.metric, true), " ");
    rc_append(out, size, " %s%s by %s would be %s sure.", name,
              rc_target_words(target, r, less->target),
              rc_finish_words(date, r, less->days),
              rc_human_percent(chance, less->chance.p));
}

int32_t (*rc_task_start_date(const rc_task_result *t))(const rc_result *, double)
{
    bool instant = t->duration.mean == 0 && t->duration.sd == 0;
    return instant ? rc_result_finish_date : rc_result_start_date;
}

bool rc_verdict_can_promise(const rc_result *r)
{
    return r->futures >= RC_PROMISE_FUTURES;
}

bool rc_drivers_are_known(const rc_result *r)
{
    return r->finish_launched.n >= RC_DRIVER_FUTURES;
}

uint32_t rc_drivers_seen(const rc_result *r, uint32_t most)
{
    if (!rc_drivers_are_known(r))
        return 0;
    const rc_spread *finish = &r->finish_launched;
    const double tenth =
        0.1 * (double)finish->n * (double)r->detail_futures / (double)r->futures;
    const double noise = 4 * finish->sd * sqrt(2 / tenth);
    uint32_t n = 0;
    while (n < r->drivers_n && n < most) {
        const rc_driver *d = &r->drivers[n];
        if (fmax(fabs(d->low_days), fabs(d->high_days)) < 0.05 ||
            fabs(d->high_days - d->low_days) < noise)
            break;
        n++;
    }
    return n;
}

char *rc_verdict_promise(char *out, size_t size, const rc_result *r)
{
    const rc_verdict *v = &r->verdict;
    char text[RC_HUMAN], target[RC_HUMAN], sure[RC_HUMAN];
    out[0] = 0;
    if (isnan(v->promise_days))
        return out;
    if (!rc_verdict_can_promise(r)) {
        rc_append(out, size,
                  "%u future%s too few for a promise: it takes %d, better 10 000.",
                  (unsigned)r->futures, r->futures == 1 ? " is" : "s are",
                  RC_PROMISE_FUTURES);
        return out;
    }
    rc_human_percent(sure, v->confidence);
    if (r->targets_n > 1)
        snprintf(target, sizeof target, "%.20s targets met",
                 rc_count_words(text, r->targets_n));
    else
        rc_target_words(target, r, r->target.value);
    if (isfinite(v->promise_days)) {
        rc_append(out, size, "Promise %s: %s%s%s in %s of futures.",
                  rc_finish_words_year(text, r, v->promise_days), rc_verdict_done(r),
                  v->has_target ? " with " : "", v->has_target ? target : "", sure);
        return out;
    }
    rc_append(out, size, "No date is %s sure: ", sure);
    rc_share some = v->has_target ? v->target : v->launch;
    rc_human_share(text, (rc_share){1 - some.p, 1 - some.high, 1 - some.low});
    if (v->has_target)
        rc_append(out, size, "%s of futures never %s with %s.", text,
                  launches(r) ? "launch" : "finish", target);
    else
        rc_append(out, size, "%s of futures are never %s.", text, rc_verdict_done(r));
    if (v->has_target)
        fallback(out, size, r);
    return out;
}
