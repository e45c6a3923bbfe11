/* Random scenarios, told: the text in each of the ways that random_telling asks for. */
#include "random_told.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/date.h"

const char *random_tell_date(const random_teller *w, int days, char *room)
{
    /* counted from a Monday */
    rc_date_print(room,
                  rc_date_from(2026, 3, 2) + w->p->start + days + 7 * w->how->weeks);
    return room;
}

bool random_tells_turned(const random_teller *w)
{
    return w->order[0] > w->order[1];
}

void random_tell_money(const random_teller *w, const char *key, double low, double high,
                       const char *per)
{
    const double each = w->how->worth ? w->how->worth : 1;
    const char *currency = w->how->currency ? w->how->currency : "EUR";
    forecast_add(w->text, " %s = \"", key);
    if (low == high)
        forecast_add(w->text, "%.9g", low * each);
    else
        forecast_add(w->text, "uniform(%.9g, %.9g)", low * each, high * each);
    forecast_add(w->text, " %s%s\";", currency, per);
}

/* -------------------------------------------------------------------- tasks */

static void tell_law(forecast_text *text, const random_task *task, double by,
                     const char *unit)
{
    const double d = task->size * by;
    switch (task->law) {
    case 0:
        forecast_add(text, "\"%.6g %s\"", d, unit);
        break;
    case 1:
        forecast_add(text, "\"exponential(%.6g) %s\"", d, unit);
        break;
    case 2:
        forecast_add(text, "\"uniform(%.6g, %.6g) %s\"", d / 2, d * 2, unit);
        break;
    case 3:
        forecast_add(text, "\"%.6g to %.6g %s\"", d / 2, d * 2, unit);
        break;
    case 4:
        forecast_add(text, "\"triangular(%.6g, %.6g, %.6g) %s\"", d / 2, d, d * 3,
                     unit);
        break;
    default:
        forecast_add(text, "\"mix(60 %%: %.6g, 40 %%: uniform(%.6g, %.6g)) %s\"", d / 2,
                     d, d * 3, unit);
    }
}

void random_first_duration(forecast_text *text, const random_scenario *scenario)
{
    forecast_text law = {0};
    tell_law(&law, &scenario->task[0], 1, "days");
    forecast_add(text, "%.*s", (int)law.n - 2, law.at + 1);
    free(law.at);
}

/* No luck hangs on the id of a task without chance, which nothing else draws for. */
static bool can_be_renamed(const random_scenario *p, int t)
{
    const random_task *task = &p->task[t];
    bool goes_back = task->back_to != RANDOM_NONE;
    for (int i = 0; i < p->tasks; i++)
        goes_back |= p->task[i].back_to == t;
    return t > 1 && !goes_back && !task->optional && !task->costs &&
           task->choice == RANDOM_NONE &&
           (task->work == RANDOM_NOTHING ||
            (task->law == 0 && task->work != RANDOM_PLANNED));
}

const char *random_task_id(char *room, const random_scenario *scenario, int task,
                           const random_telling *telling)
{
    const bool other = telling->renamed && can_be_renamed(scenario, task);
    snprintf(room, 20, "%s%s", scenario->task[task].id, other ? "_x" : "");
    return room;
}

static void tell_id(const random_teller *w, int t)
{
    char room[20];
    forecast_add(w->text, "%s", random_task_id(room, w->p, t, w->how));
}

