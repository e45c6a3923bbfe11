#include "scenario/source.h"
#include "base/text.h"
#include "scenario/faults.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A text that grows while includes are put in place. */
typedef struct growing {
    char *text;
    rc_source_line *lines;
    size_t n, room;
    uint32_t lines_n, lines_room;
} growing;

static rc_position whole_file(uint32_t file)
{
    return (rc_position){.file = file};
}

/* ------------------------------------------------------------------- reading */

/* Why something cannot be read. by_system: nothing that another scenario could help. */
typedef struct reason {
    const char *text;
    bool by_system;
} reason;

static reason system_reason(int error)
{
    bool by_name = error == ENOENT || error == ENOTDIR || error == EACCES ||
                   error == ELOOP || error == ENXIO;
    const char *text = error == ELOOP    ? "symbolic links are not followed"
                       : error == ENOMEM ? "out of memory"
                                         : strerror(error);
    return (reason){text, !by_name};
}

/* Whole content of fd, at most RC_SOURCE_BYTES. NULL: *why says what is wrong. */
static char *slurp(int fd, bool regular_only, size_t *n, reason *why)
{
    struct stat st;
    if (fstat(fd, &st)) {
        *why = system_reason(errno);
        return NULL;
    }
    if (regular_only && !S_ISREG(st.st_mode)) {
        why->text = S_ISDIR(st.st_mode) ? "it is a folder" : "it is not a regular file";
        return NULL;
    }
    char *text = malloc(RC_SOURCE_BYTES + 1);
    *n = 0;
    while (text) {
        ssize_t got = read(fd, text + *n, RC_SOURCE_BYTES + 1 - *n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got == 0)
            return text;
        *n += got > 0 ? (size_t)got : 0;
        if (got < 0 || *n > RC_SOURCE_BYTES) {
            *why = got < 0 ? system_reason(errno)
                           : (reason){.text = "it is larger than 4 MiB"};
            free(text);
            return NULL;
        }
    }
    *why = system_reason(ENOMEM);
    return NULL;
}

/* Byte order mark off, \r\n to \n. What is clean stays as it is. */
static void clean(char *text, size_t *n)
{
    size_t from = *n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0, to = 0;
    for (; from < *n; from++) {
        while (text[from] == '\n' && to && text[to - 1] == '\r')
            to--;
        text[to++] = text[from];
    }
    *n = to;
}

static rc_position place_of_byte(uint32_t file, const char *text, size_t at)
{
    rc_position p = {file, 1, 1, 1};
    size_t line = 0;
    for (size_t i = 0; i < at; i++)
        if (text[i] == '\n')
            p.line++, line = i + 1;
    p.column = (uint32_t)rc_utf8_columns(text + line, at - line) + 1;
    return p;
}

static bool is_readable_text(rc_faults *faults, uint32_t file, const char *text,
                             size_t n)
{
    size_t bad_at;
    if (!rc_utf8_valid(text, n, &bad_at)) {
        rc_fault(faults, place_of_byte(file, text, bad_at), "save the file as UTF-8",
                 "byte 0x%02X is no UTF-8", (unsigned char)text[bad_at]);
        return false;
    }
    const char *zero = n ? memchr(text, '\0', n) : NULL;
    if (zero) {
        rc_fault(faults, place_of_byte(file, text, (size_t)(zero - text)), NULL,
                 "a zero byte: this is no text file");
        return false;
    }
    return true;
}

/* ------------------------------------------------------------------ includes */

/* from NULL: the rest of the line before. */
static bool add_text(growing *g, const char *text_at, size_t n,
                     const rc_source_line *from)
{
    if (g->n + n + 1 > g->room) {
        size_t room = (g->n + n + 1) * 2;
        char *text = realloc(g->text, room);
        if (!text)
            return false;
        g->text = text;
        g->room = room;
    }
    if (g->lines_n == g->lines_room) {
        uint32_t room = g->lines_room ? g->lines_room * 2 : 256;
        rc_source_line *lines = realloc(g->lines, room * sizeof *lines);
        if (!lines)
            return false;
        g->lines = lines;
        g->lines_room = room;
    }
    memcpy(g->text + g->n, text_at, n);
    g->n += n;
    if (from)
        g->lines[g->lines_n++] = *from;
    return true;
}

