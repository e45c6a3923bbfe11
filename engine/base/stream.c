#include <roadcast/stream.h>
#include <stdlib.h>
#include <string.h>

static ssize_t take(void *self, const char *bytes, size_t n)
{
    rc_stream *s = self;
    if (s->failed)
        return 0;
    if (n > s->room - s->n) {
        size_t room = 2 * (s->room + n);
        char *grown = realloc(s->text, room);
        if (!grown) {
            s->failed = true;
            return 0;
        }
        s->text = grown;
        s->room = room;
    }
    memcpy(s->text + s->n, bytes, n);
    s->n += n;
    return (ssize_t)n;
}

bool rc_stream_open(rc_stream *stream)
{
    *stream = (rc_stream){0};
    stream->out = fopencookie(stream, "w", (cookie_io_functions_t){.write = take});
    return stream->out != NULL;
}

bool rc_stream_close(rc_stream *stream)
{
    if (stream->out && fclose(stream->out) != 0)
        stream->failed = true;
    stream->out = NULL;
    return !stream->failed;
}
