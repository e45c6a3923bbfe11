/* A line of the answer: it holds what fits, and finds the outputs that it speaks of. */
#include "report/line.h"
#include "suite.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const rc_spread spreads[] = {{.n = 10, .mean = 1},
                                    {.n = 10, .mean = 2},
                                    {.n = 10, .mean = 3},
                                    {.n = 0},
                                    {.n = 10, .mean = 5}};
static const rc_share shares[] = {{.2, .1, .3}, {NAN, NAN, NAN}};

static const rc_output_result outputs[] = {
    {.output.path = "safety[first].days", .spread = &spreads[0]},
    {.output.path = "safety[second].days", .spread = &spreads[1]},
    {.output.path = "safety[first].days_in_all", .spread = &spreads[2]},
    {.output.path = "safety[first].never", .spread = &spreads[3]},
    {.output.path = "provider.cost", .spread = &spreads[4]},
    {.output.path = "provider.p_below", .share = &shares[0]},
    {.output.path = "provider.p_never", .share = &shares[1]},
};

static rc_result with_outputs(void)
{
    return (rc_result){.outputs = outputs,
                       .outputs_n = sizeof outputs / sizeof *outputs};
}

START_TEST(the_first_group_speaks_for_its_model)
{
    const rc_result r = with_outputs();
    ck_assert_ptr_eq(rc_first_output(&r, "safety", "days"), &outputs[0]);
    ck_assert_double_eq(rc_first_spread(&r, "safety", "days_in_all")->mean, 3);
    ck_assert_double_eq(rc_first_spread(&r, "provider", "cost")->mean, 5);
    ck_assert_double_eq(rc_first_share(&r, "provider", "p_below")->p, .2);
}
END_TEST

START_TEST(what_is_not_there_or_of_no_future_is_nothing)
{
    const rc_result r = with_outputs();
    ck_assert_ptr_null(rc_first_output(&r, "safety", "day"));
    ck_assert_ptr_null(rc_first_output(&r, "saf", "days"));
    ck_assert_ptr_null(rc_first_output(&r, "prov", "cost"));
    ck_assert_ptr_null(rc_first_spread(&r, "safety", "never"));
    ck_assert_ptr_null(rc_first_share(&r, "provider", "p_never"));
    ck_assert_ptr_null(rc_first_share(&r, "provider", "cost"));
}
END_TEST

START_TEST(a_line_holds_what_fits_and_leaves_out_the_rest)
{
    rc_line line = {.n = 0};
    rc_line_say(&line, "%d rounds", 6);
    rc_line_say(&line, ", %s", "11 fixes");
    ck_assert_str_eq(line.at, "6 rounds, 11 fixes");
    char much[1200];
    memset(much, 'x', sizeof much - 1);
    much[sizeof much - 1] = 0;
    rc_line_say(&line, "%s", much);
    ck_assert_str_eq(line.at, "6 rounds, 11 fixes");
    rc_line_say(&line, "%s", ".");
    ck_assert_str_eq(line.at, "6 rounds, 11 fixes.");
}
END_TEST

START_TEST(a_name_stands_in_the_margin)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    rc_sheet sheet = {.out = out, .width = 80, .table = 10};
    rc_line line = {.n = 0};
    rc_line_say(&line, "33 k");
    rc_line_put(&sheet, "Tokens", &line);
    sheet.table = 25;
    rc_line_put(&sheet, "Tokens", &line);
    fclose(out);
    ck_assert_str_eq(text, "   Tokens         33 k\n"
                           "   Tokens                33 k\n");
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("line");
    TCase *t = tcase_create("line");
    tcase_add_test(t, the_first_group_speaks_for_its_model);
    tcase_add_test(t, what_is_not_there_or_of_no_future_is_nothing);
    tcase_add_test(t, a_line_holds_what_fits_and_leaves_out_the_rest);
    tcase_add_test(t, a_name_stands_in_the_margin);
    suite_add_tcase(suite, t);
    return suite_run(suite);
}
