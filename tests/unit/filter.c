/* filter.c -- what the filter of system calls says of each call, asked of the filter itself
 * as the kernel would: for the numbers of the machine that this is compiled for. By
 * test_filter.sh, which qemu helps: seccomp itself does not work there.
 * Prints a line for each wrong answer, and how many questions there were. */
#include "report/sandbox.c"
#include <stdio.h>

enum { ALLOW, DENY_IT, NO_SUCH, KILL };
static const uint32_t means[] = {SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO | EPERM,
                                 SECCOMP_RET_ERRNO | ENOSYS, SECCOMP_RET_KILL_PROCESS};

/* Classic BPF, as far as the filter uses it; anything else is no answer. */
static uint32_t answer(const struct seccomp_data *data)
{
    const size_t n = sizeof calls / sizeof *calls;
    uint32_t a = 0;
    for (size_t at = 0; at < n; at++) {
        const struct sock_filter *f = &calls[at];
        bool is = false;
        switch (f->code) {
        case BPF_LD | BPF_W | BPF_ABS:
            if (f->k % 4 || f->k > sizeof *data - 4)
                return 1;
            memcpy(&a, (const char *)data + f->k, sizeof a);
            continue;
        case BPF_RET | BPF_K:
            return f->k;
        case BPF_JMP | BPF_JEQ | BPF_K:
            is = a == f->k;
            break;
        case BPF_JMP | BPF_JGE | BPF_K:
            is = a >= f->k;
            break;
        case BPF_JMP | BPF_JSET | BPF_K:
            is = (a & f->k) != 0;
            break;
        default:
            return 1;
        }
        at += is ? f->jt : f->jf;
    }
    return 1; /* past its end */
}

#define OF(call) #call, __NR_##call

static const struct question {
    const char *name;
    long number;
    uint64_t first; /* argument */
    int wanted;
    uint32_t machine; /* 0: this one */
} questions[] = {
    {OF(read), 0, ALLOW, 0},
    {OF(openat), 0, ALLOW, 0},
    {OF(execve), 0, ALLOW, 0},
    {OF(exit_group), 0, ALLOW, 0},
    {OF(clone3), 0, NO_SUCH, 0},
    {OF(clone), CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD, ALLOW, 0},
    {OF(clone), CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND, DENY_IT, 0},
    {OF(clone), 17 /* SIGCHLD: fork of the C library */, DENY_IT, 0},
    {OF(clone), CLONE_VM | CLONE_VFORK | 17 /* vfork, posix_spawn */, DENY_IT, 0},
    {OF(clone), (uint64_t)CLONE_THREAD << 32, DENY_IT, 0},
#ifdef __NR_fork
    {OF(fork), 0, DENY_IT, 0},
    {OF(vfork), 0, DENY_IT, 0},
#endif
    {OF(execveat), 0, DENY_IT, 0},
    {OF(socket), 0, DENY_IT, 0},
    {OF(socketpair), 0, DENY_IT, 0},
    {OF(io_uring_setup), 0, DENY_IT, 0},
    {OF(ptrace), 0, DENY_IT, 0},
    {OF(process_vm_readv), 0, DENY_IT, 0},
    {OF(process_vm_writev), 0, DENY_IT, 0},
    {OF(pidfd_open), 0, DENY_IT, 0},
    {OF(pidfd_getfd), 0, DENY_IT, 0},
    {OF(pidfd_send_signal), 0, DENY_IT, 0},
    {OF(kill), 0, DENY_IT, 0},
    {OF(tkill), 0, DENY_IT, 0},
    {OF(tgkill), 0, DENY_IT, 0},
    {OF(rt_sigqueueinfo), 0, DENY_IT, 0},
    {OF(rt_tgsigqueueinfo), 0, DENY_IT, 0},
    {OF(unshare), 0, DENY_IT, 0},
    {OF(setns), 0, DENY_IT, 0},
    {OF(prlimit64), 0, ALLOW, 0},
    {OF(prlimit64), 1, DENY_IT, 0},
#ifdef __x86_64__
    {"read of x32", 0x40000000 | __NR_read, 0, DENY_IT, 0},
    {"fork of x32", 0x40000000 | __NR_fork, 0, DENY_IT, 0},
    {"execve of i386", 11, 0, KILL, AUDIT_ARCH_I386},
#endif
#ifdef __aarch64__
    {"read of arm", 3, 0, KILL, AUDIT_ARCH_ARM},
#endif
    {OF(read), 0, KILL, AUDIT_ARCH_S390X},
};

int main(void)
{
    unsigned n = sizeof questions / sizeof *questions, wrong = 0;
    for (unsigned i = 0; i < n; i++) {
        const struct question *q = &questions[i];
        const struct seccomp_data data = {.nr = (int)q->number,
                                          .arch = q->machine ? q->machine : THIS_MACHINE,
                                          .args = {q->first}};
        const uint32_t said = answer(&data);
        if (said != means[q->wanted]) {
            printf("%s(%#llx): %#x\n", q->name, (unsigned long long)q->first, said);
            wrong++;
        }
    }
    printf("%u %u\n", n, wrong);
    return wrong > 0;
}
