/* The network of tasks against brute force: its order, its loops, whether people can bind. */
#include "forecast.h"
#include "plan/network.h"
#include "random_scenario.h"
#include <check.h>
#include <math.h>
#include <roadcast.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state;

static int below(int n)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((state >> 33) % (uint64_t)n);
}

typedef struct compiled {
    rc_scenario *scenario;
    rc_plan *plan;
} compiled;

/* Nothing where the reader refuses. */
static compiled compile_some(const char *text, FILE *told)
{
    compiled c = {0};
    rc_faults *faults = NULL;
    rc_error err = {0};
    const rc_scenario_options options = {.models = rc_models};
    const rc_status status = rc_scenario_read_text(&c.scenario, &faults, "test.cfg",
                                                   text, strlen(text), &options, &err);
    if (status != RC_OK && told)
        rc_faults_print(faults, told, false);
    rc_faults_free(faults);
    if (status == RC_OK && rc_plan_compile(&c.plan, c.scenario, &err) != RC_OK)
        ck_abort_msg("%s\n%s", err.text, text);
    return c;
}

static compiled compile(const char *text)
{
    const compiled c = compile_some(text, stderr);
    ck_assert_msg(c.plan != NULL, "%s", text);
    return c;
}

static void discard(compiled c)
{
    rc_plan_free(c.plan);
    rc_scenario_free(c.scenario);
}

/* ------------------------------------------------------------ small orders */

enum { MOST = 9 };

/* Tasks in an order that links respect; the file has them in another one. */
typedef struct small {
    int n, heads[MOST], capacity, loss; /* loss: heads away for a while */
    double head;                        /* one of them, in people */
    bool after[MOST][MOST];             /* [i][j]: j waits for the end of i */
    bool start[MOST][MOST];             /* [i][j]: j waits for the start of i */
    bool looks[MOST];                   /* has a gate on a metric */
    int gated, back_to;                 /* -1: no loop */
} small;

static small random_small(bool loops)
{
    small s = {
        .n = 2 + below(MOST - 1), .capacity = 2 + below(8), .gated = -1, .back_to = -1};
    s.head = below(4) ? 1 : 0.001;
    const int often = 2 + below(6);
    for (int j = 0; j < s.n; j++) {
        s.heads[j] = below(3);
        for (int i = 0; i < j; i++) {
            s.after[i][j] = below(often) == 0;
            s.start[i][j] = !loops && !s.after[i][j] && below(12) == 0;
        }
    }
    s.heads[0] = s.heads[0] ? s.heads[0] : 1;
    s.loss = below(3) == 0 ? 1 : 0;
    if (loops)
        for (int j = 1; j < s.n; j++)
            for (int i = 0; i < j; i++)
                if (s.after[i][j] && (s.gated < 0 || below(4) == 0)) {
                    s.back_to = i;
                    s.gated = j;
                }
    return s;
}

