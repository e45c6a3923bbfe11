/* searching.h -- words about a search: will the next try work, will the next weeks bring the
 * aim, what gained most.  For the answer on a screen and for the chart of the search.
 *
 * A group is the beginning of a path, "experiments[modelling]".
 *
 * Memory   texts go into the caller's; what is found belongs to the result.
 * Errors   none: "" where a result does not tell.
 */
#ifndef ROADCAST_REPORT_SEARCHING_H
#define ROADCAST_REPORT_SEARCHING_H

#include <roadcast/result.h>
#include <stddef.h>

enum { RC_GROUP_NAME = 160 };

/* The i-th search, false past the end; name: human, may be NULL. */
bool rc_searching_group(char out[RC_GROUP_NAME], const char **name, const rc_result *r,
                        uint32_t i);
/* "4 weeks bring the aim in 89 %; after 4 weeks without it, 4 more do in 37 %" */
char *rc_searching_weeks(char *out, size_t size, const rc_result *r, const char *group);
/* "largest gain: Graph features in 71 %, none in 11 %" */
char *rc_searching_gains(char *out, size_t size, const rc_result *r, const char *group);
/* How often h more weeks bring the aim where a search goes on after w; NULL: no search does,
 * or there is no aim. w 0, 1, 2, 4, 8; h 1, 2, 4, 8. */
const rc_share *rc_searching_within(const rc_result *r, const char *group, unsigned w,
                                    unsigned h);
/* How often the next try works after n failures: 0, 1, 2, 4, 6, 8; NULL: never asked. */
const rc_share *rc_searching_next(const rc_result *r, const char *group, unsigned n);

#endif
