#include "run/block.h"
#include "rand/rng.h"
#include "run/queue.h"
#include <math.h>
#include <string.h>

/* -------------------------------------------------------------------- keys */

rc_status rc_keys_make(rc_keys *out, const rc_plan *plan, uint64_t seed,
                       rc_arena *arena, rc_error *err)
{
    const rc_scenario *s = plan->scenario;
    uint64_t *draws = rc_arena_alloc(arena, plan->draws_n + 1u, sizeof *draws);
    uint64_t *each = rc_arena_alloc(arena, s->estimates_n + 1u, sizeof *each);
    uint64_t *words = rc_arena_alloc(arena, plan->words_n + 1u, sizeof *words);
    if (!draws || !each || !words)
        return rc_fail(err, RC_IO, "out of memory for the keys");
    for (uint32_t i = 0; i < plan->draws_n; i++)
        draws[i] = rc_quantity_key(seed, plan->draws[i].name);
    /* an estimate drawn at each use is another quantity than the same drawn once */
    for (uint32_t i = 0; i < s->estimates_n; i++) {
        char *name = rc_arena_print(arena, "%s#each", s->estimates[i]->name);
        if (!name)
            return rc_fail(err, RC_IO, "out of memory for the keys");
        each[i] = rc_quantity_key(seed, name);
    }
    for (uint32_t i = 0; i < plan->words_n; i++) {
        char *name = rc_arena_print(arena, "%s#word", plan->words[i]);
        if (!name)
            return rc_fail(err, RC_IO, "out of memory for the keys");
        words[i] = rc_quantity_key(seed, name);
    }
    *out = (rc_keys){draws, each, words};
    return RC_OK;
}

static uint32_t word_of(const void *self, uint32_t quantity, uint32_t index,
                        uint32_t lane)
{
    const rc_block *b = self;
    return rc_rng_word(b->keys->words[quantity], b->first + lane, index);
}

static double each_of(const void *self, uint32_t estimate, uint32_t index,
                      uint32_t lane)
{
    const rc_block *b = self;
    return rc_table_value(b->plan->tables[estimate],
                          rc_rng_word(b->keys->each[estimate], b->first + lane, index));
}

static double days_after(const void *calendar, double start, double calendar_days)
{
    return rc_calendar_add(calendar, start, calendar_days);
}

static double days_between(const void *calendar, double from, double until)
{
    return rc_calendar_span(calendar, from, until);
}

/* --------------------------------------------------------------- workspace */

static double spent_by(const void *self, double until, uint32_t lane);

typedef struct maker {
    rc_arena *arena;
    bool failed;
} maker;

static void *take(maker *m, size_t n, size_t size)
{
    void *memory = rc_arena_alloc(m->arena, n ? n : 1, size);
    m->failed |= memory == NULL;
    return memory;
}

static double *take_row(maker *m)
{
    return take(m, RC_LANES, sizeof(double));
}

static void make_task_rows(rc_block *b, uint32_t t, maker *m)
{
    const rc_plan *plan = b->plan;
    const rc_activity *node = &plan->nodes[t];
    rc_task_rows *rows = &b->tasks[t];
    bool again = node->repeats;
    rows->start = take_row(m);
    rows->finish = take_row(m);
    rows->critical = take(m, RC_LANES, sizeof *rows->critical);
    rows->pass = node->loop != RC_NONE ? take_row(m) : rows->finish;
    rows->last_start = again ? take_row(m) : rows->start;
    rows->last_finish = again ? take_row(m) : rows->finish;
    rows->rounds = again ? take(m, RC_LANES, sizeof *rows->rounds) : NULL;
    if (node->loop != RC_NONE && plan->loops[node->loop].span_n > 0) {
        rows->through = take(m, RC_LANES, sizeof *rows->through);
        rows->whole = take(m, RC_LANES, sizeof *rows->whole);
    }
    for (uint32_t i = 0; i < node->parts_n && !m->failed; i++) {
        double *first = take_row(m);
        b->part[node->parts[i]] = first;
        b->last_part[node->parts[i]] = again ? take_row(m) : first;
    }
    rows->in_loop = again ? take(m, RC_LANES, sizeof *rows->in_loop) : NULL;
    if (node->factors_n || node->risks_n) {
        rows->slower = take_row(m);
        rows->delay = take_row(m);
    }
    bool drawn = node->plain && !rows->slower && !again && !plan->by_events;
    rows->work = drawn && !m->failed ? b->row[node->estimate] : take_row(m);
    if (node->people_rate > 0 || node->effort_rate > 0 || node->delay_rate > 0)
        rows->people = take_row(m);
    if (node->step != RC_NONE && plan->steps[node->step].cost_kind != RC_NONE)
        rows->spent = take_row(m);
    if (rows->people || rows->spent || node->cost != RC_NONE)
        rows->paid = take_row(m);
    if (node->occurs != RC_NONE || node->choice != RC_NONE)
        rows->absent = take(m, RC_LANES, 1);
}

