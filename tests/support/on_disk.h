/* on_disk.h -- what reaches the disk, in its order.
 *
 * The Makefile links a program that includes this so that fsync, renameat and renameat2
 * come here first: how many files took their name, how many of them before their bytes
 * were on the disk, and whether their folder was synced after the last.
 */
#ifndef ROADCAST_TESTS_ON_DISK_H
#define ROADCAST_TESTS_ON_DISK_H

#include <check.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>

enum { LATEST = 8 };
static ino_t synced[LATEST];
static uint32_t synced_n, renamed, too_early;
static bool folder_synced;

int __real_fsync(int file);
int __wrap_fsync(int file);
int __real_renameat(int from, const char *old, int to, const char *name);
int __wrap_renameat(int from, const char *old, int to, const char *name);
int __real_renameat2(int from, const char *old, int to, const char *name,
                     unsigned flags);
int __wrap_renameat2(int from, const char *old, int to, const char *name,
                     unsigned flags);

int __wrap_fsync(int file)
{
    struct stat st;
    ck_assert_int_eq(fstat(file, &st), 0);
    if (S_ISDIR(st.st_mode))
        folder_synced = true;
    else
        synced[synced_n++ % LATEST] = st.st_ino;
    return __real_fsync(file);
}

static void takes_a_name(int folder_at, const char *old)
{
    struct stat st;
    uint32_t i = 0;
    ck_assert_int_eq(fstatat(folder_at, old, &st, AT_SYMLINK_NOFOLLOW), 0);
    while (i < synced_n && i < LATEST && synced[i] != st.st_ino)
        i++;
    renamed++;
    too_early += i == synced_n || i == LATEST;
    folder_synced = false;
}

int __wrap_renameat(int from, const char *old, int to, const char *name)
{
    takes_a_name(from, old);
    return __real_renameat(from, old, to, name);
}

int __wrap_renameat2(int from, const char *old, int to, const char *name,
                     unsigned flags)
{
    takes_a_name(from, old);
    return __real_renameat2(from, old, to, name, flags);
}

static inline void disk_begin(void)
{
    synced_n = renamed = too_early = 0;
    folder_synced = false;
}

#endif
