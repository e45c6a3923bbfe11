/* The reference of the language in scenarios/README.md stands between two markers and is
 * made from the tables that the reader uses: here it is rendered and compared.
 *
 *   UPDATE=1 .build/release/tests/unit/test_reference     writes it again
 */
#include "models.h"
#include "scenario/estimate_text.h"
#include "scenario/schema.h"
#include "suite.h"
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char path[] = "scenarios/README.md";
static const char opening[] = "<!-- settings: made from the tables, do not edit -->\n";
static const char closing[] = "<!-- end of settings -->\n";

enum { ROOM = 1 << 17 };

typedef struct page {
    char text[ROOM];
    size_t n;
} page;

__attribute__((format(printf, 2, 3))) static void print(page *p, const char *format,
                                                        ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(p->text + p->n, ROOM - p->n, format, args);
    va_end(args);
    ck_assert(n >= 0 && (size_t)n < ROOM - p->n);
    p->n += (size_t)n;
}

/* ------------------------------------------------------------------- one cell */

/* What is measured, in the words of the table of units above the reference. */
static const char *const dimensions[] = {
    [RC_NUMBER] = "number",
    [RC_COUNT] = "count",
    [RC_TIME] = "time",
    [RC_EFFORT] = "work",
    [RC_SHARE] = "share",
    [RC_CHANGE] = "change",
    [RC_POINTS] = "points",
    [RC_POINTS_PER_MONTH] = "points/month",
    [RC_MONEY] = "money",
    [RC_MONEY_PER_DAY] = "money/day",
    [RC_MONEY_PER_HOUR] = "money/hour",
    [RC_MONEY_PER_MONTH] = "money/month",
    [RC_COUNT_PER_MONTH] = "rate/month",
    [RC_CHANGE_PER_MONTH] = "growth",
    [RC_COUNT_PER_DAY] = "rate",
    [RC_COUNT_PER_YEAR] = "events a year",
    [RC_HOURS] = "machine hours",
    [RC_METRIC] = "metric",
    [RC_MONTHS] = "calendar time",
};

static void put_kind(page *p, const rc_setting *row)
{
    static const char *const kinds[] = {
        [RC_TEXT] = "text",
        [RC_ID] = "id",
        [RC_TASK] = "id of a task",
        [RC_BOOL] = "true or false",
        [RC_INT] = "whole number",
        [RC_DATE] = "date",
        [RC_TEXTS] = "list of texts",
        [RC_CONDITION] = "condition",
        [RC_CONDITIONS] = "list of conditions",
        [RC_EFFECTS] = "list of effects",
        [RC_CURVE_POINTS] = "list of ( labels, value )",
        [RC_GROUP] = "group",
        [RC_LIST] = "list of groups",
    };
    if (row->words && row->kind != RC_WORD)
        print(p, "%s of ", kinds[row->kind]);
    switch (row->words ? RC_WORD : row->kind) {
    case RC_WORD:
        for (int i = 0; row->words[i]; i++)
            print(p, "%s`\"%s\"`", i ? ", " : "", row->words[i]);
        break;
    case RC_REAL:
        print(p, "%s", dimensions[row->dimension]);
        break;
    case RC_ESTIMATE_ONCE:
        print(p, "**%s**", dimensions[row->dimension]);
        break;
    case RC_ESTIMATE_EACH:
        print(p, "**%s**, each time anew", dimensions[row->dimension]);
        break;
    default:
        print(p, "%s", kinds[row->kind]);
    }
}

static void put_default(page *p, const rc_setting *row)
{
    bool bare = row->kind == RC_INT || row->kind == RC_BOOL ||
                (row->kind == RC_REAL && row->dimension == RC_NUMBER);
    if (row->required)
        print(p, "required");
    else if (row->fallback && bare)
        print(p, "`%s`", row->fallback);
    else if (row->fallback)
        print(p, "`\"%s\"`", row->fallback);
}

/* A limit that nobody meets is there to keep arithmetic finite, and is not told. */
static void put_range(page *p, const rc_setting *row)
{
    static const double nobody = 1e9, nothing = 1e-5;
    char low[64], high[64];
    double from = row->low, to = row->high;
    if (row->dimension == RC_SHARE && from == to)
        from = 0, to = 1;
    if (from == to)
        return;
    rc_quantity_print(low, sizeof low, from, row->dimension, NULL, false);
    rc_quantity_print(high, sizeof high, to, row->dimension, NULL, false);
    bool above = from > 0 && from < nothing;
    if (to >= nobody)
        print(p, above ? "above 0" : "at least %s", low);
    else if (above)
        print(p, "above 0, at most %s", high);
    else {
        char *unit = strchr(low, ' '), *same = strchr(high, ' ');
        if (unit && same && strcmp(unit, same) == 0)
            *unit = '\0';
        print(p, "%s to %s", low, high);
    }
}

/* ------------------------------------------------------------------ one group */

static void put_rows(page *p, const rc_group *group)
{
    print(p, "| Setting | Holds | Default | Lawful | What it says |\n"
             "|---|---|---|---|---|\n");
    for (const rc_setting *row = group->settings; row->key; row++) {
        print(p, "| `%s` | ", row->key);
        put_kind(p, row);
        print(p, " | ");
        put_default(p, row);
        print(p, " | ");
        put_range(p, row);
        print(p, " | %s |\n", row->help);
    }
}

