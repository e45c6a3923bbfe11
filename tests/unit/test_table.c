/* test_table.c -- every law drawn by table against its exact quantile. */
#include "bits.h"
#include "laws.h"
#include "rand/cells.h"
#include "rand/rng.h"
#include "suite.h"
#include <inttypes.h>
#include <math.h>
#include <roadcast/math.h>
#include <stdlib.h>

#define WORDS 100000u

static rc_arena *arena;
static const rc_table **tables;

static void setup(void)
{
    const rc_law **laws = malloc(law_examples_n * sizeof *laws);
    arena = rc_arena_new();
    tables = malloc(law_examples_n * sizeof *tables);
    for (uint32_t i = 0; i < law_examples_n; ++i)
        laws[i] = &law_examples[i].law;
    ck_assert_int_eq(rc_tables_build(tables, laws, law_examples_n, arena, NULL), RC_OK);
    free(laws);
}

static void teardown(void)
{
    free(tables);
    rc_arena_free(arena);
}

static double sd_of(const rc_law *law)
{
    double variance = rc_law_variance(law);
    return variance > 0 ? sqrt(variance) : 1;
}

static double share(uint32_t word)
{
    return (word + 0.5) * 0x1p-32;
}

/* The middle of stratum i of n, and a word near each end now and then. */
static uint32_t stratum(uint32_t i, uint32_t n)
{
    return (uint32_t)(((uint64_t)i * 2 + 1) * 0x80000000u / n);
}

START_TEST(tables_are_within_1e_5_sd_of_the_exact_quantile)
{
    for (uint32_t i = 0; i < law_examples_n; ++i) {
        const rc_law *law = &law_examples[i].law;
        uint32_t n = law->kind == RC_MIXTURE || law->kind == RC_POISSON ? 2000 : 20000;
        double square = 0, sum = 0, worst = 0, sd = sd_of(law);
        for (uint32_t k = 0; k < n; ++k) {
            uint32_t word = stratum(k, n);
            double off =
                (rc_table_value(tables[i], word) - rc_law_quantile(law, share(word))) /
                sd;
            square += off * off / n, sum += off / n, worst = fmax(worst, fabs(off));
        }
        ck_assert_msg(sqrt(square) < 2e-5 && fabs(sum) < 5e-7 && worst < 1e-3,
                      "example %u, %s: rms %.2g, bias %.2g, worst %.2g", i,
                      rc_law_name(law->kind), sqrt(square), sum, worst);
    }
}
END_TEST

START_TEST(no_laws_need_no_tables)
{
    ck_assert_int_eq(rc_tables_build(NULL, NULL, 0, arena, NULL), RC_OK);
}
END_TEST

START_TEST(what_piles_up_at_both_ends_is_met_by_a_finer_grid)
{
    /* root mean square error, as a share of P10 to P90; on the coarse grid three times,
     * 18 times and 18 times as much */
    static const struct {
        rc_law law;
        double most;
    } steep[] = {
        {{.kind = RC_BETA, .p = {0.1, 0.1, 0, 1}, .floor_at = -INFINITY}, 6e-5},
        {{.kind = RC_BETA, .p = {0.01, 0.01, 0, 1}, .floor_at = -INFINITY}, 3e-3},
        {{.kind = RC_METALOG, .p = {0, 10, 1.66, 0, 1}, .floor_at = -INFINITY}, 2e-4},
    };
    for (int i = 0; i < 3; ++i) {
        const rc_law *law = &steep[i].law;
        const rc_table *table;
        ck_assert_int_eq(rc_tables_build(&table, &law, 1, arena, NULL), RC_OK);
        double square = 0, before = -INFINITY;
        for (uint32_t k = 0; k < 20000; ++k) {
            uint32_t word = stratum(k, 20000);
            double x = rc_table_value(table, word),
                   off = x - rc_law_quantile(law, share(word));
            ck_assert(x >= before);
            before = x, square += off * off / 20000;
        }
        double spread = rc_law_quantile(law, 0.9) - rc_law_quantile(law, 0.1);
        ck_assert_msg(sqrt(square) < steep[i].most * spread, "%d: %g", i,
                      sqrt(square) / spread);
    }
}
END_TEST