static void tell_links(const random_teller *w, int t)
{
    const random_task *task = &w->p->task[t];
    const char *comma = "";
    forecast_add(w->text, " after = [");
    for (int i = 0; i < task->links; i++, comma = ", ") {
        const random_link *l =
            &task->link[random_tells_turned(w) ? task->links - 1 - i : i];
        forecast_add(w->text, "%s\"", comma);
        if (l->done)
            forecast_add(w->text, "%d %% of ", l->done);
        else if (l->start)
            forecast_add(w->text, "start of ");
        tell_id(w, l->from);
        if (l->lag)
            forecast_add(w->text, " + %d%s days", l->lag,
                         l->calendar ? " calendar" : "");
        forecast_add(w->text, "\"");
    }
    if (w->zero_to == t) {
        forecast_add(w->text, "%s\"m_zero\"", comma);
        comma = ", ";
    }
    if (w->extra_to == t) {
        forecast_add(w->text, "%s\"", comma);
        tell_id(w, w->extra_from);
        forecast_add(w->text, "\"");
    }
    forecast_add(w->text, "];");
}

static const char *ops(const random_teller *w)
{
    return w->how->renamed ? "ops_x" : "ops";
}

static void tell_work(const random_teller *w, int t)
{
    static const struct {
        const char *key, *unit;
    } kind[] = {
        {"duration", "days"}, {"duration", "calendar days"}, {"effort", "person-days"}};
    const random_task *task = &w->p->task[t];
    if (task->work == RANDOM_NOTHING) {
        forecast_add(w->text, " milestone = \"m%d\";", t);
    } else if (task->work == RANDOM_PLANNED) {
        forecast_add(w->text, " plan = \"%s\";", task->plan);
    } else {
        forecast_add(w->text, " %s = ", kind[task->work].key);
        tell_law(w->text, task, w->how->longer == t + 1 ? 1.3 : 1,
                 kind[task->work].unit);
        forecast_add(w->text, ";");
    }
}

static void tell_task(const random_teller *w, int t)
{
    const random_task *task = &w->p->task[t];
    char room[16];
    forecast_add(w->text, "{ id = \"");
    tell_id(w, t);
    forecast_add(w->text, "\";");
    if (w->how->renamed)
        forecast_add(w->text, " name = \"Task %d, renamed\";", t);
    tell_work(w, t);
    if (task->devs && task->ops)
        forecast_add(w->text, " who = \"%d dev, 1 %s\";", task->devs, ops(w));
    else if (task->devs)
        forecast_add(w->text, " who = \"%d dev\";", task->devs);
    else if (task->ops)
        forecast_add(w->text, " who = \"0.5 %s\";", ops(w));
    if (task->optional)
        forecast_add(w->text, " optional = \"%d %%\";", task->optional);
    if (task->choice != RANDOM_NONE)
        forecast_add(w->text, " one_of = \"way\"; weight = %d.0;", 1 + t);
    if (task->not_before)
        forecast_add(w->text, " not_before = \"%s\";",
                     random_tell_date(w, task->not_before, room));
    if (task->costs)
        random_tell_money(w, "cost", 100 + t, t % 2 ? 100 + t : 900 + t, "");
    if (task->back_to != RANDOM_NONE)
        forecast_add(w->text, " gate = \"g%d\";", t);
    tell_links(w, t);
    forecast_add(w->text, " }");
}

static void tell_strange_tasks(const random_teller *w)
{
    forecast_add(w->text,
                 "{ id = \"zz\"; duration = \"uniform(0, 0.000001) days\"; },\n  ");
    if (w->p->search.task != RANDOM_NONE)
        forecast_add(w->text, "{ id = \"zz_look\"; plan = \"zz_search\"; },\n  ");
}

static void tell_tasks(const random_teller *w)
{
    forecast_add(w->text, "tasks = (");
    if (w->how->stranger)
        tell_strange_tasks(w);
    for (int i = 0; i < w->p->tasks; i++) {
        tell_task(w, w->order[i]);
        forecast_add(w->text, i + 1 < w->p->tasks ? ",\n  " : "");
    }
    if (w->zero_to != RANDOM_NONE) {
        forecast_add(w->text,
                     ",\n  { id = \"m_zero\"; milestone = \"zero\"; after = [\"");
        tell_id(w, w->zero_from);
        forecast_add(w->text, "\"]; }");
    }
    forecast_add(w->text, ");\n");
}

/* ------------------------------------------------------------ gates, people */

