/* The calendar against one that walks day by day. A million random cases of each question,
 * over 500 calendars: any start, any working week, up to 30 holidays. */
#include "plan/calendar.h"
#include <check.h>
#include <math.h>
#include <stdlib.h>

enum { CALENDARS = 500, CASES = 2000, HOLIDAYS = 30, WALL = RC_HORIZON_DAYS + 400 };

static uint64_t state;

static uint32_t below(uint32_t n)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((state >> 33) % n);
}

/* A calendar on the wall: no tables, no formula. */
typedef struct wall {
    rc_date start;
    uint8_t week; /* bit 0: Monday */
    rc_date holiday[HOLIDAYS];
    uint32_t holidays;
    bool work[WALL]; /* is start + i worked */
} wall;

static bool works(const wall *w, rc_date date)
{
    return w->work[date - w->start];
}

/* 1970-01-01 was a Thursday. */
static void hang(wall *w)
{
    for (int i = 0; i < WALL; i++) {
        const int weekday = ((w->start + i) % 7 + 7 + 3) % 7;
        w->work[i] = w->week >> weekday & 1;
    }
    for (uint32_t i = 0; i < w->holidays; i++)
        w->work[w->holiday[i] - w->start] = false;
}

/* The n-th working day, counted from 0. */
static rc_date day(const wall *w, uint32_t n)
{
    rc_date date = w->start;
    for (;; date++)
        if (works(w, date) && n-- == 0)
            return date;
}

/* Working days before a date. */
static uint32_t before(const wall *w, rc_date date)
{
    uint32_t n = 0;
    for (rc_date d = w->start; d < date; d++)
        n += works(w, d);
    return n;
}

static wall random_wall(void)
{
    wall w = {.start = rc_date_from(2000, 1, 1) + (int)below(20000),
              .week = (uint8_t)(1 + below(127)),
              .holidays = below(HOLIDAYS + 1)};
    for (uint32_t i = 0; i < w.holidays; i++)
        w.holiday[i] = w.start + (int)below(200);
    hang(&w);
    return w;
}

static rc_calendar made(const wall *w, rc_arena *arena)
{
    rc_calendar c;
    const rc_calendar_settings settings = {.start = w->start,
                                           .workdays = w->week,
                                           .holidays = w->holiday,
                                           .holidays_n = w->holidays};
    ck_assert_int_eq(rc_calendar_make(&c, &settings, arena, NULL), RC_OK);
    return c;
}

static void each(uint64_t seed, void (*ask)(const wall *, const rc_calendar *))
{
    state = seed;
    for (int i = 0; i < CALENDARS; i++) {
        rc_arena *arena = rc_arena_new();
        const wall w = random_wall();
        const rc_calendar c = made(&w, arena);
        for (int k = 0; k < CASES; k++)
            ask(&w, &c);
        rc_arena_free(arena);
    }
}

