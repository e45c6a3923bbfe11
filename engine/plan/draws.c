/* draws.c -- what chance decides before anything happens: which rows are drawn, by which
 * tables, and which of them move together. */
#include "plan/passes.h"
#include <string.h>

/* ------------------------------------------------------------------- draws */

/* A row of its own for an event: its word, as a number in (0, 1). Returns which. */
static uint32_t add_event(rc_plan *plan, const char *format, const char *id,
                          bool *failed)
{
    char *name = rc_arena_print(plan->arena, format, id);
    *failed |= name == NULL;
    plan->draws[plan->draws_n++] = (rc_draw){name, RC_NONE, plan->events_n, RC_NONE};
    return plan->events_n++;
}

/* Exactly one task of a choice takes place: each has a part of the unit interval as wide
 * as its weight, in the order of ids. */
static void share_out(rc_plan *plan, const char *choice, bool *failed)
{
    uint32_t event = add_event(plan, "one_of.%s", choice, failed);
    double sum = 0.0, at = 0.0;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < plan->nodes_n; i++) {
            rc_activity *node = &plan->nodes[plan->tasks_by_id[i]];
            const rc_task *task = node->task;
            if (!task->one_of || strcmp(task->one_of, choice) != 0)
                continue;
            if (pass == 0) {
                sum += task->weight;
                continue;
            }
            node->choice = event;
            node->choice_low = at / sum;
            at += task->weight;
            node->choice_high = at / sum;
        }
}

rc_status rc_plan_draws(rc_plan *plan, rc_error *err)
{
    const rc_scenario *s = plan->scenario;
    const rc_risk *risk = s->risks.at;
    bool failed = false;
    uint32_t room = s->estimates_n + s->risks.n + 2 * s->tasks.n;
    plan->draws = rc_plan_take(plan, room, sizeof *plan->draws, &failed);
    if (failed)
        return rc_fail(err, RC_IO, "out of memory for the draws");
    for (uint32_t i = 0; i < s->estimates_n; i++)
        if (s->estimate_rows[i]->kind == RC_ESTIMATE_ONCE)
            plan->draws[plan->draws_n++] =
                (rc_draw){s->estimates[i]->name, i, RC_NONE, RC_NONE};
    for (uint32_t i = 0; i < s->risks.n; i++) /* first, so that event i is risk i */
        add_event(plan, "risks.%s.fires", risk[i].head.id, &failed);
    for (uint32_t t = 0; t < plan->nodes_n; t++) {
        rc_activity *node = &plan->nodes[t];
        if (node->task->optional.given)
            node->occurs =
                add_event(plan, "tasks.%s.occurs", node->task->head.id, &failed);
        if (node->task->one_of && node->choice == RC_NONE)
            share_out(plan, node->task->one_of, &failed);
    }
    return failed ? rc_fail(err, RC_IO, "out of memory for the draws") : RC_OK;
}

/* ------------------------------------------------------------------ tables */

static bool same_law(const rc_law *a, const rc_law *b)
{
    for (int i = 0; i < 5; i++)
        if (a->p[i] != b->p[i])
            return false;
    return a->kind == b->kind && a->floor_at == b->floor_at && !a->parts_n;
}

/* The table of the same estimate in the base plan, where its law is the same. It mostly
 * stands where it stands here: the search begins there. */
static const rc_table *borrowed(const rc_plan *base, const rc_estimate *e)
{
    uint32_t n = base ? base->scenario->estimates_n : 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = (uint32_t)(((uint64_t)e->index + k) % n);
        const rc_estimate *other = base->scenario->estimates[i];
        if (strcmp(other->name, e->name) == 0)
            return same_law(&other->law, &e->law) ? base->tables[i] : NULL;
    }
    return NULL;
}

rc_status rc_plan_tables(rc_plan *plan, rc_error *err)
{
    const rc_scenario *s = plan->scenario;
    bool failed = false;
    const rc_law **laws = rc_plan_take(plan, s->estimates_n, sizeof *laws, &failed);
    const rc_table **own = rc_plan_take(plan, s->estimates_n, sizeof *own, &failed);
    plan->tables = rc_plan_take(plan, s->estimates_n, sizeof *plan->tables, &failed);
    if (failed)
        return rc_fail(err, RC_IO, "out of memory for the tables");
    for (uint32_t i = 0; i < s->estimates_n; i++) {
        plan->tables[i] = borrowed(plan->base, s->estimates[i]);
        laws[i] = plan->tables[i] ? NULL : &s->estimates[i]->law;
    }
    rc_status status = rc_tables_build(own, laws, s->estimates_n, plan->arena, err);
    for (uint32_t i = 0; i < s->estimates_n && status == RC_OK; i++)
        if (laws[i])
            plan->tables[i] = own[i];
    return status;
}

