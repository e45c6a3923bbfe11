#include "metamorphic.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <roadcast/run.h>
#include "base/hash.h"
#include "random_scenario.h"

enum { FUTURES = 64, SOME_BLOCKS = 4 * RC_LANES };

static const forecast_options few = {.futures = FUTURES, .seed = 11};

static int some_heads(uint64_t seed)
{
    return seed % 2 ? 0 : 3;
}

static rc_result *tell(const random_scenario *scenario, random_telling how,
                       const forecast_options *options, char **told)
{
    forecast_text text = {0};
    random_scenario_tell(&text, scenario, &how);
    rc_result *r = forecast(text.at, options);
    if (told)
        *told = text.at;
    else
        free(text.at);
    return r;
}

/* A scenario is longer than a message of check may be. */
#define holds(condition, told, ...)                                                    \
    do {                                                                               \
        if (!(condition)) {                                                            \
            fputs(told, stderr);                                                       \
            ck_abort_msg(__VA_ARGS__);                                                 \
        }                                                                              \
    } while (0)

/* -------------------------------------------------------------- comparisons */

static bool same_number(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

static void same_rows(const char *what, const double *a, const double *b, uint64_t n,
                      double by, const char *told)
{
    for (uint64_t i = 0; i < n; i++)
        holds(same_number(by * a[i], b[i]), told,
              "%s of future %d: %.17g times %g, and %.17g", what, (int)i, a[i], by,
              b[i]);
}

static void same_samples(const rc_result *a, const rc_result *b, uint64_t n,
                         double money, const char *told)
{
    const char *name, *other;
    const double *x, *y;
    for (uint32_t i = 0; rc_result_samples(a, i, &name, &x); i++) {
        ck_assert(rc_result_samples(b, i, &other, &y) && strcmp(name, other) == 0);
        const bool is_money = strcmp(name, "cost") == 0 || strcmp(name, "value") == 0;
        same_rows(name, x, y, n, is_money ? money : 1, told);
    }
}

static void same_spread(const char *what, const char *of, const rc_spread *a,
                        const rc_spread *b, uint32_t percentiles, double by,
                        const char *told)
{
    bool same = a->n == b->n && same_number(by * a->mean, b->mean) &&
                same_number(by * a->sd, b->sd);
    for (uint32_t i = 0; i < percentiles && a->p; i++)
        same = same && same_number(by * a->p[i], b->p[i]);
    holds(same, told, "%s of %s: n %d and %d, mean %.17g and %.17g", what, of,
          (int)a->n, (int)b->n, a->mean, b->mean);
}

/* By id, or by what it was renamed to. */
static const rc_task_result *task_of(const rc_result *r, const char *id)
{
    char other[32];
    snprintf(other, sizeof other, "%s_x", id);
    for (uint32_t i = 0; i < r->tasks_n; i++)
        if (strcmp(r->tasks[i].id, other) == 0)
            return &r->tasks[i];
    return forecast_task(r, id);
}

static void same_tasks(const rc_result *a, const rc_result *b, double money,
                       const char *told)
{
    for (uint32_t i = 0; i < a->tasks_n; i++) {
        const rc_task_result *x = &a->tasks[i], *y = task_of(b, x->id);
        holds(same_number(x->criticality.p, y->criticality.p), told,
              "criticality of %s: %.17g and %.17g", x->id, x->criticality.p,
              y->criticality.p);
        holds(same_number(money * x->cost_mean, y->cost_mean) &&
                  same_number(x->occurs.p, y->occurs.p) &&
                  same_number(x->rounds, y->rounds),
              told, "cost, chance or rounds of %s", x->id);
        const uint32_t n = a->percentiles_n;
        same_spread("duration", x->id, &x->duration, &y->duration, n, 1, told);
        same_spread("start", x->id, &x->start, &y->start, n, 1, told);
        same_spread("finish", x->id, &x->finish, &y->finish, n, 1, told);
    }
}

/* The class of b that a's class k is: levers may be listed in another order. */
static uint32_t class_of(const rc_output_result *a, const rc_output_result *b,
                         uint32_t k)
{
    for (uint32_t i = 0; a->output.labels && i < b->classes; i++)
        if (strcmp(a->output.labels[k], b->output.labels[i]) == 0)
            return i;
    return k;
}

static bool is_money(const rc_result *r, const rc_output *output)
{
    return output->unit && (strncmp(output->unit, "money", 5) == 0 ||
                            strcmp(output->unit, r->currency) == 0);
}

static void same_outputs(const rc_result *a, const rc_result *b, double money,
                         const char *told)
{
    for (uint32_t i = 0; i < a->outputs_n; i++) {
        const rc_output_result *x = &a->outputs[i],
                               *y = rc_result_output(b, x->output.path);
        holds(y != NULL, told, "no %s", x->output.path);
        const double by = is_money(a, &x->output) ? money : 1;
        for (uint32_t k = 0; x->spread && k < x->output.series; k++)
            same_spread("output", x->output.path, &x->spread[k], &y->spread[k],
                        x->spread[k].p ? a->percentiles_n : 0, by, told);
        for (uint32_t k = 0;
             x->share && k < (x->classes ? x->classes : x->output.series); k++)
            holds(same_number(x->share[k].p, y->share[class_of(x, y, k)].p), told,
                  "%s: %.17g and %.17g", x->output.path, x->share[k].p,
                  y->share[class_of(x, y, k)].p);
    }
}

static void same_drivers(const rc_result *a, const rc_result *b, const char *told)
{
    for (uint32_t i = 0; i < a->drivers_n; i++) {
        const rc_driver *x = &a->drivers[i];
        for (uint32_t k = 0; k < b->drivers_n; k++)
            if (strcmp(x->id, b->drivers[k].id) == 0)
                holds(same_number(x->low_days, b->drivers[k].low_days) &&
                          same_number(x->high_days, b->drivers[k].high_days) &&
                          same_number(x->rank_correlation,
                                      b->drivers[k].rank_correlation),
                      told, "driver %s", x->id);
    }
}

static void same_but_money(const rc_result *a, const rc_result *b, double money,
                           const char *told)
{
    ck_assert(a->futures == b->futures);
    same_samples(a, b, a->futures, money, told);
    same_spread("cost", "the plan", &a->cost, &b->cost, a->percentiles_n, money, told);
    same_spread("finish", "the plan", &a->finish, &b->finish, a->percentiles_n, 1,
                told);
    same_tasks(a, b, money, told);
    same_outputs(a, b, money, told);
    same_drivers(a, b, told);
}

void metamorphic_same(const rc_result *a, const rc_result *b, const char *told)
{
    same_but_money(a, b, 1, told);
}

/* ----------------------------------------------------- told in another way */

static void told_otherwise(uint64_t seed, random_telling how)
{
    const random_scenario scenario = random_scenario_make(seed);
    char *told;
    how.heads = some_heads(seed);
    rc_result *a = tell(&scenario, (random_telling){.heads = how.heads}, &few, NULL);
    rc_result *b = tell(&scenario, how, &few, &told);
    same_but_money(a, b, how.worth ? how.worth : 1, told);
    rc_result_free(a);
    rc_result_free(b);
    free(told);
}

static void in_another_order(uint64_t seed)
{
    told_otherwise(seed, (random_telling){.order = 99 + seed});
}

static void with_a_task_of_no_duration(uint64_t seed)
{
    told_otherwise(seed, (random_telling){.zero = true});
}

static void with_a_link_that_follows(uint64_t seed)
{
    told_otherwise(seed, (random_telling){.redundant = true});
}

static void renamed(uint64_t seed)
{
    told_otherwise(seed, (random_telling){.renamed = true});
}

static void with_strangers(uint64_t seed)
{
    told_otherwise(seed, (random_telling){.stranger = true});
}

static void with_what_never_happens(uint64_t seed)
{
    told_otherwise(seed, (random_telling){.idle = true});
}

static void with_defaults_said(uint64_t seed)
{
    told_otherwise(seed, (random_telling){.said = true});
}

static void all_at_once(uint64_t seed)
{
    told_otherwise(seed, (random_telling){.order = 5 + seed,
                                          .zero = true,
                                          .redundant = true,
                                          .renamed = true,
                                          .stranger = true,
                                          .idle = true,
                                          .said = true});
}

static void in_another_currency(uint64_t seed)
{
    told_otherwise(seed, (random_telling){.currency = "USD"});
}

static void at_half_the_currency(uint64_t seed)
{
    told_otherwise(seed, (random_telling){.currency = "CHF", .worth = 2});
}

static void a_week_later(uint64_t seed)
{
    const random_scenario scenario = random_scenario_make(seed);
    const int heads = some_heads(seed);
    char *told;
    rc_result *a = tell(&scenario, (random_telling){.heads = heads}, &few, NULL);
    rc_result *b =
        tell(&scenario, (random_telling){.heads = heads, .weeks = 1}, &few, &told);
    metamorphic_same(a, b, told);
    for (int i = 0; i < FUTURES; i++) {
        const double finish = forecast_finish(a)[i];
        if (isfinite(finish))
            holds(rc_result_finish_date(b, finish) ==
                      rc_result_finish_date(a, finish) + 7,
                  told, "day %.17g", finish);
    }
    rc_result_free(a);
    rc_result_free(b);
    free(told);
}

/* ------------------------------------------------------------- in other runs */

static void the_first_futures_of_more(uint64_t seed)
{
    const random_scenario scenario = random_scenario_make(seed);
    const random_telling how = {.heads = some_heads(seed)};
    const uint64_t n = 1 + seed % (RC_LANES + 100); /* at and between ends of blocks */
    char *told;
    rc_result *a = tell(&scenario, how, &(forecast_options){.futures = n}, NULL);
    rc_result *b =
        tell(&scenario, how, &(forecast_options){.futures = 2 * RC_LANES + 1}, &told);
    same_samples(a, b, n, 1, told);
    rc_result_free(a);
    rc_result_free(b);
    free(told);
}

static void on_more_threads(uint64_t seed)
{
    static const uint32_t threads[] = {2, 3, 7};
    const random_scenario scenario = random_scenario_make(seed);
    const random_telling how = {.heads = some_heads(seed)};
    char *told;
    rc_result *one =
        tell(&scenario, how, &(forecast_options){.futures = SOME_BLOCKS}, NULL);
    rc_result *more =
        tell(&scenario, how,
             &(forecast_options){.futures = SOME_BLOCKS, .threads = threads[seed % 3]},
             &told);
    metamorphic_same(one, more, told);
    rc_result_free(one);
    rc_result_free(more);
    free(told);
}

static void by_events_as_by_rows(uint64_t seed)
{
    const random_scenario scenario = random_scenario_make(seed);
    char *told;
    forecast_options by_events = few;
    by_events.queue = true;
    rc_result *rows = tell(&scenario, (random_telling){0}, &few, NULL);
    rc_result *events = tell(&scenario, (random_telling){0}, &by_events, &told);
    ck_assert(!rows->resource_limited);
    metamorphic_same(rows, events, told);
    rc_result_free(rows);
    rc_result_free(events);
    free(told);
}

void metamorphic_hashes(uint64_t *out, uint64_t n, const char *simd)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    const pid_t child = fork();
    ck_assert(child >= 0);
    if (child == 0) {
        setenv("ROADCAST_SIMD", simd, 1);
        for (uint64_t seed = 1; seed <= n; seed++) {
            const random_scenario scenario = random_scenario_make(seed);
            rc_result *r = tell(&scenario, (random_telling){.heads = some_heads(seed)},
                                &few, NULL);
            const double *row[] = {forecast_finish(r), forecast_cost(r)};
            uint64_t hash = 0, bits;
            for (int i = 0; i < 2 * FUTURES; i++) {
                memcpy(&bits, &row[i % 2][i / 2], sizeof bits);
                hash = rc_mix64(hash ^ bits);
            }
            if (write(ends[1], &hash, sizeof hash) != sizeof hash)
                _exit(1);
            rc_result_free(r);
        }
        _exit(0);
    }
    close(ends[1]);
    for (uint64_t i = 0; i < n; i++)
        ck_assert(read(ends[0], &out[i], sizeof *out) == sizeof *out);
    close(ends[0]);
    int status;
    ck_assert(waitpid(child, &status, 0) == child && status == 0);
}

