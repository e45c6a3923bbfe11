/* Scripts that try to do more than draw, started as every figure is: nothing that they
 * try comes about in the sandbox, and much of it does without. */
#include "report/gnuplot.h"
#include "report/sandbox.h"
#include "suite.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* @ is the name of the probe. Whoever executes makes @.pwned in the folder of the charts;
 * who writes makes it in the folder above, where the secret lies that others read. */
static const char *const executing[] = {
    /* commands */
    "!touch @.pwned",
    "   !touch @.pwned",
    "!!touch @.pwned",
    "! touch @.pwned &",
    "x = 1; !touch @.pwned",
    "system 'touch @.pwned'",
    "system \"touch @.pwned\"",
    "system('touch @.pwned')",
    "x = system('touch @.pwned')",
    "print system('touch @.pwned')",
    "eval 'system \"touch @.pwned\"'",
    "eval \"!touch @.pwned\"",
    "m = 'system \"touch @.pwned\"'; eval m",
    "m = 'system \"touch @.pwned\"'\n@m",
    "m = '!touch @.pwned'\n@m",
    "if (1) { system 'touch @.pwned' }",
    "do for [i = 1:1] { system 'touch @.pwned' }",
    "i = 1\nwhile (i > 0) { i = 0; system 'touch @.pwned' }",
    "load 'other_@.gp'",
    "call 'other_@.gp'",
    "set loadpath '.'\nload 'other_@.gp'",
    "shell",
    /* backticks */
    "x = `touch @.pwned`",
    "print `touch @.pwned`",
    "x = \"`touch @.pwned`\"",
    "print \"`touch @.pwned`\"",
    "print '`touch @.pwned`'",
    "# `touch @.pwned`",
    "set title \"`touch @.pwned`\"",
    "set title 'a'.\"`touch @.pwned`\"",
    "set label 1 \"`touch @.pwned`\" at 0,0",
    "set xlabel \"`touch @.pwned`\" noenhanced",
    "set xrange [`touch @.pwned`:1]",
    "set xtics (\"`touch @.pwned`\" 1)",
    "set format x \"`touch @.pwned`\"",
    "set timestamp \"`touch @.pwned`\"",
    "set key title \"`touch @.pwned`\"",
    "set multiplot title \"`touch @.pwned`\"",
    "set decimalsign \"`touch @.pwned`\"",
    "set datafile separator \"`touch @.pwned`\"",
    "set datafile missing \"`touch @.pwned`\"",
    "set terminal svg font \"`touch @.pwned`,13\"",
    "set terminal pngcairo font \"`touch @.pwned`,13\"",
    "set output \"`touch @.pwned`\"",
    "plot x title \"`touch @.pwned`\"",
    "plot for [f in \"`touch @.pwned`\"] x",
    "pause 0 \"`touch @.pwned`\"",
    "exit message \"`touch @.pwned`\"",
    "$data << EOD\n`touch @.pwned`\nEOD\nplot $data",
    "set label 1 '{/*`touch @.pwned` x}' at 0,0 enhanced\nplot x",
    "x = sprintf(\"%s\", \"`touch @.pwned`\")",
    /* functions */
    "f(x) = system('touch @.pwned')\nprint f(1)",
    "array a[1] = [system('touch @.pwned')]",
    "set xtics ('a'.system('touch @.pwned') 1)",
    "set title system('touch @.pwned')",
    "set label 1 system('touch @.pwned') at 0,0",
    "plot x title system('touch @.pwned')",
    "plot 'table.tsv' using (system('touch @.pwned'), 1)",
    "plot 'table.tsv' using 1:(system('touch @.pwned'), 1)",
    "plot '+' using (system('touch @.pwned'), $1):1",
    "plot for [f in system('touch @.pwned; echo a')] x",
    "stats 'table.tsv' using (system('touch @.pwned'), 1)",
    "x = word(system('touch @.pwned'), 1)",
    /* names of files */
    "plot '<touch @.pwned'",
    "plot '< touch @.pwned'",
    "plot \"<touch @.pwned\"",
    "plot '<touch @.pwned' using 1:2 with lines",
    "plot '<touch @.pwned' binary format='%f'",
    "plot '<touch @.pwned' matrix with image",
    "splot '<touch @.pwned'",
    "stats '<touch @.pwned'",
    "fit a * x '<touch @.pwned' via a",
    "load '<touch @.pwned'",
    "call '<touch @.pwned'",
    "set palette file '<touch @.pwned'\nplot 'table.tsv' using 1:1:1 w points palette",
    "set output '|touch @.pwned'",
    "set terminal svg\nset output '|touch @.pwned'\nplot x",
    "set terminal png\nset output \"|touch @.pwned\"\nplot x",
    "set print '|touch @.pwned'\nprint 1",
    "set table '|touch @.pwned'\nplot x",
    "save '|touch @.pwned'",
    "save functions '|touch @.pwned'",
    "set terminal postscript\nset output '|touch @.pwned'\nplot x",
    "set terminal postscript fontfile '<touch @.pwned'\nset output 'x'\nplot x",
    "set fontpath '|touch @.pwned'",
    "set fit logfile '|touch @.pwned'",
    /* what text of a user might do inside a script */
    "t = 'a\nsystem(\"touch @.pwned\")\nb'",
    "t = \"a\nsystem('touch @.pwned')\nb\"",
    "t = 'it''s'; system('touch @.pwned') ; u = 'x'",
    "t = ''; system('touch @.pwned'); u = ''",
    "$data << EOD\na\nEOD\nsystem('touch @.pwned')\nEOD",
    "t = 'a\\'; system('touch @.pwned') #'",
    "t = 'a' \\\n; system('touch @.pwned')",
    "t = 'a'\r\nsystem('touch @.pwned')",
    /* programs of other kinds beside it */
    "set terminal lua tikz\nset output 'x.tex'\nplot x",
    "set terminal x11\nplot x",
    "set terminal pipe\nplot x",
};
enum { EXECUTING = sizeof executing / sizeof *executing };

