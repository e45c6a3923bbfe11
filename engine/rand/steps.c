/* steps.c -- tables of laws whose quantile jumps: atoms, and mixtures.
 *
 * A law of atoms is cut where its cumulative chance crosses a word. A mixture is cut
 * along x, where its cdf is cheap, until straight lines between the cuts are close
 * enough: 1e-6 of the spread in root mean square. Atoms and gaps need nothing special
 * there: an atom is a cut with a chance of its own, a gap a line that no word falls on.
 */
#include "rand/cells.h"
#include "rand/law.h"
#include <math.h>
#include <stdlib.h>

/* Points of the quantile function: chance below, in words; value. */
typedef struct cut {
    double words, x;
} cut;

typedef struct cuts {
    cut *at;
    size_t n, room;
    bool failed;
} cuts;

static void add(cuts *c, double words, double x)
{
    if (c->n == c->room) {
        size_t room = c->room ? 2 * c->room : 256;
        cut *more = realloc(c->at, room * sizeof *more);
        if (!more) {
            c->failed = true;
            return;
        }
        c->at = more;
        c->room = room;
    }
    c->at[c->n++] = (cut){words, x};
}

static double words_below(const rc_law *law, double x)
{
    double tail = rc_law_ops_of(law->kind)->tail(law, x, false);
    return tail < 0.5 ? tail * 0x1p32
                      : 0x1p32 - rc_law_ops_of(law->kind)->tail(law, x, true) * 0x1p32;
}

/* ------------------------------------------------------------------- mixtures */

static double just_below(double x)
{
    return x - fmax(fabs(x) * 0x1p-52, 0x1p-1022);
}

static int by_x(const void *a, const void *b)
{
    double x = ((const cut *)a)->x, y = ((const cut *)b)->x;
    return (x > y) - (x < y);
}

static void look_at(cuts *places, double x)
{
    add(places, 0, x); /* the chance below it is asked for in order */
}

/* Where to look first: atoms, ends and the body of every part. */
static void seed_places(cuts *places, const rc_law *law)
{
    static const double body[] = {0x1p-33, 1e-6, 1e-3, 0.02, 0.1, 0.3};
    for (uint32_t i = 0; i < law->parts_n; ++i) {
        const rc_law *part = law->parts[i].law;
        if (part->floor_at > -INFINITY)
            look_at(places, part->floor_at);
        if (part->kind == RC_MIXTURE) {
            seed_places(places, part);
        } else if (part->kind == RC_DISCRETE) {
            for (uint32_t j = 0; j < part->parts_n; ++j)
                look_at(places, part->parts[j].value);
        } else if (part->kind == RC_POISSON || part->kind == RC_BERNOULLI) {
            double last = rc_law_quantile_upper(part, 0x1p-33);
            for (double k = rc_law_quantile(part, 0x1p-33); k <= last; ++k)
                look_at(places, k);
        } else {
            look_at(places, rc_law_quantile(part, 0.5));
            for (size_t j = 0; j < sizeof body / sizeof *body; ++j) {
                look_at(places, rc_law_quantile(part, body[j]));
                look_at(places, rc_law_quantile_upper(part, body[j]));
            }
        }
    }
}

/* Cuts strictly between a and b, in order. */
static void refine(cuts *c, const rc_law *law, cut a, cut b, double tolerance,
                   int depth)
{
    double x = a.x + (b.x - a.x) / 2, mass = (b.words - a.words) * 0x1p-32;
    if (depth > 40 || mass < 0x1p-36 || !(a.x < x && x < b.x))
        return;
    cut middle = {words_below(law, x), x};
    double line = a.x + (b.x - a.x) * ((middle.words - a.words) / (b.words - a.words));
    double off = line - x;
    if (depth > 1 && off * off * mass < tolerance * tolerance / 512)
        return;
    refine(c, law, a, middle, tolerance, depth + 1);
    add(c, middle.words, x);
    refine(c, law, middle, b, tolerance, depth + 1);
}

