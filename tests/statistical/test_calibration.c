/* Two thousand projects that happened: what came true, by another program
 * (support/plain_project.h), against what was forecast from the same text.
 *
 * Of n futures the truth falls into each of the n + 1 gaps between them with the same
 * chance, whatever its law. So between P10 and P90 lie exactly 80 %: of 199 futures the
 * 20th and the 180th, of 9 the first and the last; 2 000 projects show that within 4.4
 * points (4.89 standard errors). Over 20 classes of ranks chi squared has 19 degrees of
 * freedom; beyond 69 lies 1e-7 of it. Seeds are fixed.
 *
 * The same judges convict a forecast that is too sure, percentiles of the rank beside,
 * and streams that know of each other.
 */
#include "forecast.h"
#include "plain_project.h"
#include "suite.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PROJECTS = 2000, MANY = 199, FEW = 9, CLASSES = 20 };
static const double covered = 0.8, points = 0.044, chi_squared_most = 69;

typedef struct forecasted {
    double truth, p10, p90;
    double future[MANY]; /* ascending */
} forecasted;

typedef struct judged {
    double coverage, chi_squared;
} judged;

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* A truth among futures that are the same number takes the middle of its ranks. */
static double rank_of(const forecasted *f, int n)
{
    int less = 0, same = 0;
    for (int i = 0; i < n; i++) {
        less += f->future[i] < f->truth - 1e-9;
        same += fabs(f->future[i] - f->truth) <= 1e-9;
    }
    return (less + 0.5 * (same + 1)) / (n + 1);
}

static judged judge(const forecasted *all, int n)
{
    double in[CLASSES] = {0}, inside = 0, chi_squared = 0;
    for (int i = 0; i < PROJECTS; i++) {
        const forecasted *f = &all[i];
        inside += f->truth >= f->p10 - 1e-9 && f->truth < f->p90 + 1e-9;
        in[(int)(rank_of(f, n) * (n < CLASSES ? n + 1 : CLASSES))]++;
    }
    const int classes = n < CLASSES ? n + 1 : CLASSES;
    const double each = (double)PROJECTS / classes;
    for (int i = 0; i < classes; i++)
        chi_squared += (in[i] - each) * (in[i] - each) / each;
    return (judged){inside / PROJECTS, chi_squared};
}

static bool calibrated(judged j)
{
    return fabs(j.coverage - covered) < points && j.chi_squared < chi_squared_most;
}

/* By nearest rank, as the definition says; off: the planted fault. */
static void percentiles(forecasted *f, int n, int off)
{
    const int low = (n + 9) / 10, high = (9 * n + 9) / 10;
    qsort(f->future, (size_t)n, sizeof *f->future, ascending);
    f->p10 = f->future[low - 1 + off < n ? low - 1 + off : n - 1];
    f->p90 = f->future[high - 1 - off];
}

static forecasted *forecast_all(int n, bool of_cost)
{
    forecasted *all = malloc(PROJECTS * sizeof *all);
    forecast_text text = {0};
    ck_assert_ptr_nonnull(all);
    for (uint64_t i = 0; i < PROJECTS; i++) {
        const plain_project project = plain_project_make(i);
        const plain_course truth = plain_project_happens(&project, 1000000 + i, false);
        plain_project_tell(&text, &project);
        rc_result *r = forecast(
            text.at, &(forecast_options){.futures = (uint64_t)n, .seed = 1 + i});
        const rc_spread *spread = of_cost ? &r->cost : &r->finish;
        all[i].truth = of_cost ? truth.cost : truth.finish;
        all[i].p10 = rc_spread_at(r, spread, 10);
        all[i].p90 = rc_spread_at(r, spread, 90);
        memcpy(all[i].future, of_cost ? forecast_cost(r) : forecast_finish(r),
               (size_t)n * sizeof(double));
        rc_result_free(r);
    }
    free(text.at);
    return all;
}

static void assert_calibrated(const forecasted *all, int n)
{
    const judged j = judge(all, n);
    ck_assert_msg(calibrated(j), "P10 to P90 covers %.1f %%, chi squared %.1f",
                  100 * j.coverage, j.chi_squared);
}

static void assert_convicted(const char *fault, const forecasted *all, int n)
{
    const judged j = judge(all, n);
    ck_assert_msg(!calibrated(j),
                  "%s: nobody sees that P10 to P90 covers %.1f %%, chi squared %.1f",
                  fault, 100 * j.coverage, j.chi_squared);
}

START_TEST(dates_come_true_as_often_as_said_and_a_spread_of_four_fifths_is_convicted)
{
    forecasted *all = forecast_all(MANY, false);
    assert_calibrated(all, MANY);
    for (int i = 0; i < PROJECTS; i++) {
        percentiles(&all[i], MANY, 0);
        const double middle = all[i].future[MANY / 2];
        for (int k = 0; k < MANY; k++)
            all[i].future[k] = middle + 0.8 * (all[i].future[k] - middle);
        percentiles(&all[i], MANY, 0);
    }
    assert_convicted("spread x .8", all, MANY);
    free(all);
}
END_TEST

START_TEST(percentiles_of_nine_futures_are_so_too_and_a_rank_off_by_one_is_convicted)
{
    forecasted *all = forecast_all(FEW, false);
    assert_calibrated(all, FEW);
    for (int i = 0; i < PROJECTS; i++) {
        const double p10 = all[i].p10, p90 = all[i].p90;
        percentiles(&all[i], FEW, 0);
        ck_assert(p10 == all[i].p10 && p90 == all[i].p90);
        percentiles(&all[i], FEW, 1);
    }
    assert_convicted("rank off by one", all, FEW);
    free(all);
}
END_TEST

START_TEST(costs_come_true_as_often_as_said)
{
    forecasted *all = forecast_all(MANY, true);
    assert_calibrated(all, MANY);
    free(all);
}
END_TEST

START_TEST(streams_in_step_are_convicted)
{
    forecasted *all = malloc(PROJECTS * sizeof *all);
    ck_assert_ptr_nonnull(all);
    for (int in_step = 0; in_step < 2; in_step++) {
        for (uint64_t i = 0; i < PROJECTS; i++) {
            const plain_project project = plain_project_make(i);
            all[i].truth = plain_project_happens(&project, 1000000 + i, false).finish;
            for (uint64_t k = 0; k < MANY; k++)
                all[i].future[k] =
                    plain_project_happens(&project, 2000000 + i * MANY + k, in_step)
                        .finish;
            percentiles(&all[i], MANY, 0);
        }
        if (in_step)
            assert_convicted("streams in step", all, MANY);
        else
            assert_calibrated(all, MANY);
    }
    free(all);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("calibration");
    TCase *tcase = tcase_create("calibration");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(
        tcase,
        dates_come_true_as_often_as_said_and_a_spread_of_four_fifths_is_convicted);
    tcase_add_test(
        tcase,
        percentiles_of_nine_futures_are_so_too_and_a_rank_off_by_one_is_convicted);
    tcase_add_test(tcase, costs_come_true_as_often_as_said);
    tcase_add_test(tcase, streams_in_step_are_convicted);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