static void tell_need(const random_teller *w, const random_task *task)
{
    char own[32];
    snprintf(own, sizeof own, "accuracy >= %d %%", w->p->search.target);
    if (task->need == RANDOM_CHANCE)
        forecast_add(w->text, " chance_to_pass = \"%d %%\";", task->chance);
    else if (task->need == RANDOM_LATENCY)
        forecast_add(w->text, " needs = [\"latency <= %d ms\"];",
                     20 + task->chance / 4);
    else if (task->need == RANDOM_HELPFUL)
        forecast_add(w->text, " needs = [\"helpful >= 93 %%\"];");
    else if (task->need == RANDOM_PROOF)
        forecast_add(w->text, " needs = [\"specificity >= 80 %%, 90 %% sure\"];");
    else if (task->need == RANDOM_SHIPS)
        forecast_add(w->text, " needs = [\"online_test\"];");
    else
        forecast_add(w->text, " needs = [\"%s\"%s];",
                     w->how->own_gates ? own : "target",
                     task->need == RANDOM_FAIRNESS ? ", \"fairness\"" : "");
}

static void tell_gates(const random_teller *w)
{
    const char *comma = "";
    char room[20];
    forecast_add(w->text, "gates = (");
    for (int i = 0; i < w->p->tasks; i++) {
        const random_task *task = &w->p->task[w->order[i]];
        if (task->back_to == RANDOM_NONE)
            continue;
        forecast_add(w->text, "%s{ id = \"g%d\";", comma, w->order[i]);
        tell_need(w, task);
        forecast_add(w->text,
                     " on_fail = { back_to = \"%s\"; rework = \"1 to 6 days\"; at_most "
                     "= %d;%s }; }",
                     random_task_id(room, w->p, task->back_to, w->how), task->at_most,
                     task->anyway   ? " then = \"launch anyway\";"
                     : w->how->said ? " then = \"stop\";"
                                    : "");
        comma = ",\n  ";
    }
    forecast_add(w->text, ");\n");
}

static void tell_dev(const random_teller *w, int heads, int by)
{
    char on[16], off[16], back[16];
    forecast_add(w->text, "{ id = \"dev\"; people = %d; availability = \"80 %%\";",
                 heads * by);
    random_tell_money(w, "cost", 700, 700, "/day");
    forecast_add(w->text,
                 " joins = ({ id = \"new\"; on = \"%s\"; full_speed_after = \"3 to 6 "
                 "weeks\";",
                 random_tell_date(w, 16, on));
    if (by > 1 || w->how->said)
        forecast_add(w->text, " people = %d;", by);
    forecast_add(w->text,
                 " }); leaves = ({ id = \"away\"; on = \"%s\"; people = %d; "
                 "back_on = \"%s\"; }); }",
                 random_tell_date(w, 24, off), by, random_tell_date(w, 35, back));
}

static void tell_team(const random_teller *w)
{
    const int heads = w->how->heads ? w->how->heads : 100;
    const int by = w->how->doubled ? 2 : 1;
    const bool gpu = w->p->search.task != RANDOM_NONE && w->p->search.machines;
    bool dev = false, other = false;
    for (int t = 0; t < w->p->tasks; t++) {
        dev |= w->p->task[t].devs > 0;
        other |= w->p->task[t].ops > 0;
    }
    const char *comma = "";
    forecast_add(w->text, "team = (");
    for (int i = 0; i < 3; i++) {
        const int which = random_tells_turned(w) ? 2 - i : i;
        if (!(which == 0 ? dev : which == 1 ? other : gpu))
            continue;
        forecast_add(w->text, "%s", comma);
        if (which == 0) {
            tell_dev(w, heads, by);
        } else {
            forecast_add(w->text,
                         which == 1 ? "{ id = \"%s\"; people = %d;"
                                    : "{ id = \"%s\"; capacity = %d;",
                         which == 1 ? ops(w) : "gpu", heads * by);
            random_tell_money(w, "cost", which == 1 ? 900 : 2, which == 1 ? 900 : 2,
                              which == 1 ? "/day" : "/hour");
            if (w->how->said)
                forecast_add(w->text,
                             " availability = \"100 %%\"; paid = \"while working\";");
            forecast_add(w->text, " }");
        }
        comma = ",\n  ";
    }
    forecast_add(w->text, ");\n");
}