static const rc_setting *row_of(const rc_group *group, const char *key)
{
    for (const rc_setting *row = group->settings; row->key; row++)
        if (strcmp(row->key, key) == 0)
            return row;
    return NULL;
}

/* With the groups inside it. */
static void put_group(page *p, const rc_group *group, const char *name)
{
    print(p, "\n### `%s`\n\n%c%s.\n\n", name, toupper((unsigned char)*group->help),
          group->help + 1);
    put_rows(p, group);
    for (const rc_setting *row = group->settings; row->key; row++) {
        char inner[256];
        int n = snprintf(inner, sizeof inner, "%s.%s%s", name, row->key,
                         row->kind == RC_LIST ? ".ID" : "");
        ck_assert(n > 0 && (size_t)n < sizeof inner);
        if (row->of)
            put_group(p, row->of, inner);
    }
}

/* A model's group may be a list where tasks name it in their plan; where its table says
 * nothing of id and name, the reader takes them all the same. */
static void put_model(page *p, const rc_model *model)
{
    put_group(p, model->group, model->id);
    if (model->is_plan)
        print(p,
              "\n`%s` may be a list of such groups, each with an `id`%s, which "
              "the `plan` of a task names.\n",
              model->id, row_of(model->group, "id") ? "" : " (and a `name`)");
    else if (model->several)
        print(p, "\n`%s` may be a list of such groups, each with an `id`.\n", model->id);
}

static void put_reference(page *p)
{
    print(p, "%s\n### The file\n\n", opening);
    put_rows(p, &rc_root_group);
    for (size_t i = 0; rc_models[i]; i++)
        if (rc_models[i]->group)
            print(p, "| `%s` | group%s | | | %s |\n", rc_models[i]->id,
                  rc_models[i]->is_plan || rc_models[i]->several ? " or list" : "",
                  rc_models[i]->group->help);
    for (const rc_setting *row = rc_root_group.settings; row->key; row++) {
        char name[64];
        snprintf(name, sizeof name, "%s%s", row->key,
                 row->kind == RC_LIST ? ".ID" : "");
        if (row->of)
            put_group(p, row->of, name);
    }
    for (size_t i = 0; rc_models[i]; i++)
        if (rc_models[i]->group)
            put_model(p, rc_models[i]);
    print(p, "\n%s", closing);
}

/* -------------------------------------------------------------------- the file */

static page made, stands;

static void load(page *p)
{
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    p->n = fread(p->text, 1, ROOM - 1, file);
    fclose(file);
    p->text[p->n] = '\0';
}

START_TEST(the_reference_is_what_the_tables_say)
{
    put_reference(&made);
    load(&stands);
    char *from = strstr(stands.text, opening), *end = strstr(stands.text, closing);
    ck_assert_msg(from && end && from < end, "%s has lost its markers", path);
    end += sizeof closing - 1;
    const char *update = getenv("UPDATE");
    if (update && *update) {
        FILE *file = fopen(path, "wb");
        ck_assert_ptr_nonnull(file);
        fprintf(file, "%.*s%s", (int)(from - stands.text), stands.text, made.text);
        fputs(end, file);
        ck_assert_int_eq(fclose(file), 0);
        return;
    }
    size_t same = 0, line = 0;
    while (same < made.n && from + same < end && from[same] == made.text[same])
        if (made.text[same++] == '\n')
            line = same;
    ck_assert_msg(same == made.n && from + same == end,
                  "%s differs from the tables at\n  %.120s\nwhere they say\n  %.120s\n"
                  "UPDATE=1 %s/tests/unit/test_reference writes it again",
                  path, from + line, made.text + line,
                  getenv("BUILD") ? getenv("BUILD") : ".build/release");
}
END_TEST

/* A help sentence stands in a table and in an error message: one line, no full stop. */
static uint32_t explained(const rc_group *group)
{
    uint32_t n = 0;
    ck_assert_msg(group->help && strlen(group->help) > 7, "%s", group->name);
    for (const rc_setting *row = group->settings; row->key; row++, n++) {
        const char *help = row->help ? row->help : "";
        size_t length = strlen(help);
        ck_assert_msg(length > 9 && length < 250 && help[length - 1] != '.' &&
                          !strpbrk(help, "\n|"),
                      "%s.%s: \"%s\"", group->name, row->key, help);
        ck_assert_msg(!row->required || !row->fallback,
                      "%s.%s has a default that "
                      "nobody needs",
                      group->name, row->key);
        if (row->of)
            n += explained(row->of);
    }
    return n;
}

START_TEST(every_setting_explains_itself_in_one_line)
{
    uint32_t n = explained(&rc_root_group);
    for (size_t i = 0; rc_models[i]; i++)
        if (rc_models[i]->group)
            n += explained(rc_models[i]->group);
    ck_assert_uint_gt(n, 150);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("reference");
    TCase *c = tcase_create("reference");
    tcase_add_test(c, the_reference_is_what_the_tables_say);
    tcase_add_test(c, every_setting_explains_itself_in_one_line);
    suite_add_tcase(suite, c);
    return suite_run(suite);
}
