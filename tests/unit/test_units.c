#include "base/units.h"
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

START_TEST(every_listed_word_is_found_and_no_two_are_alike)
{
    for (size_t i = 0; i < rc_units_n; i++) {
        const rc_unit *unit = &rc_units[i];
        ck_assert_ptr_eq(rc_unit_find(rc_slice_of(unit->word)), unit);
        ck_assert_ptr_eq(rc_unit_find(rc_slice_of(unit->singular)), unit);
        ck_assert(unit->factor > 0);
        ck_assert(strlen(rc_unit_family_name(unit->family)) > 0);
        if (unit->family == RC_UNIT_MONEY)
            ck_assert(strlen(unit->word) == 3 && unit->factor == 1);
    }
}
END_TEST

START_TEST(a_word_that_is_no_unit_is_not_found)
{
    static const char *const bad[] = {
        "", "m", "Days", "eur", "fortnights", "day ", "per day", "calendar", "/", "kk"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!rc_unit_find(rc_slice_of(bad[i])), "%s", bad[i]);
}
END_TEST

START_TEST(factors_are_those_of_the_language)
{
    static const struct {
        const char *word;
        double number, base;
    } cases[] = {{"minutes", 480, 1},   {"hours", 8, 1},      {"day", 1, 1},
                 {"weeks", 2, 10},      {"months", 4, 87},    {"calendar days", 3, 3},
                 {"person-days", 2, 2}, {"%", 55, 0.55},      {"points", 1.5, 0.015},
                 {"ms", 24, 24},        {"/hour", 2.1, 16.8}, {"/day", 420, 420},
                 {"/week", 10, 2},      {"/month", 87, 4},    {"/year", 522, 2},
                 {"EUR", 7, 7},         {"k", 12, 12000},     {"M", 1.5, 1.5e6},
                 {"bn", 2, 2e9}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const rc_unit *unit = rc_unit_find(rc_slice_of(cases[i].word));
        ck_assert_ptr_nonnull(unit);
        double base = cases[i].number * unit->factor;
        ck_assert_msg(fabs(base / cases[i].base - 1) < 1e-15, "%g %s = %.17g",
                      cases[i].number, cases[i].word, base);
    }
    ck_assert(RC_CALENDAR_DAYS_PER_MONTH * RC_MONTHS_PER_YEAR == 365.25);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("units");
    TCase *c = tcase_create("units");
    tcase_add_test(c, every_listed_word_is_found_and_no_two_are_alike);
    tcase_add_test(c, a_word_that_is_no_unit_is_not_found);
    tcase_add_test(c, factors_are_those_of_the_language);
    suite_add_tcase(suite, c);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
