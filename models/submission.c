/* submission.c -- the settings of a submission, and its way to a decision. */
#include "submission.h"
#include <math.h>

/* ------------------------------------------------------------------ settings */

#define TIME .dimension = RC_TIME, .low = 0.0, .high = 5000.0
#define MONEY .dimension = RC_MONEY, .low = 0.0, .high = 1e15

static const rc_setting pre_settings[] = {
#define AT(member) .offset = offsetof(rc_pre_submission, member)
    {.key = "meeting",
     .kind = RC_TASK,
     AT(meeting),
     .required = true,
     .help =
         "task in which the authority's advice is sought: it has its own time, people "
         "and cost"},
    {.key = "fewer_questions",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .low = 0.0,
     .high = 1.0,
     AT(fewer_questions),
     .required = true,
     .help =
         "share by which the advice, once it is there, lowers the chance of questions"},
    {0}};
#undef AT

static const rc_group pre_group = {"pre_submission", sizeof(rc_pre_submission),
                                   pre_settings,
                                   "advice of the authority before the submission"};

static const rc_setting settings[] = {
#define AT(member) .offset = offsetof(rc_submission, member)
    RC_OWN_HEAD_ROWS(rc_submission, "what a task's plan calls it; default submission"),
    {.key = "clock",
     .kind = RC_ESTIMATE_ONCE,
     TIME,
     AT(clock),
     .required = true,
     .help = "the authority's own time for the review, as \"90 calendar days\": it "
             "stands while questions are answered"},
    {.key = "asks",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .low = 0.0,
     .high = 1.0,
     AT(asks),
     .help = "chance that the authority stops the clock with questions; default never"},
    {.key = "asks_again",
     .kind = RC_ESTIMATE_ONCE,
     .dimension = RC_SHARE,
     .low = 0.0,
     .high = 0.95,
     AT(asks_again),
     .help = "chance that it asks once more after an answer; default never"},
    {.key = "answers",
     .kind = RC_ESTIMATE_EACH,
     TIME,
     AT(answers),
     .help = "time to answer a round of questions: the clock stands"},
    {.key = "answer_cost",
     .kind = RC_ESTIMATE_EACH,
     MONEY,
     AT(answer_cost),
     .help = "price of answering a round of questions; default nothing"},
    {.key = "answers_within",
     .kind = RC_ESTIMATE_ONCE,
     TIME,
     AT(answers_within),
     .help = "longest time that an answer may take, or the submission is withdrawn and "
             "the plan stops; default as long as it takes"},
    {.key = "fee",
     .kind = RC_ESTIMATE_ONCE,
     MONEY,
     AT(fee),
     .help = "of each submission; default nothing"},
    {.key = "pre_submission",
     .kind = RC_GROUP,
     AT(pre_submission),
     .of = &pre_group,
     .help = "advice of the authority before the submission; default none"},
    {0}};
#undef AT

static const rc_group group = {
    "submission", sizeof(rc_submission), settings,
    "a review by an authority, whose clock stands while its questions are answered"};

static void check(const void *at, const rc_goals *goals, rc_faults *faults)
{
    (void)goals;
    const rc_submission *s = at;
    if (s->asks.given && !s->answers.given)
        rc_fault(faults, s->asks.at, "answers = \"20 / 45 / 120 calendar days\"",
                 "the authority asks, and nothing says how long answers take");
    if (s->asks.given)
        return;
    const rc_estimate *of_questions[] = {&s->asks_again, &s->answers, &s->answer_cost,
                                         &s->answers_within};
    for (size_t i = 0; i < sizeof of_questions / sizeof *of_questions; i++)
        if (of_questions[i]->given)
            rc_fault(faults, of_questions[i]->at, "add asks = \"60 to 75 %\"",
                     "'%s' is about questions, and nothing says how likely they are",
                     of_questions[i]->key);
    if (s->pre_submission)
        rc_fault(faults, s->head.at, "add asks = \"60 to 75 %\"",
                 "advice beforehand makes questions rarer, and nothing says how "
                 "likely they are");
}

/* --------------------------------------------------------------------- bind */

typedef struct bound {
    uint32_t asks;                                                /* words */
    uint32_t days, clock_days, answer_days, questions, withdrawn; /* outputs */
    uint32_t meeting; /* row of its finish; UINT32_MAX: none */
    uint32_t ends;    /* working time at which it was withdrawn; INFINITY: not */
} bound;

static uint32_t output(rc_binder *b, const rc_submission *s, const char *what,
                       rc_output_kind kind, const char *unit)
{
    return rc_bind_shown(b, rc_bind_print(b, "submission[%s].%s", s->head.id, what),
                         kind, unit, s->head.name);
}

static void *bind(const void *at, rc_binder *b)
{
    const rc_submission *s = at;
    bound *own = rc_bind_alloc(b, 1, sizeof *own);
    own->asks = rc_bind_words(b, rc_bind_print(b, "%s.asks", s->head.id));
    own->meeting =
        s->pre_submission ? rc_bind_finish(b, s->pre_submission->meeting) : UINT32_MAX;
    own->days = output(b, s, "days", RC_OUT_SPREAD, "calendar days");
    own->clock_days = output(b, s, "clock_days", RC_OUT_SPREAD, "calendar days");
    own->answer_days = output(b, s, "answer_days", RC_OUT_SPREAD, "calendar days");
    own->questions = output(b, s, "questions", RC_OUT_COUNTS, "rounds");
    own->withdrawn = output(b, s, "p_withdrawn", RC_OUT_SHARE, "share");
    own->ends =
        rc_bind_state(b, rc_bind_print(b, "%s.withdrawn", s->head.id), INFINITY);
    return own;
}