/* Opens a name in or below a folder, one part at a time. *folder_out: that of the file.
 */
static int open_beneath(int folder, const char *name, int *folder_out, reason *why)
{
    int here = dup(folder);
    *why = (reason){0};
    while (here >= 0) {
        const char *slash = strchr(name, '/');
        size_t n = slash ? (size_t)(slash - name) : strlen(name);
        char part[NAME_MAX + 1];
        if (n == 0 || n > NAME_MAX)
            why->text = "its name must be relative and lead to a file";
        else if (strncmp(name, "..", n) == 0 && n <= 2)
            why->text = "its name must lead into this folder or below it";
        if (why->text)
            break;
        memcpy(part, name, n);
        part[n] = '\0';
        int flags = slash ? O_DIRECTORY : O_NONBLOCK | O_NOCTTY;
        int next = openat(here, part, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags);
        if (next < 0) {
            *why = system_reason(errno);
            break;
        }
        if (!slash) {
            *folder_out = here;
            return next;
        }
        close(here);
        here = next;
        name = slash + 1;
    }
    if (here < 0)
        *why = system_reason(errno);
    else
        close(here);
    return -1;
}

static bool expand(growing *g, rc_faults *faults, rc_arena *arena,
                   const rc_source *self, uint32_t file, const char *text, size_t n);

/* The folder part of a name, with its slash. */
static char *name_beside(rc_arena *arena, const char *beside, const char *name)
{
    const char *slash = strrchr(beside, '/');
    return rc_arena_print(arena, "%.*s%s", slash ? (int)(slash - beside + 1) : 0,
                          beside, name);
}

/* "a.cfg includes b.cfg includes a.cfg" */
static void spell_cycle(rc_faults *faults, const rc_source *from, const rc_source *back,
                        rc_position at)
{
    char text[1024] = "";
    const rc_source *chain[2 * RC_SOURCE_DEPTH];
    uint32_t n = 0;
    for (const rc_source *s = from; s && n < 2 * RC_SOURCE_DEPTH; s = s->from) {
        chain[n++] = s;
        if (s == back)
            break;
    }
    size_t used = 0;
    for (uint32_t i = n; i-- > 0 && used < sizeof text;)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s includes ",
                                 chain[i]->name);
    rc_fault(faults, at, NULL, "files include each other: %s%s", text, back->name);
}

static bool include(growing *g, rc_faults *faults, rc_arena *arena,
                    const rc_source *from, const char *name, rc_position at,
                    rc_source *child)
{
    uint32_t depth = 0;
    for (const rc_source *s = from; s; s = s->from)
        depth++;
    if (from->folder < 0 || depth > RC_SOURCE_DEPTH) {
        rc_fault(faults, at, NULL,
                 from->folder < 0 ? "'%s': other files can be read from a file only"
                                  : "'%s': files may be read in one another 8 deep",
                 name);
        return false;
    }
    *child = (rc_source){.from = from, .folder = -1};
    child->name = name_beside(arena, from->name, name);
    reason why;
    int fd = open_beneath(from->folder, name, &child->folder, &why);
    struct stat st = {0};
    if (fd >= 0 && fstat(fd, &st) == 0) {
        child->device = st.st_dev;
        child->inode = st.st_ino;
        for (const rc_source *s = from; s; s = s->from)
            if (s->inode == st.st_ino && s->device == st.st_dev) {
                spell_cycle(faults, from, s, at);
                close(fd);
                return false;
            }
    }
    size_t n = 0;
    char *text = fd >= 0 ? slurp(fd, true, &n, &why) : NULL;
    if (fd >= 0)
        close(fd);
    if (!child->name)
        why = system_reason(ENOMEM);
    if (!text || !child->name) {
        rc_fault(faults, at, NULL, "cannot read '%s': %s", name, why.text);
        if (why.by_system)
            rc_faults_lose(faults, "'%s' in it: %s", name, why.text);
        free(text);
        return false;
    }
    clean(text, &n);
    uint32_t file = rc_faults_source(faults, child->name, text, n, true);
    bool done = !rc_faults_lost(faults) && is_readable_text(faults, file, text, n) &&
                expand(g, faults, arena, child, file, text, n);
    free(text);
    return done;
}

