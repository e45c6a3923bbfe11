#include "run/queue.h"
#include "run/place.h"
#include <assert.h>
#include <math.h>
#include <string.h>

typedef enum event_kind { FINISHED, READY, HEADS } event_kind;

typedef struct event {
    double at;
    uint32_t rank; /* ties: by priority, so that models are asked in a fixed order */
    uint32_t what; /* task, or team */
    event_kind kind;
} event;

/* One run of a task. */
typedef struct spell {
    uint32_t task, turn;
    uint32_t before; /* the run of the same task before it, RC_NONE */
    double start, finish, ready;
    bool again;  /* its own gate sent it back to itself */
    bool passed; /* its gate let it pass */
    bool critical;
} spell;

struct rc_queue {
    event *heap;
    uint32_t heap_n;
    const rc_edge **out;  /* links from each task, those of t from out_at[t] on */
    uint32_t *out_at;     /* [nodes_n + 1] */
    uint32_t *pending;    /* links that it still waits for */
    double *ready;        /* when the links seen so far let it begin */
    uint32_t *turn;       /* rounds of the loop around it */
    uint32_t *spell_of;   /* its latest run */
    uint32_t *failures;   /* of its gate, since the work last came from before */
    const rc_loop **back; /* the loop that sent the work back to it */
    uint64_t *eligible;   /* bit r: the task of rank r may begin when it fits */
    uint32_t words;       /* of them */
    uint64_t *users;      /* [teams][words] which ranks hold somebody of a team */
    uint64_t *apart;      /* ranks to look at even where their teams are busy */
    int64_t *least;       /* [teams] the fewest that any of its users holds */
    uint32_t *by_rank;    /* tasks in order of priority */
    int64_t *heads, *used;
    uint32_t *around; /* loop of several tasks whose span it is in, RC_NONE */
    spell *spells;
    uint32_t spells_n, spells_room;
    double *moments; /* [spells][parts_most] of each run: when its shares were done */
    uint32_t parts_most;
    uint32_t *ended; /* spells in the order of their ends */
    uint32_t ended_n;
    uint32_t *stack; /* critical spells whose cause is not sought yet */
    uint32_t stack_n;
};

/* Most runs of tasks in a future, all rounds. */
static size_t runs_most(const rc_plan *plan)
{
    size_t runs = plan->nodes_n;
    for (uint32_t l = 0; l < plan->loops_n; l++)
        runs += (size_t)plan->loops[l].span_n * plan->loops[l].at_most;
    /* a loop onto itself may run in every round of the loop around it */
    for (uint32_t l = 0; l < plan->loops_n; l++)
        for (uint32_t k = 0; k < plan->loops_n; k++)
            for (uint32_t i = 0; k != l && i < plan->loops[k].span_n; i++)
                if (plan->loops[k].span[i] == plan->loops[l].task)
                    runs += (size_t)plan->loops[l].at_most * plan->loops[k].at_most;
    return runs;
}

static void *take(rc_arena *arena, size_t n, size_t size, bool *failed)
{
    void *memory = rc_arena_alloc(arena, n ? n : 1, size);
    *failed |= memory == NULL;
    return memory;
}

static bool take_all(rc_queue *q, const rc_plan *plan, rc_arena *arena)
{
    size_t n = plan->nodes_n, teams = plan->teams_n, steps = 0, runs = runs_most(plan);
    bool failed = runs >= RC_NONE;
    for (uint32_t i = 0; i < teams; i++)
        steps += plan->teams[i].steps_n;
    q->words = (uint32_t)((n + 63) / 64);
    q->spells_room = (uint32_t)runs;
    q->heap = take(arena, 2 * n + steps + plan->edges_n, sizeof *q->heap, &failed);
    q->out = take(arena, plan->edges_n, sizeof *q->out, &failed);
    q->out_at = take(arena, n + 2, sizeof *q->out_at, &failed);
    q->pending = take(arena, n, sizeof *q->pending, &failed);
    q->ready = take(arena, n, sizeof *q->ready, &failed);
    q->turn = take(arena, n, sizeof *q->turn, &failed);
    q->spell_of = take(arena, n, sizeof *q->spell_of, &failed);
    q->failures = take(arena, n, sizeof *q->failures, &failed);
    q->back = take(arena, n, sizeof *q->back, &failed);
    q->eligible = take(arena, q->words, sizeof *q->eligible, &failed);
    q->users = take(arena, teams * q->words, sizeof *q->users, &failed);
    q->apart = take(arena, q->words, sizeof *q->apart, &failed);
    q->least = take(arena, teams, sizeof *q->least, &failed);
    q->by_rank = take(arena, n, sizeof *q->by_rank, &failed);
    q->heads = take(arena, teams, sizeof *q->heads, &failed);
    q->used = take(arena, teams, sizeof *q->used, &failed);
    q->around = take(arena, n, sizeof *q->around, &failed);
    q->spells = take(arena, runs, sizeof *q->spells, &failed);
    for (uint32_t t = 0; t < plan->nodes_n; t++)
        if (plan->nodes[t].parts_n > q->parts_most)
            q->parts_most = plan->nodes[t].parts_n;
    q->moments = take(arena, runs * q->parts_most, sizeof *q->moments, &failed);
    q->ended = take(arena, runs, sizeof *q->ended, &failed);
    q->stack = take(arena, runs, sizeof *q->stack, &failed);
    return !failed;
}

