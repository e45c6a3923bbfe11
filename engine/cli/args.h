/* args.h -- a command line, read and checked against the tables of commands.h.
 *
 * Errors   RC_USAGE: what was expected, what was found, in one line.
 * Memory   texts are borrowed from argv; cli_arguments_free frees the lists.
 */
#ifndef ROADCAST_CLI_ARGS_H
#define ROADCAST_CLI_ARGS_H

#include <roadcast/error.h>
#include <stdbool.h>
#include <stdint.h>

struct cli_command;

typedef struct cli_list {
    const char **at;
    uint32_t n;
} cli_list;

typedef struct cli_count {
    bool given;
    uint64_t value;
} cli_count;

typedef struct cli_arguments {
    const struct cli_command *command;
    char *const *all; /* argv, NULL-terminated */
    cli_list operands, set, require;
    const char *output, *only;
    cli_count futures, seed, threads, max_memory;
    bool json, quiet, verbose, charts, no_charts, samples, force, no_what_if;
    bool unwarned; /* verify: warnings were told when it was run */
    bool checkpoint, resume;
    bool color, no_color, ascii, help, version;
} cli_arguments;

/* Fills out->command first: it is known even when what follows it is wrong. */
rc_status cli_arguments_read(cli_arguments *out, char *const *argv, rc_error *err);
void cli_arguments_free(cli_arguments *arguments);

/* "800M", "1.5GB": bytes with their unit; K, M, G count in 1024s, KB, MB, GB in 1000s. */
bool cli_size_read(uint64_t *out, const char *text);

/* "20000", and with suffix "20k", "1.5M": a whole number from low to high. */
bool cli_count_read(uint64_t *out, const char *text, bool suffix, uint64_t low,
                    uint64_t high);

#endif