static void tell(forecast_text *text, const small *s)
{
    text->n = 0;
    forecast_add(text,
                 "format = 1; calendar = { start = \"2026-02-02\"; };\nteam = ({ id = "
                 "\"dev\"; people = %g;",
                 s->capacity * s->head);
    if (s->loss)
        forecast_add(text,
                     " leaves = ({ id = \"away\"; on = \"2026-03-02\"; people = %g; "
                     "back_on = \"2026-03-09\"; });",
                     s->head);
    forecast_add(text, " });\ntasks = (");
    for (int k = 0; k < s->n; k++) {
        const int j = (k * 5 + 3) % s->n;
        const int at =
            s->n % 5 == 0 ? k : j; /* a permutation where 5 and n share nothing */
        const char *lead = " after = [";
        forecast_add(text, "{ id = \"t%d\"; duration = \"1 days\";", at);
        if (s->heads[at])
            forecast_add(text, " who = \"%g dev\";", s->heads[at] * s->head);
        for (int i = 0; i < at; i++)
            if (s->after[i][at] || s->start[i][at]) {
                forecast_add(text, "%s\"%st%d\"", lead,
                             s->start[i][at] ? "start of " : "", i);
                lead = ", ";
            }
        if (lead[0] == ',')
            forecast_add(text, "];");
        if (at == s->gated || s->looks[at])
            forecast_add(text, " gate = \"g%d\";", at);
        forecast_add(text, " }%s", k + 1 < s->n ? ",\n" : ");\n");
    }
    forecast_add(text, "metrics = ({ id = \"m\"; value = \"50 %%\"; });\ngates = (");
    for (int at = 0, n = 0; at < s->n; at++) {
        if (at != s->gated && !s->looks[at])
            continue;
        forecast_add(text, "%s{ id = \"g%d\"; %s;", n++ ? ", " : "", at,
                     s->looks[at] ? "needs = [\"m >= 40 %\"]"
                                  : "chance_to_pass = \"50 %\"");
        if (at == s->gated)
            forecast_add(text, " on_fail = { back_to = \"t%d\"; };", s->back_to);
        forecast_add(text, " }");
    }
    forecast_add(text, ");\n");
}

/* Heads of the heaviest set of tasks of which none is over before another begins. */
static int heaviest(const small *s)
{
    bool over[MOST][MOST];
    int most = 0;
    memcpy(over, s->after, sizeof over);
    for (int k = 0; k < s->n; k++)
        for (int i = 0; i < s->n; i++)
            for (int j = 0; j < s->n; j++)
                over[i][j] = over[i][j] || (over[i][k] && over[k][j]);
    for (int set = 1; set < 1 << s->n; set++) {
        int heads = 0;
        bool together = true;
        for (int i = 0; i < s->n; i++) {
            heads += set >> i & 1 ? s->heads[i] : 0;
            for (int j = 0; j < s->n; j++)
                together = together && !(set >> i & 1 && set >> j & 1 && over[i][j]);
        }
        if (together && heads > most)
            most = heads;
    }
    return most;
}

START_TEST(people_bind_where_the_heaviest_antichain_is_more_than_they_are)
{
    forecast_text text = {0};
    int binding = 0, free_of_it = 0;
    state = 1;
    for (int k = 0; k < 1500; k++) {
        const small s = random_small(false);
        tell(&text, &s);
        const compiled c = compile(text.at);
        const bool binds = heaviest(&s) > s.capacity - s.loss;
        ck_assert_msg(rc_plan_is_resource_limited(c.plan) == binds,
                      "%d heads, %d at once\n%s", s.capacity - s.loss, heaviest(&s),
                      text.at);
        binding += binds;
        free_of_it += !binds;
        discard(c);
    }
    ck_assert_int_gt(binding, 100);
    ck_assert_int_gt(free_of_it, 100);
    free(text.at);
}
END_TEST

START_TEST(one_team_that_binds_is_enough)
{
    for (int few = 0; few < 3; few++) { /* the team that has too few; 2: none */
        forecast_text text = {0};
        forecast_add(
            &text,
            "format = 1; calendar = { start = \"2026-02-02\"; }; team = ({ id = "
            "\"dev\"; people = %d; }, { id = \"ops\"; people = %d; }); tasks = "
            "({ id = \"a\"; duration = \"1 days\"; who = \"1 dev, 1 ops\"; }, { "
            "id = \"b\"; duration = \"1 days\"; who = \"1 dev, 1 ops\"; });",
            few == 0 ? 1 : 2, few == 1 ? 1 : 2);
        const compiled c = compile(text.at);
        ck_assert(rc_plan_is_resource_limited(c.plan) == (few < 2));
        discard(c);
        free(text.at);
    }
}
END_TEST

/* A task of a loop may run again beside whatever waited for its first round only: the
 * links out of the span, but from the gated task, order nothing. */
