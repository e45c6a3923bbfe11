/* Red teaming against a reference, future by future, and against closed forms. */
#include "by_hand.h"
#include "reference_safety.h"
#include "safety.h"
#include "suite.h"

typedef struct bench {
    rc_binder *plan;
    rc_safety settings;
    void *bound;
    rc_step step;
} bench;

static bench *bench_new(void)
{
    bench *own = calloc(1, sizeof *own);
    rc_binder *b = own->plan = hand_plan();
    own->settings = (rc_safety){
        .head = {.id = "safety", .name = "safety"},
        .findings = hand_estimate(b, "safety.findings", 2, 30),
        .blocks = hand_estimate(b, "safety.blocks", 0.2, 0.6),
        .finds = hand_estimate(b, "safety.finds", 0.5, 0.95),
        .round_takes = hand_estimate(b, "safety.round_takes", 2, 8),
        .round_costs = hand_estimate(b, "safety.round_costs", 4000, 12000),
        .fix_takes = hand_estimate(b, "safety.fix_takes", 0.5, 6),
        .fixed_at_once = 1,
        .brings_new = hand_estimate(b, "safety.brings_new", 0.05, 0.4),
        .again = hand_estimate(b, "safety.again", 0.2, 0.6),
    };
    return own;
}

static void bench_bind(bench *own)
{
    own->bound = hand_bind(own->plan, &rc_model_safety, &own->settings);
    own->step = hand_step(own->plan, &own->settings, own->bound, 1);
    own->step.memory =
        rc_bind_alloc(own->plan, HAND_LANES, rc_model_safety.memory_per_lane);
}

static void bench_place(bench *own)
{
    memset(own->step.memory, 0, HAND_LANES * rc_model_safety.memory_per_lane);
    rc_model_safety.place(&own->step, own->plan->lane, HAND_LANES);
}

static void bench_free(bench *own)
{
    hand_free(own->plan);
    free(own);
}

/* ------------------------------------------------------- the same, problem by problem */

typedef struct future {
    const bench *own;
    uint32_t lane;
} future;

static double uniform_of(const void *self, const char *name, uint32_t k)
{
    return rc_uniform(hand_hash(name, k, ((const future *)self)->lane));
}
static double each_of(const void *self, const rc_estimate *e, uint32_t k)
{
    const future *f = self;
    return e->given ? hand_each(f->own->plan, e->index, k, f->lane) : 0;
}
static double found_uniform(const void *self, uint32_t k)
{
    return uniform_of(self, "words safety.found", k);
}
static double new_uniform(const void *self, uint32_t k)
{
    return uniform_of(self, "words safety.new", k);
}
static double round_takes(const void *self, uint32_t k)
{
    return each_of(self, &((const future *)self)->own->settings.round_takes, k);
}
static double round_costs(const void *self, uint32_t k)
{
    return each_of(self, &((const future *)self)->own->settings.round_costs, k);
}
static double fix_takes(const void *self, uint32_t k)
{
    return each_of(self, &((const future *)self)->own->settings.fix_takes, k);
}

static double drawn(const future *f, const rc_estimate *e)
{
    return f->own->plan->row[e->index][f->lane];
}

static reference_team team_of(const future *f, uint32_t round)
{
    const rc_safety *s = &f->own->settings;
    const rc_binder *b = f->own->plan;
    return (reference_team){
        .expected = drawn(f, &s->findings) *
                    (s->blocks.given ? drawn(f, &s->blocks) : 1) *
                    (round > 1 ? drawn(f, &s->again) : 1),
        .finds = drawn(f, &s->finds),
        .brings_new = s->brings_new.given ? drawn(f, &s->brings_new) : 0,
        .slower = b->slower[f->lane],
        .most_days = f->own->step.rework ? f->own->step.rework[f->lane] : INFINITY,
        .fixers = (uint32_t)s->fixed_at_once,
        .self = f,
        .problems_uniform = uniform_of(f, "words safety.problems", round),
        .found_uniform = found_uniform,
        .new_uniform = new_uniform,
        .round_takes = round_takes,
        .round_costs = round_costs,
        .fix_takes = fix_takes,
    };
}

static void agrees(const bench *own, uint32_t lane, const reference_findings *told,
                   double days_before)
{
    const rc_binder *b = own->plan;
    ck_assert_double_eq_tol(b->duration[lane], told->days, 1e-9);
    ck_assert_double_eq_tol(b->cost[lane], told->cost, 1e-6);
    ck_assert_double_eq(hand_at(b, "safety[safety].rounds")[lane], told->rounds);
    ck_assert_double_eq(hand_at(b, "safety[safety].fixes")[lane], told->fixes);
    ck_assert_double_eq(hand_at(b, "safety[safety].unfound")[lane], told->left);
    ck_assert_double_eq(hand_at(b, "safety[safety].p_unfound")[lane], told->left > 0);
    ck_assert_double_eq_tol(hand_at(b, "safety[safety].days")[lane],
                            days_before + told->days, 1e-9);
}

