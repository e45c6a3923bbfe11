#include "report/outbox.h"
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static rc_status fail(rc_error *err, const rc_outbox *box, const char *verb,
                      const char *name, int why)
{
    return rc_fail(err, RC_IO, "cannot %s %s%s%s: %s", verb, box->path,
                   *name ? "/" : "", name, why ? strerror(why) : "a write failed");
}

/* Steps from folder `at` (closed here) along path, making what is missing; or, where
 * somebody wants to know, as far as there is something. */
static int walk(int at, const char *path, int flags, bool *missing)
{
    flags |= O_PATH | O_DIRECTORY | O_CLOEXEC;
    while (at >= 0 && *path) {
        char part[256];
        size_t n = strcspn(path, "/");
        if (n >= sizeof part) {
            close(at);
            errno = ENAMETOOLONG;
            return -1;
        }
        memcpy(part, path, n);
        part[n] = '\0';
        path += n;
        path += strspn(path, "/");
        if (n == 0)
            continue;
        int next = openat(at, part, flags);
        if (next < 0 && errno == ENOENT && missing) {
            *missing = true;
            return at;
        }
        if (next < 0 && errno == ENOENT &&
            (mkdirat(at, part, 0777) == 0 || errno == EEXIST))
            next = openat(at, part, flags);
        int why = errno;
        close(at);
        errno = why;
        at = next;
    }
    return at;
}

/* A relative path that stays below: no absolute path, no "..". */
static bool stays_below(const char *path)
{
    if (*path == '/' || *path == '\0')
        return false;
    for (const char *part = path; part; part = strchr(part, '/')) {
        part += *part == '/';
        size_t n = strcspn(part, "/");
        if (n == 2 && part[0] == '.' && part[1] == '.')
            return false;
    }
    return true;
}

