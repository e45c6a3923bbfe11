#include "report/gnuplot.h"
#include "report/sandbox.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { AT_ONCE = 8, SECONDS = 30, SAID = 400, LARGEST = 64 << 20 };
static const double glance = 0.1; /* seconds: how often it is asked whether to stop */

static const char *const formats[] = {"svg", "png"};
enum { FORMATS = sizeof formats / sizeof formats[0] };

static const char *const places[] = {"/usr/bin/gnuplot", "/usr/local/bin/gnuplot"};

static bool runs(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

bool rc_gnuplot_find(char *path, size_t size)
{
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (runs(places[i])) {
            snprintf(path, size, "%s", places[i]);
            return true;
        }
    const char *list = getenv("PATH");
    while (list && *list) {
        size_t n = strcspn(list, ":");
        /* a relative entry would run whatever lies in the current folder */
        if (list[0] == '/' && n + sizeof "/gnuplot" <= size) {
            snprintf(path, size, "%.*s/gnuplot", (int)n, list);
            if (runs(path))
                return true;
        }
        list += n + (list[n] == ':');
    }
    return false;
}

/* --------------------------------------------------------------- one process */

typedef struct job {
    const char *figure;
    pid_t pid; /* 0: not running */
    int said_at;
    double until;
    char said[SAID];
    size_t said_n;
} job;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void limit(unsigned what, rlim_t value)
{
    struct rlimit r = {value, value};
    setrlimit(what, &r);
}

/* What all processes of a drawing share. */
typedef struct studio {
    const rc_drawing *of;
    const char *path; /* of gnuplot */
    double seconds;   /* for each figure */
    int null;
    pid_t self;
    rc_sandbox sandbox;
} studio;

_Noreturn static void child(const studio *s, int said, char *const *arguments)
{
    static char *const environment[] = {"LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin",
                                        "HOME=/nonexistent", NULL};
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    static const char locked[] = "the sandbox could not be entered\n";
    /* a Ctrl-C is meant for us, who end it; and nobody draws for one who is no more */
    if (setpgid(0, 0) != 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 ||
        getppid() != s->self)
        _exit(126);
    if (fchdir(s->of->folder) != 0 || dup2(s->null, 0) < 0 || dup2(said, 1) < 0 ||
        dup2(said, 2) < 0)
        _exit(126);
    if (!rc_sandbox_enter(&s->sandbox))
        _exit(write(2, locked, sizeof locked - 1) > 0 ? 126 : 125);
    for (int fd = 3; fd < 1024; fd++)
        close(fd);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, SECONDS);
    limit(RLIMIT_FSIZE, LARGEST);
    limit(RLIMIT_AS, (rlim_t)2 << 30);
    limit(RLIMIT_NOFILE, 64);
    execve(s->path, arguments, environment);
    _exit(127);
}

static bool start(job *j, const char *figure, const studio *s)
{
    char script[64], part[] = ".part", d[] = "-d", c[] = "-c";
    int ends[2];
    snprintf(script, sizeof script, "%s.gp", figure);
    char name[4096];
    snprintf(name, sizeof name, "%s", s->path);
    char *arguments[] = {name, d, c, script, part, NULL};
    if (pipe(ends) != 0)
        return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    *j = (job){.figure = figure, .said_at = ends[0], .until = now() + s->seconds};
    j->pid = fork();
    if (j->pid == 0)
        child(s, ends[1], arguments);
    close(ends[1]);
    if (j->pid < 0) {
        j->pid = 0;
        close(ends[0]);
        return false;
    }
    return true;
}

/* ------------------------------------------------------------------- results */

