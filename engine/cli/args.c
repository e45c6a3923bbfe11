#include "cli/args.h"
#include "cli/commands.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* -------------------------------------------------------------------- numbers */

static bool times(uint64_t *x, uint64_t factor)
{
    return !__builtin_mul_overflow(*x, factor, x);
}

bool cli_count_read(uint64_t *out, const char *text, bool suffix, uint64_t low,
                    uint64_t high)
{
    static const struct {
        const char *text;
        unsigned zeros;
    } suffixes[] = {{"", 0}, {"k", 3}, {"M", 6}, {"bn", 9}};
    uint64_t x = 0;
    unsigned places = 0;
    bool point = false, digits = false;
    for (; (*text >= '0' && *text <= '9') || (suffix && *text == '.' && !point);
         text++) {
        if (*text == '.') {
            point = true;
            digits = false;
            continue;
        }
        if (!times(&x, 10) || __builtin_add_overflow(x, (uint64_t)(*text - '0'), &x))
            return false;
        digits = true;
        places += point;
    }
    if (!digits)
        return false;
    for (size_t i = 0; i < (suffix ? sizeof suffixes / sizeof *suffixes : 1); i++) {
        if (strcmp(text, suffixes[i].text) != 0)
            continue;
        if (places > suffixes[i].zeros)
            return false;
        for (unsigned k = places; k < suffixes[i].zeros; k++)
            if (!times(&x, 10))
                return false;
        *out = x;
        return x >= low && x <= high;
    }
    return false;
}

bool cli_size_read(uint64_t *out, const char *text)
{
    static const char prefixes[] = "KMGT";
    double x = 0.0, place = 1.0;
    bool point = false, digits = false;
    for (; (*text >= '0' && *text <= '9') || (*text == '.' && !point); text++) {
        if (*text == '.') {
            point = true;
            continue;
        }
        digits = true;
        x = 10.0 * x + (*text - '0');
        place *= point ? 10.0 : 1.0;
    }
    const char *prefix = *text ? strchr(prefixes, *text) : NULL;
    if (!digits || !prefix)
        return false;
    bool thousands = strcmp(text + 1, "B") == 0;
    if (!thousands && text[1] && strcmp(text + 1, "iB") != 0)
        return false;
    x /= place;
    for (const char *at = prefixes; at <= prefix; at++)
        x *= thousands ? 1000.0 : 1024.0;
    if (!(x >= 1.0 && x < 0x1p62))
        return false;
    *out = (uint64_t)x;
    return true;
}

/* -------------------------------------------------------------------- options */

typedef struct reading {
    cli_arguments *a;
    char *const *at; /* the next word */
    rc_error *err;
} reading;

static const cli_option *option_named(const char *name, size_t n)
{
    for (const cli_option *o = cli_options; o->name; o++)
        if (strlen(o->name) == n && memcmp(o->name, name, n) == 0)
            return o;
    return NULL;
}

static const cli_option *option_lettered(char letter)
{
    for (const cli_option *o = cli_options; o->name; o++)
        if (o->letter && o->letter == letter)
            return o;
    return NULL;
}

static rc_status unknown_option(const reading *r, const char *name, size_t n)
{
    const char *names[64], *near = NULL;
    char word[64];
    size_t count = 0;
    for (const cli_option *o = cli_options; o->name; o++)
        if (!r->a->command || (o->commands & r->a->command->mask))
            names[count++] = o->name;
    if (n < sizeof word) {
        memcpy(word, name, n);
        word[n] = '\0';
        near = rc_did_you_mean(word, names, count);
        for (size_t i = 0; !near && n >= 3 && i < count; i++)
            if (strncmp(names[i], word, n) == 0) /* an abbreviation */
                near = names[i];
    }
    return rc_fail(
        r->err, RC_USAGE, "unknown option '--%.*s'%s%s%s%s%s", (int)n, name,
        r->a->command ? " of " : "", r->a->command ? r->a->command->name : "",
        near ? ": did you mean '--" : "", near ? near : "", near ? "'?" : "");
}

/* Belongs to another command? */
static rc_status misplaced_option(const reading *r, const cli_option *o)
{
    const char *home = "another command";
    for (const cli_command *c = cli_commands; c->name; c++)
        if (o->commands & c->mask) {
            home = c->name;
            break;
        }
    return rc_fail(r->err, RC_USAGE, "'--%s' is an option of %s, not of %s", o->name,
                   home, r->a->command->name);
}