START_TEST(even_words_have_the_mean_and_variance_of_the_law)
{
    /* A stratum's middle stands for it: exact but for the last strata of heavy tails. */
    for (uint32_t i = 0; i < law_examples_n; ++i) {
        const rc_law *law = &law_examples[i].law;
        double mean = rc_law_mean(law), sd = sd_of(law), sum = 0, square = 0;
        for (uint32_t k = 0; k < 1000000; ++k) {
            double away = (rc_table_value(tables[i], stratum(k, 1000000)) - mean) / sd;
            sum += away, square += away * away;
        }
        double wanted = rc_law_variance(law) > 0 ? 1 : 0;
        ck_assert_msg(fabs(sum) < 20 && fabs(square / 1e6 - wanted) < 5e-3,
                      "example %u, %s: mean off by %.2g sd, variance %.6f of the law's",
                      i, rc_law_name(law->kind), sum / 1e6, square / 1e6);
    }
}
END_TEST

START_TEST(the_mean_of_all_words_is_the_mean_of_the_law)
{
    /* Exactly: a cell's mean is that of its first and last word. Bias below 1e-8 sd, and
     * 1e-6 for shapes below one, whose densities are infinite at an end. */
    for (uint32_t i = 0; i < law_examples_n; ++i) {
        const rc_law *law = &law_examples[i].law;
        const rc_table *table = tables[i];
        if (table->form != RC_FORM_CELLS || law->floor_at > -INFINITY)
            continue;
        double mean = rc_law_mean(law), sum = 0;
        for (int side = 0; side < 2; ++side)
            for (uint32_t first = 0, width; first < 1u << 31; first += width) {
                uint32_t octave = first < 32 ? 0 : 31 - (uint32_t)__builtin_clz(first);
                width = first < 32 ? 1 : 1u << (octave - 5);
                uint32_t last = first + width - 1;
                double a = rc_table_value(table, side ? ~first : first);
                double b = rc_table_value(table, side ? ~last : last);
                sum += (a - mean + (b - mean)) / 2 * width * 0x1p-32;
            }
        bool steep = (law->kind == RC_GAMMA || law->kind == RC_WEIBULL ||
                      law->kind == RC_BETA) &&
                     law->p[0] < 1;
        double slack = steep ? 1e-6 : law->kind == RC_METALOG ? 3e-7 : 1e-8;
        if (law->kind == RC_LOGNORMAL && law->p[1] > 1)
            slack = 1e-6; /* what lies beyond the last word */
        ck_assert_msg(fabs(sum) < slack * sd_of(law), "example %u, %s: %.3g sd", i,
                      rc_law_name(law->kind), sum / sd_of(law));
    }
}
END_TEST

static void rising(uint32_t i, uint32_t word)
{
    if (!word)
        return;
    double before = rc_table_value(tables[i], word - 1),
           at = rc_table_value(tables[i], word);
    if (!(at >= before)) /* check's own assertions are too slow for so many */
        ck_abort_msg("example %u, %s: falls at word %u by %.3g", i,
                     rc_law_name(law_examples[i].law.kind), word, before - at);
}

START_TEST(a_larger_word_never_gives_a_smaller_value)
{
    for (uint32_t i = 0; i < law_examples_n; ++i) {
        double before = -INFINITY;
        for (uint32_t k = 0; k < 300000; ++k) { /* all over */
            double at = rc_table_value(tables[i], stratum(k, 300000));
            if (!(at >= before))
                ck_abort_msg("example %u falls before stratum %u", i, k);
            before = at;
        }
        for (uint32_t t = 1; t < 5000; ++t) /* both ends, word by word */
            rising(i, t), rising(i, ~t + 1);
        for (uint32_t octave = 5; octave < 31; ++octave) /* both sides of every seam */
            for (uint32_t cell = 0; cell < 32; ++cell)
                for (uint32_t near = 0; near < 5; ++near) {
                    uint32_t t = (1u << octave) + (cell << (octave - 5)) + near - 2;
                    rising(i, t), rising(i, ~t + 1);
                }
        rising(i, 0x80000000u);
        const rc_steps *steps = tables[i]->steps;
        for (const rc_step *s = steps ? steps->step : NULL; s && s->last != UINT32_MAX;
             ++s)
            rising(i, s->last), rising(i, s->last + 1);
    }
}
END_TEST

static double odd(uint32_t *state) /* some number between 0 and 1 */
{
    return share(*state = *state * 747796405u + 2891336453u);
}

static void seam(const rc_table *table, uint32_t word)
{
    for (uint32_t w = word > 3 ? word - 3 : 1; w < word + 3 && w; ++w)
        if (!(rc_table_value(table, w) >= rc_table_value(table, w - 1)))
            ck_abort_msg("falls at word %u", w);
}

