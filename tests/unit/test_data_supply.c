/* Data that come in, against a reference that counts them day by day, future by future;
 * what labelling and searches make of them; a leak, from the first measurement to the task
 * that finds it. */
#include "data_supply.h"
#include "labelling.h"
#include "reference_data.h"
#include "search_bench.h"
#include "suite.h"
#include "test_set.h"

#define DAYS_PER_MONTH 30.4375

typedef struct supply {
    rc_binder *plan;
    rc_data s;
    void *bound;
    rc_step step;
} supply;

/* Everything but labels and leaks. */
static supply *supply_new(rc_binder *plan)
{
    supply *own = calloc(1, sizeof *own);
    own->plan = plan;
    own->s = (rc_data){
        .head = {.id = "data", .name = "data"},
        .items = hand_estimate(plan, "data.items", 20000, 60000),
        .have = hand_estimate(plan, "data.have", 0, 40000),
        .arrives = hand_estimate(plan, "data.arrives", 500 * DAYS_PER_MONTH,
                                 3000 * DAYS_PER_MONTH),
        .usable = hand_estimate(plan, "data.usable", 0.6, 0.95),
        .consent = hand_estimate(plan, "data.consent", 0.5, 0.8),
        .cost_per_item = hand_estimate(plan, "data.cost_per_item", 0.01, 0.1),
        .licence = hand_estimate(plan, "data.licence", 1000, 9000),
    };
    for (uint32_t i = 0; i < HAND_LANES; i++)
        plan->start[i] = 40 * rc_uniform(hand_hash("start", 0, i));
    return own;
}

static void supply_place(supply *own, uint32_t round)
{
    if (!own->bound)
        own->bound = hand_bind(own->plan, &rc_model_data, &own->s);
    own->step = hand_step(own->plan, &own->s, own->bound, round);
    rc_model_data.place(&own->step, own->plan->lane, HAND_LANES);
}

static void supply_free(supply *own)
{
    hand_free(own->plan);
    free(own);
}

static double of(const supply *own, const rc_estimate *e, uint32_t lane, double absent)
{
    return e->given ? own->plan->row[e->index][lane] : absent;
}

/* Working days from a working time on until calendar days are over, a day at a time. */
static double working(double start, double days)
{
    double day = floor(start);
    const double monday = 7 * floor(day / 5) + fmod(day, 5);
    double wall = monday + (start - day) + days;
    double week = floor(wall / 7), in_week = wall - 7 * week;
    return 5 * week + (in_week < 5 ? in_week : 5) - start;
}

static void check_against_reference(supply *own)
{
    const rc_data *s = &own->s;
    supply_place(own, 1);
    uint32_t early = 0, short_of = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const reference_source source = {
            .items = of(own, &s->items, i, 0),
            .have = of(own, &s->have, i, 0),
            .a_day = of(own, &s->arrives, i, 0) / DAYS_PER_MONTH,
            .in_all = of(own, &s->in_all, i, INFINITY),
            .usable = of(own, &s->usable, i, 1),
            .consent = of(own, &s->consent, i, 1),
            .outcome_after = of(own, &s->label_delay, i, 0) * DAYS_PER_MONTH,
            .give_up = of(own, &s->give_up_after, i, INFINITY) * DAYS_PER_MONTH,
            .price = of(own, &s->cost_per_item, i, 0),
            .licence = of(own, &s->licence, i, 0),
            .slower = own->plan->slower[i],
        };
        const reference_delivery told = reference_data(&source);
        const double items = hand_at(own->plan, "data[data].items")[i];
        ck_assert_double_eq_tol(items, told.items, 1e-6);
        ck_assert_double_eq_tol(hand_at(own->plan, "data[data].days")[i], told.days,
                                1e-8);
        ck_assert_double_eq_tol(own->plan->duration[i],
                                working(own->plan->start[i], told.days), 1e-8);
        ck_assert_double_eq_tol(own->plan->cost[i], told.cost, 1e-5);
        const bool enough = told.items > source.items - 1e-6;
        ck_assert_double_eq(hand_at(own->plan, "data[data].p_enough")[i], enough);
        early += told.days == 0;
        short_of += !enough;
    }
    ck_assert_uint_lt(early, HAND_LANES); /* else nothing is tested */
    if (s->in_all.given || s->give_up_after.given)
        ck_assert_uint_gt(short_of, HAND_LANES / 20);
}

