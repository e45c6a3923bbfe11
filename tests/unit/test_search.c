/* What every search must do: clocks, further rounds, policies, luck that stays. */
#include "search_bench.h"
#include "suite.h"

/* ---------------------------------------------------- what every search must do */

START_TEST(no_success_leads_beyond_the_ceiling_or_keeps_what_measures_worse)
{
    bench *own = three_levers();
    own->s.aim = point(own, "experiments.aim", 0.99);
    own->s.test_size = 2000;
    own->s.seed_sd = point(own, "experiments.seed_sd", 0.002);
    bench_bind(own);
    for (int block = 0; block < 4; block++) {
        bench_next(own);
        for (uint32_t i = 0; i < HAND_LANES; i++) {
            const rc_search *s = search_of(own, i);
            ck_assert_double_ge(s->kept[0].e, s->kept[0].floor - 1e-12);
            ck_assert_double_le(s->kept[0].e, s->kept[0].e_start);
            ck_assert_uint_eq(s->tries, 13); /* all of them */
            ck_assert(!isnan(row(own, "experiments[experiments].winners_curse", i)));
        }
    }
    bench_free(own);
}
END_TEST

START_TEST(parallel_tries_share_a_lever_and_the_clock)
{
    bench *own = bench_new();
    add_lever(own, "only", 0.0, 0.003, 0.012, 5);
    own->s.at_once = 2;
    own->s.try_takes = point(own, "experiments.try_takes", 2);
    bench_run(own);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_double_eq(own->plan->duration[i], 6); /* 2 + 2 + 1 */
    ck_assert_double_eq(rc_model_experiments.typical(&own->s), 2.5 * 2 / 2);
    own->s.gpus = 4;
    ck_assert_double_eq(rc_model_experiments.gpus(&own->s), 8);
    bench_free(own);
}
END_TEST

START_TEST(the_clock_cuts_what_runs_and_it_pays_its_share)
{
    bench *own = bench_new();
    own->lever[0].crash = point(own, "crash", 0);
    add_lever(own, "only", 0.0, 0.003, 0.012, 0);
    own->s.try_takes = point(own, "experiments.try_takes", 4);
    own->s.gpu_hours = point(own, "experiments.gpu_hours", 100);
    own->s.give_up_after = point(own, "experiments.give_up_after", 10);
    bench_run(own);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        ck_assert_double_eq(own->plan->duration[i], 10);
        ck_assert_double_eq_tol(own->plan->cost[i], 2.5 * 100 * 2, 1e-9);
        ck_assert_uint_eq(search_of(own, i)->tries, 2);
    }
    bench_free(own);
}
END_TEST

START_TEST(without_tries_or_clock_a_search_ends_at_the_deadline_or_after_200)
{
    bench *own = bench_new();
    add_lever(own, "only", 0.0, 0.003, 0.012, 0);
    own->s.try_takes = point(own, "experiments.try_takes", 1);
    bench_run(own);
    ck_assert_double_eq(own->plan->duration[0], 200);
    bench_free(own);

    own = bench_new();
    add_lever(own, "only", 0.0, 0.003, 0.012, 0);
    own->plan->goals.deadline_days = 62.5;
    for (uint32_t i = 0; i < HAND_LANES; i++)
        own->plan->start[i] = i % 2 ? 40 : 70;
    bench_run(own);
    ck_assert_double_eq(own->plan->duration[1], 22.5);
    ck_assert_double_eq(own->plan->duration[0], 0);
    ck_assert_uint_eq(search_of(own, 0)->lever[0].number, 0); /* none was begun */
    bench_free(own);
}
END_TEST

START_TEST(a_search_never_starts_more_tries_than_it_has)
{
    bench *own = bench_new();
    add_lever(own, "a", 0.1, 0.0003, 0.0012, 0);
    own->s.alone.tries = 5;
    own->s.at_once = 3;
    bench_run(own);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_uint_eq(search_of(own, i)->tries, 5);
    bench_free(own);
}
END_TEST

START_TEST(a_gain_beyond_the_ceiling_ends_at_the_ceiling)
{
    bench *own = bench_new();
    add_lever(own, "a", 1.0, 0.2, 0.4, 1);
    own->s.aim = point(own, "experiments.aim", 0.99);
    bench_run(own);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_double_eq_tol(row(own, "metric.recall", i),
                                drawn(own, &own->s.ceiling, i, 0), 1e-12);
    bench_free(own);
}
END_TEST

/* Two tries of U(1, 5) days: variance 8/3 apart, 16/3 if both were the same draw. */
START_TEST(levers_that_share_an_estimate_draw_from_it_apart)
{
    bench *own = bench_new();
    add_lever(own, "a", 0.0, 0.003, 0.012, 1);
    add_lever(own, "b", 0.0, 0.003, 0.012, 1);
    bench_run(own);
    double sum = 0, squares = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        sum += own->plan->duration[i];
        squares += own->plan->duration[i] * own->plan->duration[i];
    }
    const double middle = sum / HAND_LANES;
    ck_assert_double_eq_tol(squares / HAND_LANES - middle * middle, 8 / 3.0, 0.8);
    bench_free(own);
}
END_TEST