START_TEST(no_rounding_at_a_seam_lets_a_value_fall)
{
    uint32_t state = 42;
    for (int i = 0; i < 3000; ++i) {
        double low = 100 * odd(&state), mode = low + 1e-12 * odd(&state);
        rc_law triangle = {.kind = RC_TRIANGULAR,
                           .p = {low, mode, mode + 1e-12 * odd(&state)},
                           .floor_at = -INFINITY};
        rc_law first = {.kind = RC_UNIFORM,
                        .p = {low, low + 1e-12 * odd(&state)},
                        .floor_at = -INFINITY},
               second = {.kind = RC_UNIFORM,
                         .p = {first.p[1], first.p[1] + 1e-12 * odd(&state)},
                         .floor_at = -INFINITY};
        double weight = odd(&state);
        rc_law_part parts[2] = {{weight, 0, &first}, {1 - weight, 0, &second}};
        rc_law mixture = {
            .kind = RC_MIXTURE, .floor_at = -INFINITY, .parts_n = 2, .parts = parts};
        const rc_law *laws[2] = {&triangle, i < 300 ? &mixture : NULL};
        const rc_table *out[2];
        ck_assert_int_eq(rc_tables_build(out, laws, 2, arena, NULL), RC_OK);
        seam(out[0], (uint32_t)(rc_law_cdf(&triangle, mode) * 0x1p32));
        const rc_step *s = out[1] ? out[1]->steps->step : NULL;
        for (; s && s->last != UINT32_MAX; ++s)
            seam(out[1], s->last);
    }
}
END_TEST

START_TEST(every_word_gives_a_finite_value_in_the_support)
{
    static const uint32_t ends[] = {0,          1,           2,    31,  32,
                                    0x7fffffff, 0x80000000u, ~32u, ~1u, ~0u};
    for (uint32_t i = 0; i < law_examples_n; ++i)
        for (size_t k = 0; k < sizeof ends / sizeof *ends; ++k) {
            const rc_law *law = &law_examples[i].law;
            double x = rc_table_value(tables[i], ends[k]);
            double slack = law->kind == RC_MIXTURE ? 0.05 : 2e-3;
            double exact = rc_law_quantile(law, share(ends[k] & 0x7fffffffu));
            if (ends[k] >= 0x80000000u)
                exact = rc_law_quantile_upper(law, share(~ends[k]));
            ck_assert(isfinite(x) && x >= law->floor_at);
            ck_assert_msg(fabs(x - exact) <= slack * sd_of(law) + 1e-4 * fabs(exact),
                          "example %u, word %u: %.9g for %.9g", i, ends[k], x, exact);
        }
}
END_TEST

START_TEST(every_kernel_gives_the_bits_of_the_single_word)
{
    void (*const fill[])(double *, const rc_table *, const uint32_t *, uint32_t) =
        RC_KERNELS(rc_table_fill);
    static uint32_t words[1031];
    static double out[1032];
    rc_rng_fill(words, rc_rng_seeded(42, 54), 1031);
    for (uint32_t k = 0; k < 64; ++k) /* the ends, which chance does not find */
        words[k * 16] = k & 1 ? ~(1u << k / 2) : 1u << k / 2;
    words[5] = 0, words[6] = UINT32_MAX;
    for (uint32_t i = 0; i < law_examples_n; ++i)
        for (int level = 0; level <= (int)rc_simd_level(); ++level)
            for (uint32_t n = 0; n <= 1031; n = n < 40 ? n + 1
                                                : n + 197 > 1031 && n < 1031
                                                    ? 1031
                                                    : n + 197) {
                out[n] = 4711;
                fill[level](out, tables[i], words, n);
                ck_assert(out[n] == 4711);
                for (uint32_t k = 0; k < n; ++k)
                    if (out[k] != rc_table_value(tables[i], words[k]))
                        ck_abort_msg("example %u, level %d, word %u", i, level,
                                     words[k]);
            }
}
END_TEST

START_TEST(atoms_are_exact)
{
    for (uint32_t i = 0; i < law_examples_n; ++i) {
        const rc_law *law = &law_examples[i].law;
        if (rc_law_continuous(law) || law->kind == RC_MIXTURE)
            continue;
        for (uint32_t k = 0; k < 2000; ++k) {
            uint32_t word = stratum(k, 2000) + 12345;
            ck_assert(rc_table_value(tables[i], word) ==
                      rc_law_quantile(law, share(word)));
        }
    }
}
END_TEST

