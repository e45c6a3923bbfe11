/* Enrolment against exact answers and against a reference, future by future. */
#include "by_hand.h"
#include "enrolment.h"
#include "gate.h"
#include "reference_enrolment.h"
#include "reference_sites.h"
#include "sites.h"
#include "suite.h"
#include "test_set.h"

START_TEST(poisson_quantiles_meet_their_definition)
{
    static const double means[] = {1e-6, 0.3, 1, 4.7, 50, 2000};
    for (size_t m = 0; m < sizeof means / sizeof *means; m++)
        for (int i = 1; i < 200; i++) {
            const double u = i / 200.0, k = rc_poisson_quantile(u, means[m]);
            ck_assert_double_ge(rc_gamma_ccdf(means[m], k + 1), u - 1e-12);
            if (k > 0)
                ck_assert_double_lt(rc_gamma_ccdf(means[m], k), u + 1e-12);
        }
    ck_assert_double_eq(rc_poisson_quantile(0.5, 0), 0);
}
END_TEST

/* Of 1000 cases, 200 with the disease: the panel calls 180 + 16 positive; of these the
 * model finds .9 x 180 + .2 x 16, of the 784 + 20 others it clears .8 x 784 + .1 x 20. */
START_TEST(what_a_panel_shows_is_what_its_four_cells_say)
{
    const rc_shown positives = rc_shown_by(0.2, 0.1, 0.02, 0.8);
    const rc_shown negatives = rc_shown_by(0.8, 0.02, 0.1, 0.9);
    ck_assert_double_eq_tol(positives.bias + (1 - positives.loses) * 0.9,
                            (162 + 3.2) / 196, 1e-14);
    ck_assert_double_eq_tol(negatives.bias + (1 - negatives.loses) * 0.8,
                            (627.2 + 2) / 804, 1e-14);
    const rc_shown exact = rc_shown_by(0.2, 0, 0, 0.8);
    ck_assert_double_eq(exact.bias, 0);
    ck_assert_double_eq(exact.loses, 0);
}
END_TEST

/* ------------------------------------------------------------- a study by hand */

typedef struct bench {
    rc_binder *plan;
    rc_study_site site[3];
    rc_readers readers;
    rc_enrolment study;
    rc_sites differ;
    void *bound;
} bench;

static const char *const sensitivity[] = {"sensitivity"};
static const char *const specificity[] = {"specificity"};

static bench *bench_new(void)
{
    bench *own = calloc(1, sizeof *own);
    rc_binder *b = own->plan = hand_plan();
    for (int i = 0; i < 3; i++) {
        static const char *const ids[] = {"a", "b", "c"};
        char name[32];
        own->site[i].head.id = own->site[i].head.name = ids[i];
        snprintf(name, sizeof name, "%s.opens", ids[i]);
        own->site[i].opens = hand_estimate(b, name, i * 10, i * 10 + 30);
        snprintf(name, sizeof name, "%s.recruits", ids[i]);
        own->site[i].recruits = hand_estimate(b, name, 0.5, 4);
        snprintf(name, sizeof name, "%s.cost", ids[i]);
        own->site[i].cost = hand_point(b, name, 10000);
    }
    own->readers = (rc_readers){
        .panel = 3,
        .missed = hand_estimate(b, "missed", 0.05, 0.2),
        .false_alarms = hand_estimate(b, "false_alarms", 0.01, 0.05),
        .votes_correlate = 0.3,
        .cost_per_read = hand_point(b, "cost_per_read", 20),
    };
    own->study = (rc_enrolment){
        .head = {.id = "study", .name = "Study"},
        .positives = 20,
        .negatives = 30,
        .prevalence = hand_estimate(b, "prevalence", 0.2, 0.6),
        .drop_out = hand_estimate(b, "drop_out", 0.05, 0.3),
        .sites = {own->site, 3},
        .cost_per_person = hand_point(b, "cost_per_person", 400),
        .of_positives = {sensitivity, 1, NULL},
        .of_negatives = {specificity, 1, NULL},
        .readers = &own->readers,
    };
    own->differ = (rc_sites){.head = {.id = "sites", .name = "sites"},
                             .spread = hand_estimate(b, "spread", 0.01, 0.05),
                             .after_launch = 7};
    return own;
}

