/* What every plan has: tasks, drivers, metrics, figures, what-ifs. */
#include "fixture_parts.h"

/* -------------------------------------------------------------- tasks, inputs */

void fixture_tasks(fixture *f)
{
    static const struct {
        const char *id, *name, *phase, *milestone;
        double start, days, sd, criticality, cruciality, occurs, rounds, cost;
    } rows[] = {
        {"policy", "Policy & target metric", "Scoping", NULL, 0, 5.4, 2, 1, 0.09, 1, 1,
         4100},
        {"pull", "Pull 24 months of transactions", "Data", NULL, 5.4, 9, 4, 0.31, 0.12,
         1, 1, 69500},
        {"guide", "Labelling guideline & pilot", "Data", NULL, 5.4, 6.5, 2.3, 0.01,
         0.02, 1, 1, 4300},
        {"label", "Label 40 k transactions", "Data", NULL, 14.4, 33, 6, 0.18, 0.19, 1,
         1, 24900},
        {"label_qa", "Label QA & adjudication", "Data", NULL, 47.4, 7, 3, 0.18, 0.13, 1,
         1, 4400},
        {"features", "Feature store & graph features", "Data", NULL, 14.4, 34, 13, 0.82,
         0.43, 1, 1, 47000},
        {"baseline", "Baseline refresh", "Modelling", NULL, 48.4, 6.5, 2.3, 0.82, 0.1,
         1, 1, 4200},
        {"modelling", "Experiments to gate", "Modelling", NULL, 55, 21, 11, 1, 0.61, 1,
         1.24, 30500},
        {"fair_fix", "Fairness mitigation", "Modelling", NULL, 76, 4.5, 5.5, 0.7, 0.28,
         1, 1.2, 3300},
        {"offline", "Offline validation", "Validation", NULL, 80.5, 3.2, 1, 1, 0.05, 1,
         1.24, 2300},
        {"mrr", "Model-risk review", "Validation", NULL, 85, 13.5, 7, 0.66, 0.3, 1,
         1.19, 5400},
        {"serving", "Serving & latency work", "Deployment", NULL, 55, 26, 10, 0.02,
         0.11, 1, 1, 36000},
        {"shadow", "Shadow run", "Deployment", NULL, 85, 10, 2.6, 0.34, 0.08, 1, 1,
         2400},
        {"canary", "Canary, 5 % of traffic", "Deployment", NULL, 101, 5.8, 2.2, 1, 0.12,
         1, 1, 4600},
        {"rollout", "Full roll-out", "Deployment", "launch", 107, 5, 2.3, 1, NAN, 0.92,
         1, 6900},
    };
    enum { N = sizeof rows / sizeof *rows };
    rc_task_result *tasks = take(f, N, sizeof *tasks);
    for (int i = 0; i < N; i++) {
        double wander = 2 + rows[i].start * 0.15;
        tasks[i] = (rc_task_result){
            .id = rows[i].id,
            .name = rows[i].name,
            .phase = rows[i].phase,
            .milestone = rows[i].milestone,
            .criticality = share(rows[i].criticality),
            .cruciality = f->kind == FIXTURE_ONE_DATE ? NAN : rows[i].cruciality,
            .cruciality_low =
                f->kind == FIXTURE_ONE_DATE ? NAN : fmax(rows[i].cruciality - 0.02, 0),
            .cruciality_high =
                f->kind == FIXTURE_ONE_DATE ? NAN : fmin(rows[i].cruciality + 0.02, 1),
            .ssi = rows[i].criticality * rows[i].sd / 21.7,
            .occurs = share(rows[i].occurs),
            .rounds = rows[i].rounds,
            .duration = spread(f, rows[i].days, rows[i].sd),
            .start = spread(f, rows[i].start, i ? wander : 0),
            .finish = spread(f, rows[i].start + rows[i].days, wander + rows[i].sd / 2),
            .cost_mean = rows[i].cost,
            .cost_error = 0.01 * rows[i].cost,
        };
    }
    f->result.tasks = tasks;
    f->result.tasks_n = N;
    if (f->kind ==
        FIXTURE_NOTHING_LAUNCHED) { /* what comes after the gate never occurs */
        for (int i = 10; i < N; i++) {
            tasks[i].occurs = share(0), tasks[i].rounds = 0;
            tasks[i].criticality = no_share, tasks[i].cruciality = tasks[i].ssi = NAN;
            tasks[i].cruciality_low = tasks[i].cruciality_high = NAN;
            tasks[i].duration = tasks[i].start = tasks[i].finish =
                spread_launched(f, 1, 1);
        }
    }
}

