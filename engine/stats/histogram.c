#include "stats/histogram.h"
#include "stats/sample.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>

enum { DIGITS = 13, PAGE = 1 << DIGITS, PAGES = 1 << 12, SHIFT = 52 - DIGITS };

/* Keys order as values do, so their upper digits number the bins. Those of negative ones
 * are moved up by one, onto -0, so that both signs have their edges at whole multiples; one
 * is taken off again, so that an edge ends its bin. */
static const uint64_t zero = UINT64_C(1) << 63;

static uint32_t bin_of(double x)
{
    uint64_t key = rc_order_key(x);
    return (uint32_t)((key < zero ? key : key - 1) >> SHIFT);
}

static double upper_edge(uint32_t bin)
{
    uint64_t key = ((uint64_t)bin + 1) << SHIFT;
    return rc_order_value(key < zero ? key - 1 : key);
}

double rc_bins_below(double edge)
{
    return edge == 0.0 ? edge : upper_edge(bin_of(edge) - 1);
}

bool rc_bins_add(rc_bins *b, const double *values, uint32_t n)
{
    if (!b->pages)
        b->pages = calloc(PAGES, sizeof *b->pages);
    if (!b->pages)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        assert(!isnan(values[i]));
        uint32_t bin = bin_of(values[i]), **page = &b->pages[bin / PAGE];
        if (!*page)
            *page = calloc(PAGE, sizeof **page);
        if (!*page)
            return false;
        (*page)[bin % PAGE]++;
    }
    b->n += n;
    return true;
}

void rc_bins_free(rc_bins *b)
{
    for (uint32_t p = 0; b->pages && p < PAGES; p++)
        free(b->pages[p]);
    free(b->pages);
    *b = (rc_bins){0};
}

bool rc_bins_next(rc_bins_walk *w)
{
    const rc_bins *b = w->bins;
    while (b->pages && w->next < PAGES * PAGE) {
        const uint32_t *page = b->pages[w->next / PAGE];
        if (!page) {
            w->next = (w->next / PAGE + 1) * PAGE;
            continue;
        }
        uint32_t bin = w->next++;
        if (page[bin % PAGE] == 0)
            continue;
        w->count = page[bin % PAGE];
        w->low = upper_edge(bin - 1);
        w->high = upper_edge(bin);
        return true;
    }
    return false;
}

void rc_bins_percentiles(double *out, double *low, double *high, const double *percents,
                         uint32_t percents_n, const rc_bins *b)
{
    for (uint32_t i = 0; i < percents_n; i++) {
        out[i] = NAN;
        if (low && high)
            low[i] = high[i] = NAN;
        if (b->n == 0)
            continue;
        const rc_ranks r = rc_ranks_of(percents[i], b->n);
        uint64_t seen = 0;
        for (rc_bins_walk w = {.bins = b}; rc_bins_next(&w);) {
            uint64_t before = seen;
            seen += w.count;
            if (before < r.rank && r.rank <= seen)
                out[i] = w.high;
            if (low && before < r.low && r.low <= seen)
                low[i] = isinf(w.high) ? w.high : w.low;
            if (high && before < r.high && r.high <= seen)
                high[i] = w.high;
        }
    }
}
