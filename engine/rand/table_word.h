/* table_word.h -- one word through a table: the arithmetic that table.c and every build
 * of table.simd.c share, so that they cannot differ. */
#ifndef ROADCAST_RAND_TABLE_WORD_H
#define ROADCAST_RAND_TABLE_WORD_H

#include "rand/cells.h"
#include <math.h>
#include <string.h>

/* The middle of a word's share of 0..1, exact; by signed conversion, which every
 * instruction set has. */
static inline double word_share(uint32_t word)
{
    return ((double)(int32_t)(word ^ 0x80000000u) + 2147483648.5) * 0x1p-32;
}

/* Index into [2][RC_CELLS], and how many words from its start. Clearing the bit eight
 * below the leading one keeps the conversion to float from rounding up into the next
 * cell. */
static inline uint32_t word_cell(uint32_t word, int32_t *away)
{
    uint32_t side = (uint32_t)((int32_t)word >> 31), t = word ^ side;
    float kept = (float)(int32_t)(t & ~(t >> 8)), start;
    int32_t bits, place;
    memcpy(&bits, &kept, sizeof bits);
    place = bits >> 18;
    bits = place << 18;
    memcpy(&start, &bits, sizeof start);
    *away = (int32_t)t - (int32_t)start;
    place = place < 4063 ? 4063 : place; /* 4064 is t = 1; only t = 0 lies below */
    return (uint32_t)(place - 4063) + (side & RC_CELLS);
}

static inline double within(const rc_table *table, double x)
{
    x = x < table->low ? table->low : x;
    return x > table->high ? table->high : x;
}

static inline double cell_value(const rc_table *table, float at, float slope,
                                int32_t away)
{
    double x = (double)at + (double)slope * (double)away;
    return within(table, table->location + table->scale * x);
}

static inline double line_value(const rc_table *table, uint32_t word)
{
    return within(table, table->location + table->scale * word_share(word));
}

static inline double triangle_value(const rc_table *table, uint32_t word)
{
    double u = word_share(word), mode = table->mode;
    double square = u < table->left ? u * table->rising : (1 - u) * table->falling;
    double root = sqrt(square);
    double up = table->location + root, down = table->scale - root;
    up = up > mode ? mode : up;
    down = down < mode ? mode : down;
    return within(table, u < table->left ? up : down);
}

static inline double event_value(const rc_table *table, uint32_t word)
{
    return word >= table->from ? table->high : table->low;
}

static inline double step_value(const rc_table *table, uint32_t word)
{
    const rc_step *step =
        table->steps->step + table->steps->guide[word >> RC_GUIDE_SHIFT];
    while (word > step->last)
        ++step;
    double x = step->at + step->slope * (double)(word - step->first);
    return within(table, x > step->top ? step->top : x);
}

#endif
