#include "run/schedule.h"
#include "run/path.h"
#include "run/place.h"
#include <math.h>
#include <string.h>

/* ----------------------------------------------------------------- a round */

/* What became of a task in the present round of a loop: b->torn. */
enum {
    UNTORN,
    TORN,     /* its own gate sent it back, and a freeze lay between */
    NOT_OVER, /* its own gate stopped the future */
    NOT_BEGUN /* it waits for one whose gate did */
};

/* When a link lets its task begin in a further round. */
static double time_again(const rc_block *b, const rc_edge *edge, uint32_t lane)
{
    const rc_task_rows *from = &b->tasks[edge->from];
    if (b->torn[edge->from] >= (edge->start ? NOT_BEGUN : NOT_OVER))
        return INFINITY;
    const double *row = edge->done > 0 ? b->last_part[edge - b->plan->edges]
                        : edge->start  ? from->last_start
                                       : from->last_finish;
    return rc_link_time(b, edge, row[lane]);
}

/* Start of a task of a span in a further round: when all its predecessors in the span
 * have run again; at the earliest when the gate had failed. */
static double start_again(const rc_block *b, const rc_loop *loop, uint32_t t,
                          uint32_t lane, double failed_at)
{
    const rc_activity *node = &b->plan->nodes[t];
    double start = failed_at;
    for (uint32_t e = 0; e < node->in_n && t != loop->back_to; e++) {
        const rc_edge *edge = &node->in[e];
        bool inside = false;
        for (uint32_t i = 0; i < loop->span_n; i++)
            inside |= loop->span[i] == edge->from;
        if (!inside)
            continue;
        double at = time_again(b, edge, lane);
        start = at > start ? at : start;
    }
    return start;
}

/* Which tasks of the span carry this round from back_to to the gate without slack. False:
 * none from its beginning, so that earlier rounds do not count. */
static bool trace_round(rc_block *b, const rc_loop *loop, uint32_t lane,
                        double failed_at)
{
    uint8_t *on = b->on_path;
    for (uint32_t i = 0; i < loop->span_n; i++)
        on[loop->span[i]] = 0;
    on[loop->task] = 1;
    for (uint32_t i = loop->span_n; i-- > 0;) {
        uint32_t t = loop->span[i];
        const rc_activity *node = &b->plan->nodes[t];
        for (uint32_t e = 0; e < node->in_n && t != loop->back_to; e++) {
            const rc_edge *edge = &node->in[e];
            if (on[t] && !b->torn[t] && b->tasks[edge->from].in_loop &&
                time_again(b, edge, lane) == b->tasks[t].last_start[lane])
                on[edge->from] = 1;
        }
    }
    bool whole = on[loop->back_to] && !b->torn[loop->back_to] &&
                 b->tasks[loop->back_to].last_start[lane] == failed_at;
    for (uint32_t i = 0; i < loop->span_n; i++) {
        uint64_t *in_loop = &b->tasks[loop->span[i]].in_loop[lane];
        *in_loop = on[loop->span[i]] ? ~UINT64_C(0) : whole ? *in_loop : 0;
    }
    return whole;
}

/* One lane goes round the loop of a gate until it passes or gives up: when that is;
 * INFINITY: stopped. *whole: the rounds followed each other at once. */
