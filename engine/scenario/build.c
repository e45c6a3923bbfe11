#include "scenario/build.h"
#include "base/text.h"
#include "base/units.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

rc_position rc_inside(rc_position at, const char *text, const char *part, size_t n)
{
    at.column += (uint32_t)rc_utf8_columns(text, (size_t)(part - text));
    at.length = (uint32_t)rc_utf8_columns(part, n);
    return at;
}

void *rc_room(rc_building *b, size_t n, size_t size)
{
    void *at = rc_arena_alloc(rc_arena_of(b), n + 1, size);
    b->fill.no_memory |= !at;
    return at;
}

/* How ranges are read must be known before the first estimate is. */
static void set_reading(rc_reading *r, const rc_node *root)
{
    r->low_p = 0.1;
    r->high_p = 0.9;
    r->widen = 1;
    const rc_node *simulation = rc_node_child(root, "simulation");
    if (!simulation || simulation->kind != RC_NODE_GROUP)
        return;
    const rc_node *ranges = rc_node_child(simulation, "ranges");
    const rc_node *widen = rc_node_child(simulation, "widen");
    if (ranges && ranges->kind == RC_NODE_TEXT) {
        r->min_max = strcmp(ranges->text, "min-max") == 0;
        if (strcmp(ranges->text, "p5-p95") == 0) {
            r->low_p = 0.05;
            r->high_p = 0.95;
        }
    }
    if (widen && widen->kind == RC_NODE_REAL && widen->real >= .1 && widen->real <= 10)
        r->widen = widen->real;
    else if (widen && widen->kind == RC_NODE_INT && widen->integer >= 1 &&
             widen->integer <= 10)
        r->widen = (double)widen->integer;
}

/* The struct of a group, with its defaults where the group is absent. */
static const void *or_defaults(rc_building *b, const void *given, const rc_group *group)
{
    if (given)
        return given;
    void *out = rc_room(b, 1, group->size);
    const rc_node empty = {.kind = RC_NODE_GROUP};
    if (out)
        rc_fill_group(&b->fill, out, group, &empty, group->name, false);
    return out;
}

/* ------------------------------------------------------------------ calendar */

static const char *const day_names[] = {"mon", "tue", "wed", "thu",
                                        "fri", "sat", "sun"};

