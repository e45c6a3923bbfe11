/* said.h -- what faults say, as text: yours to free. */
#ifndef ROADCAST_TESTS_SAID_H
#define ROADCAST_TESTS_SAID_H

#include "scenario/faults.h"
#include <check.h>
#include <stdio.h>
#include <string.h>

static inline char *said_by(const rc_faults *faults, bool bright)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    ck_assert_ptr_nonnull(out);
    rc_faults_print(faults, out, bright);
    fclose(out);
    ck_assert_uint_eq(strlen(text), n); /* no byte of 0 in it */
    return text;
}

#endif
