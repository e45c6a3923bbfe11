#include "ask.h"
#include "base/arena.h"
#include "base/text.h"
#include "scenario/estimate.h"
#include "scenario/faults.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void wrong(const char *what, const char *text)
{
    fprintf(stderr, "wrong: %s: %s\n", what, text);
    abort();
}

static const struct {
    double low, high;
} limits[] = {{0, 0}, {0, INFINITY}, {0, 1}, {-1, 1}, {0.001, 1e6}, {1, 50}};

/* A law that was taken has finite values, in order, and a cdf that agrees. */
static void ask_law(const rc_law *law, const char *text)
{
    static const double at[] = {1e-9, 0.001, 0.1, 0.5, 0.9, 0.999, 1 - 1e-9};
    rc_error err = {0};
    if (rc_law_check(law, &err) != RC_OK)
        wrong(err.text, text);
    double before = -INFINITY;
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        double x = rc_law_quantile(law, at[i]), p = rc_law_cdf(law, x);
        if (!isfinite(x) || x < before || !(p >= 0 && p <= 1))
            wrong("a quantile", text);
        before = x;
    }
    if (!isfinite(rc_law_mean(law)) || !(rc_law_variance(law) >= 0))
        wrong("a mean or a variance", text);
}

static void ask_value(double x, const char *text)
{
    if (!isfinite(x))
        wrong("a value", text);
}

static bool read_estimate(rc_reading *reading, const rc_setting *row, const char *text,
                          rc_position at)
{
    rc_estimate e = {0};
    char words[200];
    if (!rc_estimate_parse(&e, reading, row, text, at))
        return false;
    ask_law(&e.law, text);
    rc_estimate_words(words, sizeof words, &e);
    return true;
}

static bool read_value(rc_reading *reading, const rc_setting *row, const char *text,
                       rc_position at)
{
    double x = 0;
    bool read = rc_value_parse(&x, reading, row, text, at);
    ask_value(x, text);
    return read;
}

static bool read_value_unit(rc_reading *reading, const rc_setting *row,
                            const char *text, rc_position at)
{
    const char *unit = NULL;
    double x = 0;
    bool read = rc_value_unit_parse(&x, &unit, reading, row, text, at);
    ask_value(x, text);
    return read;
}

static bool read_condition(rc_reading *reading, const rc_setting *row, const char *text,
                           rc_position at)
{
    rc_condition condition = {0};
    bool read = rc_condition_parse(&condition, reading, row, text, at);
    ask_value(condition.value, text);
    return read;
}

static bool read_effect(rc_reading *reading, const rc_setting *row, const char *text,
                        rc_position at)
{
    rc_effect effect = {0};
    (void)row;
    if (!rc_effect_parse(&effect, reading, text, at))
        return false;
    ask_law(&effect.change.law, text);
    return true;
}

static bool (*const readers[])(rc_reading *, const rc_setting *, const char *,
                               rc_position) = {
    read_estimate, read_value, read_value_unit, read_condition, read_effect,
};

void ask_estimate(const uint8_t *bytes, size_t n)
{
    size_t bad_at;
    if (n < 2 || !rc_utf8_valid((const char *)bytes + 2, n - 2, &bad_at))
        return; /* source.c refuses such files */
    char *text = calloc(n, 1);
    rc_faults *faults = rc_faults_new();
    rc_arena *arena = rc_arena_new();
    if (!text || !faults || !arena)
        wrong("memory", "");
    memcpy(text, bytes + 2, n - 2);
    unsigned limit = bytes[1] % 6, ranges = bytes[1] / 6 % 3;
    const rc_setting row = {.key = "x",
                            .dimension = (rc_dimension)(bytes[0] % (RC_MONTHS + 1)),
                            .low = limits[limit].low,
                            .high = limits[limit].high,
                            .may_be_sure = bytes[1] & 0x80};
    rc_reading reading = {.arena = arena,
                          .faults = faults,
                          .low_p = ranges == 1 ? 0.05 : 0.1,
                          .high_p = ranges == 1 ? 0.95 : 0.9,
                          .min_max = ranges == 2,
                          .widen = bytes[1] & 0x40 ? 1.4 : 1,
                          .name = "tasks.x.duration"};
    uint32_t source = rc_faults_source(faults, "t.cfg", text, strlen(text), true);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        uint32_t before = rc_faults_errors(faults);
        bool read = readers[i](&reading, &row, text, (rc_position){source, 1, 1, 1});
        if (read == (rc_faults_errors(faults) > before))
            wrong(read ? "taken with a fault" : "refused without a word", text);
    }
    rc_arena_free(arena);
    rc_faults_free(faults);
    free(text);
}
