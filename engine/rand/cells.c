/* cells.c -- building a table of cells from few exact quantiles.
 *
 * Quantiles are smooth in the log-odds of their probability, the tails included: exact
 * ones are taken at nodes a sixth of a unit of log-odds apart, the six-point Lagrange polynomial
 * runs between them. (In log2 p, four nodes an octave leave errors of 1e-4 at the median.)
 * Where that does not hold at a few places tried, the nodes stand four times as dense.
 *
 * Over the cells the polynomial is replaced by the continuous broken line nearest to it in
 * mean square (L2 projection on hat functions), which has its mean and, to second order,
 * its variance; a line per cell on its own would do the same, but fall between cells.
 * The integrals of the polynomial against the hats are fixed linear combinations of node
 * values, the same for every law: the grid holds them, and the elimination of the
 * tridiagonal mass matrix.
 *
 * Accuracy, in sd, laws with shapes of 0.5 and more: 1e-5 rms, mean within 1e-8.
 */
#include "rand/cells.h"
#include "rand/law.h"
#include <math.h>
#include <string.h>
#include <roadcast/math.h>

#define OCTAVES 26 /* t from 32 on; below, every word has a value of its own */
#define SINGLE 32
#define SIDE (OCTAVES * 32)
#define KNOTS (2 * SIDE + 1)

#define COARSE 6 /* nodes per unit of log-odds */
#define FINE 24
#define REACH 23 /* log-odds of 2^-33, the last half word */
#define HALF_NODES(density)                                                            \
    (REACH * (density) + 3) /* nodes on either side of the median */
#define MOST_NODES (2 * HALF_NODES(FINE) + 1)

/* Node values first .. first + 6, weighted: the integral over a cell of the polynomial
 * times the hat of its end nearer to the tail, and of the other; in cell widths. */
typedef struct hats {
    int first;
    double tail[7], median[7];
} hats;

struct rc_grid {
    hats coarse[SIDE];
    double ratio[KNOTS], inverse[KNOTS]; /* of the eliminated mass matrix */
};

/* Weights of the six nodes around x, in node units; returns the first. */
static int lagrange(double weight[6], double x)
{
    static const double below[6] = {-120, 24, -12, 12, -24, 120};
    int first = (int)(x + 1024) - 1024 - 2; /* floor */
    double away[6], left = 1;
    for (int i = 0; i < 6; ++i)
        away[i] = x - (first + i);
    for (int i = 0; i < 6; ++i) { /* products of all but the i-th, from both sides */
        weight[i] = left / below[i];
        left *= away[i];
    }
    double right = 1;
    for (int i = 5; i >= 0; --i) {
        weight[i] *= right;
        right *= away[i];
    }
    return first;
}

/* Width in words of the cell after a knot, counted from the lower end. */
static double width_at(int knot)
{
    int from_end = knot < SIDE ? knot : 2 * SIDE - 1 - knot;
    return (double)(1u << (from_end / 32));
}

static double log_odds(double p)
{
    return rc_log(p / (1 - p));
}

/* Nodes count from the median, negative towards the tail of the cell's side. */
static hats hats_of(int cell, int density)
{
    static const double at[3] = {0.5 - 0.38729833462074169, 0.5,
                                 0.5 + 0.38729833462074169};
    static const double share[3] = {5 / 18.0, 8 / 18.0, 5 / 18.0}; /* Gauss-Legendre */
    double width = width_at(cell) * 0x1p-32, from = (32 + cell % 32) * width;
    hats h = {.first = 0};
    for (int g = 0; g < 3; ++g) {
        double weight[6];
        int first = lagrange(weight, density * log_odds(from + at[g] * width));
        if (g == 0)
            h.first = first;
        for (int i = 0; i < 6; ++i) {
            double w = share[g] * weight[i];
            h.tail[first - h.first + i] += w * (1 - at[g]);
            h.median[first - h.first + i] += w * at[g];
        }
    }
    return h;
}

rc_grid *rc_grid_new(rc_arena *arena)
{
    rc_grid *grid = rc_arena_alloc(arena, 1, sizeof *grid);
    if (!grid)
        return NULL;
    for (int cell = 0; cell < SIDE; ++cell)
        grid->coarse[cell] = hats_of(cell, COARSE);
    double before = 0, carried = 0;
    for (int k = 0; k < KNOTS; ++k) {
        double after = k < KNOTS - 1 ? width_at(k) : 0;
        grid->inverse[k] = 1 / ((before + after) / 3 - before / 6 * carried);
        grid->ratio[k] = carried = after / 6 * grid->inverse[k];
        before = after;
    }
    return grid;
}

typedef struct source {
    const rc_law *law;
    double centre, per_spread;
} source;

static double exact(const source *from, double odds)
{
    double e = rc_exp(-fabs(odds));
    double x =
        rc_law_ops_of(from->law->kind)->quantile(from->law, e / (1 + e), odds > 0);
    return (x - from->centre) * from->per_spread;
}