START_TEST(in_a_loop_the_plan_never_thinks_that_people_cannot_bind_when_they_can)
{
    forecast_text text = {0};
    int limited = 0, looped = 0;
    state = 2;
    for (int k = 0; k < 1500; k++) {
        small s = random_small(true);
        tell(&text, &s);
        if (s.gated < 0)
            continue;
        const compiled c = compile(text.at);
        const rc_loop *loop = &c.plan->loops[0];
        bool span[MOST] = {0};
        for (uint32_t i = 0; i < loop->span_n; i++)
            span[atoi(c.plan->nodes[loop->span[i]].task->head.id + 1)] = true;
        for (int i = 0; i < s.n; i++)
            for (int j = 0; j < s.n; j++)
                s.after[i][j] = s.after[i][j] && !(span[i] && i != s.gated && !span[j]);
        if (heaviest(&s) > s.capacity - s.loss)
            ck_assert_msg(rc_plan_is_resource_limited(c.plan), "%s", text.at);
        limited += rc_plan_is_resource_limited(c.plan);
        looped++;
        discard(c);
    }
    ck_assert_int_gt(looped, 500);
    ck_assert_int_gt(looped - limited, 50);
    free(text.at);
}
END_TEST

/* Whether u comes wholly after t in every future: it hangs on t, or, outside of the loop
 * that t is in, on the end of what this loop's gate lets pass. */
static bool in_order(const small *s, bool hangs[MOST][MOST], const bool *span, int t,
                     int u)
{
    if (!span[t] || span[u])
        return hangs[t][u];
    bool found = false;
    for (int j = 0; j < s->n; j++)
        found |= s->after[s->gated][j] && (j == u || hangs[j][u]);
    return found;
}

static bool clock_decides(const small *s, const bool *span)
{
    bool hangs[MOST][MOST], found = false;
    for (int i = 0; i < s->n; i++)
        for (int j = 0; j < s->n; j++)
            hangs[i][j] = s->after[i][j] || s->start[i][j];
    for (int k = 0; k < s->n; k++)
        for (int i = 0; i < s->n; i++)
            for (int j = 0; j < s->n; j++)
                hangs[i][j] = hangs[i][j] || (hangs[i][k] && hangs[k][j]);
    for (int t = 0; t < s->n; t++)
        for (int u = 0; u < t; u++)
            found |= s->looks[t] && s->looks[u] && !in_order(s, hangs, span, t, u) &&
                     !in_order(s, hangs, span, u, t);
    return found;
}

START_TEST(the_clock_decides_where_two_that_look_at_metrics_have_no_order)
{
    forecast_text text = {0};
    int decided = 0, looped = 0, asked = 0;
    state = 4;
    for (int k = 0; k < 900; k++) {
        small s = random_small(below(4) != 0);
        s.loss = 0, s.capacity = 2 * MOST;
        if (s.gated >= 0 && below(6) == 0)
            s.back_to = s.gated; /* itself alone: no other task is in that loop */
        for (int t = 0; t < s.n; t++) {
            s.looks[t] = below(3) == 0;
            for (int i = 0; i < t; i++)
                s.start[i][t] = !s.after[i][t] && below(6) == 0;
        }
        if (k % 50 == 0) { /* two side by side in a loop */
            s = (small){.n = 4, .head = 1, .capacity = 9, .back_to = 0, .gated = 3};
            s.after[0][1] = s.after[0][2] = s.after[1][3] = s.after[2][3] = true;
            s.after[1][2] = k % 100 == 0;
            s.heads[0] = s.looks[1] = s.looks[2] = true;
        }
        tell(&text, &s);
        const compiled c = compile_some(text.at, NULL);
        if (!c.plan)
            continue;
        bool span[MOST] = {0};
        for (uint32_t l = 0; l < c.plan->loops_n; l++) {
            const rc_loop *loop = &c.plan->loops[l];
            for (uint32_t i = 0; loop->span_n > 1 && i < loop->span_n; i++)
                span[atoi(c.plan->nodes[loop->span[i]].task->head.id + 1)] = true;
        }
        const bool expected = clock_decides(&s, span);
        ck_assert_msg(c.plan->by_events == expected, "%d\n%s", expected, text.at);
        decided += expected;
        looped += s.gated >= 0;
        asked++;
        discard(c);
    }
    ck_assert(decided > 200 && asked - decided > 200 && looped > 300);
    free(text.at);
}
END_TEST