static const char *const writing[] = {
    "set terminal svg\nset output '../@.pwned'\nplot x",
    "set terminal pngcairo\nset output '../@.pwned'\nplot x",
    "set table '../@.pwned'\nplot x",
    "set print '../@.pwned'\nprint 1",
    "set print '../@.pwned' append\nprint 1",
    "save '../@.pwned'",
    "cd '..'\nsave '@.pwned'",
    "a = 1\nset fit logfile '../@.pwned'\nfit a 'table.tsv' using 1:1 via a",
};
enum { WRITING = sizeof writing / sizeof *writing };

/* What it reads it prints into a file of its own folder. */
static const char *const reading[] = {
    "set print '@.read'\nstats '../secret.tsv' using 1 nooutput\nprint STATS_max",
    "set table '@.read'\nplot '../secret.tsv' using 1:1",
    "cd '..'\nset table 'charts/@.read'\nplot 'secret.tsv' using 1:1",
    "load '../secret.gp'",
    "set loadpath '..'\nset table '@.read'\nplot 'secret.tsv' using 1:1",
    "set table '@.read'\nplot 'link.tsv' using 1:1",
};
enum { READING = sizeof reading / sizeof *reading };

/* ---------------------------------------------------------------------- probes */

static char root[64], charts[80];

static void setup(void)
{
    strcpy(root, "/tmp/roadcast-gnuplot-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(root));
    snprintf(charts, sizeof charts, "%s/charts", root);
    ck_assert_int_eq(mkdir(charts, 0700), 0);
}

static void teardown(void)
{
    char line[128];
    snprintf(line, sizeof line, "rm -r %s", root);
    ck_assert_int_eq(system(line), 0);
}

/* text with @ replaced by the probe's name, but for the @ of a macro */
static void put(const char *folder, const char *file, const char *text,
                const char *probe)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    FILE *out = fopen(path, "w");
    ck_assert_ptr_nonnull(out);
    for (; *text; text++)
        if (*text == '@' && (text[1] == '.' || text[-1] == '_'))
            fputs(probe, out);
        else
            fputc(*text, out);
    fputc('\n', out);
    ck_assert_int_eq(fclose(out), 0);
}