static bool is_whole(int folder, const char *name, const char *format)
{
    char head[8] = {0}, tail[16] = {0};
    int fd = openat(folder, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return false;
    struct stat st;
    bool svg = strcmp(format, "svg") == 0;
    bool whole = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 500 &&
                 read(fd, head, sizeof head) == (ssize_t)sizeof head &&
                 pread(fd, tail, 12, st.st_size - 12) == 12;
    whole = whole && (svg ? memcmp(head, "<?xml", 5) == 0 && strstr(tail, "</svg>")
                          : memcmp(head, "\x89PNG\r\n\x1a\n", 8) == 0 &&
                                memcmp(tail + 4, "IEND", 4) == 0);
    whole = whole && fsync(fd) == 0;
    close(fd);
    return whole;
}

static void part_name(char out[80], const char *figure, const char *format)
{
    snprintf(out, 80, "%.48s.%s.part", figure, format);
}

static void remove_parts(int folder, const char *figure)
{
    char part[80];
    for (int i = 0; i < FORMATS; i++) {
        part_name(part, figure, formats[i]);
        unlinkat(folder, part, 0);
    }
}

static bool keep(int folder, const char *figure)
{
    char part[80], name[80];
    for (int i = 0; i < FORMATS; i++) {
        part_name(part, figure, formats[i]);
        if (!is_whole(folder, part, formats[i]))
            return false;
    }
    for (int i = 0; i < FORMATS; i++) {
        part_name(part, figure, formats[i]);
        snprintf(name, sizeof name, "%.48s.%s", figure, formats[i]);
        if (renameat(folder, part, folder, name) != 0)
            return false;
    }
    return true;
}

/* What gnuplot said that is worth repeating: its last line that is no pointer and no
 * empty one, without control characters. */
static void repeat(char *out, size_t size, const char *said)
{
    snprintf(out, size, "it said nothing");
    for (const char *line = said; *line;) {
        size_t n = strcspn(line, "\n"), m = 0;
        while (m < n && strchr(" \t^", line[m]))
            m++;
        if (m < n)
            snprintf(out, size, "%.*s", (int)(n - m), line + m);
        line += n + (line[n] == '\n');
    }
    for (char *c = out; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 127)
            *c = ' ';
}

/* What the process ended with. */
static int end(job *j, bool by_force)
{
    int how = 0;
    if (by_force)
        kill(j->pid, SIGKILL);
    while (waitpid(j->pid, &how, 0) < 0 && errno == EINTR)
        ;
    close(j->said_at);
    j->pid = 0;
    return how;
}

/* True when it drew its figure. */
static bool finish(job *j, const studio *s, bool late, rc_error *err, rc_status *status)
{
    const int how = end(j, late);
    j->said[j->said_n] = 0;
    /* a table that is not there is only a warning to gnuplot */
    bool lacks = strstr(j->said, "Cannot find or open file") != NULL;
    if (!late && !lacks && WIFEXITED(how) && WEXITSTATUS(how) == 0 &&
        keep(s->of->folder, j->figure))
        return true;
    char said[SAID];
    repeat(said, sizeof said, j->said);
    remove_parts(s->of->folder, j->figure);
    if (*status == RC_OK)
        *status = late
                      ? rc_fail(err, RC_CHARTS, "gnuplot took longer than %g s over %s",
                                s->seconds, j->figure)
                      : rc_fail(err, RC_CHARTS, "gnuplot could not draw %s: %.300s",
                                j->figure, said);
    return false;
}

static uint32_t listen(job *jobs, const studio *s, rc_error *err, rc_status *status,
                       bool *slow)
{
    struct pollfd ends[AT_ONCE];
    job *of[AT_ONCE];
    nfds_t n = 0;
    double until = now() + (s->of->halt ? glance : s->seconds);
    for (int i = 0; i < AT_ONCE; i++)
        if (jobs[i].pid) {
            until = jobs[i].until < until ? jobs[i].until : until;
            ends[n] = (struct pollfd){.fd = jobs[i].said_at, .events = POLLIN};
            of[n++] = &jobs[i];
        }
    double wait = until - now();
    if (poll(ends, n, wait > 0 ? (int)(wait * 1000) + 1 : 0) < 0 && errno != EINTR)
        return 0;
    uint32_t drawn = 0;
    for (nfds_t i = 0; i < n; i++) {
        job *j = of[i];
        bool late = now() >= j->until, ended = false;
        if (ends[i].revents) {
            char buffer[512];
            ssize_t got = read(j->said_at, buffer, sizeof buffer);
            ended = got == 0 || (got < 0 && errno != EINTR);
            for (ssize_t k = 0; k < got && j->said_n + 1 < SAID; k++)
                j->said[j->said_n++] = buffer[k];
        }
        *slow = *slow || (late && !ended);
        if (ended || late)
            drawn += finish(j, s, late && !ended, err, status);
    }
    return drawn;
}

static uint32_t count_running(const job *jobs)
{
    uint32_t n = 0;
    for (int i = 0; i < AT_ONCE; i++)
        n += jobs[i].pid != 0;
    return n;
}

static rc_status give_up(job *jobs, const studio *s, rc_error *err)
{
    for (int i = 0; i < AT_ONCE; i++)
        if (jobs[i].pid) {
            end(&jobs[i], true);
            remove_parts(s->of->folder, jobs[i].figure);
        }
    return rc_fail(err, RC_INTERRUPTED, "stopped while charts were drawn in %.300s",
                   s->of->name);
}

/* Figure after figure, as many at a time as there are processors. */
static rc_status draw(const studio *s, const char *const *figures, uint32_t n,
                      uint32_t *drawn, rc_error *err)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int most = processors < 1 ? 1 : processors > AT_ONCE ? AT_ONCE : (int)processors;
    job jobs[AT_ONCE] = {0};
    uint32_t next = 0;
    bool slow = false;
    rc_status status = RC_OK;
    const rc_halt *halt = s->of->halt;
    while (next < n || count_running(jobs)) {
        if (halt && halt->asked(halt->self))
            return give_up(jobs, s, err);
        for (int i = 0; i < most && next < n; i++) {
            if (jobs[i].pid)
                continue;
            remove_parts(s->of->folder, figures[next]);
            if (!start(&jobs[i], figures[next], s) && status == RC_OK)
                status = rc_fail(err, RC_IO, "gnuplot could not be started: %s",
                                 strerror(errno));
            next++;
        }
        *drawn += listen(jobs, s, err, &status, &slow);
        if (slow) /* the others would be slow too */
            next = n;
    }
    return status;
}

rc_status rc_gnuplot_draw(const rc_drawing *drawing, const char *const *figures,
                          uint32_t n, uint32_t *drawn, rc_error *err)
{
    char path[4096];
    *drawn = 0;
    if (n == 0)
        return RC_OK;
    if (!rc_gnuplot_find(path, sizeof path))
        return rc_fail(err, RC_CHARTS,
                       "charts are not drawn, for want of gnuplot (apt install "
                       "gnuplot-nox); scripts and tables are in %.300s/charts",
                       drawing->name);
    studio s = {.of = drawing,
                .path = path,
                .seconds = drawing->seconds > 0 ? drawing->seconds : SECONDS,
                .null = open("/dev/null", O_RDONLY | O_CLOEXEC),
                .self = getpid()};
    if (s.null < 0)
        return rc_fail(err, RC_IO, "/dev/null: %s", strerror(errno));
    rc_sandbox_open(&s.sandbox, drawing->sandbox, path, drawing->folder);
    rc_status status = draw(&s, figures, n, drawn, err);
    if (status == RC_OK && *drawn && fsync(drawing->folder) != 0)
        status = rc_fail(err, RC_IO, "%.300s/charts: %s", drawing->name, strerror(errno));
    rc_sandbox_close(&s.sandbox);
    close(s.null);
    return status;
}
