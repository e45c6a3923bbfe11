/* desk.h -- what it takes to read one text as an estimate, a value or a condition. */
#ifndef ROADCAST_TESTS_DESK_H
#define ROADCAST_TESTS_DESK_H

#include "scenario/estimate.h"
#include "said.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct desk {
    rc_faults *faults;
    rc_reading reading;
    rc_position at;
} desk;

static inline desk desk_new(const char *text)
{
    desk d = {.faults = rc_faults_new()};
    uint32_t source = rc_faults_source(d.faults, "t.cfg", text, strlen(text), true);
    d.reading = (rc_reading){.arena = rc_arena_new(),
                             .faults = d.faults,
                             .low_p = 0.1,
                             .high_p = 0.9,
                             .widen = 1,
                             .name = "tasks.x.duration"};
    d.at = (rc_position){source, 1, 1, 1};
    ck_assert_ptr_nonnull(d.reading.arena);
    return d;
}

static inline void desk_free(desk *d)
{
    rc_arena_free(d->reading.arena);
    rc_faults_free(d->faults);
}

static inline rc_setting row_of(rc_dimension dimension)
{
    return (rc_setting){.key = "x", .dimension = dimension};
}

/* The law of a text that must be lawful; *d stays open for what it points to. */
static inline rc_estimate lawful(desk *d, rc_dimension dimension, const char *text)
{
    rc_setting row = row_of(dimension);
    rc_estimate e = {.index = 7};
    bool read = rc_estimate_parse(&e, &d->reading, &row, text, d->at);
    if (!read)
        rc_faults_print(d->faults, stderr, false);
    ck_assert_msg(read && e.given, "refused: %s", text);
    ck_assert_uint_eq(rc_faults_errors(d->faults), 0);
    ck_assert_uint_eq(e.index, 7);
    ck_assert_str_eq(e.text, text);
    return e;
}

static inline void near(double x, double want)
{
    ck_assert_double_eq_tol(x, want, 1e-9 * fabs(want) + 1e-15);
}

static inline void printed(char *out, size_t n, const rc_faults *faults)
{
    char *text = said_by(faults, false);
    snprintf(out, n, "%s", text);
    free(text);
}

#endif
