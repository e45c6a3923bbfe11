/* estimate_calls.c -- laws by name: lognormal(p10 = 3, p90 = 12) days, discrete, mix.
 */
#include "scenario/estimate_grammar.h"
#include "base/text.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { PARTS_MAX = 64, DEPTH_MAX = 4 };

/* ---------------------------------------------------------------- named laws */

/* What a parameter is: a value in the unit, a width in it, a plain number, a chance. */
typedef enum role { VALUE, WIDTH, PLAIN, CHANCE } role;

typedef struct parameter {
    const char *name;
    role what;
    double otherwise; /* NAN: must be given */
} parameter;

typedef struct law_row {
    const char *name;
    rc_law_kind kind;
    uint32_t fit; /* how many percentiles define it; 0: none may be given */
    parameter p[5];
} law_row;

static const law_row laws[] = {
    {"constant", RC_CONSTANT, 0, {{"v", VALUE, NAN}}},
    {"uniform", RC_UNIFORM, 0, {{"low", VALUE, NAN}, {"high", VALUE, NAN}}},
    {"triangular",
     RC_TRIANGULAR,
     3,
     {{"low", VALUE, NAN}, {"mode", VALUE, NAN}, {"high", VALUE, NAN}}},
    {"pert",
     RC_PERT,
     3,
     {{"low", VALUE, NAN},
      {"mode", VALUE, NAN},
      {"high", VALUE, NAN},
      {"lambda", PLAIN, 4}}},
    {"normal", RC_NORMAL, 2, {{"mean", VALUE, NAN}, {"sd", WIDTH, NAN}}},
    {"lognormal", RC_LOGNORMAL, 2, {{"median", VALUE, NAN}, {"sigma", PLAIN, NAN}}},
    {"exponential", RC_EXPONENTIAL, 0, {{"mean", VALUE, NAN}}},
    {"gamma", RC_GAMMA, 2, {{"shape", PLAIN, NAN}, {"scale", WIDTH, NAN}}},
    {"weibull", RC_WEIBULL, 2, {{"shape", PLAIN, NAN}, {"scale", WIDTH, NAN}}},
    {"beta",
     RC_BETA,
     0,
     {{"a", PLAIN, NAN}, {"b", PLAIN, NAN}, {"low", VALUE, 0}, {"high", VALUE, 1}}},
    {"bernoulli", RC_BERNOULLI, 0, {{"p", CHANCE, NAN}}},
    {"poisson", RC_POISSON, 0, {{"mean", VALUE, NAN}}},
    {"metalog", RC_METALOG, 3, {{"low", VALUE, -INFINITY}, {"high", VALUE, INFINITY}}},
};
enum { LAWS = sizeof laws / sizeof *laws };

static const struct {
    const char *name;
    double at;
} percentiles[] = {{"p5", 0.05},  {"p10", 0.1}, {"p25", 0.25}, {"p50", 0.5},
                   {"p75", 0.75}, {"p90", 0.9}, {"p95", 0.95}, {"mode", NAN}};
enum {
    PERCENTILES = sizeof percentiles / sizeof *percentiles,
    ARGUMENTS_MAX = 5 + PERCENTILES
};

typedef struct call {
    rc_span name;  /* of the law */
    rc_span outer; /* the unit behind the parenthesis, or the one around it */
    uint32_t end;  /* past both */
} call;

typedef struct argument {
    rc_span name; /* empty: by place */
    rc_quantity q;
} argument;

/* At "(": finds its ")" and the unit behind it, and steps in. */
static bool call_open(rc_cursor *c, call *out, rc_span name, rc_span outer)
{
    uint32_t open = c->at, depth = 0, at = open;
    for (; at < c->n; at++) {
        depth += c->text[at] == '(';
        depth -= c->text[at] == ')';
        if (depth == 0)
            break;
    }
    if (at == c->n)
        return rc_complain(c, (rc_span){open, open + 1}, NULL,
                           "this parenthesis is never closed");
    c->at = at + 1;
    rc_span unit = rc_unit_take(c);
    *out = (call){name, rc_span_empty(unit) ? outer : unit, c->at};
    c->at = open + 1;
    return true;
}

/* After one argument: "," goes on, ")" closes, anything else is a fault. */
static bool argument_ends(rc_cursor *c, const call *at, bool *closed)
{
    char x = rc_cursor_next(c);
    *closed = x == ')';
    if (x == ',') {
        c->at++;
        return true;
    }
    if (*closed) {
        c->at = at->end;
        return true;
    }
    uint32_t shown = c->n - c->at < 24 ? c->n - c->at : 24;
    return rc_complain(c, (rc_span){c->at, c->at + shown}, NULL,
                       "expected ',' or ')', found '%.*s'", (int)shown,
                       c->text + c->at);
}

