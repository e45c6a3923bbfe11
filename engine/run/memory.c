#include "run/memory.h"
#include "base/machine.h"
#include "run/block.h"
#include "run/fold.h"
#include "run/result.h"
#include "run/tally.h"
#include "run/tuning.h"
#include <math.h>
#include <stdio.h>

/* Plans of a run are alike: the workspace of the widest one counts. */
static double workspace(const rc_memory *m)
{
    double most = 0.0;
    for (uint32_t i = 0; i < m->plans_n; i++)
        most = fmax(most, rc_block_bytes(m->plans[i], i == 0 && !m->verdict_only));
    return most;
}

static double kept_samples(const rc_memory *m)
{
    bool beside = m->samples && m->futures > RC_EXACT_FUTURES;
    return beside ? (double)m->futures * rc_samples_of(m->plans[0]) * sizeof(double)
                  : 0.0;
}

double rc_memory_bytes(const rc_memory *m)
{
    const uint64_t room = rc_window_room(m->futures);
    double bytes =
        rc_window_bytes(m->plans, 1, room) +
        2.0 * (double)room * sizeof(double) + /* values and their selection */
        rc_tally_bytes(m->plans[0], m->futures, m->verdict_only) +
        rc_details_bytes(m->futures, m->threads, m->verdict_only) +
        m->threads * workspace(m) + kept_samples(m);
    if (m->plans_n > 1)
        bytes += rc_window_bytes(m->plans + 1, m->plans_n - 1, room);
    for (uint32_t i = 0; i < m->plans_n; i++)
        bytes += rc_fold_bytes(m->plans[i], m->futures);
    return bytes;
}

const char *rc_memory_text(char out[32], double bytes)
{
    const bool large = bytes >= 9.95e8;
    snprintf(out, 32, large ? "%.1f GB" : "%.0f MB", bytes / (large ? 1e9 : 1e6));
    return out;
}

/* What would make a run fit, the change that a user feels least first. */
static const char *help(const rc_memory *m, double most)
{
    rc_memory less = *m;
    less.samples = false;
    if (kept_samples(m) > 0 && rc_memory_bytes(&less) <= most)
        return "leave --samples out";
    less.threads = 1;
    if (rc_memory_bytes(&less) <= most)
        return m->samples && kept_samples(m) > 0
                   ? "leave --samples out and use fewer threads (-j)"
                   : "use fewer threads (-j)";
    less.futures = RC_WINDOW_FUTURES / 4;
    if (m->futures > less.futures && rc_memory_bytes(&less) <= most)
        return "ask for fewer futures (-n)";
    return m->plans_n > 1 ? "leave what-ifs out (--no-what-if), or allow more"
                          : "allow more";
}

rc_status rc_memory_check(const rc_memory *m, uint64_t limit, rc_error *err)
{
    const rc_allowance allowed =
        limit ? (rc_allowance){(double)limit, "--max-memory allows"}
              : rc_machine_memory("");
    const double need = rc_memory_bytes(m);
    char needs[32], has[32];
    if (need <= allowed.bytes)
        return RC_OK;
    return rc_fail(
        err, RC_IO, "%llu futures would take about %s of memory, and %s %s: %s",
        (unsigned long long)m->futures, rc_memory_text(needs, need), allowed.says,
        rc_memory_text(has, allowed.bytes), help(m, allowed.bytes));
}