/* ------------------------------------------------------------ one way, or not */

/* Where people cannot bind and nothing looks at the date, nobody gains by a later start. */
static void longer_is_no_earlier(uint64_t seed)
{
    const random_scenario scenario = random_scenario_make(seed);
    const random_telling how = {.no_dates = true};
    random_telling longer = how;
    longer.longer = 1 + (int)(seed % (uint64_t)scenario.tasks);
    char *told;
    rc_result *a = tell(&scenario, how, &few, NULL);
    rc_result *b = tell(&scenario, longer, &few, &told);
    const double *x = forecast_finish(a), *y = forecast_finish(b);
    for (int i = 0; i < FUTURES; i++)
        holds(y[i] >= x[i] - 1e-9, told, "future %d: %.17g, longer %.17g", i, x[i],
              y[i]);
    for (uint32_t i = 0; i < a->percentiles_n; i++)
        ck_assert(b->finish.p[i] >= a->finish.p[i] - 1e-9);
    rc_result_free(a);
    rc_result_free(b);
    free(told);
}

static void twice_the_people_that_do_not_bind(uint64_t seed)
{
    const random_scenario scenario = random_scenario_make(seed);
    char *told;
    rc_result *a = tell(&scenario, (random_telling){0}, &few, NULL);
    rc_result *b = tell(&scenario, (random_telling){.doubled = true}, &few, &told);
    ck_assert(!a->resource_limited);
    metamorphic_same(a, b, told);
    rc_result_free(a);
    rc_result_free(b);
    free(told);
}

