#include "report/sandbox.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* --------------------------------------------------------------- system calls */

#if defined(__x86_64__)
#define THIS_MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_MACHINE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define THIS_MACHINE AUDIT_ARCH_RISCV64
#endif

#ifdef THIS_MACHINE

#define LOAD(member)                                                                   \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define RETURN(what) BPF_STMT(BPF_RET | BPF_K, what)
#define FAIL(error) RETURN(SECCOMP_RET_ERRNO | (error))
#define IF(how, k, then, otherwise)                                                    \
    BPF_JUMP(BPF_JMP | BPF_K | (how), k, then, otherwise)
#define DENY(call) IF(BPF_JEQ, __NR_##call, 0, 1), FAIL(EPERM)

/* execve stays: it starts the program, and without another process nothing else. */
static const struct sock_filter calls[] = {
    LOAD(arch),
    IF(BPF_JEQ, THIS_MACHINE, 1, 0),
    RETURN(SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),
#ifdef __x86_64__
    IF(BPF_JGE, 0x40000000, 0, 1), /* the x32 numbers of the same calls */
    FAIL(EPERM),
#endif
    /* whose flags no filter can see; the C library then takes clone */
    IF(BPF_JEQ, __NR_clone3, 0, 1),
    FAIL(ENOSYS),
    IF(BPF_JEQ, __NR_clone, 0, 4),
    LOAD(args[0]), /* the lower half: these machines are little-endian */
    IF(BPF_JSET, CLONE_THREAD, 0, 1),
    RETURN(SECCOMP_RET_ALLOW),
    FAIL(EPERM),
    IF(BPF_JEQ, __NR_prlimit64, 0, 4), /* its own limits, which are hard */
    LOAD(args[0]),
    IF(BPF_JEQ, 0, 0, 1),
    RETURN(SECCOMP_RET_ALLOW),
    FAIL(EPERM),
#ifdef __NR_fork
    DENY(fork),
    DENY(vfork),
#endif
    DENY(execveat),
    DENY(socket),
    DENY(socketpair),
    DENY(io_uring_setup), /* would do what is denied here */
    DENY(ptrace),
    DENY(process_vm_readv),
    DENY(process_vm_writev),
    DENY(pidfd_open),
    DENY(pidfd_getfd),
    DENY(pidfd_send_signal),
    DENY(kill),
    DENY(tkill),
    DENY(tgkill),
    DENY(rt_sigqueueinfo),
    DENY(rt_tgsigqueueinfo),
    DENY(unshare),
    DENY(setns),
    RETURN(SECCOMP_RET_ALLOW),
};

static bool has_calls(void)
{
    const uint32_t action = SECCOMP_RET_ERRNO;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

static bool enter_calls(void)
{
    const struct sock_fprog program = {sizeof calls / sizeof *calls,
                                       (struct sock_filter *)(uintptr_t)calls};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

#else

static bool has_calls(void)
{
    return false;
}

static bool enter_calls(void)
{
    return false;
}

#endif

/* --------------------------------------------------------------------- files */

#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE                                                    \
    (1ULL << 14) /* younger than the headers of Debian 12 */
#endif

#define LOOK (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITE (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG)

/* Libraries, fonts, and where programs begin. */
static const struct {
    const char *path;
    uint64_t access;
} places[] = {
    {"/usr", LOOK},
    {"/lib", LOOK},
    {"/lib64", LOOK},
    {"/etc/ld.so.cache", LANDLOCK_ACCESS_FS_READ_FILE},
    {"/etc/fonts", LOOK},
    {"/var/cache/fontconfig", LOOK},
    {"/lib64/ld-linux-x86-64.so.2", LANDLOCK_ACCESS_FS_EXECUTE},
    {"/lib/ld-linux-aarch64.so.1", LANDLOCK_ACCESS_FS_EXECUTE},
    {"/lib/ld-linux-riscv64-lp64d.so.1", LANDLOCK_ACCESS_FS_EXECUTE},
};

static long landlock_version(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0,
                   LANDLOCK_CREATE_RULESET_VERSION);
}

static bool allow(int rules, int at, uint64_t access)
{
    const struct landlock_path_beneath_attr rule = {.allowed_access = access,
                                                    .parent_fd = at};
    return syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule,
                   0) == 0;
}

/* A place that is not there is not needed. */
static bool allow_path(int rules, const char *path, uint64_t access)
{
    int at = open(path, O_PATH | O_CLOEXEC);
    if (at < 0)
        return errno == ENOENT;
    bool done = allow(rules, at, access);
    close(at);
    return done;
}

/* The program, and the tree that it is installed in: /opt/x of /opt/x/bin/gnuplot. */
static bool allow_program(int rules, const char *program)
{
    char path[PATH_MAX];
    if (!realpath(program, path) ||
        !allow_path(rules, path,
                    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE))
        return false;
    char *bin = strstr(path, "/bin/");
    if (!bin || bin == path)
        return true;
    *bin = '\0';
    return allow_path(rules, path, LOOK);
}

static int rules_for(const char *program, int folder)
{
    const uint64_t newer = landlock_version() >= 3 ? LANDLOCK_ACCESS_FS_TRUNCATE : 0;
    const struct landlock_ruleset_attr every = {
        .handled_access_fs = ((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1) | newer};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &every, sizeof every, 0);
    bool done = rules >= 0 && allow(rules, folder, LOOK | WRITE | newer) &&
                allow_program(rules, program);
    for (size_t i = 0; i < sizeof places / sizeof *places && done; i++)
        done = allow_path(rules, places[i].path, places[i].access);
    if (!done && rules >= 0) {
        close(rules);
        rules = -1;
    }
    return rules;
}

/* ----------------------------------------------------------------------- both */

unsigned rc_sandbox_kinds(void)
{
    return (has_calls() ? RC_SANDBOX_CALLS : 0u) |
           (landlock_version() > 0 ? RC_SANDBOX_FILES : 0u);
}

const char *rc_sandbox_text(unsigned kinds)
{
    static const char *const texts[] = {NULL, "seccomp", "Landlock",
                                        "seccomp and Landlock"};
    return texts[kinds & (RC_SANDBOX_CALLS | RC_SANDBOX_FILES)];
}

void rc_sandbox_open(rc_sandbox *out, unsigned kinds, const char *program, int folder)
{
    *out = (rc_sandbox){.kinds = kinds, .rules = -1};
    if (kinds & RC_SANDBOX_FILES)
        out->rules = rules_for(program, folder);
}

bool rc_sandbox_enter(const rc_sandbox *s)
{
    if (!s->kinds)
        return true;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return false;
    if ((s->kinds & RC_SANDBOX_FILES) &&
        syscall(SYS_landlock_restrict_self, s->rules, 0) != 0)
        return false;
    return !(s->kinds & RC_SANDBOX_CALLS) || enter_calls();
}

void rc_sandbox_close(rc_sandbox *s)
{
    if (s->rules >= 0)
        close(s->rules);
    s->rules = -1;
}