/* -------------------------------------------------------------- random plans */

static void check_order(const rc_plan *plan)
{
    uint32_t *at = calloc(plan->nodes_n, sizeof *at);
    for (uint32_t i = 0; i < plan->nodes_n; i++)
        at[plan->order[i]] = i + 1;
    for (uint32_t t = 0; t < plan->nodes_n; t++)
        ck_assert(at[t] != 0);
    for (uint32_t e = 0; e < plan->edges_n; e++)
        ck_assert(at[plan->edges[e].from] < at[plan->edges[e].to]);
    /* ties by id: whoever stands before could not have been preceded by a smaller one */
    for (uint32_t i = 0; i + 1 < plan->nodes_n; i++) {
        const uint32_t t = plan->order[i], next = plan->order[i + 1];
        bool waits = false;
        for (uint32_t e = 0; e < plan->edges_n; e++)
            waits |= plan->edges[e].from == t && plan->edges[e].to == next;
        ck_assert(waits || strcmp(plan->nodes[t].task->head.id,
                                  plan->nodes[next].task->head.id) < 0);
    }
    free(at);
}

static bool comes_before(const rc_plan *plan, uint32_t a, uint32_t b)
{
    bool found = a == b;
    for (uint32_t e = 0; e < plan->edges_n && !found; e++)
        found = plan->edges[e].to == b && comes_before(plan, a, plan->edges[e].from);
    return found;
}

static void check_spans(const rc_plan *plan)
{
    for (uint32_t l = 0; l < plan->loops_n; l++) {
        const rc_loop *loop = &plan->loops[l];
        uint32_t n = 0;
        for (uint32_t i = 0; i < plan->nodes_n; i++) {
            const uint32_t t = plan->order[i];
            if (!comes_before(plan, loop->back_to, t) ||
                !comes_before(plan, t, loop->task))
                continue;
            ck_assert(n < loop->span_n);
            ck_assert_uint_eq(loop->span[n++], t);
        }
        ck_assert_uint_eq(n, loop->span_n);
    }
}

/* Links that wait for a share of a task, in their order. */
static void check_parts(const rc_plan *plan)
{
    for (uint32_t t = 0; t < plan->nodes_n; t++) {
        uint32_t n = 0;
        for (uint32_t e = 0; e < plan->edges_n; e++)
            if (plan->edges[e].from == t && plan->edges[e].done > 0) {
                ck_assert(n < plan->nodes[t].parts_n);
                ck_assert_uint_eq(plan->nodes[t].parts[n], e);
                ck_assert_uint_eq(plan->edges[e].part, n++);
            }
        ck_assert_uint_eq(n, plan->nodes[t].parts_n);
    }
}

static void check_repeats(const rc_plan *plan)
{
    for (uint32_t t = 0; t < plan->nodes_n; t++) {
        bool repeats = false;
        for (uint32_t l = 0; l < plan->loops_n; l++)
            for (uint32_t i = 0; i < plan->loops[l].span_n; i++)
                repeats |= plan->loops[l].span[i] == t;
        ck_assert(plan->nodes[t].repeats == repeats);
    }
}

static void check_ends(const rc_plan *plan)
{
    for (uint32_t t = 0; t < plan->nodes_n; t++) {
        bool awaited = false, end = false;
        for (uint32_t e = 0; e < plan->edges_n; e++)
            awaited |= plan->edges[e].from == t && !plan->edges[e].start;
        for (uint32_t i = 0; i < plan->ends_n; i++)
            end |= plan->ends[i] == t;
        ck_assert(end == !awaited);
    }
}

