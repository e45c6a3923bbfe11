/* help: the tables of commands.h, for people. Lines are at most 80 columns wide. */
#include "cli/commands.h"
#include "cli/screen.h"
#include <roadcast/version.h>
#include <string.h>

enum { WIDTH = 80, COMMANDS_AT = 26, OPTIONS_AT = 28 };

/* Words of text from column `at` on, wrapped; the cursor stands in column `from`. */
static void wrap(FILE *out, const char *text, size_t from, size_t at)
{
    fprintf(out, "%*s", (int)(from < at ? at - from : 0), "");
    size_t column = from < at ? at : from;
    bool first = true;
    while (*text) {
        size_t n = strcspn(text, " ");
        if (!first && column + 1 + n > WIDTH) {
            fprintf(out, "\n%*s", (int)at, "");
            column = at;
            first = true;
        }
        fprintf(out, "%s%.*s", first ? "" : " ", (int)n, text);
        column += n + !first;
        first = false;
        text += n + (text[n] == ' ');
    }
    fputc('\n', out);
}

static void put_options(FILE *out, const cli_command *command)
{
    for (const cli_option *o = cli_options; o->name; o++) {
        if (!(o->commands & command->mask))
            continue;
        char letter[8] = "   ";
        if (o->letter)
            snprintf(letter, sizeof letter, "-%c,", o->letter);
        int n = fprintf(out, "  %s --%s%s%s", letter, o->name, o->value ? " " : "",
                        o->value ? o->value : "");
        wrap(out, o->help, (size_t)n, OPTIONS_AT);
    }
}

static void put_overview(FILE *out)
{
    fputs(
        "roadcast " RC_VERSION
        ": forecast when an AI roadmap lands, what it costs and how good the\n"
        "model will be, before you promise it.\n"
        "\n"
        "Start here\n"
        "  roadcast init                 writes roadmap.cfg, a scenario with comments\n"
        "  roadcast check roadmap.cfg    is it right?\n"
        "  roadcast run roadmap.cfg      forecast it\n"
        "\n"
        "Commands\n",
        out);
    for (const cli_command *c = cli_commands; c->name; c++) {
        int n = fprintf(out, "  %s %s", c->name, c->operands);
        wrap(out, c->summary, (size_t)n, COMMANDS_AT);
    }
    fputs("\n\"roadcast help COMMAND\" has examples and options.\n", out);
}

void cli_help_print(const cli_command *command, FILE *out)
{
    if (!command) {
        put_overview(out);
        return;
    }
    fprintf(out, "roadcast %s %s\n", command->name, command->operands);
    fprintf(out, "  %s\n\nExamples\n%s\nOptions\n", command->summary,
            command->examples);
    put_options(out, command);
    if (*command->text)
        fprintf(out, "\n%s", command->text);
}

const cli_command *cli_command_named(const char *name, rc_error *err)
{
    const char *names[16];
    size_t n = 0;
    for (const cli_command *c = cli_commands; c->name; c++) {
        if (strcmp(c->name, name) == 0)
            return c;
        names[n++] = c->name;
    }
    const char *near = rc_did_you_mean(name, names, n);
    rc_fail(err, RC_USAGE, "unknown command '%s'%s%s%s", name,
            near ? ": did you mean '" : "", near ? near : "", near ? "'?" : "");
    return NULL;
}

rc_status cli_help(const cli_arguments *arguments)
{
    rc_error err = {RC_OK, ""};
    const cli_command *about = NULL;
    if (arguments->operands.n) {
        about = cli_command_named(arguments->operands.at[0], &err);
        if (!about)
            return cli_fail(&err);
    }
    cli_answer answer;
    if (cli_answer_begin(&answer) != RC_OK)
        return RC_IO;
    cli_help_print(about, answer.out);
    return cli_answer_end(&answer);
}
