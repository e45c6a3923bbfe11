/* checkpoint_file.c -- the journal of a run as a file in its folder. A record is one write,
 * so that whoever kills the program leaves at most one that is not whole. Its name is safe
 * once its head is. */
#include "report/outbox.h"
#include <roadcast/report.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

struct rc_checkpoint_file {
    int folder, file;
    bool locked;
    bool anew; /* what is there counts for nothing */
    rc_journal journal;
    char path[640];
};

static size_t read_bytes(void *self, void *bytes, size_t n)
{
    const rc_checkpoint_file *c = self;
    size_t done = 0;
    while (done < n && !c->anew) {
        ssize_t took = read(c->file, (char *)bytes + done, n - done);
        if (took < 0 && errno == EINTR)
            continue;
        if (took <= 0)
            break;
        done += (size_t)took;
    }
    return done;
}

static rc_status cannot_write(const rc_checkpoint_file *c, rc_error *err)
{
    return rc_fail(err, RC_IO, "cannot write %s: %s", c->path, strerror(errno));
}

static rc_status cut(void *self, uint64_t at, rc_error *err)
{
    const rc_checkpoint_file *c = self;
    if (ftruncate(c->file, (off_t)at) != 0 || lseek(c->file, (off_t)at, SEEK_SET) < 0)
        return cannot_write(c, err);
    return RC_OK;
}

static rc_status write_bytes(void *self, const void *bytes, size_t n, rc_error *err)
{
    const rc_checkpoint_file *c = self;
    for (size_t done = 0; done < n;) {
        ssize_t took = write(c->file, (const char *)bytes + done, n - done);
        if (took < 0 && errno == EINTR)
            continue;
        if (took < 0)
            return cannot_write(c, err);
        done += (size_t)took;
    }
    return RC_OK;
}

static rc_status sync_file(void *self, rc_error *err)
{
    const rc_checkpoint_file *c = self;
    return fdatasync(c->file) == 0 ? RC_OK : cannot_write(c, err);
}

static uint64_t room(void *self)
{
    const rc_checkpoint_file *c = self;
    struct statvfs disk;
    struct stat about;
    if (fstatvfs(c->file, &disk) != 0 || disk.f_blocks == 0 ||
        fstat(c->file, &about) != 0)
        return UINT64_MAX;
    return (uint64_t)disk.f_bavail * disk.f_frsize + (uint64_t)about.st_blocks * 512;
}

static rc_status open_file(rc_checkpoint_file *c, rc_checkpoint_mode mode, rc_error *err)
{
    struct stat about;
    c->file = openat(c->folder, RC_CHECKPOINT, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC,
                     0666);
    if (c->file < 0)
        return cannot_write(c, err);
    c->locked = flock(c->file, LOCK_EX | LOCK_NB) == 0;
    if (!c->locked && errno == EWOULDBLOCK)
        return rc_fail(err, RC_IO, "another roadcast is writing %s", c->path);
    if (fstat(c->file, &about) != 0 || !S_ISREG(about.st_mode))
        return rc_fail(err, RC_IO, "%s is no regular file", c->path);
    if (fsync(c->folder) != 0)
        return cannot_write(c, err);
    c->anew = mode == RC_CHECKPOINT_ANEW;
    if (mode == RC_CHECKPOINT_NEW && about.st_size > 0)
        return rc_fail(err, RC_IO,
                       "%s holds an unfinished run: go on with --resume, or start anew "
                       "with --force",
                       c->path);
    return RC_OK;
}

rc_status rc_checkpoint_open(rc_checkpoint_file **out, const char *folder,
                             const char *below, rc_checkpoint_mode mode, rc_error *err)
{
    rc_outbox box;
    *out = NULL;
    rc_checkpoint_file *c = calloc(1, sizeof *c);
    if (!c)
        return rc_fail(err, RC_IO, "out of memory");
    c->folder = c->file = -1;
    snprintf(c->path, sizeof c->path, "%s/%s", folder, RC_CHECKPOINT);
    rc_status status = rc_outbox_open_within(&box, folder, below, err);
    if (status == RC_OK) {
        c->folder = dup(box.folder);
        rc_outbox_drop(&box);
        flock(c->folder, LOCK_UN); /* the same lock, and the results want it later */
        status = open_file(c, mode, err);
    }
    if (status != RC_OK) {
        rc_checkpoint_close(c);
        return status;
    }
    c->journal = (rc_journal){c, read_bytes, cut, write_bytes, sync_file, room};
    *out = c;
    return RC_OK;
}

bool rc_checkpoint_waits(const char *folder)
{
    char path[640];
    struct stat about;
    snprintf(path, sizeof path, "%s/%s", folder, RC_CHECKPOINT);
    return lstat(path, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0;
}

const rc_journal *rc_checkpoint_journal(const rc_checkpoint_file *c)
{
    return &c->journal;
}

rc_status rc_checkpoint_remove(rc_checkpoint_file *c, rc_error *err)
{
    if (unlinkat(c->folder, RC_CHECKPOINT, 0) != 0 && errno != ENOENT)
        return rc_fail(err, RC_IO, "cannot remove %s: %s", c->path, strerror(errno));
    return RC_OK;
}

void rc_checkpoint_close(rc_checkpoint_file *c)
{
    if (!c)
        return;
    struct stat about;
    if (c->file >= 0) {
        /* of a run that was refused before its first byte */
        if (c->locked && fstat(c->file, &about) == 0 && about.st_size == 0)
            unlinkat(c->folder, RC_CHECKPOINT, 0);
        close(c->file);
    }
    if (c->folder >= 0)
        close(c->folder);
    free(c);
}
