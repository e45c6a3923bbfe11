/* main.c -- roadcast, the program. */
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/screen.h"
#include <roadcast/version.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* A stream that is closed must not become a file that we open: whatever is written to
 * it then fails, and is told. */
static void hold_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd ? O_RDONLY : O_WRONLY) != fd)
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
    return (int)status;
}