/* Who holds whom, by rank. */
static void index_users(rc_queue *q, const rc_plan *plan)
{
    for (uint32_t i = 0; i < plan->teams_n; i++)
        q->least[i] = INT64_MAX / 2;
    for (uint32_t t = 0; t < plan->nodes_n; t++) {
        const rc_activity *node = &plan->nodes[t];
        uint64_t bit = UINT64_C(1) << node->rank % 64;
        q->by_rank[node->rank] = t;
        for (uint32_t i = 0; i < node->who_n; i++) {
            uint32_t team = node->who[i].team;
            q->users[(size_t)team * q->words + node->rank / 64] |= bit;
            q->least[team] =
                node->heads[i] < q->least[team] ? node->heads[i] : q->least[team];
        }
        if (node->who_n == 0 || node->freeze_n > 0 || node->occurs != RC_NONE ||
            node->choice != RC_NONE)
            q->apart[node->rank / 64] |= bit;
    }
}

static void index_links(rc_queue *q, const rc_plan *plan)
{
    /* counted one place up, filled from the front: out_at[t] is then where t begins */
    for (uint32_t e = 0; e < plan->edges_n; e++)
        q->out_at[plan->edges[e].from + 2]++;
    for (uint32_t t = 0; t < plan->nodes_n; t++)
        q->out_at[t + 2] += q->out_at[t + 1];
    for (uint32_t e = 0; e < plan->edges_n; e++)
        q->out[q->out_at[plan->edges[e].from + 1]++] = &plan->edges[e];
    for (uint32_t t = 0; t < plan->nodes_n; t++)
        q->around[t] = RC_NONE;
    for (uint32_t l = 0; l < plan->loops_n; l++)
        for (uint32_t i = 0; plan->loops[l].span_n > 1 && i < plan->loops[l].span_n;
             i++)
            q->around[plan->loops[l].span[i]] = l;
}

bool rc_queue_make(rc_queue **out, const rc_plan *plan, rc_arena *arena)
{
    rc_queue *q = rc_arena_alloc(arena, 1, sizeof *q);
    if (!q || !take_all(q, plan, arena))
        return false;
    index_users(q, plan);
    index_links(q, plan);
    *out = q;
    return true;
}

/* -------------------------------------------------------------------- heap */

static bool earlier(const event *a, const event *b)
{
    if (a->at != b->at)
        return a->at < b->at;
    if (a->kind != b->kind)
        return a->kind < b->kind;
    return a->rank < b->rank;
}

