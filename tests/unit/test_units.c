#include "base/units.h"
#include "suite.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

START_TEST(every_listed_word_is_found_and_no_two_are_alike)
{
    for (size_t i = 0; i < rc_units_n; i++) {
        const rc_unit *unit = &rc_units[i];
        ck_assert_ptr_eq(rc_unit_find(unit->word), unit);
        ck_assert_ptr_eq(rc_unit_find(unit->plural), unit);
        ck_assert_int_eq(rc_unit_family_of(unit->plural), unit->family);
        ck_assert(unit->times > 0 && unit->over > 0);
        ck_assert_msg((unit->machine_hours > 0) == (unit->calendar_months > 0),
                      "%s is a time for machines and for products, or for none",
                      unit->word);
    }
}
END_TEST

START_TEST(a_word_that_is_no_unit_is_not_found)
{
    static const char *const bad[] = {"m",   "Days",     "eur", "fortnights", "day ",
                                      "per", "calendar", "/",   "XYZ",        "EU ",
                                      "R E", "EUREUR",   "EU"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(rc_unit_family_of(bad[i]) == RC_UNIT_UNKNOWN, "%s", bad[i]);
    ck_assert_int_eq(rc_unit_family_of(""), RC_UNIT_NONE);
    ck_assert_ptr_null(rc_unit_find(""));
}
END_TEST

START_TEST(money_is_known_by_three_letters)
{
    static const char *const good[] = {"EUR", "USD", "GBP", "CHF",
                                       "JPY", "AED", "NGN", "ZWL"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ck_assert_msg(rc_unit_family_of(good[i]) == RC_UNIT_MONEY, "%s", good[i]);
        ck_assert_ptr_null(rc_unit_find(good[i]));
    }
}
END_TEST

START_TEST(factors_are_those_of_the_language)
{
    static const struct {
        const char *word;
        double number, base;
    } cases[] = {
        {"minutes", 480, 1},     {"hours", 8, 1},           {"day", 1, 1},
        {"weeks", 2, 10},        {"months", 4, 87},         {"years", 2, 522},
        {"calendar days", 3, 3}, {"person-hours", 12, 1.5}, {"person-days", 2, 2},
        {"person-weeks", 2, 10}, {"person-months", 4, 87},  {"%", 55, 0.55},
        {"points", 1.5, 0.015}};
    ck_assert_uint_eq(sizeof cases / sizeof *cases, rc_units_n);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const rc_unit *unit = rc_unit_find(cases[i].word);
        ck_assert_ptr_nonnull(unit);
        double base = cases[i].number * unit->times / unit->over;
        ck_assert_msg(base == cases[i].base, "%g %s = %.17g", cases[i].number,
                      cases[i].word, base);
    }
}
END_TEST

START_TEST(machines_and_products_never_rest)
{
    static const struct {
        const char *word;
        double number, hours, months;
    } cases[] = {
        {"minutes", 60, 1, 1 / 730.5},   {"hours", 24, 24, 1 / 30.4375},
        {"days", 7, 168, 7 / 30.4375},   {"calendar days", 7, 168, 7 / 30.4375},
        {"weeks", 2, 336, 14 / 30.4375}, {"months", 12, 8766, 12},
        {"years", 1, 8766, 12}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const rc_unit *unit = rc_unit_find(cases[i].word);
        ck_assert_ptr_nonnull(unit);
        double hours = cases[i].number * unit->machine_hours;
        double months = cases[i].number * unit->calendar_months;
        ck_assert_msg(fabs(hours / cases[i].hours - 1) < 1e-15, "%s: %.17g hours",
                      cases[i].word, hours);
        ck_assert_msg(fabs(months / cases[i].months - 1) < 1e-15, "%s: %.17g months",
                      cases[i].word, months);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("units");
    TCase *c = tcase_create("units");
    tcase_add_test(c, every_listed_word_is_found_and_no_two_are_alike);
    tcase_add_test(c, a_word_that_is_no_unit_is_not_found);
    tcase_add_test(c, money_is_known_by_three_letters);
    tcase_add_test(c, factors_are_those_of_the_language);
    tcase_add_test(c, machines_and_products_never_rest);
    suite_add_tcase(suite, c);
    return suite_run(suite);
}
