#include "fixture.h"
#include "report/csv.h"
#include "report/verdict.h"
#include "report/npy.h"
#include "suite.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A table as a reader of RFC 4180 sees it. */
enum { ROWS = 512, COLUMNS = 64, CELL = 256 };
static char cells[ROWS][COLUMNS][CELL];
static uint32_t rows, columns;

static void read_table(const char *text)
{
    uint32_t row = 0, column = 0, n = 0;
    bool quoted = false;
    rows = columns = 0;
    memset(cells, 0, sizeof cells);
    for (const char *p = text; *p; p++) {
        ck_assert(row < ROWS && column < COLUMNS && n < CELL - 1);
        char *cell = cells[row][column];
        if (quoted && *p == '"' && p[1] == '"') {
            cell[n++] = *p++;
        } else if (*p == '"') {
            quoted = !quoted;
        } else if (!quoted && *p == ',') {
            column++;
            n = 0;
        } else if (!quoted && *p == '\n') {
            if (row == 0)
                columns = column + 1;
            ck_assert_msg(column + 1 == columns, "row %u has %u cells, the head %u",
                          row, column + 1, columns);
            row++;
            column = n = 0;
        } else {
            cell[n++] = *p;
        }
    }
    ck_assert(!quoted && column == 0 && n == 0);
    rows = row;
}

static void table_of(void (*write)(FILE *, const rc_result *), const rc_result *result)
{
    char *text = NULL;
    size_t n;
    FILE *out = open_memstream(&text, &n);
    ck_assert_ptr_nonnull(out);
    write(out, result);
    fclose(out);
    read_table(text);
    free(text);
}

/* The batch of this one scenario, and of one that gave nothing. */
static void batch(FILE *out, const rc_result *result)
{
    rc_csv_batch(out, NULL);
    rc_csv_batch(out, &(rc_batch_row){"fraud_v2.cfg", RC_OK, result});
    rc_csv_batch(out, &(rc_batch_row){"refused.cfg", RC_REFUSED, NULL});
}

static uint32_t column_of(const char *head)
{
    for (uint32_t c = 0; c < columns; c++)
        if (strcmp(cells[0][c], head) == 0)
            return c;
    ck_abort_msg("no column %s", head);
    return 0;
}

static const char *cell_of(const char *row, const char *head)
{
    for (uint32_t r = 1; r < rows; r++)
        if (strcmp(cells[r][0], row) == 0)
            return cells[r][column_of(head)];
    ck_abort_msg("no row %s", row);
    return "";
}

START_TEST(every_table_is_rectangular_for_every_kind_of_result)
{
    static void (*const tables[])(FILE *, const rc_result *) = {
        rc_csv_percentiles, rc_csv_tasks, rc_csv_drivers, batch};
    for (int kind = 0; kind < FIXTURE_KINDS; kind++) {
        rc_result *r = fixture_new((fixture_kind)kind);
        for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
            table_of(tables[t], r);
        fixture_free(r);
    }
}
END_TEST

static double number(const char *cell)
{
    return strcmp(cell, "never") == 0 ? (double)INFINITY : strtod(cell, NULL);
}

START_TEST(a_percentile_lies_in_the_interval_beside_it)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    table_of(rc_csv_percentiles, r);
    uint32_t apart = 0;
    for (uint32_t i = 1; i < rows; i++) {
        const double low = number(cells[i][column_of("low")]),
                     value = number(cells[i][column_of("value")]),
                     high = number(cells[i][column_of("high")]);
        ck_assert_msg(low <= value && value <= high, "%s: %g in %g to %g", cells[i][0],
                      value, low, high);
        apart += low < high;
    }
    ck_assert_uint_gt(apart, 9);
    fixture_free(r);
}
END_TEST

