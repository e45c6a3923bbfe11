/* tuning.h -- every constant that was chosen for speed or memory, with its reason.
 * RC_LANES, which decides bytes, stands in version.h. */
#ifndef ROADCAST_RUN_TUNING_H
#define ROADCAST_RUN_TUNING_H

/* Tasks, drivers and outputs are summarised from this many futures at the most: the 95 %
 * error of a probability is then below 0.6 points, a rank correlation's below 0.011, and a
 * column takes 256 KiB. Twice as many made the whole of W1 (make bench) a quarter slower. */
#define RC_DETAIL_FUTURES 32768

/* Up to so many futures all are kept, and percentiles are exact: a million is enough for
 * P99.99 within a tenth of its rank, and takes 60 bytes a future of a plan with one
 * target. Of more, windows of the second number, so that memory no longer grows; a window
 * is 256 blocks, work for every thread of a large machine. Both decide bytes. */
#define RC_EXACT_FUTURES (UINT64_C(1) << 20)
#define RC_WINDOW_FUTURES (UINT64_C(1) << 17)

/* A loss of power costs at most so many seconds of a run with a checkpoint. Making sure of
 * them took 10 to 60 ms each time, of two threads that kept 30 MB in between: a hundredth
 * of the run at most. */
#define RC_SYNC_SECONDS 5.0

/* Dots of the chart of cost and date. */
#define RC_DOTS 3000

#endif
