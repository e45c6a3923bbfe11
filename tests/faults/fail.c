/* fail.c -- a library to be preloaded: the N-th call of the program fails, once.
 *
 *   FAIL_KIND     memory   malloc, calloc, realloc, strdup … of whoever calls them
 *                 thread   pthread_create
 *                 system   every call of the kernel in the table below, also those
 *                          that the C library makes for itself (fflush, opendir)
 *   FAIL_AT       which of them, from 1; 0: none, only counted
 *   FAIL_VARIANT  which of its errors, from 0; the log says how many it has
 *   FAIL_SPARED   a library whose own allocations are neither failed nor counted
 *   FAIL_LOG      a file: what failed, or at the end "counted N, spared M"
 *
 * System calls are seen through Syscall User Dispatch (Linux 5.11, x86-64): the kernel
 * sends SIGSYS instead of carrying them out, unless they are made by the few lines of
 * assembly here. Of the main thread only, and no longer in a child: gnuplot runs
 * undisturbed. Where the kernel has none of it, the log says "no dispatch".
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

enum { NOTHING, MEMORY, THREAD, SYSTEM };

static int kind = NOTHING, log_file = -1;
static long at, variant;
static atomic_long counted, left_out;
static const char *spared;
static char selector; /* of the kernel: 0 lets every call through */

/* The only code that reaches the kernel while calls are dispatched. */
long fail_kernel(long number, const long a[6]);
extern const char fail_begin[], fail_end[], fail_restore[];
__asm__(".text\n"
        ".globl fail_begin, fail_end, fail_restore, fail_kernel\n"
        ".hidden fail_begin, fail_end, fail_restore, fail_kernel\n"
        "fail_begin:\n"
        "fail_restore: mov $15, %eax\n syscall\n"
        "fail_kernel: mov %rdi, %rax\n mov %rsi, %r11\n"
        " mov (%r11), %rdi\n mov 8(%r11), %rsi\n mov 16(%r11), %rdx\n"
        " mov 24(%r11), %r10\n mov 32(%r11), %r8\n mov 40(%r11), %r9\n"
        " syscall\n ret\n"
        "fail_end:\n");

static void note(const char *format, ...)
{
    char text[256];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (log_file >= 0)
        fail_kernel(SYS_write, (long[6]){log_file, (long)text, n});
}

/* ----------------------------------------------------------- memory, threads */

static bool turn(int of, const char *call, const void *caller)
{
    Dl_info from = {0};
    if (kind != of)
        return false;
    bool known = (spared || at) && dladdr(caller, &from) && from.dli_fname;
    if (spared && known && strstr(from.dli_fname, spared)) {
        left_out++;
        return false;
    }
    if (++counted != at)
        return false;
    note("%s from %s+0x%lx\n", call, known ? from.dli_fname : "?",
         known ? (unsigned long)((const char *)caller - (const char *)from.dli_fbase)
               : 0);
    return true;
}

char *__strdup(const char *text);
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t n);
void *__libc_memalign(size_t align, size_t n);

#define HERE __builtin_return_address(0)
#define OR_NONE(call, otherwise)                                                       \
    (turn(MEMORY, call, HERE) ? (errno = ENOMEM, (void *)NULL) : (otherwise))

void *malloc(size_t n)
{
    return OR_NONE("malloc", __libc_malloc(n));
}

void *calloc(size_t count, size_t size)
{
    return OR_NONE("calloc", __libc_calloc(count, size));
}

void *realloc(void *old, size_t n)
{
    return OR_NONE("realloc", __libc_realloc(old, n));
}

void *memalign(size_t align, size_t n)
{
    return OR_NONE("memalign", __libc_memalign(align, n));
}

void *aligned_alloc(size_t align, size_t n)
{
    return OR_NONE("aligned_alloc", __libc_memalign(align, n));
}

int posix_memalign(void **out, size_t align, size_t n)
{
    *out = OR_NONE("posix_memalign", __libc_memalign(align, n));
    return *out ? 0 : ENOMEM;
}

