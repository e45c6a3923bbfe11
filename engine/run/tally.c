#include "run/tally.h"
#include "run/path.h"
#include "run/tuning.h"
#include <math.h>
#include <string.h>

/* Columns that would hold the same number throughout are not kept: what a task cost that
 * costs nothing, the rounds of a task that runs once. */
static bool varies(const rc_plan *plan, uint32_t column)
{
    const rc_activity *node = &plan->nodes[column / RC_TASK_COLUMNS];
    switch (column % RC_TASK_COLUMNS) {
    case RC_TASK_PAID:
        return node->people_rate > 0 || node->effort_rate > 0 || node->delay_rate > 0 ||
               node->cost != RC_NONE || node->step != RC_NONE;
    case RC_TASK_ROUNDS:
        return plan->loops_n > 0;
    default:
        return true;
    }
}

/* All columns from one piece of memory: it is large, and large pieces are cheaper. */
static bool make_columns(rc_tally *y, rc_arena *scratch)
{
    size_t kept = 0;
    for (uint32_t i = 0; i < y->columns_n; i++)
        kept += i >= y->outputs_at || varies(y->plan, i);
    double *slab = rc_arena_alloc(scratch, kept * y->detail, sizeof *slab);
    for (uint32_t i = 0; i < y->columns_n && slab; i++)
        if (i >= y->outputs_at || varies(y->plan, i)) {
            y->columns[i] = slab;
            slab += y->detail;
        }
    return slab != NULL;
}

rc_status rc_tally_make(rc_tally *out, const rc_plan *plan, uint64_t futures,
                        bool verdict_only, uint32_t threads, rc_arena *arena,
                        rc_arena *scratch, rc_error *err)
{
    rc_tally y = {.plan = plan,
                  .futures = futures,
                  .threads = threads,
                  .blocks = (futures + RC_LANES - 1) / RC_LANES,
                  .detail = verdict_only                  ? 0
                            : futures < RC_DETAIL_FUTURES ? (uint32_t)futures
                                                          : RC_DETAIL_FUTURES};
    y.samples_n = rc_sample_value(plan->goals.targets_n) + (plan->value_row != RC_NONE);
    y.samples = rc_arena_alloc(arena, y.samples_n, sizeof *y.samples);
    bool failed = !y.samples;
    for (uint32_t i = 0; i < y.samples_n && !failed; i++) {
        y.samples[i] = rc_arena_alloc(arena, futures, sizeof(double));
        failed |= !y.samples[i];
    }
    y.outcome = rc_arena_alloc(arena, futures, 1);
    y.stop = rc_arena_alloc(arena, futures, sizeof *y.stop);
    if (plan->causes_n) {
        y.cause = rc_arena_alloc(scratch, futures, sizeof *y.cause);
        failed |= !y.cause;
    }
    y.outputs_at = y.columns_n = plan->nodes_n * RC_TASK_COLUMNS;
    for (uint32_t i = 0; i < plan->outputs_n; i++)
        y.columns_n += plan->outputs[i].series;
    y.drivers_at = y.columns_n;
    y.columns_n += plan->drivers_n;
    y.columns = rc_arena_alloc(scratch, y.columns_n + 1u, sizeof *y.columns);
    y.kinds = rc_arena_alloc(scratch, y.blocks * plan->cost_kinds_n, sizeof *y.kinds);
    y.counts = rc_arena_alloc(scratch, threads, sizeof *y.counts);
    y.bad = rc_arena_alloc(scratch, threads, sizeof *y.bad);
    failed |= !y.outcome || !y.stop || !y.columns || !y.kinds || !y.counts || !y.bad;
    failed |= !failed && y.detail > 0 && !make_columns(&y, scratch);
    for (uint32_t i = 0; i < threads && !failed; i++) {
        rc_counts *c = &y.counts[i];
        c->critical = rc_arena_alloc(scratch, plan->nodes_n, sizeof *c->critical);
        c->stopped_need = rc_arena_alloc(scratch, 256 * (size_t)plan->loops_n + 1,
                                         sizeof *c->stopped_need);
        failed |= !c->critical || !c->stopped_need;
    }
    if (failed)
        return rc_fail(err, RC_IO,
                       "out of memory for %llu futures: ask for fewer with -n",
                       (unsigned long long)futures);
    *out = y;
    return RC_OK;
}

static void keep(double *column, const double *row, uint32_t n)
{
    memcpy(column, row, n * sizeof *column);
}

