/* suite.h -- how the main of every test program ends: the suite is run, check prints
 * the line that tests/run.sh reads, and the exit code is 0 when all passed.
 */
#ifndef ROADCAST_TESTS_SUITE_H
#define ROADCAST_TESTS_SUITE_H

#include <check.h>
#include <stdlib.h>

static inline int suite_run(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
