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

/* Columns that are kept; of what runs beforehand nothing is known but the plan. */
static uint32_t kept_columns(const rc_plan *plan)
{
    uint32_t kept = plan->drivers_n;
    for (uint32_t i = 0; i < plan->nodes_n * RC_TASK_COLUMNS; i++)
        kept += varies(plan, i);
    for (uint32_t i = 0; i < plan->outputs_n; i++)
        kept += plan->outputs[i].series;
    return kept;
}

/* All columns from one piece of memory: it is large, and large pieces are cheaper. */
static bool make_columns(rc_tally *y, rc_arena *scratch)
{
    size_t kept = kept_columns(y->plan);
    double *slab = rc_arena_alloc(scratch, kept * y->detail, sizeof *slab);
    for (uint32_t i = 0; i < y->columns_n && slab; i++)
        if (i >= y->outputs_at || varies(y->plan, i)) {
            y->columns[i] = slab;
            slab += y->detail;
        }
    return slab != NULL;
}

static uint32_t details_of(uint64_t futures, bool verdict_only)
{
    return verdict_only                  ? 0
           : futures < RC_DETAIL_FUTURES ? (uint32_t)futures
                                         : RC_DETAIL_FUTURES;
}

bool rc_tally_make(rc_tally *out, const rc_plan *plan, uint64_t futures,
                   bool verdict_only, rc_window *window, rc_arena *scratch)
{
    rc_tally y = {.plan = plan,
                  .futures = futures,
                  .window = window,
                  .detail = details_of(futures, verdict_only)};
    y.outputs_at = y.columns_n = plan->nodes_n * RC_TASK_COLUMNS;
    for (uint32_t i = 0; i < plan->outputs_n; i++)
        y.columns_n += plan->outputs[i].series;
    y.drivers_at = y.columns_n;
    y.columns_n += plan->drivers_n;
    y.columns = rc_arena_alloc(scratch, y.columns_n + 1u, sizeof *y.columns);
    *out = y;
    return y.columns && (y.detail == 0 || make_columns(&y, scratch));
}

double rc_tally_bytes(const rc_plan *plan, uint64_t futures, bool verdict_only)
{
    return (double)details_of(futures, verdict_only) * kept_columns(plan) *
           sizeof(double);
}

/* ------------------------------------------------------------------- windows */

uint32_t rc_samples_of(const rc_plan *plan)
{
    return rc_sample_value(plan->goals.targets_n) + (plan->value_row != RC_NONE);
}

uint64_t rc_window_room(uint64_t futures)
{
    return futures <= RC_EXACT_FUTURES ? futures : RC_WINDOW_FUTURES;
}

/* What the widest of some plans asks of a window. */
typedef struct widths {
    uint32_t samples, kinds, nodes;
} widths;