START_TEST(listed_values_within_a_mixture_are_exact)
{
    static const rc_law_part values[] = {{0.4, 7.1, 0}, {0.4, 1.3, 0}, {0.2, 2.7, 0}};
    static const rc_law smooth = {.kind = RC_UNIFORM,
                                  .p = {0, 10},
                                  .floor_at = -INFINITY},
                        listed = {.kind = RC_DISCRETE,
                                  .floor_at = -INFINITY,
                                  .parts_n = 3,
                                  .parts = values};
    static const rc_law_part parts[] = {{0.5, 0, &smooth}, {0.5, 0, &listed}};
    const rc_law law = {.kind = RC_MIXTURE,
                        .floor_at = -INFINITY,
                        .parts_n = 2,
                        .parts = parts},
                 *list = &law;
    const rc_table *table;
    uint32_t seen[3] = {0};
    ck_assert_int_eq(rc_tables_build(&table, &list, 1, arena, NULL), RC_OK);
    for (uint32_t k = 0; k < 2000; ++k) {
        const double x = rc_table_value(table, stratum(k, 2000));
        for (int i = 0; i < 3; ++i)
            seen[i] += x == values[i].value;
    }
    for (int i = 0; i < 3;
         ++i) /* half of the weight each, but for the word at an end */
        ck_assert_double_eq_tol(seen[i], values[i].weight * 1000, 1);
}
END_TEST

START_TEST(an_event_within_a_mixture_is_exact)
{
    static const rc_law smooth = {.kind = RC_UNIFORM,
                                  .p = {0, 7},
                                  .floor_at = -INFINITY},
                        event = {
                            .kind = RC_BERNOULLI, .p = {0.4}, .floor_at = -INFINITY};
    static const rc_law_part parts[] = {{0.5, 0, &smooth}, {0.5, 0, &event}};
    const rc_law law = {.kind = RC_MIXTURE,
                        .floor_at = -INFINITY,
                        .parts_n = 2,
                        .parts = parts},
                 *list = &law;
    const rc_table *table;
    uint32_t no = 0, yes = 0;
    ck_assert_int_eq(rc_tables_build(&table, &list, 1, arena, NULL), RC_OK);
    for (uint32_t k = 0; k < 2000; ++k) {
        const double x = rc_table_value(table, stratum(k, 2000));
        no += x == 0, yes += x == 1;
    }
    ck_assert_double_eq_tol(no, 600, 1);
    ck_assert_double_eq_tol(yes, 400, 1);
}
END_TEST

START_TEST(however_many_values_are_listed_each_is_drawn)
{
    for (uint32_t n = 230; n <= 270; ++n) { /* lists double their room at 256 */
        rc_law_part values[270];
        for (uint32_t i = 0; i < n; ++i)
            values[i] = (rc_law_part){1.0 / n, 1 + i, 0};
        const rc_law none = {.kind = RC_CONSTANT, .p = {0}, .floor_at = -INFINITY},
                     listed = {.kind = RC_DISCRETE,
                               .floor_at = -INFINITY,
                               .parts_n = n,
                               .parts = values};
        const rc_law_part parts[] = {{0.5, 0, &none}, {0.5, 0, &listed}};
        const rc_law law = {.kind = RC_MIXTURE,
                            .floor_at = -INFINITY,
                            .parts_n = 2,
                            .parts = parts},
                     *list[] = {&listed, &law};
        const rc_table *table[2];
        ck_assert_int_eq(rc_tables_build(table, list, 2, arena, NULL), RC_OK);
        for (uint32_t i = 0; i < n; ++i) {
            ck_assert(rc_table_value(table[0], stratum(i, n)) == 1 + i);
            ck_assert(rc_table_value(table[1], stratum(n + i, 2 * n)) == 1 + i);
            ck_assert(rc_table_value(table[1], stratum(i, 2 * n)) == 0);
        }
    }
}
END_TEST

START_TEST(equal_shapes_share_one_table)
{
    rc_law laws[5] = {{.kind = RC_NORMAL, .p = {0, 1}},
                      {.kind = RC_NORMAL, .p = {5, 3}},
                      {.kind = RC_LOGNORMAL, .p = {2, 0.5}},
                      {.kind = RC_LOGNORMAL, .p = {9, 0.5}, .floor_at = 1},
                      {.kind = RC_LOGNORMAL, .p = {9, 0.6}}};
    const rc_law *list[6] = {&laws[0], &laws[1], NULL, &laws[2], &laws[3], &laws[4]};
    const rc_table *out[6];
    ck_assert_int_eq(rc_tables_build(out, list, 6, arena, NULL), RC_OK);
    ck_assert_ptr_null(out[2]);
    ck_assert_ptr_eq(out[0]->cells, out[1]->cells);
    ck_assert_ptr_eq(out[3]->cells, out[4]->cells);
    ck_assert_ptr_ne(out[4]->cells, out[5]->cells);
    ck_assert_ptr_ne(out[0]->cells, out[3]->cells);
}
END_TEST