static char *copy_of(const char *text, const void *caller)
{
    size_t n = strlen(text) + 1;
    char *copy = turn(MEMORY, "strdup", caller) ? NULL : __libc_malloc(n);
    if (!copy)
        errno = ENOMEM;
    return copy ? memcpy(copy, text, n) : NULL;
}

char *strdup(const char *text)
{
    return copy_of(text, HERE);
}

char *__strdup(const char *text) /* as libconfig calls it */
{
    return copy_of(text, HERE);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *),
                   void *self)
{
    int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    if (turn(THREAD, "pthread_create", HERE))
        return EAGAIN;
    char before = selector;
    selector = SYSCALL_DISPATCH_FILTER_ALLOW; /* a new thread has a stack of its own */
    *(void **)&real = dlsym(RTLD_NEXT, "pthread_create");
    int status = real(thread, how, run, self);
    selector = before;
    return status;
}

/* -------------------------------------------------------------- system calls */

enum { SHORT = 10000, VARIANTS = 3 };

/* Each with what it may lawfully say; SHORT: half of what was asked for is done. */
static const struct call {
    long number;
    const char *name;
    int errors[VARIANTS];
} calls[] = {
    {SYS_open, "open", {EMFILE, EACCES}},
    {SYS_openat, "openat", {EMFILE, EIO, EINTR}},
    {SYS_creat, "creat", {EMFILE, EACCES}},
    {SYS_read, "read", {EIO, EINTR, SHORT}},
    {SYS_pread64, "pread64", {EIO, EINTR}},
    {SYS_write, "write", {ENOSPC, EINTR, SHORT}},
    {SYS_writev, "writev", {ENOSPC, EIO}},
    {SYS_pwrite64, "pwrite64", {ENOSPC, EIO, SHORT}},
    {SYS_lseek, "lseek", {EIO}},
    {SYS_fsync, "fsync", {EIO, ENOSPC}},
    {SYS_fdatasync, "fdatasync", {EIO, ENOSPC}},
    {SYS_ftruncate, "ftruncate", {EIO}},
    {SYS_close, "close", {EIO, EINTR}},
    {SYS_rename, "rename", {ENOSPC, EIO}},
    {SYS_renameat, "renameat", {ENOSPC, EIO}},
    {SYS_renameat2, "renameat2", {ENOSPC, EIO}},
    {SYS_unlink, "unlink", {EIO}},
    {SYS_unlinkat, "unlinkat", {EIO}},
    {SYS_mkdir, "mkdir", {ENOSPC, EACCES}},
    {SYS_mkdirat, "mkdirat", {ENOSPC, EACCES}},
    {SYS_rmdir, "rmdir", {EIO}},
    {SYS_fchmod, "fchmod", {EPERM}},
    {SYS_flock, "flock", {ENOLCK, EINTR}},
    {SYS_fcntl, "fcntl", {EINVAL}},
    {SYS_fstat, "fstat", {EIO}},
    {SYS_stat, "stat", {EIO}},
    {SYS_newfstatat, "newfstatat", {EIO}},
    {SYS_access, "access", {EIO}},
    {SYS_fstatfs, "fstatfs", {EIO}},
    {SYS_getdents64, "getdents64", {EIO}},
    {SYS_mmap, "mmap", {ENOMEM}},
    {SYS_dup, "dup", {EMFILE}},
    {SYS_dup2, "dup2", {EBUSY}},
    {SYS_pipe, "pipe", {EMFILE}},
    {SYS_pipe2, "pipe2", {EMFILE}},
    {SYS_poll, "poll", {EINTR, ENOMEM}},
    {SYS_clone, "fork", {EAGAIN, ENOMEM}},
    {SYS_wait4, "wait4", {EINTR}},
    {SYS_kill, "kill", {EPERM}},
    {SYS_prctl, "prctl", {EINVAL}},
    {SYS_seccomp, "seccomp", {ENOSYS}},
};

static const struct call *call_of(long number)
{
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (calls[i].number == number)
            return &calls[i];
    return NULL;
}