/* --------------------------------------------- data, labels, search, audits */

static void tell_lever(const random_teller *w, int i)
{
    const random_search *s = &w->p->search;
    forecast_add(w->text, "{ id = \"lever%d\"; works = \"%d %%\";", i,
                 s->lever[i].works);
    if (s->lever[i].log_gain)
        forecast_add(w->text, " log_gain = \"0.0%d to 0.%d\";",
                     1 + s->lever[i].gain % 8, 10 + s->lever[i].gain);
    else
        forecast_add(w->text, " gain = \"0.%d to %.1f points\";",
                     1 + s->lever[i].gain % 5, s->lever[i].gain / 10.0 + 0.6);
    if (s->lever[i].tries)
        forecast_add(w->text, " tries = %d;", s->lever[i].tries);
    if (s->lever[i].crash)
        forecast_add(w->text, " crash = \"5 to 20 %%\";");
    if (s->lever[i].also)
        forecast_add(w->text, " also = [\"latency +2 to 9 %%\"];");
    if (s->approaches && i == 0)
        forecast_add(w->text, " approach = \"trees\";");
    if (w->how->renamed)
        forecast_add(w->text, " name = \"Something else\";");
    forecast_add(w->text, " }");
}

static void tell_search(const random_teller *w)
{
    static const char *const policy[] = {"best gain per day", "in order", "round robin",
                                         "weighted", "thompson"};
    const random_search *s = &w->p->search;
    const bool any_order = s->policy == 0 && random_tells_turned(w);
    forecast_add(w->text, "experiments = (");
    if (w->how->stranger)
        forecast_add(w->text,
                     "{ id = \"zz_search\"; metric = \"zz_quality\"; baseline = \"40 "
                     "%%\"; aim = \"60 %%\"; try_takes = \"uniform(0, 0.000001) "
                     "days\"; tries = 3; seed_sd = \"0.1 points\"; levers = ({ id = "
                     "\"lever0\"; gain = \"0.1 to 1 points\"; }); },\n  ");
    forecast_add(w->text,
                 "{ id = \"search\"; metric = \"accuracy\"; baseline = \"70 to 71 "
                 "%%\"; aim = \"%d.5 %%\"; at_once = %d; try_takes = \"1 / 2 / 5 "
                 "days\"; seed_sd = \"0.1 to 0.3 points\";",
                 s->target, s->at_once);
    if (s->levers > 1)
        forecast_add(w->text, " policy = \"%s\";", policy[s->policy]);
    if (s->test_size)
        forecast_add(w->text, " test_size = %d;", s->test_size);
    if (s->tries)
        forecast_add(w->text, " tries = %d;", s->tries);
    forecast_add(w->text, " give_up_after = \"8 weeks\";");
    if (s->machines)
        forecast_add(w->text, " gpus = 1; gpu_hours = \"5 to 40\";");
    if (s->curve && !w->how->no_dates)
        forecast_add(w->text,
                     " learning_curve = { labels_now = \"2k\"; ceiling = \"80 to 86 "
                     "%%\"; points = ((500, \"64 %%\"), (1000, \"67.5 %%\"), (2000, "
                     "\"70 %%\")); };");
    else
        forecast_add(w->text, " ceiling = \"75 to 90 %%\";");
    if (s->approaches)
        forecast_add(w->text,
                     " approaches = ({ id = \"trees\"; }, { id = \"nets\"; baseline = "
                     "\"69 to 71 %%\"; ceiling = \"80 to 92 %%\"; also = [\"latency "
                     "+5 to 40 %%\"]; }); tries_each = 2;");
    if (w->how->said)
        forecast_add(w->text, " gains_shrink = \"0.8\"; repeats = 1;%s",
                     s->test_size
                         ? " paired_tries_correlate = \"0.95\"; fresh_test = false;"
                         : "");
    forecast_add(w->text, " levers = (");
    for (int i = 0; i < s->levers; i++) {
        tell_lever(w, any_order ? s->levers - 1 - i : i);
        forecast_add(w->text, i + 1 < s->levers ? ",\n    " : "");
    }
    forecast_add(w->text, "); });\n");
}

