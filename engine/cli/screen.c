#include "cli/screen.h"
#include <roadcast/character.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/* --------------------------------------------------------------------- answer */

rc_status cli_answer_begin(cli_answer *answer)
{
    if (rc_stream_open(answer))
        return RC_OK;
    cli_complain("out of memory");
    return RC_IO;
}

static rc_status write_out(const char *text, size_t n)
{
    while (n) {
        ssize_t took = write(STDOUT_FILENO, text, n);
        if (took < 0 && errno == EINTR)
            continue;
        if (took < 0 && errno == EPIPE)
            return RC_OK;
        if (took < 0) {
            cli_complain("the answer cannot be written: %s", strerror(errno));
            return RC_IO;
        }
        text += took;
        n -= (size_t)took;
    }
    return RC_OK;
}

rc_status cli_answer_end(cli_answer *answer)
{
    rc_status status = RC_IO;
    if (rc_stream_close(answer))
        status = write_out(answer->text, answer->n);
    else
        cli_complain("out of memory for the answer");
    free(answer->text);
    return status;
}

void cli_answer_drop(cli_answer *answer)
{
    rc_stream_close(answer);
    free(answer->text);
}

/* ------------------------------------------------------------------- messages */

void cli_sanitise(char *text)
{
    char *to = text;
    for (size_t n; *text; text += n) {
        uint32_t c;
        n = rc_character(&c, text);
        if (c == RC_BROKEN || rc_is_harmful(c)) {
            *to++ = '?';
        } else {
            memmove(to, text, n);
            to += n;
        }
    }
    *to = '\0';
}

rc_status cli_say(const char *format, ...)
{
    cli_answer answer;
    char *line = NULL;
    va_list args;
    va_start(args, format);
    int n = vasprintf(&line, format, args);
    va_end(args);
    if (n < 0) {
        cli_complain("out of memory");
        return RC_IO;
    }
    rc_status status = cli_answer_begin(&answer);
    if (status == RC_OK) {
        cli_sanitise(line);
        fprintf(answer.out, "%s\n", line);
        status = cli_answer_end(&answer);
    }
    free(line);
    return status;
}

void cli_complain(const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    cli_sanitise(text);
    fprintf(stderr, "roadcast: %s\n", text);
}

rc_status cli_fail(const rc_error *err)
{
    cli_complain("%s", err->text);
    return err->status;
}

/* ------------------------------------------------------------------- terminal */

static bool is_dumb(void)
{
    const char *term = getenv("TERM");
    return term && strcmp(term, "dumb") == 0;
}

bool cli_colour(const cli_arguments *arguments, FILE *stream)
{
    const char *without = getenv("NO_COLOR");
    if (arguments->color || arguments->no_color)
        return arguments->color;
    return !(without && *without) && !is_dumb() && isatty(fileno(stream));
}

bool cli_ascii(const cli_arguments *arguments)
{
    if (arguments->ascii)
        return true;
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return !strcasestr(value, "UTF-8") && !strcasestr(value, "UTF8");
    }
    return false;
}

uint32_t cli_columns(FILE *stream)
{
    struct winsize size = {0};
    if (isatty(fileno(stream)) && ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 &&
        size.ws_col)
        return size.ws_col;
    const char *columns = getenv("COLUMNS");
    uint64_t n;
    return columns && cli_count_read(&n, columns, false, 1, 10000) ? (uint32_t)n : 0;
}

bool cli_redraws(FILE *stream)
{
    return isatty(fileno(stream)) && !is_dumb();
}

/* ---------------------------------------------------------------------- small */

const char *cli_thousands(char out[32], uint64_t n)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
    char *to = out;
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            *to++ = ' ';
        *to++ = digits[i];
    }
    *to = '\0';
    return out;
}

const char *cli_bytes(char out[32], double bytes)
{
    const bool large = bytes >= 9.95e8;
    snprintf(out, 32, large ? "%.1f GB" : "%.0f MB", bytes / (large ? 1e9 : 1e6));
    return out;
}

const char *cli_date(char out[32], int32_t days)
{
    time_t second = (time_t)days * 86400;
    struct tm date;
    if (!gmtime_r(&second, &date) || !strftime(out, 32, "%d %b %Y", &date))
        strcpy(out, "?");
    return out + (out[0] == '0');
}

double cli_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

rc_status cli_worst(rc_status a, rc_status b)
{
    static const rc_status order[] = {RC_INTERRUPTED, RC_DEFECT, RC_IO, RC_REFUSED,
                                      RC_USAGE,       RC_CHARTS, RC_NO};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (a == order[i] || b == order[i])
            return order[i];
    return RC_OK;
}
