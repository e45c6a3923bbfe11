/* starter.h -- the scenario that `roadcast init` writes: lines, NULL-terminated. */
#ifndef ROADCAST_CLI_STARTER_H
#define ROADCAST_CLI_STARTER_H

extern const char *const cli_starter[];

#endif