static bool too_many(rc_cursor *c, const call *at)
{
    return rc_complain(c, at->name, NULL, "more than %d parts", PARTS_MAX);
}

static bool arguments(rc_cursor *c, const call *at, argument *out, uint32_t *n,
                      uint32_t most)
{
    *n = 0;
    if (rc_cursor_next(c) == ')') {
        c->at = at->end;
        return true;
    }
    for (bool closed = false; !closed; ++*n) {
        if (*n == most)
            return rc_complain(c, (rc_span){c->at, c->at + 1}, NULL,
                               "expected at most %u parameters", most);
        argument *a = &out[*n];
        a->name = rc_cursor_word(c);
        if (!rc_span_empty(a->name)) {
            if (rc_cursor_next(c) != '=')
                return rc_complain(c, a->name, NULL, "expected a number or '%.*s='",
                                   (int)(a->name.to - a->name.from < 24
                                             ? a->name.to - a->name.from
                                             : 24),
                                   c->text + a->name.from);
            c->at++;
        }
        if (!rc_quantity_take(c, &a->q) || !argument_ends(c, at, &closed))
            return false;
    }
    return true;
}

/* A number without a unit; a chance may be written in %. */
static bool plain_number(rc_cursor *c, double *out, const rc_quantity *q, role what)
{
    bool percent = what == CHANCE && rc_span_is(c, q->unit, "%");
    if (!rc_span_empty(q->unit) && !percent)
        return rc_complain(c, q->unit, NULL, "expected a number without a unit");
    *out = percent ? q->number / 100 : q->number;
    return true;
}

static const parameter *parameter_find(const rc_cursor *c, const law_row *law,
                                       rc_span name)
{
    for (const parameter *p = law->p; p < law->p + 5 && p->name; p++)
        if (rc_span_is(c, name, p->name))
            return p;
    return NULL;
}

static size_t percentile_find(const rc_cursor *c, rc_span name)
{
    size_t i = 0;
    while (i < PERCENTILES && !rc_span_is(c, name, percentiles[i].name))
        i++;
    return i;
}

static bool unknown_parameter(rc_cursor *c, const law_row *law, rc_span name)
{
    const char *known[ARGUMENTS_MAX];
    size_t k = 0;
    for (const parameter *p = law->p; p < law->p + 5 && p->name; p++)
        known[k++] = p->name;
    for (size_t i = 0; law->fit && i < PERCENTILES; i++)
        known[k++] = percentiles[i].name;
    char word[32], hint[64];
    uint32_t n = name.to - name.from < 31 ? name.to - name.from : 31;
    snprintf(word, sizeof word, "%.*s", (int)n, c->text + name.from);
    const char *near = rc_did_you_mean(word, known, k);
    snprintf(hint, sizeof hint, "did you mean '%s'?", near ? near : "");
    return rc_complain(c, name, near ? hint : NULL, "%s has no parameter '%s'",
                       law->name, word);
}

/* Converts the arguments at place[0..k) that are values, whose units spread. */
static bool convert_values(rc_cursor *c, double *out, const argument *args,
                           const uint32_t *place, const bool *limits, uint32_t k,
                           rc_span outer)
{
    rc_quantity q[ARGUMENTS_MAX];
    for (uint32_t i = 0; i < k; i++)
        q[i] = args[place[i]].q;
    if (k && !rc_units_spread(c, q, k, outer))
        return false;
    for (uint32_t i = 0; i < k; i++)
        if (!rc_quantity_convert(c, &out[place[i]], &q[i], limits[i]))
            return false;
    return true;
}

static bool named_before(const rc_cursor *c, const argument *args, uint32_t i)
{
    uint32_t n = args[i].name.to - args[i].name.from;
    for (uint32_t j = 0; j < i; j++)
        if (args[j].name.to - args[j].name.from == n &&
            memcmp(c->text + args[j].name.from, c->text + args[i].name.from, n) == 0)
            return true;
    return false;
}

