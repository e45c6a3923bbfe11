/* The sandbox from inside: what a process may still do once it has entered. */
#include "report/sandbox.h"
#include "suite.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64];
static int at;

static void setup(void)
{
    strcpy(folder, "/tmp/roadcast-sandbox-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ck_assert_int_ge(at, 0);
}

static void teardown(void)
{
    char line[128];
    close(at);
    snprintf(line, sizeof line, "rm -r %s", folder);
    ck_assert_int_eq(system(line), 0);
}

/* ------------------------------------------------------------- what is tried */

static void *nothing(void *self)
{
    return self;
}

static bool can_thread(void)
{
    pthread_t thread;
    return pthread_create(&thread, NULL, nothing, NULL) == 0 &&
           pthread_join(thread, NULL) == 0;
}

static bool can_fork(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid > 0 && waitpid(pid, NULL, 0) == pid;
}

static bool can_system(void)
{
    return system("true") == 0;
}

static bool can_popen(void)
{
    FILE *pipe = popen("true", "r");
    return pipe && pclose(pipe) == 0;
}

static bool can_connect(void)
{
    int here = socket(AF_INET, SOCK_STREAM, 0), there = socket(AF_UNIX, SOCK_STREAM, 0);
    return here >= 0 || there >= 0;
}

static bool can_pair(void)
{
    int ends[2];
    return socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0;
}

static bool can_kill(void)
{
    return kill(getppid(), 0) == 0;
}

static bool can_signal_a_thread(void)
{
    return tgkill(getppid(), getppid(), 0) == 0;
}

static bool can_queue_a_signal(void)
{
    return sigqueue(getppid(), 0, (union sigval){0}) == 0;
}

static bool can_limit_others(void)
{
    struct rlimit limit;
    return prlimit(getppid(), RLIMIT_CORE, NULL, &limit) == 0;
}

static bool can_limit_itself(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_CORE, &limit) == 0 && setrlimit(RLIMIT_CORE, &limit) == 0;
}

static bool can_trace(void)
{
    return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0;
}

#ifdef __x86_64__
/* The same calls by their numbers of another ABI: stopped here, or unknown further on. */
static bool can_x32(void)
{
    return syscall(0x40000000 | SYS_getpid) > 0 || errno != EPERM;
}
#endif

static bool opens(const char *path, int flags)
{
    return openat(at, path, flags, 0600) >= 0;
}

static bool can_read_libraries(void)
{
    return opens("/usr/share", O_RDONLY | O_DIRECTORY);
}

