#include "plan/network.h"
#include "base/units.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static rc_status no_memory(rc_error *err)
{
    return rc_fail(err, RC_IO, "out of memory for the network of tasks");
}

/* For each task the links that wait for a share of it. */
static bool parts(rc_plan *plan, rc_edge *edges)
{
    for (uint32_t e = 0; e < plan->edges_n; e++)
        plan->nodes[plan->edges[e].from].parts_n += plan->edges[e].done > 0;
    for (uint32_t t = 0; t < plan->nodes_n; t++) {
        rc_activity *node = &plan->nodes[t];
        uint32_t *list = node->parts_n
                             ? rc_arena_alloc(plan->arena, node->parts_n, sizeof *list)
                             : NULL;
        if (node->parts_n && !list)
            return false;
        for (uint32_t e = 0, n = 0; n < node->parts_n; e++)
            if (plan->edges[e].from == t && plan->edges[e].done > 0)
                edges[e].part = n, list[n++] = e;
        node->parts = list;
    }
    return true;
}

rc_status rc_network_edges(rc_plan *plan, rc_error *err)
{
    uint32_t n = 0;
    for (uint32_t t = 0; t < plan->nodes_n; t++)
        n += plan->nodes[t].task->after_n;
    rc_edge *edge = rc_arena_alloc(plan->arena, n, sizeof *edge);
    if (!edge)
        return no_memory(err);
    rc_edge *edges = edge;
    plan->edges = edges;
    plan->edges_n = n;
    for (uint32_t t = 0; t < plan->nodes_n; t++) {
        const rc_task *task = plan->nodes[t].task;
        plan->nodes[t].in = edge;
        plan->nodes[t].in_n = task->after_n;
        for (uint32_t i = 0; i < task->after_n; i++)
            *edge++ = (rc_edge){.from = task->after[i].task,
                                .to = t,
                                .start = task->after[i].start,
                                .done = task->after[i].done,
                                .lag_calendar = task->after[i].lag_calendar,
                                .lag = task->after[i].lag_days};
    }
    return parts(plan, edges) ? RC_OK : no_memory(err);
}

/* ------------------------------------------------------------------- order */

typedef struct ready {
    const char *id;
    uint32_t task;
} ready;

