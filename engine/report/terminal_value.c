/* terminal_value.c -- what the plan is worth, on a screen: whether it pays at all, then how
 * much, and whether the hypothesis holds. */
#include "report/human.h"
#include "report/line.h"
#include "report/terminal.h"
#include "report/verdict.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static const rc_output_result *output_of(const rc_result *r, const char *path)
{
    const rc_output_result *o = rc_result_output(r, path);
    return o && o->spread && o->spread[0].n ? o : NULL;
}

/* Against the better of the two other choices: today's model, which may be kept, brings
 * nothing or more. */
static const rc_output_result *gain_of(const rc_result *r, bool *over_today)
{
    const rc_output_result *over = output_of(r, "value.npv_over_today");
    *over_today = over != NULL;
    return over ? over : output_of(r, "value.npv");
}

static const char *chance_of(char out[RC_HUMAN], const rc_result *r, const char *path)
{
    const rc_output_result *o = rc_result_output(r, path);
    return rc_human_share_of(out,
                             o && o->share ? o->share[0] : (rc_share){NAN, NAN, NAN},
                             r->detail_futures);
}

/* Below 0 by more than the simulation's own error. */
bool rc_value_is_negative(const rc_result *r)
{
    bool over_today;
    const rc_output_result *gain = gain_of(r, &over_today);
    return gain && gain->spread[0].mean +
                           1.96 * gain->spread[0].sd / sqrt((double)gain->spread[0].n) <
                       0;
}

char *rc_value_advice(char *out, size_t size, const rc_result *r)
{
    char money[RC_HUMAN], chance[RC_HUMAN];
    bool over_today;
    const rc_output_result *gain = gain_of(r, &over_today);
    out[0] = 0;
    if (!rc_value_is_negative(r))
        return out;
    rc_human_money(money, -gain->spread[0].mean, r->currency);
    chance_of(chance, r, over_today ? "value.p_beats_today" : "value.p_pays");
    if (over_today)
        snprintf(
            out, size,
            "Better to keep today's model: this plan brings %s less on average, and "
            "more in %s of futures.",
            money, chance);
    else
        snprintf(
            out, size,
            "Better not to start: this plan loses %s on average, and pays in %s of "
            "futures.",
            money, chance);
    return out;
}

void rc_terminal_advice(rc_sheet *s, const rc_result *r)
{
    char line[512];
    rc_value_advice(line, sizeof line, r);
    if (!line[0])
        return;
    rc_sheet_to(s, RC_SHEET_TEXT);
    rc_sheet_paragraph(s, RC_SHEET_TEXT, RC_BOLD, line);
    rc_sheet_newline(s);
    rc_sheet_newline(s);
}

/* ------------------------------------------------------------------ a row each */

static void row(rc_sheet *s, const char *label, const char *text)
{
    rc_line line = {.n = 0};
    rc_line_say(&line, "%s", text);
    rc_line_put(s, label, &line);
}

/* The users who are served least, where somebody may not be. */
static const rc_output_result *least_served(const rc_result *r)
{
    const rc_output_result *least = NULL;
    for (uint32_t i = 0; i < r->outputs_n; i++) {
        const rc_output_result *o = &r->outputs[i];
        const char *end = strstr(o->output.path, "].p_served");
        if (strncmp(o->output.path, "value.segments[", 15) == 0 && end && !end[10] &&
            o->share && (!least || o->share[0].p < least->share[0].p))
            least = o;
    }
    return least && least->share[0].p < 0.995 ? least : NULL;
}

static void say(char *out, size_t size, const char *text)
{
    size_t used = strlen(out);
    snprintf(out + used, size - used, "%s", text);
}

/* A mean; with its error where that is more than its digits say. */
static char *mean_words(char out[3 * RC_HUMAN], const rc_spread *s,
                        const char *currency)
{
    char mean[RC_HUMAN], error[RC_HUMAN];
    double half = 1.96 * s->sd / sqrt((double)s->n);
    rc_human_money_known(mean, fabs(s->mean), half, currency);
    rc_human_money_error(error, half, currency);
    if (half > 0.05 * fabs(s->mean))
        snprintf(out, 3 * RC_HUMAN, "%s (\xc2\xb1 %s)", mean, error);
    else
        snprintf(out, 3 * RC_HUMAN, "%s", mean);
    return out;
}

/* Today's model, where it is not the one that a search starts from. */
static char *two_models(char out[3 * RC_HUMAN], const rc_result *r)
{
    const rc_spread *now = rc_first_spread(r, "value", "today_quality"),
                    *start = rc_first_spread(r, "value", "search_starts_at");
    char its[RC_HUMAN], other[RC_HUMAN];
    out[0] = 0;
    if (now && start)
        snprintf(out, 3 * RC_HUMAN, " (%s; the search starts from one of %s)",
                 rc_human_metric(its, now->mean, r->target.unit, -1),
                 rc_human_metric(other, start->mean, r->target.unit, 1));
    return out;
}

