/* machine.h -- the memory that a program may use here.
 *
 *   the least of  what is built in
 *                 RLIMIT_AS, RLIMIT_DATA           ulimit, batch systems
 *                 memory.max of its control group   containers, systemd, Slurm; and of the
 *                 (memory.limit_in_bytes of v1)     groups above it
 *
 * root     "" (tests: a folder with another proc/self/cgroup and sys/fs/cgroup)
 * says     whose limit it is, for "and … 2.0 GB"
 * Errors   none: a limit that cannot be read is none. Memory: none taken.
 */
#ifndef ROADCAST_BASE_MACHINE_H
#define ROADCAST_BASE_MACHINE_H

typedef struct rc_allowance {
    double bytes;
    const char *says;
} rc_allowance;

rc_allowance rc_machine_memory(const char *root);

#endif