START_TEST(order_spans_and_ends_are_those_of_their_definitions)
{
    forecast_text text = {0};
    int loops = 0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        const random_scenario plan = random_scenario_make(seed);
        random_scenario_tell(&text, &plan, &(random_telling){.order = seed});
        const compiled c = compile(text.at);
        check_order(c.plan);
        check_spans(c.plan);
        check_ends(c.plan);
        check_parts(c.plan);
        check_repeats(c.plan);
        loops += (int)c.plan->loops_n;
        discard(c);
    }
    ck_assert_int_gt(loops, 200);
    free(text.at);
}
END_TEST

/* ------------------------------------------------------------------ priorities */

/* Tasks without chance, told so that all times are dyadic: a week has five days. */
typedef struct dated {
    int n;
    double days[MOST];
    int work[MOST], heads[MOST], priority[MOST], earliest[MOST]; /* weeks; 0: none */
    int link[MOST][MOST]; /* [i][j]: a way, 0: none */
    int lag[MOST][MOST];
    int launch; /* -1: none */
} dated;

enum { WAYS = 7 };
static const struct {
    const char *text;
    double done; /* share of the first when the second may begin */
    double per_lag, at_least;
} ways[WAYS] = {{"", 0, 0, 0},
                {"t%d + %d days", 1, 1, 0},
                {"start of t%d + %d days", 0, 1, 0},
                {"50 %% of t%d + %d days", 0.5, 1, 0},
                {"25 %% of t%d", 0.25, 0, 0},
                {"t%d + %d weeks", 1, 5, 0},
                {"t%d + 14 calendar days", 1, 0, 10}};

static dated random_dated(void)
{
    dated d = {.n = 2 + below(MOST - 1), .launch = -1};
    for (int j = 0; j < d.n; j++) {
        d.work[j] = below(3);
        d.heads[j] = 1 + below(2);
        d.days[j] = d.work[j] == 1 ? 5 * (1 + below(3)) : 4 * below(5) + 4;
        d.priority[j] = below(4) ? 0 : 1 + below(3);
        d.earliest[j] = below(4) ? 0 : 1 + below(4);
        for (int i = 0; i < j; i++) {
            d.link[i][j] = below(3) ? 0 : 1 + below(WAYS - 1);
            d.lag[i][j] = below(5);
        }
    }
    if (below(3) == 0)
        d.launch = d.n - 1;
    return d;
}

static void tell_dated(forecast_text *text, const dated *d)
{
    text->n = 0;
    forecast_add(text, "format = 1; calendar = { start = \"2026-02-02\"; };\n"
                       "team = ({ id = \"dev\"; people = 100; });\ntasks = (");
    for (int j = d->n; j-- > 0;) {
        forecast_add(text, "{ id = \"t%d\"; ", j);
        if (d->work[j] == 0)
            forecast_add(text, "duration = \"%g days\"; who = \"1 dev\";", d->days[j]);
        else if (d->work[j] == 1)
            forecast_add(text, "duration = \"%g calendar days\"; who = \"1 dev\";",
                         d->days[j] / 5 * 7);
        else
            forecast_add(text, "effort = \"%g person-days\"; who = \"%d dev\";",
                         d->days[j] * d->heads[j], d->heads[j]);
        if (d->priority[j])
            forecast_add(text, " priority = %d;", d->priority[j]);
        if (d->earliest[j])
            forecast_add(text, " not_before = \"2026-%02d-%02d\";",
                         d->earliest[j] < 4 ? 2 : 3, (7 * d->earliest[j] + 1) % 28 + 1);
        if (j == d->launch)
            forecast_add(text, " milestone = \"launch\";");
        const char *lead = " after = [";
        for (int i = 0; i < j; i++)
            if (d->link[i][j]) {
                forecast_add(text, "%s\"", lead);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-extra-args"
                forecast_add(text, ways[d->link[i][j]].text, i, d->lag[i][j]);
#pragma GCC diagnostic pop
                forecast_add(text, "\"");
                lead = ", ";
            }
        forecast_add(text, "%s }%s", lead[0] == ',' ? "];" : "", j ? ",\n" : ");\n");
    }
}

