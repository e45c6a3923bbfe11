#include "random_plan.h"
#include <stdio.h>
#include <string.h>
#include "base/date.h"

/* Splitmix64, Steele, Lea & Flood 2014. */
static uint64_t word(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static int below(uint64_t *state, int n)
{
    return (int)(word(state) % (uint64_t)n);
}

static bool once_in(uint64_t *state, int n)
{
    return below(state, n) == 0;
}

/* -------------------------------------------------------------------- made */

static void make_links(random_plan *p, int t, uint64_t *s)
{
    random_task *task = &p->task[t];
    const int wanted = t == 0 ? 0 : below(s, t < 3 ? t + 1 : RANDOM_LINKS);
    for (int i = 0; i < wanted; i++) {
        const int from = below(s, t);
        bool twice = false;
        for (int k = 0; k < task->links; k++)
            twice |= task->link[k].from == from;
        if (twice)
            continue;
        random_link *link = &task->link[task->links++];
        *link = (random_link){.from = from};
        if (once_in(s, 5))
            link->lag = 1 + below(s, 6);
        link->calendar = link->lag && once_in(s, 2);
        link->start = once_in(s, 6);
        if (link->start && once_in(s, 2))
            link->done = 1 + below(s, 99);
    }
}

/* Tasks on a way from `from` to `to`, both included; false: there is none, or something
 * may still run when `to` ends. */
static bool in_span(const random_plan *p, int from, int to, bool *span)
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

static void make_loops(random_plan *p, uint64_t *s)
{
    bool taken[RANDOM_TASKS] = {0};
    for (int i = 0; i < 6; i++) {
        const int gated = below(s, p->tasks), back_to = below(s, gated + 1);
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
        p->task[gated].chance = 40 + below(s, 55);
        p->task[gated].at_most = 1 + below(s, 4);
        p->task[gated].anyway = once_in(s, 2);
    }
}

random_plan random_plan_make(uint64_t seed)
{
    uint64_t state = seed, *s = &state;
    random_plan p = {.tasks = 4 + below(s, RANDOM_TASKS - 3)};
    for (int t = 0; t < p.tasks; t++) {
        random_task *task = &p.task[t];
        *task = (random_task){.choice = RANDOM_NONE, .back_to = RANDOM_NONE};
        snprintf(task->id, sizeof task->id, "%c%d", 'a' + below(s, 26), t);
        task->law = below(s, 6);
        task->size = 1 + below(s, 20);
        task->work = once_in(s, 5)    ? RANDOM_EFFORT
                     : once_in(s, 8)  ? RANDOM_CALENDAR
                     : once_in(s, 12) ? RANDOM_NOTHING
                                      : RANDOM_DURATION;
        task->devs = task->work == RANDOM_EFFORT ? 1 + below(s, 2) : below(s, 3);
        task->ops = once_in(s, 4);
        if (once_in(s, 8))
            task->optional = 10 + below(s, 80);
        if (once_in(s, 8))
            task->not_before = below(s, 40);
        task->frozen = once_in(s, 5);
        task->costs = once_in(s, 4);
        make_links(&p, t, s);
    }
    if (p.tasks > 6 && once_in(s, 3))
        p.task[2].choice = p.task[4].choice = 0;
    make_loops(&p, s);
    p.risks = once_in(s, 2);
    p.factors = once_in(s, 2);
    p.correlated = once_in(s, 2);
    /* something that takes place in every future */
    p.task[0].work = RANDOM_DURATION;
    p.task[0].optional = 0;
    return p;
}

/* -------------------------------------------------------------------- told */

typedef struct teller {
    forecast_text *text;
    const random_plan *p;
    const random_telling *how;
    int zero_from, zero_to; /* RANDOM_NONE: none */
    int extra_from, extra_to;
} teller;

static const char *date(const teller *w, int days, char *room)
{
    /* Monday 2026-03-02 */
    rc_date_print(room, rc_date_from(2026, 3, 2) + days + 7 * w->how->weeks);
    return room;
}

static void tell_law(const teller *w, const random_task *task, double by,
                     const char *unit)
{
    const double d = task->size * by;
    static const char *const form[] = {
        "%.6g %s",
        "exponential(%.6g) %s",
        "uniform(%.6g, %.6g) %s",
        "%.6g to %.6g %s",
        "triangular(%.6g, %.6g, %.6g) %s",
        "mix(60 %%: %.6g, 40 %%: uniform(%.6g, %.6g)) %s"};
    const char *f = form[task->law];
    char law[160];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    if (task->law < 2)
        snprintf(law, sizeof law, f, d, unit);
    else if (task->law < 4)
        snprintf(law, sizeof law, f, d / 2, d * 2, unit);
    else
        snprintf(law, sizeof law, f, d / 2, d, d * 3, unit);
#pragma GCC diagnostic pop
    forecast_add(w->text, "\"%s\"", law);
}

static void tell_links(const teller *w, int t)
{
    const random_task *task = &w->p->task[t];
    const char *comma = "";
    forecast_add(w->text, " after = [");
    for (int i = 0; i < task->links; i++, comma = ", ") {
        const random_link *l = &task->link[i];
        forecast_add(w->text, "%s\"", comma);
        if (l->done)
            forecast_add(w->text, "%d %% of ", l->done);
        else if (l->start)
            forecast_add(w->text, "start of ");
        forecast_add(w->text, "%s", w->p->task[l->from].id);
        if (l->lag)
            forecast_add(w->text, " + %d%s days", l->lag,
                         l->calendar ? " calendar" : "");
        forecast_add(w->text, "\"");
    }
    if (w->zero_to == t) {
        forecast_add(w->text, "%s\"m_zero\"", comma);
        comma = ", ";
    }
    if (w->extra_to == t)
        forecast_add(w->text, "%s\"%s\"", comma, w->p->task[w->extra_from].id);
    forecast_add(w->text, "];");
}

static void tell_task(const teller *w, int t)
{
    const random_task *task = &w->p->task[t];
    const double by = w->how->longer == t + 1 ? 1.3 : 1;
    char room[16];
    forecast_add(w->text, "{ id = \"%s\";", task->id);
    if (w->how->renamed)
        forecast_add(w->text, " name = \"Task %d, renamed\";", t);
    if (task->work == RANDOM_NOTHING) {
        forecast_add(w->text, " milestone = \"m%d\";", t);
    } else {
        forecast_add(w->text,
                     task->work == RANDOM_EFFORT ? " effort = " : " duration = ");
        tell_law(w, task, by,
                 task->work == RANDOM_EFFORT     ? "person-days"
                 : task->work == RANDOM_CALENDAR ? "calendar days"
                                                 : "days");
        forecast_add(w->text, ";");
    }
    if (task->devs && task->ops)
        forecast_add(w->text, " who = \"%d dev, 1 ops\";", task->devs);
    else if (task->devs)
        forecast_add(w->text, " who = \"%d dev\";", task->devs);
    else if (task->ops)
        forecast_add(w->text, " who = \"0.5 ops\";");
    if (task->optional)
        forecast_add(w->text, " optional = \"%d %%\";", task->optional);
    if (task->choice != RANDOM_NONE)
        forecast_add(w->text, " one_of = \"way\"; weight = %d.0;", 1 + t);
    if (task->not_before)
        forecast_add(w->text, " not_before = \"%s\";", date(w, task->not_before, room));
    if (task->costs)
        forecast_add(w->text, " cost = \"%d to %d EUR\";", 100 + t, 900 + t);
    if (task->back_to != RANDOM_NONE)
        forecast_add(w->text, " gate = \"g%d\";", t);
    tell_links(w, t);
    forecast_add(w->text, " }");
}

static void tell_gates(const teller *w, const int *order)
{
    const char *comma = "";
    forecast_add(w->text, "gates = (");
    for (int i = 0; i < w->p->tasks; i++) {
        const random_task *task = &w->p->task[order[i]];
        if (task->back_to == RANDOM_NONE)
            continue;
        forecast_add(
            w->text,
            "%s{ id = \"g%d\"; chance_to_pass = \"%d %%\"; on_fail = { back_to = "
            "\"%s\"; rework = \"1 to 6 days\"; at_most = %d; then = \"%s\"; }; }",
            comma, order[i], task->chance, w->p->task[task->back_to].id, task->at_most,
            task->anyway ? "launch anyway" : "stop");
        comma = ",\n  ";
    }
    forecast_add(w->text, ");\n");
}

static void tell_team(const teller *w)
{
    const int heads = w->how->heads ? w->how->heads : 100;
    char on[16], off[16], back[16];
    bool dev = false, ops = false;
    for (int t = 0; t < w->p->tasks; t++) {
        dev |= w->p->task[t].devs > 0;
        ops |= w->p->task[t].ops > 0;
    }
    const char *comma = dev && ops ? "," : "";
    forecast_add(w->text, "team = (");
    if (dev)
        forecast_add(
            w->text,
            "{ id = \"dev\"; people = %d; availability = \"80 %%\"; cost = \"700 "
            "EUR/day\"; joins = ({ id = \"new\"; on = \"%s\"; people = 1; "
            "full_speed_after = \"3 to 6 weeks\"; }); leaves = ({ id = \"away\"; "
            "on = \"%s\"; people = 1; back_on = \"%s\"; }); }",
            heads, date(w, 16, on), date(w, 24, off), date(w, 35, back));
    if (ops)
        forecast_add(w->text,
                     "%s{ id = \"ops\"; people = %d; cost = \"900 EUR/day\"; }", comma,
                     heads);
    forecast_add(w->text, ");\n");
}

static void tell_influences(const teller *w, const int *order)
{
    const random_task *task = w->p->task;
    const bool turned = order[0] > order[1];
    const char *why = w->how->renamed ? " because = \"told otherwise\";" : "";
    const bool strange = w->how->stranger;
    if (w->p->risks || strange)
        forecast_add(w->text, "risks = (");
    if (strange)
        forecast_add(
            w->text,
            "{ id = \"zz_risk\"; chance = \"50 %%\"; hits = [\"zz\"]; slower = \"10 "
            "%%\"; }%s",
            w->p->risks ? ",\n  " : "");
    if (w->p->risks) {
        static const char *const risk[] = {
            ("{ id = \"r_late\"; chance = \"30 %%\"; hits = [\"%s\", \"%s\"]; "
             "delay = \"2 to 8 days\"; cost = \"1k to 3k EUR\"; }"),
            ("{ id = \"r_slow\"; chance = \"20 to 60 %%\"; hits = [\"%s\", \"%s\"]; "
             "slower = \"10 to 40 %%\"; cost = \"333 EUR\"; }"),
            ("{ id = \"r_odd\"; chance = \"10 %%\"; hits = [\"%s\", \"%s\"]; "
             "slower = \"17 %%\"; delay = \"1 to 3 days\"; }")};
        for (int i = 0; i < 3; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
            forecast_add(w->text, risk[turned ? 2 - i : i], task[0].id, task[1].id);
#pragma GCC diagnostic pop
            forecast_add(w->text, i < 2 ? ",\n  " : "");
        }
    }
    if (w->p->risks || strange)
        forecast_add(w->text, ");\n");
    if (w->p->factors) {
        static const char *const factor[] = {
            ("{ id = \"f_all\"; slower = \"-12 to 15 %\"; "
             "affects = \"tasks: %s, %s\"; }"),
            "{ id = \"f_few\"; slower = \"-5 to 25 %\"; affects = \"tasks: %s, %s\"; }",
            "{ id = \"f_one\"; slower = \"-9 to 7 %\"; affects = \"tasks: %s, %s\"; }"};
        forecast_add(w->text, "shared_factors = (");
        for (int i = 0; i < 3; i++) {
            const char *f = factor[turned ? 2 - i : i], *at = strstr(f, "tasks:");
            forecast_add(w->text, "%.*stasks: %s, %s\"; }%s", (int)(at - f), f,
                         task[0].id, task[1].id, i < 2 ? ",\n  " : "");
        }
        forecast_add(w->text, ");\n");
    }
    if (!w->p->correlated)
        return;
    /* durations and efforts, a risk where there is one */
    const char *with[RANDOM_TASKS + 1];
    int n = 0;
    for (int t = 0; t < w->p->tasks && n < 3; t++)
        if (task[t].work != RANDOM_NOTHING && task[t].law > 0)
            with[n++] = task[t].id;
    if (w->p->risks)
        with[n++] = "r_slow";
    if (n < 2)
        return;
    forecast_add(w->text, "correlations = ({ id = \"c\"; between = [");
    for (int i = 0; i < n; i++)
        forecast_add(w->text, "%s\"%s\"", i ? ", " : "", with[turned ? n - 1 - i : i]);
    forecast_add(w->text, "]; strength = 0.4;%s });\n", why);
}

/* A link without a lag whose ends keep their meaning when a step is put between. */
static void find_zero(teller *w)
{
    w->zero_from = w->zero_to = RANDOM_NONE;
    for (int t = w->p->tasks; t-- > 0 && w->zero_to == RANDOM_NONE && w->how->zero;)
        for (int i = 0; i < w->p->task[t].links; i++) {
            const random_link *l = &w->p->task[t].link[i];
            if (!l->start) {
                w->zero_from = l->from;
                w->zero_to = t;
            }
        }
}

static void find_redundant(teller *w)
{
    w->extra_from = w->extra_to = RANDOM_NONE;
    for (int t = w->p->tasks;
         t-- > 0 && w->extra_to == RANDOM_NONE && w->how->redundant;)
        for (int i = 0; i < w->p->task[t].links; i++) {
            const random_link *l = &w->p->task[t].link[i];
            const random_task *middle = &w->p->task[l->from];
            for (int k = 0; k < middle->links && !l->start; k++) {
                bool there = false;
                for (int m = 0; m < w->p->task[t].links; m++)
                    there |= w->p->task[t].link[m].from == middle->link[k].from;
                if (middle->link[k].start || there)
                    continue;
                w->extra_from = middle->link[k].from;
                w->extra_to = t;
            }
        }
}

void random_plan_tell(forecast_text *text, const random_plan *plan,
                      const random_telling *telling)
{
    teller w = {.text = text, .p = plan, .how = telling};
    int order[RANDOM_TASKS];
    char room[16], to[16];
    uint64_t state = telling->order;
    for (int t = 0; t < plan->tasks; t++)
        order[t] = t;
    for (int t = plan->tasks; telling->order && t-- > 1;) {
        const int other = below(&state, t + 1), kept = order[t];
        order[t] = order[other];
        order[other] = kept;
    }
    find_zero(&w);
    find_redundant(&w);
    text->n = 0;
    forecast_add(text, "format = 1;\n");
    if (telling->renamed)
        forecast_add(text,
                     "scenario = { name = \"Another\"; question = \"Why?\"; };\n");
    forecast_add(text, "calendar = { start = \"%s\";", date(&w, 0, room));
    const char *comma = " freezes = ({ id = \"frozen\"; blocks = [";
    for (int i = 0; i < plan->tasks; i++)
        if (plan->task[order[i]].frozen) {
            forecast_add(text, "%s\"%s\"", comma, plan->task[order[i]].id);
            comma = ", ";
        }
    if (strcmp(comma, ", ") == 0)
        forecast_add(text, "]; from = \"%s\"; to = \"%s\"; });", date(&w, 9, room),
                     date(&w, 17, to));
    forecast_add(text, " };\n");
    tell_team(&w);
    forecast_add(text, "tasks = (");
    if (telling->stranger)
        forecast_add(text,
                     "{ id = \"zz\"; duration = \"uniform(0, 0.000001) days\"; },\n  ");
    for (int i = 0; i < plan->tasks; i++) {
        tell_task(&w, order[i]);
        forecast_add(text, i + 1 < plan->tasks ? ",\n  " : "");
    }
    if (w.zero_to != RANDOM_NONE)
        forecast_add(
            text, ",\n  { id = \"m_zero\"; milestone = \"zero\"; after = [\"%s\"]; }",
            plan->task[w.zero_from].id);
    forecast_add(text, ");\n");
    tell_gates(&w, order);
    tell_influences(&w, order);
}
