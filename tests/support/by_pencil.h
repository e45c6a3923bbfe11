/* by_pencil.h -- plans without chance, whose dates were worked out on paper.
 *
 * Monday 2026-02-02 is day 0, weeks have five days. Include in one file of a test program.
 */
#ifndef ROADCAST_TESTS_BY_PENCIL_H
#define ROADCAST_TESTS_BY_PENCIL_H

#include "forecast.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct pencil {
    const char *what, *text;
    double finish; /* INFINITY: stopped */
    const char
        *critical; /* ids in the order of the file, each with a blank behind it */
    double cost;
} pencil;

#define PLAN(calendar, more, tasks)                                                    \
    "format = 1; calendar = { start = \"2026-02-02\"; " calendar " }; " more           \
    " tasks = (" tasks ");"

static void check_by_pencil(const pencil *p, bool queue)
{
    rc_result *r = forecast(p->text, &(forecast_options){.futures = 3, .queue = queue});
    char critical[256] = "";
    for (uint32_t i = 0; i < r->tasks_n; i++)
        if (r->tasks[i].criticality.p == 1) {
            strcat(critical, r->tasks[i].id);
            strcat(critical, " ");
        }
    for (int i = 0; i < 3; i++) {
        const double finish = forecast_finish(r)[i], cost = forecast_cost(r)[i];
        ck_assert_msg(finish == p->finish || fabs(finish - p->finish) < 1e-12,
                      "%s: finish %.17g, expected %g", p->what, finish, p->finish);
        ck_assert_msg(fabs(cost - p->cost) < 1e-9, "%s: cost %.17g, expected %g",
                      p->what, cost, p->cost);
    }
    ck_assert_msg(strcmp(critical, p->critical) == 0, "%s: critical %s, expected %s",
                  p->what, critical, p->critical);
    rc_result_free(r);
}

#endif