/* A forecast can be cited and run again: what the examples of laws.h draw, in their order,
 * is the same to the bit by any compiler, today and ever. Another number here is another
 * format of run.rng. */
static const uint64_t as_ever[] = {
    UINT64_C(0xec18fa5ccc304a9e), /* constant */
    UINT64_C(0xc605906536ac2b52), /* uniform */
    UINT64_C(0xc2c15e0b74d5d894), /* triangular */
    UINT64_C(0x5b2b89486f802f16), /* triangular */
    UINT64_C(0xe76f83f1e6459aaa), /* triangular */
    UINT64_C(0x9272ee29e4363181), /* normal */
    UINT64_C(0xba349aed7f1f6d24), /* normal */
    UINT64_C(0x536c382348ed39d2), /* lognormal */
    UINT64_C(0xae14d6522db2d1b6), /* lognormal */
    UINT64_C(0x5c3611cd53ea095c), /* lognormal */
    UINT64_C(0x727e854514d2c424), /* exponential */
    UINT64_C(0x3f0958fc64043884), /* gamma */
    UINT64_C(0x0c1fecf53b9d2b54), /* gamma */
    UINT64_C(0xa98ffd152d3c2105), /* gamma */
    UINT64_C(0xa4d5d7ced935b6be), /* gamma */
    UINT64_C(0xcf4f925d812e41b1), /* weibull */
    UINT64_C(0xc81d584f7c426ad0), /* weibull */
    UINT64_C(0x9034e16bd3bcb40e), /* weibull */
    UINT64_C(0x65c9b0e72feda781), /* beta */
    UINT64_C(0x8f8d61b2fae1adc0), /* beta */
    UINT64_C(0x64430f8537516498), /* beta */
    UINT64_C(0x2564a210f05475b1), /* beta */
    UINT64_C(0xbd489cf185016cdf), /* pert */
    UINT64_C(0x6cd60723eeb51b78), /* pert */
    UINT64_C(0xa10c3d8d18f933dd), /* bernoulli */
    UINT64_C(0x0000000000000000), /* bernoulli */
    UINT64_C(0x276df3d11da8e93f), /* bernoulli */
    UINT64_C(0xfddf1cb82f7981a8), /* poisson */
    UINT64_C(0x0000000000000000), /* poisson */
    UINT64_C(0x764c461e5b9b979a), /* poisson */
    UINT64_C(0xf824f5efc95710ab), /* discrete */
    UINT64_C(0x29cd4fa8a221b832), /* discrete */
    UINT64_C(0x922d5417efba8d78), /* discrete */
    UINT64_C(0x8a6c34938bfa806e), /* metalog */
    UINT64_C(0x6adfdbe2a6351a60), /* metalog */
    UINT64_C(0x7899c859727eeb5b), /* metalog */
    UINT64_C(0xab4d754d06699057), /* metalog */
    UINT64_C(0x266faf549ca840d3), /* metalog */
    UINT64_C(0xc87dcb3997952e85), /* mixture */
    UINT64_C(0x4861b57ea7c8b1c2), /* mixture */
    UINT64_C(0xfc1e33cfdc2f43b7), /* mixture */
    UINT64_C(0x7d7d8a640e9aeb77), /* mixture */
    UINT64_C(0x598faaf96e421fc5), /* mixture */
    UINT64_C(0x35fb0c68eac21542), /* mixture */
    UINT64_C(0x0000000000000000), /* uniform */
    UINT64_C(0xe03d9fa7fb45bff2), /* poisson */
    UINT64_C(0x006ff6e8f8e6c780), /* normal */
    UINT64_C(0x18196924f7e74b1c), /* uniform */
    UINT64_C(0x0db46a60aaf6135b), /* metalog */
    UINT64_C(0xdf471ef19909b3cf), /* poisson */
    UINT64_C(0xe5a418922cfe1ffe), /* mixture */
};