static double go_round(rc_block *b, const rc_loop *loop, uint32_t lane,
                       double failed_at, bool *whole)
{
    rc_task_rows *gated = &b->tasks[loop->task];
    double at = failed_at;
    *whole = true;
    for (uint32_t failures = 1;; failures++) {
        if (failures > loop->at_most)
            return rc_give_up(b, loop, lane, at);
        for (uint32_t i = 0; i < loop->span_n; i++) {
            uint32_t t = loop->span[i];
            rc_task_rows *rows = &b->tasks[t];
            double start = start_again(b, loop, t, lane, at);
            b->torn[t] = isinf(start) ? NOT_BEGUN : UNTORN;
            if (isinf(start))
                continue;
            rows->last_start[lane] = start;
            if (rows->absent && rows->absent[lane]) {
                rows->last_finish[lane] = rows->last_start[lane];
                rc_skip_parts(b, t, lane, false, start);
                continue;
            }
            rc_place(b, t, &lane, 1, rows->rounds[lane] + 1u,
                     t == loop->back_to ? loop : NULL);
            const rc_activity *node = &b->plan->nodes[t];
            if (t == loop->task || node->loop == RC_NONE)
                continue;
            /* a gate of its own inside the span: it passes at last_finish, and who waits
             * outside of the span waited for the first round only */
            const rc_loop *own = &b->plan->loops[node->loop];
            rc_ask_gate(b, own, &lane, 1, rows->rounds[lane]);
            if (b->verdict[lane] == 0)
                continue;
            bool own_whole;
            start = rows->last_start[lane];
            double passed = go_round(b, own, lane, rows->last_finish[lane], &own_whole);
            b->torn[t] = isinf(passed) ? NOT_OVER : own_whole ? UNTORN : TORN;
            rows->last_start[lane] = start; /* what a link from a start means */
        }
        if (b->torn[loop->task] == NOT_BEGUN)
            return INFINITY;
        if (loop->span_n > 1)
            *whole = trace_round(b, loop, lane, at) && *whole;
        else
            *whole = gated->last_start[lane] == at && *whole;
        at = gated->last_finish[lane];
        rc_ask_gate(b, loop, &lane, 1, gated->rounds[lane]);
        if (b->verdict[lane] == 0)
            return at;
    }
}

/* ------------------------------------------------------------ the first one */

static void pass_gate(rc_block *b, const rc_loop *loop, const uint32_t *lane,
                      uint32_t n)
{
    rc_task_rows *rows = &b->tasks[loop->task];
    rc_ask_gate(b, loop, lane, n, 1);
    uint8_t first[RC_LANES];
    for (uint32_t i = 0; i < n; i++)
        first[i] = b->verdict[lane[i]];
    for (uint32_t i = 0; i < n; i++) {
        bool whole = true;
        double at = rows->finish[lane[i]];
        rows->pass[lane[i]] =
            first[i] != 0 ? go_round(b, loop, lane[i], at, &whole) : at;
        if (!whole)
            rows->whole[lane[i]] = 0;
    }
}

static void place_rows(rc_block *b, uint32_t t)
{
    const rc_activity *node = &b->plan->nodes[t];
    rc_task_rows *rows = &b->tasks[t];
    uint32_t n = 0;
    for (uint32_t l = 0; l < b->lanes; l++) {
        double start = node->not_before;
        for (uint32_t e = 0; e < node->in_n; e++) {
            double at = rc_edge_time(b, &node->in[e], l);
            start = at > start ? at : start;
        }
        rows->start[l] = rows->last_start[l] = start;
        if (isinf(start) || (rows->absent && rows->absent[l])) {
            rows->finish[l] = rows->last_finish[l] = rows->pass[l] = start;
            rows->work[l] = 0.0;
            rc_skip_parts(b, t, l, true, start);
            if (node->finish_row != RC_NONE && !isinf(start))
                b->row[node->finish_row][l] = start;
        } else {
            b->list[n++] = l;
        }
    }
    rc_place(b, t, b->list, n, 1, NULL);
    if (node->loop != RC_NONE)
        pass_gate(b, &b->plan->loops[node->loop], b->list, n);
}