static void bench_bind(bench *own, bool differ)
{
    rc_binder *b = own->plan;
    static const rc_target target = {
        .given = true, .metric = "sensitivity", .up = true, .value = 0.88, .unit = "%"};
    b->goals.target = target;
    b->goals.targets = &target;
    b->goals.targets_n = 1;
    if (differ)
        hand_bind(b, &rc_model_sites, &own->differ);
    own->bound = hand_bind(b, &rc_model_enrolment, &own->study);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        hand_at(b, "metric.sensitivity")[i] = 0.85 + 0.1 * i / HAND_LANES;
        hand_at(b, "metric.specificity")[i] = 0.9 - 0.1 * i / HAND_LANES;
        b->slower[i] = 1 + 0.3 * rc_uniform(hand_hash("slower", 0, i));
        b->start[i] = i % 40;
    }
}

static void bench_free(bench *own)
{
    hand_free(own->plan);
    free(own);
}

static double u(const char *words, uint32_t index, uint32_t lane)
{
    return rc_uniform(hand_hash(words, index, lane));
}

static reference_study told(const bench *own, uint32_t lane, double limit)
{
    const rc_binder *b = own->plan;
    reference_study s = {
        .wanted = {(double)own->study.positives, (double)own->study.negatives},
        .prevalence = b->row[own->study.prevalence.index][lane],
        .drop_out = b->row[own->study.drop_out.index][lane],
        .sites = 3,
        .cost_per_person = 400,
        .cost_per_read = 20,
        .limit = limit,
        .slower = b->slower[lane],
        .panel = own->study.readers ? (int)own->readers.panel : 0,
        .missed = b->row[own->readers.missed.index][lane],
        .false_alarms = b->row[own->readers.false_alarms.index][lane],
        .correlate = 0.3,
        .wait = {u("words study.positives", 1, lane),
                 u("words study.negatives", 1, lane)},
        .more = {u("words study.positives.more", 1, lane),
                 u("words study.negatives.more", 1, lane)},
        .lost = u("words study.drop_out", 1, lane),
    };
    for (int i = 0; i < 3; i++) {
        s.opens[i] = b->row[own->site[i].opens.index][lane];
        s.recruits[i] = b->row[own->site[i].recruits.index][lane];
        s.site_cost[i] = 10000;
    }
    return s;
}

/* Readers or none, an even panel, until there are enough or given up. */
START_TEST(every_future_agrees_with_the_reference)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    double limit = INFINITY;
    if (_i == 1)
        own->study.readers = NULL;
    if (_i == 2)
        own->readers.panel = 2;
    if (_i == 3) {
        limit = 25;
        own->study.give_up_after = hand_point(b, "give_up_after", limit);
    }
    bench_bind(own, false);
    const rc_step step = hand_step(b, &own->study, own->bound, 1);
    rc_model_enrolment.place(&step, b->lane, HAND_LANES);
    uint32_t gave_up = 0;
    for (uint32_t i = 0; i < HAND_LANES; i += 7) {
        const reference_study s = told(own, i, limit / b->slower[i]);
        const reference_cases r = reference_enrol(&s);
        ck_assert_double_eq_tol(b->duration[i], r.days, 1e-7);
        ck_assert_double_eq(hand_at(b, "enrolment[study].positives")[i], r.cases[0]);
        ck_assert_double_eq(hand_at(b, "enrolment[study].negatives")[i], r.cases[1]);
        ck_assert_double_eq(hand_at(b, "enrolment[study].enrolled")[i],
                            r.cases[0] + r.cases[1] + r.lost);
        ck_assert_double_eq_tol(b->cost[i], r.cost, 1e-6);
        ck_assert_double_eq(hand_at(b, "study.sensitivity.size")[i], r.cases[0]);
        ck_assert_double_eq(hand_at(b, "study.specificity.size")[i], r.cases[1]);
        ck_assert_double_eq(hand_at(b, "study.specificity.until")[i],
                            b->start[i] + b->duration[i]);
        const bool enough = r.cases[0] >= 20 && r.cases[1] >= 30;
        ck_assert_double_eq(hand_at(b, "enrolment[study].p_enough")[i], enough);
        gave_up += !enough;
    }
    if (_i == 3)
        ck_assert_uint_gt(gave_up, 5);
    else
        ck_assert_uint_eq(gave_up, 0);
    bench_free(own);
}
END_TEST