START_TEST(a_further_round_goes_on_from_what_the_gate_measured)
{
    bench *own = three_levers();
    own->s.give_up_after = point(own, "experiments.give_up_after", 6);
    bench_run(own);
    double first[HAND_LANES];
    uint32_t tries[HAND_LANES];
    double *truth = hand_at(own->plan, "metric.recall");
    double *measured = hand_at(own->plan, "metric.recall.measured");
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        tries[i] = search_of(own, i)->tries;
        truth[i] -= 0.002; /* a mitigation has cost quality */
        measured[i] = i % 2 ? 0.8205 : 0.80;
        first[i] = truth[i];
        own->rework[i] = 5;
    }
    own->step.round = 2;
    own->step.rework = own->rework;
    bench_place(own);
    bool more = false;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        if (i % 2) { /* that reaches the aim */
            ck_assert_double_eq(own->plan->duration[i], 0);
            ck_assert_double_eq(own->plan->cost[i], 0);
            ck_assert_double_eq(truth[i], first[i]);
        } else {
            ck_assert_double_le(own->plan->duration[i], 5);
            ck_assert_double_ge(truth[i], first[i]);
            more |= search_of(own, i)->tries > tries[i];
        }
        ck_assert_double_eq_tol(row(own, "experiments[experiments].days", i),
                                search_of(own, i)->days, 1e-12);
    }
    ck_assert(more);
    bench_free(own);
}
END_TEST

START_TEST(a_further_round_without_levers_takes_no_time)
{
    bench *own = bench_new();
    add_lever(own, "only", 0.3, 0.001, 0.002, 3);
    bench_run(own);
    own->step.round = 2;
    for (uint32_t i = 0; i < HAND_LANES; i++)
        own->rework[i] = 5;
    own->step.rework = own->rework;
    bench_place(own);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_double_eq(own->plan->duration[i], 0);
    bench_free(own);
}
END_TEST

/* Try k of a lever has the same luck and takes as long, whoever stands beside it. */
START_TEST(an_added_lever_changes_no_others_luck)
{
    bench *before = three_levers(), *after = three_levers();
    static const char *const never[] = {"no such task"};
    for (int i = 0; i < 3; i++) { /* estimates shared by all levers */
        before->lever[i].try_takes.given = after->lever[i].try_takes.given = false;
        before->lever[i].gpu_hours.given = after->lever[i].gpu_hours.given = false;
    }
    before->s.gpu_hours = uniform(before, "experiments.gpu_hours", 60, 400);
    after->s.gpu_hours = uniform(after, "experiments.gpu_hours", 60, 400);
    rc_lever *added = add_lever(after, "aaa", 0.9, 0.01, 0.02, 5);
    added->needs = (rc_texts){.at = never, .n = 1};
    const rc_lever last = after->lever[3];
    for (int i = 3; i > 0; i--)
        after->lever[i] = after->lever[i - 1];
    after->lever[0] = last; /* and it stands first */
    bench_run(before);
    bench_run(after);
    bool varied = false;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        ck_assert_double_eq(before->plan->duration[i], after->plan->duration[i]);
        ck_assert_double_eq(before->plan->cost[i], after->plan->cost[i]);
        ck_assert_double_eq(row(before, "metric.recall", i),
                            row(after, "metric.recall", i));
        varied |= before->plan->duration[i] != before->plan->duration[0];
    }
    ck_assert(varied);
    bench_free(before);
    bench_free(after);
}
END_TEST

START_TEST(where_less_is_better_the_search_is_a_mirror_image)
{
    bench *up = three_levers(), *down = three_levers();
    down->plan->goals.target =
        (rc_target){.given = true, .metric = "recall", .up = false, .value = 0.18};
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        double **r = down->plan->row;
        r[down->s.baseline.index][i] = 1 - r[down->s.baseline.index][i];
        r[down->s.ceiling.index][i] = 1 - r[down->s.ceiling.index][i];
    }
    /* the team's view of the distances stays: both laws mirrored */
    down->s.baseline.law.p[0] = 0.202, down->s.baseline.law.p[1] = 0.210;
    down->s.ceiling.law.p[0] = 0.12, down->s.ceiling.law.p[1] = 0.16;
    bench_run(up);
    bench_run(down);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        ck_assert_double_eq_tol(up->plan->duration[i], down->plan->duration[i], 1e-12);
        ck_assert_double_eq_tol(row(up, "metric.recall", i),
                                1 - row(down, "metric.recall", i), 1e-12);
    }
    bench_free(up);
    bench_free(down);
}
END_TEST

/* ------------------------------------------------- policies, stops, the figure */

