#include "laws.h"
#include <math.h>

#define NO_FLOOR -INFINITY
#define LAW(k, ...)                                                                    \
    {                                                                                  \
        .kind = (k), .p = {__VA_ARGS__}, .floor_at = NO_FLOOR                          \
    }

static const rc_law quick = LAW(RC_LOGNORMAL, 3, 0.3),
                    slow = LAW(RC_LOGNORMAL, 14, 0.3), early = LAW(RC_UNIFORM, 2, 4),
                    late = LAW(RC_UNIFORM, 10, 20), ten = LAW(RC_CONSTANT, 10),
                    cut = {.kind = RC_NORMAL, .p = {1, 1}, .floor_at = 0};
static const rc_law_part smooth[] = {{0.7, 0, &quick}, {0.3, 0, &slow}};
static const rc_law_part gap[] = {{0.7, 0, &early}, {0.3, 0, &late}};
static const rc_law_part atom[] = {{0.3, 0, &late}, {0.7, 0, &ten}};
static const rc_law_part cut_parts[] = {{0.5, 0, &cut}, {0.5, 0, &early}};
static const rc_law_part values[] = {{0.5, 1, 0}, {0.25, 4, 0}, {0.25, 2, 0}};
static const rc_law_part single[] = {{1, -3, 0}};
static const rc_law_part repeated[] = {{0.25, 7, 0}, {0.5, 5, 0}, {0.25, 7, 0}};

static const rc_law
    few = LAW(RC_POISSON, 3),
    now_and_then = LAW(RC_BERNOULLI, 0.4),
    listed = {.kind = RC_DISCRETE, .floor_at = NO_FLOOR, .parts_n = 3, .parts = values},
    nested = {.kind = RC_MIXTURE, .floor_at = NO_FLOOR, .parts_n = 2, .parts = atom};
static const rc_law_part every_kind[] = {
    {0.4, 0, &few}, {0.3, 0, &nested}, {0.2, 0, &listed}, {0.1, 0, &now_and_then}};
static const rc_law thousand = LAW(RC_CONSTANT, 1000),
                    about_it = LAW(RC_NORMAL, 1000, 1);
static const rc_law_part mostly_thousand[] = {{0.95, 0, &thousand},
                                              {0.05, 0, &about_it}};
static const rc_law_part mostly_ten[] = {{0.95, 0, &ten}, {0.05, 0, &late}};

