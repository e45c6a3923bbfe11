/* links.c -- ids become indices: who, after, plan, gate, hits, affects, between. */
#include "scenario/build.h"
#include "scenario/faults.h"
#include "base/hash.h"
#include "base/text.h"
#include <stdio.h>
#include <string.h>

/* --------------------------------------------------------------------- names */

struct rc_names {
    uint32_t n, mask;
    const char *const *ids; /* by index */
    const uint32_t *slots;  /* 1 + index, 0 free */
};

const rc_names *rc_names_of(rc_arena *arena, const rc_list *list, size_t size)
{
    const char **ids = rc_arena_alloc(arena, list->n + 1, sizeof *ids);
    for (uint32_t i = 0; ids && i < list->n; i++)
        ids[i] = ((const rc_head *)((const char *)list->at + i * size))->id;
    return ids ? rc_names_from(arena, ids, list->n) : NULL;
}

const rc_names *rc_names_from(rc_arena *arena, const char *const *ids, uint32_t n)
{
    rc_names *names = rc_arena_alloc(arena, 1, sizeof *names);
    uint32_t slots_n = 16;
    while (slots_n < 2 * n)
        slots_n *= 2;
    uint32_t *slots = rc_arena_alloc(arena, slots_n, sizeof *slots);
    if (!names || !slots)
        return NULL;
    *names = (rc_names){n, slots_n - 1, ids, slots};
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = (uint32_t)rc_hash_text(ids[i]) & names->mask;
        while (slots[k] && strcmp(ids[slots[k] - 1], ids[i]) != 0)
            k = (k + 1) & names->mask;
        if (!slots[k])
            slots[k] = i + 1;
    }
    return names;
}

uint32_t rc_names_find(const rc_names *names, const char *id)
{
    uint32_t k = (uint32_t)rc_hash_text(id) & names->mask;
    while (names->slots[k] && strcmp(names->ids[names->slots[k] - 1], id) != 0)
        k = (k + 1) & names->mask;
    return names->slots[k] - 1;
}

const char *rc_names_near(const rc_building *b, const rc_names *names, const char *id)
{
    return rc_near(rc_faults_of(b), rc_arena_of(b), id, names->ids,
                   names->n < 2000 ? names->n : 2000);
}

/* -------------------------------------------------------------------- pieces */

/* The next piece of a list "a, b, c"; false at its end. */
static bool next_piece(rc_slice *rest, rc_slice *piece)
{
    if (!rest->at)
        return false;
    const char *comma = memchr(rest->at, ',', rest->n);
    size_t n = comma ? (size_t)(comma - rest->at) : rest->n;
    *piece = rc_slice_trim((rc_slice){rest->at, n});
    *rest = comma ? (rc_slice){comma + 1, rest->n - n - 1} : (rc_slice){0};
    return true;
}

enum { PIECES = 1000 }; /* of one list */
enum { PHASE_BYTES = 100 };

static uint32_t pieces_in(const char *text)
{
    uint32_t n = 1;
    for (; (text = strchr(text, ',')); text++)
        n++;
    return n;
}

static bool is_long(rc_building *b, const char *text, rc_position at)
{
    if (pieces_in(text) <= PIECES)
        return false;
    rc_fault(rc_faults_of(b), at, NULL, "more than %d names in one text", PIECES);
    return true;
}

static const char *cut(rc_building *b, rc_slice s)
{
    const char *text = rc_arena_slice(rc_arena_of(b), s.at, s.n);
    b->fill.no_memory |= !text;
    return text ? text : "";
}

static uint32_t find_task(rc_building *b, const char *id, rc_position at)
{
    uint32_t task = rc_names_find(b->tasks, id);
    if (task == UINT32_MAX)
        rc_fault(rc_faults_of(b), at, rc_names_near(b, b->tasks, id),
                 "there is no task '%s'", id);
    return task;
}

static uint32_t find_team(rc_building *b, const char *id, rc_position at)
{
    uint32_t team = rc_names_find(b->teams, id);
    if (team == UINT32_MAX)
        rc_fault(rc_faults_of(b), at, rc_names_near(b, b->teams, id),
                 "there is no team '%s'", id);
    return team;
}

/* --------------------------------------------------------------------- tasks */

