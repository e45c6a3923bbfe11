/* report.h -- a result for people and programs: terminal, JSON, tables, charts.
 *
 * Files are written to a temporary name in the same folder, checked, synced and renamed:
 * an old result stays whole until the new one is.
 *
 * Errors   RC_IO with the path; RC_CHARTS when gnuplot is missing or fails.
 */
#ifndef ROADCAST_REPORT_H
#define ROADCAST_REPORT_H

#include <roadcast/error.h>
#include <roadcast/result.h>
#include <roadcast/run.h>
#include <stdbool.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rc_terminal_options {
    bool colour, ascii;
    bool verbose;      /* details too, and every assumption, one a line */
    uint32_t columns;  /* width, 0: 100 */
    double seconds;    /* of the run; NAN: not shown */
    const char *wrote; /* last line, or NULL */
} rc_terminal_options;

/* The answer as it is printed. */
rc_status rc_print_terminal(const rc_result *result, const rc_terminal_options *options,
                            FILE *out, rc_error *err);
/* result.json */
rc_status rc_print_json(const rc_result *result, FILE *out, rc_error *err);

/* Asked now and then while charts are drawn; true: no more are, and those that were begun
 * are given up. */
typedef struct rc_halt {
    bool (*asked)(void *self);
    void *self;
} rc_halt;

typedef struct rc_write_options {
    bool charts, samples, force;
    /* the command line, for run.json; NULL-terminated, or NULL */
    const char *const *arguments;
    double seconds;
    const rc_halt *halt; /* NULL: nobody asks */
} rc_write_options;

/* Everything that a run writes, into folder (made if missing).  charts_drawn says how many.
 * Where folder ends with the result's own folder, that part may not leave what is before
 * it.  A folder that holds other things and no run.json of ours is refused without force.
 * RC_CHARTS, RC_INTERRUPTED: all is written but charts that were asked for. */
rc_status rc_write_all(const rc_result *result, const char *folder,
                       const rc_write_options *options, uint32_t *charts_drawn,
                       rc_error *err);
/* Whether rc_write_all could write there, asked before a long run; leaves nothing. below: as
 * the last part of folder is the scenario's own. */
rc_status rc_write_check(const char *folder, const char *below, bool force,
                         rc_error *err);

/* Finished blocks of a long run, in the file "checkpoint" of its folder (made if missing),
 * until it is removed. below: see rc_write_check. */
#define RC_CHECKPOINT "checkpoint"
typedef struct rc_checkpoint_file rc_checkpoint_file;
typedef enum rc_checkpoint_mode {
    RC_CHECKPOINT_NEW,    /* one that is there is refused */
    RC_CHECKPOINT_ANEW,   /* one that is there goes */
    RC_CHECKPOINT_RESUME, /* one that is there goes on; none is an empty one */
} rc_checkpoint_mode;
rc_status rc_checkpoint_open(rc_checkpoint_file **out, const char *folder,
                             const char *below, rc_checkpoint_mode mode, rc_error *err);
const rc_journal *rc_checkpoint_journal(const rc_checkpoint_file *file);
/* Whether folder has one that was begun; it stays as it is. */
bool rc_checkpoint_waits(const char *folder);
/* The run is finished and written. */
rc_status rc_checkpoint_remove(rc_checkpoint_file *file, rc_error *err);
void rc_checkpoint_close(rc_checkpoint_file *file);

/* One scenario of a batch: its file, what became of it, and what it gave. */
typedef struct rc_batch_row {
    const char *file;
    rc_status status;
    const rc_result *result; /* NULL: none */
} rc_batch_row;

/* batch.csv in root. */
rc_status rc_write_batch(const rc_batch_row *rows, uint32_t n, const char *root,
                         rc_error *err);
/* Redraw the charts of a finished run from what it wrote. only: a figure's name or NULL.
 * halt: NULL: nobody asks. */
rc_status rc_plot_folder(const char *folder, const char *only, const rc_halt *halt,
                         uint32_t *charts_drawn, rc_error *err);
/* A finished run as its folder keeps it: what is needed to run it again. */
typedef struct rc_kept_run {
    const char *version; /* of the roadcast that ran it */
    const char *file;    /* of the scenario, as it was given */
    const char *text;    /* of the scenario, includes in place */
    const char *const *extends; /* see rc_scenario_options */
    uint32_t extends_n;
    const char *const *set;
    uint32_t set_n;
    uint64_t seed, futures;
    bool what_if, samples;
} rc_kept_run;

/* RC_NO: what folder keeps is not what was run, and err says why. Free it all the same. */
rc_status rc_kept_run_read(rc_kept_run **out, const char *folder, rc_error *err);
void rc_kept_run_free(rc_kept_run *kept);
/* Compares the files of the folder with what result would be written as; changes nothing.
 * A sentence for out, without its end: which are the same, or which differ and why. RC_NO:
 * some differ. */
rc_status rc_kept_run_compare(const rc_kept_run *kept, const rc_result *result,
                              FILE *out, rc_error *err);

/* The row of batch.csv that the run gives, but for the exit code at its end. */
void rc_kept_run_row(const rc_kept_run *kept, const rc_result *result, FILE *out);
/* Compares batch.csv of a folder with the rows of the runs below it; exit codes hang on
 * what was asked of a run, and scenarios that gave no result have none. all: there are no
 * runs below it but these. A sentence for out, nothing where there is no batch.csv. RC_NO:
 * some row is of none of them, or that cannot be told. */
rc_status rc_kept_batch_compare(const char *folder, char *const *rows, uint32_t n,
                                bool all, FILE *out, rc_error *err);

/* What this kernel lacks to keep gnuplot in a sandbox: "Landlock", "seccomp", "seccomp and
 * Landlock"; NULL: nothing. */
const char *rc_charts_lack(void);

#ifdef __cplusplus
}
#endif
#endif
