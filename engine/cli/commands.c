#include "cli/commands.h"
#include <stddef.h>

enum {
    RUN = 1,
    CHECK = 2,
    PLOT = 4,
    INIT = 8,
    HELP = 16,
    COMPLETION = 32,
    VERIFY = 64,
    READ = RUN | CHECK,
    EVERY = RUN | CHECK | PLOT | INIT | HELP | COMPLETION | VERIFY
};

#define EXIT_CODES                                                                     \
    "Exit codes\n"                                                                     \
    "  0 done                             4 input, output or memory failed\n"          \
    "  1 a requirement is not met         5 charts were asked for and not drawn\n"     \
    "  2 the command line is wrong        70 a defect of roadcast\n"                   \
    "  3 a scenario is refused            130 interrupted\n"

const cli_command cli_commands[] = {
    {.name = "run",
     .operands = "SCENARIO...",
     .mask = RUN,
     .least = 1,
     .most = UINT32_MAX,
     .needs = "a scenario: roadcast run FILE",
     .summary = "forecast: print the answer; with -o also write everything",
     .examples =
         "  roadcast run fraud_v2.cfg             the answer, on the screen\n"
         "  roadcast run fraud_v2.cfg -o out      and tables and charts in "
         "out/fraud_v2/\n"
         "  roadcast run a.cfg b.cfg -o out       a batch, a row each in "
         "out/batch.csv\n"
         "  roadcast run a.cfg --json | jq .verdict.p_all\n"
         "  roadcast run a.cfg --set 'tasks.label.duration = 3 / 5 / 9 days'\n"
         "  roadcast run a.cfg --require 'P(all) >= 70 %' || echo not yet\n"
         "  roadcast run a.cfg -n 10M -o out --checkpoint     and, should it be killed,\n"
         "  roadcast run a.cfg -n 10M -o out --resume         the same bytes\n"
         "  generate | roadcast run -             a scenario from standard input\n",
     .text =
         "What --require can ask for, with >= or >:\n"
         "  P(date)     launched by goals.deadline\n"
         "  P(budget)   within goals.budget\n"
         "  P(target)   truly on goals.target at launch; P(quality) is the same\n"
         "  P(all)      all goals at once\n"
         "  P(launch)   launched at all\n"
         "\n"
         "The answer goes to stdout, everything else to stderr. The same scenario, "
         "seed,\n"
         "futures and version give the same bytes anywhere. The what_if entries of a\n"
         "scenario run with the same futures. A batch goes on after a scenario that "
         "is\n"
         "refused; of its exit codes the worst counts: 130, 70, 4, 3, 2, 5, 1, 0.\n"
         "\n" EXIT_CODES,
     .run = cli_run},
    {.name = "check",
     .operands = "SCENARIO...",
     .mask = CHECK,
     .least = 1,
     .most = UINT32_MAX,
     .needs = "a scenario: roadcast check FILE",
     .summary = "is a scenario right? All its faults, with line and column",
     .examples = "  roadcast check fraud_v2.cfg\n"
                 "  roadcast check -v fraud_v2.cfg        every estimate in words\n"
                 "  roadcast check *.cfg && echo all right\n",
     .text = "Also checks every what_if entry. Faults go to stderr, exit code 3.\n",
     .run = cli_check},
    {.name = "plot",
     .operands = "DIR",
     .mask = PLOT,
     .least = 1,
     .most = 1,
     .needs = "the folder of a run: roadcast plot DIR",
     .summary = "draw the charts of a finished run again, without simulating",
     .examples = "  roadcast plot out/fraud_v2\n"
                 "  roadcast plot out/fraud_v2 --only finish\n",
     .text = "Needs gnuplot; exit code 5 where a chart cannot be drawn.\n",
     .run = cli_plot},
    {.name = "verify",
     .operands = "DIR...",
     .mask = VERIFY,
     .least = 1,
     .most = UINT32_MAX,
     .needs = "the folder of a run or of a batch: roadcast verify DIR",
     .summary = "run a finished run again and compare the bytes of what it wrote",
     .examples = "  roadcast verify out/fraud_v2\n"
                 "  roadcast verify out                   every run in the folder\n"
                 "  roadcast verify -q out || echo not what was run\n",
     .text =
         "Needs nothing but the folder: it keeps the scenario as scenario.cfg, includes\n"
         "in place, and in run.json what was set, seed and futures. Compared are\n"
         "scenario.cfg, result.json, the tables and the samples, and of charts their\n"
         "tables and scripts. What gnuplot draws from these (.svg, .png) depends on its\n"
         "version and fonts and is not compared. Of batch.csv every row is, but for the\n"
         "exit codes, which hang on --require. Where bytes differ it says why, as far as\n"
         "digests and versions tell. Nothing in the folder is changed.\n"
         "\n"
         "Exit codes\n"
         "  0 the same bytes                   4 no finished run, or it cannot be read\n"
         "  1 a file differs                   70 a defect of roadcast\n"
         "  2 the command line is wrong        130 interrupted\n"
         "  3 this version refuses the scenario\n",
     .run = cli_verify},
    {.name = "init",
     .operands = "[FILE]",
     .mask = INIT,
     .least = 0,
     .most = 1,
     .needs = "one file: roadcast init FILE",
     .summary = "write a scenario to start from, with comments",
     .examples = "  roadcast init                         writes roadmap.cfg\n"
                 "  roadcast init churn.cfg\n"
                 "  roadcast init - | roadcast run -\n",
     .text = "A file that exists is left alone; with --force it is replaced.\n",
     .run = cli_init},
    {.name = "completion",
     .operands = "SHELL",
     .mask = COMPLETION,
     .least = 1,
     .most = 1,
     .needs = "one shell: bash, zsh or fish",
     .summary = "completion of commands and options for bash, zsh or fish",
     .examples = "  source <(roadcast completion bash)    in ~/.bashrc\n"
                 "  source <(roadcast completion zsh)     in ~/.zshrc, after compinit\n"
                 "  roadcast completion fish | source     in config.fish\n",
     .text = "",
     .run = cli_completion},
    {.name = "help",
     .operands = "[COMMAND]",
     .mask = HELP,
     .least = 0,
     .most = 1,
     .needs = "one command",
     .summary = "what a command does, with examples",
     .examples = "  roadcast help run\n",
     .text = "",
     .run = cli_help},
    {.name = NULL},
};