/* Nothing but links and days: whole rows by the kernels, the same sums as in rc_place. */
static void place_plain(rc_block *b, uint32_t t, const rc_path_kernels *kernels)
{
    const rc_activity *node = &b->plan->nodes[t];
    rc_task_rows *rows = &b->tasks[t];
    const double *before[64];
    if (node->in_n > 64) {
        place_rows(b, t);
        return;
    }
    for (uint32_t e = 0; e < node->in_n; e++)
        before[e] = b->tasks[node->in[e].from].pass;
    const double *drawn = b->row[node->estimate];
    if (rows->work != drawn)
        for (uint32_t l = 0; l < RC_LANES; l++)
            rows->work[l] = drawn[l] * (rows->slower ? rows->slower[l] : 1.0) +
                            (rows->delay ? rows->delay[l] : 0.0);
    kernels->forward(rows->start, rows->finish, rows->work, before, node->in_n,
                     node->not_before);
    if (rows->people)
        for (uint32_t l = 0; l < RC_LANES; l++) {
            double elapsed =
                drawn ? drawn[l] * (rows->slower ? rows->slower[l] : 1.0) : 0.0;
            double delay = rows->delay ? rows->delay[l] : 0.0;
            rows->people[l] = elapsed * node->people_rate + delay * node->delay_rate;
        }
    if (node->finish_row != RC_NONE)
        for (uint32_t l = 0; l < RC_LANES; l++)
            b->row[node->finish_row][l] =
                isinf(rows->finish[l]) ? NAN : rows->finish[l];
    if (rows->rounds)
        for (uint32_t l = 0; l < RC_LANES; l++) {
            rows->rounds[l] = 1;
            rows->last_start[l] = rows->start[l];
            rows->last_finish[l] = rows->finish[l];
        }
}

void rc_schedule(rc_block *b)
{
    const rc_path_kernels *kernels = rc_path_kernels_here();
    for (uint32_t i = 0; i < b->plan->nodes_n; i++) {
        uint32_t t = b->plan->order[i];
        if (b->plan->nodes[t].plain)
            place_plain(b, t, kernels);
        else
            place_rows(b, t);
    }
}

/* ------------------------------------------------------------- criticality */

/* `through` counts from the last round back to the first one only where it is whole. */
static void enter_first_round(rc_task_rows *rows)
{
    for (uint32_t l = 0; rows->through && l < RC_LANES; l++)
        rows->critical[l] |= rows->through[l] & rows->whole[l];
}

/* What only a further round made critical, and what never took place. */
static void finish_critical(rc_block *b)
{
    const rc_plan *plan = b->plan;
    for (uint32_t k = 0; k < plan->loops_n; k++) {
        const rc_loop *loop = &plan->loops[k];
        const uint64_t *through = b->tasks[loop->task].through;
        for (uint32_t i = 0; i < loop->span_n; i++) {
            rc_task_rows *rows = &b->tasks[loop->span[i]];
            for (uint32_t l = 0; l < b->lanes; l++)
                if (through[l] && (loop->span[i] == loop->task ||
                                   (loop->span_n > 1 && rows->in_loop[l])))
                    rows->critical[l] = ~UINT64_C(0);
        }
    }
    for (uint32_t t = 0; t < plan->nodes_n; t++)
        for (uint32_t l = 0; b->tasks[t].absent && l < b->lanes; l++)
            if (b->tasks[t].absent[l])
                b->tasks[t].critical[l] = 0;
}

void rc_schedule_critical(rc_block *b)
{
    const rc_plan *plan = b->plan;
    const rc_path_kernels *kernels = rc_path_kernels_here();
    for (uint32_t i = 0; i < plan->ends_n; i++) {
        const rc_task_rows *rows = &b->tasks[plan->ends[i]];
        uint64_t *mask = rows->through ? rows->through : rows->critical;
        for (uint32_t l = 0; l < RC_LANES; l++)
            mask[l] =
                rows->pass[l] == b->end[l] && b->end[l] < INFINITY ? ~UINT64_C(0) : 0;
    }
    for (uint32_t i = plan->nodes_n; i-- > 0;) {
        uint32_t t = plan->order[i];
        const rc_activity *node = &plan->nodes[t];
        rc_task_rows *rows = &b->tasks[t];
        enter_first_round(rows);
        for (uint32_t e = 0; e < node->in_n; e++) {
            const rc_edge *edge = &node->in[e];
            const rc_task_rows *from = &b->tasks[edge->from];
            uint64_t *mask =
                from->through && !edge->start ? from->through : from->critical;
            if (!edge->start && edge->lag == 0.0) {
                kernels->tight(mask, rows->critical, rows->start, from->pass);
                continue;
            }
            for (uint32_t l = 0; l < b->lanes; l++)
                if (rows->critical[l] && rows->start[l] == rc_edge_time(b, edge, l))
                    mask[l] = ~UINT64_C(0);
        }
    }
    finish_critical(b);
}