static void make_block(rc_block *b, maker *m)
{
    const rc_plan *plan = b->plan;
    uint32_t rows = rc_plan_rows(plan), widest = 1;
    b->row = take(m, rows, sizeof *b->row);
    b->event = take(m, plan->events_n, sizeof *b->event);
    b->tasks = take(m, plan->nodes_n, sizeof *b->tasks);
    b->cost = take(m, plan->cost_kinds_n, sizeof *b->cost);
    b->part = take(m, plan->edges_n, sizeof *b->part);
    b->last_part = take(m, plan->edges_n, sizeof *b->last_part);
    for (uint32_t i = 0; i < plan->groups_n; i++)
        widest = plan->groups[i].n > widest ? plan->groups[i].n : widest;
    b->words = take(m, widest, sizeof *b->words);
    for (uint32_t i = 0; i < rows && !m->failed; i++)
        b->row[i] = take_row(m);
    for (uint32_t i = 0; i < plan->events_n && !m->failed; i++)
        b->event[i] = take_row(m);
    for (uint32_t i = 0; i < plan->cost_kinds_n && !m->failed; i++)
        b->cost[i] = take_row(m);
    for (uint32_t i = 0; i < widest && !m->failed; i++)
        b->words[i] = take(m, RC_LANES, sizeof **b->words);
    for (uint32_t t = 0; t < plan->nodes_n && !m->failed; t++)
        make_task_rows(b, t, m);
    b->total_cost = take_row(m);
    b->stop = take_row(m);
    b->end = take_row(m);
    b->until = take_row(m);
    b->stopped_by = take(m, RC_LANES, sizeof *b->stopped_by);
    b->stop_at = plan->causes_n > plan->loops_n ? take_row(m) : NULL;
    bool lives = plan->lives && (b->detail > 0 || plan->value_row != RC_NONE);
    b->launched_on = lives ? take_row(m) : NULL;
    b->stopped_need = take(m, RC_LANES, 1);
    b->memory = take(m, plan->memory + 64, 1);
    b->rework = take_row(m);
    b->duration = take_row(m);
    b->model_cost = take_row(m);
    b->ones = take_row(m);
    for (uint32_t l = 0; l < RC_LANES && b->ones; l++)
        b->ones[l] = 1.0;
    b->on_path = take(m, plan->nodes_n, 1);
    b->torn = take(m, plan->nodes_n, 1);
    b->verdict = take(m, RC_LANES, 1);
    b->list = take(m, RC_LANES, sizeof *b->list);
    if (plan->by_events && !m->failed)
        m->failed |= !rc_queue_make(&b->queue, plan, m->arena);
    /* rows that no block changes: exact estimates, and durations of nothing */
    for (uint32_t i = 0; i < plan->draws_n && !m->failed; i++) {
        uint32_t e = plan->draws[i].estimate;
        if (e != RC_NONE && plan->scenario->estimates[e]->law.kind == RC_CONSTANT)
            for (uint32_t l = 0; l < RC_LANES; l++)
                b->row[e][l] = plan->scenario->estimates[e]->law.p[0];
    }
}

rc_status rc_block_make(rc_block **out, const rc_plan *plan, const rc_keys *keys,
                        uint64_t detail, rc_error *err)
{
    *out = NULL;
    maker m = {rc_arena_new(), false};
    rc_block *b = m.arena ? rc_arena_alloc(m.arena, 1, sizeof *b) : NULL;
    if (b) {
        *b = (rc_block){.plan = plan,
                        .keys = keys,
                        .arena = m.arena,
                        .detail = detail,
                        .ledger = {spent_by, b},
                        .chance = {word_of, each_of, b},
                        .dates = {days_after, days_between, &plan->calendar}};
        make_block(b, &m);
    }
    if (!b || m.failed) {
        rc_arena_free(m.arena);
        return rc_fail(err, RC_IO, "out of memory for a block of futures");
    }
    *out = b;
    return RC_OK;
}