/* Everything that a probe may find beside it. */
static void furnish(const char *probe)
{
    char file[80], link[200];
    put(charts, "table.tsv", "1\t2\n3\t4", "");
    snprintf(file, sizeof file, "other_%s.gp", probe);
    put(charts, file, "system 'touch @.pwned'", probe);
    put(charts, ".gnuplot", "system 'touch dotfile.pwned'", "");
    put(charts, "gnuplot.lua", "os.execute('touch lua.pwned')", "");
    put(root, "secret.tsv", "4711", "");
    put(root, "secret.gp", "set print 'charts/x.read'; print 4711", "");
    snprintf(link, sizeof link, "%s/link.tsv", charts);
    ck_assert(symlink("../secret.tsv", link) == 0 || access(link, F_OK) == 0);
}

/* Files of such a name; "|touch p7.pwned" is none, though some make a file of it. */
static uint32_t count(const char *folder, const char *ending)
{
    uint32_t n = 0;
    DIR *dir = opendir(folder);
    ck_assert_ptr_nonnull(dir);
    for (struct dirent *e; (e = readdir(dir));) {
        size_t length = strlen(e->d_name), end = strlen(ending);
        n += length > end && !strchr(e->d_name, ' ') &&
             strcmp(e->d_name + length - end, ending) == 0;
    }
    closedir(dir);
    return n;
}