/* Averages over the sites by whom they sent, then the four cells of the panel. */
START_TEST(a_study_shows_the_average_of_its_sites_as_the_panel_reads_it)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    bench_bind(own, true);
    const rc_step step = hand_step(b, &own->study, own->bound, 1);
    rc_model_enrolment.place(&step, b->lane, HAND_LANES);
    for (uint32_t i = 0; i < HAND_LANES; i += 7) {
        const reference_study s = told(own, i, INFINITY);
        const reference_cases r = reference_enrol(&s);
        const double spread = b->row[own->differ.spread.index][i];
        double sens = 0, spec = 0;
        for (int k = 0; k < 3; k++) {
            char words[64];
            snprintf(words, sizeof words, "words sites.%s.sensitivity",
                     own->site[k].head.id);
            double here = hand_at(b, "metric.sensitivity")[i] +
                          spread * rc_normal_quantile(u(words, 0, i));
            sens += r.weight[k] * (here > 1 ? 1 : here);
            snprintf(words, sizeof words, "words sites.%s.specificity",
                     own->site[k].head.id);
            here = hand_at(b, "metric.specificity")[i] +
                   spread * rc_normal_quantile(u(words, 0, i));
            spec += r.weight[k] * (here > 1 ? 1 : here);
        }
        const double q = s.prevalence;
        const double called[2] = {q * (1 - r.panel_misses), (1 - q) * r.panel_alarms};
        const double cleared[2] = {(1 - q) * (1 - r.panel_alarms), q * r.panel_misses};
        const double shown[2] = {
            (called[0] * sens + called[1] * (1 - spec)) / (called[0] + called[1]),
            (cleared[0] * spec + cleared[1] * (1 - sens)) / (cleared[0] + cleared[1])};
        ck_assert_double_eq_tol(hand_at(b, "study.sensitivity.bias")[i] +
                                    (1 - hand_at(b, "study.sensitivity.loses")[i]) *
                                        hand_at(b, "metric.sensitivity")[i],
                                shown[0], 1e-9);
        ck_assert_double_eq_tol(
            hand_at(b, "enrolment[study].metrics[specificity].shown_off")[i],
            shown[1] - hand_at(b, "metric.specificity")[i], 1e-9);
    }
    bench_free(own);
}
END_TEST

START_TEST(a_further_round_is_a_new_study_at_open_sites_for_as_long_as_the_rework)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    bench_bind(own, false);
    rc_step step = hand_step(b, &own->study, own->bound, 1);
    rc_model_enrolment.place(&step, b->lane, 8);
    double first[8], people[8];
    for (int i = 0; i < 8; i++) {
        first[i] = b->duration[i];
        people[i] = hand_at(b, "enrolment[study].enrolled")[i];
    }
    step.round = 2;
    double rework[HAND_LANES];
    for (int i = 0; i < 8; i++)
        rework[i] = i < 4 ? 3 : 1e6;
    step.rework = rework;
    rc_model_enrolment.place(&step, b->lane, 8);
    for (int i = 0; i < 8; i++) {
        if (i < 4)
            ck_assert_double_eq_tol(b->duration[i], 3 * b->slower[i], 1e-12);
        ck_assert_double_eq_tol(hand_at(b, "enrolment[study].days")[i],
                                first[i] + b->duration[i], 1e-12);
        ck_assert_double_gt(hand_at(b, "enrolment[study].enrolled")[i], people[i]);
        ck_assert_double_eq(hand_at(b, "study.sensitivity.round")[i], 2);
        if (i >= 4)
            ck_assert_double_ge(hand_at(b, "study.sensitivity.size")[i], 20);
    }
    bench_free(own);
}
END_TEST

/* ------------------------------------------------------- a gate behind a study */

/* Smallest k of n whose lower end meets the threshold, by trying all. */
static double least(double n, double threshold, double z)
{
    for (double k = 0; k <= n; k++) {
        const double p = k / n;
        const double low =
            (p + z * z / (2 * n) - z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) /
            (1 + z * z / n);
        if (low >= threshold)
            return k;
    }
    return n + 1;
}

