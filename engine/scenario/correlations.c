/* correlations.c -- that the strengths can hold together, as they will be used. */
#include "scenario/build.h"
#include "rand/correlate.h"
#include <math.h>
#include <string.h>

enum { QUANTITIES = 256 }; /* as many as a copula takes */

typedef struct matrix {
    rc_building *b;
    uint32_t *of; /* [row] index of the estimate */
    double *rho;
    const rc_correlation **by; /* [row][row] who says so; NULL nobody */
    uint32_t n;
} matrix;

static uint32_t row_of(matrix *m, uint32_t estimate)
{
    for (uint32_t i = 0; i < m->n; i++)
        if (m->of[i] == estimate)
            return i;
    if (m->n == QUANTITIES)
        return UINT32_MAX;
    m->of[m->n] = estimate;
    return m->n++;
}

static rc_position place_of(const matrix *m, const rc_correlation *c)
{
    return rc_place_of(&m->b->fill, &c->strength, c->head.at);
}

static void add(matrix *m, const rc_correlation *c)
{
    const rc_estimate *const *estimates = m->b->fill.estimates;
    for (uint32_t i = 0; i < c->between_n; i++)
        for (uint32_t k = i + 1; k < c->between_n; k++) {
            uint32_t x = row_of(m, c->between[i]), y = row_of(m, c->between[k]);
            if (x == UINT32_MAX || y == UINT32_MAX) {
                rc_fault(rc_faults_of(m->b), c->head.at, NULL,
                         "more than %d quantities are correlated", QUANTITIES);
                return;
            }
            const rc_correlation **by = &m->by[x * QUANTITIES + y];
            if (*by)
                rc_fault(rc_faults_of(m->b), place_of(m, c), NULL,
                         "'%s' says how '%s' and '%s' move together already",
                         (*by)->head.id, estimates[c->between[i]]->name,
                         estimates[c->between[k]]->name);
            double rho = rc_copula_rho(c->strength);
            m->rho[x * QUANTITIES + y] = m->rho[y * QUANTITIES + x] = rho;
            *by = m->by[y * QUANTITIES + x] = c;
        }
}

/* The strength of a normal correlation: rc_copula_rho backwards, rounded towards zero.
 */
static double strength_of(double rho, bool is_most)
{
    double low = -1, high = 1;
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (rc_copula_rho(middle) < rho)
            low = middle;
        else
            high = middle;
    }
    return is_most ? floor(low * 100) / 100 : ceil(high * 100) / 100;
}

static void check_matrix(matrix *m)
{
    uint32_t n = m->n, i, j;
    double *rho = rc_arena_alloc(rc_arena_of(m->b), (size_t)n * n + 1, sizeof *rho);
    if (!rho) {
        m->b->fill.no_memory = true;
        return;
    }
    for (i = 0; i < n; i++)
        for (j = 0; j < n; j++)
            rho[i * n + j] = i == j ? 1 : m->rho[i * QUANTITIES + j];
    rc_copula copula;
    rc_error err = {0};
    double largest = 0;
    rc_status status =
        rc_copula_make(&copula, rho, n, rc_arena_of(m->b), &i, &j, &largest, &err);
    m->b->fill.no_memory |= status == RC_IO;
    if (status != RC_REFUSED)
        return;
    const rc_estimate *const *estimates = m->b->fill.estimates;
    const rc_correlation *by = m->by[i * QUANTITIES + j];
    const char *first = estimates[m->of[i]]->name, *second = estimates[m->of[j]]->name;
    if (!by)
        return;
    if (largest == 0) {
        rc_fault(rc_faults_of(m->b), place_of(m, by),
                 "weaken several of them, or turn a sign",
                 "the correlations contradict each other: '%s' and '%s' with %g, the "
                 "strongest, and no single one is at fault",
                 first, second, by->strength);
        return;
    }
    bool is_most = by->strength > 0;
    double lawful = strength_of(largest, is_most);
    rc_fault(rc_faults_of(m->b), place_of(m, by), NULL,
             "'%s' and '%s' cannot move together with %g while the other correlations "
             "hold: the %s lawful strength is %g",
             first, second, by->strength, is_most ? "largest" : "lowest", lawful);
}

void rc_check_correlations(rc_building *b)
{
    const rc_correlation *list = b->s->correlations.at;
    if (!b->s->correlations.n)
        return;
    rc_arena *arena = rc_arena_of(b);
    matrix m = {
        b, rc_arena_alloc(arena, QUANTITIES, sizeof(uint32_t)),
        rc_arena_alloc(arena, QUANTITIES * QUANTITIES, sizeof(double)),
        rc_arena_alloc(arena, QUANTITIES * QUANTITIES, sizeof(rc_correlation *)), 0};
    if (!m.of || !m.rho || !m.by) {
        b->fill.no_memory = true;
        return;
    }
    uint32_t before = rc_faults_errors(rc_faults_of(b));
    for (uint32_t i = 0; i < b->s->correlations.n; i++)
        if (list[i].strength > -1 && list[i].strength < 1)
            add(&m, &list[i]);
    if (m.n && rc_faults_errors(rc_faults_of(b)) == before)
        check_matrix(&m);
}