void rc_block_free(rc_block *block)
{
    if (block)
        rc_arena_free(block->arena);
}

/* Most of it is rows that are never touched before the first block: making one costs
 * nothing, and tells exactly. */
double rc_block_bytes(const rc_plan *plan, bool detail)
{
    rc_block *b = NULL;
    if (rc_block_make(&b, plan, NULL, detail, NULL) != RC_OK)
        return 0.0;
    double bytes = (double)rc_arena_bytes(b->arena);
    rc_block_free(b);
    return bytes;
}

/* -------------------------------------------------------------------- fill */

static void settle_draw(rc_block *b, const rc_draw *draw, const uint32_t *words)
{
    if (draw->estimate != RC_NONE) {
        rc_table_fill(b->row[draw->estimate], b->plan->tables[draw->estimate], words,
                      RC_LANES);
    } else {
        double *event = b->event[draw->event];
        for (uint32_t l = 0; l < RC_LANES; l++)
            event[l] = rc_uniform(words[l]);
    }
}

static void fill_draws(rc_block *b)
{
    const rc_plan *plan = b->plan;
    for (uint32_t i = 0; i < plan->draws_n; i++) {
        const rc_draw *draw = &plan->draws[i];
        if (draw->group != RC_NONE ||
            (draw->estimate != RC_NONE &&
             plan->scenario->estimates[draw->estimate]->law.kind == RC_CONSTANT))
            continue;
        rc_rng_fill(b->words[0], rc_rng_block(b->keys->draws[i], b->index), RC_LANES);
        settle_draw(b, draw, b->words[0]);
    }
    for (uint32_t g = 0; g < plan->groups_n; g++) {
        const rc_draw_group *group = &plan->groups[g];
        for (uint32_t i = 0; i < group->n; i++)
            rc_rng_fill(b->words[i],
                        rc_rng_block(b->keys->draws[group->draws[i]], b->index),
                        RC_LANES);
        rc_copula_apply(&group->copula, b->words, RC_LANES);
        for (uint32_t i = 0; i < group->n; i++)
            settle_draw(b, &plan->draws[group->draws[i]], b->words[i]);
    }
}

/* A risk fires where its word is in the upper `chance` of the unit interval, so that
 * what is correlated with it upwards makes it likelier. */
static inline double fires(double event, double chance)
{
    return event > 1.0 - chance ? 1.0 : 0.0;
}

static void fill_influences(rc_block *b, uint32_t t)
{
    const rc_activity *node = &b->plan->nodes[t];
    const rc_risk *risk = b->plan->scenario->risks.at;
    rc_task_rows *rows = &b->tasks[t];
    for (uint32_t l = 0; l < RC_LANES; l++) {
        rows->slower[l] = 1.0;
        rows->delay[l] = 0.0;
    }
    for (uint32_t i = 0; i < node->factors_n; i++) {
        const double *value = b->row[node->factors[i]];
        for (uint32_t l = 0; l < RC_LANES; l++)
            rows->slower[l] *= 1.0 + value[l];
    }
    for (uint32_t i = 0; i < node->risks_n; i++) {
        const rc_risk *r = &risk[node->risks[i]];
        const double *slower = r->slower.given ? b->row[r->slower.index] : NULL;
        const double *delay = r->delay.given ? b->row[r->delay.index] : NULL;
        const double *chance = b->row[r->chance.index],
                     *event = b->event[node->risks[i]];
        for (uint32_t l = 0; l < RC_LANES; l++) {
            double fired = fires(event[l], chance[l]);
            rows->slower[l] *= 1.0 + (slower ? fired * slower[l] : 0.0);
            rows->delay[l] += delay ? fired * delay[l] : 0.0;
        }
    }
}

static void fill_absent(rc_block *b, uint32_t t)
{
    const rc_activity *node = &b->plan->nodes[t];
    uint8_t *absent = b->tasks[t].absent;
    for (uint32_t l = 0; l < RC_LANES; l++) {
        bool here = true;
        if (node->occurs != RC_NONE)
            here =
                b->event[node->occurs][l] > 1.0 - b->row[node->task->optional.index][l];
        if (node->choice != RC_NONE) {
            double u = b->event[node->choice][l];
            here = here && u > node->choice_low && u <= node->choice_high;
        }
        absent[l] = !here;
    }
}