/* What the call came to. */
static long answer(const struct call *call, long number, long a[6])
{
    /* anonymous memory is malloc's own business */
    bool ours = call && !(number == SYS_mmap && a[3] & MAP_ANONYMOUS);
    if (!ours || ++counted != at)
        return fail_kernel(number, a);
    int variants = 0;
    while (variants < VARIANTS && call->errors[variants])
        variants++;
    if (variant >=
        variants) /* drawing waits as often as it has to: another call's turn */
        return fail_kernel(number, a);
    const int error = call->errors[variant];
    if (error == SHORT) {
        note("%s short of %d\n", call->name, variants);
        if (a[2] > 1)
            a[2] /= 2;
        return fail_kernel(number, a);
    }
    note("%s %s of %d\n", call->name, strerrorname_np(error), variants);
    if (number == SYS_close) /* Linux lets go of it whatever it says */
        fail_kernel(number, a);
    return -error;
}

static void on_call(int signal, siginfo_t *info, void *context)
{
    (void)signal;
    ucontext_t *u = context;
    greg_t *r = u->uc_mcontext.gregs;
    long a[6] = {r[REG_RDI], r[REG_RSI], r[REG_RDX], r[REG_R10], r[REG_R8], r[REG_R9]};
    long number = info->si_syscall;
    if (number == SYS_rt_sigprocmask) { /* our return would undo it */
        uint64_t mask, set;
        memcpy(&mask, &u->uc_sigmask, sizeof mask);
        if (a[2])
            memcpy((void *)a[2], &mask, sizeof mask);
        if (a[1]) {
            memcpy(&set, (void *)a[1], sizeof set);
            mask = a[0] == SIG_BLOCK     ? mask | set
                   : a[0] == SIG_UNBLOCK ? mask & ~set
                                         : set;
            memcpy(&u->uc_sigmask, &mask, sizeof mask);
        }
        r[REG_RAX] = 0;
        return;
    }
    if (number == SYS_exit_group && at == 0)
        note("counted %ld\n", (long)counted);
    r[REG_RAX] = answer(call_of(number), number, a);
}

static void listen_to_calls(void)
{
    struct {
        void (*handler)(int, siginfo_t *, void *);
        unsigned long flags;
        const void *restorer;
        uint64_t mask;
    } action = {on_call, SA_SIGINFO | 0x04000000 | SA_ONSTACK, fail_restore, 0};
    long failed = fail_kernel(SYS_rt_sigaction,
                              (long[6]){SIGSYS, (long)&action, 0, sizeof action.mask});
    failed |= fail_kernel(SYS_prctl, (long[6]){PR_SET_SYSCALL_USER_DISPATCH,
                                               PR_SYS_DISPATCH_ON, (long)fail_begin,
                                               fail_end - fail_begin, (long)&selector});
    if (failed)
        note("no dispatch\n");
    else
        selector = SYSCALL_DISPATCH_FILTER_BLOCK;
}

static long number_of(const char *name)
{
    const char *text = getenv(name);
    return text ? atol(text) : 0;
}

__attribute__((constructor)) static void begin(void)
{
    const char *file = getenv("FAIL_LOG"), *what = getenv("FAIL_KIND");
    spared = getenv("FAIL_SPARED");
    at = number_of("FAIL_AT");
    variant = number_of("FAIL_VARIANT");
    if (!file || !what)
        return;
    log_file = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    log_file = fcntl(log_file, F_DUPFD_CLOEXEC, 900);
    if (strcmp(what, "memory") == 0)
        kind = MEMORY;
    if (strcmp(what, "thread") == 0)
        kind = THREAD;
    if (strcmp(what, "system") == 0) {
        kind = SYSTEM;
        listen_to_calls();
    }
}

__attribute__((destructor)) static void end(void)
{
    if (kind == MEMORY || kind == THREAD)
        if (at == 0)
            note("counted %ld spared %ld\n", (long)counted, (long)left_out);
}
