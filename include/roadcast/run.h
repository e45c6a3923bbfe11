/* run.h -- simulate a plan.
 *
 * The result depends on the plan, the seed and the number of futures; never on threads,
 * instruction set or machine.
 *
 * Memory   yours to free with rc_result_free; the result outlives plan and scenario. Above
 *          a million futures it no longer grows with their number (unless samples are
 *          kept), and percentiles come from fine integer histograms.
 * Errors   RC_IO when memory runs out or would; RC_DEFECT for a non-finite value, naming the
 *          quantity; RC_REFUSED for the journal of another run; RC_INTERRUPTED when progress says stop.
 * Threads  rc_run starts its own (OpenMP); call it from one thread at a time.
 */
#ifndef ROADCAST_RUN_H
#define ROADCAST_RUN_H

#include <roadcast/plan.h>
#include <roadcast/result.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A changed plan, run beside the plan itself under the same random numbers. */
typedef struct rc_variant {
    const char *id, *name;
    const rc_plan *plan;
} rc_variant;

/* Bytes beside a run, where finished blocks are kept and found again. Where they lie is
 * the caller's (rc_checkpoint_file of report.h is a file). */
typedef struct rc_journal {
    void *self;
    /* the next n bytes, fewer at the end */
    size_t (*read)(void *self, void *bytes, size_t n);
    /* what follows the first `at` bytes goes; from there on it is written */
    rc_status (*cut)(void *self, uint64_t at, rc_error *err);
    rc_status (*write)(void *self, const void *bytes, size_t n, rc_error *err);
    /* what is written by now outlives a loss of power */
    rc_status (*sync)(void *self, rc_error *err);
    /* bytes that it can come to hold; UINT64_MAX: nobody knows */
    uint64_t (*room)(void *self);
} rc_journal;

/* What a run takes, in bytes, known before its first future. */
typedef struct rc_needs {
    double memory, journal;
} rc_needs;

typedef struct rc_progress {
    const rc_variant *what_if; /* of which this is; NULL: of the plan itself */
    uint64_t done, futures;
    uint64_t all_done, all; /* the same of the plan and its what-ifs together */
    double p80_days, p80_error_days; /* running; NAN: not yet */
} rc_progress;

typedef struct rc_run_options {
    uint64_t futures; /* 0: as the scenario says */
    bool seed_given;
    uint64_t seed;
    uint32_t threads;  /* 0: as many as there are */
    bool verdict_only; /* no tasks, drivers, outputs, figures: what a what-if needs */
    /* the result's what_if, in this order */
    const rc_variant *what_if;
    uint32_t what_if_n;
    /* keep all samples, however many futures there are */
    bool samples;
    /* bytes that a run may take, refused beforehand; 0: what the machine has */
    uint64_t max_memory;
    /* keep finished blocks here, and go on after those that it holds of the same run; one
     * of another run is refused. NULL: none are kept */
    const rc_journal *journal;
    /* called before the first future */
    void (*begin)(void *self, const rc_needs *);
    /* called from one thread; false stops */
    bool (*progress)(void *self, const rc_progress *);
    void *self;
} rc_run_options;

rc_status rc_run(rc_result **out, const rc_plan *plan, const rc_run_options *options,
                 rc_error *err);

#ifdef __cplusplus
}
#endif
#endif
