/* What fuzzers found and what they start from, asked again without them: every file of
 * the corpus, in a process of its own. */
#include "ask.h"
#include "suite.h"
#include <dirent.h>
#include <stdio.h>
#include <string.h>

enum { FILES = 1000 };

static const struct corpus {
    const char *folder;
    void (*ask)(const uint8_t *, size_t);
} corpora[] = {{"tests/fuzz/corpus/estimate", ask_estimate},
               {"tests/fuzz/corpus/scenario", ask_scenario}};

static struct {
    char path[300];
    const struct corpus *of;
} files[FILES];
static int files_n;

static void list(const struct corpus *c)
{
    struct dirent **entries;
    int n = scandir(c->folder, &entries, NULL, alphasort);
    if (n < 0)
        abort();
    for (int i = 0; i < n; free(entries[i++]))
        if (entries[i]->d_name[0] != '.') {
            if (files_n == FILES)
                abort();
            files[files_n].of = c;
            snprintf(files[files_n++].path, sizeof files[0].path, "%s/%s", c->folder,
                     entries[i]->d_name);
        }
    free(entries);
}

START_TEST(no_input_that_is_kept_does_harm)
{
    uint8_t *bytes = malloc(1 << 22);
    FILE *in = fopen(files[_i].path, "rb");
    ck_assert(bytes && in);
    size_t n = fread(bytes, 1, 1 << 22, in);
    fclose(in);
    fprintf(stderr, "%s\n", files[_i].path);
    uint8_t *tight = malloc(n + !n); /* so that a sanitizer sees who reads beyond */
    memcpy(tight, bytes, n);
    free(bytes);
    files[_i].of->ask(tight, n);
    free(tight);
}
END_TEST

int main(void)
{
    for (size_t i = 0; i < sizeof corpora / sizeof *corpora; i++)
        list(&corpora[i]);
    Suite *suite = suite_create("corpus");
    TCase *tcase = tcase_create("corpus");
    tcase_set_timeout(tcase, 20);
    tcase_add_loop_test(tcase, no_input_that_is_kept_does_harm, 0, files_n);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