void fixture_drivers(fixture *f)
{
    static const struct {
        const char *id, *name;
        double low, high, low_at, high_at, variance, rank;
        rc_origin origin;
    } rows[] = {
        {"experiments.levers.graph.successes", "Successes of graph features", 15.2,
         -10.4, 0.6, 3.7, 0.11, -0.33, RC_STATED},
        {"shared_factors.productivity.slower", "Team productivity", -9.8, 12.4, -0.17,
         0.22, 0.13, 0.36, RC_STATED},
        {"learning_curve.ceiling", "Ceiling of the learning curve", 11.8, -6.2, 0.839,
         0.896, 0.18, -0.3, RC_STATED},
        {"tasks.features.effort", "Feature store & graph features", -8.1, 9.7, 16, 52,
         0.1, 0.31, RC_STATED},
        {"risks.vendor_api.fired", "Data vendor changes its API", -1.6, 6.4, 0, 1, 0.03,
         0.16, RC_STATED},
        {"fairness.mitigation.duration", "Fairness mitigation", -3, 4.9, 3.1, 19, 0.02,
         0.15, RC_STATED},
        {"experiments.try_takes", "How long a try takes", -3.4, 4.4, 0.9, 5.3, 0.02,
         0.14, RC_STATED},
        {"shared_factors.platform.slower", "Data-platform health", -3.1, 4.2, -0.09,
         0.3, 0.02, 0.14, RC_STATED},
        {"risks.gpu_squeeze.fired", "GPU pool shared with LLM project", -1.6, 2.4, 0, 1,
         0.01, 0.08, RC_STATED},
        {"labelling.speed", "Labelling speed", 2.2, -1.3, 388, 690, 0.01, -0.06,
         RC_FITTED},
        {"learning_curve.shrink", "How gains shrink", -0.4, 0.9, 0.6, 1, 0, 0.01,
         RC_DEFAULT},
        {"tasks.guide.duration", "Labelling guideline & pilot", -0.2, 0.3, 3.5, 11, 0,
         0.005, RC_STATED},
    };
    enum { N = sizeof rows / sizeof *rows };
    if (f->kind == FIXTURE_ONE_DATE || f->kind == FIXTURE_NOTHING_LAUNCHED)
        return;
    rc_driver *drivers = take(f, N, sizeof *drivers);
    for (int i = 0; i < N; i++)
        drivers[i] = (rc_driver){
            rows[i].id,
            rows[i].name,
            "change of the expected finish when the input lands in its lowest or "
            "highest tenth",
            rows[i].low,
            rows[i].high,
            0.4,
            rows[i].low_at,
            rows[i].high_at,
            rows[i].variance,
            rows[i].rank,
            rows[i].rank - 0.02,
            rows[i].rank + 0.02,
            rows[i].origin,
        };
    f->result.drivers = drivers;
    f->result.drivers_n = N;
}

void fixture_metrics(fixture *f)
{
    static const struct {
        const char *id, *unit;
        bool up;
        double value, sd;
    } rows[] = {{"recall", "share", true, 0.828, 0.0042},
                {"alerts_per_day", "/day", false, 955, 110},
                {"latency_p99", "ms", false, 30.4, 4.6}};
    enum { N = sizeof rows / sizeof *rows };
    rc_metric_result *metrics = take(f, N, sizeof *metrics);
    for (int i = 0; i < N; i++) {
        double *more = take(f, PERCENTS, sizeof *more);
        for (int k = 0; k < PERCENTS; k++)
            more[k] =
                f->kind == FIXTURE_NOTHING_LAUNCHED ? (double)NAN
                : f->kind == FIXTURE_ONE_DATE
                    ? rows[i].value
                    : rows[i].value + (rows[i].up ? -1 : 1) * rows[i].sd * normal[k];
        metrics[i] = (rc_metric_result){
            rows[i].id,
            rows[i].unit,
            rows[i].up,
            spread_launched(f, rows[i].value, rows[i].sd),
            spread_launched(f, rows[i].value * 1.0036, rows[i].sd * 1.4),
            more,
            more,
            more};
    }
    f->result.metrics = metrics;
    f->result.metrics_n = N;
}

