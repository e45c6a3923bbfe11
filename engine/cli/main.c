/* main.c -- roadcast, the program. */
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/screen.h"
#include <roadcast/version.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void say(const char *text)
{
    if (write(STDERR_FILENO, text, strlen(text)) < 0)
        return; /* there is nobody left to tell */
}

/* A stream that is closed must not become a file that we open: whatever is written to
 * it then fails, and is told. */
static void hold_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
            open("/dev/null", fd ? O_RDONLY : O_WRONLY) != fd) {
            say("roadcast: a stream is closed, and /dev/null cannot be opened\n");
            _exit(RC_IO);
        }
}

/* A library that runs out of memory or threads (libgomp, libconfig's scanner) says so
 * and calls exit with a code that would mean something else here. */
static bool ended;

static void end_of_a_library(void)
{
    if (ended)
        return;
    say("roadcast: given up: a library could not go on\n");
    _exit(RC_IO);
}

static rc_status print_help(const cli_command *command)
{
    cli_answer answer;
    if (cli_answer_begin(&answer) != RC_OK)
        return RC_IO;
    cli_help_print(command, answer.out);
    return cli_answer_end(&answer);
}

static rc_status print_version(void)
{
    cli_answer answer;
    if (cli_answer_begin(&answer) != RC_OK)
        return RC_IO;
    fputs("roadcast " RC_VERSION "\n", answer.out);
    return cli_answer_end(&answer);
}

static rc_status dispatch(const cli_arguments *a)
{
    if (a->version)
        return print_version();
    if (a->help)
        return print_help(a->command);
    if (a->command)
        return a->command->run(a);
    cli_help_print(NULL, stderr);
    return RC_USAGE;
}

static void print_hint(const cli_command *command)
{
    bool known = command && command->run != cli_help;
    fprintf(stderr, "See: roadcast help%s%s\n", known ? " " : "",
            known ? command->name : "");
}

int main(int argc, char **argv)
{
    (void)argc;
    hold_streams();
    if (atexit(end_of_a_library) != 0) {
        say("roadcast: out of memory\n");
        return RC_IO;
    }
    signal(SIGPIPE, SIG_IGN); /* a batch still writes its files */
    cli_interrupt_listen();
    rc_error err = {RC_OK, ""};
    cli_arguments arguments;
    rc_status status = cli_arguments_read(&arguments, argv, &err);
    if (status != RC_OK)
        cli_fail(&err);
    else
        status = dispatch(&arguments);
    if (status == RC_USAGE && (err.status != RC_OK || arguments.command))
        print_hint(arguments.command);
    cli_arguments_free(&arguments);
    ended = true;
    return (int)status;
}