static void tell_groups(const random_teller *w)
{
    if (w->p->data != RANDOM_NONE) {
        forecast_add(
            w->text,
            "data = ({ id = \"feed\"; items = \"3k\"; have = \"200 to 900\"; "
            "arrives = \"40 to 160 /day\"; usable = \"70 to 95 %%\"; consent = "
            "\"50 to 80 %%\"; give_up_after = \"20 weeks\";");
        random_tell_money(w, "cost_per_item", 0.25, 0.5, "");
        forecast_add(w->text, " });\n");
    }
    if (w->p->label != RANDOM_NONE) {
        forecast_add(
            w->text,
            "labelling = ({ id = \"labels\"; items = \"2k to 4k\"; "
            "votes_per_item = %d; labellers = 4; ramp_up = \"1 to 2 weeks\"; "
            "speed = \"90 to 300 /day\"; disagreement = \"6 to 14 %%\"; rework "
            "= \"3 to 10 %%\"; wrong = \"1 to 8 %%\";",
            1 + w->p->label % 3);
        random_tell_money(w, "cost_per_vote", 0.25, 0.25, "");
        if (w->how->said)
            forecast_add(w->text, " classes = 2; votes_correlate = 0.3;");
        forecast_add(w->text, " });\n");
    }
    if (w->p->search.task != RANDOM_NONE)
        tell_search(w);
    if (w->p->audit != RANDOM_NONE)
        forecast_add(
            w->text,
            "fairness = ({ id = \"audit\"; limit = \"3 points\"; groups = ({ id = "
            "\"young\"; share = \"20 %%\"; gap = \"1 to 6 points\"; }, { id = \"new\"; "
            "share = \"10 %%\"; gap = \"0.5 to 4 points\"; }); mitigation = { duration "
            "= \"2 / 5 / 9 days\"; closes = \"40 to 90 %%\"; costs = \"0.1 to 0.6 "
            "points\"; }; });\n");
    if (w->p->production) {
        forecast_add(
            w->text,
            "production = {%s floor = \"70 %%\"; drift = { loss = \"0.2 to 0.6 "
            "points/month\"; }; shocks = { per_year = \"0.5 to 2\"; loss = "
            "\"0.6 to 2.2 points\"; }; retrain = { every = \"13 weeks\"; takes "
            "= \"1 / 2 / 4 weeks\"; recovers = \"80 to 98 %%\";",
            w->how->said ? " watch_for = \"12 months\"; domain = \"stable\";" : "");
        random_tell_money(w, "cost", 5000, 9000, "");
        forecast_add(w->text, " }; };\n");
    }
    if (w->p->value) {
        forecast_add(
            w->text,
            "value = { nothing_at = \"60 %%\"; today = \"70 %%\"; growth = \"0 "
            "to 2 %%/month\"; adoption = \"60 to 90 %%\"; adopted_after = \"3 "
            "to 9 months\"; discount = \"8 %%\"; horizon = \"36 months\";");
        random_tell_money(w, "per_month", 40000, 90000, "/month");
        forecast_add(w->text, " };\n");
    }
}

/* ----------------------------------------------------------- what may happen */

