#include "run/place.h"
#include <math.h>

/* Days of work that a plan-less task has, before delay: drawn once in round 1, anew in
 * each further round. */
static double drawn(const rc_block *b, const rc_activity *node, uint32_t lane,
                    uint32_t round, const rc_loop *back)
{
    if (back && back->gate->on_fail->rework.given)
        return b->rework[lane];
    if (round == 1)
        return b->row[node->estimate][lane];
    const rc_task *task = node->task;
    const rc_estimate *e =
        node->work == RC_WORK_EFFORT ? &task->effort : &task->duration;
    return b->chance.each(b->chance.self, e->index, round, lane);
}

/* Working days that a run in one lane takes where nothing blocks it, delay included;
 * *people gets its money. */
static double days_of_work(const rc_block *b, const rc_activity *node,
                           const rc_task_rows *rows, uint32_t lane, uint32_t round,
                           const rc_loop *back, double start, double *people)
{
    double slower = rows->slower ? rows->slower[lane] : 1.0;
    double delay = rows->delay && round == 1 ? rows->delay[lane] : 0.0;
    bool rework = back && back->gate->on_fail->rework.given;
    double elapsed = 0.0, effort = 0.0;
    switch (rework && node->work != RC_WORK_MODEL ? RC_WORK_DURATION : node->work) {
    case RC_WORK_DURATION:
        elapsed = drawn(b, node, lane, round, back) * slower;
        break;
    case RC_WORK_CALENDAR:
        elapsed = rc_calendar_wait(&b->plan->calendar, node->freeze, node->freeze_n,
                                   start, drawn(b, node, lane, round, back) * slower);
        break;
    case RC_WORK_EFFORT:
        effort = drawn(b, node, lane, round, back) * slower;
        elapsed = rc_team_finish(&b->plan->teams[node->effort_team], b->row, lane,
                                 start, effort / node->effort_speed) -
                  start;
        break;
    case RC_WORK_MODEL:
        elapsed = b->duration[lane];
        break;
    }
    if (node->work == RC_WORK_EFFORT && rework)
        *people = elapsed * node->delay_rate;
    else
        *people = elapsed * node->people_rate + effort * node->effort_rate +
                  delay * node->delay_rate;
    return elapsed + delay;
}

static void run_model(rc_block *b, uint32_t t, const uint32_t *lane, uint32_t n,
                      uint32_t round, const rc_loop *back)
{
    const rc_activity *node = &b->plan->nodes[t];
    rc_task_rows *rows = &b->tasks[t];
    rc_step step = rc_block_step(b, node->step);
    step.round = round;
    step.start = rows->last_start;
    step.slower = rows->slower ? rows->slower : b->ones;
    step.rework = back && back->gate->on_fail->rework.given ? b->rework : NULL;
    step.duration = b->duration;
    step.cost = b->model_cost;
    for (uint32_t i = 0; i < n; i++)
        b->duration[lane[i]] = b->model_cost[lane[i]] = 0.0;
    b->plan->steps[node->step].model->place(&step, lane, n);
    for (uint32_t i = 0; i < n; i++)
        if (!isfinite(b->duration[lane[i]])) { /* no scheduler could place it */
            b->bad = (rc_unfinite){"the duration of the task ", node->task->head.id};
            b->duration[lane[i]] = 0.0;
        }
    for (uint32_t i = 0; i < n && rows->spent; i++)
        rows->spent[lane[i]] += b->model_cost[lane[i]];
}

double rc_thawed(const rc_activity *node, double at)
{
    double due = at;
    for (uint32_t k = 0; k < node->freeze_n; k++) {
        bool early = node->instant && due == node->freeze[k].from && due == at;
        if (at >= node->freeze[k].from && at < node->freeze[k].to && !early)
            at = node->freeze[k].to;
    }
    return at;
}