void rc_block_fill(rc_block *b, uint64_t index, uint64_t futures)
{
    const rc_plan *plan = b->plan;
    b->index = index;
    b->first = index * RC_LANES;
    b->lanes =
        (uint32_t)(futures - b->first < RC_LANES ? futures - b->first : RC_LANES);
    fill_draws(b);
    for (uint32_t i = 0; i < plan->state_n; i++) {
        double *row = b->row[plan->scenario->estimates_n + i];
        if (plan->state[i].from != RC_NONE) {
            memcpy(row, b->row[plan->state[i].from], RC_LANES * sizeof *row);
            continue;
        }
        for (uint32_t l = 0; l < RC_LANES; l++)
            row[l] = plan->state[i].initial;
    }
    memset(b->memory, 0, plan->memory);
    for (uint32_t l = 0; l < RC_LANES; l++) {
        b->stop[l] = INFINITY;
        b->stopped_by[l] = RC_NONE;
        b->stopped_need[l] = 0;
    }
    for (uint32_t i = 0; i < plan->cost_kinds_n; i++)
        memset(b->cost[i], 0, RC_LANES * sizeof(double));
    for (uint32_t t = 0; t < plan->nodes_n; t++) {
        rc_task_rows *rows = &b->tasks[t];
        if (rows->slower)
            fill_influences(b, t);
        if (rows->absent)
            fill_absent(b, t);
        if (rows->people)
            memset(rows->people, 0, RC_LANES * sizeof(double));
        if (rows->spent)
            memset(rows->spent, 0, RC_LANES * sizeof(double));
        if (rows->in_loop)
            memset(rows->in_loop, 0, RC_LANES * sizeof *rows->in_loop);
        if (rows->through)
            memset(rows->through, 0, RC_LANES * sizeof *rows->through);
        if (rows->whole)
            memset(rows->whole, 0xff, RC_LANES * sizeof *rows->whole);
        if (rows->rounds)
            memset(rows->rounds, 0, RC_LANES * sizeof *rows->rounds);
        memset(rows->critical, 0, RC_LANES * sizeof *rows->critical);
    }
}

/* ------------------------------------------------------------------- close */

rc_step rc_block_step(const rc_block *b, uint32_t step)
{
    const rc_plan_step *s = &b->plan->steps[step];
    return (rc_step){.settings = s->settings,
                     .bound = s->bound,
                     .row = b->row,
                     .memory = b->memory + s->memory_at,
                     .chance = &b->chance,
                     .dates = &b->dates,
                     .lanes = b->lanes,
                     .verdict_only = b->first >= b->detail,
                     .round = 1};
}

/* Of a spell from start to finish, the share that lies before `until`; what takes no time
 * counts where it is due by then. */
static double share_before(double start, double finish, double until)
{
    if (finish <= until)
        return 1.0;
    return start >= until ? 0.0 : (until - start) / (finish - start);
}

/* What a task cost. A future that was stopped does not go on: what had not begun costs
 * nothing, what was running is paid for the share of its time that had passed. In the same
 * way the money of what goes on after the launch is kept apart from the plan's. */
static void close_task(rc_block *b, uint32_t t)
{
    const rc_plan *plan = b->plan;
    const rc_activity *node = &plan->nodes[t];
    const rc_task_rows *rows = &b->tasks[t];
    const double *fixed = node->cost != RC_NONE ? b->row[node->cost] : NULL;
    double *spent_kind =
        rows->spent ? b->cost[plan->steps[node->step].cost_kind] : NULL;
    double *after = plan->after_row != RC_NONE ? b->row[plan->after_row] : NULL;
    for (uint32_t l = 0; l < b->lanes; l++) {
        double start = rows->start[l], finish = rows->last_finish[l];
        bool here = !isinf(start) && !(rows->absent && rows->absent[l]);
        double done = here ? share_before(start, finish, b->stop[l]) : 0.0;
        double share = here ? share_before(start, finish, b->until[l]) : 0.0;
        double people = rows->people ? rows->people[l] : 0.0;
        double spent = rows->spent ? rows->spent[l] : 0.0;
        double once = fixed && share > 0.0 ? fixed[l] : 0.0;
        b->cost[RC_COST_PEOPLE][l] += share * people;
        b->cost[RC_COST_FIXED][l] += once;
        if (spent_kind)
            spent_kind[l] += share * spent;
        rows->paid[l] =
            done * (people + spent) + (fixed && done > 0.0 ? fixed[l] : 0.0);
        if (after)
            after[l] += rows->paid[l] - share * (people + spent) - once;
    }
}