/* Does the polynomial hold between the coarse nodes? value points at the median's. */
static bool holds(const double *value, const source *from)
{
    static const double middle[6] = {3, -25, 150, 150, -25, 3};
    static const int tried[] = {-60, -26, -10, -1, 0, 9, 25, 59};
    for (size_t k = 0; k < sizeof tried / sizeof *tried; ++k) {
        double odds = (tried[k] + 0.5) / COARSE, sum = 0;
        for (int i = 0; i < 6; ++i)
            sum += middle[i] / 256 * value[tried[k] - 2 + i];
        double tail = rc_exp(-fabs(odds));
        if (!(fabs(sum - exact(from, odds)) * sqrt(tail) < 1e-6))
            return false;
    }
    return true;
}

static void nodes_of(double *value, const source *from, int density)
{
    for (int j = -HALF_NODES(density); j <= HALF_NODES(density); ++j)
        value[j] = exact(from, (double)j / density);
}

/* Adds to the right side of the normal equations what a cell and its mirror contribute. */
static void project(double *right, const hats *h, const double *value, int cell)
{
    double tail[2] = {0, 0}, median[2] = {0, 0}, width = width_at(cell);
    for (int i = 0; i < 7; ++i) {
        double low = value[h->first + i], high = value[-h->first - i];
        tail[0] += h->tail[i] * low, median[0] += h->median[i] * low;
        tail[1] += h->tail[i] * high, median[1] += h->median[i] * high;
    }
    right[cell] += width * tail[0];
    right[cell + 1] += width * median[0];
    right[2 * SIDE - cell] += width * tail[1];
    right[2 * SIDE - cell - 1] += width * median[1];
}

static float towards_zero(double x)
{
    float y = (float)x;
    int32_t bits;
    memcpy(&bits, &y, sizeof bits);
    bits -= fabs((double)y) > fabs(x); /* one step down in magnitude */
    memcpy(&y, &bits, sizeof bits);
    return y;
}

/* Slopes that bring each cell up to the start of the next, never past it. */
static void join(rc_cell *cells, float centre)
{
    for (uint32_t c = 1 + 5 * 32; c < RC_CELLS; ++c) {
        double width = (double)(1u << ((c - 1) / 32 - 5));
        float next = c + 1 < RC_CELLS ? cells[c + 1].at : centre;
        double exactly = ((double)next - (double)cells[c].at) / width;
        cells[c].slope = towards_zero(exactly);
    }
}

static uint32_t cell_of(uint32_t t)
{
    uint32_t octave = 31 - (uint32_t)__builtin_clz(t | 1);
    return t ? 1 + octave * 32 + ((t - (1u << octave)) << 5 >> octave) : 0;
}

/* The words that have a value each; it may not pass that of the first cell. */
static void single_words(rc_cell *side, const double *value, int density, bool upper)
{
    float bound = side[cell_of(SINGLE)].at;
    for (uint32_t t = SINGLE; t--;) {
        double weight[6], x = 0;
        int first = lagrange(weight, density * log_odds((t + 0.5) * 0x1p-32));
        for (int i = 0; i < 6; ++i)
            x += weight[i] * value[upper ? -first - i : first + i];
        float at = (float)x;
        bound = (upper ? at < bound : at > bound) ? bound : at;
        side[cell_of(t)].at = bound;
    }
}

void rc_cells_build(rc_cell *cells, const rc_grid *grid, const rc_law *law,
                    double centre, double spread)
{
    source from = {law, centre, 1 / spread};
    double nodes[MOST_NODES], *value = nodes + HALF_NODES(FINE), knot[KNOTS] = {0};
    int density = COARSE;
    nodes_of(value, &from, density);
    if (!holds(value, &from))
        nodes_of(value, &from, density = FINE);
    for (int cell = 0; cell < SIDE; ++cell) {
        hats fine;
        if (density == FINE)
            fine = hats_of(cell, FINE);
        project(knot, density == FINE ? &fine : &grid->coarse[cell], value, cell);
    }

    for (int k = 0; k < KNOTS; ++k)
        knot[k] =
            (knot[k] - (k ? width_at(k - 1) / 6 * knot[k - 1] : 0)) * grid->inverse[k];
    for (int k = KNOTS - 2; k >= 0; --k)
        knot[k] -= grid->ratio[k] * knot[k + 1];
    for (int k = 1; k < KNOTS; ++k)
        if (knot[k] < knot[k - 1])
            knot[k] = knot[k - 1];

    for (int upper = 0; upper < 2; ++upper) {
        rc_cell *side = cells + upper * RC_CELLS;
        for (int k = 0; k < SIDE; ++k) { /* the middle of the first word */
            double near = knot[upper ? 2 * SIDE - k : k];
            double far = knot[upper ? 2 * SIDE - k - 1 : k + 1];
            side[cell_of(SINGLE) + (uint32_t)k].at =
                (float)(near + (far - near) * 0.5 / width_at(k));
        }
        single_words(side, value, density, upper);
        join(side, (float)knot[SIDE]);
    }
}
