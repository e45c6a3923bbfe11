#include "report/kept_file.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

bool rc_kept_file_open(rc_kept_file *f, int folder, const char *name)
{
    struct stat about;
    *f = (rc_kept_file){.digest = rc_digest_begin()};
    f->file = openat(folder, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (f->file < 0)
        return false;
    bool known = fstat(f->file, &about) == 0;
    f->size = known ? (size_t)about.st_size : 0;
    if (known && S_ISREG(about.st_mode))
        return true;
    int why = known ? EINVAL : errno;
    close(f->file);
    errno = why;
    return false;
}

ssize_t rc_kept_file_next(rc_kept_file *f, void *bytes, size_t n)
{
    size_t have = 0;
    while (have < n && !f->failed) {
        ssize_t got = read(f->file, (char *)bytes + have, n - have);
        if (got == 0)
            break;
        if (got > 0)
            have += (size_t)got;
        else if (errno != EINTR)
            f->failed = errno;
    }
    rc_digest_add(&f->digest, bytes, have);
    return f->failed ? -1 : (ssize_t)have;
}

static bool end(rc_kept_file *f, char hex[65])
{
    close(f->file);
    f->size = (size_t)f->digest.n;
    rc_digest_end(&f->digest, hex);
    errno = f->failed;
    return !f->failed;
}

bool rc_kept_file_close(rc_kept_file *f, char hex[65])
{
    char bytes[1 << 16];
    while (rc_kept_file_next(f, bytes, sizeof bytes) > 0)
        ;
    return end(f, hex);
}

char *rc_kept_file_text(rc_arena *arena, int folder, const char *name, size_t most,
                      size_t *n, char hex[65])
{
    rc_kept_file f;
    if (!rc_kept_file_open(&f, folder, name))
        return NULL;
    char *text = f.size <= most ? rc_arena_alloc(arena, f.size + 1, 1) : NULL;
    if (!text)
        f.failed = f.size <= most ? ENOMEM : EFBIG;
    ssize_t got = rc_kept_file_next(&f, text, f.size);
    *n = got > 0 ? (size_t)got : 0;
    return end(&f, hex) ? text : NULL;
}
