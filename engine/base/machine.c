#include "base/machine.h"
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static void at_most(rc_allowance *a, double bytes, const char *says)
{
    if (bytes < a->bytes)
        *a = (rc_allowance){bytes, says};
}

/* A file in which the kernel tells of itself, as text; false: there is none. */
static bool tell(char *out, size_t size, const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = file < 0 ? -1 : read(file, out, size - 1);
    if (file >= 0)
        close(file);
    out[n > 0 ? n : 0] = '\0';
    return n > 0;
}

/* Those of a group and of the groups above it; "max" is none. */
static void take_groups(rc_allowance *a, const char *mount, char *group,
                        const char *file)
{
    char path[2 * PATH_MAX], text[64];
    for (;;) {
        snprintf(path, sizeof path, "%s%s/%s", mount, group, file);
        if (tell(text, sizeof text, path) && text[0] >= '0' && text[0] <= '9')
            at_most(a, strtod(text, NULL), "this program's control group allows");
        char *part = strrchr(group, '/');
        if (!part)
            return;
        *part = '\0';
    }
}

/* A line is "0::/a/b", or of version 1 "4:memory:/a/b"; of both there may be some. */
static void take_line(rc_allowance *a, const char *root, char *line)
{
    static const struct {
        const char *controller, *mount, *file;
    } kinds[] = {{"", "sys/fs/cgroup", "memory.max"},
                 {"", "sys/fs/cgroup/unified", "memory.max"},
                 {"memory", "sys/fs/cgroup/memory", "memory.limit_in_bytes"}};
    char *controller = strchr(line, ':'), mount[PATH_MAX];
    char *group = controller ? strchr(++controller, ':') : NULL;
    if (!group)
        return;
    *group++ = '\0';
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char copy[PATH_MAX];
        if (strcmp(controller, kinds[i].controller) != 0)
            continue;
        snprintf(copy, sizeof copy, "%s", group);
        snprintf(mount, sizeof mount, "%s/%s", root, kinds[i].mount);
        take_groups(a, mount, copy, kinds[i].file);
    }
}

rc_allowance rc_machine_memory(const char *root)
{
    static const int limits[] = {RLIMIT_AS, RLIMIT_DATA};
    rc_allowance a = {(double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE),
                      "this machine has"};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct rlimit limit;
        if (getrlimit((__rlimit_resource_t)limits[i], &limit) == 0 &&
            limit.rlim_cur != RLIM_INFINITY)
            at_most(&a, (double)limit.rlim_cur, "the limits of this program (ulimit) are");
    }
    char path[PATH_MAX], groups[8192], *rest;
    snprintf(path, sizeof path, "%s/proc/self/cgroup", root);
    if (!tell(groups, sizeof groups, path))
        return a;
    for (char *line = strtok_r(groups, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest))
        take_line(&a, root, line);
    return a;
}