START_TEST(data_come_in_as_the_reference_counts_them)
{
    supply *own = supply_new(hand_plan());
    for (uint32_t i = 0; i < HAND_LANES; i++)
        own->plan->slower[i] = 1 + 0.3 * rc_uniform(hand_hash("slower", 0, i));
    check_against_reference(own);
    supply_free(own);
}
END_TEST

START_TEST(where_no_more_can_be_had_the_plan_goes_on_with_fewer)
{
    supply *own = supply_new(hand_plan());
    own->s.in_all = hand_estimate(own->plan, "data.in_all", 20000, 90000);
    check_against_reference(own);
    supply_free(own);
}
END_TEST

START_TEST(a_wait_ends_with_what_has_come_and_has_shown_its_outcome)
{
    supply *own = supply_new(hand_plan());
    own->s.label_delay = hand_estimate(own->plan, "data.label_delay", 1, 3);
    own->s.give_up_after = hand_estimate(own->plan, "data.give_up_after", 0.5, 4);
    check_against_reference(own);
    supply_free(own);
}
END_TEST

START_TEST(where_nothing_comes_or_nothing_is_usable_nobody_waits)
{
    supply *own = supply_new(hand_plan());
    own->s.consent = hand_point(own->plan, "no consent", 0);
    supply_place(own, 1);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        ck_assert_double_eq(own->plan->duration[i], 0);
        ck_assert_double_eq(hand_at(own->plan, "data[data].items")[i], 0);
    }
    supply_free(own);
    own = supply_new(hand_plan());
    own->s.arrives = (rc_estimate){0};
    supply_place(own, 1);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_double_eq(own->plan->duration[i], 0);
    supply_free(own);
}
END_TEST

/* As the start of a further round collecting goes on for the rework's length; as a later
 * part there is nothing to do. */
START_TEST(a_further_round_collects_for_the_rework_s_length)
{
    supply *own = supply_new(hand_plan());
    supply_place(own, 1);
    double before[HAND_LANES], rework[HAND_LANES];
    memcpy(before, hand_at(own->plan, "data[data].items"), sizeof before);
    supply_place(own, 2);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        ck_assert_double_eq(own->plan->duration[i], 0);
        ck_assert_double_eq(hand_at(own->plan, "data[data].items")[i], before[i]);
        own->plan->start[i] = 5 * floor(own->plan->start[i] / 5); /* a Monday */
        rework[i] = 10;
    }
    own->step = hand_step(own->plan, &own->s, own->bound, 3);
    own->step.rework = rework;
    rc_model_data.place(&own->step, own->plan->lane, HAND_LANES);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        ck_assert_double_eq_tol(own->plan->duration[i], 10, 1e-9);
        const double more = 14 * of(own, &own->s.arrives, i, 0) / DAYS_PER_MONTH *
                            of(own, &own->s.usable, i, 0) *
                            of(own, &own->s.consent, i, 0);
        ck_assert_double_eq_tol(hand_at(own->plan, "data[data].items")[i],
                                before[i] + more, 1e-6);
    }
    supply_free(own);
}
END_TEST

/* ------------------------------------------------------------- who uses them */

