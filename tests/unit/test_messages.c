/* Every message of the scenario reader against its golden text: tests/golden/messages
 * holds NN_name.cfg and what is to be said about it, NN_name.txt. A first line
 * "// --set PATH=VALUE" is an override. UPDATE=1 writes the texts anew. */
#include "models.h"
#include <roadcast/scenario.h>
#include "said.h"
#include "suite.h"
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const folder = "tests/golden/messages";

static char *content(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1 << 20);
    ck_assert_ptr_nonnull(text);
    if (file) {
        size_t n = fread(text, 1, (1 << 20) - 1, file);
        text[n] = '\0';
        fclose(file);
    }
    return text;
}

/* What roadcast says about a file. */
static char *said(const char *path)
{
    static const char mark[] = "// --set ";
    char *text = content(path);
    char *set =
        strncmp(text, mark, sizeof mark - 1) == 0 ? text + sizeof mark - 1 : NULL;
    if (set)
        set[strcspn(set, "\n")] = '\0';
    const rc_scenario_options options = {
        .models = rc_models, .set = (const char *const *)&set, .set_n = set != NULL};
    rc_scenario *scenario;
    rc_faults *faults;
    rc_error err = {0};
    rc_status status = rc_scenario_read(&scenario, &faults, path, &options, &err);
    ck_assert_int_eq(status, rc_faults_errors(faults) ? RC_REFUSED : RC_OK);
    ck_assert_int_eq(scenario != NULL, status == RC_OK);
    char *out = said_by(faults, false);
    rc_faults_free(faults);
    rc_scenario_free(scenario);
    free(text);
    return out;
}

static glob_t goldens;

START_TEST(a_message_is_as_its_golden_text)
{
    const char *path = goldens.gl_pathv[_i];
    char golden[300];
    snprintf(golden, sizeof golden, "%.*s.txt", (int)strlen(path) - 4, path);
    char *now = said(path), *want = content(golden);
    if (getenv("UPDATE")) {
        FILE *file = fopen(golden, "wb");
        ck_assert_ptr_nonnull(file);
        fputs(now, file);
        ck_assert_int_eq(fclose(file), 0);
    } else {
        ck_assert_msg(strcmp(now, want) == 0, "%s\n---- said\n%s---- golden\n%s", path,
                      now, want);
    }
    free(now);
    free(want);
}
END_TEST

START_TEST(colour_changes_nothing_but_colour)
{
    static const char text[] = "format = 1;\ntasks = 5;\n";
    rc_scenario *scenario;
    rc_faults *faults;
    rc_scenario_read_text(&scenario, &faults, "x.cfg", text, sizeof text - 1, NULL,
                          NULL);
    char *plain = said_by(faults, false), *bright = said_by(faults, true);
    const size_t bright_n = strlen(bright);
    size_t k = 0;
    for (size_t i = 0; i < bright_n; i++) {
        if (bright[i] == '\x1b')
            i += strcspn(bright + i, "m");
        else
            bright[k++] = bright[i];
    }
    bright[k] = '\0';
    ck_assert_str_eq(bright, plain);
    free(plain);
    free(bright);
    rc_faults_free(faults);
}
END_TEST

int main(void)
{
    if (chdir(folder) != 0 || glob("*.cfg", 0, NULL, &goldens) != 0)
        return 1;
    Suite *suite = suite_create("messages");
    TCase *tcase = tcase_create("messages");
    tcase_add_loop_test(tcase, a_message_is_as_its_golden_text, 0,
                        (int)goldens.gl_pathc);
    tcase_add_test(tcase, colour_changes_nothing_but_colour);
    suite_add_tcase(suite, tcase);
    const int failed = suite_run(suite);
    globfree(&goldens);
    return failed;
}