/* The state of reading that decides whether a line start is text, comment or setting.
 */
typedef struct cursor {
    bool in_comment;
    const char *line, *comment; /* where it was opened */
    rc_source_line from;
} cursor;

static void pass_line(cursor *c, const char *line, size_t n, rc_source_line from)
{
    bool in_text = false;
    for (size_t i = 0; i < n; i++) {
        const char *two = i + 1 < n ? line + i : "  ";
        if (c->in_comment) {
            if (memcmp(two, "*/", 2) == 0)
                c->in_comment = false, i++;
        } else if (in_text) {
            if (line[i] == '\\')
                i++;
            else if (line[i] == '"')
                in_text = false;
        } else if (line[i] == '"') {
            in_text = true;
        } else if (line[i] == '#' || memcmp(two, "//", 2) == 0) {
            return;
        } else if (memcmp(two, "/*", 2) == 0) {
            c->in_comment = true;
            c->line = line;
            c->comment = line + i;
            c->from = from;
            i++;
        }
    }
}

/* Takes `@include "name"`, a comment may follow. false: written otherwise. */
static bool directive(const char *line, size_t n, rc_slice *name, rc_position *at)
{
    rc_slice s = rc_slice_trim((rc_slice){line, n});
    size_t word = strlen("@include");
    if (s.n < word || memcmp(s.at, "@include", word) != 0)
        return false;
    rc_slice rest = rc_slice_trim((rc_slice){s.at + word, s.n - word});
    const char *quote = rest.n > 1 ? memchr(rest.at + 1, '"', rest.n - 1) : NULL;
    if (!rest.n || rest.at[0] != '"' || !quote)
        return false;
    size_t length = (size_t)(quote - rest.at - 1);
    rc_slice after = rc_slice_trim((rc_slice){quote + 1, rest.n - length - 2});
    if (after.n && after.at[0] != '#' &&
        (after.n < 2 || memcmp(after.at, "//", 2) != 0))
        return false;
    at->column = (uint32_t)rc_utf8_columns(line, (size_t)(rest.at - line)) + 1;
    at->length = (uint32_t)rc_utf8_columns(rest.at, length) + 2;
    *name = (rc_slice){rest.at + 1, length};
    return length > 0 && !memchr(rest.at + 1, '\\', length);
}

static bool expand(growing *g, rc_faults *faults, rc_arena *arena,
                   const rc_source *self, uint32_t file, const char *text, size_t n)
{
    cursor c = {0};
    bool done = true;
    uint32_t number = 1;
    for (size_t i = 0; i < n; number++) {
        const char *line = text + i, *end = memchr(line, '\n', n - i);
        size_t length = end ? (size_t)(end - line) : n - i;
        i += length + 1;
        rc_slice bare = rc_slice_trim((rc_slice){line, length});
        if (c.in_comment || !bare.n || bare.at[0] != '@') {
            rc_source_line from = {file, number};
            pass_line(&c, line, length, from);
            /* a file that is included ends its last line */
            if (!add_text(g, line, length + (end != NULL), &from) ||
                (!end && self->from && !add_text(g, "\n", 1, NULL))) {
                rc_faults_lose(faults, "out of memory");
                return false;
            }
        } else {
            rc_position at = {file, number, (uint32_t)(bare.at - line) + 1,
                              (uint32_t)rc_utf8_columns(bare.at, bare.n)};
            rc_slice name;
            rc_source child = {.folder = -1};
            if (!directive(line, length, &name, &at)) {
                rc_fault(faults, at, "a line of its own: @include \"name.cfg\"",
                         "this is no @include");
                done = false;
            } else {
                char *file_name = rc_arena_slice(arena, name.at, name.n);
                if (!file_name)
                    rc_faults_lose(faults, "out of memory");
                done &=
                    file_name && include(g, faults, arena, self, file_name, at, &child);
            }
            rc_source_close(&child);
        }
        if (g->n > RC_SOURCE_BYTES) {
            rc_fault(faults, whole_file(file), NULL,
                     "with its includes the scenario is larger than 4 MiB");
            return false;
        }
    }
    if (c.in_comment) {
        size_t before = rc_utf8_columns(c.line, (size_t)(c.comment - c.line));
        rc_position at = {c.from.file, c.from.line, (uint32_t)before + 1, 2};
        rc_fault(faults, at, "close it with */",
                 "this comment is never closed: it would swallow the rest of the file");
        return false;
    }
    return done;
}