/* Items that need labels limit the labelling; it ends no sooner than they are there. */
START_TEST(labelling_has_no_more_items_than_there_are_data)
{
    supply *own = supply_new(hand_plan());
    rc_binder *b = own->plan;
    own->s.in_all = hand_estimate(b, "data.in_all", 20000, 90000);
    rc_labelling pool = {
        .head = {.id = "labelling", .name = "labelling"},
        .items = hand_point(b, "labelling.items", 30000),
        .votes_per_item = 1,
        .classes = 2,
        .labellers = 1,
        .speed = hand_point(b, "labelling.speed", 5000),
    };
    own->bound = hand_bind(b, &rc_model_data, &own->s);
    void *bound = hand_bind(b, &rc_model_labelling, &pool);
    /* bound in this order in the engine too: labelling looks at settings alone */
    supply_place(own, 1);
    double until[HAND_LANES];
    for (uint32_t i = 0; i < HAND_LANES; i++)
        until[i] = b->start[i] + b->duration[i];
    const rc_step label = hand_step(b, &pool, bound, 1); /* at the same time */
    rc_model_labelling.place(&label, b->lane, HAND_LANES);
    uint32_t fewer = 0, waits = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double items = fmin(30000, hand_at(b, "data[data].items")[i]);
        ck_assert_double_eq_tol(hand_at(b, "labels")[i], items, 1e-6);
        ck_assert_double_eq_tol(b->duration[i],
                                fmax(items / 5000, until[i] - b->start[i]), 1e-9);
        fewer += items < 30000;
        waits += until[i] - b->start[i] > items / 5000;
    }
    ck_assert_uint_gt(fewer, HAND_LANES / 20);
    ck_assert_uint_gt(waits, HAND_LANES / 20);
    supply_free(own);
}
END_TEST

/* Outcomes of what was on hand are there at once; the others come evenly from the delay
 * on. */
START_TEST(items_with_labels_count_on_the_curve_as_their_outcomes_come)
{
    supply *own = supply_new(hand_plan());
    rc_binder *b = own->plan;
    own->s.label_delay = hand_estimate(b, "data.label_delay", 1, 3);
    const uint32_t finish = rc_bind_state(b, "finish data", NAN);
    supply_place(own, 1);
    rc_labels labels = rc_bind_labels(b);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double items = hand_at(b, "data[data].items")[i];
        const double good =
            of(own, &own->s.usable, i, 0) * of(own, &own->s.consent, i, 0);
        const double now = fmin(items, good * of(own, &own->s.have, i, 0));
        const double start = b->start[i], end = start + b->duration[i];
        const double delay =
            working(start, of(own, &own->s.label_delay, i, 0) * DAYS_PER_MONTH);
        b->row[finish][i] = end;
        ck_assert_double_eq_tol(rc_labels_there(&labels, &own->step, i, start), now,
                                1e-6);
        ck_assert_double_eq_tol(rc_labels_there(&labels, &own->step, i, end), items,
                                1e-6);
        if (b->duration[i] == 0)
            continue;
        ck_assert_double_eq_tol(
            rc_labels_there(&labels, &own->step, i, start + 0.99 * delay), now, 1e-6);
        if (start + delay >= end)
            continue; /* all of them on one weekend */
        for (double share = 0.1; share < 1; share += 0.2) {
            const double part = rc_model_data.done_after(&own->step, i, share);
            if (share * items <= now)
                ck_assert_double_eq(part, 0);
            else
                ck_assert_double_eq_tol(rc_labels_there(&labels, &own->step, i,
                                                        start + part * b->duration[i]),
                                        share * items, 1e-6);
        }
        const double half = (start + delay + end) / 2;
        ck_assert_double_eq_tol(rc_labels_there(&labels, &own->step, i, half),
                                (now + items) / 2, 1e-6);
        ck_assert_double_eq_tol(rc_labels_next(&labels, &own->step, i, start), end,
                                1e-9);
    }
    ck_assert_double_eq(hand_at(b, "data.items")[0], INFINITY);
    supply_free(own);
}
END_TEST

/* ----------------------------------------------------------------------- leaks */

typedef struct leaking {
    supply *data;
    bench *search;
    rc_leak leak;
    uint32_t finish;
} leaking;