static uint64_t digest(const rc_table *table)
{
    uint64_t hash = 0;
    for (uint32_t k = 0; k < 8192 + 256; ++k) {
        uint32_t word = k < 8192 ? stratum(k, 8192)
                        : k & 1  ? (k - 8192) * (k - 8192) / 16
                                 : ~((k - 8192) * (k - 8192) / 16);
        hash = bits_digest(hash, rc_table_value(table, word));
    }
    return hash;
}

START_TEST(every_law_draws_the_same_bits_as_ever)
{
    ck_assert_uint_eq(sizeof as_ever / sizeof *as_ever, law_examples_n);
    for (uint32_t i = 0; i < law_examples_n; ++i)
        ck_assert_msg(digest(tables[i]) == as_ever[i], "example %u, %s: 0x%016" PRIx64,
                      i, rc_law_name(law_examples[i].law.kind), digest(tables[i]));
}
END_TEST

START_TEST(many_shapes_find_each_its_own_table)
{
    /* 500 in 1 024 slots: most meet another one on the way */
    enum { SHAPES = 500 };
    static rc_law laws[2 * SHAPES];
    static const rc_law *list[2 * SHAPES];
    static const rc_table *out[2 * SHAPES];
    for (int i = 0; i < 2 * SHAPES; ++i) {
        const double shape = 0.1 + (i % SHAPES) / 1000.0;
        laws[i] = (rc_law){.kind = RC_LOGNORMAL,
                           .p = {i < SHAPES ? 1 : 7, shape},
                           .floor_at = -INFINITY};
        list[i] = &laws[i];
    }
    ck_assert_int_eq(rc_tables_build(out, list, 2 * SHAPES, arena, NULL), RC_OK);
    for (int i = 0; i < SHAPES; ++i) {
        const double exact = rc_law_quantile_upper(&laws[i], share(~0xf0000000u));
        ck_assert_double_eq_tol(rc_table_value(out[i], 0xf0000000u), exact,
                                1e-4 * exact);
        ck_assert_ptr_eq(out[i]->cells, out[i + SHAPES]->cells);
        ck_assert(i == 0 || out[i]->cells != out[i - 1]->cells);
    }
}
END_TEST

START_TEST(shapes_differ_by_any_parameter_and_by_their_kind)
{
    static const rc_law laws[] = {
        {.kind = RC_METALOG,
         .p = {5, 2, 1, -INFINITY, INFINITY},
         .floor_at = -INFINITY},
        {.kind = RC_METALOG,
         .p = {5, 2, 0.5, -INFINITY, INFINITY},
         .floor_at = -INFINITY},
        {.kind = RC_METALOG, .p = {1, 2, 0.5, 0, INFINITY}, .floor_at = -INFINITY},
        {.kind = RC_METALOG, .p = {1, 2, 0.5, 0, 20}, .floor_at = -INFINITY},
        {.kind = RC_METALOG, .p = {1, 2, 0.5, 0, 25}, .floor_at = -INFINITY},
        {.kind = RC_METALOG, .p = {1.5, 2, 0.5, 0, 25}, .floor_at = -INFINITY},
        {.kind = RC_METALOG, .p = {1.5, 2, 0.25, 0, 25}, .floor_at = -INFINITY},
        {.kind = RC_GAMMA, .p = {2, 1}, .floor_at = -INFINITY},
        {.kind = RC_WEIBULL, .p = {2, 1}, .floor_at = -INFINITY},
        {.kind = RC_BETA, .p = {2, 3, 0, 1}, .floor_at = -INFINITY},
        {.kind = RC_BETA, .p = {3, 2, 0, 1}, .floor_at = -INFINITY},
    };
    enum { LAWS = sizeof laws / sizeof *laws };
    const rc_law *list[LAWS];
    const rc_table *out[LAWS];
    for (int i = 0; i < LAWS; ++i)
        list[i] = &laws[i];
    ck_assert_int_eq(rc_tables_build(out, list, LAWS, arena, NULL), RC_OK);
    for (int i = 0; i < LAWS; ++i) {
        const double exact = rc_law_quantile(&laws[i], share(0x30000000));
        ck_assert_double_eq_tol(rc_table_value(out[i], 0x30000000), exact,
                                1e-4 * sd_of(&laws[i]));
    }
}
END_TEST