/* By percentiles: lognormal(p10 = 3, p90 = 12), metalog(…, low = 0). */
static bool law_through(rc_cursor *c, rc_law *law, const law_row *row, const call *at,
                        const argument *args, uint32_t n)
{
    uint32_t place[ARGUMENTS_MAX] = {0}, points_n = 0;
    bool limits[ARGUMENTS_MAX] = {false};
    double x[ARGUMENTS_MAX];
    for (uint32_t i = 0; i < n; i++) {
        bool bound = row->kind == RC_METALOG && parameter_find(c, row, args[i].name);
        if (rc_span_empty(args[i].name))
            return rc_complain(c, args[i].q.where, NULL,
                               "expected a percentile such as p10=");
        if (percentile_find(c, args[i].name) == PERCENTILES && !bound)
            return parameter_find(c, row, args[i].name)
                       ? rc_complain(c, args[i].name, NULL,
                                     "give percentiles or parameters of %s, not both",
                                     row->name)
                       : unknown_parameter(c, row, args[i].name);
        if (named_before(c, args, i))
            return rc_complain(c, args[i].name, NULL, "given twice");
        place[i] = i;
        limits[i] = true;
        points_n += !bound;
    }
    if (points_n != row->fit)
        return rc_complain(c, at->name, NULL,
                           "%s takes %s of p5= p10= p25= p50= p75= p90= p95= mode=",
                           row->name, row->fit == 2 ? "two" : "three");
    if (!convert_values(c, x, args, place, limits, n, at->outer))
        return false;
    if (row->kind == RC_METALOG)
        law->p[3] = -INFINITY, law->p[4] = INFINITY;
    rc_law_point points[ARGUMENTS_MAX];
    points_n = 0;
    for (uint32_t i = 0; i < n; i++) {
        size_t p = percentile_find(c, args[i].name);
        if (p < PERCENTILES)
            points[points_n++] = (rc_law_point){percentiles[p].at, x[i]};
        else
            law->p[rc_span_is(c, args[i].name, "low") ? 3 : 4] = x[i];
    }
    rc_error err = {RC_OK, ""};
    if (rc_law_fit(law, points, points_n, NULL, &err) != RC_OK)
        return rc_complain(c, at->name, NULL, "%s", err.text);
    return true;
}

/* Which parameter each argument gives: by place first, then by name. */
static bool slots_of(rc_cursor *c, const law_row *row, const argument *args, uint32_t n,
                     uint32_t count, uint32_t *slot)
{
    bool named = false, taken[5] = {false};
    for (uint32_t i = 0; i < n; i++) {
        named = named || !rc_span_empty(args[i].name);
        const parameter *p = named ? parameter_find(c, row, args[i].name) : row->p + i;
        if (named && rc_span_empty(args[i].name))
            return rc_complain(c, args[i].q.where, NULL,
                               "expected a name before this parameter");
        if (!p)
            return unknown_parameter(c, row, args[i].name);
        slot[i] = (uint32_t)(p - row->p);
        if (slot[i] >= count)
            return rc_complain(c, args[i].q.where, NULL,
                               "%s takes at most %u parameters", row->name, count);
        if (taken[slot[i]])
            return rc_complain(c, args[i].q.where, NULL, "%s: '%s' is given twice",
                               row->name, p->name);
        taken[slot[i]] = true;
    }
    return true;
}

/* What 1 stands for where a law has no value of its own: 1 of the unit behind it;
 * shares are 0 to 100 %, with or without "%". */
static bool one_of(rc_cursor *c, const call *at, double *out)
{
    bool ratio = c->dimension == RC_SHARE || c->dimension == RC_CHANGE ||
                 c->dimension == RC_CHANGE_PER_MONTH ||
                 (c->dimension == RC_METRIC && rc_span_is(c, at->outer, "%"));
    rc_quantity whole = {ratio ? 100 : 1, at->name, at->outer};
    *out = 1;
    return (ratio && rc_span_empty(at->outer)) ||
           rc_quantity_convert(c, out, &whole, false);
}

