/* safety.c -- rounds of red teaming, and the fixes between them. */
#include "safety.h"
#include <math.h>
#include <string.h>

/* ------------------------------------------------------------------ settings */

#define AT(member) .offset = offsetof(rc_safety, member)

static const rc_setting settings[] = {
    RC_OWN_HEAD_ROWS(rc_safety, "what `plan` calls it; default safety"),
    {.key = "findings",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_COUNT,
     AT(findings),
     .required = true,
     .low = 0,
     .high = 2000,
     .help = "how many problems there are to expect before the first round; how many "
             "there really are scatters about it (Poisson)"},
    {.key = "blocks",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     AT(blocks),
     .low = 0,
     .high = 1,
     .help = "share of them that must be fixed before the launch; default all"},
    {.key = "finds",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     AT(finds),
     .fallback = "60 to 90 %",
     .low = 0,
     .high = 1,
     .help =
         "share of the blocking problems there that one round finds; the default is "
         "our judgement"},
    {.key = "round_takes",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_TIME,
     AT(round_takes),
     .fallback = "2 / 4 / 8 days",
     .low = 0,
     .high = 5000,
     .help = "one round of red teaming, report included; the default is our judgement"},
    {.key = "round_costs",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_MONEY,
     AT(round_costs),
     .low = 0,
     .high = 1e12,
     .help = "price of one round besides the people of `who`; default nothing"},
    {.key = "fix_takes",
     .kind = RC_ESTIMATE_EACH,
     .dimension = RC_TIME,
     AT(fix_takes),
     .fallback = "1 / 2 / 5 days",
     .low = 0,
     .high = 5000,
     .help = "to fix one blocking problem; the default is our judgement"},
    {.key = "fixed_at_once",
     .kind = RC_INT,
     .dimension = RC_COUNT,
     AT(fixed_at_once),
     .fallback = "1",
     .low = 1,
     .high = RC_FIXERS_MAX,
     .help = "how many problems are worked on in parallel"},
    {.key = "brings_new",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     AT(brings_new),
     .low = 0,
     .high = 0.9,
     .help =
         "chance that a fix does not hold or opens another blocking problem; default "
         "none"},
    {.key = "also",
     .kind = RC_EFFECTS,
     AT(also),
     .help =
         "what each fix does to metrics, as [ \"solved -0.3 to 0 points\" ]: a model "
         "that refuses more than it should; default nothing"},
    {.key = "again",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     AT(again),
     .fallback = "20 to 50 %",
     .low = 0,
     .high = 1,
     .help =
         "where a gate sends the work back: problems of the changed model, as a share "
         "of `findings`; the default is our judgement"},
    {0},
};

static const rc_group group = {
    .name = "safety",
    .size = sizeof(rc_safety),
    .settings = settings,
    .help = "red teaming: what it finds blocks the launch until it is fixed",
};

static void check_working(const rc_estimate *e, const char *key, rc_faults *faults)
{
    if (e->calendar)
        rc_fault(faults, e->at, "write \"days\"",
                 "%s is work: it counts working days, not calendar days", key);
}

static void check(const void *at, const rc_goals *goals, rc_faults *faults)
{
    (void)goals;
    const rc_safety *s = at;
    check_working(&s->round_takes, "round_takes", faults);
    check_working(&s->fix_takes, "fix_takes", faults);
}

/* ----------------------------------------------------------------------- bind */

typedef struct bound {
    uint32_t problem_words, other_words, found_words, new_words;
    uint32_t *also;    /* [s->also.n] state rows */
    uint32_t problems; /* the driver: blocking problems before the first round */
    uint32_t rounds, fixes, others, days, unfound, p_unfound, p_clean; /* outputs */
} bound;

static uint32_t words(rc_binder *b, const char *path, const char *what)
{
    return rc_bind_words(b, rc_bind_print(b, "%s.%s", path, what));
}

