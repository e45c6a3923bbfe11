#include "scenario/build.h"

void rc_check(rc_building *b)
{
    (void)b;
}
