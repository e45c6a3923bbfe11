/* What labels alone bring, against the curve evaluated number by number, and against
 * bisection. */
#include "by_hand.h"
#include "learning_figure.h"
#include "suite.h"

static const rc_curve_point points[] = {{5000, 0.741}, {10000, 0.764}, {20000, 0.782}};
static const rc_learning_curve curve = {.labels_now = 20000,
                                        .points = {.at = points, .n = 3}};

/* Error of today's model trained on n labels, from the equation. */
static double error_at(const rc_learning_future *w, double n)
{
    const double change = w->q * pow(20000, -w->c) - w->q * pow(n, -w->c);
    return fmax(w->e - change * w->surprise, w->floor);
}

static rc_learning_future future(uint32_t lane)
{
    const double u[4] = {
        rc_uniform(hand_hash("u", 0, lane)), rc_uniform(hand_hash("u", 1, lane)),
        rc_uniform(hand_hash("u", 2, lane)), rc_uniform(hand_hash("u", 3, lane))};
    rc_learning_future w = {.e = 0.2 + 0.01 * u[0],
                            .floor = 0.11 + 0.05 * u[1],
                            .c = 0.1 + 0.8 * u[2],
                            .surprise = -0.2 + 1.8 * u[3],
                            .labels = 60000 * u[1]};
    w.q = (0.22 - w.floor) * pow(20000, w.c);
    return w;
}

/* The smallest number of labels on a fine grid that is enough; INFINITY: none to 10^12. */
static double searched(const rc_learning_future *w, double wanted)
{
    if (error_at(w, 1e12) > wanted)
        return INFINITY;
    double low = 20000, high = 1e12;
    while (high / low > 1 + 1e-12) {
        const double n = sqrt(low * high);
        if (error_at(w, n) <= wanted)
            high = n;
        else
            low = n;
    }
    return high;
}

START_TEST(labels_needed_are_found_by_bisection_too)
{
    uint32_t never = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        const rc_learning_future w = future(i);
        const double needed = rc_learning_needed(&w, 20000, 0.18);
        const double slowly = searched(&w, 0.18);
        if (isinf(slowly) || isinf(needed)) {
            ck_assert(isinf(slowly) && isinf(needed));
            never++;
        } else
            ck_assert_double_eq_tol(needed / slowly, 1, 1e-6);
        ck_assert_double_eq(rc_learning_needed(&w, 20000, w.e), 20000);
    }
    ck_assert_uint_gt(never, 50);
    ck_assert_uint_lt(never, 950);
}
END_TEST

START_TEST(the_figure_holds_the_curve_of_each_future)
{
    for (int up = 0; up < 2; up++) {
        rc_binder *b = hand_plan();
        const double target = up ? 0.82 : 0.18;
        const rc_learning_shown shown = {.curve = &curve,
                                         .name = "search",
                                         .unit = "share",
                                         .up = up,
                                         .target = target,
                                         .planned = 40000};
        const rc_learning_figure *figure = rc_bind_learning_figure(b, &shown);
        const rc_step step = hand_step(b, NULL, NULL, 1);
        for (uint32_t i = 0; i < 100; i++) {
            const rc_learning_future w = future(i);
            rc_learning_figure_fill(figure, &step, i, &w);
            for (uint32_t k = 0; k < RC_LEARNING_CURVE_STEPS; k++) {
                const double n = 20000 * pow(12, k / (RC_LEARNING_CURVE_STEPS - 1.0));
                const double e = error_at(&w, n);
                const uint32_t row = hand_find(b, "figures.learning.curve") + k;
                ck_assert_double_eq_tol(b->row[row][i], up ? 1 - e : e, 1e-9);
                const uint32_t on = hand_find(b, "figures.learning.at_target") + k;
                if (fabs(e - 0.18) > 1e-9)
                    ck_assert_double_eq(b->row[on][i], e < 0.18);
            }
            const uint32_t fit = hand_find(b, "figures.learning.fit");
            const double first = w.floor + w.q * pow(5000, -w.c);
            ck_assert_double_eq_tol(b->row[fit][i], up ? 1 - first : first, 1e-9);
            const double needed = searched(&w, 0.18);
            ck_assert_double_eq(hand_at(b, "figures.learning.ever")[i],
                                needed < INFINITY);
            ck_assert_double_eq(hand_at(b, "figures.learning.suffice")[i],
                                needed <= 20000 + w.labels);
        }
        ck_assert_double_eq(hand_at(b, "figures.learning.from")[0], 5000);
        ck_assert_double_eq(hand_at(b, "figures.learning.until")[0], 240000);
        ck_assert_double_eq(hand_at(b, "figures.learning.points.value")[0], 0.741);
        hand_free(b);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("learning_figure");
    TCase *t = tcase_create("learning_figure");
    tcase_add_test(t, labels_needed_are_found_by_bisection_too);
    tcase_add_test(t, the_figure_holds_the_curve_of_each_future);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