static uint32_t larger(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static widths widest(const rc_plan *const *plans, uint32_t n)
{
    widths w = {0};
    for (uint32_t i = 0; i < n; i++) {
        w.samples = larger(w.samples, rc_samples_of(plans[i]));
        w.kinds = larger(w.kinds, plans[i]->cost_kinds_n);
        w.nodes = larger(w.nodes, plans[i]->nodes_n);
    }
    return w;
}

bool rc_window_make(rc_window *out, const rc_plan *const *plans, uint32_t plans_n,
                    uint64_t room, rc_arena *arena)
{
    const widths w = widest(plans, plans_n);
    const uint64_t blocks = (room + RC_LANES - 1) / RC_LANES;
    *out = (rc_window){
        .room = room,
        .samples = rc_arena_alloc(arena, w.samples, sizeof *out->samples),
        .stop = rc_arena_alloc(arena, room, sizeof *out->stop),
        .outcome = rc_arena_alloc(arena, room, sizeof *out->outcome),
        .cause = rc_arena_alloc(arena, room, sizeof *out->cause),
        .need = rc_arena_alloc(arena, room, sizeof *out->need),
        .kinds = rc_arena_alloc(arena, blocks * w.kinds, sizeof *out->kinds),
        .critical = rc_arena_alloc(arena, blocks * w.nodes, sizeof *out->critical),
    };
    bool whole = out->samples && out->stop && out->outcome && out->cause && out->need &&
                 out->kinds && out->critical;
    for (uint32_t i = 0; i < w.samples && whole; i++) {
        out->samples[i] = rc_arena_alloc(arena, room, sizeof(double));
        whole = out->samples[i] != NULL;
    }
    return whole;
}

double rc_window_bytes(const rc_plan *const *plans, uint32_t plans_n, uint64_t room)
{
    const widths w = widest(plans, plans_n);
    const size_t each = (w.samples + 1) * sizeof(double) + 1 + sizeof(uint16_t) + 1,
                 of_block = w.kinds * sizeof(rc_paid) + w.nodes * sizeof(uint16_t);
    return (double)room * (double)each + (double)room / RC_LANES * (double)of_block;
}

static void keep(double *column, const double *row, uint32_t n)
{
    memcpy(column, row, n * sizeof *column);
}

/* Numbers that are none, as integers: there are many to look at. */
static const uint64_t infinite = UINT64_C(0x7ff) << 52, last = UINT64_MAX >> 1;

static bool any(const double *row, uint32_t n, uint64_t from, uint64_t to)
{
    uint64_t outside = UINT64_MAX; /* the top bit: a difference below 0 */
    for (uint32_t l = 0; l < n; l++) {
        uint64_t bits;
        memcpy(&bits, &row[l], sizeof bits);
        bits &= last;
        outside &= (bits - from) | (to - bits);
    }
    return outside <= last;
}

static bool any_infinite(const double *row, uint32_t n)
{
    return any(row, n, infinite, infinite);
}

/* Nobody averages over what is no number: the run fails, and says what it was first. */
static void refuse(rc_block *b, bool unfinite, const char *what, const char *id)
{
    if (unfinite && !b->bad.what)
        b->bad = (rc_unfinite){what, id};
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

static void detail(const rc_tally *y, rc_block *b)
{
    const rc_plan *plan = y->plan;
    if (b->first >= y->detail)
        return;
    uint32_t n =
        y->detail - b->first < b->lanes ? (uint32_t)(y->detail - b->first) : b->lanes;
    for (uint32_t t = 0; t < plan->nodes_n; t++)
        detail_task(y, b, t, n);
    for (uint32_t i = 0, c = y->outputs_at; i < plan->outputs_n; i++)
        for (uint32_t k = 0; k < plan->outputs[i].series; k++) {
            const double *row = b->row[plan->outputs[i].row + k];
            refuse(b, any_infinite(row, n), "", plan->outputs[i].path);
            keep(y->columns[c++] + b->first, row, n);
        }
    for (uint32_t i = 0; i < plan->drivers_n; i++)
        keep(y->columns[y->drivers_at + i] + b->first, b->row[plan->drivers[i].row], n);
}

static void outcomes(const rc_tally *y, rc_block *b, uint64_t at)
{
    const rc_plan *plan = y->plan;
    const rc_window *w = y->window;
    const double *possible = b->row[plan->possible_row];
    uint8_t good[RC_LANES];
    memset(good, 1, sizeof good);
    for (uint32_t t = 0; t < plan->goals.targets_n; t++) {
        const rc_target *target = &plan->goals.targets[t];
        const double *truth = b->row[plan->target_rows[t].truth];
        const double *measured = b->row[plan->target_rows[t].measured];
        refuse(b, any_infinite(truth, b->lanes) || any_infinite(measured, b->lanes),
               "the metric ", target->metric);
        keep(w->samples[rc_sample_true(t)] + at, truth, b->lanes);
        keep(w->samples[rc_sample_measured(t)] + at, measured, b->lanes);
        for (uint32_t l = 0; l < b->lanes; l++)
            good[l] &= rc_target_met(target, truth[l]);
    }
    for (uint32_t l = 0; l < b->lanes; l++)
        w->outcome[at + l] = good[l] && !isinf(b->end[l]) ? RC_REACHED
                             : possible[l] == 0.0         ? RC_NOT_POSSIBLE
                             : good[l]                    ? RC_STOPPED_THOUGH_GOOD
                                                          : RC_NOT_FOUND;
}

void rc_tally_block(rc_tally *y, rc_block *b)
{
    const rc_plan *plan = y->plan;
    const rc_window *w = y->window;
    const rc_path_kernels *kernels = rc_path_kernels_here();
    const uint64_t at = b->first - w->first, block = at / RC_LANES;
    refuse(b, any(b->end, b->lanes, infinite + 1, last), "the finish of the plan", "");
    refuse(b, any(b->total_cost, b->lanes, infinite, last), "the cost of the plan", "");
    keep(w->samples[RC_SAMPLE_FINISH] + at, b->end, b->lanes);
    keep(w->samples[RC_SAMPLE_COST] + at, b->total_cost, b->lanes);
    keep(w->stop + at, b->stop, b->lanes);
    if (plan->goals.targets_n)
        outcomes(y, b, at);
    if (plan->value_row != RC_NONE) {
        const double *value = b->row[plan->value_row];
        refuse(b, any(value, b->lanes, infinite, last), "what the plan earns", "");
        keep(w->samples[rc_sample_value(plan->goals.targets_n)] + at, value, b->lanes);
    }
    for (uint32_t t = 0; t < plan->nodes_n; t++)
        w->critical[block * plan->nodes_n + t] =
            (uint16_t)kernels->count(b->tasks[t].critical, b->lanes);
    for (uint32_t l = 0; l < b->lanes; l++) {
        bool stopped = !isinf(b->stop[l]) && isinf(b->end[l]);
        w->cause[at + l] =
            stopped && plan->causes_n ? (uint16_t)(b->stopped_by[l] + 1) : 0;
        w->need[at + l] = b->stopped_need[l];
    }
    for (uint32_t k = 0; k < plan->cost_kinds_n; k++) {
        rc_paid paid = {0.0, 0.0};
        for (uint32_t l = 0; l < b->lanes; l++) {
            paid.sum += b->cost[k][l];
            paid.squares += b->cost[k][l] * b->cost[k][l];
        }
        w->kinds[block * plan->cost_kinds_n + k] = paid;
    }
    detail(y, b);
}

void rc_tally_pieces(const rc_tally *y, uint64_t index, rc_piece visit, void *self)
{
    const rc_plan *plan = y->plan;
    const rc_window *w = y->window;
    const uint64_t first = index * RC_LANES, at = first - w->first;
    const uint64_t left = y->futures - first, n = left < RC_LANES ? left : RC_LANES;
    const uint64_t block = at / RC_LANES;
    for (uint32_t c = 0; c < rc_samples_of(plan); c++)
        visit(self, w->samples[c] + at, n * sizeof(double));
    visit(self, w->stop + at, n * sizeof *w->stop);
    visit(self, w->outcome + at, n * sizeof *w->outcome);
    visit(self, w->cause + at, n * sizeof *w->cause);
    visit(self, w->need + at, n * sizeof *w->need);
    visit(self, w->kinds + block * plan->cost_kinds_n,
          plan->cost_kinds_n * sizeof *w->kinds);
    visit(self, w->critical + block * plan->nodes_n,
          plan->nodes_n * sizeof *w->critical);
    if (first >= y->detail)
        return;
    const uint64_t watched = y->detail - first < n ? y->detail - first : n;
    for (uint32_t c = 0; c < y->columns_n; c++)
        if (y->columns[c])
            visit(self, y->columns[c] + first, watched * sizeof(double));
}