static int weekday(rc_slice s)
{
    if (s.n < 3)
        return -1;
    static const char *const long_names[] = {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    for (int i = 0; i < 7; i++)
        if ((s.n == 3 && strncasecmp(s.at, day_names[i], 3) == 0) ||
            (s.n == strlen(long_names[i]) &&
             strncasecmp(s.at, long_names[i], s.n) == 0))
            return i;
    return -1;
}

/* "Mon-Fri", "Sun-Thu" (across the end of the week), "Mon, Tue", "Sat" */
static uint8_t read_workdays(rc_building *b, const char *text, rc_position at)
{
    uint8_t days = 0;
    for (rc_slice rest = rc_slice_of(text); rest.at;) {
        const char *comma = memchr(rest.at, ',', rest.n);
        rc_slice part = {rest.at, comma ? (size_t)(comma - rest.at) : rest.n};
        rest = comma ? (rc_slice){comma + 1, rest.n - part.n - 1} : (rc_slice){0};
        part = rc_slice_trim(part);
        const char *dash = memchr(part.at, '-', part.n);
        size_t n = dash ? (size_t)(dash - part.at) : part.n;
        int from = weekday(rc_slice_trim((rc_slice){part.at, n}));
        int to =
            dash ? weekday(rc_slice_trim((rc_slice){dash + 1, part.n - n - 1})) : from;
        if (from < 0 || to < 0) {
            rc_fault(rc_faults_of(b), rc_inside(at, text, part.at, part.n),
                     "days are Mon, Tue, Wed, Thu, Fri, Sat, Sun, as in \"Mon-Fri\"",
                     "'%.*s' are no days of the week", (int)part.n, part.at);
            return 0x7f;
        }
        for (int d = from;; d = (d + 1) % 7) {
            days |= (uint8_t)(1 << d);
            if (d == to)
                break;
        }
    }
    return days;
}

int rc_by_date(const void *a, const void *b)
{
    rc_date x = *(const rc_date *)a, y = *(const rc_date *)b;
    return (x > y) - (x < y);
}

static void build_calendar(rc_building *b)
{
    rc_scenario *s = b->s;
    const rc_calendar_read *read = b->read.calendar;
    s->calendar.start = RC_DATE_NONE;
    s->calendar.workdays = 0x1f;
    if (!read)
        return;
    s->calendar.start = read->start;
    s->calendar.at = rc_place_of(&b->fill, &read->start, (rc_position){0});
    s->calendar.freezes = read->freezes;
    uint8_t days = 0;
    for (uint32_t i = 0; i < read->workdays.n; i++)
        days |= read_workdays(b, read->workdays.at[i], read->workdays.where[i]);
    s->calendar.workdays = days ? days : 0x1f;
    rc_date *holidays = rc_room(b, read->holidays.n, sizeof *holidays);
    uint32_t n = 0;
    for (uint32_t i = 0; holidays && i < read->holidays.n; i++) {
        rc_date date;
        rc_position at = read->holidays.where[i];
        if (!rc_date_parse(&date, read->holidays.at[i])) {
            rc_fault(rc_faults_of(b), at, "as in \"2026-05-01 Labour Day\"",
                     "'%s' does not begin with a date of the calendar",
                     read->holidays.at[i]);
            continue;
        }
        bool known = s->calendar.start != RC_DATE_NONE;
        if (known && (date < s->calendar.start ||
                      date > rc_date_add_months(s->calendar.start, 60)))
            rc_warn(rc_faults_of(b), at, NULL,
                    date < s->calendar.start
                        ? "this holiday is before the plan starts and changes nothing"
                        : "this holiday is more than five years after the plan starts");
        holidays[n++] = date;
    }
    if (n)
        qsort(holidays, n, sizeof *holidays, rc_by_date);
    s->calendar.holidays = holidays;
    s->calendar.holidays_n = n;
    rc_freeze *freezes = s->calendar.freezes.at;
    for (uint32_t i = 0; i < s->calendar.freezes.n; i++)
        if (freezes[i].from != RC_DATE_NONE && freezes[i].to != RC_DATE_NONE &&
            freezes[i].to < freezes[i].from)
            rc_fault(rc_faults_of(b), freezes[i].head.at, NULL,
                     "the freeze '%s' ends before it begins", freezes[i].head.id);
}

/* --------------------------------------------------------------------- goals */

/* Which of at_least and at_most is given; NULL: not one of them, or it is no text. */
static const char *const *one_end(rc_building *b, const char *const *at_least,
                                  const char *const *at_most, rc_position at,
                                  const char *of)
{
    const void *const ends[] = {at_least, at_most};
    const bool least = rc_is_given(&b->fill, at_least);
    if (least != rc_is_given(&b->fill, at_most))
        return least ? (*at_least ? at_least : NULL) : (*at_most ? at_most : NULL);
    rc_place_of_change(&at, &b->fill, ends, 2);
    rc_fault(rc_faults_of(b), at,
             "at_least where more is better, at_most where less is",
             "%s needs either 'at_least' or 'at_most'", of);
    return NULL;
}

static void build_target(rc_building *b, rc_target *t, const rc_target_read *read)
{
    static const rc_setting row = {
        .key = "target", .kind = RC_REAL, .dimension = RC_METRIC};
    if (!read->metric)
        return;
    rc_position at = rc_place_of(&b->fill, &read->metric, (rc_position){0});
    const char *const *text =
        one_end(b, &read->at_least, &read->at_most, at, "the target");
    if (!text)
        return;
    t->metric = read->metric;
    t->metric_at = rc_place_of(&b->fill, &read->metric, at);
    t->up = read->at_least != NULL;
    t->at = rc_place_of(&b->fill, text, at);
    t->given =
        rc_value_unit_parse(&t->value, &t->unit, &b->fill.reading, &row, *text, t->at);
}

/* One target, or several: they are a list in either case. */
static void build_targets(rc_building *b, const rc_goals_read *read)
{
    rc_goals *goals = &b->s->goals;
    bool listed = rc_is_given(&b->fill, &read->targets);
    if (listed && read->target) {
        const void *const both[] = {&read->target, &read->targets};
        rc_position at = rc_place_of(&b->fill, &read->targets, (rc_position){0});
        rc_place_of_change(&at, &b->fill, both, 2);
        rc_fault(rc_faults_of(b), at, "put all of them into targets",
                 "both 'target' and 'targets' are given");
        return;
    }
    uint32_t n = listed ? read->targets.n : read->target ? 1 : 0;
    const rc_target_read *from = listed ? read->targets.at : read->target;
    rc_target *list = rc_room(b, n, sizeof *list);
    for (uint32_t i = 0; list && i < n; i++) {
        rc_target *t = &list[goals->targets_n];
        build_target(b, t, &from[i]);
        goals->targets_n += t->given;
    }
    goals->targets = list;
    if (goals->targets_n)
        goals->target = list[0];
}

/* That quality can move the measure as wanted, and that there is time to. */
static void check_supports(rc_building *b, const rc_supports *s, rc_position by_at)
{
    const rc_estimate *per_point = &s->per_point;
    const rc_date deadline = b->read.goals->deadline;
    const bool up = s->up == b->s->goals.target.up; /* points more or less are better */
    if (deadline != RC_DATE_NONE && s->by < deadline)
        rc_warn(rc_faults_of(b), by_at, "look at it some months after the deadline",
                "%s is looked at before the deadline: what launches in time may not "
                "have moved it by then",
                s->measure);
    if (per_point->given && b->s->goals.target.given &&
        (up ? rc_law_quantile(&per_point->law, .9) < 0
            : rc_law_quantile(&per_point->law, .1) > 0))
        rc_fault(rc_faults_of(b), per_point->at,
                 !b->s->goals.target.up ? NULL
                 : s->up ? "at_least needs what rises with quality: \"1 to 3 %\""
                         : "at_most needs what falls with quality: \"-3 to -1 %\"",
                 "%s is to %s, and better quality makes it %s", s->measure,
                 s->up ? "rise" : "fall", s->up ? "fall" : "rise");
    if (s->today.given &&
        (s->up ? rc_median(&s->today) >= s->wanted : rc_median(&s->today) <= s->wanted))
        rc_warn(rc_faults_of(b), s->today.at, NULL,
                "%s is as wanted today already: nothing has to move", s->measure);
}

/* As a target, but of a business: its unit is its own, and it has a day. */
static void build_supports(rc_building *b, const rc_supports_read *read)
{
    static const rc_setting row = {
        .key = "supports", .kind = RC_REAL, .dimension = RC_METRIC};
    rc_scenario *s = b->s;
    rc_supports *out = rc_room(b, 1, sizeof *out);
    if (!out || !read->measure || read->by == RC_DATE_NONE)
        return;
    rc_position at = rc_place_of(&b->fill, &read->measure, (rc_position){0});
    *out = (rc_supports){.measure = read->measure,
                         .today = read->today,
                         .per_point = read->per_point,
                         .up = read->at_least != NULL,
                         .by = read->by,
                         .at = at};
    const char *const *text =
        one_end(b, &read->at_least, &read->at_most, at, "supports");
    if (!text)
        return;
    at = rc_place_of(&b->fill, text, at);
    if (!rc_value_unit_parse(&out->wanted, &out->unit, &b->fill.reading, &row, *text,
                             at))
        return;
    const char *own = out->unit ? out->unit : "", *its = read->today.unit;
    const bool one_unit = strcmp(own, its ? its : "") == 0;
    if (!one_unit)
        rc_fault(rc_faults_of(b), at, "write both in one unit",
                 "%s is wanted in '%s', and today in '%s'", read->measure, own,
                 its ? its : "");
    if (!b->target_unclear && (!s->goals.target.given || !s->goals.target.unit ||
                               strcmp(s->goals.target.unit, "%") != 0))
        rc_fault(rc_faults_of(b), out->at, "goals.target, as at_least = \"82 %\"",
                 "supports needs a target in %%, whose points move the measure");
    if (s->calendar.start == RC_DATE_NONE) /* has its own fault */
        return;
    if (read->by < s->calendar.start)
        rc_fault(rc_faults_of(b), rc_place_of(&b->fill, &read->by, out->at), NULL,
                 "supports is looked at before the plan starts");
    if (one_unit)
        check_supports(b, out, rc_place_of(&b->fill, &read->by, out->at));
    out->by_months = (read->by + 1 - s->calendar.start) / RC_CALENDAR_DAYS_PER_MONTH;
    s->goals.supports = out;
}

static void build_goals(rc_building *b)
{
    rc_scenario *s = b->s;
    const rc_goals_read *read = b->read.goals;
    s->deadline = RC_DATE_NONE;
    s->goals.deadline_days = INFINITY;
    s->goals.start_date = s->calendar.start;
    s->goals.deadline_date = RC_DATE_NONE;
    s->goals.budget = INFINITY;
    s->goals.confidence = 0.8;
    if (!read)
        return;
    s->goals.confidence = read->confidence;
    s->deadline = s->goals.deadline_date = read->deadline;
    s->deadline_at = rc_place_of(&b->fill, &read->deadline, (rc_position){0});
    if (rc_is_given(&b->fill, &read->budget))
        s->goals.budget = read->budget;
    const uint32_t before = rc_faults_errors(rc_faults_of(b));
    build_targets(b, read);
    b->target_unclear = rc_faults_errors(rc_faults_of(b)) != before ||
                        (!s->goals.targets_n && rc_is_given(&b->fill, &read->target));
    if (read->supports)
        build_supports(b, read->supports);
    if (s->deadline != RC_DATE_NONE && s->calendar.start != RC_DATE_NONE &&
        s->deadline < s->calendar.start) {
        char start[11], deadline[11];
        rc_date_print(start, s->calendar.start);
        rc_date_print(deadline, s->deadline);
        const void *const ends[] = {&read->deadline, &b->read.calendar->start};
        rc_position at = s->deadline_at;
        rc_place_of_change(&at, &b->fill, ends, 2);
        rc_fault(rc_faults_of(b), at, NULL, "the deadline %s is before the start %s",
                 deadline, start);
    }
}

/* ---------------------------------------------------------------------- team */

static void build_team(rc_building *b)
{
    static const rc_setting of_people = {
        .key = "cost", .kind = RC_REAL, .dimension = RC_MONEY_PER_DAY};
    static const rc_setting of_machines = {
        .key = "cost", .kind = RC_REAL, .dimension = RC_MONEY_PER_HOUR};
    const rc_team_read *read = b->read.team.at;
    rc_team *team = rc_room(b, b->read.team.n, sizeof *team);
    if (!team)
        return;
    for (uint32_t i = 0; i < b->read.team.n; i++, read++) {
        rc_team *t = &team[i];
        bool people = rc_is_given(&b->fill, &read->people);
        bool capacity = rc_is_given(&b->fill, &read->capacity);
        const void *const heads[] = {&read->people, &read->capacity};
        rc_position at = read->head.at;
        rc_place_of_change(&at, &b->fill, heads, 2);
        if (people == capacity)
            rc_fault(rc_faults_of(b), at, "people for heads, capacity for machines",
                     "the team '%s' needs either 'people' or 'capacity'",
                     read->head.id);
        t->head = read->head;
        t->is_capacity = capacity;
        t->people = capacity ? read->capacity : read->people;
        t->availability = read->availability;
        t->paid_always = read->paid == 1;
        t->joins = read->joins;
        t->leaves = read->leaves;
        b->fill.reading.name = "team.cost";
        if (read->cost &&
            rc_value_parse(&t->cost_per_day, &b->fill.reading,
                           capacity ? &of_machines : &of_people, read->cost,
                           rc_place_of(&b->fill, &read->cost, read->head.at)))
            t->cost_per_day *= capacity ? RC_MACHINE_HOURS_PER_DAY : 1;
        const rc_leave *leaves = read->leaves.at;
        for (uint32_t k = 0; k < read->leaves.n; k++)
            if (leaves[k].back_on != RC_DATE_NONE && leaves[k].back_on <= leaves[k].on)
                rc_fault(rc_faults_of(b), leaves[k].head.at, NULL,
                         "'%s' is back before it has left", leaves[k].head.id);
    }
    b->s->team = (rc_list){team, b->read.team.n};
}

/* --------------------------------------------------------------------- risks */

/* An active mitigation stands in for what it replaces, under the names of the risk, so
 * that the same random numbers are drawn with it and without. */
static void mitigate(rc_building *b, rc_risk *risk, rc_risk_mitigation *m)
{
    const struct {
        const char *key;
        rc_estimate *own, *by;
    } parts[] = {{"chance", &risk->chance, &m->chance},
                 {"delay", &risk->delay, &m->delay},
                 {"slower", &risk->slower, &m->slower},
                 {"cost", &risk->cost, &m->impact}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        rc_estimate *own = parts[i].own, old = *own;
        if (!parts[i].by->given)
            continue;
        *own = *parts[i].by;
        own->name = old.name;
        own->index = old.index;
        if (!old.given)
            rc_number_estimate(&b->fill, own,
                               rc_setting_row(&rc_mitigation_group, parts[i].key),
                               rc_arena_print(rc_arena_of(b), "risks.%s.%s",
                                              risk->head.id, parts[i].key));
    }
    if (m->cost.given)
        rc_number_estimate(&b->fill, &m->cost,
                           rc_setting_row(&rc_mitigation_group, "cost"), m->cost.name);
}

static void build_risks(rc_building *b)
{
    rc_risk *risk = b->s->risks.at;
    for (uint32_t i = 0; i < b->s->risks.n; i++, risk++) {
        rc_risk_mitigation *m = (rc_risk_mitigation *)risk->mitigation;
        if (!m)
            continue;
        m->at = rc_place_of(&b->fill, &risk->mitigation, risk->head.at);
        if (!m->name)
            m->name = risk->head.name;
        if (m->active)
            mitigate(b, risk, m);
    }
}

/* -------------------------------------------------------------------- output */

static void build_output(rc_building *b)
{
    static const double always[] = {10, 50, 80, 90};
    const rc_output_read *read = b->read.output;
    uint32_t given = read ? read->percentiles.n : 0, n = 0;
    double *list = rc_room(b, given + 4, sizeof *list);
    if (!list)
        return;
    for (uint32_t i = 0; i < 4; i++)
        list[n++] = always[i];
    for (uint32_t i = 0; i < given; i++) {
        double p = 0;
        rc_slice text = rc_slice_of(read->percentiles.at[i]);
        bool is_new = true;
        if (!rc_number_is(&p, text) || !(p > 0 && p < 100) ||
            floor(p * 1000 + .5) != p * 1000) {
            rc_fault(
                rc_faults_of(b), read->percentiles.where[i], NULL,
                "a percentile lies between 0 and 100, with three decimals at most");
            continue;
        }
        for (uint32_t k = 0; k < n; k++)
            is_new &= list[k] != p;
        uint32_t k = n;
        for (; is_new && k > 0 && list[k - 1] > p; k--)
            list[k] = list[k - 1];
        if (is_new) {
            list[k] = p;
            n++;
        }
    }
    b->s->percentiles = list;
    b->s->percentiles_n = n;
    if (!read)
        return;
    b->s->charts = read->charts;
    b->s->output_folder = read->folder;
    if (!read->folder)
        return;
    bool lawful = *read->folder && *read->folder != '/';
    for (const char *part = read->folder; lawful && part; part = strchr(part, '/')) {
        part += *part == '/';
        size_t length = strcspn(part, "/");
        lawful = length && length < 200 && !(length == 1 && *part == '.') &&
                 !(length == 2 && memcmp(part, "..", 2) == 0);
    }
    if (!lawful)
        rc_fault(
            rc_faults_of(b), rc_place_of(&b->fill, &read->folder, (rc_position){0}),
            "a name like \"fraud_v2\"; -o says where that folder is made",
            "output.folder must be relative, and lead into the folder given with -o");
}

/* -------------------------------------------------------------------- models */

static void build_models(rc_building *b, const rc_node *root,
                         const rc_model *const *models)
{
    uint32_t n = 0;
    while (models && models[n])
        n++;
    rc_model_groups *list = rc_room(b, n, sizeof *list);
    uint32_t kept = 0;
    for (uint32_t i = 0; list && i < n; i++) {
        rc_model_groups *m = &list[kept++];
        m->model = models[i];
        if (!models[i]->group) /* the gate: its settings are the engine's */
            continue;
        const rc_node *node = rc_node_child(root, models[i]->id);
        if (!node)
            continue;
        if (node->kind != RC_NODE_GROUP && node->kind != RC_NODE_LIST) {
            rc_fault(rc_faults_of(b), node->at, NULL,
                     "'%s' expects a group { … } or a list of groups, found %s",
                     models[i]->id, rc_node_kind_name(node->kind));
            continue;
        }
        if (!models[i]->is_plan && !models[i]->several && node->kind == RC_NODE_LIST &&
            node->n > 1) {
            const rc_node *second = node->first->next;
            rc_fault(rc_faults_of(b), second->at, NULL,
                     "%u groups of '%s', a scenario has one", node->n, models[i]->id);
            continue;
        }
        rc_list groups = {0};
        rc_fill_list(&b->fill, &groups, models[i]->group, node, models[i]->id, true);
        m->at = groups.at;
        m->n = groups.n;
        m->given = groups.n > 0;
    }
    b->s->models = list;
    b->s->models_n = kept;
}

enum { ROOT_KEYS = 64 };

/* The root without the groups of models, which it does not know. */
static rc_node without_models(const rc_node *root, const rc_model *const *models,
                              rc_building *b)
{
    rc_node own = {.kind = RC_NODE_GROUP, .at = root->at};
    rc_node *copies = rc_room(b, root->n, sizeof *copies);
    const char **keys = rc_room(b, ROOT_KEYS, sizeof *keys);
    for (uint32_t i = 0; keys && models && models[i] && i < ROOT_KEYS; i++)
        if (models[i]->group)
            keys[b->fill.root_keys_n++] = models[i]->id;
    b->fill.root_keys = keys;
    for (const rc_node *c = root->first; c && copies; c = c->next) {
        bool of_model = false;
        for (uint32_t i = 0; models && models[i]; i++)
            of_model |= models[i]->group && strcmp(models[i]->id, c->key) == 0;
        if (of_model)
            continue;
        *copies = *c;
        rc_node_append(&own, copies++);
    }
    return own;
}

void rc_build(rc_building *b, const rc_node *root, const rc_model *const *models)
{
    rc_scenario *s = b->s;
    set_reading(&b->fill.reading, root);
    b->fill.in = "";
    const rc_node own = without_models(root, models, b);
    rc_fill_group(&b->fill, &b->read, &rc_root_group, &own, "", false);
    build_models(b, root, models);
    const rc_about_read *about = b->read.about;
    if (about) {
        s->name = about->name;
        s->question = about->question;
        s->hypothesis = s->goals.hypothesis = about->hypothesis;
        s->owner = about->owner;
        s->updated = about->updated;
    }
    const rc_simulation_read *simulation =
        or_defaults(b, b->read.simulation, &rc_simulation_group);
    if (simulation) {
        s->futures = (uint64_t)simulation->futures;
        s->seed = (uint64_t)simulation->seed;
    }
    s->phases = b->read.phases;
    s->tasks = b->read.tasks;
    s->metrics = b->read.metrics;
    s->gates = b->read.gates;
    s->risks = b->read.risks;
    s->shared_factors = b->read.shared_factors;
    s->correlations = b->read.correlations;
    s->what_if = b->read.what_if;
    build_calendar(b);
    build_goals(b);
    build_team(b);
    build_risks(b);
    build_output(b);
}