START_TEST(every_future_is_that_of_the_reference)
{
    bench *own = bench_new();
    own->settings.fixed_at_once = _i + 1;
    bench_bind(own);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        own->plan->slower[i] = 1 + 0.3 * rc_uniform(hand_hash("slower", 0, i));
    bench_place(own);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const future f = {own, i};
        const reference_team team = team_of(&f, 1);
        const reference_findings told = reference_safety(&team);
        agrees(own, i, &told, 0);
        ck_assert_double_eq(hand_at(own->plan, "safety.problems")[i], told.problems);
        ck_assert_double_eq(hand_at(own->plan, "safety[safety].p_clean")[i],
                            told.rounds == 1);
        const double others =
            drawn(&f, &own->settings.findings) * (1 - drawn(&f, &own->settings.blocks));
        ck_assert_double_eq(
            hand_at(own->plan, "safety[safety].others")[i],
            reference_poisson(others, uniform_of(&f, "words safety.others", 1)));
    }
    bench_free(own);
}
END_TEST

START_TEST(each_fix_moves_what_it_also_moves)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    const rc_effect also[] = {
        {.metric = "solved", .change = hand_estimate(b, "also.solved", -0.01, 0)},
        {.metric = "latency",
         .relative = true,
         .change = hand_estimate(b, "also.latency", 0.01, 0.05)},
        {.metric = "not built yet", .change = hand_estimate(b, "also.not", 1, 2)}};
    own->settings.also = (rc_effects){also, 3};
    bench_bind(own);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        hand_at(b, "metric.solved")[i] = 0.8;
        hand_at(b, "metric.latency")[i] = 400;
    }
    bench_place(own);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        double solved = 0.8, latency = 400;
        for (uint32_t k = 0; k < hand_at(b, "safety[safety].fixes")[i]; k++) {
            solved += hand_each(b, also[0].change.index, k, i);
            latency *= 1 + hand_each(b, also[1].change.index, k, i);
        }
        ck_assert_double_eq_tol(hand_at(b, "metric.solved")[i], solved, 1e-12);
        ck_assert_double_eq_tol(hand_at(b, "metric.latency")[i], latency, 1e-9);
        ck_assert(isnan(hand_at(b, "metric.not built yet")[i]));
    }
    bench_free(own);
}
END_TEST

START_TEST(a_further_round_finds_what_was_left_and_what_is_new)
{
    bench *own = bench_new();
    bench_bind(own);
    bench_place(own);
    double first_days[HAND_LANES], rework[HAND_LANES];
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        first_days[i] = own->plan->duration[i];
        rework[i] = 20 * rc_uniform(hand_hash("rework", 0, i));
    }
    own->step.round = 2;
    own->step.rework = _i ? rework : NULL; /* the task gone back to, or a later one */
    rc_model_safety.place(&own->step, own->plan->lane, HAND_LANES);
    uint32_t cut = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const future f = {own, i};
        reference_team team = team_of(&f, 1);
        team.most_days = INFINITY;
        const reference_findings before = reference_safety(&team);
        team = team_of(&f, 2);
        team.hidden = before.left;
        team.rounds_before = before.rounds;
        team.fixes_before = before.fixes;
        const reference_findings told = reference_safety(&team);
        agrees(own, i, &told, first_days[i]);
        cut += told.days > team.most_days;
    }
    ck_assert(_i ? cut > 50 : cut == 0);
    bench_free(own);
}
END_TEST

/* ------------------------------------------------------------------- closed forms */

enum { BLOCKS = 100 };

/* m problems, all of which block; f found, q new. */
static bench *plain(double m, double f, double q)
{
    bench *own = bench_new();
    rc_safety *s = &own->settings;
    s->findings = hand_point(own->plan, "m", m);
    s->blocks.given = false;
    s->finds = hand_point(own->plan, "f", f);
    s->brings_new = hand_point(own->plan, "q", q);
    s->round_takes = hand_point(own->plan, "one", 1);
    s->fix_takes = hand_point(own->plan, "none", 0);
    bench_bind(own);
    return own;
}

