#include "plain_project.h"
#include <math.h>

static const double availability = 0.5, rate = 700, delay_low = 2, delay_high = 9,
                    rework_low = 1, rework_high = 6;

/* xorshift64*, Vigna 2016; the top 53 bits, never 0 or 1. */
static double uniform(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return ((double)((*state * UINT64_C(0x2545f4914f6cdd1d)) >> 11) + 0.5) * 0x1p-53;
}

static int below(uint64_t *state, int n)
{
    return (int)(uniform(state) * n);
}

static uint64_t seeded(uint64_t seed)
{
    uint64_t state = (seed + 1) * UINT64_C(0x9e3779b97f4a7c15);
    for (int i = 0; i < 20; i++)
        uniform(&state);
    return state;
}

plain_project plain_project_make(uint64_t seed)
{
    uint64_t state = seeded(seed), *s = &state;
    plain_project p = {.tasks = 3 + below(s, PLAIN_TASKS - 2), .reviewed = -1};
    for (int t = 0; t < p.tasks; t++) {
        plain_task *task = &p.task[t];
        task->law = below(s, 5);
        task->size = 2 + below(s, 15);
        task->effort = below(s, 3) == 0;
        task->optional = t > 0 && below(s, 5) == 0 ? 20 + below(s, 70) : 100;
        for (int i = 0; i < t; i++)
            task->after |= (unsigned)(below(s, 3) > 0) << i;
    }
    p.risk = 10 + below(s, 60);
    if (below(s, 2))
        p.reviewed = below(s, p.tasks);
    p.pass = 40 + below(s, 50);
    p.at_most = 1 + below(s, 4);
    /* somebody must have finished something */
    p.task[0].law = 3;
    return p;
}

/* ------------------------------------------------------------------- happens */

/* Standard normal of two uniforms: Box & Muller 1958. */
static double normal(uint64_t *s)
{
    const double u = uniform(s), v = uniform(s);
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

static double normal_in_step(double u)
{
    double z = 0; /* by halving: erfc is all that libm has */
    for (double step = 4; step > 1e-12; step /= 2)
        z += erfc(-z / sqrt(2)) / 2 < u ? step : -step;
    return z;
}

static double took(const plain_task *task, uint64_t *s, const double *luck)
{
    const double m = task->size, spread = log(4) / (2 * 1.2815515655446004);
    const double u = luck ? *luck : uniform(s);
    switch (task->law) {
    case 0:
        return m;
    case 1:
        return -m * log(u);
    case 2:
        return m / 2 + u * (2 * m - m / 2);
    case 3: /* one in ten below m/2, one in ten above 2m */
        return m * exp(spread * (luck ? normal_in_step(u) : normal(s)));
    default: { /* a triangle on m/2, m, 3m */
        const double low = m / 2, high = 3 * m, at = (m - low) / (high - low);
        return u < at ? low + sqrt(u * (high - low) * (m - low))
                      : high - sqrt((1 - u) * (high - low) * (high - m));
    }
    }
}

plain_course plain_project_happens(const plain_project *p, uint64_t seed, bool in_step)
{
    uint64_t state = seeded(seed), *s = &state;
    double finish[PLAIN_TASKS];
    plain_course all = {0, 0};
    const double luck = uniform(s);
    for (int t = 0; t < p->tasks; t++) {
        const plain_task *task = &p->task[t];
        double at = 0, days = took(task, s, in_step ? &luck : NULL);
        for (int i = 0; i < t; i++)
            if (task->after >> i & 1)
                at = fmax(at, finish[i]);
        days /= task->effort ? availability : 1;
        if (t == 0 && uniform(s) < p->risk / 100.0)
            days += delay_low + uniform(s) * (delay_high - delay_low);
        for (int i = 0; t == p->reviewed && i < p->at_most; i++) {
            if (uniform(s) < p->pass / 100.0)
                break;
            days += rework_low + uniform(s) * (rework_high - rework_low);
        }
        if (uniform(s) >= task->optional / 100.0)
            days = 0;
        finish[t] = at + days;
        all.finish = fmax(all.finish, finish[t]);
        all.cost += days * availability * rate;
    }
    return all;
}

/* ---------------------------------------------------------------------- told */

static void tell_task(forecast_text *text, const plain_project *p, int t)
{
    const plain_task *task = &p->task[t];
    const double m = task->size;
    forecast_add(text, "{ id = \"t%d\"; who = \"1 dev\"; %s = \"", t,
                 task->effort ? "effort" : "duration");
    switch (task->law) {
    case 0:
        forecast_add(text, "%.9g", m);
        break;
    case 1:
        forecast_add(text, "exponential(%.9g)", m);
        break;
    case 2:
        forecast_add(text, "uniform(%.9g, %.9g)", m / 2, 2 * m);
        break;
    case 3:
        forecast_add(text, "%.9g to %.9g", m / 2, 2 * m);
        break;
    default:
        forecast_add(text, "triangular(%.9g, %.9g, %.9g)", m / 2, m, 3 * m);
    }
    forecast_add(text, " %s\";", task->effort ? "person-days" : "days");
    if (task->optional < 100)
        forecast_add(text, " optional = \"%d %%\";", task->optional);
    if (t == p->reviewed)
        forecast_add(text, " gate = \"review\";");
    const char *comma = " after = [";
    for (int i = 0; i < t; i++)
        if (task->after >> i & 1) {
            forecast_add(text, "%s\"t%d\"", comma, i);
            comma = ", ";
        }
    forecast_add(text, "%s }", comma[0] == ',' ? "];" : "");
}

void plain_project_tell(forecast_text *text, const plain_project *p)
{
    text->n = 0;
    forecast_add(text,
                 "format = 1; calendar = { start = \"2026-03-02\"; };\n"
                 "team = ({ id = \"dev\"; people = 100; availability = \"%g %%\"; cost "
                 "= \"%g EUR/day\"; });\ntasks = (",
                 100 * availability, rate);
    for (int t = 0; t < p->tasks; t++) {
        forecast_add(text, t ? ",\n  " : "");
        tell_task(text, p, t);
    }
    forecast_add(text,
                 ");\nrisks = ({ id = \"late\"; chance = \"%d %%\"; hits = [\"t0\"]; "
                 "delay = \"uniform(%g, %g) days\"; });\n",
                 p->risk, delay_low, delay_high);
    if (p->reviewed >= 0)
        forecast_add(
            text,
            "gates = ({ id = \"review\"; chance_to_pass = \"%d %%\"; on_fail = "
            "{ back_to = \"t%d\"; rework = \"uniform(%g, %g) days\"; at_most = "
            "%d; then = \"launch anyway\"; }; });\n",
            p->pass, p->reviewed, rework_low, rework_high, p->at_most);
}