/* Whether one of the tasks that a risk hits has begun before a working time. */
static bool has_hit(const rc_block *b, const rc_risk *r, double until, uint32_t lane)
{
    for (uint32_t k = 0; k < r->hits_n; k++) {
        const rc_task_rows *rows = &b->tasks[r->hits[k]];
        if (rows->start[lane] < until && !(rows->absent && rows->absent[lane]))
            return true;
    }
    return false;
}

static double risk_money_by(const rc_block *b, uint32_t i, double until, uint32_t lane)
{
    const rc_risk *r = (const rc_risk *)b->plan->scenario->risks.at + i;
    const rc_risk_mitigation *m = r->mitigation;
    double money = m && m->active && m->cost.given ? b->row[m->cost.index][lane] : 0.0;
    if (r->cost.given && has_hit(b, r, until, lane))
        money += fires(b->event[i][lane], b->row[r->chance.index][lane]) *
                 b->row[r->cost.index][lane];
    return money;
}

/* Risks are paid where one of the tasks that they hit was begun. */
static void close_risk(rc_block *b, uint32_t i)
{
    const rc_risk *r = (const rc_risk *)b->plan->scenario->risks.at + i;
    const rc_risk_rows *own = &b->plan->risk_rows[i];
    const rc_risk_mitigation *m = r->mitigation;
    const double *chance = b->row[r->chance.index], *event = b->event[i];
    const double *days = r->delay.given ? b->row[r->delay.index] : NULL;
    const double *slow = r->slower.given ? b->row[r->slower.index] : NULL;
    double *fired = b->row[own->fired], *delay = b->row[own->delay];
    double *impact = b->row[own->impact], *cost = b->row[own->cost];
    for (uint32_t l = 0; l < b->lanes; l++) {
        fired[l] = fires(event[l], chance[l]);
        delay[l] = days ? fired[l] * days[l] : 0.0;
        impact[l] = days ? delay[l] : slow ? fired[l] * slow[l] : fired[l];
    }
    for (uint32_t l = 0; l < b->lanes && r->cost.given; l++) {
        bool hit = has_hit(b, r, b->until[l], l);
        cost[l] = hit ? fired[l] * b->row[r->cost.index][l] : 0.0;
        b->cost[RC_COST_RISKS][l] += cost[l];
    }
    for (uint32_t l = 0; l < b->lanes && m && m->active && m->cost.given; l++)
        b->cost[RC_COST_MITIGATION][l] += b->row[m->cost.index][l];
}

/* Teams that are paid always, from the first day to the end of the plan. */
static void close_teams(rc_block *b)
{
    for (uint32_t i = 0; i < b->plan->teams_n; i++) {
        const rc_team_clock *clock = &b->plan->teams[b->plan->teams_by_id[i]];
        const rc_team *team = clock->team;
        if (!team->paid_always)
            continue;
        for (uint32_t l = 0; l < b->lanes; l++) {
            double until = fmin(b->end[l], b->stop[l]);
            b->cost[RC_COST_PEOPLE][l] += rc_team_head_days(clock, until) *
                                          team->availability * team->cost_per_day;
        }
    }
}

static void close_phase(rc_block *b, uint32_t p)
{
    const rc_plan *plan = b->plan;
    double *row = b->row[plan->phase_rows[p]];
    for (uint32_t t = 0; t < plan->nodes_n; t++) {
        const rc_task *task = plan->nodes[t].task;
        if (!task->phase || strcmp(task->phase, plan->scenario->phases.at[p]) != 0)
            continue;
        const double *pass = b->tasks[t].pass;
        for (uint32_t l = 0; l < b->lanes; l++)
            row[l] = row[l] > pass[l] ? row[l] : pass[l];
    }
    for (uint32_t l = 0; l < b->lanes; l++)
        if (isinf(b->end[l]) || isinf(row[l]))
            row[l] = NAN; /* of futures that are not stopped */
}

/* Money spent by a working time in a future that nothing has stopped: what close_task and
 * the rest count, up to then. */