static void bind_outputs(bound *own, const rc_safety *s, rc_binder *b)
{
    const rc_shown_row rows[] = {
        {&own->rounds, "rounds", RC_OUT_SPREAD, "rounds"},
        {&own->fixes, "fixes", RC_OUT_SPREAD, "fixes"},
        {&own->others, "others", RC_OUT_SPREAD, "findings"},
        {&own->days, "days", RC_OUT_SPREAD, "days"},
        {&own->unfound, "unfound", RC_OUT_SPREAD, "problems"},
        {&own->p_unfound, "p_unfound", RC_OUT_SHARE, "share"},
        {&own->p_clean, "p_clean", RC_OUT_SHARE, "share"},
    };
    rc_bind_table(b, rc_bind_print(b, "safety[%s]", s->head.id), s->head.name, rows,
                  sizeof rows / sizeof *rows);
}

static void *bind(const void *at, rc_binder *b)
{
    const rc_safety *s = at;
    const bool single = strcmp(s->head.id, "safety") == 0;
    const char *path = single ? "safety" : rc_bind_print(b, "safety.%s", s->head.id);
    bound *own = rc_bind_alloc(b, 1, sizeof *own);
    own->problem_words = words(b, path, "problems");
    own->other_words = words(b, path, "others");
    own->found_words = words(b, path, "found");
    own->new_words = words(b, path, "new");
    const char *driver = rc_bind_print(b, "%s.problems", path);
    own->problems = rc_bind_state(b, driver, NAN);
    rc_bind_driver(b, own->problems, driver, "Blocking safety problems", RC_STATED);
    own->also = rc_bind_alloc(b, s->also.n, sizeof *own->also);
    for (uint32_t i = 0; i < s->also.n; i++)
        own->also[i] =
            rc_bind_state(b, rc_bind_print(b, "metric.%s", s->also.at[i].metric), NAN);
    bind_outputs(own, s, b);
    if (s->finds.origin == RC_DEFAULT)
        rc_bind_assumed(b, "a round of red teaming finds %s of what is there",
                        s->finds.text);
    if (s->round_takes.origin == RC_DEFAULT)
        rc_bind_assumed(b, "a round of red teaming takes %s", s->round_takes.text);
    if (s->fix_takes.origin == RC_DEFAULT)
        rc_bind_assumed(b, "a safety fix takes %s", s->fix_takes.text);
    if (s->again.origin == RC_DEFAULT)
        rc_bind_assumed(b,
                        "a model that a gate sent back shows %s of its findings anew",
                        s->again.text);
    return own;
}

/* ---------------------------------------------------------------------- place */

/* One future's red team, kept from round to round of a gate's loop. */
typedef struct rc_red_team {
    double hidden; /* blocking problems that are there */
    uint32_t rounds, fixes;
} rc_red_team;

static double poisson(double mean, uint32_t word)
{
    const rc_law law = {.kind = RC_POISSON, .p = {mean}, .floor_at = -INFINITY};
    return mean > 0 ? rc_law_quantile(&law, rc_uniform(word)) : 0;
}

static double binomial(double n, double p, uint32_t word)
{
    return n > 0 && p > 0 ? p < 1 ? rc_binomial_quantile(rc_uniform(word), n, p) : n
                          : 0;
}

/* Problems of a model that comes in this round of the plan, blocking and others. */
static void meet_problems(const rc_step *step, uint32_t lane, rc_red_team *team)
{
    const rc_safety *s = step->settings;
    const bound *own = step->bound;
    const double blocks = rc_row_or(step, &s->blocks, lane, 1);
    double mean = rc_row(step, &s->findings)[lane];
    if (step->round > 1)
        mean *= rc_row(step, &s->again)[lane];
    const double found =
        poisson(mean * blocks, rc_word(step, own->problem_words, step->round, lane));
    const double others = poisson(mean * (1 - blocks),
                                  rc_word(step, own->other_words, step->round, lane));
    team->hidden += found;
    if (step->round == 1) {
        step->row[own->problems][lane] = found;
        step->row[own->others][lane] = step->row[own->days][lane] = 0;
    }
    step->row[own->others][lane] += others;
}

