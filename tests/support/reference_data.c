#include "reference_data.h"
#include <math.h>
#include <stdbool.h>

reference_delivery reference_data(const reference_source *s)
{
    const double good = s->usable * s->consent;
    double raw = s->have, came = 0, day = 0, complete = -1;
    const double a_day = s->a_day / s->slower;
    /* until what there is will do, or nothing more will come */
    while (raw * good < s->items && raw < s->in_all && a_day > 0 && good > 0 &&
           day < s->give_up) {
        double part = 1; /* of this day */
        part = fmin(part, (s->items / good - raw) / a_day);
        part = fmin(part, (s->in_all - raw) / a_day);
        part = fmin(part, s->give_up - day);
        raw += part * a_day;
        came += part * a_day;
        day += part;
        if (part <= 0)
            break;
    }
    const bool waited = day > 0;
    complete = day + (waited ? s->outcome_after : 0);
    if (complete > s->give_up) { /* what has come and has shown its outcome by then */
        const double shown = fmax(s->give_up - s->outcome_after, 0);
        raw = s->have + shown * a_day;
        came = s->give_up * a_day;
        complete = s->give_up;
    }
    return (reference_delivery){.days = complete,
                                .items = fmin(s->items, raw * good),
                                .cost = s->licence + came * s->price};
}