START_TEST(a_gate_counts_the_cases_of_the_study_and_asks_its_confidence)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    own->study.positives = 200;
    bench_bind(own, true);
    const rc_condition needs[] = {
        {.metric = "sensitivity",
         .op = RC_AT_LEAST,
         .value = 0.85,
         .sure = 0.975,
         .unit = "%"},
        {.metric = "specificity", .op = RC_AT_LEAST, .value = 0.75, .unit = "%"}};
    const rc_gate gate = {.head = {.id = "pivotal", .name = "Pivotal"},
                          .needs = {needs, 2}};
    void *bound = hand_bind(b, &rc_model_gate, &gate);
    rc_step step = hand_step(b, &own->study, own->bound, 1);
    rc_model_enrolment.place(&step, b->lane, HAND_LANES);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        b->start[i] += b->duration[i]; /* the gate is asked at its end */
        hand_at(b, "metric.sensitivity.seed")[i] = 0.01 * (i % 3) - 0.01;
    }
    step = hand_step(b, &gate, bound, 1);
    rc_model_gate.place(&step, b->lane, HAND_LANES);
    uint32_t passed = 0, false_no_go = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        const double n = hand_at(b, "study.sensitivity.size")[i];
        const double shown = hand_at(b, "study.sensitivity.bias")[i] +
                             (1 - hand_at(b, "study.sensitivity.loses")[i]) *
                                 hand_at(b, "metric.sensitivity")[i] +
                             hand_at(b, "metric.sensitivity.seed")[i];
        const double k = rc_binomial_quantile(
            u("words metric.sensitivity.test_set", 0x10001, i), n, shown);
        ck_assert_double_eq(hand_at(b, "metric.sensitivity.measured")[i], k / n);
        const bool enough = k >= least(n, 0.85, 1.959963984540054);
        const bool clear = hand_at(b, "metric.specificity.measured")[i] >= 0.75 - 1e-12;
        ck_assert_uint_eq(b->verdict[i], !enough ? 1 : !clear ? 2 : 0);
        ck_assert_double_eq(hand_at(b, "gates[pivotal].false_no_go")[i], !enough);
        ck_assert_double_eq(hand_at(b, "gates[pivotal].false_go")[i], 0);
        ck_assert_double_eq(hand_at(b, "gates[pivotal].p_proved")[i], enough);
        passed += enough;
        false_no_go += !enough;
    }
    ck_assert_uint_gt(passed, HAND_LANES / 10);
    ck_assert_uint_gt(false_no_go, HAND_LANES / 10);
    bench_free(own);
}
END_TEST

START_TEST(a_gate_before_the_end_of_the_study_does_not_see_it)
{
    bench *own = bench_new();
    rc_binder *b = own->plan;
    bench_bind(own, false);
    const rc_condition need = {
        .metric = "sensitivity", .op = RC_AT_LEAST, .value = 0.9, .unit = "%"};
    const rc_gate gate = {.head = {.id = "early", .name = "Early"},
                          .needs = {&need, 1}};
    void *bound = hand_bind(b, &rc_model_gate, &gate);
    rc_step step = hand_step(b, &own->study, own->bound, 1);
    rc_model_enrolment.place(&step, b->lane, HAND_LANES);
    step = hand_step(b, &gate, bound, 1); /* asked when the study starts */
    rc_model_gate.place(&step, b->lane, HAND_LANES);
    for (uint32_t i = 0; i < HAND_LANES; i++)
        ck_assert_double_eq(hand_at(b, "metric.sensitivity.measured")[i],
                            hand_at(b, "metric.sensitivity")[i]);
    bench_free(own);
}
END_TEST

START_TEST(wilsons_interval_is_where_the_measured_share_is_z_deviations_away)
{
    ck_assert_double_eq_tol(rc_wilson_end(0.9, 90, -1.96), 0.820756, 1e-6);
    ck_assert_double_eq_tol(rc_wilson_end(0.9, 90, 1.96), 0.946494, 1e-6);
    for (double n = 5; n < 1000; n *= 3)
        for (int k = 0; k <= 5; k++)
            for (double z = -2; z <= 2; z += 4) {
                const double p = k / 5.0, end = rc_wilson_end(p, n, z);
                const double back = end - z * sqrt(end * (1 - end) / n);
                ck_assert_double_eq_tol(back, p, 1e-7);
            }
}
END_TEST

/* -------------------------------------------------------- sites after the launch */

/* What two metrics are, what is needed of them; the second pair stands at what is perfect. */
static const struct {
    double specificity, sensitivity;
    rc_condition needs[2];
    const char *signs;
} at_sites[] = {
    {0.85,
     0.9,
     {{.metric = "specificity", .op = RC_ABOVE, .value = 0.84, .unit = "%"},
      {.metric = "sensitivity", .op = RC_AT_LEAST, .value = 0.88, .unit = "%"}},
     ">g"},
    {0.985,
     0.03,
     {{.metric = "specificity", .op = RC_AT_MOST, .value = 0.995, .unit = "%"},
      {.metric = "sensitivity", .op = RC_BELOW, .value = 0.05, .unit = "%"}},
     "l<"},
};