/* "1 ds, 0.2 risk" */
static void link_who(rc_building *b, rc_task *task)
{
    const char *text = task->who_text;
    uint32_t before = rc_faults_errors(rc_faults_of(b));
    if (!text) {
        b->who_unclear |= rc_is_given(&b->fill, &task->who_text);
        return;
    }
    rc_position at = rc_place_of(&b->fill, &task->who_text, task->head.at);
    if (is_long(b, text, at))
        return;
    rc_who *who = rc_room(b, pieces_in(text), sizeof *who);
    rc_slice rest = rc_slice_of(text), piece;
    while (who && next_piece(&rest, &piece)) {
        rc_position here = rc_inside(at, text, piece.at, piece.n);
        double people = 0;
        size_t n = rc_number_read(&people, piece);
        rc_slice id = rc_slice_trim((rc_slice){piece.at + n, piece.n - n});
        if (!n || !id.n || !(people >= .001 && people <= 1e6)) {
            rc_fault(rc_faults_of(b), here, "as in who = \"1 ds, 0.2 risk\"",
                     "'%s' names no people: how many, then the team", cut(b, piece));
            continue;
        }
        uint32_t team = find_team(b, cut(b, id), rc_inside(at, text, id.at, id.n));
        bool twice = false;
        for (uint32_t i = 0; i < task->who_n; i++)
            twice |= who[i].team == team;
        if (team == UINT32_MAX)
            continue;
        if (twice)
            rc_fault(rc_faults_of(b), here, NULL, "the team '%s' is named twice",
                     cut(b, id));
        else
            who[task->who_n++] = (rc_who){team, people};
    }
    b->who_unclear |= rc_faults_errors(rc_faults_of(b)) != before;
    task->who = who;
}

static bool drop_word(rc_slice *s, const char *word)
{
    size_t n = strlen(word);
    if (s->n <= n || memcmp(s->at, word, n) != 0 || s->at[n] != ' ')
        return false;
    *s = rc_slice_trim((rc_slice){s->at + n, s->n - n});
    return true;
}

/* "50 % of" before an id: the share, 0 where there is none. False: not lawful. */
static bool take_share(rc_building *b, rc_slice *id, double *done, const char *text,
                       rc_position at)
{
    double percent;
    size_t n = rc_number_read(&percent, *id);
    if (!n)
        return true;
    rc_slice rest = rc_slice_trim((rc_slice){id->at + n, id->n - n});
    bool sign = rest.n && rest.at[0] == '%';
    rest = rc_slice_trim((rc_slice){rest.at + sign, rest.n - sign});
    rc_position here = rc_inside(at, text, id->at, id->n);
    if (!sign || !drop_word(&rest, "of")) {
        rc_fault(rc_faults_of(b), here, "as in after = [ \"50 % of label\" ]",
                 "'%s' names no task", cut(b, *id));
        return false;
    }
    if (!(percent > 0 && percent < 100)) {
        rc_fault(rc_faults_of(b), here,
                 percent > 0 ? "its end is the id alone"
                             : "its beginning is \"start of\"",
                 "a share of a task lies above 0 and below 100 %%");
        return false;
    }
    *done = percent / 100;
    *id = rest;
    return true;
}

/* "id", "id + 3 days", "id + 3 calendar days", "start of id", "start of id + 2 days",
 * "50 % of id", "50 % of id + 2 days" */
static bool link_one_after(rc_building *b, rc_after *out, const char *text,
                           rc_position at)
{
    static const rc_setting lag_row = {
        .key = "after", .kind = RC_ESTIMATE_ONCE, .dimension = RC_TIME};
    rc_slice s = rc_slice_trim(rc_slice_of(text));
    const char *plus = memchr(s.at, '+', s.n);
    rc_slice id = rc_slice_trim((rc_slice){s.at, plus ? (size_t)(plus - s.at) : s.n});
    rc_slice start = id;
    if (drop_word(&start, "start") && drop_word(&start, "of")) {
        out->start = true;
        id = start;
    } else if (!take_share(b, &id, &out->done, text, at)) {
        return false;
    }
    out->start |= out->done > 0;
    out->task = find_task(b, cut(b, id), rc_inside(at, text, id.at, id.n));
    if (plus) {
        rc_slice lag =
            rc_slice_trim((rc_slice){plus + 1, s.n - (size_t)(plus + 1 - s.at)});
        rc_estimate e = {0};
        rc_position here = rc_inside(at, text, lag.at, lag.n);
        b->fill.reading.name = "after";
        if (!rc_estimate_parse(&e, &b->fill.reading, &lag_row, cut(b, lag), here))
            return false;
        if (e.law.kind != RC_CONSTANT) {
            rc_fault(rc_faults_of(b), here,
                     "let a task of its own take an uncertain time",
                     "the time after '%s' must be a point, as \"3 days\"", cut(b, id));
            return false;
        }
        out->lag_days = e.law.p[0];
        out->lag_calendar = e.calendar;
    }
    return out->task != UINT32_MAX;
}

