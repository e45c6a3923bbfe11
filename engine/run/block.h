/* block.h -- one block of futures: its rows, and how they are filled.
 *
 * A block is RC_LANES futures side by side. Each thread has one workspace and fills it
 * again for every block: draws -> schedule -> life after launch -> tally.
 *
 * Rows of a task, by lane
 *   start, finish    first round; INFINITY: never begun
 *   pass             when its gate has let it pass (= finish without a gate)
 *   last_start, last_finish   of the last round; the same memory as start and finish for
 *                    tasks that no loop can repeat
 *   work             working days worked, all rounds
 *   people, spent    money for people, and what its model spent, all rounds; NULL when
 *                    there can be none
 *   paid             money for the task in all, also after the launch, once the block is
 *                    closed
 *   rounds           how often it ran; NULL: once
 *   slower, delay    product of what slows it, sum of what delays its first round; NULL
 *                    when nothing does
 *   critical         mask; in_loop: on the way of a further round from back_to to its gate.
 *                    Of gated tasks that can be sent back (else NULL): through: critical
 *                    by when the gate let it pass; whole: nothing but work lies between
 *                    the first round and that
 *
 * Memory   one arena per workspace. Nothing is allocated while blocks run.
 */
#ifndef ROADCAST_RUN_BLOCK_H
#define ROADCAST_RUN_BLOCK_H

#include "plan/plan.h"

/* Keys of all quantities for one seed, shared by the threads. */
typedef struct rc_keys {
    const uint64_t *draws; /* [draws_n] */
    const uint64_t *each;  /* [estimates_n] */
    const uint64_t *words; /* [words_n] */
} rc_keys;

typedef struct rc_task_rows {
    double *start, *finish, *pass, *last_start, *last_finish, *work;
    double *people, *spent, *paid, *slower, *delay;
    uint16_t *rounds;
    uint64_t *critical, *in_loop, *through, *whole;
    uint8_t *absent; /* NULL: always occurs */
} rc_task_rows;

/* What was no finite number: "the duration of the task ", "label"; what NULL: nothing. */
typedef struct rc_unfinite {
    const char *what, *id;
} rc_unfinite;

typedef struct rc_block {
    const rc_plan *plan;
    const rc_keys *keys;
    rc_arena *arena;
    uint64_t index, first; /* of the block, of its first future */
    uint32_t lanes;        /* futures in it */
    rc_unfinite bad;       /* found first */
    /* outputs are kept of the first so many futures; 0: nobody asks for more than a
     * verdict */
    uint64_t detail;
    double **row;     /* estimates, then state */
    double **event;   /* uniform in (0, 1) */
    uint32_t **words; /* scratch for a copula's group */
    rc_task_rows *tasks;
    double **part,
        **last_part; /* [edges_n] when a share of a task is done, in its first
                                   and last round; NULL where a link waits for no share */
    double **cost;   /* [cost_kinds_n] rows */
    double *total_cost;
    double *stop;          /* when the future was stopped, INFINITY: never */
    uint32_t *stopped_by;  /* which of the plan's causes stopped it */
    uint8_t *stopped_need; /* the need that failed last */
    double *end;           /* finish of the project; INFINITY: stopped */
    double *until;         /* what is spent by then is the plan's: launch or stop */
    double *launched_on;   /* calendar months from the start; NULL: nobody asks */
    double *stop_at;       /* scratch: what one model says; NULL: none can stop */
    char *memory;          /* of the models' steps */
    double *rework, *duration, *model_cost; /* scratch rows for place */
    double *ones;                           /* 1 in each lane */
    uint8_t *on_path, *torn;                /* [nodes_n] scratch */
    uint8_t *verdict;
    uint32_t *list; /* scratch: lanes */
    rc_chance chance;
    rc_ledger ledger;
    rc_dates dates;
    /* workspace of the event loop, NULL where people do not bind */
    struct rc_queue *queue;
} rc_block;

rc_status rc_keys_make(rc_keys *out, const rc_plan *plan, uint64_t seed,
                       rc_arena *arena, rc_error *err);
rc_status rc_block_make(rc_block **out, const rc_plan *plan, const rc_keys *keys,
                        uint64_t detail, rc_error *err);
void rc_block_free(rc_block *block);
double rc_block_bytes(const rc_plan *plan, bool detail); /* of a workspace */

/* Begin block `index` of a run of `futures`: all draws, state rows at their initial
 * values, what slows and delays tasks, who is absent. */
void rc_block_fill(rc_block *block, uint64_t index, uint64_t futures);

/* After the schedule: the end of the project, what it cost; unless only the verdict is
 * asked for, phases and life after launch. */
void rc_block_close(rc_block *block);

/* A step of a model, ready for place or live. */
rc_step rc_block_step(const rc_block *block, uint32_t step);

#endif