static void tell_risk(const random_teller *w, int i)
{
    const char *a = w->p->task[0].id, *b = w->p->task[1].id;
    switch (i) {
    case 0:
        forecast_add(w->text,
                     "{ id = \"r_late\"; chance = \"30 %%\"; hits = [\"%s\", \"%s\"]; "
                     "delay = \"2 to 8 days\";",
                     a, b);
        random_tell_money(w, "cost", 1000, 3000, "");
        if (w->how->idle) {
            forecast_add(w->text,
                         " mitigation = { chance = \"10 %%\"; active = false;");
            random_tell_money(w, "cost", 700, 700, "");
            forecast_add(w->text, " };");
        }
        break;
    case 1:
        forecast_add(w->text,
                     "{ id = \"r_slow\"; chance = \"20 to 60 %%\"; hits = [\"%s\", "
                     "\"%s\"]; slower = \"10 to 40 %%\";",
                     a, b);
        random_tell_money(w, "cost", 333, 333, "");
        break;
    case 2:
        forecast_add(w->text,
                     "{ id = \"r_odd\"; chance = \"10 %%\"; hits = [\"%s\", \"%s\"]; "
                     "slower = \"17 %%\"; delay = \"1 to 3 days\";",
                     a, b);
        break;
    case 3:
        forecast_add(w->text, "{ id = \"zz_risk\"; chance = \"50 %%\"; hits = "
                              "[\"zz\"]; slower = \"10 %%\";");
        break;
    default:
        forecast_add(w->text,
                     "{ id = \"r_never\"; chance = \"0 %%\"; hits = [\"%s\", \"%s\"]; "
                     "slower = \"10 to 40 %%\"; delay = \"3 to 9 days\";",
                     b, a);
        random_tell_money(w, "cost", 9000, 9999, "");
    }
    forecast_add(w->text, " }");
}

static void tell_risks(const random_teller *w)
{
    const char *comma = "risks = (";
    for (int i = 0; i < 5; i++) {
        const int which = random_tells_turned(w) ? 4 - i : i;
        if (which < 3 ? w->p->risks : which == 3 ? w->how->stranger : w->how->idle) {
            forecast_add(w->text, "%s", comma);
            tell_risk(w, which);
            comma = ",\n  ";
        }
    }
    forecast_add(w->text, comma[0] == ',' ? ");\n" : "");
}

static void tell_factors(const random_teller *w)
{
    static const struct {
        const char *id, *slower;
    } factor[] = {
        {"f_all", "-12 to 15 %"}, {"f_few", "-5 to 25 %"}, {"f_one", "-9 to 7 %"}};
    forecast_add(w->text, "shared_factors = (");
    for (int i = 0; i < 3; i++) {
        const int which = random_tells_turned(w) ? 2 - i : i;
        forecast_add(w->text,
                     "{ id = \"%s\"; slower = \"%s\"; affects = \"tasks: %s, %s\"; }%s",
                     factor[which].id, factor[which].slower, w->p->task[0].id,
                     w->p->task[1].id, i < 2 ? ",\n  " : "");
    }
    forecast_add(w->text, ");\n");
}

/* Durations and efforts, a risk where there is one. */
static void tell_correlations(const random_teller *w)
{
    const random_task *task = w->p->task;
    const char *with[RANDOM_TASKS + 1];
    int n = 0;
    for (int t = 0; t < w->p->tasks && n < 3; t++)
        if (task[t].work != RANDOM_NOTHING && task[t].work != RANDOM_PLANNED &&
            task[t].law > 0)
            with[n++] = task[t].id;
    if (w->p->risks)
        with[n++] = "r_slow";
    if (n < 2)
        return;
    forecast_add(w->text, "correlations = ({ id = \"c\"; between = [");
    for (int i = 0; i < n; i++)
        forecast_add(w->text, "%s\"%s\"", i ? ", " : "",
                     with[random_tells_turned(w) ? n - 1 - i : i]);
    forecast_add(w->text, "]; strength = 0.4;%s });\n",
                 w->how->renamed ? " because = \"told otherwise\";" : "");
}

