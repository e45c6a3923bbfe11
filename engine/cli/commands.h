/* commands.h -- every command and every option, once: the parser, help, completion and
 * tests read these two tables.
 */
#ifndef ROADCAST_CLI_COMMANDS_H
#define ROADCAST_CLI_COMMANDS_H

#include "cli/args.h"
#include <stddef.h>
#include <stdio.h>

typedef struct cli_command {
    const char *name, *operands; /* "run", "SCENARIO..." */
    unsigned mask;               /* in cli_option.commands */
    uint32_t least, most;        /* operands */
    const char *needs;           /* what they are: "a scenario" */
    const char *summary;         /* one line */
    const char *examples;        /* lines, each indented by two */
    const char *text;            /* what else is to know, lines of at most 80 columns */
    rc_status (*run)(const cli_arguments *);
} cli_command;

typedef enum cli_kind { CLI_FLAG, CLI_TEXT, CLI_LIST, CLI_COUNT, CLI_SIZE } cli_kind;

typedef struct cli_option {
    const char *name;
    char letter;       /* or 0 */
    const char *value; /* how help calls its value; NULL: a flag */
    unsigned commands; /* masks of the commands that know it */
    cli_kind kind;
    size_t offset;      /* of its member in cli_arguments */
    bool suffix;        /* CLI_COUNT: 20k is fine */
    uint64_t low, high; /* CLI_COUNT */
    size_t undoes;      /* CLI_FLAG: of the flag that the last of both wins over; 0: none */
    const char *help;
} cli_option;

extern const cli_command cli_commands[]; /* end with name == NULL */
extern const cli_option cli_options[];

rc_status cli_run(const cli_arguments *arguments);
rc_status cli_check(const cli_arguments *arguments);
rc_status cli_plot(const cli_arguments *arguments);
rc_status cli_verify(const cli_arguments *arguments);
rc_status cli_init(const cli_arguments *arguments);
rc_status cli_completion(const cli_arguments *arguments);
rc_status cli_help(const cli_arguments *arguments);

/* What `roadcast help COMMAND` prints; NULL: the overview. */
void cli_help_print(const cli_command *command, FILE *out);
/* The command of that name, or a usage error that suggests one. */
const cli_command *cli_command_named(const char *name, rc_error *err);

#endif