#define AT(member) .offset = offsetof(cli_arguments, member)
#define UNDOES(member) .undoes = offsetof(cli_arguments, member)

const cli_option cli_options[] = {
    {"output", 'o', "DIR", RUN, CLI_TEXT, AT(output),
     .help = "write result.json, tables and charts into DIR/NAME, NAME being "
             "output.folder or the name of the file"},
    {"futures", 'n', "N", RUN, CLI_COUNT, AT(futures), true, 1, 1000000000,
     .help = "number of simulated futures, like 20000, 20k or 1M; default: what the "
             "scenario says"},
    {"seed", 's', "N", RUN, CLI_COUNT, AT(seed), false, 0, UINT64_MAX,
     .help = "another seed gives other futures; default: what the scenario says"},
    {"threads", 'j', "N", RUN | VERIFY, CLI_COUNT, AT(threads), false, 1, 1024,
     .help = "threads to use; the result is the same with any number; default: all"},
    {"max-memory", 0, "SIZE", RUN | VERIFY, CLI_SIZE, AT(max_memory),
     .help = "refuse a run that would take more, like 800M or 2G; default: what the "
             "machine has, or its limits and control group allow"},
    {"set", 0, "PATH=VALUE", READ, CLI_LIST, AT(set),
     .help = "change a setting, ids address list items; can be repeated"},
    {"require", 0, "CONDITION", RUN, CLI_LIST, AT(require),
     .help = "exit 1 unless it is met, like 'P(date) >= 80 %'; can be repeated"},
    {"json", 0, NULL, RUN, CLI_FLAG, AT(json),
     .help = "print result.json instead; an array for several scenarios"},
    {"no-what-if", 0, NULL, RUN, CLI_FLAG, AT(no_what_if),
     .help = "leave the what_if entries of the scenario out"},
    {"charts", 0, NULL, RUN, CLI_FLAG, AT(charts),
     .help = "with -o: exit 5 where charts cannot be drawn"},
    {"no-charts", 0, NULL, RUN, CLI_FLAG, AT(no_charts), .help = "with -o: no charts"},
    {"samples", 0, NULL, RUN, CLI_FLAG, AT(samples),
     .help = "with -o: also write every future to samples.npy; takes memory for "
             "them all"},
    {"checkpoint", 0, NULL, RUN, CLI_FLAG, AT(checkpoint),
     .help = "with -o: keep finished futures in DIR/NAME/checkpoint until all is written; "
             "-v says how large it becomes"},
    {"resume", 0, NULL, RUN, CLI_FLAG, AT(resume),
     .help = "with -o: go on from the checkpoint of a run that was stopped or killed"},
    {"only", 0, "FIGURE", PLOT, CLI_TEXT, AT(only),
     .help = "draw one figure, like finish, tornado or gantt"},
    {"force", 0, NULL, RUN | INIT, CLI_FLAG, AT(force),
     .help = "write even into a folder that is not of roadcast, or over a file"},
    {"ascii", 0, NULL, RUN, CLI_FLAG, AT(ascii),
     .help = "only ASCII characters; default where the locale is not UTF-8"},
    {"color", 0, NULL, READ, CLI_FLAG, AT(color), UNDOES(no_color),
     .help = "colours even off a terminal"},
    {"no-color", 0, NULL, READ, CLI_FLAG, AT(no_color), UNDOES(color),
     .help = "no colours; so does NO_COLOR in the environment"},
    {"quiet", 'q', NULL, RUN | CHECK | PLOT | INIT | VERIFY, CLI_FLAG, AT(quiet),
     UNDOES(verbose), .help = "no progress, notes or warnings"},
    {"verbose", 'v', NULL, READ, CLI_FLAG, AT(verbose), UNDOES(quiet),
     .help = "every estimate in words; in a run details and what is assumed; of -q and "
             "-v the last wins"},
    {"help", 'h', NULL, EVERY, CLI_FLAG, AT(help), .help = "this text"},
    {"version", 0, NULL, EVERY, CLI_FLAG, AT(version), .help = "the version"},
    {.name = NULL},
};
