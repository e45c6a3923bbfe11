#include <roadcast/error.h>
#include <stdarg.h>
#include <stdio.h>

rc_status rc_fail(rc_error *err, rc_status status, const char *format, ...)
{
    if (err) {
        va_list args;
        va_start(args, format);
        vsnprintf(err->text, sizeof err->text, format, args);
        va_end(args);
        err->status = status;
    }
    return status;
}