/* ---------------------------------------------------------------- copulas */

/* A correlated estimate means its draw; the chance of a risk means its firing. */
static uint32_t draw_of(const rc_plan *plan, uint32_t estimate)
{
    const rc_risk *risk = plan->scenario->risks.at;
    uint32_t found = RC_NONE;
    for (uint32_t i = 0; i < plan->draws_n; i++) {
        const rc_draw *draw = &plan->draws[i];
        if (draw->estimate == estimate)
            found = i;
        else if (draw->estimate == RC_NONE && draw->event < plan->scenario->risks.n &&
                 risk[draw->event].chance.index == estimate)
            return i;
    }
    return found;
}

/* component[draw]: smallest draw that it is linked to, RC_NONE: correlated with nothing. */
static void connect(const rc_plan *plan, uint32_t *component)
{
    const rc_correlation *link = plan->scenario->correlations.at;
    for (uint32_t i = 0; i < plan->draws_n; i++)
        component[i] = RC_NONE;
    for (uint32_t c = 0; c < plan->scenario->correlations.n; c++) {
        uint32_t first = draw_of(plan, link[c].between[0]);
        for (uint32_t k = 0; k < link[c].between_n; k++) {
            uint32_t d = draw_of(plan, link[c].between[k]);
            uint32_t a = component[first] == RC_NONE ? first : component[first];
            uint32_t b = component[d] == RC_NONE ? d : component[d];
            uint32_t low = a < b ? a : b, high = a < b ? b : a;
            component[first] = component[d] = low;
            for (uint32_t i = 0; i < plan->draws_n; i++)
                if (component[i] == high)
                    component[i] = low;
        }
    }
}

/* The draws of a component, by name: the rows of a Cholesky factor have an order. */
static uint32_t members(const rc_plan *plan, const uint32_t *component, uint32_t root,
                        uint32_t *member)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < plan->draws_n; i++) {
        if (component[i] != root)
            continue;
        uint32_t at = n++;
        for (; at > 0 &&
               strcmp(plan->draws[i].name, plan->draws[member[at - 1]].name) < 0;
             at--)
            member[at] = member[at - 1];
        member[at] = i;
    }
    return n;
}

static uint32_t place_in(const uint32_t *member, uint32_t n, uint32_t draw)
{
    uint32_t i = 0;
    while (i < n && member[i] != draw)
        i++;
    return i;
}

static void fill_rho(const rc_plan *plan, const uint32_t *member, uint32_t n,
                     double *rho)
{
    const rc_correlation *link = plan->scenario->correlations.at;
    for (uint32_t i = 0; i < n; i++)
        rho[(size_t)i * n + i] = 1.0;
    for (uint32_t c = 0; c < plan->scenario->correlations.n; c++)
        for (uint32_t x = 0; x < link[c].between_n; x++)
            for (uint32_t y = 0; y < link[c].between_n; y++) {
                uint32_t i = place_in(member, n, draw_of(plan, link[c].between[x]));
                uint32_t j = place_in(member, n, draw_of(plan, link[c].between[y]));
                if (x != y && i < n) /* then j, too: what is linked is one group */
                    rho[(size_t)i * n + j] = rc_copula_rho(link[c].strength);
            }
}

rc_status rc_plan_copulas(rc_plan *plan, rc_error *err)
{
    bool failed = false;
    uint32_t room = plan->scenario->correlations.n;
    uint32_t *component = rc_plan_take(plan, plan->draws_n, sizeof *component, &failed);
    plan->groups = rc_plan_take(plan, room, sizeof *plan->groups, &failed);
    if (!failed)
        connect(plan, component);
    for (uint32_t root = 0; root < plan->draws_n && !failed; root++) {
        if (component[root] != root)
            continue;
        rc_draw_group *group = &plan->groups[plan->groups_n];
        uint32_t *member = rc_plan_take(plan, plan->draws_n, sizeof *member, &failed);
        uint32_t n = failed ? 0 : members(plan, component, root, member);
        double *rho = rc_plan_take(plan, (size_t)n * n, sizeof *rho, &failed);
        if (failed)
            break;
        fill_rho(plan, member, n, rho);
        uint32_t bad_i, bad_j;
        double largest;
        rc_status status = rc_copula_make(&group->copula, rho, n, plan->arena, &bad_i,
                                          &bad_j, &largest, err);
        if (status != RC_OK)
            return status;
        group->draws = member;
        group->n = n;
        for (uint32_t i = 0; i < n; i++)
            plan->draws[member[i]].group = plan->groups_n;
        plan->groups_n++;
    }
    return failed ? rc_fail(err, RC_IO, "out of memory for the correlations") : RC_OK;
}
