/* schema_rows.h -- every row of every table of the language, group by group: what tests
 * walk that must not forget a setting.
 */
#ifndef ROADCAST_TESTS_SCHEMA_ROWS_H
#define ROADCAST_TESTS_SCHEMA_ROWS_H

#include <roadcast/model.h>

enum { SCHEMA_ROWS = 2048 };

typedef struct schema_rows {
    struct {
        const rc_group *group;
        const rc_setting *row;
    } at[SCHEMA_ROWS];
    size_t n;
} schema_rows;

/* Filled once, by the first call. */
const schema_rows *every_setting(void);

/* How a value of a row may be written: its default, or one that its kind takes. */
const char *some_value(const rc_setting *row);

#endif