/* From the user's own root, where links are followed, into what is below. */
static int reach(const char *root, const char *below, bool *missing)
{
    int at = open(*root == '/' ? "/" : ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    at = walk(at, root, 0, missing);
    if (below && !(missing && *missing))
        at = walk(at, below, O_NOFOLLOW, missing);
    return at;
}

static rc_status begin(rc_outbox *box, const char *root, const char *below,
                       rc_error *err)
{
    box->folder = -1;
    box->out = NULL;
    box->files_n = 0;
    size_t n = (size_t)snprintf(box->path, sizeof box->path, "%s%s%s", root,
                                below ? "/" : "", below ? below : "");
    if (n >= sizeof box->path)
        return rc_fail(err, RC_IO,
                       "the name of the output folder is longer than %zu bytes",
                       sizeof box->path - 1);
    if (below && !stays_below(below))
        return rc_fail(err, RC_REFUSED,
                       "the output folder \"%s\" must stay inside the one given",
                       below);
    return RC_OK;
}

/* at: the folder, good for walking on but not for syncing; closed here. */
static rc_status take(rc_outbox *box, int at, rc_error *err)
{
    int folder = at < 0 ? -1 : openat(at, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int why = errno;
    if (at >= 0)
        close(at);
    if (folder < 0)
        return fail(err, box, "make the folder", "", why);
    if (flock(folder, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        close(folder);
        return rc_fail(err, RC_IO, "another roadcast is writing to %s", box->path);
    }
    box->folder = folder;
    return RC_OK;
}

rc_status rc_outbox_open(rc_outbox *box, const char *root, const char *below,
                         rc_error *err)
{
    rc_status status = begin(box, root, below, err);
    return status == RC_OK ? take(box, reach(root, below, NULL), err) : status;
}

rc_status rc_outbox_open_at(rc_outbox *box, int folder, const char *name,
                            const char *below, rc_error *err)
{
    rc_status status = begin(box, name, below, err);
    if (status != RC_OK)
        return status;
    if (below)
        return take(box,
                    walk(openat(folder, ".", O_PATH | O_DIRECTORY | O_CLOEXEC), below,
                         O_NOFOLLOW, NULL),
                    err);
    box->folder = fcntl(folder, F_DUPFD_CLOEXEC, 3); /* and its lock */
    return box->folder < 0 ? fail(err, box, "open", "", errno) : RC_OK;
}

/* The part of folder before its last part, `own`; false: it does not end with that. */
static bool root_of(char out[512], const char *folder, const char *own)
{
    size_t n = strlen(folder), own_n = own ? strlen(own) : 0;
    if (own_n == 0 || n <= own_n + 1 || n >= 512 || folder[n - own_n - 1] != '/' ||
        strcmp(folder + n - own_n, own) != 0)
        return false;
    size_t cut = n - own_n - 1;
    memcpy(out, folder, n - own_n);
    out[cut > 0 ? cut : 1] = '\0';
    return true;
}

rc_status rc_outbox_open_within(rc_outbox *box, const char *folder, const char *own,
                                rc_error *err)
{
    char root[512];
    return root_of(root, folder, own) ? rc_outbox_open(box, root, own, err)
                                      : rc_outbox_open(box, folder, NULL, err);
}

int rc_outbox_reach(const char *folder, const char *own, bool *missing)
{
    char root[512];
    *missing = false;
    return root_of(root, folder, own) ? reach(root, own, missing)
                                      : reach(folder, NULL, missing);
}

/* Ends the file being written; it is whole on the disk, or err says why not. */
rc_status rc_outbox_end_file(rc_outbox *box, rc_error *err)
{
    FILE *out = box->out;
    if (!out)
        return RC_OK;
    box->out = NULL;
    const char *name = box->files[box->files_n - 1].name;
    int earlier = ferror(out);
    errno = 0;
    int bad = fflush(out) != 0 || earlier || fsync(fileno(out)) != 0;
    if (earlier && errno == 0) /* why is forgotten: it is asked for again */
        bad |= write(fileno(out), "", 1) != 1;
    int why = errno;
    if (fclose(out) != 0 && !bad) {
        bad = 1;
        why = errno;
    }
    return bad ? fail(err, box, "write", name, why) : RC_OK;
}

FILE *rc_outbox_file(rc_outbox *box, const char *name, rc_error *err)
{
    assert(box->folder >= 0 && strlen(name) < RC_OUTBOX_NAME && !strchr(name, '/'));
    if (rc_outbox_end_file(box, err) != RC_OK)
        return NULL;
    if (box->files_n == RC_OUTBOX_FILES) {
        rc_fail(err, RC_DEFECT, "more than %d files for %s", RC_OUTBOX_FILES,
                box->path);
        return NULL;
    }
    uint32_t i = box->files_n;
    box->files[i].state = RC_OUTBOX_WAITS;
    snprintf(box->files[i].name, sizeof box->files[i].name, "%s", name);
    int file = -1;
    for (int try = 0; try < 100 && file < 0 && (try == 0 || errno == EEXIST); try++) {
        snprintf(box->files[i].temporary, sizeof box->files[i].temporary,
                 ".%s.%ld-%d.tmp", name, (long)getpid(), try);
        file = openat(box->folder, box->files[i].temporary,
                      O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    }
    if (file < 0) {
        fail(err, box, "write", name, errno);
        return NULL;
    }
    box->files_n++;
    box->out = fdopen(file, "w");
    if (!box->out) {
        fail(err, box, "write", name, errno);
        close(file);
    }
    return box->out;
}

static bool exchange(const rc_outbox *box, uint32_t i)
{
    return renameat2(box->folder, box->files[i].temporary, box->folder,
                     box->files[i].name, RENAME_EXCHANGE) == 0;
}

/* The old file takes the temporary name, so that it can come back. */
static bool put_in_place(rc_outbox *box, uint32_t i)
{
    struct stat old;
    const char *temporary = box->files[i].temporary, *name = box->files[i].name;
    bool known = fstatat(box->folder, name, &old, AT_SYMLINK_NOFOLLOW) == 0;
    if (!known && errno != ENOENT)
        return false;
    if (known && !S_ISDIR(old.st_mode)) {
        if (exchange(box, i)) {
            box->files[i].state = RC_OUTBOX_SWAPPED;
            return true;
        }
        if (errno != EINVAL && errno != ENOSYS)
            return false;
    }
    if (renameat(box->folder, temporary, box->folder, name) != 0)
        return false;
    if (known)
        box->files[i].temporary[0] = '\0';
    else
        box->files[i].state = RC_OUTBOX_ADDED;
    return true;
}

static void put_back(rc_outbox *box, uint32_t i)
{
    if (box->files[i].state == RC_OUTBOX_SWAPPED)
        exchange(box, i);
    else if (box->files[i].state == RC_OUTBOX_ADDED)
        unlinkat(box->folder, box->files[i].name, 0);
}

size_t rc_outbox_left_over(const char *name)
{
    const char *at = *name == '.' ? name + 1 : "";
    while ((at = strchr(at, '.')) != NULL) {
        int end = 0;
        sscanf(at, ".%*[0-9]-%*[0-9].tmp%n", &end);
        if (end && !at[end])
            return (size_t)(at - name) - 1;
        at++;
    }
    return 0;
}

/* The folder is locked: whoever left these is no more. */
static void sweep(const rc_outbox *box)
{
    int again = openat(box->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = again < 0 ? NULL : fdopendir(again);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        size_t n = rc_outbox_left_over(e->d_name);
        for (uint32_t i = 0; n && i < box->files_n; i++)
            if (strlen(box->files[i].name) == n &&
                memcmp(e->d_name + 1, box->files[i].name, n) == 0)
                unlinkat(box->folder, e->d_name, 0);
    }
    if (dir)
        closedir(dir);
    else if (again >= 0)
        close(again);
}

rc_status rc_outbox_commit(rc_outbox *box, rc_error *err)
{
    rc_status status = rc_outbox_end_file(box, err);
    for (uint32_t i = box->files_n; i-- > 0 && status == RC_OK;)
        if (!put_in_place(box, i))
            status = fail(err, box, "replace", box->files[i].name, errno);
    if (status == RC_OK && fsync(box->folder) != 0)
        status = fail(err, box, "write", "", errno);
    for (uint32_t i = 0; i < box->files_n && status != RC_OK; i++)
        put_back(box, i);
    if (status == RC_OK)
        sweep(box);
    rc_outbox_drop(box);
    return status;
}

void rc_outbox_drop(rc_outbox *box)
{
    if (box->out)
        fclose(box->out);
    box->out = NULL;
    for (uint32_t i = 0; i < box->files_n; i++)
        if (box->files[i].temporary[0] && box->files[i].state != RC_OUTBOX_ADDED)
            unlinkat(box->folder, box->files[i].temporary, 0);
    box->files_n = 0;
    if (box->folder >= 0)
        close(box->folder);
    box->folder = -1;
}