/* When the shares of a run are done that links wait for: freezes pause it. */
static void place_parts(rc_block *b, const rc_activity *node, uint32_t lane,
                        uint32_t round, double start, double work)
{
    const rc_model *model =
        node->step == RC_NONE ? NULL : b->plan->steps[node->step].model;
    for (uint32_t i = 0; i < node->parts_n; i++) {
        uint32_t e = node->parts[i];
        double share = b->plan->edges[e].done, begun = start;
        if (model && model->done_after) {
            rc_step step = rc_block_step(b, node->step);
            step.round = round;
            step.duration = b->duration;
            share = model->done_after(&step, lane, share);
        }
        double at = node->freeze_n ? rc_calendar_work(node->freeze, node->freeze_n,
                                                      &begun, share * work)
                                   : start + share * work;
        b->last_part[e][lane] = at;
        if (round == 1)
            b->part[e][lane] = at;
    }
}

void rc_skip_parts(rc_block *b, uint32_t t, uint32_t lane, bool first, double at)
{
    const rc_activity *node = &b->plan->nodes[t];
    for (uint32_t i = 0; i < node->parts_n; i++) {
        b->last_part[node->parts[i]][lane] = at;
        if (first)
            b->part[node->parts[i]][lane] = at;
    }
}

void rc_place(rc_block *b, uint32_t t, const uint32_t *lane, uint32_t n, uint32_t round,
              const rc_loop *back)
{
    const rc_activity *node = &b->plan->nodes[t];
    rc_task_rows *rows = &b->tasks[t];
    if (back && back->gate->on_fail->rework.given)
        for (uint32_t i = 0; i < n; i++)
            b->rework[lane[i]] = b->chance.each(
                b->chance.self, back->gate->on_fail->rework.index, round, lane[i]);
    /* a start inside a freeze waits for its end, before anything is worked out */
    for (uint32_t i = 0; i < n && node->freeze_n; i++)
        rows->last_start[lane[i]] = rc_thawed(node, rows->last_start[lane[i]]);
    if (node->work == RC_WORK_MODEL)
        run_model(b, t, lane, n, round, back);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t l = lane[i];
        double people, start = rows->last_start[l];
        double work = days_of_work(b, node, rows, l, round, back, start, &people);
        double finish = node->freeze_n ? rc_calendar_work(node->freeze, node->freeze_n,
                                                          &start, work)
                                       : start + work;
        rows->last_start[l] = start;
        rows->last_finish[l] = finish;
        /* its own gate sends it back at once: who waits for a share has had it */
        if (node->parts_n && !(back && back->span_n == 1))
            place_parts(b, node, l, round, start, work);
        if (rows->people)
            rows->people[l] += people;
        if (rows->rounds)
            rows->rounds[l]++;
        if (round == 1) {
            rows->start[l] = start;
            rows->finish[l] = finish;
            rows->work[l] = work;
            if (node->finish_row != RC_NONE)
                b->row[node->finish_row][l] = finish;
        } else {
            rows->work[l] += work;
        }
    }
}

void rc_ask_gate(rc_block *b, const rc_loop *loop, const uint32_t *lane, uint32_t n,
                 uint32_t round)
{
    rc_step step = rc_block_step(b, loop->step);
    step.round = round;
    step.start = b->tasks[loop->task].last_finish;
    step.verdict = b->verdict;
    b->plan->steps[loop->step].model->place(&step, lane, n);
}

double rc_link_time(const rc_block *b, const rc_edge *edge, double at)
{
    if (edge->lag == 0.0 || isinf(at))
        return at;
    return edge->lag_calendar ? rc_calendar_add(&b->plan->calendar, at, edge->lag)
                              : at + edge->lag;
}

double rc_edge_time(const rc_block *b, const rc_edge *edge, uint32_t lane)
{
    const rc_task_rows *from = &b->tasks[edge->from];
    const double *row = edge->done > 0 ? b->part[edge - b->plan->edges]
                        : edge->start  ? from->start
                                       : from->pass;
    return rc_link_time(b, edge, row[lane]);
}

double rc_give_up(rc_block *b, const rc_loop *loop, uint32_t lane, double at)
{
    if (loop->launch_anyway)
        return at;
    if (at < b->stop[lane]) {
        b->stop[lane] = at;
        b->stopped_by[lane] = (uint32_t)(loop - b->plan->loops);
        b->stopped_need[lane] = b->verdict[lane];
    }
    return INFINITY;
}
