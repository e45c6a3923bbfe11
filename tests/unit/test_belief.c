/* What a team believes after what it has seen: exact answers. */
#include "by_hand.h"
#include "belief.h"
#include "suite.h"

static rc_belief known(double p)
{
    return (rc_belief){p, INFINITY};
}

START_TEST(six_failures_make_a_lever_look_empty)
{
    const double fail = rc_belief_all_fail(known(0.25), 6);
    ck_assert_double_eq_tol(fail, 0.177978515625, 1e-14);
    ck_assert_double_eq_tol(rc_belief_feasible(0.6, fail), 0.210714, 5e-7);
}
END_TEST

START_TEST(no_failure_shakes_what_is_certain)
{
    ck_assert_double_eq(rc_belief_feasible(1, rc_belief_all_fail(known(1), 3)), 1);
    ck_assert_double_eq(rc_belief_feasible(0.5, rc_belief_all_fail(known(1), 3)), 0);
    ck_assert_double_eq(rc_belief_feasible(0, 1), 0);
}
END_TEST

START_TEST(a_beta_geometric_wait_has_a_long_tail)
{
    const rc_belief p = {1.5, 8.5};
    ck_assert_double_eq_tol(rc_belief_all_fail(p, 10), 0.318540, 5e-7);
    ck_assert_double_eq_tol(rc_belief_all_fail(known(0.15), 10), 0.196874, 5e-7);
    ck_assert_double_eq_tol(rc_belief_all_fail(p, 0), 1, 1e-13);
    ck_assert_double_eq_tol(rc_belief_all_fail(p, 1), 0.85, 1e-13);
}
END_TEST

START_TEST(what_was_seen_is_added_to_the_prior)
{
    const rc_belief p = {2.5, 6.3};
    ck_assert_double_eq_tol(rc_belief_mean(p, 0, 0), 2.5 / 8.8, 1e-15);
    ck_assert_double_eq_tol(rc_belief_mean(p, 2, 11), 4.5 / 19.8, 1e-15);
    ck_assert_double_eq(rc_belief_mean(known(0.4), 2, 11), 0.4);
}
END_TEST

START_TEST(a_law_becomes_the_beta_of_its_moments)
{
    const rc_law law = {.kind = RC_BETA, .p = {3, 5, 0, 1}, .floor_at = -INFINITY};
    const rc_belief p = rc_belief_from_law(&law);
    ck_assert_double_eq_tol(p.a, 3, 1e-9);
    ck_assert_double_eq_tol(p.b, 5, 1e-9);
    const rc_law point = {.kind = RC_CONSTANT, .p = {0.65}, .floor_at = -INFINITY};
    ck_assert_double_eq(rc_belief_from_law(&point).a, 0.65);
    ck_assert(isinf(rc_belief_from_law(&point).b));
}
END_TEST

START_TEST(tries_so_far_are_read_as_people_write_them)
{
    rc_so_far s;
    ck_assert(rc_so_far_read("11 tries, 2 worked, best +0.9 points", &s));
    ck_assert_double_eq(s.tries, 11);
    ck_assert_double_eq(s.worked, 2);
    ck_assert_double_eq_tol(s.best, 0.009, 1e-15);
    ck_assert(rc_so_far_read("1 try", &s));
    ck_assert_double_eq(s.worked, 0);
    ck_assert_double_eq(s.best, 0);
    const char *const wrong[] = {"",
                                 "2 worked",
                                 "11 tries, two worked",
                                 "11 tries; 2 worked",
                                 "11 tries, best 0.9",
                                 "1.5 tries",
                                 "11 tries,",
                                 "11 tries, best -1 points"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_msg(!rc_so_far_read(wrong[i], &s), "'%s'", wrong[i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("belief");
    TCase *t = tcase_create("belief");
    tcase_add_test(t, six_failures_make_a_lever_look_empty);
    tcase_add_test(t, no_failure_shakes_what_is_certain);
    tcase_add_test(t, a_beta_geometric_wait_has_a_long_tail);
    tcase_add_test(t, what_was_seen_is_added_to_the_prior);
    tcase_add_test(t, a_law_becomes_the_beta_of_its_moments);
    tcase_add_test(t, tries_so_far_are_read_as_people_write_them);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