static void how_much(char *out, size_t size, const rc_result *r)
{
    char mean[3 * RC_HUMAN], models[3 * RC_HUMAN], low[RC_HUMAN], high[RC_HUMAN],
        chance[RC_HUMAN];
    bool over_today;
    const rc_output_result *gain = gain_of(r, &over_today),
                           *months = rc_result_output(r, "value.by_month");
    const rc_spread *npv = &gain->spread[0];
    mean_words(mean, npv, r->currency);
    rc_human_money(low, rc_spread_at(r, npv, 10), r->currency);
    rc_human_money(high, rc_spread_at(r, npv, 90), r->currency);
    chance_of(chance, r, over_today ? "value.p_beats_today" : "value.p_pays");
    const char *word = over_today      ? npv->mean < 0 ? "less" : "more"
                       : npv->mean < 0 ? "lost"
                                       : "earned";
    snprintf(out, size, "on average %s %s%s%s in %u months (P10 %s, P90 %s); %s in %s.",
             mean, word, over_today ? " than today's model" : ", all costs paid,",
             two_models(models, r), months ? months->output.series : 0, low, high,
             over_today ? "more" : "it pays", chance);
}

static void what_else(char *out, size_t size, const rc_result *r)
{
    char money[RC_HUMAN], line[256], name[4 * RC_NAME], chance[RC_HUMAN];
    const rc_output_result *delay = output_of(r, "value.cost_of_delay"),
                           *back = output_of(r, "value.paid_back"),
                           *least = least_served(r);
    if (delay) {
        double cost = delay->spread[0].mean;
        snprintf(line, sizeof line, " A week later %s %s%s.",
                 cost < 0 ? "saves" : "costs",
                 rc_human_money(money, fabs(cost), r->currency),
                 r->finish_launched.n < r->futures ? " if it launches" : "");
        say(out, size, line);
    }
    if (back) {
        snprintf(line, sizeof line, " Paid back in %s, half by month %.0f.",
                 chance_of(chance, r, "value.p_paid_back"),
                 rc_spread_at(r, &back->spread[0], 50));
        say(out, size, line);
    }
    if (least) {
        snprintf(line, sizeof line, " Least served: %s, at some time in %s.",
                 rc_human_name(name, sizeof name, least->output.name, RC_NAME),
                 rc_human_share_of(chance, least->share[0], r->detail_futures));
        say(out, size, line);
    }
}

void rc_terminal_value(rc_sheet *s, const rc_result *r)
{
    char line[1024];
    bool over_today;
    if (!gain_of(r, &over_today))
        return;
    how_much(line, sizeof line, r);
    what_else(line, sizeof line, r);
    row(s, "Value", line);
}

/* ----------------------------------------------------------------- hypothesis */

/* "1.02 M€/month": money over time as money; else as a metric. */
static char *measure_words(char out[RC_HUMAN], double value, const rc_result *r)
{
    const char *unit = r->supports.unit, *per = unit ? strchr(unit, '/') : NULL;
    size_t n = r->currency ? strlen(r->currency) : 0;
    if (!per || n == 0 || (size_t)(per - unit) != n ||
        strncmp(unit, r->currency, n) != 0)
        return rc_human_metric(out, value, unit, -1);
    char money[RC_HUMAN];
    snprintf(out, RC_HUMAN, "%.40s%.16s", rc_human_money(money, value, r->currency),
             per);
    return out;
}

void rc_terminal_hypothesis(rc_sheet *s, const rc_result *r)
{
    const rc_output_result *holds = rc_result_output(r, "hypothesis.holds"),
                           *measure = output_of(r, "hypothesis.measure"),
                           *wanted = rc_result_output(r, "hypothesis.p_measure");
    char chance[RC_HUMAN], line[512], value[RC_HUMAN], limit[RC_HUMAN], date[RC_HUMAN],
        share[RC_HUMAN], name[4 * RC_NAME];
    /* with nothing to support it says what the verdict says of the target */
    if (!holds || !holds->share || !measure || !wanted || !wanted->share)
        return;
    snprintf(line, sizeof line,
             "holds in %s of futures. %s by %s: %s in the middle, at %s %s in %s.",
             rc_human_share_of(chance, holds->share[0], r->detail_futures),
             rc_human_name(name, sizeof name, r->supports.measure, RC_NAME),
             rc_human_date(date, r->supports.by, true),
             measure_words(value, rc_spread_at(r, &measure->spread[0], 50), r),
             r->supports.up ? "least" : "most",
             measure_words(limit, r->supports.wanted, r),
             rc_human_share_of(share, wanted->share[0], r->detail_futures));
    row(s, "Hypothesis", line);
}

/* What to find out before deciding, where it is worth more than its own error. */
bool rc_value_knowing(char *out, size_t size, const rc_result *r)
{
    char money[RC_HUMAN], all[RC_HUMAN], name[4 * 60];
    if (!rc_result_output(r, "value.npv") || r->knowing_n == 0)
        return false;
    snprintf(out, size, "Worth knowing before deciding: %s (%s; everything: %s)",
             rc_human_name(name, sizeof name, r->knowing[0].name, 50),
             rc_human_money(money, r->knowing[0].worth, r->currency),
             rc_human_money(all, r->knowing_all, r->currency));
    return true;
}