/* A binary heap by id: smallest on top. */
static void heap_push(ready *heap, uint32_t *n, ready item)
{
    uint32_t i = (*n)++;
    while (i > 0 && strcmp(item.id, heap[(i - 1) / 2].id) < 0) {
        heap[i] = heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    heap[i] = item;
}

static ready heap_pop(ready *heap, uint32_t *n)
{
    ready top = heap[0], last = heap[--*n];
    uint32_t i = 0;
    for (;;) {
        uint32_t child = 2 * i + 1;
        if (child >= *n)
            break;
        if (child + 1 < *n && strcmp(heap[child + 1].id, heap[child].id) < 0)
            child++;
        if (strcmp(last.id, heap[child].id) <= 0)
            break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = last;
    return top;
}

rc_status rc_network_order(rc_plan *plan, rc_error *err)
{
    uint32_t n = plan->nodes_n, found = 0, heap_n = 0;
    uint32_t *order = rc_arena_alloc(plan->arena, n, sizeof *order);
    uint32_t *waiting = calloc(n, sizeof *waiting);
    uint32_t *out_at = calloc((size_t)n + 1, sizeof *out_at);
    uint32_t *out = calloc((size_t)plan->edges_n + 1, sizeof *out);
    ready *heap = calloc(n, sizeof *heap);
    rc_status status = RC_OK;
    if (!order || !waiting || !out_at || !out || !heap) {
        status = no_memory(err);
        goto done;
    }
    for (uint32_t e = 0; e < plan->edges_n; e++) {
        out_at[plan->edges[e].from + 1]++;
        waiting[plan->edges[e].to]++;
    }
    for (uint32_t t = 0; t < n; t++)
        out_at[t + 1] += out_at[t];
    for (uint32_t e = plan->edges_n; e-- > 0;)
        out[--out_at[plan->edges[e].from + 1]] = plan->edges[e].to;
    /* out_at[t + 1] is now where the successors of t begin */
    for (uint32_t t = 0; t < n; t++)
        if (waiting[t] == 0)
            heap_push(heap, &heap_n, (ready){plan->nodes[t].task->head.id, t});
    while (heap_n > 0) {
        uint32_t t = heap_pop(heap, &heap_n).task;
        order[found++] = t;
        uint32_t end = t + 2 <= n ? out_at[t + 2] : plan->edges_n;
        for (uint32_t i = out_at[t + 1]; i < end; i++)
            if (--waiting[out[i]] == 0)
                heap_push(heap, &heap_n,
                          (ready){plan->nodes[out[i]].task->head.id, out[i]});
    }
    assert(found == n); /* the reader has refused what waits for itself */
    plan->order = order;
done:
    free(waiting);
    free(out_at);
    free(out);
    free(heap);
    return status;
}

rc_status rc_network_ends(rc_plan *plan, rc_error *err)
{
    uint32_t *ends = rc_arena_alloc(plan->arena, plan->nodes_n, sizeof *ends);
    bool *waited = rc_arena_alloc(plan->arena, plan->nodes_n, sizeof *waited);
    if (!ends || !waited)
        return no_memory(err);
    for (uint32_t e = 0; e < plan->edges_n; e++)
        if (!plan->edges[e].start)
            waited[plan->edges[e].from] = true;
    plan->ends = ends;
    for (uint32_t t = 0; t < plan->nodes_n; t++)
        if (plan->launch == RC_NONE ? !waited[t] : t == plan->launch)
            ends[plan->ends_n++] = t;
    return RC_OK;
}

/* ------------------------------------------------------------------- loops */

rc_status rc_network_loops(rc_plan *plan, rc_error *err)
{
    bool *after = calloc(plan->nodes_n, sizeof *after);
    bool *before = calloc(plan->nodes_n, sizeof *before);
    rc_status status = after && before ? RC_OK : no_memory(err);
    for (uint32_t l = 0; l < plan->loops_n && status == RC_OK; l++) {
        rc_loop *loop = &plan->loops[l];
        if (loop->back_to == RC_NONE)
            continue;
        memset(after, 0, plan->nodes_n);
        memset(before, 0, plan->nodes_n);
        after[loop->back_to] = before[loop->task] = true;
        for (uint32_t i = 0; i < plan->nodes_n; i++) {
            const rc_activity *node = &plan->nodes[plan->order[i]];
            for (uint32_t e = 0; e < node->in_n; e++)
                if (after[node->in[e].from])
                    after[plan->order[i]] = true;
        }
        for (uint32_t i = plan->nodes_n; i-- > 0;) {
            const rc_activity *node = &plan->nodes[plan->order[i]];
            if (before[plan->order[i]])
                for (uint32_t e = 0; e < node->in_n; e++)
                    before[node->in[e].from] = true;
        }
        uint32_t n = 0;
        for (uint32_t t = 0; t < plan->nodes_n; t++)
            n += after[t] && before[t];
        uint32_t *span = rc_arena_alloc(plan->arena, n, sizeof *span);
        if (!span) {
            status = no_memory(err);
            break;
        }
        loop->span = span;
        for (uint32_t i = 0; i < plan->nodes_n; i++) {
            uint32_t t = plan->order[i];
            if (after[t] && before[t]) {
                span[loop->span_n++] = t;
                plan->nodes[t].repeats = true;
            }
        }
        assert(loop->span_n > 0); /* the reader has looked */
    }
    free(after);
    free(before);
    return status;
}

/* ------------------------------------------------------------------ limits */

/* Above this many users of a team the exact antichain is not sought: the event queue
 * gives the same bits where nothing binds, only more slowly. (1 450 users of a random
 * network: 0.1 s and 20 MB.) */
#define ANTICHAIN_MOST 1500

/* after[i * n + j]: user j cannot run before user i is over for good. Links out of a
 * loop's span, except from the gated task, only wait for the first round; links from a
 * start order nothing. */
static bool reach(const rc_plan *plan, const uint32_t *user, uint32_t n, uint8_t *after)
{
    uint8_t *seen = malloc(plan->nodes_n);
    uint32_t *span_of = malloc(plan->nodes_n * sizeof *span_of);
    if (!seen || !span_of) {
        free(seen);
        free(span_of);
        return false;
    }
    for (uint32_t t = 0; t < plan->nodes_n; t++)
        span_of[t] = RC_NONE;
    for (uint32_t l = 0; l < plan->loops_n; l++)
        for (uint32_t i = 0; i < plan->loops[l].span_n; i++)
            if (plan->loops[l].span_n > 1)
                span_of[plan->loops[l].span[i]] = l;
    for (uint32_t i = 0; i < n; i++) {
        memset(seen, 0, plan->nodes_n);
        seen[user[i]] = 1;
        for (uint32_t k = 0; k < plan->nodes_n; k++) {
            uint32_t t = plan->order[k];
            const rc_activity *node = &plan->nodes[t];
            for (uint32_t e = 0; e < node->in_n && !seen[t]; e++) {
                uint32_t from = node->in[e].from, span = span_of[from];
                bool escapes = span != RC_NONE && span_of[t] != span &&
                               plan->loops[span].task != from;
                if (!node->in[e].start && !escapes)
                    seen[t] = seen[from];
            }
        }
        for (uint32_t j = 0; j < n; j++)
            after[(size_t)i * n + j] = i != j && seen[user[j]];
    }
    free(seen);
    free(span_of);
    return true;
}

/* A flow between copies of n tasks, i on the left (vertex i) to j on the right (n + j)
 * where j is after i. */
typedef struct matching {
    uint32_t n;
    const uint8_t *after;  /* [n][n] */
    int64_t *flow;         /* [n][n] >= 0 */
    int64_t *left, *right; /* [n] capacity left of the source's and the sink's arcs */
    int32_t *parent; /* [2n] on the way from the source; -1: from it, -2: not seen */
    uint32_t *queue; /* [2n] */
} matching;

/* Breadth first to a right copy with capacity left; RC_NONE: there is no way. */
static uint32_t shortest_way(matching *m)
{
    uint32_t n = m->n, head = 0, tail = 0;
    for (uint32_t v = 0; v < 2 * n; v++)
        m->parent[v] = -2;
    for (uint32_t i = 0; i < n; i++)
        if (m->left[i] > 0) {
            m->parent[i] = -1;
            m->queue[tail++] = i;
        }
    while (head < tail) {
        uint32_t v = m->queue[head++];
        for (uint32_t i = 0; v >= n && i < n; i++)
            if (m->flow[(size_t)i * n + (v - n)] > 0 && m->parent[i] == -2) {
                m->parent[i] = (int32_t)v;
                m->queue[tail++] = i;
            }
        for (uint32_t j = 0; v < n && j < n; j++)
            if (m->after[(size_t)v * n + j] && m->parent[n + j] == -2) {
                m->parent[n + j] = (int32_t)v;
                m->queue[tail++] = n + j;
                if (m->right[j] > 0)
                    return n + j;
            }
    }
    return RC_NONE;
}

/* As much as the way to `end` carries; returns how much. */
static int64_t push_flow(matching *m, uint32_t end)
{
    uint32_t n = m->n, v = end;
    int64_t push = m->right[end - n];
    for (; m->parent[v] != -1; v = (uint32_t)m->parent[v]) {
        uint32_t p = (uint32_t)m->parent[v];
        if (v < n && m->flow[(size_t)v * n + (p - n)] < push)
            push = m->flow[(size_t)v * n + (p - n)];
    }
    push = m->left[v] < push ? m->left[v] : push;
    m->left[v] -= push;
    m->right[end - n] -= push;
    for (v = end; m->parent[v] != -1; v = (uint32_t)m->parent[v]) {
        uint32_t p = (uint32_t)m->parent[v];
        if (v >= n)
            m->flow[(size_t)p * n + (v - n)] += push;
        else
            m->flow[(size_t)v * n + (p - n)] -= push;
    }
    return push;
}

/* Largest total weight of tasks that are pairwise unordered: the total less a maximum
 * flow (Edmonds & Karp 1972). flow: room for n (n + 2). */
static int64_t heaviest(const uint8_t *after, const int64_t *weight, uint32_t n,
                        int64_t *flow, int32_t *parent, uint32_t *queue)
{
    matching m = {n,      after, flow, flow + (size_t)n * n, flow + (size_t)n * n + n,
                  parent, queue};
    int64_t total = 0;
    memset(flow, 0, (size_t)n * n * sizeof *flow);
    for (uint32_t i = 0; i < n; i++) {
        m.left[i] = m.right[i] = weight[i];
        total += weight[i];
    }
    for (uint32_t end; (end = shortest_way(&m)) != RC_NONE;)
        total -= push_flow(&m, end);
    return total;
}

static int64_t held(const rc_activity *node, uint32_t team)
{
    int64_t heads = 0;
    for (uint32_t i = 0; i < node->who_n; i++)
        if (node->who[i].team == team)
            heads += node->heads[i];
    return heads;
}

static rc_status team_binds(const rc_plan *plan, uint32_t team, bool *binds,
                            rc_error *err)
{
    const rc_team_clock *clock = &plan->teams[team];
    uint32_t n = 0;
    int64_t sum = 0;
    for (uint32_t t = 0; t < plan->nodes_n; t++) {
        int64_t heads = held(&plan->nodes[t], team);
        if (heads > clock->most)
            return rc_fail(
                err, RC_REFUSED,
                "task '%s' needs %g of team '%s', which never has more than %g",
                plan->nodes[t].task->head.id, (double)heads / 1000.0,
                clock->team->head.id, (double)clock->most / 1000.0);
        sum += heads;
        n += heads > 0;
    }
    if (sum <= clock->least) {
        *binds = false;
        return RC_OK;
    }
    if (n > ANTICHAIN_MOST) {
        *binds = true;
        return RC_OK;
    }
    uint32_t *user = malloc(n * sizeof *user), *queue = malloc(2 * n * sizeof *queue);
    int64_t *weight = malloc(n * sizeof *weight);
    int64_t *flow = malloc((size_t)n * (n + 2) * sizeof *flow);
    int32_t *parent = malloc(2 * n * sizeof *parent);
    uint8_t *after = malloc((size_t)n * n);
    rc_status status = RC_OK;
    if (!user || !queue || !weight || !flow || !parent || !after) {
        status = no_memory(err);
    } else {
        for (uint32_t t = 0, k = 0; t < plan->nodes_n; t++)
            if (held(&plan->nodes[t], team) > 0) {
                user[k] = t;
                weight[k++] = held(&plan->nodes[t], team);
            }
        if (reach(plan, user, n, after))
            *binds = heaviest(after, weight, n, flow, parent, queue) > clock->least;
        else
            status = no_memory(err);
    }
    free(user);
    free(queue);
    free(weight);
    free(flow);
    free(parent);
    free(after);
    return status;
}

rc_status rc_network_limits(rc_plan *plan, rc_error *err)
{
    for (uint32_t i = 0; i < plan->teams_n; i++) {
        bool binds = false;
        rc_status status = team_binds(plan, i, &binds, err);
        if (status != RC_OK)
            return status;
        plan->resource_limited |= binds;
    }
    return RC_OK;
}

/* Whether a task finds what others left: a model's, or one whose gate asks for metrics. */
static bool looks(const rc_plan *plan, uint32_t t)
{
    const rc_activity *node = &plan->nodes[t];
    return node->step != RC_NONE ||
           (node->loop != RC_NONE && plan->loops[node->loop].gate->needs.n > 0);
}

/* after[t]: t hangs on `from`; over: on its end. */
static void behind(const rc_plan *plan, uint32_t from, bool over, bool *after)
{
    memset(after, 0, plan->nodes_n);
    after[from] = true;
    for (uint32_t i = 0; i < plan->nodes_n; i++) {
        const rc_activity *node = &plan->nodes[plan->order[i]];
        for (uint32_t e = 0; e < node->in_n; e++)
            if (!(over && node->in[e].start && node->in[e].from == from))
                after[plan->order[i]] |= after[node->in[e].from];
    }
}

/* The span of more than one task that t is of, RC_NONE: of none. */
static uint32_t span_around(const rc_plan *plan, uint32_t t)
{
    for (uint32_t l = 0; l < plan->loops_n; l++)
        for (uint32_t i = 0; plan->loops[l].span_n > 1 && i < plan->loops[l].span_n;
             i++)
            if (plan->loops[l].span[i] == t)
                return l;
    return RC_NONE;
}

/* Rows go task by task, and a loop to its end before what comes after. That is the order
 * of the calendar for tasks that hang on each other, except for what leaves a loop by
 * another way than its gate: it may find a first round, or a later one. */
rc_status rc_network_clock(rc_plan *plan, rc_error *err)
{
    const uint32_t n = plan->nodes_n;
    bool *after = calloc(n, sizeof *after), *after_gate = calloc(n, sizeof *after_gate);
    plan->by_events = plan->resource_limited;
    rc_status status = after && after_gate ? RC_OK : no_memory(err);
    for (uint32_t k = 0; k < n && status == RC_OK && !plan->by_events; k++) {
        const uint32_t t = plan->order[k], span = span_around(plan, t);
        if (!looks(plan, t))
            continue;
        behind(plan, t, false, after);
        behind(plan, span == RC_NONE ? t : plan->loops[span].task, span != RC_NONE,
               after_gate);
        for (uint32_t i = k + 1; i < n; i++) {
            const uint32_t u = plan->order[i];
            const bool inside = span != RC_NONE && span_around(plan, u) == span;
            plan->by_events |= looks(plan, u) && !(inside ? after[u] : after_gate[u]);
        }
    }
    free(after);
    free(after_gate);
    return status;
}

/* -------------------------------------------------------------- priorities */

/* Working days that a task takes when every estimate is at its median. */
static double typical_days(const rc_plan *plan, const rc_activity *node)
{
    const rc_task *task = node->task;
    switch (node->work) {
    case RC_WORK_DURATION:
        return rc_median(&task->duration);
    case RC_WORK_CALENDAR:
        return rc_median(&task->duration) * plan->calendar.week /
               RC_CALENDAR_DAYS_PER_WEEK;
    case RC_WORK_EFFORT:
        return rc_median(&task->effort) / node->effort_speed;
    case RC_WORK_MODEL:
        break;
    }
    return task->model->typical(task->settings);
}

static double typical_lag(const rc_plan *plan, const rc_edge *edge)
{
    return edge->lag_calendar ? edge->lag * plan->calendar.week / 7.0 : edge->lag;
}

/* Days of `from` that are left when the link lets its task begin. */
static double typical_rest(const rc_edge *edge, const double *days)
{
    return edge->start ? (1.0 - edge->done) * days[edge->from] : 0.0;
}

typedef struct urgency {
    int64_t explicit_priority;
    double latest_finish;
    const char *id;
    uint32_t task;
} urgency;

static int by_urgency(const void *a, const void *b)
{
    const urgency *x = a, *y = b;
    if (x->explicit_priority != y->explicit_priority)
        return x->explicit_priority < y->explicit_priority ? -1 : 1;
    if (x->latest_finish != y->latest_finish)
        return x->latest_finish < y->latest_finish ? -1 : 1;
    return strcmp(x->id, y->id);
}

/* Forward: when each task ends when all goes as usual; returns when the last one does. */
static double earliest(const rc_plan *plan, const double *days, double *early)
{
    double end = 0.0;
    for (uint32_t i = 0; i < plan->nodes_n; i++) {
        uint32_t t = plan->order[i];
        const rc_activity *node = &plan->nodes[t];
        double start = node->not_before;
        for (uint32_t e = 0; e < node->in_n; e++) {
            const rc_edge *edge = &node->in[e];
            double at =
                early[edge->from] - typical_rest(edge, days) + typical_lag(plan, edge);
            start = at > start ? at : start;
        }
        early[t] = rc_calendar_work(node->freeze, node->freeze_n, &start, days[t]);
        end = early[t] > end ? early[t] : end;
    }
    return end;
}

/* Backward: when each may end at the latest for nothing to end after `end`. */
static void latest(const rc_plan *plan, const double *days, double end, double *late)
{
    for (uint32_t t = 0; t < plan->nodes_n; t++)
        late[t] = end;
    for (uint32_t i = plan->nodes_n; i-- > 0;) {
        uint32_t t = plan->order[i];
        const rc_activity *node = &plan->nodes[t];
        for (uint32_t e = 0; e < node->in_n; e++) {
            const rc_edge *edge = &node->in[e];
            double at =
                late[t] - days[t] - typical_lag(plan, edge) + typical_rest(edge, days);
            if (at < late[edge->from])
                late[edge->from] = at;
        }
    }
}

rc_status rc_network_priorities(rc_plan *plan, rc_error *err)
{
    uint32_t n = plan->nodes_n;
    double *days = calloc(n, sizeof *days), *early = calloc(n, sizeof *early);
    double *late = calloc(n, sizeof *late);
    urgency *list = calloc(n, sizeof *list);
    rc_status status = days && early && late && list ? RC_OK : no_memory(err);
    if (status == RC_OK) {
        for (uint32_t t = 0; t < n; t++)
            days[t] = typical_days(plan, &plan->nodes[t]);
        double end = earliest(plan, days, early);
        plan->typical_finish = plan->launch != RC_NONE ? early[plan->launch] : end;
        latest(plan, days, end, late);
        for (uint32_t t = 0; t < n; t++) {
            const rc_task *task = plan->nodes[t].task;
            list[t] = (urgency){task->priority > 0 ? task->priority : INT64_MAX,
                                late[t], task->head.id, t};
        }
        qsort(list, n, sizeof *list, by_urgency);
        for (uint32_t i = 0; i < n; i++)
            plan->nodes[list[i].task].rank = i;
    }
    free(days);
    free(early);
    free(late);
    free(list);
    return status;
}