static bool law_by_parameters(rc_cursor *c, rc_law *law, const law_row *row,
                              const call *at, const argument *args, uint32_t n)
{
    uint32_t count = 0, values = 0, slot[ARGUMENTS_MAX];
    uint32_t place[ARGUMENTS_MAX] = {0};
    bool limits[ARGUMENTS_MAX] = {false}, given[5] = {false};
    double x[ARGUMENTS_MAX] = {0};
    while (count < 5 && row->p[count].name)
        count++;
    if (!slots_of(c, row, args, n, count, slot))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        role what = row->p[slot[i]].what;
        given[slot[i]] = true;
        if (what == PLAIN || what == CHANCE) {
            if (!plain_number(c, &x[i], &args[i].q, what))
                return false;
            continue;
        }
        limits[values] = what == VALUE;
        place[values++] = i;
    }
    for (uint32_t s = 0; s < count; s++) {
        law->p[s] = row->p[s].otherwise;
        if (!given[s] && isnan(law->p[s]))
            return rc_complain(c, at->name, NULL, "%s needs its parameter '%s'",
                               row->name, row->p[s].name);
    }
    if (!convert_values(c, x, args, place, limits, values, at->outer))
        return false;
    for (uint32_t i = 0; i < n; i++)
        law->p[slot[i]] = x[i];
    double one = 1;
    if (row->kind == RC_BETA && values == 1)
        return rc_complain(c, at->name, NULL,
                           "beta takes both low and high, or neither");
    if ((row->kind == RC_BETA || row->kind == RC_BERNOULLI) && values == 0 &&
        !one_of(c, at, &one))
        return false;
    if (row->kind == RC_BETA && values == 0)
        law->p[3] = one;
    if (row->kind == RC_POISSON && fabs(law->p[0] - args[0].q.number) > 0)
        return rc_complain(c, at->name, NULL,
                           "poisson counts: it needs a unit that is counted by one");
    if (row->kind == RC_BERNOULLI && fabs(one - 1) > 0)
        return rc_complain(c, at->name,
                           "write discrete(0: 70 %, 1: 30 %) with the unit",
                           "bernoulli is 0 or 1 of a unit that is counted by one");
    return true;
}

static bool law_ordered(rc_cursor *c, const rc_law *law, const call *at,
                        const argument *args, uint32_t n)
{
    bool triple = law->kind == RC_TRIANGULAR || law->kind == RC_PERT;
    if (!triple && law->kind != RC_UNIFORM)
        return true;
    rc_span all =
        n ? (rc_span){args[0].q.where.from, args[n - 1].q.where.to} : at->name;
    return rc_in_order(c, law->p, triple ? 3 : 2, all);
}

static bool named_law(rc_cursor *c, rc_law *law, const law_row *row, const call *at)
{
    argument args[ARGUMENTS_MAX];
    uint32_t n;
    if (!arguments(c, at, args, &n, ARGUMENTS_MAX))
        return false;
    bool through = row->kind == RC_METALOG;
    for (uint32_t i = 0; i < n; i++)
        through = through ||
                  (row->fit && percentile_find(c, args[i].name) < PERCENTILES - 1) ||
                  (row->fit == 2 && rc_span_is(c, args[i].name, "mode"));
    *law = (rc_law){.kind = row->kind, .floor_at = -INFINITY};
    if (through)
        return law_through(c, law, row, at, args, n);
    return law_by_parameters(c, law, row, at, args, n) &&
           law_ordered(c, law, at, args, n);
}

/* ------------------------------------------------------- discrete, and mixtures */

static bool colon(rc_cursor *c)
{
    if (rc_cursor_next(c) == ':') {
        c->at++;
        return true;
    }
    return rc_complain(
        c, (rc_span){c->at, c->at + 1},
        "discrete(1: 50 %, 2: 50 %); mix(70 %: 2 to 4 days, 30 %: 9 days)",
        "expected ':'");
}

static bool weight_take(rc_cursor *c, double *out)
{
    rc_quantity q;
    if (!rc_quantity_take(c, &q))
        return false;
    if (!rc_span_is(c, q.unit, "%"))
        return rc_complain(c, q.where, "write 70 %", "expected a share in %%");
    if (!(q.number > 0 && q.number <= 100))
        return rc_complain(c, q.where, NULL,
                           "expected a share above 0 and up to 100 %%");
    *out = q.number / 100;
    return true;
}

static bool weights_whole(rc_cursor *c, const call *at, rc_law_part *parts, uint32_t n)
{
    double sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += parts[i].weight;
    char text[64];
    rc_figure_print(text, 100 * sum);
    if (fabs(sum - 1) > 1e-9)
        return rc_complain(c, at->name, "the shares must make 100 %",
                           "the shares make %s %%", text);
    for (uint32_t i = 0; i < n; i++)
        parts[i].weight /= sum; /* the last bits of the sum only */
    return true;
}

static bool keep_parts(rc_cursor *c, rc_law *law, rc_law_kind kind,
                       const rc_law_part *parts, uint32_t n)
{
    rc_law_part *kept = rc_arena_alloc(c->reading->arena, n, sizeof *kept);
    if (!kept)
        return false;
    memcpy(kept, parts, n * sizeof *kept);
    *law = (rc_law){.kind = kind, .floor_at = -INFINITY, .parts_n = n, .parts = kept};
    return true;
}