/* ------------------------------------------------------------------- figures */

void fixture_hit_map(fixture *f)
{
    enum { DAYS = 12, TARGETS = 9 };
    double *days = take(f, DAYS, sizeof *days),
           *targets = take(f, TARGETS, sizeof *targets);
    rc_share *chance = take(f, DAYS * TARGETS, sizeof *chance);
    for (int d = 0; d < DAYS; d++)
        days[d] = f->result.deadline_days + 10.0 * (d - 4);
    for (int t = 0; t < TARGETS; t++)
        targets[t] = 0.8 + 0.005 * t;
    for (int t = 0; t < TARGETS; t++) {
        for (int d = 0; d < DAYS; d++) {
            double in_time = 1 / (1 + exp(-(days[d] - 116) / 12));
            double reached = 1 / (1 + exp((targets[t] - 0.828) / 0.0035));
            chance[t * DAYS + d] = share(0.92 * in_time * reached);
        }
    }
    f->result.hit_map = (rc_hit_map){days, targets, chance, DAYS, TARGETS, 4, 4, 8, 4};
}

void fixture_dots(fixture *f)
{
    enum { N = 1500 };
    rc_dot *dots = take(f, N, sizeof *dots);
    uint64_t state = 88172645463325252;
    for (int i = 0; i < N; i++) {
        double z[2];
        for (int k = 0; k < 2;
             k++) { /* twelve uniforms less six: near enough to normal */
            z[k] = -6;
            for (int j = 0; j < 12; j++) {
                state = state * 6364136223846793005 + 1442695040888963407;
                z[k] += (double)(state >> 11) * 0x1p-53;
            }
        }
        bool never = f->kind == FIXTURE_NOTHING_LAUNCHED || i % 25 < 2;
        double finish = 117.5 + 21.7 * z[0];
        dots[i] = (rc_dot){never ? (double)INFINITY : finish,
                           190000 + 19500 * (0.75 * z[0] + 0.66 * z[1]),
                           !never && i % 7 != 0};
        if (f->kind == FIXTURE_ONE_DATE)
            dots[i] = (rc_dot){117.5, 190000, true};
    }
    f->result.dots = dots;
    f->result.dots_n = N;
}

void fixture_what_if(fixture *f)
{
    static const struct {
        const char *id, *name;
        double all, gain, finish, cost, change;
        bool same_goals;
    } rows[] = {
        {"more_labellers", "10 labellers instead of 6", 0.55, 0.06, 139.1, 211500, 1500,
         true},
        {"lower_target", "Launch at 81 %", 0.66, 0.17, 131, 203000, -7000, false},
        {"pre_read", "Early read by the regulator", 0.5, 0.01, 143, 214000, 4000,
         true}};
    enum { N = sizeof rows / sizeof *rows };
    rc_what_if_result *list = take(f, N, sizeof *list);
    for (int i = 0; i < N; i++) {
        rc_verdict v = fixture_verdict(f->kind);
        v.all = v.has_deadline ? share(rows[i].all) : no_share;
        double price = rows[i].change > 0 ? rows[i].gain / rows[i].change : NAN;
        list[i] = (rc_what_if_result){.id = rows[i].id,
                                      .name = rows[i].name,
                                      .verdict = v,
                                      .finish_p80_days = rows[i].finish,
                                      .finish_p80_low = rows[i].finish - 2,
                                      .finish_p80_high = rows[i].finish + 2.5,
                                      .cost_p80 = rows[i].cost,
                                      .cost_p80_low = rows[i].cost - 900,
                                      .cost_p80_high = rows[i].cost + 1100,
                                      .gain = rows[i].gain,
                                      .gain_error = 0.005,
                                      .value_gain = NAN,
                                      .value_gain_error = NAN,
                                      .cost_change = rows[i].change,
                                      .cost_change_error = 100,
                                      .per_money = price,
                                      .per_money_low = 0.9 * price,
                                      .per_money_high = 1.1 * price,
                                      .same_goals = rows[i].same_goals};
    }
    f->result.what_if = list;
    f->result.what_if_n = N;
}