static void link_after(rc_building *b, rc_task *task)
{
    const rc_texts *texts = &task->after_texts;
    rc_after *after = rc_room(b, texts->n, sizeof *after);
    for (uint32_t i = 0; after && i < texts->n; i++) {
        rc_after one = {0};
        if (link_one_after(b, &one, texts->at[i], texts->where[i]))
            after[task->after_n++] = one;
    }
    task->after = after;
}

static void link_plan(rc_building *b, rc_task *task)
{
    if (!task->plan)
        return;
    rc_position at = rc_place_of(&b->fill, &task->plan, task->head.at);
    const char *candidates[64];
    size_t n = 0;
    for (uint32_t i = 0; i < b->s->models_n; i++) {
        const rc_model_groups *m = &b->s->models[i];
        bool is_model = strcmp(m->model->id, task->plan) == 0;
        if (is_model && !m->model->is_plan) {
            rc_fault(rc_faults_of(b), at, NULL, "'%s' is no plan of a task",
                     task->plan);
            return;
        }
        if (m->model->is_plan && n < 64)
            candidates[n++] = m->model->id;
        for (uint32_t k = 0; m->model->is_plan && k < m->n; k++) {
            const rc_head *head =
                (const rc_head *)((const char *)m->at + k * m->model->group->size);
            if (n < 64)
                candidates[n++] = head->id;
            if (strcmp(head->id, task->plan) == 0 || (is_model && m->n == 1)) {
                task->model = m->model;
                task->settings = head;
                return;
            }
        }
        if (is_model) {
            rc_fault(rc_faults_of(b), at,
                     m->n ? "name the one that is meant by its id" : NULL,
                     m->n ? "there are several '%s'"
                          : "the plan '%s' has no group of that name in this file",
                     task->plan);
            return;
        }
    }
    rc_fault(rc_faults_of(b), at,
             rc_near(rc_faults_of(b), rc_arena_of(b), task->plan, candidates, n),
             "there is no plan '%s'", task->plan);
}

static void link_gate(rc_building *b, rc_task *task, const rc_names *gates)
{
    if (!task->gate_id)
        return;
    uint32_t gate = rc_names_find(gates, task->gate_id);
    rc_position at = rc_place_of(&b->fill, &task->gate_id, task->head.at);
    if (gate == UINT32_MAX)
        rc_fault(rc_faults_of(b), at, rc_names_near(b, gates, task->gate_id),
                 "there is no gate '%s'", task->gate_id);
    else
        task->gate = (const rc_gate *)b->s->gates.at + gate;
}

