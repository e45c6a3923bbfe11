#include "random_scenario.h"
#include <stdio.h>

/* Splitmix64, Steele, Lea & Flood 2014. */
static uint64_t word(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

int random_below(uint64_t *state, int n)
{
    return (int)(word(state) % (uint64_t)n);
}

static bool once_in(uint64_t *state, int n)
{
    return random_below(state, n) == 0;
}

static void make_links(random_scenario *p, int t, uint64_t *s)
{
    random_task *task = &p->task[t];
    const int wanted = t == 0 ? 0 : random_below(s, t < 3 ? t + 1 : RANDOM_LINKS);
    for (int i = 0; i < wanted; i++) {
        const int from = random_below(s, t);
        bool twice = false;
        for (int k = 0; k < task->links; k++)
            twice |= task->link[k].from == from;
        if (twice)
            continue;
        random_link *link = &task->link[task->links++];
        *link = (random_link){.from = from};
        if (once_in(s, 5))
            link->lag = 1 + random_below(s, 6);
        link->calendar = link->lag && once_in(s, 2);
        link->start = once_in(s, 6);
        if (link->start && once_in(s, 2))
            link->done = 1 + random_below(s, 99);
    }
}

/* Tasks on a way from `from` to `to`, both included; false: there is none, or something
 * may still run when `to` ends. */
static bool in_span(const random_scenario *p, int from, int to, bool *span)
{
    bool after[RANDOM_TASKS] = {0}, before[RANDOM_TASKS] = {0};
    bool over[RANDOM_TASKS] = {0}, all_over = true;
    after[from] = before[to] = over[to] = true;
    for (int t = 0; t < p->tasks; t++)
        for (int i = 0; i < p->task[t].links; i++)
            after[t] |= after[p->task[t].link[i].from];
    for (int t = p->tasks; t-- > 0;)
        for (int i = 0; before[t] && i < p->task[t].links; i++) {
            before[p->task[t].link[i].from] = true;
            over[p->task[t].link[i].from] |= over[t] && !p->task[t].link[i].start;
        }
    for (int t = 0; t < p->tasks; t++) {
        span[t] = after[t] && before[t];
        all_over = all_over && (over[t] || !span[t]);
    }
    return span[from] && span[to] && all_over;
}

static void make_loops(random_scenario *p, uint64_t *s)
{
    bool taken[RANDOM_TASKS] = {0};
    for (int i = 0; i < 6; i++) {
        const int gated = random_below(s, p->tasks),
                  back_to = random_below(s, gated + 1);
        bool span[RANDOM_TASKS], overlaps = false;
        if (p->task[gated].back_to != RANDOM_NONE || !in_span(p, back_to, gated, span))
            continue;
        for (int t = 0; t < p->tasks && back_to != gated; t++)
            overlaps |= span[t] && taken[t];
        if (overlaps || (back_to == gated && once_in(s, 2)))
            continue;
        for (int t = 0; t < p->tasks && back_to != gated; t++)
            taken[t] |= span[t];
        p->task[gated].back_to = back_to;
        p->task[gated].chance = 40 + random_below(s, 55);
        p->task[gated].at_most = 1 + random_below(s, 4);
        p->task[gated].anyway = once_in(s, 2);
        p->task[gated].need = RANDOM_CHANCE;
    }
}

/* Tasks that something must finish before `to` can start. */
static bool comes_before(const random_scenario *p, int from, int to)
{
    bool before[RANDOM_TASKS] = {0};
    before[to] = true;
    for (int t = to + 1; t-- > 0;)
        for (int i = 0; before[t] && i < p->task[t].links; i++)
            if (!p->task[t].link[i].start)
                before[p->task[t].link[i].from] = true;
    return from != to && before[from];
}

/* A certain task that may be planned by a group in place of its duration. */
static int plan_one(random_scenario *p, const char *plan, int after, uint64_t *s)
{
    after = after < 0 ? 0 : after;
    for (int i = 0; i < 6 && after + 1 < p->tasks; i++) {
        random_task *task = &p->task[after + 1 + random_below(s, p->tasks - after - 1)];
        const int t = (int)(task - p->task);
        if (task->work == RANDOM_PLANNED || task->optional || task->links > 2)
            continue;
        task->work = RANDOM_PLANNED;
        task->plan = plan;
        return t;
    }
    return RANDOM_NONE;
}

static void make_search(random_scenario *p, uint64_t *s)
{
    random_search *search = &p->search;
    search->levers = 1 + random_below(s, RANDOM_LEVERS);
    for (int i = 0; i < search->levers; i++) {
        search->lever[i].works = 15 + random_below(s, 70);
        search->lever[i].gain = 4 + random_below(s, 20);
        search->lever[i].tries = once_in(s, 2) ? 1 + random_below(s, 6) : 0;
        search->lever[i].log_gain = once_in(s, 4);
        search->lever[i].crash = once_in(s, 4);
        search->lever[i].also = once_in(s, 3);
    }
    search->policy = random_below(s, 5);
    search->at_once = 1 + random_below(s, 3);
    search->test_size = once_in(s, 3) ? 0 : 500 + random_below(s, 4000);
    search->tries = once_in(s, 2) ? 3 + random_below(s, 20) : 0;
    search->target = 71 + random_below(s, 5);
    search->curve = once_in(s, 2);
    search->machines = once_in(s, 2);
    search->approaches = once_in(s, 4);
}

/* Whose figures another one needs comes first: else only the clock would say which. */
static void wait_for(random_scenario *p, int t, int from)
{
    random_task *task = &p->task[t];
    for (int i = 0; i < task->links; i++)
        if (task->link[i].from == from)
            task->link[i] = (random_link){.from = from};
    if (from != RANDOM_NONE && !comes_before(p, from, t) && task->links < RANDOM_LINKS)
        task->link[task->links++] = (random_link){.from = from};
}

/* What a gate asks for that stands behind the search. */
static void make_needs(random_scenario *p, uint64_t *s)
{
    for (int t = 0; t < p->tasks; t++)
        if (p->task[t].back_to != RANDOM_NONE && p->search.task != RANDOM_NONE &&
            (t == p->search.task || comes_before(p, p->search.task, t)))
            p->task[t].need = p->audit != RANDOM_NONE && comes_before(p, p->audit, t)
                                  ? (random_need)random_below(s, 4)
                                  : (random_need)random_below(s, 3);
}

/* Half of the scenarios look for quality, and most of these have something around it. */
static void make_groups(random_scenario *p, uint64_t *s)
{
    p->data = p->label = p->search.task = p->audit = RANDOM_NONE;
    if (once_in(s, 3))
        p->data = plan_one(p, "feed", 0, s);
    if (once_in(s, 2))
        p->label = plan_one(p, "labels", p->data, s);
    if (p->label != RANDOM_NONE)
        wait_for(p, p->label, p->data);
    if (once_in(s, 2))
        return;
    p->search.task = plan_one(p, "search", p->label > p->data ? p->label : p->data, s);
    if (p->search.task == RANDOM_NONE)
        return;
    make_search(p, s);
    if (p->search.curve)
        for (int i = 0; i < 2; i++)
            wait_for(p, p->search.task, i ? p->data : p->label);
    if (once_in(s, 3))
        p->audit = plan_one(p, "audit", p->search.task, s);
    if (p->audit != RANDOM_NONE)
        wait_for(p, p->audit, p->search.task);
    p->production = once_in(s, 2);
    p->value = p->production && once_in(s, 2);
}

static int later(int a, int b)
{
    return a > b ? a : b;
}

/* Answers that raters judge, what a red team finds, versions and tokens. */
static void make_rented(random_scenario *p, uint64_t *s)
{
    p->rented = true;
    p->red_team = plan_one(p, "red", p->search.task, s);
    if (p->red_team != RANDOM_NONE)
        wait_for(p, p->red_team, p->search.task);
    p->search.test_size = 0; /* the items that are judged */
    p->production |= p->search.task != RANDOM_NONE;
}

/* A study of the model, and an authority whose advice the first task has sought. */
static void make_medical(random_scenario *p, uint64_t *s)
{
    p->study = plan_one(p, "study", p->search.task, s);
    if (p->study != RANDOM_NONE)
        wait_for(p, p->study, p->search.task);
    p->review = plan_one(p, "review", later(p->search.task, p->study), s);
    if (p->review != RANDOM_NONE)
        wait_for(p, p->review, 0);
}

static void make_products(random_scenario *p, uint64_t *s)
{
    p->red_team = p->study = p->review = p->user_test = RANDOM_NONE;
    const int product = random_below(s, 7);
    if (product == 0)
        make_rented(p, s);
    else if (product == 1)
        make_medical(p, s);
    if (once_in(s, 7))
        p->user_test = plan_one(p, "users", p->search.task, s);
    if (p->user_test != RANDOM_NONE)
        wait_for(p, p->user_test, p->search.task);
    if (once_in(s, 6)) {
        p->look = 10 + random_below(s, 60);
        p->limit = 5 + random_below(s, 80);
    }
}

/* What a gate asks for that a product's own task has shown. */
static void make_product_needs(random_scenario *p, uint64_t *s)
{
    const struct {
        int task;
        random_need need;
    } shown[] = {{p->rented ? p->red_team : RANDOM_NONE, RANDOM_HELPFUL},
                 {p->study, RANDOM_PROOF},
                 {p->user_test, RANDOM_SHIPS}};
    for (int i = 0; i < 3; i++)
        for (int t = 0; t < p->tasks && shown[i].task != RANDOM_NONE; t++)
            if (p->task[t].back_to != RANDOM_NONE &&
                (t == shown[i].task ||
                 (comes_before(p, shown[i].task, t) && once_in(s, 2))))
                p->task[t].need = shown[i].need;
}

random_scenario random_scenario_make(uint64_t seed)
{
    uint64_t state = seed, *s = &state;
    random_scenario p = {.tasks = 4 + random_below(s, RANDOM_TASKS - 3)};
    for (int t = 0; t < p.tasks; t++) {
        random_task *task = &p.task[t];
        *task = (random_task){.choice = RANDOM_NONE, .back_to = RANDOM_NONE};
        snprintf(task->id, sizeof task->id, "%c%02d", 'a' + random_below(s, 26), t);
        task->law = random_below(s, 6);
        task->size = 1 + random_below(s, 20);
        task->work = once_in(s, 5)    ? RANDOM_EFFORT
                     : once_in(s, 8)  ? RANDOM_CALENDAR
                     : once_in(s, 12) ? RANDOM_NOTHING
                                      : RANDOM_DURATION;
        task->devs =
            task->work == RANDOM_EFFORT ? 1 + random_below(s, 2) : random_below(s, 3);
        task->ops = once_in(s, 4);
        if (once_in(s, 8))
            task->optional = 10 + random_below(s, 80);
        if (once_in(s, 8))
            task->not_before = random_below(s, 40);
        task->frozen = once_in(s, 5);
        task->costs = once_in(s, 4);
        make_links(&p, t, s);
    }
    p.risks = once_in(s, 2);
    p.factors = once_in(s, 2);
    p.correlated = once_in(s, 2);
    p.week = random_below(s, 3);
    p.start = random_below(s, 7);
    p.holidays = random_below(s, 4);
    p.deadline = 20 + random_below(s, 200);
    p.budget = 10 + random_below(s, 150);
    /* something that takes place in every future */
    p.task[0].work = RANDOM_DURATION;
    p.task[0].optional = 0;
    make_groups(&p, s);
    make_products(&p, s);
    make_loops(&p, s);
    make_needs(&p, s);
    make_product_needs(&p, s);
    if (p.tasks > 6 && once_in(s, 3) && p.task[2].work != RANDOM_PLANNED &&
        p.task[4].work != RANDOM_PLANNED)
        p.task[2].choice = p.task[4].choice = 0;
    return p;
}