/* A later deadline, more money, an easier target: no chance falls, and no date, cost or
 * quality moves where no gate asks for the target. */
static void easier_goals(uint64_t seed)
{
    const random_scenario scenario = random_scenario_make(seed);
    const random_telling how = {.heads = some_heads(seed), .own_gates = true};
    rc_result *a = tell(&scenario, how, &few, NULL);
    for (int i = 0; i < 3; i++) {
        random_telling easier = how;
        easier.later = i == 0 ? 1 + (int)(seed % 60) : 0;
        easier.richer = i == 1 ? 1 + (int)(seed % 40) : 0;
        easier.easier = i == 2 ? 1 + (int)(seed % 30) : 0;
        char *told;
        rc_result *b = tell(&scenario, easier, &few, &told);
        const rc_verdict *v = &a->verdict, *e = &b->verdict;
        same_rows("finish", forecast_finish(a), forecast_finish(b), FUTURES, 1, told);
        same_rows("cost", forecast_cost(a), forecast_cost(b), FUTURES, 1, told);
        holds(e->deadline.p >= v->deadline.p && e->budget.p >= v->budget.p &&
                  e->launch.p == v->launch.p &&
                  (i == 0 || e->deadline.p == v->deadline.p) &&
                  (i == 1 || e->budget.p == v->budget.p),
              told, "date %g and %g, money %g and %g", v->deadline.p, e->deadline.p,
              v->budget.p, e->budget.p);
        holds(!(e->target.p < v->target.p) && !(e->all.p < v->all.p) &&
                  (i == 2 || same_number(e->target.p, v->target.p)),
              told, "target %g and %g, all %g and %g", v->target.p, e->target.p,
              v->all.p, e->all.p);
        rc_result_free(b);
        free(told);
    }
    rc_result_free(a);
}