static rc_status take(reading *r, const cli_option *o, const char *value)
{
    char *member = (char *)r->a + o->offset;
    cli_list *list = (cli_list *)(void *)member;
    cli_count *count = (cli_count *)(void *)member;
    switch (o->kind) {
    case CLI_FLAG:
        *(bool *)member = true;
        if (o->undoes)
            *(bool *)((char *)r->a + o->undoes) = false;
        return RC_OK;
    case CLI_TEXT:
        if (!*value)
            return rc_fail(r->err, RC_USAGE, "--%s: expected %s, found nothing",
                           o->name, o->value);
        *(const char **)(void *)member = value;
        return RC_OK;
    case CLI_LIST:
        list->at[list->n++] = value;
        return RC_OK;
    case CLI_COUNT:
        count->given = true;
        if (cli_count_read(&count->value, value, o->suffix, o->low, o->high))
            return RC_OK;
        return rc_fail(r->err, RC_USAGE,
                       "--%s: expected a whole number from %llu to %llu%s, found '%s'",
                       o->name, (unsigned long long)o->low, (unsigned long long)o->high,
                       o->suffix ? ", like 20000 or 20k" : "", value);
    case CLI_SIZE:
        count->given = true;
        if (cli_size_read(&count->value, value))
            return RC_OK;
        return rc_fail(r->err, RC_USAGE,
                       "--%s: expected a size with its unit, like 800M or 1.5G, found "
                       "'%s'",
                       o->name, value);
    }
    return RC_OK;
}

static rc_status take_valued(reading *r, const cli_option *o, const char *attached)
{
    if (r->a->command && !(o->commands & r->a->command->mask))
        return misplaced_option(r, o);
    if (o->kind == CLI_FLAG)
        return attached ? rc_fail(r->err, RC_USAGE, "'--%s' takes no value, found '%s'",
                                  o->name, attached)
                        : take(r, o, NULL);
    if (!attached && !*r->at)
        return rc_fail(r->err, RC_USAGE, "'--%s' needs a value: --%s %s", o->name,
                       o->name, o->value);
    return take(r, o, attached ? attached : *r->at++);
}

static rc_status take_long(reading *r, const char *word)
{
    size_t n = strcspn(word, "=");
    const cli_option *o = option_named(word, n);
    if (!o)
        return unknown_option(r, word, n);
    return take_valued(r, o, word[n] ? word + n + 1 : NULL);
}

/* "-q", "-qv", "-n 20k", "-n20k" */
static rc_status take_letters(reading *r, const char *word)
{
    for (; *word; word++) {
        const cli_option *o = option_lettered(*word);
        if (!o)
            return rc_fail(r->err, RC_USAGE, "unknown option '-%c'%s%s", *word,
                           r->a->command ? " of " : "",
                           r->a->command ? r->a->command->name : "");
        bool valued = o->kind != CLI_FLAG;
        rc_status status = take_valued(r, o, valued && word[1] ? word + 1 : NULL);
        if (status != RC_OK || valued)
            return status;
    }
    return RC_OK;
}

/* ------------------------------------------------------------------- commands */

static bool is_scenario(const char *word)
{
    size_t n = strlen(word);
    return n > 4 && strcmp(word + n - 4, ".cfg") == 0;
}

static rc_status take_command(reading *r, const char *word)
{
    if (is_scenario(word))
        return rc_fail(
            r->err, RC_USAGE,
            "expected a command, found '%s': did you mean 'roadcast run %s'?", word,
            word);
    r->a->command = cli_command_named(word, r->err);
    return r->a->command ? RC_OK : RC_USAGE;
}

static rc_status count_operands(const cli_arguments *a, rc_error *err)
{
    const cli_command *c = a->command;
    if (a->operands.n < c->least)
        return rc_fail(err, RC_USAGE, "%s needs %s", c->name, c->needs);
    if (a->operands.n > c->most)
        return rc_fail(err, RC_USAGE, "%s takes %s, found '%s' as well", c->name,
                       c->most ? c->needs : "nothing more", a->operands.at[c->most]);
    return RC_OK;
}

rc_status cli_arguments_read(cli_arguments *out, char *const *argv, rc_error *err)
{
    size_t words = 0;
    while (argv[words])
        words++;
    *out = (cli_arguments){.all = argv};
    const char **room = calloc(3 * words + 3, sizeof *room);
    if (!room)
        return rc_fail(err, RC_IO, "out of memory");
    out->operands.at = room;
    out->set.at = room + words + 1;
    out->require.at = room + 2 * (words + 1);
    reading r = {out, words ? argv + 1 : argv, err};
    rc_status status = RC_OK;
    bool options = true;
    while (status == RC_OK && *r.at) {
        const char *word = *r.at++;
        if (options && strcmp(word, "--") == 0)
            options = false;
        else if (options && word[0] == '-' && word[1] == '-')
            status = take_long(&r, word + 2);
        else if (options && word[0] == '-' && word[1])
            status = take_letters(&r, word + 1);
        else if (!out->command)
            status = take_command(&r, word);
        else
            out->operands.at[out->operands.n++] = word;
    }
    if (status == RC_OK && out->command && !out->help && !out->version)
        status = count_operands(out, err);
    return status;
}

void cli_arguments_free(cli_arguments *arguments)
{
    free(arguments->operands.at);
}
