/* What models say. */
#include "fixture_parts.h"
#include <stdio.h>

/* ------------------------------------------------------------------- outputs */

enum { OUTPUTS = 160 };

static rc_output_result *output(fixture *f, rc_output_result *list, const char *path,
                                rc_output_kind kind, const char *unit, const char *name)
{
    rc_output_result *o = &list[f->result.outputs_n++];
    if (f->result.outputs_n > OUTPUTS)
        abort();
    *o = (rc_output_result){
        .output = {
            .path = path, .kind = kind, .unit = unit, .series = 1, .name = name}};
    return o;
}

static void out_spread(fixture *f, rc_output_result *list, const char *path,
                       const char *unit, const char *name, double middle, double sd)
{
    rc_spread *s = take(f, 1, sizeof *s);
    *s = spread(f, middle, sd);
    output(f, list, path, RC_OUT_SPREAD, unit, name)->spread = s;
}

static void out_mean(fixture *f, rc_output_result *list, const char *path,
                     const char *unit, const char *name, double mean)
{
    rc_spread *s = take(f, 1, sizeof *s);
    *s = (rc_spread){.n = FUTURES, .mean = mean};
    output(f, list, path, RC_OUT_MEAN, unit, name)->spread = s;
}

static void out_share(fixture *f, rc_output_result *list, const char *path,
                      const char *name, double p)
{
    rc_share *s = take(f, 1, sizeof *s);
    *s = share(p);
    output(f, list, path, RC_OUT_SHARE, "share", name)->share = s;
}

static void out_category(fixture *f, rc_output_result *list, const char *path,
                         const char *name, const char *const *labels, const double *p)
{
    rc_output_result *o = output(f, list, path, RC_OUT_CATEGORY, "share", name);
    while (labels[o->classes])
        o->classes++;
    rc_share *s = take(f, o->classes, sizeof *s);
    for (uint32_t i = 0; i < o->classes; i++)
        s[i] = share(p[i]);
    o->share = s;
    o->output.labels = labels;
}

static void out_series(fixture *f, rc_output_result *list, const char *path,
                       const char *unit, uint32_t n, double from, double to, double sd)
{
    rc_spread *s = take(f, n, sizeof *s);
    for (uint32_t i = 0; i < n; i++) {
        double t = i / (n - 1.0);
        s[i] = spread(f, from + (to - from) * t * (2 - t), sd * (0.3 + 0.7 * t));
    }
    rc_output_result *o = output(f, list, path, RC_OUT_SPREAD, unit, NULL);
    o->output.series = n;
    o->spread = s;
}

static void out_share_series(fixture *f, rc_output_result *list, const char *path,
                             uint32_t n, double from, double to)
{
    rc_share *s = take(f, n, sizeof *s);
    for (uint32_t i = 0; i < n; i++)
        s[i] = share(from + (to - from) * i / (n - 1.0));
    rc_output_result *o = output(f, list, path, RC_OUT_SHARE, "share", NULL);
    o->output.series = n;
    o->share = s;
}

static void add_next(fixture *f, rc_output_result *list)
{
    static const struct {
        const char *what;
        double p;
    } next[] = {{"try_after_0_failures", 0.62},     {"try_after_1_failure", 0.58},
                {"try_after_2_failures", 0.53},     {"try_after_4_failures", 0.46},
                {"try_after_6_failures", 0.40},     {"try_after_8_failures", 0.36},
                {"after_0_weeks.in_1_week", 0.34},  {"after_0_weeks.in_2_weeks", 0.60},
                {"after_0_weeks.in_4_weeks", 0.79}, {"after_0_weeks.in_8_weeks", 0.86},
                {"after_1_week.in_1_week", 0.36},   {"after_1_week.in_2_weeks", 0.55},
                {"after_1_week.in_4_weeks", 0.72},  {"after_1_week.in_8_weeks", 0.78},
                {"after_4_weeks.in_1_week", 0.15},  {"after_4_weeks.in_2_weeks", 0.24},
                {"after_4_weeks.in_4_weeks", 0.31}, {"after_4_weeks.in_8_weeks", 0.33}};
    for (size_t i = 0; i < sizeof next / sizeof *next; i++) {
        char *path = take(f, 96, 1);
        snprintf(path, 96, "experiments[experiments].next.%s", next[i].what);
        out_share(f, list, path, "Experiments to gate", next[i].p);
    }
}

