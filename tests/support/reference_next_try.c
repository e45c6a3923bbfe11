#include "reference_next_try.h"

reference_answer reference_next_try(const bool *worked, int tries, int failures)
{
    if (tries <= failures)
        return REFERENCE_NOT_ASKED;
    for (int i = 0; i < failures; i++)
        if (worked[i])
            return REFERENCE_NOT_ASKED;
    return worked[failures] ? REFERENCE_YES : REFERENCE_NO;
}

reference_answer reference_next_weeks(double days, bool at_aim, int after, int within)
{
    const double weeks = days / 5;
    if (after > 0 && weeks <= after)
        return REFERENCE_NOT_ASKED;
    return at_aim && weeks <= after + within ? REFERENCE_YES : REFERENCE_NO;
}