static void push(rc_queue *q, event item)
{
    uint32_t i = q->heap_n++;
    while (i > 0 && earlier(&item, &q->heap[(i - 1) / 2])) {
        q->heap[i] = q->heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    q->heap[i] = item;
}

static event pop(rc_queue *q)
{
    event top = q->heap[0], last = q->heap[--q->heap_n];
    uint32_t i = 0;
    for (;;) {
        uint32_t child = 2 * i + 1;
        if (child >= q->heap_n)
            break;
        if (child + 1 < q->heap_n && earlier(&q->heap[child + 1], &q->heap[child]))
            child++;
        if (!earlier(&q->heap[child], &last))
            break;
        q->heap[i] = q->heap[child];
        i = child;
    }
    q->heap[i] = last;
    return top;
}

/* ------------------------------------------------------------------- links */

static void now_ready(rc_block *b, uint32_t t)
{
    rc_queue *q = b->queue;
    push(q, (event){q->ready[t], b->plan->nodes[t].rank, t, READY});
}

static bool same_span(const rc_queue *q, uint32_t a, uint32_t b)
{
    return q->around[a] != RC_NONE && q->around[a] == q->around[b];
}

/* Gated task of a loop of several tasks: who waits for it waits for the last round. */
static bool closes_span(const rc_block *b, uint32_t t)
{
    uint32_t around = b->queue->around[t];
    return around != RC_NONE && b->plan->loops[around].task == t;
}

/* A task has started or passed at `at`: its successors hear of it. */
static void release(rc_block *b, uint32_t t, uint32_t lane, bool start, double at)
{
    rc_queue *q = b->queue;
    bool first = q->turn[t] == 1;
    for (uint32_t i = q->out_at[t]; i < q->out_at[t + 1]; i++) {
        const rc_edge *edge = q->out[i];
        if (edge->start != start)
            continue;
        if (!first && !same_span(q, t, edge->to) && !(closes_span(b, t) && !start))
            continue;
        double then = rc_link_time(
            b, edge, edge->done > 0 ? b->last_part[edge - b->plan->edges][lane] : at);
        if (then > q->ready[edge->to])
            q->ready[edge->to] = then;
        if (--q->pending[edge->to] == 0)
            now_ready(b, edge->to);
    }
}

/* The work goes back: the tasks of the span wait for each other again. */
static void send_back(rc_block *b, const rc_loop *loop, double at)
{
    rc_queue *q = b->queue;
    for (uint32_t i = 0; i < loop->span_n; i++) {
        uint32_t t = loop->span[i];
        const rc_activity *node = &b->plan->nodes[t];
        q->ready[t] = at;
        q->pending[t] = 0;
        q->back[t] = t == loop->back_to ? loop : NULL;
        if (loop->span_n > 1) {
            q->turn[t]++;
            if (t != loop->task)
                q->failures[t] = 0;
        }
        for (uint32_t e = 0; e < node->in_n && t != loop->back_to; e++)
            q->pending[t] += same_span(q, t, node->in[e].from);
    }
    now_ready(b, loop->back_to);
}

static void finished(rc_block *b, uint32_t t, uint32_t lane, double at)
{
    rc_queue *q = b->queue;
    const rc_activity *node = &b->plan->nodes[t];
    rc_task_rows *rows = &b->tasks[t];
    bool absent = rows->absent && rows->absent[lane];
    q->ended[q->ended_n++] = q->spell_of[t];
    if (!absent)
        for (uint32_t i = 0; i < node->who_n; i++)
            q->used[node->who[i].team] -= node->heads[i];
    if (node->loop != RC_NONE && !absent) {
        const rc_loop *loop = &b->plan->loops[node->loop];
        rc_ask_gate(b, loop, &lane, 1, rows->rounds ? rows->rounds[lane] : 1);
        if (b->verdict[lane] != 0) {
            if (++q->failures[t] <= loop->at_most) {
                send_back(b, loop, at);
                return;
            }
            if (isinf(rc_give_up(b, loop, lane, at)))
                return;
        }
    }
    q->spells[q->spell_of[t]].passed = true;
    if (q->turn[t] == 1 || closes_span(b, t))
        rows->pass[lane] = at;
    release(b, t, lane, false, at);
}

/* ------------------------------------------------------------------- start */

static bool fits(const rc_queue *q, const rc_activity *node)
{
    for (uint32_t i = 0; i < node->who_n; i++) {
        uint32_t team = node->who[i].team;
        if (q->used[team] + node->heads[i] > q->heads[team])
            return false;
    }
    return true;
}

static void begin(rc_block *b, uint32_t t, uint32_t lane, double at)
{
    rc_queue *q = b->queue;
    const rc_activity *node = &b->plan->nodes[t];
    rc_task_rows *rows = &b->tasks[t];
    bool first = isinf(rows->start[lane]);
    uint32_t before = q->spell_of[t];
    assert(q->spells_n < q->spells_room);
    spell *s = &q->spells[q->spell_of[t] = q->spells_n++];
    rows->last_start[lane] = at;
    if (first)
        rows->start[lane] = at;
    if (rows->absent && rows->absent[lane]) {
        rows->last_finish[lane] = at;
        rc_skip_parts(b, t, lane, first, at);
        if (first) {
            rows->finish[lane] = at;
            if (node->finish_row != RC_NONE)
                b->row[node->finish_row][lane] = at;
        }
    } else {
        for (uint32_t i = 0; i < node->who_n; i++)
            q->used[node->who[i].team] += node->heads[i];
        rc_place(b, t, &lane, 1, first ? 1 : rows->rounds[lane] + 1u, q->back[t]);
    }
    bool again = q->back[t] && q->back[t]->span_n == 1; /* told its start already */
    q->back[t] = NULL;
    *s = (spell){.task = t,
                 .turn = q->turn[t],
                 .before = before,
                 .start = rows->last_start[lane],
                 .finish = rows->last_finish[lane],
                 .ready = q->ready[t],
                 .again = again};
    for (uint32_t i = 0; i < node->parts_n; i++)
        q->moments[(size_t)q->spell_of[t] * q->parts_most + i] =
            b->last_part[node->parts[i]][lane];
    push(q, (event){rows->last_finish[lane], node->rank, t, FINISHED});
    if (!again)
        release(b, t, lane, true, rows->last_start[lane]);
}

/* Of the ranks in a word, those that may have to be looked at: whoever needs a team that has
 * nobody to spare need not be. */
static uint64_t in_question(const rc_queue *q, const rc_plan *plan, uint32_t word,
                            bool idle)
{
    uint64_t busy = 0;
    for (uint32_t i = 0; i < plan->teams_n && !idle; i++)
        if (q->used[i] + q->least[i] > q->heads[i])
            busy |= q->users[(size_t)i * q->words + word];
    return q->apart[word] | (idle ? 0 : ~busy);
}

/* Begin what is eligible and fits, in order of priority; `idle`: only what holds nobody,
 * and so stands in nobody's way. */
static void start_what_fits(rc_block *b, uint32_t lane, double at, bool idle)
{
    rc_queue *q = b->queue;
    for (uint32_t w = 0; w < q->words; w++) {
        uint64_t left = q->eligible[w];
        if (left)
            left &= in_question(q, b->plan, w, idle);
        for (; left; left &= left - 1) {
            uint32_t t = q->by_rank[64 * w + (uint32_t)__builtin_ctzll(left)];
            const rc_activity *node = &b->plan->nodes[t];
            const uint8_t *absent = b->tasks[t].absent;
            bool gone = absent && absent[lane];
            double thaw = gone ? at : rc_thawed(node, at);
            if (thaw > at) {
                q->eligible[w] &= ~(left & -left);
                q->ready[t] = thaw;
                now_ready(b, t);
            } else if (gone || node->who_n == 0 || (!idle && fits(q, node))) {
                q->eligible[w] &= ~(left & -left);
                begin(b, t, lane, at);
            }
        }
    }
}

/* ------------------------------------------------------------- criticality */

static bool shares_team(const rc_activity *a, const rc_activity *b)
{
    for (uint32_t i = 0; i < a->who_n; i++)
        for (uint32_t k = 0; k < b->who_n; k++)
            if (a->who[i].team == b->who[k].team)
                return true;
    return false;
}

static void mark(rc_queue *q, uint32_t i)
{
    if (!q->spells[i].critical) {
        q->spells[i].critical = true;
        q->stack[q->stack_n++] = i;
    }
}

/* Of a run and those of the same task before it, the ones of a turn that ended at `at`. */
static void mark_ended(rc_queue *q, uint32_t i, uint32_t turn, double at)
{
    for (; i != RC_NONE; i = q->spells[i].before)
        if (q->spells[i].turn == turn && q->spells[i].finish == at)
            mark(q, i);
}

/* Whether a run could begin because a link of its task let it, from the run p. */
static bool follows(const rc_block *b, const spell *s, const rc_edge *edge,
                    const spell *p)
{
    const rc_queue *q = b->queue;
    if (edge->start ? p->again : !p->passed)
        return false;
    /* in a span of the same round; from outside in the first one; to outside from the
     * first one, or when the gate has let it pass */
    if (same_span(q, p->task, s->task)
            ? p->turn != s->turn
            : s->turn > 1 || (p->turn > 1 && (edge->start || !closes_span(b, p->task))))
        return false;
    double at = edge->done > 0
                    ? q->moments[(size_t)(p - q->spells) * q->parts_most + edge->part]
                : edge->start ? p->start
                              : p->finish;
    return rc_link_time(b, edge, at) == s->start;
}

/* What a run waited for: another one that had begun, ended, or failed its gate. */
static void mark_causes(const rc_block *b, const spell *s)
{
    rc_queue *q = b->queue;
    const rc_activity *node = &b->plan->nodes[s->task];
    uint32_t around = q->around[s->task];
    if (s->again) {
        mark_ended(q, s->before, s->turn, s->start);
    } else if (s->turn > 1 && b->plan->loops[around].back_to == s->task) {
        mark_ended(q, q->spell_of[b->plan->loops[around].task], s->turn - 1, s->start);
    } else {
        for (uint32_t e = 0; e < node->in_n; e++)
            for (uint32_t i = q->spell_of[node->in[e].from]; i != RC_NONE;
                 i = q->spells[i].before)
                if (follows(b, s, &node->in[e], &q->spells[i]))
                    mark(q, i);
    }
}

/* Who set free somebody of its teams at the moment when it began. */
static void mark_releases(const rc_block *b, const spell *s)
{
    rc_queue *q = b->queue;
    const rc_activity *nodes = b->plan->nodes;
    uint32_t low = 0, high = q->ended_n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (q->spells[q->ended[middle]].finish < s->start)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < q->ended_n && q->spells[q->ended[low]].finish == s->start; low++)
        if (shares_team(&nodes[s->task], &nodes[q->spells[q->ended[low]].task]))
            mark(q, q->ended[low]);
}