/* What a task was in each future; NAN where it did not take place. */
static void detail_task(const rc_tally *y, const rc_block *b, uint32_t t, uint32_t n)
{
    const rc_task_rows *rows = &b->tasks[t];
    double **column = &y->columns[t * RC_TASK_COLUMNS];
    if (!rows->absent && y->plan->causes_n == 0) {
        keep(column[RC_TASK_START] + b->first, rows->start, n);
        keep(column[RC_TASK_FINISH] + b->first, rows->finish, n);
        keep(column[RC_TASK_WORK] + b->first, rows->work, n);
    } else {
        for (uint32_t l = 0; l < n; l++) {
            bool here =
                rows->start[l] < b->stop[l] && !(rows->absent && rows->absent[l]);
            bool done = here && rows->last_finish[l] <= b->stop[l];
            uint64_t at = b->first + l;
            column[RC_TASK_START][at] = here ? rows->start[l] : NAN;
            column[RC_TASK_FINISH][at] = done ? rows->last_finish[l] : NAN;
            column[RC_TASK_WORK][at] = done ? rows->work[l] : NAN;
            if (column[RC_TASK_ROUNDS])
                column[RC_TASK_ROUNDS][at] = !here          ? NAN
                                             : rows->rounds ? rows->rounds[l]
                                                            : 1.0;
        }
    }
    if (rows->paid && column[RC_TASK_PAID])
        keep(column[RC_TASK_PAID] + b->first, rows->paid, n);
}

static void detail(rc_tally *y, const rc_block *b)
{
    const rc_plan *plan = y->plan;
    if (b->first >= y->detail)
        return;
    uint32_t n =
        y->detail - b->first < b->lanes ? (uint32_t)(y->detail - b->first) : b->lanes;
    for (uint32_t t = 0; t < plan->nodes_n; t++)
        detail_task(y, b, t, n);
    for (uint32_t i = 0, c = y->outputs_at; i < plan->outputs_n; i++)
        for (uint32_t k = 0; k < plan->outputs[i].series; k++)
            keep(y->columns[c++] + b->first, b->row[plan->outputs[i].row + k], n);
    for (uint32_t i = 0; i < plan->drivers_n; i++)
        keep(y->columns[y->drivers_at + i] + b->first, b->row[plan->drivers[i].row], n);
}

static void outcomes(rc_tally *y, const rc_block *b)
{
    const rc_plan *plan = y->plan;
    const double *possible = b->row[plan->possible_row];
    uint8_t good[RC_LANES];
    memset(good, 1, sizeof good);
    for (uint32_t t = 0; t < plan->goals.targets_n; t++) {
        const rc_target *target = &plan->goals.targets[t];
        const double *truth = b->row[plan->target_rows[t].truth];
        keep(y->samples[rc_sample_true(t)] + b->first, truth, b->lanes);
        keep(y->samples[rc_sample_measured(t)] + b->first,
             b->row[plan->target_rows[t].measured], b->lanes);
        for (uint32_t l = 0; l < b->lanes; l++)
            good[l] &= rc_target_met(target, truth[l]);
    }
    for (uint32_t l = 0; l < b->lanes; l++)
        y->outcome[b->first + l] = good[l] && !isinf(b->end[l]) ? RC_REACHED
                                   : possible[l] == 0.0         ? RC_NOT_POSSIBLE
                                   : good[l]                    ? RC_STOPPED_THOUGH_GOOD
                                                                : RC_NOT_FOUND;
}

void rc_tally_block(rc_tally *y, const rc_block *b, uint32_t thread)
{
    const rc_plan *plan = y->plan;
    rc_counts *counts = &y->counts[thread];
    const rc_path_kernels *kernels = rc_path_kernels_here();
    memcpy(y->samples[RC_SAMPLE_FINISH] + b->first, b->end, b->lanes * sizeof(double));
    memcpy(y->samples[RC_SAMPLE_COST] + b->first, b->total_cost,
           b->lanes * sizeof(double));
    memcpy(y->stop + b->first, b->stop, b->lanes * sizeof(double));
    for (uint32_t l = 0; l < b->lanes; l++) {
        if (isnan(b->end[l]))
            y->bad[thread] = "the finish of the plan";
        if (!isfinite(b->total_cost[l]))
            y->bad[thread] = "the cost of the plan";
    }
    if (plan->value_row != RC_NONE)
        keep(y->samples[rc_sample_value(plan->goals.targets_n)] + b->first,
             b->row[plan->value_row], b->lanes);
    if (plan->goals.targets_n)
        outcomes(y, b);
    for (uint32_t t = 0; t < plan->nodes_n; t++)
        counts->critical[t] += kernels->count(b->tasks[t].critical, b->lanes);
    for (uint32_t l = 0; l < b->lanes && plan->causes_n; l++)
        if (!isinf(b->stop[l]) && isinf(b->end[l])) {
            uint32_t cause = b->stopped_by[l];
            y->cause[b->first + l] = (uint16_t)(cause + 1);
            if (cause < plan->loops_n)
                counts->stopped_need[256 * (size_t)cause + b->stopped_need[l]]++;
        }
    for (uint32_t k = 0; k < plan->cost_kinds_n; k++) {
        double sum = 0.0;
        for (uint32_t l = 0; l < b->lanes; l++)
            sum += b->cost[k][l];
        y->kinds[b->index * plan->cost_kinds_n + k] = sum;
    }
    detail(y, b);
}