/* Exactly one of duration, effort, plan; a bare milestone takes no time. */
static void link_time(rc_building *b, rc_task *task)
{
    int ways = rc_is_given(&b->fill, &task->duration) +
               rc_is_given(&b->fill, &task->effort) +
               rc_is_given(&b->fill, &task->plan);
    const void *const members[] = {&task->duration, &task->effort, &task->plan};
    rc_position at = task->head.at;
    bool changed = rc_place_of_change(&at, &b->fill, members, 3);
    if (ways > 1)
        rc_fault(rc_faults_of(b), at,
                 changed
                     ? "a change adds a setting and takes none away: change the one "
                       "that is there"
                     : NULL,
                 "the task '%s' needs one of 'duration', 'effort', 'plan', not several",
                 task->head.id);
    if (ways == 0 && !task->milestone)
        rc_fault(
            rc_faults_of(b), task->head.at, "as in duration = \"3 to 12 days\"",
            "the task '%s' says not how long it takes: 'duration', 'effort' or 'plan'",
            task->head.id);
    if (rc_is_given(&b->fill, &task->effort) && !rc_is_given(&b->fill, &task->who_text))
        rc_fault(rc_faults_of(b), at, "as in who = \"1 ds\"",
                 "the effort of '%s' needs 'who' does it", task->head.id);
    if (ways != 0 || !task->milestone)
        return;
    static const rc_setting row = {
        .key = "duration", .kind = RC_ESTIMATE_ONCE, .dimension = RC_TIME};
    b->fill.reading.fallback = true;
    if (rc_estimate_parse(&task->duration, &b->fill.reading, &row, "0 days",
                          task->head.at)) {
        task->duration.origin = RC_DEFAULT;
        task->duration.key = "duration";
        rc_number_estimate(
            &b->fill, &task->duration, &row,
            rc_arena_print(rc_arena_of(b), "tasks.%s.duration", task->head.id));
    }
    b->fill.reading.fallback = false;
}

/* A phase is its own id: it stands in the paths of results. */
static void check_phases(rc_building *b)
{
    const rc_texts *phases = &b->s->phases;
    for (uint32_t i = 0; i < phases->n; i++)
        if (strlen(phases->at[i]) > PHASE_BYTES || strpbrk(phases->at[i], "[]"))
            rc_fault(rc_faults_of(b), phases->where[i], NULL,
                     "a phase is named in at most %d bytes, without [ and ]",
                     PHASE_BYTES);
}

static void link_phase(rc_building *b, rc_task *task)
{
    const rc_texts *phases = &b->s->phases;
    if (!task->phase || !phases->n)
        return;
    for (uint32_t i = 0; i < phases->n; i++)
        if (strcmp(phases->at[i], task->phase) == 0)
            return;
    rc_fault(
        rc_faults_of(b), rc_place_of(&b->fill, &task->phase, task->head.at),
        rc_near(rc_faults_of(b), rc_arena_of(b), task->phase, phases->at, phases->n),
        "there is no phase '%s' in phases", task->phase);
}

/* --------------------------------------------------------------------- others */

/* Given, be it wrongly. */
static bool is_there(const rc_building *b, const rc_estimate *e)
{
    return e->given || rc_is_given(&b->fill, e);
}

static void link_risk(rc_building *b, rc_risk *risk)
{
    uint32_t *hits = rc_room(b, risk->hits_texts.n, sizeof *hits);
    for (uint32_t i = 0; hits && i < risk->hits_texts.n; i++) {
        uint32_t task = find_task(b, risk->hits_texts.at[i], risk->hits_texts.where[i]);
        if (task != UINT32_MAX && !b->touched[task]) {
            b->touched[task] = true;
            hits[risk->hits_n++] = task;
        }
    }
    for (uint32_t i = 0; i < risk->hits_n; i++)
        b->touched[hits[i]] = false;
    risk->hits = hits;
    bool moves = is_there(b, &risk->delay) || is_there(b, &risk->slower);
    bool hits_unclear =
        !risk->hits_texts.at && rc_is_given(&b->fill, &risk->hits_texts);
    if (!moves && !is_there(b, &risk->cost))
        rc_fault(rc_faults_of(b), risk->head.at, "give it a delay, a slower or a cost",
                 "the risk '%s' does nothing when it happens", risk->head.id);
    else if (!risk->hits_texts.n && !hits_unclear)
        rc_unused(
            rc_faults_of(b), risk->head.at,
            moves
                ? "as in hits = [ \"features\" ]"
                : "as in hits = [ \"features\" ]: the cost falls due once that begins",
            "the risk '%s' hits nothing", risk->head.id);
}

static bool works_on(const rc_task *task, uint32_t team)
{
    for (uint32_t i = 0; i < task->who_n; i++)
        if (task->who[i].team == team)
            return true;
    return false;
}