static void cut_mixture(cuts *c, const rc_law *law)
{
    cuts places = {0};
    seed_places(&places, law);
    if (!places.failed) {
        const cut *at = places.at;
        qsort(places.at, places.n, sizeof *at, by_x);
        double spread = rc_law_quantile_upper(law, 0.1) - rc_law_quantile(law, 0.1);
        if (!(spread > 0))
            spread = at[places.n - 1].x - at[0].x;
        for (size_t i = 0; i < places.n; ++i) {
            double x = at[i].x;
            if (i && x <= at[i - 1].x)
                continue;
            cut before = {words_below(law, just_below(x)), x};
            if (c->n)
                refine(c, law, c->at[c->n - 1], before, 1e-6 * spread, 0);
            add(c, before.words, x);
            add(c, words_below(law, x), x);
        }
    }
    c->failed |= places.failed;
    free(places.at);
}

/* ---------------------------------------------------------------------- atoms */

static void cut_discrete(cuts *c, const rc_law *law)
{
    for (uint32_t i = 0; i < law->parts_n; ++i)
        add(c, law->parts[i].weight, law->parts[i].value);
    if (c->failed)
        return;
    qsort(c->at, c->n, sizeof *c->at, by_x);
    cuts whole = {0};
    double sum = 0;
    for (size_t i = 0; i < c->n; ++i) {
        add(&whole, sum * 0x1p32, c->at[i].x);
        sum += c->at[i].words;
        add(&whole, sum * 0x1p32, c->at[i].x);
    }
    free(c->at);
    *c = whole;
}

static void cut_poisson(cuts *c, const rc_law *law)
{
    double words = 0, last = rc_law_ops_of(law->kind)->quantile(law, 0x1p-33, true);
    for (double k = rc_law_ops_of(law->kind)->quantile(law, 0x1p-33, false); k <= last;
         ++k) {
        add(c, words, k);
        words = words_below(law, k);
        add(c, words, k);
    }
}

/* ---------------------------------------------------------------------- steps */

/* Words whose middle lies below this many words. */
static double words_before(double words)
{
    double n = ceil(words - 0.5);
    return n > 0x1p32 ? 0x1p32 : n;
}

static const rc_steps *laid(const cuts *c, rc_arena *arena)
{
    rc_steps *steps = rc_arena_alloc(arena, 1, sizeof *steps);
    rc_step *step = rc_arena_alloc(arena, c->n, sizeof *step);
    if (!steps || !step)
        return NULL;
    size_t n = 0;
    double first = 0; /* no word is left out, whatever the rounding at the ends */
    for (size_t i = 0; i + 1 < c->n; ++i) {
        cut a = c->at[i], b = c->at[i + 1];
        double next = i + 2 == c->n ? 0x1p32 : words_before(b.words);
        if (next <= first)
            continue;
        double slope = b.words > a.words ? (b.x - a.x) / (b.words - a.words) : 0;
        double at = a.x + slope * fmax(first + 0.5 - a.words, 0);
        at = at > b.x ? b.x : at;
        if (n && step[n - 1].slope == 0 && slope == 0 && step[n - 1].at == at)
            step[n - 1].last = (uint32_t)(next - 1); /* the same atom goes on */
        else
            step[n++] =
                (rc_step){(uint32_t)first, (uint32_t)(next - 1), at, slope, b.x};
        first = next;
    }
    uint32_t at = 0;
    for (uint32_t top = 0; top < RC_GUIDES; ++top) {
        while (step[at].last < top << RC_GUIDE_SHIFT)
            ++at;
        steps->guide[top] = at;
    }
    steps->step = step;
    return steps;
}

const rc_steps *rc_steps_build(const rc_law *law, rc_arena *arena)
{
    cuts c = {0};
    if (law->kind == RC_MIXTURE)
        cut_mixture(&c, law);
    else if (law->kind == RC_DISCRETE)
        cut_discrete(&c, law);
    else
        cut_poisson(&c, law);
    const rc_steps *steps = c.failed ? NULL : laid(&c, arena);
    free(c.at);
    return steps;
}