static void a_what_if_that_changes_nothing(uint64_t seed)
{
    const random_scenario scenario = random_scenario_make(seed);
    const random_telling how = {.heads = some_heads(seed)};
    forecast_text set = {0};
    forecast_add(&set, "tasks.%s.duration=", scenario.task[0].id);
    random_first_duration(&set, &scenario);
    forecast_options beside = few;
    beside.what_if = (const char *const[]){set.at, NULL};
    char *told;
    rc_result *a = tell(&scenario, how, &beside, &told);
    ck_assert_int_eq(a->what_if_n, 1);
    const rc_what_if_result *w = &a->what_if[0];
    holds(w->gain == 0 && w->gain_error == 0 &&
              (scenario.value ? w->value_gain == 0 && w->value_gain_error == 0
                              : isnan(w->value_gain)) &&
              same_number(w->finish_p80_days, rc_spread_at(a, &a->finish, 80)) &&
              w->cost_p80 == rc_spread_at(a, &a->cost, 80),
          told, "%g +- %g, %g +- %g of value", w->gain, w->gain_error, w->value_gain,
          w->value_gain_error);
    rc_result_free(a);
    free(told);
    free(set.at);
}

const metamorphic metamorphic_relations[] = {
    {"lists in another order: the same bits", in_another_order},
    {"a task of no duration: the same bits", with_a_task_of_no_duration},
    {"a link that follows from others: the same bits", with_a_link_that_follows},
    {"other names, ids where no luck hangs on: the same bits", renamed},
    {"a task, a risk and a search of their own: the same bits", with_strangers},
    {"a risk that never comes, an idle mitigation: the same bits",
     with_what_never_happens},
    {"what would be assumed is said: the same bits", with_defaults_said},
    {"all of these at once: the same bits", all_at_once},
    {"money of another name: the same bits", in_another_currency},
    {"twice as much of another money: twice the cost, to the bit",
     at_half_the_currency},
    {"a week later: seven days later", a_week_later},
    {"the first futures of more: the same bits", the_first_futures_of_more},
    {"more threads: the same bits", on_more_threads},
    {"by events as by rows: the same bits", by_events_as_by_rows},
    {"a longer task: no future ends earlier", longer_is_no_earlier},
    {"twice the people that do not bind: the same bits",
     twice_the_people_that_do_not_bind},
    {"easier goals: no chance falls", easier_goals},
    {"a what-if that changes nothing: no difference at all",
     a_what_if_that_changes_nothing},
};
const int metamorphic_relations_n =
    sizeof metamorphic_relations / sizeof *metamorphic_relations;