/* "who: ds, mle" or "tasks: pull, features" */
static void link_factor(rc_building *b, rc_shared_factor *factor)
{
    const char *text = factor->affects_text;
    if (!text)
        return;
    rc_position at = rc_place_of(&b->fill, &factor->affects_text, factor->head.at);
    const char *colon = strchr(text, ':');
    rc_slice word = rc_slice_trim((rc_slice){text, colon ? (size_t)(colon - text) : 0});
    bool who = rc_slice_is(word, "who");
    if (!who && !rc_slice_is(word, "tasks")) {
        rc_fault(rc_faults_of(b), at, "\"who: ds, mle\" or \"tasks: pull, features\"",
                 "'affects' begins with who: or tasks:");
        return;
    }
    uint32_t n = b->s->tasks.n;
    if (is_long(b, text, at))
        return;
    uint32_t faults = 0, touched_n = 0;
    rc_slice rest = rc_slice_of(colon + 1), piece;
    while (next_piece(&rest, &piece)) {
        rc_position here = rc_inside(at, text, piece.at, piece.n);
        uint32_t i =
            who ? find_team(b, cut(b, piece), here) : find_task(b, cut(b, piece), here);
        faults += i == UINT32_MAX;
        if (!who && i != UINT32_MAX)
            b->touched[i] = true;
        for (uint32_t t = 0; who && i != UINT32_MAX && t < n; t++)
            b->touched[t] |= works_on(&rc_tasks(b->s)[t], i);
    }
    for (uint32_t t = 0; t < n; t++)
        touched_n += b->touched[t];
    uint32_t *list = rc_room(b, touched_n, sizeof *list);
    for (uint32_t t = 0; list && t < n; t++)
        if (b->touched[t])
            list[factor->tasks_n++] = t;
    memset(b->touched, 0, n * sizeof *b->touched);
    factor->tasks = list;
    if (!factor->tasks_n && !faults)
        rc_unused(rc_faults_of(b), at, NULL, "the shared factor '%s' affects no task",
                  factor->head.id);
}

/* Tasks that levers and the like wait for, `needs` of a model's group, and those that
 * other settings name. */
static void link_model_needs(rc_building *b, const rc_group *group, const char *at)
{
    for (const rc_setting *row = group->settings; row->key; row++) {
        const void *member = at + row->offset;
        if (row->kind == RC_TEXTS && strcmp(row->key, "needs") == 0) {
            const rc_texts *texts = member;
            for (uint32_t i = 0; i < texts->n; i++)
                find_task(b, texts->at[i], texts->where[i]);
        } else if (row->kind == RC_TASK) {
            const char *task = *(const char *const *)member;
            if (task)
                find_task(b, task, rc_place_of(&b->fill, member, (rc_position){0}));
        } else if (row->kind == RC_LIST) {
            const rc_list *list = member;
            for (uint32_t i = 0; i < list->n; i++)
                link_model_needs(b, row->of,
                                 (const char *)list->at + i * row->of->size);
        } else if (row->kind == RC_GROUP && *(const void *const *)member) {
            link_model_needs(b, row->of, *(const void *const *)member);
        }
    }
}

/* ---------------------------------------------------------------- correlations */

static uint32_t find_quantity(rc_building *b, const rc_names *risks, const char *id,
                              rc_position at)
{
    rc_faults *faults = rc_faults_of(b);
    uint32_t task = rc_names_find(b->tasks, id), risk = rc_names_find(risks, id);
    const rc_estimate *found = NULL;
    if (task != UINT32_MAX && risk != UINT32_MAX) {
        rc_fault(faults, at, "write the full name, as \"risks.x.chance\"",
                 "'%s' is a task and a risk", id);
        return UINT32_MAX;
    }
    if (task != UINT32_MAX) {
        const rc_task *t = &rc_tasks(b->s)[task];
        found = t->duration.given ? &t->duration : t->effort.given ? &t->effort : NULL;
        if (!found) {
            rc_fault(faults, at, "name an estimate of its plan",
                     "the task '%s' has neither a duration nor an effort of its own",
                     id);
            return UINT32_MAX;
        }
    } else if (risk != UINT32_MAX) {
        found = &((const rc_risk *)b->s->risks.at)[risk].chance;
        if (!found->given)
            return UINT32_MAX; /* its fault is known */
    }
    if (!found && rc_names_find(b->quantities, id) != UINT32_MAX)
        found = b->fill.estimates[rc_names_find(b->quantities, id)];
    if (!found) {
        const char *near = rc_names_near(b, b->tasks, id);
        if (!near)
            near = rc_names_near(b, risks, id);
        rc_fault(faults, at, near, "'%s' is no task, no risk and no estimate", id);
        return UINT32_MAX;
    }
    if (b->fill.rows[found->index]->kind == RC_ESTIMATE_EACH) {
        rc_fault(faults, at, NULL,
                 "'%s' is drawn anew at each use and cannot move with another", id);
        return UINT32_MAX;
    }
    return found->index;
}