START_TEST(events_fire_on_the_words_whose_middles_lie_above)
{
    static const struct {
        double chance;
        rc_form form;
        uint32_t from;
        double low, high, floor_at;
    } known[] = {
        {0.5, RC_FORM_EVENT, 0x80000000u, 0, 1, -INFINITY},
        {0x1p-32, RC_FORM_EVENT, UINT32_MAX, 0, 1, -INFINITY},
        {0x1p-34, RC_FORM_CONSTANT, 0, 0, 0, -INFINITY},
        {1 - 0x1p-34, RC_FORM_CONSTANT, 0, 1, 1, -INFINITY},
        {1 - 0x1p-32, RC_FORM_EVENT, 1, 0, 1, -INFINITY},
        {0.25, RC_FORM_EVENT, 0xc0000000u, 0.5, 1, 0.5},
        {0.25, RC_FORM_EVENT, 0xc0000000u, 2, 2, 2},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; ++i) {
        const rc_law law = {.kind = RC_BERNOULLI,
                            .p = {known[i].chance},
                            .floor_at = known[i].floor_at},
                     *list = &law;
        const rc_table *t;
        ck_assert_int_eq(rc_tables_build(&t, &list, 1, arena, NULL), RC_OK);
        ck_assert_int_eq(t->form, known[i].form);
        ck_assert_uint_eq(t->from, known[i].from);
        ck_assert_double_eq(t->low, known[i].low);
        ck_assert_double_eq(t->high, known[i].high);
    }
}
END_TEST

START_TEST(an_event_fires_as_often_as_words_can_say)
{
    for (uint32_t i = 1; i <= 4000; ++i) {
        const double chance = (double)(rc_mix64(i) >> 11) * 0x1p-53;
        const rc_law law = {.kind = RC_BERNOULLI, .p = {chance}, .floor_at = -INFINITY},
                     *list = &law;
        const rc_table *t;
        ck_assert_int_eq(rc_tables_build(&t, &list, 1, arena, NULL), RC_OK);
        const double fires = 0x1p32 - t->from; /* of 2^32 words */
        ck_assert(fabs(fires - chance * 0x1p32) <= 0.5);
    }
    const rc_law close[] = {{.kind = RC_BERNOULLI, .p = {0.25 + 0.497 * 0x1p-32}},
                            {.kind = RC_BERNOULLI, .p = {0.25 + 0.503 * 0x1p-32}}};
    const rc_law *list[] = {&close[0], &close[1]};
    const rc_table *t[2];
    ck_assert_int_eq(rc_tables_build(t, list, 2, arena, NULL), RC_OK);
    ck_assert_uint_eq(t[0]->from, 0xc0000000u);
    ck_assert_uint_eq(t[1]->from, 0xc0000000u - 1);
}
END_TEST

START_TEST(any_number_of_shapes_find_room)
{
    enum { MOST = 34 };
    rc_law laws[MOST];
    const rc_law *list[MOST];
    const rc_table *out[MOST];
    for (int i = 0; i < MOST; ++i) {
        laws[i] = (rc_law){.kind = RC_LOGNORMAL, .p = {1, 0.1 + 0.01 * i}};
        list[i] = &laws[i];
    }
    for (uint32_t n = 15; n <= MOST; n += n == 17 ? 14 : 1) {
        ck_assert_int_eq(rc_tables_build(out, list, n, arena, NULL), RC_OK);
        for (uint32_t i = 1; i < n; ++i)
            ck_assert(out[i]->cells - out[i - 1]->cells == 2 * RC_CELLS);
    }
}
END_TEST

/* Weights may miss 100 % by a billionth, which is four words. */
START_TEST(weights_that_are_rounded_leave_no_word_out)
{
    for (int sign = -1; sign <= 1; sign += 2) {
        const double half = 0.5 + sign * 4e-10;
        const rc_law_part parts[] = {{half, 3, 0}, {half, 5, 0}, {1e-10, 7, 0}};
        const rc_law law = {.kind = RC_DISCRETE,
                            .floor_at = -INFINITY,
                            .parts_n = 3,
                            .parts = parts},
                     *list = &law;
        const rc_table *t;
        ck_assert_int_eq(rc_law_check(&law, NULL), RC_OK);
        ck_assert_int_eq(rc_tables_build(&t, &list, 1, arena, NULL), RC_OK);
        ck_assert(rc_table_value(t, 0) == 3 && rc_table_value(t, 0x7ffffff0) == 3);
        ck_assert(rc_table_value(t, 0x80000010) == 5);
        ck_assert(rc_table_value(t, UINT32_MAX - 4) == 5);
        ck_assert(rc_table_value(t, UINT32_MAX) == (sign < 0 ? 7 : 5));

        /* of a law without atoms the last words lie at its end, and none beyond */
        const rc_law line = {.kind = RC_UNIFORM, .p = {2, 6}, .floor_at = -INFINITY};
        const rc_law_part whole = {1 + sign * 9e-10, 0, &line};
        const rc_law mixed = {
            .kind = RC_MIXTURE, .floor_at = -INFINITY, .parts_n = 1, .parts = &whole};
        list = &mixed;
        ck_assert_int_eq(rc_tables_build(&t, &list, 1, arena, NULL), RC_OK);
        for (uint32_t word = UINT32_MAX; word > UINT32_MAX - 9; --word)
            ck_assert_double_eq_tol(rc_table_value(t, word), 6, 2e-8);
        ck_assert(rc_table_value(t, UINT32_MAX) <= 6);
    }
}
END_TEST