/* Runs every probe as a figure of one drawing. */
static rc_status draw(const char *const *probes, uint32_t n, rc_drawing drawing,
                      rc_error *err)
{
    static char names[EXECUTING][16];
    const char *figures[EXECUTING];
    uint32_t drawn;
    for (uint32_t i = 0; i < n; i++) {
        char file[40];
        snprintf(names[i], sizeof names[i], "p%u", i);
        snprintf(file, sizeof file, "%s.gp", names[i]);
        figures[i] = names[i];
        furnish(names[i]);
        put(charts, file, probes[i], names[i]);
    }
    drawing.folder = open(charts, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    drawing.name = root;
    rc_status status = rc_gnuplot_draw(&drawing, figures, n, &drawn, err);
    close(drawing.folder);
    ck_assert_uint_eq(drawn, 0);
    return status;
}

static void run(const char *const *probes, uint32_t n, unsigned sandbox)
{
    rc_error err = {RC_OK, ""};
    draw(probes, n, (rc_drawing){.sandbox = sandbox}, &err);
}

static uint32_t secrets(void)
{
    char line[200];
    snprintf(line, sizeof line, "grep -l 4711 %s/*.read 2>/dev/null | wc -l", charts);
    FILE *pipe = popen(line, "r");
    uint32_t n = 0;
    ck_assert(pipe && fscanf(pipe, "%u", &n) == 1);
    pclose(pipe);
    return n;
}

/* Without calls there is no shell's process; without files there is no shell. */
START_TEST(either_half_of_the_sandbox_keeps_every_script_from_executing)
{
    const unsigned kind = _i ? RC_SANDBOX_FILES : RC_SANDBOX_CALLS;
    if (!(rc_sandbox_kinds() & kind))
        return;
    run(executing, EXECUTING, kind);
    ck_assert_uint_eq(count(charts, ".pwned"), 0);
}
END_TEST

START_TEST(without_a_sandbox_most_of_them_execute)
{
    run(executing, EXECUTING, 0);
    printf("%u of %u executed without a sandbox\n", count(charts, ".pwned"), EXECUTING);
    ck_assert_uint_ge(count(charts, ".pwned"), 50);
}
END_TEST

START_TEST(no_script_writes_outside_its_folder_or_reads_there)
{
    run(writing, WRITING, RC_SANDBOX_FILES);
    ck_assert_uint_eq(count(root, ".pwned"), 0);
    run(reading, READING, RC_SANDBOX_FILES);
    ck_assert_uint_eq(secrets(), 0);
}
END_TEST

START_TEST(without_a_sandbox_they_write_and_read)
{
    run(writing, WRITING, 0);
    ck_assert_uint_ge(count(root, ".pwned"), WRITING - 1);
    run(reading, READING, 0);
    ck_assert_uint_ge(secrets(), READING - 1);
}
END_TEST

START_TEST(what_users_keep_at_home_or_in_their_environment_is_not_read)
{
    static const char *const look[] = {"system 'env >@.env; pwd >>@.env'"};
    char line[200], home[100];
    snprintf(home, sizeof home, "%s/home", root);
    ck_assert_int_eq(mkdir(home, 0700), 0);
    put(home, ".gnuplot", "system 'touch ../charts/home.pwned'", "");
    setenv("HOME", home, 1);
    setenv("GNUTERM", "canary", 1);
    setenv("GNUPLOT_LIB", "/canary", 1);
    setenv("LD_LIBRARY_PATH", "/canary", 1);
    run(look, 1, 0);
    ck_assert_uint_eq(count(charts, ".pwned"), 0);
    ck_assert_uint_eq(count(charts, ".env"), 1);
    snprintf(line, sizeof line, "grep -q PATH=/usr/bin:/bin %s/p0.env", charts);
    ck_assert_int_eq(system(line), 0);
    snprintf(line, sizeof line, "! grep -q canary %s/p0.env", charts);
    ck_assert_int_eq(system(line), 0);
}
END_TEST

START_TEST(it_has_no_input_no_files_of_ours_and_limits)
{
    static const char *const look[] = {
        "system 'cat /proc/self/limits >@.seen; ls -l /proc/self/fd >>@.seen'"};
    static const char *const sees[] = {
        " 0 -> /dev/null",         "Max cpu time  *30 ",
        "Max core file size  *0 ", "Max file size  *67108864 ",
        "Max open files  *64 ",    "Max address space  *2147483648 "};
    char line[200];
    const int ours = open("/dev/zero", O_RDONLY);
    ck_assert(dup2(ours, 0) == 0 && dup2(ours, 500) == 500); /* not closed by exec */
    run(look, 1, 0);
    for (size_t i = 0; i < sizeof sees / sizeof *sees; i++) {
        snprintf(line, sizeof line, "grep -q '%s' %s/p0.seen", sees[i], charts);
        ck_assert_msg(system(line) == 0, "%s", sees[i]);
    }
    snprintf(line, sizeof line, "! grep -q ' 500 -> ' %s/p0.seen", charts);
    ck_assert_int_eq(system(line), 0);
}
END_TEST

START_TEST(a_script_that_fills_the_disk_is_ended)
{
    static const char *const large[] = {
        "set print 'large.part'\nt = "
        "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'\n"
        "do for [i = 1:20] { t = t.t }\ndo for [i = 1:100] { print t }"};
    struct stat st;
    char path[120];
    run(large, 1, 0);
    snprintf(path, sizeof path, "%s/large.part", charts);
    ck_assert_int_eq(stat(path, &st), 0);
    ck_assert_int_le(st.st_size, 64 << 20);
}
END_TEST

/* -------------------------------------------------------------- ends of a drawing */

/* Parts are there before they go on for ever: one at work, one asleep. */
static const char *const endless[] = {
    "set terminal svg\nset output '@.svg.part'\nplot x\nwhile (1) {}",
    "set terminal png\nset output '@.png.part'\nplot x\npause 60",
};
enum { ENDLESS = sizeof endless / sizeof *endless };

static void nothing_is_left(void)
{
    ck_assert_uint_eq(count(charts, ".part"), 0);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1); /* no child */
    ck_assert_int_eq(errno, ECHILD);
}