static double lag_of(const dated *d, int i, int j)
{
    return ways[d->link[i][j]].at_least + ways[d->link[i][j]].per_lag * d->lag[i][j];
}

/* When a task ends at the earliest. */
static double early_end(const dated *d, int j)
{
    double start = 5 * d->earliest[j];
    for (int i = 0; i < j; i++)
        if (d->link[i][j]) {
            double done = ways[d->link[i][j]].done;
            start = fmax(start,
                         early_end(d, i) - (1 - done) * d->days[i] + lag_of(d, i, j));
        }
    return start + d->days[j];
}

/* How long after its end the work that hangs on it goes on. */
static double tail(const dated *d, int i)
{
    double most = 0;
    for (int j = i + 1; j < d->n; j++)
        if (d->link[i][j])
            most = fmax(most, lag_of(d, i, j) -
                                  (1 - ways[d->link[i][j]].done) * d->days[i] +
                                  d->days[j] + tail(d, j));
    return most;
}

START_TEST(who_may_end_latest_comes_last_and_stated_priorities_come_first)
{
    forecast_text text = {0};
    state = 3;
    for (int k = 0; k < 1000; k++) {
        const dated d = random_dated();
        tell_dated(&text, &d);
        const compiled c = compile(text.at);
        double end = 0;
        for (int j = 0; j < d.n; j++)
            end = fmax(end, early_end(&d, j));
        ck_assert_msg(rc_plan_typical_finish(c.plan) ==
                          (d.launch < 0 ? end : early_end(&d, d.launch)),
                      "%.17g\n%s", rc_plan_typical_finish(c.plan), text.at);
        for (int j = 0; j < d.n; j++) {
            uint32_t before = 0;
            for (int i = 0; i < d.n; i++) {
                const int a = d.priority[i] ? d.priority[i] : 9,
                          b = d.priority[j] ? d.priority[j] : 9;
                const double sooner = tail(&d, i) - tail(&d, j);
                before += a < b || (a == b && (sooner > 0 || (sooner == 0 && i < j)));
            }
            ck_assert_msg(c.plan->nodes[d.n - 1 - j].rank == before, "t%d: %u\n%s", j,
                          c.plan->nodes[d.n - 1 - j].rank, text.at);
        }
        discard(c);
    }
    free(text.at);
}
END_TEST

/* 10 days, a decision after 70 calendar days, and 5 days of which the second falls into a
 * week in which nothing may be shipped. */
START_TEST(the_typical_plan_waits_for_models_and_freezes)
{
    static const char text[] =
        "format = 1; calendar = { start = \"2026-02-02\"; freezes = ({ id = \"f\"; "
        "from "
        "= \"2026-04-28\"; to = \"2026-05-04\"; blocks = [\"ship\"]; }); };"
        "submission = { clock = \"70 calendar days\"; };"
        "tasks = ({ id = \"file\"; duration = \"10 days\"; },"
        "{ id = \"decide\"; plan = \"submission\"; after = [\"file\"]; },"
        "{ id = \"ship\"; duration = \"5 days\"; after = [\"decide\"]; },"
        "{ id = \"write\"; duration = \"60 days\"; after = [\"start of file\"]; });";
    const compiled c = compile(text);
    ck_assert_double_eq(rc_plan_typical_finish(c.plan), 10 + 50 + 5 + 5);
    static const char *const urgent[] = {"file", "decide", "ship", "write"};
    for (int i = 0; i < 4; i++)
        for (uint32_t t = 0; t < 4; t++)
            if (strcmp(c.plan->nodes[t].task->head.id, urgent[i]) == 0)
                ck_assert_int_eq((int)c.plan->nodes[t].rank, i);
    discard(c);
}
END_TEST

