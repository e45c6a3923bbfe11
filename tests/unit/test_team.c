/* Teams against small steps of time: who is there, how fast, when work ends. */
#include "plan/team.h"
#include <check.h>
#include <math.h>
#include <stdlib.h>

static uint64_t state;

static uint32_t below(uint32_t n)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((state >> 33) % n);
}

enum { JOINS = 3, LEAVES = 3 };

/* A team, with its people's comings and goings on mornings of a plain week. */
typedef struct crew {
    rc_team team;
    rc_join join[JOINS];
    rc_leave leave[LEAVES];
    double ramp[JOINS];
    double *row[JOINS]; /* of full_speed_after: one lane */
    rc_calendar calendar;
    rc_arena *arena;
    rc_team_clock clock;
} crew;

static rc_date workday(uint32_t n)
{
    return rc_date_from(2026, 2, 2) + (rc_date)(n / 5 * 7 + n % 5);
}

static void make_calendar(crew *c)
{
    c->arena = rc_arena_new();
    const rc_calendar_settings settings = {.start = workday(0), .workdays = 0x1f};
    ck_assert_int_eq(rc_calendar_make(&c->calendar, &settings, c->arena, NULL), RC_OK);
}

/* Joins of up to 3 heads with a ramp of quarters of days or none; leaves that the team can
 * bear, some with a return. */
static void make_crew(crew *c)
{
    *c = (crew){.team = {.head.id = "crew", .people = 1 + below(4), .availability = 1}};
    make_calendar(c);
    c->team.joins = (rc_list){c->join, below(JOINS + 1)};
    c->team.leaves = (rc_list){c->leave, below(LEAVES + 1)};
    for (uint32_t i = 0; i < c->team.joins.n; i++) {
        c->ramp[i] = below(3) ? (1 + below(80)) / 4.0 : 0;
        c->row[i] = &c->ramp[i];
        c->join[i] = (rc_join){.on = workday(below(40)),
                               .people = 1 + below(3),
                               .full_speed_after = {.given = true, .index = i}};
    }
    for (uint32_t i = 0; i < c->team.leaves.n; i++)
        c->leave[i] =
            (rc_leave){.on = workday(below(40)),
                       .people = c->team.people / 4,
                       .back_on = below(2) ? workday(41 + below(20)) : RC_DATE_NONE};
    ck_assert_int_eq(
        rc_team_clock_make(&c->clock, &c->team, &c->calendar, c->arena, NULL), RC_OK);
}

static double share_of_speed(double since, double ramp)
{
    return since < 0 ? 0 : since >= ramp ? 1 : since / ramp;
}

static double index_of(const crew *c, rc_date date)
{
    return rc_calendar_morning(&c->calendar, date);
}

/* Heads at a time, and what they do. */
static void present(const crew *c, double t, double *heads, double *doing)
{
    *heads = *doing = c->team.people;
    for (uint32_t i = 0; i < c->team.joins.n; i++) {
        const double since = t - index_of(c, c->join[i].on);
        *heads += since < 0 ? 0 : c->join[i].people;
        *doing += c->join[i].people * share_of_speed(since, c->ramp[i]);
    }
    for (uint32_t i = 0; i < c->team.leaves.n; i++) {
        const rc_leave *l = &c->leave[i];
        const bool away = t >= index_of(c, l->on) &&
                          (l->back_on == RC_DATE_NONE || t < index_of(c, l->back_on));
        *heads -= away ? l->people : 0;
        *doing -= away ? l->people : 0;
    }
    *doing = fmax(*doing, 0);
}

static double speed(const crew *c, double t)
{
    double heads, doing;
    present(c, t, &heads, &doing);
    return heads > 1e-9 ? doing / heads : 0;
}

/* Middle of each step: exact where speed is a straight line. */
static double finish_by_steps(const crew *c, double start, double days)
{
    const double step = 1 / 256.0;
    double t = start, left = days;
    for (;; t += step) {
        const double done = step * speed(c, t + step / 2);
        if (done >= left)
            return t + step * left / done;
        left -= done;
    }
}

START_TEST(work_ends_where_the_sum_of_small_steps_reaches_it)
{
    state = 1;
    for (int i = 0; i < 2000; i++) {
        crew c;
        make_crew(&c);
        const double start = below(4 * 50) / 4.0, days = (1 + below(120)) / 4.0;
        const double found = rc_team_finish(&c.clock, c.row, 0, start, days);
        const double expected = finish_by_steps(&c, start, days);
        ck_assert_msg(fabs(found - expected) < 1e-4,
                      "case %d: from %g %g days: %g, steps say %g", i, start, days,
                      found, expected);
        rc_arena_free(c.arena);
    }
}
END_TEST

START_TEST(more_work_and_later_starts_never_end_earlier)
{
    state = 2;
    for (int i = 0; i < 2000; i++) {
        crew c;
        make_crew(&c);
        const double start = below(5000) / 100.0, days = below(3000) / 100.0;
        const double end = rc_team_finish(&c.clock, c.row, 0, start, days);
        ck_assert(end >= start);
        ck_assert(rc_team_finish(&c.clock, c.row, 0, start, days + 0.01) > end);
        ck_assert(rc_team_finish(&c.clock, c.row, 0, start + 0.01, days) >=
                  end - 1e-12);
        rc_arena_free(c.arena);
    }
}
END_TEST