START_TEST(a_figure_that_takes_too_long_is_ended)
{
    rc_error err = {RC_OK, ""};
    for (uint32_t i = 0; i < ENDLESS; i++) {
        rc_drawing drawing = {.sandbox = rc_sandbox_kinds(), .seconds = 0.4};
        ck_assert_int_eq(draw(&endless[i], 1, drawing, &err), RC_CHARTS);
        ck_assert_str_eq(err.text, "gnuplot took longer than 0.4 s over p0");
        nothing_is_left();
    }
}
END_TEST

/* Says so when every drawing has begun. */
static bool has_begun(void *self)
{
    return count(charts, ".part") >= *(uint32_t *)self;
}

START_TEST(when_asked_to_stop_every_drawing_is_given_up)
{
    uint32_t wanted = sysconf(_SC_NPROCESSORS_ONLN) > 1 ? ENDLESS : 1;
    const rc_halt halt = {has_begun, &wanted};
    rc_error err = {RC_OK, ""};
    rc_drawing drawing = {.sandbox = rc_sandbox_kinds(), .halt = &halt};
    ck_assert_int_eq(draw(endless, ENDLESS, drawing, &err), RC_INTERRUPTED);
    ck_assert_ptr_nonnull(strstr(err.text, "stopped while charts were drawn"));
    nothing_is_left();
}
END_TEST

START_TEST(a_program_that_is_killed_takes_its_drawing_along)
{
    rc_error err = {RC_OK, ""};
    ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1), 0); /* orphans come to us */
    pid_t pid = fork();
    ck_assert_int_ge(pid, 0);
    if (pid == 0) {
        draw(&endless[1], 1, (rc_drawing){.sandbox = rc_sandbox_kinds()}, &err);
        _exit(0);
    }
    while (count(charts, ".part") == 0)
        usleep(5000);
    ck_assert_int_eq(kill(pid, SIGKILL), 0);
    int how;
    ck_assert_int_eq(waitpid(pid, &how, 0), pid);
    pid_t orphan = 0;
    for (int i = 0; i < 1000 && orphan == 0; i++) {
        usleep(10000);
        orphan = waitpid(-1, &how, WNOHANG);
    }
    ck_assert_int_gt(orphan, 0);
    ck_assert(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
}
END_TEST

int main(void)
{
    char path[4096];
    Suite *suite = suite_create("gnuplot");
    TCase *probes = tcase_create("probes");
    tcase_add_checked_fixture(probes, setup, teardown);
    tcase_set_timeout(probes, 120);
    tcase_add_test(probes, without_a_sandbox_most_of_them_execute);
    tcase_add_test(probes, without_a_sandbox_they_write_and_read);
    tcase_add_test(probes, what_users_keep_at_home_or_in_their_environment_is_not_read);
    tcase_add_test(probes, it_has_no_input_no_files_of_ours_and_limits);
    tcase_add_test(probes, a_script_that_fills_the_disk_is_ended);
    tcase_add_test(probes, a_figure_that_takes_too_long_is_ended);
    tcase_add_test(probes, when_asked_to_stop_every_drawing_is_given_up);
    tcase_add_test(probes, a_program_that_is_killed_takes_its_drawing_along);
    if (rc_sandbox_kinds() & RC_SANDBOX_FILES)
        tcase_add_test(probes, no_script_writes_outside_its_folder_or_reads_there);
    tcase_add_loop_test(
        probes, either_half_of_the_sandbox_keeps_every_script_from_executing, 0, 2);
    if (rc_gnuplot_find(path, sizeof path))
        suite_add_tcase(suite, probes);
    else
        puts("skipped: probes, for want of gnuplot");
    return suite_run(suite);
}
