/* What must not change a bit of a result, and what may only change it one way.
 *
 * A hundred plans made at random (random_plan.h), each told in another way; and every
 * scenario of scenarios/. There is no tolerance where bits are promised. */
#include "forecast.h"
#include "random_plan.h"
#include "suite.h"
#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLANS = 100, FUTURES = 300 };

static rc_result *tell(const random_plan *plan, random_telling how,
                       const forecast_options *options, char **told)
{
    forecast_text text = {0};
    random_plan_tell(&text, plan, &how);
    rc_result *r = forecast(text.at, options);
    if (told)
        *told = text.at;
    else
        free(text.at);
    return r;
}

static const forecast_options few = {.futures = FUTURES, .seed = 11};

/* -------------------------------------------------------------- comparisons */

static void same_rows(const char *what, const double *a, const double *b, uint64_t n,
                      const char *told)
{
    for (uint64_t i = 0; i < n; i++)
        ck_assert_msg(memcmp(&a[i], &b[i], sizeof a[i]) == 0,
                      "%s of future %d: %.17g and %.17g\n%s", what, (int)i, a[i], b[i],
                      told);
}

static bool same_number(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

static void same_spread(const char *what, const rc_task_result *t, const rc_spread *a,
                        const rc_spread *b, uint32_t percentiles, const char *told)
{
    bool same =
        a->n == b->n && same_number(a->mean, b->mean) && same_number(a->sd, b->sd);
    for (uint32_t i = 0; i < percentiles; i++)
        same = same && same_number(a->p[i], b->p[i]);
    ck_assert_msg(same, "%s of %s: n %d and %d, mean %.17g and %.17g\n%s", what, t->id,
                  (int)a->n, (int)b->n, a->mean, b->mean, told);
}

/* Tasks by id: those of a, which b must have too. */
static void same_tasks(const rc_result *a, const rc_result *b, const char *told)
{
    for (uint32_t i = 0; i < a->tasks_n; i++) {
        const rc_task_result *x = &a->tasks[i], *y = forecast_task(b, x->id);
        ck_assert_msg(same_number(x->criticality, y->criticality),
                      "criticality of %s: %.17g and %.17g\n%s", x->id, x->criticality,
                      y->criticality, told);
        ck_assert_msg(same_number(x->cost_mean, y->cost_mean) &&
                          same_number(x->occurs, y->occurs) &&
                          same_number(x->rounds, y->rounds),
                      "cost, chance or rounds of %s\n%s", x->id, told);
        same_spread("duration", x, &x->duration, &y->duration, a->percentiles_n, told);
        same_spread("start", x, &x->start, &y->start, a->percentiles_n, told);
        same_spread("finish", x, &x->finish, &y->finish, a->percentiles_n, told);
    }
}

static void same_outputs(const rc_result *a, const rc_result *b, const char *told)
{
    for (uint32_t i = 0; i < a->outputs_n; i++) {
        const rc_output_result *x = &a->outputs[i],
                               *y = rc_result_output(b, x->output.path);
        ck_assert_msg(y != NULL, "no %s\n%s", x->output.path, told);
        for (uint32_t k = 0; x->spread && k < x->output.series; k++)
            ck_assert_msg(same_number(x->spread[k].mean, y->spread[k].mean) &&
                              same_number(x->spread[k].sd, y->spread[k].sd),
                          "%s: %.17g and %.17g\n%s", x->output.path, x->spread[k].mean,
                          y->spread[k].mean, told);
        for (uint32_t k = 0;
             x->share && k < (x->classes ? x->classes : x->output.series); k++)
            ck_assert_msg(same_number(x->share[k].p, y->share[k].p),
                          "%s: %.17g and %.17g\n%s", x->output.path, x->share[k].p,
                          y->share[k].p, told);
    }
}

static void same(const rc_result *a, const rc_result *b, const char *told)
{
    ck_assert(a->futures == b->futures);
    same_rows("finish", forecast_finish(a), forecast_finish(b), a->futures, told);
    same_rows("cost", forecast_cost(a), forecast_cost(b), a->futures, told);
    same_tasks(a, b, told);
    same_outputs(a, b, told);
}

/* ----------------------------------------------------- told in another way */

static const struct {
    const char *what;
    random_telling how;
} tellings[] = {
    {"lists in another order", {.order = 99}},
    {"a task of no duration", {.zero = true}},
    {"a link that follows from others", {.redundant = true}},
    {"other names", {.renamed = true}},
    {"a stranger: a task and a risk of its own", {.stranger = true}},
    {"all of it",
     {.order = 5, .zero = true, .redundant = true, .renamed = true, .stranger = true}},
};

static void told_otherwise(int which, int heads)
{
    for (uint64_t seed = 1; seed <= PLANS; seed++) {
        const random_plan plan = random_plan_make(seed);
        random_telling how = tellings[which].how;
        char *told;
        how.heads = heads;
        rc_result *a = tell(&plan, (random_telling){.heads = heads}, &few, NULL);
        rc_result *b = tell(&plan, how, &few, &told);
        same(a, b, told);
        rc_result_free(a);
        rc_result_free(b);
        free(told);
    }
}

START_TEST(a_plan_told_in_another_way_gives_the_same_bits)
{
    told_otherwise(_i, 0);
}
END_TEST

START_TEST(a_plan_of_few_people_told_in_another_way_gives_the_same_bits)
{
    told_otherwise(_i, 3);
}
END_TEST

/* ----------------------------------------------------------- the same plan */

START_TEST(futures_of_a_longer_run_are_those_of_a_shorter_one)
{
    for (uint64_t seed = 1; seed <= 8; seed++) {
        const random_plan plan = random_plan_make(seed);
        const random_telling how = {.heads = seed % 2 ? 0 : 3};
        rc_result *a = tell(&plan, how, &(forecast_options){.futures = 1000}, NULL);
        rc_result *b = tell(&plan, how, &(forecast_options){.futures = 10000}, NULL);
        same_rows("finish", forecast_finish(a), forecast_finish(b), 1000, "");
        same_rows("cost", forecast_cost(a), forecast_cost(b), 1000, "");
        rc_result_free(a);
        rc_result_free(b);
    }
}
END_TEST

START_TEST(threads_change_nothing)
{
    static const uint32_t threads[] = {2, 3, 7};
    for (uint64_t seed = 1; seed <= 4; seed++) {
        const random_plan plan = random_plan_make(seed);
        const random_telling how = {.heads = seed % 2 ? 0 : 3};
        rc_result *one = tell(&plan, how, &(forecast_options){.futures = 5000}, NULL);
        for (int i = 0; i < 3; i++) {
            char *told;
            rc_result *r = tell(
                &plan, how, &(forecast_options){.futures = 5000, .threads = threads[i]},
                &told);
            same(one, r, told);
            rc_result_free(r);
            free(told);
        }
        rc_result_free(one);
    }
}
END_TEST

START_TEST(another_seed_is_another_run)
{
    const random_plan plan = random_plan_make(1);
    rc_result *a = tell(&plan, (random_telling){0},
                        &(forecast_options){.futures = 100, .seed = 1}, NULL);
    rc_result *b = tell(&plan, (random_telling){0},
                        &(forecast_options){.futures = 100, .seed = 2}, NULL);
    ck_assert(memcmp(forecast_finish(a), forecast_finish(b), 100 * sizeof(double)) !=
              0);
    rc_result_free(a);
    rc_result_free(b);
}
END_TEST

/* ---------------------------------------------------------- two schedulers */

static void both_ways(uint64_t seed)
{
    const random_plan plan = random_plan_make(seed);
    char *told;
    rc_result *rows = tell(&plan, (random_telling){0}, &few, NULL);
    ck_assert(!rows->resource_limited);
    forecast_options by_events = few;
    by_events.queue = true;
    rc_result *events = tell(&plan, (random_telling){0}, &by_events, &told);
    ck_assert(events->resource_limited);
    same(rows, events, told);
    rc_result_free(rows);
    rc_result_free(events);
    free(told);
}

START_TEST(where_people_cannot_bind_events_and_rows_give_the_same_bits)
{
    for (uint64_t seed = 1; seed <= 2 * PLANS; seed++)
        both_ways(seed);
    both_ways(346);  /* rounds at the same moment */
    both_ways(1091); /* a gate within a loop stops while another task of it begins */
}
END_TEST

/* Priorities and machines decide, but that somebody is there for every task at any time
 * must not: the queue is the way of such scenarios, rows of the others. */
START_TEST(scenarios_that_people_cannot_bind_go_both_ways)
{
    glob_t files;
    ck_assert_int_eq(glob("scenarios/*.cfg", 0, NULL, &files), 0);
    int tried = 0;
    for (size_t i = 0; i < files.gl_pathc; i++) {
        const forecast_options o = {.futures = 600};
        rc_result *rows = forecast_file(files.gl_pathv[i], &o);
        if (!rows->resource_limited) {
            rc_result *events = forecast_file(
                files.gl_pathv[i], &(forecast_options){.futures = 600, .queue = true});
            same(rows, events, files.gl_pathv[i]);
            rc_result_free(events);
            tried++;
        }
        rc_result_free(rows);
    }
    globfree(&files);
    ck_assert_int_gt(tried, 0);
}
END_TEST

/* --------------------------------------------------------------- one way */

START_TEST(a_longer_task_ends_no_future_earlier)
{
    for (uint64_t seed = 1; seed <= PLANS; seed++) {
        const random_plan plan = random_plan_make(seed);
        rc_result *a = tell(&plan, (random_telling){0}, &few, NULL);
        char *told;
        rc_result *b = tell(
            &plan, (random_telling){.longer = 1 + (int)(seed % (uint64_t)plan.tasks)},
            &few, &told);
        const double *x = forecast_finish(a), *y = forecast_finish(b);
        for (int i = 0; i < FUTURES; i++)
            ck_assert_msg(y[i] >= x[i] - 1e-9, "future %d: %.17g, longer %.17g\n%s", i,
                          x[i], y[i], told);
        for (uint32_t i = 0; i < a->percentiles_n; i++)
            ck_assert(b->finish.p[i] >= a->finish.p[i] - 1e-9);
        rc_result_free(a);
        rc_result_free(b);
        free(told);
    }
}
END_TEST

START_TEST(a_week_later_is_a_week_later)
{
    for (uint64_t seed = 1; seed <= PLANS; seed++) {
        const random_plan plan = random_plan_make(seed);
        const int heads = seed % 2 ? 0 : 3;
        char *told;
        rc_result *a = tell(&plan, (random_telling){.heads = heads}, &few, NULL);
        rc_result *b =
            tell(&plan, (random_telling){.heads = heads, .weeks = 1}, &few, &told);
        same(a, b, told);
        for (int i = 0; i < FUTURES; i++) {
            const double finish = forecast_finish(a)[i];
            if (isfinite(finish))
                ck_assert_msg(rc_result_finish_date(b, finish) ==
                                  rc_result_finish_date(a, finish) + 7,
                              "day %.17g\n%s", finish, told);
        }
        rc_result_free(a);
        rc_result_free(b);
        free(told);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("metamorphic");
    TCase *tcase = tcase_create("metamorphic");
    const int ways = sizeof tellings / sizeof *tellings;
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, a_plan_told_in_another_way_gives_the_same_bits, 0, ways);
    tcase_add_loop_test(
        tcase, a_plan_of_few_people_told_in_another_way_gives_the_same_bits, 0, ways);
    tcase_add_test(tcase, futures_of_a_longer_run_are_those_of_a_shorter_one);
    tcase_add_test(tcase, threads_change_nothing);
    tcase_add_test(tcase, another_seed_is_another_run);
    tcase_add_test(tcase, where_people_cannot_bind_events_and_rows_give_the_same_bits);
    tcase_add_test(tcase, scenarios_that_people_cannot_bind_go_both_ways);
    tcase_add_test(tcase, a_longer_task_ends_no_future_earlier);
    tcase_add_test(tcase, a_week_later_is_a_week_later);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