/* From the runs that end the project back to its beginning. */
static void trace(rc_block *b, uint32_t lane)
{
    rc_queue *q = b->queue;
    const rc_plan *plan = b->plan;
    double end = 0.0;
    for (uint32_t i = 0; i < plan->ends_n; i++) {
        double pass = b->tasks[plan->ends[i]].pass[lane];
        end = pass > end ? pass : end;
    }
    if (isinf(end) || end > b->stop[lane])
        return;
    for (uint32_t k = 0; k < plan->ends_n; k++)
        for (uint32_t i = q->spell_of[plan->ends[k]]; i != RC_NONE;
             i = q->spells[i].before)
            if (q->spells[i].finish == end && q->spells[i].passed)
                mark(q, i);
    while (q->stack_n > 0) {
        const spell *s = &q->spells[q->stack[--q->stack_n]];
        const rc_task_rows *rows = &b->tasks[s->task];
        if (!rows->absent || !rows->absent[lane])
            rows->critical[lane] = ~UINT64_C(0);
        if (s->start > s->ready)
            mark_releases(b, s);
        else
            mark_causes(b, s);
    }
}

/* -------------------------------------------------------------- one future */

static void run_lane(rc_block *b, uint32_t lane)
{
    rc_queue *q = b->queue;
    const rc_plan *plan = b->plan;
    q->heap_n = q->spells_n = q->ended_n = q->stack_n = 0;
    memset(q->eligible, 0, q->words * sizeof *q->eligible);
    for (uint32_t i = 0; i < plan->teams_n; i++) {
        q->used[i] = 0;
        q->heads[i] = plan->teams[i].steps[0].heads;
        for (uint32_t k = 1; k < plan->teams[i].steps_n; k++)
            push(q, (event){plan->teams[i].steps[k].at, k, i, HEADS});
    }
    for (uint32_t t = 0; t < plan->nodes_n; t++) {
        rc_task_rows *rows = &b->tasks[t];
        rows->start[lane] = rows->finish[lane] = rows->pass[lane] = INFINITY;
        rows->last_start[lane] = rows->last_finish[lane] = INFINITY;
        rows->work[lane] = 0.0;
        q->pending[t] = plan->nodes[t].in_n;
        q->ready[t] = plan->nodes[t].not_before;
        q->turn[t] = 1;
        q->spell_of[t] = RC_NONE;
        q->failures[t] = 0;
        q->back[t] = NULL;
        if (q->pending[t] == 0)
            now_ready(b, t);
    }
    while (q->heap_n > 0) {
        double at = q->heap[0].at;
        /* nothing at all can happen any more */
        if (isinf(at))
            break;
        while (q->heap_n > 0 && q->heap[0].at == at) {
            event e = pop(q);
            if (e.kind == FINISHED) {
                finished(b, e.what, lane, at);
            } else if (e.kind == READY) {
                q->eligible[e.rank / 64] |= UINT64_C(1) << e.rank % 64;
            } else {
                q->heads[e.what] = plan->teams[e.what].steps[e.rank].heads;
            }
        }
        /* what takes no time and nobody passes on at once: people are given out when
         * everything that is eligible now is known */
        start_what_fits(b, lane, at, true);
        if (q->heap_n == 0 || q->heap[0].at > at)
            start_what_fits(b, lane, at, false);
    }
    if (b->detail > 0)
        trace(b, lane);
}

void rc_queue_schedule(rc_block *b)
{
    for (uint32_t l = 0; l < b->lanes; l++)
        run_lane(b, l);
}