static void side_effects(const rc_step *step, uint32_t lane, uint32_t fix)
{
    const rc_safety *s = step->settings;
    const bound *own = step->bound;
    for (uint32_t i = 0; i < s->also.n; i++) {
        double *metric = &step->row[own->also[i]][lane];
        if (isnan(*metric)) /* nobody has built what it is a metric of */
            continue;
        *metric = rc_affected(step, &s->also.at[i], *metric, fix, lane);
        if (s->also.at[i].change.dimension == RC_POINTS) /* of a share */
            *metric = fmin(fmax(*metric, 0), 1);
    }
}

/* Days until n more problems are fixed. Who fixes takes the next when he is free, so
 * that only the ends of what runs are kept. */
static double fix(const rc_step *step, uint32_t lane, rc_red_team *team, double n)
{
    const rc_safety *s = step->settings;
    const uint32_t at_once = (uint32_t)s->fixed_at_once;
    double free_at[RC_FIXERS_MAX] = {0}, last = 0;
    for (double i = 0; i < n; i++) {
        uint32_t first = 0;
        for (uint32_t k = 1; k < at_once; k++)
            first = free_at[k] < free_at[first] ? k : first;
        free_at[first] += rc_each(step, &s->fix_takes, team->fixes, lane);
        side_effects(step, lane, team->fixes++);
        last = fmax(last, free_at[first]);
    }
    return last;
}

static void red_team(const rc_step *step, uint32_t lane, rc_red_team *team)
{
    const rc_safety *s = step->settings;
    const bound *own = step->bound;
    const double finds = rc_row(step, &s->finds)[lane];
    const double brings_new = rc_row_or(step, &s->brings_new, lane, 0);
    const double limit = step->rework ? step->rework[lane] : INFINITY;
    double days = 0, cost = 0;
    meet_problems(step, lane, team);
    for (uint32_t round = 0; days < limit || round == 0; round++) {
        const uint32_t k = team->rounds++;
        days += rc_each(step, &s->round_takes, k, lane);
        cost += s->round_costs.given ? rc_each(step, &s->round_costs, k, lane) : 0;
        const double found =
            binomial(team->hidden, finds, rc_word(step, own->found_words, k, lane));
        if (k == 0)
            step->row[own->p_clean][lane] = found <= 0;
        if (found <= 0 || round + 1 == RC_RED_TEAM_ROUNDS_MOST)
            break;
        days += fix(step, lane, team, found);
        team->hidden +=
            binomial(found, brings_new, rc_word(step, own->new_words, k, lane)) - found;
    }
    step->duration[lane] = days * step->slower[lane];
    step->cost[lane] = cost;
}

static void place(const rc_step *step, const uint32_t *lane, uint32_t n)
{
    const bound *own = step->bound;
    rc_red_team *teams = step->memory;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t l = lane[i];
        rc_red_team *team = &teams[l];
        red_team(step, l, team);
        step->row[own->rounds][l] = team->rounds;
        step->row[own->fixes][l] = team->fixes;
        step->row[own->days][l] += step->duration[l];
        step->row[own->unfound][l] = team->hidden;
        step->row[own->p_unfound][l] = team->hidden > 0;
    }
}

static double median_or(const rc_estimate *e, double absent)
{
    return e->given ? rc_median(e) : absent;
}

/* Rounds until less than half a problem is left to be found, at medians. */
static double typical(const void *at)
{
    const rc_safety *s = at;
    double hidden = rc_median(&s->findings) * median_or(&s->blocks, 1), days = 0;
    for (int round = 0; round < RC_RED_TEAM_ROUNDS_MOST; round++) {
        const double found = hidden * rc_median(&s->finds);
        days += rc_median(&s->round_takes);
        if (found < 0.5)
            break;
        days += ceil(found / (double)s->fixed_at_once) * rc_median(&s->fix_takes);
        hidden -= found * (1 - median_or(&s->brings_new, 0));
    }
    return days;
}

const rc_model rc_model_safety = {
    .id = "safety",
    .group = &group,
    .is_plan = true,
    .cost_kind = "safety",
    .memory_per_lane = sizeof(rc_red_team),
    .check = check,
    .typical = typical,
    .bind = bind,
    .place = place,
};
