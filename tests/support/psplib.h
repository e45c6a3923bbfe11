/* psplib.h -- the 480 projects of 30 jobs of PSPLIB (Kolisch & Sprecher 1997), from
 * ../shared/data/psplib/ beside the repository, where there is such a folder.
 *
 * Jobs 2 … 31 are tasks "t02" … "t31" of a scenario; 1 and 32 are the start and the end.
 * Four resources are capacity teams.
 *
 * Memory   plain values. Whatever cannot be read ends the test that asked for it.
 */
#ifndef ROADCAST_TESTS_PSPLIB_H
#define ROADCAST_TESTS_PSPLIB_H

#include "forecast.h"

enum { PSPLIB_JOBS = 32, PSPLIB_PROJECTS = 480, PSPLIB_TEAMS = 4 };

typedef struct psplib_project {
    char name[24]; /* "j301_1.sm" */
    int duration[PSPLIB_JOBS + 1], need[PSPLIB_JOBS + 1][PSPLIB_TEAMS];
    bool before[PSPLIB_JOBS + 1][PSPLIB_JOBS + 1]; /* [i][j]: j waits for i */
    int capacity[PSPLIB_TEAMS];
    int critical_path;
    int latest_start[PSPLIB_JOBS + 1], latest_finish[PSPLIB_JOBS + 1];
    int successors[PSPLIB_JOBS + 1]; /* all, not only the next ones */
} psplib_project;

/* False, and says "skipped: …", where the data are not there. */
bool psplib_read(psplib_project *projects);

typedef enum psplib_law {
    PSPLIB_EXACT,
    PSPLIB_NARROW,
    PSPLIB_WIDE,
    PSPLIB_EXPONENTIAL
} psplib_law;

/* urgency: [job] the smallest is served first, ties by number; NULL: none is stated. */
void psplib_tell(forecast_text *text, const psplib_project *project, psplib_law law,
                 const int *urgency);

#endif