/* ------------------------------------------------------- additions to a plan */

/* A link whose ends keep their meaning when a step is put between. */
static void find_zero(random_teller *w)
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

static void find_redundant(random_teller *w)
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

/* -------------------------------------------------------------- around tasks */

static void tell_calendar(const random_teller *w)
{
    static const char *const week[] = {"Mon-Fri", "Mon-Sat", "Sun-Thu"};
    char room[16], to[16];
    forecast_add(w->text, "calendar = { start = \"%s\";", random_tell_date(w, 0, room));
    if (w->p->week || w->how->said)
        forecast_add(w->text, " workdays = [\"%s\"];", week[w->p->week]);
    for (int i = 0; i < w->p->holidays; i++)
        forecast_add(w->text, "%s\"%s\"%s", i ? ", " : " holidays = [",
                     random_tell_date(w, 11 + 13 * i, room),
                     i + 1 < w->p->holidays ? "" : "];");
    const char *comma = " freezes = ({ id = \"frozen\"; blocks = [";
    for (int i = 0; i < w->p->tasks; i++)
        if (w->p->task[w->order[i]].frozen && !w->how->no_dates) {
            forecast_add(w->text, "%s\"", comma);
            tell_id(w, w->order[i]);
            forecast_add(w->text, "\"");
            comma = ", ";
        }
    if (strcmp(comma, ", ") == 0)
        forecast_add(w->text, "]; from = \"%s\"; to = \"%s\"; });",
                     random_tell_date(w, 9, room), random_tell_date(w, 17, to));
    forecast_add(w->text, " };\n");
}

static void tell_goals(const random_teller *w)
{
    const random_scenario *p = w->p;
    char room[16];
    forecast_add(w->text, "goals = { deadline = \"%s\";",
                 random_tell_date(w, p->deadline + w->how->later, room));
    random_tell_money(w, "budget", (p->budget + w->how->richer) * 1000.0,
                      (p->budget + w->how->richer) * 1000.0, "");
    if (p->search.task != RANDOM_NONE)
        forecast_add(w->text,
                     " target = { metric = \"accuracy\"; at_least = \"%.1f %%\"; };",
                     p->search.target - w->how->easier / 10.0);
    if (w->how->said)
        forecast_add(w->text, " confidence = \"80 %%\";");
    forecast_add(w->text, " };\n");
}

static void shuffle(random_teller *w)
{
    uint64_t state = w->how->order;
    for (int t = 0; t < w->p->tasks; t++)
        w->order[t] = t;
    for (int t = w->p->tasks; w->how->order && t-- > 1;) {
        const int other = random_below(&state, t + 1), kept = w->order[t];
        w->order[t] = w->order[other];
        w->order[other] = kept;
    }
}

void random_scenario_tell(forecast_text *text, const random_scenario *scenario,
                          const random_telling *telling)
{
    random_teller w = {.text = text, .p = scenario, .how = telling};
    shuffle(&w);
    find_zero(&w);
    find_redundant(&w);
    text->n = 0;
    forecast_add(text, "format = 1;\n");
    if (telling->renamed)
        forecast_add(text, "scenario = { name = \"Another\"; question = \"Why?\"; };\n"
                           "what_if = ({ id = \"w\"; set = [\"goals.confidence = 70 "
                           "%%\"]; });\n");
    if (telling->said)
        forecast_add(text, "simulation = { ranges = \"p10-p90\"; widen = 1.0; sampling "
                           "= \"independent\"; };\n");
    tell_calendar(&w);
    tell_goals(&w);
    tell_team(&w);
    tell_tasks(&w);
    tell_gates(&w);
    tell_groups(&w);
    random_tell_products(&w);
    tell_risks(&w);
    if (scenario->factors)
        tell_factors(&w);
    if (scenario->correlated)
        tell_correlations(&w);
}