static double mean_tries_of(bench *own, const char *lever)
{
    char name[128];
    double sum = 0;
    snprintf(name, sizeof name, "experiments[experiments].by_lever[%s].tries", lever);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        sum += row(own, name, i);
    return sum / HAND_LANES;
}

START_TEST(weights_share_the_tries_and_thompson_prefers_what_works)
{
    bench *own = bench_new();
    add_lever(own, "a", 0.0, 0.003, 0.012, 0)->weight = 3;
    add_lever(own, "b", 0.0, 0.003, 0.012, 0)->weight = 1;
    own->s.policy = RC_WEIGHTED;
    bench_run(own);
    ck_assert_double_eq_tol(mean_tries_of(own, "a"), 150,
                            4.5 * sqrt(200 * 0.75 * 0.25 / HAND_LANES));
    bench_free(own);

    own = bench_new();
    add_lever(own, "a", 0.1, 0.0003, 0.0012, 0)->works.given = false;
    add_lever(own, "b", 0.1, 0.0030, 0.0120, 0)->works.given = false;
    own->s.policy = RC_THOMPSON;
    own->s.alone.tries = 30;
    bench_run(own);
    ck_assert_double_gt(mean_tries_of(own, "b"), 3 * mean_tries_of(own, "a"));
    bench_free(own);
}
END_TEST

START_TEST(little_hope_ends_a_search)
{
    bench *own = bench_new();
    add_lever(own, "a", 0.5, 0.003, 0.005, 0)->reachable = point(own, "pi", 0.5);
    own->s.try_takes = point(own, "experiments.try_takes", 2);
    /* first try: .5 x .5 x .4 points in 2 days, 1.09 points a month; 0.2 left after
     * four failures: anything 1/17, .5 x .4 / 2 x 21.75 / 17 = .128 */
    own->s.give_up_below = point(own, "experiments.give_up_below", 0.0020);
    bench_run(own);
    bool four = false;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const rc_search *s = search_of(own, i);
        if (s->lever[0].kept == 0) {
            ck_assert_uint_eq(s->tries, 4);
            four = true;
        }
    }
    ck_assert(four);
    bench_free(own);
}
END_TEST

START_TEST(the_figure_follows_the_kept_model_week_by_week)
{
    bench *own = three_levers();
    bench_run(own);
    const uint32_t best = own->bound->best_row, reached = own->bound->reached_row;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const rc_search *s = search_of(own, i);
        double **r = own->plan->row;
        ck_assert_double_eq_tol(r[best][i], 1 - s->kept[0].e_start, 1e-15);
        for (uint32_t w = 1; w < RC_SEARCH_WEEKS; w++) {
            ck_assert_double_ge(r[best + w][i], r[best + w - 1][i]);
            ck_assert_double_eq(r[reached + w][i], r[best + w][i] >= 0.82 - 1e-12);
            if (w * 5 >= own->plan->duration[i])
                ck_assert_double_eq_tol(r[best + w][i], 1 - s->kept[0].e, 1e-15);
        }
    }
    bench_free(own);
}
END_TEST

START_TEST(what_contradicts_itself_is_a_fault)
{
    bench *own = three_levers();
    rc_faults faults = {0};
    rc_model_experiments.check(&own->s, &own->plan->goals, &faults);
    ck_assert_uint_eq(faults.errors, 0);
    own->lever[0].log_gain = point(own, "log_gain", 0.1);
    own->lever[1].so_far = "eleven tries";
    own->s.alone.so_far = "11 tries";
    own->s.give_up_after = point(own, "give_up", 30);
    own->s.give_up_after.calendar = true;
    rc_model_experiments.check(&own->s, &own->plan->goals, &faults);
    ck_assert_uint_eq(faults.errors, 4);
    bench_free(own);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("search");
    TCase *t = tcase_create("search");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, no_success_leads_beyond_the_ceiling_or_keeps_what_measures_worse);
    tcase_add_test(t, parallel_tries_share_a_lever_and_the_clock);
    tcase_add_test(t, the_clock_cuts_what_runs_and_it_pays_its_share);
    tcase_add_test(t,
                   without_tries_or_clock_a_search_ends_at_the_deadline_or_after_200);
    tcase_add_test(t, a_search_never_starts_more_tries_than_it_has);
    tcase_add_test(t, a_gain_beyond_the_ceiling_ends_at_the_ceiling);
    tcase_add_test(t, levers_that_share_an_estimate_draw_from_it_apart);
    tcase_add_test(t, a_further_round_goes_on_from_what_the_gate_measured);
    tcase_add_test(t, a_further_round_without_levers_takes_no_time);
    tcase_add_test(t, an_added_lever_changes_no_others_luck);
    tcase_add_test(t, where_less_is_better_the_search_is_a_mirror_image);
    tcase_add_test(t, weights_share_the_tries_and_thompson_prefers_what_works);
    tcase_add_test(t, little_hope_ends_a_search);
    tcase_add_test(t, the_figure_follows_the_kept_model_week_by_week);
    tcase_add_test(t, what_contradicts_itself_is_a_fault);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
