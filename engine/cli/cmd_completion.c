/* completion: the tables of commands.h, for shells. */
#include "cli/commands.h"
#include "cli/screen.h"
#include <string.h>

static void put_commands(FILE *out)
{
    for (const cli_command *c = cli_commands; c->name; c++)
        fprintf(out, "%s%s", c == cli_commands ? "" : " ", c->name);
}

static void put_options(FILE *out, const cli_command *c)
{
    const char *between = "";
    for (const cli_option *o = cli_options; o->name; o++)
        if (o->commands & c->mask) {
            fprintf(out, "%s--%s", between, o->name);
            between = " ";
        }
}

static void put_cases(FILE *out, const char *begin, const char *end)
{
    for (const cli_command *c = cli_commands; c->name; c++) {
        fprintf(out, "        %s) %s", c->name, begin);
        put_options(out, c);
        fprintf(out, "%s;;\n", end);
    }
}

static void bash(FILE *out)
{
    fputs("_roadcast() {\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} words=\n"
          "    if [ \"$COMP_CWORD\" = 1 ]; then words=\"",
          out);
    put_commands(out);
    fputs("\"\n"
          "    elif [[ $word == -* ]]; then case ${COMP_WORDS[1]} in\n",
          out);
    put_cases(out, "words=\"", "\" ");
    fputs("        esac\n"
          "    elif [ \"${COMP_WORDS[1]}\" = completion ]; then words='bash zsh fish'\n"
          "    elif [ \"${COMP_WORDS[1]}\" = help ]; then words=\"",
          out);
    put_commands(out);
    fputs("\"\n"
          "    else COMPREPLY=($(compgen -f -- \"$word\")); return; fi\n"
          "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
          "}\n"
          "complete -o filenames -F _roadcast roadcast\n",
          out);
}

static void zsh(FILE *out)
{
    fputs("#compdef roadcast\n"
          "_roadcast() {\n"
          "    if (( CURRENT == 2 )); then compadd -- ",
          out);
    put_commands(out);
    fputs("\n    elif [[ $PREFIX == -* ]]; then case $words[2] in\n", out);
    put_cases(out, "compadd -- ", " ");
    fputs("        esac\n"
          "    elif [[ $words[2] == completion ]]; then compadd -- bash zsh fish\n"
          "    elif [[ $words[2] == help ]]; then compadd -- ",
          out);
    put_commands(out);
    fputs("\n    else _files; fi\n"
          "}\n"
          "if [ \"$funcstack[1]\" = _roadcast ]; then _roadcast \"$@\"\n"
          "else compdef _roadcast roadcast; fi\n",
          out);
}

static void put_quoted(FILE *out, const char *text)
{
    fputc('\'', out);
    for (; *text; text++)
        fprintf(out, *text == '\'' ? "\\%c" : "%c", *text);
    fputc('\'', out);
}

static void fish(FILE *out)
{
    for (const cli_command *c = cli_commands; c->name; c++) {
        fprintf(out, "complete -c roadcast -n __fish_use_subcommand -f -a %s -d ",
                c->name);
        put_quoted(out, c->summary);
        fputc('\n', out);
        for (const cli_option *o = cli_options; o->name; o++) {
            if (!(o->commands & c->mask))
                continue;
            fprintf(out,
                    "complete -c roadcast -n '__fish_seen_subcommand_from %s' -l %s",
                    c->name, o->name);
            if (o->letter)
                fprintf(out, " -s %c", o->letter);
            fputs(o->value ? " -r -d " : " -d ", out);
            put_quoted(out, o->help);
            fputc('\n', out);
        }
    }
    fputs("complete -c roadcast -n '__fish_seen_subcommand_from completion' -f -a "
          "'bash zsh fish'\n",
          out);
}

rc_status cli_completion(const cli_arguments *arguments)
{
    static const struct {
        const char *name;
        void (*print)(FILE *);
    } shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};
    const char *wanted = arguments->operands.at[0];
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(shells[i].name, wanted) != 0)
            continue;
        cli_answer answer;
        if (cli_answer_begin(&answer) != RC_OK)
            return RC_IO;
        shells[i].print(answer.out);
        return cli_answer_end(&answer);
    }
    cli_complain("expected bash, zsh or fish, found '%s'", wanted);
    return RC_USAGE;
}