START_TEST(numbers_read_back_as_they_were_and_never_is_a_word)
{
    rc_result *r = fixture_new(FIXTURE_FRAUD_V2);
    table_of(rc_csv_tasks, r);
    ck_assert_uint_eq(rows, r->tasks_n + 1);
    ck_assert(strtod(cell_of("label", "duration_p80"), NULL) ==
              r->tasks[3].duration.p[2]);
    ck_assert(strtod(cell_of("mrr", "ssi"), NULL) == r->tasks[10].ssi);
    ck_assert_str_eq(cell_of("policy", "start_p50"), "2026-02-02");
    ck_assert_str_eq(cell_of("rollout", "cruciality"), "");
    rc_task_result milestone = r->tasks[0];
    const double evening[] = {5, 5, 5, 5, 5};
    milestone.duration = (rc_spread){.n = 1, .p = evening};
    milestone.start.p = milestone.finish.p = evening;
    rc_result one = *r;
    one.tasks = &milestone;
    one.tasks_n = 1;
    table_of(rc_csv_tasks, &one);
    ck_assert_str_eq(cell_of("policy", "start_p50"), "2026-02-06");
    ck_assert_str_eq(cell_of("policy", "finish_p50"), "2026-02-06");
    table_of(rc_csv_drivers, r);
    ck_assert_uint_eq(rows, r->drivers_n + 1);
    ck_assert_str_eq(cell_of("learning_curve.shrink", "origin"), "default");
    const uint32_t seen = rc_drivers_seen(r, r->drivers_n);
    ck_assert(seen > 0);
    for (uint32_t i = 1; i < rows; i++)
        ck_assert_str_eq(cells[i][column_of("beyond_noise")], i <= seen ? "yes" : "no");
    table_of(rc_csv_percentiles, r);
    ck_assert_str_eq(cells[1][0], "finish");
    ck_assert_str_eq(cells[1][column_of("date")], "2026-06-24");
    ck_assert_str_eq(cells[5][column_of("value")], "never");
    ck_assert_str_eq(cells[5][column_of("date")], "never");
    ck_assert_str_eq(cell_of("metrics.recall.true", "unit"), "share");
    for (uint32_t i = 1; i < rows; i++) /* values as they are kept: 0.82, not 82 */
        ck_assert(strcmp(cells[i][1], "%") != 0 && strcmp(cells[i][1], "points") != 0 &&
                  strcmp(cells[i][1], "money") != 0);
    table_of(batch, r);
    ck_assert_uint_eq(rows, 3);
    ck_assert_str_eq(cell_of("fraud_v2.cfg", "p_all"), "0.49");
    ck_assert_str_eq(cell_of("fraud_v2.cfg", "promise"), "2026-09-25");
    ck_assert_str_eq(cell_of("fraud_v2.cfg", "finish_p50"), "2026-07-23");
    ck_assert_str_eq(cell_of("fraud_v2.cfg", "exit_code"), "0");
    ck_assert_str_eq(cell_of("refused.cfg", "scenario"), "");
    ck_assert_str_eq(cell_of("refused.cfg", "exit_code"), "3");
    fixture_free(r);
    r = fixture_new(FIXTURE_NOTHING_LAUNCHED);
    table_of(batch, r);
    ck_assert_str_eq(cell_of("fraud_v2.cfg", "promise"), "never");
    fixture_free(r);
}
END_TEST

START_TEST(no_cell_of_a_user_is_a_formula)
{
    static const char *const evil[] = {"=cmd|' /C calc'!A0", "+1",          "-2+3",
                                       "@SUM(A1)",           "\t=1",        "\r=1",
                                       "a\",\"b\n=1",        "\x1b]0;x\x07"};
    for (size_t i = 0; i < sizeof evil / sizeof *evil; i++) {
        rc_result *r = fixture_hostile(evil[i]);
        table_of(rc_csv_tasks, r);
        ck_assert_uint_eq(rows, r->tasks_n + 1);
        for (uint32_t row = 1; row < rows; row++)
            for (const char *p = cells[row][1]; *p; p++)
                ck_assert((p != cells[row][1] || !strchr("=+-@\t\r", *p)) &&
                          ((unsigned char)*p >= 0x20));
        table_of(batch, r);
        ck_assert_uint_eq(rows, 3);
        ck_assert(!strchr("=+-@\t\r", cells[1][column_of("scenario")][0]));
        fixture_free(r);
    }
}
END_TEST

START_TEST(samples_have_the_head_that_numpy_asks_for)
{
    const double first[] = {1, INFINITY, 3}, second[] = {4, 5, NAN};
    char *bytes = NULL;
    size_t n;
    FILE *out = open_memstream(&bytes, &n);
    rc_npy_head(out, 3, 2);
    rc_npy_column(out, first, 3);
    rc_npy_column(out, second, 3);
    fclose(out);
    ck_assert(memcmp(bytes, "\x93NUMPY\x01\x00", 8) == 0);
    size_t head = (unsigned char)bytes[8] + 256u * (unsigned char)bytes[9];
    ck_assert_uint_eq((10 + head) % 64, 0);
    ck_assert(bytes[10 + head - 1] == '\n');
    const char *expected = "{'descr': '<f8', 'fortran_order': True, 'shape': (3, 2), }";
    ck_assert(memcmp(bytes + 10, expected, strlen(expected)) == 0);
    ck_assert_uint_eq(n, 10 + head + 6 * sizeof(double));
    double back[6];
    memcpy(back, bytes + 10 + head, sizeof back);
    ck_assert(back[0] == 1 && isinf(back[1]) && back[3] == 4 && isnan(back[5]));
    free(bytes);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("csv");
    TCase *tcase = tcase_create("csv");
    tcase_add_test(tcase, every_table_is_rectangular_for_every_kind_of_result);
    tcase_add_test(tcase, a_percentile_lies_in_the_interval_beside_it);
    tcase_add_test(tcase, numbers_read_back_as_they_were_and_never_is_a_word);
    tcase_add_test(tcase, no_cell_of_a_user_is_a_formula);
    tcase_add_test(tcase, samples_have_the_head_that_numpy_asks_for);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