/* --------------------------------------------------------------------- place */

/* One submission in one future, on its way. */
typedef struct way {
    const rc_step *step;
    uint32_t lane;
    double now;              /* working time */
    double clock, answering; /* calendar days spent */
    double cost;
    uint32_t questions;
    bool withdrawn;
} way;

/* Working time when `length`, in the time that the estimate is written in, is over. */
static double after(const way *w, const rc_estimate *e, double length)
{
    return e->calendar ? rc_calendar_after(w->step, w->now, length) : w->now + length;
}

static uint32_t questions_asked(const rc_submission *s, const bound *own, const way *w)
{
    const rc_step *step = w->step;
    double chance = rc_row_or(step, &s->asks, w->lane, 0.0);
    /* NAN: it has not finished */
    if (own->meeting != UINT32_MAX && step->row[own->meeting][w->lane] <= w->now)
        chance *= 1.0 - rc_row(step, &s->pre_submission->fewer_questions)[w->lane];
    uint32_t n = 0;
    while (n < RC_QUESTIONS_MAX &&
           rc_uniform(rc_word(step, own->asks, step->round * 64 + n, w->lane)) <
               chance) {
        chance = rc_row_or(step, &s->asks_again, w->lane, 0.0);
        n++;
    }
    return n;
}

/* Runs the clock by so much of what is left of it. A question that falls on a weekend is
 * asked on the next working morning: until then the clock has run on. */
static void run_clock(const rc_submission *s, way *w, double length, double *left)
{
    const double then = after(w, &s->clock, length);
    const double days = rc_calendar_between(w->step, w->now, then);
    const double ran = s->clock.calendar ? fmin(days, *left) : length;
    w->clock += s->clock.calendar ? ran : days;
    *left -= ran;
    w->now = then;
}

static void answer(const rc_submission *s, way *w, uint32_t k)
{
    const rc_step *step = w->step;
    const uint32_t index = step->round * 64 + k;
    const double slower = step->slower[w->lane];
    double then =
        after(w, &s->answers, rc_each(step, &s->answers, index, w->lane) * slower);
    if (s->answers_within.given) {
        const double limit =
            after(w, &s->answers_within, rc_row(step, &s->answers_within)[w->lane]);
        w->withdrawn = then > limit;
        then = fmin(then, limit);
    }
    w->answering += rc_calendar_between(step, w->now, then);
    w->now = then;
    if (s->answer_cost.given)
        w->cost += rc_each(step, &s->answer_cost, index, w->lane);
}

static way submit(const rc_submission *s, const bound *own, const rc_step *step,
                  uint32_t lane)
{
    way w = {.step = step, .lane = lane, .now = step->start[lane]};
    w.cost += rc_row_or(step, &s->fee, lane, 0.0);
    w.questions = questions_asked(s, own, &w);
    double left = rc_row(step, &s->clock)[lane] * step->slower[lane];
    for (uint32_t k = 0; k < w.questions && !w.withdrawn; k++) {
        run_clock(s, &w, left / (w.questions - k + 1.0), &left);
        answer(s, &w, k);
    }
    if (!w.withdrawn)
        run_clock(s, &w, left, &left);
    return w;
}

static void add(double *row, double value)
{
    *row = isnan(*row) ? value : *row + value;
}

static void place(const rc_step *step, const uint32_t *lane, uint32_t n)
{
    const rc_submission *s = step->settings;
    const bound *own = step->bound;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t l = lane[i];
        const way w = submit(s, own, step, l);
        step->duration[l] = w.now - step->start[l];
        step->cost[l] = w.cost;
        add(&step->row[own->days][l], rc_calendar_between(step, step->start[l], w.now));
        add(&step->row[own->clock_days][l], w.clock);
        add(&step->row[own->answer_days][l], w.answering);
        add(&step->row[own->questions][l], w.questions);
        step->row[own->withdrawn][l] = w.withdrawn;
        if (w.withdrawn) /* a moment before it would have been decided */
            step->row[own->ends][l] = fmin(step->row[own->ends][l], w.now - 1e-9);
    }
}

/* What was withdrawn is not decided: the plan ends there. */
static void stop(const rc_step *step)
{
    const bound *own = step->bound;
    for (uint32_t l = 0; l < step->lanes; l++)
        step->stop_at[l] = fmin(step->stop_at[l], step->row[own->ends][l]);
}

static double median_in_work(const rc_estimate *e)
{
    return e->given ? rc_median(e) * (e->calendar ? 5.0 / 7.0 : 1.0) : 0.0;
}

static double typical(const void *at)
{
    const rc_submission *s = at;
    double days = median_in_work(&s->clock);
    if (s->asks.given && s->answers.given && rc_median(&s->asks) >= 0.5)
        days += median_in_work(&s->answers);
    return days;
}

const rc_model rc_model_submission = {
    .id = "submission",
    .group = &group,
    .is_plan = true,
    .own_workers = true,
    .cost_kind = "submission",
    .check = check,
    .typical = typical,
    .bind = bind,
    .place = place,
    .stop = stop,
};