static leaking *leaking_new(void)
{
    leaking *own = calloc(1, sizeof *own);
    own->search = three_levers();
    rc_binder *b = own->search->plan;
    own->data = supply_new(b);
    own->leak = (rc_leak){.chance = hand_point(b, "data.leak.chance", 0.5),
                          .loses = hand_estimate(b, "data.leak.loses", 0.01, 0.05),
                          .found_at = "offline"};
    own->data->s.leak = &own->leak;
    own->finish = rc_bind_state(b, "finish offline", NAN);
    supply_place(own->data, 1);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        b->start[i] = 10;
    bench_bind(own->search);
    return own;
}

static void leaking_free(leaking *own)
{
    bench_free(own->search);
    free(own->data);
    free(own);
}

START_TEST(a_leak_shows_in_all_that_is_measured_and_in_nothing_that_is_true)
{
    leaking *own = leaking_new();
    rc_binder *b = own->search->plan;
    bench_place(own->search);
    uint32_t leaks = 0, hopes = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double leak = hand_at(b, "data.leak")[i];
        const double truth = row(own->search, "metric.recall", i),
                     measured = row(own->search, "metric.recall.measured", i);
        const double drawn_at = b->row[own->leak.loses.index][i];
        ck_assert(leak == 0 || leak == drawn_at);
        ck_assert_double_eq_tol(measured, truth + leak, 1e-12);
        /* hope begins with the end of a search that only the leak brought to its aim */
        const bool hope = leak > 0 && measured >= 0.82 && truth < 0.82 - 1e-12;
        const double since = hand_at(b, "leak.since")[i];
        if (hope)
            ck_assert_double_eq_tol(since, 10 + b->duration[i], 1e-9);
        else
            ck_assert(isnan(since));
        leaks += leak > 0;
        hopes += hope;
    }
    ck_assert_double_eq_tol(leaks / (double)HAND_LANES, 0.5,
                            4.5 * 0.5 / sqrt(HAND_LANES));
    ck_assert_uint_gt(hopes, HAND_LANES / 20);
    leaking_free(own);
}
END_TEST

/* The gate of the task that finds it measures without it, and the search that goes on
 * starts from there; before, a gate is fooled too. */
START_TEST(what_is_found_is_in_no_measurement_any_more)
{
    leaking *own = leaking_new();
    rc_binder *b = own->search->plan;
    bench_place(own->search);
    rc_tested_metric recall = rc_bind_tested_metric(b, "recall");
    const uint32_t pair = rc_bind_words(b, "pair");
    double at[HAND_LANES];
    rc_step gate = hand_step(b, NULL, NULL, 1);
    gate.start = at;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double truth = row(own->search, "metric.recall", i),
                     leak = hand_at(b, "data.leak")[i];
        at[i] = 100;
        b->row[own->finish][i] = 100.5;
        ck_assert_double_eq_tol(rc_tested_metric_measure(&recall, &gate, i, pair),
                                truth + leak, 1e-12);
        b->row[own->finish][i] = 100;
        const double shown = rc_tested_metric_measure(&recall, &gate, i, pair);
        ck_assert_double_eq_tol(shown, truth, 1e-12);
        /* nobody measured since: the search itself takes the leak out */
        if (i % 2 == 0)
            hand_at(b, "metric.recall.measured")[i] = shown;
        else
            hand_at(b, "metric.recall.leak")[i] = leak;
        b->start[i] = 100;
    }
    own->search->step.round = 2;
    bench_place(own->search);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_double_eq_tol(row(own->search, "metric.recall.measured", i),
                                row(own->search, "metric.recall", i), 1e-12);
    leaking_free(own);
}
END_TEST