/* Millions of them: check's own assertions each write to a pipe. */
#define equal(found, expected)                                                         \
    do {                                                                               \
        const double found_ = (found), expected_ = (expected);                         \
        if (found_ != expected_)                                                       \
            ck_abort_msg("%s is %.17g, not %.17g", #found, found_, expected_);         \
    } while (0)

static void ask_dates(const wall *w, const rc_calendar *c)
{
    const uint32_t n = below(120);
    const double part = (1 + below(7)) / 8.0;
    const rc_date date = day(w, n);
    equal(rc_calendar_date(c, n), date);
    equal(rc_calendar_start_date(c, n), date);
    equal(rc_calendar_start_date(c, n + part), date);
    equal(rc_calendar_finish_date(c, n + part), date);
    /* a whole number of days ends on the evening of the day before */
    equal(rc_calendar_finish_date(c, n), n ? day(w, n - 1) : day(w, 0));
}

START_TEST(a_working_day_has_the_date_that_counting_gives)
{
    each(1, ask_dates);
}
END_TEST

static void ask_mornings(const wall *w, const rc_calendar *c)
{
    const rc_date date = w->start - 10 + (int)below(300);
    equal(rc_calendar_morning(c, date), before(w, date));
    equal(rc_calendar_evening(c, date), before(w, date + 1));
}

START_TEST(mornings_and_evenings_are_the_working_days_before_them)
{
    each(2, ask_mornings);
}
END_TEST

/* Calendar days, in eighths so that sums are exact. */
static void ask_calendar_days(const wall *w, const rc_calendar *c)
{
    const uint32_t n = below(60);
    const double part = below(8) / 8.0, days = below(320) / 8.0;
    const double at = day(w, n) + part + days;
    const rc_date whole = (rc_date)floor(at);
    const double expected =
        works(w, whole) ? before(w, whole) + (at - whole) : before(w, whole);
    equal(rc_calendar_add(c, n + part, days), expected);
}

START_TEST(calendar_days_run_through_nights_off_and_end_on_a_working_morning)
{
    each(3, ask_calendar_days);
}
END_TEST

/* Between two working times lie the days that lead from one to the other. */
static void ask_span(const wall *w, const rc_calendar *c)
{
    const uint32_t n = below(60), more = below(60);
    const double part = below(8) / 8.0, end = below(8) / 8.0;
    const double days = rc_calendar_span(c, n + part, n + more + end);
    equal(days, day(w, n + more) + end - (day(w, n) + part));
    equal(rc_calendar_span(c, n + more + end, n + part), -days);
    if (days >= 0)
        equal(rc_calendar_add(c, n + part, days), n + more + end);
}

START_TEST(between_two_times_lie_the_calendar_days_that_lead_there)
{
    each(6, ask_span);
}
END_TEST

START_TEST(later_starts_and_more_days_never_end_earlier)
{
    state = 4;
    for (int i = 0; i < 100; i++) {
        rc_arena *arena = rc_arena_new();
        const wall w = random_wall();
        const rc_calendar c = made(&w, arena);
        for (int k = 0; k < 1000; k++) {
            const double start = below(8000) / 100.0, days = below(4000) / 100.0;
            const double end = rc_calendar_add(&c, start, days);
            ck_assert(end >= start);
            ck_assert(rc_calendar_add(&c, start + 0.07, days) >= end);
            ck_assert(rc_calendar_add(&c, start, days + 0.07) >= end);
        }
        rc_arena_free(arena);
    }
}
END_TEST

START_TEST(beyond_twenty_years_weeks_go_on)
{
    rc_arena *arena = rc_arena_new();
    const wall w = {.start = rc_date_from(2026, 2, 2), .week = 0x1f};
    const rc_calendar c = made(&w, arena);
    for (uint32_t i = 0; i < 8000; i++)
        ck_assert_int_eq(rc_calendar_date(&c, i), w.start + (int)(i / 5 * 7 + i % 5));
    ck_assert(isfinite(rc_calendar_add(&c, 1e6, 1e6)));
    ck_assert_double_eq(rc_calendar_add(&c, 1e9, 7), 1e9 + 5);
    ck_assert_double_eq(rc_calendar_add(&c, 3, 7e9), 3 + 5e9);
    ck_assert_int_eq(rc_calendar_date(&c, 1e9), INT32_MAX); /* later than any date */
    ck_assert_int_eq(rc_calendar_date(&c, -3), w.start);
    ck_assert_double_eq(rc_calendar_span(&c, 0.5, 10000.5), 14000);
    ck_assert_double_eq_tol(rc_calendar_span(&c, 0, 1e9), 1.4e9, 1);
    ck_assert_double_eq_tol(rc_calendar_span(&c, 1e9, 1e9 + 20), 28, 1e-6);
    rc_arena_free(arena);
}
END_TEST

/* Any week, a holiday on the last day of the tables: counted from the first day to a year beyond. */
START_TEST(beyond_the_tables_every_question_is_answered_as_within)
{
    static const uint8_t weeks[] = {0x1f, 0x3d, 0x41, 0x08};
    static double counted[WALL + 1];
    for (size_t k = 0; k < sizeof weeks; k++) {
        rc_arena *arena = rc_arena_new();
        wall w = {.start = rc_date_from(2026, 2, 4), .week = weeks[k], .holidays = 1};
        w.holiday[0] = w.start + RC_HORIZON_DAYS - 1;
        hang(&w);
        const rc_calendar c = made(&w, arena);
        for (int i = 0; i < WALL; i++)
            counted[i + 1] = counted[i] + works(&w, w.start + i);
        for (int i = 0; i + 60 < WALL; i++) {
            const rc_date date = w.start + i;
            ck_assert_double_eq(rc_calendar_morning(&c, date), counted[i]);
            ck_assert_double_eq(rc_calendar_evening(&c, date), counted[i + 1]);
            if (!works(&w, date))
                continue;
            ck_assert_int_eq(rc_calendar_date(&c, counted[i]), date);
            const double days = i % 50 + 0.5; /* from half past the day */
            ck_assert_double_eq(rc_calendar_add(&c, counted[i] + 0.5, days),
                                counted[i + i % 50 + 1]);
            ck_assert_double_eq(rc_calendar_add(&c, counted[i], days),
                                counted[i + i % 50] +
                                    (works(&w, date + i % 50) ? 0.5 : 0));
        }
        rc_arena_free(arena);
    }
}
END_TEST

START_TEST(what_never_comes_has_no_date_and_nothing_comes_before_the_start)
{
    rc_arena *arena = rc_arena_new();
    const wall w = {.start = rc_date_from(2026, 2, 2), .week = 0x1f};
    const rc_calendar c = made(&w, arena);
    ck_assert_int_eq(rc_calendar_date(&c, -3), w.start);
    ck_assert_int_eq(rc_calendar_date(&c, 1e8), INT32_MAX);
    ck_assert_int_eq(rc_calendar_date(&c, INFINITY), INT32_MAX);
    ck_assert_int_eq(rc_calendar_date(&c, 1e8 - 1), w.start + 19999999 * 7 + 4);
    ck_assert_int_eq(rc_calendar_finish_date(&c, 0), w.start);
    ck_assert_double_eq(rc_calendar_evening(&c, w.start - 1), 0);
    ck_assert_double_eq(rc_calendar_evening(&c, w.start), 1);
    ck_assert_double_eq(rc_calendar_morning(&c, w.start), 0);
    ck_assert(isinf(rc_calendar_months(&c, INFINITY)));
    ck_assert_double_eq_tol(rc_calendar_months(&c, 10), 12 / 30.4375, 1e-12);
    ck_assert_double_eq(rc_calendar_add(&c, 1e9, 70), 1e9 + 50);
    ck_assert_double_eq(rc_calendar_add(&c, 0, 1.4e9), 1e9);
    ck_assert(isinf(rc_calendar_add(&c, INFINITY, 1)));
    ck_assert(isinf(rc_calendar_add(&c, 1, INFINITY)));
    ck_assert(isinf(rc_calendar_span(&c, 1, INFINITY)));
    rc_arena_free(arena);
}
END_TEST

/* Days are counted up to the 99 999 999th; from then on five sevenths of them are worked,
 * wherever a week begins. A Thursday is the fourth day. */
START_TEST(beyond_what_is_ever_shown_a_week_has_neither_beginning_nor_end)
{
    rc_arena *arena = rc_arena_new();
    const wall w = {.start = rc_date_from(2026, 2, 2), .week = 0x1f};
    const rc_calendar c = made(&w, arena);
    ck_assert_double_eq(rc_calendar_add(&c, 1e8 - 2, 1), 1e8 - 1);
    ck_assert_double_eq_tol(rc_calendar_add(&c, 1e8, 1), 1e8 + 5 / 7.0, 1e-6);
    ck_assert_double_eq(rc_calendar_add(&c, 3, 1e8 - 1), 14285714 * 5 + 4);
    ck_assert_double_eq_tol(rc_calendar_add(&c, 3, 1e8), 5e8 / 7 + 3, 1e-6);
    ck_assert_double_eq(rc_calendar_span(&c, 3, 1e8 - 1), 1.4e8 - 3 - 3);
    ck_assert_double_eq_tol(rc_calendar_span(&c, 3, 1e8), 1.4e8 - 4.2, 1e-6);
    ck_assert_double_eq_tol(rc_calendar_span(&c, 1e8, 3), 4.2 - 1.4e8, 1e-6);
    rc_arena_free(arena);
}
END_TEST

START_TEST(holidays_beyond_the_tables_and_before_the_start_are_none)
{
    rc_arena *arena = rc_arena_new();
    const rc_date start = rc_date_from(2026, 2, 2);
    const rc_date away[] = {start - 1, start - 7, start + RC_HORIZON_DAYS,
                            start + RC_HORIZON_DAYS + 7};
    const rc_calendar_settings settings = {
        .start = start, .workdays = 0x1f, .holidays = away, .holidays_n = 4};
    rc_calendar c;
    ck_assert_int_eq(rc_calendar_make(&c, &settings, arena, NULL), RC_OK);
    for (int i = 0; i < RC_HORIZON_DAYS + 30; i++)
        ck_assert_double_eq(rc_calendar_evening(&c, start + i),
                            i / 7 * 5 + (i % 7 < 5 ? i % 7 + 1 : 5));
    rc_arena_free(arena);
}
END_TEST

/* ------------------------------------------------------------------ freezes */

static bool frozen(const rc_interval *at, uint32_t n, double t, double *until)
{
    for (uint32_t i = 0; i < n; i++)
        if (t >= at[i].from && t < at[i].to) {
            *until = at[i].to;
            return true;
        }
    return false;
}

START_TEST(a_calendar_without_a_working_day_is_refused)
{
    rc_arena *arena = rc_arena_new();
    rc_calendar c;
    rc_error err;
    rc_date mondays[1050];
    for (int i = 0; i < 1050; i++)
        mondays[i] = rc_date_from(2026, 2, 2) + 7 * i;
    rc_calendar_settings settings = {.start = mondays[0]};
    ck_assert_int_eq(rc_calendar_make(&c, &settings, arena, &err), RC_REFUSED);
    ck_assert_str_eq(err.text, "the calendar has no working day");
    settings.workdays = 1;
    settings.holidays = mondays;
    settings.holidays_n = 1046; /* of 20 years */
    ck_assert_int_eq(rc_calendar_make(&c, &settings, arena, &err), RC_REFUSED);
    settings.holidays_n = 1045;
    ck_assert_int_eq(rc_calendar_make(&c, &settings, arena, &err), RC_OK);
    ck_assert_int_eq(rc_calendar_date(&c, 0), mondays[1045]);
    rc_arena_free(arena);
}
END_TEST

/* Work in steps of a quarter of a day, each of which is frozen or not. */
START_TEST(work_pauses_in_freezes_as_quarter_days_say)
{
    state = 5;
    for (int k = 0; k < 100000; k++) {
        rc_interval at[4];
        const uint32_t n = below(5);
        double from = 0;
        for (uint32_t i = 0; i < n; i++) {
            from += below(6);
            at[i] = (rc_interval){from, from + 1 + below(6)};
        }
        double start = below(80) / 4.0, left = below(60) / 4.0, until;
        double t = start, found_start = start, left_over = left;
        bool due = false; /* nothing to do, at the beginning of a freeze */
        for (uint32_t i = 0; i < n; i++)
            due = due || (left == 0 && at[i].from == start);
        for (uint32_t i = 0; i < n; i++) /* but not inside of another one */
            due = due && !(start > at[i].from && start < at[i].to);
        while (!due && frozen(at, n, t, &until))
            t = until;
        const double expected_start = t;
        for (; left > 0; left -= 0.25) {
            while (frozen(at, n, t, &until))
                t = until;
            t += 0.25;
        }
        const double found = rc_calendar_work(at, n, &found_start, left_over);
        ck_assert_msg(found == t && found_start == expected_start,
                      "from %g %g days: %g to %g, expected %g to %g", start, left_over,
                      found_start, found, expected_start, t);
    }
}
END_TEST

/* Calendar days from a Monday on to a working time of weeks of five days. */
static double in_calendar(double t)
{
    const double day = floor(t), weeks = floor(day / 5);
    return weeks * 7 + (day - weeks * 5) + (t - day);
}

/* Working time when a calendar time comes, or the next working morning. */
static double in_work(double t)
{
    const double day = floor(t), weeks = floor(day / 7), of_week = day - weeks * 7;
    return of_week < 5 ? weeks * 5 + of_week + (t - day) : (weeks + 1) * 5;
}

START_TEST(a_wait_in_calendar_days_stands_still_in_freezes_as_quarter_days_say)
{
    rc_arena *arena = rc_arena_new();
    const wall w = {.start = rc_date_from(2026, 2, 2), .week = 0x1f};
    const rc_calendar c = made(&w, arena);
    state = 7;
    for (int k = 0; k < 20000; k++) {
        rc_interval at[3];
        const uint32_t n = below(4);
        double from = 0, last = 0, until;
        for (uint32_t i = 0; i < n; i++) {
            from += below(6);
            at[i] = (rc_interval){from, from + 1 + below(6)};
            from = at[i].to + 1;
        }
        const double days = (1 + below(60)) / 4.0;
        for (double start = 0; start < 12; start += 0.25) {
            double begun = start, left = days;
            while (frozen(at, n, begun, &until))
                begun = until;
            double t = in_calendar(begun);
            while (left > 0) { /* a quarter more, unless it is frozen */
                if (in_calendar(in_work(t)) == t && frozen(at, n, in_work(t), &until)) {
                    t = in_calendar(until);
                    continue;
                }
                t += 0.25;
                left -= 0.25;
            }
            double found = begun;
            const double work = rc_calendar_wait(&c, at, n, begun, days),
                         finish = rc_calendar_work(at, n, &found, work);
            ck_assert_msg(finish == in_work(t), "%g days from %g end at %g, not at %g",
                          days, start, finish, in_work(t));
            ck_assert_double_ge(finish, last); /* later begun, no earlier ended */
            last = finish;
        }
    }
    rc_arena_free(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("calendar");
    TCase *tcase = tcase_create("calendar");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_working_day_has_the_date_that_counting_gives);
    tcase_add_test(tcase, mornings_and_evenings_are_the_working_days_before_them);
    tcase_add_test(tcase,
                   calendar_days_run_through_nights_off_and_end_on_a_working_morning);
    tcase_add_test(tcase, between_two_times_lie_the_calendar_days_that_lead_there);
    tcase_add_test(tcase, later_starts_and_more_days_never_end_earlier);
    tcase_add_test(tcase, beyond_twenty_years_weeks_go_on);
    tcase_add_test(tcase, beyond_the_tables_every_question_is_answered_as_within);
    tcase_add_test(tcase,
                   what_never_comes_has_no_date_and_nothing_comes_before_the_start);
    tcase_add_test(tcase,
                   beyond_what_is_ever_shown_a_week_has_neither_beginning_nor_end);
    tcase_add_test(tcase, holidays_beyond_the_tables_and_before_the_start_are_none);
    tcase_add_test(tcase, a_calendar_without_a_working_day_is_refused);
    tcase_add_test(tcase, work_pauses_in_freezes_as_quarter_days_say);
    tcase_add_test(tcase,
                   a_wait_in_calendar_days_stands_still_in_freezes_as_quarter_days_say);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