static bool discrete(rc_cursor *c, rc_law *law, const call *at)
{
    rc_quantity q[PARTS_MAX];
    rc_law_part parts[PARTS_MAX] = {{0}};
    uint32_t n = 0;
    for (bool closed = false; !closed; n++) {
        if (n == PARTS_MAX)
            return too_many(c, at);
        if (!rc_quantity_take(c, &q[n]) || !colon(c) ||
            !weight_take(c, &parts[n].weight) || !argument_ends(c, at, &closed))
            return false;
    }
    if (!weights_whole(c, at, parts, n) || !rc_units_spread(c, q, n, at->outer))
        return false;
    for (uint32_t i = 0; i < n; i++)
        if (!rc_quantity_convert(c, &parts[i].value, &q[i], true))
            return false;
    /* cumulative search wants them ascending */
    for (uint32_t i = 1; i < n; i++)
        for (uint32_t j = i; j && parts[j].value < parts[j - 1].value; j--) {
            rc_law_part keep = parts[j];
            parts[j] = parts[j - 1], parts[j - 1] = keep;
        }
    for (uint32_t i = 1; i < n; i++)
        if (parts[i].value == parts[i - 1].value)
            return rc_complain(c, at->name, NULL, "the same value is given twice");
    return keep_parts(c, law, RC_DISCRETE, parts, n);
}

static bool mixture(rc_cursor *c, rc_outcome *out, const call *at)
{
    rc_law_part parts[PARTS_MAX] = {{0}};
    uint32_t n = 0;
    bool check_reach = false;
    if (c->depth == DEPTH_MAX)
        return rc_complain(c, at->name, NULL, "mixtures in mixtures: at most %d deep",
                           DEPTH_MAX);
    c->depth++;
    for (bool closed = false; !closed; n++) {
        if (n == PARTS_MAX)
            return too_many(c, at);
        rc_law *part = rc_arena_alloc(c->reading->arena, 1, sizeof *part);
        rc_outcome one = {part, true};
        if (!part || !weight_take(c, &parts[n].weight) || !colon(c))
            return false;
        rc_cursor_next(c);
        rc_span where = {c->at, c->at};
        if (!rc_estimate_take(c, &one, at->outer))
            return false;
        where.to = c->at;
        rc_error err = {RC_OK, ""};
        if (rc_law_check(part, &err) != RC_OK)
            return rc_complain(c, where, NULL, "%s", err.text);
        parts[n].law = part;
        check_reach = check_reach || one.check_reach;
        if (!argument_ends(c, at, &closed))
            return false;
    }
    c->depth--;
    out->check_reach = check_reach;
    return weights_whole(c, at, parts, n) &&
           keep_parts(c, out->law, RC_MIXTURE, parts, n);
}

/* ------------------------------------------------------------------ estimate */

static bool unknown_law(rc_cursor *c, rc_span name, bool called)
{
    const char *known[LAWS + 2] = {"mix", "discrete"};
    for (size_t i = 0; i < LAWS; i++)
        known[i + 2] = laws[i].name;
    char word[32], hint[96];
    uint32_t n = name.to - name.from < 31 ? name.to - name.from : 31;
    snprintf(word, sizeof word, "%.*s", (int)n, c->text + name.from);
    const char *currency = rc_currency_hint(c, name);
    if (currency)
        return rc_complain(c, name, currency, "expected a number, found '%s'", word);
    const char *near = rc_did_you_mean(word, known, LAWS + 2);
    if (near)
        snprintf(hint, sizeof hint, "did you mean '%s('?", near);
    if (called)
        return rc_complain(c, name, near ? hint : NULL, "unknown law '%s'", word);
    return rc_complain(c, name,
                       near ? hint : "\"3 to 12 days\", or \"3 / 5 / 12 days\"",
                       "expected a number or a law, found '%s'", word);
}

bool rc_estimate_take(rc_cursor *c, rc_outcome *out, rc_span outer)
{
    uint32_t from = c->at;
    rc_span name = rc_cursor_word(c);
    if (rc_span_empty(name)) {
        c->at = from;
        return rc_numbers_take(c, out, outer);
    }
    bool called = rc_cursor_next(c) == '(';
    if (called && rc_span_is(c, name, "history"))
        return rc_complain(c, name, "write a range, or a law fitted to the history",
                           "history(...) is not read by this version");
    const law_row *row = NULL;
    for (size_t i = 0; i < LAWS; i++)
        if (rc_span_is(c, name, laws[i].name))
            row = &laws[i];
    bool mix = rc_span_is(c, name, "mix"), steps = rc_span_is(c, name, "discrete");
    if (!called || !(row || mix || steps))
        return unknown_law(c, name, called);
    call at;
    if (!call_open(c, &at, name, outer))
        return false;
    if (mix)
        return mixture(c, out, &at);
    out->check_reach = true;
    return steps ? discrete(c, out->law, &at) : named_law(c, out->law, row, &at);
}
