/* checkpoint.h -- finished blocks in a journal, and how a run goes on from them.
 *
 *   head      magic, format, version, digests of scenario and settings, seed, futures, CRC
 *   record    which plan of the run, which block, length, CRC of it all; then the block's
 *             pieces (rc_tally_pieces), in the byte order and widths of this machine
 *
 * Records follow as blocks are finished; those of one window of one plan stand together.
 * A tail that is cut off or damaged is cut away: its blocks are simulated again, which
 * gives the same. The journal of another run, or version, is refused and told apart.
 * The head is safe from a loss of power before the first record; records are every
 * RC_SYNC_SECONDS, and when the run is stopped.
 *
 * Memory   rc_checkpoint_room bytes for each thread that keeps blocks.
 * Errors   RC_REFUSED, RC_IO; those of the journal.
 * Threads  rc_checkpoint_pack any, the rest one at a time.
 */
#ifndef ROADCAST_RUN_CHECKPOINT_H
#define ROADCAST_RUN_CHECKPOINT_H

#include <roadcast/run.h>
#include "run/tally.h"

typedef struct rc_checkpoint {
    const rc_journal *journal;
    uint64_t good; /* bytes of head and whole records */
    double synced; /* clock */
    bool reading;  /* there may be more */
    bool ahead;    /* a record was read that belongs to a later window */
    unsigned char *record;
    size_t room;
} rc_checkpoint;

/* Bytes of the records of a plan, at the most; before the first window has passed. */
double rc_checkpoint_bytes(const rc_tally *y);

/* Reads or writes the head; refused where there is no room for `bytes` of records. plans:
 * of the run, in their order. */
rc_status rc_checkpoint_begin(rc_checkpoint *out, const rc_journal *journal,
                              const rc_plan *const *plans, const rc_variant *what_if,
                              uint32_t plans_n, uint64_t futures, uint64_t seed,
                              double bytes, rc_arena *arena, rc_error *err);
/* Whatever was kept is safe; what is no longer needed need not be. */
rc_status rc_checkpoint_sync(rc_checkpoint *checkpoint, rc_error *err);
void rc_checkpoint_end(rc_checkpoint *checkpoint);

/* Puts what is kept of this window of plan `of` into its place: done[block of the window].
 */
rc_status rc_checkpoint_find(rc_checkpoint *checkpoint, uint32_t of, const rc_tally *y,
                             bool *done, rc_error *err);

size_t rc_checkpoint_room(const rc_tally *y, uint64_t index);
/* A record of a finished block; its length. */
size_t rc_checkpoint_pack(unsigned char *record, uint32_t of, const rc_tally *y,
                          uint64_t index);
rc_status rc_checkpoint_keep(rc_checkpoint *checkpoint, const unsigned char *record,
                             size_t n, rc_error *err);

#endif