static double mean_of(bench *own, const char *output, double *sd)
{
    double sum = 0, squares = 0;
    own->plan->block = UINT32_MAX;
    for (uint32_t block = 0; block < BLOCKS; block++) {
        hand_next_block(own->plan);
        bench_place(own);
        const double *x = hand_at(own->plan, output);
        for (uint32_t i = 0; i < HAND_LANES; i++) {
            sum += x[i];
            squares += x[i] * x[i];
        }
    }
    const double n = BLOCKS * HAND_LANES, mean = sum / n;
    *sd = sqrt(fmax(squares / n - mean * mean, 0) / n);
    return mean;
}

static void is(bench *own, const char *output, double exact)
{
    double se, found = mean_of(own, output, &se);
    ck_assert_msg(fabs(found - exact) <= 4.5 * se, "%s: %.5f ± %.5f, exactly %.5f",
                  output, found, se, exact);
}

/* Each problem is the start of a chain of fixes of geometric length. */
START_TEST(fixes_that_bring_new_problems_make_chains)
{
    bench *own = plain(4, 1, 0.3);
    double rounds = 1;
    for (int r = 1; r < 60; r++)
        rounds += 1 - exp(-4 * pow(0.3, r - 1));
    is(own, "safety[safety].rounds", rounds);
    is(own, "safety[safety].fixes", 4 / 0.7);
    is(own, "safety[safety].p_clean", exp(-4));
    is(own, "safety[safety].unfound", 0);
    bench_free(own);
}
END_TEST

/* Rounds find independent Poisson numbers; the first that finds none is the last. */
START_TEST(what_no_round_finds_is_there_at_the_launch)
{
    const double m = 5, f = 0.6;
    bench *own = plain(m, f, 0);
    double rounds = 0, unfound = 0, some = 0, still = 1;
    for (int r = 1; r < 200; r++) {
        const double finds = m * f * pow(1 - f, r - 1), left = m * pow(1 - f, r);
        const double ends = still * exp(-finds);
        rounds += ends * r;
        unfound += ends * left;
        some += ends * (1 - exp(-left));
        still -= ends;
    }
    is(own, "safety[safety].rounds", rounds);
    is(own, "safety[safety].unfound", unfound);
    is(own, "safety[safety].p_unfound", some);
    bench_free(own);
}
END_TEST

START_TEST(a_red_team_that_finds_nothing_is_done_at_once)
{
    bench *own = plain(50, 0, 0);
    bench_place(own);
    ck_assert_double_eq(own->plan->duration[0], 1);
    ck_assert_double_eq(hand_at(own->plan, "safety[safety].unfound")[0],
                        hand_at(own->plan, "safety.problems")[0]);
    bench_free(own);
    own = plain(0, 1, 0);
    bench_place(own);
    ck_assert_double_eq(own->plan->duration[0], 1);
    ck_assert_double_eq(hand_at(own->plan, "safety[safety].p_clean")[0], 1);
    bench_free(own);
}
END_TEST

START_TEST(the_typical_time_is_near_the_median)
{
    bench *own = bench_new();
    bench_bind(own);
    bench_place(own);
    const double typical = rc_model_safety.typical(&own->settings);
    uint32_t longer = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++)
        longer += own->plan->duration[i] > typical;
    ck_assert_uint_ge(longer, HAND_LANES * 3 / 10);
    ck_assert_uint_le(longer, HAND_LANES * 7 / 10);
    bench_free(own);
}
END_TEST

START_TEST(check_wants_working_days)
{
    bench *own = bench_new();
    struct rc_faults faults = {0};
    rc_model_safety.check(&own->settings, &own->plan->goals, &faults);
    ck_assert_uint_eq(faults.errors + faults.warnings, 0);
    own->settings.fix_takes.calendar = true;
    rc_model_safety.check(&own->settings, &own->plan->goals, &faults);
    ck_assert_str_eq(faults.last, "fix_takes is work: it counts working days, not "
                                  "calendar days");
    own->settings.round_takes.calendar = true;
    own->settings.fix_takes.calendar = false;
    rc_model_safety.check(&own->settings, &own->plan->goals, &faults);
    ck_assert_str_eq(faults.last, "round_takes is work: it counts working days, not "
                                  "calendar days");
    bench_free(own);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("safety");
    TCase *t = tcase_create("safety");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, every_future_is_that_of_the_reference, 0, 3);
    tcase_add_test(t, each_fix_moves_what_it_also_moves);
    tcase_add_loop_test(t, a_further_round_finds_what_was_left_and_what_is_new, 0, 2);
    tcase_add_test(t, fixes_that_bring_new_problems_make_chains);
    tcase_add_test(t, what_no_round_finds_is_there_at_the_launch);
    tcase_add_test(t, a_red_team_that_finds_nothing_is_done_at_once);
    tcase_add_test(t, the_typical_time_is_near_the_median);
    tcase_add_test(t, check_wants_working_days);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