static double spent_by(const void *self, double until, uint32_t lane)
{
    const rc_block *b = self;
    const rc_plan *plan = b->plan;
    double money = 0.0;
    for (uint32_t i = 0; i < plan->nodes_n; i++) {
        const rc_activity *node = &plan->nodes[plan->tasks_by_id[i]];
        const rc_task_rows *rows = &b->tasks[plan->tasks_by_id[i]];
        double start = rows->start[lane];
        if (!rows->paid || isinf(start) || (rows->absent && rows->absent[lane]))
            continue;
        double share = share_before(start, rows->last_finish[lane], until);
        double people = rows->people ? rows->people[lane] : 0.0;
        double spent = rows->spent ? rows->spent[lane] : 0.0;
        money += share * (people + spent);
        if (node->cost != RC_NONE && share > 0.0)
            money += b->row[node->cost][lane];
    }
    for (uint32_t i = 0; i < plan->scenario->risks.n; i++)
        money += risk_money_by(b, plan->risks_by_id[i], until, lane);
    for (uint32_t i = 0; i < plan->teams_n; i++) {
        const rc_team_clock *clock = &plan->teams[plan->teams_by_id[i]];
        if (clock->team->paid_always)
            money += rc_team_head_days(clock, until) * clock->team->availability *
                     clock->team->cost_per_day;
    }
    return money;
}

/* What stops a future besides gates: the earliest counts, of several on one day the
 * first bound; what has launched by then goes on. */
static void close_stops(rc_block *b)
{
    const rc_plan *plan = b->plan;
    for (uint32_t i = plan->loops_n; i < plan->causes_n; i++) {
        rc_step step = rc_block_step(b, plan->causes[i].step);
        memcpy(b->stop_at, b->stop, RC_LANES * sizeof(double));
        step.stop_at = b->stop_at;
        step.launch = b->end;
        step.ledger = &b->ledger;
        plan->steps[plan->causes[i].step].model->stop(&step);
        for (uint32_t l = 0; l < b->lanes; l++)
            if (b->stop_at[l] < b->stop[l] && b->stop_at[l] < b->end[l]) {
                b->stop[l] = b->stop_at[l];
                b->stopped_by[l] = i;
                /* the queue has traced what this future would have waited for */
                for (uint32_t t = 0; t < plan->nodes_n; t++)
                    b->tasks[t].critical[l] = 0;
            }
    }
}

static void live(rc_block *b)
{
    const rc_plan *plan = b->plan;
    for (uint32_t l = 0; l < b->lanes && b->launched_on; l++)
        b->launched_on[l] = rc_calendar_months(&plan->calendar, b->end[l]);
    for (uint32_t i = 0; i < plan->steps_n; i++)
        if (plan->steps[i].model->live) {
            rc_step step = rc_block_step(b, i);
            step.launch = b->end;
            step.stop_at = b->stop;
            step.launched_on = b->launched_on;
            step.plan_cost = b->total_cost;
            plan->steps[i].model->live(&step);
        }
}

void rc_block_close(rc_block *b)
{
    const rc_plan *plan = b->plan;
    memset(b->end, 0, RC_LANES * sizeof(double));
    for (uint32_t i = 0; i < plan->ends_n; i++) {
        const double *pass = b->tasks[plan->ends[i]].pass;
        for (uint32_t l = 0; l < RC_LANES; l++)
            b->end[l] = pass[l] > b->end[l] ? pass[l] : b->end[l];
    }
    close_stops(b);
    for (uint32_t l = 0; l < RC_LANES; l++) {
        b->end[l] = b->end[l] > b->stop[l] ? INFINITY : b->end[l];
        b->until[l] =
            plan->launch != RC_NONE && b->end[l] < b->stop[l] ? b->end[l] : b->stop[l];
    }
    for (uint32_t i = 0; i < plan->nodes_n; i++)
        if (b->tasks[plan->tasks_by_id[i]].paid)
            close_task(b, plan->tasks_by_id[i]);
    for (uint32_t i = 0; i < plan->scenario->risks.n; i++)
        close_risk(b, plan->risks_by_id[i]);
    close_teams(b);
    memcpy(b->total_cost, b->cost[0], RC_LANES * sizeof(double));
    for (uint32_t k = 1; k < plan->cost_kinds_n; k++)
        for (uint32_t l = 0; l < RC_LANES; l++)
            b->total_cost[l] += b->cost[k][l];
    bool watched = b->first < b->detail;
    for (uint32_t p = 0; p < plan->scenario->phases.n && watched; p++)
        close_phase(b, p);
    if (watched || plan->value_row != RC_NONE)
        live(b);
}