/* ----------------------------------------------------------------------- limits */

/* RC_REFUSED by the reader, which says why with a place, or by the plan: why in err. */
static rc_status read_and_compile(const char *team, const char *who, rc_error *err)
{
    rc_scenario *scenario = NULL;
    rc_faults *faults = NULL;
    rc_plan *plan = NULL;
    const rc_scenario_options options = {.models = rc_models};
    forecast_text text = {0};
    forecast_add(&text,
                 "format = 1; calendar = { start = \"2026-02-02\"; }; team = ({ id = "
                 "\"dev\"; people = 2; %s }, { id = \"ops\"; people = 3; }); tasks = ({ "
                 "id = \"a\"; duration = \"1 days\"; who = \"3 ops, %s dev\"; });",
                 team, who);
    *err = (rc_error){0};
    rc_status status = rc_scenario_read_text(&scenario, &faults, "test.cfg", text.at,
                                             strlen(text.at), &options, err);
    if (status == RC_OK)
        status = rc_plan_compile(&plan, scenario, err);
    else
        *err = (rc_error){0};
    rc_plan_free(plan);
    rc_faults_free(faults);
    rc_scenario_free(scenario);
    free(text.at);
    return status;
}

START_TEST(who_comes_on_a_saturday_and_goes_on_monday_has_not_been_there)
{
    for (int day = 8; day <= 10; day++) {
        char team[200];
        rc_error err;
        snprintf(team, sizeof team,
                 "joins = ({ id = \"j\"; on = \"2026-02-07\"; people = 0.5; }); leaves "
                 "= ({ id = \"l\"; on = \"2026-02-%02d\"; people = 1; });",
                 day);
        ck_assert_int_eq(read_and_compile(team, "2.5", &err),
                         day < 10 ? RC_REFUSED : RC_OK);
        ck_assert_str_eq(err.text, "");
    }
}
END_TEST

/* The reader adds people, the plan thousandths of them: three times .0014 are .0042 for the
 * one and .003 for the other. */
START_TEST(a_task_that_needs_more_than_ever_work_is_refused)
{
    static const char team[] = "joins = ("
                               "{ id = \"i\"; on = \"2026-02-04\"; people = 0.0014; }, "
                               "{ id = \"j\"; on = \"2026-02-05\"; people = 0.0014; }, "
                               "{ id = \"k\"; on = \"2026-02-06\"; people = 0.0014; });";
    rc_error err;
    ck_assert_int_eq(read_and_compile(team, "2.003", &err), RC_OK);
    ck_assert_int_eq(read_and_compile(team, "2.004", &err), RC_REFUSED);
    ck_assert_str_eq(err.text, "task 'a' needs 2.004 of team 'dev', which never has "
                               "more than 2.003");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network");
    TCase *tcase = tcase_create("network");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase,
                   people_bind_where_the_heaviest_antichain_is_more_than_they_are);
    tcase_add_test(tcase, one_team_that_binds_is_enough);
    tcase_add_test(
        tcase, in_a_loop_the_plan_never_thinks_that_people_cannot_bind_when_they_can);
    tcase_add_test(tcase,
                   the_clock_decides_where_two_that_look_at_metrics_have_no_order);
    tcase_add_test(tcase, order_spans_and_ends_are_those_of_their_definitions);
    tcase_add_test(tcase,
                   who_may_end_latest_comes_last_and_stated_priorities_come_first);
    tcase_add_test(tcase, the_typical_plan_waits_for_models_and_freezes);
    tcase_add_test(tcase,
                   who_comes_on_a_saturday_and_goes_on_monday_has_not_been_there);
    tcase_add_test(tcase, a_task_that_needs_more_than_ever_work_is_refused);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