static void out_mean_series(fixture *f, rc_output_result *list, const char *path,
                            const char *unit, uint32_t n, double from, double to)
{
    rc_spread *s = take(f, n, sizeof *s);
    for (uint32_t i = 0; i < n; i++)
        s[i] = (rc_spread){.n = FUTURES, .mean = from + (to - from) * i / (n - 1.0)};
    rc_output_result *o = output(f, list, path, RC_OUT_MEAN, unit, NULL);
    o->output.series = n;
    o->spread = s;
}

void fixture_outputs(fixture *f)
{
    static const struct {
        const char *tries, *successes, *name;
        double mean_tries, mean_successes;
    } levers[] = {
        {"experiments[experiments].by_lever[graph].tries",
         "experiments[experiments].by_lever[graph].successes", "Graph features", 3.1,
         2.02},
        {"experiments[experiments].by_lever[seq].tries",
         "experiments[experiments].by_lever[seq].successes", "Sequence encoder", 3.4,
         1.53},
        {"experiments[experiments].by_lever[hard].tries",
         "experiments[experiments].by_lever[hard].successes", "Hard-negative mining",
         1.2, 0.85},
        {"experiments[experiments].by_lever[calib].tries",
         "experiments[experiments].by_lever[calib].successes", "Per-segment threshold",
         0.9, 0.71},
        {"experiments[experiments].by_lever[distil].tries",
         "experiments[experiments].by_lever[distil].successes", "Distil the ensemble",
         0.8, 0.4},
    };
    static const char *const lever_ids[] = {"graph",  "seq",  "hard", "calib",
                                            "distil", "none", NULL};
    static const double largest[] = {0.52, 0.31, 0.03, 0.03, 0.02, 0.09};
    static const char *const needs[] = {"recall", "alerts_per_day", "latency_p99",
                                        "fairness", NULL};
    static const double failed_on[] = {0.62, 0.06, 0.09, 0.23};
    static const char *const signoff[] = {"chance_to_pass", NULL};
    static const double signoff_failed[] = {1};
    rc_output_result *list = take(f, OUTPUTS, sizeof *list);
    f->result.outputs = list;

    out_spread(f, list, "labelling[labelling].days", "days", "Label 40 k transactions",
               33, 6);
    out_spread(f, list, "labelling[labelling].votes", "votes",
               "Label 40 k transactions", 96800, 3200);
    out_spread(f, list, "labelling[labelling].effective", "labels",
               "Label 40 k transactions", 33600, 2100);
    out_spread(f, list, "experiments[experiments].tries", "tries",
               "Experiments to gate", 9, 4.1);
    out_spread(f, list, "experiments[experiments].days", "days", "Experiments to gate",
               21, 9);
    for (size_t i = 0; i < sizeof levers / sizeof *levers; i++) {
        out_mean(f, list, levers[i].tries, "tries", levers[i].name,
                 levers[i].mean_tries);
        out_mean(f, list, levers[i].successes, "successes", levers[i].name,
                 levers[i].mean_successes);
    }
    out_category(f, list, "experiments[experiments].largest_gain",
                 "Experiments to gate", lever_ids, largest);
    out_spread(f, list, "experiments[experiments].winners_curse", "points",
               "Experiments to gate", 0.003, 0.004);
    add_next(f, list);
    out_series(f, list, "figures.search.best", "share", 27, 0.803, 0.829, 0.006);
    list[f->result.outputs_n - 1].output.name = "Experiments to gate";
    out_share_series(f, list, "figures.search.reached", 27, 0.01, 0.86);

    out_mean(f, list, "figures.learning.from", "labels", NULL, 5000);
    out_mean(f, list, "figures.learning.labels_now", "labels", NULL, 20000);
    out_mean(f, list, "figures.learning.until", "labels", NULL, 240000);
    out_mean(f, list, "figures.learning.labels_come", "labels", NULL, 36000);
    out_series(f, list, "figures.learning.curve", "share", 11, 0.794, 0.836, 0.012);
    out_share_series(f, list, "figures.learning.at_target", 11, 0.01, 0.86);
    out_share(f, list, "figures.learning.suffice", NULL, 0.26);
    out_share(f, list, "figures.learning.ever", NULL, 0.95);
    out_series(f, list, "figures.learning.fit", "share", 5, 0.741, 0.782, 0.001);
    out_series(f, list, "figures.learning.points.labels", "labels", 3, 5000, 20000, 0);
    out_series(f, list, "figures.learning.points.value", "share", 3, 0.741, 0.782, 0);
    out_mean(f, list, "figures.labelling.step_days", "days", NULL, 5);
    out_spread(f, list, "figures.labelling.wanted", "items", NULL, 40000, 0);
    out_series(f, list, "figures.labelling.done", "items", 41, 0, 40000, 900);

    out_share(f, list, "gates[offline_gate].p_first_pass", "Offline gate", 0.71);
    out_spread(f, list, "gates[offline_gate].rounds", "rounds", "Offline gate", 1, 0.6);
    out_share(f, list, "gates[offline_gate].p_exhausted", "Offline gate", 0.08);
    out_share(f, list, "gates[offline_gate].false_go", "Offline gate", 0.11);
    out_share(f, list, "gates[offline_gate].false_no_go", "Offline gate", 0.04);
    out_category(f, list, "gates[offline_gate].failed_on", "Offline gate", needs,
                 failed_on);
    out_share(f, list, "gates[risk_signoff].p_first_pass", "Model-risk sign-off", 0.84);
    out_spread(f, list, "gates[risk_signoff].rounds", "rounds", "Model-risk sign-off",
               1, 0.4);
    out_share(f, list, "gates[risk_signoff].p_exhausted", "Model-risk sign-off",
              0.0004);
    out_category(f, list, "gates[risk_signoff].failed_on", "Model-risk sign-off",
                 signoff, signoff_failed);

    static const struct {
        const char *before, *after, *pass, *limit, *passed, *was_over, *over, *name;
        double gap, sd, p, was, is;
    } groups[] = {
        {"fairness[age_18_25].gap_before", "fairness[age_18_25].gap_after",
         "fairness[age_18_25].p_pass", "fairness[age_18_25].limit",
         "fairness[age_18_25].p_pass_before", "fairness[age_18_25].p_over_before",
         "fairness[age_18_25].p_over", "Customers 18-25", 0.033, 0.017, 0.93, 0.31,
         0.07},
        {"fairness[new_cust].gap_before", "fairness[new_cust].gap_after",
         "fairness[new_cust].p_pass", "fairness[new_cust].limit",
         "fairness[new_cust].p_pass_before", "fairness[new_cust].p_over_before",
         "fairness[new_cust].p_over", "Under 90 days old", 0.044, 0.018, 0.86, 0.57,
         0.16},
        {"fairness[cross_bdr].gap_before", "fairness[cross_bdr].gap_after",
         "fairness[cross_bdr].p_pass", "fairness[cross_bdr].limit",
         "fairness[cross_bdr].p_pass_before", "fairness[cross_bdr].p_over_before",
         "fairness[cross_bdr].p_over", "Cross-border", 0.021, 0.013, 0.97, 0.08, 0.01},
    };
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        out_spread(f, list, groups[i].before, "points", groups[i].name, groups[i].gap,
                   groups[i].sd);
        out_spread(f, list, groups[i].after, "points", groups[i].name,
                   groups[i].gap * 0.6, groups[i].sd * 0.5);
        out_share(f, list, groups[i].pass, groups[i].name, groups[i].p);
        out_mean(f, list, groups[i].limit, "points", groups[i].name, 0.04);
        out_share(f, list, groups[i].passed, groups[i].name, groups[i].p - 0.3);
        out_share(f, list, groups[i].was_over, groups[i].name, groups[i].was);
        out_share(f, list, groups[i].over, groups[i].name, groups[i].is);
    }

    static const struct {
        const char *fired, *delay, *cost, *name;
        double p, days, money;
    } risks[] = {
        {"risks[vendor_api].fired", "risks[vendor_api].mean_delay_days",
         "risks[vendor_api].cost", "Data vendor changes its API", 0.25, 11.4, 0},
        {"risks[regulator].fired", "risks[regulator].mean_delay_days",
         "risks[regulator].cost", "Regulator asks for a re-review", 0.15, 18, 7300},
        {"risks[attrition].fired", "risks[attrition].mean_delay_days",
         "risks[attrition].cost", "Labelling vendor loses people", 0.3, 8.9, 0},
        {"risks[gpu_squeeze].fired", "risks[gpu_squeeze].mean_delay_days",
         "risks[gpu_squeeze].cost", "GPU pool shared with LLM project", 0.4, 0, 0},
    };
    for (size_t i = 0; i < sizeof risks / sizeof *risks; i++) {
        out_share(f, list, risks[i].fired, risks[i].name, risks[i].p);
        out_mean(f, list, risks[i].delay, "days", risks[i].name, risks[i].days);
        out_mean(f, list, risks[i].cost, "EUR", risks[i].name, risks[i].money);
    }

    out_series(f, list, "production.metric", "share", 13, 0.828, 0.806, 0.011);
    out_share_series(f, list, "production.p_below_floor", 13, 0.02, 0.31);
    out_spread(f, list, "production.months_below_floor", "months", NULL, 0.8, 0.9);
    out_spread(f, list, "production.retrains", "retrains", NULL, 4, 1.2);
    out_spread(f, list, "production.cost", "EUR", NULL, 55000, 14000);
    out_spread(f, list, "production.quality_at_end", "share", NULL, 0.806, 0.011);
    out_mean(f, list, "production.floor", "share", NULL, 0.8);
    out_mean_series(f, list, "production.loss_by.drift", "share", 13, 0, 0.012);
    out_mean_series(f, list, "production.loss_by.shocks", "share", 13, 0, 0.006);
    out_mean_series(f, list, "production.loss_by.provider", "share", 13, 0, -0.004);
    out_mean_series(f, list, "production.loss_by.noise", "share", 13, 0.001, -0.001);

    static const struct {
        const char *served, *p, *from, *value, *share, *name;
        double first, last, money;
    } segments[] = {
        {"value.segments[instant].served", "value.segments[instant].p_served",
         "value.segments[instant].served_from", "value.segments[instant].value",
         "value.segments[instant].share_of_value", "Instant transfers", 0.05, 0.81,
         940000},
        {"value.segments[everybody_else].served",
         "value.segments[everybody_else].p_served",
         "value.segments[everybody_else].served_from",
         "value.segments[everybody_else].value",
         "value.segments[everybody_else].share_of_value", "Everybody else", 0.999,
         0.999, 5200000},
    };
    out_spread(f, list, "value.npv", "money", NULL, 6100000, 900000);
    out_share(f, list, "value.p_pays", NULL, 0.999);
    out_spread(f, list, "value.npv_launched", "money", NULL, 6300000, 800000);
    out_spread(f, list, "value.cost_of_delay", "money a week", NULL, 8300, 2900);
    out_spread(f, list, "value.paid_back", "months", NULL, 11, 3);
    out_share(f, list, "value.p_paid_back", NULL, 0.94);
    out_spread(f, list, "value.npv_over_today", "money", NULL, 1720000, 950000);
    out_share(f, list, "value.p_beats_today", NULL, 0.96);
    out_spread(f, list, "value.today", "money", NULL, 4400000, 500000);
    out_series(f, list, "value.by_month", "money", 24, 150000, 320000, 60000);
    out_series(f, list, "value.cumulative", "money", 25, -210000, 6100000, 900000);
    out_series(f, list, "value.gain", "money", 25, -210000, 1720000, 950000);
    for (size_t i = 0; i < sizeof segments / sizeof *segments; i++) {
        out_share(f, list, segments[i].p, segments[i].name, segments[i].last);
        out_spread(f, list, segments[i].from, "months", segments[i].name, 5, 1);
        out_mean(f, list, segments[i].value, "money", segments[i].name,
                 segments[i].money);
        out_mean(f, list, segments[i].share, "share", segments[i].name, 0.5);
        out_share_series(f, list, segments[i].served, 24, segments[i].first,
                         segments[i].last);
        list[f->result.outputs_n - 1].output.name = segments[i].name;
    }
}