const law_example law_examples[] = {
    {LAW(RC_CONSTANT, 5), 5, 0, 5},
    {LAW(RC_UNIFORM, 2, 6), 4, 16 / 12.0, 4},
    {LAW(RC_TRIANGULAR, 2, 4, 9), 5, 13 / 6.0, 9 - 4.183300132670378},
    {LAW(RC_TRIANGULAR, 0, 0, 1), 1 / 3.0, 1 / 18.0, 1 - 0.70710678118654752},
    {LAW(RC_TRIANGULAR, 0, 1, 1), 2 / 3.0, 1 / 18.0, 0.70710678118654752},
    {LAW(RC_NORMAL, 3, 2), 3, 4, 3},
    {LAW(RC_NORMAL, -1e6, 1e-3), -1e6, 1e-6, -1e6},
    {LAW(RC_LOGNORMAL, 10, 0.5408656188), 11.5750614, NAN, 10},
    {LAW(RC_LOGNORMAL, 1, 0.1), 1.00501252085940106, NAN, 1},
    {LAW(RC_LOGNORMAL, 5, 1.2), NAN, NAN, 5},
    {LAW(RC_EXPONENTIAL, 7), 7, 49, 7 * 0.69314718055994531},
    {LAW(RC_GAMMA, 1, 3), 3, 9, 3 * 0.69314718055994531},
    {LAW(RC_GAMMA, 4, 3), 12, 36, 11.0161822},
    {LAW(RC_GAMMA, 0.5, 2), 1, 2, 0.45493642311957}, /* chi-squared of one */
    {LAW(RC_GAMMA, 2000, 2), 4000, 8000, NAN},
    {LAW(RC_WEIBULL, 2, 1), 0.88622692545275801, 0.21460183660255169,
     0.83255461115769776},
    {LAW(RC_WEIBULL, 1.35, 0.47), NAN, NAN, NAN},
    {LAW(RC_WEIBULL, 0.6, 3), NAN, NAN, NAN},
    {LAW(RC_BETA, 1, 1, -2, 2), 0, 16 / 12.0, 0},
    {LAW(RC_BETA, 2.5, 6.3, 0, 1), 2.5 / 8.8, NAN, NAN},
    {LAW(RC_BETA, 0.5, 0.5, 0, 1), 0.5, 0.125, 0.5}, /* arcsine */
    {LAW(RC_BETA, 300, 3, 0, 1), 300 / 303.0, NAN, NAN},
    {LAW(RC_PERT, 2, 5, 14, 4), 6, 32 / 7.0, 5.7657220},
    {LAW(RC_PERT, 0, 0, 14, 4), 14 / 6.0, NAN, NAN},
    {LAW(RC_BERNOULLI, 0.3), 0.3, 0.21, 0},
    {LAW(RC_BERNOULLI, 0), 0, 0, 0},
    {LAW(RC_BERNOULLI, 1), 1, 0, 1},
    {LAW(RC_POISSON, 3.5), 3.5, 3.5, 3},
    {LAW(RC_POISSON, 0), 0, 0, 0},
    {LAW(RC_POISSON, 3000), 3000, 3000, 3000},
    {{.kind = RC_DISCRETE, .floor_at = NO_FLOOR, .parts_n = 3, .parts = values},
     2,
     1.5,
     1},
    {{.kind = RC_DISCRETE, .floor_at = NO_FLOOR, .parts_n = 1, .parts = single},
     -3,
     0,
     -3},
    {{.kind = RC_DISCRETE, .floor_at = NO_FLOOR, .parts_n = 3, .parts = repeated},
     6,
     1,
     5},
    {LAW(RC_METALOG, 5, 2, 0, NO_FLOOR, INFINITY), 5, 13.159472534785811,
     5}, /* logistic */
    {LAW(RC_METALOG, 5, 2, 1, NO_FLOOR, INFINITY), 5.5, NAN, 5},
    {LAW(RC_METALOG, 1.6, 0.2, 0.1, 0, INFINITY), NAN, NAN, 4.95303242439511515},
    {LAW(RC_METALOG, 0, 0.3, 0.2, NO_FLOOR, 9), NAN, NAN, 8},
    {LAW(RC_METALOG, 0, 0.48, 0, 0, 20), 10, NAN, 10},
    {{.kind = RC_MIXTURE, .floor_at = NO_FLOOR, .parts_n = 2, .parts = smooth},
     0.7 * 3 * 1.04602785990871694 + 0.3 * 14 * 1.04602785990871694,
     NAN,
     NAN},
    {{.kind = RC_MIXTURE, .floor_at = NO_FLOOR, .parts_n = 2, .parts = gap},
     6.6,
     0.7 * 4 / 12 + 0.3 * 100 / 12 + 0.21 * 144,
     2 + 2 / 1.4},
    {{.kind = RC_MIXTURE, .floor_at = NO_FLOOR, .parts_n = 2, .parts = atom},
     11.5,
     NAN,
     10},
    {{.kind = RC_MIXTURE, .floor_at = 3, .parts_n = 2, .parts = cut_parts},
     NAN,
     NAN,
     NAN},
    {{.kind = RC_MIXTURE, .floor_at = NO_FLOOR, .parts_n = 4, .parts = every_kind},
     0.4 * 3 + 0.3 * 11.5 + 0.2 * 2 + 0.1 * 0.4,
     0.4 * 12 + 0.3 * (0.3 * (225 + 100 / 12.0) + 70) + 0.2 * 5.5 + 0.1 * 0.4 -
         5.09 * 5.09,
     3},
    {{.kind = RC_MIXTURE, .floor_at = NO_FLOOR, .parts_n = 2, .parts = mostly_ten},
     10.25,
     0.05 * (25 + 100 / 12.0) - 0.0625,
     10},
    {{.kind = RC_UNIFORM, .p = {-3, -1}, .floor_at = 0}, 0, 0, 0}, /* all of it cut */
    {{.kind = RC_POISSON, .p = {3.5}, .floor_at = 2},
     3.66608560882275,
     2.74767836840634,
     3},
    /* cut at a floor: E max(N(3, 1), 2.5) = 2.5 F + 3 (1 - F) + f, F = Phi(-1/2) */
    {{.kind = RC_NORMAL, .p = {3, 1}, .floor_at = 2.5}, 3.1977965574, 0.5534407045, 3},
    {{.kind = RC_UNIFORM, .p = {-1, 3}, .floor_at = 0}, 1.125, 2.25 - 1.265625, 1},
    {LAW(RC_METALOG, 0.3, 0.5, -0.1, 2, 20), NAN, NAN, 12.3399653026099},
    {LAW(RC_POISSON, 0.5), 0.5, 0.5, 0},
    {{.kind = RC_MIXTURE, .floor_at = NO_FLOOR, .parts_n = 2, .parts = mostly_thousand},
     1000,
     0.05,
     1000},
};

const uint32_t law_examples_n = sizeof law_examples / sizeof *law_examples;
