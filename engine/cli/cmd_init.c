/* init: write a scenario to start from. */
#include "cli/commands.h"
#include "cli/screen.h"
#include "cli/starter.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static rc_status cannot(const char *verb, const char *file)
{
    cli_complain("cannot %s %s: %s", verb, file, strerror(errno));
    return RC_IO;
}

static const char default_name[] = "roadmap.cfg";

/* The comments at its top name the file that it is in. */
static void put_starter(FILE *out, const char *file)
{
    char name[1024];
    snprintf(name, sizeof name, "%s", file);
    cli_sanitise(name);
    for (const char *const *line = cli_starter; *line; line++) {
        const char *at = strstr(*line, default_name);
        if (at)
            fprintf(out, "%.*s%s%s\n", (int)(at - *line), *line, name,
                    at + sizeof default_name - 1);
        else
            fprintf(out, "%s\n", *line);
    }
}

/* Writes the starter into a new file. */
static rc_status write_new(int fd, const char *file)
{
    FILE *out = fdopen(fd, "w");
    if (!out) {
        close(fd);
        return cannot("write", file);
    }
    put_starter(out, file);
    bool bad = fflush(out) != 0 || ferror(out) || fsync(fd) != 0;
    rc_status status = bad ? cannot("write", file) : RC_OK;
    if (fclose(out) != 0 && !bad)
        status = cannot("write", file);
    return status;
}

/* The old file stays whole until the new one is. */
static rc_status replace(const char *file)
{
    char temporary[1024];
    int n = snprintf(temporary, sizeof temporary, "%s.XXXXXX", file);
    if (n < 0 || (size_t)n >= sizeof temporary) {
        errno = ENAMETOOLONG;
        return cannot("write", file);
    }
    int fd = mkstemp(temporary);
    if (fd < 0)
        return cannot("write", file);
    fchmod(fd, 0644);
    rc_status status = write_new(fd, file);
    if (status == RC_OK && rename(temporary, file) != 0)
        status = cannot("replace", file);
    if (status != RC_OK)
        unlink(temporary);
    return status;
}

static rc_status create(const char *file)
{
    int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 && errno == EEXIST) {
        cli_complain("%s exists and is left alone; --force replaces it", file);
        return RC_IO;
    }
    if (fd < 0)
        return cannot("write", file);
    rc_status status = write_new(fd, file);
    if (status != RC_OK)
        unlink(file);
    return status;
}

rc_status cli_init(const cli_arguments *arguments)
{
    const char *file = arguments->operands.n ? arguments->operands.at[0] : default_name;
    cli_answer answer;
    if (strcmp(file, "-") == 0) {
        if (cli_answer_begin(&answer) != RC_OK)
            return RC_IO;
        put_starter(answer.out, default_name);
        return cli_answer_end(&answer);
    }
    rc_status status = arguments->force ? replace(file) : create(file);
    if (status != RC_OK || arguments->quiet)
        return status;
    if (cli_answer_begin(&answer) != RC_OK)
        return RC_IO;
    fprintf(answer.out, "Wrote %s. Now:\n  roadcast check %s\n  roadcast run %s\n",
            file, file, file);
    return cli_answer_end(&answer);
}