START_TEST(weeks_of_false_hope_end_where_it_is_found_or_with_the_launch)
{
    leaking *own = leaking_new();
    rc_binder *b = own->search->plan;
    bench_place(own->search);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        b->row[own->finish][i] = i % 3 == 0 ? NAN : 200;
        b->launch[i] = i % 3 == 1 ? 150 : i % 3 == 2 ? 250 : INFINITY;
    }
    rc_step after = hand_step(b, &own->data->s, own->data->bound, 1);
    rc_model_data.live(&after);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double leak = hand_at(b, "data.leak")[i],
                     since = hand_at(b, "leak.since")[i];
        const double weeks = hand_at(b, "data[data].leak.weeks_of_false_hope")[i];
        const double shows = hand_at(b, "data[data].leak.shows_after_launch")[i];
        ck_assert_double_eq(hand_at(b, "data[data].leak.chance")[i], leak > 0);
        ck_assert_double_eq(hand_at(b, "data[data].leak.false_hope")[i], !isnan(since));
        if (isnan(since) || i % 3 == 0)
            ck_assert(isnan(weeks));
        else
            ck_assert_double_eq_tol(weeks, ((i % 3 == 1 ? 150 : 200) - since) / 5,
                                    1e-9);
        if (i % 3 == 0)
            ck_assert(isnan(shows));
        else
            ck_assert_double_eq(shows, leak > 0 && i % 3 == 1);
    }
    leaking_free(own);
}
END_TEST

START_TEST(where_less_is_better_a_leak_shows_less)
{
    leaking *own = leaking_new();
    rc_binder *b = own->search->plan;
    b->goals.target.up = false;
    rc_measured_by by = rc_bind_measured_by(b, "recall");
    rc_step step = hand_step(b, NULL, NULL, 1);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const rc_test_set test = rc_test_set_of(&own->search->s, &by, &step, i);
        ck_assert_double_eq(test.leak, -hand_at(b, "data.leak")[i]);
        ck_assert_double_ge(rc_test_shows(&test, 0.001), 0);
    }
    ck_assert_uint_eq(rc_bind_measured_by(b, "latency").leaks.n, 0);
    leaking_free(own);
}
END_TEST

START_TEST(what_makes_no_sense_is_refused)
{
    rc_binder *b = hand_plan();
    supply *own = supply_new(b);
    rc_faults faults = {0};
    const rc_goals goals = {0};
    rc_model_data.check(&own->s, &goals, &faults);
    ck_assert_uint_eq(faults.errors, 0);
    own->s.have = own->s.arrives = own->s.cost_per_item = (rc_estimate){0};
    rc_model_data.check(&own->s, &goals, &faults);
    ck_assert_uint_eq(faults.errors, 1);
    own->s.have = hand_point(b, "have", 3);
    own->s.give_up_after = hand_point(b, "wait", 3);
    rc_model_data.check(&own->s, &goals, &faults);
    ck_assert_uint_eq(faults.errors, 2);
    own->s.give_up_after = (rc_estimate){0};
    own->s.cost_per_item = hand_point(b, "price", 3);
    rc_model_data.check(&own->s, &goals, &faults);
    ck_assert_uint_eq(faults.errors, 3);
    supply_free(own);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("data_supply");
    TCase *t = tcase_create("data_supply");
    tcase_add_test(t, data_come_in_as_the_reference_counts_them);
    tcase_add_test(t, where_no_more_can_be_had_the_plan_goes_on_with_fewer);
    tcase_add_test(t, a_wait_ends_with_what_has_come_and_has_shown_its_outcome);
    tcase_add_test(t, where_nothing_comes_or_nothing_is_usable_nobody_waits);
    tcase_add_test(t, a_further_round_collects_for_the_rework_s_length);
    tcase_add_test(t, labelling_has_no_more_items_than_there_are_data);
    tcase_add_test(t, items_with_labels_count_on_the_curve_as_their_outcomes_come);
    tcase_add_test(t, a_leak_shows_in_all_that_is_measured_and_in_nothing_that_is_true);
    tcase_add_test(t, what_is_found_is_in_no_measurement_any_more);
    tcase_add_test(t, weeks_of_false_hope_end_where_it_is_found_or_with_the_launch);
    tcase_add_test(t, where_less_is_better_a_leak_shows_less);
    tcase_add_test(t, what_makes_no_sense_is_refused);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
