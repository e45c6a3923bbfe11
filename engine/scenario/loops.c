/* loops.c -- the way back from a gate: where it leads, and that no two ways meet. */
#include "scenario/build.h"
#include <string.h>

typedef struct loops {
    rc_building *b;
    const rc_network *network;
    bool *after;  /* [task] comes after back_to */
    bool *before; /* [task] comes before the gated task */
    bool *over;   /* [task] is over before the gated task begins */
    uint32_t *queue;
    uint32_t *owner; /* [task] 1 + gated task of the loop that holds it; 0: none */
} loops;

/* Tasks that `to` waits for; `starts`: also those of which it waits for the start only. */
static void mark_before(loops *l, uint32_t to, bool *before, bool starts)
{
    const rc_task *tasks = rc_tasks(l->b->s);
    memset(before, 0, l->network->n * sizeof *before);
    uint32_t head = 0, tail = 0;
    l->queue[tail++] = to;
    before[to] = true;
    while (head < tail) {
        const rc_task *t = &tasks[l->queue[head++]];
        for (uint32_t k = 0; k < t->after_n; k++) {
            uint32_t j = t->after[k].task;
            if (!before[j] && (starts || !t->after[k].start)) {
                before[j] = true;
                l->queue[tail++] = j;
            }
        }
    }
}

static void check_loop(loops *l, uint32_t gated)
{
    const rc_task *tasks = rc_tasks(l->b->s), *task = &tasks[gated];
    const rc_on_fail *fail = task->gate->on_fail;
    rc_faults *faults = rc_faults_of(l->b);
    rc_position at = rc_place_of(&l->b->fill, &fail->back_to, task->gate->head.at);
    uint32_t back_to = rc_names_find(l->b->tasks, fail->back_to);
    if (back_to == UINT32_MAX) {
        rc_fault(faults, at, rc_names_near(l->b, l->b->tasks, fail->back_to),
                 "there is no task '%s'", fail->back_to);
        return;
    }
    if (back_to == gated) /* onto itself: may lie inside another loop */
        return;
    rc_network_reach(l->network, back_to, l->after, l->queue);
    if (!l->after[gated]) {
        rc_fault(faults, at, "name the gated task itself, or one that comes before it",
                 "'%s' does not come before '%s': the work cannot go back to it",
                 fail->back_to, task->head.id);
        return;
    }
    mark_before(l, gated, l->before, true);
    mark_before(l, gated, l->over, false);
    for (uint32_t i = 0; i < l->network->n; i++) {
        if (!l->after[i] || !l->before[i])
            continue;
        if (!l->over[i]) {
            rc_fault(faults, at, "the work can only go back when all of it has ended",
                     "nothing in the loop of the gate '%s' waits for the end of '%s'",
                     task->gate->head.id, tasks[i].head.id);
            return;
        }
        if (l->owner[i]) {
            rc_fault(faults, at, "loops may follow one another, but share no task",
                     "the loops of the gates '%s' and '%s' overlap: '%s' is in both",
                     tasks[l->owner[i] - 1].gate->head.id, task->gate->head.id,
                     tasks[i].head.id);
            return;
        }
        l->owner[i] = gated + 1;
    }
}

void rc_check_loops(rc_building *b, const rc_network *network)
{
    rc_arena *arena = rc_arena_of(b);
    uint32_t n = network->n + 1;
    loops l = {b,
               network,
               rc_arena_alloc(arena, n, sizeof(bool)),
               rc_arena_alloc(arena, n, sizeof(bool)),
               rc_arena_alloc(arena, n, sizeof(bool)),
               rc_arena_alloc(arena, n, sizeof(uint32_t)),
               rc_arena_alloc(arena, n, sizeof(uint32_t))};
    if (!l.after || !l.before || !l.over || !l.queue || !l.owner) {
        b->fill.no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < network->n; i++) {
        const rc_gate *gate = rc_tasks(b->s)[i].gate;
        if (gate && gate->on_fail && gate->on_fail->back_to)
            check_loop(&l, i);
    }
}