static bool can_write_here(void)
{
    int file = openat(at, "here", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    return file >= 0 && write(file, "x", 1) == 1;
}

static bool can_read_passwords(void)
{
    return opens("/etc/passwd", O_RDONLY);
}

static bool can_read_processes(void)
{
    return opens("/proc/self/environ", O_RDONLY);
}

static bool can_write_beside(void)
{
    char path[128];
    snprintf(path, sizeof path, "%s.beside", folder);
    bool done = opens(path, O_WRONLY | O_CREAT);
    unlink(path);
    return done;
}

static bool can_write_above(void)
{
    bool done = opens("../roadcast-sandbox-above", O_WRONLY | O_CREAT);
    unlinkat(at, "../roadcast-sandbox-above", 0);
    return done;
}

static bool can_link(void)
{
    return symlinkat("/etc/passwd", at, "link") == 0 && unlinkat(at, "link", 0) == 0;
}

static bool can_fifo(void)
{
    char path[128];
    snprintf(path, sizeof path, "%s/fifo", folder);
    return mkfifo(path, 0600) == 0 && unlink(path) == 0;
}

/* In place of itself: files alone decide what may be executed. */
static bool can_execute(void)
{
    char *const arguments[] = {"true", NULL};
    execve("/usr/bin/true", arguments, NULL);
    return false; /* where it succeeds, the exit code is that of true */
}

static const struct attempt {
    const char *name;
    bool (*can)(void);
    unsigned denied_by;
} attempts[] = {
    {"a thread", can_thread, 0},
    {"reading libraries", can_read_libraries, 0},
    {"writing its folder", can_write_here, 0},
    {"fork", can_fork, RC_SANDBOX_CALLS},
    {"system", can_system, RC_SANDBOX_CALLS | RC_SANDBOX_FILES},
    {"popen", can_popen, RC_SANDBOX_CALLS | RC_SANDBOX_FILES},
    {"a socket", can_connect, RC_SANDBOX_CALLS},
    {"a pair of sockets", can_pair, RC_SANDBOX_CALLS},
    {"a signal", can_kill, RC_SANDBOX_CALLS},
    {"a signal to a thread", can_signal_a_thread, RC_SANDBOX_CALLS},
    {"a queued signal", can_queue_a_signal, RC_SANDBOX_CALLS},
    {"limits of others", can_limit_others, RC_SANDBOX_CALLS},
    {"limits of its own", can_limit_itself, 0},
    {"ptrace", can_trace, RC_SANDBOX_CALLS},
#ifdef __x86_64__
    {"numbers of x32", can_x32, RC_SANDBOX_CALLS},
#endif
    {"reading /etc/passwd", can_read_passwords, RC_SANDBOX_FILES},
    {"reading /proc", can_read_processes, RC_SANDBOX_FILES},
    {"writing beside", can_write_beside, RC_SANDBOX_FILES},
    {"writing above", can_write_above, RC_SANDBOX_FILES},
    {"a symbolic link", can_link, RC_SANDBOX_FILES},
    {"a FIFO", can_fifo, RC_SANDBOX_FILES},
    {"another program", can_execute, RC_SANDBOX_FILES},
};
enum { ATTEMPTS = sizeof attempts / sizeof *attempts };

/* Whether it can be done by a process that has entered. */
static bool succeeds(const struct attempt *a, unsigned kinds)
{
    int how = 0;
    pid_t pid = fork();
    ck_assert_int_ge(pid, 0);
    if (pid == 0) {
        rc_sandbox s;
        rc_sandbox_open(&s, kinds, "/usr/bin/gnuplot", at);
        _exit(!rc_sandbox_enter(&s) ? 2 : a->can() ? 0 : 1);
    }
    ck_assert_int_eq(waitpid(pid, &how, 0), pid);
    ck_assert_msg(WIFEXITED(how) && WEXITSTATUS(how) < 2, "%s: the sandbox (%x)",
                  a->name, (unsigned)how);
    return WEXITSTATUS(how) == 0;
}

START_TEST(each_kind_denies_what_it_says_and_nothing_else)
{
    unsigned here = rc_sandbox_kinds();
    for (unsigned kinds = 0; kinds <= 3; kinds++)
        for (size_t i = 0; i < ATTEMPTS && (kinds & here) == kinds; i++) {
            bool denied = (attempts[i].denied_by & kinds) != 0;
            ck_assert_msg(succeeds(&attempts[i], kinds) == !denied, "%s under %u: %s",
                          attempts[i].name, kinds,
                          denied ? "is not denied" : "is denied");
        }
}
END_TEST

START_TEST(what_cannot_be_had_is_not_entered)
{
    rc_sandbox s;
    rc_sandbox_open(&s, RC_SANDBOX_FILES, "/nonexistent/gnuplot", at);
    ck_assert_int_eq(s.rules, -1);
    ck_assert(!rc_sandbox_enter(&s)); /* of a forked test: it ends with this */
}
END_TEST

START_TEST(it_says_what_there_is_and_what_is_missing)
{
    ck_assert_ptr_null(rc_sandbox_text(0));
    ck_assert_str_eq(rc_sandbox_text(RC_SANDBOX_CALLS), "seccomp");
    ck_assert_str_eq(rc_sandbox_text(~(unsigned)RC_SANDBOX_CALLS), "Landlock");
    ck_assert_str_eq(rc_sandbox_text(3), "seccomp and Landlock");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sandbox");
    TCase *tcase = tcase_create("sandbox");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, each_kind_denies_what_it_says_and_nothing_else);
    tcase_add_test(tcase, what_cannot_be_had_is_not_entered);
    tcase_add_test(tcase, it_says_what_there_is_and_what_is_missing);
    suite_add_tcase(suite, tcase);
    if (rc_sandbox_kinds() != (RC_SANDBOX_CALLS | RC_SANDBOX_FILES))
        printf("skipped: this kernel lacks %s\n", rc_sandbox_text(~rc_sandbox_kinds()));
    return suite_run(suite);
}
