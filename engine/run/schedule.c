#include "run/schedule.h"
#include "run/path.h"
#include "run/place.h"
#include <math.h>
#include <string.h>

/* ----------------------------------------------------------------- a round */

/* Start of a task of a span in a further round: when all its predecessors in the span
 * have run again; at the earliest when the gate had failed. */
static double start_again(const rc_block *b, const rc_loop *loop, uint32_t t, uint32_t lane,
                          double failed_at)
{
    const rc_activity *node = &b->plan->nodes[t];
    double start = failed_at;
    for (uint32_t e = 0; e < node->in_n && t != loop->back_to; e++) {
        const rc_edge *edge = &node->in[e];
        const rc_task_rows *from = &b->tasks[edge->from];
        bool inside = false;
        for (uint32_t i = 0; i < loop->span_n; i++)
            inside |= loop->span[i] == edge->from;
        if (!inside)
            continue;
        double at = edge->start ? from->last_start[lane]
                    : b->plan->nodes[edge->from].loop != RC_NONE ? from->pass[lane]
                                                                 : from->last_finish[lane];
        if (edge->lag != 0.0)
            at = edge->lag_calendar ? rc_calendar_add(&b->plan->calendar, at, edge->lag)
                                    : at + edge->lag;
        start = at > start ? at : start;
    }
    return start;
}

/* Which tasks of the span carry the last round from back_to to the gate without slack. */
static void trace_round(rc_block *b, const rc_loop *loop, uint32_t lane)
{
    uint8_t *on = b->on_path;
    for (uint32_t i = 0; i < loop->span_n; i++)
        on[loop->span[i]] = 0;
    on[loop->task] = 1;
    for (uint32_t i = loop->span_n; i-- > 0;) {
        uint32_t t = loop->span[i];
        const rc_activity *node = &b->plan->nodes[t];
        if (!on[t])
            continue;
        b->tasks[t].in_loop[lane] = ~UINT64_C(0);
        for (uint32_t e = 0; e < node->in_n && t != loop->back_to; e++) {
            const rc_task_rows *from = &b->tasks[node->in[e].from];
            if (!from->in_loop)
                continue;
            double at = node->in[e].start ? from->last_start[lane] : from->last_finish[lane];
            if (at + node->in[e].lag == b->tasks[t].last_start[lane])
                on[node->in[e].from] = 1;
        }
    }
}

/* One lane goes round the loop of a gate until it passes or gives up; false: stopped. */
static bool go_round(rc_block *b, const rc_loop *loop, uint32_t lane, double failed_at)
{
    rc_task_rows *gated = &b->tasks[loop->task];
    double at = failed_at;
    for (uint32_t failures = 1;; failures++) {
        if (failures > loop->at_most) {
            rc_give_up(b, loop, lane, at);
            return loop->launch_anyway;
        }
        for (uint32_t i = 0; i < loop->span_n; i++) {
            uint32_t t = loop->span[i];
            rc_task_rows *rows = &b->tasks[t];
            rows->last_start[lane] = start_again(b, loop, t, lane, at);
            if (rows->absent && rows->absent[lane]) {
                rows->last_finish[lane] = rows->pass[lane] = rows->last_start[lane];
                continue;
            }
            rc_place(b, t, &lane, 1, rows->rounds[lane] + 1u, t == loop->back_to ? loop : NULL);
            const rc_activity *node = &b->plan->nodes[t];
            if (t == loop->task || node->loop == RC_NONE)
                continue;
            /* a gate of its own inside the span */
            const rc_loop *own = &b->plan->loops[node->loop];
            rc_ask_gate(b, own, &lane, 1, rows->rounds[lane]);
            rows->pass[lane] = rows->last_finish[lane];
            if (b->verdict[lane] != 0 && !go_round(b, own, lane, rows->last_finish[lane]))
                return false;
        }
        trace_round(b, loop, lane);
        at = gated->last_finish[lane];
        rc_ask_gate(b, loop, &lane, 1, gated->rounds[lane]);
        if (b->verdict[lane] == 0) {
            gated->pass[lane] = at;
            return true;
        }
    }
}

