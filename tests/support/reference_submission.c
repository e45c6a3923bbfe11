#include "reference_submission.h"
#include <math.h>

/* Dates are calendar days from a Monday morning: 5 is a Saturday. */

static double date_of(double working)
{
    const double day = floor(working);
    return floor(day / 5) * 7 + fmod(day, 5) + (working - day);
}

/* The next moment at which anybody works, on or after a date. */
static double at_work(double date)
{
    return fmod(floor(date), 7) < 5 ? date : floor(date / 7) * 7 + 7;
}

static double working_of(double date)
{
    const double at = at_work(date), day = floor(at);
    return floor(day / 7) * 5 + fmod(day, 7) + (at - day);
}

reference_decision reference_submit(const reference_review *r)
{
    reference_decision out = {0};
    const double filed = date_of(r->start);
    double now = filed, left = r->clock;
    for (uint32_t k = 0; k < r->questions; k++) {
        const double asked = at_work(now + left / (r->questions - k + 1));
        out.clock += fmin(left, asked - now);
        left = fmax(0, left - (asked - now));
        double answered = at_work(asked + r->answer[k]);
        if (!r->answer_calendar)
            answered = date_of(working_of(asked) + r->answer[k]);
        const double limit = at_work(asked + r->within);
        out.withdrawn = answered > limit;
        now = out.withdrawn ? limit : answered;
        out.answering += now - asked;
        if (out.withdrawn)
            break;
    }
    if (!out.withdrawn) {
        out.clock += left;
        now = at_work(now + left);
    }
    out.finish = working_of(now);
    out.days = now - filed;
    return out;
}