static rc_status finish(rc_source *out, growing *g, rc_faults *faults, rc_arena *arena,
                        bool done)
{
    if (done && !rc_faults_lost(faults)) {
        out->text = rc_arena_slice(arena, g->text ? g->text : "", g->n);
        out->n = g->n;
        rc_source_line *lines = rc_arena_alloc(arena, g->lines_n + 1, sizeof *lines);
        if (lines && g->lines_n)
            memcpy(lines, g->lines, g->lines_n * sizeof *lines);
        out->lines = lines;
        out->lines_n = g->lines_n;
    }
    free(g->text);
    free(g->lines);
    if (rc_faults_lost(faults) || (done && (!out->text || !out->lines)))
        return RC_IO;
    return done ? RC_OK : RC_REFUSED;
}

rc_status rc_source_from_text(rc_source *out, rc_faults *faults, rc_arena *arena,
                              const char *name, const char *text, size_t n)
{
    *out = (rc_source){.name = name, .folder = -1};
    growing g = {0};
    bool fits = n <= RC_SOURCE_BYTES;
    char *copy = calloc((fits ? n : 0) + 1, 1);
    if (!copy)
        return RC_IO;
    if (fits && n)
        memcpy(copy, text, n);
    else
        n = 0;
    clean(copy, &n);
    uint32_t file = rc_faults_source(faults, name, copy, n, true);
    if (!fits)
        rc_fault(faults, whole_file(file), NULL, "the scenario is larger than 4 MiB");
    bool done = fits && !rc_faults_lost(faults) &&
                is_readable_text(faults, file, copy, n) &&
                expand(&g, faults, arena, out, file, copy, n);
    free(copy);
    return finish(out, &g, faults, arena, done);
}

rc_status rc_source_read(rc_source *out, rc_faults *faults, rc_arena *arena,
                         const char *path, rc_error *err)
{
    bool standard = strcmp(path, "-") == 0;
    *out = (rc_source){.folder = -1};
    out->name = standard ? "standard input" : rc_arena_text(arena, path);
    reason why = system_reason(ENOMEM);
    int fd = standard ? STDIN_FILENO
                      : open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        why = system_reason(errno);
    size_t n = 0;
    char *text = fd >= 0 && out->name ? slurp(fd, !standard, &n, &why) : NULL;
    struct stat st = {0};
    if (fd >= 0 && !standard) {
        fstat(fd, &st);
        close(fd);
    }
    if (!text)
        return rc_fail(err, RC_IO, "cannot read %s: %s", path, why.text);
    if (!standard) {
        out->device = st.st_dev;
        out->inode = st.st_ino;
        char *folder = name_beside(arena, path, ".");
        out->folder = folder ? open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
        if (out->folder < 0) {
            why = system_reason(folder ? errno : ENOMEM);
            free(text);
            return rc_fail(err, RC_IO, "cannot read the folder of %s: %s", path,
                           why.text);
        }
    }
    clean(text, &n);
    growing g = {0};
    uint32_t file = rc_faults_source(faults, out->name, text, n, true);
    bool done = !rc_faults_lost(faults) && is_readable_text(faults, file, text, n) &&
                expand(&g, faults, arena, out, file, text, n);
    free(text);
    rc_status status = finish(out, &g, faults, arena, done);
    if (status == RC_IO)
        rc_fail(err, RC_IO, "out of memory");
    return status;
}

rc_status rc_source_beside(rc_source *out, rc_faults *faults, rc_arena *arena,
                           const rc_source *from, const char *name, rc_position at)
{
    growing g = {0};
    bool done = include(&g, faults, arena, from, name, at, out);
    return finish(out, &g, faults, arena, done);
}

void rc_source_close(rc_source *source)
{
    if (source->folder >= 0)
        close(source->folder);
    source->folder = -1;
}