START_TEST(heads_are_those_who_came_less_those_who_went)
{
    state = 3;
    for (int i = 0; i < 2000; i++) {
        crew c;
        make_crew(&c);
        const double until = below(80) + 0.5;
        double sum = 0, heads, doing;
        int64_t least = INT64_MAX, most = 0;
        for (double t = 0.25; t < until; t += 0.5) {
            present(&c, t, &heads, &doing);
            sum += 0.5 * heads;
        }
        ck_assert_double_eq_tol(rc_team_head_days(&c.clock, until), sum, 0.01 * until);
        for (double t = 0.25; t < 100; t += 0.5) {
            present(&c, t, &heads, &doing);
            least = rc_heads(heads) < least ? rc_heads(heads) : least;
            most = rc_heads(heads) > most ? rc_heads(heads) : most;
        }
        ck_assert_msg(
            llabs(c.clock.least - least) <= 3 && llabs(c.clock.most - most) <= 3,
            "between %lld and %lld, counted %lld and %lld", (long long)c.clock.least,
            (long long)c.clock.most, (long long)least, (long long)most);
        rc_arena_free(c.arena);
    }
}
END_TEST

/* One person is there; one joins at 10 with a ramp of 20 days; then 1.5 leave. The half
 * that stays has not learned anything yet before day 20. */
START_TEST(who_has_only_just_come_does_not_work_backwards)
{
    crew c = {.team = {.head.id = "crew", .people = 1, .availability = 1}};
    make_calendar(&c);
    c.join[0] = (rc_join){.on = workday(10),
                          .people = 1,
                          .full_speed_after = {.given = true, .index = 0}};
    c.leave[0] = (rc_leave){.on = workday(12), .people = 1.5, .back_on = RC_DATE_NONE};
    c.ramp[0] = 20;
    c.row[0] = &c.ramp[0];
    c.team.joins = (rc_list){c.join, 1};
    c.team.leaves = (rc_list){c.leave, 1};
    ck_assert_int_eq(rc_team_clock_make(&c.clock, &c.team, &c.calendar, c.arena, NULL),
                     RC_OK);
    const double found = rc_team_finish(&c.clock, c.row, 0, 12, 3);
    ck_assert_double_eq_tol(found, finish_by_steps(&c, 12, 3), 1e-4);
    ck_assert(found > 20);
    rc_arena_free(c.arena);
}
END_TEST

START_TEST(more_may_not_leave_than_are_there)
{
    crew c = {.team = {.head.id = "crew", .people = 1}};
    rc_error err = {0};
    make_calendar(&c);
    c.leave[0] = (rc_leave){.on = workday(5), .people = 2, .back_on = RC_DATE_NONE};
    c.team.leaves = (rc_list){c.leave, 1};
    ck_assert_int_eq(rc_team_clock_make(&c.clock, &c.team, &c.calendar, c.arena, &err),
                     RC_REFUSED);
    ck_assert_str_eq(err.text, "more people leave team 'crew' than it has");
    rc_arena_free(c.arena);
}
END_TEST

START_TEST(who_leaves_finishes_what_runs)
{
    crew c = {.team = {.head.id = "crew", .people = 1}};
    make_calendar(&c);
    c.leave[0] = (rc_leave){.on = workday(5), .people = 1, .back_on = RC_DATE_NONE};
    c.team.leaves = (rc_list){c.leave, 1};
    ck_assert_int_eq(rc_team_clock_make(&c.clock, &c.team, &c.calendar, c.arena, NULL),
                     RC_OK);
    ck_assert_double_eq(rc_team_finish(&c.clock, c.row, 0, 2, 3), 5);
    ck_assert_double_eq(rc_team_finish(&c.clock, c.row, 0, 2, 3.5), 5.5);
    c.leave[0].back_on = workday(8);
    ck_assert_int_eq(rc_team_clock_make(&c.clock, &c.team, &c.calendar, c.arena, NULL),
                     RC_OK);
    ck_assert_double_eq(rc_team_finish(&c.clock, c.row, 0, 2, 5), 7);
    ck_assert_double_eq(rc_team_finish(&c.clock, c.row, 0, 2, 9), 11);
    rc_arena_free(c.arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("team");
    TCase *tcase = tcase_create("team");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, work_ends_where_the_sum_of_small_steps_reaches_it);
    tcase_add_test(tcase, more_work_and_later_starts_never_end_earlier);
    tcase_add_test(tcase, heads_are_those_who_came_less_those_who_went);
    tcase_add_test(tcase, who_has_only_just_come_does_not_work_backwards);
    tcase_add_test(tcase, more_may_not_leave_than_are_there);
    tcase_add_test(tcase, who_leaves_finishes_what_runs);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