static void link_correlation(rc_building *b, rc_correlation *c, const rc_names *risks)
{
    uint32_t *between = rc_room(b, c->between_texts.n, sizeof *between);
    if (rc_is_given(&b->fill, &c->between_texts) && c->between_texts.n < 2)
        rc_fault(rc_faults_of(b), c->head.at, NULL,
                 "the correlation '%s' needs two quantities or more", c->head.id);
    if (c->between_texts.n > PIECES) {
        rc_fault(rc_faults_of(b), c->head.at, NULL, "more than %d names in one text",
                 PIECES);
        return;
    }
    for (uint32_t i = 0; between && i < c->between_texts.n; i++) {
        const char *id = c->between_texts.at[i];
        rc_position at = c->between_texts.where[i];
        uint32_t index = find_quantity(b, risks, id, at);
        bool twice = false;
        for (uint32_t k = 0; k < c->between_n; k++)
            twice |= between[k] == index;
        if (twice && index != UINT32_MAX)
            rc_fault(rc_faults_of(b), at, NULL, "'%s' stands here twice", id);
        else if (index != UINT32_MAX)
            between[c->between_n++] = index;
    }
    c->between = between;
}

void rc_link(rc_building *b)
{
    rc_scenario *s = b->s;
    rc_arena *arena = rc_arena_of(b);
    b->tasks = rc_names_of(arena, &s->tasks, sizeof(rc_task));
    b->teams = rc_names_of(arena, &s->team, sizeof(rc_team));
    const rc_names *gates = rc_names_of(arena, &s->gates, sizeof(rc_gate));
    const rc_names *risks = rc_names_of(arena, &s->risks, sizeof(rc_risk));
    b->touched = rc_room(b, s->tasks.n, sizeof *b->touched);
    if (!b->tasks || !b->teams || !gates || !risks || !b->touched) {
        b->fill.no_memory = true;
        return;
    }
    check_phases(b);
    for (uint32_t i = 0; i < s->tasks.n; i++) {
        rc_task *task = &rc_tasks(s)[i];
        link_time(b, task);
        link_who(b, task);
        link_after(b, task);
        link_plan(b, task);
        b->plan_unclear |= rc_is_given(&b->fill, &task->plan) && !task->model;
        link_gate(b, task, gates);
        link_phase(b, task);
    }
    for (uint32_t i = 0; i < s->calendar.freezes.n; i++) {
        const rc_freeze *freeze = (const rc_freeze *)s->calendar.freezes.at + i;
        for (uint32_t k = 0; k < freeze->blocks.n; k++)
            find_task(b, freeze->blocks.at[k], freeze->blocks.where[k]);
    }
    for (uint32_t i = 0; i < s->risks.n; i++)
        link_risk(b, (rc_risk *)s->risks.at + i);
    for (uint32_t i = 0; i < s->shared_factors.n; i++)
        link_factor(b, (rc_shared_factor *)s->shared_factors.at + i);
    const char **names = rc_room(b, b->fill.estimates_n, sizeof *names);
    for (uint32_t i = 0; names && i < b->fill.estimates_n; i++)
        names[i] = b->fill.estimates[i]->name;
    b->quantities = names ? rc_names_from(arena, names, b->fill.estimates_n) : NULL;
    b->fill.no_memory |= !b->quantities;
    for (uint32_t i = 0; b->quantities && i < s->correlations.n; i++)
        link_correlation(b, (rc_correlation *)s->correlations.at + i, risks);
    for (uint32_t i = 0; i < s->models_n; i++)
        for (uint32_t k = 0; k < s->models[i].n; k++)
            link_model_needs(b, s->models[i].model->group,
                             (const char *)s->models[i].at +
                                 k * s->models[i].model->group->size);
}