START_TEST(a_mixture_of_one_law_is_that_law_to_the_last_word)
{
    static const rc_law laws[] = {
        {.kind = RC_NORMAL, .p = {5, 1}, .floor_at = -INFINITY},
        {.kind = RC_LOGNORMAL, .p = {1, 0.5}, .floor_at = -INFINITY},
        {.kind = RC_EXPONENTIAL, .p = {2}, .floor_at = -INFINITY}};
    static const uint32_t words[] = {0, 1, 0x80000000u, UINT32_MAX - 1, UINT32_MAX};
    for (int i = 0; i < 3; ++i) {
        const rc_law_part part = {1, 0, &laws[i]};
        const rc_law mixed = {.kind = RC_MIXTURE,
                              .floor_at = -INFINITY,
                              .parts_n = 1,
                              .parts = &part},
                     *list = &mixed;
        const rc_table *t;
        ck_assert_int_eq(rc_tables_build(&t, &list, 1, arena, NULL), RC_OK);
        for (int k = 0; k < 5; ++k) {
            const double exact =
                k < 3 ? rc_law_quantile(&laws[i], share(words[k]))
                      : rc_law_quantile_upper(&laws[i], share(~words[k]));
            ck_assert_double_eq_tol(rc_table_value(t, words[k]), exact,
                                    0.02 * sd_of(&laws[i]));
        }
    }
}
END_TEST

START_TEST(nothing_to_build_is_built)
{
    const rc_table *out[1] = {NULL};
    const rc_law *list[1] = {NULL};
    ck_assert_int_eq(rc_tables_build(out, list, 0, arena, NULL), RC_OK);
    ck_assert_int_eq(rc_tables_build(out, list, 1, arena, NULL), RC_OK);
    ck_assert_ptr_null(out[0]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("table");
    TCase *tcase = tcase_create("table");
    tcase_add_unchecked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, every_law_draws_the_same_bits_as_ever);
    tcase_add_test(tcase, many_shapes_find_each_its_own_table);
    tcase_add_test(tcase, shapes_differ_by_any_parameter_and_by_their_kind);
    tcase_add_test(tcase, events_fire_on_the_words_whose_middles_lie_above);
    tcase_add_test(tcase, an_event_fires_as_often_as_words_can_say);
    tcase_add_test(tcase, any_number_of_shapes_find_room);
    tcase_add_test(tcase, weights_that_are_rounded_leave_no_word_out);
    tcase_add_test(tcase, a_mixture_of_one_law_is_that_law_to_the_last_word);
    tcase_add_test(tcase, nothing_to_build_is_built);
    tcase_add_test(tcase, tables_are_within_1e_5_sd_of_the_exact_quantile);
    tcase_add_test(tcase, no_laws_need_no_tables);
    tcase_add_test(tcase, what_piles_up_at_both_ends_is_met_by_a_finer_grid);
    tcase_add_test(tcase, even_words_have_the_mean_and_variance_of_the_law);
    tcase_add_test(tcase, the_mean_of_all_words_is_the_mean_of_the_law);
    tcase_add_test(tcase, a_larger_word_never_gives_a_smaller_value);
    tcase_add_test(tcase, no_rounding_at_a_seam_lets_a_value_fall);
    tcase_add_test(tcase, every_word_gives_a_finite_value_in_the_support);
    tcase_add_test(tcase, every_kernel_gives_the_bits_of_the_single_word);
    tcase_add_test(tcase, atoms_are_exact);
    tcase_add_test(tcase, listed_values_within_a_mixture_are_exact);
    tcase_add_test(tcase, an_event_within_a_mixture_is_exact);
    tcase_add_test(tcase, however_many_values_are_listed_each_is_drawn);
    tcase_add_test(tcase, equal_shapes_share_one_table);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
