/* forecast.h -- from the text of a scenario to its result, in one call, for tests.
 *
 * The way of any outside program: read, compile, run. Whatever is refused fails the test,
 * with the faults printed. One thread, unless asked for more.
 *
 * Memory   yours to free with rc_result_free.
 */
#ifndef ROADCAST_TESTS_FORECAST_H
#define ROADCAST_TESTS_FORECAST_H

#include <roadcast/run.h>

typedef struct forecast_options {
    uint64_t futures;       /* 0: as the scenario says */
    uint64_t seed;          /* 0: as the scenario says */
    uint32_t threads;       /* 0: one */
    const char *const *set; /* overrides, NULL-terminated; NULL: none */
    bool verdict_only;      /* as a what-if is run */
    const char *const *what_if; /* overrides of a what-if beside it; NULL: none */
    bool samples;               /* keep them, however many futures there are */
    bool queue; /* place one future at a time, by events, though people cannot bind */
} forecast_options;

rc_result *forecast(const char *text, const forecast_options *options);
rc_result *forecast_file(const char *path, const forecast_options *options);

/* Finish in days, or cost, of each future in order. */
const double *forecast_finish(const rc_result *result);
const double *forecast_cost(const rc_result *result);

const rc_task_result *forecast_task(const rc_result *result, const char *id);

/* Text with printf's rules added to a buffer that grows; start with { 0 }. */
typedef struct forecast_text {
    char *at;
    size_t n, room;
} forecast_text;

__attribute__((format(printf, 2, 3))) void forecast_add(forecast_text *text,
                                                        const char *format, ...);

#endif