START_TEST(sites_below_their_need_are_counted_one_by_one)
{
    enum { SITES = 7 };
    bench *own = bench_new();
    rc_binder *b = own->plan;
    own->differ.needs = (rc_conditions){at_sites[_i].needs, 2};
    void *bound = hand_bind(b, &rc_model_sites, &own->differ);
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        hand_at(b, "metric.sensitivity")[i] = at_sites[_i].sensitivity;
        hand_at(b, "metric.specificity")[i] = at_sites[_i].specificity;
        b->launch[i] = i % 5 == 0 ? INFINITY : 100;
    }
    const rc_step step = hand_step(b, &own->differ, bound, 1);
    rc_model_sites.live(&step);
    uint32_t all_meet = 0, some_miss = 0;
    for (uint32_t i = 0; i < HAND_LANES; i++) {
        if (i % 5 == 0) {
            ck_assert(isnan(hand_at(b, "sites[sites].below")[i]));
            continue;
        }
        double z[2][SITES], worst;
        for (uint32_t k = 0; k < SITES; k++) {
            z[0][k] = rc_normal_quantile(u("words sites.after.specificity", k, i));
            z[1][k] = rc_normal_quantile(u("words sites.after.sensitivity", k, i));
        }
        const reference_site_need told[] = {
            {at_sites[_i].specificity, at_sites[_i].signs[0],
             at_sites[_i].needs[0].value, z[0]},
            {at_sites[_i].sensitivity, at_sites[_i].signs[1],
             at_sites[_i].needs[1].value, z[1]}};
        const int below = reference_sites_below(
            told, 2, SITES, b->row[own->differ.spread.index][i], &worst);
        ck_assert_double_eq(hand_at(b, "sites[sites].below")[i], below);
        ck_assert_double_eq(hand_at(b, "sites[sites].p_all_meet")[i], below == 0);
        ck_assert_double_eq_tol(hand_at(b, "sites[sites].worst")[i], worst, 1e-12);
        all_meet += below == 0;
        some_miss += below > 0;
    }
    ck_assert_uint_gt(all_meet, 0);
    ck_assert_uint_gt(some_miss, 0);
    bench_free(own);
}
END_TEST

/* ----------------------------------------------------------------------- faults */

static uint32_t faults_of(bench *own)
{
    rc_faults faults = {.plan = own->plan};
    rc_model_enrolment.check(&own->study, &own->plan->goals, &faults);
    return faults.errors;
}

START_TEST(studies_that_make_no_sense_are_refused)
{
    bench *own = bench_new();
    rc_metric known[] = {{.head = {.id = "sensitivity"}, .value.unit = "%"},
                         {.head = {.id = "specificity"}, .value.unit = "%"}};
    const rc_position where = {0};
    own->study.of_positives.where = own->study.of_negatives.where = &where;
    own->plan->metrics = known;
    own->plan->metrics_n = 2;
    ck_assert_uint_eq(faults_of(own), 0);
    own->study.give_up_after = hand_point(own->plan, "g", 5);
    own->study.give_up_after.calendar = true;
    ck_assert_uint_eq(faults_of(own), 1);
    own->study.give_up_after.calendar = false;
    own->study.of_negatives = (rc_texts){0};
    ck_assert_uint_eq(faults_of(own), 1); /* readers need both kinds */
    own->study.readers = NULL;
    ck_assert_uint_eq(faults_of(own), 0);
    own->study.of_negatives = (rc_texts){sensitivity, 1, &where};
    ck_assert_uint_eq(faults_of(own), 1); /* measured on both kinds */
    own->study.of_negatives = (rc_texts){specificity, 1, &where};
    own->study.negatives = 0;
    ck_assert_uint_eq(faults_of(own), 1);
    own->study.negatives = 30;
    known[0].value.unit = "ms";
    ck_assert_uint_eq(faults_of(own), 1);
    known[0].head.id = "another";
    ck_assert_uint_eq(faults_of(own), 1);
    bench_free(own);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("enrolment");
    TCase *t = tcase_create("enrolment");
    tcase_add_test(t, poisson_quantiles_meet_their_definition);
    tcase_add_test(t, what_a_panel_shows_is_what_its_four_cells_say);
    tcase_add_loop_test(t, every_future_agrees_with_the_reference, 0, 4);
    tcase_add_test(t, a_study_shows_the_average_of_its_sites_as_the_panel_reads_it);
    tcase_add_test(
        t, a_further_round_is_a_new_study_at_open_sites_for_as_long_as_the_rework);
    tcase_add_test(t, a_gate_counts_the_cases_of_the_study_and_asks_its_confidence);
    tcase_add_test(t, a_gate_before_the_end_of_the_study_does_not_see_it);
    tcase_add_test(t,
                   wilsons_interval_is_where_the_measured_share_is_z_deviations_away);
    tcase_add_loop_test(t, sites_below_their_need_are_counted_one_by_one, 0, 2);
    tcase_add_test(t, studies_that_make_no_sense_are_refused);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