/* ------------------------------------------------------------ the first one */

static void pass_gate(rc_block *b, const rc_loop *loop, const uint32_t *lane, uint32_t n)
{
    rc_task_rows *rows = &b->tasks[loop->task];
    rc_ask_gate(b, loop, lane, n, 1);
    uint8_t first[RC_LANES];
    for (uint32_t i = 0; i < n; i++)
        first[i] = b->verdict[lane[i]];
    for (uint32_t i = 0; i < n; i++)
        if (first[i] != 0)
            go_round(b, loop, lane[i], rows->finish[lane[i]]);
        else
            rows->pass[lane[i]] = rows->finish[lane[i]];
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
    const double *drawn = node->estimate != RC_NONE ? b->row[node->estimate] : NULL;
    if (rows->work != drawn)
        for (uint32_t l = 0; l < RC_LANES; l++) {
            double elapsed = drawn ? drawn[l] * (rows->slower ? rows->slower[l] : 1.0) : 0.0;
            rows->work[l] = elapsed + (rows->delay ? rows->delay[l] : 0.0);
        }
    kernels->forward(rows->start, rows->finish, rows->work, before, node->in_n,
                     node->not_before);
    if (rows->people)
        for (uint32_t l = 0; l < RC_LANES; l++) {
            double elapsed = drawn ? drawn[l] * (rows->slower ? rows->slower[l] : 1.0) : 0.0;
            double delay = rows->delay ? rows->delay[l] : 0.0;
            rows->people[l] = elapsed * node->people_rate + delay * node->delay_rate;
        }
    if (node->finish_row != RC_NONE)
        for (uint32_t l = 0; l < RC_LANES; l++)
            b->row[node->finish_row][l] = isinf(rows->finish[l]) ? NAN : rows->finish[l];
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

void rc_schedule_critical(rc_block *b)
{
    const rc_plan *plan = b->plan;
    const rc_path_kernels *kernels = rc_path_kernels_here();
    for (uint32_t i = 0; i < plan->ends_n; i++) {
        const rc_task_rows *rows = &b->tasks[plan->ends[i]];
        for (uint32_t l = 0; l < RC_LANES; l++)
            rows->critical[l] = rows->pass[l] == b->end[l] && b->end[l] < INFINITY ? ~UINT64_C(0) : 0;
    }
    for (uint32_t i = plan->nodes_n; i-- > 0;) {
        uint32_t t = plan->order[i];
        const rc_activity *node = &plan->nodes[t];
        rc_task_rows *rows = &b->tasks[t];
        for (uint32_t e = 0; e < node->in_n; e++) {
            const rc_edge *edge = &node->in[e];
            rc_task_rows *from = &b->tasks[edge->from];
            if (!edge->start && edge->lag == 0.0) {
                kernels->tight(from->critical, rows->critical, rows->start, from->pass);
                continue;
            }
            for (uint32_t l = 0; l < b->lanes; l++)
                if (rows->critical[l] && rows->start[l] == rc_edge_time(b, edge, l))
                    from->critical[l] = ~UINT64_C(0);
        }
    }
    /* what only a further round made critical, and what never took place */
    for (uint32_t k = 0; k < plan->loops_n; k++) {
        const rc_loop *loop = &plan->loops[k];
        for (uint32_t i = 0; i < loop->span_n; i++) {
            rc_task_rows *rows = &b->tasks[loop->span[i]];
            for (uint32_t l = 0; l < b->lanes; l++)
                if (rows->in_loop[l] && b->tasks[loop->task].critical[l])
                    rows->critical[l] = ~UINT64_C(0);
        }
    }
    for (uint32_t t = 0; t < plan->nodes_n; t++)
        for (uint32_t l = 0; b->tasks[t].absent && l < b->lanes; l++)
            if (b->tasks[t].absent[l])
                b->tasks[t].critical[l] = 0;
}
